//! The story played in one application: a test can stop anywhere, send a step again, or send another one in its place.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use chrono::{DateTime, TimeDelta, Utc};
use liangxin_app::naming;
use liangxin_domain::id::{PhotoId, ReportId};
use liangxin_domain::law::calendar::shanghai_date;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::app::TestApp;
use crate::pictures;
pub use crate::script::{CONTACT, STEPS, Step};
use crate::script::{SECRET, Script};
use crate::session::{Reply, Session};

/// The story in one application.
#[derive(Clone)]
pub struct Flow {
    app: TestApp,
    script: Script,
    /// When papers were handed over, so that a step sent again says the same.
    served: Arc<Mutex<BTreeMap<Step, DateTime<Utc>>>>,
}

impl Flow {
    /// The story before its first step.
    pub fn new(app: &TestApp) -> Self {
        Self::with_secret(app, SECRET)
    }

    /// The story before its first step, of a phone with a secret of its own.
    pub fn with_secret(app: &TestApp, secret: &str) -> Self {
        let script = Script::new(|| app.new_id(), app.now());
        let mut script = script.with_secret(secret);
        script.report = Some(app.report_named(script.id(Step::FileReport), secret));
        Self {
            app: app.clone(),
            script,
            served: Arc::default(),
        }
    }

    /// The story after a step. Panics if a step on the way is refused.
    pub async fn after(app: &TestApp, last: Step) -> Self {
        let flow = Self::new(app);
        flow.play(STEPS.into_iter().filter(|step| *step <= last))
            .await;
        flow
    }

    /// Takes the steps behind one, up to another. Panics if one is refused.
    pub async fn go_on(&self, behind: Step, last: Step) {
        let steps = STEPS
            .into_iter()
            .filter(|step| *step > behind && *step <= last);
        self.play(steps).await;
    }

    async fn play(&self, steps: impl Iterator<Item = Step>) {
        for step in steps {
            self.take(step).await;
            if step == Step::DeclarePhotos {
                self.send_photos().await;
            }
            // What happens at the same moment has no order.
            self.app.advance(TimeDelta::seconds(1));
        }
    }

    /// Takes a step. Panics if it is refused.
    pub async fn take(&self, step: Step) -> Reply {
        self.session(step)
            .run(&step.operation(), self.variables(step))
            .await
            .ok()
    }

    /// Takes a step with other input, under an id of its own. Panics if it is refused.
    pub async fn take_with(&self, step: Step, change: Value) -> Reply {
        self.session(step)
            .run(&step.operation(), self.changed(step, change))
            .await
            .ok()
    }

    /// The codes with which a step is refused that has other input and an id of its own. Panics if it is not, or if it
    /// leaves anything behind.
    pub async fn refused(&self, step: Step, change: Value) -> Vec<String> {
        self.session(step)
            .refused(&step.operation(), self.changed(step, change))
            .await
    }

    /// The same, when somebody else takes the step.
    pub async fn refused_for(&self, who: &str, step: Step) -> Vec<String> {
        self.app
            .as_(who)
            .refused(&step.operation(), self.changed(step, json!({})))
            .await
    }

    /// Who takes a step.
    pub fn session(&self, step: Step) -> Session {
        step.who()
            .map_or_else(|| self.app.anonymous(), |key| self.app.as_(key))
    }

    /// The variables of a step, with other input and a fresh id.
    pub fn changed(&self, step: Step, change: Value) -> Value {
        let mut variables = self.variables(step);
        variables["input"]["id"] = json!(self.app.new_id());
        for (name, value) in change.as_object().into_iter().flatten() {
            variables["input"][name] = value.clone();
        }
        variables
    }

    /// Sends the photos that the visit owes. Panics if one is refused.
    pub async fn send_photos(&self) {
        for (photo, bytes) in [
            (self.scene_photo(), pictures::stall()),
            (self.signature_photo(), pictures::stroke()),
        ] {
            let sent = self.app.as_("zhou").upload(photo, bytes).await;
            assert_eq!(sent, Ok(()), "a photo of the visit");
        }
    }

    /// Files the same report again and answers the receipt code, which that gives to its sender.
    pub async fn receipt_code(&self) -> String {
        self.take(Step::FileReport)
            .await
            .text("fileReport.receipt.receiptCode")
            .to_owned()
    }

    /// The id of the report.
    pub fn report(&self) -> Uuid {
        self.script.report()
    }

    /// The id of the visit.
    pub fn visit(&self) -> Uuid {
        self.script.id(Step::DispatchVisit)
    }

    /// The id of the case.
    pub fn case(&self) -> Uuid {
        self.script.id(Step::FileCase)
    }

    /// The id that a photo gets which the citizen named so.
    pub fn photo_named(&self, sent: Uuid) -> Uuid {
        naming::of_photo(ReportId::new(self.report()), PhotoId::new(sent)).uuid()
    }

    /// The id of the photo that the citizen promised.
    pub fn report_photo(&self) -> Uuid {
        self.photo_named(self.script.report_photo)
    }

    /// The id of the photo of the stall.
    pub fn scene_photo(&self) -> Uuid {
        self.script.scene_photo
    }

    /// The id of the photo of the signature.
    pub fn signature_photo(&self) -> Uuid {
        self.script.signature_photo
    }

    /// The variables of a step, the same ones each time.
    pub fn variables(&self, step: Step) -> Value {
        let mut variables = self.script.variables(step);
        let now = self.app.now();
        let mut served = self.served.lock().unwrap_or_else(PoisonError::into_inner);
        let at = *served.entry(step).or_insert(now);
        let input = &mut variables["input"];
        match step {
            Step::ServeNotice | Step::ServeDecision => {
                input["delivery"] = self.script.delivery(at);
            }
            Step::RecordFinePayment => input["paidOn"] = json!(shanghai_date(at)),
            Step::CheckCorrection => input["on"] = json!(shanghai_date(at)),
            _ => {}
        }
        variables
    }

    /// One violation that the weighing shows, with its fine in yuan.
    pub fn charges(&self, violation: &str, fine: i64) -> Value {
        self.script.charges(violation, fine)
    }

    /// A paper that was handed over now.
    pub fn delivery(&self) -> Value {
        self.script.delivery(self.app.now())
    }
}
