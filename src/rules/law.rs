//! Which law governs a body's meetings, and what it asks: the numbers that rules hold papers against.
//!
//! A body's `law` and the authority's nation make a [`Profile`]. What a profile does not ask is `None`, and rules about it
//! keep silent. The law is that of today; only where a duty is younger than the papers of some authorities does the profile
//! say since when it holds.

use chrono::NaiveDate;

use crate::calendar::{Notice, NoticeDays};
use crate::model::authority::{AuthorityKind, Nation};
use crate::model::body::{BodyKind, Law, QuorumCount};
use crate::model::{Authority, Body, schedule_12a};

/// What the law asks of the meetings and papers of a body.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Profile {
    /// Which law.
    pub law: Law,
    /// Whose.
    pub nation: Nation,
}

/// So many days' notice, and where the law says so.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RequiredNotice {
    /// How many days of which kind.
    pub notice: Notice,
    /// The law.
    pub source: &'static str,
}

/// What the law says of paragraphs of Schedule 12A to the Local Government Act 1972.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Paragraphs {
    /// The reason for privacy is one or more of them.
    Required,
    /// The Schedule does not bind the body, whose own terms may make use of it.
    Allowed,
    /// The Schedule does not apply; the reason stands in the resolution.
    None,
}

/// A quorum for bodies that have set none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DefaultQuorum {
    /// How many members.
    pub count: QuorumCount,
    /// Never fewer than these.
    pub at_least: u32,
    /// The law.
    pub source: &'static str,
}

/// SI 2012/2089 came into force on this day; before it, no notice of private meetings was asked for.
const PRIVATE_NOTICE_SINCE: Option<NaiveDate> = NaiveDate::from_ymd_opt(2012, 9, 10);

impl Profile {
    /// What the law asks of a body.
    pub fn of(body: &Body, authority: &Authority) -> Self {
        Self { law: body.law, nation: authority.nation }
    }

    /// What the law asks of papers that belong to no body; nothing where an authority's kind does not decide that.
    pub fn of_authority(authority: &Authority) -> Option<Self> {
        let law = match authority.kind {
            AuthorityKind::PrincipalCouncil => Law::PartVa,
            AuthorityKind::ParishCouncil => Law::Parish,
            AuthorityKind::PoliceAndCrimeCommissioner | AuthorityKind::Partnership => return None,
        };
        Some(Self { law, nation: authority.nation })
    }

    /// How long before a meeting its agenda and reports must be open to inspection; nothing for a body under its own terms.
    pub fn notice(self) -> Option<RequiredNotice> {
        use Law::{Executive, OwnTerms, Parish, PartVa, PoliceAndCrimePanel};
        let (days, source) = match (self.law, self.nation) {
            (PartVa, Nation::England) => (5, "Local Government Act 1972, sections 100A(6) and 100B(3); SI 2002/715"),
            (PartVa, Nation::Wales) => (3, "Local Government Act 1972, sections 100A(6) and 100B(3)"),
            (Parish, Nation::England) => (3, "Local Government Act 1972, Schedule 12, paragraph 10(2)"),
            (Parish, Nation::Wales) => (3, "Local Government Act 1972, Schedule 12, paragraph 26(2)"),
            (Executive, Nation::England) => (5, "SI 2012/2089, regulations 6 and 7"),
            (Executive, Nation::Wales) => (3, "SI 2001/2290 (W. 178), regulation 5"),
            (PoliceAndCrimePanel, Nation::England) => {
                (5, "Local Government Act 1972, sections 100A(6) and 100B(3), as SI 2012/2734 applies them")
            }
            (PoliceAndCrimePanel, Nation::Wales) => {
                (3, "Local Government Act 1972, sections 100A(6) and 100B(3), as SI 2012/2734 applies them")
            }
            (OwnTerms, _) => return None,
        };
        Some(RequiredNotice { notice: Notice { days, unit: NoticeDays::Clear }, source })
    }

