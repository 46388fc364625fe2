//! The promise that is made to a citizen before sending: which field who will see, and when. It is
//! data, so that a phone can show it, and so that a test can hold every answer of the system against
//! it. Changing what is visible means changing this table first.

mod kinds;
mod table;

pub use table::PROMISE;

use strum::{Display, EnumIter, IntoStaticStr};

/// Who might see something.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, EnumIter, Display, IntoStaticStr,
)]
#[strum(serialize_all = "snake_case")]
#[cfg_attr(
    feature = "wire",
    derive(async_graphql::Enum),
    graphql(name = "PromiseViewer", rename_items = "snake_case")
)]
pub enum Viewer {
    /// Whoever holds the receipt code of the report.
    Reporter,
    /// Whoever holds the receipt code of the complaint.
    Complainant,
    /// An inspector who was sent on this report.
    Inspector,
    /// An officer of the division, or above, who takes reports in.
    IntakeOfficer,
    /// An officer of the division, or above, who drives cases.
    CaseOfficer,
    /// A legal auditor of the division, or above.
    LegalAuditor,
    /// A head of the division, or above.
    Head,
    /// A reward officer of the division, or above.
    RewardOfficer,
    /// Whoever supervises the division from above, or within it: reads and decides nothing.
    Supervisor,
    /// Whoever acts for the merchant that is reported or complained about.
    Merchant,
    /// Whoever acts for another merchant.
    OtherMerchant,
    /// An officer of another division.
    OtherDivision,
    /// An inspector who was not sent.
    OtherInspector,
    /// Reads logs without content.
    SecurityAuditor,
    /// Keeps accounts and calendars.
    Administrator,
    /// Everybody else.
    Public,
}

/// What is promised about one field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Promise {
    /// The field, in the contract's spelling.
    pub field: &'static str,
    /// What it is, in Chinese.
    pub zh: &'static str,
    /// What it is, in English.
    pub en: &'static str,
    /// Who sees it without asking anybody, as soon as it is sent.
    pub seen_by: &'static [Viewer],
    /// Who may see it by an act that is recorded and that the reporter can read: an approved opening for hours, the opening of an
    /// original for a purpose, an export of payments.
    pub on_opening: &'static [Viewer],
    /// When and how, in Chinese.
    pub when_zh: &'static str,
    /// When and how, in English.
    pub when_en: &'static str,
}

#[cfg(test)]
mod tests;
