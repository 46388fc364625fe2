//! Somebody who runs the contract's own operations, in process, and what comes back.

use std::time::Duration;

use anyhow::Context as _;
use async_graphql::{Executor as _, Request, Variables};
use futures_util::{StreamExt as _, TryStreamExt as _};
use liangxin_app::caller::Caller;
use liangxin_app::error::AppError;
use liangxin_app::usecase::accounts::{Recognised, Shown};
use liangxin_app::usecase::evidence::{
    Announced, Body, Coming, Content, From, Given, begin_upload, receive,
};
use liangxin_app::{store, usecase};
use liangxin_demo::fixtures;
use liangxin_domain::actor::Actor;
use liangxin_domain::id::{DeviceId, NoticeId, PhotoId};
use liangxin_domain::refusal::{Code, Lang, Refusal};
use liangxin_graphql::{context, documents::Documents, limits::Mode, schema};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::app::TestApp;
use crate::contract::{self, is_updating};
use crate::examples;

/// The network address from which everybody in the tests calls, unless a test says otherwise (RFC 5737).
const ADDRESS: &str = "203.0.113.7";

/// The tables of photos on their way.
const ON_ITS_WAY: [&str; 2] = ["upload", "upload_part"];

/// How somebody shows who they are.
#[derive(Debug, Clone)]
pub(crate) enum Who {
    Nobody,
    /// A key of `people.toml`.
    Person(String),
    /// A receipt code.
    Reporter(String),
    /// An access or upload token.
    Bearer(String),
}

/// Whether a document is answered by a stream.
fn listens(document: &str) -> bool {
    document
        .lines()
        .any(|line| line.starts_with("subscription"))
}

/// Somebody who runs operations.
#[derive(Clone)]
pub struct Session {
    app: TestApp,
    who: Who,
    address: String,
}

impl Session {
    pub(crate) fn of(app: &TestApp, who: Who) -> Self {
        Self {
            app: app.clone(),
            who,
            address: ADDRESS.to_owned(),
        }
    }

    /// The same person at another network address.
    pub fn at(mut self, address: &str) -> Self {
        address.clone_into(&mut self.address);
        self
    }

    /// Runs an operation of the contract.
    pub async fn run(&self, operation: &str, variables: Value) -> Reply {
        let document = contract::operation(operation);
        let is_example = is_updating() && self.app.is_alone() && !self.app.parts().db.is_postgres();
        let sent = is_example.then(|| variables.clone());
        // A story awaits hundreds of these, and without optimization each has room of its own in the story's future.
        let reply = Box::pin(self.sent(&document, variables, Documents::Published)).await;
        if let Some(sent) = sent.filter(|_| reply.problems().is_empty()) {
            examples::keep(operation, &sent, reply.whole());
        }
        reply
    }

    /// Runs a document that is not in the contract, whoever may write one.
    pub async fn send(&self, document: &str, variables: Value) -> Reply {
        Box::pin(self.sent(document, variables, Documents::Any)).await
    }

    async fn sent(&self, document: &str, variables: Value, documents: Documents) -> Reply {
        let request = Request::new(document).variables(Variables::from_json(variables));
        let prepared = context::prepare(
            request,
            self.app.parts(),
            self.recognised().await.map(Shown::from),
            self.stranger(),
        );
        let request = match prepared {
            Ok(request) => request,
            Err(error) => return Reply::refused(&error),
        };
        let schema = schema::of(Mode::Production, documents);
        let response = match listens(document) {
            // The first of its answers.
            true => schema.execute_stream(request, None).next().await,
            false => Some(schema.execute(request).await),
        };
        Reply::of(serde_json::to_value(response).unwrap_or_default())
    }

    /// Runs an operation that must be refused, and makes sure that nothing at all was changed by it. Answers the codes.
    pub async fn refused(&self, operation: &str, variables: Value) -> Vec<String> {
        // A first use signs the person in, which is not what is under test.
        let _ = self.actor().await;
        let before = self.app.census().await;
        let reply = self.run(operation, variables).await;
        let problems = reply.problems();
        assert!(
            !problems.is_empty(),
            "{operation} was not refused: {reply:?}"
        );
        let after = self.app.census().await;
        let changed = after.changed_since(&before);
        assert!(
            changed.is_empty(),
            "{operation} was refused with {problems:?} and changed {changed:?}"
        );
        problems
    }

