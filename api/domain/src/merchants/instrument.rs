//! Measuring instruments that a merchant uses for trade.

use crate::id::{InstrumentId, MerchantId};
use chrono::NaiveDate;
use strum::{Display, EnumString, IntoStaticStr};

/// What an instrument is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, EnumString, Display, IntoStaticStr)]
#[strum(serialize_all = "snake_case")]
pub enum InstrumentKind {
    /// Electronic price-computing scale (电子计价秤).
    PriceScale,
    /// A market's fair-check scale (公平秤).
    FairScale,
    /// Platform scale.
    PlatformScale,
    /// Fuel dispenser (燃油加油机).
    FuelDispenser,
    /// Focimeter.
    Focimeter,
    /// Refractometer.
    Refractometer,
    /// Trial lens set.
    TrialLensSet,
    /// Automatic checkweigher.
    Checkweigher,
}

/// One instrument on a merchant's ledger.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Instrument {
    /// Its id.
    pub id: InstrumentId,
    /// Who uses it.
    pub merchant: MerchantId,
    /// What it is.
    pub kind: InstrumentKind,
    /// Maker's model.
    pub model: String,
    /// Maker's serial number.
    pub serial: String,
    /// Accuracy class of a scale: `III` or `IIII`.
    pub accuracy_class: Option<String>,
    /// Verification scale interval e of a scale, in grams, exact decimal text.
    pub e_g: Option<String>,
    /// Maximum capacity of a scale, in grams, exact decimal text.
    pub max_g: Option<String>,
    /// Day of the last verification that is known.
    pub verified_on: Option<NaiveDate>,
    /// Last day of validity, as the certificate states it.
    pub valid_until: Option<NaiveDate>,
    /// Number of the verification certificate.
    pub certificate_no: Option<String>,
}

impl Instrument {
    /// Whether the ledger says enough about it: model, serial number, and a verification.
    #[must_use]
    pub fn is_on_file(&self) -> bool {
        !self.model.is_empty() && !self.serial.is_empty() && self.verified_on.is_some()
    }
}
