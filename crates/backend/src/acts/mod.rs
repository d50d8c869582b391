//! What each endpoint does. Every function here is called by the router only,
//! after `access` let the request through.

pub(crate) mod customers;
pub(crate) mod demonstration;
pub(crate) mod drafts;
pub(crate) mod look_ups;
pub(crate) mod session;
pub(crate) mod trials;
