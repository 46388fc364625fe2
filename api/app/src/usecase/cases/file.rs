//! Filing a case: on a visit, on a lead, on what another agency handed over, on the bureau's own discovery.

use super::{
    former::{in_place_of, replace},
    kept::report_of,
    papers,
};
use crate::{
    app::App,
    caller::Caller,
    error::AppError,
    store::{self, numbers::Series},
    usecase::{
        inspections::{behind, certified_team},
        matter::Matter,
        office, reports, step,
        step::Written,
    },
    work::{Begun, Work},
};
use chrono::{Days, NaiveDate};
use liangxin_domain::{
    actor::Actor,
    cases::{
        basis::{Basis, BasisKind, Told},
        case::Case,
        evidence::VisitEvidence,
        file::File,
    },
    evidence::photo::PhotoOwner,
    id::{CaseId, CommandId, MerchantId, ReportId, UserId, VisitId},
    inspections::visit::{InstrumentCheck, Measurement, Visit, VisitStateKind},
    law::calendar::shanghai_date,
    limits::REPORT_AGE_DAYS,
    places::division::DivisionCode,
    policy::{Action, Stake, permit},
    refusal::{Code, Refusal},
    reports::{
        command::Command,
        report::{FoundIn, Report},
    },
    text::{Line, Narrative, Reason},
};

/// What to file.
#[derive(Debug, Clone, serde::Serialize)]
pub struct Filing {
    /// The new case; also names the command.
    pub case: CaseId,
    /// How the bureau came to know; a visit says it by itself.
    pub basis: Option<BasisKind>,
    /// The visit that found it, if there was one.
    pub visit: Option<VisitId>,
    /// The report of a lead that nobody sent, where nobody visited. What was filed before there were such reports has
    /// its digest still.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub report: Option<ReportId>,
    /// The party, where no visit names it.
    pub merchant: Option<MerchantId>,
    /// The day of the conduct in China, where no visit and no report tells it.
    pub conduct_on: Option<NaiveDate>,
    /// The day on which the bureau found the matter, or received it, where no visit tells it.
    pub found_on: Option<NaiveDate>,
    /// The facts, where no visit recorded them.
    pub facts: Option<Narrative>,
    /// The annulled case in whose place it comes, where nobody visited and no report says it. What was filed before it could be
    /// said has its digest still.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub in_place_of: Option<CaseId>,
    /// Who handed the matter over, and the number of the letter.
    pub from: Option<Line>,
    /// Why it is filed although evidence is missing.
    pub in_spite: Option<Reason>,
    /// Who investigates.
    pub investigators: Vec<UserId>,
}

/// A head files a case: prima facie evidence, two named officers (Order 2, article 19).
pub async fn file(app: &App, caller: &Caller, filing: Filing) -> Result<Written, AppError> {
    let id = filing.case.uuid();
    let command = app.write(CommandId::new(id), "FileCase", id, &filing)?;
    let Begun::Fresh(work) = app.begin(&caller.actor, &command).await? else {
        return Ok(Written::Before);
    };
    let mut opened = Box::pin(opened(app, &work, caller, &filing)).await?;
    let unit = opened.unit;
    // A superior reads what an office below it found, and takes no case from it.
    let facts = office::facts(&work, &caller.actor, &opened.place, Stake::None).await?;
    let permit = permit(&caller.actor, Action::FileCase, facts)?;
    if let Some(visit) = &opened.visit {
        check_visit(&work, visit, &filing).await?;
    }
    let known = (&opened.basis, opened.visit.as_ref());
    let named = (&filing, opened.merchant);
    let former = Box::pin(in_place_of(&work, caller, named, known)).await?;
    opened.basis.told.in_place_of = former;
    let party = opened.basis.party(opened.merchant, work.today());
    let matter = Matter::about(Some(party));
    let new = Case {
        id: filing.case,
        number: store::numbers::next(&work, Series::Case, unit).await?,
        basis: opened.basis,
        merchant: opened.merchant,
        division: unit,
        investigators: certified_team(
            &work,
            &caller.actor,
            (&filing.investigators, &matter),
            "investigatorIds",
        )
        .await?,
        filed_at: work.now(),
        filed_by: permit.person(Action::FileCase)?,
        file: File::default(),
        version: 1,
    };
    if let Some(former) = former {
        replace(&work, former).await?;
    }
    if let Some(report) = report_of(&work, &new).await? {
        let command = Command::FileCase {
            case: new.id,
            officers: new.investigators.clone(),
        };
        Box::pin(step::take_along(app, &work, report, command, &permit)).await?;
    }
    store::cases::insert(&work, &new).await?;
    Box::pin(step::tell(app, &work, new.register())).await?;
    work.commit().await?;
    Ok(Written::Now)
}

