//! The keys that sign evidence: receipts that photos are held, and seals over the log. They are apart from those that sign
//! tokens, because what they signed has to be believed for years and by people outside, who check it offline by the published
//! public halves.
//!
//! A signed statement is a JWS in its compact form (RFC 7515, 7.1): one line, which a phone stores as it is and every library
//! for JOSE checks. The statement travels in it, so that nobody has to put its bytes together again.

use crate::{digest::sha256, ports::ids::Ids};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use chrono::{DateTime, TimeDelta, Utc};
use ring::{
    error::Unspecified,
    signature::{ED25519, Ed25519KeyPair, KeyPair as _, UnparsedPublicKey},
};
use serde::{Deserialize, Serialize, de::DeserializeOwned};

/// How far the clocks of the machines that rotate and that sign may lie apart.
const CLOCKS_APART: TimeDelta = TimeDelta::minutes(5);

/// What kind of statement is signed. One kind is never taken for another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Statement {
    /// That all photos of a record are held.
    Holding,
    /// That a batch of events is what it was.
    Seal,
    /// What grade a merchant has.
    Badge,
    /// Which badges are void.
    Revoked,
}

impl Statement {
    /// The type in the head of the JWS. What was signed under a type is checked under it alone: none may ever change.
    const fn named(self) -> &'static str {
        match self {
            Self::Holding => "liangxin-holding+json",
            Self::Seal => "liangxin-seal+json",
            Self::Badge => "liangxin-badge+json",
            Self::Revoked => "liangxin-revoked+json",
        }
    }
}

/// The head of the JWS, its names in the order of the alphabet.
#[derive(Serialize, Deserialize)]
struct Head {
    alg: String,
    kid: String,
    typ: String,
}

const ALGORITHM: &str = "EdDSA";

/// The public half of a key that signs evidence, or did: a JSON Web Key (RFC 8037) with its time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PublicKey {
    alg: String,
    crv: String,
    from: DateTime<Utc>,
    kid: String,
    kty: String,
    until: Option<DateTime<Utc>>,
    r#use: String,
    x: String,
}

impl PublicKey {
    fn of(public: &[u8], from: DateTime<Utc>, until: Option<DateTime<Utc>>) -> Self {
        Self {
            alg: ALGORITHM.to_owned(),
            crv: "Ed25519".to_owned(),
            from,
            kid: key_id(public),
            kty: "OKP".to_owned(),
            until,
            r#use: "sig".to_owned(),
            x: URL_SAFE_NO_PAD.encode(public),
        }
    }

    /// How statements name it.
    #[must_use]
    pub fn id(&self) -> &str {
        &self.kid
    }

    /// Whether it was the one at a moment. What another moment says was not signed in its time: a key that was taken out of
    /// use signs nothing new that is believed.
    #[must_use]
    pub fn was_the_one(&self, at: DateTime<Utc>) -> bool {
        let is_over = self.until.is_some_and(|until| at > until + CLOCKS_APART);
        at >= self.from - CLOCKS_APART && !is_over
    }
}

/// Every public half that ever signed, as it is published: a JSON Web Key Set (RFC 7517).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PublicKeys {
    keys: Vec<PublicKey>,
}

/// Why a line proves nothing.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Unproven {
    /// It is not one signed statement.
    #[error("it is no signed statement of this program")]
    Form,
    /// It is another statement.
    #[error("it is a signed statement of another kind: {0}")]
    Kind(String),
    /// Nobody here knows the key.
    #[error("it names the key {0}, which is not among those that were given")]
    Key(String),
    /// The signature is not of that key, or the statement was changed.
    #[error(
        "the signature of the key {0} does not fit: the statement was changed, or the key did not sign it"
    )]
    Signature(String),
    /// It was signed when the key was not in use.
    #[error("it says that it was signed at a time when the key {0} was not in use")]
    Time(String),
}

impl PublicKeys {
    /// The keys as text, such as it is published.
    pub fn to_json(&self) -> Result<String, serde_json::Error> {
        serde_json::to_string(self)
    }

