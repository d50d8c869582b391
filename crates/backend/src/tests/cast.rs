//! What people do in the tests: requests as the console would send them, each made from a
//! fresh preview, so that a test can send one now, later, twice, or to a store that fails.

use contract::endpoints::{self, Endpoint};
use contract::error::ApiError;
use contract::requests::AnswerRequest;
use contract::trials::{ActPreview, LookUp, LookUpAnswer, Order, Preview, SaveTrial, Started, Target, TrialAct};
use contract::{IDEMPOTENCY_KEY, IF_MATCH, etag};
use futures_executor::block_on;
use rules::act::ShipmentAct;
use rules::consent::Answered;
use rules::draft::TrialDraft;
use rules::ids::OrganisationId;
use rules::organisation::Organisation;
use rules::people::{Language, Partner, PartnerRole, Person, Role, Tier};
use rules::service::Service;
use rules::trial::{State, Trial};
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::{Reply, World, name};
use crate::records::{
    ADDRESSES, HOMES, Holder, Home, JOURNAL, JournalEntry, MAILS, Mail, ORGANISATIONS, PARTNERS, PEOPLE, SESSIONS,
    SignedIn,
};
use crate::store::{Commit, Store};

/// The organisation of Sanne, Joost, Kim and Tom, which Noordzee Telecom has asked.
pub(super) const STORM: &str = "customer-025";
/// The request to it.
pub(super) const STORM_REQUEST: &str = "customer-025-1";
/// A sales full administrator of a partner that competes with everybody.
pub(super) const ZOE: &str = "zoe-zuiderent";
/// That partner.
pub(super) const ZUIDZEE: &str = "zuidzee-networks";

/// A request, ready to be sent.
#[derive(Clone, Debug)]
pub(super) struct Asked {
    pub(super) what: &'static str,
    pub(super) method: &'static str,
    pub(super) path: String,
    pub(super) person: String,
    pub(super) body: String,
    pub(super) headers: Vec<(&'static str, String)>,
}

impl Asked {
    /// A request to an endpoint, with a key of its own.
    pub(super) fn of<Q: Serialize, A>(
        world: &World,
        endpoint: &Endpoint<Q, A>,
        person: &str,
        parameter: &str,
        body: &Q,
    ) -> Asked {
        let path = match parameter.strip_prefix('?') {
            Some(_) => format!("{}{parameter}", endpoint.path),
            None => endpoint.with(parameter),
        };
        Asked {
            what: endpoint.path,
            method: name(endpoint.method),
            path,
            person: person.to_owned(),
            body: serde_json::to_string(body).expect("a body"),
            headers: vec![(IDEMPOTENCY_KEY, world.key())],
        }
    }

    /// Made from a version.
    pub(super) fn at(mut self, version: u64) -> Asked {
        self.headers.push((IF_MATCH, etag(version)));
        self
    }

    pub(super) fn called(mut self, what: &'static str) -> Asked {
        self.what = what;
        self
    }

    pub(super) fn reply(&self, world: &World) -> Reply {
        let headers: Vec<(&str, &str)> = self.headers.iter().map(|(name, value)| (*name, value.as_str())).collect();
        world.send(self.method, &self.path, &self.person, self.body.clone(), &headers)
    }

    pub(super) fn answer<A: DeserializeOwned>(&self, world: &World) -> Result<A, ApiError> {
        let reply = self.reply(world);
        match reply.status {
            200 => Ok(serde_json::from_str(&reply.body).unwrap_or_else(|error| panic!("{error}: {}", reply.body))),
            _ => Err(ApiError::from_json(&reply.body).unwrap_or_else(|| panic!("no problem: {}", reply.body))),
        }
    }

