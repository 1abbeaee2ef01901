//! CSV files, with the place of every cell.
//!
//! The `csv` crate says what the cells hold. It says where a record starts, but not where its cells do, so we look for
//! their borders once more in the record's own text, by the same rules; a finding can then point at the cell itself.

use std::ops::Range;

use csv::{ReaderBuilder, StringRecord};

use crate::figures;
use crate::finding::{Finding, codes};
use crate::text::{Source, SourceId, Span, Spanned};

/// No more cells than this are read from one file: a hundred thousand rows of twenty columns, for which a table of
/// spending takes one gigabyte.
pub(super) const MOST_CELLS: usize = 2_000_000;
/// No record has more cells than this: nobody can read across so many columns, and each could be wrong.
pub(super) const MOST_COLUMNS: usize = 1_000;

/// One record: a line, or several where a quoted cell holds line breaks.
pub(super) struct Record {
    /// Where it stands.
    pub span: Span,
    /// Its cells, as tidy as was asked for.
    pub cells: Vec<Spanned<String>>,
    /// The number of a sheet's row, as the spreadsheet counts it; 0 for a line of a CSV file.
    pub number: u32,
}

/// What becomes of the line breaks in a cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Lines {
    /// They are blanks like any other.
    Joined,
    /// They part the entries of a list.
    Kept,
}

impl Lines {
    /// The words of a cell, with runs of blanks made one blank, and none around.
    pub(super) fn tidy(self, text: &str) -> String {
        match self {
            Self::Joined => one_line(text),
            Self::Kept => {
                let lines: Vec<String> = text.lines().map(one_line).filter(|line| !line.is_empty()).collect();
                lines.join("\n")
            }
        }
    }
}

/// The records of a file, the one with the headings first. Records with nothing in them are left out: spreadsheets save
/// rows of commas below the last row. Gives nothing, and a finding, if the file is not CSV.
pub(super) fn records(source: &Source, id: SourceId, lines: Lines, findings: &mut Vec<Finding>) -> Option<Vec<Record>> {
    records_within(MOST_CELLS, source, id, lines, findings)
}

fn records_within(
    most: usize,
    source: &Source,
    id: SourceId,
    lines: Lines,
    findings: &mut Vec<Finding>,
) -> Option<Vec<Record>> {
    // The first byte-order mark is gone already; programs that add one to a file that had one leave a second.
    let text = source.text.trim_start_matches('\u{feff}');
    let text_start = source.text.len() - text.len();
    let mut reader = ReaderBuilder::new().has_headers(false).flexible(true).from_reader(text.as_bytes());
    let mut records = Vec::new();
    let mut record = StringRecord::new();
    let mut start = text_start;
    let mut cells_read = 0;
    loop {
        match reader.read_record(&mut record) {
            Ok(false) => return Some(records),
            Ok(true) => {}
            Err(error) => {
                let message = format!("`{}` cannot be read as CSV: {error}", source.path);
                findings.push(
                    Finding::error(codes::TABLE_DATA, Span::new(id, start..start), message)
                        .help("save the file from the spreadsheet as `CSV UTF-8 (comma delimited)`"),
                );
                return None;
            }
        }
        let read = usize::try_from(reader.position().byte()).unwrap_or(usize::MAX);
        let end = text_start.saturating_add(read).min(source.text.len());
        let (at, raw) = without_line_breaks(start, source.text.get(start..end).unwrap_or(""));
        start = end;
        let places = places(raw);
        if let Some(quote) = places.unclosed {
            let message = format!("in `{}`, a quotation mark opens here and none closes it", source.path);
            findings.push(
                Finding::error(codes::TABLE_DATA, Span::new(id, at + quote..at + quote + 1), message)
                    .help("close it at the end of the cell; a quotation mark within a quoted cell is written twice"),
            );
            return None;
        }
        let whole = Span::new(id, at..at + raw.len());
        if let Some(mark) = other_mark(&record).filter(|_| cells_read == 0) {
            let message = format!("the columns of `{}` are parted by {mark}, not by commas", source.path);
            findings.push(
                Finding::error(codes::TABLE_DATA, whole, message).help("save the file with commas between its columns"),
            );
            return None;
        }
        cells_read += record.len();
        let too_many = if record.len() > MOST_COLUMNS {
            Some("more than 1,000 cells in one row".to_owned())
        } else {
            (cells_read > most).then(|| format!("more than {} cells up to here", figures::number(most.into(), 0)))
        };
        if let Some(too_many) = too_many {
            let message = format!("`{}` holds {too_many}, and no table can show so many", source.path);
            findings.push(
                Finding::error(codes::TABLE_DATA, Span::new(id, at..at), message)
                    .help("keep the rows and columns that the paper is about, and link to the whole file elsewhere"),
            );
            return None;
        }
        let cells: Vec<_> = record
            .iter()
            .enumerate()
            .map(|(index, text)| {
                let span = places.cells.get(index).map(|cell| Span::new(id, at + cell.start..at + cell.end));
                Spanned::new(lines.tidy(text), span.unwrap_or(whole))
            })
            .collect();
        if cells.iter().any(|cell| !cell.is_empty()) {
            records.push(Record { span: whole, cells, number: 0 });
        }
    }
}

/// Words with each run of blanks and line breaks made one blank, and none around. No-break spaces count as blanks, and
/// so does a byte-order mark that a careless program left in the text.
pub(super) fn one_line(text: &str) -> String {
    let blank = |c: char| c.is_whitespace() || c == '\u{feff}';
    let mut line = String::with_capacity(text.len());
    for word in text.split(blank).filter(|word| !word.is_empty()) {
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    line
}

/// What parts the columns, if the row of headings came out as one cell because it is not a comma.
fn other_mark(headings: &StringRecord) -> Option<&'static str> {
    let only = headings.get(0).filter(|_| headings.len() == 1)?;
    [(';', "semicolons"), ('\t', "tabs")]
        .into_iter()
        .find(|(mark, _)| only.trim().contains(*mark))
        .map(|(_, name)| name)
}

