//! Accounts as administrators see them: those of a division and below, disabled ones too.

use super::{read_all, read_with, roles_of};
use crate::{
    error::AppError,
    store::{
        page::{Page, Rows},
        visibility::within,
    },
    work::{Source, Work},
};
use liangxin_domain::{
    accounts::account::Account,
    id::{MerchantId, UserId},
    places::division::DivisionCode,
    text::{Email, Line},
};
use liangxin_entity::{merchant, user};
use sea_orm::{
    ColumnTrait as _, Condition, EntityTrait as _, QueryFilter as _, QueryOrder as _,
    QuerySelect as _, QueryTrait as _,
    sea_query::{Expr, ExprTrait as _},
};
use uuid::Uuid;

/// An account, also a disabled one, if it lies in the division or below.
pub async fn find_within(
    source: &impl Source,
    id: UserId,
    division: DivisionCode,
) -> Result<Option<Account>, AppError> {
    let rows = user::Entity::find_by_id(id.uuid())
        .filter(in_or_below(division))
        .all(source.connection())
        .await?;
    Ok(read_all(source, rows).await?.pop())
}

/// A person, also one whose account is disabled: for what was done before.
pub async fn find_ever(source: &impl Source, id: UserId) -> Result<Option<Account>, AppError> {
    let rows = user::Entity::find_by_id(id.uuid()).all(source.connection());
    Ok(read_all(source, rows.await?).await?.pop())
}

/// Holds an account until the work ends, so that steps on it that come at once are taken one after the other.
pub async fn lock(work: &Work, id: UserId) -> Result<(), AppError> {
    user::Entity::find_by_id(id.uuid())
        .lock_exclusive()
        .one(work.connection())
        .await?;
    Ok(())
}

/// Notes that an account got its access from an administrator now.
pub async fn note_given(work: &Work, id: UserId) -> Result<(), AppError> {
    user::Entity::update_many()
        .col_expr(user::Column::GivenAt, Expr::value(work.now()))
        .filter(user::Column::Id.eq(id.uuid()))
        .exec(work.connection())
        .await?;
    Ok(())
}

/// An account by its sign-in name, also a disabled one.
pub async fn find_named(source: &impl Source, email: &Email) -> Result<Option<Account>, AppError> {
    let rows = user::Entity::find()
        .filter(user::Column::Email.eq(email.as_str()))
        .all(source.connection())
        .await?;
    Ok(read_all(source, rows).await?.pop())
}

/// Whoever has a name, for what is looked up by it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Named {
    /// An officer.
    Officer(UserId),
    /// Somebody who acts for this merchant.
    OfMerchant(MerchantId),
}

/// Who has exactly that name in the division and below, disabled ones too; of more than `most` those who came first.
pub async fn list_of_name(
    source: &impl Source,
    division: DivisionCode,
    (name, most): (&Line, u64),
) -> Result<Vec<Named>, AppError> {
    let is_name = Condition::any()
        .add(user::Column::NameZh.eq(name.as_str()))
        .add(user::Column::NameEn.eq(name.as_str()));
    let rows: Vec<(Uuid, Option<Uuid>)> = user::Entity::find()
        .select_only()
        .column(user::Column::Id)
        .column(user::Column::MerchantId)
        .filter(is_name)
        .filter(in_or_below(division))
        .order_by_asc(user::Column::Id)
        .limit(most)
        .into_tuple()
        .all(source.connection())
        .await?;
    let named = rows.into_iter().map(|(user, merchant)| match merchant {
        Some(merchant) => Named::OfMerchant(MerchantId::new(merchant)),
        None => Named::Officer(UserId::new(user)),
    });
    Ok(named.collect())
}

/// The accounts of a division and below, disabled ones too, in the order in which they were made.
pub async fn page(
    source: &impl Source,
    (division, email): (DivisionCode, Option<&Email>),
    page: Page,
) -> Result<Rows<Account>, AppError> {
    let mut select = user::Entity::find().filter(in_or_below(division));
    if let Some(email) = email {
        select = select.filter(user::Column::Email.eq(email.as_str()));
    }
    if let Some(last) = page.after {
        select = select.filter(user::Column::Id.gt(last.id));
    }
    // Ids tell the order; they carry no time that a key could have.
    let select = select.order_by_asc(user::Column::Id);
    let found = page.by_id(source, select, user::Column::Id).await?;
    let roles = roles_of(source, found.rows.iter().map(|(_, row)| row.id)).await?;
    found.read(|row| read_with(row, &roles))
}

/// Accounts of officers of a division and below, and of the people of its merchants. The place of each merchant is looked
/// up by its id: to read them all first would read every merchant of a province.
fn in_or_below(division: DivisionCode) -> Condition {
    let of_merchant = merchant::Entity::find()
        .select_only()
        .column(merchant::Column::Division)
        .filter(
            Expr::col((merchant::Entity, merchant::Column::Id))
                .equals((user::Entity, user::Column::MerchantId)),
        )
        .into_query();
    let own = Expr::col((user::Entity, user::Column::Division));
    Condition::any()
        .add(within(division, own))
        .add(within(division, Expr::from(of_merchant)))
}
