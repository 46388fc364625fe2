//! What an answer costs is told in it, in process and over HTTP, and what costs too much is told its bound.

use liangxin_graphql::limits::{MAX_COMPLEXITY, Mode};
use liangxin_tests::app::on_both;
use liangxin_tests::contract::operation;
use liangxin_tests::flow::{Flow, Step};
use liangxin_tests::server::Server;
use serde_json::{Value, json};

/// The visits that an inspector was sent on, each with all that `GetVisit` shows.
fn visits_in_full(first: usize) -> String {
    let one = operation("GetVisit");
    let (_, shown) = one.split_once("visit(id: $id) {").unwrap();
    format!("{{ myVisits(first: {first}) {{ endCursor hasNextPage items {{ {shown} }}")
}

#[tokio::test]
async fn forty_visits_with_all_that_one_shows_are_one_answer() {
    on_both(async |app| {
        let flow = Flow::after(&app, Step::SubmitVisit).await;
        let zhou = app.as_("zhou");
        let one = zhou
            .run("GetVisit", json!({ "id": flow.visit() }))
            .await
            .ok();
        let all = zhou.send(&visits_in_full(40), json!({})).await.ok();
        assert_eq!(all.data("myVisits.items.0"), one.data("visit"));
        let (requested, left) = all.cost().unwrap();
        assert_eq!(requested + left, MAX_COMPLEXITY);
        // As clients of a cache ask for it.
        let typed = visits_in_full(40).replace('{', "{ __typename");
        let typed = zhou.send(&typed, json!({})).await.ok();
        assert_eq!(typed.text("myVisits.items.0.team.0.__typename"), "Person");
        assert_eq!(typed.cost(), all.cost());
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn a_list_costs_its_rows_also_where_nothing_of_them_is_shown() {
    on_both(async |app| {
        let names = "{ __typename }";
        let lists = format!("records {names} messages {names}");
        for (document, points) in [
            (format!("{{ reports(first: 50) {names} }}"), 50 + 1),
            (
                format!("{{ reports(first: 50) {{ items {{ {lists} }} }} }}"),
                50 * (1 + 10 + 20) + 1,
            ),
        ] {
            let reply = app.anonymous().send(&document, json!({})).await;
            let requested = reply.cost().map(|(requested, _)| requested);
            assert_eq!(requested, Some(points), "{document}");
        }
    })
    .await;
}

#[tokio::test]
async fn what_costs_too_much_is_told_what_it_costs_and_what_it_may() {
    on_both(async |app| {
        let reply = app.as_("zhou").send(&visits_in_full(100), json!({})).await;
        assert_eq!(reply.problems(), ["QUERY_TOO_COMPLEX"]);
        let (requested, left) = reply.cost().unwrap();
        assert!(requested > MAX_COMPLEXITY);
        assert_eq!(left, 0);
        let told = &reply.errors()[0]["extensions"];
        assert_eq!(told["what"], "points");
        assert_eq!(told["requested"], requested);
        assert_eq!(told["bound"], MAX_COMPLEXITY);
    })
    .await;
}

#[tokio::test]
async fn every_answer_of_graphql_over_http_tells_what_it_costs() {
    on_both(async |app| {
        let server = Server::start(&app, Mode::Development).await;
        let one = json!({ "requested": 2, "left": MAX_COMPLEXITY - 2 });
        let eleven = format!("{{ {} }}", "serverTime ".repeat(11));
        let unweighed = json!({ "requested": null, "left": MAX_COMPLEXITY });
        for (document, cost) in [
            // Answered, refused by the gate, not of this schema, not GraphQL, of too many fields at its root.
            ("{ limits { pageMost } }", &one),
            ("{ me { email } }", &one),
            ("{ limits { nothing } }", &unweighed),
            ("{", &unweighed),
            (eleven.as_str(), &unweighed),
        ] {
            let answer = server.graphql(document, &json!({})).send().await.unwrap();
            let body: Value = answer.json().await.unwrap();
            assert_eq!(&body["extensions"]["cost"], cost, "{document}");
        }
        let turned_away = server
            .graphql("{ me { email } }", &json!({}))
            .bearer_auth("rubbish");
        let answer = turned_away.send().await.unwrap();
        assert_eq!(answer.status(), 401);
        let body: Value = answer.json().await.unwrap();
        assert_eq!(body["extensions"]["cost"], one);
    })
    .await;
}
