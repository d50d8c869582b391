//! Adding somebody to the organisation, and changing their role and services (H5).

use std::collections::BTreeSet;

use contract::error::ApiError;
use contract::hub::{AddPerson, ChangePerson, LicenceLine};
use leptos::prelude::*;
use leptos::task::spawn_local;
use rules::act::PersonVerdicts;
use rules::draft::{Field, email};
use rules::organisation::Member;
use rules::people::CustomerRole;
use rules::service::Service;
use rules::text::is_line;
use rules::verdict::{Because, Problem, ProblemKind, Refusal, Remedy, RuleId, Verdict};
use words::{Language, label, people, problems, ui};

use super::people::{change_id, found_id};
use super::whose::Of;
use crate::api::{self, Failure, Key};
use crate::failure::failed_in_full;
use crate::session::{visit, who};
use crate::ui::{
    Button, ButtonKind, CheckboxField, Dialog, Notice, RadioGroup, RadioOption, Shape, TextField, Toasts, Tone,
    move_focus,
};

/// How often a change is made from a newer version by itself, where only other things changed there.
const ATTEMPTS: usize = 4;

/// Who is edited.
#[derive(Clone, Debug, PartialEq)]
pub enum Editing {
    /// Somebody new.
    Add,
    /// Somebody of the organisation, with what may be changed.
    Change(Box<(Member, PersonVerdicts)>),
}

/// What is typed and chosen, and what came of it.
#[derive(Clone, Copy)]
struct Form {
    name: RwSignal<String>,
    email: RwSignal<String>,
    role: RwSignal<CustomerRole>,
    services: RwSignal<BTreeSet<Service>>,
    name_problem: RwSignal<Option<String>>,
    email_problem: RwSignal<Option<String>>,
    /// Whom it is about, as last known.
    known: RwSignal<Option<Member>>,
    version: RwSignal<u64>,
    /// What somebody else did meanwhile.
    meanwhile: RwSignal<Option<String>>,
    gone: RwSignal<bool>,
    failed: RwSignal<Option<String>>,
    busy: RwSignal<bool>,
    key: StoredValue<Key>,
}

const NAME: &str = "person-name";
const EMAIL: &str = "person-email";

impl Form {
    fn new() -> Form {
        Form {
            name: RwSignal::new(String::new()),
            email: RwSignal::new(String::new()),
            role: RwSignal::new(CustomerRole::User),
            services: RwSignal::new(BTreeSet::new()),
            name_problem: RwSignal::new(None),
            email_problem: RwSignal::new(None),
            known: RwSignal::new(None),
            version: RwSignal::new(0),
            meanwhile: RwSignal::new(None),
            gone: RwSignal::new(false),
            failed: RwSignal::new(None),
            busy: RwSignal::new(false),
            key: StoredValue::new(Key::new()),
        }
    }

    /// Begins anew.
    fn begin(self, editing: &Editing, version: u64) {
        let known = match editing {
            Editing::Add => None,
            Editing::Change(of) => Some(of.0.clone()),
        };
        self.name.set(String::new());
        self.email.set(String::new());
        self.role.set(known.as_ref().map_or(CustomerRole::User, |member| member.role));
        self.services.set(known.as_ref().map(|member| member.services.clone()).unwrap_or_default());
        self.name_problem.set(None);
        self.email_problem.set(None);
        self.known.set(known);
        self.version.set(version);
        self.meanwhile.set(None);
        self.gone.set(false);
        self.failed.set(None);
        self.key.set_value(Key::new());
    }

    /// What is typed wrong, at its place; whether nothing is (N1, N2).
    fn check(self, language: Language) -> bool {
        let name = (!is_line(&self.name.get_untracked())).then(|| people::name_bad(language).to_owned());
        let email = email(&self.email.get_untracked()).err().map(|kind| email_problem(language, kind));
        let (first, right) = match (&name, &email) {
            (Some(_), _) => (NAME, false),
            (None, Some(_)) => (EMAIL, false),
            (None, None) => (NAME, true),
        };
        self.name_problem.set(name);
        self.email_problem.set(email);
        if !right {
            move_focus(first);
        }
        right
    }

