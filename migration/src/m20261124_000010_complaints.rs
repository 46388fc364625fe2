//! Complaints with their sealed particulars, and the consents that were given.

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
        create(manager, vec![complaint(), consent()], indexes()).await
    }
}

/// Names, telephone numbers, addresses, identity papers, the other side, the demand and the story
/// stand in `particulars_sealed` and nowhere else.
fn complaint() -> TableCreateStatement {
    table("complaint")
        .col(uuid("id").primary_key())
        .col(string_len("number", 64))
        .col(word(
            "state",
            &[
                "registered",
                "dispatched",
                "id_proof_pending",
                "refused",
                "withdrawn",
                "accepted",
                "mediating",
                "entrusted",
                "suspended_recusal",
                "testing",
                "agreed_letter",
                "agreed_performed",
                "terminated",
                "closed",
                "archived",
            ],
        ))
        .col(text("state_json"))
        .col(text("side_json"))
        .col(string_len("division", 6))
        .col(string_len("taken_in_by", 6))
        .col(uuid_null("merchant_id"))
        .col(uuid_null("handler_id"))
        .col(word("standing", &["in_person", "represented"]))
        .col(binary("particulars_sealed"))
        .col(binary_null("contact_sealed"))
        .col(string_len("receipt_key", 64))
        .col(timestamp_with_time_zone_null("receipt_shown_again_at"))
        .col(timestamp_with_time_zone("received_at"))
        .col(timestamp_with_time_zone_null("accepted_at"))
        .col(integer("version"))
        .foreign_key(&mut to("merchant_id", "merchant"))
        .take()
}

fn consent() -> TableCreateStatement {
    table("complaint_consent")
        .col(uuid("id").primary_key())
        .col(uuid("complaint_id"))
        .col(word("side", &["complainant", "respondent"]))
        .col(word("matter", &["mediation", "entrustment", "publication"]))
        .col(string_len("way", 16))
        .col(timestamp_with_time_zone("given_at"))
        .col(uuid_null("noted_by"))
        .col(timestamp_with_time_zone_null("withdrawn_at"))
        .foreign_key(&mut to("complaint_id", "complaint"))
        .take()
}

fn indexes() -> Vec<IndexCreateStatement> {
    vec![
        unique("complaint", &["number"]),
        unique("complaint", &["receipt_key"]),
        index("complaint", &["division", "state", "received_at", "id"]),
        index("complaint", &["handler_id"]),
        index("complaint", &["merchant_id"]),
        unique("complaint_consent", &["complaint_id", "side", "matter"]),
    ]
}
