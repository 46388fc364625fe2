//! Putting together what the file of a case holds. Who asks has shown that the case may be taken out; what hangs on it is read in
//! the name of the system.

use super::{Bundle, Exhibit, Receipt, Recorded, Sight};
use crate::{
    app::{App, sm3},
    caller::Caller,
    error::AppError,
    store::{self, evidence::Photo, seals::Signed},
    turns::Heavy,
    usecase::{
        evidence::{self, copies_of, holding_receipt},
        notices::{self, OpenNotice},
        seals::{self, History},
    },
};
use liangxin_domain::{
    actor::Actor,
    cases::case::Case,
    evidence::{digest::Sm3, photo::PhotoOwner},
    id::{ReportId, UserId},
    inspections::visit::Team,
    notices::{draft::Written, field::FieldClass, notice::Subject},
};
use uuid::Uuid;

/// Puts the file of a case together, with what its reader may see of a reporter's photos.
pub(super) async fn gather(app: &App, case: Case, sight: Sight) -> Result<Bundle, AppError> {
    let visits = recorded(app, &case).await?;
    let report = case.basis.report.map(PhotoOwner::Report);
    let records = report.into_iter();
    let records: Vec<_> = records
        .chain(visits.iter().map(|it| PhotoOwner::Visit(it.visit.id)))
        .collect();
    let (mut photos, mut receipts) = (Vec::new(), Vec::new());
    for record in records {
        let sight = match record {
            PhotoOwner::Report(_) => sight,
            PhotoOwner::Visit(_) => Sight::Original,
        };
        for photo in store::evidence::list(&app.db, record).await? {
            photos.push(exhibit(app, photo, sight).await?);
        }
        // A receipt names the digests of the originals, and when they came.
        if sight == Sight::Copy {
            continue;
        }
        // Signed now, if nobody asked before.
        holding_receipt(app, record).await?;
        let signed = store::holdings::list(&app.db, record).await?;
        receipts.extend(signed.into_iter().map(|(version, line)| Receipt {
            record: record.uuid(),
            version,
            line,
        }));
    }
    let papers = papers(app, &case).await?;
    let merchant = store::merchants::get(&app.db, case.merchant).await?;
    let bureau = store::places::competent_bureau(&app.db, case.division).await?;
    // Last, so that nothing that was done here is missing in it.
    let about = about(&case, (&visits, &photos, &papers));
    let history = seals::prove(app, &about).await?;
    let history = without_reporter(history, case.basis.report, &photos);
    let keys = app.evidence_keys.published().to_json();
    let mut bundle = Bundle {
        case,
        merchant,
        bureau: bureau.map_or_else(Default::default, |it| (it.name_zh, it.name_en)),
        visits,
        photos,
        receipts,
        papers,
        history,
        keys: keys.map_err(|error| AppError::internal("write the keys", error))?,
        people: Default::default(),
    };
    bundle.people = store::bundles::names(&app.db, people(&bundle)).await?;
    Ok(bundle)
}

async fn recorded(app: &App, case: &Case) -> Result<Vec<Recorded>, AppError> {
    let mut recorded = Vec::new();
    for visit in store::inspections::list_of_case(&app.db, case.id, case.basis.visit).await? {
        recorded.push(Recorded {
            measurements: store::measurements::measurements_of(&app.db, visit.id).await?,
            checks: store::measurements::checks_of(&app.db, visit.id).await?,
            visit,
        });
    }
    Ok(recorded)
}

async fn exhibit(app: &App, photo: Photo, sight: Sight) -> Result<Exhibit, AppError> {
    if photo.stored_at.is_none() {
        return Ok(Exhibit {
            photo,
            sight,
            sm3: None,
            copies: None,
            redactions: Vec::new(),
        });
    }
    // Why something of a reporter's photo is covered may tell who that is.
    let redactions = match photo.owner {
        PhotoOwner::Report(_) => Vec::new(),
        PhotoOwner::Visit(_) => store::redactions::list(&app.db, photo.declared.id).await?,
    };
    let sm3 = match sight {
        Sight::Original => Some(other_digest(app, &photo).await?),
        Sight::Copy => None,
    };
    Ok(Exhibit {
        redactions,
        sight,
        sm3,
        copies: copies_of(app, &photo).await?,
        photo,
    })
}

