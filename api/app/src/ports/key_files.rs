//! The files of the keys: one secret a file, in a directory of its own that replicas share. It reads them, makes them where
//! the caller says that nothing was made before, and proves one by a value that tells nothing about it.

use crate::ports::ids::Ids;
use liangxin_domain::evidence::digest::Sha256;
use ring::{aead, hmac};
use std::{
    fs::{self, DirBuilder, OpenOptions},
    io::{Error, ErrorKind, Read as _, Write as _},
    os::unix::fs::{DirBuilderExt as _, MetadataExt as _, OpenOptionsExt as _},
    path::{Path, PathBuf},
};
use uuid::Uuid;

/// The key that tokens are signed with.
pub const SIGNING: &str = "token-signing.key";
/// The key that evidence is signed with: receipts of photos, seals over the log.
pub const EVIDENCE: &str = "evidence-signing.key";
/// The key that unwraps the secret root out of which codes are hashed and contacts sealed.
pub const SECRET: &str = "secret.key";

/// Why a key is not usable, and what to do.
#[derive(Debug, thiserror::Error)]
pub enum KeyError {
    /// The directory or a file in it.
    #[error("cannot read or write the key file {0}")]
    File(String, #[source] Error),
    /// A file that others than its owner may read.
    #[error(
        "KEY_EXPOSED: others can read the key file {0}. Close it with `chmod 600 {0}`; if somebody may have read it, make \
         another one, see `Keys` in OPERATING.md"
    )]
    Exposed(String),
    /// A file that holds something else.
    #[error("KEY_DAMAGED: {0} does not hold a key; put the file back from the backup")]
    Damaged(String),
    /// The database was filled with a key that is not here.
    #[error(
        "KEY_MISSING: the database was filled with the key {0}, and it is not there. Put it back from the backup; no other \
         one was made. If it is lost for good, see `Keys` in OPERATING.md"
    )]
    Missing(String),
    /// A key that is said to be lost.
    #[error(
        "KEY_HELD: {0} is the key that the database was filled with; rotate it without --lost, and nothing is lost"
    )]
    Held(String),
    /// The database was filled with another key.
    #[error(
        "KEY_FOREIGN: {0} is not the key that the database was filled with. Put the right one back from the backup, or name \
         the database that belongs to it; see `Keys` in OPERATING.md"
    )]
    Foreign(String),
}

/// A key as its file holds it. It proves itself, and it wraps.
#[derive(Clone)]
pub struct FileKey([u8; 32]);

impl std::fmt::Debug for FileKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("FileKey(…)")
    }
}

impl FileKey {
    /// A new one.
    #[must_use]
    pub fn generate(ids: &Ids) -> Self {
        Self(ids.bytes())
    }

    /// The secret root at work: it wraps what only the holder of the root may have written.
    #[must_use]
    pub const fn of(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// Its bytes.
    #[must_use]
    pub const fn bytes(&self) -> &[u8; 32] {
        &self.0
    }

    /// What stands in the database for the key of that name: a keyed hash for this purpose alone. Nobody who reads it
    /// learns anything about the key, which is 32 random bytes.
    #[must_use]
    pub fn check_value(&self, name: &str) -> Sha256 {
        Sha256::new(self.derived(&format!("liangxin key check v1\0{name}")))
    }

    /// Encrypts another key under this one, for the row of that name.
    #[must_use]
    pub fn wrap(&self, ids: &Ids, name: &str, key: &[u8; 32]) -> Option<Vec<u8>> {
        let nonce: [u8; 12] = ids.bytes();
        let mut bytes = key.to_vec();
        let place = aead::Nonce::assume_unique_for_key(nonce);
        self.wrapping()?
            .seal_in_place_append_tag(place, aead::Aad::from(wrapped_in(name)), &mut bytes)
            .ok()?;
        Some([nonce.to_vec(), bytes].concat())
    }

    /// Decrypts what [`FileKey::wrap`] made with the same key for the same row.
    #[must_use]
    pub fn open(&self, name: &str, wrapped: &[u8]) -> Option<[u8; 32]> {
        let (nonce, bytes) = wrapped.split_at_checked(12)?;
        let nonce = aead::Nonce::try_assume_unique_for_key(nonce).ok()?;
        let mut bytes = bytes.to_vec();
        let plain = self
            .wrapping()?
            .open_in_place(nonce, aead::Aad::from(wrapped_in(name)), &mut bytes)
            .ok()?;
        plain.try_into().ok()
    }

    fn wrapping(&self) -> Option<aead::LessSafeKey> {
        let key = self.derived("liangxin wrap v1");
        let key = aead::UnboundKey::new(&aead::CHACHA20_POLY1305, &key).ok()?;
        Some(aead::LessSafeKey::new(key))
    }

    fn derived(&self, purpose: &str) -> [u8; 32] {
        let key = hmac::Key::new(hmac::HMAC_SHA256, &self.0);
        let mut out = [0; 32];
        out.copy_from_slice(hmac::sign(&key, purpose.as_bytes()).as_ref());
        out
    }
}

/// Where a wrapped key stands: table, row and column.
fn wrapped_in(name: &str) -> Vec<u8> {
    format!("server_key\0{name}\0wrapped").into_bytes()
}

/// The directory of the keys.
#[derive(Debug, Clone)]
pub struct KeyDirectory(PathBuf);

impl KeyDirectory {
    /// Names the directory; nothing is made.
    #[must_use]
    pub const fn new(directory: PathBuf) -> Self {
        Self(directory)
    }

    /// Where it is.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.0
    }

    /// A key's file as it is told to the operator.
    #[must_use]
    pub fn name_of(&self, name: &str) -> String {
        self.0.join(name).display().to_string()
    }

