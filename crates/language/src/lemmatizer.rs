//! Lemmas by rule: a table of irregular forms, then suffix rules checked against a list of known words.

use hashbrown::{HashMap, HashSet};
use rmpv::ValueRef;

use crate::Error;
use crate::chars::is_alpha;
use crate::labels::Pos;
use crate::symbols::string_id;
use crate::weights::{field, text, unpack};

const FILE: &str = "lemmatizer/lookups/lookups.bin";

/// The tables of the lemmatizer.
pub(crate) struct Lemmatizer {
    tables: Vec<(Pos, Table)>,
}

#[derive(Default)]
struct Table {
    known: HashSet<Box<str>>,
    irregular: HashMap<Box<str>, Vec<Box<str>>>,
    rules: Vec<(Box<str>, Box<str>)>,
}

impl Lemmatizer {
    pub(crate) fn read(bytes: &[u8]) -> Result<Lemmatizer, Error> {
        let root = unpack(FILE, bytes)?;
        let mut tables = Vec::new();
        for &pos in Pos::ALL {
            let key = string_id(&pos.as_str().to_lowercase());
            let of_pos = |table: &str| match field(&root, table) {
                Some(ValueRef::Map(rows)) => Ok(rows.iter().find(|it| it.0.as_u64() == Some(key)).map(|it| &it.1)),
                _ => Err(Error::damaged(FILE, format!("it has no table `{table}`"))),
            };
            let (known, irregular, rules) = (of_pos("lemma_index")?, of_pos("lemma_exc")?, of_pos("lemma_rules")?);
            let table = read_table(known, irregular, rules)
                .ok_or_else(|| Error::damaged(FILE, format!("its tables for {pos} cannot be read")))?;
            if !table.known.is_empty() || !table.irregular.is_empty() || !table.rules.is_empty() {
                tables.push((pos, table));
            }
        }
        Ok(Lemmatizer { tables })
    }

    /// The lemma of a word that no attribute rule gave one.
    pub(crate) fn lemma(&self, word: &str, lower: &str, pos: Pos, morph: &str) -> String {
        if matches!(pos, Pos::NONE | Pos::SPACE) || is_base_form(pos, morph) {
            return lower.to_string();
        }
        let Some((_, table)) = self.tables.iter().find(|(of, _)| *of == pos) else {
            return if pos == Pos::PROPN { word } else { lower }.to_string();
        };
        table.lemma(lower).unwrap_or_else(|| word.to_string())
    }
}

impl Table {
    fn lemma(&self, lower: &str) -> Option<String> {
        // Known words come to the front one by one, so the last of them ends up first.
        let mut forms: Vec<String> = Vec::new();
        let mut unknown: Option<String> = None;
        for (old, new) in &self.rules {
            let Some(stem) = lower.strip_suffix(&**old) else { continue };
            let form = format!("{stem}{new}");
            if form.is_empty() {
                continue;
            }
            if self.known.contains(&*form) {
                forms.insert(0, form);
            } else if !form.chars().all(is_alpha) {
                forms.push(form);
            } else {
                unknown.get_or_insert(form);
            }
        }
        for form in self.irregular.get(lower).into_iter().flatten() {
            if !forms.iter().any(|it| **it == **form) {
                forms.insert(0, form.to_string());
            }
        }
        forms.into_iter().next().or(unknown)
    }
}

/// Whether the morphology says that the word is its own lemma.
fn is_base_form(pos: Pos, morph: &str) -> bool {
    let value = |name: &str| morph.split('|').find_map(|it| it.strip_prefix(name)?.strip_prefix('='));
    let has = |name: &str, wanted: &str| value(name) == Some(wanted);
    let by_pos = match pos {
        Pos::NOUN => has("Number", "Sing"),
        Pos::VERB => {
            has("VerbForm", "Inf") || (has("VerbForm", "Fin") && has("Tense", "Pres") && value("Number").is_none())
        }
        Pos::ADJ => has("Degree", "Pos"),
        _ => false,
    };
    by_pos || has("VerbForm", "Inf") || has("VerbForm", "None") || has("Degree", "Pos")
}

fn read_table(
    known: Option<&ValueRef<'_>>,
    irregular: Option<&ValueRef<'_>>,
    rules: Option<&ValueRef<'_>>,
) -> Option<Table> {
    fn list<'v, 'a>(value: Option<&'v ValueRef<'a>>) -> Option<&'v [ValueRef<'a>]> {
        match value {
            None => Some(&[]),
            Some(ValueRef::Array(items)) => Some(items),
            Some(_) => None,
        }
    }
    let mut table = Table::default();
    for word in list(known)? {
        table.known.insert(text(word)?.into());
    }
    match irregular {
        None => (),
        Some(ValueRef::Map(rows)) => {
            for (form, lemmas) in rows {
                let lemmas = list(Some(lemmas))?.iter().map(|it| text(it).map(Box::from)).collect::<Option<_>>()?;
                table.irregular.insert(text(form)?.into(), lemmas);
            }
        }
        Some(_) => return None,
    }
    for rule in list(rules)? {
        let [old, new] = list(Some(rule))? else { return None };
        table.rules.push((text(old)?.into(), text(new)?.into()));
    }
    Some(table)
}
