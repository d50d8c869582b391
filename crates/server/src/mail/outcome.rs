//! What a mail server meant by an answer.

use std::error::Error;

/// Longest text of a mail server that is kept, in characters.
const WORDS_MAX: usize = 300;

/// Replies that are about whoever hands over, and not about the recipient: signing in (RFC 4954, section 6).
const SIGN_IN_CODES: [u16; 5] = [500, 530, 534, 535, 538];

/// The same by the enhanced status (RFC 3463): the sender's address, and security of the connection.
const SENDER_STATUSES: [&str; 6] = ["5.1.7", "5.1.8", "5.7.8", "5.7.9", "5.7.11", "5.7.14"];

/// A failure of handing over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Fault {
    /// The reply's number, where there was a reply.
    code: Option<u16>,
    /// The mail server's words, or the system's.
    words: String,
    /// Whether the mail is of a kind that the mail server said it cannot take.
    unaddressable: bool,
}

impl Fault {
    pub(super) fn of(error: &lettre::transport::smtp::Error) -> Fault {
        let words = error.source().map_or_else(|| error.to_string(), ToString::to_string);
        let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
        Fault {
            code: error.status().map(u16::from),
            words: words.chars().take(WORDS_MAX).collect(),
            unaddressable: error.is_client(),
        }
    }

    /// Whether the mail server itself asks to be tried again (4yz).
    pub(super) fn is_transient(&self) -> bool {
        self.code.is_some_and(|code| code < 500)
    }

    /// Whether no later try would go better, because of the recipient or the mail.
    pub(super) fn is_the_recipients(&self) -> bool {
        let status = self.words.split(' ').next().unwrap_or_default();
        match self.code {
            Some(code) => !SIGN_IN_CODES.contains(&code) && !SENDER_STATUSES.contains(&status),
            None => self.unaddressable,
        }
    }

    /// Why, for the ledger: the status in front.
    pub(super) fn told(&self) -> String {
        match self.code {
            Some(code) => format!("{code} {}", self.words).trim_end().to_owned(),
            None if self.unaddressable => "unaddressable".to_owned(),
            None => self.words.clone(),
        }
    }

    /// Why, for the log: without the mail server's words, in which an address may stand.
    pub(super) fn for_the_log(&self) -> String {
        match self.code {
            Some(code) => format!("it answers with {code}"),
            None => self.words.clone(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fault(code: u16, words: &str) -> Fault {
        Fault { code: (code > 0).then_some(code), words: words.to_owned(), unaddressable: false }
    }

    #[test]
    fn only_what_no_later_try_would_mend_comes_back_l8() {
        for (code, words, transient, the_recipients) in [
            (450, "4.2.1 Mailbox busy", true, true),
            (421, "Closing", true, true),
            (550, "5.1.1 User unknown", false, true),
            (552, "Mailbox full", false, true),
            (554, "5.7.1 Spam", false, true),
            (535, "5.7.8 Bad credentials", false, false),
            (530, "5.7.0 Authentication required", false, false),
            (550, "5.1.8 Sender's domain unknown", false, false),
            (0, "connection reset", false, false),
        ] {
            let fault = fault(code, words);
            assert_eq!(
                (fault.is_transient(), fault.is_the_recipients()),
                (transient, the_recipients),
                "{code} {words}"
            );
        }
    }

    #[test]
    fn the_ledger_keeps_the_status_and_the_log_no_words_of_the_mail_server() {
        let fault = fault(550, "5.1.1 <a@b.example> unknown");
        assert_eq!(fault.told(), "550 5.1.1 <a@b.example> unknown");
        assert_eq!(fault.for_the_log(), "it answers with 550");
    }
}
