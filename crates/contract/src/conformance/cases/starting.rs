//! Starting a trial: new organisations, added trials, and what may be offered (N, A, X1, X4).

use rules::device::DeviceType;
use rules::draft::{Field, TrialDraft};
use rules::notice::{Due, MailKind, Recipients};
use rules::people::CustomerRole;
use rules::region::CountryCode;
use rules::service::{Duration, MeetingsOption, Service};
use rules::trial::Status;
use rules::verdict::{Because, Problem, ProblemKind, RuleId};

use crate::conformance::cast::{
    ANNA, FJORD, INGRID, MEHMET, NOORDZEES_CUSTOMER, SANNE, SANNES_ADDRESS, address, asking, draft, lasting, shipping,
    with,
};
use crate::conformance::check::{Outcome, fails, refused, require, same, there};
use crate::conformance::{Case, Client, Failure, cases};
use crate::endpoints;
use crate::error::ApiError;
use crate::trials::{EligibilityList, LookUpAnswer, SiteNameAnswer, Target};

pub(super) const CASES: &[Case] = cases![
    a_new_organisation_starts_today_with_every_date_and_mail_as_previewed_n15_n17_l1,
    its_first_administrator_is_welcomed_and_may_sign_in_n17,
    an_address_and_a_site_name_are_given_out_once_n2_n12,
    a_site_name_is_free_only_when_well_formed_and_not_reserved_n12,
    what_an_address_is_depends_on_who_asks_x1_p2_p4,
    a_country_that_is_not_offered_and_a_missing_attestation_stop_the_save_n6,
    six_boards_are_refused_and_five_are_taken_d2,
    an_added_trial_needs_full_access_and_services_that_are_not_taken_a1_a2_x4,
    an_added_trial_starts_today_beside_the_others_and_tells_the_administrators_a3,
    each_service_says_by_whom_it_is_taken_and_until_when_x4_n11_p8,
    eligibility_is_told_of_an_organisation_that_was_looked_up_and_of_no_other_p8,
];

fn a_new_organisation_starts_today_with_every_date_and_mail_as_previewed_n15_n17_l1(client: &Client<'_>) -> Outcome {
    let today = client.today()?;
    for (company, duration, days) in
        [("Thirty", Duration::Days30, 30), ("Sixty", Duration::Days60, 60), ("Ninety", Duration::Days90, 90)]
    {
        let typed = lasting(draft(company), duration);
        let shown = client.preview(ANNA, &typed, &Target::New)?.plan;
        let end = today.plus(days);
        same("start and end", (shown.start, shown.end), (today, end))?;
        let on = |kind| -> Vec<_> {
            shown.mails.iter().filter(|mail| mail.kind == kind).map(|mail| (mail.due, mail.to)).collect()
        };
        let both = [Recipients::CustomerAdministrators, Recipients::PartnerAdministrators];
        same("E-7", on(MailKind::EndsSoon), both.map(|to| (Due::On(end.minus(7)), to)).to_vec())?;
        same("E", on(MailKind::Ended), both.map(|to| (Due::On(end), to)).to_vec())?;
        same("E+30", on(MailKind::AccessOver), vec![(Due::On(end.plus(30)), Recipients::Users)])?;
        let started = client.start(ANNA, &typed)?;
        let row = client.row(ANNA, &started.customer)?;
        same("the row", (row.company.as_str(), row.status), (company, Status::Active))?;
        let left: Vec<_> = row.services.iter().map(|line| line.days_left).collect();
        same("days left", left, vec![Some(i64::from(days))])?;
        let in_charge = row.in_charge.map(|person| person.id.0);
        same("who is in charge", in_charge.as_deref(), Some(ANNA))?;
    }
    Ok(())
}

