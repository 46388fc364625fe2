//! The passport of a visit. Its code is a keyed hash.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "visit_passport")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub code_key: String,
    pub visit_id: Uuid,
    pub number: i32,
    pub form_key: Option<String>,
    pub is_contested: bool,
    pub made_on: Option<Date>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
