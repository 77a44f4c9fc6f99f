//! Times, figures and acts as marks.

use rapporteur_model::{ActorIx, Annotations, Span};

/// A state by its code, others by name: ids made of names are another extractor's affair.
fn named(known: &Annotations, actor: ActorIx) -> &str {
    let actor = &known.actors[actor.ix()];
    if actor.id.len() == 3 { &actor.id } else { &actor.name }
}

/// `2025-12-02TAF`, with the modifier after it; `?` for no value.
pub(super) fn times(known: &Annotations, _: &str) -> Vec<(Span, String)> {
    let mark = |it: &rapporteur_model::Time| {
        let value = it.value.as_deref().unwrap_or("?");
        let modifier = it.modifier.map_or(String::new(), |it| format!(" {it}"));
        (it.span, format!("{} {value}{modifier}", it.kind.as_str()))
    };
    known.times.iter().map(mark).collect()
}

/// `> 700 soldier`; money with who gives it to whom and how far it has come.
pub(super) fn figures(known: &Annotations, _: &str) -> Vec<(Span, String)> {
    let mark = |it: &rapporteur_model::Figure| {
        let value = it.value.map_or("?".to_owned(), |it| format!("{}", (it * 1000.0).round() / 1000.0));
        let upper = it.value_max.map_or(String::new(), |it| format!("..{it}"));
        let mut label = format!("{} {value}{upper}", it.change.as_str());
        let actor = |it: Option<ActorIx>| it.map(|it| named(known, it).to_owned());
        let parts = [
            Some(it.normalized_unit.clone()).filter(|it| !it.is_empty()),
            it.additional.then(|| "more".to_owned()),
            actor(it.giver).map(|it| format!("from {it}")),
            actor(it.recipient).map(|it| format!("to {it}")),
            it.status.map(|it| it.as_str().to_owned()),
            it.conversion_of.map(|_| "converted".to_owned()),
        ];
        for part in parts.into_iter().flatten() {
            label.push(' ');
            label.push_str(&part);
        }
        (it.span, label)
    };
    known.figures.iter().map(mark).collect()
}

/// `CONSULT meeting scheduled FRA+DEU > POL in Paris on 2025-12-02 = CONSULT FRAGOV > POL`: after the sign what is coded.
pub(super) fn acts(known: &Annotations, _: &str) -> Vec<(Span, String)> {
    let ids = |actors: &[ActorIx]| actors.iter().map(|it| named(known, *it)).collect::<Vec<_>>().join("+");
    let mark = |it: &rapporteur_model::Act| {
        let parts = [
            Some(it.kind.to_owned()),
            it.mode.map(str::to_owned),
            Some(it.realis.as_str().to_owned()),
            (!it.positive).then(|| "not".to_owned()),
            Some(ids(&it.actors)).filter(|it| !it.is_empty()),
            Some(ids(&it.recipients)).filter(|it| !it.is_empty()).map(|it| format!("> {it}")),
            it.time.and_then(|it| known.times[it.ix()].value.clone()).map(|it| format!("on {it}")),
            it.coded.as_ref().map(|it| {
                let sides = [it.sources.join("+"), it.targets.join("+")];
                let targets = if sides[1].is_empty() { String::new() } else { format!(" > {}", sides[1]) };
                format!("= {} {}{targets}", it.kind, sides[0])
            }),
        ];
        (it.trigger, parts.into_iter().flatten().collect::<Vec<_>>().join(" "))
    };
    known.acts.iter().filter(|it| it.mode != Some("statement")).map(mark).collect()
}
