//! Every word this desk says, in one place, as the page has its own in `ui/messages.rs`: the page's program
//! need not carry what only the worker says.

use crate::adjudicate::{CaseKind, State};
use crate::merge::ConflictKind;

pub(super) use crate::beside::with;

/// The same with a capital.
pub(super) fn upper(words: &str) -> String {
    let mut chars = words.chars();
    chars.next().map(|c| c.to_uppercase().chain(chars).collect()).unwrap_or_default()
}

/// A count of people.
pub(super) fn people(n: usize) -> String {
    some(n, "person", "people")
}

/// So many of something, by the words for one and for more.
pub(super) fn some(n: usize, one: &str, more: &str) -> String {
    format!("{n} {}", if n == 1 { one } else { more })
}

macro_rules! words {
    ($( $name:ident = $english:literal; )*) => { $( pub(super) const $name: &str = $english; )* };
}

words! {
    PARTS = "Working together";
    JOIN = "Join files";
    CONFLICTS = "Conflicts";
    SHARE = "Hand out and send";
    AGREEMENT = "Agreement";
    ADJUDICATE = "Disagreements";

    JOIN_TITLE = "Join colleagues’ files";
    JOIN_HINT = "Choose the files your colleagues sent, or drop them on this page: several at once, in any order. You see what each would bring before anything happens. A file joined twice changes nothing.";
    CHOOSE = "Choose files…";
    JOIN_ONE = "Join this file";
    JOIN_ALL = "Join these {} files";
    ONE_STEP = "One step: Undo takes all of it back. A copy of the project as it is now is kept.";
    JOINED = "Joined {}: {} new or changed.";
    BRINGS = "{} new · {} changed · {} deleted · {} conflicts";
    NOTHING_NEW = "Holds nothing that is not already here.";
    LEAVE_OUT = "Leave out";
    BY_PERSON = "By person";
    BY_ARTICLE = "By article";
    AND_MORE = "and {} more";
    COPIED = "Two files give different content under one name ({} and {}): a browser profile or a file was copied, or edited outside. Both are kept.";
    REPORTS = "What earlier joins brought";
    SAME_TITLE = "One, or two?";
    SAME_SAID = "Said to be the same";
    COUNT_AS_ONE = "{} and {} count as one.";
    TAKE_BACK = "Take back";

    CONFLICTS_TITLE = "Conflicts";
    CONFLICTS_HINT = "Faults in the data: two versions of one record, names that are there twice, marks that lost their words. Put them right before counting. That two people see something differently is no conflict: see Disagreements.";
    NO_CONFLICTS = "There is no conflict: every record has one version, and every mark its words.";
    KEEP_THIS = "Keep this";
    KEEP_ONLY_THIS = "Keep only this";
    KEEP_IT = "Keep it";
    DELETE_IT = "Delete it";
    SHOWN_NOW = "shown now";
    CHANGED_BY = "Changed by {}";
    DELETED_BY = "Deleted by {}";
    SAME_PUBLICATION = "Same publication";
    TWO_PUBLICATIONS = "Two publications";
    KEEP_APART = "Keep apart";
    SEE_DIFFERENCE = "See the difference";
    SAME_ADDRESS = "They stood at one address.";
    ALIKE = "{} in a hundred of their words run alike.";
    CARRIED = "As one, {} marks of the first show in the second; {} would have to be marked anew. Nothing is moved: taking it back undoes it.";
    PLACE_HERE = "Place it here";
    STANDS = "Found: {}";
    NOT_IN_TEXT = "These words are not in the text.";
    OPEN_TEXT = "Open the text";
    MARK_ANEW = "Mark it anew in the text";
    JOIN_TWO = "They are one";
    KEEP_TWO = "They are two";
    RENAME_SECOND = "Another name for the second";
    SAME_PERSON = "Same person";
    TWO_PEOPLE = "Two people";
    BRING_BACK = "Bring it back";
    IS_DELETED = "deleted";
    TAKE_OUT = "Take the link out";
    SET_THIS = "Set this";
    STILL_HOLDS = "It still holds";
    AGAIN = "Open it again";
    BEFORE = "Before: {}";
    AFTER = "Now: {}";
    WARNING_ONLY = "Kept as it is; nothing to decide.";
    COPIED_WRITE = "A copied browser profile, or a file edited outside.";
    NEWER_PART = "Written by a newer version of the program.";

    FOLDER_TITLE = "A folder you share";
    FOLDER_HINT = "Choose a folder that a syncing service or a Git repository carries between you. Each time the project is opened, everybody’s files in it are read and joined; you write only one file, your own, and it follows your work by itself. It is not for work that should stay blind: what others did is joined here too.";
    FOLDER_CHOOSE = "Choose a folder…";
    FOLDER_NAMED = "The shared folder is «{}».";
    FOLDER_COUNT = "Read in it: {}.";
    FOLDER_OWN = "Your own file there: {}";
    FOLDER_ASLEEP = "The browser wants a click from you before the folder may be read again.";
    FOLDER_READ = "Read it now";
    FOLDER_AGAIN = "Read it again";
    FOLDER_LEAVE = "Share no longer";
    FOLDER_LEFT = "Left alone, as they are:";
    FOLDER_NOT_BLIND = "What others did is joined here too: marks made from now on do not count as blind.";
    FOLDER_JOINED = "From the shared folder: {} read, {} new or changed.";
    FOLDER_SKIPPED = "In the shared folder these were left alone: {}. Under «Together» it says why.";
    FOLDER_FAILED = "Your own file could not be written: {}. Your work is safe in this browser.";
    ON_ITS_WAY = "not synced whole yet; it is read when it is.";
    EMPTY = "empty, or not synced yet; it is read when there is something in it.";
    NOT_WHOLE = "it breaks off or is damaged. If it is still being synced, read the folder again later; otherwise choose it under «Choose files…», where what can be read of it is joined.";

    SEND_TITLE = "Send";
    MY_WORK = "Save my work";
    MY_WORK_HINT = "What you made or changed, with the articles. Nobody else’s marks, so that whoever opens it stays blind.";
    EVERYTHING = "Save everything";
    EVERYTHING_HINT = "The whole project, for whoever joins and adjudicates.";
    FILE_ALL = "everything";
    FILE_PACKAGE = "package {} of {}";
    FILE_GOLD = "gold";
    FINISHED_TITLE = "What I have finished";
    FINISHED_HINT = "Agreement is counted only where two people say they finished: otherwise “no mark” could not be told from “not looked at”.";
    FINISHED = "finished";
    NOT_FINISHED = "not finished";
    OTHERS = "+ {} others";
    SPLIT_TITLE = "Hand out packages";
    SPLIT_HINT = "One project file per annotator: whole stories in turn, each story to so many people. No marks go with it. What comes back as “my work” joins this project.";
    PEOPLE = "Annotators";
    OVERLAP = "Annotators per story";
    PACKAGE = "Package {}";
    DOWNLOAD = "Save";
    DOWNLOAD_ALL = "Save all packages";

    NUMBERS_TITLE = "Agreement";
    NUMBERS_HINT = "Only what two people finished is compared. People who count as one are one annotator; gold is nobody’s.";
    NOTHING_FINISHED = "No text was marked as finished by two people yet, so there is nothing to compare. Under “Hand out and send” each person says what they finished; their files carry it.";
    SETTINGS = "Settings";
    BLIND_ONLY = "Only blind work";
    TRIM = "Ignore punctuation and spaces at edges";
    RESAMPLES = "Resamples";
    SEED = "Seed";
    METHODS = "For the methods section";
    COPY = "Copy";
    MEASURE = "Measure";
    VALUE = "Value";
    INTERVAL = "95 % interval";
    RESTS = "Units / texts";
    RESTS_ON = "{} in {} by {}";
    PICTURES = "Pictures";
    UNDEFINED = "of resamples undefined";
    UNDEFINED_BECAUSE = "undefined: {}";
    LEFT_OUT = "Left out or joined";
    LEFT_NOT_BLIND = "{} times a person’s work on a text, not blind";
    LEFT_ORPHANS = "{} marks without their words";
    LEFT_TWICE = "{} judgements given twice with different results";
    LEFT_DUPLICATES = "{} duplicates";
    LEFT_JOINED = "{} overlapping marks of one person and label, joined for the alphas";

    CASES_TITLE = "Disagreements";
    CASES_HINT = "Where people saw it differently: the result of the work, not a fault. Decide case by case; nobody’s marks are changed, and what you decide is a layer of its own, the gold.";
    NO_CASES = "Nothing is marked yet, so there is nothing to decide.";
    QUEUE_EMPTY = "No case is left that fits these filters.";
    ACCEPT_ALL = "Accept all {} on which everyone agrees";
    ACCEPT_TIP = "One step: Undo takes all of it back. (A)";
    WHICH = "Which?";
    DIFFERING = "Where people differ";
    ALL_KINDS = "All kinds";
    WAITING = "To decide";
    ALL_STATES = "Decided or not";
    ALL_LAYERS = "All layers";
    ALL_ARTICLES = "All articles";
    ALL_LABELS = "All labels";
    BY_TEXT = "As in the text";
    BY_DISAGREEMENT = "Most disagreement first";
    EVERYBODY = "Everybody";
    SHOW_NAMES = "Show names";
    WHO = "Annotator";
    KIND = "Kind";
    STATE = "State";
    LAYER = "Layer";
    ARTICLE = "Article";
    LABEL = "Label";
    ORDER = "Order";
    CASE_OF = "Case {} of {}";
    PREVIOUS = "Previous case";
    NEXT = "Next case";
    KEY = "Key {}";
    VARIANT = "Decide for variant";
    NOTHING_HERE = "Nothing marked here: {}";
    NONE = "None";
    BOTH = "Both / all";
    CANNOT = "Cannot decide";
    REASON = "Reason";
    NOTE = "Note";
    OWN = "Other words of the text, then Enter";
    OWN_TIP = "Select words above and press W, or write them here";
    NOT_FOUND = "The text does not say “{}”. Copy the words from the text.";
    DECIDED_BEFORE = "Decided before";
    DECIDED_OLDER = "Decided on an older state: what it rests on has changed since";
    PROGRESS_TITLE = "How far each article is";
    PROGRESS = "Progress";
    AGREED = "Agreed";
    DECIDED = "Decided";
    OPEN = "Open";
    STALE = "Stale";
    DISPUTED = "Disputed";
    EXPORT_GOLD = "Export gold";
    GOLD_HINT = "A table: each case with what was decided, how it came to be, and what each annotator had said. Open and disputed cases are in it without gold.";
    REFUSED = "{} cases have no gold yet: they are open, or two adjudicators differ.";
    FEEDBACK_TITLE = "What was decided about each annotator’s work";
    FEEDBACK = "{} upheld, {} changed, {} missed";
    UPHELD = "Upheld";
    CHANGED = "Changed";
    MISSED = "Missed:";
    GUIDELINE_TITLE = "What the guidelines leave open";
    CONFUSED = "Confused";
    PAIRS = "Pairs of people";
    CASES = "Cases";
    RULES = "Rules cited";
    REASONS_GIVEN = "Reasons given";
    EXAMPLE = "Example";
    NO_LABEL = "no label";

    UNNAMED = "Unnamed";
    THE_ARTICLE = "the article";
    MISSING = "missing";
    NO_QUOTATION = "no quotation";
    NOTHING = "nothing";
    YES = "yes";
    NO = "no";
}

