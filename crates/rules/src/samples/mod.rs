//! Builders of complete values for tests: the only place where every field of a
//! draft, person or trial is written out.

mod cast;
mod story;

pub use self::cast::{
    ask, competitor, conversion, customer, customer_draft, distributor, member, partners, tier_two, uncertified,
};
pub use self::story::{Story, accepted};

use crate::act::{self, Act, Context, Start, TrialAct, decide};
use crate::change::{Change, evolve};
use crate::clock::{Day, Instant};
use crate::draft::{Facts, ShipToDraft, TrialDraft, TrialOrder};
use crate::organisation::{Attestation, Organisation, Vertical};
use crate::people::{Actor, Language, Partner, PartnerRole, Person, Role, Tier};
use crate::region::CountryCode;
use crate::service::{CallingKind, Duration, MeetingsOption, Service};
use crate::set_up::{SetUpDraft, TERMS_VERSION};
use crate::trial::{self, Plan, Trial};

/// A date of the calendar.
///
/// # Panics
/// When there is no such date.
pub fn day(year: i32, month: u32, day: u32) -> Day {
    Day::from_ymd(year, month, day).expect("a date of the calendar")
}

/// The instant at which samples happen: 2026-03-01 10:00 UTC.
pub fn now() -> Instant {
    Instant::from_timestamp(1_772_359_200, 0).expect("an instant of the calendar")
}

/// The partner `noordzee`: certified, of tier 1.
pub fn partner() -> Partner {
    Partner { id: "noordzee".into(), name: "Noordzee Telecom".to_owned(), tier: Tier::One, certified: true }
}

/// A person of the certified partner `noordzee`, with an id made of the role.
pub fn actor(role: PartnerRole) -> Actor {
    actor_of(&partner(), role)
}

/// A person of a partner, with an id made of the partner and the role.
pub fn actor_of(partner: &Partner, role: PartnerRole) -> Actor {
    let id = format!("{}-{}", partner.id, role.name());
    let person = Person {
        email: format!("{}@{}.example", role.name(), partner.id),
        name: format!("Person {id}"),
        id: id.as_str().into(),
        role: Role::Partner { partner: partner.id.clone(), role },
        language: None,
    };
    Actor { person, certified: partner.certified }
}

/// A person of the organisation as an actor.
pub fn member_actor(organisation: &Organisation, id: &str) -> Actor {
    let member = organisation.member(&id.into()).expect("a person of the organisation");
    Actor { person: member.person(&organisation.id), certified: true }
}

/// One of the trials team.
pub fn trials_team() -> Actor {
    let person = Person {
        id: "trials-team".into(),
        name: "Trials team".to_owned(),
        email: "trials@vendor.example".to_owned(),
        role: Role::TrialsTeam,
        language: None,
    };
    Actor { person, certified: true }
}

/// The facts about some partners, each with a person for every role.
pub fn facts_of(partners: &[Partner]) -> act::Facts {
    let of = |partner: &Partner| {
        let people = PartnerRole::ALL.map(|role| actor_of(partner, role).person).to_vec();
        (partner.id.clone(), act::PartnerFacts { partner: partner.clone(), people })
    };
    act::Facts {
        partners: partners.iter().map(of).collect(),
        extension_address: "extensions@vendor.example".to_owned(),
        ..act::Facts::default()
    }
}

/// The facts about [`partner`].
pub fn facts() -> act::Facts {
    facts_of(&[partner()])
}

/// The least that can be saved: Messaging for ten people in the Netherlands.
pub fn shortest_draft() -> TrialDraft {
    TrialDraft {
        company_name: "Van Dijk Logistiek".to_owned(),
        administrator_email: "it@vandijk.example".to_owned(),
        vertical: Some(Vertical::TransportationAndLogistics),
        country: CountryCode::new("NL"),
        supported_location: true,
        services: [Service::Messaging].into(),
        licences: "10".to_owned(),
        ..TrialDraft::default()
    }
}

