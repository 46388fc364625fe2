//! Reports, the statutory periods that run on them, and the photos that they owe.

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
        create(manager, tables(), indexes()).await
    }
}

fn tables() -> Vec<TableCreateStatement> {
    vec![command(), report(), clock(), photo()]
}

fn command() -> TableCreateStatement {
    table("command")
        .col(uuid("id").primary_key())
        .col(string_len("operation", 64))
        .col(string_len("digest", 64))
        .col(string_len("actor", 64))
        .col(uuid("subject"))
        .col(timestamp_with_time_zone("at"))
        .take()
}

fn report() -> TableCreateStatement {
    table("report")
        .col(uuid("id").primary_key())
        .col(string_len("number", 64))
        .col(word(
            "state",
            &[
                "registered",
                "not_competent",
                "duplicate",
                "merged",
                "verifying",
                "verifying_extended",
                "paused_test",
                "not_filed",
                "filed",
                "case",
                "closed_penalty",
                "closed_no_penalty",
                "transferred",
            ],
        ))
        .col(text("progress"))
        .col(string_len("unit", 6))
        .col(string_len_null("dispatched_from", 6))
        .col(uuid_null("merchant_id"))
        .col(string_len("party", 120))
        .col(string_len("division", 6))
        .col(string_len("place", 120))
        .col(double_null("latitude"))
        .col(double_null("longitude"))
        .col(double_null("accuracy_m"))
        .col(timestamp_with_time_zone("occurred_at"))
        .col(string_len("goods", 120))
        .col(string_len("unit_price", 32))
        .col(string_len("settled_g", 32))
        .col(string_len("checked_g", 32))
        .col(text("narrative"))
        .col(binary_null("contact_sealed"))
        .col(string_len("receipt_key", 64))
        .col(string_len_null("contact_key", 64))
        .col(string_len_null("reporter_key", 64))
        .col(uuid_null("follows"))
        .col(timestamp_with_time_zone("received_at"))
        .col(uuid_null("accepted_by"))
        .col(timestamp_with_time_zone_null("accepted_at"))
        .col(uuid_null("case_id"))
        .col(integer("version"))
        .foreign_key(&mut to("merchant_id", "merchant"))
        .take()
}

fn clock() -> TableCreateStatement {
    table("clock")
        .col(uuid("id").primary_key())
        .col(uuid_null("report_id"))
        .col(uuid_null("case_id"))
        .col(string_len("rule_id", 32))
        .col(string_len("instrument", 200))
        .col(string_len("edition", 120))
        .col(string_len("article", 64))
        .col(date("started_on"))
        .col(date_null("due_literal"))
        .col(date_null("due_moved"))
        .col(integer_null("missing_year"))
        .col(string_len("calendar_version", 64))
        .col(date_null("satisfied_on"))
        .foreign_key(&mut to("report_id", "report"))
        .take()
}

fn photo() -> TableCreateStatement {
    table("photo")
        .col(uuid("id").primary_key())
        .col(uuid_null("report_id"))
        .col(uuid_null("visit_id"))
        .col(word("kind", &["report", "scene", "mark", "signature"]))
        .col(string_len("sha256", 64))
        .col(big_integer("size_bytes"))
        .col(timestamp_with_time_zone("declared_at"))
        .col(timestamp_with_time_zone_null("stored_at"))
        .col(string_len_null("format", 8))
        .col(integer_null("width"))
        .col(integer_null("height"))
        .col(timestamp_with_time_zone_null("taken_at"))
        .col(double_null("latitude"))
        .col(double_null("longitude"))
        .foreign_key(&mut to("report_id", "report"))
        .take()
}

fn indexes() -> Vec<IndexCreateStatement> {
    vec![
        unique("report", &["number"]),
        unique("report", &["receipt_key"]),
        index("report", &["unit", "state", "received_at", "id"]),
        index("report", &["contact_key"]),
        index("report", &["reporter_key"]),
        index("report", &["follows"]),
        index("report", &["state", "latitude"]),
        index("report", &["merchant_id"]),
        index("clock", &["report_id"]),
        index("clock", &["case_id"]),
        index("photo", &["report_id"]),
        index("photo", &["visit_id"]),
        index("photo", &["sha256"]),
    ]
}
