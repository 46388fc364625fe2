//! What the endpoint answers to which request.

use actix_web::{
    App,
    http::Method,
    test::{TestRequest, call_service, init_service, read_body},
};
use async_graphql::{Context, Error, Object, Schema, Subscription};
use serde_json::{Value as Json, json};

use super::*;
use liangxin_graphql::limited::Limited;
use liangxin_graphql::limits::Mode;
use liangxin_graphql::root::Root;

const NEWER: &str = "application/graphql-response+json";
const EVENTS: &str = "text/event-stream";

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

struct Listening;

#[Subscription]
impl Listening {
    async fn numbers(&self) -> BoxStream<'static, i32> {
        stream::iter([1, 2]).boxed()
    }
}

async fn prepare(http: &HttpRequest, request: Request) -> Result<Request, HttpResponse> {
    if http.headers().contains_key(header::AUTHORIZATION) {
        let (status, message) = (StatusCode::UNAUTHORIZED, "The token is not ours.");
        return Err(refusal(http, status, "UNAUTHENTICATED", message));
    }
    Ok(request.data("amina".to_owned()))
}

/// Sends one request; gives status, headers and body.
async fn answered(request: TestRequest) -> (u16, header::HeaderMap, web::Bytes) {
    let schema = || {
        let query = Root::new(Query, |_| Ok(()));
        let mutation = Root::new(Mutation, |_| Ok(()));
        Schema::build(query, mutation, Root::new(Listening, |_| Ok(())))
    };
    let (_nobody_stops, stop) = watch::channel(false);
    let endpoint = web::Data::new(Endpoint {
        schema: Limited::new(schema, Mode::Development),
        prepare,
        metrics: Arc::new(Metrics::new([]).unwrap()),
        settings: Settings {
            body_limit_bytes: 1_000,
            execution_timeout: Duration::from_millis(50),
        },
        stop,
    });
    let app = init_service(App::new().configure(|config| routes(config, endpoint))).await;
    let answer = call_service(&app, request.to_request()).await;
    let (status, headers) = (answer.status().as_u16(), answer.headers().clone());
    (status, headers, read_body(answer).await)
}

/// Sends one request; gives status, media type, `Allow`, and the body.
async fn send(request: TestRequest) -> (u16, String, String, Json) {
    let (status, headers, body) = answered(request).await;
    let text = |name| {
        let value = headers.get(name);
        value.map_or_else(String::new, |value| value.to_str().unwrap().to_owned())
    };
    let (kind, allow) = (text(header::CONTENT_TYPE), text(header::ALLOW));
    let body = serde_json::from_slice(&body).unwrap_or_default();
    (status, kind, allow, body)
}

/// Sends one document for which events are taken; gives the status, the headers and what was told.
async fn listen(document: &str) -> (u16, header::HeaderMap, String) {
    let (status, headers, body) = answered(post(EVENTS, document)).await;
    (status, headers, String::from_utf8(body.to_vec()).unwrap())
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

#[actix_web::test]
async fn a_subscription_is_answered_by_an_event_each_which_nobody_gathers() {
    let (status, headers, told) = listen("subscription { numbers }").await;
    assert_eq!(status, 200);
    for (name, value) in [
        ("content-type", "text/event-stream; charset=utf-8"),
        ("content-encoding", "identity"),
        ("x-accel-buffering", "no"),
    ] {
        assert_eq!(headers.get(name).unwrap().to_str().unwrap(), value);
    }
    let events = told.split_terminator("\n\n");
    let answers = events.map(|event| event.strip_prefix("event: next\ndata: ").unwrap());
    let answers: Vec<Json> = answers
        .map(|answer| serde_json::from_str(answer).unwrap())
        .collect();
    assert_eq!(answers.len(), 2, "{told}");
    for (answer, number) in answers.iter().zip(1..) {
        assert_eq!(answer["data"], json!({ "numbers": number }));
        assert_eq!(answer["extensions"]["cost"]["requested"], 1);
    }
}

#[actix_web::test]
async fn one_answer_alone_is_an_event_behind_which_nothing_follows() {
    for (document, said) in [
        ("{ who }", "amina"),
        ("{ broken }", "CLOSED"),
        ("subscription { nothing }", "QUERY_INVALID"),
        ("subscription { numbers other: numbers }", "QUERY_INVALID"),
    ] {
        let (status, _, told) = listen(document).await;
        assert_eq!(status, 200, "{document}");
        assert!(told.starts_with("event: next\ndata: {"), "{told}");
        assert!(told.contains(said), "{told}");
        assert!(told.ends_with("}\n\nevent: complete\ndata:\n\n"), "{told}");
    }
}

#[actix_web::test]
async fn a_subscription_is_no_question_that_one_answer_ends() {
    let (status, _, _, body) = send(post(NEWER, "subscription { numbers }")).await;
    assert_eq!((status, code(&body)), (400, "QUERY_INVALID"));
}