    /// Where the law lets an item be taken with less notice, for a reason that the minutes repeat. For a parish council the
    /// law knows no such reason.
    pub fn urgency(self) -> Option<&'static str> {
        match (self.law, self.nation) {
            (Law::PartVa, _) => Some("Local Government Act 1972, section 100B(4)(b)"),
            (Law::PoliceAndCrimePanel, _) => {
                Some("Local Government Act 1972, section 100B(4)(b), as SI 2012/2734 applies it")
            }
            (Law::Executive, Nation::England) => Some("SI 2012/2089, regulation 7"),
            (Law::Executive, Nation::Wales) => Some("SI 2001/2290 (W. 178), regulation 5(4)"),
            (Law::Parish | Law::OwnTerms, _) => None,
        }
    }

    /// Whether the public must be told of the time and place of a meeting, and by which law.
    pub fn time_and_place(self) -> Option<&'static str> {
        match (self.law, self.nation) {
            (Law::PartVa, _) => Some("Local Government Act 1972, section 100A(6)(a)"),
            (Law::PoliceAndCrimePanel, _) => {
                Some("Local Government Act 1972, section 100A(6)(a), as SI 2012/2734 applies it")
            }
            (Law::Executive, Nation::England) => Some("SI 2012/2089, regulation 6"),
            (Law::Executive, Nation::Wales) => Some("SI 2001/2290 (W. 178)"),
            (Law::Parish, Nation::England) => Some("Local Government Act 1972, Schedule 12, paragraph 10(2)(a)"),
            (Law::Parish, Nation::Wales) => Some("Local Government Act 1972, Schedule 12, paragraph 26(2)(a)"),
            (Law::OwnTerms, _) => None,
        }
    }

    /// Whether a reason for privacy names paragraphs of Schedule 12A.
    pub fn paragraphs(self) -> Paragraphs {
        match self.law {
            Law::PartVa | Law::Executive | Law::PoliceAndCrimePanel => Paragraphs::Required,
            Law::OwnTerms => Paragraphs::Allowed,
            Law::Parish => Paragraphs::None,
        }
    }

    /// "Part 1 of Schedule 12A, which has paragraphs 1 to 7".
    pub fn schedule_in_words(self) -> String {
        let (part, paragraphs) = (schedule_12a::part(self.nation), schedule_12a::paragraphs(self.nation));
        format!("Part {part} of Schedule 12A, which has paragraphs {} to {}", paragraphs.start(), paragraphs.end())
    }

    /// The law by which a meeting resolves that the public leave; nothing for a body under its own terms.
    pub fn exclusion(self) -> Option<&'static str> {
        match (self.law, self.nation) {
            (Law::PartVa, _) => Some("section 100A(4) of the Local Government Act 1972"),
            (Law::PoliceAndCrimePanel, _) => {
                Some("section 100A(4) of the Local Government Act 1972, as SI 2012/2734 applies it")
            }
            (Law::Executive, Nation::England) => Some("regulation 4(2)(b) of SI 2012/2089"),
            (Law::Executive, Nation::Wales) => Some("regulation 4(3) of SI 2001/2290 (W. 178)"),
            (Law::Parish, _) => Some("section 1(2) of the Public Bodies (Admission to Meetings) Act 1960"),
            (Law::OwnTerms, _) => None,
        }
    }

    /// The law that asks for a written summary where minutes of private business leave the public without a fair record.
    pub fn summary(self) -> Option<&'static str> {
        match self.law {
            Law::PartVa => Some("Local Government Act 1972, section 100C(2)"),
            Law::PoliceAndCrimePanel => Some("Local Government Act 1972, section 100C(2), as SI 2012/2734 applies it"),
            Law::Executive | Law::Parish | Law::OwnTerms => None,
        }
    }

    /// The law by which a report lists its background papers.
    pub fn background_papers(self) -> Option<&'static str> {
        match (self.law, self.nation) {
            (Law::PartVa, _) => Some("Local Government Act 1972, section 100D(1)"),
            (Law::PoliceAndCrimePanel, _) => {
                Some("Local Government Act 1972, section 100D(1), as SI 2012/2734 applies it")
            }
            (Law::Executive, Nation::England) => Some("SI 2012/2089, regulation 15"),
            (Law::Executive, Nation::Wales) => Some("SI 2001/2290 (W. 178), regulation 9"),
            (Law::Parish | Law::OwnTerms, _) => None,
        }
    }

    /// For how many years from a meeting its agenda, reports and minutes stay open to inspection, and the law.
    pub fn keeping(self) -> Option<(u32, &'static str)> {
        match self.law {
            Law::PartVa => Some((6, "Local Government Act 1972, section 100C(1)")),
            Law::PoliceAndCrimePanel => {
                Some((6, "Local Government Act 1972, section 100C(1), as SI 2012/2734 applies it"))
            }
            Law::Executive | Law::Parish | Law::OwnTerms => None,
        }
    }

    /// How long before a meeting the public must be told that part of it will be private, and the law.
    pub fn private_notice(self, meeting: NaiveDate) -> Option<RequiredNotice> {
        let holds = PRIVATE_NOTICE_SINCE.is_some_and(|since| since <= meeting);
        (self.law == Law::Executive && self.nation == Nation::England && holds).then_some(RequiredNotice {
            notice: Notice { days: 28, unit: NoticeDays::CalendarClear },
            source: "SI 2012/2089, regulation 5(2)",
        })
    }

    /// How many members the law asks for where nothing else is said. It speaks of councils; the quorum of a committee is for
    /// standing orders.
    pub fn default_quorum(self, kind: BodyKind) -> Option<DefaultQuorum> {
        let share = |denominator| QuorumCount::Share { numerator: 1, denominator };
        let (count, at_least, source) = match (self.law, self.nation, kind) {
            (Law::PartVa, _, BodyKind::Council) => (share(4), 0, "Local Government Act 1972, Schedule 12, paragraph 6"),
            (Law::Parish, Nation::England, BodyKind::Council) => {
                (share(3), 3, "Local Government Act 1972, Schedule 12, paragraph 12")
            }
            (Law::Parish, Nation::Wales, BodyKind::Council) => {
                (share(3), 3, "Local Government Act 1972, Schedule 12, paragraph 28")
            }
            _ => return None,
        };
        Some(DefaultQuorum { count, at_least, source })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LAWS: [Law; 5] = [Law::PartVa, Law::Parish, Law::Executive, Law::PoliceAndCrimePanel, Law::OwnTerms];

    #[test]
    fn notice_is_five_clear_days_in_england_and_three_in_wales_and_for_parishes() {
        let days = |law, nation| Profile { law, nation }.notice().map(|required| required.notice.days);
        let england = LAWS.map(|law| days(law, Nation::England));
        let wales = LAWS.map(|law| days(law, Nation::Wales));
        assert_eq!(england, [Some(5), Some(3), Some(5), Some(5), None]);
        assert_eq!(wales, [Some(3), Some(3), Some(3), Some(3), None]);
    }

    #[test]
    fn only_executives_in_england_announce_private_meetings_and_only_since_2012() {
        let day = |text| crate::calendar::parse_date(text).expect("a date");
        let executive = |nation| Profile { law: Law::Executive, nation };
        assert!(executive(Nation::England).private_notice(day("2023-07-12")).is_some());
        assert!(executive(Nation::England).private_notice(day("2012-09-09")).is_none());
        assert!(executive(Nation::Wales).private_notice(day("2023-07-12")).is_none());
        let part_va = Profile { law: Law::PartVa, nation: Nation::England };
        assert!(part_va.private_notice(day("2023-07-12")).is_none());
    }

    #[test]
    fn a_councils_quorum_has_a_default_and_a_committees_has_none() {
        let quorum = |law, kind| Profile { law, nation: Nation::England }.default_quorum(kind);
        let quarter = QuorumCount::Share { numerator: 1, denominator: 4 };
        assert_eq!(quorum(Law::PartVa, BodyKind::Council).map(|quorum| quorum.count), Some(quarter));
        assert_eq!(quorum(Law::Parish, BodyKind::Council).map(|quorum| quorum.at_least), Some(3));
        assert_eq!(quorum(Law::PartVa, BodyKind::Committee), None);
        assert_eq!(quorum(Law::OwnTerms, BodyKind::Council), None);
    }
}
