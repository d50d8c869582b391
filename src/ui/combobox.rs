//! A long list that is searched by typing, after the ARIA pattern of an editable combobox with list
//! autocompletion: the focus stays in the field, the arrow keys move through the list.

use super::{
    Icon, Shape,
    field::{FieldFrame, description, invalid},
    options::{ComboOption, Prepared, find, fold, meant},
};
use leptos::{ev, prelude::*};

/// What a combobox says beside its label and options.
#[derive(Clone)]
pub struct ComboboxTexts {
    /// Name of the button that opens the list.
    pub open: String,
    /// Shown when nothing is found.
    pub none: String,
    /// Says to screen readers how many options there are.
    pub count: Callback<usize, String>,
}

/// The inner state, shared by the handlers.
#[derive(Clone, Copy)]
struct Inner {
    prepared: Memo<Vec<Prepared>>,
    text: RwSignal<String>,
    typed: RwSignal<bool>,
    open: RwSignal<bool>,
    active: RwSignal<Option<usize>>,
    refused: RwSignal<Option<String>>,
    found: Memo<Vec<usize>>,
    on_change: Callback<Option<String>>,
}

impl Inner {
    /// Opens the list with every option, until something is typed.
    fn show(self) {
        if !self.open.get_untracked() {
            self.typed.set(false);
            self.active.set(None);
            self.open.set(true);
        }
    }

    fn hide(self) {
        self.open.set(false);
        self.active.set(None);
    }

    /// Takes the option at a place among all options; one that is refused says why and is not taken.
    fn take(self, place: usize) {
        let Some(option) = self.prepared.with_untracked(|all| all.get(place).map(|each| each.option.clone())) else {
            return;
        };
        self.text.set(option.label);
        self.hide();
        match option.refused {
            Some(reason) => {
                self.on_change.run(None);
                self.refused.set(Some(reason));
            }
            None => {
                self.refused.set(None);
                self.on_change.run(Some(option.value));
            }
        }
    }

    /// What was typed is the name of an option, or of none; text that names none stays to be mended.
    fn settle(self) {
        match self.typed.try_get_untracked() {
            Some(true) => {}
            Some(false) => return self.hide(),
            // What was chosen took the field away, which is left by that.
            None => return,
        }
        let text = fold(&self.text.get_untracked());
        match self.prepared.with_untracked(|all| meant(all, &text)) {
            Some(place) => self.take(place),
            None => self.hide(),
        }
        self.typed.set(false);
    }

    /// Moves the mark in the list, round at both ends.
    fn step(self, forward: bool) {
        self.show();
        let count = self.found.with_untracked(Vec::len);
        if count == 0 {
            return;
        }
        self.active.update(|active| {
            *active = Some(match (*active, forward) {
                (None, true) => 0,
                (None, false) => count - 1,
                (Some(at), true) => (at + 1) % count,
                (Some(at), false) => (at + count - 1) % count,
            });
        });
    }

    fn key(self, event: &ev::KeyboardEvent) {
        match event.key().as_str() {
            "ArrowDown" if event.alt_key() => self.show(),
            "ArrowUp" if event.alt_key() => self.hide(),
            "ArrowDown" => self.step(true),
            "ArrowUp" => self.step(false),
            "Enter" if self.open.get_untracked() => match self.active.get_untracked() {
                Some(at) => {
                    if let Some(place) = self.found.with_untracked(|found| found.get(at).copied()) {
                        self.typed.set(false);
                        self.take(place);
                    }
                }
                None => self.settle(),
            },
            "Escape" if self.open.get_untracked() => self.hide(),
            _ => return,
        }
        event.prevent_default();
    }
}

