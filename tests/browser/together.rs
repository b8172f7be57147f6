//! Working together by passing files: packages out, work back in any order, agreement, conflicts, gold.

use crate::desk::records;
use crate::harness::Page;
use serde_json::Value;
use std::path::PathBuf;
use variorum::codecs::project_file;
use variorum::merge::export::my_work;
use variorum::model::{
    Article, Attribution, CoverageState, Holder, Id, Layer, Person, Project, ProjectInfo, ReplicaId, Target,
    TargetKind, Time,
};
use variorum::store::{Command, Context, MarkRole, Replica, apply, decide, label_id};
use variorum::text::Span;

/// Somebody with a copy of the project on another machine: the same core, without a page.
struct Annotator {
    project: Project,
    me: Id<Person>,
    replica: Replica,
    next: u128,
}

impl Annotator {
    fn open(file: &str, person: u128, name: &str) -> Self {
        let project = project_file::read(file).unwrap().value;
        let replica = Replica::new(ReplicaId::new(&format!("machine-{person}")));
        let mut annotator = Self { project, me: Id::random(person), replica, next: person << 64 };
        let person = annotator.me.clone();
        annotator.run(Command::NamePerson { person, name: name.into() });
        annotator
    }

    fn run(&mut self, command: Command) {
        let next = &mut self.next;
        let mut bits = || {
            *next += 1;
            *next
        };
        let on = Time::parse("2026-11-21T18:42:00Z").unwrap();
        let mut context = Context { by: self.me.clone(), on, replica: &mut self.replica, bits: &mut bits };
        let step = decide(&self.project, command, &mut context).unwrap();
        assert!(apply(&mut self.project, &step).is_empty());
    }

    /// Marks the words of a text from one place to another as a quotation.
    fn quote(&mut self, article: usize, from: usize, to: usize) {
        let (text, span) = {
            let article = self.project.all::<Article>().nth(article).unwrap();
            let content = self.project.text(&article.text).unwrap();
            let at = |n: usize| content.char_indices().nth(n).unwrap().0;
            (article.text.clone(), Span::new(content, at(from), at(to)).unwrap())
        };
        self.next += 1;
        let attribution: Id<Attribution> = Id::random(self.next);
        self.run(Command::Mark { attribution, text, span, role: MarkRole::Content, blind: true });
    }

    /// Says what each article thinks of one target, and that both layers are finished.
    fn finish(&mut self, target: &Id<Target>, values: [&str; 5]) {
        let texts: Vec<_> = self.project.all::<Article>().map(|a| a.text.clone()).collect();
        for (text, value) in texts.into_iter().zip(values) {
            let value = Some(label_id("favor", value));
            let (holder, target) = (Holder::Article, target.clone());
            self.run(Command::SetStance {
                text: text.clone(),
                holder,
                target,
                attribution: None,
                value,
                blind: true,
            });
            for layer in [Layer::Attribution, Layer::Stance] {
                self.run(Command::SetCoverage {
                    text: text.clone(),
                    layer,
                    state: Some(CoverageState::Done),
                });
            }
        }
    }

    fn returned(&self) -> String {
        project_file::write(&my_work(&self.project, &self.me))
    }
}

impl Page {
    fn part(&self, id: &str) {
        self.run("scrollTo(0, 0)", vec![]);
        self.find(&format!("#{id}")).click();
        self.wait_until("the part is shown", || {
            let script = "return document.getElementById(arguments[0])?.getAttribute('aria-current')";
            self.run(script, vec![id.into()]) == "page"
        });
    }

    fn go_together(&self) {
        self.click_text("Together");
        self.wait_until("the desk answers", || !self.find_all("#part-joining").is_empty());
    }

    fn field(&self, id: &str, value: &str) {
        self.run(
            "const field = document.querySelector(arguments[0]); field.value = arguments[1];
             field.dispatchEvent(new Event('change', { bubbles: true }));",
            vec![format!("#{id}").into(), value.into()],
        );
    }

    fn choose_together(&self, files: &[&PathBuf]) {
        let files: Vec<&std::path::Path> = files.iter().map(|f| f.as_path()).collect();
        self.run("document.querySelector('#together-files').hidden = false", vec![]);
        self.find("#together-files").choose(&files);
        self.wait_until("the files are looked at", || self.find_all(".card-file").len() == files.len());
    }

    /// What a button hands to the person.
    fn saved_by(&self, id: &str) -> String {
        self.forget_downloads();
        self.find(&format!("#{id}")).click();
        std::fs::read_to_string(self.downloaded()).unwrap()
    }

