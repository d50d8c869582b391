//! The customer's hub: overview, partners with access, people and settings (H).

use std::collections::BTreeSet;

use contract::error::ApiError;
use contract::hub::{
    AccessAct, AddPerson, BlockedPartner, ChangePerson, Hub, HubPartner, HubSettings, HubTrial, LicenceLine, OnBehalf,
    PeopleList, PersonDone,
};
use contract::trials::{ActDone, ActPreview, Order};
use rules::act::{Act, ActName, NewPerson, may_act, person_verdicts};
use rules::consequences::inventory;
use rules::draft::{Field, email};
use rules::ids::{OrganisationId, PartnerId, PersonId, TrialId};
use rules::organisation::{AccessLevel, Member, Organisation, Purchase};
use rules::people::{Right, Role, may};
use rules::service::Service;
use rules::trial::{State, Trial};
use rules::verdict::{Because, Problem, Refusal, Remedy, RuleId, Verdict};

use super::acting::{Decided, Present, decided, partner_of, store};
use super::requests;
use super::seeing::require_customer;
use super::trial_acts::{detail, done, previewed, stored};
use crate::asked::{parameter, require_version};
use crate::call::{Answer, Call, Failure};
use crate::environment::random_id;
use crate::organisations::Loaded;
use crate::records::ADDRESSES;
use crate::store::Commit;

/// People in one page of the list.
const PEOPLE_ROWS: usize = 100;

/// The hub of the own organisation, or of a customer for a partner with access (H1, Q10).
pub(crate) async fn hub(call: Call, (): ()) -> Result<Answer<Hub>, Failure> {
    let present = Present::of(&call, loaded(&call).await?).await?;
    require_hub(&call, &present)?;
    let version = present.version();
    Ok(Answer::with_version(&view(&call, &present)?, version))
}

/// The organisation whose hub is asked for: the own one, or the one that a partner names.
async fn loaded(call: &Call) -> Result<Option<Loaded>, Failure> {
    let id = match &call.signed()?.actor.person.role {
        Role::Customer { organisation, .. } => organisation.clone(),
        Role::Partner { .. } | Role::TrialsTeam => OrganisationId(parameter(&call.query, "organisation")?),
    };
    Ok(Loaded::of(call.store(), &id).await?)
}

/// The reader is an administrator of the organisation, or of a partner with access (P5, Q10).
fn require_hub(call: &Call, present: &Present) -> Result<(), Failure> {
    let actor = &call.signed()?.actor;
    let Role::Partner { partner, .. } = &actor.person.role else {
        return may(Right::SeeHub, actor).require().map_err(|refusal| Failure::Api(refusal.into()));
    };
    require_customer(call, &present.organisation)?;
    match present.organisation.access(partner) {
        Some(_) => Ok(()),
        None => {
            let refusal = Refusal::new(RuleId::H3, Because::NoAccess, Remedy::AskFullAdministrator);
            Err(Failure::Api(refusal.into()))
        }
    }
}

/// A partner sees the people only with full administrator access: with provisioning access
/// it sees its own trial and nothing else of the organisation (X10, U1).
fn require_people(call: &Call, organisation: &Organisation) -> Result<(), Failure> {
    let Some(partner) = call.signed()?.actor.partner() else { return Ok(()) };
    match organisation.access(partner).map(|access| access.level) {
        Some(AccessLevel::FullAdministrator) => Ok(()),
        _ => {
            let refusal = Refusal::new(RuleId::X10, Because::ProvisioningAccessOnly, Remedy::RequestOrRaise);
            Err(Failure::Api(refusal.into()))
        }
    }
}

