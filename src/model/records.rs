//! The kinds of records a project is made of, each declared once. The project file's page in the
//! documentation says the same in a table; `schema/` holds what follows from these declarations.

use super::body::record;
use super::cursor::Cursor;
use super::value::{Value, ValueError, object, take_string};
use super::{
    Affiliation, AlignmentOp, Anchor, AttributionForm, AttributionType, Channel, Content, CoverageState,
    CuePolarity, Defect, Direction, How, Id, Layer, Meaning, Medium, MentionForm, Outcome, Record, RecordId,
    Refinement, Relation, SegmentKind, SourceKind, SourceRole, SourceStatus, StanceLevel, TargetKind,
    VerbClass, Verdict, VersionRole,
};
use crate::text::{CodePoint, Text};

object! {
    /// How a record came to be.
    Made {
        /// Whether no other person's annotation of the text could be seen at the time.
        blind: bool;
        /// The record it was carried from.
        from: Option<RecordId>, or None;
        /// By hand, by a rule, carried over, imported, or decided as gold.
        how: How;
        /// The rule that suggested it.
        rule: Option<String>, or None;
    }

    /// The file an article text came from.
    Origin {
        /// SHA-256 of the file's bytes, in hexadecimal.
        hash: String;
        /// The file's name.
        name: String;
    }

    /// A stretch that a cleaning left out of a text.
    Cut {
        /// One past the last code point, in the text before.
        end: CodePoint;
        /// First code point, in the text before.
        start: CodePoint;
        /// Why it was cut.
        why: String;
    }

    /// A link that the article's text carried.
    Hyperlink {
        /// One past the last code point of the linked words.
        end: CodePoint;
        /// Where it led. Never followed.
        href: String;
        /// First code point of the linked words.
        start: CodePoint;
    }

    /// A rule of the guidelines that labels may cite.
    GuidelineRule {
        /// A short name, unique in the project.
        key: String;
        /// What it says.
        text: String;
    }
}

impl Made {
    /// Made by a person, `blind` or not.
    pub fn by_hand(blind: bool) -> Self {
        Self { blind, from: None, how: How::Hand, rule: None }
    }
}

/// Whose stance it is: that of the article itself, or of a source in it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Holder {
    /// The article, in its reporter's voice.
    Article,
    /// Somebody the article reports on.
    Source(Id<Source>),
}

impl Value for Holder {
    fn take(from: &mut Cursor<'_>) -> Result<Self, ValueError> {
        match &*take_string(&mut from.clone(), "a holder")? {
            "article" => take_string(from, "a holder").map(|_| Self::Article),
            _ => Id::take(from).map(Self::Source),
        }
    }
    fn write(&self, out: &mut String) {
        match self {
            Self::Article => out.push_str("\"article\""),
            Self::Source(id) => id.write(out),
        }
    }
}

record! {
    /// What holds for the project as a whole. There is one, under the project's own id.
    ProjectInfo = "project" "prj" registers {
        /// What people call it.
        name: Option<String>,
        /// How to annotate, in Markdown.
        guidelines: Option<String>,
        /// Rules that labels may cite.
        rules: Vec<GuidelineRule>,
        /// The layers this project annotates.
        layers: Vec<Layer>,
        /// Whether annotators work without seeing each other's marks.
        blind: bool,
    }
}

record! {
    /// Somebody who writes in the project.
    Person = "person" "per" registers {
        /// The name colleagues see.
        name: Option<String>,
        /// A colour of the palette, by its name.
        colour: Option<String>,
    }
}

record! {
    /// Says whether two records of one kind are the same thing. Id from both ids, sorted.
    Alias = "alias" "als" fixed {
        /// One.
        a: RecordId,
        /// The other.
        b: RecordId,
    } registers {
        /// Whether they count as one everywhere.
        same: bool,
    }
}

record! {
    /// An immutable text. Id from its content.
    ArticleText = "text" "txt" fixed {
        /// Its length in code points.
        length: CodePoint,
        /// Which program read it out of its file, «name version».
        extractor: String,
    } may {
        /// The text: the file's, with line ends made LF and the byte order mark dropped. Missing in
        /// an export without texts.
        content: Text,
        /// The file it came from.
        origin: Origin,
        /// The text of which this is a cleaning.
        cleaned_from: Id<ArticleText>,
        /// What the cleaning left out.
        cuts: Vec<Cut>,
    } registers {
    }
}

