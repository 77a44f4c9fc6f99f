//! What names of elements, classes and ids say of the text inside.

/// Names of what stands beside an article.
pub(super) const ASIDE: &[&str] = &[
    "ad", "ads", "advert", "advertisement", "aside", "banner", "bio", "breadcrumb", "breadcrumbs", "carousel",
    "comment", "comments", "consent", "cookie", "copyright", "cta", "disclaimer", "disqus", "feedback", "footer",
    "form", "login", "menu", "modal", "mostread", "nav", "navigation", "newsletter", "outbrain", "poll", "popular",
    "popup", "promo", "promobox", "readmore", "recirc", "recommend", "recommended", "recommendations", "related",
    "replies", "share", "sharing", "sidebar", "signup", "social", "sponsored", "subscribe", "subscription", "taboola",
    "tagcloud", "taglist", "tags", "teaser", "toolbar", "trending", "upsell", "widget", "dialog", "onetrust", "select",
];

/// Names of what is never the article's, however much of the text it holds.
pub(super) const STRONG: &[&str] = &[
    "aside", "comment", "comments", "consent", "cookie", "disqus", "footer", "menu", "nav", "navigation", "newsletter",
    "outbrain", "popular", "recirc", "recommended", "recommendations", "related", "replies", "taboola", "trending",
];

/// Names of what is inside an article and is not its running text.
pub(super) const NOT_TEXT: &[&str] = &[
    "author", "authors", "byline", "button", "caption", "credit", "credits", "dateline", "figcaption", "figure",
    "headline", "image", "meta", "photo", "player", "timestamp", "gallery", "slideshow", "media", "hidden",
];

/// Names of the element that holds an article, without their hyphens.
pub(super) const GOOD: &[&str] = &[
    "articlebody", "articletext", "articlecontent", "entrycontent", "postcontent", "postbody", "storybody",
    "storycontent", "contentbody", "bodycopy", "maincontent", "richtext", "storytext", "bodytext", "newstext",
    "articlemain", "wysiwyg",
];

/// A set of the names above: a bit each, `ASIDE` first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Names(u128);

const _: () = assert!(ASIDE.len() + NOT_TEXT.len() <= 128);

impl Names {
    /// All of `ASIDE`.
    pub(super) const ASIDE: Names = Names((1 << ASIDE.len()) - 1);
    /// All of `NOT_TEXT`.
    pub(super) const NOT_TEXT: Names = Names(((1 << NOT_TEXT.len()) - 1) << ASIDE.len());

    /// Those of a list of words.
    pub(super) fn of(words: &[&str]) -> Names {
        words.iter().fold(Names::default(), |names, it| Names(names.0 | bit(it)))
    }

    /// Those that stand in the names of the elements of `path`. Words are parted at marks and where a capital follows
    /// a small letter: `CaptionWrapper`, `related-links`.
    pub(super) fn in_path(path: &str) -> Names {
        let bytes = path.as_bytes();
        let (mut found, mut start) = (0, 0);
        for at in 0..=bytes.len() {
            let is_end = at == bytes.len()
                || !bytes[at].is_ascii_alphanumeric()
                || (start < at && bytes[at].is_ascii_uppercase() && bytes[at - 1].is_ascii_lowercase());
            if !is_end {
                continue;
            }
            found |= path.get(start..at).map_or(0, bit);
            start = if at < bytes.len() && bytes[at].is_ascii_alphanumeric() { at } else { at + 1 };
        }
        Names(found)
    }

    pub(super) const fn and(self, other: Names) -> Names {
        Names(self.0 & other.0)
    }

    pub(super) const fn without(self, other: Names) -> Names {
        Names(self.0 & !other.0)
    }

    pub(super) const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// One by one, each a set of itself.
    pub(super) fn iter(self) -> impl Iterator<Item = Names> {
        (0..ASIDE.len() + NOT_TEXT.len()).map(move |ix| Names(self.0 & (1 << ix))).filter(|it| !it.is_empty())
    }

