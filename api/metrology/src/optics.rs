//! The optician's trade (眼镜制配): finished spectacles, lenses before they are cut, instruments.
//!
//! # How a pair of spectacles is judged ([`judge_spectacles`])
//!
//! 1. The day the pair was **made** picks the editions: GB 13511.1-2011 or GB/T 13511.1-2025 for the
//!    pair, GB 10810.1-2005 or GB 45184-2024 for the power of its lenses. The edition of 2025 is a
//!    recommended standard, which the note `RECOMMENDED_STANDARD` says.
//! 2. The focimeter's certificate must hold on the day of the inspection, and its resolution must be
//!    known (`RESOLUTION_NOT_GIVEN`) and not coarser than the limit it is to decide
//!    (`STANDARD_UNSUITABLE`).
//! 3. Each lens is taken as two principal meridians, S and S + C, the higher one first. Plus and minus
//!    form of a cylinder are the same lens and give the same verdict. Each measured meridian may differ
//!    from the prescribed one by column A, which the strongest prescribed meridian picks. Where neither
//!    lens has a cylinder this is one finding, `SPHERE`.
//! 4. The size of the cylinder may differ by column B, picked by the prescribed cylinder and the
//!    strongest meridian.
//! 5. The axis is compared modulo 180 degrees in the minus form: 179° and 1° are 2° apart. The
//!    prescribed cylinder alone picks the limit; without a cylinder there is no axis to assess.
//! 6. The distance of the optical centres against the one prescribed: table 1, picked by the strongest
//!    meridian of the stronger lens. Up to 0.50 D a centre cannot be found, and the prism that the
//!    displacement makes is compared instead: Δ = |D| · mm / 10. One eye may take half, by the power of
//!    its own lens. Reading spectacles have one limit of their own.
//! 7. The difference of height of the centres: table 2, in the same manner.
//! 8. Prism, horizontal and vertical, base included (in against out is the sum of both): table 4, in
//!    part a fixed prism and in part a displacement at the power of the lens. Prescribed prism moves
//!    the centre, so that steps 6 and 7 are then not assessed in its direction.
//! 9. The addition may differ by the limit of lenses.
//!
//! Ready-made reading spectacles and progressive ones have standards of their own (GB/T 13511.3-2019,
//! GB/T 13511.2-2025) that are not loaded: no such pair is found to conform (`STANDARD_NOT_LOADED`). Of
//! ready-made ones the power of the lenses is judged all the same, and those made before their standard
//! are judged as reading spectacles.
//!
//! What was not measured is not assessed. The tables of centres are printed in steps of 0.25 D; a
//! power between two bands is taken into the upper one (note `BAND_BETWEEN_STEPS`).
//!
//! # How an uncut lens is judged ([`judge_uncut_lens`])
//!
//! Steps 2 to 5 and 9 against the nominal values, with the axis tolerance of uncut lenses, and the
//! thickness besides.
//!
//! # How an instrument is judged ([`judge_instrument`])
//!
//! The error of each reading, indicated less the value of the standard, may be at most what the
//! verification regulation of the instrument permits. Without a lens a focimeter is held against its
//! zero error, by its resolution; where nobody knows it, by that of every resolution. A reading whose limit is not known makes the verdict not assessable
//! (`LIMIT_NOT_KNOWN`): no limit is guessed.

mod centring;
mod finding;
mod instrument;
mod lens;
mod other;
mod pair;
mod power;
mod prism;
mod reading;
mod spectacles;
mod uncut;

pub use instrument::{OpticalInstrument, judge_instrument};
pub use lens::{Eye, HorizontalBase, HorizontalPrism, VerticalBase, VerticalPrism};
pub use pair::judge_spectacles;
pub use reading::InstrumentReading;
pub use spectacles::{EyeValues, SpectacleKind, SpectacleValues, Spectacles};
pub use uncut::{LensValues, UncutLens, judge_uncut_lens};
