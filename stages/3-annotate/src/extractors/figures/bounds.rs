//! How a figure is bounded or moved: "about", "up to", "rose 3%", "a 7% drop".

use rapporteur_lexicon::{Bound, Lexicon};
use rapporteur_model::{Annotations, Change, FigureKind, TokenIx};

use super::amount::Amount;
use crate::Tree;
use crate::extractors::times::reader::Reader;

/// A bound and the atoms it takes in.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Bounds {
    /// How the value is meant.
    pub(super) change: Change,
    /// First atom of the figure with its bounding words.
    pub(super) start: usize,
    /// After the last atom of bounding words behind it, if there are any.
    pub(super) end: usize,
    /// "another", "an additional".
    pub(super) additional: bool,
}

const RISE: &[&str] = &[
    "rise", "increase", "grow", "climb", "jump", "surge", "soar", "gain", "advance", "rally", "expand", "raise",
    "hike", "lift", "swell", "boost", "accelerate", "improve", "rebound", "spike", "appreciate",
];
const FALL: &[&str] = &[
    "fall", "drop", "decline", "decrease", "plummet", "plunge", "slump", "lose", "slip", "slide", "tumble", "shed",
    "sink", "cut", "reduce", "lower", "ease", "shrink", "dip", "contract", "crash", "depreciate", "sag", "slash",
    "weaken", "dive",
];

/// The bound of an amount that ends (unit included) at `end`.
pub(super) fn bounds_of(
    reader: &Reader<'_>,
    lexicon: &Lexicon,
    amount: &Amount,
    end: usize,
    kind: FigureKind,
) -> Bounds {
    let mut bounds = Bounds { start: amount.start, end, ..Bounds::default() };
    let mut moved = Change::Equal;
    let mut nearly = false;
    for _ in 0..3 {
        let Some((bound, n, word)) = before(reader, lexicon, bounds.start) else { break };
        if matches!(word, "another" | "further" | "additional" | "extra") {
            bounds.additional = true;
            // "another €250m" is a sum that comes on top; the sum itself is exact.
            break;
        }
        // "gave up 517 yards": the particle of another verb.
        if matches!(word, "up" | "down")
            && n == 1
            && kind != FigureKind::Percent
            && reader.token(bounds.start - 1).is_some_and(|it| it.dep == "prt")
        {
            break;
        }
        // "rose to $7bn" tells where it led, not by how much.
        if word == "to" && matches!(bound, Bound::Up | Bound::Down) {
            break;
        }
        // "goes up to 40 crowns": where it goes, no most.
        const MOVES: [&str; 20] = [
            "go", "goes", "went", "gone", "going", "rise", "rises", "rose", "risen", "rising", "climb", "climbs",
            "climbed", "climbing", "come", "came", "shot", "moved", "moves", "jumped",
        ];
        if n == 2
            && reader.lower(bounds.start - 2) == "up"
            && word == "to"
            && bounds.start.checked_sub(3).is_some_and(|it| MOVES.contains(&reader.lower(it)))
        {
            break;
        }
        nearly |= bound == Bound::Nearly;
        match change(bound) {
            Change::Equal => {}
            it @ (Change::Up | Change::Down) => moved = it,
            it if bounds.change == Change::Equal => bounds.change = it,
            _ => {}
        }
        bounds.start -= n;
    }
    if moved != Change::Equal {
        // The words of rising stand outside of the figure: "up 4%".
        bounds.change = if bounds.change == Change::About && !nearly { Change::About } else { moved };
    }
    if bounds.change == Change::Equal && matches!(reader.raw(amount.start.wrapping_sub(1)), "~" | "≈") {
        bounds.change = Change::About;
    }
    if bounds.change == Change::Equal && matches!(reader.raw(amount.start.wrapping_sub(1)), ">" | "<") {
        bounds.change = if reader.raw(amount.start - 1) == ">" { Change::More } else { Change::Less };
    }
    if bounds.change == Change::Equal && reader.mark(amount.start.wrapping_sub(1), '+') && kind == FigureKind::Percent {
        bounds.change = Change::Up;
    }
    // "sub-7 nanometre"
    if bounds.change == Change::Equal
        && 2 <= bounds.start
        && reader.hyphen(bounds.start - 1)
        && reader.word(bounds.start - 2) == "sub"
    {
        bounds.change = Change::Less;
        bounds.start -= 2;
    }
    if let Some((bound, n)) = after(reader, lexicon, end)
        && bounds.change == Change::Equal
    {
        bounds.change = change(bound);
        bounds.end = end + n;
    }
    bounds
}

