//! Conversion, the hand-over, and interest (C).

use super::*;
use std::collections::BTreeSet;

use crate::act::{Act, Conversion, ill_formed, near_administrators};
use crate::consequences::consequences;
use crate::device::ShipmentState;
use crate::notice::MailKind;
use crate::trial::{DateKind, Phase, State, dates_of};

const THREE: [Service; 3] = [Service::Messaging, Service::Meetings, Service::Calling];

fn convert(services: &[Service]) -> TrialAct {
    TrialAct::Convert(samples::conversion(services))
}

fn changed(change: impl FnOnce(&mut Conversion)) -> TrialAct {
    let mut order = samples::conversion(&THREE);
    change(&mut order);
    TrialAct::Convert(order)
}

/// A trial of the tier 2 partner, by its sales full administrator.
fn of_tier_two() -> (Story, Actor, Actor) {
    let mut story = Story::running(samples::customer_draft(&THREE), false);
    let partner = samples::tier_two().id;
    story.organisation.trials[0].partner = partner.clone();
    story.organisation.partners[0].partner = partner;
    let of = |partner| samples::actor_of(&partner, PartnerRole::SalesFullAdministrator);
    (story, of(samples::tier_two()), of(samples::distributor()))
}

#[test]
fn converting_makes_the_ordered_services_purchased_and_drops_the_notices_c4() {
    let mut story = Story::running(samples::customer_draft(&THREE), false);
    give(&mut story, "user", &THREE);
    story.days(10);
    let change = story.does_with(&sales(), "asked", convert(&THREE));
    let today = story.today();
    let trial = story.trial("asked");
    assert_eq!(trial.phase, Phase::Converted { on: today });
    assert!(trial.mails.is_empty() && trial.interest.is_none());
    let owned: Vec<_> =
        story.organisation.purchased.iter().map(|each| (each.service, each.licences, each.since)).collect();
    assert_eq!(owned, THREE.map(|service| (service, Some(10), today)));
    assert_eq!(story.organisation.member(&"user".into()).map(|user| user.services.len()), Some(3), "usage is kept");
    let mails: Vec<_> = change.mails.iter().map(|mail| (mail.kind, mail.email.as_str())).collect();
    assert_eq!(mails, [(MailKind::SetUpService, "sales-administrator@noordzee.example")]);
    story.days(300);
    assert_eq!(story.state("asked"), State::Converted);
    for kind in [MailKind::EndsSoon, MailKind::Ended, MailKind::AccessOver] {
        assert!(story.mails(kind).is_empty(), "{kind:?}");
    }
    assert!(story.organisation.closed.is_none());
}

#[test]
fn a_trial_in_grace_is_converted_and_a_closed_one_is_not_c2_c5() {
    let mut story = Story::running(samples::customer_draft(&THREE), false);
    story.days(59);
    assert!(story.tries_with(&sales(), "asked", convert(&THREE)).is_ok());
    let mut closed = with(&[Service::Messaging]);
    closed.days(60);
    let context =
        crate::act::table::cell(crate::act::table::Row::Convert, closed.state("trial-1")).expect_err("closed");
    assert_eq!((context.rule, context.remedy), (RuleId::C5, Remedy::StartNewTrial));
    assert!(closed.tries_with(&sales(), "trial-1", convert(&[Service::Messaging])).is_err());
}

#[test]
fn services_that_the_order_lacks_are_confirmed_as_lost_and_end_that_day_c3_c4() {
    let mut story = Story::running(samples::customer_draft(&THREE), false);
    give(&mut story, "user", &THREE);
    let without = &THREE[..2];
    let refusal = story.tries_with(&sales(), "asked", convert(without)).expect_err("Calling would be lost");
    assert_eq!(
        (refusal.rule, refusal.because, refusal.remedy),
        (RuleId::C3, Because::OrderLacksServices, Remedy::Confirm)
    );
    assert_eq!((refusal.service, refusal.count), (Some(Service::Calling), Some(1)));
    let confirmed = || TrialAct::Convert(Conversion { confirmed: true, ..samples::conversion(without) });
    let change = story.tries_with(&sales(), "asked", confirmed()).expect("confirmed");
    let actor = sales();
    let context = crate::act::Context { actor: Some(&actor), now: story.now, facts: &story.facts };
    let preview = consequences(Some(&story.organisation), &change, &samples::partner().id, context);
    assert_eq!((preview.lost.services, preview.lost.users, preview.lost.phone_numbers), (vec![Service::Calling], 1, 9));
    story.does_with(&sales(), "asked", confirmed());
    assert!(!story.organisation.owns(Service::Calling));
    let user = story.organisation.member(&"user".into()).expect("a user");
    assert_eq!(user.services, without.iter().copied().collect());
    assert_eq!(story.trial("asked").numbers_until, Some(story.today().plus(15)));
}

