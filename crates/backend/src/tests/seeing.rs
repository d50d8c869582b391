//! What each reader is sent, with real ids of own and foreign things: what they may not see
//! is not there for them, and nothing of a competing partner stands in any answer (P2, P5 to P8).

use std::collections::BTreeSet;

use contract::endpoints::{self, Method};
use contract::error::ApiError;
use contract::hub::{ChangePerson, PersonDone};
use contract::shipments::ShipmentPreview;
use contract::trials::{Order, TrialAct};
use rules::act::ShipmentAct;
use rules::consequences::Consequences;
use rules::device::DeviceType;
use rules::people::CustomerRole;
use rules::service::Service;
use rules::trial::DateKind;
use rules::verdict::Because;

use super::cast::{
    Asked, STORM, STORM_REQUEST, ZOE, accepted, act, answer, competitor, everything, mails, organisation, sent, ship,
    to_ask,
};
use super::every_act::version;
use super::{ANNA, EVERYBODY, INGRID, JOOST, KIM, LENA, MEHMET, OSKAR, PIET, RUTH, SANNE, TOM, World, name};
use crate::router::routes;

/// Everything that may name a thing, own or foreign.
struct Things {
    world: World,
    /// Zuidzee's trial at Rederij Storm.
    zoes: String,
    /// Ids of organisations, trials, shipments, mails and people.
    ids: Vec<String>,
}

/// Noordzee has a running trial at Rederij Storm with provisioning access, Zuidzee another
/// one with full access; Fjord has handed a trial over to Noordzee; devices are out.
fn things() -> Things {
    let world = World::new();
    competitor(&world);
    super::cast::storm_runs(&world, false);
    let ask = to_ask(&world, ZOE, "z1", "ict@rederijstorm.example", &[Service::Calling, Service::Devices]);
    let started: contract::trials::Started = ask.expect("a preview").answer(&world).expect("asked");
    let zoes = started.trial.0;
    let all = accepted(&[Service::Calling, Service::Devices], true);
    answer(&world, JOOST, &zoes, all).expect("a preview").done(&world);
    super::cast::finish(&world, ZOE, &zoes).expect("a preview").done(&world);
    sent(&world, &zoes);
    act(&world, INGRID, "customer-065-1", TrialAct::HandOver).expect("a preview").done(&world);
    let full = everything(&world);
    let phones = sent(&world, full.trial.as_str());
    world.play();
    let mut ids: Vec<String> = [STORM, STORM_REQUEST, "customer-001", "customer-001-1", "customer-002", "customer-065"]
        .into_iter()
        .chain(["customer-065-1", "customer-066-1", "kim-jansen", "noordzee-telecom", "zuidzee-networks"])
        .map(str::to_owned)
        .chain([zoes.clone(), format!("{zoes}.desk-phone"), full.trial.0, full.customer.0, phones])
        .collect();
    for organisation in [STORM, "customer-001", "customer-065"] {
        ids.extend(mails(&world, organisation).into_iter().take(9).map(|(key, _)| key.replacen('/', ".", 1)));
    }
    Things { world, zoes, ids }
}

/// Texts that give a partner away.
const ZUIDZEE: [&str; 4] = ["zuidzee", "Zuidzee", "zoe-zuiderent", "Zuiderent"];
const NOORDZEE: [&str; 7] =
    ["noordzee-telecom", "Noordzee", "anna-de-vries", "Anna de Vries", "mehmet-bakker", "Mehmet", "Lena Krause"];
const FJORD: [&str; 3] = ["fjord-communications", "Fjord Communications", "ingrid"];

/// What no answer to a person may contain.
fn kept_from(person: &str) -> Vec<&'static str> {
    match person {
        ANNA | MEHMET | LENA | PIET => [&ZUIDZEE[..], &FJORD[..]].concat(),
        // Noordzee is Fjord's own distributor.
        INGRID => ZUIDZEE.to_vec(),
        ZOE => [&NOORDZEE[..], &FJORD[..]].concat(),
        // People of Rederij Storm see both of its partners.
        SANNE | JOOST | KIM | TOM => FJORD.to_vec(),
        _ => Vec::new(),
    }
}