fn its_first_administrator_is_welcomed_and_may_sign_in_n17(client: &Client<'_>) -> Outcome {
    let started = client.start(ANNA, &draft("Welcome"))?;
    let people = client.people_of(ANNA, &started.customer)?.people;
    let found: Vec<_> = people.iter().map(|member| (member.email.clone(), member.role)).collect();
    same("its people", found, vec![(address("Welcome"), CustomerRole::FullAdministrator)])?;
    let first = client.first_administrator(ANNA, &started.customer)?;
    let hub = client.hub(&first)?;
    same("the hub", (hub.organisation, hub.trials.len()), (started.customer.clone(), 1))?;
    let told = client.told(ANNA, &started.trial)?;
    let kinds: Vec<_> = told.iter().map(|(kind, to, _, email)| (*kind, *to, email.clone())).collect();
    same("mails", kinds, vec![(MailKind::Welcome, Recipients::FirstAdministrator, address("Welcome"))])
}

fn an_address_and_a_site_name_are_given_out_once_n2_n12(client: &Client<'_>) -> Outcome {
    let enterprise = |company: &str| {
        let mut typed = with(draft(company), &[Service::Meetings], 10);
        typed.meetings_options = [MeetingsOption::Enterprise].into();
        TrialDraft { site_name: "Only-Once".to_owned(), ..typed }
    };
    let free = |client: &Client<'_>| -> Result<bool, Failure> {
        let answer: SiteNameAnswer = client.ask(&endpoints::SITE_NAME, ANNA, "only-once", &())?;
        Ok(answer.free)
    };
    same("free before", free(client)?, true)?;
    let started = client.start(ANNA, &enterprise("First"))?;
    same("free after", free(client)?, false)?;
    let taken = Problem { field: Field::SiteName, kind: ProblemKind::SiteNameTaken };
    let second = client.preview(INGRID, &enterprise("Second"), &Target::New);
    fails(second, ApiError::Invalid { problems: vec![taken] })?;
    let mut same_address = draft("Third");
    same_address.administrator_email = address("First").to_uppercase();
    let exists = Problem { field: Field::AdministratorEmail, kind: ProblemKind::OrganisationExists };
    fails(client.preview(INGRID, &same_address, &Target::New), ApiError::Invalid { problems: vec![exists] })?;
    // A site name is never given out again, also when its trial is over.
    client.act(ANNA, &started.trial, crate::trials::TrialAct::Cancel)?;
    client.days(2)?;
    same("free when it is over", free(client)?, false)
}

fn a_site_name_is_free_only_when_well_formed_and_not_reserved_n12(client: &Client<'_>) -> Outcome {
    let long = "a".repeat(63);
    let rows = [
        ("free", true),
        ("FREE", true),
        ("a", true),
        (long.as_str(), true),
        ("www", false),
        ("admin", false),
        ("login", false),
        ("-a", false),
        ("a-", false),
        ("a.b", false),
        ("a_b", false),
        ("é", false),
        ("hafen-hamburg", false),
    ];
    for (name, wanted) in rows {
        let answer: SiteNameAnswer = client.ask(&endpoints::SITE_NAME, ANNA, name, &())?;
        same(name, answer.free, wanted)?;
    }
    Ok(())
}

fn what_an_address_is_depends_on_who_asks_x1_p2_p4(client: &Client<'_>) -> Outcome {
    same("a new one", client.look_up(ANNA, "new@nobody.example")?, LookUpAnswer::New)?;
    let own = client.look_up(ANNA, " Lena.Krause@noordzee-telecom.example ")?;
    same("an own one", own, LookUpAnswer::OwnOrganisation)?;
    let other = client.look_up(INGRID, "lena.krause@noordzee-telecom.example")?;
    same("another partner's", other, LookUpAnswer::NotACustomer)?;
    let vendor = client.look_up(ANNA, "ruth.okafor@trials.example")?;
    same("the vendor's", vendor, LookUpAnswer::NotACustomer)?;
    let managed = client.look_up(ANNA, NOORDZEES_CUSTOMER)?;
    require(matches!(managed, LookUpAnswer::Managed { .. }), || format!("a managed one: {managed:?}"))?;
    let colleagues = client.look_up(MEHMET, NOORDZEES_CUSTOMER)?;
    let in_charge = Some("Anna de Vries".to_owned());
    same("a colleague's", colleagues, LookUpAnswer::NotYours { in_charge })?;
    let open = client.look_up(ANNA, SANNES_ADDRESS)?;
    require(matches!(open, LookUpAnswer::RequestOpen { .. }), || format!("an open request: {open:?}"))?;
    let existing = client.existing(INGRID, NOORDZEES_CUSTOMER)?;
    let masked = there("the administrator", existing.administrator)?;
    require(!masked.contains("beheer") && masked.starts_with('b'), || format!("{masked} is not masked"))?;
    same("its name", existing.name.as_str(), "Brouwerij de Zon")?;
    // A shared domain is not enough.
    same("a shared domain", client.look_up(INGRID, "somebody@brouwerijdezon.example")?, LookUpAnswer::New)
}

