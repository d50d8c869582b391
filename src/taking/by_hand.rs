//! People are typed by hand, at most 25 at once (U2).

use std::collections::BTreeSet;

use contract::error::ApiError;
use contract::set_up::{PeopleTaken, TakePeople};
use leptos::prelude::*;
use leptos::task::spawn_local;
use rules::draft::{Facts, Field};
use rules::service::Service;
use rules::set_up::file::LineOutcome;
use rules::set_up::{BY_HAND_MAX, PersonDraft, PersonField, SetUpDraft, SetUpField, check_people};
use rules::verdict::Problem;
use words::{Language, label, taking, wizard};

use super::Taking;
use super::report::{Report, Said};
use crate::api::{self, Failure};
use crate::forms::field_id;
use crate::ui::{Button, ButtonKind, CheckboxField, Form, TextField, move_focus};

/// What is typed, as the rows see it.
#[derive(Clone, Copy)]
struct Rows {
    rows: Signal<Vec<PersonDraft>>,
    on_rows: Callback<Vec<PersonDraft>>,
    /// Whether what is wrong is shown: once they were to be added.
    asked: RwSignal<bool>,
    language: Language,
}

impl Rows {
    fn change(self, at: usize, change: impl FnOnce(&mut PersonDraft)) {
        let mut rows = self.rows.get_untracked();
        if rows.len() <= at {
            rows.resize_with(at + 1, PersonDraft::default);
        }
        change(&mut rows[at]);
        self.on_rows.run(rows);
    }

    fn problem(self, at: usize, part: PersonField) -> Signal<Option<String>> {
        let field = place(at, part);
        let language = self.language;
        Memo::new(move |_| {
            let typed = |rows: &Vec<PersonDraft>| rows.get(at).is_some_and(|row| !row.is_blank());
            if !self.asked.get() || !self.rows.with(typed) {
                return None;
            }
            let draft = SetUpDraft { people: self.rows.get(), ..SetUpDraft::default() };
            draft.judge(field, &Facts::default()).map(|kind| label::problem(language, &Problem { field, kind }))
        })
        .into()
    }
}

fn place(at: usize, part: PersonField) -> Field {
    Field::SetUp(SetUpField::Person(u16::try_from(at).unwrap_or(u16::MAX), part))
}

/// The rows, and the button that adds who is typed in them.
#[component]
pub fn ByHand(
    /// Into what they are taken.
    taking: Taking,
    /// The rows.
    rows: Signal<Vec<PersonDraft>>,
    /// Takes the rows as they are to be.
    on_rows: Callback<Vec<PersonDraft>>,
    /// The services that they can be given.
    services: Signal<Vec<Service>>,
) -> impl IntoView {
    let language = taking.language;
    let typed = Rows { rows, on_rows, asked: RwSignal::new(false), language };
    let (busy, failed) = (RwSignal::new(false), RwSignal::new(None::<Failure>));
    let (said, announced) = (RwSignal::new(None::<Said>), RwSignal::new(0usize));
    // There is always a row to type in.
    let shown = Memo::new(move |_| rows.with(Vec::len).max(1));
    let another = move |_| {
        let at = shown.get_untracked();
        typed.change(at, |_| {});
        move_focus(field_id(place(at, PersonField::Email)));
    };
    let no_more = Signal::derive(move || (shown.get() >= BY_HAND_MAX).then(|| taking::full(language, BY_HAND_MAX)));
    let mend = move |problems: &[Problem]| {
        typed.asked.set(true);
        announced.set(problems.len());
        if let Some(first) = problems.first() {
            move_focus(field_id(first.field));
        }
    };
    let add = move || {
        if busy.get_untracked() {
            return;
        }
        failed.set(None);
        let people = rows.get_untracked();
        match check_people(&people) {
            Err(problems) => return mend(&problems),
            Ok(lines) if lines.is_empty() => return move_focus(field_id(place(0, PersonField::Email))),
            Ok(_) => {}
        }
        let asked = TakePeople::ByHand(people);
        let key = taking.key(&asked);
        busy.set(true);
        spawn_local(async move {
            let into = taking.into.get_value();
            let answer = api::people_take(&into, &asked, &key).await;
            if busy.try_set(false).is_some() {
                return;
            }
            match answer {
                Ok(done) => {
                    typed.asked.set(false);
                    announced.set(0);
                    let TakePeople::ByHand(sent) = asked else { return };
                    on_rows.run(left(rows.get_untracked(), &sent, &done));
                    said.set(Some(Said { taken: done, done: true, by_hand: true }));
                    taking.done();
                }
                Err(Failure::Api(ApiError::Invalid { problems })) => mend(&problems),
                Err(failure) => failed.set(Some(failure)),
            }
        });
    };
    let nobody = Signal::derive(move || {
        rows.with(|rows| rows.iter().all(PersonDraft::is_blank)).then(|| taking::nobody_typed(language).to_owned())
    });
    view! {
        <Form class="stack" on_submit=move |()| add()>
            <p class="hint">{taking::hand_text(language, BY_HAND_MAX)}</p>
            <div class="unseen" role="status">
                {move || Some(announced.get()).filter(|count| *count > 0).map(|count| wizard::problems_announced(language, count))}
            </div>
            <For each=move || 0..shown.get() key=|at| *at let:at>
                <Row typed=typed at=at services=services />
            </For>
            <div class="request-actions">
                <Button disabled_because=no_more on_click=another>{taking::another(language)}</Button>
                <Button kind=ButtonKind::Primary busy=busy disabled_because=nobody on_click=move |_| add()>
                    {taking::add_typed(language)}
                </Button>
            </div>
            {taking.failed(failed)}
        </Form>
        <Report said=said language=language />
    }
}

