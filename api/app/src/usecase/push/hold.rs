//! Holding a write that cannot be taken yet, within bounds.

use super::Answer;
use crate::{app::App, error::AppError, naming, store};
use liangxin_domain::{
    actor::Actor,
    event::Event,
    id::{DeviceId, HeldItemId, UserId},
    limits::{HELD_BYTES_PER_PERSON, HELD_ITEMS, HELD_ITEMS_PER_PERSON},
    places::division::DivisionCode,
    push::{
        held::{HeldItem, HoldReason, Standing},
        item::Item,
    },
    refusal::{Code, Refusal},
};

/// Whose a write is.
#[derive(Debug, Clone, Copy)]
pub(super) struct Sender {
    /// Who.
    pub(super) user: UserId,
    /// From which device.
    pub(super) device: DeviceId,
    /// Where the sender sits.
    pub(super) office: DivisionCode,
}

/// Why a write is held.
#[derive(Debug, Clone, Copy)]
pub(super) enum Why {
    /// For what it builds on; with the code with which it was refused, if it was tried.
    Predecessor(Option<Code>),
    /// For a person, since the access of its sender had ended.
    Quarantine,
}

/// Holds a write. One that is held already is held once; under the same name, anything else is refused. Where there is no
/// room, it stays on the phone.
pub(super) async fn hold(
    app: &App,
    actor: &Actor,
    sender: Sender,
    (item, content): (&Item, &str),
    why: Why,
) -> Result<Answer, AppError> {
    let id = naming::of_held(sender.user, item.write);
    let sent = (item, content);
    if let Some(known) = find(app, id).await? {
        return Ok(standing(app, &known, sent));
    }
    let (reason, state, refused_with) = match why {
        Why::Predecessor(code) => (HoldReason::Predecessor, Standing::Waiting, code),
        Why::Quarantine => (HoldReason::Quarantine, Standing::ForPerson, None),
    };
    if !has_room(app, (sender.user, reason), content.len()).await? {
        return Ok(Answer::Retry(Refusal::of(Code::HeldItemsFull)));
    }
    let work = app.work(actor).await?;
    let new = HeldItem {
        id,
        write: item.write,
        sender: sender.user,
        device: sender.device,
        office: sender.office,
        operation: item.asked.operation().to_owned(),
        thing: item.asked.thing(),
        content: content.to_owned(),
        reason,
        refused_with: refused_with.map(|code| code.as_str().to_owned()),
        arrived_at: work.now(),
        standing: state,
        version: 1,
    };
    if !store::held_items::insert(&work, &new).await? {
        let known = store::held_items::list(&work, [id]).await?;
        let known = known.first();
        return Ok(known.map_or(Answer::Held, |known| standing(app, known, sent)));
    }
    app.record(&work, Event::ItemHeld { item: id });
    work.commit().await?;
    Ok(Answer::Held)
}

async fn find(app: &App, id: HeldItemId) -> Result<Option<HeldItem>, AppError> {
    Ok(store::held_items::list(&app.db, [id]).await?.pop())
}

/// What is answered of a write that is held already, or was until a person settled it.
fn standing(app: &App, known: &HeldItem, sent: (&Item, &str)) -> Answer {
    match refused(app, known, sent) {
        Some(refusal) => Answer::Rejected(refusal),
        None if known.is_open() => Answer::Held,
        None => Answer::Duplicate,
    }
}

/// Why a write that is held already is not taken: it is another one of the same name, or a person refused it.
pub(super) fn refused(app: &App, known: &HeldItem, sent: (&Item, &str)) -> Option<Refusal> {
    if !is_same(app, known, sent) {
        return Some(Refusal::on(Code::IdReused, "id"));
    }
    let is_refused = matches!(known.standing, Standing::Refused { .. });
    is_refused.then(|| Refusal::of(Code::HeldItemRefused))
}

/// Whether a write asks for the same. What it comes after may change: a phone leaves out what was refused meanwhile. Of what was
/// settled long ago the content is gone, and its name has to do.
fn is_same(app: &App, known: &HeldItem, (item, content): (&Item, &str)) -> bool {
    let is_emptied = known.content.is_empty() && !known.is_open();
    let before = || (app.read_item)(&known.content);
    is_emptied
        || known.content == content
        || before().is_ok_and(|before| before.asked == item.asked)
}

/// Whether so many bytes more are held of a person. What is quarantined has a room of its own: whoever found a lost phone takes
/// none of what its person sends from another one. Several that come at once may go a little beyond the bounds.
async fn has_room(app: &App, of: (UserId, HoldReason), bytes: usize) -> Result<bool, AppError> {
    let sizes = store::held_items::sizes_of(&app.db, of).await?;
    let held = sizes
        .iter()
        .fold(bytes, |sum, size| sum.saturating_add(*size));
    let is_within = sizes.len() < HELD_ITEMS_PER_PERSON && held <= HELD_BYTES_PER_PERSON;
    Ok(is_within && store::held_items::count(&app.db).await? < HELD_ITEMS)
}
