//! Acts as controls name them, and as the journal does once they are done (`L10`).

use crate::{Language, deeds, terms};
use rules::{act::ActName, change::Deed};

/// An act as its control names it (`W1`).
pub fn act(language: Language, act: ActName) -> &'static str {
    match act {
        ActName::Resend => terms::resend_consent_email(language),
        ActName::Answer => deeds::answer(language),
        ActName::Cancel => terms::cancel_trial(language),
        ActName::Undo => deeds::undo(language),
        ActName::Extend => deeds::extend(language),
        ActName::Edit => terms::edit(language),
        ActName::AcceptTerms => deeds::accept_terms(language),
        ActName::FinishSetUp => deeds::finish_set_up(language),
        ActName::RetryProvisioning => deeds::retry_provisioning(language),
        ActName::Convert => deeds::convert(language),
        ActName::HandOver => deeds::hand_over(language),
        ActName::SayInterested => terms::interested_in_purchasing(language),
        ActName::AnswerInterest => deeds::answer_interest(language),
    }
}

/// What was done, as a line of the journal names it (`L10`).
pub fn deed(language: Language, deed: Deed) -> &'static str {
    match deed {
        Deed::Started => deeds::started(language),
        Deed::Added => deeds::added(language),
        Deed::Requested => deeds::requested(language),
        Deed::Resent => deeds::resent(language),
        Deed::Opened => deeds::opened(language),
        Deed::Accepted => deeds::accepted(language),
        Deed::Declined => deeds::declined(language),
        Deed::TermsAccepted => deeds::terms_accepted(language),
        Deed::SetUpFinished => deeds::set_up_finished(language),
        Deed::Provisioned => deeds::provisioned(language),
        Deed::ProvisioningFailed => deeds::provisioning_failed(language),
        Deed::ProvisioningRetried => deeds::provisioning_retried(language),
        Deed::Extended => deeds::extended(language),
        Deed::Edited => deeds::edited(language),
        Deed::Cancelled => deeds::cancelled(language),
        Deed::Undone => deeds::undone(language),
        Deed::Interested => deeds::interested(language),
        Deed::InterestAnswered => deeds::interest_answered(language),
        Deed::HandedOver => deeds::handed_over(language),
        Deed::Converted => deeds::converted(language),
        Deed::Assigned => deeds::assigned(language),
        Deed::AccessChanged => deeds::access_changed(language),
        Deed::AccessRemoved => deeds::access_removed(language),
        Deed::BlockLifted => deeds::block_lifted(language),
        Deed::PersonAdded => deeds::person_added(language),
        Deed::PeopleAdded => deeds::people_added(language),
        Deed::PersonChanged => deeds::person_changed(language),
        Deed::PersonRemoved => deeds::person_removed(language),
        Deed::SettingsChanged => deeds::settings_changed(language),
        Deed::ShipmentCancelled => deeds::shipment_cancelled(language),
        Deed::ShipmentSent => deeds::shipment_sent(language),
        Deed::DeviceExtensionAsked => deeds::device_extension_asked(language),
        Deed::DeviceExtensionDecided => deeds::device_extension_decided(language),
        Deed::ReturnLabelAsked => deeds::return_label_asked(language),
        Deed::ReturnLabelSent => deeds::return_label_sent(language),
        Deed::DevicesCheckedIn => deeds::devices_checked_in(language),
        Deed::ShipmentWrittenOff => deeds::shipment_written_off(language),
        Deed::Noticed => deeds::noticed(language),
        Deed::Reminded => deeds::reminded(language),
        Deed::Lapsed => deeds::lapsed(language),
        Deed::SetUpLapsed => deeds::set_up_lapsed(language),
        Deed::Closed => deeds::closed(language),
        Deed::CancelSettled => deeds::cancel_settled(language),
        Deed::NumbersReleased => deeds::numbers_released(language),
        Deed::OverdueMailed => deeds::overdue_mailed(language),
        Deed::Welcomed => deeds::welcomed(language),
    }
}
