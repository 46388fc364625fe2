//! A weighing with its verdict; the verdict is the exact JSON text and carries its inputs.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "measurement")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub visit_id: Uuid,
    pub instrument_id: Option<Uuid>,
    #[sea_orm(column_type = "Text")]
    pub verdict: String,
    pub outcome: String,
    pub recorded_at: DateTimeUtc,
    pub recorded_by: Uuid,
    pub voided_at: Option<DateTimeUtc>,
    pub voided_by: Option<Uuid>,
    #[sea_orm(column_type = "Text", nullable)]
    pub void_reason: Option<String>,
    pub replaced_by: Option<Uuid>,
    pub replaces: Option<Uuid>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
