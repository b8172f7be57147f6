//! What every journey does: adding articles, marking words, reading the project back out.

use crate::harness::Page;
use serde_json::Value;
use std::path::PathBuf;

/// A short article with everything that shifts offsets before the words to be marked: an emoji,
/// Ukrainian, a combining mark.
pub(crate) const ARTICLE: &str = "😀 Порт: the ferry stays in port\n\n\
    “We are not leaving the harbour,” said Olena Їжак, who runs the café\u{301} on the quay.\n\n\
    The mayor, Per Holm, told reporters that the town would “wait and see”.\n";

/// The same story told again.
pub(crate) const COPY: &str = "The ferry remains in port\n\n\
    “We are not abandoning the harbour,” declared Olena Їжак, who runs the café\u{301} on the quay.\n\n\
    Per Holm, the mayor, told reporters that the town would “wait and see”. Nobody expects a decision soon.\n";

impl Page {
    /// Pastes an article into the field of the library and adds it, to a story by its name or to none.
    pub(crate) fn add_article(&self, text: &str, story: Option<&str>) {
        self.wait_until("the field is there", || !self.find_all("#paste").is_empty());
        self.run(
            "const field = document.querySelector('#paste'); field.value = arguments[0];
             field.dispatchEvent(new Event('input', { bubbles: true }));",
            vec![text.into()],
        );
        if let Some(story) = story {
            self.run(
                "const list = document.querySelector('#paste-story');
                 list.value = [...list.options].find((o) => o.text === arguments[0]).value;
                 list.dispatchEvent(new Event('change', { bubbles: true }));",
                vec![story.into()],
            );
        }
        self.find("#add-pasted").click();
        self.wait_until("the article opens", || !self.find_all("#page-text").is_empty());
    }

    /// Puts the caret behind words of the article.
    pub(crate) fn caret_in(&self, words: &str) {
        self.select("#page-text", words);
        self.run("getSelection().collapseToEnd()", vec![]);
        self.wait_until("it is a caret", || self.selection().is_empty());
    }

    /// Says who sits here, where that is asked.
    pub(crate) fn introduce(&self, name: &str) {
        self.wait_until("the name is asked for", || !self.find_all("#my-name").is_empty());
        self.find("#my-name").type_text(name);
        self.click_text("That’s me");
        self.wait_until("the question is gone", || self.find_all("#my-name").is_empty());
    }

    /// Says who sits here, if that is asked.
    pub(crate) fn introduce_if_asked(&self) {
        if !self.find_all("#my-name").is_empty() {
            self.introduce("Jana Roe");
        }
    }

    /// Saves the project and reads the file.
    pub(crate) fn export(&self) -> String {
        self.forget_downloads();
        self.find("#export").click();
        std::fs::read_to_string(self.downloaded()).unwrap()
    }

    /// The card texts, one for each attribution.
    pub(crate) fn cards(&self) -> Vec<String> {
        self.find_all(".card").iter().map(|card| card.text()).collect()
    }

    /// How many cards there are, waited for.
    pub(crate) fn wait_for_cards(&self, count: usize) {
        self.wait_until("the cards are there", || self.find_all(".card").len() == count);
    }

    /// What the page shows as marked with a class, piece by piece.
    pub(crate) fn marked(&self, class: &str) -> Vec<String> {
        self.find_all(&format!("#page-text mark.{class}")).iter().map(|m| m.text()).collect()
    }

    /// Whether the last change is kept.
    pub(crate) fn is_saved(&self) -> bool {
        self.find("#save-state").text() == "Saved"
    }
}

/// The records of a kind in an exported file.
pub(crate) fn records(file: &str, kind: &str) -> Vec<Value> {
    let whole: Value = serde_json::from_str(file).unwrap();
    let records = whole["records"].as_object().unwrap().values();
    records.filter(|r| r["kind"] == kind).cloned().collect()
}

/// The value shown of a field: bare, or the last write.
pub(crate) fn shown(field: &Value) -> &Value {
    match field.get("w") {
        Some(writes) => &writes.as_array().unwrap().last().unwrap()["v"],
        None => field,
    }
}

/// That every anchor of a file says what its text says, in code points.
pub(crate) fn assert_anchors_hold(file: &str) {
    let texts = records(file, "text");
    let text_of = |id: &Value| -> Vec<char> {
        let whole: Value = serde_json::from_str(file).unwrap();
        whole["records"][id.as_str().unwrap()]["content"].as_str().unwrap().chars().collect()
    };
    assert!(!texts.is_empty());
    let mut seen = 0;
    for record in records(file, "attribution").iter().chain(&records(file, "mention")) {
        let text = text_of(&record["text"]);
        let lists = ["contents", "cues"].map(|f| shown(&record[f]).as_array().cloned().unwrap_or_default());
        let one = Some(shown(&record["anchor"]).clone()).filter(|a| a.is_object());
        for anchor in lists.into_iter().flatten().chain(one) {
            let at = |key: &str| usize::try_from(anchor[key].as_u64().unwrap()).unwrap();
            let slice: String = text[at("start")..at("end")].iter().collect();
            assert_eq!(anchor["exact"], slice);
            seen += 1;
        }
    }
    assert!(seen > 0, "there was something to check");
}

/// The real articles, where they are beside the project.
pub(crate) fn shared_articles() -> Vec<PathBuf> {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let folder = std::env::var("VARIORUM_SHARED").map_or_else(|_| root.join("../shared"), PathBuf::from);
    let Ok(entries) = std::fs::read_dir(folder.join("articles")) else { return Vec::new() };
    let mut found: Vec<PathBuf> =
        entries.map(|e| e.unwrap().path()).filter(|p| p.extension().is_some_and(|e| e == "txt")).collect();
    found.sort();
    found
}
