//! The little of HTTP/1.1 that a static host needs: GET and HEAD over connections that are kept.
//!
//! Each connection has a thread of its own. A pool with fewer threads than a browser opens
//! connections leaves a request without an answer for as long as the others are kept, and with it
//! the page without its program.

use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::Arc;
use std::thread::{self, JoinHandle};
use std::time::Duration;

/// Longest head of a request, in bytes; browsers stay far below.
const HEAD_MAX: u64 = 64 * 1024;
/// How long a kept connection may be silent; browsers open another one without a word.
const IDLE: Duration = Duration::from_secs(300);

/// The head of a request.
#[derive(Debug, PartialEq, Eq)]
pub struct Request {
    pub method: String,
    /// Path and query, as they were sent.
    pub target: String,
    headers: Vec<(String, String)>,
    keeps: bool,
}

impl Request {
    /// The value of a header, whatever the case of its name.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(each, _)| each.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str())
    }

    /// Whether a body follows. It is not read, so the connection cannot go on after it.
    fn has_body(&self) -> bool {
        self.header("Transfer-Encoding").is_some() || self.header("Content-Length").is_some_and(|length| length != "0")
    }
}

/// An answer.
#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    pub headers: Vec<(&'static str, String)>,
    pub body: Vec<u8>,
}

/// Answers every connection of a listener, for as long as the program runs.
pub fn answer_all(
    listener: TcpListener,
    answer: impl Fn(&Request) -> Answer + Send + Sync + 'static,
) -> JoinHandle<()> {
    let answer = Arc::new(answer);
    thread::spawn(move || {
        for stream in listener.incoming() {
            // One that was given up before it was taken is no fault of the host.
            let Ok(stream) = stream else { continue };
            let answer = Arc::clone(&answer);
            thread::spawn(move || {
                // A page that was closed while loading is no fault either.
                let _gone = converse(&stream, answer.as_ref());
            });
        }
    })
}

/// Answers the requests of one connection, one after another.
fn converse(stream: &TcpStream, answer: &dyn Fn(&Request) -> Answer) -> io::Result<()> {
    stream.set_nodelay(true)?;
    stream.set_read_timeout(Some(IDLE))?;
    let mut reader = BufReader::new(stream);
    loop {
        let mut head = (&mut reader).take(HEAD_MAX);
        let Some(request) = read(&mut head)? else { return Ok(()) };
        let keeps = request.keeps && !request.has_body();
        write(&mut &*stream, &answer(&request), request.method == "HEAD", keeps)?;
        if !keeps {
            return Ok(());
        }
    }
}

/// Reads the head of a request; `None` when the connection ended instead.
fn read(reader: &mut impl BufRead) -> io::Result<Option<Request>> {
    let Some(first) = line(reader)? else { return Ok(None) };
    let mut parts = first.split(' ');
    let (Some(method), Some(target), Some(version), None) = (parts.next(), parts.next(), parts.next(), parts.next())
    else {
        return Err(io::ErrorKind::InvalidData.into());
    };
    let mut headers = Vec::new();
    loop {
        let line = line(reader)?.ok_or(io::ErrorKind::UnexpectedEof)?;
        if line.is_empty() {
            break;
        }
        let (name, value) = line.split_once(':').ok_or(io::ErrorKind::InvalidData)?;
        headers.push((name.to_owned(), value.trim().to_owned()));
    }
    let mut request = Request { method: method.to_owned(), target: target.to_owned(), headers, keeps: false };
    let closes = request.header("Connection").is_some_and(|value| value.eq_ignore_ascii_case("close"));
    request.keeps = version == "HTTP/1.1" && !closes;
    Ok(Some(request))
}

fn line(reader: &mut impl BufRead) -> io::Result<Option<String>> {
    let mut line = String::new();
    if reader.read_line(&mut line)? == 0 {
        return Ok(None);
    }
    let whole = line.strip_suffix('\n').ok_or(io::ErrorKind::UnexpectedEof)?;
    Ok(Some(whole.trim_end_matches('\r').to_owned()))
}

fn write(to: &mut impl Write, answer: &Answer, head_only: bool, keeps: bool) -> io::Result<()> {
    let Answer { status, headers, body } = answer;
    let mut text = format!("HTTP/1.1 {status} {}\r\n", reason(*status));
    for (name, value) in headers {
        text.push_str(&format!("{name}: {value}\r\n"));
    }
    if *status != 304 {
        text.push_str(&format!("Content-Length: {}\r\n", body.len()));
    }
    text.push_str(if keeps { "Connection: keep-alive\r\n\r\n" } else { "Connection: close\r\n\r\n" });
    // Head and body go in one piece, so that a small file takes one packet.
    let mut bytes = text.into_bytes();
    if !head_only && *status != 304 {
        bytes.extend_from_slice(body);
    }
    to.write_all(&bytes)?;
    to.flush()
}

