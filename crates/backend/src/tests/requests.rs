//! Requests to existing organisations: who may ask, what is sent to whom, and who answers (X).

use contract::endpoints;
use contract::error::ApiError;
use contract::requests::OpenRequest;
use contract::trials::{LookUp, LookUpAnswer, Started, Target, TrialAct};
use futures_executor::block_on;
use rules::consent::{Answered, DeclineReason};
use rules::notice::MailKind;
use rules::organisation::AccessLevel;
use rules::people::CustomerRole;
use rules::service::Service;
use rules::trial::State;
use rules::verdict::{Because, Refusal, Remedy, RuleId};

use super::cast::{
    Asked, STORM, STORM_REQUEST, ZOE, accepted, act, answer, competitor, draft, finish, mails, organisation, state,
    to_ask, to_save, trial,
};
use super::every_act::secret;
use super::{ANNA, INGRID, JOOST, KIM, MEHMET, SANNE, TOM, World};
use crate::records::{ORGANISATIONS, PARTNERS, SESSIONS, SignedIn};
use crate::store::{Commit, Store};

const BOTH: [Service; 2] = [Service::Messaging, Service::Meetings];

fn look_up(world: &World, person: &str, address: &str) -> LookUpAnswer {
    let look_up = LookUp { administrator_email: address.to_owned() };
    world.ask(endpoints::ORGANISATION_LOOK_UPS, person, "", &look_up).expect("an answer")
}

fn refusal<T: std::fmt::Debug>(result: Result<T, ApiError>) -> Refusal {
    match result {
        Err(ApiError::Refused { refusal, .. }) => refusal,
        other => panic!("{other:?}"),
    }
}

fn declined(reason: DeclineReason) -> Answered {
    Answered::Declined { reason, note: String::new() }
}

/// Zoë asks Rederij Storm; the trial that she asks for.
fn zoe_asks(world: &World, draft: &str, address: &str, services: &[Service]) -> String {
    let started: Started =
        to_ask(world, ZOE, draft, address, services).expect("a preview").answer(world).expect("sent");
    started.trial.0
}

fn mailed(world: &World, kind: MailKind, trial: &str) -> Vec<String> {
    let all = mails(world, STORM).into_iter().map(|(_, mail)| mail);
    let own = all.filter(|mail| mail.order.kind == kind && mail.trial.as_ref().is_some_and(|id| id.as_str() == trial));
    let mut to: Vec<String> = own.map(|mail| mail.order.email).collect();
    to.sort();
    to
}

#[test]
fn the_mail_goes_to_a_full_administrator_alone_or_to_the_address_and_all_of_them_x5() {
    let (sanne, joost) = ("ict@rederijstorm.example", "joost.de.boer@rederijstorm.example");
    let (kim, tom) = ("kim.jansen@rederijstorm.example", "tom.bos@rederijstorm.example");
    for (address, expected) in [
        (sanne, vec![sanne]),
        (" JOOST.de.Boer@rederijstorm.example ", vec![joost]),
        (kim, vec![sanne, joost, kim]),
        (tom, vec![sanne, joost, tom]),
    ] {
        let world = World::new();
        competitor(&world);
        let asked = zoe_asks(&world, "d1", address, &[Service::Calling]);
        assert_eq!(mailed(&world, MailKind::Consent, &asked), expected, "{address}");
        let request = trial(&world, &asked).request.expect("a request");
        assert_eq!(request.sendings[0].recipients.len(), expected.len());
        let texts: Vec<String> = mails(&world, STORM).into_iter().map(|(_, mail)| mail.text).collect();
        let links: std::collections::BTreeSet<&String> = texts.iter().collect();
        assert_eq!(links.len(), texts.len(), "each has a link of its own (X7)");
    }
}

