//! One computed grade.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "rating")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub merchant_id: Uuid,
    pub computed_at: DateTimeUtc,
    pub grade: String,
    pub points_tenths: Option<i32>,
    pub formula_version: String,
    pub findings: i32,
    #[sea_orm(column_type = "Text")]
    pub reasons: String,
    pub cause: Uuid,
    pub as_of: Option<Date>,
    #[sea_orm(column_type = "Text")]
    pub basis: Option<String>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
