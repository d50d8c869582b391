//! Problems and refusals as sentences: what is wrong and what to do about it.

use crate::{Language, date, label, problems, verdicts};
use rules::{
    draft::Field,
    site::SiteNameFault,
    verdict::{Because, Problem, ProblemKind, Refusal, Remedy},
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
        ProblemKind::NotAPhone => problems::not_a_phone(language).to_owned(),
    }
}

fn required(language: Language, field: Field) -> &'static str {
    match field {
        Field::CompanyName => problems::company_name_required(language),
        Field::AdministratorEmail => problems::administrator_email_required(language),
        Field::Vertical => problems::vertical_required(language),
        Field::Country => problems::country_required(language),
        Field::Licences => problems::licences_required(language),
        Field::SiteName => problems::site_name_required(language),
        Field::TimeZone => problems::time_zone_required(language),
        Field::Calling => problems::calling_required(language),
        Field::SupportedLocation => problems::not_attested(language),
        Field::Services => problems::no_service(language),
        Field::Devices => problems::no_device(language),
        Field::MeetingsOption(_) => problems::required_choice(language),
        Field::Locations | Field::NumberedUsers | Field::DeviceLicences(_) | Field::Ship(_) | Field::ShipTo(_) => {
            problems::required_text(language)
        }
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

/// Why something may not be done, what to do instead, and from when it may (`P7`).
pub fn refusal(language: Language, refusal: &Refusal) -> String {
    let mut text = because(language, refusal.because);
    text.push(' ');
    text.push_str(remedy(language, refusal.remedy));
    if let Some(day) = refusal.from {
        text.push(' ');
        text.push_str(&verdicts::from(language, date(language, day)));
    }
    text
}

/// The fact behind a refusal.
fn because(language: Language, because: Because) -> String {
    match because {
        Because::PartnerNotCertified => verdicts::partner_not_certified(language).to_owned(),
        Because::RoleCannotStart(role) => verdicts::role_cannot_start(language, label::role(language, role)),
        Because::DraftSaved => verdicts::draft_saved(language).to_owned(),
    }
}

/// What to do about a refusal.
fn remedy(language: Language, remedy: Remedy) -> &'static str {
    match remedy {
        Remedy::GetCertified => verdicts::get_certified(language),
        Remedy::AskSalesAdministrator => verdicts::ask_sales_administrator(language),
        Remedy::SeeCustomers => verdicts::see_customers(language),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rules::people::PartnerRole;
    use rules::verdict::RuleId;

    #[test]
    fn a_refusal_says_the_fact_and_the_remedy_in_both_languages_p7() {
        let refused =
            Refusal::new(RuleId::P3, Because::RoleCannotStart(PartnerRole::HelpDesk), Remedy::AskSalesAdministrator);
        assert_eq!(
            refusal(Language::En, &refused),
            "With the role Help desk one cannot start a trial. Ask a sales administrator of your organisation."
        );
        assert!(refusal(Language::Nl, &refused).contains("Helpdesk"));
    }

    #[test]
    fn a_number_out_of_range_names_the_range_n9() {
        let kind = ProblemKind::OutOfRange { low: 1, high: 1000 };
        let said = |language| problem(language, &Problem { field: Field::Licences, kind });
        assert_eq!(said(Language::En), "Choose 1 to 1000.");
        assert_eq!(said(Language::Nl), "Kies 1 tot en met 1000.");
    }
}
