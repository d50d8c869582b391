//! How many tests passed and failed, read from what the runners print.

use anyhow::{Context, Result};
use serde_json::Value;
use std::ops::AddAssign;

/// A count of tests.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Tests that held.
    pub passed: u64,
    /// Tests that did not, runners that broke off, and failed steps of `ci`.
    pub failed: u64,
}

impl Tally {
    /// One failure: a runner that could not even start its tests.
    pub const BROKEN: Self = Self { passed: 0, failed: 1 };

    /// A runner that failed without naming a failed test counts as one failure.
    pub fn with_outcome(self, success: bool) -> Self {
        if success || self.failed > 0 { self } else { Self { failed: 1, ..self } }
    }

    /// The last line of `test` and `ci`.
    pub fn line(self) -> String {
        format!("{} passed, {} failed", self.passed, self.failed)
    }
}

impl AddAssign for Tally {
    fn add_assign(&mut self, other: Self) {
        self.passed += other.passed;
        self.failed += other.failed;
    }
}

/// Reads nextest's `Summary [ 1.2s] 35 tests run: 34 passed, 1 failed, 2 skipped`.
pub fn of_nextest(lines: &[String]) -> Tally {
    let Some(summary) = lines.iter().rev().find(|line| line.trim_start().starts_with("Summary [")) else {
        return Tally::default();
    };
    let counts = summary.split_once("run:").map_or("", |(_, counts)| counts);
    let count = |word| counts.split(',').filter_map(|part| number_before(part, word)).sum::<u64>();
    Tally { passed: count("passed"), failed: count("failed") + count("timed out") }
}

/// Adds up every `test result: ok. 3 passed; 0 failed; …` of `cargo test`.
pub fn of_cargo_test(lines: &[String]) -> Tally {
    let mut tally = Tally::default();
    for line in lines.iter().filter(|line| line.starts_with("test result:")) {
        let count = |word| line.split([';', '.']).filter_map(|part| number_before(part, word)).sum::<u64>();
        tally += Tally { passed: count("passed"), failed: count("failed") };
    }
    tally
}

/// Reads the last line of the conformance suite: `120 passed, 1 failed`.
pub fn of_conform(lines: &[String]) -> Tally {
    let Some(last) = lines.iter().rev().find(|line| line.contains(" passed, ")) else { return Tally::default() };
    let count = |word| last.split(',').filter_map(|part| number_before(part, word)).sum::<u64>();
    Tally { passed: count("passed"), failed: count("failed") }
}

/// `number_before("34 passed (2 slow)", "passed")` is 34; `3 exec failed` counts as failed.
fn number_before(part: &str, word: &str) -> Option<u64> {
    let part = part.split('(').next()?.trim();
    part.strip_suffix(word)?.split_whitespace().next()?.parse().ok()
}

/// Reads Playwright's JSON report. A test that passed only when tried again counts as failed.
///
/// # Errors
/// When the text is no report.
pub fn of_playwright(text: &str) -> Result<Tally> {
    let report: Value = serde_json::from_str(text).context("Playwright's report")?;
    let count = |key: &str| report["stats"][key].as_u64().unwrap_or_default();
    let mut failed = count("unexpected") + count("flaky");
    if failed == 0 {
        // A test file that cannot be read has no tests that could fail.
        failed = report["errors"].as_array().map_or(0, |errors| errors.len() as u64);
    }
    Ok(Tally { passed: count("expected"), failed })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(text: &str) -> Vec<String> {
        text.lines().map(str::to_owned).collect()
    }

    #[test]
    fn nextest_is_read_by_its_summary() {
        let text = "   PASS [ 0.1s] x\n     Summary [   0.512s] 38 tests run: 34 passed (2 slow), 1 failed, 1 exec failed, 2 timed out, 5 skipped\n";
        assert_eq!(of_nextest(&lines(text)), Tally { passed: 34, failed: 4 });
    }

    #[test]
    fn cargo_test_is_the_sum_of_its_results() {
        let text = "test result: ok. 3 passed; 0 failed; 0 ignored\ntest result: FAILED. 1 passed; 2 failed; 0 ignored";
        assert_eq!(of_cargo_test(&lines(text)), Tally { passed: 4, failed: 2 });
    }

    #[test]
    fn playwright_counts_flaky_tests_and_unreadable_files_as_failed() -> Result<()> {
        let flaky = r#"{"stats":{"expected":7,"unexpected":1,"flaky":1,"skipped":0},"errors":[]}"#;
        assert_eq!(of_playwright(flaky)?, Tally { passed: 7, failed: 2 });
        let unreadable = r#"{"stats":{"expected":0,"unexpected":0,"flaky":0},"errors":[{"message":"syntax"}]}"#;
        assert_eq!(of_playwright(unreadable)?, Tally::BROKEN);
        Ok(())
    }

    #[test]
    fn the_conformance_suite_is_read_by_its_last_line() {
        let text =
            "ok       0.10 s  life: one\nFAILED   0.20 s  life: two\n       because 3 passed\n1 passed, 1 failed";
        assert_eq!(of_conform(&lines(text)), Tally { passed: 1, failed: 1 });
        assert_eq!(of_conform(&[]).with_outcome(false), Tally::BROKEN);
    }

    #[test]
    fn a_runner_that_breaks_off_is_one_failure() {
        assert_eq!(of_nextest(&[]).with_outcome(false), Tally::BROKEN);
        assert_eq!(Tally { passed: 2, failed: 3 }.with_outcome(false), Tally { passed: 2, failed: 3 });
    }
}
