//! Which parts of a test of a scale were not done.

use super::course::Test;
use super::test::{LoadReceptor, ScaleKind};
use super::{undone, words};
use crate::exact::Ratio;
use crate::rules::{Part, RequiredPart};

/// Names every part of the stage that was not done, or only in part.
pub(super) fn examine(test: &mut Test<'_>) {
    let rows: Vec<&RequiredPart> = test.edition.rules.parts.at(test.input.stage).collect();
    for row in rows {
        let input = test.input;
        match row.part {
            Part::LoadPoints => load_points(test, row),
            Part::Tare if super::tare::lacks_setting(input) => {
                let words = words::no_tare_setting();
                test.grounds.lacks_as(row, "TARE_SETTING_MISSING", words);
            }
            Part::Tare if input.tare.is_empty() && input.plate.leaves_tare_open() => {
                let words = undone::tare_not_given();
                test.grounds.note("PLATE_TARE_NOT_GIVEN", words);
            }
            Part::Price if input.kind().is_none() => {
                let words = undone::kind_not_given();
                test.grounds.lacks_as(row, "SCALE_KIND_NOT_GIVEN", words);
            }
            Part::Eccentricity => places(test, row),
            Part::Repeatability if !input.repeatability.is_empty() => runs(test, row),
            part => {
                if is_undone(test, part) {
                    test.grounds.lacks(row);
                }
            }
        }
    }
}

fn is_undone(test: &Test<'_>, part: Part) -> bool {
    let input = test.input;
    match part {
        Part::Zero => input.zero.is_none(),
        Part::Repeatability => input.repeatability.is_empty(),
        Part::Discrimination => !test.discriminates,
        Part::Price => input.price.is_empty() && input.kind() == Some(ScaleKind::PriceComputing),
        Part::Tare => input.tare.is_empty() && input.plate.states_tare(),
        Part::FullTest => true,
        _ => false,
    }
}

/// A weighing test needs Min, every load where the permitted error changes, Max, and so many
/// different loads.
fn load_points(test: &mut Test<'_>, row: &RequiredPart) {
    let (missing, found) = super::plate::missing_loads(test);
    let least = test.edition.rules.load_points.least;
    if missing.is_empty() && found >= usize::from(least) {
        return;
    }
    let words = undone::load_points(&missing, found, least);
    test.grounds.lacks_as(row, row.part.code(), words);
}

/// A load that was put off centre at too few places. A scale that goods hang from needs none.
fn places(test: &mut Test<'_>, row: &RequiredPart) {
    let (wanted, made) = (wanted_places(test), test.input.eccentricity.len());
    let places = &test.edition.rules.eccentric_places;
    if wanted == 0 {
        test.grounds.rely_on("eccentric places", places.provenance);
        let words = undone::no_eccentricity();
        test.grounds.note("ECCENTRICITY_NOT_ASKED", words);
    } else if made == 0 {
        test.grounds.lacks(row);
    } else if made < usize::from(wanted) {
        let words = undone::too_few_places(made, wanted);
        test.grounds
            .lacks_as(row, "ECCENTRICITY_PLACES_MISSING", words);
    } else {
        light_places(test, row);
    }
}

/// A load off centre that is much lighter than asked for shows nothing.
fn light_places(test: &mut Test<'_>, row: &RequiredPart) {
    let loads = &test.edition.rules.test_loads;
    let Some(wanted) = test.eccentric_load() else {
        return;
    };
    let least = wanted.clone() * Ratio::from(loads.eccentric_at_least.value()) / 100;
    let readings = test.input.eccentricity.iter();
    if let Some(light) = readings.map(|place| place.load).min()
        && Ratio::from(light.value()) < least
    {
        let words = undone::eccentric_load_too_light(light, wanted.shown(4).0);
        test.grounds.rely_on("loads of the tests", loads.provenance);
        test.grounds
            .lacks_as(row, "ECCENTRICITY_LOAD_TOO_LIGHT", words);
    }
}

fn wanted_places(test: &Test<'_>) -> u8 {
    let (plate, rules) = (&test.input.plate, test.edition.rules);
    let places = &rules.eccentric_places;
    let has_few = plate.supports <= rules.eccentricity.few_supports.get();
    match plate.receptor {
        _ if plate.is_hung_from() => places.hook,
        LoadReceptor::Rolling => places.rolling,
        LoadReceptor::Table if has_few => places.table,
        LoadReceptor::Table | LoadReceptor::Hopper | LoadReceptor::Hook => plate.supports,
    }
}

/// A load that was weighed too few times, or loads that are all light.
fn runs(test: &mut Test<'_>, row: &RequiredPart) {
    let wanted = test.edition.rules.repeatability.runs;
    for repeated in &test.input.repeatability {
        let runs = repeated.indications.len();
        if runs < usize::from(wanted) {
            let subject = words::Subject::load(repeated.load);
            let words = undone::too_few_runs(&subject, runs, wanted);
            test.grounds
                .lacks_as(row, "REPEATABILITY_RUNS_MISSING", words);
        }
    }
    let (loads, max) = (&test.edition.rules.test_loads, test.input.plate.max());
    let least = Ratio::from(max.value()) * Ratio::from(loads.repeated_at_least.value()) / 100;
    let repeated = test.input.repeatability.iter();
    if let Some(heaviest) = repeated.map(|repeated| repeated.load).max()
        && Ratio::from(heaviest.value()) < least
    {
        let words = undone::repeated_load_too_light(heaviest, least.shown(4).0);
        test.grounds.rely_on("loads of the tests", loads.provenance);
        test.grounds
            .lacks_as(row, "REPEATABILITY_LOAD_TOO_LIGHT", words);
    }
}
