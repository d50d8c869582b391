//! Requests and responses of the browser as those of the `http` crate, and back.

use axum::body::Body;
use axum::http::{HeaderName, HeaderValue, Method, Request, Response, Uri};
use js_sys::{ArrayBuffer, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Headers, ResponseInit};

/// Reads a request of the page.
pub async fn read(request: &web_sys::Request) -> Result<Request<Body>, JsValue> {
    let body = JsFuture::from(request.array_buffer()?).await?;
    let body = Uint8Array::new(body.unchecked_ref::<ArrayBuffer>()).to_vec();
    let mut read = Request::new(Body::from(body));
    *read.method_mut() = Method::from_bytes(request.method().as_bytes()).map_err(error)?;
    *read.uri_mut() = path_and_query(&request.url()).parse::<Uri>().map_err(error)?;
    let headers = request.headers();
    // Those that a precondition, a receipt, the person or the visit needs; the backend reads no other.
    let read_headers = [
        contract::IDEMPOTENCY_KEY,
        contract::IF_MATCH,
        contract::IF_NONE_MATCH,
        contract::PERSON_HEADER,
        contract::VISIT_HEADER,
    ];
    for name in read_headers {
        if let Some(value) = headers.get(name)?
            && let Ok(value) = HeaderValue::from_str(&value)
        {
            read.headers_mut().insert(HeaderName::from_static(name), value);
        }
    }
    Ok(read)
}

/// Writes a response for the page.
pub async fn write(response: Response<Body>) -> Result<web_sys::Response, JsValue> {
    let (parts, body) = response.into_parts();
    let headers = Headers::new()?;
    for (name, value) in &parts.headers {
        headers.append(name.as_str(), value.to_str().map_err(error)?)?;
    }
    let init = ResponseInit::new();
    init.set_status(parts.status.as_u16());
    init.set_headers(&headers);
    let body = axum::body::to_bytes(body, usize::MAX).await.map_err(error)?;
    web_sys::Response::new_with_opt_js_u8_array_and_init(Some(&Uint8Array::from(body.as_ref())), &init)
}

/// The part of an address after its origin; a fragment is never sent.
fn path_and_query(url: &str) -> &str {
    let after_scheme = url.find("://").map_or(0, |at| at + 3);
    let path = url[after_scheme..].find('/').map_or("/", |at| &url[after_scheme + at..]);
    path.split('#').next().unwrap_or(path)
}

fn error(error: impl std::fmt::Display) -> JsValue {
    js_sys::Error::new(&error.to_string()).into()
}
