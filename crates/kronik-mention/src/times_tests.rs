//! Tables of cases for [`TimeLexicon`](crate::TimeLexicon), in our own words.

use std::path::Path;
use std::sync::LazyLock;

use jiff::civil::Date;
use kronik_lang::{Analysis, Sentence};
use kronik_record::{BlockKind, Files};
use kronik_text::Span;

use crate::times_pieces::pieces;
use crate::{Anchor, TimeLexicon, TimeMention};

static LEXICONS: LazyLock<[TimeLexicon; 2]> = LazyLock::new(|| {
    let files =
        Files::of_checkout(Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../.."))).unwrap();
    ["id", "en"].map(|code| TimeLexicon::load(&files, code).unwrap())
});

fn lexicon(code: &str) -> &'static TimeLexicon {
    &LEXICONS[usize::from(code == "en")]
}

/// A sentence over `span` whose tokens are the pieces of the text.
pub(crate) fn sentence(text: &str, span: Span, block: usize) -> Sentence {
    let tokens = pieces(text, span)
        .into_iter()
        .map(|piece| kronik_lang::Token {
            span: piece.span,
            lemma: piece.low,
            upos: kronik_lang::Upos::X,
            voice: kronik_lang::Voice::None,
            head: None,
            relation: kronik_lang::Relation::Dep,
        })
        .collect();
    Sentence {
        span,
        block,
        tokens,
        words: Vec::new(),
    }
}

/// Day, clock, offset and flags of a mention in one short string.
fn shown(mention: &TimeMention) -> String {
    let mut out = if mention.clock_only {
        String::from("@")
    } else {
        mention.edtf.clone()
    };
    if let Some((hour, minute)) = mention.clock {
        out.push_str(&format!(" {hour:02}:{minute:02}"));
    }
    if let Some(offset) = mention.offset {
        out.push_str(&format!(" {offset:+}"));
    }
    if mention.since {
        out.push_str(" since");
    }
    out
}

