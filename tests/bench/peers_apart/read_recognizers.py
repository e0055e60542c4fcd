"""Run apart from the project, in an environment that holds Recognizers-Text: JSON texts in, JSON readings out."""

import contextlib
import datetime
import json
import sys
import warnings
from importlib.metadata import version

warnings.simplefilter("ignore")


def money(text):
    from recognizers_number_with_unit import recognize_currency
    from recognizers_text import Culture

    for found in recognize_currency(text, Culture.Chinese):
        if found.resolution and found.resolution.get("value"):
            yield {"at": [found.start, found.end + 1], "value": found.resolution["value"], "direction": "="}


def times(text, base):
    from recognizers_date_time import recognize_datetime
    from recognizers_text import Culture

    reference = datetime.datetime.fromisoformat(base)
    for found in recognize_datetime(text, Culture.Chinese, reference=reference):
        for value in (found.resolution or {}).get("values", []):
            day = value.get("value")
            if value["type"] == "daterange" and value.get("end"):  # the end is the first day that is out
                day = str(datetime.date.fromisoformat(value["end"]) - datetime.timedelta(days=1))
            if day:
                first = value.get("start") or day
                yield {"at": [found.start, found.end + 1], "first": first[:10], "day": day[:10]}


def readings(text, base):
    found = []
    for read in (lambda: money(text), lambda: times(text, base)):
        with contextlib.suppress(Exception):  # what it cannot read it raises on; that is no reading
            found += list(read())
    return found


def main():
    answer = [readings(text, base) for text, base in json.load(sys.stdin)]
    json.dump({"version": version("recognizers-text"), "readings": answer}, sys.stdout)


if __name__ == "__main__":
    main()
