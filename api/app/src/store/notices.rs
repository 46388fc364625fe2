//! Papers that were issued. Their content is inserted once and there is no function that changes
//! it; the one update notes the service, and only where none is noted. A row whose content is not
//! what its digest says is not read.

use crate::{
    error::AppError,
    store::{
        cases, complaints, reports, rewards,
        row::{insert_unless_there, list_each, meet, optional_word, read_each, word},
        visibility::{Sight, in_division_of, nothing},
    },
    work::{Source, Work},
};
use chrono::{DateTime, Utc};
use liangxin_domain::{
    accounts::role::Role,
    actor::Actor,
    evidence::digest::Sha256,
    id::{NoticeId, ReportId, UserId},
    notices::{
        notice::{Channel, Notice, NoticeState, Service, Subject, SubjectKind},
        paper::Paper,
        recipient::{Recipient, RecipientKind},
    },
    refusal::{Code, Refusal},
    text::Narrative,
};
use liangxin_entity::{case_file, complaint, notice, report, reward};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait as _, Condition, EntityTrait as _, QueryFilter as _, QueryOrder as _,
    QuerySelect as _, Select,
    sea_query::{Expr, ExprTrait as _, IntoColumnRef, SelectStatement},
};

/// The roles that may read the papers about disputes of their division.
const READERS: [Role; 5] = [
    Role::IntakeOfficer,
    Role::CaseOfficer,
    Role::LegalAuditor,
    Role::Head,
    Role::RewardOfficer,
];

/// Most papers that one subject is listed with.
const MOST: u64 = 500;

/// The content of a paper as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    /// The exact text, JSON.
    pub content: String,
    /// Names and the like, encrypted.
    pub sealed: Option<Vec<u8>>,
    /// The digest of both.
    pub digest: Sha256,
}

/// Writes a paper.
pub async fn insert(work: &Work, issued: &Notice, kept: &Kept) -> Result<(), AppError> {
    let Notice {
        id,
        paper,
        number,
        subject,
        recipient,
        division,
        issued_by,
        issued_at,
        state: _,
    } = issued;
    let row = notice::ActiveModel {
        id: Set(id.uuid()),
        paper: Set(paper.to_string()),
        number: Set(number.clone()),
        subject_kind: Set(subject.kind().to_string()),
        subject_id: Set(subject.id()),
        division: Set(division.to_string()),
        recipient_kind: Set(recipient.kind().to_string()),
        recipient_id: Set(recipient.id()),
        content: Set(kept.content.clone()),
        sealed: Set(kept.sealed.clone()),
        digest: Set(kept.digest.to_string()),
        issued_by: Set(issued_by.map(|user| user.uuid())),
        issued_at: Set(*issued_at),
        served_channel: Set(None),
        served_at: Set(None),
        served_proof: Set(None),
        served_proof_sha256: Set(None),
        served_by: Set(None),
        served_noted_at: Set(None),
    };
    if insert_unless_there(work, row, [notice::Column::Id]).await? {
        Ok(())
    } else {
        Err(Refusal::of(Code::IdReused).into())
    }
}

/// Notes how a paper was served; if that was noted in between, it is refused.
pub async fn save_service(work: &Work, served: &Notice) -> Result<(), AppError> {
    let NoticeState::Served {
        service,
        by,
        noted_at,
    } = &served.state
    else {
        return Ok(());
    };
    let row = notice::ActiveModel {
        served_channel: Set(Some(service.channel.to_string())),
        served_at: Set(Some(service.at)),
        served_proof: Set(Some(service.proof.to_string())),
        served_proof_sha256: Set(service.proof_sha256.map(|digest| digest.to_string())),
        served_by: Set(by.map(|user| user.uuid())),
        served_noted_at: Set(Some(*noted_at)),
        ..notice::ActiveModel::default()
    };
    let update = notice::Entity::update_many()
        .set(row)
        .filter(notice::Column::Id.eq(served.id.uuid()))
        .filter(notice::Column::ServedAt.is_null());
    meet(work, update, Code::NoticeAlreadyServed).await
}

