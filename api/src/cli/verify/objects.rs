//! `liangxin verify objects`: whether everything that the database says is held lies in the store, as it was put there, and
//! is what was signed.

use crate::{
    boot::{self, Opening},
    config::Config,
};
use liangxin_app::{
    app::App,
    ports::clock::Clock,
    store,
    usecase::evidence::{self, Contradiction, Difference},
};

/// What was found.
pub(super) struct Compared {
    /// How many objects should be there.
    held: usize,
    /// How many of them are missing or altered.
    pub(super) lost: usize,
    /// How many nobody knows of.
    orphaned: usize,
    /// How many receipts were signed.
    receipts: usize,
    /// How often one says something else than the database.
    pub(super) contradicted: usize,
}

impl Compared {
    pub(super) fn print(&self) {
        let Self {
            held,
            lost,
            orphaned,
            receipts,
            contradicted,
        } = self;
        println!("{held} objects checked, {lost} damaged or missing, {orphaned} orphaned");
        println!("{receipts} receipts checked, {contradicted} times not what was signed");
    }
}

/// Compares, tells, and mends nothing. Orphaned objects take nothing from anybody: they are told and fail nothing.
pub(super) async fn run(config: Config) -> anyhow::Result<()> {
    let app = boot::open(&config, Clock::System, String::new(), Opening::Look).await?;
    let compared = compare(&app).await?;
    compared.print();
    anyhow::ensure!(
        compared.lost + compared.contradicted == 0,
        "objects are not what they were"
    );
    Ok(())
}

/// Compares the database with the store and with the receipts, and prints each difference.
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
    let mut contradicted = 0;
    let mut told = |contradiction: Contradiction| {
        println!("{contradiction}");
        contradicted += 1;
    };
    let receipts = evidence::verify_receipts(app, &mut told).await?;
    Ok(Compared {
        held,
        lost: lost.len(),
        orphaned,
        receipts,
        contradicted,
    })
}
