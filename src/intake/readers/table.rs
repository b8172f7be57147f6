//! Tables of articles (CSV, TSV): a row an article, RFC 4180 with any of the usual separators.

use super::super::{Columns, Error, Issue, Loaded, Trouble, dates, draft, limits, phrases};
use super::prose::{About, with};
use super::{Hint, charset, note_encoding};
use crate::codecs::NotText;
use crate::model::Origin;

/// Reads all rows of a table.
pub(crate) fn read(
    bytes: &[u8],
    hint: &Hint,
    separator: Option<u8>,
    from: Option<Origin>,
) -> Result<Loaded, Error> {
    // Cells are decoded with the whole; line ends inside them are made LF there.
    let decoded = charset::decode(bytes, hint.encoding.as_deref(), None, limits::FILE)?;
    let separator = separator.unwrap_or_else(|| told_separator(&decoded.text));
    let mut reader =
        csv::ReaderBuilder::new().delimiter(separator).flexible(true).from_reader(decoded.text.as_bytes());
    let broken = |why: csv::Error| Error::Broken { format: "table", what: why.to_string() };
    let names: Vec<String> = reader.headers().map_err(broken)?.iter().map(str::to_owned).collect();
    let columns = hint.columns.clone().told_by(&names);
    let find = |name: &Option<String>| name.as_ref().and_then(|n| names.iter().position(|have| have == n));
    let Some(text) = find(&columns.text) else { return Err(Error::NoTextColumn { columns: shown(&names) }) };
    let rest = [
        &columns.title,
        &columns.published,
        &columns.url,
        &columns.outlet,
        &columns.byline,
        &columns.language,
    ];
    let rest = rest.map(find);
    let mut loaded = Loaded::default();
    for (at, row) in reader.records().enumerate() {
        if at >= limits::ROWS {
            loaded.say(Trouble::TooMany { what: "rows", limit: limits::ROWS });
            break;
        }
        let place = format!("row {}", at + 2);
        let row = match row {
            Ok(row) => row,
            Err(why) => {
                loaded.issues.push(Issue { place, what: Trouble::Failed(broken(why)) });
                continue;
            }
        };
        let [title, published, url, outlet, byline, language] =
            rest.map(|at| at.and_then(|at| row.get(at)).map(str::to_owned));
        let words = row.get(text).unwrap_or_default();
        match article(words, about(title, published, url, outlet, byline, language), "table", from.clone()) {
            Ok(draft) => loaded.drafts.push((place, draft)),
            Err(why) => loaded.issues.push(Issue { place, what: Trouble::Failed(why) }),
        }
    }
    if loaded.drafts.is_empty() && loaded.issues.is_empty() {
        return Err(Error::NoText { format: "table" });
    }
    note_encoding(&mut loaded, &decoded);
    Ok(loaded)
}

/// The separator that the first line has most of, outside quotation marks.
fn told_separator(text: &str) -> u8 {
    let line = text.lines().next().unwrap_or_default();
    let mut quoted = false;
    let mut counts = [(b',', 0), (b';', 0), (b'\t', 0), (b'|', 0)];
    for byte in line.bytes() {
        quoted ^= byte == b'"';
        counts.iter_mut().filter(|(s, _)| *s == byte && !quoted).for_each(|(_, n)| *n += 1);
    }
    counts.iter().max_by_key(|(s, n)| (*n, *s == b',')).map_or(b',', |(s, _)| *s)
}

fn shown(names: &[String]) -> Vec<String> {
    names.iter().take(20).map(|n| n.chars().take(40).collect()).collect()
}

/// What a row says of its article.
pub(super) fn about(
    title: Option<String>,
    published: Option<String>,
    url: Option<String>,
    outlet: Option<String>,
    byline: Option<String>,
    language: Option<String>,
) -> About {
    let byline = byline.map(|b| b.trim().to_owned()).filter(|b| !b.is_empty()).map(|line| {
        let names = phrases::people(&line.replace(';', ","));
        if names.is_empty() { vec![line] } else { names }
    });
    let published = published.and_then(|d| dates::from_machine(&d));
    About { title, published, url, outlet, byline: byline.unwrap_or_default(), language }
}

/// The draft of an article that came as words beside what is said of it.
pub(super) fn article(
    words: &str,
    about: About,
    reader: &str,
    from: Option<Origin>,
) -> Result<crate::intake::Draft, Error> {
    if words.trim().is_empty() {
        return Err(Error::NotText(NotText::Empty));
    }
    if words.len() > limits::ARTICLE {
        return Err(Error::NotText(NotText::TooLarge { size: words.len(), limit: limits::ARTICLE }));
    }
    let words = charset::unix_lines(words.to_owned());
    Ok(with(draft(words, reader, from), about, Vec::new()))
}

/// The columns of a table, for a person to choose from: names, and which they are told to be.
pub(crate) fn columns(
    bytes: &[u8],
    hint: &Hint,
    separator: Option<u8>,
) -> Result<(Vec<String>, Columns), Error> {
    let near = &bytes[..bytes.len().min(1024 * 1024)];
    let decoded = charset::decode(near, hint.encoding.as_deref(), None, limits::FILE)?;
    let separator = separator.unwrap_or_else(|| told_separator(&decoded.text));
    let mut reader = csv::ReaderBuilder::new().delimiter(separator).from_reader(decoded.text.as_bytes());
    let broken = |why: csv::Error| Error::Broken { format: "table", what: why.to_string() };
    let names: Vec<String> = reader.headers().map_err(broken)?.iter().map(str::to_owned).collect();
    let told = hint.columns.clone().told_by(&names);
    Ok((names, told))
}
