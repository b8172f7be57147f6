//! brat's standoff: a text and its `.ann` beside it, in two dialects.
//!
//! `brat` ties marks with relations and keeps their attributes in annotator's notes. `polnear` has an
//! `Attribution` event for each, as the PolNeAR corpus does, its trigger being the cue.

use super::Issue;
use super::exchange::{
    ATTRIBUTION_LABELS, Codec, Direction, Document, Documents, Fault, Loss, Reader, Sink, SourceFiles, Tie,
    Unit, Units, file_stem, fold_label,
};
use super::spacy::{opinion_packed, packed};
use crate::model::SegmentKind;
use crate::text::{Span, Text};
use std::fmt::Write as _;

/// brat in a dialect.
pub(super) struct Brat {
    events: bool,
}

/// The format `brat`.
pub(super) const BRAT: Brat = Brat { events: false };
/// The format `polnear`.
pub(super) const POLNEAR: Brat = Brat { events: true };

impl Codec for Brat {
    fn name(&self) -> &'static str {
        if self.events { "polnear" } else { "brat" }
    }
    fn about(&self) -> &'static str {
        if self.events {
            "brat standoff as in the PolNeAR corpus: an event for each attribution"
        } else {
            "brat standoff with relations and notes"
        }
    }
    fn direction(&self) -> Direction {
        Direction::Both
    }
    fn unit(&self) -> Unit {
        Unit::CodePoints
    }
    fn losses(&self) -> &'static [Loss] {
        if self.events {
            &[
                Loss::Nested,
                Loss::Continued,
                Loss::SecondCue,
                Loss::SecondSource,
                Loss::Addressee,
                Loss::Intermediary,
                Loss::Fields,
                Loss::Stances,
                Loss::Segments,
                Loss::AboutArticle,
            ]
        } else {
            &[Loss::StanceOfBareArticle, Loss::AboutArticle]
        }
    }

    fn write(&self, data: &dyn Documents, out: &mut dyn Sink) -> Result<(), Fault> {
        if data.options().without_texts {
            return Err(Fault::NeedsTexts(self.name()));
        }
        out.file("annotation.conf", &if self.events { events_conf() } else { conf(data.stance_labels()) })?;
        for (at, part) in data.parts().iter().enumerate() {
            let make = |d: &Document| vec![if self.events { events(d) } else { standoff(d) }];
            data.made(at, &make, &mut |_, d, marks| {
                let stem = format!("{}/{}", part.name, file_stem(d));
                out.file(&format!("{stem}.txt"), &d.text)?;
                marks.iter().try_for_each(|marks| out.file(&format!("{stem}.ann"), marks))
            })?;
        }
        Ok(())
    }

    fn read(&self, files: &SourceFiles, issues: &mut Vec<Issue>) -> Result<Vec<Document>, Fault> {
        let named = |name: &&String| name.ends_with(".ann");
        let mut documents = Vec::new();
        for name in files.files.keys().filter(named) {
            let stem = name.trim_end_matches(".ann");
            match files.files.get(&format!("{stem}.txt")) {
                Some(text) => documents.push(read(name, text, &files.files[name], issues)),
                None => {
                    let what = format!("There is no {stem}.txt beside it.");
                    issues.push(Issue { place: name.clone(), what });
                }
            }
        }
        if documents.is_empty() {
            let why = "there is no .ann file with a .txt file beside it.".to_owned();
            return Err(Fault::NotThis { format: self.name(), why });
        }
        Ok(documents)
    }
}

/// A label as brat's names allow: no spaces or colons.
fn name(label: &str) -> String {
    label.chars().map(|c| if c.is_alphanumeric() || matches!(c, '-' | '_') { c } else { '_' }).collect()
}

fn conf(stances: &[String]) -> String {
    let mut conf = String::from("[entities]\n");
    let labels = ATTRIBUTION_LABELS.into_iter().map(str::to_owned);
    let kinds = SegmentKind::ALL.iter().map(|kind| kind.as_str().to_owned());
    let mut all: Vec<String> = labels.chain(stances.iter().map(|l| name(l))).chain(kinds).collect();
    let mut seen = std::collections::BTreeSet::new();
    all.retain(|label| seen.insert(label.clone()));
    conf.push_str(&all.join("\n"));
    conf.push_str("\n\n[relations]\n");
    for tie in Tie::ALL {
        let _ = writeln!(conf, "{}\tArg1:<ENTITY>, Arg2:<ENTITY>", tie.as_str());
    }
    conf.push_str("<OVERLAP>\tArg1:<ENTITY>, Arg2:<ENTITY>, <OVL-TYPE>:<ANY>\n\n[events]\n\n[attributes]\n");
    conf
}

