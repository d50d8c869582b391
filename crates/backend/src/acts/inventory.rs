//! What will be lost when a trial closes, and when: to read, and as a file (L9).

use contract::trials::TrialInventory;
use rules::clock::Day;
use rules::consequences::inventory as lost;
use rules::people::Language;
use rules::trial::{State, Trial, closes_on, numbers_released_on};
use words::{inventory, label};

use super::acting::Present;
use super::csv::{Cell, language, table};
use super::trial_acts::seen;
use crate::call::{Answer, Call, Failure};
use crate::organisations::Loaded;

/// What will be lost when a trial closes, and when.
pub(crate) async fn inventory(call: Call, (): ()) -> Result<Answer<TrialInventory>, Failure> {
    Ok(Answer::of(&read(&call).await?))
}

/// The same as CSV: a line for each thing, with how many of it, and the day on which it is lost.
pub(crate) async fn inventory_csv(call: Call, (): ()) -> Result<Answer<String>, Failure> {
    let language = language(&call)?;
    let told = read(&call).await?;
    let heads = [
        inventory::thing(language),
        inventory::name(language),
        inventory::count(language),
        inventory::lost_on(language),
    ];
    table(&heads, lines(language, &told, &call.backend.deployment.settings.site_domain))
}

async fn read(call: &Call) -> Result<TrialInventory, Failure> {
    let present = Present::of(call, Loaded::of_trial(call.store(), &call.parameter).await?).await?;
    let trial = seen(call, &present, &call.parameter)?;
    Ok(TrialInventory {
        closes: closes(trial, call.today()),
        partner_acts: present.organisation.access(&trial.partner).is_some(),
        inventory: lost(&present.organisation, trial, call.today()),
    })
}

/// The day on which it closes as things stand; of one that does not run there is none.
fn closes(trial: &Trial, today: Day) -> Option<Day> {
    let running = matches!(trial.state(today), State::Running | State::Expired);
    trial.end().filter(|_| running).map(closes_on)
}

/// What is not there is not lost, and has no line.
fn lines(language: Language, told: &TrialInventory, domain: &str) -> Vec<Vec<Cell>> {
    let TrialInventory { closes, inventory, .. } = told;
    let day = |closes: Option<Day>| closes.map_or(Cell::Empty, |day| Cell::Text(day.to_string()));
    let number = |count: u32| Cell::Number(i64::from(count));
    let mut lines = Vec::new();
    for service in &inventory.services {
        let licences = inventory.licences.filter(|_| service.has_licences());
        let name = Cell::Text(label::service(language, *service).to_owned());
        let count = licences.map_or(Cell::Empty, number);
        lines.push(vec![Cell::Text(inventory::service(language).to_owned()), name, count, day(*closes)]);
    }
    if let Some(site) = &inventory.site {
        let host = Cell::Text(format!("{site}.{domain}"));
        lines.push(vec![Cell::Text(inventory::site(language).to_owned()), host, Cell::Empty, day(*closes)]);
    }
    // Phone numbers are kept for some days more (L3).
    let released = closes.map(numbers_released_on);
    let counted = [
        (inventory::users(language), inventory.users, *closes),
        (inventory::phone_numbers(language), inventory.phone_numbers, released),
        (inventory::device_licences(language), inventory.device_licences, *closes),
        (inventory::administrators(language), inventory.administrators, *closes),
    ];
    for (name, count, on) in counted.into_iter().filter(|(_, count, _)| *count > 0) {
        lines.push(vec![Cell::Text(name.to_owned()), Cell::Empty, number(count), day(on)]);
    }
    lines
}
