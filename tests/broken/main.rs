//! Bad input: what is wrong with a file is found at its line, under its code, in plain words; nothing else is claimed;
//! and nothing panics, hangs or takes more than a bounded share of memory.
//!
//! `cases/*.md` are cases to be read: small files, and beside them what is found in them. Their format is told in
//! `cases/README.md`; they are run by [`cases`]. What is huge, binary or made by a machine is built by [`made`], what
//! needs a disk by [`disk`], and what could exhaust the machine is run in a process of its own by [`hostile`].
#![allow(unreachable_pub, reason = "nothing outside reaches a test; `pub` says what modules share")]
#![allow(
    clippy::disallowed_methods,
    clippy::expect_used,
    reason = "tests set the scene with the system's own functions, and end where those fail"
)]

mod case;
mod cases;
mod disk;
mod hostile;
mod made;
mod never;
mod site;
