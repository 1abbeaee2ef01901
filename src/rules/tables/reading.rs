//! What is found while generated tables are read: T01 to T03.

use crate::finding::codes;
use crate::model::Level;
use crate::rules::{Example, Rule, Test};

pub(super) const DATA: Rule = Rule {
    code: codes::TABLE_DATA,
    name: "table-data",
    level: Level::Error,
    meaning: "The data of a generated table cannot be read: a file is missing, a column is unknown, or a cell does not hold what \
              its column needs.",
    why: "A table with a guessed figure would look as certain as any other.",
    source: "Quorate: figures are read exactly or not at all.",
    remedy: "Correct the cell, the column or the file name that the finding points at; docs/authoring.md says what each kind of \
             table needs.",
    failing: Example::Text(
        "```year-on-year\ncaption: Recorded crime\nfrom: 2021\nto: 2022\nrows:\n  - {measure: Burglary, from: many, to: 1654}\n```\n",
    ),
    passing: Example::Text(
        "```year-on-year\ncaption: Recorded crime\nfrom: 2021\nto: 2022\nrows:\n  - {measure: Burglary, from: \"1,868\", to: 0}\n```\n",
    ),
    test: Test::WhileReading,
};

pub(super) const SUM: Rule = Rule {
    code: codes::TABLE_SUM,
    name: "table-sum",
    level: Level::Error,
    meaning: "Figures of a generated table that must agree do not: the total and the funding, a budget and its revision, what \
              `must_equal` says.",
    why: "The table would be published with sums that contradict what it is about.",
    source: "Accounts and Audit Regulations 2015, regulation 3 (sound financial control); the identities in docs/authoring.md.",
    remedy: "Look for a figure that is wrong, missing or there twice. If somebody else printed it so, say so in `as_stated`.",
    failing: Example::Text(
        "```allocation\ncaption: Grants\nfunding: [{source: Reserve, amount: 120}]\nrows:\n  - {purpose: Paths, amount: 70}\n  \
         - {purpose: Ponds, amount: 60}\n```\n",
    ),
    passing: Example::Text(
        "```allocation\ncaption: Grants\nfunding: [{source: Reserve, amount: 120.50}, {source: Gifts, amount: 9.50}]\nrows:\n  \
         - {purpose: Paths, amount: 70}\n  - {purpose: Ponds, amount: 60.00}\n```\n",
    ),
    test: Test::WhileReading,
};

pub(super) const AS_STATED: Rule = Rule {
    code: codes::AS_STATED,
    name: "as-stated",
    level: Level::Advice,
    meaning: "A figure is shown as somebody else printed it, and the figures of the table come to something else; or `as_stated` \
              gives a figure that comes out anyway.",
    why: "Readers see both figures, and whoever answers for the paper should know that they do.",
    source: "Quorate: what was printed is kept, and what is right is said beside it.",
    remedy: "Nothing, if the source really prints it so. Otherwise correct the entry, or take it out.",
    failing: Example::Text(
        "```year-on-year\ncaption: Recorded crime\nfrom: 2021\nto: 2022\nrows:\n  - {measure: Burglary, from: 1868, to: 1654}\n\
         as_stated:\n  - {row: Burglary, column: change, value: 11.0%}\n```\n",
    ),
    passing: Example::Text(
        "```year-on-year\ncaption: Recorded crime\nfrom: 2021\nto: 2022\nrows:\n  - {measure: Burglary, from: 1868, to: 1654}\n```\n",
    ),
    test: Test::WhileReading,
};
