//! What a folded word counts as: one spelling for several, its hash, its stem, and whether it stands in every text.

use std::cell::RefCell;

use super::{WORD_BYTES_MAX, hash};

/// What a word counts as.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Form {
    /// Hash of the word in one spelling.
    pub(super) hash: u32,
    /// Hash of its stem.
    pub(super) stem: u32,
    /// Whether it is one of the small words.
    pub(super) is_stop: bool,
}

/// The form of the word `folded[..len]`; `each` is told its stem. What is left in `folded` afterwards is of no use.
pub(super) fn form(
    folded: &mut [u8; WORD_BYTES_MAX],
    len: usize,
    is_number: bool,
    each: &mut dyn FnMut(&[u8]),
) -> Form {
    let word = respell(folded, len);
    let is_stop = STOP_WORDS.binary_search(&&folded[..word]).is_ok();
    let whole = hash(&folded[..word]);
    let stem = if is_number || is_stop { &folded[..word] } else { stem(folded, word) };
    each(stem);
    Form { hash: whole, stem: hash(stem), is_stop }
}

/// Longer words are rare, and worked out each time.
const KEPT_BYTES_MAX: usize = 15;
/// Words kept for a thread, a power of two: news has some thousands that come again and again.
const KEPT: usize = 1 << 12;

/// A word met lately, and what it counts as.
#[derive(Clone, Copy)]
struct Met {
    word: [u8; KEPT_BYTES_MAX],
    len: u8,
    form: Form,
}

thread_local! {
    /// Each word has one place, by its hash, and gives way to the next that has the same. A word's form follows from its
    /// bytes alone, so what is kept here shows in no result.
    static MET: RefCell<Vec<Met>> = const { RefCell::new(Vec::new()) };
}

/// The same as [`form`], looked up where the word was met lately: a report is folded for each stage and each neighbour.
pub(super) fn known_form(folded: &mut [u8; WORD_BYTES_MAX], len: usize, is_number: bool) -> Form {
    if KEPT_BYTES_MAX < len || len == 0 {
        return form(folded, len, is_number, &mut |_| {});
    }
    MET.with_borrow_mut(|met| {
        if met.is_empty() {
            met.resize(KEPT, Met { word: [0; KEPT_BYTES_MAX], len: 0, form: Form::default() });
        }
        let place = &mut met[hash(&folded[..len]) as usize & (KEPT - 1)];
        if usize::from(place.len) != len || place.word[..len] != folded[..len] {
            place.word[..len].copy_from_slice(&folded[..len]);
            place.len = len as u8;
            place.form = form(folded, len, is_number, &mut |_| {});
        }
        place.form
    })
}

/// Brings British and American spelling, and a few transliterations, to one form. Works in place; returns the new length.
fn respell(word: &mut [u8; WORD_BYTES_MAX], len: usize) -> usize {
    if len < 4 {
        return len;
    }
    let folded = &word[..len];
    if let Ok(at) = SPELLINGS.binary_search_by(|(from, _)| (*from).cmp(folded)) {
        let to = SPELLINGS[at].1;
        word[..to.len()].copy_from_slice(to);
        return to.len();
    }
    for ending in [&b"ise"[..], b"ised", b"ises", b"ising", b"isation", b"isations", b"iser", b"isers"] {
        if len >= ending.len() + 4 && folded.ends_with(ending) {
            word[len - ending.len() + 1] = b'z';
            return len;
        }
    }
    for ending in [&b"yse"[..], b"ysed", b"yses", b"ysing"] {
        if len >= ending.len() + 4 && folded.ends_with(ending) {
            word[len - ending.len() + 1] = b'z';
            return len;
        }
    }
    for ending in [&b"elled"[..], b"elling", b"eller", b"ellers", b"alled", b"alling"] {
        if len >= ending.len() + 3 && folded.ends_with(ending) {
            return remove(word, len, len - ending.len() + 1);
        }
    }
    for (ending, kept) in [(&b"skyy"[..], 3), (b"skiy", 2), (b"skyi", 3), (b"skii", 2), (b"skij", 2)] {
        if len >= ending.len() + 2 && folded.ends_with(ending) {
            let at = len - ending.len() + kept;
            word[at - if kept == 2 { 0 } else { 1 }] = b'y';
            return at + usize::from(kept == 2);
        }
    }
    for stem in OUR_STEMS {
        let u = stem.len() + 1;
        if len >= u + 2 && folded.starts_with(stem) && folded[stem.len()..].starts_with(b"our") {
            return remove(word, len, u);
        }
    }
    len
}

fn remove(word: &mut [u8; WORD_BYTES_MAX], len: usize, at: usize) -> usize {
    word.copy_within(at + 1..len, at);
    len - 1
}

/// A light stem: endings of number and tense are taken off. In place.
fn stem(word: &mut [u8; WORD_BYTES_MAX], mut len: usize) -> &[u8] {
    let is_vowel = |byte: u8| matches!(byte, b'a' | b'e' | b'i' | b'o' | b'u' | b'y');
    if len > 4 && word[..len].ends_with(b"ies") {
        len -= 2;
    } else if len > 3 && word[len - 1] == b's' && !matches!(word[len - 2], b's' | b'u' | b'i') {
        len -= 1;
    }
    for ending in [&b"ing"[..], b"ed"] {
        if len >= ending.len() + 3
            && word[..len].ends_with(ending)
            && word[..len - ending.len()].iter().any(|it| is_vowel(*it))
        {
            len -= ending.len();
            if len > 3 && word[len - 1] == word[len - 2] && !matches!(word[len - 1], b's' | b'l' | b'e' | b'o') {
                len -= 1;
            }
            break;
        }
    }
    if len > 4 && word[..len].ends_with(b"ly") {
        len -= 2;
    }
    if len > 3 && word[len - 1] == b'e' {
        len -= 1;
    }
    if len > 3 && word[len - 1] == b'y' {
        word[len - 1] = b'i';
    }
    &word[..len]
}

