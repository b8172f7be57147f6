//! The one notation in which tests write spans: `The [mayor]{source} said`.

use super::Span;

/// Takes the brackets out of `notation`; returns the bare text and each span with its name, in the
/// order in which the spans close. Spans may nest.
pub(crate) fn marked(notation: &str) -> (String, Vec<(Span, String)>) {
    let (mut text, mut open, mut found) = (String::new(), Vec::new(), Vec::new());
    let mut rest = notation.chars();
    while let Some(c) = rest.next() {
        match c {
            '[' => open.push(text.len()),
            ']' => {
                let name: String = rest.by_ref().skip(1).take_while(|c| *c != '}').collect();
                found.push((open.pop().expect("an opening bracket"), text.len(), name));
            }
            c => text.push(c),
        }
    }
    let spans = found
        .into_iter()
        .map(|(start, end, name)| (Span::new(&text, start, end).expect("a span"), name))
        .collect();
    (text, spans)
}

/// The real article whose file name begins with `number`, from `$VARIORUM_SHARED` or `../shared`, with
/// line ends made LF. `None`, said aloud, where it is not at hand: the articles are not the project's.
pub(crate) fn article(number: &str) -> Option<String> {
    let shared = std::env::var("VARIORUM_SHARED")
        .unwrap_or_else(|_| concat!(env!("CARGO_MANIFEST_DIR"), "/../shared").to_owned());
    let folder = std::path::Path::new(&shared).join("articles");
    let files = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let path = files
        .map(|f| f.path())
        .find(|p| p.file_name().is_some_and(|name| name.to_string_lossy().starts_with(number)));
    let text = path.and_then(|p| std::fs::read_to_string(p).ok());
    if text.is_none() {
        eprintln!("skipped: article {number} is not in {shared}/articles");
    }
    text.map(|t| t.trim_start_matches('\u{feff}').replace("\r\n", "\n").replace('\r', "\n"))
}
