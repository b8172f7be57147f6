//! A sound project with a record of every kind and registers that several people have written.

use variorum::model::*;
use variorum::store::{Command, Context, Replica, apply, article_id, decide, label_id, text_id};
use variorum::text::{CodePoint, Span, Text};

pub(crate) const ONE: &str = "😀 “We are not leaving,” said Olena Їжак. Mayor Holm agreed, “for now”.";
pub(crate) const TWO: &str = "Olena Їжак said they would stay.";
pub(crate) const CLEAN: &str = "“We are not leaving,” said Olena Їжак.";

/// A fixed id of a kind.
pub(crate) fn id<K: Kind>(n: u128) -> Id<K> {
    Id::random(n)
}

pub(crate) fn derived<K: Kind>(parts: &[&str]) -> RecordId {
    Id::<K>::derived(parts).record().clone()
}

pub(crate) fn anchor(text: &str, words: &str) -> Anchor {
    let text = Text::new(text);
    let at = text.find(words).unwrap();
    Anchor::of(&text, Span::new(&text, at, at + words.len()).unwrap()).unwrap()
}

fn made() -> Made {
    Made { blind: true, from: None, how: How::Hand, rule: Some("R1".into()) }
}

struct Maker {
    project: Project,
    replica: Replica,
    made: u64,
}

impl Maker {
    fn put<K: Kind>(&mut self, id: &Id<K>, body: impl Into<Body>) {
        self.put_at(id.record().clone(), body.into());
    }

    fn put_at(&mut self, id: RecordId, body: Body) {
        self.made += 1;
        let at = Dot(ReplicaId::new("maker"), self.made);
        let stamp = Stamp { at, by: Id::random(7), on: Time::parse("2026-11-21T18:42:20Z").unwrap() };
        self.project.merge_entry(id, Entry::new(stamp, body));
    }

    fn run(&mut self, replica: Option<&mut Replica>, command: Command) -> variorum::store::Step {
        let mut bits = || 0;
        let on = Time::parse("2026-11-21T18:50:20Z").unwrap();
        let replica = replica.unwrap_or(&mut self.replica);
        let step = {
            let mut context = Context { by: Id::random(7), on, replica, bits: &mut bits };
            decide(&self.project, command, &mut context).unwrap()
        };
        assert!(apply(&mut self.project, &step).is_empty());
        step
    }
}

pub(crate) fn article(text: &str) -> Id<Article> {
    article_id(&text_id(text), "")
}

/// Ids of things, by names that tests use.
pub(crate) fn named(name: &str) -> RecordId {
    let text = text_id(ONE);
    match name {
        "project" => id::<ProjectInfo>(1).record().clone(),
        "person" => id::<Person>(7).record().clone(),
        "text" => text.record().clone(),
        "clean" => text_id(CLEAN).record().clone(),
        "article" => article(ONE).record().clone(),
        "other article" => article(TWO).record().clone(),
        "story" => id::<Story>(20).record().clone(),
        "source" => id::<Source>(30).record().clone(),
        "mention" => id::<Mention>(40).record().clone(),
        "mention in two" => id::<Mention>(41).record().clone(),
        "attribution" => id::<Attribution>(50).record().clone(),
        "second" => id::<Attribution>(51).record().clone(),
        "elsewhere" => id::<Attribution>(52).record().clone(),
        "target" => id::<Target>(60).record().clone(),
        "stance" => id::<Stance>(70).record().clone(),
        "alignment" => id::<Alignment>(80).record().clone(),
        "comment" => id::<Comment>(90).record().clone(),
        "decision" => id::<Decision>(100).record().clone(),
        "label" => label_id("favor", "favor").record().clone(),
        "segment" => {
            let a = anchor(ONE, "Mayor Holm agreed");
            derived::<Segment>(&[text.as_str(), &a.start.0.to_string(), &a.end.0.to_string()])
        }
        "link" => derived::<Link>(&[article(ONE).as_str(), article(TWO).as_str()]),
        "quote link" => {
            derived::<QuoteLink>(&[id::<Attribution>(50).as_str(), id::<Attribution>(52).as_str()])
        }
        "coverage" => derived::<Coverage>(&[id::<Person>(7).as_str(), text.as_str(), "stance"]),
        "fate" => derived::<Fate>(&[id::<Person>(7).as_str(), text.as_str(), "R1", "2", "21"]),
        "alias" => derived::<Alias>(&[id::<Source>(30).as_str(), id::<Source>(31).as_str()]),
        other => panic!("nothing is called {other}"),
    }
}

