//! Making the link by which the file of a case is fetched. That it was made, by whom and for what, is told in the log.

use super::allowed;
use crate::{
    app::App,
    caller::Caller,
    error::AppError,
    ports::keys::Holder,
    store::{self, bundles::Taken},
    work::Begun,
};
use chrono::{DateTime, TimeDelta, Utc};
use liangxin_domain::{
    event::{Event, beside::Beside},
    evidence::bundle::BundleWrite,
    id::{BundleId, CaseId, CommandId},
    limits::BUNDLE_LINK_SECONDS,
    refusal::{Code, Refusal},
    text::Line,
};

/// By what the file of a case is fetched.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// The token, which is good for this alone.
    pub token: String,
    /// Until when.
    pub expires_at: DateTime<Utc>,
}

/// A link to the file of a case, good for a quarter of an hour on the device that asked. Asked for again under the same id it is
/// the same link.
pub async fn make(
    app: &App,
    caller: &Caller,
    id: CommandId,
    (case, purpose): (CaseId, Line),
) -> Result<Link, AppError> {
    let actor = &caller.actor;
    let wanted = BundleWrite::MakeCaseBundle {
        purpose: purpose.clone(),
    };
    let named = app.named(id, case.uuid(), &wanted)?;
    let found = store::cases::get(&app.db, actor, case).await?;
    let by = allowed(app, actor, &found).await?;
    let device = actor.signed_in()?.device;
    let bundle = BundleId::new(id.uuid());
    if let Begun::Fresh(work) = app.begin(actor, &named).await? {
        let taken = Taken {
            id: bundle,
            case,
            by,
            purpose,
            at: work.now(),
            device: Some(device),
        };
        store::bundles::insert(&work, &taken).await?;
        let beside = Beside::Purpose {
            by,
            id: bundle.uuid(),
            of: case.uuid(),
            purpose: taken.purpose.to_string(),
        };
        app.record_beside(&work, Event::CaseBundled { bundle, case }, &beside)?;
        work.commit().await?;
    }
    let taken = store::bundles::find(&app.db, bundle).await?;
    let taken = taken
        .filter(|taken| taken.by == by && taken.case == case)
        .ok_or(Refusal::on(Code::IdReused, "id"))?;
    let holder = Holder::Bundle {
        bundle: bundle.uuid(),
        device: device.uuid(),
    };
    let token = app.keys.issue(holder, (taken.at, BUNDLE_LINK_SECONDS));
    Ok(Link {
        token: token.map_err(|error| AppError::internal("sign a link", error))?,
        expires_at: expiry(&taken),
    })
}

/// Until when the link works.
pub(super) fn expiry(taken: &Taken) -> DateTime<Utc> {
    taken.at + TimeDelta::seconds(BUNDLE_LINK_SECONDS)
}
