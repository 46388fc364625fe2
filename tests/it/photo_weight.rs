//! What stands in a photo against what was declared, and what the photo weighs, as officers see it.

use chrono::{DateTime, TimeDelta};
use liangxin_domain::evidence::check::Bounds;
use liangxin_tests::app::{TestApp, on_both};
use liangxin_tests::census::count;
use liangxin_tests::flow::{Flow, Step};
use liangxin_tests::pictures;
use serde_json::{Value, json};
use uuid::Uuid;

/// A photo of a visit, as an officer sees it.
async fn of_visit(app: &TestApp, (flow, photo): (&Flow, Uuid)) -> Value {
    let lin = app.as_("lin");
    let found = lin.run("VisitPhotos", json!({ "id": flow.visit() }));
    let found = found.await.ok();
    let photos = found.data("visit.photos").as_array().unwrap();
    let mut photos = photos.iter();
    let photo = photos.find(|it| it["id"] == json!(photo)).unwrap();
    assert_eq!(weight(photo), weighed_again(photo, Of::Visit));
    photo.clone()
}

/// How the checks end: of the time, of the place, of the merchant's address.
fn outcomes(photo: &Value) -> Vec<&str> {
    let checks = photo["checks"].as_array().unwrap().iter();
    checks.map(|it| it["outcome"].as_str().unwrap()).collect()
}

/// The word, and the reasons that stand for it.
fn weight(photo: &Value) -> (&str, Vec<&str>) {
    let reasons = photo["weight"]["reasons"].as_array().unwrap().iter();
    (
        photo["weight"]["weight"].as_str().unwrap(),
        reasons.map(|it| it["code"].as_str().unwrap()).collect(),
    )
}

/// Whose photo it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Of {
    Visit,
    Report,
}

/// The word and the reasons once more, by the rule written a second time, out of nothing but what the API answers of a photo and
/// the published list of programs that change pictures.
fn weighed_again(photo: &Value, of: Of) -> (&'static str, Vec<&'static str>) {
    let [facts, checks] = ["facts", "checks"].map(|list| photo[list].as_array().unwrap());
    let facts: Vec<_> = facts
        .iter()
        .filter(|it| it["source"] != "declared")
        .collect();
    let editors = Bounds::embedded().unwrap();
    let is_edited = |fact: &&Value| {
        fact["kind"] == "SOFTWARE" && editors.is_editor(fact["value"].as_str().unwrap())
    };
    let seen = photo["lookAlikes"]["seen"].as_array().unwrap();
    let at = |it: &Value| DateTime::parse_from_rfc3339(it["storedAt"].as_str().unwrap()).unwrap();
    let earlier = |how: &str| {
        let mut seen = seen.iter().filter(|it| it["resemblance"] == how);
        seen.any(|it| at(it) <= at(photo))
    };
    let (same, like) = (earlier("EXACT"), earlier("ALIKE"));
    let elsewhere = photo["lookAlikes"]["isHeldElsewhere"] == true;
    let ends = |kinds: &[&str], how: &str| {
        let mut ended = checks.iter().filter(|it| it["outcome"] == how);
        ended.any(|it| kinds.iter().any(|kind| it["kind"] == *kind))
    };
    let compared = |kinds: &[&str], own: &str, said: [&'static str; 3]| {
        if ends(kinds, "CONTRADICTS") || ends(&[own], "CONTRADICTS") {
            said[2]
        } else if ends(kinds, "AGREES") {
            said[0]
        } else {
            said[1]
        }
    };
    let times = ["TIME_AGREES", "TIME_SILENT", "TIME_CONTRADICTS"];
    let places = ["PLACE_AGREES", "PLACE_SILENT", "PLACE_CONTRADICTS"];
    let place = match photo["tellsPlace"] == true {
        true => compared(&["PLACE", "MERCHANT_PLACE"], "DECLARED_PLACE", places),
        false => "PLACE_SEALED",
    };
    let reasons = [
        (!photo["storedAt"].is_null(), "HELD"),
        (photo["isBlank"] == true, "BLANK"),
        (photo["copy"] != "POSSIBLE", "NOT_SEEN"),
        (facts.iter().any(is_edited), "EDITED"),
        (
            facts.iter().any(|it| !it["doubt"].is_null()),
            "TIME_CANNOT_BE",
        ),
        (same, "SAME_BYTES_EARLIER"),
        (like && !same, "LIKE_EARLIER"),
        (elsewhere && !like && !same, "LIKE_ELSEWHERE"),
        (true, compared(&["TIME"], "DECLARED_TIME", times)),
        (true, place),
        (facts.iter().any(|it| it["kind"] == "MANIFEST"), "MANIFEST"),
        (of == Of::Report, "PHONE_SEALED"),
    ];
    let reasons = reasons
        .into_iter()
        .filter_map(|(is_so, it)| is_so.then_some(it));
    let reasons: Vec<_> = reasons.collect();
    (word_of(&reasons), reasons)
}

