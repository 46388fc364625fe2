//! One reward for a joint report (联名举报), shared by those who signed it: by their agreement, else
//! equally. Parts are rounded down to a fen; the fen that remain go one each to the first ones in
//! the order of their signatures. How to share is our proposal where the rule is silent.

use serde::{Deserialize, Serialize};

use crate::limits::JOINT_REPORTERS;
use crate::money::{BasisPoints, Fen};
use crate::refusal::{Code, Refusal};

/// Who shares a reward, by number in the order of the signatures; names are not in here.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Sharing {
    /// One reporter.
    Sole,
    /// That many in equal parts.
    Equal(u8),
    /// By agreement, in basis points of the whole.
    Agreed(Vec<BasisPoints>),
}

impl Sharing {
    /// Reads what an officer recorded of a joint report.
    pub fn parse(reporters: i32, agreed: Option<&[i32]>) -> Result<Self, Refusal> {
        let out = |field| Refusal::on(Code::OutOfRange, field);
        let count = u8::try_from(reporters).map_err(|_| out("reporters"))?;
        if !(1..=JOINT_REPORTERS).contains(&count) {
            return Err(out("reporters"));
        }
        let Some(agreed) = agreed else {
            return Ok(if count == 1 {
                Self::Sole
            } else {
                Self::Equal(count)
            });
        };
        let parts = agreed
            .iter()
            .map(|part| u32::try_from(*part).ok().filter(|part| *part > 0))
            .collect::<Option<Vec<_>>>()
            .ok_or_else(|| out("agreedBasisPoints"))?;
        let whole: u64 = parts.iter().copied().map(u64::from).sum();
        if parts.len() != usize::from(count) || whole != 10_000 {
            return Err(out("agreedBasisPoints"));
        }
        Ok(Self::Agreed(
            parts.into_iter().map(BasisPoints::new).collect(),
        ))
    }

    /// How many share it.
    #[must_use]
    pub fn reporters(&self) -> usize {
        match self {
            Self::Sole => 1,
            Self::Equal(count) => usize::from(*count).max(1),
            Self::Agreed(parts) => parts.len(),
        }
    }

    /// The parts of a sum. They always add up to it.
    #[must_use]
    pub fn split(&self, sum: Fen) -> Vec<Fen> {
        let whole = sum.as_i64();
        let mut parts: Vec<i64> = match self {
            Self::Sole => return vec![sum],
            Self::Equal(_) => {
                let count = i64::try_from(self.reporters()).unwrap_or(i64::MAX);
                vec![whole / count; self.reporters()]
            }
            Self::Agreed(parts) => parts
                .iter()
                .map(|part| {
                    let part = i128::from(whole) * i128::from(part.as_u32()) / 10_000;
                    i64::try_from(part).unwrap_or(whole)
                })
                .collect(),
        };
        // Each part lost less than a fen, so fewer remain than there are parts.
        let left = usize::try_from(whole - parts.iter().sum::<i64>()).unwrap_or(0);
        for part in parts.iter_mut().take(left) {
            *part += 1;
        }
        parts
            .into_iter()
            .filter_map(|part| Fen::new(part).ok())
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn fen(sum: i64) -> Fen {
        Fen::new(sum).unwrap()
    }

    #[test]
    fn e9_two_who_signed_one_report_share_equally_unless_they_agree_otherwise() {
        let reward = fen(500_000);
        let equal = Sharing::parse(2, None).unwrap();
        assert_eq!(equal.split(reward), [fen(250_000), fen(250_000)]);
        let agreed = Sharing::parse(2, Some(&[7_000, 3_000])).unwrap();
        assert_eq!(agreed.split(reward), [fen(350_000), fen(150_000)]);
    }

    #[test]
    fn the_fen_that_remain_go_to_the_first_signatures() {
        let three = Sharing::parse(3, None).unwrap();
        assert_eq!(three.split(fen(500)), [fen(167), fen(167), fen(166)]);
    }

    #[test]
    fn an_agreement_covers_the_whole_and_everybody() {
        for (count, parts) in [
            (2, vec![5_000, 4_999]),
            (2, vec![10_000]),
            (2, vec![10_001, -1]),
            (1, vec![0]),
        ] {
            assert!(Sharing::parse(count, Some(&parts)).is_err(), "{parts:?}");
        }
        assert!(Sharing::parse(0, None).is_err());
        assert!(Sharing::parse(i32::from(JOINT_REPORTERS) + 1, None).is_err());
    }

    proptest! {
        #[test]
        fn parts_add_up_to_the_fen(sum in 0_i64..=100_000_000, count in 1_i32..=20, cut in 1_i32..10_000) {
            let equal = Sharing::parse(count, None).unwrap();
            let agreed = Sharing::parse(2, Some(&[cut, 10_000 - cut])).unwrap();
            for sharing in [equal, agreed] {
                let parts = sharing.split(fen(sum));
                prop_assert_eq!(parts.len(), sharing.reporters());
                prop_assert_eq!(parts.iter().map(|part| part.as_i64()).sum::<i64>(), sum);
            }
        }
    }
}
