//! The program as people and scripts meet it: exit codes, what goes to which stream, and that
//! the same input gives the same bytes.

#![allow(clippy::unwrap_used)]

use std::fs;
use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use kronik_store::{Days, Store};
use serde_json::{Value, json};
use tempfile::TempDir;

const ENGLISH: &str = "\
Police arrest three in Lisbon
By Harriet Osgood

LISBON, March 3 (North Post) - Police arrested three protesters in Lisbon on Tuesday, the \
Portuguese government said. Iceland denied that its patrol ship had attacked the trawler.
";

const INDONESIAN: &str = "\
Islandia Bebaskan Awak Kapal
Penulis: Ratna Wibisari

Reykjavik - Islandia membebaskan 22 awak kapal Portugal pada Jumat (6/3/2026), kata juru bicara \
penjaga pantai. Portugal menuduh Islandia menyerang kapal itu.
";

const RUSSIAN: &str = "\
Переговоры в Осло

Исландия и Португалия возобновили переговоры в среду, сообщил представитель правительства в Осло. \
Стороны договорились встретиться снова на следующей неделе.
";

const ARABIC: &str = "\
محادثات في أوسلو

استأنفت آيسلندا والبرتغال المحادثات يوم الأربعاء، حسبما قال متحدث باسم الحكومة في أوسلو. \
واتفق الجانبان على الاجتماع مرة أخرى الأسبوع المقبل.
";

/// A folder to work in, with files.
struct Desk {
    folder: TempDir,
}

/// How a run of the program ended.
#[derive(Debug, PartialEq, Eq)]
struct Run {
    code: i32,
    out: String,
    err: String,
}

impl Desk {
    fn new(files: &[(&str, &[u8])]) -> Desk {
        let folder = tempfile::tempdir().unwrap();
        for (name, content) in files {
            fs::write(folder.path().join(name), content).unwrap();
        }
        Desk { folder }
    }

    /// With one article in each language.
    fn with_news() -> Desk {
        Desk::new(&[
            ("a.txt", ENGLISH.as_bytes()),
            ("b.txt", INDONESIAN.as_bytes()),
        ])
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_kronik"));
        command.args(arguments).current_dir(self.folder.path());
        command.env_remove("CLICOLOR_FORCE").env("NO_COLOR", "1");
        command
    }

    fn run(&self, arguments: &[&str]) -> Run {
        let run = finished(self.command(arguments).output().unwrap());
        assert!(!run.err.contains("panicked"), "{arguments:?}: {}", run.err);
        run
    }

    /// Runs what should end with `code`.
    fn ends(&self, code: i32, arguments: &[&str]) -> Run {
        let run = self.run(arguments);
        assert_eq!(run.code, code, "{arguments:?}: {}", run.err);
        run
    }
}

fn finished(output: Output) -> Run {
    Run {
        code: output.status.code().expect("ended by itself"),
        out: String::from_utf8(output.stdout).unwrap(),
        err: String::from_utf8(output.stderr).unwrap(),
    }
}

fn examples() -> String {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    root.join("examples").display().to_string()
}

/// The records of JSON lines.
fn lines(out: &str) -> Vec<Value> {
    let parsed = out.lines().map(serde_json::from_str);
    parsed.collect::<Result<_, _>>().unwrap()
}

#[test]
fn exit_codes() {
    let desk = Desk::with_news();
    let table: &[(i32, &[&str])] = &[
        (0, &["--help"]),
        (0, &["--version"]),
        (0, &["read", "a.txt"]),
        (0, &["read", "a.txt", "--format", "json"]),
        (0, &["explain", "b.txt", "--line", "4"]),
        (0, &["chronicle", "a.txt", "b.txt"]),
        (1, &["read", "a.txt", "missing.txt"]),
        (1, &["explain", "missing.txt"]),
        (1, &["chronicle", "missing.txt", "a.txt"]),
        (1, &["chronicle", "--db", "missing.db"]),
        (1, &["read", "a.txt", "--ontology", "unheard-of"]),
        (1, &["eval", "missing"]),
        (2, &[]),
        (2, &["frobnicate"]),
        (2, &["read"]),
        (2, &["add"]),
        (2, &["explain"]),
        (2, &["chronicle"]),
        (2, &["chronicle", "a.txt", "--db", "kronik.db"]),
        (2, &["chronicle", "a.txt", "--war", "unheard-of"]),
        (2, &["chronicle", "a.txt", "--from", "soon"]),
        (2, &["read", "a.txt", "--format", "xml"]),
        (2, &["read", "a.txt", "--jobs", "0"]),
        (2, &["read", "a.txt", "--columns", "body"]),
        (2, &["completions", "cmd.exe"]),
    ];
    for (code, arguments) in table {
        let run = desk.ends(*code, arguments);
        assert!(
            *code == 0 || !run.err.is_empty(),
            "{arguments:?} says nothing"
        );
    }
}

