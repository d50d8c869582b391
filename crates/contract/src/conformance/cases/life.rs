//! The life of a trial, day by day, by the settable clock (L).

use std::collections::BTreeSet;

use rules::clock::Day;
use rules::notice::{MailKind, Recipients};
use rules::people::CustomerRole;
use rules::service::{Duration, Service};
use rules::trial::Status;

use crate::conformance::cast::{ANNA, INGRID, MEHMET, SANNE, address, draft, lasting, with};
use crate::conformance::check::{Outcome, require, same, there};
use crate::conformance::{Case, Client, Failure, cases};
use crate::endpoints;
use crate::journal::{Rehearsal, Rehearse};
use crate::trials::TrialInventory;

pub(super) const CASES: &[Case] = cases![
    thirty_days_from_1_march_l1_l2_l3_l4_l5_l7,
    thirty_days_over_the_end_of_a_year_l1_l3,
    trials_that_end_on_29_february_l1_l3,
    a_jump_brings_the_same_as_single_days_l13,
    each_notice_goes_once_to_each_person_l8,
    who_becomes_an_administrator_after_the_first_notice_gets_the_second_alone_l13,
    the_status_follows_the_date_alone_l11,
    what_will_be_lost_is_counted_l9,
    a_rehearsal_tells_what_time_brings_and_changes_nothing_l14,
    the_journal_says_who_and_when_to_both_sides_l10,
    the_organisation_lives_on_with_what_it_owns_l3,
];

/// Goes forward to the next date of a month and day in a year that will do.
fn forward(client: &Client<'_>, month: u32, day: u32, will_do: impl Fn(i32) -> bool) -> Result<Day, Failure> {
    let today = client.today()?;
    let (year, ..) = today.ymd();
    let dates = (year..year + 9).filter(|year| will_do(*year)).filter_map(|year| Day::from_ymd(year, month, day));
    let next = there("such a date", dates.into_iter().find(|date| *date >= today))?;
    client.days(u32::try_from(today.days_until(next)).unwrap_or_default())?;
    Ok(next)
}

fn is_leap(year: i32) -> bool {
    Day::from_ymd(year, 2, 29).is_some()
}

/// A date as month and day.
fn date(day: Day) -> (u32, u32) {
    let (_, month, day) = day.ymd();
    (month, day)
}

/// Starts a trial with a user and lives through all of it: ends, first notice, closing,
/// and the release of its numbers.
fn live(client: &Client<'_>, company: &str, duration: Duration) -> Result<[(u32, u32); 4], Failure> {
    let typed = lasting(with(draft(company), &[Service::Messaging, Service::Calling], 5), duration);
    let started = client.start(ANNA, &typed)?;
    let first = client.first_administrator(ANNA, &started.customer)?;
    let user = format!("user@{}", address(company).split('@').next_back().unwrap_or_default());
    client.add_person(&first, &user, CustomerRole::User, &[Service::Messaging])?;
    client.days(duration.days() + 30 + 15)?;
    let told = client.told(ANNA, &started.trial)?;
    let on = |wanted| -> BTreeSet<(Day, Recipients)> {
        told.iter().filter(|(kind, ..)| *kind == wanted).map(|(_, to, on, _)| (*on, *to)).collect()
    };
    let (soon, ended, over) = (on(MailKind::EndsSoon), on(MailKind::Ended), on(MailKind::AccessOver));
    let both = |day| [(day, Recipients::CustomerAdministrators), (day, Recipients::PartnerAdministrators)].into();
    let end = started.plan.end;
    same("the mails of E-7", soon, both(end.minus(7)))?;
    same("the mails of E", ended, both(end))?;
    same("the mails to users", over, [(end.plus(30), Recipients::Users)].into())?;
    let deed = |name: &str| -> Result<Day, Failure> {
        let journal = client.journal(ANNA, &format!("trial={}&deed={name}", started.trial))?;
        same(&format!("how often it was {name}"), journal.len(), 1)?;
        Ok(Day::of(there(name, journal.first())?.at))
    };
    let (closed, released) = (deed("closed")?, deed("numbers-released")?);
    Ok([date(end), date(end.minus(7)), date(closed), date(released)])
}

