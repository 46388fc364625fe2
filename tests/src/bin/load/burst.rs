//! Phones that come back to a network together: each files reports, sends their photos, and asks until it has the receipt
//! with which it may forget them.

use std::fmt;
use std::time::{Duration, Instant};

use anyhow::{Context as _, bail};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use chrono::{DateTime, Utc};
use futures_util::future::try_join_all;
use liangxin_tests::chance::Chance;
use liangxin_tests::contract;
use liangxin_tests::pictures;
use liangxin_tests::script::{Script, Step};
use reqwest::{Client, RequestBuilder, Response, StatusCode};
use serde_json::{Value, json};
use uuid::Uuid;

/// How many phones send at the same time.
const PHONES: usize = 16;

/// Photos of a report: 72 photos and 8 records a phone and day.
const PHOTOS: usize = 9;

/// How long an answer is waited for.
const PATIENCE: Duration = Duration::from_secs(60);

/// How long a phone waits when it is told to come again.
const PAUSE: Duration = Duration::from_millis(200);

/// What came of it.
pub struct Done {
    photos: usize,
    bytes: usize,
    took: Duration,
    filings: Vec<Duration>,
    receipts: Vec<Duration>,
    put_off: usize,
}

impl fmt::Display for Done {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let seconds = self.took.as_secs_f64();
        let count = f64::from(u32::try_from(self.photos).unwrap_or(u32::MAX));
        let megabytes = f64::from(u32::try_from(self.bytes / 1_000_000).unwrap_or(u32::MAX));
        write!(
            f,
            "{} photos in {seconds:.0} s, each with its receipt: {:.1} a second, {:.1} MB a second; {} reports filed, p50 {} ms, \
             p99 {} ms; first photo to receipt of {PHOTOS} photos p50 {} ms, p99 {} ms; told to come again {} times",
            self.photos,
            count / seconds,
            megabytes / seconds,
            self.filings.len(),
            at(&self.filings, 50),
            at(&self.filings, 99),
            at(&self.receipts, 50),
            at(&self.receipts, 99),
            self.put_off,
        )
    }
}

/// The time that so many in a hundred took at most, in milliseconds.
fn at(sorted: &[Duration], percent: usize) -> u128 {
    let place = (sorted.len() * percent / 100).min(sorted.len().saturating_sub(1));
    sorted.get(place).copied().unwrap_or_default().as_millis()
}

/// Sends for so long; every report that was begun is ended.
pub async fn run(url: &str, time: Duration) -> anyhow::Result<Done> {
    let picture = pictures::of_a_phone()?;
    let now = server_time(url).await?;
    let began = Instant::now();
    let phones = (0..PHONES).map(|number| {
        let phone = Phone::new(url, number, now);
        let picture = &picture;
        async move {
            let mut phone = phone?;
            while began.elapsed() < time {
                phone.report(picture).await?;
            }
            Ok::<_, anyhow::Error>(phone)
        }
    });
    let phones = try_join_all(phones).await?;
    let took = began.elapsed();
    let sorted = |of: fn(&Phone) -> &Vec<Duration>| {
        let mut all: Vec<Duration> = phones.iter().flat_map(of).copied().collect();
        all.sort();
        all
    };
    let receipts = sorted(|phone| &phone.receipts);
    Ok(Done {
        photos: receipts.len() * PHOTOS,
        bytes: receipts.len() * PHOTOS * picture.len(),
        took,
        filings: sorted(|phone| &phone.filings),
        receipts,
        put_off: phones.iter().map(|phone| phone.put_off).sum(),
    })
}

async fn server_time(url: &str) -> anyhow::Result<DateTime<Utc>> {
    let http = Client::builder().no_proxy().build()?;
    let question = json!({ "query": contract::operation("ServerTime") });
    let answer = http.post(format!("{url}/graphql")).json(&question);
    let answer: Value = answer.send().await?.json().await?;
    Ok(answer["data"]["serverTime"]
        .as_str()
        .context("no time")?
        .parse()?)
}

struct Phone {
    http: Client,
    url: String,
    chance: Chance,
    now: DateTime<Utc>,
    filings: Vec<Duration>,
    receipts: Vec<Duration>,
    put_off: usize,
}

