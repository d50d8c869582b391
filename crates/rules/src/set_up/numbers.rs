//! The number plan of Cloud calling: what is needed, given and still missing (N8, U2).

use serde::{Deserialize, Serialize};

use crate::service::Calling;
use crate::trial::Trial;
use crate::verdict::ProblemKind;

/// Fewest and most digits of a number with its country's code; the most is E.164's.
const DIGITS: std::ops::RangeInclusive<usize> = 5..=15;

/// How many phone numbers Cloud calling needs, how many are given, and how many are missing.
/// Missing ones never hold up a trial (N8).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub struct NumberPlan {
    /// One for each numbered user and two for each location.
    pub needed: u32,
    /// Different numbers that are given.
    pub given: u32,
    /// How many more are needed.
    pub missing: u32,
}

/// Most numbers of one range: ten times what the largest plan needs.
const RANGE_MAX: u64 = 10_000;

/// The first and the last number of a range; the same for a single number.
pub(super) type Range = (u64, u64);

impl NumberPlan {
    /// The plan of a trial with the numbers of its locations; `None` without Cloud calling.
    pub(crate) fn of<'a>(trial: &Trial, numbers: impl Iterator<Item = &'a str>) -> Option<NumberPlan> {
        let calling = trial.offer.calling?;
        let Calling::Cloud { locations, .. } = calling else { return None };
        let of_trial = numbers.take(usize::try_from(locations).unwrap_or(usize::MAX));
        let mut ranges: Vec<Range> = of_trial.flat_map(|text| ranges(text).unwrap_or_default()).collect();
        ranges.sort_unstable();
        // A number that stands twice is one number.
        let (mut given, mut counted_to) = (0u64, 0u64);
        for (first, last) in ranges {
            let first = first.max(counted_to);
            given += (last + 1).saturating_sub(first);
            counted_to = counted_to.max(last + 1);
        }
        let needed = calling.phone_numbers();
        let given = u32::try_from(given).unwrap_or(u32::MAX);
        Some(NumberPlan { needed, given, missing: needed.saturating_sub(given) })
    }
}

/// The numbers of a text: one or a range in each line, or with commas between them. Both ends
/// of a range begin with `+` and have the same number of digits.
///
/// # Errors
/// The first line in which something is no number with its country's code, or no range of at most
/// [`RANGE_MAX`].
pub(super) fn ranges(text: &str) -> Result<Vec<Range>, ProblemKind> {
    let entries = text.split('\n').zip(1..).flat_map(|(line, number)| {
        line.split([',', ';']).map(str::trim).filter(|entry| !entry.is_empty()).map(move |entry| (entry, number))
    });
    entries.map(|(entry, line)| range(entry).ok_or(ProblemKind::NumberLine { line })).collect()
}

fn range(entry: &str) -> Option<Range> {
    let (first, last) = match entry.rfind('+').filter(|at| *at > 0) {
        None => (entry, entry),
        Some(at) => (entry[..at].trim_end_matches([' ', '-', '–']), &entry[at..]),
    };
    let ((low, digits), (high, other)) = (number(first)?, number(last)?);
    (digits == other && low <= high && high - low < RANGE_MAX).then_some((low, high))
}

/// A number with its country's code, and how many digits it has.
fn number(text: &str) -> Option<(u64, usize)> {
    let written = text.strip_prefix('+')?;
    let fit = |character: char| character.is_ascii_digit() || " -()./\u{a0}".contains(character);
    let digits: String = written.chars().filter(char::is_ascii_digit).collect();
    let fits = written.chars().all(fit) && DIGITS.contains(&digits.len());
    Some((digits.parse().ok().filter(|_| fits)?, digits.len()))
}

/// Whether one of some ranges shares a number with another one of them, or with one of the others.
pub(super) fn overlaps(ranges: &[Range], others: &[Range]) -> bool {
    let shares = |one: &Range, other: &Range| one.0 <= other.1 && other.0 <= one.1;
    ranges.iter().enumerate().any(|(at, one)| ranges[at + 1..].iter().chain(others).any(|other| shares(one, other)))
}
