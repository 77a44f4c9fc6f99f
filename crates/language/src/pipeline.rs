//! The whole way of a text, and the room it needs.

use std::path::Path;
use std::sync::Arc;

use hashbrown::HashMap;

use crate::Error;
use crate::doc::{Doc, Entity, EntityTag, MorphId, Part, Token};
use crate::encoder::{Encoder, EncoderCache};
use crate::kernel::{Engine, Kernel, Layer, Precision, WIDTH};
use crate::labels::{Dep, Pos, Tag};
use crate::lemmatizer::Lemmatizer;
use crate::ruler::{Ruled, Ruler, Seen};
use crate::source::Source;
use crate::tokenizer::Tokenizer;
use crate::transition::entities::{self, Found, Recogniser};
use crate::transition::parser::{Parser, ParserScratch};
use crate::transition::projectivity::Tree;
use crate::transition::{Scorer, better};
use crate::vectors::Vectors;
use crate::weights::Weights;
use crate::words::{Lexicon, Norms, RawToken, Stretch, Words};

/// Texts are read up to this many bytes; what follows gets no tokens.
pub const TEXT_BYTES_MAX: usize = 256 << 20;

/// How to run a pipeline.
#[derive(Clone, Copy, Debug, Default)]
pub struct Options {
    /// How exactly the network is computed.
    pub precision: Precision,
    /// Which instructions compute it; `None` for the fastest that this processor runs.
    pub kernel: Option<Kernel>,
}

/// A loaded model. It is never changed by use, so threads share it freely.
pub struct Pipeline {
    identity: Arc<()>,
    engine: Engine,
    name: String,
    version: String,
    tokenizer: Tokenizer,
    norms: Norms,
    vectors: Option<Vectors>,
    encoder: Encoder,
    tagger: Layer,
    tags: Vec<Tag>,
    parser: Parser,
    ruler: Ruler,
    lemmatizer: Lemmatizer,
    entity_encoder: Encoder,
    recogniser: Recogniser,
    morphs: Arc<[Box<str>]>,
}

/// Room to parse in, and what one text taught that the next can use. One for each thread; never part of the result.
pub struct Scratch {
    owner: Arc<()>,
    words: Words,
    raw: Vec<RawToken>,
    encoder: EncoderCache,
    entity_encoder: EncoderCache,
    inputs: Vec<f32>,
    tag_scores: Vec<f32>,
    tags: Vec<Tag>,
    parser: ParserScratch,
    entities: Scorer,
    analyses: Vec<Analysis>,
    analysis_by_key: HashMap<(u32, Tag, Dep), u32>,
}

/// What rules and lemmatizer say of a word with a tag and a dependency.
#[derive(Clone, Copy)]
struct Analysis {
    tag: Tag,
    pos: Pos,
    dep: Dep,
    morph: u16,
    lemma: Stretch,
}

impl Pipeline {
    /// Loads a model from its unpacked folder, or from a package folder that holds it.
    pub fn from_folder(path: &Path, options: &Options) -> Result<Pipeline, Error> {
        Pipeline::read(Source::folder(path)?, options)
    }

    /// Loads a model from a wheel, without unpacking it to disk.
    pub fn from_wheel(path: &Path, options: &Options) -> Result<Pipeline, Error> {
        Pipeline::read(Source::wheel(path)?, options)
    }

    fn read(mut source: Source, options: &Options) -> Result<Pipeline, Error> {
        let engine = options.kernel.unwrap_or_else(Kernel::best).checked()?;
        let (name, version, labels) = read_meta(&mut source)?;
        let vectors = match (source.read("vocab/key2row"), source.read("vocab/vectors")) {
            (Ok(keys), Ok(rows)) => Vectors::read(&keys, &rows)?,
            (Err(Error::Missing { .. }), Err(Error::Missing { .. })) => None,
            (Err(error), _) | (_, Err(error)) => return Err(error),
        };
        let bytes = source.read("tok2vec/model")?;
        let precision = options.precision;
        let weights = Weights::read("tok2vec/model", &bytes)?;
        let encoder = Encoder::read(engine, precision, &weights, 6, vectors.as_ref(), 0)?;
        let bytes = source.read("tagger/model")?;
        let (tagger, tags) = read_tagger(engine, &bytes, &labels)?;
        let parser = Parser::read(engine, &source.read("parser/model")?, &source.read("parser/moves")?)?;
        let ruler = Ruler::read(&source.read("attribute_ruler/patterns")?)?;
        let lemmatizer = Lemmatizer::read(&source.read("lemmatizer/lookups/lookups.bin")?)?;
        let bytes = source.read(entities::MODEL_FILE)?;
        let weights = Weights::read(entities::MODEL_FILE, &bytes)?;
        let entity_encoder = Encoder::read(engine, precision, &weights, 4, vectors.as_ref(), 2)?;
        let recogniser = Recogniser::read(engine, &weights, &source.read("ner/moves")?)?;
        Ok(Pipeline {
            identity: Arc::new(()),
            engine,
            name,
            version,
            tokenizer: Tokenizer::read(&source.read("tokenizer")?)?,
            norms: Norms::read(&source.read("vocab/lookups.bin")?)?,
            vectors,
            encoder,
            tagger,
            tags,
            parser,
            morphs: ruler.morphs().into(),
            ruler,
            lemmatizer,
            entity_encoder,
            recogniser,
        })
    }

