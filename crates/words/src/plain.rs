//! A request as a document of its own, for when the console's program does not load (`X19`): no
//! script, one style, and the reader's own colours, light or dark.

use rules::clock::{Day, Instant};
use rules::eligibility::Eligibility;
use rules::trial::State;
use rules::verdict::{Refusal, Verdict};

use crate::consent::{Asking, Statement, WasAsked, read_by_others, statement, was_asked};
use crate::letter::escape;
use crate::{Language, date_utc, label, moment, plain_request, terms};

/// The style of the document. It names no colour: those of the reader's system serve, which are
/// light or dark as the reader has them. Whoever sends the document allows this style by its hash.
pub const STYLE: &str = "\
:root{color-scheme:light dark;background:Canvas;color:CanvasText}\
body{margin:0 auto;max-width:42rem;padding:1rem;font:1rem/1.5 system-ui,sans-serif;overflow-wrap:anywhere}\
h1{font-size:1.5rem;line-height:1.25}\
h2{font-size:1.15rem;margin:2rem 0 .5rem}\
blockquote{margin:1rem 0;padding:0 1rem;border-inline-start:.25rem solid;white-space:pre-line}\
li{margin:.5rem 0}\
strong{font-size:1.15em}\
.note{border:1px solid;padding:.5rem 1rem}\
@media print{a{text-decoration:none}}";

/// A request, with where it stands for the reader.
#[derive(Debug)]
pub struct Plain<'a> {
    /// What the request asks for.
    pub asking: &'a Asking<'a>,
    /// The name of the organisation that is asked.
    pub organisation: &'a str,
    /// The name of the partner that asks.
    pub partner: &'a str,
    /// The matching phrase.
    pub phrase: &'a str,
    /// The address of the console.
    pub address: &'a str,
    /// The last day on which it can be answered (`X11`).
    pub answer_by: Day,
    /// The moment for which all of it holds.
    pub now: Instant,
    /// Where it stands.
    pub state: State,
    /// The answer in words; empty while there is none.
    pub answer: &'a [String],
    /// Whether the reader can answer it, and if not, why.
    pub may_answer: Verdict,
    /// Whether it can be accepted at all.
    pub may_accept: Verdict,
    /// Whether each service can still be had.
    pub services: &'a [Eligibility],
    /// Who can answer it.
    pub can_answer: &'a [String],
}

/// The document.
pub fn page(language: Language, plain: &Plain<'_>) -> String {
    let mut page = Page(String::new());
    let said = match plain.may_answer {
        Verdict::Allowed => statement(language, plain.asking),
        Verdict::Blocked(_) => read_by_others(language, plain.asking, plain.can_answer),
    };
    page.open(language, &said.title);
    page.raw("<main>\n");
    page.element("h1", &said.title);
    page.say(&said.asked_by);
    if plain.state == State::Pending {
        page.say(&said.until);
        page.say(&said.nothing);
    }
    page.raw("<p class=\"note\" role=\"note\">");
    page.text(plain_request::without(language));
    page.raw("</p>\n");
    page.standing(language, plain);
    page.element("h2", &said.why);
    if !said.words.is_empty() {
        page.element("blockquote", &said.words);
    }
    match plain.state {
        State::Pending => page.offered(&said),
        // Nothing speaks any more of what would be (X15).
        _ => page.was_asked(&was_asked(language, plain.asking)),
    }
    page.raw("</main>\n<footer>\n");
    page.console(language, plain.address);
    page.say(&plain_request::as_of(language, moment(language, plain.now)));
    let other = match language {
        Language::En => Language::Nl,
        Language::Nl => Language::En,
    };
    let words = plain_request::other_language(language);
    page.raw(&format!("<p><a lang=\"{0}\" hreflang=\"{0}\" href=\"?language={0}\">", other.tag()));
    page.text(words);
    page.raw("</a></p>\n</footer>\n</body>\n</html>\n");
    page.0
}

struct Page(String);

impl Page {
    /// What accepting would bring.
    fn offered(&mut self, said: &Statement) {
        self.say(&said.check);
        self.element("h2", &said.get);
        if let Some(each) = said.each {
            self.say(each);
        }
        self.list("ul", said.services.iter().map(|(_, service)| service.as_str()));
        self.say(&said.duration);
        self.say(&said.region);
        self.element("h2", said.may);
        self.say(&said.accepting);
        self.say(said.provisioning);
        self.element("h3", said.full_access);
        self.say(&said.with_box);
        self.say(said.full);
        self.say(&said.asks);
        self.say(&said.later);
    }