/// Published on a Thursday, 5 December 2024; expected mentions are separated by semicolons.
fn check(code: &str, cases: &[(&str, &str)]) {
    let mut wrong = Vec::new();
    for (text, expected) in cases {
        let anchor = Anchor::published("2024-12-05".parse().ok());
        let sentence = sentence(text, Span::new(0, text.len()), 0);
        let found = lexicon(code).find(text, 0, &sentence, &anchor);
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
            ("Rapat digelar pada Rabu (4/12/2024).", "2024-12-04"),
            ("Mereka tiba, Kamis (5/12).", "2024-12-05"),
            (
                "Kapal itu berlayar Sabtu, 15 April 2023, dari pelabuhan.",
                "2023-04-15",
            ),
            ("Gencatan berlaku pada 3 Januari.", "2024-01-03"),
            ("Gencatan akan berlaku pada 3 Januari.", "2025-01-03"),
            ("Pakta diteken pada Juni lalu.", "2024-06"),
            ("Pakta diteken pada bulan Juni lalu.", "2024-06"),
            ("Gempa terjadi pada April lalu.", "2024-04"),
            ("Ia ditahan pada 2023.", "2023"),
            ("Ia ditahan tahun 1998.", "1998"),
            ("Perang pecah pada Februari 2022.", "2022-02"),
            ("Dokumen itu bertanggal 2024-11-30.", "2024-11-30"),
            (
                "Pertemuan berlangsung 26-28 Oktober di Kazan.",
                "2024-10-26/2024-10-28",
            ),
            (
                "Pertemuan berlangsung 26–28 Oktober 2023.",
                "2023-10-26/2023-10-28",
            ),
            (
                "Latihan digelar antara 3 dan 5 Mei.",
                "2024-05-03/2024-05-05",
            ),
            (
                "Latihan digelar 30 Oktober hingga 2 November.",
                "2024-10-30/2024-11-02",
            ),
            ("Dialog digelar pada 2021 dan 2022.", "2021/2022"),
            ("Serangan itu terjadi kemarin.", "2024-12-04"),
            ("Serangan itu terjadi kemarin malam.", "2024-12-04"),
            ("Rapat digelar hari ini.", "2024-12-05"),
            ("Ledakan terdengar tadi malam.", "2024-12-04"),
            ("Ledakan terdengar semalam.", "2024-12-04"),
            ("Ledakan terdengar tadi pagi.", "2024-12-05"),
            ("Besok mereka bertemu lagi.", "2024-12-06"),
            ("Ia menelepon mitranya pekan lalu.", "2024-11-25/2024-12-01"),
            (
                "Ia menelepon mitranya minggu lalu.",
                "2024-11-25/2024-12-01",
            ),
            ("Serangan meningkat pekan ini.", "2024-12-02/2024-12-08"),
            ("Utusan tiba pekan depan.", "2024-12-09/2024-12-15"),
            ("Utusan bertemu bulan lalu.", "2024-11"),
            ("Anggaran disahkan bulan ini.", "2024-12"),
            ("Pemilu digelar tahun lalu.", "2023"),
            ("Anggaran naik tahun ini.", "2024"),
            ("Pasukan dikirim tahun depan.", "2025"),
            ("Bentrokan pecah akhir pekan lalu.", "2024-11-30/2024-12-01"),
            ("Bentrokan pecah dua hari lalu.", "2024-12-03"),
            ("Bentrokan pecah tiga hari yang lalu.", "2024-12-02"),
            ("Bentrokan pecah dua pekan lalu.", "2024-11-18/2024-11-24"),
            ("Bentrokan pecah 3 bulan lalu.", "2024-09"),
            ("Bentrokan pecah setahun lalu.", "2023"),
            ("Ia dilantik lima tahun silam.", "2019"),
            ("Parlemen bersidang pada Senin.", "2024-12-02"),
            ("Parlemen bersidang pada Kamis.", "2024-12-05"),
            ("Parlemen bersidang pada Jumat.", "2024-11-29"),
            ("Parlemen akan bersidang pada Jumat.", "2024-12-06"),
            ("Parlemen bersidang Senin malam.", "2024-12-02"),
            ("Rudal jatuh Rabu pagi.", "2024-12-04"),
            ("Rudal jatuh Rabu (4/12) dini hari.", "2024-12-04"),
            ("Sidang digelar Rabu (4/12) malam WIB.", "2024-12-04 +420"),
            ("Sidang digelar Jumat lalu.", "2024-11-29"),
            ("Sidang digelar Senin depan.", "2024-12-09"),
            ("Sidang digelar Selasa pekan lalu.", "2024-11-26"),
            ("Ia ditahan sejak Sabtu.", "2024-11-30/2024-12-05 since"),
            (
                "Ia ditahan sejak 7 Februari lalu.",
                "2024-02-07/2024-12-05 since",
            ),
            (
                "Pertempuran pecah sejak akhir November.",
                "2024-11/2024-12-05 since",
            ),
            ("Ia memimpin sejak 2014.", "2014/2024-12-05 since"),
            ("Pada awal Januari ia mundur.", "2024-01"),
            ("Pada pertengahan 2021 ia mundur.", "2021"),
            ("Pada pukul 1.00 waktu setempat, drone terlihat.", "@ 01:00"),
            ("Pada pukul 03.15 WIB, drone terlihat.", "@ 03:15 +420"),
            ("20.27 WIB - Presiden berpidato.", "@ 20:27 +420"),
            ("Pidato disiarkan pukul 8 malam.", "@ 20:00"),
            ("Pidato disiarkan pukul 14.00 WITA.", "@ 14:00 +480"),
            ("Pidato disiarkan pukul 14.00 WIT.", "@ 14:00 +540"),
            ("Pidato disiarkan pukul 14.00 waktu Moskow.", "@ 14:00 +180"),
            (
                "Pidato disiarkan pukul 14.00 waktu Washington.",
                "@ 14:00 -300",
            ),
            (
                "Senin (2/12) pukul 14.00 WIB sirene berbunyi.",
                "2024-12-02 14:00 +420",
            ),
            (
                "Sekitar pukul 16.00, Senin (2/12), sirene berbunyi.",
                "2024-12-02 16:00",
            ),
            ("Sirene berbunyi pukul 16.00 (09.00 GMT).", "@ 16:00"),
            ("Perang memasuki hari ke-1.003.", ""),
            ("Rudal Kh-101 dan jet F-15 terlihat.", ""),
            ("Resolusi 1701 disahkan.", ""),
            ("Sebanyak 25 persen suara.", ""),
            ("Pedagang Pasar Minggu mengungsi.", ""),
            ("Sekitar 2000 orang mengungsi.", ""),
            ("Pengepungan berlangsung 18 bulan.", ""),
            (
                "Korban naik dalam tiga hari terakhir.",
                "2024-12-02/2024-12-05",
            ),
            ("Ia lahir pada 17 Agustus 1945.", "1945-08-17"),
            ("Putaran kedua digelar 25 Desember mendatang.", "2024-12-25"),
            ("Tahanan bebas pada 30 Februari.", ""),
            ("Senin malam, ia mengancam akan menyerang.", "2024-12-02"),
            (
                "Warga yang menentang kudeta 1 Februari akan bebas.",
                "2024-02-01",
            ),
            (
                "Mereka mencoretnya dari rapat 19-20 Desember.",
                "2024-12-19/2024-12-20",
            ),
            ("Ia datang Senin dan Selasa.", "2024-12-02/2024-12-03"),
            ("Ia datang, Selasa, 3 Desember 2024 malam.", "2024-12-03"),
        ],
    );
}