/// What an actor may see: officers the papers of the matters that they see, everybody else what is
/// addressed to them.
fn visible_to(actor: &Actor) -> Select<notice::Entity> {
    let seen = match actor {
        Actor::System => Condition::all(),
        Actor::Anonymous => nothing(),
        Actor::Complainant(complaint) => addressed(RecipientKind::Complainant)
            .add(notice::Column::RecipientId.eq(complaint.uuid()))
            .add(notice::Column::SubjectId.eq(complaint.uuid())),
        Actor::Reporter(report) => addressed(RecipientKind::Reporter)
            .add(notice::Column::RecipientId.eq(report.uuid()))
            .add(
                Condition::any()
                    .add(notice::Column::SubjectId.eq(report.uuid()))
                    .add(of_seen_rewards(actor)),
            ),
        Actor::User(_) => match actor.merchant() {
            Some(merchant) => addressed(RecipientKind::Respondent)
                .add(notice::Column::RecipientId.eq(merchant.uuid()))
                .add(told()),
            None => of_seen_matters(actor).any(),
        },
    };
    notice::Entity::find().filter(seen)
}

/// What a step of a case serves is nothing before its service: periods run from that.
fn told() -> Condition {
    let waits = Paper::SERVED_BY_CASE.map(|paper| paper.to_string());
    Condition::any()
        .add(notice::Column::Paper.is_not_in(waits))
        .add(notice::Column::ServedAt.is_not_null())
}

fn addressed(kind: RecipientKind) -> Condition {
    Condition::all().add(notice::Column::RecipientKind.eq(kind.to_string()))
}

/// Papers of a noun whose row is among those that `seen` selects. The row is looked up by its id: to read them all
/// first would read every report of a province for one paper.
fn of(kind: SubjectKind, mut seen: SelectStatement, id: impl IntoColumnRef) -> Condition {
    let subject = (notice::Entity, notice::Column::SubjectId);
    seen.and_where(Expr::col(id).equals(subject));
    Condition::all()
        .add(notice::Column::SubjectKind.eq(kind.to_string()))
        .add(Expr::exists(seen))
}

fn of_seen_rewards(actor: &Actor) -> Condition {
    let id = (reward::Entity, reward::Column::Id);
    of(SubjectKind::Reward, rewards::ids_visible_to(actor), id)
}

/// The papers of the reports, complaints, cases and rewards that an officer sees, wherever those lie by
/// now; of disputes between units, those of the division in which they were issued.
fn of_seen_matters(actor: &Actor) -> Sight {
    let disputes = SubjectKind::Dispute.to_string();
    let issued = in_division_of(actor, &READERS, notice::Column::Division)
        .map(|issued| issued.add(notice::Column::SubjectKind.eq(disputes)));
    let complaint = (complaint::Entity, complaint::Column::Id);
    let report = (report::Entity, report::Column::Id);
    let case = (case_file::Entity, case_file::Column::Id);
    Sight::by(of(
        SubjectKind::Report,
        reports::ids_visible_to(actor),
        report,
    ))
    .and_by(Some(of(
        SubjectKind::Complaint,
        complaints::ids_visible_to(actor),
        complaint,
    )))
    .and_by(Some(of(
        SubjectKind::Case,
        cases::ids_visible_to(actor),
        case,
    )))
    .and_by(Some(of_seen_rewards(actor)))
    .and_by(issued)
}

/// A paper that the actor may see, with its content, or `NOT_FOUND`.
pub async fn get(
    source: &impl Source,
    actor: &Actor,
    id: NoticeId,
) -> Result<(Notice, Kept), AppError> {
    let row = visible_to(actor)
        .filter(notice::Column::Id.eq(id.uuid()))
        .one(source.connection())
        .await?
        .ok_or_else(|| AppError::from(Refusal::on(Code::NotFound, "noticeId")))?;
    let kept = Kept {
        content: row.content.clone(),
        sealed: row.sealed.clone(),
        digest: digest(&row.digest, "digest")?,
    };
    Ok((read(row)?, kept))
}

/// The last paper of a kind for the other side of a subject, as long as nobody noted its service.
pub async fn find_unserved(
    work: &Work,
    subject: Subject,
    paper: Paper,
) -> Result<Option<Notice>, AppError> {
    let row = for_other_side(subject, paper)
        .filter(notice::Column::ServedAt.is_null())
        .one(work.connection())
        .await?;
    row.map(read).transpose()
}

