//! The ids that officers choose. What they make keeps its id, since colleagues and phones use it at once, so that one that lies
//! already cannot be taken again. Whoever tries one that lies elsewhere learns no more than of one of the own unit: that it is
//! taken. Not where, not by whom, not in which state, not of which county; and nothing is left behind.

mod files;
mod spot;

use std::collections::BTreeSet;

use liangxin_demo::fixtures::{merchant_id, user_id};
use liangxin_tests::app::{TestApp, on_both};
use liangxin_tests::census::column;
use liangxin_tests::flow::{Flow, Step};
use serde_json::{Value, json};
use uuid::Uuid;

use super::makes;
use crate::identity::{filed, identity, request};

/// What somebody makes under an id that lies.
struct Make {
    who: &'static str,
    operation: &'static str,
    input: Value,
    /// Where in the input the id stands.
    at: &'static str,
    taken: Taken,
}

/// The thing that lies under an id, and the statement that puts it into the county beside.
struct Taken {
    id: Uuid,
    away: String,
}

impl Make {
    /// The input with an id for what it makes.
    fn named(&self, id: Uuid) -> Value {
        let mut input = self.input.clone();
        *input.pointer_mut(self.at).unwrap() = json!(id);
        json!({ "input": input })
    }
}

/// Whose make it is, of which operation with which input, whose `id` names what it makes.
fn make(
    app: &TestApp,
    (who, operation): (&'static str, &'static str),
    sent: (Value, Taken),
) -> Make {
    let (mut input, taken) = sent;
    input["id"] = json!(app.new_id());
    Make {
        who,
        operation,
        input,
        at: "/id",
        taken,
    }
}

/// A thing whose row says in which county it lies.
fn lying(app: &TestApp, (table, id): (&str, Uuid)) -> Taken {
    within(app, id, (table, id))
}

/// A thing that lies where another one does.
fn within(app: &TestApp, id: Uuid, (table, place): (&str, Uuid)) -> Taken {
    let place = app.literal(place);
    let away = format!("UPDATE {table} SET division = '430104' WHERE id = {place}");
    Taken { id, away }
}

/// A thing of a report.
fn of_report(app: &TestApp, id: Uuid, report: Uuid) -> Taken {
    let report = app.literal(report);
    let away =
        format!("UPDATE report SET division = '430104', unit = '430104' WHERE id = {report}");
    Taken { id, away }
}

/// Makes that concern people and merchants.
fn of_the_register(app: &TestApp) -> Vec<Make> {
    let (user, merchant) = (
        user_id("trainee").uuid(),
        merchant_id("tianxin-stall-17").uuid(),
    );
    let premises = json!({ "division": "430103", "address": "天心区书院路 12 号",
        "stallNo": "31 号", "marketId": merchant_id("shuyuanping-market").uuid() });
    let account = json!({ "email": "new@tianxin.example", "nameZh": "新人", "nameEn": "Somebody New",
        "roles": ["INTAKE_OFFICER"], "at": { "division": "430103" } });
    let stall = json!({ "nameZh": "新到鲜肉", "nameEn": "New Meat", "venue": "STALL",
        "premises": premises, "openedOn": "2026-11-20" });
    vec![
        make(
            app,
            ("qiu", "AddAccount"),
            (account, lying(app, ("\"user\"", user))),
        ),
        make(
            app,
            ("lin", "OpenMerchant"),
            (stall, lying(app, ("merchant", merchant))),
        ),
    ]
}

/// Makes about matters, under the ids of other matters.
async fn of_matters(app: &TestApp) -> Vec<Make> {
    let flow = Flow::after(app, Step::DispatchVisit).await;
    let (other, _) = filed(app, json!({})).await;
    let (own, _) = filed(app, json!({ "identity": identity() })).await;
    let fields = || json!(["NAME"]);
    let (named, _) = filed(app, json!({ "identity": identity() })).await;
    let opening = request(app, "luo", named, "REWARD_PAYMENT", fields()).await;
    let question = app.new_id();
    let asked = json!({ "input": { "id": question, "reportId": other, "text": "当时几点？" } });
    app.as_("lin").run("AskReporter", asked).await.ok();
    let round = json!({ "origin": { "patrol": "书院坪市场秤具巡查" },
        "merchantId": merchant_id("tianxin-stall-05").uuid(),
        "inspectorIds": [user_id("zhou").uuid(), user_id("tang").uuid()] });
    let (beside, _) = filed(app, json!({})).await;
    let lead = json!({ "merchantId": merchant_id("tianxin-stall-05").uuid(), "words": "暗访时发现秤具异常。" });
    let asking = json!({ "reportId": own, "text": "当时几点？" });
    let opens = json!({ "reportId": own, "purpose": "REWARD_PAYMENT",
        "reason": "核对领奖人身份", "fields": fields() });
    vec![
        make(
            app,
            ("lin", "DispatchInspection"),
            (round, lying(app, ("visit", flow.visit()))),
        ),
        make(
            app,
            ("lin", "OpenLead"),
            (lead, of_report(app, beside, beside)),
        ),
        make(
            app,
            ("lin", "AskReporter"),
            (asking, of_report(app, question, other)),
        ),
        make(
            app,
            ("luo", "RequestIdentityOpening"),
            (opens, of_report(app, opening, named)),
        ),
    ]
}

