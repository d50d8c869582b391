//! Services as they are tried together.

use rules::service::Service::{self, Calling, Devices, Meetings, Messaging};

pub(super) const MESSAGING: &[Service] = &[Messaging];
pub(super) const CALLING: &[Service] = &[Calling];
pub(super) const DEVICES: &[Service] = &[Devices];
pub(super) const MESSAGING_MEETINGS: &[Service] = &[Messaging, Meetings];
pub(super) const MESSAGING_CALLING: &[Service] = &[Messaging, Calling];
pub(super) const MESSAGING_DEVICES: &[Service] = &[Messaging, Devices];
pub(super) const MESSAGING_MEETINGS_CALLING: &[Service] = &[Messaging, Meetings, Calling];
pub(super) const EVERYTHING: &[Service] = &[Messaging, Meetings, Calling, Devices];
