//! The texts in a generated block, each of which stands in one cell of its table.

use std::ops::Range;

use pulldown_cmark::{Event, Parser, Tag};

use super::{Builder, Place, depth_of, markdown_options};
use crate::document::{Narrative, narratives, plain};
use crate::finding::{Finding, codes};
use crate::text::Spanned;

impl<'t> Builder<'t> {
    /// Parts what stands in a block, at these bytes of the file, into its keys and its narratives, and reads the latter.
    /// A line of `---` without marks before it can only stand in a block that is in no list or quotation, so what follows
    /// is Markdown as it stands.
    pub(super) fn narratives(&mut self, inside: Range<usize>) -> (Range<usize>, Vec<Narrative>) {
        let text = self.text.source.text.get(inside.clone()).unwrap_or("");
        let (keys, after) = narratives::parts(text);
        let keys = inside.start + keys.start..inside.start + keys.end;
        let Some(after) = after else { return (keys, Vec::new()) };
        let range = inside.start + after.start..inside.start + after.end;
        let outside = std::mem::replace(&mut self.base, range.start);
        self.narrated += 1;
        self.narrative = Some(self.narrated);
        let narratives = self.each_narrative(text.get(after).unwrap_or(""));
        self.narrative = None;
        self.base = outside;
        (keys, narratives)
    }

    fn each_narrative(&mut self, markdown: &'t str) -> Vec<Narrative> {
        let mut events = Parser::new_ext(markdown, markdown_options()).into_offset_iter().peekable();
        let place = Place { top: false, ordered: 0, anchor: None, depth: 1 };
        let mut narratives: Vec<Narrative> = Vec::new();
        let mut headless = false;
        while let Some((event, range)) = events.next() {
            if let Event::Start(Tag::Heading { level, id, classes, attrs }) = &event
                && depth_of(*level) <= 2
            {
                let classes: Vec<String> = classes.iter().map(ToString::to_string).collect();
                let others = id.iter().map(|id| format!("#{id}")).chain(attrs.iter().map(|(key, _)| key.to_string()));
                let others: Vec<_> = others.map(|other| (other, String::new())).collect();
                let span = self.span(&range);
                self.heading_marks(false, &classes, &others, span);
                let words = plain(&self.inlines(&mut events, 0));
                narratives.push(Narrative { heading: Spanned::new(words, span), blocks: Vec::new() });
                continue;
            }
            let span = self.span(&range);
            let Some(block) = self.block(event, &range, &mut events, &place) else { continue };
            match narratives.last_mut() {
                Some(narrative) => narrative.blocks.push(block),
                None if headless => {}
                None => {
                    headless = true;
                    self.findings.push(
                        Finding::error(
                            codes::UNREADABLE,
                            span,
                            "this narrative has no heading that says which row it is of",
                        )
                        .help("put a line of `## ` and the words of the row's first cell above it"),
                    );
                }
            }
        }
        for narrative in &mut narratives {
            narrative.blocks.shrink_to_fit();
            if narrative.blocks.is_empty() {
                let message = format!("nothing is written under the narrative heading `{}`", narrative.heading.value);
                self.findings.push(
                    Finding::warning(codes::WRONG_VALUE, narrative.heading.span, message)
                        .help("write the narrative, or take the heading out: a row need not have one"),
                );
            }
        }
        narratives
    }

    /// Reports what cannot stand in a cell.
    pub(super) fn not_in_a_cell(&mut self, range: &Range<usize>, what: &str) {
        let span = self.span(range);
        let message = format!("{what} cannot stand in a cell of another table");
        self.findings.push(
            Finding::error(codes::UNREADABLE, span, message)
                .help("put it below the table, give it a name, and refer to it here with `[[name]]`"),
        );
    }
}
