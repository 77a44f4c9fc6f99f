//! Stage 2: labels blocks and finds metadata; deletes nothing.

/// Cleans (stub).
pub fn clean(report: rapporteur_model::Report, _l: &rapporteur_lexicon::Lexicon) -> rapporteur_model::Article {
    rapporteur_model::Article { report, ..Default::default() }
}
