//! `variorum check` finds every kind of damage, says where it is, and has nothing to say of what is sound.

#![allow(clippy::unwrap_used, reason = "a test stops where something is wrong")]

#[path = "common/every_kind.rs"]
mod every_kind;

use every_kind::{CLEAN, ONE, TWO, anchor, id, named, project};
use serde_json::{Value, json};
use variorum::check::check;
use variorum::codecs::project_file::{read, write};
use variorum::model::{Attribution, Id, Source, Story};
use variorum::store::text_id;

/// Damage to the record of a name, and what must be said: of which record, which field, which words.
struct Case(&'static str, fn(&mut Value), &'static str, &'static str, &'static str);

fn set(at: &'static str, value: Value) -> impl Fn(&mut Value) {
    move |record| *record.pointer_mut(at).unwrap() = value.clone()
}

fn gone(record: &mut Value) {
    *record = Value::Null;
}

/// As in the file: the value of the register as one write.
fn writes(record: &mut Value, field: &str, writes: Value) {
    record[field] = json!({ "w": writes });
}

const PER: &str = "per:00000000000000000000000007";
const ON: &str = "2026-11-21T18:42:20Z";

fn cases() -> Vec<Case> {
    vec![
        // Structure.
        Case("story", |r| r["kind"] = json!("tale"), "story", "", "cannot be read"),
        Case("story", |r| drop(r.as_object_mut().unwrap().remove("at")), "story", "", "cannot be read"),
        Case("stance", |r| set("/intensity", json!("strong"))(r), "stance", "", "cannot be read"),
        Case("project", gone, "project", "", "no record of its own"),
        // Places in texts.
        Case(
            "attribution",
            |r| set("/contents/0/end", json!(9_000))(r),
            "attribution",
            "contents",
            "outside",
        ),
        Case("attribution", |r| set("/contents/0/end", json!(1))(r), "attribution", "contents", "backwards"),
        Case(
            "attribution",
            |r| set("/contents/0/exact", json!("“We are leaving,”"))(r),
            "attribution",
            "contents",
            "the text says",
        ),
        Case("attribution", |r| set("/cues/0/prefix", json!("He "))(r), "attribution", "cues", "prefix"),
        Case("attribution", |r| set("/cues/0/suffix", json!(" he"))(r), "attribution", "cues", "suffix"),
        Case("stance", |r| set("/evidence/0/start", json!(3))(r), "stance", "evidence", "the text says"),
        Case("mention", |r| set("/anchor/start", json!(0))(r), "mention", "anchor", "the text says"),
        Case(
            "mention",
            |r| drop(r.as_object_mut().unwrap().remove("anchor")),
            "mention",
            "anchor",
            "implicit",
        ),
        Case("segment", |r| set("/anchor/end", json!(9_000))(r), "segment", "anchor", "outside"),
        Case("alignment", |r| set("/to/0/exact", json!("x"))(r), "alignment", "to", "the text says"),
        Case("coverage", |r| set("/range/start", json!(0))(r), "coverage", "range", "the text says"),
        Case("article", |r| set("/links/0/end", json!(9_000))(r), "article", "links", "outside"),
        Case("clean", |r| set("/cuts/0/end", json!(0))(r), "clean", "cuts", "backwards"),
        Case(
            "attribution",
            |r| r["contents"] = json!([content("“We are not"), content("not leaving,”")]),
            "attribution",
            "contents",
            "overlap",
        ),
        // References.
        Case("story", gone, "article", "story", "not in the project"),
        Case("story", |r| r["deleted"] = json!(true), "article", "story", "deleted"),
        Case("target", gone, "stance", "target", "not in the project"),
        Case("label", gone, "stance", "value", "not in the project"),
        Case("source", gone, "mention", "source", "not in the project"),
        Case("text", gone, "attribution", "text", "not in the project"),
        Case("person", gone, "coverage", "person", "not in the project"),
        Case(
            "stance",
            |r| r["holder"] = json!(Id::<Source>::random(999).as_str()),
            "stance",
            "holder",
            "not in the project",
        ),
        Case("stance", |r| set("/holder", Value::Null)(r), "stance", "holder", "does not say"),
        Case(
            "stance",
            |r| drop(r.as_object_mut().unwrap().remove("attribution")),
            "stance",
            "level",
            "no attribution",
        ),
        Case(
            "stance",
            |r| r["attribution"] = json!(named("elsewhere").as_str()),
            "stance",
            "attribution",
            "another text",
        ),
        Case("stance", |r| r["made"]["from"] = json!("sta:gone"), "stance", "made", "not in the project"),
        Case(
            "attribution",
            |r| r["sources"] = json!([named("mention in two").as_str()]),
            "attribution",
            "sources",
            "another text",
        ),
        Case(
            "attribution",
            |r| r["via"] = json!("men:000000000000000000000000ZZ"),
            "attribution",
            "via",
            "not in the project",
        ),
        Case(
            "second",
            |r| r["parent"] = json!(named("elsewhere").as_str()),
            "second",
            "parent",
            "another text",
        ),
        Case("comment", |r| r["about"] = json!("sta:gone"), "comment", "about", "not in the project"),
        Case("decision", |r| r["members"] = json!(["att:gone"]), "decision", "members", "not in the project"),
        Case("fate", |r| r["made_record"] = json!("att:gone"), "fate", "made_record", "not in the project"),
        Case("link", |r| r["to"] = r["from"].clone(), "link", "to", "itself"),
        Case("alias", |r| r["b"] = json!(named("story").as_str()), "alias", "b", "different kinds"),
        Case("alias", |r| r["b"] = r["a"].clone(), "alias", "b", "same as itself"),
        // Circles.
        Case("attribution", |r| r["parent"] = json!(named("second").as_str()), "second", "parent", "circle"),
        Case(
            "attribution",
            |r| r["continues"] = json!(named("second").as_str()),
            "second",
            "continues",
            "circle",
        ),
        Case(
            "text",
            |r| r["cleaned_from"] = json!(text_id(CLEAN).as_str()),
            "clean",
            "cleaned_from",
            "circle",
        ),
        // Hashes and ids that follow from content.
        Case(
            "text",
            |r| set("/content", json!(ONE.replace("Mayor", "Mayer")))(r),
            "text",
            "content",
            "not the one",
        ),
        Case("text", |r| set("/length", json!(5))(r), "text", "length", "code points"),
        Case("text", |r| set("/content", json!(format!("{ONE}\r")))(r), "text", "content", "line ends"),
        Case("text", |r| set("/origin/hash", json!("abc"))(r), "text", "origin", "64"),
        Case("article", |r| set("/salt", json!("x"))(r), "article", "text", "does not follow"),
        Case("alias", |r| r["b"] = json!(Id::<Source>::random(30).as_str()), "alias", "a", "does not follow"),
        Case(
            "link",
            |r| {
                let from = r["from"].clone();
                r["from"] = r["to"].clone();
                r["to"] = from;
            },
            "link",
            "from",
            "does not follow",
        ),
        Case(
            "quote link",
            |r| r["to"] = json!(named("second").as_str()),
            "quote link",
            "from",
            "does not follow",
        ),
        Case("coverage", |r| r["layer"] = json!("link"), "coverage", "person", "does not follow"),
        Case("fate", |r| r["rule"] = json!("R2"), "fate", "text", "does not follow"),
        Case("segment", |r| r["anchor"] = anchor_json(ONE, "Mayor"), "segment", "anchor", "does not follow"),
        // Vocabularies and values.
        Case("attribution", |r| r["type"] = json!("sideways"), "attribution", "type", "not a value"),
        Case(
            "attribution",
            |r| r["medium"] = json!(["speech", "smoke"]),
            "attribution",
            "medium",
            "“smoke” is not",
        ),
        Case(
            "attribution",
            |r| r["contents"][0]["part"] = json!("sung"),
            "attribution",
            "contents",
            "not a value",
        ),
        Case("attribution", |r| r["made"]["how"] = json!("magic"), "attribution", "made", "not a value"),
        Case("coverage", |r| r["state"] = json!("half"), "coverage", "state", "not a value"),
        Case("stance", |r| r["intensity"] = json!(4), "stance", "intensity", "above 3"),
        Case("attribution", |r| r["rule"] = json!("R9"), "attribution", "rule", "no rule"),
        Case(
            "project",
            |r| r["rules"] = json!([{"key": "a", "text": ""}, {"key": "a", "text": "b"}]),
            "project",
            "rules",
            "Two rules",
        ),
        Case("label", |r| r["scheme"] = json!(" "), "label", "scheme", "no scheme"),
        Case("label", |r| drop(r.as_object_mut().unwrap().remove("name")), "label", "name", "no name"),
        Case("label", |r| r["name"] = json!("against"), "label", "name", "same name"),
        Case("source", |r| r["wikidata"] = json!("Douglas"), "source", "wikidata", "Wikidata"),
        Case(
            "second",
            |r| {
                for field in ["contents", "cues", "sources"] {
                    r[field] = json!([]);
                }
            },
            "second",
            "contents",
            "Nothing is marked",
        ),
        // The names of writes.
        Case("second", |r| r["at"] = json!(["theirs", 1]), "stance", "note", "is also that of"),
        Case(
            "target",
            |r| writes(r, "name", json!([{"at": ["q", 1], "by": PER, "on": ON, "seen": {"q": 1}, "v": "A"}])),
            "target",
            "name",
            "seen itself",
        ),
        Case(
            "target",
            |r| {
                writes(
                    r,
                    "name",
                    json!([
            {"at": ["q", 1], "by": PER, "on": ON, "v": "A"},
            {"at": ["q", 2], "by": PER, "on": ON, "seen": {"q": 1}, "v": "B"}]),
                )
            },
            "target",
            "name",
            "later one replaced it",
        ),
        Case(
            "target",
            |r| {
                writes(
                    r,
                    "name",
                    json!([
            {"at": ["q", 1], "by": PER, "on": ON, "v": "A"},
            {"at": ["z", 1], "by": PER, "on": ON, "v": "B"}]),
                )
            },
            "target",
            "name",
            "Two people",
        ),
    ]
}

