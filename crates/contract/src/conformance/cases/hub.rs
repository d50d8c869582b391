//! The customer's hub: people, access, settings (H, P5, P9).

use rules::consent::{Answered, DeclineReason};
use rules::organisation::AccessLevel;
use rules::people::{Assignment, CustomerRole, Language};
use rules::service::Service;
use rules::trial::{State, Status};
use rules::verdict::{Because, Remedy, RuleId};

use crate::conformance::cast::{
    ANNA, FJORD, INGRID, JOOST, KIM, LENA, MEHMET, NOORDZEE, NOORDZEES_CUSTOMER, SANNE, TOM, address, asking, draft,
    with,
};
use crate::conformance::check::{Outcome, error_of, fails, refused, require, same, there};
use crate::conformance::doing::{accept_terms, person};
use crate::conformance::{Case, Client, Failure, cases};
use crate::customers::{Assign, CustomerDetail};
use crate::endpoints;
use crate::error::ApiError;
use crate::hub::{AddPerson, ChangePerson, Hub, HubSettings, PersonDone};
use crate::trials::TrialAct;

pub(super) const CASES: &[Case] = cases![
    a_full_administrator_manages_people_and_an_administrator_does_not_h5_p5,
    an_address_of_another_organisation_cannot_be_added_and_is_not_named_u2_p8,
    the_last_full_administrator_stays_h5,
    roles_are_given_by_full_administrators_alone_h5_x10,
    a_service_without_free_licences_cannot_be_given_h5,
    who_loses_the_role_loses_the_right_at_once_p5,
    settings_are_the_organisations_own_h7,
    a_partner_with_full_access_sees_and_acts_in_the_hub_on_the_customers_behalf_q10_p8,
    access_is_reduced_raised_and_removed_with_its_preview_h3,
    removing_a_partner_lets_its_trial_run_on_without_it_h3,
    removing_a_partner_cancels_what_awaits_its_set_up_h3_l12,
    a_request_that_came_to_nothing_stands_among_the_requests_alone_h1_h4,
    who_looks_after_a_customer_is_said_by_a_sales_full_administrator_p9,
    the_terms_are_accepted_once_by_a_full_administrator_u2,
];

fn change(
    client: &Client<'_>,
    who: &str,
    id: &str,
    role: CustomerRole,
    services: &[Service],
) -> Result<PersonDone, Failure> {
    let version = client.people(SANNE)?.version;
    let change = ChangePerson { role, services: services.iter().copied().collect() };
    client.ask_from(&endpoints::HUB_PERSON_CHANGE, who, id, &change, version)
}

fn remove(client: &Client<'_>, who: &str, id: &str) -> Result<PersonDone, Failure> {
    let version = client.people(KIM)?.version;
    client.ask_from(&endpoints::HUB_PERSON_REMOVE, who, id, &(), version)
}

fn a_full_administrator_manages_people_and_an_administrator_does_not_h5_p5(client: &Client<'_>) -> Outcome {
    let id = client.add_person(SANNE, "New.Person@rederijstorm.example", CustomerRole::User, &[])?;
    let found = client.people(KIM)?.people;
    let added = there("the new person", found.iter().find(|member| member.id.as_str() == id))?;
    same("the address", added.email.as_str(), "new.person@rederijstorm.example")?;
    let twice = client.ask(
        &endpoints::HUB_PERSON_ADD,
        SANNE,
        "",
        &person("NEW.person@rederijstorm.example", CustomerRole::User, &[]),
    );
    refused(twice, RuleId::H5, Because::AlreadyThere)?;
    let typed = client.ask(&endpoints::HUB_PERSON_ADD, SANNE, "", &person("no address", CustomerRole::User, &[]));
    require(matches!(error_of(typed)?, ApiError::Invalid { .. }), || "no address is taken for one".to_owned())?;
    let nameless = AddPerson { name: " ".to_owned(), ..person("x@rederijstorm.example", CustomerRole::User, &[]) };
    refused(client.ask(&endpoints::HUB_PERSON_ADD, SANNE, "", &nameless), RuleId::H5, Because::BadText)?;
    let by_kim = client.ask(&endpoints::HUB_PERSON_ADD, KIM, "", &person("y@y.example", CustomerRole::User, &[]));
    refused(by_kim, RuleId::P5, Because::OnlyForFullAdministrators)?;
    refused(change(client, KIM, &id, CustomerRole::User, &[]), RuleId::P5, Because::OnlyForFullAdministrators)?;
    change(client, SANNE, &id, CustomerRole::Administrator, &[])?;
    remove(client, JOOST, &id)?;
    refused(remove(client, JOOST, &id), RuleId::H5, Because::NoSuchPerson)?;
    // The address is free again, also for another organisation.
    let started = client.start(ANNA, &draft("Free address"))?;
    let first = client.first_administrator(ANNA, &started.customer)?;
    client.add_person(&first, "new.person@rederijstorm.example", CustomerRole::User, &[]).map(drop)
}

