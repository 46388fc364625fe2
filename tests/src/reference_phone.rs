//! The reference phone: what an app of an inspector does that follows the contract, and no more. It writes down
//! what happens before it sends anything, sends it in any order until it hears that it is taken, renews its
//! session, and deletes a photo when the server holds it. Its app may be killed and the phone may start anew at any
//! moment; what it knows lies in its outbox.

mod clock;
mod day;
mod diary;
mod line;
mod model;
mod outbox;
mod sync;

use std::collections::BTreeSet;

use anyhow::Context as _;
use chrono::{DateTime, Utc};
use liangxin_demo::fixtures::{PASSWORD, email_of};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::app::TestApp;
use crate::chance::Chance;
use crate::phone::class_of;
use crate::session::Reply;

use clock::Clocks;
pub use day::play;
use line::{Line, Quality};
use outbox::{Item, Outbox};

/// As often a request is sent with another token before the phone leaves it for later.
const TOKENS: usize = 4;

/// What the phone kept of the session and of the server's time.
const ACCESS: &str = "access";
const REFRESH: &str = "refresh";
const ANCHOR: &str = "anchor";

/// The phone of one inspector.
pub struct Phone {
    app: TestApp,
    who: &'static str,
    chance: Chance,
    clocks: Clocks,
    outbox: Outbox,
    line: Line,
    quality: Quality,
    /// Until then there is no network.
    silent_until: DateTime<Utc>,
    /// What was sent by its own operation: noted for the model, the phone asks nothing of it.
    sent_alone: BTreeSet<Uuid>,
}

impl Phone {
    /// A new phone of a person of the fixtures.
    pub async fn new(app: &TestApp, who: &'static str, mut chance: Chance) -> anyhow::Result<Self> {
        Ok(Self {
            app: app.clone(),
            who,
            clocks: Clocks::new(app.now(), &mut chance),
            outbox: Outbox::new().await?,
            line: Line::new(app, chance.branch()),
            quality: Quality::Bad,
            silent_until: app.now(),
            sent_alone: BTreeSet::new(),
            chance,
        })
    }

    /// The app is killed. It knows what lies in its outbox.
    async fn kill(&mut self) -> anyhow::Result<()> {
        self.outbox.open_again().await
    }

    /// The phone starts anew.
    async fn start_anew(&mut self) -> anyhow::Result<()> {
        self.app
            .advance(clock::seconds(self.chance.between(20, 600)));
        self.clocks.start(self.app.now(), &mut self.chance);
        self.kill().await
    }

    /// What it says of this moment.
    async fn occurred(&self) -> anyhow::Result<Value> {
        let anchor = self.anchor().await?;
        Ok(self.clocks.occurred(self.app.now(), anchor.as_ref()))
    }

    /// The day that it takes it for.
    async fn day(&self) -> anyhow::Result<String> {
        let anchor = self.anchor().await?;
        Ok(self.clocks.day(self.app.now(), anchor.as_ref()).to_string())
    }

    async fn anchor(&self) -> anyhow::Result<Option<Value>> {
        let kept = self.outbox.kept(ANCHOR).await?;
        Ok(kept.map(|kept| serde_json::from_str(&kept)).transpose()?)
    }

    /// Asks the server for its time, if there is a line.
    async fn ask_time(&mut self) -> anyhow::Result<()> {
        let asked = self.clocks.counter(self.app.now());
        let nothing = json!({});
        let answer = self.line.ask(self.quality, None, "ServerTime", &nothing);
        let Some(reply) = answer.await else {
            return Ok(());
        };
        let told = reply.ok().data("serverTime").clone();
        let anchor = self.clocks.anchor(&told, asked, self.app.now());
        self.outbox.keep(ANCHOR, &anchor.to_string()).await
    }

    /// Runs an operation with the token that works; nothing if there was no answer.
    async fn ask(&mut self, operation: &str, variables: &Value) -> anyhow::Result<Option<Reply>> {
        for _ in 0..TOKENS {
            let Some(token) = self.token().await? else {
                return Ok(None);
            };
            let answer = self
                .line
                .ask(self.quality, Some(&token), operation, variables);
            match answer.await {
                Some(reply) if is_over(&reply) => self.outbox.forget(ACCESS).await?,
                answer => return Ok(answer),
            }
        }
        Ok(None)
    }

    /// The token that worked last, or another one; nothing if that was not answered.
    async fn token(&mut self) -> anyhow::Result<Option<String>> {
        if let Some(token) = self.outbox.kept(ACCESS).await? {
            return Ok(Some(token));
        }
        if let Some(refresh) = self.outbox.kept(REFRESH).await? {
            let variables = json!({ "refreshToken": refresh });
            let answer = self
                .line
                .ask(self.quality, None, "RefreshSession", &variables);
            match answer.await {
                None => return Ok(None),
                Some(reply) if is_over(&reply) => self.outbox.forget(REFRESH).await?,
                Some(reply) => return self.keep_session(&reply, "refreshSession").await,
            }
        }
        let email = email_of(self.who)?;
        let variables = json!({ "input": {
            "email": email.as_str(), "password": PASSWORD, "deviceName": "reference phone",
        } });
        let answer = self
            .line
            .ask(self.quality, None, "SignIn", &variables)
            .await;
        match answer {
            None => Ok(None),
            Some(reply) => self.keep_session(&reply, "signIn").await,
        }
    }

    /// Keeps a pair of tokens before it is used.
    async fn keep_session(&self, reply: &Reply, field: &str) -> anyhow::Result<Option<String>> {
        let problems = reply.problems();
        if problems.iter().any(|code| class_of(code) == "RETRY") {
            return Ok(None);
        }
        let session = &reply.whole()[field]["session"];
        let told = |name: &str| session[name].as_str().map(str::to_owned);
        let tokens = told("accessToken").zip(told("refreshToken"));
        let (access, refresh) = tokens.with_context(|| format!("no session: {reply:?}"))?;
        self.outbox.keep(REFRESH, &refresh).await?;
        self.outbox.keep(ACCESS, &access).await?;
        Ok(Some(access))
    }

    /// Writes down what happens now, before anything is sent.
    async fn write(
        &self,
        (field, input): (&str, Value),
        after: &[Uuid],
        photos: &[(Uuid, Vec<u8>)],
    ) -> anyhow::Result<()> {
        let id = input["id"].as_str().context("a write without an id")?;
        let item = Item {
            id: id.parse()?,
            field: field.to_owned(),
            input,
            after: after.to_vec(),
        };
        self.outbox.write(&item, photos).await
    }
}

/// Whether a token does not work any more.
fn is_over(reply: &Reply) -> bool {
    reply
        .problems()
        .iter()
        .any(|code| code == "SESSION_EXPIRED")
}