impl Phone {
    fn new(url: &str, number: usize, now: DateTime<Utc>) -> anyhow::Result<Self> {
        Ok(Self {
            http: Client::builder().no_proxy().timeout(PATIENCE).build()?,
            url: url.to_owned(),
            chance: Chance::of(u64::try_from(number)? + 1),
            now,
            filings: Vec::new(),
            receipts: Vec::new(),
            put_off: 0,
        })
    }

    /// One report with its photos, from the first word to the receipt.
    async fn report(&mut self, picture: &[u8]) -> anyhow::Result<()> {
        // What one address may send is bounded, and that is another matter.
        let mut part = || self.chance.between(1, 254);
        let from = format!("10.{}.{}.{}", part(), part(), part());
        let photos: Vec<_> = (0..PHOTOS)
            .map(|_| {
                let id = self.chance.uuid();
                // Behind the end, as phones put things there: the same picture, other bytes.
                (id, [picture, id.as_bytes()].concat())
            })
            .collect();
        let declared: Vec<_> = photos
            .iter()
            .map(|(id, bytes)| pictures::declared(*id, bytes))
            .collect();
        let script = Script::new(|| self.chance.uuid(), self.now);
        let mut variables = script.variables(Step::FileReport);
        variables["input"]["photos"] = json!(declared);
        variables["input"]["contactEmail"] = Value::Null;
        variables["input"]["consentToMail"] = json!(false);
        let sent = Instant::now();
        let filed = self.ask("FileReport", &variables, &from).await?;
        self.filings.push(sent.elapsed());
        let receipt = &filed["fileReport"]["receipt"];
        let token = receipt["uploadToken"].as_str().context(filed.to_string())?;
        let sent = Instant::now();
        for (id, bytes) in photos {
            self.upload(token, id, bytes, &from).await?;
        }
        let question = json!({ "input": {
            "receiptCode": receipt["receiptCode"],
            "records": [{ "kind": "REPORT", "id": receipt["reportId"], "photos": [] }],
        } });
        while !self.has_receipt(&question, &from).await? {
            self.put_off += 1;
            tokio::time::sleep(PAUSE).await;
        }
        self.receipts.push(sent.elapsed());
        Ok(())
    }

    async fn has_receipt(&self, question: &Value, from: &str) -> anyhow::Result<bool> {
        let told = self.ask("Reconcile", question, from).await?;
        let record = &told["reconcile"]["records"][0];
        anyhow::ensure!(record.is_object(), "{told}");
        Ok(record["holdingReceipt"].is_string())
    }

    /// A photo in one request; again when the server says so.
    async fn upload(
        &mut self,
        token: &str,
        id: Uuid,
        bytes: Vec<u8>,
        from: &str,
    ) -> anyhow::Result<()> {
        let name = STANDARD.encode(id.to_string());
        loop {
            let request = self.http.post(format!("{}/uploads", self.url));
            let request = request
                .header("Tus-Resumable", "1.0.0")
                .header("Upload-Length", bytes.len())
                .header("Upload-Metadata", format!("id {name}"))
                .header("Content-Type", "application/offset+octet-stream")
                .bearer_auth(token)
                .body(bytes.clone());
            let answer = self.send(request, from).await?;
            match answer.status() {
                StatusCode::CREATED => return Ok(()),
                StatusCode::SERVICE_UNAVAILABLE | StatusCode::TOO_MANY_REQUESTS => {
                    self.put_off += 1;
                    tokio::time::sleep(PAUSE).await;
                }
                status => bail!("{status}: {}", answer.text().await?),
            }
        }
    }

    async fn ask(&self, operation: &str, variables: &Value, from: &str) -> anyhow::Result<Value> {
        let body = json!({ "query": contract::operation(operation), "variables": variables });
        let request = self.http.post(format!("{}/graphql", self.url)).json(&body);
        let answer: Value = self.send(request, from).await?.json().await?;
        anyhow::ensure!(answer["errors"].is_null(), "{answer}");
        Ok(answer["data"].clone())
    }

    async fn send(&self, request: RequestBuilder, from: &str) -> anyhow::Result<Response> {
        Ok(request.header("X-Forwarded-For", from).send().await?)
    }
}