#[test]
fn a_draft_that_was_sent_as_a_request_leads_to_that_whoever_asks_for_it_again_n18_x3() {
    let world = World::new();
    competitor(&world);
    let asked = to_ask(&world, ZOE, "d1", "ict@rederijstorm.example", &[Service::Calling]).expect("a preview");
    let _: Started = asked.answer(&world).expect("sent");
    let again = Asked { headers: vec![(contract::IDEMPOTENCY_KEY, world.key())], ..asked };
    let again: Result<Started, ApiError> = again.answer(&world);
    let read = world.ask(endpoints::DRAFT, ZOE, "d1", &()).map(drop);
    let refusal = Refusal::new(RuleId::N18, Because::DraftSaved, Remedy::SeeRequest);
    let refused = ApiError::Refused { refusal, see: Some(STORM.into()), near: Vec::new() };
    assert_eq!((again.map(drop), read), (Err(refused.clone()), Err(refused)));
}

#[test]
fn the_phrase_is_the_same_on_review_on_both_pages_and_in_the_mail_x6_x3() {
    let world = World::new();
    competitor(&world);
    let LookUpAnswer::Existing(found) = look_up(&world, ZOE, "ict@rederijstorm.example") else { panic!("not there") };
    let mut asked = draft(&[Service::Calling]);
    asked.administrator_email = "ict@rederijstorm.example".to_owned();
    asked.choose_country(Some(found.country));
    asked.attest(Some(rules::people::Language::En));
    let target = Target::Ask { organisation: found.organisation, full_access: true, words: "  Graag  ".to_owned() };
    let preview = contract::trials::Preview { draft_id: "d1".into(), draft: asked.clone(), target: target.clone() };
    let preview = world.ask(endpoints::TRIALS_PREVIEW, ZOE, "", &preview).expect("a preview");
    let reviewed = preview.request.expect("it is a request");
    let started: Started =
        to_save(&world, ZOE, "d1", &asked, &target).expect("a preview").answer(&world).expect("sent");
    let page = world.ask(endpoints::CUSTOMER, ZOE, STORM, &()).expect("its page");
    let on_page = page.trials[0].trial.request.as_ref().expect("a request").phrase.clone();
    let read = world.ask(endpoints::REQUEST, SANNE, started.trial.as_str(), &()).expect("the request");
    assert_eq!((&reviewed.phrase, &on_page), (&read.phrase, &read.phrase));
    let mail = mails(&world, STORM).into_iter().map(|(_, mail)| mail);
    let mail = mail.into_iter().find(|mail| mail.trial.as_ref() == Some(&started.trial)).expect("a mail");
    assert!(mail.text.contains(&read.phrase) && mail.html.contains(&read.phrase), "{}", mail.text);
    assert_eq!((reviewed.recipients, reviewed.answer_by), (1, read.answer_by));
    assert_eq!((read.words.as_str(), read.person.as_str()), ("Graag", "Zoë Zuiderent"));
    assert_eq!((read.partner.as_str(), read.asks_full_access), ("Zuidzee Networks", true));
    // Both sides say what is so, and not what was typed (X2).
    assert_eq!((page.company.as_str(), read.organisation_name.as_str()), ("Rederij Storm", "Rederij Storm"));
}

#[test]
fn sending_again_waits_5_minutes_an_hour_and_then_a_day_x13() {
    let world = World::new();
    competitor(&world);
    let asked = zoe_asks(&world, "d1", "tom.bos@rederijstorm.example", &[Service::Calling]);
    let resend = |world: &World| world.ask(endpoints::RESEND, ZOE, &asked, &());
    let last_day = trial(&world, &asked).phase;
    for (number, seconds) in [300, 3600, 24 * 3600, 24 * 3600].into_iter().enumerate() {
        assert_eq!(resend(&world).map(drop), Err(ApiError::TooMany { wait_seconds: seconds + 1 }), "{number}");
        world.wait_seconds(i64::from(seconds) - 1);
        assert_eq!(resend(&world).map(drop), Err(ApiError::TooMany { wait_seconds: 2 }), "{number}");
        world.wait_seconds(1);
        assert!(resend(&world).is_ok(), "{number}");
        assert_eq!(mailed(&world, MailKind::Consent, &asked).len(), 3 * (number + 2));
    }
    assert_eq!(trial(&world, &asked).phase, last_day, "the last day to answer stays (X11)");
    // Cancelling and asking anew does not shorten the wait.
    act(&world, ZOE, &asked, TrialAct::Cancel).expect("a preview").done(&world);
    let again = to_ask(&world, ZOE, "d2", "tom.bos@rederijstorm.example", &[Service::Calling]);
    assert_eq!(refusal(again).because, Because::SentRecently);
    world.wait_days(1);
    // Who is a full administrator now gets it as well.
    let add = contract::hub::AddPerson {
        name: "Noor Smit".to_owned(),
        email: "noor@rederijstorm.example".to_owned(),
        role: CustomerRole::FullAdministrator,
        services: [].into(),
    };
    world.ask(endpoints::HUB_PERSON_ADD, SANNE, "", &add).expect("added");
    let asked = zoe_asks(&world, "d2", "tom.bos@rederijstorm.example", &[Service::Calling]);
    assert_eq!(mailed(&world, MailKind::Consent, &asked).len(), 4);
    for person in [ANNA, INGRID] {
        assert_eq!(world.ask(endpoints::RESEND, person, &asked, &()).map(drop), Err(ApiError::NotFound), "{person}");
    }
}