record! {
    /// One publication of a text. Id from the text's id and the salt.
    Article = "article" "art" fixed {
        /// Its text.
        text: Id<ArticleText>,
        /// Empty, unless somebody says that this is another publication of the same text.
        salt: String,
    } registers {
        /// The story of which it is a version.
        story: Option<Id<Story>>,
        /// Its headline.
        title: Option<String>,
        /// Who published it.
        outlet: Option<String>,
        /// Who wrote it.
        byline: Vec<String>,
        /// Who contributed.
        credits: Vec<String>,
        /// When it was published, as it says: a date or a time.
        published: Option<String>,
        /// When it was fetched.
        retrieved: Option<String>,
        /// Where it stood.
        url: Option<String>,
        /// Its language, as a BCP 47 tag.
        language: Option<String>,
        /// What it is among the versions of its story.
        version_role: Option<VersionRole>,
        /// The links its text carried.
        links: Vec<Hyperlink>,
    }
}

record! {
    /// A family of versions.
    Story = "story" "sty" registers {
        /// What people call it.
        name: Option<String>,
        /// The version others are compared with.
        base: Option<Id<Article>>,
    }
}

record! {
    /// What a stretch of a text is: headline, byline, boilerplate. Id from text, start and end.
    Segment = "segment" "seg" fixed {
        /// The text.
        text: Id<ArticleText>,
        /// Where.
        anchor: Anchor,
    } registers {
        /// What it is.
        segment_kind: Option<SegmentKind>,
    }
}

record! {
    /// A value of a stance scheme. Built-in ones have ids from scheme and name.
    Label = "label" "lab" fixed {
        /// The scheme it belongs to, such as `favor`.
        scheme: String,
    } registers {
        /// Its name.
        name: Option<String>,
        /// Its neutral core.
        meaning: Option<Meaning>,
        /// A colour of the palette, by its name.
        colour: Option<String>,
        /// The key that sets it.
        key: Option<String>,
        /// What it means.
        definition: Option<String>,
        /// The rule of the guidelines that governs it.
        rule: Option<String>,
        /// Its place among the labels of the scheme.
        order: u32,
    }
}

record! {
    /// Somebody or something that speaks: a member of the story's cast.
    Source = "source" "src" registers {
        /// What it is called here.
        name: Option<String>,
        /// What kind of speaker it is.
        source_kind: Option<SourceKind>,
        /// What else it is called.
        aliases: Vec<String>,
        /// Where it belongs.
        affiliation: Option<Affiliation>,
        /// In which capacity it speaks.
        role: Option<SourceRole>,
        /// Whether it still is what it is called.
        status: Option<SourceStatus>,
        /// The story in whose cast it is.
        story: Option<Id<Story>>,
        /// Its item in Wikidata.
        wikidata: Option<String>,
    }
}

record! {
    /// Words of a text that name a source.
    Mention = "mention" "men" fixed {
        /// The text.
        text: Id<ArticleText>,
    } registers {
        /// Where.
        anchor: Option<Anchor>,
        /// Whom they name.
        source: Option<Id<Source>>,
        /// How.
        form: Option<MentionForm>,
    }
}

record! {
    /// Who said what: the pieces of content, the cue, the source, as one object.
    Attribution = "attribution" "att" fixed {
        /// The text it is in.
        text: Id<ArticleText>,
        /// How it came to be.
        made: Made,
    } registers {
        /// What was said, in pieces.
        contents: Vec<Content>,
        /// The words that say that it was said.
        cues: Vec<Anchor>,
        /// Who said it.
        sources: Vec<Id<Mention>>,
        /// Through whom it came («told NBC»).
        via: Option<Id<Mention>>,
        /// To whom it was said.
        addressees: Vec<Id<Mention>>,
        /// How it is reported.
        r#type: Option<AttributionType>,
        /// Speech, writing or thought.
        medium: Vec<Medium>,
        /// The kind of act the cue reports.
        verb_class: Option<VerbClass>,
        /// Whether the cue affirms it.
        cue_polarity: Option<CuePolarity>,
        /// The occasion.
        channel: Option<Channel>,
        /// How far the article says who speaks.
        form: Option<AttributionForm>,
        /// Under which conditions, as far as can be inferred.
        record: Option<Record>,
        /// The attribution inside which this one is reported.
        parent: Option<Id<Attribution>>,
        /// The attribution that this one goes on with.
        continues: Option<Id<Attribution>>,
        /// What is wrong with its marks or text.
        defects: Vec<Defect>,
        /// The rule of the guidelines it rests on.
        rule: Option<String>,
    }
}

