"""One study, written by hand in both forms: as the registry's classic XML and as API v2 JSON."""

from __future__ import annotations

from typing import Any

XML = """<clinical_study rank="1">
  <!-- written for a test -->
  <required_header><download_date>Processed on June 09, 2023</download_date></required_header>
  <id_info>
    <org_study_id>EX-1</org_study_id>
    <secondary_id>R01CA000001</secondary_id>
    <nct_id>NCT09900001</nct_id>
    <nct_alias>NCT09900002</nct_alias>
  </id_info>
  <brief_title>Exampline  in
    Adults With Migr&#228;ne</brief_title>
  <acronym>EXAM</acronym>
  <official_title>A Randomized Study of Exampline &amp; Placebo</official_title>
  <sponsors>
    <lead_sponsor><agency>Example University Hospital</agency><agency_class>Other</agency_class></lead_sponsor>
    <collaborator><agency>Example Institute</agency><agency_class>U.S. Fed</agency_class></collaborator>
  </sponsors>
  <source>Example University Hospital</source>
  <oversight_info><has_dmc>Yes</has_dmc><is_fda_regulated_drug>No</is_fda_regulated_drug></oversight_info>
  <brief_summary>
    <textblock>
      The study asks whether exampline is  better than placebo for adults who have a migraine&#xD;
      at least once a month.&#xD;
&#xD;
      It lasts a year.&#xD;
    </textblock>
  </brief_summary>
  <overall_status>Unknown status</overall_status>
  <last_known_status>Active, not recruiting</last_known_status>
  <why_stopped>slow  accrual</why_stopped>
  <start_date type="Actual">March 15, 2016</start_date>
  <completion_date type="Anticipated">March 2018</completion_date>
  <primary_completion_date type="Anticipated">December 2017</primary_completion_date>
  <phase>Phase 1/Phase 2</phase>
  <study_type>Interventional</study_type>
  <has_expanded_access>No</has_expanded_access>
  <study_design_info>
    <allocation>Randomized</allocation>
    <intervention_model>Parallel Assignment</intervention_model>
    <primary_purpose>Treatment</primary_purpose>
    <masking>Double (Participant, Outcomes Assessor)</masking>
  </study_design_info>
  <primary_outcome><measure>Days with migraine</measure><time_frame>1 year</time_frame></primary_outcome>
  <secondary_outcome>
    <measure>Quality of life</measure><time_frame>1 year</time_frame><description>A scale of 0 to 10</description>
  </secondary_outcome>
  <number_of_arms>2</number_of_arms>
  <enrollment type="Anticipated">120</enrollment>
  <condition>Migraine</condition>
  <arm_group>
    <arm_group_label>Exampline</arm_group_label><arm_group_type>Experimental</arm_group_type>
    <description>10 mg daily</description>
  </arm_group>
  <arm_group><arm_group_label>Placebo</arm_group_label><arm_group_type>Placebo Comparator</arm_group_type></arm_group>
  <intervention>
    <intervention_type>Drug</intervention_type><intervention_name>Exampline</intervention_name>
    <description>a tablet</description><arm_group_label>Exampline</arm_group_label><other_name>EX-123</other_name>
  </intervention>
  <intervention>
    <intervention_type>Drug</intervention_type><intervention_name>Placebo</intervention_name>
    <description>a tablet</description><arm_group_label>Placebo</arm_group_label>
  </intervention>
  <eligibility>
    <criteria>
      <textblock>
        Inclusion Criteria:

          -  adults with a migraine at least once a month, as seen by a neurologist of the hospital in
             the last year

          -  one of:

               1. two attacks

               2. three attacks

          -  consent

        Exclusion Criteria:

         10. pregnancy
      </textblock>
    </criteria>
    <gender>All</gender>
    <minimum_age>18 Years</minimum_age>
    <maximum_age>N/A</maximum_age>
    <healthy_volunteers>No</healthy_volunteers>
  </eligibility>
  <overall_official>
    <first_name>Ada</first_name><last_name>Example</last_name><degrees>MD</degrees>
    <role>Principal Investigator</role><affiliation>Example University Hospital</affiliation>
  </overall_official>
  <location>
    <facility>
      <name>Example University Hospital</name>
      <address><city>Basel</city><zip>4031</zip><country>Switzerland</country></address>
    </facility>
    <status>Recruiting</status>
    <contact><last_name>Ada Example</last_name><email>ada@example.org</email></contact>
    <investigator><last_name>Ada Example, MD</last_name><role>Principal Investigator</role></investigator>
  </location>
  <location_countries><country>Switzerland</country></location_countries>
  <removed_countries><country>Austria</country></removed_countries>
  <link><url>https://www.example.org</url><description>The study's page</description></link>
  <reference><citation>Example A. Exampline. J Ex. 2014.</citation><PMID>12345678</PMID></reference>
  <results_reference><citation>Example A. Exampline again. J Ex. 2019.</citation></results_reference>
  <verification_date>May 2016</verification_date>
  <study_first_submitted>March 1, 2016</study_first_submitted>
  <study_first_submitted_qc>March 3, 2016</study_first_submitted_qc>
  <study_first_posted type="Estimate">March 8, 2016</study_first_posted>
  <last_update_submitted>May 2, 2016</last_update_submitted>
  <last_update_submitted_qc>May 2, 2016</last_update_submitted_qc>
  <last_update_posted type="Estimate">May 4, 2016</last_update_posted>
  <responsible_party>
    <responsible_party_type>Principal Investigator</responsible_party_type>
    <investigator_full_name>Ada Example</investigator_full_name>
    <investigator_title>Professor</investigator_title>
  </responsible_party>
  <keyword>headache</keyword>
  <condition_browse><mesh_term>Migraine Disorders</mesh_term></condition_browse>
  <patient_data>
    <sharing_ipd>Yes</sharing_ipd><ipd_info_type>Informed Consent Form (ICF)</ipd_info_type>
  </patient_data>
  <study_docs><study_doc><doc_id>7</doc_id><doc_type>Study Protocol</doc_type></study_doc></study_docs>
  <provided_document_section>
    <provided_document>
      <document_type>Study Protocol</document_type><document_has_protocol>Yes</document_has_protocol>
      <document_date>March 27, 2018</document_date><document_url>https://example.org/docs/Prot_000.pdf</document_url>
    </provided_document>
  </provided_document_section>
  <pending_results>
    <submitted>June 1, 2018</submitted><returned>July 2, 2018</returned>
    <submission_canceled>Unknown</submission_canceled>
  </pending_results>
</clinical_study>
"""

