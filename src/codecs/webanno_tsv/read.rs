//! Reads WebAnno TSV 3: the text out of its sentences, marks and ties out of the columns.

use super::{SPAN, unescape};
use crate::codecs::Issue;
use crate::codecs::exchange::{Document, Reader, Unit, Units};
use crate::text::Text;
use std::collections::BTreeMap;

/// A layer of the file's head, with its columns.
struct Layer<'p> {
    name: &'p str,
    features: Vec<&'p str>,
    /// The first of its columns.
    column: usize,
    kind: Kind<'p>,
}

enum Kind<'p> {
    Spans,
    /// Ties the marks of the layer of this name.
    Ties(&'p str),
    Chains,
}

impl<'p> Layer<'p> {
    fn short(&self) -> &'p str {
        self.name.rsplit('.').next().unwrap_or(self.name)
    }

    /// Which of the values is the label: that of `value`, else of `label`, else the first that is one.
    fn label(&self, values: &[Option<String>]) -> Option<usize> {
        let there = |i: &usize| values.get(*i).is_some_and(Option::is_some);
        let named = |name: &str| self.features.iter().position(|f| *f == name).filter(there);
        named("value").or_else(|| named("label")).or_else(|| (0..values.len()).find(there))
    }

    /// Names its marks, so that those of two layers are never one: a number need not be the only one.
    fn name_of(&self, number: Option<&str>, token: &str) -> String {
        match number.filter(|n| *n != "0") {
            Some(number) if self.column == 0 => number.to_owned(),
            Some(number) => format!("{number}@{}", self.column),
            None => format!("{token}@{}", self.column),
        }
    }
}

/// The layers that the head names, in the order of their columns.
fn layers<'p>(page: &'p str) -> Vec<Layer<'p>> {
    let mut column = 0;
    let one = |line: &'p str| line.strip_prefix("#T_")?.split_once('=');
    let mut found = Vec::new();
    for (kind, what) in page.lines().take_while(|line| !line.starts_with("#Text=")).filter_map(one) {
        let mut parts = what.split('|');
        let name = parts.next().unwrap_or_default();
        let mut features: Vec<&str> = parts.collect();
        if features.is_empty() {
            features.push("");
        }
        let kind = match kind {
            "RL" => Kind::Ties(features.iter().find_map(|f| f.strip_prefix("BT_")).unwrap_or_default()),
            "CH" => Kind::Chains,
            _ => Kind::Spans,
        };
        let next = column + features.len();
        found.push(Layer { name, features, column, kind });
        column = next;
    }
    found
}

/// A line of a token.
struct Row<'p> {
    name: &'p str,
    start: u64,
    end: u64,
    token: String,
    columns: Vec<&'p str>,
    /// Whether the text says its token at its positions.
    stands: bool,
}

impl Row<'_> {
    fn cell(&self, column: usize) -> Option<&str> {
        self.columns.get(column).copied().filter(|cell| !cell.is_empty() && *cell != "_")
    }
}

/// Splits at a mark of the format that no backslash stands before.
fn split(text: &str, at: char) -> Vec<&str> {
    let mut found = Vec::new();
    let (mut from, mut escaped) = (0, false);
    for (i, c) in text.char_indices() {
        if c == at && !escaped {
            found.push(&text[from..i]);
            from = i + c.len_utf8();
        }
        escaped = c == '\\' && !escaped;
    }
    found.push(&text[from..]);
    found
}

/// A value and the number that tells stacked and long marks apart.
fn numbered(part: &str) -> (&str, Option<&str>) {
    let open = split(part, '[');
    match (&*open, part.strip_suffix(']')) {
        ([before, ..], Some(whole)) if open.len() > 1 => (before, Some(&whole[before.len() + 1..])),
        _ => (part, None),
    }
}

/// A value as it was before it was escaped; `*` and `_` stand for none.
fn value(shown: &str) -> Option<String> {
    (!matches!(shown, "" | "*" | "_")).then(|| unescape(shown))
}