#[test]
fn one_request_is_open_at_a_time_and_the_next_waits_7_days_after_a_refusal_x14_h4() {
    let world = World::new();
    competitor(&world);
    let tom = "tom.bos@rederijstorm.example";
    let asks = |world: &World, draft: &str| to_ask(world, ZOE, draft, tom, &[Service::Calling]);
    let first = zoe_asks(&world, "d1", tom, &[Service::Calling]);
    let second = LookUpAnswer::RequestOpen { customer: STORM.into() };
    assert_eq!(look_up(&world, ZOE, tom), second, "it leads to the first");
    answer(&world, SANNE, &first, declined(DeclineReason::NotNeeded)).expect("a preview").done(&world);
    let wait = refusal(asks(&world, "d2"));
    assert_eq!((wait.rule, wait.because, wait.remedy), (RuleId::X14, Because::AskedRecently, Remedy::Wait));
    assert_eq!(wait.from, Some(rules::clock::Day::of(world.now()).plus(7)));
    world.wait_days(7);
    let second = zoe_asks(&world, "d2", tom, &[Service::Calling]);
    answer(&world, JOOST, &second, declined(DeclineReason::UnknownPartner)).expect("a preview").done(&world);
    world.wait_days(7);
    assert_eq!(refusal(asks(&world, "d3")).because, Because::PartnerBlocked);
    let blocked = world.ask(endpoints::HUB, SANNE, "", &()).expect("a hub").blocked;
    assert_eq!(blocked.iter().map(|each| each.id.as_str()).collect::<Vec<_>>(), [super::cast::ZUIDZEE]);
    assert!(world.ask(endpoints::HUB_UNBLOCK, KIM, super::cast::ZUIDZEE, &()).is_err(), "she decides nothing (P5)");
    world.ask(endpoints::HUB_UNBLOCK, SANNE, super::cast::ZUIDZEE, &()).expect("lifted");
    let third = zoe_asks(&world, "d3", tom, &[Service::Calling]);
    act(&world, ZOE, &third, TrialAct::Cancel).expect("a preview").done(&world);
    world.wait_days(8);
    assert_eq!(refusal(asks(&world, "d4")).because, Because::AskedOften, "three within 90 days");
    world.wait_days(70);
    assert!(asks(&world, "d4").is_ok());
}

