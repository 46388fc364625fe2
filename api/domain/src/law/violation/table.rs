//! Reading `law/violations.toml`: instruments are named once and cited by id, sums are in yuan.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use liangxin_metrology::law::venue::Venue;
use serde::Deserialize;

use super::{
    Citation, Compensation, Confiscation, Correction, FineCondition, GainsMultiple, GraveTier,
    StopUse, Violation, ViolationCode,
};
use crate::law::edition::{self, Dated, LawError};
use crate::law::file::LawFile;
use crate::law::provenance::Provenance;
use crate::money::Fen;

pub(super) const FILE: &str = "violations.toml";

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct InstrumentRow {
    id: String,
    title: String,
    edition: String,
    valid_from: NaiveDate,
    valid_to: Option<NaiveDate>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Cited {
    instrument: String,
    article: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct GraveRow {
    min_yuan: Option<i64>,
    max_yuan: i64,
    when_zh: String,
    when_en: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ViolationRow {
    code: ViolationCode,
    conduct_zh: String,
    conduct_en: String,
    venues: Option<Vec<Venue>>,
    basis: Vec<Cited>,
    consequence_zh: String,
    consequence_en: String,
    fine_min_yuan: Option<i64>,
    fine_max_yuan: Option<i64>,
    grave_fine: Option<GraveRow>,
    gains_multiple: Option<GainsMultiple>,
    #[serde(default)]
    fine_mandatory: bool,
    #[serde(default)]
    fine_condition: FineCondition,
    #[serde(default)]
    correction: Correction,
    #[serde(default)]
    stop_use: StopUse,
    #[serde(default)]
    compensation: Compensation,
    #[serde(default)]
    confiscation: Confiscation,
    #[serde(default)]
    punished_as: Vec<ViolationCode>,
    provenance: Provenance,
}

pub(super) fn parse(text: &str) -> Result<Vec<Violation>, LawError> {
    let mut file = LawFile::parse(FILE, text)?;
    let instruments = read_instruments(file.take_rows("instrument")?)?;
    let rows: Vec<ViolationRow> = file.take_rows("violation")?;
    file.finish()?;
    let violations = rows
        .into_iter()
        .map(|row| build(row, &instruments))
        .collect::<Result<Vec<_>, _>>()?;
    edition::check_editions(FILE, &violations)?;
    violations
        .iter()
        .try_for_each(|violation| check_ranges(violation, &violations))?;
    Ok(violations)
}

fn read_instruments(rows: Vec<InstrumentRow>) -> Result<BTreeMap<String, InstrumentRow>, LawError> {
    let mut instruments = BTreeMap::new();
    for row in rows {
        let id = row.id.clone();
        if instruments.insert(id.clone(), row).is_some() {
            return Err(invalid(&id, "the instrument is listed twice"));
        }
    }
    Ok(instruments)
}

/// A row applies while the instrument cited first does.
fn build(
    row: ViolationRow,
    instruments: &BTreeMap<String, InstrumentRow>,
) -> Result<Violation, LawError> {
    let code = row.code;
    let find = |id: &str| {
        instruments
            .get(id)
            .ok_or_else(|| invalid(code.as_str(), "it cites an unlisted instrument"))
    };
    let mut basis = row.basis.into_iter();
    let first = basis
        .next()
        .ok_or_else(|| invalid(code.as_str(), "it cites no instrument"))?;
    let main = find(&first.instrument)?;
    let further_basis = basis
        .map(|cited| find(&cited.instrument).map(|instrument| cite(instrument, cited.article)))
        .collect::<Result<_, _>>()?;
    if row.venues.as_ref().is_some_and(Vec::is_empty) {
        let reason = "venues is empty: left out, it is every kind";
        return Err(invalid(code.as_str(), reason));
    }
    let fen = |yuan: i64| {
        Fen::from_yuan(yuan).map_err(|refusal| invalid(code.as_str(), &refusal.to_string()))
    };
    let grave = row
        .grave_fine
        .map(|grave| {
            Ok(GraveTier {
                fine_min: grave.min_yuan.map(fen).transpose()?,
                fine_max: fen(grave.max_yuan)?,
                when_zh: grave.when_zh,
                when_en: grave.when_en,
            })
        })
        .transpose()?;
    Ok(Violation {
        conduct_zh: row.conduct_zh,
        conduct_en: row.conduct_en,
        venues: row.venues.unwrap_or_default(),
        basis_instrument: main.title.clone(),
        basis_edition: main.edition.clone(),
        basis_article: first.article,
        further_basis,
        consequence_zh: row.consequence_zh,
        consequence_en: row.consequence_en,
        fine_min: row.fine_min_yuan.map(fen).transpose()?,
        fine_max: row.fine_max_yuan.map(fen).transpose()?,
        grave,
        gains_multiple: row.gains_multiple,
        fine_mandatory: row.fine_mandatory,
        fine_condition: row.fine_condition,
        correction: row.correction,
        stop_use: row.stop_use,
        compensation: row.compensation,
        confiscation: row.confiscation,
        punished_as: row.punished_as,
        provenance: row.provenance,
        valid_from: main.valid_from,
        valid_to: main.valid_to,
        code,
    })
}

fn cite(instrument: &InstrumentRow, article: String) -> Citation {
    Citation {
        instrument: instrument.title.clone(),
        edition: instrument.edition.clone(),
        article,
    }
}

fn check_ranges(violation: &Violation, all: &[Violation]) -> Result<(), LawError> {
    let refuse = |reason| Err(invalid(violation.id(), reason));
    if violation.fine_min.is_some() && violation.fine_min > violation.fine_max {
        return refuse("fine_min_yuan is above fine_max_yuan");
    }
    if violation.fine_mandatory
        && violation.fine_max.is_none()
        && violation.gains_multiple.is_none()
    {
        return refuse("fine_mandatory without a fine");
    }
    if let Some(grave) = &violation.grave
        && (Some(grave.fine_max) <= violation.fine_max || grave.fine_min > Some(grave.fine_max))
    {
        return refuse("the grave range is not above the plain one");
    }
    if violation.punished_as.is_empty() {
        return Ok(());
    }
    let highest = |code: &ViolationCode| {
        all.iter()
            .filter(|row| row.code == *code)
            .map(|row| row.fine_max)
            .max()
    };
    // The ceiling is written out for the reader; a changed row elsewhere must not leave it behind.
    match violation
        .punished_as
        .iter()
        .map(highest)
        .collect::<Option<Vec<_>>>()
    {
        None => refuse("punished_as names an unlisted code"),
        Some(ceilings) if ceilings.iter().max() != Some(&violation.fine_max) => {
            refuse("fine_max_yuan is not the highest of the rows in punished_as")
        }
        Some(_) => Ok(()),
    }
}

fn invalid(row: &str, reason: &str) -> LawError {
    LawError::Invalid {
        file: FILE,
        row: row.to_owned(),
        reason: reason.to_owned(),
    }
}
