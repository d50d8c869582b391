//! What the values of the law are called. Each `match` names every value, so that a new one does
//! not compile before it has a label in every language.

mod days;
mod deed;
mod life;
mod line;
mod mail;
mod problem;
mod refusal;
mod set_up;
mod told;

pub use days::service_left;
pub use deed::{act, deed};
pub use life::{
    attention, customer_role, customer_role_sentence, decline_reason, devices_due, left, person_role, provisioning,
    shipment_state, state, trial_life,
};
pub use line::{line_fault, line_report};
pub use mail::{access_sentence, mail_kind, mail_state, mail_why, offered, recipients, return_questions, return_steps};
pub use problem::problem;
pub use refusal::{because, refusal, right_refusal, state_sentence};
pub use set_up::{location_field, set_up_field, set_up_line, set_up_step, set_up_task};
pub use told::{Told, Turn, told};

use crate::{Language, labels, sign_in, terms, wizard};
use rules::{
    device::DeviceType,
    draft::{ShipToField, Step},
    organisation::{AccessLevel, Vertical},
    people::PartnerRole,
    postal::{CityLine, PostalName, city_line, postal_name},
    region::{Availability, CountryCode, Region, Source},
    service::{CallingKind, MeetingsOption, Service},
    trial::{DateKind, Status},
};

/// A service's name (`N8`).
pub fn service(language: Language, service: Service) -> &'static str {
    match service {
        Service::Messaging => labels::messaging(language),
        Service::Meetings => labels::meetings(language),
        Service::Calling => labels::calling(language),
        Service::Devices => labels::devices(language),
    }
}

/// One sentence on what a service is and for whom (`N8`).
pub fn service_sentence(language: Language, service: Service) -> &'static str {
    match service {
        Service::Messaging => labels::messaging_sentence(language),
        Service::Meetings => labels::meetings_sentence(language),
        Service::Calling => labels::calling_sentence(language),
        Service::Devices => labels::devices_sentence(language),
    }
}

/// The names of services with commas between them.
pub fn services(language: Language, services: impl IntoIterator<Item = Service>) -> String {
    let mut text = String::new();
    for one in services {
        if !text.is_empty() {
            text.push_str(", ");
        }
        text.push_str(service(language, one));
    }
    text
}

/// An option of Meetings (`N8`).
pub fn option(language: Language, option: MeetingsOption) -> &'static str {
    match option {
        MeetingsOption::ThousandParticipants => labels::thousand_participants(language),
        MeetingsOption::Enterprise => labels::enterprise(language),
        MeetingsOption::Assistant => labels::assistant(language),
    }
}

/// One sentence on what an option of Meetings is (`N8`).
pub fn option_sentence(language: Language, option: MeetingsOption) -> &'static str {
    match option {
        MeetingsOption::ThousandParticipants => labels::thousand_participants_sentence(language),
        MeetingsOption::Enterprise => labels::enterprise_sentence(language),
        MeetingsOption::Assistant => labels::assistant_sentence(language),
    }
}

/// Whose call control Calling uses (`N8`).
pub fn calling(language: Language, kind: CallingKind) -> &'static str {
    match kind {
        CallingKind::Cloud => labels::cloud_calling(language),
        CallingKind::Hybrid => labels::hybrid_call_service(language),
    }
}

/// One sentence on a kind of Calling (`N8`).
pub fn calling_sentence(language: Language, kind: CallingKind) -> &'static str {
    match kind {
        CallingKind::Cloud => labels::cloud_calling_sentence(language),
        CallingKind::Hybrid => labels::hybrid_call_service_sentence(language),
    }
}

/// A type of device (`D1`).
pub fn device(language: Language, device: DeviceType) -> &'static str {
    match device {
        DeviceType::DeskPhone => labels::desk_phone(language),
        DeviceType::DeskDevice => labels::desk_device(language),
        DeviceType::RoomDevice => labels::room_device(language),
        DeviceType::Board => labels::board(language),
    }
}

/// So many devices of a type: `2 desk phones`.
pub fn devices(language: Language, device: DeviceType, count: u32) -> String {
    match device {
        DeviceType::DeskPhone => labels::desk_phone_counted(language, count),
        DeviceType::DeskDevice => labels::desk_device_counted(language, count),
        DeviceType::RoomDevice => labels::room_device_counted(language, count),
        DeviceType::Board => labels::board_counted(language, count),
    }
}

/// A customer's status (`W1`, `Q9`).
pub fn status(language: Language, status: Status) -> &'static str {
    match status {
        Status::Expired => terms::expired(language),
        Status::ExpiringSoon => terms::expiring_soon(language),
        Status::TrialPending => terms::trial_pending(language),
        Status::AwaitingProvisioningDetails => terms::awaiting_provisioning_details(language),
        Status::SettingUp => terms::setting_up(language),
        Status::Active => terms::active(language),
        Status::Converted => terms::converted(language),
        Status::Closed => terms::closed(language),
        Status::Cancelled => terms::cancelled(language),
        Status::Declined => terms::declined(language),
        Status::Lapsed => terms::lapsed(language),
        Status::Subscription => terms::subscription(language),
        Status::NoTrial => terms::no_trial(language),
    }
}

