//! Reports. Who sent one is not in any value that leaves this module, except the sealed contact
//! for the mail job.

use crate::{
    error::AppError,
    store::{
        page::{Cursor, Page, Rows},
        row::{position, word},
        visibility::{in_division_of, nothing},
    },
    work::{Source, Work},
};
use chrono::{DateTime, Utc};
use liangxin_domain::{
    accounts::role::Role,
    actor::Actor,
    evidence::digest::Sha256,
    id::{CaseId, MerchantId, ReportId, UserId},
    metrology::quantity::{Gram, YuanPerKg},
    refusal::{Code, Refusal},
    reports::report::{NewReport, Report, ReportState, ReportStateKind},
};
use liangxin_entity::{report, visit, visit_inspector};
use sea_orm::{
    ActiveValue::Set, ColumnTrait as _, Condition, EntityTrait as _, QueryFilter as _,
    QueryOrder as _, QuerySelect as _, QueryTrait as _, Select, sea_query::Expr,
};

/// The roles that may read the reports of their division.
const READERS: [Role; 5] = [
    Role::IntakeOfficer,
    Role::CaseOfficer,
    Role::LegalAuditor,
    Role::Head,
    Role::RewardOfficer,
];

/// What is stored beside the report itself.
#[derive(Debug, Clone)]
pub struct Intake {
    /// Its number on paper.
    pub number: String,
    /// The contact, sealed.
    pub contact_sealed: Option<Vec<u8>>,
    /// The keyed hash of the receipt code.
    pub receipt_key: Sha256,
}

/// Writes a new report.
pub async fn insert(work: &Work, new: &NewReport, intake: Intake) -> Result<(), AppError> {
    let row = report::ActiveModel {
        id: Set(new.id.uuid()),
        number: Set(intake.number),
        state: Set(ReportStateKind::Registered.to_string()),
        merchant_id: Set(new.merchant.map(|merchant| merchant.uuid())),
        party: Set(new.party.to_string()),
        division: Set(new.division.to_string()),
        place: Set(new.place.to_string()),
        latitude: Set(new.position.map(|p| p.latitude)),
        longitude: Set(new.position.map(|p| p.longitude)),
        accuracy_m: Set(new.position.and_then(|p| p.accuracy_m)),
        occurred_at: Set(new.occurred_at),
        goods: Set(new.goods.to_string()),
        unit_price: Set(new.unit_price.value().to_string()),
        settled_g: Set(new.settled.value().to_string()),
        checked_g: Set(new.checked.value().to_string()),
        narrative: Set(new.narrative.to_string()),
        contact_sealed: Set(intake.contact_sealed),
        receipt_key: Set(intake.receipt_key.to_string()),
        received_at: Set(work.now()),
        accepted_by: Set(None),
        accepted_at: Set(None),
        case_id: Set(None),
        version: Set(1),
        reporter_key: Set(None),
        receipt_shown_again_at: Set(None),
    };
    report::Entity::insert(row)
        .exec_without_returning(work.connection())
        .await?;
    Ok(())
}

/// Saves a changed report; somebody else's change in between is `STALE`.
pub async fn save(work: &Work, changed: &Report) -> Result<(), AppError> {
    let (accepted_by, accepted_at) = match changed.state {
        ReportState::Verifying { by, at } => (Some(by.uuid()), Some(at)),
        _ => (None, None),
    };
    let case = match changed.state {
        ReportState::Filed { case } | ReportState::Closed { case } => Some(case.uuid()),
        ReportState::Registered | ReportState::Verifying { .. } => None,
    };
    let mut update = report::Entity::update_many()
        .col_expr(
            report::Column::State,
            Expr::value(changed.state.kind().to_string()),
        )
        .col_expr(
            report::Column::MerchantId,
            Expr::value(changed.merchant.map(|merchant| merchant.uuid())),
        )
        .col_expr(report::Column::CaseId, Expr::value(case))
        .col_expr(report::Column::Version, Expr::value(changed.version + 1));
    if accepted_by.is_some() {
        update = update
            .col_expr(report::Column::AcceptedBy, Expr::value(accepted_by))
            .col_expr(report::Column::AcceptedAt, Expr::value(accepted_at));
    }
    let done = update
        .filter(report::Column::Id.eq(changed.id.uuid()))
        .filter(report::Column::Version.eq(changed.version))
        .exec(work.connection())
        .await?;
    if done.rows_affected == 1 {
        Ok(())
    } else {
        Err(Refusal::of(Code::Stale).into())
    }
}

