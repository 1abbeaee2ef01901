//! The browsable site: an edition in, pages out.

pub mod context;
