"""Run apart from the project, in an environment that holds JioNLP: JSON texts in, JSON readings out."""

import contextlib
import io
import json
import sys
from importlib.metadata import version

DIRECTIONS = {"accurate": "=", "blur": "~", "blur+": ">", "blur-": "<"}


def money(jio, text):
    for found in jio.ner.extract_money(text, with_parsing=True, ret_all=True):
        detail = found["detail"]
        low, high = detail["num"] if isinstance(detail["num"], list) else (detail["num"], None)
        direction = "range" if high else DIRECTIONS[detail["definition"]]
        yield {"at": found["offset"], "value": low, "upper": high, "direction": direction}


def times(jio, text, base):
    year, month, day = (int(part) for part in base.split("-"))
    base = {"year": year, "month": month, "day": day}
    for found in jio.ner.extract_time(text, time_base=base, with_parsing=True, ret_all=True):
        last = found["detail"]["time"]
        if isinstance(last, list):  # the first and the last second of a stretch of time
            yield {"at": found["offset"], "first": last[0][:10], "day": last[1][:10]}
        elif isinstance(last, dict) and "point" in last:  # 从2022年起每年
            yield {"at": found["offset"], "first": last["point"]["time"][0][:10]}


def readings(jio, text, base):
    found = []
    for read in (lambda: money(jio, text), lambda: times(jio, text, base)):
        with contextlib.suppress(Exception):  # what it cannot read it raises on; that is no reading
            found += list(read())
    return found


def main():
    with contextlib.redirect_stdout(io.StringIO()):  # it greets, and prints its own tracebacks
        import jionlp as jio

        answer = [readings(jio, text, base) for text, base in json.load(sys.stdin)]
    json.dump({"version": version("jionlp"), "readings": answer}, sys.stdout)


if __name__ == "__main__":
    main()
