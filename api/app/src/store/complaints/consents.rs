//! Consents in a dispute. One row a side and matter: the first consent counts.

use crate::{
    error::AppError,
    store::row::{insert_unless_there, meet, word},
    work::{Source, Work},
};
use liangxin_domain::{
    complaints::consent::{Consent, ConsentMatter, ConsentRecord, Side},
    id::{ComplaintId, UserId},
    refusal::Code,
};
use liangxin_entity::complaint_consent;
use sea_orm::{
    ActiveValue::Set, ColumnTrait as _, EntityTrait as _, QueryFilter as _, QueryOrder as _,
    sea_query::Expr,
};
use uuid::Uuid;

/// Notes a consent, unless the same side gave it before.
pub async fn insert_consent(
    work: &Work,
    id: Uuid,
    complaint: ComplaintId,
    (side, matter): (Side, ConsentMatter),
    consent: Consent,
) -> Result<(), AppError> {
    let Consent { way, at, noted_by } = consent;
    let row = complaint_consent::ActiveModel {
        id: Set(id),
        complaint_id: Set(complaint.uuid()),
        side: Set(side.to_string()),
        matter: Set(matter.to_string()),
        way: Set(way.to_string()),
        given_at: Set(at),
        noted_by: Set(noted_by.map(|user| user.uuid())),
        withdrawn_at: Set(None),
    };
    let key = [
        complaint_consent::Column::ComplaintId,
        complaint_consent::Column::Side,
        complaint_consent::Column::Matter,
    ];
    insert_unless_there(work, row, key).await?;
    Ok(())
}

/// The complainant withdraws the consent to publication.
pub async fn withdraw_publication(work: &Work, complaint: ComplaintId) -> Result<(), AppError> {
    let update = complaint_consent::Entity::update_many()
        .col_expr(
            complaint_consent::Column::WithdrawnAt,
            Expr::value(work.now()),
        )
        .filter(complaint_consent::Column::ComplaintId.eq(complaint.uuid()))
        .filter(complaint_consent::Column::Side.eq(Side::Complainant.to_string()))
        .filter(complaint_consent::Column::Matter.eq(ConsentMatter::Publication.to_string()))
        .filter(complaint_consent::Column::WithdrawnAt.is_null());
    meet(work, update, Code::ConsentMissing).await
}

/// The consents in a complaint that the caller was shown already, in the order in which they came.
pub async fn consents_of(
    source: &impl Source,
    complaint: ComplaintId,
) -> Result<Vec<ConsentRecord>, AppError> {
    complaint_consent::Entity::find()
        .filter(complaint_consent::Column::ComplaintId.eq(complaint.uuid()))
        .order_by_asc(complaint_consent::Column::GivenAt)
        .order_by_asc(complaint_consent::Column::Id)
        .all(source.connection())
        .await?
        .into_iter()
        .map(read_consent)
        .collect()
}

pub(in crate::store) fn read_consent(
    row: complaint_consent::Model,
) -> Result<ConsentRecord, AppError> {
    Ok(ConsentRecord {
        side: word(&row.side, "complaint_consent", "side")?,
        matter: word(&row.matter, "complaint_consent", "matter")?,
        consent: Consent {
            way: word(&row.way, "complaint_consent", "way")?,
            at: row.given_at,
            noted_by: row.noted_by.map(UserId::new),
        },
        withdrawn_at: row.withdrawn_at,
    })
}
