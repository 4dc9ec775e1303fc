"""Instead of PyInstaller's own hook, which collects 30 MB of dictionaries that resources/dictionary replaces."""

datas: list[tuple[str, str]] = []
