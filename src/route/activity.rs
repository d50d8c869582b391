//! The addresses of *Activity*: the journal, the ledger of mails, and the rehearsal, each with what
//! is asked of it (L8, L10, L14).

use contract::endpoints::encode;
use rules::change::Deed;
use rules::ids::OrganisationId;
use rules::notice::MailState;

use super::{Route, part};

/// A part of *Activity* with what is asked of it, as the address says it: the parts themselves
/// understand it, so that the first part of the program need not know every deed by name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Activity {
    /// The part.
    pub part: ActivityPart,
    /// What is asked; empty as it opens.
    pub asked: String,
}

/// A part of *Activity*.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ActivityPart {
    /// What was done (L10).
    Journal,
    /// What was mailed (L8).
    Mails,
    /// One mail as it was written (L8).
    Mail(String),
    /// What time will bring (L14).
    Rehearsal,
}

/// Which entries of the journal are asked for; as it stands by default, all.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct JournalFilter {
    /// Of which customer.
    pub customer: Option<OrganisationId>,
    /// Where what was done.
    pub deed: Option<Deed>,
}

/// Which mails are asked for; as it stands by default, all.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MailsFilter {
    /// About which customer.
    pub customer: Option<OrganisationId>,
    /// That stand how.
    pub state: Option<MailState>,
}

/// What is rehearsed; without a number of days nothing is yet.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rehearsing {
    /// With which customers; none means all.
    pub customers: Vec<OrganisationId>,
    /// For how many days.
    pub days: Option<u32>,
}

/// The first name of every address here.
pub(super) const ACTIVITY: &str = "activity";
const MAILS: &str = "mails";
const REHEARSAL: &str = "rehearsal";
const CUSTOMER: &str = "customer";
const DEED: &str = "deed";
const STATE: &str = "state";
const DAYS: &str = "days";

impl Activity {
    pub(super) fn parse(segments: &[&str], search: &str) -> Option<Activity> {
        let (part, asked) = match segments {
            [] => (ActivityPart::Journal, search),
            [MAILS] => (ActivityPart::Mails, search),
            [MAILS, id @ ..] => (ActivityPart::Mail(dotted_id(id)?), ""),
            [REHEARSAL] => (ActivityPart::Rehearsal, search),
            _ => return None,
        };
        Some(Activity { part, asked: asked.to_owned() })
    }

    pub(super) fn path(&self) -> String {
        let place = match &self.part {
            ActivityPart::Journal => String::new(),
            ActivityPart::Mails => format!("/{MAILS}"),
            ActivityPart::Mail(id) => format!("/{MAILS}/{}", dotted_place(id)),
            ActivityPart::Rehearsal => format!("/{REHEARSAL}"),
        };
        let mark = if self.asked.is_empty() { "" } else { "?" };
        format!("/{ACTIVITY}{place}{mark}{}", self.asked)
    }

    /// The part without what may change while it is open: what is asked of it.
    pub(super) fn page(&self) -> Activity {
        self.part.clone().whole()
    }
}

impl ActivityPart {
    /// The part as it opens.
    pub fn whole(self) -> Activity {
        Activity { part: self, asked: String::new() }
    }

    fn asked(self, parts: &[(&str, String)]) -> Route {
        let told = parts.iter().filter(|(_, value)| !value.is_empty());
        let told: Vec<String> = told.map(|(name, value)| format!("{name}={}", encode(value))).collect();
        Route::Activity(Activity { part: self, asked: told.join("&") })
    }
}

/// The place of a thing below its list whose id has a dot, such as a mail: an address whose last name has one is
/// a file for whoever hosts the console; so what stands before and behind the dot are names of their own.
pub(super) fn dotted_place(id: &str) -> String {
    match id.split_once('.') {
        Some((organisation, key)) => format!("{}/{}", encode(organisation), encode(key)),
        None => encode(id),
    }
}

/// The id of the thing at a place.
pub(super) fn dotted_id(place: &[&str]) -> Option<String> {
    match place {
        [id] => Some((*id).to_owned()),
        [organisation, key] => Some([*organisation, *key].join(".")),
        _ => None,
    }
}

fn told(asked: &str, name: &str) -> Option<String> {
    part(asked, name).filter(|text| !text.is_empty())
}

fn id_of(customer: &Option<OrganisationId>) -> String {
    customer.as_ref().map(|id| id.0.clone()).unwrap_or_default()
}

impl JournalFilter {
    /// What an address asks for; what it says and nothing understands is left out.
    pub fn read(asked: &str) -> JournalFilter {
        let deed = told(asked, DEED).and_then(|name| Deed::from_name(&name));
        JournalFilter { customer: told(asked, CUSTOMER).map(OrganisationId), deed }
    }

