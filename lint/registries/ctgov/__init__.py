"""ClinicalTrials.gov, whose API v2 JSON is the canonical shape of a record."""