    /// Sends the bytes of a declared photo; a refusal is its code.
    pub async fn upload(&self, photo: Uuid, bytes: &[u8]) -> Result<(), String> {
        self.upload_until(photo, bytes, bytes.len()).await
    }

    /// Sends the first bytes of a declared photo, behind which the line breaks if there are more; a refusal is its code.
    pub async fn upload_until(
        &self,
        photo: Uuid,
        bytes: &[u8],
        until: usize,
    ) -> Result<(), String> {
        let sent = async {
            let caller = self.sender().await?;
            let parts = self.app.parts();
            let size_bytes = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
            let announced = Announced {
                photo: PhotoId::new(photo),
                size_bytes,
                body: Body::Comes,
                stray: None,
            };
            let begun = begin_upload(parts, &caller, announced).await?;
            let coming = Coming {
                upload: begun.upload,
                from: From::Start,
                checksum: None,
                keep_every: Duration::from_secs(1),
                room_for: Duration::from_secs(60),
            };
            let receiving = receive(parts, &caller, coming).await?;
            receiving
                .take(bytes.iter().take(until).copied().collect())
                .await;
            match until < bytes.len() {
                true => receiving.break_off().await,
                false => receiving.end().await,
            }
        };
        match sent.await {
            Ok(_) => Ok(()),
            Err(error) => Err(error.refusal().code.to_string()),
        }
    }

    /// Looks at a photo as it is shown to who may see its record; a refusal is its code.
    pub async fn look_at(&self, photo: Uuid) -> Result<Vec<u8>, String> {
        let shown = async {
            let (caller, id) = (self.sender().await?, PhotoId::new(photo));
            let wanted = usecase::evidence::Wanted::Picture;
            let app = self.app.parts();
            let shown = match usecase::evidence::read_photo(app, &caller, id, wanted).await? {
                Given::Here(shown) => shown,
                Given::Elsewhere(link) => panic!("a picture from {link}"),
            };
            match shown.content {
                Content::Bytes(bytes) => Ok(bytes),
                Content::Held(_) => {
                    let pieces = usecase::evidence::pieces(app, shown.sha256, 0).await?;
                    let pieces: Vec<_> = pieces.try_collect().await?;
                    Ok(pieces.concat())
                }
            }
        };
        shown
            .await
            .map_err(|error: AppError| error.refusal().code.to_string())
    }

    /// Opens a paper, as its page does for who is signed in; a refusal is its code.
    pub async fn open_paper(&self, notice: Uuid) -> Result<(), String> {
        let opened = async {
            let caller = self.stranger().known_as(self.actor().await?);
            usecase::notices::read(self.app.parts(), &caller, NoticeId::new(notice)).await
        };
        match opened.await {
            Ok(_) => Ok(()),
            Err(error) => Err(error.refusal().code.to_string()),
        }
    }

    /// Sends bytes that must be refused, and makes sure that nothing at all was changed by it. Answers the code.
    pub async fn refused_upload(&self, photo: Uuid, bytes: &[u8]) -> String {
        let _ = self.actor().await;
        let before = self.app.census().await;
        let Err(code) = self.upload(photo, bytes).await else {
            panic!("the bytes were taken");
        };
        let after = self.app.census().await;
        let mut changed = after.changed_since(&before);
        if code == "UNAVAILABLE" {
            // It may come again, and is remembered as on its way.
            changed.retain(|table| !ON_ITS_WAY.contains(table));
        }
        // Why the right bytes are not taken is noted for who asks after them.
        changed.retain(|table| *table != "photo_refusal");
        assert!(
            changed.is_empty(),
            "the upload was refused with {code} and changed {changed:?}"
        );
        code
    }

    fn stranger(&self) -> Caller {
        Caller {
            actor: Actor::Anonymous,
            address: self.address.clone(),
            lang: Lang::En,
            heard_at: None,
        }
    }

    async fn actor(&self) -> Result<Actor, AppError> {
        match self.recognised().await? {
            Recognised::Fully(actor) => Ok(actor),
            Recognised::ToSetUp(_) => Err(Refusal::of(Code::SecondFactorMissing).into()),
        }
    }

    /// Who sends photos: for that, an upload token counts.
    async fn sender(&self) -> Result<Caller, AppError> {
        match &self.who {
            Who::Bearer(token) => {
                usecase::accounts::sender(self.app.parts(), self.stranger(), Some(token)).await
            }
            _ => Ok(self.stranger().known_as(self.actor().await?)),
        }
    }

