//! Who is signed in, for every page.

use leptos::prelude::*;
use leptos::task::spawn_local;
use rules::clock::Day;
use rules::ids::PersonId;
use rules::people::{CustomerRole, Right, Role};
use rules::verdict::Verdict;

use crate::api::{self, Failure};
use crate::kept;
use crate::route::{ActivityPart, Route};
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

/// Whose pages the reader has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// Nobody is signed in, or somebody for whom the console has no pages.
    Nobody,
    /// The pages of a partner.
    Partner,
    /// The one page of a partner that is not certified (P1).
    Uncertified,
    /// The hub of a customer's organisation (P5).
    Administrator,
    /// The requests that were mailed to them (P5).
    User,
    /// The shipments of all partners (P6).
    TrialsTeam,
}

impl Side {
    /// Whose pages whoever is signed in has.
    pub fn of(session: &Session) -> Side {
        let Some(who) = &session.who else { return Side::Nobody };
        match (&who.person.role, &who.partner) {
            (Role::Partner { .. }, Some(partner)) if partner.certified => Side::Partner,
            (Role::Partner { .. }, _) => Side::Uncertified,
            (Role::Customer { role: CustomerRole::User, .. }, _) => Side::User,
            (Role::Customer { .. }, _) => Side::Administrator,
            (Role::TrialsTeam, _) => Side::TrialsTeam,
        }
    }

    /// Where their pages begin.
    pub fn home(self) -> Route {
        match self {
            Side::Administrator => Route::Hub,
            Side::User => Route::OpenRequest,
            Side::TrialsTeam => Route::Shipments,
            Side::Nobody | Side::Partner | Side::Uncertified => Route::customers(),
        }
    }

    /// Whether a page is one of theirs.
    pub fn has(self, route: &Route) -> bool {
        match route {
            Route::SignIn { .. } | Route::Mailbox | Route::Mail(_) => true,
            // Whoever has the link of a request is told at least that it is not for them (X7).
            Route::Request(_) | Route::OpenRequest => self != Side::Nobody,
            Route::Customers(_)
            | Route::Customer(_)
            | Route::ViewCustomer(..)
            | Route::Trial { .. }
            | Route::AddTrial(_)
            | Route::HandedOver
            | Route::ConvertHandedOver(_)
            | Route::StartTrial
            | Route::Wizard { .. } => matches!(self, Side::Partner | Side::Uncertified),
            Route::Hub | Route::HubPartners | Route::HubIn(_) => self == Side::Administrator,
            // What time will bring is rehearsed by partners alone (L14).
            Route::Activity(activity) if activity.part == ActivityPart::Rehearsal => {
                matches!(self, Side::Partner | Side::Uncertified)
            }
            Route::Activity(_) | Route::SetUp { .. } => {
                matches!(self, Side::Partner | Side::Uncertified | Side::Administrator)
            }
            Route::Receipt(_) => matches!(self, Side::Partner | Side::Administrator),
            // Whoever holds the file of a receipt may check it (X16).
            Route::CheckReceipt => !matches!(self, Side::Nobody | Side::Uncertified),
            Route::Shipments | Route::Shipment(_) => self == Side::TrialsTeam,
            Route::NotFound => false,
        }
    }
}

/// Whose pages the reader has.
pub fn side() -> Side {
    Side::of(&session())
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
    signed_out: StoredValue<bool>,
}

/// The visit of the application.
pub fn visit() -> Visit {
    expect_context()
}

impl Visit {
    /// A visit that begins with an answer.
    pub fn new(first: Result<Session, Failure>) -> Visit {
        Visit { state: RwSignal::new(told(of(first))), signed_out: StoredValue::new(false) }
    }

    /// How far it is.
    pub fn state(self) -> Signal<State> {
        // Compared, so that an answer that brings nothing new draws nothing again.
        Memo::new(move |_| self.state.get()).into()
    }

