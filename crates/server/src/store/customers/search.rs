//! Names and people in a question: what stands in no index of an order (Q2, P2).

use rules::people::Sees;
use sqlx::{Postgres, QueryBuilder};

use super::filter::Asked;
use super::period::stored_text;
use super::signs::Signs;

/// How many letters the longest parts have by which names are found.
const PART: usize = 3;

impl Asked<'_> {
    /// Whether a search most often finds so few rows that they are gathered without counting them before.
    pub(super) fn finds_few(&self) -> bool {
        self.searched().chars().count() >= PART
    }

    /// Adds the rows that a search finds by its index, as a table. What else is asked for stays outside: PostgreSQL
    /// would rather compute the parts of names of a few rows, which takes longer than to find thousands.
    pub(super) fn push_searched<'a>(&self, sql: &'a mut QueryBuilder<Postgres>) -> &'a mut QueryBuilder<Postgres> {
        let text = self.searched();
        let letters: Vec<char> = text.chars().collect();
        let part = |letters: &[char]| -> String {
            let partner = stored_text(self.reader.partner.as_str());
            [partner, "/".to_owned(), letters.iter().collect()].concat()
        };
        let parts: Vec<String> = letters.windows(letters.len().min(PART)).map(part).collect();
        sql.push("(SELECT * FROM customers_present WHERE customer_parts(partner, company, email) @> ").push_bind(parts);
        sql.push(" OR names @> ").push_bind(vec![text]).push(" OFFSET 0) AS searched")
    }

    /// Adds what the index of parts leaves open.
    pub(super) fn push_found(&self, sql: &mut QueryBuilder<Postgres>) {
        // A longer text has its parts, but not whatever has them is such a text.
        match self.searched().chars().count() > PART {
            true => self.push_looked(sql),
            false => self.push_looked_after(sql),
        }
    }

    /// Adds what stands in no index of an order, by the signs of it.
    pub(super) fn push_signs(&self, sql: &mut QueryBuilder<Postgres>) {
        let push = |sql: &mut QueryBuilder<Postgres>, signs: &Signs| {
            let bits = signs.bits();
            sql.push("signs & ").push_bind(bits.clone()).push("::bit(256) = ").push_bind(bits).push("::bit(256)");
        };
        if let Sees::LookedAfterBy(person) = self.reader.sees {
            push(sql.push(" AND "), &Signs::none().person(&stored_text(person.as_str())));
        }
        let text = self.searched();
        if !text.is_empty() {
            push(sql.push(" AND ("), &Signs::none().letters(&text));
            push(sql.push(" OR "), &Signs::none().name(&text));
            sql.push(")");
        }
    }

    /// Whether something is asked for that stands in no index of an order.
    pub(super) fn is_looked(&self) -> bool {
        matches!(self.reader.sees, Sees::LookedAfterBy(_)) || !self.searched().is_empty()
    }

    /// Adds what stands in no index of an order, for rows that are looked at.
    pub(super) fn push_looked(&self, sql: &mut QueryBuilder<Postgres>) {
        self.push_looked_after(sql);
        let text = self.searched();
        if !text.is_empty() {
            push_likes(sql.push(" AND ("), &text).push(" OR names @> ").push_bind(vec![text]).push(")");
        }
    }

    /// Adds who looks after the customers that the reader may see (P2).
    fn push_looked_after(&self, sql: &mut QueryBuilder<Postgres>) {
        if let Sees::LookedAfterBy(person) = self.reader.sees {
            sql.push(" AND looked_after_by @> ").push_bind(vec![stored_text(person.as_str())]);
        }
    }

    /// What is searched for, in lower case (Q2).
    pub(super) fn searched(&self) -> String {
        self.query.map(|query| stored_text(&query.search.trim().to_lowercase())).unwrap_or_default()
    }
}

/// Adds the condition that a name or an address holds a text.
pub(super) fn push_likes<'a>(sql: &'a mut QueryBuilder<Postgres>, text: &str) -> &'a mut QueryBuilder<Postgres> {
    let pattern = pattern(text);
    sql.push("company LIKE ").push_bind(pattern.clone()).push(" OR email LIKE ").push_bind(pattern)
}

/// A text anywhere in another one, as `LIKE` writes it: its own signs stand for themselves.
fn pattern(text: &str) -> String {
    let literal = text.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_");
    format!("%{literal}%")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_of_a_search_text_stand_for_themselves_g3() {
        assert_eq!(pattern("50%_\\'"), "%50\\%\\_\\\\'%");
    }
}
