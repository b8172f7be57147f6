//! A project as large as anyone's: made here, opened there.

use variorum::codecs::project_file;
use variorum::model::{Id, Person, Project, ProjectInfo, ReplicaId, Time};
use variorum::store::{Command, Context, MarkRole, NewArticle, Replica, apply, decide, text_id};
use variorum::text::{Span, Text};

/// The file of a project with so many articles of about 5,000 characters, each with so many attributions.
pub(crate) fn project(articles: usize, attributions: usize) -> String {
    let mut project = Project::new(Id::<ProjectInfo>::random(7));
    let mut replica = Replica::new(ReplicaId::new("big"));
    let mut next = 0u128;
    let mut bits = move || {
        next += 1;
        next << 40 | 0x5eed
    };
    let on = Time::parse("2026-11-21T18:42:20Z").unwrap();
    let mut run = |project: &mut Project, command: Command| {
        let by = Id::<Person>::random(2);
        let mut context = Context { by, on, replica: &mut replica, bits: &mut bits };
        let step = decide(project, command, &mut context).unwrap();
        apply(project, &step);
    };
    run(&mut project, Command::Begin { name: "Big".into() });
    let texts: Vec<String> = (0..articles).map(|n| article(n, attributions)).collect();
    let new = |(n, text): (usize, &String)| NewArticle {
        content: Text::new(text.clone()),
        extractor: "bench 1".into(),
        origin: None,
        title: format!("Article {n}"),
        language: None,
        links: vec![],
        story: None,
    };
    run(&mut project, Command::AddArticles { articles: texts.iter().enumerate().map(new).collect() });
    for (n, text) in texts.iter().enumerate() {
        // A project of this article alone decides as fast as the first one did.
        let id = text_id(text);
        for k in 0..attributions {
            let quote = format!("“Words number {k} of {n}, as they were said,”");
            let at = text.find(&quote).unwrap();
            let span = Span::new(text, at, at + quote.len()).unwrap();
            let attribution = Id::random((n * 1000 + k + 1) as u128);
            let (text, role) = (id.clone(), MarkRole::Content);
            run(&mut project, Command::Mark { attribution, text, span, role, blind: true });
        }
    }
    project_file::write(&project)
}

fn article(n: usize, attributions: usize) -> String {
    let mut text = format!("Article {n}\n\n");
    for k in 0..attributions.max(1) {
        text.push_str(&format!(
            "“Words number {k} of {n}, as they were said,” the speaker of the day told those who had come. "
        ));
        let mut word = n * 31 + k * 17;
        while text.len() < 5_000 * (k + 1) / attributions.max(1) {
            word = (word * 1_103_515_245 + 12_345) % 2_147_483_648;
            text.push_str(
                ["harbour ", "ferry ", "minister ", "winter ", "route ", "company. ", "island ", "crew, "]
                    [word >> 8 & 7],
            );
        }
        text.push('\n');
    }
    text
}