#[test]
fn with_provisioning_access_it_goes_on_as_a_request_and_with_full_access_as_an_addition_x1_a1() {
    let world = World::new();
    super::cast::storm_runs(&world, false);
    assert!(matches!(look_up(&world, ANNA, "kim.jansen@rederijstorm.example"), LookUpAnswer::Existing(_)));
    let target = Target::Add { customer: STORM.into() };
    let added = to_save(&world, ANNA, "d1", &draft(&[Service::Calling]), &target);
    assert_eq!(refusal(added).rule, RuleId::A1);
    let not_yours = LookUpAnswer::NotYours { in_charge: Some("Anna de Vries".to_owned()) };
    assert_eq!(look_up(&world, MEHMET, "kim.jansen@rederijstorm.example"), not_yours);

    let level = Some(AccessLevel::FullAdministrator);
    let wanted = contract::hub::AccessAct { partner: "noordzee-telecom".into(), level };
    let mut order = contract::trials::Order { act: wanted, digest: String::new() };
    let preview = world.ask(endpoints::HUB_PARTNERS_PREVIEW, SANNE, "", &order).expect("a preview");
    order.digest = preview.digest;
    Asked::of(&world, &endpoints::HUB_PARTNERS, SANNE, "", &order).at(preview.version).done(&world);
    let managed = LookUpAnswer::Managed { customer: STORM.into() };
    assert_eq!(look_up(&world, ANNA, "kim.jansen@rederijstorm.example"), managed);
    let started: Started = to_save(&world, ANNA, "d1", &draft(&[Service::Calling]), &target)
        .expect("a preview")
        .answer(&world)
        .expect("added");
    assert_eq!(state(&world, started.trial.as_str()), State::Running);
    world.play();
    assert_eq!(mailed(&world, MailKind::Started, started.trial.as_str()).len(), 3, "every administrator is told (A3)");
    let owned = to_save(&world, ANNA, "d2", &draft(&[Service::Calling]), &target);
    assert_eq!(refusal(owned).because, Because::InOwnTrial, "X4");
}

#[test]
fn eligibility_is_told_after_a_look_up_within_the_hour_x1_x4_p8() {
    let world = World::new();
    competitor(&world);
    let eligible = |world: &World| world.ask(endpoints::ELIGIBILITY, ZOE, "customer-001", &());
    assert_eq!(eligible(&world), Err(ApiError::NotFound));
    look_up(&world, ZOE, "beheer@brouwerijdezon.example");
    let list = eligible(&world).expect("verdicts");
    let blocked: Vec<Refusal> = list.services.iter().filter_map(|line| line.verdict.require().err()).collect();
    assert_eq!(blocked.len(), 2);
    assert!(blocked.iter().all(|each| each.because == Because::InTrialWithAnotherPartner && each.from.is_some()));
    world.wait_seconds(3599);
    assert!(eligible(&world).is_ok());
    world.wait_seconds(1);
    assert_eq!(eligible(&world), Err(ApiError::NotFound), "the hour is over");
    assert!(world.ask(endpoints::ELIGIBILITY, ANNA, "customer-001", &()).is_ok(), "its own partner sees the customer");
    assert_eq!(world.ask(endpoints::ELIGIBILITY, MEHMET, "customer-001", &()), Err(ApiError::NotFound), "P2");
}

#[test]
fn having_asked_once_lets_nobody_look_on_without_a_look_up_x1_p8() {
    let world = World::new();
    competitor(&world);
    let asked = zoe_asks(&world, "d1", "kim.jansen@rederijstorm.example", &[Service::Calling]);
    world.wait_seconds(3600);
    let eligible = |world: &World| world.ask(endpoints::ELIGIBILITY, ZOE, STORM, &());
    assert_eq!(eligible(&world), Err(ApiError::NotFound), "while the request waits");
    act(&world, ZOE, &asked, TrialAct::Cancel).expect("a preview").done(&world);
    assert_eq!(eligible(&world), Err(ApiError::NotFound), "and after it");
    look_up(&world, ZOE, "kim.jansen@rederijstorm.example");
    assert!(eligible(&world).is_ok());
}

#[test]
fn an_organisation_without_a_full_administrator_cannot_be_asked_x2() {
    let world = World::new();
    competitor(&world);
    let mut found = block_on(ORGANISATIONS.get(world.memory.as_ref(), STORM)).expect("no fault").expect("there").value;
    found.organisation.people.iter_mut().for_each(|member| member.role = CustomerRole::Administrator);
    let mut commit = Commit::default();
    commit.put(&ORGANISATIONS, STORM, &found);
    block_on(world.memory.commit(commit)).expect("no fault");
    let LookUpAnswer::Existing(told) = look_up(&world, ZOE, "kim.jansen@rederijstorm.example") else { panic!("new") };
    assert_eq!(told.may_ask.require().map_err(|refusal| refusal.because), Err(Because::NobodyToAsk));
    assert_eq!(told.administrator, None);
    let asked = to_ask(&world, ZOE, "d1", "kim.jansen@rederijstorm.example", &[Service::Calling]);
    assert_eq!(refusal(asked).because, Because::NobodyToAsk);
}