    /// Puts a failure at its place.
    fn fail(self, language: Language, failure: &Failure) {
        // What was not done is another intent when it is tried again with something else (G2).
        if matches!(failure, Failure::Api(_)) {
            self.key.set_value(Key::new());
        }
        match failure {
            Failure::Api(ApiError::Refused { refusal, .. })
                if matches!(refusal.because, Because::AddressElsewhere | Because::AlreadyThere) =>
            {
                self.email_problem.set(Some(label::refusal(language, refusal)));
                move_focus(EMAIL);
            }
            Failure::Api(ApiError::Refused { refusal, .. }) if refusal.because == Because::BadText => {
                self.name_problem.set(Some(people::name_bad(language).to_owned()));
                move_focus(NAME);
            }
            Failure::Api(ApiError::Invalid { problems }) => {
                self.email_problem.set(problems.first().map(|problem| email_problem(language, problem.kind)));
                move_focus(EMAIL);
            }
            other => self.failed.set(Some(failed_in_full(language, other))),
        }
    }
}

fn email_problem(language: Language, kind: ProblemKind) -> String {
    match kind {
        ProblemKind::Required => problems::required_text(language).to_owned(),
        kind => label::problem(language, &Problem { field: Field::AdministratorEmail, kind }),
    }
}

/// Somebody as they are by now, with the version; nothing when they are gone.
pub async fn as_now(of: &Of, member: &Member) -> Result<Option<(Member, u64)>, Failure> {
    let page = api::people_list(of.as_ref(), &member.email, None).await?;
    let version = page.version;
    Ok(page.people.into_iter().find(|each| each.id == member.id).map(|member| (member, version)))
}

/// A role and services in words, for what somebody else did meanwhile.
pub fn in_words(language: Language, member: &Member) -> (&'static str, String) {
    let services = label::services(language, member.services.iter().copied());
    let services = if services.is_empty() { people::no_services(language).to_owned() } else { services };
    (label::customer_role(language, member.role), services)
}

