//! A provider that speaks HTTP by hand, so that it can break every rule.

use std::collections::HashMap;
use std::io::Write;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, LazyLock, Mutex};
use std::time::Duration;

use flate2::Compression;
use flate2::write::{GzEncoder, ZlibEncoder};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

/// As much as the platform reads itself, and a little more.
pub const TOO_LONG: usize = 33 * 1024 * 1024;
/// Between two bytes of an answer that drips: shorter than any silence that is too long.
const DRIP: Duration = Duration::from_millis(250);

/// What it sends.
pub enum Answer {
    /// These bytes; the connection stays.
    Bytes(Vec<u8>),
    /// These bytes, and then it closes.
    Last(Vec<u8>),
    /// Nothing, ever.
    Silence,
    /// A body without an end.
    Endless,
    /// A body of one byte now and then.
    Drip,
}

/// A path and what is answered there.
pub type Path = (&'static str, fn() -> Answer);

/// So many zeros, packed in three ways.
static BOMBS: LazyLock<[Vec<u8>; 3]> = LazyLock::new(|| {
    let zeros = vec![0; TOO_LONG];
    let (mut gzip, mut deflate) =
        (GzEncoder::new(Vec::new(), Compression::fast()), ZlibEncoder::new(Vec::new(), Compression::fast()));
    gzip.write_all(&zeros).unwrap();
    deflate.write_all(&zeros).unwrap();
    let mut brotli = brotli::CompressorWriter::new(Vec::new(), 4096, 1, 22);
    brotli.write_all(&zeros).unwrap();
    [gzip.finish().unwrap(), deflate.finish().unwrap(), brotli.into_inner()]
});

/// Answers that are longer than anybody should read.
pub const BOUNDLESS: &[Path] = &[
    ("/huge", || with("", &vec![b' '; TOO_LONG])),
    ("/endless", || Answer::Endless),
    ("/bomb-gzip", || with("content-encoding: gzip\r\n", &BOMBS[0])),
    ("/bomb-deflate", || with("content-encoding: deflate\r\n", &BOMBS[1])),
    ("/bomb-brotli", || with("content-encoding: br\r\n", &BOMBS[2])),
];

/// Answers that are none.
pub const BROKEN: &[Path] = &[
    ("/short", || last("content-length: 100\r\n", b"{}")),
    ("/claims", || last("content-length: 9223372036854775807\r\n", b"{}")),
    ("/overflows", || last("content-length: 99999999999999999999999\r\n", b"{}")),
    ("/negative", || last("content-length: -2\r\n", b"{}")),
    ("/two-lengths", || last("content-length: 2\r\ncontent-length: 1\r\n", b"{}")),
    ("/chunk", || last("transfer-encoding: chunked\r\n", b"zz\r\n{}\r\n0\r\n\r\n")),
    ("/unfinished", || last("transfer-encoding: chunked\r\n", b"2\r\n{}\r\n")),
    ("/garbage", || Answer::Last(b"no HTTP at all\r\n\r\n".to_vec())),
    ("/folded", || last("content-length: 2\r\nx-a\r\n b: c\r\n", b"{}")),
    ("/heads", || {
        let mut head = Vec::new();
        (0..200_000).for_each(|number| writeln!(head, "x-{number}: 1\r").unwrap());
        last(std::str::from_utf8(&head).unwrap(), b"")
    }),
    ("/half-gzip", || last("content-encoding: gzip\r\ncontent-length: 4\r\n", b"\x1f\x8b\x08\x00")),
    ("/no-gzip", || last("content-encoding: gzip\r\ncontent-length: 2\r\n", b"{}")),
];

/// Answers that do not come to an end.
pub const SILENT: &[Path] = &[
    ("/never", || Answer::Silence),
    ("/stops", || Answer::Bytes(b"HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\n{".to_vec())),
    ("/drips", || Answer::Drip),
];

/// An answer with this body, of the right length.
fn with(head: &str, body: &[u8]) -> Answer {
    let head = format!("HTTP/1.1 200 OK\r\n{head}content-length: {}\r\n\r\n", body.len());
    Answer::Bytes([head.as_bytes(), body].concat())
}

fn last(head: &str, body: &[u8]) -> Answer {
    Answer::Last([format!("HTTP/1.1 200 OK\r\n{head}\r\n").as_bytes(), body].concat())
}

/// The provider. It keeps connections open.
pub struct Raw {
    pub address: String,
    pub connections: Arc<AtomicUsize>,
    requests: Arc<Mutex<HashMap<String, usize>>>,
    heads: Arc<Mutex<Vec<String>>>,
}

impl Raw {
    pub async fn start(paths: &[Path]) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let new = Self::at(format!("http://{}", listener.local_addr().unwrap()));
        let (opened, counted, heads) = (new.connections.clone(), new.requests.clone(), new.heads.clone());
        let paths: Arc<[Path]> = paths.into();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                opened.fetch_add(1, Ordering::SeqCst);
                tokio::spawn(serve(stream, paths.clone(), counted.clone(), heads.clone()));
            }
        });
        new
    }

    /// One that somebody else runs at this address.
    pub fn at(address: String) -> Self {
        Self { address, connections: Arc::default(), requests: Arc::default(), heads: Arc::default() }
    }

    /// How many requests came for a path.
    pub fn count(&self, path: &str) -> usize {
        self.requests.lock().unwrap().get(path).copied().unwrap_or_default()
    }

    /// The head of the last request, as it came, in lower case.
    pub fn last_head(&self) -> String {
        self.heads.lock().unwrap().last().cloned().unwrap_or_default()
    }
}

