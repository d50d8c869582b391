//! Completes the templates that the generator wrote.

use std::fmt::Display;

/// Puts the arguments into a template: `{0}` is the first argument, `{0:day|days}` the first word
/// when that argument is 1 and else the second, and `{0,}` the first argument with that sign between
/// its thousands, if it is a number. The generator wrote the template, so its braces and its places of one
/// digit are known to be good; what an argument holds is text and is never read as a template.
pub(crate) fn fill(template: &str, arguments: &[&dyn Display]) -> String {
    let mut filled = String::with_capacity(template.len() + 16);
    let mut rest = template;
    while let Some((text, slot)) = rest.split_once('{') {
        filled.push_str(text);
        let (slot, after) = slot.split_once('}').unwrap_or((slot, ""));
        rest = after;
        let (place, how) = slot.split_at_checked(1).unwrap_or_default();
        let place = place.bytes().next().unwrap_or_default().wrapping_sub(b'0');
        let value = arguments.get(usize::from(place)).map(ToString::to_string).unwrap_or_default();
        match how.strip_prefix(':').and_then(|choice| choice.split_once('|')) {
            Some((one, many)) => filled.push_str(if value == "1" { one } else { many }),
            None => push_apart(&mut filled, &value, how),
        }
    }
    filled.push_str(rest);
    filled
}

/// Writes a number with a sign between its thousands, and everything else as it is: what has been
/// written for the reader already keeps its form.
pub(crate) fn push_apart(text: &mut String, value: &str, apart: &str) {
    let mut rest = value;
    while rest.len() > 3 && value.bytes().all(|digit| digit.is_ascii_digit()) {
        let (thousands, others) = rest.split_at((rest.len() - 1) % 3 + 1);
        text.push_str(thousands);
        text.push_str(apart);
        rest = others;
    }
    text.push_str(rest);
}

#[cfg(test)]
mod tests {
    use super::fill;

    #[test]
    fn thousands_stand_apart_where_the_template_says_so_and_only_in_numbers_g5() {
        assert_eq!(fill("{0,} of {1.}", &[&10_000, &1_234_567]), "10,000 of 1.234.567");
        assert_eq!(fill("{0,} {0:line|lines}", &[&1000]), "1,000 lines");
        assert_eq!(fill("{0,} {1,} {2,}", &[&999, &"1,000", &"2027-01"]), "999 1,000 2027-01");
        assert_eq!(fill("Line {0}", &[&1000]), "Line 1000");
    }

    #[test]
    fn a_word_follows_the_number_it_belongs_to() {
        let template = "{0} {0:day|days} left";
        assert_eq!(fill(template, &[&1]), "1 day left");
        assert_eq!(fill(template, &[&0]), "0 days left");
        assert_eq!(fill(template, &[&11]), "11 days left");
    }

    #[test]
    fn an_argument_is_text_even_when_it_looks_like_a_template() {
        assert_eq!(fill("{1}, {0}", &[&"{1}", &"<b>{0}</b>"]), "<b>{0}</b>, {1}");
    }
}
