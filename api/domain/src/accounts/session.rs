//! Refresh tokens: one use each. The token that a device used before proves a theft, of the old
//! token or of the new one, and nobody can tell which; so the whole family ends.

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
    /// It was exchanged before: revoke the family.
    Replayed,
    /// It is too old, or its device was revoked.
    Dead,
}

impl RefreshToken {
    /// Judges a presented token at a moment.
    #[must_use]
    pub fn present(&self, now: DateTime<Utc>) -> Presented {
        match (self.revoked_at, self.used_at) {
            (Some(_), _) => Presented::Dead,
            (None, Some(_)) => Presented::Replayed,
            (None, None) if now >= self.expires_at => Presented::Dead,
            (None, None) => Presented::Current,
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
    fn a_used_token_that_comes_back_is_a_replay_until_its_family_is_revoked() {
        let now = DateTime::UNIX_EPOCH + TimeDelta::seconds(10);
        assert_eq!(token().present(now), Presented::Current);
        let used = RefreshToken {
            used_at: Some(now),
            ..token()
        };
        assert_eq!(used.present(now), Presented::Replayed);
        let revoked = RefreshToken {
            revoked_at: Some(now),
            ..used
        };
        assert_eq!(revoked.present(now), Presented::Dead);
    }

    #[test]
    fn a_token_dies_at_its_expiry() {
        assert_eq!(token().present(token().expires_at), Presented::Dead);
    }
}
