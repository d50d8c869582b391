//! Devices: shipments with a clock of their own (D, P6).

use rules::act::{ShipmentAct, ShipmentActName};
use rules::clock::Day;
use rules::device::{DeviceOutcome, DeviceType, ShipmentState};
use rules::draft::TrialDraft;
use rules::notice::{MailKind, Recipients};
use rules::region::CountryCode;
use rules::service::{Duration, Service};
use rules::trial::DateKind;
use rules::verdict::{Because, RuleId, Verdict};

use crate::conformance::cast::{ANNA, LENA, MEHMET, RUTH, address, draft, lasting, shipping};
use crate::conformance::check::{Outcome, error_of, fails, refused, require, same, there};
use crate::conformance::reading::shipment_of;
use crate::conformance::{Case, Client, Failure, cases};
use crate::endpoints;
use crate::error::ApiError;
use crate::shipments::{DevicesQueue, ShipmentDetail};
use crate::trials::{Started, TrialAct};

pub(super) const CASES: &[Case] = cases![
    one_shipment_per_type_also_after_it_was_cancelled_d4_d11,
    the_device_end_is_the_trials_end_of_that_day_and_stays_when_it_is_extended_d6_e3,
    a_device_extension_reaches_120_days_after_the_start_and_no_further_d7,
    one_device_extension_is_open_at_a_time_and_is_decided_with_a_reason_d7,
    an_open_device_extension_closes_with_the_trial_d7,
    the_trials_team_sends_with_one_serial_for_each_device_and_both_sides_are_mailed_d6,
    overdue_devices_are_told_once_a_week_until_they_are_back_d8,
    returned_serials_are_compared_without_spaces_and_case_d9,
    a_write_off_needs_a_reason_and_devices_that_are_out_d8,
    a_return_label_is_asked_for_where_devices_go_back_by_ups_d8,
    the_verdict_that_a_control_shows_is_the_refusal_of_its_act_p7,
    both_sides_are_shown_the_same_shipments_each_with_its_own_verdicts_d6_h6,
    the_trials_team_sees_shipments_of_all_partners_and_nothing_else_p6,
    cancelling_a_trial_cancels_what_was_not_sent_and_ends_the_devices_k2_d8,
    converting_does_not_move_the_device_end_c4_d8,
    devices_can_be_added_by_an_edit_with_a_start_of_their_own_d6_e4,
];

const PHONES: DeviceType = DeviceType::DeskPhone;

/// A trial with four licences of desk phones, two of which are shipped, and the shipment's id.
fn shipped(client: &Client<'_>, company: &str, duration: Duration) -> Result<(Started, String), Failure> {
    let started = client.start(ANNA, &typed(company, duration))?;
    let shipment = shipment_of(&started.trial, PHONES);
    Ok((started, shipment))
}

fn typed(company: &str, duration: Duration) -> TrialDraft {
    lasting(shipping(draft(company), PHONES, 4, 2), duration)
}

fn send(serials: &[&str], end: Option<Day>) -> ShipmentAct {
    let serials = serials.iter().map(|serial| (*serial).to_owned()).collect();
    ShipmentAct::Send { serials, demo_order_number: "DEMO-1".to_owned(), end }
}

fn ask(days: u32, reason: &str) -> ShipmentAct {
    ShipmentAct::AskExtension { days, reason: reason.to_owned() }
}

fn one_shipment_per_type_also_after_it_was_cancelled_d4_d11(client: &Client<'_>) -> Outcome {
    let (started, shipment) = shipped(client, "Once", Duration::Days30)?;
    client.ship(ANNA, &shipment, ShipmentAct::Cancel)?;
    same("its state", client.shipment(ANNA, &shipment)?.shipment.state, ShipmentState::Cancelled)?;
    let three_more = shipping(draft("Once"), PHONES, 10, 3);
    let edited = client.edit(ANNA, &started.trial, &three_more);
    same("how many there were", refused(edited, RuleId::D4, Because::AlreadyShipped)?.count, Some(2))?;
    refused(client.ship(ANNA, &shipment, ShipmentAct::Cancel), RuleId::D11, Because::ShipmentState)?;
    refused(client.ship(RUTH, &shipment, send(&["A", "B"], None)), RuleId::D11, Because::ShipmentState)?;
    // Another type has a shipment of its own.
    let mut other = shipping(draft("Once"), PHONES, 4, 0);
    other = shipping(other, DeviceType::RoomDevice, 1, 1);
    client.edit(ANNA, &started.trial, &other)?;
    client.shipment(ANNA, &shipment_of(&started.trial, DeviceType::RoomDevice)).map(drop)
}

