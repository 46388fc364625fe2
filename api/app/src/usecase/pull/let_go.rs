//! The look at what phones hold that time asks for.

use crate::{
    app::App,
    error::AppError,
    store::phone_documents::{come_here, forget, list_over},
    work::Touched,
};
use liangxin_domain::{actor::Actor, id::VisitId};

/// As many visits are looked up at once.
const TOGETHER: u64 = 100;

/// Tells phones of visits whose time there is over, and forgets what they were told long ago.
pub async fn let_go(app: &App) -> Result<(), AppError> {
    come_here(&app.db).await?;
    let mut behind = None;
    loop {
        let over = list_over(&app.db, app.now(), (behind, TOGETHER)).await?;
        if over.is_empty() {
            break;
        }
        behind = over.last().copied();
        for visit in over {
            match tell(app, visit).await {
                // One that cannot be read stays where it is, and keeps none of the others there.
                Err(error @ AppError::Internal { .. }) => error.log(),
                told => told?,
            }
        }
    }
    forget(&app.db, app.now()).await
}

async fn tell(app: &App, visit: VisitId) -> Result<(), AppError> {
    let work = app.work(&Actor::System).await?;
    work.touch(Touched::Visit(visit));
    work.commit().await
}
