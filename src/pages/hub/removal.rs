//! Removing somebody from the organisation (H5).

use leptos::prelude::*;
use leptos::task::spawn_local;
use rules::organisation::Member;
use words::{Language, label, people, ui};

use super::people::found_id;
use super::person::{as_now, in_words};
use super::whose::Of;
use crate::api::{self, Failure, Key};
use crate::failure::failed_in_full;
use crate::session::{visit, who};
use crate::ui::{Button, ButtonKind, Dialog, Notice, Shape, Toasts, Tone};

/// What came of it.
enum Outcome {
    Done,
    Failed(Failure),
    /// Somebody else changed or removed them meanwhile; nothing was done.
    Meanwhile(Option<Box<Member>>, u64),
}

/// The dialog that asks once more, and names what it brings.
#[component]
pub fn RemovalDialog(
    /// Whose hub it is.
    of: Of,
    /// Who is to be removed; it stands before the page while somebody is.
    removing: RwSignal<Option<Member>>,
    /// The version that the list was made from.
    #[prop(into)]
    version: Signal<u64>,
    /// Told what takes the focus, once it is done.
    done: Callback<String>,
    /// The reader's language.
    language: Language,
) -> impl IntoView {
    let (toasts, visit) = (expect_context::<Toasts>(), visit());
    let of = StoredValue::new(of);
    // Asked now: once an answer has come, the page may be another one's.
    let reader = StoredValue::new(who().map(|who| who.person.id));
    // Whom it is about, as last known, and from which version.
    let known = RwSignal::new(None::<(Member, u64)>);
    let meanwhile = RwSignal::new(None::<String>);
    let gone = RwSignal::new(false);
    let failed = RwSignal::new(None::<String>);
    let busy = RwSignal::new(false);
    let key = StoredValue::new(Key::new());
    Effect::new(move |_| {
        let Some(member) = removing.get() else { return };
        known.set(Some((member, version.get_untracked())));
        meanwhile.set(None);
        gone.set(false);
        failed.set(None);
        key.set_value(Key::new());
    });
    let remove = move |_| {
        let Some((member, from)) = known.get_untracked() else { return };
        busy.set(true);
        failed.set(None);
        spawn_local(async move {
            let outcome = remove(&of.get_value(), &member, from, key).await;
            if busy.try_set(false).is_some() {
                return;
            }
            match outcome {
                Outcome::Done => {
                    toasts.good(people::removed(language, &member.name));
                    removing.set(None);
                    match reader.get_value().as_ref() == Some(&member.id) {
                        true => visit.look(),
                        false => done.run(found_id()),
                    }
                }
                Outcome::Failed(failure) => failed.set(Some(failed_in_full(language, &failure))),
                Outcome::Meanwhile(None, _) => {
                    gone.set(true);
                    meanwhile.set(Some(people::gone(language, &member.name)));
                }
                Outcome::Meanwhile(Some(now), version) => {
                    let (role, services) = in_words(language, &now);
                    meanwhile.set(Some(people::meanwhile_remove(language, &now.name, role, services)));
                    known.set(Some((*now, version)));
                }
            }
        });
    };
    let remove = Callback::new(remove);
    let close = move || {
        removing.set(None);
        if meanwhile.with_untracked(Option::is_some) {
            // The list says what is there now.
            done.run(found_id());
        }
    };
    let title = move || removing.get().map(|member| people::remove_title(language, member.name)).unwrap_or_default();
    view! {
        <Dialog
            open=Signal::derive(move || removing.with(Option::is_some))
            on_close=move |()| close()
            title=Signal::derive(title)
            actions=move || {
                view! {
                    <Button on_click=move |_| close()>
                        {move || if gone.get() { ui::close(language) } else { ui::no(language) }}
                    </Button>
                    {move || {
                        (!gone.get())
                            .then(|| {
                                view! {
                                    <Button kind=ButtonKind::Danger busy=busy on_click=remove>
                                        {people::remove(language)}
                                    </Button>
                                }
                            })
                    }}
                }
            }
        >
            <div class="stack">
                <div role="status">
                    {move || {
                        meanwhile.get().map(|text| view! { <Notice tone=Tone::Warn shape=Shape::Triangle>{text}</Notice> })
                    }}
                </div>
                {move || {
                    let lines = known.get().filter(|_| !gone.get()).map(|(member, _)| says(language, &member));
                    lines.unwrap_or_default().into_iter().map(|line| view! { <p>{line}</p> }).collect_view()
                }}
                <div role="alert">
                    {move || {
                        failed.get().map(|text| view! { <Notice tone=Tone::Bad shape=Shape::Triangle>{text}</Notice> })
                    }}
                </div>
            </div>
        </Dialog>
    }
}

fn says(language: Language, member: &Member) -> Vec<String> {
    let role = label::customer_role(language, member.role);
    let mut lines = vec![people::remove_role(language, &member.name, role)];
    if !member.services.is_empty() {
        lines.push(people::remove_services(language, label::services(language, member.services.iter().copied())));
    }
    if who().is_some_and(|who| who.person.id == member.id) {
        lines.push(people::remove_yourself(language).to_owned());
    }
    lines
}

/// Removes somebody. Where only other things of the organisation changed since, it is done from the
/// newer version by itself, once; where this person was changed, it is asked again (G2).
async fn remove(of: &Of, member: &Member, from: u64, key: StoredValue<Key>) -> Outcome {
    let mut version = from;
    for last in [false, true] {
        match api::person_remove(of.as_ref(), &member.id, version, &key.get_value()).await {
            Ok(_) => return Outcome::Done,
            Err(failure) if last || !failure.is_out_of_date() => return Outcome::Failed(failure),
            Err(_) => {}
        }
        key.try_update_value(|key| *key = Key::new());
        match as_now(of, member).await {
            Err(failure) => return Outcome::Failed(failure),
            Ok(None) => return Outcome::Meanwhile(None, version),
            Ok(Some((now, newer))) if now == *member => version = newer,
            Ok(Some((now, newer))) => return Outcome::Meanwhile(Some(Box::new(now)), newer),
        }
    }
    Outcome::Failed(Failure::Unreachable)
}
