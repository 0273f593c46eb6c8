"""``xlsx``: a workbook of the findings, with filters, and a sheet that counts them by rule."""

from __future__ import annotations

from tempfile import TemporaryDirectory
from typing import Any

from lint.errors import UsageError
from lint.model import Outcome
from lint.reports import About
from lint.reports.rows import COLUMNS, row_of
from lint.reports.scratch import let_go
from lint.runner import Summary

_WIDTHS = (14, 28, 7, 7, 9, 26, 10, 10, 40, 70, 50, 40, 20)
_MOST_ROWS = 1 << 20
_LONGEST = 32_767


class Report:
    """Writes rows as they come, so that memory does not grow with them.

    Until the workbook is closed they wait in files of their own, which are gone after the ``with``.
    """

    def __init__(self, out: Any, about: About) -> None:
        try:
            import xlsxwriter
        except ImportError:
            raise UsageError("the format xlsx needs one more package", "pip install 'registry-lint[xlsx]'") from None
        self.about = about
        self.scratch = TemporaryDirectory(prefix="lint-", ignore_cleanup_errors=True)
        self.book = xlsxwriter.Workbook(out, {"constant_memory": True, "tmpdir": self.scratch.name,
                                              "strings_to_formulas": False, "strings_to_urls": False,
                                              "strings_to_numbers": False})  # fmt: skip
        self.bold = self.book.add_format({"bold": True})
        self.sheet = self._sheet("findings", COLUMNS, _WIDTHS)
        self.rows = 0
        self.left_out = 0

    def __enter__(self) -> Report:
        return self

    def __exit__(self, *_fault: object) -> None:
        for sheet in self.book.worksheets():
            let_go(sheet.row_data_fh)
        self.scratch.cleanup()

    def add(self, outcome: Outcome) -> None:
        for finding in outcome.findings:
            if self.rows + 1 >= _MOST_ROWS:
                self.left_out += 1
                continue
            self.rows += 1
            for column, cell in enumerate(row_of(finding)):
                self.sheet.write(self.rows, column, cell[:_LONGEST] if isinstance(cell, str) else cell)

    def end(self, summary: Summary) -> None:
        self.sheet.autofilter(0, 0, self.rows, len(COLUMNS) - 1)
        rules = self._sheet("rules", ("rule", "name", "findings"), (9, 40, 10))
        for row, (code, count) in enumerate(sorted(summary.by_rule.items()), start=1):
            known = self.about.catalogue.get(code)
            for column, cell in enumerate((code, known.name if known else "", count)):
                rules.write(row, column, cell)
        if self.left_out:
            rules.write(len(summary.by_rule) + 1, 0, f"{self.left_out:,} findings do not fit into a sheet")
        self.book.close()

    def _sheet(self, name: str, columns: tuple[str, ...], widths: tuple[int, ...]) -> Any:
        sheet = self.book.add_worksheet(name)
        sheet.freeze_panes(1, 0)
        for column, (title, width) in enumerate(zip(columns, widths)):
            sheet.set_column(column, column, width)
            sheet.write(0, column, title, self.bold)
        return sheet
