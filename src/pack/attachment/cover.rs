//! What is painted over: which letters of a page stand beneath something that lets nothing through.
//!
//! The letters are sorted into squares of the page as they are drawn, so that a box that is drawn later looks only at the
//! letters around its edges and those that it covers.

use kurbo::{Point, Rect};

/// How wide a square is, in points.
const SQUARE: f64 = 24.0;
/// The most squares in either direction.
const MOST: usize = 200;

/// The squares of a page, and the letters in each by their places in the list of letters.
pub(super) struct Ground {
    page: Rect,
    columns: usize,
    rows: usize,
    squares: Vec<Vec<usize>>,
}

impl Ground {
    pub(super) fn new(page: Rect) -> Self {
        let squares = |length: f64| ((length / SQUARE).ceil() as usize).clamp(1, MOST);
        let (columns, rows) = (squares(page.width()), squares(page.height()));
        Self { page, columns, rows, squares: vec![Vec::new(); columns * rows] }
    }

    /// Notes where a letter stands.
    pub(super) fn put(&mut self, letter: usize, middle: Point) {
        let (column, row) = (self.column(middle.x), self.row(middle.y));
        self.squares[row * self.columns + column].push(letter);
    }

    /// Covers a rectangle. Takes away the letters for which `covered` holds. Says how many letters and squares it looked at.
    pub(super) fn cover(&mut self, area: Rect, mut covered: impl FnMut(usize) -> bool) -> usize {
        let mut looked = 0;
        for row in self.row(area.y0)..=self.row(area.y1) {
            for column in self.column(area.x0)..=self.column(area.x1) {
                let square = &mut self.squares[row * self.columns + column];
                looked += 1 + square.len();
                square.retain(|letter| !covered(*letter));
            }
        }
        looked
    }

    // Letters beyond the edges are in the squares at the edges. A float becomes the nearest whole number that there is.
    fn column(&self, x: f64) -> usize {
        let column = (x - self.page.x0) * self.columns as f64 / self.page.width();
        (column as usize).min(self.columns - 1)
    }

    fn row(&self, y: f64) -> usize {
        let row = (y - self.page.y0) * self.rows as f64 / self.page.height();
        (row as usize).min(self.rows - 1)
    }
}