/// The longest bounding phrase that ends right before atom `at`.
fn before<'a>(reader: &'a Reader<'_>, lexicon: &Lexicon, at: usize) -> Option<(Bound, usize, &'a str)> {
    for n in (1..=5usize).rev() {
        let Some(from) = at.checked_sub(n) else { continue };
        let words: Vec<&str> = (from..at).map(|it| reader.lower(it)).collect();
        if let Some((found, taken)) = lexicon.modifier_at(&words, 0).filter(|it| it.1 == n)
            && (found.place != "after" && taken == n || matches!(found.phrase, "up" | "down"))
        {
            return Some((found.bound, n, reader.lower(at - 1)));
        }
    }
    None
}

/// A bounding phrase right after atom `at`: "or more", "and counting".
fn after(reader: &Reader<'_>, lexicon: &Lexicon, at: usize) -> Option<(Bound, usize)> {
    let words: Vec<&str> = (at..at + 4).map(|it| reader.lower(it)).collect();
    let (found, n) = lexicon.modifier_at(&words, 0)?;
    let known = matches!(
        found.phrase,
        "or more"
            | "or less"
            | "or fewer"
            | "or so"
            | "and counting"
            | "and above"
            | "or higher"
            | "plus"
            | "at least"
            | "at most"
    );
    (known && found.place != "before").then_some((found.bound, n))
}

fn change(bound: Bound) -> Change {
    match bound {
        Bound::Exact => Change::Equal,
        Bound::About => Change::About,
        Bound::Nearly => Change::About,
        Bound::AtLeast | Bound::MoreThan => Change::More,
        Bound::AtMost | Bound::LessThan => Change::Less,
        Bound::Up => Change::Up,
        Bound::Down => Change::Down,
    }
}

/// Whether the verb over an amount says that something rose or fell by it: "rose 3%", "fell by 2,000".
pub(super) fn trend(known: &Annotations, tree: &Tree, token: TokenIx, kind: FigureKind) -> Change {
    let moved = |lemma: &str| {
        if RISE.contains(&lemma) {
            Change::Up
        } else if FALL.contains(&lemma) {
            Change::Down
        } else {
            Change::Equal
        }
    };
    let mut at = token;
    // "rose 18 sen to RM23.50", "lost 2.7 percent to 5,182": what it came to, beside how far it moved.
    let mut level = false;
    for _ in 0..5 {
        let Some(it) = known.tokens.get(at.ix()) else { return Change::Equal };
        if it.head == at {
            return Change::Equal;
        }
        let head = it.head;
        let lemma = known.lemma(head);
        match (it.dep, known.tokens[head.ix()].pos) {
            ("nummod" | "quantmod" | "compound" | "pobj", "NOUN" | "SYM" | "NUM" | "PROPN") => {}
            // "rose by 3%": by the extent; "rose to $5" is a state, not an extent.
            ("pobj", "ADP") if lemma == "by" => {}
            ("pobj", "ADP") if lemma == "to" && kind != FigureKind::Percent => level = true,
            ("prep", "NOUN" | "SYM" | "NUM" | "PROPN") if level => {}
            (_, "VERB") if level => {
                let extent = tree.children(head).iter().any(|child| {
                    *child < token && matches!(known.tokens[child.ix()].dep, "npadvmod" | "dobj") && {
                        let (first, last) = tree.edges(*child);
                        (first.ix()..=last.ix()).any(|it| known.tokens[it].tag == "CD")
                    }
                });
                let moved = if lemma == "add" { Change::Up } else { moved(lemma) };
                return if extent { moved } else { Change::Equal };
            }
            ("npadvmod" | "dobj" | "prep" | "advmod" | "attr", "VERB" | "AUX") => {
                // What the verb moves is its object, unless the object is the extent itself.
                if kind == FigureKind::Count && it.dep == "dobj" {
                    return Change::Equal;
                }
                // "added 15 cents", "climbed $3": verbs whose object is the extent.
                let moves_itself = matches!(
                    lemma,
                    "rise"
                        | "climb"
                        | "jump"
                        | "gain"
                        | "advance"
                        | "add"
                        | "surge"
                        | "soar"
                        | "fall"
                        | "drop"
                        | "decline"
                        | "slip"
                        | "slide"
                        | "tumble"
                        | "plunge"
                        | "plummet"
                        | "shed"
                        | "lose"
                );
                if kind == FigureKind::Money && it.dep == "dobj" && moves_itself {
                    return if lemma == "add" { Change::Up } else { moved(lemma) };
                }
                let extent = kind == FigureKind::Percent || it.dep != "dobj" || known.tokens[token.ix()].dep != "dobj";
                let other_object =
                    tree.children(head).iter().any(|child| *child != at && known.tokens[child.ix()].dep == "dobj");
                return if extent || other_object { moved(lemma) } else { Change::Equal };
            }
            ("npadvmod", "ADV" | "ADP" | "ADJ") => {
                return match lemma {
                    "up" | "higher" | "more" => Change::Up,
                    "down" | "low" | "lower" => Change::Down,
                    _ => Change::Equal,
                };
            }
            _ => return Change::Equal,
        }
        at = head;
    }
    Change::Equal
}
