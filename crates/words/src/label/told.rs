//! What an entry of the journal is about, and what became different by it (`L10`).

use std::collections::BTreeMap;
use std::mem::discriminant;

use crate::{Language, acting, customer_page, date_utc, frame, journal, terms};
use rules::{
    change::{Change, Part, Settings},
    clock::Day,
    ids::PersonId,
    notice::{MailKind, Recipients},
    organisation::{Management, Member},
    trial::Trial,
};

/// An entry in words; the page and the file say the same.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Told {
    /// With whom or what it was done: a person, a service, a mail; of several people how many.
    pub about: Vec<String>,
    /// Several people, each with what became different of them; one alone is told as everything else.
    pub people: Vec<String>,
    /// What became different, value by value.
    pub turned: Vec<Turn>,
}

/// A value as it was, and as it is since; of what is new or gone there is only one of them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Turn {
    /// Whose it is, where the value alone does not say it.
    pub of: Option<String>,
    /// As it was.
    pub before: Option<String>,
    /// As it is since.
    pub after: Option<String>,
}

impl Told {
    /// One value that was another one, or none, before.
    fn turns(&mut self, before: Option<String>, after: Option<String>) {
        self.turns_of(None, before, after);
    }

    fn turns_of(&mut self, of: Option<&str>, before: Option<String>, after: Option<String>) {
        if before != after {
            self.turned.push(Turn { of: of.map(str::to_owned), before, after });
        }
    }

    /// All that became different, as it was.
    pub fn before(&self, language: Language) -> Vec<String> {
        self.values(language, |turn| turn.before.as_ref())
    }

    /// The same as it is since, and with it each of several people.
    pub fn after(&self, language: Language) -> Vec<String> {
        let mut after = self.values(language, |turn| turn.after.as_ref());
        after.extend(self.people.iter().cloned());
        after
    }

    fn values(&self, language: Language, value: impl Fn(&Turn) -> Option<&String>) -> Vec<String> {
        let named = |turn: &Turn| {
            let value = value(turn)?;
            Some(turn.of.as_ref().map_or_else(|| value.clone(), |of| journal::of(language, of, value)))
        };
        self.turned.iter().filter_map(named).collect()
    }
}

/// What a change is about and made different, with the mails that went with it. Of people of a
/// partner a change knows the ids alone, so their names come along.
pub fn told(
    language: Language,
    change: &Change,
    mails: &[(MailKind, Recipients)],
    colleagues: &BTreeMap<PersonId, String>,
) -> Told {
    let mut told = Told::default();
    let on = Day::of(change.at);
    let people = people(&change.parts);
    for part in &change.parts {
        match part {
            Part::Made(organisation) => {
                told.turns(None, Some(organisation.name.clone()));
                for trial in &organisation.trials {
                    of_trial(language, &mut told, None, Some(trial), on);
                }
            }
            Part::Settings(before, after) => settings(language, &mut told, before, after),
            Part::Trial(before, after) => of_trial(language, &mut told, before.as_deref(), after.as_deref(), on),
            Part::Partner(before, after) => {
                let access = |each: &Option<Management>| {
                    let access = each.as_ref().and_then(|each| each.access.as_ref());
                    access.map(|access| super::access(language, access.level).to_owned())
                };
                told.turns(access(before), access(after));
                assignment(language, &mut told, before.as_ref(), after.as_ref(), colleagues);
            }
            // Several people have a line each, further down.
            Part::Person(..) if people.len() > 1 => {}
            Part::Person(before, after) => person(language, &mut told, before.as_ref(), after.as_ref()),
            Part::Purchase(before, after) => {
                let owned = |service| journal::purchased(language, super::service(language, service));
                let (before, after) = (before.as_ref(), after.as_ref());
                told.turns(before.map(|each| owned(each.service)), after.map(|each| owned(each.service)));
            }
            // The act itself says it.
            Part::Block(..) => {}
        }
    }
    let mail = |(kind, group): &(MailKind, Recipients)| {
        customer_page::mail_row(language, super::recipients(language, *group), super::mail_kind(language, *kind))
    };
    told.about.extend(mails.iter().map(mail));
    if people.len() > 1 {
        let added = people.iter().all(|(before, _)| before.is_none());
        told.about.push(match added {
            true => journal::people_added(language, people.len()),
            false => journal::people_changed(language, people.len()),
        });
        told.people = people.into_iter().map(|(before, after)| one_of_them(language, before, after)).collect();
    }
    told
}

/// The people of a change, as they were and as they are.
fn people(parts: &[Part]) -> Vec<(Option<&Member>, Option<&Member>)> {
    let mut people = Vec::new();
    for part in parts {
        if let Part::Person(before, after) = part {
            people.push((before.as_ref(), after.as_ref()));
        }
    }
    people
}

