//! A paper, for whom it is, and how it was served.

use crate::context::Known as _;
use crate::moment::Moment;
use async_graphql::{Context, Description, Object, SimpleObject};
use liangxin_app::{error::AppError, store};
use liangxin_domain::notices::recipient::RecipientKind;
use liangxin_domain::{
    actor::Actor,
    id::NoticeId,
    law::calendar::shanghai_date,
    notices::{
        notice::{Channel, Notice, NoticeState, Service},
        paper::Paper,
    },
};
use uuid::Uuid;

/// That a paper reached its recipient.
#[derive(SimpleObject)]
#[graphql(name = "NoticeService")]
pub(crate) struct ServiceView {
    /// How.
    channel: Channel,
    /// When it arrived; periods that begin with service begin here.
    served_at: Moment,
    /// What shows it.
    proof: String,
    /// The SHA-256 digest of a scanned proof, 64 hexadecimal digits.
    proof_sha256: Option<String>,
    /// When it was noted.
    noted_at: Moment,
}

impl ServiceView {
    fn of(state: &NoticeState) -> Option<Self> {
        let NoticeState::Served {
            service, noted_at, ..
        } = state
        else {
            return None;
        };
        let Service {
            channel,
            at,
            proof,
            proof_sha256,
        } = service;
        Some(Self {
            channel: *channel,
            served_at: Moment(*at),
            proof: proof.to_string(),
            proof_sha256: proof_sha256.map(|digest| digest.to_string()),
            noted_at: Moment(*noted_at),
        })
    }
}

/// A paper that was issued. Its content never changes; what stands on it is at `url`.
#[derive(Description)]
pub(crate) struct NoticeView(pub(crate) Notice);

// The contract has a `Notice` already: that of the intended penalty.
#[Object(name = "IssuedNotice", use_type_description)]
impl NoticeView {
    /// Its id.
    async fn id(&self) -> Uuid {
        self.0.id.uuid()
    }
    /// The kind of paper.
    async fn paper(&self) -> Paper {
        self.0.paper
    }
    /// Its number.
    async fn number(&self) -> &str {
        &self.0.number
    }
    /// Its heading, in the language of the request.
    async fn title(&self, ctx: &Context<'_>) -> Result<String, AppError> {
        let day = shanghai_date(self.0.issued_at);
        let form = ctx.app()?.law.papers.form_on(self.0.paper, day);
        Ok(form.map_or_else(
            |_| self.0.paper.to_string(),
            |form| ctx.lang().pick(&form.title_zh, &form.title_en).to_owned(),
        ))
    }
    /// The number among the ten forms of April 2026, if it is one of them.
    async fn form(&self, ctx: &Context<'_>) -> Result<Option<u8>, AppError> {
        let day = shanghai_date(self.0.issued_at);
        let form = ctx.app()?.law.papers.form_on(self.0.paper, day);
        Ok(form.ok().and_then(|form| form.number))
    }
    /// When it was issued.
    async fn issued_at(&self) -> Moment {
        Moment(self.0.issued_at)
    }
    /// For whom it is.
    async fn recipient(&self) -> RecipientKind {
        self.0.recipient.kind()
    }
    /// Where it can be read and printed: with the bearer token, or with the receipt code in the
    /// body of a form.
    async fn url(&self, ctx: &Context<'_>) -> Result<String, AppError> {
        Ok(format!("{}/notices/{}", ctx.app()?.public_url, self.0.id))
    }
    /// How it was served; null while it was not.
    async fn service(&self) -> Option<ServiceView> {
        ServiceView::of(&self.0.state)
    }
}

payload! {
    /// What became of noting a service.
    RecordServicePayload {
        /// The paper as it stands now, unless refused.
        notice: NoticeView,
        /// Why nothing changed.
        problems,
    }
    of |ctx, (actor, id): (Actor, NoticeId)| Some(NoticeView(
        store::notices::get(&ctx.app()?.db, &actor, id).await?.0,
    ))
}
