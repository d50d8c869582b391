//! Every error of the contract, and what every answer has in common.

use rules::draft::Field;
use rules::verdict::{Because, Problem, ProblemKind, RuleId};

use crate::conformance::cast::{ANNA, MEHMET, OSKAR, SANNE, draft};
use crate::conformance::check::{Outcome, error_of, fails, refused, require, same};
use crate::conformance::client::NOBODY;
use crate::conformance::{Case, Client, Failure, cases};
use crate::endpoints;
use crate::error::ApiError;
use crate::session::SignIn;
use crate::trials::{LookUp, LookUpAnswer, Order, SaveTrial, Started, Target, TrialAct};
use crate::{IDEMPOTENCY_KEY, IF_MATCH, IF_NONE_MATCH};

pub(super) const CASES: &[Case] = cases![
    what_cannot_be_read_is_refused_as_malformed_g3,
    a_path_that_is_not_there_and_a_method_that_is_not_offered_are_told_apart_g3,
    a_body_of_more_than_64_kib_is_too_large_g3,
    a_write_without_a_usable_key_is_not_done_g2,
    a_write_without_a_version_is_not_done_g2,
    a_write_from_another_version_is_told_the_present_one_g2_e6,
    an_act_whose_preview_is_not_the_present_one_is_out_of_date_e6,
    the_same_key_and_body_get_the_same_answer_and_another_body_is_refused_g2,
    what_was_typed_is_told_field_by_field_n7,
    nobody_and_a_person_without_the_right_are_told_apart_p1_p7,
    every_look_up_counts_and_too_many_are_told_the_time_to_wait_x1,
];

