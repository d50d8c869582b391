use std::collections::BTreeMap;

use super::*;
use crate::ids::PersonId;
use crate::people::PartnerRole;
use crate::samples;

fn sales() -> BTreeMap<PersonId, String> {
    let person = samples::actor(PartnerRole::SalesAdministrator).person;
    BTreeMap::from([(person.id, person.name)])
}

fn matches(query: &Query, row: &CustomerRow) -> bool {
    query.matches(row, Reading { now: samples::now(), sales: &sales() })
}

fn ids(rows: &[CustomerRow], query: &Query) -> Vec<String> {
    let sales = sales();
    let found = select(rows, query, Reading { now: samples::now(), sales: &sales });
    found.iter().map(|(_, row)| row.id.to_string()).collect()
}

fn row(id: &str, phases: &[Phase]) -> CustomerRow {
    let organisation = samples::organisation(samples::shortest_draft());
    let row = CustomerRow::of(&organisation, &samples::partner().id, 0).expect("a row");
    let trial = row.trials[0].clone();
    let trials = phases.iter().map(|phase| RowTrial { phase: *phase, setting_up_until: None, ..trial.clone() });
    CustomerRow { id: id.into(), trials: trials.collect(), ..row }
}

fn running(left: u32) -> Phase {
    let today = Day::of(samples::now());
    Phase::Started { start: today, end: today.plus(left) }
}

fn expired() -> Phase {
    let end = Day::of(samples::now());
    Phase::Started { start: end.minus(30), end }
}

#[test]
fn a_row_shows_the_trial_that_needs_attention_first_q9() {
    let now = samples::now();
    let on = Day::of(now);
    assert_eq!(row("a", &[running(60), expired(), running(3)]).status(now), Status::Expired);
    assert_eq!(row("a", &[running(60), running(3)]).status(now), Status::ExpiringSoon);
    assert_eq!(row("a", &[Phase::Converted { on }, running(60)]).status(now), Status::Active);
    assert_eq!(row("a", &[]).status(now), Status::NoTrial);
    let owner = CustomerRow { purchased: vec![Service::Meetings], ..row("a", &[]) };
    assert_eq!(owner.status(now), Status::Subscription);
    assert!(Status::ALL.windows(2).all(|pair| pair[0] < pair[1]), "the order of attention is the order of the type");
}

#[test]
fn search_finds_name_address_domain_and_id_whatever_the_case_q2() {
    let row = row("org-42", &[running(60)]);
    for (search, found) in [
        ("van dijk", true),
        ("  LOGISTIEK ", true),
        ("it@vandijk", true),
        ("vandijk.example", true),
        ("ORG-42", true),
        ("trial-1", true),
        ("trial", false),
        ("", true),
        ("acme", false),
        ("%", false),
    ] {
        let query = Query { search: search.to_owned(), ..Query::default() };
        assert_eq!(matches(&query, &row), found, "{search:?}");
    }
}

#[test]
fn the_status_filter_shows_exactly_the_chosen_statuses_q3() {
    let rows = [row("a", &[running(60)]), row("b", &[expired()]), row("c", &[running(2)])];
    let ids =
        |statuses: &[Status]| ids(&rows, &Query { statuses: statuses.iter().copied().collect(), ..Query::default() });
    assert_eq!(ids(&[]), ["a", "b", "c"]);
    assert_eq!(ids(&[Status::Expired]), ["b"]);
    assert_eq!(ids(&[Status::Active, Status::ExpiringSoon]), ["a", "c"]);
    assert!(ids(&[Status::Closed]).is_empty());
}

