"""Names of companies (公司名称): which writings mean the same company."""

import re
import unicodedata

from zhike.chinese.folding import BREAK, JOINT, fold
from zhike.chinese.simplified import simplify

__all__ = ["company_key", "registered_form", "simplify"]

# A branch (分公司) or subsidiary (子公司) is another company than the one it belongs to, so its word stays.
_LEGAL_FORMS = re.compile(
    r"(?:(?:股份|责任)*有限(?:责任)?公司|集团公司|总公司|(?<![分子])公司|股份|集团|合伙企业|[有普][限通]合伙|个体工商户)+$"
)
_FOREIGN_WORDS = (
    "co ltd limited inc incorporated corp corporation company llc llp plc gmbh ag kg sa srl spa bv nv ab oy pte pty kk"
)
_FOREIGN_FORMS = frozenset(_FOREIGN_WORDS.split())
LONGEST_NAME = 300


def company_key(name: str) -> str:
    """Return what a company name comes down to, for finding duplicates (查重): the name without legal form and writing habits.

    `華為（深圳）技術有限公司` and `华为深圳技术` have one key. Places stay: 四川中烟 is not 云南中烟.
    The key is never empty unless the name is.
    """
    words = fold(name[:LONGEST_NAME]).replace(BREAK, JOINT).split()
    whole = "".join(words)
    while words and words[-1] in _FOREIGN_FORMS:
        words.pop()
    return _LEGAL_FORMS.sub("", "".join(words)) or whole or name.strip().casefold()


def registered_form(name: str) -> str:
    """A registered name as it is compared with another one: to the character, whatever the width of brackets and spaces."""
    return "".join(unicodedata.normalize("NFKC", name).split())
