"""``python -m lint``."""

from lint.cli.main import main

if __name__ == "__main__":
    main()
