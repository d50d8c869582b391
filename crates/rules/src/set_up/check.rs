//! The judgement of a set-up, field by field: the form calls it for a step, the backend for
//! what finishing stores (N7, U2).

use super::file::{Line, NewLine};
use super::numbers::{overlaps, ranges};
use super::{
    BY_HAND_MAX, CallingSetUp, Checked, Location, LocationDraft, LocationField, PersonDraft, PersonField, SetUpDraft,
    SetUpField, SetUpOrder, SetUpStep,
};
use crate::draft::{Facts, Field, country, email, line, site_name, zone};
use crate::offer::Site;
use crate::service::Calling;
use crate::site::SiteName;
use crate::text::{LINE_MAX, is_forbidden};
use crate::trial::Trial;
use crate::verdict::{Problem, ProblemKind};

/// Longest text of a location's numbers, in characters: every number of the largest plan in a
/// line of its own takes about as much.
const NUMBERS_MAX: usize = 20_000;

impl SetUpDraft {
    /// The problems of one step for a trial, in the order of its fields.
    pub fn check_step(&self, step: SetUpStep, trial: &Trial, facts: &Facts) -> Vec<Problem> {
        let judge = |field| self.judge(field, facts).map(|kind| Problem { field, kind });
        self.fields(step, trial).into_iter().filter_map(judge).collect()
    }

    /// What finishing stores: the site and Calling. People that are typed and not taken do
    /// not stand in the way, because not everybody who may finish may see them (U1).
    ///
    /// # Errors
    /// The problems of both steps, in the order of the wizard.
    pub fn check(&self, trial: &Trial, facts: &Facts) -> Result<SetUpOrder, Vec<Problem>> {
        let steps = [SetUpStep::MeetingsSite, SetUpStep::Calling];
        let problems: Vec<Problem> = steps.iter().flat_map(|step| self.check_step(*step, trial, facts)).collect();
        match self.order(trial) {
            Some(order) if problems.is_empty() => Ok(order),
            _ => Err(problems),
        }
    }

    /// What is wrong with one field as things stand.
    pub fn judge(&self, field: Field, facts: &Facts) -> Option<ProblemKind> {
        match field {
            Field::SiteName => site_name(&self.site_name, facts.site_name_taken),
            Field::TimeZone => zone(Some(&self.time_zone)),
            Field::SetUp(SetUpField::CallControl) => self.call_control_fault(),
            Field::SetUp(SetUpField::Location(at, part)) => self.location_fault(usize::from(at), part),
            Field::SetUp(SetUpField::Person(at, part)) => person_fault(&self.people, usize::from(at), part),
            // The others are of the wizard of a trial.
            _ => None,
        }
    }

    /// It may be left for later.
    fn call_control_fault(&self) -> Option<ProblemKind> {
        line(&self.call_control).filter(|kind| *kind != ProblemKind::Required)
    }

    fn location_fault(&self, at: usize, part: LocationField) -> Option<ProblemKind> {
        let location = self.locations.get(at)?;
        match part {
            LocationField::Name
            | LocationField::Street
            | LocationField::PostalCode
            | LocationField::City
            | LocationField::Provider => line(location.text(part)),
            LocationField::Country => country(location.country),
            LocationField::Numbers if location.numbers.chars().count() > NUMBERS_MAX => {
                Some(ProblemKind::TooLong { max: NUMBERS_MAX as u32 })
            }
            LocationField::Numbers => match ranges(&location.numbers) {
                Err(kind) => Some(kind),
                Ok(own) => {
                    let before = self.locations[..at].iter();
                    let others: Vec<_> = before.flat_map(|other| ranges(&other.numbers).unwrap_or_default()).collect();
                    overlaps(&own, &others).then_some(ProblemKind::NumberTwice)
                }
            },
        }
    }

    /// What is meant, where every field can be read so. What does not apply is left out.
    fn order(&self, trial: &Trial) -> Option<SetUpOrder> {
        let site = match trial.site() {
            Some(_) if !trial.site_is_fixed() => {
                Some(Site { name: SiteName::parse(&self.site_name).ok()?, time_zone: self.time_zone.clone() })
            }
            _ => None,
        };
        let calling = match trial.offer.calling {
            None => CallingSetUp::default(),
            Some(Calling::Hybrid) => {
                CallingSetUp { call_control: self.call_control.trim().to_owned(), locations: Vec::new() }
            }
            Some(Calling::Cloud { locations, .. }) => {
                let most = usize::try_from(locations).unwrap_or(usize::MAX);
                let read = |typed: &LocationDraft| match typed.is_blank() {
                    true => Some(None),
                    false => location(typed).map(Some),
                };
                let locations = self.locations.iter().take(most).map(read).collect::<Option<_>>()?;
                CallingSetUp { call_control: String::new(), locations }
            }
        };
        Some(SetUpOrder { site, calling, checked: Checked })
    }
}

