//! Sessions of people who signed in.

use contract::VISIT_HEADER;
use contract::endpoints;
use contract::error::ApiError;

use crate::copies::playing;
use crate::identity_provider::CONSOLE;
use crate::sign_in::{Deployment, started};

const COOKIE: &str = "__Host-proef";

#[test]
fn the_cookie_is_for_its_host_alone_and_the_database_holds_nothing_to_sign_in_with() {
    let deployment = Deployment::start();
    let mut browser = deployment.browser();
    let form = browser.begins("/");
    let answer = browser.is_sent_back(&form, "anna");
    let reply = browser.send("GET", &answer, &[], "");
    let cookie = reply.headers.iter().find(|(name, value)| name == "set-cookie" && value.starts_with("__Host-proef="));
    let (_, cookie) = cookie.expect("a session");
    for part in ["; HttpOnly", "; SameSite=Lax", "; Secure", "; Path=/", "; Max-Age=604800"] {
        assert!(cookie.contains(part), "{part}: {cookie}");
    }
    assert!(!cookie.contains("Domain"), "{cookie}");
    let secret = browser.cookie(COOKIE).expect("a session").to_owned();
    assert_eq!(secret.len(), 64, "256 bits");
    for table in ["sign_ins", "sessions", "sign_in_attempts"] {
        let found = deployment.sql(&format!("SELECT count(*) FROM {table} AS each WHERE each::text LIKE '%{secret}%'"));
        assert_eq!(found, "0", "{table}");
    }
    // What stands there does not sign anybody in.
    let stored = deployment.sql("SELECT visit FROM sign_ins");
    let mut thief = deployment.browser();
    thief.put_cookie(COOKIE, &stored);
    assert_eq!(thief.is(), "");
    assert!(!deployment.copy.log().contains(&secret) && !deployment.copy.log().contains(&stored));
}

#[test]
fn a_session_that_is_forged_or_claimed_is_nobodys() {
    let deployment = Deployment::start();
    let mut anna = deployment.signed_in("anna");
    assert_eq!(anna.is(), "anna-de-vries");
    let visit = deployment.sql("SELECT visit FROM sign_ins");
    let url = format!("{CONSOLE}{}", endpoints::SESSION.path);
    for claimed in [visit.as_str(), "anna-de-vries", "visit-of-anna-de-vries", "stranger", "sanne-visser"] {
        let mut stranger = deployment.browser();
        let reply = stranger.send("GET", &url, &[(VISIT_HEADER, claimed), (VISIT_HEADER, claimed)], "");
        assert!(reply.body.contains("\"who\":null"), "{claimed}: {}", reply.body);
        // Beside a session of their own it changes nothing.
        let reply = anna.send("GET", &url, &[(VISIT_HEADER, claimed)], "");
        assert!(reply.body.contains("\"id\":\"anna-de-vries\""), "{claimed}: {}", reply.body);
    }
    let secret = anna.cookie(COOKIE).expect("a session").to_owned();
    let last = if secret.ends_with('0') { "1" } else { "0" };
    let changed = format!("{}{last}", &secret[..63]);
    for forged in [changed.as_str(), "", "0", &"0".repeat(64), &"f".repeat(65), "'; DROP TABLE sign_ins; --", &visit] {
        let mut forger = deployment.browser();
        forger.put_cookie(COOKIE, forged);
        assert_eq!(forger.is(), "", "{forged}");
    }
    assert_eq!(anna.is(), "anna-de-vries");
}

#[test]
fn a_session_ends_when_it_is_not_used_and_after_a_week_in_any_case_and_is_deleted() {
    let mut deployment = Deployment::start();
    let mut anna = deployment.signed_in("anna");
    let mut mehmet = deployment.signed_in("mehmet");
    let lena = deployment.signed_in("lena");
    let shift = |column: &str, back: &str, whose: &str| {
        let visits = format!("SELECT key FROM sessions WHERE json LIKE '%{whose}%'");
        deployment
            .sql(&format!("UPDATE sign_ins SET {column} = {column} - interval '{back}' WHERE visit IN ({visits})"));
    };
    let seen = || deployment.sql("SELECT max(seen) FROM sign_ins");
    // It is noted that it was used, at most once a minute.
    let before = seen();
    anna.is();
    mehmet.is();
    assert_eq!(seen(), before);
    shift("seen", "7 hours 59 minutes", "anna");
    assert_eq!(anna.is(), "anna-de-vries");
    assert!(seen() > before, "it was used");
    shift("seen", "8 hours 1 minute", "anna");
    assert_eq!(anna.is(), "", "not used for eight hours");
    assert_eq!(anna.ask(endpoints::CUSTOMERS, "", &()).map(drop), Err(ApiError::NotSignedIn));

    shift("created", "6 days 23 hours", "mehmet");
    assert_eq!(mehmet.is(), "mehmet-bakker");
    shift("created", "2 hours", "mehmet");
    assert_eq!(mehmet.is(), "", "older than a week, though it was used just now");

    // A sign-in that broke off leaves a row, and one that is under way another.
    deployment.sql("INSERT INTO sign_ins VALUES ('left-behind', now() - interval '6 minutes', now())");
    deployment.sql("INSERT INTO sign_ins VALUES ('under-way', now(), now())");
    deployment.sql("UPDATE sign_in_attempts SET ends = now()");
    deployment.browser().begins("/");
    // Whoever plays what time brings next deletes what is over.
    deployment.copy.kill();
    let next = started(&deployment.database, &deployment.provider, &[]);
    playing(&[&next]);
    let count = |table: &str| deployment.sql(&format!("SELECT count(*) FROM {table}"));
    let begun = std::time::Instant::now();
    while count("sign_ins") != "2" {
        assert!(begun.elapsed().as_secs() < 60, "{}", next.log());
    }
    assert_eq!(deployment.sql("SELECT visit FROM sign_ins WHERE visit = 'under-way'"), "under-way");
    let held = "SELECT count(*) FROM sessions WHERE json LIKE '%lena-krause%' AND key IN (SELECT visit FROM sign_ins)";
    assert_eq!(deployment.sql(held), "1");
    let over = "SELECT count(*) FROM sessions WHERE json LIKE '%mehmet%' OR json LIKE '%anna%'";
    assert_eq!(deployment.sql(over), "0");
    assert_eq!(count("sign_in_attempts"), "1", "what is under way stays");
    let mut lena = lena;
    lena.turns_to(&next);
    assert_eq!(lena.is(), "lena-krause");
}

