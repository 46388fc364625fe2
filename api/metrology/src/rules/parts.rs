//! What a test has to consist of before its result is more than an indication.

use serde::Deserialize;

use super::{BandProblem, RuleError};
use crate::stage::TestStage;

/// A part of a test, an inspection or a lot without which nothing is found to conform.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Part {
    /// What the check was made with, named with its certificate.
    CheckInstrument,
    /// That the check instrument, or the test with weights, is as the method of checking demands.
    MethodCondition,
    /// The number of packages that the plan asks for.
    Sample,
    /// A body authorised to test.
    Tester,
    /// The whole test of the instrument, where only a quick look was taken.
    FullTest,
    /// The zero of a scale.
    Zero,
    /// The loads of the weighing test.
    LoadPoints,
    /// The load off centre.
    Eccentricity,
    /// The same load several times.
    Repeatability,
    /// The smallest weight that changes the indication.
    Discrimination,
    /// The price to pay of a price-computing scale.
    Price,
    /// A tare, of a scale whose plate states one.
    Tare,
    /// The maximum flow of a dispenser, which says whether the edition covers it.
    MaxFlow,
    /// Every flow point.
    FlowPoints,
    /// The number of runs.
    Runs,
    /// The seals.
    Seals,
    /// The self-lock of a dispenser.
    SelfLock,
    /// The match of a dispenser with its type.
    TypeMatch,
    /// That every hose has a transducer of its own.
    Transducer,
    /// The sum paid at a fuel dispenser.
    Payment,
    /// The unit that the customer is shown.
    UnitShown,
    /// The clock of a charger.
    Clock,
    /// The step in which a charger shows energy.
    EnergyStep,
    /// The axis of a cylinder.
    Axis,
    /// The distance of the optical centres.
    CentreDistance,
    /// The difference of height of the optical centres.
    CentreHeight,
    /// Prism that was prescribed.
    Prism,
    /// The addition that was prescribed.
    Addition,
    /// The thickness of a lens.
    Thickness,
    /// The smallest step that the focimeter shows, which says whether it can tell a limit.
    FocimeterStep,
    /// A reading of every quantity whose limit is known.
    EveryQuantity,
    /// How well the power of the standard is known.
    StandardUncertainty,
    /// The mark of verification.
    Mark,
    /// The last day that the certificate names, where nobody has confirmed the interval of the catalogue.
    Certificate,
    /// The three codes and the seal of a price-computing scale.
    ThreeCodes,
    /// The day a price-computing scale was made, where it may have been made since the three codes are due.
    ProductionDay,
    /// Every point of a net content mark.
    LabelPoints,
    /// An answer to every row of a checklist.
    RowsAnswered,
    /// A look at every row of a checklist.
    RowsSeen,
}

rows! {
    /// One part, and at which stages of an instrument's life it belongs to the test.
    pub struct RequiredPart {
        /// The part.
        pub part: Part,
        /// The stages; empty where it belongs to every test.
        #[serde(default)]
        pub stages: Vec<TestStage>,
    } with article
}

rows! {
    /// That the sources do not tell the tests and limits of the stages of an instrument's life apart, and what is
    /// taken for those of a verification.
    pub struct StageReading {} with text
}

/// The parts that an edition wants.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(transparent)]
pub struct Parts(Vec<RequiredPart>);

impl Parts {
    /// The parts of a test in use.
    pub fn in_use(&self) -> impl Iterator<Item = &RequiredPart> {
        self.at(TestStage::InService)
    }

    /// The parts of a test at a stage.
    pub fn at(&self, stage: TestStage) -> impl Iterator<Item = &RequiredPart> {
        self.0
            .iter()
            .filter(move |row| row.stages.is_empty() || row.stages.contains(&stage))
    }

    /// Refuses a part that is listed twice for a stage.
    pub(super) fn check(&self, file: &str) -> Result<(), RuleError> {
        for (index, row) in self.0.iter().enumerate() {
            let is_again = |other: &RequiredPart| {
                other.part == row.part
                    && (other.stages.is_empty()
                        || row.stages.is_empty()
                        || other.stages.iter().any(|stage| row.stages.contains(stage)))
            };
            if self.0[..index].iter().any(is_again) {
                let row = format!("parts, row {}", index + 1);
                return Err(RuleError::row(file, row, BandProblem::Repeated));
            }
        }
        Ok(())
    }
}

