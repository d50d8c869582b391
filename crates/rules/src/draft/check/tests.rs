//! The fields of the wizard as tables: what is typed, and what is said of it.

use super::*;
use crate::samples;
use ProblemKind::{
    ForbiddenCharacter, MoreThanDevices, MoreThanLicences, NeedsEnterprise, NoDevice, NoService, NotANumber, NotAPhone,
    NotATimeZone, NotAnEmail, NotAttested, NotOfferedThere, OrganisationExists, OutOfRange, OwnOrganisation, Required,
    SiteNameTaken, TooLong,
};

/// Judges one field of a draft that is right but for what `change` does to it.
fn judged(field: Field, change: impl FnOnce(&mut TrialDraft)) -> Option<ProblemKind> {
    let mut draft = samples::full_draft();
    change(&mut draft);
    draft.judge(field, &Facts::default())
}

#[test]
fn company_name_is_1_to_100_scalar_values_without_controls_n1() {
    let rows: &[(&str, Option<ProblemKind>)] = &[
        ("A", None),
        ("  Acme  ", None),
        (&"é".repeat(100), None),
        (&"🦊".repeat(100), None),
        (&"e\u{301}".repeat(50), None),
        ("<b>Acme</b> & \"Sons\"", None),
        ("שלום בע״מ", None),
        ("", Some(Required)),
        ("  \t ", Some(Required)),
        (&"é".repeat(101), Some(TooLong { max: 100 })),
        ("Ac\u{7}me", Some(ForbiddenCharacter)),
        ("Ac\nme", Some(ForbiddenCharacter)),
        ("Ac\u{2028}me", Some(ForbiddenCharacter)),
        ("Ac\u{2029}me", Some(ForbiddenCharacter)),
        ("Ac\u{202a}me", Some(ForbiddenCharacter)),
        ("Ac\u{202e}me", Some(ForbiddenCharacter)),
        ("Ac\u{2066}me", Some(ForbiddenCharacter)),
        ("Ac\u{2069}me", Some(ForbiddenCharacter)),
    ];
    for (typed, problem) in rows {
        assert_eq!(judged(Field::CompanyName, |draft| draft.company_name = (*typed).to_owned()), *problem, "{typed:?}");
    }
}

#[test]
fn administrator_email_is_one_address_of_at_most_254_characters_n2() {
    let longest = format!("aa@{}.{}.{}.{}.example", "b".repeat(60), "c".repeat(60), "d".repeat(60), "e".repeat(60));
    let rows: &[(&str, Option<ProblemKind>)] = &[
        ("it@acme.example", None),
        ("  it@acme.example ", None),
        ("IT+trial@Acme.Example", None),
        ("jörg@bücher.example", None),
        (&longest, None),
        ("", Some(Required)),
        ("acme", Some(NotAnEmail)),
        ("it@acme", Some(NotAnEmail)),
        ("it@@acme.example", Some(NotAnEmail)),
        ("it@acme@example.com", Some(NotAnEmail)),
        ("it @acme.example", Some(NotAnEmail)),
        ("it@acme.example, ceo@acme.example", Some(NotAnEmail)),
        ("IT <it@acme.example>", Some(NotAnEmail)),
        ("it@[127.0.0.1]", Some(NotAnEmail)),
        ("it@acme..example", Some(NotAnEmail)),
        ("it\u{202e}@acme.example", Some(NotAnEmail)),
        ("\"i t\"@acme.example", Some(NotAnEmail)),
        ("\"i\u{202e}t\"@acme.example", Some(NotAnEmail)),
        (&format!("a{longest}"), Some(TooLong { max: 254 })),
    ];
    for (typed, problem) in rows {
        assert_eq!(
            judged(Field::AdministratorEmail, |draft| draft.administrator_email = (*typed).to_owned()),
            *problem,
            "{typed:?}"
        );
    }
    assert_eq!(longest.chars().count(), 254);
    assert_eq!(email(" IT@Acme.Example ").as_deref(), Ok("it@acme.example"), "compared without ASCII case");
}

#[test]
fn an_address_that_is_in_use_is_refused_under_its_field_n2_p4() {
    let draft = samples::shortest_draft();
    let exists = Facts { organisation_exists: true, ..Facts::default() };
    let own = Facts { own_organisation: true, organisation_exists: true, ..Facts::default() };
    assert_eq!(draft.judge(Field::AdministratorEmail, &exists), Some(OrganisationExists));
    assert_eq!(draft.judge(Field::AdministratorEmail, &own), Some(OwnOrganisation));
    assert!(draft.check(&exists).is_err());
}