JSON: dict[str, Any] = {
    "protocolSection": {
        "identificationModule": {
            "nctId": "NCT09900001", "nctIdAliases": ["NCT09900002"], "orgStudyIdInfo": {"id": "EX-1"},
            "secondaryIdInfos": [{"id": "R01CA000001"}],
            "organization": {"fullName": "Example University Hospital"},
            "briefTitle": "Exampline in Adults With Migräne", "acronym": "EXAM",
            "officialTitle": "A Randomized Study of Exampline & Placebo",
        },
        "statusModule": {
            "overallStatus": "UNKNOWN", "lastKnownStatus": "ACTIVE_NOT_RECRUITING", "statusVerifiedDate": "2016-05",
            "studyFirstSubmitDate": "2016-03-01", "studyFirstSubmitQcDate": "2016-03-03",
            "lastUpdateSubmitDate": "2016-05-02", "whyStopped": "slow  accrual",
            "startDateStruct": {"date": "2016-03-15", "type": "ACTUAL"},
            "primaryCompletionDateStruct": {"date": "2017-12", "type": "ESTIMATED"},
            "completionDateStruct": {"date": "2018-03", "type": "ESTIMATED"},
            "studyFirstPostDateStruct": {"date": "2016-03-08", "type": "ESTIMATED"},
            "lastUpdatePostDateStruct": {"date": "2016-05-04", "type": "ESTIMATED"},
            "expandedAccessInfo": {"hasExpandedAccess": False},
        },
        "sponsorCollaboratorsModule": {
            "leadSponsor": {"name": "Example University Hospital"},
            "collaborators": [{"name": "Example Institute", "class": "FED"}],
            "responsibleParty": {
                "type": "PRINCIPAL_INVESTIGATOR", "investigatorFullName": "Ada Example",
                "investigatorTitle": "Professor",
            },
        },
        "oversightModule": {"oversightHasDmc": True, "isFdaRegulatedDrug": False},
        "descriptionModule": {
            "briefSummary": "The study asks whether exampline is better than placebo for adults who have a migraine "
            "at least once a month.\n\nIt lasts a year.",
        },
        "conditionsModule": {"conditions": ["Migraine"], "keywords": ["headache"]},
        "designModule": {
            "studyType": "INTERVENTIONAL", "phases": ["PHASE1", "PHASE2"],
            "designInfo": {
                "allocation": "RANDOMIZED", "interventionModel": "PARALLEL", "primaryPurpose": "TREATMENT",
                "maskingInfo": {"masking": "DOUBLE", "whoMasked": ["PARTICIPANT", "OUTCOMES_ASSESSOR"]},
            },
            "enrollmentInfo": {"count": 120, "type": "ESTIMATED"},
        },
        "armsInterventionsModule": {
            "armGroups": [
                {"label": "Exampline", "type": "EXPERIMENTAL", "description": "10 mg daily",
                 "interventionNames": ["Drug: Exampline"]},
                {"label": "Placebo", "type": "PLACEBO_COMPARATOR", "interventionNames": ["Drug: Placebo"]},
            ],
            "interventions": [
                {"type": "DRUG", "name": "Exampline", "description": "a tablet", "armGroupLabels": ["Exampline"],
                 "otherNames": ["EX-123"]},
                {"type": "DRUG", "name": "Placebo", "description": "a tablet", "armGroupLabels": ["Placebo"]},
            ],
        },
        "outcomesModule": {
            "primaryOutcomes": [{"measure": "Days with migraine", "timeFrame": "1 year"}],
            "secondaryOutcomes": [
                {"measure": "Quality of life", "description": "A scale of 0 to 10", "timeFrame": "1 year"}
            ],
        },
        "eligibilityModule": {
            "eligibilityCriteria": "Inclusion Criteria:\n\n* adults with a migraine at least once a month, as seen by "
            "a neurologist of the hospital in the last year\n* one of:\n\n  1. two attacks\n  2. three attacks\n"
            "* consent\n\nExclusion Criteria:\n\n10. pregnancy",
            "healthyVolunteers": False, "sex": "ALL", "minimumAge": "18 Years",
        },
        "contactsLocationsModule": {
            "overallOfficials": [
                {"name": "Ada Example, MD", "affiliation": "Example University Hospital",
                 "role": "PRINCIPAL_INVESTIGATOR"}
            ],
            "locations": [{
                "facility": "Example University Hospital", "status": "RECRUITING", "city": "Basel", "zip": "4031",
                "country": "Switzerland",
                "contacts": [
                    {"name": "Ada Example", "role": "CONTACT", "email": "ada@example.org"},
                    {"name": "Ada Example, MD", "role": "PRINCIPAL_INVESTIGATOR"},
                ],
            }],
        },
        "referencesModule": {
            "references": [
                {"pmid": "12345678", "citation": "Example A. Exampline. J Ex. 2014."},
                {"type": "RESULT", "citation": "Example A. Exampline again. J Ex. 2019."},
            ],
            "seeAlsoLinks": [{"label": "The study's page", "url": "https://www.example.org"}],
            "availIpds": [{"id": "7", "type": "Study Protocol"}],
        },
        "ipdSharingStatementModule": {"ipdSharing": "YES", "infoTypes": ["ICF"]},
    },
    "documentSection": {"largeDocumentModule": {"largeDocs": [
        {"label": "Study Protocol", "hasProtocol": True, "date": "2018-03-27", "filename": "Prot_000.pdf"}
    ]}},
    "annotationSection": {"annotationModule": {"unpostedAnnotation": {"unpostedEvents": [
        {"type": "RELEASE", "date": "2018-06-01"}, {"type": "RESET", "date": "2018-07-02"},
        {"type": "UNRELEASE", "dateUnknown": True},
    ]}}},
    "derivedSection": {
        "miscInfoModule": {"removedCountries": ["Austria"]},
        "conditionBrowseModule": {"meshes": [{"term": "Migraine Disorders"}]},
    },
    "hasResults": False,
}  # fmt: skip

