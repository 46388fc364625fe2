//! The look at what phones hold that time asks for.

use crate::{
    app::App,
    error::AppError,
    store::phone_documents::{come_here, forget, list_over},
    work::Touched,
};
use liangxin_domain::actor::Actor;

/// As many visits leave phones in one work.
const TOGETHER: u64 = 100;

/// Tells phones of visits whose time there is over, and forgets what they were told long ago.
pub async fn let_go(app: &App) -> Result<(), AppError> {
    come_here(&app.db).await?;
    loop {
        let over = list_over(&app.db, app.now(), TOGETHER).await?;
        if over.is_empty() {
            break;
        }
        let work = app.work(&Actor::System).await?;
        for visit in over {
            work.touch(Touched::Visit(visit));
        }
        work.commit().await?;
    }
    forget(&app.db, app.now()).await
}
