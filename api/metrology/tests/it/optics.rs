//! What holds for every lens: the axis has no direction, the form of the cylinder does not matter,
//! and a smaller deviation never fails what a greater one passed.

use liangxin_metrology::refusal::JudgeError;
use liangxin_metrology::verdict::{Outcome, Verdict};
use liangxin_metrology::wire;
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::golden::rules;

/// A lens in hundredths of a dioptre and in whole degrees.
#[derive(Debug, Clone, Copy)]
struct Lens {
    sphere: i32,
    cylinder: i32,
    axis: i32,
}

impl Lens {
    /// The same lens in the other form: plus for minus.
    fn transposed(self) -> Self {
        Self {
            sphere: self.sphere + self.cylinder,
            cylinder: -self.cylinder,
            axis: (self.axis + 90) % 180,
        }
    }

    fn turned(self, degrees: i32) -> Self {
        let axis = (self.axis + degrees).rem_euclid(180);
        Self { axis, ..self }
    }

    fn mirrored(self) -> Self {
        Self {
            axis: 180 - self.axis,
            ..self
        }
    }

    fn json(self) -> Value {
        json!({
            "sphere": hundredths(self.sphere, "D"),
            "cylinder": hundredths(self.cylinder, "D"),
            "axis": format!("{} °", self.axis),
            "pd": null,
        })
    }
}

fn hundredths(value: i32, unit: &str) -> String {
    let sign = if value < 0 { "-" } else { "" };
    let size = value.abs();
    format!("{sign}{}.{:02} {unit}", size / 100, size % 100)
}

fn lens() -> impl Strategy<Value = Lens> {
    (-1200..=1200_i32, -600..=600_i32, 0..=180_i32).prop_map(|(sphere, cylinder, axis)| Lens {
        sphere,
        cylinder,
        axis,
    })
}

/// A lens and one close to it, so that some verdicts pass and some fail.
fn lens_and_neighbour() -> impl Strategy<Value = (Lens, Lens)> {
    (lens(), -20..=20_i32, -20..=20_i32, -9..=9_i32).prop_map(|(one, sphere, cylinder, axis)| {
        let other = Lens {
            sphere: one.sphere + sphere,
            cylinder: one.cylinder + cylinder,
            ..one
        };
        (one, other.turned(axis))
    })
}

/// A pair whose centres are `shift` tenths of a millimetre off, and apart in height by its size.
fn pair(prescribed: Lens, measured: Lens, shift: i32) -> Verdict {
    judged(prescribed, measured, shift).unwrap()
}

/// As [`pair`], with what is doubted.
fn judged(prescribed: Lens, measured: Lens, shift: i32) -> Result<Verdict, JudgeError> {
    let standard = json!({"serial": "1", "certificate": "1", "valid_until": "2027-01-01"});
    let values = |lens: Lens, pd: i32, height: Value| {
        json!({
            "pd": hundredths(pd, "mm"), "height_difference": height,
            "right": lens.json(), "left": lens.json(),
        })
    };
    let height = hundredths(shift.abs() * 10, "mm").into();
    let measurement = json!({
        "family": "SPECTACLES", "made_on": "2026-05-01", "inspected_on": "2026-11-20",
        "kind": "DISTANCE", "standard": standard,
        "prescription": values(prescribed, 6300, Value::Null),
        "measured": values(measured, 6300 + shift * 10, height),
    });
    let measurement = wire::measurement_of(measurement).unwrap();
    measurement.judge(rules())
}

/// Two verdicts say the same but for the way their input was written.
fn says_the_same(one: &Verdict, other: &Verdict) -> bool {
    one.findings == other.findings
        && one.outcome == other.outcome
        && one.notes == other.notes
        && one.intermediates == other.intermediates
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn plus_and_minus_form_of_a_lens_give_the_same_verdict(
        (wanted, found) in lens_and_neighbour(),
    ) {
        let as_written = pair(wanted, found, 0);
        for (wanted, found) in [
            (wanted.transposed(), found),
            (wanted, found.transposed()),
            (wanted.transposed(), found.transposed()),
        ] {
            prop_assert!(says_the_same(&as_written, &pair(wanted, found, 0)));
        }
    }

    #[test]
    fn a_half_turn_of_either_axis_changes_nothing((wanted, found) in lens_and_neighbour()) {
        // 0 and 180 degrees are the only two ways of writing one axis.
        let other = |lens: Lens| match lens.axis {
            0 => Lens { axis: 180, ..lens },
            180 => Lens { axis: 0, ..lens },
            _ => lens,
        };
        for start in [0, 180] {
            let wanted = Lens { axis: start, ..wanted };
            let as_written = judged(wanted, found, 0);
            for again in [
                judged(other(wanted), other(found), 0),
                judged(other(wanted), found, 0),
            ] {
                match (&as_written, &again) {
                    (Ok(one), Ok(other)) => prop_assert!(says_the_same(one, other)),
                    // 18 degrees for 180 are doubted, and for 0 as well.
                    (one, other) => prop_assert_eq!(one.as_ref().err(), other.as_ref().err()),
                }
            }
        }
    }

    #[test]
    fn turning_or_mirroring_both_axes_alike_changes_nothing(
        (wanted, found) in lens_and_neighbour(),
        degrees in -180..=180_i32,
    ) {
        let as_written = pair(wanted, found, 0);
        let turned = pair(wanted.turned(degrees), found.turned(degrees), 0);
        prop_assert!(says_the_same(&as_written, &turned));
        prop_assert!(says_the_same(&as_written, &pair(wanted.mirrored(), found.mirrored(), 0)));
    }

    #[test]
    fn a_smaller_deviation_never_fails_what_a_greater_one_passed(
        wanted in lens(),
        (sphere, cylinder, axis, shift) in (-5..=5_i32, -5..=5_i32, -2..=2_i32, -17..=17_i32),
        part in 0..=4_i32,
    ) {
        // Within the sign of the cylinder; beyond it the cylinder changes its axis and not its size.
        prop_assume!(wanted.cylinder.abs() > 20);
        let off = |part: i32| {
            let found = Lens {
                sphere: wanted.sphere + sphere * part,
                cylinder: wanted.cylinder + cylinder * part,
                ..wanted
            };
            pair(wanted, found.turned(axis * part), shift * part)
        };
        if off(4).outcome == Outcome::Conforms {
            prop_assert_eq!(off(part).outcome, Outcome::Conforms);
        }
    }
}