fn thirty_days_from_1_march_l1_l2_l3_l4_l5_l7(client: &Client<'_>) -> Outcome {
    forward(client, 3, 1, |_| true)?;
    let dates = live(client, "March", Duration::Days30)?;
    same("end, notice, closing, numbers", dates, [(3, 31), (3, 24), (4, 30), (5, 15)])
}

fn thirty_days_over_the_end_of_a_year_l1_l3(client: &Client<'_>) -> Outcome {
    forward(client, 12, 2, |_| true)?;
    let dates = live(client, "New Year", Duration::Days30)?;
    same("end, notice, closing, numbers", dates, [(1, 1), (12, 25), (1, 31), (2, 15)])
}

fn trials_that_end_on_29_february_l1_l3(client: &Client<'_>) -> Outcome {
    forward(client, 12, 31, |year| is_leap(year + 1))?;
    let sixty = client.start(MEHMET, &lasting(draft("Sixty"), Duration::Days60))?;
    same("60 days from 31 December", date(sixty.plan.end), (2, 29))?;
    forward(client, 1, 30, is_leap)?;
    let dates = live(client, "Leap", Duration::Days30)?;
    same("end, notice, closing, numbers", dates, [(2, 29), (2, 22), (3, 30), (4, 14)])
}

/// All that was told and done, without the ids, which differ from run to run.
fn history(client: &Client<'_>) -> Result<Vec<String>, Failure> {
    let mails = client.mails(ANNA, "")?;
    let mails = mails.iter().map(|mail| {
        format!("{} {} {:?} {:?} {}", Day::of(mail.at), mail.kind.name(), mail.addresses, mail.state, mail.subject)
    });
    let journal = client.journal(ANNA, "")?;
    let journal = journal.iter().map(|line| format!("{} {} {}", Day::of(line.at), line.deed.name(), line.company));
    let totals: crate::customers::Totals = client.ask(&endpoints::CUSTOMERS_TOTALS, ANNA, "", &())?;
    let mut all: Vec<String> = mails.chain(journal).chain([format!("{totals:?}")]).collect();
    all.sort();
    Ok(all)
}

fn a_jump_brings_the_same_as_single_days_l13(client: &Client<'_>) -> Outcome {
    const DAYS: u32 = 40;
    client.days(DAYS)?;
    let jumped = history(client)?;
    client.reset()?;
    for _ in 0..DAYS {
        client.days(1)?;
    }
    let stepped = history(client)?;
    let odd = jumped.iter().find(|line| !stepped.contains(line));
    same("what the jump alone brought", odd, None)?;
    let odd = stepped.iter().find(|line| !jumped.contains(line));
    same("what the steps alone brought", odd, None)?;
    same("how much", jumped.len(), stepped.len())
}

fn each_notice_goes_once_to_each_person_l8(client: &Client<'_>) -> Outcome {
    for who in [ANNA, INGRID] {
        client.days(25)?;
        let mails = client.mails(who, "")?;
        let mut seen = BTreeSet::new();
        for mail in mails.iter().filter(|mail| mail.kind.is_notice()) {
            let key = (mail.trial.clone(), mail.kind, Day::of(mail.at), mail.addresses.clone());
            require(seen.insert(key), || format!("{:?} got {} twice", mail.addresses, mail.kind.name()))?;
        }
        require(!seen.is_empty(), || "there were no notices".to_owned())?;
    }
    Ok(())
}

fn who_becomes_an_administrator_after_the_first_notice_gets_the_second_alone_l13(client: &Client<'_>) -> Outcome {
    let started = client.start(ANNA, &draft("Latecomer"))?;
    let first = client.first_administrator(ANNA, &started.customer)?;
    client.days(24)?;
    client.add_person(&first, "late@latecomer.example", CustomerRole::Administrator, &[])?;
    client.days(6)?;
    let told = client.told(ANNA, &started.trial)?;
    let kinds: Vec<_> = told.iter().filter(|(.., to)| to == "late@latecomer.example").map(|(kind, ..)| *kind).collect();
    same("the latecomer's mails", kinds, vec![MailKind::Ended])
}

