//! The set-up of a trial, and people taken from a file (U, H5, N12).

use rules::change::Deed;
use rules::draft::{Field, TrialDraft};
use rules::ids::TrialId;
use rules::people::Language;
use rules::region::CountryCode;
use rules::service::{MeetingsOption, Service};
use rules::set_up::file::{LineFault, LineOutcome, LineReport};
use rules::set_up::{LocationDraft, LocationField, PersonDraft, SetUpDraft, SetUpField, TERMS_VERSION};
use rules::site::SiteName;
use rules::trial::{SetUpTask, State};
use rules::verdict::{Because, Problem, ProblemKind, RuleId};

use crate::conformance::cast::{
    ANNA, INGRID, JOOST, KIM, LENA, NOORDZEES_CUSTOMER, PIET, SANNE, TOM, address, asking, draft,
};
use crate::conformance::check::{Outcome, fails, refused, require, same, there};
use crate::conformance::doing::accept_terms;
use crate::conformance::{Case, Client, Failure, cases};
use crate::endpoints;
use crate::error::ApiError;
use crate::journal::Actor;
use crate::set_up::{PeopleTaken, SetUpDetail, SetUpKept, TakePeople};
use crate::trials::{Order, SiteNameAnswer, TrialAct};

pub(super) const CASES: &[Case] = cases![
    what_is_typed_is_kept_for_both_sides_and_neither_overwrites_the_other_u3_g2,
    a_set_up_is_there_for_both_sides_of_its_trial_alone_u1_p7_p8_l12,
    the_site_is_as_typed_until_it_is_provisioned_and_stays_from_then_on_u2_n12_n13,
    locations_and_numbers_are_stored_when_the_set_up_is_finished_u2_n8,
    people_are_taken_in_a_set_up_by_customer_administrators_and_partners_with_full_access_u1_u2,
    rows_of_people_are_hidden_from_a_partner_that_may_see_none_and_stay_x10_u1,
    a_file_with_people_brings_the_good_lines_and_names_the_others_h5_u2,
    a_file_is_taken_on_the_customers_behalf_and_by_nobody_else_h5_u1_p5,
    a_person_over_the_licence_count_is_taken_without_that_service_and_named_u2_h5,
    the_terms_are_shown_with_who_can_accept_them_and_asked_at_the_next_sign_in_u2,
];

type Got<A> = Result<A, Failure>;

fn read(client: &Client<'_>, who: &str, trial: &TrialId) -> Got<SetUpDetail> {
    client.ask(&endpoints::SET_UP, who, trial.as_str(), &())
}

fn keep(client: &Client<'_>, who: &str, trial: &TrialId, from: u64, draft: &SetUpDraft) -> Got<SetUpKept> {
    client.ask_from(&endpoints::SET_UP_KEEP, who, trial.as_str(), draft, from)
}

/// Rederij Storm has accepted what Noordzee Telecom asked for.
fn accepted(client: &Client<'_>, full_access: bool) -> Got<TrialId> {
    let request = client.open_request(SANNE)?;
    client.accept(SANNE, &request.id, full_access, &[Service::Messaging, Service::Meetings])?;
    Ok(request.id)
}

/// Fjord Communications has asked a customer of Noordzee Telecom for some services, and it has
/// accepted them; with its first administrator.
fn asked(client: &Client<'_>, company: &str, typed: TrialDraft) -> Got<(TrialId, String)> {
    let started = client.start(ANNA, &draft(company))?;
    let first = client.first_administrator(ANNA, &started.customer)?;
    client.existing(INGRID, &address(company))?;
    let services: Vec<Service> = typed.services.iter().copied().collect();
    let sent = client.send_request(INGRID, &started.customer, &typed)?;
    client.accept(&first, &sent.trial, true, &services)?;
    Ok((sent.trial, first))
}

fn location(name: &str, numbers: &str) -> LocationDraft {
    LocationDraft {
        name: name.to_owned(),
        street: "Havenstraat 1".to_owned(),
        postal_code: "1012 AB".to_owned(),
        city: "Amsterdam".to_owned(),
        country: CountryCode::new("NL"),
        provider: "Noordzee Voice".to_owned(),
        numbers: numbers.to_owned(),
    }
}

fn row(email: &str) -> PersonDraft {
    PersonDraft { email: email.to_owned(), first_name: "Noor".to_owned(), ..PersonDraft::default() }
}