/// One of several people, with what became different of them: among a thousand, values that stand
/// apart from their people would belong to nobody (L10).
fn one_of_them(language: Language, before: Option<&Member>, after: Option<&Member>) -> String {
    let mut alone = Told::default();
    person(language, &mut alone, before, after);
    let turned = alone.turned.into_iter().filter_map(|turn| match (turn.before, turn.after) {
        (Some(was), Some(is)) => Some(acting::becomes(language, was, is)),
        (Some(was), None) => Some(format!("{}: {was}", acting::gone(language))),
        (None, is) => is,
    });
    let turned: Vec<String> = turned.collect();
    let name = alone.about.concat();
    if turned.is_empty() { name } else { journal::of(language, name, turned.join(", ")) }
}

/// Who is in charge, and who is assigned as well (P9). Who began a trial is in charge from then on,
/// which goes without saying.
fn assignment(
    language: Language,
    told: &mut Told,
    before: Option<&Management>,
    after: Option<&Management>,
    colleagues: &BTreeMap<PersonId, String>,
) {
    let (Some(before), Some(after)) = (before, after) else { return };
    let name = |id: &PersonId| colleagues.get(id).cloned();
    let in_charge = |each: &Management| {
        each.assignment.in_charge.as_ref().and_then(name).map(|name| journal::in_charge(language, &name))
    };
    told.turns(in_charge(before), in_charge(after));
    let assigned = |each: &Management| {
        let names: Vec<String> = each.assignment.assigned.iter().filter_map(name).collect();
        (!names.is_empty()).then(|| journal::assigned(language, names.join(", ")))
    };
    told.turns(assigned(before), assigned(after));
}

fn settings(language: Language, told: &mut Told, before: &Settings, after: &Settings) {
    told.turns(Some(before.name.clone()), Some(after.name.clone()));
    let spoken = |settings: &Settings| match settings.language {
        Language::En => frame::english(language).to_owned(),
        Language::Nl => frame::dutch(language).to_owned(),
    };
    told.turns(Some(spoken(before)), Some(spoken(after)));
    let closed = |settings: &Settings| settings.closed.map(|_| terms::closed(language).to_owned());
    told.turns(closed(before), closed(after));
}

fn person(language: Language, told: &mut Told, before: Option<&Member>, after: Option<&Member>) {
    if let Some(member) = after.or(before) {
        told.about.push(match member.called() == member.email {
            true => member.email.clone(),
            false => format!("{} ({})", member.name, member.email),
        });
    }
    let is = |member: &Member| super::customer_role(language, member.role).to_owned();
    told.turns(before.map(is), after.map(is));
    let has = |member: &Member| {
        Some(super::services(language, member.services.iter().copied())).filter(|services| !services.is_empty())
    };
    told.turns(before.and_then(has), after.and_then(has));
}

fn of_trial(language: Language, told: &mut Told, before: Option<&Trial>, after: Option<&Trial>, on: Day) {
    let state = |trial: &Trial| super::state(language, trial.state(on)).to_owned();
    told.turns(before.map(state), after.map(state));
    let end = |trial: &Trial| trial.end().map(|day| journal::ends(language, date_utc(language, day)));
    told.turns(before.and_then(end), after.and_then(end));
    let offered = |trial: Option<&Trial>| trial.map(|trial| super::offered(language, &trial.offer)).unwrap_or_default();
    let (had, has) = (offered(before), offered(after));
    had.iter().filter(|line| !has.contains(line)).for_each(|line| told.turns(Some(line.clone()), None));
    has.iter().filter(|line| !had.contains(line)).for_each(|line| told.turns(None, Some(line.clone())));
    let (Some(before), Some(after)) = (before, after) else { return };
    // How far a service is, or a shipment, is said with its name.
    for step in &after.provisioning {
        let was = before.provisioning.iter().find(|each| each.service == step.service);
        if let Some(was) = was.filter(|was| discriminant(&was.state) != discriminant(&step.state)) {
            let says = |state| Some(super::provisioning(language, state).to_owned());
            told.turns_of(Some(super::service(language, step.service)), says(was.state), says(step.state));
        }
    }
    for shipment in &after.shipments {
        let was = before.shipment(shipment.device);
        if was.is_none_or(|was| was.state != shipment.state || was.end != shipment.end) {
            let says = |each: &rules::device::Shipment| {
                let state = super::shipment_state(language, each.state);
                format!("{state}, {}", journal::ends(language, date_utc(language, each.end)))
            };
            told.turns_of(Some(super::device(language, shipment.device)), was.map(says), Some(says(shipment)));
        }
    }
}

#[cfg(test)]
mod tests {
    use rules::act::{Act, NewPerson, TrialAct};
    use rules::change::Change;
    use rules::people::{Assignment, CustomerRole, PartnerRole};
    use rules::samples::{self, Story};
    use rules::service::{Duration, Service};

    use super::*;

    fn story() -> Story {
        Story::running(samples::customer_draft(&[Service::Messaging]), true)
    }

