//! One rule file: an edition of an instrument of law with a section for each family it speaks of.

use serde::Deserialize;
use sha2::{Digest as _, Sha256};

use super::edition::{Edition, EditionHead, PickedBy};
use super::{
    AcChargerRules, CMarkRules, ChecklistRules, CngRules, ConsumerRemedyRules, DcChargerRules,
    DeficiencyRules, FuelRules, LabelRules, LegalUnitRules, LensPowerRules, LngRules,
    OpticalInstrumentRules, PenaltyRules, RetailRules, RuleError, SamplingRules, ScaleRules,
    SpectacleRules, ThreeCodeRules, VerificationRules, WeightRules, hexadecimal,
};

/// A family of rules: what one section of a rule file holds. Sealed, since a family has its place in
/// the form of the file.
pub trait Family: Sized {
    /// The family's name, as its section is called.
    const NAME: &'static str;
    /// The date that picks its editions.
    const PICKED_BY: PickedBy;

    /// The family's section in a rule file.
    #[doc(hidden)]
    fn of(document: &Document) -> Option<&Self>;

    /// Which of several bodies of rows of this family this is, where editions for different things
    /// are in force side by side, such as one checklist for each kind of venue. Empty where a family
    /// has one edition on a day.
    fn variant(&self) -> &str {
        ""
    }

    /// Refuses rows that do not fit each other; names `file` and row.
    fn check(&self, file: &str) -> Result<(), RuleError>;
}

/// The form of a rule file: its head and the sections it may have, one for each family.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Document {
    edition: EditionHead,
    pub(super) retail_weighing: Option<RetailRules>,
    pub(super) quantity_penalty: Option<PenaltyRules>,
    pub(super) scale_limits: Option<ScaleRules>,
    pub(super) standard_weights: Option<WeightRules>,
    pub(super) verification_intervals: Option<VerificationRules>,
    pub(super) three_codes: Option<ThreeCodeRules>,
    pub(super) checklist: Option<ChecklistRules>,
    pub(super) spectacles: Option<SpectacleRules>,
    pub(super) lens_power: Option<LensPowerRules>,
    pub(super) optical_instruments: Option<OpticalInstrumentRules>,
    pub(super) net_content_label: Option<LabelRules>,
    pub(super) legal_units: Option<LegalUnitRules>,
    pub(super) c_mark: Option<CMarkRules>,
    pub(super) fuel_dispenser: Option<FuelRules>,
    pub(super) cng_dispenser: Option<CngRules>,
    pub(super) lng_dispenser: Option<LngRules>,
    pub(super) ac_charger: Option<AcChargerRules>,
    pub(super) dc_charger: Option<DcChargerRules>,
    pub(super) consumer_remedy: Option<ConsumerRemedyRules>,
    pub(super) tolerable_deficiency: Option<DeficiencyRules>,
    pub(super) lot_sampling: Option<SamplingRules>,
}

impl Document {
    /// The sections that are there.
    fn sections(&self) -> Vec<Section<'_>> {
        let all = [
            section(&self.retail_weighing),
            section(&self.quantity_penalty),
            section(&self.scale_limits),
            section(&self.standard_weights),
            section(&self.verification_intervals),
            section(&self.three_codes),
            section(&self.checklist),
            section(&self.spectacles),
            section(&self.lens_power),
            section(&self.optical_instruments),
            section(&self.net_content_label),
            section(&self.legal_units),
            section(&self.c_mark),
            section(&self.fuel_dispenser),
            section(&self.cng_dispenser),
            section(&self.lng_dispenser),
            section(&self.ac_charger),
            section(&self.dc_charger),
            section(&self.consumer_remedy),
            section(&self.tolerable_deficiency),
            section(&self.lot_sampling),
        ];
        all.into_iter().flatten().collect()
    }
}

/// A section, whatever its family.
struct Section<'a> {
    family: &'static str,
    variant: &'a str,
    picked_by: PickedBy,
    rules: &'a dyn Rows,
}

trait Rows {
    fn check(&self, file: &str) -> Result<(), RuleError>;
}

impl<F: Family> Rows for F {
    fn check(&self, file: &str) -> Result<(), RuleError> {
        Family::check(self, file)
    }
}

fn section<F: Family>(rules: &Option<F>) -> Option<Section<'_>> {
    rules.as_ref().map(|rules| Section {
        family: F::NAME,
        variant: rules.variant(),
        picked_by: F::PICKED_BY,
        rules,
    })
}

/// A checked rule file.
#[derive(Debug, Clone)]
pub struct RuleFile {
    name: String,
    text: String,
    digest: String,
    document: Document,
}

impl RuleFile {
    pub(super) fn read(name: String, text: &str) -> Result<Self, RuleError> {
        let text = text.replace("\r\n", "\n");
        let document: Document =
            toml::from_str(&text).map_err(|source| RuleError::malformed(&name, &text, source))?;
        let digest = hexadecimal(&Sha256::digest(text.as_bytes()));
        let file = Self {
            name,
            text,
            digest,
            document,
        };
        file.check()?;
        Ok(file)
    }

    /// The name the file was given under.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The text, with LF line ends.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The SHA-256 of the text, in hexadecimal.
    pub fn digest(&self) -> &str {
        &self.digest
    }

    /// Title, number and days in force.
    pub fn head(&self) -> &EditionHead {
        &self.document.edition
    }

    /// The part of the file that is family `F`, if it has one.
    pub fn edition<F: Family>(&self) -> Option<Edition<'_, F>> {
        F::of(&self.document).map(|rules| Edition {
            head: &self.document.edition,
            digest: &self.digest,
            rules,
        })
    }

    /// The names of the families in this file.
    pub fn families(&self) -> Vec<&'static str> {
        let sections = self.document.sections();
        sections.iter().map(|section| section.family).collect()
    }

    /// The families in this file, each with its variant.
    pub(super) fn variants(&self) -> Vec<(&'static str, &str)> {
        let sections = self.document.sections();
        let each = sections.iter();
        each.map(|section| (section.family, section.variant))
            .collect()
    }

    fn check(&self) -> Result<(), RuleError> {
        let (head, file) = (self.head(), &self.name);
        if head.valid_to.is_some_and(|last| last < head.valid_from) {
            return Err(RuleError::EndsBeforeStart {
                file: file.clone(),
                id: head.id.to_string(),
            });
        }
        let sections = self.document.sections();
        if sections.is_empty() {
            return Err(RuleError::NoFamily { file: file.clone() });
        }
        for section in sections {
            if head.picked_by != section.picked_by {
                return Err(RuleError::PickedBy {
                    file: file.clone(),
                    family: section.family,
                });
            }
            section.rules.check(file)?;
        }
        Ok(())
    }
}