fn file(text: &str) -> TakePeople {
    TakePeople::File(text.to_owned())
}

/// The lines of which something is said, as number and outcome.
fn said(taken: &PeopleTaken) -> Vec<(u32, LineOutcome)> {
    taken.lines.iter().map(|line| (line.line, line.outcome)).collect()
}

fn what_is_typed_is_kept_for_both_sides_and_neither_overwrites_the_other_u3_g2(client: &Client<'_>) -> Outcome {
    let trial = accepted(client, true)?;
    let begin = read(client, ANNA, &trial)?;
    same("the version while nothing is kept", (begin.version, begin.kept.is_none()), (0, true))?;
    let typed = SetUpDraft { people: vec![row("half typed@")], site_name: "-".to_owned(), ..begin.draft };
    let bare = client.ask(&endpoints::SET_UP_KEEP, ANNA, trial.as_str(), &typed);
    fails(bare.map(drop), ApiError::VersionMissing)?;
    same("the version", keep(client, ANNA, &trial, 0, &typed)?.version, 1)?;
    // The other side takes it up, and whoever typed from the older state is told so.
    let found = read(client, KIM, &trial)?;
    same("what is found", (&found.draft, found.version), (&typed, 1))?;
    let by = there("who typed", found.kept)?;
    let partner = by.partner.as_deref();
    same("who typed", (by.name.as_str(), partner, by.own), ("Anna de Vries", Some("Noordzee Telecom"), false))?;
    same("that it was oneself", read(client, ANNA, &trial)?.kept.map(|by| by.own), Some(true))?;
    let kims = SetUpDraft { people: vec![row("noor@rederijstorm.example")], ..typed.clone() };
    fails(keep(client, KIM, &trial, 0, &kims).map(drop), ApiError::Stale { version: 1 })?;
    keep(client, KIM, &trial, 1, &kims)?;
    fails(keep(client, ANNA, &trial, 1, &typed).map(drop), ApiError::Stale { version: 2 })?;
    // It is left, and taken up again a month later.
    client.days(31)?;
    let found = read(client, ANNA, &trial)?;
    same("after a month", (&found.draft, found.version), (&kims, 2))?;
    same("by whom", there("who typed", found.kept)?.partner, None)?;
    // Finishing leaves it there to be taken up again.
    client.finish_set_up(KIM, &trial)?;
    same("after finishing", read(client, ANNA, &trial)?.version, 2)
}

fn a_set_up_is_there_for_both_sides_of_its_trial_alone_u1_p7_p8_l12(client: &Client<'_>) -> Outcome {
    let request = client.open_request(SANNE)?;
    // Until it is accepted, the partner has no access, and nobody sets anything up.
    refused(read(client, ANNA, &request.id), RuleId::H3, Because::NoAccess)?;
    let early = keep(client, SANNE, &request.id, 0, &SetUpDraft::default());
    refused(early, RuleId::L12, Because::WrongState)?;
    let trial = accepted(client, true)?;
    for who in [ANNA, LENA, PIET, SANNE, KIM] {
        read(client, who, &trial)?;
    }
    let banner = there("the banner", read(client, ANNA, &trial)?.on_behalf)?;
    same("on whose behalf", banner.partner.as_str(), "Noordzee Telecom")?;
    let company = read(client, ANNA, &trial)?.company;
    same("of which company", company.as_str(), "Rederij Storm")?;
    same("the customer's own", read(client, KIM, &trial)?.on_behalf, None)?;
    fails(read(client, INGRID, &trial).map(drop), ApiError::NotFound)?;
    fails(keep(client, INGRID, &trial, 0, &SetUpDraft::default()).map(drop), ApiError::NotFound)?;
    refused(keep(client, LENA, &trial, 0, &SetUpDraft::default()), RuleId::P2, Because::RoleChangesNothing)?;
    refused(read(client, TOM, &trial), RuleId::P2, Because::OnlyForPartners)?;
    // In grace it is read and not changed.
    client.finish_set_up(ANNA, &trial)?;
    client.days(30)?;
    let found = read(client, KIM, &trial)?;
    same("the state", found.trial.trial.state(found.today), State::Expired)?;
    refused(keep(client, KIM, &trial, 0, &found.draft), RuleId::U3, Because::WrongState).map(drop)
}

