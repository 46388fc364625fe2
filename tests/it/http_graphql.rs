//! GraphQL and the operator's addresses over real sockets.

use liangxin_app::app::sha256;
use liangxin_graphql::limits::Mode;
use liangxin_tests::app::on_both;
use liangxin_tests::contract;
use liangxin_tests::flow::{Flow, Step};
use liangxin_tests::server::Server;
use reqwest::{Method, Response, StatusCode, header};
use serde_json::{Value, json};

async fn code(answer: Response) -> String {
    let body: Value = answer.json().await.unwrap();
    body["errors"][0]["extensions"]["code"]
        .as_str()
        .unwrap_or_default()
        .to_owned()
}

fn header_of<'a>(answer: &'a Response, name: &str) -> &'a str {
    answer
        .headers()
        .get(name)
        .map_or("", |value| value.to_str().unwrap())
}

#[tokio::test]
async fn a_person_signs_in_over_the_wire_and_is_known_by_the_token() {
    on_both(async |app| {
        let server = Server::start(&app, Mode::Production).await;
        let credentials = json!({ "input": {
            "email": "zhou@tianxin.example", "password": liangxin_demo::fixtures::PASSWORD, "deviceName": "phone",
        } });
        let signed_in = server.ask(&contract::operation("SignIn"), &credentials).await.ok();
        let me = contract::operation("Me");
        let as_zhou = server.graphql(&me, &json!({})).bearer_auth(signed_in.text("signIn.session.accessToken"));
        let answer: Value = as_zhou.send().await.unwrap().json().await.unwrap();
        assert_eq!(answer["data"]["me"]["person"]["name"], "Zhou Liqun");
        let answer = server.graphql(&me, &json!({})).bearer_auth("rubbish").send().await.unwrap();
        assert_eq!(answer.status(), StatusCode::UNAUTHORIZED);
        assert_eq!(code(answer).await, "SESSION_EXPIRED");
    })
    .await;
}

#[tokio::test]
async fn a_mutation_by_get_is_refused_and_a_query_is_not() {
    on_both(async |app| {
        let server = Server::start(&app, Mode::Production).await;
        let limits = sha256(contract::operation("Limits").as_bytes());
        let read = format!("/graphql?documentId={limits}");
        assert_eq!(server.get(&read).send().await.unwrap().status(), StatusCode::OK);
        let write = "/graphql?query=mutation%7BrefreshSession(refreshToken:%22x%22)%7Bproblems%7Bcode%7D%7D%7D";
        let answer = server.get(write).send().await.unwrap();
        assert_eq!(answer.status(), StatusCode::METHOD_NOT_ALLOWED);
        assert_eq!(header_of(&answer, "allow"), "POST");
        assert_eq!(code(answer).await, "METHOD_NOT_ALLOWED");
        for method in [Method::PUT, Method::DELETE, Method::PATCH] {
            let request = server.client.request(method, format!("{}/graphql", server.url));
            assert_eq!(request.send().await.unwrap().status(), StatusCode::METHOD_NOT_ALLOWED);
        }
    })
    .await;
}

#[tokio::test]
async fn what_is_not_one_small_json_request_is_refused() {
    on_both(async |app| {
        let server = Server::start(&app, Mode::Production).await;
        let query = r#"{"query": "{ limits { pageMost } }"}"#;
        let large = json!({ "query": "{ limits { pageMost } }", "variables": { "x": "y".repeat(300_000) } }).to_string();
        let batch = format!("[{query}]");
        for (kind, body, status, expected) in [
            ("text/plain", query, 415, "UNSUPPORTED_MEDIA_TYPE"),
            ("application/x-www-form-urlencoded", query, 415, "UNSUPPORTED_MEDIA_TYPE"),
            ("application/json", "{", 400, "BAD_REQUEST"),
            ("application/json", "", 400, "BAD_REQUEST"),
            ("application/json", batch.as_str(), 400, "BAD_REQUEST"),
            ("application/json", large.as_str(), 413, "PAYLOAD_TOO_LARGE"),
        ] {
            let request = server.post("/graphql").header(header::CONTENT_TYPE, kind).body(body.to_owned());
            let answer = request.send().await.unwrap();
            assert_eq!(answer.status().as_u16(), status, "{kind} {expected}");
            assert_eq!(code(answer).await, expected, "{kind}");
        }
    })
    .await;
}

