//! The table of codes, each with its class and its sentences.

use strum::{EnumIter, IntoStaticStr};

/// What a phone should do about a refusal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, IntoStaticStr)]
#[strum(serialize_all = "SCREAMING_SNAKE_CASE")]
#[cfg_attr(
    feature = "wire",
    derive(async_graphql::Enum),
    graphql(name = "ProblemClass")
)]
pub enum Class {
    /// The same request will be refused for ever: show it to a person.
    Permanent,
    /// Send the same request again later.
    Retry,
    /// Sign in (again), then send the same request.
    SignIn,
}

/// Where a refusal shows in a GraphQL answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Channel {
    /// In the payload's `problems`: an expected outcome.
    Problem,
    /// In `errors`: the request as a whole could not be served.
    Error,
}

macro_rules! codes {
    ($($(#[$doc:meta])* $name:ident: $class:ident, $channel:ident, $zh:literal, $en:literal;)*) => {
        /// The stable code of a refusal.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, EnumIter, IntoStaticStr)]
        #[strum(serialize_all = "SCREAMING_SNAKE_CASE")]
        #[cfg_attr(feature = "wire", derive(async_graphql::Enum), graphql(name = "ProblemCode"))]
        pub enum Code { $(#[doc = $en] $(#[$doc])* $name,)* }

        impl Code {
            /// What a phone should do.
            #[must_use]
            pub const fn class(self) -> Class { match self { $(Self::$name => Class::$class,)* } }
            /// Where it shows in a GraphQL answer.
            #[must_use]
            pub const fn channel(self) -> Channel { match self { $(Self::$name => Channel::$channel,)* } }
            /// The sentence in Chinese; `{}` stands for the detail.
            #[must_use]
            pub const fn zh(self) -> &'static str { match self { $(Self::$name => $zh,)* } }
            /// The sentence in English; `{}` stands for the detail.
            #[must_use]
            pub const fn en(self) -> &'static str { match self { $(Self::$name => $en,)* } }
        }
    };
}

codes! {
    SignInRequired: SignIn, Error, "请先登录。", "Please sign in first.";
    SessionExpired: SignIn, Error, "登录已过期，请重新登录。", "The session has expired; please sign in again.";
    RedactionSamePerson: Permanent, Problem, "遮盖人不得自行取消遮盖，须由他人办理。", "Whoever covered a part of a photo may not uncover it; another person has to.";
    LinkOver: Permanent, Problem, "链接已失效或者不完整，请重新生成。", "The link is over or not whole; please make another one.";
    BadCredentials: Permanent, Problem, "邮箱或密码不正确。", "The e-mail address or the password is wrong.";
    TooManyAttempts: Retry, Error, "尝试次数过多，请在 {} 秒后再试。", "Too many attempts; try again in {} seconds.";
    Denied: Permanent, Error, "您无权执行此操作。", "You may not do this.";
    NotFound: Permanent, Problem, "未找到。", "Not found.";
    Stale: Permanent, Problem, "内容已被他人更改，请刷新后重试。", "Somebody else changed this in the meantime; reload and try again.";
    IdReused: Permanent, Problem, "该编号已用于不同的内容。", "This id was already used for other content.";
    VisitOpen: Permanent, Problem, "已因同一事由派员前往该商户，检查尚未结束；请先完成那次检查。", "Inspectors were already sent to this merchant for the same reason and have not closed that visit; finish it first.";
    OpeningPending: Permanent, Problem, "您已就此举报申请查看身份，尚待审批。", "You already asked to see who made this report; that request is still waiting.";
    WrongState: Permanent, Problem, "当前状态不允许此操作：{}。", "Not possible in the present state: {}.";
    BadRequest: Permanent, Error, "请求格式不正确。", "The request is malformed.";
    QueryInvalid: Permanent, Error, "查询语句无效。", "The query is not valid.";
    InputInvalid: Permanent, Error, "输入值无效。", "An input value is not valid.";
    MethodNotAllowed: Permanent, Error, "不支持该请求方法。", "This method is not allowed here.";
    NotAcceptable: Permanent, Error, "无法提供所要求的格式。", "None of the accepted formats can be given.";
    UnsupportedMediaType: Permanent, Error, "不支持该内容类型。", "This content type is not supported.";
    PayloadTooLarge: Permanent, Error, "请求内容过大。", "The request is too large.";
    RequestTimeout: Retry, Error, "请求接收超时。", "The request took too long to arrive.";
    QueryTooComplex: Permanent, Error, "查询过于复杂：{}。", "The query is too complex: {}.";
    // A newer app meets both while the server is updated: what it sends is served later, and must not be dropped.
    DocumentNotPublished: Retry, Error, "服务器没有发布此操作；请稍后再试，如仍不行，请更新应用。", "This server does not publish this operation; try again later, and update the app if it stays so.";
    PersistedQueryNotFound: Retry, Error, "没有以此摘要发布的操作；请发送其全文。", "No operation is published under this digest; send its text.";
    Unavailable: Retry, Error, "服务暂时不可用，请稍后再试。", "The service is unavailable for the moment; try again later.";
    Internal: Retry, Error, "系统内部错误，请稍后再试。", "An internal error occurred; try again later.";
    HeldItemsFull: Retry, Problem, "暂存待处理的数据已达上限，请保留在手机上，稍后再发送。", "No more is held for now; keep it on the phone and send it again later.";
    HeldItemRefused: Permanent, Problem, "负责人已决定不采纳该项记录。", "A head decided not to take this write.";
    FieldRequired: Permanent, Problem, "此项必填。", "This field is required.";
    FieldTooShort: Permanent, Problem, "内容过短，至少 {} 个字。", "Too short; at least {} characters.";
    FieldTooLong: Permanent, Problem, "内容过长，最多 {}。", "Too long; at most {}.";
    FieldFormat: Permanent, Problem, "格式不正确。", "The format is wrong.";
    TextCharacter: Permanent, Problem, "第 {} 个字符不能使用，请删除它，或者改用其他写法。", "Character {} cannot be used; delete it or write it another way.";
    IdNumberCheck: Permanent, Problem, "身份证号码有误，请对照证件逐位核对十八位号码。", "The resident identity number is wrong; compare all eighteen characters with the card.";
    OutOfRange: Permanent, Problem, "数值超出允许范围。", "The value is out of range.";
    TimeInFuture: Permanent, Problem, "时间晚于当前时间。", "The time lies in the future.";
    TimeTooOld: Permanent, Problem, "时间过于久远。", "The time lies too far back.";
    PageTooLarge: Permanent, Error, "每页最多 {} 条。", "A page holds at most {} items.";
    CheckpointUnknown: Permanent, Error, "同步位置无效或者已过期，请清空该类数据后从头同步。", "This checkpoint does not count here, or no longer; forget what this collection holds and pull without one.";
    PasswordTooWeak: Permanent, Problem, "密码长度须为 {}。", "A password needs a length of {}.";
    PasswordWrong: Permanent, Problem, "当前密码不正确。", "The present password is wrong.";
    PasswordCodeWrong: Permanent, Problem, "重设码不正确，或者已使用、已过期。", "The code for a new password is wrong, was used, or is over.";
    SecondFactorRequired: Permanent, Problem, "请同时输入验证器上的动态码，或者一个恢复码。", "Please give the code of your second factor too, or a recovery code.";
    SecondFactorWrong: Permanent, Problem, "动态码不正确、已使用或已过期，请等待下一个动态码。", "The code of the second factor is wrong, was used, or is over; please wait for the next one.";
    SecondFactorMissing: SignIn, Error, "您的职务须先启用双重验证，才能继续操作。", "Your duties need a second factor; please set one up first.";
    EmailTaken: Permanent, Problem, "该邮箱已有账户。", "There is an account of this e-mail address.";
    AccountOwn: Permanent, Problem, "不能对自己的账户执行此操作，请由其他管理员办理。", "Not possible with one's own account; another administrator has to do it.";
    AccountUnsettled: Permanent, Problem, "该账户的权限或者密码近日由管理员给予，{} 起方可办理须由第二人办理的事项。", "An administrator gave this account its roles or a code for its password a short time ago; what needs a second person it may do from {} on.";
    RoleNotFitting: Permanent, Problem, "角色与所在单位不符：{}。", "A role does not fit where the person sits: {}.";
    MerchantClosed: Permanent, Problem, "该经营者已停业或者由他人接续经营。", "This merchant does no business any more.";
    InstrumentRetired: Permanent, Problem, "该器具已停用。", "Nobody uses this instrument any more.";
    InstrumentKnown: Permanent, Problem, "该型号和编号的器具已在台账上。", "An instrument of this model and number is on a ledger already.";
    CreditCodeCheck: Permanent, Problem, "统一社会信用代码的校验位不符，请核对。", "The check character of the unified social credit code is wrong; compare it with the licence.";
    MerchantUnknown: Permanent, Problem, "未找到该经营者。", "This merchant is not on the register.";
    OriginalSealed: Permanent, Problem, "原图封存：请先说明用途并打开（openOriginal），之后 24 小时内可取。", "The original is sealed: open it for a purpose (openOriginal); it can be fetched for 24 hours after that.";
    IdTellsTime: Permanent, Problem, "编号请随机生成（UUID 第 4 版）：含时间的编号会让同一封信的两部分对上号。", "Make this id at random (UUID version 4): one with the time in it would join the two parts of one letter.";
    PartsShareWords: Permanent, Problem, "举报里从第 {} 个字起的一段话在投诉里也有，看到两份的人就会知道是谁举报的。请在举报里换一种说法，或者删去这一段。", "From character {} on, words of the report stand in the complaint too, and would tell who reported. Say it otherwise in the report, or leave it out.";
    NoIntakeOfficer: Permanent, Problem, "该单位没有受理人员，移送后无人签收。", "Nobody there takes anything in: that unit has no intake officer.";
    DivisionUnknown: Permanent, Problem, "未知的行政区划。", "This division is not known.";
    InstrumentUnknown: Permanent, Problem, "该经营者名下没有此计量器具。", "This instrument is not on the merchant's ledger.";
    PhotoLimit: Permanent, Problem, "最多可附 {} 张照片。", "At most {} photos.";
    PhotoTwice: Permanent, Problem, "同一照片编号出现多次。", "The same photo id occurs twice.";
    PhotoUnknown: Permanent, Problem, "该照片未登记。", "This photo was not declared.";
    PhotoHeld: Permanent, Problem, "照片已保存，不能撤回。", "The photo is held and cannot be withdrawn.";
    PhotoWithdrawn: Permanent, Problem, "照片已经撤回。", "The photo was withdrawn already.";
    PhotoTooLarge: Permanent, Problem, "照片超过 {} 字节。", "The photo is larger than {} bytes.";
    PhotoTooManyPixels: Permanent, Problem, "照片超过 {} 像素。", "The photo has more than {} pixels.";
    PhotoSizeMismatch: Permanent, Problem, "照片大小与登记不符。", "The photo's size differs from what was declared.";
    PhotoDigestMismatch: Permanent, Problem, "照片内容与登记的摘要不符；送来的文件已另行保存，登记的照片仍待补送或撤回。", "This is not the file that was declared. It is kept beside the record; the declared photo is still missing: send it or withdraw it.";
    PhotoFormat: Permanent, Problem, "不是可识别的照片（JPEG、PNG、WebP、HEIC、AVIF 或 DNG）。", "Not a photo of a known kind (JPEG, PNG, WebP, HEIC, AVIF or DNG).";
    PhotoTruncated: Permanent, Problem, "照片数据不完整或已损坏。", "The photo is cut off or damaged.";
    PhotoTail: Permanent, Problem, "照片末尾之后附带的数据超过 {} 字节，请发送相机原图。", "More than {} bytes stand behind the end of the picture; send the camera's original.";
    PhotoNoCopy: Permanent, Problem, "照片原件已保存，但无法生成可供查看的副本；请说明用途后打开原件（openOriginal）。", "The photo is held, but no picture of it can be made; open the original for a purpose (openOriginal).";
    UploadHeaders: Permanent, Problem, "上传请求头不正确：{}。", "The upload's headers are wrong: {}.";
    UploadOffset: Retry, Problem, "上传位置不符：已收到 {} 字节，请从该处继续。", "The upload goes on elsewhere: {} bytes have come; continue from there.";
    UploadChecksum: Retry, Problem, "该段数据的校验值不符，未予保留，请重新发送。", "The checksum of this piece does not fit; it was not kept, send it again.";
    UploadBroken: Retry, Problem, "传输中断：已收到 {} 字节，请从该处继续。", "The transfer broke off: {} bytes are kept; continue from there.";
    UploadBusy: Retry, Problem, "照片已全部收到，正在核对，请稍后再问。", "The whole photo has come and is being checked; ask again in a moment.";
    UploadFinished: Permanent, Problem, "照片已保存，不能取消上传。", "The photo is held; its upload cannot be ended any more.";
    InspectorsTwoRequired: Permanent, Problem, "须由两名以上不同的检查人员执行。", "Two different inspectors are required.";
    InspectorUnknown: Permanent, Problem, "检查人员不存在或不属于本辖区。", "An inspector is unknown or outside this division.";
    InspectorNotCertified: Permanent, Problem, "检查人员没有执法证件。", "An inspector has no enforcement certificate.";
    VisitLimit: Permanent, Problem, "该经营者今年的检查已达频次上限（{} 次）；依举报、线索开展的检查和复查不受此限。", "This merchant was visited as often as it may be in a year ({} times); a visit that something leads to, and one that looks again, are not bounded.";
    InspectorArrived: Permanent, Problem, "已到场的检查人员不得更换，须回避或者不能再执法的除外。", "An inspector who has arrived stays, unless he may not go on.";
    NotCheckedIn: Retry, Problem, "您尚未现场签到。", "You have not checked in on site yet.";
    ArrivalsTwoRequired: Retry, Problem, "须有两名以上检查人员分别现场签到。", "Two officers have to check in on site, each for himself.";
    CertificateNotShown: Retry, Problem, "签到人员尚未注明是否出示执法证件并告知申请回避权利；请由本人重新签到补充。", "An officer who checked in has not said whether the certificate was shown and the right to ask for another officer told; that officer checks in once more and says it.";
    OtherMerchant: Permanent, Problem, "此前的检查或案件属于另一经营者。", "The earlier visit or case is another merchant's.";
    MeasurementInput: Permanent, Problem, "测量数据不正确：{}。", "The measurement is wrong: {}.";
    NoRuleEdition: Permanent, Problem, "该日期没有有效的计量规则：{}。", "No edition of the rule is in force on that date: {}.";
    StandardUnknown: Permanent, Problem, "该计量标准器不在本机关的登记册上。", "This standard is not on the bureau's register.";
    StandardDiffers: Permanent, Problem, "该计量标准器的证书与登记册不符。", "The standard's certificate differs from the register.";
    CheckInstrumentRequired: Permanent, Problem, "现场检查须写明核验所用的计量器具：本机关登记册上的，或者写明其编号、检定证书和保管单位的。", "A visit has to name what the check was made with: one of the bureau's register, or another by its number, its certificate and who keeps it.";
    InstrumentOtherKind: Permanent, Problem, "该计量器具不是本次测量所针对的种类。", "This instrument is not of the kind that the measurement is a test of.";
    RecordSigned: Permanent, Problem, "当事人已经在现在的记录上签名。", "The merchant signed the record as it stands.";
    SignatureUsed: Permanent, Problem, "该签名是在此前的记录上签的；记录已有变动，请重新签名并拍照。", "That signature stands under the record as it was; have the record signed anew and take a picture of that.";
    VisitHasCase: Permanent, Problem, "本次检查已经决定立案或者不予立案，不能重新打开；请另行派员复查。", "It was decided whether a case is filed on this visit, so it is not opened again; look again on another visit.";
    FindingRequired: Retry, Problem, "至少需要一项测量或器具检查记录。", "At least one measurement or instrument check is required.";
    FindingVoid: Permanent, Problem, "该项记录已经作废：{}。", "That entry of the record is void: {}.";
    FindingReliedOn: Permanent, Problem, "依据本次检查办理的案件已作出决定或者已经终结，或者已决定不予立案，记录不得再作废或者更正。", "A case on this visit is decided or over, or it was decided that none is filed; its record can be neither voided nor corrected any more.";
    FindingOtherFamily: Permanent, Problem, "更正须为同一种检测；其他检测请另行记录。", "A correction is a measurement of the same kind; record another kind as a measurement of its own.";
    SignatureRequired: Retry, Problem, "需要当事人签名，或注明拒签原因。", "The merchant's signature, or the reason why it is missing, is required.";
    EvidenceIncomplete: Retry, Problem, "仍有 {} 张已登记的照片未上传。", "{} declared photos have not arrived yet.";
    VisitWithoutPhoto: Permanent, Problem, "现场检查没有照片；另有证据的，负责人可说明理由后立案。", "The visit has no photo; where other evidence shows it, a head files the case with a reason.";
    NothingFailed: Permanent, Problem, "现场检查没有不合格结论。", "The visit found nothing that fails.";
    ViolationUnknown: Permanent, Problem, "未知或已失效的违法行为代码。", "This violation code is unknown or not in force.";
    FineOutOfRange: Permanent, Problem, "罚款超出该违法行为的法定幅度：{}。", "The fine is outside the legal range of this violation: {}.";
    CorrectionRequired: Permanent, Problem, "作出处罚须同时责令改正。", "A penalty needs a correction order with it.";
    ProposalRequired: Permanent, Problem, "尚无案件调查终结报告。", "There is no final investigation report yet.";
    AuditRequired: Permanent, Problem, "案件尚未通过审核。", "The case has not passed its audit yet.";
    NoticeRequired: Permanent, Problem, "尚未送达行政处罚告知书。", "The notice of the intended penalty has not been served yet.";
    DefenceWindowOpen: Permanent, Problem, "陈述申辩期尚未届满（至 {}）。", "The time for a statement and defence still runs (until {}).";
    DefenceReviewRequired: Permanent, Problem, "须说明对当事人陈述申辩的复核意见。", "The merchant's defence must be answered.";
    FineHeavierThanNotice: Permanent, Problem, "不得因陈述申辩而加重处罚（告知金额 {}）。", "A penalty may not become heavier than announced ({}).";
    InvestigatorCannotApprove: Permanent, Problem, "办案人员不得审核或批准本案。", "Whoever investigates a case may not audit or approve it.";
    Recused: Permanent, Problem, "已回避的人员，或者声明与当事人有亲属、利害关系的人员，不得再参与该事项，须由他人办理。", "Whoever stepped back, or said that the party is a relative or that there is an interest, takes no part in this matter; somebody else has to.";
    RecusalOpen: Permanent, Problem, "对该人员的回避申请尚未作出决定。", "No head has ruled yet on a request that this person steps back.";
    RecusalOfOneself: Permanent, Problem, "不得对本人的回避作出决定：须由其他负责人决定，负责人的回避由负责人集体讨论决定。", "Nobody rules on stepping back himself: another head does, and on a head the heads together.";
    TeamIncomplete: Permanent, Problem, "办案人员中有人须回避，剩余不足两人；须先由负责人更换办案人员。", "Somebody of the team stepped back and fewer than two remain; a head has to name others first.";
    TeamSame: Permanent, Problem, "人员没有变化。", "These officers are named already.";
    InterestOver: Permanent, Problem, "该声明已经终止。", "This was said to be over already.";
    ViolationVenue: Permanent, Problem, "该违法行为不适用于此类场所：{}。", "This violation does not apply to this kind of venue: {}.";
    FindingUnknown: Permanent, Problem, "本案没有这项不利于当事人的检查结论：{}。", "The case has no such finding against the party: {}.";
    ChargeUnproved: Permanent, Problem, "没有检查结论指向 {}；请注明证明它的检查结论，或者说明另有何证据。", "No finding suggests {}; name the finding that shows it, or say what else does.";
    ChargeTwice: Permanent, Problem, "同一违法行为出现两次：{}。", "One violation is charged twice: {}.";
    ActFinedTwice: Permanent, Problem, "同一行为不得罚款两次，请只保留罚款数额高的一项：{}。", "One act is not fined twice; keep the higher fine alone: {}.";
    OrderDates: Permanent, Problem, "责令改正的日期、期限和复查日期先后不符。", "The dates of the order, of its end and of the look afterwards are out of order.";
    TimeBarred: Permanent, Problem, "违法行为在追究期限内（至 {}）未被发现，不得再给予处罚；行为有连续或者继续状态的，请填写终了之日。", "The act was not found by {}, so that no penalty is possible any more; say when it ended, if it went on.";
    NotTimeBarred: Permanent, Problem, "违法行为在追究期限内（至 {}）已被发现，不能以超过追究时效为由不予处罚。", "The act was found by {}, so that time bars no penalty.";
    OffenceNotFirst: Permanent, Problem, "登记中已有该当事人此前的违法记录，不属于初次违法。", "The register holds an earlier violation of this party: it is not the first one.";
    OrderMissing: Permanent, Problem, "没有与此相符的责令改正记录（{}）：须已作出、已送达，并在期满后复查未改正。", "There is no such order about {}: made, served, and found missed after its last day.";
    OrderNotServed: Permanent, Problem, "责令改正通知书尚未送达。", "The order of correction has not been served yet.";
    FineNeedsOrder: Permanent, Problem, "{} 须先责令改正，逾期不改（或者情节严重）才能罚款；请填写该责令改正通知书及其期限、复查日期。", "{} allows a fine after a missed order of correction alone (or in grave cases); name the order, its end and the look afterwards.";
    ConfiscationNotAllowed: Permanent, Problem, "所列违法行为没有规定没收此项。", "None of the violations allows this to be confiscated.";
    StopUseNotAllowed: Permanent, Problem, "所列违法行为没有规定责令停止使用。", "None of the violations allows the use to be stopped.";
    CompensationNotAllowed: Permanent, Problem, "所列违法行为没有规定责令赔偿损失。", "None of the violations allows a loss to be made good by order.";
    PenaltyEmpty: Permanent, Problem, "没有任何处罚内容；不予处罚请另行提出。", "Nothing is imposed; propose that there is no penalty instead.";
    HeavierNeedsNewFacts: Permanent, Problem, "比已告知或者被撤销的处罚更重，须说明此后查明的新事实。", "Heavier than what was announced, or decided before it was annulled: say what came out since.";
    NoPenaltyNotProposed: Permanent, Problem, "调查终结报告没有建议不予处罚。", "The final report does not propose to impose no penalty.";
    PartyNotGone: Permanent, Problem, "登记册上当事人仍在经营；当事人死亡或者终止的，先登记其终止经营。", "The register says that the party still does business; note there first that it ended.";
    LegalAuditRequired: Permanent, Problem, "本案须经法制审核（听证的，在听证之后）。", "This case needs the legal audit (after the hearing, if there was one).";
    ConferenceRequired: Permanent, Problem, "本案须经负责人集体讨论决定。", "The heads have to decide this case together.";
    ConferenceTwo: Permanent, Problem, "集体讨论须有两人以上参加，每人只列一次。", "Two or more take part when heads decide together, each named once.";
    DecisionDiffers: Permanent, Problem, "与告知的内容不同；须重新提出、审核并告知。", "This differs from what was announced; propose, audit and announce it anew.";
    DecisionNotServed: Permanent, Problem, "处罚决定尚未送达。", "The decision has not been served yet.";
    PaperNotServed: Permanent, Problem, "须先送达当事人并登记送达，才能归档：文书 {}。", "Serve this paper on the party and note its service; the case goes to the archive after that: {}.";
    ProvincialApprovalRequired: Permanent, Problem, "依实施细则罚款 {} 元以上，须报省级部门决定；请填写其批准文号。", "Fines of {} yuan or more under the implementing rules are the province's to decide; give the number of its approval.";
    ServiceChannel: Permanent, Problem, "案件文书不得以电话或者短信送达。", "Papers of a case are not served by telephone or short message.";
    AddressConfirmationRequired: Permanent, Problem, "电子送达须有当事人签署的送达地址确认书。", "Electronic service needs the party's signed confirmation of its address.";
    ServeByCase: Permanent, Problem, "请用案件的送达操作记录该文书的送达。", "Note the service of this paper by the step of its case.";
    AnswerProofRequired: Permanent, Problem, "代为登记须注明当事人签字的材料。", "Name the paper that the party signed.";
    HearingNotOffered: Permanent, Problem, "本案未达到听证标准。", "The case does not reach what a hearing may be asked for.";
    HearingRequestLate: Permanent, Problem, "要求听证的期限已于 {} 届满。", "The time to ask for a hearing ended on {}.";
    HearingNotAsked: Permanent, Problem, "当事人没有要求听证。", "The party did not ask for a hearing.";
    HearingNotAnnounced: Permanent, Problem, "尚未通知听证的时间、地点。", "Time and place of the hearing were not announced yet.";
    HearingTooSoon: Permanent, Problem, "听证须在七个工作日前通知，最早在 {} 之后。", "A hearing is announced seven working days before; it can be held after {}.";
    HearingNotServed: Permanent, Problem, "听证通知书尚未送达。", "The notice of the hearing has not been served yet.";
    HearingNotYet: Permanent, Problem, "尚未到听证的时间。", "The time of the hearing has not come yet.";
    HearingHeld: Permanent, Problem, "听证已经举行。", "The hearing was held already.";
    HearingRequired: Permanent, Problem, "当事人要求的听证尚未举行。", "The hearing that the party asked for was not held yet.";
    HearingChair: Permanent, Problem, "听证笔录由所通知的主持人填写。", "The record is the announced chair's to write.";
    ChairInvestigated: Permanent, Problem, "办案人员不得主持听证。", "Whoever investigates a case does not lead its hearing.";
    PaidTooMuch: Permanent, Problem, "缴款超过应缴数额（{} 元）。", "More than is owed ({} yuan).";
    ReceiptTwice: Permanent, Problem, "该票据号已登记。", "This receipt was noted already.";
    PaymentWindowOpen: Permanent, Problem, "缴款期限尚未届满（至 {}）。", "The time to pay still runs (until {}).";
    NothingOwed: Permanent, Problem, "没有未缴的款项。", "Nothing is owed.";
    ReminderRequired: Permanent, Problem, "须先书面催告。", "The party has to be reminded in writing first.";
    ReminderNotServed: Permanent, Problem, "催告书尚未送达。", "The reminder has not been served yet.";
    RemediesOpen: Permanent, Problem, "复议、诉讼期限尚未届满（至 {}）。", "The time for a review or a suit still runs (until {}).";
    NotCarriedOut: Permanent, Problem, "罚没款未缴清或者改正未经确认；不能执行的，请说明理由。", "Not everything is paid and put right; if it cannot be carried out, say why.";
    OnTheSpotOfficer: Permanent, Problem, "当场处罚由在场的执法人员作出。", "A penalty on the spot is imposed by one of the officers who are there.";
    OnTheSpotDelivery: Permanent, Problem, "当场处罚决定书须当场交付当事人。", "The party gets the decision on the spot, from hand to hand.";
    OnTheSpotKind: Permanent, Problem, "当场只能给予警告或者小额罚款；有其他处罚内容的，请按普通程序立案。", "On the spot there is a warning or a small fine alone; file a case for anything else.";
    OnTheSpotReport: Permanent, Problem, "举报引起的案件不适用当场处罚。", "What a report led to is not punished on the spot.";
    OnTheSpotSum: Permanent, Problem, "当场罚款不得超过 {} 元；数额更高的，请按普通程序立案。", "A fine on the spot is at most {} yuan; file a case for a higher one.";
    ReferralRequired: Permanent, Problem, "本案尚无涉嫌犯罪的书面报告。", "No suspected crime is reported in this case.";
    ReferralOpen: Permanent, Problem, "涉嫌犯罪的移送尚未办结，不得以行政处罚代替移送。", "The referral of a suspected crime is open; the case is not decided before it is answered.";
    PoliceHaveCase: Permanent, Problem, "公安机关已立案，本案待其退回后继续办理。", "The police took the case up; it waits until they give it back.";
    ReviewLate: Permanent, Problem, "提请公安机关复议的期限已于 {} 届满。", "The time to ask the police for a review ended on {}.";
    ReviewAskedBefore: Permanent, Problem, "已提请公安机关复议一次，不能再次提请。", "The police were asked for a review already; there is no second one.";
    GoodsWithPolice: Permanent, Problem, "涉案物品已移交公安机关。", "The goods went to the police already.";
    RepairNeedless: Permanent, Problem, "该处罚信息不公示、到期自动停止公示或者已停止公示，无需申请信用修复。", "The decision is not shown, or stops being shown by itself; there is nothing to ask for.";
    RepairTooEarly: Permanent, Problem, "公示尚未满最短期限（至 {}）。", "The decision has to be shown longer first (until {}).";
    RepairNotCarriedOut: Permanent, Problem, "处罚决定尚未全部履行或者改正尚未确认，不能信用修复。", "Not everything is paid and put right; the decision goes on being shown.";
    RepairNewPenalty: Permanent, Problem, "此后又因同类违法行为受到处罚，不能信用修复。", "The party was punished for the same kind of conduct since; the decision goes on being shown.";
    RepairOpen: Permanent, Problem, "信用修复申请正在办理。", "An application for credit repair is open already.";
    RepairRequired: Permanent, Problem, "尚无信用修复申请。", "Nobody applied for credit repair.";
    RepairAskedBefore: Permanent, Problem, "已一次性要求补正，不能再次要求。", "More was asked for once already; it is not asked for again.";
    CaseNotClosed: Permanent, Problem, "案件尚未结案。", "The case is not closed yet.";
    DecisionAnnulled: Permanent, Problem, "处罚决定已被撤销。", "The decision was taken away.";
    FactsRequired: Permanent, Problem, "没有现场检查的，须写明事实、当事人和行为发生的日期。", "Without a visit the facts, the party and the day of the conduct have to be given.";
    CaseNotDecided: Permanent, Problem, "案件尚未作出决定。", "The case is not decided yet.";
    RewardTermsUnknown: Permanent, Problem, "奖励规定的金额标准未知，无法计算。", "What the reward scheme pays is not known, so no sum can be worked out.";
    RewardSum: Permanent, Problem, "奖励数额不符合规定：{}。", "The sum does not fit the scheme: {}.";
    RewardScopeUndecided: Permanent, Problem, "是否属于奖励范围须先由负责人说明理由后认定。", "A head has to say with a reason first whether this is in scope.";
    RewardReportNotEarlier: Permanent, Problem, "所列举报并不早于本举报，或者不属于同一案件。", "That report is not earlier than this one, or not on the same case.";
    RewardInsiderExcepted: Permanent, Problem, "内部举报人不因违法行为人身份被排除。", "An insider is not excluded for being an offender.";
    RewardFinanceRequired: Permanent, Problem, "须先有同级财政部门的同意文件。", "The finance department's consent is required first.";
    RewardWindowOver: Permanent, Problem, "期限已于 {} 届满。", "The time for this ended on {}.";
    RewardWindowOpen: Permanent, Problem, "举报人的期限尚未届满（至 {}）。", "The time of the reporter still runs (until {}).";
    RewardExtended: Permanent, Problem, "领取期限只能延长一次。", "The time to claim can be extended once only.";
    RewardReviewedBefore: Permanent, Problem, "奖励数额只能复核一次。", "A reward is reviewed once only.";
    RewardGraderCannotApprove: Permanent, Problem, "评定奖励的人员不得审批或复核该奖励。", "Whoever graded a reward may neither decide nor review it.";
    RewardReporters: Permanent, Problem, "收款信息的份数须与举报人数相同（{}）。", "There must be one payee for each reporter ({}).";
    RewardRecorderExcluded: Permanent, Problem, "登记领取的人员不得批准该次领取、处理对它的异议，也不得导出或者登记支付。", "Whoever recorded a claim neither approves it nor answers an objection to it, neither exports nor pays it.";
    ClaimNoteNamesPerson: Permanent, Problem, "这项说明会留在奖励卷宗里，请不要写姓名、证件号码、电话或者账号。", "This note stays in the file of the reward: write no name, document number, telephone or account number into it.";
    RewardApproverExcluded: Permanent, Problem, "批准领取的人员不得驳回对收款人的异议，请由他人处理，或者撤销该次领取。", "Whoever approved a claim may not turn down an objection to its payee; somebody else has to, or the claim is made void.";
    RewardPayeeReviewed: Permanent, Problem, "对收款人的异议已有答复，不能再次提出。", "An objection to this payee was answered already; a second one cannot be made.";
    RewardSumOnRecord: Permanent, Problem, "该金额以案件记录为准，不能填写。", "The case has this sum; it is not typed.";
    NobodyReported: Permanent, Problem, "该线索由执法人员在调解中发现，没有举报人。", "Nobody reported this: an officer found it in a mediation.";
    RewardNotCharged: Permanent, Problem, "处罚决定中没有这一违法行为，或者重复列出：{}。", "The decision does not punish this violation, or it is named twice: {}.";
    RewardBaseChanged: Permanent, Problem, "处罚决定的金额已变更，须重新评定奖励。", "The sums of the decision changed; the reward has to be graded again.";
    CrimeNotOnRecord: Permanent, Problem, "涉嫌犯罪以案件的移送记录为准：须已移送公安机关，且已记录追究刑事责任。", "A crime counts from the referral of the case alone: handed over to the police, and with criminal liability on record.";
    RewardScreenerExcluded: Permanent, Problem, "筛查奖励的人员不得认定其是否属于奖励范围。", "Whoever screened a reward does not rule on its scope.";
    RewardPayeeUnchecked: Permanent, Problem, "付款前须由有权查看收款人身份的人员再次核查排除情形。", "Before money moves somebody with an opening has to check the payee for exclusions once more.";
    RewardOpeningRequired: Permanent, Problem, "须先经批准查看收款人的身份信息。", "An approved opening of the payee is required first, and a look by it.";
    RewardMatterRewarded: Permanent, Problem, "同一举报或者同一次检查的另一案件已有奖励，不重复奖励。", "Another case of the same report or visit has its reward already; a matter is rewarded once.";
    ClaimPasswordMissing: Permanent, Problem, "举报时没有设置举报密码，请携带身份证件到场办理。", "No claim password was chosen with the report; please come in person with an identity document.";
    ClaimPasswordWrong: Permanent, Problem, "举报密码不正确。", "The claim password is wrong.";
    GroundUnknown: Permanent, Problem, "该日期没有这项理由：{}。", "This ground does not exist on that date: {}.";
    GroundNotAllowed: Permanent, Problem, "当前状态不能适用这项理由：{}。", "This ground does not apply in the present state: {}.";
    NothingProposed: Permanent, Problem, "没有待批准的事项。", "Nothing is waiting for approval.";
    ProposerCannotApprove: Permanent, Problem, "提出人不得批准自己提出的事项。", "Whoever proposed it may not approve it.";
    HandlerUnknown: Permanent, Problem, "承办人不存在或不属于本辖区。", "The handler is unknown or outside this division.";
    RepresentativesTooMany: Permanent, Problem, "共同投诉最多推选 {} 名代表人。", "A joint complaint has at most {} representatives.";
    RepresentedConsentRequired: Permanent, Problem, "须经被代表的投诉人同意。", "The persons who are represented have to agree.";
    PowerOfAttorneyOver: Permanent, Problem, "委托期限已届满（{}）。", "The power of attorney ended on {}.";
    ConsentMissing: Permanent, Problem, "尚未取得双方同意。", "Both sides have to consent first.";
    SessionNotAnnounced: Permanent, Problem, "现场调解须事先告知时间、地点和调解人员。", "A session on site needs notice of time, place and mediators.";
    NoticeTooLate: Permanent, Problem, "告知须在调解之前。", "The notice has to come before the session.";
    SessionDiffersFromNotice: Permanent, Problem, "地点或调解人员与告知不符。", "Place or mediators differ from the notice.";
    LetterNeedsOnSite: Permanent, Problem, "制作调解书须经现场调解。", "A mediation letter needs a session on site.";
    MediationTimeNotOver: Permanent, Problem, "调解期限尚未届满（至 {}）。", "The period for mediation still runs (until {}).";
    SidesNotTold: Permanent, Problem, "尚未告知双方终止调解。", "Both sides have to be told of the termination first.";
    LeadOpen: Permanent, Problem, "尚有线索未核查完毕。", "A lead is still to be verified.";
    CalendarYearMissing: Retry, Problem, "工作日历缺少 {} 年。", "The working-day calendar has no year {}.";
    OtherReporter: Permanent, Problem, "不是同一举报人：只能关联，不能合并或者认定重复。", "Not known to be the same reporter: such reports are linked, never merged or marked as duplicates.";
    SameReporter: Permanent, Problem, "同一举报人的举报不作关联，请合并或者认定重复。", "The same reporter's reports are merged or marked as duplicates, not linked.";
    OtherParty: Permanent, Problem, "被举报人不同。", "The reports are about different parties.";
    OldOrderApplies: Permanent, Problem, "该举报适用旧办法，不能如此处理。", "The report is handled under the old order, which has no such step.";
    NotFilingProposalRequired: Permanent, Problem, "尚无不予立案的建议。", "Nobody has proposed not to file a case.";
    ReportItself: Permanent, Problem, "不能与自身关联。", "A report cannot be compared with itself.";
    NotDispatched: Permanent, Problem, "该事项并非由其他单位分送，不能退回。", "The matter was not dispatched by another unit and cannot be returned.";
    MayNotPassOn: Permanent, Problem, "接收单位无管辖权的，应当退回，不得自行转送。", "A unit without competence returns the matter; it may not pass it on itself.";
    NotALowerBureau: Permanent, Problem, "只能分送至下级单位。", "A matter can be dispatched to a lower unit only.";
    NotASuperior: Permanent, Problem, "须由争议双方的共同上级机关指定管辖。", "Only a common superior of both units may designate.";
    DisputeOpen: Permanent, Problem, "该事项已有管辖争议尚未解决。", "A dispute about competence is open already.";
    DisputeClosed: Permanent, Problem, "该管辖争议已经解决。", "The dispute about competence is settled already.";
    NoOutcomeYet: Permanent, Problem, "尚无处理结果。", "There is no outcome yet.";
    SubmissionEmpty: Permanent, Problem, "请至少提出投诉或者举报之一。", "A submission holds a complaint, a report, or both.";
    RouteConsultation: Permanent, Problem, "咨询不适用投诉举报程序，请拨打 12315 或者向当地市场监管部门咨询。", "Questions are not handled as complaints or reports; please call 12315 or ask the local bureau.";
    RouteDisclosure: Permanent, Problem, "政府信息公开申请不适用本程序，请依照《政府信息公开条例》向有关机关提出。", "Requests for government information are not handled here; please make them under the disclosure regulation.";
    RouteReview: Permanent, Problem, "行政复议申请不适用本程序，请向行政复议机关提出。", "Requests for administrative review are not handled here; please turn to the reviewing authority.";
    RouteAccusation: Permanent, Problem, "对工作人员的检举控告不适用本程序，请向纪检监察机关提出。", "Accusations against officials are not handled here; please turn to the disciplinary inspection authority.";
    RouteAntiMonopoly: Permanent, Problem, "反垄断举报适用专门规定，请向反垄断执法机构提出。", "Anti-monopoly reports follow rules of their own; please turn to the anti-monopoly authority.";
    ClockRunning: Permanent, Problem, "该期限已在计算中：{}。", "This period is running already: {}.";
    ClockNotRunning: Permanent, Problem, "没有正在计算的期限：{}。", "No such period is running: {}.";
    ClockPaused: Permanent, Problem, "该期限已中止计算：{}。", "This period is paused already: {}.";
    ClockNotPaused: Permanent, Problem, "该期限未中止计算：{}。", "This period is not paused: {}.";
    PauseNotAllowed: Permanent, Problem, "该期限不因此事由中止计算：{}。", "This period does not pause for that reason: {}.";
    ExtensionNotAllowed: Permanent, Problem, "该期限不得延长，或者已延长至法定次数：{}。", "This period may not be extended, or not once more: {}.";
    ExtensionByOther: Permanent, Problem, "该期限的延长须由其他负责人批准：{}。", "Somebody else has to approve an extension of this period: {}.";
    DeadlinePassed: Permanent, Problem, "期限已届满（{}），不得再延长。", "The period ended on {} and can no longer be extended.";
    DueOutsidePeriod: Permanent, Problem, "所定日期晚于法定期限（{}）。", "The day set lies after the end of the statutory period ({}).";
    CalendarInvalid: Permanent, Problem, "日历文件有误：{}。", "The calendar file is mistaken: {}.";
    CalendarVersionTaken: Permanent, Problem, "该年度日历的此版本已载入，且内容不同：{}。", "This version of that year was loaded with other content: {}.";
    ReceiptCodeFormat: Permanent, Problem, "查询码有误，请核对后重新输入。", "The receipt code is mistyped; please check it.";
    IdentityKeyMissing: Permanent, Problem, "本机关尚未配置身份封存密钥，暂不能接收实名信息；可匿名举报。", "This bureau has no key to seal identities yet; report anonymously.";
    IdentityAbsent: Permanent, Problem, "该举报没有封存的身份信息。", "No sealed identity belongs to this.";
    OpeningFieldNotNeeded: Permanent, Problem, "该用途不需要所申请的信息项。", "This purpose does not need a field that was asked for.";
    OpeningSamePerson: Permanent, Problem, "申请人不得批准自己的申请。", "Whoever asks for an opening may not approve it.";
    OpeningNotApproved: Permanent, Problem, "身份信息的查看申请尚未批准。", "The opening is not approved yet.";
    OpeningOver: Permanent, Problem, "查看时限已过（{}）。", "The time for the opening is over ({}).";
    MessageLimit: Retry, Problem, "今天的次数已满（每天最多 {} 次），请明天再试。", "The bound of today is reached (at most {} a day); try again tomorrow.";
    QuestionUnknown: Permanent, Problem, "没有这条询问。", "There is no such question.";
    ReceiptUnknown: Permanent, Problem, "没有与此查询码对应的举报。", "No report belongs to this receipt code.";
    PaperFontMissing: Retry, Problem, "服务器没有可用的中文字体，不能生成 PDF。请打印网页，或者由管理员安装 Noto Sans CJK 字体（fonts-noto-cjk）、用 LIANGXIN_PAPER_FONT 指定字体文件。", "This server has no Chinese typeface and makes no PDF. Print the page, or have an administrator install Noto Sans CJK (fonts-noto-cjk) or name a file in LIANGXIN_PAPER_FONT.";
    PaperTooLong: Permanent, Problem, "文书超过 {} 页，不能生成 PDF，请打印网页。", "The paper has more than {} pages and makes no PDF; print the page.";
    FormMissing: Retry, Problem, "当日没有有效的文书格式（{}），不能办理。", "No form of this paper is in force on this day: {}.";
    FieldNotOnForm: Permanent, Problem, "该文书没有此项内容。", "The paper has no such field.";
    RecipientNotAllowed: Permanent, Problem, "该文书不送达此类对象：{}。", "This paper is not for such a recipient: {}.";
    NoticeAlreadyServed: Permanent, Problem, "该文书已送达。", "This paper was served already.";
    NoticeStaysInFile: Permanent, Problem, "该文书存卷，不送达。", "This paper stays in the file and is served on nobody.";
    ServedBeforeIssued: Permanent, Problem, "送达时间早于文书制作时间。", "The paper cannot have been served before it was issued.";
}
