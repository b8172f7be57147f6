//! Reads brat's standoff, in any dialect: marks, ties between two, events of many, notes, attributes.

use crate::codecs::Issue;
use crate::codecs::exchange::{Document, Reader, Tie, Unit, Units, fold_label, same_words, unpack};
use std::collections::BTreeMap;

/// The types of the marks that only repeat an event's cue, as its trigger.
const HELPERS: [&str; 2] = ["Attribution", "Attribution-no-source"];

/// The lines of the file by their ids: each an id, what it says, and a text.
fn lines(ann: &str) -> Vec<(&str, &str, Option<String>)> {
    let mut found: Vec<(&str, &str, Option<String>)> = Vec::new();
    for line in ann.lines().filter(|line| !line.trim().is_empty()) {
        let begins = line.starts_with(['T', 'R', 'E', 'A', 'M', 'N', '#', '*']) && line.contains('\t');
        match found.last_mut() {
            // PolNeAR has a few marks whose text runs on in the next line.
            Some((id, _, Some(text))) if !begins && id.starts_with(['T', '#']) => {
                text.push('\n');
                text.push_str(line);
            }
            _ => {
                let mut fields = line.splitn(3, '\t');
                let (id, what) = (fields.next().unwrap_or_default(), fields.next().unwrap_or_default());
                found.push((id, what, fields.next().map(str::to_owned)));
            }
        }
    }
    found
}

/// The ends of a text-bound line's fragments.
fn fragments(ends: &str) -> Option<Vec<(u64, u64)>> {
    let one = |part: &str| {
        let (start, end) = part.trim().split_once(' ')?;
        Some((start.parse().ok()?, end.trim().parse().ok()?))
    };
    ends.split(';').map(one).collect()
}

/// What a mark of ours is followed by: its attributes and layer, packed.
fn is_packed(note: &str) -> bool {
    unpack(note).iter().any(|(name, _)| name == "layer")
}

/// A stance of the whole article, as it is written in a note: its label and fields.
fn stance(note: &str) -> Option<(&str, &str)> {
    let (label, packed) = note.strip_prefix("stance ")?.split_once(' ')?;
    unpack(packed).iter().any(|(name, _)| matches!(&**name, "scheme" | "holder")).then_some((label, packed))
}

/// The document of a text and its annotations.
pub(super) fn read(file: &str, text: &str, ann: &str, issues: &mut Vec<Issue>) -> Document {
    let lines = lines(ann);
    let stem = file.trim_end_matches(".ann").rsplit('/').next().unwrap_or(file);
    let mut reader = Reader::new(file, stem, text, Unit::CodePoints, issues);
    let of = |first: char| lines.iter().filter(move |(id, ..)| id.starts_with(first));
    let events: Vec<Event<'_>> = of('E').map(|(id, what, _)| Event::of(id, what)).collect();
    let mut packed: BTreeMap<&str, &str> = BTreeMap::new();
    for (_, what, note) in of('#') {
        let note = note.as_deref().unwrap_or_default();
        if is_packed(note) {
            packed.insert(what.split(' ').nth(1).unwrap_or_default(), note);
        }
    }
    let mut helpers = Vec::new();
    for (id, what, says) in of('T') {
        let Some((label, ends)) = what.split_once(' ').and_then(|(l, e)| Some((l, fragments(e)?))) else {
            let shown: String = what.chars().take(60).collect();
            reader.issue(format!("“{id}” was left out: “{shown}” is no label with positions."));
            continue;
        };
        if HELPERS.contains(&label) && events.iter().any(|event| event.trigger == *id) {
            helpers.push(*id);
            continue;
        }
        let says = says.as_deref().filter(|says| !says.trim().is_empty());
        mark(&mut reader, (id, label, &ends), packed.get(id).copied().unwrap_or_default(), says);
    }
    let resolved = Ends::of(&events, &helpers);
    for (_, what, _) in of('R') {
        let parts: Vec<&str> = what.split(' ').filter(|part| !part.is_empty()).collect();
        let end = |i: usize| parts.get(i).and_then(|p| p.split_once(':')).map_or("", |(_, id)| id);
        reader.relation(resolved.mark(end(1)), resolved.mark(end(2)), parts.first().unwrap_or(&""));
    }
    for event in &events {
        event.read(&mut reader, &resolved);
    }
    for (_, what, note) in of('#') {
        let note = note.as_deref().unwrap_or_default();
        if let Some((label, packed)) = stance(note) {
            reader.opinion(label, packed);
        } else if !is_packed(note) && !note.trim().is_empty() {
            let about = what.split(' ').nth(1).unwrap_or_default();
            match reader.named(resolved.mark(about)) {
                Some(_) => reader.note(resolved.mark(about), note.trim()),
                None => {
                    let note: String = note.chars().take(200).collect();
                    reader.issue(format!(
                        "The note “{note}” was left out: it is about “{about}”, which is no mark that was read."
                    ));
                }
            }
        }
    }
    for (id, what, _) in lines.iter().filter(|(id, ..)| id.starts_with(['A', 'M'])) {
        let mut parts = what.split(' ');
        let (name, about) = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
        let value = parts.next().unwrap_or("true");
        match reader.named(resolved.mark(about)) {
            Some(_) => reader.attribute(resolved.mark(about), name, value),
            None => reader.issue(format!("“{id}” is about “{about}”, which is no mark; it was left out.")),
        }
    }
    let read = ['T', 'R', 'E', 'A', 'M', '#'];
    for (id, what, _) in lines.iter().filter(|(id, ..)| !id.starts_with(read)) {
        let kind = match id.chars().next() {
            Some('N') => "Links to other resources (lines N)".to_owned(),
            Some('*') => "Equivalences of marks (lines *)".to_owned(),
            _ => format!(
                "“{}” and what is like it",
                format!("{id} {what}").chars().take(60).collect::<String>()
            ),
        };
        reader.issue(format!("{kind} were left out: there is no place for them here."));
    }
    reader.finish()
}

