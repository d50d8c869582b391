//! How trials end by somebody's act: cancelled (K) or converted (C).

use rules::notice::{MailKind, MailState, Recipients};
use rules::people::CustomerRole;
use rules::service::Service;
use rules::trial::{State, Status};
use rules::verdict::{Because, Remedy, RuleId};

use crate::conformance::cast::{ANNA, INGRID, JOOST, MEHMET, SANNE, address, asking, draft, with};
use crate::conformance::check::{Outcome, error_of, fails, refused, require, same, there};
use crate::conformance::doing::order;
use crate::conformance::{Case, Client, Failure, cases};
use crate::customers::HandedOverList;
use crate::endpoints;
use crate::error::ApiError;
use crate::trials::{EligibilityList, Started, TrialAct};

pub(super) const CASES: &[Case] = cases![
    a_cancelled_trial_can_be_undone_by_who_cancelled_it_and_its_mails_wait_k2,
    what_was_cancelled_cannot_be_undone_later_nor_by_another_k2,
    after_the_5_minutes_mails_go_and_the_services_are_free_k2_l3_x4,
    the_customer_cancels_what_it_accepted_and_a_partner_what_it_started_k1_p8,
    cancelling_says_whether_the_organisation_closes_with_it_k2_l3_e6,
    converting_keeps_what_is_ordered_and_ends_the_rest_c3_c4,
    an_address_that_is_nobodys_stops_it_and_offers_near_matches_c3,
    an_order_and_its_contact_are_checked_and_one_order_converts_one_trial_c3,
    services_that_the_order_lacks_are_confirmed_separately_c3,
    a_trial_in_grace_is_converted_and_a_closed_one_is_not_c2_c5,
    a_tier_2_partner_hands_over_and_its_distributor_converts_and_sees_nothing_else_c2_p8,
    interest_is_said_once_a_day_and_answered_c1,
];

fn two_services(client: &Client<'_>, company: &str) -> Result<(Started, String), Failure> {
    let started = client.start(ANNA, &with(draft(company), &[Service::Messaging, Service::Calling], 10))?;
    let first = client.first_administrator(ANNA, &started.customer)?;
    Ok((started, first))
}

fn a_cancelled_trial_can_be_undone_by_who_cancelled_it_and_its_mails_wait_k2(client: &Client<'_>) -> Outcome {
    let (started, first) = two_services(client, "Undo")?;
    client.add_person(&first, "user@undo.example", CustomerRole::User, &[Service::Messaging])?;
    let before = client.trial(ANNA, &started.trial)?;
    client.act(ANNA, &started.trial, TrialAct::Cancel)?;
    same("the row", client.row(ANNA, &started.customer)?.status, Status::Cancelled)?;
    let held = client.mails(ANNA, &format!("trial={}&state=held", started.trial))?;
    let mut groups: Vec<_> = held.iter().map(|mail| (mail.kind, mail.to)).collect();
    groups.sort();
    let to = [Recipients::CustomerAdministrators, Recipients::PartnerAdministrators, Recipients::Users];
    same("mails that wait", groups, to.map(|to| (MailKind::Cancelled, to)).to_vec())?;
    // Nothing is freed for others, and who looks only learns the day (X4, P8).
    client.existing(INGRID, &address("Undo"))?;
    let list: EligibilityList = client.ask(&endpoints::ELIGIBILITY, INGRID, started.customer.as_str(), &())?;
    let because = |list: &EligibilityList| list.services[0].verdict.require().err().map(|refusal| refusal.because);
    same("for another partner", because(&list), Some(Because::InTrialWithAnotherPartner))?;
    let list: EligibilityList = client.ask(&endpoints::ELIGIBILITY, ANNA, started.customer.as_str(), &())?;
    same("for the own one", because(&list), Some(Because::JustCancelled))?;
    client.act(ANNA, &started.trial, TrialAct::Undo)?;
    let after = client.trial(ANNA, &started.trial)?;
    same("the trial", (after.status, after.trial.phase), (before.status, before.trial.phase))?;
    let mails = client.mails(ANNA, &format!("trial={}", started.trial))?;
    let states: Vec<_> = mails.iter().filter(|mail| mail.kind == MailKind::Cancelled).map(|mail| mail.state).collect();
    same("mails that waited", states, vec![MailState::Dropped; 3])?;
    refused(client.act(ANNA, &started.trial, TrialAct::Undo), RuleId::L12, Because::WrongState).map(drop)
}