#[test]
fn english() {
    check(
        "en",
        &[
            ("The ship sank on Dec. 4.", "2024-12-04"),
            ("The ship sank on 4 December 2024.", "2024-12-04"),
            (
                "The ship sank on November 19, 2024, off Oman.",
                "2024-11-19",
            ),
            ("The war began on October 7th, 2023.", "2023-10-07"),
            ("The pact was signed in June 2024.", "2024-06"),
            ("The pact was signed in June.", "2024-06"),
            ("The pact was signed last June.", "2024-06"),
            ("The pact was signed in 2019.", "2019"),
            ("The 2014 annexation was condemned.", "2014"),
            ("He resigned in early January.", "2024-01"),
            ("He resigned in mid-March.", "2024-03"),
            ("He resigned in May.", "2024-05"),
            ("He may resign and march on.", ""),
            ("The note is dated 2024-11-30.", "2024-11-30"),
            ("Talks ran from Jan. 16 to Feb. 1.", "2024-01-16/2024-02-01"),
            ("Talks ran from 13 to 24 June.", "2024-06-13/2024-06-24"),
            ("Talks ran October 22-24, 2023.", "2023-10-22/2023-10-24"),
            (
                "The sides met on Monday and Tuesday.",
                "2024-12-02/2024-12-03",
            ),
            ("The strike came yesterday.", "2024-12-04"),
            ("The strike came yesterday evening.", "2024-12-04"),
            ("The council meets today.", "2024-12-05"),
            ("The council meets tonight.", "2024-12-05"),
            (
                "The assembly is to elect a speaker on Monday.",
                "2024-12-09",
            ),
            ("A drill named Spear-2024B began.", ""),
            ("The council meets tomorrow.", "2024-12-06"),
            ("Drones hit the port overnight.", "2024-12-04/2024-12-05"),
            ("Drones hit the port last night.", "2024-12-04"),
            (
                "The army blocked 26 sites last week.",
                "2024-11-25/2024-12-01",
            ),
            ("Presidents fly there this week.", "2024-12-02/2024-12-08"),
            ("Envoys meet next week.", "2024-12-09/2024-12-15"),
            ("The envoy quit last month.", "2024-11"),
            ("The bank has this month moved funds.", "2024-12"),
            ("Unions struck earlier this month.", "2024-12"),
            ("Exports fell this year.", "2024"),
            ("Exports fell last year.", "2023"),
            ("Exports will fall next year.", "2025"),
            ("He was seized in February last year.", "2023-02"),
            ("The raid came two days ago.", "2024-12-03"),
            ("The raid came two weeks ago.", "2024-11-18/2024-11-24"),
            ("The raid came three months ago.", "2024-09"),
            ("The raid came a year ago.", "2023"),
            ("Clashes broke out at the weekend.", "2024-11-30/2024-12-01"),
            ("He resigned Tuesday.", "2024-12-03"),
            ("He resigned on Thursday.", "2024-12-05"),
            ("The court will rule on Friday.", "2024-12-06"),
            ("On Monday, the court will rule.", "2024-12-09"),
            ("The army said on Monday it will withdraw.", "2024-12-02"),
            ("The court ruled on Friday.", "2024-11-29"),
            ("He spoke on Thursday night.", "2024-12-05"),
            ("He spoke late on Monday.", "2024-12-02"),
            ("He spoke last Thursday.", "2024-11-28"),
            ("He spoke on Wednesday last week.", "2024-11-27"),
            ("They meet next Tuesday.", "2024-12-10"),
            ("He spoke on Monday, December 2, in Oslo.", "2024-12-02"),
            ("He spoke on Monday 2 December.", "2024-12-02"),
            (
                "Rebels have held it since Saturday.",
                "2024-11-30/2024-12-05 since",
            ),
            (
                "It fell for the first time since March.",
                "2024-03/2024-12-05 since",
            ),
            ("He has ruled since 2014.", "2014/2024-12-05 since"),
            ("Sirens sounded at 03:00.", "@ 03:00"),
            ("Sirens sounded at 8am.", "@ 08:00"),
            ("Sirens sounded shortly after 8 p.m. local time.", "@ 20:00"),
            ("Sirens sounded at 03:00 GMT.", "@ 03:00 +0"),
            ("Sirens sounded at 0300 and noon.", "@ 12:00"),
            ("Sirens sounded at 14:00 Moscow time.", "@ 14:00 +180"),
            ("Sirens sounded at 9 a.m. EST.", "@ 09:00 -300"),
            ("Troops deploy from 10 p.m. on Tuesday.", "2024-12-03 22:00"),
            ("On Monday at 9:30 am sirens sounded.", "2024-12-02 09:30"),
            ("A 36-hour truce began.", ""),
            ("A 50-year-old man died on day 1,030.", ""),
            ("Resolution 2334 and the F-15 were named.", ""),
            ("The Sunday Times wrote of Black Friday.", "2024-11-29"),
            ("Turnout was 24.5 percent of 2,019 voters.", ""),
            ("A New Year's Day strike hit the school.", "2024-01-01"),
            ("The vote of Nov. 5 was fair.", "2024-11-05"),
            ("The tribunal opens on 12 January.", "2024-01-12"),
            ("The tribunal is due to open on 12 January.", "2025-01-12"),
            ("On Sunday (Dec. 1), they met.", "2024-12-01"),
            (
                "Deaths rose in the past three days.",
                "2024-12-02/2024-12-05",
            ),
            ("From January 2027 imports stop.", "2027-01"),
        ],
    );
}

