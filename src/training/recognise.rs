//! Which format chosen files seem to be of: by their names, then by what their first lines hold.

/// The name of the format, where it can be told. `files` are names and contents.
pub(super) fn recognise(files: &[(String, &str)]) -> Option<&'static str> {
    let ending = |end: &str| files.iter().find(|(name, _)| name.to_lowercase().ends_with(end));
    let has = |text: &str, word: &str| start(text).contains(word);
    if let Some((_, ann)) = ending(".ann") {
        let events = ann.lines().any(|l| l.starts_with('E') && l.contains("\tAttribution"));
        return Some(if events { "polnear" } else { "brat" });
    }
    if ending(".xmi").is_some() {
        return Some("cas-xmi");
    }
    if files.iter().any(|(_, text)| text.starts_with("#FORMAT=WebAnno TSV")) {
        return Some("webanno-tsv");
    }
    if let Some(format) = ["csv", "tsv"].into_iter().find(|end| ending(&format!("marks.{end}")).is_some()) {
        return Some(format);
    }
    let columns = [".conll", ".bio", ".iob", ".bilou"].into_iter().find_map(ending);
    if let Some((_, text)) = columns {
        let tag = |line: &str| {
            line.split_whitespace().next_back().is_some_and(|t| t.starts_with("U-") || t.starts_with("L-"))
        };
        return Some(if text.lines().any(tag) { "conll-bilou" } else { "conll" });
    }
    let (_, text) = ending(".jsonld").or_else(|| ending(".json")).or_else(|| ending(".jsonl"))?;
    let found = [
        ("%FEATURE_STRUCTURES", "cas-json"),
        ("anno.jsonld", "web-annotation"),
        ("\"suggestions\"", "argilla"),
        ("\"sha256\"", "jsonl"),
        ("\"_input_hash\"", "prodigy"),
        ("\"token_start\"", "prodigy"),
        ("\"start_offset\"", "doccano"),
        ("\"label\": [[", "doccano"),
        ("\"label\":[[", "doccano"),
        ("\"ents\"", "spacy"),
        ("\"result\"", "label-studio"),
        ("\"annotations\"", "label-studio"),
        ("\"spans\"", "prodigy"),
        ("\"label\"", "doccano"),
    ];
    found.into_iter().find(|(word, _)| has(text, word)).map(|(_, format)| format)
}

/// The beginning, which is enough to tell.
fn start(text: &str) -> &str {
    const ENOUGH: usize = 20_000;
    let end = (0..=ENOUGH.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
    &text[..end]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_of_other_tools_are_recognised() {
        let of = |name: &str, text: &str| recognise(&[(name.to_owned(), text)]);
        assert_eq!(of("a.ann", "T1\tSource 0 4\tHolm\n"), Some("brat"));
        assert_eq!(of("a.ann", "E1\tAttribution:T4 Content:T3\n"), Some("polnear"));
        assert_eq!(of("a.xmi", "<xmi:XMI/>"), Some("cas-xmi"));
        assert_eq!(of("a.tsv", "#FORMAT=WebAnno TSV 3.3\n"), Some("webanno-tsv"));
        assert_eq!(of("marks.csv", "article,mark\n"), Some("csv"));
        assert_eq!(of("x.conll", "Holm B-source\nsaid O\n"), Some("conll"));
        assert_eq!(of("x.conll", "Holm U-source\n"), Some("conll-bilou"));
        assert_eq!(
            of("x.json", r#"[{"data":{"text":"a"},"annotations":[{"result":[]}]}]"#),
            Some("label-studio")
        );
        assert_eq!(of("x.json", r#"{"%TYPES":{},"%FEATURE_STRUCTURES":[]}"#), Some("cas-json"));
        assert_eq!(of("x.jsonl", r#"{"text":"a","entities":[{"id":1,"start_offset":0}]}"#), Some("doccano"));
        assert_eq!(of("x.jsonl", r#"{"text":"a","spans":[{"start":0,"token_start":0}]}"#), Some("prodigy"));
        assert_eq!(of("x.jsonl", r#"{"text":"a","ents":[],"tokens":[]}"#), Some("spacy"));
        assert_eq!(of("x.png", "?"), None);
    }
}