/// Everything chosen: all services and options, two desk phones shipped.
pub fn full_draft() -> TrialDraft {
    let mut draft = TrialDraft {
        services: Service::ALL.into(),
        meetings_options: MeetingsOption::ALL.into(),
        calling: Some(CallingKind::Cloud),
        locations: "2".to_owned(),
        numbered_users: "25".to_owned(),
        licences: "200".to_owned(),
        duration: Duration::Days60,
        site_name: "vandijk".to_owned(),
        ship_to: ShipToDraft {
            contact_name: "Anna de Vries".to_owned(),
            company: "Van Dijk Logistiek".to_owned(),
            street: "Havenstraat 1".to_owned(),
            postal_code: "1012 AB".to_owned(),
            city: "Amsterdam".to_owned(),
            country: CountryCode::new("NL"),
            phone: "+31 20 123 4567".to_owned(),
        },
        ..shortest_draft()
    };
    draft.device_licences.desk_phone = "4".to_owned();
    draft.device_licences.board = "1".to_owned();
    draft.ship.desk_phone = "2".to_owned();
    draft
}

/// The checked order of a draft without problems.
///
/// # Panics
/// When the draft has problems.
pub fn order(draft: TrialDraft) -> TrialOrder {
    draft.check(&Facts::default()).expect("a draft without problems")
}

/// The attestation for a draft.
pub fn attestation() -> Attestation {
    Attestation {
        by: actor(PartnerRole::SalesAdministrator).person.id,
        at: now() - chrono::TimeDelta::minutes(5),
        language: Language::En,
        sentence: "The customer is in a supported location".to_owned(),
    }
}

/// The order to start a draft, with ids and the attestation.
pub fn start(draft: TrialDraft) -> Start {
    Start {
        order: order(draft),
        organisation: "organisation-1".into(),
        trial: "trial-1".into(),
        administrator: "person-1".into(),
        attestation: attestation(),
    }
}

/// What starting a draft on a day brings.
pub fn plan(draft: TrialDraft, today: Day) -> Plan {
    let order = order(draft);
    trial::plan(&order.ordered, order.region(), today, true)
}

/// The change that starting a draft brings, by a sales administrator, now.
pub fn started(draft: TrialDraft) -> Change {
    started_at(draft, now())
}

/// The change that starting a draft brings at an instant.
pub fn started_at(draft: TrialDraft, now: Instant) -> Change {
    let (actor, facts) = (actor(PartnerRole::SalesAdministrator), facts());
    let context = Context { actor: Some(&actor), now, facts: &facts };
    decide(None, Act::Start(Box::new(start(draft))), context).expect("a sales administrator may start a trial")
}

/// The organisation that starting a draft makes.
pub fn organisation(draft: TrialDraft) -> Organisation {
    evolve(None, &started(draft)).expect("a start makes an organisation")
}

/// The trial that starting a draft makes.
pub fn trial(draft: TrialDraft) -> Trial {
    organisation(draft).trials.remove(0)
}

/// That the set-up is finished as the trial stands: nothing was typed.
///
/// # Panics
/// Never: a trial without site and Calling has nothing that could be wrong.
pub fn finish_set_up() -> TrialAct {
    let order = SetUpDraft::default().check(&trial(shortest_draft()), &Facts::default());
    TrialAct::FinishSetUp(Box::new(order.expect("nothing is asked of it")))
}

/// That the present terms are accepted, read in Dutch.
pub fn accept_terms() -> TrialAct {
    TrialAct::AcceptTerms(Language::Nl, TERMS_VERSION)
}

/// Any draft that can be saved.
#[cfg(test)]
pub fn any_draft() -> impl proptest::strategy::Strategy<Value = TrialDraft> {
    use proptest::prelude::*;

    let services = proptest::sample::subsequence(Service::ALL.to_vec(), 1..=4);
    let options = proptest::sample::subsequence(MeetingsOption::ALL[..2].to_vec(), 0..=2);
    (services, options, 1u32..=1000, 0usize..3, any::<bool>(), 1u32..=10, 0u32..=10).prop_map(
        |(services, options, licences, duration, cloud, phones, shipped)| {
            let mut draft = full_draft();
            draft.services = services.into_iter().collect();
            draft.meetings_options = options.into_iter().collect();
            draft.licences = licences.to_string();
            draft.numbered_users = (licences / 2).to_string();
            draft.duration = Duration::ALL[duration];
            draft.calling = Some(if cloud { CallingKind::Cloud } else { CallingKind::Hybrid });
            draft.device_licences.desk_phone = phones.to_string();
            draft.ship.desk_phone = shipped.min(phones).to_string();
            draft
        },
    )
}
