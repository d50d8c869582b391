//! Requests: sending, opening, answering, and what follows (X).

use std::collections::BTreeSet;

use rules::consent::{Answered, DeclineReason};
use rules::notice::{MailKind, MailState, Recipients};
use rules::organisation::AccessLevel;
use rules::people::CustomerRole;
use rules::service::Service;
use rules::trial::{State, Status};
use rules::verdict::{Because, Remedy, RuleId};

use crate::conformance::cast::{
    ANNA, FJORD, INGRID, JOOST, KIM, KIMS_ADDRESS, MEHMET, SANNE, SANNES_ADDRESS, TOM, address, asking, draft, with,
};
use crate::conformance::check::{Outcome, error_of, fails, refused, require, same, there};
use crate::conformance::{Case, Client, Failure, cases};
use crate::endpoints;
use crate::error::ApiError;
use crate::requests::{OpenRequest, RequestDetail, RequestList};
use crate::trials::{ActDone, Started, Target, TrialAct};

pub(super) const CASES: &[Case] = cases![
    a_full_administrators_address_gets_the_only_mail_x5,
    another_address_and_every_full_administrator_get_one_mail_each_x5,
    a_request_says_who_asks_what_and_until_when_with_one_phrase_everywhere_x6,
    a_link_opens_the_request_for_its_organisation_and_for_nobody_else_x7,
    opened_is_noted_by_the_link_alone_x7,
    a_request_waits_for_its_full_administrators_on_signing_in_x8,
    accepting_a_part_without_the_box_gives_provisioning_access_x9_x10,
    what_provisioning_access_does_not_reach_is_refused_with_both_ways_out_x10,
    with_the_box_the_partner_is_full_administrator_x10,
    declining_needs_a_note_for_another_reason_and_blocks_by_one_of_them_x9_x14_h4,
    both_sides_are_told_of_an_answer_at_once_x9,
    a_request_can_be_answered_on_the_30th_day_and_lapses_after_it_x11,
    resending_waits_moves_no_deadline_and_makes_new_links_x13,
    a_second_request_leads_to_the_first_and_the_next_waits_a_week_x14,
    the_second_answer_is_told_the_present_state_x15,
    a_withdrawn_request_leaves_the_list_and_cannot_be_answered_x13_q11,
    a_service_that_was_taken_meanwhile_cannot_be_accepted_x4,
    a_set_up_starts_the_trial_that_day_x12_u3,
    an_accepted_trial_that_nobody_sets_up_is_reminded_of_and_cancelled_x18_x17,
    a_pending_row_says_only_the_own_name_and_what_was_asked_and_one_that_left_what_was_typed_x2_q11_p8,
    an_organisation_that_closed_is_new_to_everybody_l3_x1,
];

/// A customer of Noordzee Telecom with Messaging, and a full administrator of it.
fn organisation(client: &Client<'_>, company: &str) -> Result<(Started, String), Failure> {
    let started = client.start(ANNA, &draft(company))?;
    let first = client.first_administrator(ANNA, &started.customer)?;
    Ok((started, first))
}

/// A request of Fjord Communications to such an organisation.
fn asked(client: &Client<'_>, company: &str, services: &[Service]) -> Result<(Started, String), Failure> {
    let (started, first) = organisation(client, company)?;
    client.existing(INGRID, &address(company))?;
    let typed = asking(&address(company), services, 20);
    Ok((client.send_request(INGRID, &started.customer, &typed)?, first))
}

fn consent_mails(client: &Client<'_>, who: &str, trial: &rules::ids::TrialId) -> Result<Vec<String>, Failure> {
    let mails = client.told(who, trial)?.into_iter().filter(|(kind, ..)| *kind == MailKind::Consent);
    let mut to: Vec<String> = mails.map(|(.., to)| to).collect();
    to.sort();
    Ok(to)
}

