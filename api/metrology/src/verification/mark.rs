//! The input: what an officer saw of an instrument's verification.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::input::{InputError, InputProblem, contradiction, positive};
use crate::law::instrument::InstrumentKind;
use crate::quantity::Gram;
use crate::text::Text;

/// What was seen on an instrument and its certificate. A field left out was not observed.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct VerificationMark {
    /// The day of the inspection; picks the edition of the catalogue.
    pub inspected_on: NaiveDate,
    /// What the instrument is to the catalogue.
    pub instrument: InstrumentKind,
    /// What the instrument is called; needed for [`InstrumentKind::Other`], for the words only.
    pub instrument_name: Option<Text<200>>,
    /// What it is used for. Verification is compulsory for four purposes only.
    pub used_for: Purpose,
    /// The day the instrument was made, by its plate.
    pub produced_on: Option<NaiveDate>,
    /// The day of the last verification, by mark, certificate or register.
    pub verified_on: Option<NaiveDate>,
    /// The last valid day printed on the certificate. It wins over every interval.
    pub certificate_valid_until: Option<NaiveDate>,
    /// The verification interval printed on mark or certificate, in months.
    pub interval_printed_months: Option<u32>,
    /// The mark of verification.
    pub mark: MarkSeen,
    /// The seals.
    pub seals: SealsSeen,
    /// Signs of a function that cheats.
    pub cheating_function: CheatingSeen,
    /// The maximum capacity of a price-computing scale; JJF 2184-2025 covers up to 100 kg.
    pub max: Option<Gram>,
    /// The codes and the seal of a price-computing scale (JJF 2184-2025).
    pub three_codes: Option<ThreeCodes>,
    /// Whether whoever entered the values confirmed one that looked like a slip.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub confirmed: bool,
}

/// What an instrument is used for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Purpose {
    /// Settling a trade (贸易结算).
    Trade,
    /// Protecting life and property (安全防护).
    Safety,
    /// Medicine and health (医疗卫生).
    Medical,
    /// Monitoring the environment (环境监测).
    Environment,
    /// Anything else: verification is not compulsory.
    Other,
}

/// The mark of verification, as it was seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum MarkSeen {
    /// A genuine mark of a passed verification.
    ValidSeen,
    /// A mark that is forged or belongs to another instrument.
    Forged,
    /// The notice or mark of a failed verification.
    Failed,
    /// Looked for and not there.
    Absent,
    /// There, but not readable.
    Unreadable,
    /// Not looked at.
    NotSeen,
}

/// The seals, as they were seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum SealsSeen {
    /// All there and whole.
    Intact,
    /// One is broken.
    Broken,
    /// One is missing.
    Missing,
    /// Not looked at, or the instrument has none.
    NotSeen,
}

/// Signs of a function that cheats.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum CheatingSeen {
    /// There are signs.
    Suspected,
    /// No sign was seen, which does not prove that there is none.
    NotSeen,
}

/// The three codes and one seal (三码一封) of a price-computing scale.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct ThreeCodes {
    /// The code of production.
    pub production_code: CodeSeen,
    /// The code of repair.
    pub repair_code: CodeSeen,
    /// The code of verification.
    pub verification_code: CodeSeen,
    /// The lead seal.
    pub lead_seal: CodeSeen,
}

/// One of the codes or the seal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum CodeSeen {
    /// There.
    Present,
    /// Looked for and not there.
    Missing,
    /// Not looked at.
    NotSeen,
}

impl VerificationMark {
    /// Refuses what cannot be: a name missing, dates in the wrong order, a capacity of zero, codes on
    /// an instrument that has none. Interval and certificate are checked where they are added.
    pub(super) fn check(&self) -> Result<(), InputError> {
        if self.instrument == InstrumentKind::Other && self.instrument_name.is_none() {
            let why = "the table has no name for another instrument";
            return Err(InputError::at(
                "instrument_name",
                InputProblem::Required { why },
            ));
        }
        let is_later = |day: Option<NaiveDate>| day.is_some_and(|day| day > self.inspected_on);
        let why = "the verification lies after the inspection";
        contradiction("verified_on", is_later(self.verified_on), why)?;
        let why = "the instrument was made after the inspection";
        contradiction("produced_on", is_later(self.produced_on), why)?;
        let pair = self.produced_on.zip(self.verified_on);
        let is_turned = pair.is_some_and(|(produced, verified)| produced > verified);
        let why = "the instrument was made after its verification";
        contradiction("produced_on", is_turned, why)?;
        self.check_scale()
    }

    fn check_scale(&self) -> Result<(), InputError> {
        positive("max", self.max.is_some_and(Gram::is_zero))?;
        if self.instrument == InstrumentKind::PriceComputingScale {
            return Ok(());
        }
        let why = "only a price-computing scale has it";
        let field = match (self.three_codes, self.max) {
            (Some(_), _) => "three_codes",
            (None, Some(_)) => "max",
            (None, None) => return Ok(()),
        };
        Err(InputError::at(field, InputProblem::Contradicts { why }))
    }
}

impl ThreeCodes {
    /// All three codes and the seal, in the order of the fields.
    pub(super) fn all(self) -> [CodeSeen; 4] {
        [
            self.production_code,
            self.repair_code,
            self.verification_code,
            self.lead_seal,
        ]
    }
}
