//! Who looks after the customer: one person in charge, and further people; a sales full
//! administrator assigns them (P9).

use contract::customers::{CustomerDetail, NamedPerson};
use leptos::prelude::*;
use leptos::task::spawn_local;
use rules::ids::PersonId;
use rules::people::Assignment;
use words::{Language, customer, customer_page, customers, label, ui};

use crate::api::{self, Key};
use crate::failure::failed_in_full;
use crate::navigation::navigator;
use crate::ui::{Button, ButtonKind, CheckboxField, Dialog, Notice, SelectField, Shape, Toasts, Tone};

/// The people, and the button that assigns.
#[component]
pub fn People(
    /// The customer.
    detail: CustomerDetail,
    /// The reader's language.
    language: Language,
    /// Loads the page again: somebody was assigned, or it was changed elsewhere.
    reload: Callback<()>,
) -> impl IntoView {
    let because = label::because(language, detail.may_assign);
    let open = RwSignal::new(false);
    let (in_charge, others) = told(language, &detail);
    // While it only asks the partner manages nothing there that could be given to somebody (Q11).
    let assign = detail.organisation.is_some().then(|| {
        view! {
            <div class="request-actions">
                <Button disabled_because=Signal::stored(because) on_click=move |_| open.set(true)>
                    {customer_page::assign(language)}
                </Button>
            </div>
        }
    });
    view! {
        <section class="panel card stack-tight" aria-labelledby="people">
            <h2 id="people">{customer_page::people(language)}</h2>
            <dl class="facts">
                <dt>{customer::in_charge(language)}</dt>
                <dd><bdi>{in_charge}</bdi></dd>
                <dt>{customer_page::assigned(language)}</dt>
                <dd><bdi>{others}</bdi></dd>
            </dl>
            {assign}
        </section>
        <Assign detail=detail open=open language=language reload=reload />
    }
}

/// Who is in charge, and who is assigned beside them, in words.
fn told(language: Language, detail: &CustomerDetail) -> (String, String) {
    let in_charge = detail.in_charge.as_ref().map(|person| person.name.clone());
    let others: Vec<&str> = detail.assigned.iter().map(|person| person.name.as_str()).collect();
    let others = if others.is_empty() { customer_page::nobody_else(language).to_owned() } else { others.join(", ") };
    (in_charge.unwrap_or_else(|| customers::unassigned(language).to_owned()), others)
}

/// The choice. Somebody who assigned meanwhile is named, and what was chosen here stays (G2, G3).
#[component]
fn Assign(detail: CustomerDetail, open: RwSignal<bool>, language: Language, reload: Callback<()>) -> impl IntoView {
    let (toasts, navigator) = (expect_context::<Toasts>(), navigator());
    let (id, company) = (StoredValue::new(detail.id.clone()), detail.company.clone());
    let version = RwSignal::new(detail.version);
    let people = detail.assignable.clone();
    let in_charge = RwSignal::new(detail.in_charge.as_ref().map(|person| person.id.to_string()).unwrap_or_default());
    let assigned = RwSignal::new(detail.assigned.iter().map(|person| person.id.clone()).collect::<Vec<PersonId>>());
    let busy = RwSignal::new(false);
    let failed = RwSignal::new(None::<String>);
    // One key for one intent; what is chosen anew is another one (G2).
    let key = StoredValue::new(Key::new());
    let meant = move || {
        key.set_value(Key::new());
        failed.set(None);
    };
    let close = move || {
        open.set(false);
        if version.get_untracked() != detail.version {
            reload.run(());
        }
    };
    let save = move |_| {
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        let charge = Some(in_charge.get_untracked()).filter(|id| !id.is_empty()).map(PersonId);
        let others = assigned.get_untracked().into_iter().filter(|id| Some(id) != charge.as_ref()).collect();
        let assignment = Assignment { in_charge: charge, assigned: others };
        let company = company.clone();
        spawn_local(async move {
            let id = id.get_value();
            let answer = api::assignment_set(&id, assignment, version.get_untracked(), &key.get_value()).await;
            if busy.try_set(false).is_some() {
                return;
            }
            match answer {
                Ok(_) => {
                    toasts.good(customer_page::assigned_done(language, &company));
                    open.set(false);
                    navigator.arrive_again();
                    reload.run(());
                }
                Err(failure) if failure.is_out_of_date() => match api::customer_view(&id).await {
                    Ok(now) => {
                        version.set(now.version);
                        key.set_value(Key::new());
                        let (charge, others) = told(language, &now);
                        failed.set(Some(customer_page::assigned_elsewhere(language, charge, others)));
                    }
                    Err(failure) => failed.set(Some(failed_in_full(language, &failure))),
                },
                Err(failure) => failed.set(Some(failed_in_full(language, &failure))),
            }
        });
    };
    let save = Callback::new(save);
    let options: Vec<(String, String)> = std::iter::once((String::new(), customers::unassigned(language).to_owned()))
        .chain(people.iter().map(|person| (person.id.to_string(), person.name.clone())))
        .collect();
    let boxes = move |people: Vec<NamedPerson>| {
        people
            .into_iter()
            .map(|person| {
                let (mine, charge) = (person.id.clone(), person.id.to_string());
                let tick = {
                    let id = person.id.clone();
                    move |on: bool| {
                        meant();
                        assigned.update(|assigned| {
                            assigned.retain(|each| *each != id);
                            if on {
                                assigned.push(id.clone());
                            }
                        });
                    }
                };
                view! {
                    <Show when={
                        let charge = charge.clone();
                        move || in_charge.with(|id| *id != charge)
                    }>
                        <CheckboxField
                            id=format!("assign-{}", person.id)
                            label=person.name.clone()
                            checked=Signal::derive({
                                let mine = mine.clone();
                                move || assigned.with(|assigned| assigned.contains(&mine))
                            })
                            on_change=tick.clone()
                        />
                    </Show>
                }
            })
            .collect_view()
    };
    view! {
        <Dialog
            open=open
            on_close=move |()| close()
            title=customer_page::assign_title(language, detail.company)
            actions=move || {
                view! {
                    <Button on_click=move |_| close()>{ui::cancel(language)}</Button>
                    <Button kind=ButtonKind::Primary busy=busy on_click=save>{ui::save(language)}</Button>
                }
            }
        >
            <div class="stack">
                <SelectField
                    id="assign-in-charge"
                    label=customer::in_charge(language)
                    options=options.clone()
                    value=in_charge
                    on_change=move |id| {
                        meant();
                        in_charge.set(id);
                    }
                    hint=customer_page::in_charge_hint(language)
                />
                <fieldset class="field">
                    <legend class="label">{customer_page::assigned(language)}</legend>
                    <div class="choice-group">{boxes(people.clone())}</div>
                </fieldset>
                <div role="alert">
                    {move || {
                        failed.get().map(|text| view! { <Notice tone=Tone::Warn shape=Shape::Triangle>{text}</Notice> })
                    }}
                </div>
            </div>
        </Dialog>
    }
}
