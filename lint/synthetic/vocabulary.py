"""The words of made-up records: diseases with what is measured in them, treatments, places, people.

Every name of a person, a site or a product is invented by combining common parts.
"""

from __future__ import annotations

from typing import NamedTuple


class Disease(NamedTuple):
    """A disease, who has it, a primary outcome with its unit and method, a keyword, its MeSH descriptor."""

    name: str
    people: str
    outcome: str
    unit: str
    method: str
    keyword: str
    mesh_id: str
    mesh_term: str


def _diseases(table: str) -> tuple[Disease, ...]:
    rows = (line.split("|") for line in table.strip().splitlines())
    return tuple(Disease(*(cell.strip() for cell in row)) for row in rows)


DISEASES = _diseases("""
Chronic Migraine | adults with chronic migraine | Change From Baseline in Monthly Headache Days | days | counted in a diary over 28 days | headache prevention | D008881 | Migraine Disorders
Type 2 Diabetes | adults with type 2 diabetes | Change From Baseline in Glycated Hemoglobin | percent | measured in venous blood by the central laboratory | glucose control | D003924 | Diabetes Mellitus, Type 2
Asthma | adults with asthma | Change From Baseline in Forced Expiratory Volume in One Second | liters | measured by spirometry before the inhaler is used | lung function | D001249 | Asthma
Hypertension | adults with high blood pressure | Change From Baseline in Systolic Blood Pressure | mmHg | the mean of three measurements after five minutes of rest | blood pressure | D006973 | Hypertension
Rheumatoid Arthritis | adults with rheumatoid arthritis | Number of Tender Joints | joints | counted by a trained assessor among 28 joints | joint pain | D001172 | Arthritis, Rheumatoid
Heart Failure | adults with heart failure | Distance Walked in Six Minutes | meters | measured on a level corridor of 30 meters | exercise capacity | D006333 | Heart Failure
Atopic Dermatitis | adults with atopic dermatitis | Percentage of Body Surface Affected | percent of body surface | estimated by the investigator from the palms of the participant | skin inflammation | D003876 | Dermatitis, Atopic
Psoriasis | adults with plaque psoriasis | Percentage of Body Surface Affected by Plaques | percent of body surface | estimated by the investigator from the palms of the participant | skin plaques | D011565 | Psoriasis
Obesity | adults with obesity | Change From Baseline in Body Weight | kilograms | measured on a calibrated scale without shoes | weight loss | D009765 | Obesity
Osteoarthritis of the Knee | adults with osteoarthritis of the knee | Time to Stand Up Five Times | seconds | measured with a stopwatch from a chair without arms | knee pain | D020370 | Osteoarthritis, Knee
Chronic Kidney Disease | adults with chronic kidney disease | Change From Baseline in Estimated Glomerular Filtration Rate | mL/min/1.73 m^2 | calculated from creatinine in serum | kidney function | D051436 | Renal Insufficiency, Chronic
Insomnia | adults with insomnia | Total Sleep Time | minutes | recorded by actigraphy over seven nights | sleep quality | D007319 | Sleep Initiation and Maintenance Disorders
Stroke | adults in rehabilitation after a stroke | Distance Walked in Two Minutes | meters | measured on a level corridor of 20 meters | rehabilitation | D020521 | Stroke
Low Back Pain | adults with low back pain | Number of Days Off Work | days | taken from a monthly calendar | back pain | D017116 | Low Back Pain
Iron Deficiency Anemia | adults with iron deficiency anemia | Change From Baseline in Hemoglobin | g/dL | measured in venous blood by the local laboratory | iron | D018798 | Anemia, Iron-Deficiency
Epilepsy | adults with epilepsy | Number of Seizures | seizures | counted in a diary over 28 days | seizure control | D004827 | Epilepsy
Chronic Cough | adults with chronic cough | Coughs per Hour | coughs per hour | recorded over 24 hours by a small microphone | cough | D003371 | Cough
Gout | adults with gout | Percentage of Participants With Serum Urate Below 6 mg/dL | percent of participants | measured in venous blood by the central laboratory | urate | D006073 | Gout
Osteoporosis | women with osteoporosis | Change From Baseline in Bone Mineral Density of the Lumbar Spine | g/cm^2 | measured by dual-energy absorptiometry | bone density | D010024 | Osteoporosis
Glaucoma | adults with glaucoma | Change From Baseline in Intraocular Pressure | mmHg | measured by applanation in the morning | eye pressure | D005901 | Glaucoma
Dry Eye Disease | adults with dry eye disease | Tear Break-up Time | seconds | measured with fluorescein at the slit lamp | tears | D015352 | Dry Eye Syndromes
Ulcerative Colitis | adults with ulcerative colitis | Percentage of Participants in Clinical Remission | percent of participants | judged from stool frequency, bleeding and endoscopy | remission | D003093 | Colitis, Ulcerative
Chronic Hepatitis B | adults with chronic hepatitis B | Percentage of Participants Without Detectable Viral Load | percent of participants | measured in serum by the central laboratory | viral load | D019694 | Hepatitis B, Chronic
Influenza | adults with influenza | Time to Relief of Symptoms | hours | taken from a diary that is filled in twice a day | antiviral treatment | D007251 | Influenza, Human
Overactive Bladder | adults with an overactive bladder | Number of Micturitions per Day | micturitions per day | counted in a diary over three days | urgency | D053201 | Urinary Bladder, Overactive
""")  # fmt: skip

