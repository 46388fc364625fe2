//! Sealed identities: ciphertexts and the tokens that stand for them. Nothing here can open one.

use crate::{
    error::AppError,
    store::row::{insert_unless_there, word},
    work::{Source, Work},
};
use chrono::{DateTime, Utc};
use liangxin_domain::{
    id::{ComplaintId, IdentityId, ReportId, RewardId},
    privacy::identity::{IdentityField, IdentitySubject},
};
use liangxin_entity::{sealed_field, sealed_identity};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait as _, EntityTrait as _, QueryFilter as _, QueryOrder as _, QuerySelect as _,
    sea_query::{Expr, OnConflict},
};
use std::collections::BTreeMap;
use uuid::Uuid;

/// An identity, as everybody may know it who sees its subject.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SealedIdentity {
    /// Its id.
    pub id: IdentityId,
    /// What stands for it on a screen, such as `R-7QK2-M4XW`.
    pub token: String,
    /// Whose it is.
    pub subject: IdentitySubject,
}

/// A sealed field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SealedField {
    /// Which field.
    pub field: IdentityField,
    /// The ciphertext, in the form of age.
    pub ciphertext: Vec<u8>,
    /// The public key that it was sealed to.
    pub recipient: String,
}

/// Takes a new identity for a subject, or answers the one that is there already.
pub async fn insert_or_get(work: &Work, fresh: SealedIdentity) -> Result<SealedIdentity, AppError> {
    let row = sealed_identity::ActiveModel {
        id: Set(fresh.id.uuid()),
        token: Set(fresh.token.clone()),
        subject_kind: Set(fresh.subject.kind().to_owned()),
        subject_id: Set(fresh.subject.uuid()),
        created_at: Set(work.now()),
    };
    let key = [
        sealed_identity::Column::SubjectKind,
        sealed_identity::Column::SubjectId,
    ];
    if insert_unless_there(work, row, key).await? {
        return Ok(fresh);
    }
    find(work, fresh.subject)
        .await?
        .ok_or_else(|| AppError::damaged("sealed_identity", "subject_id"))
}

/// Writes a sealed field over an older one of the same name.
pub async fn put_field(
    work: &Work,
    identity: IdentityId,
    sealed: SealedField,
    purge_after: Option<DateTime<Utc>>,
) -> Result<(), AppError> {
    let row = sealed_field::ActiveModel {
        identity_id: Set(identity.uuid()),
        field: Set(sealed.field.to_string()),
        ciphertext: Set(sealed.ciphertext),
        recipient: Set(sealed.recipient),
        created_at: Set(work.now()),
        purge_after: Set(purge_after),
    };
    sealed_field::Entity::insert(row)
        .on_conflict(
            OnConflict::columns([
                sealed_field::Column::IdentityId,
                sealed_field::Column::Field,
            ])
            .update_columns([
                sealed_field::Column::Ciphertext,
                sealed_field::Column::Recipient,
                sealed_field::Column::CreatedAt,
                sealed_field::Column::PurgeAfter,
            ])
            .to_owned(),
        )
        .exec_without_returning(work.connection())
        .await?;
    Ok(())
}

/// The identity of a subject. Whoever asks has shown a right to the subject; the token is no secret.
pub async fn find(
    source: &impl Source,
    subject: IdentitySubject,
) -> Result<Option<SealedIdentity>, AppError> {
    sealed_identity::Entity::find()
        .filter(sealed_identity::Column::SubjectKind.eq(subject.kind()))
        .filter(sealed_identity::Column::SubjectId.eq(subject.uuid()))
        .one(source.connection())
        .await?
        .map(read)
        .transpose()
}

/// Whose an identity is.
pub async fn subject(
    source: &impl Source,
    identity: IdentityId,
) -> Result<IdentitySubject, AppError> {
    let row = sealed_identity::Entity::find_by_id(identity.uuid())
        .one(source.connection())
        .await?
        .ok_or_else(|| AppError::damaged("sealed_field", "identity_id"))?;
    subject_of(&row)
}