    /// The model's name, as in "core_web_sm".
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The model's version, as in "3.8.0".
    pub fn version(&self) -> &str {
        &self.version
    }

    /// The instructions that compute the network.
    pub fn kernel(&self) -> Kernel {
        self.engine.kernel()
    }

    /// Room for one thread to parse in. It grows with use to some 110 MB; texts of megabytes take more while they are parsed.
    pub fn scratch(&self) -> Scratch {
        Scratch {
            owner: self.identity.clone(),
            words: Words::default(),
            raw: Vec::new(),
            encoder: EncoderCache::default(),
            entity_encoder: EncoderCache::default(),
            inputs: Vec::new(),
            tag_scores: Vec::new(),
            tags: Vec::new(),
            parser: self.parser.scratch(),
            entities: self.recogniser.scratch(),
            analyses: Vec::new(),
            analysis_by_key: HashMap::new(),
        }
    }

    /// Runs the whole pipeline over a text. The result depends on nothing but model and text.
    pub fn parse(&self, text: &str, scratch: &mut Scratch) -> Doc {
        if !Arc::ptr_eq(&scratch.owner, &self.identity) {
            *scratch = self.scratch();
        }
        scratch.forget_if_full();
        let text = &text[..crate::chars::border_before(text, TEXT_BYTES_MAX)];
        let lexicon = Lexicon {
            tokenizer: &self.tokenizer,
            norms: &self.norms,
            ruler: &self.ruler,
            vectors: self.vectors.as_ref(),
        };
        scratch.words.tokenize(lexicon, text, &mut scratch.raw);
        self.tag(scratch);
        let tree = self.parser.parse(self.engine, &scratch.inputs, &scratch.words, &scratch.raw, &mut scratch.parser);
        let found = self.find_entities(&tree, scratch);
        let doc = self.build(tree, &found, scratch);
        scratch.forget_long();
        doc
    }

    /// Fills `tags`, and `inputs` with what the parser needs.
    fn tag(&self, scratch: &mut Scratch) {
        let Scratch { words, raw, encoder, inputs, tag_scores, tags, .. } = scratch;
        inputs.clear();
        tags.clear();
        let stride = self.tagger.stride();
        self.encoder.encode(self.engine, self.vectors.as_ref(), words, raw, encoder, |_, rows| {
            let n_rows = rows.len() / WIDTH;
            tag_scores.resize(n_rows * stride, 0.0);
            self.engine.affine(&self.tagger, rows, WIDTH, n_rows, tag_scores);
            for scores in tag_scores.chunks_exact(stride) {
                let mut best = (f32::NEG_INFINITY, 0);
                better(scores, 0..self.tags.len(), &mut best);
                tags.push(self.tags[best.1]);
            }
            self.parser.model.reduce(self.engine, rows, inputs);
        });
    }

    fn find_entities(&self, tree: &Tree, scratch: &mut Scratch) -> Vec<Found> {
        let Scratch { words, raw, entity_encoder, inputs, entities, .. } = scratch;
        inputs.clear();
        self.entity_encoder.encode(self.engine, self.vectors.as_ref(), words, raw, entity_encoder, |_, rows| {
            self.recogniser.model.reduce(self.engine, rows, inputs);
        });
        self.recogniser.find(self.engine, inputs, words, raw, &tree.sent_starts, entities)
    }

