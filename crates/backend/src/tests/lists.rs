//! The customers list: filters, sort, paging, worklist, and its download (Q1 to Q5, Q12).

use std::collections::{BTreeMap, BTreeSet};

use contract::customers::{CustomerDetail, CustomerLine, CustomersPage, ServiceLine, TrialDetail};
use contract::endpoints::{self, encode};
use rules::clock::{Day, days_left};
use rules::customers::{Attention, Column, CustomerRow, DevicesDue, InCharge, Query};
use rules::ids::OrganisationId;
use rules::people::Language;
use rules::region::Region;
use rules::service::Service;
use rules::trial::{Phase, Status};

use super::cast::{everything, sent};
use super::{ANNA, LENA, MEHMET, SANNE, World};
use crate::records::CUSTOMERS;
use crate::store::{Commit, Store};

fn page(world: &World, query: &str) -> CustomersPage {
    world.ask(endpoints::CUSTOMERS, ANNA, &format!("?{query}"), &()).expect("a list")
}

/// Every row of a list, page after page.
fn rows(world: &World, query: &str) -> Vec<CustomerLine> {
    let mut rows = Vec::new();
    let mut cursor = String::new();
    loop {
        let page = page(world, &format!("{query}{cursor}"));
        rows.extend(page.rows);
        match page.next {
            Some(next) => cursor = format!("&cursor={}", encode(&next)),
            None => {
                assert_eq!(rows.len(), page.found as usize, "{query}");
                return rows;
            }
        }
    }
}

fn ids(rows: &[CustomerLine]) -> BTreeSet<String> {
    rows.iter().map(|row| row.id.0.clone()).collect()
}

/// Every status, so that nothing is left out of the list.
fn all() -> String {
    format!("status={}", Status::ALL.map(Status::name).join(","))
}

/// A world whose customers want everything that can be wanted.
fn wanting() -> World {
    let world = World::new();
    let started = everything(&world);
    sent(&world, started.trial.as_str());
    super::cast::storm_runs(&world, true);
    super::cast::act(&world, SANNE, super::cast::STORM_REQUEST, contract::trials::TrialAct::SayInterested)
        .expect("a preview")
        .done(&world);
    "no route".clone_into(&mut world.clock.post.lock().expect("no panic"));
    world.play();
    world
}

#[test]
fn every_filter_finds_exactly_what_the_customers_pages_say_q3() {
    let world = wanting();
    let details: Vec<CustomerDetail> = rows(&world, &all())
        .iter()
        .map(|row| world.ask(endpoints::CUSTOMER, ANNA, row.id.as_str(), &()).expect("its page"))
        .collect();
    let today = Day::of(world.now());
    let check = |query: String, test: &dyn Fn(&CustomerDetail) -> bool| {
        let expected: BTreeSet<String> =
            details.iter().filter(|each| test(each)).map(|each| each.id.0.clone()).collect();
        let found = rows(&world, &format!("{}&{query}", all()));
        assert_eq!(ids(&found), expected, "{query}");
        expected.len()
    };
    for status in Status::ALL {
        let found = rows(&world, &format!("status={}", status.name()));
        let expected = details.iter().filter(|each| each.status == status).map(|each| each.id.0.clone()).collect();
        assert_eq!(ids(&found), expected, "{status:?}");
    }
    // The page begins with the trial that needs attention first (Q9).
    let has = |each: &CustomerDetail, service: Service| {
        let leads = each.trials.first().is_some_and(|trial| trial.trial.offer.has(service));
        let holds = |trial: &TrialDetail| trial.trial.state(today).holds() && trial.trial.offer.has(service);
        let pending = each.status == Status::TrialPending;
        leads || (!pending && (each.purchased.contains(&service) || each.trials.iter().any(holds)))
    };
    for service in Service::ALL {
        check(format!("service={}", service.name()), &|each| has(each, service));
    }
    check("service=meetings,calling".to_owned(), &|each| has(each, Service::Meetings) || has(each, Service::Calling));
    for days in [0, 1, 7, 30, 90] {
        check(format!("ends_within={days}"), &|each| {
            let ends = each.trials.iter().filter_map(|trial| trial.trial.end());
            ends.map(|end| days_left(today, end)).any(|left| (1..=i64::from(days)).contains(&left))
        });
        check(format!("answer_within={days}"), &|each| {
            each.trials.iter().any(|trial| match trial.trial.phase {
                Phase::Pending { answer_by } => (0..=i64::from(days)).contains(&days_left(today, answer_by)),
                _ => false,
            })
        });
    }
    for region in Region::ALL {
        check(format!("region={}", region.name()), &|each| {
            each.organisation.as_ref().is_some_and(|known| known.region == region)
        });
    }
    for person in [ANNA, MEHMET] {
        let found = check(format!("in_charge={person}"), &|each| {
            each.in_charge.as_ref().is_some_and(|in_charge| in_charge.id.as_str() == person)
        });
        assert!(found > 10, "{person}");
    }
    check("in_charge=nobody".to_owned(), &|each| each.in_charge.is_none());
    assert_eq!(check("in_charge=lena-krause".to_owned(), &|_| false), 0);
    let out = |each: &CustomerDetail| {
        each.trials.iter().any(|trial| trial.trial.shipments.iter().any(|shipment| shipment.state.is_out()))
    };
    assert_eq!(check("devices_due=due".to_owned(), &out), 1);
    assert_eq!(check("interested=true".to_owned(), &|each| each.id.as_str() == super::cast::STORM), 1);
    let failed = rows(&world, "failed_mails=true");
    assert!(ids(&failed).contains(super::cast::STORM));
    for nonsense in
        ["service=faxes", "region=moon", "devices_due=never", "interested=perhaps", "ends_within=-1", "sort=-"]
    {
        let reply = world.send("GET", &format!("{}?{nonsense}", endpoints::CUSTOMERS.path), ANNA, "", &[]);
        assert_eq!(reply.status, 400, "{nonsense}");
    }
    world.wait_days(75);
    world.play();
    assert_eq!(rows(&world, "devices_due=overdue").len(), 1);
}

