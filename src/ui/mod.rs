//! Looks and keyboard behaviour that any product could use. Nothing here knows of trials, words or
//! addresses: every text comes in as a prop.

mod band;
mod button;
mod choice;
mod combobox;
mod dialog;
mod face;
mod field;
mod file;
mod focus;
mod icon;
mod life;
mod menu;
mod names;
mod notice;
mod options;
mod placing;
mod radio;
mod states;
mod status;
mod steps;
mod text;
mod timeline;
mod toast;

pub use band::LifeBand;
pub use button::{Button, ButtonKind, ButtonLink};
pub use choice::{CheckboxField, ChoiceCard};
pub use combobox::{Combobox, ComboboxTexts};
pub use dialog::Dialog;
pub use face::Face;
pub use field::SelectField;
pub use file::FileField;
pub use focus::{fresh_id, move_focus};
pub use icon::{Icon, Shape};
pub use life::Life;
pub use menu::{Menu, MenuGroup, MenuItem};
pub use names::{CountryNames, order_by_name};
pub use notice::Notice;
pub use options::ComboOption;
pub use radio::{RadioGroup, RadioOption};
pub use states::{EmptyState, ErrorState, Loading};
pub use status::{Status, Tone};
pub use steps::{StepItem, StepList, StepState};
pub use text::{NumberField, TextField};
pub use timeline::{Mark, Span, SpanKind, Timeline};
pub use toast::{ToastRegion, Toasts};
