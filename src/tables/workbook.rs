//! Excel workbooks: what stands in the cells of a sheet, in the words that a CSV file of the same sheet would have.
//!
//! A cell is what the spreadsheet holds, not what its format shows: `1234.5` where the screen says "£1,235". Only two
//! formats change what is read. A date is its ISO date, and a cell shown as a percentage is that percentage: 0.084 is
//! `8.4%`. A formula is the value that was saved with it.
//!
//! A workbook is a packed folder, which a few bytes can make as large as they like when it is unpacked: so it is
//! unpacked once with a limit, before anything reads it.

use std::io::{Cursor, Read};
use std::panic;
use std::sync::OnceLock;

use calamine::{Data, DataRef, ExcelDateTime, Reader, SheetType, SheetVisible, Style, Xlsx};
use rust_decimal::Decimal;

use super::csv_file::{MOST_CELLS, MOST_COLUMNS};
use crate::figures;

/// The most bytes that a workbook may unpack to: more than a hundred for each cell that is read.
const MOST_UNPACKED: u64 = 256 * 1024 * 1024;

/// Spreadsheets calculate with this many digits. What stands behind them came of the calculation.
const DIGITS: u32 = 15;

/// A workbook of which only the names of the sheets have been read. A sheet is read when it is asked for, once.
#[derive(Debug)]
pub struct Workbook {
    bytes: Vec<u8>,
    sheets: Vec<Sheet>,
}

/// A sheet of cells.
#[derive(Debug)]
struct Sheet {
    name: String,
    hidden: bool,
    rows: OnceLock<Result<Vec<SheetRow>, Broken>>,
}

/// A row with something in it.
#[derive(Debug)]
pub(super) struct SheetRow {
    /// Its number, as the spreadsheet counts it.
    pub number: u32,
    /// Its cells from column `A` up to the last with something in it.
    pub cells: Vec<SheetCell>,
}

/// What stands in a cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum SheetCell {
    /// Nothing, words or a figure.
    Text(String),
    /// An error in place of a value: `#REF!`.
    Error(String),
}

/// Why a workbook cannot be read, completing the sentence "`a.xlsx` cannot be read: …".
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Broken(String);

impl std::fmt::Display for Broken {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl Workbook {
    /// Takes the bytes of a file for a workbook.
    ///
    /// # Errors
    /// If they are none, or unpack to more than any table needs.
    pub fn new(bytes: Vec<u8>) -> Result<Self, Broken> {
        unpacks(&bytes, MOST_UNPACKED)?;
        let sheets = guarded(|| {
            let workbook = open(&bytes)?;
            let cells = workbook.sheets_metadata().iter().filter(|sheet| sheet.typ == SheetType::WorkSheet);
            Ok(cells
                .map(|sheet| Sheet {
                    name: sheet.name.clone(),
                    hidden: sheet.visible != SheetVisible::Visible,
                    rows: OnceLock::new(),
                })
                .collect::<Vec<_>>())
        })?;
        if sheets.is_empty() {
            return Err(Broken("it holds no sheet of cells".to_owned()));
        }
        Ok(Self { bytes, sheets })
    }

    /// The names of its sheets, in their order.
    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        self.sheets.iter().map(|sheet| sheet.name.as_str())
    }

    /// The name of the first sheet that is not hidden, or of the first.
    pub(super) fn first(&self) -> &str {
        let shown = self.sheets.iter().find(|sheet| !sheet.hidden).or(self.sheets.first());
        shown.map_or("", |sheet| sheet.name.as_str())
    }

    /// The sheet of that name as it is written in the workbook. Capitals and blanks around don't matter.
    pub(super) fn called(&self, name: &str) -> Option<&str> {
        let wanted = name.trim().to_lowercase();
        self.names().find(|name| name.trim().to_lowercase() == wanted)
    }

    /// The rows of a sheet that have something in them.
    pub(super) fn rows(&self, name: &str) -> Result<&[SheetRow], &Broken> {
        static NONE: Broken = Broken(String::new());
        let sheet = self.sheets.iter().find(|sheet| sheet.name == name).ok_or(&NONE)?;
        sheet.rows.get_or_init(|| guarded(|| read(&self.bytes, name))).as_deref()
    }
}