#[test]
fn each_sign_in_has_a_session_of_its_own_so_nobody_is_given_one_that_another_knows() {
    let deployment = Deployment::start();
    let mut victim = deployment.browser();
    // A session that somebody else chose, and one that somebody else has.
    let chosen = "0123456789abcdef".repeat(4);
    let mut attacker = deployment.signed_in("piet");
    let theirs = attacker.cookie(COOKIE).expect("a session").to_owned();
    for known in [chosen, theirs] {
        victim.put_cookie(COOKIE, &known);
        let form = victim.begins("/");
        match form.url.starts_with(CONSOLE) {
            true => assert_eq!(form.url, format!("{CONSOLE}/")),
            false => assert_eq!(victim.fills_in(&form, "anna", "sign-in").url, format!("{CONSOLE}/")),
        }
        assert_ne!(victim.cookie(COOKIE), Some(known.as_str()));
        let mut knows = deployment.browser();
        knows.put_cookie(COOKIE, &known);
        assert_eq!(knows.is(), "", "what was known before is worth nothing");
    }
    assert_eq!(victim.is(), "anna-de-vries");
    assert_eq!(attacker.is(), "", "the session that was in the browser before is over");
}

#[test]
fn signing_out_ends_this_session_and_signing_out_everywhere_all_of_the_person() {
    let deployment = Deployment::start();
    let mut at_work = deployment.signed_in("anna");
    let mut at_home = deployment.signed_in("anna");
    let mut on_the_way = deployment.signed_in("anna");
    let mut mehmet = deployment.signed_in("mehmet");
    let kept = at_work.cookie(COOKIE).expect("a session").to_owned();
    assert_eq!(at_work.ask(endpoints::SIGN_OUT, "", &()).expect("out").who, None);
    assert_eq!(at_work.cookie(COOKIE), None, "the cookie is taken away");
    at_work.put_cookie(COOKIE, &kept);
    assert_eq!(at_work.is(), "", "and worth nothing");
    assert_eq!([at_home.is(), on_the_way.is()], ["anna-de-vries", "anna-de-vries"]);

    assert_eq!(at_home.ask(endpoints::SIGN_OUT_EVERYWHERE, "", &()).expect("out").who, None);
    assert_eq!(at_home.cookie(COOKIE), None);
    assert_eq!(on_the_way.is(), "");
    assert_eq!(on_the_way.ask(endpoints::CUSTOMERS, "", &()).map(drop), Err(ApiError::NotSignedIn));
    assert_eq!(mehmet.is(), "mehmet-bakker", "nobody else is signed out");
}

#[test]
fn whoever_is_nobody_any_more_loses_their_rights_with_the_next_request_p2_p5() {
    let deployment = Deployment::start();
    let mut nora = deployment.signed_in("nora");
    assert!(nora.ask(endpoints::CUSTOMERS, "", &()).is_ok());
    // Another role counts in every session as soon as she signs in with it anywhere.
    deployment.provider.claim("nora", r#"{"proef_role": "help-desk"}"#);
    deployment.signed_in("nora");
    assert!(matches!(nora.ask(endpoints::DRAFTS, "", &()).map(drop), Err(ApiError::Refused { .. })));
    // She leaves the partner.
    deployment.provider.claim("nora", r#"{"proef_role": null, "proef_partner": null}"#);
    assert_eq!(deployment.browser().signs_in("nora", "/"), format!("{CONSOLE}/sign-in?because=unknown"));
    assert_eq!(nora.ask(endpoints::CUSTOMERS, "", &()).map(drop), Err(ApiError::NotSignedIn));

    // A customer's person who was removed, by the hub of an administrator.
    let mut kim = deployment.signed_in("kim");
    assert!(kim.ask(endpoints::HUB, "", &()).is_ok());
    let mut sanne = deployment.signed_in("sanne");
    let people = sanne.ask(endpoints::HUB_PEOPLE, "", &()).expect("people");
    let mut remove =
        crate::people::request(endpoints::HUB_PERSON_REMOVE, "", "kim-jansen", "", &(), &crate::people::key());
    remove.headers.push((contract::IF_MATCH.to_owned(), contract::etag(people.version)));
    let reply = sanne.send_to_api(&remove);
    assert_eq!(reply.status, 200, "{}", reply.body);
    assert_eq!(kim.ask(endpoints::HUB, "", &()).map(drop), Err(ApiError::NotSignedIn));
    assert_eq!(deployment.browser().signs_in("kim", "/"), format!("{CONSOLE}/sign-in?because=unknown"));
}
