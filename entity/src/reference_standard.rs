//! A reference standard that a bureau keeps.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "reference_standard")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub bureau_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub serial: String,
    pub division: String,
    pub name: String,
    pub certificate_no: String,
    pub valid_until: Date,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
