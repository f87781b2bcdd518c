"""A term to the forms that are looked for; the matcher knows forms alone, so inflection is a matter of this file."""

from schemas.topic import Term


def forms(term: Term) -> tuple[str, ...]:
    """Today the written form."""
    return (term.text,)
