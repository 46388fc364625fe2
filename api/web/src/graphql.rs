//! GraphQL over HTTP: one address, one request, one answer.
//!
//! Follows the draft specification "GraphQL over HTTP" and passes all of its server audits (`tests/audits`). Where it
//! leaves room, we are strict: a body is JSON in UTF-8 or refused, so that no foreign page can send one unasked;
//! mutations come by POST only; batches are refused, because a batch hides how much is asked; an answer is all or
//! nothing, because the library leaves out the keys of failed fields, which generated clients cannot read.
//!
//! Status codes: 200 for everything that ran, but 401 where a token did not work and somebody was needed. What could not run (not GraphQL, not of this schema) is 400 as
//! `application/graphql-response+json`, and 200 as `application/json`, where the status speaks about the transport
//! only. What is too complex is 400 in both. An HTTP fault is its own code, always with a GraphQL error as body.
//! Knows nothing about people: who asks is put into the request by the `prepare` function.

use std::{sync::Arc, time::Duration};

use actix_web::{
    HttpRequest, HttpResponse,
    http::{StatusCode, header},
    web,
};
use async_graphql::{Executor, Request, Response};
use tracing::Instrument;

use super::{
    intake,
    metrics::{Metrics, Outcome},
    negotiate::Media,
    reply::{Reply, code, is_turned_away, refusal, turned_away},
};
use liangxin_domain::limits::{ANSWER_SECONDS, GRAPHQL_BODY_BYTES};
use liangxin_graphql::{
    limits::{METHOD_NOT_ALLOWED, QUERY_TOO_COMPLEX},
    operation::{self, Allowed, Watch},
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
        let execution = endpoint.schema.execute(request.data(watch.clone()));
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
    let response = match done {
        Ok(response) => response,
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
        Outcome::Failed | Outcome::Answered | Outcome::TimedOut => {
            Reply::result(response).write(StatusCode::OK, media)
        }
    }
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
        Media::Json => StatusCode::OK,
    };
    Reply::refused(response).write(status, media)
}

#[cfg(test)]
mod tests {
    use actix_web::{
        App,
        http::Method,
        test::{TestRequest, call_service, init_service, read_body},
    };
    use async_graphql::{Context, EmptySubscription, Error, Object, Schema};
    use serde_json::{Value as Json, json};

    use super::*;
    use liangxin_graphql::limited::{Limited, Root};
    use liangxin_graphql::limits::Mode;

    const NEWER: &str = "application/graphql-response+json";

    struct Query;

    #[Object]
    impl Query {
        async fn who(&self, ctx: &Context<'_>) -> Result<String, Error> {
            ctx.data::<String>().cloned()
        }
        async fn broken(&self) -> Result<i32, Error> {
            let mut error = Error::new("Not today.");
            error
                .extensions
                .get_or_insert_default()
                .set("code", "CLOSED");
            Err(error)
        }
        async fn slow(&self) -> i32 {
            tokio::time::sleep(Duration::from_secs(30)).await;
            1
        }
    }

    struct Mutation;

    #[Object]
    impl Mutation {
        async fn set(&self) -> i32 {
            1
        }
    }

    async fn prepare(http: &HttpRequest, request: Request) -> Result<Request, HttpResponse> {
        if http.headers().contains_key(header::AUTHORIZATION) {
            let (status, message) = (StatusCode::UNAUTHORIZED, "The token is not ours.");
            return Err(refusal(http, status, "UNAUTHENTICATED", message));
        }
        Ok(request.data("amina".to_owned()))
    }

    /// Sends one request; gives status, media type, `Allow`, and the body.
    async fn send(request: TestRequest) -> (u16, String, String, Json) {
        let schema = || {
            let query = Root::new(Query, |_| Ok(()));
            let mutation = Root::new(Mutation, |_| Ok(()));
            Schema::build(query, mutation, EmptySubscription)
        };
        let endpoint = web::Data::new(Endpoint {
            schema: Limited::new(schema, Mode::Development),
            prepare,
            metrics: Arc::new(Metrics::new([]).unwrap()),
            settings: Settings {
                body_limit_bytes: 1_000,
                execution_timeout: Duration::from_millis(50),
            },
        });
        let app = init_service(App::new().configure(|config| routes(config, endpoint))).await;
        let answer = call_service(&app, request.to_request()).await;
        let text = |name| {
            let value = answer.headers().get(name);
            value.map_or_else(String::new, |value| value.to_str().unwrap().to_owned())
        };
        let (kind, allow) = (text(header::CONTENT_TYPE), text(header::ALLOW));
        let status = answer.status().as_u16();
        let body = serde_json::from_slice(&read_body(answer).await).unwrap_or_default();
        (status, kind, allow, body)
    }

    fn post(accept: &str, query: &str) -> TestRequest {
        TestRequest::post()
            .uri(PATH)
            .insert_header((header::ACCEPT, accept))
            .set_json(json!({ "query": query }))
    }