fn content(words: &str) -> Value {
    let mut value = anchor_json(ONE, words);
    value["part"] = json!("quoted");
    value
}

fn anchor_json(text: &str, words: &str) -> Value {
    let a = anchor(text, words);
    json!({"start": a.start.0, "end": a.end.0, "exact": a.exact, "prefix": a.prefix, "suffix": a.suffix})
}

/// The file with the record of a name changed.
fn damaged(name: &str, change: fn(&mut Value)) -> String {
    let (file, id) = (write(&project()), named(name));
    let start = format!("\"{id}\":");
    let lines = file.lines().filter_map(|line| {
        let Some(record) = line.strip_prefix(&start) else { return Some(line.to_owned()) };
        let mut value: Value = serde_json::from_str(record.trim_end_matches(',')).unwrap();
        change(&mut value);
        let comma = if record.ends_with(',') { "," } else { "" };
        (!value.is_null()).then(|| format!("{start}{value}{comma}"))
    });
    let damaged = lines.collect::<Vec<_>>().join("\n");
    assert_ne!(damaged, file.trim_end(), "{name}: something was changed");
    damaged
}

#[test]
fn what_is_sound_has_no_problems() {
    let sound = project();
    let own: Vec<_> = check(&sound).into_iter().filter(|p| p.field != "note").collect();
    assert_eq!(own, [], "beside the two notes that do not know of each other");
    assert_eq!(check(&variorum::sample::project().unwrap()), []);
}

