//! A phone, as far as the story needs one: operations of the contract, photos in pieces, pages.
//!
//! It knows the contract and nothing of the server's inside, so that the story proves what a phone
//! will meet.

use super::{answer::Answer, error::StoryError};
use liangxin_domain::refusal::Lang;
use liangxin_graphql::contract;
use reqwest::{RequestBuilder, Response, header};
use serde_json::{Value, json};
use std::time::Duration;

/// How long to wait for an answer.
const PATIENCE: Duration = Duration::from_secs(60);

mod upload;

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
