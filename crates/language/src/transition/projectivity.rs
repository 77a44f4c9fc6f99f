//! From the parser's arcs to the final tree: subtree edges, sentences, and arcs that were lifted during training.

use std::collections::VecDeque;

use hashbrown::HashMap;

use crate::labels::Dep;
use crate::transition::parser::Label;

/// Passes over the arcs until the subtree edges are at rest.
const PASSES_MAX: usize = 12;

/// Tokens looked at in the search for true heads, for each token of a text. Real text needs fewer than one; the
/// bound keeps a text made to be slow from taking quadratic time. Beyond it lifted arcs stay where they are.
const LOOKS_PER_TOKEN_MAX: usize = 200;

/// A finished dependency tree, one per sentence.
pub(crate) struct Tree {
    pub(crate) heads: Vec<u32>,
    pub(crate) deps: Vec<Dep>,
    pub(crate) left_edges: Vec<u32>,
    pub(crate) right_edges: Vec<u32>,
    pub(crate) sent_starts: Vec<bool>,
}

/// Computes edges and sentences, and moves lifted arcs to their true heads.
pub(crate) fn finish(heads: &[u32], labels: &[Label], is_space: impl Fn(usize) -> bool) -> Tree {
    let mut tree = Tree {
        heads: heads.to_vec(),
        deps: Vec::with_capacity(labels.len()),
        left_edges: Vec::new(),
        right_edges: Vec::new(),
        sent_starts: Vec::new(),
    };
    tree.deps.extend(labels.iter().map(|it| it.dep));
    tree.find_edges();
    if labels.iter().any(|it| it.lifted_from.is_some()) && tree.lower_arcs(labels, is_space) {
        tree.find_edges();
    }
    let Tree { heads, left_edges, .. } = &tree;
    let mut sent_starts = vec![false; heads.len()];
    for (token, &head) in heads.iter().enumerate() {
        if head as usize == token {
            sent_starts[left_edges[token] as usize] = true;
        }
    }
    tree.sent_starts = sent_starts;
    tree
}

impl Tree {
    fn find_edges(&mut self) {
        let Tree { heads, left_edges, right_edges, .. } = self;
        left_edges.clear();
        left_edges.extend(0..heads.len() as u32);
        right_edges.clone_from(left_edges);
        for _ in 0..PASSES_MAX {
            let mut pass = |token: usize| {
                let head = heads[token] as usize;
                left_edges[head] = left_edges[head].min(left_edges[token]);
                right_edges[head] = right_edges[head].max(right_edges[token]);
            };
            (0..heads.len()).for_each(&mut pass);
            (0..heads.len()).rev().for_each(&mut pass);
            if closed(heads, left_edges) {
                break;
            }
        }
    }

    /// Moves every lifted arc to its true head: the nearest token below the present head that has the label
    /// named, level by level. Returns whether anything moved or lost its mark.
    fn lower_arcs(&mut self, labels: &[Label], is_space: impl Fn(usize) -> bool) -> bool {
        // Labels that are still marked match no plain label.
        let mut marked: Vec<bool> = labels.iter().map(|it| it.lifted_from.is_some()).collect();
        let children = Children::new(&self.heads);
        let mut moved: HashMap<u32, Vec<u32>> = HashMap::new();
        let mut any = false;
        let mut n_looks_left = labels.len().saturating_mul(LOOKS_PER_TOKEN_MAX);
        for (token, label) in labels.iter().enumerate() {
            let Some(wanted) = label.lifted_from else { continue };
            any = true;
            marked[token] = false;
            let mut queue = VecDeque::from([self.heads[token]]);
            let mut found = None;
            let mut here: Vec<u32> = Vec::new();
            'search: while let Some(head) = queue.pop_front() {
                children.of(head, &self.heads, moved.get(&head), &mut here);
                let Some(left) = n_looks_left.checked_sub(here.len() + 1) else { break };
                n_looks_left = left;
                let (first, last) = (self.left_edges[head as usize], self.right_edges[head as usize]);
                for &child in &here {
                    // The edges are those from before any arc was moved.
                    if child < first || last < child || child as usize == token || is_space(child as usize) {
                        continue;
                    }
                    if self.deps[child as usize] == wanted && !marked[child as usize] {
                        found = Some(child);
                        break 'search;
                    }
                    queue.push_back(child);
                }
            }
            if let Some(head) = found {
                self.heads[token] = head;
                moved.entry(head).or_default().push(token as u32);
            }
        }
        any
    }
}

/// Whether the sentences that the edges give have all their heads inside.
fn closed(heads: &[u32], left_edges: &[u32]) -> bool {
    let mut starts = vec![false; heads.len() + 1];
    for (token, &head) in heads.iter().enumerate() {
        if head as usize == token {
            starts[left_edges[token] as usize] = true;
        }
    }
    let mut start = 0;
    for at in 0..heads.len() {
        let last = at + 1 == heads.len();
        if at > 0 && (starts[at] || last) {
            let inside = |head: u32| start <= head as usize && head as usize <= at;
            if !heads[start..at].iter().all(|&head| inside(head)) {
                return false;
            }
            start = at;
        }
    }
    true
}

/// The children of every head before any arc was moved.
struct Children {
    starts: Vec<u32>,
    children: Vec<u32>,
}

impl Children {
    fn new(heads: &[u32]) -> Children {
        let mut starts = vec![0u32; heads.len() + 2];
        for (child, &head) in heads.iter().enumerate() {
            starts[head as usize + 2] += u32::from(head as usize != child);
        }
        for at in 1..starts.len() {
            starts[at] += starts[at - 1];
        }
        let mut children = vec![0; starts[heads.len() + 1] as usize];
        for (child, &head) in heads.iter().enumerate() {
            if head as usize != child {
                let at = &mut starts[head as usize + 1];
                children[*at as usize] = child as u32;
                *at += 1;
            }
        }
        Children { starts, children }
    }

    /// The children that `head` has now, in text order. `moved` lists those it got since.
    fn of(&self, head: u32, heads: &[u32], moved: Option<&Vec<u32>>, into: &mut Vec<u32>) {
        into.clear();
        let range = self.starts[head as usize] as usize..self.starts[head as usize + 1] as usize;
        into.extend(self.children[range].iter().filter(|&&child| heads[child as usize] == head));
        if let Some(moved) = moved {
            // A token that was moved to the head it had is listed twice.
            into.extend(moved);
            into.sort_unstable();
            into.dedup();
        }
    }
}