/// Whether a route answers each person by what they may see. In a demonstration the personas are
/// introduced to everybody, and the Mailbox stands for that of each of them (G6).
fn is_for_one(path: &str) -> bool {
    path != endpoints::SESSION.path && !path.starts_with(endpoints::MAILBOX.path)
}

fn answers(things: &Things, person: &str, also: impl Fn(&str) -> bool) -> Vec<(String, u16, String)> {
    let mut answers = Vec::new();
    for route in routes(true).into_iter().filter(|route| route.method == Method::Get && also(route.path)) {
        let paths: Vec<String> = match (route.path.contains('{'), route.path) {
            (true, path) => things.ids.iter().map(|id| path.replace("{id}", id).replace("{name}", id)).collect(),
            (false, path) => {
                let asks = |name: &str| match name {
                    "organisation" => ["hub", "journal", "mails"].iter().any(|each| path.contains(each)),
                    "trial" => ["journal", "mails"].iter().any(|each| path.contains(each)),
                    _ => path == endpoints::CUSTOMERS.path,
                };
                let names = ["organisation", "trial", "q"].into_iter().filter(|name| asks(name));
                let named = names.flat_map(|name| things.ids.iter().map(move |id| format!("{path}?{name}={id}")));
                std::iter::once(path.to_owned()).chain(named).collect()
            }
        };
        for path in paths {
            let reply = things.world.send("GET", &path, person, "", &[]);
            assert!(reply.status < 500, "{path} by {person}: {}", reply.body);
            answers.push((path, reply.status, reply.body));
        }
    }
    answers
}

#[test]
fn nothing_of_a_competing_partner_stands_in_any_answer_p8() {
    let things = things();
    for person in EVERYBODY.into_iter().chain([ZOE]) {
        for (path, _, body) in answers(&things, person, is_for_one) {
            // What was handed over names who did, and is shown as their trial (C2).
            let handed_over = path.contains("customer-065-1") || path.contains("handed-over");
            for text in kept_from(person) {
                let own = handed_over && FJORD.contains(&text) && person != ZOE;
                // An id that was asked for is said again in no error, so it is no excuse.
                assert!(own || !body.contains(text), "{text} in {path} by {person}: {body}");
            }
        }
    }
}