#[test]
fn who_left_the_list_is_in_no_default_view_or_total_but_in_its_filter_q11() {
    let on = Day::of(samples::now());
    let left = row("gone", &[Phase::Declined { on }]);
    assert!(!matches(&Query::default(), &left));
    assert!(totals([&left], samples::now()).is_empty());
    let counts = super::left([&left], samples::now());
    assert_eq!(counts, BTreeMap::from([(left.status(samples::now()), 1)]), "its status shows it, and counts it then");
    let filter = Query { statuses: [Status::Declined].into(), ..Query::default() };
    assert!(matches(&filter, &left));
    let stays = row("stays", &[Phase::Cancelled { on, started: true }]);
    assert!(matches(&Query::default(), &stays));
}

#[test]
fn totals_count_customers_by_status_and_add_up_q4_q9() {
    let rows = [row("a", &[running(60), expired()]), row("b", &[expired()]), row("c", &[running(2)]), row("d", &[])];
    let totals = totals(&rows, samples::now());
    assert_eq!(totals, BTreeMap::from([(Status::Expired, 2), (Status::ExpiringSoon, 1), (Status::NoTrial, 1)]));
    assert_eq!(totals.values().sum::<u32>() as usize, ids(&rows, &Query::default()).len());
}

#[test]
fn what_changed_last_comes_first() {
    let older = row("a", &[running(60)]);
    let newer =
        CustomerRow { last_change: older.last_change + chrono::TimeDelta::hours(1), ..row("b", &[running(60)]) };
    let ids = ids(&[older, newer], &Query::default());
    assert_eq!(ids, ["b", "a"]);
}

#[test]
fn the_filters_show_what_they_name_q3_q12() {
    let today = Day::of(samples::now());
    let pending = |left| Phase::Pending { answer_by: today.plus(left) };
    let mut interested = row("interested", &[running(60)]);
    interested.trials[0].interested = true;
    let mut interested_before = row("closed", &[Phase::Started { start: today.minus(90), end: today.minus(60) }]);
    interested_before.trials[0].interested = true;
    let mut due = row("due", &[running(60)]);
    due.trials[0].return_due = Some(today);
    let mut overdue = row("overdue", &[Phase::Converted { on: today }]);
    overdue.trials[0].return_due = Some(today.minus(1));
    let failed = CustomerRow { failed_mails: 2, ..row("failed", &[running(60)]) };
    let nobody = CustomerRow { assignment: Assignment::default(), ..row("nobody", &[running(60)]) };
    let former = Assignment { in_charge: Some("former".into()), assigned: Vec::new() };
    let former = CustomerRow { assignment: former, ..row("former", &[running(60)]) };
    let rows = [
        row("seven", &[running(7)]),
        row("eight", &[running(8)]),
        row("grace", &[expired()]),
        row("answer-7", &[pending(7)]),
        row("answer-8", &[pending(8)]),
        row("answer-0", &[pending(0)]),
        interested,
        interested_before,
        due,
        overdue,
        failed,
        nobody,
        former,
    ];
    let found = |query: Query| {
        let mut found = ids(&rows, &query);
        found.sort();
        found
    };
    use Attention::*;
    assert_eq!(found(EndsSoon.query()), ["seven"]);
    assert_eq!(found(InGrace.query()), ["grace"]);
    assert_eq!(found(Interested.query()), ["interested"], "the flag goes when the trial is over (C1)");
    assert_eq!(found(AnswerSoon.query()), ["answer-0", "answer-7"]);
    assert_eq!(found(OverdueDevices.query()), ["overdue"]);
    assert_eq!(found(Query { devices_due: Some(DevicesDue::Due), ..Query::default() }), ["due", "overdue"]);
    assert_eq!(found(FailedMails.query()), ["failed"]);
    assert_eq!(found(Unassigned.query()), ["former", "nobody"], "who lost the role is in charge of nothing (P9)");
    let mine =
        Query { in_charge: Some(InCharge::Person(sales().into_keys().next().expect("one"))), ..Query::default() };
    assert_eq!(found(mine).len(), rows.len() - 2);
    assert_eq!(found(Query { ends_within: Some(8), ..Query::default() }), ["eight", "seven"]);
    assert_eq!(found(Query { services: [Service::Calling].into(), ..Query::default() }), [""; 0]);
    assert_eq!(Attention::ALL[..2], [Unassigned, OverdueDevices], "they head the worklist (P9, D8)");
}

