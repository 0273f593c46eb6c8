"""House rules of an imaginary sponsor."""

from collections.abc import Iterator

from lint.api import WARNING, Context, Node, Problem, bad, good, rule


@rule(
    "EXA001",
    "protocol-id-without-year",
    severity=WARNING,
    at="$.protocolSection.identificationModule.orgStudyIdInfo",
    examples=[
        bad({"identificationModule.orgStudyIdInfo.id": "EX-1"}),
        good({"identificationModule.orgStudyIdInfo.id": "EX-2023-01"}),
    ],
)
def protocol_id_without_year(info: Node, ctx: Context) -> Iterator[Problem]:
    """The sponsor's protocol number does not name a year.

    Why: our archive files studies by year.
    What to do: write the id as EX-YEAR-NUMBER.
    Source: house style of the sponsor.
    """
    identifier = info.text("id")
    if identifier and not any(part.isdigit() and len(part) == 4 for part in identifier.split("-")):
        yield info.problem(
            f"'{identifier}' does not name the year of the protocol", "id", hint="write it as EX-YEAR-NUMBER"
        )
