//! Reading: it changes nothing, and lists come in pages without repeats or holes.

use std::collections::BTreeSet;

use rules::clock::Instant;
use rules::customers::Attention;
use rules::people::CustomerRole;
use rules::trial::Status;

use crate::conformance::cast::{ANNA, EVERYBODY, INGRID, KIM, LENA, MEHMET, PIET, RUTH, SANNE, draft};
use crate::conformance::check::{Outcome, fails, require, same, there};
use crate::conformance::client::NOBODY;
use crate::conformance::reading::pages;
use crate::conformance::{Case, Client, Failure, cases};
use crate::customers::{CustomerDetail, CustomerLine, CustomersPage, PAGE_ROWS, Totals, Worklist};
use crate::endpoints;
use crate::error::ApiError;
use crate::hub::PeopleList;
use crate::journal::JournalPage;

pub(super) const CASES: &[Case] = cases![
    reading_changes_nothing_whoever_reads_g2_x7,
    customers_come_in_pages_without_repeats_or_holes_in_every_order_q3_q7,
    the_journal_comes_in_pages_without_repeats_or_holes_l10,
    mails_come_in_pages_without_repeats_or_holes_l8,
    people_come_in_pages_without_repeats_or_holes_h5,
    totals_add_up_to_the_list_and_each_is_a_filter_q4_q9,
    the_worklist_counts_what_its_filters_find_q12,
    a_sales_administrator_reads_the_customers_they_look_after_and_no_others_p2,
    a_search_finds_by_name_address_and_id_and_an_exact_id_opens_q2,
    a_download_has_the_rows_and_columns_that_are_asked_for_and_is_harmless_q5_p2,
    every_answer_that_can_be_acted_on_carries_its_version_g2,
    an_unknown_language_or_column_of_a_download_is_refused_q5,
    a_request_can_be_read_without_a_program_x19_x6,
];

/// All that can be observed of the state, by everybody, as text.
fn observed(client: &Client<'_>) -> Result<String, Failure> {
    let mut all = Vec::new();
    let rows = |who: &str, paths: &[&str]| -> Result<Vec<String>, Failure> {
        client.sign_in(who)?;
        let send = |path: &&str| Ok(client.send(&client.raw("GET", path, who, "", &[]))?.body);
        paths.iter().map(send).collect()
    };
    let lists =
        ["/api/v1/customers", "/api/v1/customers/totals", "/api/v1/attention", "/api/v1/journal", "/api/v1/mails"];
    all.extend(rows(ANNA, &lists)?);
    all.extend(rows(SANNE, &["/api/v1/requests", "/api/v1/journal", "/api/v1/mails"])?);
    let mut hub = client.hub(SANNE)?;
    // Time goes on, whoever reads.
    hub.now = Instant::default();
    all.push(format!("{hub:?}"));
    all.extend(rows(RUTH, &["/api/v1/devices/queue"])?);
    all.extend(rows(INGRID, &lists)?);
    Ok(all.join("\n"))
}

