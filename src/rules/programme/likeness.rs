//! Whether two titles are likely to be of the same thing: the words that say what it is about, compared.
//!
//! Titles change on the way from a promise to a programme to an agenda. What stays are the words that say what it is about;
//! "report", "update" or "strategy" say nothing, nor does the name of the council. Two things are alike if two thirds of
//! the telling words of one are found in the other.

use std::collections::{BTreeSet, HashSet};
use std::sync::LazyLock;

use crate::record::CommitteeModel;

/// Words that hold sentences together, and those of committees about their business.
static PASSED_OVER: LazyLock<HashSet<&str>> = LazyLock::new(|| {
    "a about add added adding addition additional after again ahead all also an and any are as at back be \
     been before being both bring brought but by can chair circulate circulated come comes committee consider \
     consideration considered could date deferred deputy do each following for from further future give given \
     go has have held how i in include included includes including inclusion into is it item its later look \
     matter may meeting member minute more municipal must new next not note noted now of officer on one onto \
     or other our out over part place placed programme program put receive received regarding relating \
     relation request requested resolved set shall should so some take taken than that the their them then \
     these they this those time title to topic two under up was were what when where which who will with \
     within work would year january february march april june july august september october november december \
     agenda subject scrutiny"
        .split_whitespace()
        .collect()
});

/// Words that a title often has and that do not say what it is about.
static VAGUE: LazyLock<HashSet<&str>> = LazyLock::new(|| {
    "action annual assessment board briefing city council county cabinet development district draft \
     evaluation feedback final group half impact information interim local monitoring outcome overview panel \
     paper partnership performance plan policy presentation progress project proposal public quarter \
     quarterly report response result review scheme service strategic strategy summary task team update \
     vision working yearly"
        .split_whitespace()
        .collect()
});

/// What is needed to tell the telling words of a text.
#[derive(Debug)]
pub(super) struct Likeness<'r> {
    model: &'r CommitteeModel,
    /// The words of the authority's name: they tell nothing.
    own: BTreeSet<String>,
}

/// The words of a text that can be compared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Words {
    /// Those that say what it is about; if there are none, the vague ones.
    telling: BTreeSet<String>,
    /// Whether those are vague.
    vague: bool,
    /// All but those passed over.
    all: BTreeSet<String>,
}

impl Words {
    /// Whether there is anything to compare.
    pub(super) fn is_empty(&self) -> bool {
        self.telling.is_empty()
    }

    /// Whether this is found in the other: two thirds of its telling words.
    pub(super) fn is_in(&self, other: &Words) -> bool {
        let found = self.telling.iter().filter(|word| other.all.contains(*word)).count();
        !self.telling.is_empty() && found * 3 >= self.telling.len() * 2
    }

    /// Whether the two are likely to be of the same thing.
    pub(super) fn is_like(&self, other: &Words) -> bool {
        self.is_in(other) || !other.vague && other.is_in(self)
    }
}

impl<'r> Likeness<'r> {
    pub(super) fn new(model: &'r CommitteeModel) -> Self {
        let own = pieces(&model.authority.name).map(stem).collect();
        Self { model, own }
    }

    /// The words of a text. An abbreviation stands for what the glossary says.
    pub(super) fn words(&self, text: &str) -> Words {
        let mut all = BTreeSet::new();
        for piece in pieces(text) {
            let singular = piece.strip_suffix('s').filter(|short| short.chars().all(char::is_uppercase));
            let entry = self.model.glossary.get(piece).or_else(|| self.model.glossary.get(singular?));
            match entry {
                Some(entry) => all.extend(pieces(&entry.meaning).map(stem)),
                None => {
                    all.insert(stem(piece));
                }
            }
        }
        all.retain(|word| {
            word.chars().count() > 1
                && !PASSED_OVER.contains(word.as_str())
                && !word.chars().all(|c| c.is_ascii_digit())
        });
        let specific: BTreeSet<String> =
            all.iter().filter(|word| !VAGUE.contains(word.as_str()) && !self.own.contains(*word)).cloned().collect();
        let vague = specific.is_empty();
        Words { telling: if vague { all.clone() } else { specific }, vague, all }
    }
}

/// The words of a text, apostrophes and what follows them left out.
fn pieces(text: &str) -> impl Iterator<Item = &str> {
    let words = text.split(|c: char| !c.is_alphanumeric() && !matches!(c, '\'' | '’'));
    words
        .filter_map(|word| word.split(['\'', '’']).find(|part| part.chars().count() > 1 || part == &word))
        .filter(|word| !word.is_empty())
}

/// A word without the ending of its plural, in small letters.
fn stem(word: &str) -> String {
    let word = word.to_lowercase();
    let long = word.chars().count() > 3;
    if let Some(root) = word.strip_suffix("ies").filter(|_| long) {
        return format!("{root}y");
    }
    match word.strip_suffix('s') {
        Some(root) if long && !root.ends_with(['s', 'u', 'i']) => root.to_owned(),
        _ => word,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::testing::Papers;

    fn alike(one: &str, other: &str) -> bool {
        Papers::new()
            .file("authority.yaml", "name: Coventry City Council\nkind: principal-council\nnation: england\n")
            .file(
                "glossary.yaml",
                "ASB: Anti-social behaviour\nPSPO: Public Space Protection Order\nFGM: Female genital mutilation\n",
            )
            .ask(|meeting| {
                let likeness = Likeness::new(&meeting.context.record.model);
                likeness.words(one).is_like(&likeness.words(other))
            })
    }

    #[test]
    fn titles_of_the_same_thing_are_alike() {
        for (one, other) in [
            ("Domestic Abuse Early Intervention Project – update and evaluation", "Domestic Abuse Update"),
            ("Coventry Community Safety Plan", "Strategic assessment: The community safety issues and priorities"),
            (
                "the evaluation of the new policing model",
                "Local Policing Update. Takes up the item about the policing model.",
            ),
            ("FGM", "Female Genital Mutilation services"),
            ("PSPOs in the city centre", "City Centre PSPO Monitoring"),
            ("Libraries", "Library strategy"),
            ("Annual Report", "Scrutiny Annual Report 2022-23"),
            ("the city's parks", "Parks"),
            ("Drugs & alcohol strategy", "Drug and Alcohol Strategy"),
        ] {
            assert!(alike(one, other), "{one} / {other}");
        }
    }

    #[test]
    fn titles_that_share_what_says_nothing_are_not() {
        for (one, other) in [
            ("Coventry Community Safety Plan", "Coventry City of Culture Legacy"),
            (
                "Coventry Community Safety Plan",
                "Spon End Regeneration Project. How does the community hear of the plans?",
            ),
            (
                "Coventry Community Safety Plan",
                "One Coventry Climate Change Strategy – business plan and engagement feedback",
            ),
            ("Waste Strategy", "Annual Report on Strategy"),
            ("Report on roads", "Report on schools"),
            ("Roads", "Update"),
            ("", "Roads"),
            ("The item", "Roads"),
        ] {
            assert!(!alike(one, other), "{one} / {other}");
        }
    }
}
