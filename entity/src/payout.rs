//! Where the money of a reward goes, sealed.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "payout")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub reward_id: Uuid,
    pub sealed: Vec<u8>,
    pub given_at: DateTimeUtc,
    pub purge_after: Option<Date>,
}

impl ActiveModelBehavior for ActiveModel {}
