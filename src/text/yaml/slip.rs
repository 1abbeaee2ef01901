//! What probably went wrong where YAML cannot be read.
//!
//! The parser says where it gave up, in words for programmers, and often a line too late. An officer is told what the
//! line looks like instead: a colon in a title, a tab, a bracket that nothing closes. It is a guess, so it never says
//! more than can be seen in the line.

/// What seems to be wrong, and where.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Slip {
    /// First byte of the place.
    pub at: usize,
    /// What is so.
    pub what: String,
    /// How to put it right.
    pub help: String,
}

/// A line of the text.
#[derive(Clone, Copy)]
struct Line<'t> {
    start: usize,
    text: &'t str,
}

/// Looks for what went wrong at or just before byte `at`; `info` is what the parser says.
pub(super) fn find(text: &str, at: usize, info: &str) -> Option<Slip> {
    let mut start = 0;
    let lines: Vec<Line<'_>> = text
        .split_inclusive('\n')
        .map(|line| {
            let begins = start;
            start += line.len();
            Line { start: begins, text: line.trim_end() }
        })
        .collect();
    let index = lines.iter().rposition(|line| line.start <= at)?;
    let line = *lines.get(index)?;
    let before = lines.get(..index)?;
    let above = before.iter().rev().find(|line| !is_blank(line.text));
    let plain = too_deep(at, info)
        .or_else(|| odd_character(text, line, at))
        .or_else(|| above.and_then(|above| odd_character(text, *above, at)))
        .or_else(|| too_long(line, info));
    if plain.is_some() {
        return plain;
    }
    if info.contains("escape") || info.contains("surrogate") {
        return Some(escape(line, at));
    }
    tab(lines.get(index..)?, info)
        .or_else(|| fence(line))
        .or_else(|| value(line))
        .or_else(|| open_quote(lines.get(..=index)?, info))
        .or_else(|| open_bracket(before, line))
        .or_else(|| in_brackets(line, at))
        .or_else(|| no_colon(line))
        .or_else(|| above.and_then(|line| no_colon(*line)))
        .or_else(|| indentation(before, line, info))
}

fn is_blank(line: &str) -> bool {
    let line = line.trim_start();
    line.is_empty() || line.starts_with('#')
}

/// Lists and keys within each other beyond all measure.
fn too_deep(at: usize, info: &str) -> Option<Slip> {
    info.contains("recursion limit").then(|| Slip {
        at,
        what: "lists and keys stand here too deep in each other".to_owned(),
        help:
            "nothing in a paper goes deeper than five levels: remove the brackets, dashes or spaces that are too many"
                .to_owned(),
    })
}

/// A key beyond the 1,024 characters that YAML allows.
fn too_long(line: Line<'_>, info: &str) -> Option<Slip> {
    (info.contains("simple key") && line.text.len() > 1_000).then(|| Slip {
        at: line.start,
        what: "what stands here before a colon is too long to be a key".to_owned(),
        help: "look for a quotation mark or a line break that is missing".to_owned(),
    })
}

/// A character that looks like a blank, or like nothing at all, where it is in the way: at the place itself, in the
/// indent, or after the colon or the dash.
fn odd_character(text: &str, line: Line<'_>, at: usize) -> Option<Slip> {
    let invisible = |c: char| matches!(c, '\u{feff}' | '\u{200b}' | '\u{2060}');
    let wide = |c: char| c.is_whitespace() && !matches!(c, ' ' | '\t' | '\n' | '\r');
    let told = |at: usize, c: char| {
        let (what, help) = if invisible(c) {
            (
                "an invisible character stands here",
                "delete it: put the cursor after it and press backspace; or type the line anew",
            )
        } else {
            ("a no-break or other special space stands where only an ordinary one may", "delete it, and type a space")
        };
        Some(Slip { at, what: what.to_owned(), help: help.to_owned() })
    };
    if let Some(c) = text.get(at..)?.chars().next().filter(|c| invisible(*c)) {
        return told(at, c);
    }
    let mut before = None;
    for (offset, c) in line.text.char_indices() {
        let matters = matches!(before, None | Some(' ' | '\t' | '-' | ':')) || before.is_some_and(wide);
        if matters && (wide(c) || invisible(c)) {
            return told(line.start + offset, c);
        }
        // Beyond the key and the first letters of its value, such a character is part of the text.
        if before == Some(' ') && line.text[..offset].contains(':') {
            break;
        }
        before = Some(c);
    }
    None
}

