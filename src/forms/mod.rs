//! The one draft of the wizard, its problems, and fields that are bound to the rules.

mod bound;
mod country;
mod zone;

use std::collections::BTreeSet;

use leptos::prelude::*;
use rules::device::DeviceType;
use rules::draft::{Facts, Field, ShipToField, Step, TrialDraft, email};
use rules::service::MeetingsOption;
use rules::site::SiteName;
use rules::verdict::{Problem, ProblemKind};
use words::Language;

pub use self::bound::{BoundArea, BoundNumber, BoundText};
pub use self::country::{CountryField, country_name, list_texts, no_postal_codes};
pub use self::zone::ZoneField;

/// What a backend has said of something that was typed. It holds for exactly that
/// text: once the field differs, nothing is known any more.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Known {
    /// An address in lower case, and what it was found to be.
    pub address: Option<(String, AddressFact)>,
    /// A site name, and whether it was given out before.
    pub site: Option<(String, bool)>,
}

/// What an address was found to be (N2, P4).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AddressFact {
    /// Nobody has it.
    New,
    /// It belongs to an existing organisation.
    Exists,
    /// It belongs to the own partner.
    Own,
    /// It leads elsewhere, and that is said in full beside the form (X1).
    Elsewhere,
}

impl Known {
    /// The facts about what is typed now.
    pub fn facts(&self, draft: &TrialDraft) -> Facts {
        let address = email(&draft.administrator_email).ok();
        let of_address =
            self.address.as_ref().filter(|(text, _)| Some(text) == address.as_ref()).map(|(_, fact)| *fact);
        let site = SiteName::parse(&draft.site_name).ok();
        let of_site = self.site.as_ref().filter(|(text, _)| Some(text.as_str()) == site.as_ref().map(SiteName::as_str));
        Facts {
            // Who is asked may well exist (X3).
            organisation_exists: of_address == Some(AddressFact::Exists) && draft.asked().is_none(),
            own_organisation: of_address == Some(AddressFact::Own),
            site_name_taken: of_site.is_some_and(|(_, taken)| *taken),
        }
    }

    /// Whether the address that is typed now was found to be nobody's.
    pub fn is_new(&self, draft: &TrialDraft) -> bool {
        let address = email(&draft.administrator_email).ok();
        matches!(&self.address, Some((text, AddressFact::New)) if Some(text) == address.as_ref())
    }
}

/// The open draft as a form: what is typed, what is known about it, and which
/// fields have been asked for a judgement so far.
#[derive(Clone, Copy)]
pub struct DraftForm {
    /// What is typed.
    pub draft: RwSignal<TrialDraft>,
    /// What a backend has said about it.
    pub known: RwSignal<Known>,
    /// Fields whose problems are shown; they are judged again at every change.
    pub asked: RwSignal<BTreeSet<Field>>,
    /// Told after every change by the person.
    pub changed: Callback<()>,
}

impl DraftForm {
    /// Reads something of the draft, following its changes.
    pub fn read<T: Send + Sync + PartialEq + 'static>(
        self,
        part: impl Fn(&TrialDraft) -> T + Send + Sync + 'static,
    ) -> Signal<T> {
        Memo::new(move |_| self.draft.with(&part)).into()
    }

    /// Changes the draft on behalf of the person.
    pub fn change(self, change: impl FnOnce(&mut TrialDraft)) {
        self.draft.update(change);
        self.changed.run(());
    }

    /// The facts about what is typed now.
    pub fn facts(self) -> Facts {
        self.draft.with(|draft| self.known.with(|known| known.facts(draft)))
    }

    /// The sentence under a field, once the field has been asked (N7).
    pub fn problem(self, language: Language, field: Field) -> Signal<Option<String>> {
        let kind = self.problem_kind(field);
        Signal::derive(move || kind.get().map(|kind| words::label::problem(language, &Problem { field, kind })))
    }

    fn problem_kind(self, field: Field) -> Memo<Option<ProblemKind>> {
        Memo::new(move |_| {
            let asked = self.asked.with(|asked| asked.contains(&field));
            if asked { self.draft.with(|draft| draft.judge(field, &self.facts())) } else { None }
        })
    }

    /// Forgets that the address belongs to an organisation: it is looked up anew (X1).
    pub fn forget_existing(self) {
        let exists = |known: &Known| matches!(known.address, Some((_, AddressFact::Exists)));
        if self.known.with_untracked(exists) {
            self.known.update(|known| known.address = None);
        }
    }

    /// Asks for the problems of a step and shows them from now on (N7).
    pub fn ask(self, step: Step) -> Vec<Problem> {
        let fields = self.draft.with_untracked(|draft| draft.fields(step));
        self.asked.update(|asked| asked.extend(fields));
        untrack(|| self.draft.with(|draft| draft.check_step(step, &self.facts())))
    }

    /// Takes over problems that only the backend could find, so that they stand
    /// under their fields like any other.
    pub fn learn(self, problems: &[Problem]) {
        self.draft.with_untracked(|draft| {
            self.known.update(|known| {
                for problem in problems {
                    match problem.kind {
                        ProblemKind::OrganisationExists => known.address = address_of(draft, AddressFact::Exists),
                        ProblemKind::OwnOrganisation => known.address = address_of(draft, AddressFact::Own),
                        ProblemKind::SiteNameTaken => {
                            known.site =
                                SiteName::parse(&draft.site_name).ok().map(|name| (name.as_str().to_owned(), true));
                        }
                        _ => {}
                    }
                }
            });
        });
        self.asked.update(|asked| asked.extend(problems.iter().map(|problem| problem.field)));
    }
}