/// Where a case lies, whom it is against, and what it was opened on.
struct Opened {
    unit: DivisionCode,
    place: DivisionCode,
    merchant: MerchantId,
    basis: Basis,
    visit: Option<Visit>,
}

async fn opened(
    app: &App,
    work: &Work,
    caller: &Caller,
    filing: &Filing,
) -> Result<Opened, AppError> {
    match filing.visit {
        Some(visit) => on_visit(work, caller, filing, visit).await,
        None => without_visit(app, work, caller, filing).await,
    }
}

/// The case is the office's that has the report, else the caller's; the merchant may lie in a division below it.
async fn on_visit(
    work: &Work,
    caller: &Caller,
    filing: &Filing,
    visit: VisitId,
) -> Result<Opened, AppError> {
    let found = store::inspections::get(work, &caller.actor, visit).await?;
    let report = behind(work, &found).await?;
    let mut by_visit = BasisKind::Visit;
    let (unit, place, told) = match report {
        Some(report) => {
            let report = store::reports::get(work, &Actor::System, report).await?;
            let unit = report.custody.unit;
            // Of what nobody reported the visit is the first to know the day.
            let day = match report.found_in {
                Some(_) => visited_on(&found, work),
                None => shanghai_date(report.occurred_at),
            };
            by_visit = basis_of(&report, filing.basis);
            (unit, unit, told(filing, (day, None)))
        }
        None => {
            let day = visited_on(&found, work);
            (
                seat(caller)?,
                found.division,
                told(filing, (day, Some(day))),
            )
        }
    };
    if filing.basis.is_some_and(|named| named != by_visit)
        || filing.merchant.is_some_and(|named| named != found.merchant)
        || filing.report.is_some_and(|named| report != Some(named))
    {
        return Err(Refusal::on(Code::FieldFormat, "basis").into());
    }
    Ok(Opened {
        unit,
        place,
        merchant: found.merchant,
        basis: Basis {
            kind: by_visit,
            visit: Some(visit),
            report,
            told,
        },
        visit: Some(found),
    })
}

/// A matter that nobody visited: facts, party and day have to be said, and for one that was handed over,
/// by whom.
async fn without_visit(
    app: &App,
    work: &Work,
    caller: &Caller,
    filing: &Filing,
) -> Result<Opened, AppError> {
    let kind = match filing.basis {
        Some(kind @ (BasisKind::Lead | BasisKind::TransferIn | BasisKind::OwnDiscovery)) => kind,
        Some(BasisKind::Report | BasisKind::Visit) => {
            return Err(Refusal::on(Code::FieldRequired, "visitId").into());
        }
        None => return Err(Refusal::on(Code::FieldRequired, "basis").into()),
    };
    let (Some(merchant), Some(conduct_on), Some(_)) =
        (filing.merchant, filing.conduct_on, &filing.facts)
    else {
        return Err(Refusal::of(Code::FactsRequired).into());
    };
    if kind == BasisKind::TransferIn && filing.from.is_none() {
        return Err(Refusal::on(Code::FieldRequired, "from").into());
    }
    let oldest = work.today() - Days::new(REPORT_AGE_DAYS.unsigned_abs());
    if conduct_on > work.today() {
        return Err(Refusal::on(Code::TimeInFuture, "conductOn").into());
    }
    if conduct_on < oldest {
        return Err(Refusal::on(Code::TimeTooOld, "conductOn").into());
    }
    let lead = lead(work, caller, (filing, kind, merchant)).await?;
    let is_named = lead.as_ref().is_some_and(|lead| lead.merchant.is_some());
    let party = if is_named {
        // It may lie beyond the office that has the lead, and that office files all the same.
        store::merchants::get(work, merchant).await?
    } else {
        store::merchants::get_within(work, &caller.actor, merchant).await?
    };
    let (unit, place, found_on) = match &lead {
        Some(lead) => (lead.custody.unit, lead.custody.unit, None),
        None => {
            let found_on = reports::found_on(app, work, filing.found_on)?;
            if found_on < conduct_on {
                return Err(Refusal::on(Code::TimeTooOld, "foundOn").into());
            }
            // Its days run already: somebody is warned of them, and says so, before a head files it.
            if found_on < work.today() && filing.in_place_of.is_none() {
                return Err(Refusal::on(Code::FieldRequired, "reportId").into());
            }
            (seat(caller)?, party.division, Some(found_on))
        }
    };
    Ok(Opened {
        unit,
        place,
        merchant: party.id,
        basis: Basis {
            kind,
            visit: None,
            report: lead.map(|lead| lead.id),
            told: told(filing, (conduct_on, found_on)),
        },
        visit: None,
    })
}

