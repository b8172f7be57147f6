//! How two copies of a record become one.
//!
//! Joining is a least upper bound, so that files may meet in any order, any number of times: each part of a
//! record is joined by a rule that is commutative, associative and idempotent for *any* two copies, those
//! of a file edited by hand or of a copied replica included.
//!
//! - Purged beats content; of two purgings the earlier stamp stays.
//! - The stamp is the lesser of the two; fixed fields that must be there come with it, by their text where
//!   the stamps are equal.
//! - Fixed fields that may be missing: the lesser of those that are there; of a text's words those that its id was
//!   made from.
//! - Registers: the union of the writes less the superseded ([`standing`]).
//! - Fields and kinds not known here are joined as if all their fields were registers.

use super::body::Nature;
use super::cursor::{Cursor, write_string};
use super::entry::{Body, Entry, KINDS};
use super::register::{Seen, Stamp, Write, put_writes, read_writes};
use super::value::Object;
use super::{ArticleText, Dot, Id, Json, RecordId, Time};
use crate::text::{Text, order};
use std::cmp::Ordering;
use std::collections::BTreeMap;

/// Of these writes of one register, those that stand, in the order of the file.
///
/// A write is superseded by one that has seen it *and all that it had seen*. Honest writes always have;
/// asking for it makes «superseded» a strict order, so that lies about what was seen can neither make the
/// result depend on the order of merging nor wipe a register out.
pub(super) fn standing(mut writes: Vec<Write>) -> Vec<Write> {
    order::sort_by(&mut writes, compare);
    writes.dedup();
    if writes.len() < 2 {
        return writes;
    }
    let knows = |w: &Write, other: &Write| {
        w.seen.has(&other.at) && other.seen.iter().all(|(replica, n)| w.seen.has(&Dot(replica.clone(), n)))
    };
    let gone: Vec<bool> =
        writes.iter().map(|w| writes.iter().any(|other| knows(other, w) && !knows(w, other))).collect();
    let mut gone = gone.into_iter();
    writes.retain(|_| !gone.next().unwrap_or_default());
    writes
}

fn compare(a: &Write, b: &Write) -> Ordering {
    let key = |w: &Write| (w.at.clone(), w.v.as_str().to_owned(), w.by.clone(), w.on);
    a.at.cmp(&b.at).then_with(|| key(a).cmp(&key(b))).then_with(|| a.seen.iter().cmp(b.seen.iter()))
}

/// Whether a register with only this write is as it was when its record was made.
pub(super) fn is_bare(writes: &[Write], made: &Stamp) -> bool {
    matches!(writes, [only] if only.at == made.at
        && only.by == made.by
        && only.on == made.on
        && only.seen.iter().next().is_none())
}

/// A total order of stamps, the same in every file.
fn stamp_key(stamp: &Stamp) -> (&Dot, &str, Time) {
    (&stamp.at, stamp.by.as_str(), stamp.on)
}

impl Entry {
    /// Joins another copy of the record `id`. Order and repetition do not matter.
    pub fn merge(self, other: Self, id: &RecordId) -> Self {
        if self == other {
            return self;
        }
        let (mut a, b) = if lesser(&other, &self) { (other, self) } else { (self, other) };
        match (&a.body, &b.body) {
            (Body::Purged, _) => return Self::purged(a.made),
            (_, Body::Purged) => return Self::purged(b.made),
            (Body::Unknown(ours), Body::Unknown(theirs)) => {
                a.body = Body::Unknown(join_unread(ours, &a.made, theirs, &b.made));
                return a;
            }
            _ if a.kind() == b.kind() => {}
            // Copies of different kinds under one id: a fault of one file; the lesser copy stays.
            _ => return a,
        }
        let words = fitting_words(&a.body, &b.body, id);
        a.complete(&b.body);
        if let (Some(words), Body::ArticleText(text)) = (words, &mut a.body) {
            text.content = Some(words);
        }
        a.merge_registers(&b);
        let unknown = std::mem::take(&mut a.unknown);
        a.unknown = join_fields(&unknown, &a.made, &b.unknown, &b.made);
        a
    }
}

