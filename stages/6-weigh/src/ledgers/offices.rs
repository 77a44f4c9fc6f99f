//! Who left an office and who came.

use rapporteur_model::{Anchor, Claim, ClaimIx, Content, OfficeEntry, Realis};

use super::origins;
use crate::dates;
use crate::story::View;

/// Modes of acts by which somebody leaves, and by which somebody comes.
const LEAVES: [&str; 4] = ["resign", "resignation", "dismissal", "dismiss"];
const COMES: [&str; 4] = ["appointment", "appoint", "election", "inauguration"];

/// Whether the words name it, by the last part of its name, and not only as whose office it is: "the transport minister of
/// Nerith resigned". A pronoun may mean another.
fn is_named(view: &View<'_>, claim: &Claim, name: &str) -> bool {
    let last = name.rsplit(' ').next().unwrap_or(name);
    let of = format!("of {name}");
    let words = |it: &Anchor| it.span.of(view.report(it.report).text()).replace(&of, "");
    claim.support.iter().any(|it| words(it).contains(last))
}

pub(super) fn entries(view: &View<'_>, claims: &[Claim]) -> Vec<OfficeEntry> {
    let mut entries: Vec<OfficeEntry> = Vec::new();
    for (ix, claim) in claims.iter().enumerate() {
        let Content::Act(act) = &claim.content else { continue };
        let leaves = LEAVES.contains(&act.mode.as_str());
        let comes = COMES.contains(&act.mode.as_str());
        let holds = matches!(act.realis, Some(Realis::Happened | Realis::Ongoing | Realis::Scheduled)) && act.positive;
        if !(leaves || comes) || !holds {
            continue;
        }
        // "He replaced her": who comes acts here. Who went is told by the leaving itself.
        let replaces = matches!(act.trigger.as_str(), "replace" | "succeed");
        // Who resigns acts; who is appointed or dismissed is acted upon. Without a recipient nobody knows which it is.
        let who = if matches!(act.mode.as_str(), "resign" | "resignation") || replaces {
            act.actors.first()
        } else {
            act.recipients.first()
        };
        let Some(who) = who.filter(|it| it.is_person && is_named(view, claim, &it.name)) else { continue };
        // One leaving told by several claims is one entry; a day that only some state is its day.
        let twin = entries.iter_mut().find(|it: &&mut OfficeEntry| {
            let same = it.who.as_ref().is_some_and(|known| known.id == who.id) && it.leaves == leaves;
            same && dates::compatible(it.date.as_deref(), act.date.as_deref())
        });
        if let Some(twin) = twin {
            twin.date = twin.date.take().or_else(|| act.date.clone());
            twin.office = twin.office.take().or_else(|| who.office.clone());
            twin.origins.extend(origins(view, &claim.support));
            twin.origins.sort_unstable();
            twin.origins.dedup();
            continue;
        }
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
