//! The conformance suite over the memory store, theme by theme.

use axum::body::Body;
use axum::http;
use chrono::TimeDelta;
use contract::conformance::{Reply, Request, THEMES, Transport, run};
use futures_executor::block_on;
use rules::clock::Day;
use tower_service::Service;

use super::World;

impl Transport for World {
    fn send(&self, request: &Request) -> Result<Reply, String> {
        let mut builder = http::Request::builder().method(request.method).uri(&request.path);
        for (name, value) in &request.headers {
            builder = builder.header(name, value);
        }
        let body = Body::from(request.body.clone());
        let request = builder.body(body).map_err(|error| error.to_string())?;
        block_on(async {
            let Ok(response) = self.router.clone().call(request).await;
            let reply = super::Reply::of(response).await;
            let text = |value: &http::HeaderValue| value.to_str().unwrap_or_default().to_owned();
            let headers = reply.headers.iter().map(|(name, value)| (name.to_string(), text(value))).collect();
            Ok(Reply { status: reply.status, headers, body: reply.body })
        })
    }
}

/// Runs the cases of a theme against backends of their own: at ten in the morning, and with
/// demonstration data made just after midnight and just before it, when what happened *today*
/// is minutes or a whole day old.
fn conforms(name: &str) {
    let morning = Day::of(rules::samples::now()).begin();
    conforms_in(name, &World::new());
    conforms_in(name, &World::made_at(morning + TimeDelta::minutes(2)));
    conforms_in(name, &World::made_at(morning + TimeDelta::minutes(23 * 60 + 58)));
}

fn conforms_in(name: &str, world: &World) {
    let begun = world.now();
    let themes: Vec<_> = THEMES.iter().copied().filter(|theme| theme.name == name).collect();
    assert_eq!(themes.len(), 1, "there is one theme called {name}");
    let report = run(world, name, &themes, "", |_| {});
    let failed: Vec<String> = report
        .failed()
        .map(|verdict| format!("{}: {}", verdict.case, verdict.why.clone().unwrap_or_default()))
        .collect();
    let (count, all) = (failed.len(), report.verdicts.len());
    assert!(failed.is_empty(), "{count} of {all} cases failed, begun at {begun}:\n{}", failed.join("\n"));
}

macro_rules! themes {
    ($($test:ident: $name:literal),+ $(,)?) => {
        $(#[test]
        fn $test() {
            conforms($name);
        })+

        #[test]
        fn every_theme_has_its_test() {
            assert_eq!(THEMES.iter().map(|theme| theme.name).collect::<Vec<_>>(), [$($name),+]);
        }
    };
}

themes! {
    sign_in_conforms: "sign-in",
    errors_conform: "errors",
    roles_conform: "roles",
    reading_conforms: "reading",
    drafts_conform: "drafts",
    views_conform: "views",
    starting_conforms: "starting",
    requests_conform: "requests",
    receipts_conform: "receipts",
    the_mailbox_conforms: "mailbox",
    running_trials_conform: "running",
    ending_conforms: "ending",
    life_conforms: "life",
    devices_conform: "devices",
    the_hub_conforms: "hub",
    set_ups_conform: "set-up",
    partners_are_kept_apart: "apart",
    many_at_once_conform: "together",
    the_outage_conforms: "outage",
}
