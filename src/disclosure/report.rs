//! An audit written out for whoever asks about one paper: each withheld count, why it is given away, and the lines to type.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::audit::{Audit, Group, Verdict};
use super::clues::Clue;
use super::evidence::Place;
use super::sheet::Printed;
use super::words;
use crate::figures;
use crate::finding::counted;
use crate::text::{Sources, Span};

/// Of one table, and of one group, no more than so much is written out.
const MOST: usize = 50;

/// The whole of an audit, in lines of no more than so many characters where words can be broken.
pub fn report(audit: &Audit, sources: &Sources, width: usize) -> String {
    let own = audit.evidence.own();
    let mut text = String::new();
    let caption = if own.caption.is_empty() { String::new() } else { format!(": {}", own.caption) };
    let title = if own.title.contains(&own.caption) && !caption.is_empty() {
        own.title.clone()
    } else {
        format!("{}{caption}", own.title)
    };
    put(&mut text, "", &title, width);
    let _ = writeln!(text, "{}\n", sources.place(own.span));
    put(&mut text, "", &summary(audit), width);
    text.push('\n');
    for count in audit.counts.iter().take(MOST) {
        let cell = words::cell(&audit.evidence, count.place);
        let line = format!("{cell} ({}): {}", words::printed(&audit.evidence, count.place), words::inferred(count));
        put(&mut text, "  ", &line, width);
    }
    if audit.counts.len() > MOST {
        put(&mut text, "  ", &format!("and {} more", audit.counts.len() - MOST), width);
    }
    if audit.without_stated {
        put(
            &mut text,
            "\n",
            "Figures that are shown as somebody else stated them contradict the others, and were left aside.",
            width,
        );
    }
    for clues in &audit.contradictions {
        put(
            &mut text,
            "\n",
            "What this table gives away cannot be told, because these figures contradict each other:",
            width,
        );
        for clue in clues.iter().take(MOST) {
            put(&mut text, "  - ", &words::clue(&audit.evidence, *clue), width);
        }
    }
    for group in audit.groups.iter().take(MOST) {
        of_group(audit, group, sources, width, &mut text);
    }
    lines_to_type(audit, sources, width, &mut text);
    if audit.groups.len() > MOST {
        put(&mut text, "\n", "There is more of the same; put this right first, and ask again.", width);
    }
    text
}

/// "6 counts are withheld, and all of them can be worked out or nearly so."
fn summary(audit: &Audit) -> String {
    let all = audit.counts.len();
    let given = audit.count_of(Verdict::GivenAway);
    let is = |number: usize| if number == 1 { "is" } else { "are" };
    let mut text = format!("{} {} withheld in this table. ", counted(all, "count", "counts"), is(all));
    let _ = match given {
        0 if audit.is_safe() => write!(text, "None can be worked out from what is printed."),
        0 => write!(text, "None was found that can be worked out, but not all could be decided."),
        _ if given == all => write!(text, "What is printed gives all of this away:"),
        _ => write!(text, "What is printed gives {given} of them away:"),
    };
    if audit.is_partial {
        text.push_str(" Some figures are too large to be calculated with, and were left aside.");
    }
    text
}

fn of_group(audit: &Audit, group: &Group, sources: &Sources, width: usize, text: &mut String) {
    let evidence = &audit.evidence;
    // Counts that the same figures give away are told of together.
    let mut told: Vec<(&[Clue], Vec<String>)> = Vec::new();
    for (number, clues) in &group.why {
        let Some(count) = audit.counts.get(*number) else { continue };
        let words = format!("{} {}", words::cell(evidence, count.place), words::inferred(count));
        match told.iter_mut().find(|(other, _)| other == clues) {
            Some((_, counts)) => counts.push(words),
            None => told.push((clues, vec![words])),
        }
    }
    for (clues, counts) in told {
        let all = counts.len();
        put(text, "\n", &format!("Why {}:", words::listed(counts, all)), width);
        for clue in clues.iter().take(MOST) {
            put(text, "  - ", &words::clue(evidence, *clue), width);
        }
    }
    if group.counts.len() > group.why.len() {
        put(text, "\n", &format!("And so with {} more.", group.counts.len() - group.why.len()), width);
    }
    let Some(proposal) = &group.proposal else {
        let words = "What would make these safe was not found: withhold more of the figures that give them away, withhold \
                     the same in the other table, or put small groups together under one name. What an earlier version \
                     printed cannot be taken back.";
        put(text, "\n", words, width);
        if let Some(coarser) = &group.coarser {
            put(text, "\n", &format!("{}.", words::coarser(evidence, coarser)), width);
        }
        return;
    };
    let all = counted(proposal.cells.len(), "further cell", "further cells");
    let smallest = if proposal.is_smallest { "no smaller change is enough" } else { "a smaller change may be enough" };
    put(text, "\n", &format!("To make them safe, withhold {all} ({smallest}):"), width);
    for place in proposal.cells.iter().take(MOST) {
        put(text, "  - ", &format!("{}: {}", words::cell(evidence, *place), to_write(audit, *place, sources)), width);
    }
    if let Some(coarser) = &group.coarser {
        put(text, "\n", &format!("{}.", words::coarser(evidence, coarser)), width);
    }
}

