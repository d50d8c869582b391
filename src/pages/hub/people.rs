//! The people of the organisation: searched, added, changed, removed (H5).

use contract::hub::{Hub, LicenceLine, PeopleList};
use leptos::prelude::*;
use leptos::task::spawn_local;
use rules::act::PersonVerdicts;
use rules::ids::OrganisationId;
use rules::organisation::Member;
use rules::people::CustomerRole;
use rules::set_up::PersonDraft;
use words::{Language, frame, label, people, taking};

use super::person::{Editing, PersonDialog};
use super::removal::RemovalDialog;
use super::whose::Of;
use crate::api::{self, Failure, TakenInto};
use crate::failure::failed_in_full;
use crate::heading::PageHeading;
use crate::kept::Place;
use crate::navigation::navigator;
use crate::route::{HubPart, Route};
use crate::session::who;
use crate::taking::TakingPeople;
use crate::ui::{Button, ButtonKind, EmptyState, Notice, SearchField, Searched, Shape, Tone, move_focus};
use crate::waiting::{NotArrived, OnItsWay};

/// The id of the line that says how many there are: it takes the focus where what had it is gone.
const FOUND: &str = "people-found";
/// The id of the reason why nothing here may be changed.
const NOTE: &str = "people-note";
/// The id of the heading over adding several people.
const SEVERAL: &str = "people-several";

/// What is shown of the people.
#[derive(Clone, Debug, PartialEq)]
struct Found {
    people: Vec<(Member, PersonVerdicts)>,
    found: u32,
    next: Option<String>,
    licences: Vec<LicenceLine>,
    version: u64,
}

/// The list as it is loaded.
#[derive(Clone, Copy)]
struct List {
    of: StoredValue<Of>,
    search: Signal<String>,
    found: RwSignal<Option<Found>>,
    failure: RwSignal<Option<Failure>>,
    busy: RwSignal<bool>,
    last: StoredValue<u32>,
}

impl List {
    /// Loads from the first page on, or the page after the last one; then something takes the focus,
    /// because what had it is drawn anew.
    fn load(self, more: bool, focus: Option<String>) {
        let cursor = self.found.with_untracked(|found| found.as_ref().and_then(|found| found.next.clone()));
        let cursor = cursor.filter(|_| more);
        if more && cursor.is_none() {
            return;
        }
        self.busy.set(true);
        self.failure.set(None);
        self.last.update_value(|last| *last = last.wrapping_add(1));
        let number = self.last.get_value();
        let search = self.search.get_untracked();
        spawn_local(async move {
            let of = self.of.get_value();
            let answer = api::people_list(of.as_ref(), &search, cursor.as_deref()).await;
            if self.last.try_get_value() != Some(number) {
                return;
            }
            self.busy.set(false);
            match answer {
                Ok(page) => {
                    let first = page.people.first().map(person_id).filter(|_| more);
                    self.found.update(|found| take(found, page, more));
                    if let Some(focus) = first.or(focus) {
                        move_focus(focus);
                    }
                }
                Err(failure) => {
                    if !more {
                        self.found.set(None);
                    }
                    self.failure.set(Some(failure));
                }
            }
        });
    }
}

fn person_id(member: &Member) -> String {
    format!("person-{}", member.id)
}

/// Takes a page. Somebody who came already, because something changed between the two calls, is not
/// shown twice.
fn take(found: &mut Option<Found>, page: PeopleList, more: bool) {
    let PeopleList { people, verdicts, found: count, next, licences, version } = page;
    let mut shown = found.take().filter(|_| more).map(|found| found.people).unwrap_or_default();
    shown.retain(|(member, _)| people.iter().all(|new| new.id != member.id));
    shown.extend(people.into_iter().zip(verdicts));
    *found = Some(Found { people: shown, found: count, next, licences, version });
}

