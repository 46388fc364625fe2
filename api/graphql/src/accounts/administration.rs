//! What administrators do with accounts.

use super::types::PersonView;
use crate::{
    context::{Known as _, gone},
    merchants::types::MerchantView,
    moment::Moment,
    steps,
};
use async_graphql::{Context, Description, InputObject, Object, OneofObject};
use liangxin_app::{error::AppError, store, usecase::accounts};
use liangxin_domain::{
    accounts::{
        account::{Account, Command, NewAccount, Workplace},
        role::{Role, Roles},
    },
    actor::{Actor, Seat},
    id::{MerchantId, UserId},
    limits::ROLES,
    refusal::{Code, Refusal},
    text::{Email, Line, Text},
};
use uuid::Uuid;

/// Where somebody sits.
#[derive(OneofObject)]
pub(super) enum WorkplaceInput {
    /// The bureau of exactly this division (GB/T 2260).
    Division(String),
    /// The merchant that the person acts for.
    MerchantId(Uuid),
}

impl WorkplaceInput {
    fn parse(&self) -> Result<Workplace, Refusal> {
        Ok(match self {
            Self::Division(division) => Workplace::Bureau(
                division
                    .parse()
                    .map_err(|_| Refusal::on(Code::DivisionUnknown, "division"))?,
            ),
            Self::MerchantId(merchant) => Workplace::Merchant(MerchantId::new(*merchant)),
        })
    }
}

/// Add an account.
#[derive(InputObject)]
struct AddAccountInput {
    /// Made by the client; names the account and this write.
    id: Uuid,
    /// Sign-in name, an e-mail address.
    email: String,
    /// Name in Chinese. At most 120 characters.
    name_zh: String,
    /// Name in English. At most 120 characters.
    name_en: String,
    /// What the person may be: officers' roles in a bureau, the merchant's at a merchant.
    roles: Vec<Role>,
    /// Where the person sits.
    at: WorkplaceInput,
    /// Number of the enforcement certificate. At most 64 characters.
    certificate_no: Option<String>,
}

impl AddAccountInput {
    fn parse(self) -> Result<(UserId, NewAccount), Refusal> {
        let certificate_no = self.certificate_no.as_deref();
        let new = NewAccount::AddAccount {
            email: Email::parse(&self.email, "email")?,
            name_zh: Line::parse(&self.name_zh, "nameZh")?,
            name_en: Line::parse(&self.name_en, "nameEn")?,
            roles: roles(self.roles)?,
            at: self.at.parse()?,
            certificate_no: Text::parse_optional(certificate_no, "certificateNo")?,
        };
        Ok((UserId::parse(self.id, "id")?, new))
    }
}

fn roles(sent: Vec<Role>) -> Result<Roles, Refusal> {
    if sent.len() > ROLES {
        return Err(Refusal::on(Code::OutOfRange, "roles"));
    }
    Ok(sent.into_iter().collect())
}

step_inputs! {
    user_id "The person of the account.", id "Made by the client; names this write.";

    /// Move an account.
    MoveAccountInput {
        /// Where to: another bureau for an officer, another merchant for its people.
        to: WorkplaceInput,
    }
    /// Say what the person of an account may be.
    SetAccountRolesInput {
        /// All roles from now on, those kept included.
        roles: Vec<Role>,
    }
    /// End the access of an account.
    DisableAccountInput {}
    /// Give an account its access back.
    EnableAccountInput {}
    /// Forget a second factor that was lost.
    RemoveSecondFactorInput {}
}

/// An account, as administrators see it.
#[derive(Description)]
pub(super) struct AccountView(pub(super) Account);

#[Object(name = "Account", use_type_description)]
impl AccountView {
    /// Who it is.
    async fn person(&self) -> PersonView {
        PersonView(self.0.clone())
    }
    /// Sign-in name.
    async fn email(&self) -> &str {
        self.0.email.as_str()
    }
    /// The division of an officer's bureau (GB/T 2260).
    async fn division(&self) -> Option<String> {
        match &self.0.seat {
            Seat::Bureau { division, .. } => Some(division.to_string()),
            Seat::Merchant(_) => None,
        }
    }
    /// The merchant that the person acts for.
    async fn merchant(&self, ctx: &Context<'_>) -> Result<Option<MerchantView>, AppError> {
        let Seat::Merchant(id) = self.0.seat else {
            return Ok(None);
        };
        let found = ctx.loaders()?.merchants.one(id).await?;
        Ok(found.map(MerchantView))
    }
    /// When it was disabled, while it is.
    async fn disabled_at(&self) -> Option<Moment> {
        self.0.disabled_at.map(Moment)
    }
    /// When a second factor was set up, while there is one.
    async fn second_factor_at(&self) -> Option<Moment> {
        self.0.second_factor_at.map(Moment)
    }
}

page! {
    /// A page of accounts.
    AccountPage of AccountView, "The accounts."
}

payload! {
    /// What became of an operation on an account.
    AccountPayload {
        /// The account as it stands now, unless refused.
        account: AccountView,
        /// Why nothing changed.
        problems,
    }
    of |ctx, (actor, user): (Actor, UserId)| Some(AccountView(shown(ctx, &actor, user).await?))
}

async fn shown(ctx: &Context<'_>, actor: &Actor, user: UserId) -> Result<Account, AppError> {
    let division = actor.division().ok_or_else(gone)?;
    let found = store::accounts::find_within(&ctx.app()?.db, user, *division).await;
    AppError::written(found?.ok_or_else(gone))
}

/// The writes that make accounts.
#[derive(Default)]
pub struct NewAccountMutation;

#[Object(name = "NewAccountsMutation")]
impl NewAccountMutation {
    /// Adds an account in one's division or below. Nobody can sign in to it before `makePasswordCode`.
    async fn add_account(
        &self,
        ctx: &Context<'_>,
        input: AddAccountInput,
    ) -> Result<AccountPayload, AppError> {
        let outcome = steps::make(ctx, input.parse(), accounts::add);
        AccountPayload::of(ctx, outcome.await).await
    }
}

steps! {
    /// The writes that change accounts.
    AdministrationMutation("AdministrationMutation") moves Account, answers AccountPayload;

    /// Moves an account to another bureau, or to another merchant. It sees from there on what is to be seen there.
    move_account(input: MoveAccountInput) => Command::MoveAccount { to: input.to.parse()? };
    /// Says what the person of an account may be from now on.
    set_account_roles(input: SetAccountRolesInput) => Command::SetAccountRoles {
        roles: roles(input.roles)?,
    };
    /// Ends the access of an account: its devices are revoked, and its tokens stop to work at once.
    disable_account(_: DisableAccountInput) => Command::DisableAccount;
    /// Gives an account its access back. Its person signs in again.
    enable_account(_: EnableAccountInput) => Command::EnableAccount;
    /// Forgets the second factor of somebody who lost it and the recovery codes.
    remove_second_factor(_: RemoveSecondFactorInput) => Command::RemoveSecondFactor;
}
