//! Lists cost what they show, not what the table holds: how PostgreSQL answers each of them among 300,000 reports.

use std::collections::{BTreeMap, BTreeSet};

use async_graphql::parser::parse_schema;
use async_graphql::parser::types::{BaseType, FieldDefinition, TypeKind, TypeSystemDefinition};
use liangxin_app::work::Db;
use liangxin_demo::fixtures::{merchant_id, user_id};
use liangxin_tests::app::TestApp;
use liangxin_tests::census::column;
use liangxin_tests::crowd::Crowd;
use liangxin_tests::database::{Engine, TestDatabase};
use liangxin_tests::flow::{Flow, Step};
use liangxin_tests::session::Reply;
use liangxin_tests::statements::{Asked, faults, sizes};
use serde_json::{Value, json};
use uuid::Uuid;

/// As many reports as made a queue slow.
const REPORTS: u64 = 300_000;

/// Officers of a county, of its city and of the province, with every role that reads.
const OFFICERS: &[&str] = &["lin", "yi", "shen"];

/// The roles that read lists.
const ROLES: [&str; 6] = [
    "intake_officer",
    "case_officer",
    "legal_auditor",
    "head",
    "reward_officer",
    "security_auditor",
];

/// A root field that answers a list, and how it is read.
struct List {
    field: &'static str,
    operation: &'static str,
    who: &'static [&'static str],
    variables: fn(&Middle) -> Vec<Value>,
}

/// Things from the middle of the crowd.
struct Middle {
    report: Uuid,
    case: Uuid,
    number: String,
}

