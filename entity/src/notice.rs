//! A paper that was issued. The content is written once; the names on it are sealed.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "notice")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub paper: String,
    pub number: String,
    pub subject_kind: String,
    pub subject_id: Uuid,
    pub division: String,
    pub recipient_kind: String,
    pub recipient_id: Option<Uuid>,
    #[sea_orm(column_type = "Text")]
    pub content: String,
    pub sealed: Option<Vec<u8>>,
    pub digest: String,
    pub issued_by: Option<Uuid>,
    pub issued_at: DateTimeUtc,
    pub served_channel: Option<String>,
    pub served_at: Option<DateTimeUtc>,
    #[sea_orm(column_type = "Text")]
    pub served_proof: Option<String>,
    pub served_proof_sha256: Option<String>,
    pub served_by: Option<Uuid>,
    pub served_noted_at: Option<DateTimeUtc>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
