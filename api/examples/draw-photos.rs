//! Draws one picture of each kind into a directory: `cargo run --example draw-photos -- DIR`.

use std::path::PathBuf;

use anyhow::{Context, Result};
use chrono::{DateTime, NaiveDate};
use liangxin::fixtures::photo::{Capture, Scene, draw, signature};

/// Width of the photos in pixels, and of the signature.
const PHOTO_WIDTH: u32 = 1_600;
const SIGNATURE_WIDTH: u32 = 800;

fn main() -> Result<()> {
    let directory = std::env::args_os()
        .nth(1)
        .map(PathBuf::from)
        .context("name a directory to draw into")?;
    std::fs::create_dir_all(&directory)
        .with_context(|| format!("create {}", directory.display()))?;
    let capture = Capture {
        taken_at: DateTime::parse_from_rfc3339("2026-11-23T09:30:05+08:00")?.to_utc(),
        latitude: 28.170_62,
        longitude: 112.973_84,
        device: "Example Phone 1",
    };
    let valid_until = NaiveDate::from_ymd_opt(2026, 5, 11).context("a day of the calendar")?;
    for (name, scene) in [
        (
            "scale-display.jpg",
            Scene::ScaleDisplay {
                grams: 1_235,
                yuan_per_kg_cents: 3_600,
            },
        ),
        ("stall.jpg", Scene::Stall { sign_no: 17 }),
        ("instrument-mark.jpg", Scene::InstrumentMark { valid_until }),
    ] {
        std::fs::write(directory.join(name), draw(&scene, &capture, PHOTO_WIDTH)?)
            .with_context(|| format!("write {name}"))?;
    }
    std::fs::write(
        directory.join("signature.png"),
        signature(17, SIGNATURE_WIDTH)?,
    )
    .context("write signature.png")
}
