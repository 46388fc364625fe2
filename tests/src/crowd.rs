//! A database as full as that of a province: hundreds of thousands of rows, multiplied from a few real ones.
//!
//! What is multiplied was written by the program itself in flows, so every row can be read. Ids, places, times and
//! relations are each row's own; texts and digests are those of the first one. PostgreSQL alone.

mod copies;

use chrono::TimeDelta;
use liangxin_demo::fixtures::merchant_code;
use serde_json::json;
use uuid::Uuid;

use crate::app::TestApp;
use crate::flow::{Flow, Step};
use copies::{Copies, at, place, turn};

/// The first rows, of which all others are copies.
struct Seeds {
    /// Decided and screened, with everything that belongs to it.
    closed: Flow,
    /// Filed and not looked at.
    registered: Flow,
    /// Being verified, with a visit under way.
    visited: Flow,
    complaint: Uuid,
    withdrawn: Uuid,
    opening: Uuid,
}

/// How much of each noun a crowd of reports has.
#[derive(Debug, Clone, Copy)]
pub struct Crowd {
    /// Reports; three in a hundred are open.
    pub reports: u64,
    /// Merchants.
    pub merchants: u64,
    /// Visits.
    pub visits: u64,
}

impl Crowd {
    /// A crowd in the proportions of the goal: 200,000 merchants, 300,000 reports, 100,000 visits.
    pub const fn of(reports: u64) -> Self {
        Self {
            reports,
            merchants: reports * 2 / 3,
            visits: reports / 3,
        }
    }

    /// Fills the database of an application that has the fixtures. Panics if it cannot.
    pub async fn fill(self, app: &TestApp) {
        let seeds = Seeds::sow(app).await;
        app.drain_jobs().await;
        let db = &app.parts().db;
        // No triggers: the keys of the copies fit by how they are made.
        app.execute("SET session_replication_role = replica").await;
        for copy in self.copies(&seeds) {
            copy.make(db).await;
        }
        app.execute("SET session_replication_role = origin").await;
        // A database that lives is vacuumed: what an index holds is then read from it alone.
        app.execute("VACUUM ANALYZE").await;
    }

    fn copies(self, seeds: &Seeds) -> Vec<Copies> {
        let (reports, some) = (self.reports, self.reports / 10);
        let (registered, visited) = (reports * 97 / 100, reports * 98 / 100);
        let closed = seeds.closed.report();
        let of = |id: Uuid| format!("t.id = '{id}'");
        let report = |id: Uuid, from: u64, to: u64| {
            Copies::of("report", of(id), from..to)
                .lying("unit")
                .with("division", place())
                .with("latitude", "24.7 + n % 5003 / 1000.0")
                .with("longitude", "108.8 + n % 5009 / 1000.0")
                .with("merchant_id", merchant(self.merchants))
                .with(
                    "case_id",
                    "CASE WHEN t.case_id IS NULL THEN NULL ELSE md5('case' || n)::uuid END",
                )
                .arriving("received_at", if id == closed { 7000 } else { 0 })
        };
        let mut copies = vec![
            Copies::of("merchant", "t.stall_no IS NOT NULL AND t.id = (SELECT MIN(id::text)::uuid FROM merchant WHERE stall_no IS NOT NULL)".to_owned(), 1..self.merchants)
                .with("code", "'Z' || lpad(upper(to_hex(n)), 9, '0')")
                .with("credit_code", "NULL")
                .lying("division"),
            report(closed, 1, registered),
            report(seeds.registered.report(), registered, visited),
            report(seeds.visited.report(), visited, reports),
        ];
        for (flow, from, to) in [
            (&seeds.closed, 1, registered),
            (&seeds.registered, registered, visited),
            (&seeds.visited, visited, reports),
        ] {
            copies.extend(belongings(flow, from..to));
        }
        for (flow, from, to) in [
            (&seeds.registered, registered, visited),
            (&seeds.visited, visited, reports),
        ] {
            copies.push(turns("report", flow.report(), from..to));
        }
        copies.extend(visits(seeds, self));
        copies.extend(cases(&seeds.closed, some, self.merchants));
        copies.extend(complaints(seeds, some));
        copies.push(held(&seeds.visited, 1..some));
        copies.push(
            Copies::of(
                "sealed_identity",
                "t.subject_kind = 'report'".to_owned(),
                1..some,
            )
            .with("id", "md5('identity' || n)::uuid")
            .with("token", "left(md5('token' || n), 16)")
            .with("subject_id", "md5('report' || n)::uuid"),
        );
        copies.push(
            Copies::of("identity_opening", of(seeds.opening), 1..some / 10)
                .with("identity_id", "md5('identity' || n)::uuid")
                .arriving("requested_at", 0),
        );
        copies
    }
}