fn a_country_that_is_not_offered_and_a_missing_attestation_stop_the_save_n6(client: &Client<'_>) -> Outcome {
    let mut nowhere = draft("Nowhere");
    nowhere.country = CountryCode::new("KP");
    let mut unticked = draft("Unticked");
    unticked.supported_location = false;
    for (typed, field) in [(nowhere, Field::Country), (unticked, Field::SupportedLocation)] {
        let error = crate::conformance::check::error_of(client.preview(ANNA, &typed, &Target::New))?;
        let ApiError::Invalid { problems } = error else {
            return Err(Failure::new(format!("{field:?}: {error:?}")));
        };
        require(problems.iter().any(|problem| problem.field == field), || format!("{field:?} is not in {problems:?}"))?;
    }
    Ok(())
}

fn six_boards_are_refused_and_five_are_taken_d2(client: &Client<'_>) -> Outcome {
    let boards = |licences| shipping(draft(&format!("Boards {licences}")), DeviceType::Board, licences, 0);
    let field = Field::DeviceLicences(DeviceType::Board);
    let error = crate::conformance::check::error_of(client.preview(ANNA, &boards(6), &Target::New))?;
    let ApiError::Invalid { problems } = error else { return Err(Failure::new(format!("6 boards: {error:?}"))) };
    same("the fields", problems.iter().map(|problem| problem.field).collect::<Vec<_>>(), vec![field])?;
    client.start(ANNA, &boards(5)).map(drop)
}

fn an_added_trial_needs_full_access_and_services_that_are_not_taken_a1_a2_x4(client: &Client<'_>) -> Outcome {
    let owner = client.one_with(ANNA, Status::Subscription)?;
    let owned = *there("a service that is owned", owner.purchased.first())?;
    let target = Target::Add { customer: owner.id.clone() };
    let typed = with(draft("Owner"), &[owned], 10);
    let rule = if owned == Service::Calling { RuleId::A2 } else { RuleId::X4 };
    refused(client.preview(ANNA, &typed, &target), rule, Because::AlreadyPurchased)?;
    let started = client.start(ANNA, &draft("Adding"))?;
    let target = Target::Add { customer: started.customer.clone() };
    refused(client.preview(ANNA, &draft("Adding"), &target), RuleId::X4, Because::InOwnTrial)?;
    fails(client.preview(INGRID, &with(draft("Adding"), &[Service::Calling], 5), &target), ApiError::NotFound)?;
    // With provisioning access *Add* leads to a request.
    let first = client.first_administrator(ANNA, &started.customer)?;
    client.set_access(&first, "noordzee-telecom", Some(rules::organisation::AccessLevel::Provisioning))?;
    let calling = with(draft("Adding"), &[Service::Calling], 5);
    refused(client.preview(ANNA, &calling, &target), RuleId::A1, Because::ProvisioningAccessOnly).map(drop)
}

fn an_added_trial_starts_today_beside_the_others_and_tells_the_administrators_a3(client: &Client<'_>) -> Outcome {
    let started = client.start(ANNA, &draft("Two trials"))?;
    let first = client.first_administrator(ANNA, &started.customer)?;
    client.add_person(&first, "second@two.example", CustomerRole::Administrator, &[])?;
    client.add_person(&first, "third@two.example", CustomerRole::User, &[])?;
    client.days(3)?;
    let typed = lasting(with(draft("Two trials"), &[Service::Meetings, Service::Calling], 5), Duration::Days60);
    let added = client.add(ANNA, &started.customer, &typed)?;
    same("its customer", &added.customer, &started.customer)?;
    let today = client.today()?;
    same("its days", (added.plan.start, added.plan.end), (today, today.plus(60)))?;
    let mut told: Vec<_> =
        client.told(ANNA, &added.trial)?.into_iter().map(|(kind, to, _, who)| (kind, to, who)).collect();
    told.sort();
    let to = Recipients::CustomerAdministrators;
    let wanted =
        vec![(MailKind::Started, to, address("Two trials")), (MailKind::Started, to, "second@two.example".to_owned())];
    same("who is told", told, wanted)?;
    let detail = client.customer(ANNA, &started.customer)?;
    same("trials", detail.trials.len(), 2)?;
    same("further trials in the row", client.row(ANNA, &started.customer)?.more_trials, 1)
}

