//! Sending a sample.

use super::step::{self, Asked};
use crate::{app::App, error::AppError};
use liangxin_domain::{
    actor::Actor,
    complaints::change::ComplaintChange,
    complaints::mediation::{ChosenBy, CostBearer, TestOrder},
    id::{CommandId, ComplaintId},
    law::calendar::shanghai_date,
    policy::Action,
    text::Line,
};

/// A test to be ordered.
#[derive(Debug, Clone)]
pub struct NewTest {
    /// The testing body.
    pub body: Line,
    /// What is tested.
    pub sample: Line,
    /// Who chose the body.
    pub chosen_by: ChosenBy,
    /// Who pays.
    pub cost: CostBearer,
}

/// A sample goes to a testing body; the period for mediation pauses.
pub async fn send_for_testing(
    app: &App,
    actor: &Actor,
    id: CommandId,
    complaint: ComplaintId,
    test: NewTest,
) -> Result<(), AppError> {
    let asked = Asked::of(id, "SendForTesting", complaint).with(|content| {
        content
            .field("body", &test.body)
            .field("sample", &test.sample)
            .field("chosen_by", test.chosen_by)
            .field("cost", test.cost)
    });
    step::run(
        app,
        actor,
        asked,
        (Action::HandleComplaint, ComplaintChange::TestOrdered),
        |complaint, permit, setting| {
            let order = TestOrder {
                body: test.body,
                sample: test.sample,
                chosen_by: test.chosen_by,
                cost: test.cost,
                began_on: shanghai_date(setting.now),
                by: permit.person(Action::HandleComplaint)?,
            };
            complaint.send_for_testing(permit, order)
        },
    )
    .await
}