fn reading_changes_nothing_whoever_reads_g2_x7(client: &Client<'_>) -> Outcome {
    let request = client.open_request(SANNE)?;
    let running = client.one_with(ANNA, Status::Active)?;
    let trial = there("a trial", running.trials.first())?.trial.id.clone();
    let mail = there("a mail", running.mails.first())?.id.clone();
    let before = observed(client)?;
    let paths = [
        "/api/v1/session".to_owned(),
        "/api/v1/clock".to_owned(),
        "/api/v1/customers?q=a&sort=-company".to_owned(),
        "/api/v1/customers.csv".to_owned(),
        "/api/v1/customers/totals".to_owned(),
        "/api/v1/attention".to_owned(),
        format!("/api/v1/customers/{}", running.id),
        "/api/v1/handed-over".to_owned(),
        format!("/api/v1/eligibility/{}", running.id),
        "/api/v1/site-names/free-name".to_owned(),
        "/api/v1/sales-people".to_owned(),
        "/api/v1/views".to_owned(),
        "/api/v1/drafts".to_owned(),
        "/api/v1/drafts/d1".to_owned(),
        format!("/api/v1/trials/{trial}"),
        format!("/api/v1/trials/{trial}/inventory"),
        format!("/api/v1/trials/{trial}/inventory.csv"),
        "/api/v1/requests".to_owned(),
        format!("/api/v1/requests/{}", request.id),
        format!("/api/v1/requests/{}/plain", request.id),
        format!("/api/v1/receipts/{}", request.id),
        "/api/v1/receipts/check".to_owned(),
        "/api/v1/hub".to_owned(),
        format!("/api/v1/hub?organisation={}", running.id),
        "/api/v1/hub/people".to_owned(),
        format!("/api/v1/shipments/{trial}.desk-phone"),
        "/api/v1/devices/queue".to_owned(),
        "/api/v1/journal".to_owned(),
        "/api/v1/journal.csv".to_owned(),
        "/api/v1/mails".to_owned(),
        format!("/api/v1/mails/{mail}"),
        "/api/v1/mailbox".to_owned(),
        format!("/api/v1/mailbox/{mail}"),
        format!("/api/v1/mailbox/{mail}/open"),
        // What only a POST does is not done by reading, whatever a scanner tries (X7).
        format!("/api/v1/requests/{}/answer", request.id),
        "/api/v1/requests/open".to_owned(),
        format!("/api/v1/requests/{}/resend", request.id),
        format!("/api/v1/trials/{trial}/acts"),
        "/api/v1/reset".to_owned(),
    ];
    for who in EVERYBODY.into_iter().chain([NOBODY]) {
        client.sign_in(who)?;
        for path in &paths {
            for method in ["GET", "HEAD"] {
                let reply = client.send(&client.raw(method, path, who, "", &[]))?;
                require(reply.status < 500, || format!("{method} {path} by {who}: {}", reply.status))?;
                let silent = method == "GET" || reply.body.is_empty();
                require(silent, || format!("{method} {path} by {who} has a body"))?;
            }
        }
    }
    require(observed(client)? == before, || "what is read has changed by reading".to_owned())
}

fn no_repeats<T: Ord + Clone + std::fmt::Debug>(what: &str, all: &[T]) -> Outcome {
    let mut seen = BTreeSet::new();
    let repeated: Vec<&T> = all.iter().filter(|each| !seen.insert((*each).clone())).collect();
    require(repeated.is_empty(), || format!("{what} stand in it twice: {repeated:?}"))
}

fn customers_come_in_pages_without_repeats_or_holes_in_every_order_q3_q7(client: &Client<'_>) -> Outcome {
    // The demonstration has fewer customers than a page has rows.
    let people: Vec<&str> = vec![ANNA, MEHMET];
    for number in 0..48 {
        let who = people[number % 2];
        client.start(who, &draft(&format!("Paging {number:02}")))?;
        if number % 24 == 23 {
            // More look-ups in an hour would be too many (X1).
            client.days(1)?;
        }
    }
    let every: Vec<&str> = Status::ALL.iter().map(|status| status.name()).collect();
    let mut orders = Vec::new();
    for column in ["company", "status", "life", "ends", "days-left", "licences", "region", "last-change", "in-charge"] {
        orders.push(column.to_owned());
        orders.push(format!("-{column}"));
    }
    let mut wanted: Option<BTreeSet<String>> = None;
    for order in orders {
        let page = |cursor: &str| -> Result<CustomersPage, Failure> {
            let cursor = endpoints::encode(cursor);
            client.customers(ANNA, &format!("sort={order}&status={}&cursor={cursor}", every.join(",")))
        };
        let first = page("")?;
        same("rows of the first page", first.rows.len(), PAGE_ROWS)?;
        require(first.next.is_some(), || "the first page of many has no next one".to_owned())?;
        let rows = pages(page, |page| (page.rows, page.next))?;
        let ids: Vec<String> = rows.iter().map(|row| row.id.0.clone()).collect();
        no_repeats(&format!("customers by {order}"), &ids)?;
        same("rows of all pages", rows.len(), first.found as usize)?;
        let ids: BTreeSet<String> = ids.into_iter().collect();
        if let Some(wanted) = &wanted {
            require(*wanted == ids, || format!("by {order} there are other customers than by another order"))?;
        }
        wanted = Some(ids);
    }
    Ok(())
}

