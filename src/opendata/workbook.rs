//! A paper's tables together as one spreadsheet.
//!
//! A cover, the contents, the notes and symbols if there are any, then one table to a sheet. Each table is marked as one,
//! has one row of headings, and no merged or hidden cells; nothing is told by colour or place alone. Source: Government
//! Analysis Function, *Releasing statistics in spreadsheets*.

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate};
use rust_decimal::prelude::ToPrimitive;
use rust_xlsxwriter::{
    DocProperties, ExcelDateTime, Format as Style, FormatAlign, Table as Marked, TableColumn, TableStyle, Url,
    Workbook, Worksheet, XlsxError,
};

use super::tidy::{Holds, TidyColumn, Value};
use super::{About, TableData};
use crate::calendar::Moment;
use crate::tables::Format;

/// The most characters that a cell of a spreadsheet holds.
const LONGEST: usize = 32_000;
/// The widest column, in characters; longer words go over several lines.
const WIDEST: usize = 60;

/// The most rows of a table on a sheet; a spreadsheet holds a few more, for what stands above them.
const MOST_ROWS: usize = 1_000_000;

/// How cells look.
struct Styles {
    title: Style,
    words: Style,
    heading: Style,
    figure_heading: Style,
    symbol: Style,
}

impl Styles {
    fn new() -> Self {
        let plain = Style::new().set_font_name("Arial").set_font_size(12).set_align(FormatAlign::Top);
        let wrapped = plain.clone().set_text_wrap();
        Self {
            title: plain.clone().set_font_size(16).set_bold(),
            heading: wrapped.clone().set_bold(),
            figure_heading: wrapped.clone().set_bold().set_align(FormatAlign::Right),
            symbol: plain.set_align(FormatAlign::Right),
            words: wrapped,
        }
    }

    fn figure(&self, format: Format) -> Style {
        self.symbol.clone().set_num_format(number_format(format))
    }
}

/// How a spreadsheet shows the figures of a column. Units stand in the headings.
fn number_format(format: Format) -> String {
    let places = format.places() as usize;
    let plain = if places == 0 { "#,##0".to_owned() } else { format!("#,##0.{}", "0".repeat(places)) };
    match format {
        Format::Difference(_) | Format::MoneyDifference(_) | Format::Change(_) => {
            format!("+{plain};\u{2212}{plain};{plain}")
        }
        _ => format!("{plain};\u{2212}{plain}"),
    }
}

/// One sheet's table: its headings and its records.
struct Sheet<'s> {
    columns: Vec<(&'s str, Holds)>,
    rows: &'s [Vec<Value>],
}

/// The spreadsheet's bytes.
pub(super) fn write(about: &About<'_>, tables: &[TableData<'_>]) -> Result<Vec<u8>, XlsxError> {
    let styles = Styles::new();
    let mut workbook = Workbook::new();
    workbook.set_properties(&properties(about)?);

    cover(workbook.add_worksheet(), about, tables, &styles)?;
    contents(workbook.add_worksheet(), tables, &styles)?;
    let notes: Vec<Vec<Value>> = tables
        .iter()
        .flat_map(|data| {
            let note = |(index, text): (usize, &String)| {
                vec![
                    Value::Words(sheet_name(data)),
                    Value::Words(format!("[note {}]", index + 1)),
                    Value::Words(text.clone()),
                ]
            };
            data.table.notes.iter().enumerate().map(note).collect::<Vec<_>>()
        })
        .collect();
    if !notes.is_empty() {
        let sheet = Sheet { columns: words(&["Worksheet", "Note", "What it says"]), rows: &notes };
        own_sheet(workbook.add_worksheet(), "Notes", &sheet, &styles)?;
    }
    let symbols: BTreeMap<String, String> = tables.iter().flat_map(|data| data.table.legend()).collect();
    if !symbols.is_empty() {
        let rows: Vec<Vec<Value>> =
            symbols.into_iter().map(|(symbol, meaning)| vec![Value::Words(symbol), Value::Words(meaning)]).collect();
        let sheet = Sheet { columns: words(&["Symbol", "What it means"]), rows: &rows };
        own_sheet(workbook.add_worksheet(), "Symbols", &sheet, &styles)?;
    }
    for data in tables {
        table_sheet(workbook.add_worksheet(), data, &styles)?;
    }
    workbook.save_to_buffer()
}

