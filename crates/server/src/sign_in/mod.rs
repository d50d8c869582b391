//! Signing in by OpenID Connect: the way of a browser to the identity provider and back. The addresses and the
//! reasons are the contract's (`contract::sign_in`).

mod attempts;
mod claims;
mod provider;

use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use axum::http::{HeaderMap, HeaderValue, Response, StatusCode, header};
use axum::routing::get;
use backend::{Admission, Backend};
use contract::error::ApiError;
use contract::sign_in::{BEGIN, Because, CALLBACK, destination};
use serde::Deserialize;
use sqlx::PgPool;

use self::attempts::{Attempt, Attempts, LASTS};
use self::provider::IdentityProvider;
use crate::config::{Provider as Settings, Web};
use crate::sessions::{Secret, Sessions, cookies};

/// What signing in needs.
pub struct SignIn {
    provider: Option<IdentityProvider>,
    attempts: Attempts,
    sessions: Sessions,
    backend: Arc<Backend>,
    /// The address of the console.
    console: String,
}

impl SignIn {
    /// Signing in at a provider; without one it leads to the console, which says so.
    ///
    /// # Errors
    /// What of the settings cannot be used.
    pub fn new(
        settings: Option<Settings>,
        web: &Web,
        pool: PgPool,
        sessions: Sessions,
        backend: Arc<Backend>,
    ) -> Result<SignIn, String> {
        let console = web.address.clone();
        let provider = settings.map(|settings| {
            let address = settings.server_address.clone().unwrap_or_else(|| console.clone());
            IdentityProvider::new(settings, format!("{address}{CALLBACK}"))
        });
        if provider.is_none() {
            tracing::warn!("no identity provider is set: nobody can sign in");
        }
        Ok(SignIn { provider: provider.transpose()?, attempts: Attempts::new(pool), sessions, backend, console })
    }

    /// Its routes beside those of the API. Personas of a demonstration sign in at the same address with POST (G6);
    /// elsewhere nothing else is there.
    pub fn beside(self, api: Router, demonstration: bool) -> Router {
        let sign_in = Arc::new(self);
        let begins = get(begin);
        let begins = if demonstration { begins } else { begins.fallback(nothing) };
        api.route(BEGIN, begins.with_state(Arc::clone(&sign_in)))
            .route(CALLBACK, get(callback).fallback(nothing).with_state(sign_in))
    }

    /// Sends a browser to a page of the console.
    fn to_console(&self, path: &str) -> Response<Body> {
        redirect(&format!("{}{path}", self.console))
    }

    async fn sent_on(&self, headers: &HeaderMap, to: &str) -> Result<Response<Body>, Because> {
        let provider = self.provider.as_ref().ok_or(Because::NotSetUp)?;
        let sent_on = provider.begin().await?;
        // Several tabs of a browser sign in beside each other.
        let browser = cookies::secret(headers, cookies::SIGNING_IN).unwrap_or_else(Secret::random);
        let attempt =
            Attempt { nonce: sent_on.nonce, verifier: sent_on.verifier, destination: destination(to).to_owned() };
        self.attempts.keep(&sent_on.state, &browser.hash(), &attempt).await.map_err(unavailable)?;
        let mut response = redirect(&sent_on.url);
        let cookie = cookies::kept(cookies::SIGNING_IN, &browser, LASTS.as_secs());
        response.headers_mut().append(header::SET_COOKIE, cookie);
        Ok(response)
    }

    /// The attempt that a browser comes back from.
    async fn attempt(&self, headers: &HeaderMap, answer: &Answer) -> Result<Attempt, Because> {
        let browser = cookies::secret(headers, cookies::SIGNING_IN).ok_or(Because::Expired)?;
        let state = answer.state.as_deref().ok_or(Because::Expired)?;
        let attempt = self.attempts.take(state, &browser.hash()).await.map_err(unavailable)?;
        attempt.ok_or(Because::Expired)
    }