#[tokio::test]
async fn production_shows_no_schema_and_development_does() {
    on_both(async |app| {
        for (mode, shows) in [(Mode::Production, false), (Mode::Development, true)] {
            let server = Server::start(&app, mode).await;
            let answer = server
                .graphql("{ __schema { queryType { name } } }", &json!({}))
                .send()
                .await
                .unwrap();
            let body = answer.text().await.unwrap();
            assert_eq!(body.contains("\"Query\""), shows, "{mode:?}: {body}");
            let page = server.get("/graphiql").send().await.unwrap();
            assert_eq!(page.status().is_success(), shows, "{mode:?}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_query_that_asks_for_too_much_is_refused_before_anything_is_looked_up() {
    on_both(async |app| {
        let server = Server::start(&app, Mode::Development).await;
        let many: String = (0..40).map(|n| format!("a{n}: pageMost ")).collect();
        let aliases = format!("{{ limits {{ {many} }} }}");
        let roots = "{ ".to_owned() + &"limits { pageMost } ".repeat(11) + "}";
        let deep = "query($id: UUID!) { report(id: $id) { ".to_owned()
            + &"visits { report { ".repeat(8)
            + "id"
            + &" } }".repeat(8)
            + " } }";
        let wide = "{ reports(first: 100) { items { visits { measurements { verdict { json intermediates { name value unit } \
                    notes { text } } } photos { id } } photos { id } clocks { ruleId } } } }";
        let spread = "query { ...A } fragment A on Query { ...B ...B } fragment B on Query { ...A limits { pageMost } }";
        for (document, expected) in [
            (aliases.as_str(), "QUERY_TOO_COMPLEX"),
            (roots.as_str(), "QUERY_TOO_COMPLEX"),
            (deep.as_str(), "QUERY_TOO_COMPLEX"),
            (wide, "QUERY_TOO_COMPLEX"),
            (spread, "QUERY_INVALID"),
        ] {
            let reply = server.ask(document, &json!({ "id": app.new_id() })).await;
            assert_eq!(reply.problems(), [expected], "{document}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_receipt_code_and_words_are_never_sent_in_an_address() {
    on_both(async |app| {
        let server = Server::start(&app, Mode::Production).await;
        for asked in [
            "{trackReport(receiptCode:%22x%22){problems{code}}}",
            "query%20A($c:String!){trackComplaint(receiptCode:$c){problems{code}}}&variables={%22c%22:%22x%22}",
            "mutation{comeBackToReport(receiptCode:%22x%22){receiptCode}}",
        ] {
            let path = format!("/graphql?query={asked}");
            let answer = server.get(&path).send().await.unwrap();
            assert_eq!(answer.status(), 405, "{asked}");
            assert_eq!(answer.headers()["allow"], "POST");
            let body: Value = answer.json().await.unwrap();
            let code = &body["errors"][0]["extensions"]["code"];
            assert_eq!(code, "METHOD_NOT_ALLOWED");
        }
        // As clients send a query that they name by its digest.
        for name in ["Reconcile", "PersonalDataWarnings", "SimilarReports", "TrackReport"] {
            let digest = sha256(contract::operation(name).as_bytes());
            let answer = server.get(&format!("/graphql?documentId={digest}")).send().await.unwrap();
            assert_eq!(answer.status(), 405, "{name}");
        }
    })
    .await;
}

#[tokio::test]
async fn an_answer_speaks_the_language_of_the_request() {
    on_both(async |app| {
        let server = Server::start(&app, Mode::Production).await;
        let track = contract::operation("TrackReport");
        for (language, message) in [
            ("en", "The receipt code is mistyped; please check it."),
            ("zh-CN", "查询码有误，请核对后重新输入。"),
            ("fr", "查询码有误，请核对后重新输入。"),
        ] {
            let body = json!({ "query": track, "variables": { "receiptCode": "x" } });
            let request = server
                .post("/graphql")
                .header("Accept-Language", language)
                .json(&body);
            let answer: Value = request.send().await.unwrap().json().await.unwrap();
            assert_eq!(
                answer["data"]["trackReport"]["problems"][0]["message"], message,
                "{language}"
            );
        }
    })
    .await;
}

#[tokio::test]
async fn every_answer_has_a_request_id_and_the_headers_that_keep_a_browser_honest() {
    on_both(async |app| {
        let server = Server::start(&app, Mode::Production).await;
        for path in [
            "/",
            "/graphql?query=%7Blimits%7BpageMost%7D%7D",
            "/healthz",
            "/no-such-page",
            "/track",
        ] {
            let answer = server.get(path).send().await.unwrap();
            assert!(header_of(&answer, "x-request-id").len() >= 8, "{path}");
            for (name, value) in [
                ("x-content-type-options", "nosniff"),
                ("referrer-policy", "no-referrer"),
                ("x-frame-options", "DENY"),
                ("cross-origin-resource-policy", "same-origin"),
            ] {
                assert_eq!(header_of(&answer, name), value, "{path}");
            }
            assert!(
                header_of(&answer, "content-security-policy").contains("frame-ancestors 'none'"),
                "{path}"
            );
        }
        let named = server
            .get("/healthz")
            .header("X-Request-Id", "phone-0123456789")
            .send()
            .await
            .unwrap();
        assert_eq!(header_of(&named, "x-request-id"), "phone-0123456789");
        let forged = server
            .get("/healthz")
            .header("X-Request-Id", "<script>alert(1)</script>")
            .send()
            .await
            .unwrap();
        assert!(!header_of(&forged, "x-request-id").contains('<'));
    })
    .await;
}

#[tokio::test]
async fn a_long_answer_is_packed_for_whoever_can_unpack_it() {
    on_both(async |app| {
        let server = Server::start(&app, Mode::Production).await;
        let packed = server
            .get("/")
            .header(header::ACCEPT_ENCODING, "gzip")
            .send()
            .await
            .unwrap();
        assert_eq!(header_of(&packed, "content-encoding"), "gzip");
        assert_eq!(&packed.bytes().await.unwrap()[..2], [0x1f, 0x8b]);
        let plain = server.get("/").send().await.unwrap();
        assert_eq!(header_of(&plain, "content-encoding"), "");
    })
    .await;
}

#[tokio::test]
async fn an_address_that_leads_nowhere_is_not_found() {
    on_both(async |app| {
        let server = Server::start(&app, Mode::Production).await;
        for path in ["/no-such-page", "/m/no-code", "/.env", "/m/../etc/passwd"] {
            let answer = server.get(path).send().await.unwrap();
            assert_eq!(answer.status(), StatusCode::NOT_FOUND, "{path}");
            assert!(
                header_of(&answer, "content-type").starts_with("text/html"),
                "{path}"
            );
        }
    })
    .await;
}

#[tokio::test]
async fn an_operator_sees_that_it_lives_that_it_is_ready_and_what_it_does() {
    on_both(async |app| {
        let server = Server::start(&app, Mode::Production).await;
        assert_eq!(
            server
                .get("/healthz")
                .send()
                .await
                .unwrap()
                .text()
                .await
                .unwrap(),
            "ok\n"
        );
        let ready = server.get("/readyz").send().await.unwrap();
        assert_eq!(ready.status(), StatusCode::OK);
        let ready = ready.text().await.unwrap();
        assert!(
            ready.contains("database ok") && ready.contains("objects ok"),
            "{ready}"
        );
        let flow = Flow::new(&app);
        let report = flow.variables(Step::FileReport);
        server
            .ask(&contract::operation("FileReport"), &report)
            .await
            .ok();
        let metrics = server
            .get("/metrics")
            .send()
            .await
            .unwrap()
            .text()
            .await
            .unwrap();
        assert!(metrics.contains("FileReport"), "{metrics}");
        let secret = report["input"]["secret"].as_str().unwrap();
        assert!(!metrics.contains(secret) && !metrics.contains("五花肉"));
        app.drain_jobs().await;
    })
    .await;
}
