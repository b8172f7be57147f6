//! The JSON Schema of the project file (draft 2020-12), made from the declarations of the kinds.
//!
//! It is stricter than the reader: a value outside a closed vocabulary is kept by the reader and refused
//! here, as `variorum check` reports it. Unknown kinds and fields are allowed in both.

use super::project_file::FORMAT;
use crate::model::{
    Anchor, Content, Cut, Field, GuidelineRule, Hyperlink, KINDS, Made, Nature, Origin, PREFIXES,
    VOCABULARIES, Write,
};
use serde_json::{Map, Value, json};

/// Fields of a small object: name, type, whether it must be there.
type Fields = &'static [(&'static str, &'static str, bool)];

/// The small objects that are values of fields.
const OBJECTS: &[(&str, Fields)] = &[
    ("Anchor", Anchor::FIELDS),
    ("Content", Content::FIELDS),
    ("Cut", Cut::FIELDS),
    ("GuidelineRule", GuidelineRule::FIELDS),
    ("Hyperlink", Hyperlink::FIELDS),
    ("Made", Made::FIELDS),
    ("Origin", Origin::FIELDS),
    ("Write", Write::FIELDS),
];

/// 26 characters of Crockford's base 32.
const DIGITS: &str = "[0-9A-HJKMNP-TV-Z]{26}";

/// The registers that every record has.
const SHARED: &[(&str, &str)] = &[("deleted", "bool"), ("note", "Option<String>"), ("unsure", "bool")];

/// The schema as the text of `schema/variorum-1.schema.json`.
pub fn text() -> String {
    let mut text = serde_json::to_string_pretty(&schema()).unwrap_or_default();
    text.push('\n');
    text
}

fn schema() -> Value {
    let mut definitions = Map::new();
    for (name, fields) in OBJECTS {
        definitions.insert((*name).into(), object(fields));
    }
    for (name, words) in VOCABULARIES {
        definitions.insert((*name).into(), json!({"enum": words}));
    }
    let mut records = Map::new();
    for (prefix, kind, fields) in KINDS {
        definitions.insert((*kind).into(), record(kind, fields));
        let one = json!({"anyOf": [reference(kind), reference("purged")]});
        records.insert(format!("^{prefix}:{DIGITS}$"), one);
    }
    let known: Vec<&str> = KINDS.iter().map(|(_, kind, _)| *kind).collect();
    definitions.insert("purged".into(), purged());
    definitions.insert("unknown".into(), unknown(&known));
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A Variorum project",
        "type": "object",
        "required": ["format", "project", "records"],
        "properties": {
            "format": {"const": FORMAT},
            "project": of_type("Id<ProjectInfo>"),
            "records": {
                "type": "object",
                "patternProperties": records,
                "additionalProperties": reference("unknown"),
            },
        },
        "$defs": definitions,
    })
}

fn reference(name: &str) -> Value {
    json!({"$ref": format!("#/$defs/{name}")})
}

/// What stands in every record.
fn shared(kind: Value) -> Map<String, Value> {
    let mut properties = Map::new();
    properties.insert("at".into(), of_type("Dot"));
    properties.insert("by".into(), of_type("Id<Person>"));
    properties.insert("on".into(), of_type("Time"));
    properties.insert("kind".into(), kind);
    properties
}

fn record(kind: &str, fields: &[Field]) -> Value {
    let mut properties = shared(json!({"const": kind}));
    let mut required = vec!["at", "by", "kind", "on"];
    for field in fields {
        let value = of_type(field.rust_type);
        let value = if field.nature == Nature::Register { register(&value) } else { value };
        properties.insert(field.name.into(), value);
        if field.nature == Nature::Fixed {
            required.push(field.name);
        }
    }
    for (name, rust_type) in SHARED {
        properties.insert((*name).into(), register(&of_type(rust_type)));
    }
    json!({"type": "object", "required": required, "properties": properties})
}

fn purged() -> Value {
    json!({
        "type": "object",
        "required": ["at", "by", "kind", "on"],
        "properties": shared(json!({"const": "purged"})),
        "additionalProperties": false,
    })
}

/// A record of a kind that this format does not know; one it does know needs an id of its kind.
fn unknown(known: &[&str]) -> Value {
    let kind = json!({"type": "string", "not": {"enum": known}});
    json!({"type": "object", "required": ["at", "by", "kind", "on"], "properties": shared(kind)})
}

/// The value as given when the record was made, or the writes since.
fn register(value: &Value) -> Value {
    let write = json!({"allOf": [reference("Write"), {"properties": {"v": value}}]});
    let writes = json!({
        "type": "object",
        "required": ["w"],
        "properties": {"w": {"type": "array", "minItems": 1, "items": write}},
        "additionalProperties": false,
    });
    json!({"anyOf": [value, writes]})
}

fn object(fields: &[(&str, &str, bool)]) -> Value {
    let properties: Map<String, Value> =
        fields.iter().map(|(name, rust_type, _)| ((*name).to_owned(), of_type(rust_type))).collect();
    let required: Vec<&str> = fields.iter().filter(|(_, _, must)| *must).map(|(name, ..)| *name).collect();
    json!({
        "type": "object",
        "required": required,
        "properties": properties,
        "additionalProperties": false,
    })
}

/// The schema of a type, by the name it has in the code.
fn of_type(name: &str) -> Value {
    let name = name.replace(' ', "");
    let inside = |outer: &str| name.strip_prefix(outer)?.strip_suffix('>').map(str::to_owned);
    if let Some(inner) = inside("Option<") {
        return json!({"anyOf": [of_type(&inner), {"type": "null"}]});
    }
    if let Some(inner) = inside("Vec<") {
        return json!({"type": "array", "items": of_type(&inner)});
    }
    if let Some(inner) = inside("Id<") {
        let prefix = PREFIXES.iter().find(|(kind, _)| *kind == inner).map_or("", |(_, prefix)| prefix);
        return json!({"type": "string", "pattern": format!("^{prefix}:{DIGITS}$")});
    }
    match &*name {
        "bool" => json!({"type": "boolean"}),
        "u8" => json!({"type": "integer", "minimum": 0, "maximum": 255}),
        "u32" | "CodePoint" => json!({"type": "integer", "minimum": 0, "maximum": u32::MAX}),
        "String" | "Text" | "RecordId" => json!({"type": "string"}),
        "Holder" => json!({"anyOf": [{"const": "article"}, of_type("Id<Source>")]}),
        "Time" => json!({"type": "string", "pattern": "^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}Z$"}),
        "Dot" => json!({
            "type": "array",
            "prefixItems": [{"type": "string"}, {"type": "integer", "minimum": 0}],
            "items": false,
            "minItems": 2,
        }),
        "Seen" => json!({"type": "object", "additionalProperties": {"type": "integer", "minimum": 0}}),
        "Json" => json!(true),
        defined => reference(defined),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_type_of_a_field_is_defined() {
        let schema = schema();
        let text = schema.to_string();
        for reference in text.split("#/$defs/").skip(1) {
            let name = reference.split('"').next().unwrap_or_default();
            assert!(schema["$defs"].get(name).is_some(), "{name} has no definition");
        }
        assert!(!text.contains("^:"), "every kind that is pointed at has a prefix");
    }
}
