"""Writes ../data/spellings.tsv: words spelled one way in British and another in American English.

General knowledge of the two spellings, by family (-our/-or, -re/-er, -ise/-ize, -yse/-yze, -ogue/-og, doubled l, -ence/-ense,
ae and oe) and a list of single words; no dictionary was copied. Where the American word means something else in British
English too (tire, curb, program, meter, license, practice), the row leads one way only.

    python3 spellings.py > ../data/spellings.tsv
"""

ROWS = {}


def add(british, american, way="both"):
    if british != american:
        ROWS.setdefault(british, (american, way))


def verb(british, american, way="both"):
    """colour: colours, coloured, colouring."""
    for end in ("", "s", "ed", "ing"):
        add(british + end, american + end, way)


OUR = """arbour ardour armour behaviour candour clamour colour demeanour endeavour favour fervour flavour harbour honour humour
labour misbehaviour misdemeanour neighbour odour parlour rancour rigour rumour saviour savour splendour tumour valour vapour
vigour""".split()
for word in OUR:
    verb(word, word[:-3] + "or")
for word in """armoury armouries behavioural colourful colourless discolour discoloured dishonour dishonoured dishonourable favourable
favourably favourite favourites favouritism flavouring harbourside honourable honourably humourless labourer labourers
neighbourhood neighbourhoods neighbourly unfavourable unfavourably rumourmonger savoury endeavouring""".split():
    add(word, word.replace("our", "or"))

for word in "centre theatre litre fibre sabre calibre lustre spectre kilometre centimetre millimetre epicentre millilitre".split():
    add(word, word[:-2] + "er")
    add(word + "s", word[:-2] + "ers")
for british, american in [("centred", "centered"), ("centring", "centering"), ("meagre", "meager"), ("sombre", "somber"),
                          ("centrepiece", "centerpiece"), ("centrepieces", "centerpieces"), ("amphitheatre", "amphitheater")]:
    add(british, american)
add("metre", "meter", "american")
add("metres", "meters", "american")
for british, american in [("manoeuvre", "maneuver"), ("manoeuvres", "maneuvers"), ("manoeuvred", "maneuvered"),
                          ("manoeuvring", "maneuvering")]:
    add(british, american)

IS = """agon antagon apolog author brutal capital capital categor central character civil color colon commercial computer criminal
critic crystall custom decentral demilitar demob democrat demon demoral destabil digit dramat econom emphas energ equal eternal
external familiar fertil final formal fossil general global harmon hospital human ideal immobil immun incentiv industrial
initial internal international jeopard legal legitim liberal local magnet marginal material maxim mechan memor militar minim
mobil modern monopol moral national natural neutral normal optim organ ostrac patron penal personal polar political popular
priorit privat professional public radical random rational real recogn regular reorgan revital revolution romantic sanit
scandal scrutin sensit social special stabil standard steril stigmat subsid summar symbol sympath synchron terror theor
traumat trivial urban utili victim visual vandal weapon western compartmental demonet depressur disorgan institutional
pressur sexual unioni""".split()
for stem in IS:
    stem = {"demob": "demobil", "utili": "util", "unioni": "union", "digit": "digit"}.get(stem, stem)
    for end in ("e", "es", "ed", "ing", "er", "ers", "ation", "ations"):
        add(stem + "is" + end, stem + "iz" + end)
for word in ["organisational", "unorganised", "unauthorised", "unrecognised", "recognisable", "unrecognisable",
             "reorganisation", "disorganised", "unrealised", "undersized"]:
    add(word, word.replace("is", "iz", 1) if word.startswith("org") else word.replace("nis", "niz").replace("ris", "riz").replace("lis", "liz"))
for stem in "analy paraly cataly".split():
    for end in ("e", "es", "ed", "ing"):
        # "analyses" is the plural of the noun in both.
        add(stem + "s" + end, stem + "z" + end, "american" if end == "es" else "both")
ROWS.pop("analyses", None)

for word in ["catalogue", "analogue"]:
    add(word, word[:-2])
    add(word + "s", word[:-2] + "s")
add("catalogued", "cataloged")
add("cataloguing", "cataloging")

for stem in """barrel bevel cancel channel counsel dial duel equal fuel funnel label level libel marvel model parcel pencil pummel
quarrel revel rival shovel signal snivel spiral swivel total travel trowel tunnel unravel bedevil chisel dishevel grovel
initial jewel pedal refuel""".split():
    for end in ("ed", "ing"):
        add(stem + "l" + end, stem + end)
