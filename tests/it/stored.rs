//! A database that the version before filled opens with this one: everything in it is read, what stands in it as JSON is
//! written back to the byte, and work on it goes on.
//!
//! `tests/README.md` tells how `stored/` was made. Its numbers stand here and not in the code that reads it.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Mutex;

use chrono::{SecondsFormat, TimeDelta};
use liangxin::boot;
use liangxin_app::caller::Caller;
use liangxin_app::store;
use liangxin_app::usecase::notices::read;
use liangxin_app::work::Db;
use liangxin_domain::actor::Actor;
use liangxin_domain::complaints::side::SideRecords;
use liangxin_domain::complaints::state::ComplaintState;
use liangxin_domain::event::EventKind;
use liangxin_domain::id::{ComplaintId, DisputeId, NoticeId, ReportId};
use liangxin_domain::law::clock::Pause;
use liangxin_domain::metrology::wire;
use liangxin_domain::ratings::score::Reason;
use liangxin_domain::reports::report::ReportState;
use liangxin_domain::rewards::reward::RewardState;
use liangxin_domain::rewards::screening::{MajorFinding, Step};
use liangxin_tests::app::{TestApp, on_both, on_stored};
use liangxin_tests::census::{column, count};
use liangxin_tests::script::occurred;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use uuid::Uuid;

/// How many rows of each word a table has.
const HELD: [(&str, &str, &str); 10] = [
    (
        "complaint",
        "state",
        "accepted 2, agreed_letter 1, agreed_performed 1, archived 3, closed 1, dispatched 1, entrusted 1, \
         id_proof_pending 1, mediating 9, refused 1, registered 8, suspended_recusal 1, terminated 2, testing 1, \
         withdrawn 1",
    ),
    (
        "report",
        "state",
        "case 5, closed_no_penalty 1, closed_penalty 31, duplicate 2, filed 1, merged 2, not_competent 2, not_filed 1, \
         paused_test 2, registered 30, transferred 2, verifying 14, verifying_extended 2",
    ),
    (
        "reward",
        "state",
        // One was recorded in person by an officer alone: it waits for a second person now.
        "applied 1, claim_recorded 1, claimed 10, decided 1, finance_pending 2, forfeited 1, graded 1, ineligible 1, lapsed 1, \
         not_in_scope 3, notified_decision 1, notified_eligible 1, paid 1, recovered 1, recovering 1, revoked 1, \
         screening 1, under_review 1",
    ),
    (
        "case_file",
        "state",
        "audited 1, closed 31, closed_no_penalty 1, filed 1, noticed 3, proposed 1, transferred 2",
    ),
    ("visit", "state", "checked_in 4, dispatched 3, submitted 41"),
    ("competence_dispute", "state", "agreed 1, open 2"),
    (
        "identity_opening",
        "purpose",
        "mediation_disclosure 1, protection 1, reward_payment 1",
    ),
    ("message", "sender", "bureau 1, reporter 11"),
    ("measurement", "outcome", "fails 45, other 5"),
    ("job", "state", "done 269, ready 14"),
];

/// What the head of the bureau reads one by one: the operation, its field, the table, and how many he sees.
const SEEN: [(&str, &str, &str, usize); 6] = [
    ("GetComplaint", "complaint", "complaint", 34),
    ("GetReport", "report", "report", 93),
    ("GetReward", "reward", "reward", 30),
    ("GetCase", "case", "case_file", 40),
    ("GetVisit", "visit", "visit", 48),
    ("GetVerdict", "verdict", "measurement", 50),
];

async fn ids(db: &Db, table: &str, condition: &str) -> Vec<Uuid> {
    column(db, table, "id", condition).await
}

#[tokio::test]
async fn a_database_of_the_version_before_holds_what_it_held() {
    on_stored(async |app| {
        boot::migrate(&app.parts().db).await.unwrap();
        let db = &app.parts().db;
        for (table, word, expected) in HELD {
            let mut found: BTreeMap<String, usize> = BTreeMap::new();
            for word in column(db, table, word, "1 = 1").await {
                *found.entry(word).or_default() += 1;
            }
            let found = found
                .iter()
                .map(|(word, number)| format!("{word} {number}"));
            assert_eq!(found.collect::<Vec<_>>().join(", "), expected, "{table}");
        }
        assert_eq!(count(db, "event", "1 = 1").await, 1_900);
        assert_eq!(count(db, "notice", "1 = 1").await, 531);
        app.leave_jobs();
    })
    .await;
}

