use std::collections::BTreeSet;

use contract::customers::{CustomerLine, CustomersPage, PAGE_ROWS};
use contract::endpoints;
use contract::error::ApiError;
use rules::customers::CustomerRow;
use rules::ids::OrganisationId;
use rules::notice::MailKind;
use rules::trial::{Phase, Status};

use super::{ANNA, INGRID, LENA, MEHMET, PIET, World};
use crate::records::CUSTOMERS;
use crate::store::{Commit, Store};

fn list(world: &World, person: &str, query: &str) -> CustomersPage {
    world.ask(endpoints::CUSTOMERS, person, &format!("?{query}"), &()).expect("a list")
}

fn every_status() -> String {
    format!("status={}", Status::ALL.map(Status::name).join(","))
}

fn ids(page: &CustomersPage) -> BTreeSet<String> {
    page.rows.iter().map(|row| row.id.0.clone()).collect()
}

#[test]
fn a_sales_administrator_sees_their_own_customers_and_the_others_see_all_p2() {
    let world = World::new();
    let all = ids(&list(&world, ANNA, &every_status()));
    assert!(all.len() >= 60, "{}", all.len());
    for person in [LENA, PIET] {
        assert_eq!(ids(&list(&world, person, &every_status())), all, "{person}");
    }
    let own = ids(&list(&world, MEHMET, &every_status()));
    assert!(own.is_subset(&all) && own.len() > 15 && own.len() < all.len() / 2, "{}", own.len());
    let other = all.difference(&own).next().expect("one of another's");
    assert_eq!(world.ask(endpoints::CUSTOMER, MEHMET, other, &()).map(drop), Err(ApiError::NotFound));
    assert!(world.ask(endpoints::CUSTOMER, ANNA, other, &()).is_ok());
    let totals = world.ask(endpoints::CUSTOMERS_TOTALS, MEHMET, "", &()).expect("totals");
    assert_eq!(totals.listed, list(&world, MEHMET, "").found, "totals too count only what may be seen");
}

#[test]
fn a_partner_never_sees_another_partners_customers_p8() {
    let world = World::new();
    let fjord = ids(&list(&world, INGRID, &every_status()));
    let noordzee = ids(&list(&world, ANNA, &every_status()));
    assert_eq!(fjord.len(), 8);
    assert!(fjord.is_disjoint(&noordzee));
    for (person, foreign) in [(ANNA, &fjord), (INGRID, &noordzee)] {
        for id in foreign.iter().take(3) {
            assert_eq!(world.ask(endpoints::CUSTOMER, person, id, &()).map(drop), Err(ApiError::NotFound));
        }
    }
}

#[test]
fn totals_add_up_to_the_list_and_each_is_a_filter_q3_q4() {
    let world = World::new();
    let totals = world.ask(endpoints::CUSTOMERS_TOTALS, ANNA, "", &()).expect("totals");
    assert_eq!(totals.listed, list(&world, ANNA, "").found);
    assert_eq!(totals.counts.iter().map(|(_, count)| count).sum::<u32>(), totals.listed);
    for (status, count) in &totals.counts {
        let page = list(&world, ANNA, &format!("status={}", status.name()));
        // Cancelled before the start left the list: only the filter shows it (Q11).
        let left = page.rows.iter().filter(|row| matches!(row.phase, Some(Phase::Cancelled { started: false, .. })));
        assert_eq!(page.found - u32::try_from(left.count()).expect("few"), *count, "{status:?}");
        assert!(page.rows.iter().all(|row| row.status == *status));
    }
}

#[test]
fn the_demonstration_data_hold_every_status_g6_q9() {
    let world = World::new();
    for status in Status::ALL {
        assert!(list(&world, ANNA, &format!("status={}", status.name())).found > 0, "{status:?}");
    }
    let page = list(&world, ANNA, "");
    assert!(page.rows.iter().any(|row| row.more_trials == 1));
    let left = |row: &CustomerLine| row.services.first().and_then(|service| service.days_left);
    for days in [0, 1, 7, 8, 30, -29] {
        assert!(page.rows.iter().any(|row| left(row) == Some(days)), "{days} days left");
    }
}

#[test]
fn who_left_the_list_is_shown_by_the_filter_of_its_status_alone_q11() {
    let world = World::new();
    let default = ids(&list(&world, ANNA, ""));
    for status in ["declined", "lapsed"] {
        let page = list(&world, ANNA, &format!("status={status}"));
        assert!(page.found > 0 && ids(&page).is_disjoint(&default), "{status}");
    }
}

#[test]
fn a_pending_row_says_only_what_was_asked_and_until_when_q11() {
    let world = World::new();
    for row in list(&world, ANNA, "status=trial-pending").rows {
        assert!(matches!(row.phase, Some(Phase::Pending { .. })));
        assert_eq!((&row.administrator_email, row.region, &row.in_charge), (&None, None, &None), "{}", row.company);
        let detail = world.ask(endpoints::CUSTOMER, ANNA, row.id.as_str(), &()).expect("its page");
        assert_eq!(detail.organisation, None, "{}", row.company);
        assert!(detail.mails.iter().all(|mail| mail.kind == MailKind::Consent), "{}", row.company);
    }
}

