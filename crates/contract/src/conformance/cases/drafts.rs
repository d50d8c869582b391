//! Drafts (N18).

use crate::conformance::cast::{ANNA, MEHMET, draft};
use crate::conformance::check::{Outcome, error_of, fails, same};
use crate::conformance::{Case, Client, Failure, cases};
use crate::drafts::{DRAFT_DAYS, DraftList, KeptDraft};
use crate::endpoints;
use crate::error::ApiError;
use crate::trials::{SaveTrial, Started, Target};
use crate::{IF_MATCH, IF_NONE_MATCH, etag};
use rules::draft::TrialDraft;

pub(super) const CASES: &[Case] = cases![
    a_draft_is_kept_as_typed_with_versions_that_do_not_overwrite_each_other_n18_g2,
    a_draft_is_its_authors_alone_n18,
    a_draft_is_offered_for_30_days_after_its_last_change_n18,
    a_saved_draft_is_gone_and_leads_to_its_customer_n18,
    a_draft_is_thrown_away_once_or_twice_n18,
    an_id_that_is_none_names_no_draft_g3,
];

fn keep(client: &Client<'_>, who: &str, id: &str, from: Option<u64>, typed: &TrialDraft) -> Result<KeptDraft, Failure> {
    let version = from.map(etag).unwrap_or_default();
    let header = if from.is_some() { (IF_MATCH, version.as_str()) } else { (IF_NONE_MATCH, "*") };
    client.ask_with(&endpoints::DRAFT_KEEP, who, id, typed, &[header])
}

fn a_draft_is_kept_as_typed_with_versions_that_do_not_overwrite_each_other_n18_g2(client: &Client<'_>) -> Outcome {
    let mut typed = draft("Kept");
    typed.licences = "1.5 nonsense \u{1F98A}".to_owned();
    let first = keep(client, ANNA, "kept-1", None, &typed)?;
    same("what is kept", &first.draft, &typed)?;
    fails(keep(client, ANNA, "kept-1", None, &typed), ApiError::Stale { version: first.version })?;
    typed.licences = "15".to_owned();
    let second = keep(client, ANNA, "kept-1", Some(first.version), &typed)?;
    fails(keep(client, ANNA, "kept-1", Some(first.version), &typed), ApiError::Stale { version: second.version })?;
    fails(keep(client, ANNA, "kept-2", Some(1), &typed), ApiError::Stale { version: 0 })?;
    let read: KeptDraft = client.ask(&endpoints::DRAFT, ANNA, "kept-1", &())?;
    same("what is read", read, second)
}

fn a_draft_is_its_authors_alone_n18(client: &Client<'_>) -> Outcome {
    keep(client, ANNA, "mine", None, &draft("Mine"))?;
    fails(client.ask(&endpoints::DRAFT, MEHMET, "mine", &()), ApiError::NotFound)?;
    let list: DraftList = client.ask(&endpoints::DRAFTS, MEHMET, "", &())?;
    same("drafts of another one", list.drafts.len(), 0)?;
    keep(client, MEHMET, "mine", None, &draft("His"))?;
    let read: KeptDraft = client.ask(&endpoints::DRAFT, ANNA, "mine", &())?;
    same("the own one", read.draft.company_name.as_str(), "Mine")
}

fn a_draft_is_offered_for_30_days_after_its_last_change_n18(client: &Client<'_>) -> Outcome {
    let today = client.today()?;
    keep(client, ANNA, "old", None, &draft("Old"))?;
    let listed = |client: &Client<'_>| -> Result<DraftList, Failure> { client.ask(&endpoints::DRAFTS, ANNA, "", &()) };
    let list = listed(client)?;
    same("until", list.drafts.iter().map(|line| line.kept_until).collect::<Vec<_>>(), vec![today.plus(DRAFT_DAYS)])?;
    client.days(DRAFT_DAYS)?;
    same("drafts on the last day", listed(client)?.drafts.len(), 1)?;
    client.days(1)?;
    same("drafts the day after", listed(client)?.drafts.len(), 0)?;
    fails(client.ask(&endpoints::DRAFT, ANNA, "old", &()), ApiError::NotFound)
}

fn a_saved_draft_is_gone_and_leads_to_its_customer_n18(client: &Client<'_>) -> Outcome {
    let save: SaveTrial = client.to_save(ANNA, &draft("Saved"), &Target::New)?;
    let id = save.draft_id.as_str().to_owned();
    let kept = keep(client, ANNA, &id, None, &save.draft)?;
    let started: Started = client.ask(&endpoints::TRIALS, ANNA, "", &save)?;
    let list: DraftList = client.ask(&endpoints::DRAFTS, ANNA, "", &())?;
    same("drafts", list.drafts.len(), 0)?;
    let again = [
        error_of(client.ask(&endpoints::TRIALS, ANNA, "", &save))?,
        error_of(client.ask(&endpoints::DRAFT, ANNA, &id, &()))?,
        error_of(keep(client, ANNA, &id, Some(kept.version), &save.draft))?,
    ];
    for error in again {
        let ApiError::Refused { refusal, see, .. } = error else {
            return Err(Failure::new(format!("a saved draft is answered with {error:?}")));
        };
        same("where it leads", (refusal.rule.to_string().as_str(), see), ("N18", Some(started.customer.clone())))?;
    }
    Ok(())
}

fn a_draft_is_thrown_away_once_or_twice_n18(client: &Client<'_>) -> Outcome {
    let kept = keep(client, ANNA, "away", None, &draft("Away"))?;
    let stale = client.ask_from(&endpoints::DRAFT_DISCARD, ANNA, "away", &(), kept.version + 1);
    fails(stale, ApiError::Stale { version: kept.version })?;
    for _ in 0..2 {
        let list: DraftList = client.ask(&endpoints::DRAFT_DISCARD, ANNA, "away", &())?;
        same("drafts that are left", list.drafts.len(), 0)?;
    }
    fails(client.ask(&endpoints::DRAFT, ANNA, "away", &()), ApiError::NotFound)
}

fn an_id_that_is_none_names_no_draft_g3(client: &Client<'_>) -> Outcome {
    for id in ["a b", "a/b", "é", &"x".repeat(65), ".."] {
        fails(keep(client, ANNA, id, None, &draft("Id")), ApiError::NotFound)?;
    }
    keep(client, ANNA, &"x".repeat(64), None, &draft("Id")).map(drop)
}