    /// It has to go well.
    pub(super) fn done(&self, world: &World) -> String {
        let reply = self.reply(world);
        assert_eq!(reply.status, 200, "{} by {}: {}", self.what, self.person, reply.body);
        reply.body
    }
}

/// An act on a trial as it is previewed now.
pub(super) fn act(world: &World, person: &str, trial: &str, act: TrialAct) -> Result<Asked, ApiError> {
    let order = Order { act: act.clone(), digest: String::new() };
    let preview: ActPreview = world.ask(endpoints::ACT_PREVIEW, person, trial, &order)?;
    let order = Order { act, digest: preview.digest };
    Ok(Asked::of(world, &endpoints::ACT, person, trial, &order).at(preview.version))
}

/// The finishing of a set-up as it is previewed now.
pub(super) fn finish(world: &World, person: &str, trial: &str) -> Result<Asked, ApiError> {
    let preview: ActPreview = world.ask(endpoints::SET_UP_PREVIEW, person, trial, &())?;
    let order = Order { act: (), digest: preview.digest };
    Ok(Asked::of(world, &endpoints::SET_UP_FINISH, person, trial, &order).at(preview.version))
}

/// An answer to a request as it is previewed now.
pub(super) fn answer(world: &World, person: &str, request: &str, answer: Answered) -> Result<Asked, ApiError> {
    let mut asked = AnswerRequest { answer, language: Language::Nl, digest: String::new() };
    let preview: ActPreview = world.ask(endpoints::ANSWER_PREVIEW, person, request, &asked)?;
    asked.digest = preview.digest;
    Ok(Asked::of(world, &endpoints::ANSWER, person, request, &asked).at(preview.version))
}

/// That a request is accepted with some services.
pub(super) fn accepted(services: &[Service], full_access: bool) -> Answered {
    Answered::Accepted { full_access, services: services.iter().copied().collect() }
}

/// An act on a shipment as it is previewed now.
pub(super) fn ship(world: &World, person: &str, shipment: &str, act: ShipmentAct) -> Result<Asked, ApiError> {
    let order = Order { act: act.clone(), digest: String::new() };
    let preview = world.ask(endpoints::SHIPMENT_PREVIEW, person, shipment, &order)?;
    let order = Order { act, digest: preview.digest };
    Ok(Asked::of(world, &endpoints::SHIPMENT_ACT, person, shipment, &order).at(preview.version))
}

/// A draft with some services for ten people.
pub(super) fn draft(services: &[Service]) -> TrialDraft {
    let mut draft = rules::samples::customer_draft(services);
    draft.site_name = String::new();
    draft.ship_to.contact_name = "Reception".to_owned();
    draft
}

/// The saving of a draft for a target as it is previewed now.
pub(super) fn to_save(
    world: &World,
    person: &str,
    id: &str,
    draft: &TrialDraft,
    target: &Target,
) -> Result<Asked, ApiError> {
    let preview = Preview { draft_id: id.into(), draft: draft.clone(), target: target.clone() };
    let digest = world.ask(endpoints::TRIALS_PREVIEW, person, "", &preview)?.digest;
    let save =
        SaveTrial { draft_id: id.into(), draft: draft.clone(), target: target.clone(), digest, language: Language::En };
    Ok(Asked::of(world, &endpoints::TRIALS, person, "", &save))
}

/// A request to the organisation of an address, as it is previewed now.
pub(super) fn to_ask(
    world: &World,
    person: &str,
    id: &str,
    address: &str,
    services: &[Service],
) -> Result<Asked, ApiError> {
    let look_up = LookUp { administrator_email: address.to_owned() };
    let found = world.ask(endpoints::ORGANISATION_LOOK_UPS, person, "", &look_up)?;
    let LookUpAnswer::Existing(found) = found else { panic!("{address}: {found:?}") };
    let mut draft = draft(services);
    draft.administrator_email = address.to_owned();
    draft.choose_country(Some(found.country));
    draft.attest(Some(Language::En));
    let target = Target::Ask { organisation: found.organisation, full_access: true, words: "Graag".to_owned() };
    to_save(world, person, id, &draft, &target)
}

/// Rederij Storm accepts what Noordzee Telecom asked, and the set-up is finished: a trial
/// of Messaging and Meetings runs there.
pub(super) fn storm_runs(world: &World, full_access: bool) -> String {
    let all = accepted(&[Service::Messaging, Service::Meetings], full_access);
    answer(world, super::SANNE, STORM_REQUEST, all).expect("a preview").done(world);
    finish(world, super::ANNA, STORM_REQUEST).expect("a preview").done(world);
    STORM_REQUEST.to_owned()
}

/// Anna starts a trial with everything and two desk phones to be shipped. Its id and the
/// customer's.
pub(super) fn everything(world: &World) -> Started {
    let mut draft = rules::samples::full_draft();
    // What goes there comes back by UPS, with a label (D8).
    draft.ship_to.contact_name = "Reception".to_owned();
    draft.ship_to.country = rules::region::CountryCode::new("US");
    world.save(super::ANNA, "everything", &draft).expect("saved")
}

/// The trials team sends the desk phones of a trial.
pub(super) fn sent(world: &World, trial: &str) -> String {
    let id = format!("{trial}.desk-phone");
    let serials = vec!["SN 1".to_owned(), "sn2".to_owned()];
    let act = ShipmentAct::Send { serials, demo_order_number: "DEMO-77".to_owned(), end: None };
    ship(world, super::RUTH, &id, act).expect("a preview").done(world);
    id
}

/// A certified partner of tier 1 comes in, which competes with all others; Zoë is signed in.
pub(super) fn competitor(world: &World) {
    let partner = Partner { id: ZUIDZEE.into(), name: "Zuidzee Networks".to_owned(), tier: Tier::One, certified: true };
    let role = Role::Partner { partner: ZUIDZEE.into(), role: PartnerRole::SalesFullAdministrator };
    let person = Person {
        id: ZOE.into(),
        name: "Zoë Zuiderent".to_owned(),
        email: "zoe@zuidzee.example".to_owned(),
        role,
        language: None,
    };
    let mut commit = Commit::default();
    commit.put(&PARTNERS, ZUIDZEE, &partner);
    commit.put(&PEOPLE, format!("{ZUIDZEE}/{ZOE}"), &person);
    commit.put(&HOMES, ZOE, &Home::Partner(ZUIDZEE.into()));
    commit.put(&ADDRESSES, &*person.email, &Holder::Partner(ZUIDZEE.into()));
    commit.put(&SESSIONS, ZOE, &SignedIn { person: ZOE.into() });
    block_on(world.memory.commit(commit)).expect("no fault");
}

/// An organisation as it is stored.
pub(super) fn organisation(world: &World, id: &str) -> Organisation {
    let found = block_on(ORGANISATIONS.get(world.memory.as_ref(), id)).expect("no fault");
    found.expect("an organisation").value.organisation
}

/// The organisation of a trial, by the trial's id.
pub(super) fn organisation_of(world: &World, trial: &str) -> OrganisationId {
    let found = block_on(crate::records::TRIALS.get(world.memory.as_ref(), trial)).expect("no fault");
    found.expect("a trial").value
}

/// A trial as it is stored.
pub(super) fn trial(world: &World, id: &str) -> Trial {
    let organisation = organisation(world, organisation_of(world, id).as_str());
    organisation.trial(&id.into()).expect("a trial").clone()
}

pub(super) fn state(world: &World, id: &str) -> State {
    trial(world, id).state(rules::clock::Day::of(world.now()))
}

/// The ledger of an organisation, by key.
pub(super) fn mails(world: &World, organisation: &str) -> Vec<(String, Mail)> {
    let found = block_on(MAILS.list(world.memory.as_ref(), &format!("{organisation}/"))).expect("no fault");
    found.into_iter().map(|(key, found)| (key, found.value)).collect()
}

/// The journal of an organisation.
pub(super) fn journal(world: &World, organisation: &str) -> Vec<JournalEntry> {
    let found = block_on(JOURNAL.list(world.memory.as_ref(), &format!("{organisation}/"))).expect("no fault");
    found.into_iter().map(|(_, found)| found.value).collect()
}

/// A person of Noordzee Telecom as they are stored.
pub(super) fn person(world: &World, id: &str) -> Person {
    let found = block_on(PEOPLE.get(world.memory.as_ref(), &format!("noordzee-telecom/{id}"))).expect("no fault");
    found.expect("a person").value
}
