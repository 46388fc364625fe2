//! Who is in charge of what a period runs on, for telling them that it ends.

use super::{CHUNK, RunsOn};
use crate::{error::AppError, store::row::word, work::Source};
use liangxin_domain::{accounts::role::Role, id::UserId, places::division::DivisionCode};
use liangxin_entity::{
    case_file, case_investigator, competence_dispute, complaint, report, reward,
};
use sea_orm::{ColumnTrait as _, EntityTrait, QueryFilter as _, QuerySelect as _, TryGetableMany};
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
        RunsOn::Dispute(dispute) => of_dispute(source, dispute.uuid()).await,
        RunsOn::Complaint(complaint) => of_complaint(source, complaint.uuid()).await,
    }
}

/// The numbers on paper of what periods run on; rewards and disputes are known by the number of
/// their report.
pub async fn numbers_of(
    source: &impl Source,
    subjects: &[RunsOn],
) -> Result<HashMap<RunsOn, String>, AppError> {
    let mut numbers = HashMap::new();
    for subjects in subjects.chunks(CHUNK) {
        let ids = |of: fn(RunsOn) -> Option<Uuid>| {
            let ids = subjects.iter().filter_map(move |on| of(*on));
            ids.collect::<Vec<_>>()
        };
        let number = (case_file::Column::Id, case_file::Column::Number);
        let cases = column_of::<case_file::Entity, String>(source, ids(case_id), number).await?;
        let number = (complaint::Column::Id, complaint::Column::Number);
        let complaints =
            column_of::<complaint::Entity, String>(source, ids(complaint_id), number).await?;
        let mut known: HashMap<Uuid, String> = cases.into_iter().chain(complaints).collect();
        let mut report_of: HashMap<Uuid, Uuid> = HashMap::new();
        report_of.extend(ids(report_id).into_iter().map(|id| (id, id)));
        let of = (reward::Column::Id, reward::Column::ReportId);
        report_of.extend(column_of::<reward::Entity, Uuid>(source, ids(reward_id), of).await?);
        let of = (
            competence_dispute::Column::Id,
            competence_dispute::Column::ReportId,
        );
        let disputed = column_of::<competence_dispute::Entity, Uuid>(source, ids(dispute_id), of);
        report_of.extend(disputed.await?);
        let all = report_of.values().copied().collect();
        let number = (report::Column::Id, report::Column::Number);
        let reports = column_of::<report::Entity, String>(source, all, number).await?;
        let reports: HashMap<Uuid, String> = reports.into_iter().collect();
        for (id, report) in report_of {
            known.extend(reports.get(&report).map(|number| (id, number.clone())));
        }
        for on in subjects {
            numbers.extend(
                known
                    .get(&on.column().1)
                    .map(|number| (*on, number.clone())),
            );
        }
    }
    Ok(numbers)
}

const fn report_id(on: RunsOn) -> Option<Uuid> {
    match on {
        RunsOn::Report(report) => Some(report.uuid()),
        _ => None,
    }
}

const fn case_id(on: RunsOn) -> Option<Uuid> {
    match on {
        RunsOn::Case(case) => Some(case.uuid()),
        _ => None,
    }
}

const fn complaint_id(on: RunsOn) -> Option<Uuid> {
    match on {
        RunsOn::Complaint(complaint) => Some(complaint.uuid()),
        _ => None,
    }
}

const fn reward_id(on: RunsOn) -> Option<Uuid> {
    match on {
        RunsOn::Reward(reward) => Some(reward.uuid()),
        _ => None,
    }
}

const fn dispute_id(on: RunsOn) -> Option<Uuid> {
    match on {
        RunsOn::Dispute(dispute) => Some(dispute.uuid()),
        _ => None,
    }
}

/// What a column says of each of these things.
async fn column_of<E: EntityTrait, T>(
    source: &impl Source,
    ids: Vec<Uuid>,
    (id, column): (E::Column, E::Column),
) -> Result<Vec<(Uuid, T)>, AppError>
where
    (Uuid, T): TryGetableMany,
{
    let select = E::find().select_only().column(id).column(column);
    let select = select.filter(id.is_in(ids));
    Ok(select.into_tuple().all(source.connection()).await?)
}

async fn of_report(source: &impl Source, id: Uuid) -> Result<Option<Charge>, AppError> {
    let row = report::Entity::find_by_id(id)
        .one(source.connection())
        .await?;
    row.map(|row| {
        Ok(Charge {
            number: row.number,
            division: word(&row.unit, "report", "unit")?,
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

async fn of_complaint(source: &impl Source, id: Uuid) -> Result<Option<Charge>, AppError> {
    let row = complaint::Entity::find_by_id(id)
        .one(source.connection())
        .await?;
    row.map(|row| {
        Ok(Charge {
            number: row.number,
            division: word(&row.division, "complaint", "division")?,
            officers: row.handler_id.map(UserId::new).into_iter().collect(),
            otherwise: Role::IntakeOfficer,
        })
    })
    .transpose()
}

/// A dispute is known by the number of its report, and handled by whoever raised it.
async fn of_dispute(source: &impl Source, id: Uuid) -> Result<Option<Charge>, AppError> {
    let row = competence_dispute::Entity::find_by_id(id)
        .one(source.connection())
        .await?;
    let Some(row) = row else { return Ok(None) };
    let charge = of_report(source, row.report_id).await?;
    Ok(charge.map(|charge| Charge {
        officers: vec![UserId::new(row.raised_by)],
        ..charge
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
