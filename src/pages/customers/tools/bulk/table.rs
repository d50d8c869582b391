//! Each customer of an act on several, with what it brings there or what came of it (Q6).

use leptos::prelude::*;
use words::{Language, bulk};

use super::row::{Row, Step};
use super::{Stage, TOLD, Work};
use crate::consequences::Brings;
use crate::session::session;
use crate::ui::{Icon, Shape, Tone};

/// The table, with how far it is as a message.
#[component]
pub(super) fn RowsTable(work: Work) -> impl IntoView {
    let language = work.desk.language;
    let rows = move || {
        let rows = work.rows.get();
        rows.into_iter().map(|row| line(language, row)).collect_view()
    };
    view! {
        <div class="stack">
            <p id=TOLD tabindex="-1" role="status" class="numbers bulk-told">{move || told(work)}</p>
            <table class="table bulk-table">
                <thead>
                    <tr>
                        <th scope="col">{words::customers::company(language)}</th>
                        <th scope="col">{bulk::outcome(language)}</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
}

/// How far it is, in one sentence.
fn told(work: Work) -> String {
    let language = work.desk.language;
    let count = |of: fn(&Step) -> bool| work.count(of);
    let waiting = count(|step| matches!(step, Step::Waiting));
    let (done, skipped) = (count(|step| *step == Step::Done), count(|step| matches!(step, Step::Skipped(_))));
    let failed = count(|step| matches!(step, Step::Failed(..)));
    let ready = count(|step| matches!(step, Step::Ready(_)));
    match work.stage.get() {
        Stage::Asking => String::new(),
        Stage::Looking => bulk::looking(language, waiting),
        Stage::Shown => bulk::shown(language, failed, ready, skipped),
        Stage::Doing => bulk::doing(language, ready + 1),
        Stage::Over if ready > 0 => bulk::stopped(language, done, failed, ready, skipped),
        Stage::Over => bulk::over(language, done, failed, skipped),
    }
}

fn line(language: Language, row: Row) -> impl IntoView {
    let said = |tone: Tone, shape: Shape, text: String| {
        view! {
            <span class=format!("bulk-said {}", tone.class())>
                <Icon shape=shape />
                <span>{text}</span>
            </span>
        }
    };
    let outcome = match row.step {
        Step::Waiting => said(Tone::Off, Shape::Ring, bulk::waiting(language).to_owned()).into_any(),
        Step::Doing(order) => said(Tone::Wait, Shape::Half, bulk::under_way(language, order.says)).into_any(),
        Step::Done => said(Tone::Good, Shape::Check, bulk::done(language).to_owned()).into_any(),
        Step::Skipped(why) => said(Tone::Off, Shape::Dash, bulk::skipped(language, why)).into_any(),
        Step::Failed(why, _) => said(Tone::Bad, Shape::Triangle, bulk::failed(language, why)).into_any(),
        Step::Ready(order) => {
            let domain = session().settings.site_domain;
            let more = order.preview.map(|preview| {
                view! {
                    <details>
                        <summary>{bulk::details(language)}</summary>
                        <Brings consequences=preview.consequences domain=domain language=language />
                    </details>
                }
            });
            view! { <span>{order.says}</span> {more} }.into_any()
        }
    };
    view! {
        <tr>
            <th scope="row"><bdi>{row.customer.company}</bdi></th>
            <td>{outcome}</td>
        </tr>
    }
}
