"""How often findings occur among the records of a run: datasets to shares, tables and plots."""