/// A query of the rules as it stands in the address.
fn address(query: &Query) -> String {
    let mut parts = Vec::new();
    let mut add = |name: &str, value: String| parts.push(format!("{name}={value}"));
    if !query.statuses.is_empty() {
        add("status", query.statuses.iter().map(|status| status.name()).collect::<Vec<_>>().join(","));
    }
    if let Some(days) = query.ends_within {
        add("ends_within", days.to_string());
    }
    if let Some(days) = query.answer_within {
        add("answer_within", days.to_string());
    }
    match &query.in_charge {
        Some(InCharge::Nobody) => add("in_charge", "nobody".to_owned()),
        Some(InCharge::Person(person)) => add("in_charge", person.to_string()),
        None => {}
    }
    if let Some(due) = query.devices_due {
        add("devices_due", DevicesDue::name(due).to_owned());
    }
    if query.interested {
        add("interested", "true".to_owned());
    }
    if query.failed_mails {
        add("failed_mails", "true".to_owned());
    }
    parts.join("&")
}

#[test]
fn each_count_of_the_worklist_is_what_its_filter_finds_q12() {
    let world = wanting();
    for days in [0, 20, 80] {
        world.wait_days(days);
        for person in [ANNA, MEHMET, LENA] {
            let worklist = world.ask(endpoints::ATTENTION, person, "", &()).expect("a worklist");
            assert_eq!(worklist.counts.iter().map(|(each, _)| *each).collect::<Vec<_>>(), Attention::ALL);
            for (each, count) in worklist.counts {
                let query = format!("?{}", address(&each.query()));
                let found = world.ask(endpoints::CUSTOMERS, person, &query, &()).expect("a list").found;
                assert_eq!(found, count, "{each:?} of {person} after {days} days");
            }
        }
    }
}

/// Some rows more than two pages hold, with values of all kinds, some of them alike.
fn many(world: &World) {
    let line = page(world, "").rows.remove(0);
    let key = format!("noordzee-telecom/{}", line.id);
    let found = futures_executor::block_on(CUSTOMERS.get(world.memory.as_ref(), &key));
    let sample = found.expect("no fault").expect("a row").value;
    let mut commit = Commit::default();
    for number in 0..230_u32 {
        let mut row = CustomerRow { id: OrganisationId(format!("many-{number:04}")), ..sample.clone() };
        row.company = format!("Company {}", number % 50);
        row.administrator_email = format!("{}@many.example", number % 7);
        row.last_change = sample.last_change - chrono::TimeDelta::seconds(i64::from(number % 9));
        row.assignment.in_charge = [Some(ANNA.into()), Some(MEHMET.into()), None][number as usize % 3].clone();
        row.trials.truncate((number as usize + 1) % 2);
        for trial in &mut row.trials {
            trial.licences = (number % 4 > 0).then_some(number % 4);
            if let Phase::Started { start, end } = trial.phase {
                trial.phase = Phase::Started { start, end: end.plus(number % 11) };
            }
        }
        commit.put(&CUSTOMERS, format!("noordzee-telecom/{}", row.id), &row);
    }
    futures_executor::block_on(world.memory.commit(commit)).expect("no fault");
}

