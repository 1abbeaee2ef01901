//! What lies in the content folder but may not be read: a finding like any other, with the path for its place.

use crate::files::{Refused, WhyRefused};
use crate::finding::{Finding, codes};
use crate::text::{SourceId, Span};

/// What is found of something that may not be read; `id` is that of an empty source of its path.
pub(super) fn finding(id: SourceId, refused: &Refused) -> Finding {
    let message = format!("this {}", refused.why);
    Finding::error(codes::MISPLACED_FILE, Span::start_of(id), message).help(way_out(refused.why))
}

fn way_out(why: WhyRefused) -> &'static str {
    match why {
        WhyRefused::LeadsOut => "copy what it leads to into the content folder, in place of the link",
        WhyRefused::LeadsNowhere | WhyRefused::LeadsInACircle => "remove the link, or make it lead to a file",
        WhyRefused::LinkBehindALink => "make the link lead to the folder itself, not by way of another link",
        WhyRefused::NameNotUtf8 => "give it a name of lower-case letters, digits and hyphens",
        WhyRefused::NotAFile => "move it out of the content folder",
        WhyRefused::FolderNamedLikeAFile => "give the folder a name without an ending such as `.md`",
        WhyRefused::TooLarge => "publish a smaller version, or keep it elsewhere and link to it",
    }
}
