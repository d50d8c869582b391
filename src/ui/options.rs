//! The options of a searchable list, and what finds them.

/// One option of a searchable list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ComboOption {
    /// What is handed over when it is chosen.
    pub value: String,
    /// Its name, which is also what the field shows when it is chosen.
    pub label: String,
    /// What stands behind its name, such as its region; it is searched too.
    pub detail: String,
    /// Why it cannot be chosen; `None` when it can.
    pub refused: Option<String>,
}

/// An option with its text made ready for comparing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Prepared {
    pub option: ComboOption,
    name: String,
    all: String,
}

impl Prepared {
    /// `fold` takes case and diacritics away.
    pub fn new(option: ComboOption, fold: impl Fn(&str) -> String) -> Self {
        let name = fold(&option.label);
        let all = [name.as_str(), &fold(&option.detail), &fold(&option.value)].join(" ");
        Prepared { option, name, all }
    }
}

/// The places of the options that a folded text finds: those whose name begins with it first, then
/// those that hold it elsewhere. An empty text finds all.
pub(super) fn find(options: &[Prepared], text: &str) -> Vec<usize> {
    let text = text.trim();
    let begins = options.iter().enumerate().filter(|(_, each)| each.name.starts_with(text));
    let holds = options.iter().enumerate().filter(|(_, each)| !each.name.starts_with(text) && each.all.contains(text));
    begins.chain(holds).map(|(place, _)| place).collect()
}

/// The one option that a folded text means without choosing from the list: the one of that very
/// name, else the only one that the text finds.
pub(super) fn meant(options: &[Prepared], text: &str) -> Option<usize> {
    let text = text.trim();
    if text.is_empty() {
        return None;
    }
    let found = find(options, text);
    let named = found.iter().copied().find(|place| options[*place].name == text);
    named.or(match found.as_slice() {
        [only] => Some(*only),
        _ => None,
    })
}

/// Takes case and diacritics away, so that `curacao` finds `Curaçao`.
pub(super) fn fold(text: &str) -> String {
    let decomposed = String::from(js_sys::JsString::from(text).normalize("NFD"));
    without_marks(&decomposed)
}

/// Lower case without combining marks, of text whose letters and marks stand apart.
fn without_marks(decomposed: &str) -> String {
    decomposed.chars().filter(|one| !('\u{300}'..='\u{36f}').contains(one)).flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn options(labels: &[(&str, &str)]) -> Vec<Prepared> {
        labels
            .iter()
            .map(|(value, label)| {
                let option =
                    ComboOption { value: (*value).to_owned(), label: (*label).to_owned(), ..Default::default() };
                Prepared::new(option, without_marks)
            })
            .collect()
    }

    #[test]
    fn a_name_that_begins_with_the_text_comes_before_one_that_holds_it() {
        let options = options(&[("SD", "Sudan"), ("SS", "South Sudan"), ("SU", "Suriname")]);
        assert_eq!(find(&options, "su"), [0, 2, 1]);
        assert_eq!(find(&options, " sudan "), [0, 1]);
        assert_eq!(find(&options, ""), [0, 1, 2]);
        assert!(find(&options, "x").is_empty());
    }

    #[test]
    fn a_full_name_is_meant_even_when_others_begin_with_it() {
        let options = options(&[("NE", "Niger"), ("NG", "Nigeria"), ("NL", "Netherlands")]);
        assert_eq!(meant(&options, "niger"), Some(0));
        assert_eq!(meant(&options, "nige"), None);
        assert_eq!(meant(&options, "nether"), Some(2));
        assert_eq!(meant(&options, ""), None);
    }

    #[test]
    fn case_and_diacritics_do_not_count_n4() {
        assert_eq!(without_marks("Cura\u{63}\u{327}ao"), "curacao");
        assert_eq!(without_marks("A\u{30a}LAND"), "aland");
    }
}
