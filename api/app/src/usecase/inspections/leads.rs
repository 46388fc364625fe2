//! What a visit found that no report was behind. It is a lead as any other: verified within its days, and filed or not by a
//! head (Order 2, articles 18 to 20).

use crate::{
    app::App,
    error::AppError,
    store,
    usecase::{cases::against, reports},
    work::Work,
};
use liangxin_domain::{
    actor::Actor,
    cases::case::Case,
    id::ReportId,
    inspections::{origin::Origin, visit::Visit},
    policy::{Action, Permit},
};

/// Opens the lead of a closed visit whose record goes against the party, unless a report or a case has the matter already.
pub(super) async fn open_lead(
    app: &App,
    work: &Work,
    visit: &Visit,
    (permit, action): (&Permit, Action),
) -> Result<(), AppError> {
    let measured = store::measurements::measurements_of(work, visit.id).await?;
    let checked = store::measurements::checks_of(work, visit.id).await?;
    let found = against(&measured, &checked);
    if found.is_empty() || is_followed(work, visit).await? {
        return Ok(());
    }
    let by = permit.person(action)?;
    reports::open_found(app, work, (visit, found.join("\n")), by).await
}

async fn is_followed(work: &Work, visit: &Visit) -> Result<bool, AppError> {
    let cases = store::cases::list_on_visit(work, visit.id).await?;
    Ok(!cases.is_empty() || behind(work, visit).await?.is_some())
}

/// The report of a matter that a visit looks at: the one that it was made for, the lead that it brought up, or that of the
/// annulled case that it looks at again.
pub(in crate::usecase) async fn behind(
    work: &Work,
    visit: &Visit,
) -> Result<Option<ReportId>, AppError> {
    if let Some(report) = visit.origin.report() {
        return Ok(Some(report));
    }
    if let Some(lead) = store::reports::find_found_on(work, visit.id).await? {
        return Ok(Some(lead.id));
    }
    let former = looked_at_again(work, visit).await?;
    Ok(former.and_then(|former| former.basis.report))
}

/// The annulled case that a visit looks at again, as long as no other came in its place: what is found then is of its matter.
pub(in crate::usecase) async fn looked_at_again(
    work: &Work,
    visit: &Visit,
) -> Result<Option<Case>, AppError> {
    let cases = match visit.origin {
        Origin::CaseAgain(case) => vec![store::cases::get(work, &Actor::System, case).await?],
        Origin::VisitAgain(earlier) => store::cases::list_on_visit(work, earlier).await?,
        Origin::Report(_)
        | Origin::Plan(_)
        | Origin::Draw(_)
        | Origin::Lead(_)
        | Origin::Patrol(_) => return Ok(None),
    };
    let annulled = cases.into_iter().filter(|case| case.file.is_annulled());
    let Some(last) = annulled.max_by_key(|case| case.filed_at) else {
        return Ok(None);
    };
    let is_replaced = is_replaced(work, &last).await?;
    Ok((!is_replaced).then_some(last))
}

/// Whether another case came in the place of an annulled one.
pub(in crate::usecase) async fn is_replaced(work: &Work, former: &Case) -> Result<bool, AppError> {
    let cases = store::cases::list_against(work, former.merchant).await?;
    let mut others = cases.iter().map(|case| case.basis.told.in_place_of);
    Ok(others.any(|before| before == Some(former.id)))
}
