"""The words that tell a follow-up: what opens a shift, a correction, a reply, a fragment; which words point back. Both languages."""

import re


def word_set(listed: str) -> frozenset[str]:
    """A set of words written as one text."""
    return frozenset(listed.split())


FLAGS = re.IGNORECASE | re.DOTALL
SHIFT = {
    "en": re.compile(
        r"^(?:ok(?:ay)?|well|so|now|right|thanks)?[\s,.]*(?:an? |on an? )?(?:(?:(?:completely |totally "
        r"|quite )?(?:different|unrelated|separate|new) "
        r"(?:question|topic|subject|matter|thing))|(?:let'?s |to )?(?:chang\w+|switch\w*) (?:the |of )?(?:topics?"
        r"|subjects?)|leaving .{2,40}? aside"
        r"|(?:setting|putting) .{2,40}? aside|forget (?:about )?[^,.:;]{2,40}|never ?mind [^,.:;]{2,40}|moving on"
        r"|something else(?: entirely)?)"
        r"(?: now| please)?\s*[,.:;-]+\s*(?P<rest>.+)$",
        FLAGS,
    ),
    "zh": re.compile(
        r"^(?:好的?|嗯|那)?[吧,。 ]*(?:(?:我们)?换(?:个|一个|一下)?(?:话题|问题|主题|事)|(?:先)?(?:不说|不谈|不管|抛开"
        r"|撇开|放下)[^,。:]{1,20}|(?:再)?(?:问|说|聊|谈)(?:点|个|一个)?"
        r"(?:别的|其他的?|另外的)(?:问题)?|另一个话题|题外话)(?:吧|了|不谈|不说)?[,。:\s]+(?P<rest>.+)$",
        FLAGS,
    ),
}
YES = re.compile(
    r"^(?:yes|yeah|yep|sure|ok(?:ay)?|please(?: do)?|go ahead|of course|absolutely|definitely|correct|right|i do|i am"
    r"|i have|do it|sounds good"
    r"|是的?|要的?|好的?|对的?|可以|行|嗯|需要|当然|没错|请(?:继续|讲|说)?|麻烦(?:你|您)?了?|有的?)(?:[\s,]*(?:please"
    r"|that would be \w+|thanks?"
    r"|thank you|的|啊|吧|呀|谢谢))*[\s.!。!]*$",
    re.IGNORECASE,
)
NO = re.compile(
    r"^(?:no|nope|not? (?:really|yet|now|needed)|i (?:don'?t|do not|am not|have not|haven'?t)|不(?:用|需要|要|是|必)?|没有?"
    r"|否)(?:[\s,]*(?:thanks?|thank you|了|的|谢谢))*[\s.!。]*$",
    re.IGNORECASE,
)
OFFER = re.compile(
    r"(?:would you like|do you (?:also )?want|shall i|should i|can i|may i|want me to|如?需要?(?:我|不需要)?|要不要"
    r"|是否需要|想不想|需不需要"
    r"|要)(?: me| to| (?:also )?(?:see|show|know|have|list|give|get|hear))*"
    r"(?P<what>.+?)(?:吗|么)?[?]\s*$",
    re.IGNORECASE,
)
CORRECTION = {
    "en": re.compile(
        r"^(?:(?:no|nope|sorry|oops|wait|actually|not (?:that|quite|exactly|this one)|wrong(?: \w+)?)\b[\s,.!:-]*)*(?:i (?:really "
        r"|actually )?(?:meant?|was (?:asking (?:about|for)|after)|asked (?:about|for))"
        r"|make (?:that|it)|i should have said)\b[\s:,]*(?P<x>.+?)(?:[,\s]+(?:not|instead of|rather than) (?P<old>[^,.?]+))?[.?!]*$",
        FLAGS,
    ),
    "zh": re.compile(
        r"^(?:(?:不是|不对|不|不好意思|抱歉|对不起|(?:我)?(?:说|打|问|搞)?错[^,。!是]{0,4}了)[,。!\s]*)*(?:我?(?:想|刚才)?要的(?:其实)?是"
        r"|我们[^,。!是]{1,4}的(?:其实)?是|我(?:想|要|刚才)?(?:问|说|指)的?(?:其实)?(?:是|应该是)"
        r"|我(?:其实)?是(?:说|问|指|想问)|应该是|(?:改|换)成|更正(?:为|一下)?[:,]?)\s*"
        r"(?P<x>.+?)(?:,?(?:而?不是)(?P<old>[^,。?]+))?(?:,(?:请|改成|按)?[^,。是]{0,6}(?:再|重新)(?:答|说|查|算)[^,。是]{0,4})?[。.?!]*$",
        FLAGS,
    ),
}
LEAD = {
    "en": re.compile(
        r"^(?:(?:ok(?:ay)?|well|oh|so|right|great|good|fine|thanks|thank you|got it|i see|alright|and|but|now|then|also"
        r"|what about|how about|what of|(?:the )?same (?:thing |question )?for|what if it(?:'s| is)?|what(?= if (?:we|i|you|they)\b)"
        r"|(?:do|does|is|will|would) (?:it|that|this|the same) (?:also )?(?:apply|go|hold|count) (?:to|for))\b[\s,.!:;-]*)+"
        r"(?:(?:for|in|on|with|about|if|to)\s+)?",
        re.IGNORECASE,
    ),
    "zh": re.compile(r"^(?:(?:好的?|嗯|哦|谢谢|那么?|那如果|如果|要是|换成|对于?|至于|还有(?!别|其他|其它|没)|同样)[,。 ]*)+"),
}
TRAIL = re.compile(
    r"(?:\s+(?:too|as well|then|instead|please|though))?\s*"
    r"(?:呢|的话|也?(?:一样|同样)(?:吗|的吗)|也(?:一样|是|适用|有)吗?|怎么样|如何)*[?.!。]*$",
    re.IGNORECASE,
)
SAME_ZH = re.compile(r"(?:呢|的话|一样的?吗|同样吗|也(?:是|适用|有)吗)[?。]*$")
"""Ends of a Chinese fragment that asks the last question again."""