RESULTS_XML = """<clinical_results>
  <participant_flow>
    <recruitment_details>In one clinic.</recruitment_details>
    <group_list><group group_id="P1"><title>Exampline</title><description>10 mg</description></group></group_list>
    <period_list><period><title>Overall Study</title>
      <milestone_list><milestone><title>STARTED</title><participants_list>
        <participants group_id="P1" count="60">all of them</participants>
      </participants_list></milestone></milestone_list>
      <drop_withdraw_reason_list><drop_withdraw_reason><title>Adverse Event</title><participants_list>
        <participants group_id="P1" count="2"/>
      </participants_list></drop_withdraw_reason></drop_withdraw_reason_list>
    </period></period_list>
  </participant_flow>
  <baseline>
    <group_list><group group_id="B1"><title>Exampline</title></group></group_list>
    {baseline}
  </baseline>
  <outcome_list><outcome>
    <type>Primary</type><title>Days with migraine</title><time_frame>1 year</time_frame>
    <group_list><group group_id="O1"><title>Exampline</title></group></group_list>
    {measure}
    <analysis_list><analysis>
      <group_id_list><group_id>O1</group_id></group_id_list>
      {inferiority}
      <p_value>&lt;0.001</p_value><method>ANCOVA</method><ci_percent>95</ci_percent><ci_n_sides>2-Sided</ci_n_sides>
    </analysis></analysis_list>
  </outcome></outcome_list>
  <reported_events>
    <time_frame>1 year</time_frame>
    <group_list><group group_id="E1"><title>Exampline</title></group></group_list>
    <serious_events>
      <default_vocab>MedDRA 14.0</default_vocab><default_assessment>Systematic Assessment</default_assessment>
      <category_list>
        <category><title>Total</title><event_list><event><sub_title>Total, serious adverse events</sub_title>
          <counts group_id="E1" subjects_affected="1" subjects_at_risk="60"/></event></event_list></category>
        <category><title>Cardiac disorders</title><event_list><event>
          <sub_title vocab="MedDRA 15.0">Tachycardia</sub_title><description>seen once</description>
          <counts group_id="E1" events="1" subjects_affected="1" subjects_at_risk="60"/></event>
        </event_list></category>
      </category_list>
    </serious_events>
    <other_events><frequency_threshold>5</frequency_threshold><category_list/></other_events>
  </reported_events>
  <certain_agreements>
    <pi_employee>Principal Investigators are NOT employed by the organization sponsoring the study.</pi_employee>
    <restrictive_agreement>The sponsor reads everything first.</restrictive_agreement>
  </certain_agreements>
  <limitations_and_caveats>It was small.</limitations_and_caveats>
  <point_of_contact><name_or_title>Ada Example</name_or_title><organization>Example</organization></point_of_contact>
</clinical_results>"""

