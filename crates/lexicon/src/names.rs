//! Keys under which the spellings of one name meet: Zelenskyy, Zelensky, Zelenskiy; Kyiv, Kiev.
//!
//! A key is for comparing only and is never shown. It is coarse on purpose: two names with one key *may* be one
//! name; a caller looks for a second sign (the same report family, office or given name) before merging people.

/// Words that are one name in different languages or spellings, the key first. After folding.
const CLASSES: &str = include_str!("../data/name_variants.tsv");

use std::collections::BTreeMap;
use std::sync::LazyLock;

static CLASS_OF: LazyLock<BTreeMap<String, String>> = LazyLock::new(|| {
    let mut class_of = BTreeMap::new();
    for line in crate::table::lines(CLASSES) {
        let mut words = line.split('\t').flat_map(|cell| cell.split('|')).map(fold_word);
        let Some(key) = words.next() else { continue };
        for word in words {
            class_of.entry(word).or_insert_with(|| key.clone());
        }
    }
    class_of
});

/// Whether a name has a word in large letters beside one in small ones: "CALM DAN Danny Dyer", "ANNA BERG Harbourside". A
/// teaser's or a playlist's label has run into it.
pub fn is_glued(name: &str) -> bool {
    let loud = |it: &str| 2 < it.chars().count() && it.chars().all(char::is_uppercase);
    name.split(' ').any(loud) && name.contains(char::is_lowercase)
}

/// A letter without its marks, in small letters, as up to two ASCII letters. `None` for what is no letter.
fn plain(letter: char) -> Option<&'static str> {
    const ASCII: &str = "abcdefghijklmnopqrstuvwxyz0123456789";
    let small =
        if letter.is_ascii() { letter.to_ascii_lowercase() } else { letter.to_lowercase().next().unwrap_or(letter) };
    if small.is_ascii() {
        let at = match small {
            'a'..='z' => small as usize - 'a' as usize,
            '0'..='9' => 26 + small as usize - '0' as usize,
            _ => return None,
        };
        return Some(&ASCII[at..at + 1]);
    }
    Some(match small {
        'à' | 'á' | 'â' | 'ã' | 'å' | 'ā' | 'ă' | 'ą' | 'ǎ' | 'ạ' | 'ả' | 'ấ' | 'ầ' | 'ậ' | 'ắ' | 'ặ' => {
            "a"
        }
        'ä' | 'æ' => "ae",
        'ç' | 'ć' | 'č' | 'ĉ' | 'ċ' => "c",
        'ď' | 'đ' | 'ð' | 'ḍ' => "d",
        'è' | 'é' | 'ê' | 'ë' | 'ē' | 'ė' | 'ę' | 'ě' | 'ế' | 'ề' | 'ệ' | 'ể' | 'ə' => "e",
        'ğ' | 'ģ' | 'ĝ' | 'ġ' | 'ǧ' => "g",
        'ħ' | 'ĥ' | 'ḥ' | 'ḫ' => "h",
        'ì' | 'í' | 'î' | 'ï' | 'ī' | 'į' | 'ı' | 'ị' | 'ĩ' => "i",
        'ķ' => "k",
        'ł' | 'ľ' | 'ĺ' | 'ļ' => "l",
        'ñ' | 'ń' | 'ň' | 'ņ' => "n",
        'ò' | 'ó' | 'ô' | 'õ' | 'ō' | 'ọ' | 'ố' | 'ồ' | 'ộ' | 'ơ' | 'ớ' | 'ờ' => "o",
        'ö' | 'ø' | 'ő' | 'œ' => "oe",
        'ŕ' | 'ř' => "r",
        'ś' | 'š' | 'ş' | 'ș' | 'ŝ' | 'ṣ' => "s",
        'ß' => "ss",
        'ť' | 'ţ' | 'ț' | 'ṭ' => "t",
        'þ' => "th",
        'ù' | 'ú' | 'û' | 'ũ' | 'ū' | 'ů' | 'ų' | 'ư' | 'ứ' | 'ừ' | 'ụ' => "u",
        'ü' | 'ű' => "ue",
        'ŵ' => "w",
        'ý' | 'ÿ' | 'ỳ' => "y",
        'ź' | 'ż' | 'ž' | 'ẓ' => "z",
        _ => return None,
    })
}

/// Small letters without marks; what is neither letter nor digit falls out. "Élysée" becomes "elysee".
pub fn fold_letters(text: &str) -> String {
    text.chars().map(|letter| plain(letter).unwrap_or(if letter.is_alphanumeric() { "?" } else { "" })).collect()
}

