//! Lists of customers: what PostgreSQL finds by its indexes is what the law finds among all rows (Q).

use backend::store::{
    Commit, CustomersList, Expectation, Outcome, Place, Put, Reader, RowsInMemory, Store, TableName, Tally,
};
use contract::customers::COUNT_MAX;
use proptest::prelude::*;
use rules::clock::Instant;
use rules::customers::{Column, CustomerRow, Query, Reading};
use rules::ids::{OrganisationId, PartnerId, PersonId};
use rules::people::Sees;
use rules::trial::Status;
use server::store::{PostgresStore, migrate};

use crate::generated::{self, Dice, PEOPLE};
use crate::store::over_a_store;

const PARTNER: &str = "noordzee";

/// Rows as they are and as PostgreSQL keeps them.
struct Lists {
    store: PostgresStore,
    rows: Vec<CustomerRow>,
    partner: PartnerId,
}

fn put(partner: &str, row: &CustomerRow) -> Put {
    let json = serde_json::to_string(row).expect("a row can be written");
    Put { table: TableName::Customers, key: format!("{partner}/{}", row.id), json }
}

/// How far these tests count, so that some of their lists have more and others have not.
const FEW: u32 = 12;

/// Whether a count tells how many there are: all, or that there are more than few.
fn tells(found: Tally, wanted: Tally) -> bool {
    found == wanted || found == Tally::More && matches!(wanted, Tally::All(all) if all > u64::from(FEW))
}

impl Lists {
    async fn store(&self, commit: Commit) {
        assert_eq!(self.store.commit(commit).await, Ok(Outcome::Stored));
    }

    /// Compares one question in full, page by page.
    async fn compare(
        &self,
        reader: Reader<'_>,
        query: &Query,
        rows_max: usize,
        place: (rules::customers::SortKey, String),
    ) {
        let memory = RowsInMemory { rows: &self.rows };
        let what = || format!("{query:?} for {:?} at {}", reader.sees, reader.reading.now);
        let mut after: Option<(rules::customers::SortKey, OrganisationId)> = None;
        loop {
            let place = after.as_ref().map(|(key, id)| Place { key, id });
            let found = self.store.page(reader, query, place, rows_max).await.expect("no fault");
            let wanted = memory.page(reader, query, place, rows_max).await.expect("no fault");
            assert_eq!(found.rows, wanted.rows, "{} after {after:?}", what());
            assert!(tells(found.found, wanted.found), "{found:?} of {wanted:?}: {}", what());
            let Some(last) = found.rows.last() else { break };
            after = Some((query.key(last, reader.reading), last.id.clone()));
        }
        let found = self.store.count(reader, query).await.expect("no fault");
        assert!(tells(found, memory.count(reader, query).await.expect("no fault")), "{found:?} for {}", what());
        let (key, id) = (place.0, OrganisationId(place.1));
        let place = Some(Place { key: &key, id: &id });
        let found = self.store.page(reader, query, place, rows_max).await.expect("no fault");
        let wanted = memory.page(reader, query, place, rows_max).await.expect("no fault");
        assert_eq!(found.rows, wanted.rows, "{} after {place:?}", what());
        assert!(tells(found.found, wanted.found), "{found:?} of {wanted:?}: {}", what());
    }

    /// Asks something made up at an instant, and compares the answers.
    async fn ask(&self, dice: &mut Dice, now: Instant) {
        let (query, sales) = (dice.throw(generated::query()), generated::sales());
        let person = PersonId::from(PEOPLE[dice.throw(0..PEOPLE.len())]);
        let sees = match dice.throw(0..6) {
            0 => Sees::Nothing,
            1 | 2 => Sees::LookedAfterBy(&person),
            _ => Sees::All,
        };
        let reader = Reader { partner: &self.partner, sees, reading: Reading { now, sales: &sales } };
        let rows_max = dice.throw(prop_oneof![Just(3usize), Just(40), Just(usize::MAX)]);
        self.compare(reader, &query, rows_max, dice.throw(generated::place())).await;
        let text = dice.throw(generated::search()).trim().to_lowercase();
        self.compare_counts(reader, &text).await;
    }

