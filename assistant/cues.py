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
        r"^(?:(?:no|nope|sorry|oops|wait|actually|not (?:that|quite|exactly|this one)|wrong)\b[\s,.!-]*)*(?:i (?:really "
        r"|actually )?(?:meant?|was asking (?:about|for)|asked (?:about|for))"
        r"|make (?:that|it)|i should have said)\b[\s:,]*(?P<x>.+?)(?:[,\s]+(?:not|instead of|rather than) (?P<old>[^,.?]+))?[.?!]*$",
        FLAGS,
    ),
    "zh": re.compile(
        r"^(?:(?:不是|不对|不|不好意思|抱歉|对不起|(?:我)?(?:说|打|问|搞)?错了)[,。!\s]*)*(?:我(?:想|要|刚才)?(?:问|说"
        r"|指)的?(?:其实)?(?:是|应该是)"
        r"|我(?:其实)?是(?:说|问|指|想问)|应该是|(?:改|换)成|更正(?:为|一下)?[:,]?)\s*"
        r"(?P<x>.+?)(?:,?(?:而?不是)(?P<old>[^,。?]+))?[。.?!]*$",
        FLAGS,
    ),
}
LEAD = {
    "en": re.compile(
        r"^(?:(?:ok(?:ay)?|well|oh|so|right|great|good|fine|thanks|thank you|got it|i see|alright|and|but|now|then|also"
        r"|what about|how about|what of|(?:the )?same (?:thing |question )?for|what if it(?:'s| is)?)\b[\s,.!:;-]*)+"
        r"(?:(?:for|in|on|with|about|if)\s+)?",
        re.IGNORECASE,
    ),
    "zh": re.compile(r"^(?:(?:好的?|嗯|哦|谢谢|那么?|那如果|如果|要是|换成|对于?|至于|还有|同样)[,。 ]*)+"),
}
TRAIL = re.compile(r"(?:\s+(?:too|as well|then|instead|please|though))?\s*(?:呢|的话|也(?:一样|是)|怎么样|如何)*[?.!。]*$", re.IGNORECASE)
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
SETTING = re.compile(r"(?:in |for |by )?(?:the year )?(?:19|20)\d{2}年?")
PRONOUN = re.compile(r"\b(it|they|them|its|their|this|that|these|those|he|she|him|his|her|hers)\b", re.IGNORECASE)
PRONOUN_ZH = re.compile(
    r"它们?的?|他们?的?|她们?的?|其(?![他它余实中])|该(?=[\u4e00-\u9fff])|(?:这|那)(?:个|项|份|些|种|家)?(?=[\u4e00-\u9fff?]|$)"
)
