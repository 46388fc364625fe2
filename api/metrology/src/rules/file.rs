//! One rule file: an edition of an instrument of law with a section for each family it speaks of.

use std::sync::Arc;

use serde::Deserialize;
use sha2::{Digest as _, Sha256};

use super::edition::{Edition, EditionHead, PickedBy};
use super::{
    AcChargerRules, CMarkRules, ChecklistRules, CngRules, ConsumerRemedyRules, DcChargerRules,
    DeficiencyRules, FuelRules, LabelRules, LegalUnitRules, LensPowerRules, LngRules,
    MarketScaleRules, OpticalInstrumentRules, PenaltyRules, RetailRules, RuleError, SamplingRules,
    ScaleRules, SlipRules, SpectacleRules, ThreeCodeRules, VerificationRules, WeightRules,
    hexadecimal,
};
use crate::verdict::{AppliedRule, Words};

/// The rows of a section, whatever its family.
pub trait Rows {
    /// Which of several bodies of rows of this family this is, where editions for different things
    /// are in force side by side, such as one checklist for each kind of venue. Empty where a family
    /// has one edition on a day.
    fn variant(&self) -> &str {
        ""
    }

    /// Refuses rows that do not fit each other; names `file` and row.
    fn check(&self, _file: &str) -> Result<(), RuleError> {
        Ok(())
    }
}

/// A family of rules: what one section of a rule file holds. Sealed, since a family has its place in
/// the form of the file.
pub trait Family: Rows + Sized {
    /// The family's name, as its section is called.
    const NAME: &'static str;
    /// The date that picks its editions.
    const PICKED_BY: PickedBy;
    /// Its place among the families.
    #[doc(hidden)]
    const PLACE: usize;

    /// The family's section in a rule file.
    #[doc(hidden)]
    fn of(document: &Document) -> Option<&Self>;
}

/// One row a family: its section in a rule file, the type of its rules, and the date that picks its
/// editions.
macro_rules! families {
    ($($section:ident: $Rules:ident by $Date:ident,)*) => {
        /// The form of a rule file: its head and the sections it may have, one for each family.
        #[derive(Debug, Clone, Deserialize)]
        #[serde(deny_unknown_fields)]
        pub struct Document {
            edition: EditionHead,
            $($section: Option<$Rules>,)*
        }

        /// The families in their order.
        #[expect(non_camel_case_types, reason = "they are named as their sections are")]
        enum Place {
            $($section,)*
        }

        impl Document {
            /// The sections that are there.
            fn sections(&self) -> Vec<Section<'_>> {
                let all = [$(section(&self.$section)),*];
                all.into_iter().flatten().collect()
            }
        }

        $(impl Family for $Rules {
            const NAME: &'static str = stringify!($section);
            const PICKED_BY: PickedBy = PickedBy::$Date;
            const PLACE: usize = Place::$section as usize;

            fn of(document: &Document) -> Option<&Self> {
                document.$section.as_ref()
            }
        })*
    };
}

families! {
    retail_weighing: RetailRules by InspectionDate,
    quantity_penalty: PenaltyRules by InspectionDate,
    scale_limits: ScaleRules by InspectionDate,
    slips: SlipRules by InspectionDate,
    market_scale: MarketScaleRules by InspectionDate,
    standard_weights: WeightRules by InspectionDate,
    verification_intervals: VerificationRules by InspectionDate,
    three_codes: ThreeCodeRules by ProductionDate,
    checklist: ChecklistRules by InspectionDate,
    spectacles: SpectacleRules by ProductionDate,
    lens_power: LensPowerRules by ProductionDate,
    optical_instruments: OpticalInstrumentRules by InspectionDate,
    net_content_label: LabelRules by ProductionDate,
    legal_units: LegalUnitRules by InspectionDate,
    c_mark: CMarkRules by InspectionDate,
    fuel_dispenser: FuelRules by InspectionDate,
    cng_dispenser: CngRules by InspectionDate,
    lng_dispenser: LngRules by InspectionDate,
    ac_charger: AcChargerRules by InspectionDate,
    dc_charger: DcChargerRules by InspectionDate,
    consumer_remedy: ConsumerRemedyRules by InspectionDate,
    tolerable_deficiency: DeficiencyRules by InspectionDate,
    lot_sampling: SamplingRules by InspectionDate,
}

/// A section, whatever its family.
struct Section<'a> {
    family: &'static str,
    place: usize,
    variant: &'a str,
    picked_by: PickedBy,
    rules: &'a dyn Rows,
}

fn section<F: Family>(rules: &Option<F>) -> Option<Section<'_>> {
    rules.as_ref().map(|rules| Section {
        family: F::NAME,
        place: F::PLACE,
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
    /// As verdicts name it, made once: a verdict names several.
    named: Arc<AppliedRule>,
    document: Document,
}

impl RuleFile {
    pub(super) fn read(name: String, text: &str) -> Result<Self, RuleError> {
        let text = text.replace("\r\n", "\n");
        let document: Document =
            toml::from_str(&text).map_err(|source| RuleError::malformed(&name, &text, source))?;
        let head = &document.edition;
        let named = Arc::new(AppliedRule {
            id: head.id.as_str().to_owned(),
            edition: head.edition.as_str().to_owned(),
            title: Words::new(head.title_zh.as_str(), head.title_en.as_str()),
            digest: hexadecimal(&Sha256::digest(text.as_bytes())),
        });
        let file = Self {
            name,
            text,
            named,
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
        &self.named.digest
    }

    /// Title, number and days in force.
    pub fn head(&self) -> &EditionHead {
        &self.document.edition
    }

    /// The part of the file that is family `F`, if it has one.
    pub fn edition<F: Family>(&self) -> Option<Edition<'_, F>> {
        F::of(&self.document).map(|rules| Edition {
            head: &self.document.edition,
            named: &self.named,
            rules,
        })
    }

    /// The names of the families in this file.
    pub fn families(&self) -> Vec<&'static str> {
        let sections = self.document.sections();
        sections.iter().map(|section| section.family).collect()
    }

    /// The places of the families in this file.
    pub(super) fn places(&self) -> Vec<usize> {
        let sections = self.document.sections();
        sections.iter().map(|section| section.place).collect()
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
