//! Who gives a sum to whom, what for, and how far it has come.

use rapporteur_model::{ActorIx, Annotations, Figure, PledgeStatus, Span, TokenIx};

use crate::Tree;

/// Verbs of giving; the second column is how far the sum has come when the verb is told as done.
const GIVING: &[(&str, PledgeStatus)] = &[
    ("pledge", PledgeStatus::Pledged),
    ("promise", PledgeStatus::Pledged),
    ("offer", PledgeStatus::Pledged),
    ("commit", PledgeStatus::Pledged),
    ("vow", PledgeStatus::Pledged),
    ("announce", PledgeStatus::Pledged),
    ("unveil", PledgeStatus::Pledged),
    ("earmark", PledgeStatus::Pledged),
    ("contribute", PledgeStatus::Delivered),
    ("give", PledgeStatus::Delivered),
    ("provide", PledgeStatus::Delivered),
    ("donate", PledgeStatus::Delivered),
    ("grant", PledgeStatus::Agreed),
    ("lend", PledgeStatus::Delivered),
    ("loan", PledgeStatus::Delivered),
    ("pay", PledgeStatus::Delivered),
    ("send", PledgeStatus::Delivered),
    ("transfer", PledgeStatus::Delivered),
    ("disburse", PledgeStatus::Delivered),
    ("release", PledgeStatus::Delivered),
    ("deliver", PledgeStatus::Delivered),
    ("allocate", PledgeStatus::Agreed),
    ("approve", PledgeStatus::Agreed),
    ("agree", PledgeStatus::Agreed),
    ("sign", PledgeStatus::Agreed),
    ("invest", PledgeStatus::Delivered),
    ("spend", PledgeStatus::Delivered),
    ("fund", PledgeStatus::Delivered),
    ("finance", PledgeStatus::Delivered),
    ("propose", PledgeStatus::Proposed),
    ("plan", PledgeStatus::Proposed),
    ("suggest", PledgeStatus::Proposed),
    ("request", PledgeStatus::Proposed),
    ("seek", PledgeStatus::Proposed),
    ("ask", PledgeStatus::Proposed),
    ("need", PledgeStatus::Proposed),
    ("block", PledgeStatus::Blocked),
    ("veto", PledgeStatus::Blocked),
    ("reject", PledgeStatus::Blocked),
    ("oppose", PledgeStatus::Blocked),
    ("suspend", PledgeStatus::Blocked),
    ("freeze", PledgeStatus::Blocked),
    ("withhold", PledgeStatus::Blocked),
];

/// Nouns of sums given.
const GIFTS: &[&str] = &[
    "aid", "assistance", "contribution", "credit", "donation", "funding", "fund", "grant", "loan", "package",
    "payment", "pledge", "subsidy", "support", "tranche", "money", "investment", "bailout", "relief", "help",
];

/// Words that make a sum a plan.
const PLANS: &[&str] = &[
    "plan", "proposal", "idea", "scheme", "bid", "request", "propose", "consider", "discuss", "wrangle", "debate",
    "weigh",
];

/// Fills giver, recipient, purpose and status of a sum that hangs on `token`.
pub(super) fn fill(known: &Annotations, tree: &Tree, token: TokenIx, figure: &mut Figure) {
    let mut gift = false;
    let mut planned = false;
    let mut at = token;
    for _ in 0..10 {
        let it = &known.tokens[at.ix()];
        let lemma = known.lemma(at);
        gift |= it.pos == "NOUN" && GIFTS.contains(&lemma);
        planned |= PLANS.contains(&lemma);
        if gift && it.pos == "NOUN" {
            from_noun(known, tree, at, figure);
        }
        // "released on $10,000 bond", "sold at $5": the sum is not what is given.
        let aside = it.dep == "prep" && !matches!(lemma, "with" | "of" | "for" | "in" | "to" | "up" | "by" | "about");
        if aside && !gift && figure.giver.is_none() {
            break;
        }
        if it.pos == "VERB" || it.pos == "AUX" {
            let giving = GIVING.iter().find(|(verb, _)| *verb == lemma);
            if let Some((_, told)) = giving.filter(|_| figure.status.is_none()) {
                from_verb(known, tree, at, *told, figure);
                gift = true;
                // "a plan to provide": the noun over the verb says how far it has come.
                planned |= known.ancestors(at).take(3).any(|it| PLANS.contains(&known.lemma(it)));
                if planned {
                    figure.status = Some(PledgeStatus::Proposed);
                }
                break;
            }
        }
        // Another clause's verb gives something else: "research suggests they have escaped taxes".
        let own = it.pos == "VERB"
            && matches!(it.dep, "ccomp" | "advcl" | "parataxis")
            && tree.child(known, at, &["nsubj", "nsubjpass"]).is_some();
        if it.head == at || own {
            break;
        }
        at = it.head;
    }
    if gift && figure.status.is_none() && planned {
        figure.status = Some(PledgeStatus::Proposed);
    }
    if !gift {
        (figure.giver, figure.recipient, figure.purpose, figure.status) = (None, None, None, None);
    }
}

