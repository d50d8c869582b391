//! Requests, as the people of the organisation that is asked see and answer them (X).

use contract::error::ApiError;
use contract::requests::{AnswerRequest, OpenRequest, PlainPage, RequestDetail, RequestList};
use contract::trials::{ActDone, ActPreview};
use rules::act::{ActName, TrialAct, may_act};
use rules::eligibility::{Eligibility, offered};
use rules::ids::TrialId;
use rules::organisation::Organisation;
use rules::people::{CustomerRole, Language, Role};
use rules::trial::{Phase, Trial};
use rules::verdict::{Because, Refusal, Remedy, RuleId, Verdict};
use words::answer::{Answering, in_words};
use words::plain::Plain;

use super::acting::{Present, refused};
use super::trial_acts::{decide_on, done, present, previewed, stored};
use super::trials::linked;
use crate::asked::one;
use crate::call::{Answer, Call, Failure, Media};
use crate::consent;
use crate::ledger::SECRET_DIGITS;
use crate::organisations::Loaded;

/// The requests of the own organisation, the latest in front (X8); a user is shown those
/// that were mailed to them (P5).
pub(crate) async fn requests(call: Call, (): ()) -> Result<Answer<RequestList>, Failure> {
    let person = &call.signed()?.actor.person;
    let (id, role) = person.of_customer().ok_or(ApiError::NotFound)?;
    let present = Present::of(&call, Loaded::of(call.store(), id).await?).await?;
    let mut requests = of(&call, &present);
    if role == CustomerRole::User {
        let mailed = |trial: &Trial| trial.request.as_ref().is_some_and(|asked| asked.was_mailed_to(&person.email));
        requests.retain(|each| present.organisation.trial(&each.id).is_some_and(mailed));
    }
    Ok(Answer::of(&RequestList { requests }))
}

/// The requests of an organisation, the latest in front.
pub(crate) fn of(call: &Call, present: &Present) -> Vec<RequestDetail> {
    let all = present.organisation.trials.iter().filter_map(|trial| detail(call, present, trial));
    let mut requests: Vec<RequestDetail> = all.collect();
    requests.sort_by_key(|request| std::cmp::Reverse(request.sent));
    requests
}

/// One request of the own organisation. Anybody else is told only that it is not for
/// them (X7).
pub(crate) async fn request(call: Call, (): ()) -> Result<Answer<RequestDetail>, Failure> {
    let loaded = Loaded::of_trial(call.store(), &call.parameter).await?;
    let present = Present::of(&call, loaded).await?;
    let trial = own(&call, &present.organisation, &TrialId(call.parameter.clone()))?;
    let detail = detail(&call, &present, trial).ok_or(ApiError::NotFound)?;
    Ok(Answer::with_version(&detail, present.version()))
}

/// The same request as a document that needs no program (X19).
pub(crate) async fn plain(call: Call, (): ()) -> Result<Answer<PlainPage>, Failure> {
    let asked = one(&call.query, "language", Language::from_name)?;
    let loaded = Loaded::of_trial(call.store(), &call.parameter).await?;
    let present = Present::of(&call, loaded).await?;
    let organisation = &present.organisation;
    // As a mail to them would be written (G7).
    let readers = call.signed()?.actor.person.language;
    let language = asked.or(readers).unwrap_or(organisation.language);
    let trial = own(&call, organisation, &TrialId(call.parameter.clone()))?;
    let detail = detail(&call, &present, trial).ok_or(ApiError::NotFound)?;
    let request = trial.request.as_ref().ok_or(ApiError::NotFound)?;
    let asking = consent::asking(organisation, trial, request, &detail.partner).ok_or(ApiError::NotFound)?;
    let answer = detail.answer.as_ref().map(|answer| {
        let email = organisation.member(&answer.by).map_or("", |member| &member.email);
        let answering = Answering {
            organisation: &organisation.name,
            partner: &detail.partner,
            person: consent::named(answer, email),
            at: answer.at,
            asked: &request.asked,
            what: &answer.what,
        };
        in_words(language, &answering)
    });
    let page = words::plain::page(
        language,
        &Plain {
            asking: &asking,
            organisation: &organisation.name,
            partner: &detail.partner,
            phrase: &request.phrase,
            address: &call.backend.deployment.address,
            answer_by: detail.answer_by,
            now: call.now,
            state: detail.state,
            answer: &answer.unwrap_or_default(),
            may_answer: detail.may_answer,
            may_accept: detail.may_accept,
            services: &detail.services,
            can_answer: &detail.can_answer,
        },
    );
    Ok(Answer::written(page, None).written_as(Media::Html))
}