#[tokio::test]
async fn everything_that_the_version_before_stored_is_read() {
    on_stored(async |app| {
        boot::migrate(&app.parts().db).await.unwrap();
        let db = &app.parts().db;
        let head = app.as_("he");
        for (operation, field, table, expected) in SEEN {
            let mut seen = 0;
            for id in ids(db, table, "1 = 1").await {
                let reply = head.run(operation, json!({ "id": id })).await.ok();
                seen += usize::from(!reply.data(field).is_null());
            }
            assert_eq!(seen, expected, "{operation}");
        }
        let openings = head.run("ListIdentityOpenings", json!({})).await.ok();
        assert_eq!(
            openings.data("identityOpenings").as_array().unwrap().len(),
            3
        );
        read_by_the_system(&app).await;
        app.leave_jobs();
    })
    .await;
}

/// What no officer sees all of: what lies with other bureaus, papers, timelines.
async fn read_by_the_system(app: &TestApp) {
    let (parts, system) = (app.parts(), Actor::System);
    let db = &parts.db;
    for id in ids(db, "report", "1 = 1")
        .await
        .into_iter()
        .map(ReportId::new)
    {
        store::reports::get(db, &system, id).await.unwrap();
        assert!(!store::events::timeline(db, id).await.unwrap().is_empty());
        store::messages::list(db, id).await.unwrap();
    }
    for id in ids(db, "complaint", "1 = 1").await {
        let told = store::events::complaint_timeline(db, ComplaintId::new(id)).await;
        assert!(!told.unwrap().is_empty());
    }
    for id in ids(db, "notice", "1 = 1").await {
        // That compares its digest too, and opens the names on it.
        read(parts, &Caller::system(), NoticeId::new(id))
            .await
            .unwrap();
    }
    for id in ids(db, "competence_dispute", "1 = 1").await {
        store::disputes::get(db, DisputeId::new(id)).await.unwrap();
    }
    for word in column::<String>(db, "event", "kind", "1 = 1").await {
        let kind: EventKind = word.parse().unwrap();
        assert_eq!(kind.to_string(), word);
    }
}

#[tokio::test]
async fn what_is_stored_as_json_is_written_back_to_the_byte() {
    on_stored(async |app| {
        boot::migrate(&app.parts().db).await.unwrap();
        let db = &app.parts().db;
        for (table, name, written) in [
            (
                "complaint",
                "state_json",
                again::<ComplaintState> as fn(&str) -> String,
            ),
            ("complaint", "side_json", again::<SideRecords>),
            ("report", "progress", again::<ReportState>),
            ("reward", "file", again::<RewardState>),
            ("reward", "steps", again::<Vec<Step>>),
            ("reward", "major_facts", again::<Vec<MajorFinding>>),
            ("rating", "reasons", again::<Vec<Reason>>),
            ("clock", "pauses", again::<Vec<Pause>>),
            ("measurement", "verdict", verdict_again),
        ] {
            let texts: Vec<String> = column(db, table, name, "1 = 1").await;
            assert!(!texts.is_empty(), "{table}.{name}");
            for text in texts {
                // Kept by the version before to tell which paper a step was made by; read, not kept.
                let kept = without_tests_before(&text);
                assert_eq!(written(&text), kept, "{table}.{name}");
            }
        }
        app.leave_jobs();
    })
    .await;
}

fn again<T: Serialize + DeserializeOwned>(text: &str) -> String {
    let read: T = serde_json::from_str(text).unwrap_or_else(|error| panic!("{error} in {text}"));
    serde_json::to_string(&read).unwrap()
}

fn verdict_again(text: &str) -> String {
    wire::write_verdict(
        &wire::read_verdict(text).unwrap_or_else(|error| panic!("{error:?} in {text}")),
    )
}

#[tokio::test]
async fn work_goes_on_with_everything_that_the_version_before_left() {
    on_stored(async |app| {
        boot::migrate(&app.parts().db).await.unwrap();
        app.advance(TimeDelta::hours(2));
        for (who, operation, (table, condition), more) in next_steps(&app) {
            let found = ids(&app.parts().db, table, condition).await;
            let on = found.first().unwrap_or_else(|| panic!("no {table}"));
            let mut input = more;
            let subject = match table {
                "case_file" => "caseId".to_owned(),
                "competence_dispute" => "disputeId".to_owned(),
                "identity_opening" => "openingId".to_owned(),
                table => format!("{table}Id"),
            };
            input["id"] = json!(app.new_id());
            input[subject] = json!(on);
            let reply = app.as_(who).run(operation, json!({ "input": input })).await;
            assert_eq!(reply.problems(), Vec::<String>::new(), "{operation}");
            if operation == "OpenIdentity" {
                assert_eq!(reply.text("openIdentity.fields.0.value"), "陈婉清");
            }
        }
        // The jobs of both versions.
        assert!(app.drain_jobs().await >= 14);
        let db = &app.parts().db;
        assert_eq!(count(db, "complaint", "state = 'mediating'").await, 10);
        assert_eq!(count(db, "report", "state = 'paused_test'").await, 1);
        assert_eq!(count(db, "reward", "state = 'notified_eligible'").await, 2);
        assert_eq!(count(db, "case_file", "state = 'proposed'").await, 2);
        assert_eq!(count(db, "visit", "state = 'checked_in'").await, 5);
        app.leave_jobs();
    })
    .await;
}

