//! Statutory periods of every noun, with what was done to them, their former ends, and the calendars
//! that administrators load.

use crate::table::{create, index, table, to, unique, word};
use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for column in columns() {
            manager
                .alter_table(Table::alter().table("clock").add_column(column).take())
                .await?;
        }
        create(
            manager,
            vec![clock_history(), calendar_year(), calendar_alert()],
            indexes(),
        )
        .await
    }
}

/// One alter a column, as SQLite wants it.
fn columns() -> Vec<ColumnDef> {
    vec![
        uuid_null("complaint_id"),
        uuid_null("reward_id"),
        uuid_null("dispute_id"),
        string_len("provenance", 16).default("unverified").take(),
        integer("length").default(0).take(),
        string_len("unit", 16).default("working_days").take(),
        date_null("set_for"),
        text("extensions").default("[]").take(),
        text("pauses").default("[]").take(),
        date_null("paused_since"),
        date_null("lapsed_on"),
        string_len("warned", 16).default("none").take(),
        date_null("check_on"),
        integer("version").default(1).take(),
    ]
}

fn clock_history() -> TableCreateStatement {
    table("clock_history")
        .col(uuid("clock_id"))
        .col(integer("number"))
        .col(date("started_on"))
        .col(date_null("due_literal"))
        .col(date_null("due_moved"))
        .col(integer_null("missing_year"))
        .col(date_null("paused_since"))
        .col(string_len("calendar_version", 64))
        .col(date("replaced_on"))
        .col(word("cause", &["restart", "calendar"]))
        .primary_key(Index::create().col("clock_id").col("number"))
        .foreign_key(&mut to("clock_id", "clock"))
        .take()
}

fn calendar_year() -> TableCreateStatement {
    table("calendar_year")
        .col(uuid("id").primary_key())
        .col(integer("year"))
        .col(string_len("version", 40))
        .col(text("csv"))
        .col(string_len("digest", 64))
        .col(uuid_null("loaded_by"))
        .col(timestamp_with_time_zone("loaded_at"))
        .col(integer("number"))
        .take()
}

/// The years whose absence the administrators have been told of, each once.
fn calendar_alert() -> TableCreateStatement {
    table("calendar_alert")
        .col(integer("year").primary_key())
        .col(timestamp_with_time_zone("at"))
        .take()
}

fn indexes() -> Vec<IndexCreateStatement> {
    vec![
        index("clock", &["complaint_id"]),
        index("clock", &["reward_id"]),
        index("clock", &["dispute_id"]),
        index("clock", &["check_on"]),
        unique("calendar_year", &["year", "number"]),
    ]
}