/// What a row shows in a column, so that rows can be compared by it; what it does not
/// show comes last.
fn shown(row: &CustomerLine, column: Column, today: Day) -> (bool, i64, String) {
    let text = |text: Option<String>| (text.is_none(), 0, text.unwrap_or_default().to_lowercase());
    let number = |number: Option<i64>| (number.is_none(), number.unwrap_or_default(), String::new());
    let epoch = Day::of(rules::clock::Instant::default());
    match column {
        Column::Company => text(Some(row.company.clone())),
        Column::Status => number(Some(row.status as i64)),
        Column::Services => {
            let names: Vec<&str> = row.services.iter().map(|line| line.service.name()).collect();
            text(Some(names.join(" ")))
        }
        Column::Life => number(row.phase.and_then(|phase| match phase {
            Phase::Started { start, .. } => Some(epoch.days_until(start)),
            _ => None,
        })),
        Column::Ends => number(row.phase.and_then(|phase| phase.last_day()).map(|day| epoch.days_until(day))),
        Column::DaysLeft => number(row.phase.and_then(|phase| phase.days_left(today))),
        Column::Licences => number(row.licences.map(i64::from)),
        Column::Region => text(row.region.map(|region| region.name().to_owned())),
        Column::Administrator => text(row.administrator_email.clone()),
        Column::InCharge => text(row.in_charge.as_ref().map(|person| person.name.clone())),
        Column::LastChange => number(Some(-row.last_change.timestamp_micros())),
    }
}

#[test]
fn rows_are_sorted_by_what_they_show_both_ways_and_over_all_pages_q3() {
    let world = World::new();
    many(&world);
    let default = rows(&world, "");
    let today = page(&world, "").today;
    assert!(default.len() > 250);
    for column in Column::ALL {
        let forth = rows(&world, &format!("sort={}", column.name()));
        let keys: Vec<_> = forth.iter().map(|row| (shown(row, column, today), row.id.clone())).collect();
        assert_eq!(ids(&forth), ids(&default), "{column:?}");
        for pair in keys.windows(2) {
            assert!(pair[0] < pair[1], "{column:?}: {:?} before {:?}", pair[0], pair[1]);
        }
        let mut back = rows(&world, &format!("sort=-{}", column.name()));
        back.reverse();
        assert_eq!(back, forth, "{column:?} turned round");
    }
    assert_eq!(default, rows(&world, "sort=last-change"), "the default");
}

#[test]
fn a_place_in_the_list_stays_what_it_is_when_the_day_turns_q3() {
    let world = World::new();
    many(&world);
    for column in [Column::Ends, Column::Company] {
        let first = page(&world, &format!("sort={}", column.name()));
        let rest = |world: &World| {
            let cursor = encode(first.next.as_ref().expect("more"));
            page(world, &format!("sort={}&cursor={cursor}", column.name()))
        };
        let before = rest(&world);
        let midnight = world.forked(world.memory.everything(), |memory| memory);
        midnight.wait_seconds(15 * 3600);
        assert_eq!(ids(&rest(&midnight).rows), ids(&before.rows), "{column:?}");
    }
}

fn csv(world: &World, person: &str, query: &str) -> Vec<Vec<String>> {
    let reply = world.send("GET", &format!("{}?{query}", endpoints::CUSTOMERS_CSV.path), person, "", &[]);
    assert_eq!((reply.status, reply.header("content-type")), (200, "text/csv; charset=utf-8"), "{}", reply.body);
    let text = reply.body.strip_prefix('\u{feff}').expect("the mark by which spreadsheets know UTF-8");
    assert!(text.ends_with("\r\n"));
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(text.as_bytes());
    reader.records().map(|record| record.expect("a record").iter().map(str::to_owned).collect()).collect()
}

