//! One official finding about a merchant; it counts for the grade once it is settled.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "finding")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub merchant_id: Uuid,
    pub indicator: String,
    pub passed: bool,
    pub found_on: Date,
    pub settled_on: Option<Date>,
    pub visit_id: Option<Uuid>,
    pub note_zh: String,
    pub note_en: String,
    pub times: Option<i32>,
    pub entry_id: Option<Uuid>,
    pub voided_at: Option<DateTimeUtc>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
