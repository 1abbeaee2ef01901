//! What a CSV file holds, told in the way of CSV on the Web.

use serde::Serialize;

use super::tidy::{Holds, TidyColumn};
use super::{About, TableData};
use crate::record::table_files::CSV;
use crate::tables::Format;

#[derive(Serialize)]
struct Description<'d> {
    #[serde(rename = "@context")]
    context: (&'d str, Language<'d>),
    url: &'d str,
    #[serde(rename = "dc:title")]
    title: &'d str,
    #[serde(rename = "dc:publisher")]
    publisher: &'d str,
    #[serde(rename = "dc:isPartOf")]
    part_of: String,
    #[serde(rename = "dc:issued", skip_serializing_if = "Option::is_none")]
    issued: Option<String>,
    #[serde(rename = "dc:source", skip_serializing_if = "Option::is_none")]
    source: Option<&'d str>,
    #[serde(rename = "dc:accessRights", skip_serializing_if = "Option::is_none")]
    access: Option<String>,
    notes: Vec<Note<'d>>,
    #[serde(rename = "tableSchema")]
    schema: Schema<'d>,
}

#[derive(Serialize)]
struct Language<'d> {
    #[serde(rename = "@language")]
    language: &'d str,
}

#[derive(Serialize)]
struct Note<'d> {
    #[serde(rename = "type")]
    kind: &'static str,
    target: &'d str,
    body: String,
}

#[derive(Serialize)]
struct Schema<'d> {
    columns: Vec<Column<'d>>,
}

#[derive(Serialize)]
struct Column<'d> {
    name: &'d str,
    titles: &'d str,
    datatype: &'static str,
    null: Vec<&'d str>,
    #[serde(rename = "dc:description", skip_serializing_if = "Option::is_none")]
    description: Option<&'static str>,
}

/// The description of a table's CSV file, as JSON.
pub(super) fn describe(about: &About<'_>, data: &TableData<'_>) -> Result<Vec<u8>, serde_json::Error> {
    let file = format!("{}{CSV}", data.path.rsplit('/').next().unwrap_or(&data.path));
    let table = data.table;
    let note = |body| Note { kind: "Annotation", target: &file, body };
    let numbered = table.notes.iter().enumerate().map(|(index, text)| format!("[note {}] {text}", index + 1));
    let symbols = table.legend().into_iter().map(|(symbol, meaning)| format!("{symbol}: {meaning}"));
    let description = Description {
        context: ("http://www.w3.org/ns/csvw", Language { language: &about.edition.model.authority.language }),
        url: &file,
        title: &table.caption,
        publisher: &about.edition.model.authority.name,
        part_of: about.paper.full_title(),
        issued: about.published.map(|published| published.date().to_string()),
        source: table.source.as_deref(),
        access: about.restriction(),
        notes: numbered.chain(symbols).map(note).collect(),
        schema: Schema { columns: data.tidy.columns.iter().map(column).collect() },
    };
    let mut bytes = serde_json::to_vec_pretty(&description)?;
    bytes.push(b'\n');
    Ok(bytes)
}

fn column(column: &TidyColumn) -> Column<'_> {
    let (datatype, description) = match column.holds {
        Holds::Words => ("string", None),
        Holds::Figures(Format::Count | Format::Difference(0)) => ("integer", None),
        Holds::Figures(Format::Money(_) | Format::MoneyDifference(_)) => ("decimal", Some("pounds")),
        Holds::Figures(Format::Percent(_) | Format::Change(_)) => ("decimal", Some("per cent")),
        Holds::Figures(_) => ("decimal", None),
    };
    let null = std::iter::once("").chain(column.missing.iter().map(String::as_str)).collect();
    Column { name: &column.name, titles: &column.title, datatype, null, description }
}
