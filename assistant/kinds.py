"""The words of a question to the form of answer it asks for."""

import re
from typing import Literal

from ingest.schema import Language

Kind = Literal[
    "figure",
    "date",
    "list",
    "count",
    "yesno",
    "definition",
    "measure",
    "compare",
    "eligibility",
    "procedure",
    "summary",
    "who",
    "reason",
    "place",
    "greeting",
    "fact",
]

_AUXILIARY = r"(?:is|are|was|were|do|does|did|can|could|will|would|should|must|may|has|have|had)"
_QUANTITY = (
    r"(?:amount|price|cost|ratio|figure|target|level|proportion|size|cap|ceiling|limit|threshold|minimum|maximum|floor|revenue"
    r"|turnover|sales"
    r"|percentage|percent|growth|rate|capacity|density|efficiency|share|value|output|investment|award|reward|bonus|subsidy"
    r"|rebate|budget|score"
    r"|spending|goal|sum|pace|scale|fee|fine)"
)
_QUANTITY_ZH = (
    r"(?:收入|营收|产值|目标|比例|比率|占比|金额|数额|额度|上限|下限|门槛|标准|税率|增速|增幅|规模|价格|电价|密度|效率|次数|人数"
    r"|分数|投资额?"
    r"|奖金|奖励|补贴|补助|费用|线宽|产能|总额|限额|年限)"
)

_NAMES_TOO = re.compile(
    r"\bhow many\b.{3,120}(?:[,;?] ?| )(?:and )?(?:which|what|who)(?: ones?| (?:are|were) (?:they|those|these|the names))?\W*$"
    r"|[几多少][个条家项类种户批].{0,30}[,;?。、].{0,4}(?:分别|都|各|具体)?(?:是|有|叫)(?:哪|什么)[^,;]{0,6}$",
    re.IGNORECASE,
)

