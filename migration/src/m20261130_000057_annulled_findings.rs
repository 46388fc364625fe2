//! What a decision had settled against a merchant was left standing in its grade when the decision was annulled, before the
//! program took it back with the annulment. It is taken back here in the same way; the grades follow in the next night. A case
//! whose decision was annulled may lie in the archive since, so that its file is asked and not its state.

use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

/// Files of cases whose decision was annulled: as the program writes them, and as no words in them can be, in which every
/// quotation mark has a sign before it.
pub(crate) const ANNULLED: &str = r#"file LIKE '%"change":{"kind":"annulled"%'"#;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    /// Until now one visit made one case, so that no other decision can rest on the same findings.
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let take_back = format!(
            "UPDATE finding SET settled_on = NULL WHERE NOT passed AND settled_on IS NOT NULL AND visit_id IN \
             (SELECT visit_id FROM case_file WHERE visit_id IS NOT NULL AND {ANNULLED})"
        );
        let db = manager.get_connection();
        db.execute_unprepared(&take_back).await?;
        Ok(())
    }
}
