//! What becomes of a generated trial, and on which days.

use rules::service::{Duration, Service};

use super::super::dice::Dice;

/// Something that happens to a trial, or that it is looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Step {
    /// It is started, or asked for.
    Begin,
    Accept,
    Decline,
    SetUp,
    Extend(Duration),
    Cancel,
    Convert,
    /// Every page is read.
    Look,
}

/// A trial as it was drawn.
#[derive(Clone, Debug)]
pub(super) struct Fate {
    pub(super) number: usize,
    /// Whether an existing organisation is asked for it (X).
    pub(super) asked: bool,
    pub(super) dutch: bool,
    pub(super) duration: Duration,
    pub(super) services: Vec<Service>,
    /// What happens, each with its day, counted from the first of all.
    pub(super) steps: Vec<(i64, Step)>,
}

impl Fate {
    /// Draws one. Most of the days on which it is looked at lie next to a day of its own.
    pub(super) fn draw(dice: &mut Dice, number: usize) -> Fate {
        let asked = dice.between(0, 3) == 0;
        let duration = dice.one_of(&Duration::ALL);
        let services = match asked {
            // Messaging is what the organisation owns.
            true => dice.one_of(&[[Service::Meetings].as_slice(), &[Service::Calling]]),
            false => dice.one_of(&[[Service::Messaging].as_slice(), &[Service::Messaging, Service::Calling]]),
        };
        let begins = dice.between(0, 90);
        let mut steps = vec![(begins, Step::Begin)];
        let mut own = vec![begins];
        let start = if asked { Self::ask(dice, begins, &mut steps, &mut own) } else { Some(begins) };
        if let Some(start) = start {
            Self::run(dice, start, duration, asked, &mut steps, &mut own);
        }
        let last = own.iter().copied().max().unwrap_or(begins);
        for next_to_its_own in [true, true, false] {
            let day = match next_to_its_own {
                true => dice.one_of(&own) + dice.between(-1, 2),
                false => dice.between(begins, last + 20),
            };
            steps.push((day.max(begins), Step::Look));
        }
        // On one day it is looked at after everything that happens on it.
        steps.sort_by_key(|(day, step)| (*day, *step == Step::Look));
        steps.dedup();
        Fate { number, asked, dutch: dice.between(0, 2) == 0, duration, services: services.to_vec(), steps }
    }

    /// What becomes of a request; the day on which its trial starts.
    fn ask(dice: &mut Dice, begins: i64, steps: &mut Vec<(i64, Step)>, own: &mut Vec<i64>) -> Option<i64> {
        own.extend([begins + 30, begins + 31]);
        let answered = begins + dice.between(0, 31);
        match dice.between(0, 6) {
            0 => return None,
            1 => {
                steps.push((answered, Step::Decline));
                return None;
            }
            _ => steps.push((answered, Step::Accept)),
        }
        own.push(answered);
        let set_up = answered + dice.between(0, 20);
        steps.push((set_up, Step::SetUp));
        Some(set_up)
    }

    /// What becomes of a trial that starts on a day.
    fn run(
        dice: &mut Dice,
        start: i64,
        duration: Duration,
        asked: bool,
        steps: &mut Vec<(i64, Step)>,
        own: &mut Vec<i64>,
    ) {
        let mut end = start + i64::from(duration.days());
        if dice.between(0, 3) == 0 {
            let day = dice.between(start + 1, end);
            let chosen = dice.one_of(&Duration::ALL);
            // A choice that leaves the end as it is cannot be made (E1).
            if day + i64::from(chosen.days()) != end {
                steps.push((day, Step::Extend(chosen)));
                end = day + i64::from(chosen.days());
                own.push(day);
            }
        }
        own.extend([end - 7, end, end + 30, end + 45]);
        // No later than it closes, and no earlier than whatever happened to it before.
        let after = steps.iter().map(|(day, _)| *day).max().unwrap_or(start);
        let over = dice.between(after + 1, end + 30);
        match dice.between(0, 5) {
            0 => steps.push((over, Step::Cancel)),
            // The partner that asks is of tier 2, and its distributor would have to (C2).
            1 if !asked => steps.push((over, Step::Convert)),
            _ => return,
        }
        own.extend([over, over + 15]);
    }
}
