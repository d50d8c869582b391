//! Many at once: 64 requests from as many threads.

use std::collections::BTreeMap;

use rules::consent::Answered;
use rules::people::{CustomerRole, Language};
use rules::service::{Duration, Service};
use rules::trial::State;
use rules::verdict::{Because, ProblemKind, RuleId};

use crate::conformance::cast::{ANNA, INGRID, JOOST, MEHMET, SANNE, address, asking, draft, with};
use crate::conformance::check::{Outcome, require, same, there};
use crate::conformance::client::read;
use crate::conformance::doing::{accept_terms, order, person};
use crate::conformance::{Case, Client, Failure, Reply, Request, cases};
use crate::drafts::KeptDraft;
use crate::endpoints;
use crate::error::ApiError;
use crate::hub::PersonDone;
use crate::requests::AnswerRequest;
use crate::session::SetClock;
use crate::trials::{ActDone, ActPreview, Order, SaveTrial, Started, Target, TrialAct};
use crate::{IDEMPOTENCY_KEY, IF_MATCH, IF_NONE_MATCH, etag};

pub(super) const CASES: &[Case] = cases![
    the_same_key_64_times_at_once_is_one_act_with_one_answer_g2,
    two_full_administrators_answer_at_once_and_one_wins_x15,
    two_sends_at_once_are_one_request_x14,
    two_saves_of_one_draft_at_once_are_one_customer_n18,
    two_saves_of_one_address_at_once_are_one_organisation_n2,
    two_saves_of_one_site_name_at_once_give_it_out_once_n12,
    acts_on_one_trial_at_once_do_not_overwrite_each_other_g2_e6,
    one_order_converts_one_of_many_trials_at_once_c3,
    one_draft_that_is_typed_in_two_tabs_keeps_every_version_apart_n18_g2,
    the_last_licence_is_given_once_h5,
    readers_find_whole_things_while_others_write_g2,
    the_clock_set_by_many_at_once_brings_each_mail_once_l8_l13,
];

const MANY: usize = 64;

/// How many of the answers are of each kind, and those that went well.
fn sorted(replies: Vec<Result<Reply, Failure>>) -> Result<(Vec<Reply>, Vec<ApiError>), Failure> {
    let (mut done, mut errors) = (Vec::new(), Vec::new());
    for reply in replies {
        let reply = reply?;
        match reply.status {
            200 => done.push(reply),
            // What the transport or the backend could not carry out is no decision.
            503 => return Err(Failure::new("one of many at once was answered with 503")),
            _ => errors.push(there("a readable error", ApiError::from_json(&reply.body))?),
        }
    }
    Ok((done, errors))
}

/// The errors, each once, in words.
fn kinds(errors: &[ApiError]) -> BTreeMap<String, usize> {
    let mut kinds = BTreeMap::new();
    for error in errors {
        *kinds.entry(format!("{error:?}")).or_default() += 1;
    }
    kinds
}

#[track_caller]
fn all_are(errors: &[ApiError], wanted: impl Fn(&ApiError) -> bool) -> Outcome {
    require(errors.iter().all(wanted), || format!("the others were answered with {:?}", kinds(errors)))
}

fn is_refused(rule: RuleId, because: Because) -> impl Fn(&ApiError) -> bool {
    move |error| matches!(error, ApiError::Refused { refusal, .. } if (refusal.rule, refusal.because) == (rule, because))
}

fn is_stale(error: &ApiError) -> bool {
    matches!(error, ApiError::Stale { .. } | ApiError::OutOfDate)
}

fn has_problem(error: &ApiError, kind: &ProblemKind) -> bool {
    matches!(error, ApiError::Invalid { problems } if problems.iter().any(|problem| problem.kind == *kind))
}

fn the_same_key_64_times_at_once_is_one_act_with_one_answer_g2(client: &Client<'_>) -> Outcome {
    let save = client.to_save(ANNA, &draft("One key"), &Target::New)?;
    let key = client.key();
    let request = client.request(&endpoints::TRIALS, ANNA, "", &save, &[(IDEMPOTENCY_KEY, &key)]);
    let (done, errors) = sorted(client.at_once(&vec![request; MANY]))?;
    all_are(&errors, |_| false)?;
    require(done.iter().all(|reply| reply.body == done[0].body), || "the answers differ".to_owned())?;
    same("customers", client.customers(ANNA, "q=One+key")?.found, 1)?;

    // The same with an act, whose version is stale after the first of them.
    let started: Started = serde_json::from_str(&done[0].body).map_err(|error| Failure::new(error.to_string()))?;
    let act = TrialAct::Extend { days: Duration::Days60, confirmed: false };
    let shown = client.preview_act(ANNA, &started.trial, &act)?;
    let order = Order { act, digest: shown.digest };
    let (key, version) = (client.key(), etag(shown.version));
    let headers = [(IDEMPOTENCY_KEY, key.as_str()), (IF_MATCH, version.as_str())];
    let request = client.request(&endpoints::ACT, ANNA, started.trial.as_str(), &order, &headers);
    let (done, errors) = sorted(client.at_once(&vec![request; MANY]))?;
    all_are(&errors, |_| false)?;
    require(done.iter().all(|reply| reply.body == done[0].body), || "the answers differ".to_owned())?;
    let extended = client.journal(ANNA, &format!("trial={}&deed=extended", started.trial))?;
    same("how often it was extended", extended.len(), 1)
}

