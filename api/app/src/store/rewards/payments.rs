//! Rewards on their way to finance: what may go, the files by which it went, and what the reporter is shown of the
//! payee.

use super::{READERS, read};
use crate::{
    error::AppError,
    store::{row::insert_new, visibility::in_division_of},
    work::{Source, Work},
};
use liangxin_domain::{
    actor::Actor,
    id::{PaymentFileId, RewardId, UserId},
    places::division::DivisionCode,
    refusal::{Code, Refusal},
    rewards::reward::{Reward, RewardStateKind},
};
use liangxin_entity::{bureau, payment_file, reward};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait as _, EntityTrait as _, QueryFilter as _, QueryOrder as _, QuerySelect as _,
    sea_query::{Expr, Query},
};

/// How many rewards one file holds.
const AT_ONCE: u64 = 500;

/// A file by which rewards went to finance.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PaymentFileRow {
    /// Its id; that of the write that made it.
    pub id: PaymentFileId,
    /// Its number.
    pub number: String,
}

/// The claimed rewards that are not with finance yet, of the division of an officer and of those below that have no
/// office, oldest first. The policy has the last word about each.
pub async fn list_to_hand_over(work: &Work, actor: &Actor) -> Result<Vec<Reward>, AppError> {
    let (Some(seat), Some(place)) = (
        actor.division(),
        in_division_of(actor, &READERS, reward::Column::Division),
    ) else {
        return Ok(Vec::new());
    };
    let others = Query::select()
        .column(bureau::Column::Division)
        .from(bureau::Entity)
        .and_where(bureau::Column::Division.ne(seat.to_string()))
        .take();
    reward::Entity::find()
        .filter(place)
        .filter(reward::Column::State.eq(RewardStateKind::Claimed.to_string()))
        .filter(reward::Column::PaymentFile.is_null())
        .filter(reward::Column::Division.not_in_subquery(others))
        .order_by_asc(reward::Column::ScreenedAt)
        .order_by_asc(reward::Column::Id)
        .limit(AT_ONCE)
        .all(work.connection())
        .await?
        .into_iter()
        .map(read)
        .collect()
}

/// The rewards of a file that are still as they were when it was made, in the order of the file.
pub async fn list_of_file(work: &Work, file: PaymentFileId) -> Result<Vec<Reward>, AppError> {
    reward::Entity::find()
        .filter(reward::Column::PaymentFile.eq(file.uuid()))
        .order_by_asc(reward::Column::ScreenedAt)
        .order_by_asc(reward::Column::Id)
        .all(work.connection())
        .await?
        .into_iter()
        .map(read)
        .collect()
}

/// Notes that a file was made.
pub async fn insert_file(
    work: &Work,
    file: &PaymentFileRow,
    (division, by): (DivisionCode, UserId),
) -> Result<(), AppError> {
    let row = payment_file::ActiveModel {
        id: Set(file.id.uuid()),
        number: Set(file.number.clone()),
        division: Set(division.to_string()),
        made_by: Set(by.uuid()),
        made_at: Set(work.now()),
    };
    insert_new(work, row).await
}

/// The file that a write made, if it made one.
pub async fn find_file(
    source: &impl Source,
    id: PaymentFileId,
) -> Result<Option<PaymentFileRow>, AppError> {
    let row = payment_file::Entity::find_by_id(id.uuid())
        .one(source.connection())
        .await?;
    Ok(row.map(file))
}

/// The file of an office with that number, or `NOT_FOUND`.
pub async fn get_file(
    source: &impl Source,
    division: DivisionCode,
    number: &str,
) -> Result<PaymentFileRow, AppError> {
    payment_file::Entity::find()
        .filter(payment_file::Column::Number.eq(number))
        .filter(payment_file::Column::Division.eq(division.to_string()))
        .one(source.connection())
        .await?
        .map(file)
        .ok_or_else(|| Refusal::on(Code::NotFound, "number").into())
}

fn file(row: payment_file::Model) -> PaymentFileRow {
    PaymentFileRow {
        id: PaymentFileId::new(row.id),
        number: row.number,
    }
}

/// Keeps what the reporter is shown of the payees, sealed; or nothing any more.
pub async fn show_payees(
    work: &Work,
    id: RewardId,
    sealed: Option<Vec<u8>>,
) -> Result<(), AppError> {
    reward::Entity::update_many()
        .col_expr(reward::Column::PayeesShown, Expr::value(sealed))
        .filter(reward::Column::Id.eq(id.uuid()))
        .exec(work.connection())
        .await?;
    Ok(())
}

/// What the reporter is shown of the payees, sealed; whoever asks has shown a right to the reward.
pub async fn shown_payees(source: &impl Source, id: RewardId) -> Result<Option<Vec<u8>>, AppError> {
    let found = reward::Entity::find_by_id(id.uuid())
        .select_only()
        .column(reward::Column::PayeesShown)
        .into_tuple::<Option<Vec<u8>>>()
        .one(source.connection())
        .await?;
    Ok(found.flatten())
}