#[test]
fn an_exact_number_of_devices_names_the_record_and_a_part_of_it_does_not_q2() {
    let mut row = row("a", &[running(60)]);
    row.trials[0].numbers = vec!["FOC1234".to_owned(), "DEMO-9".to_owned()];
    for (search, found) in [("foc1234", true), ("FOC123", false), (" demo-9 ", true), ("demo", false)] {
        let query = Query { search: search.to_owned(), ..Query::default() };
        assert_eq!(matches(&query, &row), found, "{search:?}");
    }
}

#[test]
fn rows_are_sorted_by_any_column_and_turned_round_with_the_id_between_equals_q3() {
    let first = CustomerRow { company: "beta".to_owned(), ..row("a", &[running(20)]) };
    let second = CustomerRow { company: "Alpha".to_owned(), ..row("b", &[expired()]) };
    let third = CustomerRow { company: "alpha".to_owned(), region: Region::Us, ..row("c", &[]) };
    let rows = [first, second, third];
    let sorted = |sort, reversed| ids(&rows, &Query { sort, reversed, ..Query::default() }).concat();
    for (column, forth) in [
        (Column::Company, "bca"),
        (Column::Status, "bac"),
        (Column::Ends, "bac"),
        (Column::Licences, "abc"),
        (Column::Region, "abc"),
        (Column::LastChange, "abc"),
    ] {
        let back: String = forth.chars().rev().collect();
        assert_eq!((sorted(column, false), sorted(column, true)), (forth.to_owned(), back), "{column:?}");
    }
}

#[test]
fn a_pending_row_has_the_organisations_own_name_and_nothing_else_of_it_until_there_is_access_x2_q11_p8() {
    use crate::samples::Story;
    let mut draft = samples::customer_draft(&[Service::Messaging]);
    (draft.company_name, draft.administrator_email) = ("As typed".to_owned(), "user@example.com".to_owned());
    let mut story = Story::asked(draft);
    story.organisation.purchased.push(crate::organisation::Purchase {
        service: Service::Calling,
        licences: None,
        since: story.today(),
        trial: None,
    });
    let of = |story: &Story| CustomerRow::of(&story.organisation, &samples::partner().id, 0).expect("a row");
    let pending = of(&story);
    assert_eq!(
        (pending.company.as_str(), pending.administrator_email.as_str()),
        ("Example Holding", "user@example.com")
    );
    assert_eq!((pending.known, pending.purchased.len()), (false, 0));
    let by_region = Query { regions: [pending.region].into(), ..Query::default() };
    assert!(!matches(&by_region, &pending), "its region is not known yet");
    assert!(CustomerRow::of(&story.organisation, &samples::competitor().id, 0).is_none());

    let mut over = story.clone();
    over.days(31);
    let left = of(&over);
    assert_eq!((left.company.as_str(), left.administrator_email.as_str()), ("As typed", "user@example.com"));
    assert!(left.left_the_list() && !left.known);

    story.does_with(&story.person("full-1"), "asked", samples::accepted(&[Service::Messaging], false));
    let known = of(&story);
    assert_eq!((known.company.as_str(), known.administrator_email.as_str()), ("Example Holding", "admin@example.com"));
    assert_eq!((known.known, known.purchased.as_slice()), (true, &[Service::Calling][..]));
    assert!(matches(&by_region, &known));
}

