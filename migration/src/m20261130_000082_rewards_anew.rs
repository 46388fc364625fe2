//! A report is rewarded once. Where the decision of its case was annulled and the reward came to nothing, the new case of the
//! report may have a reward, so that a fault of the procedure costs its reporter nothing: the one before gives it its place.
//!
//! A replica of the version before screens no reward after this, because the index that it names is gone; everything else it
//! does as before.

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
        let is_replaced = boolean("is_replaced").default(false).take();
        let alter = Table::alter()
            .table("reward")
            .add_column(is_replaced)
            .take();
        manager.alter_table(alter).await?;
        let mut before = Index::drop();
        before.name("ux_reward_report_id").table("reward");
        manager.drop_index(before).await?;
        manager
            .create_index(index("reward", &["report_id"]))
            .await?;
        let standing = "CREATE UNIQUE INDEX ux_reward_report_id_standing ON reward (report_id) WHERE NOT is_replaced";
        let db = manager.get_connection();
        db.execute_unprepared(standing).await.map(|_| ())
    }
}
