//! The verdict: what a measurement comes to, and everything needed to come to it again.
//!
//! [`Verdict`] is the frame that all families share; what is particular to a family, its limits and
//! its inputs, is the finding `F`, written into the same JSON object. The JSON is deterministic: the
//! same verdict is always the same text, decimals are strings, fields keep their order.

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use crate::input::InputError;
use crate::rules::{EditionHead, NoEdition, Provenance};

/// What a measurement comes to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Outcome {
    /// Within the limit, equality included.
    Conforms,
    /// Beyond the limit.
    Fails,
    /// An indication only: the test was not the one a verdict needs (fewer packages than the plan,
    /// a tester without authorisation).
    ScreeningOnly,
    /// The rules give no answer; [`Verdict::reason`] says why.
    NotAssessable,
}

/// A judged measurement. `F` is the finding of its family.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Verdict<F> {
    /// What it comes to.
    pub outcome: Outcome,
    /// The id of the edition that decided.
    pub rule_id: String,
    /// That edition's name, such as the year of its last amendment.
    pub edition: String,
    /// The instrument of law the edition belongs to.
    pub instrument_of_law: InstrumentOfLaw,
    /// The article that binds, by number.
    pub article: String,
    /// The row that set the limit, or that the input fell outside of.
    pub row: String,
    /// Limits, comparison and inputs of the family.
    #[serde(flatten)]
    pub finding: F,
    /// Every number between the inputs and the outcome, in the order they arose.
    pub intermediates: Vec<Intermediate>,
    /// The least provenance among the rows and readings that led to the limit.
    pub provenance: Provenance,
    /// Whether one of them has not been confirmed, so that another limit may turn out to hold.
    pub provisional: bool,
    /// The rows and readings that have not been confirmed.
    pub rows_unverified: Vec<String>,
    /// The ids of all editions consulted, the deciding one included.
    pub applied_rules: Vec<String>,
    /// What the reader should also know. Notes never change the outcome.
    pub notes: Vec<Note>,
    /// The rounding used before comparing.
    pub rounding: Rounding,
    /// Why no outcome could be given; present exactly when not assessable.
    pub reason: Option<Reason>,
}

/// The titles of an instrument of law.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct InstrumentOfLaw {
    /// The Chinese title.
    pub zh: String,
    /// The English title.
    pub en: String,
}

/// A number between input and outcome.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Intermediate {
    /// What it is.
    pub name: String,
    /// Its exact value.
    pub value: Decimal,
    /// Its unit.
    pub unit: Unit,
}

/// The unit of an intermediate number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Unit {
    /// A pure number: a class, a factor.
    #[serde(rename = "1")]
    One,
    /// Grams.
    #[serde(rename = "g")]
    Gram,
    /// Verification scale intervals.
    #[serde(rename = "e")]
    Interval,
}

/// How numbers were rounded before they were compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Rounding {
    /// Not at all.
    None,
}

/// Something the reader should also know.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Note {
    /// The stable code.
    pub code: NoteCode,
    /// The note in Chinese.
    pub zh: String,
    /// The note in English.
    pub en: String,
}

/// What a note is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
#[non_exhaustive]
pub enum NoteCode {
    /// The settled mass picked the band: a reading of the table, not its words.
    BandBySettledMass,
    /// Name and price give different classes; says which was taken and why.
    ClassChoice,
    /// What the check method demands of the instrument used to check.
    MethodCondition,
    /// The limit comes from the scale in use, since the table is silent.
    LimitFromScale,
    /// The scale of the sale is too coarse for the goods (article 3).
    ScaleTooCoarse,
    /// The settled mass is above the Max of the scale of the sale.
    ScaleOverloaded,
    /// Whether the scale suits the goods was not examined: no edition of scale limits for the day.
    SuitabilityNotExamined,
}

/// Why no outcome could be given.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Reason {
    /// The stable code.
    pub code: ReasonCode,
    /// The reason in Chinese.
    pub zh: String,
    /// The reason in English.
    pub en: String,
}

