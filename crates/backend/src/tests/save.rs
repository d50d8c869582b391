use chrono::TimeDelta;
use contract::endpoints;
use contract::error::ApiError;
use contract::trials::{SaveTrial, Started};
use contract::{IDEMPOTENCY_KEY, IF_NONE_MATCH, etag};
use futures_executor::block_on;
use rules::change::{Change, evolve};
use rules::draft::{Field, TrialDraft};
use rules::notice::{MailKind, Recipients};
use rules::organisation::{AccessLevel, Attestation};
use rules::people::Language;
use rules::region::CountryCode;
use rules::samples::{full_draft, shortest_draft};
use rules::trial::{Provisioning, Status};
use rules::verdict::{Because, Problem, ProblemKind, RuleId};

use super::{ANNA, INGRID, LENA, MEHMET, PIET, World};
use crate::records::{JOURNAL, MAILS, ORGANISATIONS};

fn customers(world: &World, person: &str) -> u32 {
    world.ask(endpoints::CUSTOMERS, person, "", &()).expect("a list").found
}

#[test]
fn saving_starts_the_trial_as_it_was_previewed_n15_n16() {
    let world = World::new();
    let before = customers(&world, ANNA);
    let preview = world.preview(ANNA, &full_draft()).expect("a preview");
    let started = world.save(ANNA, "d1", &full_draft()).expect("saved");
    assert_eq!(started.plan, preview.plan);
    assert_eq!(customers(&world, ANNA), before + 1);

    let detail = world.ask(endpoints::CUSTOMER, ANNA, started.customer.as_str(), &()).expect("its page");
    assert_eq!((detail.company.as_str(), detail.status), ("Van Dijk Logistiek", Status::Active));
    assert_eq!(detail.in_charge.map(|person| person.id.0), Some(ANNA.to_owned()), "who started it is in charge (P9)");
    let trial = &detail.trials[0].trial;
    assert_eq!(
        (&trial.id, &trial.offer, &trial.shipments),
        (&started.trial, &preview.plan.offer, &preview.plan.shipments)
    );
    assert!(trial.provisioning.iter().all(|step| matches!(step.state, Provisioning::Done(_))), "N17");
    assert_eq!(detail.organisation.map(|known| known.access), Some(Some(AccessLevel::FullAdministrator)), "N17");
}

#[test]
fn who_attested_when_and_which_sentence_is_stored_n6() {
    let world = World::new();
    // Ticked in Dutch, saved from a page that is in English by then, and the other way round.
    for (place, (ticked, saved)) in [(Language::Nl, Language::En), (Language::En, Language::Nl)].into_iter().enumerate()
    {
        let mut draft = shortest_draft();
        draft.administrator_email = format!("it@attested-{place}.example");
        draft.attest(Some(ticked));
        let save = SaveTrial { language: saved, ..world.to_save(MEHMET, &format!("d{place}"), &draft) };
        let started = world.ask(endpoints::TRIALS, MEHMET, "", &save).expect("saved");
        let expected = Attestation {
            by: MEHMET.into(),
            at: world.now(),
            language: ticked,
            sentence: words::wizard::attest(ticked).to_owned(),
        };
        assert_eq!(attestation(&world, &started), expected, "one that was never kept is seen ticked at the saving");
    }
}

#[test]
fn when_it_was_ticked_is_kept_by_the_backends_clock_n6_l1() {
    // Each row: what is kept, a minute apart, and in which minute what is saved was ticked.
    let draft = |country: &str, ticked: Option<Language>, company: &str| {
        let mut draft = shortest_draft();
        draft.choose_country(CountryCode::new(country));
        draft.attest(ticked);
        draft.company_name = company.to_owned();
        draft
    };
    let (en, nl) = (Some(Language::En), Some(Language::Nl));
    let rows = [
        ("it stays ticked", vec![draft("NL", None, "A"), draft("NL", en, "A"), draft("NL", en, "B")], 1),
        ("unticked", vec![draft("NL", en, "A"), draft("NL", None, "A"), draft("NL", en, "A"), draft("NL", en, "B")], 2),
        ("another country", vec![draft("NL", en, "A"), draft("BE", en, "A"), draft("BE", en, "B")], 1),
        ("another sentence", vec![draft("NL", en, "A"), draft("NL", nl, "A")], 1),
    ];
    for (number, (what, kept, minute)) in rows.into_iter().enumerate() {
        let world = World::new();
        let id = format!("d{number}");
        let begun = world.now();
        let last = kept.last().expect("a draft").clone();
        for (version, draft) in kept.iter().enumerate() {
            let made_from = etag(version as u64);
            let header = if version == 0 { (IF_NONE_MATCH, "*") } else { (contract::IF_MATCH, made_from.as_str()) };
            world.ask_with(endpoints::DRAFT_KEEP, MEHMET, &id, draft, &[header]).expect("kept");
            world.wait_seconds(60);
        }
        world.wait_days(2);
        let started = world.save(MEHMET, &id, &last).expect("saved");
        let expected = begun + TimeDelta::minutes(minute);
        assert_eq!(attestation(&world, &started).at, expected, "{what}");
    }
}