fn the_site_is_as_typed_until_it_is_provisioned_and_stays_from_then_on_u2_n12_n13(client: &Client<'_>) -> Outcome {
    let typed = TrialDraft {
        meetings_options: [MeetingsOption::Enterprise].into(),
        site_name: "as-asked".to_owned(),
        ..asking(&address("Site"), &[Service::Meetings], 5)
    };
    let (trial, first) = asked(client, "Site", typed)?;
    let found = read(client, INGRID, &trial)?;
    same(
        "as chosen",
        (found.draft.site_name.as_str(), found.draft.time_zone.as_str()),
        ("as-asked", "Europe/Amsterdam"),
    )?;
    let set = |name: &str, zone: &str| SetUpDraft {
        site_name: name.to_owned(),
        time_zone: zone.to_owned(),
        ..found.draft.clone()
    };
    keep(client, INGRID, &trial, 0, &set("www", "Europe/Atlantis"))?;
    let reserved = ProblemKind::SiteName(rules::site::SiteNameFault::Reserved);
    let problems = vec![
        Problem { field: Field::SiteName, kind: reserved },
        Problem { field: Field::TimeZone, kind: ProblemKind::NotATimeZone },
    ];
    fails(client.finish_set_up(&first, &trial).map(drop), ApiError::Invalid { problems })?;
    keep(client, &first, &trial, 1, &set("as-set-up", "Europe/London"))?;
    client.finish_set_up(&first, &trial)?;
    let found = read(client, INGRID, &trial)?;
    let site = there("the site", found.trial.trial.site().cloned())?;
    same("the site", (site.name.as_str(), site.time_zone.as_str()), ("as-set-up", "Europe/London"))?;
    for (name, free) in [("as-asked", true), ("as-set-up", false)] {
        let answer: SiteNameAnswer = client.ask(&endpoints::SITE_NAME, ANNA, name, &())?;
        same(name, answer.free, free)?;
    }
    require(found.trial.trial.site_is_fixed(), || "Meetings is not provisioned".to_owned())?;
    keep(client, INGRID, &trial, 2, &set("too-late", "Asia/Tokyo"))?;
    client.finish_set_up(INGRID, &trial)?;
    same("the site afterwards", read(client, INGRID, &trial)?.trial.trial.site(), Some(&site))?;
    let free: SiteNameAnswer = client.ask(&endpoints::SITE_NAME, ANNA, "too-late", &())?;
    require(SiteName::parse("too-late").is_ok() && free.free, || "a name that was not given is taken".to_owned())
}

fn locations_and_numbers_are_stored_when_the_set_up_is_finished_u2_n8(client: &Client<'_>) -> Outcome {
    let typed = TrialDraft {
        locations: "2".to_owned(),
        numbered_users: "3".to_owned(),
        ..asking(&address("Numbers"), &[Service::Calling], 5)
    };
    let (trial, first) = asked(client, "Numbers", typed)?;
    let begin = read(client, &first, &trial)?.draft;
    let half =
        LocationDraft { name: "Depot".to_owned(), numbers: "not a number".to_owned(), ..LocationDraft::default() };
    keep(client, &first, &trial, 0, &SetUpDraft { locations: vec![LocationDraft::default(), half], ..begin.clone() })?;
    let at = |part| Field::SetUp(SetUpField::Location(1, part));
    let required = [
        LocationField::Street,
        LocationField::PostalCode,
        LocationField::City,
        LocationField::Country,
        LocationField::Provider,
    ];
    let mut problems: Vec<Problem> =
        required.into_iter().map(|part| Problem { field: at(part), kind: ProblemKind::Required }).collect();
    problems.push(Problem { field: at(LocationField::Numbers), kind: ProblemKind::NumberLine { line: 1 } });
    fails(client.finish_set_up(INGRID, &trial).map(drop), ApiError::Invalid { problems })?;
    let locations = vec![location("Head office", "+31 20 555 1000 - +31 20 555 1003"), LocationDraft::default()];
    keep(client, INGRID, &trial, 1, &SetUpDraft { locations, ..begin })?;
    client.finish_set_up(INGRID, &trial)?;
    let found = read(client, &first, &trial)?;
    let stored = &found.trial.trial.set_up.calling.locations;
    let names: Vec<Option<&str>> = stored.iter().map(|each| each.as_ref().map(|each| each.name.as_str())).collect();
    same("what is stored", names, vec![Some("Head office"), None])?;
    let open: Vec<&SetUpTask> = found.trial.set_up.iter().filter(|line| !line.done).map(|line| &line.task).collect();
    same("what comes next", open, vec![&SetUpTask::AcceptTerms, &SetUpTask::PhoneNumbers(3), &SetUpTask::People])
}

