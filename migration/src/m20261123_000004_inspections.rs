//! Visits, what was seen and weighed on them, and settled findings.

use crate::table::{create, index, table, to, word};
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
    vec![
        visit(),
        visit_inspector(),
        instrument_check(),
        measurement(),
        finding(),
    ]
}

fn visit() -> TableCreateStatement {
    table("visit")
        .col(uuid("id").primary_key())
        .col(uuid("report_id"))
        .col(uuid("merchant_id"))
        .col(string_len("division", 6))
        .col(word("state", &["dispatched", "checked_in", "submitted"]))
        .col(timestamp_with_time_zone("dispatched_at"))
        .col(uuid("dispatched_by"))
        .col(timestamp_with_time_zone_null("check_in_at"))
        .col(timestamp_with_time_zone_null("check_in_received_at"))
        .col(double_null("check_in_latitude"))
        .col(double_null("check_in_longitude"))
        .col(double_null("check_in_accuracy_m"))
        .col(uuid_null("check_in_by"))
        .col(string_len_null("signed_name", 120))
        .col(uuid_null("signature_photo_id"))
        .col(string_len_null("unsigned_reason", 120))
        .col(timestamp_with_time_zone_null("submitted_at"))
        .col(integer("version"))
        .foreign_key(&mut to("report_id", "report"))
        .foreign_key(&mut to("merchant_id", "merchant"))
        .take()
}

fn visit_inspector() -> TableCreateStatement {
    table("visit_inspector")
        .col(uuid("visit_id"))
        .col(uuid("user_id"))
        .primary_key(Index::create().col("visit_id").col("user_id"))
        .foreign_key(&mut to("visit_id", "visit"))
        .foreign_key(&mut to("user_id", "user"))
        .take()
}

fn instrument_check() -> TableCreateStatement {
    table("instrument_check")
        .col(uuid("id").primary_key())
        .col(uuid("visit_id"))
        .col(uuid("instrument_id"))
        .col(date_null("mark_valid_until"))
        .col(word("seal", &["intact", "broken", "none"]))
        .col(string_len_null("note", 120))
        .col(boolean("fails"))
        .col(timestamp_with_time_zone("recorded_at"))
        .col(uuid("recorded_by"))
        .foreign_key(&mut to("visit_id", "visit"))
        .foreign_key(&mut to("instrument_id", "instrument"))
        .take()
}

fn measurement() -> TableCreateStatement {
    table("measurement")
        .col(uuid("id").primary_key())
        .col(uuid("visit_id"))
        .col(uuid_null("instrument_id"))
        .col(text("verdict"))
        .col(string_len("outcome", 32))
        .col(timestamp_with_time_zone("recorded_at"))
        .col(uuid("recorded_by"))
        .foreign_key(&mut to("visit_id", "visit"))
        .take()
}

fn finding() -> TableCreateStatement {
    table("finding")
        .col(uuid("id").primary_key())
        .col(uuid("merchant_id"))
        .col(string_len("indicator", 8))
        .col(boolean("passed"))
        .col(date("found_on"))
        .col(date_null("settled_on"))
        .col(uuid_null("visit_id"))
        .col(string_len("note_zh", 200))
        .col(string_len("note_en", 200))
        .foreign_key(&mut to("merchant_id", "merchant"))
        .take()
}

fn indexes() -> Vec<IndexCreateStatement> {
    vec![
        index("visit", &["report_id"]),
        index("visit", &["division", "dispatched_at", "id"]),
        index("visit_inspector", &["user_id"]),
        index("instrument_check", &["visit_id"]),
        index("measurement", &["visit_id"]),
        index("finding", &["merchant_id", "found_on"]),
        index("finding", &["visit_id"]),
    ]
}
