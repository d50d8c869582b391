//! How an address is written in a country: what its postal code is called, and what stands beside the
//! city (D5). It decides about labels alone; every line is required everywhere.

use crate::region::CountryCode;

/// What a postal code is called.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PostalName {
    /// By no name of its own.
    PostalCode,
    /// *Postcode*.
    Postcode,
    /// *ZIP code*.
    Zip,
    /// *Eircode*.
    Eircode,
    /// *PIN code*.
    Pin,
    /// *CEP*.
    Cep,
    /// There are none.
    Nothing,
}

/// What stands in the line of the city.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CityLine {
    /// The city alone.
    City,
    /// The city and its state.
    State,
    /// The city and its province.
    Province,
    /// The city and its prefecture.
    Prefecture,
}

/// Countries without postal codes.
const NO_POSTAL_CODES: &str = "AE AG AO AW BF BI BJ BS BW BZ CD CF CG CI CK CM DJ DM ER FJ GD GM GQ GY HK KI KM KN ML \
                               MO MR NR QA RW SB SC SL SR ST SY TG TO TV UG VU YE ZW";

/// What a country calls its postal codes.
pub fn postal_name(country: CountryCode) -> PostalName {
    match country.as_str() {
        "US" | "PR" | "GU" | "VI" | "AS" | "MP" | "PH" => PostalName::Zip,
        "GB" | "GG" | "IM" | "JE" | "AU" | "NZ" => PostalName::Postcode,
        "IE" => PostalName::Eircode,
        "IN" => PostalName::Pin,
        "BR" => PostalName::Cep,
        code if NO_POSTAL_CODES.split(' ').any(|none| none == code) => PostalName::Nothing,
        _ => PostalName::PostalCode,
    }
}

/// Countries that write the postal code behind the city, or below it, as the Universal Postal Union's
/// guides to addressing have it.
const CODE_BEHIND_CITY: &str = "AS AU BD BR CA EG GB GG GU HU ID IE IM IN JE JO JP KR LB LV MP NG NZ PK PR RU SA SG \
                                TH TW UA US VI ZA";

/// The line of an address that tells the city and its postal code, in the order that is usual in the
/// country.
pub fn town_line(country: CountryCode, postal_code: &str, city: &str) -> String {
    let behind = CODE_BEHIND_CITY.split(' ').any(|code| code == country.as_str());
    let (first, second) = if behind { (city, postal_code) } else { (postal_code, city) };
    format!("{first} {second}")
}

/// What is written beside the city in a country, without which a carrier asks back.
pub fn city_line(country: CountryCode) -> CityLine {
    match country.as_str() {
        "US" | "AU" | "BR" | "IN" | "MX" | "MY" | "NG" => CityLine::State,
        "CA" | "CN" | "IT" | "AR" | "ES" => CityLine::Province,
        "JP" => CityLine::Prefecture,
        _ => CityLine::City,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn country(code: &str) -> CountryCode {
        CountryCode::new(code).expect("a country")
    }

    #[test]
    fn each_country_has_the_labels_that_its_people_know_d5() {
        for (code, postal, city) in [
            ("US", PostalName::Zip, CityLine::State),
            ("GB", PostalName::Postcode, CityLine::City),
            ("IE", PostalName::Eircode, CityLine::City),
            ("IN", PostalName::Pin, CityLine::State),
            ("BR", PostalName::Cep, CityLine::State),
            ("CA", PostalName::PostalCode, CityLine::Province),
            ("JP", PostalName::PostalCode, CityLine::Prefecture),
            ("NL", PostalName::PostalCode, CityLine::City),
            ("HK", PostalName::Nothing, CityLine::City),
        ] {
            assert_eq!((postal_name(country(code)), city_line(country(code))), (postal, city), "{code}");
        }
    }

    #[test]
    fn an_address_is_written_as_its_country_writes_it() {
        for (code, postal_code, city, line) in [
            ("NL", "1012 AB", "Amsterdam", "1012 AB Amsterdam"),
            ("US", "10001", "New York, NY", "New York, NY 10001"),
            ("GB", "EC1A 1BB", "London", "London EC1A 1BB"),
        ] {
            assert_eq!(town_line(country(code), postal_code, city), line);
        }
    }

    #[test]
    fn every_country_without_postal_codes_is_one_of_the_list_d5() {
        assert!(NO_POSTAL_CODES.split(' ').all(|code| CountryCode::new(code).is_some()));
    }
}
