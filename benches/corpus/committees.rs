//! Everything in a project that is not a paper of a meeting: who publishes, who sits where, what each body is for.

use std::fmt::Write;

use super::plan::{Body, Plan, Term, before, municipal_year, slug};
use super::random::Random;
use super::words::{GLOSSARY, REMITS, TOPICS, WARDS};
use super::{Files, paper};

/// Portfolio holders, and directors, each have the id of an office made from these.
const PORTFOLIOS: usize = 5;

/// The id of a portfolio holder's office.
pub(super) fn portfolio(random: &mut Random) -> String {
    format!("cabinet-member-{}", slug(REMITS[random.below(PORTFOLIOS)]))
}

/// The id of a director's office.
pub(super) fn director(random: &mut Random) -> String {
    format!("director-of-{}", slug(REMITS[random.below(PORTFOLIOS)]))
}

/// Writes the files.
pub(super) fn write(plan: &Plan, files: &mut Files) {
    files.push(("authority.yaml".to_owned(), AUTHORITY.to_owned()));
    files.push(("glossary.yaml".to_owned(), glossary()));
    files.push(("people.yaml".to_owned(), people(plan)));
    files.push(("organisations.yaml".to_owned(), ORGANISATIONS.to_owned()));
    files.push(("offices.yaml".to_owned(), offices(plan)));
    for body in &plan.bodies {
        files.push((format!("bodies/{}.yaml", body.id), body_file(body)));
        files.push((format!("terms-of-reference/{}.md", body.id), terms_of_reference(plan, body)));
        files.push((format!("work-programmes/{}.md", body.id), work_programme(plan, body)));
    }
}

const AUTHORITY: &str = "\
name: Borough of Nowhere
kind: principal-council
nation: england
banner: Made up to measure with. None of this is true.
about: Papers that a program has written, to see how long they take to publish.
contacts:
  democratic-services:
    name: Democratic Services
    telephone: 01632 960000
    email: papers@example.org
  finance-team:
    name: Finance team
    email: finance@example.org
accessibility:
  contact: democratic-services
  prepared: 2025-01-06
";

const ORGANISATIONS: &str = "\
fire-and-rescue-service: {name: Fire and Rescue Service}
health-trust: {name: Health Trust}
voluntary-action: {name: Voluntary Action}
";

fn glossary() -> String {
    GLOSSARY.iter().fold(String::new(), |mut out, (short, meaning)| {
        let _ = writeln!(out, "{short}: {meaning}");
        out
    })
}

fn people(plan: &Plan) -> String {
    plan.people().zip(WARDS.iter().cycle()).fold(String::new(), |mut out, (person, ward)| {
        let _ = writeln!(out, "{person}:\n  kind: councillor\n  ward: {ward}");
        out
    })
}

fn offices(plan: &Plan) -> String {
    let mut out = String::new();
    for (remit, person) in REMITS[..PORTFOLIOS].iter().zip(plan.people()) {
        let _ = write!(
            out,
            "cabinet-member-{slug}:\n  title: Cabinet Member for {remit}\n  kind: portfolio\n  held_by:\n    \
             - {{person: {person}, from: 2009-05-08}}\n\
             director-of-{slug}:\n  title: Director of {remit}\n  kind: officer\n  directorate: {remit}\n",
            slug = slug(remit),
        );
    }
    out
}

fn body_file(body: &Body) -> String {
    let mut out = format!("name: {}\nkind: {}\n", body.name, if body.index == 0 { "council" } else { "committee" });
    if body.index > 0 {
        out.push_str("reports_to: borough-council\n");
    }
    let _ = write!(
        out,
        "law: part-va\npurpose: To look after what its name says.\nmeets: monthly\npapers_out: 5 clear days\n\
         formed: {}\nquorum: one quarter\nterms_of_reference: terms-of-reference/{}\ncontact: democratic-services\n\
         members:\n",
        Term::numbered(0).from(),
        body.id
    );
    for term in Term::ALL.map(Term::numbered) {
        for member in body.members(term) {
            let _ = write!(out, "  - {{person: {}, role: {}, from: {}", member.person, member.role, term.from());
            let _ = match term.to() {
                Some(to) => writeln!(out, ", to: {to}}}"),
                None => writeln!(out, "}}"),
            };
        }
    }
    // So far off that it is still to come whenever this runs.
    out.push_str("meetings:\n  - {date: 2099-01-14, time: 10:00, place: Town Hall, state: scheduled}\n");
    out
}

fn terms_of_reference(plan: &Plan, body: &Body) -> String {
    let mut random = Random::new(plan.seed, "terms", body.index);
    format!(
        "---\nkind: terms-of-reference\nbody: {}\ntitle: Terms of reference of the {}\nstatus: published\n\
         published: 2009-06-01\nadopted: {}\n---\n## Purpose\n\n{}\n\n## Membership\n\n{}\n\n## Ways of working\n\n{}\n",
        body.id,
        body.name,
        Term::numbered(0).from(),
        paper::paragraph(&mut random),
        paper::paragraph(&mut random),
        paper::paragraph(&mut random),
    )
}

/// A work programme with an entry for each paper of the meetings in the body's last municipal year.
fn work_programme(plan: &Plan, body: &Body) -> String {
    let mut random = Random::new(plan.seed, "programme", body.index);
    let year = body.meetings.last().map_or(2025, |last| municipal_year(last.date));
    let from = body.meetings.iter().position(|meeting| municipal_year(meeting.date) == year).unwrap_or(0);
    let last = &body.meetings[from..];
    let mut out = format!(
        "---\nkind: work-programme\nbody: {}\ntitle: Work programme\nyear: {year}/{:02}\nstatus: published\n",
        body.id,
        (year + 1) % 100
    );
    if let Some(first) = last.first() {
        let _ = write!(out, "published: {0}\nupdated: {0}\nentries:\n", before(first.date, 28));
    }
    for (meeting, paper) in last.iter().flat_map(|meeting| meeting.papers.clone().map(move |paper| (meeting, paper))) {
        let _ = write!(
            out,
            "  - date: {}\n    title: \"{}\"\n    detail: {}\n    portfolio_holder: [{}]\n    lead: [{}]\n",
            meeting.date,
            paper::title(plan.seed, paper),
            paper::plain_sentence(&mut random),
            portfolio(&mut random),
            director(&mut random),
        );
    }
    let _ = write!(out, "undated:\n  - {{title: {}, when: in the autumn}}\n---\n", random.pick(TOPICS));
    out
}
