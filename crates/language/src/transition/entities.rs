//! The entity recogniser: begin, in, last, unit and out, one token at a time.

use crate::Error;
use crate::kernel::Engine;
use crate::labels::EntityLabel;
use crate::transition::{Scorer, TransitionModel, better, check_actions, read_moves};
use crate::weights::Weights;
use crate::words::{RawToken, Words};

pub(crate) const MODEL_FILE: &str = "ner/model";
const MOVES_FILE: &str = "ner/moves";
const N_FEATURES: usize = 3;

/// The weights and classes of the entity recogniser.
pub(crate) struct Recogniser {
    pub(crate) model: TransitionModel,
    /// Class and label of the moves of each kind, in class order.
    begin: Vec<(usize, EntityLabel)>,
    inside: Vec<(usize, EntityLabel)>,
    last: Vec<(usize, EntityLabel)>,
    unit: Vec<(usize, EntityLabel)>,
    out: usize,
}

/// An entity's tokens and label.
pub(crate) type Found = (u32, u32, EntityLabel);

impl Recogniser {
    pub(crate) fn read(engine: Engine, weights: &Weights<'_>, moves: &[u8]) -> Result<Recogniser, Error> {
        let classes = read_moves(MOVES_FILE, moves)?;
        check_actions(MOVES_FILE, &classes, 6)?;
        let mut first = 0;
        let mut kinds = Vec::new();
        for labels in &classes {
            let mut kind = Vec::new();
            for (at, label) in labels.iter().enumerate() {
                // A move without a label is never open, except "out".
                if !label.is_empty() {
                    let known = EntityLabel::from_name(label);
                    let label =
                        known.ok_or_else(|| Error::unsupported(MOVES_FILE, format!("the label {label:?} is new")))?;
                    kind.push((first + at, label));
                }
            }
            first += labels.len();
            kinds.push(kind);
        }
        let model = TransitionModel::read(engine, weights, N_FEATURES, first)?;
        let mut kinds = kinds.into_iter().skip(1);
        let mut next = || kinds.next().unwrap_or_default();
        let (begin, inside, last, unit) = (next(), next(), next(), next());
        Ok(Recogniser { model, begin, inside, last, unit, out: first - 1 })
    }

    pub(crate) fn scratch(&self) -> Scorer {
        Scorer::new(&self.model)
    }

    /// Finds the entities of a text whose tokens have these inputs.
    pub(crate) fn find(
        &self,
        engine: Engine,
        inputs: &[f32],
        words: &Words,
        tokens: &[RawToken],
        sent_starts: &[bool],
        scorer: &mut Scorer,
    ) -> Vec<Found> {
        scorer.restart();
        let mut entities = Vec::new();
        let mut open: Option<(usize, EntityLabel)> = None;
        for (at, token) in tokens.iter().enumerate() {
            let features = [Some(at), open.map(|(start, _)| start), open.and(at.checked_sub(1))];
            let scores = scorer.scores::<N_FEATURES>(engine, &self.model, inputs, features);
            // An entity may go on unless the sentence ends here.
            let goes_on = sent_starts.get(at + 1).is_some_and(|starts| !starts);
            match open {
                None => {
                    let may_begin = !words.word(token.word).is_space;
                    let mut best = (f32::NEG_INFINITY, self.out);
                    if may_begin && goes_on {
                        best_of(scores, &self.begin, &mut best);
                    }
                    if may_begin {
                        best_of(scores, &self.unit, &mut best);
                    }
                    better(scores, self.out..self.out + 1, &mut best);
                    let label = |moves: &[(usize, EntityLabel)]| {
                        moves.iter().find(|(class, _)| *class == best.1).map(|&(_, label)| label)
                    };
                    if let Some(label) = label(&self.begin) {
                        open = Some((at, label));
                    } else if let Some(label) = label(&self.unit) {
                        entities.push((at as u32, at as u32 + 1, label));
                    }
                }
                Some((start, label)) => {
                    let score = |moves: &[(usize, EntityLabel)]| {
                        moves.iter().find(|it| it.1 == label).map_or(f32::NEG_INFINITY, |&(class, _)| scores[class])
                    };
                    // IN comes before LAST in class order, so it wins a tie.
                    if !(goes_on && score(&self.inside) >= score(&self.last)) {
                        entities.push((start as u32, at as u32 + 1, label));
                        open = None;
                    }
                }
            }
        }
        entities
    }
}

fn best_of(scores: &[f32], moves: &[(usize, EntityLabel)], best: &mut (f32, usize)) {
    for &(class, _) in moves {
        if scores[class] > best.0 {
            *best = (scores[class], class);
        }
    }
}
