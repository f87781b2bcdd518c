"""`match:` to an expression; every mistake at its character."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.topic import And, AtLeast, Expression, Has, Near, Not, Or, SameSentence
from topics.grammar import DEPTH, FUNCTIONS, KEYWORDS, BadExpression, expression

CONCEPTS = ("nato", "russia", "tension", "or-so", "android", "near-miss")
NATO, RUSSIA, TENSION = (Has(concept=name) for name in CONCEPTS[:3])
NATO_TITLE, RUSSIA_TITLE = (Has(concept=name, field="title") for name in CONCEPTS[:2])


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("nato", NATO),
        ("nato and russia and tension", And(parts=(NATO, RUSSIA, TENSION))),
        ("nato and (russia or tension)", And(parts=(NATO, Or(parts=(RUSSIA, TENSION))))),
        ("nato and not russia", And(parts=(NATO, Not(part=RUSSIA)))),
        ("not (nato or russia)", Not(part=Or(parts=(NATO, RUSSIA)))),
        ("not not nato", Not(part=Not(part=NATO))),
        ("title(nato)", NATO_TITLE),
        ("lead(nato or russia)", Or(parts=(Has(concept="nato", field="lead"), Has(concept="russia", field="lead")))),
        ("any(nato)", NATO),
        ("any(nato or russia)", Or(parts=(NATO, RUSSIA))),
        ("android and or-so", And(parts=(Has(concept="android"), Has(concept="or-so")))),
        ("((nato))\n and\trussia", And(parts=(NATO, RUSSIA))),
        ("near(nato, russia, 10)", Near(left=(NATO,), right=(RUSSIA,), within=10)),
        ("near ( nato,russia\n,10 )", Near(left=(NATO,), right=(RUSSIA,), within=10)),
        ("near(nato, russia, +010)", Near(left=(NATO,), right=(RUSSIA,), within=10)),
        ("before(nato, russia, 1)", Near(left=(NATO,), right=(RUSSIA,), within=1, ordered=True)),
        ("near(nato, russia or tension, 2)", Near(left=(NATO,), right=(RUSSIA, TENSION), within=2)),
        ("near((nato or russia) or tension, nato, 2)", Near(left=(NATO, RUSSIA, TENSION), right=(NATO,), within=2)),
        ("near(title(nato or russia), any(tension), 2)", Near(left=(NATO_TITLE, RUSSIA_TITLE), right=(TENSION,), within=2)),
        ("near(title(nato) or russia, tension, 2)", Near(left=(NATO_TITLE, RUSSIA), right=(TENSION,), within=2)),
        ("same_sentence(nato, russia)", SameSentence(left=(NATO,), right=(RUSSIA,))),
        ("at_least(3, nato)", AtLeast(count=3, of=(NATO,))),
        ("different(2, title(nato) or russia)", AtLeast(count=2, of=(NATO_TITLE, RUSSIA), different=True)),
        (
            "not near(nato, russia, 3) and near-miss",
            And(parts=(Not(part=Near(left=(NATO,), right=(RUSSIA,), within=3)), Has(concept="near-miss"))),
        ),
    ],
)
def test_an_expression_is_read(text: str, meant: Expression) -> None:
    assert expression(text, CONCEPTS) == meant


BOOLEAN_MISTAKES = [
    ("nato and russia or tension", 16, "mixed without parentheses"),
    ("nato or russia and tension", 15, "mixed without parentheses"),
    ("nato and (russia or tension and nato)", 28, "mixed without parentheses"),
    ("nato and russa", 9, "no concept 'russa'"),
    ("nato russia", 5, "no operator stands between 'nato' and 'russia'"),
    ("(nato) (russia)", 7, "no operator stands between ')' and '('"),
    ("nato (russia)", 5, "no operator stands between 'nato' and '('"),
    ("nato not russia", 5, "no operator stands between"),
    ("nato near(nato, russia, 3)", 5, "no operator stands between 'nato' and 'near'"),
    ("nato AND russia", 5, "'AND' is no operator"),
    ("nato and NOT russia", 9, "'NOT' is no operator"),
    ("nato & russia", 5, "'&' means nothing"),
    ("nat*", 3, "'*' means nothing"),
    ("title:nato", 5, "':' means nothing"),
    ('"nato"', 0, "quotes"),
    ("nato and „russia“", 9, "quotes"),
    ("", 0, "a concept is missing"),
    ("nato and", 8, "a concept is missing after 'and'"),
    ("and nato", 0, "a concept is missing"),
    ("nato and or russia", 9, "a concept is missing after 'and'"),
    ("()", 1, "a concept is missing after '('"),
    ("nato and 5", 9, "'5' is no concept"),
    ("(nato", 5, "not closed"),
    ("nato and near(nato, russia, 3  ", 29, "not closed"),
    ("nato)", 4, "closes nothing"),
    ("near(nato, russia, 3))", 21, "closes nothing"),
    ("nato, russia", 4, "this comma separates nothing"),
    ("near((nato, russia), tension, 3)", 10, "this comma separates nothing"),
]

CALL_MISTAKES = [
    ("nato and headline(russia)", 9, "there is no function headline()"),
    ("near(headline(russia), nato, 3)", 5, "there is no function headline()"),
    ("title nato", 0, "'title' stands without its parentheses"),
    ("nato and near", 9, "'near' stands without its parentheses"),
    ("nato near/3 russia", 5, "'near' stands without its parentheses"),
    ("near(body, russia, 3)", 5, "'body' stands without its parentheses"),
    ("title()", 6, "a concept is missing in title()"),
    ("title(nato and russia)", 11, "title() takes a concept, or concepts with or between them, not 'and'"),
    ("title(not nato)", 6, "title() takes a concept, or concepts with or between them, not 'not'"),
    ("title(nato, russia)", 12, "title() takes no more than 1"),
    ("title(5)", 6, "title() takes a concept here"),
    ("title(body(nato))", 6, "body() cannot stand in title()"),
    ("title(near(nato, russia, 3))", 6, "near() cannot stand in title()"),
    ("near(nato, russia)", 17, "a number is missing in near()"),
    ("near(nato)", 9, "a concept is missing in near()"),
    ("near()", 5, "a concept is missing in near()"),
    ("near(nato, 3)", 11, "near() takes a concept here"),
    ("near(3, nato, russia)", 5, "near() takes a concept here"),
    ("near(nato, russia, tension)", 19, "near() takes a number here"),
    ("near(nato, russia, 3, 4)", 22, "near() takes no more than 3"),
    ("near(nato, russia, 0)", 19, "0 is too small for near()"),
    ("before(nato, russia, -2)", 21, "-2 is too small for before()"),
    ("near(nato, russia, 2.5)", 19, "'2.5' is not a whole number"),
    ("near(nato, russia, 3words)", 19, "'3words' is not a whole number"),
    ("near(nato, russia, 123456)", 19, "the number is too large for near()"),
    ("near(nato and russia, tension, 3)", 10, "near() takes a concept, or concepts with or between them, not 'and'"),
    ("near(nato, not russia, 3)", 11, "near() takes a concept, or concepts with or between them, not 'not'"),
    ("near(near(nato, russia, 3), tension, 3)", 5, "near() cannot stand in near()"),
    ("near(nato russia, 3)", 10, "no comma stands between 'nato' and 'russia'"),
    ("near(nato, russia 3)", 18, "no comma stands between 'russia' and '3'"),
    ("near(nato, russia, 3 and 4)", 21, "no comma stands between '3' and 'and'"),
    ("near(nato, , 3)", 11, "nothing stands after ','"),
    ("near(, russia, 3)", 5, "nothing stands after '('"),
    ("at_least(", 9, "nothing stands after '('"),
    ("near(nato, russia, )", 19, "nothing stands after ','"),
    ("near(nato, russa, 3)", 11, "no concept 'russa'"),
    ("same_sentence(nato, russia, 3)", 28, "same_sentence() takes no more than 2"),
    ("same_sentence(nato)", 18, "a concept is missing in same_sentence()"),
    ("at_least(nato, 3)", 9, "at_least() takes a number here"),
    ("at_least(3)", 10, "a concept is missing in at_least()"),
    ("different(0, nato)", 10, "0 is too small for different()"),
]


@pytest.mark.parametrize(("text", "offset", "problem"), BOOLEAN_MISTAKES + CALL_MISTAKES)
def test_a_mistake_is_named_at_its_character(text: str, offset: int, problem: str) -> None:
    mistake = refused(text)

    assert problem in mistake.problem
    assert mistake.offset == offset


@pytest.mark.parametrize(
    ("text", "fix"),
    [
        ("rusia", "Did you mean russia?"),
        ("naer(nato, russia, 3)", "Did you mean near?"),
        ("NEAR(nato, russia, 3)", "Did you mean near?"),
        ("nato AND russia", "Write and in small letters"),
        ("nato && russia", "Write and"),
        ("near(nato, russia)", "Write it like near(a, b, 10)"),
        ("at_least(nato, 3)", "Write it like at_least(3, a or b)"),
        ("near(nato, russia, 0)", "Write 1 or more"),
        ("near(nato, russia, 123456)", "Write 9999 or less"),
        ("title(near(nato, russia, 3))", "Write title() around the concepts inside of near()"),
        ("near(not nato, russia, 3)", "Write not before near()"),
        ("near(nato and russia, tension, 3)", "Write near() for each, with and between them"),
    ],
)
def test_a_mistake_comes_with_its_fix(text: str, fix: str) -> None:
    assert refused(text).fix.startswith(fix)


@pytest.mark.parametrize("name", KEYWORDS)
def test_a_reserved_word_is_no_concept(name: str) -> None:
    assert refused(f"nato and {name}").fix


@pytest.mark.parametrize(
    "text",
    [
        "(" * 5000 + "nato" + ")" * 5000,
        "not " * 5000 + "nato",
        "near(" + "(" * 5000 + "nato" + ")" * 5000 + ", russia, 3)",
        "(not " * 5000 + "nato" + ")" * 5000,
    ],
    ids=["parentheses", "not", "in a function", "both"],
)
def test_what_is_nested_too_deeply_is_refused(text: str) -> None:
    assert "nested too deeply" in refused(text).problem


def test_what_is_nested_as_deeply_as_allowed_is_read() -> None:
    assert expression("(" * DEPTH + "nato" + ")" * DEPTH, CONCEPTS) == NATO


@pytest.mark.parametrize("text", ["(" * 5000, "near(" * 5000, "near(" * 5000 + "nato" + ")" * 5000, "nato " * 5000, "9" * 5000], ids=len)
def test_a_long_mess_is_refused(text: str) -> None:
    assert refused(text).fix


TOKENS = (*CONCEPTS, *KEYWORDS, "(", ")", ",", "3", "0", "-1", "2.5", "russa", "AND", '"', "*", "\n")


@given(st.one_of(st.text(), st.text(st.sampled_from("nato rusi(),30dwlem&\"'é\n")), st.lists(st.sampled_from(TOKENS)).map(" ".join)))
def test_any_text_is_read_or_refused_inside_of_it(text: str) -> None:
    try:
        expression(text, CONCEPTS)
    except BadExpression as mistake:
        assert 0 <= mistake.offset <= len(text)
        assert mistake.problem
        assert mistake.fix


@given(
    st.sampled_from(list(FUNCTIONS)), st.lists(st.sampled_from(["nato", "nato or russia", "title(nato)", "3", "0", "not nato"]), max_size=4)
)
def test_any_arguments_of_a_function_are_read_or_refused_inside_of_it(function: str, arguments: list[str]) -> None:
    text = f"{function}({', '.join(arguments)})"
    try:
        expression(text, CONCEPTS)
    except BadExpression as mistake:
        assert 0 <= mistake.offset <= len(text)
        assert mistake.fix


def refused(text: str) -> BadExpression:
    with pytest.raises(BadExpression) as caught:
        expression(text, CONCEPTS)
    return caught.value