/// The newest paper of a kind for the other side of a subject, served or not.
pub async fn find_newest(
    work: &Work,
    subject: Subject,
    paper: Paper,
) -> Result<Option<Notice>, AppError> {
    let newest = for_other_side(subject, paper);
    let row = newest.one(work.connection()).await?;
    row.map(read).transpose()
}

/// Those of a kind for the other side of a subject, the newest first.
fn for_other_side(subject: Subject, paper: Paper) -> Select<notice::Entity> {
    notice::Entity::find()
        .filter(notice::Column::SubjectId.eq(subject.id()))
        .filter(notice::Column::SubjectKind.eq(subject.kind().to_string()))
        .filter(notice::Column::Paper.eq(paper.to_string()))
        .filter(notice::Column::RecipientKind.eq(RecipientKind::Respondent.to_string()))
        .order_by_desc(notice::Column::IssuedAt)
        .order_by_desc(notice::Column::Id)
}

/// The paper of a kind for the other side of a subject that was issued at a moment.
pub async fn find_issued_at(
    work: &Work,
    (subject, paper): (Subject, Paper),
    issued_at: DateTime<Utc>,
) -> Result<Option<Notice>, AppError> {
    let row = for_other_side(subject, paper)
        .filter(notice::Column::IssuedAt.eq(issued_at))
        .one(work.connection())
        .await?;
    row.map(read).transpose()
}

/// The papers of a subject that the actor may see, in the order in which they were issued: the
/// index of its file.
pub async fn list(
    source: &impl Source,
    actor: &Actor,
    subject: Subject,
) -> Result<Vec<Notice>, AppError> {
    let of_subject = visible_to(actor)
        .filter(notice::Column::SubjectId.eq(subject.id()))
        .filter(notice::Column::SubjectKind.eq(subject.kind().to_string()));
    in_order(of_subject, source).await
}

/// The papers that are for the holder of a report's receipt code, in the same order.
pub async fn list_for_reporter(
    source: &impl Source,
    report: ReportId,
) -> Result<Vec<Notice>, AppError> {
    in_order(visible_to(&Actor::Reporter(report)), source).await
}

async fn in_order(
    papers: Select<notice::Entity>,
    source: &impl Source,
) -> Result<Vec<Notice>, AppError> {
    let papers = papers
        .order_by_asc(notice::Column::IssuedAt)
        .order_by_asc(notice::Column::Id)
        .limit(MOST);
    read_each(list_each(source, papers).await?, read)
}

fn digest(text: &str, column: &'static str) -> Result<Sha256, AppError> {
    Sha256::parse(text, column).map_err(|_| AppError::damaged("notice", column))
}

pub(super) fn read(row: notice::Model) -> Result<Notice, AppError> {
    let state = read_state(&row)?;
    let kind = word(&row.recipient_kind, "notice", "recipient_kind")?;
    Ok(Notice {
        id: NoticeId::new(row.id),
        paper: word(&row.paper, "notice", "paper")?,
        number: row.number,
        subject: Subject::of(
            word(&row.subject_kind, "notice", "subject_kind")?,
            row.subject_id,
        ),
        recipient: Recipient::stored(kind, row.recipient_id)
            .ok_or_else(|| AppError::damaged("notice", "recipient_id"))?,
        division: word(&row.division, "notice", "division")?,
        issued_by: row.issued_by.map(UserId::new),
        issued_at: row.issued_at,
        state,
    })
}

fn read_state(row: &notice::Model) -> Result<NoticeState, AppError> {
    let there = |column| AppError::damaged("notice", column);
    let Some(at) = row.served_at else {
        return Ok(NoticeState::Issued);
    };
    let channel: Option<Channel> =
        optional_word(row.served_channel.as_deref(), "notice", "served_channel")?;
    let proof = row.served_proof.clone();
    Ok(NoticeState::Served {
        service: Service {
            channel: channel.ok_or_else(|| there("served_channel"))?,
            at,
            proof: Narrative::stored(proof.ok_or_else(|| there("served_proof"))?),
            proof_sha256: row
                .served_proof_sha256
                .as_deref()
                .map(|text| digest(text, "served_proof_sha256"))
                .transpose()?,
        },
        by: row.served_by.map(UserId::new),
        noted_at: row
            .served_noted_at
            .ok_or_else(|| there("served_noted_at"))?,
    })
}
