"""Every setting of the program, each declared here and nowhere else.

The order within a group is the order in the window. Numbers that a user could
not judge are marked ``advanced`` and stay folded away.
"""

from __future__ import annotations

from typing import Any

from desktop_agent.errors import BadInput
from desktop_agent.settings.setting import Applies, Group, Setting

LANGUAGE = Setting(
    "language", str, "system", Group.GENERAL, "Language", "The language of the window and of messages in a terminal.",
    Applies.NOW, choices=("system", "en", "zh_CN"), choice_titles=("Same as the computer", "English", "中文"),
)  # fmt: skip
THEME = Setting(
    "theme", str, "system", Group.GENERAL, "Colours", "Light or dark.",
    Applies.NOW, choices=("system", "light", "dark"), choice_titles=("Same as the computer", "Light", "Dark"),
)  # fmt: skip
TEXT_SIZE = Setting(
    "text_size", int, 100, Group.GENERAL, "Text size", "Larger or smaller text in the whole window.",
    Applies.NOW, low=80, high=200, step=10, unit="%",
)  # fmt: skip
ANSWER_FIGURES = Setting(
    "answer_figures", bool, True, Group.GENERAL, "Figures below answers",
    "How fast an answer came and how long its first word took, in small print.", Applies.NOW,
)  # fmt: skip

MODEL = Setting(
    "model", str, "", Group.MODEL, "Model",
    "The model file (.gguf) that answers. Empty means the built-in guide: it knows this program and your notes only.",
    Applies.MODEL_RELOAD, high=4096,
)  # fmt: skip
CONTEXT_TOKENS = Setting(
    "context_tokens", int, 2048, Group.MODEL, "Context length",
    "How much of the conversation the model can see. More needs more memory.",
    Applies.MODEL_RELOAD, low=512, high=32768, step=512, unit="tokens",
)  # fmt: skip
TEMPERATURE = Setting(
    "temperature", float, 0.7, Group.MODEL, "Creativity",
    "Low answers are plain and alike, high ones varied and less reliable. 0 always takes the likeliest word.",
    Applies.NEXT_ANSWER, low=0, high=2, step=0.1,
)  # fmt: skip
THREADS = Setting(
    "threads", int, 0, Group.MODEL, "Processor threads",
    "How many processor cores the model uses while it answers.",
    Applies.MODEL_RELOAD, low=0, high=64, step=1, zero="Automatic",
)  # fmt: skip
UNLOAD_MINUTES = Setting(
    "unload_minutes", int, 10, Group.MODEL, "Free memory when idle",
    "After this long without a question the model leaves the memory; the next answer loads it again.",
    Applies.NOW, low=0, high=1440, step=5, unit="minutes", zero="Never",
)  # fmt: skip
REPLY_TOKENS = Setting(
    "reply_tokens", int, 512, Group.MODEL, "Longest answer", "An answer ends here even when it is not finished.",
    Applies.NEXT_ANSWER, low=16, high=8192, step=64, unit="tokens",
)  # fmt: skip
SYSTEM_PROMPT = Setting(
    "system_prompt", str, "", Group.MODEL, "Instructions",
    "What the model is told at the start of every new conversation. Empty means the program's own words.",
    Applies.NEXT_ANSWER, high=4000, lines=5,
)  # fmt: skip
TOP_P = Setting(
    "top_p", float, 0.9, Group.MODEL, "Top P",
    "Only the likeliest words that together make up this share are considered. 1 considers all.",
    Applies.NEXT_ANSWER, low=0.05, high=1, step=0.05, advanced=True,
)  # fmt: skip
TOP_K = Setting(
    "top_k", int, 40, Group.MODEL, "Top K", "Only this many of the likeliest words are considered. 0 considers all.",
    Applies.NEXT_ANSWER, low=0, high=500, step=5, zero="All", advanced=True,
)  # fmt: skip
MIN_P = Setting(
    "min_p", float, 0.05, Group.MODEL, "Min P",
    "Words less likely than this share of the likeliest one are left out. 0 leaves none out.",
    Applies.NEXT_ANSWER, low=0, high=0.5, step=0.01, advanced=True,
)  # fmt: skip
REPEAT_PENALTY = Setting(
    "repeat_penalty", float, 1.1, Group.MODEL, "Against repetition",
    "How strongly words that were just used are avoided. 1 means not at all.",
    Applies.NEXT_ANSWER, low=1, high=2, step=0.05, advanced=True,
)  # fmt: skip
KV_TYPE = Setting(
    "kv_type", str, "f16", Group.MODEL, "Precision of the conversation",
    "How exactly the model holds what it has read. Half takes half the memory and makes answers slower; "
    "some models can only do it in full.",
    Applies.MODEL_RELOAD, choices=("f16", "q8_0"), choice_titles=("Full (f16)", "Half (q8_0)"), advanced=True,
)  # fmt: skip
LOW_MEMORY = Setting(
    "low_memory", str, "automatic", Group.MODEL, "Low-memory mode",
    "Leaves the model in its file, from where the computer fetches what it needs: much less memory, slower reading. "
    "Automatic does so when the memory is short.",
    Applies.MODEL_RELOAD, choices=("automatic", "on", "off"), choice_titles=("Automatic", "On", "Off"), advanced=True,
)  # fmt: skip

