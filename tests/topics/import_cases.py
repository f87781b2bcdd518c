"""Foreign queries, texts, and whether the one finds the other: what each operator means."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True, slots=True)
class Case:
    """language: where the forms of the words come from, and of the text."""

    says: str
    dialect: str
    query: str
    hits: bool
    title: str = ""
    lead: str = ""
    body: str = ""
    language: str = "en"


def _extra(says: str, query: str, hits: bool, *, title: str = "", lead: str = "", body: str = "", language: str = "en") -> Case:
    return Case(says=says, dialect="extra", query=query, hits=hits, title=title, lead=lead, body=body, language=language)


def _lucene(says: str, query: str, hits: bool, *, title: str = "", body: str = "") -> Case:
    return Case(says=says, dialect="lucene", query=query, hits=hits, title=title, body=body)


def _meltwater(says: str, query: str, hits: bool, *, title: str = "", lead: str = "", body: str = "") -> Case:
    return Case(says=says, dialect="meltwater", query=query, hits=hits, title=title, lead=lead, body=body)


_TWO_OF = '(or/countunique>1 (text_content adj "border guard") (text_content any "fence wall") (body = "patrol"))'
_CLAUSES = '(or/countunique>2 ("ferry") ("harbour") (text_content any "captain sailor") (and ("storm") (not ("snow"))))'
_COLLEGE = '(prox/unit=word/distance>0 (title any "college") (title adj "electoral college"))'
_PAIR = '(prox/unit=word/distance<=3 (text_content any "captain sailor") (body any "storm"))'
_SENTENCE = '(prox/unit=sentence/distance=1 (or (body = "harbour") (body adj "ferry port")) (body any "strike strikes"))'

EXTRA = (
    _extra("any is one of the words", '(title any "ferry harbour")', True, title="The harbour is closed"),
    _extra("any looks in its field", '(title any "ferry harbour")', False, title="News", body="The harbour is closed."),
    _extra("any without stemming takes the form as it is", '(title any "ferry")', False, title="Ferries collide"),
    _extra("any without stemming takes any case", '(title any "ferry")', True, title="FERRY COLLIDES"),
    _extra("any with stemming takes other forms", '(title any/stemming "ferry")', True, title="Ferries collide"),
    _extra("a German stem takes German forms", '(title any/stemming "Hafen")', True, title="Die Häfen sind zu", language="de"),
    _extra("all is each of the words", '(text_content all "ferry storm")', True, title="Storm", body="The ferry sank."),
    _extra("all is not one of the words", '(text_content all "ferry storm")', False, title="Storm", body="The ship sank."),
    _extra("adj is words in a row", '(body adj "ferry port")', True, body="They met at the ferry port."),
    _extra("adj is not words apart", '(body adj "ferry port")', False, body="The ferry left the port."),
    _extra("adj with stemming takes other forms", '(body adj/stemming "ferry port")', True, body="All ferry ports are closed."),
    _extra("adj with a star", '(body adj "ferry port*")', True, body="All ferry ports are closed."),
    _extra("a star has its limits", '(title = "ferr*")', False, title="A conferred honour"),
    _extra("a regexp", r'(title adj/regexp "\d+\-?\s?knot")', True, title="A 30-knot wind"),
    _extra("a regexp has its limits", r'(title adj/regexp "\d+\-?\s?knot")', False, title="A knot of wind"),
    _extra("literal keeps its dots", '(title any/literal "d.e.a.")', True, title="The D.E.A. answers"),
    _extra("casesensitive is the case too", '(title any/casesensitive "AIDS")', False, title="Hearing aids"),
    _extra("no field is anywhere", '("ferry")', True, title="News", body="The ferry sank."),
    _extra("a subtitle is the lead", '(subtitle = "ferry")', True, title="News", lead="A ferry sank."),
    _extra("a subtitle is not the title", '(subtitle = "ferry")', False, title="Ferry", lead="It sank."),
    _extra("a body begins with its lead", '(body = "ferry")', True, title="News", lead="A ferry sank.", body="All are safe."),
    _extra("a body has no title", '(body = "ferry")', False, title="Ferry", body="All are safe."),
    _extra("and", '(and ("ferry") ("storm"))', False, body="The ferry sank."),
    _extra("or", '(or ("ferry") ("storm"))', True, body="The ferry sank."),
    _extra("not is none of its clauses", '(and ("ferry") (not ("storm") (title = "sport")))', False, title="Sport", body="The ferry."),
    _extra("not of nothing found", '(and ("ferry") (not ("storm") (title = "sport")))', True, title="News", body="The ferry, sport."),
    _extra("a comment says nothing", '(or // the (only) "word" // ("ferry"))', True, body="The ferry sank."),
    _extra("near in words", _PAIR, True, body="A captain in a storm."),
    _extra("near in words, the other way", _PAIR, True, body="In the storm a sailor fell."),
    _extra("too far in words", _PAIR, False, body="A captain went to sea before the storm."),
    _extra("near is within a field", _PAIR, False, title="The captain", body="Storm at sea."),
    _extra("smaller than two is adjacent", _PAIR.replace("<=3", "<2"), True, body="Sailor storm."),
    _extra("smaller than two is not two", _PAIR.replace("<=3", "<2"), False, body="Sailor in storm."),
    _extra("in order", _PAIR.replace("/distance<=3", "/distance<=3/ordered"), False, body="In the storm a sailor fell."),
    _extra("one sentence", _SENTENCE, True, body="The harbour is closed by a strike. It rains."),
    _extra("one sentence, a phrase", _SENTENCE, True, body="Strikes have closed the ferry port. It rains."),
    _extra("two sentences", _SENTENCE, False, body="The harbour is closed. There is a strike."),
    _extra("not one sentence", _SENTENCE.replace("=1", ">1", 1), True, body="The harbour is closed. There is a strike."),
    _extra("not one sentence, but it is", _SENTENCE.replace("distance=1", "distance>1"), False, body="The harbour is on strike."),
    _extra("a word outside of a phrase", _COLLEGE, True, title="A college closes"),
    _extra("a word in a phrase", _COLLEGE, False, title="The Electoral College meets"),
    _extra("a word in a phrase and outside of it", _COLLEGE, True, title="Electoral college debated at a college"),
    _extra("count is hits", '(or/count>=3 (text_content any "ferry harbour"))', True, body="Ferry, ferry and harbour."),
    _extra("count is enough hits", '(or/count>=3 (text_content any "ferry harbour"))', False, body="Ferry and harbour."),
    _extra("count over fields", '(or/count>2 (title = "ferry") (body = "storm"))', True, title="Ferry", body="Storm after storm."),
    _extra("count at most", '(or/count<2 (body any "ferry"))', False, body="Ferry after ferry."),
    _extra("count at most, and one", '(or/count<2 (body any "ferry"))', True, body="The ferry."),
    _extra("countunique is clauses", _TWO_OF, True, body="The border guard went on patrol."),
    _extra("countunique is not hits", _TWO_OF, False, body="A border guard, a border guard."),
    _extra("countunique is not the words of one clause", _TWO_OF, False, body="A fence and a wall."),
    _extra("countunique counts a clause of several words", _TWO_OF, True, body="A wall, and a patrol."),
    _extra("countunique counts what is joined", _CLAUSES, True, body="The ferry, its captain and a storm."),
    _extra("countunique asks what is joined", _CLAUSES, False, body="The ferry, its captain, a storm and snow."),
    _extra("countunique of a clause is its words", '(or/countunique>1 (body any "fence wall"))', True, body="A fence and a wall."),
)

LUCENE = (
    _lucene("and, not", "title:(ferry OR ship) AND sank NOT film", True, title="A ferry", body="It sank."),
    _lucene("a word finds its forms", "ferry AND sink", True, body="Ferries sank."),
    _lucene("what must not be", "+ferry -film", False, body="A ferry in a film."),
    _lucene("a sloppy phrase", '"ferry sank"~2', True, body="The ferry has suddenly sank."),
    _lucene("a sloppy phrase the other way", '"ferry sank"~2', True, body="Then sank ferry and crew."),
    _lucene("a sloppy phrase the other way costs two", '"ferry sank"~2', False, body="Then sank the ferry."),
    _lucene("a sloppy phrase too far", '"ferry sank"~1', False, body="The ferry has suddenly sank."),
    _lucene("a wildcard", "ferr* AND s?nk", True, body="Ferries sunk."),
    _lucene("a pattern is a whole word", "/fer{2}(y|ies)/", False, body="Ferryman."),
    _lucene("a pattern takes any case", "/fer{2}(y|ies)/", True, body="FERRIES"),
)

MELTWATER = (
    _meltwater("near lets words between", "ferry near/2 storm", True, body="A ferry in the storm."),
    _meltwater("near has its limits", "ferry near/1 storm", False, body="A ferry in the storm."),
    _meltwater("onear is in order", "storm onear/2 ferry", False, body="A ferry in the storm."),
    _meltwater("w/1 is adjacent", "ferry w/1 storm", False, body="A ferry in storm."),
    _meltwater("ingress is the lead", "ingress:ferry", False, title="Ferry", lead="It sank.", body="The ferry is lost."),
    _meltwater("braces are the case", "{US}", False, body="It hit us."),
    _meltwater("cs is the case", "cs(Apple OR Orange)", False, body="An apple."),
    _meltwater("atleast is hits", "atleast3(ferry OR ship)", True, body="A ferry, a ship, a ferry."),
    _meltwater("a phrase with a star", '"ferry port*"', True, body="Two ferry ports."),
)

CASES = (*EXTRA, *LUCENE, *MELTWATER)
