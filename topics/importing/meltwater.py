"""Queries as Meltwater, Cision and their like write them."""

from topics.importing.dialect import LEAD_AND_BODY, Dialect, Feature

MELTWATER = Dialect(
    name="Meltwater",
    features=frozenset({Feature.SMALL_OPERATORS, Feature.NEAR, Feature.CALLS, Feature.CASED, Feature.WILD_PHRASES}),
    fields={
        **dict.fromkeys(("title", "headline"), ("title",)),
        **dict.fromkeys(("ingress", "lead", "summary"), ("lead",)),
        **dict.fromkeys(("body", "content"), LEAD_AND_BODY),
    },
    filters={"language": "languages", "source": "sources"},
)
