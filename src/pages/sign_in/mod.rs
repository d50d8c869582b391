//! The sign-in page of the demonstration: who one wants to be (G6).

use contract::session::Persona;
use leptos::prelude::*;
use leptos::task::spawn_local;
use rules::ids::PersonId;
use rules::people::{Partner, Tier};
use words::{label, sign_in};

use crate::failure;
use crate::heading::PageHeading;
use crate::navigation::navigator;
use crate::reader::language;
use crate::route::Route;
use crate::session::{session, visit};
use crate::ui::{EmptyState, Face, Shape, Toasts};

/// Offers every persona, by organisation.
#[component]
pub fn SignIn() -> impl IntoView {
    let language = language();
    let personas = session().personas.unwrap_or_default();
    let title = Signal::stored(sign_in::title(language).to_owned());
    // The person whose sign-in is under way, so that a second click starts no other.
    let chosen = RwSignal::new(None::<PersonId>);
    let groups = by_partner(&personas);
    let content = if groups.is_empty() {
        view! { <EmptyState title=sign_in::title(language) text=sign_in::nobody(language) shape=Shape::People /> }
            .into_any()
    } else {
        let groups = groups.into_iter().map(|(partner, people)| {
            let distributor = distributor(&personas, &partner);
            view! { <Organisation partner=partner distributor=distributor people=people chosen=chosen /> }
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

#[component]
fn Organisation(
    partner: Partner,
    distributor: Option<String>,
    people: Vec<Persona>,
    chosen: RwSignal<Option<PersonId>>,
) -> impl IntoView {
    let language = language();
    let tier = match (&partner.tier, distributor) {
        (Tier::Two { .. }, Some(distributor)) => sign_in::distributor(language, distributor),
        (Tier::Two { .. }, None) => sign_in::tier(language, 2),
        (Tier::One, _) => sign_in::tier(language, 1),
    };
    let uncertified =
        (!partner.certified).then(|| view! { <span class="tag">{sign_in::not_certified(language)}</span> });
    let id = format!("people-of-{}", partner.id);
    let people = people.into_iter().map(|persona| view! { <Choice persona=persona chosen=chosen /> });
    view! {
        <section class="sign-in-group" aria-labelledby=id.clone()>
            <div class="sign-in-partner">
                <h2 id=id.clone() aria-label=sign_in::people_of(language, &partner.name)>
                    <bdi>{partner.name.clone()}</bdi>
                </h2>
                <span class="muted aside">{tier}</span>
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
        _ => sign_in::can_uncertified(language),
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
            Route::SignIn { then: Some(route) } => *route,
            _ => Route::customers(),
        };
        spawn_local(async move {
            match visit.sign_in(id).await {
                Ok(()) => navigator.go(then),
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

/// The people of partners by partner, in the order in which the backend tells them.
/// The console's pages are those of partners: nobody else is offered them.
fn by_partner(personas: &[Persona]) -> Vec<(Partner, Vec<Persona>)> {
    let mut groups: Vec<(Partner, Vec<Persona>)> = Vec::new();
    for persona in personas {
        let Some(own) = &persona.partner else { continue };
        match groups.iter_mut().find(|(partner, _)| partner.id == own.id) {
            Some((_, people)) => people.push(persona.clone()),
            None => groups.push((own.clone(), vec![persona.clone()])),
        }
    }
    groups
}

/// The name of a tier 2 partner's distributor (P1), where the personas tell it.
fn distributor(personas: &[Persona], partner: &Partner) -> Option<String> {
    let Tier::Two { distributor } = &partner.tier else { return None };
    let mut partners = personas.iter().filter_map(|persona| persona.partner.as_ref());
    partners.find(|partner| partner.id == *distributor).map(|partner| partner.name.clone())
}
