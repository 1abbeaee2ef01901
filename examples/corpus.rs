//! Writes made-up papers into a folder, to measure with.
//!
//! `cargo run --release --example corpus -- [--neutral] OUT PAPERS [SEED]`
//!
//! Writes a Quorate project with so many papers, and agendas and minutes on top; with `--neutral`, the same papers as
//! plain Markdown that other generators can build. The same seed (1, if none is given) gives the same bytes. `OUT` must
//! not exist yet, or be empty.

#[path = "../benches/corpus/mod.rs"]
#[allow(dead_code, reason = "the benches and a test use other parts of it")]
mod corpus;

use std::env;
use std::error::Error;
use std::path::Path;

use quorate::files;

const USAGE: &str = "usage: corpus [--neutral] OUT PAPERS [SEED]";

#[expect(clippy::print_stdout, reason = "this is a command")]
fn main() -> Result<(), Box<dyn Error>> {
    let (flags, words): (Vec<String>, Vec<String>) = env::args().skip(1).partition(|word| word.starts_with("--"));
    let neutral = match flags.as_slice() {
        [] => false,
        [flag] if flag == "--neutral" => true,
        _ => return Err(USAGE.into()),
    };
    let (out, papers, seed) = match words.as_slice() {
        [out, papers] => (Path::new(out), papers.parse()?, 1),
        [out, papers, seed] => (Path::new(out), papers.parse()?, seed.parse()?),
        _ => return Err(USAGE.into()),
    };
    let written = if neutral { corpus::neutral(papers, seed) } else { corpus::project(papers, seed) };
    write(out, &written)?;
    println!("{papers} papers in {} files", written.len());
    Ok(())
}

fn write(out: &Path, written: &[(String, String)]) -> Result<(), Box<dyn Error>> {
    if files::exists(out)? && !files::list(out)?.is_empty() {
        return Err(format!("{} is not empty", out.display()).into());
    }
    for (path, text) in written {
        files::create_new(&out.join(path), text.as_bytes())?;
    }
    Ok(())
}
