//! Conversion to a paid order, the hand-over to a distributor, and the customer's
//! interest (C).

use std::collections::BTreeSet;

use super::Conversion as Order;
use super::may::distributor;
use super::scene::{About, Scene, close_device_requests, keeps_numbers, take_back};
use crate::change::{Deed, MailKey};
use crate::draft::email;
use crate::ids::TrialId;
use crate::notice::{MailKind, Recipients};
use crate::organisation::{Organisation, Purchase};
use crate::service::Service;
use crate::trial::{Conversion, HandOver, Interest, Phase, numbers_released_on};
use crate::verdict::{Because, Refusal, Remedy, RuleId};

/// Most characters of an order number (C3).
const ORDER_NUMBER_MAX: usize = 40;

/// Turns a trial into a paid order (C3, C4).
pub(super) fn convert(scene: &mut Scene<'_>, id: &TrialId, order: Order) -> Result<Deed, Refusal> {
    let (actor, today) = (scene.actor()?, scene.today());
    let by_partner = actor.partner().cloned().unwrap_or_default();
    let before = scene.trial(id)?;
    let number = order.order_number.trim();
    if let Some(wrong) = ill_formed(&order).into_iter().next() {
        return Err(wrong);
    }
    if scene.context.facts.order_used {
        return Err(c3(Because::OrderUsed, Remedy::Correct));
    }
    let contact = order.contact_email.trim().to_ascii_lowercase();
    let people = scene.context.facts.people(&by_partner);
    let of_partner = people.iter().any(|person| person.email.eq_ignore_ascii_case(&contact));
    let of_customer = scene.before.administrators().any(|member| member.email.eq_ignore_ascii_case(&contact));
    if !of_partner && !of_customer {
        return Err(c3(Because::NotAContact, Remedy::Correct));
    }
    let typed = order.administrator_email.trim();
    if !scene.before.administrators().any(|member| member.email.eq_ignore_ascii_case(typed)) {
        return Err(c3(Because::NotItsAdministrator, Remedy::Correct));
    }
    if order.services.iter().any(|service| !before.offer.has(*service)) {
        return Err(c3(Because::NotInTrial, Remedy::ChooseOther));
    }
    let lost: Vec<Service> =
        before.offer.services().into_iter().filter(|service| !order.services.contains(service)).collect();
    if !lost.is_empty() && !order.confirmed {
        let count = u32::try_from(lost.len()).unwrap_or(u32::MAX);
        return Err(c3(Because::OrderLacksServices, Remedy::Confirm).service(lost[0]).count(count));
    }

    let trial = scene.trial_mut(id)?;
    trial.phase = Phase::Converted { on: today };
    trial.mails.retain(|mail| !mail.kind.is_notice());
    trial.interest = None;
    trial.settled = true;
    trial.provisioning.retain(|step| order.services.contains(&step.service));
    trial.note_set_up();
    if lost.contains(&Service::Calling) && keeps_numbers(trial.offer.calling) {
        trial.numbers_until = Some(numbers_released_on(today));
    }
    trial.conversion = Some(Conversion {
        order_number: number.to_owned(),
        contact_email: contact,
        by: actor.person.id.clone(),
        by_partner,
        services: order.services.clone(),
    });
    let trial = trial.clone();
    for service in &order.services {
        let licences = trial.offer.licences.filter(|_| service.has_licences());
        let trial = Some(trial.id.clone());
        scene.next.purchased.push(Purchase { service: *service, licences, since: today, trial });
    }
    close_device_requests(scene, id)?;
    take_back(&mut scene.next, &lost, today);
    scene.mail_act(MailKind::SetUpService, &[Recipients::Contact], &trial);
    Ok(Deed::Converted)
}

fn c3(because: Because, remedy: Remedy) -> Refusal {
    Refusal::new(RuleId::C3, because, remedy)
}

/// What is wrong with an order whoever the people are, in the order of its fields: what a page can
/// tell all at once (C3, G3).
pub fn ill_formed(order: &Order) -> Vec<Refusal> {
    let wrong = [
        (!is_order_number(order.order_number.trim())).then(|| c3(Because::NotAnOrderNumber, Remedy::Correct)),
        email(&order.contact_email).is_err().then(|| c3(Because::NotAContact, Remedy::Correct)),
        email(&order.administrator_email).is_err().then(|| c3(Because::NotItsAdministrator, Remedy::Correct)),
        order.services.is_empty().then(|| c3(Because::NotInTrial, Remedy::ChooseOther)),
    ];
    wrong.into_iter().flatten().collect()
}

