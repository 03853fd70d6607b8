//! Tables of cases for [`QuantityLexicon`](crate::QuantityLexicon), in our own words.

use std::path::Path;
use std::sync::LazyLock;

use kronik_record::Files;
use kronik_text::Span;

use crate::times_tests::sentence;
use crate::{Bound, QuantityLexicon, QuantityMention};

static LEXICONS: LazyLock<[QuantityLexicon; 2]> = LazyLock::new(|| {
    let files =
        Files::of_checkout(Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../.."))).unwrap();
    ["id", "en"].map(|code| QuantityLexicon::load(&files, code).unwrap())
});

fn shown(quantity: &QuantityMention) -> String {
    let QuantityMention { value, unit, .. } = quantity;
    match (quantity.bound, quantity.high) {
        (Bound::Range, Some(high)) => format!("{value}-{high} {unit}"),
        (bound, _) => {
            let mark = match bound {
                Bound::More => ">",
                Bound::AtLeast => ">=",
                Bound::Less => "<",
                Bound::AtMost => "<=",
                Bound::About => "~",
                Bound::Exact | Bound::Range => "",
            };
            format!("{mark}{value} {unit}")
        }
    }
}

fn check(code: &str, cases: &[(&str, &str)]) {
    let mut wrong = Vec::new();
    for (text, expected) in cases {
        let lexicon = &LEXICONS[usize::from(code == "en")];
        let found = lexicon.find(text, 0, &sentence(text, Span::new(0, text.len()), 0));
        let found: Vec<_> = found.iter().map(shown).collect();
        let found = found.join("; ");
        if found != *expected {
            wrong.push(format!("{text}\n   found {found:?}\n   not   {expected:?}"));
        }
    }
    assert!(
        wrong.is_empty(),
        "{} wrong:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
}

#[test]
fn indonesian() {
    check(
        "id",
        &[
            (
                "Mereka mengirim lebih dari 10.000 tentara.",
                ">10000 troops",
            ),
            ("Setidaknya 20 UAV terlihat.", ">=20 uav"),
            ("Sedikitnya enam prajurit tewas.", ">=6 killed"),
            ("Paling sedikit dua kapal karam.", ">=2 ships"),
            ("Sekitar 1,9 juta orang terusir.", "~1900000 displaced"),
            ("Hampir 300 rumah hancur.", "~300 houses"),
            ("Kurang dari 50 tank tersisa.", "<50 tanks"),
            ("Hingga 150 truk menunggu.", "<=150 trucks"),
            ("Maksimal 40 jet dijual.", "<=40 aircraft"),
            (
                "Antara 3.000 dan 4.000 tentara dikirim.",
                "3000-4000 troops",
            ),
            ("Ada 100 hingga 150 pejuang di sana.", "100-150 fighters"),
            ("Ada 100–150 pejuang di sana.", "100-150 fighters"),
            ("Puluhan warga datang.", ">=10 people"),
            ("Belasan pejabat dipanggil.", "11-19 officials"),
            ("Ratusan demonstran berkumpul.", ">=100 protesters"),
            ("Ribuan mahasiswa berkumpul.", ">=1000 people"),
            ("Ratusan ribu warga mengungsi.", ">=100000 displaced"),
            ("Puluhan ribu orang berkumpul.", ">=10000 people"),
            ("Dua puluh tiga rudal jatuh.", "23 missiles"),
            ("Seratus dua puluh lima orang datang.", "125 people"),
            ("Dua belas desa direbut.", "12 villages"),
            ("Sebuah rudal balistik jatuh.", "1 missiles"),
            ("Seorang prajurit gugur.", "1 killed"),
            ("Satu prajurit gugur.", "1 killed"),
            (
                "Bantuan senilai Rp 1,5 triliun dikirim.",
                "1500000000000 idr",
            ),
            ("Bantuan Rp1,5 triliun dikirim.", "1500000000000 idr"),
            ("Bantuan 275 juta dolar AS dikirim.", "275000000 usd"),
            ("Bantuan 225 juta pound dikirim.", "225000000 gbp"),
            ("Penjualan senilai 23 miliar dolar AS.", "23000000000 usd"),
            ("Bantuan 20 juta dolar Australia.", "20000000 aud"),
            (
                "Enam dari tujuh rudal jelajah Kh-101 jatuh.",
                "6 missiles; 7 missiles",
            ),
            ("Iran menembakkan 14 rudal.", "14 missiles"),
            (
                "Mereka mengirim 18 drone dan tiga rudal.",
                "18 uav; 3 missiles",
            ),
            (
                "Tercatat 610 orang tewas dan 4.746 terluka.",
                "610 killed; 4746 injured",
            ),
            ("Sekitar 21 lainnya hilang.", ""),
            (
                "Enam prajurit tewas dan 21 lainnya hilang.",
                "6 killed; 21 missing",
            ),
            ("Gempuran menewaskan empat orang.", "4 killed"),
            (
                "Gempuran menewaskan lima anggotanya dan melukai enam lainnya.",
                "5 killed; 6 injured",
            ),
            ("Gempuran merenggut sedikitnya 974 nyawa.", ">=974 killed"),
            ("Polisi menangkap 301 orang.", "301 arrested"),
            ("Tentara menangkap empat menteri.", "4 ministers"),
            ("Sebanyak 190 anggota parlemen hadir.", "190 lawmakers"),
            ("Enam warga Palestina tewas.", "6 killed"),
            ("Dua tentara asal Chad tewas.", "2 killed"),
            ("Israel membebaskan 90 tahanan.", "90 prisoners"),
            ("Kelompok itu menyandera 251 lainnya.", ""),
            ("Kelompok itu menyandera 25 awaknya.", "25 hostages"),
            ("Mereka merampas sembilan pucuk senjata.", "9 weapons"),
            ("Mereka membeli 10 unit tank.", "10 tanks"),
            ("Lima orang tentara datang.", "5 troops"),
            ("Lebih dari 50 bank kecil disasar.", ">50 banks"),
            ("Dua kapal serbu amfibi bergerak.", "2 ships"),
            ("Perang memasuki hari ke-1.003.", ""),
            ("Serangan ke-3 gagal.", ""),
            ("Sebanyak 25 persen suara.", ""),
            ("Kota itu dikepung 18 bulan.", ""),
            ("Jaraknya 200 km.", ""),
            ("Waktunya 72 jam.", ""),
            ("Rabu (4/12/2024) pukul 16.00.", ""),
            ("Ia tiba 3 Januari.", ""),
            ("Rudal Kh-101 dan jet F-16.", ""),
            ("Resolusi 1701 orang itu.", ""),
            ("Salah satu pejabat hadir.", ""),
            ("Pemilu 2024 digelar.", ""),
        ],
    );
}

#[test]
fn english() {
    check(
        "en",
        &[
            (
                "More than 600 Ukrainian servicemen had been killed.",
                ">600 killed",
            ),
            ("It sent more than 600 Ukrainian servicemen.", ">600 troops"),
            ("He asked for 19 more air defence systems.", "19 systems"),
            ("At least 97 civilians had been killed.", ">=97 killed"),
            ("No fewer than 12 drones fell.", ">=12 uav"),
            (
                "About 400 Russians had been killed and another 300 wounded.",
                "~400 killed; 300 injured",
            ),
            ("Some 900 inmates got away.", "~900 prisoners"),
            ("Nearly 2,000 prisoners walked out.", "~2000 prisoners"),
            ("Fewer than 50 tanks remain.", "<50 tanks"),
            ("Up to 150 trucks wait.", "<=150 trucks"),
            ("Between 3,000 and 4,000 soldiers went.", "3000-4000 troops"),
            ("They sent 100-150 fighters.", "100-150 fighters"),
            ("They sent 100 to 150 fighters.", "100-150 fighters"),
            ("They lost two or three ships.", "2-3 ships"),
            ("Dozens of soldiers fled.", ">=12 troops"),
            ("Hundreds of protesters came.", ">=100 protesters"),
            ("Thousands of people have been killed.", ">=1000 killed"),
            ("Tens of thousands of people came.", ">=10000 people"),
            (
                "Hundreds of thousands of people were displaced.",
                ">=100000 displaced",
            ),
            ("Twenty-three missiles fell.", "23 missiles"),
            ("Two hundred and five villagers fled.", "205 people"),
            ("Police arrested more than a dozen people.", ">12 arrested"),
            ("A soldier fell.", ""),
            ("The arms are worth $2.85 billion.", "2850000000 usd"),
            ("The aid is worth 225 million pounds.", "225000000 gbp"),
            ("It moved about 4.1 billion euros.", "~4100000000 eur"),
            ("It released $20 million.", "20000000 usd"),
            (
                "It released £225m and €3bn.",
                "225000000 gbp; 3000000000 eur",
            ),
            ("It released $5-6 billion.", "5000000000-6000000000 usd"),
            (
                "Six of seven cruise missiles fell.",
                "6 missiles; 7 missiles",
            ),
            ("It launched 80 drones, 45 of which fell.", "80 uav; 45 uav"),
            (
                "At least 19 people were killed and more than 100 injured.",
                ">=19 killed; >100 injured",
            ),
            (
                "Guns fired, killing 12 people and wounding 30.",
                "12 killed; 30 injured",
            ),
            ("Guards detained 98 demonstrators.", "98 arrested"),
            ("Two soldiers killed three civilians.", "2 troops; 3 killed"),
            ("It displaced more than 36,000 people.", ">36000 displaced"),
            (
                "Hamas freed the last 20 living Israeli hostages.",
                "20 hostages",
            ),
            ("A raid damaged eight apartment buildings.", "8 buildings"),
            ("It struck nine sites.", "9 sites"),
            (
                "It sank 17 warships and 17 coast guard vessels.",
                "17 warships; 17 ships",
            ),
            ("They flew 125 Chinese military aircraft.", "125 aircraft"),
            (
                "The bloc hit two Chinese refineries that buy crude.",
                "2 refineries",
            ),
            ("It blocked 26 gadgets.", "26 gadgets"),
            (
                "Five volunteers of the Red Crescent were killed.",
                "5 killed",
            ),
            ("They handed over eight convicts.", "8 prisoners"),
            ("Two lawmakers left.", "2 lawmakers"),
            ("Fifty Ukrainians came home.", "50 people"),
            ("A 50-year-old man and a 36-hour truce.", ""),
            ("Shares fell 24 percent.", ""),
            ("The third attack came on day 1,030.", ""),
            ("It lies 200 km away.", ""),
            ("It took 36 hours and 18 months.", ""),
            ("On 5 December 2024 he left.", ""),
            ("Resolution 2334 passed in 2016.", ""),
            ("The F-16 and the Kh-101.", ""),
            ("One of them left.", ""),
        ],
    );
}

#[test]
fn spans_run_from_the_bound_to_the_noun() {
    let text = "It sent more than 600 Ukrainian servicemen there.";
    let found = LEXICONS[1].find(text, 0, &sentence(text, Span::new(0, text.len()), 0));
    assert_eq!(
        found[0].span.slice(text),
        "more than 600 Ukrainian servicemen"
    );
}

proptest::proptest! {
    #[test]
    fn any_string_is_read(text in "(\\PC|[0-9]{1,4}|[-/.,%$ ]|juta|hundred|dan|and|tewas|killed|orang|people|of|dari){0,40}") {
        for lexicon in LEXICONS.iter() {
            let mut before = 0;
            for quantity in lexicon.find(&text, 0, &sentence(&text, Span::new(0, text.len()), 0)) {
                proptest::prop_assert!(!quantity.span.slice(&text).is_empty());
                proptest::prop_assert!(quantity.span.start() >= before);
                proptest::prop_assert!(quantity.value >= 0.0);
                before = quantity.span.end();
            }
        }
    }
}
