"""JSON lines to articles, and verdicts to rows: what the matcher is as a filter."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import fields, replace
from typing import TypeAlias

import orjson
from babel.core import get_global

from schemas import codec
from schemas.article import Article
from schemas.match import Evidence, Match
from topics.explain import why_not
from topics.match import Judgement, Matcher, match_of
from topics.reading import reading
from topics.sample import article as sample
from topics.verdict import Outcome

Identify: TypeAlias = Callable[[str, str], tuple[str, float]]  # title and body to a language and how sure that is
Row: TypeAlias = dict[str, object]

UNKNOWN = "und"  # as BCP 47 writes a language that nobody determined

_TEXTS = ("title", "lead", "body_text")
_READ = (*_TEXTS, "language_confidence", "published_dt", "first_seen_dt", "kind", "blocks", "source_id")
_EVIDENCE = tuple(field.name for field in fields(Evidence))
_BARE = codec.plain(sample(""))  # what a line does not say
_LANGUAGE = re.compile(r"[a-z]{2,3}(?=$|[-_])")
_ALIASES: Mapping[str, str] = get_global("language_aliases")  # of CLDR: deu and ger are de
_INSTANT = "Write an instant with its zone: 2024-10-01T12:00:00Z"
_FIXES = {
    "language_confidence": "Write a number from 0 to 1, or leave it out",
    "published_dt": _INSTANT,
    "first_seen_dt": _INSTANT,
    "kind": "Write article, live_blog or roundup, or leave it out",
    "blocks": 'Write them like [{"start": 0, "kind": "h"}], each of kind p, h, li or quote, or leave it out',
}
_TEXT_FIX = "Write it as text in quotes, or leave it out"


class BadRecord(Exception):
    """field: which of the line's; "" where it is the line itself."""

    def __init__(self, field: str, problem: str, fix: str) -> None:
        self.field, self.problem, self.fix = field, problem, fix
        super().__init__(f"{f'{field}: ' if field else ''}{problem}. {fix}")


def article(line: bytes, identify: Identify, number: int) -> Article:
    """A record of news.article.v1, or any object with title, lead or body_text. number: its id where it has none. Raises BadRecord."""
    value = _object(line)
    if not value.keys() & {*_TEXTS, "article_id"}:
        raise BadRecord("", "no text stands in this line", f"Call it {', '.join(_TEXTS[:-1])} or {_TEXTS[-1]}")
    given = {name: value[name] for name in _READ if value.get(name) is not None}
    try:
        read: Article = codec.adapter(Article).validate_python(_BARE | given | {"article_id": _id(value, number)})
    except codec.Unreadable as error:
        (first, *_) = error.errors(include_url=False)
        field = str(first["loc"][0])
        raise BadRecord(".".join(map(str, first["loc"])), _lowered(first["msg"]), _FIXES.get(field, _TEXT_FIX)) from error
    return _in_language(read, value.get("language"), identify)


def rows(matcher: Matcher, article: Article, everything: bool = False) -> Iterator[Row]:
    """A row a topic that matches; everything: a row a topic, with what is missing."""
    if not everything:
        yield from map(_of_match, matcher.matches(article))
        return
    read = reading(article)
    for judgement in matcher.judgements(article, read):
        matched = judgement.verdict.outcome is Outcome.MATCHED
        yield _of_match(match_of(judgement, article, read)) if matched else _of_judgement(judgement, article, read.has_body)


def _object(line: bytes) -> Mapping[str, object]:
    try:
        value = orjson.loads(line.removeprefix(b"\xef\xbb\xbf"))
    except orjson.JSONDecodeError as error:
        problem = f"this is no JSON at column {error.colno}: {error.msg.partition(': line ')[0]}"
        raise BadRecord("", problem, "Write one JSON object a line, in UTF-8") from error
    if not isinstance(value, dict):
        raise BadRecord("", "this is no JSON object", 'Write {"title": "...", "body_text": "..."}')
    return value


def _id(value: Mapping[str, object], number: int) -> str:
    field = "article_id" if value.get("article_id") is not None else "id"
    found = value.get(field)
    if found is None:
        return str(number)
    if isinstance(found, bool) or not isinstance(found, str | int):
        raise BadRecord(field, "input should be text or a whole number", "Write it in quotes, or leave it out")
    return str(found)


def _in_language(read: Article, declared: object, identify: Identify) -> Article:
    if declared is None or declared == "":
        body = read.body_text or read.lead or ""
        if not (read.title or body).strip():
            return replace(read, language_confidence=None)
        language, confidence = identify(read.title or "", body)
        return replace(read, language=language, language_confidence=confidence)
    found = _LANGUAGE.match(declared.strip().lower()) if isinstance(declared, str) else None
    if not found:
        raise BadRecord(
            "language", f"{declared!r} is no language", f"Write its two letters: de; {UNKNOWN} where it is unknown; or leave it out"
        )
    code = _ALIASES.get(found[0], found[0])
    if len(code) > 2 and code != UNKNOWN:
        raise BadRecord(
            "language", f"{declared!r} is no language that topics know", f"Write its two letters: de; {UNKNOWN} where it has none"
        )
    return replace(read, language=None if code == UNKNOWN else code)


def _of_match(match: Match) -> Row:
    return {
        "id": match.article.article_id,
        "topic_id": match.topic_id,
        "matched": True,
        "reason": str(Outcome.MATCHED),
        "detail": "",
        "score": match.score,
        "threshold": match.threshold,
        "headline_only": bool(match.headline_only),
        "evidence": [{name: getattr(one, name) for name in _EVIDENCE} for one in match.evidence],
        "topic_hash": match.topic_hash,
    }


def _of_judgement(judgement: Judgement, article: Article, has_body: bool) -> Row:
    topic = judgement.topic
    return {
        "id": article.article_id,
        "topic_id": topic.topic_id,
        "matched": False,
        "reason": str(judgement.verdict.outcome),
        "detail": why_not(judgement),
        "score": judgement.verdict.score,
        "threshold": topic.score.threshold if topic.score else None,
        "headline_only": not has_body,
        "evidence": [],
        "topic_hash": topic.digest,
    }


def _lowered(text: str) -> str:
    return text[:1].lower() + text[1:]
