//! What cases do again and again, by the client.

use rules::act::{Conversion, ShipmentAct};
use rules::consent::Answered;
use rules::draft::TrialDraft;
use rules::ids::{OrganisationId, TrialId};
use rules::organisation::AccessLevel;
use rules::people::{CustomerRole, Language};
use rules::service::{Duration, Service};

use super::check::{Failure, Outcome, same, there};
use super::client::Client;
use crate::endpoints;
use crate::hub::{AccessAct, AddPerson, PersonDone};
use crate::requests::{AnswerRequest, RequestDetail, RequestList};
use crate::shipments::ShipmentPreview;
use crate::trials::{ActDone, ActPreview, Order, Preview, SaveTrial, StartPreview, Started, Target, TrialAct};

type Got<A> = Result<A, Failure>;

impl Client<'_> {
    /// What saving a draft would bring.
    #[track_caller]
    pub(crate) fn preview(&self, who: &str, draft: &TrialDraft, target: &Target) -> Got<StartPreview> {
        let preview = Preview { draft_id: draft_id(draft), draft: draft.clone(), target: target.clone() };
        self.ask(&endpoints::TRIALS_PREVIEW, who, "", &preview)
    }

    /// The request that saves a draft as it was previewed.
    #[track_caller]
    pub(crate) fn to_save(&self, who: &str, draft: &TrialDraft, target: &Target) -> Got<SaveTrial> {
        let StartPreview { digest, .. } = self.preview(who, draft, target)?;
        let (draft_id, draft, target) = (draft_id(draft), draft.clone(), target.clone());
        Ok(SaveTrial { draft_id, draft, target, digest, language: Language::En })
    }

    /// Saves a draft as it was previewed; what is stored is what was shown (E6).
    #[track_caller]
    pub(crate) fn save(&self, who: &str, draft: &TrialDraft, target: &Target) -> Got<Started> {
        let shown = self.preview(who, draft, target)?;
        let save = self.to_save(who, draft, target)?;
        let started: Started = self.ask(&endpoints::TRIALS, who, "", &save)?;
        same("the plan that is stored", &started.plan, &shown.plan)?;
        Ok(started)
    }

    /// Starts the trial of a new organisation.
    #[track_caller]
    pub(crate) fn start(&self, who: &str, draft: &TrialDraft) -> Got<Started> {
        self.save(who, draft, &Target::New)
    }

    /// Adds a trial to a customer.
    #[track_caller]
    pub(crate) fn add(&self, who: &str, customer: &OrganisationId, draft: &TrialDraft) -> Got<Started> {
        self.save(who, draft, &Target::Add { customer: customer.clone() })
    }

    /// Sends a request to an organisation.
    #[track_caller]
    pub(crate) fn send_request(&self, who: &str, organisation: &OrganisationId, draft: &TrialDraft) -> Got<Started> {
        let target = Target::Ask { organisation: organisation.clone(), full_access: false, words: String::new() };
        self.save(who, draft, &target)
    }

    /// Does something with a trial as it was previewed, and checks that what happened is
    /// what was shown (E6).
    #[track_caller]
    pub(crate) fn act(&self, who: &str, trial: &TrialId, act: TrialAct) -> Got<ActDone> {
        let shown = self.preview_act(who, trial, &act)?;
        let order = Order { act, digest: shown.digest.clone() };
        let done = self.ask_from(&endpoints::ACT, who, trial.as_str(), &order, shown.version)?;
        as_shown(&shown, done)
    }

    /// What an act would bring.
    #[track_caller]
    pub(crate) fn preview_act(&self, who: &str, trial: &TrialId, act: &TrialAct) -> Got<ActPreview> {
        let order = Order { act: act.clone(), digest: String::new() };
        self.ask(&endpoints::ACT_PREVIEW, who, trial.as_str(), &order)
    }

    /// Extends a trial; a shorter end is confirmed.
    #[track_caller]
    pub(crate) fn extend(&self, who: &str, trial: &TrialId, days: Duration) -> Got<ActDone> {
        self.act(who, trial, TrialAct::Extend { days, confirmed: true })
    }

    /// Edits a trial, with every loss confirmed.
    #[track_caller]
    pub(crate) fn edit(&self, who: &str, trial: &TrialId, draft: &TrialDraft) -> Got<ActDone> {
        self.act(who, trial, TrialAct::Edit { draft: Box::new(draft.clone()), confirmed: true })
    }

    /// Converts a trial with these services; losses are confirmed.
    #[track_caller]
    pub(crate) fn convert(
        &self,
        who: &str,
        trial: &TrialId,
        number: &str,
        contact: &str,
        administrator: &str,
        services: &[Service],
    ) -> Got<ActDone> {
        self.act(who, trial, TrialAct::Convert(order(number, contact, administrator, services, true)))
    }

    /// Answers a request as it was previewed.
    #[track_caller]
    pub(crate) fn answer(&self, who: &str, trial: &TrialId, answer: Answered) -> Got<ActDone> {
        let mut asked = AnswerRequest { answer, language: Language::En, digest: String::new() };
        let shown: ActPreview = self.ask(&endpoints::ANSWER_PREVIEW, who, trial.as_str(), &asked)?;
        asked.digest.clone_from(&shown.digest);
        let done = self.ask_from(&endpoints::ANSWER, who, trial.as_str(), &asked, shown.version)?;
        as_shown(&shown, done)
    }

    /// Accepts a request with these services.
    #[track_caller]
    pub(crate) fn accept(&self, who: &str, trial: &TrialId, full_access: bool, services: &[Service]) -> Got<ActDone> {
        let services = services.iter().copied().collect();
        self.answer(who, trial, Answered::Accepted { full_access, services })
    }

    /// Finishes a set-up as it was previewed.
    #[track_caller]
    pub(crate) fn finish_set_up(&self, who: &str, trial: &TrialId) -> Got<ActDone> {
        let shown: ActPreview = self.ask(&endpoints::SET_UP_PREVIEW, who, trial.as_str(), &())?;
        let order = Order { act: (), digest: shown.digest.clone() };
        let done = self.ask_from(&endpoints::SET_UP_FINISH, who, trial.as_str(), &order, shown.version)?;
        as_shown(&shown, done)
    }

    /// Does something with a shipment as it was previewed.
    #[track_caller]
    pub(crate) fn ship(&self, who: &str, shipment: &str, act: ShipmentAct) -> Got<ShipmentPreview> {
        let shown = self.preview_ship(who, shipment, &act)?;
        let order = Order { act, digest: shown.digest.clone() };
        let done: ShipmentPreview = self.ask_from(&endpoints::SHIPMENT_ACT, who, shipment, &order, shown.version)?;
        same("what was done to the shipment", &done.consequences, &shown.consequences)?;
        Ok(done)
    }

    /// What an act on a shipment would bring.
    #[track_caller]
    pub(crate) fn preview_ship(&self, who: &str, shipment: &str, act: &ShipmentAct) -> Got<ShipmentPreview> {
        let order = Order { act: act.clone(), digest: String::new() };
        self.ask(&endpoints::SHIPMENT_PREVIEW, who, shipment, &order)
    }

    /// Changes a partner's access as it was previewed.
    #[track_caller]
    pub(crate) fn set_access(&self, who: &str, partner: &str, level: Option<AccessLevel>) -> Got<ActDone> {
        let mut order = Order { act: AccessAct { partner: partner.into(), level }, digest: String::new() };
        let shown: ActPreview = self.ask(&endpoints::HUB_PARTNERS_PREVIEW, who, "", &order)?;
        order.digest.clone_from(&shown.digest);
        let done = self.ask_from(&endpoints::HUB_PARTNERS, who, "", &order, shown.version)?;
        as_shown(&shown, done)
    }

    /// Adds a person to the own organisation.
    #[track_caller]
    pub(crate) fn add_person(&self, who: &str, email: &str, role: CustomerRole, services: &[Service]) -> Got<String> {
        let person = person(email, role, services);
        let done: PersonDone = self.ask(&endpoints::HUB_PERSON_ADD, who, "", &person)?;
        Ok(done.person.0)
    }

    /// The request that Noordzee Telecom has sent to Rederij Storm.
    #[track_caller]
    pub(crate) fn open_request(&self, who: &str) -> Got<RequestDetail> {
        let list: RequestList = self.ask(&endpoints::REQUESTS, who, "", &())?;
        there("the request to Rederij Storm", list.requests.into_iter().next())
    }
}