fn people_are_taken_in_a_set_up_by_customer_administrators_and_partners_with_full_access_u1_u2(
    client: &Client<'_>,
) -> Outcome {
    let trial = accepted(client, true)?;
    let take = |who: &str, asked: &TakePeople| -> Got<PeopleTaken> {
        client.ask(&endpoints::SET_UP_PEOPLE, who, trial.as_str(), asked)
    };
    let both =
        PersonDraft { services: [Service::Messaging, Service::Calling].into(), ..row("noor@rederijstorm.example") };
    let by_hand = TakePeople::ByHand(vec![PersonDraft::default(), both]);
    let shown: PeopleTaken = client.ask(&endpoints::SET_UP_PEOPLE_PREVIEW, KIM, trial.as_str(), &by_hand)?;
    same("what it would bring", (shown.taken, said(&shown)), (1, vec![(2, LineOutcome::TakenWithout)]))?;
    same("the preview stores nothing", client.people(SANNE)?.found, 4)?;
    // Kim is no full administrator: in a set-up that does not matter.
    let done = take(KIM, &by_hand)?;
    same("what it brought", (done.taken, &done.lines), (1, &shown.lines))?;
    same("without what", &done.lines[0].without[..], &[Service::Calling][..])?;
    let noor = client.people(SANNE)?.people.into_iter().find(|member| member.email.starts_with("noor@"));
    same("her services", there("Noor", noor)?.services, [Service::Messaging].into())?;
    let by_anna = take(ANNA, &file("bas@rederijstorm.example;Bas;Smit;messaging"))?;
    same("by the partner", (by_anna.taken, by_anna.lines.len()), (1, 0))?;
    let bad = vec![row("bad"), row("x@rederijstorm.example"), row("X@rederijstorm.example")];
    let problem =
        |at, kind| Problem { field: Field::SetUp(SetUpField::Person(at, rules::set_up::PersonField::Email)), kind };
    let problems = vec![problem(0, ProblemKind::NotAnEmail), problem(2, ProblemKind::AddressTwice)];
    fails(take(SANNE, &TakePeople::ByHand(bad)).map(drop), ApiError::Invalid { problems })?;
    let many = (0..26).map(|at| row(&format!("p{at}@rederijstorm.example"))).collect();
    let problems = vec![problem(25, ProblemKind::TooManyByHand { max: 25 })];
    fails(take(SANNE, &TakePeople::ByHand(many)).map(drop), ApiError::Invalid { problems })?;
    // The trial starts, and who was given its licences keeps them.
    client.finish_set_up(ANNA, &trial)?;
    let licences = client.people(SANNE)?.licences;
    let line = licences.iter().find(|line| line.service == Service::Messaging);
    same("assigned", there("the line", line)?.assigned, 2)?;
    let lines = client.journal(SANNE, "deed=people-added")?;
    let by: Vec<(&Actor, Option<&str>)> = lines.iter().map(|line| (&line.by, line.on_behalf.as_deref())).collect();
    let (kim, anna) = (Actor::Person("Kim Jansen".to_owned()), Actor::Person("Anna de Vries".to_owned()));
    same("the journal", by, vec![(&anna, Some("Rederij Storm")), (&kim, None)])?;
    same("of which trial", lines[0].trial.as_ref(), Some(&trial))
}

fn rows_of_people_are_hidden_from_a_partner_that_may_see_none_and_stay_x10_u1(client: &Client<'_>) -> Outcome {
    let trial = accepted(client, false)?;
    let begin = read(client, KIM, &trial)?.draft;
    let kims = SetUpDraft { people: vec![row("noor@rederijstorm.example")], ..begin };
    keep(client, KIM, &trial, 0, &kims)?;
    let found = read(client, ANNA, &trial)?;
    same("the rows that the partner sees", found.draft.people.len(), 0)?;
    refused(
        found.may_take_people.require().map_err(ApiError::from).map_err(as_failure),
        RuleId::X10,
        Because::ProvisioningAccessOnly,
    )?;
    require(found.terms.who_can.iter().all(|name| name.contains('•')), || format!("{:?}", found.terms.who_can))?;
    keep(client, ANNA, &trial, 1, &SetUpDraft { people: vec![row("annas@row.example")], ..found.draft })?;
    same("the rows afterwards", read(client, KIM, &trial)?.draft.people, kims.people)?;
    let take = file("bas@rederijstorm.example,Bas,Smit,");
    for endpoint in [&endpoints::SET_UP_PEOPLE_PREVIEW, &endpoints::SET_UP_PEOPLE] {
        let result = client.ask(endpoint, ANNA, trial.as_str(), &take);
        refused(result, RuleId::X10, Because::ProvisioningAccessOnly)?;
    }
    // Either access suffices for all else.
    client.finish_set_up(ANNA, &trial).map(drop)
}

