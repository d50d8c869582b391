//! What cases read again and again, by the client.

use rules::clock::Day;
use rules::device::DeviceType;
use rules::ids::{OrganisationId, TrialId};
use rules::notice::{MailKind, MailState, Recipients};
use rules::trial::Status;

use super::check::{Failure, there};
use super::client::{Client, NOBODY};
use crate::customers::{CustomerDetail, CustomerLine, CustomersPage, TrialDetail};
use crate::endpoints;
use crate::hub::{Hub, PeopleList};
use crate::journal::{JournalLine, JournalPage};
use crate::mails::{MailDetail, MailLine, MailsPage};
use crate::session::Session;
use crate::shipments::ShipmentDetail;
use crate::trials::{ExistingOrganisation, LookUp, LookUpAnswer};

type Got<A> = Result<A, Failure>;

impl Client<'_> {
    /// The backend's day.
    #[track_caller]
    pub(crate) fn today(&self) -> Got<Day> {
        let session: Session = self.ask(&endpoints::SESSION, NOBODY, "", &())?;
        Ok(session.today)
    }

    #[track_caller]
    pub(crate) fn customer(&self, who: &str, id: &OrganisationId) -> Got<CustomerDetail> {
        self.ask(&endpoints::CUSTOMER, who, id.as_str(), &())
    }

    #[track_caller]
    pub(crate) fn trial(&self, who: &str, id: &TrialId) -> Got<TrialDetail> {
        self.ask(&endpoints::TRIAL, who, id.as_str(), &())
    }

    #[track_caller]
    pub(crate) fn shipment(&self, who: &str, id: &str) -> Got<ShipmentDetail> {
        self.ask(&endpoints::SHIPMENT, who, id, &())
    }

    /// The hub of the own organisation.
    #[track_caller]
    pub(crate) fn hub(&self, who: &str) -> Got<Hub> {
        self.ask(&endpoints::HUB, who, "", &())
    }

    /// The hub of a customer, for a partner.
    #[track_caller]
    pub(crate) fn hub_of(&self, who: &str, id: &OrganisationId) -> Got<Hub> {
        self.ask(&endpoints::HUB, who, &format!("?organisation={id}"), &())
    }

    /// The people of the own organisation.
    #[track_caller]
    pub(crate) fn people(&self, who: &str) -> Got<PeopleList> {
        self.ask(&endpoints::HUB_PEOPLE, who, "", &())
    }

    /// The people of a customer, for a partner.
    #[track_caller]
    pub(crate) fn people_of(&self, who: &str, id: &OrganisationId) -> Got<PeopleList> {
        self.ask(&endpoints::HUB_PEOPLE, who, &format!("?organisation={id}"), &())
    }

    /// The id of a customer's only person so far: whoever the trial was started for.
    #[track_caller]
    pub(crate) fn first_administrator(&self, who: &str, id: &OrganisationId) -> Got<String> {
        let people = self.people_of(who, id)?.people;
        Ok(there("the first administrator", people.into_iter().next())?.id.0)
    }

    /// A page of customers.
    #[track_caller]
    pub(crate) fn customers(&self, who: &str, query: &str) -> Got<CustomersPage> {
        self.ask(&endpoints::CUSTOMERS, who, &format!("?{query}"), &())
    }

    /// The first customer with a status, and its page.
    #[track_caller]
    pub(crate) fn one_with(&self, who: &str, status: Status) -> Got<CustomerDetail> {
        let page = self.customers(who, &format!("status={}", status.name()))?;
        let row = page.rows.into_iter().find(|row| row.status == status);
        self.customer(who, &there(&format!("a customer that is {}", status.name()), row)?.id)
    }

    /// The row of a customer, in whatever state it is.
    #[track_caller]
    pub(crate) fn row(&self, who: &str, id: &OrganisationId) -> Got<CustomerLine> {
        let all: Vec<&str> = Status::ALL.iter().map(|status| status.name()).collect();
        let query = format!("q={id}&status={}", all.join(","));
        let page = self.customers(who, &query)?;
        there("the row", page.rows.into_iter().find(|row| row.id == *id))
    }

    /// All mails that a query finds, all pages, the latest in front.
    #[track_caller]
    pub(crate) fn mails(&self, who: &str, query: &str) -> Got<Vec<MailLine>> {
        let page = |cursor: &str| -> Got<MailsPage> {
            let query = format!("?{query}&cursor={}", endpoints::encode(cursor));
            self.ask(&endpoints::MAILS, who, &query, &())
        };
        pages(page, |page| (page.mails, page.next))
    }

    /// All entries of the journal that a query finds, the latest in front.
    #[track_caller]
    pub(crate) fn journal(&self, who: &str, query: &str) -> Got<Vec<JournalLine>> {
        let page = |cursor: &str| -> Got<JournalPage> {
            let query = format!("?{query}&cursor={}", endpoints::encode(cursor));
            self.ask(&endpoints::JOURNAL, who, &query, &())
        };
        pages(page, |page| (page.entries, page.next))
    }

    /// The mails about a trial that did not get dropped: kind, group, day and address,
    /// the earliest in front.
    #[track_caller]
    pub(crate) fn told(&self, who: &str, trial: &TrialId) -> Got<Vec<(MailKind, Recipients, Day, String)>> {
        let mails = self.mails(who, &format!("trial={trial}"))?;
        let live = mails.into_iter().rev().filter(|mail| mail.state != MailState::Dropped);
        Ok(live.map(|mail| (mail.kind, mail.to, Day::of(mail.at), mail.addresses.join(","))).collect())
    }

    /// What an address is; an organisation that exists is wanted (X1).
    #[track_caller]
    pub(crate) fn existing(&self, who: &str, email: &str) -> Got<ExistingOrganisation> {
        match self.look_up(who, email)? {
            LookUpAnswer::Existing(existing) => Ok(*existing),
            other => Err(Failure::new(format!("{email}: wanted an existing organisation, got {other:?}"))),
        }
    }

    /// What an address is (X1).
    #[track_caller]
    pub(crate) fn look_up(&self, who: &str, email: &str) -> Got<LookUpAnswer> {
        let look_up = LookUp { administrator_email: email.to_owned() };
        self.ask(&endpoints::ORGANISATION_LOOK_UPS, who, "", &look_up)
    }

    /// The secret of the link in a consent mail, as the Mailbox of a demonstration shows it (X7).
    #[track_caller]
    pub(crate) fn secret_of(&self, who: &str, mail: &MailLine) -> Got<String> {
        let detail: MailDetail = self.ask(&endpoints::MAIL, who, &mail.id, &())?;
        let after = detail.text.split('#').skip(1);
        let mut found = after.filter_map(|rest| rest.get(..64)).filter(|secret| is_secret(secret));
        Ok(there("the link's secret", found.next())?.to_owned())
    }
}

fn is_secret(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_hexdigit())
}

/// All entries of a list that comes in pages.
#[track_caller]
pub(crate) fn pages<P, T>(
    mut page: impl FnMut(&str) -> Got<P>,
    parts: impl Fn(P) -> (Vec<T>, Option<String>),
) -> Got<Vec<T>> {
    /// More pages than any list of the demonstration has: the cursor goes round in a circle.
    const PAGES_MAX: usize = 100;
    let mut all = Vec::new();
    let mut cursor = String::new();
    for _ in 0..PAGES_MAX {
        let (entries, next) = parts(page(&cursor)?);
        all.extend(entries);
        match next {
            Some(next) => cursor = next,
            None => return Ok(all),
        }
    }
    Err(Failure::new(format!("after {PAGES_MAX} pages there is still another one")))
}

/// The id of a trial's shipment.
pub(crate) fn shipment_of(trial: &TrialId, device: DeviceType) -> String {
    format!("{trial}.{}", device.name())
}
