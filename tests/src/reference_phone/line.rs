//! A line from a phone to the server on which requests are lost before they arrive, answers after, and some
//! requests arrive long after the phone gave them up. The server's clock goes on meanwhile.

use chrono::TimeDelta;
use serde_json::Value;
use uuid::Uuid;

use crate::app::TestApp;
use crate::chance::Chance;
use crate::session::Reply;

/// How long a phone waits for an answer.
const PATIENCE: TimeDelta = TimeDelta::seconds(30);

/// How good the line is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Quality {
    /// Every request arrives, and every answer.
    Good,
    /// Anything may happen.
    Bad,
}

/// What becomes of a request.
#[derive(Debug, Clone, Copy)]
enum Fate {
    Arrives,
    ComesSlowly,
    LosesItsAnswer,
    IsLost,
    ArrivesLater,
}

/// A request that the phone gave up and that still arrives.
struct Stray {
    token: Option<String>,
    operation: String,
    variables: Value,
}

/// A line.
pub struct Line {
    app: TestApp,
    chance: Chance,
    strays: Vec<Stray>,
}

impl Line {
    /// The line of one phone.
    pub fn new(app: &TestApp, chance: Chance) -> Self {
        Self {
            app: app.clone(),
            chance,
            strays: Vec::new(),
        }
    }

    /// Runs an operation; nothing if no answer came.
    pub async fn ask(
        &mut self,
        quality: Quality,
        token: Option<&str>,
        operation: &str,
        variables: &Value,
    ) -> Option<Reply> {
        let stray = Stray {
            token: token.map(str::to_owned),
            operation: operation.to_owned(),
            variables: variables.clone(),
        };
        if quality == Quality::Bad && self.chance.between(0, 3) == 0 {
            self.deliver_stray().await;
        }
        match self.fate(quality) {
            Fate::Arrives => {
                self.pass(2_000);
                let reply = self.arrive(&stray).await;
                self.pass(2_000);
                Some(reply)
            }
            Fate::ComesSlowly => {
                self.pass(20_000);
                let reply = self.arrive(&stray).await;
                self.pass(20_000);
                Some(reply)
            }
            Fate::LosesItsAnswer => {
                self.pass(2_000);
                self.arrive(&stray).await;
                self.give_up()
            }
            Fate::IsLost => self.give_up(),
            Fate::ArrivesLater => {
                self.strays.push(stray);
                self.give_up()
            }
        }
    }

    /// Sends a photo; nothing if no answer came, else whether it is held or the code of a refusal.
    pub async fn send(
        &mut self,
        quality: Quality,
        token: &str,
        (photo, bytes): (Uuid, &[u8]),
    ) -> Option<Result<(), String>> {
        let session = self.app.bearer(token);
        self.pass(2_000);
        match self.fate(quality) {
            Fate::Arrives | Fate::ComesSlowly => Some(session.upload(photo, bytes).await),
            Fate::LosesItsAnswer => {
                let _ = session.upload(photo, bytes).await;
                self.give_up()
            }
            Fate::IsLost => self.give_up(),
            Fate::ArrivesLater => {
                let most = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
                let until = usize::try_from(self.chance.between(1, most)).unwrap_or(1);
                let _ = session.upload_until(photo, bytes, until).await;
                self.give_up()
            }
        }
    }

    /// Some request that the phone gave up arrives now; false if there is none.
    pub async fn deliver_stray(&mut self) -> bool {
        if self.strays.is_empty() {
            return false;
        }
        let count = u64::try_from(self.strays.len()).unwrap_or(u64::MAX);
        let which = usize::try_from(self.chance.between(0, count)).unwrap_or_default();
        let stray = self.strays.swap_remove(which);
        self.arrive(&stray).await;
        true
    }

    async fn arrive(&self, stray: &Stray) -> Reply {
        let session = match &stray.token {
            Some(token) => self.app.bearer(token),
            None => self.app.anonymous(),
        };
        session.run(&stray.operation, stray.variables.clone()).await
    }

    fn fate(&mut self, quality: Quality) -> Fate {
        match (quality, self.chance.between(0, 10)) {
            (Quality::Good, _) | (Quality::Bad, 4..) => Fate::Arrives,
            (Quality::Bad, 0) => Fate::ComesSlowly,
            (Quality::Bad, 1) => Fate::LosesItsAnswer,
            (Quality::Bad, 2) => Fate::IsLost,
            (Quality::Bad, 3) => Fate::ArrivesLater,
        }
    }

    fn pass(&mut self, most_milliseconds: u64) {
        let passed = self.chance.between(1, most_milliseconds);
        let passed = i64::try_from(passed).unwrap_or(1);
        self.app.advance(TimeDelta::milliseconds(passed));
    }

    fn give_up<T>(&self) -> Option<T> {
        self.app.advance(PATIENCE);
        None
    }
}