#[test]
fn opening_is_noted_of_a_recipient_alone_and_reading_notes_nothing_x7_p5() {
    let world = World::new();
    competitor(&world);
    let asked = zoe_asks(&world, "d1", "tom.bos@rederijstorm.example", &[Service::Calling]);
    let opened = |world: &World| {
        let request = trial(world, &asked).request.expect("a request");
        let recipients = request.sendings.into_iter().flat_map(|sending| sending.recipients);
        recipients.filter(|each| each.opened.is_some()).map(|each| each.email).collect::<Vec<_>>()
    };
    let open = |person: &str| {
        let token = secret(&world, "joost.de.boer@rederijstorm.example");
        world.ask(endpoints::REQUEST_OPEN, person, "", &OpenRequest { token })
    };
    for person in [SANNE, JOOST, KIM, TOM] {
        assert!(world.ask(endpoints::REQUEST, person, &asked, &()).is_ok(), "{person}");
        let list = world.ask(endpoints::REQUESTS, person, "", &()).expect("a list").requests;
        let listed = list.iter().filter(|each| each.id.as_str() == asked).count();
        let all = if person == TOM { 1 } else { 2 };
        assert_eq!((listed, list.len()), (1, all), "{person}: a user sees what was mailed to them (P5)");
    }
    assert!(opened(&world).is_empty());
    let seen = open(KIM).expect("she sees it");
    assert!(!seen.may_answer.is_allowed() && seen.can_answer == ["Sanne Visser", "Joost de Boer"]);
    assert!(opened(&world).is_empty(), "she is no recipient");
    assert!(open(JOOST).expect("he sees it").may_answer.is_allowed());
    assert_eq!(opened(&world), ["joost.de.boer@rederijstorm.example"]);
    assert!(!open(TOM).expect("he sees it").may_answer.is_allowed());
    assert_eq!(opened(&world).len(), 2, "the link tells the request, and the session who opens it");
    let journal = |world: &World| super::cast::journal(world, STORM).len();
    let before = journal(&world);
    open(JOOST).expect("again");
    assert_eq!(journal(&world), before, "the first time counts");

    // Anybody else is told only that it is not for them.
    let mut commit = Commit::default();
    commit.put(&SESSIONS, "stranger", &SignedIn { person: "customer-001-administrator".into() });
    block_on(world.memory.commit(commit)).expect("no fault");
    assert_eq!(refusal(open("stranger")).because, Because::NotForThem);
    assert!(open(ZOE).is_err() && open("nobody") == Err(ApiError::NotSignedIn));
    for token in ["", "abc", &"0".repeat(64), &"é".repeat(32)] {
        let open = OpenRequest { token: token.to_owned() };
        assert_eq!(world.ask(endpoints::REQUEST_OPEN, SANNE, "", &open).map(drop), Err(ApiError::NotFound), "{token}");
    }
    // A link of a request that is over tells how it ended (X15).
    answer(&world, SANNE, &asked, declined(DeclineReason::NotNeeded)).expect("a preview").done(&world);
    assert_eq!(open(JOOST).expect("the present state").state, State::Declined);
}

