//! Personas, visits, and the demonstration itself.

use rules::people::Right;

use crate::conformance::cast::{ANNA, EVERYBODY, LENA, SANNE, draft};
use crate::conformance::check::{Outcome, error_of, fails, require, same, there};
use crate::conformance::client::{NOBODY, read};
use crate::conformance::{Case, Client, cases};
use crate::endpoints;
use crate::error::ApiError;
use crate::session::{ClockAnswer, Session, SetClock, SignIn};
use crate::{IDEMPOTENCY_KEY, PERSON_HEADER, VISIT_HEADER};

pub(super) const CASES: &[Case] = cases![
    everybody_signs_in_as_themselves_and_several_at_once_g6,
    who_signs_out_is_nobody_afterwards_g6,
    who_signs_out_everywhere_is_nobody_in_every_visit_and_others_stay_p7,
    a_person_that_is_not_there_cannot_sign_in_g6,
    a_tab_that_shows_another_person_does_nothing_p7,
    a_reset_makes_the_data_anew_and_a_repeated_one_does_not_g2_g6,
    the_clock_goes_forward_by_1_to_400_days_and_a_reset_brings_it_back_g6,
    the_session_says_for_every_right_whether_and_why_not_p7,
];

fn everybody_signs_in_as_themselves_and_several_at_once_g6(client: &Client<'_>) -> Outcome {
    for who in EVERYBODY {
        client.sign_in(who)?;
    }
    for who in EVERYBODY {
        let session: Session = client.ask(&endpoints::SESSION, who, "", &())?;
        let found = there("whoever is signed in", session.who)?;
        same("who is signed in", found.person.id.as_str(), who)?;
        let introduced = session.personas.iter().flatten().any(|persona| persona.person == found.person);
        require(introduced, || format!("{who} is not among the personas"))?;
    }
    let session: Session = client.ask(&endpoints::SESSION, NOBODY, "", &())?;
    same("nobody", session.who, None)
}

fn who_signs_out_is_nobody_afterwards_g6(client: &Client<'_>) -> Outcome {
    client.customers(ANNA, "")?;
    let session: Session = client.ask(&endpoints::SIGN_OUT, ANNA, "", &())?;
    same("who is signed in", session.who, None)?;
    fails(client.customers(ANNA, ""), ApiError::NotSignedIn)?;
    client.customers(LENA, "")?;
    client.forget(ANNA);
    client.customers(ANNA, "").map(drop)
}

fn who_signs_out_everywhere_is_nobody_in_every_visit_and_others_stay_p7(client: &Client<'_>) -> Outcome {
    client.customers(ANNA, "")?;
    client.customers(LENA, "")?;
    // Anna at another machine.
    let elsewhere = [(VISIT_HEADER, "visit-at-another-machine")];
    let at_another = |endpoint: &endpoints::Endpoint<(), Session>| {
        let mut request = client.request(endpoint, NOBODY, "", &(), &[]);
        request.headers.retain(|(name, _)| name != VISIT_HEADER);
        request.headers.extend(elsewhere.map(|(name, value)| (name.to_owned(), value.to_owned())));
        request
    };
    let mut sign_in = client.request(&endpoints::SIGN_IN, NOBODY, "", &SignIn { person: ANNA.into() }, &[]);
    sign_in.headers.retain(|(name, _)| name != VISIT_HEADER);
    sign_in.headers.extend(elsewhere.map(|(name, value)| (name.to_owned(), value.to_owned())));
    same("the sign-in", client.send(&sign_in)?.status, 200)?;
    let who = |request| -> Result<Option<String>, crate::conformance::Failure> {
        let session: Session = read(&request, &client.send(&request)?)?;
        Ok(session.who.map(|who| who.person.id.0))
    };
    same("who is there", who(at_another(&endpoints::SESSION))?.as_deref(), Some(ANNA))?;

    let session: Session = client.ask(&endpoints::SIGN_OUT_EVERYWHERE, ANNA, "", &())?;
    same("who is signed in", session.who, None)?;
    fails(client.customers(ANNA, ""), ApiError::NotSignedIn)?;
    same("who is there", who(at_another(&endpoints::SESSION))?, None)?;
    client.customers(LENA, "")?;
    // Whoever is not signed in signs nobody out.
    same("nobody signs out", who(at_another(&endpoints::SIGN_OUT_EVERYWHERE))?, None)?;
    client.customers(LENA, "")?;
    client.forget(ANNA);
    client.customers(ANNA, "").map(drop)
}

