"""Names of provinces and cities, in either language, to one spelling; Shanxi (山西) and Shaanxi (陕西) are two provinces."""

import re

SHANXI = "山西"

_PROVINCES = {
    "北京": "beijing", "天津": "tianjin", "上海": "shanghai", "重庆": "chongqing", "河北": "hebei", "山西": "shanxi",
    "辽宁": "liaoning", "吉林": "jilin", "黑龙江": "heilongjiang", "江苏": "jiangsu", "浙江": "zhejiang", "安徽": "anhui",
    "福建": "fujian", "江西": "jiangxi", "山东": "shandong", "河南": "henan", "湖北": "hubei", "湖南": "hunan",
    "广东": "guangdong", "海南": "hainan", "四川": "sichuan", "贵州": "guizhou", "云南": "yunnan", "陕西": "shaanxi",
    "甘肃": "gansu", "青海": "qinghai", "台湾": "taiwan", "内蒙古": "inner mongolia", "广西": "guangxi", "西藏": "tibet",
    "宁夏": "ningxia", "新疆": "xinjiang", "香港": "hong kong", "澳门": "macau",
}  # fmt: skip
_SHANXI_CITIES = {
    "太原": "taiyuan", "大同": "datong", "阳泉": "yangquan", "长治": "changzhi", "晋城": "jincheng", "朔州": "shuozhou",
    "晋中": "jinzhong", "运城": "yuncheng", "忻州": "xinzhou", "临汾": "linfen", "吕梁": "lvliang",
}  # fmt: skip
_CITIES_ELSEWHERE = {
    "石家庄": ("shijiazhuang", "河北"), "沈阳": ("shenyang", "辽宁"), "大连": ("dalian", "辽宁"), "长春": ("changchun", "吉林"),
    "哈尔滨": ("harbin", "黑龙江"), "南京": ("nanjing", "江苏"), "苏州": ("suzhou", "江苏"), "无锡": ("wuxi", "江苏"),
    "杭州": ("hangzhou", "浙江"), "宁波": ("ningbo", "浙江"), "合肥": ("hefei", "安徽"), "福州": ("fuzhou", "福建"),
    "厦门": ("xiamen", "福建"), "宁德": ("ningde", "福建"), "南昌": ("nanchang", "江西"), "济南": ("jinan", "山东"),
    "青岛": ("qingdao", "山东"), "郑州": ("zhengzhou", "河南"), "洛阳": ("luoyang", "河南"), "武汉": ("wuhan", "湖北"),
    "长沙": ("changsha", "湖南"), "广州": ("guangzhou", "广东"), "深圳": ("shenzhen", "广东"), "东莞": ("dongguan", "广东"),
    "成都": ("chengdu", "四川"), "贵阳": ("guiyang", "贵州"), "昆明": ("kunming", "云南"), "西安": ("xi'an", "陕西"),
    "咸阳": ("xianyang", "陕西"), "宝鸡": ("baoji", "陕西"), "榆林": ("yulin", "陕西"), "渭南": ("weinan", "陕西"),
    "兰州": ("lanzhou", "甘肃"), "西宁": ("xining", "青海"), "呼和浩特": ("hohhot", "内蒙古"), "南宁": ("nanning", "广西"),
    "银川": ("yinchuan", "宁夏"), "乌鲁木齐": ("urumqi", "新疆"),
}  # fmt: skip
_MUNICIPALITIES = ("北京", "天津", "上海", "重庆")
_OTHER_SPELLINGS = {"lüliang": "吕梁", "luliang": "吕梁", "xian": "西安", "shaan'xi": "陕西", "neimenggu": "内蒙古", "xizang": "西藏"}

_PROVINCE_OF = (
    dict.fromkeys(_SHANXI_CITIES, SHANXI)
    | {city: province for city, (_, province) in _CITIES_ELSEWHERE.items()}
    | {city: city for city in _MUNICIPALITIES}
)
_ENGLISH = (
    {english: chinese for chinese, english in (_PROVINCES | _SHANXI_CITIES).items()}
    | {english: chinese for chinese, (english, _) in _CITIES_ELSEWHERE.items()}
    | _OTHER_SPELLINGS
)
_CHINESE_TAIL = re.compile(r"(?:壮族自治区|回族自治区|维吾尔自治区|自治区|特别行政区|省|市)$")
_ENGLISH_TAIL = re.compile(r"(?:,.*| (?:province|city|municipality)\b.*)$")


def place_name(written: str) -> str:
    """The Chinese short name of a province or city ("Shanxi Province" -> 山西); an unknown name comes back as written."""
    plain = written.strip()
    short = _CHINESE_TAIL.sub("", plain)
    if short in _PROVINCES or short in _PROVINCE_OF:
        return short
    return _ENGLISH.get(_ENGLISH_TAIL.sub("", plain.casefold()).strip(), short)


def province_of(city: str) -> str | None:
    """The province of a city given by its Chinese short name; None for a city that is not in the table."""
    return _PROVINCE_OF.get(city)


def places_in(text: str) -> list[tuple[str, str, int, int]]:
    """Every province and city named in `text`: (kind, Chinese short name, start, end); kind is "province" or "city".

    "Beijing wants", "Beijing's plan" mean the national government, as the press has it, and no place.
    """
    found = []
    for match in _ANY_PLACE.finditer(_AS_GOVERNMENT.sub(lambda capital: "-" * len(capital.group()), text)):
        name = place_name(match[0])
        is_city = name in _PROVINCE_OF and name not in _MUNICIPALITIES
        found.append(("city" if is_city else "province", name, match.start(), match.end()))
    return found


_AS_GOVERNMENT = re.compile(
    r"(?<!\bin )(?<!\bof )(?<!\bfor )(?<!\bfrom )(?<!\bat )(?<!\band )\bBeijing\b"
    r"(?=['’]s (?!city|municipal|district)|(?: is| was)? (?:more|less)\b"
    r"| (?:wants?|intends?|plans?|expects?|sets?|aims?|keeps?|decided|will)\b)"
)

_ANY_PLACE = re.compile(
    "|".join(
        [
            *sorted({*_PROVINCES, *_PROVINCE_OF}, key=len, reverse=True),
            rf"\b(?:{'|'.join(sorted(map(re.escape, _ENGLISH), key=len, reverse=True))})\b",
        ]
    ),
    re.IGNORECASE,
)


def is_within(place: str, wider: str) -> bool:
    """Whether a place is another one or lies in it."""
    return place == wider or _PROVINCE_OF.get(place) == wider
