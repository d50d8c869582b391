//! The wizard *Start new trial* (N): a draft, its steps, and what ends it.

mod add;
mod asked;
mod change;
mod confirm;
mod customer;
mod devices;
mod hand_over;
mod map;
mod next;
mod open;
mod request;
mod review;
mod services;
mod site;
mod start;
mod step;
mod summary;
mod typed;
mod ways;

pub use self::add::AddTrial;
pub use self::change::{EditTrial, ExtendTrial};
pub use self::open::OpenDraft;
pub use self::start::StartTrial;
pub use self::step::TrialStep;
