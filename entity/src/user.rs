//! A person with an account.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "user")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub email: String,
    pub name_zh: String,
    pub name_en: String,
    pub password_hash: String,
    pub bureau_id: Option<Uuid>,
    pub division: Option<String>,
    pub merchant_id: Option<Uuid>,
    pub certificate_no: Option<String>,
    pub disabled_at: Option<DateTimeUtc>,
    pub second_factor_at: Option<DateTimeUtc>,
    pub given_at: Option<DateTimeUtc>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