fn the_journal_comes_in_pages_without_repeats_or_holes_l10(client: &Client<'_>) -> Outcome {
    let all = client.journal(ANNA, "")?;
    require(all.len() > 100, || format!("{} entries are one page", all.len()))?;
    require(all.windows(2).all(|pair| pair[0].at >= pair[1].at), || "the latest is not in front".to_owned())?;
    let mut by_customer = 0;
    let customers: BTreeSet<_> = all.iter().map(|line| line.organisation.clone()).collect();
    for customer in &customers {
        let lines = client.journal(ANNA, &format!("organisation={customer}"))?;
        let strangers = lines.iter().filter(|line| line.organisation != *customer).count();
        same("entries of another customer", strangers, 0)?;
        by_customer += lines.len();
    }
    same("entries customer by customer", by_customer, all.len())?;
    let started = client.journal(ANNA, "deed=started,added")?;
    let wanted = all.iter().filter(|line| matches!(line.deed.name(), "started" | "added")).count();
    same("entries by deed", started.len(), wanted)?;
    // What can be asked for is told on every page, whatever is asked for now.
    let mut happened: Vec<&str> = all.iter().map(|line| line.deed.name()).collect();
    happened.sort_unstable();
    happened.dedup();
    for query in ["", "?deed=started"] {
        let page: JournalPage = client.ask(&endpoints::JOURNAL, ANNA, query, &())?;
        let mut told: Vec<&str> = page.deeds.iter().map(|deed| deed.name()).collect();
        told.sort_unstable();
        same("what can be asked for", &told, &happened)?;
    }
    Ok(())
}

fn mails_come_in_pages_without_repeats_or_holes_l8(client: &Client<'_>) -> Outcome {
    let all = client.mails(ANNA, "")?;
    require(all.len() > 100, || format!("{} mails are one page", all.len()))?;
    no_repeats("mails", &all.iter().map(|mail| mail.id.clone()).collect::<Vec<_>>())?;
    require(all.windows(2).all(|pair| pair[0].at >= pair[1].at), || "the latest is not in front".to_owned())?;
    let sent = client.mails(ANNA, "state=sent")?;
    let others = client.mails(ANNA, "state=planned,held,failed,bounced,dropped")?;
    same("mails by state", sent.len() + others.len(), all.len())
}

fn people_come_in_pages_without_repeats_or_holes_h5(client: &Client<'_>) -> Outcome {
    for number in 0..103 {
        client.add_person(
            SANNE,
            &format!("person{:03}@rederijstorm.example", 200 - number),
            CustomerRole::User,
            &[],
        )?;
    }
    let page = |query: &str, cursor: &str| -> Result<PeopleList, Failure> {
        let query = format!("?{query}&cursor={}", endpoints::encode(cursor));
        client.ask(&endpoints::HUB_PEOPLE, KIM, &query, &())
    };
    let first = page("", "")?;
    same("people found", first.found, 107)?;
    let all = pages(|cursor| page("", cursor), |page| (page.people, page.next))?;
    same("people of all pages", all.len(), 107)?;
    no_repeats("people", &all.iter().map(|member| member.id.clone()).collect::<Vec<_>>())?;
    let ordered = all.windows(2).all(|pair| pair[0].name.to_lowercase() <= pair[1].name.to_lowercase());
    require(ordered, || "people do not stand by name".to_owned())?;
    same("people that a search finds", page("q=PERSON19", "")?.found, 10)?;
    fails(page("", "nobody"), ApiError::Malformed)
}

fn totals_add_up_to_the_list_and_each_is_a_filter_q4_q9(client: &Client<'_>) -> Outcome {
    for who in [ANNA, MEHMET, LENA, PIET] {
        let totals: Totals = client.ask(&endpoints::CUSTOMERS_TOTALS, who, "", &())?;
        let sum: u32 = totals.counts.iter().map(|(_, count)| count).sum();
        let found = client.customers(who, "")?.found;
        same("sum, listed and found", (sum, totals.listed), (found, found))?;
        for status in Status::ALL {
            let page = client.customers(who, &format!("status={}", status.name()))?;
            same(&format!("{who}'s customers that are {}", status.name()), page.found, totals.of(status, true))?;
            // The filter shows those too that have left the list (Q11).
            let left = |row: &CustomerLine| row.phase.is_some_and(rules::trial::Phase::left_the_list);
            let listed = page.rows.iter().filter(|row| !left(row)).count();
            same(&format!("{who}'s in the list"), listed, totals.of(status, false) as usize)?;
            require(page.rows.iter().all(|row| row.status == status), || format!("not all are {}", status.name()))?;
        }
    }
    Ok(())
}

