//! Every word the interface says, in one place, so that a language is one more column.

/// A language of the interface.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub(super) enum Language {
    /// English.
    #[default]
    English,
}

macro_rules! messages {
    ($( $name:ident = $english:literal ),* $(,)?) => {
        /// Something the interface says. `{}` stands for a value, see [`fill`].
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub(super) enum M {
            $( #[doc = $english] $name, )*
        }

        impl M {
            /// The words in a language.
            pub(super) fn in_language(self, language: Language) -> &'static str {
                match (language, self) {
                    $( (Language::English, Self::$name) => $english, )*
                }
            }
        }
    };
}

/// The words of a message in the language of the interface.
pub(super) fn t(message: M) -> &'static str {
    message.in_language(Language::default())
}

/// The words of a message with `values` for its `{}`s, in order.
pub(super) fn fill(message: M, values: &[&str]) -> String {
    let mut parts = t(message).split("{}");
    let mut out = parts.next().unwrap_or_default().to_owned();
    let mut values = values.iter();
    for part in parts {
        out.push_str(values.next().copied().unwrap_or_default());
        out.push_str(part);
    }
    out
}

/// A count with its noun: `one` for one, else `many`.
pub(super) fn count(n: usize, one: M, many: M) -> String {
    fill(if n == 1 { one } else { many }, &[&n.to_string()])
}