/// What an actor may see: officers their division, inspectors what they were sent for, reporters
/// their own.
fn visible_to(actor: &Actor) -> Select<report::Entity> {
    let seen = match actor {
        Actor::System => Condition::all(),
        Actor::Reporter(own) => Condition::all().add(report::Column::Id.eq(own.uuid())),
        Actor::Anonymous => nothing(),
        Actor::User(user) => {
            let mut seen = Condition::any().add(in_division_of(
                actor,
                &READERS,
                (report::Entity, report::Column::Division),
            ));
            if user.roles.has(Role::Inspector) {
                let sent = visit_inspector::Entity::find()
                    .select_only()
                    .column(visit_inspector::Column::VisitId)
                    .filter(visit_inspector::Column::UserId.eq(user.user.uuid()))
                    .into_query();
                let reports = visit::Entity::find()
                    .select_only()
                    .column(visit::Column::ReportId)
                    .filter(visit::Column::Id.in_subquery(sent))
                    .into_query();
                seen = seen.add(report::Column::Id.in_subquery(reports));
            }
            seen
        }
    };
    report::Entity::find().filter(seen)
}

/// A report that the actor may see, or `NOT_FOUND`.
pub async fn get(source: &impl Source, actor: &Actor, id: ReportId) -> Result<Report, AppError> {
    visible_to(actor)
        .filter(report::Column::Id.eq(id.uuid()))
        .one(source.connection())
        .await?
        .map(read)
        .transpose()?
        .ok_or_else(|| Refusal::on(Code::NotFound, "reportId").into())
}

/// The queue: reports that the actor may see, oldest first, so that the nearest deadline is on top.
pub async fn list(
    source: &impl Source,
    actor: &Actor,
    state: Option<ReportStateKind>,
    page: Page,
) -> Result<Rows<Report>, AppError> {
    let mut select = visible_to(actor);
    if let Some(state) = state {
        select = select.filter(report::Column::State.eq(state.to_string()));
    }
    if let Some(Cursor { at, id }) = page.after {
        let later = Condition::any().add(report::Column::ReceivedAt.gt(at)).add(
            Condition::all()
                .add(report::Column::ReceivedAt.eq(at))
                .add(report::Column::Id.gt(id)),
        );
        select = select.filter(later);
    }
    let rows = select
        .order_by_asc(report::Column::ReceivedAt)
        .order_by_asc(report::Column::Id)
        .limit(page.first + 1)
        .all(source.connection())
        .await?;
    let rows = rows
        .into_iter()
        .map(|row| {
            Ok((
                Cursor {
                    at: row.received_at,
                    id: row.id,
                },
                read(row)?,
            ))
        })
        .collect::<Result<_, AppError>>()?;
    Ok(Rows::cut(rows, page))
}

/// The report behind a receipt code's keyed hash.
pub async fn find_by_receipt(
    source: &impl Source,
    key: Sha256,
) -> Result<Option<ReportId>, AppError> {
    Ok(report::Entity::find()
        .filter(report::Column::ReceiptKey.eq(key.to_string()))
        .one(source.connection())
        .await?
        .map(|row| ReportId::new(row.id)))
}

/// The sealed contact of a report, for the system alone.
pub async fn sealed_contact(
    source: &impl Source,
    id: ReportId,
) -> Result<Option<Vec<u8>>, AppError> {
    Ok(report::Entity::find_by_id(id.uuid())
        .one(source.connection())
        .await?
        .and_then(|row| row.contact_sealed))
}

/// When the report arrived, if it is there.
pub async fn received_at(
    source: &impl Source,
    id: ReportId,
) -> Result<Option<DateTime<Utc>>, AppError> {
    Ok(report::Entity::find_by_id(id.uuid())
        .one(source.connection())
        .await?
        .map(|row| row.received_at))
}

fn read(row: report::Model) -> Result<Report, AppError> {
    let state: ReportStateKind = word(&row.state, "report", "state")?;
    let case = || {
        row.case_id
            .map(CaseId::new)
            .ok_or(AppError::damaged("report", "case_id"))
    };
    let state = match state {
        ReportStateKind::Registered => ReportState::Registered,
        ReportStateKind::Verifying => match (row.accepted_by, row.accepted_at) {
            (Some(by), Some(at)) => ReportState::Verifying {
                by: UserId::new(by),
                at,
            },
            _ => return Err(AppError::damaged("report", "accepted_by")),
        },
        ReportStateKind::Filed => ReportState::Filed { case: case()? },
        ReportStateKind::Closed => ReportState::Closed { case: case()? },
    };
    let damaged = |column| move |_| AppError::damaged("report", column);
    Ok(Report {
        id: ReportId::new(row.id),
        number: row.number,
        state,
        merchant: row.merchant_id.map(MerchantId::new),
        party: row.party,
        division: word(&row.division, "report", "division")?,
        place: row.place,
        position: position(row.latitude, row.longitude, row.accuracy_m),
        occurred_at: row.occurred_at,
        goods: row.goods,
        unit_price: YuanPerKg::parse(&row.unit_price).map_err(damaged("unit_price"))?,
        settled: Gram::parse(&row.settled_g).map_err(damaged("settled_g"))?,
        checked: Gram::parse(&row.checked_g).map_err(damaged("checked_g"))?,
        narrative: row.narrative,
        received_at: row.received_at,
        version: row.version,
    })
}
