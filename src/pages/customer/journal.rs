//! The journal of a customer (L10, Q8).

use leptos::prelude::*;
use rules::ids::OrganisationId;
use words::{Language, customer_page};

use crate::journal;
use crate::route::JournalFilter;

/// How many entries are shown before more are asked for.
const AT_FIRST: usize = 8;

/// The section.
#[component]
pub fn Journal(
    /// The customer.
    customer: OrganisationId,
    /// The reader's language.
    language: Language,
) -> impl IntoView {
    let filter = RwSignal::new(JournalFilter { customer: Some(customer), deed: None });
    let none = move || view! { <p class="muted">{customer_page::no_entries(language)}</p> }.into_any();
    view! {
        <section class="panel card stack-tight" aria-labelledby="journal">
            <h2 id="journal">{customer_page::journal(language)}</h2>
            <journal::Journal
                filter=filter
                on_deed=move |deed| filter.update(|filter| filter.deed = deed)
                at_first=AT_FIRST
                names=false
                instead=|_, _| None
                empty=none
                language=language
            />
        </section>
    }
}
