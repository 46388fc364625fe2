//! The state of a verification mark and seal as seen on site.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "instrument_check")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub visit_id: Uuid,
    pub instrument_id: Uuid,
    pub mark_valid_until: Option<Date>,
    pub seal: String,
    pub note: Option<String>,
    pub fails: bool,
    pub recorded_at: DateTimeUtc,
    pub recorded_by: Uuid,
    pub voided_at: Option<DateTimeUtc>,
    pub voided_by: Option<Uuid>,
    #[sea_orm(column_type = "Text", nullable)]
    pub void_reason: Option<String>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