fn a_full_administrators_address_gets_the_only_mail_x5(client: &Client<'_>) -> Outcome {
    let (started, first) = organisation(client, "One Mail")?;
    client.add_person(&first, "second@one.example", CustomerRole::FullAdministrator, &[])?;
    let typed = asking(&address("One Mail").to_uppercase(), &[Service::Meetings], 5);
    let target = Target::Ask { organisation: started.customer.clone(), full_access: false, words: String::new() };
    client.existing(INGRID, &address("One Mail"))?;
    let shown = there("the request's preview", client.preview(INGRID, &typed, &target)?.request)?;
    same("recipients in the preview", shown.recipients, 1)?;
    let sent = client.send_request(INGRID, &started.customer, &typed)?;
    same("consent mails", consent_mails(client, INGRID, &sent.trial)?, vec![address("One Mail")])
}

fn another_address_and_every_full_administrator_get_one_mail_each_x5(client: &Client<'_>) -> Outcome {
    let (started, first) = organisation(client, "Four Mails")?;
    for name in ["second", "third"] {
        client.add_person(&first, &format!("{name}@four.example"), CustomerRole::FullAdministrator, &[])?;
    }
    let worker = client.add_person(&first, "worker@four.example", CustomerRole::User, &[])?;
    client.existing(INGRID, "worker@four.example")?;
    let typed = asking("worker@four.example", &[Service::Meetings], 5);
    let sent = client.send_request(INGRID, &started.customer, &typed)?;
    let wanted: Vec<String> =
        [address("Four Mails").as_str(), "second@four.example", "third@four.example", "worker@four.example"]
            .map(str::to_owned)
            .to_vec();
    same("consent mails", consent_mails(client, &first, &sent.trial)?, wanted)?;
    // The partner knows the address that it typed, and of the others only that there are some (P8).
    let told = consent_mails(client, INGRID, &sent.trial)?;
    same("how many the partner sees", told.len(), 4)?;
    let known: Vec<&String> =
        told.iter().filter(|email| email.starts_with("second") || email.starts_with("third")).collect();
    same("addresses that it does not know", known, Vec::new())?;
    // Of the four, three can answer.
    let request: RequestDetail = client.ask(&endpoints::REQUEST, &worker, sent.trial.as_str(), &())?;
    same("who can answer", request.can_answer.len(), 3)?;
    same("whether the worker may", request.may_answer.is_allowed(), false)?;
    let accepted = client.accept(&worker, &sent.trial, false, &[Service::Meetings]);
    refused(accepted, RuleId::P5, Because::OnlyForFullAdministrators).map(drop)
}

fn a_request_says_who_asks_what_and_until_when_with_one_phrase_everywhere_x6(client: &Client<'_>) -> Outcome {
    let today = client.today()?;
    let (started, first) = organisation(client, "Phrase")?;
    client.existing(INGRID, &address("Phrase"))?;
    let words = "We met at the fair.\n<b>Not</b> markup.";
    let target = Target::Ask { organisation: started.customer.clone(), full_access: true, words: words.to_owned() };
    let typed = asking(&address("Phrase"), &[Service::Meetings, Service::Calling], 25);
    let shown = there("the request's preview", client.preview(INGRID, &typed, &target)?.request)?;
    same("until when", shown.answer_by, today.plus(30))?;
    same("words of the phrase", shown.phrase.split(' ').collect::<BTreeSet<_>>().len(), 3)?;
    let sent = client.save(INGRID, &typed, &target)?;
    let request: RequestDetail = client.ask(&endpoints::REQUEST, &first, sent.trial.as_str(), &())?;
    same("who asks", (request.person.as_str(), request.partner.as_str()), ("Ingrid Solberg", "Fjord Communications"))?;
    same("why", request.words.as_str(), words)?;
    same("what access", request.asks_full_access, true)?;
    same("what", request.asked.services(), vec![Service::Meetings, Service::Calling])?;
    same("how many", request.asked.licences, Some(25))?;
    same("until when", request.answer_by, today.plus(30))?;
    same("the phrase of the page", &request.phrase, &shown.phrase)?;
    let detail = client.trial(INGRID, &sent.trial)?.trial;
    same("the phrase of the partner", there("the request", detail.request)?.phrase, shown.phrase.clone())?;
    let mail = client.mails(INGRID, &format!("trial={}", sent.trial))?;
    let mail = there("the consent mail", mail.into_iter().next())?;
    let text: crate::mails::MailDetail = client.ask(&endpoints::MAIL, INGRID, &mail.id, &())?;
    require(text.text.contains(&shown.phrase) && text.html.contains(&shown.phrase), || "a mail lacks it".to_owned())?;
    require(!text.html.contains("<b>Not</b>"), || "the partner's words are markup in the mail".to_owned())?;
    let too_long = Target::Ask { organisation: started.customer, full_access: false, words: "x".repeat(501) };
    client.act(INGRID, &sent.trial, TrialAct::Cancel)?;
    let error = error_of(client.preview(INGRID, &typed, &too_long))?;
    require(error.status() == 403, || format!("501 characters of words are answered with {error:?}"))
}