fn the_status_follows_the_date_alone_l11(client: &Client<'_>) -> Outcome {
    let started = client.start(ANNA, &draft("Status"))?;
    let rows = [
        (22, Status::Active, 8),
        (1, Status::ExpiringSoon, 7),
        (6, Status::ExpiringSoon, 1),
        (1, Status::Expired, 0),
        (29, Status::Expired, -29),
        (1, Status::Closed, -30),
    ];
    let mut age = 0;
    for (days, status, left) in rows {
        client.days(days)?;
        age += days;
        let row = client.row(ANNA, &started.customer)?;
        same(&format!("on day {age}"), row.status, status)?;
        let shown = row.services.first().and_then(|line| line.days_left);
        same(&format!("days left on day {age}"), shown, (status != Status::Closed).then_some(left))?;
        same("by the trial itself", client.trial(ANNA, &started.trial)?.status, status)?;
    }
    Ok(())
}

fn what_will_be_lost_is_counted_l9(client: &Client<'_>) -> Outcome {
    let mut typed = with(draft("Inventory"), &[Service::Messaging, Service::Calling], 12);
    typed.locations = "2".to_owned();
    typed.numbered_users = "7".to_owned();
    let started = client.start(ANNA, &typed)?;
    let first = client.first_administrator(ANNA, &started.customer)?;
    for number in 0..3 {
        let email = format!("user{number}@inventory.example");
        client.add_person(&first, &email, CustomerRole::User, &[Service::Messaging])?;
    }
    client.days(31)?;
    for who in [ANNA, first.as_str()] {
        let answer: TrialInventory = client.ask(&endpoints::INVENTORY, who, started.trial.as_str(), &())?;
        same("when", answer.closes, Some(started.plan.end.plus(30)))?;
        let lost = answer.inventory;
        same("services", lost.services, vec![Service::Messaging, Service::Calling])?;
        let counts = (lost.licences, lost.users, lost.phone_numbers, lost.administrators);
        same("licences, users, numbers, administrators", counts, (Some(12), 3, 11, 1))?;
        let closes = there("the day", answer.closes)?;
        client.sign_in(who)?;
        let path = endpoints::INVENTORY_CSV.with(started.trial.as_str());
        let reply = client.send(&client.raw("GET", &path, who, "", &[]))?;
        same("the kind of the download", reply.header("content-type"), "text/csv; charset=utf-8")?;
        let mut lines = reply.body.split("\r\n").skip(1).filter(|line| !line.is_empty());
        // Numbers are kept for 15 days more (L3).
        for (count, on) in [(12, closes), (12, closes), (3, closes), (11, closes.plus(15)), (1, closes)] {
            let line = there("a line", lines.next())?;
            require(line.ends_with(&format!(",{count},{on}")), || format!("{line} is not {count} on {on}"))?;
        }
        same("further lines", lines.next(), None)?;
    }
    let hub = client.hub(&first)?;
    require(hub.licences.iter().all(|line| line.expired), || "licences lack the tag Expired (L2)".to_owned())
}

