"""What holds for what was found, each operator beside a count of all pairs, and what is said where it does not hold."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.match import Field
from schemas.topic import And, AtLeast, Expression, Has, Near, Not, Operand, Or, SameSentence
from topics.found import Found, Hit
from topics.grammar import expression
from topics.rules import EMPTY, holds, missing, named, needed, required, speaking, written

CONCEPTS = ("nato", "russia", "tension")


@dataclass(frozen=True)
class Words:
    """A text whose words are separated by one space, and whose sentences end with a word that has a full stop."""

    text: str

    def token(self, at: int) -> int:
        return self.text.count(" ", 0, at)

    def sentence(self, at: int) -> int:
        return self.text.count(". ", 0, at)


@dataclass(frozen=True, kw_only=True)
class Numbered:
    """The number of the word and of the sentence of each character."""

    words: Sequence[int]
    sentences: Sequence[int]

    def token(self, at: int) -> int:
        return self.words[at]

    def sentence(self, at: int) -> int:
        return self.sentences[at]


def found(title: str = "", lead: str = "", body: str = "") -> Found:
    """Each concept by its own name, and tension by standoff and war games, too."""
    text = " ".join((title, lead, body))
    terms = {"nato": ["nato"], "russia": ["russia"], "tension": ["tension", "standoff", "war games"]}
    starts = {Field.TITLE: 0, Field.LEAD: len(title) + 1, Field.BODY: len(title) + len(lead) + 2}
    hits = {
        concept: sorted(
            Hit(
                start=at,
                end=at + len(term),
                field=[field for field, start in starts.items() if start <= at][-1],
                concept=concept,
                term=term,
            )
            for term in of
            for at in range(len(text))
            if text.startswith(term, at)
        )
        for concept, of in terms.items()
    }
    return Found(hits={concept: there for concept, there in hits.items() if there}, ruler=Words(text))


def read(text: str) -> Expression:
    return expression(text, CONCEPTS)


@pytest.mark.parametrize(
    ("match", "text", "is_so"),
    [
        ("near(nato, russia, 1)", "nato russia", True),
        ("near(nato, russia, 1)", "russia nato", True),
        ("near(nato, russia, 1)", "nato warns russia", False),
        ("near(nato, russia, 2)", "nato warns russia", True),
        ("near(nato, russia, 2)", "nato nato. and russia", True),
        ("near(tension, russia, 1)", "war games russia", True),
        ("near(russia, tension, 1)", "russia war games", True),
        ("near(nato or tension, russia, 1)", "nato and tension russia", True),
        ("before(nato, russia, 2)", "nato warns russia", True),
        ("before(nato, russia, 2)", "russia warns nato", False),
        ("same_sentence(nato, russia)", "nato met. it warned russia", False),
        ("same_sentence(nato, russia)", "all met. russia and a long way from it nato", True),
        ("at_least(2, nato)", "nato", False),
        ("at_least(2, nato)", "nato and nato", True),
        ("at_least(2, nato or russia)", "nato and russia", True),
        ("different(2, tension)", "tension and tension", False),
        ("different(2, tension)", "tension and standoff", True),
        ("not near(nato, russia, 1)", "nato", True),
    ],
)
def test_an_operator_looks_at_places(match: str, text: str, is_so: bool) -> None:
    assert holds(read(match), found(body=text)) == is_so


@pytest.mark.parametrize("match", ["near(nato, russia, 9)", "before(nato, russia, 9)", "same_sentence(nato, russia)"])
def test_two_places_lie_in_one_field(match: str) -> None:
    assert not holds(read(match), found(title="nato", body="russia"))


def test_near_looks_in_the_field_that_is_named() -> None:
    there = found(title="nato russia", body="nato and then russia")

    assert not holds(read("near(body(nato), body(russia), 1)"), there)
    assert holds(read("near(title(nato), title(russia), 1)"), there)


def test_at_least_looks_in_the_field_that_is_named() -> None:
    assert not holds(read("at_least(2, body(nato))"), found(title="nato", body="nato"))


def test_hits_that_share_a_character_are_never_near_each_other() -> None:
    whole = Hit(start=0, end=10, field=Field.BODY, concept="nato", term="nato talks")
    part = Hit(start=5, end=10, field=Field.BODY, concept="russia", term="talks")
    there = Found(hits={"nato": [whole], "russia": [part]}, ruler=Words("nato talks"))

    assert not holds(read("near(nato, russia, 9)"), there)


def test_a_hit_is_not_near_itself() -> None:
    assert not holds(read("near(nato, nato, 9)"), found(body="nato"))
    assert holds(read("near(nato, nato, 2)"), found(body="nato and nato"))


def test_a_place_that_two_concepts_hit_counts_once() -> None:
    twice = [Hit(start=0, end=4, field=Field.BODY, concept=concept, term=concept) for concept in ("nato", "russia")]
    there = Found(hits={"nato": twice[:1], "russia": twice[1:]}, ruler=Words("both"))

    assert not holds(read("at_least(2, nato or russia)"), there)
    assert holds(read("different(2, nato or russia)"), there)


@pytest.mark.parametrize("function", ["at_least", "different"])
@pytest.mark.parametrize(("text", "number"), [("war games", 1), ("war games and war", 2), ("cold war games", 1), ("the war", 1)])
def test_a_word_inside_of_a_phrase_that_is_found_counts_no_more(function: str, text: str, number: int) -> None:
    terms = ("war", "war games", "cold war")
    hits = sorted(
        Hit(start=at, end=at + len(term), field=Field.BODY, concept="tension", term=term)
        for term in terms
        for at in range(len(text))
        if text.startswith(term, at)
    )
    there = Found(hits={"tension": hits}, ruler=Words(text))

    assert holds(read(f"{function}({number}, tension)"), there)
    assert not holds(read(f"{function}({number + 1}, tension)"), there)


@pytest.mark.parametrize(("start", "is_near"), [(2, True), (3, False)])
def test_in_a_script_without_spaces_the_next_character_is_one_word_away(start: int, is_near: bool) -> None:
    nato = Hit(start=0, end=2, field=Field.BODY, concept="nato", term="北约")
    russia = Hit(start=start, end=start + 3, field=Field.BODY, concept="russia", term="俄罗斯")
    there = Found(hits={"nato": [nato], "russia": [russia]}, ruler=Numbered(words=range(6), sentences=[0] * 6))

    assert holds(read("near(nato, russia, 1)"), there) == is_near


def test_a_missing_field_fails_what_must_be_in_it_and_never_what_must_not() -> None:
    headline = found(title="nato and russia")

    assert not holds(read("body(nato)"), headline)
    assert not holds(read("near(body(nato), body(russia), 5)"), headline)
    assert holds(read("nato and not body(russia)"), headline)


def test_where_nothing_is_found_only_a_not_holds() -> None:
    assert holds(read("not nato"), EMPTY)
    assert not holds(read("nato or near(nato, russia, 3) or same_sentence(nato, russia) or at_least(1, nato)"), EMPTY)


# Texts of words of three letters in up to three fields, with hits at any letters, and what each operator says of all pairs of them.


@st.composite
def texts(draw: st.DrawFn) -> Found:
    lengths = draw(st.tuples(*[st.integers(min_value=0, max_value=6)] * 3))
    fields = [field for field, length in zip(Field, lengths, strict=True) for _ in range(3 * length)]
    stops = draw(st.lists(st.booleans(), min_size=sum(lengths), max_size=sum(lengths)))
    ruler = Numbered(words=[at // 3 for at in range(len(fields))], sentences=[sum(stops[: at // 3]) for at in range(len(fields))])
    places = [(a, b) for a in range(len(fields)) for b in range(a + 1, min(a + 8, len(fields)) + 1) if fields[a] == fields[b - 1]]
    chosen = (
        draw(st.lists(st.tuples(st.sampled_from(places), st.sampled_from(CONCEPTS), st.sampled_from("xyz")), max_size=9)) if places else []
    )
    hits = sorted({Hit(start=a, end=b, field=fields[a], concept=concept, term=term) for (a, b), concept, term in chosen})
    return Found(hits={name: there for name in CONCEPTS if (there := [hit for hit in hits if hit.concept == name])}, ruler=ruler)


HAS = st.builds(Has, concept=st.sampled_from(CONCEPTS), field=st.sampled_from([None, None, "title", "lead", "body"]))
OPERANDS = st.lists(HAS, min_size=1, max_size=3).map(tuple)
COUNTS = st.integers(min_value=1, max_value=4)
NEAR = st.builds(Near, left=OPERANDS, right=OPERANDS, within=COUNTS, ordered=st.booleans())
SAME_SENTENCE = st.builds(SameSentence, left=OPERANDS, right=OPERANDS)
AT_LEAST = st.builds(AtLeast, count=COUNTS, of=OPERANDS, different=st.booleans())
PLAIN = st.one_of(HAS, NEAR, SAME_SENTENCE, AT_LEAST)
EXPRESSIONS: st.SearchStrategy[Expression] = st.recursive(
    PLAIN,
    lambda part: st.one_of(
        st.builds(Not, part=part),
        st.builds(And, parts=st.lists(part, min_size=2, max_size=3).map(tuple)),
        st.builds(Or, parts=st.lists(part, min_size=2, max_size=3).map(tuple)),
    ),
)


def of(operand: Operand, there: Found) -> list[Hit]:
    return [hit for has in operand for hit in there.hits.get(has.concept, ()) if has.field is None or has.field == hit.field]


def words_between(left: Hit, right: Hit, there: Found) -> int:
    """From the last letter of the one to the first of the other, counted in words."""
    return there.ruler.token(right.start) - there.ruler.token(left.end - 1)


@given(NEAR, texts())
def test_near_and_before_say_what_all_pairs_say(near: Near, there: Found) -> None:
    pairs = [pair for pair in product(of(near.left, there), of(near.right, there)) if pair[0].field == pair[1].field]
    forward = any(left.end <= right.start and words_between(left, right, there) <= near.within for left, right in pairs)
    backward = any(right.end <= left.start and words_between(right, left, there) <= near.within for left, right in pairs)

    assert holds(near, there) == (forward or (backward and not near.ordered))


@given(SAME_SENTENCE, texts())
def test_same_sentence_says_what_all_pairs_say(same: SameSentence, there: Found) -> None:
    pairs = product(of(same.left, there), of(same.right, there))
    sentence = there.ruler.sentence

    assert holds(same, there) == any(a.field == b.field and sentence(a.start) == sentence(b.start) for a, b in pairs)


@given(AT_LEAST, texts())
def test_at_least_and_different_say_what_counting_says(at_least: AtLeast, there: Found) -> None:
    kept: list[tuple[int, int]] = []
    for start, end in sorted({(hit.start, hit.end) for hit in of(at_least.of, there)}, key=lambda place: (place[0] - place[1], place)):
        if all(end <= first or last <= start for first, last in kept):
            kept.append((start, end))
    terms = {hit.term for hit in of(at_least.of, there) if (hit.start, hit.end) in kept}

    assert holds(at_least, there) == (len(terms if at_least.different else kept) >= at_least.count)


@given(EXPRESSIONS, texts())
def test_and_or_and_not_say_what_their_parts_say(whole: Expression, there: Found) -> None:
    def said(part: Expression) -> bool:
        match part:
            case Not(part=below):
                return not said(below)
            case And(parts=parts):
                return sum(map(said, parts)) == len(parts)
            case Or(parts=parts):
                return sum(map(said, parts)) > 0
        return holds(part, there)

    assert holds(whole, there) == said(whole)


@given(EXPRESSIONS)
def test_an_expression_that_is_written_is_read_as_the_same(meant: Expression) -> None:
    assert expression(written(meant), CONCEPTS) == meant


@given(EXPRESSIONS, texts())
def test_what_holds_has_all_that_it_needs(whole: Expression, there: Found) -> None:
    if holds(whole, there):
        assert needed(whole) <= there.hits.keys()


@given(EXPRESSIONS, texts())
def test_what_holds_and_did_not_for_nothing_has_a_hit_that_speaks_for_it(whole: Expression, there: Found) -> None:
    if holds(whole, there) and not holds(whole, EMPTY):
        assert speaking(whole, there)


@given(EXPRESSIONS, texts())
def test_the_more_is_found_of_what_speaks_alone_the_more_it_holds(whole: Expression, there: Found) -> None:
    """Taking away the hits that do not speak never helps an expression without not."""
    if "not " not in written(whole):
        kept = {name: [hit for hit in hits if hit in speaking(whole, there)] for name, hits in there.hits.items()}

        assert holds(whole, Found(hits=kept, ruler=there.ruler)) == holds(whole, there)


@given(EXPRESSIONS, texts())
def test_what_does_not_hold_says_why(whole: Expression, there: Found) -> None:
    if not holds(whole, there):
        assert missing(whole, there)


@pytest.mark.parametrize(
    ("match", "text", "why"),
    [
        ("nato and russia", "nato", "russia is not found"),
        ("nato and russia", "", "nato is not found, russia is not found"),
        ("title(nato)", "nato", "nato is not found in the title"),
        ("nato or russia", "", "none of nato, russia is found"),
        ("(nato or russia) and near(nato or russia, tension, 3)", "tension", "none of nato, russia is found"),
        ("near(nato, russia, 2) and same_sentence(nato, russia)", "", "nato is not found, russia is not found"),
        ("near(nato, russia, 2) or same_sentence(nato, russia)", "nato", "none of these holds: russia is not found"),
        ("near(nato, nato, 2)", "", "nato is not found"),
        ("not nato", "nato", "nato is found"),
        ("not (nato and russia)", "nato russia", "nato and russia holds"),
        ("near(nato, russia, 2)", "nato and now also russia", "nato and russia are 4 words apart at best, near() wants 2"),
        ("near(nato, russia, 2)", "nato", "russia is not found"),
        ("near(nato, nato, 2)", "nato", "nato and nato do not stand apart in one field"),
        ("near(nato or tension, russia, 1)", "nato and russia", "(nato or tension) and russia are 2 words apart at best, near() wants 1"),
        ("near(nato or tension, russia, 1)", "", "none of nato, tension is found, russia is not found"),
        ("before(nato, russia, 1)", "nato and russia", "nato stands 2 words before russia at best, before() wants 1"),
        ("before(nato, russia, 1)", "russia nato", "nato does not stand before russia in one field"),
        ("same_sentence(nato, russia)", "nato. and russia", "nato and russia stand in no sentence together"),
        ("at_least(3, tension)", "tension and standoff", "2 hits of tension, at_least() wants 3"),
        ("different(3, tension)", "tension and tension", "1 term of tension, different() wants 3"),
        (
            "nato and (tension or near(nato, russia, 1))",
            "nato and russia",
            "none of these holds: tension is not found; nato and russia are 2 words apart at best, near() wants 1",
        ),
    ],
)
def test_what_is_missing_is_said_in_words(match: str, text: str, why: str) -> None:
    assert missing(read(match), found(body=text)) == why


@pytest.mark.parametrize(
    ("match", "needs"),
    [
        ("nato", {"nato"}),
        ("nato and russia", {"nato", "russia"}),
        ("nato or russia", set()),
        ("(nato and russia) or (nato and tension)", {"nato"}),
        ("nato and not russia", {"nato"}),
        ("near(nato, russia or tension, 3)", {"nato"}),
        ("near(title(nato) or body(nato), russia, 3)", {"nato", "russia"}),
        ("same_sentence(nato, russia)", {"nato", "russia"}),
        ("at_least(2, nato)", {"nato"}),
        ("different(2, nato or russia)", set()),
    ],
)
def test_what_an_expression_needs(match: str, needs: set[str]) -> None:
    assert needed(read(match)) == needs


def test_what_stands_under_a_not_does_not_speak_for_the_expression() -> None:
    match = read("title(nato) and not russia and near(nato, tension, 3)")

    assert list(required(match)) == [Has(concept="nato", field="title"), Has(concept="nato"), Has(concept="tension")]


def test_a_not_under_a_not_speaks_for_the_expression() -> None:
    assert list(required(read("not (nato and not russia)"))) == [Has(concept="russia")]


def test_every_concept_is_named() -> None:
    assert list(named(read("nato and not near(russia, body(tension), 3)"))) == ["nato", "russia", "tension"]


def test_hits_speak_in_their_field_in_the_order_of_the_text_each_once() -> None:
    there = found(title="nato", body="russia and nato and tension")
    hits = speaking(
        read("body(nato) and (russia or near(nato, russia, 9) or not tension) and body(nato)"), found(body="russia nato tension")
    )

    assert [hit.concept for hit in hits] == ["russia", "nato"]
    assert [hit.field for hit in speaking(read("body(nato)"), there)] == [Field.BODY]