fn the_device_end_is_the_trials_end_of_that_day_and_stays_when_it_is_extended_d6_e3(client: &Client<'_>) -> Outcome {
    let (started, shipment) = shipped(client, "Two clocks", Duration::Days90)?;
    let start = started.plan.start;
    client.days(60)?;
    client.extend(ANNA, &started.trial, Duration::Days90)?;
    let detail = client.shipment(ANNA, &shipment)?;
    same("the trial's end", detail.trial_end, Some(start.plus(150)))?;
    same("the device end", detail.shipment.end, start.plus(90))?;
    same("back by", detail.return_due, start.plus(104))?;
    let refusal =
        refused(client.ship(ANNA, &shipment, ask(31, "The pilot runs on")), RuleId::D7, Because::DeviceLimit)?;
    same("how many days are left", refusal.count, Some(30))?;
    client.ship(ANNA, &shipment, ask(30, "The pilot runs on"))?;
    client.ship(RUTH, &shipment, ShipmentAct::DecideExtension { approved: true, reason: String::new() })?;
    same("the device end", client.shipment(ANNA, &shipment)?.shipment.end, start.plus(120))
}

fn a_device_extension_reaches_120_days_after_the_start_and_no_further_d7(client: &Client<'_>) -> Outcome {
    let (started, shipment) = shipped(client, "Limit", Duration::Days30)?;
    for (days, reason, because) in [
        (0, "Because", Because::DeviceLimit),
        (91, "Because", Because::DeviceLimit),
        (10, "  ", Because::ReasonMissing),
    ] {
        refused(client.ship(ANNA, &shipment, ask(days, reason)), RuleId::D7, because)?;
    }
    client.ship(ANNA, &shipment, ask(90, "Because"))?;
    client.ship(RUTH, &shipment, ShipmentAct::DecideExtension { approved: true, reason: String::new() })?;
    same("the device end", client.shipment(ANNA, &shipment)?.shipment.end, started.plan.start.plus(120))?;
    // Only while today is before the device end.
    let (_, ended) = shipped(client, "Ended", Duration::Days30)?;
    client.days(30)?;
    refused(client.ship(ANNA, &ended, ask(5, "Because")), RuleId::D7, Because::DeviceEndPassed).map(drop)
}

fn one_device_extension_is_open_at_a_time_and_is_decided_with_a_reason_d7(client: &Client<'_>) -> Outcome {
    let (started, shipment) = shipped(client, "Queue", Duration::Days30)?;
    let decide = |approved, reason: &str| ShipmentAct::DecideExtension { approved, reason: reason.to_owned() };
    refused(client.ship(RUTH, &shipment, decide(true, "")), RuleId::D7, Because::NoDeviceRequest)?;
    client.ship(ANNA, &shipment, ask(10, "The room is not ready"))?;
    refused(client.ship(ANNA, &shipment, ask(5, "Again")), RuleId::D7, Because::DeviceRequestOpen)?;
    let queue: DevicesQueue = client.ask(&endpoints::DEVICES_QUEUE, RUTH, "", &())?;
    let line = there("the request", queue.extensions.iter().find(|line| line.id == shipment))?;
    let open = there("the request", line.shipment.extension.clone())?;
    same("days and reason", (open.days, open.reason.as_str()), (10, "The room is not ready"))?;
    refused(client.ship(ANNA, &shipment, decide(true, "")), RuleId::P6, Because::OnlyForTrialsTeam)?;
    refused(client.ship(RUTH, &shipment, decide(false, " ")), RuleId::D7, Because::ReasonMissing)?;
    client.ship(RUTH, &shipment, decide(false, "They are promised to another one"))?;
    let refused = client.shipment(ANNA, &shipment)?.shipment;
    same("the device end", refused.end, started.plan.end)?;
    let answer = there("the answer", refused.answered)?;
    let said = Some("They are promised to another one".to_owned());
    same("the answer", (answer.outcome, answer.days, answer.reason), (DeviceOutcome::Refused, 10, said))?;
    let told = client.told(ANNA, &started.trial)?;
    let kinds: Vec<_> = told.iter().map(|(kind, to, ..)| (*kind, *to)).collect();
    require(kinds.contains(&(MailKind::DeviceExtensionDecided, Recipients::PartnerAdministrators)), || {
        format!("the partner is not told of the decision: {kinds:?}")
    })
}

