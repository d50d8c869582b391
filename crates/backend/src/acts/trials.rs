//! Starting a trial, adding one, and asking for one: what it would bring, and doing it
//! (N15 to N18, A, X3).

use contract::error::ApiError;
use contract::trials::{Preview, RequestPreview, SaveTrial, StartPreview, Started, Target};
use rules::act::{Act, Ask, Context, Start, decide};
use rules::change::Change;
use rules::consent::{answer_by, phrase, recipients};
use rules::draft::{Facts, Ordered, TrialDraft, TrialOrder, email};
use rules::ids::{OrganisationId, TrialId};
use rules::organisation::{Attestation, Organisation};
use rules::site::SiteName;
use rules::trial::{Plan, plan};
use words::wizard;

use super::acting::{Present, refused, store};
use super::drafts;
use super::look_ups::{counted, facts_of_address, is_taken};
use crate::call::{Answer, Call, Failure};
use crate::consent::Signer;
use crate::environment::random_id;
use crate::facts::gather;
use crate::ledger;
use crate::organisations::{By, Loaded, Writing, write};
use crate::outage;
use crate::receipts::digest;
use crate::records::{DRAFTS, LINKS, SAVED_DRAFTS, SavedDraft};
use crate::store::{Commit, Fault, json};

/// A draft that was checked, for whom it is, and what it will bring.
struct Checked {
    order: Order,
    plan: Plan,
    request: Option<RequestPreview>,
    digest: String,
}

/// What was ordered, for whom.
enum Order {
    New(Box<TrialOrder>),
    Ask(Box<Ordered>, Box<Present>),
    Add(Box<Ordered>, Box<Present>),
}

/// What saving a draft would bring. It stores nothing of it (N15).
pub(crate) async fn preview(call: Call, asked: Preview) -> Result<Answer<StartPreview>, Failure> {
    let Checked { order, plan, request, digest } =
        checked(&call, asked.draft_id.as_str(), &asked.draft, &asked.target).await?;
    // What the law would refuse is refused before it is reviewed.
    let trial = TrialId("preview".to_owned());
    if let Some((act, present)) = act(&call, order, trial, &asked.draft, &asked.target, &request, None)? {
        decide(Some(&present.organisation), act, present.context(&call)).map_err(refused)?;
    }
    Ok(Answer::of(&StartPreview { plan, request, digest }))
}

/// Starts a trial for a new organisation (N16, N17), adds one to a customer (A), or
/// sends a request to an existing organisation (X3).
pub(crate) async fn save(call: Call, asked: SaveTrial) -> Result<Answer<Started>, Failure> {
    let draft_key = drafts::key(&call, asked.draft_id.as_str())?;
    drafts::refuse_saved(&call, &draft_key).await?;
    outage::strike(&call, &draft_key, &asked.draft).await?;
    call.until_stored(async || {
        // Another tab may have saved it since (N18).
        drafts::refuse_saved(&call, &draft_key).await?;
        match attempt(&call, &asked, &draft_key).await {
            Err(failure @ Failure::Api(_)) => {
                // It may have been saved between that look and the facts: then the address, the
                // site name or the request in the way is its own, and that is what is told (N18).
                drafts::refuse_saved(&call, &draft_key).await?;
                Err(failure)
            }
            other => other,
        }
    })
    .await
}

/// One attempt to save. Who comes second with an address or a site name is told so under
/// the field, because the facts are gathered anew for every attempt (N2, N12).
async fn attempt(call: &Call, asked: &SaveTrial, draft_key: &str) -> Result<Option<Answer<Started>>, Failure> {
    let checked = checked(call, asked.draft_id.as_str(), &asked.draft, &asked.target).await?;
    let Checked { order, plan, request, digest } = checked;
    if digest != asked.digest {
        return Err(Failure::Api(ApiError::OutOfDate));
    }
    let attestation = attestation(call, draft_key, asked).await?;
    let trial = TrialId(random_id(call.backend.environment.as_ref()));
    let mut commit = Commit::default();
    commit.delete(&DRAFTS, draft_key);
    if let Order::New(order) = order {
        return start(call, *order, trial, attestation, plan, draft_key, commit).await;
    }
    let found = act(call, order, trial.clone(), &asked.draft, &asked.target, &request, Some(attestation))?;
    let Some((act, present)) = found else { return Err(Failure::Api(ApiError::Malformed)) };
    let change = decide(Some(&present.organisation), act, present.context(call)).map_err(refused)?;
    let customer = present.organisation.id.clone();
    let request = matches!(asked.target, Target::Ask { .. });
    commit.make(&SAVED_DRAFTS, draft_key, &SavedDraft { customer: customer.clone(), request });
    let answer = Answer::of(&Started { customer, trial, plan });
    store(call, &present, change, commit, |_| answer).await
}