    /// Which bit the only name of the set is.
    pub(super) const fn index(self) -> usize {
        self.0.trailing_zeros() as usize
    }

    pub(super) const fn with(self, other: Names) -> Names {
        Names(self.0 | other.0)
    }
}

/// The names in the ways down to blocks, one after the other: blocks that follow each other share most of the way.
#[derive(Debug, Default)]
pub(super) struct NamesOfPaths<'a> {
    last: &'a str,
    // Where each element of `last` ends, and the names down to there.
    ends: Vec<(usize, Names)>,
}

impl<'a> NamesOfPaths<'a> {
    /// [`Names::in_path`] of `path`.
    pub(super) fn names(&mut self, path: &'a str) -> Names {
        if path == self.last {
            return self.ends.last().map_or(Names::default(), |it| it.1);
        }
        let n_same = path.bytes().zip(self.last.bytes()).take_while(|(a, b)| a == b).count();
        let is_whole = |end: usize| end <= n_same && path.as_bytes().get(end).is_none_or(|it| *it == b' ');
        let n_kept = self.ends.iter().take_while(|(end, _)| is_whole(*end)).count();
        self.ends.truncate(n_kept);
        let (mut start, mut names) = self.ends.last().copied().unwrap_or_default();
        while start < path.len() {
            let from = start + usize::from(path.as_bytes()[start] == b' ');
            let end = path[from..].find(' ').map_or(path.len(), |at| from + at);
            names = names.with(Names::in_path(&path[start..end]));
            self.ends.push((end, names));
            start = end;
        }
        self.last = path;
        names
    }
}

// The names by their first letter, so that a word is compared with four or five of them.
const BY_LETTER: [u128; 26] = {
    let mut sets = [0; 26];
    let mut ix = 0;
    while ix < ASIDE.len() + NOT_TEXT.len() {
        sets[(name(ix).as_bytes()[0] - b'a') as usize] |= 1 << ix;
        ix += 1;
    }
    sets
};

const fn name(ix: usize) -> &'static str {
    if ix < ASIDE.len() { ASIDE[ix] } else { NOT_TEXT[ix - ASIDE.len()] }
}

fn bit(word: &str) -> u128 {
    let Some(first) = word.bytes().next().filter(u8::is_ascii_alphabetic) else { return 0 };
    let mut left = BY_LETTER[usize::from(first.to_ascii_lowercase() - b'a')];
    while left != 0 {
        let ix = left.trailing_zeros();
        if name(ix as usize).eq_ignore_ascii_case(word) {
            return 1 << ix;
        }
        left &= left - 1;
    }
    0
}

/// Whether the element's names, marks left out, contain one of `names`.
pub(super) fn has_good_name(element: &str, names: &[&str]) -> bool {
    let plain: String =
        element.chars().filter(|it| it.is_ascii_alphanumeric()).map(|it| it.to_ascii_lowercase()).collect();
    names.iter().any(|it| plain.contains(it))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_names() {
        let has = |path: &str, name: &str| !Names::in_path(path).and(Names::of(&[name])).is_empty();
        assert!(has("div.CaptionWrapper-bp", "caption"));
        assert!(has("div.related-links#x", "related"));
        assert!(has("aside", "aside"));
        assert!(!has("div.metadata", "meta"));
        assert!(!has("div.header", "ad"));
        let mut paths = NamesOfPaths::default();
        for path in
            ["body div.related p", "body div.related p", "body div.rel p", "", "body div.related-x ul li", "body"]
        {
            assert_eq!(paths.names(path), Names::in_path(path), "{path}");
        }
        assert_eq!(Names::ASIDE.with(Names::NOT_TEXT).iter().count(), ASIDE.len() + NOT_TEXT.len());
        assert!(STRONG.iter().all(|it| !Names::of(&[it]).is_empty()));
        // A name of both lists would be found in the first only.
        assert!(NOT_TEXT.iter().all(|it| !ASIDE.contains(it)));
        assert!(has_good_name("div.article__body", GOOD));
    }
}