fn covering(photo: Uuid) -> Value {
    json!({ "photoId": photo, "left": 0, "top": 0, "width": 100, "height": 100,
        "reason": "画面里有路人。" })
}

/// Covers a part of a photo; answers the id of that.
async fn cover(app: &TestApp, photo: Uuid) -> Uuid {
    let mut input = covering(photo);
    let id = app.new_id();
    input["id"] = json!(id);
    let covering = json!({ "input": input });
    app.as_("zhou").run("RedactPhoto", covering).await.ok();
    id
}

/// Makes on the way from a report to a reward, each as the next step of a story that stopped before it, under the id of what
/// another story has there.
async fn of_work(app: &TestApp, other: &Flow, reward: Uuid) -> Vec<Make> {
    let next = |flow: &Flow, step: Step| flow.variables(step)["input"].clone();
    let (reported, visited, decided) = (
        Flow::after(app, Step::AcceptReport).await,
        Flow::after(app, Step::SubmitVisit).await,
        Flow::after(app, Step::FinishCase).await,
    );
    let redaction = cover(app, other.scene_photo()).await;
    let (visit, case) = (other.visit(), other.case());
    vec![
        make(
            app,
            ("lin", "DispatchVisit"),
            (
                next(&reported, Step::DispatchVisit),
                lying(app, ("visit", visit)),
            ),
        ),
        make(
            app,
            ("zhou", "RedactPhoto"),
            (
                covering(visited.scene_photo()),
                within(app, redaction, ("visit", visit)),
            ),
        ),
        make(
            app,
            ("he", "FileCase"),
            (
                next(&visited, Step::FileCase),
                lying(app, ("case_file", case)),
            ),
        ),
        make(
            app,
            ("luo", "ScreenReward"),
            (
                next(&decided, Step::ScreenReward),
                lying(app, ("reward", reward)),
            ),
        ),
    ]
}

/// A dispute about whose a report is, under the id of another one.
async fn of_competence(app: &TestApp) -> Make {
    let (other, _) = filed(app, json!({})).await;
    let (own, _) = filed(app, json!({})).await;
    let raised = |report: Uuid| json!({ "reportId": report, "other": "430102", "reason": "经营地在芙蓉区。" });
    let taken = app.new_id();
    let mut first = raised(other);
    first["id"] = json!(taken);
    let raising = json!({ "input": first });
    app.as_("lin")
        .run("RaiseCompetenceDispute", raising)
        .await
        .ok();
    make(
        app,
        ("lin", "RaiseCompetenceDispute"),
        (raised(own), of_report(app, taken, other)),
    )
}

/// A make of everything that keeps the id that was sent.
async fn of_everything(app: &TestApp) -> Vec<Make> {
    let mut makes = Box::pin(files::of_files(app)).await;
    let other = Flow::after(app, Step::ScreenReward).await;
    let reward = other.variables(Step::ScreenReward)["input"]["id"].clone();
    makes.extend(of_work(app, &other, serde_json::from_value(reward).unwrap()).await);
    makes.extend(spot::of_the_spot(app, &Flow::after(app, Step::FinishCase).await).await);
    makes.push(of_competence(app).await);
    makes.extend(of_the_register(app));
    makes.extend(of_matters(app).await);
    makes
}

#[tokio::test]
async fn an_id_that_lies_beside_is_refused_as_one_of_the_own_unit_is_word_by_word() {
    on_both(async |app| {
        let makes = Box::pin(of_everything(&app)).await;
        let tried: BTreeSet<&str> = makes.iter().map(|make| make.operation).collect();
        assert_eq!(tried, makes::kept());
        // What lies is a write of nobody who tries: of one's own, another content is refused before the thing is.
        app.execute("DELETE FROM command").await;
        // Ids of another kind of thing.
        let db = &app.parts().db;
        let events = column::<Uuid>(db, "event", "id", "TRUE").await;
        for (make, event) in makes.into_iter().zip(events) {
            let operation = make.operation;
            let officer = app.as_(make.who);
            let sent = make.named(make.taken.id);
            let refused = officer.refused(operation, sent.clone()).await;
            assert_eq!(refused, ["ID_REUSED"], "{operation}");
            let own = officer.run(operation, sent.clone()).await.body();
            app.execute(&make.taken.away).await;
            let refused = officer.refused(operation, sent.clone()).await;
            assert_eq!(refused, ["ID_REUSED"], "{operation}");
            assert_eq!(
                officer.run(operation, sent).await.body(),
                own,
                "{operation}"
            );
            // Nor does one of another kind say anything: it is as good as a fresh one.
            officer.run(operation, make.named(event)).await.ok();
        }
        app.leave_jobs();
    })
    .await;
}