DRUGS = [
    "metformin",
    "losartan",
    "amlodipine",
    "atorvastatin",
    "celecoxib",
    "naproxen",
    "pregabalin",
    "sertraline",
    "omeprazole",
    "montelukast",
    "candesartan",
    "bisoprolol",
    "empagliflozin",
    "semaglutide",
    "dapagliflozin",
    "methotrexate",
    "tofacitinib",
    "rosuvastatin",
    "spironolactone",
    "budesonide",
    "gabapentin",
    "duloxetine",
    "topiramate",
    "propranolol",
    "valsartan",
    "ramipril",
    "sitagliptin",
    "liraglutide",
    "colchicine",
    "allopurinol",
    "febuxostat",
    "levetiracetam",
    "lamotrigine",
    "melatonin",
    "fluoxetine",
    "escitalopram",
]

TOWNS = tuple(
    tuple(cell.strip() for cell in row.split("|"))
    for row in """
Boston | Massachusetts | 02115 | United States
Chicago | Illinois | 60611 | United States
Houston | Texas | 77030 | United States
Seattle | Washington | 98104 | United States
Atlanta | Georgia | 30322 | United States
Denver | Colorado | 80204 | United States
Toronto | Ontario | M5G 2C4 | Canada
Montreal | Quebec | H3T 1E2 | Canada
London | | SE1 7EH | United Kingdom
Leeds | | LS1 3EX | United Kingdom
Berlin | | 10117 | Germany
Hamburg | | 20246 | Germany
Paris | | 75013 | France
Lyon | | 69003 | France
Madrid | | 28046 | Spain
Barcelona | | 08036 | Spain
Milan | | 20122 | Italy
Bologna | | 40138 | Italy
Vienna | | 1090 | Austria
Bern | | 3010 | Switzerland
Amsterdam | | 1105 AZ | Netherlands
Copenhagen | | 2100 | Denmark
Oslo | | 0450 | Norway
Stockholm | | 17176 | Sweden
Warsaw | | 02-097 | Poland
Prague | | 12808 | Czechia
Sydney | New South Wales | 2050 | Australia
Melbourne | Victoria | 3050 | Australia
Seoul | | 03080 | South Korea
Taipei | | 100 | Taiwan
""".strip().splitlines()
)
"""City, state where the registry asks for one, postal code, country."""

FOUNDERS = [
    "Alder",
    "Ashby",
    "Birchwood",
    "Calloway",
    "Dunmore",
    "Eastlake",
    "Fairhaven",
    "Glenwood",
    "Hartwell",
    "Ironbridge",
    "Juniper",
    "Kingsley",
    "Larkspur",
    "Maplewood",
    "Northgate",
    "Oakridge",
    "Pinecrest",
    "Queensway",
    "Riverton",
    "Stonefield",
    "Thornbury",
    "Underhill",
    "Valewood",
    "Westbrook",
    "Yarrow",
    "Brookfield",
    "Cedarhurst",
    "Foxbridge",
    "Elmhurst",
    "Fernhill",
    "Greystone",
    "Hazelmere",
    "Ivybridge",
]
KINDS_OF_SPONSOR = (
    ("{founder} University Hospital {city}", "OTHER"),
    ("{founder} Medical Center of {city}", "OTHER"),
    ("{founder} Institute for Clinical Research {city}", "OTHER"),
    ("{founder} {second} Pharmaceuticals", "INDUSTRY"),
    ("{founder} {second} Therapeutics", "INDUSTRY"),
)
GIVEN_NAMES = [
    "Anna",
    "Maria",
    "Peter",
    "Thomas",
    "Laura",
    "Julia",
    "Martin",
    "Daniel",
    "Sarah",
    "Emma",
    "David",
    "Robert",
    "Helen",
    "Clara",
    "Paul",
    "Susan",
    "Mark",
    "Elena",
    "Victor",
    "Nora",
]
FAMILY_NAMES = [
    "Keller",
    "Berger",
    "Lindqvist",
    "Moreau",
    "Rossi",
    "Garcia",
    "Novak",
    "Hansen",
    "Fischer",
    "Taylor",
    "Walker",
    "Bennett",
    "Cooper",
    "Murphy",
    "Sullivan",
    "Weber",
    "Jensen",
    "Larsen",
    "Costa",
    "Romero",
    "Dubois",
    "Lambert",
    "Schneider",
    "Vogel",
    "Hughes",
    "Morgan",
    "Foster",
    "Parker",
    "Turner",
    "Collins",
]