#[test]
fn vertical_and_country_are_required_n3_n4() {
    assert_eq!(judged(Field::Vertical, |draft| draft.vertical = None), Some(Required));
    assert_eq!(judged(Field::Country, |draft| draft.country = None), Some(Required));
    assert_eq!(crate::organisation::Vertical::ALL.len(), 18);
}

#[test]
fn every_country_but_the_embargoed_needs_the_attestation_n6() {
    for country in crate::region::countries() {
        let choose = |ticked| {
            move |draft: &mut TrialDraft| {
                draft.country = Some(country.code);
                draft.supported_location = ticked;
            }
        };
        if country.available == Availability::No {
            assert_eq!(judged(Field::Country, choose(true)), Some(NotOfferedThere), "{}", country.english);
            assert_eq!(judged(Field::SupportedLocation, choose(false)), None, "ticking helps not: {}", country.english);
            let mut draft = samples::shortest_draft();
            choose(true)(&mut draft);
            assert!(draft.check(&Facts::default()).is_err(), "{}", country.english);
        } else {
            assert_eq!(judged(Field::Country, choose(false)), None, "{}", country.english);
            assert_eq!(judged(Field::SupportedLocation, choose(false)), Some(NotAttested), "{}", country.english);
            assert_eq!(judged(Field::SupportedLocation, choose(true)), None, "{}", country.english);
        }
    }
}

#[test]
fn at_least_one_service_is_chosen_n8() {
    assert_eq!(judged(Field::Services, |draft| draft.services.clear()), Some(NoService));
    for service in Service::ALL {
        assert_eq!(judged(Field::Services, |draft| draft.services = [service].into()), None);
    }
}

#[test]
fn assistant_needs_enterprise_edition_n8() {
    let field = Field::MeetingsOption(MeetingsOption::Assistant);
    assert_eq!(
        judged(field, |draft| draft.meetings_options = [MeetingsOption::Assistant].into()),
        Some(NeedsEnterprise)
    );
    assert_eq!(judged(field, |draft| draft.meetings_options = MeetingsOption::ALL.into()), None);
}

#[test]
fn calling_is_exactly_one_of_cloud_and_hybrid_n8() {
    assert_eq!(judged(Field::Calling, |draft| draft.calling = None), Some(Required));
    for kind in CallingKind::ALL {
        assert_eq!(judged(Field::Calling, |draft| draft.calling = Some(kind)), None);
    }
}

#[test]
fn the_number_plan_has_1_to_50_locations_and_no_more_users_than_licences_n8() {
    let out = |low, high| Some(OutOfRange { low, high });
    for (typed, problem) in [
        ("1", None),
        ("50", None),
        ("0", out(1, 50)),
        ("51", out(1, 50)),
        ("-1", out(1, 50)),
        ("2.5", Some(NotANumber)),
        ("", Some(Required)),
    ] {
        assert_eq!(judged(Field::Locations, |draft| draft.locations = typed.to_owned()), problem, "{typed:?}");
    }
    for (licences, users, problem) in [
        ("25", "0", None),
        ("25", "25", None),
        ("25", "26", Some(MoreThanLicences { licences: 25 })),
        ("25", "-1", out(0, 25)),
        ("25", "x", Some(NotANumber)),
        ("x", "1000", None),
        ("x", "1001", out(0, 1000)),
    ] {
        let typed = |draft: &mut TrialDraft| {
            draft.licences = licences.to_owned();
            draft.numbered_users = users.to_owned();
        };
        assert_eq!(judged(Field::NumberedUsers, typed), problem, "{users:?} of {licences:?}");
    }
}

#[test]
fn device_licences_are_0_to_10_boards_0_to_5_and_one_at_least_n8_d2_d3() {
    for device in DeviceType::ALL {
        let most = if device == DeviceType::Board { 5 } else { 10 };
        for (typed, problem) in [
            ("0".to_owned(), None),
            (String::new(), None),
            (most.to_string(), None),
            ((most + 1).to_string(), Some(OutOfRange { low: 0, high: most })),
            ("-1".to_owned(), Some(OutOfRange { low: 0, high: most })),
            ("1.5".to_owned(), Some(NotANumber)),
        ] {
            let change = |draft: &mut TrialDraft| draft.device_licences.get_mut(device).clone_from(&typed);
            assert_eq!(judged(Field::DeviceLicences(device), change), problem, "{device:?} {typed:?}");
        }
    }
    assert_eq!(judged(Field::Devices, |draft| draft.device_licences = PerDevice::default()), Some(NoDevice));
    let six_boards = |draft: &mut TrialDraft| draft.device_licences.board = "6".to_owned();
    assert_eq!(judged(Field::DeviceLicences(DeviceType::Board), six_boards), Some(OutOfRange { low: 0, high: 5 }));
}

