//! What the pages, the downloads and the mails say of a generated trial, compared with what the
//! test has reckoned.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use contract::customers::CustomersPage;
use contract::endpoints;
use contract::hub::Hub;
use contract::mails::MailDetail;
use rules::clock::Day;
use rules::notice::MailKind;
use rules::people::Language;
use rules::trial::{Phase, Status, dates_of};
use words::label;

use super::super::World;
use super::Lived;
use super::reckoned::{Reckoned, after, named};

const LANGUAGES: [Language; 2] = [Language::En, Language::Nl];

fn date(day: Day) -> NaiveDate {
    let (year, month, number) = day.ymd();
    NaiveDate::from_ymd_opt(year, month, number).expect("a day of the calendar")
}

/// The number in what a page says is left, which every page says by the same function.
fn said(phase: Phase, today: Day) -> Option<i64> {
    let numbers = LANGUAGES.map(|language| label::left(language, phase, today).map(|text| named(language, &text).1));
    let [english, dutch] = numbers;
    assert_eq!(english, dutch);
    english.map(|numbers| numbers[0])
}

impl Lived {
    /// Reads every page and download.
    pub(super) fn read(&self, world: &World) {
        let today = date(Day::of(world.now()));
        let reckoned = self.stands.on(today, self.numbers);
        self.read_list(world, &reckoned);
        self.read_csv(world, &reckoned);
        self.read_page(world, &reckoned);
        if !self.is_gone(&reckoned) {
            let own = world.ask(endpoints::HUB, &self.administrator, "", &()).expect("the hub of the customer");
            self.read_hub(&own, &reckoned);
        }
        let along = format!("?organisation={}", self.organisation);
        if let Ok(hub) = world.ask(endpoints::HUB, self.person, &along, &()) {
            self.read_hub(&hub, &reckoned);
        }
        self.read_inventory(world, &reckoned);
    }

    /// Whether the organisation closed with the trial (L3).
    fn is_gone(&self, reckoned: &Reckoned) -> bool {
        !self.fate.asked && matches!(reckoned.status, Status::Closed | Status::Cancelled)
    }

    fn read_list(&self, world: &World, reckoned: &Reckoned) {
        let query = format!("?{}", self.only());
        let page: CustomersPage = world.ask(endpoints::CUSTOMERS, self.person, &query, &()).expect("a list");
        let [row] = page.rows.as_slice() else { panic!("{} rows of {self:?}", page.rows.len()) };
        assert_eq!(row.status, reckoned.status, "the list: {self:?}");
        let phase = row.phase.expect("a trial");
        assert_eq!(said(phase, page.today), reckoned.left, "the list, days left: {self:?}");
        assert_eq!(phase.last_day().map(date), reckoned.last_day, "the list: {self:?}");
        let tried = row.services.iter().filter(|line| self.fate.services.contains(&line.service));
        for line in tried.filter(|_| reckoned.status != Status::Converted) {
            assert_eq!(line.days_left, reckoned.to_the_end, "the list, each service: {self:?}");
        }
        for language in LANGUAGES {
            let life = label::trial_life(language, row.phase, page.today);
            assert_eq!(named(language, &life), reckoned.life, "the list, its life: {self:?}");
        }
    }

    fn read_csv(&self, world: &World, reckoned: &Reckoned) {
        for language in LANGUAGES {
            let columns = "columns=status,life,ends,days-left";
            let path = format!("/api/v1/customers.csv?{}&{columns}&language={}", self.only(), language.name());
            let reply = world.send("GET", &path, self.person, "", &[]);
            assert_eq!(reply.status, 200, "{}", reply.body);
            let mut reader = csv::Reader::from_reader(reply.body.trim_start_matches('\u{feff}').as_bytes());
            let records: Vec<_> = reader.records().map(|record| record.expect("a record")).collect();
            let [cells] = records.as_slice() else { panic!("{} records of {self:?}", records.len()) };
            assert_eq!(&cells[0], label::status(language, reckoned.status), "CSV: {self:?}");
            assert_eq!(named(language, &cells[1]), reckoned.life, "CSV, its life: {self:?}");
            let ends = reckoned.last_day.map(|day| day.to_string()).unwrap_or_default();
            assert_eq!(&cells[2], ends, "CSV, ends: {self:?}");
            let left = reckoned.to_the_end.map(|days| days.to_string()).unwrap_or_default();
            assert_eq!(&cells[3], left, "CSV, days left: {self:?}");
        }
    }

    fn read_page(&self, world: &World, reckoned: &Reckoned) {
        let page = world.ask(endpoints::CUSTOMER, self.person, &self.organisation, &()).expect("the page");
        let found = page.trials.iter().find(|each| each.trial.id.as_str() == self.trial).expect("the trial");
        let alone = world.ask(endpoints::TRIAL, self.person, &self.trial, &()).expect("the trial by itself");
        assert_eq!(&alone, found, "{self:?}");
        assert_eq!(found.status, reckoned.status, "the page: {self:?}");
        assert_eq!(said(found.trial.phase, page.today), reckoned.left, "the page, days left: {self:?}");
        let dates: Vec<_> = dates_of(&found.trial).into_iter().map(|(day, kind)| (date(day), kind)).collect();
        assert_eq!(dates, reckoned.dates, "the page, its dates: {self:?}");
    }