#[test]
fn a_batch_goes_on_past_what_cannot_be_read() {
    let line = |id: &str, text: &str| {
        let document = json!({"id": id, "text": text, "published": "2026-03-04", "language": "en"});
        format!("{document}\n")
    };
    let good = [
        line("one", "Norway invited Iceland to talks in Oslo on Monday."),
        line("three", "Norway sent aid to Iceland on Monday."),
    ];
    let bad = good.join("{\"id\": \"two\", \"text\": \n");
    let desk = Desk::new(&[
        ("good.txt", ENGLISH.as_bytes()),
        ("empty.txt", b""),
        ("zero.txt", b"Police\0arrested\0three."),
        ("lines.jsonl", bad.as_bytes()),
        (
            "table.csv",
            b"date,body\n2026-03-04,Norway sent aid to Iceland.\n",
        ),
        ("last.txt", INDONESIAN.as_bytes()),
    ]);
    let inputs = [
        "good.txt",
        "empty.txt",
        "zero.txt",
        "lines.jsonl",
        "table.csv",
        "missing.txt",
        "last.txt",
    ];
    let mut arguments = vec!["read", "--quiet", "--format", "articles"];
    arguments.extend(inputs);
    let run = desk.ends(1, &arguments);

    let read: Vec<String> = lines(&run.out)
        .iter()
        .map(|a| a["source"].as_str().unwrap().to_string())
        .collect();
    assert_eq!(read, ["good.txt", "one", "three", "last.txt"]);

    let told = [
        ("empty.txt: ", "empty", "fetch it again"),
        ("zero.txt: ", "zero bytes", "as UTF-8"),
        ("lines.jsonl:2: ", "no JSON", "one whole JSON object a line"),
        ("table.csv:1: ", "'text'", "--columns text=body"),
        ("missing.txt: ", "no such file", "misspelling"),
    ];
    let messages: Vec<&str> = run.err.lines().collect();
    assert_eq!(messages.len(), told.len(), "{}", run.err);
    for (message, (place, what, remedy)) in messages.iter().zip(told) {
        for part in [place, what, remedy] {
            assert!(message.contains(part), "'{part}' in: {message}");
        }
    }
    // the same batch with the remedy taken
    desk.ends(
        0,
        &["read", "table.csv", "--columns", "text=body,published=date"],
    );
}

#[test]
fn as_many_at_once_as_one_likes() {
    let (desk, examples) = (Desk::with_news(), examples());
    for format in ["jsonl", "statements", "articles", "json", "text"] {
        let read = |jobs: &str| {
            let inputs = ["a.txt", "missing.txt", "b.txt", &examples];
            let mut arguments = vec!["read", "--format", format, "--jobs", jobs];
            arguments.extend(inputs);
            desk.ends(1, &arguments)
        };
        let one = read("1");
        assert_eq!(one, read("2"), "{format}");
        assert!(!one.out.is_empty(), "{format}");
    }
}

#[test]
fn one_object_holds_the_same_records_as_the_lines() {
    let (desk, examples) = (Desk::new(&[]), examples());
    let read = |format| desk.ends(0, &["read", &examples, "--format", format]).out;
    let whole: Value = serde_json::from_str(&read("json")).unwrap();
    assert_eq!(whole.as_object().unwrap().len(), 3);
    for (name, format) in [
        ("articles", "articles"),
        ("statements", "statements"),
        ("events", "jsonl"),
    ] {
        let records = whole[name].as_array().unwrap();
        assert!(!records.is_empty(), "{name}");
        assert_eq!(*records, lines(&read(format)), "{name}");
    }
}