/// The kinds of [`Reason`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
#[non_exhaustive]
pub enum ReasonCode {
    /// The rule does not cover such goods.
    ExcludedGoods,
    /// Above the table, and class, interval and Max of the scale in use are not known.
    ScaleFactsMissing,
    /// Above the table, and the scale in use cannot weigh such a load.
    LoadAboveScaleMax,
}

/// Why no verdict could be made at all. Unlike "not assessable" this is not a statement of the rules:
/// the input or the rule set has to change first.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum JudgeError {
    /// The input is refused.
    #[error("the measurement is refused")]
    Input(#[from] InputError),
    /// No edition in force on the day is loaded.
    #[error("the rules of the day are not loaded")]
    NoEdition(#[from] NoEdition),
    /// A limit of the rule set cannot be given exactly.
    #[error("the {what} is not an exact quantity")]
    NotExact {
        /// Which limit.
        what: &'static str,
    },
}

impl JudgeError {
    /// The stable code of this refusal.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Input(error) => error.code(),
            Self::NoEdition(_) => "RULE_EDITION_MISSING",
            Self::NotExact { .. } => "RULE_NOT_EXACT",
        }
    }

    /// The input field the refusal is about; nothing when the rule set is at fault.
    pub fn field(&self) -> Option<&'static str> {
        match self {
            Self::Input(error) => Some(error.field()),
            Self::NoEdition(_) | Self::NotExact { .. } => None,
        }
    }
}

/// What a verdict rests on, gathered while judging.
#[derive(Debug)]
pub(crate) struct Grounds {
    provenance: Provenance,
    rows_unverified: Vec<String>,
    applied_rules: Vec<String>,
    intermediates: Vec<Intermediate>,
    notes: Vec<Note>,
}

/// The place in the law that decided.
pub(crate) struct Citation<'a> {
    pub head: &'a EditionHead,
    pub article: &'a str,
    pub row: String,
}

impl Grounds {
    pub(crate) fn new() -> Self {
        Self {
            provenance: Provenance::Verified,
            rows_unverified: Vec::new(),
            applied_rules: Vec::new(),
            intermediates: Vec::new(),
            notes: Vec::new(),
        }
    }

    /// The outcome rests on an edition.
    pub(crate) fn apply(&mut self, head: &EditionHead) {
        self.consult(head);
        self.rely_on(head.id.as_str(), head.provenance);
    }

    /// An edition was read for a note; the outcome does not rest on it.
    pub(crate) fn consult(&mut self, head: &EditionHead) {
        let id = head.id.to_string();
        if !self.applied_rules.contains(&id) {
            self.applied_rules.push(id);
        }
    }

    /// The outcome rests on a row or a reading.
    pub(crate) fn rely_on(&mut self, row: impl Into<String>, provenance: Provenance) {
        self.provenance = self.provenance.max(provenance);
        if provenance.is_provisional() {
            self.rows_unverified.push(row.into());
        }
    }

    pub(crate) fn number(&mut self, name: &str, value: Decimal, unit: Unit) {
        self.intermediates.push(Intermediate {
            name: name.to_owned(),
            value,
            unit,
        });
    }

    pub(crate) fn note(&mut self, code: NoteCode, zh: impl Into<String>, en: impl Into<String>) {
        self.notes.push(Note {
            code,
            zh: zh.into(),
            en: en.into(),
        });
    }

    pub(crate) fn conclude<F>(
        self,
        outcome: Outcome,
        reason: Option<Reason>,
        citation: Citation<'_>,
        finding: F,
    ) -> Verdict<F> {
        let Self {
            provenance,
            rows_unverified,
            applied_rules,
            intermediates,
            notes,
        } = self;
        let Citation { head, article, row } = citation;
        Verdict {
            outcome,
            rule_id: head.id.to_string(),
            edition: head.edition.to_string(),
            instrument_of_law: InstrumentOfLaw {
                zh: head.title_zh.to_string(),
                en: head.title_en.to_string(),
            },
            article: article.to_owned(),
            row,
            finding,
            intermediates,
            provenance,
            provisional: provenance.is_provisional(),
            rows_unverified,
            applied_rules,
            notes,
            rounding: Rounding::None,
            reason,
        }
    }
}
