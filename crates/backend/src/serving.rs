//! The way of every request: who sends it, whether they may, whether it was
//! answered before, and then the act itself.

use std::sync::Arc;

use axum::RequestExt;
use axum::body::Body;
use axum::extract::{RawPathParams, Request};
use axum::http::{HeaderValue, Response, header};
use contract::endpoints::Method;
use contract::error::{ApiError, PROBLEM_JSON};
use contract::{BACKEND_HEADER, PERSON_HEADER, etag};

use crate::access::allow;
use crate::call::{Answer, Call, Failure, Media};
use crate::receipts;
use crate::router::{Backend, Route};
use crate::store::Fault;
use crate::upkeep::keep_up;
use crate::visitors::signed_in;

/// What a document of the backend may do: show its own style, known by its hash, and nothing else.
/// It is no page of the static host, whose policy does not reach it.
pub(crate) const PAGE_POLICY: &str = "default-src 'none'; style-src 'sha256-2OnonoLFQczSYF1ecAxDMd2p0C6HF4wtbUqrZYKrT20='; \
    base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/// Answers a request to a route.
pub(crate) async fn serve(backend: Arc<Backend>, route: Arc<Route>, request: Request) -> Response<Body> {
    let answer = answer(Arc::clone(&backend), &route, request).await;
    respond(&backend, answer)
}

async fn answer(backend: Arc<Backend>, route: &Route, mut request: Request) -> Result<Answer<()>, Failure> {
    backend.prepare().await?;
    let now = backend.moment().await?.now;
    backend.outages.check(now)?;

    let parameter = parameter(route, &mut request).await?;
    let (parts, body) = request.into_parts();
    let body = axum::body::to_bytes(body, route.body_max).await.map_err(|_| ApiError::TooLarge)?;

    let visit = backend.environment.visit(&parts.headers);
    let signed_in = signed_in(&backend, &visit).await?;
    if signed_in.is_none() {
        backend.prepare_again().await?;
    }
    if let (Some(signed), Some(shown)) = (&signed_in, parts.headers.get(PERSON_HEADER))
        && shown.as_bytes() != signed.actor.person.id.as_str().as_bytes()
    {
        // Another tab signed somebody else in: nothing is done or shown in their name.
        return Err(ApiError::NotSignedIn.into());
    }
    allow(route.access, signed_in.as_ref())?;

    let fingerprint = receipts::fingerprint(signed_in.as_ref().map(|signed| &signed.actor.person.id), &parts, &body);
    let key = match route.method {
        Method::Get => String::new(),
        Method::Post | Method::Put | Method::Delete => {
            let key = receipts::key(&parts.headers)?;
            if let Some(answer) = receipts::answered(backend.store.as_ref(), &key, &fingerprint).await? {
                return Ok(answer);
            }
            keep_up(&backend, now).await?;
            key
        }
    };
    let query = parts.uri.query().unwrap_or_default().to_owned();
    let headers = parts.headers;
    let call = Call {
        backend: Arc::clone(&backend),
        signed_in,
        visit,
        parameter,
        query,
        headers,
        now,
        key: key.clone(),
        fingerprint: fingerprint.clone(),
    };
    match (route.run)(call, body).await {
        // The same request may have been stored since its receipt was looked for, when a retry
        // overtakes its lost answer: then what stands in the way is its own act (G2).
        Err(failure @ Failure::Api(_)) if !key.is_empty() => {
            receipts::answered(backend.store.as_ref(), &key, &fingerprint).await?.ok_or(failure)
        }
        answer => answer,
    }
}

/// The one parameter of the path, percent-decoded.
async fn parameter(route: &Route, request: &mut Request) -> Result<String, ApiError> {
    if !route.path.contains('{') {
        return Ok(String::new());
    }
    // A parameter that is no UTF-8 once decoded names nothing.
    let parameters = request.extract_parts::<RawPathParams>().await.map_err(|_| ApiError::NotFound)?;
    Ok(parameters.iter().next().map(|(_, value)| value.to_owned()).unwrap_or_default())
}

/// Writes an answer. Every answer of the backend goes through here, so each
/// carries the header by which the console tells it from the static host's.
pub(crate) fn respond<A>(backend: &Backend, answer: Result<Answer<A>, Failure>) -> Response<Body> {
    let is_page = answer.as_ref().is_ok_and(|answer| answer.media == Media::Html);
    let mut wait_seconds = None;
    let (status, media_type, body, version) = match answer {
        Ok(answer) => (200, answer.media.content_type(), answer.body, answer.version),
        Err(failure) => {
            let error = error(backend, failure);
            if let ApiError::TooMany { wait_seconds: seconds } = error {
                wait_seconds = Some(seconds);
            }
            (error.status(), PROBLEM_JSON, error.to_json(), None)
        }
    };
    let mut response = Response::new(Body::from(body));
    *response.status_mut() = axum::http::StatusCode::from_u16(status).unwrap_or_default();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(media_type));
    // What one person may see is not for the next one at the same browser.
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    // It is what it says: no browser looks for a page or a script in it.
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    if let Some(seconds) = wait_seconds {
        headers.insert(header::RETRY_AFTER, HeaderValue::from(seconds));
    }
    if is_page {
        headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(PAGE_POLICY));
        headers.insert(header::REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    }
    if let Ok(build) = HeaderValue::from_str(&backend.deployment.build) {
        headers.insert(BACKEND_HEADER, build);
    }
    if let Some(version) = version
        && let Ok(version) = HeaderValue::from_str(&etag(version))
    {
        headers.insert(header::ETAG, version);
    }
    response
}

fn error(backend: &Backend, failure: Failure) -> ApiError {
    match failure {
        Failure::Api(error) => error,
        Failure::Store(Fault::Full) => ApiError::StorageFull,
        Failure::Store(Fault::Refused) => ApiError::StorageRefused,
        Failure::Store(Fault::Failed(why)) => {
            backend.environment.report(&why);
            ApiError::Unavailable
        }
    }
}
