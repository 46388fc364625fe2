//! The reward for a report.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "reward")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub report_id: Uuid,
    pub case_id: Uuid,
    pub scheme_id: String,
    pub edition: String,
    pub outcome: String,
    pub reason_code: String,
    pub reason_zh: String,
    pub reason_en: String,
    #[sea_orm(column_type = "Text")]
    pub steps: String,
    pub major_facts: String,
    pub screened_by: Uuid,
    pub screened_at: DateTimeUtc,
    pub division: String,
    pub case_decided_on: Date,
    pub state: String,
    #[sea_orm(column_type = "Text")]
    pub file: String,
    pub awarded_fen: Option<i64>,
    pub closes_after: Option<Date>,
    pub version: i32,
    pub city: Option<String>,
    pub province: Option<String>,
    pub queue_at: DateTimeUtc,
    pub payees_shown: Option<Vec<u8>>,
    pub payment_file: Option<Uuid>,
    pub is_replaced: bool,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