    /// How many periods there are in a table that meet a condition.
    async fn periods(&self, text: &'static str, now: Instant) -> i64 {
        let found = sqlx::query_scalar(text).bind(now.timestamp_millis()).fetch_one(self.store.pool());
        found.await.expect("a number")
    }

    async fn compare_counts(&self, reader: Reader<'_>, text: &str) {
        let memory = RowsInMemory { rows: &self.rows };
        let mut found = self.store.counts(reader).await.expect("no fault");
        found.retain(|count| count.customers > 0);
        found.sort_by_key(|count| (count.left, count.status));
        assert_eq!(Ok(found), memory.counts(reader).await, "{:?} at {}", reader.sees, reader.reading.now);
        assert_eq!(self.store.ids(reader).await, memory.ids(reader).await);
        assert_eq!(self.store.named(reader, text).await, memory.named(reader, text).await, "{text:?}");
    }
}

#[test]
fn postgresql_finds_counts_and_sorts_as_the_law_does_q1_q2_q3_q4_q7_q12_p2() {
    over_a_store(async |store| {
        let mut dice = Dice::new();
        let mut lists = Lists { store: store.counting_to(FEW), rows: Vec::new(), partner: PARTNER.into() };
        for round in 0..4 {
            // Rows come, change and go; another partner's are never to be seen.
            let mut commit = Commit::default();
            for number in 0..60 {
                let row = dice.throw(generated::row(format!("c-{:05}", round * 20 + number)));
                commit.put.push(put(PARTNER, &row));
                commit
                    .put
                    .push(put("fjord", &CustomerRow { id: OrganisationId(format!("f-{number}")), ..row.clone() }));
                lists.rows.retain(|each| each.id != row.id);
                lists.rows.push(row);
            }
            lists.store(commit).await;
            let gone: Vec<CustomerRow> = lists.rows.drain(..5).collect();
            let delete = gone.iter().map(|row| (TableName::Customers, format!("{PARTNER}/{}", row.id))).collect();
            lists.store(Commit { delete, ..Commit::default() }).await;
            lists.rows.sort_by(|one, other| one.id.cmp(&other.id));

            for _ in 0..150 {
                let now = dice.throw(generated::instant());
                lists.ask(&mut dice, now).await;
            }
        }
    });
}

#[test]
fn a_text_that_is_longer_than_the_parts_of_names_is_found_as_a_whole_q2() {
    over_a_store(async |store| {
        let mut dice = Dice::new();
        let companies = ["aaa", "aaaa", "aaaaa", "abcab", "bcabc", "abcabc", "xabcabcx"];
        let rows = companies.iter().enumerate().map(|(number, company)| CustomerRow {
            company: (*company).to_owned(),
            ..dice.throw(generated::row(format!("d-{number}")))
        });
        let lists = Lists { store: store.counting_to(FEW), rows: rows.collect(), partner: PARTNER.into() };
        let put = lists.rows.iter().map(|row| put(PARTNER, row)).collect();
        lists.store(Commit { put, ..Commit::default() }).await;
        let sales = generated::sales();
        let reading = Reading { now: generated::first_day().begin(), sales: &sales };
        let reader = Reader { partner: &lists.partner, sees: Sees::All, reading };
        for search in ["aaa", "aaaa", "aaaaa", "abca", "bcab", "cabc", "abcabc", "aab", "aabc"] {
            let query = Query { search: search.to_owned(), statuses: Status::ALL.into(), ..Query::default() };
            lists.compare(reader, &query, 40, dice.throw(generated::place())).await;
        }
    });
}

