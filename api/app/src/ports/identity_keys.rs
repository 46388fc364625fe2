//! The bureau's identity key: an X25519 pair in the form of age (age-encryption.org/v1). The server
//! needs the public half alone, to seal; the private half may lie in a safe, and then nobody who has
//! the server, its keys and its database can tell who reported.

use crate::ports::{
    ids::Ids,
    key_files::{KeyError, next, read_private, take_next, write_new},
};
use age::x25519;
use liangxin_domain::{
    evidence::digest::Sha256,
    privacy::identity::{IdentityField, Personal},
};
use ring::digest;
use serde::{Deserialize, Serialize};
use std::{fs, io::ErrorKind, path::Path, str::FromStr as _};
use uuid::Uuid;

/// Sealed texts are filled up to a multiple of this, so that their length tells nothing.
const PADDED_TO: usize = 256;
/// The file with the public half, for whoever wants to check.
pub const RECIPIENT: &str = "recipient.txt";
/// The file with the private half; it may be taken away.
pub const IDENTITY: &str = "identity.key";
/// How the names of the files with the private halves of before begin.
const BEFORE: &str = "identity-";
/// The setting with a public half that the operator made.
pub const SETTING: &str = "LIANGXIN_IDENTITY_KEY";

/// What this server holds of the identity key.
#[derive(Clone, Default)]
pub struct IdentityKeys {
    recipient: Option<x25519::Recipient>,
    private: Option<x25519::Identity>,
    /// Those of before, which open what was sealed to them.
    before: Vec<x25519::Identity>,
}

/// What stands inside a sealed field: it names its own place, so that a ciphertext that was moved to
/// another row is noticed by whoever opens it.
#[derive(Serialize, Deserialize)]
struct Inside {
    identity: Uuid,
    field: String,
    value: String,
}

impl Inside {
    /// As JSON, filled up with spaces, so that the length tells little about the value.
    fn padded(&self) -> Option<Vec<u8>> {
        let mut text = serde_json::to_vec(self).ok()?;
        text.resize(text.len().next_multiple_of(PADDED_TO), b' ');
        Some(text)
    }
}

impl std::fmt::Debug for IdentityKeys {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("IdentityKeys(…)")
    }
}

impl IdentityKeys {
    /// A new pair, held by this process: for tests and for making a key.
    #[must_use]
    pub fn generate() -> Self {
        let private = x25519::Identity::generate();
        Self {
            recipient: Some(private.to_public()),
            private: Some(private),
            before: Vec::new(),
        }
    }

    /// No key at all: real names are refused.
    #[must_use]
    pub fn none() -> Self {
        Self::default()
    }

    /// The same public half without the private one, as on a server whose key lies elsewhere.
    #[must_use]
    pub fn without_private(&self) -> Self {
        Self {
            recipient: self.recipient.clone(),
            private: None,
            before: Vec::new(),
        }
    }

    /// The configured public key, with the private one if it lies in the directory of keys.
    pub fn configured(recipient: &str, directory: &Path) -> Result<Self, KeyError> {
        let recipient = x25519::Recipient::from_str(recipient.trim())
            .map_err(|_| KeyError::Damaged(SETTING.to_owned()))?;
        let path = directory.join(IDENTITY);
        let private = private_in(&path)?;
        match &private {
            Some(held) if held.to_public() != recipient => {
                Err(KeyError::Foreign(path.display().to_string()))
            }
            _ => Ok(Self {
                recipient: Some(recipient),
                private,
                before: before_in(directory)?,
            }),
        }
    }

    /// The pair in the directory of keys, if there is one. Where somebody took the private half away, the public one goes
    /// on.
    pub fn find(directory: &Path) -> Result<Option<Self>, KeyError> {
        if let Some(text) = recipient_in(&directory.join(RECIPIENT))? {
            return Self::configured(&text, directory).map(Some);
        }
        let private = private_in(&directory.join(IDENTITY))?;
        let before = before_in(directory)?;
        Ok(private.map(|private| Self {
            recipient: Some(private.to_public()),
            private: Some(private),
            before,
        }))
    }

    /// Makes a pair in the directory of keys, unless another process did at the same moment: then that one counts.
    pub fn make(directory: &Path, ids: &Ids) -> Result<Self, KeyError> {
        use age::secrecy::ExposeSecret as _;
        let (public, private) = (directory.join(RECIPIENT), directory.join(IDENTITY));
        let fresh = x25519::Identity::generate();
        write_new(&private, fresh.to_string().expose_secret().as_bytes(), ids)?;
        let held = private_in(&private)?;
        let held = held.ok_or_else(|| KeyError::Missing(private.display().to_string()))?;
        write_new(&public, held.to_public().to_string().as_bytes(), ids)?;
        let made = Self::find(directory)?;
        made.ok_or_else(|| KeyError::Missing(public.display().to_string()))
    }