/// The page.
#[component]
pub fn People(
    /// The hub.
    hub: Hub,
    /// Whose it is.
    of: Of,
    /// The reader's language.
    language: Language,
) -> impl IntoView {
    let navigator = navigator();
    let route = navigator.route();
    let search = Memo::new(move |_| match route.get() {
        Route::HubIn(HubPart::People(search)) | Route::ViewCustomer(_, Some(HubPart::People(search))) => search,
        _ => String::new(),
    });
    let list = List {
        of: StoredValue::new(of.clone()),
        search: search.into(),
        found: RwSignal::new(None),
        failure: RwSignal::new(None),
        busy: RwSignal::new(false),
        last: StoredValue::new(0),
    };
    Effect::new(move |_| {
        search.track();
        untrack(move || list.load(false, None));
    });
    let because = label::because(language, hub.may_manage);
    let may_give_roles = hub.may_decide;
    let editing = RwSignal::new(None::<Editing>);
    let removing = RwSignal::new(None::<Member>);
    let done = Callback::new(move |focus: String| list.load(false, Some(focus)));
    let retry = Callback::new(move |()| list.load(false, None));
    let managed = because.is_none();
    let rows = move || match (list.found.get(), list.failure.get()) {
        (None, Some(failure @ Failure::Api(_))) if failure.is_final() => view! {
            <EmptyState
                title=frame::no_permission_title(language)
                text=failed_in_full(language, &failure)
                shape=Shape::People
            />
        }
        .into_any(),
        (None, Some(failure)) => view! { <NotArrived failure=failure on_retry=retry /> }.into_any(),
        (None, None) => view! { <OnItsWay label=people::loading(language) on_retry=retry /> }.into_any(),
        (Some(found), failure) => {
            let failed = failure.map(|failure| {
                view! {
                    <Notice tone=Tone::Bad shape=Shape::Triangle announced=true>
                        {failed_in_full(language, &failure)}
                    </Notice>
                }
            });
            view! {
                <Rows found=found list=list managed=managed editing=editing removing=removing language=language />
                {failed}
            }
            .into_any()
        }
    };
    // Where the people themselves are not shown, the reason for that stands there instead.
    let shown = move || list.found.with(Option::is_some);
    let reason = StoredValue::new(because.clone());
    let note = move || {
        reason.get_value().filter(|_| shown()).map(|because| {
            view! {
                <Notice tone=Tone::Wait>
                    <p id=NOTE>{because}</p>
                </Notice>
            }
        })
    };
    let (licences, version) = (
        Signal::derive(move || {
            list.found.with(|found| found.as_ref().map(|found| found.licences.clone())).unwrap_or_default()
        }),
        Signal::derive(move || list.found.with(|found| found.as_ref().map(|found| found.version)).unwrap_or_default()),
    );
    let add = move |_| editing.set(Some(Editing::Add));
    // Who is typed and not added yet is there again.
    let adding = RwSignal::new(!typed(&place(of.as_ref())).is_empty());
    let several = move |_| {
        adding.update(|adding| *adding = !*adding);
        move_focus(if adding.get_untracked() { SEVERAL } else { FOUND });
    };
    let of_several = of.clone();
    view! {
        <div class="page-head">
            <PageHeading title=people::title(language).to_owned() />
            <div class="page-actions">
                <Button disabled_because=Signal::stored(because.clone()) on_click=several>
                    {people::add_several(language)}
                </Button>
                <Button kind=ButtonKind::Primary disabled_because=Signal::stored(because) on_click=add>
                    {people::add(language)}
                </Button>
            </div>
        </div>
        <div class="stack hub">
            <p class="muted">{people::text(language, &hub.name)}</p>
            {note}
            {move || adding.get().then(|| view! { <Several of=of_several.clone() licences=licences list=list language=language /> })}
            <SearchPeople of=of.clone() search=search.into() language=language />
            {rows}
        </div>
        <PersonDialog
            of=of.clone()
            editing=editing
            may_give_roles=may_give_roles
            licences=licences
            version=version
            done=done
            language=language
        />
        <RemovalDialog of=of removing=removing version=version done=done language=language />
    }
}

/// Where rows of people that are typed are kept, so that they outlive a reload (G3).
fn place(customer: Option<&OrganisationId>) -> Place {
    Place::of(&match customer {
        Some(customer) => format!("people typed for {customer}"),
        None => "people typed".to_owned(),
    })
}

fn typed(place: &Place) -> Vec<PersonDraft> {
    place.kept().unwrap_or_default()
}

/// Several people at once, by hand or from a file (H5).
#[component]
fn Several(of: Of, licences: Signal<Vec<LicenceLine>>, list: List, language: Language) -> impl IntoView {
    let place = StoredValue::new(place(of.as_ref()));
    let rows = RwSignal::new(place.with_value(typed));
    let put = move |typed: Vec<PersonDraft>| {
        place.with_value(|place| match typed.iter().all(PersonDraft::is_blank) {
            true => place.forget(),
            false => place.keep(&typed),
        });
        rows.set(typed);
    };
    let given = Signal::derive(move || {
        licences.with(|lines| lines.iter().filter(|line| line.total > 0).map(|line| line.service).collect::<Vec<_>>())
    });
    view! {
        <section class="panel card stack" aria-labelledby=SEVERAL>
            <h2 id=SEVERAL tabindex="-1">{taking::title(language)}</h2>
            <TakingPeople
                into=TakenInto::Hub(of)
                rows=rows
                on_rows=put
                services=given
                licences=licences
                on_taken=move |()| list.load(false, None)
                language=language
            />
        </section>
    }
}

