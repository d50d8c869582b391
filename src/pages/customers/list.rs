//! Loading the list, page by page.

use contract::customers::{CustomerLine, CustomersPage, Totals};
use leptos::prelude::*;
use leptos::task::spawn_local;
use rules::clock::Day;
use rules::customers::Query;
use words::{Language, customers};

use crate::api::{self, Failure};
use crate::navigation::{Navigator, navigator};
use crate::route::Route;
use crate::session::Listed;
use crate::ui::move_focus;

/// What was found so far.
#[derive(Clone, Debug, PartialEq)]
pub struct Found {
    /// The backend's day, from which days left are counted (L1).
    pub today: Day,
    /// The rows of all pages that were loaded.
    pub rows: Vec<CustomerLine>,
    /// How many there are in all, or that many and more.
    pub found: u32,
    /// Whether there are more than `found` (Q7).
    pub more_found: bool,
    /// Where the next page begins.
    pub next: Option<String>,
}

impl Found {
    /// How many were found, and how many of them are shown.
    pub fn told(&self, language: Language) -> String {
        let shown = self.rows.len();
        let number = |count| words::number(language, count);
        match self.next {
            None if shown == 0 => customers::no_match_title(language).to_owned(),
            None => customers::found(language, shown),
            // Nobody counted them all; by now there may be more on screen than were counted (Q7).
            Some(_) if self.more_found => {
                let counted = u64::from(self.found).max(u64::try_from(shown).unwrap_or(u64::MAX));
                customers::found_part_more(language, number(counted), shown)
            }
            Some(_) => customers::found_part(language, number(self.found.into()), shown),
        }
    }
}

/// The list as it is loaded.
#[derive(Clone, Copy)]
pub struct List {
    /// What is asked for.
    pub query: Signal<Query>,
    /// What was found; `None` before the first answer.
    pub found: RwSignal<Option<Found>>,
    /// Why the last call failed.
    pub failure: RwSignal<Option<Failure>>,
    /// Whether an answer is on its way.
    pub busy: RwSignal<bool>,
    /// Customers counted by status (Q4).
    pub totals: RwSignal<Option<Totals>>,
    /// The number of the last call: an answer to an earlier one comes too late.
    last: StoredValue<u32>,
    listed: Listed,
    navigator: Navigator,
}

impl List {
    /// Loads what is asked for, and loads again whenever that changes. Rows stay
    /// until there are others to show in their place.
    pub fn follow(query: Signal<Query>) -> List {
        let list = List {
            query,
            found: RwSignal::new(None),
            failure: RwSignal::new(None),
            busy: RwSignal::new(false),
            totals: RwSignal::new(None),
            last: StoredValue::new(0),
            listed: expect_context(),
            navigator: navigator(),
        };
        Effect::new(move |_| {
            query.track();
            untrack(move || list.load());
        });
        list
    }

    /// Loads the first page, and the totals.
    pub fn load(self) {
        self.count();
        let number = self.begin();
        let query = self.query.get_untracked();
        spawn_local(async move {
            let answer = api::customers_list(&query, None).await;
            if !self.is_awaited(number) {
                return;
            }
            match answer {
                Ok(page) => match page.opens {
                    // The search text is an id: its record is opened (Q2), in place of this
                    // page, so that Back does not lead here and on again.
                    Some(id) => self.navigator.go_instead(Route::Customer(id)),
                    None => self.found.set(Some(first(page))),
                },
                Err(failure) => {
                    self.found.set(None);
                    self.failure.set(Some(failure));
                }
            }
            self.busy.set(false);
        });
    }

    /// Loads the page after the last one and moves the focus to its first row,
    /// because the button that was pressed may be gone.
    pub fn load_more(self) {
        let Some(cursor) = self.found.with_untracked(|found| found.as_ref().and_then(|found| found.next.clone()))
        else {
            return;
        };
        let number = self.begin();
        let query = self.query.get_untracked();
        spawn_local(async move {
            let answer = api::customers_list(&query, Some(&cursor)).await;
            if !self.is_awaited(number) {
                return;
            }
            match answer {
                Ok(page) => {
                    let first = page.rows.first().map(|line| row_id(line.id.as_str()));
                    self.found.update(|found| add(found, page));
                    if let Some(first) = first {
                        move_focus(first);
                    }
                }
                Err(failure) => self.failure.set(Some(failure)),
            }
            self.busy.set(false);
        });
    }

