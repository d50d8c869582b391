//! What a request says besides what is asked for (X6).

use leptos::prelude::*;
use rules::consent::WORDS_MAX;
use rules::draft::Field;
use words::{Language, asking};

use crate::forms::{BoundArea, DraftForm};
use crate::ui::CheckboxField;

/// The partner's own words, and whether full administrator access is asked for.
#[component]
pub fn RequestFields(
    /// The form.
    form: DraftForm,
    /// The reader's language.
    language: Language,
) -> impl IntoView {
    let used = form.read(|draft| draft.words.trim().chars().count());
    let count = Signal::derive(move || asking::words_used(language, WORDS_MAX, used.get()));
    view! {
        <fieldset class="field request-fields">
            <legend class="label">{asking::request(language)}</legend>
            <div class="stack">
                <BoundArea
                    form=form
                    field=Field::Words
                    language=language
                    label=asking::words(language)
                    hint=asking::words_hint(language)
                    count=count
                />
                <CheckboxField
                    id="full-access"
                    label=asking::full_access(language)
                    checked=form.read(|draft| draft.full_access)
                    on_change=move |ticked: bool| form.change(|draft| draft.full_access = ticked)
                    hint=asking::full_access_hint(language)
                />
            </div>
        </fieldset>
    }
}
