"""What points at a person is hidden before a text is logged or kept for the editors."""

import pytest

from bot.masks import masked

HIDDEN = (
    ("Mon numéro AVS 756.1234.5678.97 ne passe pas", "756"),
    ("AHV 7561234567897 falsch", "7561234567897"),
    ("AHV 756 1234 5678 97", "5678"),
    ("ancien numéro 123.45.678.113", "678"),
    ("écrivez à anna.muster@bluewin.ch svp", "anna"),
    ("Anna.Muster(at)gmail.com", "Muster"),
    ("appelez le 079 123 45 67", "123"),
    ("+41 31 633 78 83", "633"),
    ("0041791234567", "791234567"),
    ("+41 (0)79 123 45 67", "123"),
    ("IBAN CH93 0076 2011 6238 5295 7", "2011"),
    ("ch9300762011623852957", "6238"),
    ("né le 03.04.2023", "2023"),
    ("née le 3.4.23", "3.4"),
    ("geboren 2023-04-03", "2023"),
    ("né le 1er avril 2023", "avril 2023"),
    ("geboren am 3. April 2023", "April 2023"),
    ("mon fils est né le 3 avril, a-t-il droit", "avril"),
    ("née le 3.4. et sa sœur", "3.4"),
    ("geboren am 3. April, zu jung?", "April"),
    ("Anna Muster anna.muster@kita.ch Admin Trägerschaft", "Muster"),
    ("Bruno Beispiel <b.beispiel@kita.ch>, collaborateur", "Beispiel"),
    ("Fallnummer 24.000123", "000123"),
    ("dossier 2024/1234", "1234"),
    ("Je m'appelle Luca Rossi, où est mon bon ?", "Rossi"),
    ("je m’appelle luca", "luca"),
    ("Ich heisse Hans-Peter Müller und frage", "Müller"),
    ("Meine Tochter Mia geht in die Kita", "Mia"),
    ("mon fils Noé de la Cruz", "Noé"),
    ("unser Kind Lena", "Lena"),
    ("Guten Tag Frau Beispiel", "Beispiel"),
    ("Madame Dubois-Perret de la commune", "Dubois"),
    ("ich wohne an der Bahnhofstrasse 12a", "12a"),
    ("j'habite rue du Lac 14", "Lac 14"),
    ("j'habite 14, rue du Lac", "Lac"),
)


@pytest.mark.parametrize(("text", "secret"), HIDDEN, ids=[text for text, _ in HIDDEN])
def test_what_points_at_a_person_is_hidden(text: str, secret: str) -> None:
    assert secret in text and secret not in masked(text)


@pytest.mark.parametrize(
    "text",
    [
        "Combien faut-il travailler à deux pour 60 % ?",
        "Ab 120 % Pensum oder 12'500 Franken?",
        "période 2026/27, art. 37 al. 2 OEJF",
        "revenu de CHF 160'000.00 par an",
        "Was gilt ab dem 1. August?",
        "qu'est-ce qui change après l'anniversaire, le 1er août ?",
        "Ab Geburt 18 Monate Babytarif?",
        "ma fille va à la crèche",
        "Meine Tochter geht in die Kita",
        "dans le cas d'une séparation",
        "quel chemin pour demander un bon",
    ],
)
def test_an_ordinary_question_stays_as_it_is(text: str) -> None:
    assert masked(text) == text
