//! Lists: how deep they stand decides how their items are numbered.

use pulldown_cmark::{Event, Tag, TagEnd};

use super::{Builder, DEEPEST, Events, Place};
use crate::document::number::label;
use crate::document::{Block, List, ListItem, ListStyle};

impl<'t> Builder<'t> {
    pub(super) fn list(&mut self, start: Option<u64>, events: &mut Events<'t>, place: &Place) -> Block {
        let style = match (start, place.ordered) {
            (None, _) => ListStyle::Bullet,
            (Some(_), 0) => ListStyle::Decimal,
            (Some(_), 1) => ListStyle::Letter,
            (Some(_), _) => ListStyle::Roman,
        };
        let prefix = match start {
            None => None,
            Some(_) if place.top => self.list_anchor.take(),
            Some(_) => place.anchor.clone(),
        };
        let mut items = Vec::new();
        let mut tight = true;
        let mut number = start.unwrap_or(1);
        while let Some((event, range)) = events.next() {
            match event {
                Event::End(TagEnd::List(_)) => break,
                Event::Start(Tag::Item) => {
                    if place.depth > DEEPEST {
                        self.too_deep(events, &range);
                        continue;
                    }
                    let label = label(style, number);
                    let anchor = match (&prefix, &label) {
                        (Some(prefix), Some(label)) => {
                            Some(self.anchor(format!("{prefix}-{}", label.trim_end_matches(')'))))
                        }
                        _ => None,
                    };
                    let task = match events.peek() {
                        Some((Event::TaskListMarker(done), _)) => Some(*done),
                        _ => None,
                    };
                    if task.is_some() {
                        events.next();
                    }
                    tight &= !matches!(events.peek(), Some((Event::Start(Tag::Paragraph), _)));
                    let inside = Place {
                        top: false,
                        ordered: place.ordered + usize::from(start.is_some()),
                        anchor: anchor.clone(),
                        depth: place.depth + 1,
                    };
                    let blocks = self.blocks(events, &inside);
                    items.push(ListItem { label, anchor, task, blocks });
                    number = number.saturating_add(1);
                }
                _ => {}
            }
        }
        items.shrink_to_fit();
        Block::List(List { start, style, tight, items })
    }
}
