//! The blocks of a mail and the two ways in which they are rendered (`G7`). Sentences and values
//! are text until the very last: HTML escapes all of it, so that a name with markup in it shows as
//! it was typed (`G3`).

use crate::Language;

/// A part of a mail.
#[derive(Debug)]
pub(super) enum Block {
    /// A paragraph.
    Say(String),
    /// Somebody's own words, kept apart from ours so that they cannot pass for them.
    Quote(String),
    /// Names and values.
    Facts(Vec<Fact>),
    /// A list.
    List(Vec<String>),
    /// Steps in their order.
    Steps(Vec<String>),
    /// A link with its name.
    Link(String, String),
}

/// A name with one value or several.
#[derive(Debug)]
pub(super) struct Fact(pub(super) &'static str, pub(super) Vec<String>);

impl Fact {
    /// A name with one value.
    pub(super) fn one(name: &'static str, value: impl Into<String>) -> Fact {
        Fact(name, vec![value.into()])
    }
}

/// The part of plain text.
pub(super) fn text(blocks: &[Block]) -> String {
    let mut text = String::new();
    for block in blocks {
        if !text.is_empty() {
            text.push('\n');
        }
        match block {
            Block::Say(said) => line(&mut text, "", said),
            Block::Quote(words) => words.lines().for_each(|words| line(&mut text, "> ", words)),
            Block::Facts(facts) => {
                for Fact(name, values) in facts {
                    line(&mut text, "", &[name, ": ", &values.join("; ")].concat());
                }
            }
            Block::List(items) => items.iter().for_each(|item| line(&mut text, "- ", item)),
            Block::Steps(steps) => {
                for (at, step) in steps.iter().enumerate() {
                    line(&mut text, &format!("{}. ", at + 1), step);
                }
            }
            Block::Link(name, url) => line(&mut text, "", &[name.as_str(), ": ", url].concat()),
        }
    }
    text
}

fn line(text: &mut String, mark: &str, words: &str) {
    text.push_str(mark);
    text.push_str(words);
    text.push('\n');
}

/// The part of HTML: a whole document of plain elements, which says its language.
pub(super) fn html(language: Language, subject: &str, blocks: &[Block]) -> String {
    let mut html = String::from("<!doctype html>\n<html lang=\"");
    html.push_str(language.tag());
    html.push_str("\">\n<head>\n<meta charset=\"utf-8\">\n");
    html.push_str("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
    element(&mut html, "title", subject);
    html.push_str("</head>\n<body>\n");
    for block in blocks {
        match block {
            Block::Say(said) => element(&mut html, "p", said),
            Block::Quote(words) => {
                html.push_str("<blockquote>\n");
                words.lines().for_each(|words| element(&mut html, "p", words));
                html.push_str("</blockquote>\n");
            }
            Block::Facts(facts) => {
                html.push_str("<dl>\n");
                for Fact(name, values) in facts {
                    element(&mut html, "dt", name);
                    values.iter().for_each(|value| element(&mut html, "dd", value));
                }
                html.push_str("</dl>\n");
            }
            Block::List(items) => list(&mut html, "ul", items),
            Block::Steps(steps) => list(&mut html, "ol", steps),
            Block::Link(name, url) => link(&mut html, name, url),
        }
    }
    html.push_str("</body>\n</html>\n");
    html
}

fn element(html: &mut String, name: &str, words: &str) {
    for part in ["<", name, ">", &escape(words), "</", name, ">\n"] {
        html.push_str(part);
    }
}

fn list(html: &mut String, name: &str, items: &[String]) {
    for part in ["<", name, ">\n"] {
        html.push_str(part);
    }
    items.iter().for_each(|item| element(html, "li", item));
    for part in ["</", name, ">\n"] {
        html.push_str(part);
    }
}

fn link(html: &mut String, name: &str, url: &str) {
    for part in ["<p><a href=\"", &escape(url), "\">", &escape(name), "</a></p>\n"] {
        html.push_str(part);
    }
}

/// Text as it stands in an element or in a quoted attribute.
pub(crate) fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            other => escaped.push(other),
        }
    }
    escaped
}
