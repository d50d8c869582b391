//! Asking an existing organisation (X1 to X8, X11, X13, X14).

use super::*;
use crate::act::Act;
use crate::clock::{Day, Instant};
use crate::consent::{Answered, DeclineReason, phrase};
use crate::notice::MailKind;
use crate::organisation::AccessLevel;
use crate::people::{CustomerRole, Language};
use crate::region::CountryCode;
use crate::trial::{Phase, State};

fn messaging() -> TrialDraft {
    samples::customer_draft(&[Service::Messaging])
}

fn to(address: &str) -> TrialDraft {
    TrialDraft { administrator_email: address.to_owned(), ..messaging() }
}

fn declined(reason: DeclineReason) -> TrialAct {
    TrialAct::Answer(Answered::Declined { reason, note: "no thanks".to_owned() }, Language::En)
}

fn ask_changed(change: impl FnOnce(&mut crate::act::Ask)) -> Act {
    let Act::Ask(mut ask) = samples::ask(messaging(), "asked") else { panic!("a request") };
    change(&mut ask);
    Act::Ask(ask)
}

#[test]
fn a_full_administrators_address_alone_gets_the_mail_and_any_other_goes_to_all_x5() {
    let all = ["admin@example.com", "second@example.com", "third@example.com"];
    let rows: [(&str, Vec<&str>); 4] = [
        ("second@example.com", vec!["second@example.com"]),
        ("SECOND@example.com", vec!["second@example.com"]),
        ("helper@example.com", [&all[..1], &["helper@example.com"], &all[1..]].concat()),
        ("user@example.com", [&all[..], &["user@example.com"]].concat()),
    ];
    for (typed, expected) in rows {
        let story = Story::asked(to(typed));
        assert_eq!(story.mailed(MailKind::Consent), expected, "{typed}");
        let recipients = &story.trial("asked").request.as_ref().expect("a request").sendings[0].recipients;
        assert_eq!(recipients.len(), expected.len());
        let can_answer = story.organisation.people.iter().filter(|member| {
            expected.contains(&member.email.as_str())
                && story
                    .tries_with(
                        &story.person(member.id.as_str()),
                        "asked",
                        samples::accepted(&[Service::Messaging], false),
                    )
                    .is_ok()
        });
        assert_eq!(can_answer.count(), if expected.len() == 4 { 3 } else { 1 }, "{typed}");
    }
}

#[test]
fn a_request_is_pending_until_the_30th_day_after_and_its_partner_has_no_access_yet_x11_x12() {
    let story = Story::asked(messaging());
    let trial = story.trial("asked");
    assert_eq!(trial.phase, Phase::Pending { answer_by: samples::day(2026, 3, 31) });
    assert!(story.organisation.access(&samples::partner().id).is_none());
    let management = story.organisation.management(&samples::partner().id).expect("it has something to do with it");
    assert_eq!(management.assignment.in_charge, Some(sales().person.id), "who asks first is in charge (P9)");
    assert!(trial.mails.is_empty() && trial.started.is_none());
}

#[test]
fn the_request_of_2026_01_31_can_be_answered_until_the_end_of_2026_03_02_whenever_it_is_resent_x11() {
    let start: Instant = "2026-01-31T10:00:00Z".parse().expect("an instant");
    let accept = || samples::accepted(&[Service::Messaging], false);
    let mut story = Story::of(samples::customer());
    story.until(start);
    story.does(&sales(), samples::ask(messaging(), "asked"));
    story.until(start + chrono::TimeDelta::days(29));
    story.does_with(&sales(), "asked", TrialAct::Resend);
    assert_eq!(story.trial("asked").phase, Phase::Pending { answer_by: samples::day(2026, 3, 2) });

    story.until("2026-03-02T23:59:59Z".parse().expect("an instant"));
    assert!(story.tries_with(&story.person("full-1"), "asked", accept()).is_ok());
    // Also a backend that has not played the lapse yet refuses.
    let mut late = story.clone();
    late.now = "2026-03-03T00:00:00Z".parse().expect("an instant");
    let refusal = late.tries_with(&late.person("full-1"), "asked", accept()).expect_err("too late");
    assert_eq!((refusal.rule, refusal.state), (RuleId::X11, Some(State::Lapsed)));
    assert_eq!(says(late.tries_with(&sales(), "asked", TrialAct::Resend)).0, RuleId::X14);

    story.until("2026-03-03T00:00:00Z".parse().expect("an instant"));
    assert_eq!(story.trial("asked").phase, Phase::Lapsed { on: samples::day(2026, 3, 3) });
    assert!(story.trial("asked").phase.left_the_list());
    let deeds: Vec<crate::change::Deed> = story.changes.iter().map(|change| change.deed).collect();
    use crate::change::Deed;
    assert_eq!(deeds, [Deed::Requested, Deed::Resent, Deed::Lapsed], "the journal keeps it");
}

