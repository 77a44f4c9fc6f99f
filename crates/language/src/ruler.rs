//! The attribute rules: from tag, word and dependency to part of speech, morphology and irregular lemmas.

use hashbrown::HashSet;
use rmpv::ValueRef;

use crate::Error;
use crate::labels::{Dep, Pos, Tag};
use crate::weights::{field, text, unpack};

const FILE: &str = "attribute_ruler/patterns";
/// Two-token rules that a word's bit set has room for.
const PAIRS_MAX: usize = 64;

/// What is known of a token before any rule has been applied.
#[derive(Clone, Copy)]
pub(crate) struct Seen<'a> {
    pub(crate) tag: Tag,
    pub(crate) dep: Dep,
    pub(crate) lower: &'a str,
    pub(crate) is_space: bool,
}

/// What the rules say of a token, with the number (from 1) of the rule that set each attribute, 0 for none.
#[derive(Clone)]
pub(crate) struct Ruled<'a> {
    pub(crate) tag: (Tag, u32),
    pub(crate) pos: (Pos, u32),
    pub(crate) morph: (u16, u32),
    pub(crate) dep: (Dep, u32),
    pub(crate) lemma: (Option<&'a str>, u32),
}

/// The rules of a model.
pub(crate) struct Ruler {
    rules: Vec<Rule>,
    pairs: Vec<Pair>,
    /// Every morphological analysis the rules give; the first is the empty one.
    morphs: Vec<Box<str>>,
}

struct Rule {
    singles: Vec<Test>,
    effect: Effect,
}

struct Pair {
    number: u32,
    tests: [Test; 2],
    /// Which of the two tokens changes.
    target: usize,
    effect: Effect,
}

#[derive(Clone, Default)]
struct Effect {
    tag: Option<Tag>,
    pos: Option<Pos>,
    morph: Option<u16>,
    dep: Option<Dep>,
    lemma: Option<Box<str>>,
}

/// A test of one token. Tags and dependencies are bit sets.
#[derive(Default)]
struct Test {
    tags: Option<u64>,
    deps: Option<u64>,
    lower: Option<Words>,
    is_space: Option<bool>,
}

enum Words {
    In(HashSet<Box<str>>),
    NotIn(HashSet<Box<str>>),
    Pattern(regex::Regex),
}

impl Test {
    fn allows_word(&self, lower: &str, is_space: bool) -> bool {
        self.is_space.is_none_or(|it| it == is_space)
            && match &self.lower {
                None => true,
                Some(Words::In(words)) => words.contains(lower),
                Some(Words::NotIn(words)) => !words.contains(lower),
                Some(Words::Pattern(pattern)) => pattern.is_match(lower),
            }
    }

    fn allows(&self, seen: Seen<'_>) -> bool {
        self.tags.is_none_or(|it| it >> seen.tag as u8 & 1 == 1)
            && self.deps.is_none_or(|it| it >> seen.dep as u8 & 1 == 1)
            && self.allows_word(seen.lower, seen.is_space)
    }
}

impl Ruler {
    pub(crate) fn read(bytes: &[u8]) -> Result<Ruler, Error> {
        let ValueRef::Array(rules) = unpack(FILE, bytes)? else {
            return Err(Error::damaged(FILE, "it is not a list of rules"));
        };
        let mut ruler = Ruler { rules: Vec::new(), pairs: Vec::new(), morphs: vec!["".into()] };
        for (number, rule) in (1..).zip(&rules) {
            ruler.add(number, rule)?;
        }
        if ruler.pairs.len() > PAIRS_MAX || ruler.morphs.len() > usize::from(u16::MAX) {
            return Err(Error::unsupported(FILE, "it has too many rules"));
        }
        Ok(ruler)
    }

    pub(crate) fn morphs(&self) -> &[Box<str>] {
        &self.morphs
    }

    /// Which two-token rules allow this word in the second place, as a bit set.
    pub(crate) fn second_of(&self, lower: &str, is_space: bool) -> u64 {
        let allowed = self.pairs.iter().map(|pair| u64::from(pair.tests[1].allows_word(lower, is_space)));
        allowed.zip(0..).fold(0, |set, (bit, at)| set | bit << at)
    }

