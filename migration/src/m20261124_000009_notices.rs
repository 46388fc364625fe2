//! Papers that were issued, and how they were served.

use crate::table::{create, index, table, unique, word};
use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        create(manager, vec![notice()], indexes()).await
    }
}

fn notice() -> TableCreateStatement {
    table("notice")
        .col(uuid("id").primary_key())
        .col(string_len("paper", 32))
        .col(string_len("number", 64))
        .col(word(
            "subject_kind",
            &["complaint", "report", "case", "reward", "dispute"],
        ))
        .col(uuid("subject_id"))
        .col(string_len("division", 6))
        .col(word(
            "recipient_kind",
            &[
                "complainant",
                "respondent",
                "reporter",
                "bureau",
                "body",
                "file",
            ],
        ))
        .col(uuid_null("recipient_id"))
        .col(text("content"))
        .col(binary_null("sealed"))
        .col(string_len("digest", 64))
        .col(uuid_null("issued_by"))
        .col(timestamp_with_time_zone("issued_at"))
        .col(string_len_null("served_channel", 16))
        .col(timestamp_with_time_zone_null("served_at"))
        .col(text_null("served_proof"))
        .col(string_len_null("served_proof_sha256", 64))
        .col(uuid_null("served_by"))
        .col(timestamp_with_time_zone_null("served_noted_at"))
        .take()
}

fn indexes() -> Vec<IndexCreateStatement> {
    vec![
        unique("notice", &["number"]),
        index("notice", &["subject_id", "issued_at", "id"]),
        index("notice", &["recipient_id"]),
    ]
}