    /// The analysis of a token by the rules that look at it alone.
    fn analyse(&self, scratch: &mut Scratch, token: usize, dep: Dep) -> u32 {
        let (word, tag) = (scratch.raw[token].word, scratch.tags[token]);
        if let Some(&known) = scratch.analysis_by_key.get(&(word, tag, dep)) {
            return known;
        }
        let at = scratch.words.word(word);
        let seen = Seen { tag, dep, lower: scratch.words.get(at.lower), is_space: at.is_space };
        let analysis = self.finish(scratch, token, &self.ruler.apply(seen));
        scratch.analyses.push(analysis);
        let number = (scratch.analyses.len() - 1) as u32;
        scratch.analysis_by_key.insert((word, tag, dep), number);
        number
    }

    fn finish(&self, scratch: &mut Scratch, token: usize, ruled: &Ruled<'_>) -> Analysis {
        let words = &mut scratch.words;
        let word = words.word(scratch.raw[token].word);
        let (text, lower) = (words.get(word.text), words.get(word.lower));
        let (lower_at, text_at) = (word.lower, word.text);
        let morph = ruled.morph.0;
        let lemma = match ruled.lemma.0 {
            Some(lemma) => lemma.to_string(),
            None => self.lemmatizer.lemma(text, lower, ruled.pos.0, &self.morphs[usize::from(morph)]),
        };
        let lemma = if lemma == lower {
            lower_at
        } else if lemma == text {
            text_at
        } else {
            words.store(&lemma)
        };
        Analysis { tag: ruled.tag.0, pos: ruled.pos.0, dep: ruled.dep.0, morph, lemma }
    }

    /// Applies the rules that look at two tokens. They are rare, so the tokens they change are done anew.
    fn analyse_pairs(&self, scratch: &mut Scratch, deps: &[Dep], analyses: &mut [Analysis]) {
        let mut changed: Vec<(usize, Ruled<'_>)> = Vec::new();
        for second in 1..scratch.raw.len() {
            let candidates = scratch.words.word(scratch.raw[second].word).second_of;
            if candidates == 0 {
                continue;
            }
            let seen = [second - 1, second].map(|token| {
                let word = scratch.words.word(scratch.raw[token].word);
                let lower = scratch.words.get(word.lower);
                Seen { tag: scratch.tags[token], dep: deps[token], lower, is_space: word.is_space }
            });
            self.ruler.apply_pairs(candidates, seen, |which, change| {
                let token = second - 1 + which;
                let at = changed.iter().rposition(|it| it.0 == token).unwrap_or_else(|| {
                    changed.push((token, self.ruler.apply(seen[which])));
                    changed.len() - 1
                });
                change(&mut changed[at].1);
            });
            // Only the last two tokens can change again, so the list stays short.
            if changed.len() > 8 {
                let old = changed.drain(..6).collect::<Vec<_>>();
                for (token, ruled) in old {
                    analyses[token] = self.finish(scratch, token, &ruled);
                }
            }
        }
        for (token, ruled) in changed {
            analyses[token] = self.finish(scratch, token, &ruled);
        }
    }

    fn build(&self, tree: Tree, found: &[Found], scratch: &mut Scratch) -> Doc {
        let n_tokens = scratch.raw.len();
        let mut analyses = Vec::with_capacity(n_tokens);
        for token in 0..n_tokens {
            let number = self.analyse(scratch, token, tree.deps[token]);
            analyses.push(scratch.analyses[number as usize]);
        }
        self.analyse_pairs(scratch, &tree.deps, &mut analyses);
        let mut strings = String::with_capacity(n_tokens * 6);
        let mut tokens = Vec::with_capacity(n_tokens);
        for (at, (raw, analysis)) in scratch.raw.iter().zip(&analyses).enumerate() {
            let mut part = |text: &str| {
                let start = strings.len() as u32;
                strings.push_str(text);
                Part { start, end: strings.len() as u32 }
            };
            let (norm, lemma) =
                (scratch.words.get(scratch.words.word(raw.word).norm), scratch.words.get(analysis.lemma));
            let lemma_part = part(lemma);
            let norm_part = if norm == lemma { lemma_part } else { part(norm) };
            tokens.push(Token {
                start: raw.start,
                end: raw.end,
                head: tree.heads[at],
                left_edge: tree.left_edges[at],
                right_edge: tree.right_edges[at],
                tag: analysis.tag,
                pos: analysis.pos,
                dep: analysis.dep,
                ent: EntityTag::Outside,
                morph: MorphId(analysis.morph),
                space_after: raw.space_after,
                sent_start: tree.sent_starts[at],
                lemma: lemma_part,
                norm: norm_part,
            });
        }
        let mut entities = Vec::with_capacity(found.len());
        for &(start_token, end_token, label) in found {
            entities.push(Entity { start_token, end_token, label });
            for (nth, token) in tokens[start_token as usize..end_token as usize].iter_mut().enumerate() {
                token.ent = if nth == 0 { EntityTag::Begin(label) } else { EntityTag::Inside(label) };
            }
        }
        let (child_starts, children) = children(&tree.heads);
        let sentences = sentences(&tree.sent_starts);
        Doc { tokens, sentences, entities, strings, morphs: self.morphs.clone(), child_starts, children }
    }
}

impl Scratch {
    /// Forgets all words at once when there are too many: simple, and rare enough to cost nothing.
    fn forget_if_full(&mut self) {
        const ANALYSES_MAX: usize = 200_000;
        if self.words.is_full() || self.analyses.len() > ANALYSES_MAX {
            self.words = Words::default();
            self.encoder.forget();
            self.entity_encoder.forget();
            self.analyses = Vec::new();
            self.analysis_by_key = HashMap::new();
        }
    }

