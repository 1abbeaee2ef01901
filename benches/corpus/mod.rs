//! Made-up papers to measure with: any number of them, and always the same ones from the same seed.
//!
//! [`project`] gives the files of a Quorate project in which nothing is wrong. [`neutral`] gives the same papers as
//! plain Markdown with a YAML head, which other generators can build. Nothing in them is true.

mod committees;
mod meeting;
mod neutral;
mod paper;
mod plan;
mod random;
mod table;
mod words;

/// Files: the path of each below its folder, with `/` between the parts, and what is in it.
pub(crate) type Files = Vec<(String, String)>;

/// A Quorate project with so many papers. Agendas, minutes, terms of reference and work programmes come on top.
pub(crate) fn project(papers: usize, seed: u64) -> Files {
    let plan = plan::Plan::new(papers, seed);
    let mut files = Files::new();
    committees::write(&plan, &mut files);
    meeting::write(&plan, &mut files);
    files
}

/// The same papers for any generator: plain Markdown, a hundred to a section.
pub(crate) fn neutral(papers: usize, seed: u64) -> Files {
    neutral::files(papers, seed)
}
