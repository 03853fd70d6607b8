//! What holds for any text: nothing panics, spans give their words back, chains end at the outlet.

use std::sync::LazyLock;

use kronik::{Config, Document, Engine};
use proptest::prelude::*;

static ENGINE: LazyLock<Engine> =
    LazyLock::new(|| Engine::new(&Config::default()).expect("the built-in data load"));

/// Words of news in both languages with what breaks readers: quotes, dashes, numbers, names.
const WORDS: &str = "Russia Ukraine said told Reuters that , . ; : \" “ ” ( ) - – accused denied the \
    attack killed 12 at least people in Kyiv on Monday will not agreed to send troops and its \
    troops , according to AFP quoted by as reported by asked not to be named President Putin he \
    they both sides meeting with Iran dan Israel menyerang kata menurut seperti dilansir Antara , \
    mengatakan bahwa tidak akan oleh ditangkap Senin (5/12/2024) pukul 03.00 WIB puluhan drone \
    menuduh membantah yang enggan disebut namanya kedua pihak keduanya saling serang juru bicara \
    Kementerian Luar Negeri China Wang Yi , ujarnya pada 2024 $5 million 10.000 tentara Baca juga";

fn words() -> impl Strategy<Value = String> {
    let list: Vec<&'static str> = WORDS.split_whitespace().collect();
    proptest::collection::vec(proptest::sample::select(list), 0..60).prop_map(|w| w.join(" "))
}

fn check(text: String, language: &str) -> Result<(), TestCaseError> {
    let document = Document {
        text: Some(text),
        published: Some("2024-12-05".into()),
        language: Some(language.into()),
        ..Document::default()
    };
    let reading = ENGINE.read(&document);
    let chars: Vec<char> = reading.article.text.chars().collect();
    let slice = |span: kronik::Quote| -> (String, String) {
        let words = &chars[span.span.0 as usize..span.span.1 as usize];
        (words.iter().collect(), span.text)
    };
    for event in &reading.events {
        for quote in [event.trigger.clone(), event.evidence.clone()] {
            let (sliced, told) = slice(quote);
            prop_assert_eq!(sliced, told);
        }
        prop_assert!(!event.because.is_empty());
        prop_assert!(reading.statements.iter().any(|s| s.id == event.statement));
    }
    for statement in &reading.statements {
        for quote in statement.content.iter().chain(&statement.cue) {
            let (sliced, told) = slice(quote.clone());
            prop_assert_eq!(sliced, told);
        }
        for speaker in &statement.speakers {
            if let Some(span) = speaker.span {
                let words: String = chars[span.0 as usize..span.1 as usize].iter().collect();
                prop_assert_eq!(&words, &speaker.text);
            }
        }
        let mut steps = statement.chain.clone();
        steps.sort();
        steps.dedup();
        prop_assert_eq!(steps.len(), statement.chain.len());
        prop_assert_eq!(statement.chain.last(), Some(&reading.statements[0].id));
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn shuffled_news_is_read(a in words(), b in words(), c in words(), id in any::<bool>()) {
        check(format!("{a}\n-\n{b}.\n{c}.\n"), if id { "id" } else { "en" })?;
    }

    #[test]
    fn any_text_is_read(text in "\\PC{0,400}", id in any::<bool>()) {
        check(format!("T\n-\n{text}\n{text}."), if id { "id" } else { "en" })?;
    }
}
