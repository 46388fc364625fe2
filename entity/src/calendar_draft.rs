//! A year of the working-day calendar that waits for a second person; one at most for each year.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "calendar_draft")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub year: i32,
    pub version: String,
    #[sea_orm(column_type = "Text")]
    pub csv: String,
    pub digest: String,
    pub loaded_by: Option<Uuid>,
    pub loaded_at: DateTimeUtc,
    pub base: i32,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
