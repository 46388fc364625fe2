//! People, devices, sessions.

use super::interests::InterestView;
use crate::{
    context::Known as _,
    merchants::types::MerchantView,
    moment::Moment,
    problem::{Problem, settle},
};
use async_graphql::{Context, Description, Object, SimpleObject};
use liangxin_app::{
    error::AppError,
    store::{self, devices::Device},
    usecase::{accounts::Session, interests},
};
use liangxin_domain::accounts::{account::Account, role::Role};
use liangxin_domain::{actor::Seat, id::UserId};
use uuid::Uuid;

/// A person with an account.
#[derive(Description)]
pub(crate) struct PersonView(pub(crate) Account);

#[Object(name = "Person", use_type_description)]
impl PersonView {
    /// Its id.
    async fn id(&self) -> Uuid {
        self.0.id.uuid()
    }
    /// Name, in the language of the request.
    async fn name(&self, ctx: &Context<'_>) -> &str {
        ctx.lang().pick(&self.0.name_zh, &self.0.name_en)
    }
    /// What the person may be.
    async fn roles(&self) -> Vec<Role> {
        self.0.roles.iter().collect()
    }
    /// Number of the enforcement certificate; without it nobody is sent on a visit.
    async fn certificate_no(&self) -> Option<&str> {
        self.0.certificate_no.as_deref()
    }
}

/// A person by id.
pub(crate) async fn person(
    ctx: &Context<'_>,
    user: UserId,
) -> Result<Option<PersonView>, AppError> {
    let found = ctx.loaders()?.people.one(user).await?;
    Ok(found.map(PersonView))
}

/// The person who asks.
#[derive(Description)]
pub(crate) struct MeView(pub(crate) Account);

#[Object(name = "Me", use_type_description)]
impl MeView {
    /// Who it is.
    async fn person(&self) -> PersonView {
        PersonView(self.0.clone())
    }
    /// Sign-in name.
    async fn email(&self) -> &str {
        self.0.email.as_str()
    }
    /// When a second factor was set up, while there is one.
    async fn second_factor_at(&self) -> Option<Moment> {
        self.0.second_factor_at.map(Moment)
    }
    /// Whether the duties demand a second factor that is not there: nothing but setting one up is possible then.
    async fn must_set_up_second_factor(&self, ctx: &Context<'_>) -> Result<bool, AppError> {
        let Account {
            roles,
            second_factor_at,
            ..
        } = &self.0;
        Ok(ctx.app()?.demand.is_unmet(roles, *second_factor_at))
    }
    /// The division that an officer sees, with everything below it (GB/T 2260).
    async fn division(&self) -> Option<String> {
        match &self.0.seat {
            Seat::Bureau { division, .. } => Some(division.to_string()),
            Seat::Merchant(_) => None,
        }
    }
    /// The merchants that the person said to be tied to, the first thing first; of officers.
    #[graphql(complexity = "5 + child_complexity")]
    async fn interests(&self, ctx: &Context<'_>) -> Result<Vec<InterestView>, AppError> {
        let own = interests::own(ctx.app()?, ctx.caller()?).await?;
        Ok(own.into_iter().map(InterestView).collect())
    }
    /// The merchant that the person acts for.
    async fn merchant(&self, ctx: &Context<'_>) -> Result<Option<MerchantView>, AppError> {
        match self.0.seat {
            Seat::Bureau { .. } => Ok(None),
            Seat::Merchant(id) => Ok(Some(MerchantView(
                store::merchants::get(&ctx.app()?.db, id).await?,
            ))),
        }
    }
}

/// A phone or browser that signed in.
#[derive(SimpleObject)]
#[graphql(name = "Device")]
pub(crate) struct DeviceView {
    /// Its id.
    id: Uuid,
    /// What its owner calls it.
    name: String,
    /// When it signed in.
    created_at: Moment,
    /// When it last exchanged a token.
    seen_at: Moment,
    /// When it was revoked; its tokens stopped to work then.
    revoked_at: Option<Moment>,
    /// Whether it is the one that asks.
    is_this_one: bool,
}

impl DeviceView {
    pub(super) fn of(device: Device, this_one: liangxin_domain::id::DeviceId) -> Self {
        let Device {
            id,
            user: _,
            name,
            created_at,
            seen_at,
            revoked_at,
        } = device;
        Self {
            id: id.uuid(),
            name,
            created_at: Moment(created_at),
            seen_at: Moment(seen_at),
            revoked_at: revoked_at.map(Moment),
            is_this_one: id == this_one,
        }
    }
}

/// The tokens of a device. Keep them in the phone's key store, nowhere else.
#[derive(SimpleObject)]
#[graphql(name = "Session")]
pub(crate) struct SessionView {
    /// Sent as `Authorization: Bearer …`.
    access_token: String,
    /// Until when the access token works (15 minutes).
    access_expires_at: Moment,
    /// The same in seconds from the moment of the answer, for a phone whose clock is wrong.
    expires_in: i64,
    /// Good for one `refreshSession`. The one that was used last gives the same successor again until that is used;
    /// an older one ends the session on this device.
    refresh_token: String,
    /// Kept on the device, also after it signed out, and shown in `SignInInput.deviceToken`. It opens nothing, and ends with
    /// the device.
    device_token: String,
    /// The device that the tokens belong to.
    device_id: Uuid,
}

/// What became of signing in or refreshing.
#[derive(SimpleObject)]
pub(crate) struct SessionPayload {
    /// The tokens, unless refused.
    session: Option<SessionView>,
    /// Why not.
    problems: Vec<Problem>,
}

impl SessionPayload {
    pub(super) fn of(
        ctx: &Context<'_>,
        outcome: Result<Session, AppError>,
    ) -> Result<Self, AppError> {
        let (session, problems) = settle(outcome, ctx.lang())?;
        let session = session.map(|session| {
            let Session {
                user: _,
                device,
                access_token,
                access_expires_at,
                expires_in_seconds,
                refresh_token,
                device_token,
            } = session;
            SessionView {
                access_token,
                access_expires_at: Moment(access_expires_at),
                expires_in: expires_in_seconds,
                refresh_token,
                device_token,
                device_id: device.uuid(),
            }
        });
        Ok(Self { session, problems })
    }
}

/// What became of revoking a device.
#[derive(SimpleObject)]
pub(crate) struct DevicesPayload {
    /// The devices as they stand now.
    devices: Vec<DeviceView>,
    /// Why nothing was revoked.
    problems: Vec<Problem>,
}

impl DevicesPayload {
    pub(super) async fn of(
        ctx: &Context<'_>,
        outcome: Result<(), AppError>,
    ) -> Result<Self, AppError> {
        let (_, problems) = settle(outcome, ctx.lang())?;
        Ok(Self {
            devices: devices(ctx).await?,
            problems,
        })
    }
}

/// The devices of the person who asks.
pub(super) async fn devices(ctx: &Context<'_>) -> Result<Vec<DeviceView>, AppError> {
    let me = ctx.actor()?.signed_in()?;
    let found = store::devices::devices_of(&ctx.app()?.db, me.user).await?;
    Ok(found
        .into_iter()
        .map(|device| DeviceView::of(device, me.device))
        .collect())
}
