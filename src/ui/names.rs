//! Names that the browser knows in every language, and its way of ordering them.

use js_sys::{Array, Object, Reflect};
use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = Intl)]
    type DisplayNames;

    #[wasm_bindgen(constructor, js_namespace = Intl, catch)]
    fn new(locales: &str, options: &Object) -> Result<DisplayNames, JsValue>;

    #[wasm_bindgen(method, catch)]
    fn of(this: &DisplayNames, code: &str) -> Result<JsValue, JsValue>;
}

/// Names of countries in the language of a BCP 47 tag.
pub struct CountryNames(Option<DisplayNames>);

impl CountryNames {
    /// Asks the browser for its names in a language.
    pub fn new(tag: &str) -> CountryNames {
        let options = Object::new();
        // Setting a member of a fresh object cannot fail.
        let _ = Reflect::set(&options, &"type".into(), &"region".into());
        CountryNames(DisplayNames::new(tag, &options).ok())
    }

    /// The name of the country with an ISO 3166-1 code; `None` where the browser has none.
    pub fn of(&self, code: &str) -> Option<String> {
        self.0.as_ref()?.of(code).ok()?.as_string()
    }
}

/// Orders things by a name as a reader of the language would look for it.
pub fn order_by_name<T>(tag: &str, things: &mut [T], name: impl Fn(&T) -> &str) {
    let collator = js_sys::Intl::Collator::new(&Array::of1(&tag.into()), &Object::new());
    let compare = collator.compare();
    things.sort_by(|first, second| {
        let order = compare.call2(&JsValue::UNDEFINED, &name(first).into(), &name(second).into());
        order.ok().and_then(|order| order.as_f64()).unwrap_or(0.0).total_cmp(&0.0)
    });
}
