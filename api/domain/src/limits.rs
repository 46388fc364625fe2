//! Every bound that a stranger meets, in one place, so that the contract can print them.

/// Most characters of a name, a label or a line of an address.
pub const LINE_CHARS: usize = 120;
/// Most characters of what happened, in somebody's own words.
pub const NARRATIVE_CHARS: usize = 4_000;
/// Most characters of a telephone number.
pub const PHONE_CHARS: usize = 20;
/// Most characters of a mail address (RFC 5321).
pub const EMAIL_CHARS: usize = 254;
/// Most characters of the name of somebody who reports.
pub const REPORTER_NAME_CHARS: usize = 60;
/// Most characters of a merchant's address.
pub const ADDRESS_CHARS: usize = 200;
/// Most characters of the number of a stall.
pub const STALL_CHARS: usize = 32;
/// Most characters of the number of a certificate.
pub const CERTIFICATE_CHARS: usize = 64;
/// Most characters of the accuracy class of an instrument.
pub const ACCURACY_CLASS_CHARS: usize = 8;
/// Most characters of a decimal on the ledger: the scale interval and the capacity of an instrument.
pub const DECIMAL_CHARS: usize = 32;
/// Most characters of the reason for which a sealed identity is opened.
pub const OPENING_REASON_CHARS: usize = 500;
/// Most characters of the name of an edition of the calendar.
pub const CALENDAR_VERSION_CHARS: usize = 40;
/// Most officers that are named at once, for a visit or a case. Our choice.
pub const OFFICERS: usize = 20;
/// Most roles of one account: there are no more.
pub const ROLES: usize = 9;
/// Most persons of a joint complaint that the system takes. Our choice; no rule says it.
pub const COMPLAINANTS: usize = 50;
/// Most representatives of a joint complaint (Order 121, article 12).
pub const REPRESENTATIVES: usize = 2;
/// Most mediators of one session. Our choice.
pub const MEDIATORS: usize = 5;
/// Most grounds that keep a report from a reward.
pub const EXCLUSIONS: usize = 8;
/// Most digests of rule files that a phone says to have: more than there are editions, and few enough to look through.
pub const KNOWN_RULES: usize = 500;
/// How long an answer may take, in seconds, once the request is there.
pub const ANSWER_SECONDS: u64 = 15;
/// How long an answer may take for which photos are looked into, each in its turn, in seconds.
pub const PHOTO_ANSWER_SECONDS: u64 = 180;
/// How long a photo on its way may be silent, in seconds.
pub const SILENCE_SECONDS: u64 = 60;
/// The span of time in which a body that is no photo on its way brings so many bytes, in seconds.
pub const BODY_SPAN_SECONDS: u64 = 20;
/// So many bytes, or its end.
pub const BODY_SPAN_BYTES: usize = 10_000;
/// Most bytes of one original photo.
pub const PHOTO_BYTES: u64 = 25_000_000;
/// Most pixels of one original photo (width × height): half as many again as any phone takes. A proposal.
pub const PHOTO_PIXELS: u64 = 300_000_000;
/// Most bytes of the photos of one web form together: as many as four of the largest, although more small ones may come.
pub const FORM_PHOTO_BYTES: u64 = 4 * PHOTO_BYTES;
/// Most photos that one report or one visit may declare.
pub const PHOTOS_PER_OWNER: usize = 24;
/// Most parts of one photo that are ever covered.
pub const REDACTIONS_PER_PHOTO: usize = 100;
/// Oldest fix that a photo may declare, in seconds: a week. No phone takes an older one for where it is. A proposal.
pub const FIX_AGE_SECONDS: u32 = 7 * 24 * 3600;
/// Most records whose photos a phone asks about at once.
pub const RECONCILED_RECORDS: usize = 30;
/// How long after filing a reporter may still send declared photos, in seconds.
pub const UPLOAD_TOKEN_SECONDS: i64 = 7 * 24 * 3600;
/// How long a photo on its way is kept after something of it came, in seconds: as long as a reporter may send it. A proposal.
pub const UPLOAD_KEPT_SECONDS: i64 = UPLOAD_TOKEN_SECONDS;
/// Life of an access token, in seconds.
pub const ACCESS_TOKEN_SECONDS: i64 = 15 * 60;
/// Life of a refresh token that is not used, in seconds.
pub const REFRESH_TOKEN_SECONDS: i64 = 60 * 24 * 3600;
/// How long a device counts as known after it signed in or exchanged a token, in seconds. It opens nothing by that.
pub const DEVICE_TOKEN_SECONDS: i64 = 180 * 24 * 3600;
/// How long the link to the file of a case works, in seconds: long enough to begin to fetch it. A proposal.
pub const BUNDLE_LINK_SECONDS: i64 = 15 * 60;
/// How long the address of an opened original in the object store works, in seconds: long enough to begin to fetch it. A proposal.
pub const ORIGINAL_LINK_SECONDS: u64 = 60;
/// How many of the times that the file of a case was taken out are shown. A proposal.
pub const BUNDLES_SHOWN: u64 = 100;
/// Shortest password, in characters.
pub const PASSWORD_MIN_CHARS: usize = 12;
/// Longest password, in bytes: more would only feed the hash function.
pub const PASSWORD_MAX_BYTES: usize = 256;
/// Most bytes of a GraphQL request. Photos travel by upload.
pub const GRAPHQL_BODY_BYTES: u64 = 256 * 1024;
/// Most events that one file of the log holds.
pub const LOG_EXPORT_ROWS: u64 = 10_000;
/// For how many days failed sign-ins are remembered; network logs are kept for six months at least (Cybersecurity Law,
/// article 23).
pub const FAILED_SIGN_INS_DAYS: i64 = 190;
/// Most bytes of the calendar file of one year; a real one has three.
pub const CALENDAR_BYTES: usize = 20_000;
/// Most bytes of the web form without its photos.
pub const FORM_FIELDS_BYTES: usize = 64 * 1024;
/// How far a phone's clock may run ahead before a time counts as wrong, in seconds.
pub const CLOCK_AHEAD_SECONDS: i64 = 10 * 60;
/// Most characters of the name that a phone has for one run of its counter.
pub const BOOT_ID_CHARS: usize = 64;
/// Most characters of the name of a time zone; the longest of the zones that there are has fewer.
pub const ZONE_CHARS: usize = 64;
/// Most milliseconds that a phone's counter may show: ten years without a new start. Our choice.
pub const COUNTER_MILLISECONDS: i64 = 10 * 366 * 24 * 3600 * 1000;
/// How long the answer with the server's time may have been on its way, in seconds, where the phone does not tell when it asked.
/// Our choice.
pub const ANCHOR_SECONDS: i64 = 60;
/// How far back a reported event may lie, in days: after five years no penalty is possible at all
/// (Administrative Penalty Law 2021, article 36).
pub const REPORT_AGE_DAYS: i64 = 5 * 365;
/// Most people who sign one joint report, as far as a reward can be shared. Our choice; no rule says it.
pub const JOINT_REPORTERS: u8 = 20;
/// Shortest claim password, in characters. Whoever guesses needs the receipt code too.
pub const CLAIM_PASSWORD_MIN_CHARS: usize = 8;
/// How long names and addresses of a reporter are kept after the report ended, in days. Our proposal: the years for case
/// files were not found (procedures, section 11); three years outlast every period in which a reward is still
/// claimed, paid or taken back. A bank account has a time of its own.
pub const IDENTITY_KEEP_DAYS: i64 = 3 * 365;
/// Most facts that make a violation major: there are no more.
pub const MAJOR_FACTS: usize = 4;
/// Most facts in the table that holds what was reported against what was found.
pub const FACT_MATCHES: usize = 30;
/// Shortest reason for a decision, in characters. Our choice: the law asks for a reason, and one character is none.
pub const REASON_CHARS: usize = 5;
/// Most violations that one case punishes.
pub const CHARGES: usize = 20;
/// Most findings that show one violation.
pub const FINDINGS: usize = 50;
/// How long after it was imposed a penalty on the spot may be sent in, in days: phones are offline. Our choice; no rule says it.
pub const ON_THE_SPOT_DAYS: i64 = 30;
/// Most characters in one field of a paper, which is put together from what a file holds: a hundred statements, or twenty charges with
/// their reasons, fit; what is longer is refused and never cut.
pub const PAPER_FIELD_CHARS: usize = 500_000;
/// Most calendar days by which the heads together extend the period for a decision. No law names a length; this one holds
/// back a slip of the pen.
pub const FURTHER_DAYS: u32 = 365;
/// Most acts of one kind in the file of a case: statements, payments, suspensions.
pub const CASE_ACTS: usize = 100;
/// How often others may be sent in the place of the inspectors of a visit. Our choice.
pub const VISIT_TEAMS: usize = 20;
/// How often a closed visit may be opened again. Our choice.
pub const VISIT_REOPENINGS: usize = 20;
/// How often the record of a visit may be signed, or a reason noted why it is not. Our choice.
pub const VISIT_SIGNINGS: usize = 20;
/// For how many days after a visit was closed its passport still says who was there, and for how many after it was asked for
/// last it is good as long as the visit is not closed. Our choice.
pub const PASSPORT_DAYS: i64 = 30;
/// What fewer merchants said of the visits of an office in a quarter is not told.
pub const OPINIONS_FEWEST: u32 = 5;
/// Most items of one push.
pub const PUSH_ITEMS: usize = 100;
/// Most writes that one says it comes after: a signature stands under everything on its record. Our choice.
pub const PUSH_AFTER: usize = 500;
/// After how many seconds what was not taken for now is sent again. Our choice.
pub const PUSH_AGAIN_SECONDS: u32 = 60;
/// For how many days a write from the field waits for what it builds on, before it is applied without that or put before a person.
/// Our choice.
pub const HELD_DAYS: i64 = 5;
/// Most writes of one person that are held at once, and as many in quarantine: more than a week in the field makes. Our choice.
pub const HELD_ITEMS_PER_PERSON: usize = 500;
/// Most bytes of them together. Our choice.
pub const HELD_BYTES_PER_PERSON: usize = 4_000_000;
/// Most writes that are held of everybody. Our choice.
pub const HELD_ITEMS: u64 = 50_000;
/// For how many days after a held write was settled its content stays: who sent it may object to a refusal meanwhile, and a
/// phone may send it again. No period of the law is known for it: our proposal.
pub const HELD_CONTENT_DAYS: i64 = 365;
/// Merchants that an officer may say to be tied to. Our choice.
pub const OWN_INTERESTS: usize = 200;
/// Most characters of a question to a reporter, or of an answer.
pub const MESSAGE_CHARS: usize = 1000;
/// Most answers that one receipt code sends in a day.
pub const ANSWERS_PER_DAY: u64 = 10;
/// Most questions that a reporter is asked in a day.
pub const QUESTIONS_PER_DAY: u64 = 20;
/// How often one receipt code may add photos in a day.
pub const PHOTO_ADDITIONS_PER_DAY: u64 = 5;
/// Longest time for which a sealed identity may be opened, in hours.
pub const OPENING_HOURS_MOST: i64 = 72;
/// Most texts that one check for personal data looks at.
pub const CHECKED_TEXTS: usize = 20;
/// Most characters of all of them together.
pub const CHECKED_CHARS: usize = 20_000;
/// How near a similar report lies, in metres. Our choice; no rule says it.
pub const SIMILAR_RADIUS_METRES: u32 = 500;
/// Similar reports of fewer senders, each on a day of its own, are not told at all: one of two could
/// be recognised, also by the merchant who asks about itself. Our choice; no rule says it.
pub const SIMILAR_FEWEST: usize = 3;
/// So many more may be asked for in a week; nobody knows beforehand how many are. Our choice; no rule says it.
pub const SIMILAR_MORE: usize = 3;
/// For how many whole weeks a similar report counts after it was taken in, whatever became of it. Our choice; no rule says it.
pub const SIMILAR_WEEKS: i64 = 8;
/// For how many days after it was closed a visit stays on the phones of those who made it. Our choice.
pub const PULLED_DAYS: i64 = 30;
/// For how many days a phone is told what it has to forget: as long as writes are known again. Whoever stayed away longer begins
/// anew. Our choice.
pub const PULLED_GONE_DAYS: i64 = 90;
/// Most documents of one collection that a phone says to have. Our choice.
pub const PULLED_COMPARED: usize = 2_000;
/// How long a stream stays open at most, in seconds; then the phone comes again. Our choice.
pub const STREAM_SECONDS: i64 = 10 * 60;
/// After how many seconds a stream on which nothing happens says that it is there, before a proxy takes it for dead. Our
/// choice.
pub const STREAM_SILENCE_SECONDS: u64 = 12;
/// Most streams of one person; one more ends the oldest. Our choice.
pub const STREAMS_PER_PERSON: usize = 4;
/// Most streams of everybody on one server: as many as one question to the database names. Our choice.
pub const STREAMS: usize = 500;
/// Default and greatest page length of a list.
pub const PAGE: PageLimit = PageLimit {
    default: 20,
    most: 100,
};

/// How many items a list answers with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PageLimit {
    /// When the client does not say.
    pub default: u32,
    /// More than this is refused, not clamped.
    pub most: u32,
}
