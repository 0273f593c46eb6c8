"""The names of countries as the registry writes them, now or earlier, and other names for them."""

from __future__ import annotations

from functools import lru_cache

from lint.rules.readers.distances import are_within

_NAMES = """
AD Andorra; AE United Arab Emirates; AF Afghanistan; AG Antigua and Barbuda; AI Anguilla; AL Albania; AM Armenia;
AN Netherlands Antilles; AO Angola; AR Argentina; AS American Samoa; AT Austria; AU Australia; AW Aruba; AZ Azerbaijan;
BA Bosnia and Herzegovina; BB Barbados; BD Bangladesh; BE Belgium; BF Burkina Faso; BG Bulgaria; BH Bahrain; BI Burundi;
BJ Benin; BM Bermuda; BN Brunei, Brunei Darussalam; BO Bolivia; BR Brazil; BS Bahamas, The Bahamas; BT Bhutan;
BW Botswana; BY Belarus; BZ Belize; CA Canada; CC Cocos Islands; CF Central African Republic; CG Congo,
Republic of the Congo; CH Switzerland; CI Côte d’Ivoire, Côte D'Ivoire, Côte d'Ivoire; CK Cook Islands; CL Chile;
CD Democratic Republic of the Congo; CM Cameroon; CN China; CO Colombia; CR Costa Rica;
CS Former Serbia and Montenegro; CU Cuba; CV Cabo Verde, Cape Verde; CW Curaçao, Curacao; CY Cyprus;
CZ Czechia, Czech Republic; DE Germany; DJ Djibouti; DK Denmark; DM Dominica; DO Dominican Republic; DZ Algeria;
EC Ecuador; EE Estonia; EG Egypt; ER Eritrea; ES Spain; ET Ethiopia; FI Finland; FJ Fiji; FK Falkland Islands;
FM Micronesia; FO Faroe Islands; FR France; GA Gabon; GB United Kingdom; GD Grenada; GE Georgia; GF French Guiana;
GG Guernsey; GH Ghana; GI Gibraltar; GL Greenland; GM Gambia, The Gambia; GN Guinea; GP Guadeloupe;
GQ Equatorial Guinea; GR Greece; GT Guatemala; GU Guam; GW Guinea-Bissau; GY Guyana; HK Hong Kong; HN Honduras;
HR Croatia; HT Haiti; HU Hungary; ID Indonesia; IE Ireland; IL Israel; IM Isle of Man; IN India; IQ Iraq; IR Iran;
IS Iceland; IT Italy; JE Jersey; JM Jamaica; JO Jordan; JP Japan; KE Kenya; KG Kyrgyzstan; KH Cambodia; KI Kiribati;
KM Comoros; KN Saint Kitts and Nevis; KP North Korea; KR South Korea; KW Kuwait; KY Cayman Islands; KZ Kazakhstan;
LA Laos, Lao People's Democratic Republic; LB Lebanon; LC Saint Lucia; LI Liechtenstein; LK Sri Lanka; LR Liberia;
LS Lesotho; LT Lithuania; LU Luxembourg; LV Latvia; LY Libya, Libyan Arab Jamahiriya; MA Morocco; MC Monaco; MD Moldova;
ME Montenegro; MG Madagascar; MH Marshall Islands; MK Macedonia, North Macedonia; ML Mali; MM Burma, Myanmar;
MN Mongolia; MO Macao, Macau; MP Northern Mariana Islands; MQ Martinique; MR Mauritania; MS Montserrat; MT Malta;
MU Mauritius; MV Maldives; MW Malawi; MX Mexico; MY Malaysia; MZ Mozambique; NA Namibia; NC New Caledonia; NE Niger;
NF Norfolk Island; NG Nigeria; NI Nicaragua; NL Netherlands; NO Norway; NP Nepal; NR Nauru; NU Niue; NZ New Zealand;
OM Oman; PA Panama; PE Peru; PF French Polynesia; PG Papua New Guinea; PH Philippines; PK Pakistan; PL Poland;
PM Saint Pierre and Miquelon; PR Puerto Rico; PS Palestinian Territory, Palestine; PT Portugal; PW Palau; PY Paraguay;
QA Qatar; RE Réunion, Reunion; RO Romania; RS Serbia; RU Russia, Russian Federation; RW Rwanda; SA Saudi Arabia;
SB Solomon Islands; SC Seychelles; SD Sudan; SE Sweden; SG Singapore; SH Saint Helena; SI Slovenia; SK Slovakia;
SL Sierra Leone; SM San Marino; SN Senegal; SO Somalia; SR Suriname; SS South Sudan; ST Sao Tome and Principe;
SV El Salvador; SY Syria, Syrian Arab Republic; SZ Eswatini, Swaziland; TC Turks and Caicos Islands; TD Chad; TG Togo;
TH Thailand; TJ Tajikistan; TL Timor-Leste, East Timor; TM Turkmenistan; TN Tunisia; TO Tonga;
TR Turkey (Türkiye), Turkey; TT Trinidad and Tobago; TV Tuvalu; TW Taiwan; TZ Tanzania; UA Ukraine; UG Uganda;
US United States; UY Uruguay; UZ Uzbekistan; VA Holy See (Vatican City State), Vatican City;
VC Saint Vincent and the Grenadines; VE Venezuela; VG British Virgin Islands; VI U.S. Virgin Islands; VN Vietnam;
VU Vanuatu; WS Samoa; XK Kosovo; YE Yemen; YT Mayotte; YU Former Yugoslavia; ZA South Africa; ZM Zambia; ZW Zimbabwe
"""
"""By their codes (ISO 3166); the first name is the present one."""