/// One mark where only line ends lie between the fragments, else a mark for each, tied.
fn mark(
    r: &mut Reader<'_>,
    (id, label, given): (&str, &str, &[(u64, u64)]),
    packed: &str,
    says: Option<&str>,
) {
    let text = r.about().text.clone();
    let units = Units::of(&text, Unit::CodePoints);
    let spans: Option<Vec<_>> = given.iter().map(|(start, end)| units.span(*start, *end)).collect();
    if let (Some(spans), Some(says)) = (spans, says) {
        // Fragments are joined by a space, and a line end is one.
        let words = spans.iter().map(|span| span.slice(&text)).collect::<Vec<_>>().join(" ");
        let first = says.lines().next().unwrap_or(says);
        if first != says && same_words(first, &words) {
            r.issue(format!("What stands behind the line of “{id}” is no annotation; it was passed over."));
        } else if !r.agrees(id, label, says, &words) {
            return;
        }
    }
    let mut ends = given.to_vec();
    ends.sort_unstable();
    let blank = |from: u64, to: u64| {
        from == to
            || units.span(from, to).is_some_and(|between| between.slice(&text).chars().all(|c| c == '\n'))
    };
    let mut joined: Vec<(u64, u64)> = Vec::new();
    for (start, end) in ends {
        match joined.last_mut() {
            Some(last) if start >= last.1 && blank(last.1, start) => last.1 = end,
            _ => joined.push((start, end)),
        }
    }
    for (i, (start, end)) in joined.iter().enumerate() {
        let own = if i == 0 { id.to_owned() } else { format!("{id}.{}", i + 1) };
        r.mark(&own, (Some(*start), Some(*end)), label, packed, None);
        if i > 0 && r.named(&own).is_some() && r.named(id).is_some() {
            r.relation(&own, id, Tie::PartOf.as_str());
        }
    }
}

/// An event: its type, the mark that stands for it, and what plays which role in it.
struct Event<'a> {
    id: &'a str,
    trigger: &'a str,
    /// The role without its number, and the mark or event.
    roles: Vec<(&'a str, &'a str)>,
}

impl<'a> Event<'a> {
    fn of(id: &'a str, what: &'a str) -> Self {
        let mut parts = what.split(' ').filter_map(|part| part.split_once(':'));
        let trigger = parts.next().map_or("", |(_, trigger)| trigger);
        let bare = |role: &'a str| role.trim_end_matches(|c: char| c.is_ascii_digit());
        Self { id, trigger, roles: parts.map(|(role, mark)| (bare(role), mark)).collect() }
    }

    /// What plays a role that we have.
    fn all(&self, wanted: &str) -> Vec<&'a str> {
        self.roles.iter().filter(|(role, _)| fold_label(role) == wanted).map(|(_, mark)| *mark).collect()
    }

    /// What all else hangs on where the trigger is no mark: content, or else cue, or else source.
    fn head(&self) -> Option<&'a str> {
        ["content", "cue", "source"].into_iter().find_map(|role| self.all(role).first().copied())
    }

    fn read(&self, r: &mut Reader<'_>, ends: &Ends<'_>) {
        let helped = r.named(self.trigger).is_none();
        let head = if helped { self.head().map(|head| ends.mark(head)) } else { Some(self.trigger) };
        let Some(head) = head else {
            return r.issue(format!(
                "The event “{}” was left out: it has no content, no cue and no source.",
                self.id
            ));
        };
        for (i, (role, mark)) in self.roles.iter().enumerate() {
            let mark = ends.mark(mark);
            if mark == head {
                continue;
            }
            // In an attribution of ours the role says what is tied; elsewhere what the marks are says it.
            match &*fold_label(role) {
                "content" if helped && self.roles[..i].iter().any(|(r, _)| fold_label(r) == "content") => {
                    r.relation(mark, head, Tie::PartOf.as_str())
                }
                "cue" if helped => r.relation(head, mark, Tie::CuedBy.as_str()),
                "source" if helped => r.relation(head, mark, Tie::AttributedTo.as_str()),
                _ => r.relation(head, mark, role),
            }
        }
    }
}

