use super::*;

fn query(search: &str, statuses: &[Status]) -> Query {
    Query { search: search.to_owned(), statuses: statuses.iter().copied().collect(), ..Query::default() }
}

#[test]
fn every_printed_address_is_read_back_as_the_same_page_q3() {
    let routes = [
        (Route::customers(), "/customers"),
        (Route::Customers(query("a&b=c d/é+%", &[])), "/customers?q=a%26b%3Dc%20d%2F%C3%A9%2B%25"),
        (Route::Customers(query("x", &[Status::Active, Status::Expired])), "/customers?q=x&status=expired,active"),
        (Route::Customer("org 1/2".into()), "/customers/org%201%2F2"),
        (Route::AddTrial("org-1".into()), "/customers/org-1/add-trial"),
        (
            Route::Trial { customer: "o 1".into(), trial: "t/1".into(), page: TrialPage::Extend },
            "/customers/o%201/trials/t%2F1/extend",
        ),
        (Route::Trial { customer: "o".into(), trial: "t".into(), page: TrialPage::Edit }, "/customers/o/trials/t/edit"),
        (
            Route::Trial { customer: "o".into(), trial: "t".into(), page: TrialPage::Convert },
            "/customers/o/trials/t/convert",
        ),
        (Route::HandedOver, "/handed-over"),
        (Route::ConvertHandedOver("t1".into()), "/handed-over/t1"),
        (Route::StartTrial, "/start-trial"),
        (Route::Wizard { draft: "d1".into(), step: Step::MeetingsSite }, "/start-trial/d1/meetings-site"),
        (Route::SetUp { trial: "t/1".into(), step: SetUpStep::People }, "/set-up/t%2F1/people"),
        (Route::Hub, "/hub"),
        (Route::HubPartners, "/hub/partners"),
        (Route::HubIn(HubPart::Subscriptions), "/hub/subscriptions"),
        (Route::HubIn(HubPart::Lost("t/1".into())), "/hub/subscriptions/t%2F1"),
        (Route::HubIn(HubPart::Devices), "/hub/devices"),
        (Route::HubIn(HubPart::People(String::new())), "/hub/people"),
        (Route::HubIn(HubPart::People("van Dijk".to_owned())), "/hub/people?q=van%20Dijk"),
        (Route::HubIn(HubPart::Settings), "/hub/settings"),
        (Route::ViewCustomer("o1".into(), None), "/customers/o1/hub"),
        (Route::ViewCustomer("o1".into(), Some(HubPart::Subscriptions)), "/customers/o1/hub/subscriptions"),
        (Route::ViewCustomer("o1".into(), Some(HubPart::People("a&b".to_owned()))), "/customers/o1/hub/people?q=a%26b"),
        (Route::OpenRequest, "/request"),
        (Route::Request("t1".into()), "/requests/t1"),
        (Route::CheckReceipt, "/receipts/check"),
        (Route::Receipt("t1".into()), "/receipts/t1"),
        (Route::Shipments, "/shipments"),
        (Route::Shipment("trial/1.desk-phone".to_owned()), "/shipments/trial%2F1/desk-phone"),
        (Route::Mailbox, "/mailbox"),
        (Route::Mail("customer-025.ab12".to_owned()), "/mailbox/customer-025/ab12"),
        (Route::sign_in(), "/sign-in"),
        (Route::SignIn { then: None, because: Some(Because::Denied) }, "/sign-in?because=denied"),
        (
            Route::SignIn { then: Some(Box::new(Route::Customers(query("x y", &[])))), because: None },
            "/sign-in?then=%2Fcustomers%3Fq%3Dx%2520y",
        ),
    ];
    for (route, address) in routes {
        assert_eq!(route.path(), address);
        assert_eq!(Route::parse_address(address), route, "{address}");
    }
}

#[test]
fn defaults_are_left_out_of_the_address_and_unknown_parts_are_ignored_q3() {
    assert_eq!(Route::customers().path(), "/customers");
    assert_eq!(Route::parse("/customers", "q=&status=&page=3"), Route::customers());
    assert_eq!(
        Route::parse("/customers", "status=expired,nonsense&q=+van+Dijk+"),
        Route::Customers(query("van Dijk", &[Status::Expired]))
    );
}

#[test]
fn every_filter_and_order_is_printed_and_read_back_q3() {
    let full = Query {
        search: "a b".to_owned(),
        statuses: [Status::Expired].into(),
        services: [Service::Meetings, Service::Devices].into(),
        ends_within: Some(0),
        answer_within: Some(7),
        regions: [Region::Eu, Region::Us].into(),
        in_charge: Some(InCharge::Person("p 1".into())),
        devices_due: Some(DevicesDue::Overdue),
        interested: true,
        failed_mails: true,
        sort: Column::Company,
        reversed: true,
    };
    let nobody = Query { in_charge: Some(InCharge::Nobody), ..Query::default() };
    let newest_last = Query { reversed: true, ..Query::default() };
    for query in [full, nobody, newest_last] {
        let route = Route::Customers(query);
        assert_eq!(Route::parse_address(&route.path()), route, "{}", route.path());
    }
    assert_eq!(Route::Customers(Query { reversed: true, ..Query::default() }).path(), "/customers?sort=-last-change");
    let nonsense = "service=fax&region=moon&ends_within=-1&in_charge=&devices_due=x&interested=1&sort=-telex";
    assert_eq!(Route::parse("/customers", nonsense), Route::customers());
}

#[test]
fn an_unknown_or_broken_address_is_no_page() {
    let addresses = [
        "/nowhere",
        "/hub/x",
        "/hub/people/x",
        "/customers/a/hub/x",
        "/customers/a/b",
        "/customers/a/trials/b/c",
        "/start-trial/d/nowhere",
        "/start-trial/d/review/x",
        "/%zz",
        "/%ff",
    ];
    for address in addresses {
        assert_eq!(Route::parse_address(address), Route::NotFound, "{address}");
    }
}

#[test]
fn the_start_and_a_draft_without_a_step_have_their_pages() {
    assert_eq!(Route::parse("/", ""), Route::customers());
    assert_eq!(Route::parse("/customers/", ""), Route::customers());
    assert_eq!(Route::parse("/start-trial/d", ""), Route::Wizard { draft: "d".into(), step: Step::Customer });
}

#[test]
fn signing_in_leads_to_no_other_site_and_not_in_circles() {
    for then in ["https%3A%2F%2Fevil.example%2F", "%2F%2Fevil.example", "%2Fsign-in", "nonsense"] {
        assert_eq!(Route::parse("/sign-in", &format!("then={then}")), Route::sign_in(), "{then}");
    }
}
