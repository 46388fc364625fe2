//! Where secrets stand that are sealed under the secret root: what was sealed for one place opens there alone.

use uuid::Uuid;

/// A column in which secrets stand that are sealed under the secret root.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Column {
    /// The address for news of a matter.
    Contact,
    /// The parties of a complaint.
    Particulars,
    /// The names on a paper.
    Notice,
    /// The secret of a second factor.
    SecondFactor,
    /// The payees of a reward, masked.
    Payees,
    /// The receipt code that a browser keeps for a while; it stands in no row.
    KeptReceipt,
    /// What a link in a mail begins the mails about; it stands in no row.
    ConfirmLink,
    /// What a link in a mail ends the mails about; it stands in no row.
    StopLink,
    /// How far the phone of a person has come in what it pulls; it stands in no row.
    Checkpoint,
}

impl Column {
    /// The place in the row where something is sealed.
    #[must_use]
    pub const fn of(self, row: Uuid) -> Place {
        Place { column: self, row }
    }

    /// Table and column. What was sealed for a name opens with it alone: none may ever change.
    const fn name(self) -> &'static str {
        match self {
            Self::Contact => "contact.sealed",
            Self::Particulars => "complaint.particulars_sealed",
            Self::Notice => "notice.sealed",
            Self::SecondFactor => "second_factor.secret_sealed",
            Self::Payees => "reward.payees_shown",
            Self::KeptReceipt => "cookie.receipt",
            Self::ConfirmLink => "mail.confirm",
            Self::StopLink => "mail.stop",
            Self::Checkpoint => "phone.checkpoint",
        }
    }

    /// Whether an earlier version sealed into it, and named the row alone. Of these only a contact and the parties of a complaint
    /// stand under one id, in forms of which neither reads as the other.
    const fn is_of_before(self) -> bool {
        match self {
            Self::Contact | Self::Particulars | Self::Notice | Self::SecondFactor => true,
            Self::Payees
            | Self::KeptReceipt
            | Self::ConfirmLink
            | Self::StopLink
            | Self::Checkpoint => false,
        }
    }
}

/// Where something sealed stands: table, column and row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    column: Column,
    row: Uuid,
}

impl Place {
    /// What is authenticated with the secret.
    pub(super) fn named(self) -> Vec<u8> {
        let name = self.column.name().as_bytes();
        [b"liangxin seal v2\0", name, b"\0", self.row.as_bytes()].concat()
    }

    /// What an earlier version authenticated, where one sealed: the row alone.
    pub(super) fn named_before(&self) -> Option<&[u8]> {
        let row = self.row.as_bytes().as_slice();
        self.column.is_of_before().then_some(row)
    }
}
