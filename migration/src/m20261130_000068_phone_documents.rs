//! What the phone of each person takes along: a row a document, with the place of its last change in the order of changes. A
//! pull is one range of an index, as long as what changed for that person since. Those who are sent on visits have theirs from the
//! beginning.

use crate::table::{create, index, table, to};
use sea_orm_migration::{prelude::*, schema::*, sea_orm::DbBackend};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let document = table("phone_document")
            .col(uuid("user_id"))
            .col(string_len("collection", 16))
            .col(uuid("document_id"))
            .col(big_integer("position"))
            .col(boolean("is_gone"))
            .col(timestamp_with_time_zone_null("until"))
            .primary_key(
                Index::create()
                    .col("user_id")
                    .col("collection")
                    .col("document_id"),
            )
            .foreign_key(&mut to("user_id", "user"))
            .take();
        let in_order = ["user_id", "collection", "position", "document_id"];
        let indexes = vec![
            index("phone_document", &in_order),
            index("phone_document", &["collection", "document_id"]),
            index("phone_document", &["position"]),
            index("phone_document", &["until"]),
        ];
        create(manager, vec![document], indexes).await?;
        fill(manager).await
    }
}

/// Open visits and those that were closed in the last thirty days, the merchants that these go to, and what stands on their
/// ledgers.
async fn fill(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let (position, since, until) = match manager.get_database_backend() {
        DbBackend::Postgres => (
            "pg_current_xact_id()::text::bigint",
            "now() - interval '30 days'",
            "v.submitted_at + interval '30 days'",
        ),
        _ => (
            "1",
            "strftime('%Y-%m-%dT%H:%M:%S+00:00', 'now', '-30 days')",
            "strftime('%Y-%m-%dT%H:%M:%S+00:00', v.submitted_at, '+30 days')",
        ),
    };
    let into =
        "INSERT INTO phone_document (user_id, collection, document_id, position, is_gone, until)";
    let visits = format!(
        "{into} SELECT s.user_id, 'visit', v.id, {position}, FALSE, {until} FROM visit v \
         JOIN (SELECT visit_id, user_id FROM visit_inspector UNION SELECT visit_id, user_id FROM visit_arrival) s \
         ON s.visit_id = v.id WHERE v.submitted_at IS NULL OR v.submitted_at > {since}"
    );
    let merchants = format!(
        "{into} SELECT DISTINCT d.user_id, 'merchant', v.merchant_id, {position}, FALSE, NULL{of_time} \
         FROM phone_document d JOIN visit v ON v.id = d.document_id WHERE d.collection = 'visit'",
        of_time = of_time(manager)
    );
    let instruments = format!(
        "{into} SELECT DISTINCT d.user_id, 'instrument', i.id, {position}, FALSE, NULL{of_time} \
         FROM phone_document d JOIN instrument i ON i.merchant_id = d.document_id \
         WHERE d.collection = 'merchant' AND i.retired_on IS NULL",
        of_time = of_time(manager)
    );
    for statement in [visits, merchants, instruments] {
        manager
            .get_connection()
            .execute_unprepared(&statement)
            .await?;
    }
    Ok(())
}

/// PostgreSQL takes a bare null below a `DISTINCT` for a text.
fn of_time(manager: &SchemaManager<'_>) -> &'static str {
    match manager.get_database_backend() {
        DbBackend::Postgres => "::timestamptz",
        _ => "",
    }
}