fn events_conf() -> String {
    "[entities]\nSource\nCue\nContent\n\n[relations]\n\n[events]\n\
     Attribution\tContent*:Content, Cue*:Cue, Source*:Source\n\
     Attribution-no-source\tContent*:Content, Cue*:Cue\n\n[attributes]\n"
        .to_owned()
}

/// A text-bound line: in fragments where it runs over a line end, since the text field is one line.
fn bound(out: &mut String, number: usize, label: &str, text: &Text, spans: &[Span]) {
    let units = Units::of(text, Unit::CodePoints);
    let mut ends = Vec::new();
    let mut words = Vec::new();
    for span in spans {
        for part in span.slice(text).split('\n').filter(|part| !part.is_empty()) {
            if let Some(inside) = Span::of(text, part) {
                let (start, end) = units.ends(inside);
                ends.push(format!("{start} {end}"));
                words.push(part);
            }
        }
    }
    let _ = writeln!(out, "T{number}\t{} {}\t{}", name(label), ends.join(";"), words.join(" "));
}

fn standoff(d: &Document) -> String {
    let mut out = String::new();
    for (i, mark) in d.marks.iter().enumerate() {
        bound(&mut out, i + 1, &mark.label, &d.text, &[mark.span]);
    }
    for (i, r) in d.relations.iter().enumerate() {
        let _ = writeln!(out, "R{}\t{} Arg1:T{} Arg2:T{}", i + 1, name(&r.label), r.from + 1, r.to + 1);
    }
    for (i, mark) in d.marks.iter().enumerate() {
        let _ = writeln!(out, "#{}\tAnnotatorNotes T{}\t{}", i + 1, i + 1, packed(mark));
    }
    // Stances of the whole article hang on no mark; brat keeps lines it does not know as comments.
    for (i, o) in d.opinions.iter().filter(|o| o.evidence.is_empty()).enumerate() {
        let line = format!("stance {} {}", name(&o.label), opinion_packed(o));
        let _ = writeln!(out, "#{}\tAnnotatorNotes T1\t{line}", d.marks.len() + i + 1);
    }
    if d.marks.is_empty() { String::new() } else { out }
}

fn events(d: &Document) -> String {
    let mut out = String::new();
    let mut events = String::new();
    let mut next = 0;
    let mut number = 0;
    for a in d.attributions.iter().filter(|a| a.parent.is_none()) {
        let spans = |marks: &[usize]| -> Vec<Span> {
            let mut spans: Vec<Span> = marks.iter().map(|i| d.marks[*i].span).collect();
            spans.sort();
            // brat refuses fragments that share characters.
            spans.dedup_by(|later, earlier| later.overlaps(*earlier));
            spans
        };
        let mut put = |label: &str, marks: &[usize]| {
            next += 1;
            bound(&mut out, next, label, &d.text, &spans(marks));
            next
        };
        let (cue, source) = (a.cues.get(..1).unwrap_or_default(), a.sources.get(..1).unwrap_or_default());
        let trigger = if cue.is_empty() { &a.contents[..a.contents.len().min(1)] } else { cue };
        let kind = if source.is_empty() { "Attribution-no-source" } else { "Attribution" };
        if trigger.is_empty() {
            continue;
        }
        let mut roles = String::new();
        for (role, marks) in [("Content", &a.contents[..]), ("Cue", cue), ("Source", source)] {
            if !marks.is_empty() {
                let _ = write!(roles, " {role}:T{}", put(role, marks));
            }
        }
        number += 1;
        let trigger = put(kind, trigger);
        let _ = writeln!(events, "E{number}\t{kind}:T{trigger}{roles}");
    }
    out + &events
}

/// The ends of a text-bound line's fragments.
fn fragments(ends: &str) -> Option<Vec<(u64, u64)>> {
    let one = |part: &str| {
        let (start, end) = part.trim().split_once(' ')?;
        Some((start.parse().ok()?, end.trim().parse().ok()?))
    };
    ends.split(';').map(one).collect()
}

