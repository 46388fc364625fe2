//! What merchants say of visits: taken by the code of the passport, once, and told to the offices above.
//!
//! Nothing is recorded of who said what: no event, no write that is remembered, no row of its own; of the passport it is kept
//! that something was said by it. A second word of the same code is thanked as the first one is, so that nobody who has the
//! code learns by it whether the merchant spoke.

use super::passport::{Opened, open};
use crate::{
    app::App,
    budget::Spending,
    caller::Caller,
    error::AppError,
    store::{self, passports::Said},
    work::Work,
};
use liangxin_domain::{
    actor::{Actor, Seat},
    evidence::digest::Sha256,
    inspections::{
        opinion::{Opinion, Opinions, Quarter},
        visit::Visit,
    },
    places::division::DivisionCode,
    refusal::{Code, Refusal},
};
use uuid::Uuid;

/// What became of what somebody said.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Taking {
    /// It was taken, or something was before.
    Thanked,
    /// The code is no good, or the visit is not over.
    NotNow,
}

/// Takes what somebody says who has the code of a visit; `form` is the same when the same is sent again.
pub async fn give_opinion(
    app: &App,
    caller: &Caller,
    (typed, form): (&str, Uuid),
    opinion: &Opinion,
) -> Result<Taking, AppError> {
    app.spend(caller, Spending::Look)?;
    let Some(Opened {
        key, visit, over, ..
    }) = open(app, typed).await?
    else {
        return Ok(Taking::NotNow);
    };
    let (Ok(()), Some(closed_on)) = (over, visit.closed_on()) else {
        return Ok(Taking::NotNow);
    };
    let office = office_of(app, &visit).await?;
    let form = Sha256::new(app.keys.hash("visit opinion", form.as_bytes()));
    let work = app.work(&caller.actor).await?;
    let place = (office, Quarter::of(closed_on));
    let said = store::passports::note_said(&work, key, form).await?;
    if said != Said::Before {
        add_up(&work, &visit, place, (said, opinion)).await?;
    }
    work.commit().await?;
    Ok(Taking::Thanked)
}

/// Adds what is said of a visit to what was said of the office in the quarter.
async fn add_up(
    work: &Work,
    visit: &Visit,
    place: (DivisionCode, Quarter),
    (said, opinion): (Said, &Opinion),
) -> Result<(), AppError> {
    let mut all = store::opinions::lock(work, place).await?;
    if said == Said::First {
        // Asked behind the lock: of two visits to one merchant the later word finds the earlier one.
        let of = (visit.merchant, visit.id);
        if !store::passports::has_spoken(work, of, place.1.begin()).await? {
            all.meet();
        }
        all.add(opinion);
    } else {
        all.contest();
    }
    store::opinions::save(work, place, &all).await
}

/// What merchants said of the visits of an office in a quarter, for whoever sits above that office; nothing before nobody can
/// add to it, nor what fewer than five merchants said.
pub async fn opinions_of(
    app: &App,
    actor: &Actor,
    (office, quarter): (DivisionCode, Quarter),
) -> Result<Option<Opinions>, AppError> {
    let is_above = |seat: &DivisionCode| *seat != office && seat.contains(&office);
    if !actor.division().is_some_and(is_above) {
        return Err(Refusal::of(Code::Denied).into());
    }
    if !quarter.is_told_at(app.now()) {
        return Ok(None);
    }
    let all = store::opinions::find(&app.db, (office, quarter)).await?;
    Ok(all.told())
}

/// The office whose officers went.
async fn office_of(app: &App, visit: &Visit) -> Result<DivisionCode, AppError> {
    let team: Vec<_> = visit.team.iter().collect();
    let people = store::accounts::list_named(&app.db, &team).await?;
    let mut seats = team.iter().filter_map(|user| people.get(user));
    let seat = seats.find_map(|account| match account.seat {
        Seat::Bureau { division, .. } => Some(division),
        Seat::Merchant(_) => None,
    });
    Ok(seat.unwrap_or(visit.division))
}
