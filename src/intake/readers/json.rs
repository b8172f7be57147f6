//! Articles in JSON: an object, a list of objects, an object with such a list, an object a line, and
//! news-agency JSON (IPTC ninjs 1.x, 2.x and 3.x).

use super::super::{Columns, Draft, Error, Issue, Loaded, Trouble, limits};
use super::prose::Prose;
use super::table::{about, article};
use super::{Hint, charset, html, note_encoding};
use crate::model::Origin;
use serde_json::value::RawValue;
use serde_json::{Map, Value};

/// Names under which exports keep their list of articles.
const LISTS: &[&str] = &["articles", "items", "data", "results", "docs", "documents", "records", "stories"];

/// Objects in which names of fields are looked for.
const LOOKED_AT: usize = 50;

/// The names of the fields of the first objects, for a person to choose from, and which of them are told to be
/// what. There is nothing to choose in news-agency JSON.
pub(crate) fn columns(bytes: &[u8], hint: &Hint) -> Result<(Vec<String>, Columns), Error> {
    let decoded = charset::decode(bytes, hint.encoding.as_deref(), None, limits::FILE)?;
    let lines = decoded.text.lines().filter(|line| !line.trim().is_empty()).take(LOOKED_AT);
    let values = match objects(&decoded.text) {
        Ok(all) => all.into_iter().take(LOOKED_AT).map(RawValue::get).collect(),
        Err(_) => lines.collect::<Vec<_>>(),
    };
    let mut names: Vec<String> = Vec::new();
    for fields in values.into_iter().filter_map(|json| serde_json::from_str::<Map<String, Value>>(json).ok())
    {
        if ninjs(&fields, None).is_some() {
            continue;
        }
        let words = fields.iter().filter(|(_, value)| words(value).is_some());
        for (name, _) in words {
            if !names.contains(name) {
                names.push(name.clone());
            }
        }
    }
    let told = hint.columns.clone().told_by(&names);
    Ok((names, told))
}

/// The objects of a file, unread.
fn objects(text: &str) -> Result<Vec<&RawValue>, Error> {
    let text = text.trim();
    let broken = |why: serde_json::Error| Error::Broken { format: "JSON file", what: why.to_string() };
    if text.starts_with('[') {
        return serde_json::from_str(text).map_err(broken);
    }
    let fields: std::collections::BTreeMap<String, &RawValue> = serde_json::from_str(text).map_err(broken)?;
    let list = LISTS.iter().filter_map(|n| fields.get(*n)).find(|v| v.get().starts_with('['));
    match list {
        Some(list) => serde_json::from_str(list.get()).map_err(broken),
        None => Ok(vec![serde_json::from_str(text).map_err(broken)?]),
    }
}

/// Reads a JSON file. Objects are looked at one at a time, so that a large list costs little memory.
pub(crate) fn read(bytes: &[u8], hint: &Hint, from: Option<Origin>) -> Result<Loaded, Error> {
    let decoded = charset::decode(bytes, hint.encoding.as_deref(), None, limits::FILE)?;
    let many = objects(&decoded.text)?;
    let one = many.len() == 1;
    let places = (1..).map(|n| if one { String::new() } else { format!("article {n}") });
    let mut loaded = each(many.iter().map(|v| v.get()).zip(places), hint, from)?;
    note_encoding(&mut loaded, &decoded);
    Ok(loaded)
}

/// Reads a file with an object a line.
pub(crate) fn read_lines(bytes: &[u8], hint: &Hint, from: Option<Origin>) -> Result<Loaded, Error> {
    let decoded = charset::decode(bytes, hint.encoding.as_deref(), None, limits::FILE)?;
    let lines = decoded.text.lines().zip(1..).filter(|(line, _)| !line.trim().is_empty());
    let mut loaded = each(lines.map(|(line, n)| (line, format!("line {n}"))), hint, from)?;
    note_encoding(&mut loaded, &decoded);
    Ok(loaded)
}

fn each<'v>(
    values: impl Iterator<Item = (&'v str, String)>,
    hint: &Hint,
    from: Option<Origin>,
) -> Result<Loaded, Error> {
    let mut loaded = Loaded::default();
    for (at, (json, place)) in values.enumerate() {
        if at >= limits::ROWS {
            loaded.say(Trouble::TooMany { what: "articles", limit: limits::ROWS });
            break;
        }
        let read = serde_json::from_str::<Map<String, Value>>(json)
            .map_err(|why| Error::Broken { format: "JSON object", what: why.to_string() })
            .and_then(|fields| object(&fields, &hint.columns, from.clone()));
        match read {
            Ok(draft) => loaded.drafts.push((place, draft)),
            Err(why) if place.is_empty() => return Err(why),
            Err(why) => loaded.issues.push(Issue { place, what: Trouble::Failed(why) }),
        }
    }
    if loaded.drafts.is_empty() && loaded.issues.is_empty() {
        return Err(Error::NoText { format: "JSON file" });
    }
    Ok(loaded)
}

