//! The URLs of queues.

use crate::emulator::world::queues::Queue;
use crate::emulator::{Service, World};

/// In place of `https://sqs.REGION.amazonaws.com/ACCOUNT/NAME`. SDKs send requests to their endpoint, with the URL in
/// the body; one that sends them to the URL stays on this machine, too.
pub(super) fn url(world: &World, queue: &Queue) -> String {
    let host = world.host(Service::Sqs, &queue.region);
    format!("http://{host}/{}/{}", queue.account, queue.name)
}