/// One step on one thing of each noun: who takes it, its operation, on what, and what else it says.
#[expect(clippy::too_many_lines, reason = "one step a noun")]
fn next_steps(
    app: &TestApp,
) -> [(
    &'static str,
    &'static str,
    (&'static str, &'static str),
    Value,
); 9] {
    let now = app.now().to_rfc3339_opts(SecondsFormat::Millis, true);
    [
        (
            "deng",
            "RecordTestResult",
            ("complaint", "state = 'testing'"),
            json!({ "result": "示值误差超差。" }),
        ),
        (
            "lin",
            "ResumeVerification",
            ("report", "state = 'paused_test'"),
            json!({ "result": "检定不合格。" }),
        ),
        (
            "luo",
            "RecordEligibility",
            ("reward", "state = 'screening'"),
            json!({ "standing": "OUTSIDER", "note": "核对举报材料与案件材料。" }),
        ),
        (
            "deng",
            "ProposePenalty",
            ("case_file", "state = 'filed'"),
            json!({
                "charges": [{ "violation": "M-QTY-01", "reasoned": "复称短缺，见现场笔录。", "fineYuan": 2000 }],
                "tier": "ORDINARY", "tierReason": "首次查处，按一般档处罚。",
                "correction": "将电子秤送检。", "correctBy": "2026-12-15",
            }),
        ),
        (
            "zhou",
            "CheckIn",
            ("visit", "state = 'dispatched'"),
            json!({ "occurred": occurred(app.now()), "position": { "latitude": 28.17059, "longitude": 112.97383, "accuracyM": 8.0 } }),
        ),
        (
            "deng",
            "RecordService",
            (
                "notice",
                "paper = 'acceptance_notice' AND served_at IS NULL",
            ),
            json!({ "channel": "POST", "servedAt": now, "proof": "挂号信回执一份" }),
        ),
        (
            "he",
            "SettleCompetenceDispute",
            ("competence_dispute", "state = 'open'"),
            json!({ "unit": "430103" }),
        ),
        (
            "lin",
            "OpenIdentity",
            ("identity_opening", "purpose = 'mediation_disclosure'"),
            json!({}),
        ),
        (
            "zhou",
            "AskReporter",
            (
                "report",
                "id IN (SELECT report_id FROM visit WHERE state = 'dispatched')",
            ),
            json!({ "text": "当时几点？" }),
        ),
    ]
}

/// A text without the count that an extension carried.
fn without_tests_before(text: &str) -> String {
    const COUNT: &str = ",\"tests_before\":";
    let mut parts = text.split(COUNT);
    let mut kept = parts.next().unwrap_or_default().to_owned();
    parts.for_each(|part| kept.push_str(part.trim_start_matches(|c: char| c.is_ascii_digit())));
    kept
}

/// A table that one engine makes anew loses what it had, and every list that is read by it walks the table there.
#[tokio::test]
async fn both_engines_have_the_same_indexes() {
    let found = Mutex::new(Vec::new());
    on_both(async |app| {
        let db = &app.parts().db;
        let from = match db.is_postgres() {
            true => "(SELECT CAST(indexname AS text) AS id FROM pg_indexes) AS t",
            false => "(SELECT name AS id FROM sqlite_master WHERE type = 'index') AS t",
        };
        let names = column::<String>(db, from, "id", "id LIKE 'ix%' OR id LIKE 'ux%'").await;
        // PostgreSQL keeps so much of a name.
        let names = names.iter().map(|name| name.chars().take(63).collect());
        found
            .lock()
            .unwrap()
            .push(names.collect::<BTreeSet<String>>());
    })
    .await;
    let found = found.into_inner().unwrap();
    if let [one, other] = &found[..] {
        let apart: Vec<_> = one.symmetric_difference(other).collect();
        assert!(apart.is_empty(), "{apart:?}");
    }
    assert!(found[0].contains("ix_visit_arrival_user_id"));
}
