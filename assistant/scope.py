"""Questions that no document of a policy corpus answers: small talk, other people's jobs, and orders to the assistant itself."""

import re
from collections.abc import Sequence

from assistant.schema import Passage
from ingest.glossary import Glossary
from ingest.schema import Language

_FLAGS = re.IGNORECASE
_EN = (
    # texts, code and translations made to order
    r"^(?:please |can you |could you |would you )*(?:write|compose|draft|make up|invent|tell|sing)\b.{0,30}\b(?:poem"
    r"|haiku|limerick|song|lyrics|joke|story|tale|novel|essay|love letter|rap)\b",
    r"^(?:please |can you |could you )*(?:write|code|implement|debug|fix|program)\b.{0,40}\b(?:python|java(?:script)?"
    r"|c\+\+|rust|sql|html|script|function|regex|crawler|scraper|code|program)\b",
    r"\btranslate\b.{1,80}\b(?:in)?to (?:english|french|german|spanish|italian|japanese|korean|russian|arabic|latin|chinese)\b",
    # the world outside
    r"\b(?:will it|is it going to|does it) (?:rain|snow)\b|\bweather (?:in|like|today|tomorrow|forecast|this)\b"
    r"|\bhow (?:hot|cold|warm) (?:is|will) it\b",
    r"\b(?:should i|is it (?:a )?good (?:time )?to|can i make money) (?:buy|sell|invest)\w*\b.{0,40}\b(?:shares?|stocks?"
    r"|bitcoin|crypto|fund units|gold)\b|\b(?:stock|share) (?:price|tip)s? (?:of|for|today)\b"
    r"|\b(?:which|what|pick|recommend|choose|name)\b.{0,25}\bstocks?\b(?! exchange)",
    r"\b(?:recipe|cook|bake|fry)\b.{0,40}\b(?:for|noodles?|cake|soup|rice|chicken|dinner|bread|dumplings?)\b|\bhow (?:do"
    r"|can|should) i (?:make|cook|bake) .{0,30}\b(?:noodles?|cake|soup|rice|bread|dumplings?|coffee|pizza)\b",
    r"\bwho (?:won|wins|will win)\b.{0,20}\b(?:last|latest|next|yesterday|tonight|recent|this year)\b.{0,20}\b(?:cup"
    r"|match|game|oscars?|olympics?|league)\b",
    r"\b(?:football|basketball|nba|premier league) (?:score|result)s? (?:today|tonight|yesterday|last night)\b",
    r"\b(?:i have|i've|i feel|my)\b.{0,20}\b(?:headache|stomach ache|fever|toothache|sore throat|cough)\b.{0,60}\b(?:take"
    r"|do|help|medicine|doctor)\b|\bwhat (?:medicine|pills?) should i\b|\bmy (?:horoscope|zodiac)\b",
    r"\b(?:recommend|suggest)\b.{0,20}\b(?:movie|film|restaurant|book to read|hotel|song|tv (?:show|series))s?\b"
    r"|\b(?:girlfriend|boyfriend|dating advice)\b",
    r"^(?:how are you(?: doing)?(?: today)?[?!. ]*$|what(?:'s| is) your name|who (?:made|built|created) you"
    r"|do you (?:love|like|dream|sleep)|are you (?:human|sentient|real|an? (?:ai|robot|person)))\b",
    # orders to the assistant itself
    r"\b(?:ignore|disregard|forget|override|bypass)\b.{0,25}\b(?:previous|prior|above|all|your|the|these|system"
    r"|safety)\b.{0,20}\b(?:instructions?|rules?|prompts?|guidelines?|guardrails?|directions?)\b",
    r"\b(?:print|show|reveal|repeat|output|tell me|give me|display|leak|what is|what's)\b.{0,30}\b(?:system prompt"
    r"|hidden prompt|initial prompt|your (?:instructions|prompt|rules))\b",
    r"\byou are (?:now|no longer)\b|\b(?:act|behave|respond) as (?:if you|an? (?:unrestricted|evil|different|human"
    r"|pirate))|\bpretend (?:to be|that you|you)\b|\b(?:developer|dan|jailbreak|god) mode\b",
    r"\b(?:show|give|send|tell|print|list|reveal)\b.{0,25}\b(?:passwords?|api keys?|secrets?|credentials?"
    r"|environment variables?|access tokens?|private keys?)\b",
    r"^(?:please )?(?:delete|erase|drop|wipe|remove|overwrite)\b.{0,25}\b(?:documents?|files?|index|database|tables?"
    r"|store|everything|corpus)\b",
)
_ZH = (
    r"^(?:请|你|帮我|帮忙|给我|为我|能不能|可以|能否|麻烦)*(?:写|作|编|创作|来|讲|说)(?:一?[首个篇段则支])?.{0,14}(?:诗|绝句|律诗|五言|七言"
    r"|词|歌|歌词|笑话|故事|小说|作文|情书|段子|对联|童话)(?:吧|呗|给我|[。!?]|$)",
    r"(?:写|编|实现|调试|改)(?:一?[个段份])?.{0,12}(?:代码|程序|脚本|爬虫|函数|python|java|sql|正则|网页)",
    r"翻译(?:成|为|一下)|(?:把|将).{1,40}译成|用(?:英语|法语|日语|德语|韩语)怎么说",
    r"(?:今天|明天|后天|昨天|周末|下周|最近|现在).{0,8}(?:天气|下雨|下雪|气温|几度|冷不冷|热不热)|(?:天气|气温)(?:预报|怎么样|如何)",
    r"(?:股票|股价|基金净值|比特币|彩票|期货).{0,12}(?:买|卖|赚|涨|跌|推荐|走势|多少)|(?:买|卖|炒|挑|选|推荐)(?:哪|什么|点|[几两一]?[只支])?.{0,14}(?:股票|个股|基金|币|彩票)",
    r"菜谱|食谱|(?:刀削面|红烧肉|饺子|蛋糕|火锅|面条|米饭).{0,6}(?:怎么做|做法|怎么煮|好吃)",
    r"(?:怎么玩|旅游攻略|景点推荐|有什么好玩|好吃的|哪里好玩|订(?:机票|酒店|火车票))",
    r"(?:推荐|有什么好看|好听).{0,8}(?:电影|电视剧|综艺|小说|歌|音乐|餐厅|饭店)|(?:电影|电视剧|综艺|小说)(?:推荐|好看)",
    r"(?:昨天|昨晚|今晚|最近|上届|上一届|这届|下届|今年).{0,8}(?:世界杯|奥运会|欧冠|英超|中超|总决赛|比赛"
    r"|球赛).{0,10}(?:谁|比分|冠军|结果)",
    r"(?:头疼|头痛|发烧|感冒|咳嗽|牙疼|肚子疼|失眠|拉肚子).{0,16}(?:怎么办|吃什么|吃药|什么药|看医生)|(?:身高"
    r"|体重).{0,14}(?:正常|标准|胖|瘦)|(?:星座|运势|算命|八字)",
    r"(?:起|取)(?:一?个)?(?:名字|网名|昵称|英文名)|(?:你|您)(?:是谁|叫什么|几岁|多大了|有女朋友|有感情|喜欢我|是人"
    r"|是机器人|会做梦)|陪我聊|谈恋爱|(?:男|女)朋友",
    r"(?:忽略|无视|忘掉|忘记|不要管|绕过|跳过).{0,10}(?:以上|之前|前面|先前|所有|全部|一切|系统|你的).{0,8}(?:指令|指示"
    r"|规则|提示|设定|要求|限制)",
    r"(?:输出|打印|显示|告诉我|给我看|重复|泄露|公布|说出).{0,12}(?:系统提示|提示词|系统指令|初始指令|你的(?:规则|指令|设定))",
    r"(?:从现在起|从现在开始|现在).{0,4}你(?:是|就是|要扮演|扮演)|你(?:现在)?(?:不再受|不受).{0,6}限制|假装你"
    r"|扮演(?:一个|成)|越狱模式|开发者模式",
    r"(?:把|将|给我|告诉我|显示|列出|发).{0,16}(?:密码|密钥|口令|api ?key|环境变量|令牌|私钥)(?:发|给|告诉|列|显示|[。!?]|$)",
    r"(?:删除|删掉|清空|销毁|覆盖|格式化).{0,12}(?:文件|文档|索引|数据库|知识库|资料|数据|记录)|把.{0,14}(?:文件|文档"
    r"|索引|数据库|资料|数据|记录)(?:全部|都|统统)?(?:删除|删掉|删了|清空|销毁)",
)
_CUES: dict[Language, re.Pattern[str]] = {"en": re.compile("|".join(_EN), _FLAGS), "zh": re.compile("|".join(_ZH), _FLAGS)}
# An order to the assistant with a real question behind it is answered; the order is not obeyed.
_ASKS = re.compile(
    r"[:.：。,，;]\s*(?P<rest>(?:(?:what|how|which|when|who|where|does|is|are|can)\b[^?]{8,}\?|[^。:：]{4,}(?:多少|什么|哪|几|吗|谁|怎么"
    r"|如何)[^。]{0,12}[?？]?))\s*$",
    _FLAGS,
)
_ORDERS = re.compile(r"ignore|disregard|forget|override|without|pretend|忽略|无视|忘掉|忘记|假装|不要管|允许你|管理员|扮演", _FLAGS)


def off_topic(text: str, language: Language) -> bool:
    """Whether a question is none for documents on policy. Doubtful ones are not: a search that finds nothing refuses as well."""
    real = _ASKS.search(text)
    if real and _ORDERS.search(text[: real.start()]):
        return off_topic(real["rest"], language)
    return bool(_CUES[language].search(text))


def is_unrelated(text: str, passages: Sequence[Passage], glossary: Glossary | None, least: float) -> bool:
    """Whether a question is near no passage (cosines below `least`) and names nothing that the glossary knows but places.

    Passages that were found by words alone tell nothing of nearness.
    """
    cosines = [passage.dense for passage in passages]
    if not any(cosines) or max(cosines) >= least:
        return False
    return all(mention.term.kind == "place" for mention in (glossary.find(text) if glossary else ()))
