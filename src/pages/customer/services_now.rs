//! The services that a customer has now: purchased, and in trials (Q8).

use contract::customers::CustomerDetail;
use leptos::prelude::*;
use rules::clock::Day;
use rules::service::Service;
use rules::trial::{State, Trial, closes_on};
use words::{Language, customer_page, date_short, label, number, terms};

/// What one service is given by.
struct Line {
    service: Service,
    how: String,
    licences: Option<u32>,
    until: String,
}

/// A table of them; nothing for a customer of whom nothing is known, for a request only asks (Q11).
#[component]
pub fn ServicesNow(
    /// The customer.
    detail: CustomerDetail,
    /// The reader's language.
    language: Language,
) -> impl IntoView {
    let Some(organisation) = &detail.organisation else { return ().into_any() };
    let mut lines: Vec<Line> = organisation
        .purchased
        .iter()
        .map(|purchase| Line {
            service: purchase.service,
            how: customer_page::purchased_since(language, date_short(language, purchase.since)),
            licences: purchase.licences,
            until: customer_page::no_end(language).to_owned(),
        })
        .collect();
    for each in &detail.trials {
        lines.extend(of_trial(language, &each.trial, detail.today));
    }
    // More may be assigned than there are, once the number was lowered (E5).
    let over = |service: Service| {
        let known = organisation.licences.iter().find(|line| line.service == service)?;
        let over = known.assigned.checked_sub(known.total).filter(|over| *over > 0 && known.total > 0)?;
        let assigned = words::subscriptions::assigned_of(language, known.assigned, known.total);
        Some(format!("{assigned}: {}", words::subscriptions::over(language, over)))
    };
    let rows = lines
        .iter()
        .map(|line| {
            view! {
                <tr>
                    <th scope="row">
                        {label::service(language, line.service)}
                        <span class="under">{line.how.clone()}</span>
                        {over(line.service).map(|over| view! { <span class="under">{over}</span> })}
                    </th>
                    <td class="number">{line.licences.map(|count| number(language, count.into()))}</td>
                    <td>{line.until.clone()}</td>
                </tr>
            }
        })
        .collect_view();
    let table = if lines.is_empty() {
        view! { <p class="muted">{customer_page::no_services(language)}</p> }.into_any()
    } else {
        view! {
            <div class="scrolls" tabindex="0" role="group" aria-labelledby="services-now">
                <table class="table table-plain services-now">
                    <thead>
                        <tr>
                            <th scope="col">{customer_page::service(language)}</th>
                            <th scope="col" class="number">{terms::licences(language)}</th>
                            <th scope="col">{customer_page::until(language)}</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        }
        .into_any()
    };
    view! {
        <section class="panel card" aria-labelledby="services-now">
            <h2 id="services-now">{customer_page::services_now(language)}</h2>
            {table}
        </section>
    }
    .into_any()
}

/// The services of a trial that runs or is in grace; of any other there is none now (L2, L3).
fn of_trial(language: Language, trial: &Trial, today: Day) -> Vec<Line> {
    let (Some(end), state) = (trial.end(), trial.state(today)) else { return Vec::new() };
    let (how, until) = match state {
        State::Running => (customer_page::in_trial(language), end),
        State::Expired => (customer_page::in_grace(language), closes_on(end)),
        _ => return Vec::new(),
    };
    let left = label::left(language, trial.phase, today).unwrap_or_default();
    let until = format!("{}, {left}", date_short(language, until));
    let line = |service: Service| Line {
        service,
        how: how.to_owned(),
        licences: trial.offer.licences.filter(|_| service.has_licences()),
        until: until.clone(),
    };
    trial.offer.services().into_iter().map(line).collect()
}

#[cfg(test)]
mod tests {
    use rules::samples;

    use super::*;

    #[test]
    fn a_trial_gives_its_services_until_it_ends_and_in_grace_until_it_closes_q8_l2() {
        let trial = samples::trial(samples::shortest_draft());
        let end = trial.end().expect("it runs");
        let told =
            |today: Day| of_trial(Language::En, &trial, today).into_iter().map(|line| line.until).collect::<Vec<_>>();
        assert!(told(end.minus(1))[0].ends_with("1 day left"), "{:?}", told(end.minus(1)));
        assert!(told(end)[0].ends_with("30 days of grace left"), "{:?}", told(end));
        assert_eq!(told(closes_on(end)), Vec::<String>::new());
    }
}
