//! How each fault is played in the world, and mended.

use std::sync::Arc;
use std::time::Duration;

use anyhow::Context as _;
use futures_util::future::join_all;

use crate::post_office::Mood;
use crate::proxy::Way;

use super::plan::{Fault, Plan, Planned};
use super::world::{Database, Part, World};

impl World {
    /// Lets everything fail that is planned, and mends it all.
    pub(super) async fn suffer(&self, plan: &Plan) {
        let began = tokio::time::Instant::now();
        let places = plan.places.iter().map(async |list| {
            for planned in list {
                tokio::time::sleep_until(began + planned.at).await;
                let hurt = self.hurt(*planned).await;
                if let Err(error) = hurt {
                    self.find(format!("{planned:?} could not be played: {error:#}"));
                }
            }
        });
        join_all(places).await;
    }

    async fn hurt(&self, planned: Planned) -> anyhow::Result<()> {
        let Planned { fault, lasts, .. } = planned;
        match fault {
            Fault::Killed => self.kill(lasts).await,
            Fault::DiskFull => self.fill_disk(lasts).await?,
            Fault::MailSilent => self.hurt_mail(Mood::Silent, lasts).await,
            Fault::MailBusy => self.hurt_mail(Mood::Busy, lasts).await,
            Fault::MailAway => self.hurt_mail(Mood::Away, lasts).await,
            Fault::ObjectsClosed => self.hurt_objects(Way::Closed, lasts).await,
            Fault::ObjectsSilent => self.hurt_objects(Way::Silent, lasts).await,
            Fault::ObjectsSlow => self.hurt_objects(Way::Slow, lasts).await,
            Fault::ObjectsDeaf => self.hurt_objects(Way::Deaf, lasts).await,
            Fault::ClientsCut => self.to_program.cut(),
            Fault::ClientsDeaf => {
                self.to_program.set(Way::Deaf);
                tokio::time::sleep(lasts).await;
                self.to_program.set(Way::Open);
            }
            Fault::DatabaseCrashed
            | Fault::DatabaseRestarted
            | Fault::DatabaseCut
            | Fault::DatabaseClosed
            | Fault::DatabaseSilent
            | Fault::DatabaseDeaf => self.hurt_database(fault, lasts).await?,
        }
        Ok(())
    }

    async fn kill(&self, away: Duration) {
        self.note(|known| known.program = Part::Down);
        if let Some(program) = self.program() {
            self.read_log();
            program.kill();
        }
        self.set_program(None);
        tokio::time::sleep(away).await;
        self.start().await;
    }

    async fn fill_disk(&self, lasts: Duration) -> anyhow::Result<()> {
        let volume = self.volume.as_ref().context("there is no small disk")?;
        // SQLite writes into the pages that its log has already: it may go on for a while.
        self.note(|known| known.database = Part::Unsure);
        volume.fill()?;
        tokio::time::sleep(lasts).await;
        volume.free()?;
        self.note(|known| known.database = Part::Up);
        Ok(())
    }

    async fn hurt_mail(&self, mood: Mood, lasts: Duration) {
        self.mail.set(mood);
        tokio::time::sleep(lasts).await;
        self.mail.set(Mood::Well);
    }

    async fn hurt_objects(&self, way: Way, lasts: Duration) {
        let part = match way {
            Way::Closed | Way::Silent | Way::Deaf => Part::Down,
            Way::Open | Way::Slow | Way::Twice | Way::Line { .. } => Part::Unsure,
        };
        self.note(|known| known.objects = part);
        self.to_store.set(way);
        if way == Way::Deaf {
            // What is on its way back already arrives.
            self.to_store.cut();
        }
        tokio::time::sleep(lasts).await;
        self.to_store.set(Way::Open);
        self.note(|known| known.objects = Part::Up);
    }

    async fn hurt_database(&self, fault: Fault, lasts: Duration) -> anyhow::Result<()> {
        let Database::Server { cluster, way } = &self.database else {
            anyhow::bail!("the database is a file");
        };
        let is_down = matches!(fault, Fault::DatabaseClosed | Fault::DatabaseSilent);
        let part = if is_down { Part::Down } else { Part::Unsure };
        self.note(|known| known.database = part);
        match fault {
            Fault::DatabaseCut => way.cut(),
            Fault::DatabaseClosed => way.set(Way::Closed),
            Fault::DatabaseSilent => way.set(Way::Silent),
            Fault::DatabaseDeaf => way.set(Way::Deaf),
            _ => {
                let (cluster, stop) =
                    (Arc::clone(cluster), fault.stop().context("no way to stop")?);
                tokio::task::spawn_blocking(move || cluster.restart(stop)).await??;
            }
        }
        if matches!(
            fault,
            Fault::DatabaseClosed | Fault::DatabaseSilent | Fault::DatabaseDeaf
        ) {
            tokio::time::sleep(lasts).await;
            way.set(Way::Open);
        }
        self.note(|known| known.database = Part::Up);
        Ok(())
    }
}
