//! The demo: one report of short weight from the citizen's phone to the public grade, played over
//! HTTP against a running server, with the contract's own operations.
//!
//! It knows the contract and the fixtures, and nothing of the server's inside. Its pictures are
//! files and every id follows from a seed, so that any step can be played again after the server
//! was killed at any moment: what was done already is then a quiet success.

mod answer;
mod client;
pub mod console;
mod error;
pub mod fixtures;
pub mod narrator;
mod photos;
pub mod story;

pub use error::StoryError;
use liangxin_domain::refusal::Lang;
use narrator::Narrator;
use story::{STEPS, Story};

/// Plays all steps against the server at `base_url`, whose sentences come in `lang`. `mails` is the
/// folder that the server writes its mails to, if it does. The error names the step that failed.
pub async fn play(
    base_url: &str,
    seed: u64,
    lang: Lang,
    mails: Option<&str>,
    narrator: &mut dyn Narrator,
) -> Result<(), StoryError> {
    let mut story = Story::new(base_url, seed, lang)?;
    if let Some(folder) = mails {
        story = story.with_mails_in(folder);
    }
    for step in 1..=STEPS.len() {
        story.play(step, narrator).await?;
    }
    Ok(())
}
