//! What is said of a line of the file with people (`U2`, `H5`).

use super::services;
use crate::{Language, people_file};
use rules::set_up::file::{LineFault, LineOutcome, LineReport};

/// Why a line brings nobody.
pub fn line_fault(language: Language, fault: LineFault) -> &'static str {
    match fault {
        LineFault::Columns => people_file::columns(language),
        LineFault::Quote => people_file::quote(language),
        LineFault::NoEmail => people_file::no_email(language),
        LineFault::Email => people_file::email(language),
        LineFault::NoName => people_file::no_name(language),
        LineFault::Name => people_file::name(language),
        LineFault::Formula => people_file::formula(language),
        LineFault::Service => people_file::service(language),
    }
}

/// What becomes of a line of which something is to be said.
pub fn line_report(language: Language, report: &LineReport) -> String {
    let plain = match report.outcome {
        LineOutcome::TakenWithout => {
            return people_file::taken_without(language, services(language, report.without.iter().copied()));
        }
        LineOutcome::Twice => return people_file::twice(language, report.first.unwrap_or_default()),
        LineOutcome::Bad => line_fault(language, report.fault.unwrap_or(LineFault::Columns)),
        LineOutcome::AlreadyThere => people_file::already_there(language),
        LineOutcome::Elsewhere => people_file::elsewhere(language),
        LineOutcome::Later => people_file::later(language),
    };
    plain.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use rules::service::Service;
    use std::collections::BTreeSet;

    #[test]
    fn each_line_is_told_what_becomes_of_it_and_why_u2() {
        let report = |outcome| LineReport {
            line: 7,
            email: "a@example.com".to_owned(),
            outcome,
            fault: None,
            first: Some(3),
            without: vec![Service::Meetings, Service::Calling],
        };
        let said = line_report(Language::Nl, &report(LineOutcome::TakenWithout));
        assert_eq!(said, "Toegevoegd zonder Vergaderingen, Bellen: er is geen licentie vrij.");
        assert_eq!(line_report(Language::En, &report(LineOutcome::Twice)), "Line 3 has the same address.");
        for language in Language::ALL {
            let mut all: Vec<String> = LineFault::ALL
                .into_iter()
                .map(|fault| line_report(language, &LineReport { fault: Some(fault), ..report(LineOutcome::Bad) }))
                .collect();
            let plain = [LineOutcome::AlreadyThere, LineOutcome::Elsewhere, LineOutcome::Later];
            all.extend(plain.map(|outcome| line_report(language, &report(outcome))));
            let different: BTreeSet<&String> = all.iter().collect();
            assert_eq!(different.len(), all.len(), "{all:?}");
        }
    }
}