/// The file's own properties. Its date is the paper's, never the clock's: the same paper gives the same bytes.
fn properties(about: &About<'_>) -> Result<DocProperties, XlsxError> {
    let date = about.published.map_or(NaiveDate::default(), Moment::date);
    let year = u16::try_from(date.year()).unwrap_or(1970);
    let created = ExcelDateTime::from_ymd(year, date.month().to_u8().unwrap_or(1), date.day().to_u8().unwrap_or(1))?;
    let authority = &about.edition.model.authority.name;
    Ok(DocProperties::new()
        .set_title(about.paper.full_title())
        .set_author(authority.as_str())
        .set_company(authority.as_str())
        .set_creation_datetime(&created))
}

/// "`Table_2`": the number that the page gives it.
fn sheet_name(data: &TableData<'_>) -> String {
    format!("Table_{}", data.block.number)
}

fn words<'s>(headings: &[&'s str]) -> Vec<(&'s str, Holds)> {
    headings.iter().map(|heading| (*heading, Holds::Words)).collect()
}

fn cover(sheet: &mut Worksheet, about: &About<'_>, tables: &[TableData<'_>], styles: &Styles) -> Result<(), XlsxError> {
    sheet.set_name("Cover")?;
    let count = tables.len();
    let mut lines = vec![format!("Tables of “{}”", about.paper.full_title())];
    lines.extend(about.restriction());
    lines.push(format!("Published by {}.", about.edition.model.authority.name));
    lines.extend(
        about.published.map(|published| format!("Published on {}.", crate::calendar::long_date(published.date()))),
    );
    if about.paper.head.common.invented {
        lines.push("This paper is made up, for a demonstration.".to_owned());
    }
    lines.extend(about.paper.head.common.summary.clone());
    lines.push(match count {
        1 => "This spreadsheet holds the one generated table of the paper.".to_owned(),
        _ => {
            format!("This spreadsheet holds the {count} generated tables of the paper, each on a worksheet of its own.")
        }
    });
    lines.push("Figures are rounded as they are in the paper. Symbols stand in square brackets.".to_owned());
    sheet.set_column_width(0, 90)?;
    for (row, line) in (0_u32..).zip(&lines) {
        let style = if row == 0 { &styles.title } else { &styles.words };
        sheet.write_string_with_format(row, 0, short(line), style)?;
    }
    Ok(())
}

