//! The menus of the top bar: language, theme, person.

use contract::session::Who;
use leptos::prelude::*;
use leptos::task::spawn_local;
use words::{Language, frame, label, sign_in};

use crate::failure;
use crate::navigation::navigator;
use crate::reader::{Reader, Theme, language};
use crate::route::Route;
use crate::session::{session, visit};
use crate::ui::{Face, Icon, Menu, MenuGroup, MenuItem, Shape, Toasts};

/// Chooses the language (W1). Each is named in itself, for those who read no other.
#[component]
pub fn LanguageMenu() -> impl IntoView {
    let current = language();
    let reader = expect_context::<Reader>();
    let navigator = navigator();
    let items = Language::ALL.map(|each| {
        let name = match each {
            Language::En => frame::english(current),
            Language::Nl => frame::dutch(current),
        };
        view! {
            <MenuItem
                pressed=Signal::stored(each == current)
                lang=each.tag()
                on_click=move |()| {
                    // The tree is drawn again and the focus would be lost with the old one.
                    navigator.arrive_again();
                    reader.choose_language(each);
                }
            >
                {name}
            </MenuItem>
        }
    });
    // The visible letters are part of the name, so that saying them to the device presses the button.
    let letters = current.tag().to_uppercase();
    view! {
        <Menu
            label=format!("{}: {letters}", frame::language(current))
            button=move || {
                view! {
                    <Icon shape=Shape::Globe />
                    <span class="top-bar-word" aria-hidden="true">
                        {letters.clone()}
                    </span>
                }
                .into_any()
            }
        >
            <MenuGroup label=frame::language(current)>{items.collect_view()}</MenuGroup>
        </Menu>
    }
}

/// Chooses light or dark (G4).
#[component]
pub fn ThemeMenu() -> impl IntoView {
    let language = language();
    let reader = expect_context::<Reader>();
    let theme = reader.theme();
    let items = Theme::ALL.map(|each| {
        let name = match each {
            Theme::System => frame::theme_system(language),
            Theme::Light => frame::theme_light(language),
            Theme::Dark => frame::theme_dark(language),
        };
        view! {
            <MenuItem
                pressed=Signal::derive(move || theme.get() == each)
                on_click=move |()| reader.choose_theme(each)
            >
                {name}
            </MenuItem>
        }
    });
    view! {
        <Menu label=frame::theme(language) button=move || view! { <Icon shape=Shape::Moon /> }.into_any()>
            <MenuGroup label=frame::theme(language)>{items.collect_view()}</MenuGroup>
        </Menu>
    }
}

/// Says who one is, and signs out.
#[component]
pub fn PersonMenu(
    /// Who is signed in.
    who: Who,
) -> impl IntoView {
    let language = language();
    let person = who.person;
    let name = person.name.clone();
    let role = label::person_role(language, &person.role);
    // A demonstration is of this browser alone.
    let at_server = session().personas.is_none();
    view! {
        <Menu
            label=frame::person_menu(language, &person.name, role)
            button=move || view! { <Face name=name.clone() named=true /> }.into_any()
        >
            <div class="menu-group">
                <div class="menu-head person">
                    <span class="aside muted">{frame::signed_in_as(language)}</span>
                    <b>
                        <bdi>{person.name}</bdi>
                    </b>
                    <span>{role}</span>
                    <span class="muted">
                        <bdi>{who.organisation}</bdi>
                    </span>
                    <span class="muted">{person.email}</span>
                </div>
            </div>
            <div class="menu-group">
                <SignOut everywhere=false />
                {at_server.then(|| view! { <SignOut everywhere=true /> })}
            </div>
        </Menu>
    }
}

#[component]
fn SignOut(everywhere: bool) -> impl IntoView {
    let language = language();
    let (visit, navigator) = (visit(), navigator());
    let toasts = expect_context::<Toasts>();
    let sign_out = move |()| {
        spawn_local(async move {
            match visit.sign_out(everywhere).await {
                Ok(()) => {
                    // Where one was is of no use to whoever signs in next.
                    navigator.go(Route::sign_in());
                    toasts.good(sign_in::signed_out(language));
                }
                Err(failure) => toasts.bad(failure::failed(language, &failure)),
            }
        });
    };
    let name = if everywhere { frame::sign_out_everywhere(language) } else { frame::sign_out(language) };
    view! { <MenuItem on_click=sign_out>{name}</MenuItem> }
}