#[test]
fn what_may_not_be_seen_is_answered_as_if_it_were_not_there_p7_p2_p8() {
    let things = things();
    let world = &things.world;
    let zoes = things.zoes.as_str();
    let phones = format!("{zoes}.desk-phone");
    let rows: Vec<(&str, &str, Vec<&str>)> = vec![
        (ANNA, "/api/v1/customers/{id}", vec!["customer-065", "customer-066"]),
        (MEHMET, "/api/v1/customers/{id}", vec!["customer-001", STORM, "customer-065"]),
        (INGRID, "/api/v1/customers/{id}", vec!["customer-001", STORM]),
        (ZOE, "/api/v1/customers/{id}", vec!["customer-001", "customer-065"]),
        (ANNA, "/api/v1/trials/{id}", vec![zoes, "customer-066-1"]),
        (MEHMET, "/api/v1/trials/{id}", vec![zoes, "customer-001-1", STORM_REQUEST]),
        (LENA, "/api/v1/trials/{id}", vec![zoes, "customer-065-1"]),
        (PIET, "/api/v1/trials/{id}", vec![zoes, "customer-065-1"]),
        (INGRID, "/api/v1/trials/{id}", vec![zoes, STORM_REQUEST, "customer-001-1"]),
        (ZOE, "/api/v1/trials/{id}", vec![STORM_REQUEST, "customer-001-1", "customer-065-1"]),
        (SANNE, "/api/v1/trials/{id}", vec!["customer-001-1", "customer-065-1"]),
        (ANNA, "/api/v1/trials/{id}/inventory", vec![zoes, "customer-066-1"]),
        (SANNE, "/api/v1/trials/{id}/inventory", vec!["customer-001-1"]),
        (ANNA, "/api/v1/shipments/{id}", vec![&phones, "customer-010-1.desk-device"]),
        (INGRID, "/api/v1/shipments/{id}", vec![&phones]),
        (ANNA, "/api/v1/hub?organisation={id}", vec!["customer-065", ""]),
        (MEHMET, "/api/v1/hub?organisation={id}", vec!["customer-001", STORM]),
        (ZOE, "/api/v1/hub?organisation={id}", vec!["customer-001"]),
        (ANNA, "/api/v1/hub/people?organisation={id}", vec!["customer-065"]),
        (MEHMET, "/api/v1/hub/people?organisation={id}", vec!["customer-001"]),
        (ANNA, "/api/v1/journal?organisation={id}", vec!["customer-065"]),
        (MEHMET, "/api/v1/journal?organisation={id}", vec!["customer-001"]),
        (SANNE, "/api/v1/journal?organisation={id}", vec!["customer-001"]),
        (SANNE, "/api/v1/mails?organisation={id}", vec!["customer-001"]),
        (MEHMET, "/api/v1/mails?organisation={id}", vec!["customer-001"]),
        (ANNA, "/api/v1/eligibility/{id}", vec!["customer-065"]),
        (ZOE, "/api/v1/eligibility/{id}", vec!["customer-001"]),
    ];
    for (person, path, ids) in rows {
        let nothing = world.send("GET", &path.replace("{id}", "nothing-like-it"), person, "", &[]);
        assert_eq!(nothing.status, 404, "{path} by {person}");
        for id in ids {
            let reply = world.send("GET", &path.replace("{id}", id), person, "", &[]);
            assert_eq!((reply.status, &reply.body), (404, &nothing.body), "{path} with {id} by {person}");
        }
    }
    // And nothing is done to it either.
    let cancel = Order { act: TrialAct::Cancel, digest: String::new() };
    let returned = Order { act: ShipmentAct::AskLabel, digest: String::new() };
    for (person, trial) in
        [(ANNA, zoes), (MEHMET, STORM_REQUEST), (INGRID, zoes), (ZOE, STORM_REQUEST), (SANNE, "customer-001-1")]
    {
        for endpoint in [endpoints::ACT_PREVIEW.path, endpoints::ACT.path] {
            let asked = Asked {
                path: endpoint.replace("{id}", trial),
                ..Asked::of(world, &endpoints::ACT, person, trial, &cancel)
            };
            assert_eq!(asked.reply(world).status, 404, "{endpoint} {trial} by {person}");
        }
        assert_eq!(super::cast::finish(world, person, trial).map(drop), Err(ApiError::NotFound), "{trial} by {person}");
    }
    for person in [ANNA, INGRID] {
        let asked = world.ask(endpoints::SHIPMENT_PREVIEW, person, &phones, &returned);
        assert_eq!(asked.map(drop), Err(ApiError::NotFound), "{person}");
    }
}

#[test]
fn the_trials_team_sees_shipments_of_all_partners_and_nothing_of_requests_mails_or_people_p6() {
    let things = things();
    let people: Vec<String> = [STORM, "customer-001", "customer-065"]
        .into_iter()
        .flat_map(|id| organisation(&things.world, id).people)
        .map(|member| member.email)
        .collect();
    let mut seen = 0;
    for (path, status, body) in answers(&things, RUTH, is_for_one) {
        let own = path.contains("/devices/queue") || path.contains("/shipments/") || path.contains("/clock");
        assert!(own || status != 200, "{path}: {body}");
        seen += u32::from(status == 200);
        for email in &people {
            assert!(!body.contains(email.as_str()), "{email} in {path}");
        }
    }
    assert!(seen > 3, "{seen}");
    let queue = things.world.ask(endpoints::DEVICES_QUEUE, RUTH, "", &()).expect("a queue");
    let partners: Vec<&str> = queue.returns.iter().map(|line| line.partner.as_str()).collect();
    assert!(partners.contains(&"Zuidzee Networks") && partners.contains(&"Noordzee Telecom"), "{partners:?}");
}