/// Of two differing contents of a text the one that its id was made from, if either is: a file that was changed
/// outside never takes the words away to which the marks belong.
fn fitting_words(a: &Body, b: &Body, id: &RecordId) -> Option<Text> {
    let (Body::ArticleText(a), Body::ArticleText(b)) = (a, b) else { return None };
    let both = [a.content.as_ref()?, b.content.as_ref()?];
    let fits = |words: &&Text| Id::<ArticleText>::derived(&[words]).record() == id;
    if both[0] == both[1] { None } else { both.into_iter().find(fits).cloned() }
}

/// Whether `a` is the copy whose stamp and fixed fields stay. Purged copies come first.
fn lesser(a: &Entry, b: &Entry) -> bool {
    let rank = |e: &Entry| !matches!(e.body, Body::Purged);
    let by_stamp = (rank(a), stamp_key(&a.made)).cmp(&(rank(b), stamp_key(&b.made)));
    by_stamp.then_with(|| fixed(a).cmp(&fixed(b))) == Ordering::Less
}

/// The fixed fields that must be there, as text.
fn fixed(entry: &Entry) -> Vec<Option<Json>> {
    if let Body::Unknown(json) = &entry.body {
        return vec![Some(json.clone())];
    }
    let fields = KINDS.iter().find(|(_, kind, _)| *kind == entry.kind()).map_or(&[][..], |(.., f)| f);
    let must = fields.iter().filter(|field| field.nature == Nature::Fixed);
    must.map(|field| entry.value(field.name)).collect()
}

/// The writes of a field that is not known here: bare, or `{"w":[…]}`.
fn writes_of(json: &Json, made: &Stamp) -> Vec<Write> {
    if let Some(Ok(writes)) = read_writes(json.as_str())
        && !writes.is_empty()
    {
        return writes;
    }
    let Stamp { at, by, on } = made.clone();
    vec![Write { at, by, on, seen: Seen::default(), v: json.clone() }]
}

fn join_fields(
    ours: &BTreeMap<String, Json>,
    our_stamp: &Stamp,
    theirs: &BTreeMap<String, Json>,
    their_stamp: &Stamp,
) -> BTreeMap<String, Json> {
    let mut joined = BTreeMap::new();
    for name in ours.keys().chain(theirs.keys()) {
        let mut writes = Vec::new();
        for (fields, stamp) in [(ours, our_stamp), (theirs, their_stamp)] {
            writes.extend(fields.get(name).into_iter().flat_map(|value| writes_of(value, stamp)));
        }
        joined.insert(name.clone(), field(standing(writes), our_stamp));
    }
    joined
}

fn field(writes: Vec<Write>, made: &Stamp) -> Json {
    if let [only] = &*writes
        && is_bare(&writes, made)
    {
        return only.v.clone();
    }
    let mut text = String::new();
    put_writes(&writes, &mut text);
    Json::canonical(text)
}

/// The fields that say what a record is and who made it.
const HEAD: [&str; 4] = ["at", "by", "kind", "on"];

/// Joins two copies of a record of an unknown kind; the first has the lesser stamp.
fn join_unread(ours: &Json, our_stamp: &Stamp, theirs: &Json, their_stamp: &Stamp) -> Json {
    let fields = |json: &Json, head: bool| -> Option<BTreeMap<String, Json>> {
        let mut fields = BTreeMap::new();
        for (name, raw) in Object::take(&mut Cursor::new(json.as_str())).ok()?.rest() {
            if HEAD.contains(&&*name) == head {
                fields.insert(name.into_owned(), Json::read(raw).ok()?);
            }
        }
        Some(fields)
    };
    let all = (fields(ours, true), fields(ours, false), fields(theirs, false));
    let (Some(mut head), Some(a), Some(b)) = all else { return ours.clone() };
    head.extend(join_fields(&a, our_stamp, &b, their_stamp));
    let mut text = String::new();
    let mut comma = '{';
    for (name, value) in &head {
        text.push(std::mem::replace(&mut comma, ','));
        write_string(name, &mut text);
        text.push(':');
        text.push_str(value.as_str());
    }
    text.push('}');
    Json::canonical(text)
}
