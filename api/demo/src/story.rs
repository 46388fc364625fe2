//! The story itself: seven steps, each of which can be played again at any time.
//!
//! Ids follow from the seed. Moments come from the server: its own time, or what it noted when the
//! step was played for the first time. So a new [`Story`] with the same seed sends the very same
//! content again, and the server takes it as the same write.

mod case;
mod cast;
mod evidence;
mod outcome;
mod report;
mod visit;

use super::{answer::Answer, client::Client, error::StoryError, narrator::Narrator};
use crate::fixtures;
use cast::Person;
use chrono::{DateTime, NaiveDate, SecondsFormat, TimeDelta, Utc};
use liangxin_app::app::sha256;
use liangxin_domain::{law::calendar::shanghai_date, refusal::Lang};
use report::Receipt;
use serde_json::{Value, json};
use std::{collections::HashMap, fmt, time::Duration};
use uuid::{Builder, Uuid};

/// The steps, in English and in Chinese.
pub const STEPS: [(&str, &str); 7] = [
    ("A citizen reports short weight", "群众举报缺斤短两"),
    (
        "The bureau takes the report in and sends inspectors",
        "受理举报、指派检查",
    ),
    (
        "Two inspectors check the scale and weigh again",
        "现场检查、复秤取证",
    ),
    (
        "The case: proposal, audit, notice, decision",
        "立案、审核、告知、决定",
    ),
    ("The stall's public grade follows", "诚信计量等级更新"),
    ("The reward is screened", "举报奖励审查"),
    (
        "The citizen comes back with the receipt code",
        "凭查询码查进度",
    ),
];

/// The key of the stall that the story is about.
const STALL: &str = "tianxin-stall-17";
/// The key of its scale.
const SCALE: &str = "tianxin-stall-17-scale";

/// The pause between two looks at what the server does by itself.
const PAUSE: Duration = Duration::from_millis(250);
/// The most looks, should the server's clock stand still.
const MOST_LOOKS: u64 = 80;

/// Called after every answered request with the step, and the number of the request in it, from 1.
type OnAction = Box<dyn FnMut(usize, usize) + Send>;

/// One telling of the story against one server.
pub struct Story {
    client: Client,
    seed: u64,
    mails: Option<String>,
    tokens: HashMap<&'static str, String>,
    receipt: Option<Receipt>,
    step: usize,
    action: usize,
    on_action: Option<OnAction>,
}

impl fmt::Debug for Story {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Neither the tokens nor the receipt code.
        let at = (self.seed, self.step, self.action);
        f.debug_tuple("Story").field(&at).finish()
    }
}

impl Story {
    /// A story against the server at that address. The same seed is the same report, visit, case.
    pub fn new(base_url: &str, seed: u64, lang: Lang) -> Result<Self, StoryError> {
        Ok(Self {
            client: Client::new(base_url, lang)?,
            seed,
            mails: None,
            tokens: HashMap::new(),
            receipt: None,
            step: 0,
            action: 0,
            on_action: None,
        })
    }

    /// Lets the last step tell where the server's mails lie.
    #[must_use]
    pub fn with_mails_in(mut self, folder: &str) -> Self {
        self.mails = Some(folder.to_owned());
        self
    }

    /// Calls `told` after every answered request with the step and the number of the request in
    /// it, both from 1. How many requests a step makes depends on who has to sign in and on how
    /// long it takes until the grade is there.
    pub fn on_action(&mut self, told: impl FnMut(usize, usize) + Send + 'static) {
        self.on_action = Some(Box::new(told));
    }

    /// The id that the story gives to a thing: `report`, `visit`, `measurement`, `case`, `reward`,
    /// and the photos `photo stall`, `photo display`, `photo scene`, `photo mark`,
    /// `photo signature`. A version 4 UUID whose bits come from a hash instead of from chance.
    #[must_use]
    pub fn id(&self, thing: &str) -> Uuid {
        let mut bytes = [0; 16];
        bytes.copy_from_slice(&self.hash(thing)[..16]);
        Builder::from_random_bytes(bytes).into_uuid()
    }

    /// The receipt code; files the report if that has not happened yet.
    pub async fn receipt_code(&mut self) -> Result<String, StoryError> {
        Ok(self.receipt().await?.code)
    }

    /// Plays one step, from 1 to 7. The steps before it must have been played, by this story or by
    /// another one with the same seed.
    pub async fn play(&mut self, step: usize, tell: &mut dyn Narrator) -> Result<(), StoryError> {
        let titles = step.checked_sub(1).and_then(|index| STEPS.get(index));
        let (title, _) = titles.ok_or(StoryError::NoSuchStep(step))?;
        (self.step, self.action) = (step, 0);
        tell.begin(step);
        let played = match step {
            1 => self.report(tell).await,
            2 => self.take_in(tell).await,
            3 => self.inspect(tell).await,
            4 => self.case(tell).await,
            5 => self.grade(tell).await,
            6 => self.reward(tell).await,
            _ => self.come_back(tell).await,
        };
        played.map_err(|cause| StoryError::Step {
            number: step,
            title,
            cause: Box::new(cause),
        })
    }

    fn hash(&self, thing: &str) -> [u8; 32] {
        *sha256(format!("liangxin story {} {thing}", self.seed).as_bytes()).bytes()
    }

