//! The Mailbox of a demonstration (G6).

use contract::endpoints;
use contract::error::ApiError;
use contract::mails::{MAILS_ROWS, MailDetail, MailLine, MailboxOpened, MailsPage};
use contract::requests::OpenRequest;
use contract::trials::{SaveTrial, Started, Target};
use rules::notice::{MailKind, MailState};
use rules::service::Service;
use rules::verdict::{Because, RuleId};

use super::cast::{STORM, STORM_REQUEST, ZOE, answer, competitor, mails, to_ask, to_save};
use super::{ANNA, SANNE, World};

fn page(world: &World, query: &str) -> MailsPage {
    world.ask(endpoints::MAILBOX, "nobody", &format!("?{query}"), &()).expect("a page")
}

fn open(world: &World, visit: &str, id: &str) -> Result<MailboxOpened, ApiError> {
    world.ask(endpoints::MAILBOX_OPEN, visit, id, &())
}

/// The latest mail of a kind to an address.
fn mail(world: &World, kind: MailKind, address: &str) -> MailLine {
    let mut lines = page(world, &format!("q={address}")).mails.into_iter();
    lines.find(|line| line.kind == kind).unwrap_or_else(|| panic!("no {} to {address}", kind.name()))
}

#[test]
fn the_mailbox_holds_every_mail_that_was_handed_over_and_no_other_g6_l8() {
    let world = World::new();
    let before = page(&world, "").mails.len();
    assert_eq!(before, MAILS_ROWS, "the data fill more than a page");
    let declined =
        rules::consent::Answered::Declined { reason: rules::consent::DeclineReason::NotNeeded, note: String::new() };
    answer(&world, SANNE, STORM_REQUEST, declined).expect("a preview").done(&world);
    let told = |world: &World| page(world, "q=declined+your+trial+request").mails;
    let count = |mails: &[MailLine]| mails.iter().filter(|line| line.organisation.as_str() == STORM).count();
    assert_eq!(count(&told(&world)), 0, "they wait to be handed over");
    *world.clock.post.lock().expect("no panic") = "no post today".to_owned();
    world.play();
    assert_eq!(count(&told(&world)), 0, "they failed");
    world.clock.post.lock().expect("no panic").clear();
    world.wait_seconds(120);
    world.play();
    let told = told(&world);
    assert_eq!(count(&told), 1, "Anna is told");
    assert_eq!(told[0].recipient.as_deref(), Some("Anna de Vries"));
    assert!(told.iter().all(|line| line.state == MailState::Sent));

    let (mut all, mut cursor) = (0, String::new());
    loop {
        let page = page(&world, &format!("cursor={cursor}"));
        all += page.mails.len();
        match page.next {
            Some(next) => cursor = next,
            None => break,
        }
    }
    let stored = futures_executor::block_on(crate::records::MAILS.list(world.memory.as_ref(), "")).expect("no fault");
    assert_eq!(all, stored.iter().filter(|(_, mail)| mail.value.state == MailState::Sent).count());
}

#[test]
fn a_mail_shows_its_link_and_opening_it_signs_its_recipient_in_g6_x7() {
    let world = World::new();
    let line = mail(&world, MailKind::Consent, "ict@rederijstorm.example");
    let detail: MailDetail = world.ask(endpoints::MAILBOX_MAIL, "nobody", &line.id, &()).expect("a mail");
    let (_, stored) =
        mails(&world, STORM).into_iter().find(|(key, _)| key.replacen('/', ".", 1) == line.id).expect("it");
    assert_eq!((&detail.text, &detail.html), (&stored.text, &stored.html));
    // Anna looks, and goes on as Sanne.
    let opened = open(&world, ANNA, &line.id).expect("opened");
    assert_eq!(opened.session.who.expect("somebody").person.id.as_str(), SANNE);
    let path = opened.path.expect("a link");
    assert_eq!(detail.text.matches(&path).count(), 1, "{path}");
    assert!(path.starts_with("/request#") && path.len() == "/request#".len() + 64, "{path}");
    let who = world.ask(endpoints::SESSION, ANNA, "", &()).expect("a session").who.expect("somebody");
    assert_eq!(who.person.id.as_str(), SANNE, "the visit is hers now");
}

