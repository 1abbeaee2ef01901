//! A meeting: its agenda, its papers and its minutes.

use std::fmt::Write;

use super::paper::{self, Dress};
use super::plan::{Body, Meeting, Membership, Plan};
use super::random::Random;
use super::words::POSTS;
use super::{Files, committees, table};

/// One paper in so many has a generated table and refers to other places.
const DRESSED: usize = 10;

/// One meeting and what it needs to know of the others.
struct Sitting<'p> {
    plan: &'p Plan,
    body: &'p Body,
    meeting: &'p Meeting,
    previous: Option<&'p Meeting>,
    next: Option<&'p Meeting>,
    folder: String,
}

/// Writes the files of all meetings.
pub(super) fn write(plan: &Plan, files: &mut Files) {
    for body in &plan.bodies {
        for (index, meeting) in body.meetings.iter().enumerate() {
            let sitting = Sitting {
                plan,
                body,
                meeting,
                previous: index.checked_sub(1).and_then(|previous| body.meetings.get(previous)),
                next: body.meetings.get(index + 1),
                folder: format!("meetings/{}/{}", body.id, meeting.date),
            };
            files.push((format!("{}/agenda.md", sitting.folder), sitting.agenda()));
            files.push((format!("{}/minutes.md", sitting.folder), sitting.minutes()));
            meeting.papers.clone().for_each(|paper| sitting.paper(paper, files));
        }
    }
}

