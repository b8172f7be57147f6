//! Where several people have annotated a text, everybody's marks can be told apart, and one's own looked at alone.

use crate::harness::Page;
use serde_json::json;

const TEXT: &str = "Ferry stays\n\n“We stay,” Mayor Holm said on Monday. Lind agreed, “for now”.";

/// What two people did in Label Studio.
fn tasks() -> String {
    let region = |id: &str, label: &str, words: &str| {
        let start = TEXT[..TEXT.find(words).unwrap()].chars().count();
        let value = json!({"start": start, "end": start + words.chars().count(), "labels": [label]});
        json!({"id": id, "type": "labels", "value": value})
    };
    let by = |name: &str, result: Vec<serde_json::Value>| json!({"completed_by": {"id": 1, "first_name": name}, "result": result});
    let ann = by("Ann", vec![region("a", "content", "“We stay,”"), region("b", "content", "“for now”")]);
    let ben = by("Ben", vec![region("a", "content", "We stay")]);
    json!([{"id": 1, "data": {"text": TEXT}, "annotations": [ann, ben]}]).to_string()
}

impl Page {
    fn look_at_marks_of(&self, who: &str) {
        let script = "const list = document.querySelector('select.whose');
            list.value = [...list.options].find(o => o.text === arguments[0]).value;
            list.dispatchEvent(new Event('change', { bubbles: true }));";
        self.run(script, vec![json!(who)]);
    }

    fn credits(&self) -> Vec<String> {
        self.find_all(".card .credit").iter().map(|credit| credit.text()).collect()
    }
}

#[test]
fn everybody_s_marks_say_whose_they_are_and_can_be_looked_at_alone() {
    let page = Page::open("whose");
    page.open_sample_training();
    page.use_training("part-import", "#can-read");
    page.bring(&[("two.json", &tasks())]);
    page.find("#take-in").click();
    page.wait_for_text("records were taken in");
    page.introduce_if_asked();
    page.click_text("Library");
    page.click_text("task 1");
    page.wait_for_cards(3);
    assert_eq!(page.credits(), ["marked by Ann", "marked by Ben", "marked by Ann"]);
    page.screenshot("whose-everybody");
    page.look_at_marks_of("Ben");
    page.wait_for_cards(1);
    assert_eq!(
        (page.credits(), page.marked("content")),
        (vec!["marked by Ben".into()], vec!["We stay".into()])
    );
    // Nobody's own mark goes where it cannot be seen.
    page.select("#page-text", "Lind agreed");
    page.press("q");
    page.wait_for_cards(4);
    page.command("Only my marks");
    page.wait_for_cards(1);
    assert_eq!((page.credits(), page.marked("content")), (vec![], vec!["Lind agreed".into()]));
    page.narrow();
    page.dark();
    page.screenshot("whose-mine");
    page.wide();
    page.find("#undo").click();
    page.wait_for_text("Nothing here is theirs");
    page.look_at_marks_of("Everybody’s marks");
    page.wait_for_cards(3);
    assert_eq!(page.complaints(), Vec::<String>::new());
}
