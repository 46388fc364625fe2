//! Who reported, apart from everything else: sealed fields, openings with every look, messages
//! between bureau and reporter, proofs of work that were used, and when a receipt code was shown for
//! the second and last time.

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
        create(manager, tables(), indexes()).await?;
        let shown_again = timestamp_with_time_zone_null("receipt_shown_again_at");
        let alter = Table::alter()
            .table("report")
            .add_column(shown_again)
            .take();
        manager.alter_table(alter).await
    }
}

fn tables() -> Vec<TableCreateStatement> {
    vec![
        sealed_identity(),
        sealed_field(),
        identity_opening(),
        identity_look(),
        message(),
        spent_proof(),
    ]
}

fn sealed_identity() -> TableCreateStatement {
    table("sealed_identity")
        .col(uuid("id").primary_key())
        .col(string_len("token", 16))
        .col(word("subject_kind", &["report", "complaint", "reward"]))
        .col(uuid("subject_id"))
        .col(timestamp_with_time_zone("created_at"))
        .take()
}

fn sealed_field() -> TableCreateStatement {
    table("sealed_field")
        .col(uuid("identity_id"))
        .col(string_len("field", 32))
        .col(binary("ciphertext"))
        .col(string_len("recipient", 80))
        .col(timestamp_with_time_zone("created_at"))
        .col(timestamp_with_time_zone_null("purge_after"))
        .primary_key(Index::create().col("identity_id").col("field"))
        .foreign_key(&mut to("identity_id", "sealed_identity"))
        .take()
}

fn identity_opening() -> TableCreateStatement {
    table("identity_opening")
        .col(uuid("id").primary_key())
        .col(uuid("identity_id"))
        .col(string_len("purpose", 32))
        .col(text("reason"))
        .col(string_len("fields", 120))
        .col(uuid("requested_by"))
        .col(string_len("role", 32))
        .col(timestamp_with_time_zone("requested_at"))
        .col(uuid_null("approved_by"))
        .col(timestamp_with_time_zone_null("approved_at"))
        .col(timestamp_with_time_zone_null("until"))
        .col(integer("version"))
        .foreign_key(&mut to("identity_id", "sealed_identity"))
        .foreign_key(&mut to("requested_by", "user"))
        .take()
}

fn identity_look() -> TableCreateStatement {
    table("identity_look")
        .col(uuid("id").primary_key())
        .col(uuid("opening_id"))
        .col(timestamp_with_time_zone("at"))
        .foreign_key(&mut to("opening_id", "identity_opening"))
        .take()
}

fn message() -> TableCreateStatement {
    table("message")
        .col(uuid("id").primary_key())
        .col(uuid("report_id"))
        .col(word("sender", &["bureau", "reporter"]))
        .col(uuid_null("officer"))
        .col(uuid_null("answers"))
        .col(text("text"))
        .col(timestamp_with_time_zone("at"))
        .foreign_key(&mut to("report_id", "report"))
        .take()
}

fn spent_proof() -> TableCreateStatement {
    table("spent_proof")
        .col(string_len("id", 64).primary_key())
        .col(timestamp_with_time_zone("expires_at"))
        .take()
}

fn indexes() -> Vec<IndexCreateStatement> {
    vec![
        unique("sealed_identity", &["subject_kind", "subject_id"]),
        index("sealed_field", &["purge_after"]),
        index("identity_opening", &["identity_id"]),
        index("identity_look", &["opening_id"]),
        index("message", &["report_id", "at", "id"]),
        index("spent_proof", &["expires_at"]),
    ]
}