/// Walks paragraphs (`# ` opens a heading) and lists what is found.
fn walk(code: &str, published: &str, lines: &[&str]) -> Vec<String> {
    let mut text = String::new();
    let (mut analysis, mut kinds) = (
        Analysis {
            language: code.into(),
            ..Analysis::default()
        },
        vec![],
    );
    let mut spans = Vec::new();
    for line in lines {
        let (kind, line) = match line.strip_prefix("# ") {
            Some(line) => (BlockKind::Heading, line),
            None => (BlockKind::Paragraph, *line),
        };
        kinds.push(kind);
        spans.push(Span::new(text.len(), text.len() + line.len()));
        text.push_str(line);
        text.push('\n');
    }
    analysis.sentences = spans
        .iter()
        .enumerate()
        .map(|(block, span)| sentence(&text, *span, block))
        .collect();
    let published: Option<Date> = published.parse().ok();
    let found = lexicon(code).find_all(&text, &analysis, published, &kinds, None);
    let mut before = 0;
    for mention in &found {
        assert!(mention.span.start() >= before);
        before = mention.span.end();
    }
    found
        .iter()
        .map(|m| {
            if m.clock_only {
                format!("{} {}", m.edtf, shown(m))
            } else {
                shown(m)
            }
        })
        .collect()
}

