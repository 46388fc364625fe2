//! Something that happened.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "event")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub at: DateTimeUtc,
    pub actor_kind: String,
    pub actor_user: Option<Uuid>,
    pub kind: String,
    pub subject: Uuid,
    pub report_id: Option<Uuid>,
    pub office: Option<String>,
    pub city: Option<String>,
    pub province: Option<String>,
    pub beside: Option<String>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
