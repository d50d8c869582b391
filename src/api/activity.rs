//! What was done, what was mailed, and what time will bring (L8, L10, L14).

use contract::endpoints::{self, encode};
use contract::journal::{JournalPage, Rehearsal, Rehearse};
use contract::mails::{MailDetail, MailsPage};
use words::Language;

use super::send::{Call, send};
use super::{Failure, Key, act, read};
use crate::route::{JournalFilter, MailsFilter};

/// A query of those parts that say something.
fn query(parts: &[(&str, Option<&str>)]) -> String {
    let told = parts.iter().filter_map(|(name, value)| Some(format!("{name}={}", encode((*value)?))));
    let told: Vec<String> = told.collect();
    if told.is_empty() { String::new() } else { format!("?{}", told.join("&")) }
}

fn journal_query(filter: &JournalFilter, cursor: Option<&str>, language: Option<Language>) -> String {
    query(&[
        ("organisation", filter.customer.as_ref().map(|customer| customer.as_str())),
        ("deed", filter.deed.map(|deed| deed.name())),
        ("cursor", cursor),
        ("language", language.map(|language| language.tag())),
    ])
}

/// A page of the journal, the latest entry in front (L10).
///
/// # Errors
/// `NotFound` for a customer that the reader may not see.
pub async fn journal_list(filter: &JournalFilter, cursor: Option<&str>) -> Result<JournalPage, Failure> {
    read(&endpoints::JOURNAL, format!("{}{}", endpoints::JOURNAL.path, journal_query(filter, cursor, None))).await
}

/// The same entries as CSV, all of them (L10).
///
/// # Errors
/// `Refused` for those who may not download (P2).
pub async fn journal_download(filter: &JournalFilter, language: Language) -> Result<String, Failure> {
    let path = format!("{}{}", endpoints::JOURNAL_CSV.path, journal_query(filter, None, Some(language)));
    send(Call::read(endpoints::JOURNAL_CSV.method, path)).await
}

/// A page of the ledger of mails, the latest in front (L8).
///
/// # Errors
/// As [`journal_list`].
pub async fn mails_list(filter: &MailsFilter, cursor: Option<&str>) -> Result<MailsPage, Failure> {
    let parts = query(&[
        ("organisation", filter.customer.as_ref().map(|customer| customer.as_str())),
        ("state", filter.state.map(|state| state.name())),
        ("cursor", cursor),
    ]);
    read(&endpoints::MAILS, format!("{}{parts}", endpoints::MAILS.path)).await
}

/// A mail of the ledger as it was written (G7).
///
/// # Errors
/// `NotFound` when there is none that the reader may see.
pub async fn mail_view(id: &str) -> Result<MailDetail, Failure> {
    read(&endpoints::MAIL, endpoints::MAIL.with(id)).await
}

/// What time alone would bring; nothing is changed by it (L14).
///
/// # Errors
/// `NotFound` when the reader may not see one of the customers.
pub async fn rehearsal_run(rehearse: &Rehearse) -> Result<Rehearsal, Failure> {
    act(&endpoints::REHEARSALS, rehearse, &Key::new()).await
}

#[cfg(test)]
mod tests {
    use rules::change::Deed;

    use super::*;

    #[test]
    fn the_journal_is_asked_for_what_was_chosen_and_nothing_else_l10() {
        assert_eq!(journal_query(&JournalFilter::default(), None, None), "");
        let filter = JournalFilter { customer: Some("o/1".into()), deed: Some(Deed::Extended) };
        assert_eq!(journal_query(&filter, Some("a b"), None), "?organisation=o%2F1&deed=extended&cursor=a%20b");
        assert_eq!(journal_query(&filter, None, Some(Language::Nl)), "?organisation=o%2F1&deed=extended&language=nl");
    }
}
