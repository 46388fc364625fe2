//! What came in one submission. There is no function that reads it for an officer, on purpose: the
//! parts of a submission are as confidential towards each other as two people (Order 121, article
//! 37).

use crate::{
    error::AppError,
    work::{Source as _, Work},
};
use liangxin_domain::id::{ComplaintId, ReportId, SubmissionId};
use liangxin_entity::submission;
use sea_orm::{ActiveValue::Set, EntityTrait as _};

/// Notes the parts of a submission.
pub async fn insert_submission(
    work: &Work,
    id: SubmissionId,
    complaint: Option<ComplaintId>,
    report: Option<ReportId>,
) -> Result<(), AppError> {
    let row = submission::ActiveModel {
        id: Set(id.uuid()),
        complaint_id: Set(complaint.map(|complaint| complaint.uuid())),
        report_id: Set(report.map(|report| report.uuid())),
        received_at: Set(work.now()),
    };
    submission::Entity::insert(row)
        .exec_without_returning(work.connection())
        .await?;
    Ok(())
}
