//! The draft of an edit: its later steps say what the trial gives already (E4, E5).

use super::{ShipToDraft, TrialDraft};
use crate::device::DeviceType;
use crate::region::CountryCode;
use crate::service::Calling;
use crate::trial::Trial;

impl TrialDraft {
    /// What a trial gives, as it would be typed on the later steps, with nothing to ship beside
    /// what was ordered (D4). A type without licences has nothing said of its shipping, so that
    /// it is asked once it gets some (N14). The country is the organisation's, where it is known:
    /// it decides which time zone a new site begins with (N13).
    pub fn of_trial(trial: &Trial, country: Option<CountryCode>) -> TrialDraft {
        let offer = &trial.offer;
        let mut draft = TrialDraft {
            country,
            services: offer.services().into_iter().collect(),
            calling: offer.calling.map(Calling::kind),
            licences: offer.licences.map(|licences| licences.to_string()).unwrap_or_default(),
            duration: trial.duration,
            ..TrialDraft::default()
        };
        if let Some(meetings) = &offer.meetings {
            draft.meetings_options = meetings.options.iter().copied().collect();
            if let Some(site) = &meetings.site {
                site.name.as_str().clone_into(&mut draft.site_name);
                draft.time_zone = Some(site.time_zone.clone());
            }
        }
        if let Some(Calling::Cloud { locations, numbered_users }) = offer.calling {
            draft.locations = locations.to_string();
            draft.numbered_users = numbered_users.to_string();
        }
        for device in DeviceType::ALL {
            let licences = offer.devices.as_ref().map_or(0, |devices| *devices.get(device));
            if licences > 0 {
                *draft.device_licences.get_mut(device) = licences.to_string();
                *draft.ship.get_mut(device) = "0".to_owned();
            }
        }
        for shipment in &trial.shipments {
            *draft.ship.get_mut(shipment.device) = "0".to_owned();
        }
        if let Some(to) = &trial.ship_to {
            draft.ship_to = ShipToDraft {
                contact_name: to.contact_name.clone(),
                company: to.company.clone(),
                street: to.street.clone(),
                postal_code: to.postal_code.clone(),
                city: to.city.clone(),
                country: Some(to.country),
                phone: to.phone.clone(),
            };
        }
        draft
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::draft::Facts;
    use crate::samples;
    use crate::service::Service;

    #[test]
    fn the_draft_of_a_trial_orders_what_the_trial_gives_and_ships_nothing_e4_d4() {
        let mut hybrid = samples::full_draft();
        hybrid.calling = Some(crate::service::CallingKind::Hybrid);
        for typed in [samples::full_draft(), samples::shortest_draft(), hybrid] {
            let trial = samples::trial(typed);
            let draft = TrialDraft::of_trial(&trial, CountryCode::new("NL"));
            let ordered = draft.check_edit(&Facts::default()).expect("nothing is wrong with what runs");
            assert_eq!(ordered.offer, trial.offer);
            assert_eq!(ordered.ship, []);
        }
    }

    #[test]
    fn a_type_that_gets_licences_is_asked_how_many_to_ship_n14() {
        let trial = samples::trial(samples::shortest_draft());
        let mut draft = TrialDraft::of_trial(&trial, None);
        draft.services.insert(Service::Devices);
        draft.device_licences.desk_phone = "2".to_owned();
        assert!(draft.check_edit(&Facts::default()).is_err());
        draft.ship.desk_phone = "0".to_owned();
        assert!(draft.check_edit(&Facts::default()).is_ok());
    }
}