/// The name of a column as the spreadsheet shows it, counted from 0: `A`, `Z`, `AA`.
pub(super) fn column_name(column: usize) -> String {
    let mut name = Vec::new();
    let mut rest = column + 1;
    while rest > 0 {
        rest -= 1;
        name.push(char::from(b"ABCDEFGHIJKLMNOPQRSTUVWXYZ"[rest % 26]));
        rest /= 26;
    }
    name.iter().rev().collect()
}

/// Runs what reads a stranger's file. Should the library stumble over one, that is a broken file like any other.
fn guarded<T>(read: impl FnOnce() -> Result<T, Broken> + panic::UnwindSafe) -> Result<T, Broken> {
    panic::catch_unwind(read).unwrap_or_else(|_| Err(Broken("nothing sensible can be made of it".to_owned())))
}

fn open(bytes: &[u8]) -> Result<Xlsx<Cursor<&[u8]>>, Broken> {
    Xlsx::new(Cursor::new(bytes)).map_err(|error| Broken(error.to_string()))
}

/// Unpacks everything and keeps nothing. What a file says of its own size is not believed.
fn unpacks(bytes: &[u8], most: u64) -> Result<(), Broken> {
    let no_workbook = || Broken("it is no Excel workbook, whatever its name says".to_owned());
    if !bytes.starts_with(b"PK") {
        let protected = bytes.starts_with(b"\xd0\xcf\x11\xe0");
        return Err(if protected {
            Broken("it is protected by a password, or an older kind of workbook (.xls)".to_owned())
        } else {
            no_workbook()
        });
    }
    guarded(|| {
        let mut packed = zip::ZipArchive::new(Cursor::new(bytes)).map_err(|_| no_workbook())?;
        let mut left = most;
        let mut text = Vec::new();
        for index in 0..packed.len() {
            let file = packed.by_index(index).map_err(|error| Broken(error.to_string()))?;
            let name = file.name().map_err(|_| no_workbook())?;
            let strings = name.to_lowercase().ends_with("sharedstrings.xml");
            text.clear();
            file.take(left + 1).read_to_end(&mut text).map_err(|error| Broken(error.to_string()))?;
            left = u64::try_from(text.len())
                .ok()
                .and_then(|read| left.checked_sub(read))
                .ok_or_else(|| Broken(format!("it unpacks to more than {} MiB", most / 1024 / 1024)))?;
            if strings && !is_honest(&text) {
                return Err(no_workbook());
            }
        }
        Ok(())
    })
}

/// Whether the list of a workbook's texts claims no more of them than it can hold: room is made for as many as it says.
fn is_honest(strings: &[u8]) -> bool {
    const COUNT: &[u8] = b"uniqueCount";
    if strings.contains(&0) {
        return false;
    }
    let counts = strings.windows(COUNT.len()).enumerate().filter(|(_, word)| *word == COUNT);
    counts.map(|(at, _)| &strings[at + COUNT.len()..]).all(|rest| {
        let digits = rest.iter().skip_while(|byte| !byte.is_ascii_digit() && **byte != b'>');
        let digits: String = digits.take_while(|byte| byte.is_ascii_digit()).map(|byte| char::from(*byte)).collect();
        digits.is_empty() || digits.parse::<usize>().is_ok_and(|count| count <= strings.len())
    })
}

fn read(bytes: &[u8], name: &str) -> Result<Vec<SheetRow>, Broken> {
    let broken = |error: calamine::XlsxError| Broken(error.to_string());
    let mut workbook = open(bytes)?;
    let mut reader = workbook.worksheet_cells_reader(name).map_err(broken)?;
    let percent: Vec<bool> = reader.styles().iter().map(is_percentage).collect();
    let mut cells: Vec<(u32, u32, SheetCell)> = Vec::new();
    while let Some((cell, style)) = reader.next_cell_with_style_id().map_err(broken)? {
        let (row, column) = cell.get_position();
        let value = content(cell.get_value(), percent.get(style).copied().unwrap_or(false));
        if value == SheetCell::Text(String::new()) {
            continue;
        }
        if column as usize >= MOST_COLUMNS {
            return Err(Broken("the sheet holds something beyond its thousandth column".to_owned()));
        }
        if cells.len() >= MOST_CELLS {
            return Err(too_many());
        }
        cells.push((row, column, value));
    }
    cells.sort_by_key(|(row, column, _)| (*row, *column));
    let mut rows: Vec<SheetRow> = Vec::new();
    let mut held = 0;
    for (row, column, value) in cells {
        let number = row.saturating_add(1);
        if rows.last().is_none_or(|last| last.number != number) {
            rows.push(SheetRow { number, cells: Vec::new() });
        }
        let Some(last) = rows.last_mut() else { continue };
        let column = column as usize;
        // A cell that is there twice counts as it was last written.
        if column < last.cells.len() {
            last.cells[column] = value;
            continue;
        }
        held += column + 1 - last.cells.len();
        if held > MOST_CELLS {
            return Err(too_many());
        }
        last.cells.resize(column, SheetCell::Text(String::new()));
        last.cells.push(value);
    }
    Ok(rows)
}