/// The document of a file.
pub(super) fn read(file: &str, page: &str, issues: &mut Vec<Issue>) -> Document {
    let layers = layers(page);
    let (text, mut rows) = rows(file, page, issues);
    let stem = file.trim_end_matches(".tsv").rsplit('/').next().unwrap_or(file);
    let mut reader = Reader::new(file, stem, &text, Unit::Utf16, issues);
    let text = reader.about().text.clone();
    let units = Units::of(&text, Unit::Utf16);
    for row in &mut rows {
        let span = units.span(row.start, row.end);
        row.stands = span.is_some_and(|span| span.slice(&text) == row.token);
    }
    for layer in &layers {
        match layer.kind {
            Kind::Spans => marks(&mut reader, &text, &rows, layer),
            Kind::Chains => {
                let count = rows.iter().filter(|row| row.cell(layer.column).is_some()).count();
                if count > 0 {
                    let what = format!(
                        "The chains of the layer “{}” ({count} links) were left out: there is no place for chains here.",
                        layer.name
                    );
                    reader.issue(what);
                }
            }
            Kind::Ties(_) => {}
        }
    }
    for layer in &layers {
        if let Kind::Ties(base) = layer.kind {
            // A head that names no base means the only one that there can be.
            let is_base =
                |l: &&Layer<'_>| matches!(l.kind, Kind::Spans) && (base.is_empty() || l.name == base);
            match layers.iter().find(is_base) {
                Some(base) => ties(&mut reader, &rows, layer, base),
                None if rows.iter().any(|row| row.cell(layer.column).is_some()) => reader.issue(format!(
                    "The ties of the layer “{}” were left out: the layer that they tie, “{base}”, is not in the file. Export it too.",
                    layer.name
                )),
                None => {}
            }
        }
    }
    reader.finish()
}

/// The text as its sentences make it up, and the lines of its tokens.
fn rows<'p>(file: &str, page: &'p str, issues: &mut Vec<Issue>) -> (String, Vec<Row<'p>>) {
    let mut text = String::new();
    let mut units = 0_u64;
    // What lies between sentences is not in the file, only how long it is: never longer than the file.
    let mut gaps = page.len() as u64;
    let mut sentence: Option<String> = None;
    let mut rows: Vec<Row<'_>> = Vec::new();
    for line in page.lines() {
        if let Some(more) = line.strip_prefix("#Text=") {
            let more = unescape(more);
            sentence = Some(sentence.map_or(more.clone(), |before| format!("{before}\n{more}")));
            continue;
        }
        let columns: Vec<&str> = line.split('\t').collect();
        if line.starts_with('#') || columns.len() < 3 {
            continue;
        }
        let ends = columns[1]
            .split_once('-')
            .and_then(|(s, e)| Some((s.parse::<u64>().ok()?, e.parse::<u64>().ok()?)));
        let Some((start, end)) = ends else {
            let shown: String = line.chars().take(60).collect();
            let what = format!("“{shown}” has no positions in its second column; the line was passed over.");
            issues.push(Issue { place: file.to_owned(), what });
            continue;
        };
        let token = unescape(columns[2]);
        if let Some(whole) = sentence.take() {
            // The token may stand behind white space that belongs to the sentence.
            let lead = whole.find(&token).map_or(0, |at| whole[..at].encode_utf16().count() as u64);
            let gap = start.saturating_sub(units.saturating_add(lead));
            if gap <= gaps {
                gaps -= gap;
                units += gap;
                text.extend(std::iter::repeat_n('\n', gap as usize));
            }
            units += whole.encode_utf16().count() as u64;
            text.push_str(&whole);
        }
        rows.push(Row { name: columns[0], start, end, token, columns: columns[3..].to_vec(), stands: true });
    }
    (text, rows)
}

/// A mark as its tokens are gathered.
struct Gathered<'r> {
    start: u64,
    end: u64,
    values: Vec<Option<String>>,
    /// The first of its tokens that the text does not have there.
    astray: Option<&'r Row<'r>>,
}