#[test]
fn what_has_begun_is_found_before_it_was_turned_and_after_and_what_an_older_copy_writes_too_q7_l11() {
    const BEGUN: &str = "SELECT count(*) FROM customers_to_come WHERE valid_from <= $1";
    over_a_store(async |store| {
        let mut dice = Dice::new();
        let rows: Vec<CustomerRow> =
            (0..80).map(|number| dice.throw(generated::row(format!("c-{number:05}")))).collect();
        let put = rows.iter().map(|row| put(PARTNER, row)).collect();
        let lists = Lists { store: store.counting_to(FEW), rows, partner: PARTNER.into() };
        lists.store(Commit { put, ..Commit::default() }).await;
        let mut instants: Vec<Instant> = (0..90).map(|_| dice.throw(generated::instant())).collect();
        instants.sort_unstable();
        let (mut begun, mut turned) = (0, 0);
        for (number, now) in instants.into_iter().enumerate() {
            if number == 40 {
                // A copy of an older build knows nothing of what newer ones added.
                let text = "UPDATE customer_periods SET present = NULL, signs = NULL WHERE id > 'c-00030'";
                sqlx::query(text).execute(lists.store.pool()).await.expect("done");
            }
            begun += i64::from(lists.periods(BEGUN, now).await > 0);
            if number % 6 == 5 {
                // A clock that was set back meanwhile is of another version.
                let clock = |version| [Expectation { table: TableName::Deployment, key: "clock".to_owned(), version }];
                let before = lists.periods(BEGUN, now).await;
                lists.store.turn(now, &clock(Some(1))).await.expect("no fault");
                assert_eq!(lists.periods(BEGUN, now).await, before, "{now}");
                lists.store.turn(now, &clock(None)).await.expect("no fault");
                assert_eq!(lists.periods(BEGUN, now).await, 0, "{now}");
                let over = "SELECT count(*) FROM customer_periods WHERE valid_until <= $1";
                assert_eq!(lists.periods(over, now).await, 0, "{now}");
                let present = "SELECT count(*) FROM customers_present WHERE valid_until > $1 AND signs IS NOT NULL";
                assert_eq!(lists.periods(present, now).await, 80, "{now}");
                turned += 1;
            }
            lists.ask(&mut dice, now).await;
        }
        assert!(begun > 60 && turned == 15, "{begun} times something had begun");
    });
}

#[test]
fn an_index_that_another_build_derived_is_derived_anew_from_the_rows_alone_q7() {
    over_a_store(async |store| {
        let mut dice = Dice::new();
        let mut commit = Commit::default();
        let rows: Vec<CustomerRow> =
            (0..1500).map(|number| dice.throw(generated::row(format!("c-{number:05}")))).collect();
        commit.put.extend(rows.iter().map(|row| put(PARTNER, row)));
        assert_eq!(store.commit(commit).await, Ok(Outcome::Stored));
        let statements = [
            "DELETE FROM customer_periods WHERE id < 'c-00700'",
            "UPDATE customer_periods SET company = 'otherwise'",
            "UPDATE customer_counts SET change = change + 1",
            "UPDATE customers_derived SET format = 0",
        ];
        for statement in statements {
            sqlx::query(statement).execute(store.pool()).await.expect("done");
        }
        // Two copies that start at once.
        let options = store.pool().connect_options();
        let (one, other) = tokio::join!(migrate(&options), migrate(&options));
        assert!(one.is_ok() && other.is_ok());
        let (partner, sales) = (PartnerId::from(PARTNER), generated::sales());
        let lists = Lists { store, rows, partner: partner.clone() };
        let reading = Reading { now: generated::first_day().begin(), sales: &sales };
        let reader = Reader { partner: &partner, sees: Sees::All, reading };
        let by_company = Query { sort: Column::Company, ..Query::default() };
        lists.compare(reader, &by_company, 400, dice.throw(generated::place())).await;
        lists.compare_counts(reader, "c-00007").await;
    });
}

