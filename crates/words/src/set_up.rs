//! What a set-up shows beside its fields: the terms, and the template of the file with people (`U2`).

use crate::{Language, people_file, trial_terms};

/// The terms of a trial, the title in front; their version is `rules::set_up::TERMS_VERSION`.
pub fn terms(language: Language) -> [&'static str; 7] {
    [
        trial_terms::title(language),
        trial_terms::purpose(language),
        trial_terms::lawful(language),
        trial_terms::data(language),
        trial_terms::end(language),
        trial_terms::devices(language),
        trial_terms::partner(language),
    ]
}

/// The template of the file with people: its heads, in UTF-8 with the mark by which spreadsheets know
/// that, and with the separator that they use in the language.
pub fn people_template(language: Language) -> String {
    let separator = match language {
        Language::En => ",",
        Language::Nl => ";",
    };
    let heads = [
        people_file::head_email(language),
        people_file::head_first_name(language),
        people_file::head_last_name(language),
        people_file::head_services(language),
    ];
    format!("\u{feff}{}\r\n", heads.join(separator))
}

#[cfg(test)]
mod tests {
    use super::*;
    use rules::set_up::TERMS_VERSION;
    use rules::set_up::file::read;
    use rules::verdict::Because;
    use std::{env, fs, path::Path};

    #[test]
    fn changed_terms_get_a_new_version_u2() {
        let whole = Language::ALL.map(|language| terms(language).join("\n")).join("\n\n") + "\n";
        let file = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("src/set_up/terms/{TERMS_VERSION}.txt"));
        if !file.exists() && env::var_os("UPDATE").is_some() {
            fs::write(&file, &whole).expect("the text is written");
        }
        let kept = fs::read_to_string(&file).unwrap_or_default();
        assert_eq!(whole, kept, "raise TERMS_VERSION, and run this test with UPDATE=1: accepted terms never change");
    }

    #[test]
    fn the_template_holds_nobody_and_a_line_below_it_is_a_person_u2() {
        for (language, line) in [
            (Language::En, "noor@example.com,Noor,Smit,messaging meetings"),
            (Language::Nl, "noor@example.com;Noor;Smit;messaging meetings"),
        ] {
            let template = people_template(language);
            let s = if language == Language::En { "," } else { ";" };
            for service in rules::service::Service::ALL.into_iter().filter(|service| service.has_licences()) {
                let named = format!(
                    "{template}noor@example.com{s}Noor{s}Smit{s}{}\r\n",
                    crate::label::service(language, service)
                );
                let read = read(named.as_bytes()).expect("a file");
                let new = read[0].read.as_ref().expect("a service as the page calls it");
                assert_eq!(new.services, [service].into());
            }
            let empty = read(template.as_bytes()).expect_err("nobody stands in it");
            assert_eq!(empty.because, Because::FileEmpty, "{template}");
            let lines = read(format!("{template}{line}\r\n").as_bytes()).expect("a file");
            let new = lines[0].read.as_ref().expect("a person");
            assert_eq!((lines[0].number, new.name.as_str(), new.services.len()), (2, "Noor Smit", 2));
        }
    }
}