fn a_link_opens_the_request_for_its_organisation_and_for_nobody_else_x7(client: &Client<'_>) -> Outcome {
    let request = client.open_request(SANNE)?;
    let mails = client.mails(ANNA, &format!("trial={}", request.id))?;
    let mail = there("the consent mail", mails.into_iter().find(|mail| mail.kind == MailKind::Consent))?;
    let token = client.secret_of(ANNA, &mail)?;
    let open = |who: &str, token: &str| -> Result<RequestDetail, Failure> {
        client.ask(&endpoints::REQUEST_OPEN, who, "", &OpenRequest { token: token.to_owned() })
    };
    for who in [SANNE, JOOST, KIM, TOM] {
        let opened = open(who, &token)?;
        same("the request", &opened.id, &request.id)?;
        same(&format!("whether {who} may answer"), opened.may_answer.is_allowed(), matches!(who, SANNE | JOOST))?;
        require(!opened.can_answer.is_empty(), || "it does not say who can answer".to_owned())?;
    }
    let (_, stranger) = organisation(client, "Stranger")?;
    refused(open(&stranger, &token), RuleId::X7, Because::NotForThem)?;
    let by_id = client.ask(&endpoints::REQUEST, &stranger, request.id.as_str(), &());
    refused(by_id, RuleId::X7, Because::NotForThem)?;
    for wrong in ["", "0", &"0".repeat(64), &"g".repeat(64), &token[..63], &format!("{token}0")] {
        fails(open(SANNE, wrong), ApiError::NotFound)?;
    }
    // The link leads to what became of it, once it was answered (X15).
    client.accept(SANNE, &request.id, false, &[Service::Messaging])?;
    let opened = open(JOOST, &token)?;
    same("the state", opened.state, State::Awaiting)?;
    same("whether it can still be answered", opened.may_answer.is_allowed(), false)
}

fn opened_is_noted_by_the_link_alone_x7(client: &Client<'_>) -> Outcome {
    let request = client.open_request(SANNE)?;
    let opened = |client: &Client<'_>| -> Result<usize, Failure> {
        let detail = client.trial(ANNA, &request.id)?.trial;
        let sendings = there("the request", detail.request)?.sendings;
        let recipients = sendings.into_iter().flat_map(|sending| sending.recipients);
        Ok(recipients.filter(|recipient| recipient.opened.is_some()).count())
    };
    let _: RequestDetail = client.ask(&endpoints::REQUEST, SANNE, request.id.as_str(), &())?;
    let _: RequestList = client.ask(&endpoints::REQUESTS, SANNE, "", &())?;
    same("opened by looking", opened(client)?, 0)?;
    let mailed_to_tom: RequestList = client.ask(&endpoints::REQUESTS, TOM, "", &())?;
    same("the requests that were mailed to a user (P5)", mailed_to_tom.requests.len(), 0)?;
    let mails = client.mails(ANNA, &format!("trial={}", request.id))?;
    let mail = there("the consent mail", mails.into_iter().find(|mail| mail.kind == MailKind::Consent))?;
    let open = OpenRequest { token: client.secret_of(ANNA, &mail)? };
    // Who is no recipient opens it unnoted.
    let _: RequestDetail = client.ask(&endpoints::REQUEST_OPEN, KIM, "", &open)?;
    same("opened by another person", opened(client)?, 0)?;
    for _ in 0..2 {
        let _: RequestDetail = client.ask(&endpoints::REQUEST_OPEN, SANNE, "", &open)?;
        same("opened by its recipient", opened(client)?, 1)?;
    }
    Ok(())
}

