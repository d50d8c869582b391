//! Idempotency keys (G2).

use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = crypto, js_name = getRandomValues)]
    fn fill_random(bytes: &mut [u8]);
}

/// The name of one intent: the same for every attempt to carry it out, by retry
/// or by another click, so that it happens once (G2).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Key(String);

impl Key {
    /// The key of a new intent.
    pub fn new() -> Key {
        Key(random_name())
    }

    /// The key as it stands in the header.
    pub(super) fn as_str(&self) -> &str {
        &self.0
    }
}

impl Default for Key {
    fn default() -> Self {
        Key::new()
    }
}

/// 32 digits that nobody has had before: for keys, and for ids that the client
/// makes, such as a draft's. `crypto.randomUUID` would do, but is not there on a
/// plain http address, where a server may well answer.
pub fn random_name() -> String {
    let mut bytes = [0; 16];
    fill_random(&mut bytes);
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
