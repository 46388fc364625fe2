//! What needs a second person: nobody is that whom an administrator gave the access a short time ago.

use super::Action;
use crate::{
    actor::{Actor, SignedIn},
    refusal::{Code, Refusal},
};

impl Action {
    /// Whether a second person does it to what another one began: a name is shown, money moves, or everybody's days change.
    #[must_use]
    pub const fn is_second_persons(self) -> bool {
        matches!(
            self,
            Self::ApproveIdentityOpening
                | Self::ApproveClaim
                | Self::PayReward
                | Self::ConfirmCalendar
        )
    }
}

/// Refuses a second person's act to whoever is none yet; the refusal says from which day on.
pub(super) fn settled(actor: &Actor, action: Action) -> Result<(), Refusal> {
    match actor {
        Actor::User(SignedIn {
            settles_on: Some(first),
            ..
        }) if action.is_second_persons() => {
            Err(Refusal::of(Code::AccountUnsettled).with(first.to_string()))
        }
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        accounts::role::Role,
        actor::Seat,
        id::{BureauId, DeviceId, UserId},
        policy::{Facts, Place, Stake, permit},
    };
    use chrono::NaiveDate;
    use strum::IntoEnumIterator as _;
    use uuid::Uuid;

    #[test]
    fn whoever_is_nobodys_second_person_yet_may_do_everything_else_that_the_roles_allow() {
        let one = |settles_on| {
            Actor::User(SignedIn {
                user: UserId::new(Uuid::nil()),
                device: DeviceId::new(Uuid::nil()),
                roles: [Role::Head, Role::RewardOfficer, Role::Administrator]
                    .into_iter()
                    .collect(),
                seat: Seat::Bureau {
                    bureau: BureauId::new(Uuid::nil()),
                    division: "430103".parse().unwrap(),
                },
                settles_on,
            })
        };
        let facts = Facts {
            place: Place::Office,
            stake: Stake::None,
        };
        let first = NaiveDate::from_ymd_opt(2026, 12, 4);
        for action in Action::iter() {
            let settled = permit(&one(None), action, facts);
            let unsettled = permit(&one(first), action, facts);
            if action.is_second_persons() {
                assert!(settled.is_ok(), "{action}");
                let refused = unsettled.unwrap_err();
                assert_eq!(refused.code, Code::AccountUnsettled, "{action}");
                assert_eq!(refused.detail.as_deref(), Some("2026-12-04"));
            } else {
                assert_eq!(settled, unsettled, "{action}");
            }
        }
    }
}
