//! The judgement of a draft, field by field. The form calls it for a step, the
//! backend for the whole; both get the same problems under the same fields (N7).

use email_address::EmailAddress;
use serde::{Deserialize, Serialize};

use super::{Checked, Field, Ordered, ShipToField, Step, TrialDraft, TrialOrder};
use crate::consent::{WORDS_MAX, words_are_fit};
use crate::device::{DeviceType, PerDevice, ShipTo};
use crate::offer::{MeetingsOffer, Offer, Site};
use crate::region::{Availability, CountryCode};
use crate::service::{Calling, CallingKind, LICENCES_MAX, LOCATIONS_MAX, MeetingsOption, Service};
use crate::site::{SiteName, SiteNameFault};
use crate::text::{LINE_MAX, is_forbidden, whole_number};
use crate::time_zone::time_zone;
use crate::verdict::{Problem, ProblemKind};

/// Longest address, in characters (N2).
const EMAIL_MAX: usize = 254;
/// Fewest and most digits of a phone number that a carrier can dial; the most is E.164's.
const PHONE_DIGITS: std::ops::RangeInclusive<usize> = 5..=15;

/// What only the backend knows about what was typed. The form fills in what it
/// has asked so far; the backend gathers it anew in the transaction that saves.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", default)]
pub struct Facts {
    /// The administrator's address belongs to an existing organisation (N2).
    pub organisation_exists: bool,
    /// The administrator's address belongs to a person of the own partner (P4).
    pub own_organisation: bool,
    /// The site name was given out before (N12).
    pub site_name_taken: bool,
}

impl TrialDraft {
    /// The problems of one step, in the order of its fields (N7).
    pub fn check_step(&self, step: Step, facts: &Facts) -> Vec<Problem> {
        let judge = |field| self.judge(field, facts).map(|kind| Problem { field, kind });
        self.fields(step).into_iter().filter_map(judge).collect()
    }

    /// The whole draft as an order for a new organisation.
    ///
    /// # Errors
    /// The problems of every step that applies, in the order of the wizard.
    pub fn check(&self, facts: &Facts) -> Result<TrialOrder, Vec<Problem>> {
        let problems: Vec<Problem> = self.steps().flat_map(|step| self.check_step(step, facts)).collect();
        match self.order() {
            Some(order) if problems.is_empty() => Ok(order),
            _ => Err(problems),
        }
    }

    /// What is ordered for an organisation that exists: its name, vertical, country
    /// and region are its own, and only the attestation for its country is asked of
    /// the first step (X2). The draft's country has to be the organisation's.
    ///
    /// # Errors
    /// As for [`TrialDraft::check`].
    pub fn check_for_existing(&self, facts: &Facts) -> Result<Ordered, Vec<Problem>> {
        let country = [Field::Country, Field::SupportedLocation];
        let attested = country.into_iter().filter_map(|field| Some(Problem { field, kind: self.judge(field, facts)? }));
        self.ordered_or(attested.chain(self.check_later_steps(facts)).collect())
    }

    /// What a trial is to give after an edit (E4). The country has been attested to
    /// before, and the duration plays no part.
    ///
    /// # Errors
    /// As for [`TrialDraft::check`].
    pub fn check_edit(&self, facts: &Facts) -> Result<Ordered, Vec<Problem>> {
        self.ordered_or(self.check_later_steps(facts).collect())
    }

    fn check_later_steps(&self, facts: &Facts) -> impl Iterator<Item = Problem> {
        let facts = *facts;
        self.steps()
            .filter(|step| *step > Step::ConfirmOrganisation)
            .flat_map(move |step| self.check_step(step, &facts))
    }

    fn ordered_or(&self, problems: Vec<Problem>) -> Result<Ordered, Vec<Problem>> {
        match self.ordered() {
            Some(ordered) if problems.is_empty() => Ok(ordered),
            _ => Err(problems),
        }
    }

