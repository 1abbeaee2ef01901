//! How wide the columns of a printed table are, how large its letters, and whether its page is turned.
//!
//! A table has its natural width where that fits. Otherwise each column has at least its longest word, and what is left
//! goes where it saves lines. Where not even the longest words fit, letters become smaller, then the page is turned, and
//! in the end words break. Lengths are whole thousandths of a point, so that the same table looks the same on any machine.

use super::ink::Ink;

/// A point.
pub(in super::super) const POINT: u32 = 1_000;
/// The width of the text on a page that stands, less a hair: A4 with the margins of the theme.
const STANDING: u32 = 470_000;
/// The same on a page that is turned.
const TURNED: u32 = 716_000;
/// The height of the text on such pages.
const HEIGHTS: (u32, u32) = (699_000, 480_000);
/// How much narrower a list or a quotation is than the page, for each that a table stands in.
const INSET: u32 = 48_000;
/// A column of long words has room for so many at least, in thousandths of the letters' size.
const COMFORT: u32 = 6_500;
/// The narrowest column in which words may break.
const BROKEN: u32 = 3_000;
/// What a column has to spare, so that no rounding breaks a line.
const SPARE: u32 = 300;
/// From a line to the next, in thousandths of the letters' size.
const LEADING: u32 = 1_280;
/// A table of more rows is measured by its first.
const MOST_MEASURED: usize = 120;

/// What stands in a table, as far as widths matter.
#[derive(Debug, Default)]
pub(in super::super) struct Content {
    /// Of each column, what stands in it: headings and cells.
    pub(in super::super) columns: Vec<Column>,
    /// Headings over several columns: the first of them, how many, and the words.
    pub(in super::super) over: Vec<(usize, usize, Ink)>,
    /// Whether texts stand beneath rows, across the whole table.
    pub(in super::super) has_texts: bool,
}

/// A column.
#[derive(Debug, Default)]
pub(in super::super) struct Column {
    /// What heads it.
    pub(in super::super) head: Ink,
    /// Its cells, by row; none where there is nothing, or where a cell reaches over several columns.
    pub(in super::super) cells: Vec<Option<Ink>>,
    /// Whether it has figures, whose lines do not break.
    pub(in super::super) is_figures: bool,
}

/// How a table is set.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in super::super) struct Setting {
    /// The size of its letters in points.
    pub(in super::super) size: u32,
    /// Left and right of each cell's words, in thousandths of a point.
    pub(in super::super) pad: u32,
    /// Whether its page is turned.
    pub(in super::super) is_turned: bool,
    /// Whether words break, because the longest are too long for any page.
    pub(in super::super) breaks_words: bool,
    /// The width of each column with what stands left and right of its words.
    pub(in super::super) widths: Vec<u32>,
    /// Of each row, whether it may break over pages, being very tall.
    pub(in super::super) tall: Vec<bool>,
    /// Whether the table is kept on one page.
    pub(in super::super) is_whole: bool,
}

/// One way to set a table.
struct Way {
    size: u32,
    pad: u32,
    is_turned: bool,
    least: Least,
}

/// What a column needs at least.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Least {
    /// Its longest word, and room for a few where there are many.
    Comfort,
    /// Its longest word.
    Word,
    /// No more than some letters.
    Letters,
}

impl Content {
    /// How the table is set that stands in so many lists and quotations.
    pub(in super::super) fn set(&self, depth: u32) -> Setting {
        let way = |size, pad, is_turned, least| Way { size, pad, is_turned, least };
        // Within a list or a quotation no page can be turned.
        let standing = [way(10, 4_000, false, Least::Comfort), way(9, 3_500, false, Least::Comfort)];
        let turned = [
            way(10, 4_000, true, Least::Comfort),
            way(9, 3_500, true, Least::Comfort),
            way(9, 3_000, true, Least::Word),
            way(8, 2_500, true, Least::Word),
        ];
        let last = [way(9, 3_000, false, Least::Word), way(8, 2_500, false, Least::Word)];
        let ways = standing.into_iter().chain(turned.into_iter().filter(|_| depth == 0));
        let mut ways = ways.chain(last.into_iter().filter(|_| depth > 0));
        let mut fitting = ways.find_map(|way| self.fit(&way, depth).map(|widths| (way, widths)));
        // Letters a little smaller are better than a table that is very much taller.
        if let Some((large, widths)) = fitting.as_ref().filter(|(way, _)| way.size == 10) {
            let small = way(9, 3_500, large.is_turned, Least::Comfort);
            // A turned page holds few rows.
            let gain = if large.is_turned { 84 } else { 72 };
            let tall = sum(&self.heights(large, widths));
            let shorter = self.fit(&small, depth).filter(|narrow| {
                let short = sum(&self.heights(&small, narrow));
                short.zip(tall).is_some_and(|(short, tall)| short < tall / 100 * gain)
            });
            if let Some(narrow) = shorter {
                fitting = Some((small, narrow));
            }
        }
        let (way, widths) = fitting.unwrap_or_else(|| {
            let way = way(8, 2_000, depth == 0, Least::Letters);
            let widths = self.fit(&way, depth).unwrap_or_else(|| self.squeezed(&way, depth));
            (way, widths)
        });
        self.setting(&way, widths)
    }

