//! How a visit is loaded, permitted and written.

use crate::{
    app::App,
    error::AppError,
    store::{self, law::RunsOn, ratings::NewFinding},
    usecase::{
        inspections::certified_team, matter::Matter, merchants::is_listed, office, step::Kept,
    },
    work::Work,
};
use chrono::{DateTime, Utc};
use liangxin_domain::{
    actor::Actor,
    evidence::photo::PhotoOwner,
    id::{FindingId, UserId, VisitId},
    inspections::{
        command::{Command, Setting},
        visit::{Entry, Signature, Team, Visit, VisitFinding},
    },
    places::division::DivisionCode,
    policy::{Facts, Permit, Stake},
    ratings::evidence::Finding,
    refusal::{Code, Refusal},
};
use std::{collections::BTreeSet, sync::Arc};

impl Kept for Visit {
    type Id = VisitId;

    async fn load(_: &App, work: &Work, actor: &Actor, id: VisitId) -> Result<Self, AppError> {
        store::inspections::get(work, actor, id).await
    }

    async fn facts(&self, work: &Work, actor: &Actor) -> Result<Facts, AppError> {
        let stake = stake(actor, self);
        let place = match stake {
            // Whoever was sent goes on where he was sent, whichever office has the report meanwhile.
            Stake::Assigned => self.division,
            _ => sender(work, self).await?,
        };
        office::facts(work, actor, &place, stake).await
    }

    /// What was done on site is kept, however late it arrives, though something was said after it that keeps its officer
    /// away.
    async fn matter(&self, work: &Work, command: &Command) -> Result<Matter, AppError> {
        let matter = Matter::of_visit(work, self).await?;
        Ok(matter.done_at(on_site_since(self, work.actor(), command)))
    }

    async fn setting(
        &self,
        app: &App,
        work: &Work,
        command: &Command,
    ) -> Result<Setting, AppError> {
        let mut setting = Setting {
            now: work.now(),
            certificate_no: None,
            rules: Arc::clone(&app.law.rules),
            instrument: None,
            is_listed: false,
            standards: Vec::new(),
            signature: None,
            team: None,
            able: BTreeSet::new(),
            photos: 0,
            measurements: Vec::new(),
            checks: Vec::new(),
        };
        match command {
            Command::CheckIn { .. } => {
                let me = work.actor().signed_in()?.user;
                setting.certificate_no = store::accounts::find(work, me)
                    .await?
                    .and_then(|account| account.certificate_no);
            }
            Command::ReplaceInspectors { inspectors, .. } => {
                (setting.team, setting.able) = crews(work, self, inspectors).await?;
            }
            Command::CheckInstrument { instrument, .. } => {
                setting.instrument =
                    store::merchants::find_instrument(work, self.merchant, *instrument).await?;
            }
            Command::SubmitMeasurement {
                instrument, input, ..
            } => {
                if let Some(instrument) = instrument {
                    setting.instrument =
                        store::merchants::find_instrument(work, self.merchant, *instrument).await?;
                }
                let named = input.standards();
                setting.standards =
                    store::standards::list_named(work, work.actor(), &named).await?;
            }
            Command::AddSeenInstrument { plate, .. } => {
                setting.is_listed = is_listed(work, plate).await?;
            }
            Command::DeclarePhotos { .. } => {
                let owed = store::evidence::count(work, PhotoOwner::Visit(self.id)).await?;
                setting.photos = usize::try_from(owed).unwrap_or(usize::MAX);
            }
            Command::SignRecord { signature } => {
                if let Signature::Signed { photo, .. } = signature {
                    let declared = store::evidence::find(work, *photo).await?;
                    setting.signature = declared.map(|photo| (photo.owner, photo.declared.kind));
                }
            }
            Command::SubmitVisit => {
                setting.measurements = store::measurements::measurements_of(work, self.id).await?;
                setting.checks = store::measurements::checks_of(work, self.id).await?;
            }
        }
        Ok(setting)
    }

