//! An original photo: declared by a phone, then durably held.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "photo")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub report_id: Option<Uuid>,
    pub visit_id: Option<Uuid>,
    pub kind: String,
    pub sha256: String,
    pub size_bytes: i64,
    pub declared_at: DateTimeUtc,
    pub stored_at: Option<DateTimeUtc>,
    pub format: Option<String>,
    pub width: Option<i32>,
    pub height: Option<i32>,
    pub taken_at: Option<DateTimeUtc>,
    pub latitude: Option<f64>,
    pub longitude: Option<f64>,
    pub place_told: bool,
    pub withdrawn_at: Option<DateTimeUtc>,
    pub withdrawn_by: Option<Uuid>,
    pub withdrawn_reason: Option<String>,
    pub parked_because: Option<String>,
    pub parked_for: Option<Uuid>,
    pub accuracy_m: Option<f64>,
    pub copy: Option<String>,
    pub found: Option<String>,
    pub is_blank: Option<bool>,
    pub frequencies: Option<i64>,
    pub fields: Option<i64>,
    pub band_first: Option<i32>,
    pub band_second: Option<i32>,
    pub band_third: Option<i32>,
    pub band_fourth: Option<i32>,
    pub capture: Option<String>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
