//! A life drawn large: its spans as bars, its dates as marks with labels, and today.

use super::placing::{Wanted, length, place};
use leptos::prelude::*;

/// What a bar stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SpanKind {
    /// The trial itself.
    Trial,
    /// Grace after it.
    Grace,
    /// What is kept for a while after the closing.
    After,
}

/// A bar from one day to another; days are counted from any one day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Span {
    /// What it stands for.
    pub kind: SpanKind,
    /// Its first day.
    pub from: i64,
    /// The day on which it is over.
    pub to: i64,
}

/// Something with a clock of its own, drawn beneath in a line of its own: a shipment of devices.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Beside {
    /// What it is called.
    pub label: String,
    /// Its first day.
    pub from: i64,
    /// Its end.
    pub to: i64,
    /// The day by which it is given back.
    pub back: i64,
}

/// A day with a label.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mark {
    /// The day.
    pub at: i64,
    /// What happens, with its date.
    pub label: String,
}

/// Width of the drawing on a wide page and on a narrow one, in its own units, which are CSS pixels
/// at those widths; labels are laid out for each.
const WIDTHS: [(f64, &str); 2] = [(760.0, "timeline timeline-wide"), (320.0, "timeline timeline-narrow")];
/// Height of a row of labels.
const ROW: f64 = 18.0;
/// Height of a line beneath, with its label above its bar.
const LINE: f64 = 34.0;

/// The life of a trial, large. Labels never cover each other: those that are near take another row.
#[component]
pub fn Timeline(
    /// The bars.
    spans: Vec<Span>,
    /// What is drawn beneath, a line each.
    beside: Vec<Beside>,
    /// The dates.
    marks: Vec<Mark>,
    /// Days on which something small happens, drawn without a label.
    #[prop(optional)]
    ticks: Vec<i64>,
    /// Today, with its label; `None` when it lies outside.
    today: Option<Mark>,
    /// What it shows, in words, for screen readers.
    #[prop(into)]
    label: String,
) -> impl IntoView {
    let drawings = WIDTHS
        .map(|(width, class)| drawing(width, class, &spans, &beside, &marks, &ticks, today.as_ref()))
        .collect_view();
    view! {
        <div role="img" aria-label=label>
            {drawings}
        </div>
    }
}

fn drawing(
    width: f64,
    class: &'static str,
    spans: &[Span],
    beside: &[Beside],
    marks: &[Mark],
    ticks: &[i64],
    today: Option<&Mark>,
) -> AnyView {
    let days = spans.iter().flat_map(|span| [span.from, span.to]);
    let days = days.chain(beside.iter().flat_map(|each| [each.from, each.to, each.back]));
    let (first, last) = (days.clone().min().unwrap_or(0), days.max().unwrap_or(1));
    let x = |day: i64| width * (day.clamp(first, last) - first) as f64 / (last - first).max(1) as f64;

    let mut marks = marks.to_vec();
    marks.sort_by_key(|mark| mark.at);
    let wanted: Vec<Wanted> =
        marks.iter().map(|mark| Wanted { x: x(mark.at), characters: mark.label.chars().count() }).collect();
    let placed = place(&wanted, width);
    let rows = placed.iter().map(|each| each.row + 1).max().unwrap_or(0);
    let top = rows as f64 * ROW + 8.0;
    // Below the dots of small things, which stand at 18.
    let line = |number: usize| top + 22.0 + number as f64 * LINE;
    let below = if beside.is_empty() { top + 16.0 } else { line(beside.len()) };
    let height = below + if today.is_some() { 28.0 } else { 4.0 };

    let baseline = |row: usize| top - 12.0 - row as f64 * ROW;
    let leaders = marks
        .iter()
        .zip(&placed)
        .map(|(mark, placed)| {
            let from = baseline(placed.row) + 4.0;
            view! { <path class="timeline-leader" d=format!("M{:.1} {from:.1}V{top:.1}", x(mark.at)) /> }
        })
        .collect_view();
    let labels = marks
        .iter()
        .zip(&placed)
        .map(|(mark, placed)| {
            view! {
                <text class="timeline-label" x=format!("{:.1}", placed.left) y=format!("{:.1}", baseline(placed.row))>
                    {mark.label.clone()}
                </text>
            }
        })
        .collect_view();
    let today_x = today.map(|today| x(today.at));
    let bars = spans.iter().map(|span| bar(span, x(span.from), x(span.to), today_x, top)).collect_view();
    let lines = beside
        .iter()
        .enumerate()
        .map(|(number, each)| beneath(each, [each.from, each.to, each.back].map(x), line(number), width))
        .collect_view();
    let dots = marks
        .iter()
        .map(|mark| view! { <circle class="timeline-mark" cx=format!("{:.1}", x(mark.at).clamp(4.0, width - 4.0)) cy=top + 7.0 r="4" /> })
        .collect_view();
    let ticks = ticks
        .iter()
        .map(|day| view! { <circle class="timeline-tick" cx=format!("{:.1}", x(*day).clamp(3.0, width - 3.0)) cy=top + 18.0 r="2.5" /> })
        .collect_view();
    let now = today.map(|today| {
        let at = x(today.at).clamp(1.0, width - 1.0);
        let left = place(&[Wanted { x: at, characters: today.label.chars().count() }], width)[0].left;
        view! {
            <path class="timeline-today" d=format!("M{at:.1} {:.1}V{:.1}", top - 5.0, below + 6.0) />
            <text class="timeline-label-today" x=format!("{left:.1}") y=format!("{:.1}", below + 22.0)>
                {today.label.clone()}
            </text>
        }
    });
    view! {
        <svg class=class viewBox=format!("0 0 {width} {height}") aria-hidden="true" focusable="false">
            {leaders}
            {labels}
            {bars}
            {dots}
            {ticks}
            {now}
            {lines}
        </svg>
    }
    .into_any()
}

/// One bar; the lived part of the trial and of grace is filled up to today.
fn bar(span: &Span, from: f64, to: f64, today: Option<f64>, top: f64) -> impl IntoView + use<> {
    let (class, lived) = match span.kind {
        SpanKind::Trial => ("timeline-left", Some("timeline-lived")),
        SpanKind::Grace => ("timeline-grace", Some("timeline-grace-lived")),
        SpanKind::After => ("timeline-after", None),
    };
    let filled = lived.zip(today).filter(|(_, today)| *today > from);
    let filled = filled.map(|(class, today)| rect(class, from, today.min(to), top, 14.0));
    (rect(class, from, to, top, 14.0), filled)
}

/// A line beneath: its label, the time that it is lent, and the time to give it back.
fn beneath(each: &Beside, [from, to, back]: [f64; 3], y: f64, width: f64) -> impl IntoView + use<> {
    // It begins with its bar, unless that begins too near to the right end.
    let left = from.min(width - length(&each.label)).max(0.0);
    view! {
        <text class="timeline-label" x=format!("{left:.1}") y=format!("{:.1}", y + 14.0)>{each.label.clone()}</text>
        {rect("timeline-devices", from, to, y + 20.0, 8.0)}
        {rect("timeline-return", to, back, y + 20.0, 8.0)}
    }
}

fn rect(class: &'static str, from: f64, to: f64, y: f64, height: f64) -> impl IntoView + use<> {
    let width = (to - from - 2.0).max(0.0);
    view! {
        <rect class=class x=format!("{:.1}", from + 1.0) y=y width=format!("{width:.1}") height=height rx=height / 2.0 />
    }
}