/// Sealed fields of an identity, those of the list that are there, in their order.
pub async fn fields(
    source: &impl Source,
    identity: IdentityId,
    wanted: &[IdentityField],
) -> Result<Vec<SealedField>, AppError> {
    let names = wanted.iter().map(ToString::to_string);
    let rows = sealed_field::Entity::find()
        .filter(sealed_field::Column::IdentityId.eq(identity.uuid()))
        .filter(sealed_field::Column::Field.is_in(names))
        .all(source.connection())
        .await?;
    let found = rows.into_iter().map(read_field);
    let mut found = found.collect::<Result<Vec<_>, AppError>>()?;
    found.sort_by_key(|sealed| sealed.field);
    Ok(found)
}

pub(super) fn read_field(row: sealed_field::Model) -> Result<SealedField, AppError> {
    Ok(SealedField {
        field: word(&row.field, "sealed_field", "field")?,
        ciphertext: row.ciphertext,
        recipient: row.recipient,
    })
}

/// Says until when fields of an identity are kept.
pub async fn keep_until(
    work: &Work,
    identity: IdentityId,
    (fields, until): (&[IdentityField], DateTime<Utc>),
) -> Result<(), AppError> {
    sealed_field::Entity::update_many()
        .col_expr(sealed_field::Column::PurgeAfter, Expr::value(until))
        .filter(sealed_field::Column::IdentityId.eq(identity.uuid()))
        .filter(sealed_field::Column::Field.is_in(fields.iter().map(ToString::to_string)))
        .exec(work.connection())
        .await?;
    Ok(())
}

/// Whether there are fields whose time is over.
pub async fn has_over(source: &impl Source, now: DateTime<Utc>) -> Result<bool, AppError> {
    let over = sealed_field::Entity::find()
        .select_only()
        .column(sealed_field::Column::IdentityId)
        .filter(sealed_field::Column::PurgeAfter.lte(now))
        .limit(1)
        .into_tuple::<Uuid>()
        .one(source.connection())
        .await?;
    Ok(over.is_some())
}

/// To which public keys fields are sealed, and how many to each.
pub async fn count_by_recipient(source: &impl Source) -> Result<Vec<(String, u64)>, AppError> {
    let counted: Vec<(String, i64)> = sealed_field::Entity::find()
        .select_only()
        .column(sealed_field::Column::Recipient)
        .column_as(sealed_field::Column::Field.count(), "fields")
        .group_by(sealed_field::Column::Recipient)
        .into_tuple()
        .all(source.connection())
        .await?;
    let counted = counted.into_iter();
    Ok(counted
        .map(|(recipient, fields)| (recipient, u64::try_from(fields).unwrap_or_default()))
        .collect())
}

/// Deletes the fields whose time is over, at most `most` in one go; answers which identities lost
/// how many.
pub async fn purge(work: &Work, most: u64) -> Result<BTreeMap<IdentityId, usize>, AppError> {
    // Its key alone: what else a row holds must not keep it.
    let over: Vec<(Uuid, String)> = sealed_field::Entity::find()
        .select_only()
        .column(sealed_field::Column::IdentityId)
        .column(sealed_field::Column::Field)
        .filter(sealed_field::Column::PurgeAfter.lte(work.now()))
        .order_by_asc(sealed_field::Column::PurgeAfter)
        .limit(most)
        .into_tuple()
        .all(work.connection())
        .await?;
    let mut lost = BTreeMap::new();
    for (identity, field) in over {
        sealed_field::Entity::delete_by_id((identity, field))
            .exec(work.connection())
            .await?;
        *lost.entry(IdentityId::new(identity)).or_default() += 1;
    }
    Ok(lost)
}

pub(super) fn subject_of(row: &sealed_identity::Model) -> Result<IdentitySubject, AppError> {
    Ok(match row.subject_kind.as_str() {
        "report" => IdentitySubject::Report(ReportId::new(row.subject_id)),
        "complaint" => IdentitySubject::Complaint(ComplaintId::new(row.subject_id)),
        "reward" => IdentitySubject::Reward(RewardId::new(row.subject_id)),
        _ => return Err(AppError::damaged("sealed_identity", "subject_kind")),
    })
}

pub(super) fn read(row: sealed_identity::Model) -> Result<SealedIdentity, AppError> {
    Ok(SealedIdentity {
        id: IdentityId::new(row.id),
        subject: subject_of(&row)?,
        token: row.token,
    })
}
