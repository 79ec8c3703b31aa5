"""Transcripts of whole telegrams, in our own words, with what a careful reader finds in them.

Four kinds of form: an incoming one over three pages, an outgoing one with several addressees, a cable of the 1970s,
and a cable that the Department sent.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Clean:
    """A transcript, the fields of its record, its references, and the labels of its text in order."""

    name: str
    text: str
    fields: dict[str, Any]
    references: list[str]
    labels: list[str]
    #: The first words of the text; what stands before them is the head.
    opens: str = field(default="1. ")


INCOMING_FORM = """\
**00871**

**1961/04/26**

INCOMING TELEGRAM

Department of State

ACTION COPY
PERMANENT RECORD COPY

R
Action
NEA

SECRET

Control: 17805
Rec'd: APRIL 26, 1961
11:18 AM

014

Info

FROM: ANKARA

TO: Secretary of State

NO: 1582, APRIL 26, 5 PM

PRIORITY

DEPARTMENT PASS WHITE HOUSE

EYES ONLY FOR SECRETARY

HARBORS

REFERENCE: DEPTEL 1506

I. THE PORT DIRECTOR CALLED THIS MORNING TO TALK ABOUT THE PILOTS WHO ARE TO BE HIRED BEFORE THE HARVEST, AND LEFT THE FOLLOWING POINTS:
1. THAT THE OLD LIGHTS ON THE MOLE WILL BE REPLACED BEFORE THE FIRST SHIPS OF THE SEASON COME IN.
2. THAT THE TUG IS TOO SMALL FOR THE GRAIN SHIPS AND THAT A SECOND ONE IS BEING BUILT IN THE YARD.
3. THAT HE NEEDS THE TRAINING MANUAL WHICH ANKARA 1498 DESCRIBES, IN AS MANY COPIES AS WE CAN SPARE.

DS-1322

"Declassified for publication in
Foreign Relations of the United States"

KA 2041

SECRET

-2- 1582, APRIL 26, 5 PM FROM ANKARA

4. THAT THE CHARTS ARE WRONG BY HALF A MILE NEAR THE SHOAL, AND THAT NOBODY HAS SURVEYED IT SINCE THE WAR.

5. THAT THE QUARANTINE STATION WILL MOVE TO THE ISLAND IF THE MINISTRY FINDS THE MONEY FOR IT.

II. WE TOLD HIM THAT THE MANUAL WOULD COME BY POUCH AND PROPOSED TO ASK FOR:

(1) A SURVEY SHIP FOR TWO WEEKS IN THE SUMMER, WITH A PARTY OF SIX AND THEIR OWN BOATS.

(2) TWO INSTRUCTORS -- (A) ONE FOR THE PILOTS, AND (B) ONE FOR THE MEN OF THE TUG.

SECRET

"Declassified for publication in
Foreign Relations of the United States"

KA 2042

SECRET

-3- 1582, APRIL 26, 5 PM FROM ANKARA

(3) A LIST OF FIRMS THAT SELL LAMPS OF THE KIND WHICH DEPTEL 1506 RECOMMENDED.

III. HE WOULD LIKE AN ANSWER BEFORE THE END OF MAY, SINCE THE BUDGET OF THE PORT IS MADE IN JUNE.

HARE

BLM/14

NOTE: PASSED WHITE HOUSE 4/26/61, 11:40 AM

SECRET
"""

OUTGOING_FORM = """\
OUTGOING TELEGRAM Department of State

INDICATE: COLLECT

CHARGE TO

CONFIDENTIAL

Origin
EUR

SENT TO: Amembassy MOSCOW PRIORITY 1901

RPTD INFO: Amembassy LONDON 5006, Amembassy PARIS 4001

MARCH 1, 1963, 7:14 PM

LIMDIS

SUBJECT: FISHERIES

REF: EMBTEL 2190

1. YOU MAY TELL THE MINISTRY THAT THE HARBOR IS OPEN TO THREE VESSELS UNTIL THE END OF APRIL, AND THAT THEIR CREWS MAY LAND.

2. REPORT ANY ANSWER, AND WHAT ELSE THE MINISTRY HAS TO SAY ABOUT THE NETS THAT WERE LOST IN THE WINTER.

3. THE PAPER THAT WAS PROMISED IN DEPTEL 1811 FOLLOWS BY POUCH.

RUSK

Drafted by: EUR:SOV:JDOE
Approved by: EUR - MR. ROE

CONFIDENTIAL
"""

CABLE_FORM = """\
PAGE 01 MOSCOW 01234 262352Z

54
ACTION EUR-12

INFO OCT-01 ISO-00 SS-15 /028 W
--------------------- 036477

P 262340Z JAN 77
FM AMEMBASSY MOSCOW
TO SECSTATE WASHDC PRIORITY 3310
INFO AMEMBASSY LONDON
AMEMBASSY PARIS
C O N F I D E N T I A L MOSCOW 01234

LIMDIS

E.O. 11652: GDS
TAGS: PFOR, UR
SUBJECT: FISHERIES
REF: A. STATE 4501 B. MOSCOW 678

1. THE MINISTRY RECEIVED THE COUNSELOR THIS MORNING AND READ OUT A SHORT PAPER ON THE NEW ZONE.

2. IT MADE THREE POINTS:
A. THE ZONE BEGINS AT THE OUTER ISLANDS.
B. NETS ARE MEASURED AT SEA.

CONFIDENTIAL

PAGE 02 MOSCOW 01234 262352Z

