"""Swiss German, as people write it, is led to the standard words and passages; standard German is left alone."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.analysis import fold
from knowledge.dialect import Dialect, pack_sounds
from knowledge.index import stemmer
from knowledge.language import language_of
from knowledge.library import library
from knowledge.search import find
from knowledge.stems import stems
from knowledge.words import common_words, compound_parts, forms, small_words, stop_words

# One sentence a line, then the words of it that are not standard German with the standard ones.
ROWS = [
    line.split(" | ")
    for line in (Path(__file__).parent / "bernese_sentences.txt").read_text(encoding="utf-8").splitlines()
]
SENTENCES = [sentence for sentence, _ in ROWS]
WORDS = {tuple(fold(word, "de") for word in pair.split("=")) for _, pairs in ROWS for pair in pairs.split()}
PAIRS = sorted(pair for pair in WORDS if pair[0] != pair[1])
stem = stems("de", stemmer("de"), forms("de"))


@pytest.fixture(scope="module")
def dialect() -> Dialect:
    """Knows the standard words of the pairs among some thousand others, all of them equally rare."""
    other = {*common_words("de"), *compound_parts(), *stop_words("de"), *forms("de")}
    return Dialect(pack_sounds({*other, *(standard for _, standard in PAIRS)}), {})


def said(dialect: Dialect, word: str) -> str:
    """The standard word that a dialect word is first taken for, or the word itself."""
    (plain,) = dialect.plain([fold(word, "de")])
    if plain in forms("de"):
        return forms("de")[plain]
    found = dialect.candidates(plain) or dialect.compound(plain)
    return found[0][0] if found else plain


def test_bernese_words_are_led_to_the_standard_ones(dialect: Dialect) -> None:
    wrong = [pair for pair in PAIRS if stem(said(dialect, pair[0])) != stem(pair[1])]
    assert len(wrong) <= len(PAIRS) * 0.05, wrong
    by_sound = [pair for pair in PAIRS if stem(pair[0]) != stem(pair[1])]
    assert len(by_sound) >= 80
    assert len(set(wrong) & set(by_sound)) <= len(by_sound) * 0.1, wrong


@pytest.mark.parametrize(
    ("word", "standard"),
    [
        ("Spitau", "Spital"),
        ("Chrankekasse", "Krankenkasse"),
        ("hinger", "hinter"),
        ("Hung", "Hund"),
        ("gschlage", "geschlagen"),
        ("Prys", "Preis"),
        ("schnyde", "schneiden"),
        ("Huus", "Haus"),
        ("Loufbahn", "Laufbahn"),
        ("Fröid", "Freude"),
        ("Mönsch", "Mensch"),
        ("Wätter", "Wetter"),
        ("Aasatz", "Ansatz"),
        ("Ymfang", "Umfang"),
        ("Ystellig", "Einstellung"),
        ("usdrucke", "ausdrucken"),
        ("Ufgab", "Aufgabe"),
        ("Haltig", "Haltung"),
        ("Fäuer", "Fehler"),
        ("poschte", "posten"),
        ("Leiterin", "Leiterin"),
        ("Lehrere", "Lehrerin"),
        ("Velofahrerinne", "Velofahrerinnen"),
        ("Suppetäller", "Suppenteller"),
        ("abnäh", "abnehmen"),
        ("mäudet", "meldet"),
    ],
)
def test_sounds_of_bernese(word: str, standard: str) -> None:
    meant, others = fold(standard, "de"), {"hand", "hof", "preise", "mond", "wolle", "umzug", "antrag", "auszug"}
    own = Dialect(pack_sounds({meant, *others}), {})
    assert meant in (said(own, word), *(found for found, _ in own.candidates(fold(word, "de"))))


def test_the_more_frequent_of_two_words_that_sound_alike_is_meant() -> None:
    sounds = pack_sounds(["weiden", "wetten"])
    assert Dialect(sounds, {"wetten": 60}).candidates("watte")[0][0] == "wetten"


SOME = Dialect(
    pack_sounds(["haus", "mutter", "kinder", "einkommen", "geld", "galt", "weit", "wett", "ende", "anden"]), {}
)


@given(st.text(alphabet="abcdefghiklmnoprstuwyz", max_size=30))
def test_any_word_has_at_most_two_candidates_with_falling_weights_below_one(word: str) -> None:
    found = SOME.candidates(word)
    weights = [weight for _, weight in found]
    assert len(found) <= 2
    assert weights == sorted(weights, reverse=True)
    assert all(0 < weight < 1 for weight in weights)


def test_a_standard_word_is_taken_for_nothing_else() -> None:
    own = Dialect(pack_sounds(common_words("de")), {})
    assert not [word for word in common_words("de") if own.candidates(word)]


def test_small_words_of_dialect_are_no_standard_words() -> None:
    assert not (small_words().keys() - {"eis"}) & (common_words("de") | compound_parts())
    standard = [fold(p.text, "de").split() for p in library().passages("de")]
    counts = [sum(row.count(word) for row in standard) for word in ("dr", "isch", "hei", "nid", "zu", "muss", "da")]
    assert counts[:4] == [0, 0, 0, 0]
    assert all(counts[4:])
    assert not {"zu", "muss", "da", "am", "hat", "ob", "soll"} & small_words().keys()


def test_standard_german_is_not_taken_for_dialect(dialect: Dialect) -> None:
    sentences = [sentence for p in library().passages("de") for sentence in (p.heading, *p.text.split(". "))]
    wrong = [sentence for sentence in sentences if dialect.is_spoken(fold(sentence, "de").split())]
    assert len(sentences) > 2000 and len(wrong) <= len(sentences) / 500, wrong
    told = [sentence for sentence in SENTENCES if dialect.is_spoken(fold(sentence, "de").split())]
    assert len(told) >= len(SENTENCES) * 0.9


def test_dialect_is_german() -> None:
    assert not [sentence for sentence in SENTENCES if language_of(sentence) != "de"]


@pytest.mark.parametrize("text", ["nid yverstande", "u itz?", "Chrippe z tüür", "hesch Zyt", "wie viu", "i cha nid"])
def test_few_words_of_dialect_are_german(text: str) -> None:
    assert language_of(text) == "de"


@pytest.mark.parametrize(
    ("spoken", "standard"),
    [
        (
            "Wi viu Prozänt müesse mir zäme schaffe, we ds Ching i d Chrippe geit?",
            "Wie viel Prozent müssen wir zusammen arbeiten, wenn das Kind in die Krippe geht?",
        ),
        ("Wo cha me Beschwärde mache?", "Wo kann man Beschwerde machen?"),
        ("Mir hei üs trennt. Was mues i mäude?", "Wir haben uns getrennt. Was muss ich melden?"),
        ("Wär mues d Freigabequittig ungerschrybe?", "Wer muss die Freigabequittung unterschreiben?"),
        ("Zellt ds Vermöge o zum Ykomme?", "Zählt das Vermögen auch zum Einkommen?"),
        (
            "Chöi mir dr Guetschyn o für ne Tagesmueter bruuche?",
            "Können wir den Gutschein auch für eine Tagesmutter brauchen?",
        ),
        (
            "Mir zügle i ne angeri Gmeind. Was passiert mit em Guetschyn?",
            "Wir ziehen in eine andere Gemeinde um. Was passiert mit dem Gutschein?",
        ),
        ("Wi lang duuret d Ygwöhnig i dr Kita?", "Wie lange dauert die Eingewöhnung in der Kita?"),
        (
            "I bi säubschtändig. Weli Ungerlage söu i schicke?",
            "Ich bin selbständig. Welche Unterlagen soll ich schicken?",
        ),
        ("Was choschtet ds Mittagässe?", "Was kostet das Mittagessen?"),
        ("I ha mi Stöu verlore. Was iz?", "Ich habe meine Stelle verloren. Was jetzt?"),
        ("Mues ig d Stüürveranlagig schicke?", "Muss ich die Steuerveranlagung schicken?"),
    ],
)
def test_a_question_in_dialect_is_answered_like_the_standard_one(spoken: str, standard: str) -> None:
    asked, meant = find(spoken, "de"), find(standard, "de")
    quoted = {hit.passage for hit in asked.hits[: asked.shown]}
    assert asked.kind == "answer" and quoted & {hit.passage for hit in meant.hits[: meant.shown]}


@pytest.mark.parametrize(
    "question",
    [
        "Wo cha me hie guet Pizza ässe?",
        "Wi bacheni e Züpfe?",
        "Wär het d Wahle gwunne?",
        "Wo chani my Velo la flicke?",
        "Was choschtet d Musigschueu?",
        "Wi lang geit dr Mueterschaftsurloub im Kanton Bärn?",
        "Wi viu Chinderzuelage git's für zwöi Ching?",
        "Wi wird me Tagesmueter u was verdient me da?",
    ],
)
def test_what_the_library_does_not_cover_is_not_answered_in_dialect_either(question: str) -> None:
    assert find(question, "de").kind != "answer"
