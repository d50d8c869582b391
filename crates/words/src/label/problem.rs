//! Problems as sentences: what is wrong with a field.

use crate::{Language, problems};
use rules::{
    draft::Field,
    set_up::{LocationField, SetUpField},
    site::SiteNameFault,
    verdict::{Problem, ProblemKind},
};

/// The sentence under a field with a problem (`N7`).
pub fn problem(language: Language, problem: &Problem) -> String {
    match problem.kind {
        ProblemKind::Required => required(language, problem.field).to_owned(),
        ProblemKind::TooLong { max } => problems::too_long(language, max),
        ProblemKind::ForbiddenCharacter => problems::forbidden_character(language).to_owned(),
        ProblemKind::NotAnEmail => problems::not_an_email(language).to_owned(),
        ProblemKind::OrganisationExists => problems::organisation_exists(language).to_owned(),
        ProblemKind::OwnOrganisation => problems::own_organisation(language).to_owned(),
        ProblemKind::NotOfferedThere => problems::not_offered_there(language).to_owned(),
        ProblemKind::NotAttested => problems::not_attested(language).to_owned(),
        ProblemKind::NoService => problems::no_service(language).to_owned(),
        ProblemKind::NeedsEnterprise => problems::needs_enterprise(language).to_owned(),
        ProblemKind::NotANumber => problems::not_a_number(language).to_owned(),
        ProblemKind::OutOfRange { low, high } => problems::out_of_range(language, high, low),
        ProblemKind::MoreThanLicences { licences } => problems::more_than_licences(language, licences),
        ProblemKind::NoDevice => problems::no_device(language).to_owned(),
        ProblemKind::MoreThanDevices { licences } => problems::more_than_devices(language, licences),
        ProblemKind::SiteName(fault) => site_name(language, fault).to_owned(),
        ProblemKind::SiteNameTaken => problems::site_taken(language).to_owned(),
        ProblemKind::NotATimeZone => problems::not_a_time_zone(language).to_owned(),
        ProblemKind::NumberLine { line } => problems::phone_numbers(language, line),
        ProblemKind::NotAPhone => problems::not_a_phone(language).to_owned(),
        ProblemKind::NumberTwice => problems::number_twice(language).to_owned(),
        ProblemKind::AddressTwice => problems::address_twice(language).to_owned(),
        ProblemKind::Formula => problems::formula(language).to_owned(),
        ProblemKind::TooManyByHand { max } => problems::too_many_by_hand(language, max),
    }
}

fn required(language: Language, field: Field) -> &'static str {
    match field {
        Field::CompanyName => problems::company_name_required(language),
        Field::AdministratorEmail => problems::administrator_email_required(language),
        Field::Vertical => problems::vertical_required(language),
        Field::Country | Field::SetUp(SetUpField::Location(_, LocationField::Country)) => {
            problems::country_required(language)
        }
        Field::Licences => problems::licences_required(language),
        Field::SiteName => problems::site_name_required(language),
        Field::TimeZone => problems::time_zone_required(language),
        Field::Calling => problems::calling_required(language),
        Field::SupportedLocation | Field::AskedLocation => problems::not_attested(language),
        Field::Services => problems::no_service(language),
        Field::Devices => problems::no_device(language),
        Field::MeetingsOption(_) => problems::required_choice(language),
        Field::Locations
        | Field::NumberedUsers
        | Field::DeviceLicences(_)
        | Field::Words
        | Field::Ship(_)
        | Field::ShipTo(_)
        | Field::SetUp(_) => problems::required_text(language),
    }
}

fn site_name(language: Language, fault: SiteNameFault) -> &'static str {
    match fault {
        SiteNameFault::Empty => problems::site_empty(language),
        SiteNameFault::TooLong => problems::site_too_long(language),
        SiteNameFault::Character => problems::site_character(language),
        SiteNameFault::Hyphen => problems::site_hyphen(language),
        SiteNameFault::Reserved => problems::site_reserved(language),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_out_of_range_names_the_range_n9() {
        let kind = ProblemKind::OutOfRange { low: 1, high: 1000 };
        let said = |language| problem(language, &Problem { field: Field::Licences, kind });
        assert_eq!(said(Language::En), "Choose 1 to 1000.");
        assert_eq!(said(Language::Nl), "Kies 1 tot en met 1000.");
    }
}
