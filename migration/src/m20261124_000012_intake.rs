//! Intake: what came in one submission, what officers noted about reports, which reports are linked,
//! signals to look twice, and disputes about competence.

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
    vec![
        submission(),
        report_record(),
        report_link(),
        signal(),
        dispute(),
    ]
}

/// Joins the parts of one submission. No read of an officer goes through it.
fn submission() -> TableCreateStatement {
    table("submission")
        .col(uuid("id").primary_key())
        .col(uuid_null("complaint_id"))
        .col(uuid_null("report_id"))
        .col(timestamp_with_time_zone("received_at"))
        .foreign_key(&mut to("report_id", "report"))
        .take()
}

fn report_record() -> TableCreateStatement {
    table("report_record")
        .col(uuid("id").primary_key())
        .col(uuid("report_id"))
        .col(word(
            "kind",
            &[
                "duplicate",
                "merge",
                "withdrawal",
                "outcome",
                "dispatch",
                "return",
                "designation",
            ],
        ))
        .col(uuid_null("other_id"))
        .col(string_len_null("from_unit", 6))
        .col(string_len_null("to_unit", 6))
        .col(text_null("words"))
        .col(string_len_null("article", 240))
        .col(uuid_null("by_user"))
        .col(timestamp_with_time_zone("at"))
        .foreign_key(&mut to("report_id", "report"))
        .take()
}

/// A pair in the order of its ids, so that it stands there once.
fn report_link() -> TableCreateStatement {
    table("report_link")
        .col(uuid("id").primary_key())
        .col(uuid("first_id"))
        .col(uuid("second_id"))
        .col(uuid("by_user"))
        .col(timestamp_with_time_zone("at"))
        .foreign_key(&mut to("first_id", "report"))
        .foreign_key(&mut to("second_id", "report"))
        .take()
}

fn signal() -> TableCreateStatement {
    table("signal")
        .col(uuid("id").primary_key())
        .col(uuid("report_id"))
        .col(word(
            "factor",
            &[
                "quantity",
                "many_in_short_time",
                "no_proof",
                "shared_contact",
                "other",
            ],
        ))
        .col(string_len("why", 120))
        .col(timestamp_with_time_zone("at"))
        .foreign_key(&mut to("report_id", "report"))
        .take()
}

fn dispute() -> TableCreateStatement {
    table("competence_dispute")
        .col(uuid("id").primary_key())
        .col(uuid("report_id"))
        .col(string_len("holder", 6))
        .col(string_len("other", 6))
        .col(text("reason"))
        .col(uuid("raised_by"))
        .col(timestamp_with_time_zone("raised_at"))
        .col(word("state", &["open", "agreed", "designated"]))
        .col(string_len_null("settled_unit", 6))
        .col(uuid_null("settled_by"))
        .col(timestamp_with_time_zone_null("settled_at"))
        .foreign_key(&mut to("report_id", "report"))
        .take()
}

fn indexes() -> Vec<IndexCreateStatement> {
    vec![
        unique("submission", &["report_id"]),
        unique("submission", &["complaint_id"]),
        index("report_record", &["report_id", "at"]),
        unique("report_link", &["first_id", "second_id"]),
        index("report_link", &["second_id"]),
        unique("signal", &["report_id", "factor"]),
        index("competence_dispute", &["report_id", "state"]),
    ]
}
