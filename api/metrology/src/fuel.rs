//! Fuel dispensers (燃油加油机) tested with a standard metal measure (标准金属量器), JJG 443.
//!
//! # How a dispenser is judged
//!
//! 1. The day of the test picks the edition. A maximum flow above what the edition covers makes the
//!    dispenser not assessable.
//! 2. The volume of the measure at 20 °C is read at its neck: `V_B = nominal + (h - h0) · k`. Neither
//!    the nominal volume nor the indicated one may take its place: that confusion is common and hides
//!    or invents an error of the whole size of the limit.
//! 3. It is brought to the temperature of the oil at the nozzle:
//!    `V_Bt = V_B · [1 + β_Y (t_J - t_B) + β_B (t_B - 20 °C)]`, with the expansion β_Y of the fuel and
//!    β_B of the measure.
//! 4. The error of a run is `E = (V_J - V_Bt) / V_Bt`. Above zero, more was shown than delivered.
//! 5. Of each nozzle and flow point the mean error may be at most the limit, on either side; the
//!    minimum measured quantity has a wider limit. Whether each run is bound too is a reading in the
//!    rule file (`compare`): by default the mean binds and a run beyond the limit is noted. The
//!    verdict is provisional where the two readings differ.
//! 6. The repeatability `E_n = (E_max - E_min) / d_n` has a limit of its own.
//! 7. The sum paid may differ from price times indicated volume by at most the minimum payment step.
//! 8. Seals, self-lock, match with the type and transducers are what the inspector saw.
//! 9. Fewer runs than the edition wants, or a flow point left out, make the outcome an indication
//!    only, unless something else fails by itself.
//! 10. Temperatures outside the conditions of the test, and errors that are all to the customer's
//!     disadvantage, are notes.

mod dispenser;
mod judge;
mod volume;
mod words;

pub use dispenser::{
    Checklist, FlowPoint, FlowPointKind, Fuel, FuelDispenser, FuelRun, MeasureMaterial, Nozzle,
    SealState, SelfLock, StandardMeasure, Transducer, TypeMatch,
};
pub use judge::judge;
