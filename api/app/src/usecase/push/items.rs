//! Taking what a phone sends in one go.

use super::{
    Answer, Sent,
    hold::{Sender, Why, hold, refused},
    look,
    take::{is_for_now, take, told_for_now},
};
use crate::{app::App, caller::Caller, error::AppError, naming, store, usecase::step::Written};
use chrono::{DateTime, Utc};
use liangxin_domain::{
    actor::Seat,
    id::{CommandId, HeldItemId},
    push::item::Item,
    refusal::{Code, Refusal},
};
use std::{
    collections::{BTreeMap, BTreeSet, HashSet},
    mem,
};
use uuid::Uuid;

/// How often what still waits is tried within one push. Each time something new was taken; what builds on one another more
/// deeply is held, and taken by the next push or the next look.
pub(super) const ROUNDS: usize = 8;

/// Takes the items of a push; answers each in its place. Their order does not matter: what builds on another item is taken after
/// it. A part that does not answer leaves what is not done yet to be sent again.
pub async fn push(app: &App, caller: &Caller, sent: Vec<Sent>) -> Result<Vec<Answer>, AppError> {
    let person = caller.actor.signed_in()?;
    let sender = match person.seat {
        Seat::Bureau { division, .. } => Sender {
            user: person.user,
            device: person.device,
            office: division,
        },
        Seat::Merchant(_) => return Err(Refusal::of(Code::Denied).into()),
    };
    let mut push = Push::new(app, caller, sent).await?;
    push.leave_settled(sender).await?;
    for _ in 0..ROUNDS {
        if !Box::pin(push.try_all()).await {
            break;
        }
    }
    push.hold_rest(sender).await;
    if !push.touched.is_empty() && !push.is_down {
        // What was taken is taken, whatever becomes of what waits: the look tries that again.
        let waiting = look::apply_around(app, sender.user, &push.touched);
        Box::pin(waiting).await.unwrap_or_else(|error| error.log());
    }
    Ok(push.answers.into_values().collect())
}

/// An item that has no answer yet.
struct Open {
    place: usize,
    item: Item,
    content: String,
    refused_with: Option<Code>,
}

/// A push on its way.
struct Push<'a> {
    app: &'a App,
    caller: &'a Caller,
    open: Vec<Open>,
    answers: BTreeMap<usize, Answer>,
    /// Writes for which nothing waits any more: they were taken, or never will be.
    done: HashSet<CommandId>,
    /// What is held of them since before, and since when.
    held: BTreeMap<HeldItemId, DateTime<Utc>>,
    /// What something was done to.
    touched: BTreeSet<Uuid>,
    /// A part does not answer: nothing more is tried.
    is_down: bool,
}

impl<'a> Push<'a> {
    async fn new(app: &'a App, caller: &'a Caller, sent: Vec<Sent>) -> Result<Self, AppError> {
        let (mut open, mut answers) = (Vec::new(), BTreeMap::new());
        for (place, Sent { item, content }) in sent.into_iter().enumerate() {
            match item {
                Ok(item) => open.push(Open {
                    place,
                    item,
                    content,
                    refused_with: None,
                }),
                Err(refusal) => {
                    answers.insert(place, Answer::Rejected(refusal));
                }
            }
        }
        let mut named = BTreeSet::new();
        for Open { item, .. } in &open {
            named.insert(item.write);
            named.extend(item.after.iter().copied());
        }
        let done = store::commands::list_taken(&app.db, &caller.actor, named).await?;
        Ok(Self {
            app,
            caller,
            open,
            answers,
            done,
            held: BTreeMap::new(),
            touched: BTreeSet::new(),
            is_down: false,
        })
    }

    /// Answers what was held before and cannot be taken any more.
    async fn leave_settled(&mut self, sender: Sender) -> Result<(), AppError> {
        let name = |open: &Open| naming::of_held(sender.user, open.item.write);
        let names: Vec<_> = self.open.iter().map(name).collect();
        let known = store::held_items::list(&self.app.db, names).await?;
        let taken = self.done.clone();
        for open in mem::take(&mut self.open) {
            let id = name(&open);
            let known = known.iter().find(|known| known.id == id);
            let sent = (&open.item, open.content.as_str());
            let is_taken = taken.contains(&open.item.write);
            match known.and_then(|known| refused(self.app, known, sent)) {
                // What was taken by another door is done, whatever became of it where it was held.
                Some(_) if is_taken => self.open.push(open),
                Some(refusal) => self.reject(&open, refusal),
                None => {
                    let waiting = known.filter(|known| known.is_open());
                    self.held
                        .extend(waiting.map(|known| (known.id, known.arrived_at)));
                    self.open.push(open);
                }
            }
        }
        Ok(())
    }

