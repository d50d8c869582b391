//! Downloads as CSV (Q5, L10).

use contract::customers::{CustomerLine, ServiceLine};
use rules::clock::Day;
use rules::customers::Column;
use rules::people::Language;
use words::{customers as head, label};

use super::customers::{Read, line, query};
use crate::asked::{names, one, parameter};
use crate::call::{Answer, Call, Failure, Media};
use crate::store::Fault;

/// U+FEFF in UTF-8.
const BYTE_ORDER_MARK: &[u8] = b"\xEF\xBB\xBF";

/// A cell of a table.
pub(crate) enum Cell {
    /// A text, which may be anybody's.
    Text(String),
    /// A number.
    Number(i64),
    /// Nothing.
    Empty,
}

/// A cell as it is written. A text that a spreadsheet would run as a formula is made
/// harmless by an apostrophe in front of it (Q5).
fn written(cell: Cell) -> String {
    match cell {
        Cell::Text(text) if text.starts_with(['=', '+', '-', '@', '\t', '\r']) => format!("'{text}"),
        Cell::Text(text) => text,
        Cell::Number(number) => number.to_string(),
        Cell::Empty => String::new(),
    }
}

/// A table as CSV: UTF-8 with a byte order mark, by which spreadsheets know it, commas,
/// and CRLF (RFC 4180).
pub(crate) fn table(heads: &[&str], rows: impl IntoIterator<Item = Vec<Cell>>) -> Result<Answer<String>, Failure> {
    let unwritten = |error: csv::Error| Failure::Store(Fault::Failed(error.to_string()));
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(BYTE_ORDER_MARK.to_vec());
    writer.write_record(heads).map_err(unwritten)?;
    for cells in rows {
        writer.write_record(cells.into_iter().map(written)).map_err(unwritten)?;
    }
    let bytes = writer.into_inner().map_err(|error| Fault::Failed(error.to_string()))?;
    let text = String::from_utf8(bytes).map_err(|error| Fault::Failed(error.to_string()))?;
    Ok(Answer::written(text, None).written_as(Media::Csv))
}

/// The language of a download: the one that is asked for, else the reader's, else English.
pub(crate) fn language(call: &Call) -> Result<Language, Failure> {
    match one(&call.query, "language", Language::from_name)? {
        Some(language) => Ok(language),
        None => Ok(call.signed()?.actor.person.language.unwrap_or_default()),
    }
}

/// Exactly the rows, columns and order on screen, all pages (Q5).
pub(crate) async fn customers_csv(call: Call, (): ()) -> Result<Answer<String>, Failure> {
    let query = query(&call.query)?;
    let language = language(&call)?;
    let mut columns: Vec<Column> = names(&parameter(&call.query, "columns")?, Column::from_name)?;
    if columns.is_empty() {
        columns = Column::ALL.to_vec();
    }
    let read = Read::of(&call).await?;
    let reading = read.reading();
    let rows = read.page(&query, None, usize::MAX).await?.rows;
    let heads: Vec<&str> = columns.iter().map(|column| name(language, *column)).collect();
    let rows = rows.iter().map(|row| {
        let line = line(row, reading);
        columns.iter().map(|column| cell(language, *column, &line, call.today())).collect()
    });
    table(&heads, rows)
}

fn name(language: Language, column: Column) -> &'static str {
    match column {
        Column::Company => head::company(language),
        Column::Status => head::status(language),
        Column::Services => head::services(language),
        Column::Life => head::life(language),
        Column::Ends => head::ends(language),
        Column::DaysLeft => head::days_left(language),
        Column::Licences => words::terms::licences(language),
        Column::Region => words::terms::data_residency_region(language),
        Column::Administrator => head::administrator(language),
        Column::InCharge => head::in_charge(language),
        Column::LastChange => head::last_change(language),
    }
}

/// The services, each with its days left when these differ (Q1).
fn services(language: Language, line: &CustomerLine) -> String {
    let differ = line.days_differ();
    let text = |service: &ServiceLine| {
        let name = label::service(language, service.service);
        match service.days_left.filter(|_| differ) {
            Some(days) => format!("{name} ({})", label::service_left(language, days)),
            None => name.to_owned(),
        }
    };
    line.services.iter().map(text).collect::<Vec<_>>().join(", ")
}

fn cell(language: Language, column: Column, line: &CustomerLine, today: Day) -> Cell {
    let optional = |text: Option<String>| text.map_or(Cell::Empty, Cell::Text);
    match column {
        Column::Company => Cell::Text(line.company.clone()),
        Column::Status => Cell::Text(label::status(language, line.status).to_owned()),
        Column::Services => Cell::Text(services(language, line)),
        Column::Life => Cell::Text(label::trial_life(language, line.phase, today)),
        Column::Ends => optional(line.phase.and_then(|phase| phase.last_day()).map(|day| day.to_string())),
        Column::DaysLeft => line.phase.and_then(|phase| phase.days_left(today)).map_or(Cell::Empty, Cell::Number),
        Column::Licences => line.licences.map_or(Cell::Empty, |licences| Cell::Number(i64::from(licences))),
        Column::Region => optional(line.region.map(|region| label::region(language, region).to_owned())),
        Column::Administrator => optional(line.administrator_email.clone()),
        Column::InCharge => optional(line.in_charge.as_ref().map(|person| person.name.clone())),
        Column::LastChange => Cell::Text(line.last_change.to_rfc3339_opts(chrono::SecondsFormat::Secs, true)),
    }
}