fn reason(status: u16) -> &'static str {
    match status {
        200 => "OK",
        304 => "Not Modified",
        404 => "Not Found",
        405 => "Method Not Allowed",
        _ => "",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn host() -> io::Result<std::net::SocketAddr> {
        let listener = TcpListener::bind(("127.0.0.1", 0))?;
        let address = listener.local_addr()?;
        let echo = |request: &Request| Answer {
            status: 200,
            headers: vec![("X-Asked", request.header("x-word").unwrap_or_default().to_owned())],
            body: request.target.clone().into_bytes(),
        };
        let _serving = answer_all(listener, echo);
        Ok(address)
    }

    /// Sends a request over a connection and reads its answer, which is as long as it says.
    fn ask(stream: &mut BufReader<TcpStream>, request: &str) -> io::Result<(Vec<String>, String)> {
        stream.get_mut().write_all(request.as_bytes())?;
        let mut head = Vec::new();
        while let Some(line) = line(stream)?.filter(|line| !line.is_empty()) {
            head.push(line);
        }
        let length = head.iter().find_map(|line| line.strip_prefix("Content-Length: ")?.parse().ok()).unwrap_or(0);
        let mut body = vec![0; if request.starts_with("HEAD") { 0 } else { length }];
        stream.read_exact(&mut body)?;
        Ok((head, String::from_utf8_lossy(&body).into_owned()))
    }

    #[test]
    fn every_connection_that_is_kept_open_is_answered_whatever_their_number() -> io::Result<()> {
        let address = host()?;
        let mut kept = Vec::new();
        for number in 0..40 {
            let mut stream = BufReader::new(TcpStream::connect(address)?);
            stream.get_ref().set_read_timeout(Some(Duration::from_secs(10)))?;
            let (head, body) = ask(&mut stream, &format!("GET /{number} HTTP/1.1\r\nHost: x\r\n\r\n"))?;
            assert_eq!((head[0].as_str(), body), ("HTTP/1.1 200 OK", format!("/{number}")));
            kept.push(stream);
        }
        for (number, stream) in kept.iter_mut().enumerate() {
            let (_, body) = ask(stream, &format!("GET /again/{number}?q=1 HTTP/1.1\r\nHost: x\r\n\r\n"))?;
            assert_eq!(body, format!("/again/{number}?q=1"));
        }
        Ok(())
    }

    #[test]
    fn head_has_no_body_and_headers_are_found_in_any_case() -> io::Result<()> {
        let mut stream = BufReader::new(TcpStream::connect(host()?)?);
        let (head, body) = ask(&mut stream, "HEAD /abc HTTP/1.1\r\nX-WORD:  given \r\n\r\n")?;
        assert!(head.contains(&"X-Asked: given".to_owned()) && head.contains(&"Content-Length: 4".to_owned()));
        assert_eq!(body, "");
        assert_eq!(ask(&mut stream, "GET /abc HTTP/1.1\r\n\r\n")?.1, "/abc");
        Ok(())
    }

    #[test]
    fn a_connection_ends_after_a_body_and_when_it_is_asked_to() -> io::Result<()> {
        let address = host()?;
        for request in [
            "POST / HTTP/1.1\r\nContent-Length: 3\r\n\r\nabc",
            "GET / HTTP/1.1\r\nConnection: close\r\n\r\n",
            "GET / HTTP/1.0\r\n\r\n",
        ] {
            let mut stream = BufReader::new(TcpStream::connect(address)?);
            let (head, _) = ask(&mut stream, request)?;
            assert!(head.contains(&"Connection: close".to_owned()), "{request}");
        }
        for nonsense in ["\r\n\r\n", "GET /\r\n\r\n", "GET / HTTP/1.1\r\nno header\r\n\r\n"] {
            let mut stream = TcpStream::connect(address)?;
            stream.write_all(nonsense.as_bytes())?;
            let mut answer = Vec::new();
            // Closed with or without a reset: no answer comes.
            let _read = stream.read_to_end(&mut answer);
            assert!(answer.is_empty(), "{nonsense:?}");
        }
        Ok(())
    }
}
