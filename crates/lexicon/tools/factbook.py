"""Writes data/states.tsv and data/holders.tsv from the CIA World Factbook and from states_by_hand.tsv.

    python3 crates/lexicon/tools/factbook.py FACTBOOK_TSV

FACTBOOK_TSV has the columns gec_code, short_name, long_name, local_name, former_names, abbreviation, capital,
nationality_noun, nationality_adjective, chief_of_state, head_of_government (as printed there, May 2026).
"""
import csv, html, pathlib, re, sys

HERE = pathlib.Path(__file__).parent
DATA = HERE.parent / "data"
book = {}
with open(sys.argv[1], encoding="utf-8") as lines:
    for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE):
        for key in (row["short_name"], row["long_name"]):
            if key and key != "none":
                book.setdefault(key, row)


def clean(text):
    return html.unescape(re.split(r"; note|;|\(prior", text or "")[0]).strip()


def is_name(text):
    return text and text.lower() not in ("none", "na") and len(text) < 60


def unique(items):
    return list(dict.fromkeys(it for it in items if is_name(it)))


def capitals(text):
    return unique(re.sub(r"\s*\(.*?\)", "", it).strip() for it in re.split(r",| and ", clean(text)))


def nouns(text):
    found = []
    for it in re.split(r",| or ", re.sub(r"\((US citizens|US nationals|colloquial)\)", "", clean(text))):
        it = it.strip()
        if it.endswith("(s)"):
            found += [it[:-3], it[:-3] + "s"]
        else:
            found.append(re.sub(r"\s*\(.*?\)", "", it))
    return unique(found)


def adjectives(text):
    return unique(re.sub(r"\s*\(.*?\)", "", it).strip() for it in re.split(r",| or |/", clean(text)))


def pick(own, derived):
    if own.startswith("+"):
        return unique(derived + own[1:].split("|"))
    return own.split("|") if own else derived


MONTHS = "January February March April May June July August September October November December".split()


def iso_date(text):
    year = re.search(r"\b(\d{4})\b", text)
    if not year:
        return ""
    date = re.search(r"(?:(\d{1,2}) )?(" + "|".join(MONTHS) + r") \d{4}", text)
    if not date:
        return year[1]
    month = f"{year[1]}-{MONTHS.index(date[2]) + 1:02}"
    return f"{month}-{int(date[1]):02}" if date[1] else month


TITLES = r"(?:Interim |Acting |Transitional |Transition |Caretaker |Federal |Executive |State |First |Federal )*"
TITLES += r"(?:Captains Regent|Co-princes|President of the [A-Z][\w ]+?|President|Prime Minister|King|Queen|Emperor|Sultan|Amir|Emir|Prince|Grand Duke|Chancellor|Supreme Leader|Taoiseach|Premier|Chief Minister|Governor[- ]General|Governor|Pope|Secretary of State|Lieutenant Governor|Chairperson|Chief Executive)"


def particle(word):
    if word.isupper() and len(word.strip(".")) > 1 and word not in ("II", "III", "IV", "VI", "VIII", "X", "XIV"):
        return re.sub(r"[^\W\d_]+", lambda it: it[0].capitalize(), word)
    return word


def holder(text):
    text = html.unescape(text)
    found = re.match(rf"({TITLES}) (.+?)(?: \((?:since|elected)([^)]*)\)|$)", text)
    if not found or len(found[2]) > 60 or re.search(r"[;,(]| represented | of the ", found[2]):
        return None
    if found[2].startswith("and "):
        return None
    name = " ".join(particle(it) for it in found[2].split())
    return found[1], name, iso_date(found[3] or "")


states, holders = [], []
for line in (HERE / "states_by_hand.tsv").read_text(encoding="utf-8").splitlines():
    if line.startswith("#") or not line:
        continue
    cells = line.split("\t")
    cells += [""] * (8 - len(cells))
    code, key, name, kind, others, caps, adjs, noun = cells
    row = book.get(key, {})
    if key and not row:
        sys.exit(f"{code}: no {key!r} in the Factbook")
    get = lambda column: row.get(column) or ""
    name = name or html.unescape(key)
    derived = [clean(get("long_name")), *(it.strip() for it in re.split(r" or ", clean(get("abbreviation"))))]
    other = [it for it in pick(others, unique(derived)) if it != name]
    cap = [it for it in pick(caps, capitals(get("capital"))) if it not in (name, *other)]
    adj, nn = pick(adjs, adjectives(get("nationality_adjective"))), pick(noun, nouns(get("nationality_noun")))
    states.append("\t".join([code, name, kind, "|".join(other), "|".join(cap), "|".join(adj), "|".join(nn)]))
    for column, kind_ in (("chief_of_state", "head-of-state"), ("head_of_government", "head-of-government")):
        found = holder(get(column))
        if found:
            holders.append("\t".join([code, kind_, *found]))

SOURCE = "# Source: CIA World Factbook, May 2026 (public domain)"
(DATA / "states.tsv").write_text(
    "# States and territories, their names, capitals and people. Written by tools/factbook.py: change states_by_hand.tsv.\n"
    + SOURCE + ", with names and codes by hand (ISO 3166-1 alpha-3; XKX by custom). Licence: as the project.\n"
    "# code\tname\tkind\tother_names\tcapitals\tadjectives\tnouns\n" + "\n".join(sorted(states)) + "\n", encoding="utf-8")
(DATA / "holders.tsv").write_text(
    "# Heads of state and government as printed in May 2026: hints with dates, never truth about a report. Written by tools/factbook.py.\n"
    + SOURCE + ". Licence: as the project.\n# state\tkind\ttitle\tname\tsince\n" + "\n".join(sorted(holders)) + "\n", encoding="utf-8")