    /// Tries each item that has no answer yet; whether another round may take more.
    async fn try_all(&mut self) -> bool {
        let before = self.open.len();
        for mut open in mem::take(&mut self.open) {
            if self.is_down || !self.is_ready(&open.item) {
                self.open.push(open);
                continue;
            }
            let caller = self.caller.clone().heard(self.held_since(&open));
            match take(self.app, &caller, open.item.clone()).await {
                Ok(written) => self.accept(&open, written).await,
                Err(AppError::Refused(refusal)) if open.item.asked.awaits(&refusal) => {
                    open.refused_with = Some(refusal.code);
                    self.open.push(open);
                }
                Err(AppError::Refused(refusal)) if is_for_now(&refusal) => {
                    self.put_off(&open, told_for_now(refusal));
                }
                Err(AppError::Refused(refusal)) => self.reject_unless_held(&open, refusal),
                Err(error) => {
                    error.log();
                    self.is_down = matches!(error, AppError::Unavailable { .. });
                    self.put_off(&open, error.refusal());
                }
            }
        }
        !self.is_down && !self.open.is_empty() && self.open.len() < before
    }

    /// Whether an item has all that it builds on. One that was taken before needs nothing.
    fn is_ready(&self, item: &Item) -> bool {
        let has_all = item.after.iter().all(|write| self.done.contains(write));
        has_all || self.done.contains(&item.write)
    }

    async fn accept(&mut self, open: &Open, written: Written) {
        self.done.insert(open.item.write);
        let answer = match written {
            Written::Now => {
                self.touched.insert(open.item.asked.thing());
                Answer::Accepted
            }
            Written::Before => Answer::Duplicate,
        };
        self.answers.insert(open.place, answer);
        let id = self.sent_as(open);
        if let Some(id) = id.filter(|id| self.held.contains_key(id)) {
            // It is taken; if this fails, the look finds that it was, and forgets it.
            let forgotten = look::forget(self.app, id).await;
            forgotten.unwrap_or_else(|error| error.log());
        }
    }

    fn reject(&mut self, open: &Open, refusal: Refusal) {
        self.done.insert(open.item.write);
        self.answers.insert(open.place, Answer::Rejected(refusal));
    }

    /// What is held is for a person to refuse: the look puts it there.
    fn reject_unless_held(&mut self, open: &Open, refusal: Refusal) {
        if self.held_since(open).is_some() {
            self.answers.insert(open.place, Answer::Held);
        } else {
            self.reject(open, refusal);
        }
    }

    fn put_off(&mut self, open: &Open, refusal: Refusal) {
        self.answers.insert(open.place, Answer::Retry(refusal));
    }

    /// How an item is called where it is held.
    fn sent_as(&self, open: &Open) -> Option<HeldItemId> {
        let sender = self.caller.actor.user()?;
        Some(naming::of_held(sender, open.item.write))
    }

    /// Since when an item is held, if it is.
    fn held_since(&self, open: &Open) -> Option<DateTime<Utc>> {
        self.held.get(&self.sent_as(open)?).copied()
    }

    /// Holds what waits, while there is somebody to hold it.
    async fn hold_rest(&mut self, sender: Sender) {
        for open in mem::take(&mut self.open) {
            if self.is_down {
                self.put_off(&open, Refusal::of(Code::Unavailable));
                continue;
            }
            let item = (&open.item, open.content.as_str());
            let why = Why::Predecessor(open.refused_with);
            let held = hold(self.app, &self.caller.actor, sender, item, why).await;
            let answer = held.unwrap_or_else(|error| {
                error.log();
                self.is_down = matches!(error, AppError::Unavailable { .. });
                Answer::Retry(error.refusal())
            });
            self.answers.insert(open.place, answer);
        }
    }
}
