"""Every fixed sentence of an answer and every prompt, in both languages; nothing else."""

from ingest.schema import Language

_SENTENCES: dict[str, dict[Language, str]] = {
    "not_found": {
        "en": "The documents do not say. Nothing in them answers this question.",
        "zh": "文件中没有说明:现有文件没有回答这个问题的内容。",
    },
    "nearby": {"en": "What they do cover nearby:", "zh": "文件中相近的内容有:"},
    "silent": {
        "en": "{title} lists this among what it does not state: {words}",
        "zh": "《{title}》把这一点列为未载明的内容:{words}",
    },
    "out_of_scope": {
        "en": "This is outside what I can answer. I answer questions about the plan and policy documents in this index.",
        "zh": "这个问题超出了我的回答范围。我只回答与本库中规划和政策文件有关的问题。",
    },
    "greeting": {
        "en": "Hello. Ask me about the plan and policy documents in this index; every answer comes with its source.",
        "zh": "您好。请就本库中的规划和政策文件提问,每个回答都附有出处。",
    },
    "empty": {"en": "Please type a question.", "zh": "请输入问题。"},
    "no_documents": {
        "en": "No document passes the filters you set; widen them to search.",
        "zh": "没有文件符合所设的筛选条件,请放宽后再查。",
    },
    "expired": {
        "en": "Note: {title} covered the time up to {day}; that has passed.",
        "zh": "注意:《{title}》的期限到{day}为止,现已届满。",
    },
    "superseded": {
        "en": "Note: {title} has been replaced by {later}.",
        "zh": "注意:《{title}》已被《{later}》取代。",
    },
    "draft": {"en": "Note: {title} is a draft for comment, not a final text.", "zh": "注意:《{title}》是征求意见稿,不是正式文本。"},
    "other_language": {
        "en": "The source is in Chinese; the quotation is kept in the original.",
        "zh": "出处为英文,引文保留原文。",
    },
    "list_complete": {"en": "{count} of {count}:", "zh": "共{count}项(全部列出):"},
    "removed": {
        "en": "{count} statement(s) could not be proved from the documents and were left out.",
        "zh": "有{count}处表述无法由文件证实,已略去。",
    },
}


def sentence(name: str, language: Language, **values: object) -> str:
    """The fixed sentence `name` with its values filled in."""
    return _SENTENCES[name][language].format(**values)
