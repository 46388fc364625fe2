//! An on-site inspection.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "visit")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub report_id: Option<Uuid>,
    pub origin: String,
    pub origin_id: Option<Uuid>,
    pub about: Option<String>,
    pub merchant_id: Uuid,
    pub division: String,
    pub state: String,
    pub dispatched_at: DateTimeUtc,
    pub dispatched_by: Uuid,
    pub check_in_at: Option<DateTimeUtc>,
    pub check_in_received_at: Option<DateTimeUtc>,
    pub check_in_latitude: Option<f64>,
    pub check_in_longitude: Option<f64>,
    pub check_in_accuracy_m: Option<f64>,
    pub check_in_by: Option<Uuid>,
    pub signed_name: Option<String>,
    pub signature_photo_id: Option<Uuid>,
    pub unsigned_reason: Option<String>,
    pub submitted_at: Option<DateTimeUtc>,
    pub former_teams: Option<String>,
    pub signings: Option<String>,
    pub reopenings: Option<String>,
    pub version: i32,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
