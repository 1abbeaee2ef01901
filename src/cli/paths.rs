//! Which folders a command may work with.

use std::path::{Component, Path, PathBuf};

use super::Trouble;
use crate::edition::Audience;
use crate::files;

/// The path from the root, with every link resolved as far as the path exists.
pub(super) fn whole(path: &Path) -> PathBuf {
    let mut whole = PathBuf::new();
    for part in std::path::absolute(path).unwrap_or_else(|_| path.to_path_buf()).components() {
        match part {
            // What has been gathered so far holds no link, so its parent is the folder above it.
            Component::ParentDir => {
                whole.pop();
            }
            Component::CurDir => {}
            part => {
                whole.push(part);
                if let Some(resolved) = files::resolved(&whole) {
                    whole = resolved;
                }
            }
        }
    }
    whole
}

/// The content folder as it is named from the folder that the command runs in, with `/` between its parts, or the empty
/// path for that folder itself; nothing if it lies elsewhere.
pub(super) fn from_here(content: &Path) -> Option<String> {
    let goes_down =
        |path: &Path| path.components().all(|part| matches!(part, Component::Normal(_) | Component::CurDir));
    if goes_down(content) {
        return Some(with_slashes(content));
    }
    let here = whole(Path::new("."));
    whole(content).strip_prefix(&here).ok().map(with_slashes)
}

/// A relative path with `/` between its parts on every system.
pub(super) fn with_slashes(path: &Path) -> String {
    let parts = path.components().filter_map(|part| match part {
        Component::Normal(part) => Some(part.to_string_lossy()),
        _ => None,
    });
    parts.collect::<Vec<_>>().join("/")
}

/// Where an edition goes. Refuses a folder within the content folder or around it, and a members' edition in a folder
/// that is not named for it: private business in a folder called `public` would be published sooner or later.
pub(super) fn out(given: Option<&Path>, audience: Audience, content: &Path) -> Result<PathBuf, Trouble> {
    let out = match (given, audience) {
        (Some(given), _) => given.to_path_buf(),
        (None, Audience::Public) => PathBuf::from("public"),
        (None, Audience::Members) => PathBuf::from("public-members"),
    };
    let shown = out.display();
    if out.as_os_str().is_empty() {
        return Err(Trouble::new("the option --out is empty; it must name a folder"));
    }
    if audience == Audience::Members {
        let named_for_it = |path: &Path| {
            path.file_name().is_some_and(|name| name.to_string_lossy().to_lowercase().contains("members"))
        };
        if !named_for_it(&out) || !named_for_it(&whole(&out)) {
            return Err(Trouble::new(format!(
                "the members' edition does not go to `{shown}`: it holds private business, so its folder must have \
                 `members` in its name, such as `public-members`"
            )));
        }
    }
    let (whole_out, whole_content) = (whole(&out), whole(content));
    if whole_out.starts_with(&whole_content) {
        return Err(Trouble::new(format!(
            "the site does not go to `{shown}`: that lies within the content folder `{}`, and the next build would read \
             its own output. Choose a folder beside it",
            content.display()
        )));
    }
    if whole_content.starts_with(&whole_out) {
        return Err(Trouble::new(format!(
            "the site does not go to `{shown}`: the content folder `{}` lies within it. Choose a folder beside it",
            content.display()
        )));
    }
    Ok(out)
}

/// The project's own themes: where the folder `themes` beside the content folder is, or would be.
pub(super) fn themes(content: &Path) -> PathBuf {
    match content.file_name() {
        Some(_) => content.with_file_name("themes"),
        None => whole(content).with_file_name("themes"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sentence(given: Option<&str>, audience: Audience, content: &str) -> String {
        match out(given.map(Path::new), audience, Path::new(content)) {
            Ok(out) => out.display().to_string(),
            Err(Trouble(sentence)) => sentence,
        }
    }

    #[test]
    fn each_audience_has_a_folder_of_its_own() {
        assert_eq!(sentence(None, Audience::Public, "content"), "public");
        assert_eq!(sentence(None, Audience::Members, "content"), "public-members");
    }

    #[test]
    fn the_members_edition_goes_only_to_a_folder_named_for_it() {
        for named in ["members", "out/for-Members-only", "x/members/"] {
            assert_eq!(sentence(Some(named), Audience::Members, "content"), named);
        }
        for other in ["public", "members/public", "members/..", ".", "/"] {
            let sentence = sentence(Some(other), Audience::Members, "content");
            assert!(sentence.contains("must have `members` in its name"), "{other}: {sentence}");
        }
    }

    #[test]
    fn output_and_content_are_kept_apart() {
        let folder = tempfile::tempdir().unwrap();
        let content = folder.path().join("content");
        files::create_folders(&content.join("meetings")).unwrap();
        let out = |path: &str| sentence(folder.path().join(path).to_str(), Audience::Public, content.to_str().unwrap());
        for within in ["content", "content/public", "content/meetings/../new/deep", "gone/../content", "./content/."] {
            assert!(out(within).contains("lies within the content folder"), "{within}: {}", out(within));
        }
        for around in ["", ".", "content/.."] {
            assert!(out(around).contains("lies within it"), "{around}: {}", out(around));
        }
        for beside in ["public", "content-public", "content/../public"] {
            assert!(out(beside).ends_with(beside), "{beside}: {}", out(beside));
        }
    }

    #[cfg(unix)]
    #[test]
    fn a_link_does_not_hide_where_the_output_goes() {
        let folder = tempfile::tempdir().unwrap();
        let content = folder.path().join("content");
        files::create_folders(&content).unwrap();
        std::os::unix::fs::symlink(&content, folder.path().join("public")).unwrap();
        std::os::unix::fs::symlink(folder.path(), folder.path().join("members")).unwrap();
        let out =
            |path: &str, audience| sentence(folder.path().join(path).to_str(), audience, content.to_str().unwrap());
        assert!(out("public/site", Audience::Public).contains("lies within the content folder"));
        assert!(out("members", Audience::Members).contains("must have `members` in its name"));
    }
}
