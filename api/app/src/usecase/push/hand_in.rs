//! Handing in what a phone could not send before its session ended for good: nothing of it is applied, and nothing is dropped.

use super::{
    Answer, Sent,
    hold::{Sender, Why, hold},
};
use crate::{
    app::App,
    budget::Spending,
    caller::Caller,
    error::AppError,
    usecase::accounts::{Former, former},
};
use liangxin_domain::{
    actor::Actor,
    push::item::Item,
    refusal::{Code, Refusal},
};

/// Quarantines the items of a phone whose device was revoked, or whose person's account is disabled, by the dead access or refresh
/// token of that session. Each is answered in its place.
pub async fn hand_in(
    app: &App,
    caller: &Caller,
    token: &str,
    sent: Vec<Sent>,
) -> Result<Vec<Answer>, AppError> {
    app.spend(caller, Spending::Filing)?;
    let Former {
        user,
        device,
        office,
    } = former(app, token).await?;
    let sender = Sender {
        user,
        device,
        office,
    };
    let mut answers = Vec::with_capacity(sent.len());
    let is_down =
        |answer: &Answer| matches!(answer, Answer::Retry(why) if why.code == Code::Unavailable);
    for Sent { item, content } in sent {
        // Each would wait for what does not answer.
        let answer = match answers.last() {
            Some(last) if is_down(last) => Answer::Retry(Refusal::of(Code::Unavailable)),
            _ => quarantine(app, sender, (item, &content)).await,
        };
        answers.push(answer);
    }
    Ok(answers)
}

async fn quarantine(
    app: &App,
    sender: Sender,
    (item, content): (Result<Item, Refusal>, &str),
) -> Answer {
    let item = match item {
        Ok(item) => item,
        Err(refusal) => return Answer::Rejected(refusal),
    };
    // The sender has no access: it is written by nobody, and says whose it is.
    let nobody = Actor::Anonymous;
    let held = hold(app, &nobody, sender, (&item, content), Why::Quarantine).await;
    held.unwrap_or_else(|error| {
        error.log();
        Answer::Retry(error.refusal())
    })
}
