//! A mail, ready to be sent, for devices whose demo order number is unknown: to the information address,
//! with the organisation's id and the administrator's email or all serial numbers (D10).

use contract::endpoints::encode;
use leptos::prelude::*;
use rules::device::{is_serial, serials as read};
use rules::draft::email as address_of;
use rules::ids::OrganisationId;
use serde::{Deserialize, Serialize};
use words::{Language, devices};

use crate::kept::Place;
use crate::session::{session, who};
use crate::ui::{Button, ButtonKind, ButtonLink, RadioGroup, RadioOption, TextArea, TextField};

const EMAIL: &str = "email";
const SERIALS: &str = "serials";

/// What is typed.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
struct Typed {
    by: String,
    email: String,
    serials: String,
}

/// The mail; nothing where the deployment names no information address (G8).
#[component]
pub fn UnknownNumber(
    /// The organisation.
    organisation: OrganisationId,
    /// Its name.
    name: String,
    /// Whether the reader is of it, so that the own address is the administrator's.
    own: bool,
    /// The serial numbers that are known.
    serials: Vec<String>,
    /// The reader's language.
    language: Language,
) -> impl IntoView {
    let address = session().settings.information_email;
    if address.is_empty() {
        return ().into_any();
    }
    let own_email = who().filter(|_| own).map(|who| who.person.email).unwrap_or_default();
    // What is typed outlives an act on the page, which draws it anew (G3).
    let place = Place::of(&format!("unknown number {organisation}"));
    let start = Typed { by: EMAIL.to_owned(), email: own_email, serials: serials.join("\n") };
    let kept = place.kept::<Typed>().unwrap_or_else(|| start.clone());
    let (by, email, typed) = (RwSignal::new(kept.by), RwSignal::new(kept.email), RwSignal::new(kept.serials));
    Effect::new(move |_| {
        let now = Typed { by: by.get(), email: email.get(), serials: typed.get() };
        if now == start { place.forget() } else { place.keep(&now) }
    });
    let subject = devices::mail_subject(language, &name);
    let about = About { organisation, name };
    let body = Memo::new(move |_| {
        let found = match by.with(|by| by == SERIALS) {
            true => FoundBy::Serials(typed.with(|typed| read(typed))),
            false => FoundBy::Email(email.with(|email| email.trim().to_owned())),
        };
        text(language, &about, &found)
    });
    let to = address.clone();
    let head = subject.clone();
    // A mail by which nothing can be found is not written (D10).
    let missing = Memo::new(move |_| match by.with(|by| by == SERIALS) {
        true => {
            let none = typed.with(|typed| !read(typed).iter().any(|serial| is_serial(serial)));
            none.then(|| devices::serials_missing(language))
        }
        false => email.with(|typed| address_of(typed).is_err()).then(|| devices::email_missing(language)),
    });
    let link = move || match missing.get() {
        Some(because) => view! {
            <Button kind=ButtonKind::Primary disabled_because=Signal::stored(Some(because.to_owned())) on_click=|_| {}>
                {devices::write_mail(language)}
            </Button>
        }
        .into_any(),
        None => {
            let href = body.with(|body| mail_to(&to, &head, body));
            view! { <ButtonLink kind=ButtonKind::Primary href=href>{devices::write_mail(language)}</ButtonLink> }
                .into_any()
        }
    };
    let option = |value: &str, label: &str| RadioOption {
        value: value.to_owned(),
        label: label.to_owned(),
        hint: String::new(),
    };
    let options = vec![option(EMAIL, devices::by_email(language)), option(SERIALS, devices::by_serials(language))];
    let field = move || match by.with(|by| by == SERIALS) {
        true => view! {
            <TextArea
                id="unknown-serials"
                label=devices::serials(language)
                value=typed
                on_input=move |text| typed.set(text)
                verbatim=true
            />
        }
        .into_any(),
        false => view! {
            <TextField
                id="unknown-email"
                label=devices::email(language)
                value=email
                on_input=move |text| email.set(text)
                kind="email"
            />
        }
        .into_any(),
    };
    view! {
        <section class="panel card stack" aria-labelledby="unknown-number">
            <h2 id="unknown-number">{devices::unknown(language)}</h2>
            <p>{devices::unknown_text(language)}</p>
            <div class="stack narrow">
                <RadioGroup
                    id="unknown-by"
                    legend=devices::unknown_by(language)
                    options=options
                    value=by
                    on_change=move |chosen| by.set(chosen)
                />
                {field}
            </div>
            <div>{link}</div>
            <p id="unknown-copy">{devices::or_copy(language, &address, &subject)}</p>
            <pre class="mail-text" tabindex="0" role="group" aria-labelledby="unknown-copy">{body}</pre>
        </section>
    }
    .into_any()
}

/// Whose devices they are.
struct About {
    organisation: OrganisationId,
    name: String,
}

/// What the devices are found by.
enum FoundBy {
    Email(String),
    Serials(Vec<String>),
}

/// The mail's text.
fn text(language: Language, about: &About, by: &FoundBy) -> String {
    let found = match by {
        FoundBy::Email(email) => devices::mail_email(language, email),
        FoundBy::Serials(serials) => devices::mail_serials(language, serials.join(", ")),
    };
    let lines = [
        devices::mail_intro(language).to_owned(),
        String::new(),
        devices::mail_organisation(language, &about.name),
        devices::mail_id(language, about.organisation.as_str()),
        found,
    ];
    lines.join("\n")
}

/// The address of a mail with its subject and text; lines end as RFC 6068 has them.
fn mail_to(address: &str, subject: &str, text: &str) -> String {
    format!("mailto:{address}?subject={}&body={}", encode(subject), encode(&text.replace('\n', "\r\n")))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn about() -> About {
        About { organisation: "org 1".into(), name: "Café & Zn".to_owned() }
    }

    #[test]
    fn the_mail_names_the_organisations_id_and_the_email_or_every_serial_number_d10() {
        let by_email = text(Language::En, &about(), &FoundBy::Email("it@example.com".to_owned()));
        assert!(by_email.ends_with("Organisation id: org 1\nAdministrator’s email: it@example.com"), "{by_email}");
        let by_serials = text(Language::En, &about(), &FoundBy::Serials(vec!["A1".to_owned(), "B2".to_owned()]));
        assert!(by_serials.ends_with("Organisation id: org 1\nSerial numbers: A1, B2"), "{by_serials}");
    }

    #[test]
    fn the_link_holds_whatever_a_name_holds_d10_g3() {
        let link = mail_to("info@vendor.example", "Café & Zn?", "a\nb=c&d");
        let wanted = "mailto:info@vendor.example?subject=Caf%C3%A9%20%26%20Zn%3F&body=a%0D%0Ab%3Dc%26d";
        assert_eq!(link, wanted);
    }
}
