//! The journal over all customers (L10).

use leptos::prelude::*;
use rules::change::Deed;
use rules::ids::OrganisationId;
use words::{activity, customer_page};

use super::customer_filter::CustomerFilter;
use super::{Head, asked, no_customer, nothing};
use crate::journal::Journal;
use crate::navigation::navigator;
use crate::reader::language;
use crate::route::{ActivityPart, JournalFilter};
use crate::session::{Side, side};

/// How many entries are shown before more are asked for.
const AT_FIRST: usize = 50;

/// The journal, with the filter that stands in the address.
#[component]
pub(super) fn JournalPart() -> impl IntoView {
    let (language, navigator) = (language(), navigator());
    let filter = asked(ActivityPart::Journal, JournalFilter::read, JournalFilter::route);
    let go = move |filter: JournalFilter| navigator.go(filter.route());
    let by_deed = move |deed: Option<Deed>| go(JournalFilter { deed, ..filter.get_untracked() });
    let by_customer = move |customer: Option<OrganisationId>| go(JournalFilter { customer, ..filter.get_untracked() });
    let is_partner = side() == Side::Partner;
    let of_customer = is_partner.then(|| {
        let chosen = Signal::derive(move || filter.with(|filter| filter.customer.clone()));
        view! { <CustomerFilter chosen=chosen on_choose=by_customer language=language /> }
    });
    let none = move || {
        let filtered = filter.with(|filter| *filter != JournalFilter::default());
        let all = filtered.then_some(ActivityPart::Journal);
        nothing(activity::no_entry_title(language), activity::no_entry(language), all)
    };
    view! {
        <Head title=customer_page::journal(language) language=language />
        <div class="stack activity">
            <p class="muted">{activity::journal_text(language)}</p>
            <section class="panel card stack-tight" aria-label=customer_page::journal(language)>
                <Journal
                    filter=filter
                    on_deed=by_deed
                    at_first=AT_FIRST
                    names=is_partner
                    instead=|_, failure| no_customer(failure, ActivityPart::Journal)
                    empty=none
                    language=language
                >
                    {of_customer}
                </Journal>
            </section>
        </div>
    }
}