/// Opens a request by the secret of its link. That it was opened is noted only here,
/// and only of a signed-in recipient (X7).
pub(crate) async fn open(call: Call, asked: OpenRequest) -> Result<Answer<RequestDetail>, Failure> {
    if asked.token.len() != SECRET_DIGITS || !asked.token.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return Err(Failure::Api(ApiError::NotFound));
    }
    let link = linked(&call, &asked.token).await?;
    let mut call = call;
    call.parameter = link.trial.0.clone();
    let call = call;
    call.until_stored(async || {
        let present = Present::of(&call, Loaded::of(call.store(), &link.organisation).await?).await?;
        let trial = own(&call, &present.organisation, &link.trial)?;
        let detail = detail(&call, &present, trial).ok_or(ApiError::NotFound)?;
        let decided = decide_on(&call, &present, TrialAct::Open)?;
        let answer = |version| Answer::with_version(&RequestDetail { version, ..detail }, version);
        super::acting::store(&call, &present, decided.change, Default::default(), answer).await
    })
    .await
}

/// What answering would bring (E6).
pub(crate) async fn preview(call: Call, asked: AnswerRequest) -> Result<Answer<ActPreview>, Failure> {
    let present = present(&call).await?;
    let decided = decide_on(&call, &present, TrialAct::Answer(asked.answer, asked.language))?;
    previewed(&present, decided)
}

/// Answers a request (X9). Whoever comes second gets its present state in words (X15).
pub(crate) async fn answer(call: Call, asked: AnswerRequest) -> Result<Answer<ActDone>, Failure> {
    call.until_stored(async || {
        let present = present(&call).await?;
        // What is over is told as that, and not as a version that is stale.
        let act = TrialAct::Answer(asked.answer.clone(), asked.language);
        let decided = decide_on(&call, &present, act)?;
        done(&call, present, decided, &asked.digest).await
    })
    .await
}

/// Sends the consent mail again (X13). Nothing but the waiting time can be in its way,
/// so it asks for no preview.
pub(crate) async fn resend(call: Call, (): ()) -> Result<Answer<ActDone>, Failure> {
    call.until_stored(async || {
        let present = present(&call).await?;
        let decided = decide_on(&call, &present, TrialAct::Resend).map_err(|failure| too_soon(&call, failure))?;
        stored(&call, &present, decided).await
    })
    .await
}

/// A sending that comes too soon is told the time to wait, as a limit is (X13).
fn too_soon(call: &Call, failure: Failure) -> Failure {
    match failure {
        Failure::Api(ApiError::Refused { refusal, .. }) if refusal.because == Because::SentRecently => {
            let wait = refusal.from_instant.map_or(0, |from| (from - call.now).num_seconds() + 1);
            Failure::Api(ApiError::TooMany { wait_seconds: u32::try_from(wait).unwrap_or_default() })
        }
        failure => failure,
    }
}

/// A trial of the own organisation.
fn own<'a>(call: &Call, organisation: &'a Organisation, id: &TrialId) -> Result<&'a Trial, Failure> {
    let not_theirs = refused(Refusal::new(RuleId::X7, Because::NotForThem, Remedy::Nothing));
    match &call.signed()?.actor.person.role {
        Role::Customer { organisation: own, .. } if *own == organisation.id => {
            organisation.trial(id).ok_or(Failure::Api(ApiError::NotFound))
        }
        _ => Err(not_theirs),
    }
}

/// A request as the organisation reads it; `None` for a trial that came from none.
fn detail(call: &Call, present: &Present, trial: &Trial) -> Option<RequestDetail> {
    let request = trial.request.as_ref()?;
    let organisation = &present.organisation;
    let verdict = |result: Result<(), Refusal>| result.map_or_else(Verdict::Blocked, |()| Verdict::Allowed);
    let partner = present.facts.partners.get(&trial.partner).map(|facts| &facts.partner);
    let certified = partner.is_some_and(|partner| partner.certified);
    let not_certified = Refusal::new(RuleId::X20, Because::AskingPartnerNotCertified, Remedy::Wait);
    let sent = request.sendings.first()?.at;
    let answer_by = match trial.phase {
        Phase::Pending { answer_by } => answer_by,
        _ => rules::consent::answer_by(rules::clock::Day::of(sent)),
    };
    let services = request.asked.services().into_iter().map(|service| Eligibility {
        service,
        verdict: offered(organisation, service, &trial.partner, Some(&trial.id), call.now),
    });
    let name = |member: &rules::organisation::Member| member.called().to_owned();
    Some(RequestDetail {
        id: trial.id.clone(),
        organisation: organisation.id.clone(),
        organisation_name: organisation.name.clone(),
        partner: partner.map(|partner| partner.name.clone()).unwrap_or_default(),
        person: request.by_name.clone(),
        words: request.words.clone(),
        asks_full_access: request.asks_full_access,
        asked: request.asked.clone(),
        duration: trial.duration,
        region: organisation.region,
        phrase: request.phrase.clone(),
        sent,
        answer_by,
        state: trial.state(call.today()),
        status: trial.status(call.now),
        may_answer: verdict(may_act(ActName::Answer, organisation, trial, present.context(call))),
        may_accept: if certified { Verdict::Allowed } else { Verdict::Blocked(not_certified) },
        services: services.collect(),
        can_answer: organisation.full_administrators().map(name).collect(),
        answer: request.answer.clone(),
        access: organisation.access(&trial.partner).map(|access| access.level),
        version: present.version(),
    })
}