#[test]
fn the_current_day_moves_with_the_text() {
    let check = |code: &str, published: &str, lines: &[&str], expected: &[&str]| {
        assert_eq!(walk(code, published, lines), expected, "{lines:?}");
    };
    check(
        "id",
        "2024-11-22",
        &[
            "Perang berlanjut pada Jumat (22/11/2024).",
            "Sehari sebelumnya, rudal jatuh.",
        ],
        &["2024-11-22", "2024-11-21"],
    );
    check(
        "id",
        "2023-04-18",
        &[
            "Ia tiba Senin, 17 April 2023.",
            "Keesokan harinya, ia pergi.",
            "Malamnya ia kembali.",
        ],
        &["2023-04-17", "2023-04-18", "2023-04-18"],
    );
    check(
        "id",
        "2024-03-08",
        &[
            "Parlemen setuju pada 23 Januari lalu.",
            "Tiga hari kemudian, raja menandatangani.",
        ],
        &["2024-01-23", "2024-01-26"],
    );
    check(
        "en",
        "2023-04-18",
        &[
            "It halted work on Sunday after a raid a day earlier.",
            "That day two ships sank.",
        ],
        &["2023-04-16", "2023-04-15", "2023-04-16"],
    );
    check(
        "en",
        "2023-06-30",
        &[
            "# Friday 23 June",
            "He spoke at 21:00.",
            "The next day he left.",
            "# Other news",
            "On Monday it rained.",
        ],
        &[
            "2023-06-23",
            "2023-06-23 @ 21:00",
            "2023-06-24",
            "2023-06-26",
        ],
    );
    check(
        "id",
        "2024-12-04",
        &[
            "Ia berpidato Selasa (3/12/2024) malam.",
            "23.15 WIB - Tentara pergi.",
            "02.27 WIB - Ia kembali.",
        ],
        &[
            "2024-12-03",
            "2024-12-03 @ 23:15 +420",
            "2024-12-04 @ 02:27 +420",
        ],
    );
}

#[test]
fn logs_pass_midnight_in_both_directions() {
    let lines = ["09.10 He left.", "07.30 He spoke.", "22.40 Troops moved."];
    let found = walk("en", "2024-12-05", &lines);
    assert_eq!(
        found,
        [
            "2024-12-05 @ 09:10",
            "2024-12-05 @ 07:30",
            "2024-12-04 @ 22:40"
        ]
    );
}

#[test]
fn without_a_day_of_publication_only_full_dates_are_read() {
    assert_eq!(
        walk("en", "-", &["On Monday and on 3 May 2022 and yesterday."]),
        ["2022-05-03"]
    );
}

#[test]
fn spans_cover_weekday_and_date() {
    let text = "Mereka tiba pada Rabu (4/12/2024) pagi, katanya.";
    let anchor = Anchor::published("2024-12-05".parse().ok());
    let found = lexicon("id").find(
        text,
        0,
        &sentence(text, Span::new(0, text.len()), 0),
        &anchor,
    );
    assert_eq!(found[0].span.slice(text), "Rabu (4/12/2024) pagi");
    let text = "It fell on Friday, 29 November 2024, at dusk.";
    let found = lexicon("en").find(
        text,
        0,
        &sentence(text, Span::new(0, text.len()), 0),
        &anchor,
    );
    assert_eq!(found[0].span.slice(text), "Friday, 29 November 2024");
}

proptest::proptest! {
    #[test]
    fn any_string_is_read(text in "(\\PC|[0-9]{1,4}|[-/.,() ]|Senin|May|lalu|two|days|ago|pukul|since){0,40}") {
        for code in ["id", "en"] {
            let span = Span::new(0, text.len());
            let anchor = Anchor::published("2024-12-05".parse().ok());
            let mut before = 0;
            for mention in lexicon(code).find(&text, 0, &sentence(&text, span, 0), &anchor) {
                proptest::prop_assert!(!mention.span.slice(&text).is_empty());
                proptest::prop_assert!(mention.span.start() >= before);
                proptest::prop_assert!(mention.days.first <= mention.days.last);
                before = mention.span.end();
            }
        }
    }
}