    fn answered(&mut self) {
        self.action += 1;
        if let Some(told) = &mut self.on_action {
            told(self.step, self.action);
        }
    }

    /// An operation of somebody without account.
    async fn ask(&mut self, operation: &str, variables: Value) -> Result<Answer, StoryError> {
        let answer = self.client.graphql(operation, variables, None).await;
        self.answered();
        answer
    }

    /// An operation of somebody with an account, who signs in first if need be.
    async fn run(
        &mut self,
        who: Person,
        operation: &str,
        variables: Value,
    ) -> Result<Answer, StoryError> {
        let token = self.token(who).await?;
        let answer = self
            .client
            .graphql(operation, variables.clone(), Some(&token))
            .await;
        self.answered();
        match answer {
            Err(StoryError::Failed { code, .. }) if code == "SESSION_EXPIRED" => {
                self.tokens.remove(who.key);
                let token = self.token(who).await?;
                let answer = self
                    .client
                    .graphql(operation, variables, Some(&token))
                    .await;
                self.answered();
                answer
            }
            answer => answer,
        }
    }

    /// An operation that has to be refused, with one of these codes: which one, and the sentence.
    async fn run_refused(
        &mut self,
        who: Person,
        (operation, codes): (&str, &[&str]),
        variables: Value,
    ) -> Result<String, StoryError> {
        match self.run(who, operation, variables).await {
            Err(StoryError::Refused { code, message, .. }) if codes.contains(&code.as_str()) => {
                Ok(format!("refused with {code}: {message}"))
            }
            Err(error) => Err(error),
            Ok(_) => Err(StoryError::NotRefused {
                request: operation.to_owned(),
            }),
        }
    }

    async fn token(&mut self, who: Person) -> Result<String, StoryError> {
        if let Some(token) = self.tokens.get(who.key) {
            return Ok(token.clone());
        }
        let input = json!({
            "email": fixtures::email_of(who.key)?.as_str(),
            "password": fixtures::PASSWORD,
            "deviceName": format!("{} (demo)", who.name),
        });
        let answer = self.ask("SignIn", json!({ "input": input })).await?;
        let token = answer.text("/session/accessToken")?;
        self.tokens.insert(who.key, token.clone());
        Ok(token)
    }

    /// Lets time pass at the server until a moment; who holds a session for so long signs in again.
    async fn pass(&mut self, until: DateTime<Utc>) -> Result<(), StoryError> {
        const CLOCK: &str = "/fixtures/clock";
        let until = until.to_rfc3339_opts(SecondsFormat::Millis, true);
        let moved = self.client.form(CLOCK, ("until", &until)).await;
        self.answered();
        found(CLOCK, moved?).map(drop)
    }

    async fn server_time(&mut self) -> Result<DateTime<Utc>, StoryError> {
        self.ask("ServerTime", json!({})).await?.time("")
    }

    /// Opens a page that has to be there.
    async fn page(&mut self, path: &str) -> Result<String, StoryError> {
        let page = self.client.page(path).await;
        self.answered();
        found(path, page?)
    }
}

/// The text of a page, if its status is 200.
fn found(path: &str, (status, text): (u16, String)) -> Result<String, StoryError> {
    match status {
        200 => Ok(text),
        _ => Err(StoryError::Page {
            path: path.to_owned(),
            status,
        }),
    }
}

/// The day in China of the moment at a path.
fn day(answer: &Answer, path: &str) -> Result<NaiveDate, StoryError> {
    answer.time(path).map(shanghai_date)
}

/// A moment as the wall clocks in China show it.
fn moment(at: DateTime<Utc>) -> String {
    let local = at + TimeDelta::hours(8);
    local.format("%Y-%m-%d %H:%M:%S").to_string()
}

/// A clock in one sentence: by when, and by which article.
fn clock(answer: &Answer, path: &str) -> Result<String, StoryError> {
    let due = answer.find_text(&format!("{path}/dueOn"));
    Ok(format!(
        "due {} ({}, {})",
        due.unwrap_or_else(|| "on a day that the calendar does not know yet".to_owned()),
        answer.text(&format!("{path}/instrument"))?,
        answer.text(&format!("{path}/article"))?,
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn story(seed: u64) -> Story {
        Story::new("http://127.0.0.1:9", seed, Lang::En).unwrap()
    }

    #[test]
    fn the_same_seed_gives_the_same_ids_and_another_seed_others() {
        assert_eq!(story(7).id("case"), story(7).id("case"));
        assert_ne!(story(7).id("case"), story(8).id("case"));
        assert_ne!(story(7).id("case"), story(7).id("visit"));
        assert_eq!(story(7).id("case").get_version_num(), 4);
    }

    #[tokio::test]
    async fn a_step_that_the_story_does_not_have_is_refused() {
        struct Nobody;
        impl Narrator for Nobody {
            fn begin(&mut self, _: usize) {}
            fn say(&mut self, _: &str, _: &str, _: &str, _: Option<&str>) {}
            fn progress(&mut self, _: &str, _: u64, _: u64) {}
        }
        for step in [0, 8] {
            let error = story(7).play(step, &mut Nobody).await.unwrap_err();
            assert!(matches!(error, StoryError::NoSuchStep(found) if found == step));
        }
    }
}
