"""Writes data/given_names.tsv from the name lists of the Python package faker (MIT) and from given_names_by_hand.tsv.

    python3 -m pip install faker && python3 crates/lexicon/tools/given_names.py

A name that lists of both sexes hold is `u`, unless ours says otherwise. Names of other scripts are put into Latin letters.
"""
import importlib, pathlib, re, unicodedata
import faker

HERE = pathlib.Path(__file__).parent
LATIN = ("de_DE de_AT es_ES es_MX fr_FR it_IT pl_PL tr_TR cs_CZ da_DK fi_FI hr_HR hu_HU nl_NL no_NO pt_PT pt_BR ro_RO sv_SE "
         "sl_SI en_GB en_US en_IN en_PK en_NG en_KE id_ID az_AZ ha_NG yo_NG ig_NG zu_ZA sw tw_GH ga_IE et_EE lt_LT lv_LV uz_UZ is_IS sk_SK").split()
CYRILLIC = {"ru_RU": dict(zip("абвгдеёжзийклмнопрстуфхцчшщъыьэюя", "a b v g d e e zh z i y k l m n o p r s t u f kh ts ch sh shch . y . e yu ya".split())),
            "uk_UA": dict(zip("абвгґдеєжзиіїйклмнопрстуфхцчшщьюя", "a b v h g d e ie zh z y i i i k l m n o p r s t u f kh ts ch sh shch . iu ia".split())),
            "bg_BG": dict(zip("абвгдежзийклмнопрстуфхцчшщъьюя", "a b v g d e zh z i y k l m n o p r s t u f h ts ch sh sht a y yu ya".split()))}
PER_LIST = {"default": 110, "en_US": 260, "en_GB": 160, "ru_RU": 200, "uk_UA": 200, "tr_TR": 140, "fr_FR": 140, "de_DE": 160, "en_IN": 160, "az_AZ": 60, "tw_GH": 40, "zu_ZA": 60, "is_IS": 40}


def latin(name, table):
    out = "".join(table.get(letter, letter) for letter in name.lower()).replace(".", "")
    if table is CYRILLIC["ru_RU"]:
        out = re.sub(r"iy$|yy$", "y", out)
    return out.capitalize()


def plain(name):
    return "".join(it for it in unicodedata.normalize("NFD", name) if not unicodedata.combining(it)).lower()


found = {}
for locale in LATIN + list(CYRILLIC):
    provider = importlib.import_module(f"faker.providers.person.{locale}").Provider
    for sex, attribute in (("m", "first_names_male"), ("f", "first_names_female")):
        names = getattr(provider, attribute, None) or ()
        weighted = names.items() if isinstance(names, dict) else ((it, 1) for it in names)
        ranked = [it for it, _ in sorted(weighted, key=lambda it: -it[1])]
        for name in ranked[: PER_LIST.get(locale, PER_LIST["default"])]:
            name = latin(name, CYRILLIC[locale]) if locale in CYRILLIC else name
            if re.fullmatch(r"[^\W\d_]{2,}(-[^\W\d_]+)?", name) and name[0].isupper():
                key = plain(name)
                shown, sexes, n = found.get(key, (name, set(), 0))
                found[key] = (shown, sexes | {sex}, n + 1)
rows = {key: (name, sexes.pop() if len(sexes) == 1 else "u") for key, (name, sexes, n) in found.items()}
for line in (HERE / "given_names_by_hand.tsv").read_text(encoding="utf-8").splitlines():
    if line and not line.startswith("#"):
        sex, names = line.split("\t")
        for name in names.split():
            if sex == "-":
                rows.pop(plain(name), None)
            else:
                rows[plain(name)] = (name, sex)
out = "\n".join("\t".join(it) for _, it in sorted(rows.items()))
(HERE.parent / "data" / "given_names.tsv").write_text(
    "# Given names and who bears them. Written by tools/given_names.py: change given_names_by_hand.tsv.\n"
    f"# Source: name lists of the Python package faker {faker.VERSION} (MIT, (c) 2012 Daniele Faraglia), put into Latin letters; and general knowledge.\n"
    "# Date: 2026-11. Licence: MIT for what comes from faker, else as the project.\n# name\tsex\n" + out + "\n", encoding="utf-8")
