import lint_example_rules
from lint.rulebook import rules_of_module
from lint.testing import check_examples


def test_the_examples_of_the_rules() -> None:
    check_examples(rules_of_module(lint_example_rules))
