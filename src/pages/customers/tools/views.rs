//! Saved views: opened from a menu, saved and changed in a dialog (Q3, P9).

use contract::error::ApiError;
use contract::views::Views;
use leptos::prelude::*;
use leptos::reactive::spawn_local_scoped;
use leptos::task::spawn_local;
use rules::customers::{SavedView, VIEW_NAME_MAX, VIEWS_MAX, ViewFault, check_views, same_view_name};
use rules::verdict::Verdict;
use words::{Language, label, views};

use super::Desk;
use crate::api::{self, Failure, Key};
use crate::failure::failed_in_full;
use crate::session::who;
use crate::ui::{
    Button, ButtonKind, Dialog, Icon, Menu, MenuGroup, MenuItem, Notice, RadioGroup, RadioOption, Shape, TextField,
    Toasts, Tone, move_focus,
};

/// How often a change is made anew because somebody else saved in between.
const ATTEMPTS: usize = 4;

/// The views and what is being done with them.
#[derive(Clone, Copy)]
struct Shelf {
    desk: Desk,
    told: RwSignal<Option<Result<Views, Failure>>>,
    open: RwSignal<bool>,
    busy: RwSignal<bool>,
    /// What is wrong with the name that is saved.
    wrong: RwSignal<Option<String>>,
    toasts: Toasts,
}

/// A change of a list of views, made from whatever the list is by then.
type Edit = Box<dyn Fn(&mut Vec<SavedView>)>;

impl Shelf {
    fn load(self) {
        spawn_local_scoped(async move {
            let told = api::views_list().await;
            let _ = self.told.try_set(Some(told));
        });
    }

    fn list(self, for_partner: bool) -> Vec<SavedView> {
        self.told.with(|told| match told {
            Some(Ok(views)) if for_partner => views.partner.views.clone(),
            Some(Ok(views)) => views.own.views.clone(),
            _ => Vec::new(),
        })
    }

    /// Changes a list. When another tab or person has saved in between, the change is made anew
    /// from what is there now, so that neither loses anything (G2).
    fn change(
        self,
        for_partner: bool,
        edit: Edit,
        good: String,
        wrong: RwSignal<Option<String>>,
        then: impl Fn() + 'static,
    ) {
        self.busy.set(true);
        wrong.set(None);
        spawn_local(async move {
            let outcome = self.attempt(for_partner, edit).await;
            if self.busy.try_set(false).is_some() {
                return;
            }
            match outcome {
                Ok(()) => {
                    self.toasts.good(good);
                    then();
                }
                Err(why) => drop(wrong.try_set(Some(why))),
            }
        });
    }

    async fn attempt(self, for_partner: bool, edit: Edit) -> Result<(), String> {
        let language = self.desk.language;
        let mut failure = Failure::Garbled;
        for _ in 0..ATTEMPTS {
            let known = self.told.try_get_untracked().flatten();
            let Some(Ok(known)) = known else { break };
            let list = if for_partner { known.partner } else { known.own };
            let mut after = list.views;
            edit(&mut after);
            check_views(&after).map_err(|fault| said(language, fault))?;
            match api::views_keep(for_partner, after, list.version, &Key::new()).await {
                Ok(kept) => {
                    self.told.try_update(|told| {
                        if let Some(Ok(views)) = told {
                            *(if for_partner { &mut views.partner } else { &mut views.own }) = kept;
                        }
                    });
                    return Ok(());
                }
                Err(stale @ Failure::Api(ApiError::Stale { .. })) => {
                    failure = stale;
                    let told = api::views_list().await;
                    let _ = self.told.try_set(Some(told));
                }
                Err(other) => return Err(failed_in_full(language, &other)),
            }
        }
        Err(failed_in_full(language, &failure))
    }
}

/// What is wrong with a list of views, in words.
fn said(language: Language, fault: ViewFault) -> String {
    match fault {
        ViewFault::NoName => views::no_name(language).to_owned(),
        ViewFault::LongName => views::long_name(language, VIEW_NAME_MAX),
        ViewFault::Forbidden => words::problems::forbidden_character(language).to_owned(),
        ViewFault::TwiceNamed => views::twice_named(language).to_owned(),
        ViewFault::TooMany => views::too_many(language, VIEWS_MAX),
        ViewFault::LongFilter => views::long_filter(language).to_owned(),
    }
}

