//! What Review shows of a request: how the customer learns of it, and its dates, which
//! count from a set-up that has no day yet (N15, X3, X6).

use contract::trials::RequestPreview;
use leptos::prelude::*;
use rules::clock::{Day, days_left};
use rules::draft::TrialDraft;
use rules::notice::{Due, MailKind};
use rules::organisation::AccessLevel;
use rules::trial::{Plan, dates};
use words::{Language, asking, label, wizard};

use super::review::mails;

/// How long after the set-up something is, by a plan that was made as of one day.
pub fn after_set_up(language: Language, start: Day, day: Day) -> String {
    match days_left(start, day) {
        0 => asking::at_set_up(language).to_owned(),
        days => asking::after_set_up(language, days),
    }
}

/// The request itself: to whom it goes, until when it is answered, and what it says.
pub fn request(language: Language, today: Day, draft: &TrialDraft, request: &RequestPreview) -> impl IntoView + use<> {
    let level = if draft.full_access { AccessLevel::FullAdministrator } else { AccessLevel::Provisioning };
    let words = draft.words.trim().to_owned();
    let words = match words.is_empty() {
        true => view! { <span class="muted">{asking::no_words(language)}</span> }.into_any(),
        false => view! { <bdi class="own-words">{words}</bdi> }.into_any(),
    };
    view! {
        <section class="panel card review-part">
            <h3>{asking::request(language)}</h3>
            <dl class="facts">
                <dt>{asking::sent_to(language)}</dt>
                <dd>{asking::addresses(language, request.recipients)}</dd>
                <dt>{asking::answer_by(language)}</dt>
                <dd>
                    {words::date_utc(language, request.answer_by)}
                    <span class="under">{words::waiting::days_to_answer(language, days_left(today, request.answer_by))}</span>
                </dd>
                <dt>{asking::phrase(language)}</dt>
                <dd>
                    <strong class="phrase" lang="zxx" translate="no">
                        {request.phrase.clone()}
                    </strong>
                    <span class="under">{asking::phrase_hint(language)}</span>
                </dd>
                <dt>{asking::access_asked(language)}</dt>
                <dd>{label::access(language, level)}</dd>
                <dt>{asking::own_words(language)}</dt>
                <dd>{words}</dd>
            </dl>
        </section>
    }
}

/// Every date and every mail that will follow, counted from the set-up (N15).
pub fn follows(language: Language, plan: &Plan, recipients: u32) -> impl IntoView + use<> {
    let days = dates(plan)
        .into_iter()
        .map(|(day, kind)| {
            view! {
                <tr>
                    <td class="numbers nowrap">{after_set_up(language, plan.start, day)}</td>
                    <td>{label::date_kind(language, kind)}</td>
                </tr>
            }
        })
        .collect_view();
    let line = |when: String, what: String, to: String| {
        view! {
            <li>
                <span class="numbers">{when}</span>
                <span>{what} <span class="under">{to}</span></span>
            </li>
        }
    };
    let first = line(
        asking::on_sending(language).to_owned(),
        label::mail_kind(language, MailKind::Consent).to_owned(),
        asking::addresses(language, recipients),
    );
    let second = line(
        asking::answered(language).to_owned(),
        asking::answer_mail(language).to_owned(),
        asking::answer_mail_to(language).to_owned(),
    );
    let later = mails(plan)
        .into_iter()
        .map(|(mail, to)| {
            let when = match mail.due {
                Due::On(day) => after_set_up(language, plan.start, day),
                Due::WhenProvisioned => words::labels::when_provisioned(language).to_owned(),
                Due::WhenShipped => words::labels::when_shipped(language).to_owned(),
            };
            let to: Vec<&str> = to.iter().map(|group| label::recipients(language, *group)).collect();
            line(when, label::mail_kind(language, mail.kind).to_owned(), to.join(", "))
        })
        .collect_view();
    view! {
        <section class="panel card review-part">
            <h3>{asking::dates(language)}</h3>
            <table class="table table-plain">
                <caption class="unseen">{asking::dates(language)}</caption>
                <thead class="unseen">
                    <tr>
                        <th scope="col">{wizard::dates_day(language)}</th>
                        <th scope="col">{wizard::dates_what(language)}</th>
                    </tr>
                </thead>
                <tbody>{days}</tbody>
            </table>
        </section>
        <section class="panel card review-part">
            <h3>{wizard::mails(language)}</h3>
            <ul class="events">{first} {second} {later}</ul>
        </section>
    }
}

#[cfg(test)]
mod tests {
    use rules::samples::day;

    use super::*;

    #[test]
    fn a_date_of_a_request_counts_from_its_set_up_n15() {
        let start = day(2026, 3, 1);
        let told = |language, days| after_set_up(language, start, start.plus(days));
        assert_eq!(told(Language::En, 0), "day of set-up");
        assert_eq!(told(Language::En, 1), "1 day after set-up");
        assert_eq!(told(Language::Nl, 23), "23 dagen na het instellen");
    }
}