/// Many rows of several partners, with the statistics that PostgreSQL plans by.
pub async fn many(store: &PostgresStore, partners: &[&str], rows_each: usize) -> Vec<CustomerRow> {
    let mut dice = Dice::new();
    let samples: Vec<CustomerRow> = (0..500).map(|number| dice.throw(generated::row(format!("s-{number}")))).collect();
    let mut rows = Vec::new();
    for partner in partners {
        let mut commit = Commit::default();
        for number in 0..rows_each {
            let sample = &samples[number % samples.len()];
            let mut row = CustomerRow {
                id: OrganisationId(format!("c-{number:06}")),
                company: format!("{} {number}", sample.company),
                last_change: sample.last_change - chrono::TimeDelta::seconds(number as i64),
                ..sample.clone()
            };
            row.administrator_email = format!("it@company-{number}.example");
            commit.put.push(put(partner, &row));
            if partner == &partners[0] {
                rows.push(row);
            }
            if commit.put.len() == 1000 {
                assert_eq!(store.commit(std::mem::take(&mut commit)).await, Ok(Outcome::Stored));
            }
        }
        assert_eq!(store.commit(commit).await, Ok(Outcome::Stored));
    }
    sqlx::query("VACUUM ANALYZE customers, customer_periods, customer_counts")
        .execute(store.pool())
        .await
        .expect("analysed");
    rows
}

#[test]
fn no_list_reads_a_whole_table_q7() {
    over_a_store(async |store| {
        let rows = many(&store, &[PARTNER, "fjord", "third", "fourth", "fifth"], 4000).await;
        let (partner, sales) = (PartnerId::from(PARTNER), generated::sales());
        let reading = Reading { now: generated::first_day().begin(), sales: &sales };
        let reader = Reader { partner: &partner, sees: Sees::All, reading };
        let middle = &rows[rows.len() / 2];
        let mut queries: Vec<Query> = Vec::new();
        for sort in Column::ALL {
            queries.extend([false, true].map(|reversed| Query { sort, reversed, ..Query::default() }));
        }
        queries.extend(rules::customers::Attention::ALL.map(rules::customers::Attention::query));
        queries.extend(Status::ALL.map(|status| Query { statuses: [status].into(), ..Query::default() }));
        queries.extend(rules::region::Region::ALL.map(|region| Query { regions: [region].into(), ..Query::default() }));
        queries.extend(rules::service::Service::ALL.map(|each| Query { services: [each].into(), ..Query::default() }));
        queries.extend(sales.keys().map(|person| {
            let in_charge = Some(rules::customers::InCharge::Person(person.clone()));
            Query { in_charge, ..Query::default() }
        }));
        queries.extend(
            ["company-17", "ac", "a", "trial-17", "100%"]
                .map(|search| Query { search: search.to_owned(), ..Query::default() }),
        );
        // What nobody counts one by one is told as more than is counted.
        let with_an_e = Query { search: "e".to_owned(), ..Query::default() };
        let memory = RowsInMemory { rows: &rows };
        let all = memory.count(reader, &with_an_e).await.expect("no fault");
        assert!(matches!(all, Tally::All(all) if all > u64::from(COUNT_MAX)), "{all:?}");
        assert_eq!(store.count(reader, &with_an_e).await, Ok(Tally::More));
        let page = store.page(reader, &with_an_e, None, 101).await.expect("no fault");
        assert_eq!((page.found, page.rows.len()), (Tally::More, 101));
        for query in queries {
            let key = query.key(middle, reading);
            for after in [None, Some(Place { key: &key, id: &middle.id })] {
                let plans = store.plans(reader, &query, after, 101).await.expect("a plan");
                for plan in &plans {
                    assert!(!plan.contains("Seq Scan on customer"), "{query:?} reads a whole table:\n{plan}");
                    assert!(plan.contains("Index"), "{plan}");
                }
                let last = plans.last().expect("a walk");
                let listed = last.split("CTE listed").nth(1).and_then(|rest| rest.split("\n  ->").next());
                let (begun, listed) = (last.split("CTE listed").next().unwrap_or_default(), listed.unwrap_or_default());
                // What has begun since somebody looked is found by its own index, or there would be nothing gained.
                assert!(begun.contains("customers_to_"), "{query:?} looks for what has begun elsewhere:\n{last}");
                // Whoever walks along the index of an order sorts nothing; of people in charge there may be several
                // of one name, whose customers are sorted.
                let plain = Query { sort: query.sort, reversed: query.reversed, ..Query::default() };
                let walked = query == plain && query.sort != Column::InCharge;
                assert!(!walked || !listed.contains("Sort"), "{query:?} is sorted:\n{last}");
            }
        }
    });
}
