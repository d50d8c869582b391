//! Drawings of one line weight. They are decoration: what they mean always stands beside them in words.

use leptos::prelude::*;

/// What is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// A filled dot: going on.
    Dot,
    /// A dashed ring: somebody else must act.
    Ring,
    /// A half-filled disc: on its way.
    Half,
    /// A clock: soon.
    Clock,
    /// A triangle: act now.
    Triangle,
    /// A tick: done.
    Check,
    /// A cross: over.
    Cross,
    /// A dash: nothing there.
    Dash,
    /// A letter i in a disc: good to know.
    Info,
    /// A chevron that points down.
    Down,
    /// Two people.
    People,
    /// A globe.
    Globe,
    /// A half moon.
    Moon,
    /// A tray with nothing in it.
    Tray,
    /// A letter in its envelope.
    Letter,
    /// A card to pay with.
    Card,
    /// Two squares that overlap.
    Squares,
    /// Two sliders.
    Sliders,
    /// A line that rises and falls.
    Pulse,
    /// A screen on its foot: devices.
    Device,
}

impl Shape {
    /// Paths that are drawn as lines, and paths that are filled, in a square of 12.
    fn paths(self) -> (&'static str, &'static str) {
        match self {
            Shape::Dot => ("", "M2 6a4 4 0 1 0 8 0a4 4 0 1 0-8 0z"),
            Shape::Ring => (
                "M2 6a4 4 0 0 1 1.2-2.8M5 2.1a4 4 0 0 1 3 .5M9.4 3.9a4 4 0 0 1 .4 3M8.8 8.8a4 4 0 0 1-2.6 1.2M4 9.5a4 4 0 0 1-1.6-1.7",
                "",
            ),
            Shape::Half => ("M2 6a4 4 0 1 0 8 0a4 4 0 1 0-8 0z", "M6 2a4 4 0 0 1 0 8z"),
            Shape::Clock => ("M1.8 6a4.2 4.2 0 1 0 8.4 0a4.2 4.2 0 1 0-8.4 0zM6 3.7V6l1.6 1", ""),
            Shape::Triangle => ("M6 1.2 11 10.4H1zM6 4.6v2.4M6 8.6v.1", ""),
            Shape::Check => ("m2.5 6.4 2.4 2.4 4.6-5.2", ""),
            Shape::Cross => ("m3 3 6 6M9 3 3 9", ""),
            Shape::Device => ("M1.5 2.5h9v5.8h-9zM6 8.3v1.9M4 10.2h4", ""),
            Shape::Pulse => ("M1 6.4h2.2l1.6-4 2.4 7.2 1.6-3.2H11", ""),
            Shape::Dash => ("M2.5 6h7", ""),
            Shape::Info => ("M1.5 6a4.5 4.5 0 1 0 9 0a4.5 4.5 0 1 0-9 0zM6 5.5v3M6 3.5v.1", ""),
            Shape::Down => ("m3 4.5 3 3 3-3", ""),
            Shape::People => (
                "M2.6 3.6a1.7 1.7 0 1 0 3.4 0a1.7 1.7 0 1 0-3.4 0zM1 10c0-2 1.3-3.2 3.3-3.2S7.6 8 7.6 10M7.6 2.1a1.7 1.7 0 0 1 0 3M9 7c1.3.4 2 1.5 2 3",
                "",
            ),
            Shape::Globe => (
                "M1.5 6a4.5 4.5 0 1 0 9 0a4.5 4.5 0 1 0-9 0zM1.5 6h9M6 1.5c2.6 2.6 2.6 6.4 0 9c-2.6-2.6-2.6-6.4 0-9z",
                "",
            ),
            Shape::Moon => ("M10 7.2A4.3 4.3 0 1 1 4.8 2a3.5 3.5 0 0 0 5.2 5.2z", ""),
            Shape::Letter => ("M1.5 3h9v6.5h-9zM1.5 3.2 6 6.8l4.5-3.6", ""),
            Shape::Card => ("M1.5 3h9v6.5h-9zM1.5 5h9M3 7.5h2", ""),
            Shape::Squares => ("M1.5 1.5h5.5V7H1.5zM5 5h5.5v5.5H5z", ""),
            Shape::Sliders => ("M1.5 3.5h9M1.5 8.5h9M4 2v3M8 7v3", ""),
            Shape::Tray => ("M1.5 6.5 3 2h6l1.5 4.5v3.3h-9zM1.5 6.5h2.7l.6 1.3h2.4l.6-1.3h2.7", ""),
        }
    }
}

/// A drawing, hidden from screen readers.
#[component]
pub fn Icon(
    /// What is drawn.
    shape: Shape,
) -> impl IntoView {
    let (lines, filled) = shape.paths();
    view! {
        <svg class="icon" viewBox="0 0 12 12" aria-hidden="true" focusable="false">
            <path
                d=lines
                fill="none"
                stroke="currentColor"
                stroke-width="1.5"
                stroke-linecap="round"
                stroke-linejoin="round"
            />
            <path d=filled fill="currentColor" />
        </svg>
    }
}
