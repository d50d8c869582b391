//! Drafts: kept as they are typed, each for its author alone (N18).

use contract::drafts::{DraftLine, DraftList, KeptDraft};
use contract::error::ApiError;
use rules::draft::TrialDraft;
use rules::ids::DraftId;
use rules::verdict::{Because, Refusal, Remedy, RuleId};

use crate::asked;
use crate::call::{Answer, Call, Failure};
use crate::records::{DRAFTS, SAVED_DRAFTS, SavedDraft, StoredDraft};
use crate::store::{Commit, Versioned};

/// Lengths that a draft's id may have, in characters.
const ID_LENGTHS: std::ops::RangeInclusive<usize> = 1..=64;

/// The own drafts that are not saved yet, the one changed last in front.
pub(crate) async fn drafts(call: Call, (): ()) -> Result<Answer<DraftList>, Failure> {
    Ok(Answer::of(&own(&call, None).await?))
}

/// One own draft. Another person's draft is not there for the reader; one that was
/// saved leads to its customer (N18).
pub(crate) async fn draft(call: Call, (): ()) -> Result<Answer<KeptDraft>, Failure> {
    let key = key(&call, &call.parameter)?;
    refuse_saved(&call, &key).await?;
    let found = kept(&call, &key).await?.ok_or(ApiError::NotFound)?;
    let kept = KeptDraft {
        id: DraftId(call.parameter.clone()),
        version: found.version,
        draft: found.value.draft,
        changed: found.value.changed,
    };
    Ok(Answer::with_version(&kept, kept.version))
}

/// Keeps a draft under an id that the client made.
pub(crate) async fn keep(call: Call, draft: TrialDraft) -> Result<Answer<KeptDraft>, Failure> {
    let key = key(&call, &call.parameter)?;
    let asked = asked::version(&call.headers)?.ok_or(ApiError::VersionMissing)?;
    call.until_stored(async || {
        refuse_saved(&call, &key).await?;
        let found = DRAFTS.get(call.store(), &key).await?;
        let version = found.as_ref().map(|found| found.version);
        if version != asked {
            return Err(Failure::Api(ApiError::Stale { version: version.unwrap_or_default() }));
        }
        let before = found.and_then(|found| found.value.ticked);
        let ticked = draft.ticked(before.as_ref(), call.now);
        let stored = StoredDraft { draft: draft.clone(), changed: call.now, ticked };
        let version = asked.unwrap_or_default() + 1;
        let mut commit = Commit::default();
        commit.expect(&DRAFTS, &*key, asked);
        // A tab that still types after another one saved must not bring the draft back.
        commit.expect(&SAVED_DRAFTS, &*key, None);
        commit.put(&DRAFTS, &*key, &stored);
        let id = DraftId(call.parameter.clone());
        let kept = KeptDraft { id, version, draft: stored.draft, changed: stored.changed };
        call.act(commit, Answer::with_version(&kept, version)).await
    })
    .await
}

/// Throws a draft away; one that is gone already is no error.
pub(crate) async fn discard(call: Call, (): ()) -> Result<Answer<DraftList>, Failure> {
    let key = key(&call, &call.parameter)?;
    let asked = asked::version(&call.headers)?.flatten();
    call.until_stored(async || {
        let found = DRAFTS.get(call.store(), &key).await?.map(|found| found.version);
        if let (Some(asked), Some(version)) = (asked, found)
            && asked != version
        {
            return Err(Failure::Api(ApiError::Stale { version }));
        }
        let mut commit = Commit::default();
        commit.expect(&DRAFTS, &*key, found);
        commit.delete(&DRAFTS, &*key);
        let left = own(&call, Some(&call.parameter)).await?;
        call.act(commit, Answer::of(&left)).await
    })
    .await
}

/// The key of an own draft: with the author in it, nobody reaches another's.
pub(crate) fn key(call: &Call, draft: &str) -> Result<String, Failure> {
    let named = draft.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'));
    if !named || !ID_LENGTHS.contains(&draft.len()) {
        return Err(Failure::Api(ApiError::NotFound));
    }
    Ok(format!("{}/{draft}", call.signed()?.actor.person.id))
}

/// Refuses what is done with a draft that was saved already (N18).
pub(crate) async fn refuse_saved(call: &Call, key: &str) -> Result<(), Failure> {
    match SAVED_DRAFTS.get(call.store(), key).await? {
        Some(saved) => Err(Failure::Api(already_saved(saved.value))),
        None => Ok(()),
    }
}

/// What became of it says where to look: a request is on its customer's page, and may be in no list.
fn already_saved(saved: SavedDraft) -> ApiError {
    let remedy = if saved.request { Remedy::SeeRequest } else { Remedy::SeeCustomers };
    let refusal = Refusal::new(RuleId::N18, Because::DraftSaved, remedy);
    ApiError::Refused { refusal, see: Some(saved.customer), near: Vec::new() }
}

/// A draft that is still kept.
async fn kept(call: &Call, key: &str) -> Result<Option<Versioned<StoredDraft>>, Failure> {
    let found = DRAFTS.get(call.store(), key).await?;
    Ok(found.filter(|found| found.value.is_kept(call.today())))
}

/// The own drafts that are still kept, but for one.
async fn own(call: &Call, without: Option<&str>) -> Result<DraftList, Failure> {
    let prefix = format!("{}/", call.signed()?.actor.person.id);
    let mut drafts = Vec::new();
    for (key, found) in DRAFTS.list(call.store(), &prefix).await? {
        let id = &key[prefix.len()..];
        if found.value.is_kept(call.today()) && without != Some(id) {
            let at = drafts.partition_point(|line: &DraftLine| line.changed >= found.value.changed);
            let line = DraftLine {
                id: id.into(),
                kept_until: found.value.kept_until(),
                changed: found.value.changed,
                company_name: found.value.draft.company_name,
            };
            drafts.insert(at, line);
        }
    }
    Ok(DraftList { drafts })
}
