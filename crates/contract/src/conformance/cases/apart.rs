//! What one partner never learns of another, whatever it asks (P8).

use rules::organisation::AccessLevel;
use rules::service::Service;

use crate::conformance::cast::{
    ANNA, INGRID, JOOST, KIM, LENA, MEHMET, NOORDZEES_CUSTOMER, OSKAR, PIET, RUTH, SANNE, TOM, address, asking, draft,
    with,
};
use crate::conformance::check::{Outcome, fails, require, same};
use crate::conformance::{Case, Client, Failure, cases};
use crate::error::ApiError;
use crate::trials::Target;

pub(super) const CASES: &[Case] = cases![
    no_route_tells_a_partner_of_another_partners_customers_p8,
    two_partners_at_one_customer_learn_nothing_of_each_other_p8,
    asking_by_an_id_alone_tells_nothing_x1_p8,
    customers_see_nothing_of_each_other_p5_p7,
];

/// What a person reads on every route that lists or shows something.
fn all_that_is_told(client: &Client<'_>, who: &str, paths: &[String]) -> Result<Vec<(String, String)>, Failure> {
    client.sign_in(who)?;
    let lists = [
        "/api/v1/session",
        "/api/v1/customers?status=expired,expiring-soon,trial-pending,awaiting-provisioning-details,setting-up,active,\
         converted,closed,cancelled,declined,lapsed,subscription,no-trial",
        "/api/v1/customers.csv",
        "/api/v1/customers/totals",
        "/api/v1/attention",
        "/api/v1/handed-over",
        "/api/v1/drafts",
        "/api/v1/requests",
        "/api/v1/hub",
        "/api/v1/hub/people",
        "/api/v1/devices/queue",
        "/api/v1/journal",
        "/api/v1/journal.csv",
        "/api/v1/mails",
    ];
    let all = lists.iter().map(|path| (*path).to_owned()).chain(paths.iter().cloned());
    all.map(|path| {
        let reply = client.send(&client.raw("GET", &path, who, "", &[]))?;
        Ok((path, reply.body))
    })
    .collect()
}

#[track_caller]
fn silent(told: &[(String, String)], words: &[&str]) -> Outcome {
    for (path, body) in told {
        for word in words {
            let found = body.find(word).map(|at| {
                let from = body[..at].char_indices().rev().nth(60).map_or(0, |(place, _)| place);
                body[from..].chars().take(160).collect::<String>()
            });
            require(found.is_none(), || format!("{path} tells of {word}: {}", found.unwrap_or_default()))?;
        }
    }
    Ok(())
}

fn without_session(told: Vec<(String, String)>) -> Vec<(String, String)> {
    // The personas of a demonstration are introduced to everybody (G6).
    told.into_iter().filter(|(path, _)| path != "/api/v1/session").collect()
}

fn no_route_tells_a_partner_of_another_partners_customers_p8(client: &Client<'_>) -> Outcome {
    let theirs = client.customers(ANNA, "")?.rows;
    let mut paths = Vec::new();
    for row in theirs.iter().take(12) {
        let detail = client.customer(ANNA, &row.id)?;
        paths.push(format!("/api/v1/customers/{}", row.id));
        paths.push(format!("/api/v1/hub?organisation={}", row.id));
        paths.push(format!("/api/v1/hub/people?organisation={}", row.id));
        paths.push(format!("/api/v1/mails?organisation={}", row.id));
        paths.push(format!("/api/v1/journal?organisation={}", row.id));
        paths.push(format!("/api/v1/eligibility/{}", row.id));
        paths.push(format!("/api/v1/customers?q={}", row.id));
        for trial in detail.trials {
            let id = trial.trial.id;
            paths.push(format!("/api/v1/trials/{id}"));
            paths.push(format!("/api/v1/trials/{id}/inventory"));
            paths.push(format!("/api/v1/requests/{id}"));
            paths.push(format!("/api/v1/mails?trial={id}"));
            paths.push(format!("/api/v1/journal?trial={id}"));
            paths.push(format!("/api/v1/shipments/{id}.desk-phone"));
        }
        paths.extend(detail.mails.into_iter().take(2).map(|mail| format!("/api/v1/mails/{}", mail.id)));
    }
    let names: Vec<&str> = theirs.iter().map(|row| row.company.as_str()).collect();
    let ids: Vec<&str> = theirs.iter().map(|row| row.id.as_str()).collect();
    for who in [INGRID, OSKAR] {
        let told = without_session(all_that_is_told(client, who, &paths)?);
        silent(&told, &names)?;
        silent(&told, &ids)?;
        silent(&told, &["Noordzee", "Anna de Vries", "Mehmet"])?;
    }
    Ok(())
}