/// The field to search with; the text stands in the address.
#[component]
fn SearchPeople(of: Of, search: Signal<String>, language: Language) -> impl IntoView {
    let navigator = navigator();
    let search_for = move |Searched { text, typed_on }| {
        let part = HubPart::People(text);
        let route = match &of {
            Some(customer) => Route::ViewCustomer(customer.clone(), Some(part)),
            None => Route::HubIn(part),
        };
        if typed_on { navigator.go_instead(route) } else { navigator.go(route) }
    };
    view! {
        <SearchField
            text=search
            on_search=search_for
            label=people::search(language)
            placeholder=people::search(language)
            class="people-search"
        />
    }
}

#[component]
fn Rows(
    found: Found,
    list: List,
    managed: bool,
    editing: RwSignal<Option<Editing>>,
    removing: RwSignal<Option<Member>>,
    language: Language,
) -> impl IntoView {
    let Found { people: members, found, next, .. } = found;
    let shown = members.len();
    let count = match next.is_some() {
        true => people::found_part(language, found, shown),
        false => people::found(language, found),
    };
    let none = members.is_empty().then(|| {
        view! { <EmptyState title=people::none_title(language) text=people::none(language) shape=Shape::People /> }
    });
    let rows = members.into_iter().map(|(member, verdicts)| {
        view! {
            <Row
                member=member
                verdicts=verdicts
                managed=managed
                editing=editing
                removing=removing
                language=language
            />
        }
    });
    let busy = list.busy;
    let more = next.is_some().then(|| {
        view! {
            <Button busy=busy on_click=move |_| list.load(true, None)>
                {people::show_more(language)}
            </Button>
        }
    });
    view! {
        <p id=FOUND tabindex="-1" class="muted" role="status">
            {count}
        </p>
        {none}
        <ul class="people panel">{rows.collect_view()}</ul>
        {more.map(|more| view! { <div>{more}</div> })}
    }
}

#[component]
fn Row(
    member: Member,
    verdicts: PersonVerdicts,
    managed: bool,
    editing: RwSignal<Option<Editing>>,
    removing: RwSignal<Option<Member>>,
    language: Language,
) -> impl IntoView {
    let id = person_id(&member);
    let yourself = who().is_some_and(|who| who.person.id == member.id);
    let yourself = yourself.then(|| view! { " " <span class="muted">"(" {people::yourself(language)} ")"</span> });
    let services = label::services(language, member.services.iter().copied());
    let services = if services.is_empty() { people::no_services(language).to_owned() } else { services };
    let role = label::customer_role(language, member.role);
    let weight = match member.role {
        CustomerRole::User => "muted",
        CustomerRole::Administrator | CustomerRole::FullAdministrator => "",
    };
    let name = member.called().to_owned();
    let email = (name != member.email).then(|| member.email.clone());
    let acts = match managed {
        true => {
            let (change, name, remove_name) = (change_id(&member), name.clone(), name.clone());
            let because = label::because(language, verdicts.remove);
            let edited = member.clone();
            view! {
                <Button
                    id=change
                    on_click=move |_| editing.set(Some(Editing::Change(Box::new((edited.clone(), verdicts)))))
                >
                    {people::change(language)}
                    <span class="unseen">" " {name}</span>
                </Button>
                <Button
                    kind=ButtonKind::Danger
                    disabled_because=Signal::stored(because)
                    on_click=move |_| removing.set(Some(member.clone()))
                >
                    {people::remove(language)}
                    <span class="unseen">" " {remove_name}</span>
                </Button>
            }
            .into_any()
        }
        // The reason is the same for every row, and stands above them once.
        false => [people::change(language), people::remove(language)]
            .map(|act| {
                let name = name.clone();
                view! {
                    <button type="button" class="button" aria-disabled="true" aria-describedby=NOTE>
                        {act}
                        <span class="unseen">" " {name}</span>
                    </button>
                }
            })
            .collect_view()
            .into_any(),
    };
    view! {
        <li id=id tabindex="-1">
            <span class="people-who">
                <bdi>{name}</bdi>
                {yourself}
                {email.map(|email| view! { <span class="under"><bdi>{email}</bdi></span> })}
            </span>
            <span class=weight>{role}</span>
            <span class="muted">{services}</span>
            <span class="people-acts">{acts}</span>
        </li>
    }
}

/// The id of the button that changes somebody: it has the focus again once that is done.
pub fn change_id(member: &Member) -> String {
    format!("change-{}", member.id)
}

/// Where the focus goes when somebody came or went.
pub fn found_id() -> String {
    FOUND.to_owned()
}
