//! The browsable site: an edition in, pages out.

pub mod chart;
pub mod context;
