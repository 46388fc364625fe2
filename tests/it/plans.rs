//! Lists cost what they show, not what the table holds: how PostgreSQL answers each of them among 300,000 reports.

mod lists;

use std::collections::{BTreeMap, BTreeSet};

use async_graphql::parser::parse_schema;
use async_graphql::parser::types::{BaseType, FieldDefinition, TypeKind, TypeSystemDefinition};
use liangxin_app::work::Db;
use liangxin_tests::app::{TestApp, on_both};
use liangxin_tests::census::column;
use liangxin_tests::crowd::Crowd;
use liangxin_tests::database::{Engine, TestDatabase};
use liangxin_tests::flow::{Flow, Step};
use liangxin_tests::session::Reply;
use liangxin_tests::statements::{Asked, faults, plan_on_sqlite, sizes};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::complaints::form;
use lists::{LISTS, List, Middle, OFFICERS};

/// As many reports as made a queue slow.
const REPORTS: u64 = 300_000;

/// The roles that read lists.
const ROLES: [&str; 6] = [
    "intake_officer",
    "case_officer",
    "legal_auditor",
    "head",
    "reward_officer",
    "security_auditor",
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
    let report = Flow::new(&heard).changed(Step::FileReport, own);
    let complaint = json!({ "input": form(&heard, heard.new_id()) });
    for (operation, filing) in [("FileReport", report), ("FileComplaint", complaint)] {
        asked.take();
        heard.anonymous().run(operation, filing).await.ok();
        let slow = looked_at(db, &asked, &sizes).await;
        if !slow.is_empty() {
            found.insert(("nobody", operation), slow);
        }
    }
    found
}

/// Whether a number is given each filing asks, of reports and of complaints.
#[tokio::test]
async fn a_filing_finds_by_an_index_whether_its_number_is_given_on_sqlite_too() {
    on_both(async |app| {
        let db = &app.parts().db;
        let asked = Asked::default();
        let heard = app.with(|parts| parts.db = asked.of(parts.db.clone()));
        let report = Flow::new(&heard).variables(Step::FileReport);
        heard.anonymous().run("FileReport", report).await.ok();
        let complaint = json!({ "input": form(&heard, heard.new_id()) });
        heard.anonymous().run("FileComplaint", complaint).await.ok();
        let texts = asked.take().into_iter().map(|select| select.text);
        let by_number = texts
            .filter(|text| text.starts_with("SELECT") && text.contains("\"number\" = "))
            .collect::<Vec<_>>();
        assert!(by_number.len() >= 4, "{by_number:#?}");
        for select in by_number {
            if !db.is_postgres() {
                let plan = plan_on_sqlite(db, &select).await;
                let is_found = plan.iter().any(|step| step.contains("_number (number=?)"));
                assert!(is_found, "{select}: {plan:?}");
            }
        }
        app.drain_jobs().await;
    })
    .await;
}

/// What waits of the sender, and of the visit.
#[tokio::test]
async fn what_waits_around_a_push_is_found_by_an_index_on_sqlite_too() {
    on_both(async |app| {
        let flow = Flow::after(&app, Step::CheckIn).await;
        let db = &app.parts().db;
        let asked = Asked::default();
        let heard = app.with(|parts| parts.db = asked.of(parts.db.clone()));
        let weighing = flow.changed(Step::RecordMeasurement, json!({}));
        let items = json!([{ "write": { "recordMeasurement": weighing["input"] } }]);
        let push = json!({ "input": { "items": items } });
        heard.as_("zhou").run("Push", push).await.ok();
        let texts = asked.take().into_iter().map(|select| select.text);
        let around = texts
            .filter(|text| text.contains("FROM \"held_item\"") && text.contains("ORDER BY"))
            .collect::<Vec<_>>();
        assert_eq!(around.len(), 2, "{around:#?}");
        for select in around {
            if !db.is_postgres() {
                let plan = plan_on_sqlite(db, &select).await;
                let is_found = plan.iter().any(|step| step.contains("=? AND state=?)"));
                assert!(is_found, "{select}: {plan:?}");
            }
        }
        app.drain_jobs().await;
    })
    .await;
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