    /// Reads published keys.
    pub fn parse(json: &[u8]) -> Result<Self, serde_json::Error> {
        serde_json::from_slice(json)
    }

    /// What a line states, and by which key, once its signature is checked.
    pub fn open(
        &self,
        statement: Statement,
        line: &str,
    ) -> Result<(Vec<u8>, &PublicKey), Unproven> {
        let (signed, signature) = line.trim().rsplit_once('.').ok_or(Unproven::Form)?;
        let (head, payload) = signed.split_once('.').ok_or(Unproven::Form)?;
        let decode = |part: &str| URL_SAFE_NO_PAD.decode(part).map_err(|_| Unproven::Form);
        let head: Head = serde_json::from_slice(&decode(head)?).map_err(|_| Unproven::Form)?;
        let (payload, signature) = (decode(payload)?, decode(signature)?);
        if head.alg != ALGORITHM {
            return Err(Unproven::Form);
        }
        if head.typ != statement.named() {
            return Err(Unproven::Kind(head.typ));
        }
        let key = self.keys.iter().find(|key| key.kid == head.kid);
        let key = key.ok_or(Unproven::Key(head.kid))?;
        let public = decode(&key.x)?;
        UnparsedPublicKey::new(&ED25519, public)
            .verify(signed.as_bytes(), &signature)
            .map_err(|_| Unproven::Signature(key.kid.clone()))?;
        Ok((payload, key))
    }

    /// What a line states that says of itself which form it has and when it was signed; `said` takes both out of it.
    pub fn open_dated<T: DeserializeOwned>(
        &self,
        (statement, form): (Statement, &str),
        line: &str,
        said: impl FnOnce(&T) -> (&str, &str),
    ) -> Result<T, Unproven> {
        let (stated, key) = self.open(statement, line)?;
        let stated: T = serde_json::from_slice(&stated).map_err(|_| Unproven::Form)?;
        let (own_form, at) = said(&stated);
        if own_form != form {
            return Err(Unproven::Kind(own_form.to_owned()));
        }
        let at = DateTime::parse_from_rfc3339(at).map_err(|_| Unproven::Form)?;
        if key.was_the_one(at.to_utc()) {
            Ok(stated)
        } else {
            Err(Unproven::Time(key.id().to_owned()))
        }
    }
}

/// A public half of before, with the time since when it was the one.
pub type Before = ([u8; 32], DateTime<Utc>);

/// The keys of this server for evidence.
pub struct EvidenceKeys {
    pair: Ed25519KeyPair,
    signs_as: String,
    published: PublicKeys,
}

impl std::fmt::Debug for EvidenceKeys {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("EvidenceKeys(…)")
    }
}

impl EvidenceKeys {
    /// Keys that follow from the id port, for tests.
    pub fn in_memory(ids: &Ids) -> Result<Self, Unspecified> {
        Self::of((&ids.bytes(), DateTime::UNIX_EPOCH), Vec::new())
    }

    /// The pair that a seed makes, with the time since when it is the one, after those of before.
    pub fn of(
        (seed, since): (&[u8; 32], DateTime<Utc>),
        mut before: Vec<Before>,
    ) -> Result<Self, Unspecified> {
        let pair = Ed25519KeyPair::from_seed_unchecked(seed).map_err(|_| Unspecified)?;
        before.sort_by_key(|(_, from)| *from);
        let ends = before.iter().skip(1).map(|(_, from)| *from).chain([since]);
        let mut keys: Vec<_> = before
            .iter()
            .zip(ends)
            .map(|((public, from), until)| PublicKey::of(public, *from, Some(until)))
            .collect();
        keys.push(PublicKey::of(pair.public_key().as_ref(), since, None));
        Ok(Self {
            signs_as: key_id(pair.public_key().as_ref()),
            pair,
            published: PublicKeys { keys },
        })
    }

    /// The public halves.
    #[must_use]
    pub const fn published(&self) -> &PublicKeys {
        &self.published
    }

