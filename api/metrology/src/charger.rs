//! Chargers of electric vehicles: alternating current (交流充电桩, JJG 1148) and direct current
//! (非车载充电机, JJG 1149).
//!
//! # How a charger is judged
//!
//! 1. The current picks the instrument of law, the day of the test its edition.
//! 2. The error of a run is `(indicated - reference) / reference`, both as energy. The mean error may
//!    be at most the limit of the accuracy class, on either side; whether each run is bound too is a
//!    reading in the rule file.
//! 3. Where the clock was compared, it may be off by so much on initial verification and by more later.
//! 4. Where the step of the energy display was seen, it may be at most the step of the rule.

mod charging;
mod judge;

pub use charging::{ChargerClass, ClockCheck, ClockStage, Current, EnergyRun, EvCharger};
pub use judge::judge;
