//! A person as a disc with initials.

use leptos::prelude::*;

/// The initials of a person; the name is read aloud and shown on pointing.
#[component]
pub fn Face(
    /// The person's name.
    #[prop(into)]
    name: String,
    /// Whether the name stands beside it, so that it need not be said twice.
    #[prop(optional)]
    named: bool,
) -> impl IntoView {
    let letters = initials(&name);
    view! {
        // The letters are drawn by the style sheet: as text they would be part of a button's name.
        <span class="face" title=name.clone() data-letters=letters aria-hidden="true"></span>
        {(!named).then(|| view! { <span class="unseen">{name}</span> })}
    }
}

/// First letters of the first and the last word of a name.
fn initials(name: &str) -> String {
    let mut words = name.split_whitespace();
    let first = words.next().and_then(|word| word.chars().next());
    let last = words.next_back().and_then(|word| word.chars().next());
    first.into_iter().chain(last).flat_map(char::to_uppercase).collect()
}

#[cfg(test)]
mod tests {
    use super::initials;

    #[test]
    fn initials_are_of_the_first_and_last_word_in_any_script() {
        for (name, letters) in
            [("Anouk Visser", "AV"), ("Jan van den Berg", "JB"), ("madonna", "M"), ("", ""), ("émile ötker", "ÉÖ")]
        {
            assert_eq!(initials(name), letters);
        }
    }
}