fn a_request_waits_for_its_full_administrators_on_signing_in_x8(client: &Client<'_>) -> Outcome {
    for who in [SANNE, JOOST] {
        let request = client.open_request(who)?;
        same("the state", (request.state, request.may_answer.is_allowed()), (State::Pending, true))?;
        same("who asks", request.partner.as_str(), "Noordzee Telecom")?;
    }
    let seen = client.open_request(KIM)?;
    same("whether an administrator may answer", seen.may_answer.is_allowed(), false)
}

fn accepting_a_part_without_the_box_gives_provisioning_access_x9_x10(client: &Client<'_>) -> Outcome {
    let (sent, first) = asked(client, "Part", &[Service::Meetings, Service::Calling])?;
    let done = client.accept(&first, &sent.trial, false, &[Service::Meetings])?;
    same("access", done.consequences.access, (None, Some(AccessLevel::Provisioning)))?;
    let detail = client.trial(INGRID, &sent.trial)?;
    same("its services", detail.trial.offer.services(), vec![Service::Meetings])?;
    same("its status", detail.status, Status::AwaitingProvisioningDetails)?;
    let hub = client.hub_of(INGRID, &sent.customer)?;
    same("the partner's access", there("access", hub.on_behalf)?.access, AccessLevel::Provisioning)?;
    let answers = [BTreeSet::new(), [Service::Messaging].into()];
    let (again, other) = asked(client, "Nothing", &[Service::Meetings])?;
    for services in answers {
        let answer = Answered::Accepted { full_access: false, services };
        refused(client.answer(&other, &again.trial, answer), RuleId::X9, Because::NotAsked)?;
    }
    Ok(())
}

fn what_provisioning_access_does_not_reach_is_refused_with_both_ways_out_x10(client: &Client<'_>) -> Outcome {
    let (sent, first) = asked(client, "Reach", &[Service::Meetings, Service::Calling])?;
    client.accept(&first, &sent.trial, false, &[Service::Meetings, Service::Calling])?;
    client.finish_set_up(INGRID, &sent.trial)?;
    let typed = |services: &[Service], licences| with(draft("Reach"), services, licences);
    let both = [Service::Meetings, Service::Calling];
    let rows = [typed(&[Service::Meetings, Service::Calling, Service::Devices], 20), typed(&both, 21)];
    for mut draft in rows {
        draft.device_licences.board = "1".to_owned();
        let refusal = refused(client.edit(INGRID, &sent.trial, &draft), RuleId::X10, Because::MoreThanAccepted)?;
        same("what to do", refusal.remedy, Remedy::RequestOrRaise)?;
    }
    let path = format!("?organisation={}", sent.customer);
    let person = crate::conformance::doing::person("new@reach.example", CustomerRole::User, &[]);
    let added = client.ask(&endpoints::HUB_PERSON_ADD, INGRID, &path, &person);
    let refusal = refused(added, RuleId::X10, Because::ProvisioningAccessOnly)?;
    same("what to do", refusal.remedy, Remedy::RequestOrRaise)?;
    refused(client.people_of(INGRID, &sent.customer), RuleId::X10, Because::ProvisioningAccessOnly)?;
    let version = client.people(&first)?.version;
    let settings = crate::hub::HubSettings { name: "Renamed".to_owned(), language: rules::people::Language::En };
    let set = client.ask_from(&endpoints::HUB_SETTINGS, INGRID, &path, &settings, version);
    refused(set, RuleId::X10, Because::ProvisioningAccessOnly)?;
    // Fewer licences and services are within what was accepted, and so is a later end.
    client.edit(INGRID, &sent.trial, &typed(&both, 10))?;
    client.edit(INGRID, &sent.trial, &typed(&[Service::Meetings], 10))?;
    client.extend(INGRID, &sent.trial, rules::service::Duration::Days60)?;
    // Full administrators are told of another end of a trial that they accepted.
    let told = client.told(INGRID, &sent.trial)?;
    let moved =
        told.iter().filter(|(kind, to, ..)| (*kind, *to) == (MailKind::EndMoved, Recipients::FullAdministrators));
    same("mails of the new end", moved.count(), 1)
}