NEW_PARTS = {
    "baseline": """<analyzed_list><analyzed><units>Participants</units><scope>Overall</scope><count_list>
      <count group_id="B1" value="60"/></count_list></analyzed></analyzed_list>
    <measure_list><measure><title>Sex: Female, Male</title><units>Participants</units>
      <param>Count of Participants</param>
      <class_list><class><category_list>
        <category><title>Female</title><measurement_list><measurement group_id="B1" value="40"/></measurement_list>
        </category>
        <category><title>Male</title><measurement_list><measurement group_id="B1" value="20"/></measurement_list>
        </category>
      </category_list></class></class_list></measure></measure_list>""",
    "measure": """<measure><title>Days with migraine</title><units>days</units><param>Mean</param>
      <dispersion>Standard Deviation</dispersion>
      <analyzed_list><analyzed><units>Participants</units><scope>Measure</scope><count_list>
        <count group_id="O1" value="58"/></count_list></analyzed></analyzed_list>
      <class_list>
        <class><title>Month 1</title><category_list><category><measurement_list>
          <measurement group_id="O1" value="4.2" spread="1.1"/></measurement_list></category></category_list></class>
        <class><title>Month 12</title><category_list><category><measurement_list>
          <measurement group_id="O1" value="3.1" spread="1.0">one is missing</measurement></measurement_list></category>
          </category_list></class>
      </class_list></measure>""",
    "inferiority": "<non_inferiority_type>Superiority or Other (legacy)</non_inferiority_type>",
}
"""The parts of results that changed their shape in 2017, in the new one."""

