//! A check in plain words.

use super::{Apart, Check, CheckKind, CheckOutcome};
use crate::refusal::Lang;

impl Check {
    /// One sentence, with the numbers.
    #[must_use]
    pub fn said(&self, lang: Lang) -> String {
        if self.doubt.is_some() {
            return self.doubtful(lang).to_owned();
        }
        let Some(apart) = self.apart else {
            let (zh, en) = match self.kind {
                CheckKind::Time | CheckKind::DeclaredTime => {
                    ("没有可比对的时间", "There is no time to compare")
                }
                CheckKind::Place | CheckKind::DeclaredPlace => {
                    ("没有可比对的位置", "There is no place to compare")
                }
                CheckKind::MerchantPlace => (
                    "没有可与经营地址比对的位置",
                    "There is no place to compare with the merchant's address",
                ),
            };
            return lang.pick(zh, en).to_owned();
        };
        let (apart, most) = match apart {
            Apart::Minutes { is, most } => (self.minutes(is, lang), self.most(most, lang)),
            Apart::Metres { is, most } => (self.metres(is, lang), self.most(most, lang)),
        };
        match lang {
            Lang::Zh => format!("{apart}，{most}：{}", self.outcome_said(lang)),
            Lang::En => format!("{apart}, {most}: {}", self.outcome_said(lang)),
        }
    }

    const fn doubtful(&self, lang: Lang) -> &'static str {
        match self.kind {
            CheckKind::DeclaredPlace => lang.pick(
                "手机注明其位置为模拟位置，不作比对",
                "The phone says that its position is made up, so it is not compared",
            ),
            CheckKind::DeclaredTime => lang.pick(
                "文件所载或申报的拍摄时间不可能，不作比对",
                "The time in the file or the declared one cannot be, so they are not compared",
            ),
            _ => lang.pick(
                "文件所载时间不可能，不作比对",
                "The time in the file cannot be, so it is not compared",
            ),
        }
    }

    fn most(&self, most: i64, lang: Lang) -> String {
        match (self.kind, lang) {
            (CheckKind::Time | CheckKind::DeclaredTime, Lang::Zh) => format!("允许 {most} 分钟"),
            (CheckKind::Time | CheckKind::DeclaredTime, Lang::En) => {
                format!("{most} minutes are allowed")
            }
            (_, Lang::Zh) => format!("允许 {most} 米"),
            (_, Lang::En) => format!("{most} m are allowed"),
        }
    }

    fn metres(&self, is: i64, lang: Lang) -> String {
        match (self.kind, lang) {
            (CheckKind::MerchantPlace, Lang::Zh) => format!("拍摄位置距经营地址 {is} 米"),
            (CheckKind::MerchantPlace, Lang::En) => {
                format!("Taken {is} m from the merchant's address")
            }
            (CheckKind::DeclaredPlace, Lang::Zh) => {
                format!("文件所载位置与申报的拍摄位置相距 {is} 米")
            }
            (CheckKind::DeclaredPlace, Lang::En) => {
                format!("The place in the file is {is} m from where the app says it was taken")
            }
            (_, Lang::Zh) => format!("拍摄位置距申报位置 {is} 米"),
            (_, Lang::En) => format!("Taken {is} m from the declared place"),
        }
    }

    fn minutes(&self, is: i64, lang: Lang) -> String {
        let is_declared = self.kind == CheckKind::DeclaredTime;
        match (is.signum(), is_declared, lang) {
            (-1, true, Lang::Zh) => format!("文件所载时间比申报的拍摄时间早 {} 分钟", -is),
            (-1, true, Lang::En) => {
                format!(
                    "The time in the file is {} minutes before the declared one",
                    -is
                )
            }
            (1, true, Lang::Zh) => format!("文件所载时间比申报的拍摄时间晚 {is} 分钟"),
            (1, true, Lang::En) => {
                format!("The time in the file is {is} minutes after the declared one")
            }
            (_, true, Lang::Zh) => "文件所载时间与申报的拍摄时间相同".to_owned(),
            (_, true, Lang::En) => "The time in the file is the declared one".to_owned(),
            (-1, false, Lang::Zh) => format!("拍摄时间早 {} 分钟", -is),
            (-1, false, Lang::En) => format!("Taken {} minutes before", -is),
            (1, false, Lang::Zh) => format!("拍摄时间晚 {is} 分钟"),
            (1, false, Lang::En) => format!("Taken {is} minutes after"),
            (_, false, Lang::Zh) => "拍摄时间在其间".to_owned(),
            (_, false, Lang::En) => "Taken within the time".to_owned(),
        }
    }

    const fn outcome_said(&self, lang: Lang) -> &'static str {
        match self.outcome {
            CheckOutcome::Agrees => lang.pick("一致", "they agree"),
            CheckOutcome::Silent => lang.pick(
                "相机时间未注明时区，不作结论",
                "the camera's clock tells no zone, so this says nothing",
            ),
            CheckOutcome::Contradicts => lang.pick("矛盾", "they contradict"),
        }
    }
}
