//! A request as a document without a program (X19).

use contract::endpoints;
use contract::error::ApiError;
use contract::trials::TrialAct;
use rules::consent::{Answered, DeclineReason};
use rules::people::Language;
use rules::service::Service;
use rules::verdict::Because;
use sha2::{Digest, Sha256};
use words::consent::{read_by_others, statement, was_asked};

use super::cast::{STORM, STORM_REQUEST, ZOE, accepted, act, answer, competitor, organisation, to_ask};
use super::{ANNA, JOOST, KIM, Reply, SANNE, TOM, World};
use crate::consent;
use crate::serving::PAGE_POLICY;

fn read(world: &World, person: &str, request: &str, query: &str) -> Reply {
    let path = format!("{}{query}", endpoints::REQUEST_PLAIN.with(request));
    world.send("GET", &path, person, "", &[])
}

/// The words of a document, without its markup.
fn words_of(page: &str) -> String {
    let mut words = String::new();
    for part in page.split('<') {
        words.push_str(part.split_once('>').map_or("", |(_, text)| text));
        words.push(' ');
    }
    let plain = [("&quot;", "\""), ("&#39;", "'"), ("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&")];
    plain.iter().fold(words, |words, (escaped, plain)| words.replace(escaped, plain))
}

#[test]
fn the_document_says_all_that_the_page_says_and_how_else_to_answer_x19_x6() {
    let world = World::new();
    let storm = organisation(&world, STORM);
    let trial = storm.trial(&STORM_REQUEST.into()).expect("a trial");
    let request = trial.request.as_ref().expect("a request");
    let asking = consent::asking(&storm, trial, request, "Noordzee Telecom").expect("it was sent");
    for language in Language::ALL {
        for person in [SANNE, JOOST, KIM, TOM] {
            let page = read(&world, person, STORM_REQUEST, &format!("?language={}", language.name()));
            assert_eq!((page.status, page.header("content-type")), (200, "text/html; charset=utf-8"));
            assert!(page.body.contains(&format!("<html lang=\"{}\">", language.tag())), "{person}");
            let words = words_of(&page.body);
            // Who cannot answer is told who can, and is not spoken to as if they could (P7).
            let names = ["Sanne Visser", "Joost de Boer"].map(str::to_owned);
            let text = match person {
                SANNE | JOOST => statement(language, &asking),
                _ => read_by_others(language, &asking, &names),
            };
            for sentence in text.sentences() {
                assert!(words.contains(&sentence), "{sentence} is missing for {person}");
            }
            let pending = words::terms::trial_request_pending(language);
            for said in ["Sanne Visser, Joost de Boer", &request.phrase, "https://proef.example", pending] {
                assert!(words.contains(said), "{said} is missing for {person}: {words}");
            }
            let own = words.contains(words::plain_request::yourself(language));
            assert_eq!(own, matches!(person, SANNE | JOOST), "{person}");
        }
    }
    // Without being asked for another one it is in the language of a mail to the reader.
    assert!(read(&world, SANNE, STORM_REQUEST, "").body.contains("<html lang=\"nl\">"));
    assert_eq!(read(&world, SANNE, STORM_REQUEST, "?language=fr").status, 400);
}

#[test]
fn the_document_runs_nothing_and_shows_markup_as_it_was_typed_x19_g3() {
    let world = World::new();
    competitor(&world);
    let mut asked = to_ask(&world, ZOE, "d1", "tom.bos@rederijstorm.example", &[Service::Calling]).expect("a preview");
    // The words are no part of the preview's digest that matters here: they are asked anew.
    let words = "Kijk <script>alert(1)</script> & <b>\\\"dit\\\"</b>";
    let body: contract::trials::SaveTrial = serde_json::from_str(&asked.body).expect("a body");
    let contract::trials::Target::Ask { organisation, full_access, .. } = body.target.clone() else { panic!("no ask") };
    let target = contract::trials::Target::Ask { organisation, full_access, words: words.to_owned() };
    asked = super::cast::to_save(&world, ZOE, "d2", &body.draft, &target).expect("a preview");
    let sent: contract::trials::Started = asked.answer(&world).expect("sent");
    let page = read(&world, SANNE, sent.trial.as_str(), "");
    assert!(words_of(&page.body).contains(words), "{}", page.body);
    for never in ["<script", "<b>", " onclick", "javascript:", " style=", "@import", "url("] {
        assert!(!page.body.contains(never), "{never}");
    }
    let policy = page.header("content-security-policy");
    assert_eq!(policy, PAGE_POLICY);
    assert_eq!((page.header("referrer-policy"), page.header("x-content-type-options")), ("no-referrer", "nosniff"));
    assert_eq!(page.header("cache-control"), "no-store");
    let style = page.body.split_once("<style>").expect("a style").1.split_once("</style>").expect("its end").0;
    let hash = base64(&Sha256::digest(style.as_bytes()));
    assert!(policy.contains(&format!("'sha256-{hash}'")), "the style is {hash} by now");
    assert!(style.contains("color-scheme:light dark") && !style.contains('#'), "{style}");
}

