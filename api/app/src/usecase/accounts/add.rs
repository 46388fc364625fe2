//! Adding an account.

use super::kept::seat_at;
use crate::{
    app::App,
    caller::Caller,
    error::AppError,
    store::{self, accounts::Inserted},
    usecase::step::Written,
    work::Begun,
};
use liangxin_domain::{
    accounts::account::{Account, NewAccount},
    event::Event,
    id::{CommandId, UserId},
    policy::Action,
    refusal::{Code, Refusal},
};

/// Adds an account without a password: its person chooses one by a code. The new account's id names the write too.
pub async fn add(
    app: &App,
    caller: &Caller,
    user: UserId,
    new: NewAccount,
) -> Result<Written, AppError> {
    let named = app.named(CommandId::new(user.uuid()), user.uuid(), &new)?;
    let Begun::Fresh(work) = app.begin(&caller.actor, &named).await? else {
        return Ok(Written::Before);
    };
    let NewAccount::AddAccount {
        email,
        name_zh,
        name_en,
        roles,
        at,
        certificate_no,
    } = new;
    let (seat, permit) = seat_at(&work, &caller.actor, (Action::AddAccount, at)).await?;
    permit.person(Action::AddAccount)?;
    roles.check(&seat)?;
    let account = Account {
        id: user,
        email,
        name_zh: name_zh.as_str().to_owned(),
        name_en: name_en.as_str().to_owned(),
        roles,
        seat,
        certificate_no: certificate_no.map(|number| number.as_str().to_owned()),
        disabled_at: None,
        second_factor_at: None,
        // Nobody signs in before a code is used, and that is noted.
        given_at: None,
    };
    match store::accounts::insert_if_free(&work, &account, None).await? {
        Inserted::Taken => Err(Refusal::on(Code::EmailTaken, "email").into()),
        Inserted::Yes => {
            app.record(&work, Event::AccountAdded { user });
            work.commit().await?;
            Ok(Written::Now)
        }
    }
}