/// A line of business (`N3`).
pub fn vertical(language: Language, vertical: Vertical) -> &'static str {
    match vertical {
        Vertical::Education => labels::education(language),
        Vertical::EnergyAndUtilities => labels::energy_and_utilities(language),
        Vertical::FinancialServices => labels::financial_services(language),
        Vertical::Government => labels::government(language),
        Vertical::Healthcare => labels::healthcare(language),
        Vertical::Hospitality => labels::hospitality(language),
        Vertical::Legal => labels::legal(language),
        Vertical::LifeSciences => labels::life_sciences(language),
        Vertical::Manufacturing => labels::manufacturing(language),
        Vertical::MediaAndEntertainment => labels::media_and_entertainment(language),
        Vertical::NonProfit => labels::non_profit(language),
        Vertical::ProfessionalServices => labels::professional_services(language),
        Vertical::RealEstate => labels::real_estate(language),
        Vertical::Retail => labels::retail(language),
        Vertical::Technology => labels::technology(language),
        Vertical::Telecommunications => labels::telecommunications(language),
        Vertical::TransportationAndLogistics => labels::transportation_and_logistics(language),
        Vertical::Other => labels::other(language),
    }
}

/// A data residency region (`N4`).
pub fn region(language: Language, region: Region) -> &'static str {
    match region {
        Region::Australia => labels::region_australia(language),
        Region::Canada => labels::region_canada(language),
        Region::Eu => labels::region_eu(language),
        Region::Singapore => labels::region_singapore(language),
        Region::Uae => labels::region_uae(language),
        Region::Us => labels::region_us(language),
    }
}

/// Whence a country's region is known (`N5`).
pub fn source(language: Language, source: Source) -> &'static str {
    match source {
        Source::Cited => labels::source_cited(language),
        Source::Inferred => labels::source_inferred(language),
    }
}

/// Whether the services are offered in a country (`N6`).
pub fn availability(language: Language, availability: Availability) -> &'static str {
    match availability {
        Availability::Yes => labels::available_yes(language),
        Availability::No => labels::available_no(language),
        Availability::Unknown => labels::available_unknown(language),
    }
}

/// What a person of a partner is (`P2`).
pub fn role(language: Language, role: PartnerRole) -> &'static str {
    match role {
        PartnerRole::SalesFullAdministrator => sign_in::role_sales_full_administrator(language),
        PartnerRole::SalesAdministrator => sign_in::role_sales_administrator(language),
        PartnerRole::ReadOnlyAdministrator => sign_in::role_read_only_administrator(language),
        PartnerRole::HelpDesk => sign_in::role_help_desk(language),
    }
}

/// What a role can do here, in one sentence (`P2`, `P3`).
pub fn role_sentence(language: Language, role: PartnerRole) -> &'static str {
    match role {
        PartnerRole::SalesFullAdministrator => sign_in::can_sales_full_administrator(language),
        PartnerRole::SalesAdministrator => sign_in::can_sales_administrator(language),
        PartnerRole::ReadOnlyAdministrator => sign_in::can_read_only_administrator(language),
        PartnerRole::HelpDesk => sign_in::can_help_desk(language),
    }
}

/// What a partner's access to an organisation reaches (`W1`).
pub fn access(language: Language, level: AccessLevel) -> &'static str {
    match level {
        AccessLevel::FullAdministrator => terms::full_administrator_access(language),
        AccessLevel::Provisioning => terms::provisioning_access(language),
    }
}

/// A step of the wizard (`N`).
pub fn step(language: Language, step: Step) -> &'static str {
    match step {
        Step::Customer => wizard::step_customer(language),
        Step::ConfirmOrganisation => wizard::step_confirm_organisation(language),
        Step::Services => wizard::step_services(language),
        Step::MeetingsSite => wizard::step_meetings_site(language),
        Step::Devices => wizard::step_devices(language),
        Step::Review => wizard::step_review(language),
    }
}

/// A line of the ship-to address (`D5`),
/// as it is called in the country where that is known.
pub fn ship_to(language: Language, field: ShipToField, country: Option<CountryCode>) -> &'static str {
    match field {
        ShipToField::ContactName => wizard::contact_name(language),
        ShipToField::Company => wizard::ship_company(language),
        ShipToField::Street => wizard::street(language),
        ShipToField::PostalCode => postal_code(language, country),
        ShipToField::City => city(language, country),
        ShipToField::Country => wizard::ship_country(language),
        ShipToField::Phone => wizard::phone(language),
    }
}

fn postal_code(language: Language, country: Option<CountryCode>) -> &'static str {
    match country.map(postal_name) {
        None | Some(PostalName::PostalCode | PostalName::Nothing) => wizard::postal_code(language),
        Some(PostalName::Zip) => wizard::zip_code(language),
        Some(PostalName::Postcode) => wizard::postcode(language),
        Some(PostalName::Eircode) => wizard::eircode(language),
        Some(PostalName::Pin) => wizard::pin_code(language),
        Some(PostalName::Cep) => wizard::cep(language),
    }
}

fn city(language: Language, country: Option<CountryCode>) -> &'static str {
    match country.map(city_line) {
        None | Some(CityLine::City) => wizard::city(language),
        Some(CityLine::State) => wizard::city_and_state(language),
        Some(CityLine::Province) => wizard::city_and_province(language),
        Some(CityLine::Prefecture) => wizard::city_and_prefecture(language),
    }
}

/// What happens on a date of a trial (`N15`).
pub fn date_kind(language: Language, kind: DateKind) -> String {
    match kind {
        DateKind::Start => wizard::date_start(language).to_owned(),
        DateKind::FirstNotice => wizard::date_first_notice(language).to_owned(),
        DateKind::End => wizard::date_end(language).to_owned(),
        DateKind::Converted => terms::converted(language).to_owned(),
        DateKind::Cancelled => terms::cancelled(language).to_owned(),
        DateKind::GraceEnd => wizard::date_grace_end(language).to_owned(),
        DateKind::NumberRelease => wizard::date_numbers(language).to_owned(),
        DateKind::DeviceEnd(of) => wizard::date_device_end(language, device(language, of)),
        DateKind::DeviceReturn(of) => wizard::date_return(language, device(language, of)),
    }
}

#[cfg(test)]
mod tests;