fn two_partners_at_one_customer_learn_nothing_of_each_other_p8(client: &Client<'_>) -> Outcome {
    let started = client.start(ANNA, &with(draft("Shared"), &[Service::Messaging, Service::Calling], 33))?;
    let first = client.first_administrator(ANNA, &started.customer)?;
    client.existing(INGRID, &address("Shared"))?;
    let typed = asking(&address("Shared"), &[Service::Meetings], 44);
    let sent = client.send_request(INGRID, &started.customer, &typed)?;
    let paths = |trial: &rules::ids::TrialId| -> Vec<String> {
        let id = &started.customer;
        vec![
            format!("/api/v1/customers/{id}"),
            format!("/api/v1/hub?organisation={id}"),
            format!("/api/v1/hub/people?organisation={id}"),
            format!("/api/v1/mails?organisation={id}"),
            format!("/api/v1/journal?organisation={id}"),
            format!("/api/v1/eligibility/{id}"),
            format!("/api/v1/trials/{trial}"),
            format!("/api/v1/trials/{trial}/inventory"),
            format!("/api/v1/requests/{trial}"),
            format!("/api/v1/journal?trial={trial}"),
            format!("/api/v1/mails?trial={trial}"),
        ]
    };
    let (of_noordzee, of_fjord) = (["Noordzee", "Anna de Vries", "anna.de.vries"], ["Fjord", "Ingrid", "fjord-comm"]);
    for step in ["asked", "accepted", "set up", "closed"] {
        for (who, other, of_other) in [(INGRID, &started.trial, of_noordzee), (ANNA, &sent.trial, of_fjord)] {
            let told = all_that_is_told(client, who, &paths(other))?;
            silent(&told, &[other.as_str()])?;
            // Of its own customers a tier 2 partner is told what its distributor did (C2).
            let of_both = |path: &str| path.contains(started.customer.as_str()) || path.contains(other.as_str());
            let told: Vec<_> = told.into_iter().filter(|(path, _)| of_both(path)).collect();
            silent(&told, &of_other)?;
        }
        // The customer knows both.
        if step != "closed" {
            let hub = format!("{:?}", client.hub(&first)?);
            require(hub.contains("Noordzee") && hub.contains("Fjord"), || format!("{step}: the hub lacks one"))?;
        }
        match step {
            "asked" => drop(client.accept(&first, &sent.trial, true, &[Service::Meetings])?),
            "accepted" => drop(client.finish_set_up(INGRID, &sent.trial)?),
            "set up" => client.days(70)?,
            _ => {}
        }
    }
    Ok(())
}

fn asking_by_an_id_alone_tells_nothing_x1_p8(client: &Client<'_>) -> Outcome {
    let customer = client.customers(ANNA, "q=Brouwerij")?.rows.remove(0).id;
    let target = Target::Ask { organisation: customer.clone(), full_access: false, words: String::new() };
    // Neither an address that is nobody's nor another organisation's leads to it.
    for email in ["nobody@nowhere.example", "ict@rederijstorm.example"] {
        let typed = asking(email, &[Service::Calling], 5);
        fails(client.preview(INGRID, &typed, &target), ApiError::NotFound)?;
    }
    let typed = asking(NOORDZEES_CUSTOMER, &[Service::Calling], 5);
    client.preview(INGRID, &typed, &target)?;
    let add = Target::Add { customer };
    fails(client.preview(INGRID, &typed, &add), ApiError::NotFound)
}

fn customers_see_nothing_of_each_other_p5_p7(client: &Client<'_>) -> Outcome {
    let started = client.start(ANNA, &draft("Neighbour"))?;
    let first = client.first_administrator(ANNA, &started.customer)?;
    let request = client.open_request(SANNE)?;
    let theirs = [
        format!("/api/v1/trials/{}", request.id),
        format!("/api/v1/requests/{}", request.id),
        format!("/api/v1/hub?organisation={}", request.organisation),
        format!("/api/v1/hub/people?organisation={}", request.organisation),
        format!("/api/v1/journal?organisation={}", request.organisation),
        format!("/api/v1/mails?organisation={}", request.organisation),
        format!("/api/v1/customers/{}", request.organisation),
    ];
    let told = without_session(all_that_is_told(client, &first, &theirs)?);
    silent(&told, &["Rederij", "rederijstorm", "Sanne"])?;
    let ours = [format!("/api/v1/trials/{}", started.trial), format!("/api/v1/customers/{}", started.customer)];
    for who in [SANNE, JOOST, KIM, TOM, RUTH] {
        let told = without_session(all_that_is_told(client, who, &ours)?);
        silent(&told, &["Neighbour", started.customer.as_str()])?;
    }
    // The own partner's people read it, by their roles.
    for who in [ANNA, LENA, PIET] {
        client.customer(who, &started.customer)?;
    }
    fails(client.customer(MEHMET, &started.customer), ApiError::NotFound)?;
    let access = client.hub(&first)?.partners.into_iter().map(|partner| partner.level).collect::<Vec<_>>();
    same("who has access", access, vec![Some(AccessLevel::FullAdministrator)])
}