fn two_full_administrators_answer_at_once_and_one_wins_x15(client: &Client<'_>) -> Outcome {
    let request = client.open_request(SANNE)?;
    client.sign_in(JOOST)?;
    let id = request.id.as_str();
    let services = || [Service::Messaging].into();
    let answers = [
        (SANNE, Answered::Accepted { full_access: false, services: services() }),
        (JOOST, Answered::Declined { reason: rules::consent::DeclineReason::NotNeeded, note: String::new() }),
    ];
    let mut requests = Vec::new();
    for (who, answer) in answers {
        let mut asked = AnswerRequest { answer, language: Language::En, digest: String::new() };
        let shown: ActPreview = client.ask(&endpoints::ANSWER_PREVIEW, who, id, &asked)?;
        asked.digest = shown.digest;
        for _ in 0..MANY / 2 {
            let headers = [(IF_MATCH, &*etag(shown.version))];
            requests.push(client.request(&endpoints::ANSWER, who, id, &asked, &headers));
        }
    }
    let (done, errors) = sorted(client.at_once(&requests))?;
    same("answers that counted", done.len(), 1)?;
    // Never a bare error: each of the others is told that it is over, and how (X15).
    all_are(&errors, is_refused(RuleId::X15, Because::RequestOver))?;
    let now = client.open_request(JOOST)?;
    require(matches!(now.state, State::Awaiting | State::Declined), || format!("it is {:?}", now.state))?;
    let told = errors.iter().all(|error| match error {
        ApiError::Refused { refusal, .. } => refusal.state == Some(now.state),
        _ => false,
    });
    require(told, || format!("the present state {:?} is not what the others were told", now.state))?;
    let answered = client.journal(SANNE, &format!("trial={id}&deed=accepted,declined"))?;
    same("answers in the journal", answered.len(), 1)
}

fn two_sends_at_once_are_one_request_x14(client: &Client<'_>) -> Outcome {
    let started = client.start(ANNA, &draft("Two sends"))?;
    client.existing(INGRID, &address("Two sends"))?;
    let target = Target::Ask { organisation: started.customer.clone(), full_access: false, words: String::new() };
    let mut requests = Vec::new();
    for number in 0..MANY {
        // Each is a draft of its own, so nothing but the law makes them one.
        let typed = asking(&address("Two sends"), &[Service::Meetings], 10 + u32::try_from(number % 40).unwrap_or(0));
        let draft_id = format!("two-sends-{number}").as_str().into();
        let preview = crate::trials::Preview { draft_id, draft: typed.clone(), target: target.clone() };
        let shown: crate::trials::StartPreview = client.ask(&endpoints::TRIALS_PREVIEW, INGRID, "", &preview)?;
        let save = SaveTrial {
            draft_id: preview.draft_id,
            draft: typed,
            target: target.clone(),
            digest: shown.digest,
            language: Language::En,
        };
        requests.push(client.request(&endpoints::TRIALS, INGRID, "", &save, &[]));
    }
    let (done, errors) = sorted(client.at_once(&requests))?;
    same("requests that were sent", done.len(), 1)?;
    all_are(&errors, is_refused(RuleId::X14, Because::RequestOpen))?;
    let mails = client.mails(INGRID, &format!("organisation={}", started.customer))?;
    same("consent mails", mails.len(), 1)
}

fn two_saves_of_one_draft_at_once_are_one_customer_n18(client: &Client<'_>) -> Outcome {
    let save = client.to_save(ANNA, &draft("One draft"), &Target::New)?;
    let requests: Vec<Request> = (0..MANY).map(|_| client.request(&endpoints::TRIALS, ANNA, "", &save, &[])).collect();
    let (done, errors) = sorted(client.at_once(&requests))?;
    same("saves that counted", done.len(), 1)?;
    all_are(&errors, is_refused(RuleId::N18, Because::DraftSaved))?;
    same("customers", client.customers(ANNA, "q=One+draft")?.found, 1)
}

