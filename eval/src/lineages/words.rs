//! Other words for words, spellings, and sentences turned round.

use super::Chance;

/// Words with another that says the same, either way.
const SYNONYMS: &[(&str, &str)] = &[
    ("said", "stated"),
    ("told", "informed"),
    ("also", "moreover"),
    ("but", "yet"),
    ("after", "following"),
    ("about", "roughly"),
    ("because", "since"),
    ("people", "persons"),
    ("new", "fresh"),
    ("big", "large"),
    ("many", "numerous"),
    ("show", "reveal"),
    ("showed", "revealed"),
    ("made", "produced"),
    ("make", "produce"),
    ("get", "obtain"),
    ("got", "obtained"),
    ("help", "aid"),
    ("need", "require"),
    ("while", "whereas"),
    ("more", "further"),
    ("during", "amid"),
    ("called", "named"),
    ("asked", "requested"),
    ("began", "started"),
    ("found", "discovered"),
    ("including", "among them"),
    ("several", "a number of"),
    ("killed", "left dead"),
    ("hurt", "injured"),
    ("attack", "assault"),
    ("government", "administration"),
    ("country", "nation"),
    ("police", "officers"),
    ("company", "firm"),
    ("president", "head of state"),
    ("near", "close to"),
    ("however", "still"),
    ("early", "in the first hours of"),
    ("later", "afterwards"),
    ("decision", "ruling"),
    ("plan", "scheme"),
    ("plans", "schemes"),
    ("meeting", "gathering"),
    ("leaders", "chiefs"),
    ("leader", "chief"),
    ("important", "significant"),
    ("quickly", "rapidly"),
    ("children", "youngsters"),
    ("home", "house"),
    ("car", "vehicle"),
    ("died", "lost their lives"),
    ("end", "close"),
    ("use", "employ"),
    ("used", "employed"),
    ("trying", "seeking"),
    ("try", "seek"),
    ("wants", "wishes"),
    ("want", "wish"),
    ("think", "believe"),
    ("believes", "thinks"),
    ("support", "backing"),
    ("against", "versus"),
    ("deal", "agreement"),
    ("talks", "negotiations"),
    ("officials", "authorities"),
    ("according to", "in the words of"),
    ("workers", "staff"),
    ("fire", "blaze"),
];

/// Spellings, British and American.
const SPELLINGS: &[(&str, &str)] = &[
    ("colour", "color"),
    ("labour", "labor"),
    ("honour", "honor"),
    ("favour", "favor"),
    ("neighbour", "neighbor"),
    ("organise", "organize"),
    ("organisation", "organization"),
    ("realise", "realize"),
    ("recognise", "recognize"),
    ("defence", "defense"),
    ("offence", "offense"),
    ("centre", "center"),
    ("theatre", "theater"),
    ("metre", "meter"),
    ("programme", "program"),
    ("travelled", "traveled"),
    ("cancelled", "canceled"),
    ("grey", "gray"),
    ("analyse", "analyze"),
    ("criticise", "criticize"),
    ("apologise", "apologize"),
    ("behaviour", "behavior"),
    ("aluminium", "aluminum"),
    ("towards", "toward"),
    ("per cent", "percent"),
    ("mum", "mom"),
    ("licence", "license"),
];

/// The whole text in the other spelling, straight quotation marks curly or the reverse, dashes changed.
pub(super) fn respelled(text: &str, chance: &mut Chance) -> String {
    let to_american = chance.below(2) == 0;
    let mut text = text.to_owned();
    for (british, american) in SPELLINGS {
        let (from, to) = if to_american { (british, american) } else { (american, british) };
        // "program" stands in "programme"; what is there already stays.
        if !to.contains(from) || !text.contains(to) {
            text = text.replace(from, to);
        }
    }
    if text.contains(['“', '”', '’']) {
        text = text.replace(['“', '”'], "\"").replace(['‘', '’'], "'");
    } else {
        text = curly(&text);
    }
    if chance.below(2) == 0 { text.replace(" – ", " - ").replace('—', "-") } else { text.replace(" - ", " – ") }
}

