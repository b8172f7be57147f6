//! brat's standoff: a text and its `.ann` beside it, in two dialects.
//!
//! `brat` ties marks with relations and keeps their attributes in annotator's notes. `polnear` has an
//! `Attribution` event for each, as the PolNeAR corpus does, its trigger being the cue.

use super::Issue;
use super::exchange::{
    ATTRIBUTION_LABELS, Codec, Direction, Document, Documents, Fault, Loss, Sink, SourceFiles, Tie, Unit,
    Units, file_stem, of_files, read_or_why,
};
use super::spacy::{opinion_packed, packed};
use crate::model::SegmentKind;
use crate::text::{Span, Text};
use std::fmt::Write as _;

mod read;

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
        let (mut found, before) = (Vec::new(), issues.len());
        for name in files.files.keys().filter(named) {
            let stem = name.trim_end_matches(".ann");
            match files.files.get(&format!("{stem}.txt")) {
                Some(text) => found.push((name.clone(), read::read(name, text, &files.files[name], issues))),
                None => {
                    let what = format!(
                        "There is no {stem}.txt beside it. Give both files, or the folder they lie in."
                    );
                    issues.push(Issue { place: name.clone(), what });
                }
            }
        }
        let otherwise = "there is no .ann file with a .txt file beside it.";
        read_or_why(self.name(), of_files(found), (issues, before), otherwise)
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
