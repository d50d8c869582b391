"""What the requests of schemathesis need beside the description of the API."""

import itertools
import json
import os
import urllib.request

import schemathesis
from schemathesis import GenerationMode

KEY = "idempotency-key"

# A draft that can be saved: no generator finds a country, a check box and a number of licences that go together.
DRAFT = {
    "vertical": "healthcare",
    "country": "NL",
    "supported-location": True,
    "services": ["messaging", "meetings"],
    "meetings-options": [],
    "licences": "25",
}

counter = itertools.count()


def sign_in(api, person):
    """Signs a persona in, in the visit that has the persona's id; whoever is none is nobody, and stays it."""
    headers = {
        "content-type": "application/json",
        "proef-visit": person,
        "proef-write": "1",
        KEY: f"sign-in-of-{person}",
    }
    body = json.dumps({"person": person}).encode()
    urllib.request.urlopen(urllib.request.Request(f"{api}/api/v1/sign-in", body, headers)).close()


if os.environ["PROEF_PERSON"] != "nobody":
    sign_in(os.environ["PROEF_API"], os.environ["PROEF_PERSON"])


@schemathesis.hook
def before_call(context, case, kwargs):
    number = next(counter)
    headers = case.headers
    key = headers.get(KEY) if headers else None
    # A key that was used before is answered from what was stored then, and the request would not be looked at (G2).
    if isinstance(key, str) and 16 <= len(key) <= 64 and all("!" <= letter <= "~" for letter in key):
        headers[KEY] = f"key-of-request-{number:08}"
    # What is wrong on purpose stays as it is, and so does every third draft.
    if case.meta is None or case.meta.generation.mode == GenerationMode.POSITIVE:
        if number % 3:
            fill(case.body, number)


def fill(body, number):
    """Makes what a body holds likely, wherever it stands in it."""
    if not isinstance(body, dict):
        return
    for name, value in body.items():
        if not isinstance(value, dict):
            continue
        if name == "draft":
            value.update(DRAFT)
            value["company-name"] = f"Company {number}"
            # Look-ups are counted (X1): few addresses serve them all.
            value["administrator-email"] = f"admin{number % 8}@schemathesis.example"
        elif name == "ask-extension":
            value.update({"days": number % 40, "reason": "The test takes longer."})
        elif name == "send":
            count = number % 4 + 1
            value.update({"serials": [f"SN-{number}-{each}" for each in range(count)], "end": None})
            value["demo_order_number"] = f"DEMO-{number}"
        elif name == "check-in":
            value["serials"] = [f"SN-{number - 1}-0"]
        elif name in ("write-off", "decide-extension"):
            value["reason"] = "It was agreed by phone."
        fill(value, number)