/// The attestation as it is kept: who ticked it, when, and the sentence as it was shown
/// then; the page may have changed its language since (N6).
async fn attestation(call: &Call, draft_key: &str, asked: &SaveTrial) -> Result<Attestation, Failure> {
    // Every change of a draft was sent, so it is known since when it stands ticked. A draft
    // that was never kept is seen ticked only now.
    let kept = DRAFTS.get(call.store(), draft_key).await?.and_then(|kept| kept.value.ticked);
    let at = asked.draft.ticked(kept.as_ref(), call.now).map_or(call.now, |ticked| ticked.at);
    let language = asked.draft.attested_in.unwrap_or(asked.language);
    let sentence = wizard::attest(language).to_owned();
    Ok(Attestation { by: call.signed()?.actor.person.id.clone(), at, language, sentence })
}

/// The act that an order for an organisation that exists is.
#[allow(clippy::type_complexity, reason = "an act with the organisation that it is decided on")]
fn act(
    call: &Call,
    order: Order,
    trial: TrialId,
    draft: &TrialDraft,
    target: &Target,
    request: &Option<RequestPreview>,
    attestation: Option<Attestation>,
) -> Result<Option<(Act, Box<Present>)>, Failure> {
    Ok(match (order, target) {
        (Order::Add(ordered, present), _) => Some((Act::Add(*ordered, trial), present)),
        (Order::Ask(ordered, present), Target::Ask { full_access, words, .. }) => {
            let by = call.signed()?.actor.person.id.clone();
            let nothing = Attestation { by, at: call.now, language: Default::default(), sentence: String::new() };
            let ask = Ask {
                ordered: *ordered,
                trial,
                typed_company: draft.company_name.trim().to_owned(),
                typed_email: email(&draft.administrator_email).unwrap_or_default(),
                asks_full_access: *full_access,
                words: words.trim().to_owned(),
                phrase: request.as_ref().map(|request| request.phrase.clone()).unwrap_or_default(),
                attestation: attestation.unwrap_or(nothing),
            };
            Some((Act::Ask(Box::new(ask)), present))
        }
        (Order::New(_) | Order::Ask(..), _) => None,
    })
}

/// The draft as an order, checked with the same function as in the form and with
/// the facts that only the backend has.
async fn checked(call: &Call, draft_id: &str, draft: &TrialDraft, target: &Target) -> Result<Checked, Failure> {
    let invalid = |problems| Failure::Api(ApiError::Invalid { problems });
    let site_name_taken = match SiteName::parse(&draft.site_name) {
        Ok(name) => is_taken(call.store(), &name).await?,
        Err(_) => false,
    };
    let (order, plan, request) = match target {
        Target::New => {
            let facts = match email(&draft.administrator_email) {
                Ok(address) => {
                    counted(call, &address).await?;
                    facts_of_address(call, &address).await?
                }
                Err(_) => Facts::default(),
            };
            let order = draft.check(&Facts { site_name_taken, ..facts }).map_err(invalid)?;
            let plan = plan(&order.ordered, order.region(), call.today(), true);
            (Order::New(Box::new(order)), plan, None)
        }
        Target::Ask { organisation, .. } => {
            let present = asked(call, draft, organisation).await?;
            let ordered = for_country(draft, &present.organisation)
                .check_for_existing(&Facts { site_name_taken, ..Facts::default() })
                .map_err(invalid)?;
            let plan = plan(&ordered, present.organisation.region, call.today(), false);
            let request = request_preview(call, draft_id, draft, &present.organisation)?;
            (Order::Ask(Box::new(ordered), Box::new(present)), plan, Some(request))
        }
        Target::Add { customer } => {
            let present = Present::of(call, Loaded::of(call.store(), customer).await?).await?;
            super::seeing::require_customer(call, &present.organisation)?;
            // The customer is managed already: nothing is attested anew (A3).
            let ordered = draft.check_edit(&Facts { site_name_taken, ..Facts::default() }).map_err(invalid)?;
            let plan = plan(&ordered, present.organisation.region, call.today(), false);
            (Order::Add(Box::new(ordered), Box::new(present)), plan, None)
        }
    };
    let digest = digest(&json(&(&plan, &request)));
    Ok(Checked { order, plan, request, digest })
}