    /// Applies the rules that look at one token.
    pub(crate) fn apply(&self, seen: Seen<'_>) -> Ruled<'_> {
        let mut ruled =
            Ruled { tag: (seen.tag, 0), pos: (Pos::NONE, 0), morph: (0, 0), dep: (seen.dep, 0), lemma: (None, 0) };
        for (number, rule) in (1..).zip(&self.rules) {
            if rule.singles.iter().any(|it| it.allows(seen)) {
                rule.effect.apply(number, &mut ruled);
            }
        }
        ruled
    }

    /// Calls `change` with the place (0 or 1) of the token that each matching two-token rule changes, and a
    /// function that changes it. `candidates` comes from [`Ruler::second_of`] for the second token.
    pub(crate) fn apply_pairs<'a>(
        &'a self,
        candidates: u64,
        seen: [Seen<'_>; 2],
        mut change: impl FnMut(usize, &dyn Fn(&mut Ruled<'a>)),
    ) {
        let mut left = candidates;
        while left != 0 {
            let pair = &self.pairs[left.trailing_zeros() as usize];
            left &= left - 1;
            if pair.tests[0].allows(seen[0]) && pair.tests[1].allows(seen[1]) {
                change(pair.target, &|ruled| pair.effect.apply(pair.number, ruled));
            }
        }
    }

    fn add(&mut self, number: u32, rule: &ValueRef<'_>) -> Result<(), Error> {
        let damaged = |what: &str| Error::damaged(FILE, format!("rule {number} {what}"));
        let unsupported = |what: &str| Error::unsupported(FILE, format!("rule {number} {what}"));
        let Some(ValueRef::Array(alternatives)) = field(rule, "patterns") else {
            return Err(damaged("has no patterns"));
        };
        let target = field(rule, "index").and_then(ValueRef::as_u64).ok_or_else(|| damaged("has no index"))?;
        let Some(ValueRef::Map(attrs)) = field(rule, "attrs") else { return Err(damaged("has no attributes")) };
        let effect = self.read_effect(attrs).map_err(|what| unsupported(&what))?;
        let mut singles = Vec::new();
        for alternative in alternatives {
            let ValueRef::Array(tests) = alternative else { return Err(damaged("has a pattern that is no list")) };
            let tests: Vec<Test> =
                tests.iter().map(read_test).collect::<Result<_, _>>().map_err(|what| unsupported(&what))?;
            match (<[Test; 2]>::try_from(tests), target) {
                (Ok(tests), 0 | 1) => {
                    self.pairs.push(Pair { number, tests, target: target as usize, effect: effect.clone() });
                }
                (Err(mut tests), 0) if tests.len() == 1 => singles.append(&mut tests),
                _ => return Err(unsupported("is not about one token or two")),
            }
        }
        self.rules.push(Rule { singles, effect });
        Ok(())
    }

    fn read_effect(&mut self, attrs: &[(ValueRef<'_>, ValueRef<'_>)]) -> Result<Effect, String> {
        let mut effect = Effect::default();
        for (name, value) in attrs {
            let (Some(name), Some(value)) = (text(name), text(value)) else {
                return Err("sets an attribute that is not text".to_string());
            };
            let new = || format!("sets {name} to {value:?}, which is new");
            match name {
                "TAG" => effect.tag = Some(Tag::from_name(value).ok_or_else(new)?),
                "POS" => effect.pos = Some(Pos::from_name(value).ok_or_else(new)?),
                "DEP" => effect.dep = Some(Dep::from_name(value).ok_or_else(new)?),
                "LEMMA" => effect.lemma = Some(value.into()),
                "MORPH" => effect.morph = Some(self.morph(if value == "_" { "" } else { value })),
                _ => return Err(format!("sets the attribute {name}")),
            }
        }
        Ok(effect)
    }

    fn morph(&mut self, morph: &str) -> u16 {
        let known = self.morphs.iter().position(|it| &**it == morph);
        known.unwrap_or_else(|| {
            self.morphs.push(morph.into());
            self.morphs.len() - 1
        }) as u16
    }
}

impl Effect {
    /// Later rules win, attribute by attribute.
    fn apply<'a>(&'a self, number: u32, ruled: &mut Ruled<'a>) {
        fn set<T: Copy>(value: Option<T>, number: u32, slot: &mut (T, u32)) {
            if let Some(value) = value.filter(|_| number >= slot.1) {
                *slot = (value, number);
            }
        }
        set(self.tag, number, &mut ruled.tag);
        set(self.pos, number, &mut ruled.pos);
        set(self.morph, number, &mut ruled.morph);
        set(self.dep, number, &mut ruled.dep);
        set(self.lemma.as_deref().map(Some), number, &mut ruled.lemma);
    }
}

fn read_test(test: &ValueRef<'_>) -> Result<Test, String> {
    let ValueRef::Map(conditions) = test else { return Err("has a test that is no map".to_string()) };
    let mut read = Test::default();
    for (attr, condition) in conditions {
        let attr = text(attr).unwrap_or_default();
        if let ("IS_SPACE", ValueRef::Boolean(value)) = (attr, condition) {
            read.is_space = Some(*value);
            continue;
        }
        let (operator, words) = read_condition(condition).ok_or_else(|| format!("has an odd test of {attr}"))?;
        let bits = |number: fn(&str) -> Option<u8>| {
            let set = words.iter().filter_map(|it| number(it)).fold(0u64, |set, at| set | 1 << at);
            match operator {
                "IN" => Ok(set),
                "NOT_IN" => Ok(!set),
                _ => Err(format!("tests {attr} with {operator}")),
            }
        };
        match attr {
            "TAG" => read.tags = Some(bits(|it| Tag::from_name(it).map(|tag| tag as u8))?),
            "DEP" => read.deps = Some(bits(|it| Dep::from_name(it).map(|dep| dep as u8))?),
            "LOWER" => {
                let set = || words.iter().map(|&it| Box::from(it)).collect();
                read.lower = Some(match (operator, &words[..]) {
                    ("IN", _) => Words::In(set()),
                    ("NOT_IN", _) => Words::NotIn(set()),
                    ("REGEX", [pattern]) => Words::Pattern(regex::Regex::new(pattern).map_err(|it| it.to_string())?),
                    _ => return Err(format!("tests LOWER with {operator}")),
                });
            }
            _ => return Err(format!("tests {attr}")),
        }
    }
    Ok(read)
}

/// Operator and operands: plain text is a list of one.
fn read_condition<'v, 'a>(condition: &'v ValueRef<'a>) -> Option<(&'v str, Vec<&'a str>)> {
    match condition {
        ValueRef::Map(fields) => {
            let [(operator, operand)] = &fields[..] else { return None };
            let operands = match operand {
                ValueRef::Array(items) => items.iter().map(text).collect::<Option<_>>()?,
                single => vec![text(single)?],
            };
            Some((text(operator)?, operands))
        }
        single => Some(("IN", vec![text(single)?])),
    }
}
