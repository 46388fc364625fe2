//! Makes the two copies of each photo that is named, so often, and says how long a photo took and how much memory the
//! process had at most: `cargo run --release -p liangxin-picture --example copies -- TIMES FILE...`. Without times (0)
//! it says what it finds in each file.

use chrono::{DateTime, Utc};
use liangxin_picture::{
    copy::{Bounds, Decoded, SIDES},
    facts, look,
};
use std::{error::Error, io::Write as _, time::Instant};

const BOUNDS: Bounds = Bounds {
    memory_bytes: 400_000_000,
    side: SIDES[0],
};

/// When the photos came: late enough for no time in them to be doubtful.
fn late() -> Result<DateTime<Utc>, &'static str> {
    DateTime::from_timestamp(4_000_000_000, 0).ok_or("no such time")
}

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let times: u32 = arguments.next().ok_or("how often?")?.parse()?;
    let files: Vec<String> = arguments.collect();
    let mut out = std::io::stdout();
    if times == 0 {
        return files.iter().try_for_each(|file| tell(&mut out, file));
    }
    let begin = Instant::now();
    for _ in 0..times {
        for file in &files {
            copies(&std::fs::read(file)?)?;
        }
    }
    let photos = f64::from(times) * files.len() as f64;
    let seconds = begin.elapsed().as_secs_f64();
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let peak = status.lines().find(|line| line.starts_with("VmHWM"));
    let peak = peak.unwrap_or("VmHWM: unknown");
    writeln!(
        out,
        "{photos} photos, {:.1} a second, {peak}",
        photos / seconds
    )?;
    Ok(())
}

fn copies(bytes: &[u8]) -> Result<[Vec<u8>; 2], Box<dyn Error>> {
    let (structure, decoded) = Decoded::look(bytes, 300_000_000, BOUNDS)?;
    let facts = facts::read(&structure, late()?);
    let copier = decoded?.upright(facts.turn.value);
    let [large, small] = SIDES;
    Ok([copier.copy(large, &[])?, copier.copy(small, &[])?])
}

fn tell(out: &mut impl std::io::Write, file: &str) -> Result<(), Box<dyn Error>> {
    let bytes = std::fs::read(file)?;
    writeln!(out, "{file}: {} bytes", bytes.len())?;
    let structure = match look(&bytes, 300_000_000) {
        Ok(structure) => structure,
        Err(fault) => return Ok(writeln!(out, "  refused: {fault}")?),
    };
    let facts = facts::read(&structure, late()?);
    writeln!(
        out,
        "  {:?} {} x {}, {} pictures, behind: {:?}",
        structure.format, structure.width, structure.height, structure.pictures, structure.behind
    )?;
    writeln!(out, "  {facts:?}")?;
    match copies(&bytes) {
        Ok([large, small]) => {
            std::fs::write(
                format!("{}/{}.1280.jpg", std::env::temp_dir().display(), name(file)),
                &large,
            )?;
            writeln!(out, "  copies of {} and {} bytes", large.len(), small.len())?;
        }
        Err(reason) => writeln!(out, "  no copy: {reason}")?,
    }
    Ok(())
}

fn name(file: &str) -> &str {
    file.rsplit('/').next().unwrap_or(file)
}
