//! An article of 100,000 words with 5,000 attributions, made by the same commands a person's keys give.

use variorum::codecs::project_file;
use variorum::model::{Holder, Id, Person, Project, ReplicaId, Source, Story, Target, TargetKind, Time};
use variorum::store::{
    Command, Context, MarkRole, NewArticle, Replica, apply, article_id, decide, label_id, text_id,
};
use variorum::text::{Span, Text, marks::quotations};

/// Its paragraphs, and how many words each has.
const PARAGRAPHS: usize = 1_250;
const WORDS: usize = 80;
/// Attributions in each paragraph.
const QUOTES: usize = 4;
/// How many people speak.
const CAST: usize = 60;

/// The text: each paragraph has four quotations with their speakers, and words between.
fn text() -> String {
    const FILL: [&str; 12] = [
        "harbour",
        "winter",
        "the",
        "crew",
        "island",
        "and",
        "timetable",
        "of",
        "parliament",
        "ferry",
        "in",
        "quay",
    ];
    let mut out = "The long quarrel\n".to_owned();
    for p in 0..PARAGRAPHS {
        out.push('\n');
        for q in 0..QUOTES {
            let who = (p * 7 + q * 13) % CAST;
            out.push_str(&format!("“We saw the boat number {p} leave,” said Speaker{who} Holm{who}. "));
            for w in 0..(WORDS / QUOTES - 10) {
                out.push_str(FILL[(p * 3 + q * 5 + w * 7) % FILL.len()]);
                out.push(if w + 11 == WORDS / QUOTES { '.' } else { ' ' });
            }
            out.push(' ');
        }
        out.push('\n');
    }
    out
}

/// The project as a file.
pub(crate) fn file() -> Vec<u8> {
    let mut project = Project::new(Id::random(7));
    let mut replica = Replica::new(ReplicaId::new("bench"));
    let mut next: u128 = 1 << 64;
    let by: Id<Person> = Id::random(9);
    let on = Time::parse("2026-11-21T18:42:20Z").unwrap();
    let mut run = |project: &mut Project, command: Command| {
        let mut bits = || {
            next += 1;
            next
        };
        let mut context = Context { by: by.clone(), on, replica: &mut replica, bits: &mut bits };
        let step = decide(project, command, &mut context).unwrap();
        apply(project, &step);
    };
    run(&mut project, Command::Begin { name: "Long".into() });
    run(&mut project, Command::NamePerson { person: by.clone(), name: "Bench".into() });
    let content = Text::new(text());
    let story: Id<Story> = Id::random(11);
    let article = NewArticle {
        content: content.clone(),
        extractor: "bench 1".into(),
        origin: None,
        title: "The long quarrel".into(),
        language: Some("en".into()),
        links: Vec::new(),
        story: None,
    };
    run(&mut project, Command::AddArticles { articles: vec![article] });
    let id = text_id(&content);
    let of_article = project.find(&article_id(&id, "")).and_then(|a| a.story.get().clone()).unwrap_or(story);
    for n in 0..CAST {
        let source: Id<Source> = Id::random(1_000 + n as u128);
        let name = format!("Speaker{n} Holm{n}");
        run(&mut project, Command::AddSource { source, story: Some(of_article.clone()), name, kind: None });
    }
    let target: Id<Target> = Id::random(5_000);
    run(
        &mut project,
        Command::AddTarget { target: target.clone(), name: "The boat".into(), kind: TargetKind::Issue },
    );
    for (i, quotation) in quotations(&content).into_iter().enumerate() {
        let attribution = Id::random(100_000 + i as u128);
        let after = &content[quotation.span.end().byte()..];
        let (p, q) = (i / QUOTES, i % QUOTES);
        let who = (p * 7 + q * 13) % CAST;
        let name = format!("Speaker{who} Holm{who}");
        let at = quotation.span.end().byte() + after.find(&name).unwrap();
        let span = Span::new(&content, at, at + name.len()).unwrap();
        let said = quotation.span.end().byte() + after.find("said").unwrap();
        let cue = Span::new(&content, said, said + 4).unwrap();
        let mark = |span, role| Command::Mark {
            attribution: Id::clone(&attribution),
            text: id.clone(),
            span,
            role,
            blind: true,
        };
        // The mention by its resolved speaker, without searching all that were made before.
        let several = vec![mark(quotation.span, MarkRole::Content), mark(cue, MarkRole::Cue)];
        run(&mut project, Command::Several { commands: several });
        let source: Id<Source> = Id::random(1_000 + who as u128);
        run(&mut project, Command::SetSpeaker { attribution: attribution.clone(), source: source.clone() });
        if i % 5 != 4 {
            // Four in five have their source in the text, which the speaker's own words now name.
            run(&mut project, mark(span, MarkRole::Source));
        }
        if i % 10 == 0 {
            run(
                &mut project,
                Command::SetStance {
                    text: id.clone(),
                    holder: Holder::Source(source),
                    target: target.clone(),
                    attribution: Some(attribution),
                    value: Some(label_id("favor", "against")),
                    blind: true,
                },
            );
        }
    }
    project_file::write(&project).into()
}