fn with_the_box_the_partner_is_full_administrator_x10(client: &Client<'_>) -> Outcome {
    let (sent, first) = asked(client, "Box", &[Service::Meetings])?;
    client.accept(&first, &sent.trial, true, &[Service::Meetings])?;
    let path = format!("?organisation={}", sent.customer);
    let person = crate::conformance::doing::person("new@box.example", CustomerRole::User, &[]);
    let _: crate::hub::PersonDone = client.ask(&endpoints::HUB_PERSON_ADD, INGRID, &path, &person)?;
    // Roles are given by the customer's own full administrators alone.
    let person = crate::conformance::doing::person("chief@box.example", CustomerRole::Administrator, &[]);
    let added = client.ask(&endpoints::HUB_PERSON_ADD, INGRID, &path, &person);
    refused(added, RuleId::H5, Because::OnlyForFullAdministrators)?;
    let calling = with(draft("Box"), &[Service::Calling], 5);
    client.add(INGRID, &sent.customer, &calling).map(drop)
}

fn declining_needs_a_note_for_another_reason_and_blocks_by_one_of_them_x9_x14_h4(client: &Client<'_>) -> Outcome {
    let (sent, first) = asked(client, "Decline", &[Service::Meetings])?;
    let declined = |reason, note: &str| Answered::Declined { reason, note: note.to_owned() };
    let other = client.answer(&first, &sent.trial, declined(DeclineReason::Other, "  "));
    refused(other, RuleId::X9, Because::ReasonMissing)?;
    let long = client.answer(&first, &sent.trial, declined(DeclineReason::Other, &"x".repeat(501)));
    refused(long, RuleId::X9, Because::BadText)?;
    client.answer(&first, &sent.trial, declined(DeclineReason::UnknownPartner, ""))?;
    same("the row", client.row(INGRID, &sent.customer)?.status, Status::Declined)?;
    let hub = client.hub(&first)?;
    same("blocked", hub.blocked.iter().map(|each| each.id.as_str()).collect::<Vec<_>>(), vec![FJORD])?;
    client.days(8)?;
    let target = Target::Ask { organisation: sent.customer.clone(), full_access: false, words: String::new() };
    let again = asking(&address("Decline"), &[Service::Calling], 20);
    refused(client.preview(INGRID, &again, &target), RuleId::X14, Because::PartnerBlocked)?;
    let _: ActDone = client.ask(&endpoints::HUB_UNBLOCK, &first, FJORD, &())?;
    client.send_request(INGRID, &sent.customer, &again)?;
    let twice = client.ask(&endpoints::HUB_UNBLOCK, &first, FJORD, &());
    refused(twice, RuleId::H4, Because::NotBlocked).map(drop)
}

fn both_sides_are_told_of_an_answer_at_once_x9(client: &Client<'_>) -> Outcome {
    let request = client.open_request(SANNE)?;
    let note = "We have chosen another one.";
    let declined = Answered::Declined { reason: DeclineReason::Other, note: note.to_owned() };
    client.answer(SANNE, &request.id, declined)?;
    let told = |who: &str| -> Result<BTreeSet<String>, Failure> {
        let told = client.told(who, &request.id)?;
        Ok(told.into_iter().filter(|(kind, ..)| *kind == MailKind::Declined).map(|(.., to)| to).collect())
    };
    let customers = [SANNES_ADDRESS, "joost.de.boer@rederijstorm.example"].map(str::to_owned);
    same("who of the customer is told", told(SANNE)?, customers.into())?;
    let by_partner = told(ANNA)?;
    let anna = by_partner.contains("anna.de.vries@noordzee-telecom.example");
    same("how many the partner sees, and Anna", (by_partner.len(), anna), (3, true))?;
    let mails = client.mails(ANNA, &format!("trial={}", request.id))?;
    let mail = there("a mail", mails.into_iter().find(|mail| mail.kind == MailKind::Declined))?;
    let text: crate::mails::MailDetail = client.ask(&endpoints::MAIL, ANNA, &mail.id, &())?;
    require(text.text.contains(note), || format!("the mail does not say why: {}", text.text))
}

