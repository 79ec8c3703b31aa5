"""What mutation begins with: small inputs of each reader in our own words, and tokens that its format is made of."""

from __future__ import annotations

from pathlib import Path

from tests.sources.forms import CLEAN

_GOLDEN = Path(__file__).resolve().parents[1] / "golden"

_VOLUME = """\
<?xml version="1.0" encoding="UTF-8"?>
<TEI xmlns="http://www.tei-c.org/ns/1.0" xmlns:frus="http://history.state.gov/frus/ns/1.0" xml:id="frus1961-63v99">
<teiHeader><fileDesc><titleStmt><title type="complete">Ships and Harbors</title></titleStmt></fileDesc></teiHeader>
<text><front><div type="section" xml:id="persons"><head>Persons</head><list><item><hi rend="strong"><persName xml:id="p_RD1">Roe, Dean</persName></hi>,
Secretary of State</item></list></div></front>
<body><div type="compilation" xml:id="comp1"><head>Harbors, 1963</head>
<div type="document" xml:id="d1" n="1"><head>1. Telegram From the Embassy in the Soviet Union to the Department of State<note n="1" type="source" xml:id="d1fn1">
Source: Department of State, Central Files, 611.61/3-363. Confidential; Priority; Limdis. Drafted by Doe and approved by Roe. Repeated to London.</note></head>
<opener><dateline><placeName>Moscow</placeName>, <date when="1963-03-03T23:00:00-05:00">March 3, 1963, 11 p.m.</date></dateline></opener>
<p>2222. 1. The Ministry asked about <persName corresp="#p_RD1">Roe</persName>; see Deptel 1901.<note n="2" xml:id="d1fn2">See <ref target="#d2">Document 2</ref>.</note></p>
<closer><signed><hi rend="strong">Kohler</hi></signed></closer></div>
<div type="document" xml:id="d2" n="2"><head>2. Telegram From the Department of State to the Embassy in the Soviet Union</head><p>1901. No.</p></div>
</div></body></text></TEI>
"""

_DIRECTORY = (
    "<person><id>doe-jane</id><persName><surname>Doe</surname><forename>Jane</forename></persName><birth>1901</birth></person>",
    "<person xml:id='p1'><persName><surname>Roe</surname></persName><residence><state-id>ny</state-id></residence><birth when='1900'/></person>",
    "<territory id='x'><territory-id>x</territory-id><short-form-name>X</short-form-name><valid-since>1950</valid-since></territory>",
    "<locale><id>moscow</id><name>Moscow</name><latitude>55.7</latitude><longitude>37.6</longitude></locale>",
    "<post><id>moscow</id><territory-id>russia</territory-id><locale-id>moscow</locale-id></post>",
)
_SHEETS = (
    "document,number,from_text,to_text,sent,subjects,pages\na1,12,Moscow,Department of State,1963-03-03T23:00,Ships|Harbors,2\n"
    'a2,13,"London, Embassy",,1963-03,,x\n',
    "document;tags;sent\na;PFOR,CY;1963\nb;;\n",
    '{"document": "a", "number": "12", "subjects": ["Ships", "Harbors"], "pages": 2}\n{"document": "b", "sent": null, "x": {"y": [1]}}\n',
)
_CABLES = tuple(path.read_bytes() for path in sorted((_GOLDEN / "cables").glob("*/cable.txt")))

INPUTS: dict[str, tuple[bytes, ...]] = {
    "frus": (_VOLUME.encode(),),
    "transcript": tuple(clean.text.encode() for clean in CLEAN),
    "sheet": tuple(sheet.encode() for sheet in _SHEETS),
    "cables": _CABLES,
    "authorities": tuple(tree.encode() for tree in _DIRECTORY),
}
INPUTS["told"] = tuple(data for inputs in INPUTS.values() for data in inputs)

_ANY = [
    "\n",
    "\r",
    "\r\n",
    "\n\n",
    " ",
    "\t",
    "\0",
    "\ufeff",
    "\u202e",
    "\x0c",
    "\u2028",
    "\ud7ff",
    "é",
    "0",
    "9" * 30,
    "-",
    "'",
    '"',
    "|",
    ",",
]
_WORDS = [
    "INCOMING TELEGRAM", "OUTGOING TELEGRAM", "FROM:", "TO: ", "NO: 12, MARCH 3, 8 PM", "Control: ", "Rec'd:", "SECRET", "TOP SECRET", "LIMDIS",
    "-2- 12, MARCH 3 FROM MOSCOW", "PAGE 01 MOSCOW 01234 262352Z", "P 262340Z JAN 77", "FM AMEMBASSY MOSCOW", "TO SECSTATE WASHDC", "INFO ", "NOTE:",
    "C O N F I D E N T I A L MOSCOW 01234", "E.O. 11652: GDS", "TAGS: PFOR, UR", "SUBJECT: ", "REF: A. STATE 1 B. MOSCOW 2", "1. ", "I. ", "(A) ",
    "~~", "*", "**", "Message Text", "Message Attributes", "Draft Date: 01 JAN 1960", "Review Date: ", "Document Number: 1974STATE062519", "NNN",
]  # fmt: skip
_TAGS = [
    "<p>", "</p>", "<div type='document' xml:id='d1'>", "</div>", "<note>", "</note>", "<date when='1963'>", "<ref target='#d9'/>", "&amp;", "&x;",
    "<!-- x -->", "<![CDATA[ x ]]>", "<?pi?>", "<head>", "<persName corresp='#p_X'/>", "xml:id='d1'", "]]>", "<hi>", "<!DOCTYPE x>", "<list><item>",
]  # fmt: skip
_CELLS = [
    '"',
    '""',
    ",,",
    ";",
    "\\",
    "{",
    "}",
    "[",
    "]",
    ":",
    "null",
    "true",
    "1e999",
    "NaN",
    "1963-13-45",
    "document",
    "sent",
    "record",
    "source_line",
]
TOKENS: dict[str, list[bytes]] = {
    name: [token.encode("utf-8") for token in [*_ANY, *tokens]]
    for name, tokens in {
        "frus": [*_TAGS, *_WORDS[:8]], "authorities": [*_TAGS, "<birth>", "<id>", "<name>"], "transcript": _WORDS, "sheet": _CELLS, "cables": _WORDS, "told": [*_TAGS, *_WORDS, *_CELLS],
    }.items()
}  # fmt: skip