    /// What is wrong with one field as things stand.
    pub fn judge(&self, field: Field, facts: &Facts) -> Option<ProblemKind> {
        match field {
            Field::CompanyName => line(&self.company_name),
            Field::AdministratorEmail => email(&self.administrator_email).err().or(if facts.own_organisation {
                Some(ProblemKind::OwnOrganisation)
            } else if facts.organisation_exists {
                Some(ProblemKind::OrganisationExists)
            } else {
                None
            }),
            Field::Vertical => required(self.vertical),
            Field::Country => country(self.country),
            Field::SupportedLocation => match self.country {
                // Where the services are not offered the country is the problem, and ticking does not help.
                Some(country) if country.country().available == Availability::No => None,
                _ => (!self.supported_location).then_some(ProblemKind::NotAttested),
            },
            Field::AskedLocation => self.asked().and_then(|asking| {
                let refused = country(asking.country);
                refused.or((!asking.supported_location).then_some(ProblemKind::NotAttested))
            }),
            Field::Services => self.services.is_empty().then_some(ProblemKind::NoService),
            Field::MeetingsOption(MeetingsOption::Assistant) => {
                let alone = self.has_option(MeetingsOption::Assistant) && !self.has_option(MeetingsOption::Enterprise);
                alone.then_some(ProblemKind::NeedsEnterprise)
            }
            Field::MeetingsOption(MeetingsOption::ThousandParticipants | MeetingsOption::Enterprise) => None,
            Field::Calling => required(self.calling),
            Field::Locations => number(&self.locations, 1, LOCATIONS_MAX).err(),
            Field::NumberedUsers => match number(&self.licences, 1, LICENCES_MAX) {
                Ok(licences) => number(&self.numbered_users, 0, licences).err().map(|problem| match problem {
                    ProblemKind::OutOfRange { low: 0, .. }
                        if whole_number(&self.numbered_users).is_some_and(|users| users > 0) =>
                    {
                        ProblemKind::MoreThanLicences { licences }
                    }
                    other => other,
                }),
                Err(_) => number(&self.numbered_users, 0, LICENCES_MAX).err(),
            },
            Field::Devices => {
                let none = DeviceType::ALL.into_iter().all(|device| self.device_count(device) == Ok(0));
                none.then_some(ProblemKind::NoDevice)
            }
            Field::DeviceLicences(device) => self.device_count(device).err(),
            Field::Licences => number(&self.licences, 1, LICENCES_MAX).err(),
            Field::Words => words(self.words.trim()),
            Field::SiteName => site_name(&self.site_name, facts.site_name_taken),
            Field::TimeZone => zone(self.time_zone_name()),
            Field::Ship(device) => self.ship_count(device).err(),
            Field::ShipTo(field) => self.ship_to_line(field),
            // The set-up has a check of its own.
            Field::SetUp(_) => None,
        }
    }

    /// The time zone lies in another region than the chosen country: a warning,
    /// never a refusal (N13).
    pub fn time_zone_is_elsewhere(&self) -> bool {
        let zone = self.time_zone_name().and_then(time_zone);
        matches!((zone, self.region()), (Some(zone), Some(region)) if zone.country.region() != region)
    }

    /// The devices go to another country than the data's: a soft warning (D5).
    pub fn ships_elsewhere(&self) -> bool {
        self.ships() && matches!((self.ship_to.country, self.place()), (Some(to), Some(country)) if to != country)
    }

    /// Phone numbers that are needed, once the number plan can be read (N8).
    pub fn phone_numbers(&self) -> Option<u32> {
        let locations = number(&self.locations, 1, LOCATIONS_MAX).ok()?;
        let users = number(&self.numbered_users, 0, LICENCES_MAX).ok()?;
        let cloud = self.has(Service::Calling) && self.calling == Some(CallingKind::Cloud);
        cloud.then(|| crate::service::phone_numbers(locations, users))
    }

    /// Licences of a device type; nothing typed is none.
    fn device_count(&self, device: DeviceType) -> Result<u32, ProblemKind> {
        count_or_none(self.device_licences.get(device), device.licences_max())
    }

