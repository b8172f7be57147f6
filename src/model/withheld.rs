//! Projects without the words of their articles, which are other people's property, and the words put
//! back by whoever has them.

use super::{ArticleText, Body, Id, Project, RecordId};
use crate::text::Text;

impl Project {
    /// The project without the contents of its texts. Ids, lengths and all annotations stay, and with
    /// them the words that are marked; whoever has the same texts can complete it.
    pub fn without_texts(&self) -> Self {
        let mut without = self.clone();
        let texts: Vec<RecordId> = self.all_texts().map(|(id, _)| id.clone()).collect();
        for id in texts {
            if let Some(entry) = without.entry_mut(&id)
                && let Body::ArticleText(text) = &mut entry.body
            {
                text.content = None;
            }
        }
        without
    }

    /// The texts whose words are not here.
    pub fn missing_texts(&self) -> Vec<Id<ArticleText>> {
        let missing = self.all::<ArticleText>().filter(|text| text.content.is_none());
        missing.map(|text| text.id()).collect()
    }

    /// The record of the text with this content, if it is here without its words: its id follows from
    /// them, so that no other text can take its place.
    pub fn lacks(&self, content: &Text) -> Option<Id<ArticleText>> {
        let id: Id<ArticleText> = Id::derived(&[content]);
        self.find(&id).filter(|text| text.content.is_none())?;
        Some(id)
    }

    fn all_texts(&self) -> impl Iterator<Item = (&RecordId, &ArticleText)> {
        self.records().filter_map(|(id, entry)| entry.as_kind().map(|text| (id, text)))
    }
}