/// Which mark an end of a tie is: an event's is its trigger, or what hangs on its place.
struct Ends<'a>(BTreeMap<&'a str, &'a str>);

impl<'a> Ends<'a> {
    fn of(events: &[Event<'a>], helpers: &[&str]) -> Self {
        let end = |event: &Event<'a>| {
            let helped = helpers.contains(&event.trigger);
            (event.id, if helped { event.head().unwrap_or_default() } else { event.trigger })
        };
        Self(events.iter().map(end).collect())
    }

    /// Events in events are followed, as far as such things go.
    fn mark<'m>(&'m self, id: &'m str) -> &'m str {
        let mut id = id;
        for _ in 0..8 {
            match self.0.get(id) {
                Some(next) => id = next,
                None => break,
            }
        }
        id
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str, ann: &str) -> (Document, Vec<Issue>) {
        let mut issues = Vec::new();
        let document = read("a.ann", text, ann, &mut issues);
        (document, issues)
    }

    #[test]
    fn a_mark_that_does_not_say_what_the_text_says_is_an_issue() {
        let (document, issues) =
            of("Yesterday Holm spoke", "T1\tSource 11 15\tHolm\nT2\tSource 10 14\tHolm\n");
        assert_eq!((document.marks.len(), document.words(0), issues.len()), (1, "Holm", 1));
        assert!(issues[0].what.contains("says “Holm”, but the text says “olm ”"), "{issues:?}");
    }

    #[test]
    fn fragments_and_line_ends_are_compared_as_brat_writes_them() {
        let text = "We\nstay, said Holm, for now.";
        let ann = "T1\tContent 0 8;20 27\tWe stay, for now\nT2\tContent 0 2;3 7\tWe\nstay\n";
        let (document, issues) = of(text, ann);
        assert_eq!(issues, []);
        let words: Vec<&str> = (0..3).map(|i| document.words(i)).collect();
        assert_eq!(words, ["We\nstay,", "We\nstay", "for now"]);
    }

    #[test]
    fn a_text_may_run_on_in_the_next_line_and_what_does_not_belong_to_it_costs_nothing() {
        let ann = "T1\tContent 0 8\tWe\nstay,\nT2\tSource 14 18\tHolm\nno annotation\n";
        let (document, issues) = of("We\nstay, said Holm", ann);
        assert_eq!(document.marks.len(), 2);
        assert!(issues.len() == 1 && issues[0].what.contains("behind the line of “T2”"), "{issues:?}");
    }

    #[test]
    fn only_an_event_s_own_helper_mark_is_passed_over() {
        let ann = "T1\tAttributionVerb 5 9\tsaid\nT2\tAttribution 0 4\tHolm\nT3\tAttribution 5 9\tsaid\nE1\tAttribution:T3 Cue:T1 Source:T2\n";
        let (document, issues) = of("Holm said.", ann);
        let labels: Vec<&str> = document.marks.iter().map(|m| &*m.label).collect();
        assert_eq!((labels, issues), (vec!["Attribution", "AttributionVerb"], vec![]));
    }

    #[test]
    fn events_of_other_schemes_tie_their_marks_to_their_trigger() {
        let ann = "T4\tPerson 0 4\tHolm\nT5\tSpeech 5 9\tsaid\nT6\tMsg 10 12\tno\nE1\tSpeech:T5 Speaker:T4 Msg2:T6\nE2\tSpeech:T6 In:E1\n";
        let (document, issues) = of("Holm said no.", ann);
        assert_eq!(issues, []);
        let tie = |r: &crate::codecs::exchange::Relation| {
            (document.words(r.from).to_owned(), document.words(r.to).to_owned(), r.label.clone())
        };
        let ties: Vec<_> = document.relations.iter().map(tie).collect();
        let wanted = [("said", "Holm", "Speaker"), ("said", "no", "Msg"), ("no", "said", "In")];
        assert_eq!(ties, wanted.map(|(a, b, c)| (a.to_owned(), b.to_owned(), c.to_owned())));
    }

    #[test]
    fn notes_and_attributes_arrive_or_are_listed() {
        let ann = "T1\tContent 10 12\tno\nA1\ttype T1 indirect\nA2\tHedged T1\n#1\tAnnotatorNotes T1\tstance taken here is unclear\n#3\tAnnotatorNotes R1\tWhy?\n#2\tAnnotatorNotes T1\tstance favor holder=article; scheme=favor\nN1\tReference T1 Wikipedia:534\tno\n";
        let (document, issues) = of("Holm said no.", ann);
        let mark = &document.marks[0];
        assert_eq!((mark.attribute("type"), mark.attribute("hedged")), (Some("indirect"), Some("true")));
        assert_eq!(document.opinions.len(), 1);
        assert_eq!(mark.attribute("note"), Some("stance taken here is unclear"));
        let listed = ["“Why?”", "“Hedged”", "lines N"];
        assert_eq!(issues.len(), listed.len(), "{issues:?}");
        assert!(listed.iter().all(|word| issues.iter().any(|i| i.what.contains(word))), "{issues:?}");
    }
}
