use std::collections::BTreeSet;

use contract::endpoints;
use contract::error::ApiError;
use contract::session::SetClock;

use super::{ANNA, World, name};
use crate::access::Access;
use crate::router::routes;

#[test]
fn the_openapi_document_describes_every_route_and_no_other() {
    let described = contract::endpoints::all();
    let described: BTreeSet<(&str, &str)> = described.iter().map(|each| (name(each.method), each.path)).collect();
    let routes = routes(true);
    let served: BTreeSet<(&str, &str)> = routes.iter().map(|route| (name(route.method), route.path)).collect();
    assert_eq!(described, served);
}

#[test]
fn the_openapi_document_says_of_every_route_that_asks_for_a_right_that_it_may_be_refused_p7() {
    let document = contract::openapi::document();
    for route in routes(true) {
        let operation = &document["paths"][route.path][name(route.method).to_lowercase()];
        let refused = operation["responses"].get("403").is_some();
        // A server refuses any write that a page of another origin could have sent.
        let may_be = route.access != Access::Open || route.method != endpoints::Method::Get;
        assert_eq!(refused, may_be, "{} {}", name(route.method), route.path);
    }
}

#[test]
fn a_filter_that_names_nothing_is_refused_and_not_passed_over_q3() {
    let world = World::new();
    let rows = [
        ("devices_due=", 400),
        ("devices_due=late", 400),
        ("ends_within=", 400),
        ("ends_within=%2B7", 400),
        ("ends_within=4294967296", 400),
        ("answer_within=-1", 400),
        ("interested=", 400),
        ("interested=True", 400),
        ("sort=", 400),
        ("sort=-", 400),
        ("sort=--ends", 400),
        ("sort=-ends", 200),
        ("ends_within=7&interested=false", 200),
        ("q=&status=&in_charge=&cursor=", 200),
        ("q=%00%F0%9F%A6%80", 200),
        ("q=%FF", 200),
    ];
    for (query, status) in rows {
        for path in [endpoints::CUSTOMERS.path, endpoints::CUSTOMERS_CSV.path] {
            assert_eq!(world.send("GET", &format!("{path}?{query}"), ANNA, "", &[]).status, status, "{path}?{query}");
        }
    }
    for language in ["", "fr", "EN"] {
        let path = format!("{}?language={language}", endpoints::JOURNAL_CSV.path);
        assert_eq!(world.send("GET", &path, ANNA, "", &[]).status, 400, "{language:?}");
    }
}

#[test]
fn the_clock_of_a_demonstration_ends_before_the_calendar_does_g6() {
    let world = World::new();
    let forward = |days| world.ask(endpoints::CLOCK_SET, ANNA, "", &SetClock { days });
    for days in [0, 401, u32::MAX] {
        assert_eq!(forward(days), Err(ApiError::Malformed), "{days} at once");
    }
    for _ in 0..9 {
        forward(400).expect("set forward");
    }
    assert_eq!(forward(400), Err(ApiError::Malformed), "ten years in all");
    assert_eq!(forward(50).expect("the last day").days_ahead, 3650);
}
