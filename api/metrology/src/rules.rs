//! Dated rules as data: reading, checking and picking editions.
//!
//! A rule file is TOML with an `[edition]` head and one section for each family that the instrument
//! of law speaks of. Unknown keys, missing provenance, unsorted bands, gaps and overlapping editions
//! are refused with file and row, so that a rule set that loads can be used without looking back.
//! This module knows the form of the rules and refuses to know how they are applied.

#[macro_use]
mod row;

mod bands;
mod c_mark;
mod charger;
mod checklist;
mod consumer;
mod deficiency;
mod edition;
mod embedded;
mod error;
mod file;
mod fuel;
mod gas;
mod label;
mod legal_units;
mod lens_power;
mod market_scale;
mod optical_instruments;
mod parts;
mod penalty;
mod retail;
mod sampling;
mod scale;
mod series;
mod slip;
mod spectacles;
mod verification;
mod weights;

use std::collections::BTreeMap;

use chrono::NaiveDate;
use sha2::{Digest as _, Sha256};

pub use crate::law::provenance::Provenance;
pub use crate::law::violation::ViolationCode;
pub use bands::{Band, Bands};
pub use c_mark::{CMarkRules, CMarkUsers, CertifiedRow};
pub use charger::{AcChargerRules, ChargerRows, ClockByStage, DcChargerRules, ErrorByClass};
pub use checklist::{AnswersAllowed, ChecklistRow, ChecklistRules};
pub use consumer::{ConsumerRemedyRules, FraudRemedy};
pub use deficiency::{DeficiencyRules, DeficiencyTable, RoundingMode, RoundingRow, Tolerable};
pub use edition::{Edition, EditionHead, NoEdition, PickedBy, RuleText, Scheme};
pub use error::{BandProblem, RuleError};
pub use file::{Family, RuleFile};
pub use fuel::{
    BiasRow, ConditionsRow, ExpansionRow, FuelExpansion, FuelRules, MeasureExpansion, PointLimits,
    ReferenceTemperature, RunsRow, ScopeRow,
};
pub use gas::{CngRules, GasRows, LngRules};
pub use label::{
    CharacterTables, DutyRow, HeightRow, LabelRules, MarkRow, NumberRow, Size, SizeRow,
    SpellingRow, TransitionRow, UnclearRow, UnitTables,
};
pub use legal_units::{
    LegalUnit, LegalUnitRules, Prose, UnitException, UnitExceptions, UnitRow, UnitTreatment, Worth,
};
pub use lens_power::{LensLimit, LensPowerRules};
pub use market_scale::MarketScaleRules;
pub use optical_instruments::{InstrumentLimits, OpticalInstrumentRules};
pub use parts::{Part, Parts, RequiredPart, StageReading};
pub use penalty::{GoodsWithoutLimit, PenaltyRules};
pub use retail::{
    ClassByName, ClassByPrice, ExcludedGoods, ExcludedRow, MethodRow, Methods, PieceTable, Reading,
    Readings, RetailRules, Suitability, Table1, WeightsNear,
};
pub use sampling::{
    DensityRow, ExcludedGoodsRow, OwnRuleRow, PlanRow, SamplingRules, SecondSample, Statement,
    SuitabilityRow, TareRow,
};
pub use scale::{
    ClassRow, ClassTable, DiscriminationRow, EccentricPlacesRow, EccentricityRow, InitialErrors,
    LoadPointsRow, PriceComputingRow, PriceRow, RepeatabilityRow, ScaleRules, StageRow,
    TareSettingRow, TestLoadsRow, ZeroRow,
};
pub use series::{
    BindingError, DivisorRow, ErrorReading, LimitRow, RangeDivisors, RequirementRow,
    ViolationsByCost,
};
pub use slip::{SlipRow, SlipRules};
pub use spectacles::{
    CentreLimit, EachEye, LensesOf, OtherStandardRow, PrismLimit, SpectacleReadings, SpectacleRules,
};
pub use verification::{
    CheatingRow, DueSoon, InstrumentRow, Period, SealRow, SealRows, SealsOf, ThreeCodeRules,
    VerificationDuty, VerificationMarkRow, VerificationRules,
};
pub use weights::{PartRow, WeightRow, WeightRules};

pub(crate) use label::{SizeUnits, units_for};

/// Checked editions of every family, ready to judge by.
#[derive(Debug, Clone)]
pub struct RuleSet {
    /// By id of the edition.
    files: Vec<RuleFile>,
    /// By the place of a family the places among them of those that speak of it: no other is looked at for an
    /// edition of it.
    of_family: Vec<Vec<usize>>,
    digest: String,
}

impl RuleSet {
    /// The editions built into this library.
    pub fn embedded() -> Result<Self, RuleError> {
        Self::from_sources(embedded::FILES)
    }

    /// The editions built into this library, with those of an operator: a file whose edition bears
    /// the id of a built-in one takes its place, any other is added.
    pub fn embedded_with<N, T>(sources: impl IntoIterator<Item = (N, T)>) -> Result<Self, RuleError>
    where
        N: Into<String>,
        T: AsRef<str>,
    {
        let mut files = read_files(embedded::FILES)?;
        files.extend(read_files(sources)?);
        Self::of(files)
    }

