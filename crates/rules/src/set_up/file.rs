//! The file with people (U2, H5): CSV in UTF-8, with comma or semicolon, of the columns email,
//! first name, last name and services. Each line is read by itself, so that a bad one, such as
//! one with a quote that is not closed, is named by its number and takes no other with it.

use std::collections::BTreeSet;

use csv_core::{ReadRecordResult, Reader, ReaderBuilder};
use serde::{Deserialize, Serialize};

use super::check::{full_name, name_fault};
use crate::draft::email;
use crate::named::named;
use crate::service::Service;
use crate::verdict::{Because, ProblemKind, Refusal, Remedy, RuleId};

/// Largest file, in bytes.
pub const FILE_MAX: usize = 1024 * 1024;

/// Most lines of a file.
pub const LINES_MAX: usize = 10_000;

/// Most people that are taken at once: as many as a trial can have licences (N9). More lines can
/// follow by taking the same file again.
pub const TAKEN_MAX: usize = 1000;

/// How the column of addresses is headed, in every language of the product: a first line in which
/// one is headed so holds the heads and nobody.
pub const HEADS: [&str; 4] = ["email", "e-mail", "e-mailadres", "email address"];

/// With what the heads of the other columns begin, in the order of the template.
const OTHER_HEADS: [[&str; 2]; 3] = [["first", "voornaam"], ["last", "achternaam"], ["services", "diensten"]];

/// Where a file has its columns, in the order of the template; one that it has not is none.
type Order = [Option<usize>; 4];

/// The order of the template.
const AS_TEMPLATE: Order = [Some(0), Some(1), Some(2), Some(3)];

/// The order that a line of heads gives; `None` for a line that is none. Heads that are not known
/// leave the columns as the template has them.
fn order_of(heads: &[String]) -> Option<Order> {
    let heads: Vec<String> = heads.iter().map(|head| head.trim().to_lowercase()).collect();
    let email = heads.iter().position(|head| HEADS.contains(&head.as_str()))?;
    let other = |names: [&str; 2]| heads.iter().position(|head| names.iter().any(|name| head.starts_with(name)));
    let [first, last, services] = OTHER_HEADS.map(other);
    match first.is_some() && last.is_some() {
        true => Some([Some(email), first, last, services]),
        false => Some(AS_TEMPLATE),
    }
}

/// Columns of a line; the last one may be left out.
const COLUMNS: std::ops::RangeInclusive<usize> = 3..=4;

/// A line of a file, or a row that was typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// Its number, counted from 1.
    pub number: u32,
    /// The address as it stands there, to name the line by.
    pub email: String,
    /// Whom it brings, or why nobody.
    pub read: Result<NewLine, LineFault>,
}

/// A person whom a line brings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewLine {
    /// The address, as it is compared (N2).
    pub email: String,
    /// The name.
    pub name: String,
    /// The services.
    pub services: BTreeSet<Service>,
}

/// Why a line brings nobody.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum LineFault {
    /// It has not the columns of the template.
    Columns,
    /// A quote is not closed on the line.
    Quote,
    /// There is no email address.
    NoEmail,
    /// It is not one email address.
    Email,
    /// There is no name.
    NoName,
    /// The name is too long, or holds a character that is not allowed.
    Name,
    /// The name begins like a formula.
    Formula,
    /// A service is none of those that people have a licence of.
    Service,
}

named!(LineFault {
    Columns = "columns",
    Quote = "quote",
    NoEmail = "no-email",
    Email = "email",
    NoName = "no-name",
    Name = "name",
    Formula = "formula",
    Service = "service",
});

impl LineFault {
    /// Every one.
    pub const ALL: [LineFault; 8] = [
        LineFault::Columns,
        LineFault::Quote,
        LineFault::NoEmail,
        LineFault::Email,
        LineFault::NoName,
        LineFault::Name,
        LineFault::Formula,
        LineFault::Service,
    ];
}

/// What becomes of a line (U2).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum LineOutcome {
    /// The person is taken, without services of which no licence is free.
    TakenWithout,
    /// It brings nobody.
    Bad,
    /// An earlier line has the same address.
    Twice,
    /// The person is in the organisation already.
    AlreadyThere,
    /// The address belongs to another organisation, which is not named.
    Elsewhere,
    /// Enough people are taken at once; the line is for the next time.
    Later,
}

named!(LineOutcome {
    TakenWithout = "taken-without",
    Bad = "bad",
    Twice = "twice",
    AlreadyThere = "already-there",
    Elsewhere = "elsewhere",
    Later = "later",
});

/// A line of which something is to be said; whoever stands in no report is taken as they are.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub struct LineReport {
    /// The line's number, counted from 1.
    pub line: u32,
    /// The address as it stands there.
    pub email: String,
    /// What becomes of it.
    pub outcome: LineOutcome,
    /// Why it brings nobody.
    pub fault: Option<LineFault>,
    /// The earlier line with the same address.
    pub first: Option<u32>,
    /// The services without which the person is taken.
    pub without: Vec<Service>,
}