/// The menu with every view, and the dialog in which they are saved and changed.
#[component]
pub(super) fn ViewsMenu(desk: Desk) -> impl IntoView {
    let language = desk.language;
    let shelf = Shelf {
        desk,
        told: RwSignal::new(None),
        open: RwSignal::new(false),
        busy: RwSignal::new(false),
        wrong: RwSignal::new(None),
        toasts: expect_context(),
    };
    shelf.load();
    let manage = move |()| {
        // Another tab or person may have saved since.
        shelf.load();
        shelf.wrong.set(None);
        shelf.open.set(true);
    };
    let partner = who().and_then(|who| who.partner).map(|partner| partner.name).unwrap_or_default();
    let group = move |for_partner: bool, name: String| {
        move || {
            let list = shelf.list(for_partner);
            (!list.is_empty()).then(|| {
                let items = list.into_iter().map(move |view| {
                    let present = {
                        let filter = view.filter.clone();
                        Signal::derive(move || {
                            desk.list.query.with(|query| contract::customers::filter_text(query) == filter)
                        })
                    };
                    view! {
                        <MenuItem pressed=present on_click=move |()| desk.open(&view.filter)>
                            <bdi>{view.name}</bdi>
                        </MenuItem>
                    }
                });
                view! { <MenuGroup label=name.clone()>{items.collect_view()}</MenuGroup> }
            })
        }
    };
    let missing = move || {
        shelf.told.with(|told| match told {
            Some(Err(failure)) => {
                Some(view! { <p class="menu-head aside muted">{failed_in_full(language, failure)}</p> })
            }
            _ => None,
        })
    };
    let own = group(false, views::own(language).to_owned());
    let partners = group(true, views::of_partner(language, &partner));
    view! {
        <div class="views-menu">
            <Menu
                label=views::menu(language)
                button=move || {
                    view! {
                        <span class="button">
                            {views::menu(language)}
                            <Icon shape=Shape::Down />
                        </span>
                    }
                        .into_any()
                }
            >
                {own}
                {partners}
                {missing}
                <div class="menu-group">
                    <MenuItem on_click=manage>{views::manage(language)}</MenuItem>
                </div>
            </Menu>
        </div>
        <ViewsDialog shelf=shelf partner=partner />
    }
}

#[component]
fn ViewsDialog(shelf: Shelf, partner: String) -> impl IntoView {
    let language = shelf.desk.language;
    let partner = StoredValue::new(partner);
    view! {
        <Dialog
            open=shelf.open
            on_close=move |()| shelf.open.set(false)
            title=Signal::stored(views::title(language).to_owned())
            close_label=words::ui::close(language)
            wide=true
        >
            <div class="stack">
                <SaveView shelf=shelf partner=partner.get_value() />
                <ViewTable shelf=shelf for_partner=false title=views::own(language).to_owned() />
                <ViewTable shelf=shelf for_partner=true title=views::of_partner(language, partner.get_value()) />
            </div>
        </Dialog>
    }
}

/// Why the reader may not change the views for the partner.
fn refused(shelf: Shelf) -> Option<String> {
    shelf.told.with(|told| match told {
        Some(Ok(Views { may_share: Verdict::Blocked(refusal), .. })) => {
            Some(label::refusal(shelf.desk.language, refusal))
        }
        _ => None,
    })
}

/// Saves the present search, filter and order under a new name.
#[component]
fn SaveView(shelf: Shelf, partner: String) -> impl IntoView {
    let language = shelf.desk.language;
    let typed = RwSignal::new(String::new());
    let for_partner = RwSignal::new(false);
    let save = move |_| {
        let name = typed.get_untracked().trim().to_owned();
        let filter = shelf.desk.list.query.with_untracked(contract::customers::filter_text);
        let good = views::saved(language, &name);
        let view = SavedView { name, filter };
        let edit: Edit = Box::new(move |list| list.push(view.clone()));
        move_focus("view-name");
        shelf.change(for_partner.get_untracked(), edit, good, shelf.wrong, move || typed.set(String::new()));
    };
    let options = vec![
        RadioOption { value: "own".to_owned(), label: views::for_me(language).to_owned(), hint: String::new() },
        RadioOption { value: "partner".to_owned(), label: views::for_all(language, partner), hint: String::new() },
    ];
    let value = Signal::derive(move || if for_partner.get() { "partner" } else { "own" }.to_owned());
    let because = Signal::derive(move || refused(shelf).filter(|_| for_partner.get()));
    view! {
        <section class="stack-tight" aria-label=views::save_present(language)>
            <h3>{views::save_present(language)}</h3>
            <TextField
                id="view-name"
                label=Signal::stored(views::name(language).to_owned())
                value=typed
                on_input=move |text: String| {
                    shelf.wrong.set(None);
                    typed.set(text);
                }
                problem=shelf.wrong
                required=true
            />
            <RadioGroup
                id="view-for"
                legend=views::for_whom(language)
                options=options
                value=value
                on_change=move |chosen: String| for_partner.set(chosen == "partner")
            />
            <div>
                <Button kind=ButtonKind::Primary busy=shelf.busy disabled_because=because on_click=save>
                    {views::save(language)}
                </Button>
            </div>
        </section>
    }
}

