//! What an entry of the journal is about, and what became different by it (`L10`).

use std::mem::discriminant;

use crate::{Language, customer_page, date_utc, frame, journal, terms};
use rules::{
    change::{Change, Part, Settings},
    clock::Day,
    notice::{MailKind, Recipients},
    organisation::{Management, Member},
    trial::Trial,
};

/// An entry in words; the page and the file say the same.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Told {
    /// With whom or what it was done: a person, a service, a mail.
    pub about: Vec<String>,
    /// What became different, as it was.
    pub before: Vec<String>,
    /// The same as it is since.
    pub after: Vec<String>,
}

impl Told {
    /// One value that was another one, or none, before.
    fn turns(&mut self, before: Option<String>, after: Option<String>) {
        if before != after {
            self.before.extend(before);
            self.after.extend(after);
        }
    }
}

/// What a change is about and made different, with the mails that went with it.
pub fn told(language: Language, change: &Change, mails: &[(MailKind, Recipients)]) -> Told {
    let mut told = Told::default();
    let on = Day::of(change.at);
    for part in &change.parts {
        match part {
            Part::Made(organisation) => {
                told.after.push(organisation.name.clone());
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
            }
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
    told
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
        // Whom only an address is known of goes by that.
        told.about.push(match member.name.is_empty() {
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
    told.before.extend(had.iter().filter(|line| !has.contains(line)).cloned());
    told.after.extend(has.iter().filter(|line| !had.contains(line)).cloned());
    let (Some(before), Some(after)) = (before, after) else { return };
    // How far a service is, or a shipment, is said with its name.
    for step in &after.provisioning {
        let was = before.provisioning.iter().find(|each| each.service == step.service);
        if let Some(was) = was.filter(|was| discriminant(&was.state) != discriminant(&step.state)) {
            let says = |state| journal::of(language, super::service(language, step.service), state);
            told.before.push(says(super::provisioning(language, was.state)));
            told.after.push(says(super::provisioning(language, step.state)));
        }
    }
    for shipment in &after.shipments {
        let was = before.shipment(shipment.device);
        if was.is_none_or(|was| was.state != shipment.state || was.end != shipment.end) {
            let says = |each: &rules::device::Shipment| {
                let state = super::shipment_state(language, each.state);
                let state = format!("{state}, {}", journal::ends(language, date_utc(language, each.end)));
                journal::of(language, super::device(language, each.device), &state)
            };
            told.turns(was.map(says), Some(says(shipment)));
        }
    }
}

#[cfg(test)]
mod tests {
    use rules::act::{Act, NewPerson, TrialAct};
    use rules::change::Change;
    use rules::people::{CustomerRole, PartnerRole};
    use rules::samples::{self, Story};
    use rules::service::{Duration, Service};

    use super::*;

    fn story() -> Story {
        Story::running(samples::customer_draft(&[Service::Messaging]), true)
    }

    fn english(change: &Change) -> Told {
        told(Language::En, change, &[])
    }

    #[test]
    fn a_person_that_was_added_is_named_with_what_they_are_l10_h5() {
        let (mut story, services) = (story(), [Service::Messaging].into());
        let (name, email) = ("New Person".to_owned(), "new@example.com".to_owned());
        let new = NewPerson { id: "new".into(), name, email, role: CustomerRole::Administrator, services };
        let change = story.does(&story.person("full-1"), Act::AddPerson(new));
        let told = english(&change);
        assert_eq!(told.about, ["New Person (new@example.com)"]);
        assert_eq!((told.before.len(), told.after), (0, vec!["Administrator".to_owned(), "Messaging".to_owned()]));
    }

    #[test]
    fn a_name_that_was_changed_stands_there_as_it_was_and_as_it_is_l10_h7() {
        let mut story = story();
        let was = story.organisation.name.clone();
        let change = story.does(&story.person("full-1"), Act::SetSettings("Other".to_owned(), Language::En));
        let told = english(&change);
        assert_eq!((told.before.first(), told.after.first()), (Some(&was), Some(&"Other".to_owned())));
    }

    #[test]
    fn a_service_that_was_provisioned_and_a_mail_that_went_are_named_l10_n17_l8() {
        let mut story = story();
        let change = story.provisions("asked", Service::Messaging, Ok(()));
        let told = english(&change);
        assert_eq!(told.before, ["Messaging: waiting"]);
        assert_eq!(told.after, ["Messaging: ready"]);
        let mails = [(MailKind::EndsSoon, Recipients::CustomerAdministrators)];
        let about = super::told(Language::En, &change, &mails).about;
        assert!(about[0].contains(super::super::mail_kind(Language::En, MailKind::EndsSoon)), "{about:?}");
    }

    #[test]
    fn an_end_that_moved_stands_there_as_it_was_and_as_it_is_l10_e1() {
        let mut story = story();
        let sales = samples::actor(PartnerRole::SalesAdministrator);
        let change = story.does_with(&sales, "asked", TrialAct::Extend(Duration::Days90, false));
        let told = english(&change);
        assert!(told.before[0].contains("31 March 2026"), "{told:?}");
        assert!(told.after[0].contains("30 May 2026"), "{told:?}");
    }
}
