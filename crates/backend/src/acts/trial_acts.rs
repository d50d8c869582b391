//! What is done with a trial that is there (E, K, C, N17).

use contract::customers::{HandedOver, HandedOverList, TrialDetail};
use contract::error::ApiError;
use contract::trials::{ActDone, ActPreview, Order, TrialAct as Asked};
use rules::act::{Act, ActName, TrialAct, may_act, near_administrators, verdicts};
use rules::draft::Facts;
use rules::ids::TrialId;
use rules::notice::{PlannedMail, Recipients};
use rules::site::SiteName;
use rules::trial::{Trial, set_up_lines};
use rules::verdict::{Because, Refusal, Remedy, RuleId};

use super::acting::{Decided, Present, decided, partner_of, refused, require_preview, store};
use super::look_ups::is_taken;
use super::seeing::require_trial;
use super::shipments;
use crate::call::{Answer, Call, Failure};
use crate::organisations::{Loaded, trial_for};
use crate::records::{HANDED_OVER, ORDERS};
use crate::store::Commit;

/// One trial, with a verdict for every act (P7).
pub(crate) async fn trial(call: Call, (): ()) -> Result<Answer<TrialDetail>, Failure> {
    let present = Present::of(&call, Loaded::of_trial(call.store(), &call.parameter).await?).await?;
    let trial = seen(&call, &present, &call.parameter)?;
    Ok(Answer::with_version(&detail(&call, &present, trial), present.version()))
}

/// What an act on a trial would bring (E6).
pub(crate) async fn preview(call: Call, order: Order<Asked>) -> Result<Answer<ActPreview>, Failure> {
    let (present, decided) = decide_asked(&call, &order.act).await?;
    previewed(&present, decided)
}

/// Does something with a trial as it was previewed.
pub(crate) async fn act(call: Call, order: Order<Asked>) -> Result<Answer<ActDone>, Failure> {
    call.until_stored(async || {
        let (present, decided) = decide_asked(&call, &order.act).await?;
        done(&call, present, decided, &order.digest).await
    })
    .await
}

/// The trials that were handed over to the reader's partner: those, and nothing else
/// of the customer (C2).
pub(crate) async fn handed_over(call: Call, (): ()) -> Result<Answer<HandedOverList>, Failure> {
    let partner = partner_of(&call, None)?;
    let prefix = format!("{partner}/");
    let mut trials: Vec<HandedOver> = Vec::new();
    for (key, organisation) in HANDED_OVER.list(call.store(), &prefix).await? {
        let id = TrialId(key[prefix.len()..].to_owned());
        let present = Present::of(&call, Loaded::of(call.store(), &organisation.value).await?).await?;
        let Some(trial) = present.organisation.trial(&id) else { continue };
        if require_trial(&call, &present.organisation, trial).is_err() {
            continue;
        }
        let partner = present.facts.partners.get(&trial.partner).map(|facts| facts.partner.name.clone());
        trials.push(HandedOver {
            trial: id,
            company: present.organisation.name.clone(),
            partner: partner.unwrap_or_default(),
            detail: detail(&call, &present, trial),
            version: present.version(),
        });
    }
    trials.sort_by_key(|line| std::cmp::Reverse(line.detail.trial.handed_over.as_ref().map(|hand_over| hand_over.on)));
    Ok(Answer::of(&HandedOverList { trials }))
}

/// A trial as the reader is shown it.
pub(crate) fn detail(call: &Call, present: &Present, trial: &Trial) -> TrialDetail {
    let acts = verdicts(&present.organisation, trial, present.context(call));
    let partner = call.signed_in.as_ref().and_then(|signed| signed.actor.partner());
    let mut shown = partner.map_or_else(|| trial.clone(), |partner| trial_for(trial, &present.organisation, partner));
    // What goes to nobody is not planned any more (H3).
    let told = |mail: &PlannedMail| {
        mail.to != Recipients::PartnerAdministrators || present.organisation.tells_partner(trial, mail.kind)
    };
    shown.mails.retain(told);
    let shipments = trial.shipments.iter();
    let shipments = shipments.filter_map(|each| shipments::detail(call, present, trial, each.device)).collect();
    let set_up = match partner.is_none_or(|partner| *partner == trial.partner) {
        true => set_up_lines(&present.organisation, trial),
        false => Vec::new(),
    };
    TrialDetail { status: trial.status(call.now), trial: shown, acts, shipments, set_up }
}

/// The organisation of the trial in the address, as it is now.
pub(crate) async fn present(call: &Call) -> Result<Present, Failure> {
    let mut present = Present::of(call, Loaded::of_trial(call.store(), &call.parameter).await?).await?;
    seen(call, &present, &call.parameter)?;
    present.facts.order_used = false;
    Ok(present)
}

