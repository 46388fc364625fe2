//! The stand: a full database, the program on it over HTTP, and the same application in this process to look into.

use std::path::Path;

use anyhow::Context as _;
use liangxin_demo::fixtures;
use liangxin_tests::app::TestApp;
use liangxin_tests::contract;
use liangxin_tests::crowd::Crowd;
use liangxin_tests::database::{Engine, TestDatabase};
use liangxin_tests::program::Program;
use liangxin_tests::statements::{Asked, Statement};
use serde_json::{Value, json};
use tempfile::TempDir;

/// A list that is compared.
pub struct List {
    /// The operation of the contract.
    pub operation: &'static str,
    /// Its root field.
    pub field: &'static str,
    /// Who reads it: a key of the fixtures.
    pub who: &'static str,
}

/// The lists that people wait for.
pub const LISTS: &[List] = &[
    List {
        operation: "MyVisits",
        field: "myVisits",
        who: "zhou",
    },
    List {
        operation: "ReportQueue",
        field: "reports",
        who: "lin",
    },
];

/// Everything for a comparison.
pub struct Stand {
    /// The application in this process, with one connection.
    pub app: TestApp,
    /// What it asks its database.
    pub asked: Asked,
    /// The database, as the program and `pgbench` reach it.
    pub database_url: String,
    /// The program.
    pub program: Program,
    database: TestDatabase,
    _directory: TempDir,
}

impl Stand {
    /// Fills a database and starts the program on it.
    pub async fn build(reports: u64) -> anyhow::Result<Self> {
        anyhow::ensure!(
            Engine::available().contains(&Engine::Postgres),
            "there is no PostgreSQL"
        );
        let database = TestDatabase::copy(Engine::Postgres).await;
        let app = TestApp::open(database.url(), 1).await;
        // Both sides wait until the server has a commit; the machine's disk is left out of it (`fsync` is off).
        let (_, name) = database.url().rsplit_once('/').context("no database")?;
        app.execute(&format!(
            "ALTER DATABASE {name} SET synchronous_commit = on"
        ))
        .await;
        let directory = tempfile::tempdir()?;
        // The program makes its keys where nothing hangs on any yet: later it would ask for those of the crowd.
        serve(directory.path(), database.url()).await?.kill();
        Crowd::of(reports).fill(&app).await;
        let asked = Asked::default();
        let app = app.with(|parts| parts.db = asked.of(parts.db.clone()));
        let program = serve(directory.path(), database.url()).await?;
        Ok(Self {
            app,
            asked,
            database_url: database.url().to_owned(),
            program,
            database,
            _directory: directory,
        })
    }

    /// The body of a request over HTTP, and the token of who sends it.
    pub async fn request(&self, list: &List) -> anyhow::Result<(String, String)> {
        let http = reqwest::Client::builder().no_proxy().build()?;
        let sign_in =
            json!({ "query": contract::operation("SignIn"), "variables": credentials(list.who)? });
        let url = format!("{}/graphql", self.program.url);
        let answer: Value = http.post(url).json(&sign_in).send().await?.json().await?;
        let token = answer.pointer("/data/signIn/session/accessToken");
        let token = token
            .and_then(Value::as_str)
            .with_context(|| answer.to_string())?;
        let body = json!({ "query": contract::operation(list.operation), "variables": {} });
        Ok((body.to_string(), token.to_owned()))
    }

    /// A token for the application in this process.
    pub async fn token(&self, list: &List) -> anyhow::Result<String> {
        let signed_in = self
            .app
            .anonymous()
            .run("SignIn", credentials(list.who)?)
            .await
            .ok();
        Ok(signed_in.text("signIn.session.accessToken").to_owned())
    }

    /// What the program asks for one list, as a script for `pgbench`.
    pub async fn script(&self, list: &List) -> anyhow::Result<String> {
        let token = self.token(list).await?;
        self.asked.take();
        let reply = self
            .app
            .bearer(&token)
            .run(list.operation, json!({}))
            .await
            .ok();
        let items = reply.data(list.field)["items"]
            .as_array()
            .map_or(0, Vec::len);
        anyhow::ensure!(items == 20, "{} shows {items} rows", list.operation);
        Ok(lines(&self.asked.take()))
    }

    /// Takes everything away.
    pub async fn close(self) -> anyhow::Result<()> {
        self.program.kill();
        self.app.parts().db.close().await?;
        self.database.remove().await;
        Ok(())
    }
}

/// Statements one after the other.
pub fn lines(statements: &[Statement]) -> String {
    let texts = statements
        .iter()
        .map(|statement| format!("{};\n", statement.text));
    texts.collect()
}

fn credentials(who: &str) -> anyhow::Result<Value> {
    let email = fixtures::email_of(who)?;
    Ok(json!({ "input": {
        "email": email.as_str(), "password": fixtures::PASSWORD, "deviceName": "bench",
    } }))
}

async fn serve(data: &Path, database_url: &str) -> anyhow::Result<Program> {
    let environment = [
        ("DATABASE_URL", database_url),
        // Each filing comes from another address, since one may not send so many.
        ("LIANGXIN_TRUSTED_PROXIES", "127.0.0.1"),
        ("LIANGXIN_LOG", "error"),
    ];
    Program::try_serve(data, &environment).await
}