/// A list of views, each to open, rename, replace or delete.
#[component]
fn ViewTable(shelf: Shelf, for_partner: bool, title: String) -> impl IntoView {
    let language = shelf.desk.language;
    // The view that is being renamed or that is asked about, by name.
    let renaming = RwSignal::new(None::<String>);
    let deleting = RwSignal::new(None::<String>);
    let label = title.clone();
    let lines = move || {
        let list = shelf.list(for_partner);
        if list.is_empty() {
            return view! { <p class="muted">{views::none(language)}</p> }.into_any();
        }
        let lines = list.into_iter().map(|view| {
            view! { <ViewLine shelf=shelf for_partner=for_partner view=view renaming=renaming deleting=deleting /> }
        });
        view! { <ul class="views">{lines.collect_view()}</ul> }.into_any()
    };
    view! {
        <section class="stack-tight" aria-label=label>
            <h3>{title}</h3>
            {move || {
                refused(shelf)
                    .filter(|_| for_partner)
                    .map(|why| view! { <Notice tone=Tone::Off><p>{why}</p></Notice> })
            }}
            {lines}
        </section>
    }
}

#[component]
fn ViewLine(
    shelf: Shelf,
    for_partner: bool,
    view: SavedView,
    renaming: RwSignal<Option<String>>,
    deleting: RwSignal<Option<String>>,
) -> impl IntoView {
    let language = shelf.desk.language;
    let SavedView { name, filter } = view;
    let shown = name.clone();
    let name = StoredValue::new(name);
    let because = Signal::derive(move || refused(shelf).filter(|_| for_partner));
    let wrong = RwSignal::new(None::<String>);
    let open = move |_| {
        shelf.open.set(false);
        shelf.desk.open(&filter);
    };
    let on_this = move |edit: fn(&mut Vec<SavedView>, usize, &str), text: String| -> Edit {
        let name = name.get_value();
        Box::new(move |list| {
            if let Some(place) = list.iter().position(|each| same_view_name(&each.name, &name)) {
                edit(list, place, &text);
            }
        })
    };
    let replace = move |_| {
        let filter = shelf.desk.list.query.with_untracked(contract::customers::filter_text);
        let edit = on_this(|list, place, filter| filter.clone_into(&mut list[place].filter), filter);
        shelf.change(for_partner, edit, views::replaced(language, name.get_value()), wrong, || ());
    };
    let delete = move |_| {
        let edit = on_this(|list, place, _| drop(list.remove(place)), String::new());
        move_focus("view-name");
        shelf.change(for_partner, edit, views::deleted(language, name.get_value()), wrong, move || deleting.set(None));
    };
    let typed = RwSignal::new(shown.clone());
    let rename = move |_| {
        let text = typed.get_untracked().trim().to_owned();
        let good = views::renamed(language, &text);
        let edit = on_this(|list, place, text| text.clone_into(&mut list[place].name), text);
        shelf.change(for_partner, edit, good, wrong, move || renaming.set(None));
    };
    let is = move |which: RwSignal<Option<String>>| which.with(|which| which.as_ref() == Some(&name.get_value()));
    let id = crate::ui::fresh_id("view");
    let label = views::view(language, &shown);
    let controls = move || {
        if is(renaming) {
            return view! {
                <div class="stack-tight">
                    <TextField
                        id=id.clone()
                        label=Signal::stored(views::new_name(language).to_owned())
                        value=typed
                        on_input=move |text: String| {
                            wrong.set(None);
                            typed.set(text);
                        }
                        problem=wrong
                    />
                    <div class="side-by-side">
                        <Button busy=shelf.busy on_click=rename>{views::rename(language)}</Button>
                        <Button kind=ButtonKind::Quiet on_click=move |_| renaming.set(None)>{words::ui::cancel(language)}</Button>
                    </div>
                </div>
            }
            .into_any();
        }
        if is(deleting) {
            return view! {
                <div class="side-by-side">
                    <Button kind=ButtonKind::Danger busy=shelf.busy on_click=delete>{views::delete_yes(language)}</Button>
                    <Button on_click=move |_| deleting.set(None)>{words::ui::no(language)}</Button>
                </div>
            }
            .into_any();
        }
        let id = id.clone();
        let begin_rename = move |_| {
            wrong.set(None);
            typed.set(name.get_value());
            deleting.set(None);
            renaming.set(Some(name.get_value()));
            move_focus(id.clone());
        };
        view! {
            <div class="side-by-side">
                <Button disabled_because=because on_click=begin_rename>{views::rename(language)}</Button>
                <Button disabled_because=because busy=shelf.busy on_click=replace>{views::replace(language)}</Button>
                <Button disabled_because=because on_click=move |_| deleting.set(Some(name.get_value()))>
                    {views::delete(language)}
                </Button>
            </div>
        }
        .into_any()
    };
    view! {
        <li>
            <div class="view-line" role="group" aria-label=label>
                <button type="button" class="button button-quiet" on:click=open>
                    <bdi>{shown}</bdi>
                </button>
                {controls}
                {move || {
                    wrong
                        .get()
                        .filter(|_| !is(renaming))
                        .map(|why| view! { <Notice tone=Tone::Bad shape=Shape::Triangle announced=true><p>{why}</p></Notice> })
                }}
            </div>
        </li>
    }
}
