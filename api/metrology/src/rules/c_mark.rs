//! The form of the rules on the C mark.

use chrono::{Datelike as _, NaiveDate};

use super::file::Rows;
use super::{DutyRow, Parts, RuleError, ViolationCode};

rows! {
    /// One edition of the rules on the C mark.
    pub struct CMarkRules {
        /// The code of the violation that a failure suggests.
        pub violation: ViolationCode,
        /// Until when the mark could rest on a certificate in place of a declaration.
        pub certified: CertifiedRow,
        /// The mark may be used after a declaration.
        pub declaration: DutyRow,
        /// The declaration speaks for its products.
        pub products: DutyRow,
        /// Who may use the mark.
        pub users: CMarkUsers,
        /// The parts without which nothing is found to conform.
        pub parts: Parts,
    }

    /// Producers did not always declare: a provincial bureau gave them a certificate, which no portal of
    /// declarations shows.
    pub struct CertifiedRow {
        /// The year in which declarations took the place of certificates; the day was not seen.
        pub until_year: i32,
        /// For how many years a certificate held.
        pub certificate_years: i32,
    } with article

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

impl CertifiedRow {
    /// Whether goods made on a day could bear the mark by a certificate.
    pub fn covers(&self, made: NaiveDate) -> bool {
        made.year() <= self.until_year.saturating_add(self.certificate_years)
    }
}

impl Rows for CMarkRules {
    fn check(&self, file: &str) -> Result<(), RuleError> {
        self.parts.check(file)
    }
}
