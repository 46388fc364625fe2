//! What must hold when all is well again: what was acknowledged is there, once, and nothing waits.

use std::collections::{BTreeMap, BTreeSet};
use std::time::{Duration, Instant};

use liangxin_app::naming;
use liangxin_app::work::Db;
use sea_orm::{ConnectionTrait as _, DbBackend, Statement, Value};
use serde_json::json;
use uuid::Uuid;

use crate::census::count;
use crate::database::Engine;
use crate::phone::Phone;

use super::matters::{Matter, Play};
use super::world::World;

/// How long the jobs may take once nothing is put off any more.
const TO_DRAIN: Duration = Duration::from_secs(40);

/// After what time of that a job that somebody holds counts as lost; the program itself waits until its lease ends.
const LOST_AFTER: Duration = Duration::from_secs(6);

/// The tables whose rows follow from what was acknowledged.
const TABLES: [&str; 8] = [
    "report",
    "complaint",
    "visit",
    "measurement",
    "case_file",
    "reward",
    "message",
    "photo",
];

/// What belongs to a report or complaint, one question each; `$1` is its id.
const PARTS: [(&str, &str); 7] = [
    (
        "event",
        "SELECT kind AS part, COUNT(*) AS times FROM event WHERE report_id = $1 OR subject = $1 GROUP BY kind",
    ),
    (
        "job",
        "SELECT j.kind AS part, COUNT(*) AS times FROM job j JOIN event e ON e.id = j.event_id \
         WHERE (e.report_id = $1 OR e.subject = $1) AND j.kind <> 'ask_for_calendar' GROUP BY j.kind",
    ),
    (
        "photo",
        "SELECT kind AS part, COUNT(*) AS times FROM photo WHERE report_id = $1 OR visit_id IN \
         (SELECT id FROM visit WHERE report_id = $1) GROUP BY kind",
    ),
    (
        "message",
        "SELECT sender AS part, COUNT(*) AS times FROM message WHERE report_id = $1 GROUP BY sender",
    ),
    (
        "visit",
        "SELECT state AS part, COUNT(*) AS times FROM visit WHERE report_id = $1 GROUP BY state",
    ),
    (
        "clock",
        "SELECT rule_id AS part, COUNT(*) AS times FROM clock WHERE report_id = $1 OR complaint_id = $1 \
         GROUP BY rule_id",
    ),
    (
        "notice",
        "SELECT paper AS part, COUNT(*) AS times FROM notice WHERE subject_id = $1 GROUP BY paper",
    ),
];

/// How often each thing stands in one matter.
type Profile = BTreeMap<String, i64>;

/// What each kind of matter looks like when nothing failed, on each engine.
#[derive(Debug, Default)]
pub struct Standards(BTreeMap<String, Profile>);

impl Standards {
    pub(super) fn knows(&self, engine: Engine) -> bool {
        let begin = engine.to_string();
        self.0.keys().any(|key| key.starts_with(&begin))
    }

    /// Learns from matters that were written while all was well.
    pub(super) async fn learn(
        &mut self,
        engine: Engine,
        world: &World,
        calm: &[anyhow::Result<Matter>],
    ) {
        let db = world.db().await;
        for matter in calm.iter().flatten() {
            let profile = profile(&db, matter).await;
            self.0.insert(key(engine, matter.play), profile);
        }
        close(db).await;
    }
}

fn key(engine: Engine, play: Play) -> String {
    format!("{engine} {play}")
}

/// How many rows each table has.
pub(super) async fn rows(world: &World) -> BTreeMap<&'static str, i64> {
    let db = world.db().await;
    let mut rows = BTreeMap::new();
    for table in TABLES {
        rows.insert(table, count(&db, table, "1 = 1").await);
    }
    close(db).await;
    rows
}