fn what_was_cancelled_cannot_be_undone_later_nor_by_another_k2(client: &Client<'_>) -> Outcome {
    let (started, first) = two_services(client, "Too late")?;
    client.act(ANNA, &started.trial, TrialAct::Cancel)?;
    refused(client.act(&first, &started.trial, TrialAct::Undo), RuleId::K2, Because::CancelledByAnother)?;
    let again = refused(client.act(ANNA, &started.trial, TrialAct::Cancel), RuleId::K2, Because::WrongState)?;
    same("what to do", again.remedy, Remedy::Undo)?;
    client.days(1)?;
    refused(client.act(ANNA, &started.trial, TrialAct::Undo), RuleId::K2, Because::UndoOver).map(drop)
}

fn after_the_5_minutes_mails_go_and_the_services_are_free_k2_l3_x4(client: &Client<'_>) -> Outcome {
    let (started, first) = two_services(client, "Settled")?;
    client.add_person(&first, "user@settled.example", CustomerRole::User, &[Service::Messaging])?;
    // Another trial keeps the organisation open.
    client.add(ANNA, &started.customer, &with(draft("Settled"), &[Service::Meetings], 3))?;
    let today = client.today()?;
    client.act(&first, &started.trial, TrialAct::Cancel)?;
    client.days(1)?;
    let told = client.told(ANNA, &started.trial)?;
    let cancelled: Vec<_> = told.iter().filter(|(kind, ..)| *kind == MailKind::Cancelled).collect();
    same("who is told", cancelled.len(), 3)?;
    require(cancelled.iter().all(|(_, _, on, _)| *on <= today.plus(1)), || format!("{cancelled:?}"))?;
    let list: EligibilityList = client.ask(&endpoints::ELIGIBILITY, ANNA, started.customer.as_str(), &())?;
    same("whether Messaging is free", list.services[0].verdict.is_allowed(), true)?;
    let trial = client.trial(ANNA, &started.trial)?.trial;
    same("numbers are kept until", trial.numbers_until, Some(today.plus(15)))?;
    let people = client.people(&first)?.people;
    require(people.iter().all(|member| member.services.is_empty()), || "a user still has a service".to_owned())?;
    let journal = client.journal(ANNA, &format!("trial={}", started.trial))?;
    let deeds: Vec<&str> = journal.iter().take(2).map(|line| line.deed.name()).collect();
    same("the journal", deeds, vec!["cancel-settled", "cancelled"])?;
    client.days(60)?;
    let notices = client.told(ANNA, &started.trial)?;
    require(notices.iter().all(|(kind, ..)| !kind.is_notice()), || "a cancelled trial has notices (L8)".to_owned())
}

fn the_customer_cancels_what_it_accepted_and_a_partner_what_it_started_k1_p8(client: &Client<'_>) -> Outcome {
    let request = client.open_request(SANNE)?;
    client.accept(SANNE, &request.id, false, &[Service::Messaging])?;
    client.act(JOOST, &request.id, TrialAct::Cancel)?;
    let listed = client.customers(ANNA, &format!("q={}", request.organisation))?;
    same("customers in the default view", listed.found, 0)?;
    let (started, first) = two_services(client, "Whose")?;
    client.existing(INGRID, &address("Whose"))?;
    let typed = asking(&address("Whose"), &[Service::Meetings], 5);
    let sent = client.send_request(INGRID, &started.customer, &typed)?;
    client.accept(&first, &sent.trial, true, &[Service::Meetings])?;
    // Whatever its access, it cannot reach another partner's trial.
    fails(client.act(INGRID, &started.trial, TrialAct::Cancel), ApiError::NotFound)?;
    fails(client.act(ANNA, &sent.trial, TrialAct::Cancel), ApiError::NotFound)?;
    client.act(&first, &started.trial, TrialAct::Cancel).map(drop)
}

