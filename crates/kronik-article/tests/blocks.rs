//! What each line of a plain text is, by cases of our own writing with invented outlets.

#![allow(clippy::unwrap_used)]

use std::path::Path;
use std::sync::LazyLock;

use kronik_article::{Article, Document, Reader};
use kronik_record::{BlockKind, Files};

static READER: LazyLock<Reader> = LazyLock::new(|| {
    let root = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../.."));
    Reader::load(&Files::of_checkout(root).unwrap()).unwrap()
});

fn read(text: &str) -> Article {
    READER.read(&Document {
        text: Some(text.to_string()),
        ..Document::default()
    })
}

fn letter(kind: BlockKind) -> char {
    match kind {
        BlockKind::Title => 'T',
        BlockKind::Standfirst => 'S',
        BlockKind::Byline => 'B',
        BlockKind::Heading => 'H',
        BlockKind::Paragraph => 'P',
        BlockKind::Caption => 'C',
        BlockKind::Related => 'R',
        BlockKind::Footer => 'F',
    }
}

/// `kinds` has one letter a line: title, standfirst, byline, heading, paragraph, caption, related,
/// footer.
fn check(kinds: &str, lines: &[&str]) -> Article {
    let text = lines.join("\n");
    let article = read(&text);
    let found: String = article.blocks.iter().map(|b| letter(b.kind)).collect();
    let told: Vec<(char, &str)> = article
        .blocks
        .iter()
        .map(|b| (letter(b.kind), b.span.slice(&text)))
        .collect();
    assert_eq!(found, kinds, "{told:#?}");
    assert_eq!(article.text, text);
    article
}

#[test]
fn an_indonesian_report_with_all_its_furniture() {
    let article = check(
        "TSBBPRHPPFFF",
        &[
            "Nelayan Norvale Tolak Penutupan Pelabuhan, Wali Kota Minta Waktu",
            "Wali kota menyebut penutupan itu hanya sementara, nelayan tidak percaya",
            "Penulis: Sari Wulandari",
            "Editor: Bima Kurnia",
            "NORVALE, KABAR TELUK - Ratusan nelayan menolak penutupan pelabuhan, Rabu (4/12/2024).",
            "Baca juga: Mengapa Pelabuhan Norvale Ditutup?",
            "Wali Kota Minta Waktu",
            "“Beri kami waktu dua pekan,” kata wali kota, Kamis (5/12/2024).",
            "Polisi berjaga di gerbang pelabuhan.",
            "(Kabarteluk.example/Sari Wulandari)",
            "Kirim Komentar",
            "Isi komentar menjadi tanggung jawab pengirim.",
        ],
    );
    assert_eq!(article.authors, ["Sari Wulandari"]);
    assert_eq!(article.editors, ["Bima Kurnia"]);
    assert_eq!(article.outlet.as_deref(), Some("Kabar Teluk"));
    assert_eq!(article.published.as_deref(), Some("2024-12-05"));
    assert_eq!(article.language, "id");
}

#[test]
fn an_english_wire_report() {
    let article = check(
        "TSBPPRHPFFF",
        &[
            "Harbour of Norvale shut after fishermen block gate",
            "-",
            "By Mara Lind",
            "NORVALE, Dec 5 (Coast Wire) - Fishermen blocked the gate of the harbour on Thursday.",
            "\"We have had enough,\" one of them said.",
            "Read more: Why Norvale's harbour matters",
            "What comes next",
            "Talks will go on, the mayor's office said.",
            "(Reporting by Mara Lind; Editing by Tom Ek)",
            "Our Standards: how we work",
            "© 2024 Coast Wire. All rights reserved.",
        ],
    );
    assert_eq!(article.authors, ["Mara Lind"]);
    assert_eq!(article.editors, ["Tom Ek"]);
    assert_eq!(article.outlet.as_deref(), Some("Coast Wire"));
    // the day of the dateline with the year of the copyright line
    assert_eq!(article.published.as_deref(), Some("2024-12-05"));
    assert!(article.credits.is_empty(), "{:?}", article.credits);
}

#[test]
fn date_lines_and_captions() {
    let article = check(
        "TBBCPCPF",
        &[
            "Kapal Patroli Kembali ke Norvale",
            "CNN Indonesia",
            "Kamis, 05 Des 2024 10:15 WIB",
            "Foto: Kapal patroli di dermaga Norvale (Dok. Pelabuhan)",
            "Norvale - Kapal patroli itu kembali setelah dua pekan.",
            "[Gambas:Video]",
            "Awak kapal disambut keluarga mereka.",
            "(abc/def)",
        ],
    );
    assert_eq!(
        article.published.as_deref(),
        Some("2024-12-05T10:15:00+07:00")
    );
}