/// What hangs on each report.
fn belongings(flow: &Flow, numbers: std::ops::Range<u64>) -> Vec<Copies> {
    let id = flow.report();
    let own = format!("t.report_id = '{id}'");
    vec![
        Copies::of("clock", own.clone(), numbers.clone())
            .with("id", "md5(t.id::text || n)::uuid")
            .with("report_id", "md5('report' || n)::uuid"),
        Copies::of(
            "event",
            format!("{own} AND t.kind = 'report_filed'"),
            numbers,
        )
        .with("id", "md5(t.id::text || n)::uuid")
        .with("subject", "md5('report' || n)::uuid")
        .with("report_id", "md5('report' || n)::uuid"),
    ]
}

/// What phones sent and the server holds.
fn held(flow: &Flow, numbers: std::ops::Range<u64>) -> Copies {
    Copies::of(
        "held_item",
        format!("t.thing = '{}'", flow.visit()),
        numbers,
    )
    .with("thing", "md5('visit' || n)::uuid")
    .with("write_id", "md5('write' || n)::uuid")
    .lying("division")
    .arriving("arrived_at", 0)
}

fn visits(seeds: &Seeds, crowd: Crowd) -> Vec<Copies> {
    let (closed, open) = (seeds.closed.visit(), seeds.visited.visit());
    let ended = crowd.visits * 98 / 100;
    let mut copies = Vec::new();
    for (visit, over, from, to) in [(closed, 7000, 1, ended), (open, 0, ended, crowd.visits)] {
        copies.push(
            Copies::of("visit", format!("t.id = '{visit}'"), from..to)
                .with("report_id", "md5('report' || n * 3)::uuid")
                .with("merchant_id", merchant(crowd.merchants))
                .with("division", place())
                .arriving("dispatched_at", over),
        );
        // Two of a thousand inspectors each; Zhou and Tang have one in two hundred.
        copies.push(
            Copies::of(
                "visit_inspector",
                format!("t.visit_id = '{visit}'"),
                from..to,
            )
            .with("visit_id", "md5('visit' || n)::uuid")
            .with("user_id", one_of_many(crowd.visits))
            .with("queue_at", at(over)),
        );
        // What is over left the phones; the places of changes lie before every transaction that is still open.
        copies.push(
            Copies::of(
                "phone_document",
                format!("t.collection = 'visit' AND t.document_id = '{visit}'"),
                from..to,
            )
            .with("document_id", "md5('visit' || n)::uuid")
            .with("user_id", one_of_many(crowd.visits))
            .with("position", "1 + n % 500")
            .with("is_gone", if over > 0 { "TRUE" } else { "FALSE" }),
        );
        // Each visit is for a report of its own.
        copies.push(
            Copies::of(
                "report_inspector",
                format!("t.report_id = (SELECT report_id FROM visit WHERE id = '{visit}')"),
                from..to,
            )
            .with("report_id", "md5('report' || n * 3)::uuid")
            .with("user_id", one_of_many(crowd.visits))
            .with(
                "queue_at",
                "(SELECT queue_at FROM report WHERE id = md5('report' || n * 3)::uuid)",
            ),
        );
    }
    copies
}

fn cases(flow: &Flow, some: u64, merchants: u64) -> Vec<Copies> {
    let (case, report) = (flow.case(), flow.report());
    vec![
        Copies::of("case_file", format!("t.id = '{case}'"), 1..some)
            .with("id", "md5('case' || n)::uuid")
            .lying("division")
            .with("report_id", "md5('report' || n)::uuid")
            .with("visit_id", "md5('visit' || n)::uuid")
            .with("merchant_id", merchant(merchants))
            .arriving("filed_at", 7000),
        Copies::of(
            "case_investigator",
            format!("t.case_id = '{case}'"),
            1..some,
        )
        .with("user_id", one_of_many(some))
        .with("case_id", "md5('case' || n)::uuid")
        .with("queue_at", at(7000)),
        Copies::of("reward", format!("t.report_id = '{report}'"), 1..some)
            .lying("division")
            .with("report_id", "md5('report' || n)::uuid")
            .with("case_id", "md5('case' || n)::uuid")
            .arriving("screened_at", 3000),
        Copies::of(
            "notice",
            format!("t.subject_id IN ('{report}', '{case}')"),
            1..some,
        )
        .with("number", "'notice ' || t.id || ' ' || n")
        .with("id", "md5(t.id::text || n)::uuid")
        .with("division", place())
        .with("subject_id", "md5(t.subject_kind || n)::uuid")
        .arriving("issued_at", 0),
        Copies::of("photo", format!("t.report_id = '{report}'"), 1..some)
            .with("id", "md5(t.id::text || n)::uuid")
            .with("report_id", "md5('report' || n)::uuid"),
    ]
}