#[test]
fn the_document_says_what_became_of_the_request_x19_x15() {
    let world = World::new();
    let says = |world: &World, text: &str| {
        let page = words_of(&read(world, SANNE, STORM_REQUEST, "?language=en").body);
        assert!(page.contains(text), "{text} is missing in {page}");
        page
    };
    says(&world, "days are left");
    let declined = Answered::Declined { reason: DeclineReason::NotNeeded, note: "Later".to_owned() };
    let over = words::plain_request::over(Language::En);
    let fork = |prepare: &dyn Fn(&World)| {
        let world = World::new();
        prepare(&world);
        world
    };
    let accept = |world: &World| {
        drop(answer(world, JOOST, STORM_REQUEST, accepted(&[Service::Messaging], true)).expect("it").done(world))
    };
    let accepted = fork(&accept);
    let page = says(&accepted, "Joost de Boer accepted the request of Noordzee Telecom for Rederij Storm");
    assert!(page.contains("Not accepted: Meetings.") && page.contains(over), "{page}");
    let refused = fork(&|world| drop(answer(world, SANNE, STORM_REQUEST, declined.clone()).expect("it").done(world)));
    let page = says(&refused, "Reason: Not needed.");
    assert!(page.contains("In the words of Sanne Visser: Later"), "{page}");
    let cancelled = fork(&|world| drop(act(world, ANNA, STORM_REQUEST, TrialAct::Cancel).expect("it").done(world)));
    says(&cancelled, "The trial was cancelled.");
    let lapsed = fork(&|world| world.wait_days(31));
    says(&lapsed, "The request has lapsed");
    for world in [&accepted, &refused, &cancelled, &lapsed] {
        let page = says(world, over);
        let storm = organisation(world, STORM);
        let trial = storm.trial(&STORM_REQUEST.into()).expect("a trial");
        let request = trial.request.as_ref().expect("a request");
        let asking = consent::asking(&storm, trial, request, "Noordzee Telecom").expect("it was sent");
        assert!(page.contains(&was_asked(Language::En, &asking).duration), "{page}");
        let text = statement(Language::En, &asking);
        for before in [&text.get, &text.accepting, &text.with_box, &text.later, &text.check, &text.until] {
            assert!(!page.contains(before.as_str()), "{before}: it is over: {page}");
        }
        assert!(!page.contains(words::plain_request::how(Language::En)), "{page}");
    }
}

#[test]
fn the_document_is_for_who_may_read_the_request_x19_x7() {
    let world = World::new();
    competitor(&world);
    for person in [ANNA, ZOE, "nobody"] {
        let error = ApiError::from_json(&read(&world, person, STORM_REQUEST, "").body);
        let asked = world.ask(endpoints::REQUEST, person, STORM_REQUEST, &());
        assert_eq!(error, asked.map(drop).err(), "{person}");
        assert!(error.is_some(), "{person}");
    }
    assert_eq!(read(&world, SANNE, "no-such-request", "").status, 404);
    let Some(ApiError::Refused { refusal, .. }) = ApiError::from_json(&read(&world, SANNE, "customer-001-1", "").body)
    else {
        panic!("another organisation's is shown")
    };
    assert_eq!(refusal.because, Because::NotForThem);
}

/// Base64, as a policy writes a hash.
fn base64(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::new();
    for three in bytes.chunks(3) {
        let number = three.iter().fold(0u32, |number, byte| number << 8 | u32::from(*byte)) << (8 * (3 - three.len()));
        for place in 0..4 {
            let digit = DIGITS[(number >> (18 - 6 * place) & 63) as usize];
            text.push(if place <= three.len() { char::from(digit) } else { '=' });
        }
    }
    text
}
