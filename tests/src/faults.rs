//! Fault runs: the program itself under a load of every kind of write, while what stands beside it fails at random.
//!
//! One run is one seed on one database. What fails, when, for how long and what is written follow from the seed; how far
//! the load has come by then follows from the machine. At the end everything is well again, and then all that was
//! acknowledged must be there, once.

mod hurt;
mod matters;
mod plan;
mod sentry;
mod verdict;
mod world;

use std::time::{Duration, Instant};

use futures_util::future::join_all;
use tokio::sync::watch;

use crate::chance::Chance;
use crate::database::Engine;
use crate::phone::Phone;
use matters::{Matter, Play};
use plan::Plan;
use world::World;

pub use verdict::Standards;

/// How many people write at the same time.
const WRITERS: usize = 3;

/// How long a write may go on after all is well again.
const TO_FINISH: Duration = Duration::from_secs(40);

/// What a run did and what it found.
#[derive(Debug)]
pub struct Outcome {
    /// What failed, in order of its beginning.
    pub plan: String,
    /// What was written, tried and looked at, for the printout.
    pub figures: String,
    /// What must not be; empty if all is well.
    pub findings: Vec<String>,
}

/// Plays one seed on one database. `standards` are filled by the first run on an engine, before anything fails.
pub async fn play(seed: u64, engine: Engine, standards: &mut Standards) -> Outcome {
    let began = Instant::now();
    let world = World::make(engine).await;
    let (deadline, give_up) = watch::channel(None);
    let phone = Phone::new(&world.url(), give_up);
    let mut chance = Chance::of(seed);
    let plan = Plan::of(&mut chance, &world.places());
    let mut findings = Vec::new();
    let mut matters = Vec::new();
    let before = verdict::rows(&world).await;
    if !standards.knows(engine) {
        deadline.send_replace(Some(Instant::now() + TO_FINISH));
        let calm = write_each_once(&phone, &mut chance).await;
        deadline.send_replace(None);
        standards.learn(engine, &world, &calm).await;
        keep(calm, &mut matters, &mut findings);
    }
    let started = Instant::now();
    let (over, is_over) = watch::channel(false);
    let (looks, load) = {
        let writers = (0..WRITERS).map(|_| write(&phone, chance.branch(), is_over.clone()));
        let faults = async {
            world.suffer(&plan).await;
            over.send_replace(true);
            deadline.send_replace(Some(Instant::now() + TO_FINISH));
        };
        let load = async {
            let (load, ()) = tokio::join!(join_all(writers), faults);
            load
        };
        sentry::watch(&world, load).await
    };
    let suffered = started.elapsed();
    load.into_iter()
        .for_each(|written| keep(written, &mut matters, &mut findings));
    let is_whole = findings.is_empty();
    findings.extend(looks.findings.iter().cloned());
    let judged = verdict::judge(&world, &phone, (&before, &matters, is_whole), standards);
    findings.extend(judged.await);
    findings.extend(world.findings());
    let (tries, refused, unknown) = phone.counts();
    let figures = format!(
        "{} matters, {tries} requests ({refused} refused for now, {unknown} without answer), {} looks at /readyz, {} of them \
         judged; {:.1} s with faults, {:.1} s in all",
        matters.len(),
        looks.looks,
        looks.judged,
        suffered.as_secs_f64(),
        began.elapsed().as_secs_f64(),
    );
    world.end().await;
    Outcome {
        plan: plan.to_string(),
        figures,
        findings,
    }
}

type Written = Vec<anyhow::Result<Matter>>;

/// One matter after the other, until it is over.
async fn write(phone: &Phone, mut chance: Chance, is_over: watch::Receiver<bool>) -> Written {
    let mut written = Vec::new();
    while !*is_over.borrow() {
        let play = chance.pick(&Play::ALL);
        let done = matters::play(phone, play, &mut chance).await;
        let is_lost = done.is_err();
        written.push(done);
        // Whoever was refused what must not be refused tells it once, and not again and again.
        if is_lost {
            break;
        }
    }
    written
}

async fn write_each_once(phone: &Phone, chance: &mut Chance) -> Written {
    let mut written = Vec::new();
    for play in Play::ALL {
        written.push(matters::play(phone, play, chance).await);
    }
    written
}

fn keep(written: Written, matters: &mut Vec<Matter>, findings: &mut Vec<String>) {
    for done in written {
        match done {
            Ok(matter) => matters.push(matter),
            Err(error) => findings.push(format!("{error:#}")),
        }
    }
}