VERB_EN = re.compile(
    r"\b(?:is|are|was|were|do|does|did|can|could|will|would|should|has|have|had|must|may|tell|show|list|explain|give)\b", re.IGNORECASE
)
ASKS_ZH = re.compile(r"什么|多少|哪|怎么|如何|几[个家项条年]|谁|吗|是否|是不是|有没有|能不能|可以")
CHANGE = {
    "en": re.compile(
        r"\b(?:chang\w*|differ\w*|alter\w*|amend\w*|revis\w+|still|the same|keep|kept|rais\w*|lower\w*|drop\w*|updat\w*"
        r"|say|said|it|that|this)\b",
        re.IGNORECASE,
    ),
    "zh": re.compile(r"改|变化?|调整|修改|修订|提高|降低|取消|保留|沿用|还|一样|相同|不同|没|不|说"),
}
IS_CHANGE = re.compile(r"chang|differ|alter|amend|rais|lower|drop|same|still|改|变|调|提高|降低|取消|一样|同|还|沿用|保留", re.IGNORECASE)
SAYS = re.compile(r"\b(?:says?|said|states?)\b|怎么说|怎么规定|说", re.IGNORECASE)
OPENING = re.compile(r"^(?:(?:and|but|or|so|then|ok(?:ay)?|well|what|how about)\b[\s,]*)+", re.IGNORECASE)
UNDER = re.compile(r"(?:without|before|after|outside|unless)\b|[不没未无]", re.IGNORECASE)
"""What opens a condition or a time that stands beside what was asked before and takes no one's place."""

NOT_BUT_ZH = re.compile(r"^不是(?P<old>[^,。]{1,12}),?(?:而)?是(?P<x>.+)$")
IT_IN = re.compile(r"\b(?:it|that|this|they|those)\b.*\b(?:in|for|at|under|by|of|with)\b", re.IGNORECASE)
ASKING = re.compile(
    r"(?:what|which|who|when|where|why|how|is|are|was|were|do|does|did|can|could|will|would|should|must|has|have)\b", re.IGNORECASE
)
"""Opens an English question."""

IF_ZH = re.compile(r"(?:那么?)?(?:如果|要是|假如|换成)")

OWN_ZH = re.compile(r"(?:有|能|可以|需要|要|算|会).*吗[?]?$")
"""A Chinese question of yes or no about something new, as against a fragment that takes the place of something old."""

