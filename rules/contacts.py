"""PER: how the people of the study can be reached."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from lint.api import ERROR, NOTE, WARNING, Context, Edit, Fix, Node, Problem, bad, good, pattern, rule
from lint.rules.readers.people import is_person, name_parts

_MODULE = "$.protocolSection.contactsLocationsModule"
_CENTRAL = "contactsLocationsModule.centralContacts"
_SITE = "contactsLocationsModule.locations[0].contacts"
_POINTER = "/protocolSection/contactsLocationsModule/centralContacts"
_SITE_POINTER = "/protocolSection/contactsLocationsModule/locations/0/contacts"

_address = pattern(r"[^@\s,;:<>()\[\]\\\"]+@(?:[^@\s,;:<>()\[\]\\\".]+\.)+[^@\s,;:<>()\[\]\\\".0-9]{2,}")
_masked = pattern(r"[\[(<][A-Za-z ]+[\])>]")


def _contact(name: str, email: str = "study@example.org", role: str = "CONTACT") -> dict[str, str]:
    return {"name": name, "role": role, "phone": "555-0100-100", "email": email}


@rule(
    "PER014",
    "email-malformed",
    severity=ERROR,
    at=[_MODULE + ".centralContacts[*].email", _MODULE + ".locations[*].contacts[*].email"],
    fixable=True,
    when=lambda email: email and not _address().fullmatch(email) and not _masked().fullmatch(email),
    examples=[
        bad({_CENTRAL: [_contact("Anna Berg", "anna.berg@example")]}, path=_POINTER + "/0/email"),
        bad({_SITE: [_contact("Anna Berg", "mailto:anna@example.org")]}, path=_SITE_POINTER + "/0/email"),
        bad({_CENTRAL: [_contact("Anna Berg", "anna@example.org, study@example.org")]}, note="two addresses"),
        bad({_CENTRAL: [_contact("Anna Berg", "anna at example.org")]}),
        good(),
        good({_CENTRAL: [_contact("Anna Berg", "anna.berg+trial_2@mail.uni-example.co.uk")]}),
        good({_CENTRAL: [_contact("Anna Berg", "o'neill@EXAMPLE.org"), _contact("Per Holm", "ärzte@kräfte.example")]},
             note="apostrophes, capitals and accents are legal"),
        good({_CENTRAL: [_contact("Anna Berg", "[email]")]}, note="masked in a copy"),
    ],
)  # fmt: skip
def email_malformed(email: Node, ctx: Context) -> Iterator[Problem]:
    """What stands as an e-mail address is none, or is more than one.

    Why: patients and doctors who want to ask about the study reach nobody.
    What to do: enter one address, without words or marks around it; the fix does it where one address is left.
    False positives: everything that mail systems accept is left alone, even if it looks odd, and so are
    addresses that were masked in a copy of the record.
    Source: PRS protocol definitions, Central Contact Email, https://clinicaltrials.gov/policy/protocol-definitions#OvrContactEmail
    """
    text = email.text()
    found = _address().findall(text)
    alone = found[0].strip(".'") if len(found) == 1 else ""
    trimmed = text.removeprefix("mailto:").strip(" .,;<>()").removeprefix("mailto:")
    fix = None
    if alone and trimmed == alone:
        fix = Fix("leave out what stands around the address", (Edit(email.path, alone),), safe=True)
    several = "more than one e-mail address stands here" if len(found) > 1 else "this is not a valid e-mail address"
    yield email.problem(several, hint="enter one address such as name@example.org, and nothing else", fix=fix)


@rule(
    "PER018",
    "contact-without-name-or-address",
    severity=WARNING,
    at=_MODULE + ".centralContacts[*]",
    when=lambda contact: not (contact.get("name") and (contact.get("phone") or contact.get("email"))),
    examples=[
        bad({_CENTRAL: [{"name": "Maria Keller, MD", "role": "CONTACT"}]}, path=_POINTER + "/0"),
        bad({_CENTRAL: [_contact("Anna Berg"), {"name": "Maria Keller, MD", "role": "CONTACT"}]}, path=_POINTER + "/1",
            note="a backup"),
        bad({_CENTRAL: [{"role": "CONTACT", "phone": "555-0100-100", "email": "study@example.org"}]}),
        good(),
        good({_CENTRAL: [{"name": "Study team", "role": "CONTACT", "email": "study@example.org"}]},
             note="one of the two; see PER019"),
        good({_SITE: [{"name": "Per Holm, MD", "role": "PRINCIPAL_INVESTIGATOR"},
                      {"name": "Anna Berg", "role": "CONTACT"}]}, note="the central contact stands in"),
    ],
)  # fmt: skip
def contact_without_name_or_address(contact: Node, ctx: Context) -> Iterator[Problem]:
    """A central contact has no name, or neither phone nor e-mail.

    Why: the contact is there for questions of patients and doctors.
    What to do: give name, phone and e-mail of the contact; a job title and a mailbox of the team will do.
    False positives: contacts of single sites are left alone, because a central contact may stand in for them; site
    investigators have no phone by design.
    Source: PRS protocol definitions, Central Contact, https://clinicaltrials.gov/policy/protocol-definitions#OverallStudyContact
    """
    name = contact.text("name")
    if name:
        message = f"'{name}' is named as a central contact, but has neither phone nor e-mail"
        yield contact.problem(message, hint="add phone and e-mail, or remove the contact")
    else:
        yield contact.problem("a central contact has no name", hint="give a name; a job title will do", missing="name")


def _has_repeated_name(contacts: list[dict[str, Any]]) -> bool:
    if len(contacts) < 2:
        return False
    names = {((one.get("name") or "").partition(",")[0].lower(), one.get("role")) for one in contacts}
    return len(names) < len(contacts)


@rule(
    "PER016",
    "contact-duplicates",
    severity=NOTE,
    at=[_MODULE + ".centralContacts", _MODULE + ".locations[*].contacts"],
    fixable=True,
    when=_has_repeated_name,
    examples=[
        bad({_CENTRAL: [_contact("Anna Berg, MD"), _contact("Anna Berg")]}, path=_POINTER + "/1"),
        bad({_SITE: [_contact("Anna Berg"), _contact("Per Holm"), _contact("Anna Berg")]}, path=_SITE_POINTER + "/2"),
        good(),
        good({_CENTRAL: [_contact("Anna Berg"), _contact("Per Holm")]}, note="two people with one mailbox"),
        good({_CENTRAL: [_contact("Study Team"), _contact("Study Team", "other@example.org")]}, note="no people"),
        good({_SITE: [_contact("Anna Berg"), _contact("Anna Berg", role="PRINCIPAL_INVESTIGATOR")]}, note="two roles"),
        good({_CENTRAL: [_contact("Anna Berg"), {"name": "Anna Berg", "role": "CONTACT", "email": "b@example.org"}]},
             note="another address: perhaps another person, or another place"),
    ],
)  # fmt: skip
def contact_duplicates(contacts: Node, ctx: Context) -> Iterator[Problem]:
    """One person is listed twice among the contacts of the study or of one site.

    Why: a backup is there for the time when the first contact cannot be reached.
    What to do: name another person as the backup, or none.
    False positives: two people with one mailbox, people with two roles, and people with another phone or
    another address in each entry are left alone; so are teams and hotlines.
    Source: PRS protocol definitions, Central Contact Backup, https://clinicaltrials.gov/policy/protocol-definitions#OverallStudyContact
    """
    first: dict[tuple[Any, ...], Node] = {}
    for contact in contacts.items():
        parts, name = name_parts(contact.text("name")), contact.text("name")
        if len(parts) < 2 or not is_person(name):
            continue
        earlier = first.setdefault((parts, contact.get("role")), contact)
        if earlier is contact or _reached_elsewhere(earlier, contact):
            continue
        yield contact.problem(
            f"'{name}' is listed twice as a contact",
            hint="name another person as the backup, or remove the entry",
            related=[earlier],
            fix=Fix("remove the second entry", (Edit(contact.path, remove=True),), safe=True),
        )


def _reached_elsewhere(one: Node, other: Node) -> bool:
    """Say whether the second entry adds a way to reach the person."""
    ways = ("phone", "phoneExt", "email")
    return any(other.get(way) and other.text(way).lower() != one.text(way).lower() for way in ways)
