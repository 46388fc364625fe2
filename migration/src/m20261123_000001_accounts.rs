//! Accounts: people, roles, devices, refresh tokens, the brake on guessed passwords.

use crate::table::{create, index, table, to, unique};
use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        create(manager, tables(), indexes()).await
    }
}

fn tables() -> Vec<TableCreateStatement> {
    vec![user(), user_role(), device(), refresh_token(), throttle()]
}

fn user() -> TableCreateStatement {
    table("user")
        .col(uuid("id").primary_key())
        .col(string_len("email", 254))
        .col(string_len("name_zh", 120))
        .col(string_len("name_en", 120))
        .col(string_len("password_hash", 255))
        .col(uuid_null("bureau_id"))
        .col(string_len_null("division", 6))
        .col(uuid_null("merchant_id"))
        .col(string_len_null("certificate_no", 64))
        .col(timestamp_with_time_zone_null("disabled_at"))
        .take()
}

fn user_role() -> TableCreateStatement {
    table("user_role")
        .col(uuid("user_id"))
        .col(string_len("role", 32))
        .primary_key(Index::create().col("user_id").col("role"))
        .foreign_key(&mut to("user_id", "user"))
        .take()
}

fn device() -> TableCreateStatement {
    table("device")
        .col(uuid("id").primary_key())
        .col(uuid("user_id"))
        .col(string_len("name", 120))
        .col(timestamp_with_time_zone("created_at"))
        .col(timestamp_with_time_zone("seen_at"))
        .col(timestamp_with_time_zone_null("revoked_at"))
        .foreign_key(&mut to("user_id", "user"))
        .take()
}

fn refresh_token() -> TableCreateStatement {
    table("refresh_token")
        .col(string_len("token_hash", 64).primary_key())
        .col(uuid("device_id"))
        .col(timestamp_with_time_zone("issued_at"))
        .col(timestamp_with_time_zone("expires_at"))
        .col(timestamp_with_time_zone_null("used_at"))
        .foreign_key(&mut to("device_id", "device"))
        .take()
}

fn throttle() -> TableCreateStatement {
    table("throttle")
        .col(string_len("key", 64).primary_key())
        .col(integer("failures"))
        .col(timestamp_with_time_zone("last_failed_at"))
        .take()
}

fn indexes() -> Vec<IndexCreateStatement> {
    vec![
        unique("user", &["email"]),
        index("device", &["user_id"]),
        index("refresh_token", &["device_id"]),
        index("user", &["merchant_id"]),
    ]
}
