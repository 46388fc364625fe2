//! What an app declares about the taking of a photo. It is read and shown together and never searched for, so it stands as one text.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let capture = text_null("capture").take();
        let alter = Table::alter().table("photo").add_column(capture).take();
        manager.alter_table(alter).await
    }
}
