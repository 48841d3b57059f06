//! Proxies on loopback between the functions and the emulator. Each stands for one service, and can be out of order.

use std::io::{ErrorKind, Read as _, Write as _};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU16, AtomicU32, Ordering};
use std::time::Duration;

use anyhow::Result;

/// How soon an open connection notices an outage.
const LOOK: Duration = Duration::from_millis(100);
/// What a service answers that is not available. The SDK tries again, and then gives up.
const REFUSED: &[u8] =
    b"HTTP/1.1 503 Service Unavailable\r\ncontent-length: 0\r\nconnection: close\r\n\r\n";

/// One service, as functions reach it.
pub struct Proxy {
    /// Name of the service, as in the variable `AWS_ENDPOINT_URL_<NAME>`.
    pub variable: &'static str,
    port: u16,
    state: Arc<State>,
}

#[derive(Default)]
struct State {
    /// Port of the emulator; 0 until it is known.
    emulator: AtomicU16,
    out: AtomicBool,
    refused: AtomicU32,
}

impl Proxy {
    /// Listens on a free port, until this process ends. Refuses every request until it knows the emulator.
    pub fn open(variable: &'static str) -> Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0")?;
        let port = listener.local_addr()?.port();
        let state = Arc::new(State::default());
        let shared = Arc::clone(&state);
        std::thread::spawn(move || {
            for client in listener.incoming().flatten() {
                let state = Arc::clone(&shared);
                std::thread::spawn(move || state.serve(client));
            }
        });
        Ok(Self { variable, port, state })
    }

    /// The variable that leads functions here.
    pub fn env(&self) -> (&'static str, String) {
        (self.variable, format!("http://127.0.0.1:{}", self.port))
    }

    /// Passes requests on to the emulator.
    pub fn forward_to(&self, emulator: u16) {
        self.state.emulator.store(emulator, Ordering::SeqCst);
    }

    /// Refuses every request for some time, and ends those in progress. Returns how many were refused.
    pub fn fail_for(&self, time: Duration) -> u32 {
        let before = self.state.refused.load(Ordering::SeqCst);
        self.state.out.store(true, Ordering::SeqCst);
        std::thread::sleep(time);
        self.state.out.store(false, Ordering::SeqCst);
        self.state.refused.load(Ordering::SeqCst) - before
    }
}

impl State {
    fn is_out(&self) -> bool {
        self.out.load(Ordering::SeqCst)
    }

    fn refuse(&self, mut client: TcpStream) {
        self.refused.fetch_add(1, Ordering::SeqCst);
        client.set_read_timeout(Some(LOOK)).ok();
        // What is not read makes the connection end with a reset, which services that are out of order also do.
        let _first = client.read(&mut [0; 64 * 1024]);
        client.write_all(REFUSED).ok();
    }

    /// One connection. Errors end it, as they would anywhere.
    fn serve(&self, client: TcpStream) {
        let emulator = self.emulator.load(Ordering::SeqCst);
        let server = TcpStream::connect(("127.0.0.1", emulator)).ok();
        let Some(server) = server.filter(|_| emulator != 0 && !self.is_out()) else {
            return self.refuse(client);
        };
        let (Ok(client_too), Ok(server_too)) = (client.try_clone(), server.try_clone()) else {
            return;
        };
        std::thread::scope(|scope| {
            scope.spawn(|| self.copy(client_too, server_too));
            self.copy(server, client);
        });
    }

    /// Copies bytes until one side closes the connection or the service is out of order.
    fn copy(&self, mut from: TcpStream, mut to: TcpStream) {
        from.set_read_timeout(Some(LOOK)).ok();
        to.set_nodelay(true).ok();
        let mut buffer = [0; 64 * 1024];
        while !self.is_out() {
            match from.read(&mut buffer) {
                Ok(0) => break,
                Ok(n) => match buffer.get(..n).map(|bytes| to.write_all(bytes)) {
                    Some(Ok(())) => {}
                    _ => break,
                },
                Err(error)
                    if matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut) => {}
                Err(_) => break,
            }
        }
        if self.is_out() {
            self.refused.fetch_add(1, Ordering::SeqCst);
        }
        from.shutdown(Shutdown::Both).ok();
        to.shutdown(Shutdown::Both).ok();
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use std::io::{Read as _, Write as _};
    use std::net::{TcpListener, TcpStream};
    use std::sync::atomic::Ordering;

    use super::Proxy;

    /// A server that answers every line.
    fn server() -> u16 {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        std::thread::spawn(move || {
            for mut client in listener.incoming().flatten() {
                std::thread::spawn(move || {
                    let mut byte = [0; 1];
                    while client.read_exact(&mut byte).is_ok() {
                        client.write_all(&byte).unwrap();
                    }
                });
            }
        });
        port
    }

    fn answer(stream: &mut TcpStream) -> Option<u8> {
        let mut byte = [0; 1];
        stream.write_all(b"x").ok()?;
        stream.read_exact(&mut byte).ok()?;
        Some(byte[0])
    }

    #[test]
    fn a_proxy_passes_on_what_it_gets_unless_its_service_is_out_of_order() {
        let proxy = Proxy::open("AWS_ENDPOINT_URL_TEST").unwrap();
        let connect = || TcpStream::connect(("127.0.0.1", proxy.port)).unwrap();
        assert_eq!(answer(&mut connect()), Some(b'H'), "no emulator yet: 503");
        proxy.forward_to(server());
        let mut open = connect();
        assert_eq!((answer(&mut open), answer(&mut open)), (Some(b'x'), Some(b'x')));

        proxy.state.out.store(true, Ordering::SeqCst);
        assert_eq!(answer(&mut connect()), Some(b'H'));
        // A connection that is open does not survive: what it answers last is from before.
        while answer(&mut open).is_some() {}
        assert!(proxy.state.refused.load(Ordering::SeqCst) >= 3);

        proxy.state.out.store(false, Ordering::SeqCst);
        assert_eq!(answer(&mut connect()), Some(b'x'));
    }
}
