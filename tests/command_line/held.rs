//! A proxy before the emulator that holds back the second page of a list, until the test lets it pass.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex};

pub(crate) struct Held {
    pub(crate) url: String,
    let_pass: Sender<()>,
}

impl Held {
    /// Requests for `operation` that name a page are held back.
    pub(crate) fn before(to: &str, operation: &'static str) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let (let_pass, gate) = channel();
        let gate = Arc::new(Mutex::new(gate));
        let to = to.strip_prefix("http://").unwrap().to_owned();
        std::thread::spawn(move || {
            for stream in listener.incoming() {
                let (gate, to) = (Arc::clone(&gate), to.clone());
                std::thread::spawn(move || pass_on(stream.unwrap(), &to, operation, &gate));
            }
        });
        Self { url, let_pass }
    }

    /// Lets all pass from now on.
    pub(crate) fn open(self) {
        // Whoever waits on a gate that nobody holds goes on.
        drop(self.let_pass);
    }
}

fn pass_on(mut from: TcpStream, to: &str, operation: &str, gate: &Mutex<Receiver<()>>) {
    while let Some(request) = message(&mut from) {
        let text = String::from_utf8_lossy(&request);
        if text.contains(&format!(".{operation}\r\n")) && text.contains("NextToken") {
            let _ = gate.lock().unwrap().recv();
        }
        let mut there = TcpStream::connect(to).unwrap();
        there.write_all(&request).unwrap();
        let Some(answer) = message(&mut there) else { return };
        if from.write_all(&answer).is_err() {
            return;
        }
    }
}

/// Reads one message as it is; `None` at the end.
fn message(stream: &mut TcpStream) -> Option<Vec<u8>> {
    let (mut bytes, mut chunk) = (Vec::new(), [0; 4096]);
    loop {
        if let Some(end) = bytes.windows(4).position(|four| four == b"\r\n\r\n") {
            let head = String::from_utf8_lossy(&bytes[..end]).to_lowercase();
            let length = head.lines().find_map(|line| line.strip_prefix("content-length: "));
            let length: usize = length.and_then(|length| length.trim().parse().ok()).unwrap_or(0);
            if bytes.len() >= end + 4 + length {
                return Some(bytes);
            }
        }
        let read = stream.read(&mut chunk).ok().filter(|read| *read > 0)?;
        bytes.extend_from_slice(&chunk[..read]);
    }
}
