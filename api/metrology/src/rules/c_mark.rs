//! The form of the rules on the C mark.

use serde::Deserialize;

use super::file::Document;
use super::{DutyRow, Family, PickedBy, RuleError, ViolationCode};

/// One edition of the rules on the C mark.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CMarkRules {
    /// The code of the violation that a failure suggests.
    pub violation: ViolationCode,
    /// The mark may be used after a declaration.
    pub declaration: DutyRow,
    /// The declaration speaks for its products.
    pub products: DutyRow,
    /// Who may use the mark.
    pub users: CMarkUsers,
}

/// Who may use the mark.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CMarkUsers {
    /// The producer may.
    pub producer: DutyRow,
    /// A packer on contract may.
    pub packer: DutyRow,
    /// A seller may not.
    pub seller: DutyRow,
}

impl Family for CMarkRules {
    const NAME: &'static str = "c_mark";
    const PICKED_BY: PickedBy = PickedBy::InspectionDate;

    fn of(document: &Document) -> Option<&Self> {
        document.c_mark.as_ref()
    }

    fn check(&self, _: &str) -> Result<(), RuleError> {
        Ok(())
    }
}
