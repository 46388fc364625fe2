//! The form of the rules on the C mark.

use super::file::Rows;
use super::{DutyRow, ViolationCode};

rows! {
    /// One edition of the rules on the C mark.
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
    pub struct CMarkUsers {
        /// The producer may.
        pub producer: DutyRow,
        /// A packer on contract may.
        pub packer: DutyRow,
        /// A seller may not.
        pub seller: DutyRow,
    }
}

impl Rows for CMarkRules {}
