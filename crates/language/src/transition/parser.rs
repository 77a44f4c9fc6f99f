//! The dependency parser: arc-eager transitions with sentence breaks, one state for a whole text.

use crate::Error;
use crate::kernel::Engine;
use crate::labels::Dep;
use crate::transition::projectivity::{self, Tree};
use crate::transition::{Scorer, TransitionModel, better, check_actions, read_moves};
use crate::weights::Weights;
use crate::words::{RawToken, Words};

const MODEL_FILE: &str = "parser/model";
const MOVES_FILE: &str = "parser/moves";
const N_FEATURES: usize = 8;
const NONE: u32 = u32::MAX;

/// A dependency label as the classes carry it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Label {
    pub(crate) dep: Dep,
    /// If set, the arc was lifted to make the tree projective: the true head is below, and has this label.
    pub(crate) lifted_from: Option<Dep>,
}

/// The weights and classes of the parser.
pub(crate) struct Parser {
    pub(crate) model: TransitionModel,
    left: Vec<Label>,
    right: Vec<Label>,
    n_classes: usize,
}

/// Room to parse in, kept between texts.
pub(crate) struct ParserScratch {
    scorer: Scorer,
    stack: Vec<u32>,
    rebuffer: Vec<u32>,
    state: Vec<TokenState>,
    labels: Vec<Label>,
    heads: Vec<u32>,
}

/// What the parser knows of a token while it works.
#[derive(Clone, Copy)]
struct TokenState {
    head: u32,
    /// The child attached last on either side, and the one attached to the same head and side before this token.
    last_left: u32,
    last_right: u32,
    before: u32,
    unshiftable: bool,
    sent_start: bool,
}

const UNSEEN: TokenState =
    TokenState { head: NONE, last_left: NONE, last_right: NONE, before: NONE, unshiftable: false, sent_start: false };
const ROOT: Label = Label { dep: Dep::ROOT, lifted_from: None };

impl Parser {
    pub(crate) fn read(engine: Engine, weights: &[u8], moves: &[u8]) -> Result<Parser, Error> {
        let weights = Weights::read(MODEL_FILE, weights)?;
        let classes = read_moves(MOVES_FILE, moves)?;
        check_actions(MOVES_FILE, &classes, 5)?;
        let [shift, reduce, left, right, cut] = [0, 1, 2, 3, 4].map(|action| &classes[action]);
        if [shift, reduce, cut].iter().any(|it| it.len() != 1) {
            return Err(Error::unsupported(MOVES_FILE, "shift, reduce and break have labels"));
        }
        let labels = |names: &[String]| {
            let known = |name: &str| {
                Dep::from_name(name).ok_or_else(|| Error::unsupported(MOVES_FILE, format!("the label {name:?} is new")))
            };
            let label = |name: &String| match name.split_once("||") {
                None => Ok(Label { dep: known(name)?, lifted_from: None }),
                Some((dep, head)) => Ok(Label { dep: known(dep)?, lifted_from: Some(known(head)?) }),
            };
            names.iter().map(label).collect::<Result<Vec<_>, Error>>()
        };
        let (left, right) = (labels(left)?, labels(right)?);
        let n_classes = left.len() + right.len() + 3;
        let model = TransitionModel::read(engine, &weights, N_FEATURES, n_classes)?;
        Ok(Parser { model, left, right, n_classes })
    }

    pub(crate) fn scratch(&self) -> ParserScratch {
        ParserScratch {
            scorer: Scorer::new(&self.model),
            stack: Vec::new(),
            rebuffer: Vec::new(),
            state: Vec::new(),
            labels: Vec::new(),
            heads: Vec::new(),
        }
    }

    /// Parses a text whose tokens have these inputs.
    pub(crate) fn parse(
        &self,
        engine: Engine,
        inputs: &[f32],
        words: &Words,
        tokens: &[RawToken],
        scratch: &mut ParserScratch,
    ) -> Tree {
        let n_tokens = tokens.len();
        self.run(engine, inputs, n_tokens, scratch);
        for (at, (state, label)) in scratch.state.iter().zip(&mut scratch.labels).enumerate() {
            let no_head = state.head == NONE;
            scratch.heads.push(if no_head { at as u32 } else { state.head });
            if no_head {
                *label = ROOT;
            }
        }
        let tree = projectivity::finish(&scratch.heads, &scratch.labels, |it| words.word(tokens[it].word).is_space);
        scratch.forget_long();
        tree
    }