    fn english(change: &Change) -> Told {
        told(Language::En, change, &[], &BTreeMap::new())
    }

    #[test]
    fn a_person_that_was_added_is_named_with_what_they_are_l10_h5() {
        let (mut story, services) = (story(), [Service::Messaging].into());
        let (name, email) = ("New Person".to_owned(), "new@example.com".to_owned());
        let new = NewPerson { id: "new".into(), name, email, role: CustomerRole::Administrator, services };
        let change = story.does(&story.person("full-1"), Act::AddPerson(new));
        let told = english(&change);
        assert_eq!(told.about, ["New Person (new@example.com)"]);
        assert_eq!(told.before(Language::En), [""; 0]);
        assert_eq!(told.after(Language::En), ["Administrator", "Messaging"]);
    }

    #[test]
    fn of_several_people_each_is_named_with_what_they_have_l10_h5() {
        let member = |name: &str, services: &[Service]| Member {
            name: name.to_owned(),
            services: services.iter().copied().collect(),
            ..samples::member(name, &format!("{name}@example.com"), CustomerRole::User)
        };
        let mut story = story();
        let rename = Act::SetSettings("Other".to_owned(), Language::En);
        let mut change = story.does(&story.person("full-1"), rename);
        let (one, two) = (member("ann", &[Service::Messaging, Service::Meetings]), member("bo", &[]));
        change.parts = vec![Part::Person(None, Some(one.clone())), Part::Person(None, Some(two.clone()))];
        let told = english(&change);
        assert_eq!(told.about, ["2 people were added"]);
        assert_eq!(told.people, ["ann (ann@example.com): User, Messaging, Meetings", "bo (bo@example.com): User"]);
        assert_eq!(told.turned, [], "no value stands apart from its person");
        assert_eq!(told.after(Language::En), told.people, "the file has them all");
        let chief = Member { role: CustomerRole::Administrator, ..two.clone() };
        change.parts = vec![Part::Person(Some(one), None), Part::Person(Some(two), Some(chief))];
        let told = english(&change);
        assert_eq!(told.about, ["2 people were changed"]);
        assert_eq!(told.people[1], "bo (bo@example.com): User becomes Administrator");
    }

    #[test]
    fn who_looks_after_a_customer_is_named_as_it_was_and_as_it_is_l10_p9() {
        let mut story = story();
        let (chief, sales) =
            [PartnerRole::SalesFullAdministrator, PartnerRole::SalesAdministrator].map(samples::actor).into();
        let names: BTreeMap<PersonId, String> =
            [&chief, &sales].map(|each| (each.person.id.clone(), each.person.name.clone())).into();
        let assignment =
            Assignment { in_charge: Some(chief.person.id.clone()), assigned: vec![sales.person.id.clone()] };
        let change = story.does(&chief, Act::Assign(assignment));
        let told = super::told(Language::En, &change, &[], &names);
        let was = format!("in charge: {}", sales.person.name);
        let is = [format!("in charge: {}", chief.person.name), format!("also assigned: {}", sales.person.name)];
        assert_eq!((told.before(Language::En), told.after(Language::En)), (vec![was], is.to_vec()));
    }

    #[test]
    fn a_name_that_was_changed_stands_there_as_it_was_and_as_it_is_l10_h7() {
        let mut story = story();
        let was = story.organisation.name.clone();
        let change = story.does(&story.person("full-1"), Act::SetSettings("Other".to_owned(), Language::En));
        let told = english(&change);
        let name = Turn { of: None, before: Some(was), after: Some("Other".to_owned()) };
        assert_eq!(told.turned.first(), Some(&name));
    }

    #[test]
    fn a_service_that_was_provisioned_and_a_mail_that_went_are_named_l10_n17_l8() {
        let mut story = story();
        let change = story.provisions("asked", Service::Messaging, Ok(()));
        let told = english(&change);
        assert_eq!(told.before(Language::En), ["Messaging: waiting"]);
        assert_eq!(told.after(Language::En), ["Messaging: ready"]);
        let mails = [(MailKind::EndsSoon, Recipients::CustomerAdministrators)];
        let about = super::told(Language::En, &change, &mails, &BTreeMap::new()).about;
        assert!(about[0].contains(super::super::mail_kind(Language::En, MailKind::EndsSoon)), "{about:?}");
    }

    #[test]
    fn an_end_that_moved_stands_there_as_it_was_and_as_it_is_l10_e1() {
        let mut story = story();
        let sales = samples::actor(PartnerRole::SalesAdministrator);
        let change = story.does_with(&sales, "asked", TrialAct::Extend(Duration::Days90, false));
        let told = english(&change);
        assert!(told.before(Language::En)[0].contains("31 March 2026"), "{told:?}");
        assert!(told.after(Language::En)[0].contains("30 May 2026"), "{told:?}");
    }
}
