//! Reports beside each other. Whether two reporters are one is known by the earlier code that one of
//! them showed, and by nothing else.

use super::{read, visible_to};
use crate::{
    error::AppError,
    store::row::{list_each, read_each},
    work::Source,
};
use chrono::{DateTime, Utc};
use liangxin_domain::{
    actor::Actor,
    id::ReportId,
    refusal::{Code, Refusal},
    reports::{
        report::Report,
        resemblance::{Resemblance, Traits},
    },
};
use liangxin_entity::report;
use sea_orm::{ColumnTrait as _, Condition, QueryFilter as _, QueryOrder as _, QuerySelect as _};

/// Two reports, and how the later resembles the earlier.
#[derive(Debug, Clone)]
pub struct Pair {
    /// The later one.
    pub later: Report,
    /// The earlier one.
    pub earlier: Report,
    /// How they resemble each other.
    pub resemblance: Resemblance,
}

/// As many reports are compared with one.
const MOST_COMPARED: u64 = 200;

/// Two reports that the actor may see both.
pub async fn find_pair(
    source: &impl Source,
    actor: &Actor,
    later: ReportId,
    (earlier, field): (ReportId, &'static str),
) -> Result<Pair, AppError> {
    if later == earlier {
        return Err(Refusal::on(Code::ReportItself, field).into());
    }
    let (later, later_traits) = get_traits(source, actor, later, "reportId").await?;
    let (earlier, earlier_traits) = get_traits(source, actor, earlier, field).await?;
    Ok(Pair {
        later,
        earlier,
        resemblance: Resemblance::of(&later_traits, &earlier_traits),
    })
}

/// Reports that the actor may see and that may be about the same matter, newest first: the same
/// merchant, the same reporter, or the same division since `since`; at most 200 are compared.
pub async fn list_resembling(
    source: &impl Source,
    actor: &Actor,
    (report, since): (ReportId, DateTime<Utc>),
) -> Result<Vec<(Report, Resemblance)>, AppError> {
    let (found, traits) = get_traits(source, actor, report, "id").await?;
    let mut near = vec![
        Condition::all()
            .add(report::Column::Division.eq(found.division.to_string()))
            .add(report::Column::ReceivedAt.gte(since)),
        Condition::all().add(report::Column::Follows.eq(found.id.uuid())),
    ];
    if let Some(merchant) = found.merchant {
        near.push(Condition::all().add(report::Column::MerchantId.eq(merchant.uuid())));
    }
    if let Some(follows) = traits.follows {
        near.push(Condition::all().add(report::Column::Id.eq(follows.uuid())));
        near.push(Condition::all().add(report::Column::Follows.eq(follows.uuid())));
    }
    let mut rows = Vec::new();
    // One index serves each; all of them in one condition would read the table.
    for near in near {
        let newest = visible_to(actor)
            .filter(near)
            .filter(report::Column::Id.ne(found.id.uuid()))
            .order_by_desc(report::Column::ReceivedAt)
            .order_by_desc(report::Column::Id)
            .limit(MOST_COMPARED);
        rows.extend(list_each(source, newest).await?);
    }
    rows.sort_by_key(|row| std::cmp::Reverse((row.received_at, row.id)));
    rows.dedup_by_key(|row| row.id);
    rows.truncate(usize::try_from(MOST_COMPARED).unwrap_or(usize::MAX));
    read_each(rows, |row| {
        let (other, other_traits) = with_traits(row)?;
        let resemblance = if other.received_at <= found.received_at {
            Resemblance::of(&traits, &other_traits)
        } else {
            Resemblance::of(&other_traits, &traits)
        };
        Ok((other, resemblance))
    })
}

async fn get_traits(
    source: &impl Source,
    actor: &Actor,
    id: ReportId,
    field: &'static str,
) -> Result<(Report, Traits), AppError> {
    let row = visible_to(actor)
        .filter(report::Column::Id.eq(id.uuid()))
        .one(source.connection())
        .await?
        .ok_or_else(|| Refusal::on(Code::NotFound, field))?;
    with_traits(row)
}

fn with_traits(row: report::Model) -> Result<(Report, Traits), AppError> {
    let follows = row.follows.map(ReportId::new);
    let report = read(row)?;
    let traits = report.traits(follows);
    Ok((report, traits))
}