    /// Whose pages whoever is signed in has by now.
    pub fn side(self) -> Side {
        self.state.with_untracked(|state| match state {
            State::Open(session) => Side::of(session),
            State::Loading | State::Failed(_) => Side::Nobody,
        })
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

    /// Plays that a mail of the Mailbox is opened by its recipient, who is signed in then, and
    /// tells where its link leads (G6). The secret of a request's link stands in no address (X7).
    /// A link to no page of theirs leads to where their pages begin, and the answer says so.
    ///
    /// # Errors
    /// As [`api::mailbox_open`].
    pub async fn open_mail(self, id: &str) -> Result<(Route, bool), Failure> {
        let opened = api::mailbox_open(id).await?;
        self.open(opened.session);
        let Some(address) = opened.path else { return Ok((self.side().home(), true)) };
        let (path, fragment) = address.split_once('#').unwrap_or((&address, ""));
        // The root is everybody's own beginning.
        let route = if path == "/" { self.side().home() } else { Route::parse(path, "") };
        if route == Route::OpenRequest && !fragment.is_empty() {
            api::keep_link(fragment);
        }
        let is_there = self.side().has(&route);
        Ok((if is_there { route } else { self.side().home() }, is_there))
    }

    /// Signs out, here or wherever the same person is signed in. What was typed in this tab is nobody else's to read.
    ///
    /// # Errors
    /// As [`api::sign_out`].
    pub async fn sign_out(self, everywhere: bool) -> Result<(), Failure> {
        let session = if everywhere { api::sign_out_everywhere().await? } else { api::sign_out().await? };
        kept::forget_all();
        self.signed_out.set_value(true);
        self.open(session);
        Ok(())
    }

    /// Whether nobody is signed in because the reader has signed out here.
    pub fn has_signed_out(self) -> bool {
        self.signed_out.get_value()
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
            Ok(session) => {
                // What was typed was about the data that is gone.
                kept::forget_all();
                self.state.set(told(State::Open(session)));
            }
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
        if session.who.is_some() {
            self.signed_out.set_value(false);
        }
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

#[cfg(test)]
mod tests {
    use super::*;

    const SIDES: [Side; 6] =
        [Side::Nobody, Side::Partner, Side::Uncertified, Side::Administrator, Side::User, Side::TrialsTeam];

    #[test]
    fn whoever_may_hold_the_file_of_a_receipt_may_check_it_and_is_shown_no_other_one_x16_p5() {
        let check = SIDES.map(|side| side.has(&Route::CheckReceipt));
        assert_eq!(check, [false, true, false, true, true, true]);
        let shown = SIDES.map(|side| side.has(&Route::Receipt("t".into())));
        assert_eq!(shown, [false, true, false, true, false, false]);
        assert!(!Side::User.has(&Route::Hub) && !Side::User.has(&Route::HubPartners));
    }

    #[test]
    fn the_trials_team_has_the_shipments_and_nothing_else_and_nobody_else_has_them_p6() {
        let shipments = SIDES.map(|side| side.has(&Route::Shipments));
        assert_eq!(shipments, [false, false, false, false, false, true]);
        for page in [Route::customers(), Route::Customer("c".into()), Route::Hub, Route::HandedOver, Route::StartTrial]
        {
            assert!(!Side::TrialsTeam.has(&page), "{page:?}");
        }
    }

    #[test]
    fn partners_and_customers_administrators_read_what_was_done_and_partners_alone_rehearse_l10_l14_p5() {
        let journal = SIDES.map(|side| side.has(&Route::activity()));
        assert_eq!(journal, [false, true, true, true, false, false]);
        let rehearsal = SIDES.map(|side| side.has(&Route::Activity(ActivityPart::Rehearsal.whole())));
        assert_eq!(rehearsal, [false, true, true, false, false, false]);
    }

    #[test]
    fn everybodys_home_is_a_page_of_theirs_g1() {
        for side in SIDES.into_iter().filter(|side| *side != Side::Nobody) {
            assert!(side.has(&side.home()), "{side:?}");
        }
    }
}
