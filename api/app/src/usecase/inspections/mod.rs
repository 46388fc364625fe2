//! Visits: sending, arriving, recording, closing.

mod amended;
mod dispatch;
mod judge;
mod kept;
mod leads;
mod on_site_record;
mod opinion;
mod passport;
mod record;
mod written;

pub use dispatch::dispatch;
pub use judge::judge;
pub(crate) use kept::stake;
pub(super) use leads::{behind, is_replaced, looked_at_again};
pub use on_site_record::{OnSiteRecord, Printed, check_printed, read_record};
pub use opinion::{Taking, give_opinion, opinions_of};
pub use passport::{Reading, Shown, made_passport, read_passport};
pub use record::{digest_of, record_digest};

use crate::{error::AppError, store, usecase::matter::Matter, work::Work};
use liangxin_domain::{
    actor::Actor,
    id::UserId,
    inspections::visit::Team,
    refusal::{Code, Refusal},
};

/// A team of the named inspectors for a matter, who must belong to the actor's division or below; `field` names the input
/// in a refusal. Whoever is kept away from the matter neither names the team nor is of it.
pub(crate) async fn certified_team(
    work: &Work,
    actor: &Actor,
    (wanted, matter): (&[UserId], &Matter),
    field: &'static str,
) -> Result<Team, AppError> {
    let division = *actor.division().ok_or_else(|| Refusal::of(Code::Denied))?;
    matter.check_own(work, work.actor()).await?;
    for user in wanted {
        matter.check(work, *user, Some(field)).await?;
    }
    let known = store::accounts::inspectors_among(work, wanted, division).await?;
    let is_known = |user| known.iter().any(|officer| officer.user == user);
    if !wanted.iter().copied().all(is_known) {
        return Err(Refusal::on(Code::InspectorUnknown, field).into());
    }
    Ok(Team::of(&known, field)?)
}