    async fn save(&self, work: &Work) -> Result<(), AppError> {
        // A finding is a row of its own: two inspectors may record at once.
        match &self.entry {
            Some(Entry::Check { id, check }) => {
                store::measurements::insert_check(work, id.uuid(), self.id, check).await
            }
            Some(Entry::Measurement(measurement)) => {
                store::measurements::insert_measurement(work, measurement).await
            }
            Some(Entry::Instrument(entry)) => {
                store::merchants::insert_instrument(work, entry).await
            }
            Some(Entry::Arrival(arrival)) => {
                store::arrivals::save(work, self.id, arrival).await?;
                // Whoever comes second changes nothing of the visit: two may arrive at once.
                if self.arrivals.len() > 1 {
                    return Ok(());
                }
                store::inspections::save(work, self).await
            }
            Some(Entry::Photos(photos)) => {
                store::evidence::declare(work, PhotoOwner::Visit(self.id), photos).await
            }
            Some(Entry::Team) => {
                store::inspections::save(work, self).await?;
                store::inspections::replace_team(work, self).await
            }
            Some(Entry::Findings(_)) | None => store::inspections::save(work, self).await,
        }
    }

    /// Whatever runs because of a visit runs on its report, if one is behind it; no step of a visit moves it.
    fn runs_on(&self) -> Option<RunsOn> {
        self.origin.report().map(RunsOn::Report)
    }

    /// What the closed visit found counts for the merchant's grade.
    async fn follow(
        &self,
        app: &App,
        work: &Work,
        _: (&Permit, &Setting),
        _: &Command,
    ) -> Result<(), AppError> {
        if let Some(Entry::Findings(found)) = &self.entry {
            for finding in found {
                store::ratings::insert_finding(work, graded(app, work, self, finding)?).await?;
            }
        }
        Ok(())
    }
}

fn graded(
    app: &App,
    work: &Work,
    visit: &Visit,
    found: &VisitFinding,
) -> Result<NewFinding, AppError> {
    let VisitFinding {
        indicator,
        passed,
        times,
        ref note,
    } = *found;
    Ok(NewFinding {
        id: FindingId::new(work.new_id(&app.ids)),
        merchant: visit.merchant,
        finding: Finding {
            indicator: store::ratings::indicator(indicator)?,
            passed,
            found_on: work.today(),
        },
        times,
        settled_on: passed.then(|| work.today()),
        visit: Some(visit.id),
        note: (note.zh.clone(), note.en.clone()),
    })
}

/// Since when an officer is there, by the phone's clock: it counts for all that he records there. Who goes is decided in the
/// office.
fn on_site_since(visit: &Visit, actor: &Actor, command: &Command) -> Option<DateTime<Utc>> {
    let user = actor.user()?;
    let mut arrivals = visit.arrivals.iter();
    match (arrivals.find(|arrival| arrival.by == user), command) {
        (_, Command::ReplaceInspectors { .. }) => None,
        (Some(known), _) => Some(known.at),
        (None, Command::CheckIn { at, .. }) => Some(*at),
        (None, _) => None,
    }
}

/// Where the office sits that sends the inspectors: the one that has the report, or the merchant's.
async fn sender(work: &Work, visit: &Visit) -> Result<DivisionCode, AppError> {
    match visit.origin.report() {
        Some(report) => {
            let report = store::reports::get(work, &Actor::System, report).await?;
            Ok(report.custody.unit)
        }
        None => Ok(visit.division),
    }
}

/// The team that is named to go, and those of the present one who may go on: inspectors of the office with certificates
/// whom nothing keeps away, be they there already or not.
async fn crews(
    work: &Work,
    visit: &Visit,
    named: &[UserId],
) -> Result<(Option<Team>, BTreeSet<UserId>), AppError> {
    let division = *work
        .actor()
        .division()
        .ok_or_else(|| Refusal::of(Code::Denied))?;
    let matter = Matter::of_visit(work, visit).await?;
    let wanted = (named, &matter);
    let team = certified_team(work, work.actor(), wanted, "inspectorIds").await?;
    let sent: Vec<_> = visit.team.iter().collect();
    let known = store::accounts::inspectors_among(work, &sent, division).await?;
    let kept = matter.kept_away(work).await?;
    let able = known
        .into_iter()
        .filter(|officer| officer.certificate_no.is_some() && !kept.contains(&officer.user));
    Ok((Some(team), able.map(|officer| officer.user).collect()))
}

/// What an actor has to do with a visit.
pub(crate) fn stake(actor: &Actor, visit: &Visit) -> Stake {
    match actor.user() {
        Some(user) if visit.team.has(user) => Stake::Assigned,
        _ => Stake::None,
    }
}
