//! Every kind of conflict: shown with what it is about, and settled by a person's click.

use crate::colleagues::crooked::crooked;
use crate::harness::Page;
use variorum::codecs::project_file;
use variorum::merge::{ConflictKind, conflicts};

/// A kind, what its card must say, and the control that settles it. `None`: a warning, nothing to decide.
const KINDS: [(ConflictKind, &[&str], Option<&str>); 15] = [
    (
        ConflictKind::TwoValues,
        &["Harbour stays", "Harbour goes", "Anna", "Boris", "2026-11-", "shown now"],
        Some("Keep this"),
    ),
    (
        ConflictKind::EditAndDelete,
        &["harbour", "Deleted by Anna", "Changed by Boris", "this one matters"],
        Some("Keep it"),
    ),
    (
        ConflictKind::TextVariant,
        &["Long story", "in a hundred of their words run alike", "See the difference", "Keep apart"],
        Some("Same publication"),
    ),
    (ConflictKind::ReAnchor, &["[stays]", "Found:", "Open the text"], Some("Place it here")),
    (ConflictKind::SameTextTwoArticles, &["Same publication"], Some("Two publications")),
    (ConflictKind::SameName, &["Port", "They are two", "Anna", "Boris"], Some("They are one")),
    (ConflictKind::SameLabelName, &["Ironic", "They are one"], Some("They are two")),
    (ConflictKind::SamePersonName, &["Kim", "Two people"], Some("Same person")),
    (ConflictKind::Duplicate, &["He left", "Anna"], Some("Keep only this")),
    (ConflictKind::DanglingLink, &["Bridge", "deleted", "Take the link out"], Some("Bring it back")),
    (ConflictKind::RuleBroken, &["Tunnel", "Open the text", "favor", "against"], Some("Set this")),
    (ConflictKind::StaleDecision, &["Before:", "Now:", "Open it again", "Judge One"], Some("It still holds")),
    (ConflictKind::TwoAdjudicators, &["Judge One", "Judge Two", "We are not"], Some("Keep this")),
    (ConflictKind::SameWrite, &["nothing to decide", "copied browser profile"], None),
    (ConflictKind::NewerFormat, &["nothing to decide", "newer version"], None),
];

fn cards(kind: ConflictKind) -> String {
    format!(".kind[data-kind='{}'] .card-conflict", kind.as_str())
}

impl Page {
    /// Clicks a control of the first card of a kind, with the mouse.
    fn settle(&self, kind: ConflictKind, control: &str) {
        let found = self.run(
            "document.querySelectorAll('[data-wanted]').forEach((e) => e.removeAttribute('data-wanted'));
             const card = document.querySelector(arguments[0]);
             const button = [...card.querySelectorAll('button')].find((b) => b.textContent.trim() === arguments[1]);
             button?.setAttribute('data-wanted', '');
             button?.scrollIntoView({ block: 'center' });
             return !!button",
            vec![cards(kind).into(), control.into()],
        );
        assert_eq!(found, true, "{} has {control}", kind.as_str());
        self.find("[data-wanted]").click();
    }

    fn open_conflicts(&self) {
        self.wait_until("the desk answers", || !self.find_all("#part-conflicts").is_empty());
        self.run("scrollTo(0, 0)", vec![]);
        self.find("#part-conflicts").click();
        self.wait_until("they are listed", || !self.find_all("#part-conflicts[aria-current]").is_empty());
    }
}

#[test]
fn every_kind_of_conflict_is_shown_as_it_should_be_and_settled_by_a_click() {
    let project = crooked();
    let page = Page::open("conflicts");
    let file = page.file("crooked.variorum.json", project_file::write(&project).as_bytes());
    page.run("document.querySelector('#file-input').hidden = false", vec![]);
    page.find("#file-input").choose(&[&file]);
    page.wait_until("it is open", || page.find_all(".version").len() >= 3);
    page.click_text("Together");
    page.open_conflicts();
    page.screenshot("conflicts");
    for (kind, says, control) in KINDS {
        page.wait_until(kind.as_str(), || !page.find_all(&cards(kind)).is_empty());
        let words = page.run(
            "return [...document.querySelectorAll(arguments[0])].map((c) => c.innerText).join('\\n')",
            vec![cards(kind).into()],
        );
        let words = words.as_str().unwrap_or_default();
        for part in says {
            assert!(words.contains(part), "{}: {part} in {words}", kind.as_str());
        }
        if kind == ConflictKind::TextVariant {
            // The difference is looked at in the comparison, and one comes back.
            page.settle(kind, "See the difference");
            page.wait_until("both texts are there", || !page.find_all(".pair").is_empty());
            page.click_text("Together");
            page.open_conflicts();
        }
        if let Some(control) = control {
            while !page.find_all(&cards(kind)).is_empty() {
                let before = page.find_all(&cards(kind)).len();
                page.settle(kind, control);
                page.wait_until("there is one less", || page.find_all(&cards(kind)).len() < before);
            }
        }
    }
    page.screenshot("conflicts-settled");
    // Each was one step: the last one comes back.
    let stale = cards(ConflictKind::TwoAdjudicators);
    page.find("#undo").click();
    page.wait_until("it is taken back", || !page.find_all(&stale).is_empty());
    page.press("Ctrl+Shift+z");
    page.wait_until("and settled again", || page.find_all(&stale).is_empty());
    let settled = project_file::read(&page.export()).unwrap().value;
    let mut left: Vec<ConflictKind> = conflicts(&settled).iter().map(|c| c.kind).collect();
    left.dedup();
    assert_eq!(left, [ConflictKind::SameWrite, ConflictKind::NewerFormat], "only warnings are left");
    assert_eq!(page.complaints(), Vec::<String>::new());
}
