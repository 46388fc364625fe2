//! A penalty on the spot: two officers impose it at the stall, and the case is born with its decision.

use super::{
    file::visited_on,
    former::fined_by_others,
    kept::{rows_of, settle},
    orders::missed_for,
    papers,
    periods::{ends, public_notice_days},
    sums::{lower, provincial_from},
};
use crate::{
    app::App,
    caller::Caller,
    error::AppError,
    store::{self, numbers::Series},
    usecase::{
        inspections::{certified_team, looked_at_again},
        matter::Matter,
        office, step,
        step::Written,
    },
    work::{Begun, Work},
};
use chrono::{DateTime, TimeDelta, Utc};
use liangxin_domain::{
    cases::{
        basis::{Basis, BasisKind, Told},
        case::{Case, PAY},
        charge::Penalty,
        command::Setting,
        decide::SuitPeriod,
        evidence::found,
        execution::Paying,
        on_the_spot::OnTheSpot,
        service::{AfterService, Delivery},
    },
    id::{CaseId, CommandId, MerchantId, UserId, VisitId},
    law::{calendar::shanghai_date, threshold::ThresholdKind},
    limits::{CLOCK_AHEAD_SECONDS, ON_THE_SPOT_DAYS},
    merchants::merchant::Merchant,
    notices::notice::Channel,
    places::division::DivisionCode,
    policy::{Action, Permit, Stake, permit},
    refusal::{Code, Refusal},
    reports::{command::Command, state::Mark},
    text::{Line, Narrative, Reason},
};

/// What two officers impose on the spot.
#[derive(Debug, Clone, serde::Serialize)]
pub struct Imposition {
    /// The new case; also names the command.
    pub case: CaseId,
    /// The visit that found it, if there was one.
    pub visit: Option<VisitId>,
    /// The party.
    pub merchant: MerchantId,
    /// The facts, where no visit recorded them.
    pub facts: Option<Narrative>,
    /// The officers.
    pub officers: Vec<UserId>,
    /// What is imposed and ordered.
    pub penalty: Penalty,
    /// What the party was told before.
    pub told: Narrative,
    /// What it said.
    pub said: Option<Narrative>,
    /// What the officers answer to that.
    pub defence_review: Option<Reason>,
    /// Which period for suit the decision tells.
    pub suit: SuitPeriod,
    /// Who took the decision.
    pub to: Line,
    /// What shows that.
    pub proof: Narrative,
    /// When it was imposed.
    pub at: DateTime<Utc>,
}

/// Two officers impose a small penalty on the spot (Order 2, articles 66 to 70).
pub async fn punish(app: &App, caller: &Caller, imposed: Imposition) -> Result<Written, AppError> {
    let id = imposed.case.uuid();
    let command = app.write(CommandId::new(id), "PunishOnTheSpot", id, &imposed)?;
    let Begun::Fresh(work) = app.begin(&caller.actor, &command).await? else {
        return Ok(Written::Before);
    };
    let merchant = store::merchants::get_within(&work, &caller.actor, imposed.merchant).await?;
    let unit = caller.actor.division().copied();
    let unit = unit.ok_or(Refusal::of(Code::Denied))?;
    let facts = office::facts(&work, &caller.actor, &merchant.division, Stake::None).await?;
    let permit = permit(&caller.actor, Action::PunishOnTheSpot, facts)?;
    let made = Mark {
        by: permit.person(Action::PunishOnTheSpot)?,
        at: done_at(&imposed, work.now())?,
    };
    let basis = basis(&work, caller, &imposed).await?;
    let setting = setting(app, &work, (&imposed, &basis, made), (&merchant, unit)).await?;
    let delivery = Delivery {
        channel: Channel::InPerson,
        at: made.at,
        proof: imposed.proof,
        to: imposed.to,
        witness: None,
        address_confirmation: None,
    };
    // A tie that was declared after it, and arrived before it, undoes nothing.
    let party = basis.party(merchant.id, shanghai_date(made.at));
    let matter = Matter::about(Some(party)).done_at(Some(made.at));
    let wanted = (imposed.officers.as_slice(), &matter);
    let officers = certified_team(&work, &caller.actor, wanted, "investigatorIds").await?;
    let new = OnTheSpot {
        id: imposed.case,
        number: store::numbers::next(&work, Series::Case, unit).await?,
        basis,
        merchant: merchant.id,
        division: unit,
        officers,
        penalty: imposed.penalty,
        told: imposed.told,
        said: imposed.said,
        defence_review: imposed.defence_review,
        suit: imposed.suit,
        delivery,
        made,
    };
    let registered = new.impose(&setting)?.register();
    store::cases::insert(&work, &registered.after).await?;
    let new = step::tell(app, &work, registered).await?;
    settle(&work, &new).await?;
    close_lead(app, &work, &new, &permit).await?;
    work.commit().await?;
    Ok(Written::Now)
}

