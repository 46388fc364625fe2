//! Jobs that wait for a person. They are the whole server's: administrators of the highest bureau see to them.

mod list;
mod retry;

pub use list::list;
pub use retry::retry;

use crate::{error::AppError, store, work::Source};
use liangxin_domain::{
    actor::Actor,
    refusal::{Code, Refusal},
};

/// Denied unless no bureau stands above the actor's.
async fn of_the_highest(source: &impl Source, actor: &Actor) -> Result<(), AppError> {
    let denied = || Refusal::of(Code::Denied);
    let mut above = actor.division().ok_or_else(denied)?.parent();
    while let Some(division) = above {
        if store::places::find_bureau(source, division)
            .await?
            .is_some()
        {
            return Err(denied().into());
        }
        above = division.parent();
    }
    Ok(())
}
