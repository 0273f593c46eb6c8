"""Slips that so many make, or that look so much like another form, that counts and letters say too little."""

from __future__ import annotations

HABITS = {
    "upto": "up to", "atleast": "at least", "alot": "a lot", "aswell": "as well", "inspite": "in spite",
    "incase": "in case", "infront": "in front", "eventhough": "even though", "noone": "no one", "aslong": "as long",
    "lymphnode": "lymph node", "lymphnodes": "lymph nodes", "bloodloss": "blood loss", "bloodsample": "blood sample",
    "bloodsamples": "blood samples", "bloodpressure": "blood pressure", "breastcancer": "breast cancer",
    "lungcancer": "lung cancer", "genetherapy": "gene therapy", "flowcytometry": "flow cytometry",
    "doubleblind": "double blind", "doubleblinded": "double blinded", "sideeffect": "side effect",
    "sideeffects": "side effects", "decisionmaking": "decision making", "lowback": "low back",
    "abdominus": "abdominis", "anastrazole": "anastrozole", "assement": "assessment",
    "assements": "assessments", "bonferoni": "bonferroni", "celcius": "celsius", "cockroft": "cockcroft",
    "consend": "consent", "convential": "conventional", "cronback": "cronbach", "diabetis": "diabetes",
    "dissapear": "disappear", "excema": "eczema", "ginko": "ginkgo", "inhalor": "inhaler",
    "inhibiter": "inhibitor", "inhibiters": "inhibitors", "kolmogorow": "kolmogorov",
    "kolmogrov": "kolmogorov", "lenght": "length", "lickert": "likert", "lykert": "likert",
    "medicinial": "medicinal", "mellitis": "mellitus", "occurance": "occurrence", "occurances": "occurrences",
    "practioner": "practitioner", "practioners": "practitioners", "prevalance": "prevalence",
    "propanolol": "propranolol", "pruritis": "pruritus", "quantitive": "quantitative",
    "recuirted": "recruited", "schedual": "schedule", "stomache": "stomach", "throught": "through",
    "unabel": "unable", "undergoe": "undergo", "untill": "until", "vertigoe": "vertigo", "whitin": "within",
    "withney": "whitney",
}  # fmt: skip
"""Words that are none whatever stands around them. Names of persons and places and words of other languages are not."""
