//! What a page shows before it acts; and where something else would happen by now, why, what that
//! is, and what was shown (E6). For every page that asks before it acts.

use contract::trials::ActPreview;
use leptos::prelude::*;
use rules::clock::Day;
use rules::consequences::Consequences;
use words::{Language, consequences, date};

use crate::ui::{Notice, Shape, Tone};

/// A preview, and the one that the page showed before, where that would not happen any more.
#[derive(Clone, Debug, PartialEq)]
pub struct Previewed {
    /// What would happen now; the act carries its digest and its version.
    pub now: ActPreview,
    /// What the page showed before.
    pub before: Option<ActPreview>,
}

/// What an act brings, as `tell` says it. Where the page showed something else before, it stands
/// below that, each with its day, after the reason.
pub fn foretold(language: Language, previewed: &Previewed, tell: impl Fn(&Consequences) -> AnyView) -> AnyView {
    let Previewed { now, before } = previewed;
    let Some(before) = before else { return tell(&now.consequences) };
    let same = before.consequences == now.consequences;
    let next = if same { consequences::brings_the_same(language) } else { consequences::decide_again(language) };
    let why = why(language, before, now);
    let shown = match same {
        true => tell(&now.consequences),
        false => both_versions(
            language,
            (now.consequences.today, tell(&now.consequences)),
            (before.consequences.today, tell(&before.consequences)),
        ),
    };
    view! {
        <Notice tone=Tone::Warn shape=Shape::Triangle announced=true>
            {why} " " {next}
        </Notice>
        {shown}
    }
    .into_any()
}

/// What would happen now, and below it what was shown before, each with the day that it is for.
pub fn both_versions(language: Language, now: (Day, AnyView), before: (Day, AnyView)) -> AnyView {
    let version = |title: String, shown: AnyView| {
        view! {
            <section class="version stack-tight">
                <h3>{title}</h3>
                {shown}
            </section>
        }
    };
    view! {
        {version(consequences::brings_now(language, date(language, now.0)), now.1)}
        {version(consequences::shown_before(language, date(language, before.0)), before.1)}
    }
    .into_any()
}

/// Why something else would happen by now, as far as two previews tell.
fn why(language: Language, before: &ActPreview, now: &ActPreview) -> &'static str {
    reason(language, before.consequences.today != now.consequences.today, before.version != now.version)
}

/// The reason in words: the day turned, something was changed there, or both; and what is neither is
/// a fact from elsewhere, such as one of X4.
pub fn reason(language: Language, day_turned: bool, changed: bool) -> &'static str {
    match (day_turned, changed) {
        (true, false) => consequences::day_turned(language),
        (true, true) => consequences::day_turned_and_changed(language),
        (false, true) => consequences::changed(language),
        (false, false) => consequences::fact_changed(language),
    }
}
