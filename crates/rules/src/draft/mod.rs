//! A trial as it is typed: the draft, its steps and fields (N).
//!
//! Three types follow each other. [`TrialDraft`] holds whatever was typed, also
//! nonsense, so that nothing is lost. [`TrialDraft::check`] judges it, and only
//! that makes a [`TrialOrder`], which holds what was meant.

mod adding;
mod asking;
mod attestation;
mod check;
mod field;
mod of_trial;
mod order;

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

pub use self::adding::Adding;
pub use self::asking::Asking;
pub use self::attestation::Ticked;
pub use self::check::{Facts, email};
pub(crate) use self::check::{country, line, site_name, zone};
pub use self::order::{Checked, Ordered, TrialOrder};

use crate::device::{DeviceType, PerDevice};
use crate::named::named;
use crate::organisation::Vertical;
use crate::people::Language;
use crate::region::{CountryCode, Region};
use crate::service::{CallingKind, Duration, MeetingsOption, Service};
use crate::set_up::SetUpField;
use crate::text::whole_number;

/// Everything that was typed or chosen in the wizard so far. Numbers are kept as
/// typed, so that `1.5` is still there to be corrected after a reload (N18).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", default)]
pub struct TrialDraft {
    /// Company name (N1).
    pub company_name: String,
    /// Administrator email (N2).
    pub administrator_email: String,
    /// Business vertical (N3).
    pub vertical: Option<Vertical>,
    /// Country for determining data residency region (N4).
    pub country: Option<CountryCode>,
    /// Whether the attestation is ticked (N6).
    pub supported_location: bool,
    /// The language in which its sentence was shown when it was ticked (N6).
    pub attested_in: Option<Language>,
    /// The chosen services (N8).
    pub services: BTreeSet<Service>,
    /// The ticked options of Meetings (N8).
    pub meetings_options: BTreeSet<MeetingsOption>,
    /// Whose call control Calling uses (N8).
    pub calling: Option<CallingKind>,
    /// Locations of Cloud calling, as typed (N8).
    pub locations: String,
    /// Users of Cloud calling who get a number, as typed (N8).
    pub numbered_users: String,
    /// Licences of each device type, as typed (N8).
    pub device_licences: PerDevice<String>,
    /// Licences of every service but Devices, as typed (N9).
    pub licences: String,
    /// Trial duration (N10).
    pub duration: Duration,
    /// Name of the Meetings site, as typed (N12).
    pub site_name: String,
    /// IANA time zone of the Meetings site; `None` until one is chosen, which
    /// reads as the default zone of the country (N13).
    pub time_zone: Option<String>,
    /// How many devices of each type to ship, as typed (N14).
    pub ship: PerDevice<String>,
    /// Where to ship them (D5).
    pub ship_to: ShipToDraft,
    /// The existing organisation that the address was found to belong to (X1).
    pub asking: Option<Asking>,
    /// Whether full administrator access is asked of it (X6).
    pub full_access: bool,
    /// The partner's own words to it (X6).
    pub words: String,
    /// The customer of the own partner to whom the trial is added (A).
    pub adding: Option<Adding>,
}

impl Default for TrialDraft {
    fn default() -> Self {
        TrialDraft {
            company_name: String::new(),
            administrator_email: String::new(),
            vertical: None,
            country: None,
            supported_location: false,
            attested_in: None,
            services: BTreeSet::new(),
            meetings_options: BTreeSet::new(),
            calling: None,
            locations: "1".to_owned(),
            numbered_users: "0".to_owned(),
            device_licences: PerDevice::default(),
            licences: String::new(),
            duration: Duration::default(),
            site_name: String::new(),
            time_zone: None,
            ship: PerDevice::default(),
            ship_to: ShipToDraft::default(),
            asking: None,
            full_access: false,
            words: String::new(),
            adding: None,
        }
    }
}

/// The ship-to address as typed (D5).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", default)]
#[allow(missing_docs, reason = "the names are the labels of D5")]
pub struct ShipToDraft {
    pub contact_name: String,
    pub company: String,
    pub street: String,
    pub postal_code: String,
    pub city: String,
    pub country: Option<CountryCode>,
    pub phone: String,
}

