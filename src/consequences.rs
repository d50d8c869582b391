//! What an act will bring, in words (E6): for every page that asks before it acts.

use leptos::prelude::*;
use rules::clock::Day;
use rules::consequences::{Consequences, Inventory, MailEffect};
use words::{Language, consequences, date, label};

/// Mails added and dropped, access, and what is lost; nothing of what does not change.
#[component]
pub fn Brings(
    /// What the preview told.
    #[prop(name = "consequences")]
    brings: Consequences,
    /// The platform's site domain.
    domain: String,
    /// The reader's language.
    language: Language,
) -> impl IntoView {
    let Consequences { today, added, dropped, lost, access, .. } = brings;
    let level =
        |level: Option<_>| level.map_or(consequences::no_access(language), |level| label::access(language, level));
    let access = (access.0 != access.1)
        .then(|| view! { <p>{consequences::access_from(language, level(access.1), level(access.0))}</p> });
    view! {
        <div class="stack-tight brings">
            {access} {list(consequences::lost(language), losses(language, &lost, &domain))}
            {list(consequences::mails(language), mails(language, &added, today))}
            {list(consequences::dropped(language), mails(language, &dropped, today))}
        </div>
    }
}

fn list(title: &'static str, lines: Vec<String>) -> Option<impl IntoView> {
    let lines: Vec<_> = lines.into_iter().map(|line| view! { <li>{line}</li> }).collect();
    (!lines.is_empty()).then(|| view! { <h3>{title}</h3> <ul>{lines}</ul> })
}

/// A line for each mail, with its day where that is another one.
pub fn mails(language: Language, mails: &[MailEffect], today: Day) -> Vec<String> {
    let line = |mail: &MailEffect| {
        let (kind, group) = (label::mail_kind(language, mail.kind), label::recipients(language, mail.group));
        match mail.on.filter(|day| *day != today) {
            Some(day) => consequences::mail_later(language, date(language, day), group, kind, mail.people),
            None => consequences::mail(language, group, kind, mail.people),
        }
    };
    mails.iter().filter(|mail| mail.people > 0).map(line).collect()
}

/// A line for each thing that is lost.
pub fn losses(language: Language, lost: &Inventory, domain: &str) -> Vec<String> {
    let mut lines = Vec::new();
    if !lost.services.is_empty() {
        lines.push(consequences::lost_services(language, label::services(language, lost.services.iter().copied())));
    }
    lines.extend(lost.licences.map(|count| consequences::lost_licences(language, count)));
    lines.extend(lost.site.as_ref().map(|name| consequences::lost_site(language, format!("{name}.{domain}"))));
    let counted = [
        (lost.users, consequences::lost_users(language, lost.users)),
        (lost.phone_numbers, consequences::lost_numbers(language, lost.phone_numbers)),
        (lost.device_licences, consequences::lost_devices(language, lost.device_licences)),
        (lost.administrators, consequences::lost_administrators(language, lost.administrators)),
    ];
    lines.extend(counted.into_iter().filter(|(count, _)| *count > 0).map(|(_, line)| line));
    lines
}
