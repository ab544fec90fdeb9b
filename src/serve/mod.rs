//! The pages of a run, live: editors put right what they see, and a CMS has the
//! same pipeline over HTTP.
//!
//! What editors say goes to the memory, the ledger of names or the desk's glossary,
//! with who said it and when; the article is done again at once, or by the next run
//! where one is at work with the state file (`pipeline`). A change names the
//! version of what it changes: nobody overwrites what they have not seen (`act`).
//! Who may ask at all is decided in one place (`guard`).

mod act;
mod answer;
mod api;
mod desk;
mod guard;
mod judge;
mod live;
mod pages;
mod pipeline;
mod routes;
mod view;

#[cfg(test)]
mod tests;

use std::sync::Arc;

use tokio::net::TcpListener;

pub use desk::{Desk, DeskError};
pub use guard::{Access, LEAST_TOKEN};

use guard::Guard;

/// What every request sees.
pub(crate) struct Server {
    desk: Arc<Desk>,
    guard: Guard,
}

/// Serves `desk` on `listener` until `end` is ready and what was under way then is
/// answered.
///
/// # Errors
/// When the listener fails.
pub async fn serve(
    listener: TcpListener,
    desk: Desk,
    access: &Access,
    end: impl Future<Output = ()> + Send + 'static,
) -> std::io::Result<()> {
    let server = Arc::new(Server {
        desk: Arc::new(desk),
        guard: Guard::new(access)?,
    });
    axum::serve(listener, routes::router(server))
        .with_graceful_shutdown(end)
        .await
}
