//! What stands in a photo, held against what its app declared about the taking. Where the app declared nothing there is no such check.

use super::{Apart, Bounds, Check, CheckKind, CheckOutcome, Told, by_place, told};
use crate::{
    evidence::{
        capture::Capture,
        photo::{PhotoDoubt, PhotoFacts},
    },
    place::Position,
};
use chrono::{DateTime, Utc};

/// The checks of a photo that was declared at a moment.
pub(super) fn checks(
    facts: &PhotoFacts,
    place: Option<&(Position, String)>,
    (capture, declared_at): (&Capture, DateTime<Utc>),
    bounds: &Bounds,
) -> Vec<Check> {
    let mut checks = Vec::new();
    checks.extend(time(facts, (capture, declared_at), bounds));
    if let Some(fix) = &capture.fix {
        let doubt = capture.place_doubt();
        let fixes = [fix.position];
        let others = match doubt {
            Some(_) => &[],
            None => fixes.as_slice(),
        };
        checks.push(Check {
            doubt,
            ..by_place(
                CheckKind::DeclaredPlace,
                place,
                (others, bounds.declared_metres),
            )
        });
    }
    checks
}

/// A clock without zone is read in that of the phone.
fn time(
    facts: &PhotoFacts,
    (capture, declared_at): (&Capture, DateTime<Utc>),
    bounds: &Bounds,
) -> Option<Check> {
    let declared = capture.taken_at?;
    let silent = |source: Option<String>, doubt: Option<PhotoDoubt>| Check {
        kind: CheckKind::DeclaredTime,
        outcome: CheckOutcome::Silent,
        apart: None,
        source,
        doubt,
    };
    let doubt = capture.time_doubt(declared_at);
    let (at, source, is_sure) = match told(facts) {
        None => return Some(silent(None, doubt)),
        Some(Told::Doubtful(doubt, source)) => return Some(silent(Some(source), Some(doubt))),
        Some(Told::Moment(at, source)) => (at, source, true),
        Some(Told::Clock(local, source)) => {
            let at = local.and_local_timezone(declared.timezone()).single();
            match at {
                Some(at) => (at.to_utc(), source, false),
                None => return Some(silent(Some(source), doubt)),
            }
        }
    };
    if doubt.is_some() {
        return Some(silent(Some(source), doubt));
    }
    let (is, most) = (
        (at - declared.to_utc()).num_minutes(),
        bounds.declared_minutes,
    );
    Some(Check {
        outcome: CheckOutcome::of(is.abs() <= most, is_sure),
        apart: Some(Apart::Minutes { is, most }),
        ..silent(Some(source), None)
    })
}
