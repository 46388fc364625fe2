//! What merchants say of visits: once, without a name, and told to the offices above alone.

use chrono::{DateTime, Utc};
use liangxin_demo::fixtures::merchant_id;
use liangxin_tests::flow::{Flow, Step};
use serde_json::Value;

use super::*;

/// Where five visits go that are to five merchants.
const STALLS: [&str; 5] = [
    "tianxin-stall-03",
    "tianxin-stall-05",
    "tianxin-stall-08",
    "tianxin-stall-12",
    "tianxin-stall-15",
];

/// A visit that is over; answers the code of its passport and its id.
async fn visited(app: &TestApp) -> (String, Uuid) {
    let flow = Flow::after(app, Step::DispatchVisit).await;
    let asked = json!({ "input": { "id": app.new_id(), "visitId": flow.visit() } });
    let made = app.as_("zhou").run("MakePassport", asked).await.ok();
    flow.go_on(Step::DispatchVisit, Step::SubmitVisit).await;
    let code = made.text("makePassport.passport.code").to_owned();
    (code, flow.visit())
}

/// Five visits that are over, to five merchants; answers the codes of their passports.
async fn visited_each(app: &TestApp) -> Vec<String> {
    let mut codes = Vec::new();
    for stall in STALLS {
        let (code, visit) = visited(app).await;
        app.drain_jobs().await;
        let stall = app.literal(merchant_id(stall).uuid());
        let visit = app.literal(visit);
        let moved = format!("UPDATE visit SET merchant_id = {stall} WHERE id = {visit}");
        app.execute(&moved).await;
        codes.push(code);
    }
    codes
}

/// Sends the form of an opinion; answers the status and the page.
async fn say(server: &Server, (code, form): (&str, Uuid), said: &str) -> (u16, String) {
    let sent = server
        .post("/v/opinion")
        .header("Content-Type", "application/x-www-form-urlencoded")
        .header("Accept-Language", "en")
        .body(format!("passport={code}&form={form}&{said}"));
    let answer = sent.send().await.unwrap();
    (answer.status().as_u16(), answer.text().await.unwrap())
}

/// What somebody is told of the visits of Tianxin in the last quarter of the year.
async fn told(app: &TestApp, who: &str) -> Value {
    let asked = json!({ "division": "430103", "quarter": "2026Q4" });
    let read = app.as_(who).run("VisitOpinions", asked).await.ok();
    read.data("visitOpinions").clone()
}

/// To the morning on which nobody can say anything of the quarter any more.
fn wait_for_the_quarter(app: &TestApp) {
    let told: DateTime<Utc> = "2027-01-31T16:00:00Z".parse().unwrap();
    app.advance(told - app.now());
}

#[tokio::test]
async fn what_five_merchants_say_reaches_the_office_above_added_up_and_nobody_else() {
    on_both(async |app| {
        let server = Server::start(&app, Mode::Production).await;
        app.grant("gong", "head").await;
        let codes = visited_each(&app).await;
        let db = &app.parts().db;
        let before = (
            count(db, "event", "1 = 1").await,
            count(db, "command", "1 = 1").await,
        );
        for (number, code) in codes.iter().enumerate() {
            let said = format!("said_proper=yes&said_disturbed=yes&text=word{}", 9 - number);
            let (status, page) = say(&server, (code, app.random_id()), &said).await;
            assert!(status == 200 && page.contains("Thank you"), "{page}");
        }
        // Of who spoke, of which visit and when nothing is left: one row for all, and nothing beside it.
        assert_eq!(
            count(db, "visit_opinion", "given = 5 AND merchants = 5").await,
            1
        );
        let after = (
            count(db, "event", "1 = 1").await,
            count(db, "command", "1 = 1").await,
        );
        assert_eq!(after, before);
        assert_eq!(told(&app, "gong").await, Value::Null, "it can be added to");
        wait_for_the_quarter(&app);
        let expected = json!({
            "given": 5,
            "contested": 0,
            "words": [{ "word": "PROPER", "count": 5 }, { "word": "DISTURBED", "count": 5 }],
            "texts": ["word5", "word6", "word7", "word8", "word9"],
        });
        assert_eq!(told(&app, "gong").await, expected);
        for who in ["he", "lin", "zhou", "wu"] {
            let asked = json!({ "division": "430103", "quarter": "2026Q4" });
            let refused = app.as_(who).run("VisitOpinions", asked).await.problems();
            assert_eq!(refused, ["DENIED"], "{who}");
        }
        app.leave_jobs();
    })
    .await;
}

