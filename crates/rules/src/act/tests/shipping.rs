//! Where shipments go, and what becomes of requests about them when the trial is over (D).

use super::*;
use crate::device::{ShipTo, ShipmentState};
use crate::region::CountryCode;
use crate::trial::State;

fn shipped_to(story: &Story, device: DeviceType) -> &ShipTo {
    let trial = story.trial("trial-1");
    trial.ships_to(trial.shipment(device).expect("a shipment")).expect("an address")
}

#[test]
fn devices_go_back_from_where_they_went_also_when_more_were_ordered_for_another_address_d5_d8() {
    let mut story = full();
    let first = shipped_to(&story, PHONE).clone();
    let mut draft = samples::full_draft();
    draft.device_licences.room_device = "2".to_owned();
    draft.skip_shipping();
    draft.ship.room_device = "1".to_owned();
    draft.ship_to.country = CountryCode::new("US");
    assert_ne!(Some(first.country), draft.ship_to.country);
    story.does_with(&sales(), "trial-1", TrialAct::Edit(Box::new(edited(&draft)), false));
    assert_eq!(*shipped_to(&story, PHONE), first);
    assert_eq!(Some(shipped_to(&story, DeviceType::RoomDevice).country), draft.ship_to.country);
    assert_eq!(story.trial("trial-1").shipment(PHONE).map(|phones| phones.state), Some(ShipmentState::Ordered));
}

#[test]
fn a_first_shipment_that_is_ordered_by_an_edit_goes_where_the_edit_says_d5() {
    let mut draft = samples::full_draft();
    draft.skip_shipping();
    let mut story = Story::started(draft);
    assert_eq!(story.trial("trial-1").ship_to, None);
    let draft = samples::full_draft();
    story.does_with(&sales(), "trial-1", TrialAct::Edit(Box::new(edited(&draft)), false));
    assert_eq!(Some(shipped_to(&story, PHONE).country), draft.ship_to.country);
}

#[test]
fn while_a_cancelling_can_be_undone_nobody_decides_that_devices_stay_longer_d7_l12() {
    let mut story = full();
    story.does_with(&samples::trials_team(), "trial-1", send());
    story.does_with(&sales(), "trial-1", keep_longer(10));
    story.does_with(&sales(), "trial-1", TrialAct::Cancel);
    let approve = || phones(ShipmentAct::DecideExtension { approved: true, reason: String::new() });
    let refusal = story.tries_with(&samples::trials_team(), "trial-1", approve()).expect_err("it is cancelled");
    assert_eq!((refusal.rule, refusal.state), (RuleId::L12, Some(State::Cancelled)));

    story.does_with(&sales(), "trial-1", TrialAct::Undo);
    let end = story.trial("trial-1").shipments[0].end;
    story.does_with(&samples::trials_team(), "trial-1", approve());
    assert_eq!(story.trial("trial-1").shipments[0].end, end.plus(10), "the request was open still");
}