fn as_failure(error: ApiError) -> Failure {
    Failure { message: format!("{error:?}"), error: Some(Box::new(error)) }
}

fn a_file_with_people_brings_the_good_lines_and_names_the_others_h5_u2(client: &Client<'_>) -> Outcome {
    let text = format!(
        "\u{feff}email;first name;last name;services\r\n\
         new@rederijstorm.example;Noor;\"Smit; jr\";\r\n\
         NEW@rederijstorm.example;Noor;Smit;\r\n\
         no address;Bob;Smit;\r\n\
         {NOORDZEES_CUSTOMER};Cas;Smit;\r\n\
         kim.jansen@rederijstorm.example;Kim;Jansen;\r\n\
         f@rederijstorm.example;=1+1;Smit;\r\n\
         g@rederijstorm.example;\"Gijs;Smit;\r\n\
         last@rederijstorm.example;Lea;;\r\n"
    );
    let shown: PeopleTaken = client.ask(&endpoints::HUB_PEOPLE_FILE_PREVIEW, SANNE, "", &file(&text))?;
    let expected = vec![
        (3, LineOutcome::Twice),
        (4, LineOutcome::Bad),
        (5, LineOutcome::Elsewhere),
        (6, LineOutcome::AlreadyThere),
        (7, LineOutcome::Bad),
        (8, LineOutcome::Bad),
    ];
    same("what each line would bring", (shown.taken, said(&shown)), (2, expected))?;
    let faults: Vec<Option<LineFault>> = shown.lines.iter().map(|line| line.fault).collect();
    let (email, formula, quote) = (Some(LineFault::Email), Some(LineFault::Formula), Some(LineFault::Quote));
    same("why", faults, vec![None, email, None, None, formula, quote])?;
    require(!format!("{shown:?}").contains("Brouwerij"), || "another organisation is named (P8)".to_owned())?;
    same("the preview stores nothing", client.people(SANNE)?.found, 4)?;
    let done: PeopleTaken = client.ask(&endpoints::HUB_PEOPLE_FILE, SANNE, "", &file(&text))?;
    same("what was brought", (done.taken, &done.lines), (2, &shown.lines))?;
    let people = client.people(SANNE)?;
    same("people", (people.found, people.version), (6, done.version))?;
    let noor = people.people.iter().find(|member| member.email == "new@rederijstorm.example");
    same("her name", there("Noor", noor)?.name.as_str(), "Noor Smit; jr")?;
    // The same file again brings nobody, and nothing is noted.
    let again: PeopleTaken = client.ask(&endpoints::HUB_PEOPLE_FILE, SANNE, "", &file(&text))?;
    same("again", (again.taken, again.version), (0, done.version))?;
    let lines = client.journal(SANNE, "deed=people-added")?;
    same("entries of the journal", lines.len(), 1)?;
    for (text, because) in [("", Because::FileEmpty), ("%PDF-1.7\n\u{0}", Because::FileNotText)] {
        let result = client.ask(&endpoints::HUB_PEOPLE_FILE, SANNE, "", &file(text));
        refused(result, RuleId::U2, because)?;
    }
    let many = "a@b.example,A,B\n".repeat(10_001);
    let result = client.ask(&endpoints::HUB_PEOPLE_FILE_PREVIEW, SANNE, "", &file(&many));
    refused(result, RuleId::U2, Because::FileTooLarge).map(drop)
}

