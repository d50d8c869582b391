//! The table of cases, and running it.

use std::time::Duration;

use rules::clock::Day;

use super::check::{Failure, Outcome};
use super::client::Client;
use super::transport::Transport;
use crate::error::ApiError;

/// For how long a backend may be down before the suite gives up, in seconds.
const OUTAGE_SECONDS: u32 = 30;

/// A case: its name is a sentence that ends with the rules it proves.
#[derive(Clone, Copy)]
pub struct Case {
    /// The name of its function.
    pub name: &'static str,
    /// What it does.
    pub run: fn(&Client<'_>) -> Outcome,
}

/// Cases that belong together.
#[derive(Clone, Copy)]
pub struct Theme {
    /// What they are about.
    pub name: &'static str,
    /// The cases.
    pub cases: &'static [Case],
}

/// Makes cases of functions.
macro_rules! cases {
    ($($case:ident),+ $(,)?) => {
        &[$($crate::conformance::Case { name: stringify!($case), run: $case }),+]
    };
}
pub(crate) use cases;

/// How a case ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verdict {
    /// The theme's name.
    pub theme: &'static str,
    /// The case's name.
    pub case: &'static str,
    /// Why it failed; `None` when it passed.
    pub why: Option<String>,
}

/// How all cases ended.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// One for each case, in order.
    pub verdicts: Vec<Verdict>,
}

impl Report {
    /// How many passed.
    pub fn passed(&self) -> usize {
        self.verdicts.iter().filter(|verdict| verdict.why.is_none()).count()
    }

    /// The ones that failed.
    pub fn failed(&self) -> impl Iterator<Item = &Verdict> {
        self.verdicts.iter().filter(|verdict| verdict.why.is_some())
    }
}

/// Runs the cases of some themes whose name holds a text, one after the other, and tells
/// of each when it has ended. `run` is a text that no other run uses.
pub fn run(
    transport: &dyn Transport,
    run: &str,
    themes: &[Theme],
    filter: &str,
    mut told: impl FnMut(&Verdict),
) -> Report {
    let client = Client::new(transport, run);
    let mut report = Report::default();
    for theme in themes {
        for case in theme.cases.iter().filter(|case| case.name.contains(filter) || theme.name.contains(filter)) {
            let why = run_one(&client, case).err().map(|failure| failure.message);
            let verdict = Verdict { theme: theme.name, case: case.name, why };
            told(&verdict);
            report.verdicts.push(verdict);
        }
    }
    report
}

/// Makes the data anew and gives the real day. A backend that is down for the moment, by
/// an outage that an earlier run brought about, is waited for.
fn begin(client: &Client<'_>) -> Result<Day, Failure> {
    let mut tries = 0;
    loop {
        match client.reset() {
            Err(Failure { error: Some(error), .. }) if *error == ApiError::Unavailable && tries < OUTAGE_SECONDS => {
                tries += 1;
                std::thread::sleep(Duration::from_secs(1));
            }
            other => return Ok(other?.today),
        }
    }
}

fn run_one(client: &Client<'_>, case: &Case) -> Outcome {
    let begun = begin(client)?;
    let outcome = (case.run)(client);
    // A case that midnight UTC came into is not wrong for it: it is done again.
    if outcome.is_err() && begin(client)? != begun {
        return (case.run)(client);
    }
    outcome
}
