//! Stage 5: which reports belong together.

/// Groups (stub).
pub fn group(_r: &[rapporteur_model::Annotated], _x: &rapporteur_model::Relations, _l: &rapporteur_lexicon::Lexicon) -> Vec<rapporteur_model::Story> {
    Vec::new()
}
