"""Sentences of the chat window in English and Chinese: its frame, asking, answers with their sources, and what is kept of them."""

from typing import Final

ASKING: Final[dict[str, tuple[str, str]]] = {
    # frame
    "app_title": ("Plan Query Assistant", "规划问答助手"),
    "language": ("Language", "语言"),
    "page_ask": ("Ask", "提问"),
    "page_explore": ("Explore", "浏览"),
    "page_measures": ("Measures", "措施"),
    "page_documents": ("Documents", "文件"),
    "page_evaluation": ("Evaluation", "评测"),
    "problem": ("This could not be done: {message}", "未能完成：{message}"),
    "fault": (
        "The assistant failed on this question. The fault is in the server's log; other questions can be asked.",
        "助手处理此问题时出错，错误已记入服务器日志；您可以继续提问。",
    ),
    "settings_problem": ("A setting cannot be used. {message}", "设置有误。{message}"),
    # sign-in
    "sign_in": ("Sign in", "登录"),
    "access_code": ("Access code", "访问码"),
    "access_code_wrong": (
        "This access code is not right. Ask the person who runs this assistant for it.",
        "访问码不正确。请向本助手的管理者索取。",
    ),
    "access_code_wait": ("Too many wrong codes. Wait a minute and try again.", "错误次数过多，请一分钟后再试。"),
    # asking
    "welcome": ("Ask about the plan and its policies", "就规划及相关政策提问"),
    "welcome_more": (
        "Every sentence of an answer comes with the passage that proves it. What the documents do not say is not guessed.",
        "答案中的每句话都附有可核对的原文。文件中没有的内容，不会猜测。",
    ),
    "examples": ("For example", "例如"),
    "question_here": ("Ask a question in English or Chinese", "请用中文或英文提问"),
    "question_too_long": (
        "The question has {length} characters; at most {limit} can be read. Shorten it and send it again.",
        "问题共{length}字，最多{limit}字。请缩短后再发送。",
    ),
    "question_empty": ("Type a question first.", "请先输入问题。"),
    "stage_rewriting": ("Understanding the question…", "正在理解问题……"),
    "stage_searching": ("Searching the documents…", "正在检索文件……"),
    "stage_reading": ("Reading the passages…", "正在阅读原文……"),
    "stage_checking": ("Checking every quote…", "正在核对引文……"),
    "wait": ("One question at a time: please wait for the answer.", "一次回答一个问题：请等待本次回答。"),
    "limits": ("Limit the search", "限定范围"),
    "limit_documents": ("Only these documents", "只在这些文件中查找"),
    "limit_documents_none": ("All documents", "全部文件"),
    "limit_day": ("Answer as of", "以此日期为准"),
    "limits_active": ("Limited to {count} document(s)", "限定在{count}个文件内"),
    # answer
    "status_answered": ("Answered", "已回答"),
    "status_partial": ("Partly answered", "部分回答"),
    "status_not_found": ("Not in the documents", "文件中未找到"),
    "status_out_of_scope": ("Outside these documents", "超出文件范围"),
    "status_clarify": ("One more detail needed", "需要补充信息"),
    "answer_by": ("{engine} · {seconds:.2f} s · as of {day}", "{engine} · {seconds:.2f} 秒 · 截至{day}"),
    "engine_extractive": ("Quoted from the documents, no language model", "直接摘自文件，未使用语言模型"),
    "answers_extractive": (
        "Answers are quoted from the documents; nothing leaves this machine.",
        "答案直接摘自文件；任何内容都不离开本机。",
    ),
    "answers_model_here": (
        "{model} writes the answers on this machine; every sentence is checked against the documents. Nothing leaves this machine.",
        "答案由本机上的 {model} 撰写，每句话均与文件核对。任何内容都不离开本机。",
    ),
    "answers_model_away": (
        "{model} writes the answers; every sentence is checked against the documents. "
        "Sent to {place}: the question, its conversation and the passages found.",
        "答案由 {model} 撰写，每句话均与文件核对。发送至 {place} 的内容：问题、本次对话和检索到的段落。",
    ),
    "stored_answer": (
        "This answer was stored by an earlier version; its sources can no longer be shown. Ask again to see them.",
        "此回答由旧版本保存，来源已无法显示。请重新提问。",
    ),
    "near_topics": ("You can ask about these", "可以这样问"),
    "next_topics": ("Read on", "相关内容"),
    "ask_topic": ("What does “{title}” say about “{topic}”?", "《{title}》中关于“{topic}”是怎么规定的？"),
    # sources
    "sources": ("Sources", "来源"),
    "source": ("Source {number}", "来源{number}"),
    "page": ("page {page}", "第{page}页"),
    "no_page": ("no page numbers", "无页码"),
    "open_quote": ("Open at the quote", "打开原文位置"),
    "official_page": ("Official page", "官方网页"),
    "whole_document": ("Whole document", "查看全文"),
    "to_quote": ("Go to the quote", "跳到引文"),
    "quote_moved": (
        "The document has changed since this answer: the quote is no longer in it. The quote as it was:",
        "文件在此回答之后已有变动，引文已不在其中。当时的引文：",
    ),
    "document_gone": (
        "This document is no longer in the index. The quote as it was:",
        "该文件已不在索引中。当时的引文：",
    ),
    "cut": ("… (long section, cut here; open the whole document for the rest)", "……（本节较长，此处省略；请打开全文查看）"),
    "before_first_heading": ("Beginning of the document", "文件开头"),
    "document_status_in_force": ("in force", "现行有效"),
    "document_status_expired": ("expired", "已到期"),
    "document_status_superseded": ("superseded", "已被替代"),
    "document_status_draft": ("draft", "征求意见稿"),
    "document_status_unknown": ("status not stated", "效力未注明"),
    # feedback
    "rate": ("Is this answer right?", "这个回答对吗？"),
    "rate_why": ("What is wrong with it?", "哪里有问题？"),
    "rate_comment": ("What would be right? (optional)", "正确的内容是什么？（选填）"),
    "rate_send": ("Send", "提交"),
    "rate_thanks": ("Thank you. Your note is stored with the question and the answer.", "谢谢。您的意见已与问题和回答一并保存。"),
    "reason_wrong_fact": ("Wrong fact or figure", "事实或数字有误"),
    "reason_wrong_source": ("Wrong source", "来源有误"),
    "reason_outdated": ("Out of date", "已过时"),
    "reason_incomplete": ("Something is missing", "不完整"),
    "reason_misunderstood": ("Question misunderstood", "误解了问题"),
    "reason_other": ("Something else", "其他"),
    # conversations
    "new_conversation": ("New conversation", "新对话"),
    "conversations": ("Conversations", "历史对话"),
    "no_conversations": ("Your conversations are kept here.", "您的对话会保存在这里。"),
    "delete": ("Delete this conversation", "删除此对话"),
    "delete_sure": (
        "The questions, answers and feedback of this conversation are removed for good.",
        "此对话的问题、回答和反馈将被永久删除。",
    ),
    "delete_yes": ("Delete for good", "永久删除"),
    "export": ("Save this conversation", "导出此对话"),
    "export_markdown": ("Markdown", "Markdown"),
    "export_word": ("Word", "Word 文档"),
    # export
    "export_made": ("Exported on {day}", "导出日期：{day}"),
    "export_question": ("Question", "问题"),
    "export_answer": ("Answer", "回答"),
    "export_receipt": (
        "Receipt: engine {engine}; index {generation}; corpus {corpus}; model {model}; settings {settings}; version {version}; as of {day}",
        "凭据：引擎 {engine}；索引 {generation}；语料 {corpus}；模型 {model}；设置 {settings}；版本 {version}；截至 {day}",
    ),
}