SERVER_ADDRESS = Setting(
    "server_address", str, "", Group.REMOTE, "Servers",
    "Addresses of OpenAI-compatible servers (llama-server, Ollama, vLLM), parted by spaces. A conversation is sent to "
    "one only when you choose that in it.",
    Applies.NOW, high=2000, advanced=True,
)  # fmt: skip
SERVER_WAIT_SECONDS = Setting(
    "server_wait_seconds", int, 30, Group.REMOTE, "Wait for a server",
    "Without a first word after this long, the model on this computer answers instead.",
    Applies.NEXT_ANSWER, low=1, high=600, step=5, unit="seconds",
)  # fmt: skip
SERVER_CONTEXT_TOKENS = Setting(
    "server_context_tokens", int, 4096, Group.REMOTE, "Context of a server",
    "How much of a conversation a server is sent, when it does not tell itself how much it can read.",
    Applies.NEXT_ANSWER, low=512, high=1_000_000, step=512, unit="tokens", advanced=True,
)  # fmt: skip
SERVER_CERTIFICATE = Setting(
    "server_certificate", str, "", Group.REMOTE, "Certificate of a server",
    "A file (PEM) with certificates that are trusted beside those of this computer: for an https server of your own "
    "that nobody else vouches for.",
    Applies.NOW, high=4096, advanced=True,
)  # fmt: skip

MODELS_FOLDER = Setting(
    "models_folder", str, "", Group.MODEL, "Folder for models",
    "Where model files are kept. Empty means the program's own folder. The page Models can move the files as well.",
    Applies.NOW, high=4096, advanced=True,
)  # fmt: skip
DOWNLOAD_SOURCE = Setting(
    "download_source", str, "automatic", Group.MODEL, "Download from",
    "Which site is asked first for a model. The others are asked when it does not answer; what comes is checked.",
    Applies.NOW, choices=("automatic", "modelscope", "hf-mirror", "huggingface"),
    choice_titles=("Automatic", "ModelScope", "hf-mirror", "Hugging Face"), advanced=True,
)  # fmt: skip

PROMPT_LOOKUP = Setting(
    "prompt_lookup", bool, False, Group.PERFORMANCE, "Quicker repeating",
    "Words that stand in the notes, files or earlier messages are computed ahead while an answer repeats them. "
    "Answers stay the same. On a computer with a slow processor it may cost time instead.",
    Applies.NEXT_ANSWER, advanced=True,
)  # fmt: skip
PROCESSOR_VARIANT = Setting(
    "processor_variant", str, "automatic", Group.PERFORMANCE, "Processor instructions",
    "The newest instructions that a model may be computed with. Automatic takes the quickest that this processor has; "
    "a lower step helps when the program ends unexpectedly while a model loads.",
    Applies.RESTART, choices=("automatic", "avx512", "avx_vnni", "avx2", "avx", "sse4.2"),
    choice_titles=("Automatic", "AVX-512", "AVX-VNNI", "AVX2", "AVX", "SSE4.2"), advanced=True,
)  # fmt: skip
MAX_CONCURRENT_TASKS = Setting(
    "max_concurrent_tasks", int, 3, Group.PERFORMANCE, "Tasks at the same time",
    "Further tasks wait for their turn; answers come before work in the background.",
    Applies.NOW, low=1, high=16, step=1,
)  # fmt: skip
STATE_MEGABYTES = Setting(
    "state_megabytes", int, 512, Group.PERFORMANCE, "Conversations kept ready",
    "Room on the disk for what the model has read, so that an earlier conversation goes on at once. "
    "Those not used for the longest time go first.",
    Applies.NOW, low=0, high=65536, step=128, unit="MB", zero="Keep none",
)  # fmt: skip
QUEUE_LENGTH = Setting(
    "queue_length", int, 64, Group.PERFORMANCE, "Tasks that may wait",
    "When this many tasks wait, a new one is refused at once with a message.",
    Applies.NOW, low=1, high=1000, step=1, advanced=True,
)  # fmt: skip
CACHE_SIZE = Setting(
    "cache_size", int, 100, Group.PERFORMANCE, "Searches kept ready",
    "Results of the latest searches in the notes are kept in memory.",
    Applies.NOW, low=1, high=10000, step=10, advanced=True,
)  # fmt: skip
CACHE_TTL_SECONDS = Setting(
    "cache_ttl_seconds", int, 300, Group.PERFORMANCE, "Searches kept for",
    "A kept result older than this is searched for again.",
    Applies.NOW, low=0, high=86400, step=30, unit="seconds", zero="Always", advanced=True,
)  # fmt: skip