    async fn recognised(&self) -> Result<Recognised, AppError> {
        let app = self.app.parts();
        match &self.who {
            Who::Nobody => Ok(Recognised::Fully(Actor::Anonymous)),
            Who::Bearer(token) => {
                let shown = usecase::accounts::recognise(app, Some(token)).await?;
                Ok(shown.by)
            }
            Who::Reporter(code) => {
                let reporter = usecase::reports::open_receipt(app, &self.stranger(), code).await?;
                Ok(Recognised::Fully(reporter.actor))
            }
            Who::Person(key) => {
                let (user, device) = (
                    fixtures::user_id(key),
                    DeviceId::new(fixtures::id_of("device", key)),
                );
                let known = usecase::accounts::holder(app, user, device).await?;
                if self.app.is_first_use_of(key) && known.is_none() {
                    let work = app.work(&Actor::System).await?;
                    store::devices::insert_device(&work, device, user, "test phone").await?;
                    work.commit().await?;
                }
                let found = usecase::accounts::holder(app, user, device).await?;
                found.ok_or_else(|| Refusal::of(Code::SessionExpired).into())
            }
        }
    }
}

/// What came back, as a client gets it: all or nothing.
#[derive(Debug, Clone)]
pub struct Reply {
    data: Value,
    errors: Vec<Value>,
    cost: Value,
}

impl Reply {
    /// Reads the body of an answer.
    pub fn of(mut body: Value) -> Self {
        let errors = body["errors"].as_array().cloned().unwrap_or_default();
        let data = if errors.is_empty() {
            body["data"].take()
        } else {
            Value::Null
        };
        let cost = body["extensions"]["cost"].take();
        Self { data, errors, cost }
    }

    fn refused(error: &AppError) -> Self {
        let code = error.refusal().code.as_str();
        Self::of(json!({ "errors": [{ "message": code, "extensions": { "code": code } }] }))
    }

    /// The codes of all errors and problems, in their order.
    pub fn problems(&self) -> Vec<String> {
        let code = |value: &Value| value.as_str().unwrap_or("NO_CODE").to_owned();
        let errors = self
            .errors
            .iter()
            .map(|error| code(&error["extensions"]["code"]));
        let payloads = self
            .data
            .as_object()
            .into_iter()
            .flat_map(|data| data.values());
        let problems = payloads
            .filter_map(|payload| payload["problems"].as_array())
            .flatten();
        errors
            .chain(problems.map(|problem| code(&problem["code"])))
            .collect()
    }

    /// What was wrong with the request as a whole.
    pub fn errors(&self) -> &[Value] {
        &self.errors
    }

    /// What the answer says that it costs: points, and how many more it might have had. Null if it was not weighed.
    pub fn cost(&self) -> Option<(usize, usize)> {
        let told = |name| self.cost[name].as_u64()?.try_into().ok();
        Some((told("requested")?, told("left")?))
    }

    /// The input field that the first problem names.
    pub fn field(&self) -> Option<String> {
        let payloads = self
            .data
            .as_object()
            .into_iter()
            .flat_map(|data| data.values());
        let mut problems = payloads
            .filter_map(|payload| payload["problems"].as_array())
            .flatten();
        problems.next()?["field"].as_str().map(str::to_owned)
    }

    /// The reply itself. Panics if anything was refused.
    pub fn ok(self) -> Self {
        let problems = self.problems();
        assert!(problems.is_empty(), "refused with {problems:?}: {self:?}");
        self
    }

    /// The value at a path such as `fileReport.receipt.number` or `reports.items.0.id`. Panics if there is none.
    pub fn data(&self, path: &str) -> &Value {
        let pointer = format!("/{}", path.replace('.', "/"));
        let found = self.data.pointer(&pointer).context("no such path");
        found.unwrap_or_else(|error| panic!("{path}: {error} in {self:?}"))
    }

    /// All of it; null if it was refused.
    pub const fn whole(&self) -> &Value {
        &self.data
    }

    /// The text at a path. Panics if there is none.
    pub fn text(&self, path: &str) -> &str {
        let found = self.data(path).as_str().context("not a text");
        found.unwrap_or_else(|error| panic!("{path}: {error} in {self:?}"))
    }

    /// Everything as one text, for "this is nowhere in it".
    pub fn body(&self) -> String {
        format!("{} {}", self.data, Value::from(self.errors.clone()))
    }
}