fn cancelling_says_whether_the_organisation_closes_with_it_k2_l3_e6(client: &Client<'_>) -> Outcome {
    let (started, first) = two_services(client, "Closes")?;
    let shown = client.preview_act(ANNA, &started.trial, &TrialAct::Cancel)?.consequences;
    same("closes, and administrators", (shown.closes, shown.lost.administrators), (true, 1))?;
    let added = client.add(ANNA, &started.customer, &with(draft("Closes"), &[Service::Meetings], 3))?;
    let shown = client.preview_act(ANNA, &started.trial, &TrialAct::Cancel)?.consequences;
    same("closes with another trial", shown.closes, false)?;
    client.act(ANNA, &started.trial, TrialAct::Cancel)?;
    client.days(1)?;
    client.act(&first, &added.trial, TrialAct::Cancel)?;
    // Nothing irreversible is done within the 5 minutes.
    client.hub(&first)?;
    client.days(1)?;
    let error = error_of(client.hub(&first))?;
    require(matches!(error.status(), 401 | 403 | 404), || format!("its administrator is answered with {error:?}"))?;
    same("its address", client.look_up(INGRID, &address("Closes"))?, crate::trials::LookUpAnswer::New)
}

fn converting_keeps_what_is_ordered_and_ends_the_rest_c3_c4(client: &Client<'_>) -> Outcome {
    let (started, first) = two_services(client, "Convert")?;
    client.add_person(&first, "user@convert.example", CustomerRole::User, &[Service::Messaging, Service::Calling])?;
    let today = client.today()?;
    let administrator = address("Convert");
    let done = client.convert(ANNA, &started.trial, "PO-1", &administrator, &administrator, &[Service::Messaging])?;
    same("what is lost", done.consequences.lost.services, vec![Service::Calling])?;
    let detail = client.customer(ANNA, &started.customer)?;
    same("status, and what it owns", (detail.status, detail.purchased), (Status::Converted, vec![Service::Messaging]))?;
    let people = client.people(&first)?.people;
    let user = there("the user", people.iter().find(|member| member.email == "user@convert.example"))?;
    same("the user's services", user.services.clone(), [Service::Messaging].into())?;
    let trial = client.trial(ANNA, &started.trial)?.trial;
    same("numbers are kept until", trial.numbers_until, Some(today.plus(15)))?;
    let told = client.told(ANNA, &started.trial)?;
    let contact: Vec<_> = told.iter().filter(|(kind, ..)| *kind == MailKind::SetUpService).map(|(.., to)| to).collect();
    same("the contact", contact, vec![&administrator])?;
    client.days(90)?;
    let told = client.told(ANNA, &started.trial)?;
    require(told.iter().all(|(kind, ..)| !kind.is_notice()), || "a converted trial has notices (L8)".to_owned())?;
    same("its hub lives on", client.hub(&first)?.purchased.len(), 1)
}

fn an_address_that_is_nobodys_stops_it_and_offers_near_matches_c3(client: &Client<'_>) -> Outcome {
    let (started, first) = two_services(client, "Example")?;
    client.add_person(&first, "admins@example.example", CustomerRole::Administrator, &[])?;
    client.add_person(&first, "admit@example.example", CustomerRole::User, &[])?;
    let convert = |typed: &str| {
        let order = order("PO-2", &address("Example"), typed, &[Service::Messaging, Service::Calling], false);
        client.act(ANNA, &started.trial, TrialAct::Convert(order))
    };
    let rows: [(&str, &[&str]); 4] = [
        ("admin@exampel.example", &["admin@example.example", "admins@example.example"]),
        ("adminz@example.example", &["admin@example.example", "admins@example.example"]),
        ("admit@example.example", &["admin@example.example", "admins@example.example"]),
        ("somebody@elsewhere.example", &[]),
    ];
    for (typed, wanted) in rows {
        let ApiError::Refused { refusal, near, .. } = error_of(convert(typed))? else {
            return Err(Failure::new(format!("{typed} was not refused")));
        };
        same(typed, (refusal.rule, refusal.because), (RuleId::C3, Because::NotItsAdministrator))?;
        let near: std::collections::BTreeSet<&str> = near.iter().map(String::as_str).collect();
        same(&format!("near {typed}"), near, wanted.iter().copied().collect())?;
    }
    same("the state", client.trial(ANNA, &started.trial)?.trial.state(client.today()?), State::Running)?;
    convert(" ADMIN@example.example ").map(drop)
}