#[test]
fn an_answer_gives_what_was_accepted_and_all_are_told_x9_x10_x12() {
    let world = World::new();
    let preview = answer(&world, SANNE, STORM_REQUEST, accepted(&BOTH[..1], false)).expect("a preview");
    preview.done(&world);
    assert_eq!(state(&world, STORM_REQUEST), State::Awaiting);
    let storm = organisation(&world, STORM);
    assert_eq!(storm.access(&"noordzee-telecom".into()).map(|access| access.level), Some(AccessLevel::Provisioning));
    let told =
        ["anna.de.vries@noordzee-telecom.example", "ict@rederijstorm.example", "joost.de.boer@rederijstorm.example"];
    assert_eq!(mailed(&world, MailKind::Accepted, STORM_REQUEST), told);

    // Whoever comes second gets the present state (X15).
    for second in [accepted(&BOTH, true), declined(DeclineReason::NotNeeded)] {
        let refused = refusal(answer(&world, JOOST, STORM_REQUEST, second));
        assert_eq!((refused.rule, refused.state), (RuleId::X15, Some(State::Awaiting)));
    }
    assert_eq!(preview.reply(&world).status, 200, "the first one's own retry gets its answer (G2)");

    finish(&world, ANNA, STORM_REQUEST).expect("a preview").done(&world);
    world.play();
    assert_eq!(mailed(&world, MailKind::Started, STORM_REQUEST).len(), 3);
    let edit = |services: &[Service], licences: &str| {
        let mut draft = draft(services);
        draft.licences = licences.to_owned();
        act(&world, ANNA, STORM_REQUEST, TrialAct::Edit { draft: Box::new(draft), confirmed: false })
    };
    for (services, licences) in [(&BOTH[..], "80"), (&BOTH[..1], "81")] {
        let refused = refusal(edit(services, licences));
        assert_eq!((refused.rule, refused.remedy), (RuleId::X10, Remedy::RequestOrRaise), "{services:?} {licences}");
    }
    assert!(edit(&BOTH[..1], "79").is_ok());
}

#[test]
fn what_another_trial_took_meanwhile_cannot_be_accepted_x4() {
    let world = World::new();
    competitor(&world);
    // A request that waits for its answer blocks nobody.
    let asked = zoe_asks(&world, "d1", "ict@rederijstorm.example", &[Service::Meetings, Service::Calling]);
    answer(&world, SANNE, STORM_REQUEST, accepted(&BOTH, true)).expect("a preview").done(&world);
    let read = world.ask(endpoints::REQUEST, SANNE, &asked, &()).expect("the request");
    let left: Vec<Service> =
        read.services.iter().filter(|line| line.verdict.is_allowed()).map(|line| line.service).collect();
    assert_eq!(left, [Service::Calling]);
    let both = answer(&world, SANNE, &asked, accepted(&[Service::Meetings, Service::Calling], true));
    assert_eq!(refusal(both).rule, RuleId::X4);
    answer(&world, SANNE, &asked, accepted(&[Service::Calling], true)).expect("what is left").done(&world);
    assert_eq!(trial(&world, &asked).offer.services(), [Service::Calling]);
}

#[test]
fn while_the_partner_is_not_certified_its_request_cannot_be_accepted_x20() {
    let world = World::new();
    let mut partner =
        block_on(PARTNERS.get(world.memory.as_ref(), "noordzee-telecom")).expect("no fault").expect("it").value;
    partner.certified = false;
    let mut commit = Commit::default();
    commit.put(&PARTNERS, "noordzee-telecom", &partner);
    block_on(world.memory.commit(commit)).expect("no fault");
    let read = world.ask(endpoints::REQUEST, SANNE, STORM_REQUEST, &()).expect("the request");
    assert!(!read.may_accept.is_allowed() && read.may_answer.is_allowed());
    assert_eq!(refusal(answer(&world, SANNE, STORM_REQUEST, accepted(&BOTH, false))).rule, RuleId::X20);
    answer(&world, SANNE, STORM_REQUEST, declined(DeclineReason::NotNeeded)).expect("a preview").done(&world);
}

#[test]
fn a_colleagues_customer_is_named_as_theirs_also_after_a_refusal_x1_p2() {
    let world = World::new();
    answer(&world, SANNE, STORM_REQUEST, declined(DeclineReason::NotNeeded)).expect("a preview").done(&world);
    let tom = "tom.bos@rederijstorm.example";
    let not_yours = LookUpAnswer::NotYours { in_charge: Some("Anna de Vries".to_owned()) };
    assert_eq!(look_up(&world, MEHMET, tom), not_yours);
    assert!(matches!(look_up(&world, ANNA, tom), LookUpAnswer::Existing(_)));
    assert!(matches!(look_up(&world, INGRID, tom), LookUpAnswer::Existing(_)), "another partner may ask");
}