/// "to provide Ukraine a loan", "it would contribute another €250m to the fund to buy weapons".
fn from_verb(known: &Annotations, tree: &Tree, verb: TokenIx, told: PledgeStatus, figure: &mut Figure) {
    figure.status = Some(status(known, tree, verb, told));
    // "he was paid $75", "the film was financed with $5m from donors": the subject gets it.
    let passive = tree.child(known, verb, &["nsubjpass"]);
    if let Some(subject) = passive {
        let agent = tree.child(known, verb, &["agent"]).and_then(|it| tree.child(known, it, &["pobj"]));
        let from = || {
            tree.children(verb).iter().find_map(|it| {
                let from = known.tokens[it.ix()].dep == "prep" && known.lemma(*it) == "from";
                tree.child(known, *it, &["pobj"]).filter(|_| from)
            })
        };
        figure.giver = figure.giver.or_else(|| agent.or_else(from).and_then(|it| actor_of(known, tree, it)));
        if !tree.subtree(known, subject).overlaps(figure.span) {
            figure.recipient = figure.recipient.or_else(|| actor_of(known, tree, subject));
        }
    } else if figure.giver.is_none() {
        figure.giver = subject(known, tree, verb).and_then(|it| actor_of(known, tree, it));
    }
    for child in tree.children(verb) {
        let it = &known.tokens[child.ix()];
        let lemma = known.lemma(*child);
        match it.dep {
            "dative" if it.pos == "ADP" => recipient(known, tree, *child, figure),
            "dative" => figure.recipient = figure.recipient.or_else(|| actor_of(known, tree, *child)),
            "dobj" if !tree.subtree(known, *child).overlaps(figure.span) => {
                figure.recipient = figure.recipient.or_else(|| actor_of(known, tree, *child));
            }
            "prep" if lemma == "to" => recipient(known, tree, *child, figure),
            "prep" if lemma == "for" => purpose(known, tree, *child, figure),
            "xcomp" | "advcl" if verb < *child && tree.children(*child).iter().any(|it| known.lemma(*it) == "to") => {
                figure.purpose = figure.purpose.or_else(|| Some(tree.subtree(known, *child)));
            }
            _ => {}
        }
    }
    for child in tree.children(verb) {
        if known.tokens[child.ix()].dep == "dobj" {
            after_noun(known, tree, *child, figure);
        }
    }
    past_the_fund(known, tree, verb, figure);
}

/// "a grant to Moldova for schools", "Germany's loan".
fn from_noun(known: &Annotations, tree: &Tree, noun: TokenIx, figure: &mut Figure) {
    for child in tree.children(noun) {
        let it = &known.tokens[child.ix()];
        if it.dep == "poss" && figure.giver.is_none() {
            figure.giver = actor_of(known, tree, *child);
        }
        if it.dep == "prep" && known.lemma(*child) == "from" && figure.giver.is_none() {
            figure.giver = tree.child(known, *child, &["pobj"]).and_then(|it| actor_of(known, tree, it));
        }
    }
    after_noun(known, tree, noun, figure);
}

fn after_noun(known: &Annotations, tree: &Tree, noun: TokenIx, figure: &mut Figure) {
    for child in tree.children(noun).iter().filter(|it| noun < **it) {
        let it = &known.tokens[child.ix()];
        match (it.dep, known.lemma(*child)) {
            ("prep" | "dative", "to") => recipient(known, tree, *child, figure),
            ("prep", "for") => purpose(known, tree, *child, figure),
            ("acl" | "relcl", _) if tree.children(*child).iter().any(|it| known.tokens[it.ix()].tag == "TO") => {
                figure.purpose = figure.purpose.or_else(|| Some(tree.subtree(known, *child)));
            }
            ("prep", "in") => {
                // "$5m in aid to Chad"
                if let Some(object) = tree.child(known, *child, &["pobj"]) {
                    after_noun(known, tree, object, figure);
                }
            }
            _ => {}
        }
    }
}

fn recipient(known: &Annotations, tree: &Tree, preposition: TokenIx, figure: &mut Figure) {
    let Some(object) = tree.child(known, preposition, &["pobj"]) else { return };
    if figure.recipient.is_none() {
        figure.recipient = actor_of(known, tree, object);
    }
    // "to the initiative to buy weapons for Ukraine": a fund is a way, its purpose is the purpose.
    for child in tree.children(object).iter().filter(|it| object < **it) {
        let it = &known.tokens[child.ix()];
        if matches!(it.dep, "acl" | "relcl") && figure.purpose.is_none() {
            figure.purpose = Some(tree.subtree(known, *child));
        }
    }
}