#[test]
fn what_others_do_there_moves_no_row_of_a_partner_that_only_asks_q11_p8() {
    use crate::samples::Story;
    let mut story = Story::asked(samples::customer_draft(&[Service::Messaging]));
    let of = |story: &Story| CustomerRow::of(&story.organisation, &samples::partner().id, 0).expect("a row");
    let sent = story.now;
    assert_eq!(of(&story).last_change, sent);
    story.days(3);
    let sister = samples::actor_of(&samples::competitor(), PartnerRole::SalesFullAdministrator);
    story.does(&sister, samples::ask(samples::customer_draft(&[Service::Calling]), "theirs"));
    assert_eq!(of(&story).last_change, sent, "that another partner asks is nothing that it learns");

    story.days(1);
    story.does_with(&story.person("full-1"), "asked", samples::accepted(&[Service::Messaging], false));
    assert_eq!(of(&story).last_change, story.now);
    story.minutes(1);
    let removed = story.now;
    story.does(&story.person("full-1"), crate::act::Act::RemovePartner(samples::partner().id));
    story.days(1);
    story.does_with(&story.person("full-1"), "theirs", samples::accepted(&[Service::Calling], false));
    assert_eq!(of(&story).last_change, removed, "nor what happens after its access ended (X17)");
}

#[test]
fn a_row_holds_the_partners_own_trials_alone_p8() {
    let mut organisation = samples::organisation(samples::shortest_draft());
    let mut other = organisation.trials[0].clone();
    (other.id, other.partner) = ("theirs".into(), samples::competitor().id);
    organisation.trials.push(other);
    let row = CustomerRow::of(&organisation, &samples::partner().id, 0).expect("a row");
    assert_eq!(row.trials.iter().map(|trial| trial.id.as_str()).collect::<Vec<_>>(), ["trial-1"]);
}

#[test]
fn a_row_has_what_the_columns_show_q1() {
    let mut organisation = samples::organisation(samples::full_draft());
    let serials = vec!["S1".to_owned()];
    let shipment = &mut organisation.trials[0].shipments[0];
    (shipment.state, shipment.serials) = (crate::device::ShipmentState::Sent, serials.clone());
    let row = CustomerRow::of(&organisation, &samples::partner().id, 3).expect("a row");
    let trial = &row.trials[0];
    assert_eq!((trial.services.as_slice(), trial.licences), (&Service::ALL[..], Some(200)));
    assert_eq!((trial.return_due, &trial.numbers), (Some(samples::day(2026, 5, 14)), &serials));
    assert_eq!((row.company.as_str(), row.administrator_email.as_str()), ("Van Dijk Logistiek", "it@vandijk.example"));
    assert_eq!((row.region, row.failed_mails, row.last_change), (organisation.region, 3, samples::now()));
    assert_eq!(row.status(samples::now()), Status::SettingUp);
    let later = samples::now() + chrono::TimeDelta::hours(24);
    assert_eq!(row.status(later), Status::Active, "a row need not be written again when a day passes");
}

#[test]
fn a_row_shows_each_service_once_with_the_days_left_of_its_own_trial_q1_q11() {
    use Service::{Calling, Devices, Meetings, Messaging};
    let now = samples::now();
    let today = Day::of(now);
    let with = |phases: &[(Phase, &[Service])], purchased: &[Service]| {
        let phases_of: Vec<Phase> = phases.iter().map(|(phase, _)| *phase).collect();
        let mut row = row("a", &phases_of);
        for (trial, (_, services)) in row.trials.iter_mut().zip(phases) {
            trial.services = services.to_vec();
        }
        CustomerRow { purchased: purchased.to_vec(), ..row }
    };
    let shown = |row: &CustomerRow| row.services(now);
    let two = with(&[(running(15), &[Messaging, Meetings]), (running(3), &[Calling])], &[Devices]);
    assert_eq!(
        shown(&two),
        [(Calling, Some(3)), (Messaging, Some(15)), (Meetings, Some(15)), (Devices, None)],
        "first of the trial that needs attention first, then of the others, then what is owned"
    );
    let grace = Phase::Started { start: today.minus(42), end: today.minus(12) };
    let again = with(&[(running(20), &[Calling]), (grace, &[Calling, Messaging])], &[Messaging]);
    assert_eq!(shown(&again), [(Calling, Some(-12)), (Messaging, Some(-12))], "each once");
    let awaiting = Phase::Awaiting { since: today };
    let pending = Phase::Pending { answer_by: today.plus(9) };
    let over = [
        Phase::Converted { on: today },
        Phase::Started { start: today.minus(90), end: today.minus(60) },
        Phase::Cancelled { on: today, started: true },
        Phase::Declined { on: today },
        Phase::Lapsed { on: today },
    ];
    for phase in over {
        let row = with(&[(phase, &[Messaging]), (awaiting, &[Calling])], &[]);
        assert_eq!(shown(&row), [(Calling, None)], "{phase:?} holds nothing any more");
        let alone = with(&[(phase, &[Messaging])], &[Calling]);
        assert_eq!(shown(&alone), [(Messaging, None), (Calling, None)], "{phase:?} is all that there is");
    }
    let asked = with(&[(running(20), &[Messaging]), (pending, &[Calling])], &[Meetings]);
    assert_eq!((asked.status(now), shown(&asked)), (Status::TrialPending, vec![(Calling, None)]));
    assert_eq!(shown(&with(&[], &[Meetings])), [(Meetings, None)]);
    assert_eq!(shown(&with(&[], &[])), []);
}

