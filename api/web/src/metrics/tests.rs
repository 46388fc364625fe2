//! What is counted, and by which labels.

use actix_web::{
    App,
    middleware::from_fn,
    test::{TestRequest, call_service, init_service},
};

use super::*;
use liangxin_graphql::operation::Kind;

fn metrics() -> Metrics {
    Metrics::new(["SubmitReport".to_owned()]).unwrap()
}

#[actix_web::test]
async fn a_request_is_counted_by_its_pattern_and_never_by_its_path() {
    let metrics = web::Data::new(metrics());
    let app = init_service(
        App::new()
            .app_data(metrics.clone())
            .wrap(from_fn(measure))
            .route("/m/{code}", web::get().to(HttpResponse::Ok)),
    )
    .await;
    for path in ["/m/secret-1", "/m/secret-2", "/wp-admin"] {
        call_service(&app, TestRequest::get().uri(path).to_request()).await;
    }
    let text = metrics.render().unwrap();
    let counted = r#"liangxin_http_requests_total{method="GET",route="/m/{code}",status="2xx"} 2"#;
    let missed = r#"liangxin_http_requests_total{method="GET",route="other",status="4xx"} 1"#;
    assert!(text.contains(counted), "{text}");
    assert!(text.contains(missed), "{text}");
    assert!(!text.contains("secret") && !text.contains("wp-admin"));
}

#[test]
fn only_a_known_operation_is_named() {
    let metrics = metrics();
    for name in ["SubmitReport", "MadeUp"] {
        let operation = Operation {
            kind: Kind::Mutation,
            name: Some(name.into()),
        };
        metrics.count_operation(Some(&operation), Outcome::Answered);
    }
    metrics.count_operation(None, Outcome::Refused);
    let text = metrics.render().unwrap();
    for line in [
        r#"{kind="mutation",name="SubmitReport",outcome="answered"} 1"#,
        r#"{kind="mutation",name="other",outcome="answered"} 1"#,
        r#"{kind="other",name="other",outcome="refused"} 1"#,
    ] {
        assert!(text.contains(line), "{text}");
    }
    assert!(!text.contains("MadeUp"));
}

#[test]
fn a_connection_counts_until_it_is_dropped() {
    let metrics = metrics();
    let mut connection = Extensions::new();
    metrics.track_connection(&mut connection);
    assert!(
        metrics
            .render()
            .unwrap()
            .contains("liangxin_open_connections 1")
    );
    drop(connection);
    assert!(
        metrics
            .render()
            .unwrap()
            .contains("liangxin_open_connections 0")
    );
}

#[test]
fn bytes_and_jobs_add_up() {
    let metrics = metrics();
    metrics.count_upload_bytes(5);
    metrics.count_upload_bytes(7);
    metrics.count_job("send_mail", JobOutcome::Done);
    metrics.count_job("send_mail", JobOutcome::Failed);
    let text = metrics.render().unwrap();
    assert!(text.contains("liangxin_upload_bytes_total 12"));
    assert!(text.contains(r#"liangxin_jobs_total{kind="send_mail",outcome="failed"} 1"#));
}
