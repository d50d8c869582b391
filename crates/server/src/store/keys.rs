//! Keys as PostgreSQL keeps them.

use std::borrow::Cow;

/// A key as it is stored. PostgreSQL keeps no U+0000 in a text, and whoever sends a request may put one
/// into its path; so it is written as `\0`, and a backslash as two.
pub(super) fn stored(key: &str) -> Cow<'_, str> {
    match key.contains(['\0', '\\']) {
        true => Cow::Owned(key.replace('\\', "\\\\").replace('\0', "\\0")),
        false => Cow::Borrowed(key),
    }
}

/// The key that was stored.
pub(super) fn read(stored: String) -> String {
    if !stored.contains('\\') {
        return stored;
    }
    let mut key = String::with_capacity(stored.len());
    let mut characters = stored.chars();
    while let Some(character) = characters.next() {
        match character {
            '\\' => key.push(characters.next().filter(|next| *next == '\\').unwrap_or('\0')),
            other => key.push(other),
        }
    }
    key
}

/// The first text after all that begin with a prefix, byte by byte; `None` when there is none.
pub(super) fn after_prefix(prefix: &str) -> Option<String> {
    let mut characters: Vec<char> = prefix.chars().collect();
    while let Some(last) = characters.pop() {
        let next = (u32::from(last) + 1..=u32::from(char::MAX)).find_map(char::from_u32);
        if let Some(next) = next {
            characters.push(next);
            return Some(characters.into_iter().collect());
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_key_is_read_back_as_it_was_stored_and_none_is_taken_for_another() {
        let keys = ["", "a/b", "\0", "\\0", "\\", "\\\\0", "a\0b\\c", "é\\\0"];
        for key in keys {
            assert!(!stored(key).contains('\0'));
            assert_eq!(read(stored(key).into_owned()), key);
        }
        let mut different: Vec<String> = keys.iter().map(|key| stored(key).into_owned()).collect();
        different.sort();
        different.dedup();
        assert_eq!(different.len(), keys.len());
    }

    #[test]
    fn what_follows_a_prefix_comes_after_every_key_with_it_and_before_all_others() {
        for (prefix, after) in [("a/", Some("a0")), ("", None), ("\u{10FFFF}", None), ("a\u{10FFFF}", Some("b"))] {
            assert_eq!(after_prefix(prefix).as_deref(), after, "{prefix:?}");
        }
        assert_eq!(after_prefix("\u{D7FF}").as_deref(), Some("\u{E000}"), "surrogates are no characters");
    }
}
