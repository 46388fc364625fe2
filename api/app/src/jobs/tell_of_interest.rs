//! Telling the heads that an officer said a tie to a merchant to be over: from the day after he may be sent there
//! again, and they are to know whose word that rests on. The merchant is named by the code on its wall alone.

use super::{Failure, nearest, send};
use crate::{app::App, error::AppError, ports::mailer::Mail, store};
use liangxin_domain::{
    accounts::{
        account::Account,
        interest::{Interest, InterestEnd},
        role::Role,
    },
    actor::Seat,
    id::{InterestId, JobId},
    law::calendar::shanghai_date,
    merchants::merchant::Merchant,
};
use uuid::Uuid;

/// Sends the mail to the heads of the officer's office, or of the nearest one above that has another than himself.
pub(super) async fn perform(app: &App, job: JobId, interest: InterestId) -> Result<(), Failure> {
    let Some(said) = store::interests::find(&app.db, interest).await? else {
        return Ok(());
    };
    let Some(end) = &said.end else {
        return Ok(());
    };
    let Some(officer) = store::accounts::find(&app.db, said.officer).await? else {
        return Ok(());
    };
    let merchant = store::merchants::get(&app.db, said.merchant).await?;
    let (subject, body) = words(&officer, (&said, end), &merchant);
    let mails = heads(app, &officer).await?.into_iter().map(|head| Mail {
        // One mail a person, also if the job is done twice.
        id: Uuid::from_u128(job.uuid().as_u128() ^ head.id.uuid().as_u128()),
        to: head.email,
        subject: subject.clone(),
        body: body.clone(),
        stop: None,
    });
    send(app, job, mails).await
}

async fn heads(app: &App, officer: &Account) -> Result<Vec<Account>, AppError> {
    match officer.seat {
        Seat::Bureau { division, .. } => {
            nearest(app, (Role::Head, Some(officer.id)), division).await
        }
        Seat::Merchant(_) => Ok(Vec::new()),
    }
}

fn words(
    officer: &Account,
    (said, end): (&Interest, &InterestEnd),
    merchant: &Merchant,
) -> (String, String) {
    let code = merchant.code.as_str();
    let (declared, told) = (shanghai_date(said.declared_at), shanghai_date(end.said_at));
    let body = format!(
        "执法人员：{zh}\n经营者编码：{code}\n声明日：{declared}\n所称终止日：{on}\n提交日：{told}\n\
         {zh} 称其与该经营者的亲属或者利害关系已经终止。提交日当天及以前发生的事项，本人仍须回避；次日起发生的事项，可以再派其办理。\
         理由见该经营者案件的 interests 一栏；如有疑问，请勿指派。\n\n\
         Officer: {en}\nCode of the merchant: {code}\nDeclared on: {declared}\nSaid to have ended on: {on}\nTold on: {told}\n\
         {en} says that a tie to this merchant is over. What began up to the day on which that was told stays barred to this \
         officer; for what begins later the officer may be named again. The reason stands in `interests` of the merchant's \
         cases; in doubt name somebody else.\n\n\
         本邮件由系统自动发送，请勿回复。This mail was sent automatically; please do not reply.\n",
        zh = officer.name_zh,
        en = officer.name_en,
        on = end.on,
    );
    (
        format!("【量信】{}称与经营者的利害关系已终止", officer.name_zh),
        body,
    )
}
