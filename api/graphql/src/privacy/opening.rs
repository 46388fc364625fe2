//! Openings of sealed identities, for officers.

use crate::{
    accounts::types::{PersonView, person},
    context::Known as _,
    moment::Moment,
    problem::{Problem, settle},
};
use async_graphql::{Context, Description, Object, SimpleObject};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use liangxin_app::{
    error::AppError,
    store,
    usecase::identity::{Opened, OpenedField},
};
use liangxin_domain::privacy::identity::{IdentityField, IdentitySubject};
use liangxin_domain::privacy::opening::OpeningPurpose;
use liangxin_domain::{
    actor::Actor,
    id::{OpeningId, ReportId},
    privacy::opening::{Opening, OpeningState},
};
use uuid::Uuid;

/// An opening of a sealed identity, for officers.
#[derive(Description)]
pub(crate) struct OpeningView(pub(crate) Opening);

#[Object(name = "IdentityOpening", use_type_description)]
impl OpeningView {
    /// Its id.
    async fn id(&self) -> Uuid {
        self.0.id.uuid()
    }
    /// The report whose reporter, or the payee of whose reward it is about.
    async fn report_id(&self) -> Uuid {
        let report = self.0.report.map(ReportId::uuid);
        report.unwrap_or_else(|| self.0.subject.uuid())
    }
    /// Whether it is about the payee of the report's reward.
    async fn of_payee(&self) -> bool {
        matches!(self.0.subject, IdentitySubject::Reward(_))
    }
    /// Why.
    async fn purpose(&self) -> OpeningPurpose {
        self.0.purpose
    }
    /// Why, in the officer's words.
    async fn reason(&self) -> &str {
        &self.0.reason
    }
    /// Exactly these fields.
    async fn fields(&self) -> Vec<IdentityField> {
        self.0.fields.to_vec()
    }
    /// Who asked.
    async fn requested_by(&self, ctx: &Context<'_>) -> Result<Option<PersonView>, AppError> {
        person(ctx, self.0.requested_by).await
    }
    /// In which role.
    async fn role(&self) -> String {
        self.0.role.to_string()
    }
    /// When it was asked for.
    async fn requested_at(&self) -> Moment {
        Moment(self.0.requested_at)
    }
    /// When it was approved; null while it is not.
    async fn approved_at(&self) -> Option<Moment> {
        match self.0.state {
            OpeningState::Approved { at, .. } => Some(Moment(at)),
            OpeningState::Requested => None,
        }
    }
    /// Until when one may look; null while it is not approved.
    async fn until(&self) -> Option<Moment> {
        match self.0.state {
            OpeningState::Approved { until, .. } => Some(Moment(until)),
            OpeningState::Requested => None,
        }
    }
}

payload! {
    /// What became of asking or approving.
    IdentityOpeningPayload {
        /// The opening as it stands now, unless refused.
        opening: OpeningView,
        /// Why nothing changed.
        problems,
    }
    of |ctx, (actor, id): (Actor, OpeningId)| Some(OpeningView(
        store::openings::get(&ctx.app()?.db, &actor, id).await?,
    ))
}

/// A field that was approved to be seen.
#[derive(SimpleObject)]
#[graphql(name = "OpenedField")]
pub(crate) struct OpenedFieldView {
    /// Which field.
    field: IdentityField,
    /// The value, if this server holds the private key; else null.
    value: Option<String>,
    /// The sealed field in the form of age (base 64), for whoever holds the private key. Inside is
    /// JSON with `identity`, `field` and `value`.
    ciphertext: String,
    /// The public key that it was sealed to.
    recipient: String,
}

/// What became of looking.
#[derive(SimpleObject)]
pub(crate) struct OpenIdentityPayload {
    /// The approved fields that were given, unless refused. Show them; keep them nowhere.
    fields: Vec<OpenedFieldView>,
    /// Why nothing is shown.
    problems: Vec<Problem>,
}

impl OpenIdentityPayload {
    pub(super) fn of(
        ctx: &Context<'_>,
        outcome: Result<Opened, AppError>,
    ) -> Result<Self, AppError> {
        let (opened, problems) = settle(outcome, ctx.lang())?;
        let shown = |OpenedField { sealed, value }: OpenedField| OpenedFieldView {
            field: sealed.field,
            value: value.map(|value| value.expose().to_owned()),
            ciphertext: STANDARD.encode(sealed.ciphertext),
            recipient: sealed.recipient,
        };
        Ok(Self {
            fields: opened
                .map(|opened| opened.fields.into_iter().map(shown).collect())
                .unwrap_or_default(),
            problems,
        })
    }
}