/// Saves drafts of three people at once.
fn saves(client: &Client<'_>, typed: impl Fn(usize) -> rules::draft::TrialDraft) -> Result<Vec<Request>, Failure> {
    let mut requests = Vec::new();
    for number in 0..MANY {
        let who = [ANNA, MEHMET, INGRID][number % 3];
        let mut save = client.to_save(who, &typed(number), &Target::New)?;
        save.draft_id = format!("save-{number}").as_str().into();
        requests.push(client.request(&endpoints::TRIALS, who, "", &save, &[]));
    }
    Ok(requests)
}

fn two_saves_of_one_address_at_once_are_one_organisation_n2(client: &Client<'_>) -> Outcome {
    let requests = saves(client, |number| {
        let mut typed = draft("One address");
        typed.company_name = format!("One address {number}");
        typed
    })?;
    let (done, errors) = sorted(client.at_once(&requests))?;
    same("saves that counted", done.len(), 1)?;
    // Each of the others is told under its field, and keeps what was typed.
    all_are(&errors, |error| has_problem(error, &ProblemKind::OrganisationExists))?;
    let found = client.customers(ANNA, "q=One+address")?.found + client.customers(INGRID, "q=One+address")?.found;
    same("customers", found, 1)
}

fn two_saves_of_one_site_name_at_once_give_it_out_once_n12(client: &Client<'_>) -> Outcome {
    const SOME: usize = 18;
    let mut requests = Vec::new();
    for number in 0..SOME {
        let who = [ANNA, MEHMET, INGRID][number % 3];
        let mut typed = with(draft(&format!("Site {number}")), &[Service::Meetings], 5);
        typed.meetings_options = [rules::service::MeetingsOption::Enterprise].into();
        typed.site_name = "one-site-name".to_owned();
        let save = client.to_save(who, &typed, &Target::New)?;
        requests.push(client.request(&endpoints::TRIALS, who, "", &save, &[]));
    }
    let (done, errors) = sorted(client.at_once(&requests))?;
    same("saves that counted", done.len(), 1)?;
    all_are(&errors, |error| has_problem(error, &ProblemKind::SiteNameTaken))
}

fn acts_on_one_trial_at_once_do_not_overwrite_each_other_g2_e6(client: &Client<'_>) -> Outcome {
    let started = client.start(ANNA, &draft("One trial"))?;
    let first = client.first_administrator(ANNA, &started.customer)?;
    let id = started.trial.as_str();
    let acts = [
        (ANNA, TrialAct::Extend { days: Duration::Days60, confirmed: true }),
        (ANNA, TrialAct::Extend { days: Duration::Days90, confirmed: true }),
        (ANNA, TrialAct::Edit { draft: Box::new(with(draft("One trial"), &[Service::Messaging], 9)), confirmed: true }),
        (first.as_str(), TrialAct::SayInterested),
        (first.as_str(), accept_terms()),
    ];
    let mut requests = Vec::new();
    for number in 0..MANY {
        let (who, act) = &acts[number % acts.len()];
        let shown = client.preview_act(who, &started.trial, act)?;
        let order = Order { act: act.clone(), digest: shown.digest };
        requests.push(client.request(&endpoints::ACT, who, id, &order, &[(IF_MATCH, &etag(shown.version))]));
    }
    let (done, errors) = sorted(client.at_once(&requests))?;
    same("acts that were done", done.len(), 1)?;
    // The one that was done may be why another one has nothing left to do.
    let decided = |error: &ApiError| matches!(error, ApiError::Refused { .. });
    all_are(&errors, |error| is_stale(error) || decided(error))?;
    let answer: ActDone = serde_json::from_str(&done[0].body).map_err(|error| Failure::new(error.to_string()))?;
    let version = client.people_of(ANNA, &started.customer)?.version;
    same("the version", version, answer.version)
}

fn one_order_converts_one_of_many_trials_at_once_c3(client: &Client<'_>) -> Outcome {
    const SOME: usize = 12;
    let mut requests = Vec::new();
    for number in 0..SOME {
        let company = format!("Order {number}");
        let started = client.start(ANNA, &draft(&company))?;
        let conversion = order("PO-RACE", &address(&company), &address(&company), &[Service::Messaging], false);
        let act = TrialAct::Convert(conversion);
        let shown = client.preview_act(ANNA, &started.trial, &act)?;
        let order = Order { act, digest: shown.digest };
        let headers = [(IF_MATCH, &*etag(shown.version))];
        requests.push(client.request(&endpoints::ACT, ANNA, started.trial.as_str(), &order, &headers));
    }
    let (done, errors) = sorted(client.at_once(&requests))?;
    same("trials that were converted", done.len(), 1)?;
    all_are(&errors, is_refused(RuleId::C3, Because::OrderUsed))
}