    fn setting(&self, way: &Way, widths: Vec<u32>) -> Setting {
        let page = if way.is_turned { HEIGHTS.1 } else { HEIGHTS.0 };
        let heights = self.heights(way, &widths);
        let head = self.columns.iter().zip(&widths).map(|(column, width)| column.head.lines(room(*width, way))).max();
        let head = head.unwrap_or(1) + u32::try_from(self.over.len().min(1)).unwrap_or(0);
        let whole = heights.iter().fold(height(head, way), |sum, height| sum.saturating_add(*height));
        Setting {
            size: way.size,
            pad: way.pad,
            is_turned: way.is_turned,
            breaks_words: way.least == Least::Letters,
            tall: heights.iter().map(|height| *height > page / 3).collect(),
            // Its caption and its notes stand with it.
            is_whole: !self.has_texts && whole < page / 100 * 42,
            widths,
        }
    }

    /// The widths of columns that fit; nothing if none do.
    fn fit(&self, way: &Way, depth: u32) -> Option<Vec<u32>> {
        let room = page_room(way, depth);
        let columns = u32::try_from(self.columns.len()).ok()?;
        let padding = columns.checked_mul(2 * way.pad)?.checked_add(columns.checked_mul(SPARE)?)?;
        let room = room.checked_sub(padding)?;
        let (mut least, mut natural) = (Vec::new(), Vec::new());
        for column in &self.columns {
            let (low, high) = column.widths(way.least);
            least.push(low.saturating_mul(way.size));
            natural.push(high.saturating_mul(way.size));
        }
        for (first, count, words) in &self.over {
            let own = words.least().saturating_mul(way.size);
            let gaps = (u32::try_from(*count).unwrap_or(1) - 1).saturating_mul(2 * way.pad);
            for widths in [&mut least, &mut natural] {
                let Some(beneath) = widths.get_mut(*first..first + count) else { continue };
                let missing = own.saturating_sub(beneath.iter().sum::<u32>().saturating_add(gaps));
                spread(missing, beneath);
            }
        }
        for (least, natural) in least.iter().zip(&mut natural) {
            *natural = (*natural).max(*least);
        }
        let all_least = sum(&least)?;
        if all_least > room {
            return None;
        }
        let mut widths = match sum(&natural).filter(|all| *all <= room) {
            Some(all) => {
                // A table that is nearly as wide as the text, or has texts of its own, is quite as wide.
                let is_full = self.has_texts || all.saturating_add(padding) > (room + padding) / 100 * 72;
                if is_full {
                    spread(room - all, &mut natural);
                }
                natural
            }
            None => self.shared(way, room, &least, &natural),
        };
        widths.iter_mut().for_each(|width| *width += 2 * way.pad + SPARE);
        Some(widths)
    }

    /// Columns between their least and their natural widths, so that the table has as few lines as can be found.
    fn shared(&self, way: &Way, room: u32, least: &[u32], natural: &[u32]) -> Vec<u32> {
        // Narrow columns first: each has what it wants, as long as that is no more than its share of what is left.
        let mut widths = least.to_vec();
        let mut left = room - least.iter().sum::<u32>();
        let mut open: Vec<usize> = (0..widths.len()).filter(|column| natural[*column] > least[*column]).collect();
        open.sort_by_key(|column| (natural[*column] - least[*column], *column));
        let mut still = u32::try_from(open.len()).unwrap_or(u32::MAX);
        for column in open {
            let given = (natural[column] - least[column]).min(left / still.max(1));
            widths[column] += given;
            left -= given;
            still -= 1;
        }
        for step in [16 * POINT, 6 * POINT, 2 * POINT] {
            for _ in 0..40 {
                let Some((from, to)) = self.better(way, &widths, least, step) else { break };
                widths[from] -= step;
                widths[to] += step;
            }
        }
        widths
    }

