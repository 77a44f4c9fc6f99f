//! What names of elements, classes and ids say of the text inside.

/// Names of what stands beside an article.
pub(super) const ASIDE: &[&str] = &[
    "ad",
    "ads",
    "advert",
    "advertisement",
    "aside",
    "banner",
    "bio",
    "breadcrumb",
    "breadcrumbs",
    "carousel",
    "comment",
    "comments",
    "consent",
    "cookie",
    "copyright",
    "cta",
    "disclaimer",
    "disqus",
    "feedback",
    "footer",
    "form",
    "login",
    "menu",
    "modal",
    "mostread",
    "nav",
    "navigation",
    "newsletter",
    "outbrain",
    "poll",
    "popular",
    "popup",
    "promo",
    "promobox",
    "readmore",
    "recirc",
    "recommend",
    "recommended",
    "recommendations",
    "related",
    "replies",
    "share",
    "sharing",
    "sidebar",
    "signup",
    "social",
    "sponsored",
    "subscribe",
    "subscription",
    "taboola",
    "tagcloud",
    "taglist",
    "tags",
    "teaser",
    "toolbar",
    "trending",
    "upsell",
    "widget",
    "dialog",
    "onetrust",
    "select",
];

/// Names of what is never the article's, however much of the text it holds.
pub(super) const STRONG: &[&str] = &[
    "aside",
    "comment",
    "comments",
    "consent",
    "cookie",
    "disqus",
    "footer",
    "menu",
    "nav",
    "navigation",
    "newsletter",
    "outbrain",
    "popular",
    "recirc",
    "recommended",
    "recommendations",
    "related",
    "replies",
    "taboola",
    "trending",
];

/// Names of what is inside an article and is not its running text.
pub(super) const NOT_TEXT: &[&str] = &[
    "author",
    "authors",
    "byline",
    "button",
    "caption",
    "credit",
    "credits",
    "dateline",
    "figcaption",
    "figure",
    "headline",
    "image",
    "meta",
    "photo",
    "player",
    "timestamp",
    "gallery",
    "slideshow",
    "media",
    "hidden",
];

/// Names of the element that holds an article, without their hyphens.
pub(super) const GOOD: &[&str] = &[
    "articlebody",
    "articletext",
    "articlecontent",
    "entrycontent",
    "postcontent",
    "postbody",
    "storybody",
    "storycontent",
    "contentbody",
    "bodycopy",
    "maincontent",
    "richtext",
    "storytext",
    "bodytext",
    "newstext",
    "articlemain",
    "wysiwyg",
];

/// Whether a word of the element's names is one of `names`. Words are parted at marks and where a capital follows a
/// small letter: `CaptionWrapper`, `related-links`.
pub(super) fn has_word(element: &str, names: &[&str]) -> bool {
    let mut start = 0;
    let bytes = element.as_bytes();
    for at in 0..=bytes.len() {
        let is_end = at == bytes.len()
            || !bytes[at].is_ascii_alphanumeric()
            || (0 < at && bytes[at].is_ascii_uppercase() && bytes[at - 1].is_ascii_lowercase());
        if !is_end {
            continue;
        }
        let word = element.get(start..at).unwrap_or("");
        if names.iter().any(|it| it.eq_ignore_ascii_case(word)) {
            return true;
        }
        start = if at < bytes.len() && bytes[at].is_ascii_alphanumeric() { at } else { at + 1 };
    }
    false
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
        assert!(has_word("div.CaptionWrapper-bp", &["caption"]));
        assert!(has_word("div.related-links#x", &["related"]));
        assert!(has_word("aside", &["aside"]));
        assert!(!has_word("div.metadata", &["meta"]));
        assert!(!has_word("div.header", &["ad"]));
        assert!(has_good_name("div.article__body", GOOD));
    }
}