    /// Makes the pair that is to take the place of the one in the directory. One of a rotation that was cut is as good.
    pub fn make_next(directory: &Path, ids: &Ids) -> Result<Self, KeyError> {
        use age::secrecy::ExposeSecret as _;
        let path = directory.join(next(IDENTITY));
        let fresh = x25519::Identity::generate();
        write_new(&path, fresh.to_string().expose_secret().as_bytes(), ids)?;
        let held = private_in(&path)?;
        let held = held.ok_or_else(|| KeyError::Missing(path.display().to_string()))?;
        Ok(Self {
            recipient: Some(held.to_public()),
            private: Some(held),
            before: Vec::new(),
        })
    }

    /// Puts the next pair in its place if it is the one that the database expects; the private half of before is kept
    /// beside it. A rotation that was cut is ended so.
    pub fn take_next(directory: &Path, expected: Sha256, ids: &Ids) -> Result<(), KeyError> {
        let path = directory.join(IDENTITY);
        let is_expected = |private: &x25519::Identity| {
            Self::public(private.to_public()).check_value() == Some(expected)
        };
        if private_in(&directory.join(next(IDENTITY)))?
            .as_ref()
            .is_some_and(is_expected)
        {
            Self::put_aside(directory)?;
            take_next(&path)?;
        }
        let public = directory.join(RECIPIENT);
        let Some(private) = private_in(&path)?.filter(is_expected) else {
            return Ok(());
        };
        let recipient = private.to_public().to_string();
        if recipient_in(&public)?.is_none_or(|told| told.trim() != recipient) {
            write_new(&directory.join(next(RECIPIENT)), recipient.as_bytes(), ids)?;
            take_next(&public)?;
        }
        Ok(())
    }

    /// Keeps the private half of the present pair under a name of its own, so that what was sealed to it opens on.
    pub fn put_aside(directory: &Path) -> Result<(), KeyError> {
        let path = directory.join(IDENTITY);
        let Some(held) = private_in(&path)? else {
            return Ok(());
        };
        let named = Self::public(held.to_public()).check_value();
        let named = named.map(|value| value.to_string()).unwrap_or_default();
        let short = named.get(..8).unwrap_or_default();
        let aside = directory.join(format!("{BEFORE}{short}.key"));
        fs::rename(&path, aside).map_err(|e| KeyError::File(path.display().to_string(), e))
    }

    /// A public half that an operator made.
    pub fn recipient_of(text: &str) -> Result<Self, KeyError> {
        let damaged = |_| KeyError::Damaged(text.to_owned());
        let recipient = x25519::Recipient::from_str(text.trim()).map_err(damaged)?;
        Ok(Self::public(recipient))
    }

    /// A public half alone.
    const fn public(recipient: x25519::Recipient) -> Self {
        Self {
            recipient: Some(recipient),
            private: None,
            before: Vec::new(),
        }
    }

    /// What stands in the database for the public key. It is no secret; a digest says as little as is needed.
    #[must_use]
    pub fn check_value(&self) -> Option<Sha256> {
        let named = format!("liangxin key check v1\0recipient\0{}", self.recipient()?);
        let mut out = [0; 32];
        out.copy_from_slice(digest::digest(&digest::SHA256, named.as_bytes()).as_ref());
        Some(Sha256::new(out))
    }

    /// The public key that seals now.
    #[must_use]
    pub fn recipient(&self) -> Option<String> {
        self.recipient.as_ref().map(ToString::to_string)
    }

    /// Whether this server can open what it seals.
    #[must_use]
    pub const fn can_open(&self) -> bool {
        self.private.is_some()
    }

    /// Whether a private half is held that opens what was sealed to a public key.
    #[must_use]
    pub fn opens(&self, recipient: &str) -> bool {
        let mut held = self.private.iter().chain(&self.before);
        held.any(|private| private.to_public().to_string() == recipient)
    }

    /// Seals one field of an identity; nothing if there is no key.
    #[must_use]
    pub fn seal(&self, identity: Uuid, field: IdentityField, value: &Personal) -> Option<Vec<u8>> {
        let inside = Inside {
            identity,
            field: field.to_string(),
            value: value.expose().to_owned(),
        };
        age::encrypt(self.recipient.as_ref()?, &inside.padded()?).ok()
    }

