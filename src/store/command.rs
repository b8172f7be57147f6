//! Everything a person can want of a project, and what it takes.

use super::attributing::{self, MarkRole};
use super::cast;
use super::comparing::{self, Judgement};
use super::deciding::{self, Verdict};
use super::editor::{Context, Editor, set};
use super::lasting;
use super::library::{self, NewArticle};
use super::removal;
use super::schemes;
use super::stances;
use super::step::{Nature, Step};
use crate::model::{
    Affiliation, AlignmentOp, Article, ArticleText, Attribution, AttributionType, Comment, CoverageState,
    Defect, Entry, Holder, Id, Json, Label, Layer, Meaning, Medium, Mention, Person, Project, ProjectInfo,
    RecordId, Source, SourceKind, SourceRole, SourceStatus, Stance, Story, Target, TargetKind, VersionRole,
};
use crate::text::{Span, Text};
use std::fmt;

/// An intention. Ids of things to be made come in where the caller needs to know them afterwards.
#[derive(Clone, Debug)]
#[allow(missing_docs, reason = "each variant is documented; its fields say what they are")]
pub enum Command {
    /// Begin a project: its own record and the built-in schemes.
    Begin { name: String },
    /// Rename the project.
    RenameProject { name: String },
    /// Say who somebody is, or what they are called now.
    NamePerson { person: Id<Person>, name: String },
    /// Add articles; each joins a story, or begins one of its own.
    AddArticles { articles: Vec<NewArticle> },
    /// Move an article to another story.
    MoveArticle { article: Id<Article>, story: Id<Story> },
    /// Move an article out into a story of its own.
    SplitOff { article: Id<Article>, story: Id<Story>, name: String },
    /// Change what an article is called.
    RetitleArticle { article: Id<Article>, title: String },
    /// Say where an article appeared.
    SetOutlet { article: Id<Article>, outlet: Option<String> },
    /// Say when an article was published.
    SetPublished { article: Id<Article>, published: Option<String> },
    /// Say what an article is among its versions.
    SetVersionRole { article: Id<Article>, role: Option<VersionRole> },
    /// Rename a story.
    RenameStory { story: Id<Story>, name: String },
    /// Mark words as a part of an attribution, which comes to be if it is not there.
    Mark { attribution: Id<Attribution>, text: Id<ArticleText>, span: Span, role: MarkRole, blind: bool },
    /// Take words out of an attribution again.
    Unmark { attribution: Id<Attribution>, span: Span, role: MarkRole },
    /// Move the ends of words that are marked.
    Remark { attribution: Id<Attribution>, old: Span, new: Span, role: MarkRole },
    /// Say who speaks in an attribution.
    SetSpeaker { attribution: Id<Attribution>, source: Id<Source> },
    /// Say whom a mention means.
    Resolve { mention: Id<Mention>, source: Option<Id<Source>> },
    /// Add somebody to the cast.
    AddSource { source: Id<Source>, story: Option<Id<Story>>, name: String, kind: Option<SourceKind> },
    /// Rename a member of the cast.
    RenameSource { source: Id<Source>, name: String },
    /// Say what kind of speaker somebody is.
    SetSourceKind { source: Id<Source>, kind: Option<SourceKind> },
    /// Say how words are reported.
    SetType { attribution: Id<Attribution>, r#type: Option<AttributionType> },
    /// Name something a stance can be towards.
    AddTarget { target: Id<Target>, name: String, kind: TargetKind },
    /// Rename a target.
    RenameTarget { target: Id<Target>, name: String },
    /// Say what a holder thinks of a target in a text; `None` takes the statement back.
    SetStance {
        text: Id<ArticleText>,
        holder: Holder,
        target: Id<Target>,
        attribution: Option<Id<Attribution>>,
        value: Option<Id<Label>>,
        blind: bool,
    },
    /// Add words that show a stance.
    AddEvidence { stance: Id<Stance>, span: Span },
    /// Take words back that show a stance.
    RemoveEvidence { stance: Id<Stance>, span: Span },
    /// Say that a stance depends on a condition.
    SetConditional { stance: Id<Stance>, conditional: bool },
    /// Say that a stance goes both ways.
    SetMixed { stance: Id<Stance>, mixed: bool },
    /// Say how strong a stance is, 0 to 3.
    SetIntensity { stance: Id<Stance>, intensity: Option<u8> },
    /// Say inside which attribution an attribution is reported.
    SetParent { attribution: Id<Attribution>, parent: Option<Id<Attribution>> },
    /// Say which attribution an attribution goes on with.
    SetContinues { attribution: Id<Attribution>, continues: Option<Id<Attribution>> },
    /// Say whether somebody's words were spoken, written or thought.
    SetMedium { attribution: Id<Attribution>, medium: Vec<Medium> },
    /// Note what is wrong with an attribution's marks, beside what is noted already.
    NoteDefects { attribution: Id<Attribution>, defects: Vec<Defect> },
    /// Say what else somebody is called.
    SetAliases { source: Id<Source>, aliases: Vec<String> },
    /// Say where somebody belongs.
    SetAffiliation { source: Id<Source>, affiliation: Option<Affiliation> },
    /// Say in which capacity somebody speaks.
    SetSourceRole { source: Id<Source>, role: Option<SourceRole> },
    /// Say whether somebody still is what they are called.
    SetSourceStatus { source: Id<Source>, status: Option<SourceStatus> },
    /// Two members of the cast are one: `gone` becomes `kept`, whose other name it is from now on.
    MergeSources { kept: Id<Source>, gone: Id<Source> },
    /// Somebody else speaks in these attributions: a new member of the cast, taken out of one.
    SplitSource { attributions: Vec<Id<Attribution>>, from: Id<Source>, new: Id<Source>, name: String },
    /// Mark words, in any texts, that name somebody of the cast.
    NameAll { source: Id<Source>, places: Vec<(Id<ArticleText>, Span)> },
    /// Ask the curator something about a record.
    Ask { comment: Id<Comment>, about: RecordId, words: String },
    /// Say that a question is settled, or open again.
    Settle { comment: Id<Comment>, resolved: bool },
    /// Write the project's guidelines, in Markdown.
    SetGuidelines { guidelines: String },
    /// Rename a label.
    RenameLabel { label: Id<Label>, name: String },
    /// Say what a label means, for annotators.
    DefineLabel { label: Id<Label>, definition: Option<String> },
    /// Give a label another colour of the palette.
    ColourLabel { label: Id<Label>, colour: Option<String> },
    /// One label takes the place of another everywhere.
    MergeLabels { kept: Id<Label>, gone: Id<Label> },
    /// Several commands as one step, under the name of the first.
    Several { commands: Vec<Command> },
    /// Say that sentences of two texts belong together (`confirmed`) or not; `None` takes it back.
    Align {
        from_text: Id<ArticleText>,
        to_text: Id<ArticleText>,
        from: Vec<Span>,
        to: Vec<Span>,
        op: Option<AlignmentOp>,
        confirmed: Option<bool>,
    },
    /// Say how two articles hang together.
    Judge { from: Id<Article>, to: Id<Article>, judgement: Judgement },
    /// Write a remark on any record.
    SetNote { record: RecordId, note: Option<String> },
    /// Say that one is unsure of a record.
    SetUnsure { record: RecordId, unsure: bool },
    /// Delete records. Their content stays; undo, or a colleague's copy, can bring them back.
    Delete { records: Vec<RecordId> },
    /// Say how far one has come with a layer of a text; `None` is not said.
    SetCoverage { text: Id<ArticleText>, layer: Layer, state: Option<CoverageState> },
    /// Decide cases on which annotators differ, or accept those on which all agree: one step.
    Decide { verdicts: Vec<Verdict> },
    /// Bring deleted records back.
    Restore { records: Vec<RecordId> },
    /// Add a label to a scheme, which begins with its first one.
    AddLabel { label: Id<Label>, scheme: String, name: String, meaning: Meaning },
    /// Give any changeable field of a record a value, by the field's name in the file.
    SetField { record: RecordId, field: &'static str, value: Json },
    /// Say that two records are the same thing, or that they are not after all.
    SetSame { a: RecordId, b: RecordId, same: bool },
    /// Remove records for good, with an article all that repeats its words, with a story its deleted
    /// articles. This cannot be undone,
    /// here or by anybody's copy: ask before.
    Purge { records: Vec<RecordId> },
    /// Give texts that came without their words the words that belong to them.
    CompleteTexts { texts: Vec<Text> },
    /// Take in records of another copy of this project.
    TakeIn { records: Vec<(RecordId, Entry)> },
    /// Bring an earlier state of the project back: what it shows, this shows. Of a state of which not all could
    /// be read (`whole` is false) nobody knows what it did not have, so that nothing is deleted for it.
    BringBack { earlier: Box<Project>, whole: bool },
    /// Take in annotations made with another tool.
    Import { records: Vec<(RecordId, Entry)> },
}

/// Why a command cannot be, in words for a person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rejection {
    /// What the command is about is not there, or not any more.
    Gone(&'static str),
    /// There is nothing to mark.
    NothingSelected,
    /// A name is needed.
    NoName,
    /// Something would be inside itself.
    Circle,
    /// The record has no such field, or the value is none for it.
    DoesNotFit(&'static str),
    /// The two cannot be the same thing.
    NotAlike,
    /// The article was removed for good.
    RemovedForGood,
    /// Nothing would change.
    NoChange,
}

impl fmt::Display for Rejection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Gone(what) => write!(f, "This {what} is not here any more; nothing was changed."),
            Self::NothingSelected => f.write_str("Select some words first."),
            Self::NoName => f.write_str("A name is needed; nothing was changed."),
            Self::Circle => f.write_str("An attribution cannot be inside itself; nothing was changed."),
            Self::DoesNotFit(field) => {
                write!(f, "This is no value for “{field}”; nothing was changed.")
            }
            Self::NotAlike => f.write_str(
                "Only two different people, labels, articles, stories, sources or targets can be said to be the same.",
            ),
            Self::RemovedForGood => f.write_str(
                "This article was removed for good from this project and cannot come back to it. Begin another project for it.",
            ),
            Self::NoChange => f.write_str("Nothing would change."),
        }
    }
}

