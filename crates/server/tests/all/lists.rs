//! Lists of customers: what PostgreSQL finds by its indexes is what the law finds among all rows (Q).

use backend::store::{Commit, CustomersList, Outcome, Place, Put, Reader, RowsInMemory, Store, TableName, Tally};
use contract::customers::COUNT_MAX;
use proptest::prelude::*;
use rules::customers::{Column, CustomerRow, Query, Reading};
use rules::ids::{OrganisationId, PartnerId, PersonId};
use rules::people::Sees;
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
        let sales = generated::sales();
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
                let (query, now) = (dice.throw(generated::query()), dice.throw(generated::instant()));
                let person = PersonId::from(PEOPLE[dice.throw(0..PEOPLE.len())]);
                let sees = match dice.throw(0..6) {
                    0 => Sees::Nothing,
                    1 | 2 => Sees::LookedAfterBy(&person),
                    _ => Sees::All,
                };
                let reader = Reader { partner: &lists.partner, sees, reading: Reading { now, sales: &sales } };
                let rows_max = dice.throw(prop_oneof![Just(3usize), Just(40), Just(usize::MAX)]);
                lists.compare(reader, &query, rows_max, dice.throw(generated::place())).await;
                let text = dice.throw(generated::search()).trim().to_lowercase();
                lists.compare_counts(reader, &text).await;
            }
        }
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
        queries.extend(rules::trial::Status::ALL.map(|status| Query { statuses: [status].into(), ..Query::default() }));
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
                // Whoever walks along the index of an order sorts nothing; of people in charge there may be several
                // of one name, whose customers are sorted.
                let plain = Query { sort: query.sort, reversed: query.reversed, ..Query::default() };
                let walked = plans.last().filter(|_| query == plain && query.sort != Column::InCharge);
                assert!(walked.is_none_or(|plan| !plan.contains("Sort")), "{query:?} is sorted:\n{walked:?}");
            }
        }
    });
}
