//! Saved views, and who can look after a customer (Q3, P9).

use rules::customers::{SavedView, VIEW_NAME_MAX, VIEWS_MAX};
use rules::verdict::{Because, RuleId, Verdict};

use crate::conformance::cast::{ANNA, INGRID, LENA, MEHMET, PIET};
use crate::conformance::check::{Outcome, error_of, fails, require, same};
use crate::conformance::{Case, Client, Failure, cases};
use crate::endpoints::{self, Endpoint};
use crate::error::ApiError;
use crate::views::{KeepViews, SalesPeople, ViewList, Views};

pub(super) const CASES: &[Case] = cases![
    own_views_are_ones_own_whatever_the_role_p9,
    a_view_for_the_partner_is_everyones_and_a_sales_full_administrator_makes_it_p9,
    two_who_save_views_at_once_do_not_overwrite_each_other_q3_g2,
    a_view_whose_filter_no_longer_exists_is_kept_as_it_is_q3,
    views_are_bounded_and_their_names_differ_q3_g3,
    the_sales_people_of_the_own_partner_are_named_and_no_others_p9_p8,
];

fn view(name: &str, filter: &str) -> SavedView {
    SavedView { name: name.to_owned(), filter: filter.to_owned() }
}

fn keep(
    client: &Client<'_>,
    endpoint: &Endpoint<KeepViews, ViewList>,
    who: &str,
    from: u64,
    views: &[SavedView],
) -> Result<ViewList, Failure> {
    client.ask_from(endpoint, who, "", &KeepViews { views: views.to_vec() }, from)
}

fn read(client: &Client<'_>, who: &str) -> Result<Views, Failure> {
    client.ask(&endpoints::VIEWS, who, "", &())
}

fn own_views_are_ones_own_whatever_the_role_p9(client: &Client<'_>) -> Outcome {
    for who in [ANNA, MEHMET, LENA, PIET] {
        let views = [view(&format!("View of {who}"), "status=expired&sort=company")];
        let kept = keep(client, &endpoints::VIEWS_OWN, who, 0, &views)?;
        same("what is kept", &kept.views[..], &views[..])?;
        same("what is read", read(client, who)?.own, kept)?;
    }
    same("those of somebody else", read(client, INGRID)?.own.views.len(), 0)
}

fn a_view_for_the_partner_is_everyones_and_a_sales_full_administrator_makes_it_p9(client: &Client<'_>) -> Outcome {
    let views = [view("In grace", "status=expired")];
    let kept = keep(client, &endpoints::VIEWS_PARTNER, ANNA, 0, &views)?;
    for who in [ANNA, MEHMET, LENA, PIET] {
        let read = read(client, who)?;
        same("the partner's views", &read.partner, &kept)?;
        same("whether one may change them", read.may_share.is_allowed(), who == ANNA)?;
        if let Verdict::Blocked(refusal) = read.may_share {
            fails(keep(client, &endpoints::VIEWS_PARTNER, who, kept.version, &[]), refusal.into())?;
        }
    }
    same("those of another partner", read(client, INGRID)?.partner.views.len(), 0)
}

fn two_who_save_views_at_once_do_not_overwrite_each_other_q3_g2(client: &Client<'_>) -> Outcome {
    let first = keep(client, &endpoints::VIEWS_OWN, ANNA, 0, &[view("One", "q=a")])?;
    let late = keep(client, &endpoints::VIEWS_OWN, ANNA, 0, &[view("Other", "q=b")]);
    fails(late, ApiError::Stale { version: first.version })?;
    let both = [view("One", "q=a"), view("Other", "q=b")];
    let second = keep(client, &endpoints::VIEWS_OWN, ANNA, first.version, &both)?;
    require(second.version > first.version, || "the version did not change".to_owned())?;
    same("what is read", read(client, ANNA)?.own, second)?;
    let unsaid = client.ask(&endpoints::VIEWS_OWN, ANNA, "", &KeepViews::default());
    fails(unsaid, ApiError::VersionMissing)
}

fn a_view_whose_filter_no_longer_exists_is_kept_as_it_is_q3(client: &Client<'_>) -> Outcome {
    let views = [view("Old", "service=fax&region=moon&sort=telex")];
    keep(client, &endpoints::VIEWS_OWN, LENA, 0, &views)?;
    same("what is read", &read(client, LENA)?.own.views[..], &views[..])
}

fn views_are_bounded_and_their_names_differ_q3_g3(client: &Client<'_>) -> Outcome {
    let many: Vec<_> = (0..=VIEWS_MAX).map(|number| view(&number.to_string(), "")).collect();
    let rows = [
        many.clone(),
        vec![view(" ", "")],
        vec![view(&"n".repeat(VIEW_NAME_MAX + 1), "")],
        vec![view("Mine", ""), view("MINE ", "q=a")],
        vec![view("a\u{202e}b", "")],
    ];
    for views in rows {
        let ApiError::Refused { refusal, .. } = error_of(keep(client, &endpoints::VIEWS_OWN, ANNA, 0, &views))? else {
            return Err(Failure::new(format!("{views:?} are no matter of the rules")));
        };
        same("why", (refusal.rule, refusal.because), (RuleId::Q3, Because::BadText))?;
    }
    keep(client, &endpoints::VIEWS_OWN, ANNA, 0, &many[1..]).map(drop)
}

fn the_sales_people_of_the_own_partner_are_named_and_no_others_p9_p8(client: &Client<'_>) -> Outcome {
    let names = |who: &str| -> Result<Vec<String>, Failure> {
        let people: SalesPeople = client.ask(&endpoints::SALES_PEOPLE, who, "", &())?;
        Ok(people.people.into_iter().map(|person| person.id.to_string()).collect())
    };
    for who in [ANNA, PIET] {
        same("of Noordzee Telecom", names(who)?, vec![ANNA.to_owned(), MEHMET.to_owned()])?;
    }
    same("of Fjord Communications", names(INGRID)?, vec![INGRID.to_owned()])
}