    /// Signs a statement. The same bytes make the same line, as long as the key is the same.
    pub fn sign(&self, statement: Statement, payload: &[u8]) -> Result<String, serde_json::Error> {
        let head = serde_json::to_vec(&Head {
            alg: ALGORITHM.to_owned(),
            kid: self.signs_as.clone(),
            typ: statement.named().to_owned(),
        })?;
        let (head, payload) = (
            URL_SAFE_NO_PAD.encode(head),
            URL_SAFE_NO_PAD.encode(payload),
        );
        let signed = format!("{head}.{payload}");
        let signature = self.pair.sign(signed.as_bytes());
        Ok(format!("{signed}.{}", URL_SAFE_NO_PAD.encode(signature)))
    }
}

/// How statements name the key that signed them.
fn key_id(public: &[u8]) -> String {
    let digest = sha256(public).to_string();
    digest[..16].to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys(seed: u8, before: Vec<Before>) -> EvidenceKeys {
        EvidenceKeys::of(
            (&[seed; 32], DateTime::UNIX_EPOCH + TimeDelta::days(9)),
            before,
        )
        .unwrap()
    }

    #[test]
    fn a_signed_statement_is_one_line_that_the_published_keys_open() {
        let signing = keys(1, Vec::new());
        let line = signing.sign(Statement::Holding, b"{\"a\":1}").unwrap();
        assert_eq!(
            line,
            signing.sign(Statement::Holding, b"{\"a\":1}").unwrap()
        );
        assert!(line.is_ascii() && !line.contains(char::is_whitespace));
        let json = signing.published().to_json().unwrap();
        let published = PublicKeys::parse(json.as_bytes()).unwrap();
        let (payload, key) = published.open(Statement::Holding, &line).unwrap();
        assert_eq!(payload, b"{\"a\":1}");
        assert!(line.len() > 100 && json.contains(key.id()));
    }

    #[test]
    fn a_statement_that_was_changed_anywhere_is_not_proved() {
        let signing = keys(1, Vec::new());
        let line = signing.sign(Statement::Holding, b"{\"a\":1}").unwrap();
        for place in 0..line.len() {
            let mut changed = line.clone().into_bytes();
            changed[place] = if changed[place] == b'A' { b'B' } else { b'A' };
            let changed = String::from_utf8(changed).unwrap();
            let opened = signing.published().open(Statement::Holding, &changed);
            assert!(opened.is_err(), "{place}: {changed}");
        }
        for other in ["", ".", "..", "a.b.c", "é.é.é"] {
            let opened = signing.published().open(Statement::Holding, other);
            assert_eq!(opened.unwrap_err(), Unproven::Form, "{other}");
        }
    }

    #[test]
    fn a_statement_of_one_kind_is_none_of_another() {
        let signing = keys(1, Vec::new());
        let line = signing.sign(Statement::Seal, b"{}").unwrap();
        let opened = signing.published().open(Statement::Holding, &line);
        assert!(matches!(opened, Err(Unproven::Kind(_))));
    }

    #[test]
    fn another_key_is_not_known_and_one_of_before_is_known_with_its_time() {
        let first = keys(1, Vec::new());
        let line = first.sign(Statement::Holding, b"{}").unwrap();
        let other = keys(2, Vec::new());
        let opened = other.published().open(Statement::Holding, &line);
        assert!(matches!(opened, Err(Unproven::Key(_))));
        let day = |n| DateTime::UNIX_EPOCH + TimeDelta::days(n);
        let public = Ed25519KeyPair::from_seed_unchecked(&[1; 32]).unwrap();
        let public = public.public_key().as_ref().try_into().unwrap();
        let after = keys(2, vec![(public, day(3))]);
        let (_, key) = after.published().open(Statement::Holding, &line).unwrap();
        let was = [2, 3, 8, 9, 10].map(|n| key.was_the_one(day(n)));
        assert_eq!(was, [false, true, true, true, false]);
    }
}