#[test]
fn a_row_is_found_and_sorted_by_the_services_that_it_shows_q3() {
    let mut own = row("own", &[running(20), running(3)]);
    own.trials[1].services = vec![Service::Calling];
    own.trials[0].services = vec![Service::Messaging];
    let mut before = row("before", &[Phase::Converted { on: Day::of(samples::now()) }, running(20)]);
    before.trials[0].services = vec![Service::Calling];
    before.trials[1].services = vec![Service::Meetings];
    let owner = CustomerRow { purchased: vec![Service::Calling], ..row("owner", &[]) };
    let query = Query { sort: Column::Services, services: [Service::Calling].into(), ..Query::default() };
    assert_eq!(ids(&[own, before, owner], &query), ["owner", "own"]);
}

#[test]
fn a_customer_leaves_the_list_only_when_every_trial_did_and_nothing_is_owned_q11() {
    let on = Day::of(samples::now());
    let left = [Phase::Declined { on }, Phase::Lapsed { on }, Phase::Cancelled { on, started: false }];
    assert!(row("a", &left).left_the_list());
    assert!(!row("a", &[left[0], running(3)]).left_the_list());
    assert!(!row("a", &[left[2], Phase::Cancelled { on, started: true }]).left_the_list());
    assert!(!row("a", &[]).left_the_list());
    assert!(!CustomerRow { purchased: vec![Service::Calling], ..row("a", &left) }.left_the_list());
}

#[test]
fn a_row_says_that_the_customer_is_interested_until_that_is_answered_c1_q3() {
    let mut story = samples::Story::running(samples::customer_draft(&[Service::Messaging]), false);
    let interested = |story: &samples::Story| RowTrial::of(story.trial("asked")).interested;
    assert!(!interested(&story));
    story.does_with(&story.person("full-1"), "asked", crate::act::TrialAct::SayInterested);
    assert!(interested(&story));
    let sales = samples::actor(PartnerRole::SalesAdministrator);
    story.does_with(&sales, "asked", crate::act::TrialAct::AnswerInterest);
    assert!(!interested(&story));
}

/// Rows that differ in every column, the last two in none but the id.
fn different() -> [CustomerRow; 5] {
    let today = Day::of(samples::now());
    let pending = row("pending", &[Phase::Pending { answer_by: today.plus(9) }]);
    let pending = CustomerRow { known: false, administrator_email: "aa@typed.example".to_owned(), ..pending };
    let american = CustomerRow { region: Region::Us, ..row("american", &[running(20)]) };
    let nobody = CustomerRow { assignment: Assignment::default(), ..row("nobody", &[expired()]) };
    [pending, american, nobody, row("same", &[running(60)]), row("twin", &[running(60)])]
}

