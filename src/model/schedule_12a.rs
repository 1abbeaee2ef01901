//! Schedule 12A to the Local Government Act 1972: the descriptions of information for which the public may be excluded.

use std::ops::RangeInclusive;

use super::authority::Nation;

/// The Part of Schedule 12A that describes exempt information: 1 in England (SI 2006/88), 4 in Wales (SI 2007/969, W. 86).
pub fn part(nation: Nation) -> u32 {
    match nation {
        Nation::England => 1,
        Nation::Wales => 4,
    }
}

/// The numbers of its paragraphs.
pub fn paragraphs(nation: Nation) -> RangeInclusive<u32> {
    match nation {
        Nation::England => 1..=7,
        Nation::Wales => 12..=18,
    }
}

/// What a paragraph is about, in a few words; nothing if the nation's Part has no such paragraph. Both nations describe the
/// same seven things, in the same order.
pub fn gist(nation: Nation, paragraph: u32) -> Option<&'static str> {
    const GISTS: [&str; 7] = [
        "information about an individual",
        "information likely to reveal who an individual is",
        "information about the financial or business affairs of anyone, the authority included",
        "information about consultations or negotiations on labour relations",
        "information protected by legal professional privilege",
        "information about a notice, order or direction that the authority proposes to make",
        "information about preventing, investigating or prosecuting crime",
    ];
    let index = paragraph.checked_sub(*paragraphs(nation).start())?;
    GISTS.get(usize::try_from(index).ok()?).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_nation_has_its_own_seven_paragraphs() {
        for (nation, part_of_schedule, money, crime) in [(Nation::England, 1, 3, 7), (Nation::Wales, 4, 14, 18)] {
            assert_eq!(part(nation), part_of_schedule);
            assert!(gist(nation, money).is_some_and(|gist| gist.contains("business affairs")));
            assert!(gist(nation, crime).is_some_and(|gist| gist.contains("crime")));
            for number in 0..=30 {
                assert_eq!(gist(nation, number).is_some(), paragraphs(nation).contains(&number), "{number}");
            }
        }
    }
}
