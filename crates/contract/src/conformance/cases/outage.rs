//! The outage of a demonstration. It stands last, because nothing is answered after it.

use crate::IDEMPOTENCY_KEY;
use crate::conformance::cast::{ANNA, draft};
use crate::conformance::check::{Outcome, fails};
use crate::conformance::client::NOBODY;
use crate::conformance::{Case, Client, cases};
use crate::endpoints;
use crate::error::ApiError;
use crate::trials::{Started, Target};

pub(super) const CASES: &[Case] = cases![outage_ltd_finds_the_backend_down_g6];

fn outage_ltd_finds_the_backend_down_g6(client: &Client<'_>) -> Outcome {
    let mut typed = draft("Outage Ltd");
    typed.administrator_email = "admin@outage.example".to_owned();
    let save = client.to_save(ANNA, &typed, &Target::New)?;
    let key = client.key();
    let headers = [(IDEMPOTENCY_KEY, key.as_str())];
    let send = || -> Result<Started, _> { client.ask_with(&endpoints::TRIALS, ANNA, "", &save, &headers) };
    fails(send(), ApiError::Unavailable)?;
    fails(client.ask(&endpoints::SESSION, NOBODY, "", &()), ApiError::Unavailable)
}
