//! Measuring and judging on the spot.

use super::{judge::judge_on, stake};
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
        measurement,
        quantity::Gram,
        scale::{ScaleClass, ScaleFacts},
    },
    policy::{Action, Facts, permit},
};

/// A measurement on a visit.
#[derive(Debug, Clone)]
pub struct Measured {
    /// The new measurement; also names the command.
    pub id: MeasurementId,
    /// The visit.
    pub visit: VisitId,
    /// The merchant's instrument that was measured, or that the goods were sold on.
    pub instrument: Option<InstrumentId>,
    /// What was measured.
    pub input: measurement::Measurement,
}

/// Judges a measurement by the rules of its day and keeps the verdict with everything it rests on.
pub async fn measure(app: &App, actor: &Actor, measured: Measured) -> Result<(), AppError> {
    let Measured {
        id,
        visit,
        instrument,
        mut input,
    } = measured;
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
        let ledger = store::merchants::get_instrument(&work, found.merchant, instrument).await?;
        if let measurement::Measurement::RetailWeighing(weighing) = &mut input {
            weighing.scale = scale_facts(&ledger);
        }
    }
    let new = Measurement {
        id,
        visit,
        instrument,
        judgement: judge_on(&app.law.rules, &work, actor, (input, work.today())).await?,
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
