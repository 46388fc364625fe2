//! An end that a statutory period had before.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "clock_history")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub clock_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub number: i32,
    pub started_on: Date,
    pub due_literal: Option<Date>,
    pub due_moved: Option<Date>,
    pub missing_year: Option<i32>,
    pub paused_since: Option<Date>,
    pub calendar_version: String,
    pub replaced_on: Date,
    pub cause: String,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