fn an_address_of_another_organisation_cannot_be_added_and_is_not_named_u2_p8(client: &Client<'_>) -> Outcome {
    for email in [NOORDZEES_CUSTOMER, "Anna.de.Vries@noordzee-telecom.example", "ruth.okafor@trials.example"] {
        let added = client.ask(&endpoints::HUB_PERSON_ADD, SANNE, "", &person(email, CustomerRole::User, &[]));
        let text = format!("{added:?}");
        refused(added, RuleId::U2, Because::AddressElsewhere)?;
        require(!text.contains("Brouwerij"), || format!("it names the other organisation: {text}"))?;
    }
    Ok(())
}

fn the_last_full_administrator_stays_h5(client: &Client<'_>) -> Outcome {
    change(client, SANNE, JOOST, CustomerRole::User, &[])?;
    let list = client.people(SANNE)?;
    let place = list.people.iter().position(|member| member.id.as_str() == SANNE);
    let shown = there("her line", place.and_then(|place| list.verdicts.get(place)))?;
    for verdict in [shown.role, shown.remove] {
        let why = verdict.require().err().map(|refusal| refusal.because);
        same("what its control says", why, Some(Because::LastFullAdministrator))?;
    }
    same("her services", shown.services.is_allowed(), true)?;
    let demoted = change(client, SANNE, SANNE, CustomerRole::Administrator, &[]);
    same("what to do", refused(demoted, RuleId::H5, Because::LastFullAdministrator)?.remedy, Remedy::NameAnother)?;
    refused(remove(client, SANNE, SANNE), RuleId::H5, Because::LastFullAdministrator)?;
    change(client, SANNE, KIM, CustomerRole::FullAdministrator, &[])?;
    remove(client, KIM, SANNE)?;
    // Whoever is removed is nobody any more.
    let error = error_of(client.hub(SANNE))?;
    same("the removed person", error, ApiError::NotSignedIn)
}

fn roles_are_given_by_full_administrators_alone_h5_x10(client: &Client<'_>) -> Outcome {
    let request = client.open_request(SANNE)?;
    client.accept(SANNE, &request.id, true, &[Service::Messaging])?;
    let path = |id: &str| format!("{id}?organisation={}", request.organisation);
    let version = client.people(SANNE)?.version;
    let promote = ChangePerson { role: CustomerRole::Administrator, services: [].into() };
    let result = client.ask_from(&endpoints::HUB_PERSON_CHANGE, ANNA, &path(TOM), &promote, version);
    refused(result, RuleId::H5, Because::OnlyForFullAdministrators)?;
    let result = client.ask_from(&endpoints::HUB_PERSON_REMOVE, ANNA, &path(KIM), &(), version);
    refused(result, RuleId::H5, Because::OnlyForFullAdministrators)?;
    let _: PersonDone = client.ask_from(&endpoints::HUB_PERSON_REMOVE, ANNA, &path(TOM), &(), version)?;
    Ok(())
}