/// The typed address together with what was found of it.
fn address_of(draft: &TrialDraft, fact: AddressFact) -> Option<(String, AddressFact)> {
    email(&draft.administrator_email).ok().map(|address| (address, fact))
}

/// The id of a field's control in the page, to which the focus is moved (N7).
pub fn field_id(field: Field) -> String {
    match field {
        Field::CompanyName => "company-name".to_owned(),
        Field::AdministratorEmail => "administrator-email".to_owned(),
        Field::Vertical => "vertical".to_owned(),
        Field::Country => "country".to_owned(),
        Field::SupportedLocation => "supported-location".to_owned(),
        Field::AskedLocation => "asked-location".to_owned(),
        Field::Services => "services".to_owned(),
        Field::MeetingsOption(MeetingsOption::ThousandParticipants) => "thousand-participants".to_owned(),
        Field::MeetingsOption(MeetingsOption::Enterprise) => "enterprise".to_owned(),
        Field::MeetingsOption(MeetingsOption::Assistant) => "assistant".to_owned(),
        Field::Calling => "calling-kind".to_owned(),
        Field::Locations => "locations".to_owned(),
        Field::NumberedUsers => "numbered-users".to_owned(),
        Field::Devices => "devices".to_owned(),
        Field::DeviceLicences(device) => format!("licences-{}", device_id(device)),
        Field::Licences => "licences".to_owned(),
        Field::Words => "words".to_owned(),
        Field::SiteName => "site-name".to_owned(),
        Field::TimeZone => "time-zone".to_owned(),
        Field::Ship(device) => format!("ship-{}", device_id(device)),
        Field::ShipTo(line) => format!("ship-to-{}", ship_to_id(line)),
        Field::SetUp(field) => String::from(field).replace('.', "-"),
    }
}

/// The id of the element that takes the focus for a field: of a group its first
/// control, since the group itself cannot.
pub fn focus_id(field: Field) -> String {
    match field {
        Field::Services => "service-0".to_owned(),
        Field::Calling => "calling-kind-0".to_owned(),
        Field::Devices => field_id(Field::DeviceLicences(DeviceType::DeskPhone)),
        other => field_id(other),
    }
}

fn device_id(device: DeviceType) -> &'static str {
    match device {
        DeviceType::DeskPhone => "desk-phone",
        DeviceType::DeskDevice => "desk-device",
        DeviceType::RoomDevice => "room-device",
        DeviceType::Board => "board",
    }
}

fn ship_to_id(line: ShipToField) -> &'static str {
    match line {
        ShipToField::ContactName => "contact-name",
        ShipToField::Company => "company",
        ShipToField::Street => "street",
        ShipToField::PostalCode => "postal-code",
        ShipToField::City => "city",
        ShipToField::Country => "country",
        ShipToField::Phone => "phone",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_found_holds_only_for_the_text_it_was_found_for_n2_n12() {
        let mut draft = TrialDraft {
            administrator_email: " IT@Acme.example ".to_owned(),
            site_name: "Acme".to_owned(),
            ..TrialDraft::default()
        };
        let known = Known {
            address: Some(("it@acme.example".to_owned(), AddressFact::Exists)),
            site: Some(("acme".to_owned(), true)),
        };
        let facts = known.facts(&draft);
        assert!(facts.organisation_exists && facts.site_name_taken && !facts.own_organisation);
        draft.administrator_email.push('x');
        draft.site_name.push('x');
        assert_eq!(known.facts(&draft), Facts::default());
    }

    #[test]
    fn who_is_asked_may_exist_x3() {
        let mut draft = TrialDraft { administrator_email: "it@acme.example".to_owned(), ..TrialDraft::default() };
        let known = Known { address: Some(("it@acme.example".to_owned(), AddressFact::Exists)), site: None };
        assert!(known.facts(&draft).organisation_exists);
        draft.ask("org-1".into(), rules::region::CountryCode::new("NL").expect("a country"));
        assert!(!known.facts(&draft).organisation_exists);
    }

    #[test]
    fn an_address_is_new_only_when_that_was_found_x1() {
        let draft = TrialDraft { administrator_email: "it@acme.example".to_owned(), ..TrialDraft::default() };
        assert!(!Known::default().is_new(&draft));
        let known = Known { address: Some(("it@acme.example".to_owned(), AddressFact::New)), site: None };
        assert!(known.is_new(&draft));
    }
}