#[test]
fn a_customers_address_that_is_nobodys_stops_it_and_the_near_one_is_offered_c3() {
    let story = Story::running(samples::customer_draft(&THREE), false);
    for typed in ["admin@exampel.com", "user@example.com", "sales-administrator@noordzee.example", ""] {
        let act = changed(|order| order.administrator_email = typed.to_owned());
        assert_eq!(
            says(story.tries_with(&sales(), "asked", act)),
            (RuleId::C3, Because::NotItsAdministrator, Remedy::Correct)
        );
    }
    for typed in [" ADMIN@example.com ", "helper@example.com"] {
        let act = changed(|order| order.administrator_email = typed.to_owned());
        assert!(story.tries_with(&sales(), "asked", act).is_ok(), "{typed:?}");
    }
    let near = |typed| near_administrators(&story.organisation, typed);
    assert_eq!(near("admin@exampel.com"), ["admin@example.com"]);
    assert_eq!(near("helpr@example.com"), ["helper@example.com"]);
    assert_eq!(near("ADMIN@EXAMPLE.COM"), ["admin@example.com"]);
    assert!(near("user@example.org").is_empty(), "a user is no administrator");
    assert!(near("somebody@else.example").is_empty());
}

#[test]
fn the_contact_is_of_the_partner_or_an_administrator_of_the_customer_c3() {
    let story = Story::running(samples::customer_draft(&THREE), false);
    let rows = [
        ("sales-full-administrator@noordzee.example", true),
        ("help-desk@noordzee.example", true),
        ("HELPER@example.com", true),
        ("user@example.com", false),
        ("sales-administrator@zuidzee.example", false),
        ("nobody@nowhere.example", false),
    ];
    for (contact, fits) in rows {
        let result = story.tries_with(&sales(), "asked", changed(|order| order.contact_email = contact.to_owned()));
        let refused = result.as_ref().err().map(|refusal| refusal.because);
        assert_eq!(refused, (!fits).then_some(Because::NotAContact), "{contact}");
        if let Ok(change) = result {
            assert_eq!(change.mails[0].email, contact.to_lowercase());
        }
    }
}

#[test]
fn an_order_number_is_1_to_40_letters_digits_and_hyphens_and_converts_one_trial_c3() {
    let mut story = Story::running(samples::customer_draft(&THREE), false);
    let forty = "A".repeat(40);
    let rows = [
        ("A", true),
        ("po-2026-0001", true),
        (&*forty, true),
        ("", false),
        (" ", false),
        ("A B", false),
        ("A_1", false),
        ("é", false),
    ];
    for (number, fits) in rows.into_iter().chain([(&*"A".repeat(41), false)]) {
        let result = story.tries_with(&sales(), "asked", changed(|order| order.order_number = number.to_owned()));
        assert_eq!(result.err().map(|each| each.because), (!fits).then_some(Because::NotAnOrderNumber), "{number:?}");
    }
    story.facts.order_used = true;
    assert_eq!(says(story.tries_with(&sales(), "asked", convert(&THREE))).1, Because::OrderUsed);
}

