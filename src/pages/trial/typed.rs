//! Everything that was typed, in words, a section for each step (N15).

use contract::trials::ExistingOrganisation;
use rules::device::DeviceType;
use rules::draft::{ShipToField, Step, TrialDraft};
use rules::region::CountryCode;
use rules::service::{CallingKind, MeetingsOption, Service};
use rules::site::SiteName;
use rules::text::whole_number;
use words::{Language, asking, label, wizard};

use crate::forms::country_name;

/// What was typed on a step.
pub struct Section {
    /// The step.
    pub step: Step,
    /// Name and value of each field that applies.
    pub rows: Vec<(String, String)>,
}

/// What was typed, a section for each step that applies; of an organisation that is
/// asked its own facts count (X2).
pub fn typed(
    language: Language,
    draft: &TrialDraft,
    domain: &str,
    asked: Option<&ExistingOrganisation>,
) -> Vec<Section> {
    let section = |step| {
        let rows: Vec<(&str, String)> = match step {
            Step::Customer if draft.asked().is_some() => asked_customer(language, draft),
            Step::Customer => customer(language, draft),
            Step::ConfirmOrganisation => confirmed(language, draft, asked),
            Step::Services => services(language, draft),
            Step::MeetingsSite => site(language, draft, domain),
            Step::Devices => devices(language, draft),
            Step::Review => return None,
        };
        Some(Section { step, rows: rows.into_iter().map(|(name, value)| (name.to_owned(), value)).collect() })
    };
    draft.steps().filter_map(section).collect()
}

type Rows = Vec<(&'static str, String)>;

fn customer(language: Language, draft: &TrialDraft) -> Rows {
    let country = draft.country.map(|country| country_name(language, country)).unwrap_or_default();
    let region =
        draft.country.map(CountryCode::region).map(|region| label::region(language, region)).unwrap_or_default();
    let vertical = draft.vertical.map(|vertical| label::vertical(language, vertical)).unwrap_or_default();
    vec![
        (wizard::new_or_existing(language), wizard::new_one(language).to_owned()),
        (wizard::company_name(language), draft.company_name.trim().to_owned()),
        (wizard::administrator_email(language), draft.administrator_email.trim().to_owned()),
        (wizard::vertical(language), vertical.to_owned()),
        (wizard::country(language), country),
        (words::terms::data_residency_region(language), region.to_owned()),
        (wizard::confirmed(language), wizard::attest(language).to_owned()),
    ]
}

/// What was typed of a customer that exists: by its name the own list knows it (Q11).
fn asked_customer(language: Language, draft: &TrialDraft) -> Rows {
    vec![
        (wizard::new_or_existing(language), asking::existing_one(language).to_owned()),
        (wizard::company_name(language), draft.company_name.trim().to_owned()),
        (wizard::administrator_email(language), draft.administrator_email.trim().to_owned()),
    ]
}

fn confirmed(language: Language, draft: &TrialDraft, asked: Option<&ExistingOrganisation>) -> Rows {
    let country = draft.place();
    let region = country.map(CountryCode::region).map(|region| label::region(language, region));
    let mut rows = vec![
        (
            words::customer::country(language),
            country.map(|country| country_name(language, country)).unwrap_or_default(),
        ),
        (words::terms::data_residency_region(language), region.unwrap_or_default().to_owned()),
        (wizard::confirmed(language), wizard::attest(language).to_owned()),
    ];
    if let Some(asked) = asked {
        let administrator = asked.administrator.clone().unwrap_or_else(|| asking::nobody(language).to_owned());
        rows.insert(0, (asking::name(language), asked.name.clone()));
        rows.insert(3, (asking::administrator(language), administrator));
    }
    rows
}

fn services(language: Language, draft: &TrialDraft) -> Rows {
    let mut rows = Vec::new();
    for service in &draft.services {
        let value = match service {
            Service::Messaging => label::service_sentence(language, *service).to_owned(),
            Service::Meetings => meetings(language, draft),
            Service::Calling => calling(language, draft),
            Service::Devices => counted(language, |device| draft.device_licences.get(device)),
        };
        rows.push((label::service(language, *service), value));
    }
    if draft.asks_licences() {
        rows.push((words::terms::licences(language), draft.licences.trim().to_owned()));
    }
    rows.push((wizard::duration(language), wizard::duration_days(language, draft.duration.days())));
    rows
}

fn meetings(language: Language, draft: &TrialDraft) -> String {
    let options: Vec<&str> = MeetingsOption::ALL
        .into_iter()
        .filter(|option| draft.has_option(*option))
        .map(|option| label::option(language, option))
        .collect();
    if options.is_empty() {
        label::service_sentence(language, Service::Meetings).to_owned()
    } else {
        options.join(", ")
    }
}

fn calling(language: Language, draft: &TrialDraft) -> String {
    let kind = draft.calling.map(|kind| label::calling(language, kind)).unwrap_or_default();
    match (draft.calling, draft.phone_numbers()) {
        (Some(CallingKind::Cloud), Some(numbers)) => {
            let (locations, users) = (whole_number(&draft.locations), whole_number(&draft.numbered_users));
            let plan = wizard::number_plan(language, locations.unwrap_or_default(), numbers, users.unwrap_or_default());
            format!("{kind}: {plan}")
        }
        _ => kind.to_owned(),
    }
}

fn site(language: Language, draft: &TrialDraft, domain: &str) -> Rows {
    let host = SiteName::parse(&draft.site_name).map(|name| name.host(domain)).unwrap_or_default();
    let zone = draft.time_zone_name().unwrap_or_default().to_owned();
    vec![(wizard::site_url(language), host), (wizard::time_zone(language), zone)]
}

fn devices(language: Language, draft: &TrialDraft) -> Rows {
    if !draft.ships() {
        return vec![(wizard::ship_title(language), wizard::skipped(language).to_owned())];
    }
    let mut rows = vec![(wizard::ship_title(language), counted(language, |device| draft.ship.get(device)))];
    rows.extend(
        ShipToField::ALL
            .map(|line| (label::ship_to(language, line, draft.ship_to.country), ship_to(language, draft, line))),
    );
    rows
}

fn ship_to(language: Language, draft: &TrialDraft, line: ShipToField) -> String {
    let to = &draft.ship_to;
    match line {
        ShipToField::ContactName => to.contact_name.trim().to_owned(),
        ShipToField::Company => to.company.trim().to_owned(),
        ShipToField::Street => to.street.trim().to_owned(),
        ShipToField::PostalCode => to.postal_code.trim().to_owned(),
        ShipToField::City => to.city.trim().to_owned(),
        ShipToField::Country => to.country.map(|country| country_name(language, country)).unwrap_or_default(),
        ShipToField::Phone => to.phone.trim().to_owned(),
    }
}

/// The types with a count above none, such as `4 desk phones, 1 board`.
fn counted<'a>(language: Language, of: impl Fn(DeviceType) -> &'a String) -> String {
    let counts = DeviceType::ALL.into_iter().filter_map(|device| {
        let count = whole_number(of(device)).and_then(|count| u32::try_from(count).ok()).filter(|count| *count > 0)?;
        Some(label::devices(language, device, count))
    });
    counts.collect::<Vec<_>>().join(", ")
}
