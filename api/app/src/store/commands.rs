//! Writes that were accepted, each under the name that its sender gave it (`naming`). The primary key decides what is a
//! repetition, never a look before.

use super::day_keys;
use crate::{
    error::AppError,
    naming::{self, Sender},
    store::row::insert_unless_there,
    work::{Begun, Command, Known, Source, Work},
};
use liangxin_domain::{
    actor::Actor,
    id::CommandId,
    refusal::{Code, Refusal},
};
use liangxin_entity::command;
use sea_orm::{
    ActiveValue::Set, ColumnTrait as _, EntityTrait as _, QueryFilter as _, QuerySelect as _,
};
use std::collections::{HashMap, HashSet};
use uuid::Uuid;

/// Whether the command is new.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Inserted {
    /// It is.
    Yes,
    /// The same sender sent the same content before.
    Same,
}

impl Work {
    /// Begins a command; the unique name in the database decides whether it is a repetition.
    pub async fn begin_command(self, command: &Command) -> Result<Begun, AppError> {
        match insert_if_free(&self, command).await? {
            Inserted::Yes => Ok(Begun::Fresh(self)),
            Inserted::Same => Ok(Begun::Repeated),
        }
    }
}

/// Those of some writes of a person that were taken.
pub async fn list_taken(
    source: &impl Source,
    person: &Actor,
    writes: impl IntoIterator<Item = CommandId>,
) -> Result<HashSet<CommandId>, AppError> {
    let named = writes.into_iter();
    let named = named.map(|id| (naming::of_write(person, Sender::Actor, id), id));
    let named: HashMap<Uuid, CommandId> = named.collect();
    if named.is_empty() {
        return Ok(HashSet::new());
    }
    let taken: Vec<Uuid> = command::Entity::find()
        .select_only()
        .column(command::Column::Id)
        .filter(command::Column::Id.is_in(named.keys().copied()))
        .into_tuple()
        .all(source.connection())
        .await?;
    let taken = taken.iter().filter_map(|name| named.get(name));
    Ok(taken.copied().collect())
}

/// Takes the name that the sender gave the command; under the same name, anything else is refused.
async fn insert_if_free(work: &Work, command: &Command) -> Result<Inserted, AppError> {
    let command = &as_kept(work, *command).await?;
    if let Some(before) = find_unnamed(work, command).await? {
        return compare(work, command, &before);
    }
    let name = naming::of_write(work.actor(), command.sender, command.id);
    let row = command::ActiveModel {
        id: Set(name),
        operation: Set(command.operation.to_owned()),
        digest: Set(command.digest.to_string()),
        actor: Set(name_of(work.actor())),
        subject: Set(command.subject),
        at: Set(work.now()),
    };
    if insert_unless_there(work, row, [command::Column::Id]).await? {
        return Ok(Inserted::Yes);
    }
    let before = command::Entity::find_by_id(name).one(work.connection());
    let before = before.await?.ok_or(Refusal::on(Code::IdReused, "id"))?;
    compare(work, command, &before)
}

/// The command with the digest that is kept of it today.
async fn as_kept(work: &Work, command: Command) -> Result<Command, AppError> {
    let digest = match command.known {
        Known::Always => command.digest,
        Known::Today { fresh } => {
            day_keys::keyed(day_keys::get(work, fresh).await?, command.digest)
        }
    };
    Ok(Command { digest, ..command })
}

/// What the sender sent under the same id while the row was kept under that id itself, whoever sent it. What others sent is
/// none of the sender's. Of a citizen's filing, the content alone tells whose it is.
async fn find_unnamed(work: &Work, command: &Command) -> Result<Option<command::Model>, AppError> {
    let kept = command::Entity::find_by_id(command.id.uuid());
    let kept = kept.one(work.connection()).await?;
    Ok(kept.filter(|before| {
        let is_about_it = match (command.sender, work.actor()) {
            (Sender::Knows(_), _) => before.digest == command.digest.to_string(),
            (Sender::Actor, Actor::User(_)) => true,
            (Sender::Actor, _) => before.subject == command.subject,
        };
        is_about_it && before.actor == name_of(work.actor())
    }))
}

/// Whether it is the same again. The digest stands for the subject too, as it was sent.
fn compare(work: &Work, command: &Command, before: &command::Model) -> Result<Inserted, AppError> {
    let is_same = before.operation == command.operation
        && before.digest == command.digest.to_string()
        && before.actor == name_of(work.actor());
    if is_same {
        Ok(Inserted::Same)
    } else {
        Err(Refusal::on(Code::IdReused, "id").into())
    }
}

/// Who sent it, as the row says it: of whoever has no account, no more than that.
fn name_of(actor: &Actor) -> String {
    actor
        .user()
        .map_or_else(|| actor.kind().to_owned(), |user| user.to_string())
}