    fn run(&self, engine: Engine, inputs: &[f32], n_tokens: usize, scratch: &mut ParserScratch) {
        scratch.scorer.restart();
        scratch.stack.clear();
        scratch.rebuffer.clear();
        scratch.heads.clear();
        scratch.state.clear();
        scratch.state.resize(n_tokens, UNSEEN);
        scratch.labels.clear();
        scratch.labels.resize(n_tokens, ROOT);
        let ParserScratch { scorer, stack, rebuffer, state, labels, .. } = scratch;
        let (shift, reduce) = (0, 1);
        let left = 2..2 + self.left.len();
        let right = left.end..left.end + self.right.len();
        let cut = self.n_classes - 1;
        let mut next = 0;
        let some = |it: u32| (it != NONE).then_some(it as usize);
        while !stack.is_empty() || !rebuffer.is_empty() || next < n_tokens {
            let n_buffer = rebuffer.len() + n_tokens - next;
            let buffer = |nth: usize| match rebuffer.len().checked_sub(nth + 1) {
                Some(at) => rebuffer[at],
                None if nth < n_buffer => (next + nth - rebuffer.len()) as u32,
                None => NONE,
            };
            let on_stack = |nth: usize| stack.len().checked_sub(nth + 1).map_or(NONE, |at| stack[at]);
            let (b0, b1, s0) = (buffer(0), buffer(1), on_stack(0));
            let flags = |it: u32| some(it).map_or(UNSEEN, |it| state[it]);
            let (at_b0, at_s0) = (flags(b0), flags(s0));
            let may_shift = stack.is_empty() || (n_buffer >= 2 && !at_b0.sent_start && !at_b0.unshiftable);
            let may_attach = !stack.is_empty() && n_buffer >= 1 && !at_b0.sent_start;
            let may_cut = n_buffer >= 2 && b1 == b0 + 1 && !flags(b1).sent_start;
            let one_choice = match (may_shift, !stack.is_empty(), may_attach, may_cut) {
                (true, false, false, false) => Some(shift),
                (false, true, false, false) => Some(reduce),
                _ => None,
            };
            let class = one_choice.unwrap_or_else(|| {
                let features =
                    [b0, b1, s0, on_stack(1), on_stack(2), at_b0.last_left, at_s0.last_left, at_s0.last_right];
                let scores = scorer.scores::<N_FEATURES>(engine, &self.model, inputs, features.map(some));
                let pick = |may_cut: bool| {
                    // Ties go to the first class. A score that is not a number never wins; some move is always open.
                    let mut best = (f32::NEG_INFINITY, if stack.is_empty() { shift } else { reduce });
                    if may_shift {
                        better(scores, shift..shift + 1, &mut best);
                    }
                    if !stack.is_empty() {
                        better(scores, reduce..reduce + 1, &mut best);
                    }
                    if may_attach {
                        better(scores, left.start..right.end, &mut best);
                    }
                    if may_cut {
                        better(scores, cut..cut + 1, &mut best);
                    }
                    best.1
                };
                match pick(may_cut) {
                    // A break changes nothing that the features see, so the scores stay good.
                    class if class == cut => {
                        state[b1 as usize].sent_start = true;
                        pick(false)
                    }
                    class => class,
                }
            });
            if class == shift {
                stack.push(b0);
                next += usize::from(rebuffer.pop().is_none());
            } else if class == reduce {
                stack.pop();
                // A token without a head goes back to the buffer instead of being lost, unless it is the last.
                if at_s0.head == NONE && !stack.is_empty() {
                    rebuffer.push(s0);
                    state[s0 as usize].unshiftable = true;
                }
            } else if class < left.end {
                if at_s0.head != NONE {
                    detach_right(state, s0);
                }
                attach(state, labels, s0, b0, self.left[class - left.start]);
                let head = &mut state[b0 as usize];
                let before = std::mem::replace(&mut head.last_left, s0);
                head.unshiftable = false;
                state[s0 as usize].before = before;
                stack.pop();
            } else {
                attach(state, labels, b0, s0, self.right[class - right.start]);
                let before = std::mem::replace(&mut state[s0 as usize].last_right, b0);
                state[b0 as usize].before = before;
                stack.push(b0);
                next += usize::from(rebuffer.pop().is_none());
            }
        }
    }
}

fn attach(state: &mut [TokenState], labels: &mut [Label], child: u32, head: u32, label: Label) {
    state[child as usize].head = head;
    labels[child as usize] = label;
}

/// Takes the arc to `child` away: it is the last right arc of its head.
fn detach_right(state: &mut [TokenState], child: u32) {
    let TokenState { head, before, .. } = state[child as usize];
    let head = &mut state[head as usize];
    debug_assert_eq!(head.last_right, child);
    head.last_right = before;
}

impl ParserScratch {
    /// Gives the room of a very long text back.
    fn forget_long(&mut self) {
        const TOKENS_MAX: usize = 1 << 16;
        if self.state.capacity() > TOKENS_MAX {
            self.state = Vec::new();
            self.labels = Vec::new();
            self.heads = Vec::new();
            self.stack = Vec::new();
            self.rebuffer = Vec::new();
        }
    }
}