fn an_order_and_its_contact_are_checked_and_one_order_converts_one_trial_c3(client: &Client<'_>) -> Outcome {
    let (started, _) = two_services(client, "Order")?;
    let administrator = address("Order");
    let both = [Service::Messaging, Service::Calling];
    let long = "9".repeat(41);
    let rows = [
        ("", "mehmet.bakker@noordzee-telecom.example", Because::NotAnOrderNumber),
        ("PO 1", "mehmet.bakker@noordzee-telecom.example", Because::NotAnOrderNumber),
        ("PO_1", "mehmet.bakker@noordzee-telecom.example", Because::NotAnOrderNumber),
        (long.as_str(), "mehmet.bakker@noordzee-telecom.example", Because::NotAnOrderNumber),
        ("PO-3", "nobody@noordzee-telecom.example", Because::NotAContact),
        ("PO-3", "ingrid.solberg@fjord-communications.example", Because::NotAContact),
    ];
    for (number, contact, because) in rows {
        let result = client.convert(ANNA, &started.trial, number, contact, &administrator, &both);
        refused(result, RuleId::C3, because)?;
    }
    let more = [Service::Messaging, Service::Calling, Service::Meetings];
    let result = client.convert(ANNA, &started.trial, "PO-3", &administrator, &administrator, &more);
    refused(result, RuleId::C3, Because::NotInTrial)?;
    let result = client.convert(ANNA, &started.trial, "PO-3", &administrator, &administrator, &[]);
    refused(result, RuleId::C3, Because::NotInTrial)?;
    client.convert(ANNA, &started.trial, "PO-3", &administrator, &administrator, &both)?;
    let (second, _) = two_services(client, "Order two")?;
    let administrator = address("Order two");
    for number in ["PO-3", " po-3 "] {
        let result = client.convert(ANNA, &second.trial, number, &administrator, &administrator, &both);
        refused(result, RuleId::C3, Because::OrderUsed)?;
    }
    client.convert(ANNA, &second.trial, "PO-4", &administrator, &administrator, &both).map(drop)
}

fn services_that_the_order_lacks_are_confirmed_separately_c3(client: &Client<'_>) -> Outcome {
    let (started, _) = two_services(client, "Lacks")?;
    let act = |confirmed| {
        TrialAct::Convert(order("PO-5", &address("Lacks"), &address("Lacks"), &[Service::Messaging], confirmed))
    };
    let refusal = refused(client.act(ANNA, &started.trial, act(false)), RuleId::C3, Because::OrderLacksServices)?;
    same(
        "which",
        (refusal.service, refusal.count, refusal.remedy),
        (Some(Service::Calling), Some(1), Remedy::Confirm),
    )?;
    client.act(ANNA, &started.trial, act(true)).map(drop)
}

fn a_trial_in_grace_is_converted_and_a_closed_one_is_not_c2_c5(client: &Client<'_>) -> Outcome {
    let (started, _) = two_services(client, "In grace")?;
    let (late, _) = two_services(client, "Too late for it")?;
    client.days(59)?;
    let (grace, closed) = (address("In grace"), address("Too late for it"));
    client.convert(ANNA, &started.trial, "PO-6", &grace, &grace, &[Service::Messaging, Service::Calling])?;
    client.days(1)?;
    let result = client.convert(ANNA, &late.trial, "PO-7", &closed, &closed, &[Service::Messaging]);
    let refusal = refused(result, RuleId::C5, Because::WrongState)?;
    same("what to do, and why", (refusal.remedy, refusal.state), (Remedy::StartNewTrial, Some(State::Closed)))
}

