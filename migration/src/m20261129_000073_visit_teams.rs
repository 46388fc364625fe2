//! Who was sent on a visit before others went in their place, and how those who were there find it.

use crate::table::index;
use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let alter = Table::alter()
            .table("visit")
            .add_column(text_null("former_teams"))
            .take();
        manager.alter_table(alter).await?;
        manager
            .create_index(index("visit_arrival", &["user_id"]))
            .await
    }
}
