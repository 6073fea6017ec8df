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
        "en": "Hello. Ask me about the plan and policy documents in this index; every answer comes with its source. "
        "You can also describe your firm and ask which measures apply to it.",
        "zh": "您好。请就本库中的规划和政策文件提问,每个回答都附有出处;也可以介绍企业情况,询问适用哪些措施。",
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
    "document_standing": {"en": "{title}: {standing}", "zh": "《{title}》:{standing}"},
    "standing_in_force": {"en": "in force", "zh": "现行有效"},
    "standing_expired": {"en": "its term has ended", "zh": "期限已届满"},
    "standing_superseded": {"en": "replaced, no longer in force", "zh": "已被取代,不再有效"},
    "standing_draft": {"en": "a draft for comment, not in force", "zh": "征求意见稿,尚未生效"},
    "standing_unknown": {"en": "it is not recorded whether it is in force", "zh": "是否有效未见记载"},
    "documents_listed": {"en": "{count} document(s) in this index.", "zh": "本库中共{count}份。"},
    "no_such_document": {"en": "There is no such document in this index.", "zh": "本库中没有这样的文件。"},
    "list_complete": {"en": "The list is given whole: {count} of {count}.", "zh": "以上为原文所列全部内容:{count}项中的{count}项。"},
    "clarify": {
        "en": "Which measure, document or topic do you mean? Name it, and I look it up.",
        "zh": "请问您指的是哪项措施、哪份文件或哪个主题?说明后即可查询。",
    },
    "clarify_choices": {"en": "For example:", "zh": "例如:"},
    "side_missing": {"en": "The documents do not say it for: {side}.", "zh": "文件中没有说明:{side}。"},
    "part_missing": {"en": "The documents do not answer: {part}", "zh": "文件中没有回答:{part}"},
    "difference": {"en": "Difference, by our own calculation: {formula}", "zh": "差额(系统自行计算):{formula}"},
    "conversion": {"en": "Converted, by our own calculation: {formula}", "zh": "换算(系统自行计算):{formula}"},
    "side": {"en": "Compared", "zh": "比较对象"},
    "side_says": {"en": "What the documents say", "zh": "文件规定"},
    "removed": {
        "en": "{count} statement(s) could not be proved from the documents and were left out.",
        "zh": "有{count}处表述无法由文件证实,已略去。",
    },
    "eligible_applies": {"en": "{title}: it applies to you, by what you have told me.", "zh": "{title}:按您所述,适用。"},
    "eligible_does_not_apply": {"en": "{title}: it does not apply to you, by what you have told me.", "zh": "{title}:按您所述,不适用。"},
    "eligible_needs_information": {
        "en": "{title}: this cannot be decided yet; these are its conditions.",
        "zh": "{title}:目前还不能判断,条件如下。",
    },
    "eligible_expired": {"en": "{title}: its term has ended.", "zh": "{title}:期限已届满。"},
    "eligible_direction": {
        "en": "{title}: a direction of the plan; it gives no firm a claim to anything.",
        "zh": "{title}:属于政策导向,不构成企业可申领的权益。",
    },
    "this_measure": {"en": "This measure", "zh": "该措施"},
    "condition_met": {"en": "Met: ", "zh": "满足:"},
    "condition_not_met": {"en": "Not met: ", "zh": "未满足:"},
    "condition_open": {"en": "Not yet known: ", "zh": "尚不清楚:"},
    "facts": {"en": "Taken from your words (correct me where I am wrong): {facts}.", "zh": "根据您的描述(如有误请更正):{facts}。"},
    "no_facts": {"en": "You have not told me anything about your firm yet.", "zh": "您还没有介绍企业的情况。"},
    "deciding": {"en": "To decide it, tell me: {question}", "zh": "还需要您告诉我:{question}"},
    "tell_me": {
        "en": "Tell me about your firm (place, sector, revenue, staff, certificates), and I can say which measures apply; "
        "nothing that you leave out counts as a no.",
        "zh": "请介绍企业情况(所在地、行业、营业收入、人数、资质),我就能判断适用哪些措施;没有说明的不按“否”处理。",
    },
    "overview_applies": {"en": "By what you have told me, these apply:", "zh": "按您所述,以下措施适用:"},
    "overview_close": {"en": "One fact decides about these:", "zh": "以下措施只差一项信息即可判断:"},
    "overview_rest": {
        "en": "{total} measures checked: {applies} apply, {close} lack one fact. The page on measures shows them all.",
        "zh": "共核对{total}项措施:{applies}项适用,{close}项只差一项信息。全部结果见“措施”页面。",
    },
}


def sentence(name: str, language: Language, **values: object) -> str:
    """The fixed sentence `name` with its values filled in."""
    return _SENTENCES[name][language].format(**values)
