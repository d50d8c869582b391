//! The cases, by theme.

mod apart;
mod devices;
mod drafts;
mod ending;
mod errors;
mod hub;
mod life;
mod mailbox;
mod outage;
mod reading;
mod receipts;
mod requests;
mod roles;
mod running;
mod set_up;
mod sign_in;
mod starting;
mod together;
mod views;

use super::run::Theme;

/// Every case there is.
pub const THEMES: &[Theme] = &[
    Theme { name: "sign-in", cases: sign_in::CASES },
    Theme { name: "errors", cases: errors::CASES },
    Theme { name: "roles", cases: roles::CASES },
    Theme { name: "reading", cases: reading::CASES },
    Theme { name: "drafts", cases: drafts::CASES },
    Theme { name: "views", cases: views::CASES },
    Theme { name: "starting", cases: starting::CASES },
    Theme { name: "requests", cases: requests::CASES },
    Theme { name: "receipts", cases: receipts::CASES },
    Theme { name: "mailbox", cases: mailbox::CASES },
    Theme { name: "running", cases: running::CASES },
    Theme { name: "ending", cases: ending::CASES },
    Theme { name: "life", cases: life::CASES },
    Theme { name: "devices", cases: devices::CASES },
    Theme { name: "hub", cases: hub::CASES },
    Theme { name: "set-up", cases: set_up::CASES },
    Theme { name: "apart", cases: apart::CASES },
    Theme { name: "together", cases: together::CASES },
    Theme { name: "outage", cases: outage::CASES },
];
