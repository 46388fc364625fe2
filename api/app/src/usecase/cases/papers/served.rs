//! The receipt of service: which paper, who took it, how, when it counts, and what shows it (Order 2,
//! articles 81 and 82). It is the same for every paper of a case.

use super::{Fields, issue, matter, words};
use crate::{
    app::App, error::AppError, store, usecase::cases::periods::public_notice_days, work::Work,
};
use chrono::NaiveDate;
use liangxin_domain::{
    actor::Actor,
    cases::service::Delivery,
    id::CaseId,
    notices::{field::OpenField, notice::Notice, paper::Paper},
};

/// What stands on it.
pub(super) fn receipt(served: &str, delivery: &Delivery, on: NaiveDate) -> Fields {
    let mut fields = vec![
        (OpenField::Served, served.into()),
        (OpenField::ServedTo, delivery.to.as_str().into()),
        (
            OpenField::ServedHow,
            words::channel(delivery.channel).into(),
        ),
        (OpenField::ServedOn, on.into()),
        (OpenField::Proof, (&delivery.proof).into()),
    ];
    if let Some(witness) = &delivery.witness {
        fields.push((OpenField::Witness, witness.as_str().into()));
    }
    if let Some(confirmed) = &delivery.address_confirmation {
        fields.push((OpenField::AddressConfirmation, confirmed.as_str().into()));
    }
    fields
}

/// Writes that of a paper which no step of its case serves, by the title that it bears and its number.
pub(crate) async fn note_served(
    app: &App,
    work: &Work,
    (notice, delivery): (&Notice, &Delivery),
    case: CaseId,
) -> Result<(), AppError> {
    let case = store::cases::get(work, &Actor::System, case).await?;
    let matter = matter(app, work, &case).await?;
    let served = format!("{}（{}）", matter.title_of(notice), notice.number);
    let on = delivery.served_on(public_notice_days(app, work)?);
    let written = matter.on_file(receipt(&served, delivery, on));
    issue(app, work, &case, (Paper::ServiceReceipt, written)).await
}