#[test]
fn licences_are_one_whole_number_of_1_to_1000_n9() {
    let out = Some(OutOfRange { low: 1, high: 1000 });
    for (typed, problem) in [
        ("1", None),
        (" 200 ", None),
        ("1000", None),
        ("0", out),
        ("-1", out),
        ("1001", out),
        ("1000000000", out),
        ("1.5", Some(NotANumber)),
        ("1e9", Some(NotANumber)),
        ("ten", Some(NotANumber)),
        ("", Some(Required)),
    ] {
        assert_eq!(judged(Field::Licences, |draft| draft.licences = typed.to_owned()), problem, "{typed:?}");
    }
}

#[test]
fn licences_are_not_asked_when_devices_is_the_only_service_n9() {
    let mut draft = samples::full_draft();
    draft.services = [Service::Devices].into();
    draft.licences = "nonsense".to_owned();
    assert!(!draft.fields(Step::Services).contains(&Field::Licences));
    let order = draft.check(&Facts::default()).expect("an order");
    assert_eq!(order.ordered.offer.licences, None);
}

#[test]
fn a_site_needs_a_free_name_and_a_zone_of_a_country_n12_n13() {
    assert_eq!(judged(Field::SiteName, |draft| draft.site_name = " ".to_owned()), Some(Required));
    assert_eq!(
        judged(Field::SiteName, |draft| draft.site_name = "-a".to_owned()),
        Some(ProblemKind::SiteName(SiteNameFault::Hyphen))
    );
    let taken = Facts { site_name_taken: true, ..Facts::default() };
    assert_eq!(samples::full_draft().judge(Field::SiteName, &taken), Some(SiteNameTaken));
    assert_eq!(judged(Field::TimeZone, |draft| draft.time_zone = Some("Mars/Base".to_owned())), Some(NotATimeZone));
    assert_eq!(judged(Field::TimeZone, |draft| draft.time_zone = Some(String::new())), Some(Required));
}

#[test]
fn a_zone_of_another_region_warns_and_does_not_refuse_n13() {
    let mut draft = samples::full_draft();
    assert!(!draft.time_zone_is_elsewhere());
    draft.time_zone = Some("America/New_York".to_owned());
    assert!(draft.time_zone_is_elsewhere());
    assert!(draft.check(&Facts::default()).is_ok());
}

#[test]
fn what_is_shipped_is_0_to_the_licences_of_the_type_n14() {
    for (typed, problem) in [
        ("0", None),
        ("4", None),
        ("", Some(Required)),
        ("5", Some(MoreThanDevices { licences: 4 })),
        ("-1", Some(OutOfRange { low: 0, high: 4 })),
        ("x", Some(NotANumber)),
    ] {
        let change = |draft: &mut TrialDraft| {
            draft.device_licences.desk_phone = "4".to_owned();
            draft.ship.desk_phone = typed.to_owned();
        };
        assert_eq!(judged(Field::Ship(DeviceType::DeskPhone), change), problem, "{typed:?}");
    }
}

#[test]
fn an_address_is_asked_for_exactly_when_something_is_shipped_d5() {
    let mut draft = samples::full_draft();
    draft.ship_to = super::super::ShipToDraft::default();
    let problems = draft.check_step(Step::Devices, &Facts::default());
    assert_eq!(problems.len(), ShipToField::ALL.len());
    assert!(problems.iter().all(|problem| problem.kind == Required));
    draft.skip_shipping();
    assert!(draft.check_step(Step::Devices, &Facts::default()).is_empty());
    assert_eq!(draft.check(&Facts::default()).expect("an order").ordered.ship_to, None);
}

#[test]
fn devices_go_to_no_country_that_is_embargoed_and_another_one_warns_d5() {
    let to = |code: &'static str| move |draft: &mut TrialDraft| draft.ship_to.country = CountryCode::new(code);
    assert_eq!(judged(Field::ShipTo(ShipToField::Country), to("IR")), Some(NotOfferedThere));
    assert_eq!(judged(Field::ShipTo(ShipToField::Country), to("BE")), None);
    let mut draft = samples::full_draft();
    assert!(!draft.ships_elsewhere());
    to("BE")(&mut draft);
    assert!(draft.ships_elsewhere());
    assert!(draft.check(&Facts::default()).is_ok());
}