fn a_request_can_be_answered_on_the_30th_day_and_lapses_after_it_x11(client: &Client<'_>) -> Outcome {
    let (sent, first) = asked(client, "Deadline", &[Service::Meetings])?;
    let (late, other) = asked(client, "Late", &[Service::Meetings])?;
    client.days(29)?;
    // Sending it again moves nothing.
    let answer_by = client.today()?.plus(1);
    let _: ActDone = client.ask(&endpoints::RESEND, INGRID, sent.trial.as_str(), &())?;
    let request: RequestDetail = client.ask(&endpoints::REQUEST, &first, sent.trial.as_str(), &())?;
    same("the last day", request.answer_by, answer_by)?;
    client.days(1)?;
    client.accept(&first, &sent.trial, false, &[Service::Meetings])?;
    same("pending on the 30th day", client.row(INGRID, &late.customer)?.status, Status::TrialPending)?;
    client.days(1)?;
    same("lapsed after it", client.row(INGRID, &late.customer)?.status, Status::Lapsed)?;
    let listed = client.customers(INGRID, &format!("q={}", late.customer))?;
    same("customers in the default view", listed.found, 0)?;
    let refusal =
        refused(client.accept(&other, &late.trial, false, &[Service::Meetings]), RuleId::X15, Because::RequestOver)?;
    same("its state", refusal.state, Some(State::Lapsed))?;
    let kept = client.journal(INGRID, &format!("trial={}", late.trial))?;
    let deeds: Vec<&str> = kept.iter().map(|line| line.deed.name()).collect();
    same("the journal keeps it", deeds, vec!["lapsed", "requested"])
}

fn resending_waits_moves_no_deadline_and_makes_new_links_x13(client: &Client<'_>) -> Outcome {
    let (sent, first) = asked(client, "Resend", &[Service::Meetings])?;
    let resend =
        |who: &str| -> Result<ActDone, Failure> { client.ask(&endpoints::RESEND, who, sent.trial.as_str(), &()) };
    let error = error_of(resend(INGRID))?;
    let ApiError::TooMany { wait_seconds } = error else { return Err(Failure::new(format!("{error:?}"))) };
    require((1..=301).contains(&wait_seconds), || format!("{wait_seconds} seconds to wait"))?;
    client.add_person(&first, "later@resend.example", CustomerRole::FullAdministrator, &[])?;
    client.days(1)?;
    resend(INGRID)?;
    let mails = client.mails(INGRID, &format!("trial={}", sent.trial))?;
    let consent: Vec<_> = mails.into_iter().filter(|mail| mail.kind == MailKind::Consent).collect();
    same("consent mails", consent.len(), 2)?;
    let secrets: Result<BTreeSet<String>, Failure> =
        consent.iter().map(|mail| client.secret_of(INGRID, mail)).collect();
    let secrets = secrets?;
    same("different links", secrets.len(), 2)?;
    for token in secrets {
        // Older links stay good until the request is over.
        let _: RequestDetail = client.ask(&endpoints::REQUEST_OPEN, &first, "", &OpenRequest { token })?;
    }
    fails(resend(ANNA), ApiError::NotFound)?;
    client.accept(&first, &sent.trial, false, &[Service::Meetings])?;
    refused(resend(INGRID), RuleId::L12, Because::WrongState).map(drop)
}

fn a_second_request_leads_to_the_first_and_the_next_waits_a_week_x14(client: &Client<'_>) -> Outcome {
    let (sent, first) = asked(client, "Again", &[Service::Meetings])?;
    let typed = |licences| asking(&address("Again"), &[Service::Meetings], licences);
    let target = Target::Ask { organisation: sent.customer.clone(), full_access: false, words: String::new() };
    let refusal = refused(client.preview(INGRID, &typed(21), &target), RuleId::X14, Because::RequestOpen)?;
    same("what to do", refusal.remedy, Remedy::SeeRequest)?;
    let leads = client.look_up(INGRID, &address("Again"))?;
    same("the look-up", leads, crate::trials::LookUpAnswer::RequestOpen { customer: sent.customer.clone() })?;
    let not_needed = || Answered::Declined { reason: DeclineReason::NotNeeded, note: String::new() };
    client.answer(&first, &sent.trial, not_needed())?;
    for round in 0..2 {
        let from = client.today()?.plus(7);
        let refusal = refused(client.preview(INGRID, &typed(22), &target), RuleId::X14, Because::AskedRecently)?;
        same("from when", refusal.from, Some(from))?;
        client.days(7)?;
        let sent = client.send_request(INGRID, &sent.customer, &typed(30 + round))?;
        client.answer(&first, &sent.trial, not_needed())?;
    }
    client.days(7)?;
    refused(client.preview(INGRID, &typed(40), &target), RuleId::X14, Because::AskedOften).map(drop)
}

