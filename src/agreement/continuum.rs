//! Marked stretches of texts, by annotator: what unitizing measures and span F1 work on.

/// A stretch of a text with a label (Krippendorff's *unit*). Positions count code points, end exclusive.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Unit {
    /// First position.
    pub start: u32,
    /// One past the last.
    pub end: u32,
    /// The label, as a place in a list of labels.
    pub label: usize,
}

impl Unit {
    /// Its length.
    pub fn len(self) -> u32 {
        self.end.saturating_sub(self.start)
    }

    /// Whether it has no length.
    pub fn is_empty(self) -> bool {
        self.len() == 0
    }

    /// How many positions it shares with another; touching is sharing none.
    pub fn shared(self, other: Self) -> u32 {
        self.end.min(other.end).saturating_sub(self.start.max(other.start))
    }
}

/// One text and what those who finished it marked there.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Continuum {
    /// Its length in code points.
    pub length: u32,
    /// Who finished it, as a place in a list of annotators, and the units they marked. Somebody who
    /// finished and marked nothing is in the list.
    pub observers: Vec<(usize, Vec<Unit>)>,
    /// The words, for token F1: starts and ends. Empty where they are not known.
    pub tokens: Vec<(u32, u32)>,
}

/// Marked texts.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Units {
    /// The labels.
    pub labels: Vec<String>,
    /// Who marked.
    pub annotators: Vec<String>,
    /// The texts.
    pub documents: Vec<Continuum>,
}

/// What had to be changed before comparing, to be said beside the numbers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tidied {
    /// Units that the same annotator had marked twice, counted once.
    pub duplicates: usize,
    /// Units of length zero or outside their text, left out.
    pub outside: usize,
}

impl Units {
    /// Takes out exact duplicates and what has no place in its text, and sorts.
    pub fn tidy(&mut self) -> Tidied {
        let mut tidied = Tidied::default();
        for document in &mut self.documents {
            for (_, units) in &mut document.observers {
                let before = units.len();
                units.retain(|u| !u.is_empty() && u.end <= document.length);
                tidied.outside += before - units.len();
                let before = units.len();
                units.sort_unstable();
                units.dedup();
                tidied.duplicates += before - units.len();
            }
        }
        tidied
    }

    /// How many units there are.
    pub fn count(&self) -> usize {
        self.documents.iter().flat_map(|d| &d.observers).map(|(_, units)| units.len()).sum()
    }

    /// The units of one label only.
    pub fn of_label(&self, label: usize) -> Self {
        let mut only = self.clone();
        for (_, units) in only.documents.iter_mut().flat_map(|d| &mut d.observers) {
            units.retain(|u| u.label == label);
        }
        only
    }

    /// The texts both of two annotators finished, with their units only.
    pub fn of_pair(&self, a: usize, b: usize) -> Self {
        let mut only = self.clone();
        for document in &mut only.documents {
            document.observers.retain(|(who, _)| *who == a || *who == b);
            if document.observers.len() < 2 {
                document.observers.clear();
            }
        }
        only
    }

    /// Joins overlapping units of one annotator and label; gives the number of units touched. Unitizing
    /// measures need it: they ask what is marked at a place, not how often.
    pub fn union_per_label(&mut self) -> usize {
        let mut touched = 0;
        for (_, units) in self.documents.iter_mut().flat_map(|d| &mut d.observers) {
            units.sort_unstable_by_key(|u| (u.label, u.start, u.end));
            let mut joined: Vec<(Unit, usize)> = Vec::with_capacity(units.len());
            for unit in units.iter() {
                match joined.last_mut() {
                    Some((last, of)) if last.label == unit.label && unit.start < last.end => {
                        last.end = last.end.max(unit.end);
                        *of += 1;
                    }
                    _ => joined.push((*unit, 1)),
                }
            }
            touched += joined.iter().map(|(_, of)| if *of > 1 { *of } else { 0 }).sum::<usize>();
            *units = joined.into_iter().map(|(unit, _)| unit).collect();
            units.sort_unstable();
        }
        touched
    }

    /// Whether units of different labels of one annotator overlap.
    pub fn labels_overlap(&self) -> bool {
        self.documents.iter().flat_map(|d| &d.observers).any(|(_, units)| {
            let mut sorted = units.clone();
            sorted.sort_unstable();
            let mut end = 0;
            sorted.iter().any(|unit| {
                let before = end;
                end = before.max(unit.end);
                unit.start < before
            })
        })
    }

    /// The ordered numbers of texts with at least two who finished.
    pub(super) fn shared(&self) -> impl Iterator<Item = (usize, &Continuum)> {
        self.documents.iter().enumerate().filter(|(_, d)| d.observers.len() > 1)
    }
}
