//! Where the time of one request goes, one client at a time: the database, making things of its rows, GraphQL, HTTP.

use std::time::{Duration, Instant};

use anyhow::Context as _;
use liangxin_app::store;
use liangxin_app::store::page::Page;
use liangxin_demo::fixtures;
use liangxin_domain::actor::Actor;
use liangxin_domain::id::DeviceId;
use liangxin_tests::statements::Statement;
use serde_json::json;

use crate::stand::{List, Stand};

/// How often each part is measured; the middle of all counts.
const TIMES: usize = 60;

/// The parts of a request that takes so long over HTTP, in one line.
pub async fn of(stand: &Stand, list: &List, over_http_ms: f64) -> anyhow::Result<String> {
    let token = stand.token(list).await?;
    let session = stand.app.bearer(&token);
    let (mut executed, mut asked) = (Vec::new(), Vec::new());
    for _ in 0..TIMES {
        stand.asked.take();
        let began = Instant::now();
        session.run(list.operation, json!({})).await.ok();
        executed.push(began.elapsed());
        asked.push(sum(&stand.asked.take()));
    }
    let (executed, database) = (middle(executed)?, middle(asked)?);
    let mapping = mapping(stand, list).await?;
    let graphql = executed - database - mapping;
    let http = over_http_ms - executed;
    Ok(format!(
        "one request: database {database:.2} ms, rows made things {mapping:.2}, GraphQL {graphql:.2}, HTTP {http:.2}"
    ))
}

/// What making things of the rows of the list itself takes, beside asking for them.
async fn mapping(stand: &Stand, list: &List) -> anyhow::Result<f64> {
    let parts = stand.app.parts();
    // Any use signs the person in on the device of the fixtures.
    stand.app.as_(list.who).run("Me", json!({})).await.ok();
    let user = fixtures::user_id(list.who);
    let device = DeviceId::new(fixtures::id_of("device", list.who));
    let found = store::accounts::find_signed_in(&parts.db, user, device).await;
    let found = found.map_err(|error| anyhow::anyhow!("{error:?}"))?;
    let actor = Actor::User(found.context("nobody is signed in")?.person);
    let mut took = Vec::new();
    for _ in 0..TIMES {
        let page = Page {
            after: None,
            first: 20,
        };
        stand.asked.take();
        let began = Instant::now();
        let read = match list.operation {
            "ReportQueue" => store::reports::list(&parts.db, &actor, None, page)
                .await
                .map(drop),
            _ => store::inspections::list_assigned(&parts.db, user, page)
                .await
                .map(drop),
        };
        read.map_err(|error| anyhow::anyhow!("{error:?}"))?;
        let all = began.elapsed();
        took.push(all.saturating_sub(sum(&stand.asked.take())));
    }
    middle(took)
}

fn sum(statements: &[Statement]) -> Duration {
    statements.iter().map(|statement| statement.took).sum()
}

/// The middle of all, in milliseconds.
fn middle(mut took: Vec<Duration>) -> anyhow::Result<f64> {
    took.sort();
    let middle = took.get(took.len() / 2).context("nothing was measured")?;
    Ok(middle.as_secs_f64() * 1000.0)
}
