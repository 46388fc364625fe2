//! What every request shares: the database, the ports, the law in force.

pub use crate::digest::{sha256, sm3};
use crate::{
    budget::{Budgets, DraftRoom, Spending},
    caller::Caller,
    error::AppError,
    listeners::Listeners,
    naming::{self, Sender},
    ports::{
        clock::Clock, evidence_keys::EvidenceKeys, identity_keys::IdentityKeys, ids::Ids,
        keys::Keys, mailer::Mailer, objects::Objects,
    },
    receivings::Receivings,
    shelf::Shelf,
    spool::Spool,
    store::{self, calendars::Revision},
    tries::Tries,
    turns::Turns,
    unaccepted::Unaccepted,
    work::{Begun, Command, Dating, Db, Known, Source, Work},
};
use chrono::{DateTime, Utc};
use liangxin_domain::{
    accounts::second_factor::Demand,
    actor::Actor,
    event::{Event, beside::Beside},
    evidence::{check::Bounds, digest::Sha256},
    id::CommandId,
    law::{
        calendar::Calendar, case_rule::CaseRules, code_set::CodeSets, deadline::DeadlineRules,
        threshold::Thresholds, violation::Violations, visit_rule::VisitRules,
    },
    metrology::rules::RuleSet,
    notices::form::Forms,
    places::division::Divisions,
    push::item::Item,
    ratings::Formulas,
    refusal::Refusal,
    rewards::scheme::RewardSchemes,
    step,
};
use serde::Serialize;
use std::{
    ops::Range,
    sync::{Arc, Mutex, PoisonError},
};
use tokio::sync::watch;
use uuid::Uuid;

/// The dated rules that this process applies.
#[derive(Debug)]
pub struct Law {
    /// Working days.
    pub calendar: Arc<Calendar>,
    /// Statutory periods.
    pub deadlines: DeadlineRules,
    /// Violations and their ranges.
    pub violations: Violations,
    /// Grounds and results to pick from.
    pub code_sets: CodeSets,
    /// Sums from which something else follows.
    pub thresholds: Thresholds,
    /// What else the law says of a penalty case.
    pub case_rules: CaseRules,
    /// Rules of visits to merchants.
    pub visit_rules: VisitRules,
    /// How far what stands in a photo may lie from what was declared.
    pub photo_bounds: Bounds,
    /// Reward schemes.
    pub schemes: RewardSchemes,
    /// The forms of papers.
    pub papers: Forms,
    /// The rating formulas, each for its days.
    pub formulas: Formulas,
    /// Measurement rules.
    pub rules: Arc<RuleSet>,
    /// Administrative divisions.
    pub divisions: Divisions,
}

/// The last calendar that was put together, with what it was put together from.
#[derive(Debug, Default)]
pub struct Calendars(Mutex<Option<(Revision, Arc<Calendar>)>>);

impl Calendars {
    fn get(&self, revision: &Revision) -> Option<Arc<Calendar>> {
        let kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        kept.as_ref()
            .filter(|(of, _)| of == revision)
            .map(|(_, calendar)| Arc::clone(calendar))
    }

    fn keep(&self, revision: Revision, calendar: Calendar) -> Arc<Calendar> {
        let calendar = Arc::new(calendar);
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        *kept = Some((revision, Arc::clone(&calendar)));
        calendar
    }
}

/// How an item of a push is read.
pub type ReadItem = fn(&str) -> Result<Item, Refusal>;

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
    /// What signs evidence.
    pub evidence_keys: Arc<EvidenceKeys>,
    /// The bureau's identity key: its public half, and the private one only where it lies here.
    pub identity_keys: Arc<IdentityKeys>,
    /// Mail.
    pub mailer: Arc<Mailer>,
    /// Original bytes.
    pub objects: Arc<Objects>,
    /// Bodies on their way.
    pub spool: Arc<Spool>,
    /// What is being received of photos on their way.
    pub receivings: Receivings,
    /// Photos of forms that came while the database was away.
    pub shelf: Shelf,
    /// Photos of reports that nobody took in.
    pub unaccepted: Arc<Unaccepted>,
    /// How much may wait of forms that are not filed.
    pub drafts: DraftRoom,
    /// The law in force.
    pub law: Arc<Law>,
    /// The calendar with the years that were loaded, as last read.
    pub calendars: Arc<Calendars>,
    /// What callers whom nobody knows may still ask for.
    pub budgets: Arc<Budgets>,
    /// How the outside reaches this server, without a slash at the end.
    pub public_url: Arc<str>,
    /// Wakes the job workers after a commit.
    pub wake: Arc<watch::Sender<()>>,
    /// Turns for the work that needs a processor and memory.
    pub turns: Arc<Turns>,
    /// Who must have a second factor.
    pub demand: Demand,
    /// For how many whole days an account that an administrator gave its access is nobody's second person.
    pub settling_days: u16,
    /// Tries at passwords that are being compared.
    pub tries: Arc<Tries>,
    /// Phones that listen.
    pub listeners: Arc<Listeners>,
    /// Reads a write from the field as a phone sent it: the contract's one reader, for what was held of it.
    pub read_item: ReadItem,
}