fn an_open_device_extension_closes_with_the_trial_d7(client: &Client<'_>) -> Outcome {
    let (started, shipment) = shipped(client, "Open", Duration::Days30)?;
    client.ship(RUTH, &shipment, send(&["A1", "A2"], None))?;
    client.ship(ANNA, &shipment, ask(10, "Because"))?;
    let administrator = address("Open");
    let services = [Service::Messaging, Service::Devices];
    client.convert(ANNA, &started.trial, "PO-OPEN", &administrator, &administrator, &services)?;
    let closed = client.shipment(ANNA, &shipment)?.shipment;
    same("the request", closed.extension, None)?;
    same("what became of it", closed.answered.map(|answer| answer.outcome), Some(DeviceOutcome::Closed))?;
    let told = client.told(ANNA, &started.trial)?;
    let closed = told.iter().filter(|(kind, ..)| *kind == MailKind::DeviceExtensionClosed).count();
    require(closed > 0, || "nobody is told that it closed".to_owned())
}

fn the_trials_team_sends_with_one_serial_for_each_device_and_both_sides_are_mailed_d6(client: &Client<'_>) -> Outcome {
    let (started, shipment) = shipped(client, "Sending", Duration::Days30)?;
    for serials in [&["A"][..], &["A", "B", "C"], &["A", " a "], &["A", " "]] {
        refused(client.ship(RUTH, &shipment, send(serials, None)), RuleId::D6, Because::SerialsWrong)?;
    }
    let late = Some(started.plan.start.plus(121));
    refused(client.ship(RUTH, &shipment, send(&["A", "B"], late)), RuleId::D6, Because::DeviceLimit)?;
    let by_partner = client.ship(ANNA, &shipment, send(&["A", "B"], None));
    refused(by_partner, RuleId::P6, Because::OnlyForTrialsTeam)?;
    let end = started.plan.start.plus(120);
    client.ship(RUTH, &shipment, send(&["a b 1", "AB2"], Some(end)))?;
    let detail = client.shipment(ANNA, &shipment)?.shipment;
    same("its serials", detail.serials, vec!["AB1".to_owned(), "AB2".to_owned()])?;
    same("state and end", (detail.state, detail.end), (ShipmentState::Sent, end))?;
    let told = client.told(ANNA, &started.trial)?;
    let mailed: Vec<_> =
        told.iter().filter(|(kind, ..)| *kind == MailKind::LicenceAgreement).map(|(_, to, ..)| *to).collect();
    let mut mailed = mailed;
    mailed.sort();
    same("who is mailed", mailed, vec![Recipients::CustomerAdministrators, Recipients::PartnerAdministrators])?;
    for query in ["AB2", "demo-1"] {
        let found = client.customers(ANNA, &format!("q={query}"))?;
        require(found.rows.iter().any(|row| row.id == started.customer), || format!("{query} does not find it (Q2)"))?;
    }
    refused(client.ship(ANNA, &shipment, ShipmentAct::Cancel), RuleId::D11, Because::ShipmentState).map(drop)
}

fn overdue_devices_are_told_once_a_week_until_they_are_back_d8(client: &Client<'_>) -> Outcome {
    let (started, shipment) = shipped(client, "Overdue", Duration::Days30)?;
    client.ship(RUTH, &shipment, send(&["A", "B"], None))?;
    let due = started.plan.end.plus(14);
    client.days(44)?;
    let detail = client.shipment(ANNA, &shipment)?;
    same("on the last day", (detail.return_due, detail.overdue), (due, false))?;
    client.days(1)?;
    same("the day after", client.shipment(ANNA, &shipment)?.overdue, true)?;
    let filtered = client.customers(ANNA, "devices_due=overdue")?;
    require(filtered.rows.iter().any(|row| row.id == started.customer), || "the filter lacks it (Q3)".to_owned())?;
    client.days(14)?;
    let on = |client: &Client<'_>| -> Result<Vec<Day>, Failure> {
        let told = client.told(ANNA, &started.trial)?;
        let partner = Recipients::PartnerAdministrators;
        let mails = told.iter().filter(|(kind, to, ..)| (*kind, *to) == (MailKind::ReturnOverdue, partner));
        Ok(mails.map(|(_, _, on, _)| *on).collect())
    };
    same("mails, one a week", on(client)?, vec![due.plus(1), due.plus(8), due.plus(15)])?;
    client.ship(RUTH, &shipment, ShipmentAct::CheckIn { serials: vec!["A".to_owned(), "B".to_owned()] })?;
    client.days(30)?;
    same("mails when all is back", on(client)?.len(), 3)
}