messages! {
    AppName = "Variorum",
    Library = "Library",
    Read = "Read",
    Compare = "Compare",
    Undo = "Undo",
    Redo = "Redo",
    UndoWhat = "Undo: {}",
    RedoWhat = "Redo: {}",
    NothingToUndo = "Nothing to undo.",
    NothingToRedo = "Nothing to redo.",
    Undone = "Undone: {}",
    Redone = "Done again: {}",
    Palette = "All commands",
    PaletteHint = "Type what you want to do",
    PaletteEmpty = "No command has this in its name.",
    Shortcuts = "Keyboard shortcuts",
    ShortcutsNote = "Letters work by their place on the keyboard, on any layout.",
    Close = "Close",
    Theme = "Light or dark",
    ExportProject = "Save project as a file",
    ExportHint = "One JSON file with everything: texts, marks, people",
    Exported = "Saved “{}” to your downloads.",
    ImportFile = "Open a file…",
    Saved = "Saved",
    Saving = "Saving…",
    SavedTabOnly = "Not safely stored – save a file",
    SavedWhere = "Everything is kept in this browser, on this computer. Nothing is sent anywhere. Save the project as a file to have a second copy or to pass it on.",
    StorageBlocked = "This browser does not let Variorum keep anything: when this page is closed, your work is gone. Save the project as a file before you leave.",
    StorageFull = "This browser’s storage is full. Your last change is here, but will not survive closing the page. Save the project as a file now, then remove a project you no longer need.",
    StorageFailed = "Your last change could not be stored ({}). It is here, but may not survive closing the page. Save the project as a file now.",

    NoSecondCopy = "This browser has no database for web pages, so that only one copy of your work is kept: the last seconds are lost if the browser crashes. Save the project as a file now and then.",
    RestoredFromCopy = "Your browser lost a part of its storage; {} projects were brought back from the second copy.",

    WelcomeTitle = "Who said what, and what became of it",
    WelcomeText = "Load a news article, mark each quotation with its source, say what everybody thinks of the matter – and set two versions side by side to see what changed. Everything stays in this browser.",
    OpenSample = "Open the sample story",
    OpenSampleNote = "An invented story in five versions, partly annotated",
    PasteTitle = "Paste an article",
    PasteHint = "Paste the text of a news article here",
    AddPasted = "Add this article",
    ChooseFiles = "Choose files…",
    ChooseFilesNote = "Text (.txt, .md) or a Variorum project (.json); or drop them anywhere on this page",
    DropHere = "Drop to add",
    AddArticle = "Add an article",
    NoArticles = "There is no article yet. Paste one, drop a file, or open the sample story.",
    StoryName = "Name of the story",
    Versions = "{} versions",
    OneVersion = "1 version",
    Words = "{} words",
    Attributions = "{} attributions",
    OneAttribution = "1 attribution",
    Stances = "{} stances",
    OneStance = "1 stance",
    NotAnnotated = "not annotated yet",
    CompareVersions = "Compare versions",
    CompareWith = "Compare with",
    MoveTo = "Belongs to story",
    OwnStory = "A story of its own",
    Added = "Added “{}”.",
    AddedMany = "Added {} articles.",
    AlreadyThere = "“{}” is already here; nothing was added.",
    FileProblem = "{}: {}",
    Opened = "Opened “{}”.",
    Merged = "Joined the file with “{}”: {} new records.",
    SameAlready = "The file holds nothing that is not already in “{}”.",
    Issues = "{} records of the file could not be read; they are kept as they are.",
    Untitled = "Untitled",
    Projects = "Projects",
    NewProject = "New project",
    ProjectName = "Name of the project",
    RemoveProject = "Remove this project",
    ProjectRemoved = "Removed “{}” from this browser.",
    Restore = "Bring it back",
    TrashTitle = "Removed",
    SwitchTo = "Open",
    Current = "open now",
    DeleteArticle = "Delete article",
    DeletedArticle = "Deleted “{}”.",

    Reading = "Text of the article",
    Quote = "Quote",
    Cue = "Cue",
    Source = "Source",
    Evidence = "Evidence",
    FinishAttribution = "Done with this attribution",
    DeleteAttribution = "Delete attribution",
    NextAttribution = "Next attribution",
    PreviousAttribution = "Previous attribution",
    WordRight = "Next word",
    WordLeft = "Previous word",
    ExtendRight = "Select one more word",
    ExtendLeft = "Select one word less",
    SentenceDown = "Next sentence",
    SentenceUp = "Previous sentence",
    ExtendSentence = "Select to the end of the sentence",
    ExtendSentenceBack = "Select to the start of the sentence",
    NobodyYet = "nobody yet",
    SelectSource = "Now select who said it and press S – or press the number of somebody in the cast.",
    NoQuoteYet = "no quotation yet",
    Cast = "Cast",
    CastMore = "{} more in the story",
    CastHint = "Numbers say who speaks in the marked attribution",
    SpeakerIs = "Speaker {}",
    RemovePiece = "Take “{}” out",
    NoAttributions = "Nothing is marked yet.",
    NoAttributionsHow = "Select a quotation – drag over it, double-click a word, or move with the arrow keys and Shift – and press Q. Then select who said it and press S.",
    Note = "Note",
    AddNote = "Add a note",
    NotePlaceholder = "A remark for yourself and colleagues",
    Unsure = "Unsure",
    AttributionKind = "Kind of attribution",
    AttributionNumber = "Attribution {}",
    AttributionSaid = "Attribution {}, {}: {}",
    PieceOf = "{}, attribution {}",
    PartContent = "Quotation",
    PartCue = "Cue",
    PartSource = "Source",
    PartEvidence = "Evidence of a stance",
    KeepSelecting = "Marked as quotation. Now select who said it and press S.",
    SelectFirst = "Select some words in the text first.",
    ActiveFirst = "Mark a quotation first (Q), then its speaker.",
    MarkedAs = "{}: {}",

    StanceTitle = "Stance",
    StanceOf = "What does {} think of",
    TheArticle = "the article",
    TargetName = "Target: a person, plan or claim",
    AddTarget = "Add target",
    NoTarget = "Name what the stances are about: a person, a plan, a claim.",
    ClearStance = "Take back",
    EvidenceAdd = "Select words and press E to show why",
    SetFavor = "Stance: in favor",
    SetAgainst = "Stance: against",
    SetNone = "Stance: neither",
    GoToTarget = "Name a target",
    StanceFirst = "Say a stance first (F, A or N); then its evidence.",
    Conditional = "conditional",
    Mixed = "mixed",

    NamePrompt = "Your name, as colleagues should see it",
    NamePromptWhy = "It goes with each mark you make, and into files you pass on.",
    NameSave = "That’s me",
    NameLater = "Later",

    CompareNeedTwo = "To compare, a story needs two versions. Add a second article and put it into the same story.",
    CompareLeft = "Left",
    CompareRight = "Right",
    Swap = "Swap sides",
    Comparing = "Comparing…",
    OnlyLeft = "Only on the left",
    OnlyRight = "Only on the right",
    Removed = "removed",
    Inserted = "inserted",
    Moved = "moved",
    OpVerbatim = "word for word",
    OpLightEdit = "lightly edited",
    OpRewrite = "rewritten",
    OpSplit = "split",
    OpMerge = "merged",
    Respelt = "in another form",
    Maybe = "(perhaps)",
    WhyThis = "Why?",
    GuessIdentical = "The same words",
    GuessNearDuplicate = "Nearly the same words",
    GuessWhollyDerived = "One seems to be made wholly from the other",
    GuessPartiallyDerived = "One seems to be made partly from the other",
    GuessSharedSource = "They seem to share a source, each with its own narration",
    GuessNonDerived = "Neither seems to be made from the other",
    WayLeftToRight = "the right one from the left",
    WayRightToLeft = "the left one from the right",
    RefinedSyndicated = "taken over as it is",
    RefinedTranslation = "translated",
    RefinedBackTranslated = "translated and back again",
    RefinedSpun = "reworded by machine",
    ReuseNumbers = "Of the right one’s three-word runs {} stand in the left one outside quotation marks, {} inside.",
    FlagNegation = "negation changed",
    FlagModal = "may / must changed",
    FlagNumber = "number changed",
    FlagReportingVerb = "reporting verb changed",
    FlagName = "name changed",
    NextChange = "Next change",
    PreviousChange = "Previous change",
    OpenArticle = "Annotate",

    Together = "Together",
    TogetherFiles = "Files of colleagues",
    TogetherWait = "Looking…",
    Copied = "Copied.",
    NotCopied = "The browser did not let the words be copied. Select them and copy them by hand.",
    NextCase = "Next disagreement",
    PreviousCase = "Previous disagreement",
    DecideNone = "Decide: none",
    DecideBoth = "Decide: both / all",
    DecideCannot = "Decide: cannot be decided",
    AcceptAgreed = "Accept all on which everyone agrees",
    GoTogether = "Go to working together",

    GoLibrary = "Go to the library",
    GoRead = "Go to the article",
    GoCompare = "Go to comparison",
    NextArticle = "Next version of the story",
    GroupMark = "Marking",
    GroupMove = "Moving",
    GroupProject = "Project",
    GroupView = "View",
    More = "More",
}

