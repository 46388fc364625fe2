//! How a phone gets rid of what it wrote down: in pushes of any size and order, now and then by the operation
//! itself, with the photos behind their declarations. What was not answered is sent again, unchanged.

use anyhow::ensure;
use serde_json::{Value, json};

use super::{Item, Phone, Quality, is_over};
use crate::phone::class_of;
use crate::session::Reply;

/// So many items a push takes.
const PUSHED: u64 = 100;

/// What became of a try.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sent {
    /// It was answered.
    Answered,
    /// It was not, or the app was killed before it read the answer: what was to follow is left for later.
    Nothing,
}

impl Phone {
    /// Sends what is not taken yet, as far as the line carries.
    pub(super) async fn sync(&mut self) -> anyhow::Result<()> {
        if self.app.now() < self.silent_until {
            return Ok(());
        }
        if self.chance.between(0, 3) == 0 {
            self.ask_time().await?;
        }
        let mut items = self.outbox.unsent().await?;
        if self.quality == Quality::Bad && self.chance.between(0, 4) == 0 {
            // The operation by itself takes what builds on nothing that is not taken: the oldest.
            if let Some(oldest) = items.first()
                && self.send_alone(oldest).await? == Sent::Nothing
            {
                return Ok(());
            }
            items = self.outbox.unsent().await?;
        }
        self.shuffle(&mut items);
        let size = match self.quality {
            Quality::Good => PUSHED,
            Quality::Bad => self.chance.between(1, 13),
        };
        for items in items.chunks(usize::try_from(size)?) {
            if self.push(items).await? == Sent::Nothing {
                return Ok(());
            }
        }
        self.send_photos().await
    }

    async fn push(&mut self, items: &[Item]) -> anyhow::Result<Sent> {
        let pushed: Vec<_> = items.iter().map(Item::pushed).collect();
        let input = json!({ "input": { "items": pushed } });
        let Some(reply) = self.ask("Push", &input).await? else {
            return Ok(Sent::Nothing);
        };
        if self.is_killed().await? {
            return Ok(Sent::Nothing);
        }
        let results = reply.whole()["push"]["results"].as_array();
        let results = results.map(Vec::as_slice).unwrap_or_default();
        ensure!(results.len() == items.len(), "not one by one: {reply:?}");
        for (item, result) in items.iter().zip(results) {
            ensure!(result["id"] == json!(item.id), "another place: {reply:?}");
            let status = match result["status"].as_str().unwrap_or_default() {
                "ACCEPTED" | "DUPLICATE" => "DONE",
                "RETRY" => continue,
                status => status,
            };
            let told = result["problem"].to_string();
            self.outbox.note(item.id, status, &told).await?;
        }
        Ok(Sent::Answered)
    }

    async fn send_alone(&mut self, item: &Item) -> anyhow::Result<Sent> {
        self.sent_alone.insert(item.id);
        let input = json!({ "input": item.input });
        let Some(reply) = self.ask(&item.operation(), &input).await? else {
            return Ok(Sent::Nothing);
        };
        if self.is_killed().await? {
            return Ok(Sent::Nothing);
        }
        let problems = reply.problems();
        match problems.first() {
            None => self.outbox.note(item.id, "DONE", "").await?,
            Some(code) if class_of(code) == "PERMANENT" => {
                self.outbox.note(item.id, "REJECTED", code).await?;
            }
            Some(_) => {}
        }
        Ok(Sent::Answered)
    }

    async fn send_photos(&mut self) -> anyhow::Result<()> {
        for (id, bytes) in self.outbox.photos().await? {
            let Some(token) = self.token().await? else {
                return Ok(());
            };
            let sent = self.line.send(self.quality, &token, (id, bytes.as_slice()));
            match sent.await {
                None => return Ok(()),
                Some(Ok(())) => self.outbox.delete_photo(id).await?,
                Some(Err(code)) if code == "SESSION_EXPIRED" => {
                    self.outbox.forget(super::ACCESS).await?;
                }
                Some(Err(code)) => {
                    ensure!(class_of(&code) == "RETRY", "the photo {id}: {code}");
                }
            }
            if self.is_killed().await? {
                return Ok(());
            }
        }
        Ok(())
    }

    /// Asks something until it is answered.
    pub(super) async fn asked(
        &mut self,
        operation: &str,
        variables: &Value,
    ) -> anyhow::Result<Reply> {
        self.quality = Quality::Good;
        let reply = self.ask(operation, variables).await?;
        let reply = reply.filter(|reply| !is_over(reply));
        reply.ok_or_else(|| anyhow::anyhow!("{operation} was not answered by a good line"))
    }

    /// Now and then the app is killed before it reads an answer.
    async fn is_killed(&mut self) -> anyhow::Result<bool> {
        let is_killed = self.quality == Quality::Bad && self.chance.between(0, 12) == 0;
        if is_killed {
            self.kill().await?;
        }
        Ok(is_killed)
    }

    fn shuffle(&mut self, items: &mut [Item]) {
        for place in (1..items.len()).rev() {
            let bound = u64::try_from(place + 1).unwrap_or(1);
            let other = usize::try_from(self.chance.between(0, bound)).unwrap_or_default();
            items.swap(place, other);
        }
    }
}
