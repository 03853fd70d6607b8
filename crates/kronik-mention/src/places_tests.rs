//! Names that several places share: which of them a text means.
//!
//! Texts are our own. A case names words of its text and the state, or `state/division`, in which
//! the place must lie; `-` where Kronik must not choose.

use crate::actors_tests::read;

const ID: usize = 0;
const EN: usize = 1;

/// The first place of the words `name` must lie in `wanted`.
#[track_caller]
fn check(language: usize, text: &str, name: &str, wanted: &str) {
    let mentions = read(language, text);
    let shown: Vec<String> = mentions
        .places
        .iter()
        .map(|p| {
            let state = p.country.as_deref().unwrap_or("-");
            let division = p.admin1.as_deref().unwrap_or("-");
            format!("{} = {state}/{division}", p.span.slice(text))
        })
        .collect();
    let found = shown
        .iter()
        .find_map(|s| s.strip_prefix(&format!("{name} = ")));
    let fits = found.is_some_and(|t| t == wanted || t.split('/').next() == Some(wanted));
    assert!(fits, "{name} = {wanted} is not in {shown:#?} of {text}");
}

#[test]
fn a_name_alone_is_the_best_known_place() {
    for (text, name, wanted) in [
        (
            "Thousands marched in Barcelona on Sunday.",
            "Barcelona",
            "ESP",
        ),
        (
            "A bomb went off in Alexandria on Sunday.",
            "Alexandria",
            "EGY",
        ),
        ("Police fired tear gas in Birmingham.", "Birmingham", "GBR"),
        ("Shells fell in Odesa at dawn.", "Odesa", "UKR"),
        ("They signed the accord in Geneva.", "Geneva", "CHE"),
        ("They signed the accord in Athens.", "Athens", "GRC"),
        ("Talks resumed in Vienna on Friday.", "Vienna", "AUT"),
        ("A car bomb exploded in Manila.", "Manila", "PHL"),
        ("Ministers gathered in Dublin.", "Dublin", "IRL"),
        ("Ministers gathered in Rome.", "Rome", "ITA"),
        ("Ministers gathered in Lima.", "Lima", "PER"),
        ("Ministers gathered in Melbourne.", "Melbourne", "AUS"),
        ("Ministers gathered in Paris.", "Paris", "FRA"),
        ("Ministers gathered in Santiago.", "Santiago", "CHL"),
        ("A ferry sank off Kingston.", "Kingston", "JAM"),
        ("Drones flew over Moscow at night.", "Moscow", "RUS"),
    ] {
        check(EN, text, name, wanted);
    }
    for (text, name, wanted) in [
        ("Ledakan terjadi di Tripoli pada Minggu.", "Tripoli", "LBY"),
        (
            "Bentrokan pecah di Hyderabad pada Senin.",
            "Hyderabad",
            "IND",
        ),
        ("Pertemuan itu digelar di Jenewa.", "Jenewa", "CHE"),
        ("Unjuk rasa berlangsung di Bandung.", "Bandung", "IDN"),
        ("Rudal jatuh di Kharkov dini hari.", "Kharkov", "UKR"),
        ("Rudal jatuh di Kiev dini hari.", "Kiev", "UKR"),
        ("Polisi menangkap dua orang di Wina.", "Wina", "AUT"),
        ("Polisi menangkap dua orang di Roma.", "Roma", "ITA"),
    ] {
        check(ID, text, name, wanted);
    }
}

#[test]
fn the_state_or_division_beside_it_decides() {
    for (text, name, wanted) in [
        (
            "A man was shot in Birmingham, Alabama, on Monday.",
            "Birmingham",
            "USA/Alabama",
        ),
        (
            "Police arrested five in Paris, Texas, on Monday.",
            "Paris",
            "USA/Texas",
        ),
        (
            "A fire broke out in Columbus, Georgia, on Monday.",
            "Columbus",
            "USA/Georgia",
        ),
        (
            "A fire broke out in Columbus, Georgia, on Monday.",
            "Georgia",
            "USA",
        ),
        (
            "A fire broke out in Batumi, Georgia, on Monday.",
            "Georgia",
            "GEO",
        ),
        (
            "A man was shot in Alexandria, Virginia, on Monday.",
            "Alexandria",
            "USA/Virginia",
        ),
        (
            "Protesters gathered in Tripoli, Lebanon, on Monday.",
            "Tripoli",
            "LBN",
        ),
        (
            "A blast hit Hyderabad, Pakistan, on Monday in Hyderabad.",
            "Hyderabad",
            "PAK",
        ),
        (
            "Workers walked out in Barcelona, Venezuela, on Monday.",
            "Barcelona",
            "VEN",
        ),
        (
            "Troops entered Cartagena, Spain, after the flood in Cartagena.",
            "Cartagena",
            "ESP",
        ),
        (
            "Crowds marched in Córdoba, Argentina, on Monday.",
            "Córdoba",
            "ARG",
        ),
        (
            "Crowds marched in Córdoba, Spain, on Monday.",
            "Córdoba",
            "ESP",
        ),
        (
            "Crowds marched in Valencia, Venezuela, on Monday.",
            "Valencia",
            "VEN",
        ),
        (
            "Crowds marched in San José, Costa Rica, on Monday.",
            "San José",
            "CRI",
        ),
        (
            "Police raided a house in Hamilton, Canada, on Monday.",
            "Hamilton",
            "CAN",
        ),
        (
            "Police raided a house in Dublin, Ohio, on Monday.",
            "Dublin",
            "USA/Ohio",
        ),
        (
            "Police raided a house in Melbourne, Florida, on Monday.",
            "Melbourne",
            "USA/Florida",
        ),
        (
            "Police raided a house in Odessa, Texas, on Monday.",
            "Odessa",
            "USA/Texas",
        ),
        (
            "Police raided a house in London, Ontario, on Monday.",
            "London",
            "CAN/Ontario",
        ),
        (
            "Police raided a house in Santiago in the Dominican Republic.",
            "Santiago",
            "DOM",
        ),
        (
            "Police raided a house in St. Petersburg, Florida.",
            "St. Petersburg",
            "USA/Florida",
        ),
        (
            "Gunmen attacked the town of Bara, North Kordofan.",
            "Bara",
            "SDN",
        ),
    ] {
        check(EN, text, name, wanted);
    }
    for (text, name, wanted) in [
        (
            "Polisi menangkap lima orang di Tripoli, Lebanon.",
            "Tripoli",
            "LBN",
        ),
        ("Bom meledak di Hyderabad, Pakistan.", "Hyderabad", "PAK"),
        ("Bom meledak di Hyderabad di Pakistan.", "Hyderabad", "PAK"),
        (
            "Warga berunjuk rasa di Valencia, Venezuela.",
            "Valencia",
            "VEN",
        ),
        (
            "Warga berunjuk rasa di Barcelona, Venezuela.",
            "Barcelona",
            "VEN",
        ),
        (
            "Warga berunjuk rasa di Birmingham, Alabama.",
            "Birmingham",
            "USA/Alabama",
        ),
        (
            "Warga berunjuk rasa di Manado, Sulawesi Utara.",
            "Manado",
            "IDN/Sulawesi Utara",
        ),
        (
            "Warga berunjuk rasa di Kota Sorong, Papua Barat Daya.",
            "Kota Sorong",
            "IDN",
        ),
    ] {
        check(ID, text, name, wanted);
    }
}

