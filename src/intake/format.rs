//! Which format a file is in: by its first bytes where they tell, else by its name.

/// What a file turns out to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// Plain text, in any encoding.
    Text,
    /// Markdown, in any encoding.
    Markdown,
    /// A web page.
    Html,
    /// A web page saved with its parts (MHTML).
    Mhtml,
    /// A mail.
    Mail,
    /// A Word document (.docx).
    Docx,
    /// An OpenDocument text (.odt).
    Odt,
    /// An electronic book (.epub).
    Epub,
    /// A document in Rich Text Format.
    Rtf,
    /// A PDF.
    Pdf,
    /// A table, its columns parted by commas or semicolons.
    Csv,
    /// A table, its columns parted by tabs.
    Tsv,
    /// JSON: an article, a list of them, or news-agency JSON (ninjs).
    Json,
    /// JSON, an article a line.
    JsonLines,
    /// A ZIP file of any of these.
    Zip,
    /// A Variorum project.
    Project,
    /// A format that is not read, named.
    Other(&'static str),
}

/// Tells the format of `bytes`, whose file is called `name`.
pub fn sniff(name: &str, bytes: &[u8]) -> Format {
    by_bytes(bytes).unwrap_or_else(|| by_words(&ending(name), bytes))
}

fn ending(name: &str) -> String {
    name.rsplit_once('.').map_or(String::new(), |(_, end)| end.to_lowercase())
}

fn by_bytes(bytes: &[u8]) -> Option<Format> {
    let found = match bytes {
        [b'P', b'K', 3 | 5, 4 | 6, ..] => in_zip(bytes),
        [0xD0, 0xCF, 0x11, 0xE0, ..] => {
            Format::Other("an old office document (.doc, .xls), or one that asks for a password")
        }
        [b'{', b'\\', b'r', b't', b'f', ..] => Format::Rtf,
        [0x1F, 0x8B, ..] => Format::Other("a file packed with gzip"),
        [b'7', b'z', 0xBC, 0xAF, ..] => Format::Other("a 7-Zip file"),
        [b'R', b'a', b'r', b'!', ..] => Format::Other("a RAR file"),
        [0x89, b'P', b'N', b'G', ..] | [0xFF, 0xD8, 0xFF, ..] | [b'G', b'I', b'F', b'8', ..] => {
            Format::Other("a picture")
        }
        _ if contains(clip(bytes, 1_024), b"%PDF-") => Format::Pdf,
        _ => return None,
    };
    Some(found)
}

/// What a ZIP file is, by the names of its parts, which stand at its end.
fn in_zip(bytes: &[u8]) -> Format {
    let (first, last) = (clip(bytes, 4_096), &bytes[bytes.len().saturating_sub(256 * 1024)..]);
    let has = |words: &[u8]| contains(first, words) || contains(last, words);
    if contains(first, b"application/epub+zip") {
        Format::Epub
    } else if contains(first, b"application/vnd.oasis.opendocument.text") {
        Format::Odt
    } else if has(b"word/document.xml") {
        Format::Docx
    } else if has(b"xl/workbook.xml") {
        Format::Other("an Excel workbook. Save the sheet as CSV and add that")
    } else if has(b"ppt/presentation.xml") {
        Format::Other("a PowerPoint presentation")
    } else {
        Format::Zip
    }
}

fn by_words(ending: &str, bytes: &[u8]) -> Format {
    let start = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    // UTF-16: every second byte is nought. What tells a format is ASCII.
    let near: Vec<u8> = clip(start, 4_096).iter().filter(|b| **b != 0).map(u8::to_ascii_lowercase).collect();
    let near = near.strip_prefix(b"\xff\xfe").or(near.strip_prefix(b"\xfe\xff")).unwrap_or(&near);
    let near = near.trim_ascii_start();
    let page = [&b"<!doctype html"[..], b"<html", b"<!-- saved from"].iter().any(|p| near.starts_with(p))
        || (near.starts_with(b"<?xml") && contains(near, b"<html"))
        || (near.starts_with(b"<!--") && contains(near, b"<html"));
    match ending {
        _ if near.starts_with(b"{\"format\":\"variorum/") => Format::Project,
        "mht" | "mhtml" if is_mail(near) => Format::Mhtml,
        _ if is_mail(near) && contains(near, b"multipart/related") && contains(near, b"snapshot-content") => {
            Format::Mhtml
        }
        "eml" => Format::Mail,
        _ if page => Format::Html,
        "html" | "htm" | "xhtml" | "shtml" if near.contains(&b'<') => Format::Html,
        "md" | "markdown" | "mdown" => Format::Markdown,
        "csv" => Format::Csv,
        "tsv" | "tab" => Format::Tsv,
        "jsonl" | "ndjson" => Format::JsonLines,
        "json" | "ninjs" => Format::Json,
        _ if near.starts_with(b"{\"") && lines_of_json(near) => Format::JsonLines,
        _ if near.starts_with(b"{\"") || near.starts_with(b"[{") => Format::Json,
        "txt" | "text" => Format::Text,
        _ if is_mail(near) => Format::Mail,
        _ => Format::Text,
    }
}