/// The dialog.
#[component]
pub fn PersonDialog(
    /// Whose hub it is.
    of: Of,
    /// Who is edited; it stands before the page while somebody is.
    editing: RwSignal<Option<Editing>>,
    /// Whether the reader decides for the organisation, and so gives roles.
    may_give_roles: Verdict,
    /// The licences that there are.
    #[prop(into)]
    licences: Signal<Vec<LicenceLine>>,
    /// The version that the list was made from.
    #[prop(into)]
    version: Signal<u64>,
    /// Told what takes the focus, once it is done.
    done: Callback<String>,
    /// The reader's language.
    language: Language,
) -> impl IntoView {
    let toasts = expect_context::<Toasts>();
    let visit = visit();
    // Asked now: once an answer has come, the page may be another one's.
    let reader = StoredValue::new(who().map(|who| who.person.id));
    let form = Form::new();
    let of = StoredValue::new(of);
    Effect::new(move |_| {
        if let Some(editing) = editing.get() {
            form.begin(&editing, version.get_untracked());
        }
    });
    let finish = move |said: String, focus: String, own: bool| {
        toasts.good(said);
        editing.set(None);
        done.run(focus);
        if own {
            // What the reader may do has changed with it.
            visit.look();
        }
    };
    let add = move || {
        if !form.check(language) {
            return;
        }
        form.busy.set(true);
        spawn_local(async move {
            let person = AddPerson {
                name: form.name.get_untracked(),
                email: form.email.get_untracked(),
                role: form.role.get_untracked(),
                services: form.services.get_untracked(),
            };
            let of = of.get_value();
            let answer = api::person_add(of.as_ref(), &person, &form.key.get_value()).await;
            if form.busy.try_set(false).is_some() {
                return;
            }
            match answer {
                Ok(_) => finish(people::added(language, person.name.trim()), found_id(), false),
                Err(failure) => form.fail(language, &failure),
            }
        });
    };
    let change = move |member: Member| {
        form.busy.set(true);
        spawn_local(async move {
            let of = of.get_value();
            let answer = change(language, form, &of, member.clone()).await;
            if form.busy.try_set(false).is_some() {
                return;
            }
            match answer {
                Some(Ok(())) => {
                    let own = reader.get_value().as_ref() == Some(&member.id);
                    finish(people::changed(language, &member.name), change_id(&member), own);
                }
                Some(Err(failure)) => form.fail(language, &failure),
                None => {}
            }
        });
    };
    let save = move |_| {
        form.failed.set(None);
        match form.known.get_untracked() {
            None => add(),
            Some(member) => change(member),
        }
    };
    let close = move || {
        editing.set(None);
        if form.gone.get_untracked() || form.meanwhile.with_untracked(Option::is_some) {
            // The list says what is there now.
            done.run(found_id());
        }
    };
    let save = Callback::new(save);
    let title = move || match editing.get() {
        Some(Editing::Change(of)) => people::change_title(language, of.0.name),
        _ => people::add(language).to_owned(),
    };
    view! {
        <Dialog
            open=Signal::derive(move || editing.with(Option::is_some))
            on_close=move |()| close()
            title=Signal::derive(title)
            actions=move || {
                view! {
                    <Button on_click=move |_| close()>{ui::cancel(language)}</Button>
                    {move || {
                        (!form.gone.get())
                            .then(|| {
                                view! {
                                    <Button kind=ButtonKind::Primary busy=form.busy on_click=save>
                                        {ui::save(language)}
                                    </Button>
                                }
                            })
                    }}
                }
            }
        >
            <Fields form=form editing=editing may_give_roles=may_give_roles licences=licences language=language />
        </Dialog>
    }
}

/// Changes somebody. Where only other things of the organisation changed since, it is made from the
/// newer version by itself; where this person was changed by somebody else, both are shown and it is
/// asked again (G2). Nothing when it was not done for that.
async fn change(language: Language, form: Form, of: &Of, mut member: Member) -> Option<Result<(), Failure>> {
    let change = ChangePerson { role: form.role.get_untracked(), services: form.services.get_untracked() };
    let mut version = form.version.get_untracked();
    for _ in 0..ATTEMPTS {
        let answer = api::person_change(of.as_ref(), &member.id, &change, version, &form.key.get_value()).await;
        match answer {
            Ok(_) => return Some(Ok(())),
            Err(failure) if !failure.is_out_of_date() => return Some(Err(failure)),
            Err(_) => {}
        }
        form.key.try_update_value(|key| *key = Key::new());
        match as_now(of, &member).await {
            Err(failure) => return Some(Err(failure)),
            Ok(None) => {
                form.gone.try_set(true);
                form.meanwhile.try_set(Some(people::gone(language, &member.name)));
                return None;
            }
            Ok(Some((now, newer))) => {
                version = newer;
                form.version.try_set(newer);
                if (now.role, &now.services) != (member.role, &member.services) {
                    let (role, services) = in_words(language, &now);
                    form.meanwhile.try_set(Some(people::meanwhile(language, &now.name, role, services)));
                    form.known.try_set(Some(now));
                    return None;
                }
                member = now;
            }
        }
    }
    Some(Err(Failure::Api(ApiError::Stale { version })))
}

