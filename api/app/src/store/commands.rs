//! Writes that were accepted. The primary key decides what is a repetition, never a look before. An id belongs to who used
//! it: it tells nobody else that it was used.

use crate::{
    app::sha256,
    error::AppError,
    work::{Command, Source as _, Work},
};
use liangxin_domain::{
    actor::Actor,
    refusal::{Code, Refusal},
};
use liangxin_entity::command;
use sea_orm::{
    ActiveValue::Set, ColumnTrait as _, EntityTrait as _, QueryFilter as _, TryInsertResult,
    sea_query::OnConflict,
};
use uuid::{Builder, Uuid};

/// Whether the command is new.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Inserted {
    /// It is.
    Yes,
    /// The same actor sent the same content before.
    Same,
}

/// Takes the command's id; the same id with anything else of the same sender is refused. What another sender sent under it
/// is nobody's business: the step is taken as if the id had never been used.
pub async fn insert_if_free(work: &Work, command: &Command) -> Result<Inserted, AppError> {
    if is_of_earlier_version(work, command).await? {
        return Ok(Inserted::Same);
    }
    let key = key_of(work.actor(), command);
    let row = command::ActiveModel {
        id: Set(key),
        operation: Set(command.operation.to_owned()),
        digest: Set(command.digest.to_string()),
        actor: Set(name_of(work.actor())),
        subject: Set(command.subject),
        at: Set(work.now()),
        sent_as: Set(Some(command.id.uuid())),
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
    let before = command::Entity::find_by_id(key)
        .one(work.connection())
        .await?;
    if before.is_some_and(|before| is_same(&before, work, command)) {
        Ok(Inserted::Same)
    } else {
        Err(Refusal::on(Code::IdReused, "id").into())
    }
}

/// Whether an earlier version accepted this very write; its key was the id alone. With anything else under the id, whoever
/// sent that is told so.
async fn is_of_earlier_version(work: &Work, command: &Command) -> Result<bool, AppError> {
    let before = command::Entity::find_by_id(command.id.uuid())
        .filter(command::Column::SentAs.is_null())
        .filter(command::Column::Actor.eq(name_of(work.actor())))
        .one(work.connection())
        .await?;
    match before {
        None => Ok(false),
        Some(before) if is_same(&before, work, command) => Ok(true),
        Some(_) if matches!(work.actor(), Actor::User(_)) => {
            Err(Refusal::on(Code::IdReused, "id").into())
        }
        Some(_) => Ok(false),
    }
}

fn is_same(before: &command::Model, work: &Work, command: &Command) -> bool {
    before.operation == command.operation
        && before.digest == command.digest.to_string()
        && before.actor == name_of(work.actor())
        && before.subject == command.subject
}

/// Under what a write is kept. A write that makes something carries the id of that thing, and a thing has one id for
/// everybody. Any other belongs to who sent it: a person, or whoever holds the secret of the matter that it is about.
fn key_of(actor: &Actor, command: &Command) -> Uuid {
    let id = command.id.uuid();
    if command.subject == id {
        return id;
    }
    let whose = match actor {
        Actor::User(person) => person.user.uuid(),
        Actor::Anonymous | Actor::Reporter(_) | Actor::Complainant(_) | Actor::System => {
            command.subject
        }
    };
    let named = [
        b"liangxin write v1\0",
        actor.kind().as_bytes(),
        b"\0",
        whose.as_bytes(),
        id.as_bytes(),
    ]
    .concat();
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&sha256(&named).bytes()[..16]);
    Builder::from_custom_bytes(bytes).into_uuid()
}

/// Anonymous commands prove themselves by the secret in their content.
fn name_of(actor: &Actor) -> String {
    actor
        .user()
        .map_or_else(|| actor.kind().to_owned(), |user| user.to_string())
}