    async fn signed_in(
        &self,
        headers: &HeaderMap,
        answer: Answer,
        attempt: &Attempt,
    ) -> Result<Response<Body>, Because> {
        let provider = self.provider.as_ref().ok_or(Because::NotSetUp)?;
        if answer.iss.as_deref().is_some_and(|issuer| !provider.is(issuer)) {
            tracing::error!("another identity provider answered");
            return Err(Because::Failed);
        }
        if let Some(error) = answer.error.as_deref() {
            return Err(broken_off(error));
        }
        let identity = provider.finish(answer.code.ok_or(Because::Failed)?, attempt).await?;
        // A new secret each time: whatever the browser had before is worth nothing afterwards.
        let session = self.sessions.begin().await.map_err(unavailable)?;
        match self.backend.admit(&session.hash(), &identity).await.map_err(unavailable)? {
            Admission::Admitted(_) => {}
            refused => {
                self.sessions.end(&session).await.map_err(unavailable)?;
                tracing::info!(why = ?refused, "somebody who signed in at the provider was not let in");
                return Err(match refused {
                    Admission::EmailNotVerified => Because::EmailNotVerified,
                    Admission::Unknown | Admission::Admitted(_) => Because::Unknown,
                });
            }
        }
        if let Some(before) = cookies::secret(headers, cookies::SESSION) {
            self.sessions.end(&before).await.map_err(unavailable)?;
        }
        let mut response = self.to_console(&attempt.destination);
        let cookie = cookies::kept(cookies::SESSION, &session, self.sessions.absolute().as_secs());
        response.headers_mut().append(header::SET_COOKIE, cookie);
        Ok(response)
    }
}

/// What the console asks for.
#[derive(Debug, Default, Deserialize)]
struct Asked {
    to: Option<String>,
}

/// What the provider answers by the browser (OpenID Connect Core, 3.1.2.5 and 3.1.2.6).
#[derive(Debug, Default, Deserialize)]
struct Answer {
    code: Option<String>,
    state: Option<String>,
    iss: Option<String>,
    error: Option<String>,
}

async fn begin(
    State(sign_in): State<Arc<SignIn>>,
    asked: Result<Query<Asked>, QueryRejection>,
    headers: HeaderMap,
) -> Response<Body> {
    let to = asked.ok().and_then(|Query(asked)| asked.to).unwrap_or_default();
    match sign_in.sent_on(&headers, &to).await {
        Ok(response) => response,
        Err(because) => sign_in.to_console(&because.page(destination(&to))),
    }
}

async fn callback(
    State(sign_in): State<Arc<SignIn>>,
    answer: Result<Query<Answer>, QueryRejection>,
    headers: HeaderMap,
) -> Response<Body> {
    let answer = answer.map(|Query(answer)| answer).unwrap_or_default();
    let attempt = match sign_in.attempt(&headers, &answer).await {
        Ok(attempt) => attempt,
        Err(because) => return sign_in.to_console(&because.page("/")),
    };
    match sign_in.signed_in(&headers, answer, &attempt).await {
        Ok(response) => response,
        Err(because) => sign_in.to_console(&because.page(&attempt.destination)),
    }
}

/// What is answered to anything but GET.
async fn nothing(State(sign_in): State<Arc<SignIn>>) -> Response<Body> {
    sign_in.backend.problem(ApiError::NotFound)
}

/// Why a sign-in ended at the provider, by its error (RFC 6749, 4.1.2.1; OpenID Connect Core, 3.1.2.6).
fn broken_off(error: &str) -> Because {
    match error {
        "access_denied"
        | "login_required"
        | "consent_required"
        | "interaction_required"
        | "account_selection_required" => Because::Denied,
        "temporarily_unavailable" | "server_error" => Because::ProviderUnavailable,
        _ => {
            tracing::error!("the identity provider does not take the request");
            Because::Failed
        }
    }
}

fn unavailable(fault: backend::store::Fault) -> Because {
    tracing::error!(?fault, "a sign-in cannot be stored");
    Because::Unavailable
}

/// Sends a browser elsewhere, with GET.
fn redirect(url: &str) -> Response<Body> {
    let mut response = Response::new(Body::empty());
    *response.status_mut() = StatusCode::SEE_OTHER;
    match HeaderValue::from_str(url) {
        Ok(url) => drop(response.headers_mut().insert(header::LOCATION, url)),
        // What is set was read as an address before, and paths are plain.
        Err(_) => *response.status_mut() = StatusCode::INTERNAL_SERVER_ERROR,
    }
    response
}