async fn serve(
    mut stream: TcpStream,
    paths: Arc<[Path]>,
    counted: Arc<Mutex<HashMap<String, usize>>>,
    heads: Arc<Mutex<Vec<String>>>,
) {
    let mut read = Vec::new();
    loop {
        let mut chunk = [0; 16 * 1024];
        let end = loop {
            if let Some(at) = read.windows(4).position(|four| four == b"\r\n\r\n") {
                break at + 4;
            }
            match stream.read(&mut chunk).await {
                Ok(0) | Err(_) => return,
                Ok(count) => read.extend_from_slice(&chunk[..count]),
            }
        };
        let head = String::from_utf8_lossy(&read[..end]).to_ascii_lowercase();
        let length = head.split("content-length: ").nth(1).and_then(|rest| rest.split('\r').next()?.parse().ok());
        let whole = end + length.unwrap_or(0usize);
        while read.len() < whole {
            match stream.read(&mut chunk).await {
                Ok(0) | Err(_) => return,
                Ok(count) => read.extend_from_slice(&chunk[..count]),
            }
        }
        read.drain(..whole);
        let path = head.split(' ').nth(1).unwrap_or_default().to_owned();
        heads.lock().unwrap().push(head);
        *counted.lock().unwrap().entry(path.clone()).or_default() += 1;
        let answer = paths.iter().find(|(known, _)| *known == path).map_or_else(|| with("", b"{}"), |(_, make)| make());
        match answer {
            Answer::Bytes(bytes) => {
                if stream.write_all(&bytes).await.is_err() {
                    return;
                }
            }
            Answer::Last(bytes) => {
                let _ = stream.write_all(&bytes).await;
                return;
            }
            Answer::Silence => std::future::pending::<()>().await,
            Answer::Endless => {
                let _ = stream.write_all(b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n").await;
                let part = [b"10000\r\n".as_slice(), &[b' '; 0x10000], b"\r\n"].concat();
                while stream.write_all(&part).await.is_ok() {}
                return;
            }
            Answer::Drip => {
                let _ = stream.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 1000000\r\n\r\n").await;
                let mut due = tokio::time::interval(DRIP);
                while stream.write_all(b" ").await.is_ok() {
                    due.tick().await;
                }
                return;
            }
        }
    }
}
