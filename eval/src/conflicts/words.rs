//! Words that edits put in.

use rapporteur_model::{ActorKind, Annotated, MentionKind, MentionUse};

use crate::chance::Chance;

/// Names from other stories: nobody and no place of the story at hand.
#[derive(Debug, Clone, Default)]
pub struct Pool {
    /// People, given name and surname.
    pub people: Vec<String>,
    /// Towns and regions.
    pub places: Vec<String>,
    /// States.
    pub states: Vec<String>,
}

impl Pool {
    /// The names of some reports.
    pub fn new(reports: &[Annotated]) -> Pool {
        let mut pool = Pool::default();
        for report in reports {
            let known = &report.annotations;
            for mention in known.mentions.iter().filter(|it| it.kind == MentionKind::Named) {
                let Some(actor) = mention.actor.and_then(|it| known.actors.get(it.ix())) else { continue };
                let name = mention.span.of(report.text()).to_owned();
                let plain = name.split(' ').all(|it| it.chars().all(char::is_alphabetic) && 2 < it.len());
                if !plain || name.chars().filter(|it| it.is_uppercase()).count() != name.split(' ').count() {
                    continue;
                }
                match actor.kind {
                    ActorKind::Person if name.split(' ').count() == 2 => pool.people.push(name),
                    ActorKind::State if mention.usage == MentionUse::Place => pool.states.push(name),
                    ActorKind::Place if mention.usage == MentionUse::Place => pool.places.push(name),
                    _ => {}
                }
            }
        }
        for list in [&mut pool.people, &mut pool.places, &mut pool.states] {
            list.sort();
            list.dedup();
        }
        pool
    }

    /// One of a list that a text does not have a word of.
    pub fn stranger<'a>(list: &'a [String], text: &str, chance: &mut Chance) -> Option<&'a String> {
        let others: Vec<&String> = list.iter().filter(|it| it.split(' ').all(|word| !text.contains(word))).collect();
        (!others.is_empty()).then(|| others[chance.below(others.len())])
    }
}

/// The day so many days before, `YYYY-MM-DD`; nothing across the beginning of a month.
pub(super) fn days_before(day: &str, n: i32) -> Option<String> {
    let at: i32 = day.get(8..10)?.parse().ok()?;
    (n < at).then(|| format!("{}{:02}", &day[..8], at - n))
}

/// Weekdays.
pub(super) const WEEKDAYS: [&str; 7] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

/// Months.
pub(super) const MONTHS: [&str; 12] = [
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
];

/// Small numbers in words.
pub(super) const NUMBERS: [&str; 13] =
    ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"];

/// Words for the same in the same form.
pub(super) const SYNONYMS: &[(&str, &str)] = &[
    ("said", "stated"),
    ("began", "started"),
    ("started", "began"),
    ("announced", "made known"),
    ("told", "informed"),
    ("bought", "purchased"),
    ("purchased", "bought"),
    ("killed", "left dead"),
    ("injured", "hurt"),
    ("hurt", "injured"),
    ("wounded", "injured"),
    ("died", "lost their lives"),
    ("ended", "finished"),
    ("children", "youngsters"),
    ("police", "officers"),
    ("attack", "assault"),
    ("firm", "company"),
    ("company", "firm"),
    ("car", "vehicle"),
    ("vehicle", "car"),
    ("near", "close to"),
    ("about", "around"),
    ("arrested", "detained"),
    ("detained", "arrested"),
    ("freed", "released"),
    ("released", "freed"),
    ("showed", "revealed"),
    ("revealed", "showed"),
    ("held", "staged"),
    ("used", "employed"),
    ("received", "got"),
    ("big", "large"),
    ("large", "big"),
    ("large-scale", "big"),
    ("attempted", "tried"),
    ("tried", "attempted"),
    ("home", "house"),
    ("men", "males"),
    ("film", "movie"),
    ("movie", "film"),
    ("blast", "explosion"),
    ("explosion", "blast"),
    ("crashed", "came down"),
    ("hit", "struck"),
    ("struck", "hit"),
    ("quit", "stepped down"),
    ("resigned", "stepped down"),
    ("won", "took"),
    ("beat", "defeated"),
    ("defeated", "beat"),
    ("called", "described"),
    ("made", "produced"),
    ("fell", "dropped"),
    ("rose", "climbed"),
    ("confirmed", "verified"),
    ("wrote", "penned"),
    ("deal", "agreement"),
    ("agreement", "deal"),
    ("probe", "inquiry"),
    ("investigation", "inquiry"),
    ("lawyer", "attorney"),
    ("attorney", "lawyer"),
    ("launched", "sent up"),
];

/// Spellings of the same word.
pub(super) const SPELLINGS: &[(&str, &str)] = &[
    ("percent", "per cent"),
    ("per cent", "percent"),
    ("center", "centre"),
    ("centre", "center"),
    ("labor", "labour"),
    ("labour", "labor"),
    ("defense", "defence"),
    ("defence", "defense"),
    ("color", "colour"),
    ("program", "programme"),
    ("programme", "program"),
    ("U.S.", "US"),
    ("US", "U.S."),
    ("UK", "U.K."),
    ("U.K.", "UK"),
    ("spokesman", "spokesperson"),
    ("adviser", "advisor"),
    ("advisor", "adviser"),
    ("organization", "organisation"),
    ("organisation", "organization"),
    ("Organization", "Organisation"),
    ("license", "licence"),
    ("canceled", "cancelled"),
    ("cancelled", "canceled"),
    ("favor", "favour"),
    ("neighbors", "neighbours"),
    ("honor", "honour"),
    ("traveled", "travelled"),
    ("gray", "grey"),
    ("realize", "realise"),
    ("recognized", "recognised"),
    ("apologized", "apologised"),
    ("theater", "theatre"),
    ("OK", "okay"),
    ("Mr.", "Mr"),
    ("Dr.", "Dr"),
    ("St.", "St"),
    ("ebook", "e-book"),
    ("website", "web site"),
    ("healthcare", "health care"),
    ("cyberattack", "cyber attack"),
    ("takeover", "take-over"),
    ("harbor", "harbour"),
];

/// Units, what they are in another, and by how much.
pub(super) const CONVERSIONS: &[(&[&str], &str, f64)] = &[
    (&["miles", "mile"], "kilometers", 1.609_344),
    (&["km", "kilometers", "kilometres"], "miles", 0.621_371),
    (&["feet", "foot", "ft"], "meters", 0.3048),
    (&["meters", "metres", "m"], "feet", 3.280_84),
    (&["pounds", "pound", "lbs", "lb"], "kilograms", 0.453_592),
    (&["kg", "kilograms", "kilos"], "pounds", 2.204_62),
    (&["inches", "inch"], "centimeters", 2.54),
    (&["mph"], "km/h", 1.609_344),
    (&["kph", "km/h"], "mph", 0.621_371),
    (&["acres", "acre"], "hectares", 0.404_686),
    (&["hectares", "hectare"], "acres", 2.471_05),
    (&["tons", "tonnes", "ton"], "kilograms", 1_000.0),
    (&["gallons"], "liters", 3.785_41),
    (&["square miles", "sq miles"], "square kilometers", 2.589_99),
];

/// A word in small letters.
pub(super) fn fold(word: &str) -> String {
    word.to_lowercase()
}