    /// Gives the room of a very long text back.
    fn forget_long(&mut self) {
        const TOKENS_MAX: usize = 1 << 16;
        if self.raw.capacity() > TOKENS_MAX {
            self.raw = Vec::new();
            self.tags = Vec::new();
            self.inputs = Vec::new();
        }
    }
}

fn sentences(sent_starts: &[bool]) -> Vec<std::ops::Range<u32>> {
    let mut starts: Vec<u32> = (0..).zip(sent_starts).filter(|it| *it.1).map(|it| it.0).collect();
    if !sent_starts.is_empty() && starts.first() != Some(&0) {
        starts.insert(0, 0);
    }
    let ends = starts.iter().skip(1).copied().chain([sent_starts.len() as u32]);
    starts.iter().copied().zip(ends).map(|(start, end)| start..end).collect()
}

/// The children of every token, in text order, one token's after another's.
fn children(heads: &[u32]) -> (Vec<u32>, Vec<u32>) {
    let mut starts = vec![0u32; heads.len() + 1];
    let arcs = || (0..).zip(heads).filter(|&(child, &head): &(u32, &u32)| child != head);
    for (_, &head) in arcs() {
        starts[head as usize + 1] += 1;
    }
    for at in 1..starts.len() {
        starts[at] += starts[at - 1];
    }
    let mut next = starts.clone();
    let mut children = vec![0; starts[heads.len()] as usize];
    for (child, &head) in arcs() {
        let at = &mut next[head as usize];
        children[*at as usize] = child;
        *at += 1;
    }
    (starts, children)
}

fn read_meta(source: &mut Source) -> Result<(String, String, Vec<String>), Error> {
    let mut json = |file: &str| -> Result<serde_json::Value, Error> {
        serde_json::from_slice(&source.read(file)?).map_err(|error| Error::damaged(file, format!("not JSON ({error})")))
    };
    let meta = json("meta.json")?;
    let text = |key: &str| meta.get(key).and_then(serde_json::Value::as_str).unwrap_or_default().to_string();
    if text("lang") != "en" {
        return Err(Error::unsupported("meta.json", format!("its language is {:?}", text("lang"))));
    }
    let config = json("tagger/cfg")?;
    let labels = config.get("labels").and_then(serde_json::Value::as_array);
    let labels = labels
        .and_then(|it| it.iter().map(|label| label.as_str().map(str::to_string)).collect::<Option<Vec<_>>>())
        .ok_or_else(|| Error::damaged("tagger/cfg", "it has no list `labels`"))?;
    Ok((text("name"), text("version"), labels))
}

fn read_tagger(engine: Engine, bytes: &[u8], labels: &[String]) -> Result<(Layer, Vec<Tag>), Error> {
    let tag = |label: &String| {
        Tag::from_name(label).ok_or_else(|| Error::unsupported("tagger/cfg", format!("the tag {label:?} is new")))
    };
    let tags = labels.iter().map(tag).collect::<Result<Vec<_>, _>>()?;
    if tags.is_empty() {
        return Err(Error::damaged("tagger/cfg", "it has no labels"));
    }
    let weights = Weights::read("tagger/model", bytes)?;
    let w = weights.array("softmax", 0, "W", &[tags.len(), WIDTH])?;
    let b = weights.array("softmax", 0, "b", &[tags.len()])?;
    Ok((engine.linear(WIDTH, &w.data, &b.data), tags))
}