fn returned_serials_are_compared_without_spaces_and_case_d9(client: &Client<'_>) -> Outcome {
    let (_, shipment) = shipped(client, "Check in", Duration::Days30)?;
    let check_in = |serials: &[&str]| {
        let serials = serials.iter().map(|serial| (*serial).to_owned()).collect();
        let done = client.ship(RUTH, &shipment, ShipmentAct::CheckIn { serials })?;
        there("the check-in", done.check_in)
    };
    refused(check_in(&["SN 1"]), RuleId::D9, Because::ShipmentState)?;
    client.ship(RUTH, &shipment, send(&["SN1", "SN2"], None))?;
    let first = check_in(&["s n 1", "SN9", "sn1"])?;
    same("taken", first.taken, vec!["SN1".to_owned()])?;
    same("wrong", first.wrong, vec!["SN9".to_owned()])?;
    same("extra", first.extra, vec!["SN1".to_owned()])?;
    same("missing", first.missing, vec!["SN2".to_owned()])?;
    same("in part", client.shipment(ANNA, &shipment)?.shipment.state, ShipmentState::ReturnedInPart)?;
    let noted = client.shipment(ANNA, &shipment)?.shipment.wrong;
    same("noted as wrong", noted.iter().map(|each| each.serial.as_str()).collect::<Vec<_>>(), vec!["SN9"])?;
    let again = check_in(&["SN1"])?;
    same("before", again.before.iter().map(|each| each.serial.as_str()).collect::<Vec<_>>(), vec!["SN1"])?;
    same("taken again", again.taken.len(), 0)?;
    check_in(&["sn2"])?;
    same("all of it", client.shipment(ANNA, &shipment)?.shipment.state, ShipmentState::Returned)?;
    let late = check_in(&["SN1", "SN2"])?;
    same("once all is back", (late.before.len(), late.missing.len()), (2, 0))
}

fn a_write_off_needs_a_reason_and_devices_that_are_out_d8(client: &Client<'_>) -> Outcome {
    let (_, shipment) = shipped(client, "Write off", Duration::Days30)?;
    let write_off = |reason: &str| client.ship(RUTH, &shipment, ShipmentAct::WriteOff { reason: reason.to_owned() });
    refused(write_off("Lost"), RuleId::D11, Because::ShipmentState)?;
    client.ship(RUTH, &shipment, send(&["A", "B"], None))?;
    refused(write_off(" "), RuleId::D8, Because::ReasonMissing)?;
    write_off("Lost in the post")?;
    let detail = client.shipment(ANNA, &shipment)?.shipment;
    same("its state", detail.state, ShipmentState::WrittenOff)?;
    same("why", detail.written_off.as_deref(), Some("Lost in the post"))
}

fn a_return_label_is_asked_for_where_devices_go_back_by_ups_d8(client: &Client<'_>) -> Outcome {
    let (started, shipment) = by_label(client, "Label")?;
    let early = client.ship(ANNA, &shipment, ShipmentAct::AskLabel);
    refused(early, RuleId::D8, Because::ShipmentState)?;
    client.ship(RUTH, &shipment, send(&["A", "B"], None))?;
    let first = client.first_administrator(ANNA, &started.customer)?;
    client.ship(&first, &shipment, ShipmentAct::AskLabel)?;
    refused(client.ship(ANNA, &shipment, ShipmentAct::AskLabel), RuleId::D8, Because::DeviceRequestOpen)?;
    let queue: DevicesQueue = client.ask(&endpoints::DEVICES_QUEUE, RUTH, "", &())?;
    require(queue.labels.iter().any(|line| line.id == shipment), || "the queue lacks it".to_owned())?;
    client.ship(RUTH, &shipment, ShipmentAct::SendLabel)?;
    refused(client.ship(RUTH, &shipment, ShipmentAct::SendLabel), RuleId::D8, Because::NoDeviceRequest).map(drop)
}