    /// The address that asks for it.
    pub fn route(&self) -> Route {
        let deed = self.deed.map(|deed| deed.name().to_owned()).unwrap_or_default();
        ActivityPart::Journal.asked(&[(CUSTOMER, id_of(&self.customer)), (DEED, deed)])
    }
}

impl MailsFilter {
    /// What an address asks for; what it says and nothing understands is left out.
    pub fn read(asked: &str) -> MailsFilter {
        let state = told(asked, STATE).and_then(|name| MailState::from_name(&name));
        MailsFilter { customer: told(asked, CUSTOMER).map(OrganisationId), state }
    }

    /// The address that asks for it.
    pub fn route(&self) -> Route {
        let state = self.state.map(|state| state.name().to_owned()).unwrap_or_default();
        ActivityPart::Mails.asked(&[(CUSTOMER, id_of(&self.customer)), (STATE, state)])
    }
}

impl Rehearsing {
    /// What an address asks for; what it says and nothing understands is left out.
    pub fn read(asked: &str) -> Rehearsing {
        let customers = told(asked, CUSTOMER).unwrap_or_default();
        let customers = customers.split(',').filter(|id| !id.is_empty()).map(OrganisationId::from).collect();
        Rehearsing { customers, days: told(asked, DAYS).and_then(|days| days.parse().ok()) }
    }

    /// The address that asks for it.
    pub fn route(&self) -> Route {
        let customers: Vec<&str> = self.customers.iter().map(OrganisationId::as_str).collect();
        let days = self.days.map(|days| days.to_string()).unwrap_or_default();
        ActivityPart::Rehearsal.asked(&[(CUSTOMER, customers.join(",")), (DAYS, days)])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What the page at an address is asked.
    fn asked(address: &str) -> String {
        match Route::parse_address(address) {
            Route::Activity(activity) => activity.asked,
            other => panic!("{address} is {other:?}"),
        }
    }

    #[test]
    fn every_address_of_activity_is_read_back_as_the_same_page_q3_l8_l10_l14() {
        let journal =
            |customer: Option<&str>, deed| JournalFilter { customer: customer.map(OrganisationId::from), deed };
        for (filter, address) in [
            (journal(None, None), "/activity"),
            (journal(Some("o/1"), None), "/activity?customer=o%2F1"),
            (journal(Some("o1"), Some(Deed::Extended)), "/activity?customer=o1&deed=extended"),
        ] {
            assert_eq!(filter.route().path(), address);
            assert_eq!(Route::parse_address(address), filter.route(), "{address}");
            assert_eq!(JournalFilter::read(&asked(address)), filter);
        }
        let failed = MailsFilter { customer: Some("o1".into()), state: Some(MailState::Failed) };
        for (filter, address) in
            [(MailsFilter::default(), "/activity/mails"), (failed, "/activity/mails?customer=o1&state=failed")]
        {
            assert_eq!(filter.route().path(), address);
            assert_eq!(MailsFilter::read(&asked(address)), filter);
        }
        let rehearsing = |customers: &[&str], days| {
            let customers = customers.iter().map(|id| OrganisationId::from(*id)).collect();
            Rehearsing { customers, days }
        };
        for (wish, address) in [
            (rehearsing(&[], None), "/activity/rehearsal"),
            (rehearsing(&["a", "b"], None), "/activity/rehearsal?customer=a%2Cb"),
            (rehearsing(&[], Some(30)), "/activity/rehearsal?days=30"),
        ] {
            assert_eq!(wish.route().path(), address);
            assert_eq!(Rehearsing::read(&asked(address)), wish);
        }
        let mail = Route::Activity(ActivityPart::Mail("o1.ab/1".to_owned()).whole());
        assert_eq!(mail.path(), "/activity/mails/o1/ab%2F1", "no dot, which would be a file");
        assert_eq!(Route::parse_address(&mail.path()), mail);
    }

    #[test]
    fn what_an_address_says_and_nothing_understands_is_left_out_q3() {
        let journal = |asked| JournalFilter::read(asked).route().path();
        assert_eq!(journal("deed=nonsense&customer="), "/activity");
        assert_eq!(MailsFilter::read("state=lost&deed=extended").route().path(), "/activity/mails");
        assert_eq!(Rehearsing::read("days=1.5&customer=,,").route().path(), "/activity/rehearsal");
        assert_eq!(Route::parse_address("/activity/mails/a/b/c"), Route::NotFound);
        assert_eq!(Route::parse_address("/activity/nowhere"), Route::NotFound);
    }
}