#[test]
fn what_was_ordered_is_what_is_asked_and_planned_only_x3_d11() {
    let draft = samples::customer_draft(&Service::ALL);
    let ordered = samples::order(draft.clone()).ordered;
    let story = Story::asked(draft);
    let trial = story.trial("asked");
    assert_eq!(trial.request.as_ref().map(|request| &request.asked), Some(&ordered.offer));
    assert_eq!((&trial.offer, trial.duration, &trial.ship_to), (&ordered.offer, ordered.duration, &ordered.ship_to));
    let planned: Vec<_> = trial.shipments.iter().map(|shipment| (shipment.device, shipment.count)).collect();
    assert_eq!(planned, ordered.ship);
    assert!(trial.started.is_none() && trial.provisioning.is_empty());
}

#[test]
fn a_full_administrator_answers_whether_or_not_the_mail_reached_them_x8_x7() {
    let story = Story::asked(to("second@example.com"));
    assert_eq!(story.mailed(MailKind::Consent), ["second@example.com"]);
    let answer = samples::accepted(&[Service::Messaging], false);
    assert!(story.tries_with(&story.person("full-1"), "asked", answer).is_ok());
}

#[test]
fn what_is_shown_of_the_organisation_before_asking_masks_its_administrator_x1() {
    let mut organisation = samples::customer();
    assert_eq!(organisation.masked_administrator().as_deref(), Some("a•••@example.com"));
    organisation.people.clear();
    assert_eq!(organisation.masked_administrator(), None);
}

#[test]
fn a_change_says_who_did_what_when_with_before_and_after_l10() {
    let story = Story::asked(messaging());
    let change = story.tries_with(&story.person("full-2"), "asked", declined(DeclineReason::NotNeeded)).expect("fine");
    assert_eq!((change.by.as_ref().map(|by| by.as_str()), change.at), (Some("full-2"), story.now));
    assert_eq!(change.trial, Some("asked".into()));
    let [crate::change::Part::Trial(Some(before), Some(after))] = change.parts.as_slice() else { panic!("one trial") };
    assert_eq!((before.state(story.today()), after.state(story.today())), (State::Pending, State::Declined));
}

#[test]
fn what_the_request_says_is_kept_with_it_x2_x6() {
    let mut story = Story::of(samples::customer());
    let act = ask_changed(|ask| {
        ask.words = "You asked us at the fair.\nSee you!".to_owned();
        ask.asks_full_access = true;
    });
    story.does(&sales(), act);
    let request = story.trial("asked").request.clone().expect("a request");
    assert_eq!((request.by, request.by_name), (sales().person.id, sales().person.name));
    assert_eq!(request.words, "You asked us at the fair.\nSee you!");
    assert_eq!(request.phrase, "panda piano polo");
    assert_eq!(request.attestation, samples::attestation());
    assert!(request.asks_full_access);
    assert_eq!(story.organisation.name, "Example Holding", "what was typed does not rename it");
    story.does_with(&story.person("full-1"), "asked", samples::accepted(&[Service::Messaging], false));
    let level = story.organisation.access(&samples::partner().id).map(|access| access.level);
    assert_eq!(level, Some(AccessLevel::Provisioning), "asking never ticks the box");
}

#[test]
fn the_partners_words_are_at_most_500_characters_without_controls_x6() {
    let rows =
        [(String::new(), true), ("é".repeat(500), true), ("é".repeat(501), false), ("a\u{202E}b".to_owned(), false)];
    for (words, fit) in rows {
        let act = ask_changed(|ask| ask.words = words.clone());
        assert_eq!(Story::of(samples::customer()).tries(&sales(), act).is_ok(), fit, "{words:?}");
    }
}