#[tokio::test]
async fn what_one_merchant_says_of_five_visits_is_told_to_nobody() {
    on_both(async |app| {
        let server = Server::start(&app, Mode::Production).await;
        app.grant("gong", "head").await;
        for _ in STALLS {
            let (code, _) = visited(&app).await;
            let said = say(&server, (&code, app.random_id()), "said_favours=yes").await;
            assert_eq!(said.0, 200, "{}", said.1);
        }
        let kept = "given = 5 AND merchants = 1";
        assert_eq!(count(&app.parts().db, "visit_opinion", kept).await, 1);
        app.drain_jobs().await;
        wait_for_the_quarter(&app);
        assert_eq!(told(&app, "gong").await, Value::Null, "all know which one");
        app.leave_jobs();
    })
    .await;
}

#[tokio::test]
async fn of_each_visit_the_first_word_counts_and_whoever_speaks_again_is_thanked_alike() {
    on_both(async |app| {
        let server = Server::start(&app, Mode::Production).await;
        app.grant("gong", "head").await;
        let (code, _) = visited(&app).await;
        let form = app.random_id();
        let first = say(&server, (&code, form), "said_favours=yes").await;
        // The page is loaded again.
        let again = say(&server, (&code, form), "said_favours=yes").await;
        assert_eq!(again, first);
        let db = &app.parts().db;
        assert_eq!(count(db, "visit_opinion", "contested = 0").await, 1);
        for _ in 0..2 {
            let other = say(&server, (&code, app.random_id()), "said_proper=yes").await;
            assert_eq!(other, first, "nobody learns whether somebody spoke");
        }
        let kept =
            "given = 1 AND contested = 1 AND words LIKE '%favours%' AND words NOT LIKE '%proper%'";
        assert_eq!(count(db, "visit_opinion", kept).await, 1);
        wait_for_the_quarter(&app);
        assert_eq!(told(&app, "gong").await, Value::Null, "one is not told");
        app.leave_jobs();
    })
    .await;
}

#[tokio::test]
async fn nothing_is_said_before_a_visit_is_over_without_its_code_or_without_a_word() {
    on_both(async |app| {
        let server = Server::start(&app, Mode::Production).await;
        let flow = Flow::after(&app, Step::DispatchVisit).await;
        let asked = json!({ "input": { "id": app.new_id(), "visitId": flow.visit() } });
        let made = app.as_("zhou").run("MakePassport", asked).await.ok();
        let code = made.text("makePassport.passport.code");
        let form = app.random_id();
        let (status, page) = say(&server, (code, form), "said_proper=yes").await;
        assert!(status == 410 && page.contains("once it is over"), "{page}");
        let (status, _) = say(&server, ("", form), "said_proper=yes").await;
        assert_eq!(status, 410);
        flow.go_on(Step::DispatchVisit, Step::SubmitVisit).await;
        let (status, page) = say(&server, (code, form), "text=everything+was+fine").await;
        assert!(
            status == 422 && page.contains("everything was fine"),
            "{page}"
        );
        assert!(page.contains("Tick one at least") && !page.contains("This field is required"));
        assert_eq!(count(&app.parts().db, "visit_opinion", "1 = 1").await, 0);
        // As many characters as a browser lets be typed: it counts a line break as one, and sends two.
        let (above, below) = ("a".repeat(60), "b".repeat(59));
        let most = format!("said_proper=yes&text={above}%0D%0A{below}");
        let (status, page) = say(&server, (code, form), &most).await;
        assert!(status == 200 && page.contains("Thank you"), "{page}");
        app.drain_jobs().await;
        app.advance(TimeDelta::days(31));
        let (status, _) = say(&server, (code, form), "said_proper=yes").await;
        assert_eq!(status, 410, "long after the visit");
        app.leave_jobs();
    })
    .await;
}
