//! Who acts. Nobody acts without being one of these.

use crate::{
    accounts::role::{Role, Roles},
    id::{BureauId, ComplaintId, DeviceId, MerchantId, ReportId, UserId},
    places::division::DivisionCode,
    refusal::{Code, Refusal},
};
use chrono::NaiveDate;

/// Who sends a request or runs a job.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Actor {
    /// A citizen without account.
    Anonymous,
    /// A citizen who showed the receipt code of this report.
    Reporter(ReportId),
    /// A consumer who showed the receipt code of this complaint.
    Complainant(ComplaintId),
    /// A person who signed in on a device.
    User(SignedIn),
    /// The system itself, doing what an earlier event asked for.
    System,
}

/// A person with an account, as the present request knows them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignedIn {
    /// The person.
    pub user: UserId,
    /// The device that the access token names.
    pub device: DeviceId,
    /// What the person may be.
    pub roles: Roles,
    /// Where the person sits.
    pub seat: Seat,
    /// The first day on which the person may be a second one, while that is to come (see [`settling`]).
    ///
    /// [`settling`]: crate::accounts::settling
    pub settles_on: Option<NaiveDate>,
}

/// Where an account belongs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Seat {
    /// An officer of a bureau, who sees its division and below.
    Bureau {
        /// The bureau.
        bureau: BureauId,
        /// Its division.
        division: DivisionCode,
    },
    /// The owner or staff of a merchant.
    Merchant(MerchantId),
}

impl Actor {
    /// The signed-in person, or the refusal that asks to sign in.
    pub fn signed_in(&self) -> Result<&SignedIn, Refusal> {
        match self {
            Self::User(user) => Ok(user),
            Self::Anonymous | Self::Reporter(_) | Self::Complainant(_) | Self::System => {
                Err(Refusal::of(Code::SignInRequired))
            }
        }
    }

    /// Whether the actor holds the role.
    #[must_use]
    pub fn is(&self, role: Role) -> bool {
        matches!(self, Self::User(user) if user.roles.has(role))
    }

    /// The person's id, if it is a person with an account.
    #[must_use]
    pub fn user(&self) -> Option<UserId> {
        match self {
            Self::User(user) => Some(user.user),
            Self::Anonymous | Self::Reporter(_) | Self::Complainant(_) | Self::System => None,
        }
    }

    /// The division that an officer sees, with everything below it.
    #[must_use]
    pub fn division(&self) -> Option<&DivisionCode> {
        match self {
            Self::User(SignedIn {
                seat: Seat::Bureau { division, .. },
                ..
            }) => Some(division),
            _ => None,
        }
    }

    /// The merchant that the person acts for.
    #[must_use]
    pub fn merchant(&self) -> Option<MerchantId> {
        match self {
            Self::User(SignedIn {
                seat: Seat::Merchant(merchant),
                ..
            }) => Some(*merchant),
            _ => None,
        }
    }

    /// The word that event rows store for this kind of actor.
    #[must_use]
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::Anonymous => "anonymous",
            Self::Reporter(_) => "reporter",
            Self::Complainant(_) => "complainant",
            Self::User(_) => "user",
            Self::System => "system",
        }
    }
}