    /// How many of a device type to ship, 0 to its licences (N14). It has to be
    /// said: an empty field could mean none as well as all.
    fn ship_count(&self, device: DeviceType) -> Result<u32, ProblemKind> {
        let licences = self.device_count(device).unwrap_or(device.licences_max());
        number(self.ship.get(device), 0, licences).map_err(|problem| match problem {
            ProblemKind::OutOfRange { .. } if whole_number(self.ship.get(device)).is_some_and(|count| count > 0) => {
                ProblemKind::MoreThanDevices { licences }
            }
            other => other,
        })
    }

    fn ship_to_line(&self, field: ShipToField) -> Option<ProblemKind> {
        let address = &self.ship_to;
        match field {
            ShipToField::ContactName => line(&address.contact_name),
            ShipToField::Company => line(&address.company),
            ShipToField::Street => line(&address.street),
            ShipToField::PostalCode => line(&address.postal_code),
            ShipToField::City => line(&address.city),
            ShipToField::Country => country(address.country),
            ShipToField::Phone => line(&address.phone).or_else(|| phone(&address.phone)),
        }
    }

    /// The order for a new organisation, where every field can be read as what it means.
    fn order(&self) -> Option<TrialOrder> {
        self.supported_location.then_some(())?;
        Some(TrialOrder {
            company_name: self.company_name.trim().to_owned(),
            administrator_email: email(&self.administrator_email).ok()?,
            vertical: self.vertical?,
            country: self.country?,
            ordered: self.ordered()?,
        })
    }

    /// What is ordered. Fields that do not apply are left out, whatever was typed
    /// in them before.
    fn ordered(&self) -> Option<Ordered> {
        let licences = match self.asks_licences() {
            true => Some(number(&self.licences, 1, LICENCES_MAX).ok()?),
            false => None,
        };
        let site = match self.has_option(MeetingsOption::Enterprise) {
            true => Some(Site {
                name: SiteName::parse(&self.site_name).ok()?,
                time_zone: self.time_zone_name()?.to_owned(),
            }),
            false => None,
        };
        let options = MeetingsOption::ALL.into_iter().filter(|option| self.has_option(*option)).collect();
        let calling = match (self.has(Service::Calling), self.calling) {
            (false, _) => None,
            (true, Some(CallingKind::Hybrid)) => Some(Calling::Hybrid),
            (true, Some(CallingKind::Cloud)) => Some(Calling::Cloud {
                locations: number(&self.locations, 1, LOCATIONS_MAX).ok()?,
                numbered_users: number(&self.numbered_users, 0, licences?).ok()?,
            }),
            (true, None) => return None,
        };
        let devices = match self.has(Service::Devices) {
            true => Some(PerDevice {
                desk_phone: self.device_count(DeviceType::DeskPhone).ok()?,
                desk_device: self.device_count(DeviceType::DeskDevice).ok()?,
                room_device: self.device_count(DeviceType::RoomDevice).ok()?,
                board: self.device_count(DeviceType::Board).ok()?,
            }),
            false => None,
        };
        let ship = self
            .shippable()
            .filter_map(|device| self.ship_count(device).ok().map(|count| (device, count)))
            .filter(|(_, count)| *count > 0)
            .collect();
        let ship_to = match self.ships() {
            true => Some(ShipTo {
                contact_name: self.ship_to.contact_name.trim().to_owned(),
                company: self.ship_to.company.trim().to_owned(),
                street: self.ship_to.street.trim().to_owned(),
                postal_code: self.ship_to.postal_code.trim().to_owned(),
                city: self.ship_to.city.trim().to_owned(),
                country: self.ship_to.country?,
                phone: self.ship_to.phone.trim().to_owned(),
            }),
            false => None,
        };
        Some(Ordered {
            duration: self.duration,
            offer: Offer {
                licences,
                messaging: self.has(Service::Messaging),
                meetings: self.has(Service::Meetings).then_some(MeetingsOffer { options, site }),
                calling,
                devices,
            },
            ship,
            ship_to,
            checked: Checked(()),
        })
    }
}