fn marks(reader: &mut Reader<'_>, text: &Text, rows: &[Row<'_>], layer: &Layer<'_>) {
    for (name, mark) in gather(rows, layer) {
        let at = layer.label(&mark.values);
        let label = at.and_then(|at| mark.values[at].as_deref()).unwrap_or(layer.short());
        if let Some(row) = mark.astray {
            let there = Units::of(text, Unit::Utf16).span(row.start, row.end).map_or("", |s| s.slice(text));
            let there: String = there.chars().take(60).collect();
            reader.issue(format!(
                "“{name}” ({label}) was left out: its token “{}” is said to stand from {} to {}, where the text made of the lines “#Text=” has “{there}”. Export the file anew.",
                row.token, row.start, row.end
            ));
            continue;
        }
        let ours = layer.name == SPAN;
        let of = |feature: &str| layer.features.iter().position(|f| *f == feature);
        let packed = of("attributes").filter(|_| ours).and_then(|i| mark.values.get(i)?.as_deref());
        reader.mark(&name, (Some(mark.start), Some(mark.end)), label, packed.unwrap_or_default(), None);
        for (i, feature) in layer.features.iter().enumerate().filter(|(i, _)| Some(*i) != at) {
            if let Some(value) = mark.values.get(i).and_then(Option::as_deref)
                && !(ours && *feature == "attributes")
            {
                reader.attribute(&name, feature, value);
            }
        }
    }
    if layer.features.iter().any(|f| f.starts_with("ROLE_"))
        && rows.iter().any(|row| slots(layer).any(|i| row.cell(layer.column + i).is_some()))
    {
        let what = format!(
            "The slots of the layer “{}” (links from a mark to others) were left out. Make them relations in the other tool.",
            layer.name
        );
        reader.issue(what);
    }
}

/// The features of a layer that link a mark to others: what the roles are called, and the marks.
fn slots<'l>(layer: &'l Layer<'_>) -> impl Iterator<Item = usize> + 'l {
    let role = |i: usize| layer.features.get(i).is_some_and(|f| f.starts_with("ROLE_"));
    (0..layer.features.len()).filter(move |i| role(*i) || i.checked_sub(1).is_some_and(role))
}