    fn read_hub(&self, hub: &Hub, reckoned: &Reckoned) {
        if matches!(reckoned.status, Status::TrialPending | Status::Declined | Status::Lapsed) {
            let Some(request) = hub.requests.iter().find(|each| each.id.as_str() == self.trial) else {
                return assert!(hub.on_behalf.is_some(), "its administrators see the request: {self:?}");
            };
            if reckoned.status == Status::TrialPending {
                assert_eq!(Some(date(request.answer_by)), reckoned.last_day, "the hub: {self:?}");
            }
            return;
        }
        let line = hub.trials.iter().find(|each| each.detail.trial.id.as_str() == self.trial).expect("the trial");
        assert_eq!(line.detail.status, reckoned.status, "the hub: {self:?}");
        assert_eq!(line.days_left, reckoned.to_the_end, "the hub, days left: {self:?}");
        assert_eq!(said(line.detail.trial.phase, hub.today), reckoned.left, "the hub, days left: {self:?}");
        let dates: Vec<_> = dates_of(&line.detail.trial).into_iter().map(|(day, kind)| (date(day), kind)).collect();
        assert_eq!(dates, reckoned.dates, "the hub, its dates: {self:?}");
    }

    fn read_inventory(&self, world: &World, reckoned: &Reckoned) {
        let Ok(lost) = world.ask(endpoints::INVENTORY, self.person, &self.trial, &()) else { return };
        assert_eq!(lost.closes.map(date), reckoned.closes, "what will be lost: {self:?}");
        let Some(closes) = reckoned.closes else { return };
        let path = endpoints::INVENTORY_CSV.with(&self.trial);
        let reply = world.send("GET", &path, self.person, "", &[]);
        let mut reader = csv::Reader::from_reader(reply.body.trim_start_matches('\u{feff}').as_bytes());
        let days: BTreeSet<String> = reader.records().map(|record| record.expect("a record")[3].to_owned()).collect();
        let released = self.numbers.then(|| after(closes, 15));
        let expected = std::iter::once(closes).chain(released).map(|day| day.to_string()).collect();
        assert_eq!(days, expected, "what will be lost, as CSV: {self:?}");
    }

    /// Reads the mails that were not read before, of which kinds they were.
    pub(super) fn read_mails(&mut self, world: &World) -> Vec<MailKind> {
        let query = format!("?organisation={}&trial={}", self.organisation, self.trial);
        let page = world.ask(endpoints::MAILS, self.person, &query, &()).expect("the ledger");
        assert_eq!(page.next, None, "one page");
        let mut kinds = Vec::new();
        for line in page.mails {
            if self.mails_read.insert(line.id.clone()) {
                let mail: MailDetail = world.ask(endpoints::MAIL, self.person, &line.id, &()).expect("a mail");
                self.read_mail(&mail);
                kinds.push(line.kind);
            }
        }
        kinds
    }

    fn read_mail(&self, mail: &MailDetail) {
        let line = &mail.line;
        let on = date(Day::of(line.at));
        let (days, _) = named(line.language, &mail.text);
        assert_eq!(named(line.language, &mail.html).0, days, "both parts: {line:?}");
        // On the day of an act a mail may have gone before it or after.
        let before = self.ends.iter().rev().find(|(from, _)| *from < on);
        let ends = before.into_iter().chain(self.ends.iter().filter(|(from, _)| *from == on)).map(|(_, end)| *end);
        let told = |end: NaiveDate| {
            let grace = after(end, 30);
            let numbers = self.numbers.then(|| after(grace, 15)).filter(|_| line.kind == MailKind::Ended);
            [end, grace].into_iter().chain(numbers).collect::<BTreeSet<_>>()
        };
        let ends: Vec<NaiveDate> = ends.collect();
        match line.kind {
            MailKind::EndsSoon | MailKind::Ended | MailKind::AccessOver => {
                let end = ends.iter().copied().find(|end| told(*end) == days);
                let end = end.unwrap_or_else(|| panic!("{line:?} names {days:?} and not {ends:?}: {self:?}"));
                let (in_subject, counted) = named(line.language, &line.subject.replace(&self.company(), ""));
                assert!(in_subject.iter().all(|day| *day == end), "{line:?}");
                if line.kind == MailKind::EndsSoon {
                    assert_eq!(counted, [(end - on).num_days()], "days left: {line:?}");
                    assert_eq!((end - on).num_days(), 7, "on its day (L4): {line:?}");
                }
            }
            MailKind::Welcome | MailKind::Started => {
                let end = ends.last().expect("it has started");
                assert!(days.contains(end), "{line:?} names {days:?}: {self:?}");
            }
            MailKind::EndMoved => {
                assert!(ends.iter().all(|end| days.contains(end)), "{line:?} names {days:?}: {self:?}");
            }
            MailKind::Consent => assert!(days.contains(&after(self.begun, 30)), "{line:?} names {days:?}: {self:?}"),
            _ => {}
        }
        let strange: Vec<_> = days.iter().filter(|day| !self.may_name(**day)).collect();
        assert!(strange.is_empty(), "{line:?} names {strange:?}, which is no day of {self:?}");
    }

    /// Whether a day is one that follows from what was done with the trial.
    fn may_name(&self, day: NaiveDate) -> bool {
        let own = self.done_on.iter().flat_map(|on| [*on, after(*on, 15), after(*on, 30), after(*on, 90)]);
        let ends = self.ends.iter().flat_map(|(_, end)| [*end, after(*end, 30), after(*end, 45)]);
        own.chain(ends).any(|each| each == day)
    }
}