OLD_PARTS = {
    "baseline": """<measure_list>
      <measure><title>Number of Participants</title><units>participants</units><param>Number</param><category_list>
        <category><measurement_list><measurement group_id="B1" value="60"/></measurement_list></category>
      </category_list></measure>
      <measure><title>Sex: Female, Male</title><units>Participants</units><param>Count of Participants</param>
      <category_list>
        <category><sub_title>Female</sub_title><measurement_list><measurement group_id="B1" value="40"/>
        </measurement_list></category>
        <category><sub_title>Male</sub_title><measurement_list><measurement group_id="B1" value="20"/>
        </measurement_list></category>
      </category_list></measure></measure_list>""",
    "measure": """<measure_list>
      <measure><title>Number of Participants</title><units>participants</units><param>Number</param><category_list>
        <category><measurement_list><measurement group_id="O1" value="58"/></measurement_list></category>
      </category_list></measure>
      <measure><title>Days with migraine</title><units>days</units><param>Mean</param>
      <dispersion>Standard Deviation</dispersion>
      <category_list>
        <category><sub_title>Month 1</sub_title><measurement_list>
          <measurement group_id="O1" value="4.2" spread="1.1"/></measurement_list></category>
        <category><sub_title>Month 12</sub_title><measurement_list>
          <measurement group_id="O1" value="3.1" spread="1.0">one is missing</measurement></measurement_list></category>
      </category_list></measure></measure_list>""",
    "inferiority": "<non_inferiority>No</non_inferiority>",
}
"""The same parts in the old shape."""

RESULTS: dict[str, Any] = {
    "participantFlowModule": {
        "recruitmentDetails": "In one clinic.",
        "groups": [{"id": "P1", "title": "Exampline", "description": "10 mg"}],
        "periods": [{
            "title": "Overall Study",
            "milestones": [
                {"type": "STARTED",
                 "achievements": [{"groupId": "P1", "numSubjects": "60", "comment": "all of them"}]}
            ],
            "dropWithdraws": [{"type": "Adverse Event", "reasons": [{"groupId": "P1", "numSubjects": "2"}]}],
        }],
    },
    "baselineCharacteristicsModule": {
        "groups": [{"id": "B1", "title": "Exampline"}],
        "denoms": [{"units": "Participants", "counts": [{"groupId": "B1", "value": "60"}]}],
        "measures": [{
            "title": "Sex: Female, Male", "paramType": "COUNT_OF_PARTICIPANTS", "unitOfMeasure": "Participants",
            "classes": [{"categories": [
                {"title": "Female", "measurements": [{"groupId": "B1", "value": "40"}]},
                {"title": "Male", "measurements": [{"groupId": "B1", "value": "20"}]},
            ]}],
        }],
    },
    "outcomeMeasuresModule": {"outcomeMeasures": [{
        "type": "PRIMARY", "title": "Days with migraine", "timeFrame": "1 year", "reportingStatus": "POSTED",
        "groups": [{"id": "O1", "title": "Exampline"}], "paramType": "MEAN", "dispersionType": "Standard Deviation",
        "unitOfMeasure": "days",
        "denoms": [{"units": "Participants", "counts": [{"groupId": "O1", "value": "58"}]}],
        "classes": [
            {"title": "Month 1", "categories": [
                {"measurements": [{"groupId": "O1", "value": "4.2", "spread": "1.1"}]}
            ]},
            {"title": "Month 12", "categories": [
                {"measurements": [{"groupId": "O1", "value": "3.1", "spread": "1.0", "comment": "one is missing"}]}
            ]},
        ],
        "analyses": [{
            "groupIds": ["O1"], "nonInferiorityType": "SUPERIORITY_OR_OTHER_LEGACY", "pValue": "<0.001",
            "statisticalMethod": "ANCOVA", "ciPctValue": "95", "ciNumSides": "TWO_SIDED",
        }],
    }]},
    "adverseEventsModule": {
        "frequencyThreshold": "5", "timeFrame": "1 year",
        "eventGroups": [{"id": "E1", "title": "Exampline", "seriousNumAffected": 1, "seriousNumAtRisk": 60}],
        "seriousEvents": [{
            "term": "Tachycardia", "organSystem": "Cardiac disorders", "sourceVocabulary": "MedDRA 15.0",
            "assessmentType": "SYSTEMATIC_ASSESSMENT", "notes": "seen once",
            "stats": [{"groupId": "E1", "numEvents": 1, "numAffected": 1, "numAtRisk": 60}],
        }],
    },
    "moreInfoModule": {
        "limitationsAndCaveats": {"description": "It was small."},
        "certainAgreement": {
            "piSponsorEmployee": False, "restrictiveAgreement": True, "restrictionType": "OTHER",
            "otherDetails": "The sponsor reads everything first.",
        },
        "pointOfContact": {"title": "Ada Example", "organization": "Example"},
    },
}  # fmt: skip
