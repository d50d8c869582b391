//! Every act of every route, each with the world in which it may be done: the tables that
//! the tests of faults and of lost updates go through.

use contract::customers::Assign;
use contract::endpoints;
use contract::hub::{AccessAct, AddPerson, ChangePerson, HubSettings};
use contract::requests::OpenRequest;
use contract::set_up::TakePeople;
use contract::trials::{Order, Target, TrialAct};
use rules::act::{Conversion, ShipmentAct};
use rules::consent::{Answered, DeclineReason};
use rules::organisation::AccessLevel;
use rules::people::{Assignment, CustomerRole, Language};
use rules::service::{Duration, Service};
use rules::set_up::{SetUpDraft, TERMS_VERSION};

use super::cast::{
    Asked, STORM, STORM_REQUEST, ZOE, accepted, act, answer, competitor, draft, everything, finish, mails, sent, ship,
    storm_runs, to_ask, to_save,
};
use super::{ANNA, INGRID, KIM, MEHMET, RUTH, SANNE, World};

/// An act with the organisation that it is done to; empty for one that makes its own.
pub(super) type Row = (&'static str, fn(&World) -> (String, Asked));

const BOTH: [Service; 2] = [Service::Messaging, Service::Meetings];

fn storm(asked: Result<Asked, contract::error::ApiError>) -> (String, Asked) {
    (STORM.to_owned(), asked.expect("a preview"))
}

/// The version of Rederij Storm.
pub(super) fn version(world: &World, organisation: &str) -> u64 {
    let found = futures_executor::block_on(crate::records::ORGANISATIONS.get(world.memory.as_ref(), organisation));
    found.expect("no fault").expect("an organisation").version
}

/// The secret of the link that went to an address of Rederij Storm.
pub(super) fn secret(world: &World, address: &str) -> String {
    let all = mails(world, STORM);
    let (_, mail) = all
        .iter()
        .rfind(|(_, mail)| mail.order.kind == rules::notice::MailKind::Consent && mail.order.email == address)
        .expect("a consent mail");
    let begin = mail.text.find("/request#").expect("a link") + "/request#".len();
    mail.text[begin..begin + 64].to_owned()
}

/// The order that the trial at Rederij Storm becomes.
pub(super) fn conversion() -> Conversion {
    Conversion {
        order_number: "PO-2026-1".to_owned(),
        contact_email: "anna.de.vries@noordzee-telecom.example".to_owned(),
        administrator_email: "ict@rederijstorm.example".to_owned(),
        services: BOTH.into(),
        confirmed: false,
    }
}

fn running(world: &World, person: &str, wanted: TrialAct) -> (String, Asked) {
    let trial = storm_runs(world, true);
    storm(act(world, person, &trial, wanted))
}

/// The desk phones of a new trial, with its organisation: sent or only ordered.
fn phones(world: &World, are_sent: bool, person: &str, wanted: ShipmentAct) -> (String, Asked) {
    let started = everything(world);
    let id = format!("{}.desk-phone", started.trial);
    if are_sent {
        sent(world, started.trial.as_str());
    }
    let extension = ShipmentAct::AskExtension { days: 10, reason: "More time".to_owned() };
    match &wanted {
        ShipmentAct::DecideExtension { .. } => drop(ship(world, ANNA, &id, extension).expect("asked").done(world)),
        ShipmentAct::SendLabel => drop(ship(world, ANNA, &id, ShipmentAct::AskLabel).expect("asked").done(world)),
        _ => {}
    }
    (started.customer.0, ship(world, person, &id, wanted).expect("a preview"))
}

fn hub<Q: serde::Serialize, A>(
    world: &World,
    endpoint: &endpoints::Endpoint<Q, A>,
    parameter: &str,
    body: &Q,
) -> (String, Asked) {
    let asked = Asked::of(world, endpoint, SANNE, parameter, body);
    (STORM.to_owned(), asked.at(version(world, STORM)))
}

fn access(world: &World, level: Option<AccessLevel>) -> (String, Asked) {
    storm_runs(world, true);
    let wanted = AccessAct { partner: "noordzee-telecom".into(), level };
    let order = Order { act: wanted.clone(), digest: String::new() };
    let preview = world.ask(endpoints::HUB_PARTNERS_PREVIEW, SANNE, "", &order).expect("a preview");
    let order = Order { act: wanted, digest: preview.digest };
    let asked = Asked::of(world, &endpoints::HUB_PARTNERS, SANNE, "", &order);
    (STORM.to_owned(), asked.at(preview.version))
}

/// Three lines of which two are good.
fn people() -> TakePeople {
    let lines = ["a@rederijstorm.example,Ann,Smit,messaging", "nonsense,Bob,Smit,", "c@rederijstorm.example,Cas,,"];
    TakePeople::File(lines.join("\n"))
}

pub(super) const EVERY_ACT: [Row; 44] = [
    ("start", |world| {
        let full = rules::samples::full_draft();
        (String::new(), to_save(world, ANNA, "d1", &full, &Target::New).expect("a preview"))
    }),
    ("ask", |world| {
        competitor(world);
        storm(to_ask(world, ZOE, "d1", "tom.bos@rederijstorm.example", &[Service::Calling]))
    }),
    ("add", |world| {
        storm_runs(world, true);
        let target = Target::Add { customer: STORM.into() };
        storm(to_save(world, ANNA, "d1", &draft(&[Service::Calling, Service::Devices]), &target))
    }),
    ("resend", |world| (STORM.to_owned(), Asked::of(world, &endpoints::RESEND, ANNA, STORM_REQUEST, &()))),
    ("open", |world| {
        let token = secret(world, "ict@rederijstorm.example");
        (STORM.to_owned(), Asked::of(world, &endpoints::REQUEST_OPEN, SANNE, "", &OpenRequest { token }))
    }),
    ("accept", |world| storm(answer(world, SANNE, STORM_REQUEST, accepted(&BOTH[..1], false)))),
    ("decline", |world| {
        let declined = Answered::Declined { reason: DeclineReason::UnknownPartner, note: "Who?".to_owned() };
        storm(answer(world, SANNE, STORM_REQUEST, declined))
    }),
    ("cancel a request", |world| storm(act(world, ANNA, STORM_REQUEST, TrialAct::Cancel))),
    ("cancel what awaits its set-up", |world| {
        answer(world, SANNE, STORM_REQUEST, accepted(&BOTH, false)).expect("a preview").done(world);
        storm(act(world, SANNE, STORM_REQUEST, TrialAct::Cancel))
    }),
    ("cancel a trial", |world| running(world, ANNA, TrialAct::Cancel)),
    ("undo", |world| {
        let (_, cancel) = running(world, SANNE, TrialAct::Cancel);
        cancel.done(world);
        storm(act(world, SANNE, STORM_REQUEST, TrialAct::Undo))
    }),
    ("extend", |world| running(world, ANNA, TrialAct::Extend { days: Duration::Days60, confirmed: false })),
    ("edit", |world| {
        let draft = Box::new(draft(&[Service::Messaging, Service::Calling, Service::Devices]));
        running(world, ANNA, TrialAct::Edit { draft, confirmed: true })
    }),
    ("accept the terms", |world| {
        running(world, SANNE, TrialAct::AcceptTerms { language: Language::Nl, version: TERMS_VERSION })
    }),
    ("finish a set-up", |world| {
        answer(world, SANNE, STORM_REQUEST, accepted(&BOTH, true)).expect("a preview").done(world);
        storm(finish(world, ANNA, STORM_REQUEST))
    }),
    ("keep what is typed in a set-up", |world| {
        answer(world, SANNE, STORM_REQUEST, accepted(&BOTH, true)).expect("a preview").done(world);
        let typed = SetUpDraft { site_name: "typed".to_owned(), ..SetUpDraft::default() };
        let keep = |person, from| Asked::of(world, &endpoints::SET_UP_KEEP, person, STORM_REQUEST, &typed).at(from);
        keep(KIM, 0).done(world);
        (STORM.to_owned(), keep(ANNA, 1))
    }),
    ("take people in a set-up", |world| {
        answer(world, SANNE, STORM_REQUEST, accepted(&BOTH, true)).expect("a preview").done(world);
        (STORM.to_owned(), Asked::of(world, &endpoints::SET_UP_PEOPLE, KIM, STORM_REQUEST, &people()))
    }),
    ("take people from a file", |world| {
        (STORM.to_owned(), Asked::of(world, &endpoints::HUB_PEOPLE_FILE, SANNE, "", &people()))
    }),
    ("provision again", |world| {
        let again = TrialAct::RetryProvisioning { service: Service::Calling };
        ("customer-023".to_owned(), act(world, ANNA, "customer-023-1", again).expect("a preview"))
    }),
    ("convert", |world| running(world, ANNA, TrialAct::Convert(conversion()))),
    ("hand over", |world| {
        ("customer-065".to_owned(), act(world, INGRID, "customer-065-1", TrialAct::HandOver).expect("a preview"))
    }),
    ("say interested", |world| running(world, SANNE, TrialAct::SayInterested)),
    ("answer interest", |world| {
        let (_, said) = running(world, SANNE, TrialAct::SayInterested);
        said.done(world);
        storm(act(world, ANNA, STORM_REQUEST, TrialAct::AnswerInterest))
    }),
    ("reduce access", |world| access(world, Some(AccessLevel::Provisioning))),
    ("remove access", |world| access(world, None)),
    ("remove access before the set-up", |world| {
        answer(world, SANNE, STORM_REQUEST, accepted(&BOTH, false)).expect("a preview").done(world);
        let wanted = AccessAct { partner: "noordzee-telecom".into(), level: None };
        let order = Order { act: wanted.clone(), digest: String::new() };
        let preview = world.ask(endpoints::HUB_PARTNERS_PREVIEW, SANNE, "", &order).expect("a preview");
        let order = Order { act: wanted, digest: preview.digest };
        let asked = Asked::of(world, &endpoints::HUB_PARTNERS, SANNE, "", &order);
        (STORM.to_owned(), asked.at(preview.version))
    }),
    ("lift a block", |world| {
        let declined = Answered::Declined { reason: DeclineReason::UnknownPartner, note: String::new() };
        answer(world, SANNE, STORM_REQUEST, declined).expect("a preview").done(world);
        (STORM.to_owned(), Asked::of(world, &endpoints::HUB_UNBLOCK, SANNE, "noordzee-telecom", &()))
    }),
    ("add a person", |world| {
        let person = AddPerson {
            name: "Noor Smit".to_owned(),
            email: "noor@rederijstorm.example".to_owned(),
            role: CustomerRole::Administrator,
            services: [].into(),
        };
        (STORM.to_owned(), Asked::of(world, &endpoints::HUB_PERSON_ADD, SANNE, "", &person))
    }),
    ("change a person", |world| {
        let change = ChangePerson { role: CustomerRole::User, services: [].into() };
        hub(world, &endpoints::HUB_PERSON_CHANGE, "kim-jansen", &change)
    }),
    ("remove a person", |world| hub(world, &endpoints::HUB_PERSON_REMOVE, "kim-jansen", &())),
    ("set the settings", |world| {
        let settings = HubSettings { name: "Rederij Storm BV".to_owned(), language: Language::En };
        hub(world, &endpoints::HUB_SETTINGS, "", &settings)
    }),
    ("assign", |world| {
        let assignment = Assignment { in_charge: Some(MEHMET.into()), assigned: vec![ANNA.into()] };
        let asked = Asked::of(world, &endpoints::ASSIGNMENT, ANNA, STORM, &Assign { assignment });
        (STORM.to_owned(), asked.at(version(world, STORM)))
    }),
    ("cancel a shipment", |world| phones(world, false, ANNA, ShipmentAct::Cancel)),
    ("send a shipment", |world| {
        let serials = vec!["SN1".to_owned(), "SN2".to_owned()];
        phones(world, false, RUTH, ShipmentAct::Send { serials, demo_order_number: "DEMO-1".to_owned(), end: None })
    }),
    ("ask to keep devices", |world| {
        phones(world, true, ANNA, ShipmentAct::AskExtension { days: 20, reason: "Longer pilot".to_owned() })
    }),
    ("decide to keep devices", |world| {
        phones(world, true, RUTH, ShipmentAct::DecideExtension { approved: true, reason: String::new() })
    }),
    ("ask for a label", |world| phones(world, true, ANNA, ShipmentAct::AskLabel)),
    ("send a label", |world| phones(world, true, RUTH, ShipmentAct::SendLabel)),
    ("check in", |world| phones(world, true, RUTH, ShipmentAct::CheckIn { serials: vec!["sn 2".to_owned()] })),
    ("write off", |world| phones(world, true, RUTH, ShipmentAct::WriteOff { reason: "Lost at sea".to_owned() })),
    ("keep a draft", |world| {
        let mut asked = Asked::of(world, &endpoints::DRAFT_KEEP, ANNA, "d1", &rules::samples::shortest_draft());
        asked.headers.push((contract::IF_NONE_MATCH, "*".to_owned()));
        (String::new(), asked)
    }),
    ("discard a draft", |world| {
        let headers = [(contract::IF_NONE_MATCH, "*")];
        let draft = rules::samples::shortest_draft();
        world.ask_with(endpoints::DRAFT_KEEP, ANNA, "d1", &draft, &headers).expect("kept");
        (String::new(), Asked::of(world, &endpoints::DRAFT_DISCARD, ANNA, "d1", &()))
    }),
    ("save a draft that was kept", |world| {
        let headers = [(contract::IF_NONE_MATCH, "*")];
        let draft = rules::samples::shortest_draft();
        world.ask_with(endpoints::DRAFT_KEEP, ANNA, "d1", &draft, &headers).expect("kept");
        (String::new(), to_save(world, ANNA, "d1", &draft, &Target::New).expect("a preview"))
    }),
    ("look up", |world| {
        let look_up = contract::trials::LookUp { administrator_email: "ict@rederijstorm.example".to_owned() };
        (STORM.to_owned(), Asked::of(world, &endpoints::ORGANISATION_LOOK_UPS, ANNA, "", &look_up))
    }),
];