    /// What was asked for, once nothing is left to answer.
    fn was_asked(&mut self, asked: &WasAsked) {
        self.element("h2", asked.heading);
        self.list("ul", asked.services.iter().map(String::as_str));
        self.say(&asked.duration);
        self.say(&asked.access);
    }

    /// Where the request stands, and what can be done about it.
    fn standing(&mut self, language: Language, plain: &Plain<'_>) {
        self.element("h2", plain_request::standing(language));
        if plain.state != State::Pending {
            self.strong(label::state_sentence(language, plain.state));
            plain.answer.iter().for_each(|said| self.say(said));
            self.say(plain_request::over(language));
            return;
        }
        let day = date_utc(language, plain.answer_by);
        let left = Day::of(plain.now).days_until(plain.answer_by);
        match u32::try_from(left).unwrap_or_default() {
            0 => self.strong(&plain_request::open_today(language, &day)),
            days => self.strong(&plain_request::open(language, &day, days)),
        }
        match &plain.may_answer {
            Verdict::Allowed => self.say(plain_request::yourself(language)),
            Verdict::Blocked(refusal) => self.say(&label::refusal(language, refusal)),
        }
        let people = plain.can_answer.join(", ");
        match people.is_empty() {
            true => self.say(plain_request::nobody(language)),
            false => self.say(&plain_request::can_answer(language, &people)),
        }
        let blocked = |verdict: &Verdict| verdict.require().err();
        let services = plain.services.iter().filter_map(|service| blocked(&service.verdict));
        let obstacles: Vec<Refusal> = blocked(&plain.may_accept).into_iter().chain(services).collect();
        if !obstacles.is_empty() {
            self.say(plain_request::obstacles(language));
            let said: Vec<String> = obstacles.iter().map(|refusal| label::refusal(language, refusal)).collect();
            self.list("ul", said.iter().map(String::as_str));
        }
        self.element("h2", plain_request::how(language));
        let pending = terms::trial_request_pending(language);
        let mut ways = vec![plain_request::how_console(language, plain.organisation, pending)];
        if !people.is_empty() {
            ways.push(plain_request::how_others(language, &people));
        }
        ways.push(plain_request::how_partner(language, plain.partner, plain.phrase));
        ways.push(plain_request::how_nothing(language, &day));
        self.list("ul", ways.iter().map(String::as_str));
        self.console(language, plain.address);
    }

    fn open(&mut self, language: Language, title: &str) {
        self.raw("<!doctype html>\n<html lang=\"");
        self.raw(language.tag());
        self.raw("\">\n<head>\n<meta charset=\"utf-8\">\n");
        self.raw("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
        self.raw("<meta name=\"referrer\" content=\"no-referrer\">\n");
        self.element("title", title);
        self.raw("<style>");
        self.raw(STYLE);
        self.raw("</style>\n</head>\n<body>\n");
    }

    /// The console's address, as a link that can be read as well.
    fn console(&mut self, language: Language, address: &str) {
        self.raw("<p>");
        self.text(plain_request::console(language));
        self.raw(" <a href=\"");
        self.text(address);
        self.raw("/\">");
        self.text(address);
        self.raw("</a></p>\n");
    }

    fn strong(&mut self, said: &str) {
        self.raw("<p><strong>");
        self.text(said);
        self.raw("</strong></p>\n");
    }

    fn say(&mut self, said: &str) {
        self.element("p", said);
    }

    fn list<'a>(&mut self, name: &str, items: impl Iterator<Item = &'a str>) {
        self.raw(&format!("<{name}>\n"));
        items.for_each(|item| self.element("li", item));
        self.raw(&format!("</{name}>\n"));
    }

    fn element(&mut self, name: &str, words: &str) {
        self.raw(&format!("<{name}>"));
        self.text(words);
        self.raw(&format!("</{name}>\n"));
    }

    /// Words; markup in them shows as it was typed (`G3`).
    fn text(&mut self, words: &str) {
        self.raw(&escape(words));
    }

    fn raw(&mut self, markup: &str) {
        self.0.push_str(markup);
    }
}
