//! Whether `/readyz` tells the truth at each moment that the truth is known.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use reqwest::Client;

use super::world::{Known, Part, World};

/// How often it is asked.
const PAUSE: Duration = Duration::from_millis(120);

/// How long a part must have been as it is before the answer has to say so.
const SETTLED: Duration = Duration::from_millis(1200);

/// Within what time an answer has to be there: two seconds, as the program promises, and one for a busy machine.
const PROMPT: Duration = Duration::from_secs(3);

/// What was seen.
#[derive(Debug, Default)]
pub(super) struct Looks {
    /// How often it was asked.
    pub(super) looks: u64,
    /// How often it was known what the answer had to be.
    pub(super) judged: u64,
    /// What was wrong, each kind once with how often.
    pub(super) findings: Vec<String>,
}

/// Asks again and again while `work` goes on; answers with what the work did.
pub(super) async fn watch<T>(world: &World, work: impl Future<Output = T>) -> (Looks, T) {
    let http = Client::builder().no_proxy().timeout(PROMPT).build();
    let http = http.unwrap_or_else(|error| panic!("no client: {error}"));
    let mut wrong: BTreeMap<String, (u64, String)> = BTreeMap::new();
    let (mut looks, mut judged) = (0, 0);
    let asking = async {
        loop {
            tokio::time::sleep(PAUSE).await;
            let known = *world.known.borrow();
            let Some(program) = world.program() else {
                continue;
            };
            let said = ask(&http, &program.url).await;
            looks += 1;
            // Only what was so before the question and is so after the answer can be held against it.
            if world.known.borrow().since != known.since || known.since.elapsed() < SETTLED {
                continue;
            }
            judged += 1;
            if let Some(finding) = judge(known, &said) {
                wrong.entry(finding).or_insert((0, said)).0 += 1;
            }
        }
    };
    let done = tokio::select! {
        done = work => done,
        () = asking => unreachable!("it asks for ever"),
    };
    let findings = wrong.into_iter().map(|(finding, (times, said))| {
        format!("/readyz {finding}, {times} times, first: {said:?}")
    });
    let findings = findings.collect();
    let looks = Looks {
        looks,
        judged,
        findings,
    };
    (looks, done)
}

/// Status and body in one text.
async fn ask(http: &Client, url: &str) -> String {
    let began = Instant::now();
    let answer = async {
        let answer = http.get(format!("{url}/readyz")).send().await?;
        let status = answer.status().as_u16();
        Ok::<_, reqwest::Error>(format!("{status} {}", answer.text().await?))
    };
    match answer.await {
        Ok(said) => said,
        Err(error) => format!("none after {:.1} s: {error}", began.elapsed().as_secs_f64()),
    }
}

fn judge(known: Known, said: &str) -> Option<String> {
    if known.program != Part::Up {
        return None;
    }
    if said.starts_with("none") {
        return Some("gave no answer".to_owned());
    }
    let expected = [("database", known.database), ("objects", known.objects)];
    for (part, how) in expected {
        let word = match how {
            Part::Up => "ok",
            Part::Down => "failed",
            Part::Unsure => continue,
        };
        if !said.contains(&format!("{part} {word}")) {
            return Some(format!("did not say `{part} {word}`"));
        }
    }
    let status = match known.database {
        Part::Up => "200",
        Part::Down => "503",
        Part::Unsure => return None,
    };
    (!said.starts_with(status)).then(|| format!("was not {status}"))
}
