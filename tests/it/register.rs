//! Setting up a real system: an empty database, four files of the operator, and people who can then sign in.

use std::path::Path;

use liangxin::boot;
use liangxin_app::app::App;
use liangxin_app::register::{Files, Random, Register, RegisterError, SetUp, SetUpError, rate};
use liangxin_app::store;
use liangxin_app::work::Db;
use liangxin_domain::merchants::code::MerchantCode;
use liangxin_tests::app::{TestApp, on_both, parts};
use liangxin_tests::census::Census;
use liangxin_tests::database::Engine;
use liangxin_tests::{postgres, program};
use serde_json::json;

const FILES: [(&str, &str); 4] = [
    (
        "bureaus.toml",
        r#"
[[bureau]]
key = "county"
division = "430104"
level = "county"
name_zh = "岳麓区市场监督管理局"
name_en = "Yuelu Market Regulation Bureau"
address = "长沙市岳麓区样例路1号"
hotline = "12315"
"#,
    ),
    (
        "people.toml",
        r#"
[[person]]
key = "officer"
name_zh = "样例甲"
name_en = "Officer Example"
email = "Officer@county.example"
roles = ["intake_officer", "inspector"]
bureau = "county"
certificate_no = "XZ-0001"

[[person]]
key = "seller"
name_zh = "样例乙"
name_en = "Seller Example"
email = "seller@stall.example"
roles = ["merchant"]
merchant = "stall"
"#,
    ),
    (
        "merchants.toml",
        r#"
[[merchant]]
key = "market"
kind = "market_organiser"
name_zh = "样例集贸市场"
name_en = "Example Market"
division = "430104"
address = "长沙市岳麓区样例路2号"
latitude = "28.20571"
longitude = "112.93816"
opened_on = 2019-05-18

[[merchant]]
key = "stall"
kind = "stall"
name_zh = "样例菜摊"
name_en = "Example Vegetables"
division = "430104"
address = "长沙市岳麓区样例路2号"
latitude = "28.20571"
longitude = "112.93816"
market = "market"
stall_no = "7"
opened_on = 2021-05-18
"#,
    ),
    (
        "instruments.toml",
        r#"
[[instrument]]
key = "scale"
merchant = "stall"
kind = "price_scale"
model = "ACS-30"
serial = "0001"
accuracy_class = "III"
e_g = "10"
max_g = "30000"
verified_on = 2026-03-09
valid_until = 2027-03-08
"#,
    ),
];

fn write_files(directory: &Path) {
    for (name, text) in FILES {
        std::fs::write(directory.join(name), text).unwrap();
    }
}

fn register_in(directory: &Path, app: &App, naming: &Random) -> Result<Register, RegisterError> {
    Register::read(&Files::in_directory(directory)?, naming, &app.law.divisions)
}

fn naming(app: &App) -> Random {
    Random::new(app.ids.clone(), app.now())
}

/// Runs a test on a database that has its tables and nothing in them: on SQLite, then on PostgreSQL if there is one.
/// The pool has one connection, as in the other tests.
async fn on_both_empty(test: impl AsyncFn(App, &str)) {
    for engine in Engine::available() {
        let directory = tempfile::tempdir().unwrap();
        let server = match engine {
            Engine::Sqlite => None,
            Engine::Postgres => postgres::server(),
        };
        let url = match server {
            None => sqlite_url(&directory.path().join("liangxin.db")),
            Some(server) => server.create_database().await,
        };
        let app = parts(Db::connect(&url, 1).await.unwrap(), 7).unwrap();
        boot::migrate(&app.db).await.unwrap();
        test(app.clone(), &url).await;
        app.db.close().await.unwrap();
        if let Some(server) = server {
            server.drop_database(&url).await;
        }
    }
}

fn sqlite_url(path: &Path) -> String {
    format!("sqlite://{}?mode=rwc", path.display())
}

async fn who_signs_in(app: &TestApp, email: &str, password: &str) -> String {
    let input = json!({ "input": { "email": email, "password": password, "deviceName": "phone" } });
    let reply = app.anonymous().run("SignIn", input).await.ok();
    let me = app
        .bearer(reply.text("signIn.session.accessToken"))
        .run("Me", json!({}))
        .await
        .ok();
    me.text("me.person.name").to_owned()
}