/// The organisation that is asked: the one that the typed address belongs to, which
/// counts as a look-up, so that an id alone tells nobody anything (X1, P8).
async fn asked(call: &Call, draft: &TrialDraft, wanted: &OrganisationId) -> Result<Present, Failure> {
    let address = email(&draft.administrator_email).map_err(|_| ApiError::NotFound)?;
    counted(call, &address).await?;
    match super::look_ups::organisation_of(call.store(), &address).await? {
        Some(found) if found == *wanted => Present::of(call, Loaded::of(call.store(), &found).await?).await,
        _ => Err(Failure::Api(ApiError::NotFound)),
    }
}

/// The draft as it is asked of an organisation: its own country counts, and an
/// attestation for another one does not (X2).
fn for_country(draft: &TrialDraft, organisation: &Organisation) -> TrialDraft {
    let mut draft = draft.clone();
    draft.choose_country(Some(organisation.country));
    draft
}

fn request_preview(
    call: &Call,
    draft_id: &str,
    draft: &TrialDraft,
    organisation: &Organisation,
) -> Result<RequestPreview, Failure> {
    // The phrase follows from the draft and its author, so that it is the same on Review and
    // afterwards, and another partner cannot bring it about (X6).
    let seed = digest(&format!("{}\n{draft_id}", call.signed()?.actor.person.id));
    let number = u64::from_str_radix(&seed[..15], 16).unwrap_or_default();
    let to = recipients(organisation, &draft.administrator_email).len();
    Ok(RequestPreview {
        phrase: phrase(number),
        answer_by: answer_by(call.today()),
        recipients: u32::try_from(to).unwrap_or(u32::MAX),
    })
}

/// Starts the first trial of a new organisation, in one commit, so that there is never
/// half a trial.
async fn start(
    call: &Call,
    order: TrialOrder,
    trial: TrialId,
    attestation: Attestation,
    plan: Plan,
    draft_key: &str,
    mut commit: Commit,
) -> Result<Option<Answer<Started>>, Failure> {
    let signed = call.signed()?;
    let environment = call.backend.environment.as_ref();
    let start = Start {
        order,
        organisation: OrganisationId(random_id(environment)),
        trial: trial.clone(),
        administrator: rules::ids::PersonId(random_id(environment)),
        attestation,
    };
    let customer = start.organisation.clone();
    let facts = gather(&call.backend, None, signed.actor.partner().cloned()).await?;
    let context = Context { actor: Some(&signed.actor), now: call.now, facts: &facts };
    let change: Change = decide(None, Act::Start(Box::new(start)), context).map_err(refused)?;
    let made = change.made().cloned();
    let made = made.ok_or(Failure::Store(Fault::Failed("a start made no organisation".to_owned())))?;
    let mut changes = vec![(change, By::person(&signed.actor.person))];
    // Every service is provisioned at once, each in a step of its own (N17).
    changes.extend(crate::due::after(&call.backend, &made, &changes, call.now, &facts).await);
    let known_mails = ledger::known(call.store(), &customer, &changes).await?;
    let signer = Signer::for_changes(call.store(), environment, &changes).await?;
    let writing = Writing {
        facts: &facts,
        deployment: &call.backend.deployment,
        environment,
        known_mails: &known_mails,
        handed_over_until: None,
        signer: signer.as_ref(),
    };
    write(&mut commit, &Loaded::NEW, &changes, writing)
        .ok_or(Failure::Store(Fault::Failed("a start made no organisation".to_owned())))?;
    commit.make(&SAVED_DRAFTS, draft_key, &SavedDraft { customer: customer.clone(), request: false });
    call.act(commit, Answer::of(&Started { customer, trial, plan })).await
}

/// To what the secret of a consent mail's link leads (X7).
pub(crate) async fn linked(call: &Call, token: &str) -> Result<crate::records::LinkTo, Failure> {
    let found = LINKS.get(call.store(), &digest(token)).await?;
    Ok(found.ok_or(ApiError::NotFound)?.value)
}
