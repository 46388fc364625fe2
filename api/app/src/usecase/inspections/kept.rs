//! How a visit is loaded, permitted and written.

use super::{
    amended::{follow, is_relied_on},
    leads::open_lead,
    passport, written,
};
use crate::{
    app::App,
    error::AppError,
    store::{self, law::RunsOn, ratings::NewFinding},
    usecase::{
        inspections::{certified_team, record_digest},
        matter::Matter,
        merchants::is_listed,
        office,
        step::Kept,
    },
    work::Work,
};
use chrono::{DateTime, NaiveDate, Utc};
use liangxin_domain::{
    accounts::role::Role,
    actor::Actor,
    evidence::photo::PhotoOwner,
    id::{FindingId, UserId, VisitId},
    inspections::{
        command::{Command, Setting},
        signing::Signature,
        visit::{Entry, Team, Visit, VisitFinding},
    },
    places::division::DivisionCode,
    policy::{Facts, Permit, Stake},
    ratings::evidence::Finding,
    refusal::{Code, Refusal},
    step::Command as _,
};
use std::{collections::BTreeSet, sync::Arc};

/// How often a write from the field is tried beside others: more often than phones write on one visit at one moment.
const TRIES: u32 = 5;

impl Kept for Visit {
    type Id = VisitId;

    /// Whoever was sent sends what he did before others went in his place, though he may see the visit no more.
    async fn load(_: &App, work: &Work, actor: &Actor, id: VisitId) -> Result<Self, AppError> {
        let unseen = match store::inspections::get(work, actor, id).await {
            Err(AppError::Refused(unseen)) => unseen,
            seen => return seen,
        };
        let visit = store::inspections::get(work, &Actor::System, id).await?;
        match was_replaced(actor, &visit) {
            true => Ok(visit),
            false => Err(unseen.into()),
        }
    }

    async fn facts(&self, work: &Work, actor: &Actor) -> Result<Facts, AppError> {
        let stake = match was_replaced(actor, self) {
            true => Stake::Assigned,
            false => stake(actor, self),
        };
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
        if let Some(user) = work.actor().user()
            && !matches!(command, Command::ReplaceInspectors { .. })
            && self.replaced_at(user).is_some()
        {
            self.check_goes(user, &written::occurred(work, self, command).await?)?;
        }
        let matter = Matter::of_visit(work, self).await?;
        Ok(matter.done_at(on_site_since(work, self, command).await?))
    }