    /// The key of that name; none without a file.
    pub fn find(&self, name: &str) -> Result<Option<FileKey>, KeyError> {
        let Some(bytes) = read_private(&self.0.join(name))? else {
            return Ok(None);
        };
        let key = bytes
            .try_into()
            .map_err(|_| KeyError::Damaged(self.name_of(name)));
        key.map(FileKey).map(Some)
    }

    /// The key that is to take the place of the one of that name, if a rotation has begun.
    pub fn find_next(&self, name: &str) -> Result<Option<FileKey>, KeyError> {
        self.find(&next(name))
    }

    /// Makes the key that is to take the place of the one of that name. One that is there already, such as of a rotation that
    /// was cut, is as good: nobody has used it.
    pub fn make_next(&self, name: &str, ids: &Ids) -> Result<FileKey, KeyError> {
        self.make(&next(name), ids)
    }

    /// Puts the next key in the place of the one of that name, which is gone then.
    pub fn take_next(&self, name: &str) -> Result<(), KeyError> {
        take_next(&self.0.join(name))
    }

    /// Makes the key of that name with mode 0600, unless another process did at the same moment: then that one counts.
    pub fn make(&self, name: &str, ids: &Ids) -> Result<FileKey, KeyError> {
        write_new(&self.0.join(name), FileKey::generate(ids).bytes(), ids)?;
        self.find(name)?
            .ok_or_else(|| KeyError::Missing(self.name_of(name)))
    }
}

/// How the file is called that is to take the place of another one.
pub(super) fn next(name: &str) -> String {
    format!("{name}.next")
}

/// Puts the next file in the place of another one, and makes sure that it stays there.
pub(super) fn take_next(path: &Path) -> Result<(), KeyError> {
    let file_error = |e| KeyError::File(path.display().to_string(), e);
    let mut from = path.as_os_str().to_owned();
    from.push(".next");
    fs::rename(from, path).map_err(file_error)?;
    let directory = path.parent().map_or(Ok(()), |directory| {
        fs::File::open(directory).and_then(|directory| directory.sync_all())
    });
    directory.map_err(file_error)
}

/// Reads a file that nobody but its owner may read.
pub(super) fn read_private(path: &Path) -> Result<Option<Vec<u8>>, KeyError> {
    let file_error = |e| KeyError::File(path.display().to_string(), e);
    let mut file = match fs::File::open(path) {
        Ok(file) => file,
        Err(e) if e.kind() == ErrorKind::NotFound => return Ok(None),
        Err(e) => return Err(file_error(e)),
    };
    if file.metadata().map_err(file_error)?.mode() & 0o077 != 0 {
        return Err(KeyError::Exposed(path.display().to_string()));
    }
    let mut bytes = Vec::new();
    file.read_to_end(&mut bytes).map_err(file_error)?;
    Ok(Some(bytes))
}

/// Writes a file that is not there yet, with its directory; one that is there stays as it is.
pub(super) fn write_new(path: &Path, content: &[u8], ids: &Ids) -> Result<(), KeyError> {
    let file_error = |e| KeyError::File(path.display().to_string(), e);
    if let Some(directory) = path.parent() {
        let mut made = DirBuilder::new();
        let made = made.recursive(true).mode(0o700).create(directory);
        made.map_err(file_error)?;
    }
    let partial = path.with_extension(format!("{}.new", Uuid::from_bytes(ids.bytes())));
    let made = OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(&partial)
        .and_then(|mut file| file.write_all(content).and_then(|()| file.sync_all()))
        // A hard link fails if the name exists: nobody ever reads half a key.
        .and_then(|()| fs::hard_link(&partial, path));
    let removed = fs::remove_file(&partial);
    match made {
        Ok(()) => removed.map_err(file_error),
        Err(e) if e.kind() == ErrorKind::AlreadyExists => Ok(()),
        Err(e) => Err(file_error(e)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::os::unix::fs::PermissionsExt as _;

    #[test]
    fn a_wrapped_key_opens_with_the_key_that_wrapped_it_alone() {
        let ids = Ids::seeded(3);
        let (one, two) = (FileKey::generate(&ids), FileKey::generate(&ids));
        let wrapped = one.wrap(&ids, SECRET, two.bytes()).unwrap();
        assert_eq!(one.open(SECRET, &wrapped).as_ref(), Some(two.bytes()));
        assert_eq!(two.open(SECRET, &wrapped), None);
        assert_eq!(one.open(SIGNING, &wrapped), None);
        assert_ne!(one.check_value(SECRET), one.check_value(SIGNING));
        assert_ne!(one.check_value(SECRET), two.check_value(SECRET));
    }

    #[test]
    fn a_key_is_made_once_and_found_again() {
        let directory = tempfile::tempdir().unwrap();
        let keys = KeyDirectory::new(directory.path().join("keys"));
        let ids = Ids::seeded(3);
        assert!(keys.find(SECRET).unwrap().is_none());
        let made = keys.make(SECRET, &ids).unwrap();
        let again = keys.make(SECRET, &ids).unwrap();
        assert_eq!(made.bytes(), again.bytes());
        let file = keys.path().join(SECRET);
        std::fs::write(&file, b"short").unwrap();
        assert!(matches!(keys.find(SECRET), Err(KeyError::Damaged(_))));
        for (mode, is_closed) in [(0o400, true), (0o640, false), (0o604, false)] {
            fs::set_permissions(&file, fs::Permissions::from_mode(mode)).unwrap();
            let found = keys.find(SECRET);
            assert_eq!(!matches!(found, Err(KeyError::Exposed(_))), is_closed);
        }
    }
}