/// As [`shipped`], to a country from which devices go back by UPS (D8).
fn by_label(client: &Client<'_>, company: &str) -> Result<(Started, String), Failure> {
    let by_ups = |code: &str| {
        let country = CountryCode::new(code)?;
        (country.country().returns == rules::region::Returns::Ups).then_some(country)
    };
    let ups = there("a country by UPS", ["US", "DE", "GB", "NL", "FR", "CA"].into_iter().find_map(by_ups))?;
    let mut typed = typed(company, Duration::Days30);
    typed.ship_to.country = Some(ups);
    let started = client.start(ANNA, &typed)?;
    let shipment = shipment_of(&started.trial, PHONES);
    Ok((started, shipment))
}

fn sample(name: ShipmentActName) -> ShipmentAct {
    match name {
        ShipmentActName::Cancel => ShipmentAct::Cancel,
        ShipmentActName::AskExtension => ask(1, "Because"),
        ShipmentActName::AskLabel => ShipmentAct::AskLabel,
        ShipmentActName::Send => send(&["A", "B"], None),
        ShipmentActName::DecideExtension => ShipmentAct::DecideExtension { approved: true, reason: String::new() },
        ShipmentActName::SendLabel => ShipmentAct::SendLabel,
        ShipmentActName::CheckIn => ShipmentAct::CheckIn { serials: vec!["A".to_owned()] },
        ShipmentActName::WriteOff => ShipmentAct::WriteOff { reason: "Lost".to_owned() },
    }
}

/// Every act, looked at by a person: it may be done, or is refused, as its verdict says.
fn as_shown(client: &Client<'_>, who: &str, shipment: &str, when: &str) -> Outcome {
    let detail = client.shipment(who, shipment)?;
    require(detail.acts.len() == ShipmentActName::ALL.len(), || format!("{when}, {who}: not every act"))?;
    for (name, verdict) in detail.acts {
        let looked = client.preview_ship(who, shipment, &sample(name));
        let refusal = match (looked, verdict) {
            (Ok(_), Verdict::Allowed) => continue,
            (Ok(_), Verdict::Blocked(refusal)) => {
                return Err(Failure::new(format!("{when}, {who}: {name:?} can be done, and is shown as {refusal:?}")));
            }
            (looked, _) => match error_of(looked)? {
                ApiError::Refused { refusal, .. } => refusal,
                other => return Err(Failure::new(format!("{when}, {who}: {name:?} ends with {other:?}"))),
            },
        };
        same(&format!("{when}, {who}: {name:?}"), verdict, Verdict::Blocked(refusal))?;
    }
    Ok(())
}

fn the_verdict_that_a_control_shows_is_the_refusal_of_its_act_p7(client: &Client<'_>) -> Outcome {
    let (started, shipment) = by_label(client, "Shown")?;
    let first = client.first_administrator(ANNA, &started.customer)?;
    let look = |when: &str| -> Outcome {
        [ANNA, first.as_str(), RUTH].iter().try_for_each(|who| as_shown(client, who, &shipment, when))
    };
    look("ordered")?;
    client.ship(RUTH, &shipment, send(&["A", "B"], None))?;
    look("sent")?;
    client.ship(ANNA, &shipment, ask(5, "Because"))?;
    client.ship(&first, &shipment, ShipmentAct::AskLabel)?;
    look("asked")?;
    client.ship(RUTH, &shipment, ShipmentAct::CheckIn { serials: vec!["A".to_owned(), "B".to_owned()] })?;
    look("back")?;
    client.act(ANNA, &started.trial, TrialAct::Cancel)?;
    look("cancelled")
}

fn both_sides_are_shown_the_same_shipments_each_with_its_own_verdicts_d6_h6(client: &Client<'_>) -> Outcome {
    let (started, shipment) = by_label(client, "Both")?;
    client.ship(RUTH, &shipment, send(&["A", "B"], None))?;
    let first = client.first_administrator(ANNA, &started.customer)?;
    let partner = client.customer(ANNA, &started.customer)?.trials.into_iter().flat_map(|trial| trial.shipments);
    same("the partner's", partner.collect::<Vec<_>>(), vec![client.shipment(ANNA, &shipment)?])?;
    let hub = client.hub(&first)?.trials.into_iter().flat_map(|trial| trial.detail.shipments);
    let own = client.shipment(&first, &shipment)?;
    same("the customer's", hub.collect::<Vec<_>>(), vec![own.clone()])?;
    same("may ask for a label", own.verdict(ShipmentActName::AskLabel), Verdict::Allowed)?;
    let longer = own.verdict(ShipmentActName::AskExtension).require();
    same("may keep them longer", longer.map_err(|refusal| refusal.because), Err(Because::OnlyForPartners))
}

