//! Frames go to the terminal from a thread of their own, so that a stalled line stalls nothing else. Meanwhile no other
//! is drawn.

use std::io;
use std::sync::mpsc as blocking;
use std::thread;
use std::time::Duration;

use tokio::sync::mpsc;

use super::terminal::write_all;

#[derive(Debug)]
pub(super) struct FrameWriter {
    frames: Option<blocking::SyncSender<Vec<u8>>>,
    written: mpsc::UnboundedReceiver<io::Result<()>>,
    in_progress: bool,
}

impl FrameWriter {
    pub(super) fn start() -> io::Result<Self> {
        let (frames, queue) = blocking::sync_channel::<Vec<u8>>(1);
        let (done, written) = mpsc::unbounded_channel();
        thread::Builder::new().name("frames".to_owned()).spawn(move || {
            for frame in queue {
                if done.send(write_all(&frame)).is_err() {
                    return;
                }
            }
        })?;
        Ok(Self { frames: Some(frames), written, in_progress: false })
    }

    pub(super) fn is_busy(&self) -> bool {
        self.in_progress
    }

    pub(super) fn send(&mut self, frame: Vec<u8>) -> io::Result<()> {
        let sent = self.frames.as_ref().is_some_and(|frames| frames.try_send(frame).is_ok());
        if !sent {
            return Err(io::ErrorKind::BrokenPipe.into());
        }
        self.in_progress = true;
        Ok(())
    }

    /// Waits forever if no frame is on its way.
    pub(super) async fn written(&mut self) -> io::Result<()> {
        if !self.in_progress {
            return std::future::pending().await;
        }
        let result = self.written.recv().await.unwrap_or_else(|| Err(io::ErrorKind::BrokenPipe.into()));
        self.in_progress = false;
        result
    }

    pub(super) async fn flush(&mut self, most: Duration) {
        if self.in_progress {
            tokio::time::timeout(most, self.written()).await.ok();
        }
    }
}
