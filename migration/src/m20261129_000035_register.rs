//! How merchants end, which instruments nobody uses any more, and by what number one is found.

use crate::table::index;
use sea_orm_migration::{prelude::*, schema::*, sea_orm::DbBackend};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for (table, column) in [
            ("merchant", date_null("ended_on").take()),
            ("merchant", string_len_null("end_reason", 120).take()),
            ("merchant", uuid_null("successor_id").take()),
            ("merchant", integer("version").default(1).take()),
            ("merchant", string_len_null("city", 6).take()),
            ("merchant", string_len_null("province", 6).take()),
            ("instrument", date_null("retired_on").take()),
            ("instrument", string_len_null("retire_reason", 120).take()),
            ("instrument", integer("version").default(1).take()),
        ] {
            let alter = Table::alter().table(table).add_column(column).take();
            manager.alter_table(alter).await?;
        }
        let db = manager.get_connection();
        // Names are compared sign by sign, whatever language the database sorts by.
        let name = match manager.get_database_backend() {
            DbBackend::Postgres => {
                "ALTER TABLE merchant ADD COLUMN name_key varchar(120) COLLATE \"C\""
            }
            _ => "ALTER TABLE merchant ADD COLUMN name_key varchar(120)",
        };
        for statement in [
            name,
            // As names are folded for comparing, as far as SQL goes.
            "UPDATE merchant SET name_key = lower(replace(replace(replace(replace(name_zh, ' ', ''), '·', ''), '（', ''), '）', ''))",
            "UPDATE merchant SET province = substr(division, 1, 2) || '0000', city = CASE \
             WHEN substr(division, 3, 2) <> '00' THEN substr(division, 1, 4) || '00' END",
        ] {
            db.execute_unprepared(statement).await?;
        }
        for columns in [
            &["division", "name_key", "id"][..],
            &["city", "name_key", "id"],
            &["province", "name_key", "id"],
            &["market_id", "name_key", "id"],
        ] {
            manager.create_index(index("merchant", columns)).await?;
        }
        manager.create_index(index("instrument", &["serial"])).await
    }
}
