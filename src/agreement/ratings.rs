//! A table of judgements: units down, raters across, categories in the cells.

/// Judgements of units by raters.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Ratings {
    /// The categories of the scale, in its order. Those nobody used count too: chance-corrected measures
    /// depend on how many there are.
    pub categories: Vec<String>,
    /// Who judged.
    pub raters: Vec<String>,
    /// The units.
    pub rows: Vec<Row>,
    /// How many documents the units are from.
    pub documents: usize,
}

/// The judgements of one unit.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Row {
    /// What it is called.
    pub unit: String,
    /// The document it is in: what is resampled as a whole.
    pub document: usize,
    /// Each rater's category; `None` where there is no judgement.
    pub cells: Vec<Option<usize>>,
}

impl Row {
    /// How many raters chose each category that was chosen, in order of categories.
    pub(super) fn counts(&self) -> Vec<(usize, f64)> {
        let mut chosen: Vec<usize> = self.cells.iter().flatten().copied().collect();
        chosen.sort_unstable();
        let mut counts: Vec<(usize, f64)> = Vec::new();
        for category in chosen {
            match counts.last_mut() {
                Some((last, n)) if *last == category => *n += 1.0,
                _ => counts.push((category, 1.0)),
            }
        }
        counts
    }

    /// How many judgements there are.
    pub fn judged(&self) -> usize {
        self.cells.iter().flatten().count()
    }
}

impl Ratings {
    /// How many units two or more raters judged.
    pub fn pairable(&self) -> usize {
        self.rows.iter().filter(|row| row.judged() > 1).count()
    }

    /// The same table with two raters only.
    pub fn of_pair(&self, a: usize, b: usize) -> Self {
        let rows = self.rows.iter().map(|row| Row {
            unit: row.unit.clone(),
            document: row.document,
            cells: vec![row.cells[a], row.cells[b]],
        });
        Self {
            categories: self.categories.clone(),
            raters: vec![self.raters[a].clone(), self.raters[b].clone()],
            rows: rows.collect(),
            documents: self.documents,
        }
    }
}
