//! A mail as it was written, in both of its parts (G7).

use leptos::prelude::*;
use words::{Language, frame, mailbox};

/// Both parts, each in a section of its own.
#[component]
pub fn Letter(
    /// The part of plain text.
    text: String,
    /// The part of HTML.
    html: String,
    /// In which language it is.
    written_in: Language,
    /// The reader's language.
    language: Language,
) -> impl IntoView {
    // A link in the mail opens beside this page, as it would from any mail program.
    let shown = html.replacen("<head>", "<head>\n<base target=\"_blank\">", 1);
    view! {
        <section class="panel card stack-tight" aria-labelledby="mail-html">
            <h2 id="mail-html">{mailbox::as_html(language)}</h2>
            // Neither scripts nor anything of this page is within its reach.
            <iframe
                class="mailbox-html"
                title=mailbox::as_html(language)
                sandbox="allow-popups allow-popups-to-escape-sandbox"
                srcdoc=shown
            ></iframe>
        </section>
        <section class="panel card stack-tight" aria-labelledby="mail-text">
            <h2 id="mail-text">{mailbox::as_text(language)}</h2>
            <pre class="mailbox-text" lang=written_in.tag() tabindex="0">
                {text}
            </pre>
        </section>
    }
}

/// The name of the language that a mail is written in.
pub fn language_name(language: Language, written_in: Language) -> &'static str {
    match written_in {
        Language::En => frame::english(language),
        Language::Nl => frame::dutch(language),
    }
}