/// Weak if a reason speaks against the photo, usable if something is not known, else strong.
fn word_of(reasons: &[&str]) -> &'static str {
    let against = [
        "BLANK",
        "SAME_BYTES_EARLIER",
        "TIME_CONTRADICTS",
        "PLACE_CONTRADICTS",
    ];
    let neutral = [
        "HELD",
        "TIME_AGREES",
        "PLACE_AGREES",
        "MANIFEST",
        "PHONE_SEALED",
    ];
    if reasons.iter().any(|it| against.contains(it)) {
        "WEAK"
    } else if reasons.iter().all(|it| neutral.contains(it)) {
        "STRONG"
    } else {
        "USABLE"
    }
}

#[tokio::test]
async fn a_photo_that_agrees_with_the_visit_is_strong_and_one_without_facts_usable() {
    on_both(async |app| {
        let flow = Flow::after(&app, Step::SubmitVisit).await;
        let scene = of_visit(&app, (&flow, flow.scene_photo())).await;
        assert_eq!(outcomes(&scene), ["AGREES", "AGREES", "AGREES"]);
        assert_eq!(
            scene["checks"][0]["source"].as_str().unwrap()[..5],
            *"exif:"
        );
        assert_eq!(scene["checks"][2]["metres"], 0);
        assert_eq!(
            weight(&scene),
            ("STRONG", vec!["HELD", "TIME_AGREES", "PLACE_AGREES"])
        );
        assert_eq!(scene["weight"]["provenance"], "PROPOSAL");
        let stroke = of_visit(&app, (&flow, flow.signature_photo())).await;
        assert_eq!(outcomes(&stroke), ["SILENT", "SILENT", "SILENT"]);
        assert_eq!(
            weight(&stroke),
            ("USABLE", vec!["HELD", "TIME_SILENT", "PLACE_SILENT"])
        );
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn a_photo_of_another_hour_or_place_contradicts_and_says_by_how_much() {
    on_both(async |app| {
        app.advance(TimeDelta::minutes(95));
        let flow = Flow::after(&app, Step::DeclarePhotos).await;
        app.execute("UPDATE visit_arrival SET latitude = 28.3")
            .await;
        let scene = of_visit(&app, (&flow, flow.scene_photo())).await;
        assert_eq!(outcomes(&scene), ["CONTRADICTS", "CONTRADICTS", "AGREES"]);
        let minutes = scene["checks"][0]["minutes"].as_i64().unwrap();
        assert_eq!((minutes, &scene["checks"][0]["most"]), (-95, &json!(30)));
        let metres = scene["checks"][1]["metres"].as_i64().unwrap();
        assert!((14_000..15_000).contains(&metres), "{metres}");
        let said = scene["checks"][0]["said"].as_str().unwrap();
        assert!(said.contains("95 minutes before"), "{said}");
        assert_eq!(weight(&scene).0, "WEAK");
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn a_picture_that_another_visit_had_first_is_weak_there_alone() {
    on_both(async |app| {
        let first = Flow::after(&app, Step::DeclarePhotos).await;
        let other = Flow::after(&app, Step::DeclarePhotos).await;
        app.drain_jobs().await;
        let of_first = of_visit(&app, (&first, first.scene_photo())).await;
        assert_eq!(weight(&of_first).0, "STRONG");
        let of_other = of_visit(&app, (&other, other.scene_photo())).await;
        assert!(weight(&of_other).1.contains(&"SAME_BYTES_EARLIER"));
        assert_eq!(weight(&of_other).0, "WEAK");
    })
    .await;
}

#[tokio::test]
async fn of_a_reporters_photo_no_distance_is_told_unless_the_reporter_tells_the_place() {
    on_both(async |app| {
        for (tells_place, place) in [(true, "AGREES"), (false, "SILENT")] {
            let flow = Flow::new(&app);
            let mut filing = flow.variables(Step::FileReport);
            filing["input"]["photos"][0]["tellsPlace"] = json!(tells_place);
            let filed = app.anonymous().run("FileReport", filing).await.ok();
            let code = filed.text("fileReport.receipt.receiptCode");
            let reporter = app.reporter(code);
            let sent = reporter.upload(flow.report_photo(), pictures::scale());
            sent.await.unwrap();
            app.drain_jobs().await;
            let lin = app.as_("lin");
            let found = lin.run("ReportPhotos", json!({ "id": flow.report() }));
            let found = found.await.ok();
            let photo = found.data("report.photos.0");
            assert_eq!(photo["tellsPlace"], tells_place);
            assert_eq!(weight(photo), weighed_again(photo, Of::Report));
            assert_eq!(outcomes(photo)[2], place);
            assert_eq!(photo["checks"][2]["metres"].is_null(), place == "SILENT");
            assert_eq!(photo["checks"][2]["source"].is_null(), place == "SILENT");
            let said = weight(photo).1;
            assert_eq!(said.contains(&"PLACE_SEALED"), !tells_place, "{said:?}");
            assert!(said.contains(&"PHONE_SEALED"), "{said:?}");
        }
    })
    .await;
}

/// What an app says of the taking, with the time and the place that a file tells.
fn capture(file: &Value, is_mock: bool) -> Value {
    let taken_at = file["takenAt"].as_str().unwrap();
    let position = &file["position"];
    json!({ "takenAt": taken_at, "make": "Example", "model": "Phone 1", "fix": {
        "position": { "latitude": position["latitude"], "longitude": position["longitude"], "accuracyM": 12.5 },
        "source": "SATELLITE", "isMock": is_mock, "ageSeconds": 3 } })
}

/// The kinds, values and doubts of the facts that an app declared.
fn declared_facts(photo: &Value) -> Vec<[String; 3]> {
    let facts = photo["facts"].as_array().unwrap().iter();
    let declared = facts.filter(|fact| fact["source"] == "declared");
    let told = declared.map(|fact| ["kind", "value", "doubt"].map(|field| fact[field].to_string()));
    told.collect()
}

#[tokio::test]
async fn what_an_app_declares_of_the_taking_stands_beside_the_file_and_is_held_against_it() {
    on_both(async |app| {
        let before = Flow::after(&app, Step::SubmitVisit).await;
        let file = of_visit(&app, (&before, before.scene_photo())).await;
        assert_eq!(declared_facts(&file), Vec::<[String; 3]>::new());
        for (is_mock, ends) in [(false, ["AGREES", "AGREES"]), (true, ["AGREES", "SILENT"])] {
            let flow = Flow::after(&app, Step::ArriveToo).await;
            let mut variables = flow.variables(Step::DeclarePhotos);
            variables["input"]["photos"][0]["photo"]["capture"] = capture(&file, is_mock);
            let phone = flow.session(Step::DeclarePhotos);
            phone.run("DeclarePhotos", variables).await.ok();
            flow.send_photos().await;
            let scene = of_visit(&app, (&flow, flow.scene_photo())).await;
            assert_eq!(outcomes(&scene)[3..], ends);
            let kinds = [3, 4].map(|place| &scene["checks"][place]["kind"]);
            assert_eq!(kinds, ["DECLARED_TIME", "DECLARED_PLACE"]);
            let doubt = &scene["checks"][4]["doubt"];
            assert_eq!(doubt == "MOCK_POSITION", is_mock);
            let declared = declared_facts(&scene);
            assert_eq!(declared.len(), 7, "{declared:?}");
            assert_eq!(declared[3][1], format!("\"{is_mock}\""));
            let signature = of_visit(&app, (&flow, flow.signature_photo())).await;
            assert_eq!(outcomes(&signature).len(), 3, "nothing was declared of it");
        }
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn a_declared_time_that_cannot_be_is_doubtful_and_a_bound_that_is_passed_is_refused() {
    on_both(async |app| {
        let flow = Flow::after(&app, Step::ArriveToo).await;
        let mut variables = flow.variables(Step::DeclarePhotos);
        let mut wrong = variables.clone();
        let no_offset = json!({ "takenAt": "2026-11-23T09:00:00" });
        wrong["input"]["photos"][0]["photo"]["capture"] = no_offset;
        let refused = flow
            .session(Step::DeclarePhotos)
            .refused("DeclarePhotos", wrong)
            .await;
        assert_eq!(refused, ["FIELD_FORMAT"]);
        for (field, value, code) in [
            ("ageSeconds", json!(604_801), "OUT_OF_RANGE"),
            (
                "position",
                json!({ "latitude": 91, "longitude": 1 }),
                "OUT_OF_RANGE",
            ),
        ] {
            let mut wrong = variables.clone();
            let fix = json!({ "position": { "latitude": 28.1, "longitude": 112.9 } });
            wrong["input"]["photos"][0]["photo"]["capture"] = json!({ "fix": fix });
            wrong["input"]["photos"][0]["photo"]["capture"]["fix"][field] = value;
            let refused = flow
                .session(Step::DeclarePhotos)
                .refused("DeclarePhotos", wrong)
                .await;
            assert_eq!(refused, [code], "{field}");
        }
        let taken_at = json!({ "takenAt": "2099-01-01T00:00:00+08:00", "model": "x".repeat(120) });
        variables["input"]["photos"][0]["photo"]["capture"] = taken_at;
        let phone = flow.session(Step::DeclarePhotos);
        phone.run("DeclarePhotos", variables).await.ok();
        flow.send_photos().await;
        let scene = of_visit(&app, (&flow, flow.scene_photo())).await;
        assert_eq!(declared_facts(&scene)[0][2], "\"AFTER_ARRIVAL\"");
        assert_eq!(outcomes(&scene)[3], "SILENT");
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn of_a_reporters_photo_neither_the_phone_is_kept_nor_a_place_that_is_not_told() {
    on_both(async |app| {
        for tells_place in [false, true] {
            let flow = Flow::new(&app);
            let mut variables = flow.variables(Step::FileReport);
            let photo = &mut variables["input"]["photos"][0];
            photo["tellsPlace"] = json!(tells_place);
            let file = json!({ "takenAt": "2026-11-23T01:00:00Z",
                "position": { "latitude": 28.1904, "longitude": 112.9806 } });
            photo["capture"] = capture(&file, false);
            let reporter = flow.session(Step::FileReport);
            reporter.run("FileReport", variables).await.ok();
            let kept = "capture LIKE '%Phone 1%' OR (NOT place_told AND capture LIKE '%112.9%')";
            assert_eq!(count(&app.parts().db, "photo", kept).await, 0);
            let lin = app.as_("lin");
            let found = lin.run("ReportPhotos", json!({ "id": flow.report() }));
            let found = found.await.ok();
            let told = declared_facts(found.data("report.photos.0")).len();
            assert_eq!(told, if tells_place { 5 } else { 1 });
        }
        app.drain_jobs().await;
    })
    .await;
}
