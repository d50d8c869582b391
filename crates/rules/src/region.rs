//! Countries and the data residency region that each one decides (N4 to N6).

use std::sync::OnceLock;

use serde::{Deserialize, Serialize};

use crate::named::named;

/// Where a customer's data lives. It cannot be changed after the start (N4).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Region {
    /// Australia.
    Australia,
    /// Canada.
    Canada,
    /// The European Union.
    Eu,
    /// Singapore.
    Singapore,
    /// The United Arab Emirates.
    Uae,
    /// The United States.
    Us,
}

named!(Region {
    Australia = "Australia",
    Canada = "Canada",
    Eu = "EU",
    Singapore = "Singapore",
    Uae = "UAE",
    Us = "US",
});

impl Region {
    /// Every region, in the order of their codes.
    pub const ALL: [Region; 6] =
        [Region::Australia, Region::Canada, Region::Eu, Region::Singapore, Region::Uae, Region::Us];
}

/// Whence it is known that a country belongs to a region (N5).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Source {
    /// The vendor's documentation says so.
    Cited,
    /// Nothing says so; it is our best knowledge, and shown as that.
    Inferred,
}

/// Whether the services are offered in a country (N6).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Availability {
    /// Offered.
    Yes,
    /// Not offered: the country cannot be chosen.
    No,
    /// Not known; the person who starts the trial attests to it, as for `Yes`.
    Unknown,
}

/// By which way trial devices go back from a country (D8).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Returns {
    /// UPS, with the label that came in the box.
    Ups,
    /// DHL fetches the devices.
    Dhl,
    /// Expeditors fetches the devices.
    Expeditors,
    /// By the return guidelines and the trials mailbox.
    Guidelines,
}

/// A country of ISO 3166-1, by its two capital letters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CountryCode([u8; 2]);

impl CountryCode {
    /// The country of a two-letter code of ISO 3166-1, in any case of letters;
    /// `None` when there is no such country.
    pub fn new(code: &str) -> Option<CountryCode> {
        let [first, second] = <[u8; 2]>::try_from(code.as_bytes()).ok()?;
        let code = CountryCode([first.to_ascii_uppercase(), second.to_ascii_uppercase()]);
        countries().iter().any(|country| country.code == code).then_some(code)
    }

    /// The two capital letters.
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or_default()
    }

    /// What is known of this country.
    pub fn country(self) -> &'static Country {
        let all = countries();
        let at = all.binary_search_by_key(&self, |country| country.code).unwrap_or(0);
        &all[at]
    }

    /// The region that the country decides: the one function that gives it (N5).
    pub fn region(self) -> Region {
        self.country().region
    }
}

impl std::fmt::Display for CountryCode {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.as_str())
    }
}

impl Serialize for CountryCode {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl<'de> Deserialize<'de> for CountryCode {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<str>::deserialize(deserializer)?;
        CountryCode::new(&text).ok_or_else(|| serde::de::Error::custom("not a country of ISO 3166-1"))
    }
}

/// A row of the country map (N5).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Country {
    /// Its ISO 3166-1 code.
    pub code: CountryCode,
    /// Its English name, for where no reader's language is at hand.
    pub english: &'static str,
    /// The region that it decides.
    pub region: Region,
    /// Whence that is known.
    pub source: Source,
    /// Whether the services are offered there.
    pub available: Availability,
    /// How devices go back from there.
    pub returns: Returns,
}

/// The whole map, ordered by code (N4, N5).
pub fn countries() -> &'static [Country] {
    static COUNTRIES: OnceLock<Vec<Country>> = OnceLock::new();
    COUNTRIES.get_or_init(|| include_str!("../data/regions.csv").lines().skip(1).filter_map(country_of_line).collect())
}

/// Reads `iso2,country,region,source,available,returns`. Names hold no comma;
/// a test holds the data to that, so a line that does not fit is never met.
fn country_of_line(line: &'static str) -> Option<Country> {
    let mut cells = line.split(',');
    let [first, second] = <[u8; 2]>::try_from(cells.next()?.as_bytes()).ok()?;
    Some(Country {
        code: CountryCode([first, second]),
        english: cells.next()?,
        region: cells.next().and_then(Region::from_name)?,
        source: match cells.next()? {
            "cited" => Source::Cited,
            "inferred" => Source::Inferred,
            _ => return None,
        },
        available: match cells.next()? {
            "yes" => Availability::Yes,
            "no" => Availability::No,
            "unknown" => Availability::Unknown,
            _ => return None,
        },
        returns: match cells.next()? {
            "ups" => Returns::Ups,
            "dhl" => Returns::Dhl,
            "expeditors" => Returns::Expeditors,
            "guidelines" => Returns::Guidelines,
            _ => return None,
        },
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_of_the_data_is_a_country_and_they_are_in_order_n5() {
        let lines = include_str!("../data/regions.csv").lines().count() - 1;
        assert_eq!(countries().len(), lines);
        assert!(countries().windows(2).all(|pair| pair[0].code < pair[1].code));
    }

    #[test]
    fn the_map_holds_exactly_the_countries_of_iso_3166_n4() {
        let ours: Vec<String> = countries().iter().map(|country| country.code.to_string()).collect();
        // XK is in use for Kosovo, and the crate lists it, but ISO 3166-1 assigns it to nobody.
        let listed = celes::Country::get_countries().into_iter().filter(|country| country.alpha2 != "XK");
        let mut iso: Vec<String> = listed.map(|country| country.alpha2.to_owned()).collect();
        iso.sort();
        assert_eq!(ours, iso);
    }

    #[test]
    fn the_country_decides_the_region_n5() {
        let rows = [
            ("NL", Region::Eu),
            ("US", Region::Us),
            ("CA", Region::Canada),
            ("AU", Region::Australia),
            ("SG", Region::Singapore),
            ("AE", Region::Uae),
        ];
        for (code, region) in rows {
            assert_eq!(CountryCode::new(code).map(CountryCode::region), Some(region), "{code}");
        }
        for country in countries() {
            assert_eq!(country.code.region(), country.region, "{}", country.english);
            assert_eq!(country.code.country().code, country.code);
        }
    }

    #[test]
    fn the_services_are_offered_nowhere_that_is_embargoed_n6() {
        let not: Vec<&str> = countries()
            .iter()
            .filter(|country| country.available == Availability::No)
            .map(|country| country.code.as_str())
            .collect();
        assert_eq!(not, ["BY", "CU", "IR", "KP", "RU", "SY"]);
    }

    #[test]
    fn a_code_that_is_no_country_is_refused_n4() {
        for code in ["", "N", "NLD", "ZZ", "1!", "é"] {
            assert_eq!(CountryCode::new(code), None, "{code:?}");
        }
        assert_eq!(CountryCode::new("nl"), CountryCode::new("NL"));
        assert!(serde_json::from_str::<CountryCode>("\"ZZ\"").is_err());
    }
}
