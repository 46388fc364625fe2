//! A statutory period that runs on a report, a case, a complaint, a reward or a dispute.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "clock")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub report_id: Option<Uuid>,
    pub case_id: Option<Uuid>,
    pub complaint_id: Option<Uuid>,
    pub reward_id: Option<Uuid>,
    pub dispute_id: Option<Uuid>,
    pub rule_id: String,
    pub instrument: String,
    pub edition: String,
    pub article: String,
    pub provenance: String,
    pub length: i32,
    pub unit: String,
    pub started_on: Date,
    pub set_for: Option<Date>,
    #[sea_orm(column_type = "Text")]
    pub extensions: String,
    #[sea_orm(column_type = "Text")]
    pub pauses: String,
    pub due_literal: Option<Date>,
    pub due_moved: Option<Date>,
    pub missing_year: Option<i32>,
    pub paused_since: Option<Date>,
    pub due_not_before: Option<Date>,
    pub calendar_version: String,
    pub satisfied_on: Option<Date>,
    pub lapsed_on: Option<Date>,
    pub warned: String,
    pub check_on: Option<Date>,
    pub version: i32,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
