"""JSON Schemas: the registry record, the configuration, rule packs and what the program prints."""