/// That the present terms are accepted.
pub(crate) fn accept_terms() -> TrialAct {
    TrialAct::AcceptTerms { language: Language::En, version: rules::set_up::TERMS_VERSION }
}

/// A person to be added, with a name made of the address.
pub(crate) fn person(email: &str, role: CustomerRole, services: &[Service]) -> AddPerson {
    let name = email.split('@').next().unwrap_or_default().to_owned();
    AddPerson { name, email: email.to_owned(), role, services: services.iter().copied().collect() }
}

/// The order that a trial becomes.
pub(crate) fn order(
    number: &str,
    contact: &str,
    administrator: &str,
    services: &[Service],
    confirmed: bool,
) -> Conversion {
    Conversion {
        order_number: number.to_owned(),
        contact_email: contact.to_owned(),
        administrator_email: administrator.to_owned(),
        services: services.iter().copied().collect(),
        confirmed,
    }
}

/// The id under which a draft is saved: another one for each company, choice of services,
/// licences and duration.
pub(crate) fn draft_id(draft: &TrialDraft) -> rules::ids::DraftId {
    let services: Vec<&str> = draft.services.iter().map(|service| &service.name()[..3]).collect();
    let chosen = format!("{}-{}-{}", services.concat(), draft.licences, draft.duration.days());
    let text = format!("{chosen}-{}{}", draft.company_name, draft.administrator_email);
    let id: String = text.chars().filter(|each| each.is_ascii_alphanumeric() || *each == '-').take(60).collect();
    id.as_str().into()
}

/// What was done has to be what was shown (E6).
#[track_caller]
fn as_shown(shown: &ActPreview, done: ActDone) -> Got<ActDone> {
    let compared: Outcome = same("what was done", &done.consequences, &shown.consequences);
    compared?;
    Ok(done)
}