fn view(call: &Call, present: &Present) -> Result<Hub, Failure> {
    let organisation = &present.organisation;
    let actor = &call.signed()?.actor;
    let partner = actor.partner();
    let name = |id: &PartnerId| present.facts.partners.get(id).map(|facts| facts.partner.name.clone());
    let shown = |id: &PartnerId| partner.is_none_or(|own| own == id);
    // What never became a trial (declined, lapsed, cancelled before its start) is told as the request
    // that it was (H4).
    let became = |trial: &Trial| trial.state(call.today()) != State::Pending && !trial.phase.left_the_list();
    let trials = organisation.trials.iter().filter(|trial| shown(&trial.partner) && became(trial));
    let hub_trials = trials.map(|trial| HubTrial {
        detail: detail(call, present, trial),
        partner: name(&trial.partner).unwrap_or_default(),
        partner_acts: organisation.access(&trial.partner).is_some(),
        days_left: trial.phase.days_left(call.today()),
        inventory: inventory(organisation, trial, call.today()),
    });
    let partners = organisation.partners.iter().filter(|each| shown(&each.partner));
    let partners = partners.filter(|each| each.access.is_some() || each.ended.is_some()).map(|each| HubPartner {
        id: each.partner.clone(),
        name: name(&each.partner).unwrap_or_default(),
        level: each.access.as_ref().map(|access| access.level),
        since: each.access.as_ref().map(|access| access.since),
        last_used: each.access.as_ref().and_then(|access| access.last_used),
        ended: each.ended,
    });
    let blocked = organisation.blocked.iter().filter(|_| partner.is_none()).map(|block| BlockedPartner {
        id: block.partner.clone(),
        name: name(&block.partner).unwrap_or_default(),
        since: block.since,
    });
    let access = partner.and_then(|partner| organisation.access(partner)).map(|access| access.level);
    Ok(Hub {
        today: call.today(),
        now: call.now,
        version: present.version(),
        organisation: organisation.id.clone(),
        name: organisation.name.clone(),
        language: organisation.language,
        country: organisation.country,
        region: organisation.region,
        on_behalf: partner
            .zip(access)
            .map(|(partner, access)| OnBehalf { partner: name(partner).unwrap_or_default(), access }),
        requests: if partner.is_none() { requests::of(call, present) } else { Vec::new() },
        purchased: purchased(organisation, partner),
        licences: licences(call, organisation)?,
        trials: hub_trials.collect(),
        partners: partners.collect(),
        blocked: blocked.collect(),
        asks_terms: asks_terms(call, present),
        may_manage: may_manage(call, access)?,
        may_decide: may(Right::DecideForCustomer, actor),
    })
}

/// The trials whose terms the reader can accept and nobody has: a full administrator is asked
/// for it at the next sign-in (U2).
fn asks_terms(call: &Call, present: &Present) -> Vec<TrialId> {
    let organisation = &present.organisation;
    let asks = |trial: &&Trial| may_act(ActName::AcceptTerms, organisation, trial, present.context(call)).is_ok();
    organisation.trials.iter().filter(asks).map(|trial| trial.id.clone()).collect()
}

/// Whether the reader manages people and settings: a full administrator, or a partner
/// with full administrator access (H5, H7, X10).
fn may_manage(call: &Call, access: Option<AccessLevel>) -> Result<Verdict, Failure> {
    let actor = &call.signed()?.actor;
    if actor.partner().is_none() {
        return Ok(may(Right::DecideForCustomer, actor));
    }
    let short = Refusal::new(RuleId::X10, Because::ProvisioningAccessOnly, Remedy::RequestOrRaise);
    Ok(match (may(Right::ManageTrials, actor), access) {
        (Verdict::Allowed, Some(AccessLevel::FullAdministrator)) => Verdict::Allowed,
        (Verdict::Allowed, _) => Verdict::Blocked(short),
        (blocked, _) => blocked,
    })
}

/// What the organisation owns. A partner is not told by whose trial it came to that (P8).
pub(crate) fn purchased(organisation: &Organisation, reader: Option<&PartnerId>) -> Vec<Purchase> {
    let own = |trial: &TrialId| organisation.trial(trial).is_some_and(|trial| Some(&trial.partner) == reader);
    let mut purchased = organisation.purchased.clone();
    for purchase in purchased.iter_mut().filter(|_| reader.is_some()) {
        purchase.trial = purchase.trial.take().filter(own);
    }
    purchased
}

/// Licences of each service that the organisation has or whose licences somebody has. A
/// partner is told of what is owned and of its own trials, not of a competing one's (P8).
pub(super) fn licences(call: &Call, organisation: &Organisation) -> Result<Vec<LicenceLine>, Failure> {
    let today = call.today();
    let line = |service: Service| {
        let in_grace = |trial: &Trial| trial.state(today) == State::Expired && trial.offer.has(service);
        LicenceLine {
            service,
            total: organisation.licences(service, today),
            assigned: organisation.assigned(service),
            expired: !organisation.owns(service) && organisation.trials.iter().any(in_grace),
        }
    };
    let told = told(call, organisation)?;
    let lines = Service::ALL.into_iter().filter(|service| service.has_licences() && told.contains(service)).map(line);
    Ok(lines.filter(|line| line.total > 0 || line.assigned > 0).collect())
}