/// What a command of the store did, in words.
pub(super) fn command_words(name: &str) -> &'static str {
    match name {
        "begin" => "begin the project",
        "rename_project" => "rename the project",
        "name_person" => "say who you are",
        "add_articles" => "add articles",
        "move_article" => "move the article to a story",
        "split_off" => "give the article a story of its own",
        "retitle_article" => "rename the article",
        "set_outlet" => "set the outlet",
        "set_published" => "set the date",
        "set_version_role" => "say what the version is",
        "rename_story" => "rename the story",
        "mark_content" => "mark a quotation",
        "mark_cue" => "mark a cue",
        "mark_source" => "mark a source",
        "unmark" => "take words out of an attribution",
        "remark" => "move the ends of a mark",
        "set_speaker" => "say who speaks",
        "resolve" => "say whom a mention means",
        "add_source" => "add to the cast",
        "rename_source" => "rename a source",
        "set_source_kind" => "say what a source is",
        "set_type" => "set the type",
        "add_target" => "add a target",
        "rename_target" => "rename a target",
        "set_stance" => "set a stance",
        "add_evidence" => "mark evidence",
        "remove_evidence" => "take evidence back",
        "set_conditional" => "say that a stance is conditional",
        "set_mixed" => "say that a stance is mixed",
        "set_note" => "write a note",
        "set_unsure" => "say whether you are sure",
        "delete" => "delete",
        "take_in" => "join files",
        "set_field" => "settle a conflict",
        "set_same" => "say whether two are the same",
        "set_coverage" => "say what is finished",
        "decide" => "decide",
        _ => "a change",
    }
}