#[test]
fn live_logs_and_lists_are_running_text() {
    check(
        "TSBPPHPP",
        &[
            "Norvale live: gate reopened",
            "Fishermen leave after a night at the harbour",
            "By our live desk",
            "21.04 - Police open the gate and wave the first lorries through.",
            "20.40 The mayor arrives at the harbour.",
            "Thursday 5 December",
            "• The harbour board says it will meet the fishermen again on Friday.",
            "19.10 Fishermen light fires beside the gate.",
        ],
    );
}

#[test]
fn texts_without_a_head() {
    check("P", &["Ships came back to the harbour."]);
    check(
        "PP",
        &[
            "Ships came back to the harbour on Monday.",
            "The mayor was there.",
        ],
    );
    check(
        "PP",
        &[
            "NORVALE (Coast Wire) - Ships came back to the harbour on Monday.",
            "The mayor was there.",
        ],
    );
    check("TP", &["Ships come back", "The mayor was there on Monday."]);
    check("", &[]);
    check("", &["", "  ", "\u{feff}"]);
}

#[test]
fn headings_are_told_from_short_sentences_and_questions_of_speakers() {
    check(
        "TPHPHPP",
        &[
            "Harbour talks fail",
            "Talks on the harbour of Norvale failed on Monday, both sides said.",
            "Why Did the Talks Fail This Time?",
            "Neither side moved.",
            "2. The mayor's offer",
            "\"Is that all?\" a fisherman asked.",
            "Nobody answered.",
        ],
    );
}

#[test]
fn a_text_that_was_wrapped_keeps_its_paragraphs() {
    let article = read(
        "Ships come back to Norvale\n\nThe harbour master of Norvale said on Monday\n\
         that the port would stay closed until the\nend of the week, and ships were sent to\n\
         other harbours on the coast.\n\nNobody was hurt.\n",
    );
    let kinds: String = article.blocks.iter().map(|b| letter(b.kind)).collect();
    assert_eq!(kinds, "TPP");
}

#[test]
fn bare_dates_are_history() {
    let check = |line: &str, expected: Option<&str>| {
        let text = format!("Pelabuhan Norvale ditutup lagi\n-\n{line}\nPolisi berjaga di sana.\n");
        assert_eq!(read(&text).published.as_deref(), expected, "{line}");
    };
    check(
        "Pelabuhan itu dibuka pada 7 Oktober 2023 oleh wali kota.",
        None,
    );
    check(
        "Pelabuhan ditutup Kamis (5/12/2024), setahun setelah 7 Oktober 2023.",
        Some("2024-12-05"),
    );
    check(
        "Pelabuhan ditutup Kamis, 5 Desember 2024.",
        Some("2024-12-05"),
    );
    check(
        "Pelabuhan ditutup hari ini (5/12/2024).",
        Some("2024-12-05"),
    );
    // the weekday belongs to another year
    check("Pelabuhan ditutup Senin (5/12/2024).", None);
    // no year is printed anywhere
    check("Pelabuhan ditutup Kamis (5/12).", None);
    check("Sebanyak 5/12 dari kapal itu rusak.", None);
}

#[test]
fn malay_is_not_indonesian() {
    let malay = "Pelabuhan Norvale ditutup\n-\nKerajaan mengumumkan bahawa pelabuhan itu ditutup \
                 kerana keadaan laut, manakala polis mengawal pintu masuk sejak Jumaat lalu. \
                 Jurucakap berkata nelayan tidak mahu beredar selepas rundingan gagal.\n";
    assert_eq!(read(malay).language, "ms");
    let indonesian = "Pelabuhan Norvale ditutup\n-\nPemerintah mengumumkan bahwa pelabuhan itu \
                      ditutup karena keadaan laut, sementara polisi menjaga pintu masuk sejak \
                      Jumat. Juru bicara berkata nelayan tidak mau pergi setelah perundingan \
                      gagal.\n";
    assert_eq!(read(indonesian).language, "id");
}

#[test]
fn outlets_are_read_from_datelines_bylines_and_footers() {
    let check = |text: &str, outlet: Option<&str>, domain: Option<&str>| {
        let article = read(text);
        let found = (article.outlet.as_deref(), article.outlet_domain.as_deref());
        assert_eq!(found, (outlet, domain), "{text}");
    };
    let after = "\nPolice were there.\n";
    check(
        &format!("Port shut\n-\nNORVALE, Dec 5 (Coast Wire) - It was shut.{after}"),
        Some("Coast Wire"),
        None,
    );
    check(
        &format!("Port shut\n-\nKABARTELUK.EXAMPLE, Norvale - It was shut.{after}"),
        Some("Kabarteluk.example"),
        Some("kabarteluk.example"),
    );
    check(
        &format!("Port shut\n-\nNORVALE, FRANCE - It was shut.{after}"),
        None,
        None,
    );
    check(
        &format!("Port shut\n-\nBy Reuters Staff\nThe port was shut on Monday.{after}"),
        Some("Reuters"),
        Some("reuters.com"),
    );
    check(
        &format!("Port shut\n-\nBy Mara Lind\nThe port was shut on Monday.{after}"),
        None,
        None,
    );
}