#[test]
fn an_act_of_the_trials_team_tells_nothing_of_the_trial_but_its_end_beside_the_shipments_dates_p6_d6() {
    let world = World::new();
    let mut draft = rules::samples::full_draft();
    draft.device_licences.desk_device = "1".to_owned();
    draft.ship.desk_device = "1".to_owned();
    let trial = world.save(ANNA, "two-shipments", &draft).expect("saved").trial;
    let whole = world.ask(endpoints::TRIAL, ANNA, trial.as_str(), &()).expect("a trial").trial;
    assert!(whole.offer.calling.is_some() && whole.shipments.len() > 1, "{whole:?}");
    let phones = DeviceType::DeskPhone;
    let told = |brings: Consequences| {
        for view in [brings.before.expect("before"), brings.after.expect("after")] {
            let kinds: BTreeSet<DateKind> = view.dates.iter().map(|(_, kind)| *kind).collect();
            let own = [DateKind::End, DateKind::DeviceEnd(phones), DateKind::DeviceReturn(phones)];
            assert_eq!(kinds, own.into());
            assert_eq!(view.offer.services(), [Service::Devices]);
            let licences = view.offer.devices.expect("device licences");
            let others = DeviceType::ALL.into_iter().filter(|device| *device != phones);
            assert_eq!(others.map(|device| *licences.get(device)).sum::<u32>(), 0);
        }
        assert_eq!((brings.access, brings.lost.is_empty()), ((None, None), true));
    };
    let serials = vec!["SN 1".to_owned(), "sn2".to_owned()];
    let send = ShipmentAct::Send { serials, demo_order_number: "DEMO-77".to_owned(), end: None };
    let shipment = format!("{trial}.desk-phone");
    let order = Order { act: send.clone(), digest: String::new() };
    let preview = world.ask(endpoints::SHIPMENT_PREVIEW, RUTH, &shipment, &order).expect("a preview");
    told(preview.consequences);
    let done: ShipmentPreview = ship(&world, RUTH, &shipment, send).expect("a preview").answer(&world).expect("sent");
    told(done.consequences);
}

#[test]
fn a_trial_that_was_handed_over_shows_the_distributor_only_that_trial_c2() {
    let things = things();
    let world = &things.world;
    let list = world.ask(endpoints::HANDED_OVER, ANNA, "", &()).expect("a list");
    let ids: Vec<&str> = list.trials.iter().map(|line| line.trial.as_str()).collect();
    assert!(ids.contains(&"customer-065-1"), "{ids:?}");
    assert!(world.ask(endpoints::TRIAL, ANNA, "customer-065-1", &()).is_ok());
    assert_eq!(world.ask(endpoints::CUSTOMER, ANNA, "customer-065", &()).map(drop), Err(ApiError::NotFound));
    assert!(
        !world.ask(endpoints::CUSTOMERS, ANNA, "?q=customer-065-1", &()).expect("a list").rows.iter().any(|_| true)
    );
    let cancel = Order { act: TrialAct::Cancel, digest: String::new() };
    let refused = world.ask(endpoints::ACT_PREVIEW, ANNA, "customer-065-1", &cancel);
    assert!(matches!(refused, Err(ApiError::Refused { .. })), "it converts, and does nothing else");
    for person in [LENA, PIET, SANNE, RUTH, OSKAR, TOM] {
        assert!(world.ask(endpoints::HANDED_OVER, person, "", &()).is_err(), "{person}");
    }
}

#[test]
fn a_partner_in_the_hub_sees_what_its_access_reaches_q10_x10_p5_p8() {
    let things = things();
    let world = &things.world;
    let of = |person: &str| world.ask(endpoints::HUB, person, &format!("?organisation={STORM}"), &()).expect("a hub");
    for (person, own, service) in
        [(ANNA, STORM_REQUEST, Service::Messaging), (ZOE, things.zoes.as_str(), Service::Calling)]
    {
        let hub = of(person);
        assert_eq!(hub.trials.iter().map(|each| each.detail.trial.id.as_str()).collect::<Vec<_>>(), [own]);
        assert_eq!((hub.requests.len(), hub.partners.len(), hub.blocked.len()), (0, 1, 0), "{person}");
        assert!(hub.on_behalf.is_some() && !hub.may_decide.is_allowed(), "{person}");
        assert!(hub.licences.iter().any(|line| line.service == service), "{person}");
        let foreign =
            |line: &contract::hub::LicenceLine| (line.service == Service::Calling) != (service == Service::Calling);
        assert!(!hub.licences.iter().any(foreign), "{person}: a competing trial gives no line (P8)");
    }
    let people = |person: &str| world.ask(endpoints::HUB_PEOPLE, person, &format!("?organisation={STORM}"), &());
    assert!(matches!(people(ANNA), Err(ApiError::Refused { .. })), "provisioning access reaches no people (U1)");
    assert_eq!(people(ZOE).expect("people").found, 4);
    let own = of(SANNE);
    assert_eq!((own.trials.len(), own.partners.len(), own.on_behalf.is_none()), (2, 2, true));
}