fn one_draft_that_is_typed_in_two_tabs_keeps_every_version_apart_n18_g2(client: &Client<'_>) -> Outcome {
    client.sign_in(ANNA)?;
    let keep = |number: usize, header: (&str, &str)| {
        let mut typed = draft("Two tabs");
        typed.licences = number.to_string();
        client.request(&endpoints::DRAFT_KEEP, ANNA, "two-tabs", &typed, &[header])
    };
    let requests: Vec<Request> = (0..MANY).map(|number| keep(number, (IF_NONE_MATCH, "*"))).collect();
    let (done, errors) = sorted(client.at_once(&requests))?;
    same("first versions", done.len(), 1)?;
    all_are(&errors, is_stale)?;
    let kept: KeptDraft = read(&requests[0], &done[0])?;
    let version = etag(kept.version);
    let requests: Vec<Request> = (0..MANY).map(|number| keep(number, (IF_MATCH, &version))).collect();
    let (done, errors) = sorted(client.at_once(&requests))?;
    same("second versions", done.len(), 1)?;
    all_are(&errors, is_stale)?;
    let second: KeptDraft = read(&requests[0], &done[0])?;
    let now: KeptDraft = client.ask(&endpoints::DRAFT, ANNA, "two-tabs", &())?;
    same("what is kept", now, second)
}

fn the_last_licence_is_given_once_h5(client: &Client<'_>) -> Outcome {
    let started = client.start(ANNA, &with(draft("Last licence"), &[Service::Messaging], 1))?;
    let first = client.first_administrator(ANNA, &started.customer)?;
    client.sign_in(&first)?;
    let add = |number: usize| {
        let person = person(&format!("p{number}@last.example"), CustomerRole::User, &[Service::Messaging]);
        client.request(&endpoints::HUB_PERSON_ADD, &first, "", &person, &[])
    };
    let requests: Vec<Request> = (0..MANY / 4).map(add).collect();
    let (done, errors) = sorted(client.at_once(&requests))?;
    same("people who got it", done.len(), 1)?;
    all_are(&errors, is_refused(RuleId::H5, Because::NoFreeLicence))?;
    let _: PersonDone = read(&requests[0], &done[0])?;
    let people = client.people(&first)?;
    same("people", people.found, 2)
}

fn readers_find_whole_things_while_others_write_g2(client: &Client<'_>) -> Outcome {
    let started = client.start(ANNA, &draft("Whole"))?;
    let mut requests = Vec::new();
    for number in 0..MANY {
        requests.push(match number % 4 {
            0 => {
                let save =
                    client.to_save([ANNA, MEHMET][number % 8 / 4], &draft(&format!("Whole {number}")), &Target::New)?;
                client.request(&endpoints::TRIALS, [ANNA, MEHMET][number % 8 / 4], "", &save, &[])
            }
            1 => client.request(&endpoints::CUSTOMERS, ANNA, "?q=Whole", &(), &[]),
            2 => client.request(&endpoints::CUSTOMER, ANNA, started.customer.as_str(), &(), &[]),
            _ => client.request(&endpoints::MAILS, ANNA, "", &(), &[]),
        });
    }
    let (done, errors) = sorted(client.at_once(&requests))?;
    all_are(&errors, |_| false)?;
    same("answers", done.len(), MANY)?;
    let page = client.customers(ANNA, "q=Whole")?;
    same("customers", page.found as usize, MANY / 4 + 1)?;
    for row in page.rows {
        let detail = client.customer(ANNA, &row.id)?;
        same("trials of each", detail.trials.len(), 1)?;
        same("mails of each", detail.mails.len(), 1)?;
    }
    Ok(())
}

fn the_clock_set_by_many_at_once_brings_each_mail_once_l8_l13(client: &Client<'_>) -> Outcome {
    let started = client.start(ANNA, &draft("Many clocks"))?;
    let today = client.today()?;
    let nobody = crate::conformance::client::NOBODY;
    let set = |_| client.request(&endpoints::CLOCK_SET, nobody, "", &SetClock { days: 5 }, &[]);
    let requests: Vec<Request> = (0..6).map(set).collect();
    let (done, errors) = sorted(client.at_once(&requests))?;
    all_are(&errors, |_| false)?;
    same("answers", done.len(), 6)?;
    same("the day", client.today()?, today.plus(30))?;
    let told = client.told(ANNA, &started.trial)?;
    let notices: Vec<_> =
        told.into_iter().filter(|(kind, ..)| kind.is_notice()).map(|(kind, _, on, _)| (kind, on)).collect();
    same("notices", notices.len(), 4)?;
    let end = started.plan.end;
    let right = notices.iter().all(|(_, on)| *on == end || *on == end.minus(7));
    require(right, || format!("{notices:?} for a trial that ends on {end}"))
}
