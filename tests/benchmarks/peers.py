"""Other lexical searches over the same passages, in memory: what a project would take that does not write its own.

Each is called with passages (id, title, text) and a language, and gives a function from a question to the ids of
the best ten. bm25s and tantivy are measured where they are installed (make bench does it).
"""

import re
import sqlite3
from collections.abc import Callable, Sequence
from functools import cache
from importlib.util import find_spec
from typing import Any, NamedTuple

from knowledge.analysis import fold
from knowledge.index import stemmer
from knowledge.stems import stems
from knowledge.words import forms, stop_words

BEST = 10
TITLE_WEIGHT = 2.0
FUZZY_WEIGHT = 0.2
FIELDS = ["title", "text"]
LANGUAGE_NAMES = {"fr": "french", "de": "german"}


class Text(NamedTuple):
    """A passage as every search gets it."""

    id: str
    title: str
    text: str


Rank = Callable[[str], list[str]]
Build = Callable[[Sequence[Text], str], Rank]


def peers() -> dict[str, Build]:
    """The searches that can be measured here, by name."""
    found: dict[str, Build] = {
        "Whoosh, as in its tutorial": whoosh_tutorial,
        "SQLite FTS5, our stems": fts5_stems,
        "SQLite FTS5, trigrams": fts5_trigrams,
    }
    if find_spec("bm25s"):
        found["bm25s, our stems"] = bm25s_stems
    if find_spec("tantivy"):
        found["tantivy, tuned"] = tantivy_tuned
        found["tantivy, tuned and fuzzy"] = tantivy_fuzzy
    return found


def whoosh_tutorial(texts: Sequence[Text], lang: str) -> Rank:
    """Two fields with the standard analyzer, all words of the question joined by "or"."""
    from whoosh.fields import ID, TEXT, Schema
    from whoosh.filedb.filestore import RamStorage
    from whoosh.qparser import MultifieldParser, OrGroup

    index = RamStorage().create_index(Schema(id=ID(stored=True), title=TEXT(field_boost=TITLE_WEIGHT), text=TEXT))
    writer = index.writer()
    for text in texts:
        writer.add_document(**text._asdict())
    writer.commit()
    parser = MultifieldParser(["title", "text"], index.schema, group=OrGroup)
    searcher = index.searcher()

    def rank(question: str) -> list[str]:
        words = " ".join(re.findall(r"\w+", question.lower()))
        return [hit["id"] for hit in searcher.search(parser.parse(words), limit=BEST)]

    return rank


def fts5_stems(texts: Sequence[Text], lang: str) -> Rank:
    """FTS5 over words that our own stemmers prepared, without stop words."""
    stemmed = [Text(text.id, _stemmed(text.title, lang), _stemmed(text.text, lang)) for text in texts]
    return _fts5(stemmed, "unicode61", lambda question: _stemmed(question, lang).split())


def fts5_trigrams(texts: Sequence[Text], lang: str) -> Rank:
    """FTS5's own trigram tokenizer over folded text."""
    folded = [Text(text.id, fold(text.title, lang), fold(text.text, lang)) for text in texts]

    def grams(question: str) -> list[str]:
        words = fold(question, lang).split()
        return list(dict.fromkeys(word[n : n + 3] for word in words for n in range(len(word) - 2)))

    return _fts5(folded, "trigram", grams)


def _fts5(texts: Sequence[Text], tokenizer: str, terms: Callable[[str], list[str]]) -> Rank:
    database = sqlite3.connect(":memory:")
    database.execute(f"CREATE VIRTUAL TABLE passage USING fts5(id UNINDEXED, title, text, tokenize = '{tokenizer}')")
    database.executemany("INSERT INTO passage VALUES (?, ?, ?)", texts)
    query = f"SELECT id FROM passage WHERE passage MATCH ? ORDER BY bm25(passage, 0, {TITLE_WEIGHT}, 1) LIMIT {BEST}"

    def rank(question: str) -> list[str]:
        match = " OR ".join(f'"{term}"' for term in terms(question))
        return [row[0] for row in database.execute(query, (match,))] if match else []

    return rank


def bm25s_stems(texts: Sequence[Text], lang: str) -> Rank:
    """bm25s over the same words, the title twice."""
    import bm25s

    index = bm25s.BM25()
    title_twice = [_stemmed(f"{text.title} {text.title} {text.text}", lang).split() for text in texts]
    index.index(title_twice, show_progress=False)

    def rank(question: str) -> list[str]:
        words = _stemmed(question, lang).split()
        numbers, _ = index.retrieve([words], k=min(BEST, len(texts)), show_progress=False)
        return [texts[int(number)].id for number in numbers[0]] if words else []

    return rank


def tantivy_tuned(texts: Sequence[Text], lang: str) -> Rank:
    """tantivy with its stop words, stemmer and folding for the language."""
    return _tantivy(texts, lang, fuzzy=False)


def tantivy_fuzzy(texts: Sequence[Text], lang: str) -> Rank:
    """The same, words with one letter wrong counting a little too."""
    return _tantivy(texts, lang, fuzzy=True)


def _tantivy(texts: Sequence[Text], lang: str, fuzzy: bool) -> Rank:
    import tantivy

    name = LANGUAGE_NAMES[lang]
    chain: Any = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.simple()).filter(tantivy.Filter.lowercase())
    chain = chain.filter(tantivy.Filter.stopword(name)).filter(tantivy.Filter.stemmer(name))
    analyzer = chain.filter(tantivy.Filter.ascii_fold()).build()
    schema: Any = tantivy.SchemaBuilder().add_text_field("id", stored=True, tokenizer_name="raw")
    for field in FIELDS:
        schema = schema.add_text_field(field, tokenizer_name=name)
    index: Any = tantivy.Index(schema.build())
    index.register_tokenizer(name, analyzer)
    writer = index.writer(heap_size=50_000_000, num_threads=1)
    for text in texts:
        writer.add_document(tantivy.Document(**text._asdict()))
    writer.commit()
    writer.wait_merging_threads()
    index.reload()
    searcher = index.searcher()
    boosts = {"title": TITLE_WEIGHT, "text": 1.0}
    one_letter = dict.fromkeys(FIELDS, (False, 1, True))

    def rank(question: str) -> list[str]:
        words = " ".join(re.findall(r"\w+", question.lower()))
        if not words:
            return []
        query, _ = index.parse_query_lenient(words, FIELDS, field_boosts=boosts)
        if fuzzy:
            alike, _ = index.parse_query_lenient(words, FIELDS, field_boosts=boosts, fuzzy_fields=one_letter)
            weak = tantivy.Query.boost_query(alike, FUZZY_WEIGHT)
            query = tantivy.Query.boolean_query([(tantivy.Occur.Should, query), (tantivy.Occur.Should, weak)])
        return [searcher.doc(place)["id"][0] for _, place in searcher.search(query, BEST).hits]

    return rank


def _stemmed(text: str, lang: str) -> str:
    stop = stop_words(lang)
    return " ".join(_stem(lang)(word) for word in fold(text, lang).split() if word not in stop)


@cache
def _stem(lang: str) -> Callable[[str], str]:
    return stems(lang, stemmer(lang), forms(lang))
