//! How many tests passed and failed, read from what the runners print.

use anyhow::{Context, Result};
use serde_json::Value;
use std::ops::AddAssign;

/// A count of tests, and the names of those that did not hold.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Tests that held.
    pub passed: u64,
    /// Tests that did not, runners that broke off, and failed steps of `ci`.
    pub failed: u64,
    /// What failed, each with its reason where the runner's report has one.
    pub failures: Vec<String>,
}

impl Tally {
    /// One failure: a runner that could not even start its tests, or a step that does not hold.
    pub fn broken(name: &str) -> Self {
        Self { passed: 0, failed: 1, failures: vec![name.to_owned()] }
    }

    /// A runner that failed without naming a failed test counts as one failure.
    pub fn with_outcome(mut self, name: &str, success: bool) -> Self {
        if !success && self.failed == 0 {
            self += Self::broken(name);
        }
        self
    }

    /// The end of `test` and `ci`: what failed, by name, for whoever sees no more than the end of
    /// the output, and the count as the last line.
    pub fn print(&self) {
        if !self.failures.is_empty() {
            println!("\nThese failed:");
        }
        for failure in &self.failures {
            println!("  {failure}");
        }
        println!("{}", self.line());
    }

    fn line(&self) -> String {
        format!("{} passed, {} failed", self.passed, self.failed)
    }
}

impl AddAssign for Tally {
    fn add_assign(&mut self, mut other: Self) {
        self.passed += other.passed;
        self.failed += other.failed;
        self.failures.append(&mut other.failures);
    }
}

/// Reads nextest's `Summary [ 1.2s] 35 tests run: 34 passed, 1 failed, 2 skipped`, and the lines of
/// failed tests that follow it.
pub fn of_nextest(lines: &[String]) -> Tally {
    let Some(at) = lines.iter().rposition(|line| line.trim_start().starts_with("Summary [")) else {
        return Tally::default();
    };
    let (passed, failed) = lines[at].split_once("run:").map_or((0, 0), |(_, counts)| {
        let count = |word| counts.split(',').filter_map(|part| number_before(part, word)).sum::<u64>();
        (count("passed"), count("failed") + count("timed out"))
    });
    let name = |line: &String| {
        let (outcome, rest) = line.trim_start().split_once('[')?;
        let name = rest.split_once(']')?.1.trim();
        (outcome.trim() != "PASS").then(|| name.rsplit(") ").next().unwrap_or(name).to_owned())
    };
    Tally { passed, failed, failures: lines[at + 1..].iter().filter_map(name).collect() }
}

/// Adds up every `test result: ok. 3 passed; 0 failed; …` of `cargo test`.
pub fn of_cargo_test(lines: &[String]) -> Tally {
    let mut tally = Tally::default();
    for line in lines {
        if line.starts_with("test result:") {
            let count = |word| line.split([';', '.']).filter_map(|part| number_before(part, word)).sum::<u64>();
            tally += Tally { passed: count("passed"), failed: count("failed"), failures: Vec::new() };
        } else if let Some(name) = line.strip_prefix("---- ").and_then(|line| line.strip_suffix(" stdout ----")) {
            tally.failures.push(name.to_owned());
        }
    }
    tally
}

/// Reads the last line of the conformance suite, `120 passed, 1 failed`, and its lines of failed
/// cases with the reason that follows each.
pub fn of_conform(lines: &[String]) -> Tally {
    let Some(last) = lines.iter().rev().find(|line| line.contains(" passed, ")) else { return Tally::default() };
    let count = |word| last.split(',').filter_map(|part| number_before(part, word)).sum::<u64>();
    let failures = lines.iter().enumerate().filter_map(|(at, line)| {
        let name = line.strip_prefix("FAILED")?.split_once(" s ")?.1.trim();
        Some(format!("{name}: {}", lines.get(at + 1).map_or("", |why| why.trim())))
    });
    Tally { passed: count("passed"), failed: count("failed"), failures: failures.collect() }
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
    let mut failures = Vec::new();
    failed_specs(&report, &mut failures);
    if failed == 0 {
        // A test file that cannot be read has no tests that could fail.
        let unread = report["errors"].as_array().into_iter().flatten();
        failures.extend(unread.map(reason));
        failed = failures.len() as u64;
    }
    Ok(Tally { passed: count("expected"), failed, failures })
}

/// The failed tests of a suite and of those within it.
fn failed_specs(suite: &Value, failures: &mut Vec<String>) {
    let of = |key: &str| suite[key].as_array().cloned().unwrap_or_default();
    for spec in of("specs") {
        let tests = spec["tests"].as_array().into_iter().flatten();
        for test in tests.filter(|test| matches!(test["status"].as_str(), Some("unexpected" | "flaky"))) {
            let results = test["results"].as_array().into_iter().flatten();
            // A test that ran out of time has two errors: that it did, and what it waited for.
            let errors = results.filter_map(|result| result["errors"].as_array()).find(|errors| !errors.is_empty());
            let why: Vec<String> = errors.into_iter().flatten().map(reason).collect();
            let name = |key: &str| spec[key].as_str().unwrap_or_default().to_owned();
            failures.push(format!("{}: {}: {}", name("file"), name("title"), why.join("\n      ")));
        }
    }
    for inner in of("suites") {
        failed_specs(&inner, failures);
    }
}