#[test]
fn all_that_is_ill_formed_in_an_order_is_told_at_once_in_the_order_of_its_fields_c3_g3() {
    let story = Story::running(samples::customer_draft(&THREE), false);
    let TrialAct::Convert(good) = convert(&THREE) else { panic!("an order") };
    assert_eq!(ill_formed(&good), []);
    let bad = Conversion {
        order_number: "A B".to_owned(),
        contact_email: "nobody".to_owned(),
        administrator_email: " ".to_owned(),
        services: BTreeSet::new(),
        confirmed: true,
    };
    let all = ill_formed(&bad);
    let because: Vec<Because> = all.iter().map(|refusal| refusal.because).collect();
    let fields = [Because::NotAnOrderNumber, Because::NotAContact, Because::NotItsAdministrator, Because::NotInTrial];
    assert_eq!(because, fields);
    assert_eq!(story.tries_with(&sales(), "asked", TrialAct::Convert(bad)).err().as_ref(), all.first());
}

#[test]
fn the_order_holds_services_of_the_trial_and_one_at_least_c3() {
    let story = Story::running(samples::customer_draft(&THREE[..1]), false);
    for services in [&[][..], &THREE[1..2], &THREE[..2]] {
        let refused = says(story.tries_with(&sales(), "asked", convert(services)));
        assert_eq!(refused, (RuleId::C3, Because::NotInTrial, Remedy::ChooseOther), "{services:?}");
    }
}

#[test]
fn trial_devices_do_not_convert_and_go_back_by_their_own_date_c4_d8() {
    let mut story = with(&[Service::Messaging, Service::Devices]);
    story.organisation.people[0].email = "admin@example.com".to_owned();
    story.does_with(&samples::trials_team(), "trial-1", send());
    story.does_with(&sales(), "trial-1", keep_longer(5));
    story.days(10);
    let end = story.trial("trial-1").shipments[0].end;
    let change = story.does_with(&sales(), "trial-1", convert(&[Service::Messaging, Service::Devices]));
    assert!(change.mails.iter().any(|mail| mail.kind == MailKind::DeviceExtensionClosed), "open ones close (L12)");
    let shipment = &story.trial("trial-1").shipments[0];
    assert_eq!((shipment.end, shipment.state, &shipment.extension), (end, ShipmentState::Sent, &None));
    let dates = dates_of(story.trial("trial-1"));
    assert_eq!(dates, [(end, DateKind::DeviceEnd(PHONE)), (end.plus(14), DateKind::DeviceReturn(PHONE))]);
    story.on(end.plus(15));
    assert!(!story.mails(MailKind::ReturnOverdue).is_empty());
}

#[test]
fn a_conversion_on_the_first_day_drops_notices_and_not_the_welcome_c4_n17() {
    let mut story = with(&[Service::Messaging]);
    story.organisation.people[0].email = "admin@example.com".to_owned();
    story.does_with(&sales(), "trial-1", convert(&[Service::Messaging]));
    story.provisions_all("trial-1");
    assert_eq!(story.mails(MailKind::Welcome).len(), 1);
    story.days(100);
    assert_eq!(story.mails(MailKind::Welcome).len(), 1);
}

#[test]
fn a_tier_2_partner_hands_over_and_its_distributor_converts_c2() {
    let (mut story, own, distributor) = of_tier_two();
    assert_eq!(
        says(story.tries_with(&own, "asked", convert(&THREE))),
        (RuleId::C2, Because::DistributorConverts, Remedy::HandOver)
    );
    assert_eq!(says(story.tries_with(&distributor, "asked", convert(&THREE))).0, RuleId::P8, "not handed over yet");
    story.does_with(&own, "asked", TrialAct::HandOver);
    assert_eq!(
        story.mailed(MailKind::HandedOver),
        ["sales-administrator@maasland.example", "sales-full-administrator@maasland.example"]
    );
    let again = says(story.tries_with(&own, "asked", TrialAct::HandOver));
    assert_eq!(again, (RuleId::C2, Because::HandedOver, Remedy::Nothing), "nobody is mailed twice");
    for act in [TrialAct::Cancel, TrialAct::Extend(crate::service::Duration::Days90, false), samples::finish_set_up()] {
        assert_eq!(says(story.tries_with(&distributor, "asked", act)).0, RuleId::P8, "it does nothing else");
    }
    let seller = samples::actor_of(&samples::distributor(), PartnerRole::SalesAdministrator);
    let desk = samples::actor_of(&samples::distributor(), PartnerRole::HelpDesk);
    let contact = changed(|order| order.contact_email = "sales-administrator@maasland.example".to_owned());
    assert!(story.tries_with(&desk, "asked", contact.clone()).is_err());
    story.does_with(&seller, "asked", contact);
    let conversion = story.trial("asked").conversion.clone().expect("converted");
    assert_eq!((conversion.by_partner, conversion.by), (samples::distributor().id, seller.person.id));
}

