"""Every knob of the project, once. Each is read from the environment (PLANQUERY_NAME) or from a `.env` file."""

from pathlib import Path

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict

PROJECT = Path(__file__).resolve().parent.parent


class Settings(BaseSettings):
    """Settings of ingest and assistant. Fields marked "index" change the index: ingest again after changing one."""

    model_config = SettingsConfigDict(env_prefix="PLANQUERY_", env_file=".env", extra="ignore", frozen=True, secrets_dir=None)

    corpus: Path = Field(PROJECT / "corpus", description="Folder or file that `python -m ingest` reads when no path is given.")
    store: Path = Field(PROJECT / ".index", description="Folder that holds the index generations.")
    models: Path = Field(PROJECT / ".models", description="Folder for the models exported at set-up.")
    history: Path = Field(PROJECT / ".history", description="Folder for saved conversations, feedback and the audit log.")
    runs: Path = Field(PROJECT / "runs", description="Folder of evaluation runs, one folder a run; the evaluation page shows them.")
    glossary: Path = Field(PROJECT / "corpus" / "glossary.yaml", description="Terms used where the corpus brings no glossary.yaml. (index)")

    embedder: str = Field("minilm", description="`minilm` (built in) or any sentence-transformers model name or path. (index)")
    query_prompt: str = Field("", description="Put before a query when it is embedded, for models that want it. (index)")
    document_prompt: str = Field("", description="Put before a text when it is embedded, for models that want it. (index)")
    chunk_tokens: int = Field(200, ge=40, le=8000, description="Longest chunk, in the embedder's own tokens. (index)")

    max_file_mb: int = Field(100, ge=1, description="Larger files are refused by name.")
    max_unpacked_mb: int = Field(500, ge=1, description="A DOCX that unpacks to more is refused as a zip bomb.")
    max_pages: int = Field(5000, ge=1, description="A PDF with more pages is refused by name.")
    ocr: bool = Field(False, description="Read pages without text by OCR (needs the extra `ocr` and tesseract).")

    k: int = Field(8, ge=1, le=100, description="Passages that an answer may draw on.")
    audience: str = Field("public", description="`public`, or `internal` to search internal documents as well.")

    chat_model: str = Field(
        "", description="Chat model, e.g. `ollama:qwen3`, `openai:gpt-5-mini`, `anthropic:claude-sonnet-4-5`; empty: extractive answers."
    )
    chat_base_url: str = Field("", description="Address of an OpenAI-compatible or Ollama server; empty: the provider's own.")
    chat_api_key: SecretStr = Field(SecretStr(""), description="Key of the chat model; only from the environment or a secrets file.")
    chat_timeout: float = Field(30.0, gt=0, description="Seconds a model may take before the extractive answer is given.")
    chat_retries: int = Field(1, ge=0, le=5, description="Repairs asked of a model whose draft fails verification.")
    chat_max_tokens: int = Field(1200, ge=64, description="Longest reply asked of the chat model, in its tokens.")
    chat_input_tokens: int = Field(
        6000, ge=500, description="Budget for passages in a prompt, in tokens (about 4 characters of English each)."
    )
    chat_concurrency: int = Field(2, ge=1, description="Calls to the chat model at a time; further ones wait.")

    access_code: SecretStr = Field(SecretStr(""), description="When set, the chat window asks for it before anything else.")
    max_question_chars: int = Field(2000, ge=50, description="Longer questions are refused with a clear message.")