impl App {
    /// The time now.
    #[must_use]
    pub fn now(&self) -> DateTime<Utc> {
        self.clock.now()
    }

    /// Takes from the budget of the caller's address; refused with the seconds to wait.
    pub fn spend(&self, caller: &Caller, spending: Spending) -> Result<(), Refusal> {
        self.budgets.spend(spending, &caller.address, self.now())
    }

    /// Takes these bytes of photos from the budget of the caller's address; those before them were taken.
    pub fn send_photos(&self, caller: &Caller, bytes: Range<u64>) -> Result<(), Refusal> {
        self.budgets.send_photos(bytes, &caller.address, self.now())
    }

    /// Refuses where photos from the caller's address were refused already.
    pub fn may_send_photos(&self, caller: &Caller) -> Result<(), Refusal> {
        self.budgets.may_send_photos(&caller.address, self.now())
    }

    /// Begins work that no phone named.
    pub async fn work(&self, actor: &Actor) -> Result<Work, AppError> {
        Work::begin(&self.db, actor, self.now(), &self.wake).await
    }

    /// Begins a command of a phone.
    pub async fn begin(&self, actor: &Actor, command: &Command) -> Result<Begun, AppError> {
        self.work(actor).await?.begin_command(command).await
    }

    /// As [`App::begin`], with rows that say the day and not the moment.
    pub async fn begin_by_day(&self, actor: &Actor, command: &Command) -> Result<Begun, AppError> {
        let work = self.work(actor).await?.dated(Dating::Day);
        work.begin_command(command).await
    }

    /// The working days as they are known now.
    ///
    /// The built-in years with those that administrators loaded. Which loads there are is asked
    /// every time, so that replicas agree; they are read only when they changed.
    pub async fn calendar(&self, source: &impl Source) -> Result<Arc<Calendar>, AppError> {
        let Some(revision) = store::calendars::revision(source).await? else {
            return Ok(Arc::clone(&self.law.calendar));
        };
        if let Some(known) = self.calendars.get(&revision) {
            return Ok(known);
        }
        let mut calendar = Calendar::clone(&self.law.calendar);
        for load in store::calendars::list(source).await? {
            let version = format!("{}+{}", self.law.calendar.version(), load.number);
            calendar = calendar.with_year(&load.days()?, &version);
        }
        Ok(self.calendars.keep(revision, calendar))
    }

    /// Names a command of a machine.
    pub fn named<C: step::Command>(
        &self,
        id: CommandId,
        subject: Uuid,
        command: &C,
    ) -> Result<Command, AppError> {
        let named = self.write(id, command.operation(), subject, command)?;
        let known = match naming::is_guessable(named.operation) {
            true => Known::Today {
                fresh: self.ids.bytes(),
            },
            false => Known::Always,
        };
        Ok(Command { known, ..named })
    }

    /// Names a write. Its whole content counts, as it is serialised. The digest is keyed, so that it
    /// gives no name and no account number away to who tries them all without that key.
    pub fn write(
        &self,
        id: CommandId,
        operation: &'static str,
        subject: Uuid,
        content: &impl Serialize,
    ) -> Result<Command, AppError> {
        let sent = serde_json::to_string(content)
            .map_err(|error| AppError::internal("write a command", error))?;
        let content = format!("{operation}\n{subject}\n{sent}");
        Ok(Command {
            id,
            sender: Sender::Actor,
            operation,
            digest: Sha256::new(self.keys.hash("command", content.as_bytes())),
            subject,
            known: Known::Always,
        })
    }

    /// Notes that something happened.
    pub fn record(&self, work: &Work, event: Event) {
        work.record(work.new_id(&self.ids), event);
    }

    /// Notes that something happened, and names what is recorded beside it, so that the seals cover that too.
    pub fn record_beside(
        &self,
        work: &Work,
        event: Event,
        beside: &Beside,
    ) -> Result<(), AppError> {
        work.record_beside(work.new_id(&self.ids), event, digest_of(beside)?);
        Ok(())
    }
}

/// The digest by which an event names what is recorded beside it.
pub fn digest_of(beside: &Beside) -> Result<Sha256, AppError> {
    let bytes = serde_json::to_vec(beside);
    let bytes = bytes.map_err(|error| AppError::internal("write what stands beside", error))?;
    Ok(sha256(&bytes))
}
