//! Under which keys originals and copies lie, and which of them a key means.

use strum::EnumIter;
use uuid::Uuid;

use super::digest::Sha256;
use crate::id::CopyId;

/// What is kept beside each other and named alike.
#[derive(Debug, Clone, Copy, PartialEq, Eq, EnumIter)]
pub enum Area {
    /// The bytes that came. Nothing removes one.
    Originals,
    /// What was derived from them. It goes when it may not be shown any more.
    Copies,
}

impl Area {
    /// How every key of it begins.
    #[must_use]
    pub const fn prefix(self) -> &'static str {
        match self {
            Self::Originals => "originals/",
            Self::Copies => "copies/",
        }
    }
}

/// The name of an object. Names of an area are ordered as their keys are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Name {
    /// An original, by its digest.
    Original(Sha256),
    /// A copy, by its digest and the making it belongs to.
    Copy(Sha256, CopyId),
}

impl Name {
    /// The key. Two levels of directories, so that none grows without bound.
    #[must_use]
    pub fn key(self) -> String {
        let (area, end) = match self {
            Self::Original(_) => (Area::Originals, String::new()),
            Self::Copy(_, copy) => (Area::Copies, format!("-{}", copy.uuid().simple())),
        };
        let hex = self.digest().to_string();
        format!("{}{}/{}/{hex}{end}", area.prefix(), &hex[..2], &hex[2..4])
    }

    /// What the bytes have to be.
    #[must_use]
    pub const fn digest(self) -> Sha256 {
        match self {
            Self::Original(digest) | Self::Copy(digest, _) => digest,
        }
    }

    /// The name that has this key, if one has.
    #[must_use]
    pub fn of(key: &str) -> Option<Self> {
        let end = key.rsplit('/').next()?;
        let name = match end.split_once('-') {
            None => Self::Original(Sha256::parse(end, "key").ok()?),
            Some((digest, copy)) => {
                let copy = Uuid::try_parse(copy).ok()?;
                Self::Copy(Sha256::parse(digest, "key").ok()?, CopyId::new(copy))
            }
        };
        (name.key() == key).then_some(name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_means_the_name_that_has_it_and_nothing_else_means_one() {
        let digest = Sha256::new([0xB1; 32]);
        let copy = CopyId::new(Uuid::from_u128(7));
        for name in [Name::Original(digest), Name::Copy(digest, copy)] {
            assert_eq!(Name::of(&name.key()), Some(name));
        }
        let swapped = Name::Original(digest).key().replace("originals", "copies");
        for key in ["", "originals/foreign.txt", &swapped, "copies/a-b"] {
            assert_eq!(Name::of(key), None, "{key}");
        }
    }
}