/// A row of the list as the download writes it.
fn cells(row: &CustomerLine, language: Language, today: Day) -> BTreeMap<&'static str, String> {
    use words::label;
    let day = row.phase.and_then(|phase| phase.last_day()).map(|day| day.to_string());
    let days_left = row.phase.and_then(|phase| phase.days_left(today));
    let differ = row.services.iter().any(|line| line.days_left != row.services[0].days_left);
    let service = |line: &ServiceLine| match (label::service(language, line.service), line.days_left) {
        (name, Some(days)) if differ => {
            // In grace the same number as in the column of its life, and none that is nought (L1).
            let left = match days > 0 {
                true => words::customers::days_left_value(language, days),
                false => words::customers::grace_left(language, days + 30),
            };
            format!("{name} ({left})")
        }
        (name, _) => name.to_owned(),
    };
    BTreeMap::from([
        ("company", row.company.clone()),
        ("status", label::status(language, row.status).to_owned()),
        ("services", row.services.iter().map(service).collect::<Vec<_>>().join(", ")),
        ("life", label::trial_life(language, row.phase, today)),
        ("ends", day.unwrap_or_default()),
        ("days-left", days_left.text_or_empty(|days| days.to_string())),
        ("licences", row.licences.text_or_empty(|licences| licences.to_string())),
        ("region", row.region.text_or_empty(|region| label::region(language, region).to_owned())),
        ("administrator", row.administrator_email.clone().unwrap_or_default()),
        ("in-charge", row.in_charge.as_ref().text_or_empty(|person| person.name.clone())),
        ("last-change", row.last_change.to_rfc3339_opts(chrono::SecondsFormat::Secs, true)),
    ])
}

/// `map_or` with the empty text.
trait OrEmpty<T> {
    fn text_or_empty(self, text: impl FnOnce(T) -> String) -> String;
}

impl<T> OrEmpty<T> for Option<T> {
    fn text_or_empty(self, text: impl FnOnce(T) -> String) -> String {
        self.map_or_else(String::new, text)
    }
}

#[test]
fn the_download_is_exactly_the_list_all_pages_columns_and_order_q5() {
    let world = World::new();
    many(&world);
    let every: Vec<&str> = Column::ALL.map(Column::name).into();
    let rows_of = [
        ("".to_owned(), every.clone()),
        (all(), vec!["company"]),
        ("sort=-ends".to_owned(), vec!["ends", "company", "days-left"]),
        ("status=expired&sort=company".to_owned(), vec!["last-change", "status"]),
        ("q=zee&sort=in-charge".to_owned(), vec!["in-charge", "region", "licences", "services", "administrator"]),
        ("q=nobody-is-called-this".to_owned(), every),
    ];
    for (query, columns) in rows_of {
        for language in Language::ALL {
            let named = if columns.len() == Column::ALL.len() { String::new() } else { columns.join(",") };
            let table = csv(&world, ANNA, &format!("{query}&columns={named}&language={}", language.tag()));
            let listed = rows(&world, &query);
            let today = page(&world, &query).today;
            assert_eq!(table[0].len(), columns.len(), "{query}");
            assert_eq!(table.len(), listed.len() + 1, "{query}");
            for (cells_of, row) in table[1..].iter().zip(&listed) {
                let expected: Vec<String> =
                    columns.iter().map(|column| cells(row, language, today)[column].clone()).collect();
                assert_eq!(cells_of, &expected, "{query}");
            }
        }
    }
    let own = csv(&world, MEHMET, "");
    let seen = world.ask(endpoints::CUSTOMERS, MEHMET, "", &()).expect("a list").found;
    assert_eq!(own.len(), seen as usize + 1, "nobody downloads what they do not see (P2)");
    let heads = |language: &str| csv(&world, ANNA, &format!("q=none-of-that&language={language}")).remove(0);
    assert_ne!(heads("en"), heads("nl"));
    let reply = world.send("GET", "/api/v1/customers.csv?columns=company,nonsense", ANNA, "", &[]);
    assert_eq!(reply.status, 400);
}

