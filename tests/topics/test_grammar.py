"""`match:` to an expression; every mistake at its character."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.topic import And, Expression, Has, Not, Or
from topics.grammar import BadExpression, expression
from topics.rules import holds, written

CONCEPTS = ("nato", "russia", "tension", "or-so", "android")
NATO, RUSSIA, TENSION = (Has(concept=name) for name in CONCEPTS[:3])


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("nato", NATO),
        ("nato and russia and tension", And(parts=(NATO, RUSSIA, TENSION))),
        ("nato and (russia or tension)", And(parts=(NATO, Or(parts=(RUSSIA, TENSION))))),
        ("nato and not russia", And(parts=(NATO, Not(part=RUSSIA)))),
        ("not (nato or russia)", Not(part=Or(parts=(NATO, RUSSIA)))),
        ("title(nato)", Has(concept="nato", field="title")),
        ("lead(nato or russia)", Or(parts=(Has(concept="nato", field="lead"), Has(concept="russia", field="lead")))),
        ("android and or-so", And(parts=(Has(concept="android"), Has(concept="or-so")))),
        ("((nato))\n and\trussia", And(parts=(NATO, RUSSIA))),
    ],
)
def test_an_expression_is_read(text: str, meant: Expression) -> None:
    assert expression(text, CONCEPTS) == meant


@pytest.mark.parametrize(
    ("text", "offset", "problem"),
    [
        ("nato and russia or tension", 16, "mixed without parentheses"),
        ("nato or russia and tension", 15, "mixed without parentheses"),
        ("nato and russa", 9, "no concept 'russa'"),
        ("nato russia", 5, "no operator stands between 'nato' and 'russia'"),
        ("(nato) (russia)", 7, "no operator stands between ')' and '('"),
        ("nato not russia", 5, "no operator stands between"),
        ("nato AND russia", 5, "'AND' is no operator"),
        ("nato & russia", 5, "'&' means nothing"),
        ('"nato"', 0, "quotes"),
        ("nato and", 8, "a concept is missing after 'and'"),
        ("and nato", 0, "a concept is missing"),
        ("nato and or russia", 9, "a concept is missing after 'and'"),
        ("()", 1, "a concept is missing after '('"),
        ("(nato", 5, "not closed"),
        ("nato)", 4, "closes nothing"),
        ("near(nato, russia, 3)", 0, "not supported yet by this release"),
        ("nato and headline(russia)", 9, "headline() is no field"),
        ("title(nato and russia)", 11, "title() takes a concept"),
        ("title(not nato)", 6, "title() takes a concept"),
        ("title nato", 6, "a concept is missing after 'title'"),
    ],
)
def test_a_mistake_is_named_at_its_character(text: str, offset: int, problem: str) -> None:
    with pytest.raises(BadExpression) as caught:
        expression(text, CONCEPTS)

    assert problem in caught.value.problem
    assert caught.value.offset == offset
    assert caught.value.fix


def test_a_misspelt_concept_gets_the_nearest_one() -> None:
    with pytest.raises(BadExpression) as caught:
        expression("rusia", CONCEPTS)

    assert caught.value.fix.startswith("Did you mean russia?")


@given(st.text(st.sampled_from("nato rusi()dwlem&\"'é\n")))
def test_any_text_is_read_or_refused_inside_of_it(text: str) -> None:
    try:
        expression(text, CONCEPTS)
    except BadExpression as error:
        assert 0 <= error.offset <= len(text)


EXPRESSIONS = st.recursive(
    st.builds(Has, concept=st.sampled_from(CONCEPTS), field=st.sampled_from([None, "title", "body"])),
    lambda parts: st.one_of(
        st.builds(Not, part=parts),
        st.builds(And, parts=st.tuples(parts, parts)),
        st.builds(Or, parts=st.tuples(parts, parts)),
    ),
)


@given(EXPRESSIONS, st.dictionaries(st.sampled_from(CONCEPTS), st.sets(st.sampled_from(["title", "lead", "body"]), min_size=1)))
def test_an_expression_that_is_written_and_read_again_means_the_same(meant: Expression, found: dict[str, set[str]]) -> None:
    assert holds(expression(written(meant), CONCEPTS), found) == holds(meant, found)