/// 1 to 40 letters, digits and hyphens (C3).
pub fn is_order_number(text: &str) -> bool {
    let fits = |character: char| character.is_ascii_alphanumeric() || character == '-';
    (1..=ORDER_NUMBER_MAX).contains(&text.chars().count()) && text.chars().all(fits)
}

/// The distributor is sent the trial's data and converts it (C2).
pub(super) fn hand_over(scene: &mut Scene<'_>, id: &TrialId) -> Result<Deed, Refusal> {
    let (by, on) = (scene.actor()?.person.id.clone(), scene.today());
    let own = Refusal::new(RuleId::C2, Because::OwnConversion, Remedy::Convert);
    let to = distributor(&scene.trial(id)?.partner, scene.context).ok_or(own)?;
    let trial = scene.trial_mut(id)?;
    trial.handed_over = Some(HandOver { to, by, on });
    let trial = trial.clone();
    scene.mail_act(MailKind::HandedOver, &[Recipients::Distributor], &trial);
    Ok(Deed::HandedOver)
}

/// The customer says to be interested: its row is flagged, and the partner's people
/// are mailed, once for each trial and day (C1).
pub(super) fn say_interested(scene: &mut Scene<'_>, id: &TrialId) -> Result<Deed, Refusal> {
    let (by, on) = (scene.actor()?.person.id.clone(), scene.today());
    let trial = scene.trial_mut(id)?;
    trial.interest = Some(Interest { by, on, answered: false });
    let trial = trial.clone();
    scene.mail(MailKind::Interest, MailKey::Daily(on), Recipients::PartnerAdministrators, &trial, About::default());
    Ok(Deed::Interested)
}

/// A sales administrator has answered: the flag goes (C1).
pub(super) fn answer_interest(scene: &mut Scene<'_>, id: &TrialId) -> Result<Deed, Refusal> {
    if let Some(interest) = &mut scene.trial_mut(id)?.interest {
        interest.answered = true;
    }
    Ok(Deed::InterestAnswered)
}

/// The addresses of administrators of the organisation that are nearest to one that
/// is nobody's, nearest first: what may have been meant (C3). Nobody beyond the
/// organisation is looked at.
pub fn near_administrators(organisation: &Organisation, typed: &str) -> Vec<String> {
    let typed = typed.trim().to_ascii_lowercase();
    // As many slips of the finger as leave an address recognisable.
    const SLIPS: usize = 3;
    let near = organisation.administrators().map(|member| (slips(&typed, &member.email), member.email.clone()));
    let found: BTreeSet<(usize, String)> = near.filter(|(slips, _)| *slips <= SLIPS).collect();
    found.into_iter().map(|(_, email)| email).collect()
}

/// Letters to add, take away or exchange, or neighbours to swap, to make one text of
/// the other (optimal string alignment).
fn slips(one: &str, other: &str) -> usize {
    let (one, other): (Vec<char>, Vec<char>) = (one.chars().collect(), other.chars().collect());
    let mut before_last: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=other.len()).collect();
    for (row, letter) in one.iter().enumerate() {
        let mut now = vec![row + 1];
        for (column, wanted) in other.iter().enumerate() {
            let exchange = last[column] + usize::from(letter != wanted);
            let mut least = exchange.min(last[column + 1] + 1).min(now[column] + 1);
            if row > 0 && column > 0 && one[row - 1] == *wanted && other[column - 1] == *letter {
                least = least.min(before_last[column - 1] + 1);
            }
            now.push(least);
        }
        before_last = std::mem::replace(&mut last, now);
    }
    last[other.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_is_a_letter_too_many_too_few_or_another_one_or_two_neighbours_swapped_c3() {
        for (one, other, expected) in [
            ("", "", 0),
            ("anna", "anna", 0),
            ("", "anna", 4),
            ("anna", "", 4),
            ("ana", "anna", 1),
            ("annna", "anna", 1),
            ("anka", "anna", 1),
            ("nana", "anna", 1),
            ("anan", "anna", 1),
            ("abcd", "badc", 2),
            ("abc", "cab", 2),
            ("ca", "abc", 3),
            ("aabb", "bbaa", 3),
            ("kitten", "sitting", 3),
            ("sunday", "saturday", 3),
            ("abcdef", "ghijkl", 6),
        ] {
            assert_eq!(slips(one, other), expected, "{one:?} for {other:?}");
            assert_eq!(slips(other, one), expected, "{other:?} for {one:?}");
        }
    }
}
