//! `liangxin verify objects`: whether everything that the database says is held lies in the store, as it was put there.

use crate::{
    boot::{self, Opening},
    config::Config,
};
use liangxin_app::{
    app::App,
    ports::clock::Clock,
    store,
    usecase::evidence::{self, Difference},
};

/// What was found.
pub(super) struct Compared {
    /// How many objects should be there.
    held: usize,
    /// How many of them are missing or altered.
    pub(super) lost: usize,
    /// How many nobody knows of.
    orphaned: usize,
}

impl Compared {
    pub(super) fn print(&self) {
        let Self {
            held,
            lost,
            orphaned,
        } = self;
        println!("{held} objects checked, {lost} damaged or missing, {orphaned} orphaned");
    }
}

/// Compares, tells, and mends nothing. Orphaned objects take nothing from anybody: they are told and fail nothing.
pub(super) async fn run(config: Config) -> anyhow::Result<()> {
    let app = boot::open(&config, Clock::System, String::new(), Opening::Look).await?;
    let compared = compare(&app).await?;
    compared.print();
    anyhow::ensure!(compared.lost == 0, "objects are not what they were");
    Ok(())
}

/// Compares the database with the store and prints each difference.
pub(super) async fn compare(app: &App) -> anyhow::Result<Compared> {
    let (mut lost, mut orphaned) = (Vec::new(), 0);
    let mut told = |difference: Difference| {
        println!("{difference}");
        match difference {
            Difference::Missing(digest) | Difference::Altered(digest) => lost.push(digest),
            Difference::Orphaned(_) => orphaned += 1,
        }
    };
    let held = evidence::verify_objects(app, &mut told).await?;
    for digest in &lost {
        for photo in store::held_objects::list_photos(&app.db, *digest).await? {
            println!("photo {}: its bytes are {digest}", photo.declared.id);
        }
    }
    Ok(Compared {
        held,
        lost: lost.len(),
        orphaned,
    })
}