#[test]
fn a_phrase_is_three_different_words_and_another_number_gives_another_one_x6() {
    let mut known = std::collections::BTreeSet::new();
    const ALL: u64 = 64 * 63 * 62;
    // Numbers of which the second is half of all beyond the first are the nearest to be alike.
    for number in (0..ALL / 2).step_by(29).flat_map(|number| [number, number + ALL / 2]) {
        let words: Vec<String> = phrase(number).split(' ').map(str::to_owned).collect();
        let different: std::collections::BTreeSet<&String> = words.iter().collect();
        assert_eq!(different.len(), 3, "{number}: {words:?}");
        known.insert(words);
    }
    assert_eq!(known.len() as u64, 2 * (ALL / 2).div_ceil(29));
}

#[test]
fn an_organisation_without_full_administrator_or_in_a_country_without_the_services_is_not_asked_x2() {
    let mut nobody = Story::of(samples::customer());
    nobody.organisation.people.retain(|member| member.role != CustomerRole::FullAdministrator);
    let refused = says(nobody.tries(&sales(), samples::ask(messaging(), "asked")));
    assert_eq!(refused, (RuleId::X2, Because::NobodyToAsk, Remedy::Nothing));

    let mut elsewhere = Story::of(samples::customer());
    let embargoed =
        crate::region::countries().iter().find(|country| country.available == crate::region::Availability::No);
    elsewhere.organisation.country = CountryCode::new(embargoed.expect("one").code.as_str()).expect("a country");
    let refused = says(elsewhere.tries(&sales(), samples::ask(messaging(), "asked")));
    assert_eq!(refused, (RuleId::X2, Because::NotOfferedInCountry, Remedy::Nothing));
}

#[test]
fn with_full_access_a_trial_is_added_instead_and_with_provisioning_access_one_asks_x1_a1() {
    for (full_access, refused) in [(true, Some((RuleId::X1, Because::HasThatAccess, Remedy::Add))), (false, None)] {
        let mut story = Story::running(messaging(), full_access);
        story.days(1);
        let ask = samples::ask(samples::customer_draft(&[Service::Meetings]), "second");
        assert_eq!(story.tries(&sales(), ask).err().map(|each| (each.rule, each.because, each.remedy)), refused);
    }
}

#[test]
fn who_may_not_see_the_customer_of_a_colleague_does_not_ask_it_x1_p2() {
    let mut story = Story::asked(messaging());
    story.does_with(&sales(), "asked", TrialAct::Cancel);
    story.days(8);
    let mut colleague = sales();
    colleague.person.id = "colleague".into();
    let ask = || samples::ask(messaging(), "second");
    assert_eq!(says(story.tries(&colleague, ask())).0, RuleId::P2);
    assert!(story.tries(&sales(), ask()).is_ok() && story.tries(&chief(), ask()).is_ok());
}

#[test]
fn sendings_wait_5_minutes_an_hour_then_24_hours_x13() {
    let mut story = Story::asked(messaging());
    for minutes in [5, 60, 24 * 60, 24 * 60] {
        story.minutes(minutes - 1);
        let refusal = story.tries_with(&sales(), "asked", TrialAct::Resend).expect_err("too soon");
        let from = story.now + chrono::TimeDelta::minutes(1);
        assert_eq!(
            (refusal.because, refusal.remedy, refusal.from_instant),
            (Because::SentRecently, Remedy::Wait, Some(from))
        );
        assert_eq!(refusal.from, Some(Day::of(from)), "and on which day that is");
        story.minutes(1);
        story.does_with(&sales(), "asked", TrialAct::Resend);
    }
    assert_eq!(story.trial("asked").request.as_ref().map(|request| request.sendings.len()), Some(5));
}

#[test]
fn cancelling_and_asking_anew_does_not_shorten_the_wait_x13() {
    let mut story = Story::asked(messaging());
    story.does_with(&sales(), "asked", TrialAct::Cancel);
    story.minutes(4);
    assert_eq!(says(story.tries(&sales(), samples::ask(messaging(), "second"))).1, Because::SentRecently);
    story.minutes(1);
    story.does(&sales(), samples::ask(messaging(), "second"));
    story.minutes(59);
    assert_eq!(says(story.tries_with(&sales(), "second", TrialAct::Resend)).1, Because::SentRecently);
    let rivals = samples::ask(messaging(), "rivals");
    assert!(story.tries(&rival(), rivals).is_ok(), "another partner waits for nobody");
}