#[test]
fn a_tier_1_partner_has_nobody_to_hand_over_to_c2() {
    let story = Story::running(samples::customer_draft(&THREE), false);
    let refused = says(story.tries_with(&sales(), "asked", TrialAct::HandOver));
    assert_eq!(refused, (RuleId::C2, Because::OwnConversion, Remedy::Convert));
}

#[test]
fn once_the_customer_removed_the_partner_nobody_can_convert_h3_c2() {
    let (mut story, own, distributor) = of_tier_two();
    story.does_with(&own, "asked", TrialAct::HandOver);
    story.does(&story.person("full-1"), Act::RemovePartner(samples::tier_two().id));
    for actor in [own, distributor] {
        let contact = changed(|order| order.contact_email = actor.person.email.clone());
        assert_eq!(
            says(story.tries_with(&actor, "asked", contact)),
            (RuleId::H3, Because::NoAccess, Remedy::AskFullAdministrator)
        );
    }
}

#[test]
fn interest_is_said_once_a_day_and_mailed_to_the_partners_people_c1() {
    let mut story = Story::running(samples::customer_draft(&THREE), false);
    let person = story.person("full-2");
    story.does_with(&person, "asked", TrialAct::SayInterested);
    let interest = story.trial("asked").interest.clone().expect("interest");
    assert_eq!((interest.by.as_str(), interest.on, interest.answered), ("full-2", story.today(), false));
    let people = ["sales-administrator@noordzee.example", "sales-full-administrator@noordzee.example"];
    assert_eq!(story.mailed(MailKind::Interest), people);
    let again = says(story.tries_with(&story.person("full-1"), "asked", TrialAct::SayInterested));
    assert_eq!(again, (RuleId::C1, Because::InterestKnown, Remedy::Nothing));
    story.days(1);
    story.does_with(&person, "asked", TrialAct::SayInterested);
    assert_eq!(story.mails(MailKind::Interest).len(), 4);
}

#[test]
fn interest_goes_when_it_is_answered_or_the_trial_is_over_c1() {
    let mut story = Story::running(samples::customer_draft(&THREE), false);
    let answer = |story: &Story| story.tries_with(&sales(), "asked", TrialAct::AnswerInterest);
    assert_eq!(says(answer(&story)).1, Because::NoInterest);
    story.does_with(&story.person("full-1"), "asked", TrialAct::SayInterested);
    for actor in [rival(), story.person("full-1"), samples::actor(PartnerRole::HelpDesk)] {
        assert!(story.tries_with(&actor, "asked", TrialAct::AnswerInterest).is_err());
    }
    let mut answered = story.clone();
    answered.does_with(&sales(), "asked", TrialAct::AnswerInterest);
    assert_eq!(answered.trial("asked").interest.as_ref().map(|interest| interest.answered), Some(true));
    assert_eq!(says(answer(&answered)).1, Because::NoInterest);
    story.days(60);
    assert_eq!((story.state("asked"), &story.trial("asked").interest), (State::Closed, &None));
}

#[test]
fn numbers_are_kept_some_days_only_when_cloud_calling_is_lost_c4_l3() {
    let hybrid = TrialDraft { calling: Some(crate::service::CallingKind::Hybrid), ..samples::customer_draft(&THREE) };
    for (draft, order, kept) in [
        (samples::customer_draft(&THREE), &THREE[..2], true),
        (samples::customer_draft(&THREE), &THREE[..], false),
        (samples::customer_draft(&THREE), &THREE[1..], false),
        (hybrid, &THREE[..2], false),
    ] {
        let mut story = Story::running(draft, false);
        let order = Conversion { confirmed: true, ..samples::conversion(order) };
        story.does_with(&sales(), "asked", TrialAct::Convert(order));
        let until = kept.then(|| story.today().plus(15));
        assert_eq!(story.trial("asked").numbers_until, until);
    }
}
