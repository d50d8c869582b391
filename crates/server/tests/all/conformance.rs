//! The conformance suite against the program itself, over HTTP, on PostgreSQL.

use contract::conformance::{THEMES, run};

use crate::cluster::Cluster;
use crate::program::Copy;

#[test]
fn the_server_conforms_over_http_on_postgresql_g2() {
    let cluster = Cluster::start();
    let copy = Copy::start(&cluster.database());
    let report = run(&copy.client(), "server", THEMES, "", |_| {});
    let failed: Vec<String> = report
        .failed()
        .map(|verdict| format!("{}: {}: {}", verdict.theme, verdict.case, verdict.why.clone().unwrap_or_default()))
        .collect();
    assert!(report.passed() > 100, "the suite was run");
    assert!(failed.is_empty(), "{} failed:\n{}\n{}", failed.len(), failed.join("\n"), copy.log());
}
