//! The places that mails link to: the only paths of the console that mails know.

use super::sheet::Sheet;
use crate::{mail, mail_order, terms};

/// The path of the customer's hub.
const HUB: &str = "/hub";
/// The path of the hub's subscriptions page, where Purchase stands (`L4`).
const SUBSCRIPTIONS: &str = "/hub/subscriptions";
/// The path of the hub's devices (`H6`).
const HUB_DEVICES: &str = "/hub/devices";
/// The path of a customer's page, before its id (`Q8`).
const CUSTOMERS: &str = "/customers/";
/// The path of a shipment, before its trial's id and its type (`P6`).
const SHIPMENTS: &str = "/shipments/";
/// The path of the set-up, before the trial's id (`U`).
const SET_UP: &str = "/set-up/";

impl Sheet<'_> {
    fn at(&self, path: &str) -> String {
        [self.letter.address, path].concat()
    }

    fn at_id(&self, path: &str, id: &str) -> String {
        [self.letter.address, path, &encode(id)].concat()
    }

    /// The hub for the customer's side, the customer's page for the partner's.
    pub(super) fn link_home(&mut self) {
        match self.side {
            super::Side::Customer => self.link(mail::to_hub(self.language), self.at(HUB)),
            super::Side::Partner => self.link_customer(),
            super::Side::TrialsTeam => self.link_proef(),
        }
    }

    /// The place where the customer says to be interested (`L4`, `C1`).
    pub(super) fn link_purchase(&mut self) {
        let name = mail::to_purchase(self.language, terms::purchase(self.language));
        self.link(name, self.at(SUBSCRIPTIONS));
    }

    /// The devices in the hub for the customer's side, the customer's page for the partner's.
    pub(super) fn link_devices(&mut self) {
        match self.side {
            super::Side::Customer => self.link(mail::to_hub_devices(self.language), self.at(HUB_DEVICES)),
            super::Side::Partner => self.link_customer(),
            super::Side::TrialsTeam => self.link_shipment(),
        }
    }

    /// The shipment that the mail is about, where the trials team decides (`P6`).
    fn link_shipment(&mut self) {
        let Some(device) = self.letter.order.device else { return self.link_proef() };
        let url = [&self.at_id(SHIPMENTS, self.trial().id.as_str()), "/", device.name()].concat();
        self.link(mail::to_shipment(self.language), url);
    }

    pub(super) fn link_customer(&mut self) {
        let url = self.at_id(CUSTOMERS, self.letter.organisation.id.as_str());
        self.link(mail::to_customer(self.language), url);
    }

    /// *Set up your service* (`C3`), or the partner's *Set up customer* (`U1`).
    pub(super) fn link_set_up(&mut self) {
        let url = self.at_id(SET_UP, self.trial().id.as_str());
        let name = match self.side {
            super::Side::Customer => mail_order::set_up_link(self.language),
            super::Side::Partner | super::Side::TrialsTeam => terms::set_up_customer(self.language),
        };
        self.link(name, url);
    }

    pub(super) fn link_proef(&mut self) {
        self.link(mail::to_proef(self.language), self.letter.address.to_owned());
    }
}

/// An id as a part of a path.
fn encode(id: &str) -> String {
    let mut encoded = String::with_capacity(id.len());
    for byte in id.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' => encoded.push(char::from(byte)),
            other => encoded.push_str(&format!("%{other:02X}")),
        }
    }
    encoded
}
