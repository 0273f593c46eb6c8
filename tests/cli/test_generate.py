import json


def test_records_and_truth_go_to_files(lint, folder):
    done = lint("generate", "40", "-o", "made.jsonl", "--flaws", "0.5", "--truth", "truth.jsonl", "--seed", "3")
    assert (done.code, done.out) == (0, "")
    records = [json.loads(line) for line in (folder / "made.jsonl").read_text().splitlines()]
    truth = [json.loads(line) for line in (folder / "truth.jsonl").read_text().splitlines()]
    assert len(records) == 40 and 5 < len(truth) < 35
    numbers = [record["protocolSection"]["identificationModule"]["nctId"] for record in records]
    assert len(set(numbers)) == 40 and f"{len(truth)} flaws planted" in done.err
    checked = lint("run", "made.jsonl", "--as-of", "2026-06-30", "--format", "jsonl")
    found = {(one["record"], one["code"]) for one in map(json.loads, checked.out.splitlines())}
    assert {(one["record"], one["code"]) for one in truth if one["code"] != "IDN001"} <= found


def test_the_same_numbers_give_the_same_bytes(lint, folder):
    for name in ("one", "two"):
        lint("generate", "20", "-o", name, "--seed", "9", "--flaws", "0.3")
    lint("generate", "20", "-o", "three", "--seed", "10", "--flaws", "0.3")
    assert (folder / "one").read_bytes() == (folder / "two").read_bytes() != (folder / "three").read_bytes()


def test_only_chosen_flaws_are_planted(lint, folder):
    lint("generate", "30", "-o", "made", "--flaws", "1", "--select", "dat004", "--select", "PER001", "--truth", "truth")
    codes = {json.loads(line)["code"] for line in (folder / "truth").read_text().splitlines()}
    assert codes == {"DAT004", "PER001"}


def test_wrong_usage_is_one_line(lint):
    for words, part in (
        (("generate", "0"), "1"),
        (("generate", "5", "--select", "DAT004"), "--flaws"),
        (("generate", "5", "--flaws", "1", "--select", "DAT0O4"), "did you mean"),
        (("generate", "2000000"), "1,000,000"),
    ):
        done = lint(*words)
        assert done.code == 2 and part in done.err.lower() and "Traceback" not in done.err, done.err
