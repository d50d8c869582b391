//! The set-up of a trial: what is typed is kept for both sides, and finishing it is an act (U).

use contract::error::ApiError;
use contract::hub::OnBehalf;
use contract::set_up::{SetUpDetail, SetUpKept, SetUpKeptBy, SetUpTerms};
use contract::trials::{ActDone, ActPreview, Order};
use rules::act::{ActName, TrialAct, may_act, may_take_people};
use rules::draft::{Facts, Field};
use rules::ids::PartnerId;
use rules::organisation::{AccessLevel, Organisation, masked};
use rules::service::Calling;
use rules::set_up::{SetUpDraft, TERMS_VERSION};
use rules::trial::{State, Trial};
use rules::verdict::{Because, Problem, ProblemKind, Refusal, Remedy, RuleId, Verdict};

use super::acting::{Decided, Present, refused, require_preview, store};
use super::csv::language;
use super::hub::licences;
use super::look_ups::is_taken;
use super::trial_acts::{decide_on, detail, previewed, seen};
use crate::asked::require_version;
use crate::call::{Answer, Call, Failure};
use crate::organisations::Loaded;
use crate::receipts::digest;
use crate::records::{ORGANISATIONS, SET_UPS, StoredSetUp};
use crate::store::{Commit, Versioned, json};

/// The set-up of a trial, for its customer's administrators and for the people of the partner that
/// started it, while that has access.
pub(crate) async fn set_up(call: Call, (): ()) -> Result<Answer<SetUpDetail>, Failure> {
    let present = present(&call).await?;
    let trial = seen(&call, &present, &call.parameter)?;
    let found = kept(&call).await?;
    let version = found.as_ref().map_or(0, |found| found.version);
    let organisation = &present.organisation;
    let context = present.context(&call);
    let partner = call.signed()?.actor.partner();
    let access = partner.and_then(|partner| organisation.access(partner)).map(|access| access.level);
    if partner.is_some() && access.is_none() {
        return Err(refused(Refusal::new(RuleId::H3, Because::NoAccess, Remedy::AskFullAdministrator)));
    }
    let name = |id: &PartnerId| -> String {
        present.facts.partners.get(id).map(|facts| facts.partner.name.clone()).unwrap_or_default()
    };
    let reader = &call.signed()?.actor.person.id;
    let kept = found.as_ref().map(|found| SetUpKeptBy {
        name: found.value.name.clone(),
        own: found.value.by.as_ref() == Some(reader),
        partner: found.value.partner.as_ref().map(name),
        at: found.value.at,
    });
    // What was typed counts while it can still be finished; afterwards the set-up is what it became (U3).
    let typed = found.filter(|_| matches!(trial.state(call.today()), State::Awaiting | State::Running));
    let mut draft = typed.map_or_else(|| SetUpDraft::of_trial(trial), |found| found.value.typed(trial));
    if !sees_people(&call, organisation)? {
        draft.people.clear();
    }
    let may_take_people = match may_take_people(organisation, Some(&trial.id), context) {
        Ok(()) => Verdict::Allowed,
        Err(refusal) => Verdict::Blocked(refusal),
    };
    let detail = SetUpDetail {
        today: call.today(),
        version,
        organisation: organisation.id.clone(),
        company: organisation.name.clone(),
        country: organisation.country,
        region: organisation.region,
        on_behalf: partner.zip(access).map(|(partner, access)| OnBehalf { partner: name(partner), access }),
        trial: detail(&call, &present, trial),
        draft,
        kept,
        terms: terms(&call, organisation, trial)?,
        may_take_people,
        licences: licences(&call, organisation)?,
    };
    Ok(Answer::with_version(&detail, version))
}

/// The terms in the language that is asked for, with who accepted them or can.
fn terms(call: &Call, organisation: &Organisation, trial: &Trial) -> Result<SetUpTerms, Failure> {
    let language = language(call)?;
    let sees_people = sees_people(call, organisation)?;
    let accepted = trial.set_up.terms.as_ref();
    let by = accepted.and_then(|accepted| organisation.member(&accepted.by)).filter(|_| sees_people);
    let who_can = organisation.full_administrators().map(|member| match sees_people {
        true => member.called().to_owned(),
        false => masked(&member.email),
    });
    Ok(SetUpTerms {
        version: TERMS_VERSION,
        language,
        text: words::set_up::terms(language).map(str::to_owned).to_vec(),
        accepted_by: by.map(|member| member.called().to_owned()).unwrap_or_default(),
        accepted: accepted.map(|accepted| accepted.at),
        who_can: who_can.collect(),
    })
}

/// Whether the reader may see the organisation's people: a partner does with full administrator
/// access alone (X10, U1).
fn sees_people(call: &Call, organisation: &Organisation) -> Result<bool, Failure> {
    let Some(partner) = call.signed()?.actor.partner() else { return Ok(true) };
    let level = organisation.access(partner).map(|access| access.level);
    Ok(level == Some(AccessLevel::FullAdministrator))
}