fn the_second_answer_is_told_the_present_state_x15(client: &Client<'_>) -> Outcome {
    let request = client.open_request(SANNE)?;
    client.accept(SANNE, &request.id, false, &[Service::Messaging])?;
    let declined = Answered::Declined { reason: DeclineReason::NotNeeded, note: String::new() };
    for answer in [declined, Answered::Accepted { full_access: true, services: [Service::Meetings].into() }] {
        let refusal = refused(client.answer(JOOST, &request.id, answer), RuleId::X15, Because::RequestOver)?;
        same("the state", refusal.state, Some(State::Awaiting))?;
    }
    let request = client.open_request(JOOST)?;
    let answer = there("the answer", request.answer)?;
    same("who answered", answer.by_name.as_str(), "Sanne Visser")
}

fn a_withdrawn_request_leaves_the_list_and_cannot_be_answered_x13_q11(client: &Client<'_>) -> Outcome {
    let request = client.open_request(SANNE)?;
    let customer = request.organisation.clone();
    let refusal = refused(client.act(SANNE, &request.id, TrialAct::Cancel), RuleId::K1, Because::WrongState)?;
    same("what to do", refusal.remedy, Remedy::Decline)?;
    client.act(ANNA, &request.id, TrialAct::Cancel)?;
    let listed = client.customers(ANNA, &format!("q={customer}"))?;
    same("customers in the default view", listed.found, 0)?;
    same("with the filter", client.row(ANNA, &customer)?.status, Status::Cancelled)?;
    let accepted = client.accept(SANNE, &request.id, false, &[Service::Messaging]);
    same("its state", refused(accepted, RuleId::X15, Because::RequestOver)?.state, Some(State::Cancelled))?;
    let undone = error_of(client.act(ANNA, &request.id, TrialAct::Undo))?;
    require(undone.status() == 403, || format!("undoing a withdrawal is answered with {undone:?}"))
}

fn a_service_that_was_taken_meanwhile_cannot_be_accepted_x4(client: &Client<'_>) -> Outcome {
    let (sent, first) = asked(client, "Meanwhile", &[Service::Meetings, Service::Calling])?;
    client.add(ANNA, &sent.customer, &with(draft("Meanwhile"), &[Service::Meetings], 5))?;
    let both = client.accept(&first, &sent.trial, false, &[Service::Meetings, Service::Calling]);
    refused(both, RuleId::X4, Because::InTrialWithAnotherPartner)?;
    let request: RequestDetail = client.ask(&endpoints::REQUEST, &first, sent.trial.as_str(), &())?;
    let offered: Vec<_> = request.services.iter().map(|each| (each.service, each.verdict.is_allowed())).collect();
    same("what can still be had", offered, vec![(Service::Meetings, false), (Service::Calling, true)])?;
    client.add(ANNA, &sent.customer, &with(draft("Meanwhile"), &[Service::Calling], 6))?;
    let refusal =
        refused(client.accept(&first, &sent.trial, false, &[Service::Calling]), RuleId::X4, Because::NoServiceLeft)?;
    same("what remains", refusal.remedy, Remedy::Decline)
}

