//! What merchants said of the visits of one office in one quarter, added up: there is no row of one of them.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "visit_opinion")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub division: String,
    #[sea_orm(primary_key, auto_increment = false)]
    pub quarter: String,
    pub given: i32,
    pub merchants: i32,
    pub contested: i32,
    pub words: String,
    pub texts: String,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
