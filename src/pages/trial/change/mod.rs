//! A running trial is edited: its end, and what it gives (E).

mod extend;
mod services;

pub use self::extend::ExtendTrial;
pub use self::services::EditTrial;

use leptos::prelude::*;
use words::{Language, acting};

use crate::heading::PageHeading;
use crate::one_trial::OneTrial;
use crate::route::Route;
use crate::status::StatusPill;
use crate::ui::ButtonLink;

/// The title of such a page, with the customer and the way back to it.
fn head(language: Language, title: String, one: &OneTrial) -> impl IntoView + use<> {
    view! {
        <div class="page-head">
            <div class="customer-title">
                <PageHeading title=title />
                <StatusPill status=one.detail.status />
            </div>
            <div class="page-actions">
                <ButtonLink href=Route::Customer(one.customer.id.clone()).path()>{acting::to_customer(language)}</ButtonLink>
            </div>
        </div>
    }
}