/// Reads a file. Blank lines are passed over, and so are the heads in the first one.
///
/// # Errors
/// It is empty, too large, or no text in UTF-8.
pub fn read(bytes: &[u8]) -> Result<Vec<Line>, Refusal> {
    let refused = |because| Refusal::new(RuleId::U2, because, Remedy::Correct);
    if bytes.len() > FILE_MAX {
        return Err(refused(Because::FileTooLarge).count(LINES_MAX as u32));
    }
    let text = std::str::from_utf8(bytes).map_err(|_| refused(Because::FileNotUtf8))?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    if text.chars().any(|character| character.is_control() && !matches!(character, '\n' | '\r' | '\t')) {
        return Err(refused(Because::FileNotText));
    }
    let separator = separator(text);
    let mut reader = ReaderBuilder::new().delimiter(separator).build();
    let (mut lines, mut order) = (Vec::new(), AS_TEMPLATE);
    // A carriage return alone ends a line as well, as old spreadsheets write it.
    let written = text.split('\n').flat_map(|line| line.strip_suffix('\r').unwrap_or(line).split('\r'));
    for (text, number) in written.zip(1..) {
        let cells = cells(&mut reader, text);
        let heads = cells.as_ref().ok().filter(|_| lines.is_empty()).and_then(|cells| order_of(cells));
        if let Some(heads) = heads {
            order = heads;
            continue;
        }
        if is_blank(text, separator) {
            continue;
        }
        if lines.len() == LINES_MAX {
            return Err(refused(Because::FileTooLarge).count(LINES_MAX as u32));
        }
        let address = order[0].unwrap_or_default();
        let email = cells.as_ref().ok().and_then(|cells| cells.get(address)).map(|cell| cell.trim().to_owned());
        let read = cells.and_then(|cells| person(&cells, order));
        lines.push(Line { number, email: email.unwrap_or_default(), read });
    }
    if lines.is_empty() { Err(refused(Because::FileEmpty)) } else { Ok(lines) }
}

/// Comma or semicolon, whichever comes first outside of quotes in the file.
fn separator(text: &str) -> u8 {
    let mut quoted = false;
    for byte in text.bytes() {
        match byte {
            b'"' => quoted = !quoted,
            // A quote that is never closed spoils its own line alone.
            b'\n' | b'\r' => quoted = false,
            b',' | b';' if !quoted => return byte,
            _ => {}
        }
    }
    b','
}

/// Whether a line holds nothing but separators, as spreadsheets leave them below their rows.
fn is_blank(line: &str, separator: u8) -> bool {
    line.chars().all(|character| character.is_whitespace() || character == char::from(separator))
}

/// The cells of one line, with quotes and doubled quotes read.
fn cells(reader: &mut Reader, line: &str) -> Result<Vec<String>, LineFault> {
    reader.reset();
    let input = [line.as_bytes(), b"\n"].concat();
    // One more than is read, so that a line with too many cells is known.
    let (mut output, mut ends) = (vec![0; input.len()], [0; *COLUMNS.end() + 1]);
    let (result, _, _, count) = reader.read_record(&input, &mut output, &mut ends);
    match result {
        ReadRecordResult::Record => {}
        // The end of the line stands within quotes.
        ReadRecordResult::InputEmpty | ReadRecordResult::End => return Err(LineFault::Quote),
        ReadRecordResult::OutputFull | ReadRecordResult::OutputEndsFull => return Err(LineFault::Columns),
    }
    let mut begin = 0;
    let cell = |end: &usize| {
        let cell = String::from_utf8_lossy(&output[begin..*end]).into_owned();
        begin = *end;
        cell
    };
    Ok(ends[..count].iter().map(cell).collect())
}

fn person(cells: &[String], order: Order) -> Result<NewLine, LineFault> {
    if !COLUMNS.contains(&cells.len()) {
        return Err(LineFault::Columns);
    }
    let [address, first, last, given] =
        order.map(|at| at.and_then(|at| cells.get(at)).map_or("", |cell| cell.as_str()));
    let email = email(address).map_err(|kind| match kind {
        ProblemKind::Required => LineFault::NoEmail,
        _ => LineFault::Email,
    })?;
    match name_fault(first, last).or(name_fault(last, first)) {
        None => {}
        Some(ProblemKind::Required) => return Err(LineFault::NoName),
        Some(ProblemKind::Formula) => return Err(LineFault::Formula),
        Some(_) => return Err(LineFault::Name),
    }
    Ok(NewLine { email, name: full_name(first, last), services: services(given)? })
}

/// The services that people have licences of, as the pages call them in other languages (W1): who
/// fills the file in reads them there.
const OTHER_NAMES: [(&str, Service); 3] =
    [("berichten", Service::Messaging), ("vergaderingen", Service::Meetings), ("bellen", Service::Calling)];

fn service(name: &str) -> Option<Service> {
    let name = name.to_lowercase();
    let other = OTHER_NAMES.into_iter().find(|(other, _)| *other == name).map(|(_, service)| service);
    Service::from_name(&name).or(other).filter(|service| service.has_licences())
}

/// The services of a cell, by their names, with anything but a letter between them.
fn services(cell: &str) -> Result<BTreeSet<Service>, LineFault> {
    let names = cell.split(|character: char| !character.is_alphabetic()).filter(|name| !name.is_empty());
    names.map(|name| service(name).ok_or(LineFault::Service)).collect()
}