/// What a conflict of a kind is called, and what holds until somebody decides.
pub(super) fn conflict(kind: ConflictKind) -> (&'static str, &'static str) {
    match kind {
        ConflictKind::TwoValues => (
            "Two values",
            "One field was changed twice, by people who did not know of each other. Both are kept; the later by the clock is shown.",
        ),
        ConflictKind::EditAndDelete => (
            "Edited and deleted",
            "One person deleted it while another changed it. It stays until somebody decides.",
        ),
        ConflictKind::TextVariant => {
            ("Two texts of one publication?", "Nearly the same text, or one address. They are kept apart.")
        }
        ConflictKind::ReAnchor => (
            "Marks without their words",
            "The words are not where the mark says. It is kept, and not counted.",
        ),
        ConflictKind::SameTextTwoArticles => (
            "One text, two articles",
            "Somebody said it is another publication, somebody did not. They are kept apart.",
        ),
        ConflictKind::SameName => (
            "The same name twice",
            "Two sources, targets or stories of one name. They are two until somebody says otherwise.",
        ),
        ConflictKind::SameLabelName => (
            "The same label twice",
            "Two labels of one name in a scheme. They are two until somebody says otherwise.",
        ),
        ConflictKind::SamePersonName => {
            ("Same person?", "Two people of one name. They are two until somebody says otherwise.")
        }
        ConflictKind::Duplicate => {
            ("Marked twice", "One person marked the same twice. Both are kept, and counted once.")
        }
        ConflictKind::DanglingLink => {
            ("Points at nothing", "It points at something deleted or missing. It is kept, and not counted.")
        }
        ConflictKind::RuleBroken => {
            ("Something is missing", "A field that must be filled is empty. It is kept.")
        }
        ConflictKind::StaleDecision => (
            "Decided on an older state",
            "What a gold decision rests on has changed since. The decision stays, marked.",
        ),
        ConflictKind::TwoAdjudicators => {
            ("Two adjudicators differ", "One case, two decisions. Both are kept; gold leaves the case out.")
        }
        ConflictKind::SameWrite => ("One write, two contents", "A warning. Both are kept."),
        ConflictKind::NewerFormat => {
            ("From a newer version", "A warning. What is not known here is kept and written back.")
        }
    }
}

