//! Laws that hold for every project: what is written is read, what is done can be undone.

#![allow(clippy::unwrap_used, reason = "a test stops where something is wrong")]

use variorum::codecs::project_file;
use variorum::model::{
    Article, Attribution, AttributionType, Holder, Id, Label, Person, Project, ProjectInfo, RecordId,
    ReplicaId, Source, SourceKind, Stance, Story, Target, TargetKind, Time, VersionRole,
};
use variorum::store::{
    self, Command, Context, History, MarkRole, NewArticle, Replica, apply, article_id, decide, label_id,
    reversal, text_id,
};
use variorum::text::{Span, Text};

use proptest::prelude::*;

const TEXT: &str =
    "😀 “We are not leaving,” said Olena Їжак. Mayor Holm said that the “harbour” stays.\n\nHe left.";

/// A project under a test's hands, with everything a face would hold.
#[derive(Clone)]
struct Desk {
    project: Project,
    history: History,
    replica: Replica,
    next: u128,
    by: Id<Person>,
}

impl Desk {
    fn new(replica: &str) -> Self {
        let mut desk = Self {
            project: Project::new(Id::<ProjectInfo>::random(1)),
            history: History::default(),
            replica: Replica::new(ReplicaId::new(replica)),
            next: replica.bytes().map(u128::from).sum::<u128>() << 64,
            by: Id::random(2),
        };
        desk.run(Command::Begin { name: "Test".into() });
        desk.run(Command::AddArticles { articles: vec![new_article(TEXT)] });
        desk
    }

