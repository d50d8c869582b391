//! Saved views of the customers list (Q3, P9). A list of views is one record: whoever
//! saves from an older one is told so, and nothing is lost unseen (G2).

use contract::customers::NamedPerson;
use contract::views::{KeepViews, SalesPeople, ViewList, Views};
use rules::customers::{SavedView, check_views};
use rules::people::{Right, may};
use rules::verdict::{Because, Refusal, Remedy, RuleId};

use super::acting::partner_of;
use super::customers::Read;
use crate::asked::require_version;
use crate::call::{Answer, Call, Failure};
use crate::records::VIEWS;
use crate::store::{Commit, Versioned};

/// Whose views a list holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Whose {
    /// The reader's own.
    Own,
    /// Those for the whole partner.
    Partner,
}

/// The views that the reader can open.
pub(crate) async fn views(call: Call, (): ()) -> Result<Answer<Views>, Failure> {
    Ok(Answer::of(&Views {
        own: list(kept(&call, Whose::Own).await?),
        partner: list(kept(&call, Whose::Partner).await?),
        may_share: may(Right::ShareViews, &call.signed()?.actor),
    }))
}

/// Keeps the reader's own views.
pub(crate) async fn keep_own(call: Call, asked: KeepViews) -> Result<Answer<ViewList>, Failure> {
    keep(call, Whose::Own, asked).await
}

/// Keeps the views for the whole partner.
pub(crate) async fn keep_partners(call: Call, asked: KeepViews) -> Result<Answer<ViewList>, Failure> {
    keep(call, Whose::Partner, asked).await
}

/// The sales people of the partner, by name (P9).
pub(crate) async fn sales_people(call: Call, (): ()) -> Result<Answer<SalesPeople>, Failure> {
    let read = Read::of(&call).await?;
    let mut people: Vec<NamedPerson> = read.sales.into_iter().map(|(id, name)| NamedPerson { id, name }).collect();
    people.sort_by_key(|person| (person.name.to_lowercase(), person.id.clone()));
    Ok(Answer::of(&SalesPeople { people }))
}

async fn keep(call: Call, whose: Whose, asked: KeepViews) -> Result<Answer<ViewList>, Failure> {
    if check_views(&asked.views).is_err() {
        return Err(Failure::Api(Refusal::new(RuleId::Q3, Because::BadText, Remedy::Correct).into()));
    }
    let trimmed = |view: &SavedView| SavedView { name: view.name.trim().to_owned(), filter: view.filter.clone() };
    let views: Vec<SavedView> = asked.views.iter().map(trimmed).collect();
    let key = key(&call, whose)?;
    call.until_stored(async || {
        let present = kept(&call, whose).await?.map(|found| found.version);
        require_version(&call.headers, present.unwrap_or_default())?;
        let mut commit = Commit::default();
        commit.expect(&VIEWS, &*key, present);
        commit.put(&VIEWS, &*key, &views);
        let list = ViewList { views: views.clone(), version: present.unwrap_or_default() + 1 };
        call.act(commit, Answer::with_version(&list, list.version)).await
    })
    .await
}

async fn kept(call: &Call, whose: Whose) -> Result<Option<Versioned<Vec<SavedView>>>, Failure> {
    Ok(VIEWS.get(call.store(), &key(call, whose)?).await?)
}

fn list(found: Option<Versioned<Vec<SavedView>>>) -> ViewList {
    found.map(|found| ViewList { views: found.value, version: found.version }).unwrap_or_default()
}

/// The key of a list; the first part keeps a person and a partner of the same id apart.
fn key(call: &Call, whose: Whose) -> Result<String, Failure> {
    Ok(match whose {
        Whose::Own => format!("person/{}", call.signed()?.actor.person.id),
        Whose::Partner => format!("partner/{}", partner_of(call, None)?),
    })
}
