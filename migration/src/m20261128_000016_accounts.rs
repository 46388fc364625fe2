//! Codes for new passwords, second factors and their recovery codes.

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
        let tables = vec![password_code(), second_factor(), recovery_code()];
        create(manager, tables, vec![index("user", &["division"])]).await?;
        manager
            .alter_table(
                Table::alter()
                    .table("user")
                    .add_column(timestamp_with_time_zone_null("second_factor_at"))
                    .take(),
            )
            .await
    }
}

fn password_code() -> TableCreateStatement {
    table("password_code")
        .col(uuid("user_id").primary_key())
        .col(string_len("code_hash", 64))
        .col(timestamp_with_time_zone("expires_at"))
        .foreign_key(&mut to("user_id", "user"))
        .take()
}

fn second_factor() -> TableCreateStatement {
    table("second_factor")
        .col(uuid("user_id").primary_key())
        .col(binary("secret_sealed"))
        .col(timestamp_with_time_zone("begun_at"))
        .col(big_integer_null("last_step"))
        .foreign_key(&mut to("user_id", "user"))
        .take()
}

fn recovery_code() -> TableCreateStatement {
    table("recovery_code")
        .col(uuid("user_id"))
        .col(string_len("code_hash", 64))
        .col(timestamp_with_time_zone_null("used_at"))
        .primary_key(Index::create().col("user_id").col("code_hash"))
        .foreign_key(&mut to("user_id", "user"))
        .take()
}