MEMORY_ON = Setting(
    "memory_on", bool, True, Group.MEMORY, "Use notes",
    "Notes that fit a question are shown to the model with it. Each conversation can also do without.",
    Applies.NEXT_ANSWER,
)  # fmt: skip
NOTES_FROM_STATEMENTS = Setting(
    "notes_from_statements", bool, True, Group.MEMORY, "Make notes by itself",
    "Notes what you say about yourself when it holds a name, a date, a number or a liking. "
    "\"Remember that …\" makes a note in any case.",
    Applies.NEXT_ANSWER,
)  # fmt: skip
RECALL_NOTES = Setting(
    "recall_notes", int, 5, Group.MEMORY, "Notes for a question", "The most notes that one question brings back.",
    Applies.NEXT_ANSWER, low=0, high=20, step=1, zero="None",
)  # fmt: skip
HISTORY_LENGTH = Setting(
    "history_length", int, 10, Group.MEMORY, "Earlier messages",
    "How many earlier messages of a conversation the model sees. Important ones stay the longest.",
    Applies.NEXT_ANSWER, low=0, high=200, step=2, unit="messages",
)  # fmt: skip
TRAY = Setting(
    "tray", bool, False, Group.GENERAL, "Minimise to the notification area",
    "A minimised window leaves the task bar; its icon beside the clock brings it back and tells of long answers.",
    Applies.NOW,
)  # fmt: skip
TRASH_DAYS = Setting(
    "trash_days", int, 30, Group.GENERAL, "Keep the trash for",
    "A deleted chat can be put back for so long; then it goes for good at the next start.",
    Applies.RESTART, low=0, high=3650, step=5, unit="days", zero="Ever", advanced=True,
)  # fmt: skip
NOTES_LIMIT = Setting(
    "notes_limit", int, 0, Group.MEMORY, "Most notes",
    "When there are more, those that helped least go at the next start; they are written to a file in the folder "
    "\"backups\" first. Notes with a star always stay.",
    Applies.RESTART, low=0, high=10_000_000, step=1000, unit="notes", zero="Any number", advanced=True,
)  # fmt: skip
RECALL_TOKENS = Setting(
    "recall_tokens", int, 150, Group.MEMORY, "Room for notes",
    "The most space that notes take in one question. More makes the first word come later.",
    Applies.NEXT_ANSWER, low=0, high=2000, step=50, unit="tokens", advanced=True,
)  # fmt: skip
FILE_TOKENS = Setting(
    "file_tokens", int, 1000, Group.MEMORY, "Room for files",
    "The most space that attached files take in one question. A file that fits is shown to the model as a whole, "
    "of a longer one the parts that fit the question. More makes the first word come later.",
    Applies.NEXT_ANSWER, low=100, high=16000, step=100, unit="tokens",
)  # fmt: skip

SERVICE_ON = Setting(
    "service_on", bool, False, Group.SERVER, "Answer other programs",
    "Programs that speak to OpenAI, such as editors and scripts, can ask this assistant instead. "
    "Each needs the address and the token above.",
    Applies.NOW,
)  # fmt: skip
SERVICE_PORT = Setting(
    "service_port", int, 8642, Group.SERVER, "Port", "The number in the address. Take another one when it is in use.",
    Applies.NOW, low=0, high=65535, step=1, zero="Any free one",
)  # fmt: skip
MAX_CONNECTIONS = Setting(
    "max_connections", int, 10, Group.SERVER, "Connections at the same time",
    "When so many programs are connected, the next one is told to come again later.",
    Applies.NOW, low=1, high=10_000, step=1,
)  # fmt: skip
HEARTBEAT_SECONDS = Setting(
    "heartbeat_seconds", int, 30, Group.SERVER, "Sign of life",
    "So often a connected program is asked whether it is still there; when it misses two, the connection is closed.",
    Applies.NOW, low=1, high=3600, step=5, unit="seconds",
)  # fmt: skip
SERVICE_WAIT_SECONDS = Setting(
    "service_wait_seconds", int, 60, Group.SERVER, "Longest wait",
    "A program whose answer could not begin sooner is told at once when to ask again.",
    Applies.NOW, low=1, high=3600, step=10, unit="seconds", advanced=True,
)  # fmt: skip
SERVICE_HOST = Setting(
    "service_host", str, "127.0.0.1", Group.SERVER, "Reachable at",
    "127.0.0.1 is this computer alone. 0.0.0.0 is every computer in the network: whoever has the token can then ask, "
    "and what is asked and answered crosses the network unencrypted.",
    Applies.NOW, high=253, advanced=True,
)  # fmt: skip
ALLOWED_ORIGINS = Setting(
    "allowed_origins", str, "", Group.SERVER, "Web pages that may ask",
    "Addresses of pages, such as https://example.org, parted by spaces. Pages of all other addresses are refused, "
    "also when they know the token.",
    Applies.NOW, high=2000, advanced=True,
)  # fmt: skip