const OUR_STEMS: [&[u8]; 16] = [
    b"arm", b"behavi", b"cand", b"clam", b"col", b"endeav", b"fav", b"glam", b"harb", b"hon", b"hum", b"lab",
    b"neighb", b"rum", b"sav", b"vap",
];

/// Single words with two spellings, sorted.
const SPELLINGS: &[(&[u8], &[u8])] = &[
    (b"acknowledgement", b"acknowledgment"),
    (b"ageing", b"aging"),
    (b"airplane", b"aeroplane"),
    (b"aluminium", b"aluminum"),
    (b"centre", b"center"),
    (b"centred", b"centered"),
    (b"centres", b"centers"),
    (b"cheque", b"check"),
    (b"counsellor", b"counselor"),
    (b"defence", b"defense"),
    (b"defences", b"defenses"),
    (b"enquiry", b"inquiry"),
    (b"enrolment", b"enrollment"),
    (b"fibre", b"fiber"),
    (b"fulfil", b"fulfill"),
    (b"grey", b"gray"),
    (b"jewellery", b"jewelry"),
    (b"judgement", b"judgment"),
    (b"kharkov", b"kharkiv"),
    (b"kiev", b"kyiv"),
    (b"kilometre", b"kilometer"),
    (b"kilometres", b"kilometers"),
    (b"licence", b"license"),
    (b"licences", b"licenses"),
    (b"litre", b"liter"),
    (b"litres", b"liters"),
    (b"lvov", b"lviv"),
    (b"manoeuvre", b"maneuver"),
    (b"manoeuvres", b"maneuvers"),
    (b"metre", b"meter"),
    (b"metres", b"meters"),
    (b"moslem", b"muslim"),
    (b"moslems", b"muslims"),
    (b"odessa", b"odesa"),
    (b"offence", b"offense"),
    (b"offences", b"offenses"),
    (b"pretence", b"pretense"),
    (b"programme", b"program"),
    (b"programmes", b"programs"),
    (b"sceptical", b"skeptical"),
    (b"skilful", b"skillful"),
    (b"theatre", b"theater"),
    (b"theatres", b"theaters"),
    (b"tyre", b"tire"),
];

/// Small words, folded and sorted.
const STOP_WORDS: &[&[u8]] = &[
    b"a", b"about", b"above", b"after", b"again", b"against", b"all", b"also", b"although", b"am", b"among", b"an",
    b"and", b"another", b"any", b"are", b"arent", b"as", b"at", b"be", b"because", b"been", b"before", b"being",
    b"below", b"between", b"both", b"but", b"by", b"can", b"cannot", b"could", b"couldnt", b"did", b"didnt", b"do",
    b"does", b"doesnt", b"doing", b"dont", b"down", b"during", b"each", b"ever", b"every", b"few", b"for", b"from",
    b"further", b"had", b"has", b"hasnt", b"have", b"havent", b"having", b"he", b"her", b"here", b"hers", b"herself",
    b"him", b"himself", b"his", b"how", b"however", b"i", b"if", b"im", b"in", b"into", b"is", b"isnt", b"it", b"its",
    b"itself", b"just", b"like", b"may", b"me", b"might", b"more", b"most", b"much", b"must", b"my", b"myself", b"no",
    b"nor", b"not", b"now", b"of", b"off", b"on", b"once", b"one", b"only", b"or", b"other", b"our", b"ours", b"out",
    b"over", b"own", b"said", b"same", b"say", b"says", b"she", b"should", b"since", b"so", b"some", b"still", b"such",
    b"than", b"that", b"the", b"their", b"them", b"then", b"there", b"these", b"they", b"this", b"those", b"through",
    b"to", b"too", b"under", b"until", b"up", b"upon", b"very", b"was", b"wasnt", b"we", b"were", b"what", b"when",
    b"where", b"whether", b"which", b"while", b"who", b"whom", b"why", b"will", b"with", b"would", b"you", b"your",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_are_sorted() {
        assert!(STOP_WORDS.is_sorted());
        assert!(SPELLINGS.is_sorted_by_key(|it| it.0));
    }

    #[test]
    fn a_word_met_before_counts_as_when_met_first() {
        let fold = |word: &str| {
            let mut folded = [0; WORD_BYTES_MAX];
            folded[..word.len()].copy_from_slice(word.as_bytes());
            folded
        };
        // More words than are kept, so that some give way to others.
        let words: Vec<String> =
            (0..2 * KEPT).map(|n| format!("{}defence{}", char::from(b'a' + (n % 26) as u8), n)).collect();
        let more = ["organised", "travelled", "the", "harbour", "kiev", "1999", "a", "of", "warnings"];
        for _ in 0..2 {
            for word in words.iter().map(String::as_str).chain(more) {
                let is_number = word.bytes().any(|it| it.is_ascii_digit());
                let wanted = form(&mut fold(word), word.len(), is_number, &mut |_| {});
                assert_eq!(known_form(&mut fold(word), word.len(), is_number), wanted, "{word}");
            }
        }
    }
}