/// A record's own text and where it begins: the reader counts the line breaks around a record as part of it.
fn without_line_breaks(start: usize, raw: &str) -> (usize, &str) {
    let breaks = ['\r', '\n'];
    let from_text = raw.trim_start_matches(breaks);
    (start + raw.len() - from_text.len(), from_text.trim_end_matches(breaks))
}

struct Places {
    /// Where each cell stands in the record, without blanks around.
    cells: Vec<Range<usize>>,
    /// Where a quotation mark opens that none closes.
    unclosed: Option<usize>,
}

fn places(raw: &str) -> Places {
    let bytes = raw.as_bytes();
    let next = |from: usize, wanted: u8| {
        bytes.get(from..).and_then(|rest| rest.iter().position(|byte| *byte == wanted)).map(|found| from + found)
    };
    let mut places = Places { cells: Vec::new(), unclosed: None };
    let mut at = 0;
    loop {
        let start = at;
        // A cell is quoted only if the quotation mark is the very first thing in it.
        if bytes.get(at) == Some(&b'"') {
            at += 1;
            loop {
                let Some(quote) = next(at, b'"') else {
                    places.unclosed = Some(start);
                    at = bytes.len();
                    break;
                };
                at = quote + 1;
                if bytes.get(at) != Some(&b'"') {
                    break;
                }
                at += 1;
            }
        }
        at = next(at, b',').unwrap_or(bytes.len());
        places.cells.push(trimmed(raw, start..at));
        if at == bytes.len() {
            return places;
        }
        at += 1;
    }
}

fn trimmed(raw: &str, range: Range<usize>) -> Range<usize> {
    let text = raw.get(range.clone()).unwrap_or("");
    let start = range.start + text.len() - text.trim_start().len();
    start..(range.start + text.trim_end().len()).max(start)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn read(text: &str) -> (Source, Option<Vec<Record>>, Vec<Finding>) {
        let source = Source::new("data/a.csv", text);
        let mut findings = Vec::new();
        let records = records(&source, SourceId(7), Lines::Joined, &mut findings);
        (source, records, findings)
    }

    #[test]
    fn a_cell_knows_its_line_and_column() {
        let (source, records, _) =
            read("item,q1\r\n\r\n\"Night, \"\"time\"\"\neconomy\" , £5\r\n,,\r\nlast,\u{a0}6 \n");
        let records = records.expect("CSV");
        assert_eq!(records.len(), 3, "rows of commas and blank lines are left out");
        let cells = &records[1].cells;
        assert_eq!(cells[0].value, "Night, \"time\" economy");
        assert_eq!(source.position(cells[0].span.start), (3, 1));
        assert_eq!(cells[1].value, "£5");
        assert_eq!(source.position(cells[1].span.start), (4, 12));
        assert_eq!(&source.text[cells[1].span.range()], "£5");
        assert_eq!(&source.text[records[2].cells[1].span.range()], "6");
    }

    #[test]
    fn byte_order_marks_do_not_get_into_the_headings() {
        let (_, records, _) = read("\u{feff}\u{feff}\"item\",q1\na,1\n");
        assert_eq!(records.expect("CSV")[0].cells[0].value, "item");
    }

    #[test]
    fn a_file_of_too_many_cells_is_not_read_to_its_end() {
        let source = Source::new("data/a.csv", format!("item,q1\n{}", "a,1\n".repeat(600)));
        let mut findings = Vec::new();
        assert!(records_within(1000, &source, SourceId(7), Lines::Joined, &mut findings).is_none());
        assert!(findings[0].message.contains("more than 1,000 cells up"), "{}", findings[0].message);
    }

    #[test]
    fn a_record_of_too_many_cells_is_not_read() {
        let (_, records, _) = read(&",".repeat(999));
        assert!(records.is_some());
        let (_, records, findings) = read(&",".repeat(1_000));
        assert!(records.is_none());
        assert!(findings[0].message.contains("more than 1,000 cells in one row"), "{}", findings[0].message);
    }

    #[test]
    fn the_lines_of_a_list_are_kept_where_they_mean_something() {
        assert_eq!(Lines::Kept.tidy(" one \r\n\n  two  words\n"), "one\ntwo words");
        assert_eq!(Lines::Joined.tidy(" one \r\n\n  two  words\n"), "one two words");
    }

    #[test]
    fn a_quotation_mark_left_open_is_found_where_it_opens() {
        let (source, records, findings) = read("item,q1\n\"Night time,5\nYouth,6\n");
        assert!(records.is_none());
        assert_eq!(source.position(findings[0].primary.span.start), (2, 1));
        assert!(findings[0].message.contains("data/a.csv"));
    }

    proptest! {
        /// Our borders and those of the `csv` crate are the same, whatever the text.
        #[test]
        fn places_and_cells_agree(text in "[a,\"\r\n £\u{feff}]{0,40}") {
            let source = Source::new("a.csv", text);
            let mut findings = Vec::new();
            for record in records(&source, SourceId(0), Lines::Joined, &mut findings).unwrap_or_default() {
                let raw = &source.text[record.span.range()];
                prop_assert_eq!(places(raw).cells.len(), record.cells.len(), "{:?}", raw);
                for cell in record.cells {
                    let written = &source.text[cell.span.range()];
                    prop_assert!(cell.is_empty() || one_line(written).contains(cell.chars().next().unwrap_or('a')));
                }
            }
        }
    }
}