/// Whether the second line begins an object of its own.
fn lines_of_json(near: &[u8]) -> bool {
    let mut lines = near.split(|b| *b == b'\n').map(<[u8]>::trim_ascii);
    lines.next().is_some_and(|l| l.ends_with(b"}")) && lines.next().is_some_and(|l| l.starts_with(b"{\""))
}

/// Whether the first lines are the head of a mail: two known fields at least, each line `Name: …` or
/// going on with the one before.
fn is_mail(near: &[u8]) -> bool {
    const FIELDS: &[&[u8]] = &[
        b"from:",
        b"to:",
        b"subject:",
        b"date:",
        b"mime-version:",
        b"message-id:",
        b"received:",
        b"return-path:",
        b"delivered-to:",
        b"content-type:",
        b"snapshot-content-location:",
    ];
    let mut known = 0;
    for line in near.split(|b| *b == b'\n').take(40) {
        let line = line.strip_suffix(b"\r").unwrap_or(line);
        if line.is_empty() {
            break;
        }
        if FIELDS.iter().any(|f| line.starts_with(f)) {
            known += 1;
        } else if !line.starts_with(b" ") && !line.starts_with(b"\t") && !line.contains(&b':') {
            break;
        }
    }
    known >= 2
}

fn clip(bytes: &[u8], longest: usize) -> &[u8] {
    &bytes[..longest.min(bytes.len())]
}

/// Whether `words` occur in `bytes`.
pub(crate) fn contains(bytes: &[u8], words: &[u8]) -> bool {
    find(bytes, words).is_some()
}

/// Where `words` occur first in `bytes`.
pub(crate) fn find(bytes: &[u8], words: &[u8]) -> Option<usize> {
    let first = *words.first()?;
    let mut from = 0;
    while let Some(at) = bytes[from..].iter().position(|b| *b == first).map(|i| from + i) {
        if bytes[at..].starts_with(words) {
            return Some(at);
        }
        from = at + 1;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_say_more_than_names() {
        assert_eq!(sniff("a.txt", b"%PDF-1.7"), Format::Pdf);
        assert_eq!(sniff("a.pdf", b"  <!DOCTYPE html><p>x"), Format::Html);
        assert_eq!(sniff("a.doc", b"{\\rtf1 x}"), Format::Rtf);
        assert_eq!(sniff("a.docx", b"\xD0\xCF\x11\xE0 x").name(), None);
        assert_eq!(sniff("x", b"From: a@b.c\r\nSubject: Ferry\r\n\r\nIt stays."), Format::Mail);
        assert_eq!(sniff("x", b"{\"text\":\"a\"}\n{\"text\":\"b\"}\n"), Format::JsonLines);
        assert_eq!(sniff("p.json", b"{\"format\":\"variorum/1\",\"project\""), Format::Project);
        assert_eq!(sniff("x", b"<\0h\0t\0m\0l\0>\0"), Format::Html);
    }

    #[test]
    fn names_decide_where_bytes_do_not() {
        for (name, format) in [("a.md", Format::Markdown), ("a.CSV", Format::Csv), ("a", Format::Text)] {
            assert_eq!(sniff(name, b"Ferry stays, mayor says: \"we stay\""), format, "{name}");
        }
        assert_eq!(sniff("letter.txt", b"To: be or not\nTo: be"), Format::Text);
    }

    impl Format {
        fn name(self) -> Option<Self> {
            (!matches!(self, Self::Other(_))).then_some(self)
        }
    }
}
