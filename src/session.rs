//! Who is signed in, for every page.

use leptos::prelude::*;
use leptos::task::spawn_local;
use rules::clock::Day;
use rules::ids::PersonId;
use rules::people::Right;
use rules::verdict::Verdict;

use crate::api::{self, Failure};
use contract::session::{Session, Who};

/// The session under which the tree around the caller is drawn. It is a plain
/// value: when the person, their rights or the day change, the tree is drawn again.
pub fn session() -> Session {
    expect_context()
}

/// The backend's day (L1); the reader's clock is never asked.
pub fn today() -> Day {
    session().today
}

/// Who is signed in; `None` only on the sign-in page.
pub fn who() -> Option<Who> {
    session().who
}

/// Whether the reader has a right, and if not, why (P7). Who is not signed in is
/// never shown a control that asks this.
pub fn may(right: Right) -> Verdict {
    who().map_or(Verdict::Allowed, |who| who.may(right))
}

/// How many customers the reader has: shown beside their place in the rail, told
/// by the page that counts them.
#[derive(Clone, Copy)]
pub struct Listed(RwSignal<Option<u32>>);

impl Listed {
    /// Nothing is told yet.
    pub fn new() -> Listed {
        Listed(RwSignal::new(None))
    }

    /// What was told last.
    pub fn count(self) -> Option<u32> {
        self.0.get()
    }

    /// Tells the number; nothing happens once the frame is gone.
    pub fn tell(self, count: u32) {
        self.0.try_set(Some(count));
    }
}

/// How far the visit is.
#[derive(Clone, Debug, PartialEq, Eq)]
#[allow(clippy::large_enum_variant, reason = "there is one of it in the whole application")]
pub enum State {
    /// The session is on its way.
    Loading,
    /// It could not be loaded.
    Failed(Failure),
    /// It is there; `who` tells whether somebody is signed in.
    Open(Session),
}

/// The visit, in a context of the whole application.
#[derive(Clone, Copy)]
pub struct Visit {
    state: RwSignal<State>,
}

/// The visit of the application.
pub fn visit() -> Visit {
    expect_context()
}

impl Visit {
    /// A visit that begins with an answer.
    pub fn new(first: Result<Session, Failure>) -> Visit {
        Visit { state: RwSignal::new(told(of(first))) }
    }

    /// How far it is.
    pub fn state(self) -> Signal<State> {
        // Compared, so that an answer that brings nothing new draws nothing again.
        Memo::new(move |_| self.state.get()).into()
    }

    /// Asks again, showing that it does: after a failure.
    pub fn retry(self) {
        self.state.set(State::Loading);
        spawn_local(async move { self.state.set(told(of(api::session_view().await))) });
    }

    /// Looks whether anything changed while the page was out of sight: the day,
    /// or who is signed in, by another tab. What cannot be asked stays as it is.
    pub fn look(self) {
        spawn_local(async move {
            if let Ok(session) = api::session_view().await {
                self.open(session);
            }
        });
    }

    /// Signs a persona in (G6).
    ///
    /// # Errors
    /// As [`api::sign_in`].
    pub async fn sign_in(self, person: PersonId) -> Result<(), Failure> {
        self.open(api::sign_in(&person).await?);
        Ok(())
    }

    /// Signs out.
    ///
    /// # Errors
    /// As [`api::sign_out`].
    pub async fn sign_out(self) -> Result<(), Failure> {
        self.open(api::sign_out().await?);
        Ok(())
    }

    /// Makes the demonstration data anew (G6). While that is under way nothing of
    /// the old data is shown, and afterwards every page loads afresh.
    ///
    /// # Errors
    /// As [`api::data_reset`]; everything is then shown as it was.
    pub async fn reset(self) -> Result<(), Failure> {
        let before = self.state.get_untracked();
        self.state.set(State::Loading);
        let answer = api::data_reset().await;
        match answer {
            Ok(session) => self.state.set(told(State::Open(session))),
            Err(failure) => {
                self.state.set(before);
                return Err(failure);
            }
        }
        Ok(())
    }

    /// Sets the clock of a demonstration forward (G6). Every page then shows what the
    /// days that passed have brought.
    ///
    /// # Errors
    /// As [`api::clock_set`].
    pub async fn set_clock(self, days: u32) -> Result<(), Failure> {
        api::clock_set(days).await?;
        self.look();
        Ok(())
    }

    /// Takes up that nobody is signed in any more.
    pub fn over(self) {
        self.state.update(|state| {
            if let State::Open(session) = state {
                session.who = None;
            }
        });
        // The personas to choose from are told with the session.
        self.look();
    }

    fn open(self, session: Session) {
        if self.state.with_untracked(|state| !matches!(state, State::Open(known) if *known == session)) {
            self.state.set(told(State::Open(session)));
        }
    }
}

/// Tells the client of the backend whom the page shows from now on. Who is shown no
/// more because the session is over stays told until it is known who came instead.
fn told(state: State) -> State {
    if let State::Open(session) = &state {
        api::shows(session.who.as_ref().map(|who| who.person.id.clone()));
    }
    state
}

fn of(answer: Result<Session, Failure>) -> State {
    match answer {
        Ok(session) => State::Open(session),
        Err(failure) => State::Failed(failure),
    }
}
