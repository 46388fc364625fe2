//! A dispute about who is competent for a report.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "competence_dispute")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub report_id: Uuid,
    pub holder: String,
    pub other: String,
    #[sea_orm(column_type = "Text")]
    pub reason: String,
    pub raised_by: Uuid,
    pub raised_at: DateTimeUtc,
    pub state: String,
    pub proposed_unit: Option<String>,
    pub proposed_side: Option<String>,
    pub proposed_by: Option<Uuid>,
    pub proposed_at: Option<DateTimeUtc>,
    pub settled_unit: Option<String>,
    pub settled_by: Option<Uuid>,
    pub settled_at: Option<DateTimeUtc>,
    pub version: i32,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