/// A hash of [`fold_letters`] of the text, without making it: FNV-1a.
pub(crate) fn hash_letters(text: &str) -> u64 {
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    for letter in text.chars() {
        for byte in plain(letter).unwrap_or(if letter.is_alphanumeric() { "?" } else { "" }).bytes() {
            hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }
    hash
}

/// The key of one word of a name.
fn fold_word(word: &str) -> String {
    // Letters of scripts without a rule here stay as they are: better no merging than wrong merging.
    let mut key = String::with_capacity(word.len() + 4);
    for letter in word.chars() {
        match plain(letter) {
            Some(letters) => key.push_str(letters),
            None if letter.is_alphanumeric() => key.extend(letter.to_lowercase()),
            None => {}
        }
    }
    // Order matters: longer clusters first, endings before doubles collapse.
    for (from, into) in [
        ("tsch", "ch"),
        ("sch", "sh"),
        ("tch", "ch"),
        ("dzh", "j"),
        ("dj", "j"),
        ("ck", "k"),
        ("ph", "f"),
        ("gh", "g"),
        ("kh", "h"),
        ("dh", "d"),
        ("q", "k"),
        ("x", "ks"),
        ("w", "v"),
        ("ae", "a"),
        ("oe", "o"),
        ("ue", "u"),
        ("ou", "u"),
        ("oo", "u"),
        ("ee", "i"),
        ("yi", "y"),
        ("yj", "y"),
        ("ij", "y"),
        ("yy", "y"),
        ("iy", "y"),
        ("ii", "y"),
    ] {
        if key.contains(from) {
            key = key.replace(from, into);
        }
    }
    for (from, into) in [
        ("off", "ov"),
        ("eff", "ev"),
        ("ski", "sky"),
        ("tski", "tsky"),
        ("ai", "ay"),
        ("ei", "ey"),
        ("oi", "oy"),
        ("iya", "ia"),
        ("yia", "ia"),
        ("ya", "ia"),
        ("eva", "eva"),
        ("ie", "y"),
    ] {
        if key.len() > from.len() + 1 && key.ends_with(from) {
            key.truncate(key.len() - from.len());
            key.push_str(into);
            break;
        }
    }
    for (from, into) in [("ye", "e"), ("je", "e"), ("iu", "yu"), ("ju", "yu"), ("ia", "ya"), ("ja", "ya")] {
        if key.len() > 3 && key.starts_with(from) {
            key.replace_range(..from.len(), into);
            break;
        }
    }
    // "iy" inside a word and final "i" are one sound with "y"; doubled letters are one.
    if key.len() > 3 && key.ends_with('i') {
        key.pop();
        key.push('y');
    }
    let mut last = None;
    key.retain(|letter| last.replace(letter) != Some(letter) || letter.is_ascii_digit());
    key
}

/// The key under which the spellings of a name meet. Words stay in order, parted by blanks.
///
/// ```
/// use rapporteur_lexicon::names::fold_name;
/// assert_eq!(fold_name("Volodymyr Zelenskyy"), fold_name("Volodymyr Zelensky"));
/// assert_eq!(fold_name("Kiev"), fold_name("Kyiv"));
/// assert_eq!(fold_name("Abdel-Fattah el-Sisi"), fold_name("Abdul Fatah Al Sisi"));
/// ```
pub fn fold_name(name: &str) -> String {
    let words: Vec<String> = name
        .split(|letter: char| letter.is_whitespace() || matches!(letter, '-' | '‐' | '‑' | '–' | '.' | ','))
        .map(fold_word)
        .filter(|word| !word.is_empty())
        .map(|word| CLASS_OF.get(&word).cloned().unwrap_or(word))
        .collect();
    let is_article = |word: &str| matches!(word, "al" | "el" | "ul" | "ad" | "as" | "ash" | "ar" | "an" | "az" | "at");
    let has_more = words.len() > 1;
    let kept: Vec<&str> = words.iter().map(String::as_str).filter(|word| !(has_more && is_article(word))).collect();
    if kept.is_empty() { words.join(" ") } else { kept.join(" ") }
}

#[cfg(test)]
mod tests {
    use super::{fold_letters, fold_name};

    #[test]
    fn spellings_meet() {
        for group in [
            &["Zelenskyy", "Zelensky", "Zelenskiy", "Zelenskyi", "Zelenski", "Zelens'kyj"][..],
            &["Kyiv", "Kiev", "Kyjiw"],
            &["Mohammed", "Muhammad", "Mohamed", "Muhammed", "Mohammad"],
            &["Lavrov", "Lawrow", "Lavroff"],
            &["Sergei", "Sergey", "Serhiy", "Sergej"],
            &["Erdoğan", "Erdogan"],
            &["Müller", "Mueller"],
            &["Yevgeny", "Evgeny", "Yevgeniy", "Evgeni"],
            &["Khamenei", "Khameney"],
            &["Odessa", "Odesa"],
            &["Nikolai", "Nikolay"],
            &["Tymoshenko", "Timoshenko"],
            &["Hussein", "Hussain", "Husayn", "Hossein"],
            &["Ørsted", "Oersted"],
        ] {
            for name in group {
                assert_eq!(fold_name(name), fold_name(group[0]), "{name}");
            }
        }
    }

    #[test]
    fn other_names_stay_apart() {
        for (a, b) in [
            ("Merz", "Macron"),
            ("Poroshenko", "Tymoshenko"),
            ("Ivanov", "Ivanova"),
            ("Li", "Liu"),
            ("Iran", "Iraq"),
            ("Rubio", "Rubin"),
            ("Al", ""),
        ] {
            assert_ne!(fold_name(a), fold_name(b), "{a} {b}");
        }
    }

    #[test]
    fn other_scripts_stay_as_they_are() {
        assert_eq!(fold_name("Зеленський"), "зеленський");
        assert_eq!(fold_letters("Élysée Palace"), "elyseepalace");
    }
}