/// The rows that stay: what was typed meanwhile, and who was not taken, so that nothing is lost.
fn left(now: Vec<PersonDraft>, sent: &[PersonDraft], done: &PeopleTaken) -> Vec<PersonDraft> {
    let was_taken = |at: usize| {
        let line = done.lines.iter().find(|line| usize::try_from(line.line).is_ok_and(|line| line == at + 1));
        line.is_none_or(|line| line.outcome == LineOutcome::TakenWithout)
    };
    let taken: Vec<&PersonDraft> =
        sent.iter().enumerate().filter(|(at, _)| was_taken(*at)).map(|(_, row)| row).collect();
    now.into_iter().filter(|row| !row.is_blank() && !taken.contains(&row)).collect()
}

#[component]
fn Row(typed: Rows, at: usize, services: Signal<Vec<Service>>) -> impl IntoView {
    let Rows { rows, on_rows, language, .. } = typed;
    let text = move |part: PersonField| {
        let read = move |row: &PersonDraft| match part {
            PersonField::Email => row.email.clone(),
            PersonField::FirstName => row.first_name.clone(),
            PersonField::LastName => row.last_name.clone(),
        };
        let name = match part {
            PersonField::Email => taking::email(language),
            PersonField::FirstName => taking::first_name(language),
            PersonField::LastName => taking::last_name(language),
        };
        let put = move |value: String| {
            typed.change(at, |row| match part {
                PersonField::Email => row.email = value,
                PersonField::FirstName => row.first_name = value,
                PersonField::LastName => row.last_name = value,
            });
        };
        view! {
            <TextField
                id=field_id(place(at, part))
                label=Signal::stored(name.to_owned())
                value=Signal::derive(move || rows.with(|rows| rows.get(at).map(read).unwrap_or_default()))
                on_input=put
                problem=typed.problem(at, part)
                inputmode=(part == PersonField::Email).then_some("email")
            />
        }
    };
    let box_of = move |service: Service| {
        let has = move |row: &PersonDraft| row.services.contains(&service);
        let choose = move |ticked: bool| {
            typed.change(at, |row| {
                let chosen: &mut BTreeSet<Service> = &mut row.services;
                if ticked {
                    chosen.insert(service)
                } else {
                    chosen.remove(&service)
                };
            });
        };
        view! {
            <CheckboxField
                id=format!("person-{at}-{}", service.name())
                label=Signal::stored(label::service(language, service).to_owned())
                checked=Signal::derive(move || rows.with(|rows| rows.get(at).is_some_and(has)))
                on_change=choose
            />
        }
    };
    let boxes = move || services.get().into_iter().map(box_of).collect_view();
    // The row that is always there has nothing to be taken out before something is typed.
    let is_typed = Memo::new(move |_| rows.with(|rows| rows.len() > at));
    let take_out = move |_| {
        let mut left = rows.get_untracked();
        if at < left.len() {
            left.remove(at);
        }
        on_rows.run(left);
        move_focus(field_id(place(at.saturating_sub(1), PersonField::Email)));
    };
    view! {
        <fieldset class="taking-row stack-tight">
            <legend class="label">{taking::person(language, at + 1)}</legend>
            <div class="quartet">{PersonField::ALL.map(text).collect_view()}</div>
            <fieldset class="taking-services">
                <legend class="unseen">{taking::services(language)}</legend>
                {boxes}
            </fieldset>
            {move || is_typed.get().then(|| view! {
                <div>
                    <Button kind=ButtonKind::Quiet on_click=take_out>{taking::take_out(language, at + 1)}</Button>
                </div>
            })}
        </fieldset>
    }
}

#[cfg(test)]
mod tests {
    use rules::set_up::file::LineReport;

    use super::*;

    #[test]
    fn who_was_not_taken_and_what_was_typed_meanwhile_stays_u2_g3() {
        let row = |email: &str| PersonDraft { email: email.to_owned(), ..PersonDraft::default() };
        let sent = [row("a@x.example"), row("elsewhere@x.example"), row("c@x.example")];
        let report = |line, outcome| LineReport {
            line,
            email: String::new(),
            outcome,
            fault: None,
            first: None,
            without: Vec::new(),
        };
        let lines = vec![report(2, LineOutcome::Elsewhere), report(3, LineOutcome::TakenWithout)];
        let done = PeopleTaken { taken: 2, lines, version: 1 };
        let now = [sent.to_vec(), vec![row("new@x.example"), PersonDraft::default()]].concat();
        assert_eq!(left(now, &sent, &done), [row("elsewhere@x.example"), row("new@x.example")]);
    }
}
