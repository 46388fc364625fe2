//! The program itself, killed in the middle of the story and started again, and the story with every real part.
//!
//! The story of the demo is played over HTTP. Its ids follow from a seed, so after a kill the interrupted step is played
//! again, and in the end the whole story from its beginning: what was done already must be a quiet success, and
//! everything is there exactly once.

use std::collections::BTreeSet;
use std::path::Path;
use std::time::Duration;

use liangxin_app::app::sha256;
use liangxin_app::work::Db;
use liangxin_demo::narrator::Narrator;
use liangxin_demo::story::{STEPS, Story};
use liangxin_domain::refusal::Lang;
use liangxin_tests::census::count;
use liangxin_tests::program::{self, Program};
use liangxin_tests::{postgres, s3, smtp};

/// Which report, visit and case the story makes; printed with every failure.
const SEED: u64 = 20_261_123;

/// How long the jobs may take that the last request caused.
const PATIENCE: Duration = Duration::from_secs(60);

/// The rows that the story makes, each exactly once.
const ONCE: [(&str, &str); 12] = [
    ("report", "state = 'closed_penalty'"),
    ("visit", "state = 'submitted'"),
    ("measurement", "outcome = 'fails'"),
    ("case_file", "state = 'closed'"),
    ("event", "kind = 'case_decided'"),
    ("event", "kind = 'decision_served'"),
    ("event", "kind = 'payment_recorded'"),
    ("event", "kind = 'case_finished'"),
    ("reward", "1 = 1"),
    ("event", "kind = 'reward_screened'"),
    (
        "rating",
        "cause IN (SELECT id FROM event WHERE kind = 'decision_served')",
    ),
    // The same once more, with the same photo.
    ("report", "state = 'duplicate'"),
];

/// When a round ends the server.
#[derive(Debug, Clone, Copy)]
enum Kill {
    /// Right after the n-th answer of a step.
    AfterAnswer { step: usize, answer: usize },
    /// While the first photo of a step is on its way.
    DuringUpload { step: usize },
}

/// Hears the story and kills the server while bytes are on their way.
struct Assassin {
    victim: Option<Program>,
    kill: Kill,
    step: usize,
}

impl Narrator for Assassin {
    fn begin(&mut self, number: usize) {
        self.step = number;
    }

    fn say(&mut self, _who: &str, _what: &str, _answer: &str, _link: Option<&str>) {}

    fn progress(&mut self, _label: &str, sent: u64, total: u64) {
        let Kill::DuringUpload { step } = self.kill else {
            return;
        };
        if self.step == step
            && sent * 2 >= total
            && let Some(victim) = self.victim.take()
        {
            victim.kill();
        }
    }
}

impl Kill {
    fn step(self) -> usize {
        match self {
            Self::AfterAnswer { step, .. } | Self::DuringUpload { step } => step,
        }
    }
}

/// Plays the story from a step until the server is killed, or to its end if it never is.
async fn play(
    program: &Program,
    first: usize,
    kill: Option<Kill>,
    mails: &Path,
) -> Result<(), String> {
    let mut story = Story::new(&program.url, SEED, Lang::En)
        .unwrap()
        .with_mails_in(&mails.display().to_string());
    if let Some(Kill::AfterAnswer { step, answer }) = kill {
        let victim = program.clone();
        story.on_action(move |at, action| {
            if (at, action) == (step, answer) {
                victim.kill();
            }
        });
    }
    let mut assassin = Assassin {
        victim: kill.is_some().then(|| program.clone()),
        kill: kill.unwrap_or(Kill::DuringUpload { step: 0 }),
        step: 0,
    };
    for step in first..=STEPS.len() {
        story
            .play(step, &mut assassin)
            .await
            .map_err(|error| describe(&error))?;
    }
    Ok(())
}

fn describe(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut next = error.source();
    while let Some(cause) = next {
        text = format!("{text}: {cause}");
        next = cause.source();
    }
    text
}

/// Waits until no job is left to do.
async fn settle(db: &Db) {
    let settled = async {
        while count(db, "job", "state <> 'done'").await > 0 {
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    };
    let waited = tokio::time::timeout(PATIENCE, settled).await;
    assert!(
        waited.is_ok(),
        "seed {SEED}: jobs are left after {PATIENCE:?}"
    );
}

async fn everything_is_there_once(db: &Db) {
    for (table, condition) in ONCE {
        assert_eq!(
            count(db, table, condition).await,
            1,
            "seed {SEED}: {table} where {condition}"
        );
    }
    for (table, condition) in [("report", "1 = 1"), ("event", "kind = 'report_filed'")] {
        assert_eq!(count(db, table, condition).await, 2, "seed {SEED}: {table}");
    }
    assert_eq!(count(db, "photo", "1 = 1").await, 6, "seed {SEED}");
    assert_eq!(count(db, "case_file", "1 = 1").await, 1, "seed {SEED}");
    assert_eq!(
        count(db, "job", "kind = 'mail_reporter'").await,
        5,
        "seed {SEED}"
    );
    assert_eq!(
        count(db, "photo", "stored_at IS NULL").await,
        0,
        "seed {SEED}: a promised photo is missing"
    );
}

/// The files of a directory with their names, whatever its depth.
fn files(directory: &Path) -> Vec<(String, Vec<u8>)> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(directory).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files(&path));
        } else {
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            found.push((name, std::fs::read(&path).unwrap()));
        }
    }
    found
}

