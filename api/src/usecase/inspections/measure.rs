//! Weighing goods and judging them on the spot.

use super::stake;
use crate::{
    app::{self, App},
    error::AppError,
    store,
    work::Begun,
};
use liangxin_domain::{
    actor::Actor,
    canonical::Canonical,
    event::Event,
    id::{CommandId, InstrumentId, MeasurementId, VisitId},
    inspections::visit::Measurement,
    merchants::instrument::Instrument,
    metrology::{
        quantity::Gram,
        retail::{self, RetailWeighing},
        scale::{ScaleClass, ScaleFacts},
        verdict::JudgeError,
    },
    policy::{Action, Facts, permit},
    refusal::{Code, Refusal},
};

/// A weighing on a visit.
#[derive(Debug, Clone)]
pub struct Weighing {
    /// The new measurement; also names the command.
    pub id: MeasurementId,
    /// The visit.
    pub visit: VisitId,
    /// The merchant's instrument that the goods were sold on.
    pub instrument: Option<InstrumentId>,
    /// What was measured.
    pub input: RetailWeighing,
}

/// Judges a weighing by the rule of its day and keeps the verdict with everything it rests on.
pub async fn measure(app: &App, actor: &Actor, weighing: Weighing) -> Result<(), AppError> {
    let Weighing {
        id,
        visit,
        instrument,
        mut input,
    } = weighing;
    let text =
        serde_json::to_string(&input).map_err(|e| AppError::internal("write a measurement", e))?;
    let content = Canonical::of("RecordMeasurement")
        .field("visit", visit)
        .optional("instrument", instrument)
        .field("input", text);
    let command = app::command(
        CommandId::new(id.uuid()),
        "RecordMeasurement",
        id.uuid(),
        &content,
    );
    let Begun::Fresh(work) = app.begin(actor, &command).await? else {
        return Ok(());
    };
    let found = store::inspections::get(&work, actor, visit).await?;
    let permit = permit(
        actor,
        Action::RecordFinding,
        Facts::at(actor, &found.division, stake(actor, &found)),
    )?;
    let by = found.record(&permit)?;
    if let Some(instrument) = instrument {
        input.scale = scale_facts(
            &store::merchants::get_instrument(&work, found.merchant, instrument).await?,
        );
    }
    if input.weighed_on > work.today() {
        return Err(Refusal::on(Code::TimeInFuture, "weighedOn").into());
    }
    let verdict = retail::judge(&app.law.rules, &input).map_err(|error| refusal(&error))?;
    let new = Measurement {
        id,
        visit,
        instrument,
        verdict,
        recorded_at: work.now(),
    };
    store::measurements::insert_measurement(&work, &new, by).await?;
    app.record(&work, Event::MeasurementRecorded { measurement: id });
    work.commit().await
}

/// What the ledger says about a scale; a ledger that does not say enough leaves the verdict to say
/// what is missing.
fn scale_facts(instrument: &Instrument) -> Option<ScaleFacts> {
    let class = match instrument.accuracy_class.as_deref()? {
        "III" => ScaleClass::III,
        "IIII" => ScaleClass::IIII,
        _ => return None,
    };
    let e = Gram::parse(instrument.e_g.as_deref()?).ok()?;
    let max = Gram::parse(instrument.max_g.as_deref()?).ok()?;
    ScaleFacts::new(class, e, max).ok()
}

fn refusal(error: &JudgeError) -> Refusal {
    let code = match error {
        JudgeError::NoEdition(_) => Code::NoRuleEdition,
        _ => Code::MeasurementInput,
    };
    Refusal {
        code,
        field: error.field(),
        detail: Some(error.code().to_owned()),
    }
}