#[test]
fn search_finds_names_as_they_are_written_also_markup_and_right_to_left_g3_q2() {
    let world = World::new();
    for (search, company) in [
        ("%3Cb%3EHarbour", "<b>Harbour</b> & Sons"),
        ("%F0%9F%A6%8A", "Fox 🦊 Media 🎬"),
        ("%D8%A7%D9%84%D9%86%D8%AE%D9%8A%D9%84", "شركة النخيل للتجارة"),
        ("IT@SAKURA", "Sakura Robotics"),
        ("customer-001", "Brouwerij de Zon"),
    ] {
        let page = list(&world, ANNA, &format!("q={search}"));
        assert_eq!(page.rows.iter().map(|row| row.company.as_str()).collect::<Vec<_>>(), [company]);
    }
    let nothing = list(&world, ANNA, "q=nobody-is-called-this");
    assert_eq!((nothing.found, nothing.next), (0, None));
}

#[test]
fn an_exact_id_names_the_record_to_open_and_nothing_else_does_q2() {
    let world = World::new();
    let opens = |person: &str, text: &str| list(&world, person, &format!("q={text}")).opens;
    let mut rows = list(&world, ANNA, "").rows.into_iter();
    let row = rows.find(|row| row.phase.is_some()).expect("a customer with a trial");
    let detail = world.ask(endpoints::CUSTOMER, ANNA, row.id.as_str(), &()).expect("its page");
    let trial = detail.trials.first().expect("its trial").trial.id.clone();
    assert_eq!(opens(ANNA, row.id.as_str()), Some(row.id.clone()));
    assert_eq!(opens(ANNA, &format!("%20{}%20", row.id.as_str().to_uppercase())), Some(row.id.clone()));
    assert_eq!(opens(ANNA, trial.as_str()), Some(row.id.clone()));
    for text in ["", "noordzee", "a", &row.id.as_str()[1..]] {
        assert_eq!(opens(ANNA, text), None, "{text:?}");
    }
    assert_eq!(opens(INGRID, row.id.as_str()), None, "another partner's (P8)");
    let own = ids(&list(&world, MEHMET, &every_status()));
    let other = ids(&list(&world, ANNA, "")).into_iter().find(|id| !own.contains(id)).expect("one of another's");
    assert_eq!(opens(MEHMET, &other), None, "another's (P2)");
}

#[test]
fn pages_hold_every_row_once_whatever_comes_in_between_q7() {
    let world = World::new();
    let row = list(&world, ANNA, "").rows.remove(0);
    let stored =
        futures_executor::block_on(CUSTOMERS.get(world.memory.as_ref(), &format!("noordzee-telecom/{}", row.id)));
    let sample = stored.expect("no fault").expect("a row").value;
    let add = |number: u32| {
        let mut commit = Commit::default();
        let id = OrganisationId(format!("many-{number:04}"));
        let last_change = sample.last_change - chrono::TimeDelta::seconds(i64::from(number / 2));
        let key = format!("noordzee-telecom/{id}");
        commit.put(&CUSTOMERS, key, &CustomerRow { id, last_change, ..sample.clone() });
        futures_executor::block_on(world.memory.commit(commit)).expect("no fault");
    };
    (0..250).for_each(add);
    let mut found = Vec::new();
    let mut query = String::new();
    loop {
        let page = list(&world, ANNA, &query);
        assert!(page.rows.len() <= PAGE_ROWS);
        found.extend(page.rows.into_iter().map(|row| row.id.0));
        let Some(next) = page.next else { break };
        query = format!("cursor={}", contract::endpoints::encode(&next));
        // A new customer comes first and moves all others.
        let mut commit = Commit::default();
        let id = OrganisationId(format!("new-{}", found.len()));
        let key = format!("noordzee-telecom/{id}");
        commit.put(&CUSTOMERS, key, &CustomerRow { id, last_change: world.now(), ..sample.clone() });
        futures_executor::block_on(world.memory.commit(commit)).expect("no fault");
    }
    let unique: BTreeSet<&String> = found.iter().collect();
    assert_eq!(unique.len(), found.len(), "no row twice");
    assert_eq!(found.iter().filter(|id| id.starts_with("many-")).count(), 250);
}

#[test]
fn a_list_shows_at_once_what_another_tab_stored_q7() {
    let world = World::new();
    let before = list(&world, ANNA, "").found;
    world.beside().save(ANNA, "d1", &rules::samples::shortest_draft()).expect("saved");
    let page = list(&world, ANNA, "");
    assert_eq!(page.found, before + 1);
    assert_eq!(page.rows[0].company, "Van Dijk Logistiek", "what changed last comes first");
}

#[test]
fn the_customers_page_holds_what_the_list_says_q8() {
    let world = World::new();
    for row in list(&world, ANNA, "").rows {
        let detail = world.ask(endpoints::CUSTOMER, ANNA, row.id.as_str(), &()).expect("its page");
        assert_eq!((&detail.company, detail.status, &detail.id), (&row.company, row.status, &row.id));
        assert_eq!(detail.trials.len(), row.phase.map_or(0, |_| 1) + row.more_trials as usize, "{}", row.company);
        assert_eq!(detail.trials.first().map(|trial| trial.trial.phase), row.phase, "{}", row.company);
        assert_eq!(detail.organisation.map(|known| known.region), row.region, "{}", row.company);
    }
    assert_eq!(world.ask(endpoints::CUSTOMER, ANNA, "nonsense", &()).map(drop), Err(ApiError::NotFound));
}