    async fn setting(
        &self,
        app: &App,
        work: &Work,
        command: &Command,
    ) -> Result<Setting, AppError> {
        let mut setting = Setting::at(work.now(), Arc::clone(&app.law.rules));
        setting.occurred = written::occurred(work, self, command).await?;
        match command {
            Command::CheckIn { .. } => {
                setting.certificate_no = own_certificate(work).await?;
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
            }
            | Command::CorrectFinding {
                instrument, input, ..
            } => {
                if let Some(instrument) = instrument {
                    setting.instrument =
                        store::merchants::find_instrument(work, self.merchant, *instrument).await?;
                }
                let named = input.measurement.standards();
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
            Command::SignRecord { signature, .. } => {
                if let Signature::Signed { photo, .. } = signature {
                    let declared = store::evidence::find(work, *photo).await?;
                    setting.signature = declared.map(|photo| (photo.owner, photo.declared.kind));
                }
                setting.record = Some(record_digest(work, self.id).await?);
            }
            Command::ReopenVisit { .. } => {
                setting.has_case = has_case(work, self).await?;
                let (origin, merchant) = (&self.origin, self.merchant);
                setting.is_made_again =
                    store::inspections::has_open(work, origin, merchant).await?;
            }
            Command::MakePassport | Command::VoidFinding { .. } | Command::SubmitVisit { .. } => {}
        }
        if let Command::VoidFinding { .. }
        | Command::CorrectFinding { .. }
        | Command::SubmitVisit { .. } = command
        {
            setting.measurements = store::measurements::measurements_of(work, self.id).await?;
            setting.checks = store::measurements::checks_of(work, self.id).await?;
            setting.is_relied_on = is_relied_on(work, self.id).await?;
        }
        Ok(setting)
    }

    async fn save(&self, work: &Work) -> Result<(), AppError> {
        // A finding is a row of its own: two inspectors may record at once.
        match &self.entry {
            Some(Entry::Check(check)) => {
                store::measurements::insert_check(work, self.id, check).await
            }
            Some(Entry::Amendment(amendment)) => {
                // Whoever closes the visit at the same moment reads the record anew first.
                store::inspections::save(work, self).await?;
                store::measurements::amend(work, self.id, amendment).await
            }
            Some(Entry::Measurement(measurement)) => {
                store::measurements::insert_measurement(work, measurement).await
            }
            Some(Entry::Instrument(entry)) => store::merchants::add_instrument(work, entry).await,
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
            // Whoever sends others at the same moment need not wait: the passport is that of those who went before then.
            Some(Entry::Passport) => Ok(()),
            Some(Entry::Team) => {
                store::inspections::save(work, self).await?;
                store::inspections::replace_team(work, self).await
            }
            Some(Entry::Reopening) => {
                store::inspections::save(work, self).await?;
                store::inspections::come_back(work, self).await
            }
            Some(Entry::Findings(_)) | None => store::inspections::save(work, self).await,
        }
    }

    fn tries(command: &Command) -> u32 {
        match command.said() {
            Some(_) => TRIES,
            None => 1,
        }
    }

    /// Whatever runs because of a visit runs on its report, if one is behind it; no step of a visit moves it.
    fn runs_on(&self) -> Option<RunsOn> {
        self.origin.report().map(RunsOn::Report)
    }

    /// What the closed visit found counts for the merchant's grade, until it is void, and somebody decides what becomes of it.
    async fn follow(
        &self,
        app: &App,
        work: &Work,
        (permit, setting): (&Permit, &Setting),
        command: &Command,
    ) -> Result<(), AppError> {
        written::keep(app, work, self, (permit, setting), command).await?;
        let day = setting.occurred.day();
        match &self.entry {
            Some(Entry::Findings(found)) => {
                grade(app, work, self, (found, day)).await?;
                open_lead(app, work, self, (permit, command.action())).await
            }
            Some(Entry::Check(_) | Entry::Measurement(_)) => {
                grade(app, work, self, (&self.found_late(), day)).await?;
                match self.fails_late() {
                    true => open_lead(app, work, self, (permit, command.action())).await,
                    false => Ok(()),
                }
            }
            Some(Entry::Amendment(amendment)) => {
                follow(app, work, self, amendment).await?;
                match (amendment.closed_at, &amendment.instead) {
                    (Some(_), Some(instead)) if instead.fails() => {
                        open_lead(app, work, self, (permit, command.action())).await
                    }
                    _ => Ok(()),
                }
            }
            Some(Entry::Passport) => passport::keep(app, work, self).await,
            Some(Entry::Reopening) => store::ratings::void_findings_of(work, self.id).await,
            _ => Ok(()),
        }
    }
}

/// Whether a case was filed on a visit, or a head decided that none is: what that rests on is not made anew under it.
async fn has_case(work: &Work, visit: &Visit) -> Result<bool, AppError> {
    let cases = store::cases::list_on_visit(work, visit.id).await?;
    let lead = store::reports::find_found_on(work, visit.id).await?;
    Ok(!cases.is_empty() || lead.is_some_and(|lead| lead.state.is_over()))
}

/// The number of the certificate that whoever acts carries now.
async fn own_certificate(work: &Work) -> Result<Option<String>, AppError> {
    let me = work.actor().signed_in()?.user;
    let account = store::accounts::find(work, me).await?;
    Ok(account.and_then(|account| account.certificate_no))
}

/// Keeps findings of a visit that was closed on a day for the merchant's grade.
pub(super) async fn grade(
    app: &App,
    work: &Work,
    visit: &Visit,
    (found, on): (&[VisitFinding], NaiveDate),
) -> Result<(), AppError> {
    for finding in found {
        let graded = graded(app, work, visit, (finding, on))?;
        store::ratings::insert_finding(work, graded).await?;
    }
    Ok(())
}

fn graded(
    app: &App,
    work: &Work,
    visit: &Visit,
    (found, on): (&VisitFinding, NaiveDate),
) -> Result<NewFinding, AppError> {
    let VisitFinding {
        entry,
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
            found_on: on,
        },
        times,
        settled_on: passed.then(|| work.today()),
        visit: Some(visit.id),
        entry: Some(entry),
        note: (note.zh.clone(), note.en.clone()),
    })
}

/// Since when an officer is there, as far as his phone's clock can be right: it counts for all that he records there. What comes
/// before his arrival counts by itself. Who goes is decided in the office, and what is void is said on the day on which it is
/// said.
async fn on_site_since(
    work: &Work,
    visit: &Visit,
    command: &Command,
) -> Result<Option<DateTime<Utc>>, AppError> {
    let user = work.actor().user();
    let mut arrivals = visit.arrivals.iter();
    let arrived = arrivals.find(|arrival| Some(arrival.by) == user);
    match (arrived, command) {
        (
            _,
            Command::ReplaceInspectors { .. }
            | Command::VoidFinding { .. }
            | Command::CorrectFinding { .. }
            | Command::ReopenVisit { .. },
        )
        | (None, Command::MakePassport) => Ok(None),
        (Some(known), _) => Ok(Some(known.at)),
        (None, _) => {
            let occurred = written::occurred(work, visit, command).await?;
            Ok(Some(occurred.at()))
        }
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

/// Whether others went in the place of an inspector who was sent.
fn was_replaced(actor: &Actor, visit: &Visit) -> bool {
    let inspector = match actor {
        Actor::User(person) if person.roles.has(Role::Inspector) => person.user,
        _ => return false,
    };
    visit.replaced_at(inspector).is_some()
}

/// What an actor has to do with a visit.
pub(crate) fn stake(actor: &Actor, visit: &Visit) -> Stake {
    match actor.user() {
        Some(user) if visit.team.has(user) => Stake::Assigned,
        _ => Stake::None,
    }
}