#[tokio::test]
async fn whoever_is_registered_signs_in_with_the_password_that_was_issued() {
    on_both_empty(async |app, url| {
        let directory = tempfile::tempdir().unwrap();
        write_files(directory.path());
        let naming = naming(&app);
        let register = register_in(directory.path(), &app, &naming).unwrap();
        let set_up = SetUp::begin(&app, &register).await.unwrap();
        let credentials = set_up.credentials().to_vec();
        set_up.commit().await.unwrap();
        rate(&app, &register, &naming).await.unwrap();

        let census = Census::take(&app).await;
        for one in &credentials {
            let known = census.tables_with(one.password.expose());
            assert!(known.is_empty(), "the password stands in {known:?}");
        }
        for (key, merchant) in &register.merchants {
            let grade = store::ratings::find_newest(&app.db, merchant.id)
                .await
                .unwrap();
            assert!(grade.is_some(), "{key}");
        }
        let served = TestApp::open(url, 1).await;
        let [officer, seller] = credentials.as_slice() else {
            panic!("two people: {credentials:?}");
        };
        assert_eq!(officer.email.as_str(), "officer@county.example");
        for (one, name) in [(officer, "Officer Example"), (seller, "Seller Example")] {
            assert_eq!(
                who_signs_in(&served, one.email.as_str(), one.password.expose()).await,
                name
            );
        }
        served.parts().db.close().await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn a_set_up_that_is_not_committed_leaves_nothing() {
    on_both_empty(async |app, _| {
        let directory = tempfile::tempdir().unwrap();
        write_files(directory.path());
        let register = register_in(directory.path(), &app, &naming(&app)).unwrap();
        let before = Census::take(&app).await;
        drop(SetUp::begin(&app, &register).await.unwrap());
        let after = Census::take(&app).await;
        assert!(
            after.changed_since(&before).is_empty(),
            "{:?}",
            after.changed_since(&before)
        );
    })
    .await;
}

#[tokio::test]
async fn a_system_that_has_a_bureau_is_not_set_up_again() {
    on_both(async |app| {
        let directory = tempfile::tempdir().unwrap();
        write_files(directory.path());
        let parts = app.parts();
        let register = register_in(directory.path(), parts, &naming(parts)).unwrap();
        let before = app.census().await;
        let refused = SetUp::begin(parts, &register).await.unwrap_err();
        assert!(matches!(refused, SetUpError::AlreadySetUp), "{refused}");
        assert!(refused.to_string().contains("first set-up"), "{refused}");
        assert!(app.census().await.changed_since(&before).is_empty());
    })
    .await;
}

#[tokio::test]
async fn the_command_prints_what_people_sign_in_with_and_the_codes_for_the_walls() {
    let directory = tempfile::tempdir().unwrap();
    write_files(directory.path());
    let data = directory.path().join("data");
    let files = directory.path().to_str().unwrap().to_owned();
    let printed = {
        let data = data.clone();
        tokio::task::spawn_blocking(move || program::run(&["register", &files], &data))
            .await
            .unwrap()
    };
    let (people, codes) = printed.split_once("\n\n").unwrap();
    let table = |text: &str| -> Vec<Vec<String>> {
        let rows = text
            .lines()
            .map(|line| line.split_whitespace().map(str::to_owned).collect());
        rows.collect()
    };
    let (people, codes) = (table(people), table(codes));
    assert_eq!(people[0], ["email", "password"]);
    assert_eq!(codes[0], ["code", "name"]);

    let app = TestApp::open(&sqlite_url(&data.join("liangxin.db")), 1).await;
    assert_eq!(people.len(), 3);
    for row in &people[1..] {
        assert_eq!(row[1].len(), 20);
        who_signs_in(&app, &row[0], &row[1]).await;
    }
    assert_eq!(codes.len(), 3);
    for row in &codes[1..] {
        let code = MerchantCode::parse(&row[0]).unwrap();
        let merchant = store::merchants::find_by_code(&app.parts().db, &code)
            .await
            .unwrap()
            .unwrap();
        assert_eq!(merchant.name_zh, row[1]);
    }
}