#[test]
fn a_link_in_the_partners_words_leads_nobody_away_from_the_mails_own_x7_g3() {
    let other = "0123456789abcdef".repeat(4);
    for words in [
        "https://elsewhere.example/request".to_owned(),
        format!("https://proef.example/request#{other}"),
        format!("Hier:\nHet verzoek: https://proef.example/request#{other}\n"),
        format!("<a href=\"https://elsewhere.example/request#{other}\">Het verzoek</a>"),
    ] {
        let world = World::new();
        competitor(&world);
        let asked = to_ask(&world, ZOE, "d1", "ict@rederijstorm.example", &[Service::Calling]).expect("a preview");
        let SaveTrial { draft, target, .. } = serde_json::from_str(&asked.body).expect("a body");
        let Target::Ask { organisation, full_access, .. } = target else { panic!("no request") };
        let target = Target::Ask { organisation, full_access, words: words.clone() };
        let sent: Started = to_save(&world, ZOE, "d2", &draft, &target).expect("it").answer(&world).expect("sent");
        world.play();
        let all = page(&world, "q=ict@rederijstorm.example").mails;
        let line = all.into_iter().find(|line| line.trial.as_ref() == Some(&sent.trial)).expect("a consent mail");
        let mail = world.ask(endpoints::MAILBOX_MAIL, "nobody", &line.id, &()).expect("a mail");
        let typed = words.split(&other).next().expect("a beginning").lines().next().expect("a line");
        assert!(mail.text.contains(typed), "{words:?} stands in front of the link: {}", mail.text);
        let path = open(&world, "somebody", &line.id).expect("opened").path.expect("a link");
        let token = path.strip_prefix("/request#").unwrap_or_else(|| panic!("{words:?} leads to {path}"));
        let opened = world.ask(endpoints::REQUEST_OPEN, "somebody", "", &OpenRequest { token: token.to_owned() });
        assert_eq!(opened.map(|request| request.id), Ok(sent.trial), "{words:?}");
    }
}

#[test]
fn each_mail_leads_to_the_first_place_that_it_links_to_g6() {
    let world = World::new();
    super::cast::storm_runs(&world, true);
    world.play();
    let rows = [
        (MailKind::Started, "ict@rederijstorm.example", "/hub"),
        (MailKind::Accepted, "anna.de.vries@noordzee-telecom.example", "/set-up/customer-025"),
        (MailKind::SetUpService, "mehmet.bakker@noordzee-telecom.example", "/set-up/customer-0"),
    ];
    for (kind, address, path) in rows {
        let line = mail(&world, kind, address);
        let opened = open(&world, "somebody", &line.id).expect("opened");
        assert!(opened.path.as_deref().is_some_and(|found| found.starts_with(path)), "{:?}", opened.path);
        assert_eq!(opened.session.who.expect("somebody").person.email, address);
    }
}

#[test]
fn a_mail_to_an_address_of_nobody_is_opened_by_nobody_g6_l3() {
    let world = World::new();
    let line = mail(&world, MailKind::Consent, "ict@rederijstorm.example");
    let remove = contract::hub::ChangePerson { role: rules::people::CustomerRole::User, services: [].into() };
    let version = super::every_act::version(&world, STORM);
    let version = contract::etag(version);
    let from = [(contract::IF_MATCH, version.as_str())];
    world.ask_with(endpoints::HUB_PERSON_CHANGE, super::JOOST, SANNE, &remove, &from).expect("changed");
    assert!(open(&world, "somebody", &line.id).is_ok(), "another role is still a person");
    let version = contract::etag(super::every_act::version(&world, STORM));
    let from = [(contract::IF_MATCH, version.as_str())];
    world.ask_with(endpoints::HUB_PERSON_REMOVE, super::JOOST, SANNE, &(), &from).expect("removed");
    let before = world.memory.everything();
    let Err(ApiError::Refused { refusal, .. }) = open(&world, "another", &line.id) else { panic!("it was opened") };
    assert_eq!((refusal.rule, refusal.because), (RuleId::G6, Because::NobodysAddress));
    assert!(world.memory.everything() == before, "nobody is signed in");
    assert_eq!(page(&world, "q=ict%40rederijstorm.example").mails[0].recipient, None);
    for nothing in ["nothing", "customer-025.nothing", "customer-025/nothing", "", "."] {
        let shown = world.ask(endpoints::MAILBOX_MAIL, "nobody", nothing, &());
        assert_eq!(
            (open(&world, "nobody", nothing).map(drop), shown.map(drop)).0,
            Err(ApiError::NotFound),
            "{nothing}"
        );
    }
}

#[test]
fn a_server_has_no_mailbox_g6_p8() {
    let world = World::server();
    competitor(&world);
    for path in [endpoints::MAILBOX.path.to_owned(), endpoints::MAILBOX_MAIL.with("customer-025.0")] {
        assert_eq!(world.send("GET", &path, ANNA, "", &[]).status, 404, "{path}");
    }
    assert_eq!(open(&world, ANNA, "customer-025.0").map(drop), Err(ApiError::NotFound));
}