    /// Opens a field that was sealed for this very place; nothing if the key is elsewhere or does
    /// not fit.
    #[must_use]
    pub fn open_field(
        &self,
        identity: Uuid,
        field: IdentityField,
        sealed: &[u8],
    ) -> Option<Personal> {
        let held = self.private.iter().chain(&self.before);
        let text = held
            .filter_map(|private| age::decrypt(private, sealed).ok())
            .next()?;
        let inside: Inside = serde_json::from_slice(&text).ok()?;
        let fits = inside.identity == identity && inside.field == <&str>::from(field);
        fits.then(|| Personal::new(inside.value))
    }
}

/// The file with the public half, which anybody may read.
fn recipient_in(path: &Path) -> Result<Option<String>, KeyError> {
    match fs::read_to_string(path) {
        Ok(text) => Ok(Some(text)),
        Err(e) if e.kind() == ErrorKind::NotFound => Ok(None),
        Err(e) => Err(KeyError::File(path.display().to_string(), e)),
    }
}

/// The private halves of the pairs of before.
fn before_in(directory: &Path) -> Result<Vec<x25519::Identity>, KeyError> {
    let told = |e| KeyError::File(directory.display().to_string(), e);
    let entries = match fs::read_dir(directory) {
        Ok(entries) => entries,
        Err(e) if e.kind() == ErrorKind::NotFound => return Ok(Vec::new()),
        Err(e) => return Err(told(e)),
    };
    let mut before = Vec::new();
    for entry in entries {
        let entry = entry.map_err(told)?;
        let name = entry.file_name();
        let name = name.to_string_lossy();
        if name.starts_with(BEFORE) && name.ends_with(".key") {
            before.extend(private_in(&entry.path())?);
        }
    }
    Ok(before)
}

fn private_in(path: &Path) -> Result<Option<x25519::Identity>, KeyError> {
    let read = |bytes: Vec<u8>| {
        let text = String::from_utf8(bytes).ok()?;
        x25519::Identity::from_str(text.trim()).ok()
    };
    let Some(bytes) = read_private(path)? else {
        return Ok(None);
    };
    let held = read(bytes).ok_or_else(|| KeyError::Damaged(path.display().to_string()));
    held.map(Some)
}

#[cfg(test)]
mod tests {
    use super::*;

    const FIELD: IdentityField = IdentityField::Name;

    #[test]
    fn a_field_opens_in_its_own_place_with_the_private_key_alone() {
        let keys = IdentityKeys::generate();
        let (one, two) = (Uuid::from_u128(1), Uuid::from_u128(2));
        let name = Personal::new("陈婉清".to_owned());
        let sealed = keys.seal(one, FIELD, &name).unwrap();
        assert_eq!(keys.open_field(one, FIELD, &sealed).unwrap(), name);
        assert!(keys.open_field(two, FIELD, &sealed).is_none());
        assert!(
            keys.open_field(one, IdentityField::Phone, &sealed)
                .is_none()
        );
        assert!(
            keys.without_private()
                .open_field(one, FIELD, &sealed)
                .is_none()
        );
        assert!(
            IdentityKeys::generate()
                .open_field(one, FIELD, &sealed)
                .is_none()
        );
        assert!(IdentityKeys::none().seal(one, FIELD, &name).is_none());
        // The library varies the length of its header by itself.
        let padded = |name: &str| {
            Inside {
                identity: one,
                field: FIELD.to_string(),
                value: name.to_owned(),
            }
            .padded()
            .unwrap()
            .len()
        };
        assert_eq!(padded("陈婉清"), padded(&"陈".repeat(40)));
    }

    #[test]
    fn a_pair_is_made_once_and_works_on_without_its_private_half() {
        let directory = tempfile::tempdir().unwrap();
        let (dir, ids) = (directory.path(), Ids::seeded(1));
        assert!(IdentityKeys::find(dir).unwrap().is_none());
        let first = IdentityKeys::make(dir, &ids).unwrap();
        let again = IdentityKeys::make(dir, &ids).unwrap();
        assert_eq!(first.recipient(), again.recipient());
        assert!(again.can_open());
        std::fs::remove_file(dir.join(IDENTITY)).unwrap();
        let public = IdentityKeys::find(dir).unwrap().unwrap();
        assert_eq!(public.recipient(), first.recipient());
        assert_eq!(public.check_value(), first.check_value());
        assert!(!public.can_open());
        assert!(IdentityKeys::configured("age1rubbish", dir).is_err());
    }

    #[test]
    fn a_private_key_of_somebody_else_is_noticed() {
        let directory = tempfile::tempdir().unwrap();
        IdentityKeys::make(directory.path(), &Ids::seeded(1)).unwrap();
        let other = IdentityKeys::generate().recipient().unwrap();
        let opened = IdentityKeys::configured(&other, directory.path());
        assert!(matches!(opened, Err(KeyError::Foreign(_))));
    }
}
