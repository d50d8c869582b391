//! Starting a trial: what it would bring, and doing it (N15 to N18).

use contract::error::ApiError;
use contract::trials::{Preview, SaveTrial, StartPreview, Started};
use rules::customers::CustomerRow;
use rules::draft::{Facts, TrialDraft, TrialOrder, email};
use rules::ids::{OrganisationId, TrialId};
use rules::organisation::Organisation;
use rules::site::SiteName;
use rules::trial::{Act, Change, Context, Plan, Start, Trial, decide, evolve, plan};
use words::wizard;

use super::drafts;
use super::look_ups::{counted, facts_of_address, is_taken};
use crate::call::{Answer, Call, Failure};
use crate::environment::random_id;
use crate::mail;
use crate::outage;
use crate::receipts::digest;
use crate::records::{
    ADDRESSES, CUSTOMERS, DRAFTS, Holder, JOURNAL, JournalEntry, MAILS, ORGANISATIONS, SAVED_DRAFTS, SITE_NAMES,
    SavedDraft, TRIALS,
};
use crate::store::{Commit, json};

/// What saving a draft would bring. It stores nothing of it (N15).
pub(crate) async fn preview(call: Call, asked: Preview) -> Result<Answer<StartPreview>, Failure> {
    let order = checked(&call, &asked.draft).await?;
    let plan = plan(&order, call.today());
    let digest = digest_of(&plan);
    Ok(Answer::of(&StartPreview { plan, digest }))
}

/// Starts a trial for a new organisation (N16, N17).
pub(crate) async fn save(call: Call, asked: SaveTrial) -> Result<Answer<Started>, Failure> {
    let draft_key = drafts::key(&call, asked.draft_id.as_str())?;
    drafts::refuse_saved(&call, &draft_key).await?;
    outage::strike(&call, &draft_key, &asked.draft).await?;
    // The sentence is kept as it was shown when it was ticked; the page may have changed its
    // language since (N6).
    let shown_in = asked.draft.attested_in.unwrap_or(asked.language);
    call.until_stored(async || {
        // Another tab may have saved it since (N18).
        drafts::refuse_saved(&call, &draft_key).await?;
        // Every change of a draft was sent, so it is known since when it stands ticked. A draft
        // that was never kept is seen ticked only now (N6).
        let kept = DRAFTS.get(call.store(), &draft_key).await?.and_then(|kept| kept.value.ticked);
        let ticked = asked.draft.ticked(kept.as_ref(), call.now).map_or(call.now, |ticked| ticked.at);
        // Who comes second with an address or a site name is told so under the
        // field, because the facts are gathered anew for every attempt (N2, N12).
        let order = checked(&call, &asked.draft).await?;
        let plan = plan(&order, call.today());
        let digest = digest_of(&plan);
        if digest != asked.digest {
            return Err(Failure::Api(ApiError::OutOfDate));
        }
        let start = Start {
            order,
            organisation: OrganisationId(random_id(call.backend.environment.as_ref())),
            trial: TrialId(random_id(call.backend.environment.as_ref())),
            language: shown_in,
            sentence: wizard::attest(shown_in).to_owned(),
            ticked,
        };
        let (commit, started) = decided(&call, start, &draft_key)?;
        call.act(commit, Answer::of(&started)).await
    })
    .await
}

/// The draft as an order, checked with the same function as in the form and with
/// the facts that only the backend has.
async fn checked(call: &Call, draft: &TrialDraft) -> Result<TrialOrder, Failure> {
    let facts = match email(&draft.administrator_email) {
        Ok(address) => {
            counted(call, &address).await?;
            facts_of_address(call.store(), &call.signed()?.partner.id, &address).await?
        }
        Err(_) => Facts::default(),
    };
    let site_name_taken = match SiteName::parse(&draft.site_name) {
        Ok(name) => is_taken(call.store(), &name).await?,
        Err(_) => false,
    };
    let facts = Facts { site_name_taken, ..facts };
    draft.check(&facts).map_err(|problems| Failure::Api(ApiError::Invalid { problems }))
}

/// The digest of a plan: saving carries it, so that what was shown is what happens (N15).
fn digest_of(plan: &Plan) -> String {
    digest(&json(plan))
}

/// Everything that a start stores, decided by the rules: in one commit, so that
/// there is never half a trial.
fn decided(call: &Call, start: Start, draft_key: &str) -> Result<(Commit, Started), Failure> {
    let signed = call.signed()?;
    let context = Context { actor: &signed.actor, now: call.now };
    let refused = |refusal| Failure::Api(ApiError::Refused { refusal, see: None });
    let change = decide(Act::Start(Box::new(start)), &context).map_err(refused)?;
    let (Change::Started { organisation, plan, .. }, Some(mut trial)) = (&change, evolve(None, &change)) else {
        return Err(Failure::Store(crate::store::Fault::Failed("a start made no trial".to_owned())));
    };
    let (organisation, plan) = (organisation.as_ref().clone(), plan.as_ref().clone());

    // Every service is provisioned at once, each in a step of its own (N17).
    let mut changes = vec![change];
    for service in trial.offer.services() {
        let provisioned = decide(Act::Provisioned(service), &context).map_err(refused)?;
        trial = evolve(Some(trial.clone()), &provisioned).unwrap_or(trial);
        changes.push(provisioned);
    }

    let mut commit = Commit::default();
    store_trial(&mut commit, &organisation, &trial, &changes, signed.actor.person.id.clone());
    let welcome = mail::welcome(&organisation, &trial, &signed.partner, &call.backend.deployment.address, call.now);
    commit.make(&MAILS, format!("{}/{}/welcome", organisation.id, trial.id), &welcome);
    commit.delete(&DRAFTS, draft_key);
    commit.make(&SAVED_DRAFTS, draft_key, &SavedDraft { customer: organisation.id.clone() });
    Ok((commit, Started { customer: organisation.id, trial: trial.id, plan }))
}

/// A new organisation with its first trial, its address and site name given out
/// for good, its row, and the journal of how it came about.
pub(crate) fn store_trial(
    commit: &mut Commit,
    organisation: &Organisation,
    trial: &Trial,
    changes: &[Change],
    by: rules::ids::PersonId,
) {
    let partner = &organisation.managed_by.partner;
    commit.make(&ADDRESSES, &*organisation.administrator_email, &Holder::Organisation(organisation.id.clone()));
    if let Some(site) = trial.offer.meetings.as_ref().and_then(|meetings| meetings.site.as_ref()) {
        commit.make(&SITE_NAMES, site.name.as_str(), &trial.id);
    }
    commit.make(&ORGANISATIONS, organisation.id.as_str(), organisation);
    commit.make(&TRIALS, format!("{}/{}", organisation.id, trial.id), trial);
    let row = CustomerRow::of(organisation, std::slice::from_ref(trial), organisation.created);
    commit.make(&CUSTOMERS, format!("{partner}/{}", organisation.id), &row);
    for (number, change) in changes.iter().enumerate() {
        let (at, by) = match change {
            Change::Started { at, .. } => (*at, Some(by.clone())),
            Change::Provisioned { at, .. } => (*at, None),
        };
        let entry = JournalEntry { at, by, partner: partner.clone(), change: change.clone() };
        commit.make(&JOURNAL, format!("{}/{}/{number:06}", organisation.id, trial.id), &entry);
    }
}