/// One mail asks the reporter's address whether it wants the news, which nobody answers here, and one asks for the
/// calendar of 2027. The story passes days in seconds: whether the look for periods that end falls between two of
/// them is not told beforehand, and the warnings that it finds to send may be there or not, none of them twice. There is
/// no other mail.
async fn each_mail_went_once(db: &Db, mails: impl IntoIterator<Item = String>) {
    let mails: Vec<String> = mails.into_iter().collect();
    let line = |mail: &str, name: &str| {
        let line = mail.lines().find_map(|line| line.strip_prefix(name));
        line.unwrap_or_else(|| panic!("seed {SEED}: {name} is not in {mail}"))
            .to_owned()
    };
    for to in ["citizen@mail.example", "qiu@hunan.example"] {
        let to_it = mails.iter().filter(|mail| line(mail, "To: ") == to).count();
        assert_eq!(to_it, 1, "seed {SEED}: mails to {to} of {mails:#?}");
    }
    let ids: BTreeSet<String> = mails
        .iter()
        .map(|mail| line(mail, "Message-ID: "))
        .collect();
    assert_eq!(ids.len(), mails.len(), "seed {SEED}: {mails:#?}");
    let of_warnings = "job_id IN (SELECT id FROM job WHERE kind = 'warn_of_deadline')";
    let warnings = count(db, "sent_mail", of_warnings).await;
    assert_eq!(
        i64::try_from(mails.len()),
        Ok(2 + warnings),
        "seed {SEED}: {mails:#?}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_killed_in_every_step_ends_with_everything_done_exactly_once() {
    let directory = tempfile::tempdir().unwrap();
    let data = directory.path().join("data");
    let mails = data.join("mail");
    let kills = [
        Kill::DuringUpload { step: 1 },
        Kill::AfterAnswer { step: 1, answer: 2 },
        Kill::AfterAnswer { step: 2, answer: 3 },
        Kill::DuringUpload { step: 3 },
        Kill::AfterAnswer { step: 3, answer: 5 },
        Kill::AfterAnswer { step: 4, answer: 2 },
        Kill::AfterAnswer { step: 4, answer: 9 },
        Kill::AfterAnswer { step: 5, answer: 1 },
        Kill::AfterAnswer { step: 6, answer: 2 },
        Kill::AfterAnswer { step: 7, answer: 1 },
    ];
    let mut interrupted = 1;
    for kill in kills {
        let program = Program::serve(&data, &[]).await;
        let played = play(&program, interrupted, Some(kill), &mails).await;
        interrupted = kill.step();
        let Err(error) = played else {
            panic!("seed {SEED}: {kill:?} came too late")
        };
        assert!(
            error.contains("got no answer"),
            "seed {SEED}: {kill:?}: {error}"
        );
    }
    let program = Program::serve(&data, &[]).await;
    play(&program, 1, None, &mails)
        .await
        .unwrap_or_else(|error| panic!("seed {SEED}: {error}"));
    let db = Db::connect(
        &format!("sqlite://{}", data.join("liangxin.db").display()),
        1,
    )
    .await
    .unwrap();
    settle(&db).await;
    everything_is_there_once(&db).await;
    program.kill();
    // A mail has a file, however often it was tried.
    let sent = files(&mails).into_iter();
    each_mail_went_once(&db, sent.map(|(_, mail)| String::from_utf8(mail).unwrap())).await;
    for (name, bytes) in files(&data.join("objects")) {
        assert_eq!(sha256(&bytes).to_string(), name, "seed {SEED}");
    }
    let verified = program::run(&["verify"], &data);
    assert!(
        verified.contains(" 0 damaged or missing") && verified.contains(" 0 differ"),
        "seed {SEED}: {verified}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn the_story_runs_with_every_real_part_of_production() {
    let directory = tempfile::tempdir().unwrap();
    let received = directory.path().join("received");
    let (Some(postgres), Some(mail)) = (postgres::server(), smtp::start(&received)) else {
        return;
    };
    let store = s3::start(&directory.path().join("s3")).await;
    let database = postgres.create_database().await;
    let environment = [
        ("DATABASE_URL", database.as_str()),
        ("S3_BUCKET", &store.bucket),
        ("S3_ENDPOINT", &store.endpoint),
        ("AWS_ACCESS_KEY_ID", &store.access_key),
        ("AWS_SECRET_ACCESS_KEY", &store.secret_key),
        ("SMTP_URL", mail.url()),
    ];
    let program = Program::serve(&directory.path().join("data"), &environment).await;
    play(&program, 1, None, &received)
        .await
        .unwrap_or_else(|error| panic!("seed {SEED}: {error}"));
    let db = Db::connect(&database, 1).await.unwrap();
    settle(&db).await;
    everything_is_there_once(&db).await;
    each_mail_went_once(&db, mail.messages()).await;
    let originals = files(
        &directory
            .path()
            .join("s3")
            .join(&store.bucket)
            .join("originals"),
    );
    assert!(originals.len() >= 4, "seed {SEED}");
    for (name, bytes) in originals {
        assert_eq!(sha256(&bytes).to_string(), name, "seed {SEED}");
    }
    program.kill();
    db.close().await.unwrap();
    postgres.drop_database(&database).await;
}
