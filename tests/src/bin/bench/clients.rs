//! Clients that keep their connection and do nothing with what they get: they share the machine with what they measure.

use std::time::{Duration, Instant};

use anyhow::{Context as _, bail};
use futures_util::future::try_join_all;
use liangxin_tests::chance::Chance;
use liangxin_tests::contract;
use liangxin_tests::script::{Script, Step};
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

use crate::stand::{List, Stand};

/// What was measured.
#[derive(Debug, Clone, Copy)]
pub struct Speed {
    /// Answers a second, of all clients together.
    pub a_second: f64,
    /// Half of the answers took at most so long.
    pub p50_ms: f64,
}

/// Reads a list again and again with so many clients.
pub async fn read(
    stand: &Stand,
    list: &List,
    clients: usize,
    time: Duration,
) -> anyhow::Result<Speed> {
    let (body, token) = stand.request(list).await?;
    let request = post(&body, &format!("Authorization: Bearer {token}\r\n"));
    let address = address(stand);
    // Once, so that nobody measures the first look at a table.
    measure(&address, 1, Duration::from_millis(300), |_| {
        let request = request.clone();
        move || request.clone()
    })
    .await?;
    measure(&address, clients, time, |_| {
        let request = request.clone();
        move || request.clone()
    })
    .await
}

/// Files reports without photos with so many writers.
pub async fn file(stand: &Stand, writers: usize, time: Duration) -> anyhow::Result<Speed> {
    let http = reqwest::Client::builder().no_proxy().build()?;
    let question = json!({ "query": contract::operation("ServerTime") });
    let url = format!("{}/graphql", stand.program.url);
    let answer: Value = http.post(url).json(&question).send().await?.json().await?;
    let now = answer["data"]["serverTime"].as_str().context("no time")?;
    let now = now.parse()?;
    let operation = contract::operation("FileReport");
    measure(&address(stand), writers, time, |writer| {
        let mut chance = Chance::of(u64::try_from(writer).unwrap_or_default() + 1);
        let operation = operation.clone();
        move || {
            let script = Script::new(|| chance.uuid(), now);
            let mut variables = script.variables(Step::FileReport);
            variables["input"]["photos"] = json!([]);
            variables["input"]["contactEmail"] = Value::Null;
            variables["input"]["consentToMail"] = json!(false);
            let body = json!({ "query": operation, "variables": variables }).to_string();
            let mut part = || chance.between(1, 255);
            let from = format!("X-Forwarded-For: 10.{}.{}.{}\r\n", part(), part(), part());
            post(&body, &from)
        }
    })
    .await
}

/// Each client sends what its maker makes, waits for the answer, and goes on until the time is over.
async fn measure<M: FnMut() -> Vec<u8>>(
    address: &str,
    clients: usize,
    time: Duration,
    maker: impl Fn(usize) -> M,
) -> anyhow::Result<Speed> {
    let began = Instant::now();
    let work = (0..clients).map(|client| {
        let mut make = maker(client);
        async move {
            let mut stream = TcpStream::connect(address).await?;
            stream.set_nodelay(true)?;
            let mut took = Vec::new();
            while began.elapsed() < time {
                let request = make();
                let sent = Instant::now();
                stream.write_all(&request).await?;
                answer(&mut stream).await?;
                took.push(sent.elapsed());
            }
            Ok::<_, anyhow::Error>(took)
        }
    });
    let mut took: Vec<_> = try_join_all(work).await?.into_iter().flatten().collect();
    let seconds = began.elapsed().as_secs_f64();
    took.sort();
    let middle = took.get(took.len() / 2).context("no answer in time")?;
    let count = u32::try_from(took.len()).unwrap_or(u32::MAX);
    Ok(Speed {
        a_second: f64::from(count) / seconds,
        p50_ms: middle.as_secs_f64() * 1000.0,
    })
}

/// Reads an answer to its end; one that is refused ends the measurement.
async fn answer(stream: &mut TcpStream) -> anyhow::Result<()> {
    let mut read = Vec::with_capacity(16 * 1024);
    let (body, length) = loop {
        if stream.read_buf(&mut read).await? == 0 {
            bail!("the server hung up");
        }
        let Some(end) = read.windows(4).position(|window| window == b"\r\n\r\n") else {
            continue;
        };
        let head = String::from_utf8_lossy(&read[..end]).to_lowercase();
        let length = head.split("content-length:").nth(1).context(head.clone())?;
        let length: usize = length.lines().next().unwrap_or_default().trim().parse()?;
        break (end + 4, length);
    };
    while read.len() < body + length {
        if stream.read_buf(&mut read).await? == 0 {
            bail!("the server hung up");
        }
    }
    let text = String::from_utf8_lossy(&read[body..]);
    let is_well = text.starts_with("{\"data\"") && !text.contains("\"problems\":[{");
    anyhow::ensure!(is_well, "{text}");
    Ok(())
}

fn post(body: &str, header: &str) -> Vec<u8> {
    let length = body.len();
    format!(
        "POST /graphql HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n{header}\
         Content-Length: {length}\r\n\r\n{body}"
    )
    .into_bytes()
}

fn address(stand: &Stand) -> String {
    stand.program.url.trim_start_matches("http://").to_owned()
}