fn a_tier_2_partner_hands_over_and_its_distributor_converts_and_sees_nothing_else_c2_p8(
    client: &Client<'_>,
) -> Outcome {
    let started = client.start(INGRID, &draft("Handed over"))?;
    let administrator = address("Handed over");
    let contact = "anna.de.vries@noordzee-telecom.example";
    let own = client.convert(INGRID, &started.trial, "PO-8", &administrator, &administrator, &[Service::Messaging]);
    same("what to do", refused(own, RuleId::C2, Because::DistributorConverts)?.remedy, Remedy::HandOver)?;
    fails(client.trial(ANNA, &started.trial), ApiError::NotFound)?;
    client.act(INGRID, &started.trial, TrialAct::HandOver)?;
    refused(client.act(INGRID, &started.trial, TrialAct::HandOver), RuleId::C2, Because::HandedOver)?;
    let handed = |who: &str| -> Result<HandedOverList, Failure> { client.ask(&endpoints::HANDED_OVER, who, "", &()) };
    let list = handed(ANNA)?;
    let line = there("the trial", list.trials.iter().find(|line| line.trial == started.trial))?;
    same("of whom", (line.company.as_str(), line.partner.as_str()), ("Handed over", "Fjord Communications"))?;
    same("its version", client.trial(ANNA, &started.trial).map(|_| line.version)?, line.version)?;
    fails(client.customer(ANNA, &started.customer), ApiError::NotFound)?;
    fails(client.hub_of(ANNA, &started.customer), ApiError::NotFound)?;
    fails(client.mails(ANNA, &format!("organisation={}", started.customer)), ApiError::NotFound)?;
    let found = client.customers(ANNA, &format!("q={}", started.customer))?;
    same("rows", (found.found, found.opens), (0, None))?;
    for act in [TrialAct::Cancel, TrialAct::Extend { days: rules::service::Duration::Days60, confirmed: false }] {
        let error = error_of(client.act(ANNA, &started.trial, act))?;
        require(matches!(error.status(), 403 | 404), || format!("the distributor's other act: {error:?}"))?;
    }
    client.convert(MEHMET, &started.trial, "PO-8", contact, &administrator, &[Service::Messaging])?;
    same("the row", client.row(INGRID, &started.customer)?.status, Status::Converted)?;
    let tier_1 = client.start(ANNA, &draft("Tier one"))?;
    let result = client.act(ANNA, &tier_1.trial, TrialAct::HandOver);
    refused(result, RuleId::C2, Because::OwnConversion).map(drop)
}

fn interest_is_said_once_a_day_and_answered_c1(client: &Client<'_>) -> Outcome {
    let (started, first) = two_services(client, "Interest")?;
    let kim = client.add_person(&first, "kim@interest.example", CustomerRole::Administrator, &[])?;
    let say = |who: &str| client.act(who, &started.trial, TrialAct::SayInterested);
    refused(say(&kim), RuleId::P5, Because::OnlyForFullAdministrators)?;
    let answer = || client.act(ANNA, &started.trial, TrialAct::AnswerInterest);
    refused(answer(), RuleId::C1, Because::NoInterest)?;
    say(&first)?;
    same("the flag", client.row(ANNA, &started.customer)?.interested, true)?;
    let flagged = client.customers(ANNA, "interested=true")?;
    require(flagged.rows.iter().any(|row| row.id == started.customer), || "the filter lacks it".to_owned())?;
    refused(say(&first), RuleId::C1, Because::InterestKnown)?;
    answer()?;
    same("the flag once answered", client.row(ANNA, &started.customer)?.interested, false)?;
    refused(say(&first), RuleId::C1, Because::InterestKnown)?;
    client.days(1)?;
    say(&first)?;
    let told = client.told(ANNA, &started.trial)?;
    let mails: Vec<_> = told.iter().filter(|(kind, ..)| *kind == MailKind::Interest).collect();
    same("mails, one a day", mails.len(), 2)?;
    client.act(ANNA, &started.trial, TrialAct::Cancel)?;
    client.days(1)?;
    same("the flag when it is over", client.row(ANNA, &started.customer)?.interested, false)
}
