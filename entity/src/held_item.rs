//! A write from the field that is held: for what it builds on, or for a person.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "held_item")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub write_id: Uuid,
    pub sender_id: Uuid,
    pub device_id: Uuid,
    pub division: String,
    pub operation: String,
    pub thing: Uuid,
    #[sea_orm(column_type = "Text")]
    pub content: String,
    pub size_bytes: i32,
    pub reason: String,
    pub refused_with: Option<String>,
    pub arrived_at: DateTimeUtc,
    pub tried_at: DateTimeUtc,
    pub state: String,
    pub settled_at: Option<DateTimeUtc>,
    pub settled_by: Option<Uuid>,
    #[sea_orm(column_type = "Text", nullable)]
    pub settle_reason: Option<String>,
    pub version: i32,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
