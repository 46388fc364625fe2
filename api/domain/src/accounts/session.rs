//! Refresh tokens: one use each. An answer can be lost on the way, so the token that a device used last is
//! answered again, with the same successor, until that one was used. A token older than that proves a theft,
//! of it or of the newest one, and nobody can tell which; so the whole family ends.

use crate::id::DeviceId;
use chrono::{DateTime, TimeDelta, Utc};

/// A refresh token as the database knows it: never the token, only what is known of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RefreshToken {
    /// The device whose family it belongs to.
    pub device: DeviceId,
    /// When it stops to work.
    pub expires_at: DateTime<Utc>,
    /// When it was exchanged for a newer one.
    pub used_at: Option<DateTime<Utc>>,
    /// When the device was revoked.
    pub revoked_at: Option<DateTime<Utc>>,
}

/// What a refresh token that somebody presents is worth.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Presented {
    /// It is the newest of its family: exchange it.
    Current,
    /// It was exchanged, and nobody used what came of it: answer the same again.
    Again,
    /// What it was exchanged for was used too: revoke the family.
    Replayed,
    /// It is too old, or its device was revoked.
    Dead,
}

impl RefreshToken {
    /// Judges a presented token at a moment, by what it was exchanged for.
    #[must_use]
    pub fn present(&self, successor: Option<&Self>, now: DateTime<Utc>) -> Presented {
        match (self.revoked_at, self.used_at, successor) {
            (Some(_), ..) => Presented::Dead,
            (None, None, _) if now >= self.expires_at => Presented::Dead,
            (None, None, _) => Presented::Current,
            (None, Some(_), Some(next)) if next.used_at.is_none() && now < next.expires_at => {
                Presented::Again
            }
            (None, Some(_), Some(next)) if next.used_at.is_none() => Presented::Dead,
            (None, Some(_), _) => Presented::Replayed,
        }
    }
}

/// When a token issued now stops to work.
#[must_use]
pub fn expiry(now: DateTime<Utc>, life_seconds: i64) -> DateTime<Utc> {
    now + TimeDelta::seconds(life_seconds)
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    fn token() -> RefreshToken {
        RefreshToken {
            device: DeviceId::new(Uuid::nil()),
            expires_at: DateTime::UNIX_EPOCH + TimeDelta::seconds(100),
            used_at: None,
            revoked_at: None,
        }
    }

    #[test]
    fn a_used_token_is_answered_again_until_its_successor_was_used() {
        let now = DateTime::UNIX_EPOCH + TimeDelta::seconds(10);
        assert_eq!(token().present(None, now), Presented::Current);
        let used = RefreshToken {
            used_at: Some(now),
            ..token()
        };
        assert_eq!(used.present(Some(&token()), now), Presented::Again);
        assert_eq!(used.present(Some(&used), now), Presented::Replayed);
        assert_eq!(used.present(None, now), Presented::Replayed);
        let revoked = RefreshToken {
            revoked_at: Some(now),
            ..used
        };
        assert_eq!(revoked.present(Some(&token()), now), Presented::Dead);
    }

    #[test]
    fn a_token_dies_at_its_expiry_and_so_does_what_it_is_answered_with() {
        let over = token().expires_at;
        assert_eq!(token().present(None, over), Presented::Dead);
        let used = RefreshToken {
            used_at: Some(DateTime::UNIX_EPOCH),
            ..token()
        };
        assert_eq!(used.present(Some(&token()), over), Presented::Dead);
    }
}