/// The services of which the reader is told that the organisation has them (P8).
pub(super) fn told(call: &Call, organisation: &Organisation) -> Result<BTreeSet<Service>, Failure> {
    let today = call.today();
    let reader = call.signed()?.actor.partner();
    let gives = |trial: &&Trial, service: Service| trial.state(today).holds() && trial.offer.has(service);
    let told = |service: &Service| {
        let mut given = organisation.trials.iter().filter(|trial| gives(trial, *service));
        reader.is_none() || organisation.owns(*service) || given.any(|trial| Some(&trial.partner) == reader)
    };
    Ok(Service::ALL.into_iter().filter(told).collect())
}

/// The services that a person is to have, where the reader asks for some. What a partner is not
/// told of stays with whoever has it, and for the partner nobody has a licence to give (P8).
fn services_asked(
    call: &Call,
    organisation: &Organisation,
    had: Option<&Member>,
    asked: &BTreeSet<Service>,
) -> Result<BTreeSet<Service>, Failure> {
    let told = told(call, organisation)?;
    if let Some(service) = asked.difference(&told).next() {
        let refusal = Refusal::new(RuleId::H5, Because::NoFreeLicence, Remedy::FreeLicence).service(*service);
        return Err(Failure::Api(refusal.into()));
    }
    let untold = had.into_iter().flat_map(|member| member.services.difference(&told));
    Ok(asked.iter().chain(untold).copied().collect())
}

/// What changing a partner's access would bring (H3).
pub(crate) async fn partners_preview(call: Call, order: Order<AccessAct>) -> Result<Answer<ActPreview>, Failure> {
    let present = own(&call).await?;
    let decided = decide_access(&call, &present, &order.act)?;
    previewed(&present, decided)
}

/// Changes a partner's access as it was previewed.
pub(crate) async fn partners(call: Call, order: Order<AccessAct>) -> Result<Answer<ActDone>, Failure> {
    call.until_stored(async || {
        let present = own(&call).await?;
        let decided = decide_access(&call, &present, &order.act)?;
        done(&call, present, decided, &order.digest).await
    })
    .await
}

fn decide_access(call: &Call, present: &Present, asked: &AccessAct) -> Result<Decided, Failure> {
    let act = match asked.level {
        Some(level) => Act::SetAccess(asked.partner.clone(), level),
        None => Act::RemovePartner(asked.partner.clone()),
    };
    decided(call, present, act, &asked.partner)
}

/// Lets a blocked partner ask again (H4).
pub(crate) async fn unblock(call: Call, (): ()) -> Result<Answer<ActDone>, Failure> {
    call.until_stored(async || {
        let present = own(&call).await?;
        let partner = PartnerId(call.parameter.clone());
        let decided = decided(&call, &present, Act::LiftBlock(partner.clone()), &partner)?;
        stored(&call, &present, decided).await
    })
    .await
}

/// The own organisation, for an act of its people.
pub(super) async fn own(call: &Call) -> Result<Present, Failure> {
    let present = Present::of(call, loaded(call).await?).await?;
    require_hub(call, &present)?;
    Ok(present)
}