/// A trial that the reader may know of.
pub(crate) fn seen<'a>(call: &Call, present: &'a Present, id: &str) -> Result<&'a Trial, Failure> {
    let trial = present.organisation.trial(&TrialId(id.to_owned())).ok_or(ApiError::NotFound)?;
    require_trial(call, &present.organisation, trial)?;
    Ok(trial)
}

/// Decides an act on the trial in the address.
pub(crate) fn decide_on(call: &Call, present: &Present, act: TrialAct) -> Result<Decided, Failure> {
    let id = TrialId(call.parameter.clone());
    let partner = present.organisation.trial(&id).map(|trial| trial.partner.clone());
    decided(call, present, Act::Trial(id, act), &partner_of(call, partner.as_ref())?)
}

async fn decide_asked(call: &Call, asked: &Asked) -> Result<(Present, Decided), Failure> {
    let mut present = present(call).await?;
    let act = match asked {
        Asked::Cancel => TrialAct::Cancel,
        Asked::Undo => TrialAct::Undo,
        Asked::Extend { days, confirmed } => TrialAct::Extend(*days, *confirmed),
        Asked::Edit { draft, confirmed } => {
            // Who may not edit it at all is told that, and not what is wrong with the draft (P7).
            let trial = seen(call, &present, &call.parameter)?;
            may_act(ActName::Edit, &present.organisation, trial, present.context(call)).map_err(refused)?;
            if draft.services.is_empty() {
                // A trial without services is a cancelled one, whatever else was typed (E4).
                return Err(refused(Refusal::new(RuleId::E4, Because::LastService, Remedy::CancelTrial)));
            }
            let taken = match SiteName::parse(&draft.site_name) {
                // The site that the trial has stays its own. One that it had before was given out
                // as well, and is never given out again (N12).
                Ok(name) => trial.site().map(|site| &site.name) != Some(&name) && is_taken(call.store(), &name).await?,
                Err(_) => false,
            };
            let facts = Facts { site_name_taken: taken, ..Facts::default() };
            let ordered = draft.check_edit(&facts);
            let ordered = ordered.map_err(|problems| Failure::Api(ApiError::Invalid { problems }))?;
            TrialAct::Edit(Box::new(ordered), *confirmed)
        }
        Asked::AcceptTerms { language, version } => TrialAct::AcceptTerms(*language, *version),
        Asked::RetryProvisioning { service } => TrialAct::RetryProvisioning(*service),
        Asked::Convert(order) => {
            let number = order.order_number.trim().to_lowercase();
            present.facts.order_used = ORDERS.get(call.store(), &number).await?.is_some();
            TrialAct::Convert(order.clone())
        }
        Asked::HandOver => TrialAct::HandOver,
        Asked::SayInterested => TrialAct::SayInterested,
        Asked::AnswerInterest => TrialAct::AnswerInterest,
    };
    let decided = decide_on(call, &present, act).map_err(|failure| near(&present, asked, failure))?;
    Ok((present, decided))
}

/// A conversion that stopped at an address which is nobody's offers near matches among
/// that organisation's administrators only (C3).
fn near(present: &Present, asked: &Asked, failure: Failure) -> Failure {
    match (asked, failure) {
        (Asked::Convert(order), Failure::Api(ApiError::Refused { refusal, see, .. }))
            if refusal.because == Because::NotItsAdministrator =>
        {
            let near = near_administrators(&present.organisation, &order.administrator_email);
            Failure::Api(ApiError::Refused { refusal, see, near })
        }
        (_, failure) => failure,
    }
}

/// The answer to a preview.
pub(crate) fn previewed(present: &Present, decided: Decided) -> Result<Answer<ActPreview>, Failure> {
    let Decided { consequences, digest, .. } = decided;
    let version = present.version();
    Ok(Answer::with_version(&ActPreview { consequences, digest, version }, version))
}

/// Stores an act if it is what was previewed.
pub(crate) async fn done(
    call: &Call,
    present: Present,
    decided: Decided,
    shown: &str,
) -> Result<Option<Answer<ActDone>>, Failure> {
    require_preview(call, &present, shown, &decided)?;
    stored(call, &present, decided).await
}

/// Stores an act that was decided.
pub(crate) async fn stored(
    call: &Call,
    present: &Present,
    decided: Decided,
) -> Result<Option<Answer<ActDone>>, Failure> {
    let Decided { change, consequences, .. } = decided;
    let answer = |version| Answer::with_version(&ActDone { consequences, version }, version);
    store(call, present, change, Commit::default(), answer).await
}