/// The marks of a layer by their numbers; one without a number is named by its token.
fn gather<'r>(rows: &'r [Row<'r>], layer: &Layer<'_>) -> Vec<(String, Gathered<'r>)> {
    let mut places: BTreeMap<String, usize> = BTreeMap::new();
    let mut found: Vec<(String, Gathered<'r>)> = Vec::new();
    let slots: Vec<usize> = slots(layer).collect();
    for row in rows {
        for feature in (0..layer.features.len()).filter(|i| !slots.contains(i)) {
            let Some(cell) = row.cell(layer.column + feature) else { continue };
            for part in split(cell, '|') {
                let (shown, number) = numbered(part);
                let name = layer.name_of(number, row.name);
                let at = *places.entry(name.clone()).or_insert(found.len());
                if at == found.len() {
                    let values = vec![None; layer.features.len()];
                    found.push((name, Gathered { start: row.start, end: row.end, values, astray: None }));
                }
                let mark = &mut found[at].1;
                (mark.start, mark.end) = (mark.start.min(row.start), mark.end.max(row.end));
                mark.astray = mark.astray.or((!row.stands).then_some(row));
                if mark.values[feature].is_none() {
                    mark.values[feature] = value(shown);
                }
            }
        }
    }
    found
}

/// The ties of a layer between the marks of its base layer.
fn ties(reader: &mut Reader<'_>, rows: &[Row<'_>], layer: &Layer<'_>, base: &Layer<'_>) {
    let at = layer.features.iter().position(|f| f.starts_with("BT_")).unwrap_or(layer.features.len() - 1);
    for row in rows {
        let Some(ends) = row.cell(layer.column + at) else { continue };
        let columns: Vec<Vec<&str>> = (0..layer.features.len())
            .map(|i| row.cell(layer.column + i).filter(|_| i != at).map_or(Vec::new(), |c| split(c, '|')))
            .collect();
        for (i, end) in split(ends, '|').iter().enumerate() {
            let one = |column: &Vec<&str>| column.get(i).and_then(|part| value(numbered(part).0));
            let values: Vec<Option<String>> = columns.iter().map(one).collect();
            let label = layer.label(&values).and_then(|at| values[at].as_deref());
            let (governor, numbers) = numbered(end);
            let (from, to) = numbers.and_then(|n| n.split_once('_')).unwrap_or(("0", "0"));
            let (from, to) = (base.name_of(Some(from), governor), base.name_of(Some(to), row.name));
            reader.relation(&from, &to, label.unwrap_or(layer.short()));
            if values.iter().filter(|v| v.is_some()).count() > 1 {
                reader.issue(format!(
                    "A tie has one label here: further features of the layer “{}” were left out.",
                    layer.name
                ));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEAD: &str = "#FORMAT=WebAnno TSV 3.3\n";

    fn of(page: &str) -> (Document, Vec<Issue>) {
        let mut issues = Vec::new();
        let document = read("a.tsv", page, &mut issues);
        (document, issues)
    }

    #[test]
    fn a_tie_binds_the_marks_of_the_layer_that_the_head_names() {
        let page = format!(
            "{HEAD}#T_SP=webanno.custom.A|value\n#T_SP=webanno.custom.B|value\n#T_RL=webanno.custom.Says|kind|BT_webanno.custom.B\n\n\n#Text=Holm said.\n1-1\t0-4\tHolm\tperson\tsource\t_\t_\t\n1-2\t5-9\tsaid\tword[1]\tcue[1]\tby\t1-1[0_1]\t\n1-3\t9-10\t.\t_\t_\t_\t_\t\n"
        );
        let (document, issues) = of(&page);
        assert_eq!(issues, []);
        let ends = &document.relations[0];
        let (from, to) = (&document.marks[ends.from], &document.marks[ends.to]);
        assert_eq!((&*from.label, &*to.label, &*ends.label), ("source", "cue", "by"));
        assert_eq!(document.marks.len(), 4, "marks of two layers with one number stay two");
    }

    #[test]
    fn a_tie_to_a_layer_that_is_not_there_is_listed_once() {
        let page = format!(
            "{HEAD}#T_RL=x.Dependency|kind|BT_x.POS\n\n\n#Text=a b\n1-1\t0-1\ta\tsubj\t1-2\t\n1-2\t2-3\tb\tobj\t1-1\t\n"
        );
        let (document, issues) = of(&page);
        assert_eq!((document.relations.len(), issues.len()), (0, 1), "{issues:?}");
        assert!(issues[0].what.contains("“x.POS”"));
    }

    #[test]
    fn the_label_is_the_feature_with_a_value_and_the_others_are_kept() {
        let page = format!(
            "{HEAD}#T_SP=x.NamedEntity|identifier|value\n#T_SP=x.Role|certain|role\n\n\n#Text=Holm said.\n1-1\t0-4\tHolm\t*\tPER\t*\tspeaker\t\n1-2\t5-9\tsaid\tQ1\tEVT\t_\t_\t\n1-3\t9-10\t.\t*\t*\t_\t_\t\n"
        );
        let (document, issues) = of(&page);
        let labels: Vec<&str> = document.marks.iter().map(|m| &*m.label).collect();
        assert_eq!(labels, ["PER", "speaker", "EVT", "NamedEntity"]);
        assert_eq!(document.marks[2].attribute("identifier"), Some("Q1"));
        assert!(issues.len() == 1 && issues[0].what.contains("“identifier”"), "{issues:?}");
    }

    #[test]
    fn positions_far_behind_the_text_are_an_issue_and_no_memory() {
        let page = format!(
            "{HEAD}#T_SP=x.A|value\n\n\n#Text=Holm said.\n1-1\t99999999999-100000000003\tHolm\tsource\t\n1-2\t5-9\tsaid\tcue\t\n"
        );
        let (document, issues) = of(&page);
        assert_eq!(&*document.text, "Holm said.");
        let labels: Vec<&str> = document.marks.iter().map(|m| &*m.label).collect();
        assert_eq!((labels, issues.len()), (vec!["cue"], 1), "{issues:?}");
        assert!(issues[0].what.contains("from 99999999999 to 100000000003"), "{issues:?}");
    }

    #[test]
    fn chains_and_slots_are_listed_and_do_not_become_marks() {
        let page = format!(
            "{HEAD}#T_SP=x.A|value|ROLE_x.A:who_x.Link|x.B\n#T_CH=x.Coref|kind|link\n\n\n#Text=a b\n1-1\t0-1\ta\tsource\tagent\t1-2\tnam[1]\t*->1-1\t\n1-2\t2-3\tb\t_\t_\t_\tpro[1]\t_\t\n"
        );
        let (document, issues) = of(&page);
        assert_eq!((document.marks.len(), issues.len()), (1, 2), "{issues:?}");
    }
}