fn the_worklist_counts_what_its_filters_find_q12(client: &Client<'_>) -> Outcome {
    let worklist: Worklist = client.ask(&endpoints::ATTENTION, ANNA, "", &())?;
    let filters = [
        (Attention::Unassigned, "in_charge=nobody"),
        (Attention::OverdueDevices, "devices_due=overdue"),
        (Attention::EndsSoon, "ends_within=7"),
        (Attention::InGrace, "status=expired"),
        (Attention::Interested, "interested=true"),
        (Attention::AnswerSoon, "answer_within=7"),
        (Attention::FailedMails, "failed_mails=true"),
    ];
    let count = |(each, filter): (Attention, &str)| Ok((each, client.customers(ANNA, filter)?.found));
    let wanted: Result<Vec<_>, Failure> = filters.into_iter().map(count).collect();
    // Unassigned customers and overdue returns head it (P9, D8).
    same("the counts in their order", worklist.counts, wanted?)
}

fn a_sales_administrator_reads_the_customers_they_look_after_and_no_others_p2(client: &Client<'_>) -> Outcome {
    let all = client.customers(ANNA, "")?;
    let own = client.customers(MEHMET, "")?;
    require(own.found > 0 && own.found < all.found, || format!("{} of {}", own.found, all.found))?;
    let own: BTreeSet<String> = own.rows.into_iter().map(|row| row.id.0).collect();
    let other = there("a customer of somebody else", all.rows.iter().find(|row| !own.contains(&row.id.0)))?;
    let started = there("a trial", client.customer(ANNA, &other.id)?.trials.into_iter().next())?.trial.id;
    fails(client.customer(MEHMET, &other.id), ApiError::NotFound)?;
    fails(client.trial(MEHMET, &started), ApiError::NotFound)?;
    fails(client.hub_of(MEHMET, &other.id), ApiError::NotFound)?;
    fails(client.people_of(MEHMET, &other.id), ApiError::NotFound)?;
    fails(client.mails(MEHMET, &format!("organisation={}", other.id)), ApiError::NotFound)?;
    fails(client.journal(MEHMET, &format!("organisation={}", other.id)), ApiError::NotFound)?;
    let seen = client.journal(MEHMET, "")?;
    let strangers = seen.iter().filter(|line| !own.contains(&line.organisation.0)).count();
    let beyond: Vec<_> = client.customers(MEHMET, "status=declined,lapsed,cancelled,closed,converted")?.rows;
    let beyond: BTreeSet<String> = beyond.into_iter().map(|row| row.id.0).collect();
    let unknown =
        seen.iter().filter(|line| !own.contains(&line.organisation.0) && !beyond.contains(&line.organisation.0));
    same(&format!("of {strangers} entries, those of customers that he may not see"), unknown.count(), 0)
}

fn a_search_finds_by_name_address_and_id_and_an_exact_id_opens_q2(client: &Client<'_>) -> Outcome {
    let started = client.start(ANNA, &draft("Søk & Finn"))?;
    for query in ["søk", "SØK", "admin@skfinn", started.customer.as_str()] {
        let page = client.customers(ANNA, &format!("q={}", endpoints::encode(query)))?;
        let found = page.rows.iter().any(|row| row.id == started.customer);
        require(found, || format!("{query} finds {:?}", page.rows.iter().map(|row| &row.company).collect::<Vec<_>>()))?;
    }
    for id in [started.customer.as_str(), started.trial.as_str()] {
        same("what is opened", client.customers(ANNA, &format!("q={id}"))?.opens, Some(started.customer.clone()))?;
    }
    same("what a name opens", client.customers(ANNA, "q=finn")?.opens, None)
}

