//! What inspectors make where they are.

use chrono::SecondsFormat;
use liangxin_demo::fixtures::instrument_id;
use liangxin_domain::law::calendar::shanghai_date;
use liangxin_tests::pictures;

use super::*;
use crate::foreign::fit;

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

fn id_of(flow: &Flow, step: Step) -> Uuid {
    serde_json::from_value(flow.variables(step)["input"]["id"].clone()).unwrap()
}

/// Makes on the spot, under the ids of what another visit and another ledger have.
pub(super) async fn of_the_spot(app: &TestApp, other: &Flow) -> Vec<Make> {
    let weighed = Flow::after(app, Step::RecordMeasurement).await;
    let stall = merchant_id("tianxin-stall-17").uuid();
    let instrument = instrument_id("tianxin-stall-21-scale").uuid();
    let on_ledger = || {
        let id = app.literal(instrument);
        let away = format!(
            "UPDATE merchant SET division = '430104' WHERE id = (SELECT merchant_id FROM instrument WHERE id = {id})"
        );
        Taken {
            id: instrument,
            away,
        }
    };
    let plate =
        |serial: &str| json!({ "kind": "PRICE_SCALE", "model": "ACS-15", "serial": serial });
    let seen = json!({ "visitId": weighed.visit(), "plate": plate("新001") });
    let added = json!({ "merchantId": stall, "plate": plate("新002") });
    let mut makes = vec![
        make(app, ("lin", "AddInstrument"), (added, on_ledger())),
        make(app, ("zhou", "AddSeenInstrument"), (seen, on_ledger())),
        make(
            app,
            ("zhou", "PunishOnTheSpot"),
            (penalty(app, stall), lying(app, ("case_file", other.case()))),
        ),
    ];
    makes.extend(of_the_record(app, &weighed, other));
    makes
}

/// Entries of the record of a visit.
fn of_the_record(app: &TestApp, weighed: &Flow, other: &Flow) -> Vec<Make> {
    let again = |step: Step| weighed.variables(step)["input"].clone();
    let visit = ("visit", other.visit());
    let checked = || within(app, id_of(other, Step::CheckInstrument), visit);
    let measured = || within(app, id_of(other, Step::RecordMeasurement), visit);
    let weighing = fit::weighing(shanghai_date(app.now()));
    let submitted = json!({ "visitId": weighed.visit(), "measurement": weighing });
    let mut corrected = submitted.clone();
    corrected["findingId"] = json!(id_of(weighed, Step::RecordMeasurement));
    corrected["reason"] = json!("抄录时写错了重量。");
    let mut photos = again(Step::DeclarePhotos);
    photos["photos"] = json!([{ "kind": "SCENE",
        "photo": pictures::declared(other.scene_photo(), pictures::stall()) }]);
    let promised = within(app, other.scene_photo(), visit);
    let promising = make(app, ("zhou", "DeclarePhotos"), (photos, promised));
    let of_zhou = |operation, sent| make(app, ("zhou", operation), sent);
    vec![
        of_zhou("CheckInstrument", (again(Step::CheckInstrument), checked())),
        of_zhou(
            "RecordMeasurement",
            (again(Step::RecordMeasurement), measured()),
        ),
        of_zhou("SubmitMeasurement", (submitted, measured())),
        of_zhou("CorrectFinding", (corrected, measured())),
        Make {
            at: "/photos/0/photo/id",
            ..promising
        },
    ]
}