/// Why a test failed, in a line for each thing that Playwright says: where in the file, what was
/// looked for, what was expected and what stood there. Of the log of its tries only the first one is told.
fn reason(error: &Value) -> String {
    let message = plain(error["message"].as_str().unwrap_or_default());
    let mut lines = message.lines();
    let mut told: Vec<&str> = lines.by_ref().take_while(|line| !line.starts_with("Call log")).collect();
    told.extend(lines.next());
    let mut told: Vec<String> =
        told.into_iter().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).collect();
    if let (Some(line), Some(first)) = (error["location"]["line"].as_u64(), told.first_mut()) {
        *first = format!("line {line}: {first}");
    }
    told.truncate(8);
    told.join("\n      ")
}

/// A text without the colours of a terminal, which Playwright writes into its report as well.
fn plain(text: &str) -> String {
    let mut parts = text.split("\u{1b}[");
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |said, part| said + part.split_once('m').map_or(part, |(_, rest)| rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(text: &str) -> Vec<String> {
        text.lines().map(str::to_owned).collect()
    }

    fn tally(passed: u64, failed: u64, failures: &[&str]) -> Tally {
        Tally { passed, failed, failures: failures.iter().map(|name| (*name).to_owned()).collect() }
    }

    #[test]
    fn nextest_is_read_by_its_summary_and_names_what_failed() {
        let text = "   PASS [ 0.1s] x\n     Summary [   0.512s] 38 tests run: 34 passed (2 slow), 1 failed, 1 exec failed, 2 timed out, 5 skipped\n        FAIL [   0.2s] (12/38) rules act::tests::adds_a1\n     TIMEOUT [  60.0s] (13/38) backend time\nerror: test run failed";
        assert_eq!(of_nextest(&lines(text)), tally(34, 4, &["rules act::tests::adds_a1", "backend time"]));
    }

    #[test]
    fn cargo_test_is_the_sum_of_its_results() {
        let text = "test result: ok. 3 passed; 0 failed; 0 ignored\n---- one::two stdout ----\ntest result: FAILED. 1 passed; 2 failed; 0 ignored";
        assert_eq!(of_cargo_test(&lines(text)), tally(4, 2, &["one::two"]));
    }

    #[test]
    fn playwright_counts_flaky_tests_and_unreadable_files_as_failed() -> Result<()> {
        let flaky = r#"{"stats":{"expected":7,"unexpected":1,"flaky":1,"skipped":0},"errors":[],"suites":[{"specs":[],"suites":[{"specs":[
            {"title":"walks","file":"a.spec.ts","tests":[{"status":"unexpected","results":[{"errors":[{"message":"\u001b[2mnot\u001b[22m there\n\nExpected: 1\nCall log:\n  - waited\n  - again","location":{"line":7}}]}]}]},
            {"title":"runs","file":"a.spec.ts","tests":[{"status":"expected","results":[{}]}]},
            {"title":"flies","file":"b.spec.ts","tests":[{"status":"flaky","results":[{"errors":[{"message":"late"},{"message":"click: late","location":{"line":9}}]},{}]}]}]}]}]}"#;
        assert_eq!(
            of_playwright(flaky)?,
            tally(
                7,
                2,
                &[
                    "a.spec.ts: walks: line 7: not there\n      Expected: 1\n      - waited",
                    "b.spec.ts: flies: late\n      line 9: click: late"
                ]
            )
        );
        let unreadable = r#"{"stats":{"expected":0,"unexpected":0,"flaky":0},"errors":[{"message":"syntax"}]}"#;
        assert_eq!(of_playwright(unreadable)?, Tally::broken("syntax"));
        Ok(())
    }

    #[test]
    fn the_conformance_suite_is_read_by_its_last_line() {
        let text =
            "ok       0.10 s  life: one\nFAILED   0.20 s  life: two\n       because 3 passed\n1 passed, 1 failed";
        assert_eq!(of_conform(&lines(text)), tally(1, 1, &["life: two: because 3 passed"]));
        assert_eq!(of_conform(&[]).with_outcome("suite", false), Tally::broken("suite"));
    }

    #[test]
    fn a_runner_that_breaks_off_is_one_failure() {
        assert_eq!(of_nextest(&[]).with_outcome("tests", false), Tally::broken("tests"));
        assert_eq!(tally(2, 3, &[]).with_outcome("tests", false), tally(2, 3, &[]));
    }
}
