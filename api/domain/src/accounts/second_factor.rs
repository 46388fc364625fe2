//! A second factor: a code that follows from a secret on the person's phone and from the time (RFC 6238), and ten
//! recovery codes for whoever lost that phone. It knows steps of time, not how a code is computed.

use super::{
    code::OneTimeCode,
    role::{Role, Roles},
};
use crate::{commands, text::fold_name};
use chrono::{DateTime, TimeDelta, Utc};
use std::fmt;

commands! {
    /// Writes about one's own second factor. The code that permits them is in none of them.
    FactorWrite:

    /// Show that the phone gives the right codes; from then on they are asked for.
    ConfirmSecondFactor => KeepSecondFactor;
    /// Do without from now on, or begin anew on another phone.
    EndSecondFactor => KeepSecondFactor;
    /// Make new recovery codes; the old ones no longer work.
    RenewRecoveryCodes => KeepSecondFactor;
}

words! {
    /// Who must have a second factor.
    pub enum Demand {
        /// Nobody must, everybody may.
        Optional,
        /// Heads, reward officers and administrators must.
        Required,
    }
}

/// How long a code is shown, in seconds (RFC 6238, 4.1: the default).
pub const STEP_SECONDS: i64 = 30;
/// How many digits a code has (RFC 4226, 5.3: at least six; all apps know six).
pub const DIGITS: u32 = 6;
/// How many bytes a secret has (RFC 4226, 4, R6: recommended).
pub const SECRET_BYTES: usize = 20;
/// Steps before and after the present one whose codes are accepted: clocks differ, and typing takes time
/// (RFC 6238, 5.2 recommends one for the delay on the way).
const WINDOW: i64 = 1;
/// How many recovery codes there are. Our choice.
pub const RECOVERY_CODES: u8 = 10;
/// For how long a secret that nobody confirmed is shown again, in seconds. Our choice.
const UNCONFIRMED_SECONDS: i64 = 3600;

impl Demand {
    /// Whether somebody with these roles must set up a second factor before anything else.
    #[must_use]
    pub fn is_unmet(self, roles: &Roles, set_up_at: Option<DateTime<Utc>>) -> bool {
        const IN_CHARGE: [Role; 3] = [Role::Head, Role::RewardOfficer, Role::Administrator];
        let is_in_charge = IN_CHARGE.iter().any(|role| roles.has(*role));
        self == Self::Required && is_in_charge && set_up_at.is_none()
    }
}

/// What somebody shows as a second factor. It does not show in debug output.
#[derive(Clone, PartialEq, Eq)]
pub enum Proof {
    /// Six digits of the phone.
    Totp(String),
    /// A recovery code.
    Recovery(OneTimeCode),
}

impl fmt::Debug for Proof {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Proof(…)")
    }
}

impl Proof {
    /// Reads what was typed: in full width, with spaces and dashes. What can be neither is none, and as wrong as
    /// any other.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        if let Some(code) = OneTimeCode::parse(text) {
            return Some(Self::Recovery(code));
        }
        let digits = (text.len() <= 64).then(|| fold_name(text))?;
        let is_code = digits.len() == 6 && digits.bytes().all(|byte| byte.is_ascii_digit());
        is_code.then_some(Self::Totp(digits))
    }
}

/// The step of a code that is accepted now: near the present one, and later than the last one accepted, so that
/// no code is accepted twice.
#[must_use]
pub fn accepted(
    now: DateTime<Utc>,
    last: Option<i64>,
    is_code_of: impl Fn(i64) -> bool,
) -> Option<i64> {
    let present = now.timestamp().div_euclid(STEP_SECONDS);
    (present - WINDOW..=present + WINDOW)
        .filter(|step| last.is_none_or(|last| *step > last))
        .find(|step| is_code_of(*step))
}

/// Whether a secret that was begun then and never confirmed is shown again.
#[must_use]
pub fn is_shown_again(begun_at: DateTime<Utc>, now: DateTime<Utc>) -> bool {
    now - begun_at < TimeDelta::seconds(UNCONFIRMED_SECONDS)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(step: i64) -> DateTime<Utc> {
        DateTime::UNIX_EPOCH + TimeDelta::seconds(step * STEP_SECONDS)
    }

    #[test]
    fn a_code_is_accepted_one_step_early_and_one_step_late_and_never_twice() {
        let try_at = |code, now, last| accepted(at(now), last, |step| step == code);
        for (now, is_accepted) in [(8, false), (9, true), (10, true), (11, true), (12, false)] {
            assert_eq!(try_at(10, now, None).is_some(), is_accepted, "{now}");
        }
        assert_eq!(try_at(10, 10, Some(10)), None);
        assert_eq!(try_at(9, 10, Some(10)), None, "one before the last");
        assert_eq!(try_at(11, 10, Some(10)), Some(11));
    }

    #[test]
    fn those_in_charge_must_have_one_where_it_is_demanded() {
        let roles = |roles: &[Role]| roles.iter().copied().collect();
        let head: Roles = roles(&[Role::Inspector, Role::Head]);
        assert!(Demand::Required.is_unmet(&head, None));
        assert!(!Demand::Required.is_unmet(&head, Some(at(0))));
        assert!(!Demand::Optional.is_unmet(&head, None));
        assert!(!Demand::Required.is_unmet(&roles(&[Role::Inspector]), None));
    }

    #[test]
    fn what_was_typed_is_a_code_of_the_phone_or_a_recovery_code_or_nothing() {
        let typed = |text: &str| Proof::parse(text);
        assert_eq!(typed("１２３ 456"), Some(Proof::Totp("123456".to_owned())));
        assert!(matches!(
            typed("aaaa-bbbb-cccc-2345"),
            Some(Proof::Recovery(_))
        ));
        for nothing in ["", "12345", "1234567", "12345x", &"1".repeat(500)] {
            assert_eq!(typed(nothing), None, "{nothing}");
        }
        assert_eq!(format!("{:?}", typed("123456")), "Some(Proof(…))");
    }
}