/// What to write for a cell to be withheld.
fn to_write(audit: &Audit, place: Place, sources: &Sources) -> String {
    let printed = words::printed(&audit.evidence, place);
    let Some(sheet) = audit.evidence.sheets.get(place.sheet).filter(|sheet| sheet.is_generated) else {
        return format!("write `[c]` in place of {printed}");
    };
    if matches!(sheet.printed(place.at), Printed::Stated(..)) {
        return format!("take {printed} out of `as_stated`");
    }
    if sheet.rows.get(place.at.row).is_some_and(|row| row.is_total) {
        return format!("take {printed} out of `totals`");
    }
    // A sheet of a workbook cannot be shown; its name is where the block names it.
    let workbook = sheet.typed(place.at).filter(|span| !is_typed_there(audit, place, *span, sources));
    let workbook = workbook.and_then(|span| Some(sources.find(span.source)?.text.get(span.range())?.trim_matches('"')));
    match workbook {
        Some(name) => format!("write `[c]` in place of {printed} in `{name}`"),
        None => format!("write `[c]` in place of {printed}"),
    }
}

/// Whether the figure of a cell really stands at that place.
fn is_typed_there(audit: &Audit, place: Place, span: Span, sources: &Sources) -> bool {
    let text = sources.find(span.source).and_then(|source| source.text.get(span.range()));
    let figure = text.and_then(|text| figures::parse(text.trim().trim_matches(['"', '\''])));
    figure.is_some() && figure == audit.evidence.printed(place).figure().map(|(value, _)| value)
}

/// The lines to type for all that is proposed, each once.
fn lines_to_type(audit: &Audit, sources: &Sources, width: usize, text: &mut String) {
    let proposals = audit.groups.iter().take(MOST).filter_map(|group| group.proposal.as_ref());
    let cells: Vec<Place> = proposals.flat_map(|proposal| proposal.cells.iter().copied()).collect();
    let lines = lines(audit, &cells, sources);
    if lines.is_empty() {
        return;
    }
    put(text, "\n", "With all of this, the lines to type are:", width);
    text.push('\n');
    for ((file, number), line) in &lines {
        let _ = writeln!(text, "{file}:{number}\n{line}");
    }
}

/// The lines of written tables, of data files and of rows in a block, with `[c]` in the cells that are to be withheld. The cells
/// of a workbook go by their row and column.
fn lines(audit: &Audit, cells: &[Place], sources: &Sources) -> BTreeMap<(String, usize), String> {
    let mut spans: BTreeMap<(u32, usize), Vec<(Span, &str)>> = BTreeMap::new();
    for place in cells {
        let Some(sheet) = audit.evidence.sheets.get(place.sheet) else { continue };
        let is_total = sheet.rows.get(place.at.row).is_some_and(|row| row.is_total);
        let span = if sheet.is_generated {
            let typed = sheet.typed(place.at).filter(|_| !is_total);
            typed.filter(|span| is_typed_there(audit, *place, *span, sources))
        } else {
            Some(sheet.span_of(place.at)).filter(|span| *span != sheet.span)
        };
        let Some((span, source)) = span.and_then(|span| Some((span, sources.find(span.source)?))) else { continue };
        let (line, _) = source.position(span.start);
        // In YAML a bracket would begin a list.
        let is_yaml = sheet.is_generated && span.source == sheet.span.source;
        spans.entry((span.source.0, line)).or_default().push((span, if is_yaml { "\"[c]\"" } else { "[c]" }));
    }
    let mut lines = BTreeMap::new();
    for ((_, number), mut spans) in spans {
        let Some(source) = spans.first().and_then(|(span, _)| sources.find(span.source)) else { continue };
        spans.sort();
        let line = source.line(number);
        let mut written = source.text.get(line.clone()).unwrap_or("").to_owned();
        for (span, sign) in spans.iter().rev() {
            let (from, to) = (span.range().start.checked_sub(line.start), span.range().end.checked_sub(line.start));
            if let (Some(from), Some(to)) = (from, to)
                && written.get(from..to).is_some()
            {
                written.replace_range(from..to, sign);
            }
        }
        lines.insert((source.path.clone(), number), written);
    }
    lines
}

/// Writes a paragraph; what follows its first line stands in as far as its first words. A blank line may come before.
fn put(text: &mut String, before: &str, words: &str, width: usize) {
    let (blank, indent) = match before.strip_prefix('\n') {
        Some(rest) => ("\n", rest),
        None => ("", before),
    };
    text.push_str(blank);
    let rest = " ".repeat(indent.len());
    let options =
        textwrap::Options::new(width.max(20)).initial_indent(indent).subsequent_indent(&rest).break_words(false);
    text.push_str(&textwrap::fill(words, options));
    text.push('\n');
}
