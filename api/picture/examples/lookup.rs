//! A million words without a pattern, and which of them are like one: by four indexed columns, as a database has them.
//! `cargo run --release -p liangxin-picture --example lookup`.

use liangxin_picture::likeness::{Likeness, neighbours};
use std::{
    error::Error,
    io::Write as _,
    time::{Duration, Instant},
};

const MANY: u32 = 1_000_000;
const SEARCHES: u32 = 200;

/// For each of four columns the places of the words that have a band, in the order of the bands.
type Index = [Vec<(u16, u32)>; 4];

fn main() -> Result<(), Box<dyn Error>> {
    let mut state = 1_u64;
    let mut next = || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state
    };
    let word = |_| Likeness {
        frequencies: next(),
        fields: next(),
    };
    let words: Vec<Likeness> = (0..MANY).map(word).collect();
    let index: Index = std::array::from_fn(|column| {
        let band = |(place, word): (u32, &Likeness)| (word.bands()[column], place);
        let mut rows: Vec<_> = (0..).zip(&words).map(band).collect();
        rows.sort_unstable();
        rows
    });
    let (mut whole, mut longest) = (Duration::ZERO, Duration::ZERO);
    for search in 0..SEARCHES {
        let place = search * (MANY / SEARCHES);
        let mut wanted = words[place as usize];
        // Seven bits, two in three of the bands and one in the last.
        wanted.frequencies ^= 0x0003_0003_0003_0001;
        let begin = Instant::now();
        let found = find(&words, &index, wanted);
        let took = begin.elapsed();
        (whole, longest) = (whole + took, longest.max(took));
        if found != [place] {
            return Err(format!("{found:?} in place of {place}").into());
        }
    }
    let mean = whole / SEARCHES;
    writeln!(
        std::io::stdout(),
        "{SEARCHES} searches among {MANY}: {mean:?} on average, at most {longest:?}"
    )?;
    Ok(())
}

fn find(words: &[Likeness], index: &Index, wanted: Likeness) -> Vec<u32> {
    let mut found = Vec::new();
    for (rows, band) in index.iter().zip(wanted.bands()) {
        for band in neighbours(band) {
            let from = rows.partition_point(|row| row.0 < band);
            let with = rows[from..].iter().take_while(|row| row.0 == band);
            let like = with.filter(|row| words[row.1 as usize].is_like(wanted));
            found.extend(like.map(|row| row.1));
        }
    }
    found.sort_unstable();
    found.dedup();
    found
}
