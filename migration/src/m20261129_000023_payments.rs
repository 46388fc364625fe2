//! Files that finance pays by, what of a payee its reporter is shown, and claims in person that nobody approved.

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
        let tables = vec![payment_file()];
        create(manager, tables, vec![unique("payment_file", &["number"])]).await?;
        for column in [binary_null("payees_shown"), uuid_null("payment_file")] {
            let alter = Table::alter().table("reward").add_column(column).take();
            manager.alter_table(alter).await?;
        }
        let by_file = index("reward", &["payment_file"]);
        manager.create_index(by_file).await?;
        // The column names the states that there were; its check goes with it. SQLite cannot drop a check alone.
        let db = manager.get_connection();
        let queues = ["division", "city", "province"]
            .map(|level| index("reward", &[level, "state", "queue_at", "id"]));
        for level in ["division", "city", "province"] {
            let name = format!("ix_reward_{level}_state_queue_at_id");
            let mut old = Index::drop();
            old.name(name).table("reward");
            manager.drop_index(old).await?;
        }
        for statement in [
            "ALTER TABLE reward ADD COLUMN state_word VARCHAR(32) NOT NULL DEFAULT ''",
            "UPDATE reward SET state_word = state",
            "ALTER TABLE reward DROP COLUMN state",
            "ALTER TABLE reward RENAME COLUMN state_word TO state",
        ] {
            db.execute_unprepared(statement).await?;
        }
        for queue in queues {
            manager.create_index(queue).await?;
        }
        // One officer alone recorded them: a second person has to approve them before money moves.
        db.execute_unprepared(
            "UPDATE reward SET state = 'claim_recorded', \
             file = REPLACE(file, '{\"claimed\":', '{\"claim_recorded\":') \
             WHERE state = 'claimed' AND file LIKE '{\"claimed\":%\"proof\":{\"identity\":%'",
        )
        .await?;
        Ok(())
    }
}

fn payment_file() -> TableCreateStatement {
    table("payment_file")
        .col(uuid("id").primary_key())
        .col(string_len("number", 32))
        .col(string_len("division", 6))
        .col(uuid("made_by"))
        .col(timestamp_with_time_zone("made_at"))
        .foreign_key(&mut to("made_by", "user"))
        .take()
}