fn each_service_says_by_whom_it_is_taken_and_until_when_x4_n11_p8(client: &Client<'_>) -> Outcome {
    // The customer owns Messaging, has Calling in grace with Noordzee Telecom, and Noordzee
    // Telecom asks for nothing that would be in the way.
    let started = client.start(ANNA, &draft("Taken"))?;
    let first = client.first_administrator(ANNA, &started.customer)?;
    client.convert(ANNA, &started.trial, "PO-TAKEN", &address("Taken"), &address("Taken"), &[Service::Messaging])?;
    let calling = client.add(ANNA, &started.customer, &with(draft("Taken"), &[Service::Calling], 5))?;
    client.days(32)?;
    same("the trial", client.trial(ANNA, &calling.trial)?.status, Status::Expired)?;
    let over = calling.plan.end.plus(30);
    let existing = client.existing(INGRID, &address("Taken"))?;
    let seen = |who: &str| -> Result<Vec<_>, Failure> {
        let list: EligibilityList = client.ask(&endpoints::ELIGIBILITY, who, started.customer.as_str(), &())?;
        let blocked =
            |verdict: &rules::verdict::Verdict| verdict.require().err().map(|refusal| (refusal.because, refusal.from));
        Ok(list.services.iter().map(|each| (each.service, blocked(&each.verdict))).collect())
    };
    let wanted = |because| {
        vec![
            (Service::Messaging, Some((Because::AlreadyPurchased, None))),
            (Service::Meetings, None),
            (Service::Calling, Some((because, Some(over)))),
            (Service::Devices, None),
        ]
    };
    same("for its own partner", seen(ANNA)?, wanted(Because::InOwnTrial))?;
    same("for another partner", seen(INGRID)?, wanted(Because::InTrialWithAnotherPartner))?;
    // A pending request is in nobody's way.
    let typed = asking(&address("Taken"), &[Service::Meetings], 5);
    let asked = client.send_request(INGRID, &existing.organisation, &typed)?;
    same("with a request pending", seen(ANNA)?, wanted(Because::InOwnTrial))?;
    client.accept(&first, &asked.trial, false, &[Service::Meetings])?;
    let now = seen(ANNA)?;
    let meetings = there("Meetings", now.iter().find(|(service, _)| *service == Service::Meetings))?;
    let because = meetings.1.map(|(because, _)| because);
    same("once it is accepted", because, Some(Because::InTrialWithAnotherPartner))
}

fn eligibility_is_told_of_an_organisation_that_was_looked_up_and_of_no_other_p8(client: &Client<'_>) -> Outcome {
    let customer = client.one_with(ANNA, Status::Active)?;
    let ask = |who: &str| -> Result<EligibilityList, Failure> {
        client.ask(&endpoints::ELIGIBILITY, who, customer.id.as_str(), &())
    };
    ask(ANNA)?;
    fails(ask(INGRID), ApiError::NotFound)?;
    fails(client.ask(&endpoints::ELIGIBILITY, ANNA, "no-such-organisation", &()), ApiError::NotFound)?;
    let email = there("its organisation", customer.organisation)?.administrator_email;
    client.existing(INGRID, &email)?;
    same("services", ask(INGRID)?.services.len(), 4)?;
    // Nothing of this makes it a customer of the other partner.
    fails(client.customer(INGRID, &customer.id), ApiError::NotFound)?;
    let hub = client.hub(SANNE)?;
    same("partners with access", hub.partners.iter().filter(|each| each.id.as_str() == FJORD).count(), 0)
}
