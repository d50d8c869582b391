//! A mail as it is sent: multipart, with the part of plain text first (G7).

use backend::Outgoing;
use lettre::Message;
use lettre::message::header::{Header, HeaderName, HeaderValue};
use lettre::message::{Mailbox, MultiPart};

/// Says that no person wrote the mail, so that no absence notice answers it (RFC 3834, section 5).
#[derive(Clone, Copy, Debug)]
struct AutoSubmitted;

impl Header for AutoSubmitted {
    fn name() -> HeaderName {
        HeaderName::new_from_ascii_str("Auto-Submitted")
    }

    fn parse(_: &str) -> Result<Self, Box<dyn std::error::Error + Send + Sync>> {
        Ok(AutoSubmitted)
    }

    fn display(&self) -> HeaderValue {
        HeaderValue::new(Self::name(), "auto-generated".to_owned())
    }
}

/// Writes a mail.
///
/// # Errors
/// When its address cannot be one.
pub(super) fn of(mail: &Outgoing<'_>, from: &Mailbox) -> Result<Message, String> {
    let address = mail.to.parse().map_err(|error: lettre::address::AddressError| error.to_string())?;
    let mut builder = Message::builder();
    // An address that is none, though the backend checked it, is better left out than the whole mail.
    if let Some(address) = mail.reply_to.and_then(|address| address.parse().ok()) {
        builder = builder.reply_to(Mailbox::new(None, address));
    }
    builder
        .from(from.clone())
        .to(Mailbox::new(None, address))
        .subject(one_line(mail.subject))
        .message_id(Some(message_id(mail.id, from)))
        .date_now()
        .header(AutoSubmitted)
        .multipart(MultiPart::alternative_plain_html(mail.text.to_owned(), mail.html.to_owned()))
        .map_err(|error| error.to_string())
}

/// What tells the mail from every other, whenever and by whichever copy it is tried. Only letters, digits
/// and hyphens of the backend's id stand as they are (RFC 5322, section 3.6.4).
fn message_id(id: &str, from: &Mailbox) -> String {
    let plain = |character: char| if character.is_ascii_alphanumeric() || character == '-' { character } else { '.' };
    let local: String = id.chars().map(plain).collect();
    format!("<{local}@{}>", from.email.domain())
}

/// A text without line breaks and other control characters: a header ends where its line does.
fn one_line(text: &str) -> String {
    text.chars().map(|character| if character.is_control() { ' ' } else { character }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(to: &str, subject: &str) -> Result<String, String> {
        let reply_to = Some("anna@noordzee.example");
        let mail = Outgoing { id: "noordzee-1/0a1b", to, reply_to, subject, text: "Plain é", html: "<p>Rich é</p>" };
        let from = "Proef <proef@proef.example>".parse().expect("an address");
        of(&mail, &from).map(|message| String::from_utf8(message.formatted()).expect("text"))
    }

    #[test]
    fn a_mail_has_its_own_id_says_that_it_is_automatic_and_begins_with_plain_text_g7_l8() {
        let text = written("ict@storm.example", "Your trial").expect("written");
        for line in [
            "From: Proef <proef@proef.example>\r\n",
            "To: ict@storm.example\r\n",
            "Reply-To: anna@noordzee.example\r\n",
            "Subject: Your trial\r\n",
            "Message-ID: <noordzee-1.0a1b@proef.example>\r\n",
            "Auto-Submitted: auto-generated\r\n",
            "Content-Type: multipart/alternative;",
        ] {
            assert!(text.contains(line), "{line}\n{text}");
        }
        assert!(text.find("text/plain").expect("plain") < text.find("text/html").expect("rich"));
    }

    #[test]
    fn nothing_that_people_typed_adds_a_header_or_a_recipient_g3() {
        for line_break in ["\r\n", "\n", "\r", "\u{85}", "\u{2028}"] {
            let text =
                written("ict@storm.example", &format!("Trial{line_break}Bcc: all@storm.example")).expect("written");
            let head = text.split("\r\n\r\n").next().expect("a head");
            assert!(!head.lines().any(|line| line.to_ascii_lowercase().starts_with("bcc")), "{head}");
            assert_eq!(head.to_ascii_lowercase().matches("\nto:").count(), 1, "{head}");
            let to = format!("ict@storm.example{line_break}Bcc: all@storm.example");
            assert!(written(&to, "Trial").is_err(), "{to:?}");
        }
        assert!(written("a@b.example, c@d.example", "Trial").is_err());
    }
}
