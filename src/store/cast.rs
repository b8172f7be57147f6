//! Commands on the cast: two who are one, one who is two, everybody named by the same words.

use super::attributing::{make_source, set_speaker};
use super::command::Rejection;
use super::editor::{Editor, set};
use super::mentions::mention_at;
use crate::model::{
    Anchor, ArticleText, Attribution, Holder, Id, Mention, MentionForm, Source, Stance, Target,
};
use crate::text::Span;

/// `gone` turns out to be `kept`: what pointed at the one points at the other, whose alias its name is.
pub(super) fn merge(
    e: &mut Editor<'_, '_, '_>,
    kept: &Id<Source>,
    gone: &Id<Source>,
) -> Result<(), Rejection> {
    let keeper = e.get(kept).ok_or(Rejection::Gone("source"))?.clone();
    let goner = e.get(gone).ok_or(Rejection::Gone("source"))?.clone();
    if kept == gone {
        return Err(Rejection::NoChange);
    }
    let means_gone = |m: &Mention| m.source.get().as_ref() == Some(gone);
    let mentions: Vec<_> = e.project().all::<Mention>().filter(|m| means_gone(m)).map(|m| m.id()).collect();
    for mention in &mentions {
        set!(e, mention, Mention.source = Some(kept.clone()));
    }
    let holds = |s: &Stance| *s.holder.get() == Some(Holder::Source(gone.clone()));
    let stances: Vec<_> = e.project().all::<Stance>().filter(|s| holds(s)).map(|s| s.id()).collect();
    for stance in &stances {
        set!(e, stance, Stance.holder = Some(Holder::Source(kept.clone())));
    }
    let is_gone = |t: &Target| t.source.get().as_ref() == Some(gone);
    let targets: Vec<_> = e.project().all::<Target>().filter(|t| is_gone(t)).map(|t| t.id()).collect();
    for target in &targets {
        set!(e, target, Target.source = Some(kept.clone()));
    }
    let mut aliases = keeper.aliases.get().clone();
    for name in goner.name.get().iter().chain(goner.aliases.get()) {
        if keeper.name.get().as_ref() != Some(name) && !aliases.contains(name) {
            aliases.push(name.clone());
        }
    }
    set!(e, kept, Source.aliases = aliases);
    // What only the other one is known to be is now known of both.
    if keeper.source_kind.get().is_none() {
        set!(e, kept, Source.source_kind = goner.source_kind.get().clone());
    }
    if keeper.affiliation.get().is_none() {
        set!(e, kept, Source.affiliation = goner.affiliation.get().clone());
    }
    if keeper.role.get().is_none() {
        set!(e, kept, Source.role = goner.role.get().clone());
    }
    e.delete(gone.record());
    Ok(())
}

/// In these attributions somebody else speaks than `from`: `new`, who joins the cast of the same story.
pub(super) fn split(
    e: &mut Editor<'_, '_, '_>,
    attributions: &[Id<Attribution>],
    from: &Id<Source>,
    new: &Id<Source>,
    name: String,
) -> Result<(), Rejection> {
    let story = e.get(from).ok_or(Rejection::Gone("source"))?.story.get().clone();
    let kind = e.get(from).and_then(|s| s.source_kind.get().clone());
    make_source(e, new, story, name, kind);
    for id in attributions {
        let sources = e.get(id).ok_or(Rejection::Gone("attribution"))?.sources.get().clone();
        let theirs =
            sources.iter().find(|m| e.get(*m).is_some_and(|m| m.source.get().as_ref() == Some(from)));
        match theirs {
            Some(mention) => set!(e, mention, Mention.source = Some(new.clone())),
            None => set_speaker(e, id, new.clone())?,
        }
        let in_this = |s: &Stance| {
            s.attribution.get().as_ref() == Some(id) && *s.holder.get() == Some(Holder::Source(from.clone()))
        };
        let text = e.get(id).map(|a| a.text.clone());
        let stances: Vec<_> = text
            .iter()
            .flat_map(|text| e.project().about::<Stance>(text))
            .filter(|s| in_this(s))
            .map(|s| s.id())
            .collect();
        for stance in &stances {
            set!(e, stance, Stance.holder = Some(Holder::Source(new.clone())));
        }
    }
    Ok(())
}

/// Marks words wherever they stand as naming `source`. Words that are a mention already are resolved.
pub(super) fn name_all(
    e: &mut Editor<'_, '_, '_>,
    source: &Id<Source>,
    places: Vec<(Id<ArticleText>, Span)>,
) -> Result<(), Rejection> {
    e.get(source).ok_or(Rejection::Gone("source"))?;
    for (text_id, span) in places {
        let text = e.project().text(&text_id).ok_or(Rejection::Gone("article"))?.clone();
        let mention = match mention_at(e, &text_id, &text, span) {
            Some(mention) => mention,
            None => {
                let mention: Id<Mention> = e.new_id();
                let form = super::is_pronoun(span.slice(&text)).then_some(MentionForm::Pronoun);
                let body = Mention {
                    anchor: Anchor::of(&text, span).into(),
                    form: form.into(),
                    ..Mention::blank(text_id.clone())
                };
                e.make(mention.record(), body);
                mention
            }
        };
        set!(e, &mention, Mention.source = Some(source.clone()));
    }
    Ok(())
}
