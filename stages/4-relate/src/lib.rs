//! Stage 4: which report comes from which.
//!
//! Pairs are found by fingerprints, looked at closely by common passages and by sentences that tell the same, and named with
//! the reasons in words. From them, and from what reports say of their sources, come the origins: reports of one origin are
//! one voice, however many printed it. Where in doubt, reports are one origin.
//!
//! Containment counts, not resemblance: a three-sentence excerpt shares 5 % with the feature it was cut from, and is all of
//! it a copy. The same words of a speaker in two reports are a shared quotation, and no derivation.

mod candidates;
mod drift;
mod facts;
mod kinds;
mod origins;
mod outlets;
mod passages;
mod prose;
mod retelling;

use rapporteur_lexicon::Lexicon;
use rapporteur_model::{Annotated, Direction, Relation, Relations, ReportIx};

use kinds::Side;

/// Relates the reports of a run. The answer does not depend on their order but for the numbers they are named by.
pub fn relate(reports: &[Annotated], lexicon: &Lexicon) -> Relations {
    relate_pairs(reports, lexicon, |_, _| true)
}

/// The same for those pairs alone that are `wanted`, by index: a collection that grows knows the others already. Origins are of
/// these pairs too.
pub fn relate_pairs(
    reports: &[Annotated],
    lexicon: &Lexicon,
    wanted: impl Fn(ReportIx, ReportIx) -> bool,
) -> Relations {
    // Ties are broken by place in this order, so that it, not the order of arrival, decides.
    let mut order: Vec<usize> = (0..reports.len()).collect();
    order.sort_by(|one, other| sort_key(&reports[*one]).cmp(&sort_key(&reports[*other])));
    let mut sides: Vec<Side> = order.iter().map(|at| Side::new(&reports[*at], lexicon)).collect();
    let boilerplate = kinds::boilerplate(&sides);
    sides.iter_mut().for_each(|it| it.skip(&boilerplate));

    let mut fingerprints = candidates::Fingerprints::default();
    for (at, side) in sides.iter().enumerate() {
        fingerprints.add(at as u32, &side.prose.words);
    }
    let mut pairs: Vec<Relation> = fingerprints
        .pairs()
        .into_iter()
        .filter(|(a, b, _)| wanted(ReportIx::from(order[*a as usize]), ReportIx::from(order[*b as usize])))
        .filter_map(|(a, b, _)| kinds::relation(ReportIx(a), &sides[a as usize], ReportIx(b), &sides[b as usize]))
        .collect();
    kinds::add_cited(&sides, &mut pairs);
    let relations = origins::assemble(&sides, pairs);
    in_given_order(relations, &order)
}

/// The fingerprints of one report, sorted: two reports of which one copies or rewrites the other share some. For an index that
/// lasts longer than a run; [`relate`] finds its own.
pub fn fingerprints(report: &Annotated) -> Vec<u64> {
    let prose = prose::Prose::new(report, &std::collections::BTreeSet::new());
    let mut found = candidates::Fingerprints::default();
    found.add(0, &prose.words);
    found.hashes()
}

fn sort_key(report: &Annotated) -> (&str, &str, &str) {
    (report.id(), &report.article.report.raw_sha256, report.text())
}

/// Names reports by their place in the input instead of the place in `order`.
fn in_given_order(mut relations: Relations, order: &[usize]) -> Relations {
    if order.is_sorted() {
        return relations;
    }
    let given = |it: ReportIx| ReportIx::from(order[it.ix()]);
    for pair in &mut relations.pairs {
        (pair.a, pair.b) = (given(pair.a), given(pair.b));
        if pair.b < pair.a {
            turn(pair);
        }
    }
    relations.pairs.sort_by_key(|it| (it.a, it.b));
    let mut origins: Vec<_> = std::mem::take(&mut relations.origins);
    for origin in &mut origins {
        origin.reports.iter_mut().for_each(|it| *it = given(*it));
        origin.reports.sort_unstable();
        origin.root = given(origin.root);
    }
    origins.sort_by(|one, other| one.reports.cmp(&other.reports));
    relations.origin_of = origins::origin_of(order.len(), &origins);
    relations.origins = origins;
    for source in &mut relations.external {
        source.children.iter_mut().for_each(|it| *it = given(*it));
        source.children.sort_unstable();
        source.cited_by.iter_mut().for_each(|it| it.0 = given(it.0));
        source.cited_by.sort_unstable();
    }
    relations
}

fn turn(pair: &mut Relation) {
    std::mem::swap(&mut pair.a, &mut pair.b);
    std::mem::swap(&mut pair.containment_a, &mut pair.containment_b);
    pair.direction = match pair.direction {
        Direction::AFromB => Direction::BFromA,
        Direction::BFromA => Direction::AFromB,
        Direction::Unknown => Direction::Unknown,
    };
    pair.passages.iter_mut().for_each(|it| std::mem::swap(&mut it.a, &mut it.b));
    pair.passages.sort_by_key(|it| (it.a, it.b));
    pair.drift.iter_mut().for_each(|it| std::mem::swap(&mut it.a, &mut it.b));
}

#[cfg(test)]
mod tests;
