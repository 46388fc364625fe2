//! A penalty case.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "case_file")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub number: String,
    pub basis: String,
    pub visit_id: Option<Uuid>,
    pub report_id: Option<Uuid>,
    pub merchant_id: Uuid,
    pub division: String,
    pub state: String,
    pub filed_at: DateTimeUtc,
    pub filed_by: Uuid,
    #[sea_orm(column_type = "Text")]
    pub told: String,
    #[sea_orm(column_type = "Text")]
    pub file: String,
    pub told_at: Option<DateTimeUtc>,
    pub decided_at: Option<DateTimeUtc>,
    pub version: i32,
    pub city: Option<String>,
    pub province: Option<String>,
    pub queue_at: DateTimeUtc,
    pub is_annulled: bool,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
