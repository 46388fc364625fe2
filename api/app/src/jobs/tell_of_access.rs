//! Telling the person of an account, and every administrator of its office and above, that it was given access: a code for a
//! new password, or other roles. Whoever was not asked is to notice while the account may not yet be a second person's.

use super::{Failure, send};
use crate::{app::App, error::AppError, ports::mailer::Mail, store};
use liangxin_domain::{
    accounts::{account::Account, role::Role},
    actor::Seat,
    id::{JobId, UserId},
    places::division::DivisionCode,
};
use uuid::Uuid;

/// Sends the mail, unless the account is a merchant's, who is never a second person.
pub(super) async fn perform(app: &App, job: JobId, user: UserId) -> Result<(), Failure> {
    let Some(account) = store::accounts::find(&app.db, user).await? else {
        return Ok(());
    };
    let Seat::Bureau { division, .. } = account.seat else {
        return Ok(());
    };
    let (subject, body) = words(&account, app.settling_days);
    let mut told = administrators(app, division).await?;
    told.retain(|administrator| administrator.id != user);
    told.push(account);
    let mails = told.into_iter().map(|reader| Mail {
        // One mail a person, also if the job is done twice.
        id: Uuid::from_u128(job.uuid().as_u128() ^ reader.id.uuid().as_u128()),
        to: reader.email,
        subject: subject.clone(),
        body: body.clone(),
        stop: None,
    });
    send(app, job, mails).await
}

/// Of the office and of every one above: whoever gave the access is one of them, so that the nearest alone is not enough.
async fn administrators(app: &App, division: DivisionCode) -> Result<Vec<Account>, AppError> {
    let mut found = Vec::new();
    let mut next = Some(division);
    while let Some(here) = next {
        found.extend(store::accounts::list_by_role(&app.db, Role::Administrator, here).await?);
        next = here.parent();
    }
    Ok(found)
}

fn words(account: &Account, days: u16) -> (String, String) {
    let roles: Vec<_> = account.roles.iter().map(|role| role.to_string()).collect();
    let body = format!(
        "账户：{zh}（{email}）\n现有角色：{roles}\n\n\
         管理员为该账户生成了设置新密码的代码，或者更改了角色。代码用过或者角色更改之后，该账户在 {days} 个整日内不得办理须由第二人办理的事项。\n\
         如果这不是您要求的，或者您不知道原因，请立即告诉安全审计员和上级管理员。\n\n\
         Account: {en} ({email})\nRoles now: {roles}\n\n\
         An administrator made a code for a new password of this account, or set its roles. For {days} whole days after the code is used \
         or the roles were set the account may do nothing that needs a second person.\n\
         If you did not ask for it, or do not know why, tell the security auditor and the administrators above at once.\n\n\
         本邮件由系统自动发送，请勿回复。This mail was sent automatically; please do not reply.\n",
        zh = account.name_zh,
        en = account.name_en,
        email = account.email.as_str(),
        roles = roles.join(", "),
    );
    (
        format!("【量信】{}的账户由管理员给予权限", account.name_zh),
        body,
    )
}