for word in ["traveller", "travellers", "counsellor", "counsellors", "signaller", "modeller", "modellers", "jeweller", "jewellers",
             "labeller", "marvellous", "leveller"]:
    add(word, word.replace("ll", "l", 1))
for word in "enrol fulfil instil distil enthral".split():
    add(word, word + "l")
    add(word + "s", word + "ls")
for british, american in [("enrolment", "enrollment"), ("enrolments", "enrollments"), ("fulfilment", "fulfillment"),
                          ("instalment", "installment"), ("instalments", "installments"), ("skilful", "skillful"),
                          ("skilfully", "skillfully"), ("wilful", "willful"), ("wilfully", "willfully"),
                          ("appal", "appall"), ("woollen", "woolen"), ("jewellery", "jewelry")]:
    add(british, american)

for british, american in [("defence", "defense"), ("defences", "defenses"), ("defenceless", "defenseless"),
                          ("offence", "offense"), ("offences", "offenses"), ("pretence", "pretense"), ("pretences", "pretenses")]:
    add(british, american)
for british, american in [("licence", "license"), ("licences", "licenses"), ("practise", "practice"), ("practises", "practices"),
                          ("practised", "practiced"), ("practising", "practicing")]:
    add(british, american, "american")

AE = """anaesthetic anesthetic;anaesthetist anesthetist;anaemia anemia;anaemic anemic;paediatric pediatric;paediatrician pediatrician
orthopaedic orthopedic;haemorrhage hemorrhage;haemorrhages hemorrhages;haemorrhaging hemorrhaging;haemoglobin hemoglobin
leukaemia leukemia;diarrhoea diarrhea;foetus fetus;foetuses fetuses;foetal fetal;oestrogen estrogen;oesophagus esophagus
gynaecologist gynecologist;gynaecology gynecology;faeces feces;faecal fecal;caesarean cesarean;paedophile pedophile
paedophiles pedophiles;paedophilia pedophilia;encyclopaedia encyclopedia;septicaemia septicemia;hypothermia hypothermia"""
for pair in AE.replace("\n", ";").split(";"):
    add(*pair.split())

SINGLE = """grey gray;greyish grayish;greying graying;plough plow;ploughed plowed;ploughing plowing;mould mold;moulds molds;mouldy moldy
moulded molded;moulding molding;smoulder smolder;smouldering smoldering;smouldered smoldered;aluminium aluminum;sceptic skeptic
sceptics skeptics;sceptical skeptical;sceptically skeptically;scepticism skepticism;pyjamas pajamas;aeroplane airplane
aeroplanes airplanes;ageing aging;cosy cozy;moustache mustache;moustaches mustaches;artefact artifact;artefacts artifacts
sulphur sulfur;sulphuric sulfuric;axe ax;judgement judgment;judgements judgments;acknowledgement acknowledgment
acknowledgements acknowledgments;likeable likable;sizeable sizable;saleable salable;unshakeable unshakable;liveable livable
furore furor;tonne tonne;yoghurt yogurt;chequered checkered;doughnut donut;mollusc mollusk;molluscs mollusks;rouble ruble
roubles rubles;draughty drafty;whilst while;amongst among;towards toward"""
for pair in SINGLE.replace("\n", ";").split(";"):
    add(*pair.split())
for word in ["towards", "whilst", "amongst", "doughnut", "axe", "likeable"]:
    if word in ROWS:
        ROWS[word] = (ROWS[word][0], "american")
ROWS.pop("doughnut", None)
for pair in """tyre tire;tyres tires;kerb curb;kerbs curbs;kerbside curbside;cheque check;cheques checks;programme program
programmes programs;storeys stories;storey story;learnt learned;spelt spelled;dreamt dreamed;leapt leaped;burnt burned
draught draft;gaol jail;gaoled jailed;speciality specialty;specialities specialties""".replace("\n", ";").split(";"):
    add(*pair.split(), "american")

# British and American agree on these, though a family would change them.
for word in ["realiser", "humaniser", "exercise", "glamour"]:
    ROWS.pop(word, None)

print("# Words spelled one way in British and another in American English, in small letters. Written by tools/spellings.py.")
print("# Source: general knowledge, by families of spelling; written for this project. Date: 2026-11. Licence: as the project.")
print("# way: both, or american where only the way from British to American is sure.")
print("# british\tamerican\tway")
for british in sorted(ROWS):
    american, way = ROWS[british]
    print(f"{british}\t{american}\t{way}")
