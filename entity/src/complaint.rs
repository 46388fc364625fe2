//! A consumer dispute. The particulars are sealed as one; the receipt code is a slow keyed hash.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "complaint")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub number: String,
    pub state: String,
    #[sea_orm(column_type = "Text")]
    pub state_json: String,
    #[sea_orm(column_type = "Text")]
    pub side_json: String,
    pub division: String,
    pub taken_in_by: String,
    pub merchant_id: Option<Uuid>,
    pub handler_id: Option<Uuid>,
    pub standing: String,
    pub particulars_sealed: Vec<u8>,
    pub receipt_key: String,
    pub receipt_shown_again_at: Option<DateTimeUtc>,
    pub received_at: DateTimeUtc,
    pub accepted_at: Option<DateTimeUtc>,
    pub version: i32,
    pub sent_on_by: Option<String>,
    pub city: Option<String>,
    pub province: Option<String>,
    pub queue_at: DateTimeUtc,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