fn the_trials_team_sees_shipments_of_all_partners_and_nothing_else_p6(client: &Client<'_>) -> Outcome {
    let (started, shipment) = shipped(client, "Team", Duration::Days30)?;
    let of_ingrid = client.start(crate::conformance::cast::INGRID, &typed("Other partner", Duration::Days30))?;
    let other = shipment_of(&of_ingrid.trial, PHONES);
    let queue: DevicesQueue = client.ask(&endpoints::DEVICES_QUEUE, RUTH, "", &())?;
    let to_send: Vec<&str> = queue.to_send.iter().map(|line| line.id.as_str()).collect();
    require(to_send.contains(&shipment.as_str()) && to_send.contains(&other.as_str()), || format!("{to_send:?}"))?;
    let ordered = queue.to_send.windows(2).all(|pair| pair[0].shipment.start <= pair[1].shipment.start);
    require(ordered, || "the oldest order is not in front".to_owned())?;
    let detail: ShipmentDetail = client.shipment(RUTH, &other)?;
    same("of whom", detail.partner.as_str(), "Fjord Communications")?;
    refused(client.trial(RUTH, &started.trial), RuleId::P2, Because::OnlyForPartners)?;
    fails(client.shipment(ANNA, &other), ApiError::NotFound)?;
    fails(client.shipment(MEHMET, &shipment), ApiError::NotFound)?;
    client.shipment(LENA, &shipment)?;
    // A shipment of a type that was not ordered, and of none.
    for id in [shipment_of(&started.trial, DeviceType::Board), format!("{}.fax", started.trial)] {
        fails(client.shipment(ANNA, &id), ApiError::NotFound)?;
    }
    Ok(())
}

fn cancelling_a_trial_cancels_what_was_not_sent_and_ends_the_devices_k2_d8(client: &Client<'_>) -> Outcome {
    let (unsent, first) = shipped(client, "Unsent", Duration::Days30)?;
    let (sent, second) = shipped(client, "Sent", Duration::Days90)?;
    client.ship(RUTH, &second, send(&["A", "B"], None))?;
    client.days(10)?;
    let today = client.today()?;
    for started in [&unsent, &sent] {
        client.act(ANNA, &started.trial, TrialAct::Cancel)?;
    }
    client.days(1)?;
    same("what was not sent", client.shipment(ANNA, &first)?.shipment.state, ShipmentState::Cancelled)?;
    let detail = client.shipment(ANNA, &second)?;
    same("what was sent", (detail.shipment.state, detail.shipment.end), (ShipmentState::Sent, today))?;
    same("back by", detail.return_due, today.plus(14))?;
    same("the trial's end", (detail.trial_end, detail.trial_end_is), (Some(today), DateKind::Cancelled))?;
    // The duty to return them outlives the trial and its organisation.
    client.days(14)?;
    same("overdue", client.shipment(RUTH, &second)?.overdue, true)
}

fn converting_does_not_move_the_device_end_c4_d8(client: &Client<'_>) -> Outcome {
    let (started, shipment) = shipped(client, "Keeps", Duration::Days60)?;
    client.ship(RUTH, &shipment, send(&["A", "B"], None))?;
    client.days(5)?;
    let administrator = address("Keeps");
    client.convert(ANNA, &started.trial, "PO-KEEPS", &administrator, &administrator, &[Service::Messaging])?;
    let detail = client.shipment(ANNA, &shipment)?;
    same("the device end", detail.shipment.end, started.plan.end)?;
    same("back by", detail.return_due, started.plan.end.plus(14))
}

fn devices_can_be_added_by_an_edit_with_a_start_of_their_own_d6_e4(client: &Client<'_>) -> Outcome {
    let started = client.start(ANNA, &lasting(draft("Later"), Duration::Days60))?;
    client.days(20)?;
    let today = client.today()?;
    client.edit(ANNA, &started.trial, &typed("Later", Duration::Days60))?;
    let shipment = client.shipment(ANNA, &shipment_of(&started.trial, PHONES))?.shipment;
    same("start and end", (shipment.start, shipment.end), (today, started.plan.end))?;
    // Taking Devices out again gives them back that day.
    client.edit(ANNA, &started.trial, &draft("Later"))?;
    let shipment = client.shipment(ANNA, &shipment_of(&started.trial, PHONES))?.shipment;
    same("state and end", (shipment.state, shipment.end), (ShipmentState::Cancelled, today))
}
