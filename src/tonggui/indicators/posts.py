"""编制指标 ORG: posts authorised and filled on the last day, by kind and by the unit that holds them.

Basis: 机构编制工作条例 第二十条, 第二十二条. A share above 100 % is 超编 and is printed as it is.
"""

from tonggui.ledgers.office.post import Post
from tonggui.measure.declare import AT_END, Ratio, Total

BASIS = "机构编制工作条例"
SPLITS = ("kind", "post_unit")

authorised = Total("ORG-01", "核定编制", "个", of=Post.Measures.authorised, during=AT_END, by=SPLITS, basis=BASIS)
filled = Total("ORG-01N", "实有在编人员", "人", of=Post.Measures.filled, during=AT_END, by=SPLITS, basis=BASIS)
filled_rate = Ratio("ORG-01P", "编制使用率", over=filled, under=authorised, basis=BASIS)
