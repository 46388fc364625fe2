//! Every list of the schema: by whom it is read, and with what.

use liangxin_demo::fixtures::{merchant_id, user_id};
use serde_json::{Value, json};
use uuid::Uuid;

/// Officers of a county, of its city and of the province, with every role that reads.
pub(super) const OFFICERS: &[&str] = &["lin", "yi", "shen"];

/// A root field that answers a list, and how it is read.
pub(super) struct List {
    pub(super) field: &'static str,
    pub(super) operation: &'static str,
    pub(super) who: &'static [&'static str],
    pub(super) variables: fn(&Middle) -> Vec<Value>,
}

/// Things from the middle of the crowd.
pub(super) struct Middle {
    pub(super) report: Uuid,
    pub(super) case: Uuid,
    pub(super) number: String,
}

pub(super) const LISTS: &[List] = &[
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
        field: "heldItems",
        operation: "HeldItems",
        who: OFFICERS,
        variables: |_| vec![json!({}), json!({ "state": "WAITING" })],
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
    // An object with a list for each collection; a page of each is one range of an index.
    List {
        field: "pull",
        operation: "Pull",
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
