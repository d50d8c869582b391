//! Signing in by a real OpenID provider.

use std::time::{Duration, Instant};

use contract::endpoints;
use contract::error::ApiError;
use contract::sign_in::CALLBACK;
use rules::people::Right;

use crate::browser::{Browser, fill};
use crate::cluster::Cluster;
use crate::identity_provider::{CONSOLE, IdentityProvider};
use crate::program::Copy;

/// For how long anything is waited for.
const PATIENCE: Duration = Duration::from_secs(60);

/// A server with the data of the demonstration, for real use.
pub struct Deployment {
    pub cluster: Cluster,
    pub provider: IdentityProvider,
    pub database: String,
    pub copy: Copy,
}

impl Deployment {
    pub fn start() -> Deployment {
        Deployment::start_over(Cluster::start())
    }

    pub fn start_over(cluster: Cluster) -> Deployment {
        let database = cluster.database();
        fill(&database);
        let provider = IdentityProvider::start();
        let copy = started(&database, &provider, &[]);
        Deployment { cluster, provider, database, copy }
    }

    pub fn browser(&self) -> Browser {
        Browser::of(&self.copy)
    }

    pub fn sql(&self, text: &str) -> String {
        self.cluster.sql("test_0", text)
    }

    /// A browser in which somebody is signed in.
    pub fn signed_in(&self, account: &str) -> Browser {
        let mut browser = self.browser();
        assert_eq!(browser.signs_in(account, "/"), format!("{CONSOLE}/"), "{account}: {}", self.copy.log());
        browser
    }
}

/// A copy of the server with a provider.
pub fn started(database: &str, provider: &IdentityProvider, settings: &[(&str, &str)]) -> Copy {
    let all: Vec<(&str, &str)> = provider.settings().into_iter().chain(settings.iter().copied()).collect();
    let mut copy = Copy::begin(database, &all);
    copy.listens();
    copy
}

fn until(what: &str, mut holds: impl FnMut() -> bool) {
    let begun = Instant::now();
    while !holds() {
        assert!(begun.elapsed() < PATIENCE, "never: {what}");
        std::thread::yield_now();
    }
}

#[test]
fn people_of_partners_of_customers_and_of_the_trials_team_sign_in_and_nobody_else_does_p1_p2_p5_p6() {
    let deployment = Deployment::start();
    let mut anna = deployment.browser();
    let to = "/customers?q=zon&status=active";
    assert_eq!(anna.signs_in("anna", to), format!("{CONSOLE}{to}"), "{}", deployment.copy.log());
    let who = anna.who().expect("signed in");
    assert_eq!((who.person.id.as_str(), who.organisation.as_str()), ("anna-de-vries", "Noordzee Telecom"));
    assert!(anna.ask(endpoints::CUSTOMERS, "", &()).is_ok());

    let mut nora = deployment.signed_in("nora");
    let who = nora.who().expect("signed in");
    assert_eq!((who.person.name.as_str(), who.organisation.as_str()), ("Nora Smit", "Noordzee Telecom"));
    assert!(who.may(Right::StartTrial).is_allowed() && !who.may(Right::Assign).is_allowed());
    let mut ruth = deployment.signed_in("ruth");
    assert!(ruth.ask(endpoints::DEVICES_QUEUE, "", &()).is_ok());
    assert!(matches!(ruth.ask(endpoints::CUSTOMERS, "", &()).map(drop), Err(ApiError::Refused { .. })));
    let mut sanne = deployment.signed_in("sanne");
    assert_eq!(sanne.is(), "sanne-visser");
    assert!(!sanne.ask(endpoints::REQUESTS, "", &()).expect("hers").requests.is_empty());

    for (account, pressed, page) in [
        ("stranger", "sign-in", "/sign-in?because=unknown"),
        ("unverified", "sign-in", "/sign-in?because=email-not-verified"),
        ("mole", "sign-in", "/sign-in?because=unknown"),
        ("anna", "cancel", "/sign-in?because=denied"),
    ] {
        let mut browser = deployment.browser();
        let form = browser.begins("/");
        assert_eq!(browser.fills_in(&form, account, pressed).url, format!("{CONSOLE}{page}"), "{account}");
        assert_eq!(browser.is(), "", "{account}");
        assert_eq!(browser.cookie("__Host-proef"), None, "{account}");
    }
    // Where it was to lead is kept for the next time; elsewhere it leads nowhere.
    let mut browser = deployment.browser();
    let form = browser.begins("/customers?q=x");
    let denied = browser.fills_in(&form, "", "cancel").url;
    assert_eq!(denied, format!("{CONSOLE}/sign-in?because=denied&then=%2Fcustomers%3Fq%3Dx"));
    for to in ["https://evil.example/", "//evil.example/", "/\\evil.example", "/api/v1/customers.csv"] {
        assert_eq!(deployment.browser().signs_in("anna", to), format!("{CONSOLE}/"), "{to}");
    }
    let log = deployment.copy.log();
    for told in ["rederijstorm", "noordzee-telecom.example", "the-secret-of-the-tests", "stranger@"] {
        assert!(!log.contains(told), "the log tells {told}");
    }
}

