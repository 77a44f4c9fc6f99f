//! Folding: what two outlets spell differently though they mean the same characters.

/// Lower case, straight quotes, plain dashes and spaces, no diacritics.
pub fn fold(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    fold_into(text, &mut out);
    out
}

/// The same into a buffer of the caller's; the buffer is emptied first.
pub fn fold_into(text: &str, out: &mut String) {
    out.clear();
    for c in text.chars() {
        fold_char(c, |it| out.push(it));
    }
}

/// One character folded; `to` gets none, one or two characters ("ß" is "ss", a soft hyphen is nothing).
pub fn fold_char(c: char, mut to: impl FnMut(char)) {
    if c.is_ascii() {
        return to(c.to_ascii_lowercase());
    }
    match c {
        '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{FEFF}' | '\u{2060}' | '\u{300}'..='\u{36F}' => {}
        '‘' | '’' | '‚' | '‛' | '′' | '´' | '‹' | '›' | 'ʼ' => to('\''),
        '“' | '”' | '„' | '‟' | '″' | '«' | '»' => to('"'),
        '‐' | '‑' | '‒' | '–' | '—' | '―' | '−' => to('-'),
        '…' => to('.'),
        '\u{A0}' | '\u{1680}' | '\u{2000}'..='\u{200A}' | '\u{202F}' | '\u{205F}' | '\u{3000}' => to(' '),
        _ => match base_letters(c) {
            Some(base) => base.chars().for_each(to),
            None => c.to_lowercase().filter(|it| !matches!(it, '\u{300}'..='\u{36F}')).for_each(to),
        },
    }
}

// Latin letters with diacritics, as names in news have them, and their base letters. Other scripts keep theirs:
// й is a letter of its own.
const BASES: &[(&str, &str)] = &[
    ("a", "àáâãäåāăąǎǻạảấầẩẫậắằẳẵặ"),
    ("ae", "æǽ"),
    ("c", "çćĉċč"),
    ("d", "ďđð"),
    ("e", "èéêëēĕėęěẹẻẽếềểễệə"),
    ("g", "ĝğġģǧ"),
    ("h", "ĥħ"),
    ("i", "ìíîïĩīĭįıǐịỉ"),
    ("j", "ĵ"),
    ("k", "ķ"),
    ("l", "ĺļľŀł"),
    ("n", "ñńņňŉŋ"),
    ("o", "òóôõöøōŏőơǒọỏốồổỗộớờởỡợ"),
    ("oe", "œ"),
    ("r", "ŕŗř"),
    ("s", "śŝşšșſ"),
    ("ss", "ßẞ"),
    ("t", "ţťŧț"),
    ("th", "þ"),
    ("u", "ùúûüũūŭůűųưǔụủứừửữự"),
    ("w", "ŵẁẃẅ"),
    ("y", "ýÿŷỳỵỷỹ"),
    ("z", "źżž"),
];

// All letters of the table lie in these blocks, so that Cyrillic, Arabic or Chinese text costs one comparison.
fn base_letters(c: char) -> Option<&'static str> {
    if !matches!(c, '\u{C0}'..='\u{24F}' | '\u{259}' | '\u{1E00}'..='\u{1EFF}') {
        return None;
    }
    let lower = c.to_lowercase().next().unwrap_or(c);
    BASES.iter().find(|(_, letters)| letters.contains(lower)).map(|(base, _)| *base)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folds_what_outlets_spell_differently() {
        assert_eq!(fold("‘Élysée’ — “Łódź”"), "'elysee' - \"lodz\"");
        assert_eq!(fold("Straße, İstanbul, Æsir"), "strasse, istanbul, aesir");
        assert_eq!(fold("co\u{AD}operate a\u{A0}b"), "cooperate a b");
        assert_eq!(fold("Київ"), "київ");
        assert_eq!(fold("e\u{301}"), "e");
    }

    #[test]
    fn every_letter_of_the_table_is_reached() {
        for (base, letters) in BASES {
            for c in letters.chars() {
                assert_eq!(fold(&c.to_string()), *base, "{c}");
            }
        }
    }
}
