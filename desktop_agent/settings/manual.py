"""The manual page of the settings, made from the catalogue: docs/settings.md.

``python -m desktop_agent.settings.manual docs/settings.md`` writes it.
"""

from __future__ import annotations

from typing import Any

from desktop_agent.settings.catalogue import of_group
from desktop_agent.settings.setting import Group, Setting, digits

HEAD = """\
# Settings

Every setting can be changed in the Settings tab, and by its name in four other ways.
Where several say something, the lower line wins:

| where | how |
|---|---|
| default | as listed below |
| settings file | `settings.toml` in the program's folder; written by the Settings tab, by `/set NAME VALUE` in the chat and by `desktop-agent settings set NAME VALUE` |
| environment | `DESKTOP_AGENT_<NAME>`, for example `DESKTOP_AGENT_CONTEXT_TOKENS=4096` |
| command line | `--set NAME=VALUE`, for one run |

`desktop-agent settings list` shows all values and who decided them, `desktop-agent settings reset NAME` goes back to the default.
On and off can also be written true and false, yes and no, 1 and 0.
A settings file that cannot be read is renamed and kept; names it does not know and values out of range stay in it and are not used.
"""  # noqa: E501 - a table row cannot be broken


def manual() -> str:
    """The whole page as Markdown, in English."""
    parts = [HEAD]
    for group in Group:
        settings = of_group(group)
        if settings:
            parts.append(f"\n## {group.title}\n\n{group.help}\n")
            parts.extend(_entry(setting) for setting in settings)
    return "".join(parts)


def _entry(setting: Setting[Any]) -> str:
    lines = [
        f"- Value: {_takes(setting)}. Default: {_default(setting)}.",
        f"- Takes effect: {_lowered(setting.applies.value)}",
    ]
    if setting.advanced:
        lines.append("- Shown under Advanced.")
    return "\n".join((f"\n### `{setting.name}`\n", f"**{setting.title}.** {setting.help}\n", *lines)) + "\n"


def _takes(setting: Setting[Any]) -> str:
    if setting.choices:
        named = zip(setting.choices, setting.choice_titles, strict=True)
        return "one of " + ", ".join(f"`{setting.text(value)}` ({title})" for value, title in named)
    if setting.kind is bool:
        return "`on` or `off`"
    if setting.kind is str:
        return f"text of at most {digits(setting.high)} characters"
    kind = "a whole number" if setting.kind is int else "a number"
    unit = f" {setting.unit}" if setting.unit else ""
    zero = f"; 0 means: {_lowered(setting.zero)}" if setting.zero else ""
    return f"{kind} from {digits(setting.low)} to {digits(setting.high)}{unit}{zero}"


def _default(setting: Setting[Any]) -> str:
    text = setting.text(setting.default)
    return f"`{text}`" if text else "empty"


def _lowered(sentence: str) -> str:
    return sentence[:1].lower() + sentence[1:]


if __name__ == "__main__":
    import sys
    from pathlib import Path

    Path(sys.argv[1]).write_text(manual(), "utf-8", newline="\n")