/// A step of the wizard. Those in brackets in the specification appear only when
/// they apply: see [`TrialDraft::steps`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Step {
    /// Who the customer is.
    Customer,
    /// Whether the organisation that was found is the one that is meant; only with an
    /// address of an existing one (X1).
    ConfirmOrganisation,
    /// What is tried, by how many, for how long.
    Services,
    /// The Meetings site; only with Enterprise edition.
    MeetingsSite,
    /// What is shipped, and where to; only when a shippable type has licences.
    Devices,
    /// Everything typed, and what will follow.
    Review,
}

named!(Step {
    Customer = "customer",
    ConfirmOrganisation = "confirm-organisation",
    Services = "services",
    MeetingsSite = "meetings-site",
    Devices = "devices",
    Review = "review",
});

impl Step {
    /// Every step, in order.
    pub const ALL: [Step; 6] =
        [Step::Customer, Step::ConfirmOrganisation, Step::Services, Step::MeetingsSite, Step::Devices, Step::Review];
}

/// A field of the wizard: problems land under it by this name (N7). It is written as
/// text, what it is a part of before a dot: `licences`, `ship-to.city`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum Field {
    /// Company name (N1).
    CompanyName,
    /// Administrator email (N2).
    AdministratorEmail,
    /// Business vertical (N3).
    Vertical,
    /// Country for determining data residency region (N4).
    Country,
    /// The customer is in a supported location (N6).
    SupportedLocation,
    /// The same of the organisation that is asked (X2).
    AskedLocation,
    /// The choice of services (N8).
    Services,
    /// An option of Meetings (N8).
    MeetingsOption(MeetingsOption),
    /// Cloud calling or Hybrid call service (N8).
    Calling,
    /// Locations of Cloud calling (N8).
    Locations,
    /// Users to be numbered (N8).
    NumberedUsers,
    /// The device licences taken together (N8).
    Devices,
    /// Licences of a device type (N8).
    DeviceLicences(DeviceType),
    /// Licences (N9).
    Licences,
    /// The partner's own words (X6).
    Words,
    /// Meetings site URL (N12).
    SiteName,
    /// Time zone (N13).
    TimeZone,
    /// How many of a device type to ship (N14).
    Ship(DeviceType),
    /// A line of the ship-to address (D5).
    ShipTo(ShipToField),
    /// A field of the set-up, whose problems read alike (U2).
    SetUp(SetUpField),
}

/// A line of the ship-to address (D5).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs, reason = "the names are the labels of D5")]
pub enum ShipToField {
    ContactName,
    Company,
    Street,
    PostalCode,
    City,
    Country,
    Phone,
}

named!(ShipToField {
    ContactName = "contact-name",
    Company = "company",
    Street = "street",
    PostalCode = "postal-code",
    City = "city",
    Country = "country",
    Phone = "phone",
});

impl ShipToField {
    /// Every line, in the order in which it is asked.
    pub const ALL: [ShipToField; 7] = [
        ShipToField::ContactName,
        ShipToField::Company,
        ShipToField::Street,
        ShipToField::PostalCode,
        ShipToField::City,
        ShipToField::Country,
        ShipToField::Phone,
    ];
}

impl TrialDraft {
    /// The region that the country decides (N5, X2).
    pub fn region(&self) -> Option<Region> {
        self.place().map(CountryCode::region)
    }

    /// Chooses a country. The attestation is about the country, so another
    /// country clears it (N6).
    pub fn choose_country(&mut self, country: Option<CountryCode>) {
        if self.country != country {
            self.country = country;
            self.attest(None);
        }
    }

    /// Ticks the attestation, shown in a language, or unticks it (N6).
    pub fn attest(&mut self, shown_in: Option<Language>) {
        self.supported_location = shown_in.is_some();
        self.attested_in = shown_in;
    }

    /// Whether a service is chosen.
    pub fn has(&self, service: Service) -> bool {
        self.services.contains(&service)
    }

    /// Whether an option of Meetings is in force: ticked, with Meetings chosen.
    pub fn has_option(&self, option: MeetingsOption) -> bool {
        self.has(Service::Meetings) && self.meetings_options.contains(&option)
    }