3. TEXT FOLLOWS BY AIRGRAM, AS WAS AGREED WHEN STATE 4501 CAME IN LAST WEEK.
TOON

CONFIDENTIAL

NNNN
"""

DEPARTMENT_CABLE = """\
ORIGIN NEA-10

INFO OCT-01 ISO-00 /012 R

DRAFTED BY NEA/TUR:ADOE:XYZ
APPROVED BY NEA:BROE
--------------------- 051122

R 141325Z MAY 74
FM SECSTATE WASHDC
TO AMEMBASSY ANKARA
INFO AMEMBASSY ATHENS PRIORITY
USMISSION NATO
UNCLAS STATE 099312

E.O. 11652: N/A
TAGS: EAID, TU
SUBJ: HARBOR PILOTS
REF: ANKARA 3601

1. TWENTY COPIES OF THE MANUAL WERE SENT BY POUCH ON MAY 10 AND OUGHT TO REACH YOU WITHIN THE WEEK.

2. A SURVEY SHIP IS NOT TO BE HAD THIS SUMMER, AND WE SUGGEST THAT THE PORT ASK AGAIN IN THE SPRING.
KISSINGER
"""

CLEAN = (
    Clean(
        "incoming form",
        INCOMING_FORM,
        {
            "kind": "telegram", "direction": "incoming", "series": None, "number": "1582", "control_number": "17805",
            "dtg": None, "subjects": ["HARBORS"], "sent_text": "APRIL 26, 5 PM", "sent": "1961-04-26T17:00:00", "sent_zone": None,
            "received_text": "APRIL 26, 1961 11:18 AM", "received": "1961-04-26T11:18:00", "from_text": "ANKARA", "from_post": "ankara",
            "to_text": "Secretary of State", "to_post": "department-of-state", "precedence": ["PRIORITY"],
            "classification": "SECRET", "captions": ["EYES ONLY FOR SECRETARY"], "restricted_to": ["SECRETARY"],
            "action_office": "NEA", "info_office": None, "tags": [], "repeated_to": [], "also_sent_to": [],
            "signatory_text": "HARE", "pages": 3,
        },
        ["DEPTEL 1506", "ANKARA 1498", "DEPTEL 1506"],
        ["I", "1", "2", "3", "4", "5", "II", "(1)", "(2)", "(A)", "(B)", "(3)", "III"],
        "I. THE PORT",
    ),
    Clean(
        "outgoing form",
        OUTGOING_FORM,
        {
            "kind": "telegram", "direction": "outgoing", "series": None, "number": "1901", "dtg": None,
            "subjects": ["FISHERIES"], "sent": "1963-03-01T19:14:00", "sent_zone": None, "from_text": "Department of State",
            "from_post": "department-of-state", "to_text": "Amembassy MOSCOW", "to_post": "moscow", "precedence": ["PRIORITY"],
            "classification": "CONFIDENTIAL", "captions": ["LIMDIS"], "restricted_to": [], "tags": [],
            "repeated_to": ["Amembassy LONDON", "Amembassy PARIS"], "also_sent_to": [], "signatory_text": "RUSK",
            "drafted_by": ["EUR:SOV:JDOE"], "approved_by": ["EUR - MR. ROE"], "pages": 1,
        },
        ["EMBTEL 2190", "DEPTEL 1811"],
        ["1", "2", "3"],
        "1. YOU MAY",
    ),
    Clean(
        "cable",
        CABLE_FORM,
        {
            "kind": "telegram", "direction": "incoming", "series": None, "number": "1234", "dtg": "262340Z JAN 77",
            "subjects": ["FISHERIES"], "sent": "1977-01-26T23:40:00", "sent_zone": "Z", "received": None,
            "from_text": "AMEMBASSY MOSCOW", "from_post": "moscow", "to_text": "SECSTATE WASHDC",
            "to_post": "department-of-state", "precedence": ["Priority"], "classification": "CONFIDENTIAL",
            "captions": ["LIMDIS"], "restricted_to": [], "action_office": "EUR-12", "info_office": "OCT-01 ISO-00 SS-15 /028 W",
            "tags": ["PFOR", "UR"], "repeated_to": ["AMEMBASSY LONDON", "AMEMBASSY PARIS"], "also_sent_to": [],
            "signatory_text": "TOON", "pages": 2,
        },
        ["STATE 4501", "MOSCOW 678", "STATE 4501"],
        ["1", "2", "A", "B", "3"],
        "1. THE MINISTRY",
    ),
    Clean(
        "cable of the Department",
        DEPARTMENT_CABLE,
        {
            "kind": "telegram", "direction": "outgoing", "series": None, "number": "99312", "dtg": "141325Z MAY 74",
            "subjects": ["HARBOR PILOTS"], "sent": "1974-05-14T13:25:00", "sent_zone": "Z", "received": None,
            "from_text": "SECSTATE WASHDC", "from_post": "department-of-state", "to_text": "AMEMBASSY ANKARA",
            "to_post": "ankara", "precedence": ["Routine"], "classification": "UNCLAS", "captions": [],
            "restricted_to": [], "tags": ["EAID", "TU"], "repeated_to": ["AMEMBASSY ATHENS", "USMISSION NATO"],
            "also_sent_to": [], "signatory_text": "KISSINGER", "drafted_by": ["NEA/TUR:ADOE:XYZ"],
            "approved_by": ["NEA:BROE"], "pages": 1,
        },
        ["ANKARA 3601"],
        ["1", "2"],
        "1. TWENTY",
    ),
)  # fmt: skip