/// A backslash between double quotation marks.
fn escape(line: Line<'_>, at: usize) -> Slip {
    let place = line.text.find('\\').map_or(at, |offset| line.start + offset);
    let (key, value) = split(line.text);
    let inner = value.unwrap_or(key).trim_matches('"');
    Slip {
        at: place,
        what: "a backslash between double quotation marks makes a special character of what follows".to_owned(),
        help: if inner.contains('\'') || inner.contains('"') {
            "write it twice: `\\\\`".to_owned()
        } else {
            format!("write it twice, or use single quotation marks: `'{inner}'`")
        },
    }
}

/// A tab before the first word of this line or one of the two after it.
fn tab(lines: &[Line<'_>], info: &str) -> Option<Slip> {
    let near = if info.contains("tab") { 3 } else { 1 };
    lines.iter().take(near).find_map(|line| {
        let indent = &line.text[..line.text.len() - line.text.trim_start().len()];
        Some(Slip {
            at: line.start + indent.find('\t')?,
            what: "a tab stands where only spaces may".to_owned(),
            help: "indent with spaces".to_owned(),
        })
    })
}

/// A fence within a block: the one before it was not closed.
fn fence(line: Line<'_>) -> Option<Slip> {
    line.text.starts_with("```").then(|| Slip {
        at: line.start,
        what: "a block begins here before the one above has ended".to_owned(),
        help: "close the block above with a line of ```".to_owned(),
    })
}

/// The key and the value of a line, without the dashes before them.
fn split(line: &str) -> (&str, Option<&str>) {
    let rest = line.trim_start_matches([' ', '\t']);
    let mut rest = rest;
    while let Some(after) = rest.strip_prefix("- ") {
        rest = after.trim_start();
    }
    match rest.split_once(": ") {
        Some((key, value)) => (key, Some(value.trim())),
        None => match rest.strip_suffix(':') {
            Some(key) => (key, Some("")),
            None => (rest, None),
        },
    }
}

/// A value that needs quotation marks, or has the wrong ones.
fn value(line: Line<'_>) -> Option<Slip> {
    let (key, Some(value)) = split(line.text) else { return None };
    if key.contains(['[', '{', '"']) {
        return None;
    }
    let at = line.start + line.text.rfind(value)?;
    let slip = |what: String, help: String| Some(Slip { at, what, help });
    let first = value.chars().next()?;
    let quoted = |value: &str| {
        let marks = if value.contains('"') { '\'' } else { '"' };
        format!("{key}: {marks}{value}{marks}")
    };
    match first {
        '“' | '”' | '„' | '‘' | '’' if value.contains(": ") => slip(
            "a text with a colon in it stands between curly quotation marks, which count as letters here".to_owned(),
            format!("use straight ones: `{}`", quoted(value.trim_matches(['“', '”', '„', '‘', '’']))),
        ),
        '&' | '*' | '@' | '%' | '`' | '!' | '|' | '>' | '?' => slip(
            format!("a text that begins with `{first}` must stand in quotation marks"),
            format!("write `{}`", quoted(value)),
        ),
        '-' if value.starts_with("- ") => slip(
            "a list begins in the line of its key".to_owned(),
            "begin the list in the next line, or put the text in quotation marks".to_owned(),
        ),
        '\'' | '"' => {
            let inner = value.get(1..)?;
            let closes = inner.find(first)?;
            let after = inner.get(closes + 1..)?.trim();
            if after.is_empty() || after.starts_with('#') {
                return None;
            }
            let help = if first == '\'' {
                "a text with an apostrophe in it goes into double quotation marks: `\"St Michael's\"`"
            } else {
                "a text with quotation marks in it goes into single ones: `'The \"new\" plan'`"
            };
            slip(format!("the text goes on after its closing quotation mark: `{after}`"), help.to_owned())
        }
        '[' | '{' => {
            let close = if first == '[' { ']' } else { '}' };
            let (_, after) = value.rsplit_once(close)?;
            if after.trim().is_empty() || after.trim_start().starts_with('#') {
                return None;
            }
            slip(
                format!("the text goes on after `{close}`"),
                format!("if the brackets are part of the text, put all of it in quotation marks: `{}`", quoted(value)),
            )
        }
        _ if value.contains(": ") || value.ends_with(':') => slip(
            "a text with a colon in it must stand in quotation marks".to_owned(),
            format!("write `{}`", quoted(value)),
        ),
        _ => None,
    }
}

/// A quotation mark that this line or one above opens and nothing closes.
fn open_quote(lines: &[Line<'_>], info: &str) -> Option<Slip> {
    if !info.contains("quoted") && !info.contains("end of stream") {
        return None;
    }
    lines.iter().rev().find_map(|line| {
        let (_, value) = split(line.text);
        let value = value?;
        let mark = value.chars().next().filter(|c| matches!(c, '\'' | '"'))?;
        (value.matches(mark).count() == 1).then(|| Slip {
            at: line.start + line.text.rfind(value).unwrap_or(0),
            what: "a quotation mark opens here and none closes it".to_owned(),
            help: "put the same mark at the end of the text".to_owned(),
        })
    })
}

/// A bracket or brace that the line above opens and nothing closes.
fn open_bracket(before: &[Line<'_>], line: Line<'_>) -> Option<Slip> {
    let above = *before.iter().rev().find(|line| !is_blank(line.text))?;
    for (open, close) in [('[', ']'), ('{', '}')] {
        let count = |text: &str, c| text.matches(c).count();
        if count(above.text, open) > count(above.text, close) && count(line.text, close) <= count(line.text, open) {
            return Some(Slip {
                at: above.start + above.text.rfind(open)?,
                what: format!("a `{open}` opens here and no `{close}` closes it"),
                help: format!("put `{close}` after the last of what it holds"),
            });
        }
    }
    None
}

/// Something within brackets or braces that they cannot hold as it stands.
fn in_brackets(line: Line<'_>, at: usize) -> Option<Slip> {
    let begins = line.text.find(['[', '{'])?;
    let rest = line.text.get(begins..)?;
    let holds = rest.get(1..)?;
    for (open, close) in [('[', ']'), ('{', '}')] {
        let (opened, closed) = (rest.matches(open).count(), rest.matches(close).count());
        if opened != closed {
            return Some(Slip {
                at: line.start + begins,
                what: format!("`{open}` and `{close}` do not come in pairs in this line"),
                help: format!(
                    "close each `{open}` with a `{close}`; one that is part of a text goes into quotation marks with it"
                ),
            });
        }
    }
    holds.contains(['[', '{', ':', '\'', '"']).then(|| Slip {
        at,
        what: "what stands between the brackets here cannot be told apart".to_owned(),
        help:
            "put commas between its parts, and quotation marks around a text that holds a comma, a colon or a bracket"
                .to_owned(),
    })
}

/// A line that should be a key and has no colon, or no space after it.
fn no_colon(line: Line<'_>) -> Option<Slip> {
    let (words, None) = split(line.text) else { return None };
    if is_blank(line.text) {
        return None;
    }
    let at = line.start + line.text.rfind(words)?;
    if words == "-" {
        return None;
    }
    if let Some(item) = words.strip_prefix('-') {
        return Some(Slip {
            at,
            what: "there is no space after the dash".to_owned(),
            help: format!("write `- {}`", item.trim()),
        });
    }
    if line.text.trim_start().starts_with("- ") {
        return None;
    }
    let is_word =
        |word: &str| !word.is_empty() && word.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-'));
    if let Some((key, value)) = words.split_once(':').filter(|(key, _)| is_word(key)) {
        return Some(Slip {
            at,
            what: "there is no space after the colon".to_owned(),
            help: format!("write `{key}: {value}`"),
        });
    }
    Some(Slip {
        at,
        what: "this line has no colon, so it is neither a key nor part of a list".to_owned(),
        help: "put a colon and a space after the key, or a dash and a space before an entry of a list".to_owned(),
    })
}

/// A line that begins at a place where nothing around it does.
fn indentation(before: &[Line<'_>], line: Line<'_>, info: &str) -> Option<Slip> {
    let indent = |line: &str| line.len() - line.trim_start().len();
    let above = before.iter().rev().find(|line| !is_blank(line.text))?;
    let differs = indent(above.text) != indent(line.text);
    (differs && (info.contains("expected") || info.contains("not allowed"))).then(|| Slip {
        at: line.start + indent(line.text),
        what: "this line does not begin below those that it belongs with".to_owned(),
        help: "keys that belong together begin at the same place, one below the other; count the spaces".to_owned(),
    })
}

#[cfg(test)]
mod tests {
    use crate::finding::Finding;
    use crate::text::{Source, SourceId, yaml};
    use proptest::prelude::*;

    /// The place, message and help for a broken text.
    fn told(text: &str) -> (String, String, String) {
        let source = Source::new("a.yaml", text);
        let mut findings: Vec<Finding> = Vec::new();
        yaml::parse(&source, SourceId(0), 0..source.text.len(), &mut findings);
        let [finding] = findings.as_slice() else { panic!("one finding in {text:?}: {findings:?}") };
        let (line, column) = source.position(finding.primary.span.start);
        (format!("{line}:{column}"), finding.message.clone(), finding.help.clone().unwrap_or_default())
    }

    #[test]
    fn the_slips_of_tired_people_are_told_in_their_words() {
        for (text, place, message, help) in [
            ("items:\n  - title: Plan\n\tpaper: 04-plan\n", "3:1", "a tab stands", "spaces"),
            (
                "title: Plan: next\n",
                "1:8",
                "with a colon in it must stand in quotation marks",
                "`title: \"Plan: next\"`",
            ),
            ("- title: Plan: next\n", "1:10", "with a colon in it", "`title: \"Plan: next\"`"),
            ("title: “Plan: next”\n", "1:8", "curly quotation marks", "`title: \"Plan: next\"`"),
            ("title: *Plan*\n", "1:8", "begins with `*`", "`title: \"*Plan*\"`"),
            ("title: [Draft] Plan\n", "1:8", "goes on after `]`", "`title: \"[Draft] Plan\"`"),
            ("title: \"New\" plan\n", "1:8", "goes on after its closing quotation mark: `plan`", "single ones"),
            ("ward: 'St Michael's'\n", "1:7", "goes on after its closing quotation mark: `s'`", "double"),
            ("title: \"Plan\nkind: report\n", "1:8", "a quotation mark opens here", "the same mark"),
            ("kind: report\ntitle: \"Plan\n", "2:8", "a quotation mark opens here", "the same mark"),
            ("present: [A, B\nclosed: 13:15\n", "1:10", "a `[` opens here and no `]`", "put `]`"),
            ("seen: {legal: See [[appendix 1]].}\n", "1:", "cannot be told apart", "quotation marks"),
            ("kind: report\nstatus:ready\n", "2:1", "no space after the colon", "`status: ready`"),
            ("items:\n  - one\n  -two\n", "3:3", "no space after the dash", "`- two`"),
            ("name Example\nkind: board\n", "1:1", "this line has no colon", "put a colon"),
            ("items:\n  - title: Plan\n     paper: 04-plan\n", "3:6", "does not begin below those", "same place"),
            ("items:\n  - title: Plan\n   paper: 04-plan\n", "3:4", "does not begin below those", "same place"),
            ("summary: \"C:\\plans\"\n", "1:13", "a backslash between double", "`'C:\\plans'`"),
            ("items:\n\u{a0}\u{a0}- one\n", "2:1", "a no-break or other special space", "type a space"),
            ("kind:\u{a0}report\ntitle: a\n", "1:6", "a no-break or other special space", "type a space"),
            ("kind: report\n\u{feff}title: a\n", "2:1", "an invisible character", "backspace"),
            ("caption: Crime\n```\n", "2:1", "before the one above has ended", "close the block"),
        ] {
            let told = told(text);
            assert!(told.0.starts_with(place), "{text:?}: {told:?}");
            assert!(told.1.contains(message), "{text:?}: {told:?}");
            assert!(told.2.contains(help), "{text:?}: {told:?}");
        }
    }

    proptest! {
        #[test]
        fn any_place_in_any_text_can_be_asked_about(text in "[ \\t\\n:\\-\\[\\]{}\"'“é&*a-c`|>]{0,60}", at in 0_usize..70) {
            for info in ["", "found a tab", "quoted", "expected", "not allowed"] {
                if let Some(slip) = super::find(&text, at.min(text.len()), info) {
                    prop_assert!(slip.at <= text.len());
                }
            }
        }
    }
}