/// The project.
pub(crate) fn project() -> Project {
    let mut m =
        Maker { project: Project::new(id(1)), replica: Replica::new(ReplicaId::new("commands")), made: 0 };
    m.run(None, Command::Begin { name: "Every kind".into() });
    m.run(None, Command::NamePerson { person: id(7), name: "Їжак Coder".into() });
    let story: Id<Story> = id(20);
    m.put(&story, Story { name: Some("Harbour".into()).into(), base: Some(article(ONE)).into() });
    for text in [ONE, TWO, CLEAN] {
        let content = Text::new(text);
        let origin = Origin { hash: "ab".repeat(32), name: "one.txt".into() };
        let mut record = ArticleText::blank(content.length(), "plain 1".into());
        record.content = Some(content);
        record.origin = Some(origin);
        if text == CLEAN {
            record.cleaned_from = Some(text_id(ONE));
            record.cuts = Some(vec![Cut { end: CodePoint(2), start: CodePoint(0), why: "emoji".into() }]);
        } else {
            let body = Article {
                story: Some(story.clone()).into(),
                title: Some("Harbour “stays”".into()).into(),
                byline: vec!["A. Writer".to_owned()].into(),
                version_role: Some(VersionRole::Original).into(),
                links: vec![Hyperlink {
                    end: CodePoint(9),
                    href: "https://example.org".into(),
                    start: CodePoint(3),
                }]
                .into(),
                ..Article::blank(text_id(text), String::new())
            };
            m.put(&article(text), body);
        }
        m.put(&text_id(text), record);
    }
    for n in [30, 31] {
        let body = Source {
            name: Some(format!("Olena {n}")).into(),
            source_kind: Some(SourceKind::Person).into(),
            aliases: vec!["Їжак".to_owned()].into(),
            story: Some(story.clone()).into(),
            wikidata: Some("Q42".to_owned()).into(),
            ..Source::blank()
        };
        m.put(&id::<Source>(n), body);
    }
    m.put_at(
        named("alias"),
        Alias {
            same: true.into(),
            ..Alias::blank(id::<Source>(30).record().clone(), id::<Source>(31).record().clone())
        }
        .into(),
    );
    for (n, text) in [(40, ONE), (41, TWO)] {
        let body = Mention {
            anchor: Some(anchor(text, "Olena Їжак")).into(),
            source: Some(id(30)).into(),
            form: Some(MentionForm::FullName).into(),
            ..Mention::blank(text_id(text))
        };
        m.put(&id::<Mention>(n), body);
    }
    for (n, text, words, cue, mention) in [
        (50, ONE, "“We are not leaving,”", "said", 40),
        (51, ONE, "“for now”", "agreed", 40),
        (52, TWO, "they would stay", "said", 41),
    ] {
        let body = Attribution {
            contents: vec![Content::new(anchor(text, words), Part::Quoted)].into(),
            cues: vec![anchor(text, cue)].into(),
            sources: vec![id(mention)].into(),
            r#type: Some(AttributionType::Direct).into(),
            medium: vec![Medium::Speech, Medium::Writing].into(),
            parent: (n == 51).then(|| id(50)).into(),
            continues: (n == 51).then(|| id(50)).into(),
            ..Attribution::blank(text_id(text), made())
        };
        m.put(&id::<Attribution>(n), body);
    }
    let target = Target {
        name: Some("Ferry".into()).into(),
        target_kind: Some(TargetKind::Issue).into(),
        ..Target::blank()
    };
    m.put(&id::<Target>(60), target);
    let stance = Stance {
        holder: Some(Holder::Source(id(30))).into(),
        target: Some(id(60)).into(),
        value: Some(label_id("favor", "favor")).into(),
        level: Some(StanceLevel::Quote).into(),
        evidence: vec![anchor(ONE, "not leaving")].into(),
        attribution: Some(id(50)).into(),
        intensity: Some(2).into(),
        explicit: Some(true).into(),
        ..Stance::blank(text_id(ONE), made())
    };
    m.put(&id::<Stance>(70), stance);
    let kind = |kind| Some(kind).into();
    m.put_at(
        named("segment"),
        Segment {
            segment_kind: kind(SegmentKind::Paragraph),
            ..Segment::blank(text_id(ONE), anchor(ONE, "Mayor Holm agreed"))
        }
        .into(),
    );
    m.put_at(
        named("link"),
        Link {
            relation: Some(Relation::WhollyDerived).into(),
            refinement: vec![Refinement::Spun].into(),
            ..Link::blank(article(ONE), article(TWO))
        }
        .into(),
    );
    let alignment = Alignment {
        from: vec![anchor(ONE, "Mayor Holm agreed")].into(),
        to: vec![anchor(TWO, "they would stay")].into(),
        op: Some(AlignmentOp::Rewrite).into(),
        confirmed: Some(true).into(),
        ..Alignment::blank(text_id(ONE), text_id(TWO))
    };
    m.put(&id::<Alignment>(80), alignment);
    m.put_at(
        named("quote link"),
        QuoteLink {
            verdict: Some(Verdict::LightEdit).into(),
            flags: vec!["negation".to_owned()].into(),
            ..QuoteLink::blank(id(50), id(52))
        }
        .into(),
    );
    m.put(
        &id::<Comment>(90),
        Comment { words: Some("Look again".into()).into(), ..Comment::blank(named("stance")) },
    );
    m.put_at(
        named("coverage"),
        Coverage {
            state: Some(CoverageState::Doing).into(),
            range: Some(anchor(ONE, "agreed")).into(),
            ..Coverage::blank(id(7), text_id(ONE), Layer::Stance)
        }
        .into(),
    );
    let fate = Fate {
        made_record: Some(named("attribution")),
        outcome: Some(Outcome::Accepted).into(),
        ..Fate::blank(text_id(ONE), "R1".into(), CodePoint(2), CodePoint(21))
    };
    m.put_at(named("fate"), fate.into());
    m.put(
        &id::<Decision>(100),
        Decision {
            members: vec![named("attribution")].into(),
            result: Some(named("second")).into(),
            ..Decision::blank()
        },
    );
    m.project.merge_entry(
        RecordId::from_file("sty:00000000000000000000000ZZZ"),
        Entry::purged(Stamp { at: Dot(ReplicaId::new("gone"), 1), by: id(7), on: Time::default() }),
    );
    // Registers with one write, and with two that do not know of each other.
    let note = |words: &str| Command::SetNote { record: named("stance"), note: Some(words.into()) };
    m.run(None, Command::SetMixed { stance: id(70), mixed: true });
    let before = m.project.clone();
    let theirs = m.run(Some(&mut Replica::new(ReplicaId::new("theirs"))), note("theirs"));
    m.project = before;
    m.run(None, note("ours"));
    apply(&mut m.project, &theirs);
    m.project.keep_unknown("x-extra".into(), Json::read("[1,2.50]").unwrap());
    m.project
}
