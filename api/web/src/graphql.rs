//! GraphQL over HTTP: one address, one request, one answer; to a subscription as many as follow (`events.rs`).
//!
//! Follows the draft specification "GraphQL over HTTP" and passes all of its server audits (`tests/audits`). Where it
//! leaves room, we are strict: a body is JSON in UTF-8 or refused, so that no foreign page can send one unasked;
//! mutations come by POST only; batches are refused, because a batch hides how much is asked; an answer is all or
//! nothing, because the library leaves out the keys of failed fields, which generated clients cannot read.
//!
//! Status codes: 200 for everything that ran, but 401 where a token did not work and somebody was needed. What could not run (not GraphQL, not of this schema) is 400 as
//! `application/graphql-response+json`, and 200 as `application/json`, where the status speaks about the transport
//! only. What is too complex is 400 in both. As events what could not run is 200, since clients of these read no other body.
//! An HTTP fault is its own code, always with a GraphQL error as body.
//! Knows nothing about people: who asks is put into the request by the `prepare` function.

use std::{sync::Arc, time::Duration};

use actix_web::{
    HttpRequest, HttpResponse,
    http::{StatusCode, header},
    web,
};
use async_graphql::{Executor, Request, Response};
use futures_util::{
    StreamExt as _,
    stream::{self, BoxStream},
};
use tokio::sync::watch;
use tracing::Instrument;

use super::{
    events, intake,
    metrics::{Metrics, Outcome},
    negotiate::Media,
    reply::{Reply, code, is_turned_away, refusal, turned_away},
};
use liangxin_domain::limits::{ANSWER_SECONDS, GRAPHQL_BODY_BYTES};
use liangxin_graphql::{
    limits::{METHOD_NOT_ALLOWED, QUERY_TOO_COMPLEX},
    operation::{self, Allowed, Kind, Watch},
};

/// Where the schema is served.
pub const PATH: &str = "/graphql";

/// Code of an operation that took too long; to be sent again later.
pub const UNAVAILABLE: &str = "UNAVAILABLE";

/// How much and how long.
#[derive(Debug, Clone, Copy)]
pub struct Settings {
    /// Most bytes of a body.
    pub body_limit_bytes: usize,
    /// Longest run of an operation. What it has not committed by then is rolled back.
    pub execution_timeout: Duration,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            body_limit_bytes: usize::try_from(GRAPHQL_BODY_BYTES).unwrap_or(usize::MAX),
            execution_timeout: Duration::from_secs(ANSWER_SECONDS),
        }
    }
}

/// A schema and what it takes to serve it.
///
/// `prepare` puts the actor and the loaders into each request, or answers in its place: `reply::refusal` makes such an
/// answer.
pub struct Endpoint<E, P> {
    /// The schema. It must be one of `liangxin_graphql::limited`, which tells the adapter what ran.
    pub schema: E,
    /// Puts what resolvers need into the request.
    pub prepare: P,
    /// Where operations are counted.
    pub metrics: Arc<Metrics>,
    /// Limits.
    pub settings: Settings,
    /// Told as soon as the process is to end.
    pub stop: watch::Receiver<bool>,
}

/// Mounts an endpoint at [`PATH`].
pub fn routes<E, P>(config: &mut web::ServiceConfig, endpoint: web::Data<Endpoint<E, P>>)
where
    E: Executor,
    P: AsyncFn(&HttpRequest, Request) -> Result<Request, HttpResponse> + 'static,
{
    config.service(
        web::resource(PATH)
            .app_data(web::PayloadConfig::new(endpoint.settings.body_limit_bytes))
            .app_data(endpoint)
            .route(web::post().to(by_post::<E, P>))
            .route(web::get().to(by_get::<E, P>))
            .default_service(web::to(by_other_method)),
    );
}

async fn by_post<E, P>(
    endpoint: web::Data<Endpoint<E, P>>,
    http: HttpRequest,
    payload: web::Payload,
) -> HttpResponse
where
    E: Executor,
    P: AsyncFn(&HttpRequest, Request) -> Result<Request, HttpResponse> + 'static,
{
    match intake::by_body(&http, payload).await {
        Ok((media, request)) => run(&endpoint, &http, media, request, Allowed::Any).await,
        Err(fault) => refusal(&http, fault.status, fault.code, &fault.message),
    }
}