    /// Counts customers by status. Where that fails the numbers are left out: the
    /// list itself says what is wrong.
    fn count(self) {
        spawn_local(async move {
            if let Ok(totals) = api::customers_totals().await {
                self.listed.tell(totals.listed);
                self.totals.try_set(Some(totals));
            }
        });
    }

    fn begin(self) -> u32 {
        self.busy.set(true);
        // Telling what is so already would draw the table anew, and take the focus from its heads.
        if self.failure.with_untracked(Option::is_some) {
            self.failure.set(None);
        }
        self.last.update_value(|last| *last = last.wrapping_add(1));
        self.last.get_value()
    }

    /// Whether an answer is the one that is waited for: no newer call was made,
    /// and the page is still open.
    fn is_awaited(self, number: u32) -> bool {
        self.last.try_get_value() == Some(number)
    }
}

/// The id of the link that a row begins with.
pub fn row_id(customer: &str) -> String {
    format!("customer-{customer}")
}

fn first(page: CustomersPage) -> Found {
    let CustomersPage { today, rows, found, more_found, next, .. } = page;
    Found { today, rows, found, more_found, next }
}

/// Adds a page. A row that came already, because something changed between the
/// two calls, is not shown twice.
fn add(found: &mut Option<Found>, page: CustomersPage) {
    let Some(found) = found else {
        *found = Some(first(page));
        return;
    };
    let mut shown = std::mem::take(&mut found.rows);
    shown.retain(|row| page.rows.iter().all(|new| new.id != row.id));
    shown.extend(page.rows);
    *found = first(CustomersPage { rows: shown, ..page });
}

#[cfg(test)]
mod tests {
    use rules::trial::Status;

    use super::*;

    fn line(id: &str) -> CustomerLine {
        CustomerLine {
            id: id.into(),
            company: "Harbour".to_owned(),
            administrator_email: Some("it@harbour.example".to_owned()),
            status: Status::Active,
            more_trials: 0,
            services: Vec::new(),
            phase: None,
            licences: None,
            region: None,
            in_charge: None,
            interested: false,
            last_change: "2026-03-01T12:00:00Z".parse().expect("an instant"),
        }
    }

    fn page(ids: &[&str]) -> CustomersPage {
        CustomersPage {
            today: Day::from_ymd(2026, 3, 1).expect("a date of the calendar"),
            rows: ids.iter().map(|id| line(id)).collect(),
            found: u32::try_from(ids.len()).expect("a few"),
            more_found: false,
            next: None,
            opens: None,
        }
    }

    #[test]
    fn what_nobody_counted_is_told_as_more_q7() {
        let told = |rows: usize, found, more_found, next: Option<&str>| {
            let today = Day::from_ymd(2026, 3, 1).expect("a date of the calendar");
            let (rows, next) = (vec![line("a"); rows], next.map(str::to_owned));
            Found { today, rows, found, more_found, next }.told(Language::En)
        };
        assert_eq!(told(0, 0, false, None), "No customer matches");
        assert_eq!(told(1, 1, false, None), "1 customer");
        assert_eq!(told(100, 1234, false, Some("x")), "100 of 1,234 customers shown");
        assert_eq!(told(100, 500, true, Some("x")), "100 of more than 500 customers shown");
        assert_eq!(told(600, 500, true, Some("x")), "600 of more than 600 customers shown");
        assert_eq!(told(642, 500, true, None), "642 customers", "all that there are");
    }

    #[test]
    fn a_row_that_changed_between_two_pages_is_shown_once() {
        let mut found = Some(first(page(&["a", "b"])));
        add(&mut found, page(&["b", "c"]));
        let ids: Vec<String> = found.expect("rows").rows.iter().map(|row| row.id.to_string()).collect();
        assert_eq!(ids, ["a", "b", "c"]);
    }
}