#[test]
fn an_answer_that_is_replayed_foreign_late_or_changed_signs_nobody_in() {
    let deployment = Deployment::start();
    let expired = format!("{CONSOLE}/sign-in?because=expired");
    let failed = format!("{CONSOLE}/sign-in?because=failed");

    // The same answer a second time.
    let mut browser = deployment.browser();
    let form = browser.begins("/");
    let answer = browser.is_sent_back(&form, "anna");
    let foreign = {
        // In another browser, which has a sign-in of its own under way, it is worth nothing; and it is not used up.
        let mut other = deployment.browser();
        other.begins("/");
        other.open(&answer).url
    };
    assert_eq!(foreign, expired);
    assert_eq!(deployment.browser().open(&answer).url, expired, "nor in one without");
    assert_eq!(browser.open(&answer).url, format!("{CONSOLE}/"));
    assert_eq!(browser.open(&answer).url, expired);
    assert_eq!(browser.is(), "anna-de-vries", "the session that holds stays");

    // Another state, none, and one that came too late.
    let mut browser = deployment.browser();
    let form = browser.begins("/");
    let answer = browser.is_sent_back(&form, "anna");
    let (before, state) = answer.split_once("state=").expect("a state");
    let rest = state.split_once('&').map_or("", |(_, rest)| rest);
    let other_state = format!("{before}state={}&{rest}", "x".repeat(43));
    let no_state = format!("{before}&{rest}");
    for changed in [other_state, no_state, format!("{CONSOLE}{CALLBACK}"), format!("{CONSOLE}{CALLBACK}?state=%ff")] {
        assert_eq!(browser.open(&changed).url, expired, "{changed}");
    }
    deployment.sql("UPDATE sign_in_attempts SET ends = now()");
    assert_eq!(browser.open(&answer).url, expired, "after ten minutes");

    // An ID token for another sign-in: the browser was sent to the provider with another nonce.
    let mut browser = deployment.browser();
    let sent_on = browser.send("GET", &format!("{CONSOLE}{}?to=/", contract::sign_in::BEGIN), &[], "");
    let at_provider = sent_on.header("location").to_owned();
    let nonce = at_provider.split("nonce=").nth(1).and_then(|rest| rest.split('&').next()).expect("a nonce");
    for part in ["code_challenge_method=S256", "response_type=code", "scope=openid+email+profile", "state="] {
        assert!(at_provider.contains(part), "{part}: {at_provider}");
    }
    let form = browser.open(&at_provider.replace(nonce, "another-nonce"));
    assert_eq!(browser.fills_in(&form, "anna", "sign-in").url, failed);

    // A code that was given to another sign-in: its verifier is another one (PKCE).
    let (mut browser, mut other) = (deployment.browser(), deployment.browser());
    let form = browser.begins("/");
    let answer = browser.is_sent_back(&form, "anna");
    let form = other.begins("/");
    let others = other.is_sent_back(&form, "anna");
    let code =
        |url: &str| url.split("code=").nth(1).and_then(|rest| rest.split('&').next()).expect("a code").to_owned();
    let mixed = answer.replace(&code(&answer), &code(&others));
    assert_eq!(browser.open(&mixed).url, expired, "the provider does not take it");
    assert_eq!(browser.is(), "");

    // An answer of another provider (RFC 9207).
    let mut browser = deployment.browser();
    let form = browser.begins("/");
    let answer = browser.is_sent_back(&form, "anna");
    let (before, issuer) = answer.split_once("iss=").expect("an issuer");
    assert!(issuer.starts_with("http%3A%2F%2F127.0.0.1"), "{issuer}");
    assert_eq!(browser.open(&format!("{before}iss=https%3A%2F%2Fevil.example")).url, failed);
    let signed_in = deployment.sql("SELECT count(*) FROM sign_ins JOIN sessions ON key = visit");
    assert_eq!(signed_in, "1", "only the first one");
}

