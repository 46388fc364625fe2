//! How long it takes to find the photos that look like one, among many, on each database.

use std::time::{Duration, Instant};

use anyhow::Context as _;
use liangxin_app::store;
use liangxin_domain::evidence::digest::Sha256;
use liangxin_domain::id::PhotoId;
use liangxin_picture::likeness::Likeness;
use liangxin_tests::app::TestApp;
use liangxin_tests::chance::Chance;
use liangxin_tests::database::{Engine, TestDatabase};
use liangxin_tests::flow::{Flow, Step};
use uuid::Uuid;

/// Rows that are written by one statement.
const AT_ONCE: u64 = 2_000;

/// How many photos are searched for.
const SEARCHES: u64 = 300;

/// As many words as a real photo is searched by: its own, and as it would be cut.
const PROBES: usize = 11;

/// The seed of the words.
const SEED: u64 = 7;

/// Fills a database of each engine with photos and searches in it.
pub async fn run(photos: u64) -> anyhow::Result<()> {
    for engine in Engine::available() {
        let database = TestDatabase::copy(engine).await;
        let app = TestApp::open(database.url(), 4).await;
        app.leave_jobs();
        let words = fill(&app, photos).await?;
        let mut times = Vec::new();
        for search in 0..SEARCHES {
            let place = search * (photos / SEARCHES);
            times.push(find(&app, words.of(place)).await?);
        }
        times.sort();
        let at = |part: usize| {
            times
                .get(times.len() * part / 100)
                .copied()
                .unwrap_or_default()
        };
        println!(
            "{engine}: {photos} photos, {SEARCHES} searches by {PROBES} words: median {:?}, p99 {:?}, most {:?}",
            at(50),
            at(99),
            times.last().copied().unwrap_or_default()
        );
        app.parts().db.close().await?;
        database.remove().await;
    }
    Ok(())
}

/// The words of the photos, made again when they are asked for.
struct Words {
    asker: PhotoId,
}

/// What is searched for, and which photo must be found.
struct Search {
    asker: PhotoId,
    probes: Vec<Likeness>,
    wanted: Uuid,
}

impl Words {
    fn of(&self, place: u64) -> Search {
        let (wanted, word) = photo(place);
        // Seven bits, two in three of the bands and one in the last.
        let own = Likeness {
            frequencies: word.frequencies ^ 0x0003_0003_0003_0001,
            ..word
        };
        let mut chance = Chance::of(place);
        let mut probes = vec![own];
        while probes.len() < PROBES {
            // Cut, a picture differs in a dozen bits or so.
            let bits = chance.uuid().as_u128();
            let mask = (bits & (bits >> 16) & (bits >> 32)) & u128::from(u64::MAX);
            probes.push(Likeness {
                frequencies: own.frequencies ^ u64::try_from(mask).unwrap_or_default(),
                ..own
            });
        }
        Search {
            asker: self.asker,
            probes,
            wanted,
        }
    }
}

/// A photo of a number: its id and its word.
fn photo(place: u64) -> (Uuid, Likeness) {
    let mut chance = Chance::of(SEED + place);
    let id = chance.uuid();
    let word = |uuid: Uuid| {
        let (high, low) = uuid.as_u64_pair();
        // The version and the variant of an id are no chance.
        high.rotate_left(32) ^ low.rotate_left(9)
    };
    let likeness = Likeness {
        frequencies: word(chance.uuid()),
        fields: word(chance.uuid()),
    };
    (id, likeness)
}

async fn fill(app: &TestApp, photos: u64) -> anyhow::Result<Words> {
    let (one, other) = (
        Flow::after(app, Step::FileReport).await,
        Flow::after(app, Step::FileReport).await,
    );
    let owner = app.literal(one.report());
    let mut from = 0;
    while from < photos {
        let to = photos.min(from + AT_ONCE);
        let rows: Vec<_> = (from..to).map(|place| row(app, &owner, place)).collect();
        app.execute(&format!(
            "INSERT INTO photo (id, report_id, kind, sha256, size_bytes, declared_at, stored_at, place_told, is_blank, \
             frequencies, fields, band_first, band_second, band_third, band_fourth) VALUES {}",
            rows.join(", ")
        ))
        .await;
        from = to;
    }
    // As a server that lives: PostgreSQL reads what an index holds from it alone once it was vacuumed.
    if app.parts().db.is_postgres() {
        app.execute("VACUUM ANALYZE photo").await;
    }
    Ok(Words {
        asker: PhotoId::new(other.report_photo()),
    })
}

fn row(app: &TestApp, owner: &str, place: u64) -> String {
    let (id, likeness) = photo(place);
    let mut digest = [0; 32];
    digest[..16].copy_from_slice(id.as_bytes());
    let [first, second, third, fourth] = likeness.bands();
    let at = "'2026-11-23 01:00:00+00:00'";
    format!(
        "({}, {owner}, 'report', '{}', 1000, {at}, {at}, FALSE, FALSE, {}, {}, {first}, {second}, {third}, {fourth})",
        app.literal(id),
        Sha256::new(digest),
        likeness.frequencies.cast_signed(),
        likeness.fields.cast_signed(),
    )
}

/// Searches as the program does, and answers how long it took.
async fn find(app: &TestApp, search: Search) -> anyhow::Result<Duration> {
    let begin = Instant::now();
    let found = store::look_alikes::search(&app.parts().db, search.asker, &search.probes).await;
    let took = begin.elapsed();
    let found = found.map_err(|error| anyhow::anyhow!("{error:?}"))?;
    found
        .iter()
        .find(|found| found.photo.uuid() == search.wanted)
        .with_context(|| format!("{} was not found", search.wanted))?;
    Ok(took)
}
