"""Checks the whole library: what is missing, too long, or differs between French and German."""

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator
from datetime import date, timedelta

from babel.dates import format_date

from knowledge.analysis import fold
from knowledge.library import LANGUAGES, Library, Passage

LONGEST_PASSAGE = 800
_CHECKED_WITHIN = timedelta(days=550)
# A link in the text that is no address of the web, of mail or of a telephone.
_LINK = re.compile(r"\]\((?![a-z]+:)([^)\s]+)\)")

_NUMBER = re.compile(r"\d+(?:[.,:]\d+)*")
_THOUSANDS = re.compile(r"(?<=\d)['’ \u00a0\u202f](?=\d{3}(?!\d))")
_ORDINAL = re.compile(r"(?<=\d)(?:er|re|e|\.)(?!\w|\d)")


def mistakes(of: Library, today: date, checks: Collection[str]) -> list[str]:
    """What an editor should mend on this day, each in one plain line that names the file and the passage.

    `checks` are the names of the guided checks that an article may name.
    """
    found = list(of.mistakes)
    for slug, files in _articles(of).items():
        found += _missing_language(slug, files)
        if len(files) == len(LANGUAGES):
            found += _differences(slug, *(files[lang] for lang in LANGUAGES))
    known = {lang: of.titles(lang) for lang in LANGUAGES}
    for passage in of.all_passages:
        found += _in_passage(passage)
        found += _dates(passage, today)
        if passage.check and passage.check not in checks:
            found.append(f"{passage.article}.{passage.lang}.md: unknown guided check {passage.check}")
        found += [
            f"{_place(passage)}: unknown related article {slug}"
            for slug in passage.related
            if slug not in known[passage.lang]
        ]
        found += [
            f"{_place(passage)}: the link to {link} leads nowhere"
            for link in _LINK.findall(passage.text)
            if not _leads(of, passage, link)
        ]
    found += _claimed_twice(of)
    return list(dict.fromkeys(found))


def _articles(of: Library) -> dict[str, dict[str, list[Passage]]]:
    articles: dict[str, dict[str, list[Passage]]] = defaultdict(lambda: defaultdict(list))
    for passage in of.all_passages:
        articles[passage.article][passage.lang].append(passage)
    return articles


def _missing_language(slug: str, files: dict[str, list[Passage]]) -> Iterator[str]:
    for lang in LANGUAGES:
        if lang not in files:
            yield f"{slug}.{lang}.md: missing translation"


def _differences(slug: str, french: list[Passage], german: list[Passage]) -> Iterator[str]:
    anchors, others = ([passage.anchor for passage in rows] for rows in (french, german))
    for anchor in anchors:
        if anchor not in others:
            yield f"{slug}.de.md: missing passage {anchor}"
    for anchor in others:
        if anchor not in anchors:
            yield f"{slug}.fr.md: missing passage {anchor}"
    if anchors != others and sorted(anchors) == sorted(others):
        yield f"{slug}: the passages are in another order in French and German"
    twins = {passage.anchor: passage for passage in german}
    for passage in french:
        if passage.anchor in twins:
            yield from _twins(passage, twins[passage.anchor])


def _twins(french: Passage, german: Passage) -> Iterator[str]:
    place = f"{french.article}#{french.anchor}"
    if french.source_keys != german.source_keys:
        yield f"{place}: the sources differ between French and German"
    if bool(french.law) != bool(german.law):
        yield f"{place}: the legal article is named in one language only"
    if (french.valid_from, french.valid_until) != (german.valid_from, german.valid_until):
        yield f"{place}: the dates of validity differ between French and German"
    one, other = _numbers(french.text), _numbers(german.text)
    if one != other:
        yield f"{place}: the numbers differ: French only {_listed(one - other)}, German only {_listed(other - one)}"


def _numbers(text: str) -> set[str]:
    # "1er août" and "1. August", "49 000" and "49'000", "1,5" and "1.5", "8h30" and "8.30" are the same numbers.
    plain = _ORDINAL.sub("", _THOUSANDS.sub("", text))
    return {number.replace(",", ".").replace(":", ".") for number in _NUMBER.findall(plain)}


def _listed(numbers: set[str]) -> str:
    return ", ".join(sorted(numbers)) or "none"


def _in_passage(passage: Passage) -> Iterator[str]:
    place = _place(passage)
    if len(passage.sources) != len(passage.source_keys):
        yield f"{place}: unknown source among {', '.join(passage.source_keys)}"
    if len(passage.text) > LONGEST_PASSAGE:
        yield f"{place}: {len(passage.text)} characters, at most {LONGEST_PASSAGE}"
    if not passage.questions:
        yield f"{place}: no questions"
    if passage.lang == "de" and "ß" in " ".join((passage.title, passage.heading, passage.text, *passage.questions)):
        yield f"{place}: ß, which Swiss spelling does not have"


def _dates(passage: Passage, today: date) -> Iterator[str]:
    place, begin, end = _place(passage), passage.valid_from, passage.valid_until
    if begin and end and begin > end:
        yield f"{place}: valid from {begin} until {end}, which is before"
    elif end and end < today and _written(end, passage.lang) not in f"{passage.heading} {passage.text}":
        yield f"{place}: valid until {end} only, which is past, and the text does not say so"
    if passage.last_checked > today:
        yield f"{place}: checked on {passage.last_checked}, which is still to come"
    elif today - passage.last_checked > _CHECKED_WITHIN:
        yield f"{place}: last checked on {passage.last_checked}, more than {_CHECKED_WITHIN.days} days ago"


def _written(day: date, lang: str) -> str:
    return str(format_date(day, {"fr": "d MMMM y", "de": "d. MMMM y"}[lang], lang))


def _leads(of: Library, passage: Passage, link: str) -> bool:
    """Whether a link within the library ("#anchor", "article" or "article#anchor") leads to a passage."""
    slug, _, anchor = link.partition("#")
    slug = slug.removesuffix(f".{passage.lang}.md").removesuffix(".md") or passage.article
    if not anchor:
        return slug in of.titles(passage.lang)
    return of.passage(slug, anchor, passage.lang) is not None


def _claimed_twice(of: Library) -> Iterator[str]:
    for lang in LANGUAGES:
        claims: dict[str, list[Passage]] = defaultdict(list)
        for passage in of.passages(lang):
            for wording in dict.fromkeys(fold(question, lang) for question in passage.questions):
                claims[wording].append(passage)
            again = [w for w, count in Counter(fold(q, lang) for q in passage.questions).items() if count > 1]
            yield from (f"{_place(passage)}: the question '{wording}' stands twice" for wording in again)
        for wording, passages in claims.items():
            if len(passages) > 1:
                names = " and ".join(f"{passage.article}#{passage.anchor}" for passage in passages)
                yield f"{lang}: the question '{wording}' is claimed by {names}"


def _place(passage: Passage) -> str:
    return f"{passage.article}.{passage.lang}.md#{passage.anchor}"
