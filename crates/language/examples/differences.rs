//! What 16-bit integers change: parses JSON lines of `{"text": …}` from standard input with both precisions and
//! counts the tokens, sentences and entities that differ.
//!
//! ```sh
//! cargo run --release -p rapporteur-language --example differences -- MODEL [avx512|avx2|portable] < texts.jsonl
//! ```

mod common;

use std::collections::HashSet;
use std::hash::Hash;
use std::io::BufRead;

use common::{say, set_option, text_of};
use rapporteur_language::{Doc, Options, Precision};

#[derive(Default)]
struct Counts {
    texts: usize,
    texts_that_differ: usize,
    tokens: usize,
    tokens_that_differ: usize,
    tag: usize,
    pos: usize,
    lemma: usize,
    morph: usize,
    head: usize,
    dep: usize,
    head_or_dep: usize,
    sentences: Sets,
    entities: Sets,
}

/// Things found by one or both precisions.
#[derive(Default)]
struct Sets {
    exact: usize,
    only_exact: usize,
    only_int16: usize,
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let [model, more @ ..] = &args[..] else { return Err("give a model".into()) };
    let mut options = Options::default();
    for arg in more {
        if !set_option(&mut options, arg) {
            return Err(format!("what is {arg}?").into());
        }
    }
    let exact = common::load(model, &Options { precision: Precision::Exact, ..options })?;
    let int16 = common::load(model, &Options { precision: Precision::Int16, ..options })?;
    let (mut exact_scratch, mut int16_scratch) = (exact.scratch(), int16.scratch());
    let mut counts = Counts::default();
    for line in std::io::stdin().lock().lines() {
        let text = text_of(&line?)?;
        counts.add(&exact.parse(&text, &mut exact_scratch), &int16.parse(&text, &mut int16_scratch));
    }
    counts.print(exact.kernel().as_str());
    Ok(())
}

impl Counts {
    fn add(&mut self, exact: &Doc, int16: &Doc) {
        let before = self.tokens_that_differ + self.sentences.n_differ() + self.entities.n_differ();
        self.texts += 1;
        self.tokens += exact.tokens.len();
        for (at, (a, b)) in exact.tokens.iter().zip(&int16.tokens).enumerate() {
            let (head, dep) = (a.head != b.head, a.dep != b.dep);
            let fields = [
                (&mut self.tag, a.tag != b.tag),
                (&mut self.pos, a.pos != b.pos),
                (&mut self.lemma, exact.lemma(at) != int16.lemma(at)),
                (&mut self.morph, exact.morph(at) != int16.morph(at)),
                (&mut self.head, head),
                (&mut self.dep, dep),
                (&mut self.head_or_dep, head || dep),
            ];
            self.tokens_that_differ += usize::from(fields.iter().any(|it| it.1) || a.ent != b.ent);
            for (count, differs) in fields {
                *count += usize::from(differs);
            }
        }
        self.sentences.add(exact.sentences.iter().cloned(), int16.sentences.iter().cloned());
        let entities = |doc: &Doc| -> Vec<_> {
            doc.entities.iter().map(|it| (it.start_token, it.end_token, it.label.as_str())).collect()
        };
        self.entities.add(entities(exact).into_iter(), entities(int16).into_iter());
        let after = self.tokens_that_differ + self.sentences.n_differ() + self.entities.n_differ();
        self.texts_that_differ += usize::from(after > before);
    }

    fn print(&self, kernel: &str) {
        say(&format!("exact against int16, kernel {kernel}"));
        say(&format!("texts     {:9}, of which differ {}", self.texts, self.texts_that_differ));
        say(&format!("tokens    {:9}, of which differ {}", self.tokens, self.tokens_that_differ));
        for (name, count) in [
            ("tag", self.tag),
            ("pos", self.pos),
            ("lemma", self.lemma),
            ("morph", self.morph),
            ("head", self.head),
            ("dep", self.dep),
            ("head or dep", self.head_or_dep),
        ] {
            say(&format!("  {name:<12}{count:5}"));
        }
        for (name, sets) in [("sentences", &self.sentences), ("entities", &self.entities)] {
            let Sets { exact, only_exact, only_int16 } = sets;
            say(&format!("{name:<9} {exact:9}, only exact {only_exact}, only int16 {only_int16}"));
        }
    }
}

impl Sets {
    fn add<T: Eq + Hash>(&mut self, exact: impl Iterator<Item = T>, int16: impl Iterator<Item = T>) {
        let (exact, int16): (HashSet<T>, HashSet<T>) = (exact.collect(), int16.collect());
        self.exact += exact.len();
        self.only_exact += exact.difference(&int16).count();
        self.only_int16 += int16.difference(&exact).count();
    }

    fn n_differ(&self) -> usize {
        self.only_exact + self.only_int16
    }
}