NUMBERS = {
    "first": 1,
    "second": 2,
    "third": 3,
    "fourth": 4,
    "fifth": 5,
    "sixth": 6,
    "seventh": 7,
    "eighth": 8,
    "ninth": 9,
    "tenth": 10,
    "last": 0,
}
DIGITS = "一二三四五六七八九十"
ORDINAL = {
    "en": re.compile(
        rf"(?<!\ba )(?<!\ban )\b(?:the |your |its )?(?P<n>{'|'.join(NUMBERS)}|\d(?:st|nd|rd|th))(?: (?:one|kind|type"
        rf"|of (?:these|those|them)|item|point|option))?(?=[\s,:;?.!']|$)(?! \w+ (?:plan|edition))",
        re.IGNORECASE,
    ),
    "zh": re.compile(r"(?:第(?P<n>[一二三四五六七八九十\d]{1,2})|最后一?)(?:个|类|项|种|家|点|条|款|档)(?:呢)?"),
}
RELATIONAL_NOUNS = word_set(
    "condition conditions requirement requirements criteria deadline deadlines cap caps ceiling limit limits maximum minimum steps "
    "procedure "
    "process documents paperwork forms materials amount amounts rate rates percentage share duration period term validity expiry "
    "exceptions exemptions rules details example examples reason reasons cost costs fee fees penalty penalties purpose scope budget "
    "eligibility investment department authority contact source legal basis"
)
RELATIONAL = RELATIONAL_NOUNS | word_set(
    "when until since whom who whose pays pay paid decides decide qualifies qualify apply applies eligible expire expires end ends start "
    "starts begin begins valid issued responsible often long soon few many much low high little so only highest lowest largest most least "
    "more why how"
)
"""Words that ask something of a thing without naming it: "the deadline", "who pays"."""

QUESTION_WORDS = word_set(
    "what which where is are was were do does did can could will would should may must has have had be been there the a an any for of on "
    "in to by at from with and or i we you one ones now exactly also then our my tell me about give us need needs needed required year "
    "date day month submit bring prepare send"
)

BARE_ZH = re.compile(
    r"什么时候|哪[些个年天月]?|何时|什么|多少|怎么样?|如何|为什么|为何|几[个家项条年月天号]?|谁|是否|能不能|可不可以|要不要|需不需要|有没有"
    r"|需要|可以|应该|应当|必须|具体|一共|总共|分别|我们|企业|条件|要求|上限|下限|封顶|最高|最低|期限|时限|截止|到期|为止|材料|资料|流程|程序|手续|步骤|标准|文件|政策"
    r"|现在|目前|申请|申报|办理|提交|兑现|发放|施行|实施|生效|有效期?|失效|依据|原因|理由|比例|占比|幅度|对象|范围|部门|单位|负责|牵头|时间|方式|例外|限制"
    r"|例子|举个?例|详细|说说|一点|一下|资格|罚则|处罚|开始|结束|起算|算起|取消|规定|拿|领|找|向|去|到|从|由|来|算|交|准备|享受|满足|符合|达到"
    r"|[有是在会能要的了吗呢呀吧啊么这那还也就都被把给和与或,为得归管]"
)
RELATION_ZH = re.compile(
    r"条件|要求|标准|上限|下限|封顶|最高|最低|期限|时限|截止|到期|为止|材料|资料|流程|程序|手续|步骤|申请|申报|办理|提交|兑现|发放|施行|实施|生效|有效|失效"
    r"|依据|原因|理由|比例|占比|幅度|对象|范围|部门|单位|负责|牵头|时间|方式|例外|限制|例子|举个?例|详细|说说|资格|罚则|处罚|开始|结束|算起|起算|取消"
    r"|谁|何时|什么时候|哪年|哪天|为什么|为何|怎么拿|怎么领|怎么算"
)
"""Characters of a bare Chinese question, and those of them that ask something of a thing."""

SETTING = re.compile(r"(?:in |for |by )?(?:the year )?(?:19|20)\d{2}年?")
PRONOUN = re.compile(r"\b(it|they|them|its|their|this|that|these|those|he|she|him|his|her|hers)\b", re.IGNORECASE)
PRONOUN_ZH = re.compile(
    r"它们?的?|他们?的?|她们?的?|其(?![他它余实中])|该(?=[\u4e00-\u9fff])|这(?:个|项|份|些|种|家)?(?=[\u4e00-\u9fff?]|$)"
    r"|那(?:(?:个|项|份|些|种|家)(?=[\u4e00-\u9fff?]|$)|(?=是))"
)
