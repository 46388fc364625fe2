//! The law of the program, as a test needs it.

use std::sync::Arc;

use liangxin_app::app::Law;
use liangxin_app::reference;
use liangxin_domain::notices::form::Forms;

/// The forms of the program begin on 2026-04-15, and no step is taken without the form of its paper: for what is older these
/// stand in from the beginning of that year. Panics if the law cannot be read.
pub fn with_older_forms() -> Arc<Law> {
    let forms =
        include_str!("../../api/domain/law/papers.toml").replace("2026-04-15", "2026-01-01");
    let read = || -> anyhow::Result<Law> {
        let mut law = reference::law()?;
        law.papers = Forms::parse(&forms)?;
        Ok(law)
    };
    Arc::new(read().unwrap_or_else(|error| panic!("the law cannot be read: {error:#}")))
}
