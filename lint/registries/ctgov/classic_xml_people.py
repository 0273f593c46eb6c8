"""Sponsors, responsible party, officials, contacts and locations of a record in classic XML."""

from __future__ import annotations

from lint.registries.ctgov.xml_values import one_line, put_kind, put_line
from lint.registries.xmltree import Element, Group

_OLD_PARTY = (("oldNameTitle", "name_title"), ("oldOrganization", "organization"))
_PARTY = (
    ("investigatorFullName", "investigator_full_name"),
    ("investigatorTitle", "investigator_title"),
    ("investigatorAffiliation", "investigator_affiliation"),
)


def put_sponsors(group: Group, study: Element) -> None:
    """Put the lead sponsor and the collaborators into the module of sponsors."""
    lead = study.first("sponsors", "lead_sponsor")
    if lead is not None:
        _put_agency(group.group("leadSponsor", lead), lead)
    for collaborator in study.all("sponsors", "collaborator"):
        _put_agency(group.add("collaborators", collaborator), collaborator)


def _put_agency(group: Group, sponsor: Element) -> None:
    """Put name and class; ``Other`` may be a network, a person or another government, so it is no class here."""
    put_line(group, "name", sponsor.first("agency"))
    kind = sponsor.first("agency_class")
    group.also(kind)
    if kind is not None and one_line(kind.text) != "Other":
        put_kind(group, "class", kind, "AgencyClass")


def put_responsible_party(group: Group, party: Element | None) -> None:
    """Put the responsible party into the module of sponsors, as it was named until 2011 or since."""
    if party is None:
        return
    inner = group.group("responsibleParty", party)
    put_kind(inner, "type", party.first("responsible_party_type"), "ResponsiblePartyType")
    for name, element in (*_PARTY, *_OLD_PARTY):
        put_line(inner, name, party.first(element))


def put_contacts_and_locations(module: Group, study: Element) -> None:
    """Put contacts, officials and locations into their module."""
    for element in (*study.all("overall_contact"), *study.all("overall_contact_backup")):
        _put_contact(module.add("centralContacts", element), element)
    for element in study.all("overall_official"):
        official = module.add("overallOfficials", element)
        _put_name(official, element)
        put_line(official, "affiliation", element.first("affiliation"))
        put_kind(official, "role", element.first("role"), "OfficialRole")
    for element in study.all("location"):
        location = module.add("locations", element)
        put_line(location, "facility", element.first("facility", "name"))
        put_kind(location, "status", element.first("status"), "RecruitmentStatus")
        for name in ("city", "state", "zip", "country"):
            put_line(location, name, element.first("facility", "address", name))
        for contact in (*element.all("contact"), *element.all("contact_backup")):
            _put_contact(location.add("contacts", contact), contact)
        for investigator in element.all("investigator"):
            person = location.add("contacts", investigator)
            _put_name(person, investigator)
            put_kind(person, "role", investigator.first("role"), "ContactRole")


def _put_contact(group: Group, contact: Element) -> None:
    _put_name(group, contact)
    group.put("role", "CONTACT", contact)
    put_line(group, "phone", contact.first("phone"))
    put_line(group, "phoneExt", contact.first("phone_ext"))
    put_line(group, "email", contact.first("email"))


def _put_name(group: Group, person: Element) -> None:
    """Put together a name, which the registry nearly always gave as a whole in ``last_name``."""
    parts = [person.first(part) for part in ("first_name", "middle_name", "last_name", "degrees")]
    given = [part for part in parts if part is not None and part.text.strip()]
    if not given:
        return
    *names, last = [one_line(part.text) for part in given]
    is_degree = given[-1].name == "degrees" and names
    anchor = next((part for part in given if part.name == "last_name"), given[0])
    group.put("name", f"{' '.join(names)}, {last}" if is_degree else " ".join([*names, last]), anchor)
    for part in given:
        if part is not anchor:
            group.also(part)