fn too_many() -> Broken {
    Broken(format!("the sheet holds more than {} cells", figures::number(Decimal::from(MOST_CELLS), 0)))
}

/// Whether a format shows a fraction as a percentage: it has a per cent sign that is not among words of its own.
fn is_percentage(style: &Style) -> bool {
    let Some(format) = &style.number_format else { return false };
    let mut quoted = false;
    let mut escaped = false;
    format.format_code.chars().any(|c| {
        let plain = !quoted && !escaped;
        quoted ^= c == '"' && !escaped;
        escaped = c == '\\' && !escaped;
        plain && c == '%'
    })
}

fn content(value: &DataRef<'_>, percent: bool) -> SheetCell {
    SheetCell::Text(match Data::from(value.clone()) {
        Data::Empty => String::new(),
        Data::String(text) => text,
        Data::Bool(value) => if value { "TRUE" } else { "FALSE" }.to_owned(),
        Data::Int(value) => number(&value.to_string(), percent),
        Data::Float(value) => number(&value.to_string(), percent),
        Data::DateTime(moment) => date(&moment),
        Data::DateTimeIso(text) => text.strip_suffix("T00:00:00").unwrap_or(&text).to_owned(),
        Data::DurationIso(text) => text,
        Data::Error(error) => return SheetCell::Error(error.to_string()),
    })
}

/// A number as people write it. `shortest` is the shortest decimal that reads back to the number that was saved; where
/// it has more digits than spreadsheets show, it is rounded to those, as they do themselves.
fn number(shortest: &str, percent: bool) -> String {
    let Ok(value) = shortest.parse::<Decimal>() else { return shortest.to_owned() };
    let rounded = value.round_sf_with_strategy(DIGITS, rust_decimal::RoundingStrategy::MidpointAwayFromZero);
    let value = rounded.unwrap_or(value).normalize();
    match percent.then(|| value.checked_mul(Decimal::ONE_HUNDRED)).flatten() {
        Some(percentage) => format!("{}%", percentage.normalize()),
        None => value.to_string(),
    }
}

