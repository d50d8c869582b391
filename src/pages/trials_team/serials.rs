//! Serial numbers: typed, pasted, or out of a file (D9).

use std::collections::BTreeSet;

use leptos::{html, prelude::*};
use rules::device::{SERIALS_TEXT_MAX, serials};
use words::{Language, shipments};

use crate::ui::{ChosenFile, FileField, NoText, TextArea};

/// The field of a file stands below that of the text.
const FILE: &str = "serials-file";

/// A text of serial numbers, and a file that fills it.
#[component]
pub fn SerialsField(
    /// The id of the text.
    id: String,
    /// Its name.
    label: &'static str,
    /// How many are needed.
    count: u32,
    /// What is typed so far.
    #[prop(into)]
    value: Signal<String>,
    /// Takes what is typed.
    #[prop(into)]
    on_input: Callback<String>,
    /// What is wrong with it.
    #[prop(into)]
    problem: Signal<Option<String>>,
    /// The reader's language.
    language: Language,
) -> impl IntoView {
    let control = NodeRef::<html::Input>::new();
    let bad_file = RwSignal::new(None::<String>);
    let chosen = move |file: Option<ChosenFile>| {
        let Some(ChosenFile { name, text }) = file else { return bad_file.set(None) };
        match text {
            Ok(text) => match serials(&text) {
                // What stands in the text stays where the file has nothing to put in its place (G3).
                read if read.is_empty() => bad_file.set(Some(shipments::file_empty(language, name))),
                read => {
                    bad_file.set(None);
                    on_input.run(read.join("\n"));
                }
            },
            Err(NoText::TooLarge(_)) => bad_file.set(Some(shipments::file_too_large(language, name))),
            Err(NoText::Unreadable) => bad_file.set(Some(shipments::file_unreadable(language, name))),
        }
    };
    let typed = Signal::derive(move || {
        // One that is given twice is one device.
        let typed = value.with(|text| BTreeSet::from_iter(serials(text)).len());
        shipments::serials_count(language, count, typed)
    });
    view! {
        <TextArea
            id=id
            label=Signal::stored(label.to_owned())
            value=value
            on_input=on_input
            hint=shipments::serials_hint(language)
            problem=problem
            count=typed
            verbatim=true
        />
        <FileField
            id=FILE
            label=Signal::stored(shipments::serials_file(language).to_owned())
            accept=".csv,.txt,text/csv,text/plain"
            max_bytes=SERIALS_TEXT_MAX
            on_file=chosen
            problem=bad_file
            node_ref=control
        />
    }
}
