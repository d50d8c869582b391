//! What is asked of the backend about shipments of trial devices (D, P6).

use contract::endpoints;
use contract::shipments::{DevicesQueue, ShipmentDetail, ShipmentPreview};
use contract::trials::Order;
use rules::act::ShipmentAct;

use super::send::{Call, send};
use super::{Failure, Key, act_from, parsed, read, written};

/// What the trials team has to do, of all partners (P6).
///
/// # Errors
/// `Refused` for everybody else.
pub async fn devices_queue() -> Result<DevicesQueue, Failure> {
    read(&endpoints::DEVICES_QUEUE, endpoints::DEVICES_QUEUE.path.to_owned()).await
}

/// One shipment.
///
/// # Errors
/// `NotFound` when there is none, or none that the reader may see.
pub async fn shipment_view(id: &str) -> Result<ShipmentDetail, Failure> {
    read(&endpoints::SHIPMENT, endpoints::SHIPMENT.with(id)).await
}

/// What an act on a shipment would bring (E6), with the serial numbers compared (D9).
///
/// # Errors
/// `Refused` where it may not be done.
pub async fn shipment_preview(id: &str, act: ShipmentAct) -> Result<ShipmentPreview, Failure> {
    let endpoint = endpoints::SHIPMENT_PREVIEW;
    let order = written(&Order { act, digest: String::new() })?;
    parsed(&send(Call::act(endpoint.method, endpoint.with(id), order, &Key::new())).await?)
}

/// Does something with a shipment, as it was previewed with a digest, from a version. The caller
/// keeps the key for as long as the same is meant (G2).
///
/// # Errors
/// `Stale` or `OutOfDate` when it would bring something else by now.
pub async fn shipment_act(
    id: &str,
    act: ShipmentAct,
    digest: &str,
    version: u64,
    key: &Key,
) -> Result<ShipmentPreview, Failure> {
    act_from(&endpoints::SHIPMENT_ACT, id, &Order { act, digest: digest.to_owned() }, version, key).await
}
