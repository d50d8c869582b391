//! How far a service of a trial is provisioned, and **Try again** for one that failed (N17).

use contract::customers::TrialDetail;
use contract::trials::TrialAct;
use leptos::prelude::*;
use rules::act::ActName;
use rules::trial::{Provisioning, ProvisioningStep};
use words::{Language, customer, label, moment, ui};

use crate::act_dialog::Asked;
use crate::status::ProvisioningState;
use crate::ui::Button;

/// The state of a step; a failed one with why, how often it was tried, when it is tried again by
/// itself, and the button that does not wait for that.
pub fn provisioned(
    language: Language,
    detail: &TrialDetail,
    company: &str,
    step: ProvisioningStep,
    asked: RwSignal<Option<Asked>>,
) -> AnyView {
    let failed = match step.state {
        Provisioning::Failed { attempts, retry_at } => {
            let next = moment(language, retry_at);
            let service = label::service(language, step.service);
            let because = label::because(language, detail.verdict(ActName::RetryProvisioning));
            let act = TrialAct::RetryProvisioning { service: step.service };
            let title = customer::retry_title(language, company, service);
            let lead = vec![customer::retry_why(language, &step.why), customer::retry_lead(language, &next)];
            let done = customer::retried(language, service);
            let ask = Asked { lead, ..Asked::new(act, title, ui::retry(language), done) };
            Some(view! {
                <span class="under">{customer::platform_says(language, &step.why)} " " {customer::service_retry(language, attempts, next)}</span>
                <div class="try-again">
                    <Button
                        disabled_because=Signal::stored(because)
                        on_click=move |_| asked.set(Some(ask.clone()))
                    >
                        {ui::retry(language)}
                        // Of several the name tells which one.
                        <span class="unseen">": "{service}</span>
                    </Button>
                </div>
            })
        }
        Provisioning::Waiting | Provisioning::Done(_) | Provisioning::Stopped => None,
    };
    view! {
        <ProvisioningState state=step.state />
        {failed}
    }
    .into_any()
}
