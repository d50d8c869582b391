//! What may stand in a line of free text.

/// Longest company name and longest line of an address, in Unicode scalar values (N1).
pub const LINE_MAX: usize = 100;

/// Characters that no line may hold: control characters, line and paragraph
/// separators, and the bidirectional controls that can make a name read as
/// another one (N1).
pub fn is_forbidden(character: char) -> bool {
    character.is_control()
        || matches!(character, '\u{2028}' | '\u{2029}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

/// Whether a text, once trimmed, is a line of 1 to [`LINE_MAX`] Unicode scalar values
/// without forbidden characters (N1).
pub fn is_line(typed: &str) -> bool {
    let text = typed.trim();
    (1..=LINE_MAX).contains(&text.chars().count()) && !text.chars().any(is_forbidden)
}

/// A whole number as a person types it.
///
/// Surrounding blanks and a sign are accepted; fractions, exponents, separators
/// and letters are not. Numbers too long to count saturate, so that they are
/// refused as out of range and not as something else (N9).
pub fn whole_number(typed: &str) -> Option<i64> {
    let typed = typed.trim();
    let (negative, digits) = match typed.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, typed.strip_prefix('+').unwrap_or(typed)),
    };
    if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let size = digits.parse::<i64>().unwrap_or(i64::MAX);
    Some(if negative { -size } else { size })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_plain_whole_numbers_count_as_numbers_n9() {
        let rows = [
            ("200", Some(200)),
            (" 7 ", Some(7)),
            ("+7", Some(7)),
            ("-1", Some(-1)),
            ("0", Some(0)),
            ("99999999999999999999", Some(i64::MAX)),
            ("1.5", None),
            ("1,5", None),
            ("1e9", None),
            ("", None),
            ("-", None),
            ("many", None),
            ("٣", None),
        ];
        for (typed, number) in rows {
            assert_eq!(whole_number(typed), number, "{typed:?}");
        }
    }
}
