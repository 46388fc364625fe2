//! Reference standards that a bureau keeps: weights, measures, lenses with their certificates.
//!
//! A measurement names the standard it was made with (Metrology Law, article 8, and the verification
//! regulation of the instrument); one that nobody keeps proves nothing.

use crate::{id::BureauId, places::division::DivisionCode};
use chrono::NaiveDate;

/// A standard on the register of a bureau. Its number names it within the bureau.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReferenceStandard {
    /// The number on the standard.
    pub serial: String,
    /// Who keeps it.
    pub bureau: BureauId,
    /// The bureau's division.
    pub division: DivisionCode,
    /// What it is, such as `20 L stainless steel measure`.
    pub name: String,
    /// The number of its certificate.
    pub certificate_no: String,
    /// The last day the certificate holds.
    pub valid_until: NaiveDate,
}
