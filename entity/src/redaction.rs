//! A part of a photo that is covered on every copy, or was.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "redaction")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub photo_id: Uuid,
    pub left: i32,
    pub top: i32,
    pub width: i32,
    pub height: i32,
    #[sea_orm(column_type = "Text")]
    pub reason: String,
    pub made_by: Uuid,
    pub made_at: DateTimeUtc,
    #[sea_orm(column_type = "Text")]
    pub removal_reason: Option<String>,
    pub removed_by: Option<Uuid>,
    pub removed_at: Option<DateTimeUtc>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
