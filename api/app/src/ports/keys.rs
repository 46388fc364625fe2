//! The server's keys: one Ed25519 pair that signs tokens, one secret out of which the keys for
//! hashing codes and sealing contacts are derived. They live in a directory of their own, readable
//! by the owner alone, and are made at the first start. Replicas share the directory.

use crate::ports::{ids::Ids, token};
use chrono::{DateTime, Utc};
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header, Validation};
use ring::{
    aead, hmac,
    signature::{Ed25519KeyPair, KeyPair as _},
};
use serde::{Deserialize, Serialize};
use std::{
    fs::{self, OpenOptions},
    io::{ErrorKind, Write as _},
    os::unix::fs::OpenOptionsExt as _,
    path::Path,
};
use uuid::Uuid;

const ISSUER: &str = "liangxin";

/// Why the keys could not be read or made.
#[derive(Debug, thiserror::Error)]
pub enum KeysError {
    /// The directory or a file in it.
    #[error("cannot read or write the key file {0}")]
    File(String, #[source] std::io::Error),
    /// A file that holds something else.
    #[error("the key file {0} is damaged")]
    Damaged(String),
}

/// What a token is good for. A token for one purpose is refused for another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// A signed-in person's requests.
    Access,
    /// Sending the photos of one report.
    Upload,
}

impl Purpose {
    const fn audience(self) -> &'static str {
        match self {
            Self::Access => "access",
            Self::Upload => "upload",
        }
    }
}

/// What a token says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Claims {
    /// The person (access) or the report (upload).
    pub sub: Uuid,
    /// The device, for access tokens.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub device: Option<Uuid>,
    iss: String,
    aud: String,
    iat: i64,
    exp: i64,
}

/// The keys of this server.
pub struct Keys {
    encoding: EncodingKey,
    decoding: DecodingKey,
    secret: hmac::Key,
    seal: aead::LessSafeKey,
}

impl std::fmt::Debug for Keys {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Keys(…)")
    }
}

impl Keys {
    /// Reads the keys of a directory, or makes them there with mode 0600.
    pub fn open(dir: &Path, ids: &Ids) -> Result<Self, KeysError> {
        fs::create_dir_all(dir).map_err(|e| KeysError::File(dir.display().to_string(), e))?;
        let seed = read_or_create(&dir.join("token-signing.key"), ids)?;
        let secret = read_or_create(&dir.join("secret.key"), ids)?;
        Self::of(&seed, &secret)
    }

    /// Keys that follow from the id port, for tests.
    pub fn in_memory(ids: &Ids) -> Result<Self, KeysError> {
        Self::of(&ids.bytes(), &ids.bytes())
    }

    fn of(seed: &[u8; 32], secret: &[u8; 32]) -> Result<Self, KeysError> {
        token::install();
        let damaged = || KeysError::Damaged("token-signing.key".to_owned());
        let pair = Ed25519KeyPair::from_seed_unchecked(seed).map_err(|_| damaged())?;
        let secret = hmac::Key::new(hmac::HMAC_SHA256, secret);
        let seal = hmac::sign(&secret, b"liangxin seal v1");
        let seal = aead::UnboundKey::new(&aead::CHACHA20_POLY1305, seal.as_ref())
            .map_err(|_| KeysError::Damaged("secret.key".to_owned()))?;
        Ok(Self {
            encoding: EncodingKey::from_ed_der(&pkcs8(seed)),
            decoding: DecodingKey::from_ed_der(pair.public_key().as_ref()),
            secret,
            seal: aead::LessSafeKey::new(seal),
        })
    }

    /// Signs a token that works from `now` for `life_seconds`.
    pub fn issue(
        &self,
        purpose: Purpose,
        sub: Uuid,
        device: Option<Uuid>,
        (now, life_seconds): (DateTime<Utc>, i64),
    ) -> Result<String, jsonwebtoken::errors::Error> {
        let claims = Claims {
            sub,
            device,
            iss: ISSUER.to_owned(),
            aud: purpose.audience().to_owned(),
            iat: now.timestamp(),
            exp: now.timestamp() + life_seconds,
        };
        jsonwebtoken::encode(&Header::new(Algorithm::EdDSA), &claims, &self.encoding)
    }

    /// Reads a token; `None` if it is forged, for another purpose, or over.
    #[must_use]
    pub fn read(&self, purpose: Purpose, token: &str, now: DateTime<Utc>) -> Option<Claims> {
        let mut validation = Validation::new(Algorithm::EdDSA);
        validation.set_audience(&[purpose.audience()]);
        validation.set_issuer(&[ISSUER]);
        validation.set_required_spec_claims(&["exp", "sub", "iss", "aud"]);
        // The library would ask the machine's clock; ours may be a manual one.
        validation.validate_exp = false;
        let claims = jsonwebtoken::decode::<Claims>(token, &self.decoding, &validation)
            .ok()?
            .claims;
        (now.timestamp() < claims.exp).then_some(claims)
    }