fn a_service_without_free_licences_cannot_be_given_h5(client: &Client<'_>) -> Outcome {
    let started = client.start(ANNA, &with(draft("Two licences"), &[Service::Messaging], 2))?;
    let first = client.first_administrator(ANNA, &started.customer)?;
    let add = |name: &str, services: &[Service]| {
        let person = person(&format!("{name}@two.example"), CustomerRole::User, services);
        client.ask(&endpoints::HUB_PERSON_ADD, &first, "", &person)
    };
    let one: PersonDone = add("one", &[Service::Messaging])?;
    let _: PersonDone = add("two", &[Service::Messaging])?;
    let refusal = refused(add("three", &[Service::Messaging]), RuleId::H5, Because::NoFreeLicence)?;
    same("of which", refusal.service, Some(Service::Messaging))?;
    refused(add("three", &[Service::Calling]), RuleId::H5, Because::NoFreeLicence)?;
    let change = ChangePerson { role: CustomerRole::User, services: [].into() };
    let id = one.person.as_str();
    let version = client.people(&first)?.version;
    let _: PersonDone = client.ask_from(&endpoints::HUB_PERSON_CHANGE, &first, id, &change, version)?;
    add("three", &[Service::Messaging]).map(drop)
}

fn who_loses_the_role_loses_the_right_at_once_p5(client: &Client<'_>) -> Outcome {
    let request = client.open_request(JOOST)?;
    same("before", request.may_answer.is_allowed(), true)?;
    change(client, SANNE, JOOST, CustomerRole::User, &[])?;
    let accepted = client.accept(JOOST, &request.id, false, &[Service::Messaging]);
    refused(accepted, RuleId::P5, Because::OnlyForFullAdministrators)?;
    refused(client.hub(JOOST), RuleId::P5, Because::OnlyForCustomerAdministrators).map(drop)
}

fn settings_are_the_organisations_own_h7(client: &Client<'_>) -> Outcome {
    let version = client.people(SANNE)?.version;
    let set = |who: &str, name: &str| {
        let settings = HubSettings { name: name.to_owned(), language: Language::En };
        client.ask_from(&endpoints::HUB_SETTINGS, who, "", &settings, version)
    };
    refused(set(KIM, "Kim's"), RuleId::P5, Because::OnlyForFullAdministrators)?;
    for name in ["", "  ", "two\nlines", "\u{202e}turned", &"x".repeat(101)] {
        refused(set(SANNE, name), RuleId::H7, Because::BadText)?;
    }
    let hub: Hub = set(SANNE, "  Storm Shipping  ")?;
    same("the answer", (hub.name.as_str(), hub.language), ("Storm Shipping", Language::En))?;
    let read = client.hub(KIM)?;
    same("what is read", (read.name.as_str(), read.region), ("Storm Shipping", hub.region))?;
    same("the version", (hub.version, read.version), (version + 1, version + 1))?;
    fails(set(SANNE, "Again").map(drop), ApiError::Stale { version: version + 1 })
}

fn a_partner_with_full_access_sees_and_acts_in_the_hub_on_the_customers_behalf_q10_p8(client: &Client<'_>) -> Outcome {
    let started = client.start(ANNA, &draft("Looking along"))?;
    let first = client.first_administrator(ANNA, &started.customer)?;
    client.existing(INGRID, &address("Looking along"))?;
    let typed = asking(&address("Looking along"), &[Service::Meetings], 5);
    let sent = client.send_request(INGRID, &started.customer, &typed)?;
    client.accept(&first, &sent.trial, true, &[Service::Meetings])?;
    let own = client.hub(&first)?;
    same("partners that the customer sees", own.partners.len(), 2)?;
    same("requests that the customer sees", own.requests.len(), 1)?;
    for (who, name, trial) in
        [(ANNA, "Noordzee Telecom", &started.trial), (INGRID, "Fjord Communications", &sent.trial)]
    {
        let hub = client.hub_of(who, &started.customer)?;
        let on_behalf = there("the banner", hub.on_behalf)?;
        same("whose", on_behalf.partner.as_str(), name)?;
        same("its trials", hub.trials.iter().map(|each| &each.detail.trial.id).collect::<Vec<_>>(), vec![trial])?;
        same(
            "partners that it sees",
            hub.partners.iter().map(|each| each.name.as_str()).collect::<Vec<_>>(),
            vec![name],
        )?;
        same("requests that it sees", hub.requests.len(), 0)?;
    }
    let path = format!("?organisation={}", started.customer);
    let new = person("new@looking.example", CustomerRole::User, &[]);
    let _: PersonDone = client.ask(&endpoints::HUB_PERSON_ADD, INGRID, &path, &new)?;
    let lines = client.journal(&first, "deed=person-added")?;
    let line = there("the entry", lines.first())?;
    same("on whose behalf", line.on_behalf.as_deref(), Some("Looking along"))?;
    // Lena sees the hub and changes nothing.
    client.hub_of(LENA, &started.customer)?;
    let by_lena = client.ask(&endpoints::HUB_PERSON_ADD, LENA, &path, &new);
    refused(by_lena, RuleId::P5, Because::OnlyForCustomerAdministrators).map(drop)
}