    /// From which column a step goes to which with the greatest gain in height.
    fn better(&self, way: &Way, widths: &[u32], least: &[u32], step: u32) -> Option<(usize, usize)> {
        let lines_of = |column: usize, width: u32| self.columns[column].lines(width / way.size);
        let now: Vec<Vec<u32>> = widths.iter().enumerate().map(|(column, width)| lines_of(column, *width)).collect();
        let more: Vec<Vec<u32>> =
            widths.iter().enumerate().map(|(column, width)| lines_of(column, width + step)).collect();
        let rows = now.iter().map(Vec::len).max().unwrap_or(0);
        let of = |lines: &[u32], row: usize| lines.get(row).copied().unwrap_or(0);
        let total = |lines: &dyn Fn(usize, usize) -> u32| -> u32 {
            (0..rows).map(|row| (0..widths.len()).map(|column| lines(column, row)).max().unwrap_or(0)).sum()
        };
        let before = total(&|column, row| of(&now[column], row));
        let mut best: Option<(u32, usize, usize)> = None;
        for from in 0..widths.len() {
            if widths[from] < least[from] + step {
                continue;
            }
            let fewer = lines_of(from, widths[from] - step);
            for to in (0..widths.len()).filter(|to| *to != from && !self.columns[*to].is_figures) {
                let after = total(&|column, row| match column {
                    column if column == from => of(&fewer, row),
                    column if column == to => of(&more[column], row),
                    column => of(&now[column], row),
                });
                if after < before && best.is_none_or(|(lines, ..)| after < lines) {
                    best = Some((after, from, to));
                }
            }
        }
        best.map(|(_, from, to)| (from, to))
    }

    /// Columns in step with what they would take, for more than any page can hold.
    fn squeezed(&self, way: &Way, depth: u32) -> Vec<u32> {
        let room = page_room(way, depth);
        let count = u32::try_from(self.columns.len()).unwrap_or(u32::MAX).max(1);
        vec![room / count; self.columns.len()]
    }

    /// How tall each row is, about.
    fn heights(&self, way: &Way, widths: &[u32]) -> Vec<u32> {
        let rows = self.columns.iter().map(|column| column.cells.len()).max().unwrap_or(0);
        let mut lines = vec![1; rows];
        for (column, width) in self.columns.iter().zip(widths) {
            for (lines, cell) in lines.iter_mut().zip(&column.cells) {
                *lines = cell.as_ref().map_or(1, |cell| cell.lines(room(*width, way))).max(*lines);
            }
        }
        lines.into_iter().map(|lines| height(lines, way)).collect()
    }
}

impl Column {
    /// The least and the natural width, in thousandths of the letters' size.
    fn widths(&self, least: Least) -> (u32, u32) {
        let cells = || self.cells.iter().flatten();
        let natural = cells().map(Ink::natural).max().unwrap_or(0);
        let word = if self.is_figures { natural } else { cells().map(Ink::least).max().unwrap_or(0) };
        let word = word.max(self.head.least());
        let natural = natural.max(self.head.natural());
        let low = match least {
            Least::Comfort => word.max(natural.min(COMFORT)),
            Least::Word => word,
            Least::Letters => word.min(BROKEN),
        };
        // The heading of a column of figures breaks before it makes the column wider than its figures.
        let high = if self.is_figures { natural.min(word.max(COMFORT)) } else { natural };
        let low = if self.is_figures && least == Least::Comfort { word } else { low };
        (low, high.max(low))
    }

    /// How many lines the heading and each cell have.
    fn lines(&self, width: u32) -> Vec<u32> {
        let cells = self.cells.iter().take(MOST_MEASURED);
        let cells = cells.map(|cell| cell.as_ref().map_or(0, |cell| cell.lines(width)));
        std::iter::once(self.head.lines(width)).chain(cells).collect()
    }
}

/// The width of the words in a column, in thousandths of the letters' size.
fn room(width: u32, way: &Way) -> u32 {
    width.saturating_sub(2 * way.pad) / way.size
}

fn page_room(way: &Way, depth: u32) -> u32 {
    if way.is_turned { TURNED } else { STANDING.saturating_sub(INSET.saturating_mul(depth)).max(STANDING / 4) }
}

fn height(lines: u32, way: &Way) -> u32 {
    lines.saturating_mul(LEADING).saturating_mul(way.size).saturating_add(2 * way.pad)
}

