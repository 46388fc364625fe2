//! Writes that were accepted. The primary key decides what is a repetition, never a look before.

use crate::{
    error::AppError,
    work::{Command, Source as _, Work},
};
use liangxin_domain::{
    actor::Actor,
    refusal::{Code, Refusal},
};
use liangxin_entity::command;
use sea_orm::{ActiveValue::Set, EntityTrait as _, TryInsertResult, sea_query::OnConflict};

/// Whether the command is new.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Inserted {
    /// It is.
    Yes,
    /// The same actor sent the same content before.
    Same,
}

/// Takes the command's id; the same id with anything else is refused.
pub async fn insert_if_free(work: &Work, command: &Command) -> Result<Inserted, AppError> {
    let row = command::ActiveModel {
        id: Set(command.id.uuid()),
        operation: Set(command.operation.to_owned()),
        digest: Set(command.digest.to_string()),
        actor: Set(name_of(work.actor())),
        subject: Set(command.subject),
        at: Set(work.now()),
    };
    let inserted = command::Entity::insert(row)
        .on_conflict(
            OnConflict::column(command::Column::Id)
                .do_nothing()
                .to_owned(),
        )
        .try_insert()
        .exec_without_returning(work.connection())
        .await?;
    if matches!(inserted, TryInsertResult::Inserted(1)) {
        return Ok(Inserted::Yes);
    }
    let before = command::Entity::find_by_id(command.id.uuid())
        .one(work.connection())
        .await?;
    let is_same = before.is_some_and(|before| {
        before.operation == command.operation
            && before.digest == command.digest.to_string()
            && before.actor == name_of(work.actor())
            && before.subject == command.subject
    });
    if is_same {
        Ok(Inserted::Same)
    } else {
        Err(Refusal::on(Code::IdReused, "id").into())
    }
}

/// Anonymous commands prove themselves by the secret in their content.
fn name_of(actor: &Actor) -> String {
    actor
        .user()
        .map_or_else(|| actor.kind().to_owned(), |user| user.to_string())
}
