//! stub
use std::collections::BTreeMap;
#[derive(Debug)]
pub struct FileError;
pub trait Folder: Sync {
    fn paths(&self) -> &[String];
    fn read(&self, path: &str) -> Result<Vec<u8>, FileError>;
}
pub struct MemoryFolder {
    paths: Vec<String>,
    files: BTreeMap<String, Vec<u8>>,
}
impl Folder for MemoryFolder {
    fn paths(&self) -> &[String] {
        &self.paths
    }
    fn read(&self, path: &str) -> Result<Vec<u8>, FileError> {
        self.files.get(path).cloned().ok_or(FileError)
    }
}