async fn by_get<E, P>(endpoint: web::Data<Endpoint<E, P>>, http: HttpRequest) -> HttpResponse
where
    E: Executor,
    P: AsyncFn(&HttpRequest, Request) -> Result<Request, HttpResponse> + 'static,
{
    match intake::by_address(&http) {
        Ok((media, request)) => run(&endpoint, &http, media, request, Allowed::Queries).await,
        Err(fault) => refusal(&http, fault.status, fault.code, &fault.message),
    }
}

async fn by_other_method(http: HttpRequest) -> HttpResponse {
    not_allowed(&http, "Send a query or a mutation by POST.", "GET, POST")
}

fn not_allowed(http: &HttpRequest, message: &str, allow: &'static str) -> HttpResponse {
    let mut answer = refusal(
        http,
        StatusCode::METHOD_NOT_ALLOWED,
        METHOD_NOT_ALLOWED,
        message,
    );
    answer
        .headers_mut()
        .insert(header::ALLOW, header::HeaderValue::from_static(allow));
    answer
}

async fn run<E, P>(
    endpoint: &Endpoint<E, P>,
    http: &HttpRequest,
    media: Media,
    request: Request,
    allowed: Allowed,
) -> HttpResponse
where
    E: Executor,
    P: AsyncFn(&HttpRequest, Request) -> Result<Request, HttpResponse> + 'static,
{
    let watch = Watch::new(allowed);
    // Who asks is looked up in the same time.
    let work = async {
        let request = (endpoint.prepare)(http, request).await?;
        let execution = begin(&endpoint.schema, media, request.data(watch.clone()));
        Ok::<_, HttpResponse>(execution.instrument(operation::span()).await)
    };
    let Ok(done) = tokio::time::timeout(endpoint.settings.execution_timeout, work).await else {
        endpoint
            .metrics
            .count_operation(watch.operation(), Outcome::TimedOut);
        tracing::warn!(operation = ?watch.operation(), "an operation took too long and was dropped");
        return refusal(
            http,
            StatusCode::SERVICE_UNAVAILABLE,
            UNAVAILABLE,
            "The operation took too long. Try again later.",
        );
    };
    let (response, following) = match done {
        Ok(answers) => answers,
        Err(answer) => return answer,
    };
    let outcome = match (watch.is_started(), response.errors.is_empty()) {
        (false, _) => Outcome::Refused,
        (true, false) => Outcome::Failed,
        (true, true) => Outcome::Answered,
    };
    endpoint.metrics.count_operation(watch.operation(), outcome);
    match outcome {
        _ if is_turned_away(&response.errors) => turned_away(media, response),
        Outcome::Refused => refused(http, media, response),
        Outcome::Answered if is_subscription(&watch) => {
            events::answer(response, following, endpoint.stop.clone())
        }
        Outcome::Failed | Outcome::Answered | Outcome::TimedOut => {
            Reply::result(response).write(StatusCode::OK, media)
        }
    }
}

/// The first answer to a request, with those that follow it where they are waited for.
async fn begin(
    schema: &impl Executor,
    media: Media,
    request: Request,
) -> (Response, BoxStream<'static, Response>) {
    match media {
        Media::GraphqlResponse | Media::Json => {
            (schema.execute(request).await, stream::empty().boxed())
        }
        Media::Events => {
            let mut answers = schema.execute_stream(request, None);
            (answers.next().await.unwrap_or_default(), answers)
        }
    }
}

fn is_subscription(watch: &Watch) -> bool {
    let operation = watch.operation();
    operation.is_some_and(|operation| operation.kind == Kind::Subscription)
}

fn refused(http: &HttpRequest, media: Media, response: Response) -> HttpResponse {
    let errors = &response.errors;
    let has = |wanted: &str| errors.iter().any(|error| code(error) == Some(wanted));
    if has(METHOD_NOT_ALLOWED) {
        return not_allowed(
            http,
            "Send a mutation, a receipt code and words by POST.",
            "POST",
        );
    }
    let status = match media {
        Media::GraphqlResponse => StatusCode::BAD_REQUEST,
        Media::Json if has(QUERY_TOO_COMPLEX) => StatusCode::BAD_REQUEST,
        Media::Json | Media::Events => StatusCode::OK,
    };
    Reply::refused(response).write(status, media)
}

#[cfg(test)]
mod tests;
