//! A penalty case.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "case_file")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub number: String,
    pub visit_id: Uuid,
    pub report_id: Uuid,
    pub merchant_id: Uuid,
    pub division: String,
    pub state: String,
    pub filed_at: DateTimeUtc,
    pub filed_by: Uuid,
    pub violation: Option<String>,
    pub proposed_fine_fen: Option<i64>,
    #[sea_orm(column_type = "Text")]
    pub proposed_correction: Option<String>,
    pub proposed_correct_by: Option<Date>,
    pub proposed_by: Option<Uuid>,
    pub proposed_at: Option<DateTimeUtc>,
    pub audited_by: Option<Uuid>,
    pub audited_at: Option<DateTimeUtc>,
    #[sea_orm(column_type = "Text")]
    pub audit_opinion: Option<String>,
    pub noticed_at: Option<DateTimeUtc>,
    pub answer_until: Option<Date>,
    pub answered_at: Option<DateTimeUtc>,
    #[sea_orm(column_type = "Text")]
    pub defence: Option<String>,
    pub fine_fen: Option<i64>,
    #[sea_orm(column_type = "Text")]
    pub correction: Option<String>,
    pub correct_by: Option<Date>,
    #[sea_orm(column_type = "Text")]
    pub defence_review: Option<String>,
    pub decided_by: Option<Uuid>,
    pub decided_at: Option<DateTimeUtc>,
    pub version: i32,
    pub city: Option<String>,
    pub province: Option<String>,
    pub queue_at: DateTimeUtc,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