SENTENCES = (
    "Participants visit the clinic every four weeks and are called by telephone between the visits.",
    "All assessments are made by staff who do not know the assignment.",
    "Blood samples are taken at every visit and sent to the laboratory on the same day.",
    "Adverse events are asked for by open questions at every visit and followed until they are resolved.",
    "Participants who stop the treatment early are asked to attend all remaining visits.",
    "The sample size was calculated to detect a difference of half a standard deviation with a power of 90 percent.",
    "The main analysis includes all participants according to the assignment, whatever they took.",
    "Missing values are imputed under the assumption that they are missing at random.",
    "An independent committee looks at the safety data every six months.",
    "Data are entered into an electronic case report form and checked for completeness and consistency.",
    "The randomization list was generated by a statistician who has no other part in the study.",
    "Questionnaires are filled in at home on paper or on a mobile telephone, as the participant prefers.",
    "Concomitant medication is recorded at each visit and kept as stable as possible.",
    "The study ends for each participant with a visit four weeks after the last dose.",
    "Quality of life is described by a questionnaire that has been validated in several languages.",
    "The protocol was written together with patients, who also commented on the written information.",
    "Results will be published in an open access journal whatever they are.",
    "Monitors visit every site at least once a year and compare the entries with the source documents.",
    "Vital signs are measured after five minutes of rest in a sitting position.",
    "A subgroup analysis by age and sex was specified before the first participant was included.",
    "At the first visit the medical history is taken, and a physical examination and an electrocardiogram are made.",
    "Participants receive a card with the telephone number of the study site that is answered day and night.",
    "The tablets are packed in bottles for four weeks and a reserve of one week, and unused tablets are returned.",
    "Doses that were missed are not made up for, and the reason is written into the diary.",
    "Treatment is stopped for good when a serious event is thought to be caused by it, and the participant is followed.",
    "Serious adverse events are reported to the sponsor within one day and to the ethics committee as the law asks for.",
    "The laboratory reports hematology, liver enzymes, creatinine, electrolytes and the lipids of participants who fasted.",
    "Samples that are left over are kept for five years and used only for questions that the consent covers.",
    "Physiotherapy, counselling and the usual advice on food and exercise go on as before for everybody.",
    "The time between two visits may vary by three days, and visits outside of this window are marked in the analysis.",
    "Investigators were trained together, and their measurements agreed well before the first participant was seen.",
    "The analysis plan was signed before the data were unblinded, and deviations from it will be described.",
    "A linear model for repeated measurements with the value at baseline as a covariate is used for the main question.",
    "Proportions are compared by logistic regression, and times to an event by a proportional hazards model.",
    "Secondary outcomes are tested in a fixed order, so that no further correction for their number is needed.",
    "Travel costs are paid back, and there is no other payment for taking part in the study.",
    "Interviews with some of the participants at the end of the study ask what was difficult and what was helpful.",
    "The burden of the visits was discussed with an organization of patients, and two of them were left out.",
    "Costs of medicines, visits and days off work are collected to describe what the treatment means for the budget.",
    "A first look at the data after half of the participants may end the study for a clear benefit or for futility.",
    "Records of all participants are kept at the sites for fifteen years after the end of the study.",
    "If the coordinator has to be replaced, the new one is trained before the next participant is seen.",
)

INCLUSION = (
    "Diagnosis of {disease} for at least six months before the first visit",
    "Stable treatment for at least four weeks before the first visit",
    "Ability to read and understand the information for participants",
    "Written informed consent before any study procedure",
    "Willingness to attend all visits and to keep the diary",
    "A negative pregnancy test at the first visit for women who can become pregnant",
    "Use of effective contraception during the study and for four weeks afterwards",
    "Access to a telephone",
    "Residence within two hours of the study site",
    "Symptoms on at least four days of the week before the first visit",
    "A body weight that has changed by less than three kilograms in the previous three months",
    "Readiness to keep all other medicines unchanged during the study, as far as health allows it",
    "Insurance by the social security system where the law of the country asks for it",
    "Normal or clinically unremarkable findings in the electrocardiogram at the first visit",
    "Agreement that the family doctor is informed about the participation in the study",
)
EXCLUSION = (
    "Pregnancy or breastfeeding",
    "Known allergy to any component of the study medication",
    "Participation in another interventional study within the previous three months",
    "Severe liver disease according to the judgement of the investigator",
    "Cancer within the previous five years, except for basal cell carcinoma of the skin",
    "Major surgery planned during the study",
    "Abuse of alcohol or drugs within the previous year",
    "Unstable angina or myocardial infarction within the previous six months",
    "Active infection that needs treatment with antibiotics",
    "Treatment with systemic steroids within the previous four weeks",
    "Inability to follow the procedures of the study",
    "Any disease that in the opinion of the investigator puts the participant at risk",
    "Need for dialysis or a transplanted kidney",
    "Epileptic seizure within the previous five years",
    "Vaccination with a live vaccine within the previous four weeks or planned during the study",
    "Blood donation within the previous two months",
    "Work at night or travel across several time zones within the week before a visit",
    "Metal implants or other reasons against magnetic resonance imaging",
    "Close relatives who work for the sponsor or at the study site",
    "Depression that needs a change of treatment, or thoughts of suicide within the previous year",
    "Treatment with an anticoagulant that cannot be stopped for the procedures of the study",
    "Uncontrolled thyroid disease",
)