impl Sitting<'_> {
    fn random(&self, stream: &str) -> Random {
        Random::new(self.plan.seed, stream, self.meeting.index)
    }

    fn agenda(&self) -> String {
        let mut random = self.random("agenda");
        let mut out = format!(
            "---\nkind: agenda\nstatus: published\npublished: {}\ntime: 10:00\nplace: Committee Room {}, Town Hall\n\
             state: held\ncontact: democratic-services\ninvited: [{}]\nitems:\n  - Apologies and substitutions\n  \
             - Declarations of interest\n",
            self.meeting.published(),
            random.between(1, 4),
            committees::portfolio(&mut random),
        );
        match self.previous {
            Some(previous) => {
                let _ = write!(
                    out,
                    "  - Minutes:\n      - title: To agree the minutes of the last meeting\n        \
                     paper: meetings/{}/{}/minutes\n      - Matters arising\n",
                    self.body.id, previous.date
                );
            }
            None => out.push_str("  - Minutes\n"),
        }
        for paper in self.meeting.papers.clone() {
            let _ = write!(
                out,
                "  - title: \"{}\"\n    paper: {}\n    report_of: {}\n",
                paper::title(self.plan.seed, paper),
                self.meeting.file_name(self.plan.seed, paper),
                random.pick(POSTS),
            );
        }
        out.push_str("  - Any other business\n");
        if self.meeting.private {
            out.push_str("  - Exclusion of the press and public\n");
            out.push_str(
                "private:\n  - title: A contract\n    exempt:\n      paragraphs: [3]\n      \
                 public_interest: To say more would weaken the council in what it is bargaining for.\n",
            );
        }
        let _ = write!(out, "---\nAnyone may come and listen. {}\n", paper::sentence(&mut random));
        out
    }

    fn paper(&self, paper: usize, files: &mut Files) {
        let mut random = Random::new(self.plan.seed, "head", paper);
        let mut out = format!(
            "---\nkind: {}\ntitle: \"{}\"\nstatus: published\nsummary: {}\nreport_of: {}\nportfolio_holder: {}\n\
             authors:\n  - {{post: {}, directorate: Resources, organisation: Borough of Nowhere}}\n\
             contact: finance-team\nwards: all\nbackground_papers: none\nimplications:\n  legal: {}\n  financial: {}\n\
             ---\n",
            random.pick(&["report", "briefing-note"]),
            paper::title(self.plan.seed, paper),
            paper::plain_sentence(&mut random),
            random.pick(POSTS),
            committees::portfolio(&mut random),
            random.pick(POSTS),
            paper::plain_sentence(&mut random),
            paper::plain_sentence(&mut random),
        );
        let mut dress = Dress::default();
        if paper % DRESSED == DRESSED / 2 {
            let data = self.meeting.data(paper);
            let table = table::table(self.plan.seed, paper, paper / DRESSED, &data);
            files.push((format!("{}/{data}", self.folder), table.csv));
            dress = Dress { references: Some(self.references(paper)), generated: Some(table.block) };
        }
        out.push_str(&paper::text(self.plan.seed, paper, Some(&dress)));
        let name = self.meeting.file_name(self.plan.seed, paper);
        files.push((format!("{}/{name}.md", self.folder), out));
    }

    /// A paragraph that refers to places in this paper, to another paper, to people and bodies and, if there was an
    /// earlier meeting, to its minutes.
    fn references(&self, paper: usize) -> String {
        let chair = self.chair();
        let mut out = format!(
            "As [[outturn]] and [[figures]] show and [[money]] explains, [[person {chair}]] asked for figures."
        );
        if let Some(other) = self.meeting.papers.clone().find(|other| *other != paper) {
            let _ = write!(out, " See [[paper {}]] too.", self.meeting.file_name(self.plan.seed, other));
        }
        if let Some(previous) = self.previous {
            let _ = write!(
                out,
                " They follow from [[minute {} of {date}]], which the [[body {}]] agreed at [[meeting {date}]].",
                previous.first_minute + 2,
                self.body.id,
                date = previous.date
            );
        }
        out
    }

    fn chair(&self) -> String {
        self.body.members_on(self.meeting.date).swap_remove(0).person
    }

    fn minutes(&self) -> String {
        let mut random = self.random("minutes");
        let mut out = "---\nkind: minutes\nstatus: published\n".to_owned();
        if let Some(next) = self.next {
            let _ = write!(out, "published: {}\nagreed: {}\n", next.published(), next.date);
        }
        self.attendance(&mut random, &mut out);
        let first = self.meeting.first_minute;
        let _ = writeln!(out, "closed: 12:{:02}\nfirst_minute: {first}", random.between(10, 59));
        if let Some(next) = self.next.filter(|_| random.once_in(4)) {
            let _ = write!(
                out,
                "follow_ups:\n  - {{minute: {}, what: {}, who: Finance team, state: done, see: {}/{}}}\n",
                first + 2,
                paper::plain_sentence(&mut random),
                self.body.id,
                next.date
            );
        }
        if self.meeting.private {
            let _ = writeln!(out, "public_summaries:\n  {}: A contract was let.", first + self.meeting.minutes() - 1);
        }
        out.push_str("---\n## Declarations of interest {item=2}\n\nThere were none.\n\n## Minutes {item=3}\n\n");
        out.push_str("**AGREED:** That the minutes of the last meeting were right.\n\n");
        let first_item = 4;
        for (item, paper) in (first_item..).zip(self.meeting.papers.clone()) {
            let _ = write!(
                out,
                "## {} {{item={item}}}\n\nThe meeting had before it [[paper {}]]. {}\n\n**RESOLVED:**\n\n1. That the \
                 paper be noted.\n2. {}\n\n",
                paper::title(self.plan.seed, paper),
                self.meeting.file_name(self.plan.seed, paper),
                paper::paragraph(&mut random),
                paper::sentence(&mut random),
            );
        }
        let last_item = first_item + self.meeting.papers.len();
        let _ = write!(out, "## Any other business {{item={last_item}}}\n\nThere was none.\n");
        if self.meeting.private {
            let _ = write!(
                out,
                "\n## Exclusion of the press and public {{item={}}}\n\n**RESOLVED:** That the public be excluded from the \
                 next item, under paragraph 3 of Part 1 of Schedule 12A.\n\n## A contract {{item={}}}\n\n{}\n\n**RESOLVED:** \
                 That the contract be let.\n",
                last_item + 1,
                last_item + 2,
                paper::paragraph(&mut random)
            );
        }
        out
    }

    /// Most members come; now and then somebody sits in for one who does not.
    fn attendance(&self, random: &mut Random, out: &mut String) {
        let members = self.body.members_on(self.meeting.date);
        let away = random.below(3);
        // The chair and the deputy always come; who else stays away moves round.
        let turn = random.between(2, members.len() - 1);
        let is_away = |seat: usize| seat >= 2 && (seat + members.len() - turn) % members.len() < away;
        let (apologies, present): (Vec<_>, Vec<_>) = members.iter().enumerate().partition(|(seat, _)| is_away(*seat));
        let names = |seats: &[(usize, &Membership)]| {
            seats.iter().map(|(_, member)| member.person.as_str()).collect::<Vec<_>>().join(", ")
        };
        let _ = writeln!(out, "presided: {}\npresent: [{}]", members[0].person, names(&present));
        if let Some((_, absent)) = apologies.first() {
            let _ = writeln!(out, "apologies: [{}]", names(&apologies));
            if random.once_in(3) {
                let person = self.body.stand_in(self.meeting.date);
                let _ = writeln!(out, "substitutes:\n  - {{person: {person}, for: {}}}", absent.person);
            }
        }
        out.push_str("employees:\n  - {directorate: Resources, posts: [two officers]}\n");
        if random.once_in(5) {
            let _ = writeln!(
                out,
                "interests:\n  - {{person: {}, interest: A relative works for a supplier., minute: {}}}",
                members[1].person,
                self.meeting.first_minute + 2
            );
        }
    }
}