/// What a case on a report is opened on. What the bureau put on record itself is named by whoever files.
const fn basis_of(report: &Report, named: Option<BasisKind>) -> BasisKind {
    match (report.found_in, named) {
        (None, _) => BasisKind::Report,
        (Some(FoundIn::Mediation(_)), _) => BasisKind::Lead,
        (Some(FoundIn::Visit(_)), _) => BasisKind::Visit,
        (Some(FoundIn::Bureau(_)), Some(named @ (BasisKind::Lead | BasisKind::TransferIn))) => {
            named
        }
        (Some(FoundIn::Bureau(_)), _) => BasisKind::OwnDiscovery,
    }
}

/// The report of a lead that nobody visited, about the same party. What a citizen reported is visited first.
async fn lead(
    work: &Work,
    caller: &Caller,
    (filing, kind, party): (&Filing, BasisKind, MerchantId),
) -> Result<Option<Report>, AppError> {
    let Some(report) = filing.report else {
        return Ok(None);
    };
    let report = store::reports::get(work, &caller.actor, report).await?;
    if basis_of(&report, Some(kind)) != kind {
        return Err(Refusal::on(Code::FieldFormat, "reportId").into());
    }
    if report.merchant.is_some_and(|known| known != party) {
        return Err(Refusal::on(Code::OtherMerchant, "merchantId").into());
    }
    Ok(Some(report))
}

fn told(filing: &Filing, (conduct_on, found_on): (NaiveDate, Option<NaiveDate>)) -> Told {
    Told {
        conduct_on,
        found_on,
        facts: filing.facts.clone(),
        from: filing.from.clone(),
        in_spite: filing.in_spite.clone(),
        in_place_of: None,
    }
}

fn seat(caller: &Caller) -> Result<DivisionCode, Refusal> {
    let seat = caller.actor.division().copied();
    seat.ok_or(Refusal::of(Code::Denied))
}

/// The day on which somebody was there.
pub(super) fn visited_on(visit: &Visit, work: &Work) -> NaiveDate {
    let first = visit.arrivals.iter().map(|arrival| arrival.at).min();
    first.map_or_else(|| work.today(), shanghai_date)
}

async fn check_visit(work: &Work, visit: &Visit, filing: &Filing) -> Result<(), AppError> {
    if visit.state_kind() != VisitStateKind::Submitted {
        return Err(Refusal::of(Code::WrongState)
            .with(visit.state_kind().to_string())
            .into());
    }
    let evidence = evidence(work, visit.id).await?;
    evidence.check(filing.in_spite.as_ref())?;
    // Every paper of the case tells the facts: where the visit found none, they are told here.
    if evidence.failed_findings == 0 && filing.facts.is_none() {
        return Err(Refusal::on(Code::FactsRequired, "facts").into());
    }
    Ok(())
}

async fn evidence(work: &Work, visit: VisitId) -> Result<VisitEvidence, AppError> {
    let (measured, checked) = papers::seen(work, Some(visit)).await?;
    let held = store::evidence::count_held(work, PhotoOwner::Visit(visit)).await?;
    evidence_of(work, visit, (&measured, &checked, held)).await
}

/// What a visit has for a case, of which so much was read already: what it measured and looked at, and how many photos are held.
pub(super) async fn evidence_of(
    work: &Work,
    visit: VisitId,
    (measured, checked, held): (&[Measurement], &[InstrumentCheck], u64),
) -> Result<VisitEvidence, AppError> {
    let failed = measured.iter().filter(|found| found.fails()).count();
    let failed = failed + checked.iter().filter(|found| found.fails()).count();
    let missing = store::evidence::count_missing(work, PhotoOwner::Visit(visit)).await?;
    let counted = |photos: u64| usize::try_from(photos).unwrap_or(usize::MAX);
    Ok(VisitEvidence {
        failed_findings: failed,
        held_photos: counted(held),
        missing_photos: counted(missing),
    })
}