fn complaints(seeds: &Seeds, some: u64) -> Vec<Copies> {
    let over = some * 95 / 100;
    let mut copies = Vec::new();
    for (complaint, years, from, to) in [
        (seeds.withdrawn, 7000, 1, over),
        (seeds.complaint, 0, over, some),
    ] {
        copies.push(
            Copies::of("complaint", format!("t.id = '{complaint}'"), from..to)
                .lying("division")
                .with(
                    "taken_in_by",
                    format!("CASE WHEN n % 50 = 7 THEN '430100' ELSE {} END", place()),
                )
                .with("handler_id", "NULL")
                .with("merchant_id", "NULL")
                .arriving("received_at", years),
        );
        copies.push(
            Copies::of("clock", format!("t.complaint_id = '{complaint}'"), from..to)
                .with("id", "md5(t.id::text || n)::uuid")
                .with("complaint_id", "md5('complaint' || n)::uuid"),
        );
        if complaint == seeds.complaint {
            copies.push(turns("complaint", complaint, from..to));
        }
    }
    copies
}

/// The periods that run on each thing, in the list of its office and of its officer.
fn turns(noun: &str, id: Uuid, numbers: std::ops::Range<u64>) -> Copies {
    let running = format!("t.kind = '{noun}' AND t.subject_id = '{id}'");
    Copies::of("clock_turn", running, numbers)
        .with("id", "md5('turn' || t.id::text || n)::uuid")
        .with("clock_id", "md5(t.clock_id::text || n)::uuid")
        .with("subject_id", format!("md5('{noun}' || n)::uuid"))
        .lying("unit")
        .with("queue_at", turn(0))
}

/// One of a thousand people. Those of the first row have one in two hundred of so many things, or forty of few.
fn one_of_many(things: u64) -> String {
    let share = (things / 40).clamp(1, 200);
    format!(
        "CASE WHEN n % {share} = 0 THEN t.user_id ELSE md5(t.user_id::text || n % 1000)::uuid END"
    )
}

fn merchant(merchants: u64) -> String {
    format!("md5('merchant' || 1 + n % {})::uuid", merchants.max(2) - 1)
}

impl Seeds {
    async fn sow(app: &TestApp) -> Self {
        let closed = Flow::after(app, Step::ScreenReward).await;
        let registered = Flow::after(app, Step::FileReport).await;
        let visited = Flow::after(app, Step::DispatchVisit).await;
        hold(app, &visited).await;
        let (complaint, _) = complaint(app).await;
        let (withdrawn, code) = self::complaint(app).await;
        let input = json!({ "id": app.new_id(), "complaintId": withdrawn, "receiptCode": code });
        let input = json!({ "input": input });
        app.anonymous().run("WithdrawComplaint", input).await.ok();
        Self {
            closed,
            registered,
            visited,
            complaint,
            withdrawn,
            opening: opening(app).await,
        }
    }
}

/// Zhou says that what nobody has seen yet is void, and is held.
async fn hold(app: &TestApp, flow: &Flow) {
    let slip = json!({
        "id": app.new_id(),
        "visitId": flow.visit(),
        "findingId": app.new_id(),
        "reason": "录入时少按一位数字。",
    });
    let items = json!([{ "after": [], "write": { "voidFinding": slip } }]);
    let input = json!({ "input": { "items": items } });
    app.as_("zhou").run("Push", input).await.ok();
}

/// A complaint and its receipt code.
async fn complaint(app: &TestApp) -> (Uuid, String) {
    let input = json!({
        "id": app.new_id(),
        "secret": "Y29tcGxhaW50LXNlY3JldC0wMQ",
        "merchantCode": merchant_code("tianxin-stall-17").as_str(),
        "division": "430103",
        "complainants": [{ "name": "陈小满", "phone": "0731-0550-1234", "address": "长沙市天心区书院坪路1号" }],
        "respondentName": "吴记鲜肉摊",
        "respondentAddress": "书院坪农贸市场17号摊位",
        "demand": "REFUND",
        "occurredAt": app.now() - TimeDelta::hours(1),
        "place": "书院坪农贸市场",
        "content": "两公斤五花肉少了150克。",
        "paidFen": 5600,
        "evidence": "付款记录。",
        "publishConsent": false,
        "entrustConsent": false,
    });
    let filed = app
        .anonymous()
        .run("FileComplaint", json!({ "input": input }))
        .await
        .ok();
    let id = filed.text("fileComplaint.receipt.complaintId");
    (
        id.parse().unwrap_or_default(),
        filed.text("fileComplaint.receipt.receiptCode").to_owned(),
    )
}

/// An opening of the sealed identity of a report that is there for it alone.
async fn opening(app: &TestApp) -> Uuid {
    let flow = Flow::new(app);
    let mut variables = flow.variables(Step::FileReport);
    variables["input"]["photos"] = json!([]);
    variables["input"]["identity"] = json!({ "name": "陈婉清", "phone": "13800138000" });
    app.anonymous().run("FileReport", variables).await.ok();
    let id = app.new_id();
    let input = json!({
        "id": id, "reportId": flow.report(), "purpose": "MEDIATION_DISCLOSURE", "reason": "组织调解",
        "fields": ["NAME"],
    });
    let input = json!({ "input": input });
    app.as_("lin")
        .run("RequestIdentityOpening", input)
        .await
        .ok();
    id
}
