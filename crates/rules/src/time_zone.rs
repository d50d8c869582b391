//! Time zones that tzdata ties to a country (N13).

use std::sync::OnceLock;

use crate::region::CountryCode;

/// A zone of tzdata's `zone.tab`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TimeZone {
    /// The country that tzdata ties the zone to.
    pub country: CountryCode,
    /// Its IANA name, such as `Europe/Amsterdam`.
    pub name: &'static str,
}

/// Every zone, by country, the most populous zone of a country first.
pub fn time_zones() -> &'static [TimeZone] {
    static ZONES: OnceLock<Vec<TimeZone>> = OnceLock::new();
    ZONES.get_or_init(|| {
        include_str!("../data/zones.csv")
            .lines()
            .skip(1)
            .filter_map(|line| {
                let (country, name) = line.split_once(',')?;
                Some(TimeZone { country: CountryCode::new(country)?, name })
            })
            .collect()
    })
}

/// The zone of an IANA name, or `None` when `zone.tab` has no such zone (N13).
pub fn time_zone(name: &str) -> Option<TimeZone> {
    time_zones().iter().copied().find(|zone| zone.name == name)
}

/// The zone to propose for a country: its first one (N13). Few territories
/// without inhabitants have none.
pub fn default_time_zone(country: CountryCode) -> Option<TimeZone> {
    time_zones().iter().copied().find(|zone| zone.country == country)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::region::countries;

    #[test]
    fn every_zone_of_the_data_belongs_to_a_country_n13() {
        let lines = include_str!("../data/zones.csv").lines().count() - 1;
        assert_eq!(time_zones().len(), lines);
    }

    #[test]
    fn the_default_zone_is_one_of_the_chosen_country_n13() {
        let without: Vec<&str> = countries()
            .iter()
            .filter(|country| default_time_zone(country.code).is_none())
            .map(|country| country.code.as_str())
            .collect();
        assert_eq!(without, ["BV", "HM"], "only islands without inhabitants have no zone");
        let netherlands = CountryCode::new("NL").and_then(default_time_zone);
        assert_eq!(netherlands.map(|zone| zone.name), Some("Europe/Amsterdam"));
    }

    #[test]
    fn a_name_outside_zone_tab_is_no_zone_n13() {
        for name in ["", "CET", "UTC", "Europe/Atlantis", "europe/amsterdam"] {
            assert_eq!(time_zone(name), None, "{name:?}");
        }
        assert_eq!(time_zone("America/New_York").map(|zone| zone.country.to_string()), Some("US".to_owned()));
    }
}