fn a_download_has_the_rows_and_columns_that_are_asked_for_and_is_harmless_q5_p2(client: &Client<'_>) -> Outcome {
    client.start(ANNA, &TrialDraftNamed::of("=1+1"))?;
    let path = "/api/v1/customers.csv?columns=company,status&sort=-company";
    for who in [ANNA, LENA] {
        client.sign_in(who)?;
        let reply = client.send(&client.raw("GET", path, who, "", &[]))?;
        same("the kind", reply.header("content-type"), "text/csv; charset=utf-8")?;
        let text = reply.body.trim_start_matches('\u{feff}');
        let lines: Vec<&str> = text.split("\r\n").filter(|line| !line.is_empty()).collect();
        same("lines", lines.len(), client.customers(who, "")?.found as usize + 1)?;
        require(lines.contains(&"'=1+1,Active"), || format!("the formula is not made harmless: {lines:?}"))?;
    }
    Ok(())
}

/// A draft whose company is no name of a domain.
struct TrialDraftNamed;

impl TrialDraftNamed {
    fn of(company: &str) -> rules::draft::TrialDraft {
        let mut draft = draft("Formula");
        draft.company_name = company.to_owned();
        draft
    }
}

fn every_answer_that_can_be_acted_on_carries_its_version_g2(client: &Client<'_>) -> Outcome {
    let started = client.start(ANNA, &draft("Versions"))?;
    let request = client.open_request(SANNE)?;
    let detail: CustomerDetail = client.customer(ANNA, &started.customer)?;
    same("the customer", detail.id, started.customer.clone())?;
    let rows = [
        (ANNA, format!("/api/v1/customers/{}", started.customer)),
        (ANNA, format!("/api/v1/trials/{}", started.trial)),
        (ANNA, format!("/api/v1/hub?organisation={}", started.customer)),
        (ANNA, format!("/api/v1/hub/people?organisation={}", started.customer)),
        (SANNE, format!("/api/v1/requests/{}", request.id)),
        (SANNE, "/api/v1/hub".to_owned()),
    ];
    for (who, path) in rows {
        let reply = client.send(&client.raw("GET", &path, who, "", &[]))?;
        require(crate::version_of(reply.header("etag")).is_some(), || format!("{path} has no version"))?;
    }
    Ok(())
}

fn an_unknown_language_or_column_of_a_download_is_refused_q5(client: &Client<'_>) -> Outcome {
    client.sign_in(ANNA)?;
    for query in ["language=fr", "columns=company,nonsense"] {
        let path = format!("/api/v1/customers.csv?{query}");
        let reply = client.send(&client.raw("GET", &path, ANNA, "", &[]))?;
        same(query, ApiError::from_json(&reply.body), Some(ApiError::Malformed))?;
    }
    for language in ["en", "nl"] {
        let path = format!("/api/v1/journal.csv?language={language}");
        same(language, client.send(&client.raw("GET", &path, ANNA, "", &[]))?.status, 200)?;
    }
    Ok(())
}

fn a_request_can_be_read_without_a_program_x19_x6(client: &Client<'_>) -> Outcome {
    let request = client.open_request(SANNE)?;
    let read = |who: &str, query: &str| {
        let path = format!("{}{query}", endpoints::REQUEST_PLAIN.with(request.id.as_str()));
        client.send(&client.raw("GET", &path, who, "", &[]))
    };
    for who in [SANNE, KIM] {
        client.sign_in(who)?;
        for (query, tongue) in [("?language=en", "<html lang=\"en\">"), ("?language=nl", "<html lang=\"nl\">")] {
            let page = read(who, query)?;
            same("the kind", page.header("content-type"), "text/html; charset=utf-8")?;
            let policy = page.header("content-security-policy");
            require(policy.contains("default-src 'none'"), || format!("a document may do more: {policy}"))?;
            for said in [tongue, &request.partner, &request.person, &request.organisation_name, &request.phrase] {
                require(page.body.contains(said), || format!("the document of {query} does not say {said}"))?;
            }
            for person in &request.can_answer {
                require(page.body.contains(person.as_str()), || format!("it does not say that {person} can answer"))?;
            }
            require(!page.body.contains("<script"), || "the document has a script".to_owned())?;
        }
    }
    same("an unknown language", read(SANNE, "?language=fr")?.status, 400)?;
    client.sign_in(ANNA)?;
    same("for others", read(ANNA, "")?.status, 403)
}
