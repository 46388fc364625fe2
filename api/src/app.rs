//! What every request shares: the database, the ports, the law in force.

use crate::{
    error::AppError,
    ports::{
        clock::Clock, identity_keys::IdentityKeys, ids::Ids, keys::Keys, mailer::Mailer,
        objects::Objects,
    },
    work::{Begun, Command, Db, Work},
};
use chrono::{DateTime, Utc};
use liangxin_domain::{
    actor::Actor,
    canonical::Canonical,
    event::Event,
    evidence::digest::Sha256,
    id::CommandId,
    law::{calendar::Calendar, deadline::DeadlineRules, violation::Violations},
    metrology::rules::RuleSet,
    places::division::Divisions,
    ratings::RatingFormula,
    rewards::scheme::RewardSchemes,
};
use ring::digest;
use std::sync::Arc;
use tokio::sync::{Notify, Semaphore};
use uuid::Uuid;

/// The dated rules that this process applies.
#[derive(Debug)]
pub struct Law {
    /// Working days.
    pub calendar: Calendar,
    /// Statutory periods.
    pub deadlines: DeadlineRules,
    /// Violations and their ranges.
    pub violations: Violations,
    /// Reward schemes.
    pub schemes: RewardSchemes,
    /// The rating formula.
    pub formula: RatingFormula,
    /// Measurement rules.
    pub rules: RuleSet,
    /// Administrative divisions.
    pub divisions: Divisions,
}

/// The application. Cheap to clone: everything inside is shared.
#[derive(Debug, Clone)]
pub struct App {
    /// The database.
    pub db: Db,
    /// The time.
    pub clock: Clock,
    /// Ids and tokens.
    pub ids: Ids,
    /// Signing and hashing.
    pub keys: Arc<Keys>,
    /// The bureau's identity key: its public half, and the private one only where it lies here.
    pub identity_keys: Arc<IdentityKeys>,
    /// Mail.
    pub mailer: Arc<Mailer>,
    /// Original bytes.
    pub objects: Arc<Objects>,
    /// The law in force.
    pub law: Arc<Law>,
    /// How the outside reaches this server, without a slash at the end.
    pub public_url: Arc<str>,
    /// Wakes the job worker after a commit.
    pub wake: Arc<Notify>,
    /// Counts the work that needs a processor and memory: decoding photos, hashing passwords.
    pub heavy: Arc<Semaphore>,
}

impl App {
    /// The time now.
    #[must_use]
    pub fn now(&self) -> DateTime<Utc> {
        self.clock.now()
    }

    /// Begins work that no phone named.
    pub async fn work(&self, actor: &Actor) -> Result<Work, AppError> {
        Work::begin(&self.db, actor, self.now(), &self.wake).await
    }

    /// Begins a command of a phone.
    pub async fn begin(&self, actor: &Actor, command: &Command) -> Result<Begun, AppError> {
        self.work(actor).await?.begin_command(command).await
    }

    /// Notes that something happened.
    pub fn record(&self, work: &Work, event: Event) {
        work.record(self.ids.uuid(work.now()), event);
    }
}

/// Names a command by its id and content.
#[must_use]
pub fn command(
    id: CommandId,
    operation: &'static str,
    subject: Uuid,
    content: &Canonical,
) -> Command {
    Command {
        id,
        operation,
        digest: sha256(content.as_bytes()),
        subject,
    }
}

/// The SHA-256 digest of bytes.
#[must_use]
pub fn sha256(bytes: &[u8]) -> Sha256 {
    let mut out = [0; 32];
    out.copy_from_slice(digest::digest(&digest::SHA256, bytes).as_ref());
    Sha256::new(out)
}