_INVERTED = """
CD Congo, The Democratic Republic of the; FM Micronesia, Federated States of; IR Iran, Islamic Republic of;
KP Korea, Democratic People's Republic of; KR Korea, Republic of; MD Moldova, Republic of;
MK Macedonia, The Former Yugoslav Republic of; PS Palestinian Territories, Occupied;
PS Palestinian Territory, Occupied; TZ Tanzania, United Republic of; VE Venezuela, Bolivarian Republic of;
VI Virgin Islands (U.S.)
"""
"""Names with a comma in them."""

_OTHER_NAMES = """
US usa, us, u.s., u.s.a., united states of america, the united states, america; GB uk, u.k., great britain, england,
scotland, wales, northern ireland; NL holland, the netherlands, nederland; DE deutschland; ES españa; IT italia;
BR brasil; MX méxico; CH schweiz, suisse, svizzera; AT österreich; PL polska; BE belgique, belgië; SE sverige; NO norge;
DK danmark; FI suomi; KR korea, republic of korea, korea south; CN pr china, p.r. china, p. r. china, prc,
people's republic of china, mainland china, the people's republic of china; VN viet nam; AE uae, u.a.e.; SA ksa,
kingdom of saudi arabia; TR türkiye, turkiye; SK slovak republic; CI ivory coast, cote d'ivoire; CZ czech;
HK hong kong sar; TW taiwan r.o.c.; IE republic of ireland, eire; BA bosnia; PH the philippines; RU russian republic;
CD dr congo; ZA republic of south africa; SG republic of singapore; EG arab republic of egypt
"""
"""Names that the registry does not use, in lower case."""


def _read(text: str, codes: dict[str, str]) -> None:
    for entry in " ".join(text.split()).split("; "):
        for name in entry[3:].split(", "):
            codes[name] = entry[:2]


@lru_cache(maxsize=1)
def _codes() -> dict[str, str]:
    codes: dict[str, str] = {}
    _read(_NAMES, codes)
    for entry in " ".join(_INVERTED.split()).split("; "):
        codes[entry[3:]] = entry[:2]
    return codes


@lru_cache(maxsize=1)
def _corrections() -> dict[str, str]:
    present: dict[str, str] = {}
    for name, code in _codes().items():
        present.setdefault(code, name)
    others: dict[str, str] = {}
    _read(_OTHER_NAMES, others)
    names = {name: present[code] for name, code in others.items()}
    return names | {name.lower(): name for name in _codes()}


def country_code(name: str) -> str:
    """Return the code of a country by a name that the registry uses or used; "" for all others."""
    return _codes().get(name, "")


def registry_name(name: str) -> str:
    """Return the name that the registry uses for what another name, or another case, means; "" if nobody knows.

    >>> registry_name("USA"), registry_name("france"), registry_name("Atlantis")
    ('United States', 'France', '')
    """
    return _corrections().get(" ".join(name.lower().split()), "")


def similar_country(name: str) -> str:
    """Return the only country whose name differs from a longer text by one letter; "" if there is none."""
    near = [known for known in _codes() if are_within(name.lower(), known.lower(), 1)]
    return near[0] if len(near) == 1 and len(name) > 5 else ""
