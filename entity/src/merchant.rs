//! An operator under supervision.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "merchant")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub code: String,
    pub venue: String,
    pub name_zh: String,
    pub name_en: String,
    pub credit_code: Option<String>,
    pub division: String,
    pub address: String,
    pub latitude: Option<f64>,
    pub longitude: Option<f64>,
    pub market_id: Option<Uuid>,
    pub stall_no: Option<String>,
    pub opened_on: Date,
    pub commitment_signed_on: Option<Date>,
    pub commitment_valid_to: Option<Date>,
    pub name_key: Option<String>,
    pub city: Option<String>,
    pub province: Option<String>,
    pub ended_on: Option<Date>,
    pub end_reason: Option<String>,
    pub successor_id: Option<Uuid>,
    pub version: i32,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
