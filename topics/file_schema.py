"""The JSON Schema (draft 2020-12) of topic files, by which an editor completes, explains and checks while one types."""

from collections.abc import Mapping
from typing import TypeAlias

from schemas.render import DRAFT
from schemas.topic import Severity
from topics import countries
from topics.drafts import OPTIONAL, REQUIRED
from topics.grammar import FIELDS, KEYWORDS

Schema: TypeAlias = dict[str, object]

NAME = "topics.schema.json"

_CONCEPT_NAME = rf"^(?!(?:{'|'.join(KEYWORDS)})$)[^\W\d_][\w-]*$"
_ID = "^(?!(?:system|all)$)[a-z0-9-]+$"
_DURATION = r"^(?:0|[0-9]{1,5} ?[smhd])$"
_DAY = "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"

_TERM_HELP = """A plain term hits any inflected form, in any case, as a whole word.
"de: Kreml": forms of that language, in articles in it or of unknown language
=Rat: this form alone; ==US: this form in this case
Sanktion*, *manöver, *gipfel*: the beginning, end or middle of a longer word; G?s: one letter
words in a row: each inflected; space, hyphen and line break are equal
/F-?16s?/, /nato/i: a regular expression"""

_HELP = {
    "title": "What people read. Free text.",
    "concepts": "Names for `match`, each a list of terms. A concept is found where one of its terms is.",
    "match": "Concepts with and, or, not and parentheses; title(a), lead(a), body(a), any(a); near(a, b, 10), before(a, b, 10), "
    "same_sentence(a, b), at_least(3, a), different(3, a). and and or are not mixed without parentheses.",
    "unless": "Vetoes: expressions as in match, or {field: title, any: [terms]}. One that holds keeps the article out.",
    "score": "Each concept of match that is found adds its weight times that of the best field it stands in. It rings from threshold on.",
    "weights": "Of concepts of match, for the score; 1 where none is given.",
    "languages": "Only articles in these languages, or of unknown language.",
    "sources": "Only articles of these sources of feeds.yaml.",
    "severity": "How loud: info, warning (the default) or critical.",
    "calm": "An alert without news for so long is resolved: 30s, 15m, 6h, 2d. Default 6h.",
    "cooldown": "For so long after an alert's last message, further articles join in silence. Default 0.",
    "tests": "Texts that must hit and texts that must miss; a topic whose tests fail does not load. "
    "A text's first paragraph is the title, the rest the body.",
}


def file_schema() -> Schema:
    return {
        "$schema": DRAFT,
        "title": "Topics of tocsin",
        "description": "Topics, and concepts that every topic file may use.",
        "type": "object",
        "properties": {
            "topics": _of("Each topic under its id: small letters, digits and -.", _names(_ID, {"$ref": "#/$defs/topic"})),
            "concepts": _of("Concepts for every topic file: {use: NAME}.", {"$ref": "#/$defs/concepts"}),
        },
        "anyOf": [{"required": ["topics"]}, {"required": ["concepts"]}],
        "additionalProperties": False,
        "$defs": _definitions(),
    }


def _definitions() -> Schema:
    return {
        "topic": {"description": "What you track."} | _map(_settings(), REQUIRED),
        "concepts": _names(_CONCEPT_NAME, {"$ref": "#/$defs/terms"}),
        "terms": {"description": "At least one term.", "type": "array", "items": {"$ref": "#/$defs/term"}, "minItems": 1},
        "term": {"description": _TERM_HELP, "anyOf": [_scalar(), _dated(), _country(), _use()]},
        "text": _scalar(),
        "number": {"type": "number", "exclusiveMinimum": 0, "maximum": 999_999.999999},
        "language": {"description": "Two small letters: de, en, fr.", "type": "string", "pattern": "^[a-z]{2}$"},
        "sample": {"anyOf": [_scalar(), _map({"text": _text(), "language": {"$ref": "#/$defs/language"}}, ("text",))]},
    }


def _settings() -> Schema:
    """Of a topic, each with its help."""
    kinds: dict[str, Schema] = {
        "title": _text(),
        "concepts": {"$ref": "#/$defs/concepts"},
        "match": {"type": "string", "minLength": 1},
        "unless": {"type": ["array", "null"], "items": {"anyOf": [{"type": "string", "minLength": 1}, _veto()]}},
        "score": _map({name: _number() for name in (*FIELDS, "threshold")}, ("threshold",)),
        "weights": _names(_CONCEPT_NAME, _number()),
        "languages": {"type": "array", "items": {"$ref": "#/$defs/language"}, "minItems": 1},
        "sources": {"type": "array", "items": {"type": "string", "pattern": "^[a-z0-9-]+$"}, "minItems": 1},
        "severity": {"enum": [*map(str, Severity)]},
        "calm": _duration(),
        "cooldown": _duration(),
        "tests": _map({name: {"type": ["array", "null"], "items": {"$ref": "#/$defs/sample"}} for name in ("hits", "misses")}, ()),
    }
    return {name: _of(_HELP[name], kinds[name]) for name in (*REQUIRED, *OPTIONAL)}


def _dated() -> Schema:
    day = {"type": "string", "pattern": _DAY}
    days = {"since": _of("First day of publication.", day), "until": _of("Last day of publication.", day)}
    return _of("A term for articles of some time.", _map({"term": _of(_TERM_HELP, _text()), **days}, ("term",)))


def _country() -> Schema:
    parts = {"type": "array", "items": {"enum": [*countries.PARTS]}, "minItems": 1}
    fields: Schema = {
        "country": _of("Two capital letters, ISO 3166: RU, UA, GB.", {"enum": sorted(countries.codes())}),
        "parts": _of("Default: name, adjective, people. Also: capital, seat (of government).", parts),
    }
    return _of("A country's names in every language.", _map(fields, ("country",)))


def _use() -> Schema:
    return _of("All terms of another concept: of this topic, a shared one, or TOPIC/CONCEPT.", _map({"use": _text()}, ("use",)))


def _veto() -> Schema:
    field = _of("Only in this field; without it anywhere.", {"enum": [*FIELDS]})
    return _map({"field": field, "any": {"$ref": "#/$defs/terms"}}, ("any",))


def _map(properties: Schema, required: tuple[str, ...]) -> Schema:
    return {"type": "object", "properties": properties, "required": [*required], "additionalProperties": False}


def _names(pattern: str, values: Schema) -> Schema:
    return {"type": "object", "propertyNames": {"pattern": pattern}, "additionalProperties": values}


def _of(description: str, schema: Mapping[str, object]) -> Schema:
    return {"description": description, **schema}


def _text() -> Schema:
    return {"$ref": "#/$defs/text"}


def _number() -> Schema:
    return {"$ref": "#/$defs/number"}


def _scalar() -> Schema:
    """A number is text that needs no quotes."""
    return {"type": ["string", "number"], "minLength": 1}


def _duration() -> Schema:
    return {"type": ["string", "integer"], "pattern": _DURATION, "minimum": 0, "maximum": 0}
