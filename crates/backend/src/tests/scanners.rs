//! Whoever only reads changes nothing: people, and the programs that follow every link of a mail
//! before its reader does (X7).

use std::collections::BTreeSet;

use contract::endpoints;
use contract::error::ApiError;
use contract::requests::{OpenRequest, RequestDetail};
use rules::notice::MailKind;
use rules::service::Service;

use super::cast::{STORM, STORM_REQUEST, ZOE, competitor, everything, mails, sent, storm_runs, to_ask, trial};
use super::every_act::secret;
use super::{ANNA, EVERYBODY, JOOST, SANNE, World};
use crate::router::routes;

/// The path of every route, whatever its method.
fn paths() -> BTreeSet<&'static str> {
    routes(true).into_iter().map(|route| route.path).collect()
}

/// Fetches every path as everybody, with GET and HEAD.
fn fetch_everything(world: &World, ids: &[&str]) {
    for path in paths() {
        let of = |id: &&str| path.replace("{id}", id).replace("{name}", id);
        let named: BTreeSet<String> = ids.iter().map(of).collect();
        for path in named {
            for person in EVERYBODY.into_iter().chain([ZOE, "nobody"]) {
                for method in ["GET", "HEAD"] {
                    let reply = world.send(method, &path, person, "", &[]);
                    assert!(reply.status < 500, "{method} {path} by {person}: {}", reply.status);
                    assert!(method == "GET" || reply.body.is_empty(), "HEAD {path} by {person} has a body");
                }
            }
        }
    }
}

#[test]
fn no_get_or_head_of_any_route_changes_anything_x7_g2() {
    let world = World::new();
    competitor(&world);
    let asked = to_ask(&world, ZOE, "d1", "tom.bos@rederijstorm.example", &[Service::Calling]).expect("a preview");
    let asked: contract::trials::Started = asked.answer(&world).expect("sent");
    // One request that is answered, one that waits, a shipment, mails, a link, and a draft.
    storm_runs(&world, true);
    let shipment = sent(&world, everything(&world).trial.as_str());
    world.play();
    let mail = mails(&world, STORM)[0].0.replacen('/', ".", 1);
    let link = secret(&world, "ict@rederijstorm.example");
    let draft = rules::samples::shortest_draft();
    let new = [(contract::IF_NONE_MATCH, "*")];
    world.ask_with(endpoints::DRAFT_KEEP, ANNA, "draft-1", &draft, &new).expect("kept");
    // What time has brought meanwhile is not noted by looking either.
    world.wait_days(8);
    let ids = [STORM_REQUEST, STORM, asked.trial.as_str(), &shipment, &mail, &link, "draft-1"];
    let before = world.memory.everything();
    fetch_everything(&world, &ids);
    assert!(world.memory.everything() == before, "something has changed by reading");

    let server = World::server();
    let before = server.memory.everything();
    fetch_everything(&server, &[STORM_REQUEST]);
    assert!(server.memory.everything() == before, "something has changed by reading from a server");
}

/// Every address in a mail, as it stands there.
fn urls(text: &str) -> BTreeSet<String> {
    let ends = |character: char| character.is_whitespace() || "\"<>".contains(character);
    let begins = text.match_indices("https://").map(|(at, _)| &text[at..]);
    begins.map(|rest| rest.split(ends).next().unwrap_or_default().to_owned()).collect()
}

#[test]
fn a_scanner_that_fetches_every_link_of_a_consent_mail_ten_times_changes_nothing_x7() {
    let world = World::new();
    let address = "ict@rederijstorm.example";
    let all = mails(&world, STORM);
    let consent = all.iter().find(|(_, mail)| mail.order.kind == MailKind::Consent && mail.order.email == address);
    let mail = &consent.expect("a consent mail").1;
    let urls: BTreeSet<String> = urls(&mail.text).into_iter().chain(urls(&mail.html)).collect();
    let link = secret(&world, address);
    assert!(urls.iter().any(|url| url.ends_with(&format!("/request#{link}"))), "{urls:?}");
    let opened = |world: &World| {
        let request = trial(world, STORM_REQUEST).request.expect("a request");
        request.sendings.iter().flat_map(|sending| &sending.recipients).filter(|each| each.opened.is_some()).count()
    };
    let before = world.memory.everything();
    for url in &urls {
        let path = url.trim_start_matches("https://proef.example");
        // A browser keeps the fragment to itself; a careless program may send it as a part of the address.
        let (bare, fragment) = path.split_once('#').unwrap_or((path, ""));
        let bare = if bare.is_empty() { "/" } else { bare };
        let tried = [
            bare.to_owned(),
            format!("{bare}%23{fragment}"),
            format!("{bare}?{fragment}"),
            format!("/api/v1{bare}/{fragment}"),
            format!("{}?token={fragment}", endpoints::REQUEST_OPEN.path),
            endpoints::REQUEST.with(fragment),
            endpoints::REQUEST_PLAIN.with(fragment),
        ];
        for path in tried.iter().filter(|path| path.starts_with('/')) {
            // In a browser in which its reader is signed in, too.
            for person in ["nobody", SANNE] {
                for method in ["GET", "HEAD"].repeat(10) {
                    let reply = world.send(method, path, person, "", &[]);
                    assert!(reply.status < 500, "{method} {path}: {}", reply.status);
                }
            }
        }
    }
    assert!(world.memory.everything() == before, "a scanner has changed something");
    assert_eq!(opened(&world), 0);
    // The link is as good as before, and opening it signed in is what counts.
    let open = OpenRequest { token: link };
    assert_eq!(world.ask(endpoints::REQUEST_OPEN, "nobody", "", &open).map(drop), Err(ApiError::NotSignedIn));
    let read: RequestDetail = world.ask(endpoints::REQUEST_OPEN, JOOST, "", &open).expect("the request");
    assert!(read.may_answer.is_allowed());
    world.ask(endpoints::REQUEST_OPEN, SANNE, "", &open).expect("the request");
    assert_eq!(opened(&world), 1, "Joost got no mail of his own");
}