impl std::error::Error for Rejection {}

/// Works out what a command does to a project. Changes nothing.
pub fn decide(project: &Project, command: Command, context: &mut Context<'_>) -> Result<Step, Rejection> {
    let name = command.name();
    let mut editor = Editor::new(project, context);
    carry_out(&mut editor, command)?;
    let step = editor.finish(name, Nature::Do);
    if step.ops.is_empty() { Err(Rejection::NoChange) } else { Ok(step) }
}

/// Works out how a project begins, as [`Command::Begin`] does: alone, for whoever needs no other command.
pub fn begin(project: &Project, name: String, context: &mut Context<'_>) -> Step {
    let mut editor = Editor::new(project, context);
    library::begin(&mut editor, name);
    editor.finish("begin", Nature::Do)
}

fn carry_out(e: &mut Editor<'_, '_, '_>, command: Command) -> Result<(), Rejection> {
    match command {
        Command::Begin { name } => library::begin(e, name),
        Command::RenameProject { name } => {
            let id: Id<ProjectInfo> = e.project().id().clone();
            set!(e, &id, ProjectInfo.name = Some(some_name(name)?));
        }
        Command::NamePerson { person, name } => library::name_person(e, &person, some_name(name)?),
        Command::AddArticles { articles } => library::add_articles(e, articles)?,
        Command::MoveArticle { article, story } => {
            e.get(&article).ok_or(Rejection::Gone("article"))?;
            e.get(&story).ok_or(Rejection::Gone("story"))?;
            set!(e, &article, Article.story = Some(story));
        }
        Command::SplitOff { article, story, name } => {
            e.get(&article).ok_or(Rejection::Gone("article"))?;
            library::make_story(e, &story, some_name(name)?);
            set!(e, &article, Article.story = Some(story));
        }
        Command::RetitleArticle { article, title } => {
            e.get(&article).ok_or(Rejection::Gone("article"))?;
            set!(e, &article, Article.title = Some(some_name(title)?));
        }
        Command::SetOutlet { article, outlet } => set!(e, &article, Article.outlet = outlet),
        Command::SetPublished { article, published } => set!(e, &article, Article.published = published),
        Command::SetVersionRole { article, role } => set!(e, &article, Article.version_role = role),
        Command::RenameStory { story, name } => {
            e.get(&story).ok_or(Rejection::Gone("story"))?;
            set!(e, &story, Story.name = Some(some_name(name)?));
        }
        Command::Mark { attribution, text, span, role, blind } => {
            attributing::mark(e, &attribution, &text, span, role, blind)?;
        }
        Command::Unmark { attribution, span, role } => attributing::unmark(e, &attribution, span, role)?,
        Command::Remark { attribution, old, new, role } => {
            attributing::remark(e, &attribution, old, new, role)?;
        }
        Command::SetSpeaker { attribution, source } => attributing::set_speaker(e, &attribution, source)?,
        Command::Resolve { mention, source } => {
            e.get(&mention).ok_or(Rejection::Gone("mention"))?;
            set!(e, &mention, Mention.source = source);
        }
        Command::AddSource { source, story, name, kind } => {
            attributing::make_source(e, &source, story, some_name(name)?, kind);
        }
        Command::RenameSource { source, name } => {
            e.get(&source).ok_or(Rejection::Gone("source"))?;
            set!(e, &source, Source.name = Some(some_name(name)?));
        }
        Command::SetSourceKind { source, kind } => set!(e, &source, Source.source_kind = kind),
        Command::SetType { attribution, r#type } => {
            e.get(&attribution).ok_or(Rejection::Gone("attribution"))?;
            set!(e, &attribution, Attribution.r#type = r#type);
        }
        Command::AddTarget { target, name, kind } => stances::make_target(e, &target, some_name(name)?, kind),
        Command::RenameTarget { target, name } => {
            e.get(&target).ok_or(Rejection::Gone("target"))?;
            set!(e, &target, Target.name = Some(some_name(name)?));
        }
        Command::SetStance { text, holder, target, attribution, value, blind } => {
            stances::set_stance(e, text, holder, target, attribution, value, blind)?;
        }
        Command::AddEvidence { stance, span } => stances::add_evidence(e, &stance, span)?,
        Command::RemoveEvidence { stance, span } => stances::remove_evidence(e, &stance, span)?,
        Command::SetConditional { stance, conditional } => set!(e, &stance, Stance.conditional = conditional),
        Command::SetMixed { stance, mixed } => set!(e, &stance, Stance.mixed = mixed),
        Command::SetIntensity { stance, intensity } => {
            e.get(&stance).ok_or(Rejection::Gone("stance"))?;
            set!(e, &stance, Stance.intensity = intensity.map(|n| n.min(3)));
        }
        Command::SetParent { attribution, parent } => attributing::set_parent(e, &attribution, parent)?,
        Command::SetContinues { attribution, continues } => {
            attributing::set_continues(e, &attribution, continues)?;
        }
        Command::SetMedium { attribution, medium } => {
            e.get(&attribution).ok_or(Rejection::Gone("attribution"))?;
            set!(e, &attribution, Attribution.medium = medium);
        }
        Command::NoteDefects { attribution, defects } => {
            attributing::note_defects(e, &attribution, defects)?;
        }
        Command::SetAliases { source, aliases } => set!(e, &source, Source.aliases = aliases),
        Command::SetAffiliation { source, affiliation } => {
            set!(e, &source, Source.affiliation = affiliation);
        }
        Command::SetSourceRole { source, role } => set!(e, &source, Source.role = role),
        Command::SetSourceStatus { source, status } => set!(e, &source, Source.status = status),
        Command::MergeSources { kept, gone } => cast::merge(e, &kept, &gone)?,
        Command::SplitSource { attributions, from, new, name } => {
            cast::split(e, &attributions, &from, &new, some_name(name)?)?;
        }
        Command::NameAll { source, places } => cast::name_all(e, &source, places)?,
        Command::Ask { comment, about, words } => {
            e.entry(&about).ok_or(Rejection::Gone("record"))?;
            e.make(
                comment.record(),
                Comment { words: Some(some_name(words)?).into(), ..Comment::blank(about) },
            );
        }
        Command::Settle { comment, resolved } => {
            e.get(&comment).ok_or(Rejection::Gone("question"))?;
            set!(e, &comment, Comment.resolved = resolved);
        }
        Command::SetGuidelines { guidelines } => {
            schemes::set_guidelines(e, Some(guidelines).filter(|g| !g.trim().is_empty()));
        }
        Command::RenameLabel { label, name } => {
            e.get(&label).ok_or(Rejection::Gone("label"))?;
            set!(e, &label, Label.name = Some(some_name(name)?));
        }
        Command::DefineLabel { label, definition } => set!(e, &label, Label.definition = definition),
        Command::ColourLabel { label, colour } => set!(e, &label, Label.colour = colour),
        Command::MergeLabels { kept, gone } => schemes::merge_labels(e, &kept, &gone)?,
        Command::Several { commands } => {
            for command in commands {
                carry_out(e, command)?;
            }
        }
        Command::Align { from_text, to_text, from, to, op, confirmed } => {
            comparing::align(e, (from_text, &from), (to_text, &to), op, confirmed)?;
        }
        Command::Judge { from, to, judgement } => comparing::judge(e, &from, &to, judgement)?,
        Command::SetNote { record, note } => e.change_json(&record, "note", Json::of(&note)),
        Command::SetUnsure { record, unsure } => e.change_json(&record, "unsure", Json::of(&unsure)),
        Command::Delete { records } => records.iter().for_each(|id| library::delete(e, id)),
        Command::SetCoverage { text, layer, state } => deciding::set_coverage(e, text, layer, state)?,
        Command::Decide { verdicts } => {
            for verdict in verdicts {
                deciding::decide_case(e, verdict)?;
            }
        }
        Command::Restore { records } => records.iter().for_each(|id| e.restore(id)),
        Command::AddLabel { label, scheme, name, meaning } => {
            library::add_label(e, &label, some_name(scheme)?, some_name(name)?, meaning);
        }
        Command::SetField { record, field, value } => lasting::set_field(e, &record, field, value)?,
        Command::SetSame { a, b, same } => lasting::set_same(e, a, b, same)?,
        Command::Purge { records } => removal::purge(e, &records),
        Command::CompleteTexts { texts } => lasting::complete(e, texts),
        Command::BringBack { earlier, whole } => lasting::bring_back(e, &earlier, whole),
        Command::TakeIn { records } | Command::Import { records } => {
            records.into_iter().for_each(|(id, entry)| e.take_in(&id, entry));
        }
    }
    Ok(())
}

/// A name with the space around it taken off; there must be something left.
fn some_name(name: String) -> Result<String, Rejection> {
    let name = name.trim();
    if name.is_empty() { Err(Rejection::NoName) } else { Ok(name.to_owned()) }
}

impl Command {
    /// Whether undo cannot take it back.
    pub fn is_final(&self) -> bool {
        match self {
            Self::Several { commands } => commands.iter().any(Self::is_final),
            other => matches!(other, Self::Purge { .. }),
        }
    }

    /// Its name in the history: a key of the message catalogue.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Begin { .. } => "begin",
            Self::RenameProject { .. } => "rename_project",
            Self::NamePerson { .. } => "name_person",
            Self::AddArticles { .. } => "add_articles",
            Self::MoveArticle { .. } => "move_article",
            Self::SplitOff { .. } => "split_off",
            Self::RetitleArticle { .. } => "retitle_article",
            Self::SetOutlet { .. } => "set_outlet",
            Self::SetPublished { .. } => "set_published",
            Self::SetVersionRole { .. } => "set_version_role",
            Self::RenameStory { .. } => "rename_story",
            Self::Mark { role: MarkRole::Content, .. } => "mark_content",
            Self::Mark { role: MarkRole::Cue, .. } => "mark_cue",
            Self::Mark { role: MarkRole::Source, .. } => "mark_source",
            Self::Mark { role: MarkRole::Via, .. } => "mark_via",
            Self::Mark { role: MarkRole::Addressee, .. } => "mark_addressee",
            Self::Unmark { .. } => "unmark",
            Self::Remark { .. } => "remark",
            Self::SetSpeaker { .. } => "set_speaker",
            Self::Resolve { .. } => "resolve",
            Self::AddSource { .. } => "add_source",
            Self::RenameSource { .. } => "rename_source",
            Self::SetSourceKind { .. } => "set_source_kind",
            Self::SetType { .. } => "set_type",
            Self::AddTarget { .. } => "add_target",
            Self::RenameTarget { .. } => "rename_target",
            Self::SetStance { .. } => "set_stance",
            Self::AddEvidence { .. } => "add_evidence",
            Self::RemoveEvidence { .. } => "remove_evidence",
            Self::SetConditional { .. } => "set_conditional",
            Self::SetMixed { .. } => "set_mixed",
            Self::SetIntensity { .. } => "set_intensity",
            Self::SetParent { .. } => "set_parent",
            Self::SetContinues { .. } => "set_continues",
            Self::SetMedium { .. } => "set_medium",
            Self::NoteDefects { .. } => "note_defects",
            Self::SetAliases { .. } => "set_aliases",
            Self::SetAffiliation { .. } => "set_affiliation",
            Self::SetSourceRole { .. } => "set_source_role",
            Self::SetSourceStatus { .. } => "set_source_status",
            Self::MergeSources { .. } => "merge_sources",
            Self::SplitSource { .. } => "split_source",
            Self::NameAll { .. } => "name_all",
            Self::Ask { .. } => "ask",
            Self::Settle { .. } => "settle",
            Self::SetGuidelines { .. } => "set_guidelines",
            Self::RenameLabel { .. } => "rename_label",
            Self::DefineLabel { .. } => "define_label",
            Self::ColourLabel { .. } => "colour_label",
            Self::MergeLabels { .. } => "merge_labels",
            Self::Several { commands } => commands.first().map_or("nothing", Self::name),
            Self::Align { .. } => "align",
            Self::Judge { .. } => "judge",
            Self::SetNote { .. } => "set_note",
            Self::SetUnsure { .. } => "set_unsure",
            Self::Delete { .. } => "delete",
            Self::SetCoverage { .. } => "set_coverage",
            Self::Decide { .. } => "decide",
            Self::Restore { .. } => "restore",
            Self::AddLabel { .. } => "add_label",
            Self::SetField { .. } => "set_field",
            Self::SetSame { .. } => "set_same",
            Self::Purge { .. } => "purge",
            Self::CompleteTexts { .. } => "complete_texts",
            Self::BringBack { .. } => "bring_back",
            Self::TakeIn { .. } => "take_in",
            Self::Import { .. } => "import",
        }
    }
}
