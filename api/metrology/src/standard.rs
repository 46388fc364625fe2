//! Reference standards: what a measurement was made with.
//!
//! A verdict is worth what the weights, the measure or the lens behind it are worth. A standard whose
//! certificate has run out makes nothing conform, and fails nothing but what would fail without any; whether a
//! standard is fine enough is checked by the family, which knows the limit. Whether a standard is on a bureau's register is known
//! to the register, not here; one that somebody else keeps, such as a market's fair-check scale, says who.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::text::Text;
use crate::verdict::{Bars, Grounds, Words};

/// A reference standard with its certificate.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Standard {
    /// The number on the standard.
    pub serial: Text<60>,
    /// The number of its certificate.
    pub certificate: Text<60>,
    /// The last day the certificate holds.
    pub valid_until: NaiveDate,
    /// Who keeps it, where the bureau does not: a market with its fair-check scale, a testing body.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub keeper: Option<Text<120>>,
}

impl Standard {
    /// Whether the certificate holds on a day.
    pub(crate) fn holds(&self, on: NaiveDate) -> bool {
        on <= self.valid_until
    }

    /// Whether the certificate holds on a day. If not, nothing measured with it counts. Notes who keeps what is
    /// not the bureau's.
    pub(crate) fn check(&self, on: NaiveDate, grounds: &mut Grounds) -> bool {
        self.check_as(Bars::Measured, on, grounds)
    }

    /// The same where a failure may stand all the same: of a family that says how wrong something may be that
    /// nobody vouches for, and holds what fails within that.
    pub(crate) fn check_as(&self, bars: Bars, on: NaiveDate, grounds: &mut Grounds) -> bool {
        if let Some(keeper) = &self.keeper {
            let (serial, certificate) = (&self.serial, &self.certificate);
            grounds.note(
                "STANDARD_KEPT_ELSEWHERE",
                Words::new(
                    format!("核验所用器具{serial}由{keeper}保管，以其检定证书{certificate}为凭"),
                    format!("what the check was made with, {serial}, is kept by {keeper}; its certificate {certificate} vouches for it"),
                ),
            );
        }
        let holds = self.holds(on);
        if !holds {
            let Self {
                serial,
                certificate,
                valid_until,
                ..
            } = self;
            grounds.obstacle(
                bars,
                "STANDARD_EXPIRED",
                Words::new(
                    format!("计量标准器{serial}（证书{certificate}）已于{valid_until}到期"),
                    format!("the standard {serial} (certificate {certificate}) was valid until {valid_until} only"),
                ),
            );
        }
        holds
    }
}
