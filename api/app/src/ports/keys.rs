//! The server's keys at work: one Ed25519 pair that signs tokens, one secret root out of which the keys for hashing codes
//! and sealing contacts are derived. Where they come from, it does not know.

use crate::{
    digest::sha256,
    ports::{ids::Ids, token},
};
use chrono::{DateTime, TimeDelta, Utc};
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header, Validation};
use liangxin_domain::limits::{
    ACCESS_TOKEN_SECONDS, BUNDLE_LINK_SECONDS, DEVICE_TOKEN_SECONDS, UPLOAD_TOKEN_SECONDS,
};
use ring::{
    aead,
    error::Unspecified,
    hmac,
    signature::{Ed25519KeyPair, KeyPair as _},
};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

pub use column::{Column, Place};

mod column;

const ISSUER: &str = "liangxin";

/// What a token is good for. A token for one purpose is refused for another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// A signed-in person's requests.
    Access,
    /// Sending the photos of one report.
    Upload,
    /// Showing that a device signed in before; it opens nothing.
    Device,
    /// Fetching the file of one case.
    Bundle,
}

impl Purpose {
    const fn audience(self) -> &'static str {
        match self {
            Self::Access => "access",
            Self::Upload => "upload",
            Self::Device => "device",
            Self::Bundle => "bundle",
        }
    }

    /// How long a token for it lives.
    const fn life_seconds(self) -> i64 {
        match self {
            Self::Access => ACCESS_TOKEN_SECONDS,
            Self::Upload => UPLOAD_TOKEN_SECONDS,
            Self::Device => DEVICE_TOKEN_SECONDS,
            Self::Bundle => BUNDLE_LINK_SECONDS,
        }
    }
}

/// Whom a token is for, and so what it is good for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Holder {
    /// A person who signed in on a device.
    Person {
        /// Who.
        user: Uuid,
        /// On which.
        device: Uuid,
    },
    /// Whoever sends the photos of a report.
    Photos {
        /// Which.
        report: Uuid,
        /// The series of its tokens, which the reporter ends.
        series: i32,
    },
    /// A device on which a person signed in before.
    Device {
        /// Who.
        user: Uuid,
        /// The device.
        device: Uuid,
    },
    /// Whoever made a bundle, on the device on which it was made.
    Bundle {
        /// Which.
        bundle: Uuid,
        /// The device.
        device: Uuid,
    },
}

/// What a token says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Claims {
    /// The person (access, device), the report (upload) or the bundle.
    pub sub: Uuid,
    /// The device, for tokens of a person.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub device: Option<Uuid>,
    /// The series, for tokens of a report; the first one is not written.
    #[serde(default, skip_serializing_if = "is_first")]
    pub series: i32,
    iss: String,
    aud: String,
    iat: i64,
    exp: i64,
}

impl Claims {
    /// From when on the token does not work.
    #[must_use]
    pub fn ends_at(&self) -> DateTime<Utc> {
        DateTime::from_timestamp(self.exp, 0).unwrap_or(DateTime::<Utc>::MAX_UTC)
    }
}

#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "serde passes what it asks about"
)]
const fn is_first(series: &i32) -> bool {
    *series == 0
}

/// The keys of this server.
pub struct Keys {
    signs_as: String,
    encoding: EncodingKey,
    verifying: Vec<Verifying>,
    secret: hmac::Key,
    seal: aead::LessSafeKey,
}

impl std::fmt::Debug for Keys {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Keys(…)")
    }
}

impl Keys {
    /// Keys that follow from the id port, for tests.
    pub fn in_memory(ids: &Ids) -> Result<Self, Unspecified> {
        Self::of(&ids.bytes(), &ids.bytes())
    }

    /// Keys out of the seed of the signing pair and the secret root.
    pub fn of(seed: &[u8; 32], root: &[u8; 32]) -> Result<Self, Unspecified> {
        token::install();
        let pair = Ed25519KeyPair::from_seed_unchecked(seed).map_err(|_| Unspecified)?;
        let secret = hmac::Key::new(hmac::HMAC_SHA256, root);
        let seal = hmac::sign(&secret, b"liangxin seal v1");
        let seal = aead::UnboundKey::new(&aead::CHACHA20_POLY1305, seal.as_ref())?;
        Ok(Self {
            signs_as: key_id(pair.public_key().as_ref()),
            encoding: EncodingKey::from_ed_der(&pkcs8(seed)),
            verifying: vec![Verifying::of(pair.public_key().as_ref(), None)],
            secret,
            seal: aead::LessSafeKey::new(seal),
        })
    }

    /// The same keys, which know the tokens too that these public keys signed until another one took their place.
    #[must_use]
    pub fn knowing(mut self, before: &[([u8; 32], DateTime<Utc>)]) -> Self {
        let before = before
            .iter()
            .map(|(public, until)| Verifying::of(public, Some(*until)));
        self.verifying.extend(before);
        self
    }

    /// Signs a token that works from `now` for `life_seconds`.
    pub fn issue(
        &self,
        holder: Holder,
        (now, life_seconds): (DateTime<Utc>, i64),
    ) -> Result<String, jsonwebtoken::errors::Error> {
        let (purpose, sub, device, series) = match holder {
            Holder::Person { user, device } => (Purpose::Access, user, Some(device), 0),
            Holder::Photos { report, series } => (Purpose::Upload, report, None, series),
            Holder::Device { user, device } => (Purpose::Device, user, Some(device), 0),
            Holder::Bundle { bundle, device } => (Purpose::Bundle, bundle, Some(device), 0),
        };
        let claims = Claims {
            sub,
            device,
            series,
            iss: ISSUER.to_owned(),
            aud: purpose.audience().to_owned(),
            iat: now.timestamp(),
            exp: now.timestamp() + life_seconds,
        };
        let header = Header {
            kid: Some(self.signs_as.clone()),
            ..Header::new(Algorithm::EdDSA)
        };
        jsonwebtoken::encode(&header, &claims, &self.encoding)
    }

