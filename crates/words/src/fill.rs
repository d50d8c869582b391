//! Completes the templates that the generator wrote.

use std::fmt::Display;

/// Puts the arguments into a template: `{0}` is the first argument, `{0:day|days}` the first word
/// when that argument is 1 and else the second. The generator wrote the template, so its braces
/// are known to be good; what an argument holds is text and is never read as a template.
pub(crate) fn fill(template: &str, arguments: &[&dyn Display]) -> String {
    let mut filled = String::with_capacity(template.len() + 16);
    let mut rest = template;
    while let Some((text, slot)) = rest.split_once('{') {
        filled.push_str(text);
        let (slot, after) = slot.split_once('}').unwrap_or((slot, ""));
        rest = after;
        let (place, choice) = slot.split_once(':').unwrap_or((slot, ""));
        let value = place
            .parse()
            .ok()
            .and_then(|place: usize| arguments.get(place))
            .map(ToString::to_string)
            .unwrap_or_default();
        match choice.split_once('|') {
            Some((one, many)) => filled.push_str(if value == "1" { one } else { many }),
            None => filled.push_str(&value),
        }
    }
    filled.push_str(rest);
    filled
}

#[cfg(test)]
mod tests {
    use super::fill;

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