    fn act<T>(&mut self, f: impl FnOnce(&Project, &mut Context<'_>) -> T) -> T {
        let next = &mut self.next;
        let mut bits = || {
            *next += 1;
            *next
        };
        let on = Time::parse("2026-11-21T18:42:20Z").unwrap();
        let mut context = Context { by: self.by.clone(), on, replica: &mut self.replica, bits: &mut bits };
        f(&self.project, &mut context)
    }

    fn run(&mut self, command: Command) -> bool {
        let Ok(step) = self.act(|project, context| decide(project, command, context)) else { return false };
        assert!(apply(&mut self.project, &step).is_empty(), "every op of a decided step fits");
        self.history.record(step);
        true
    }

    fn undo(&mut self) -> bool {
        let Some(step) = self.history.to_undo().cloned() else { return false };
        self.reverse(&step)
    }

    fn redo(&mut self) -> bool {
        let Some(step) = self.history.to_redo().cloned() else { return false };
        self.reverse(&step)
    }

    fn reverse(&mut self, step: &store::Step) -> bool {
        let back = self.act(|project, context| reversal(project, step, context));
        assert!(apply(&mut self.project, &back).is_empty());
        self.history.record(back);
        true
    }

    /// What a person can see: the live records, every field's shown value.
    fn visible(&self) -> Vec<String> {
        let shown = |id: &RecordId| {
            let entry = self.project.entry(id).unwrap();
            let kind = variorum::model::KINDS.iter().find(|(_, kind, _)| *kind == entry.kind());
            let fields = kind.map(|(_, _, fields)| *fields).unwrap_or_default();
            let values = fields.iter().map(|f| entry.value(f.name));
            format!("{id} {:?} {:?}", values.collect::<Vec<_>>(), entry.value("note"))
        };
        let live = self.project.records().filter(|(_, e)| e.is_live());
        live.map(|(id, _)| shown(id)).collect()
    }

    fn text(&self) -> Id<variorum::model::ArticleText> {
        text_id(TEXT)
    }
}

/// How many kinds of commands there are, and which one a command is. A new command fails to compile
/// here until the laws are tried on it too.
const COMMANDS: usize = 62;

fn number(command: &Command) -> usize {
    match command {
        Command::Begin { .. } => 0,
        Command::RenameProject { .. } => 1,
        Command::NamePerson { .. } => 2,
        Command::AddArticles { .. } => 3,
        Command::MoveArticle { .. } => 4,
        Command::SplitOff { .. } => 5,
        Command::RetitleArticle { .. } => 6,
        Command::SetOutlet { .. } => 7,
        Command::SetPublished { .. } => 8,
        Command::SetVersionRole { .. } => 9,
        Command::RenameStory { .. } => 10,
        Command::Mark { .. } => 11,
        Command::Unmark { .. } => 12,
        Command::Remark { .. } => 13,
        Command::SetSpeaker { .. } => 14,
        Command::Resolve { .. } => 15,
        Command::AddSource { .. } => 16,
        Command::RenameSource { .. } => 17,
        Command::SetSourceKind { .. } => 18,
        Command::SetType { .. } => 19,
        Command::AddTarget { .. } => 20,
        Command::RenameTarget { .. } => 21,
        Command::SetStance { .. } => 22,
        Command::AddEvidence { .. } => 23,
        Command::RemoveEvidence { .. } => 24,
        Command::SetConditional { .. } => 25,
        Command::SetMixed { .. } => 26,
        Command::SetNote { .. } => 27,
        Command::SetUnsure { .. } => 28,
        Command::Delete { .. } => 29,
        Command::TakeIn { .. } => 30,
        Command::SetSame { .. } => 31,
        Command::CompleteTexts { .. } => 32,
        Command::Purge { .. } => 33,
        Command::AddLabel { .. } => 34,
        Command::SetField { .. } => 35,
        Command::Align { .. } => 36,
        Command::Judge { .. } => 37,
        Command::SetCoverage { .. } => 38,
        Command::Decide { .. } => 39,
        Command::Restore { .. } => 40,
        Command::SetIntensity { .. } => 41,
        Command::SetParent { .. } => 42,
        Command::SetContinues { .. } => 43,
        Command::SetMedium { .. } => 44,
        Command::NoteDefects { .. } => 45,
        Command::SetAliases { .. } => 46,
        Command::SetAffiliation { .. } => 47,
        Command::SetSourceRole { .. } => 48,
        Command::SetSourceStatus { .. } => 49,
        Command::MergeSources { .. } => 50,
        Command::SplitSource { .. } => 51,
        Command::NameAll { .. } => 52,
        Command::Ask { .. } => 53,
        Command::Settle { .. } => 54,
        Command::SetGuidelines { .. } => 55,
        Command::RenameLabel { .. } => 56,
        Command::DefineLabel { .. } => 57,
        Command::ColourLabel { .. } => 58,
        Command::MergeLabels { .. } => 59,
        Command::Several { .. } => 60,
    }
}

fn one<K: variorum::model::AsBody>(desk: &Desk, n: u16) -> Id<K> {
    let all: Vec<_> = desk.project.all::<K>().map(|x| x.id()).collect();
    all.get(usize::from(n) % all.len().max(1)).cloned().unwrap_or(Id::random(9))
}

/// A command out of numbers, so that proptest can make any sequence of them.
fn command(desk: &Desk, kind: u8, a: u16, b: u16) -> Command {
    let pick = |n: u16, of: usize| usize::from(n) % of.max(1);
    let bounds: Vec<usize> = TEXT.char_indices().map(|(i, _)| i).chain([TEXT.len()]).collect();
    let (x, y) = (bounds[pick(a, bounds.len())], bounds[pick(b, bounds.len())]);
    let span = Span::new(TEXT, x.min(y), x.max(y)).unwrap();
    let fresh: Id<Attribution> = Id::random(u128::from(a) << 16 | u128::from(b));
    let attribution = if a.is_multiple_of(4) { fresh } else { one(desk, a) };
    let role = [MarkRole::Content, MarkRole::Cue, MarkRole::Source][pick(b, 3)];
    let marked = desk.project.find(&attribution).and_then(|x| {
        let content = x.contents.get().first().map(|c| (c.anchor(), MarkRole::Content));
        let (anchor, role) = content.or_else(|| Some((x.cues.get().first()?.clone(), MarkRole::Cue)))?;
        Some((anchor.span(&Text::new(TEXT))?, role))
    });
    let (old, old_role) = marked.unwrap_or((span, role));
    let (source, target, stance) = (one::<Source>(desk, b), one::<Target>(desk, b), one::<Stance>(desk, a));
    let evidence = desk.project.find(&stance).and_then(|s| s.evidence.get().first()?.span(&Text::new(TEXT)));
    let (article, story): (Id<Article>, Id<Story>) = (one(desk, a), one(desk, b));
    let name = format!("Name {}", a % 5);
    let word = (!b.is_multiple_of(4)).then(|| name.clone());
    match usize::from(kind) % COMMANDS {
        0 => Command::Begin { name },
        1 => Command::RenameProject { name },
        2 => Command::NamePerson { person: Id::random(u128::from(b % 3)), name },
        3 => {
            let text = format!("Article {} said nothing.", a % 4);
            Command::AddArticles { articles: vec![new_article(&text)] }
        }
        4 => Command::MoveArticle { article, story },
        5 => Command::SplitOff { article, story: fresh_of(a), name },
        6 => Command::RetitleArticle { article, title: name },
        7 => Command::SetOutlet { article, outlet: word },
        8 => Command::SetPublished { article, published: word },
        9 => Command::SetVersionRole { article, role: word.map(|w| VersionRole::from(&*w)) },
        10 => Command::RenameStory { story, name },
        12 => Command::Unmark { attribution, span: old, role: old_role },
        13 => Command::Remark { attribution, old, new: span, role: old_role },
        14 => Command::SetSpeaker { attribution, source },
        15 => Command::Resolve { mention: one(desk, a), source: word.map(|_| source) },
        16 => Command::AddSource { source: fresh_of(a), story: Some(story), name, kind: None },
        17 => Command::RenameSource { source, name },
        18 => Command::SetSourceKind { source, kind: word.map(|w| SourceKind::from(&*w)) },
        19 => Command::SetType { attribution, r#type: word.map(|w| AttributionType::from(&*w)) },
        20 => Command::AddTarget { target: fresh_of(a), name, kind: TargetKind::Issue },
        21 => Command::RenameTarget { target, name },
        22 => Command::SetStance {
            text: desk.text(),
            holder: if a.is_multiple_of(2) { Holder::Article } else { Holder::Source(source) },
            target,
            attribution: None,
            value: (!b.is_multiple_of(3)).then(|| label_id("favor", "favor")),
            blind: false,
        },
        23 => Command::AddEvidence { stance, span },
        24 => Command::RemoveEvidence { stance, span: evidence.unwrap_or(span) },
        25 => Command::SetConditional { stance, conditional: a.is_multiple_of(2) },
        26 => Command::SetMixed { stance, mixed: a.is_multiple_of(2) },
        27 => Command::SetNote { record: attribution.record().clone(), note: word },
        28 => Command::SetUnsure { record: stance.record().clone(), unsure: a.is_multiple_of(2) },
        29 => Command::Delete { records: vec![attribution.record().clone(), stance.record().clone()] },
        30 => Command::TakeIn { records: elsewhere(desk, a, b) },
        31 => Command::SetSame {
            a: one::<Source>(desk, a).record().clone(),
            b: source.record().clone(),
            same: !a.is_multiple_of(3),
        },
        32 => Command::CompleteTexts { texts: vec![Text::new(TEXT)] },
        33 => Command::Purge { records: vec![attribution.record().clone()] },
        34 => {
            let meaning = variorum::model::Meaning::Query;
            Command::AddLabel { label: fresh_of(a), scheme: "mood".into(), name, meaning }
        }
        35 => {
            let (field, value) = match b % 4 {
                0 => ("channel", r#""interview""#),
                1 => ("medium", r#"["speech","writing"]"#),
                2 => ("rule", "null"),
                _ => ("contents", "[]"),
            };
            let value = variorum::model::Json::read(value).unwrap();
            Command::SetField { record: attribution.record().clone(), field, value }
        }
        36 => {
            let other: Id<Article> = one(desk, b);
            let (to_text, words) = desk
                .project
                .find(&other)
                .and_then(|o| Some((o.text.clone(), desk.project.text(&o.text)?.clone())))
                .unwrap_or((desk.text(), Text::new(TEXT)));
            let to = words.whole();
            let confirmed = (!a.is_multiple_of(5)).then_some(a.is_multiple_of(2));
            Command::Align {
                from_text: desk.text(),
                to_text,
                from: vec![span],
                to: vec![to],
                op: None,
                confirmed,
            }
        }
        37 => {
            let judgement = store::Judgement { evidence: word, ..store::Judgement::default() };
            Command::Judge { from: article, to: one(desk, b), judgement }
        }
        38 => {
            let state = (!a.is_multiple_of(4)).then_some(variorum::model::CoverageState::Done);
            Command::SetCoverage { text: desk.text(), layer: variorum::model::Layer::Stance, state }
        }
        39 => {
            let member = attribution.record().clone();
            let verdict = store::Verdict {
                digest: desk.project.digest([&member]),
                members: vec![member.clone()],
                outcome: "variant".into(),
                keep: vec![member],
                contents: None,
                reason: word,
                note: None,
            };
            Command::Decide { verdicts: vec![verdict] }
        }
        40 => {
            let deleted = desk.project.records().filter(|(_, e)| *e.deleted.get()).map(|(id, _)| id.clone());
            Command::Restore { records: deleted.take(1 + usize::from(a % 3)).collect() }
        }
        41.. => about_speakers_and_labels(desk, usize::from(kind) % COMMANDS, a, b),
        _ => Command::Mark { attribution, text: desk.text(), span, role, blind: true },
    }
}

/// The commands of the desk that say more of speakers, stances and labels.
fn about_speakers_and_labels(desk: &Desk, kind: usize, a: u16, b: u16) -> Command {
    use variorum::model::{Affiliation, Comment, Defect, Label, Medium, SourceRole, SourceStatus};
    let (attribution, other): (Id<Attribution>, Id<Attribution>) = (one(desk, a), one(desk, b));
    let (source, label): (Id<Source>, Id<Label>) = (one(desk, a), one(desk, a));
    let stance: Id<Stance> = one(desk, a);
    let name = format!("Name {}", a % 5);
    let word = (!b.is_multiple_of(4)).then(|| name.clone());
    match kind {
        41 => Command::SetIntensity { stance, intensity: word.map(|_| (a % 4) as u8) },
        42 => Command::SetParent { attribution, parent: word.map(|_| other) },
        43 => Command::SetContinues { attribution, continues: word.map(|_| other) },
        44 => Command::SetMedium {
            attribution,
            medium: vec![Medium::ALL[usize::from(b) % Medium::ALL.len()].clone()],
        },
        45 => {
            let defects = vec![Defect::ALL[usize::from(b) % Defect::ALL.len()].clone()];
            Command::NoteDefects { attribution, defects }
        }
        46 => Command::SetAliases { source, aliases: word.into_iter().collect() },
        47 => Command::SetAffiliation { source, affiliation: word.map(|w| Affiliation::from(&*w)) },
        48 => Command::SetSourceRole { source, role: word.map(|w| SourceRole::from(&*w)) },
        49 => Command::SetSourceStatus { source, status: word.map(|w| SourceStatus::from(&*w)) },
        50 => Command::MergeSources { kept: source, gone: one(desk, b) },
        51 => Command::SplitSource {
            attributions: vec![attribution],
            from: one(desk, b),
            new: fresh_of(a),
            name,
        },
        52 => {
            let at = TEXT.find("Mayor").unwrap();
            let place = Span::new(TEXT, at, at + 5).unwrap();
            Command::NameAll { source, places: vec![(desk.text(), place)] }
        }
        53 => Command::Ask { comment: fresh_of(a), about: attribution.record().clone(), words: name },
        54 => Command::Settle { comment: one::<Comment>(desk, a), resolved: b.is_multiple_of(2) },
        55 => Command::SetGuidelines { guidelines: name },
        56 => Command::RenameLabel { label, name },
        57 => Command::DefineLabel { label, definition: word },
        58 => Command::ColourLabel { label, colour: word },
        59 => Command::MergeLabels { kept: label, gone: one(desk, b) },
        _ => {
            let note = Command::SetNote { record: attribution.record().clone(), note: word };
            Command::Several { commands: vec![note, Command::SetIntensity { stance, intensity: Some(1) }] }
        }
    }
}

fn fresh_of<K: variorum::model::Kind>(n: u16) -> Id<K> {
    Id::random(u128::from(n % 16) + 5_000)
}

fn new_article(text: &str) -> NewArticle {
    NewArticle {
        content: Text::new(text),
        extractor: "test 1".into(),
        origin: None,
        title: "Harbour".into(),
        language: None,
        links: vec![],
        story: None,
    }
}

/// What a colleague's copy of some record says, who changed it and made another.
fn elsewhere(desk: &Desk, a: u16, b: u16) -> Vec<(RecordId, variorum::model::Entry)> {
    let mut theirs = desk.clone();
    theirs.replica = Replica::new(ReplicaId::new(&format!("their{a}-{b}")));
    theirs.run(Command::RenameSource { source: one(desk, a), name: format!("Theirs {b}") });
    theirs.run(Command::AddTarget { target: fresh_of(b), name: "Theirs".into(), kind: TargetKind::Claim });
    let changed = theirs.project.records().filter(|(id, entry)| desk.project.entry(id) != Some(*entry));
    changed.map(|(id, entry)| (id.clone(), entry.clone())).collect()
}

/// A command that undo can take back.
fn undoable(desk: &Desk, kind: u8, a: u16, b: u16) -> Command {
    let command = command(desk, kind, a, b);
    match number(&command) {
        32 | 33 => {
            Command::SetNote { record: desk.project.id().record().clone(), note: Some(format!("{a}")) }
        }
        _ => command,
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn undo_brings_back_exactly_what_was_visible(steps in prop::collection::vec((any::<u8>(), any::<u16>(), any::<u16>()), 1..25)) {
        let mut desk = Desk::new("r1");
        let mut seen = vec![desk.visible()];
        for (kind, a, b) in steps {
            let next = undoable(&desk, kind, a, b);
            if desk.run(next) {
                seen.push(desk.visible());
            }
        }
        for before in seen.iter().rev().skip(1) {
            prop_assert!(desk.undo());
            prop_assert_eq!(&desk.visible(), before);
        }
        for after in &seen[1..] {
            prop_assert!(desk.redo());
            prop_assert_eq!(&desk.visible(), after);
        }
    }

    #[test]
    fn whatever_the_order_of_keys_and_records_the_same_bytes_come_out(steps in prop::collection::vec((any::<u8>(), any::<u16>(), any::<u16>()), 0..25), seed: u64) {
        let mut desk = Desk::new("r1");
        for (kind, a, b) in steps {
            let next = command(&desk, kind, a, b);
            desk.run(next);
            if a % 5 == 0 { desk.undo(); }
        }
        let file = project_file::write(&desk.project);
        let mut seed = seed;
        let shuffled = shuffled(&serde_json::from_str(&file).unwrap(), &mut seed);
        let read = project_file::read(&shuffled).unwrap();
        prop_assert_eq!(&read.issues, &[]);
        prop_assert_eq!(project_file::write(&read.value), file);
    }

    #[test]
    fn undo_and_redo_go_on_after_a_reload_as_if_there_had_been_none(
        steps in prop::collection::vec((any::<u8>(), any::<u16>(), any::<u16>()), 1..20),
        back in prop::collection::vec(any::<bool>(), 1..20),
    ) {
        let mut desk = Desk::new("r1");
        for (kind, a, b) in steps {
            let next = command(&desk, kind, a, b);
            desk.run(next);
            if a % 5 == 0 { desk.undo(); }
        }
        // What storage keeps: the file, and the steps as JSON.
        let kept: Vec<store::Step> = desk.history.steps()
            .map(|step| serde_json::from_str(&serde_json::to_string(step).unwrap()).unwrap())
            .collect();
        let mut again = Desk {
            project: project_file::read(&project_file::write(&desk.project)).unwrap().value,
            history: History::from_steps(kept),
            replica: Replica::new(ReplicaId::new("r9")),
            ..desk.clone()
        };
        for undo in back {
            let (ours, theirs) = if undo { (desk.undo(), again.undo()) } else { (desk.redo(), again.redo()) };
            prop_assert_eq!(ours, theirs);
            prop_assert_eq!(desk.visible(), again.visible());
        }
    }

    #[test]
    fn an_older_copy_brings_nothing_back(steps in prop::collection::vec((any::<u8>(), any::<u16>(), any::<u16>()), 1..20)) {
        let mut desk = Desk::new("r1");
        let mut copies = vec![desk.project.clone()];
        for (kind, a, b) in steps {
            let next = command(&desk, kind, a, b);
            desk.run(next);
            copies.push(desk.project.clone());
            match a % 4 { 0 => desk.undo(), 1 => desk.redo(), _ => false };
        }
        let mut together = desk.project.clone();
        for copy in &copies {
            for (id, entry) in copy.records() {
                together.merge_entry(id.clone(), entry.clone());
            }
        }
        prop_assert_eq!(&together, &desk.project);
    }

    #[test]
    fn what_is_written_is_read_and_written_again_the_same(steps in prop::collection::vec((any::<u8>(), any::<u16>(), any::<u16>()), 0..25)) {
        let mut desk = Desk::new("r1");
        for (kind, a, b) in steps {
            let next = command(&desk, kind, a, b);
            desk.run(next);
            if a % 7 == 0 { desk.undo(); }
        }
        let file = project_file::write(&desk.project);
        let read = project_file::read(&file).unwrap();
        prop_assert_eq!(&read.issues, &[]);
        prop_assert_eq!(&read.value, &desk.project);
        prop_assert_eq!(project_file::write(&read.value), file);
    }

    #[test]
    fn steps_taken_in_any_order_and_twice_give_the_same_project(steps in prop::collection::vec((any::<u8>(), any::<u16>(), any::<u16>()), 1..15), seed: u64) {
        let start = Desk::new("r1");
        let (mut ours, mut theirs) = (start.clone(), start.clone());
        theirs.replica = Replica::new(ReplicaId::new("r2"));
        let mut all = Vec::new();
        for (i, (kind, a, b)) in steps.into_iter().enumerate() {
            let desk = if i % 2 == 0 { &mut ours } else { &mut theirs };
            let next = command(desk, kind, a, b);
            if desk.run(next) {
                all.push(desk.history.to_undo().unwrap().clone());
            }
        }
        let mut together = start.project.clone();
        for step in &all { apply(&mut together, step); }
        let mut again = together.clone();
        for step in &all { apply(&mut again, step); }
        prop_assert_eq!(&again, &together);
        // Records must be there before they are written to; beyond that no order is asked for.
        let mut other = start.project.clone();
        let (mut makes, mut writes): (Vec<_>, Vec<_>) = all.iter().flat_map(|s| s.ops.clone()).partition(|op| matches!(op, store::Op::Make(_)));
        let turn = seed as usize % writes.len().max(1);
        writes.rotate_left(turn);
        makes.reverse();
        makes.extend(writes);
        let shuffled = store::Step { name: String::new(), nature: store::Nature::Do, ops: makes, before: vec![] };
        prop_assert!(apply(&mut other, &shuffled).is_empty());
        prop_assert_eq!(project_file::write(&other), project_file::write(&together));
    }
}

#[test]
fn an_attribution_marked_word_by_word_is_one_object() {
    let mut desk = Desk::new("r1");
    let attribution: Id<Attribution> = Id::random(77);
    let words = |part: &str| {
        let at = TEXT.find(part).unwrap();
        Span::new(TEXT, at, at + part.len()).unwrap()
    };
    for (part, role) in [
        ("“We are not leaving,”", MarkRole::Content),
        ("said ", MarkRole::Cue),
        ("Olena Їжак", MarkRole::Source),
    ] {
        let span = words(part);
        let attribution = attribution.clone();
        desk.run(Command::Mark { attribution, text: desk.text(), span, role, blind: true });
    }
    let found = desk.project.find(&attribution).unwrap();
    assert_eq!(found.r#type.get().as_ref().unwrap().as_str(), "direct");
    assert_eq!(found.cues.get()[0].exact, "said", "the space at the end is not part of the cue");
    let mention = desk.project.find(&found.sources.get()[0]).unwrap();
    let source = mention.source.get().clone().unwrap();
    assert_eq!(desk.project.source_name(&source), "Olena Їжак");
    assert_eq!(found.contents.get()[0].start.0, 2, "code points, so the emoji counts one");
    let label: Id<Label> = label_id("favor", "favor");
    assert!(desk.project.find(&label).is_some());
}

#[test]
fn what_people_say_of_sentences_and_articles_is_kept_and_taken_back() {
    use variorum::model::{Alignment, Article, Direction, Link, Relation};
    let mut desk = Desk::new("r1");
    let other = NewArticle {
        content: Text::new("Mayor Holm said that the harbour stays."),
        extractor: "test 1".into(),
        origin: None,
        title: "Copy".into(),
        language: None,
        links: vec![],
        story: None,
    };
    let to_text = text_id(&other.content);
    desk.run(Command::AddArticles { articles: vec![other] });
    let at = TEXT.find("Mayor").unwrap();
    let from = Span::new(TEXT, at, TEXT.find("\n\n").unwrap()).unwrap();
    let to = Span::new("Mayor Holm said", 0, 15).unwrap();
    let say = |confirmed| Command::Align {
        from_text: text_id(TEXT),
        to_text: to_text.clone(),
        from: vec![from],
        to: vec![to],
        op: None,
        confirmed,
    };
    assert!(desk.run(say(Some(true))) && !desk.run(say(Some(true))), "saying it again changes nothing");
    assert!(desk.run(say(Some(false))));
    assert_eq!(
        desk.project.all::<Alignment>().map(|a| *a.confirmed.get()).collect::<Vec<_>>(),
        [Some(false)]
    );
    let said = variorum::versions::corrections::corrections(&desk.project, &to_text, &text_id(TEXT));
    assert!(said.len() == 1 && !said[0].joined && said[0].b[0].start.0 > 0, "read from the other side too");
    assert!(desk.run(say(None)));
    assert_eq!(desk.project.all::<Alignment>().count(), 0);

    let (a, b): (Id<Article>, Id<Article>) = (article_id(&text_id(TEXT), ""), article_id(&to_text, ""));
    let judgement = store::Judgement {
        relation: Some(Relation::WhollyDerived),
        direction: Some(Direction::FromTo),
        ..store::Judgement::default()
    };
    desk.run(Command::Judge { from: a.clone(), to: b.clone(), judgement: judgement.clone() });
    let turned = store::Judgement { direction: Some(Direction::ToFrom), ..judgement };
    assert!(
        !desk.run(Command::Judge { from: b, to: a, judgement: turned }),
        "the same, said from the other end"
    );
    assert_eq!(desk.project.all::<Link>().count(), 1);
    let file = project_file::write(&desk.project);
    assert_eq!(project_file::read(&file).unwrap().value, desk.project);
    assert!(desk.undo() && desk.project.all::<Link>().count() == 0);
}

/// JSON with keys in another order and space wherever it may be.
fn shuffled(value: &serde_json::Value, seed: &mut u64) -> String {
    match value {
        serde_json::Value::Object(fields) => {
            let mut fields: Vec<_> = fields.iter().collect();
            *seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            let turn = (*seed >> 33) as usize % fields.len().max(1);
            fields.rotate_left(turn);
            if *seed & 1 << 40 == 0 {
                fields.reverse();
            }
            let fields: Vec<String> = fields
                .into_iter()
                .map(|(k, v)| format!("{}\n : {}", serde_json::Value::from(&**k), shuffled(v, seed)))
                .collect();
            format!("{{ {} }}", fields.join(" ,\t"))
        }
        serde_json::Value::Array(items) => {
            let items: Vec<String> = items.iter().map(|v| shuffled(v, seed)).collect();
            format!("[ {} ]", items.join(" , "))
        }
        other => other.to_string(),
    }
}

#[test]
fn the_laws_are_tried_on_every_command() {
    let mut desk = Desk::new("r1");
    let mut tried = std::collections::BTreeSet::new();
    let mut n = 1_u32;
    for _ in 0..12_000 {
        n = n.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        let next = command(&desk, (n >> 24) as u8, (n >> 13) as u16, (n >> 5) as u16);
        let kind = number(&next);
        if desk.run(next) {
            tried.insert(kind);
        }
        if desk.project.len() > 120 {
            desk = Desk::new("r1");
        }
    }
    // Every desk begins with `Begin`. Texts are all here, so there is nothing to complete: see its test.
    let all: std::collections::BTreeSet<usize> = (1..=60).filter(|n| *n != 32).collect();
    tried.remove(&0);
    assert_eq!(tried, all);
}

#[test]
fn a_project_has_labels_of_its_own_and_any_field_can_be_set_to_what_fits_it() {
    let mut desk = Desk::new("r1");
    let label: Id<Label> = fresh_of(1);
    let meaning = variorum::model::Meaning::For;
    let added =
        Command::AddLabel { label: label.clone(), scheme: "favor".into(), name: "cheers".into(), meaning };
    assert!(desk.run(added));
    assert_eq!(desk.project.labels("favor").last().unwrap().id(), label);
    let set = |field, value: &str| Command::SetField {
        record: label.record().clone(),
        field,
        value: variorum::model::Json::read(value).unwrap(),
    };
    assert!(desk.run(set("definition", "\"loudly\"")));
    assert!(!desk.run(set("definition", "7")) && !desk.run(set("scheme", "\"x\"")));
    assert_eq!(desk.project.find(&label).unwrap().definition.get().as_deref(), Some("loudly"));
}

#[test]
fn what_is_removed_for_good_stays_away_and_cannot_be_undone() {
    let mut desk = Desk::new("r1");
    let attribution: Id<Attribution> = Id::random(77);
    let span = Span::new(TEXT, 5, 30).unwrap();
    desk.run(Command::Mark {
        attribution: attribution.clone(),
        text: desk.text(),
        span,
        role: MarkRole::Content,
        blind: true,
    });
    let copy = desk.project.clone();
    let article: Id<Article> = one(&desk, 0);
    let purge = Command::Purge { records: vec![article.record().clone()] };
    assert!(purge.is_final() && desk.run(purge));
    let file = project_file::write(&desk.project);
    assert!(!file.contains("We are not leaving"), "no words of it are left: {file}");
    let steps: Vec<String> = desk.history.steps().map(|s| serde_json::to_string(s).unwrap()).collect();
    assert!(!steps.concat().contains("We are not leaving"), "nor in what undo knows");
    while desk.undo() {}
    while desk.redo() {}
    for (id, entry) in copy.records() {
        desk.project.merge_entry(id.clone(), entry.clone());
    }
    let again = project_file::write(&desk.project);
    assert!(!again.contains("We are not leaving"));
    assert_eq!(project_file::read(&again).unwrap().value, desk.project);
    assert!(desk.project.find(&attribution).is_none());
}

#[test]
fn a_project_without_texts_is_completed_by_whoever_has_them() {
    let whole = Desk::new("r1");
    let file = project_file::write(&whole.project.without_texts());
    assert!(!file.contains("He left."));
    let mut desk = Desk { project: project_file::read(&file).unwrap().value, ..whole.clone() };
    assert_eq!(desk.project.missing_texts(), [desk.text()]);
    assert!(!desk.run(Command::CompleteTexts { texts: vec![Text::new("Another text.")] }));
    let before = desk.history.clone();
    assert!(desk.run(Command::CompleteTexts { texts: vec![Text::new(TEXT)] }));
    assert_eq!(desk.project, whole.project);
    assert_eq!(desk.history, before, "there is nothing to take back");
}

#[test]
fn two_that_are_the_same_count_as_one_until_that_is_taken_back() {
    let mut desk = Desk::new("r1");
    let (a, b): (Id<Source>, Id<Source>) = (fresh_of(1), fresh_of(2));
    for id in [&a, &b] {
        desk.run(Command::AddSource { source: id.clone(), story: None, name: "Same".into(), kind: None });
    }
    let joined = |same| Command::SetSame { a: b.record().clone(), b: a.record().clone(), same };
    assert!(desk.run(joined(true)));
    assert_eq!(desk.project.same().of_kind(&b), a);
    assert!(desk.undo());
    assert_eq!(desk.project.same().of_kind(&b), b);
    assert!(desk.redo() && desk.run(joined(false)));
    assert!(!desk.project.same().are(a.record(), b.record()));
    let story = desk.project.all::<Story>().next().unwrap().id();
    assert!(!desk.run(Command::SetSame { a: a.record().clone(), b: story.record().clone(), same: true }));
}
