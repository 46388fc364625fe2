//! A measuring instrument on a merchant's ledger; quantities are exact decimal text.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "instrument")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub merchant_id: Uuid,
    pub kind: String,
    pub model: String,
    pub serial: String,
    pub accuracy_class: Option<String>,
    pub e_g: Option<String>,
    pub max_g: Option<String>,
    pub verified_on: Option<Date>,
    pub valid_until: Option<Date>,
    pub certificate_no: Option<String>,
    pub retired_on: Option<Date>,
    pub retire_reason: Option<String>,
    pub version: i32,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
