//! The backend inside a service worker: the same router as on a server, over
//! IndexedDB. `public/sw.js` loads it, hands it the requests, and holds on to
//! the transactions that write, so that a panic leaves nothing half stored.

#[cfg(target_arch = "wasm32")]
mod database;
#[cfg(target_arch = "wasm32")]
mod http;
#[cfg(any(target_arch = "wasm32", test))]
mod settings;
#[cfg(target_arch = "wasm32")]
mod store;
#[cfg(target_arch = "wasm32")]
mod worker;

#[cfg(target_arch = "wasm32")]
fn main() {
    worker::install_panic_hook();
}

/// There is nothing to run outside a service worker; the crate is checked and
/// linted with the others all the same.
#[cfg(not(target_arch = "wasm32"))]
fn main() {}