/// "for Ukraine" names who gets it, "for schools" what it is for.
/// What money goes through on its way.
fn is_fund(lemma: &str) -> bool {
    matches!(
        lemma.to_lowercase().as_str(),
        "initiative"
            | "fund"
            | "programme"
            | "program"
            | "scheme"
            | "mechanism"
            | "facility"
            | "project"
            | "appeal"
            | "campaign"
            | "effort"
    )
}

/// "to the fund to buy pumps for Malta": whom it is for in the end, where what it goes to is a way there.
fn past_the_fund(known: &Annotations, tree: &Tree, verb: TokenIx, figure: &mut Figure) {
    let to_fund = tree.children(verb).iter().any(|it| {
        known.lemma(*it) == "to" && tree.child(known, *it, &["pobj"]).is_some_and(|it| is_fund(known.lemma(it)))
    });
    if let Some(purpose) = figure.purpose.filter(|_| to_fund) {
        figure.recipient = for_whom(known, tree, purpose).or(figure.recipient);
    }
}

fn for_whom(known: &Annotations, tree: &Tree, span: Span) -> Option<ActorIx> {
    let first = known.tokens.partition_point(|it| it.span.start() < span.start());
    let inside =
        (first..known.tokens.len()).map(TokenIx::from).take_while(|it| known.tokens[it.ix()].span.end() <= span.end());
    inside
        .filter(|it| known.tokens[it.ix()].dep == "prep" && known.lemma(*it) == "for")
        .find_map(|it| actor_of(known, tree, tree.child(known, it, &["pobj"])?))
}

fn purpose(known: &Annotations, tree: &Tree, preposition: TokenIx, figure: &mut Figure) {
    let Some(object) = tree.child(known, preposition, &["pobj", "pcomp"]) else { return };
    match actor_of(known, tree, object) {
        Some(actor) if figure.recipient.is_none() => figure.recipient = Some(actor),
        _ => figure.purpose = figure.purpose.or_else(|| Some(tree.subtree(known, object))),
    }
}

/// How far a sum has come, from the tense and modals over the verb.
fn status(known: &Annotations, tree: &Tree, verb: TokenIx, told: PledgeStatus) -> PledgeStatus {
    let it = &known.tokens[verb.ix()];
    if told == PledgeStatus::Blocked || told == PledgeStatus::Proposed {
        return told;
    }
    let mut modal = "";
    let mut to = false;
    for child in tree.children(verb) {
        match known.tokens[child.ix()].tag {
            "MD" => modal = known.lemma(*child),
            "TO" => to = true,
            _ => {}
        }
    }
    match modal {
        "will" | "shall" | "would" | "'ll" => PledgeStatus::Pledged,
        "" if to => match known.lemma(it.head) {
            "pledge" | "promise" | "vow" | "commit" | "announce" | "offer" => PledgeStatus::Pledged,
            "agree" | "decide" | "approve" => PledgeStatus::Agreed,
            "refuse" => PledgeStatus::Blocked,
            _ => PledgeStatus::Proposed,
        },
        "" => told,
        _ => PledgeStatus::Proposed,
    }
}

/// The subject of a verb, its own or that of the verb it hangs on.
pub(super) fn subject(known: &Annotations, tree: &Tree, verb: TokenIx) -> Option<TokenIx> {
    let mut at = verb;
    for _ in 0..6 {
        if let Some(found) = tree.child(known, at, &["nsubj"]) {
            return Some(found);
        }
        // "was given by Norway"
        if let Some(agent) = tree.child(known, at, &["agent"]) {
            return tree.child(known, agent, &["pobj"]);
        }
        let it = &known.tokens[at.ix()];
        let climbs = matches!(
            it.dep,
            "xcomp" | "conj" | "acl" | "relcl" | "advcl" | "pcomp" | "ccomp" | "prep" | "pobj" | "dobj"
        );
        if it.head == at || !climbs {
            return None;
        }
        at = it.head;
    }
    None
}

/// The actor that a noun phrase means: the mention on its head, else the first one inside.
pub(super) fn actor_of(known: &Annotations, tree: &Tree, noun: TokenIx) -> Option<ActorIx> {
    let noun = crate::extractors::acts::holder_of_pronoun(known, tree, noun).unwrap_or(noun);
    let head = known.tokens[noun.ix()].span;
    let span: Span = tree.subtree(known, noun);
    // A clause inside the phrase speaks of others.
    let end = tree
        .children(noun)
        .iter()
        .filter(|it| noun < **it && matches!(known.tokens[it.ix()].dep, "relcl" | "acl" | "appos" | "prep" | "conj"))
        .map(|it| tree.subtree(known, *it).start())
        .min()
        .unwrap_or(span.end());
    let within = Span::new(span.start().min(end), end);
    let at = known.mentions.partition_point(|it| it.span.end() <= within.start());
    let mentions =
        known.mentions[at..].iter().take_while(|it| it.span.start() < within.end()).filter(|it| it.actor.is_some());
    let on_head = mentions.clone().find(|it| it.span.overlaps(head));
    on_head.or_else(|| mentions.clone().next()).and_then(|it| it.actor)
}
