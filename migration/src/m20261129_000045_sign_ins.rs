//! Who signed in before it was an act of that person: the device says it, and where that person sits now is where it was, as
//! far as anybody knows. Of a device that was deleted nobody knows any more.

use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let db = manager.get_connection();
        for statement in [
            "UPDATE event SET actor_kind = 'user', actor_user = (SELECT user_id FROM device WHERE \
             device.id = event.subject) WHERE kind = 'signed_in' AND actor_user IS NULL AND \
             EXISTS (SELECT 1 FROM device WHERE device.id = event.subject)",
            "UPDATE event SET office = (SELECT division FROM \"user\" WHERE \"user\".id = actor_user \
             AND bureau_id IS NOT NULL) WHERE kind = 'signed_in' AND office IS NULL",
            "UPDATE event SET province = substr(office, 1, 2) || '0000', city = CASE \
             WHEN substr(office, 3, 2) <> '00' THEN substr(office, 1, 4) || '00' END \
             WHERE kind = 'signed_in' AND office IS NOT NULL",
        ] {
            db.execute_unprepared(statement).await?;
        }
        Ok(())
    }
}
