//! The ids that officers choose. What they make keeps its id, since colleagues and phones use it at once, so that one that lies
//! already cannot be taken again. Whoever tries one that lies elsewhere learns no more than of one of the own unit: that it is
//! taken. Not where, not by whom, not in which state, not of which county; and nothing is left behind.

use chrono::SecondsFormat;
use liangxin_demo::fixtures::{instrument_id, merchant_id, user_id};
use liangxin_tests::app::{TestApp, on_both};
use liangxin_tests::census::column;
use liangxin_tests::flow::{Flow, Step};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::identity::{filed, identity, request};

/// What somebody makes under an id that lies.
struct Make {
    who: &'static str,
    operation: &'static str,
    input: Value,
    /// The thing that lies under the id, and the statement that puts it into the county beside.
    taken: Uuid,
    away: String,
}

fn literal(app: &TestApp, id: Uuid) -> String {
    match app.parts().db.is_postgres() {
        true => format!("'{id}'"),
        false => format!("X'{}'", id.simple()),
    }
}

/// Makes that concern people and merchants.
fn of_the_register(app: &TestApp) -> Vec<Make> {
    let away = |table: &str, id: Uuid| {
        let id = literal(app, id);
        format!("UPDATE {table} SET division = '430104' WHERE id = {id}")
    };
    let (user, merchant) = (
        user_id("trainee").uuid(),
        merchant_id("tianxin-stall-17").uuid(),
    );
    let premises = json!({ "division": "430103", "address": "天心区书院路 12 号",
        "stallNo": "31 号", "marketId": merchant_id("shuyuanping-market").uuid() });
    vec![
        Make {
            who: "qiu",
            operation: "AddAccount",
            input: json!({ "email": "new@tianxin.example", "nameZh": "新人", "nameEn": "Somebody New",
                "roles": ["INTAKE_OFFICER"], "at": { "division": "430103" } }),
            taken: user,
            away: away("\"user\"", user),
        },
        Make {
            who: "lin",
            operation: "OpenMerchant",
            input: json!({ "nameZh": "新到鲜肉", "nameEn": "New Meat", "venue": "STALL",
                "premises": premises, "openedOn": "2026-11-20" }),
            taken: merchant,
            away: away("merchant", merchant),
        },
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
    let report_away = |report: Uuid| {
        let report = literal(app, report);
        format!("UPDATE report SET division = '430104', unit = '430104' WHERE id = {report}")
    };
    let visit = flow.visit();
    vec![
        Make {
            who: "lin",
            operation: "DispatchInspection",
            input: json!({ "origin": { "patrol": "书院坪市场秤具巡查" },
                "merchantId": merchant_id("tianxin-stall-05").uuid(),
                "inspectorIds": [user_id("zhou").uuid(), user_id("tang").uuid()] }),
            taken: visit,
            away: format!(
                "UPDATE visit SET division = '430104' WHERE id = {}",
                literal(app, visit)
            ),
        },
        Make {
            who: "lin",
            operation: "AskReporter",
            input: json!({ "reportId": own, "text": "当时几点？" }),
            taken: question,
            away: report_away(other),
        },
        Make {
            who: "luo",
            operation: "RequestIdentityOpening",
            input: json!({ "reportId": own, "purpose": "REWARD_PAYMENT",
                "reason": "核对领奖人身份", "fields": fields() }),
            taken: opening,
            away: report_away(named),
        },
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
async fn of_work(app: &TestApp) -> Vec<Make> {
    let other = Flow::after(app, Step::ScreenReward).await;
    let away = |table: &str, id: Uuid| {
        let id = literal(app, id);
        format!("UPDATE {table} SET division = '430104' WHERE id = {id}")
    };
    let next = |flow: &Flow, step: Step| flow.variables(step)["input"].clone();
    let (reported, visited, decided) = (
        Flow::after(app, Step::AcceptReport).await,
        Flow::after(app, Step::SubmitVisit).await,
        Flow::after(app, Step::FinishCase).await,
    );
    let reward = column::<Uuid>(&app.parts().db, "reward", "id", "TRUE").await[0];
    let redaction = cover(app, other.scene_photo()).await;
    let make = |who, operation, input, taken, away| Make {
        who,
        operation,
        input,
        taken,
        away,
    };
    let (visit, case) = (other.visit(), other.case());
    vec![
        make(
            "lin",
            "DispatchVisit",
            next(&reported, Step::DispatchVisit),
            visit,
            away("visit", visit),
        ),
        make(
            "zhou",
            "RedactPhoto",
            covering(visited.scene_photo()),
            redaction,
            away("visit", visit),
        ),
        make(
            "he",
            "FileCase",
            next(&visited, Step::FileCase),
            case,
            away("case_file", case),
        ),
        make(
            "luo",
            "ScreenReward",
            next(&decided, Step::ScreenReward),
            reward,
            away("reward", reward),
        ),
    ]
}

/// A penalty on the spot of an operator whose scale is overdue.
fn penalty(app: &TestApp, stall: Uuid) -> Value {
    json!({
        "charges": [{ "violation": "M-VER-01", "reasoned": "有购物视频和复称记录。", "fineYuan": 200 }],
        "merchantId": stall,
        "facts": "电子计价秤超过检定周期仍在使用。",
        "investigatorIds": [user_id("zhou").uuid(), user_id("tang").uuid()],
        "tier": "ORDINARY", "tierReason": "首次查处，按一般档处罚。",
        "correction": "停止使用，送检。", "correctBy": "2027-03-31",
        "told": "当场告知事实、理由、依据和陈述申辩的权利。",
        "to": "吴德明", "proof": "当事人当场签收。", "at": app.now().to_rfc3339_opts(SecondsFormat::Secs, true),
    })
}

/// Makes on the spot, under the ids of what another visit and another ledger have.
async fn of_the_spot(app: &TestApp, other: &Flow) -> Vec<Make> {
    let arrived = Flow::after(app, Step::CheckInstrument).await;
    let stall = merchant_id("tianxin-stall-17").uuid();
    let instrument = instrument_id("tianxin-stall-21-scale").uuid();
    let measured = other.variables(Step::RecordMeasurement)["input"]["id"].clone();
    let measured: Uuid = serde_json::from_value(measured).unwrap();
    let plate =
        |serial: &str| json!({ "kind": "PRICE_SCALE", "model": "ACS-15", "serial": serial });
    let mut weighing = arrived.variables(Step::RecordMeasurement)["input"].clone();
    weighing["visitId"] = json!(arrived.visit());
    let penalty = penalty(app, stall);
    let away = |table: &str, id: Uuid| {
        let id = literal(app, id);
        format!("UPDATE {table} SET division = '430104' WHERE id = {id}")
    };
    let of_instrument = {
        let id = literal(app, instrument);
        format!(
            "UPDATE merchant SET division = '430104' WHERE id = (SELECT merchant_id FROM instrument WHERE id = {id})"
        )
    };
    let make = |who, operation, input, taken, away| Make {
        who,
        operation,
        input,
        taken,
        away,
    };
    let seen = json!({ "visitId": arrived.visit(), "plate": plate("新001") });
    let added = json!({ "merchantId": stall, "plate": plate("新002") });
    vec![
        make(
            "lin",
            "AddInstrument",
            added,
            instrument,
            of_instrument.clone(),
        ),
        make("zhou", "AddSeenInstrument", seen, instrument, of_instrument),
        make(
            "zhou",
            "RecordMeasurement",
            weighing,
            measured,
            away("visit", other.visit()),
        ),
        make(
            "zhou",
            "PunishOnTheSpot",
            penalty,
            other.case(),
            away("case_file", other.case()),
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
    let report = literal(app, other);
    Make {
        who: "lin",
        operation: "RaiseCompetenceDispute",
        input: raised(own),
        taken,
        away: format!("UPDATE report SET division = '430104', unit = '430104' WHERE id = {report}"),
    }
}

#[tokio::test]
async fn an_id_that_lies_beside_is_refused_as_one_of_the_own_unit_is_word_by_word() {
    on_both(async |app| {
        let mut makes = of_work(&app).await;
        let other = Flow::after(&app, Step::FinishCase).await;
        makes.extend(of_the_spot(&app, &other).await);
        makes.push(of_competence(&app).await);
        makes.extend(of_the_register(&app));
        makes.extend(of_matters(&app).await);
        // Ids of another kind of thing.
        let db = &app.parts().db;
        let events = column::<Uuid>(db, "event", "id", "TRUE").await;
        for (make, event) in makes.into_iter().zip(events) {
            let Make { who, operation, .. } = make;
            let officer = app.as_(who);
            let mut input = make.input;
            input["id"] = json!(make.taken);
            let sent = json!({ "input": input });
            let refused = officer.refused(operation, sent.clone()).await;
            assert_eq!(refused, ["ID_REUSED"], "{operation}");
            let own = officer.run(operation, sent.clone()).await.body();
            app.execute(&make.away).await;
            let refused = officer.refused(operation, sent.clone()).await;
            assert_eq!(refused, ["ID_REUSED"], "{operation}");
            assert_eq!(
                officer.run(operation, sent).await.body(),
                own,
                "{operation}"
            );
            // Nor does one of another kind say anything: it is as good as a fresh one.
            input["id"] = json!(event);
            officer.run(operation, json!({ "input": input })).await.ok();
        }
        app.leave_jobs();
    })
    .await;
}
