//! The journal: every act and every automatic step, with a filter and a file (L10). It stands on a
//! customer's page and, over all customers, in *Activity*.

mod line;

use contract::journal::JournalLine;
use leptos::prelude::*;
use leptos::task::spawn_local;
use rules::change::Deed;
use rules::people::Right;
use words::{Language, customer_page, journal, label};

use self::line::line;
use crate::api::{self, Failure};
use crate::failure::failed_in_full;
use crate::paged::{Page, Paged};
use crate::route::JournalFilter;
use crate::session::{Side, may, session, side};
use crate::ui::{Button, SelectField, Toasts, save_file};

/// What stands in place of a failure that the page has words of its own for.
pub type Instead = fn(Language, &Failure) -> Option<AnyView>;

/// The entries, the latest in front, with the choice of what was done and the file.
#[component]
pub fn Journal(
    /// Which entries are asked for.
    #[prop(into)]
    filter: Signal<JournalFilter>,
    /// Takes another choice of what was done.
    #[prop(into)]
    on_deed: Callback<Option<Deed>>,
    /// How many entries are shown before more are asked for.
    at_first: usize,
    /// Whether each entry names its customer.
    names: bool,
    /// What stands in place of a failure.
    instead: Instead,
    /// Stands where there is no entry.
    #[prop(into)]
    empty: ViewFn,
    /// What else is chosen by.
    #[prop(optional)]
    children: Option<Children>,
    /// The reader's language.
    language: Language,
) -> impl IntoView {
    // What can be chosen: all that has happened, as the latest answer told.
    let deeds = RwSignal::new(Vec::<Deed>::new());
    let paged = Paged::follow(filter, at_first, "journal-entry", move |filter, cursor| async move {
        let page = api::journal_list(&filter, cursor.as_deref()).await?;
        let _ = deeds.try_set(page.deeds);
        Ok(Page { lines: page.entries, next: page.next })
    });
    let domain = session().settings.site_domain;
    let lines = move |entries: Vec<JournalLine>| {
        let entries = entries.into_iter().enumerate();
        let lines = entries.map(|(place, entry)| line(language, &domain, entry, paged.line_id(place), names));
        view! { <ol class="events">{lines.collect_view()}</ol> }.into_any()
    };
    view! {
        <div class="filter-bar">
            {children.map(|children| children())}
            <DeedField filter=filter deeds=deeds on_deed=on_deed language=language />
            <Download filter=filter language=language />
        </div>
        {paged.view(customer_page::journal_loading(language), move |failure| instead(language, failure), move || empty.run(), lines)}
    }
}

/// The choice among what has happened; what is asked for now stands there in any case.
#[component]
fn DeedField(
    filter: Signal<JournalFilter>,
    deeds: RwSignal<Vec<Deed>>,
    on_deed: Callback<Option<Deed>>,
    language: Language,
) -> impl IntoView {
    let chosen = Memo::new(move |_| filter.with(|filter| filter.deed));
    let options = Memo::new(move |_| {
        let mut all = deeds.get();
        all.extend(chosen.get().filter(|deed| !all.contains(deed)));
        let mut named: Vec<(String, String)> =
            all.into_iter().map(|deed| (deed.name().to_owned(), label::deed(language, deed).to_owned())).collect();
        named.sort_by(|one, other| one.1.cmp(&other.1));
        named.insert(0, (String::new(), customer_page::everything(language).to_owned()));
        named
    });
    let value = Signal::derive(move || chosen.get().map(|deed| deed.name().to_owned()).unwrap_or_default());
    move || {
        view! {
            <SelectField
                id="journal-deed"
                label=journal::deed(language)
                options=options.get()
                value=value
                on_change=move |name: String| on_deed.run(Deed::from_name(&name))
            />
        }
    }
}

/// The same entries as a file; who may not download is told why (P2, P7).
#[component]
fn Download(filter: Signal<JournalFilter>, language: Language) -> impl IntoView {
    let toasts = expect_context::<Toasts>();
    let saving = RwSignal::new(false);
    let download = move |_| {
        saving.set(true);
        spawn_local(async move {
            let answer = api::journal_download(&filter.get_untracked(), language).await;
            if saving.try_set(false).is_some() {
                return;
            }
            match answer {
                Ok(text) => save_file("journal.csv", "text/csv", &text),
                Err(failure) => toasts.bad(failed_in_full(language, &failure)),
            }
        });
    };
    // The customer's own administrators download what is theirs; the right is one of partners.
    let because = match side() {
        Side::Administrator => None,
        _ => label::because(language, may(Right::Download)),
    };
    view! {
        <Button disabled_because=Signal::stored(because) busy=saving on_click=download>
            {customer_page::journal_csv(language)}
        </Button>
    }
}