#[test]
fn a_partner_among_the_people_reads_and_gives_no_service_of_a_competing_trial_q10_p8_h5() {
    let things = things();
    let world = &things.world;
    let set = |person: &str, parameter: &str, services: &[Service]| -> Result<PersonDone, ApiError> {
        let change = ChangePerson { role: CustomerRole::User, services: services.iter().copied().collect() };
        let mut asked = Asked::of(world, &endpoints::HUB_PERSON_CHANGE, person, TOM, &change);
        asked.path.push_str(parameter);
        asked.at(version(world, STORM)).answer(world)
    };
    let zoes = format!("?organisation={STORM}");
    let tom = |person: &str, parameter: &str| {
        let list = world.ask(endpoints::HUB_PEOPLE, person, parameter, &()).expect("people");
        let tom = list.people.into_iter().find(|member| member.id.as_str() == TOM);
        tom.expect("Tom").services.into_iter().collect::<Vec<_>>()
    };
    set(SANNE, "", &[Service::Messaging]).expect("given");
    assert_eq!((tom(SANNE, ""), tom(ZOE, &zoes)), (vec![Service::Messaging], vec![]));
    set(ZOE, &zoes, &[Service::Calling]).expect("given");
    assert_eq!(tom(SANNE, ""), [Service::Messaging, Service::Calling], "what she is not told of stays");
    let refused = set(ZOE, &zoes, &[Service::Messaging]).map(drop);
    let Err(ApiError::Refused { refusal, .. }) = refused else { panic!("{refused:?}") };
    assert_eq!((refusal.because, refusal.service), (Because::NoFreeLicence, Some(Service::Messaging)));
}

#[test]
fn while_a_partner_only_asks_it_knows_the_address_it_typed_and_no_other_x1_q11() {
    let world = World::new();
    let page = world.ask(endpoints::CUSTOMER, ANNA, STORM, &()).expect("its page");
    let body = serde_json::to_string(&page).expect("JSON");
    assert!(body.contains("ict@rederijstorm.example"), "it was typed");
    competitor(&world);
    to_ask(&world, ZOE, "z1", "tom.bos@rederijstorm.example", &[Service::Calling]).expect("a preview").done(&world);
    for (path, _, body) in
        answers(&Things { ids: vec![STORM.to_owned()], zoes: String::new(), world: world.clone() }, ZOE, is_for_one)
    {
        assert!(!body.contains("joost.de.boer@") && !body.contains("\"ict@"), "{path}: {body}");
    }
    let mails = world.ask(endpoints::MAILS, ZOE, &format!("?organisation={STORM}"), &()).expect("mails");
    let mut to: Vec<String> = mails.mails.into_iter().flat_map(|mail| mail.addresses).collect();
    to.sort();
    assert_eq!(to, ["i•••@rederijstorm.example", "j•••@rederijstorm.example", "tom.bos@rederijstorm.example"]);
}

#[test]
fn reading_changes_nothing_of_real_things_whoever_reads_g2() {
    let things = things();
    let world = &things.world;
    world.wait_seconds(3600);
    let before = world.memory.everything();
    for route in routes(true).into_iter().filter(|route| route.method == Method::Get) {
        for person in EVERYBODY.into_iter().chain([ZOE, "nobody"]) {
            for id in &things.ids {
                for method in [name(Method::Get), "HEAD"] {
                    let path = route.path.replace("{id}", id).replace("{name}", id);
                    let reply = world.send(method, &format!("{path}?organisation={id}"), person, "", &[]);
                    assert!(reply.status < 500, "{method} {path} by {person}: {}", reply.status);
                }
                if !route.path.contains('{') {
                    break;
                }
            }
        }
    }
    assert_eq!(world.memory.everything(), before);
}