#[test]
fn what_is_saved_and_was_kept_otherwise_is_ticked_at_the_saving_n6() {
    let world = World::new();
    let mut kept = shortest_draft();
    kept.choose_country(CountryCode::new("BE"));
    kept.attest(Some(Language::En));
    world.ask_with(endpoints::DRAFT_KEEP, MEHMET, "d1", &kept, &[(IF_NONE_MATCH, "*")]).expect("kept");
    world.wait_seconds(60);
    let started = world.save(MEHMET, "d1", &shortest_draft()).expect("saved");
    assert_eq!(attestation(&world, &started).at, world.now());
}

fn attestation(world: &World, started: &Started) -> Attestation {
    let stored = block_on(ORGANISATIONS.get(world.memory.as_ref(), started.customer.as_str())).expect("no fault");
    stored.expect("an organisation").value.organisation.attestation.expect("attested")
}

#[test]
fn the_first_administrator_gets_one_welcome_mail_with_sign_in_directions_n17_g7_l8() {
    let world = World::new();
    let started = world.save(ANNA, "d1", &full_draft()).expect("saved");
    let mails = block_on(MAILS.list(world.memory.as_ref(), started.customer.as_str())).expect("no fault");
    let [(_, mail)] = mails.as_slice() else { panic!("{} mails", mails.len()) };
    let mail = &mail.value;
    let order = &mail.order;
    assert_eq!(
        (order.kind, order.group, order.language),
        (MailKind::Welcome, Recipients::FirstAdministrator, Language::Nl)
    );
    assert_eq!(order.email, "it@vandijk.example");
    for part in ["https://proef.example", "it@vandijk.example", "Noordzee Telecom", "Van Dijk Logistiek"] {
        assert!(mail.text.contains(part), "{part} in {}", mail.text);
    }
    let detail = world.ask(endpoints::CUSTOMER, ANNA, started.customer.as_str(), &()).expect("its page");
    assert_eq!(detail.mails.len(), 1);
}

#[test]
fn the_trial_is_the_fold_of_its_journal_l10() {
    let world = World::new();
    let started = world.save(ANNA, "d1", &full_draft()).expect("saved");
    let journal = block_on(JOURNAL.list(world.memory.as_ref(), started.customer.as_str())).expect("no fault");
    assert_eq!(journal.len(), 6, "the start, four services and the welcome mail");
    assert_eq!(journal[0].1.value.change.by.as_ref().map(|by| by.as_str()), Some(ANNA));
    let changes = journal.iter().map(|(_, entry)| &entry.value.change);
    let folded = changes.fold(None, |organisation, change: &Change| evolve(organisation, change));
    let detail = world.ask(endpoints::CUSTOMER, ANNA, started.customer.as_str(), &()).expect("its page");
    assert_eq!(folded.and_then(|found| found.trials.into_iter().next()).as_ref(), Some(&detail.trials[0].trial));
}

#[test]
fn the_same_key_gets_the_same_answer_and_makes_one_customer_g2_n18() {
    let world = World::new();
    let before = customers(&world, ANNA);
    let save = world.to_save(ANNA, "d1", &shortest_draft());
    let key = world.key();
    let headers = [(IDEMPOTENCY_KEY, key.as_str())];
    let send = || world.ask_with(endpoints::TRIALS, ANNA, "", &save, &headers);
    let first: Started = send().expect("saved");
    world.wait_seconds(3);
    assert_eq!(send(), Ok(first));
    assert_eq!(customers(&world, ANNA), before + 1);
    let other = SaveTrial { language: Language::Nl, ..save.clone() };
    assert_eq!(world.ask_with(endpoints::TRIALS, ANNA, "", &other, &headers), Err(ApiError::KeyReused));
    assert_eq!(world.ask_with(endpoints::TRIALS, MEHMET, "", &save, &headers), Err(ApiError::KeyReused));
}

