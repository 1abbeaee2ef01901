//! Generated tables and the data that lie beside them, so made that every identity holds.

use std::fmt::Write;

use super::random::Random;
use super::words::{TOPICS, WORDS};

/// A fenced block and its CSV file.
#[derive(Debug)]
pub(super) struct GeneratedTable {
    /// The block as it stands in the paper.
    pub(super) block: String,
    /// What is in the file that it names.
    pub(super) csv: String,
}

/// The table of a paper; the three kinds take turns. `data` is the CSV file's path, relative to the paper.
pub(super) fn table(seed: u64, paper: usize, turn: usize, data: &str) -> GeneratedTable {
    let mut random = Random::new(seed, "table", paper);
    match turn % 3 {
        0 => allocation(&mut random, data),
        1 => spending(&mut random, data),
        _ => year_on_year(&mut random, data),
    }
}

fn allocation(random: &mut Random, data: &str) -> GeneratedTable {
    let mut csv = "theme,purpose,granted_to,amount\n".to_owned();
    let mut total = 0;
    for (theme, purpose) in lines(random) {
        let pence = random.between(50_000, 9_000_000);
        total += pence;
        let _ = writeln!(csv, "{theme},{purpose},{} trust,{}", random.pick(WORDS), pounds(pence));
    }
    let carried = total / 7;
    let block = format!(
        "```allocation\ncaption: Grants awarded\nname: figures\nsource: Finance team\ndata: {data}\nfunding:\n  \
         - {{source: Grant for the year, amount: {}}}\n  - {{source: Carried over, amount: {}}}\n```",
        pounds(total - carried),
        pounds(carried)
    );
    GeneratedTable { block, csv }
}

fn spending(random: &mut Random, data: &str) -> GeneratedTable {
    let mut csv = "theme,item,allocated,virement,q1,q2,q3,q4\n".to_owned();
    let mut total = 0;
    let lines = lines(random);
    // What the first line gives up, the last one receives: virements net to nil.
    let moved = random.between(1_000, 40_000);
    for (index, (theme, item)) in lines.iter().enumerate() {
        let allocated = random.between(400_000, 9_000_000);
        total += allocated;
        let virement = match index {
            0 => format!("-{}", pounds(moved)),
            _ if index + 1 == lines.len() => pounds(moved),
            _ => "0".to_owned(),
        };
        let _ = write!(csv, "{theme},{item},{},{virement}", pounds(allocated));
        for _ in 0..4 {
            let _ = write!(csv, ",{}", pounds(random.between(allocated / 6, allocated / 4)));
        }
        csv.push('\n');
    }
    let block = format!(
        "```spending\ncaption: Budget and spending by line\nname: figures\nsource: Ledger\ndata: {data}\n\
         must_equal: {{allocated: {}}}\n```",
        pounds(total)
    );
    GeneratedTable { block, csv }
}

fn year_on_year(random: &mut Random, data: &str) -> GeneratedTable {
    let mut csv = "measure,2023/24,2024/25\n".to_owned();
    for (_, measure) in lines(random) {
        let _ = writeln!(csv, "{measure},{},{}", random.between(20, 9_000), random.between(20, 9_000));
    }
    let block = format!(
        "```year-on-year\ncaption: Cases by kind\nname: figures\nsource: Case register\nfrom: 2023/24\nto: 2024/25\n\
         better: down\ndata: {data}\n```"
    );
    GeneratedTable { block, csv }
}

/// Eight lines under three themes; no theme and no line stands there twice.
fn lines(random: &mut Random) -> Vec<(&'static str, String)> {
    let first = random.below(TOPICS.len());
    let theme = |index: usize| TOPICS[(first + index) % TOPICS.len()];
    let start = random.below(WORDS.len());
    [0, 0, 0, 1, 1, 2, 2, 2]
        .iter()
        .enumerate()
        .map(|(index, of)| {
            (theme(*of), format!("{} {}", WORDS[(start + index * 17) % WORDS.len()], random.pick(WORDS)))
        })
        .collect()
}

fn pounds(pence: usize) -> String {
    format!("{}.{:02}", pence / 100, pence % 100)
}