const LISTS: &[List] = &[
    List {
        field: "reports",
        operation: "ReportQueue",
        who: &["lin", "yi", "shen", "zhou"],
        variables: |_| {
            let states = ["REGISTERED", "VERIFYING", "CLOSED_PENALTY"];
            let states = states.map(|state| json!({ "state": state }));
            [vec![json!({})], states.to_vec()].concat()
        },
    },
    List {
        field: "complaints",
        operation: "ComplaintQueue",
        who: &["lin", "yi", "shen", "wu"],
        variables: |_| {
            vec![
                json!({}),
                json!({ "state": "REGISTERED" }),
                json!({ "state": "WITHDRAWN" }),
            ]
        },
    },
    List {
        field: "cases",
        operation: "ListCases",
        who: &["lin", "yi", "shen", "zhou", "wu"],
        variables: |_| vec![json!({})],
    },
    List {
        field: "rewards",
        operation: "ListRewards",
        who: OFFICERS,
        variables: |_| vec![json!({})],
    },
    List {
        field: "merchants",
        operation: "FindMerchants",
        who: OFFICERS,
        variables: |_| {
            let filters = [
                json!({}),
                json!({ "name": "吴" }),
                json!({ "name": "没有这家" }),
                json!({ "division": "430103" }),
                json!({ "marketId": merchant_id("shuyuanping-market").uuid() }),
                json!({ "serial": "2023040117" }),
            ];
            filters.map(|filter| json!({ "filter": filter })).to_vec()
        },
    },
    List {
        field: "desk",
        operation: "Desk",
        who: &["lin", "yi", "shen"],
        variables: |middle| {
            let filters = [
                json!({}),
                json!({ "kind": "CASE" }),
                json!({ "due": "OVERDUE" }),
                json!({ "due": "WITHIN_TWO" }),
                json!({ "due": "WITHIN_FIVE" }),
                json!({ "due": "LATER" }),
                json!({ "due": "UNDATED" }),
                json!({ "ownerId": user_id("lin").uuid() }),
                json!({ "ownerId": user_id("zhou").uuid() }),
                json!({ "number": middle.number }),
                json!({ "person": "吴德明" }),
                json!({ "person": "林晓雯", "withOver": true }),
                json!({ "merchantId": merchant_id("tianxin-stall-17").uuid(), "withOver": true }),
                json!({ "marketId": merchant_id("shuyuanping-market").uuid() }),
                json!({ "withOver": true }),
            ];
            filters.map(|filter| json!({ "filter": filter })).to_vec()
        },
    },
    List {
        field: "clocks",
        operation: "DeskClocks",
        who: &["lin", "yi", "shen"],
        variables: |_| {
            let classes = ["OVERDUE", "WITHIN_TWO", "WITHIN_FIVE", "LATER", "UNDATED"];
            let mut filters = classes.map(|due| json!({ "due": due })).to_vec();
            filters.extend(["REPORT", "COMPLAINT"].map(|kind| json!({ "kind": kind })));
            filters.push(json!({}));
            filters.extend(["lin", "zhou"].map(|of| json!({ "ownerId": user_id(of).uuid() })));
            let filter = |filter| json!({ "filter": filter });
            filters.into_iter().map(filter).collect()
        },
    },
    List {
        field: "deskCounts",
        operation: "DeskCounts",
        who: &["lin", "yi", "shen"],
        variables: |_| {
            vec![
                json!({}),
                json!({ "filter": { "ownerId": user_id("lin").uuid() } }),
            ]
        },
    },
    List {
        field: "myVisits",
        operation: "MyVisits",
        who: &["zhou", "tang"],
        variables: |_| vec![json!({})],
    },
    List {
        field: "identityOpenings",
        operation: "ListIdentityOpenings",
        who: OFFICERS,
        variables: |_| vec![json!({})],
    },
    List {
        field: "notices",
        operation: "ListNotices",
        who: &["lin", "yi", "shen", "wu"],
        variables: |middle| {
            vec![
                json!({ "subjectKind": "REPORT", "subjectId": middle.report }),
                json!({ "subjectKind": "CASE", "subjectId": middle.case }),
            ]
        },
    },
    List {
        field: "reportSuggestions",
        operation: "ReportSuggestions",
        who: OFFICERS,
        variables: |middle| vec![json!({ "id": middle.report })],
    },
    List {
        field: "competenceDisputes",
        operation: "ListCompetenceDisputes",
        who: OFFICERS,
        variables: |_| vec![json!({})],
    },
    List {
        field: "waitingJobs",
        operation: "WaitingJobs",
        who: &["qiu"],
        variables: |_| vec![json!({})],
    },
    List {
        field: "accounts",
        operation: "ListAccounts",
        who: &["qiu"],
        variables: |_| vec![json!({}), json!({ "email": "lin@tianxin.example" })],
    },
    List {
        field: "inspectors",
        operation: "ListInspectors",
        who: OFFICERS,
        variables: |_| vec![json!({})],
    },
    List {
        field: "myDevices",
        operation: "MyDevices",
        who: &["zhou"],
        variables: |_| vec![json!({})],
    },
    List {
        field: "referenceStandards",
        operation: "ReferenceStandards",
        who: &["zhou"],
        variables: |_| vec![json!({})],
    },
    List {
        field: "calendarYears",
        operation: "CalendarYears",
        who: &["lin"],
        variables: |_| vec![json!({})],
    },
    List {
        field: "calendarDrafts",
        operation: "CalendarDrafts",
        who: &["lin"],
        variables: |_| vec![json!({})],
    },
    List {
        field: "eventLog",
        operation: "EventLog",
        who: OFFICERS,
        variables: |_| vec![json!({ "since": "2026-01-01T00:00:00Z" })],
    },
    List {
        field: "failedSignIns",
        operation: "FailedSignIns",
        who: OFFICERS,
        variables: |_| vec![json!({ "since": "2026-01-01T00:00:00Z" })],
    },
    List {
        field: "violations",
        operation: "ListViolations",
        who: &["lin"],
        variables: |_| vec![json!({})],
    },
    List {
        field: "confidentialityPromise",
        operation: "ConfidentialityPromise",
        who: &["lin"],
        variables: |_| vec![json!({})],
    },
    List {
        field: "personalDataWarnings",
        operation: "PersonalDataWarnings",
        who: &["lin"],
        variables: |_| vec![json!({ "texts": [] })],
    },
    // An object, and what it answers is counted from a list all the same.
    List {
        field: "similarReports",
        operation: "SimilarReports",
        who: &["lin"],
        variables: |_| {
            let position =
                json!({ "latitude": 28.17059, "longitude": 112.97383, "accuracyM": 10.0 });
            vec![json!({ "input": { "position": position, "goods": "五花肉" } })]
        },
    },
];

#[tokio::test]
async fn no_list_reads_a_table_or_sorts_more_than_a_page_among_300_000_reports() {
    if !Engine::available().contains(&Engine::Postgres) {
        return;
    }
    let database = TestDatabase::copy(Engine::Postgres).await;
    let app = TestApp::open(database.url(), 1).await;
    for officer in OFFICERS {
        app.execute(&format!(
            "DELETE FROM user_role WHERE user_id = '{}'",
            liangxin_demo::fixtures::user_id(officer).uuid()
        ))
        .await;
        for role in ROLES {
            app.grant(officer, role).await;
        }
    }
    Crowd::of(REPORTS).fill(&app).await;
    let found = looks(&app).await;
    app.parts().db.close().await.unwrap();
    database.remove().await;
    assert!(found.is_empty(), "{found:#?}");
}