#[test]
fn a_draft_is_saved_once_by_whatever_number_of_keys_n18() {
    let world = World::new();
    let before = customers(&world, ANNA);
    let save = world.to_save(ANNA, "d1", &shortest_draft());
    let first = world.ask(endpoints::TRIALS, ANNA, "", &save).expect("saved");
    let mut other = save.clone();
    other.draft.administrator_email = "another@vandijk.example".to_owned();
    for again in [save, other] {
        let Err(ApiError::Refused { refusal, see, .. }) = world.ask(endpoints::TRIALS, ANNA, "", &again) else {
            panic!("saved twice")
        };
        assert_eq!((refusal.rule, refusal.because), (RuleId::N18, Because::DraftSaved));
        assert_eq!(refusal.remedy, rules::verdict::Remedy::SeeCustomers, "it is a trial and no request (X3)");
        assert_eq!(see, Some(first.customer.clone()), "it leads to the customer that was made");
    }
    assert_eq!(customers(&world, ANNA), before + 1);
}

#[test]
fn a_saved_draft_is_gone_and_a_tab_that_still_types_does_not_bring_it_back_n18() {
    let world = World::new();
    let new = [(IF_NONE_MATCH, "*")];
    let draft = shortest_draft();
    world.ask_with(endpoints::DRAFT_KEEP, ANNA, "d1", &draft, &new).expect("kept");
    let started = world.save(ANNA, "d1", &draft).expect("saved");
    assert!(world.ask(endpoints::DRAFTS, ANNA, "", &()).expect("a list").drafts.is_empty());
    for answer in
        [world.ask(endpoints::DRAFT, ANNA, "d1", &()), world.ask_with(endpoints::DRAFT_KEEP, ANNA, "d1", &draft, &new)]
    {
        let Err(ApiError::Refused { see, .. }) = answer else { panic!("brought back") };
        assert_eq!(see.as_ref(), Some(&started.customer));
    }
}

#[test]
fn the_address_and_the_site_name_are_given_out_for_good_n2_n12() {
    let world = World::new();
    world.save(ANNA, "d1", &full_draft()).expect("saved");
    let problems = |draft: &TrialDraft| match world.preview(INGRID, draft) {
        Err(ApiError::Invalid { problems }) => problems,
        other => panic!("{other:?}"),
    };
    let mut draft = full_draft();
    let exists = Problem { field: Field::AdministratorEmail, kind: ProblemKind::OrganisationExists };
    let taken = Problem { field: Field::SiteName, kind: ProblemKind::SiteNameTaken };
    assert_eq!(problems(&draft), [exists, taken.clone()]);
    draft.administrator_email = "new@vandijk.example".to_owned();
    assert_eq!(problems(&draft), [taken]);
}

#[test]
fn what_was_previewed_is_what_happens_or_nothing_does_n15() {
    let world = World::new();
    let save = world.to_save(ANNA, "d1", &shortest_draft());
    world.wait_days(1);
    let before = world.memory.everything();
    assert_eq!(world.ask(endpoints::TRIALS, ANNA, "", &save), Err(ApiError::OutOfDate));
    let preview = world.preview(ANNA, &shortest_draft()).expect("a preview");
    assert_ne!(preview.digest, save.digest);
    let trials = |everything: &std::collections::BTreeMap<(crate::store::TableName, String), _>| {
        everything.keys().filter(|(table, _)| *table == crate::store::TableName::Trials).count()
    };
    assert_eq!(trials(&world.memory.everything()), trials(&before));
    let again = SaveTrial { digest: preview.digest, ..save };
    assert!(world.ask(endpoints::TRIALS, ANNA, "", &again).is_ok());
}

#[test]
fn roles_that_only_see_start_nothing_p3() {
    let world = World::new();
    let save = world.to_save(ANNA, "d1", &shortest_draft());
    let before = world.memory.everything();
    for person in [LENA, PIET] {
        let Err(ApiError::Refused { refusal, .. }) = world.ask(endpoints::TRIALS, person, "", &save) else {
            panic!("{person} started a trial")
        };
        assert_eq!(refusal.rule, RuleId::P3, "{person}");
    }
    assert_eq!(world.memory.everything(), before);
}

#[test]
fn names_are_stored_and_shown_as_text_g3() {
    let world = World::new();
    for (number, name) in ["<b>Harbour</b>", "🦊 & 🦊", "شركة", "Zoe\u{308}", "'; drop"].into_iter().enumerate()
    {
        let mut draft = shortest_draft();
        draft.company_name = name.to_owned();
        draft.administrator_email = format!("it@n{number}.example");
        let started = world.save(ANNA, &format!("d{number}"), &draft).expect("saved");
        let detail = world.ask(endpoints::CUSTOMER, ANNA, started.customer.as_str(), &()).expect("its page");
        assert_eq!(detail.company, name);
    }
}