fn what_cannot_be_read_is_refused_as_malformed_g3(client: &Client<'_>) -> Outcome {
    client.sign_in(ANNA)?;
    let deep = format!("{}{}", "[".repeat(20_000), "]".repeat(20_000));
    let rows: [(&str, &str, &str); 14] = [
        ("POST", "/api/v1/trials/preview", "{"),
        ("POST", "/api/v1/trials/preview", ""),
        ("POST", "/api/v1/trials/preview", "[]"),
        ("POST", "/api/v1/trials/preview", r#"{"draft":{},"nonsense":1}"#),
        ("POST", "/api/v1/trials/preview", &deep),
        ("POST", "/api/v1/rehearsals", r#"{"customers":[],"days":91}"#),
        ("POST", "/api/v1/rehearsals", r#"{"customers":[],"days":0}"#),
        ("GET", "/api/v1/customers?status=nonsense", ""),
        ("GET", "/api/v1/customers?cursor=nonsense", ""),
        ("GET", "/api/v1/customers?sort=nonsense", ""),
        ("GET", "/api/v1/customers?ends_within=soon", ""),
        ("GET", "/api/v1/journal?cursor=nonsense", ""),
        ("GET", "/api/v1/journal?deed=nonsense", ""),
        ("GET", "/api/v1/mails?state=nonsense", ""),
    ];
    for (method, path, body) in rows {
        let reply = client.send(&client.raw(method, path, ANNA, body, &[]))?;
        let error = ApiError::from_json(&reply.body);
        same(&format!("{method} {path} {:.40}", body), error, Some(ApiError::Malformed))?;
    }
    Ok(())
}

fn a_path_that_is_not_there_and_a_method_that_is_not_offered_are_told_apart_g3(client: &Client<'_>) -> Outcome {
    client.sign_in(ANNA)?;
    let rows: [(&str, &str, ApiError); 9] = [
        ("GET", "/api/v1/nonsense", ApiError::NotFound),
        ("GET", "/api/v1/customers/no-such-customer", ApiError::NotFound),
        ("GET", "/api/v1/trials/no-such-trial", ApiError::NotFound),
        ("GET", "/api/v1/shipments/no-such-shipment", ApiError::NotFound),
        ("GET", "/api/v1/mails/no-such-mail", ApiError::NotFound),
        ("GET", "/api/v1/drafts/no-such-draft", ApiError::NotFound),
        ("GET", "/api/v1/site-names/%ff", ApiError::NotFound),
        ("DELETE", "/api/v1/customers", ApiError::MethodNotAllowed),
        ("PATCH", "/api/v1/drafts/d1", ApiError::MethodNotAllowed),
    ];
    for (method, path, error) in rows {
        let reply = client.send(&client.raw(method, path, ANNA, "", &[]))?;
        same(&format!("{method} {path}"), ApiError::from_json(&reply.body), Some(error))?;
    }
    Ok(())
}

fn a_body_of_more_than_64_kib_is_too_large_g3(client: &Client<'_>) -> Outcome {
    client.sign_in(ANNA)?;
    let large = format!("\"{}\"", "x".repeat(65 * 1024));
    let reply = client.send(&client.raw("POST", "/api/v1/trials/preview", ANNA, &large, &[]))?;
    same("the error", ApiError::from_json(&reply.body), Some(ApiError::TooLarge))
}

fn a_write_without_a_usable_key_is_not_done_g2(client: &Client<'_>) -> Outcome {
    client.sign_in(ANNA)?;
    let save = client.to_save(ANNA, &draft("Key Missing"), &Target::New)?;
    for key in ["", "short", "with blanks in the key", &"k".repeat(65)] {
        let headers = [(IDEMPOTENCY_KEY, key)];
        let result = client.ask_with(&endpoints::TRIALS, ANNA, "", &save, &headers);
        fails(result, ApiError::KeyMissing)?;
    }
    same("customers", client.customers(ANNA, "q=Key+Missing")?.found, 0)?;
    for key in ["k".repeat(16), "k".repeat(64)] {
        let look_up = LookUp { administrator_email: "key@length.example".to_owned() };
        let headers = [(IDEMPOTENCY_KEY, key.as_str())];
        let _: LookUpAnswer = client.ask_with(&endpoints::ORGANISATION_LOOK_UPS, ANNA, "", &look_up, &headers)?;
    }
    Ok(())
}

fn a_write_without_a_version_is_not_done_g2(client: &Client<'_>) -> Outcome {
    let started = client.start(ANNA, &draft("Version Missing"))?;
    let act = TrialAct::Extend { days: rules::service::Duration::Days60, confirmed: false };
    let shown = client.preview_act(ANNA, &started.trial, &act)?;
    let order = Order { act, digest: shown.digest };
    fails(client.ask(&endpoints::ACT, ANNA, started.trial.as_str(), &order), ApiError::VersionMissing)?;
    let kept = client.ask(&endpoints::DRAFT_KEEP, ANNA, "without-version", &draft("Version Missing"));
    fails(kept, ApiError::VersionMissing)?;
    for unreadable in ["7", "W/\"7\"", "\"x\""] {
        let headers = [(IF_MATCH, unreadable)];
        let result = client.ask_with(&endpoints::ACT, ANNA, started.trial.as_str(), &order, &headers);
        fails(result, ApiError::Malformed)?;
    }
    let both = [(IF_MATCH, "\"1\""), (IF_NONE_MATCH, "*")];
    fails(client.ask_with(&endpoints::ACT, ANNA, started.trial.as_str(), &order, &both), ApiError::Malformed)
}

fn a_write_from_another_version_is_told_the_present_one_g2_e6(client: &Client<'_>) -> Outcome {
    let started = client.start(ANNA, &draft("Stale"))?;
    let act = TrialAct::Extend { days: rules::service::Duration::Days60, confirmed: false };
    let shown = client.preview_act(ANNA, &started.trial, &act)?;
    let order = Order { act, digest: shown.digest };
    let version = shown.version;
    for wrong in [version + 1, version.saturating_sub(1), 0] {
        let result = client.ask_from(&endpoints::ACT, ANNA, started.trial.as_str(), &order, wrong);
        fails(result, ApiError::Stale { version })?;
    }
    let people = client.people_of(ANNA, &started.customer)?;
    same("the version of the same customer", people.version, version)?;
    let settings = crate::hub::HubSettings { name: "Stale".to_owned(), language: rules::people::Language::Nl };
    let path = format!("?organisation={}", started.customer);
    let result = client.ask_from(&endpoints::HUB_SETTINGS, ANNA, &path, &settings, version + 5);
    fails(result, ApiError::Stale { version })
}

fn an_act_whose_preview_is_not_the_present_one_is_out_of_date_e6(client: &Client<'_>) -> Outcome {
    let started = client.start(ANNA, &draft("Out of date"))?;
    let act = TrialAct::Extend { days: rules::service::Duration::Days90, confirmed: false };
    let shown = client.preview_act(ANNA, &started.trial, &act)?;
    for digest in [String::new(), "0".repeat(64)] {
        let order = Order { act: act.clone(), digest };
        let result = client.ask_from(&endpoints::ACT, ANNA, started.trial.as_str(), &order, shown.version);
        fails(result, ApiError::OutOfDate)?;
    }
    // The day turned between preview and act, and nothing else did.
    let save = client.to_save(ANNA, &draft("Day turned"), &Target::New)?;
    client.days(1)?;
    let order = Order { act, digest: shown.digest };
    let result = client.ask_from(&endpoints::ACT, ANNA, started.trial.as_str(), &order, shown.version);
    fails(result, ApiError::OutOfDate)?;
    fails(client.ask(&endpoints::TRIALS, ANNA, "", &save), ApiError::OutOfDate)
}

fn the_same_key_and_body_get_the_same_answer_and_another_body_is_refused_g2(client: &Client<'_>) -> Outcome {
    let save = client.to_save(ANNA, &draft("Same Key"), &Target::New)?;
    let key = client.key();
    let headers = [(IDEMPOTENCY_KEY, key.as_str())];
    let first: Started = client.ask_with(&endpoints::TRIALS, ANNA, "", &save, &headers)?;
    for _ in 0..3 {
        let again: Started = client.ask_with(&endpoints::TRIALS, ANNA, "", &save, &headers)?;
        same("the repeated answer", &again, &first)?;
    }
    let other = SaveTrial { digest: "another".to_owned(), ..save.clone() };
    fails(client.ask_with(&endpoints::TRIALS, ANNA, "", &other, &headers), ApiError::KeyReused)?;
    // Another person's request with that key is another request, even with the same body.
    client.sign_in(MEHMET)?;
    let mehmet = client.ask_with(&endpoints::TRIALS, MEHMET, "", &save, &headers);
    fails(mehmet, ApiError::KeyReused)?;

    // An act that was done answers its retry although its version is stale by now.
    let act = TrialAct::Extend { days: rules::service::Duration::Days60, confirmed: false };
    let shown = client.preview_act(ANNA, &first.trial, &act)?;
    let order = Order { act, digest: shown.digest };
    let version = crate::etag(shown.version);
    let key = client.key();
    let headers = [(IDEMPOTENCY_KEY, key.as_str()), (IF_MATCH, version.as_str())];
    let send = || client.ask_with(&endpoints::ACT, ANNA, first.trial.as_str(), &order, &headers);
    let (once, twice): (crate::trials::ActDone, crate::trials::ActDone) = (send()?, send()?);
    same("the repeated act", twice, once)?;
    same("customers", client.customers(ANNA, "q=Same+Key")?.found, 1)
}

fn what_was_typed_is_told_field_by_field_n7(client: &Client<'_>) -> Outcome {
    let mut typed = draft("Fields");
    typed.company_name = " ".to_owned();
    typed.administrator_email = "nobody".to_owned();
    typed.licences = "1e9".to_owned();
    typed.country = None;
    let result = client.preview(ANNA, &typed, &Target::New);
    let ApiError::Invalid { problems } = error_of(result)? else {
        return Err(Failure::new("the draft was not found invalid"));
    };
    let wanted = typed.check(&rules::draft::Facts::default()).err().unwrap_or_default();
    same("the problems", problems, wanted)?;
    let mut own = draft("Own organisation");
    own.administrator_email = "Piet.Janssen@noordzee-telecom.example".to_owned();
    let problem = Problem { field: Field::AdministratorEmail, kind: ProblemKind::OwnOrganisation };
    fails(client.preview(ANNA, &own, &Target::New), ApiError::Invalid { problems: vec![problem] })
}

fn nobody_and_a_person_without_the_right_are_told_apart_p1_p7(client: &Client<'_>) -> Outcome {
    fails(client.customers(NOBODY, ""), ApiError::NotSignedIn)?;
    refused(client.customers(OSKAR, ""), RuleId::P1, Because::PartnerNotCertified)?;
    refused(client.customers(SANNE, ""), RuleId::P2, Because::OnlyForPartners)?;
    let gone = SignIn { person: "no-such-person".into() };
    fails(client.ask(&endpoints::SIGN_IN, NOBODY, "", &gone), ApiError::NotFound)
}

fn every_look_up_counts_and_too_many_are_told_the_time_to_wait_x1(client: &Client<'_>) -> Outcome {
    let look_up = |number: u32| -> Result<LookUpAnswer, _> {
        let look_up = LookUp { administrator_email: format!("person-{number}@many.example") };
        client.ask(&endpoints::ORGANISATION_LOOK_UPS, ANNA, "", &look_up)
    };
    for number in 0..20 {
        look_up(number)?;
    }
    let ApiError::TooMany { wait_seconds } = error_of(look_up(20))? else {
        return Err(Failure::new("the 21st look-up was not refused as one too many"));
    };
    require((1..=3601).contains(&wait_seconds), || format!("{wait_seconds} seconds are not within the hour"))?;
    // One that was done within the hour counts no more.
    look_up(7)?;
    // A preview tells as much as a look-up does.
    let preview = client.preview(ANNA, &draft("One too many"), &Target::New);
    let error = error_of(preview)?;
    require(matches!(error, ApiError::TooMany { .. }), || format!("a preview was answered with {error:?}"))
}
