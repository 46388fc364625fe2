//! The open data: everybody has it, and computes every grade again.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::Command;

use chrono::{Days, NaiveDate, TimeDelta};
use liangxin_app::store;
use liangxin_domain::id::FindingId;
use liangxin_domain::law::calendar::shanghai_date;
use liangxin_domain::merchants::code::MerchantCode;
use liangxin_domain::ratings::evidence::Finding;
use liangxin_graphql::limits::Mode;
use liangxin_tests::app::{TestApp, on_both};
use liangxin_tests::chance::Chance;
use liangxin_tests::flow::{Flow, Step};
use liangxin_tests::postgres::{absent, variable};
use liangxin_tests::server::Server;
use serde_json::Value;

/// Indicators that officers test.
const TESTED: [&str; 8] = ["A4", "B1", "B1", "B1", "B3", "B5", "B6", "B8"];
/// How many findings are made up.
const FINDINGS: usize = 120;

fn python() -> Option<String> {
    let named = variable("LIANGXIN_TEST_PYTHON").unwrap_or_else(|| "python3".to_owned());
    let tried = Command::new(&named).args(["-c", "import tomllib"]).output();
    if tried.is_ok_and(|tried| tried.status.success()) {
        return Some(named);
    }
    absent("no Python 3.11 found to compute grades again");
    None
}

async fn got(server: &Server, path: &str) -> String {
    let answer = server.get(path).send().await.unwrap();
    assert_eq!(answer.status(), 200, "{path}");
    answer.text().await.unwrap()
}

/// Settled findings of the last two years about anybody, by a seed.
async fn make_up(app: &TestApp, chance: &mut Chance) {
    let db = &app.parts().db;
    let merchants = store::merchants::list_open_after(db, None, 1_000)
        .await
        .unwrap();
    for _ in 0..FINDINGS {
        let passed = chance.between(0, 5) > 0;
        let back = Days::new(chance.between(1, 750));
        let found_on = shanghai_date(app.now()).checked_sub_days(back).unwrap();
        let times = u32::try_from(chance.between(0, 12)).unwrap();
        let new = store::ratings::NewFinding {
            id: FindingId::new(app.new_id()),
            merchant: chance.pick(&merchants),
            finding: Finding {
                indicator: chance.pick(&TESTED).parse().unwrap(),
                passed,
                found_on,
            },
            times: (!passed).then_some(times),
            settled_on: Some(found_on),
            visit: None,
            entry: None,
            note: (String::new(), String::new()),
        };
        store::ratings::insert_finding(db, new).await.unwrap();
    }
}

/// Ten days with what happens on them; answers the days.
async fn live(app: &TestApp, chance: &mut Chance) -> Vec<NaiveDate> {
    make_up(app, chance).await;
    app.drain_jobs().await;
    let flow = Flow::after(app, Step::SubmitVisit).await;
    app.drain_jobs().await;
    let mut days = vec![shanghai_date(app.now())];
    flow.go_on(Step::SubmitVisit, Step::ServeDecision).await;
    app.drain_jobs().await;
    while days.len() < 10 {
        let more = i64::try_from(chance.between(1, 4)).unwrap();
        app.advance(TimeDelta::days(more));
        app.drain_jobs().await;
        days.push(shanghai_date(app.now()));
    }
    days
}

/// What this program says of every merchant on those days.
async fn said(app: &TestApp, pages: &BTreeSet<String>, days: &[NaiveDate]) -> BTreeSet<String> {
    let db = &app.parts().db;
    let mut said = BTreeSet::new();
    for page in pages {
        let code = MerchantCode::parse(page.strip_prefix("/m/").unwrap()).unwrap();
        let merchant = store::merchants::find_by_code(db, &code).await.unwrap();
        let merchant = merchant.unwrap().id;
        for day in days {
            let rating = store::ratings::find_on(db, merchant, *day).await.unwrap();
            if let Some(rating) = rating {
                let points = rating.points_tenths;
                let points = points.map(|it| format!("{}.{}", it / 10, it % 10));
                let points = points.unwrap_or_default();
                said.insert(format!("{page},{day},{},{points}", rating.grade));
            }
        }
    }
    said
}