fn access_is_reduced_raised_and_removed_with_its_preview_h3(client: &Client<'_>) -> Outcome {
    let started = client.start(ANNA, &draft("Access"))?;
    let first = client.first_administrator(ANNA, &started.customer)?;
    let (full, provisioning) = (Some(AccessLevel::FullAdministrator), Some(AccessLevel::Provisioning));
    refused(client.set_access(&first, NOORDZEE, full), RuleId::H3, Because::HasThatAccess)?;
    refused(client.set_access(&first, FJORD, full), RuleId::H3, Because::NoAccess)?;
    let done = client.set_access(&first, NOORDZEE, provisioning)?;
    same("reduced", done.consequences.access, (full, provisioning))?;
    let done = client.set_access(&first, NOORDZEE, full)?;
    same("raised", done.consequences.access, (provisioning, full))?;
    let done = client.set_access(&first, NOORDZEE, None)?;
    same("removed", done.consequences.access, (full, None))?;
    let told: Vec<_> = done.consequences.of_partner.iter().map(|each| (&each.trial, each.before, each.after)).collect();
    same("what becomes of its trial", told, vec![(&started.trial, State::Running, State::Running)])?;
    refused(client.set_access(&first, NOORDZEE, None), RuleId::H3, Because::NoAccess)?;
    let hub = client.hub(&first)?;
    let partner = there("the partner's row", hub.partners.first())?;
    same("its level", (partner.level, partner.ended.is_some_and(|ended| ended.removed)), (None, true))
}

fn removing_a_partner_lets_its_trial_run_on_without_it_h3(client: &Client<'_>) -> Outcome {
    let started = client.start(ANNA, &draft("Removed"))?;
    let first = client.first_administrator(ANNA, &started.customer)?;
    client.set_access(&first, NOORDZEE, None)?;
    let extended = client.extend(ANNA, &started.trial, rules::service::Duration::Days60);
    refused(extended, RuleId::H3, Because::NoAccess)?;
    let administrator = address("Removed");
    let converted =
        client.convert(ANNA, &started.trial, "PO-H3", &administrator, &administrator, &[Service::Messaging]);
    refused(converted, RuleId::H3, Because::NoAccess)?;
    refused(client.hub_of(ANNA, &started.customer), RuleId::H3, Because::NoAccess)?;
    let hub = client.hub(&first)?;
    same("whether the partner acts", there("the trial", hub.trials.first())?.partner_acts, false)?;
    let interested = client.preview_act(&first, &started.trial, &TrialAct::SayInterested);
    refused(interested, RuleId::H3, Because::NoAccess)?;
    let cancelled = client.preview_act(&first, &started.trial, &TrialAct::Cancel)?;
    let partner = rules::notice::Recipients::PartnerAdministrators;
    let told = cancelled.consequences.added.iter().any(|mail| mail.group == partner);
    same("whether the partner is told of a cancelling", told, false)?;
    // The row stays as history, and customer administrators may do the set-up.
    let shown = client.customer(ANNA, &started.customer)?;
    let shown = &there("the trial", shown.trials.first())?.trial;
    let planned = shown.mails.iter().filter(|mail| mail.to == partner).count();
    same("mails that are planned for the partner", planned, 0)?;
    require(!shown.mails.is_empty(), || "the customer is told of nothing any more".to_owned())?;
    let inventory = client.ask(&endpoints::INVENTORY, ANNA, started.trial.as_str(), &())?;
    same("whether it is said that it can be converted", inventory.partner_acts, false)?;
    client.finish_set_up(&first, &started.trial)?;
    client.days(30)?;
    let told = client.told(ANNA, &started.trial)?;
    let notices = told.iter().filter(|(kind, to, ..)| kind.is_notice() && *to == partner).count();
    same("notices to the partner", notices, 0)?;
    let to_customer = told.iter().filter(|(kind, to, ..)| kind.is_notice() && *to != partner).count();
    same("notices to the customer", to_customer, 2)
}

