//! Nothing tells any more whether two reporters are one: the keyed hashes of their numbers and addresses go, and so do
//! the signals that were made of them. The addresses for news get a table of their own: each is asked first whether it
//! wants them, at most once a day by a key that is forgotten with the day, and has a last day as the name has one. The
//! rows that joined a complaint and a report of one letter go.
//!
//! Made before the first release, when no replica of another version can run beside it.

use crate::table::{create, table, word};
use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for column in ["reporter_key", "contact_key"] {
            let mut index = Index::drop();
            index
                .name(format!("ix_report_{column}_received_at"))
                .table("report");
            manager.drop_index(index).await?;
            drop_column(manager, "report", column).await?;
        }
        create(manager, vec![contact(), day_key(), mail_question()], vec![]).await?;
        let db = manager.get_connection();
        for kind in ["report", "complaint"] {
            let keep = format!(
                "INSERT INTO contact (subject_id, kind, sealed) \
                 SELECT id, '{kind}', contact_sealed FROM {kind} WHERE contact_sealed IS NOT NULL"
            );
            db.execute_unprepared(&keep).await?;
            drop_column(manager, kind, "contact_sealed").await?;
        }
        manager
            .drop_table(Table::drop().table("submission").take())
            .await?;
        db.execute_unprepared("DELETE FROM signal WHERE factor = 'shared_contact'")
            .await?;
        let due = "CREATE INDEX ix_contact_until ON contact (until) WHERE until IS NOT NULL";
        db.execute_unprepared(due).await?;
        Ok(())
    }
}

async fn drop_column(
    manager: &SchemaManager<'_>,
    of: &'static str,
    column: &'static str,
) -> Result<(), DbErr> {
    let alter = Table::alter().table(of).drop_column(column).take();
    manager.alter_table(alter).await
}

fn contact() -> TableCreateStatement {
    table("contact")
        .col(uuid("subject_id").primary_key())
        .col(word("kind", &["report", "complaint"]))
        .col(blob("sealed"))
        .col(timestamp_with_time_zone_null("asked_at"))
        .col(timestamp_with_time_zone_null("confirmed_at"))
        .col(timestamp_with_time_zone_null("until"))
        .take()
}

fn day_key() -> TableCreateStatement {
    table("day_key")
        .col(date("day").primary_key())
        .col(blob("key"))
        .take()
}

fn mail_question() -> TableCreateStatement {
    table("mail_question")
        .col(string_len("key", 64).primary_key())
        .col(date("day"))
        .col(uuid("job_id"))
        .take()
}