LOG_LEVEL = Setting(
    "log_level", str, "info", Group.PRIVACY, "Log detail",
    "How much the program writes to its log on this computer. Messages and notes are never in it.",
    Applies.NOW, choices=("error", "warning", "info", "debug"),
    choice_titles=("Errors only", "Errors and warnings", "Normal", "Everything, to find a fault"),
)  # fmt: skip
UPDATE_CHECK = Setting(
    "update_check", bool, False, Group.PRIVACY, "Look for newer versions",
    "Asks the address below at most once a day, at a start of the window, and shows a link when there is one. "
    "Nothing about you or this computer is sent, and nothing is installed.",
    Applies.RESTART,
)  # fmt: skip
UPDATE_ADDRESS = Setting(
    "update_address", str, "", Group.PRIVACY, "Where to look",
    "The address (https://…) of the page that knows the newest version. While it is empty nobody is asked.",
    Applies.RESTART, high=500,
)  # fmt: skip

SETTINGS: tuple[Setting[Any], ...] = (
    LANGUAGE, THEME, TEXT_SIZE, ANSWER_FIGURES, TRAY, TRASH_DAYS,
    MODEL, CONTEXT_TOKENS, TEMPERATURE, THREADS, UNLOAD_MINUTES, REPLY_TOKENS, SYSTEM_PROMPT,
    TOP_P, TOP_K, MIN_P, REPEAT_PENALTY, KV_TYPE, LOW_MEMORY, MODELS_FOLDER, DOWNLOAD_SOURCE,
    SERVER_WAIT_SECONDS, SERVER_ADDRESS, SERVER_CONTEXT_TOKENS, SERVER_CERTIFICATE,
    MAX_CONCURRENT_TASKS, STATE_MEGABYTES, QUEUE_LENGTH, CACHE_SIZE, CACHE_TTL_SECONDS, PROMPT_LOOKUP,
    PROCESSOR_VARIANT,
    MEMORY_ON, NOTES_FROM_STATEMENTS, RECALL_NOTES, HISTORY_LENGTH, FILE_TOKENS, RECALL_TOKENS, NOTES_LIMIT,
    SERVICE_ON, SERVICE_PORT, MAX_CONNECTIONS, HEARTBEAT_SECONDS, SERVICE_WAIT_SECONDS, SERVICE_HOST, ALLOWED_ORIGINS,
    LOG_LEVEL, UPDATE_CHECK, UPDATE_ADDRESS,
)  # fmt: skip

BY_NAME = {setting.name: setting for setting in SETTINGS}


def named(name: str) -> Setting[Any]:
    """The setting called ``name``; case, spaces around it and ``-`` for ``_`` do not matter.

    Raises:
        BadInput: there is none; the hint names the nearest one.
    """
    setting = BY_NAME.get(_plain(name))
    if setting is not None:
        return setting
    if near := nearest(name):
        raise BadInput("There is no setting named {name}.", hint="Did you mean {nearest}?", name=name, nearest=near)
    raise BadInput(
        "There is no setting named {name}.", hint="See them all with: desktop-agent settings list", name=name
    )


def nearest(name: str) -> str | None:
    """The name of the setting that ``name`` was probably meant to be, if one is near."""
    import difflib  # 8 ms, and only for a mistake

    found = difflib.get_close_matches(_plain(name), BY_NAME, n=1, cutoff=0.6)
    return found[0] if found else None


def of_group(group: Group) -> tuple[Setting[Any], ...]:
    """The settings on the page of ``group``, in the order shown."""
    return tuple(setting for setting in SETTINGS if setting.group is group)


def _plain(name: str) -> str:
    return name.strip().lower().replace("-", "_")