fn object(fields: &Map<String, Value>, chosen: &Columns, from: Option<Origin>) -> Result<Draft, Error> {
    if let Some(news) = ninjs(fields, from.clone()) {
        return news;
    }
    let names: Vec<String> = fields.keys().cloned().collect();
    let columns = chosen.clone().told_by(&names);
    let get = |name: &Option<String>| name.as_ref().and_then(|n| fields.get(n)).and_then(words);
    let Some(text) = get(&columns.text) else {
        return Err(Error::NoTextColumn { columns: names.into_iter().take(20).collect() });
    };
    let about = about(
        get(&columns.title),
        get(&columns.published),
        get(&columns.url),
        get(&columns.outlet),
        get(&columns.byline),
        get(&columns.language),
    );
    article(&text, about, "json", from)
}

/// The words of a value: a string; a list of strings; the name of an object.
fn words(value: &Value) -> Option<String> {
    match value {
        Value::String(words) => Some(words.clone()),
        Value::Array(all) => {
            let all: Vec<String> = all.iter().filter_map(words).collect();
            (!all.is_empty()).then(|| all.join("; "))
        }
        Value::Object(fields) => fields.get("name").or(fields.get("title")).and_then(words),
        _ => None,
    }
}

/// News-agency JSON; `None` where it is none.
fn ninjs(fields: &Map<String, Value>, from: Option<Origin>) -> Option<Result<Draft, Error>> {
    let has = |names: &[&str]| names.iter().any(|n| fields.contains_key(*n));
    let bodies = fields.iter().any(|(name, _)| name == "bodies" || name.starts_with("body_"));
    if !bodies
        || !has(&[
            "versioncreated",
            "versionCreated",
            "firstcreated",
            "firstCreated",
            "headline",
            "headlines",
        ])
    {
        return None;
    }
    let first = |names: &[&str]| names.iter().find_map(|n| fields.get(*n)).and_then(words);
    let title =
        first(&["headline"]).or_else(|| in_list(fields, "headlines").map(|(words, _)| words)).or_else(|| {
            fields.iter().find(|(name, _)| name.starts_with("headline_")).and_then(|(_, v)| words(v))
        });
    let (text, is_markup) = in_list(fields, "bodies")
        .or_else(|| first(&["body_text", "body_plain"]).map(|w| (w, false)))
        .or_else(|| {
            let any = fields.iter().find(|(name, v)| name.starts_with("body_") && v.is_string());
            any.and_then(|(name, v)| Some((words(v)?, !name.contains("text"))))
        })?;
    let about = about(
        title,
        first(&["firstcreated", "firstCreated", "versioncreated", "versionCreated"]),
        first(&["uri"]).filter(|u| u.starts_with("http")),
        first(&["source", "copyrightholder", "copyrightHolder", "usageterms"]),
        first(&["byline", "by"]),
        first(&["language"]),
    );
    if !is_markup {
        return Some(article(&text, about, "ninjs", from));
    }
    let mut prose = Prose::default();
    html::all_of(&text, &mut prose);
    let empty = prose.is_empty();
    Some(if empty { article("", about, "ninjs", from) } else { Ok(prose.draft(about, "ninjs", from)) })
}

/// Of a list of `{role, contentType, value}` the main one; whether it is markup.
fn in_list(fields: &Map<String, Value>, name: &str) -> Option<(String, bool)> {
    let list = fields.get(name)?.as_array()?;
    let role = |v: &Value| v.get("role").and_then(Value::as_str).unwrap_or("main").to_lowercase();
    let main = list.iter().find(|v| role(v).contains("main")).or(list.first())?;
    let words = main.get("value")?.as_str()?.to_owned();
    let kind =
        main.get("contentType").or(main.get("contenttype")).and_then(Value::as_str).unwrap_or_default();
    let is_markup =
        kind.contains("html") || kind.contains("xml") || (kind.is_empty() && words.contains("</"));
    Some((words, is_markup))
}