fn a_file_is_taken_on_the_customers_behalf_and_by_nobody_else_h5_u1_p5(client: &Client<'_>) -> Outcome {
    let started = client.start(ANNA, &draft("Filed"))?;
    let path = format!("?organisation={}", started.customer);
    let asked = file("new@filed.example,Noor,Smit,messaging");
    let take = |who: &str, path: &str| client.ask(&endpoints::HUB_PEOPLE_FILE, who, path, &asked);
    let done: PeopleTaken = take(ANNA, &path)?;
    same("taken", (done.taken, done.lines.len()), (1, 0))?;
    let lines = client.journal(ANNA, &format!("organisation={}&deed=people-added", started.customer))?;
    let line = there("the entry", lines.first())?;
    same(
        "both names",
        (&line.by, line.on_behalf.as_deref()),
        (&Actor::Person("Anna de Vries".to_owned()), Some("Filed")),
    )?;
    same("the deed", line.deed, Deed::PeopleAdded)?;
    refused(take(KIM, ""), RuleId::P5, Because::OnlyForFullAdministrators)?;
    refused(take(LENA, &path), RuleId::P5, Because::OnlyForCustomerAdministrators)?;
    fails(take(INGRID, &path).map(drop), ApiError::NotFound)?;
    let trial = accepted(client, false)?;
    let storm = format!("?organisation={}", read(client, ANNA, &trial)?.organisation);
    refused(take(ANNA, &storm), RuleId::X10, Because::ProvisioningAccessOnly).map(drop)
}

fn a_person_over_the_licence_count_is_taken_without_that_service_and_named_u2_h5(client: &Client<'_>) -> Outcome {
    let started = client.start(ANNA, &draft("Counted"))?;
    let first = client.first_administrator(ANNA, &started.customer)?;
    // Ten licences of Messaging, and none of Meetings.
    let text: String = (0..12).map(|at| format!("p{at}@counted.example,P,{at},messaging/meetings\n")).collect();
    let done: PeopleTaken = client.ask(&endpoints::HUB_PEOPLE_FILE, &first, "", &file(&text))?;
    same("taken", (done.taken, done.lines.len()), (12, 12))?;
    let without = |line: &LineReport| line.without.clone();
    same("the first", without(&done.lines[0]), vec![Service::Meetings])?;
    same("the last", without(&done.lines[11]), vec![Service::Messaging, Service::Meetings])?;
    let licences = client.people(&first)?.licences;
    let line = licences.iter().find(|line| line.service == Service::Messaging);
    let line = there("the line", line)?;
    same("licences", (line.total, line.assigned), (10, 10))
}

fn the_terms_are_shown_with_who_can_accept_them_and_asked_at_the_next_sign_in_u2(client: &Client<'_>) -> Outcome {
    let trial = accepted(client, true)?;
    let shown = |who: &str, language: &str| -> Got<SetUpDetail> {
        client.ask(&endpoints::SET_UP, who, &format!("{trial}?language={language}"), &())
    };
    let (en, nl) = (shown(KIM, "en")?.terms, shown(KIM, "nl")?.terms);
    same("languages", (en.language, nl.language), (Language::En, Language::Nl))?;
    require(en.text != nl.text && en.text.len() == nl.text.len() && !en.text.is_empty(), || format!("{en:?}"))?;
    require(en.who_can.iter().any(|name| name == "Sanne Visser"), || format!("{:?}", en.who_can))?;
    same("not accepted yet", en.accepted, None)?;
    // It does not stop the set-up, and every full administrator is asked.
    client.finish_set_up(ANNA, &trial)?;
    let asked = |who: &str| Ok::<_, Failure>(client.hub(who)?.asks_terms);
    same(
        "who is asked",
        (asked(SANNE)?, asked(JOOST)?, asked(KIM)?),
        (vec![trial.clone()], vec![trial.clone()], vec![]),
    )?;
    let stale = TrialAct::AcceptTerms { language: Language::Nl, version: TERMS_VERSION + 1 };
    let order = Order { act: stale, digest: String::new() };
    let result = client.ask(&endpoints::ACT_PREVIEW, SANNE, trial.as_str(), &order);
    refused(result, RuleId::U2, Because::TermsChanged)?;
    client.act(SANNE, &trial, accept_terms())?;
    same("who is asked afterwards", (asked(SANNE)?, asked(JOOST)?), (vec![], vec![]))?;
    let found = shown(ANNA, "en")?;
    same("by whom", (found.terms.accepted_by.as_str(), found.terms.accepted.is_some()), ("Sanne Visser", true))?;
    let terms = there("the acceptance", found.trial.trial.set_up.terms)?;
    same("which text", (terms.language, terms.version), (Language::En, TERMS_VERSION))
}
