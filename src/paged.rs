//! A list that comes in pages: loaded for what is asked, shown in parts, and gone on with.

use std::pin::Pin;
use std::sync::Arc;

use leptos::prelude::*;
use leptos::task::spawn_local;
use words::customer_page;

use crate::api::Failure;
use crate::reader::language;
use crate::ui::{Button, move_focus};
use crate::waiting::{NotArrived, OnItsWay};

/// How many more lines are shown at once.
const MORE: usize = 50;

/// Lines, and where the next ones begin.
#[derive(Clone, Debug)]
pub struct Page<T> {
    /// The lines.
    pub lines: Vec<T>,
    /// Where the next page begins; `None` on the last one.
    pub next: Option<String>,
}

type Answer<T> = Pin<Box<dyn Future<Output = Result<Page<T>, Failure>>>>;
type Ask<T> = Arc<dyn Fn(Option<String>) -> Answer<T> + Send + Sync>;

/// What was loaded so far, and how much of it is shown.
pub struct Paged<T: Clone + Send + Sync + 'static> {
    found: RwSignal<Option<Result<Page<T>, Failure>>>,
    shown: RwSignal<usize>,
    /// Whether an answer is on its way.
    pub busy: RwSignal<bool>,
    ask: StoredValue<Ask<T>>,
    /// The number of the latest question: an answer to an earlier one comes too late.
    last: StoredValue<u32>,
    /// Begins the id of each line.
    id: &'static str,
}

impl<T: Clone + Send + Sync + 'static> Clone for Paged<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T: Clone + Send + Sync + 'static> Copy for Paged<T> {}

impl<T: Clone + Send + Sync + 'static> Paged<T> {
    /// Loads what is asked for, and loads again whenever something else is.
    pub fn follow<F, A>(
        asked: Signal<F>,
        at_first: usize,
        id: &'static str,
        ask: impl Fn(F, Option<String>) -> A + Send + Sync + 'static,
    ) -> Paged<T>
    where
        F: Clone + Send + Sync + 'static,
        A: Future<Output = Result<Page<T>, Failure>> + 'static,
    {
        let ask: Ask<T> = Arc::new(move |cursor| Box::pin(ask(asked.get_untracked(), cursor)));
        let paged = Paged {
            found: RwSignal::new(None),
            shown: RwSignal::new(at_first),
            busy: RwSignal::new(false),
            ask: StoredValue::new(ask),
            last: StoredValue::new(0),
            id,
        };
        Effect::new(move |_| {
            asked.track();
            untrack(move || {
                paged.shown.set(at_first);
                paged.again();
            });
        });
        paged
    }

    /// The id of a line, which the focus goes to when it is the first new one.
    pub fn line_id(self, place: usize) -> String {
        format!("{}-{place}", self.id)
    }

    fn again(self) {
        self.found.set(None);
        self.load(None);
    }

    /// Asks for the first page, or for the one after what is there; then its first line has the focus.
    fn load(self, cursor: Option<String>) {
        let number = self.last.try_update_value(|last| {
            *last = last.wrapping_add(1);
            *last
        });
        let (known, goes_on) = (self.known().0, cursor.is_some());
        let answer = self.ask.with_value(|ask| ask(cursor));
        self.busy.set(true);
        spawn_local(async move {
            let answer = answer.await;
            if self.last.try_get_value() != number {
                return;
            }
            self.busy.set(false);
            let grows = goes_on && answer.is_ok();
            self.found.update(|found| match (found, answer) {
                (Some(Ok(known)), Ok(more)) if goes_on => {
                    known.lines.extend(more.lines);
                    known.next = more.next;
                }
                (found, answer) => *found = Some(answer),
            });
            if grows {
                move_focus(self.line_id(known));
            }
        });
    }

    /// How many lines are there, and where more begin.
    fn known(self) -> (usize, Option<String>) {
        self.found.with_untracked(|found| match found {
            Some(Ok(page)) => (page.lines.len(), page.next.clone()),
            _ => (0, None),
        })
    }

    fn more(self) {
        let (before, (known, next)) = (self.shown.get_untracked(), self.known());
        self.shown.set(before + MORE);
        if before < known {
            move_focus(self.line_id(before));
        } else if next.is_some() {
            self.load(next);
        }
    }

    fn has_more(self) -> bool {
        self.found.with(|found| match found {
            Some(Ok(page)) => page.lines.len() > self.shown.get() || page.next.is_some(),
            _ => false,
        })
    }

    /// The lines with the way to more of them; what stands where there are none; and for failures
    /// that the page has words of its own for, those.
    pub fn view(
        self,
        label: &'static str,
        instead: impl Fn(&Failure) -> Option<AnyView> + Send + 'static,
        empty: impl Fn() -> AnyView + Send + 'static,
        lines: impl Fn(Vec<T>) -> AnyView + Send + 'static,
    ) -> impl IntoView {
        let language = language();
        let again = Callback::new(move |()| self.again());
        let shown = move || match self.found.get() {
            None => view! { <OnItsWay label=label on_retry=again /> }.into_any(),
            Some(Err(failure)) => {
                instead(&failure).unwrap_or_else(|| view! { <NotArrived failure=failure on_retry=again /> }.into_any())
            }
            Some(Ok(page)) if page.lines.is_empty() => empty(),
            Some(Ok(page)) => lines(page.lines.into_iter().take(self.shown.get()).collect()),
        };
        let has_more = Memo::new(move |_| self.has_more());
        let more = move || {
            has_more.get().then(|| {
                view! {
                    <div>
                        <Button busy=self.busy on_click=move |_| self.more()>
                            {customer_page::show_more(language)}
                        </Button>
                    </div>
                }
            })
        };
        view! {
            <div aria-busy=move || self.busy.get().then_some("true")>{shown}</div>
            {more}
        }
    }
}
