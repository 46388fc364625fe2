//! Who tells the story.

/// Hears what happens, as it happens.
pub trait Narrator: Send {
    /// A step of [`STEPS`](super::story::STEPS) begins; `number` counts from 1.
    fn begin(&mut self, number: usize);

    /// Somebody did something and got an answer; the link leads to what can be looked at.
    fn say(&mut self, who: &str, what: &str, answer: &str, link: Option<&str>);

    /// Bytes of a photo are on their way; `sent` and `total` are bytes.
    fn progress(&mut self, label: &str, sent: u64, total: u64);
}