fn a_person_that_is_not_there_cannot_sign_in_g6(client: &Client<'_>) -> Outcome {
    let nobody = SignIn { person: "nobody-of-this-name".into() };
    fails(client.ask(&endpoints::SIGN_IN, NOBODY, "", &nobody), ApiError::NotFound)
}

fn a_tab_that_shows_another_person_does_nothing_p7(client: &Client<'_>) -> Outcome {
    client.sign_in(ANNA)?;
    let mut request = client.request(&endpoints::CUSTOMERS, ANNA, "", &(), &[]);
    for (name, value) in &mut request.headers {
        if name == PERSON_HEADER {
            *value = SANNE.to_owned();
        }
    }
    same("the status", client.send(&request)?.status, 401)
}

fn a_reset_makes_the_data_anew_and_a_repeated_one_does_not_g2_g6(client: &Client<'_>) -> Outcome {
    let before = client.customers(ANNA, "sort=company")?;
    let key = client.key();
    let headers = [(IDEMPOTENCY_KEY, key.as_str())];
    client.start(ANNA, &draft("Reset One"))?;
    let _: Session = client.ask_with(&endpoints::RESET, ANNA, "", &(), &headers)?;
    let after = client.customers(ANNA, "sort=company")?;
    let names = |page: &crate::customers::CustomersPage| -> Vec<String> {
        page.rows.iter().map(|row| row.company.clone()).collect()
    };
    same("the customers", names(&after), names(&before))?;
    client.start(ANNA, &draft("Reset One"))?;
    let _: Session = client.ask_with(&endpoints::RESET, ANNA, "", &(), &headers)?;
    let found = client.customers(ANNA, "q=Reset+One")?.found;
    same("customers after the repeated reset", found, 1)
}

fn the_clock_goes_forward_by_1_to_400_days_and_a_reset_brings_it_back_g6(client: &Client<'_>) -> Outcome {
    let today = client.today()?;
    for days in [0, 401, 100_000] {
        fails(client.ask(&endpoints::CLOCK_SET, NOBODY, "", &SetClock { days }), ApiError::Malformed)?;
    }
    let answer: ClockAnswer = client.ask(&endpoints::CLOCK_SET, NOBODY, "", &SetClock { days: 2 })?;
    same("the answer", (answer.today, answer.days_ahead), (today.plus(2), 2))?;
    let key = client.key();
    let headers = [(IDEMPOTENCY_KEY, key.as_str())];
    for _ in 0..2 {
        // The same request sets it once (G2).
        let set = SetClock { days: 3 };
        let answer: ClockAnswer = client.ask_with(&endpoints::CLOCK_SET, NOBODY, "", &set, &headers)?;
        same("the answer", (answer.today, answer.days_ahead), (today.plus(5), 5))?;
    }
    let session: Session = client.ask(&endpoints::SESSION, ANNA, "", &())?;
    same("the session's day", (session.today, session.days_ahead), (today.plus(5), 5))?;
    let session = client.reset()?;
    same("the day after a reset", (session.today, session.days_ahead), (today, 0))?;
    let clock: ClockAnswer = client.ask(&endpoints::CLOCK, NOBODY, "", &())?;
    same("the clock", (clock.today, clock.days_ahead), (today, 0))
}

fn the_session_says_for_every_right_whether_and_why_not_p7(client: &Client<'_>) -> Outcome {
    for who in EVERYBODY {
        let session: Session = client.ask(&endpoints::SESSION, who, "", &())?;
        let found = there("whoever is signed in", session.who)?;
        for right in Right::ALL {
            require(found.rights.iter().any(|(each, _)| *each == right), || format!("{who}: {right:?} is missing"))?;
        }
        // What the control shows is what the backend refuses with.
        if let Err(refusal) = found.may(Right::StartTrial).require() {
            let error = error_of(client.ask(&endpoints::DRAFTS, who, "", &()))?;
            same("the refusal of the route", error, ApiError::from(refusal))?;
        }
    }
    Ok(())
}