#[test]
fn standard_input() {
    let desk = Desk::with_news();
    let given = |arguments: &[&str], text: &[u8]| {
        let mut command = desk.command(arguments);
        command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        child.stdin.take().unwrap().write_all(text).unwrap();
        finished(child.wait_with_output().unwrap())
    };
    let common = [
        "--outlet",
        "North Post",
        "--published",
        "2026-03-03",
        "--format",
        "jsonl",
    ];
    let read = |input: &str, text: &[u8]| {
        let run = given(&[&["read", input], &common[..]].concat(), text);
        assert_eq!(run.code, 0, "{}", run.err);
        lines(&run.out)
    };
    let (mut piped, named) = (read("-", ENGLISH.as_bytes()), read("a.txt", b""));
    assert!(!piped.is_empty());
    for event in &mut piped {
        assert_eq!(event["article"]["source"], "-");
        event["article"]["source"] = "a.txt".into();
    }
    assert_eq!(piped, named);
    let empty = given(&["read", "-"], b"");
    assert_eq!(empty.code, 1);
    assert!(empty.err.contains("-: This is empty."), "{}", empty.err);
}

#[test]
fn nobody_reads_on() {
    let (desk, examples) = (Desk::new(&[]), examples());
    let table: &[&[&str]] = &[
        &["read", &examples, "--format", "jsonl"],
        &["read", &examples, "--format", "json"],
        &["read", &examples],
        &["explain", &examples],
        &["chronicle", &examples, "--format", "json"],
        &["completions", "zsh"],
    ];
    for arguments in table {
        let mut command = desk.command(arguments);
        let mut child = command
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut out = child.stdout.take().unwrap();
        out.read_exact(&mut [0; 16]).unwrap();
        drop(out);
        let run = finished(child.wait_with_output().unwrap());
        assert_eq!(run.code, 0, "{arguments:?}: {}", run.err);
        assert!(!run.err.contains("panicked"), "{arguments:?}: {}", run.err);
    }
}

fn kept(db: &Path) -> (usize, usize, usize) {
    let store = Store::open_read(db).unwrap();
    let articles = store.articles(&Days::ALL).count();
    let statements = store.statements(&Days::ALL).count();
    (articles, statements, store.events(&Days::ALL).count())
}

#[test]
fn adding_twice_changes_nothing() {
    let (desk, examples) = (Desk::with_news(), examples());
    let arguments = ["add", "a.txt", "b.txt", &examples, "--db", "news.db"];
    desk.ends(0, &arguments);
    let db = desk.path("news.db");
    let (first, bytes) = (kept(&db), fs::read(&db).unwrap());
    assert!(first.0 == 11 && first.1 > 11 && first.2 > 20, "{first:?}");
    let again = desk.ends(0, &arguments);
    assert!(again.err.contains("11 there already"), "{}", again.err);
    assert_eq!(kept(&db), first);
    assert!(
        fs::read(&db).unwrap() == bytes,
        "bytes of the database changed"
    );
    desk.ends(0, &["chronicle", "--db", "news.db"]);
    assert!(
        fs::read(&db).unwrap() == bytes,
        "looking changed the database"
    );
}

#[test]
fn what_was_read_is_kept_when_the_next_cannot_be() {
    let desk = Desk::with_news();
    let run = desk.ends(1, &["add", "a.txt", "missing.txt", "b.txt"]);
    assert!(
        run.err.contains("missing.txt: There is no such file"),
        "{}",
        run.err
    );
    assert!(run.err.contains("1 not readable"), "{}", run.err);
    assert_eq!(kept(&desk.path("kronik.db")).0, 2);
}

#[test]
fn files_of_others_are_left_alone() {
    let desk = Desk::with_news();
    let foreign: &[u8] = b"notes of somebody else, by no means a database\n";
    fs::write(desk.path("notes.db"), foreign).unwrap();
    let before = names(&desk);
    for arguments in [
        &["add", "a.txt", "--db", "notes.db"][..],
        &["chronicle", "--db", "notes.db"],
    ] {
        let run = desk.ends(1, arguments);
        assert!(run.out.is_empty(), "{}", run.out);
        for part in ["notes.db", "none of Kronik's", "--db"] {
            assert!(run.err.contains(part), "'{part}' in: {}", run.err);
        }
        assert_eq!(fs::read(desk.path("notes.db")).unwrap(), foreign);
        assert_eq!(names(&desk), before);
    }
    desk.ends(1, &["chronicle", "--db", "nowhere.db"]);
    assert_eq!(names(&desk), before, "a database was made for looking");
}