/// The people, by name, page by page (H5).
pub(crate) async fn people(call: Call, (): ()) -> Result<Answer<PeopleList>, Failure> {
    let present = Present::of(&call, loaded(&call).await?).await?;
    require_hub(&call, &present)?;
    require_people(&call, &present.organisation)?;
    let search = parameter(&call.query, "q")?.trim().to_lowercase();
    let after = parameter(&call.query, "cursor")?;
    let matches = |member: &&rules::organisation::Member| {
        member.name.to_lowercase().contains(&search) || member.email.contains(&search)
    };
    let mut found: Vec<_> = present.organisation.people.iter().filter(matches).collect();
    let order = |member: &rules::organisation::Member| (member.name.to_lowercase(), member.id.clone());
    found.sort_by_key(|member| order(member));
    let begin = match after.is_empty() {
        true => 0,
        false => {
            let last = found.iter().position(|member| member.id.as_str() == after);
            last.ok_or(ApiError::Malformed)? + 1
        }
    };
    let page = &found[begin..found.len().min(begin + PEOPLE_ROWS)];
    let more = begin + page.len() < found.len();
    let version = present.version();
    let told = told(&call, &present.organisation)?;
    let actor = &call.signed()?.actor;
    let shown = |member: &Member| {
        let mut member = member.clone();
        member.services.retain(|service| told.contains(service));
        member
    };
    let list = PeopleList {
        people: page.iter().map(|member| shown(member)).collect(),
        verdicts: page.iter().map(|member| person_verdicts(&present.organisation, member, actor)).collect(),
        found: u32::try_from(found.len()).unwrap_or(u32::MAX),
        next: page.last().filter(|_| more).map(|member| member.id.to_string()),
        licences: licences(&call, &present.organisation)?,
        version,
    };
    Ok(Answer::with_version(&list, version))
}

/// Adds a person (H5).
pub(crate) async fn add_person(call: Call, asked: AddPerson) -> Result<Answer<PersonDone>, Failure> {
    let address = email(&asked.email)
        .map_err(|kind| ApiError::Invalid { problems: vec![Problem { field: Field::AdministratorEmail, kind }] })?;
    call.until_stored(async || {
        let mut present = own(&call).await?;
        let taken = ADDRESSES.get(call.store(), &address).await?.is_some();
        if taken && present.organisation.member_of_address(&address).is_none() {
            present.facts.addresses_elsewhere = [address.clone()].into();
        }
        let id = PersonId(random_id(call.backend.environment.as_ref()));
        let services = services_asked(&call, &present.organisation, None, &asked.services)?;
        let person =
            NewPerson { id: id.clone(), name: asked.name.clone(), email: address.clone(), role: asked.role, services };
        change_people(&call, &present, Act::AddPerson(person), id).await
    })
    .await
}

/// Changes a person's role and services (H5).
pub(crate) async fn change_person(call: Call, asked: ChangePerson) -> Result<Answer<PersonDone>, Failure> {
    call.until_stored(async || {
        let present = own(&call).await?;
        require_version(&call.headers, present.version())?;
        let id = PersonId(call.parameter.clone());
        let had = present.organisation.member(&id);
        let services = services_asked(&call, &present.organisation, had, &asked.services)?;
        let act = Act::ChangePerson(id.clone(), asked.role, services);
        change_people(&call, &present, act, id).await
    })
    .await
}

/// Removes a person (H5).
pub(crate) async fn remove_person(call: Call, (): ()) -> Result<Answer<PersonDone>, Failure> {
    call.until_stored(async || {
        let present = own(&call).await?;
        require_version(&call.headers, present.version())?;
        let id = PersonId(call.parameter.clone());
        change_people(&call, &present, Act::RemovePerson(id.clone()), id).await
    })
    .await
}

async fn change_people(
    call: &Call,
    present: &Present,
    act: Act,
    person: PersonId,
) -> Result<Option<Answer<PersonDone>>, Failure> {
    let decided = decided(call, present, act, &partner_of(call, None)?)?;
    let answer = |version| Answer::with_version(&PersonDone { person, version }, version);
    store(call, present, decided.change, Commit::default(), answer).await
}

/// Sets the organisation's name and the language of its mails (H7).
pub(crate) async fn settings(call: Call, asked: HubSettings) -> Result<Answer<Hub>, Failure> {
    call.until_stored(async || {
        let mut present = own(&call).await?;
        require_version(&call.headers, present.version())?;
        let act = Act::SetSettings(asked.name.clone(), asked.language);
        let decided = decided(&call, &present, act, &partner_of(&call, None)?)?;
        let before = present.organisation.clone();
        if let Some(after) = rules::change::evolve(Some(before.clone()), &decided.change) {
            present.organisation = after;
        }
        let hub = view(&call, &present)?;
        present.organisation = before;
        let answer = |version| Answer::with_version(&Hub { version, ..hub }, version);
        store(&call, &present, decided.change, Commit::default(), answer).await
    })
    .await
}