    /// Which case of how many is shown. Read in one go: the case is made anew when it is decided.
    fn case_place(&self) -> String {
        let place = self.run("return document.getElementById('case-place')?.textContent ?? ''", vec![]);
        place.as_str().unwrap_or_default().to_owned()
    }

    fn looks(&self, name: &str) {
        self.screenshot(name);
        self.dark();
        self.screenshot(&format!("{name}-dark"));
        self.narrow();
        self.screenshot(&format!("{name}-dark-400"));
        self.light();
        self.screenshot(&format!("{name}-400"));
        let over = "return document.documentElement.scrollWidth > document.documentElement.clientWidth";
        assert_eq!(self.run(over, vec![]), Value::Bool(false), "{name} fits 400 px");
        self.wide();
    }
}

/// Three packages of the sample, labelled with planned differences.
fn returned() -> (String, Vec<String>) {
    let page = Page::open("packages");
    page.click_text("Open the sample story");
    page.wait_until("the sample opens", || !page.find_all("#page-text").is_empty());
    page.go_together();
    page.part("part-sharing");
    page.field("people", "3");
    page.field("overlap", "3");
    page.wait_until("the third gets a story, too", || page.find_all("#package-3").len() == 1);
    page.looks("together-sharing");
    let packages: Vec<String> = (1..=3).map(|n| page.saved_by(&format!("package-{n}"))).collect();
    assert!(records(&packages[0], "attribution").is_empty(), "no marks go with a package");
    assert_eq!(records(&packages[2], "article").len(), 5);
    let target: Id<Target> = Id::random(77);
    let values = [
        ["favor"; 5],
        ["favor", "favor", "favor", "favor", "against"],
        ["favor", "favor", "favor", "favor", "against"],
    ];
    let ends = [(40, 80), (40, 80), (40, 70)];
    let back = (0..3).map(|i| {
        let mut annotator = Annotator::open(&packages[i], 100 + i as u128, ["Anna", "Boris", "Chen"][i]);
        annotator.run(Command::AddTarget {
            target: target.clone(),
            name: "The ferry".into(),
            kind: TargetKind::Issue,
        });
        let (from, to) = ends[i];
        annotator.quote(0, from, to);
        annotator.quote(1, 10, 30);
        if i == 0 {
            annotator.quote(2, 20, 50);
        }
        annotator.finish(&target, values[i]);
        annotator.returned()
    });
    let back = back.collect();
    (packages[0].clone(), back)
}

/// A page with the ground of the project, into which files come back in an order.
fn joined(name: &'static str, ground: &str, back: &[String], order: [usize; 3]) -> Page {
    let page = Page::open(name);
    let ground = page.file("ground.variorum.json", ground.as_bytes());
    page.run("document.querySelector('#file-input').hidden = false", vec![]);
    page.find("#file-input").choose(&[&ground]);
    page.wait_until("the ground is open", || page.shows("Versions") || page.find_all(".version").len() == 5);
    page.go_together();
    let files: Vec<PathBuf> =
        order.iter().map(|i| page.file(&format!("from-{i}.variorum.json"), back[*i].as_bytes())).collect();
    page.choose_together(&files.iter().collect::<Vec<_>>());
    page.find("#join").click();
    page.wait_for_text("Joined 3 files");
    page
}