record! {
    /// What a stance is towards.
    Target = "target" "tgt" registers {
        /// What it is called.
        name: Option<String>,
        /// Entity, issue or claim.
        target_kind: Option<TargetKind>,
        /// The source that it is, where it is one.
        source: Option<Id<Source>>,
        /// The claim or question in full.
        wording: Option<String>,
    }
}

record! {
    /// What somebody thinks of something.
    Stance = "stance" "sta" fixed {
        /// The text it is in.
        text: Id<ArticleText>,
        /// How it came to be.
        made: Made,
    } registers {
        /// Whose stance.
        holder: Option<Holder>,
        /// Towards what.
        target: Option<Id<Target>>,
        /// Which, in the project's scheme.
        value: Option<Id<Label>>,
        /// How large a stretch it is about.
        level: Option<StanceLevel>,
        /// The words that show it.
        evidence: Vec<Anchor>,
        /// The attribution in which it is taken.
        attribution: Option<Id<Attribution>>,
        /// How strong, 0 to 3.
        intensity: Option<u8>,
        /// Whether it is said outright.
        explicit: Option<bool>,
        /// Whether it depends on a condition.
        conditional: bool,
        /// Whether it goes both ways.
        mixed: bool,
    }
}

record! {
    /// How two versions hang together, as somebody judged. Id from both article ids, in order.
    Link = "link" "lnk" fixed {
        /// One article.
        from: Id<Article>,
        /// The other.
        to: Id<Article>,
    } registers {
        /// How.
        relation: Option<Relation>,
        /// What more can be said of it.
        refinement: Vec<Refinement>,
        /// Which came from which.
        direction: Option<Direction>,
        /// Why somebody thinks so.
        evidence: Option<String>,
    }
}

record! {
    /// Which sentences of two texts answer each other, as somebody judged.
    Alignment = "alignment" "aln" fixed {
        /// One text.
        from_text: Id<ArticleText>,
        /// The other.
        to_text: Id<ArticleText>,
    } registers {
        /// Sentences of the one.
        from: Vec<Anchor>,
        /// Sentences of the other.
        to: Vec<Anchor>,
        /// What happened.
        op: Option<AlignmentOp>,
        /// Whether they belong together (true) or must not be joined (false).
        confirmed: Option<bool>,
    }
}

record! {
    /// What became of a quotation from one version to another. Id from both attribution ids.
    QuoteLink = "quote_link" "qln" fixed {
        /// The attribution in the reference.
        from: Id<Attribution>,
        /// The attribution in the other version.
        to: Id<Attribution>,
    } registers {
        /// How true it is.
        verdict: Option<Verdict>,
        /// Reasons to look.
        flags: Vec<String>,
    }
}

record! {
    /// A remark for colleagues.
    Comment = "comment" "com" fixed {
        /// What it is about.
        about: RecordId,
    } registers {
        /// What it says.
        words: Option<String>,
        /// Whether it is settled.
        resolved: bool,
    }
}

record! {
    /// How far a person has come with a text in a layer. Id from person, text and layer.
    Coverage = "coverage" "cov" fixed {
        /// Who.
        person: Id<Person>,
        /// Which text.
        text: Id<ArticleText>,
        /// Which layer.
        layer: Layer,
    } registers {
        /// How far.
        state: Option<CoverageState>,
        /// The part that it is about, where it is not the whole text.
        range: Option<Anchor>,
    }
}

record! {
    /// What became of a suggestion. Id from person, text, rule, start and end.
    Fate = "fate" "fat" fixed {
        /// The text.
        text: Id<ArticleText>,
        /// The rule that suggested it.
        rule: String,
        /// First code point of what was suggested.
        start: CodePoint,
        /// One past the last.
        end: CodePoint,
    } may {
        /// The record that came of it.
        made_record: RecordId,
    } registers {
        /// What became of it.
        outcome: Option<Outcome>,
    }
}

record! {
    /// How a disagreement was settled.
    Decision = "decision" "dec" registers {
        /// The annotations it was about.
        members: Vec<RecordId>,
        /// What was decided.
        outcome: Option<String>,
        /// The record in the gold layer.
        result: Option<RecordId>,
        /// Why.
        reason: Option<String>,
        /// A digest of what was decided on, to tell when it has changed since.
        digest: Option<String>,
    }
}
