//! A statutory period that runs on a report or a case.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "clock")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub report_id: Option<Uuid>,
    pub case_id: Option<Uuid>,
    pub rule_id: String,
    pub instrument: String,
    pub edition: String,
    pub article: String,
    pub started_on: Date,
    pub due_literal: Option<Date>,
    pub due_moved: Option<Date>,
    pub missing_year: Option<i32>,
    pub calendar_version: String,
    pub satisfied_on: Option<Date>,
}

impl ActiveModelBehavior for ActiveModel {}