fn sum(widths: &[u32]) -> Option<u32> {
    widths.iter().try_fold(0u32, |sum, width| sum.checked_add(*width))
}

/// Gives each of them the same.
fn spread(room: u32, widths: &mut [u32]) {
    let Ok(count) = u32::try_from(widths.len()) else { return };
    let share = room.checked_div(count).unwrap_or(0);
    widths.iter_mut().for_each(|width| *width += share);
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::pack::typefaces::Face;

    fn content(columns: &[&[&str]]) -> Content {
        let column = |cells: &&[&str]| Column {
            head: Ink::of(cells[0], Face::Bold),
            cells: cells[1..].iter().map(|cell| Some(Ink::of(cell, Face::Regular))).collect(),
            is_figures: cells[1..].iter().all(|cell| cell.starts_with('£')),
        };
        Content { columns: columns.iter().map(column).collect(), ..Content::default() }
    }

    /// Every word has room in its column, and the columns have room on their page.
    fn assert_fits(content: &Content, depth: u32) {
        let setting = content.set(depth);
        let page = if setting.is_turned { TURNED } else { STANDING - INSET * depth };
        assert_eq!(setting.widths.len(), content.columns.len());
        assert!(setting.widths.iter().sum::<u32>() <= page, "{setting:?}");
        if setting.breaks_words {
            return;
        }
        for (column, width) in content.columns.iter().zip(&setting.widths) {
            let words = width - 2 * setting.pad;
            let cells = column.cells.iter().flatten().map(Ink::least).max().unwrap_or(0);
            assert!(cells.max(column.head.least()) * setting.size <= words, "{setting:?}");
        }
    }

    #[test]
    fn a_narrow_table_has_its_natural_width() {
        let content = content(&[&["Town", "Dudley", "Walsall"], &["Grant", "£1,000", "£20"]]);
        let setting = content.set(0);
        assert_eq!((setting.size, setting.is_turned, setting.is_whole), (10, false, true));
        let natural = Ink::of("Walsall", Face::Regular).natural() * 10 + 2 * setting.pad;
        assert!((natural..natural + POINT).contains(&setting.widths[0]), "{setting:?}");
    }

    #[test]
    fn letters_become_smaller_before_the_page_is_turned_and_words_break_last() {
        let wide = |count: usize| {
            let column: &[&str] = &["Heading", "£1,000,000.00"];
            content(&vec![column; count])
        };
        let sizes: Vec<(u32, bool, bool)> = [6, 7, 9, 12, 40]
            .into_iter()
            .map(|count| wide(count).set(0))
            .map(|setting| (setting.size, setting.is_turned, setting.breaks_words))
            .collect();
        assert_eq!(
            sizes,
            [(10, false, false), (9, false, false), (10, true, false), (8, true, false), (8, true, true)]
        );
        assert!(!wide(9).set(1).is_turned, "no page can be turned within a list");
    }

    #[test]
    fn what_is_left_goes_where_it_saves_lines() {
        let long = "word ".repeat(80);
        let content = content(&[&["A", "one two three four", "five"], &["B", &long, "one"], &["C", "£1", "£2"]]);
        let setting = content.set(0);
        assert!(setting.widths[1] > 3 * setting.widths[0], "{setting:?}");
        assert!(setting.widths.iter().sum::<u32>() > STANDING - 2 * POINT * 8, "{setting:?}");
    }

    #[test]
    fn a_row_taller_than_a_third_of_the_page_may_break() {
        let content = content(&[&["A", &"word ".repeat(400), "one"], &["B", "£1", "£2"]]);
        assert_eq!(content.set(0).tall, [true, false]);
        assert!(!content.set(0).is_whole);
    }

    #[test]
    fn a_table_without_columns_or_rows_is_set() {
        assert_eq!(Content::default().set(0).widths, Vec::<u32>::new());
        assert!(content(&[&["A"], &["B"]]).set(0).is_whole);
    }

    proptest! {
        #[test]
        fn columns_hold_their_words_and_pages_their_columns(
            columns in proptest::collection::vec(
                proptest::collection::vec("([A-Za-z]{1,18}[ -]){0,12}|£[0-9]{1,9}", 1..6), 1..16
            ),
            depth in 0u32..3,
        ) {
            let cells: Vec<Vec<&str>> = columns.iter().map(|column| column.iter().map(String::as_str).collect()).collect();
            let columns: Vec<&[&str]> = cells.iter().map(Vec::as_slice).collect();
            assert_fits(&content(&columns), depth);
        }
    }
}