fn location(typed: &LocationDraft) -> Option<Location> {
    let text = |part| typed.text(part).trim().to_owned();
    Some(Location {
        name: text(LocationField::Name),
        street: text(LocationField::Street),
        postal_code: text(LocationField::PostalCode),
        city: text(LocationField::City),
        country: typed.country?,
        provider: text(LocationField::Provider),
        numbers: text(LocationField::Numbers),
    })
}

/// The fields of people typed by hand; a row in which nothing was typed has none.
pub(super) fn people_fields(people: &[PersonDraft]) -> impl Iterator<Item = Field> + '_ {
    people
        .iter()
        .zip(0..)
        .filter(|(person, _)| !person.is_blank())
        .flat_map(|(_, at)| PersonField::ALL.map(|part| Field::SetUp(SetUpField::Person(at, part))))
}

/// What is wrong with a cell of a person typed by hand.
fn person_fault(people: &[PersonDraft], at: usize, part: PersonField) -> Option<ProblemKind> {
    let person = people.get(at)?;
    match part {
        PersonField::Email if people[..at].iter().filter(|other| !other.is_blank()).count() >= BY_HAND_MAX => {
            Some(ProblemKind::TooManyByHand { max: BY_HAND_MAX as u32 })
        }
        PersonField::Email => match email(&person.email) {
            Err(kind) => Some(kind),
            Ok(address) => {
                let twice = people[..at].iter().any(|other| email(&other.email).as_ref() == Ok(&address));
                twice.then_some(ProblemKind::AddressTwice)
            }
        },
        PersonField::FirstName => name_fault(&person.first_name, &person.last_name),
        PersonField::LastName => name_fault(&person.last_name, &person.first_name),
    }
}

/// What is wrong with one of a person's two names. One of the two is enough, since not everybody
/// has both; taken together they are a line (N1). A name that begins like a formula is none: a
/// spreadsheet would run it.
pub(super) fn name_fault(name: &str, other: &str) -> Option<ProblemKind> {
    let (name, other) = (name.trim(), other.trim());
    if name.is_empty() {
        return other.is_empty().then_some(ProblemKind::Required);
    }
    if name.chars().any(is_forbidden) {
        Some(ProblemKind::ForbiddenCharacter)
    } else if name.starts_with(['=', '+', '-', '@']) {
        Some(ProblemKind::Formula)
    } else if is_longer(name, other) && name.chars().count() + other.chars().count() + 1 > LINE_MAX {
        Some(ProblemKind::TooLong { max: LINE_MAX as u32 })
    } else {
        None
    }
}

/// Which of two names is at fault when they are too long together: the longer one, and both where
/// they are equally long.
fn is_longer(name: &str, other: &str) -> bool {
    name.chars().count() >= other.chars().count()
}

/// People typed by hand, as they are taken (U2).
///
/// # Errors
/// The problems of every row in which something was typed.
pub fn check_people(people: &[PersonDraft]) -> Result<Vec<Line>, Vec<Problem>> {
    let draft = SetUpDraft { people: people.to_vec(), ..SetUpDraft::default() };
    let judge = |field| draft.judge(field, &Facts::default()).map(|kind| Problem { field, kind });
    let problems: Vec<Problem> = people_fields(people).filter_map(judge).collect();
    if !problems.is_empty() {
        return Err(problems);
    }
    let rows = people.iter().zip(1..).filter(|(person, _)| !person.is_blank());
    let read = |(person, number): (&PersonDraft, u32)| Line {
        number,
        email: person.email.trim().to_owned(),
        read: email(&person.email).map_err(|_| super::file::LineFault::Email).map(|email| NewLine {
            email,
            name: full_name(&person.first_name, &person.last_name),
            services: person.services.iter().copied().filter(|service| service.has_licences()).collect(),
        }),
    };
    Ok(rows.map(read).collect())
}

/// A person's name, of the two parts in which it is typed.
pub(super) fn full_name(first: &str, last: &str) -> String {
    [first.trim(), " ", last.trim()].concat().trim().to_owned()
}
