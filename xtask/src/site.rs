//! A small static file server for `dist/`, on this machine only.
//!
//! Knows no caching, no ranges and no uploads: it is for a person trying the app and for the tests.

use std::fs;
use std::io::{self, BufRead as _, BufReader, Write as _};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::thread;
use std::time::Duration;

/// A folder that is being served.
pub struct Site {
    listener: TcpListener,
    folder: PathBuf,
}

impl Site {
    /// Takes the port; 0 takes any free one.
    pub fn bind(folder: impl Into<PathBuf>, port: u16) -> io::Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port))?;
        Ok(Self { listener, folder: folder.into() })
    }

    /// The address to open.
    pub fn address(&self) -> io::Result<String> {
        Ok(format!("http://{}/", self.listener.local_addr()?))
    }

    /// Answers requests until the process ends.
    pub fn run(&self) {
        for stream in self.listener.incoming().flatten() {
            let folder = self.folder.clone();
            thread::spawn(move || {
                // A browser that hangs up early is no concern of ours.
                let _ = answer(&stream, &folder);
            });
        }
    }
}

fn answer(mut stream: &TcpStream, folder: &Path) -> io::Result<()> {
    stream.set_read_timeout(Some(Duration::from_secs(10)))?;
    let mut lines = BufReader::new(stream).lines();
    let request = lines.next().transpose()?.unwrap_or_default();
    for line in lines {
        if line?.is_empty() {
            break;
        }
    }
    let mut words = request.split(' ');
    let (method, target) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
    let file = file_for(target).map(|path| folder.join(path));
    let found = file.and_then(|path| Some((fs::read(&path).ok()?, media_type(&path))));
    let (status, body, media) = match (method, found) {
        ("GET" | "HEAD", Some((body, media))) => ("200 OK", body, media),
        ("GET" | "HEAD", None) => ("404 Not Found", b"Not found\n".to_vec(), "text/plain"),
        _ => ("405 Method Not Allowed", b"Only GET\n".to_vec(), "text/plain"),
    };
    write!(
        stream,
        "HTTP/1.1 {status}\r\nContent-Type: {media}\r\nContent-Length: {}\r\n\
         Cache-Control: no-cache\r\nX-Content-Type-Options: nosniff\r\nConnection: close\r\n\r\n",
        body.len()
    )?;
    if method != "HEAD" {
        stream.write_all(&body)?;
    }
    stream.flush()
}

/// The file a request names, relative to the folder; nothing outside it can be named.
fn file_for(target: &str) -> Option<PathBuf> {
    let path = target.split(['?', '#']).next()?.strip_prefix('/')?;
    let plain = |c: char| c.is_ascii_alphanumeric() || "-_.".contains(c);
    let mut file = PathBuf::new();
    for part in path.split('/').filter(|part| !part.is_empty()) {
        if part.starts_with('.') || !part.chars().all(plain) {
            return None;
        }
        file.push(part);
    }
    if path.is_empty() || path.ends_with('/') {
        file.push("index.html");
    }
    Some(file)
}

fn media_type(file: &Path) -> &'static str {
    match file.extension().and_then(|extension| extension.to_str()) {
        Some("html") => "text/html; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("json" | "webmanifest") => "application/json",
        Some("wasm") => "application/wasm",
        Some("svg") => "image/svg+xml",
        Some("png") => "image/png",
        Some("woff2") => "font/woff2",
        Some("txt" | "md") => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_request_names_a_file_in_the_folder() {
        assert_eq!(file_for("/"), Some(PathBuf::from("index.html")));
        assert_eq!(file_for("/variorum.js?x=1"), Some(PathBuf::from("variorum.js")));
        assert_eq!(file_for("/a/"), Some(PathBuf::from("a/index.html")));
    }

    #[test]
    fn nothing_outside_the_folder_can_be_named() {
        for target in ["/../Cargo.toml", "/a/../../b", "/.git/config", "/%2e%2e/x", "/c:\\x", "x"] {
            assert_eq!(file_for(target), None, "{target}");
        }
    }
}
