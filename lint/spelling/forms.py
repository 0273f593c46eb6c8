"""Whether two similar words are forms of one word, or relatives, rather than a slip."""

from __future__ import annotations

_FORMS = (
    "s es d ed r er ers ing ings y ies ied ly al ally ic ical ics n en a ae e i um us is on ons o os or ors ion ions "
    "ive ively ity ities able ably ible ibly ness ment ments ful less ism ist ists ia ias ian ians in ins ine ines ide "
    "ides ate ates ated ite ites ol ole one ones an ant ants ent ents ance ances ence ences ancy ency ar ary ery t te "
    "se sed ses sing z ze zed zes zing sation zation le el l ya ous ase ose yl ene ane c ca cs ectomy otomy osis itis "
    "ostomy emia uria"
)
ENDINGS = frozenset(["", *_FORMS.split()])
"""What English, Latin and chemical words end in; two words with one stem are then two forms."""

_PREFIXES = (
    "un in im ir il re de a an ab ad di bi tri co en em ex be pre pro hyper hypo inter intra intro ante anti endo "
    "ecto exo epi sub sup sur non dis mis dys eu mono poly oligo iso per para peri post trans ma mi"
)
OPENINGS = frozenset(["", *_PREFIXES.split()])
"""What such words begin with; two words with one end are then opposites, or two things.

``ma`` and ``mi`` are what is left of macro and micro.
"""

_BRITISH = (
    ("ae", "e"), ("oe", "e"), ("our", "or"), ("is", "iz"), ("ys", "yz"), ("re", "er"), ("ll", "l"), ("mme", "m"),
    ("ogue", "og"), ("ph", "f"), ("k", "c"), ("y", "i"), ("ence", "ense"), ("z", "s"),
)  # fmt: skip
"""Regional and transliterated spellings, and what each is folded to for comparison."""

_COMBINING = (
    "non un re pre post anti co de dis sub super over under inter intra multi bi tri mono poly hyper hypo neo "
    "pseudo micro macro auto bio cardio neuro immuno chemo radio electro psycho cyto haemo hemo hepato nephro "
    "gastro pneumo onco tele cyber ultra semi trans extra mid mis out peri para endo exo epi photo thermo thrombo "
    "angio myo osteo adeno broncho cranio arterio veno uro ante counter cross down fore infra iso mal meta mini "
    "nano ortho pan per phyto pro proto quasi self step supra tetra up vaso xeno arthro atrio cavo densio audio "
    "bronchio carpo cervico chole cholecysto chondro colo colpo costo cysto dermato duodeno encephalo entero "
    "erythro femoro fibro gluco glyco haemato hemato hystero ileo ilio irido ischio jejuno kerato laparo laryngo "
    "leuko lipo litho lumbo lympho mammo masto myelo naso oculo opto oro oto pancrea pancreato patho pharyngo "
    "phlebo physio pleuro procto proteo pulmo pyelo recto retino rhino sacro salpingo sclero sigmoido spiro "
    "spleno spondylo thoraco tibio tracheo tricho uretero urethro vagino ventriculo vertebro vestibulo visuo"
)
_ADDED = (
    "s es ed ing er ers ly al ally ic ical able ibility ability ness less ful ment like wise ist ists ism ization "
    "isation ize ise ized ised izing ising ous osis itis ectomy emia aemia genic oid ation ations or ors y ies ity"
)
_SECOND = (
    "algia centesis cyte cytes cytic dynia ectomies ectomy emia emias genesis geneses genetic genic gram grams graphic "
    "graphy itis kine kines kinesis logic logical logy lysis lytic megaly meter meters metric metries metry oma "
    "opathy osis ostomy pathic pathies pathy pexy philia philic phobia phobic plasia plastic plasties plasty plegia "
    "plegic poietic poietin rrhagia rrhaphy rrhea sclerosis scopic scopies scopy stasis static stenosis stomy tomies "
    "tomy toxic toxicities toxicity trophic trophy tropic uria"
)
SECOND = frozenset(_SECOND.split())
"""What stands behind such parts and is no word of its own."""
COMBINING = tuple(_COMBINING.split())
"""What medical and English words are put together with, in front."""
ADDED = tuple(_ADDED.split())
"""What makes another word of a word, behind."""


def related_forms(one: str, other: str) -> bool:
    """Say whether two lower-case words are inflections, prefixed forms or regional spellings.

    A word that ends in the whole of the other counts as a prefixed form: ``growing`` and
    ``rowing``, ``mutation`` and ``permutation`` cannot be told from slips by their letters.
    """
    return same_stem(one, other) or same_end(one, other) or folded(one) == folded(other)


def same_stem(one: str, other: str) -> bool:
    """Say whether two words begin alike and differ by their endings only."""
    start = common(one, other)
    return start >= 3 and one[start:] in ENDINGS and other[start:] in ENDINGS


def same_end(one: str, other: str) -> bool:
    """Say whether two words end alike and differ by their openings only."""
    end = common(one[::-1], other[::-1])
    heads = one[: len(one) - end], other[: len(other) - end]
    return "" in heads or (heads[0] in OPENINGS and heads[1] in OPENINGS)


def without_opening(word: str) -> int:
    """Return how many letters of a word remain behind its longest known opening."""
    return len(word) - max(len(word[:end]) for end in range(6) if word[:end] in OPENINGS)


def common(one: str, other: str) -> int:
    """Return how many characters two words begin with in common."""
    length = 0
    for left, right in zip(one, other):
        if left != right:
            break
        length += 1
    return length


def british_to_american(word: str) -> str:
    """Return a word in American spelling, as far as endings and diphthongs go; for comparison only."""
    for british, american in _BRITISH[:5]:
        word = word.replace(british, american)
    return word


def plurals(word: str, other: str) -> bool:
    """Say whether a word is the plural of another, or either that of the other as ``diagnoses`` of ``diagnosis``."""
    if word[:-1] == other:
        return word[-1] == "s" != other[-1]
    return word[:-2] == other[:-2] and {word[-2:], other[-2:]} == {"is", "es"}


def folded(word: str) -> str:
    """Return a word without the differences between regional and transliterated spellings."""
    for british, american in _BRITISH:
        word = word.replace(british, american)
    return word