fn names(desk: &Desk) -> Vec<String> {
    let entries = fs::read_dir(desk.folder.path()).unwrap();
    let mut names: Vec<String> = entries
        .map(|e| e.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

#[test]
fn a_chronicle_is_the_same_for_any_order() {
    let desk = Desk::with_news();
    let mut inputs: Vec<String> = fs::read_dir(examples())
        .unwrap()
        .map(|e| e.unwrap().path().display().to_string())
        .filter(|p| !p.ends_with(".md"))
        .collect();
    inputs.sort();
    inputs.push("a.txt".into());
    let chronicle = |inputs: &[String], format: &str| {
        let mut arguments = vec!["chronicle", "--format", format];
        arguments.extend(inputs.iter().map(String::as_str));
        desk.ends(0, &arguments).out
    };
    let reversed: Vec<String> = inputs.iter().rev().cloned().collect();
    for format in ["text", "md", "html", "json"] {
        let forward = chronicle(&inputs, format);
        assert!(forward.contains("2026"), "{format}");
        assert_eq!(forward, chronicle(&reversed, format), "{format}");
    }
    // from the store, added in two steps, the later reports first
    for part in reversed.chunks(5) {
        let mut arguments = vec!["add", "--db", "kept.db"];
        arguments.extend(part.iter().map(String::as_str));
        desk.ends(0, &arguments);
    }
    let stored = desk
        .ends(0, &["chronicle", "--db", "kept.db", "--format", "json"])
        .out;
    assert_eq!(stored, chronicle(&inputs, "json"));
}

#[test]
fn languages_that_are_told_but_not_read() {
    let desk = Desk::new(&[
        ("ru.txt", RUSSIAN.as_bytes()),
        ("ar.txt", ARABIC.as_bytes()),
    ]);
    for (name, language) in [("ru.txt", "ru"), ("ar.txt", "ar")] {
        let common = [
            "read",
            name,
            "--published",
            "2026-03-04",
            "--outlet",
            "Oslo Today",
        ];
        let run = desk.ends(0, &[&common[..], &["--format", "articles"]].concat());
        let warnings: Vec<&str> = run.err.lines().collect();
        assert_eq!(warnings.len(), 1, "{}", run.err);
        for part in [name, &format!("'{language}'"), "en, id", "--language"] {
            assert!(warnings[0].contains(part), "'{part}' in: {}", warnings[0]);
        }
        let article = &lines(&run.out)[0];
        assert_eq!(article["language"], language);
        let diagnostics = article["diagnostics"].as_array().unwrap();
        let codes: Vec<&Value> = diagnostics.iter().map(|d| &d["code"]).collect();
        assert_eq!(codes, ["language-unread"]);
        let events = desk.ends(0, &[&common[..], &["--format", "jsonl"]].concat());
        assert_eq!(events.out, "");
        let quiet = desk.ends(0, &[&common[..], &["--quiet"]].concat());
        assert_eq!(quiet.err, "");
    }
}

#[test]
fn every_command_shows_how_it_is_used() {
    let desk = Desk::new(&[]);
    let help = desk.ends(0, &["--help"]).out;
    assert!(help.contains("Examples:"), "{help}");
    for command in ["read", "add", "chronicle", "explain", "eval", "completions"] {
        assert!(help.contains(command), "{command}");
        for flag in ["--help", "-h"] {
            let help = desk.ends(0, &[command, flag]).out;
            assert!(help.contains("Example"), "{command} {flag}: {help}");
            assert!(
                help.contains(&format!("kronik {command}")),
                "{command} {flag}"
            );
        }
    }
}

#[test]
fn shells_complete_commands_and_options() {
    let desk = Desk::new(&[]);
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        let script = desk.ends(0, &["completions", shell]).out;
        let mut words = vec!["chronicle", "output-language"];
        // what an option may be, where the shell can tell
        if ["bash", "zsh", "fish"].contains(&shell) {
            words.push("jsonl");
        }
        for word in words {
            assert!(script.contains(word), "{shell} has no {word}");
        }
    }
}

#[test]
fn a_quarter_of_a_megabyte_on_one_line() {
    let sentence = "Police arrested three protesters in Lisbon on Tuesday, the ministry said. ";
    let page = format!(
        "<html><body><article><h1>A very long day</h1><p>{}</p></article></body></html>",
        sentence.repeat((1 << 18) / sentence.len())
    );
    assert!(!page.contains('\n'));
    let desk = Desk::new(&[("long.html", page.as_bytes())]);
    let common = [
        "--published",
        "2026-03-04",
        "--language",
        "en",
        "--format",
        "jsonl",
    ];
    let run = desk.ends(0, &[&["read", "long.html"], &common[..]].concat());
    assert!(
        run.out.lines().count() > 2_500,
        "{}",
        run.out.lines().count()
    );
}