# Order matters: the first pattern that is found decides.
_CUES: dict[Language, tuple[tuple[Kind, str], ...]] = {
    "en": (
        (
            "greeting",
            r"^(hi|hello|hey|good (morning|afternoon|evening)|thanks|thank you)\b[\s,!.]*(there|everyone)?[\s!.]*$"
            r"|^(?:what (?:can|do) you do|what can i ask(?: you)?|how (?:can|do) (?:you help|i use (?:this|you))|help)\W*$",
        ),
        (
            "summary",
            r"\b(summari[sz]e|summary|overview|main points|key points|in short|sum up|gist|outline of"
            r"|brief me|what'?s in)\b|\bwhat (?:does|do) [^,?]{3,60} (?:offer|have on offer|pay for|contain)\b",
        ),
        (
            "compare",
            r"\b(compar\w*|differen\w*|versus|vs\.?|which is (higher|larger|lower|stricter)|changed? (between|from|since)"
            r"|(?:happened|became|moved) .{0,80}\bbetween)\b",
        ),
        (
            "eligibility",
            r"^(?!.*\bhow (?:much|many|long)\b).*\b(?:are we|am i|do (?:we|i) (?:get|need|qualify|meet)|can (?:we|i|our|my))\b",
        ),
        ("yesno", rf"^{_AUXILIARY}\b(?! you (?:tell|say|know|show|give|explain|list|please)|.*\b(?:eligib|qualif|entitled))"),
        ("count", r"\bhow many\b|\bnumber of\b|\bcount of\b"),
        (
            "figure",
            r"\bhow (?:much|long)\b|\b(?:what|which) (?:cash|money)\b|\btop(?:s|ped)? out\b"
            r"|\bwhat (?:is|was|were|are) the (?:very |absolute )?(?:most|least|highest|lowest|largest|smallest|biggest)\b",
        ),
        (
            "list",
            r"\b(list|which|what) (all|are|kinds|types|(?!does|is|was|has|this|its)\w+s\b.*\b(are|were|does|do|did)\b)"
            r"|\bname (all|the|five|three)\b|^list\b|\bwho (?:can|may|could|else)\b"
            r"|\b(?:which|what) (?:two|three|four|five|six|seven|eight|nine|ten|\d+)\b"
            r"|\b(?:which|what) (?:[\w-]+ )?(?:parts|kinds|types|sorts|fields|areas|lines|segments|links|branches|groups|categories) of\b",
        ),
        (
            "definition",
            r"[-–—,:] ?meaning\W*$"
            r"|\b(what (is|are) meant by|define|definition of|meaning of|what does .+ (mean|stand for))\b|^who or what\b"
            r"|\bwhen (?:is|does) an? |\bwhen (?:is|are|does|do)\b.{3,60}\b(?:call|count|consider|regard|class)(?:s|ed)?\b"
            r"|\bwhat does it take\b|\b(?:what|who) (?:exactly )?(?:counts|qualifies) as\b"
            r"|\bwhat makes (?:an?|the)\b"
            r"|^(?:[^,:]{2,25}[,:] )?(?:so )?what(?:'s| is) (?:exactly |really )?(?:meant by )?an? |^explain\b|\bwhat exactly is\b",
        ),
        ("eligibility", r"\b(eligib\w*|qualif(?:y|ies) (?:for|as)|entitled)\b"),
        ("procedure", r"\bhow (do|does|can|should|to)\b|\bsteps?\b|\bapply for\b|\bprocedure\b"),
        (
            "date",
            r"^when\b|\b(?:last|final|first|closing|cut-?off) (?:day|date)\b"
            r"|\b(?:since|until|till|by|from) when\b|\b(what|which) (year|date|day|month)\b|\b(deadline|expire"
            r"|effective date|valid until|by when)\b"
            r"|\bin force (from|until|since)\b|\bthe (?:day|date) (?:on|from|by|until|after) which\b",
        ),
        (
            "who",
            r"^(who|whom|whose)\b|\bwho (is|are|was|were|did|does|do|has|can|will)\b"
            r"|\bwhich (person|body|department|agency|ministry|bureau)\b",
        ),
        ("place", r"^where\b|\b(what|which) (city|country|place|province|region|state|county|zone|town)\b"),
        ("reason", r"^why\b|\bwhat (is the reason|caused|causes)\b|\bhow come\b"),
        (
            "figure",
            r"\bhow (?!do\b|does|did|can|could|should|would|will|is\b|are\b|was\b|were\b|to\b|come\b|about|has|have|must|may\b"
            r"|exactly|best|else|we\b|i\b)"
            r"[a-z]+\b|\b(what|which) (percent\w*|share|rate)\b"
            rf"|\b(?:what|which)\b(?:'s)?(?: [\w'’-]+){{0,5}}? {_QUANTITY}s?\b"
            r"|\bwhat (?:does|do|did|will|would|is|was)\b[^?]*\b(?:gets?|receives?|earns?|pays?|paid|costs?|hands?|worth|turn over)\b"
            r"|^(?!.*\b(?:what|which|who|when|where|why)\b).*(?:\bWh/kg|\bkWh|\bGW|\bMW|\bkV|\bnm)\b"
            r"|\b(?:gets?|earns?|receives?|pays?|worth)\b[^?]{0,30}\bwhat\b|\bwhat\b[^?]*\bat (?:least|most)\b",
        ),
        ("yesno", r"^(?:so |then |and )?(?:already |still |enough |too |possible |allowed |any chance)"),
        ("yesno", rf"(?:^|[,:;] ){_AUXILIARY}\b(?! you (?:tell|say|know|show|give|explain|list|please))"),
        ("list", r"^(?!.*\bhow\b).*\b(?:limits|thresholds|conditions|requirements|criteria)\b"),
        # A question without a verb of asking ("Sales ceiling for a small firm?", "..., above half a billion: the city's award?").
        ("figure", rf"^(?!.*\b(?:what|which|who|how|when|where|why)\b)[^?]*\b{_QUANTITY}s?\b[^:?]{{0,100}}\?*$"),
        (
            "list",
            r"\b(?:which|what) (?:[\w-]+ ){0,3}?(?!does\b|this\b|his\b|was\b|has\b)[\w-]+[^s\W]s (?!of\b)\w+",
        ),
        ("measure", r"\bwhat\b[^?]{2,80}\b(?:do|doing|done|offer\w*|planned|in store) (?:for|about|against|with)\b"),
        ("measure", r"\b(measures?|support|incentives?|policies|subsid\w*|awards?|grants?)\b"),
    ),
    "zh": (
        (
            "greeting",
            r"^(你好|您好|早上好|下午好|晚上好|谢谢|多谢|嗨)[啊呀吗!！。,，]*$"
            r"|^(?:你|您)(?:能|会|可以)(?:做|干|回答|帮我(?:做)?)(?:些)?(?:什么|啥|哪些(?:事|问题)?)\W*$|^(?:我)?(?:能|可以)问(?:你)?(?:些)?(?:什么|啥|哪些)\W*$|^(?:怎么用|帮助)\W*$",
        ),
        (
            "summary",
            r"总结|概括|概述|摘要|归纳|要点|简要|主要内容|大意|^(?:请)?(?:说说|讲讲|介绍|谈谈)|讲(?:了|的是)?(?:些)?什么|都(?:奖"
            r"|补|给|管|规定|支持)(?:了)?(?:些)?(?:什么|哪些)",
        ),
        (
            "compare",
            r"(?:跟|和|与|同|较).{1,20}比(?![例率重]).{0,16}(?:变|改|怎|[高低多少大小严宽])|比较|对比|区别|差别|差异|不同|相比|哪个更|哪一个更|变化",
        ),
        (
            "figure",
            r"百分之(?:几|多少)|几个?(?:点|钱|百分点|吉瓦|兆瓦|[A-Za-z])|几(?:成|毛|块钱|万|百|千)|多少(?:钱|个?点|个?百分点)"
            r"|[奖补]几|[奖补给]多少|怎么[奖补]|能?拿多少|几折",
        ),
        (
            "count",
            r"[户家个项条]数(?!字)|多少(个|家|项|条|种|类|名|人|座|所|次|位|款|只|场|部|张|辆|艘|国|省|市|县|门|支|颗)|(?<![哪好])几(个|家|项|条|种|类"
            r"|名|座|所|次|位|款|大|部|张|门|支|户|批|轮|档|级|处|招|步|样|拨|套|类)",
        ),
        (
            "list",
            r"哪些|[两三四五六七八九十几](?:条|道|项|个)(?:线|杠|标准|要求|门槛|条件|指标).{0,4}(?:分别|是什么|卡在)|(?:都|还)?有谁|还(?:要|需要?|得)(?:有)?(?:啥|什么)|哪[几两三四五六七八九十\d]+|列出|列举|有什么|分别(是|为"
            r"|有)|包括(什么|哪)|都有",
        ),
        (
            "definition",
            r"什么是|是个?什么意思|说的是什么|通俗(?:点|地|一点)?(?:的)?(?:解释|说)|指什么|指的是什么|定义|含义|何谓|怎么理解|是啥|是怎么回事|什么样的.{0,8}(?:才|算|叫|能)|(?:怎么"
            r"|怎样|如何)才?(?:算|认)(?!定|识)|叫什么|全称",
        ),
        (
            "eligibility",
            r"能不能|可不可以|可以(享受|申请|拿|申报|领)|能(享受|申请|拿|申报|领)|符不符合|是否符合|符合.{0,12}吗"
            r"|符合(哪些|什么)|够不够|够条件|有资格|我们(能|可以|是否)|我(能|可以|是否)",
        ),
        ("procedure", r"怎么(办|申请|申报|做|弄|办理)|如何|流程|步骤|程序|手续"),
        ("date", r"什么时候|何时|哪(一)?(年|天|月|日)|几(年|月|日|号)|多久|时间|截止|期限|有效期|起止"),
        ("who", r"谁|哪(个|位|些)?(人|部门|单位|机构|公司|[局厅委])|由谁|负责单位|责任单位|主管部门|何人"),
        ("place", r"哪里|哪儿|何处|何地|在哪|什么地方|哪(个|座|一)?(城市|国家|省|地区|市|县|区|国|洲|州|地)"),
        ("reason", r"为什么|为何|原因|为啥|何故|怎么会"),
        ("figure", r"多少|几成|多大|多高|多长|多远|多重|比例|比率|占比|金额|数额|额度|上限|下限|门槛|目标值|增速|税率|奖励标准"),
        ("yesno", r"吗[?？。]*$|是否|是不是|有没有|对不对|会不会|要不要|需不需要|([\u4e00-\u9fff])不\1|[了得受行够算]不[?？]*$"),
        ("figure", rf"{_QUANTITY_ZH}(?:呢|是)?[?？。]*$"),
        ("measure", r"措施|政策|支持|补贴|补助|奖励|扶持|优惠"),
    ),
}


_KINDS = {language: tuple((kind, re.compile(pattern, re.IGNORECASE)) for kind, pattern in cues) for language, cues in _CUES.items()}


_SENTENCES = re.compile(r"(?<=[.!?。！？])\s+|(?<=[。！？])")


def kind_of(text: str, language: Language) -> Kind:
    """What form of answer a question asks for; "fact" where no cue is found."""
    if names_too(text):
        return "count"
    asked = _plain(text)
    sentences = _SENTENCES.split(asked)
    # A question that comes after a description of the asker is asked by its own sentence; the rest only where that has no cue.
    own = [sentence for sentence in sentences if sentence.rstrip().endswith(("?", "？"))][-1:] if len(sentences) > 1 else []
    found = (kind for part in (*own, asked) for kind, pattern in _KINDS[language] if pattern.search(part))
    return next(found, "fact")


def names_too(question: str) -> bool:
    """Whether a question asks how many things there are and which: whoever is told their names can count them."""
    return bool(_NAMES_TOO.search(question))


def _plain(text: str) -> str:
    """Colloquial question words as they are written elsewhere."""
    return re.sub("(?<!是)啥", "什么", text).replace("咋", "怎么")
