//! One visit makes one case that stands. Where its decision was annulled the visit may make another one, so that what it found
//! is not lost with a fault of the procedure. A case in the archive no longer says by its state that its decision was annulled,
//! and so it has a column of its own.
//!
//! A replica of the version before files no case after this, because the index that it names is gone; everything else it does
//! as before.

use crate::m20261130_000057_annulled_findings::ANNULLED;
use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let is_annulled = boolean("is_annulled").default(false).take();
        let alter = Table::alter()
            .table("case_file")
            .add_column(is_annulled)
            .take();
        manager.alter_table(alter).await?;
        let mut before = Index::drop();
        before.name("ux_case_file_visit_id").table("case_file");
        manager.drop_index(before).await?;
        let db = manager.get_connection();
        let known = format!("UPDATE case_file SET is_annulled = TRUE WHERE {ANNULLED}");
        for statement in [
            known.as_str(),
            "CREATE UNIQUE INDEX ux_case_file_visit_id_standing ON case_file (visit_id) WHERE NOT is_annulled",
        ] {
            db.execute_unprepared(statement).await?;
        }
        Ok(())
    }
}