    /// Ships nothing and keeps the licences: *Skip shipping* (N14).
    pub fn skip_shipping(&mut self) {
        for device in DeviceType::SHIPPABLE {
            *self.ship.get_mut(device) = "0".to_owned();
        }
    }

    /// The time zone in force: the chosen one, else the default of the country (N13).
    pub fn time_zone_name(&self) -> Option<&str> {
        match &self.time_zone {
            Some(name) => Some(name),
            None => crate::time_zone::default_time_zone(self.place()?).map(|zone| zone.name),
        }
    }

    /// Whether the licence count is asked: not when Devices is the only service (N9).
    pub fn asks_licences(&self) -> bool {
        self.services.iter().any(|service| service.has_licences())
    }

    /// The device types that have licences and can be shipped (N14).
    pub fn shippable(&self) -> impl Iterator<Item = DeviceType> + '_ {
        DeviceType::SHIPPABLE
            .into_iter()
            .filter(|device| self.has(Service::Devices) && licensed(self.device_licences.get(*device)))
    }

    /// Whether anything is to be shipped, so that an address is needed (D5).
    pub fn ships(&self) -> bool {
        self.shippable().any(|device| licensed(self.ship.get(device)))
    }

    /// The steps that apply to what was chosen so far.
    pub fn steps(&self) -> impl Iterator<Item = Step> + '_ {
        Step::ALL.into_iter().filter(|step| match step {
            Step::Customer => self.adding.is_none(),
            Step::Services | Step::Review => true,
            Step::ConfirmOrganisation => self.asked().is_some(),
            Step::MeetingsSite => self.has_option(MeetingsOption::Enterprise),
            Step::Devices => self.shippable().next().is_some(),
        })
    }

    /// The step after one, among those that apply.
    pub fn step_after(&self, step: Step) -> Option<Step> {
        self.steps().find(|next| *next > step)
    }

    /// The step before one, among those that apply.
    pub fn step_before(&self, step: Step) -> Option<Step> {
        self.steps().filter(|before| *before < step).last()
    }

    /// The fields that a step asks as things stand, in the order of the page.
    pub fn fields(&self, step: Step) -> Vec<Field> {
        match step {
            Step::Customer => vec![
                Field::CompanyName,
                Field::AdministratorEmail,
                Field::Vertical,
                Field::Country,
                Field::SupportedLocation,
            ],
            Step::ConfirmOrganisation => vec![Field::AskedLocation],
            Step::Services => {
                let mut fields = vec![Field::Services];
                if self.has(Service::Meetings) {
                    fields.extend(MeetingsOption::ALL.map(Field::MeetingsOption));
                }
                if self.has(Service::Calling) {
                    fields.push(Field::Calling);
                    if self.calling == Some(CallingKind::Cloud) {
                        fields.extend([Field::Locations, Field::NumberedUsers]);
                    }
                }
                if self.has(Service::Devices) {
                    fields.push(Field::Devices);
                    fields.extend(DeviceType::ALL.map(Field::DeviceLicences));
                }
                if self.asks_licences() {
                    fields.push(Field::Licences);
                }
                if self.asked().is_some() {
                    fields.push(Field::Words);
                }
                fields
            }
            Step::MeetingsSite => vec![Field::SiteName, Field::TimeZone],
            Step::Devices => {
                let mut fields: Vec<Field> = self.shippable().map(Field::Ship).collect();
                if self.ships() {
                    fields.extend(ShipToField::ALL.map(Field::ShipTo));
                }
                fields
            }
            Step::Review => Vec::new(),
        }
    }

    /// The step on which a field stands.
    pub fn step_of(field: Field) -> Step {
        match field {
            Field::CompanyName
            | Field::AdministratorEmail
            | Field::Vertical
            | Field::Country
            | Field::SupportedLocation => Step::Customer,
            Field::AskedLocation => Step::ConfirmOrganisation,
            Field::Services
            | Field::MeetingsOption(_)
            | Field::Calling
            | Field::Locations
            | Field::NumberedUsers
            | Field::Devices
            | Field::DeviceLicences(_)
            | Field::Licences
            | Field::Words => Step::Services,
            Field::SiteName | Field::TimeZone => Step::MeetingsSite,
            Field::Ship(_) | Field::ShipTo(_) => Step::Devices,
            // No step of this wizard has it; from Review every step can be reached.
            Field::SetUp(_) => Step::Review,
        }
    }
}

