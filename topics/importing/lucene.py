"""Queries as Lucene, Elasticsearch, Kibana and Media Cloud write them."""

from topics.importing.dialect import LEAD_AND_BODY, Dialect, Feature

LUCENE = Dialect(
    name="Lucene",
    features=frozenset({Feature.SIGNS, Feature.SLOP, Feature.PATTERNS}),
    fields={
        **dict.fromkeys(("title", "headline", "article_title"), ("title",)),
        **dict.fromkeys(("lead", "summary", "description", "abstract"), ("lead",)),
        **dict.fromkeys(("body", "content"), LEAD_AND_BODY),
        **dict.fromkeys(("text", "text_content", "fulltext"), ()),
    },
    filters={"language": "languages", "lang": "languages", "source": "sources", "source_id": "sources"},
)
