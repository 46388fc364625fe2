//! The promise itself: each field that a citizen sends or is given, with its kind.

use super::{
    Promise, Viewer,
    kinds::{
        ACCOUNT_ON_OPENING, BESIDE_THE_REPORTER, CONVERSATION, ID_ON_OPENING, NOBODY, ON_A_REWARD,
        ON_OPENING, ON_PURPOSE, WORKING_ON_A_COMPLAINT, content, dispute, kept_from_the_other_side,
        payee, sealed, secret, speaker,
    },
};

/// The promise, field by field.
pub const PROMISE: &[Promise] = &[
    content("party", "被举报人（摊位、名称）", "Who is reported"),
    content("place", "地点", "The place in words"),
    content("position", "定位坐标", "The position of the phone"),
    content("goods", "商品", "The goods"),
    content("unitPriceYuanPerKg", "单价", "The unit price"),
    content("settledGrams", "结算重量", "The weight paid for"),
    content(
        "checkedGrams",
        "复称重量",
        "The weight on the fair-check scale",
    ),
    content("occurredAt", "发生时间", "When it happened"),
    content("narrative", "经过", "What happened, in your words"),
    content(
        "photos",
        "照片（不含手机写入的信息的副本）和拍摄时间",
        "Photos, as copies without what the phone wrote into them, and when they were taken",
    ),
    Promise {
        when_zh: "您勾选同意后，上述承办人员和被派往现场的检查人员可见；不勾选则只留在原图里。",
        when_en: "The same officers and inspectors, if you tick so; else it stays in the original.",
        ..content(
            "photoPlace",
            "照片的拍摄位置",
            "Where the photos were taken",
        )
    },
    Promise {
        when_zh: "打开须写明用途，每次打开都会记录并告知您。照片文件里可能还有手机型号、拍摄位置、缩略图、第二张照片或几秒录音。原图不加密，保管存储的系统管理人员读得到。",
        when_en: "Opening it needs a purpose, is recorded and told to you. A photo file may also hold the phone's model, the place, a small picture, a second photo or seconds of sound. It is not encrypted: whoever runs the store can read it.",
        ..sealed(
            "photoOriginal",
            "照片原图",
            "The original files of the photos",
            ON_PURPOSE,
        )
    },
    Promise {
        when_zh: "不保存。照片原图里可能写有手机型号。",
        when_en: "Not kept. The original of a photo may say which phone took it.",
        ..secret(
            "photoDevice",
            "拍摄手机的厂商和型号",
            "Maker and model of the phone that took a photo",
        )
    },
    content(
        "photoWithdrawal",
        "您说明照片不再发送的理由",
        "Why a photo that you promised will not come",
    ),
    content(
        "withdrawal",
        "您撤回举报的理由",
        "Why you withdraw the report",
    ),
    Promise {
        when_zh: "只由系统使用，任何人看不到；承办人员会知道两份举报来自同一人。",
        when_en: "Used by the system alone; shown to nobody. Officers learn that both reports are of one person.",
        ..secret(
            "earlierReceiptCode",
            "先前举报的查询码",
            "The receipt code of an earlier report",
        )
    },
    Promise {
        field: "answer",
        zh: "您对询问的答复",
        en: "Your answers to questions",
        seen_by: CONVERSATION,
        on_opening: NOBODY,
        when_zh: "与举报内容相同；持查询码者也能看到。",
        when_en: "As the report itself; also whoever holds the receipt code.",
    },
    Promise {
        field: "receiptCode",
        zh: "查询码",
        en: "The receipt code",
        seen_by: &[Viewer::Reporter],
        on_opening: NOBODY,
        when_zh: "提交时显示一次，第一次查询时再显示一次；系统只保存带密钥的散列。",
        when_en: "Shown when you send and once more when you first come back; the system keeps a keyed hash alone.",
    },
    secret("secret", "本机密钥", "The secret of your device"),
    secret("contactEmail", "电子邮箱", "Your mail address"),
    secret("address", "网络地址", "Your network address"),
    sealed("identity.name", "姓名", "Your name", ON_OPENING),
    sealed(
        "identity.phone",
        "电话",
        "Your telephone number",
        ON_OPENING,
    ),
    sealed(
        "identity.address",
        "联系地址",
        "Your postal address",
        ON_OPENING,
    ),
    sealed(
        "identity.idNumber",
        "证件号码",
        "Your document number",
        ID_ON_OPENING,
    ),
    sealed(
        "bankAccount",
        "收款账户",
        "Your bank account",
        ACCOUNT_ON_OPENING,
    ),
    secret("claimPassword", "举报密码", "The claim password"),
    Promise {
        seen_by: ON_A_REWARD,
        when_zh: "由本辖区及上级机关的奖励承办人员和负责人查看。",
        when_en: "Reward officers and heads of the division and above.",
        ..content(
            "rewardObjection",
            "您对奖励决定的异议",
            "What you say against the decision about a reward",
        )
    },
    Promise {
        seen_by: BESIDE_THE_REPORTER,
        when_zh: "由本辖区及上级机关的奖励承办人员和负责人查看；持查询码者也能看到。",
        when_en: "Reward officers and heads of the division and above; also whoever holds the receipt code.",
        ..content(
            "payeeObjection",
            "您对收款人的异议",
            "What you say against a payee",
        )
    },
    payee("payee.name", "收款人户名", "The payee's name"),
    payee("payee.bank", "收款人开户行", "The payee's bank"),
    payee("payee.accountNumber", "收款账号", "The payee's account"),
    secret(
        "complaint.secret",
        "本机密钥（投诉）",
        "The secret of your device, with a complaint",
    ),
    secret(
        "complaint.contactEmail",
        "投诉人的电子邮箱",
        "The complainant's mail address",
    ),
    speaker("complaint.name", "投诉人姓名", "The complainant's name"),
    speaker(
        "complaint.phone",
        "投诉人电话",
        "The complainant's telephone number",
    ),
    kept_from_the_other_side(
        "complaint.address",
        "投诉人地址",
        "The complainant's postal address",
    ),
    Promise {
        seen_by: WORKING_ON_A_COMPLAINT,
        when_zh: "提交后由本辖区及上级机关承办人员查看。审核人员、被投诉人和公众始终看不到。",
        when_en: "Officers of the division and above who work on it, from the moment of sending. Never auditors, the other side or the public.",
        ..kept_from_the_other_side(
            "complaint.idNumber",
            "投诉人证件号码",
            "The complainant's document number",
        )
    },
    speaker("complaint.agent", "代理人", "Who acts for the complainant"),
    dispute("complaint.demand", "投诉请求", "What is demanded"),
    dispute(
        "complaint.narrative",
        "投诉事实",
        "What happened, in the complainant's words",
    ),
    dispute(
        "complaint.respondent",
        "被投诉人名称和地址",
        "Name and address of the other side, in the complainant's words",
    ),
    dispute("complaint.place", "发生地点", "Where it happened"),
    dispute(
        "complaint.occurredOn",
        "发生和得知受损的日期（不含时刻）",
        "On which days it happened and the harm was known, without the hour",
    ),
    dispute(
        "complaint.sums",
        "付款和请求的金额",
        "What was paid, and the sum that is demanded",
    ),
    dispute("complaint.evidence", "证据说明", "What proves it, in words"),
    // Only what nobody has accepted yet is withdrawn, and the other side has not seen that.
    kept_from_the_other_side(
        "complaint.withdrawal",
        "撤回投诉的理由",
        "Why the complaint is withdrawn",
    ),
    Promise {
        when_zh: "提交后由本辖区及上级机关承办人员查看；作出回避决定后，双方可见。公众始终看不到。",
        when_en: "Officers of the division and above who work on it, from the moment of sending; both sides once it is decided. Never the public.",
        ..dispute(
            "complaint.recusal",
            "申请调解员回避的理由",
            "Why a mediator should step back",
        )
    },
    Promise {
        field: "complaint.receiptCode",
        zh: "投诉查询码",
        en: "The receipt code of a complaint",
        seen_by: &[Viewer::Complainant],
        on_opening: NOBODY,
        when_zh: "提交时显示一次，第一次查询时再显示一次；系统只保存带密钥的散列。",
        when_en: "Shown when you send and once more when you first come back; the system keeps a keyed hash alone.",
    },
];
