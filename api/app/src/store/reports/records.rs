//! What is noted about reports.

use crate::{
    error::AppError,
    store::row::{insert_new, list_each, optional_word, read_each, word},
    work::{Source, Work},
};
use liangxin_domain::{
    id::{ReportId, UserId},
    reports::record::Record,
    text::{Line, Narrative},
};
use liangxin_entity::report_record;
use sea_orm::{
    ActiveValue::Set, ColumnTrait as _, EntityTrait as _, QueryFilter as _, QueryOrder as _,
    QuerySelect as _,
};
use uuid::Uuid;

/// Notes something about a report.
pub async fn insert_record(
    work: &Work,
    id: Uuid,
    report: ReportId,
    record: &Record,
) -> Result<(), AppError> {
    let Record {
        kind,
        other,
        from,
        to,
        words,
        article,
        by,
        at,
    } = record;
    let row = report_record::ActiveModel {
        id: Set(id),
        report_id: Set(report.uuid()),
        kind: Set(kind.to_string()),
        other_id: Set(other.map(|report| report.uuid())),
        from_unit: Set(from.map(|unit| unit.to_string())),
        to_unit: Set(to.map(|unit| unit.to_string())),
        words: Set(words.as_ref().map(ToString::to_string)),
        article: Set(article.as_ref().map(ToString::to_string)),
        by_user: Set(by.map(|user| user.uuid())),
        at: Set(*at),
    };
    insert_new(work, row).await
}

/// What was noted about a report that the caller may see already, oldest first; at most 200 notes.
pub async fn list_records(source: &impl Source, report: ReportId) -> Result<Vec<Record>, AppError> {
    let records = report_record::Entity::find()
        .filter(report_record::Column::ReportId.eq(report.uuid()))
        .order_by_asc(report_record::Column::At)
        .order_by_asc(report_record::Column::Id)
        .limit(200);
    read_each(list_each(source, records).await?, read_record)
}

pub(in crate::store) fn read_record(row: report_record::Model) -> Result<Record, AppError> {
    Ok(Record {
        kind: word(&row.kind, "report_record", "kind")?,
        other: row.other_id.map(ReportId::new),
        from: optional_word(row.from_unit.as_deref(), "report_record", "from_unit")?,
        to: optional_word(row.to_unit.as_deref(), "report_record", "to_unit")?,
        words: row.words.map(Narrative::stored),
        article: row.article.map(Line::stored),
        by: row.by_user.map(UserId::new),
        at: row.at,
    })
}
