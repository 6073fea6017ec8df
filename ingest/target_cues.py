"""The words by which a target is told from an outturn, a condition, an award or a mere mention, in both languages."""

import re

# What the words of an aim are; a bare noun ("sets targets for 2025", 提出目标) only mentions one.
AIM = re.compile(
    r"\b(?:aim(?:s|ed|ing)? (?:to|for(?! 20\d\d)|at|is|was|of)|wants?|striv(?:e|es|ing)|seeks?|intends?|ambition is)\b"
    r"|\b(?:target(?:s|ed)?|goal|objective)(?: (?:value|figure))?(?: (?:for|in|by) (?:the end of )?20\d\d)?(?: of\b| is\b| was\b|:)"
    r"|\b(?:aims|targets|goals) (?:are|were)\b"
    r"|\btarget(?:s|ed|ing)? (?:(?:more than|over|about|at least) )?(?=\d|[$¥])"
    r"|\b(?:is|are|was|were) (?:each |all |also )?to (?!be (?:found|seen|read)\b)[a-z]+"
    r"|\b(?:plan(?:s|ned)?|expect(?:s|ed)?|hopes?|pledges?) to\b|\b(?:will|shall) (?:have|be|grow|reach|exceed|rise)\b"
    r"|力争|目标(?:值)?(?:为|是|：|达|定为|设定为)|争取|确保|(?:计划|规划|提出|预期)到|要达到|将达到|将超过|预期(?:达到|增长|目标)",
    re.IGNORECASE,
)
AIM_HEADING = re.compile(r"\b(?:targets?|goals?|aims?|objectives?)\b|目标|指标", re.IGNORECASE)
OUTTURN_HEADING = re.compile(r"\b(?:met|outturns?|results?|progress|achieved|performance)\b|是否|完成|实绩|进展|实际", re.IGNORECASE)
DEADLINE_CUE = (
    r"(?:\b(?:by|until|before|to)\s(?:the\s)?(?:year[- ])?(?:(?:end|close)[\s-])?(?:of\s)?(?:year\s)?"
    r"|到[“\"]?|至|\b(?:end|late)[- ](?:of )?)"
)
DEADLINE = re.compile(rf"{DEADLINE_CUE}20\d\d|到[“\"]?十.五|20\d\d年(?:底|末|前)|十.五[”\"]?(?:末|期末|期间)", re.IGNORECASE)
ENDS_IN_CUE = re.compile(rf"{DEADLINE_CUE}$", re.IGNORECASE)
OUTTURN = re.compile(
    r"\b(?:had|was|were|reached|grew|rose|risen|fell|totall?ed|amounted|exceeded|stood|accounted|achieved|increased|recorded|gave|came to"
    r"|made up)\b"
    r"(?! aimed| planned| to )"
    r"|\b(?:has|have) (?:reached|grown|been|risen|exceeded|already)\b|\bactual\b"
    r"|已(?:达|经|有|建|超|实现|完成|累计|形成|由)|达到了|实现了|同比|比上年|上年|完成情况|实际|累计(?:完成|实现)|截至",
    re.IGNORECASE,
)
NOT_A_TARGET = re.compile(
    r"\b(?:calculat\w+|would|award(?:s|ed)?|grants?|reward(?:s|ed)?|subsid\w+|bonus|tax(?:es|ed|able)?|deduct\w*|refund\w*|exempt\w*"
    r"|not (?:seen|stated|known|counted)|unanswerable|cannot|eligib\w+|defin\w+|counted as)\b"
    r"|测算|奖励|补助|补贴|给予|贴息|税率|减按|免征|扣除|退税|未载明|未见|没有说明|不计入|是指|无法|方可|条件",
    re.IGNORECASE,
)
# Clauses that compare an aim, or ask after it, only mention it.
MENTIONS = re.compile(
    r"\b(?:aim|target|goal)s?\b[^.;,]{0,40}\b(?:is|was|are|were) (?:lower|higher|met)\b|\bnot explain\b|没有解释"
    r"|目标(?:低于|高于|是否|为何)"
    r"|conver(?:t|sion)|折合|折算|约合|换算|\bequivalent\b",
    re.IGNORECASE,
)
ATTAINS = re.compile(
    r"\b(?:reach|exceed|have|having|make up|making up|account|grow|generat|achiev|rise|rising|increas|hit|total|keep|attain|rais|expand|add"
    r"|build|cultivat|form|creat|develop|surpass|stay|cover|attract|set up|bring|train|lift|cut|reduc|fall|take"
    r"|wants?|aim(?:s|ed)? (?:for|at)|be)"
    r"|达到|超过|突破|增长|提高|提升|建成|新增|实现|形成|培育|打造|保持|占|不低于|不少于|控制|完成|引进|发展|建设|达|增至|降至|下降|集聚|认定|制定|修订"
    r"|拥有|增加|目标为|为",
    re.IGNORECASE,
)
CLAUSE = re.compile(r"[，；;。]|,\s(?!\d)|\.\s|\sand\s(?=aims?\b|wants?\b|plans?\b)|、(?=[^、，]{0,20}(?:达到|超过|增长|占))")
VALUE_KINDS = frozenset({"amount", "percent", "count", "number"})
DURATIONS = frozenset({"years", "months", "days", "age"})
CONDITION_AFTER = re.compile(
    r"(?:以上|及以上)?的[^，。；]{0,12}(?:企业|项目|单位|机构|产品|市|县|设备|人员)|级|-(?:level|class)|\s?(?:steps?|batch)|[^，。；]{0,8}[中里](?=[，。])"
)
# Counts that say how a text is built: two targets, five sectors, 七项行动.
OUTLINE_AFTER = re.compile(
    r"(?:\s[\w-]+){0,2}?\s(?:targets?|goals?|aims|measures?|tasks?|actions?|sectors?|areas?|fields?|steps)\b|\s?(?:大|个|项)?[^，。\d]{0,6}?(?:目标|任务|举措|措施|行动|领域|行业)"
)
CONDITION_BEFORE = re.compile(
    r"(?:\b(?:with|having|those|if|where|whose)\b|对|凡|符合|满足)[^,，。；;]{0,60}$"
    r"|(?:\bthe|\ball|\bthese|\bits|\bfirst|\btop|\bonly|\bof the|\bat the level of|前|这|首批|上述|其余|仅|第一批)\s?$",
    re.IGNORECASE,
)
BASE = re.compile(
    r"\b(?:compared (?:with|to)|from(?: a base of)?|over|on|relative to|against) (?:the )?(20\d\d)(?: levels?| base)?\b"
    r"|(?:比|较|以)(20\d\d)年",
    re.IGNORECASE,
)
BASE_HEAD = re.compile(r"\bbase(?:line)?\b|基期|基数|现状", re.IGNORECASE)
SCOPE = re.compile(
    r"above[- ](?:designated[- ])?size|whole province|province[- ]wide|nationwide|the province|national(?:ly)?"
    r"|规模以上|限额以上|全省|全国|全市|全区|全县|全行业",
    re.IGNORECASE,
)
BESIDE = re.compile(r"\s(?:for|in|by)\s")
SIZE_LINK = re.compile(r"(?: (?!and\b|or\b)[\w-]+){1,4}\s+(?:of|with|at|worth)(?: the level of)? ")
EDGES = re.compile(r"^[\s，,、；;:：。.|《》]+|[\s，,、；;:：。.|《》]+$")
BRACKETS = re.compile(r"[(（][^()（）]*[)）]")
COUNTED_NOUN = re.compile(r"\s?(?:(?!by\b|in\b|and\b|or\b|with\b|at\b|of\b|to\b)[A-Za-z0-9-]+ ?){1,5}")
DATE_PHRASE = re.compile(r"(?:到|至|\b(?:by|in|until|up to|to)(?: the)?(?: end)?(?: of)?)\s{3,}[年底末前]*", re.IGNORECASE)
OPENING = re.compile(
    r"^.*?(?:力争|目标[是为]?|提出|计划|争取|确保)|^.*?\b(?:wants?|aim(?:s|ed)? (?:to|for|at)|plans? to)\b"
    r"|\b(?:is|are|was|were|to)\s*$"
    r"|^曾|[也就比较]$",
    re.IGNORECASE,
)
