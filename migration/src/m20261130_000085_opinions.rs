//! What merchants said of visits: added up by office and quarter, so that no row is one merchant's, and of each passport
//! whether something was said by it, without what.

use crate::table::{create, table};
use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let opinion = table("visit_opinion")
            .col(string_len("division", 6))
            .col(string_len("quarter", 6))
            .col(integer("given"))
            .col(integer("merchants"))
            .col(integer("contested"))
            .col(text("words"))
            .col(text("texts"))
            .primary_key(Index::create().col("division").col("quarter"))
            .take();
        create(manager, vec![opinion], Vec::new()).await?;
        for column in [
            string_len_null("form_key", 64).take(),
            boolean("is_contested").default(false).take(),
        ] {
            let alter = Table::alter()
                .table("visit_passport")
                .add_column(column)
                .take();
            manager.alter_table(alter).await?;
        }
        Ok(())
    }
}