/// Keeps what was typed. It changes nothing of the trial, so it is no act; whoever typed from an
/// older state is told so, and nothing is overwritten (U3, G2).
pub(crate) async fn keep(call: Call, typed: SetUpDraft) -> Result<Answer<SetUpKept>, Failure> {
    call.until_stored(async || {
        let present = present(&call).await?;
        let trial = seen(&call, &present, &call.parameter)?;
        may_act(ActName::FinishSetUp, &present.organisation, trial, present.context(&call)).map_err(refused)?;
        let found = kept(&call).await?;
        let version = found.as_ref().map(|found| found.version);
        require_version(&call.headers, version.unwrap_or_default())?;
        let mut draft = typed.clone();
        if !sees_people(&call, &present.organisation)? {
            // Rows that the reader was not shown stay as they are (X10).
            draft.people = found.map(|found| found.value.draft.people).unwrap_or_default();
        }
        let person = &call.signed()?.actor.person;
        let stored = StoredSetUp {
            draft,
            site: trial.site().cloned(),
            calling: trial.offer.calling.map(Calling::kind),
            by: Some(person.id.clone()),
            name: person.name.clone(),
            partner: person.of_partner().map(|(partner, _)| partner.clone()),
            at: call.now,
        };
        let mut commit = Commit::default();
        commit.expect(&SET_UPS, trial.id.as_str(), version);
        // A trial that ends meanwhile takes what was typed with it.
        commit.expect(&ORGANISATIONS, present.organisation.id.as_str(), Some(present.version()));
        commit.put(&SET_UPS, trial.id.as_str(), &stored);
        let version = version.unwrap_or_default() + 1;
        let kept = SetUpKept { trial: trial.id.clone(), version, at: call.now };
        call.act(commit, Answer::with_version(&kept, version)).await
    })
    .await
}

/// What finishing a set-up would bring (X12, U3).
pub(crate) async fn preview(call: Call, (): ()) -> Result<Answer<ActPreview>, Failure> {
    let (present, decided, _) = decide(&call).await?;
    previewed(&present, decided)
}

/// Finishes a set-up as it was previewed.
pub(crate) async fn finish(call: Call, order: Order<()>) -> Result<Answer<ActDone>, Failure> {
    call.until_stored(async || {
        let (present, decided, kept) = decide(&call).await?;
        require_preview(&call, &present, &order.digest, &decided)?;
        let Decided { change, consequences, .. } = decided;
        let mut commit = Commit::default();
        commit.expect(&SET_UPS, &*call.parameter, kept);
        let answer = |version| Answer::with_version(&ActDone { consequences, version }, version);
        store(&call, &present, change, commit, answer).await
    })
    .await
}

/// The finishing of a set-up as it is kept, with the version of that. What was typed is part of
/// the digest, so that what somebody else typed since is previewed before it is stored (E6).
async fn decide(call: &Call) -> Result<(Present, Decided, Option<u64>), Failure> {
    let present = present(call).await?;
    let trial = seen(call, &present, &call.parameter)?;
    // Who may not finish it at all is told that, and not what is wrong with what was typed (P7).
    may_act(ActName::FinishSetUp, &present.organisation, trial, present.context(call)).map_err(refused)?;
    let found = kept(call).await?;
    let version = found.as_ref().map(|found| found.version);
    let draft = found.map_or_else(|| SetUpDraft::of_trial(trial), |found| found.value.typed(trial));
    let invalid = |problems| Failure::Api(ApiError::Invalid { problems });
    let order = draft.check(trial, &Facts::default()).map_err(invalid)?;
    let typed = json(&order);
    let mut decided = decide_on(call, &present, TrialAct::FinishSetUp(Box::new(order)))?;
    decided.digest = digest(&[decided.digest, typed].concat());

    // A request gives no site name out, so somebody else may have been given the one that it asked
    // for; and what is typed may be somebody else's by now (N12).
    let after = rules::change::evolve(Some(present.organisation.clone()), &decided.change);
    let after = after.as_ref().and_then(|after| after.trial(&trial.id)).filter(|trial| trial.started.is_some());
    let had = trial.site().filter(|_| trial.started.is_some());
    if let Some(site) = after.and_then(Trial::site)
        && had.is_none_or(|had| had.name != site.name)
        && is_taken(call.store(), &site.name).await?
    {
        return Err(invalid(vec![Problem { field: Field::SiteName, kind: ProblemKind::SiteNameTaken }]));
    }
    Ok((present, decided, version))
}

/// The organisation of the trial in the address, for who may know of its set-up: of a trial that
/// was handed over the distributor sees no set-up (C2).
pub(super) async fn present(call: &Call) -> Result<Present, Failure> {
    let present = Present::of(call, Loaded::of_trial(call.store(), &call.parameter).await?).await?;
    let trial = seen(call, &present, &call.parameter)?;
    match call.signed()?.actor.partner().is_none_or(|partner| *partner == trial.partner) {
        true => Ok(present),
        false => Err(Failure::Api(ApiError::NotFound)),
    }
}

/// What was typed in the set-up of the trial in the address.
async fn kept(call: &Call) -> Result<Option<Versioned<StoredSetUp>>, Failure> {
    Ok(SET_UPS.get(call.store(), &call.parameter).await?)
}
