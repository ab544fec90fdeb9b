//! A wire between a worker and a server, which can be cut.

use std::io::{ErrorKind, Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::sync::atomic::{AtomicU8, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

/// What a wire does.
const CARRIES: u8 = 0;
/// Nothing arrives, and nobody is told: a cable that was pulled.
const HOLDS: u8 = 1;
/// Connections break, and none is made: a machine that was switched off.
const REFUSES: u8 = 2;

/// A wire to a port of this machine. Connections end with the test.
pub(crate) struct Wire {
    port: u16,
    does: Arc<AtomicU8>,
    ends: Arc<Mutex<Vec<TcpStream>>>,
}

impl Wire {
    pub(crate) fn to(far: u16) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let wire = Self {
            port: listener.local_addr().unwrap().port(),
            does: Arc::default(),
            ends: Arc::default(),
        };
        let (does, ends) = (Arc::clone(&wire.does), Arc::clone(&wire.ends));
        std::thread::spawn(move || {
            for near in listener.incoming().flatten() {
                if does.load(Ordering::SeqCst) == REFUSES {
                    continue;
                }
                let Ok(far) = TcpStream::connect(("127.0.0.1", far)) else {
                    continue;
                };
                for (from, to) in [(&near, &far), (&far, &near)] {
                    let (from, to) = (from.try_clone().unwrap(), to.try_clone().unwrap());
                    let does = Arc::clone(&does);
                    std::thread::spawn(move || carry(from, to, &does));
                }
                ends.lock().unwrap().extend([near, far]);
            }
        });
        wire
    }

    pub(crate) fn url(&self) -> String {
        format!("nats://127.0.0.1:{}", self.port)
    }

    /// Has everything wait on its way.
    pub(crate) fn hold(&self) {
        self.does.store(HOLDS, Ordering::SeqCst);
    }

    /// Breaks what is connected, and lets nobody connect.
    pub(crate) fn refuse(&self) {
        self.does.store(REFUSES, Ordering::SeqCst);
        for end in self.ends.lock().unwrap().drain(..) {
            let _ = end.shutdown(Shutdown::Both);
        }
    }

    /// Has everything arrive again.
    pub(crate) fn mend(&self) {
        self.does.store(CARRIES, Ordering::SeqCst);
    }
}

fn carry(mut from: TcpStream, mut to: TcpStream, does: &AtomicU8) {
    let mut bytes = [0; 1 << 14];
    loop {
        let count = match from.read(&mut bytes) {
            Ok(0) => break,
            Ok(count) => count,
            Err(error) if error.kind() == ErrorKind::Interrupted => continue,
            Err(_) => break,
        };
        while does.load(Ordering::SeqCst) == HOLDS {
            std::thread::sleep(Duration::from_millis(5));
        }
        if to.write_all(&bytes[..count]).is_err() {
            break;
        }
    }
    let _ = to.shutdown(Shutdown::Both);
}
