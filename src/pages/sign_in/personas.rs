//! The people of a demonstration: who one wants to be (G6).

use contract::session::Persona;
use leptos::prelude::*;
use leptos::task::spawn_local;
use rules::ids::PersonId;
use rules::people::{Partner, Role, Tier};
use words::{Language, label, sign_in};

use crate::failure;
use crate::heading::PageHeading;
use crate::navigation::navigator;
use crate::reader::language;
use crate::route::Route;
use crate::session::visit;
use crate::ui::{EmptyState, Face, Shape, Toasts, fresh_id};

/// Offers every persona, by organisation.
#[component]
pub fn Personas(
    /// The people.
    personas: Vec<Persona>,
) -> impl IntoView {
    let language = language();
    let title = Signal::stored(sign_in::title(language).to_owned());
    // The person whose sign-in is under way, so that a second click starts no other.
    let chosen = RwSignal::new(None::<PersonId>);
    let groups = by_organisation(&personas);
    let content = if groups.is_empty() {
        view! { <EmptyState title=sign_in::title(language) text=sign_in::nobody(language) shape=Shape::People /> }
            .into_any()
    } else {
        let groups = groups.into_iter().map(|group| {
            let about = match group.is_trials_team() {
                true => Some(sign_in::trials_team(language).to_owned()),
                false => about(language, &personas, group.partner.as_ref()),
            };
            view! { <Organisation group=group about=about chosen=chosen /> }
        });
        groups.collect_view().into_any()
    };
    view! {
        <div class="sign-in">
            <PageHeading title=title />
            <p class="muted sign-in-explanation">{sign_in::explanation(language)}</p>
            {content}
        </div>
    }
}

/// The people of one organisation.
#[derive(Clone, Debug)]
struct Group {
    /// The organisation's name.
    name: String,
    /// The partner, where it is one.
    partner: Option<Partner>,
    /// Its people.
    people: Vec<Persona>,
}

impl Group {
    fn is_trials_team(&self) -> bool {
        self.people.iter().any(|persona| persona.person.role == Role::TrialsTeam)
    }
}

#[component]
fn Organisation(group: Group, about: Option<String>, chosen: RwSignal<Option<PersonId>>) -> impl IntoView {
    let language = language();
    // The vendor's staff are of no organisation that a persona names.
    let name = match group.is_trials_team() {
        true => sign_in::role_trials_team(language).to_owned(),
        false => group.name,
    };
    let Group { partner, people, .. } = group;
    let uncertified = partner
        .is_some_and(|partner| !partner.certified)
        .then(|| view! { <span class="tag">{sign_in::not_certified(language)}</span> });
    let id = fresh_id("people");
    let people = people.into_iter().map(|persona| view! { <Choice persona=persona chosen=chosen /> });
    let title = sign_in::people_of(language, &name);
    view! {
        <section class="sign-in-group" aria-labelledby=id.clone()>
            <div class="sign-in-partner">
                <h2 id=id.clone() aria-label=title>
                    <bdi>{name}</bdi>
                </h2>
                <span class="muted aside">{about}</span>
                {uncertified}
            </div>
            <ul class="sign-in-people">{people.collect_view()}</ul>
        </section>
    }
}

/// A person as a button, whose name begins with the person's.
#[component]
fn Choice(persona: Persona, chosen: RwSignal<Option<PersonId>>) -> impl IntoView {
    let language = language();
    let (visit, navigator) = (visit(), navigator());
    let toasts = expect_context::<Toasts>();
    let person = persona.person;
    let role = label::person_role(language, &person.role);
    let can = match person.of_partner() {
        Some((_, role)) if persona.partner.is_some_and(|partner| partner.certified) => {
            label::role_sentence(language, role)
        }
        Some(_) => sign_in::can_uncertified(language),
        None => person
            .of_customer()
            .map_or(sign_in::can_trials_team(language), |(_, role)| label::customer_role_sentence(language, role)),
    };
    let id = person.id.clone();
    let busy = {
        let id = id.clone();
        move || chosen.with(|chosen| chosen.as_ref() == Some(&id)).then_some("true")
    };
    let choose = move |_| {
        if chosen.with_untracked(Option::is_some) {
            return;
        }
        chosen.set(Some(id.clone()));
        let id = id.clone();
        let then = match navigator.route().get_untracked() {
            Route::SignIn { then: Some(route), .. } => *route,
            _ => Route::customers(),
        };
        spawn_local(async move {
            match visit.sign_in(id).await {
                // Where somebody else wanted to go may be no page of this person's.
                Ok(()) if visit.side().has(&then) => navigator.go(then),
                Ok(()) => navigator.go(visit.side().home()),
                Err(failure) => toasts.bad(failure::failed(language, &failure)),
            }
            chosen.try_set(None);
        });
    };
    view! {
        <li>
            <button type="button" class="persona" aria-busy=busy on:click=choose>
                <Face name=person.name.clone() named=true />
                <span class="persona-text">
                    <bdi class="persona-name">{person.name}</bdi>
                    <span class="unseen">", "</span>
                    <span>{role}</span>
                    <span class="unseen">". "</span>
                    <span class="muted aside">{can}</span>
                </span>
            </button>
        </li>
    }
}

/// The people by organisation, in the order in which the backend tells them.
fn by_organisation(personas: &[Persona]) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    for persona in personas {
        let (name, partner) = (&persona.organisation, &persona.partner);
        match groups.iter_mut().find(|group| group.name == *name && group.partner == *partner) {
            Some(group) => group.people.push(persona.clone()),
            None => {
                let people = vec![persona.clone()];
                groups.push(Group { name: name.clone(), partner: partner.clone(), people });
            }
        }
    }
    groups
}

/// What an organisation is: a partner's tier with the distributor, where the personas tell its
/// name (P1), or a customer.
fn about(language: Language, personas: &[Persona], partner: Option<&Partner>) -> Option<String> {
    let Some(partner) = partner else { return Some(sign_in::customer(language).to_owned()) };
    Some(match &partner.tier {
        Tier::One => sign_in::tier(language, 1),
        Tier::Two { distributor } => {
            let mut partners = personas.iter().filter_map(|persona| persona.partner.as_ref());
            match partners.find(|partner| partner.id == *distributor) {
                Some(distributor) => sign_in::distributor(language, &distributor.name),
                None => sign_in::tier(language, 2),
            }
        }
    })
}