/// A kind of case: its name in lists, and in words.
pub(super) fn case_kind(kind: CaseKind) -> (&'static str, &'static str) {
    match kind {
        CaseKind::AllAgree => ("all_agree", "Everyone agrees"),
        CaseKind::OnlySome => ("only_some", "Only some found it"),
        CaseKind::Split => ("split", "One or two?"),
        CaseKind::Label => ("label", "Other label"),
        CaseKind::Boundary => ("boundary", "Other ends"),
        CaseKind::Link => ("link", "Other speaker"),
        CaseKind::Attribute => ("attribute", "Something else differs"),
    }
}

pub(super) fn state(state: State) -> &'static str {
    match state {
        State::Open => "open",
        State::Decided => "decided",
        State::Stale => "stale",
        State::Disputed => "disputed",
    }
}

pub(super) fn layer(name: &str) -> &str {
    match name {
        "stance" => "Stance",
        "attribution" => "Attribution",
        "attribution.type" => "Type of attribution",
        "attribution.speaker" => "Who speaks",
        "attribution.defects" => "Defects of quotations",
        "attribution.links" => "Quotation and speaker",
        "segment" => "Segments",
        "link" => "Relations of versions",
        other => other,
    }
}

pub(super) fn outcome(name: &str) -> &str {
    match name {
        "variant" => "one of the variants",
        "own" => "other words",
        "none" => "nothing here",
        "both" => "more than one",
        "cannot_decide" => "cannot be decided",
        "agreed" => "all agreed",
        other => other,
    }
}

pub(super) fn reason(name: &str) -> &str {
    match name {
        "ambiguous_text" => "the text is ambiguous",
        "guideline_gap" => "the guidelines leave it open",
        "annotator_error" => "an annotator’s slip",
        "edge_case" => "an edge case",
        "subjective" => "a matter of judgement",
        other => other,
    }
}