/// Nothing of what the visit found is left to verify.
async fn close_lead(app: &App, work: &Work, case: &Case, permit: &Permit) -> Result<(), AppError> {
    let Some(visit) = case.basis.visit else {
        return Ok(());
    };
    let lead = store::reports::find_found_on(work, visit).await?;
    if let Some(lead) = lead.filter(|lead| lead.state.is_open()) {
        let command = Command::CloseOnTheSpot { case: case.id };
        step::take_along(app, work, lead, command, permit).await?;
    }
    Ok(())
}

/// A report goes on to a case of its own: what a reporter told is nothing for the spot.
async fn basis(work: &Work, caller: &Caller, imposed: &Imposition) -> Result<Basis, AppError> {
    let (kind, conduct_on) = match imposed.visit {
        Some(visit) => {
            let found = store::inspections::get(work, &caller.actor, visit).await?;
            if found.merchant != imposed.merchant {
                return Err(Refusal::on(Code::OtherMerchant, "merchantId").into());
            }
            let again = looked_at_again(work, &found).await?;
            let again = again.is_some_and(|former| former.basis.report.is_some());
            if found.origin.report().is_some() || again {
                return Err(Refusal::on(Code::OnTheSpotReport, "visitId").into());
            }
            (BasisKind::Visit, visited_on(&found, work))
        }
        None if imposed.facts.is_none() => return Err(Refusal::of(Code::FactsRequired).into()),
        None => (BasisKind::OwnDiscovery, shanghai_date(imposed.at)),
    };
    Ok(Basis {
        kind,
        visit: imposed.visit,
        report: None,
        told: Told {
            conduct_on,
            found_on: None,
            facts: imposed.facts.clone(),
            from: None,
            in_spite: None,
            in_place_of: None,
        },
    })
}

/// The phone may have been offline: the act counts from when it was done, which its clock says.
fn done_at(imposed: &Imposition, now: DateTime<Utc>) -> Result<DateTime<Utc>, Refusal> {
    if imposed.at > now + TimeDelta::seconds(CLOCK_AHEAD_SECONDS) {
        return Err(Refusal::on(Code::TimeInFuture, "at"));
    }
    if imposed.at < now - TimeDelta::days(ON_THE_SPOT_DAYS) {
        return Err(Refusal::on(Code::TimeTooOld, "at"));
    }
    Ok(imposed.at.min(now))
}

async fn setting(
    app: &App,
    work: &Work,
    (imposed, basis, made): (&Imposition, &Basis, Mark),
    (merchant, unit): (&Merchant, DivisionCode),
) -> Result<Setting, AppError> {
    let (measured, checked) = papers::seen(work, basis.visit).await?;
    let codes = imposed.penalty.charges.iter();
    let codes = codes.map(|charge| &charge.violation);
    // The law is that of the act, not that of its arrival here.
    let on = shanghai_date(made.at);
    let party = basis.party(merchant.id, on);
    Ok(Setting {
        now: made.at,
        violations: rows_of(app, basis.told.conduct_on, codes),
        venue: Some(merchant.venue),
        findings: found(
            (&measured, &checked),
            (&app.law.violations, basis.told.conduct_on),
        ),
        hearing_from: lower(app, on, (unit, ThresholdKind::Hearing)),
        on_the_spot_up_to: lower(app, on, (unit, ThresholdKind::Summary)),
        display: None,
        has_new_penalty: false,
        provincial_from: provincial_from(app, on, unit),
        collective: Vec::new(),
        public_notice_days: public_notice_days(app, work)?,
        answer_until: None,
        paying: Paying::default(),
        hearing_told: AfterService::NotServed,
        reminded: AfterService::NotServed,
        until: ends(app, work, PAY, on).await?,
        limits: None,
        former: None,
        fined: fined_by_others(work, (merchant.id, imposed.case)).await?,
        has_earlier_offence: false,
        is_party_gone: false,
        missed_orders: missed_for(work, merchant.id, Some(&imposed.penalty)).await?,
        order_served_on: None,
        unserved: None,
        is_party: false,
        concerned: None,
        team: None,
        tied: store::interests::tied_to(work, party, Some(made.at)).await?,
    })
}
