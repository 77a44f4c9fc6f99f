//! The parse as a tree.

use rapporteur_model::{Annotations, Span, TokenIx};

/// Children and subtree borders of every token.
#[derive(Debug, Clone, Default)]
pub struct Tree {
    /// Where each token's children start in `children`; one longer than the tokens.
    starts: Vec<u32>,
    /// Children of all tokens, in text order within each.
    children: Vec<TokenIx>,
    /// First and last token of each token's subtree.
    edges: Vec<(TokenIx, TokenIx)>,
}

impl Tree {
    /// The tree over all tokens; heads never leave their sentence.
    pub fn new(annotations: &Annotations) -> Tree {
        let tokens = &annotations.tokens;
        let n = tokens.len();
        let mut starts = vec![0u32; n + 1];
        for (ix, token) in tokens.iter().enumerate() {
            if token.head.ix() != ix && token.head.ix() < n {
                starts[token.head.ix() + 1] += 1;
            }
        }
        for ix in 0..n {
            starts[ix + 1] += starts[ix];
        }
        let mut next = starts.clone();
        let mut children = vec![TokenIx(0); starts[n] as usize];
        for (ix, token) in tokens.iter().enumerate() {
            if token.head.ix() != ix && token.head.ix() < n {
                let slot = &mut next[token.head.ix()];
                children[*slot as usize] = TokenIx::from(ix);
                *slot += 1;
            }
        }
        // Depths are small, so a few sweeps settle the edges; a sentence of pathological depth stops at the limit.
        let mut edges: Vec<(TokenIx, TokenIx)> = (0..n).map(|ix| (TokenIx::from(ix), TokenIx::from(ix))).collect();
        for _ in 0..64 {
            let mut moved = false;
            let mut widen = |ix: usize, edges: &mut Vec<(TokenIx, TokenIx)>| {
                let head = tokens[ix].head.ix();
                if head == ix || head >= n {
                    return;
                }
                let (first, last) = edges[ix];
                if first < edges[head].0 {
                    edges[head].0 = first;
                    moved = true;
                }
                if last > edges[head].1 {
                    edges[head].1 = last;
                    moved = true;
                }
            };
            for ix in 0..n {
                widen(ix, &mut edges);
            }
            for ix in (0..n).rev() {
                widen(ix, &mut edges);
            }
            if !moved {
                break;
            }
        }
        Tree { starts, children, edges }
    }

    /// The token's children, in text order.
    pub fn children(&self, token: TokenIx) -> &[TokenIx] {
        let ix = token.ix();
        if ix + 1 >= self.starts.len() {
            return &[];
        }
        &self.children[self.starts[ix] as usize..self.starts[ix + 1] as usize]
    }

    /// First and last token of the token's subtree.
    pub fn edges(&self, token: TokenIx) -> (TokenIx, TokenIx) {
        self.edges.get(token.ix()).copied().unwrap_or((token, token))
    }

    /// The bytes of the token's subtree.
    pub fn subtree(&self, annotations: &Annotations, token: TokenIx) -> Span {
        let (first, last) = self.edges(token);
        match (annotations.tokens.get(first.ix()), annotations.tokens.get(last.ix())) {
            (Some(first), Some(last)) => first.span.cover(last.span),
            _ => Span::default(),
        }
    }

    /// The first child with one of these dependency labels.
    pub fn child(&self, annotations: &Annotations, token: TokenIx, deps: &[&str]) -> Option<TokenIx> {
        self.children(token).iter().copied().find(|child| deps.contains(&annotations.tokens[child.ix()].dep))
    }
}