#[test]
fn resending_computes_the_recipients_anew_x13() {
    let mut story = Story::asked(to("user@example.com"));
    story.minutes(5);
    let promote = Act::ChangePerson("helper".into(), CustomerRole::FullAdministrator, [].into());
    story.does(&story.person("full-1"), promote);
    let change = story.does_with(&chief(), "asked", TrialAct::Resend);
    assert_eq!(change.mails.len(), 5);
    let promote = Act::ChangePerson("user".into(), CustomerRole::FullAdministrator, [].into());
    story.does(&story.person("full-1"), promote);
    story.minutes(60);
    let change = story.does_with(&chief(), "asked", TrialAct::Resend);
    assert_eq!(change.mails.iter().map(|mail| mail.email.as_str()).collect::<Vec<_>>(), ["user@example.com"]);
}

#[test]
fn an_address_that_is_nobodys_there_is_not_written_to_x1_n2() {
    let act = samples::ask(to("stranger@elsewhere.example"), "asked");
    let refused = says(Story::of(samples::customer()).tries(&sales(), act));
    assert_eq!(refused, (RuleId::X1, Because::NoSuchPerson, Remedy::Correct));
}

#[test]
fn a_request_to_an_organisation_that_closed_meanwhile_is_not_sent_again_and_lapses_l3_x11() {
    let mut story = with(&[Service::Messaging]);
    story.days(50);
    let draft = TrialDraft {
        administrator_email: "admin@example.com".to_owned(),
        ..samples::customer_draft(&[Service::Meetings])
    };
    story.does(&rival(), samples::ask(draft, "asked"));
    story.days(12);
    assert!(story.organisation.closed.is_some());
    let refused = says(story.tries_with(&rival(), "asked", TrialAct::Resend));
    assert_eq!(refused, (RuleId::L3, Because::OrganisationClosed, Remedy::StartNewTrial));
    story.days(30);
    assert_eq!(story.state("asked"), State::Lapsed);
}

#[test]
fn a_withdrawn_request_leaves_the_list_without_undo_and_without_a_mail_x13() {
    let mut story = Story::asked(messaging());
    let change = story.does_with(&sales(), "asked", TrialAct::Cancel);
    assert!(change.mails.is_empty());
    assert_eq!(story.trial("asked").phase, Phase::Cancelled { on: story.today(), started: false });
    assert_eq!(
        says(story.tries_with(&sales(), "asked", TrialAct::Undo)),
        (RuleId::K2, Because::UndoOver, Remedy::StartNewTrial)
    );
    assert!(story.organisation.closed.is_none());
}

#[test]
fn one_request_is_open_for_a_partner_and_a_second_attempt_leads_to_it_x14() {
    let story = Story::asked(messaging());
    let second = || samples::ask(samples::customer_draft(&[Service::Meetings]), "second");
    assert_eq!(says(story.tries(&sales(), second())), (RuleId::X14, Because::RequestOpen, Remedy::SeeRequest));
    assert!(story.tries(&rival(), second()).is_ok());
    let changed = edit(&samples::customer_draft(&[Service::Meetings]));
    assert!(story.tries_with(&sales(), "asked", changed).is_err(), "a request is never changed");
}

#[test]
fn after_a_decline_or_a_lapse_the_next_request_waits_7_days_x14() {
    let mut declined_story = Story::asked(messaging());
    declined_story.does_with(&declined_story.person("full-1"), "asked", declined(DeclineReason::NotNeeded));
    let mut lapsed = Story::asked(messaging());
    lapsed.on(samples::day(2026, 4, 1));
    for mut story in [declined_story, lapsed] {
        let over = story.today();
        story.on(over.plus(6));
        let refusal = story.tries(&sales(), samples::ask(messaging(), "second")).expect_err("too soon");
        assert_eq!(
            (refusal.rule, refusal.because, refusal.from),
            (RuleId::X14, Because::AskedRecently, Some(over.plus(7)))
        );
        story.on(over.plus(7));
        assert!(story.tries(&sales(), samples::ask(messaging(), "second")).is_ok());
    }
}

#[test]
fn a_partner_asks_an_organisation_at_most_three_times_in_90_days_x14() {
    let mut story = Story::of(samples::customer());
    for trial in ["one", "two", "three"] {
        story.does(&sales(), samples::ask(messaging(), trial));
        story.does_with(&sales(), trial, TrialAct::Cancel);
        story.days(10);
    }
    let ask = || samples::ask(messaging(), "four");
    let refusal = story.tries(&sales(), ask()).expect_err("too often");
    let from = samples::day(2026, 3, 1).plus(90);
    assert_eq!((refusal.because, refusal.from), (Because::AskedOften, Some(from)));
    story.on(from.minus(1));
    assert!(story.tries(&sales(), ask()).is_err());
    story.on(from);
    assert!(story.tries(&sales(), ask()).is_ok());
}

