"""Things to decide about: a topic, its matches, an alert."""

from datetime import UTC, datetime, timedelta

from alerts import decide
from schemas.alert import Alert
from schemas.article import Headline, Origin
from schemas.match import Evidence, Field, Match
from schemas.topic import Concept, Has, Term, Topic

NOW = datetime(2021, 10, 22, 15, 40, tzinfo=UTC)
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)


def topic(calm: timedelta = 6 * HOUR, cooldown: timedelta = timedelta(0)) -> Topic:
    return Topic(
        topic_id="nato-russia",
        title="NATO and Russia",
        concepts=(Concept(name="nato", terms=(Term(text="NATO"),)),),
        match=Has(concept="nato"),
        calm=calm,
        cooldown=cooldown,
        digest="d1",
    )


def headline(name: str, text: str | None = None, revision: int = 1) -> Headline:
    """text: what stands in it; articles of one text have one content hash."""
    return Headline(
        article_id=name,
        revision=revision,
        content_hash=text or f"text of {name}",
        title=f"Ministers meet: {name}",
        url=f"https://news.example/{name}",
        source_id="example",
        first_seen_dt=NOW,
    )


def match(name: str, text: str | None = None, origin: Origin = Origin.LIVE, revision: int = 1) -> Match:
    hit = Evidence(concept="nato", term="NATO", form="Nato", field=Field.TITLE, start=0, end=4)
    return Match(topic_id="nato-russia", topic_hash="d1", origin=origin, article=headline(name, text, revision), evidence=(hit,))


def opened(of: Topic, at: datetime = NOW) -> Alert:
    alert = decide.on_match(None, None, match("first"), of, at, 1).alert
    assert alert is not None
    return alert
