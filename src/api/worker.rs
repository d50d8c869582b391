//! The embedded backend's start, as the page's first script offers it: the
//! console's only knowledge of service workers.

use std::cell::Cell;

use js_sys::{Error, Function, Promise, Reflect};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

use super::NoBackend;

thread_local! {
    static FIRST_START_IS_OVER: Cell<bool> = const { Cell::new(false) };
}

/// Waits until the embedded backend answers this page's requests. The first call
/// waits for the start that began with the page; after one that failed, each call
/// tries again, for so many milliseconds at most (G1).
pub(super) async fn started(left_ms: f64) -> Result<(), NoBackend> {
    if FIRST_START_IS_OVER.get() {
        return Ok(());
    }
    let result = match named("backend").and_then(|value| value.dyn_into::<Promise>().ok()) {
        Some(promise) => settled(promise).await,
        None => start_again(left_ms).await,
    };
    if result.is_err() {
        // The promise stays as it is for ever, so the next attempt starts afresh.
        forget_first_start();
    } else {
        FIRST_START_IS_OVER.set(true);
    }
    result
}

/// Starts the embedded backend again: an answer came that is not its own, because
/// the worker was taken away or the site's data was cleared. It is waited for no
/// longer than so many milliseconds (G1).
pub(super) async fn start_again(left_ms: f64) -> Result<(), NoBackend> {
    let start = named("startBackend").and_then(|value| value.dyn_into::<Function>().ok());
    let promise = start.and_then(|start| start.call1(&JsValue::UNDEFINED, &left_ms.into()).ok());
    match promise.and_then(|value| value.dyn_into::<Promise>().ok()) {
        Some(promise) => settled(promise).await,
        None => Err(NoBackend::Refused),
    }
}

/// Tells when a newer version of the embedded backend took over this page. The
/// first one to take over is no replacement.
pub fn when_replaced(told: impl Fn() + 'static) {
    let Some(workers) = web_sys::window().map(|window| window.navigator().service_worker()) else { return };
    let workers: JsValue = workers.into();
    // Where service workers are not offered the property is not there.
    let Ok(workers) = workers.dyn_into::<web_sys::ServiceWorkerContainer>() else { return };
    let had_one = Cell::new(workers.controller().is_some());
    let listener = Closure::<dyn Fn()>::new(move || {
        if had_one.replace(true) {
            told();
        }
    });
    // Listening can fail only for an object that is no event target.
    let _ = workers.add_event_listener_with_callback("controllerchange", listener.as_ref().unchecked_ref());
    // It listens for as long as the page lives.
    listener.forget();
}

async fn settled(promise: Promise) -> Result<(), NoBackend> {
    match JsFuture::from(promise).await {
        Ok(_) => Ok(()),
        Err(reason) => {
            let word = reason.dyn_ref::<Error>().map(|error| String::from(error.message())).unwrap_or_default();
            Err(NoBackend::from_word(&word))
        }
    }
}

fn named(name: &str) -> Option<JsValue> {
    Reflect::get(&web_sys::window()?.into(), &name.into()).ok().filter(|value| !value.is_undefined())
}

fn forget_first_start() {
    if let Some(window) = web_sys::window() {
        // Fails only for a frozen object, which the window is not.
        let _ = Reflect::set(&window.into(), &"backend".into(), &JsValue::UNDEFINED);
    }
}