#[test]
fn a_provider_that_is_down_is_said_and_signs_people_in_again_without_a_restart() {
    let mut deployment = Deployment::start();
    let mut anna = deployment.signed_in("anna");
    // It goes down while somebody is there.
    let mut browser = deployment.browser();
    let form = browser.begins("/customers");
    let answer = browser.is_sent_back(&form, "mehmet");
    deployment.provider.stop();
    let unavailable = format!("{CONSOLE}/sign-in?because=provider-unavailable");
    assert_eq!(browser.open(&answer).url, format!("{unavailable}&then=%2Fcustomers"));
    until("whoever begins is told", || {
        // For a few seconds it counts as there still, and the browser would show that it is not.
        let sent = browser.send("GET", &format!("{CONSOLE}{}?to=/", contract::sign_in::BEGIN), &[], "");
        sent.header("location") == unavailable
    });
    assert_eq!(anna.is(), "anna-de-vries", "whoever is signed in works on");

    // It comes back with other keys.
    deployment.provider.run();
    until("people sign in again", || deployment.browser().signs_in("mehmet", "/") == format!("{CONSOLE}/"));
    // A server that starts while it is down signs people in as soon as it is there.
    deployment.provider.stop();
    let copy = started(&deployment.database, &deployment.provider, &[]);
    assert_eq!(Browser::of(&copy).signs_in("anna", "/"), unavailable);
    deployment.provider.run();
    until("people sign in at the new copy", || Browser::of(&copy).signs_in("anna", "/") == format!("{CONSOLE}/"));
}

#[test]
fn while_postgresql_is_down_people_are_told_to_come_back_and_nobody_is_signed_out_by_it_g2() {
    let mut deployment = Deployment::start_over(Cluster::start_lasting());
    let mut anna = deployment.signed_in("anna");
    let mut mehmet = deployment.browser();
    let form = mehmet.begins("/customers");
    let answer = mehmet.is_sent_back(&form, "mehmet");
    deployment.cluster.stop();
    assert_eq!(anna.ask(endpoints::CUSTOMERS, "", &()).map(drop), Err(ApiError::Unavailable));
    assert_eq!(anna.ask(endpoints::SIGN_OUT, "", &()).map(drop), Err(ApiError::Unavailable));
    assert!(anna.cookie("__Host-proef").is_some(), "the session is not thrown away");
    let unavailable = format!("{CONSOLE}/sign-in?because=unavailable");
    assert_eq!(deployment.browser().begins("/").url, unavailable);
    assert_eq!(mehmet.open(&answer).url, unavailable);
    deployment.cluster.run();
    until("it answers again", || anna.ask(endpoints::CUSTOMERS, "", &()).is_ok());
    assert_eq!(anna.is(), "anna-de-vries");
    assert_eq!(mehmet.open(&answer).url, format!("{CONSOLE}/customers"), "what was under way goes on");
}

#[test]
fn any_copy_finishes_what_another_one_began() {
    let deployment = Deployment::start();
    let other = started(&deployment.database, &deployment.provider, &[]);
    let mut browser = deployment.browser();
    // Two tabs at once.
    let (first, second) = (browser.begins("/customers"), browser.begins("/activity"));
    browser.turns_to(&other);
    assert_eq!(browser.fills_in(&first, "anna", "sign-in").url, format!("{CONSOLE}/customers"));
    assert_eq!(browser.fills_in(&second, "anna", "sign-in").url, format!("{CONSOLE}/activity"));
    browser.turns_to(&deployment.copy);
    assert_eq!(browser.is(), "anna-de-vries");
}

#[test]
fn a_server_without_a_provider_says_so_to_whoever_wants_to_sign_in() {
    let cluster = Cluster::start();
    let mut copy = Copy::begin(&cluster.database(), &[]);
    copy.listens();
    assert_eq!(Browser::of(&copy).begins("/").url, format!("{CONSOLE}/sign-in?because=not-set-up"));
    assert!(copy.log().contains("no identity provider is set"));
}
