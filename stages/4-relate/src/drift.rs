//! What a derived report changed.

use rapporteur_model::{Direction, Drift, RelationKind};

use crate::kinds::Side;
use crate::passages::Shared;
use crate::prose::Prose;
use crate::retelling::Retelling;

pub(crate) fn between(_a: &Side, _b: &Side, _kind: RelationKind, _direction: Direction, _shared: &Shared, _retelling: Option<&Retelling>) -> Vec<Drift> {
    Vec::new()
}

/// Words that stand in quotation marks in `parent` and without them in `child`, in runs of at least three.
pub(crate) fn unquoted_words(child: &Prose, parent: &Prose, _retelling: &Retelling) -> usize {
    const RUN: usize = 3;
    let mut quoted: Vec<(u32, u32, u32)> = Vec::new();
    for run in parent.words.windows(RUN) {
        if run.iter().all(|it| it.is_quoted()) && run.iter().any(|it| !it.is_stop()) {
            quoted.push((run[0].hash, run[1].hash, run[2].hash));
        }
    }
    quoted.sort_unstable();
    let mut is_met = vec![false; child.words.len()];
    for (at, run) in child.words.windows(RUN).enumerate() {
        if run.iter().all(|it| !it.is_quoted()) && quoted.binary_search(&(run[0].hash, run[1].hash, run[2].hash)).is_ok() {
            is_met[at..at + RUN].fill(true);
        }
    }
    is_met.iter().filter(|it| **it).count()
}
