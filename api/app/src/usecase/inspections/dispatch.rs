//! Sending inspectors: for a report, or because the bureau itself has a reason.

use super::certified_team;
use crate::{
    app::App,
    caller::Caller,
    error::AppError,
    store,
    usecase::{matter::Matter, office, step::Written},
    work::{Begun, Work},
};
use liangxin_domain::{
    accounts::interest::Party,
    event::Event,
    id::{CommandId, MerchantId, VisitId},
    inspections::{
        command::NewVisit,
        origin::Origin,
        visit::{Visit, VisitStateKind},
    },
    law::visit_rule::year_of,
    merchants::merchant::Merchant,
    policy::{Action, Stake, permit},
    refusal::{Code, Refusal},
};

/// Sends two or more certified inspectors to a merchant. The new visit's id names the write too.
pub async fn dispatch(
    app: &App,
    caller: &Caller,
    visit: VisitId,
    new: NewVisit,
) -> Result<Written, AppError> {
    let named = app.named(CommandId::new(visit.uuid()), visit.uuid(), &new)?;
    let Begun::Fresh(work) = app.begin(&caller.actor, &named).await? else {
        return Ok(Written::Before);
    };
    let (origin, (merchant, division), inspectors, officer) = match new {
        NewVisit::DispatchVisit {
            report,
            merchant,
            inspectors,
        } => {
            let found = store::reports::get(&work, &caller.actor, report).await?;
            let by = permit(
                &caller.actor,
                Action::DispatchVisit,
                office::facts(&work, &caller.actor, &found.custody.unit, Stake::None).await?,
            )?;
            let merchant = within_reach(&work, caller, merchant).await?;
            let officer = by.person(Action::DispatchVisit)?;
            let changed = found.dispatch(&by, merchant.id)?;
            store::reports::save(&work, &changed).await?;
            let goes_to = (merchant.id, merchant.division);
            (Origin::Report(report), goes_to, inspectors, officer)
        }
        NewVisit::DispatchInspection {
            origin,
            merchant,
            inspectors,
        } => {
            let merchant = store::merchants::get_within(&work, &caller.actor, merchant).await?;
            let by = permit(
                &caller.actor,
                Action::DispatchInspection,
                office::facts(&work, &caller.actor, &merchant.division, Stake::None).await?,
            )?;
            merchant.is_open("merchantId")?;
            check_earlier(&work, caller, &origin, merchant.id).await?;
            let officer = by.person(Action::DispatchInspection)?;
            let goes_to = (merchant.id, merchant.division);
            (origin, goes_to, inspectors, officer)
        }
    };
    let since = work.today();
    let party = Party { merchant, since };
    let matter = Matter::behind_visit(&work, (&origin, party)).await?;
    let wanted = (inspectors.as_slice(), &matter);
    let team = certified_team(&work, &caller.actor, wanted, "inspectorIds").await?;
    check_not_too_often(app, &work, (&origin, merchant)).await?;
    let report = origin.report();
    let new = Visit::dispatched(visit, origin, (merchant, division), team, work.now());
    store::inspections::insert(&work, &new, officer).await?;
    app.record(&work, Event::VisitDispatched { visit, report });
    work.commit().await?;
    Ok(Written::Now)
}

/// Nobody goes to a merchant twice at once for one reason, and nobody more often in a year than the rule of the day lets
/// him, unless something leads there.
async fn check_not_too_often(
    app: &App,
    work: &Work,
    (origin, merchant): (&Origin, MerchantId),
) -> Result<(), AppError> {
    // What is behind it stays as it is, so this is what tells a second dispatch from the first.
    if store::inspections::has_open(work, origin, merchant).await? {
        return Err(Refusal::of(Code::VisitOpen).into());
    }
    let Some(rule) = app.law.visit_rules.frequency_on(work.today()) else {
        return Ok(());
    };
    if rule.exempts(origin.kind()) {
        return Ok(());
    }
    let since = year_of(work.now());
    let sent = store::inspections::count_sent(work, merchant, since, &rule.exempt).await?;
    Ok(rule.check(origin.kind(), sent)?)
}

/// An office sends its people as far as its division reaches.
async fn within_reach(
    work: &Work,
    caller: &Caller,
    merchant: MerchantId,
) -> Result<Merchant, AppError> {
    let merchant = store::merchants::get(work, merchant).await?;
    let seat = caller.actor.division();
    if !seat.is_some_and(|seat| seat.contains(&merchant.division)) {
        return Err(Refusal::of(Code::Denied).into());
    }
    Ok(merchant)
}

/// What is looked at again has to be there, has to be over, and has to be the same merchant's.
async fn check_earlier(
    work: &Work,
    caller: &Caller,
    origin: &Origin,
    merchant: MerchantId,
) -> Result<(), AppError> {
    let of = match origin {
        Origin::VisitAgain(visit) => {
            let visit = store::inspections::get(work, &caller.actor, *visit).await?;
            if visit.state_kind() != VisitStateKind::Submitted {
                return Err(Refusal::of(Code::WrongState)
                    .with(visit.state_kind().to_string())
                    .into());
            }
            visit.merchant
        }
        Origin::CaseAgain(case) => {
            store::cases::get(work, &caller.actor, *case)
                .await?
                .merchant
        }
        // For a report there is a command of its own, which moves it.
        Origin::Report(_) => return Err(Refusal::on(Code::FieldFormat, "origin").into()),
        // Plans and draws are kept elsewhere so far; their ids are taken as they are.
        Origin::Plan(_) | Origin::Draw(_) | Origin::Lead(_) | Origin::Patrol(_) => merchant,
    };
    if of == merchant {
        Ok(())
    } else {
        Err(Refusal::on(Code::OtherMerchant, "merchantId").into())
    }
}
