//! Every word this desk says, in one place: the page need not carry them.

pub(super) use crate::beside::with;

macro_rules! words {
    ($( $name:ident = $english:literal; )*) => { $( pub(super) const $name: &str = $english; )* };
}

words! {
    PARTS = "Training data";
    EXPORT = "Export";
    IMPORT = "Import";

    TITLE = "Export as training data";
    HINT = "Choose formats and what goes into them. You see what each format cannot hold, how the parts of a split compare, and the first records, before anything is saved. What you choose is remembered.";
    NO_ARTICLES = "There is no article yet. Add articles in the library and mark who said what; what you mark can then be saved here in the form the next tool reads. Marks made with another tool come in under “Import”.";
    NO_MARKS = "Nothing of this choice is marked yet: the files would hold the texts alone. Choose other layers or annotators, or mark something first.";
    FORMATS = "Formats";
    COUNTS_IN = "Counts in {}.";
    NO_POSITIONS = "Holds no positions.";
    CANNOT_HOLD = "Cannot hold: {}.";
    HOLDS_ALL = "Holds everything.";
    READS_BACK = "Can be read back.";
    WHAT = "What goes in";
    LAYERS = "Layers";
    WHOSE = "Whose annotations";
    EVERYONE = "Everyone’s, without gold";
    GOLD = "Gold: what was decided";
    TOKENS = "Tokens";
    CUT = "Words, cut again where a mark begins or ends";
    WORDS = "Words alone (marks that do not fit are left out and counted)";
    TEXTS = "Articles’ texts";
    WITH_TEXTS = "Included";
    WITHOUT_TEXTS = "Left out: positions and hashes only";
    TEXTS_HINT = "Articles are other people’s property. Without texts a file may be passed on; whoever has the articles can put the two together.";
    SPLIT = "Split";
    SPLIT_ON = "In parts: training, validation, test";
    SPLIT_OFF = "All in one part";
    SPLIT_HINT = "By whole stories, so that no version of a test article is in training. Stories with nearly the same texts stay together; labels are kept in proportion. The same seed gives the same split.";
    SHARE_OF = "Share of {}";
    SEED = "Seed";
    TEST_FROM = "Test: published from";
    TEST_OUTLET = "Test: published by";
    NO_OUTLET = "no particular outlet";
    NO_FORMAT = "Choose at least one format.";

    LOOK = "What you will get";
    LOOK_FIRST = "Look what it gives";
    MANY = "{} articles: looking through them takes a moment.";
    LABEL = "Label";
    WHOLE = "All";
    ARTICLES = "Articles";
    SHARES = "How often each label occurs, and its share of all labels of its part";
    NO_LEAK = "Copies on two sides of the split: 0.";
    LEAK = "Copies on two sides of the split: {}. Put their stories together.";
    LOST = "What {} cannot hold here";
    NOTHING_LOST = "Everything that is marked is held.";
    HOW_MANY = "How many";
    WHAT_LOST = "What";
    EXAMPLES = "For example";
    SEVERAL = "Texts that several people annotated: {}. Everybody’s marks go out side by side, and each says whose it is (annotator). For one set of marks, choose gold or one person above.";
    FIRST_RECORDS = "First records";
    PREVIEW_OF = "The beginning of {}";
    SAVE_ONE = "Save as {}";
    SAVE_ALL = "Save {} formats as one ZIP file";
    SAVED_AS = "Saved “{}”.";
    GATHERING = "Gathering…";
    LOOKING = "Looking…";
    WRITING = "Writing {}…";
    READING = "Reading…";
    FILE = "training data";

    IN_TITLE = "Import annotations made with other tools";
    IN_HINT = "Choose a tool’s export, with all files that belong to it (brat’s .txt and .ann, say), or drop them on this page. You see what they hold and what each label will mean before anything is taken in. Texts that are here already are recognised; what cannot be read is listed and costs nothing else.";
    CHOOSE = "Choose files…";
    FORMAT = "Format";
    RECOGNISED = "as recognised: {}";
    NOT_RECOGNISED = "The format of these files is not recognised. Choose it, if it is in the list.";
    NOT_UTF8 = "The file is not in UTF-8.";
    CAN_READ = "What can be read";
    HOLDS = "Texts: {}, of them already here: {}. New records: {}.";
    ANNOTATED_BY = "Annotated by {}. What each of them marked comes in under their own name, as finished work.";
    MEANING = "Means here";
    OCCURS = "Occurs";
    EXAMPLE = "Example";
    AUTOMATIC = "not known: left out";
    LABELS = "What the labels mean";
    LABELS_HINT = "Change what is not understood rightly. What you set is remembered for next time.";
    NO_LABELS = "These files hold texts without marks.";
    ISSUES = "What had to be said: {}";
    AND_MORE = "and {} more";
    TAKE_IN = "Take in {} records";
    NOTHING_NEW = "Everything in these files is already here.";
    ONE_STEP = "One step: Undo takes all of it back.";
    TAKEN = "{} records were taken in. Undo takes all of it back.";
    LEAVE = "Leave these files";
    IGNORE = "left out on purpose";
    WHOLE_TEXT = "(said of a text as a whole)";
}

/// What a label may be said to mean, beside stances and segments.
pub(super) const MEANINGS: [(&str, &str); 6] = [
    ("content", "content: what was said"),
    ("cue", "cue: the words that say that it was said"),
    ("source", "source: who said it"),
    ("addressee", "addressee: to whom"),
    ("intermediary", "intermediary: through whom it came"),
    ("mention", "mention of somebody"),
];

pub(super) fn layer(name: &str) -> &str {
    match name {
        "attribution" => "Who said what",
        "stance" => "Stances",
        "segment" => "Segments",
        other => other,
    }
}

/// The groups of formats, each with the formats in it.
pub(super) const GROUPS: [(&str, &[&str]); 6] = [
    ("For programs", &["jsonl", "csv", "tsv", "conll", "conll-bilou", "spacy"]),
    (
        "For annotation tools",
        &["brat", "webanno-tsv", "cas-xmi", "cas-json", "label-studio", "doccano", "prodigy", "argilla"],
    ),
    ("For the web", &["web-annotation", "recogito"]),
    ("As in corpora of attribution", &["polnear", "parc"]),
    ("For language models", &["messages", "pairs"]),
    ("As in stance benchmarks", &["semeval-2016", "fnc-1", "rumoureval", "vast"]),
];