#[test]
fn a_row_of_two_trials_shows_the_services_of_both_each_with_its_days_q1() {
    let world = World::new();
    let list = page(&world, "q=Twin+Peaks");
    let row = &list.rows[0];
    let shown: Vec<_> = row.services.iter().map(|line| (line.service, line.days_left)).collect();
    assert_eq!((row.status, row.more_trials, row.days_differ()), (Status::Expired, 1, true));
    let [(calling, Some(grace)), (messaging, Some(left)), (meetings, Some(beside))] = shown[..] else {
        panic!("{shown:?}")
    };
    assert_eq!((calling, messaging, meetings), (Service::Calling, Service::Messaging, Service::Meetings));
    assert!(grace < 0 && left > 0 && left == beside, "{shown:?}");
    let table = csv(&world, ANNA, "q=Twin+Peaks&columns=services,days-left");
    let of_grace = grace + 30;
    let services =
        format!("Calling ({of_grace} days of grace left), Messaging ({left} days left), Meetings ({left} days left)");
    assert_eq!(table[1], [services, grace.to_string()], "days left are E − today, and in words those of grace (L1)");
    let life = csv(&world, ANNA, "q=Twin+Peaks&columns=life").remove(1).remove(0);
    assert!(life.contains(&format!("{of_grace} of 30 grace days left")), "{life}");
    assert_eq!(page(&world, "q=Twin+Peaks&service=messaging").found, 1, "what it shows finds it (Q3)");
    let one = page(&world, "q=Dutch+Orchard").rows.remove(0);
    assert!(!one.days_differ() && one.services.len() == 2, "{one:?}");
}

#[test]
fn a_cell_that_a_spreadsheet_would_run_is_made_harmless_q5() {
    let world = World::new();
    let key = format!("noordzee-telecom/{}", page(&world, "").rows[0].id);
    let found = futures_executor::block_on(CUSTOMERS.get(world.memory.as_ref(), &key));
    let sample = found.expect("no fault").expect("a row").value;
    let names =
        ["=1+1", "+31 20", "-1", "@SUM(A1)", "\t=1", "\r=1", "plain", "a=b", "\"quoted\", with comma", "two\nlines"];
    let mut commit = Commit::default();
    for (number, name) in names.into_iter().enumerate() {
        let id = OrganisationId(format!("formula-{number}"));
        let row = CustomerRow {
            company: name.to_owned(),
            administrator_email: format!("={number}@x.example"),
            id,
            ..sample.clone()
        };
        commit.put(&CUSTOMERS, format!("noordzee-telecom/formula-{number}"), &row);
    }
    futures_executor::block_on(world.memory.commit(commit)).expect("no fault");
    let table = csv(&world, ANNA, "columns=company,administrator,days-left");
    for name in names {
        let harmless = match name.starts_with(['=', '+', '-', '@', '\t', '\r']) {
            true => format!("'{name}"),
            false => name.to_owned(),
        };
        let row = table.iter().find(|cells| cells[0] == harmless).unwrap_or_else(|| panic!("{name:?} in {table:?}"));
        assert!(row[1].starts_with("'="), "{row:?}");
    }
    let graces = csv(&world, ANNA, "status=expired&columns=days-left");
    assert!(graces.iter().any(|cells| cells[0].starts_with('-')), "a number stays a number");
}

#[test]
fn a_request_a_serial_number_and_a_demo_order_number_lead_to_the_record_q2() {
    let world = World::new();
    let started = everything(&world);
    sent(&world, started.trial.as_str());
    for (text, customer) in [
        ("customer-025-1", super::cast::STORM),
        ("SN1", started.customer.as_str()),
        ("sn2", started.customer.as_str()),
        ("demo-77", started.customer.as_str()),
        ("  DEMO-77 ", started.customer.as_str()),
        (started.trial.as_str(), started.customer.as_str()),
    ] {
        let found = page(&world, &format!("q={}", encode(text)));
        assert_eq!(found.opens.as_ref().map(|id| id.as_str()), Some(customer), "{text}");
        assert_eq!(found.rows.iter().map(|row| row.id.as_str()).collect::<Vec<_>>(), [customer], "{text}");
        let of_mehmet = world.ask(endpoints::CUSTOMERS, MEHMET, &format!("?q={}", encode(text)), &()).expect("a list");
        assert_eq!((of_mehmet.opens, of_mehmet.found), (None, 0), "{text} is not his (P2)");
    }
    for text in ["SN", "DEMO", "customer-025-", "sn 1"] {
        assert_eq!(page(&world, &format!("q={}", encode(text))).opens, None, "{text}");
    }
    assert_eq!(page(&world, "q=dijklogistiek.example").found, 0);
    assert_eq!(page(&world, "q=vandijk.example").found, 1, "the domain finds it too");
}