#[test]
fn not_knowing_the_partner_blocks_it_until_a_full_administrator_lifts_the_block_x14_h4() {
    let mut story = Story::asked(messaging());
    story.does_with(&story.person("full-1"), "asked", declined(DeclineReason::UnknownPartner));
    story.days(100);
    let ask = || samples::ask(messaging(), "second");
    let blocked = (RuleId::X14, Because::PartnerBlocked, Remedy::AskFullAdministrator);
    assert_eq!(says(story.tries(&sales(), ask())), blocked);
    assert!(story.tries(&rival(), ask()).is_ok(), "it blocks that partner alone");
    let lift = || Act::LiftBlock(samples::partner().id);
    story.does(&story.person("full-2"), lift());
    assert!(story.tries(&sales(), ask()).is_ok());
    assert_eq!(says(story.tries(&story.person("full-2"), lift())).1, Because::NotBlocked);
}

#[test]
fn opened_is_noted_once_for_the_recipient_who_is_signed_in_x7() {
    let mut story = Story::asked(to("user@example.com"));
    let opened = |story: &Story| -> Vec<String> {
        let sendings = &story.trial("asked").request.as_ref().expect("a request").sendings;
        sendings[0].recipients.iter().filter(|each| each.opened.is_some()).map(|each| each.email.clone()).collect()
    };
    story.does_with(&story.person("user"), "asked", TrialAct::Open);
    story.does_with(&story.person("helper"), "asked", TrialAct::Open);
    assert_eq!(opened(&story), ["user@example.com"], "the helper was not asked");
    let first = story.now;
    story.minutes(10);
    story.does_with(&story.person("user"), "asked", TrialAct::Open);
    let request = story.trial("asked").request.clone().expect("a request");
    assert_eq!(request.sendings[0].recipients[0].opened, Some(first));
    for actor in [sales(), samples::trials_team()] {
        assert_eq!(says(story.tries_with(&actor, "asked", TrialAct::Open)).1, Because::NotForThem);
    }
}

#[test]
fn each_service_is_checked_when_the_request_is_sent_x4() {
    let mut story = Story::running(messaging(), false);
    story.days(1);
    let both = samples::customer_draft(&[Service::Messaging, Service::Meetings]);
    let refusal = story.tries(&rival(), samples::ask(both, "second")).expect_err("it is in a trial");
    assert_eq!((refusal.because, refusal.service), (Because::InTrialWithAnotherPartner, Some(Service::Messaging)));
}

#[test]
fn a_sending_of_another_request_counts_for_24_hours_and_no_longer_x13() {
    for (minutes, wait) in [(24 * 60 - 1, 60), (24 * 60, 5)] {
        let mut story = Story::asked(messaging());
        story.does_with(&sales(), "asked", TrialAct::Cancel);
        story.minutes(minutes);
        story.does(&sales(), samples::ask(messaging(), "second"));
        let refusal = story.tries_with(&sales(), "second", TrialAct::Resend).expect_err("too soon");
        assert_eq!(refusal.from_instant, Some(story.now + chrono::TimeDelta::minutes(wait)), "after {minutes}");
    }
}

#[test]
fn on_the_last_day_to_answer_a_request_is_still_sent_again_x11_x13() {
    let mut story = Story::asked(messaging());
    story.days(30);
    assert_eq!(story.trial("asked").phase, Phase::Pending { answer_by: story.today() });
    assert!(story.tries_with(&sales(), "asked", TrialAct::Resend).is_ok());
}

#[test]
fn a_request_whose_day_has_passed_counts_as_lapsed_before_that_is_noted_x11_x14() {
    let mut story = Story::asked(messaging());
    let lapse = story.today().plus(31);
    let refusal_on = |story: &mut Story, day: Day| {
        story.now = day.begin();
        story.tries(&sales(), samples::ask(messaging(), "second")).err()
    };
    let early = refusal_on(&mut story, lapse).expect("too soon");
    assert_eq!((early.because, early.from), (Because::AskedRecently, Some(lapse.plus(7))));
    assert_eq!(refusal_on(&mut story, lapse.plus(7)), None);
}
