//! Stage 6: facts weighed over reports.

use rapporteur_lexicon::Lexicon;
use rapporteur_model::{Annotated, Claim, Relations, Story};

/// Weighs the claims of one story.
pub fn weigh(_story: &Story, _reports: &[Annotated], _relations: &Relations, _lexicon: &Lexicon) -> Vec<Claim> {
    Vec::new()
}
