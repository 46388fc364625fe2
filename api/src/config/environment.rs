//! What the environment may say.

/// The variables that are read from the environment, each with what it sets.
pub const ENVIRONMENT: [(&str, &str); 24] = [
    ("LIANGXIN_LISTEN", "address and port to listen on"),
    (
        "LIANGXIN_DATA",
        "directory of the embedded database, objects, mail and keys",
    ),
    ("DATABASE_URL", "PostgreSQL instead of the embedded SQLite"),
    (
        "S3_BUCKET",
        "bucket of an S3 service instead of a directory",
    ),
    (
        "S3_ENDPOINT",
        "URL of the S3 service, if it is not Amazon's",
    ),
    (
        "S3_PUBLIC_ENDPOINT",
        "URL at which browsers fetch opened originals from the S3 service",
    ),
    ("S3_REGION", "region of the bucket"),
    ("AWS_ACCESS_KEY_ID", "access key of the S3 service"),
    ("AWS_SECRET_ACCESS_KEY", "secret key of the S3 service"),
    ("SMTP_URL", "mail server instead of a folder of .eml files"),
    ("LIANGXIN_MAIL_FROM", "sender of mail"),
    (
        "LIANGXIN_MAIL_DAYS",
        "days for which a folder keeps the mails that were sent",
    ),
    (
        "LIANGXIN_KEYS",
        "directory of the signing keys; replicas share it",
    ),
    (
        "LIANGXIN_IDENTITY_KEY",
        "public age key (age1...) to which real names are sealed",
    ),
    ("LIANGXIN_PUBLIC_URL", "how the outside reaches the server"),
    (
        "LIANGXIN_TRUSTED_PROXIES",
        "networks of the proxies whose X-Forwarded-For counts",
    ),
    (
        "LIANGXIN_DISK_RESERVE",
        "megabytes of the disk that photos must leave free",
    ),
    (
        "LIANGXIN_UNACCEPTED_PHOTOS",
        "gigabytes of photos of reports that nobody took in",
    ),
    (
        "LIANGXIN_SECOND_FACTOR",
        "optional, or required for heads, reward officers and administrators",
    ),
    (
        "LIANGXIN_SETTLING_DAYS",
        "days for which an account that was given its access is nobody's second person",
    ),
    (
        "LIANGXIN_RULES",
        "directory of measurement rules that replace or join the built-in ones",
    ),
    (
        "LIANGXIN_LAW",
        "directory of law files that replace the built-in ones of the same name",
    ),
    (
        "LIANGXIN_PAPER_FONT",
        "file of the typeface with which papers are written as PDF",
    ),
    ("LIANGXIN_MODE", "production or development"),
];
