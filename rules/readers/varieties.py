"""Words that British and American English spell differently."""

from __future__ import annotations

from functools import lru_cache

_PAIRS = """
anaemia:anemia anaesthesia:anesthesia anaesthetic:anesthetic analyse:analyze analysed:analyzed behaviour:behavior
behavioural:behavioral caesarean:cesarean catheterisation:catheterization centralised:centralized
characterise:characterize characterised:characterized colour:color counselling:counseling diarrhoea:diarrhea
dyspnoea:dyspnea enrolment:enrollment faecal:fecal favourable:favorable fibre:fiber foetal:fetal glycaemia:glycemia
glycaemic:glycemic gynaecological:gynecological haematological:hematological haematology:hematology
haemoglobin:hemoglobin haemorrhage:hemorrhage haemostasis:hemostasis hospitalisation:hospitalization
hospitalised:hospitalized hyperglycaemia:hyperglycemia hypoglycaemia:hypoglycemia immunisation:immunization
ischaemia:ischemia ischaemic:ischemic labelled:labeled leukaemia:leukemia localised:localized minimise:minimize
neutralising:neutralizing normalised:normalized oedema:edema oesophageal:esophageal oesophagus:esophagus
oestrogen:estrogen optimise:optimize orthopaedic:orthopedic paediatric:pediatric programme:program
randomisation:randomization randomise:randomize randomised:randomized stabilise:stabilize stabilised:stabilized
standardised:standardized sulphate:sulfate sterilised:sterilized summarised:summarized tumour:tumor tumours:tumors
utilise:utilize visualisation:visualization
"""


@lru_cache(maxsize=1)
def varieties() -> tuple[frozenset[str], frozenset[str]]:
    """Return spellings that only the British use and those that only Americans use.

    Words in -ize are American and good British as well, and so is ``program`` for software.
    """
    pairs = [pair.split(":") for pair in _PAIRS.split()]
    only_american = (american for _, american in pairs if "iz" not in american and american != "program")
    return frozenset(british for british, _ in pairs), frozenset(only_american)
