//! The way of an act: what time brought is played first, the law decides, what it says
//! is held against what was previewed, and all of it is stored at once (E6, G2).

use contract::error::ApiError;
use rules::act::{Act, Context, Facts, decide};
use rules::change::{Change, Deed, evolve};
use rules::consequences::{Consequences, consequences};
use rules::ids::PartnerId;
use rules::organisation::Organisation;
use rules::people::Role;

use crate::asked::require_version;
use crate::call::{Answer, Call, Failure};
use crate::consent::Signer;
use crate::facts::gather;
use crate::ledger;
use crate::organisations::{By, Loaded, Signed, Writing, write};
use crate::receipts::digest;
use crate::store::{Commit, Fault, json};

/// An organisation as it is at the instant of a request, with the facts about it.
pub(crate) struct Present {
    pub(crate) loaded: Loaded,
    /// What time has brought since it was stored; it is stored with the act.
    pub(crate) passed: Vec<Signed>,
    pub(crate) organisation: Organisation,
    pub(crate) facts: Facts,
}

impl Present {
    /// The organisation, if the reader may know of it.
    pub(crate) async fn of(call: &Call, loaded: Option<Loaded>) -> Result<Present, Failure> {
        let loaded = loaded.ok_or(ApiError::NotFound)?;
        let own = call.signed_in.iter().filter_map(|signed| signed.actor.partner().cloned());
        let facts = gather(&call.backend, loaded.organisation(), own).await?;
        let before = loaded.organisation().ok_or(ApiError::NotFound)?;
        // Nothing is provisioned here: looking at what an act would bring must not do it.
        let passed: Vec<Signed> =
            rules::time::pass(before, call.now, &facts).into_iter().map(|change| (change, By::default())).collect();
        let organisation = passed.iter().try_fold(before.clone(), |now, (change, _)| evolve(Some(now), change));
        let organisation = organisation.ok_or(ApiError::NotFound)?;
        Ok(Present { loaded, passed, organisation, facts })
    }

    /// The version of its record.
    pub(crate) fn version(&self) -> u64 {
        self.loaded.version.unwrap_or_default()
    }

    /// Who looks or acts, when, and what is so.
    pub(crate) fn context<'a>(&'a self, call: &'a Call) -> Context<'a> {
        let actor = call.signed_in.as_ref().map(|signed| &signed.actor);
        Context { actor, now: call.now, facts: &self.facts }
    }
}

/// An act that was decided: what it brings, and the digest of that.
pub(crate) struct Decided {
    pub(crate) change: Change,
    pub(crate) consequences: Consequences,
    pub(crate) digest: String,
}

/// A refusal as an error.
pub(crate) fn refused(refusal: rules::verdict::Refusal) -> Failure {
    Failure::Api(refusal.into())
}

/// Decides an act on an organisation as it is.
pub(crate) fn decided(call: &Call, present: &Present, act: Act, partner: &PartnerId) -> Result<Decided, Failure> {
    let context = present.context(call);
    let change = decide(Some(&present.organisation), act, context).map_err(refused)?;
    let consequences = consequences(Some(&present.organisation), &change, partner, context);
    let digest = digest(&json(&consequences));
    Ok(Decided { change, consequences, digest })
}

/// Stores what was decided together with what time brought before it and with it, the
/// answer's receipt, and whatever else the act stores. `None` when another act came in
/// between.
pub(crate) async fn store<A>(
    call: &Call,
    present: &Present,
    change: Change,
    mut commit: Commit,
    answer: impl FnOnce(u64) -> Answer<A>,
) -> Result<Option<Answer<A>>, Failure> {
    let version = present.loaded.version.map_or(1, |version| version + 1);
    if change.parts.is_empty() && change.mails.is_empty() && present.passed.is_empty() {
        // Nothing changed, and nothing is to be remembered but the answer.
        return call.act(commit, answer(present.version())).await;
    }
    let mut changes = present.passed.clone();
    if !(change.parts.is_empty() && change.mails.is_empty()) {
        let by = by(call, &change)?;
        changes.push((change, by));
    }
    // What the act plans for this very moment happens with it.
    let after = crate::due::after(&call.backend, &present.organisation, &changes, call.now, &present.facts).await;
    changes.extend(after);
    let known_mails = ledger::known(call.store(), &present.organisation.id, &changes).await?;
    let signer = Signer::for_changes(call.store(), call.backend.environment.as_ref(), &changes).await?;
    let writing = Writing {
        facts: &present.facts,
        deployment: &call.backend.deployment,
        environment: call.backend.environment.as_ref(),
        known_mails: &known_mails,
        handed_over_until: None,
        signer: signer.as_ref(),
    };
    for (change, _) in &changes {
        ledger::drop_held(call.store(), &mut commit, &present.organisation.id, change).await?;
    }
    write(&mut commit, &present.loaded, &changes, writing).ok_or(Failure::Store(Fault::Failed(
        "a change made no organisation, or its receipt could not be signed".to_owned(),
    )))?;
    call.act(commit, answer(version)).await
}

/// Who acts, for the journal. What somebody of a partner does in the customer's hub is done
/// on the customer's behalf (Q10, U1).
fn by(call: &Call, change: &Change) -> Result<By, Failure> {
    let by = By::person(&call.signed()?.actor.person);
    let in_the_hub = matches!(
        change.deed,
        Deed::PersonAdded
            | Deed::PeopleAdded
            | Deed::PersonChanged
            | Deed::PersonRemoved
            | Deed::SettingsChanged
            | Deed::SetUpFinished
            | Deed::SetUpLapsed
    );
    Ok(By { on_behalf: by.partner.is_some() && in_the_hub, ..by })
}

/// Refuses an act that was made from another version, or whose preview would be
/// another one by now (E6).
pub(crate) fn require_preview(call: &Call, present: &Present, shown: &str, decided: &Decided) -> Result<(), Failure> {
    require_version(&call.headers, present.version())?;
    match shown == decided.digest {
        true => Ok(()),
        false => Err(Failure::Api(ApiError::OutOfDate)),
    }
}

/// The partner in whose view an act's consequences are told: the own one, or the
/// trial's for people of a customer.
pub(crate) fn partner_of(call: &Call, trial: Option<&PartnerId>) -> Result<PartnerId, Failure> {
    let person = &call.signed()?.actor.person;
    Ok(match &person.role {
        Role::Partner { partner, .. } => partner.clone(),
        Role::Customer { .. } | Role::TrialsTeam => trial.cloned().unwrap_or_default(),
    })
}