fn a_rehearsal_tells_what_time_brings_and_changes_nothing_l14(client: &Client<'_>) -> Outcome {
    let started = client.start(ANNA, &draft("Rehearsal"))?;
    let rehearse = Rehearse { customers: vec![started.customer.clone()], days: 60 };
    let told: Rehearsal = client.ask(&endpoints::REHEARSALS, ANNA, "", &rehearse)?;
    let again: Rehearsal = client.ask(&endpoints::REHEARSALS, ANNA, "", &rehearse)?;
    same("the second one", &again, &told)?;
    same("mails so far", client.told(ANNA, &started.trial)?.len(), 1)?;
    client.days(60)?;
    let journal = client.journal(ANNA, &format!("trial={}", started.trial))?;
    let happened: Vec<_> = journal.iter().rev().map(|line| (Day::of(line.at), line.deed)).collect();
    let foreseen: Vec<_> = told.steps.iter().map(|step| (step.on, step.deed)).collect();
    let brought = &happened[happened.len().saturating_sub(foreseen.len())..];
    same("what time brought", brought.to_vec(), foreseen)?;
    // Who got what, by the ledger, and how the trial is shown now.
    let mut mailed = client.told(ANNA, &started.trial)?.split_off(1);
    let mails = told.steps.iter().flat_map(|step| step.mails.iter().map(move |mail| (step.on, mail)));
    let mut named: Vec<_> = mails
        .flat_map(|(on, mail)| mail.addresses.iter().map(move |to| (mail.kind, mail.group, on, to.clone())))
        .collect();
    mailed.sort();
    named.sort();
    same("who got what", mailed, named)?;
    let counted =
        told.steps.iter().flat_map(|step| &step.mails).all(|mail| mail.people as usize == mail.addresses.len());
    require(counted, || "people are counted otherwise than named".to_owned())?;
    let afterwards: Vec<_> = told.trials.iter().map(|trial| (trial.trial.clone(), trial.afterwards)).collect();
    let is = client.trial(ANNA, &started.trial)?.status;
    same("how the trial is shown", vec![(started.trial.clone(), is)], afterwards)?;
    require(told.trials[0].now != is, || "60 days change nothing".to_owned())?;
    let all: Rehearsal = client.ask(&endpoints::REHEARSALS, ANNA, "", &Rehearse { customers: vec![], days: 90 })?;
    require(!all.steps.is_empty(), || "nothing would happen to any customer".to_owned())?;
    require(all.steps.windows(2).all(|pair| pair[0].on <= pair[1].on), || "the earliest is not in front".to_owned())?;
    let strange = Rehearse { customers: vec![started.customer], days: 5 };
    let error = crate::conformance::check::error_of(client.ask(&endpoints::REHEARSALS, INGRID, "", &strange))?;
    same("another partner's customer", error, crate::error::ApiError::NotFound)
}

fn the_journal_says_who_and_when_to_both_sides_l10(client: &Client<'_>) -> Outcome {
    let request = client.open_request(SANNE)?;
    client.accept(SANNE, &request.id, true, &[Service::Messaging])?;
    client.finish_set_up(ANNA, &request.id)?;
    for who in [ANNA, SANNE] {
        let lines = client.journal(who, &format!("trial={}", request.id))?;
        let line = |name: &str| there(name, lines.iter().find(|line| line.deed.name() == name));
        let by = |name: &str| Ok::<_, Failure>(line(name)?.by.clone());
        let person = |name: &str| crate::journal::Actor::Person(name.to_owned());
        same("who accepted", by("accepted")?, person("Sanne Visser"))?;
        same("who set it up", by("set-up-finished")?, person("Anna de Vries"))?;
        same("who provisioned", by("provisioned")?, crate::journal::Actor::Backend)?;
        // Who acts for the customer stands there with both names (U1).
        let on_behalf = line("set-up-finished")?.on_behalf.clone();
        same("on whose behalf", on_behalf.as_deref(), Some("Rederij Storm"))?;
    }
    Ok(())
}

fn the_organisation_lives_on_with_what_it_owns_l3(client: &Client<'_>) -> Outcome {
    let started = client.start(ANNA, &with(draft("Lives on"), &[Service::Messaging, Service::Meetings], 9))?;
    let first = client.first_administrator(ANNA, &started.customer)?;
    let administrator = address("Lives on");
    client.convert(ANNA, &started.trial, "PO-9", &administrator, &administrator, &[Service::Messaging])?;
    let second = client.add(ANNA, &started.customer, &with(draft("Lives on"), &[Service::Calling], 5))?;
    client.days(60)?;
    same("the second one", client.trial(ANNA, &second.trial)?.status, Status::Closed)?;
    let hub = client.hub(&first)?;
    same("what it owns", hub.purchased.iter().map(|each| each.service).collect::<Vec<_>>(), vec![Service::Messaging])?;
    client.add(ANNA, &started.customer, &with(draft("Lives on"), &[Service::Meetings], 5)).map(drop)
}