impl Part {
    /// The stable code of the reason that names a part which was not done.
    pub fn code(self) -> &'static str {
        match self {
            Self::CheckInstrument => "CHECK_INSTRUMENT_NOT_NAMED",
            Self::MethodCondition => "METHOD_CONDITION_NOT_SHOWN",
            Self::Sample => "FEWER_PACKAGES",
            Self::Tester => "TESTER_NOT_AUTHORISED",
            Self::FullTest => "QUICK_LOOK",
            Self::Zero => "ZERO_MISSING",
            Self::LoadPoints => "LOAD_POINTS_MISSING",
            Self::Eccentricity => "ECCENTRICITY_MISSING",
            Self::Repeatability => "REPEATABILITY_MISSING",
            Self::Discrimination => "DISCRIMINATION_MISSING",
            Self::Price => "PRICE_MISSING",
            Self::Tare => "TARE_MISSING",
            Self::MaxFlow => "MAX_FLOW_NOT_GIVEN",
            Self::FlowPoints => "FLOW_POINT_LEFT_OUT",
            Self::Runs => "TOO_FEW_RUNS",
            Self::Seals => "SEALS_NOT_SEEN",
            Self::SelfLock => "SELF_LOCK_NOT_TRIED",
            Self::TypeMatch => "TYPE_NOT_COMPARED",
            Self::Transducer => "TRANSDUCER_NOT_SEEN",
            Self::Payment => "PAYMENT_MISSING",
            Self::UnitShown => "UNIT_NOT_SEEN",
            Self::Clock => "CLOCK_MISSING",
            Self::EnergyStep => "ENERGY_STEP_MISSING",
            Self::Axis => "AXIS_MISSING",
            Self::CentreDistance => "CENTRE_DISTANCE_MISSING",
            Self::CentreHeight => "CENTRE_HEIGHT_MISSING",
            Self::Prism => "PRISM_MISSING",
            Self::Addition => "ADDITION_MISSING",
            Self::Thickness => "THICKNESS_MISSING",
            Self::FocimeterStep => "RESOLUTION_NOT_GIVEN",
            Self::EveryQuantity => "QUANTITY_NOT_READ",
            Self::StandardUncertainty => "UNCERTAINTY_NOT_GIVEN",
            Self::Mark => "MARK_NOT_SEEN",
            Self::Certificate => "CERTIFICATE_NOT_SEEN",
            Self::ThreeCodes => "THREE_CODES_NOT_SEEN",
            Self::ProductionDay => "PRODUCTION_DAY_NOT_GIVEN",
            Self::LabelPoints => "LABEL_PARTLY_ASSESSED",
            Self::RowsAnswered => "ROWS_UNANSWERED",
            Self::RowsSeen => "ROWS_NOT_SEEN",
        }
    }

    /// That the part was not done, in Chinese and in English.
    pub(crate) fn undone(self) -> (&'static str, &'static str) {
        (self.undone_zh(), self.undone_en())
    }

    /// That the part was not done, in Chinese.
    fn undone_zh(self) -> &'static str {
        match self {
            Self::CheckInstrument => "未写明核验所用计量器具及其检定证书",
            Self::MethodCondition => "未证明核称方法的条件已满足",
            Self::Sample => "检验件数不足",
            Self::Tester => "检验机构未经授权",
            Self::FullTest => "只作了快速查看，未作完整试验",
            Self::Zero => "未做置零试验",
            Self::LoadPoints => "称量点不全",
            Self::Eccentricity => "未做偏载试验",
            Self::Repeatability => "未做重复性试验",
            Self::Discrimination => "未做鉴别阈试验",
            Self::Price | Self::Payment => "未核对付款金额",
            Self::Tare => "未做去皮试验",
            Self::MaxFlow => "未写明铭牌所载最大流量，不能判断规程是否适用",
            Self::FlowPoints => "流量点不全",
            Self::Runs => "测量次数不足",
            Self::Seals => "未查看铅（签）封",
            Self::SelfLock => "未检查自锁功能",
            Self::TypeMatch => "未核对关键零部件和软件",
            Self::Transducer => "未核对流量测量变换器",
            Self::UnitShown => "未检查显示单位",
            Self::Clock => "未核对时钟",
            Self::EnergyStep => "未查看电能显示分辨力",
            Self::Axis => "未测量柱镜轴位",
            Self::CentreDistance => "未测量光学中心水平距离",
            Self::CentreHeight => "未测量光学中心垂直互差",
            Self::Prism => "未测量棱镜度",
            Self::Addition => "未测量附加顶焦度",
            Self::Thickness => "未测量厚度",
            Self::FocimeterStep => "未写明焦度计的分辨力",
            Self::EveryQuantity => "有应测的量未测量",
            Self::StandardUncertainty => "未写明标准器的不确定度",
            Self::Mark => "未查看检定合格印证",
            Self::Certificate => "未见证书所印的有效期，而目录所列的检定周期尚未核实",
            Self::ThreeCodes => "未全部查看三码一封",
            Self::ProductionDay => "生产日期不明，不能判断是否应有三码一封",
            Self::LabelPoints => "有未查看或无法识读的项目",
            Self::RowsAnswered => "有未作答的项目",
            Self::RowsSeen => "有未能查看的项目",
        }
    }

    /// That the part was not done, in English.
    fn undone_en(self) -> &'static str {
        match self {
            Self::CheckInstrument => {
                "what the check was made with, and its certificate, was not named"
            }
            Self::MethodCondition => "whether the condition of the method was met was not shown",
            Self::Sample => "fewer packages than the plan asks for",
            Self::Tester => "the tester is not authorised",
            Self::FullTest => "this was a quick look, not the whole test",
            Self::Zero => "the zero was not tested",
            Self::LoadPoints => "loads of the weighing test are missing",
            Self::Eccentricity => "eccentric loads were not tested",
            Self::Repeatability => "the repeatability was not tested",
            Self::Discrimination => "the discrimination was not tested",
            Self::Price => "the price to pay was not checked",
            Self::Tare => "the tare was not tested",
            Self::MaxFlow => {
                "the maximum flow on the plate was not given, nor whether the rules cover the dispenser"
            }
            Self::FlowPoints => "a flow point was left out",
            Self::Runs => "too few runs",
            Self::Seals => "the seals were not looked at",
            Self::SelfLock => "the self-lock was not tried",
            Self::TypeMatch => "parts and software were not compared with the type",
            Self::Transducer => "the transducers were not looked at",
            Self::Payment => "the sum paid was not checked",
            Self::UnitShown => "the unit shown was not looked at",
            Self::Clock => "the clock was not compared",
            Self::EnergyStep => "the step in which energy is shown was not looked at",
            Self::Axis => "the axis was not measured",
            Self::CentreDistance => "the distance of the optical centres was not measured",
            Self::CentreHeight => {
                "the difference of height of the optical centres was not measured"
            }
            Self::Prism => "the prism was not measured",
            Self::Addition => "the addition was not measured",
            Self::Thickness => "the thickness was not measured",
            Self::FocimeterStep => "the smallest step of the focimeter was not given",
            Self::EveryQuantity => "a quantity of the test was not read",
            Self::StandardUncertainty => "the uncertainty of the standard was not given",
            Self::Mark => "the mark was not looked at",
            Self::Certificate => {
                "the last day that the certificate names was not seen, and the interval of the catalogue is not confirmed"
            }
            Self::ThreeCodes => "the three codes and the seal were not all looked at",
            Self::ProductionDay => {
                "the day of production is not known, nor whether the three codes are due"
            }
            Self::LabelPoints => "some points were not looked at or could not be read",
            Self::RowsAnswered => "some rows have no answer",
            Self::RowsSeen => "some rows could not be seen",
        }
    }
}