fn a_set_up_starts_the_trial_that_day_x12_u3(client: &Client<'_>) -> Outcome {
    let request = client.open_request(SANNE)?;
    client.accept(SANNE, &request.id, false, &[Service::Messaging, Service::Meetings])?;
    client.days(5)?;
    let today = client.today()?;
    // An administrator may do it, too; a user may not.
    let by_user = error_of(client.finish_set_up(TOM, &request.id))?;
    require(by_user.status() == 403, || format!("a user's set-up is answered with {by_user:?}"))?;
    client.finish_set_up(KIM, &request.id)?;
    let detail = client.trial(ANNA, &request.id)?;
    same("its end", detail.trial.end(), Some(today.plus(30)))?;
    same("its status", detail.status, Status::Active)?;
    let told = client.told(ANNA, &request.id)?;
    let started: BTreeSet<_> =
        told.into_iter().filter(|(kind, ..)| *kind == MailKind::Started).map(|(.., to)| to).collect();
    let wanted = [SANNES_ADDRESS, "joost.de.boer@rederijstorm.example", KIMS_ADDRESS].map(str::to_owned);
    same("who is told", started, wanted.into())?;
    client.days(2)?;
    // Finishing another one changes no date.
    client.finish_set_up(ANNA, &request.id)?;
    same("its end", client.trial(ANNA, &request.id)?.trial.end(), Some(today.plus(30)))
}

fn an_accepted_trial_that_nobody_sets_up_is_reminded_of_and_cancelled_x18_x17(client: &Client<'_>) -> Outcome {
    let (sent, first) = asked(client, "Forgotten", &[Service::Meetings])?;
    let today = client.today()?;
    client.accept(&first, &sent.trial, false, &[Service::Meetings])?;
    client.days(90)?;
    let status = client.row(INGRID, &sent.customer)?.status;
    same("on day 90", status, Status::AwaitingProvisioningDetails)?;
    client.days(1)?;
    same("after it", client.row(INGRID, &sent.customer)?.status, Status::Cancelled)?;
    let told = client.told(INGRID, &sent.trial)?;
    let on =
        |wanted| -> BTreeSet<_> { told.iter().filter(|(kind, ..)| *kind == wanted).map(|(_, _, on, _)| *on).collect() };
    same("reminders", on(MailKind::SetUpReminder), [today.plus(7), today.plus(30)].into())?;
    same("the end of it", on(MailKind::SetUpOver).len(), 1)?;
    refused(client.hub_of(INGRID, &sent.customer), RuleId::H3, Because::NoAccess).map(drop)
}

fn a_pending_row_says_only_the_own_name_and_what_was_asked_and_one_that_left_what_was_typed_x2_q11_p8(
    client: &Client<'_>,
) -> Outcome {
    let (sent, _) = asked(client, "Secretive", &[Service::Meetings])?;
    let row = client.row(INGRID, &sent.customer)?;
    same("the name", row.company.as_str(), "Secretive")?;
    same("what else", (row.administrator_email, row.region, row.in_charge), (None, None, None))?;
    let detail = client.customer(INGRID, &sent.customer)?;
    same("the name", detail.company.as_str(), "Secretive")?;
    same("the organisation", detail.organisation, None)?;
    same("what it owns", detail.purchased, Vec::new())?;
    same("trials", detail.trials.len(), 1)?;
    client.act(INGRID, &sent.trial, TrialAct::Cancel)?;
    let detail = client.customer(INGRID, &sent.customer)?;
    same("the name once it left", detail.company.as_str(), "As it was typed")
}

fn an_organisation_that_closed_is_new_to_everybody_l3_x1(client: &Client<'_>) -> Outcome {
    let (started, _) = organisation(client, "Closing")?;
    client.days(60)?;
    let row = client.row(ANNA, &started.customer)?;
    same("the row", row.status, Status::Closed)?;
    same("its address", client.look_up(INGRID, &address("Closing"))?, crate::trials::LookUpAnswer::New)?;
    let target = Target::Add { customer: started.customer.clone() };
    let added = client.preview(ANNA, &with(draft("Closing"), &[Service::Calling], 5), &target);
    let refusal = refused(added, RuleId::L3, Because::OrganisationClosed)?;
    same("what to do", refusal.remedy, Remedy::StartNewTrial)?;
    let anew = client.start(MEHMET, &with(draft("Closing"), &[Service::Messaging], 11))?;
    require(anew.customer != started.customer, || "the closed organisation lives again".to_owned())?;
    let mails = client.mails(ANNA, &format!("organisation={}", started.customer))?;
    require(mails.iter().all(|mail| mail.state == MailState::Sent), || "not every mail went out".to_owned())?;
    Ok(())
}
