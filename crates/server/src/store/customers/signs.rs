//! What tells in an index that a row is none of those that are asked for, without looking it up.
//!
//! 256 bits for each row, of which about a quarter is set: for each letter and each pair of letters of its name and
//! address one, for each name of it as a whole and each person who looks after it three (a Bloom filter). A row
//! that lacks a bit of what is asked for is passed over; one that has them all is looked at.

use sha2::{Digest, Sha256};

/// The bits, as many as a byte has values.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Signs([bool; 256]);

impl Signs {
    pub(super) fn none() -> Signs {
        Signs([false; 256])
    }

    /// Adds the letters of a text, and the pairs of letters that follow one another.
    pub(super) fn letters(mut self, text: &str) -> Signs {
        let starts = || text.char_indices().map(|(at, _)| at);
        let ends = starts().skip(1).chain([text.len()]);
        for (start, end) in starts().zip(ends) {
            self.add("letters", &text[start..end], 1);
            let pair = text[end..].chars().next().map(|letter| end + letter.len_utf8());
            if let Some(end) = pair {
                self.add("letters", &text[start..end], 1);
            }
        }
        self
    }

    /// Adds a name that is looked for whole.
    pub(super) fn name(mut self, name: &str) -> Signs {
        self.add("name", name, 3);
        self
    }

    /// Adds a person who looks after the customer.
    pub(super) fn person(mut self, person: &str) -> Signs {
        self.add("person", person, 3);
        self
    }

    fn add(&mut self, kind: &str, text: &str, bits: usize) {
        let digest = Sha256::new().chain_update(kind).chain_update([0]).chain_update(text).finalize();
        for byte in digest.iter().take(bits) {
            self.0[usize::from(*byte)] = true;
        }
    }

    /// As PostgreSQL writes bits.
    pub(super) fn bits(&self) -> String {
        self.0.iter().map(|bit| if *bit { '1' } else { '0' }).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn holds(row: &Signs, asked: &Signs) -> bool {
        asked.0.iter().zip(&row.0).all(|(asked, has)| !asked || *has)
    }

    #[test]
    fn whatever_is_part_of_a_name_has_no_sign_that_the_name_lacks_q2() {
        let name = "tromsø fiskeri 50%_'日本";
        let row = Signs::none().letters(name).name("customer-065").person("anna");
        let letters: Vec<char> = name.chars().collect();
        for from in 0..letters.len() {
            for until in from..=letters.len() {
                let part: String = letters[from..until].iter().collect();
                assert!(holds(&row, &Signs::none().letters(&part)), "{part:?}");
            }
        }
        assert!(holds(&row, &Signs::none().name("customer-065")));
        assert!(holds(&row, &Signs::none().person("anna")));
    }

    #[test]
    fn few_other_names_have_all_signs_q7() {
        let row = Signs::none().letters("tromsø fiskeri").letters("ikt@tromsofiskeri.example").name("customer-065");
        let others = (0..1000).map(|number| Signs::none().name(&format!("customer-1{number:03}")));
        let passed = others.filter(|other| holds(&row, other)).count();
        assert!(passed < 100, "{passed} of 1000");
        assert!(!holds(&row, &Signs::none().letters("zon")));
    }
}
