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