fn contents(sheet: &mut Worksheet, tables: &[TableData<'_>], styles: &Styles) -> Result<(), XlsxError> {
    let rows: Vec<Vec<Value>> = tables
        .iter()
        .map(|data| vec![Value::Words(sheet_name(data)), Value::Words(data.table.caption.clone())])
        .collect();
    let contents = Sheet { columns: words(&["Worksheet", "What it shows"]), rows: &rows };
    let first = own_sheet(sheet, "Contents", &contents, styles)?;
    for (row, data) in (first + 1..).zip(tables) {
        let name = sheet_name(data);
        sheet.write_url_with_text(row, 0, Url::new(format!("internal:'{name}'!A1")), name)?;
    }
    Ok(())
}

/// A sheet about the others. Gives the row of its headings.
fn own_sheet(sheet: &mut Worksheet, name: &str, holds: &Sheet<'_>, styles: &Styles) -> Result<u32, XlsxError> {
    sheet.set_name(name)?;
    fill(sheet, name, &[name.to_owned(), "This worksheet contains one table.".to_owned()], holds, styles)
}

fn table_sheet(sheet: &mut Worksheet, data: &TableData<'_>, styles: &Styles) -> Result<(), XlsxError> {
    let name = sheet_name(data);
    sheet.set_name(&name)?;
    let mut lines = vec![
        format!("Table {}: {}", data.block.number, data.table.caption),
        "This worksheet contains one table.".to_owned(),
    ];
    if !data.table.notes.is_empty() {
        lines.push("Its notes are on the worksheet Notes.".to_owned());
    }
    if !data.table.legend().is_empty() {
        lines.push("Its symbols are explained on the worksheet Symbols.".to_owned());
    }
    if data.tidy.rows.iter().flatten().any(|value| *value == Value::Nothing) {
        lines.push("A cell is blank where a column does not apply to the row.".to_owned());
    }
    lines.extend(data.table.source.as_ref().map(|source| format!("Source: {source}")));
    let columns = data.tidy.columns.iter().map(|TidyColumn { title, holds, .. }| (title.as_str(), *holds)).collect();
    sheet.set_landscape().set_paper_size(9).set_print_fit_to_pages(1, 0);
    let all = data.tidy.rows.as_slice();
    let rows = all.get(..MOST_ROWS).unwrap_or(all);
    if rows.len() < all.len() {
        lines.push(format!("The first {} of {} rows are here; the CSV file has all of them.", rows.len(), all.len()));
    }
    fill(sheet, &name, &lines, &Sheet { columns, rows }, styles)?;
    Ok(())
}

/// Writes the lines above a table and the table. Gives the row of its headings.
fn fill(
    sheet: &mut Worksheet,
    name: &str,
    lines: &[String],
    holds: &Sheet<'_>,
    styles: &Styles,
) -> Result<u32, XlsxError> {
    let mut first = 0;
    for line in lines {
        let style = if first == 0 { &styles.title } else { &styles.symbol };
        // Not wrapped: these lines run over the empty cells beside them.
        sheet.write_string_with_format(first, 0, short(line), &style.clone().set_align(FormatAlign::Left))?;
        first += 1;
    }
    let mut widths: Vec<usize> = holds.columns.iter().map(|(title, _)| longest_word(title).max(8)).collect();
    let kinds: Vec<Style> = holds
        .columns
        .iter()
        .map(|(_, holds)| match holds {
            Holds::Words => styles.words.clone(),
            Holds::Figures(format) => styles.figure(*format),
        })
        .collect();
    for (row, values) in (first + 1..).zip(holds.rows) {
        for (((column, value), style), width) in (0_u16..).zip(values).zip(&kinds).zip(&mut widths) {
            match value {
                Value::Nothing => {}
                Value::Words(text) => {
                    *width = text.chars().count().clamp(*width, WIDEST.max(*width));
                    sheet.write_string_with_format(row, column, short(text), style)?;
                }
                Value::Symbol(symbol) => {
                    sheet.write_string_with_format(row, column, symbol, &styles.symbol)?;
                }
                Value::Figure(figure) => {
                    *width = figure.to_string().len().saturating_add(4).max(*width);
                    // A spreadsheet keeps figures as binary fractions; it shows as many digits as we print.
                    sheet.write_number_with_format(row, column, figure.to_f64().unwrap_or(f64::NAN), style)?;
                }
            }
        }
    }
    for (column, width) in (0_u16..).zip(&widths) {
        sheet.set_column_width(column, u32::try_from(width + 2).unwrap_or(u32::MAX))?;
    }
    let headings: Vec<TableColumn> = holds
        .columns
        .iter()
        .map(|(title, holds)| {
            let style = if *holds == Holds::Words { &styles.heading } else { &styles.figure_heading };
            TableColumn::new().set_header(*title).set_header_format(style)
        })
        .collect();
    let last = u32::try_from(holds.rows.len()).unwrap_or(u32::MAX).saturating_add(first);
    let width = u16::try_from(holds.columns.len()).unwrap_or(u16::MAX);
    if last == first || width == 0 {
        for (column, (title, _)) in (0_u16..).zip(&holds.columns) {
            sheet.write_string_with_format(first, column, *title, &styles.heading)?;
        }
        return Ok(first);
    }
    let marked =
        Marked::new().set_name(name).set_columns(&headings).set_autofilter(false).set_style(TableStyle::Light1);
    sheet.add_table(first, 0, last, width - 1, &marked.set_banded_rows(false))?;
    Ok(first)
}

/// As much of a text as a cell holds.
fn short(text: &str) -> String {
    if text.len() <= LONGEST {
        return text.to_owned();
    }
    text.chars().take(LONGEST / 2).chain(std::iter::once('…')).collect()
}

fn longest_word(text: &str) -> usize {
    text.split_whitespace().map(|word| word.chars().count()).max().unwrap_or(0)
}