SECONDARY = (
    ("Number of Participants With Adverse Events", "Any event that begins or worsens after the first dose, found by open questions."),
    ("Number of Participants Who Stop the Treatment", "Everybody who stops before the last planned dose, whatever the reason."),
    ("Number of Days in Hospital", "Nights spent in any hospital, taken from the discharge letters."),
    ("Percentage of Planned Doses Taken", "Counted from the packages that are returned at each visit."),
    ("Time to First Use of Rescue Medication", "Hours from the first dose to the first use, taken from the diary."),
    ("Number of Visits to an Emergency Department", "Asked for at every visit and confirmed by a letter of the department."),
    ("Change From Baseline in Resting Heart Rate", "Measured after five minutes of rest in a sitting position, in beats per minute."),
    ("Change From Baseline in Waist Circumference", "Measured in centimeters midway between the lowest rib and the hip."),
    ("Number of Participants Who Return to Work", "Everybody with at least half of the former working hours."),
    ("Change From Baseline in Fasting Glucose", "Measured in venous blood after eight hours without food, in mg/dL."),
    ("Change From Baseline in Daily Steps", "Mean over seven days, recorded by a sensor at the wrist."),
    ("Number of Falls", "Counted in a calendar that the participant keeps."),
)  # fmt: skip
EVENTS = (
    ("Headache", "Nervous system disorders"), ("Nausea", "Gastrointestinal disorders"),
    ("Fatigue", "General disorders"), ("Dizziness", "Nervous system disorders"),
    ("Diarrhoea", "Gastrointestinal disorders"), ("Nasopharyngitis", "Infections and infestations"),
    ("Back pain", "Musculoskeletal and connective tissue disorders"), ("Rash", "Skin and subcutaneous tissue disorders"),
    ("Constipation", "Gastrointestinal disorders"), ("Vomiting", "Gastrointestinal disorders"),
    ("Abdominal pain", "Gastrointestinal disorders"), ("Dyspepsia", "Gastrointestinal disorders"),
    ("Dry mouth", "Gastrointestinal disorders"), ("Pyrexia", "General disorders"), ("Chills", "General disorders"),
    ("Oedema peripheral", "General disorders"), ("Asthenia", "General disorders"), ("Pruritus", "Skin and subcutaneous tissue disorders"),
    ("Influenza", "Infections and infestations"), ("Sinusitis", "Infections and infestations"),
    ("Bronchitis", "Infections and infestations"), ("Urinary tract infection", "Infections and infestations"),
    ("Myalgia", "Musculoskeletal and connective tissue disorders"), ("Muscle spasms", "Musculoskeletal and connective tissue disorders"),
    ("Pain in extremity", "Musculoskeletal and connective tissue disorders"), ("Paraesthesia", "Nervous system disorders"),
    ("Tremor", "Nervous system disorders"), ("Somnolence", "Nervous system disorders"), ("Anxiety", "Psychiatric disorders"),
    ("Depression", "Psychiatric disorders"), ("Palpitations", "Cardiac disorders"), ("Hypotension", "Vascular disorders"),
    ("Epistaxis", "Respiratory, thoracic and mediastinal disorders"), ("Dyspnoea", "Respiratory, thoracic and mediastinal disorders"),
    ("Fall", "Injury, poisoning and procedural complications"), ("Contusion", "Injury, poisoning and procedural complications"),
    ("Cough", "Respiratory, thoracic and mediastinal disorders"), ("Insomnia", "Psychiatric disorders"),
    ("Hypertension", "Vascular disorders"), ("Arthralgia", "Musculoskeletal and connective tissue disorders"),
)  # fmt: skip
SERIOUS_EVENTS = (
    ("Pneumonia", "Infections and infestations"), ("Appendicitis", "Infections and infestations"),
    ("Atrial fibrillation", "Cardiac disorders"), ("Femur fracture", "Injury, poisoning and procedural complications"),
)  # fmt: skip
