//! Every message and effect in the log at the level trace, so that a bug report can be replayed. Secrets stay out: the
//! `Debug` of their types hides them.

use std::fmt;

use crate::app::command::{CommandId, KeyContext, by_key};
use crate::app::effect::Effect;
use crate::app::key::Code;
use crate::app::msg::Msg;
use crate::app::shell::App;

/// In bytes: a listing can be megabytes.
const LONGEST: usize = 4096;

pub(super) fn message(app: &App, msg: &Msg) {
    tracing::trace!(place = ?app.place(), command = ?command(app, msg), "message: {}", Short(msg));
}

pub(super) fn effect(effect: &Effect) {
    tracing::trace!("effect: {}", Short(effect));
}

pub(super) fn start(start: &crate::app::start::Start) {
    tracing::trace!("start: {}", Short(start));
}

/// Not where a key can be part of a text, nor of a digit: somebody may type a one-time password before its dialog is
/// there.
fn command(app: &App, msg: &Msg) -> Option<CommandId> {
    let Msg::Key(key) = msg else { return None };
    let place = app.place();
    let takes_text = matches!(place, KeyContext::Filter | KeyContext::Dialog | KeyContext::Reader);
    let is_digit = matches!(key.code, Code::Char(c) if c.is_numeric());
    if takes_text || is_digit {
        return None;
    }
    by_key(app.keys(), place, *key).map(|command| command.id)
}

struct Short<'a, T>(&'a T);

impl<T: fmt::Debug> fmt::Display for Short<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = format!("{:?}", self.0);
        match text.get(..text.floor_char_boundary(LONGEST)) {
            Some(start) if start.len() < text.len() => write!(f, "{start}… ({} bytes)", text.len()),
            _ => f.write_str(&text),
        }
    }
}
