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
_TIME = r"([01]\d|2[0-3]):[0-5]\d:[0-5]\d(Z|[+-](0\d|1[0-3]):[0-5]\d|[+-]14:00)?"

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
CREATE MACRO unsafe_part(v) AS regexp_matches(v, '^[.]{0,2}$$|[$bidi]');
-- A whole IRI, or one relative to the base.
CREATE MACRO whole_iri(v, base) AS CASE WHEN v <> '' AND NOT regexp_matches(v, '[$bidi$encoded]') THEN nullif(regexp_extract(
    CASE WHEN regexp_matches(v, '^[A-Za-z][A-Za-z0-9+.-]*:') THEN v ELSE base || v END, '^$iri$$'), '') END;
-- The label of a blank node; distinct values stay distinct.
CREATE MACRO blank_label(v) AS 'b' || replace(replace(replace(replace(replace(url_encode(v), '_', '_5F'), '.', '_2E'), '~', '_7E'), '-', '_2D'), '%', '_');
CREATE MACRO language_tag(v) AS CASE WHEN regexp_full_match(v, '$language') THEN v END;
CREATE MACRO date_datatype(v) AS CASE
    WHEN v[:4] = '0000' THEN '${xsd}string'
    WHEN regexp_full_match(v, '\d{4}') THEN '${xsd}gYear'
    WHEN regexp_full_match(v, '\d{4}-(0[1-9]|1[0-2])') THEN '${xsd}gYearMonth'
    WHEN try_cast(v[:10] AS DATE) IS NULL THEN '${xsd}string'
    WHEN regexp_full_match(v, '\d{4}-\d{2}-\d{2}') THEN '${xsd}date'
    WHEN regexp_full_match(v, '\d{4}-\d{2}-\d{2}T$time') THEN '${xsd}dateTime'
    ELSE '${xsd}string' END;
CREATE MACRO slug_text(v) AS nullif(replace(trim(regexp_replace(lower(v), '[^\p{L}\p{N}]+', ' ', 'g')), ' ', '-'), '');
"""
).substitute(bidi=_BIDI, encoded=_ENCODED, iri=_IRI, language=_LANGUAGE, time=_TIME, xsd=_XSD)

#: The SQL of each function of :data:`cablegraph.mapping.plan.FUNCTIONS`.
FUNCTION_SQL: Mapping[str, str] = {
    "equal": "({0} = {1})",
    "notEqual": "({0} <> {1})",
    "isNotNull": "({0} IS NOT NULL)",
    "isNull": "({0} IS NULL)",
    "matches": "regexp_full_match({0}, {1})",
    "upper": "upper({0})",
    "lower": "lower({0})",
    "trim": "trim({0})",
    "replace": "replace({0}, {1}, {2})",
    "slug": "slug_text({0})",
    "dateDatatype": "date_datatype({0})",
}
