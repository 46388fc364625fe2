//! What a grade rests on and for which day it was computed, the present grade of each merchant, the nights in
//! which all are computed anew, and the editions of the months. One event may have several grades computed.

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
        for column in [date_null("as_of").take(), text_null("basis").take()] {
            let alter = Table::alter().table("rating").add_column(column).take();
            manager.alter_table(alter).await?;
        }
        // An instrument that moves changes two grades.
        let mut one_a_kind = Index::drop();
        one_a_kind.name("ux_job_event_id_kind").table("job");
        manager.drop_index(one_a_kind).await?;
        manager
            .create_index(unique("job", &["event_id", "kind", "subject"]))
            .await?;
        create(
            manager,
            vec![present(), night(), edition()],
            vec![
                index("present_rating", &["rating_id"]),
                index("rating_edition", &["merchant_id"]),
            ],
        )
        .await?;
        let db = manager.get_connection();
        for statement in [
            "INSERT INTO present_rating (merchant_id, rating_id) SELECT merchant_id, id FROM rating AS one \
             WHERE NOT EXISTS (SELECT 1 FROM rating AS other WHERE other.merchant_id = one.merchant_id AND \
             (other.computed_at > one.computed_at OR (other.computed_at = one.computed_at AND other.id > one.id)))",
            "INSERT INTO sweep (kind, run_at, attempt) VALUES ('ratings', '2026-01-01T00:00:00+00:00', 0)",
        ] {
            db.execute_unprepared(statement).await?;
        }
        Ok(())
    }
}

fn present() -> TableCreateStatement {
    table("present_rating")
        .col(uuid("merchant_id").primary_key())
        .col(uuid("rating_id"))
        .foreign_key(&mut to("merchant_id", "merchant"))
        .foreign_key(&mut to("rating_id", "rating"))
        .take()
}

fn night() -> TableCreateStatement {
    table("rating_night")
        .col(date("day").primary_key())
        .col(uuid_null("after"))
        .col(boolean("is_done"))
        .take()
}

fn edition() -> TableCreateStatement {
    table("rating_edition")
        .col(date("month"))
        .col(uuid("merchant_id"))
        .col(uuid("rating_id"))
        .primary_key(Index::create().col("month").col("merchant_id"))
        .foreign_key(&mut to("merchant_id", "merchant"))
        .foreign_key(&mut to("rating_id", "rating"))
        .take()
}