#[test]
fn a_row_comes_last_where_it_shows_nothing_of_the_column_q3_q11() {
    let rows = different();
    for (column, last) in [
        (Column::Region, &["pending"][..]),
        (Column::Administrator, &["pending"]),
        (Column::InCharge, &["nobody", "pending"]),
        (Column::DaysLeft, &["pending"]),
    ] {
        let sorted = ids(&rows, &Query { sort: column, ..Query::default() });
        assert_eq!(&sorted[rows.len() - last.len()..], last, "{column:?}");
    }
    let by_region = ids(&rows, &Query { sort: Column::Region, ..Query::default() });
    assert_eq!(by_region, ["nobody", "same", "twin", "american", "pending"], "by its name");
}

#[test]
fn what_stands_after_a_row_is_what_the_list_shows_after_it_q3_q7() {
    let (rows, sales) = (different(), sales());
    let reading = Reading { now: samples::now(), sales: &sales };
    for (sort, reversed) in Column::ALL.into_iter().flat_map(|column| [(column, false), (column, true)]) {
        let query = Query { sort, reversed, ..Query::default() };
        let list = select(&rows, &query, reading);
        for (at, (key, place)) in list.iter().enumerate() {
            let after = list.iter().filter(|(other, row)| query.is_after((other, &row.id), (key, &place.id)));
            let after: Vec<&OrganisationId> = after.map(|(_, row)| &row.id).collect();
            let expected: Vec<&OrganisationId> = list[at + 1..].iter().map(|(_, row)| &row.id).collect();
            assert_eq!(after, expected, "{sort:?} {reversed} after {}", place.id);
        }
    }
}

/// What the list finds, counts and sorts of a row, but for the days that are left.
fn indexed(row: &CustomerRow, now: Instant) -> (Status, Vec<Service>, bool, Vec<SortKey>, [bool; 2]) {
    let sales = sales();
    let reading = Reading { now, sales: &sales };
    let keys = Column::ALL.map(|sort| Query { sort, ..Query::default() }.key(row, reading));
    let services = row.services(now).into_iter().map(|(service, _)| service).collect();
    let statuses = Status::ALL.into();
    let filters = [
        Query { interested: true, statuses, ..Query::default() },
        Query { ends_within: Some(u32::MAX), statuses: Status::ALL.into(), ..Query::default() },
    ];
    (row.status(now), services, row.left_the_list(), keys.into(), filters.map(|query| query.matches(row, reading)))
}

#[test]
fn between_two_turns_a_row_stays_as_it_is_in_the_list_l1_l11_q1() {
    let day = samples::day;
    let start = day(2026, 3, 1);
    let started = |end| Phase::Started { start, end };
    let phases = [
        started(day(2026, 3, 31)),
        started(day(2026, 3, 4)),
        Phase::Pending { answer_by: day(2026, 3, 15) },
        Phase::Awaiting { since: start },
        Phase::Converted { on: start },
        Phase::Cancelled { on: start, started: true },
        Phase::Lapsed { on: start },
    ];
    for first in phases {
        for second in phases {
            let mut row = row("a", &[first, second]);
            row.trials[0].setting_up_until = Some(start.begin() + chrono::TimeDelta::minutes(1_931));
            row.trials[1].services = vec![Service::Calling];
            row.trials[1].interested = true;
            let turns = row.turns();
            let mut before = None;
            let mut passed = 0;
            for hours in 0..24 * 75 {
                let now = start.begin() + chrono::TimeDelta::hours(hours) + chrono::TimeDelta::minutes(11);
                let count = turns.iter().filter(|turn| **turn <= now).count();
                let found = indexed(&row, now);
                if let Some(before) = before.filter(|_| count == passed) {
                    assert_eq!(found, before, "{first:?} {second:?} {now}");
                }
                (before, passed) = (Some(found), count);
            }
            assert!(turns.windows(2).all(|pair| pair[0] < pair[1]));
        }
    }
}