/// What is wrong with each list for each who reads it.
async fn looks(app: &TestApp) -> BTreeMap<(&'static str, &'static str), Vec<String>> {
    let db = &app.parts().db;
    let (sizes, asked) = (sizes(db).await, Asked::default());
    let heard = app.with(|parts| parts.db = asked.of(parts.db.clone()));
    let middle = Middle {
        report: one(app, "report", "state = 'closed_penalty'").await,
        case: one(app, "case_file", "1 = 1").await,
        number: column(&app.parts().db, "report", "number", "state = 'verifying'")
            .await
            .remove(0),
    };
    let mut found: BTreeMap<_, Vec<String>> = BTreeMap::new();
    for list in LISTS {
        for who in list.who {
            for variables in (list.variables)(&middle) {
                asked.take();
                read(&heard, list, who, variables.clone()).await;
                for fault in looked_at(db, &asked, &sizes).await {
                    let fault = format!("{variables}: {fault}");
                    found.entry((*who, list.operation)).or_default().push(fault);
                }
            }
        }
    }
    // Whoever files must not wait for what others filed.
    let own = json!({
        "narrative": "没有别人说过的话。", "contactEmail": "own@reporters.example", "photos": [],
    });
    let filing = Flow::new(&heard).changed(Step::FileReport, own);
    asked.take();
    heard.anonymous().run("FileReport", filing).await.ok();
    let slow = looked_at(db, &asked, &sizes).await;
    if !slow.is_empty() {
        found.insert(("nobody", "FileReport"), slow);
    }
    found
}

/// What is wrong with the reads that were asked for.
async fn looked_at(db: &Db, asked: &Asked, sizes: &BTreeMap<String, f64>) -> Vec<String> {
    let mut found = Vec::new();
    for select in asked.take() {
        let select = select.text;
        if !select.trim_start().to_uppercase().starts_with("SELECT") {
            continue;
        }
        for fault in faults(db, &select, sizes).await {
            // Which columns are read does not matter.
            let from = select.find(" FROM ").unwrap_or_default();
            found.push(format!("{fault}:{}", &select[from..]));
        }
    }
    found
}

/// An id from the middle of the crowd, which lies in Tianxin.
async fn one(app: &TestApp, table: &str, condition: &str) -> Uuid {
    let county = match table {
        "report" => "unit",
        _ => "division",
    };
    let condition = format!("{condition} AND {county} = '430103' AND number LIKE '{table} %'");
    let found: Vec<Uuid> = column(&app.parts().db, table, "id", &condition).await;
    found[found.len() / 2]
}

/// Reads a list; of a page, the one behind it too.
async fn read(app: &TestApp, list: &List, who: &str, mut variables: Value) {
    let session = app.as_(who);
    let reply: Reply = session.run(list.operation, variables.clone()).await.ok();
    let page = reply.data(list.field);
    if page["hasNextPage"] == true {
        variables["after"] = page["endCursor"].clone();
        session.run(list.operation, variables).await.ok();
    }
}

#[test]
fn every_list_of_the_schema_is_among_those_that_are_looked_at() {
    let text = std::fs::read_to_string(
        liangxin_tests::contract::root().join("mobile-contract/schema.graphql"),
    );
    let schema = parse_schema(text.unwrap()).unwrap();
    let mut objects: BTreeMap<String, Vec<FieldDefinition>> = BTreeMap::new();
    for definition in schema.definitions {
        if let TypeSystemDefinition::Type(definition) = definition
            && let TypeKind::Object(object) = definition.node.kind
        {
            let fields = object.fields.into_iter().map(|field| field.node);
            objects.insert(definition.node.name.node.to_string(), fields.collect());
        }
    }
    let is_list = |field: &FieldDefinition| match &field.ty.node.base {
        BaseType::List(_) => true,
        BaseType::Named(name) => objects
            .get(name.as_str())
            .is_some_and(|fields| fields.iter().any(|field| field.name.node == "items")),
    };
    let lists = objects["Query"].iter().filter(|field| is_list(field));
    let lists: BTreeSet<_> = lists.map(|field| field.name.node.to_string()).collect();
    let looked_at: BTreeSet<_> = LISTS.iter().map(|list| list.field.to_owned()).collect();
    let missing: Vec<_> = lists.difference(&looked_at).collect();
    assert!(!lists.is_empty() && missing.is_empty(), "{missing:?}");
}
