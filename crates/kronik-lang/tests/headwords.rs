//! Headwords and keys in tables of cases.

#![allow(clippy::unwrap_used)]

use std::path::Path;
use std::sync::LazyLock;

use kronik_lang::{Category, Pack, Upos, Voice};
use kronik_record::Files;

static FILES: LazyLock<Files> = LazyLock::new(|| {
    Files::of_checkout(Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../.."))).unwrap()
});

fn pack(code: &str) -> Pack {
    Pack::load(&FILES, code).unwrap()
}

fn check(code: &str, upos: Upos, cases: &str) {
    let pack = pack(code);
    let mut wrong = Vec::new();
    for case in cases.split_whitespace() {
        let (form, wanted) = case.split_once('=').unwrap();
        let (lemma, _) = pack.headword(form, upos);
        if lemma != wanted {
            wrong.push(format!("{form}: {lemma}, not {wanted}"));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn english_verbs() {
    check(
        "en",
        Upos::Verb,
        "struck=strike shot=shoot lying=lie dying=die attacked=attack firing=fire fired=fire \
         bombing=bomb bombed=bomb killed=kill killing=kill denied=deny denies=deny seized=seize \
         freed=free agreed=agree fleeing=flee stopped=stop stopping=stop planning=plan \
         accuses=accuse launches=launch launched=launch met=meet held=hold said=say says=say \
         taken=take shelling=shell shelled=shell controlled=control vetoed=veto goes=go \
         withdrew=withdraw overthrown=overthrow imposed=impose passes=pass need=need \
         bring=bring sued=sue panicked=panic trafficking=traffic beheading=behead \
         surrendered=surrender visited=visit offered=offer referred=refer captured=capture \
         wounded=wound wound=wound grounded=ground googled=google crowdfunded=crowdfund zapping=zap",
    );
}

#[test]
fn english_nouns() {
    check(
        "en",
        Upos::Noun,
        "missiles=missile countries=country men=man forces=force attacks=attack allies=ally \
         bodies=body buses=bus losses=loss crises=crisis lives=life police=police series=series \
         troops=troop hostages=hostage policies=policy businesses=business glasses=glass \
         politics=politics Talks=talk deaths=death fighting=fighting aircraft=aircraft \
         gunmen=gunman status=status weapons=weapon houses=house clashes=clash",
    );
    check("en", Upos::Propn, "Reuters=Reuters Kyiv=Kyiv");
    check(
        "en",
        Upos::Adj,
        "bigger=big largest=large deadliest=deadly heavier=heavy better=good other=other",
    );
    check("en", Upos::Aux, "was=be has=have 's=be n't=n't");
    check("en", Upos::Part, "n't=not");
}

#[test]
fn indonesian_verbs() {
    check(
        "id",
        Upos::Verb,
        "menyerang=serang diserang=serang serang=serang menyerahkan=serah+kan \
         diserahkan=serah+kan Serahkan=serah+kan menandatangani=tandatangan+i \
         ditandatangani=tandatangan+i memperkuat=per+kuat diperkuat=per+kuat \
         berunding=ber+runding berunjuk=ber+unjuk terjadi=ter+jadi mengirim=kirim dikirim=kirim \
         kirim=kirim mengirimkan=kirim+kan mengirimi=kirim+i menembak=tembak menembaki=tembak+i \
         ditembaki=tembak+i menembakkan=tembak+kan menewaskan=tewas+kan memukul=pukul \
         memakai=pakai dipakai=pakai mengecam=kecam mengutuk=kutuk menuduh=tuduh tuduh=tuduh \
         menuding=tuding membantah=bantah mengatakan=kata+kan dikatakan=kata+kan \
         menyatakan=nyata+kan dinyatakan=nyata+kan menolak=tolak memprotes=protes \
         mengebom=bom dibom=bom mengesahkan=sah+kan disahkan=sah+kan mengecek=cek \
         mempelajari=pelajar+i memberhentikan=ber+henti+kan diberhentikan=ber+henti+kan \
         memberlakukan=ber+laku+kan memperbaiki=per+baik+i memperlihatkan=per+lihat+kan \
         mempertemukan=per+temu+kan menghentikan=henti+kan membebaskan=bebas+kan \
         bebaskan=bebas+kan menyetujuinya=setuju+i meninggal=meninggal \
         meninggalkan=tinggal+kan ditinggalkan=tinggal+kan mengetahui=ketahu+i \
         menangkap=tangkap tertangkap=ter+tangkap tertembak=ter+tembak berperang=ber+perang \
         bertempur=ber+tempur bertemu=ber+temu bekerja=ber+kerja belajar=ber+ajar \
         berhubungan=ber+hubung+an berdasarkan=ber+dasar+kan menyerangnya=serang \
         serangnya=serang kukirim=kirim kaukirim=kirim menyandera=sandera disandera=sandera \
         menyelenggarakan=selenggara+kan mengusir=usir mengungsi=ungsi memulangkan=pulang+kan \
         menggelar=gelar menggempur=gempur melancarkan=lancar+kan meluncurkan=luncur+kan \
         merebut=rebut merudal=rudal menjatuhkan=jatuh+kan mengancam=ancam diancam=ancam \
         menembak-nembak=tembak tembak-menembak=tembak berbulan-bulan=ber+bulan \
         dibeda-bedakan=beda+kan mengakui=aku+i mengaku=aku memberi=beri memberikan=beri+kan \
         diberikan=beri+kan mencari=cari menduduki=duduk+i menguasai=kuasa+i mengalahkan=kalah+kan \
         menawarkan=tawar+kan menyepakati=sepakat+i mengevaluasi=evaluasi mendeportasi=deportasi \
         menyosialisasikan=sosialisasi+kan menggulingkan=guling+kan mundur=mundur \
         memerintahkan=perintah+kan memerangi=perang+i mengawal=kawal mengurus=urus \
         menindaklanjuti=tindaklanjut+i \
         beterbangan=ber+terbang+an berpenghasilan=ber+penghasilan berkesimpulan=ber+kesimpulan",
    );
}

#[test]
fn indonesian_nouns_keep_their_own_headword() {
    check(
        "id",
        Upos::Noun,
        "serangan=serangan serangannya=serangan Penyerangan=penyerangan penyerangannya=penyerangan \
         serangan-serangan=serangan negara-negara=negara pembebasannya=pembebasan \
         kunjungan=kunjungan kunjungannya=kunjungan biaya=biaya masalah=masalah sekolah=sekolah \
         jumlah=jumlah dunianya=dunia buku=buku punyanya=punya pertemuan=pertemuan \
         presidennya=presiden tanya=tanya",
    );
    check("id", Upos::Pron, "mereka=mereka dirinya=diri");
}

#[test]
fn indonesian_derivations() {
    let pack = pack("id");
    let cases = [
        ("penyerangan", Category::Process, "serang"),
        ("serangan", Category::Outcome, "serang"),
        ("kematian", Category::State, "mati"),
        ("perundingan", Category::Dealing, "runding"),
        ("penyerang", Category::Agent, "serang"),
        ("pengeboman", Category::Process, "bom"),
        ("pemulangan", Category::Process, "pulang"),
        ("penembakan", Category::Process, "tembak"),
        ("pengiriman", Category::Process, "kirim"),
        ("pemberhentian", Category::Process, "henti"),
        ("pertemuannya", Category::Dealing, "temu"),
    ];
    for (form, category, root) in cases {
        let derivation = pack.derivation(form, Upos::Noun).expect(form);
        assert_eq!(
            (derivation.category, derivation.root.as_str()),
            (category, root),
            "{form}"
        );
    }
    let verb = pack.derivation("menyetujuinya", Upos::Verb).unwrap();
    assert_eq!(verb.category, Category::Active);
    assert_eq!(verb.applicative.as_deref(), Some("i"));
    assert_eq!(verb.clitic.as_deref(), Some("nya"));
}

#[test]
fn voices() {
    let id = pack("id");
    let cases = [
        ("menyerang", Voice::Active),
        ("diserang", Voice::Passive),
        ("kukirim", Voice::Passive),
        ("berunding", Voice::Active),
        ("serang", Voice::None),
        ("tertembak", Voice::Passive),
        ("diketahui", Voice::Passive),
    ];
    for (form, voice) in cases {
        assert_eq!(id.headword(form, Upos::Verb).1, voice, "{form}");
    }
    let en = pack("en");
    assert_eq!(en.headword("attacks", Upos::Verb).1, Voice::Active);
    assert_eq!(en.headword("attacked", Upos::Verb).1, Voice::None);
}

#[test]
fn keys_meet_headwords() {
    let id = pack("id");
    assert_eq!(
        id.key("menyerang", true),
        id.headword("diserang", Upos::Verb).0
    );
    assert_eq!(
        id.key("serangan", false),
        id.headword("Serangannya", Upos::Noun).0
    );
    let en = pack("en");
    assert_eq!(
        en.key("attack", true),
        en.headword("attacked", Upos::Verb).0
    );
    assert_eq!(
        en.key("attack", false),
        en.headword("attacks", Upos::Noun).0
    );
}

#[test]
fn loading_says_what_is_wrong() {
    let check = |name: &str, text: &str, wanted: &str| {
        let mut files = FILES.clone();
        files.insert(format!("languages/en/{name}"), text.to_string());
        let error = Pack::load(&files, "en").unwrap_err().to_string();
        assert_eq!(error, wanted);
    };
    check(
        "abbreviations.txt",
        "Mr",
        "languages/en/abbreviations.txt:1: 'Mr' does not end in a full stop",
    );
    check(
        "abbreviations.txt",
        "# x\nMr. ?\n",
        "languages/en/abbreviations.txt:2: unknown mark '?' after 'Mr.'; write *, # or nothing",
    );
    check(
        "roots.txt",
        "go\nGo",
        "languages/en/roots.txt:2: write the root 'Go' in lower case",
    );
    check(
        "roots.txt",
        "go\ngo",
        "languages/en/roots.txt:2: the root 'go' stands here twice",
    );
    check(
        "words.tsv",
        "form\tupos\tlemma\nthe\tDETT\n",
        "languages/en/words.tsv:2: 'DETT' is no universal part of speech",
    );
    check(
        "pack.toml",
        "code = \"xx\"\nname = \"X\"\nenglish_name = \"X\"\ndecimal = \".\"\ngroup = \",\"\n",
        "languages/en/pack.toml: code is 'xx' but the folder is 'en'",
    );
    let error = Pack::load(&FILES, "zz").unwrap_err().to_string();
    assert_eq!(error, "languages/zz/pack.toml: this file is missing");
}

#[test]
fn the_template_is_not_listed() {
    let codes = Pack::codes(&FILES);
    assert!(
        codes.contains(&"en".to_string()) && codes.contains(&"id".to_string()),
        "{codes:?}"
    );
    assert!(!codes.contains(&"template".to_string()));
}

#[test]
fn a_copy_of_the_template_is_a_pack() {
    let pack = pack("template");
    assert_eq!(pack.headword("Word", Upos::Noun).0, "word");
    assert_eq!((pack.decimal(), pack.group()), ('.', ','));
}
