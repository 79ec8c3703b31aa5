"""What DuckDB is taught before a mapping runs: terms as N-Quads writes them, and the functions of mappings.

A macro gives NULL for a value of which no valid term can be made; then no triple is made, and a finding says so.
"""

from __future__ import annotations

from collections.abc import Mapping
from string import Template

_XSD = "http://www.w3.org/2001/XMLSchema#"

#: Marks that turn the direction of text: RFC 3987 forbids them, since what is seen is not what is there.
_BIDI = r"\x{061C}\x{200E}\x{200F}\x{202A}-\x{202E}\x{2066}-\x{2069}"
#: Beyond ASCII what is encoded in an IRI: controls, private and unassigned characters, and spaces, which RFC 3987 lets
#: stand but parsers do not take. Everything else stays as it is.
_ENCODED = (
    r"\x{80}-\x{A0}\x{1680}\x{2000}-\x{200A}\x{2028}\x{2029}\x{202F}\x{205F}\x{3000}"
    r"\x{E000}-\x{F8FF}\x{FDD0}-\x{FDEF}\x{FFF0}-\x{FFFF}\x{1FFFE}\x{1FFFF}\x{2FFFE}\x{2FFFF}\x{3FFFE}-\x{10FFFF}"
)

#: The grammar of an IRI (RFC 3987), for text that holds none of the characters above.
_CHARACTER = r"(?:[A-Za-z0-9._~!$&''()*+,;=:@-]|[^\x00-\x7F]|%[0-9A-Fa-f]{2})"
_REGISTERED = _CHARACTER.replace(":@", "")
_AUTHORITY = rf"//(?:(?:{_REGISTERED}|:)*@)?(?:\[[0-9A-Fa-f:.]+\]|{_REGISTERED}*)(?::[0-9]*)?"
_PATH = rf"(?:{_AUTHORITY}(?:/{_CHARACTER}*)*|/?(?:{_CHARACTER}+(?:/{_CHARACTER}*)*)?)"
_IRI = rf"[A-Za-z][A-Za-z0-9+.-]*:{_PATH}(?:[?](?:{_CHARACTER}|[/?])*)?(?:#(?:{_CHARACTER}|[/?])*)?"

#: Language tags as BCP 47 forms them: language, script, region, variants, extensions, private use.
_LANGUAGE = (
    "(?i)[a-z]{2,3}(-[a-z]{3}){0,3}(-[a-z]{4})?(-([a-z]{2}|[0-9]{3}))?(-([a-z0-9]{5,8}|[0-9][a-z0-9]{3}))*"
    "(-[a-wy-z0-9](-[a-z0-9]{2,8})+)*(-x(-[a-z0-9]{1,8})+)?|x(-[a-z0-9]{1,8})+"
)
_MONTH = (
    "((?i:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    "|nov(?:ember)?|dec(?:ember)?))"
)
_DAY, _YEAR = r"(\d{1,2})(?:st|nd|rd|th)?", r"(\d{4})"
#: A date in words, with the day first or the month first; a month may stand without a day.
DAY_FIRST, MONTH_FIRST = rf"{_DAY} {_MONTH}[.]?,? {_YEAR}", rf"{_MONTH}[.]?(?: {_DAY})?,? {_YEAR}"
_TIME = r"([01]\d|2[0-3]):[0-5]\d:[0-5]\d(Z|[+-](0\d|1[0-3]):[0-5]\d|[+-]14:00)?"

#: What stands in no IRI of N-Quads as it is.
_OUTLAWED = r'\x00-\x20<>"{}|^`\\'