    /// A keyed hash: what the database keeps of a code, a token or an address. The purpose keeps
    /// hashes of different things apart.
    #[must_use]
    pub fn hash(&self, purpose: &str, content: &[u8]) -> [u8; 32] {
        let mut context = hmac::Context::with_key(&self.secret);
        context.update(purpose.as_bytes());
        context.update(&[0]);
        context.update(content);
        let mut out = [0; 32];
        out.copy_from_slice(context.sign().as_ref());
        out
    }

    /// Whether it is what [`Keys::hash`] makes of the content, compared in a time that tells nothing.
    #[must_use]
    pub fn is_hash(&self, purpose: &str, content: &[u8], hash: &[u8]) -> bool {
        let content = [purpose.as_bytes(), &[0], content].concat();
        hmac::verify(&self.secret, &content, hash).is_ok()
    }

    /// Encrypts a short secret for the row `about`; it cannot be moved to another row.
    #[must_use]
    pub fn seal(&self, ids: &Ids, about: Uuid, plain: &str) -> Option<Vec<u8>> {
        let nonce: [u8; 12] = ids.bytes();
        let mut bytes = plain.as_bytes().to_vec();
        self.seal
            .seal_in_place_append_tag(
                aead::Nonce::assume_unique_for_key(nonce),
                aead::Aad::from(about.as_bytes()),
                &mut bytes,
            )
            .ok()?;
        Some([nonce.to_vec(), bytes].concat())
    }

    /// Decrypts what [`Keys::seal`] made for the same row.
    #[must_use]
    pub fn unseal(&self, about: Uuid, sealed: &[u8]) -> Option<String> {
        let (nonce, bytes) = sealed.split_at_checked(12)?;
        let nonce = aead::Nonce::try_assume_unique_for_key(nonce).ok()?;
        let mut bytes = bytes.to_vec();
        let plain = self
            .seal
            .open_in_place(nonce, aead::Aad::from(about.as_bytes()), &mut bytes)
            .ok()?;
        String::from_utf8(plain.to_vec()).ok()
    }
}

/// Sixteen constant bytes and the seed: an Ed25519 private key as RFC 8410 writes it.
fn pkcs8(seed: &[u8; 32]) -> Vec<u8> {
    const PREFIX: [u8; 16] = [
        0x30, 0x2e, 0x02, 0x01, 0x00, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x04, 0x22, 0x04,
        0x20,
    ];
    [PREFIX.as_slice(), seed].concat()
}

/// Creates the file only if it is not there, so that two replicas that start together agree.
fn read_or_create(path: &Path, ids: &Ids) -> Result<[u8; 32], KeysError> {
    let name = path.display().to_string();
    let fresh: [u8; 32] = ids.bytes();
    let partial = path.with_extension(format!("{}.new", Uuid::from_bytes(ids.bytes())));
    let made = OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(&partial)
        .and_then(|mut file| file.write_all(&fresh).and_then(|()| file.sync_all()))
        // A hard link fails if the name exists: nobody ever reads half a key.
        .and_then(|()| fs::hard_link(&partial, path));
    let removed = fs::remove_file(&partial);
    match made {
        Ok(()) => removed.map_err(|e| KeysError::File(name.clone(), e))?,
        Err(e) if e.kind() == ErrorKind::AlreadyExists => {}
        Err(e) => return Err(KeysError::File(name, e)),
    }
    let bytes = fs::read(path).map_err(|e| KeysError::File(name.clone(), e))?;
    bytes.try_into().map_err(|_| KeysError::Damaged(name))
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::TimeDelta;

    fn keys() -> (Keys, Ids) {
        let ids = Ids::seeded(7);
        (Keys::in_memory(&ids).unwrap(), ids)
    }

    #[test]
    fn a_token_works_for_its_purpose_until_it_is_over() {
        let (keys, ids) = keys();
        let now = DateTime::UNIX_EPOCH + TimeDelta::days(20_000);
        let person = ids.uuid(now);
        let token = keys
            .issue(Purpose::Access, person, Some(person), (now, 900))
            .unwrap();
        assert_eq!(keys.read(Purpose::Access, &token, now).unwrap().sub, person);
        assert!(keys.read(Purpose::Upload, &token, now).is_none());
        assert!(
            keys.read(Purpose::Access, &token, now + TimeDelta::seconds(900))
                .is_none()
        );
        assert!(
            keys.read(Purpose::Access, &format!("{token}x"), now)
                .is_none()
        );
        let other = Keys::in_memory(&Ids::seeded(8)).unwrap();
        assert!(other.read(Purpose::Access, &token, now).is_none());
    }

    #[test]
    fn a_sealed_contact_opens_only_for_its_own_row() {
        let (keys, ids) = keys();
        let (one, two) = (Uuid::from_u128(1), Uuid::from_u128(2));
        let sealed = keys.seal(&ids, one, "a@b.example").unwrap();
        assert_eq!(keys.unseal(one, &sealed).as_deref(), Some("a@b.example"));
        assert_eq!(keys.unseal(two, &sealed), None);
        assert!(!sealed.windows(3).any(|w| w == b"a@b"));
    }
}
