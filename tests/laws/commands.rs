//! Any command, out of numbers.

use crate::desk::{Desk, TEXT};
use variorum::model::{
    Article, Attribution, AttributionType, Holder, Id, Label, Project, RecordId, ReplicaId, Source,
    SourceKind, Stance, Story, Target, TargetKind, VersionRole,
};
use variorum::store::{self, Command, MarkRole, NewArticle, Replica, label_id};
use variorum::text::{Span, Text};

/// How many kinds of commands there are, and which one a command is. A new command fails to compile
/// here until the laws are tried on it too.
pub(crate) const COMMANDS: usize = 63;

pub(crate) fn number(command: &Command) -> usize {
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
        Command::Import { .. } => 61,
        Command::BringBack { .. } => 62,
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

pub(crate) fn one<K: variorum::model::AsBody>(desk: &Desk, n: u16) -> Id<K> {
    let all: Vec<_> = desk.project.all::<K>().map(|x| x.id()).collect();
    all.get(usize::from(n) % all.len().max(1)).cloned().unwrap_or(Id::random(9))
}

/// A command out of numbers, so that proptest can make any sequence of them.
pub(crate) fn command(desk: &Desk, kind: u8, a: u16, b: u16) -> Command {
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
        61 => Command::Import { records: elsewhere(desk, a, b) },
        62 => Command::BringBack { earlier: Box::new(earlier(desk, a)), whole: !b.is_multiple_of(4) },
        41.. => about_speakers_and_labels(desk, usize::from(kind) % COMMANDS, a, b),
        _ => Command::Mark { attribution, text: desk.text(), span, role, blind: true },
    }
}

/// The commands of the desk that say more of speakers, stances and labels.
pub(crate) fn about_speakers_and_labels(desk: &Desk, kind: usize, a: u16, b: u16) -> Command {
    use variorum::model::{Affiliation, Comment, Defect, Medium, SourceRole, SourceStatus};
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

pub(crate) fn fresh_of<K: variorum::model::Kind>(n: u16) -> Id<K> {
    Id::random(u128::from(n % 16) + 5_000)
}

pub(crate) fn new_article(text: &str) -> NewArticle {
    NewArticle {
        content: Text::new(text),
        extractor: "test 1".into(),
        origin: None,
        title: "Harbour".into(),
        language: None,
        links: vec![],
        story: None,
        facts: variorum::model::Facts::default(),
        cleaning: None,
    }
}

/// The project as it was some commands ago.
pub(crate) fn earlier(desk: &Desk, a: u16) -> Project {
    let mut then = desk.clone();
    for _ in 0..=a % 5 {
        then.undo();
    }
    let young = |id: &RecordId, entry: &variorum::model::Entry| {
        desk.project.entry(id).is_some() && *entry.deleted.get() && a.is_multiple_of(2)
    };
    then.project.only(|id, entry| !young(id, entry))
}

/// What a colleague's copy of some record says, who changed it and made another.
pub(crate) fn elsewhere(desk: &Desk, a: u16, b: u16) -> Vec<(RecordId, variorum::model::Entry)> {
    let mut theirs = desk.clone();
    theirs.replica = Replica::new(ReplicaId::new(&format!("their{a}-{b}")));
    theirs.run(Command::RenameSource { source: one(desk, a), name: format!("Theirs {b}") });
    theirs.run(Command::AddTarget { target: fresh_of(b), name: "Theirs".into(), kind: TargetKind::Claim });
    let changed = theirs.project.records().filter(|(id, entry)| desk.project.entry(id) != Some(*entry));
    changed.map(|(id, entry)| (id.clone(), entry.clone())).collect()
}

/// A command that undo can take back.
pub(crate) fn undoable(desk: &Desk, kind: u8, a: u16, b: u16) -> Command {
    let command = command(desk, kind, a, b);
    match number(&command) {
        32 | 33 => {
            Command::SetNote { record: desk.project.id().record().clone(), note: Some(format!("{a}")) }
        }
        _ => command,
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
    let all: std::collections::BTreeSet<usize> = (1..=62).filter(|n| *n != 32).collect();
    tried.remove(&0);
    assert_eq!(tried, all);
}
