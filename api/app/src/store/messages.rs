//! Messages between the bureau and a reporter. Whoever reads or writes them has shown a right to the
//! report.

use crate::{
    error::AppError,
    store::row::{insert_new, list_each, read_each, word},
    work::{Source, Work},
};
use chrono::{DateTime, Utc};
use liangxin_domain::{
    event::EventKind,
    id::{MessageId, ReportId, UserId},
    privacy::message::{Message, Sender},
};
use liangxin_entity::{event, message};
use sea_orm::{
    ActiveValue::Set, ColumnTrait as _, EntityTrait as _, PaginatorTrait as _, QueryFilter as _,
    QueryOrder as _, QuerySelect as _,
};

/// Writes a message.
pub async fn insert(work: &Work, new: &Message) -> Result<(), AppError> {
    let row = message::ActiveModel {
        id: Set(new.id.uuid()),
        report_id: Set(new.report.uuid()),
        sender: Set(new.sender.to_string()),
        officer: Set(new.officer.map(|officer| officer.uuid())),
        answers: Set(new.answers.map(|question| question.uuid())),
        text: Set(new.text.clone()),
        at: Set(new.at),
    };
    insert_new(work, row).await
}

/// The messages about a report, oldest first; at most 500.
pub async fn list(source: &impl Source, report: ReportId) -> Result<Vec<Message>, AppError> {
    let messages = message::Entity::find()
        .filter(message::Column::ReportId.eq(report.uuid()))
        .order_by_asc(message::Column::At)
        .order_by_asc(message::Column::Id)
        .limit(500);
    read_each(list_each(source, messages).await?, read)
}

/// Whether a question of this report has that id.
pub async fn is_question(
    source: &impl Source,
    report: ReportId,
    question: MessageId,
) -> Result<bool, AppError> {
    let found = message::Entity::find_by_id(question.uuid())
        .filter(message::Column::ReportId.eq(report.uuid()))
        .filter(message::Column::Sender.eq(Sender::Bureau.to_string()))
        .one(source.connection())
        .await?;
    Ok(found.is_some())
}

/// How many messages of one side were written about a report since a moment.
pub async fn count_since(
    source: &impl Source,
    report: ReportId,
    (sender, since): (Sender, DateTime<Utc>),
) -> Result<u64, AppError> {
    Ok(message::Entity::find()
        .filter(message::Column::ReportId.eq(report.uuid()))
        .filter(message::Column::Sender.eq(sender.to_string()))
        .filter(message::Column::At.gte(since))
        .count(source.connection())
        .await?)
}

/// How often photos were added to a report since a moment.
pub async fn count_additions_since(
    source: &impl Source,
    report: ReportId,
    since: DateTime<Utc>,
) -> Result<u64, AppError> {
    Ok(event::Entity::find()
        .filter(event::Column::ReportId.eq(report.uuid()))
        .filter(event::Column::Kind.eq(EventKind::ReportPhotosAdded.to_string()))
        .filter(event::Column::At.gte(since))
        .count(source.connection())
        .await?)
}

pub(super) fn read(row: message::Model) -> Result<Message, AppError> {
    Ok(Message {
        id: MessageId::new(row.id),
        report: ReportId::new(row.report_id),
        sender: word(&row.sender, "message", "sender")?,
        officer: row.officer.map(UserId::new),
        answers: row.answers.map(MessageId::new),
        text: row.text,
        at: row.at,
    })
}