fn removing_a_partner_cancels_what_awaits_its_set_up_h3_l12(client: &Client<'_>) -> Outcome {
    let request = client.open_request(SANNE)?;
    let pending = client.set_access(SANNE, NOORDZEE, None);
    same("what to do", refused(pending, RuleId::H3, Because::WrongState)?.remedy, Remedy::Decline)?;
    client.accept(SANNE, &request.id, true, &[Service::Messaging])?;
    client.set_access(SANNE, NOORDZEE, None)?;
    same("the row", client.row(ANNA, &request.organisation)?.status, Status::Cancelled)?;
    let set_up = error_of(client.finish_set_up(SANNE, &request.id))?;
    require(set_up.status() == 403, || format!("the set-up is answered with {set_up:?}"))
}

fn a_request_that_came_to_nothing_stands_among_the_requests_alone_h1_h4(client: &Client<'_>) -> Outcome {
    let request = client.open_request(SANNE)?;
    let stands = |client: &Client<'_>| -> Result<(usize, usize), Failure> {
        let hub = client.hub(SANNE)?;
        let trials = hub.trials.iter().filter(|each| each.detail.trial.id == request.id).count();
        Ok((hub.requests.iter().filter(|each| each.id == request.id).count(), trials))
    };
    same("while it waits: requests and trials", stands(client)?, (1, 0))?;
    let why = Answered::Declined { reason: DeclineReason::NotNeeded, note: String::new() };
    client.answer(SANNE, &request.id, why)?;
    same("once it was declined", stands(client)?, (1, 0))
}

fn who_looks_after_a_customer_is_said_by_a_sales_full_administrator_p9(client: &Client<'_>) -> Outcome {
    let started = client.start(ANNA, &draft("Assignment"))?;
    let id = started.customer.as_str();
    let assign = |who: &str, in_charge: Option<&str>, assigned: &[&str]| -> Result<CustomerDetail, Failure> {
        let version = client.people_of(ANNA, &started.customer)?.version;
        let assigned = assigned.iter().map(|id| (*id).into()).collect();
        let assignment = Assignment { in_charge: in_charge.map(Into::into), assigned };
        client.ask_from(&endpoints::ASSIGNMENT, who, id, &Assign { assignment }, version)
    };
    fails(client.customer(MEHMET, &started.customer), ApiError::NotFound)?;
    for stranger in [LENA, INGRID, SANNE, "nobody"] {
        refused(assign(ANNA, Some(stranger), &[]), RuleId::P9, Because::NotASalesAdministrator)?;
    }
    let detail = assign(ANNA, Some(ANNA), &[MEHMET])?;
    same("assigned", detail.assigned.iter().map(|person| person.id.as_str()).collect::<Vec<_>>(), vec![MEHMET])?;
    client.extend(MEHMET, &started.trial, rules::service::Duration::Days60)?;
    let detail = assign(ANNA, None, &[])?;
    same("in charge", detail.in_charge, None)?;
    fails(client.customer(MEHMET, &started.customer), ApiError::NotFound)?;
    let unassigned = client.customers(ANNA, "in_charge=nobody")?;
    require(unassigned.rows.iter().any(|row| row.id == started.customer), || "the filter lacks it".to_owned())?;
    assign(ANNA, Some(MEHMET), &[])?;
    let own = client.customers(ANNA, &format!("in_charge={MEHMET}"))?;
    require(own.rows.iter().any(|row| row.id == started.customer), || "the filter lacks it".to_owned())
}

fn the_terms_are_accepted_once_by_a_full_administrator_u2(client: &Client<'_>) -> Outcome {
    let request = client.open_request(SANNE)?;
    client.accept(SANNE, &request.id, true, &[Service::Messaging])?;
    for who in [ANNA, KIM] {
        let error = error_of(client.act(who, &request.id, accept_terms()))?;
        require(error.status() == 403, || format!("terms by {who}: {error:?}"))?;
    }
    // Not accepted yet does not stop the set-up.
    client.finish_set_up(KIM, &request.id)?;
    client.act(SANNE, &request.id, accept_terms())?;
    refused(client.act(JOOST, &request.id, accept_terms()), RuleId::U2, Because::TermsAccepted).map(drop)
}