#[test]
fn every_kind_of_damage_is_found_where_it_is_and_has_a_remedy() {
    let (mut missed, cases) = (Vec::new(), cases());
    for Case(damage, change, record, field, says) in &cases {
        let loaded = read(&damaged(damage, *change)).unwrap();
        let problems = check(&loaded.value);
        let found = problems.iter().find(|p| {
            p.record == named(record) && p.field == *field && p.problem.contains(says) && !p.remedy.is_empty()
        });
        if found.is_none() {
            missed.push(format!("{damage} → {record} {field} “{says}”: {problems:#?}"));
        }
    }
    assert!(missed.is_empty(), "{} of {} missed:\n{}", missed.len(), cases.len(), missed.join("\n"));
    assert!(cases.len() > 60);
}

#[test]
fn segments_that_cross_and_aliases_that_contradict_are_found() {
    use variorum::model::{Alias, Dot, Entry, ReplicaId, Segment, Stamp, Time};
    let mut project = project();
    let stamp = |n| Stamp { at: Dot(ReplicaId::new("more"), n), by: id(7), on: Time::default() };
    let crossing = anchor(ONE, "Holm agreed, “for");
    let parts = [text_id(ONE).as_str().to_owned(), crossing.start.0.to_string(), crossing.end.0.to_string()];
    let segment = every_kind::derived::<Segment>(&parts.each_ref().map(String::as_str));
    project.merge_entry(segment.clone(), Entry::new(stamp(1), Segment::blank(text_id(ONE), crossing)));
    let [a, b, c] = [30, 31, 32].map(|n| id::<Source>(n).record().clone());
    project.merge_entry(c.clone(), Entry::new(stamp(2), Source::blank()));
    let mut apart = Vec::new();
    for (n, x, y, same) in [(3, &b, &c, true), (4, &a, &c, false)] {
        let id = every_kind::derived::<Alias>(&[x.as_str(), y.as_str()]);
        let alias = Alias { same: same.into(), ..Alias::blank(x.clone(), y.clone()) };
        project.merge_entry(id.clone(), Entry::new(stamp(n), alias));
        apart.push(id);
    }
    let problems = check(&project);
    let has = |record: &variorum::model::RecordId, field: &str| {
        problems.iter().any(|p| p.record == *record && p.field == field)
    };
    assert!(
        has(&segment, "anchor") && has(&named("segment"), "anchor") && has(&apart[1], "same"),
        "{problems:#?}"
    );
    let strange = write(&project).replace(id::<Story>(20).as_str(), "sty:short");
    assert!(!check(&read(&strange).unwrap().value).is_empty());
    let _ = (id::<Attribution>(50), TWO);
}
