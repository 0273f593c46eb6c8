"""The HTML report in a real browser without a screen: what it shows after its scripts have run.

Not part of the test suite, because it needs Chromium; ``.ci/run`` installs that and runs it.
"""

import os
import re
import shutil
import subprocess
from html import unescape

import pytest

from lint.model import Confidence, Finding, Outcome, Severity
from lint.reports import About, open_report
from lint.rulebook import load_rulebook
from lint.runner import Summary

BROWSER = shutil.which("chromium") or shutil.which("chromium-browser") or "chromium"
LEVELS = (Severity.ERROR, Severity.WARNING, Severity.NOTE)
CODES = ("ARM001", "TXT012", "DAT009")
LARGEST = 25 << 20


def finding(number, record):
    code, level = CODES[number % 3], LEVELS[number % 3]
    return Finding(
        code, "a-rule", level, Confidence.HIGH, f"'word{number}' is </script><b>odd</b> here in this place",
        "write it as it was meant, and look at the other places too", record, f"records/{record}.json",
        number % 90 + 1, 7, number % 90 + 1, 12, f"/protocolSection/armsInterventionsModule/armGroups/{number}/label",
        fingerprint=f"{number:016x}", url="https://example.org/rule",
        excerpt='      "label": "a & <i>word</i> of an arm", ' + "and more of the line " * 5,
    )  # fmt: skip


def write_report(path, records, each):
    with open(path, "w", encoding="utf-8") as out:
        report = open_report(
            "html", out, About("0.1.0", 100, "strict", "2024-06-30", catalogue=load_rulebook().by_code)
        )
        summary = Summary(inputs=records)
        for number in range(records):
            record = f"NCT{number:08d}"
            found = tuple(finding(number * each + index, record) for index in range(each))
            outcome = Outcome(
                found, 1, file=found[0].file, record=record, title=f"Trial {number}", sponsor=f"Sponsor {number % 5}",
                registered=f"{2000 + number % 20}-01-01",
            )  # fmt: skip
            summary.add(outcome)
            report.add(outcome)
        report.end(summary)


@pytest.fixture(scope="module")
def small(tmp_path_factory):
    path = tmp_path_factory.mktemp("page") / "small.html"
    write_report(path, records=4, each=3)
    return path


def rendered(path, place="", *options):
    """The page's own HTML after loading, without the data and the script."""
    command = [BROWSER, "--headless", "--no-sandbox", "--disable-gpu", "--dump-dom", *options, f"file://{path}{place}"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=True)
    return re.sub(r"<script.*?</script>", "", done.stdout, flags=re.DOTALL)


def cards(page):
    return re.findall(r'<article class="finding (\w+)[^>]*>(.*?)</article>', page, re.DOTALL)


def test_every_finding_is_shown_with_its_place_marked(small):
    page = rendered(small)
    assert "12 of 12 findings in 4 records" in page
    shown = cards(page)
    assert len(shown) == 12
    assert "<mark>" in shown[0][1] and "records/NCT00000000.json:1:7" in shown[0][1]
    assert "Trial 0" in page and "noscript" in page


def test_nothing_of_a_record_becomes_markup(small):
    page = rendered(small)
    assert "<b>odd</b>" not in page and "<i>word</i>" not in page
    assert "'word0' is </script><b>odd</b>" in unescape(page)


@pytest.mark.parametrize(
    ("place", "count", "text"),
    [
        ("#rule=ARM001", 4, "4 of 12"),
        ("#severity=2", 4, "4 of 12"),
        ("#search=word7", 1, "1 of 12"),
        ("#search=word7+nowhere", 0, "0 of 12"),
        ("#year=2001", 3, "3 of 12"),
        ("#family=TXT&group=", 4, "4 of 12"),
        ("#group=sponsor", 12, "in 4 sponsors"),
        ("#group=rule&sort=count", 12, "in 3 rules"),
    ],
)
def test_links_choose_group_and_sort(small, place, count, text):
    page = rendered(small, place)
    assert text in page
    assert len(cards(page)) == count


def test_a_link_to_a_finding_puts_it_first(small):
    page = rendered(small, f"#finding={7:016x}")
    assert "'word7'" in unescape(cards(page)[0][1])
    assert "linked" in page


def test_what_is_printed_is_all_that_was_chosen_and_not_what_happens_to_be_open(tmp_path):
    path = tmp_path / "printed.html"
    write_report(path, records=25, each=9)
    assert len(cards(rendered(path))) < 100
    page = path.read_text(encoding="utf-8")
    path.write_text(page.replace("</body>", '<script>dispatchEvent(new Event("beforeprint"))</script></body>'), "utf-8")
    shown = rendered(path)
    assert len(cards(shown)) == 225
    assert 'aria-expanded="false"' not in shown


def test_it_can_be_read_without_seeing_it(small):
    page = rendered(small)
    assert 'lang="en"' in page and "<h1>" in page and 'aria-live="polite"' in page
    buttons = re.findall(r"<button[^>]*>(.*?)</button>", page, re.DOTALL)
    assert all(re.sub(r"<[^>]*>", "", button).strip() for button in buttons)
    for name in ("search", "rule", "group", "sort"):
        assert re.search(rf'<label[^>]*>[^<]+<(?:input|select)[^>]*id="{name}"', page)


def test_nothing_is_asked_of_the_network(small):
    text = small.read_text(encoding="utf-8")
    assert "default-src 'none'" in text
    without_data = re.sub(r'<script type="application/json".*?</script>', "", text, flags=re.DOTALL)
    assert not re.search(r"""(?:src|href)=["']?https?:""", without_data)


def test_fifty_thousand_findings_fit_and_work(tmp_path):
    """The time to the end of the script is printed; ``benchmarks/RESULTS.md`` keeps it."""
    path = tmp_path / "big.html"
    write_report(path, records=5000, each=10)
    assert os.path.getsize(path) <= LARGEST
    with open(path, "a", encoding="utf-8") as page:
        page.write("<script>document.title = `ready ${Math.round(performance.now())}`</script>")
    times = [int(re.search(r"<title>ready (\d+)", rendered(path)).group(1)) for _ in range(3)]
    print(f"interactive after {sorted(times)} ms, {os.path.getsize(path) / 1e6:.1f} MB")
