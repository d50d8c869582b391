//! The numbers of rules, as refusals name them.

use serde::{Deserialize, Serialize};

/// The number of a rule, as refusals name it: the letter of its group and its number.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RuleId {
    group: u8,
    number: u8,
}

macro_rules! rule_ids {
    ($($name:ident = $group:literal, $number:literal;)+) => {
        impl RuleId {
            $(
                #[doc = concat!("Rule ", stringify!($name), ".")]
                pub const $name: RuleId = RuleId { group: $group, number: $number };
            )+
        }
    };
}

rule_ids! {
    Q3 = b'Q', 3;
    P1 = b'P', 1; P2 = b'P', 2; P3 = b'P', 3; P4 = b'P', 4; P5 = b'P', 5; P6 = b'P', 6; P8 = b'P', 8; P9 = b'P', 9;
    N6 = b'N', 6; N12 = b'N', 12; N17 = b'N', 17; N18 = b'N', 18;
    X1 = b'X', 1; X2 = b'X', 2; X4 = b'X', 4; X7 = b'X', 7; X9 = b'X', 9; X10 = b'X', 10; X11 = b'X', 11;
    X12 = b'X', 12; X13 = b'X', 13; X14 = b'X', 14; X15 = b'X', 15; X17 = b'X', 17; X18 = b'X', 18; X20 = b'X', 20;
    A1 = b'A', 1; A2 = b'A', 2;
    E1 = b'E', 1; E2 = b'E', 2; E4 = b'E', 4; E5 = b'E', 5;
    C1 = b'C', 1; C2 = b'C', 2; C3 = b'C', 3; C5 = b'C', 5;
    K1 = b'K', 1; K2 = b'K', 2;
    L3 = b'L', 3; L12 = b'L', 12;
    D4 = b'D', 4; D6 = b'D', 6; D7 = b'D', 7; D8 = b'D', 8; D9 = b'D', 9; D11 = b'D', 11;
    U2 = b'U', 2; U3 = b'U', 3;
    H3 = b'H', 3; H4 = b'H', 4; H5 = b'H', 5; H7 = b'H', 7;
    G6 = b'G', 6;
}

impl std::fmt::Display for RuleId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}{}", char::from(self.group), self.number)
    }
}

impl std::fmt::Debug for RuleId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        std::fmt::Display::fmt(self, f)
    }
}

impl Serialize for RuleId {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for RuleId {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = crate::named::read(deserializer)?;
        let known = text.as_bytes().first().filter(|group| group.is_ascii_uppercase());
        let number = text.get(1..).and_then(|number| number.parse().ok());
        match (known, number) {
            (Some(&group), Some(number)) => Ok(RuleId { group, number }),
            _ => Err(serde::de::Error::custom("not the number of a rule")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_number_of_a_rule_is_read_back_as_it_was_written_p7() {
        for (rule, text) in [(RuleId::P3, "P3"), (RuleId::X10, "X10"), (RuleId::D11, "D11")] {
            assert_eq!((rule.to_string(), format!("{rule:?}")), (text.to_owned(), text.to_owned()));
            assert_eq!(serde_json::to_string(&rule).ok(), Some(format!("{text:?}")));
            assert_eq!(serde_json::from_str::<RuleId>(&format!("{text:?}")).ok(), Some(rule));
        }
        for text in ["", "P", "3", "p3", "Px", "P300", "é3"] {
            assert!(serde_json::from_str::<RuleId>(&format!("{text:?}")).is_err(), "{text:?}");
        }
    }
}