/// Whether a typed number of devices counts as more than none.
fn licensed(typed: &str) -> bool {
    whole_number(typed).is_some_and(|count| count > 0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::samples;

    #[test]
    fn only_steps_that_apply_appear_n8_n14() {
        let shortest = samples::shortest_draft();
        assert_eq!(shortest.steps().collect::<Vec<_>>(), [Step::Customer, Step::Services, Step::Review]);
        let full = samples::full_draft();
        // A new organisation has nobody to confirm (X1).
        assert!(full.steps().eq(Step::ALL.into_iter().filter(|step| *step != Step::ConfirmOrganisation)));

        let mut boards = samples::shortest_draft();
        boards.services.insert(Service::Devices);
        boards.device_licences.board = "2".to_owned();
        assert!(!boards.steps().any(|step| step == Step::Devices), "a Board is never shipped (D2)");

        let mut without = full.clone();
        without.services.remove(&Service::Meetings);
        assert!(!without.steps().any(|step| step == Step::MeetingsSite), "Enterprise edition goes with Meetings");
    }

    #[test]
    fn next_and_back_walk_the_same_steps() {
        let full = samples::full_draft();
        assert_eq!(full.step_after(Step::Services), Some(Step::MeetingsSite));
        assert_eq!(full.step_before(Step::Review), Some(Step::Devices));
        let shortest = samples::shortest_draft();
        assert_eq!(shortest.step_after(Step::Services), Some(Step::Review));
        assert_eq!(shortest.step_before(Step::Review), Some(Step::Services));
        assert_eq!(shortest.step_before(Step::Customer), None);
        assert_eq!(shortest.step_after(Step::Review), None);
    }

    #[test]
    fn another_country_clears_the_attestation_and_the_same_one_keeps_it_n6() {
        let mut draft = samples::shortest_draft();
        draft.attest(Some(Language::Nl));
        draft.choose_country(draft.country);
        assert_eq!((draft.supported_location, draft.attested_in), (true, Some(Language::Nl)));
        draft.choose_country(CountryCode::new("BE"));
        assert_eq!((draft.supported_location, draft.attested_in), (false, None));
        assert!(!TrialDraft::default().supported_location, "it is never ticked beforehand");
    }

    #[test]
    fn skip_shipping_ships_nothing_and_keeps_the_licences_n14() {
        let mut draft = samples::full_draft();
        let licences = draft.device_licences.clone();
        assert!(draft.ships());
        draft.skip_shipping();
        assert!(!draft.ships());
        assert_eq!(draft.device_licences, licences);
    }

    #[test]
    fn the_time_zone_is_one_of_the_country_until_another_is_chosen_n13() {
        let mut draft = samples::shortest_draft();
        assert_eq!(draft.time_zone_name(), Some("Europe/Amsterdam"));
        draft.time_zone = Some("Asia/Tokyo".to_owned());
        assert_eq!(draft.time_zone_name(), Some("Asia/Tokyo"));
    }

    #[test]
    fn every_field_stands_on_the_step_that_asks_it_n7() {
        let mut full = samples::full_draft();
        full.ask("org-1".into(), CountryCode::new("NL").expect("a country"));
        for step in Step::ALL {
            for field in full.fields(step) {
                assert_eq!(TrialDraft::step_of(field), step, "{field:?}");
            }
        }
    }

    #[test]
    fn a_draft_comes_back_as_it_was_typed_n18() {
        let mut draft = samples::full_draft();
        draft.licences = "1.5".to_owned();
        draft.company_name = " <b>Zoë</b> 🦊 ".to_owned();
        let text = serde_json::to_string(&draft).expect("a draft can be written");
        assert_eq!(serde_json::from_str::<TrialDraft>(&text).expect("and read"), draft);
        assert_eq!(serde_json::from_str::<TrialDraft>("{}").expect("an older draft"), TrialDraft::default());
    }
}
