//! The bureau's identity key: an X25519 pair in the form of age (age-encryption.org/v1). The server
//! needs the public half alone, to seal; the private half may lie in a safe, and then nobody who has
//! the server, its keys and its database can tell who reported.

use age::x25519;
use liangxin_domain::privacy::identity::{IdentityField, Personal};
use serde::{Deserialize, Serialize};
use std::{
    fs::{self, OpenOptions},
    io::{ErrorKind, Write as _},
    os::unix::fs::OpenOptionsExt as _,
    path::Path,
    str::FromStr as _,
};
use uuid::Uuid;

/// Sealed texts are filled up to a multiple of this, so that their length tells nothing.
const PADDED_TO: usize = 256;
/// The file with the public half, for whoever wants to check.
const RECIPIENT_FILE: &str = "recipient.txt";
/// The file with the private half; it may be taken away.
const IDENTITY_FILE: &str = "identity.key";

/// Why the identity key is not usable.
#[derive(Debug, thiserror::Error)]
pub enum IdentityKeyError {
    /// The directory or a file in it.
    #[error("cannot read or write the identity key file {0}")]
    File(String, #[source] std::io::Error),
    /// Not a key of age.
    #[error("{0} is not an age X25519 key")]
    Damaged(String),
    /// The private key belongs to another public one.
    #[error("identity.key does not belong to LIANGXIN_IDENTITY_KEY")]
    Mismatch,
}

/// What this server holds of the identity key.
#[derive(Clone, Default)]
pub struct IdentityKeys {
    recipient: Option<x25519::Recipient>,
    private: Option<x25519::Identity>,
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
        }
    }

    /// The configured public key, with the private one if it lies in the directory of keys.
    pub fn configured(recipient: &str, dir: &Path) -> Result<Self, IdentityKeyError> {
        let recipient = x25519::Recipient::from_str(recipient.trim())
            .map_err(|_| IdentityKeyError::Damaged("LIANGXIN_IDENTITY_KEY".to_owned()))?;
        let private = read_private(&dir.join(IDENTITY_FILE))?;
        match &private {
            Some(held) if held.to_public() != recipient => Err(IdentityKeyError::Mismatch),
            _ => Ok(Self {
                recipient: Some(recipient),
                private,
            }),
        }
    }

    /// The pair in the directory of keys; it is made there at the first start. Where somebody took
    /// the private half away, the public one goes on.
    pub fn open(dir: &Path) -> Result<Self, IdentityKeyError> {
        fs::create_dir_all(dir).map_err(|e| file_error(dir, e))?;
        let (public, private) = (dir.join(RECIPIENT_FILE), dir.join(IDENTITY_FILE));
        if !public.exists() {
            let fresh = Self::generate();
            if let (Some(recipient), Some(identity)) = (&fresh.recipient, &fresh.private) {
                use age::secrecy::ExposeSecret as _;
                let made = write_new(&private, identity.to_string().expose_secret())?;
                // Another process may have made one at the same moment: its pair counts.
                let recipient = match read_private(&private)? {
                    Some(held) if !made => held.to_public(),
                    _ => recipient.clone(),
                };
                write_new(&public, &recipient.to_string())?;
            }
        }
        let text = fs::read_to_string(&public).map_err(|e| file_error(&public, e))?;
        Self::configured(&text, dir)
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
        let text = age::decrypt(self.private.as_ref()?, sealed).ok()?;
        let inside: Inside = serde_json::from_slice(&text).ok()?;
        let fits = inside.identity == identity && inside.field == <&str>::from(field);
        fits.then(|| Personal::new(inside.value))
    }
}

fn file_error(path: &Path, error: std::io::Error) -> IdentityKeyError {
    IdentityKeyError::File(path.display().to_string(), error)
}

fn read_private(path: &Path) -> Result<Option<x25519::Identity>, IdentityKeyError> {
    match fs::read_to_string(path) {
        Ok(text) => x25519::Identity::from_str(text.trim())
            .map(Some)
            .map_err(|_| IdentityKeyError::Damaged(path.display().to_string())),
        Err(e) if e.kind() == ErrorKind::NotFound => Ok(None),
        Err(e) => Err(file_error(path, e)),
    }
}

/// Writes a file that is not there yet; false if it is.
fn write_new(path: &Path, text: &str) -> Result<bool, IdentityKeyError> {
    let opened = OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(path);
    match opened {
        Ok(mut file) => file
            .write_all(text.as_bytes())
            .and_then(|()| file.sync_all())
            .map(|()| true)
            .map_err(|e| file_error(path, e)),
        Err(e) if e.kind() == ErrorKind::AlreadyExists => Ok(false),
        Err(e) => Err(file_error(path, e)),
    }
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
        let dir = std::env::temp_dir().join(format!("liangxin-identity-{}", std::process::id()));
        let first = IdentityKeys::open(&dir).unwrap();
        let again = IdentityKeys::open(&dir).unwrap();
        assert_eq!(first.recipient(), again.recipient());
        assert!(again.can_open());
        fs::remove_file(dir.join(IDENTITY_FILE)).unwrap();
        let public = IdentityKeys::open(&dir).unwrap();
        assert_eq!(public.recipient(), first.recipient());
        assert!(!public.can_open());
        assert!(IdentityKeys::configured("age1rubbish", &dir).is_err());
        fs::remove_dir_all(&dir).unwrap();
    }

    #[test]
    fn a_private_key_of_somebody_else_is_noticed() {
        let dir =
            std::env::temp_dir().join(format!("liangxin-identity-other-{}", std::process::id()));
        IdentityKeys::open(&dir).unwrap();
        let other = IdentityKeys::generate().recipient().unwrap();
        let opened = IdentityKeys::configured(&other, &dir);
        assert!(matches!(opened, Err(IdentityKeyError::Mismatch)));
        fs::remove_dir_all(&dir).unwrap();
    }
}
