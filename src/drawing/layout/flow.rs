//! One step below the other, answers a little further in than their question: the lines read as the text was written.
//! What leads elsewhere than to the next box goes through a lane at the right, one lane for each box that is led to.

use super::indented::elbow;
use super::{Head, INDENT, LEADING, Layout, Line, MARGIN, PAD_X, Part, Placed, Plan, finish};

/// Between a box and the next that it leads to.
const GAP: i32 = 26;
/// Above an answer.
const ANSWER_GAP: i32 = 14;
/// Above and below the words of an answer.
const ANSWER_PAD: i32 = 3;
/// From one lane to the next.
const LANE: i32 = 14;

impl Plan<'_> {
    /// The layout of a flow chart: each box with the one that it stands under, and the pairs that follow each other
    /// directly. Its stars are what is led to from elsewhere.
    pub(crate) fn flow(&self, most: i32, widest: i32, follows: &[bool]) -> Layout {
        let deepest = self.boxes.iter().map(|planned| planned.depth).max().unwrap_or(0);
        let beside = i32::try_from(self.stars.len()).unwrap_or(0) * LANE;
        let (words, width) = self.words((most - deepest * INDENT - beside - 2 * MARGIN).clamp(152, widest));
        let mut boxes = self.place(words, width);
        let mut lines = Vec::new();
        let mut y = MARGIN;
        for (index, planned) in self.boxes.iter().enumerate() {
            let above = index.checked_sub(1).map(|above| self.boxes[above].part);
            if planned.part == Part::Answer {
                let words = &boxes[index].words;
                let lines = i32::try_from(words.lines.len()).unwrap_or(1);
                (boxes[index].width, boxes[index].height) =
                    ((words.width() + 2 * PAD_X).min(width), lines * LEADING + 2 * ANSWER_PAD);
            }
            let is_beneath_answer = above == Some(Part::Answer) && planned.parent == index.checked_sub(1);
            y += match (above, planned.part) {
                (None, _) => 0,
                // A step stands right beneath its answer, as beneath its heading.
                _ if is_beneath_answer => 0,
                (_, Part::Answer) => ANSWER_GAP,
                _ => GAP,
            };
            boxes[index].x = MARGIN + planned.depth * INDENT;
            boxes[index].y = y;
            y = boxes[index].bottom();
            if let Some(parent) = planned.parent
                && planned.part == Part::Answer
            {
                lines.push(elbow(&boxes[parent], &boxes[index]));
            }
            if follows.get(index).copied().unwrap_or(false)
                && let Some(above) = index.checked_sub(1)
                && !is_beneath_answer
            {
                lines.push(straight(&boxes[above], &boxes[index]));
            }
        }
        let plain = lines.len();
        self.lanes(&boxes, &mut lines);
        for line in lines.iter_mut().skip(plain) {
            *line = Line { head: Some(Head::First), beside: false, points: std::mem::take(&mut line.points) };
        }
        finish(boxes, lines, false, beside)
    }
}

/// An arrow straight down.
fn straight(from: &Placed, to: &Placed) -> Line {
    let x = from.x.max(to.x) + INDENT / 2;
    Line { head: Some(Head::Last), ..Line::solid(vec![(x, from.bottom()), (x, to.y)]) }
}
