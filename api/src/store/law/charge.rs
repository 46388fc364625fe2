//! Who is in charge of what a period runs on, for telling them that it ends.

use super::{CHUNK, RunsOn};
use crate::{error::AppError, store::row::word, work::Source};
use liangxin_domain::{
    accounts::role::Role,
    id::{CaseId, ReportId, UserId},
    places::division::DivisionCode,
};
use liangxin_entity::{case_file, case_investigator, report, reward};
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _, QuerySelect as _};
use std::collections::HashMap;
use uuid::Uuid;

/// What a period runs on, as a mail names it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Charge {
    /// The number on paper.
    pub number: String,
    /// Where it lies.
    pub division: DivisionCode,
    /// Who handles it; nobody yet if empty.
    pub officers: Vec<UserId>,
    /// Who is told while nobody handles it.
    pub otherwise: Role,
}

/// Who is in charge; nothing if the subject is gone.
pub async fn find_charge(source: &impl Source, on: RunsOn) -> Result<Option<Charge>, AppError> {
    match on {
        RunsOn::Report(report) => of_report(source, report.uuid()).await,
        RunsOn::Case(case) => of_case(source, case.uuid()).await,
        RunsOn::Reward(reward) => of_reward(source, reward.uuid()).await,
        RunsOn::Complaint(_) | RunsOn::Dispute(_) => Ok(None),
    }
}

/// The numbers on paper of what periods run on.
pub async fn numbers_of(
    source: &impl Source,
    subjects: &[RunsOn],
) -> Result<HashMap<RunsOn, String>, AppError> {
    let mut numbers = HashMap::new();
    for subjects in subjects.chunks(CHUNK) {
        let reports = subjects.iter().filter_map(|on| match on {
            RunsOn::Report(report) => Some(report.uuid()),
            _ => None,
        });
        let rows: Vec<(Uuid, String)> = report::Entity::find()
            .select_only()
            .column(report::Column::Id)
            .column(report::Column::Number)
            .filter(report::Column::Id.is_in(reports))
            .into_tuple()
            .all(source.connection())
            .await?;
        numbers.extend(
            rows.into_iter()
                .map(|(id, number)| (RunsOn::Report(ReportId::new(id)), number)),
        );
        let cases = subjects.iter().filter_map(|on| match on {
            RunsOn::Case(case) => Some(case.uuid()),
            _ => None,
        });
        let rows: Vec<(Uuid, String)> = case_file::Entity::find()
            .select_only()
            .column(case_file::Column::Id)
            .column(case_file::Column::Number)
            .filter(case_file::Column::Id.is_in(cases))
            .into_tuple()
            .all(source.connection())
            .await?;
        numbers.extend(
            rows.into_iter()
                .map(|(id, number)| (RunsOn::Case(CaseId::new(id)), number)),
        );
    }
    Ok(numbers)
}

async fn of_report(source: &impl Source, id: Uuid) -> Result<Option<Charge>, AppError> {
    let row = report::Entity::find_by_id(id)
        .one(source.connection())
        .await?;
    row.map(|row| {
        Ok(Charge {
            number: row.number,
            division: word(&row.division, "report", "division")?,
            officers: row.accepted_by.map(UserId::new).into_iter().collect(),
            otherwise: Role::IntakeOfficer,
        })
    })
    .transpose()
}

async fn of_case(source: &impl Source, id: Uuid) -> Result<Option<Charge>, AppError> {
    let row = case_file::Entity::find_by_id(id)
        .one(source.connection())
        .await?;
    let Some(row) = row else { return Ok(None) };
    let investigators = case_investigator::Entity::find()
        .filter(case_investigator::Column::CaseId.eq(id))
        .all(source.connection())
        .await?;
    Ok(Some(Charge {
        number: row.number,
        division: word(&row.division, "case_file", "division")?,
        officers: investigators
            .into_iter()
            .map(|row| UserId::new(row.user_id))
            .collect(),
        otherwise: Role::CaseOfficer,
    }))
}

/// A reward is known by the number of its report.
async fn of_reward(source: &impl Source, id: Uuid) -> Result<Option<Charge>, AppError> {
    let row = reward::Entity::find_by_id(id)
        .one(source.connection())
        .await?;
    let Some(row) = row else { return Ok(None) };
    let charge = of_report(source, row.report_id).await?;
    Ok(charge.map(|charge| Charge {
        officers: Vec::new(),
        otherwise: Role::RewardOfficer,
        ..charge
    }))
}
