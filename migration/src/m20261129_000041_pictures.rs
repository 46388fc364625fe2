//! What the server reads out of photos: every fact with its source, whether a copy can be made, what the picture looks
//! like. Facts are read and shown together and are never searched for, so they stand as one text; alike photos are looked
//! for, so each of the four bands has a column and an index. Copies come in two sizes.

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
        let columns = [
            double_null("accuracy_m").take(),
            string_len_null("copy", 16).take(),
            text_null("found").take(),
            boolean_null("is_blank").take(),
            big_integer_null("frequencies").take(),
            big_integer_null("fields").take(),
            integer_null("band_first").take(),
            integer_null("band_second").take(),
            integer_null("band_third").take(),
            integer_null("band_fourth").take(),
        ];
        for column in columns {
            let alter = Table::alter().table("photo").add_column(column).take();
            manager.alter_table(alter).await?;
        }
        for band in ["band_first", "band_second", "band_third", "band_fourth"] {
            // The word stands in the index too, so that what only shares a band is left out without its row.
            manager
                .create_index(index("photo", &[band, "frequencies"]))
                .await?;
        }
        let small = string_len_null("small_sha256", 64).take();
        let alter = Table::alter().table("photo_copy").add_column(small).take();
        manager.alter_table(alter).await
    }
}