/// The SM3 of an original, noted now if it was taken in before that was done.
async fn other_digest(app: &App, photo: &Photo) -> Result<Sm3, AppError> {
    let sha256 = photo.declared.sha256;
    if let Some(noted) = store::digests::find(&app.db, sha256).await? {
        return Ok(noted);
    }
    let what = "digest an original";
    let turn = app.turn(Heavy::Papers, what).await?;
    let bytes = evidence::object(app, sha256).await?;
    let made = tokio::task::spawn_blocking(move || {
        let _turn = turn;
        sm3(&bytes)
    });
    let made = made.await.map_err(|e| AppError::internal(what, e))?;
    let work = app.work(&Actor::System).await?;
    store::digests::insert_if_free(&work, sha256, made).await?;
    work.commit().await?;
    Ok(made)
}

async fn papers(app: &App, case: &Case) -> Result<Vec<OpenNotice>, AppError> {
    let subject = Subject::Case(case.id);
    let mut papers = Vec::new();
    for notice in store::notices::list(&app.db, &Actor::System, subject).await? {
        let paper = notices::read(app, &Caller::system(), notice.id).await?;
        papers.push(without_people(paper));
    }
    Ok(papers)
}

/// A paper without what points at a reporter or a complainant.
fn without_people(mut paper: OpenNotice) -> OpenNotice {
    let leaves = |class| matches!(class, FieldClass::Open | FieldClass::Matter);
    let fields = paper.written.iter();
    let fields = fields
        .filter(|(field, _)| leaves(field.class()))
        .map(|(field, said)| (field, said.clone()));
    if let Some(written) = Written::stored(paper.written.recipient(), fields.collect()) {
        paper.written = written;
    }
    paper
}

/// What the history is about: the case, the report behind it, the visits with what was recorded on them, photos and papers. Who
/// looked for whoever reported, and what a reward is worth, is no part of it.
fn about(
    case: &Case,
    (visits, photos, papers): (&[Recorded], &[Exhibit], &[OpenNotice]),
) -> Vec<Uuid> {
    let case_and_report = [Some(case.id.uuid()), case.basis.report.map(Into::into)];
    let visits = visits.iter().flat_map(|it| {
        let measured = it.measurements.iter().map(|measured| measured.id.uuid());
        measured.chain([it.visit.id.uuid()])
    });
    let photos = photos.iter().map(|it| it.photo.declared.id.uuid());
    let papers = papers.iter().map(|it| it.notice.id.uuid());
    let about = case_and_report.into_iter().flatten();
    about.chain(visits).chain(photos).chain(papers).collect()
}

/// The history without what the reporter did to the report: when that was tells who stood at the stall. Of photos of which copies
/// alone are seen nothing is told but what officers did, and no seal stands there for what is not.
fn without_reporter(mut history: History, report: Option<ReportId>, photos: &[Exhibit]) -> History {
    let report = report.map(ReportId::uuid);
    let sealed = photos.iter().filter(|it| it.sight == Sight::Copy);
    let sealed: Vec<_> = sealed.map(|it| it.photo.declared.id.uuid()).collect();
    history.events.retain(|it| {
        let subject = it.event.subject;
        it.event.actor_user.is_some() || (Some(subject) != report && !sealed.contains(&subject))
    });
    let events = &history.events;
    let is_needed = |seal: &Signed| events.iter().any(|it| it.seal == seal.number);
    history.seals.retain(is_needed);
    history
}

/// The officers who are named.
fn people(bundle: &Bundle) -> Vec<UserId> {
    let investigators = bundle.case.investigators.iter();
    let visits = bundle.visits.iter().map(|it| &it.visit);
    let former = visits.clone().flat_map(|visit| &visit.former_teams);
    let teams = visits.map(|visit| &visit.team);
    let teams = teams.chain(former.map(|former| &former.officers));
    let teams = teams.flat_map(Team::iter);
    let acted = bundle.history.events.iter();
    let acted = acted.filter_map(|it| it.event.actor_user.map(UserId::new));
    let mut people: Vec<_> = investigators.chain(teams).chain(acted).collect();
    people.sort_unstable();
    people.dedup();
    people
}
