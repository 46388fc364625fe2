//! A phone that sends photos by tus 1.0 over any line: it asks where to go on, goes on from there, and does so until the
//! server holds the photo. What it counts is what a person would pay for.

use anyhow::{Context as _, bail};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use reqwest::{Client, Method, RequestBuilder, Response};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};
use tokio::time::timeout;
use uuid::Uuid;

/// How long a phone waits before it tries again.
const PAUSE: Duration = Duration::from_millis(20);

/// When nothing moved for so long a phone gives up. It bounds no speed: a server that was killed takes its time to come back on
/// a machine that does much else.
const PATIENCE: Duration = Duration::from_secs(120);

/// As long as one request may take. The client was seen to wait for ever for a connection that was gone before it stood.
const MOST: Duration = Duration::from_secs(60);

/// A phone.
#[derive(Debug, Clone)]
pub struct Tus {
    http: Client,
    /// `http://127.0.0.1:<port>`, of a server or of a way to one.
    pub url: String,
    token: String,
    receipts: Arc<Mutex<Vec<String>>>,
}

/// How an upload stands, as the server tells it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    /// The status of the answer.
    pub status: u16,
    /// How many bytes came, if that is told.
    pub offset: Option<usize>,
    /// Where the upload is, if that is told.
    pub location: Option<String>,
    /// The code of a refusal.
    pub code: Option<String>,
    /// The signed receipt, with the last photo of a record.
    pub receipt: Option<String>,
}

impl Tus {
    /// A phone with a token. Panics if there can be no client.
    pub fn new(url: &str, token: &str) -> Self {
        // A connection of its own for each request: one that was cut is not used again.
        let http = Client::builder()
            .no_proxy()
            .pool_max_idle_per_host(0)
            .build();
        Self {
            http: http.unwrap_or_else(|error| panic!("no client: {error}")),
            url: url.to_owned(),
            token: token.to_owned(),
            receipts: Arc::default(),
        }
    }

    /// Every receipt that the phone was ever given, in their order.
    pub fn receipts(&self) -> Vec<String> {
        let receipts = self.receipts.lock();
        receipts.unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// What the answer to a request tells; a receipt is kept.
    async fn told(&self, request: RequestBuilder) -> anyhow::Result<Told> {
        let asked = async { told(request.send().await?).await };
        let told = timeout(MOST, asked).await.context("no answer")??;
        let mut receipts = self.receipts.lock().unwrap_or_else(PoisonError::into_inner);
        receipts.extend(told.receipt.clone());
        Ok(told)
    }

    fn ask(&self, method: Method, path: &str) -> RequestBuilder {
        self.http
            .request(method, format!("{}{path}", self.url))
            .header("Tus-Resumable", "1.0.0")
            .bearer_auth(&self.token)
    }

    /// Begins, or finds again, the upload of a declared photo.
    pub async fn create(&self, photo: Uuid, size: usize) -> anyhow::Result<Told> {
        let id = STANDARD.encode(photo.to_string());
        let request = self.ask(Method::POST, "/uploads");
        let request = request
            .header("Upload-Length", size)
            .header("Upload-Metadata", format!("id {id}"));
        self.told(request).await
    }

    /// Asks where an upload stands.
    pub async fn head(&self, path: &str) -> anyhow::Result<Told> {
        self.told(self.ask(Method::HEAD, path)).await
    }

    /// Sends bytes from an offset on.
    pub async fn patch(&self, path: &str, offset: usize, bytes: &[u8]) -> anyhow::Result<Told> {
        let request = self.ask(Method::PATCH, path);
        let request = request
            .header("Content-Type", "application/offset+octet-stream")
            .header("Upload-Offset", offset)
            .body(bytes.to_vec());
        self.told(request).await
    }

    /// Sends a photo until the server holds it, through whatever happens on the way.
    pub async fn send(&self, photo: Uuid, bytes: &[u8]) -> anyhow::Result<()> {
        let (mut path, mut furthest, mut moved) = (None::<String>, 0, Instant::now());
        while moved.elapsed() < PATIENCE {
            let stands = match &path {
                Some(path) => self.head(path).await,
                None => self.create(photo, bytes.len()).await,
            };
            let Ok(stands) = stands else {
                tokio::time::sleep(PAUSE).await;
                continue;
            };
            match (stands.status, stands.offset) {
                (200 | 201, Some(offset)) if offset == bytes.len() => return Ok(()),
                (200 | 201, Some(offset)) => {
                    if offset > furthest {
                        (furthest, moved) = (offset, Instant::now());
                    }
                    path = path.or(stands.location);
                    let path = path.as_deref().context("no Location")?;
                    let rest = bytes.get(offset..).context("more came than was sent")?;
                    // However it ends: the next question tells.
                    let _ = self.patch(path, offset, rest).await;
                }
                (404, _) => path = None,
                (423 | 429 | 500.., _) => tokio::time::sleep(PAUSE).await,
                _ => bail!("{stands:?}"),
            }
        }
        bail!("nothing moved from {furthest} for {PATIENCE:?}")
    }
}

async fn told(answer: Response) -> anyhow::Result<Told> {
    let header = |name: &str| {
        let value = answer.headers().get(name)?;
        value.to_str().ok().map(str::to_owned)
    };
    let (offset, location) = (header("upload-offset"), header("location"));
    let receipt = header("liangxin-receipt");
    let status = answer.status().as_u16();
    let body: serde_json::Value =
        serde_json::from_slice(&answer.bytes().await?).unwrap_or_default();
    Ok(Told {
        status,
        offset: offset.and_then(|offset| offset.parse().ok()),
        location,
        code: body["code"].as_str().map(str::to_owned),
        receipt,
    })
}