    /// Reads a token; `None` if it is forged, for another purpose, or over.
    #[must_use]
    pub fn read(&self, purpose: Purpose, token: &str, now: DateTime<Utc>) -> Option<Claims> {
        let claims = self.signed(purpose, token, |key| key.works(purpose, now))?;
        (now.timestamp() < claims.exp).then_some(claims)
    }

    /// Reads a token that may be over: it tells who had it, and opens nothing. A key of before may have been stolen.
    #[must_use]
    pub fn read_ended(&self, purpose: Purpose, token: &str) -> Option<Claims> {
        self.signed(purpose, token, |key| key.until.is_none())
    }

    /// What a token says that one of some keys signed.
    fn signed(
        &self,
        purpose: Purpose,
        token: &str,
        is_believed: impl Fn(&Verifying) -> bool,
    ) -> Option<Claims> {
        let mut validation = Validation::new(Algorithm::EdDSA);
        validation.set_audience(&[purpose.audience()]);
        validation.set_issuer(&[ISSUER]);
        validation.set_required_spec_claims(&["exp", "sub", "iss", "aud"]);
        // The library would ask the machine's clock; ours may be a manual one.
        validation.validate_exp = false;
        // A token of an earlier version names no key.
        let named = jsonwebtoken::decode_header(token).ok()?.kid;
        let is_meant = |key: &Verifying| named.as_ref().is_none_or(|named| *named == key.id);
        let read = |key: &Verifying| jsonwebtoken::decode::<Claims>(token, &key.key, &validation);
        let keys = self.verifying.iter();
        let mut tried = keys.filter(|key| is_meant(key) && is_believed(key));
        Some(tried.find_map(|key| read(key).ok())?.claims)
    }

    /// A keyed hash: what the database keeps of a code, a token or an address. The purpose keeps different things apart.
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

    /// Encrypts a short secret for a place; it cannot be moved to another row or column.
    #[must_use]
    pub fn seal(&self, ids: &Ids, at: Place, plain: &str) -> Option<Vec<u8>> {
        self.seal_bytes(ids, at, plain.as_bytes())
    }

    /// The same of a secret that is no text.
    #[must_use]
    pub fn seal_bytes(&self, ids: &Ids, at: Place, plain: &[u8]) -> Option<Vec<u8>> {
        let nonce: [u8; 12] = ids.bytes();
        let mut bytes = plain.to_vec();
        self.seal
            .seal_in_place_append_tag(
                aead::Nonce::assume_unique_for_key(nonce),
                aead::Aad::from(at.named()),
                &mut bytes,
            )
            .ok()?;
        Some([nonce.to_vec(), bytes].concat())
    }

    /// Decrypts what [`Keys::seal`] made for the same place, or an earlier version for the row of one that it knew.
    #[must_use]
    pub fn unseal(&self, at: Place, sealed: &[u8]) -> Option<String> {
        String::from_utf8(self.unseal_bytes(at, sealed)?).ok()
    }

    /// The same of a secret that is no text.
    #[must_use]
    pub fn unseal_bytes(&self, at: Place, sealed: &[u8]) -> Option<Vec<u8>> {
        let (nonce, sealed) = sealed.split_at_checked(12)?;
        let open = |named: &[u8]| {
            let nonce = aead::Nonce::try_assume_unique_for_key(nonce).ok()?;
            let mut bytes = sealed.to_vec();
            let opened = self
                .seal
                .open_in_place(nonce, aead::Aad::from(named), &mut bytes);
            Some(opened.ok()?.to_vec())
        };
        open(&at.named()).or_else(|| open(at.named_before()?))
    }
}

/// The public half of the key that a seed makes.
pub fn public_of(seed: &[u8; 32]) -> Result<[u8; 32], Unspecified> {
    let pair = Ed25519KeyPair::from_seed_unchecked(seed).map_err(|_| Unspecified)?;
    pair.public_key()
        .as_ref()
        .try_into()
        .map_err(|_| Unspecified)
}

/// The public half of a key that signs tokens, or did.
struct Verifying {
    id: String,
    key: DecodingKey,
    /// Since when another one signs.
    until: Option<DateTime<Utc>>,
}

impl Verifying {
    fn of(public: &[u8], until: Option<DateTime<Utc>>) -> Self {
        Self {
            id: key_id(public),
            key: DecodingKey::from_ed_der(public),
            until,
        }
    }

    /// A key of before is believed as long as the last token that it signed may live. So whoever stole it signs in as nobody
    /// a quarter of an hour after the rotation.
    fn works(&self, purpose: Purpose, now: DateTime<Utc>) -> bool {
        self.until
            .is_none_or(|until| now < until + TimeDelta::seconds(purpose.life_seconds()))
    }
}

/// How tokens name the key that signed them.
fn key_id(public: &[u8]) -> String {
    let digest = sha256(public).to_string();
    digest[..16].to_owned()
}

/// Sixteen constant bytes and the seed: an Ed25519 private key as RFC 8410 writes it.
fn pkcs8(seed: &[u8; 32]) -> Vec<u8> {
    const PREFIX: [u8; 16] = [
        0x30, 0x2e, 0x02, 0x01, 0x00, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x04, 0x22, 0x04,
        0x20,
    ];
    [PREFIX.as_slice(), seed].concat()
}

#[cfg(test)]
mod tests;