/// A day as `2016-07-13`, with the time of day behind it if there is one; a time alone, or a duration, as hours, minutes
/// and seconds.
fn date(moment: &ExcelDateTime) -> String {
    let (year, month, day, hour, minute, second, _) = moment.to_ymd_hms_milli();
    let time = format!("{hour:02}:{minute:02}:{second:02}");
    if moment.is_duration() || moment.as_f64() < 1.0 {
        return time;
    }
    let date = format!("{year:04}-{month:02}-{day:02}");
    if time == "00:00:00" { date } else { format!("{date} {time}") }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use rust_xlsxwriter::{ExcelDateTime as Date, Format, Formula};

    fn texts(workbook: &Workbook, sheet: &str) -> Vec<Vec<String>> {
        let rows = workbook.rows(sheet).expect("a sheet");
        let text = |cell: &SheetCell| match cell {
            SheetCell::Text(text) => text.clone(),
            SheetCell::Error(error) => format!("error {error}"),
        };
        rows.iter().map(|row| row.cells.iter().map(text).collect()).collect()
    }

    #[test]
    fn cells_are_what_they_hold_and_not_how_they_look() {
        let mut file = rust_xlsxwriter::Workbook::new();
        let sheet = file.add_worksheet();
        let format = |code: &str| Format::new().set_num_format(code);
        sheet.write_string(0, 1, "£5 [p]").expect("a cell");
        sheet.write_number_with_format(2, 0, 1234.5, &format("£#,##0")).expect("a cell");
        sheet.write_number(2, 1, 0.1 + 0.2).expect("a cell");
        sheet.write_number_with_format(2, 2, 0.084, &format("0.0%")).expect("a cell");
        sheet.write_number_with_format(2, 3, 0.5, &format("0.0\"%\"")).expect("a cell");
        let day = Date::from_ymd(2016, 7, 13).expect("a day");
        sheet.write_datetime_with_format(2, 4, &day, &format("dd/mm/yyyy")).expect("a cell");
        sheet.write_boolean(2, 5, true).expect("a cell");
        sheet.write_formula(2, 6, Formula::new("=1+1").set_result("2")).expect("a cell");
        sheet.write_formula(2, 7, Formula::new("=A99/0").set_result("#DIV/0!")).expect("a cell");
        sheet.write_number(2, 8, -21209).expect("a cell");
        let workbook = Workbook::new(file.save_to_buffer().expect("a file")).expect("a workbook");
        assert_eq!(workbook.first(), "Sheet1");
        assert_eq!(workbook.called(" sheet1"), Some("Sheet1"));
        let rows = texts(&workbook, "Sheet1");
        assert_eq!(rows[0], ["", "£5 [p]"]);
        assert_eq!(rows[1][..7], ["1234.5", "0.3", "8.4%", "0.5", "2016-07-13", "TRUE", "2"]);
        assert_eq!(rows[1][7..], ["error #DIV/0!", "-21209"]);
        assert_eq!(workbook.rows("Sheet1").expect("a sheet")[1].number, 3, "the empty row is left out, and counted");
    }

    #[test]
    fn columns_are_named_as_spreadsheets_name_them() {
        let names = [0, 25, 26, 701, 702, 16_383].map(column_name);
        assert_eq!(names, ["A", "Z", "AA", "ZZ", "AAA", "XFD"]);
    }

    #[test]
    fn what_is_no_workbook_is_refused_with_a_reason() {
        let why = |bytes: &[u8]| Workbook::new(bytes.to_vec()).expect_err("no workbook").to_string();
        assert!(why(b"").contains("no Excel workbook"));
        assert!(why(b"item,spent\n").contains("no Excel workbook"));
        assert!(why(b"\xd0\xcf\x11\xe0old").contains("password"));
        assert!(why(b"PK\x03\x04rest").contains("no Excel workbook"));
    }

    #[test]
    fn a_file_that_unpacks_to_too_much_is_not_unpacked_to_its_end() {
        let mut file = rust_xlsxwriter::Workbook::new();
        file.add_worksheet().write_string(0, 0, "a".repeat(30_000)).expect("a cell");
        let bytes = file.save_to_buffer().expect("a file");
        assert!(bytes.len() < 10_000);
        assert!(unpacks(&bytes, 20_000).is_err_and(|broken| broken.0.contains("unpacks to more")));
        assert_eq!(unpacks(&bytes, 200_000), Ok(()));
    }

    #[test]
    fn a_list_of_texts_that_claims_too_many_is_refused() {
        assert!(is_honest(b"<sst count=\"9\" uniqueCount=\"2\"><si/><si/></sst>"));
        assert!(!is_honest(b"<sst uniqueCount=\"99999999999\"></sst>"));
        assert!(!is_honest(b"<sst uniqueCount = '99999999999999999999999'></sst>"));
    }

    proptest! {
        /// What is typed with as many digits as spreadsheets keep is read as it was typed.
        #[test]
        fn numbers_come_back(pence in -9_000_000_000_000_i64..9_000_000_000_000) {
            let typed = Decimal::new(pence, 2).normalize();
            let saved: f64 = typed.to_string().parse().expect("a number");
            prop_assert_eq!(number(&saved.to_string(), false), typed.to_string());
        }

        #[test]
        fn no_bytes_panic(bytes in proptest::collection::vec(any::<u8>(), 0..200), at in 0_usize..6000, new: u8) {
            let _ = Workbook::new(bytes.clone());
            let _ = Workbook::new([b"PK\x03\x04".as_slice(), &bytes].concat());
            let mut file = rust_xlsxwriter::Workbook::new();
            file.add_worksheet().write_string(0, 0, "a").expect("a cell");
            let mut damaged = file.save_to_buffer().expect("a file");
            let at = at % damaged.len();
            damaged[at] = new;
            if let Ok(workbook) = Workbook::new(damaged) {
                let _ = workbook.rows(workbook.first());
            }
        }
    }
}