struct Recompute {
    python: String,
    formula: PathBuf,
    days: Vec<NaiveDate>,
}

impl Recompute {
    /// What the other program says of a file of grades.
    fn lines(&self, grades: &Path) -> BTreeSet<String> {
        let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("open/recompute.py");
        let ran = Command::new(&self.python)
            .arg(script)
            .args([&self.formula, grades])
            .args(self.days.iter().map(ToString::to_string))
            .output()
            .unwrap();
        let told = String::from_utf8_lossy(&ran.stderr);
        assert!(ran.status.success(), "{told}");
        let lines = String::from_utf8(ran.stdout).unwrap();
        lines.lines().map(str::to_owned).collect()
    }
}

#[tokio::test]
async fn another_program_computes_the_grade_of_everybody_on_ten_days_from_what_everybody_has() {
    let Some(python) = python() else { return };
    on_both(async |app| {
        let mut chance = Chance::of(app.seed());
        let server = Server::start(&app, Mode::Production).await;
        let days = live(&app, &mut chance).await;
        let directory = tempfile::tempdir().unwrap();
        let kept = |name: &str, text: &str| {
            let file = directory.path().join(name);
            std::fs::write(&file, text).unwrap();
            file
        };
        let formula = kept("formula.toml", &got(&server, "/open/formula.toml").await);
        let json = got(&server, "/open/grades.json").await;
        let rows: Vec<Value> = serde_json::from_str(&json).unwrap();
        let page = |row: &Value| row["page"].as_str().unwrap().to_owned();
        let pages: BTreeSet<_> = rows.iter().map(page).collect();
        let due = said(&app, &pages, &days).await;
        assert!(due.len() >= pages.len() * 9, "{}", due.len());
        assert!(due.iter().any(|line| line.contains(",C,")), "the stall");
        let recompute = Recompute {
            python: python.clone(),
            formula,
            days,
        };
        assert_eq!(recompute.lines(&kept("grades.json", &json)), due);
        let csv = got(&server, "/open/grades.csv").await;
        assert_eq!(recompute.lines(&kept("grades.csv", &csv)), due);
        // It is no echo of the grades: facts that were changed give others.
        let changed = json.replace("\"passed\":true", "\"passed\":false");
        assert_ne!(recompute.lines(&kept("changed.json", &changed)), due);
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn open_data_names_nobody_and_tells_every_page_that_shows_a_grade() {
    on_both(async |app| {
        Flow::after(&app, Step::ServeDecision).await;
        app.drain_jobs().await;
        let server = Server::start(&app, Mode::Production).await;
        let json = got(&server, "/open/grades.json").await;
        // Names, addresses and notes are Chinese; ids and digests would be longer than any word here.
        assert!(json.is_ascii());
        let is_long = |word: &&str| word.len() > 16;
        let words = json.split(|c: char| !c.is_ascii_alphanumeric());
        assert_eq!(
            words.filter(is_long).collect::<Vec<_>>(),
            Vec::<&str>::new()
        );
        let rows: Vec<Value> = serde_json::from_str(&json).unwrap();
        let csv = got(&server, "/open/grades.csv").await;
        assert_eq!(csv.lines().count(), rows.len() + 1);
        let pages: BTreeSet<_> = rows.iter().map(|row| row["page"].to_string()).collect();
        let db = &app.parts().db;
        let open = store::merchants::list_open_after(db, None, 1_000).await;
        assert_eq!(pages.len(), open.unwrap().len());
        for (path, leads_to) in [("/open", "/open/formula?"), ("/open/formula", "/open?")] {
            let page = got(&server, path).await;
            assert!(page.contains(leads_to), "{page}");
        }
    })
    .await;
}