fn read(file: &str, text: &str, ann: &str, issues: &mut Vec<Issue>) -> Document {
    let mut notes = std::collections::BTreeMap::new();
    let mut whole = Vec::new();
    for line in ann.lines().filter(|line| line.starts_with('#')) {
        let mut fields = line.splitn(3, '\t').skip(1);
        let about = fields.next().and_then(|f| f.split(' ').nth(1)).unwrap_or_default();
        let note = fields.next().unwrap_or_default();
        match note.strip_prefix("stance ").and_then(|rest| rest.split_once(' ')) {
            Some((label, packed)) => whole.push((label, packed)),
            None => {
                notes.insert(about, note);
            }
        }
    }
    let stem = file.trim_end_matches(".ann").rsplit('/').next().unwrap_or(file);
    let mut reader = Reader::new(file, stem, text, Unit::CodePoints, issues);
    let mut triggers = Vec::new();
    for line in ann.lines().filter(|line| line.starts_with('T')) {
        let mut fields = line.splitn(3, '\t');
        let id = fields.next().unwrap_or_default();
        let what = fields.next().unwrap_or_default();
        let Some((label, ends)) = what.split_once(' ').and_then(|(l, e)| Some((l, fragments(e)?))) else {
            // PolNeAR has a few lines that begin with T only because a mark runs over a line end.
            reader.issue(format!("“{}” is no mark.", line.chars().take(60).collect::<String>()));
            continue;
        };
        // An event's own mark repeats its cue.
        if label.starts_with("Attribution") {
            triggers.push(id.to_owned());
            continue;
        }
        let packed = notes.get(id).copied().unwrap_or_default();
        bound_mark(&mut reader, id, label, &ends, packed, text);
    }
    for line in ann.lines() {
        let mut fields = line.splitn(3, '\t');
        let (id, what) = (fields.next().unwrap_or_default(), fields.next().unwrap_or_default());
        match line.bytes().next() {
            Some(b'R') => {
                let parts: Vec<&str> = what.split(' ').collect();
                let end = |i: usize| parts.get(i).and_then(|p| p.split_once(':')).map_or("", |(_, id)| id);
                reader.relation(end(1), end(2), parts.first().unwrap_or(&""));
            }
            Some(b'E') => event(&mut reader, id, what, &triggers),
            Some(b'T' | b'#') | None => {}
            _ => reader.issue(format!("“{}” was passed over.", line.chars().take(60).collect::<String>())),
        }
    }
    for (label, packed) in whole {
        reader.opinion(label, packed);
    }
    reader.finish()
}

/// One mark where only line ends lie between the fragments, else a mark for each, tied.
fn bound_mark(r: &mut Reader<'_>, id: &str, label: &str, ends: &[(u64, u64)], packed: &str, text: &str) {
    let mut ends = ends.to_vec();
    ends.sort_unstable();
    let mut joined: Vec<(u64, u64)> = Vec::new();
    let characters: Vec<char> = if ends.len() > 1 { text.chars().collect() } else { Vec::new() };
    for (start, end) in ends {
        match joined.last_mut() {
            Some(last) if start >= last.1 && blank(&characters, last.1, start) => last.1 = end,
            _ => joined.push((start, end)),
        }
    }
    for (i, (start, end)) in joined.iter().enumerate() {
        let own = if i == 0 { id.to_owned() } else { format!("{id}.{}", i + 1) };
        r.mark(&own, (Some(*start), Some(*end)), label, packed, None);
        if i > 0 && r.named(&own).is_some() {
            r.relation(&own, id, Tie::PartOf.as_str());
        }
    }
}

fn blank(characters: &[char], from: u64, to: u64) -> bool {
    let between = characters.get(from as usize..to as usize);
    between.is_some_and(|between| between.iter().all(|c| *c == '\n'))
}

fn event(r: &mut Reader<'_>, id: &str, what: &str, triggers: &[String]) {
    let mut roles: Vec<(String, &str)> = Vec::new();
    for part in what.split(' ').skip(1).filter(|part| !part.is_empty()) {
        let Some((role, mark)) = part.split_once(':') else { continue };
        roles.push((fold_label(role.trim_end_matches(|c: char| c.is_ascii_digit())), mark));
    }
    let all =
        |wanted: &str| roles.iter().filter(|(role, _)| role == wanted).map(|(_, m)| *m).collect::<Vec<_>>();
    let (contents, cues, sources) = (all("content"), all("cue"), all("source"));
    let Some(head) = contents.first().or(cues.first()).or(sources.first()) else {
        if triggers.is_empty() || roles.is_empty() {
            r.issue(format!("The event {id} has no arguments."));
        }
        return;
    };
    for (marks, tie) in [(&cues, Tie::CuedBy), (&sources, Tie::AttributedTo)] {
        for mark in marks.iter().filter(|mark| *mark != head) {
            r.relation(head, mark, tie.as_str());
        }
    }
    for piece in contents.iter().skip(1) {
        r.relation(piece, head, Tie::PartOf.as_str());
    }
}
