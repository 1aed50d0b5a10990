//! A request, with the world it is about.

use crate::emulator::callers::Caller;
use crate::emulator::wire::Input;
use crate::emulator::world::World;

pub(super) struct Request<'a> {
    pub(super) world: &'a mut World,
    pub(super) caller: &'a Caller,
    pub(super) operation: &'a str,
    pub(super) input: &'a Input,
}
