"""What the registry's classic API (until June 2024) could not carry, by its study structure of 2023."""

from __future__ import annotations

from lint.registries.losses import Loss, below, paths

_P = "protocolSection"

LOSSES = (
    Loss(
        "that API had no field for it",
        (
            f"{_P}.statusModule.resultsWaived",
            f"{_P}.designModule.nPtrsToThisExpAccNctId",
            f"{_P}.contactsLocationsModule.locations[*].geoPoint",
            "documentSection.largeDocumentModule.largeDocs[*].size",
            *below(
                "annotationSection.annotationModule",
                "unpostedAnnotation.unpostedEvents[*].dateUnknown violationAnnotation",
            ),
            "derivedSection.miscInfoModule.submissionTracking",
        ),
    ),
    Loss(
        "it left the marks of lists out of texts, so that items look like lines of prose",
        rules=("ELG005", "ELG010", "ELG011"),
    ),
)

NOT_SHOWN = paths(LOSSES)