#[test]
fn a_carrier_needs_a_phone_number_it_can_dial_d5() {
    for (typed, problem) in [
        ("+31 (0)20 123 4567", None),
        ("12345", None),
        ("1234", Some(NotAPhone)),
        ("ask Jan", Some(NotAPhone)),
        ("1234567890123456", Some(NotAPhone)),
        ("", Some(Required)),
    ] {
        let change = |draft: &mut TrialDraft| draft.ship_to.phone = typed.to_owned();
        assert_eq!(judged(Field::ShipTo(ShipToField::Phone), change), problem, "{typed:?}");
    }
}

#[test]
fn an_order_leaves_out_what_no_longer_applies() {
    let mut draft = samples::full_draft();
    draft.services = [Service::Messaging].into();
    let order = draft.check(&Facts::default()).expect("an order");
    assert_eq!(order.ordered.offer.services(), [Service::Messaging]);
    let offer = order.ordered.offer.clone();
    assert_eq!((offer.meetings, offer.calling, offer.devices, order.ordered.ship_to), (None, None, None, None));
    assert!(order.ordered.ship.is_empty());
}

#[test]
fn a_whole_check_names_the_problems_of_every_step_in_order_n7() {
    let draft = TrialDraft::default();
    let problems = draft.check(&Facts::default()).expect_err("an empty draft");
    let fields: Vec<Field> = problems.iter().map(|problem| problem.field).collect();
    assert_eq!(
        fields,
        [
            Field::CompanyName,
            Field::AdministratorEmail,
            Field::Vertical,
            Field::Country,
            Field::SupportedLocation,
            Field::Services
        ]
    );
}

#[test]
fn locations_and_numbered_users_are_asked_of_cloud_calling_alone_n8() {
    let plan = [Field::Locations, Field::NumberedUsers];
    for (calling, services, asked) in [
        (Some(CallingKind::Cloud), &Service::ALL[..], &plan[..]),
        (Some(CallingKind::Hybrid), &Service::ALL, &[]),
        (None, &Service::ALL, &[]),
        (Some(CallingKind::Cloud), &[Service::Messaging], &[]),
    ] {
        let mut draft = samples::full_draft();
        (draft.calling, draft.services) = (calling, services.iter().copied().collect());
        let fields = draft.fields(Step::Services);
        let found: Vec<Field> = fields.into_iter().filter(|field| plan.contains(field)).collect();
        assert_eq!(found, asked, "{calling:?} {services:?}");
    }
}

#[test]
fn the_numbers_needed_are_shown_for_cloud_calling_once_the_plan_can_be_read_n8() {
    let needed = |change: &dyn Fn(&mut TrialDraft)| {
        let mut draft = samples::full_draft();
        (draft.locations, draft.numbered_users) = ("3".to_owned(), "10".to_owned());
        change(&mut draft);
        draft.phone_numbers()
    };
    assert_eq!(needed(&|_| ()), Some(16));
    assert_eq!(needed(&|draft| draft.calling = Some(CallingKind::Hybrid)), None);
    assert_eq!(needed(&|draft| draft.services = [Service::Messaging].into()), None);
    assert_eq!(needed(&|draft| draft.locations = "some".to_owned()), None);
    assert_eq!(needed(&|draft| draft.numbered_users = String::new()), None);
}

#[test]
fn an_edit_is_judged_by_the_steps_after_the_customer_and_by_what_the_backend_knows_e4_n12() {
    let mut draft = samples::full_draft();
    (draft.company_name, draft.supported_location, draft.licences) = (String::new(), false, "0".to_owned());
    let found = |draft: &TrialDraft, facts: &Facts| -> Vec<Field> {
        let problems = draft.check_edit(facts).err().unwrap_or_default();
        problems.into_iter().map(|problem| problem.field).collect()
    };
    assert_eq!(found(&draft, &Facts::default()), [Field::Licences]);
    draft.licences = "200".to_owned();
    assert!(draft.check_edit(&Facts::default()).is_ok());
    assert_eq!(found(&draft, &Facts { site_name_taken: true, ..Facts::default() }), [Field::SiteName]);
}
