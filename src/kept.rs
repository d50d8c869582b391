//! What was typed on a page that has no draft in the backend. It outlives the drawing of the page,
//! which begins anew when the day turns or the language changes, so that nothing typed is lost (G3).

use std::any::Any;
use std::cell::RefCell;
use std::collections::BTreeMap;

use crate::session::who;

thread_local! {
    static KEPT: RefCell<BTreeMap<String, Box<dyn Any>>> = const { RefCell::new(BTreeMap::new()) };
}

/// Where something typed is kept: by who typed it, and what it is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place(String);

impl Place {
    /// The place of whoever is signed in, for something by its name.
    pub fn of(about: &str) -> Place {
        let person = who().map(|who| who.person.id.to_string()).unwrap_or_default();
        Place(format!("{person} {about}"))
    }

    /// Keeps something there.
    pub fn keep<T: 'static>(&self, typed: T) {
        KEPT.with_borrow_mut(|kept| kept.insert(self.0.clone(), Box::new(typed)));
    }

    /// What is kept there.
    pub fn kept<T: Clone + 'static>(&self) -> Option<T> {
        KEPT.with_borrow(|kept| kept.get(&self.0).and_then(|typed| typed.downcast_ref::<T>()).cloned())
    }

    /// Forgets it: it was done, or is not meant any more.
    pub fn forget(&self) {
        KEPT.with_borrow_mut(|kept| kept.remove(&self.0));
    }
}

/// Forgets everything: the data that it was about are made anew (G6).
pub fn forget_all() {
    KEPT.with_borrow_mut(BTreeMap::clear);
}
