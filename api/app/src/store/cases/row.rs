//! A case as a row, and back.

use crate::{error::AppError, store::row::word};
use liangxin_domain::{
    cases::{
        basis::{Basis, BasisKind},
        case::Case,
    },
    id::{CaseId, MerchantId, ReportId, UserId, VisitId},
    inspections::visit::Team,
};
use liangxin_entity::case_file;
use serde::{Serialize, de::DeserializeOwned};

/// A part of a case as it is kept: written and read as one.
pub(super) fn written(part: &impl Serialize) -> Result<String, AppError> {
    serde_json::to_string(part).map_err(|e| AppError::internal("write a case", e))
}

fn kept<T: DeserializeOwned>(text: &str, column: &'static str) -> Result<T, AppError> {
    serde_json::from_str(text).map_err(|_| AppError::damaged("case_file", column))
}

pub(in crate::store) fn read(row: case_file::Model, team: Vec<UserId>) -> Result<Case, AppError> {
    let kind: BasisKind = word(&row.basis, "case_file", "basis")?;
    Ok(Case {
        id: CaseId::new(row.id),
        number: row.number,
        basis: Basis {
            kind,
            visit: row.visit_id.map(VisitId::new),
            report: row.report_id.map(ReportId::new),
            told: kept(&row.told, "told")?,
        },
        merchant: MerchantId::new(row.merchant_id),
        division: word(&row.division, "case_file", "division")?,
        investigators: Team::stored(team),
        filed_at: row.filed_at,
        filed_by: UserId::new(row.filed_by),
        file: kept(&row.file, "file")?,
        version: row.version,
    })
}
