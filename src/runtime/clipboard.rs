//! Copying by OSC 52: the text reaches the clipboard of the machine one sits at, through SSH.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Multiplexer {
    #[default]
    None,
    /// tmux, which passes a wrapped sequence on.
    Tmux,
    Screen,
}

impl Multiplexer {
    pub(crate) fn detect(tmux: Option<&str>, term: Option<&str>) -> Self {
        match (tmux, term) {
            (Some(socket), _) if !socket.is_empty() => Self::Tmux,
            (_, Some(term)) if term.starts_with("screen") => Self::Screen,
            _ => Self::None,
        }
    }
}

/// In bytes. tmux drops sequences of more than 1 MiB, and four thirds of it arrive there.
pub(super) const LARGEST_COPY: usize = 700_000;

/// screen takes at most 768 bytes in one passed-on string.
const SCREEN_CHUNK: usize = 700;

pub(crate) fn sequence(text: &str, multiplexer: Multiplexer) -> Vec<u8> {
    let osc = format!("\x1b]52;c;{}\x07", STANDARD.encode(text));
    match multiplexer {
        Multiplexer::None => osc.into_bytes(),
        // Both: tmux's own `set-clipboard` takes the plain one, `allow-passthrough` the wrapped one.
        Multiplexer::Tmux => format!("{osc}\x1bPtmux;{}\x1b\\", osc.replace('\x1b', "\x1b\x1b")).into_bytes(),
        Multiplexer::Screen => {
            let chunks = osc.as_bytes().chunks(SCREEN_CHUNK);
            chunks.flat_map(|chunk| [b"\x1bP".as_slice(), chunk, b"\x1b\\".as_slice()].concat()).collect()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_text_travels_encoded() {
        assert_eq!(sequence("444455556666", Multiplexer::None), b"\x1b]52;c;NDQ0NDU1NTU2NjY2\x07");
    }

    #[test]
    fn tmux_and_screen_are_told_to_pass_it_on() {
        let through_tmux = sequence("a", Multiplexer::Tmux);
        assert!(through_tmux.ends_with(b"\x1bPtmux;\x1b\x1b]52;c;YQ==\x07\x1b\\"));
        let through_screen = sequence(&"a".repeat(2000), Multiplexer::Screen);
        assert_eq!(through_screen.windows(2).filter(|pair| pair == b"\x1bP").count(), 4);
        assert_eq!(Multiplexer::detect(Some(""), Some("screen.xterm")), Multiplexer::Screen);
    }
}