    /// Reads and checks rule files given as name and text. The order of the files has no effect.
    pub fn from_sources<N, T>(sources: impl IntoIterator<Item = (N, T)>) -> Result<Self, RuleError>
    where
        N: Into<String>,
        T: AsRef<str>,
    {
        Self::of(read_files(sources)?)
    }

    fn of(files: BTreeMap<String, RuleFile>) -> Result<Self, RuleError> {
        check_dates(&files)?;
        let mut hash = Sha256::new();
        for (id, file) in &files {
            hash.update(id);
            hash.update(" ");
            hash.update(file.digest());
            hash.update("\n");
        }
        let files: Vec<RuleFile> = files.into_values().collect();
        let mut of_family: Vec<Vec<usize>> = Vec::new();
        for (place, file) in files.iter().enumerate() {
            for family in file.places() {
                of_family.resize(of_family.len().max(family + 1), Vec::new());
                of_family[family].push(place);
            }
        }
        Ok(Self {
            files,
            of_family,
            digest: hexadecimal(&hash.finalize()),
        })
    }

    /// The edition of family `F` in force on `date` by the law of China, its first and its last day
    /// included.
    pub fn edition_on<F: Family>(&self, date: NaiveDate) -> Result<Edition<'_, F>, NoEdition> {
        self.edition_of(Scheme::Cn, date)
    }

    /// The edition of family `F` in force on `date` within a body of rules.
    pub fn edition_of<F: Family>(
        &self,
        scheme: Scheme,
        date: NaiveDate,
    ) -> Result<Edition<'_, F>, NoEdition> {
        self.pick(scheme, date, "")
    }

    /// The edition of one variant of family `F` in force on `date` by the law
    /// of China.
    pub fn edition_where<F: Family>(
        &self,
        date: NaiveDate,
        variant: &str,
    ) -> Result<Edition<'_, F>, NoEdition> {
        self.pick(Scheme::Cn, date, variant)
    }

    fn pick<F: Family>(
        &self,
        scheme: Scheme,
        date: NaiveDate,
        variant: &str,
    ) -> Result<Edition<'_, F>, NoEdition> {
        let places = self.of_family.get(F::PLACE).into_iter().flatten();
        places
            .filter_map(|place| self.files.get(*place)?.edition::<F>())
            .filter(|edition| edition.head.scheme == scheme && edition.head.is_in_force_on(date))
            .find(|edition| edition.rules.variant() == variant)
            .ok_or(NoEdition {
                family: F::NAME,
                on: date,
            })
    }

    /// The same without what tells slips: nothing is doubted by it.
    pub(crate) fn without_slips(&self) -> Self {
        let mut rules = self.clone();
        if let Some(places) = rules.of_family.get_mut(SlipRules::PLACE) {
            places.clear();
        }
        rules
    }

    /// The rule files, by id of the edition.
    pub fn files(&self) -> impl Iterator<Item = &RuleFile> {
        self.files.iter()
    }

    /// The heads of all editions, by id.
    pub fn heads(&self) -> Vec<&EditionHead> {
        self.files.iter().map(RuleFile::head).collect()
    }

    /// The SHA-256, in hexadecimal, over the id and digest of every file, sorted by id. Two sets with
    /// the same digest give the same verdicts.
    pub fn digest(&self) -> &str {
        &self.digest
    }
}

fn read_files<N, T>(
    sources: impl IntoIterator<Item = (N, T)>,
) -> Result<BTreeMap<String, RuleFile>, RuleError>
where
    N: Into<String>,
    T: AsRef<str>,
{
    let mut files: BTreeMap<String, RuleFile> = BTreeMap::new();
    for (name, text) in sources {
        let file = RuleFile::read(name.into(), text.as_ref())?;
        if files.values().any(|other| other.name() == file.name()) {
            return Err(RuleError::RepeatedFile {
                file: file.name().to_owned(),
            });
        }
        let id = file.head().id.to_string();
        if let Some(other) = files.get(&id) {
            return Err(RuleError::RepeatedId {
                file: file.name().to_owned(),
                other: other.name().to_owned(),
                id,
            });
        }
        files.insert(id, file);
    }
    Ok(files)
}

/// Within one body of rules no variant of a family has two editions on a day, nor days between its editions
/// without one.
fn check_dates(files: &BTreeMap<String, RuleFile>) -> Result<(), RuleError> {
    let mut families: BTreeMap<(Scheme, &str, &str), Vec<&RuleFile>> = BTreeMap::new();
    for file in files.values() {
        for (family, variant) in file.variants() {
            families
                .entry((file.head().scheme, family, variant))
                .or_default()
                .push(file);
        }
    }
    for editions in families.values_mut() {
        editions.sort_by_key(|file| file.head().valid_from);
        for (earlier, later) in editions.iter().zip(editions.iter().skip(1)) {
            let (file, other) = (later.name().to_owned(), earlier.name().to_owned());
            match earlier.head().valid_to {
                Some(last) if last.succ_opt() == Some(later.head().valid_from) => {}
                Some(last) if last < later.head().valid_from => {
                    return Err(RuleError::Interval { file, other });
                }
                _ => return Err(RuleError::Overlap { file, other }),
            }
        }
    }
    Ok(())
}

fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
