//! A tip-off. The contact is sealed; the receipt code is a keyed hash.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "report")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub number: String,
    pub state: String,
    #[sea_orm(column_type = "Text")]
    pub progress: String,
    pub unit: String,
    pub dispatched_from: Option<String>,
    pub merchant_id: Option<Uuid>,
    pub party: String,
    pub division: String,
    pub place: String,
    pub latitude: Option<f64>,
    pub longitude: Option<f64>,
    pub accuracy_m: Option<f64>,
    pub occurred_at: DateTimeUtc,
    pub goods: String,
    pub unit_price: String,
    pub settled_g: String,
    pub checked_g: String,
    #[sea_orm(column_type = "Text")]
    pub narrative: String,
    pub words_key: Option<String>,
    pub receipt_key: String,
    pub follows: Option<Uuid>,
    pub received_at: DateTimeUtc,
    pub accepted_by: Option<Uuid>,
    pub accepted_at: Option<DateTimeUtc>,
    pub case_id: Option<Uuid>,
    pub version: i32,
    pub city: Option<String>,
    pub province: Option<String>,
    pub queue_at: DateTimeUtc,
    pub receipt_shown_again_at: Option<DateTimeUtc>,
    pub found_in: Option<Uuid>,
    pub found_on_visit: Option<Uuid>,
    pub found_on: Option<Date>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