_ZONE = r"(?:Z|[+-](?:0\d|1[0-3]):[0-5]\d|[+-]14:00)?"
_CLOCK = r"(?:(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d+)?|24:00:00(?:\.0+)?)"
_CALENDAR = r"-?(?:[1-9]\d{3,}|0\d{3})-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])"
#: The lexical forms of the datatypes that RML-Core holds values against (section Datatype conversions).
LEXICAL_FORMS: Mapping[str, str] = {
    f"{_XSD}boolean": "true|false|1|0",
    f"{_XSD}integer": r"[+-]?\d+",
    f"{_XSD}decimal": r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)",
    f"{_XSD}double": r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?|[+-]?INF|NaN",
    f"{_XSD}hexBinary": "(?:[0-9a-fA-F]{2})*",
    f"{_XSD}date": rf"{_CALENDAR}{_ZONE}",
    f"{_XSD}time": rf"{_CLOCK}{_ZONE}",
    f"{_XSD}dateTime": rf"{_CALENDAR}T{_CLOCK}{_ZONE}",
}

MACROS = Template(
    r"""
-- A literal in quotes: JSON escapes exactly what N-Quads must (the quote, the backslash, control characters).
CREATE MACRO quoted(v) AS to_json(v)::VARCHAR;
-- A value within an IRI: unreserved characters stay, those of other scripts too, all else is percent-encoded.
CREATE MACRO iri_part(v) AS CASE
    WHEN v IN ('', '.', '..') THEN NULL
    WHEN strlen(v) = length(v) THEN url_encode(v)
    WHEN regexp_matches(v, '[$bidi]') THEN NULL
    WHEN regexp_matches(v, '[$encoded]') THEN url_encode(v)
    ELSE list_aggr(list_transform(regexp_extract_all(v, '[\x00-\x7F]+|[^\x00-\x7F]+'), lambda run:
        CASE WHEN ord(run) < 128 THEN url_encode(run) ELSE run END), 'string_agg', '') END;
CREATE MACRO uri_part(v) AS CASE WHEN v IN ('', '.', '..') OR regexp_matches(v, '[$bidi]') THEN NULL ELSE url_encode(v) END;
CREATE MACRO unsafe_part(v) AS regexp_matches(v, '^[.]{0,2}$$|[$bidi]');
-- A whole IRI, or one relative to the base.
CREATE MACRO whole_iri(v, base) AS CASE WHEN v <> '' AND NOT regexp_matches(v, '[$bidi$encoded]') THEN nullif(regexp_extract(
    CASE WHEN regexp_matches(v, '^[A-Za-z][A-Za-z0-9+.-]*:') THEN v ELSE base || v END, '^$iri$$'), '') END;
CREATE MACRO whole_uri(v, base) AS CASE WHEN strlen(v) = length(v) THEN whole_iri(v, base) END;
-- An IRI of which nothing is encoded: what N-Quads cannot hold as it is stands as \uXXXX, so that a line stays a line.
CREATE MACRO unsafe_iri(v, base) AS nullif(list_aggr(list_transform(
    regexp_extract_all(CASE WHEN v = '' OR regexp_matches(v, '^[A-Za-z][A-Za-z0-9+.-]*:') THEN v ELSE base || v END, '[$outlawed]|[^$outlawed]+'),
    lambda run: CASE WHEN regexp_matches(run, '^[$outlawed]') THEN printf('\u%04X', ord(run)) ELSE run END), 'string_agg', ''), '');
-- The label of a blank node; distinct values stay distinct.
CREATE MACRO blank_label(v) AS 'b' || replace(replace(replace(replace(replace(url_encode(v), '_', '_5F'), '.', '_2E'), '~', '_7E'), '-', '_2D'), '%', '_');
CREATE MACRO language_tag(v) AS CASE WHEN regexp_full_match(v, '$language') THEN v END;
CREATE MACRO date_datatype(v) AS CASE
    WHEN v IS NULL THEN NULL
    WHEN v[:4] = '0000' THEN '${xsd}string'
    WHEN regexp_full_match(v, '\d{4}') THEN '${xsd}gYear'
    WHEN regexp_full_match(v, '\d{4}-(0[1-9]|1[0-2])') THEN '${xsd}gYearMonth'
    WHEN try_cast(v[:10] AS DATE) IS NULL THEN '${xsd}string'
    WHEN regexp_full_match(v, '\d{4}-\d{2}-\d{2}') THEN '${xsd}date'
    WHEN regexp_full_match(v, '\d{4}-\d{2}-\d{2}T$time') THEN '${xsd}dateTime'
    ELSE '${xsd}string' END;
-- Lines, each once, in the order in which they first stand.
CREATE MACRO unique_of(texts) AS list_aggr(list_filter(texts, lambda line, place: list_position(texts, line) = place), 'string_agg', chr(10));
CREATE MACRO unique_lines(v) AS CASE WHEN contains(v, chr(10)) THEN unique_of(string_split(v, chr(10))) ELSE nullif(v, '') END;
-- Numbers and times in their canonical forms (XML Schema): 1.5E0, 5.9, 1962-11-19T20:00:00Z.
CREATE MACRO double_parts(sign, whole, fraction, e, digits) AS CASE WHEN digits = '' THEN sign || '0.0E0' ELSE concat(sign, digits[1], '.',
    CASE WHEN length(digits) > 1 THEN digits[2:] ELSE '0' END, 'E',
    e + CASE WHEN whole <> '' THEN length(whole) - 1 ELSE length(ltrim(fraction, '0')) - length(fraction) - 1 END) END;
-- A variable of a lambda is computed once, the argument of a macro wherever it stands.
CREATE MACRO double_of(p) AS list_transform([rtrim(CASE WHEN p['whole'] = '' THEN ltrim(p['fraction'], '0') ELSE p['whole'] || p['fraction'] END, '0')],
    lambda digits: double_parts(p['sign'], p['whole'], p['fraction'], coalesce(try_cast(p['e'] AS INTEGER), 0), digits))[1];
CREATE MACRO double_form(v) AS CASE lower(v) WHEN 'nan' THEN 'NaN' WHEN '-nan' THEN 'NaN' WHEN 'inf' THEN 'INF' WHEN '-inf' THEN '-INF'
    WHEN 'infinity' THEN 'INF' WHEN '-infinity' THEN '-INF' ELSE
    list_transform([regexp_extract(v, '^(-?)0*(\d*)\.?(\d*)(?:[eE]\+?(-?\d+))?$$', ['sign', 'whole', 'fraction', 'e'])], lambda p: double_of(p))[1] END;
CREATE MACRO decimal_form(v) AS CASE WHEN contains(v, '.') THEN rtrim(rtrim(v, '0'), '.') ELSE v END;
CREATE MACRO time_form(v) AS regexp_replace(regexp_replace(replace(v, ' ', 'T'), '\+00(:00)?$$', 'Z'), '([+-]\d\d)$$', '\1:00');
-- A value of JSON as text; a list or an object as it is written, or, where RML-Core wants a value, as an error.
CREATE MACRO json_text(v) AS CASE WHEN json_type(v) <> 'NULL' THEN v->>'$$' END;
CREATE MACRO json_value(v, name) AS CASE WHEN json_type(v) IN ('ARRAY', 'OBJECT')
    THEN error(concat('a list or an object stands where ', name, ' needs a value; [*] gives the items of a list')) ELSE json_text(v) END;
CREATE MACRO json_literal(v) AS CASE json_type(v) WHEN 'NULL' THEN NULL WHEN 'VARCHAR' THEN quoted(v->>'$$')
    WHEN 'BOOLEAN' THEN concat('"', v->>'$$', '"^^<${xsd}boolean>') WHEN 'ARRAY' THEN quoted(v->>'$$') WHEN 'OBJECT' THEN quoted(v->>'$$')
    ELSE CASE WHEN regexp_full_match(v->>'$$', '-?[0-9]+') THEN concat('"', v->>'$$', '"^^<${xsd}integer>')
        ELSE concat('"', double_form(v->>'$$'), '"^^<${xsd}double>') END END;
-- Values of JSON held against each other as the filters of JSONPath do (RFC 9535, section 2.3.5.2.2); NULL is nothing.
CREATE MACRO json_is_number(v) AS json_type(v) IN ('UBIGINT', 'BIGINT', 'HUGEINT', 'UHUGEINT', 'DOUBLE');
CREATE MACRO json_same(a, b) AS CASE WHEN a IS NULL OR b IS NULL THEN a IS NULL AND b IS NULL
    WHEN json_is_number(a) AND json_is_number(b) THEN (a->>'$$')::DOUBLE = (b->>'$$')::DOUBLE
    WHEN json_type(a) <> json_type(b) THEN false WHEN json_type(a) = 'VARCHAR' THEN (a->>'$$') = (b->>'$$') ELSE a::VARCHAR = b::VARCHAR END;
CREATE MACRO json_less(a, b) AS CASE WHEN json_is_number(a) AND json_is_number(b) THEN (a->>'$$')::DOUBLE < (b->>'$$')::DOUBLE
    WHEN json_type(a) = 'VARCHAR' AND json_type(b) = 'VARCHAR' THEN (a->>'$$') < (b->>'$$') ELSE false END;
CREATE MACRO json_length_of(v) AS to_json(CASE json_type(v) WHEN 'VARCHAR' THEN length(v->>'$$') WHEN 'ARRAY' THEN json_array_length(v)
    WHEN 'OBJECT' THEN len(json_keys(v)) END);
CREATE MACRO json_match(v, pattern) AS json_type(v) = 'VARCHAR' AND regexp_full_match(v->>'$$', pattern);
CREATE MACRO json_search(v, pattern) AS json_type(v) = 'VARCHAR' AND regexp_matches(v->>'$$', pattern);
-- A day or month in words or figures as ISO 8601 has it; NULL where it is none.
CREATE MACRO real_date(v) AS list_transform([v], lambda d: CASE WHEN date_datatype(d) <> '${xsd}string' THEN d END)[1];
CREATE MACRO month_of(v) AS lpad(list_position(['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'], lower(v[:3]))::VARCHAR, 2, '0');
CREATE MACRO date_of(p) AS real_date(concat(p['year'], '-', month_of(p['month']), CASE WHEN p['day'] <> '' THEN concat('-', lpad(p['day'], 2, '0')) END));
CREATE MACRO plain_date(v) AS CASE
    WHEN regexp_full_match(v, '\d{4}(-\d{2}){0,2}') THEN real_date(v)
    WHEN regexp_full_match(v, '$day_first') THEN list_transform([regexp_extract(v, '$day_first', ['day', 'month', 'year'])], lambda p: date_of(p))[1]
    WHEN regexp_full_match(v, '$month_first') THEN list_transform([regexp_extract(v, '$month_first', ['month', 'day', 'year'])], lambda p: date_of(p))[1] END;
CREATE MACRO slug_text(v) AS nullif(replace(trim(regexp_replace(lower(v), '[^\p{L}\p{N}]+', ' ', 'g')), ' ', '-'), '');
"""
).substitute(
    bidi=_BIDI, encoded=_ENCODED, iri=_IRI, language=_LANGUAGE, time=_TIME, xsd=_XSD, outlawed=_OUTLAWED,
    day_first=DAY_FIRST, month_first=MONTH_FIRST,
)  # fmt: skip

#: The SQL of each function of :data:`cablegraph.mapping.functions.FUNCTIONS`.
FUNCTION_SQL: Mapping[str, str] = {
    "equal": "({0} = {1})",
    "notEqual": "({0} <> {1})",
    "isNotNull": "({0} IS NOT NULL)",
    "isNull": "({0} IS NULL)",
    "matches": "regexp_full_match({0}, {1})",
    "ifTrue": "CASE WHEN {0} = 'true' THEN {1} END",
    "upper": "upper({0})",
    "lower": "lower({0})",
    "trim": "trim({0})",
    "replace": "replace({0}, {1}, {2})",
    "slug": "slug_text({0})",
    "date": "plain_date({0})",
    "dateDatatype": "date_datatype({0})",
}
