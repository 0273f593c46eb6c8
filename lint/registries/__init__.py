"""What is particular to one registry: recognising its records and reading its other forms."""