fn curly(text: &str) -> String {
    let mut last = ' ';
    let turn = |it: char| {
        let opens = last.is_whitespace() || matches!(last, '(' | '[' | '-' | '–');
        last = it;
        match (it, opens) {
            ('"', true) => '“',
            ('"', false) => '”',
            ('\'', false) => '’',
            (it, _) => it,
        }
    };
    text.chars().map(turn).collect()
}

/// The sentence in other words, and whether enough changed for it to be told anew. Words in quotation marks stay.
pub(super) fn paraphrased(sentence: &str, chance: &mut Chance) -> (String, bool) {
    let mut n_changed = 0;
    let mut is_quoted = false;
    let mut words: Vec<String> = Vec::new();
    for word in sentence.split(' ') {
        let marks = word.matches(['"', '“', '”']).count();
        let bare = word.trim_matches(|it: char| !it.is_alphanumeric());
        let other =
            (!is_quoted && marks == 0).then(|| synonym(bare)).flatten().filter(|_| chance.is_one_of_hundred(85));
        match other {
            Some(other) => {
                n_changed += 1;
                words.push(word.replace(bare, other));
            }
            None => words.push(word.to_owned()),
        }
        is_quoted ^= marks % 2 == 1;
    }
    let n_words = words.len();
    let text = words.join(" ");
    let turned = active(&text).or_else(|| inverted(&text)).or_else(|| halves_swapped(&text));
    let is_told_anew = n_changed * 8 >= n_words || turned.is_some() && n_changed * 16 >= n_words;
    (turned.unwrap_or(text), is_told_anew)
}

fn synonym(word: &str) -> Option<&'static str> {
    SYNONYMS.iter().find_map(|(one, other)| match word {
        it if it == *one => Some(*other),
        it if it == *other => Some(*one),
        _ => None,
    })
}

/// "The bridge was closed by police." as "Police closed the bridge."
fn active(sentence: &str) -> Option<String> {
    let bare = sentence.strip_suffix('.')?;
    let words: Vec<&str> = bare.split(' ').collect();
    let at =
        words.windows(3).position(|it| matches!(it[0], "was" | "were") && it[1].ends_with("ed") && it[2] == "by")?;
    let (subject, by) = (&words[..at], &words[at + 3..]);
    let is_plain = |it: &[&str]| (1..=7).contains(&it.len()) && !it.iter().any(|it| it.contains([',', '"', '“', ';']));
    if !is_plain(subject) || !is_plain(by) {
        return None;
    }
    Some(format!("{} {} {}.", capital(&by.join(" ")), words[at + 1], small_article(&subject.join(" "))))
}

/// "It rained, Hale said." as "Hale said it rained."
fn inverted(sentence: &str) -> Option<String> {
    let bare = sentence.strip_suffix('.')?;
    let (told, who) = bare.rsplit_once(", ")?;
    let is_saying = [" said", " stated", " says", " told reporters"].iter().any(|it| who.ends_with(it));
    if !is_saying || who.split(' ').count() > 6 || told.contains(['"', '“', '”']) {
        return None;
    }
    Some(format!("{} that {}.", capital(who), small_article(told)))
}

/// Two halves at a comma change places when that leaves a sentence.
fn halves_swapped(sentence: &str) -> Option<String> {
    let (first, rest) = sentence.strip_suffix('.')?.split_once(", ")?;
    let is_whole = first.len() > 30 && rest.len() > 30 && !sentence.contains(['"', '“', '”']);
    is_whole.then(|| format!("As {rest}, {}.", small_article(first)))
}

fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |it| it.to_uppercase().chain(chars).collect())
}

/// A first word that is no name begins small inside a sentence.
fn small_article(text: &str) -> String {
    let first = text.split(' ').next().unwrap_or("");
    if matches!(first, "The" | "A" | "An" | "It" | "He" | "She" | "They" | "There" | "This" | "In" | "Its" | "Their") {
        format!("{}{}", first.to_lowercase(), &text[first.len()..])
    } else {
        text.to_owned()
    }
}
