"""What a template left behind: masks for figures, slots not filled, notes to oneself.

No official text may go out with one of them.
"""

import re
from collections.abc import Iterator

from tonggui.texts.findings import Finding, at, lint_rule, matches
from tonggui.texts.reading import Text

CJK = "\u4e00-\u9fff"
HAN = "〇○零一二三四五六七八九十百千"
_MASK = re.compile(
    rf"(?<![A-Za-z0-9./_-])(?:[xX×ｘＸ＊*]{{2,}}|[xX×ｘＸ])(?:[.．][xXｘＸ×]+)?(?:[/／][xX×]+(?:[.．][xX×]+)?)?"
    rf"(?=\s*(?:[{CJK}%％㎡]|km\b|KM\b|米))"
    rf"|(?<![A-Za-z0-9])[xX×ｘＸ]{{2,}}(?:[.．][xXｘＸ×]+)?(?![A-Za-z0-9.])"
    rf"|(?<![\d*×])[*＊](?=[{CJK}])|(?<![{HAN}])[〇○●□■]{{2,}}(?=[{CJK}])(?![{HAN}])|(?<!\d)(?:19|20)(?:[xX×*＊]{{1,2}}|\d[xX×*＊])(?=年|第)"
)
_NOT_A_MASK = re.compile(r"[xX×](?:光|射线|线|型|形|轴|医|片|[长宽高厚深])")
_SLOT = re.compile(
    r"[_＿]{3,}|\{\{.*?\}\}|\{%.*?%\}|【[^】]{0,6}(?:待|填|补|此处)[^】]{0,12}】|[（(](?:待[补定核填]充?|此处[^）)]{0,10}|数据待[^）)]{0,8})[）)]"
    r"|TODO|XXXX|待补充数据|？？+|\?\?+|#(?:REF!|N/A|DIV/0!|VALUE!|NAME\?)|\[\[[^\]]{1,40}\]\]|(?<![A-Za-z])(?:undefined|NaN|null)(?![A-Za-z])"
    r"|20\d\d年[ \u3000]+月(?:[ \u3000]*日)?|(?<=[\u4e00-\u9fff])[（(][ \u3000]*[）)]"
    r"|(?<=[金额长共计入资路米次])[ \u3000]{2,}(?=万元|亿元|公里|人次|处|家)|某某(?=[县市局镇乡路公])"
)


@lint_rule(
    "占位未填",
    "文中不留占位符号",
    basis="公文核稿",
    bad=(
        "查处超限车辆xxx台，罚款xx余万元。",
        "完成投资X.XX亿元。",
        "全长＿＿＿公里。",
        "共出动（待补）人次。",
        "××大道北段开工。",
        "20xx年上半年。",
        "*公路路基完成。",
        "2026年　月　日",
        "合计#REF!万元",
        "投入资金  万元。",
        "完成（）处。",
    ),
    good=(
        "按X214线改造方案实施。",
        "开展X光安检。",
        "桥跨布置为4×25米。",
        "SUV车型12辆。",
        "桥宽12.5×2米。",
        "二〇〇八年，长×宽。",
        "制定“1+N”方案。",
    ),
)
def masks(text: Text) -> Iterator[Finding]:
    for line, found in matches(text, _MASK):
        if not _NOT_A_MASK.match(line.text, found.start()):
            words = line.text[found.start() : found.end() + 3]
            yield at(line, found.start(), words, "占位未填", "占位符号没有换成内容", "填写数字或名称")
    for line, found in matches(text, _SLOT):
        yield at(line, found.start(), found[0], "占位未填", "此处没有填写", "填写内容或删去")
