//! What each kind of mail has to hold, by rule.

use super::form::readable;
use super::scenes::{ADDRESS, LINK, PHRASE, SENDER, scene};
use crate::{Language, label};
use rules::notice::{MailKind, Recipients};
use rules::organisation::{AccessLevel, EndedAccess};
use rules::samples::day;
use rules::trial::Phase;

use Recipients::{
    Asked, Contact, CustomerAdministrators, Distributor, FirstAdministrator, FullAdministrators, PartnerAdministrators,
    Users,
};

/// A mail to a group in both languages: what the subject begins with, and what both parts hold.
pub(super) type Row<'a> = (MailKind, Recipients, [&'a str; 2], [&'a [&'a str]; 2]);

pub(super) fn check(rows: &[Row<'_>]) {
    for (kind, group, subjects, held) in rows {
        for ((language, subject), held) in Language::ALL.into_iter().zip(subjects).zip(held) {
            let written = scene(*kind, *group, language).write();
            assert!(written.subject.starts_with(subject), "{kind:?} {language:?}: {}", written.subject);
            let read = readable(&written);
            for fact in *held {
                assert!(written.text.contains(fact), "{kind:?} {group:?} lacks {fact:?}:\n{}", written.text);
                assert!(read.contains(fact), "{kind:?} {group:?} lacks {fact:?} in HTML:\n{read}");
            }
        }
    }
}

#[test]
fn the_welcome_names_what_is_ready_and_what_has_failed_or_waits_n17() {
    check(&[(
        MailKind::Welcome,
        FirstAdministrator,
        ["Welcome: your trial of Messaging is ready", "Welkom: uw proefperiode voor Berichten staat klaar"],
        [
            &[
                "Ready to use: Messaging.",
                "Not ready: Meetings.",
                "Still being provisioned: Calling and Devices.",
                "30 April 2026",
                "30 May 2026",
                "grace period",
                "it@vandijk.example",
                ADDRESS,
                "Noordzee Telecom",
            ],
            &[
                "Klaar voor gebruik: Berichten.",
                "Niet gereed: Vergaderingen.",
                "Wordt nog ingericht: Bellen en Apparaten.",
                "30 april 2026",
                "30 mei 2026",
                "respijtperiode",
            ],
        ],
    )]);
}

#[test]
fn a_trial_that_started_is_told_with_what_it_gives_beside_what_is_owned_a3_x12() {
    check(&[(
        MailKind::Started,
        CustomerAdministrators,
        ["Your trial of Messaging, Meetings, Calling and Devices has started", "Uw proefperiode voor Berichten"],
        [
            &[
                "Sanne Bakker of Noordzee Telecom has started a trial for Van Dijk Logistiek.",
                "It runs beside what Van Dijk Logistiek has purchased.",
                "Messaging, 200 licences",
                "Meetings (1000-participant meetings, Enterprise edition, Assistant for meetings), 200 licences",
                "Calling (Cloud calling), 200 licences",
                "Devices (4 desk phones, 1 board)",
                "vandijk.webex.com",
                "1 March 2026",
                "30 April 2026",
                "30 May 2026",
                "https://proef.example/hub",
            ],
            &["Sanne Bakker van Noordzee Telecom heeft", "Berichten, 200 licenties", "Respijtperiode tot"],
        ],
    )]);
    let mut accepted = scene(MailKind::Accepted, CustomerAdministrators, Language::En);
    accepted.order.kind = MailKind::Started;
    accepted.trial.phase = Phase::Started { start: day(2026, 3, 9), end: day(2026, 5, 8) };
    let text = accepted.write().text;
    assert!(text.contains("The trial that Noordzee Telecom asked for and Van Dijk Logistiek accepted"), "{text}");
    assert!(text.contains("8 May 2026") && text.contains(PHRASE), "{text}");
}

#[test]
fn the_consent_mail_says_who_what_why_until_when_and_how_to_check_and_answer_it_x6_x19() {
    check(&[(
        MailKind::Consent,
        Asked,
        ["Noordzee Telecom asks for consent to a trial for Van Dijk", "Noordzee Telecom vraagt toestemming voor"],
        [
            &[
                "Sanne Bakker of Noordzee Telecom asks to run a trial for Van Dijk Logistiek.",
                "As discussed with Anna.",
                "We would like to show Calling.",
                "Calling (Cloud calling), 200 licences",
                "60 days from set-up",
                "Data residency region",
                "EU",
                "also asks for full administrator access",
                "not ticked beforehand",
                label::access_sentence(Language::En, AccessLevel::FullAdministrator),
                label::access_sentence(Language::En, AccessLevel::Provisioning),
                "Matching phrase",
                PHRASE,
                "31 March 2026",
                LINK,
                "sign in at https://proef.example",
                "Trial request pending",
            ],
            &[
                "Sanne Bakker van Noordzee Telecom wil een proefperiode",
                "60 dagen vanaf het instellen",
                "volledige beheerderstoegang",
                label::access_sentence(Language::Nl, AccessLevel::FullAdministrator),
                label::access_sentence(Language::Nl, AccessLevel::Provisioning),
                PHRASE,
                "31 maart 2026",
                LINK,
                "Proefperiodeverzoek in behandeling",
            ],
        ],
    )]);
}

#[test]
fn a_request_for_provisioning_access_without_words_says_so_x6() {
    let mut asked = scene(MailKind::Consent, Asked, Language::En);
    if let Some(request) = &mut asked.trial.request {
        request.asks_full_access = false;
        request.words = "  ".to_owned();
    }
    let text = asked.write().text;
    assert!(text.contains("No reason was given."), "{text}");
    assert!(text.contains("does not ask for full administrator access"), "{text}");
    assert!(!text.contains("also asks for"), "{text}");
}

#[test]
fn an_answer_is_told_to_both_sides_with_the_reason_x9() {
    check(&[
        (
            MailKind::Accepted,
            FullAdministrators,
            ["Van Dijk Logistiek has accepted the trial of Noordzee", "Van Dijk Logistiek heeft de proefperiode van"],
            [
                &["Anna Visser", "4 March 2026", "Not accepted: Devices.", "Provisioning access", "2 June 2026"],
                &["Anna Visser", "4 maart 2026", "Niet aanvaard: Apparaten.", "Inrichtingstoegang", "2 juni 2026"],
            ],
        ),
        (
            MailKind::Accepted,
            PartnerAdministrators,
            ["Van Dijk Logistiek has accepted your trial request", "Van Dijk Logistiek heeft uw verzoek"],
            [
                &["https://proef.example/set-up/", "starts when its set-up is finished"],
                &["https://proef.example/set-up/", "als het instellen is afgerond"],
            ],
        ),
        (
            MailKind::Declined,
            PartnerAdministrators,
            ["Van Dijk Logistiek has declined your trial request", "Van Dijk Logistiek heeft uw verzoek"],
            [
                &["Reason", "Other", "Not this year.", "4 March 2026", "7 days after", PHRASE],
                &["Reden", "Anders", "Not this year.", "4 maart 2026", "7 dagen na", PHRASE],
            ],
        ),
        (
            MailKind::Declined,
            FullAdministrators,
            ["Van Dijk Logistiek has declined the trial of Noordzee", "Van Dijk Logistiek heeft de proefperiode van"],
            [&["Other", "Not this year.", "gets no access"], &["Anders", "krijgt geen toegang"]],
        ),
    ]);
}

#[test]
fn accepting_takes_away_no_access_that_was_there_before_x9_x10() {
    let mut again = scene(MailKind::Accepted, FullAdministrators, Language::En);
    let had = rules::samples::organisation(rules::samples::full_draft()).partners.remove(0);
    again.organisation.partners[0].access = had.access;
    assert!(again.write().text.contains("gets this access: Full administrator access."));
}

#[test]
fn the_set_up_is_brought_to_mind_and_its_end_is_told_x18_x4() {
    check(&[
        (
            MailKind::SetUpReminder,
            CustomerAdministrators,
            ["The trial that you accepted is not set up yet", "De proefperiode die u hebt aanvaard is nog niet"],
            [&["4 March 2026", "2 June 2026", PHRASE], &["4 maart 2026", "2 juni 2026", PHRASE]],
        ),
        (
            MailKind::SetUpOver,
            PartnerAdministrators,
            ["The trial for Van Dijk Logistiek is cancelled", "De proefperiode voor Van Dijk Logistiek is geannuleerd"],
            [
                &["within 90 days", "3 June 2026", "no longer has access", "leaves your list"],
                &["binnen 90 dagen", "3 juni 2026", "geen toegang meer", "verdwijnt uit uw lijst"],
            ],
        ),
        (
            MailKind::LeftOut,
            CustomerAdministrators,
            ["Without Calling: your trial was set up", "Zonder Bellen: uw proefperiode is ingesteld"],
            [
                &["had to be left out: Calling.", "Messaging, 200 licences", "30 April 2026"],
                &["Bellen", "30 april 2026"],
            ],
        ),
    ]);
    let mut nothing = scene(MailKind::SetUpOver, CustomerAdministrators, Language::En);
    nothing.trial.phase = Phase::Cancelled { on: day(2026, 3, 10), started: false };
    let text = nothing.write().text;
    assert!(text.contains("each of its services was purchased by then, or in another trial"), "{text}");
    assert!(!text.contains("90 days"), "{text}");
}

#[test]
fn the_first_notice_names_the_true_number_of_days_and_the_date_l4_l6_l13() {
    check(&[
        (
            MailKind::EndsSoon,
            CustomerAdministrators,
            ["Your trial ends in 5 days, on 30 April 2026", "Uw proefperiode eindigt over 5 dagen, op 30 april 2026"],
            [
                &["Purchase", "https://proef.example/hub/subscriptions", "30 April 2026", "30 May 2026"],
                &["Aanschaffen", "https://proef.example/hub/subscriptions", "30 april 2026", "30 mei 2026"],
            ],
        ),
        (
            MailKind::EndsSoon,
            PartnerAdministrators,
            ["The trial for Van Dijk Logistiek ends in 5 days", "De proefperiode voor Van Dijk Logistiek eindigt"],
            [
                &["https://proef.example/customers/organisation-1", "Talk to the customer before the end."],
                &["https://proef.example/customers/organisation-1", "Spreek de klant vóór het einde."],
            ],
        ),
    ]);
    for (today, said) in [(day(2026, 4, 23), "in 7 days,"), (day(2026, 4, 29), "in 1 day,")] {
        let mut soon = scene(MailKind::EndsSoon, CustomerAdministrators, Language::En);
        soon.today = today;
        assert!(soon.write().subject.contains(said));
    }
}

#[test]
fn the_second_notice_says_until_when_and_what_is_lost_then_l5_l9() {
    check(&[
        (
            MailKind::Ended,
            CustomerAdministrators,
            ["Your trial ended on 30 April 2026", "Uw proefperiode is geëindigd op 30 april 2026"],
            [
                &[
                    "30 May 2026",
                    "Messaging, 200 licences",
                    "the access of 1 person who uses these services",
                    "the Meetings site vandijk.webex.com",
                    "29 phone numbers, released on 14 June 2026",
                    "the roles of 1 administrator",
                    "Purchase",
                ],
                &["30 mei 2026", "29 telefoonnummers, vrijgegeven op 14 juni 2026", "de rol van 1 beheerder"],
            ],
        ),
        (
            MailKind::Ended,
            PartnerAdministrators,
            ["The trial for Van Dijk Logistiek ended on 30 April 2026", "De proefperiode voor Van Dijk Logistiek is"],
            [&["converted to a paid order until then"], &["omgezet naar een betaalde bestelling"]],
        ),
    ]);
}

#[test]
fn without_the_partner_nobody_is_sent_to_purchase_h3() {
    for kind in [MailKind::EndsSoon, MailKind::Ended] {
        let mut alone = scene(kind, CustomerAdministrators, Language::En);
        let ended = EndedAccess { on: day(2026, 4, 1), removed: true };
        alone.organisation.partners[0].access = None;
        alone.organisation.partners[0].ended = Some(ended);
        let text = alone.write().text;
        assert!(text.contains("nobody can convert this trial") && !text.contains("/subscriptions"), "{text}");
    }
}

#[test]
fn users_are_told_that_they_have_no_access_any_more_l7() {
    check(&[(
        MailKind::AccessOver,
        Users,
        ["Your access to the trial of Messaging", "Uw toegang tot de proefperiode voor Berichten"],
        [
            &["30 April 2026", "30 May 2026", "You no longer have access", "belongs to no organisation any more"],
            &["30 april 2026", "30 mei 2026", "geen toegang meer", "hoort bij geen organisatie meer"],
        ],
    )]);
}

#[test]
fn what_is_less_is_named_with_what_it_was_e4_e5() {
    check(&[(
        MailKind::Reduced,
        CustomerAdministrators,
        ["Your trial was reduced", "Uw proefperiode is beperkt"],
        [
            &[
                "Sanne Bakker of Noordzee Telecom",
                "Removed: Messaging",
                "Licences: 100 in place of 200",
                "End of the trial: 15 April 2026 in place of 30 April 2026",
                "Meetings (1000-participant meetings, Enterprise edition, Assistant for meetings), 100 licences",
            ],
            &["Verwijderd: Berichten", "Licenties: 100 in plaats van 200", "15 april 2026 in plaats van 30 april 2026"],
        ],
    )]);
}

#[test]
fn devices_and_numbers_that_were_taken_out_are_told_with_their_days_e4_d8_l3() {
    let mut reduced = scene(MailKind::Cancelled, CustomerAdministrators, Language::En);
    let phase = reduced.trial.cancellation.take().map(|cancellation| cancellation.before);
    reduced.order.kind = MailKind::Reduced;
    reduced.trial.phase = phase.expect("it ran");
    reduced.trial.offer.devices = None;
    reduced.trial.offer.calling = None;
    reduced.trial.numbers_until = Some(day(2026, 4, 17));
    let text = reduced.write().text;
    assert!(text.contains("Phone numbers of Calling are released on 17 April 2026."), "{text}");
    assert!(text.contains("2 desk phones: device end 20 April 2026, back by 4 May 2026"), "{text}");
}

#[test]
fn a_moved_end_is_named_with_the_one_before_x10() {
    check(&[(
        MailKind::EndMoved,
        FullAdministrators,
        ["Your trial now ends on 30 May 2026", "Uw proefperiode eindigt nu op 30 mei 2026"],
        [
            &["Sanne Bakker of Noordzee Telecom", "Before that it was to end on 30 April 2026."],
            &["eindigen op 30 april 2026"],
        ],
    )]);
}

#[test]
fn interest_is_passed_on_with_the_person_and_the_day_c1() {
    check(&[(
        MailKind::Interest,
        PartnerAdministrators,
        ["Van Dijk Logistiek is interested in purchasing", "Van Dijk Logistiek heeft interesse in aanschaf"],
        [
            &["Anna Visser of Van Dijk Logistiek", "2 April 2026", "https://proef.example/customers/organisation-1"],
            &["Anna Visser van Van Dijk Logistiek", "2 april 2026", "https://proef.example/customers/organisation-1"],
        ],
    )]);
}

#[test]
fn the_distributor_gets_the_trials_data_c2() {
    check(&[(
        MailKind::HandedOver,
        Distributor,
        ["Noordzee Telecom hands over the trial for Van Dijk", "Noordzee Telecom draagt de proefperiode voor Van Dijk"],
        [
            &[
                SENDER,
                "organisation-1",
                "trial-1",
                "it@vandijk.example",
                "Netherlands",
                "EU",
                "Calling (Cloud calling), 200 licences",
                "29",
                "30 April 2026",
                "2 desk phones",
            ],
            &["Gegevensregio", "organisation-1", "trial-1", "30 april 2026", "2 bureautelefoons"],
        ],
    )]);
}

#[test]
fn the_contact_can_set_up_what_was_ordered_and_devices_go_back_c3_c4() {
    check(&[(
        MailKind::SetUpService,
        Contact,
        ["Set up your service: order ORD-2026-17", "Stel uw dienst in: bestelling ORD-2026-17"],
        [
            &[
                "Sanne Bakker of Noordzee Telecom",
                "Order number",
                "ORD-2026-17",
                "Messaging, 200 licences",
                "https://proef.example/set-up/trial-1",
                "go back by their own date",
                "4 May 2026",
            ],
            &["Bestelnummer", "ORD-2026-17", "https://proef.example/set-up/trial-1", "4 mei 2026"],
        ],
    )]);
}

#[test]
fn a_distributor_that_converted_is_not_taken_for_the_partner_c2() {
    let mut converted = scene(MailKind::SetUpService, Contact, Language::Nl);
    if let Some(conversion) = &mut converted.trial.conversion {
        conversion.by_partner = "groothandel".into();
    }
    let said = |scene: &super::scenes::Scene, who: &str| scene.write().text.contains(who);
    assert!(said(&converted, "door Sanne Bakker van de distributeur van Noordzee Telecom,"));
    converted.sender = None;
    assert!(said(&converted, "door de distributeur van Noordzee Telecom,"));
}

#[test]
fn a_cancelling_is_told_with_what_follows_from_it_k2() {
    check(&[
        (
            MailKind::Cancelled,
            CustomerAdministrators,
            ["The trial of Messaging, Meetings", "De proefperiode voor Berichten"],
            [
                &[
                    "2 April 2026",
                    "Sanne Bakker of Noordzee Telecom",
                    "There is no grace period.",
                    "released on 17 April 2026",
                    "2 desk phones: device end 2 April 2026, back by 16 April 2026",
                ],
                &["2 april 2026", "geen respijtperiode", "17 april 2026", "uiterlijk terug 16 april 2026"],
            ],
        ),
        (
            MailKind::Cancelled,
            Users,
            ["The trial of Messaging, Meetings", "De proefperiode voor Berichten"],
            [&["2 April 2026", "You no longer have access"], &["2 april 2026", "geen toegang meer"]],
        ),
    ]);
    let users = scene(MailKind::Cancelled, Users, Language::En).write();
    assert!(!users.text.contains("desk phones"), "a user has nothing to send back");
}
