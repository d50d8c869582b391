//! A complete situation for each kind of mail.

use crate::Language;
use crate::letter::{Letter, Written, write};
use rules::change::{MailKey, MailOrder};
use rules::clock::Day;
use rules::consent::{Answer, Answered, DeclineReason, Recipient, Request, Sending};
use rules::device::{DeviceRequest, DeviceType, Returned, ShipmentState};
use rules::notice::{MailKind, Recipients};
use rules::offer::Offer;
use rules::organisation::{Organisation, Purchase};
use rules::people::Partner;
use rules::samples::{self, day};
use rules::service::Service;
use rules::trial::{Cancellation, Conversion, HandOver, Interest, Phase, Provisioning, Trial};

/// The console's origin in these tests.
pub(super) const ADDRESS: &str = "https://proef.example";
/// A recipient's own link.
pub(super) const LINK: &str = "https://proef.example/request#c2VjcmV0";
/// The trials mailbox.
pub(super) const MAILBOX: &str = "trials@vendor.example";
/// The matching phrase of the request.
pub(super) const PHRASE: &str = "kayak tulip zebra";
/// The partner's own words.
pub(super) const WORDS: &str = "As discussed with Anna.\nWe would like to show Calling.";
/// A sales administrator of the partner.
pub(super) const SENDER: &str = "Sanne Bakker";

/// All that a letter is written from, owned.
pub(super) struct Scene {
    pub(super) order: MailOrder,
    pub(super) organisation: Organisation,
    pub(super) trial: Trial,
    pub(super) before: Option<Trial>,
    pub(super) partner: Partner,
    pub(super) sender: Option<String>,
    pub(super) reason: Option<String>,
    pub(super) today: Day,
    pub(super) mailbox: String,
}

impl Scene {
    pub(super) fn write(&self) -> Written {
        write(&Letter {
            order: &self.order,
            organisation: &self.organisation,
            trial: &self.trial,
            before: self.before.as_ref(),
            partner: &self.partner,
            sender: self.sender.as_deref(),
            reason: self.reason.as_deref(),
            address: ADDRESS,
            link: (self.order.kind == MailKind::Consent).then_some(LINK),
            today: self.today,
            site_domain: "webex.com",
            mailbox: &self.mailbox,
        })
    }

    pub(super) fn shipment(&mut self) -> &mut rules::device::Shipment {
        &mut self.trial.shipments[0]
    }
}

/// The situation in which a kind of mail is written: the trial of everything, 60 days from 1 March
/// 2026, for Van Dijk Logistiek in the Netherlands, by Noordzee Telecom.
pub(super) fn scene(kind: MailKind, group: Recipients, language: Language) -> Scene {
    let mut organisation = samples::organisation(samples::full_draft());
    organisation.people[0].name = "Anna Visser".to_owned();
    organisation.people[0].services = [Service::Messaging].into();
    let trial = organisation.trials[0].clone();
    let order = MailOrder {
        kind,
        key: MailKey::Act,
        group,
        email: "it@vandijk.example".to_owned(),
        person: None,
        language,
        device: None,
        held_until: None,
    };
    let mut scene = Scene {
        order,
        organisation,
        trial,
        before: None,
        partner: samples::partner(),
        sender: Some(SENDER.to_owned()),
        reason: None,
        today: day(2026, 3, 1),
        mailbox: MAILBOX.to_owned(),
    };
    happen(&mut scene, kind);
    scene.organisation.trials[0] = scene.trial.clone();
    scene
}