/// An address as it is compared: trimmed, in lower case of ASCII (N2).
///
/// # Errors
/// Nothing typed, too long, a forbidden character, or not one address with a
/// domain of at least two labels.
pub fn email(typed: &str) -> Result<String, ProblemKind> {
    let address = typed.trim();
    if address.is_empty() {
        return Err(ProblemKind::Required);
    }
    if address.chars().count() > EMAIL_MAX {
        return Err(ProblemKind::TooLong { max: EMAIL_MAX as u32 });
    }
    if address.chars().any(|character| is_forbidden(character) || character.is_whitespace()) {
        return Err(ProblemKind::NotAnEmail);
    }
    let options = email_address::Options::default().with_required_tld().without_display_text().without_domain_literal();
    match EmailAddress::parse_with_options(address, options) {
        Ok(_) => Ok(address.to_ascii_lowercase()),
        Err(_) => Err(ProblemKind::NotAnEmail),
    }
}

fn required<T>(choice: Option<T>) -> Option<ProblemKind> {
    choice.is_none().then_some(ProblemKind::Required)
}

/// A required line of text: 1 to 100 Unicode scalar values once trimmed (N1).
pub(crate) fn line(typed: &str) -> Option<ProblemKind> {
    let text = typed.trim();
    if text.is_empty() {
        Some(ProblemKind::Required)
    } else if text.chars().any(is_forbidden) {
        Some(ProblemKind::ForbiddenCharacter)
    } else if text.chars().count() > LINE_MAX {
        Some(ProblemKind::TooLong { max: LINE_MAX as u32 })
    } else {
        None
    }
}

/// The partner's own words; there may be none (X6).
fn words(typed: &str) -> Option<ProblemKind> {
    if words_are_fit(typed) {
        None
    } else if typed.chars().count() > WORDS_MAX {
        Some(ProblemKind::TooLong { max: WORDS_MAX as u32 })
    } else {
        Some(ProblemKind::ForbiddenCharacter)
    }
}

fn phone(typed: &str) -> Option<ProblemKind> {
    let digits = typed.chars().filter(char::is_ascii_digit).count();
    (!PHONE_DIGITS.contains(&digits)).then_some(ProblemKind::NotAPhone)
}

/// The name of a Meetings site (N12).
pub(crate) fn site_name(typed: &str, taken: bool) -> Option<ProblemKind> {
    match SiteName::parse(typed) {
        Err(SiteNameFault::Empty) => Some(ProblemKind::Required),
        Err(fault) => Some(ProblemKind::SiteName(fault)),
        Ok(_) => taken.then_some(ProblemKind::SiteNameTaken),
    }
}

/// The time zone of a Meetings site (N13).
pub(crate) fn zone(name: Option<&str>) -> Option<ProblemKind> {
    match name {
        None | Some("") => Some(ProblemKind::Required),
        Some(name) => time_zone(name).is_none().then_some(ProblemKind::NotATimeZone),
    }
}

/// A country where the services are offered (N6).
pub(crate) fn country(chosen: Option<CountryCode>) -> Option<ProblemKind> {
    match chosen.map(|country| country.country().available) {
        None => Some(ProblemKind::Required),
        Some(Availability::No) => Some(ProblemKind::NotOfferedThere),
        Some(Availability::Yes | Availability::Unknown) => None,
    }
}

fn number(typed: &str, low: u32, high: u32) -> Result<u32, ProblemKind> {
    if typed.trim().is_empty() {
        return Err(ProblemKind::Required);
    }
    let number = whole_number(typed).ok_or(ProblemKind::NotANumber)?;
    u32::try_from(number)
        .ok()
        .filter(|number| (low..=high).contains(number))
        .ok_or(ProblemKind::OutOfRange { low, high })
}

/// A number where an empty field means none.
fn count_or_none(typed: &str, high: u32) -> Result<u32, ProblemKind> {
    if typed.trim().is_empty() { Ok(0) } else { number(typed, 0, high) }
}

#[cfg(test)]
mod tests;
