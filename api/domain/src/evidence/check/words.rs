//! A check in plain words.

use super::{Apart, Check, CheckKind, CheckOutcome};
use crate::refusal::Lang;

impl Check {
    /// One sentence, with the numbers.
    #[must_use]
    pub fn said(&self, lang: Lang) -> String {
        if self.doubt.is_some() {
            let (zh, en) = (
                "文件所载时间不可能，不作比对",
                "The time in the file cannot be, so it is not compared",
            );
            return lang.pick(zh, en).to_owned();
        }
        let Some(apart) = self.apart else {
            let (zh, en) = match self.kind {
                CheckKind::Time => ("没有可比对的时间", "There is no time to compare"),
                CheckKind::Place => ("没有可比对的位置", "There is no place to compare"),
                CheckKind::MerchantPlace => (
                    "没有可与经营地址比对的位置",
                    "There is no place to compare with the merchant's address",
                ),
            };
            return lang.pick(zh, en).to_owned();
        };
        let (apart, most) = match apart {
            Apart::Minutes { is, most } => (minutes(is, lang), self.most(most, lang)),
            Apart::Metres { is, most } => (self.metres(is, lang), self.most(most, lang)),
        };
        match lang {
            Lang::Zh => format!("{apart}，{most}：{}", self.outcome_said(lang)),
            Lang::En => format!("{apart}, {most}: {}", self.outcome_said(lang)),
        }
    }

    fn most(&self, most: i64, lang: Lang) -> String {
        match (self.kind, lang) {
            (CheckKind::Time, Lang::Zh) => format!("允许 {most} 分钟"),
            (CheckKind::Time, Lang::En) => format!("{most} minutes are allowed"),
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
            (_, Lang::Zh) => format!("拍摄位置距申报位置 {is} 米"),
            (_, Lang::En) => format!("Taken {is} m from the declared place"),
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

fn minutes(is: i64, lang: Lang) -> String {
    match (is.signum(), lang) {
        (-1, Lang::Zh) => format!("拍摄时间早 {} 分钟", -is),
        (-1, Lang::En) => format!("Taken {} minutes before", -is),
        (1, Lang::Zh) => format!("拍摄时间晚 {is} 分钟"),
        (1, Lang::En) => format!("Taken {is} minutes after"),
        (_, Lang::Zh) => "拍摄时间在其间".to_owned(),
        (_, Lang::En) => "Taken within the time".to_owned(),
    }
}
