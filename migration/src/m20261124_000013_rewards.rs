//! What a reporter claims a reward with, and where the money goes: two tables apart from the reward
//! and from the case, so that no screen of either can show them by accident.

use crate::table::{create, index, table, to};
use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let indexes = vec![index("payout", &["purge_after"])];
        create(manager, vec![claim_secret(), payout()], indexes).await
    }
}

fn claim_secret() -> TableCreateStatement {
    table("claim_secret")
        .col(uuid("report_id").primary_key())
        .col(string_len("password_hash", 255))
        .foreign_key(&mut to("report_id", "report"))
        .take()
}

fn payout() -> TableCreateStatement {
    table("payout")
        .col(uuid("reward_id").primary_key())
        .col(binary("sealed"))
        .col(timestamp_with_time_zone("given_at"))
        .col(date_null("purge_after"))
        .foreign_key(&mut to("reward_id", "reward"))
        .take()
}
