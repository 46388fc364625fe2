//! One write on a visit, with when it was.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "visit_entry")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub visit_id: Uuid,
    pub act: String,
    pub entry_id: Option<Uuid>,
    pub user_id: Uuid,
    pub boot_id: Option<String>,
    pub received_at: DateTimeUtc,
    #[sea_orm(column_type = "Text")]
    pub occurred: String,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
