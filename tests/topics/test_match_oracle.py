"""The matcher beside the oracle: the same topics match, with the same score, at the same places."""

from hypothesis import given, settings
from hypothesis import strategies as st

from schemas.article import Article
from schemas.match import Field, Match
from schemas.topic import And, AtLeast, Concept, Expression, Has, Near, Not, Or, SameSentence, Score, Shape, Topic
from tests.topics import oracle
from tests.topics.articles import article
from topics.fold import fold
from topics.match import matcher

NAMES = ("x", "y", "z")
LANGUAGES = ("de", "en")
WORDS = (
    "Nato",
    "Natopartner",
    "Senator",
    "Rat",
    "Räte",
    "Nord",
    "Kreml",
    "kreml",
    "об'єднання",
    "НАТО",
    "東京",
    "F",
    "16",
    "AT&T",
    "C++",
    "Bericht",
)
FORMS = (*map(fold, WORDS), "nato*", "*nato", "*nato*", "r?t", "?at", "n?t*", "*reml", "at&t*", "bericht*", "京", "нат?")
GAPS = (" ", " ", " ", "-", "\u00a0", "\n", "\n\n", ". ", ", ", "", "'", "\u00ad", " — ", "。")

words = st.lists(st.sampled_from(FORMS), min_size=1, max_size=2, unique=True).map(sorted).map(tuple)


@st.composite
def shapes(draw: st.DrawFn, number: int) -> Shape:
    if draw(st.integers(0, 5)) == 0:
        spelled = draw(st.sampled_from(WORDS))
        return Shape(term=f"=={spelled}", words=tuple((word,) for word in fold(spelled).split()), cased=fold(spelled, cased=True))
    language = draw(st.sampled_from((None, None, "de", "en")))
    never = draw(st.sampled_from(((), (), ("de",), ("", "en")))) if language is None else ()
    in_a_row = draw(st.lists(words, min_size=1, max_size=3).map(tuple))
    return Shape(term=f"term {number}", words=in_a_row, language=language, never=never)


fields = st.sampled_from((None, None, *Field))
has = st.builds(Has, concept=st.sampled_from(NAMES), field=fields)
operands = st.lists(has, min_size=1, max_size=2).map(tuple)
leaves = st.one_of(
    has,
    has,
    st.builds(Near, left=operands, right=operands, within=st.integers(1, 4), ordered=st.booleans()),
    st.builds(SameSentence, left=operands, right=operands),
    st.builds(AtLeast, count=st.integers(1, 3), of=operands, different=st.booleans()),
)


def joined(parts: st.SearchStrategy[Expression]) -> st.SearchStrategy[Expression]:
    several = st.lists(parts, min_size=2, max_size=3).map(tuple)
    return st.one_of(st.builds(And, parts=several), st.builds(Or, parts=several), st.builds(Not, part=parts))


expressions: st.SearchStrategy[Expression] = st.recursive(leaves, joined, max_leaves=4)


@st.composite
def topics(draw: st.DrawFn, number: int) -> Topic:
    """Its match needs something: a topic that holds for an article that names nothing does not load."""
    concepts = [Concept(name=name, terms=(), shapes=tuple(draw(shapes(n)) for n in range(draw(st.integers(1, 3))))) for name in NAMES]
    match = draw(expressions.filter(lambda one: not oracle.holds(one, {}, oracle.text(article(), None))))
    number_of = st.sampled_from((0.5, 1.0, 2.0, 3.0))
    score = Score(title=draw(number_of), lead=draw(number_of), body=draw(number_of), threshold=draw(number_of))
    return Topic(
        topic_id=f"topic-{number}",
        title="",
        concepts=tuple(concepts),
        match=match,
        unless=tuple(draw(st.lists(expressions, max_size=1))),
        score=draw(st.sampled_from((None, score))),
        weights=(("x", draw(number_of)),),
        languages=draw(st.sampled_from(((), (), ("de",)))),
        digest=f"digest {number}",
    )


@st.composite
def texts(draw: st.DrawFn) -> str:
    parts = draw(st.lists(st.tuples(st.sampled_from(WORDS), st.sampled_from(GAPS)), min_size=1, max_size=9))
    return "".join(f"{draw(st.sampled_from((word, word.upper(), word.lower())))}{gap}" for word, gap in parts)


@st.composite
def articles(draw: st.DrawFn) -> Article:
    lead = draw(texts())
    body = draw(texts())
    return article(
        title=draw(st.sampled_from((lead, draw(texts())))),
        lead=lead,
        body=draw(st.sampled_from((body, f"{lead} {body}"))),
        language=draw(st.sampled_from((None, *LANGUAGES))),
    )


def places(match: Match, of: Article) -> set[tuple[str, oracle.Place]]:
    """The evidence, its places told in the folded text of the field."""
    written = oracle.text(of, None).written
    return {
        (
            one.concept,
            oracle.Place(
                field=one.field,
                start=len(fold(written[one.field][: one.start])),
                end=len(fold(written[one.field][: one.end])),
                term=one.term,
            ),
        )
        for one in match.evidence
    }


@settings(max_examples=100, deadline=None)
@given(st.tuples(topics(0), topics(1), topics(2)), articles())
def test_the_matcher_finds_what_the_rules_say_and_nothing_else(of: tuple[Topic, ...], seen: Article) -> None:
    expected = {topic.topic_id: told for topic in of if (told := oracle.rings(topic, seen, seen.language))}

    found = {match.topic_id: (match.score, places(match, seen)) for match in matcher(of).matches(seen)}

    assert found == expected