/// Waits for the jobs, and then looks at everything. Answers what must not be.
pub(super) async fn judge(
    world: &World,
    phone: &Phone,
    (before, matters, is_whole): (&BTreeMap<&'static str, i64>, &[Matter], bool),
    standards: &Standards,
) -> Vec<String> {
    let db = world.db().await;
    let mut findings = Vec::new();
    findings.extend(drain(world, &db).await);
    for matter in matters {
        findings.extend(receipts(phone, matter).await);
        findings.extend(commands(&db, matter).await);
        if let Some(standard) = standards.0.get(&key(world.engine, matter.play)) {
            findings.extend(differences(standard, &profile(&db, matter).await, matter));
        }
    }
    // A matter that broke off has left rows and jobs that nobody counted.
    if is_whole {
        findings.extend(totals(world, before, matters).await);
    }
    findings.extend(mails(world, &db, matters).await);
    if is_whole {
        findings.extend(waiting(world, &db, matters).await);
    }
    let (is_well, said) = world.command(&["verify"]);
    if !is_well {
        findings.push(format!("liangxin verify: {said}"));
    }
    close(db).await;
    findings
}

/// Lets time pass for jobs that were put off and for those of a killed process, until none is left.
async fn drain(world: &World, db: &Db) -> Vec<String> {
    let began = Instant::now();
    let now = match db.is_postgres() {
        true => "now() - interval '1 second'",
        false => "strftime('%Y-%m-%d %H:%M:%S', 'now', '-1 second') || '+00:00'",
    };
    // What a killed process held: the lease of a job is thirty seconds, and this one has not claimed it.
    let lost = match db.is_postgres() {
        true => format!(
            "lease_until < now() + interval '30 seconds' - interval '{} milliseconds'",
            world.alive_for().as_millis()
        ),
        false => "1 = 0".to_owned(),
    };
    let release = format!("UPDATE job SET lease_until = {now} WHERE state = 'running' AND {lost}");
    execute(db, &release).await;
    while began.elapsed() < TO_DRAIN {
        if count(db, "job", "state IN ('ready', 'running')").await == 0 {
            return Vec::new();
        }
        execute(
            db,
            &format!("UPDATE job SET run_at = {now} WHERE state = 'ready' AND run_at > {now}"),
        )
        .await;
        // Every port is well, so nobody who lives holds a job for so long: it was lost with its connection.
        if began.elapsed() > LOST_AFTER {
            let lost = "UPDATE job SET lease_until = ";
            execute(db, &format!("{lost}{now} WHERE state = 'running'")).await;
        }
        tokio::time::sleep(Duration::from_millis(250)).await;
    }
    let stuck = groups(
        db,
        "SELECT kind || ' ' || state || ' ' || COALESCE(last_error, '') AS part, COUNT(*) AS times FROM job \
         WHERE state IN ('ready', 'running') GROUP BY 1",
        Vec::new(),
    );
    vec![format!(
        "jobs are stuck: {:?}; {}",
        stuck.await,
        world.log()
    )]
}

async fn receipts(phone: &Phone, matter: &Matter) -> Vec<String> {
    let mut findings = Vec::new();
    for receipt in &matter.receipts {
        let variables = json!({ "receiptCode": receipt.code });
        let thing = match receipt.operation {
            "TrackReport" => "report",
            _ => "complaint",
        };
        match phone.run(None, receipt.operation, &variables).await {
            Ok(found) if found[thing]["number"] == receipt.number => {}
            Ok(found) => findings.push(format!(
                "the receipt of {} opens {}",
                receipt.number, found[thing]["number"]
            )),
            Err(error) => findings.push(format!("the receipt of {}: {error:#}", receipt.number)),
        }
    }
    findings
}

async fn commands(db: &Db, matter: &Matter) -> Vec<String> {
    let mut findings = Vec::new();
    for (operation, id) in &matter.commands {
        let sql = "SELECT operation AS part, COUNT(*) AS times FROM command WHERE id = $1 GROUP BY operation";
        let found = groups(db, sql, vec![(*id).into()]).await;
        // A citizen's filing stands for itself: it is the report or the complaint.
        let is_filing = operation.starts_with("File") && found.is_empty();
        if !is_filing && found.values().sum::<i64>() != 1 {
            findings.push(format!(
                "{operation} {id} was acknowledged and is not there: {found:?}"
            ));
        }
    }
    for photo in &matter.photos {
        let sql = "SELECT kind AS part, COUNT(*) AS times FROM photo WHERE id = $1 AND stored_at IS NOT NULL GROUP BY kind";
        if groups(db, sql, vec![(*photo).into()])
            .await
            .values()
            .sum::<i64>()
            != 1
        {
            findings.push(format!(
                "the photo {photo} was acknowledged and is not there"
            ));
        }
    }
    findings
}

/// What stands in a matter, and how often.
async fn profile(db: &Db, matter: &Matter) -> Profile {
    let mut profile = Profile::new();
    for subject in matter.reports.iter().chain(&matter.complaints) {
        for (table, sql) in PARTS {
            for (part, times) in groups(db, sql, vec![(*subject).into()]).await {
                *profile.entry(format!("{table} {part}")).or_default() += times;
            }
        }
    }
    profile
}

fn differences(standard: &Profile, found: &Profile, matter: &Matter) -> Vec<String> {
    let parts: BTreeSet<_> = standard.keys().chain(found.keys()).collect();
    let differs = parts.into_iter().filter_map(|part| {
        let (should, is) = (standard.get(part), found.get(part));
        (should != is).then(|| {
            let (should, is) = (should.unwrap_or(&0), is.unwrap_or(&0));
            let subjects: Vec<Uuid> = matter
                .reports
                .iter()
                .chain(&matter.complaints)
                .copied()
                .collect();
            format!(
                "{} {subjects:?} has `{part}` {is} times instead of {should}",
                matter.play
            )
        })
    });
    differs.collect()
}

async fn totals(
    world: &World,
    before: &BTreeMap<&'static str, i64>,
    matters: &[Matter],
) -> Vec<String> {
    let rows = rows(world).await;
    let number = |count: usize| i64::try_from(count).unwrap_or(i64::MAX);
    let of = |play: Play| number(matters.iter().filter(|matter| matter.play == play).count());
    let sum = |many: fn(&Matter) -> usize| number(matters.iter().map(many).sum());
    let (stories, photos) = (of(Play::Story), sum(|matter| matter.photos.len()));
    let expected = [
        ("report", sum(|matter| matter.reports.len())),
        ("complaint", sum(|matter| matter.complaints.len())),
        ("visit", stories),
        ("measurement", stories),
        ("case_file", stories),
        ("reward", stories),
        ("message", 2 * stories),
        ("photo", photos),
    ];
    let differs = expected.into_iter().filter_map(|(table, should)| {
        let is = rows.get(table)? - before.get(table)?;
        (is != should).then(|| format!("{table} has {is} new rows instead of {should}"))
    });
    differs.collect()
}

/// Every mail that was noted as sent was taken by the server of mail, under the name that the key makes of its id. And every address that has a
/// mailbox was asked whether it wants mails: nobody here says yes, so that nothing else goes there.
async fn mails(world: &World, db: &Db, matters: &[Matter]) -> Vec<String> {
    let taken = world.mail.taken();
    let texts: Vec<_> = taken.iter().map(|mail| mail.text.as_str()).collect();
    let texts = texts.join("\n");
    let mut findings = Vec::new();
    let keys = world.keys(db).await;
    for mail in ids(db, "SELECT mail_id AS id FROM sent_mail").await {
        let name = naming::of_mail(&keys, mail);
        if !texts.contains(&format!("<{name}@")) {
            findings.push(format!(
                "the mail {mail} is noted as sent and was never taken"
            ));
        }
    }
    for matter in matters.iter().filter(|matter| matter.has_mailbox) {
        if !taken.iter().any(|mail| mail.to.contains(&matter.mailbox)) {
            findings.push(format!("{} was never asked", matter.mailbox));
        }
    }
    findings
}

/// Nothing waits for a person but the mails to those who have no mailbox.
async fn waiting(world: &World, db: &Db, matters: &[Matter]) -> Vec<String> {
    let mut unreachable = BTreeSet::new();
    for matter in matters.iter().filter(|matter| !matter.has_mailbox) {
        unreachable.extend(matter.reports.iter().chain(&matter.complaints).copied());
    }
    let sql = "SELECT subject AS id FROM job WHERE state = 'failed'";
    let failed = ids(db, sql).await;
    let mut findings: Vec<_> = failed
        .iter()
        .filter(|subject| !unreachable.contains(subject))
        .map(|subject| format!("a job about {subject} waits for a person"))
        .collect();
    let (is_well, said) = world.command(&["jobs", "list"]);
    let last = format!("{} jobs wait for a person", failed.len());
    if !is_well || !said.contains(&last) {
        findings.push(format!(
            "liangxin jobs list says {said:?} instead of {last:?}"
        ));
    }
    findings
}

fn statement(db: &Db, sql: &str, values: Vec<Value>) -> Statement {
    let backend = match db.is_postgres() {
        true => DbBackend::Postgres,
        false => DbBackend::Sqlite,
    };
    Statement::from_sql_and_values(backend, sql, values)
}

/// The rows of a question for `part` and `times`. Panics if the database refuses it.
async fn groups(db: &Db, sql: &str, values: Vec<Value>) -> Profile {
    let rows = db.writer().query_all_raw(statement(db, sql, values)).await;
    let rows = rows.and_then(|rows| {
        let pair =
            |row: &sea_orm::QueryResult| Ok((row.try_get("", "part")?, row.try_get("", "times")?));
        rows.iter()
            .map(pair)
            .collect::<Result<Profile, sea_orm::DbErr>>()
    });
    rows.unwrap_or_else(|error| panic!("the database refused `{sql}`: {error}"))
}

async fn ids(db: &Db, sql: &str) -> Vec<Uuid> {
    let rows = db
        .writer()
        .query_all_raw(statement(db, sql, Vec::new()))
        .await;
    let rows = rows.and_then(|rows| rows.iter().map(|row| row.try_get("", "id")).collect());
    rows.unwrap_or_else(|error| panic!("the database refused `{sql}`: {error}"))
}

async fn execute(db: &Db, sql: &str) {
    let done = db.writer().execute_unprepared(sql).await;
    done.unwrap_or_else(|error| panic!("the database refused `{sql}`: {error}"));
}

async fn close(db: Db) {
    let closed = db.close().await;
    closed.unwrap_or_else(|error| panic!("the look at the database did not end: {error}"));
}
