//! A phone, as far as the story needs one: operations of the contract, photos in pieces, pages.
//!
//! It knows the contract and nothing of the server's inside, so that the story proves what a phone
//! will meet.

use super::{answer::Answer, error::StoryError};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use futures_util::stream;
use liangxin_domain::refusal::Lang;
use liangxin_graphql::contract;
use reqwest::{RequestBuilder, Response, StatusCode, header};
use serde_json::{Value, json};
use std::time::Duration;
use tokio::sync::mpsc;
use uuid::Uuid;

/// How long to wait for an answer.
const PATIENCE: Duration = Duration::from_secs(60);
/// Bytes of a piece: small, so that a bar moves on a slow line.
const PIECE_BYTES: usize = 16 * 1024;

/// Told how many bytes were sent, and of how many.
pub type Progress<'a> = &'a mut (dyn FnMut(u64, u64) + Send);

/// A client of one server.
#[derive(Debug, Clone)]
pub struct Client {
    http: reqwest::Client,
    base_url: String,
    lang: Lang,
}

impl Client {
    /// A client of the server at that address (`http://…`, no TLS), which wants answers in that
    /// language.
    pub fn new(base_url: &str, lang: Lang) -> Result<Self, StoryError> {
        // A proxy of the environment is for the world outside, not for the server next door.
        let http = reqwest::Client::builder().no_proxy().timeout(PATIENCE);
        let http = http.build().map_err(|cause| no_answer(base_url, cause))?;
        Ok(Self {
            http,
            base_url: base_url.trim_end_matches('/').to_owned(),
            lang,
        })
    }

    /// Where a path is on that server.
    #[must_use]
    pub fn url(&self, path: &str) -> String {
        format!("{}{path}", self.base_url)
    }

    /// Runs an operation of the contract and answers with its root field. `problems` come back as
    /// [`StoryError::Refused`], `errors` as [`StoryError::Failed`].
    pub async fn graphql(
        &self,
        operation: &str,
        variables: Value,
        token: Option<&str>,
    ) -> Result<Answer, StoryError> {
        let Some(text) = contract::text_of(operation) else {
            return Err(incomplete(operation, "text in the contract"));
        };
        let body = json!({ "query": text, "operationName": operation, "variables": variables });
        let request = self.http.post(self.url("/graphql")).json(&body);
        let response = self.send(operation, with(request, token)).await?;
        let answer: Value = response
            .json()
            .await
            .map_err(|cause| no_answer(operation, cause))?;
        if let Some(error) = answer.pointer("/errors/0") {
            return Err(failed(operation, error));
        }
        let root = answer.get("data").and_then(Value::as_object);
        let root = root.and_then(|data| data.values().next());
        let root = root.ok_or_else(|| incomplete(operation, "data"))?;
        match root.pointer("/problems/0") {
            Some(problem) => Err(refused(operation, problem)),
            None => Ok(Answer::of(operation, root.clone())),
        }
    }

    /// Sends the bytes of a declared photo in pieces and waits until the server holds them.
    pub async fn upload(
        &self,
        photo: Uuid,
        bytes: &[u8],
        token: &str,
        progress: Progress<'_>,
    ) -> Result<Answer, StoryError> {
        const UPLOADS: &str = "/uploads";
        let total = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
        let (sent, mut counted) = mpsc::unbounded_channel();
        let pieces: Vec<Vec<u8>> = bytes.chunks(PIECE_BYTES).map(<[u8]>::to_vec).collect();
        let pieces = pieces.into_iter().map(move |piece| {
            // Nobody listens any more only if nobody waits for the answer either.
            let _ = sent.send(u64::try_from(piece.len()).unwrap_or(u64::MAX));
            Ok::<_, std::io::Error>(piece)
        });
        let request = self
            .http
            .post(self.url(UPLOADS))
            .header("Tus-Resumable", "1.0.0")
            .header("Upload-Length", total)
            .header(
                "Upload-Metadata",
                format!("id {}", STANDARD.encode(photo.to_string())),
            )
            .header(header::CONTENT_TYPE, "application/offset+octet-stream")
            .header(header::CONTENT_LENGTH, total)
            .body(reqwest::Body::wrap_stream(stream::iter(pieces)));
        let answer = self.send(UPLOADS, with(request, Some(token)));
        let mut answer = std::pin::pin!(answer);
        let mut done = 0;
        let response = loop {
            tokio::select! {
                biased;
                Some(more) = counted.recv() => {
                    done += more;
                    progress(done, total);
                }
                response = &mut answer => break response?,
            }
        };
        let status = response.status();
        let answer = response.json().await;
        let answer: Value = answer.map_err(|cause| no_answer(UPLOADS, cause))?;
        match status {
            StatusCode::CREATED => Ok(Answer::of(UPLOADS, answer)),
            _ => Err(refused(UPLOADS, &answer)),
        }
    }

    /// Opens a page: its status and its text.
    pub async fn page(&self, path: &str) -> Result<(u16, String), StoryError> {
        let request = self.http.get(self.url(path));
        self.open(path, request).await
    }

    /// Sends a form with one field, whose value needs no escaping: the status and the text of the
    /// page that follows.
    pub async fn form(
        &self,
        path: &str,
        (field, value): (&str, &str),
    ) -> Result<(u16, String), StoryError> {
        let request = self
            .http
            .post(self.url(path))
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body(format!("{field}={value}"));
        self.open(path, request).await
    }

    async fn open(&self, path: &str, request: RequestBuilder) -> Result<(u16, String), StoryError> {
        let response = self.send(path, request).await?;
        let status = response.status().as_u16();
        let text = response.text().await;
        Ok((status, text.map_err(|cause| no_answer(path, cause))?))
    }

    async fn send(&self, what: &str, request: RequestBuilder) -> Result<Response, StoryError> {
        let lang = self.lang.pick("zh-CN", "en");
        let request = request.header(header::ACCEPT_LANGUAGE, lang);
        request.send().await.map_err(|cause| no_answer(what, cause))
    }
}

fn with(request: RequestBuilder, token: Option<&str>) -> RequestBuilder {
    match token {
        Some(token) => request.bearer_auth(token),
        None => request,
    }
}

fn no_answer(request: &str, cause: reqwest::Error) -> StoryError {
    StoryError::NoAnswer {
        request: request.to_owned(),
        cause,
    }
}

fn incomplete(request: &str, what: &str) -> StoryError {
    StoryError::Incomplete {
        request: request.to_owned(),
        what: what.to_owned(),
    }
}

fn word(value: &Value, path: &str) -> Option<String> {
    value.pointer(path)?.as_str().map(str::to_owned)
}

fn failed(request: &str, error: &Value) -> StoryError {
    StoryError::Failed {
        request: request.to_owned(),
        code: word(error, "/extensions/code").unwrap_or_default(),
        message: word(error, "/message").unwrap_or_default(),
    }
}

fn refused(request: &str, problem: &Value) -> StoryError {
    StoryError::Refused {
        request: request.to_owned(),
        code: word(problem, "/code").unwrap_or_default(),
        field: word(problem, "/field"),
        message: word(problem, "/message").unwrap_or_default(),
    }
}
