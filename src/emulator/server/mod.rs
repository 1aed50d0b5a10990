//! The HTTP side: one request in, one answer out, or none.

mod control;
mod guard;
mod line;
mod shared;
mod worlds;

use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::extract::{ConnectInfo, Request, State};
use axum::http::Response;
use tokio::sync::oneshot;

use super::{Signed, wire};
use line::{Line, Listener};

pub(crate) use line::bind;
pub(crate) use shared::Shared;

/// No request of these services comes near it.
const LARGEST_BODY: usize = 1 << 20;

/// Until the other end of `stopped` is dropped.
pub(crate) async fn run(listener: Listener, shared: Arc<Shared>, stopped: oneshot::Receiver<()>) {
    let router = Router::new().fallback(answer).with_state(shared);
    let service = router.into_make_service_with_connect_info::<Line>();
    let stopped = async {
        let _ = stopped.await;
    };
    let served = axum::serve(listener, service).with_graceful_shutdown(stopped).await;
    if let Err(error) = served {
        tracing::error!(%error, "emulator stopped");
    }
}

async fn answer(
    State(shared): State<Arc<Shared>>,
    ConnectInfo(line): ConnectInfo<Line>,
    request: Request,
) -> Response<Body> {
    let (head, body) = request.into_parts();
    if !guard::is_from_here(&head) {
        return control::refused();
    }
    if control::is_for(&head) {
        return control::answer(&shared, &head);
    }
    let Ok(body) = axum::body::to_bytes(body, LARGEST_BODY).await else {
        line.cut();
        return Response::default();
    };
    let incoming = wire::read(&head, &body);
    if let Some(reply) = shared.serve(&incoming, Signed { head: &head, body: &body }).await {
        reply.into_response()
    } else {
        line.cut();
        Response::default()
    }
}
