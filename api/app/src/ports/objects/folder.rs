//! A directory of objects: each a file that is whole and durable before it has its name.

use super::OTHER_BYTES;
use std::{
    io::{ErrorKind, Read as _},
    path::Path,
};

/// As many bytes of two files are compared at once.
const COMPARED_BYTES: usize = 16 * 1024;

/// Takes the file itself where it lies on the same disk, a copy elsewhere. The name is given to what is whole and flushed, in
/// one step: a crash leaves the whole file or none, and nothing beside it. What has the name already is believed only if it
/// is the same.
pub(super) fn keep_durably(root: &Path, path: &Path, file: &Path) -> std::io::Result<()> {
    let dir = path.parent().ok_or(ErrorKind::InvalidInput)?;
    std::fs::create_dir_all(dir)?;
    let is_new = !path.exists() && give_name(path, file)?;
    if !is_new && !are_same(path, file)? {
        return Err(std::io::Error::other(OTHER_BYTES));
    }
    // Each name on the way, and of what was there, too: who put it there may have been killed before this.
    for folder in dir
        .ancestors()
        .take_while(|folder| folder.starts_with(root))
    {
        std::fs::File::open(folder)?.sync_all()?;
    }
    Ok(())
}

/// Gives a file its name, or answers that another one got it meanwhile.
fn give_name(path: &Path, file: &Path) -> std::io::Result<bool> {
    std::fs::File::open(file)?.sync_all()?;
    match std::fs::hard_link(file, path) {
        Ok(()) => Ok(true),
        Err(e) if e.kind() == ErrorKind::AlreadyExists => Ok(false),
        Err(_) => keep_copy(path, file).map(|()| true),
    }
}

/// Whether two files hold the same bytes. Read piece by piece: either may be as large as a photo.
fn are_same(path: &Path, file: &Path) -> std::io::Result<bool> {
    let (mut one, mut other) = (std::fs::File::open(path)?, std::fs::File::open(file)?);
    let length = one.metadata()?.len();
    if length != other.metadata()?.len() {
        return Ok(false);
    }
    let (mut these, mut those) = ([0; COMPARED_BYTES], [0; COMPARED_BYTES]);
    let mut left = usize::try_from(length).unwrap_or(usize::MAX);
    while left > 0 {
        let bytes = left.min(COMPARED_BYTES);
        let (these, those) = (&mut these[..bytes], &mut those[..bytes]);
        one.read_exact(these)?;
        other.read_exact(those)?;
        if these != those {
            return Ok(false);
        }
        left -= bytes;
    }
    Ok(true)
}

/// Copies a file from another disk. What a crash leaves half-done is gone on with under the same name; two at once write
/// the same bytes to the same places, because a name says what its bytes are.
fn keep_copy(path: &Path, file: &Path) -> std::io::Result<()> {
    let partial = path.with_added_extension("new");
    let mut from = std::fs::File::open(file)?;
    let mut to = std::fs::OpenOptions::new()
        .write(true)
        .create(true)
        .truncate(false)
        .open(&partial)?;
    let length = std::io::copy(&mut from, &mut to)?;
    to.set_len(length)?;
    to.sync_all()?;
    match std::fs::rename(&partial, path) {
        Err(e) if e.kind() == ErrorKind::NotFound && path.exists() => Ok(()),
        renamed => renamed,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What lies in a directory, by name.
    fn lying(directory: &Path) -> Vec<String> {
        let entries = std::fs::read_dir(directory).unwrap();
        let name = |entry: std::fs::DirEntry| entry.file_name().to_string_lossy().into_owned();
        entries.map(|entry| name(entry.unwrap())).collect()
    }

    #[test]
    fn a_file_is_kept_once_and_nothing_is_left_beside_it() {
        let directory = tempfile::tempdir().unwrap();
        let (file, path) = (directory.path().join("f"), directory.path().join("o/ab"));
        for _ in 0..2 {
            std::fs::write(&file, "first").unwrap();
            keep_durably(directory.path(), &path, &file).unwrap();
            std::fs::remove_file(&file).unwrap();
            assert_eq!(std::fs::read_to_string(&path).unwrap(), "first");
            assert_eq!(lying(&directory.path().join("o")), ["ab"]);
        }
    }

    #[test]
    fn what_lies_under_a_name_is_not_taken_for_other_bytes_wherever_they_differ() {
        let directory = tempfile::tempdir().unwrap();
        let (file, path) = (directory.path().join("f"), directory.path().join("o/ab"));
        let mut bytes = vec![7; 3 * COMPARED_BYTES + 1];
        std::fs::write(&file, &bytes).unwrap();
        keep_durably(directory.path(), &path, &file).unwrap();
        std::fs::remove_file(&file).unwrap();
        let put = |bytes: &[u8]| {
            std::fs::write(&file, bytes).unwrap();
            keep_durably(directory.path(), &path, &file).is_ok()
        };
        assert!(put(&bytes));
        for altered in [0, COMPARED_BYTES, 3 * COMPARED_BYTES] {
            bytes[altered] ^= 1;
            assert!(!put(&bytes), "{altered}");
            bytes[altered] ^= 1;
        }
        assert!(!put(&bytes[1..]) && !put(b""));
        assert_eq!(std::fs::read(&path).unwrap(), bytes, "nothing is mended");
    }

    #[test]
    fn a_copy_from_another_disk_goes_on_with_what_a_crash_left() {
        let directory = tempfile::tempdir().unwrap();
        std::fs::create_dir(directory.path().join("o")).unwrap();
        let (file, path) = (directory.path().join("f"), directory.path().join("o/ab"));
        std::fs::write(&file, "all of it").unwrap();
        std::fs::write(directory.path().join("o/ab.new"), "all, and much more").unwrap();
        keep_copy(&path, &file).unwrap();
        assert_eq!(std::fs::read_to_string(&path).unwrap(), "all of it");
        assert_eq!(lying(&directory.path().join("o")), ["ab"]);
    }
}