/// A field to choose from a long list by typing; case and diacritics do not count.
#[component]
pub fn Combobox(
    /// The id of the control.
    #[prop(into)]
    id: String,
    /// The field's name.
    #[prop(into)]
    label: Signal<String>,
    /// The options, in the order of the list.
    #[prop(into)]
    options: Signal<Vec<ComboOption>>,
    /// The chosen value.
    #[prop(into)]
    value: Signal<Option<String>>,
    /// Takes the new value; `None` when what is typed is none of the options.
    #[prop(into)]
    on_change: Callback<Option<String>>,
    /// Told of what is typed, where the options are searched elsewhere and come one after the other.
    #[prop(optional, into)]
    on_typing: Option<Callback<String>>,
    /// What it says beside its label.
    texts: ComboboxTexts,
    /// What helps to choose.
    #[prop(optional, into)]
    hint: MaybeProp<String>,
    /// What is wrong with it.
    #[prop(optional, into)]
    problem: Signal<Option<String>>,
    /// Whether one must be chosen.
    #[prop(optional)]
    required: bool,
) -> impl IntoView {
    let prepared =
        Memo::new(move |_| options.get().into_iter().map(|option| Prepared::new(option, fold)).collect::<Vec<_>>());
    let text = RwSignal::new(String::new());
    let typed = RwSignal::new(false);
    let found = Memo::new(move |_| {
        let text = if typed.get() { fold(&text.get()) } else { String::new() };
        prepared.with(|all| find(all, &text))
    });
    let inner = Inner {
        prepared,
        text,
        typed,
        open: RwSignal::new(false),
        active: RwSignal::new(None),
        refused: RwSignal::new(None),
        found,
        on_change,
    };
    let Inner { open, active, refused, .. } = inner;

    // A value that comes from elsewhere, such as a kept draft, shows its name.
    Effect::new(move |_| {
        let Some(value) = value.get() else { return };
        refused.set(None);
        prepared.with(|all| {
            if let Some(chosen) = all.iter().find(|each| each.option.value == value) {
                text.set(chosen.option.label.clone());
            }
        });
    });

    let list_id = format!("{id}-list");
    // The list has a name of its own: a label that two elements share would find both.
    let list_label = texts.open.clone();
    let option_id = {
        let id = id.clone();
        move |at: usize| format!("{id}-option-{at}")
    };
    Effect::new({
        let option_id = option_id.clone();
        move |_| {
            if let Some(marked) = active.get().and_then(|at| document().get_element_by_id(&option_id(at))) {
                marked.scroll_into_view_with_scroll_into_view_options(&{
                    let nearest = web_sys::ScrollIntoViewOptions::new();
                    nearest.set_block(web_sys::ScrollLogicalPosition::Nearest);
                    nearest
                });
            }
        }
    });
    let problem = Signal::derive(move || refused.get().or_else(|| problem.get()));
    let typing = move |event: ev::Event| {
        open.set(true);
        typed.set(true);
        active.set(None);
        refused.set(None);
        text.set(event_target_value(&event));
        if let Some(on_typing) = on_typing {
            on_typing.run(text.get_untracked());
        }
        if value.with_untracked(Option::is_some) {
            on_change.run(None);
        }
    };
    let focus_id = id.clone();
    let toggle = move |_| {
        if open.get_untracked() {
            inner.hide();
        } else {
            inner.show();
        }
        super::move_focus(focus_id.clone());
    };
    let marked_id = {
        let option_id = option_id.clone();
        move || active.get().map(option_id.clone())
    };
    let count = texts.count;
    let announced = move || if open.get() { count.run(found.with(Vec::len)) } else { String::new() };
    view! {
        <FieldFrame id=id.clone() label=label hint=hint problem=problem>
            <div class="combobox">
                <input
                    class="input"
                    type="text"
                    role="combobox"
                    id=id.clone()
                    autocomplete="off"
                    spellcheck="false"
                    aria-autocomplete="list"
                    aria-haspopup="listbox"
                    aria-expanded=move || if open.get() { "true" } else { "false" }
                    aria-controls=list_id.clone()
                    aria-activedescendant=marked_id
                    aria-required=required.then_some("true")
                    aria-invalid=invalid(problem)
                    aria-describedby=description(&id, hint, problem)
                    prop:value=text
                    on:input=typing
                    on:click=move |_| inner.show()
                    on:keydown=move |event| inner.key(&event)
                    on:blur=move |_| inner.settle()
                />
                <button
                    type="button"
                    class="combobox-open"
                    tabindex="-1"
                    aria-label=texts.open
                    on:mousedown=|event| event.prevent_default()
                    on:click=toggle
                >
                    <Icon shape=Shape::Down />
                </button>
                <div class="combobox-list" hidden=move || !open.get()>
                    <ul role="listbox" id=list_id aria-label=list_label>
                        {move || open.get().then(|| option_views(inner, value, option_id.clone()))}
                    </ul>
                    <p class="combobox-none" hidden=move || found.with(|found| !found.is_empty())>
                        {texts.none}
                    </p>
                </div>
                <span class="unseen" role="status">{announced}</span>
            </div>
        </FieldFrame>
    }
}

/// The options in view; drawn only while the list is open.
fn option_views(
    inner: Inner,
    value: Signal<Option<String>>,
    option_id: impl Fn(usize) -> String + Send + Sync + Clone + 'static,
) -> impl IntoView {
    move || {
        let found = inner.found.get();
        inner.prepared.with(|all| {
            found
                .into_iter()
                .enumerate()
                .filter_map(|(at, place)| Some((at, place, all.get(place)?.option.clone())))
                .map(|(at, place, option)| {
                    let ComboOption { value: own, label, detail, refused } = option;
                    let chosen =
                        move || if value.with(|value| value.as_ref() == Some(&own)) { "true" } else { "false" };
                    view! {
                        <li
                            class="combobox-option"
                            role="option"
                            id=option_id(at)
                            aria-selected=chosen
                            aria-disabled=refused.is_some().then_some("true")
                            data-active=move || (inner.active.get() == Some(at)).then_some("true")
                            on:mousedown=|event| event.prevent_default()
                            on:click=move |_| {
                                inner.typed.set(false);
                                inner.take(place);
                            }
                        >
                            <span>{label}</span>
                            <span class="combobox-detail">{detail}</span>
                        </li>
                    }
                })
                .collect_view()
        })
    }
}
