//! What mails about devices have to hold, by rule.

use super::facts::check;
use super::scenes::{MAILBOX, scene};
use crate::Language;
use rules::notice::MailKind;
use rules::notice::Recipients::{CustomerAdministrators, PartnerAdministrators, TrialsTeam};
use rules::region::{CountryCode, Returns, countries};

#[test]
fn the_licence_agreement_names_serials_number_and_both_ends_side_by_side_d6() {
    for group in [CustomerAdministrators, PartnerAdministrators] {
        check(&[(
            MailKind::LicenceAgreement,
            group,
            ["Licence agreement for", "Licentieovereenkomst voor"],
            [
                &[
                    "2 desk phones",
                    "SN-001",
                    "SN-002",
                    "Demo order number",
                    "DEMO-77",
                    "Device end",
                    "20 April 2026",
                    "Trial ends",
                    "30 April 2026",
                    "4 May 2026",
                    "Havenstraat 1",
                    ", Netherlands",
                    "Call DHL",
                    MAILBOX,
                ],
                &["2 bureautelefoons", "Demobestelnummer", "DEMO-77", "20 april 2026", "30 april 2026", "4 mei 2026"],
            ],
        )]);
    }
}

#[test]
fn a_device_extension_is_asked_decided_and_closed_d7() {
    check(&[
        (
            MailKind::DeviceExtension,
            TrialsTeam,
            ["Device extension requested: 2 desk phones", "Verzoek om apparaten langer te houden: 2 bureautelefoons"],
            [
                &[
                    "Sanne Bakker of Noordzee Telecom",
                    "20 days longer",
                    "The test runs longer.",
                    "20 April 2026",
                    "10 May 2026",
                    "29 June 2026",
                    "SN-002",
                    "/desk-phone",
                ],
                &["20 dagen langer", "10 mei 2026", "29 juni 2026"],
            ],
        ),
        (
            MailKind::DeviceExtensionDecided,
            PartnerAdministrators,
            ["Decision on the device extension: 2 desk phones", "Besluit over het langer houden van apparaten"],
            [
                &["It is approved.", "20 May 2026", "3 June 2026", "There are enough of them."],
                &["Het is goedgekeurd.", "20 mei 2026", "3 juni 2026"],
            ],
        ),
        (
            MailKind::DeviceExtensionClosed,
            PartnerAdministrators,
            ["The request for a device extension is closed", "Het verzoek om apparaten langer te houden is gesloten"],
            [&["2 desk phones", "20 April 2026"], &["2 bureautelefoons", "20 april 2026"]],
        ),
    ]);
    let mut refused = scene(MailKind::DeviceExtensionDecided, PartnerAdministrators, Language::En);
    refused.before = Some(refused.trial.clone());
    assert!(refused.write().text.contains("It is refused."));
    refused.before = None;
    let text = refused.write().text;
    assert!(!text.contains("approved") && !text.contains("refused"), "what is not known is not said: {text}");
}

#[test]
fn overdue_devices_are_named_with_the_steps_of_the_country_d8() {
    for group in [CustomerAdministrators, PartnerAdministrators] {
        check(&[(
            MailKind::ReturnOverdue,
            group,
            ["Trial devices", "Proefapparaten"],
            [
                &["4 May 2026", "18 days late", "Not back yet", "SN-002", "Call DHL", MAILBOX, "DEMO-77"],
                &["4 mei 2026", "18 dagen te laat", "Nog niet terug", "SN-002", "Bel DHL", MAILBOX],
            ],
        )]);
    }
    let ways = [
        (Returns::Ups, "Call UPS", "Request new return label"),
        (Returns::Dhl, "Call DHL", MAILBOX),
        (Returns::Expeditors, "Call Expeditors", MAILBOX),
        (Returns::Guidelines, "return guidelines", MAILBOX),
    ];
    for (way, step, other) in ways {
        let country = countries().iter().find(|country| country.returns == way).expect("a country of every way");
        let mut overdue = scene(MailKind::ReturnOverdue, CustomerAdministrators, Language::En);
        if let Some(to) = &mut overdue.trial.ship_to {
            to.country = CountryCode::new(country.code.as_str()).expect("a country");
        }
        let text = overdue.write().text;
        assert!(text.contains(step) && text.contains(other), "{way:?}: {text}");
        overdue.mailbox.clear();
        let text = overdue.write().text;
        assert!(text.contains(step) && !text.contains("mailbox"), "an empty setting is not named: {text}");
    }
}