#[test]
fn three_people_pass_files_and_a_gold_standard_comes_out() {
    let (ground, back) = returned();
    let one = joined("back-in-order", &ground, &back, [0, 1, 2]);
    one.part("part-sharing");
    let first = one.saved_by("everything");
    drop(one);
    let page = joined("back-otherwise", &ground, &back, [2, 0, 1]);
    page.part("part-sharing");
    assert!(page.saved_by("everything") == first, "whichever order the files came in");

    // The numbers that were planned: of five units four are alike, in one a pair of three agrees.
    page.part("part-numbers");
    page.wait_until("the numbers are there", || {
        !page.find_all(".layer[data-kind='stance'] table").is_empty()
    });
    let percent = page.find(".layer[data-kind='stance'] tr[data-kind='percent_pairwise']").text();
    assert!(percent.contains("0.867") && percent.contains("5 / 5"), "{percent}");
    for (layer, measure, planned) in [
        // 13 times favor, twice against; four disagreeing pairs of six, by halves: 1 - 14 * 2 / (2 * 13 * 2).
        ("stance", "krippendorff_alpha", "0.462"),
        // Three marks, two, two: of the pairs two, one and one are the same, and two each meet.
        ("attribution", "span_f1_exact", "0.571"),
        ("attribution", "span_f1_overlap", "0.857"),
    ] {
        let row = page.find(&format!(".layer[data-kind='{layer}'] tr[data-kind='{measure}']")).text();
        assert!(row.contains(planned), "{layer} {measure}: {row}");
    }
    let native = project_file::read(&first).unwrap().value;
    let reports = variorum::agreement::report(&native, None, &Default::default());
    for report in reports.iter().filter(|r| !r.documents.is_empty()) {
        for measure in &report.measures {
            let row = format!(".layer[data-kind='{}'] tr[data-kind='{}']", report.layer, measure.name);
            let row = page.find(&row).text();
            match &measure.value {
                Ok(value) => assert!(row.contains(&format!("{value:.3}")), "{row}"),
                Err(why) => assert!(row.contains(&format!("undefined: {why}")), "{row}"),
            }
        }
    }
    assert!(page.find("#methods").text().contains("1000 resamples, seed 1"));
    page.looks("together-numbers");
    page.find(".layer[data-kind='attribution'] > details > summary").click();
    assert!(!page.find_all(".layer[data-kind='attribution'] svg text").is_empty(), "pictures are elements");
    assert!(page.saved_by("attribution-boundaries-csv").starts_with("name,count"));
    assert!(page.saved_by("attribution-pairs-svg").starts_with("<svg"));

    // Disagreements, by keys.
    page.part("part-cases");
    page.wait_until("a case is shown", || !page.find_all("#case-place").is_empty());
    assert!(!page.shows("Anna:"), "names are hidden");
    page.looks("together-cases");
    page.run("document.activeElement.blur()", vec![]);
    page.press("a");
    page.wait_until("all that agree are taken over", || page.find_all("#case-agreed").is_empty());
    let mut left = 99;
    loop {
        page.wait_until("a case is shown, or none is left", || {
            !page.case_place().is_empty() || !page.find_all("#no-case").is_empty()
        });
        let place = page.case_place();
        if place.is_empty() {
            break;
        }
        let now: usize = place.rsplit(' ').next().unwrap().parse().unwrap();
        assert!(now < left, "each decision takes a case off: {place}");
        left = now;
        page.press("1");
        page.wait_until("the case is decided", || {
            !page.find_all("#no-case").is_empty()
                || page.case_place().rsplit(' ').next() != Some(&now.to_string())
        });
    }
    let gold = page.saved_by("gold");
    let rows: Vec<&str> = gold.lines().skip(1).collect();
    assert!(rows.len() >= 8, "{gold}");
    assert!(rows.iter().all(|row| row.contains(",decided,")), "{gold}");
    page.looks("together-decided");
    page.find("#undo").click();
    page.wait_until("a decision is taken back", || page.find_all("#no-case").is_empty());
}

#[test]
fn each_file_is_looked_at_before_anything_happens_and_what_cannot_be_joined_says_why() {
    let (ground, back) = returned();
    let page = Page::open("looked-at");
    let file = page.file("ground.variorum.json", ground.as_bytes());
    page.run("document.querySelector('#file-input').hidden = false", vec![]);
    page.find("#file-input").choose(&[&file]);
    page.wait_until("the ground is open", || page.find_all(".version").len() == 5);
    page.go_together();
    let id = project_file::read(&back[0]).unwrap().value.id().to_string();
    let other = back[0].replace(&id, Id::<ProjectInfo>::random(5).as_str());
    let newer = back[0].replacen("variorum/1", "variorum/9", 1);
    let half = &back[0][..back[0].len() / 40];
    let files = [
        page.file("anna.variorum.json", back[0].as_bytes()),
        page.file("other.variorum.json", other.as_bytes()),
        page.file("newer.variorum.json", newer.as_bytes()),
        page.file("note.json", b"{}"),
        page.file("half.variorum.json", half.as_bytes()),
    ];
    page.choose_together(&files.iter().collect::<Vec<_>>());
    page.wait_for_text("nothing was joined");
    page.wait_for_text("newer Variorum");
    page.wait_for_text("not a Variorum project");
    let anna = page.find(".card-file").text();
    assert!(anna.contains("new") && anna.contains("Anna"), "{anna}");
    page.looks("together-joining");
    page.find("#join").click();
    page.wait_for_text("Joined");
    page.find("#undo").click();
    page.wait_for_text("Undone: join files");
    page.part("part-cases");
    page.wait_for_text("Nothing is marked yet");
    page.part("part-joining");
    page.click_text("What earlier joins brought");
    assert!(page.shows("anna.variorum.json"));
}