fn happen(scene: &mut Scene, kind: MailKind) {
    let (start, end) = (day(2026, 3, 1), day(2026, 4, 30));
    match kind {
        MailKind::Welcome => {
            scene.trial.provisioning[0].state = Provisioning::Done(samples::now());
            scene.trial.provisioning[1].state = Provisioning::Failed { attempts: 3, retry_at: samples::now() };
        }
        MailKind::Started => {
            let since = day(2025, 1, 1);
            scene.organisation.purchased.push(Purchase {
                service: Service::Messaging,
                licences: Some(5),
                since,
                trial: None,
            });
        }
        MailKind::Consent => asked(scene, None),
        MailKind::Accepted | MailKind::SetUpReminder => accepted(scene),
        MailKind::Declined => asked(scene, Some((DeclineReason::Other, "Not this year.", day(2026, 3, 4)))),
        MailKind::LeftOut => {
            accepted(scene);
            scene.trial.offer.calling = None;
            scene.trial.phase = Phase::Started { start, end };
        }
        MailKind::SetUpOver => {
            accepted(scene);
            let on = day(2026, 6, 3);
            scene.trial.cancellation = Some(Cancellation { by: None, at: on.begin(), before: scene.trial.phase });
            scene.trial.phase = Phase::Cancelled { on, started: false };
            scene.organisation.partners[0].access = None;
            scene.today = on;
        }
        MailKind::EndsSoon => scene.today = day(2026, 4, 25),
        MailKind::Ended => scene.today = end,
        MailKind::AccessOver => {
            scene.today = day(2026, 5, 30);
            scene.organisation.closed = Some(scene.today);
        }
        MailKind::Reduced => {
            scene.before = Some(scene.trial.clone());
            scene.trial.offer.messaging = false;
            scene.trial.offer.licences = Some(100);
            scene.trial.phase = Phase::Started { start, end: day(2026, 4, 15) };
        }
        MailKind::EndMoved => {
            scene.before = Some(scene.trial.clone());
            scene.trial.phase = Phase::Started { start, end: day(2026, 5, 30) };
            scene.today = day(2026, 4, 30);
        }
        MailKind::Interest => {
            let on = day(2026, 4, 2);
            scene.trial.interest = Some(Interest { by: "person-1".into(), on, answered: false });
            scene.today = on;
        }
        MailKind::HandedOver => {
            let on = day(2026, 4, 2);
            scene.trial.handed_over = Some(HandOver { to: "groothandel".into(), by: "person-2".into(), on });
        }
        MailKind::SetUpService => {
            sent(scene);
            scene.trial.phase = Phase::Converted { on: day(2026, 4, 2) };
            scene.trial.conversion = Some(Conversion {
                order_number: "ORD-2026-17".to_owned(),
                contact_email: scene.order.email.clone(),
                by: "person-2".into(),
                by_partner: scene.partner.id.clone(),
                services: [Service::Messaging, Service::Calling].into(),
            });
        }
        MailKind::Cancelled => {
            sent(scene);
            let on = day(2026, 4, 2);
            let by = Some("person-2".into());
            scene.trial.cancellation = Some(Cancellation { by, at: on.begin(), before: scene.trial.phase });
            scene.trial.phase = Phase::Cancelled { on, started: true };
            scene.today = on;
        }
        MailKind::LicenceAgreement | MailKind::DeviceExtensionClosed => sent(scene),
        MailKind::DeviceExtension => {
            sent(scene);
            let (reason, on) = ("The test runs longer.".to_owned(), day(2026, 4, 2));
            scene.shipment().extension = Some(DeviceRequest { days: 20, reason, by: "person-2".into(), on });
        }
        MailKind::DeviceExtensionDecided => {
            sent(scene);
            scene.before = Some(scene.trial.clone());
            scene.reason = Some("There are enough of them.".to_owned());
            scene.shipment().end = day(2026, 5, 20);
        }
        MailKind::ReturnOverdue => {
            sent(scene);
            scene.shipment().state = ShipmentState::ReturnedInPart;
            let serial = "SN-001".to_owned();
            scene.shipment().returned.push(Returned { serial, at: samples::now() });
            scene.today = day(2026, 5, 22);
        }
    }
}

/// The trial is a request of 1 March, answered or not.
fn asked(scene: &mut Scene, declined: Option<(DeclineReason, &str, Day)>) {
    let now = samples::now();
    let offer: Offer = scene.trial.offer.clone();
    let answer = declined.map(|(reason, note, on)| Answer {
        by: "person-1".into(),
        by_name: "Anna Visser".to_owned(),
        at: on.begin(),
        language: Language::Nl,
        what: Answered::Declined { reason, note: note.to_owned() },
    });
    scene.organisation.partners[0].access = None;
    scene.trial.started = None;
    scene.trial.phase = match declined {
        Some((_, _, on)) => Phase::Declined { on },
        None => Phase::Pending { answer_by: day(2026, 3, 31) },
    };
    let recipients = vec![Recipient { email: scene.order.email.clone(), opened: None }];
    scene.trial.request = Some(Request {
        by: "person-2".into(),
        by_name: SENDER.to_owned(),
        typed_company: "Van Dijk".to_owned(),
        typed_email: scene.order.email.clone(),
        asked: offer,
        asks_full_access: true,
        words: WORDS.to_owned(),
        phrase: PHRASE.to_owned(),
        attestation: samples::attestation(),
        sendings: vec![Sending { at: now, by: "person-2".into(), recipients }],
        answer,
    });
}

/// The request was accepted on 4 March, without Devices, for provisioning access.
fn accepted(scene: &mut Scene) {
    asked(scene, None);
    let on = day(2026, 3, 4);
    let services = [Service::Messaging, Service::Meetings, Service::Calling].into();
    scene.trial.offer = scene.trial.offer.only(&services);
    scene.trial.phase = Phase::Awaiting { since: on };
    if let Some(request) = &mut scene.trial.request {
        request.answer = Some(Answer {
            by: "person-1".into(),
            by_name: "Anna Visser".to_owned(),
            at: on.begin(),
            language: Language::Nl,
            what: Answered::Accepted { full_access: false, services },
        });
    }
}

/// Two desk phones were sent, with an end of their own.
fn sent(scene: &mut Scene) {
    scene.order.device = Some(DeviceType::DeskPhone);
    let shipment = scene.shipment();
    shipment.state = ShipmentState::Sent;
    shipment.serials = vec!["SN-001".to_owned(), "SN-002".to_owned()];
    shipment.demo_order_number = Some("DEMO-77".to_owned());
    shipment.end = day(2026, 4, 20);
}
