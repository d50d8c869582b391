//! What is asked of a trial in the hub, in words: *I'm interested in purchasing*, *Cancel trial* and
//! its undoing (C1, K1, K2, E6).

use contract::trials::TrialAct;
use words::{Language, deeds, subscriptions, terms, ui};

use crate::act_dialog::Asked;

/// What is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wanted {
    /// To buy: what it means, and to say so (C1).
    Purchase,
    /// To cancel the trial (K1).
    Cancel,
    /// To undo that (K2).
    Undo,
}

impl Wanted {
    fn act(self) -> TrialAct {
        match self {
            Wanted::Purchase => TrialAct::SayInterested,
            Wanted::Cancel => TrialAct::Cancel,
            Wanted::Undo => TrialAct::Undo,
        }
    }
}

/// The trial that it is about, in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Subject {
    /// The partner that runs it.
    pub partner: String,
    /// Whether that partner can still act (H3).
    pub partner_acts: bool,
    /// Its services.
    pub services: String,
    /// Whether it has started; one that has not leaves with its cancelling.
    pub started: bool,
    /// Whether devices come with it.
    pub devices: bool,
    /// Why nobody may be told of an interest in it, if so (P7).
    pub no_interest: Option<String>,
}

/// The question, as the dialog asks it.
pub fn question(language: Language, wanted: Wanted, of: &Subject) -> Asked {
    let yes = match wanted {
        Wanted::Purchase => terms::interested_in_purchasing(language),
        Wanted::Cancel => ui::yes(language),
        Wanted::Undo => deeds::undo(language),
    };
    let (title, done) = (title(language, wanted, of), done(language, wanted, &of.partner));
    Asked {
        lead: says(language, wanted, of),
        danger: wanted == Wanted::Cancel,
        blocked: of.no_interest.clone().filter(|_| wanted == Wanted::Purchase),
        ..Asked::new(wanted.act(), title, yes, done)
    }
}

fn title(language: Language, wanted: Wanted, of: &Subject) -> String {
    match wanted {
        Wanted::Purchase => subscriptions::purchase_title(language, &of.services),
        Wanted::Cancel => subscriptions::cancel_title(language, &of.services),
        Wanted::Undo => subscriptions::undo_title(language, &of.services),
    }
}

/// What it means, before the preview says what it brings here.
fn says(language: Language, wanted: Wanted, of: &Subject) -> Vec<String> {
    let mut lines = Vec::new();
    match wanted {
        Wanted::Purchase => {
            lines.push(subscriptions::purchase_means(language).to_owned());
            lines.push(subscriptions::purchase_partner(language, &of.partner));
            if of.devices {
                lines.push(subscriptions::purchase_devices(language).to_owned());
            }
            lines.push(subscriptions::purchase_nothing(language).to_owned());
        }
        Wanted::Cancel => {
            lines.push(match of.partner_acts {
                true => subscriptions::cancel_advice(language, &of.partner),
                // Nothing can be purchased from a partner that was removed (H3).
                false => subscriptions::nobody_converts(language, &of.partner),
            });
            match of.started {
                true => {
                    lines.push(subscriptions::cancel_stops(language).to_owned());
                    lines.push(subscriptions::cancel_undo(language).to_owned());
                }
                false => lines.push(subscriptions::cancel_awaiting(language).to_owned()),
            }
        }
        Wanted::Undo => lines.push(subscriptions::undo_text(language).to_owned()),
    }
    lines
}

fn done(language: Language, wanted: Wanted, partner: &str) -> String {
    match wanted {
        Wanted::Purchase => subscriptions::said(language, partner),
        Wanted::Cancel => subscriptions::cancelled(language).to_owned(),
        Wanted::Undo => subscriptions::undone(language).to_owned(),
    }
}