    fn code(body: &Json) -> &str {
        body["errors"][0]["extensions"]["code"]
            .as_str()
            .unwrap_or_default()
    }

    #[actix_web::test]
    async fn an_answer_has_the_form_that_the_client_asked_for() {
        let (status, kind, _, body) = send(post(NEWER, "{ who }")).await;
        assert_eq!((status, &body["data"]), (200, &json!({ "who": "amina" })));
        assert!(kind.starts_with(NEWER));
        let (_, kind, _, _) = send(post("*/*", "{ who }")).await;
        assert!(kind.starts_with("application/json"));
    }

    #[actix_web::test]
    async fn an_answer_is_all_or_nothing_and_keeps_its_code() {
        let (status, _, _, body) = send(post(NEWER, "{ who broken }")).await;
        assert_eq!((status, code(&body)), (200, "CLOSED"));
        assert_eq!(body.get("data"), Some(&Json::Null));
    }

    #[actix_web::test]
    async fn what_did_not_run_has_no_data_and_its_status_depends_on_the_form() {
        for query in ["{", "{ nothing }"] {
            let (status, _, _, body) = send(post(NEWER, query)).await;
            assert_eq!((status, body.get("data")), (400, None));
            let (status, _, _, body) = send(post("application/json", query)).await;
            assert_eq!((status, body.get("data")), (200, None));
            assert_eq!(code(&body), "QUERY_INVALID");
        }
    }

    #[actix_web::test]
    async fn what_is_too_complex_is_a_bad_request_in_both_forms() {
        let query = format!("{{ {} }}", "who ".repeat(11));
        for accept in [NEWER, "application/json"] {
            let (status, _, _, body) = send(post(accept, &query)).await;
            assert_eq!((status, code(&body)), (400, QUERY_TOO_COMPLEX));
        }
    }

    #[actix_web::test]
    async fn a_query_may_come_by_get_and_a_mutation_may_not() {
        let get = |query: &str| TestRequest::get().uri(&format!("{PATH}?query={query}"));
        assert_eq!(send(get("%7Bwho%7D")).await.0, 200);
        for query in ["mutation%7Bset%7D", "mutation%20A%7Bset%7D&operationName=A"] {
            let (status, _, allow, body) = send(get(query)).await;
            assert_eq!((status, allow.as_str()), (405, "POST"));
            assert_eq!(code(&body), METHOD_NOT_ALLOWED);
        }
    }

    #[actix_web::test]
    async fn any_other_method_is_told_which_ones_there_are() {
        for method in [Method::PUT, Method::DELETE, Method::OPTIONS] {
            let (status, _, allow, _) = send(TestRequest::with_uri(PATH).method(method)).await;
            assert_eq!((status, allow.as_str()), (405, "GET, POST"));
        }
    }

    #[actix_web::test]
    async fn a_body_that_a_foreign_page_could_send_is_refused() {
        let body = r#"{"query": "mutation { set }"}"#;
        for kind in ["text/plain", "application/x-www-form-urlencoded", ""] {
            let request = TestRequest::post()
                .uri(PATH)
                .insert_header((header::CONTENT_TYPE, kind))
                .set_payload(body);
            let (status, _, _, body) = send(request).await;
            assert_eq!((status, code(&body)), (415, "UNSUPPORTED_MEDIA_TYPE"));
        }
    }

    #[actix_web::test]
    async fn a_body_over_the_limit_is_refused() {
        let (status, _, _, body) =
            send(post("*/*", &format!("{{ who }} #{}", "x".repeat(1_000)))).await;
        assert_eq!((status, code(&body)), (413, "PAYLOAD_TOO_LARGE"));
    }

    #[actix_web::test]
    async fn a_batch_is_refused() {
        let batch = TestRequest::post()
            .uri(PATH)
            .set_json(json!([{ "query": "{ who }" }]));
        let (status, _, _, body) = send(batch).await;
        assert_eq!((status, code(&body)), (400, "BAD_REQUEST"));
    }

    #[actix_web::test]
    async fn a_client_that_takes_neither_form_is_told_so() {
        let (status, kind, _, body) = send(post("text/html", "{ who }")).await;
        assert_eq!((status, code(&body)), (406, "NOT_ACCEPTABLE"));
        assert!(kind.starts_with("application/json"));
    }

    #[actix_web::test]
    async fn a_slow_operation_is_dropped_and_may_be_sent_again() {
        let (status, _, _, body) = send(post(NEWER, "{ slow }")).await;
        assert_eq!((status, code(&body)), (503, UNAVAILABLE));
    }

    #[actix_web::test]
    async fn who_prepares_the_request_may_refuse_it() {
        let request = post(NEWER, "{ who }").insert_header((header::AUTHORIZATION, "Bearer x"));
        let (status, kind, _, body) = send(request).await;
        assert_eq!((status, code(&body)), (401, "UNAUTHENTICATED"));
        assert!(kind.starts_with(NEWER));
    }
}
