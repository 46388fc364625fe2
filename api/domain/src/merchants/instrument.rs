//! Measuring instruments that a merchant uses for trade.

use crate::{
    id::{InstrumentId, MerchantId},
    text::Line,
};
use chrono::NaiveDate;
pub use liangxin_metrology::law::instrument::InstrumentKind;
use liangxin_metrology::{
    rules::{RuleSet, VerificationRules},
    verdict::Words,
    verification::{self, Term},
};

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
    /// Since when nobody uses it any more, and why.
    pub retired: Option<(NaiveDate, Line)>,
    /// Counts the changes.
    pub version: i32,
}

impl Instrument {
    /// Whether the ledger says enough about it: model, serial number, and a verification.
    #[must_use]
    pub fn is_on_file(&self) -> bool {
        !self.model.is_empty() && !self.serial.is_empty() && self.verified_on.is_some()
    }

    /// What it is called; one that a wall seldom shows as the catalogue of `on` calls it.
    #[must_use]
    pub fn name(&self, rules: &RuleSet, on: NaiveDate) -> Words {
        let (zh, en) = match self.kind {
            InstrumentKind::PriceComputingScale => ("电子计价秤", "Price-computing scale"),
            InstrumentKind::FairScale => ("公平秤", "Fair-check scale"),
            InstrumentKind::PlatformScale => ("台秤", "Platform scale"),
            InstrumentKind::FuelDispenser => ("燃油加油机", "Fuel dispenser"),
            InstrumentKind::Focimeter => ("焦度计", "Focimeter"),
            InstrumentKind::Refractometer => ("验光仪", "Refractometer"),
            InstrumentKind::TrialLensSet => ("验光镜片箱", "Trial lens set"),
            InstrumentKind::Checkweigher => ("自动检重秤", "Automatic checkweigher"),
            other => {
                let catalogue = rules.edition_on::<VerificationRules>(on).ok();
                let row = catalogue.and_then(|edition| edition.rules.find(other));
                row.map_or(("其他计量器具", "Other instrument"), |row| {
                    (row.name_zh.as_str(), row.name_en.as_str())
                })
            }
        };
        Words::new(zh, en)
    }

    /// How long its last verification holds: until the day on the certificate, else by the interval
    /// that the catalogue of `on` gives its kind. Nothing where neither is known.
    #[must_use]
    pub fn term(&self, rules: &RuleSet, on: NaiveDate) -> Option<Term> {
        if let Some(last) = self.valid_until {
            return Some(Term::Until(last));
        }
        let catalogue = rules.edition_on::<VerificationRules>(on).ok()?.rules;
        let row = catalogue.find(self.kind)?;
        verification::term(self.verified_on?, row.period?).ok()
    }

    /// The last day of that term, where there is one certain day.
    #[must_use]
    pub fn valid_until(&self, rules: &RuleSet, on: NaiveDate) -> Option<NaiveDate> {
        match self.term(rules, on)? {
            Term::Until(last) => Some(last),
            Term::Between { .. } | Term::ForGood => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use strum::IntoEnumIterator as _;
    use uuid::Uuid;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn verified(kind: InstrumentKind) -> Instrument {
        Instrument {
            id: InstrumentId::new(Uuid::nil()),
            merchant: MerchantId::new(Uuid::nil()),
            kind,
            model: "ACS-30".to_owned(),
            serial: "1".to_owned(),
            accuracy_class: None,
            e_g: None,
            max_g: None,
            verified_on: Some(day("2026-03-10")),
            valid_until: None,
            certificate_no: None,
            retired: None,
            version: 1,
        }
    }

    fn term(instrument: &Instrument) -> Option<Term> {
        instrument.term(&RuleSet::embedded().unwrap(), day("2026-11-28"))
    }

    #[test]
    fn a_ledger_holds_every_kind_of_the_catalogue_and_knows_its_term() {
        let unknown: Vec<_> = InstrumentKind::iter()
            .filter(|kind| term(&verified(*kind)).is_none())
            .collect();
        assert_eq!(
            unknown,
            [
                InstrumentKind::WaterMeterAboveDn50,
                InstrumentKind::GasMeterAbove10,
                InstrumentKind::Other
            ],
            "what is under no compulsory verification"
        );
    }

    #[test]
    fn the_interval_of_the_kind_dates_a_term_without_a_certificate() {
        for (kind, last) in [
            (InstrumentKind::PriceComputingScale, "2027-03-09"),
            (InstrumentKind::FairScale, "2027-03-09"),
            (InstrumentKind::TruckScale, "2027-03-09"),
            (InstrumentKind::Checkweigher, "2027-03-09"),
            (InstrumentKind::CngDispenser, "2026-09-09"),
            (InstrumentKind::EvCharger, "2029-03-09"),
        ] {
            assert_eq!(
                term(&verified(kind)),
                Some(Term::Until(day(last))),
                "{kind}"
            );
        }
        let set = verified(InstrumentKind::TrialLensSet);
        let (earliest, latest) = (day("2027-03-09"), day("2028-03-09"));
        assert_eq!(term(&set), Some(Term::Between { earliest, latest }));
        let gauge = verified(InstrumentKind::ClinicalThermometer);
        assert_eq!(term(&gauge), Some(Term::ForGood));
    }

    #[test]
    fn the_certificate_wins_over_the_interval() {
        let printed = Some(day("2026-12-31"));
        let scale = Instrument {
            valid_until: printed,
            ..verified(InstrumentKind::PriceComputingScale)
        };
        assert_eq!(term(&scale).and_then(Term::latest), printed);
    }
}
