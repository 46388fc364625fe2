//! One load of one year of the working-day calendar; the highest number of a year is in force.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "calendar_year")]
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
    pub number: i32,
    pub confirmed_by: Option<Uuid>,
    pub confirmed_at: Option<DateTimeUtc>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