#[test]
fn the_article_decides() {
    for (text, name, wanted) in [
        (
            "Lebanon's army sent troops after clashes. Residents of Tripoli fled. Shots were heard in Tripoli.",
            "Tripoli",
            "LBN",
        ),
        (
            "Pakistan's police arrested ten men. The raid was in Hyderabad, they said. Pakistan closed schools.",
            "Hyderabad",
            "PAK",
        ),
        (
            "Venezuela's opposition called for a strike. Thousands marched in Valencia. Venezuela sent police.",
            "Valencia",
            "VEN",
        ),
        (
            "Argentina's unions struck on Monday. Workers blocked roads in Córdoba. Argentina's president objected.",
            "Córdoba",
            "ARG",
        ),
        (
            "Colombia's navy seized a boat. It was taken to Cartagena. Colombia praised the crew.",
            "Cartagena",
            "COL",
        ),
        (
            "Jamaica declared a curfew. Soldiers patrolled in Kingston. Jamaica's police made arrests.",
            "Kingston",
            "JAM",
        ),
        (
            "Russia claimed the village. Russia said its troops had entered Donetsk. Russia sent more men.",
            "Donetsk",
            "UKR",
        ),
    ] {
        check(EN, text, name, wanted);
    }
    for (text, name, wanted) in [
        (
            "Tentara Lebanon menembak dua orang. Bentrokan terjadi di Tripoli. Lebanon menutup sekolah.",
            "Tripoli",
            "LBN",
        ),
        (
            "Polisi Pakistan menangkap sepuluh orang. Penggerebekan terjadi di Hyderabad. Pakistan menutup sekolah.",
            "Hyderabad",
            "PAK",
        ),
        (
            "Oposisi Venezuela menyerukan mogok. Ribuan orang berpawai di Valencia. Venezuela mengirim polisi.",
            "Valencia",
            "VEN",
        ),
    ] {
        check(ID, text, name, wanted);
    }
}

#[test]
fn the_noun_before_it_decides() {
    for (text, name, wanted) in [
        (
            "Desa Dalem di wilayah Donetsk direbut Rusia.",
            "Donetsk",
            "UKR/Donetsk",
        ),
        ("Rusia menyerang kota Donetsk.", "Donetsk", "UKR/Donetsk"),
        (
            "Banjir melanda Provinsi Bengkulu.",
            "Provinsi Bengkulu",
            "IDN",
        ),
        (
            "Banjir melanda Kabupaten Bandung.",
            "Kabupaten Bandung",
            "IDN/Jawa Barat",
        ),
        (
            "Banjir melanda Kabupaten Kupang.",
            "Kabupaten Kupang",
            "IDN/Nusa Tenggara Timur",
        ),
        (
            "Pasukan Ukraina mundur dari wilayah Kursk.",
            "Kursk",
            "RUS/Kursk",
        ),
        ("Gempa mengguncang Provinsi Aceh.", "Provinsi Aceh", "IDN"),
    ] {
        check(ID, text, name, wanted);
    }
    for (text, name, wanted) in [
        ("Floods hit the province of Aceh on Monday.", "Aceh", "IDN"),
        (
            "Russia shelled the Kharkiv region on Monday.",
            "Kharkiv region",
            "UKR/Kharkiv",
        ),
        (
            "Ukraine struck the Kursk region on Monday.",
            "Kursk region",
            "RUS/Kursk",
        ),
        (
            "Gunmen attacked a convoy in Helmand province.",
            "Helmand province",
            "AFG",
        ),
    ] {
        check(EN, text, name, wanted);
    }
}
