//! What has to be done to the target, and the staging of it.

use super::artefacts::{Artefact, Claims};
use super::manifest::{self, MANIFEST, Manifest, Sum};
use super::place::{Place, Survey};
use super::workspace::Workspace;
use super::{PublicationError, Published};
use crate::files::{self, Entry, FileError, Kind};
use rayon::prelude::*;
use std::collections::{BTreeSet, HashMap, HashSet};
use std::path::{Path, PathBuf};

/// What the target is to hold, and where each file of it comes from.
#[derive(Debug)]
pub(super) struct Plan<'a> {
    before: &'a Survey,
    /// Each artefact, and whether the target holds it already.
    artefacts: Vec<(&'a Artefact, bool)>,
    /// What somebody else put into the target.
    carried: Vec<&'a Entry>,
    manifest: Manifest,
    removed: usize,
}

impl<'a> Plan<'a> {
    /// Compares what is to be published with what is there. Refuses if something of somebody else's is in the way.
    pub(super) fn new(
        place: &Place,
        before: &'a Survey,
        artefacts: &'a [Artefact],
        claims: &Claims,
        edition: &str,
    ) -> Result<Self, PublicationError> {
        let Owners { ours, carried } = Owners::of(place, before, claims)?;
        let compared: Vec<(&Artefact, bool, Sum)> = artefacts
            .par_iter()
            .map(|artefact| {
                let there = ours.get(&artefact.path);
                let kept = there.is_some() && files::holds(&place.target.join(&artefact.path), &artefact.bytes)?;
                // To compare the bytes is much quicker than to take their sum, so that is done for new bytes only.
                let known = there.filter(|_| kept).and_then(|there| before.known_sum(there));
                Ok((artefact, kept, known.unwrap_or_else(|| manifest::sum(&artefact.bytes))))
            })
            .collect::<Result<_, FileError>>()?;
        let manifest = Manifest {
            edition: edition.to_owned(),
            files: compared.iter().map(|(artefact, _, sum)| (artefact.path.clone(), *sum)).collect(),
        };
        Ok(Self {
            before,
            removed: ours.keys().filter(|path| !manifest.files.contains_key(*path)).count(),
            artefacts: compared.into_iter().map(|(artefact, kept, _)| (artefact, kept)).collect(),
            carried,
            manifest,
        })
    }

    /// Whether the target is already as it is to be.
    pub(super) fn changes_nothing(&self) -> bool {
        self.before.manifest.as_ref() == Some(&self.manifest) && self.artefacts.iter().all(|(_, kept)| *kept)
    }

    /// The counts, once the plan has been carried out.
    pub(super) fn published(&self, left_over: Option<PathBuf>) -> Published {
        let kept = self.artefacts.iter().filter(|(_, kept)| *kept).count();
        Published { written: self.artefacts.len() - kept, kept, removed: self.removed, left_over }
    }

    /// Builds the whole new target in the workspace. The target itself is only read.
    pub(super) fn stage(&self, place: &Place, workspace: &Workspace) -> Result<(), FileError> {
        let (old, new) = (&place.target, &workspace.new_tree());
        files::create_folders(new)?;
        let folders = self.folders();
        for folder in &folders {
            files::create_folders(&new.join(folder))?;
        }
        self.artefacts.par_iter().try_for_each(|(artefact, kept)| {
            let (from, to) = (old.join(&artefact.path), new.join(&artefact.path));
            if *kept { files::link_or_copy(&from, &to) } else { files::create_new(&to, &artefact.bytes) }
        })?;
        self.carried.par_iter().try_for_each(|entry| {
            let (from, to) = (old.join(&entry.path), new.join(&entry.path));
            match entry.kind {
                Kind::Folder => Ok(()),
                Kind::Link => files::copy_link(&from, &to),
                Kind::File | Kind::Special => files::link_or_copy(&from, &to),
            }
        })?;
        files::create_new(&new.join(MANIFEST), self.manifest.text().as_bytes())?;
        // Last and from the inside out: somebody may have made a folder read-only.
        let there: HashSet<&Path> = self
            .before
            .entries
            .iter()
            .filter(|entry| entry.kind == Kind::Folder)
            .map(|entry| entry.path.as_path())
            .collect();
        for folder in folders.iter().rev().filter(|folder| there.contains(*folder)) {
            files::copy_permissions(&old.join(folder), &new.join(folder))?;
        }
        if self.before.exists { files::copy_permissions(old, new) } else { Ok(()) }
    }

    /// Every folder of the new target, those above before those within.
    fn folders(&self) -> BTreeSet<&Path> {
        let artefacts = self.artefacts.iter().map(|(artefact, _)| Path::new(&artefact.path));
        let carried = self.carried.iter().map(|entry| entry.path.as_path());
        let carried_folders = self.carried.iter().filter(|entry| entry.kind == Kind::Folder);
        artefacts
            .chain(carried)
            .flat_map(|path| path.ancestors().skip(1))
            .chain(carried_folders.map(|entry| entry.path.as_path()))
            .filter(|folder| !folder.as_os_str().is_empty())
            .collect()
    }
}

/// Who put what into the target.
struct Owners<'a> {
    /// What stands where the manifest says that Quorate wrote a file, whatever has become of it. By its path.
    ours: HashMap<String, &'a Entry>,
    /// What somebody else put there.
    carried: Vec<&'a Entry>,
}

impl<'a> Owners<'a> {
    fn of(place: &Place, before: &'a Survey, claims: &Claims) -> Result<Self, PublicationError> {
        let mut owners = Self { ours: HashMap::new(), carried: Vec::new() };
        let Some(manifest) = &before.manifest else { return Ok(owners) };
        let our_folders = manifest.folders();
        for entry in &before.entries {
            let path = entry.slashed();
            let is_folder = entry.kind == Kind::Folder;
            if is_folder && our_folders.contains(path.as_str()) {
                continue;
            }
            if !is_folder && entry.path.to_str().is_some() && manifest.files.contains_key(&path) {
                owners.ours.insert(path, entry);
                continue;
            }
            if let Some(artefact) = claims.blocked_by(&path, is_folder) {
                return Err(PublicationError::InTheWay {
                    path: place.target.join(&entry.path),
                    artefact: artefact.to_owned(),
                });
            }
            owners.carried.push(entry);
        }
        Ok(owners)
    }
}
