//! Who left an office and who came.

use rapporteur_model::{Claim, ClaimIx, Content, OfficeEntry, Realis};

use super::origins;
use crate::story::View;

/// Modes of acts by which somebody leaves, and by which somebody comes.
const LEAVES: [&str; 4] = ["resign", "resignation", "dismissal", "dismiss"];
const COMES: [&str; 4] = ["appointment", "appoint", "election", "inauguration"];

pub(super) fn entries(view: &View<'_>, claims: &[Claim]) -> Vec<OfficeEntry> {
    let mut entries = Vec::new();
    for (ix, claim) in claims.iter().enumerate() {
        let Content::Act(act) = &claim.content else { continue };
        let leaves = LEAVES.contains(&act.mode.as_str());
        let comes = COMES.contains(&act.mode.as_str());
        let holds = matches!(act.realis, Some(Realis::Happened | Realis::Ongoing | Realis::Scheduled)) && act.positive;
        if !(leaves || comes) || !holds {
            continue;
        }
        // Who resigns acts; who is appointed or dismissed is acted upon. Without a recipient nobody knows which it is.
        let who = if matches!(act.mode.as_str(), "resign" | "resignation") { act.actors.first() } else { act.recipients.first() };
        let Some(who) = who.filter(|it| it.is_person) else { continue };
        entries.push(OfficeEntry {
            who: Some(who.clone()),
            office: who.office.clone(),
            leaves,
            date: act.date.clone(),
            claim: ClaimIx::from(ix),
            origins: origins(view, &claim.support),
        });
    }
    entries.sort_by(|one, other| {
        let key = |it: &OfficeEntry| (it.date.is_none(), it.date.clone(), it.claim);
        key(one).cmp(&key(other))
    });
    entries
}