#[component]
fn Fields(
    form: Form,
    editing: RwSignal<Option<Editing>>,
    may_give_roles: Verdict,
    #[prop(into)] licences: Signal<Vec<LicenceLine>>,
    language: Language,
) -> impl IntoView {
    let typed = move || {
        matches!(editing.get(), Some(Editing::Add)).then(|| {
            view! {
                <TextField
                    id=NAME
                    label=people::name(language).to_owned()
                    value=form.name
                    on_input=move |text| form.name.set(text)
                    problem=form.name_problem
                    required=true
                />
                <TextField
                    id=EMAIL
                    label=people::email(language).to_owned()
                    value=form.email
                    on_input=move |text| form.email.set(text)
                    problem=form.email_problem
                    inputmode=Some("email")
                    required=true
                />
            }
        })
    };
    // Roles are given by the customer's full administrators alone, whoever else adds people (H5).
    let no_role = move || match editing.get() {
        Some(Editing::Change(of)) => of.1.role.require().err(),
        Some(Editing::Add) if !may_give_roles.is_allowed() => {
            Some(Refusal::new(RuleId::H5, Because::OnlyForFullAdministrators, Remedy::AskFullAdministrator))
        }
        _ => None,
    };
    let role = move || match no_role() {
        Some(refusal) => view! {
            <div class="field" role="group" aria-label=people::role(language)>
                <p class="label">{people::role(language)}</p>
                <p>{move || label::customer_role(language, form.role.get())}</p>
                <p class="reason">{label::refusal(language, &refusal)}</p>
            </div>
        }
        .into_any(),
        None => {
            let options = CustomerRole::ALL.map(|role| RadioOption {
                value: role.name().to_owned(),
                label: label::customer_role(language, role).to_owned(),
                hint: label::customer_role_sentence(language, role).to_owned(),
            });
            view! {
                <RadioGroup
                    id="person-role"
                    legend=people::role(language)
                    options=options.to_vec()
                    value=Signal::derive(move || form.role.get().name().to_owned())
                    on_change=move |name: String| {
                        if let Some(role) = CustomerRole::from_name(&name) {
                            form.role.set(role);
                        }
                    }
                />
            }
            .into_any()
        }
    };
    let services = move || {
        let lines = licences.get();
        if lines.is_empty() {
            return view! { <p class="muted">{people::services_none(language)}</p> }.into_any();
        }
        let had = form.known.get().map(|member| member.services).unwrap_or_default();
        lines
            .into_iter()
            .map(|line| service(language, form, line, had.contains(&line.service)))
            .collect_view()
            .into_any()
    };
    view! {
        <div class="stack">
            <div role="status">
                {move || {
                    form.meanwhile
                        .get()
                        .map(|text| view! { <Notice tone=Tone::Warn shape=Shape::Triangle>{text}</Notice> })
                }}
            </div>
            {typed}
            {role}
            <fieldset class="field">
                <legend class="label">{people::services(language)}</legend>
                <div class="choice-group">{services}</div>
            </fieldset>
            <div role="alert">
                {move || {
                    form.failed
                        .get()
                        .map(|text| view! { <Notice tone=Tone::Bad shape=Shape::Triangle>{text}</Notice> })
                }}
            </div>
        </div>
    }
}

/// A service to tick. One without a free licence cannot be given; who has one keeps it (H5, E5).
fn service(language: Language, form: Form, line: LicenceLine, had: bool) -> impl IntoView {
    let service = line.service;
    let free = line.total.saturating_sub(line.assigned);
    let because = (free == 0 && !had).then(|| {
        let refusal = Refusal::new(RuleId::H5, Because::NoFreeLicence, Remedy::FreeLicence).service(service);
        label::refusal(language, &refusal)
    });
    view! {
        <CheckboxField
            id=format!("person-{}", service.name())
            label=label::service(language, service).to_owned()
            checked=Signal::derive(move || form.services.with(|services| services.contains(&service)))
            on_change=move |ticked| {
                form.services
                    .update(|services| {
                        if ticked {
                            services.insert(service);
                        } else {
                            services.remove(&service);
                        }
                    })
            }
            hint=people::free(language, free, line.total)
            disabled_because=because
        />
    }
}
