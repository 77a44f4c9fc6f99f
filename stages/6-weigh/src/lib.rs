//! Stage 6: facts weighed over reports.
//!
//! ```text
//! acts, statements, figures of all reports -> mentions of one fact side by side -> claim: who says so, how they differ
//! ```
//!
//! We report agreement between reports, never truth. Reports of one origin are one voice; a report that says nothing
//! is silent, not against; a difference that only a derived report has is drift, never a conflict between outlets.

mod acts;
mod cast;
mod check;
mod dates;
mod disputes;
mod figures;
pub mod happenings;
mod learned;
mod ledgers;
mod likeness;
pub mod paraphrase;
mod rarity;
mod salience;
mod statements;
mod story;
mod verdict;

use rapporteur_lexicon::Lexicon;
use rapporteur_model::{Annotated, Claim, Relations, Story};

pub use check::check;
pub use disputes::slots;
pub use ledgers::ledgers;
use rarity::Rarity;
use story::View;

/// Weighs the claims of one story: most weight first, ties by where they are first said.
pub fn weigh(story: &Story, reports: &[Annotated], relations: &Relations, lexicon: &Lexicon) -> Vec<Claim> {
    let view = View::new(story, reports, relations, lexicon);
    let rarity = Rarity::new(&view);
    let mut claims = acts::claims(&view, &rarity);
    claims.extend(statements::claims(&view, &rarity));
    claims.extend(figures::claims(&view));
    let disputes = disputes::claims(&view, &rarity, &claims);
    claims.extend(disputes);
    claims.sort_by(|a, b| {
        b.weight.total_cmp(&a.weight).then_with(|| a.support.cmp(&b.support)).then_with(|| a.id.cmp(&b.id))
    });
    for (ix, claim) in claims.iter_mut().enumerate() {
        claim.id = format!("{}{}", claim.id, ix + 1);
    }
    claims
}
