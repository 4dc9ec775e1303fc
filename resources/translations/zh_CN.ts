<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>desktop_agent.assistant.chat</name>
    <message>
        <location filename="../../desktop_agent/assistant/chat.py"/>
        <source>This conversation is still being answered.</source>
        <translation>这个对话还在回答中。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/assistant/chat.py"/>
        <source>Wait for the answer to end, or stop it first.</source>
        <translation>请等回答结束，或者先停止它。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/assistant/chat.py"/>
        <source>The message is empty.</source>
        <translation>消息是空的。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/assistant/chat.py"/>
        <source>Write something first.</source>
        <translation>请先写点内容。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/assistant/chat.py"/>
        <source>The message has {length} characters; {most} is the most.</source>
        <translation>这条消息有 {length} 个字符，最多只能有 {most} 个。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/assistant/chat.py"/>
        <source>Send it in parts, or only the part that matters.</source>
        <translation>请分成几段发送，或者只发送重要的部分。</translation>
    </message>
</context>
<context>
    <name>desktop_agent.assistant.commands</name>
    <message>
        <location filename="../../desktop_agent/assistant/commands.py"/>
        <source>`/set NAME VALUE` changes a setting, `/get NAME` shows it, `/reset NAME` gives it its default back.

`/remember TEXT` makes a note, `/memory WORDS` finds notes.

Settings: {names}</source>
        <translation>`/set 名称 值` 修改设置，`/get 名称` 查看设置，`/reset 名称` 恢复默认值。

`/remember 内容` 记下一条，`/memory 词语` 查找记忆。

设置：{names}</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/assistant/commands.py"/>
        <source>/set needs a name and a value.</source>
        <translation>/set 需要名称和值。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/assistant/commands.py"/>
        <source>For example: /set temperature 0.5</source>
        <translation>例如：/set temperature 0.5</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/assistant/commands.py"/>
        <source>{name} is {value} ({source}).</source>
        <translation>{name} 的值是 {value}（{source}）。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/assistant/commands.py"/>
        <source>/reset needs the name of a setting.</source>
        <translation>/reset 需要设置的名称。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/assistant/commands.py"/>
        <source>For example: /reset temperature</source>
        <translation>例如：/reset temperature</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/assistant/commands.py"/>
        <source>/remember needs a text.</source>
        <translation>/remember 需要内容。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/assistant/commands.py"/>
        <source>For example: /remember The spare key is with Anna.</source>
        <translation>例如：/remember 备用钥匙在安娜那里。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/assistant/commands.py"/>
        <source>Remembered: {text}</source>
        <translation>已记住：{text}</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/assistant/commands.py"/>
        <source>No note fits that.</source>
        <translation>没有符合的记忆。</translation>
    </message>
</context>
<context>
    <name>desktop_agent.assistant.history</name>
    <message>
        <location filename="../../desktop_agent/assistant/history.py"/>
        <source>The message needs about {tokens} tokens; the context has room for {room}.</source>
        <translation>这条消息约需 {tokens} 个词元，而上下文只能容纳 {room} 个。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/assistant/history.py"/>
        <source>Shorten it, or raise the context length in the settings.</source>
        <translation>请缩短消息，或在设置里加大上下文长度。</translation>
    </message>
</context>
<context>
    <name>desktop_agent.cli</name>
    <message>
        <location filename="../../desktop_agent/cli.py"/>
        <source>--set needs NAME=VALUE, not '{given}'.</source>
        <translation>--set 需要“名称=值”，而不是“{given}”。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/cli.py"/>
        <source>For example: --set theme=dark</source>
        <translation>例如：--set theme=dark</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/cli.py"/>
        <source>An AI assistant that runs on this computer. Without a command it opens its window.</source>
        <translation>在这台电脑上运行的 AI 助手。不带命令时打开窗口。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/cli.py"/>
        <source>COMMAND</source>
        <translation>命令</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/cli.py"/>
        <source>where the program keeps everything</source>
        <translation>程序存放所有内容的文件夹</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/cli.py"/>
        <source>a setting for this run</source>
        <translation>仅本次运行使用的设置</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/cli.py"/>
        <source>one JSON object a line</source>
        <translation>每行一个 JSON 对象</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/cli.py"/>
        <source>one answer for TEXT or for each line of input</source>
        <translation>回答 TEXT，或逐行回答输入</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/cli.py"/>
        <source>go on with this conversation</source>
        <translation>继续这个对话</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/cli.py"/>
        <source>the notes: add, search, list, forget, export, import</source>
        <translation>记忆：添加、查找、列出、忘记、导出、导入</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/cli.py"/>
        <source>VERB</source>
        <translation>操作</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/cli.py"/>
        <source>remember TEXT</source>
        <translation>记住 TEXT</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/cli.py"/>
        <source>the notes that fit TEXT</source>
        <translation>查找符合 TEXT 的记忆</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/cli.py"/>
        <source>all notes, newest first</source>
        <translation>全部记忆，最新的在前</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/cli.py"/>
        <source>delete notes for good</source>
        <translation>彻底删除记忆</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/cli.py"/>
        <source>write all notes to FILE</source>
        <translation>把全部记忆写入 FILE</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/cli.py"/>
        <source>take the notes in FILE</source>
        <translation>导入 FILE 里的记忆</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/cli.py"/>
        <source>the model files: list, import, check, use</source>
        <translation>模型文件：列出、导入、检查、使用</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/cli.py"/>
        <source>the models that can be used</source>
        <translation>可以使用的模型</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/cli.py"/>
        <source>whether FILE is a model that can be used here</source>
        <translation>FILE 是不是这里能用的模型</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/cli.py"/>
        <source>copy FILE to the models of this program</source>
        <translation>把 FILE 复制到本程序的模型文件夹</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/cli.py"/>
        <source>answer with this model from now on; 'guide' is the built-in one</source>
        <translation>从现在起用这个模型回答；guide 是内置向导</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/cli.py"/>
        <source>the settings: list, get, set, reset</source>
        <translation>设置：列出、查看、修改、恢复默认</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/cli.py"/>
        <source>every setting with its value</source>
        <translation>全部设置及其值</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/cli.py"/>
        <source>one value</source>
        <translation>一个值</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/cli.py"/>
        <source>store a value</source>
        <translation>保存一个值</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/cli.py"/>
        <source>give settings their defaults back</source>
        <translation>恢复默认值</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/cli.py"/>
        <source>at least 1, not {number}</source>
        <translation>至少为 1，不能是 {number}</translation>
    </message>
</context>
<context>
    <name>desktop_agent.frontends</name>
    <message>
        <location filename="../../desktop_agent/frontends.py"/>
        <source>There is no display here, so the window cannot open. Chat in the terminal with: desktop-agent chat</source>
        <translation>这里没有显示屏，无法打开窗口。可以在终端里聊天：desktop-agent chat</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/frontends.py"/>
        <source>The window needs a part that is missing: {reason}. Chat in the terminal with: desktop-agent chat</source>
        <translation>窗口缺少一个组件：{reason}。可以在终端里聊天：desktop-agent chat</translation>
    </message>
</context>
<context>
    <name>desktop_agent.inference.gguf</name>
    <message>
        <location filename="../../desktop_agent/inference/gguf.py"/>
        <source>{file} could not be read: {reason}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../desktop_agent/inference/gguf.py"/>
        <source>Copy it to another disk and try again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../desktop_agent/inference/gguf.py"/>
        <source>There is no model file {path}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../desktop_agent/inference/gguf.py"/>
        <source>It may have been moved or deleted. Choose it again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../desktop_agent/inference/gguf.py"/>
        <source>{file} is a folder, not a model file.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../desktop_agent/inference/gguf.py"/>
        <source>Choose the .gguf file inside it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../desktop_agent/inference/gguf.py"/>
        <source>{file} is not an ordinary file.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../desktop_agent/inference/gguf.py"/>
        <source>Choose a .gguf file.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../desktop_agent/inference/gguf.py"/>
        <source>{file} is empty.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../desktop_agent/inference/gguf.py"/>
        <source>Download it again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../desktop_agent/inference/gguf.py"/>
        <source>This account may not read {file}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../desktop_agent/inference/gguf.py"/>
        <source>Copy it into a folder of your own and choose it there.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../desktop_agent/inference/gguf.py"/>
        <source>{file} is cut off: its end is missing.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../desktop_agent/inference/gguf.py"/>
        <source>It was probably not downloaded completely. Download it again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../desktop_agent/inference/gguf.py"/>
        <source>{file} holds no weights.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../desktop_agent/inference/gguf.py"/>
        <source>Choose the .gguf file of a chat model.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../desktop_agent/inference/gguf.py"/>
        <source>{file} is not a GGUF model.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../desktop_agent/inference/gguf.py"/>
        <source>Choose a file whose name ends in .gguf.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../desktop_agent/inference/gguf.py"/>
        <source>{file} was made for big-endian computers.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../desktop_agent/inference/gguf.py"/>
        <source>Download the usual (little-endian) file.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../desktop_agent/inference/gguf.py"/>
        <source>{file} has GGUF version {version}, which this program cannot read.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../desktop_agent/inference/gguf.py"/>
        <source>Versions {oldest} to {newest} work. Download a newer file or update the program.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../desktop_agent/inference/gguf.py"/>
        <source>{file} uses the number format {kind}, which this program does not know.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../desktop_agent/inference/gguf.py"/>
        <source>Choose another file of this model, such as Q4_K_M.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>desktop_agent.inference.gguf_fields</name>
    <message>
        <location filename="../../desktop_agent/inference/gguf_fields.py"/>
        <source>{file} is damaged.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../desktop_agent/inference/gguf_fields.py"/>
        <source>Download it again or choose another file.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../desktop_agent/inference/gguf_fields.py"/>
        <source>{file} is not a chat model ({kind}).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../desktop_agent/inference/gguf_fields.py"/>
        <source>Choose the .gguf file of a chat model; its name often contains “instruct” or “chat”.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../desktop_agent/inference/gguf_fields.py"/>
        <source>{file} is one part of a model in several files.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../desktop_agent/inference/gguf_fields.py"/>
        <source>Choose a model that is one file.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>desktop_agent.inference.library</name>
    <message>
        <location filename="../../desktop_agent/inference/library.py"/>
        <source>The library that runs models (llama-cpp-python) is missing or does not run on this computer.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../desktop_agent/inference/library.py"/>
        <source>Install the program again.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>desktop_agent.memory.conversations</name>
    <message>
        <location filename="../../desktop_agent/memory/conversations.py"/>
        <source>There is no conversation {id}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../desktop_agent/memory/conversations.py"/>
        <source>It may have been deleted.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../desktop_agent/memory/conversations.py"/>
        <source>There is no message {id}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../desktop_agent/memory/conversations.py"/>
        <source>Its conversation may have been deleted.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>desktop_agent.memory.opening</name>
    <message>
        <location filename="../../desktop_agent/memory/opening.py"/>
        <source>{path} is a folder; the database cannot be there.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../desktop_agent/memory/opening.py"/>
        <source>Move or rename that folder.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../desktop_agent/memory/opening.py"/>
        <source>{path} is damaged.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../desktop_agent/memory/opening.py"/>
        <source>The log says more.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../desktop_agent/memory/opening.py"/>
        <source>The disk is full: {path} could not be written.</source>
        <translation>磁盘已满：无法写入 {path}。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/memory/opening.py"/>
        <source>Free some space and try again.</source>
        <translation>请腾出一些空间再试。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/memory/opening.py"/>
        <source>Another program is writing to {path} and did not finish.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../desktop_agent/memory/opening.py"/>
        <source>Try again in a moment.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../desktop_agent/memory/opening.py"/>
        <source>This account may not write to {path}.</source>
        <translation>当前帐户不能写入 {path}。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/memory/opening.py"/>
        <source>Choose another folder with --folder.</source>
        <translation>请用 --folder 选择别的文件夹。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/memory/opening.py"/>
        <source>{path} could not be opened.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../desktop_agent/memory/opening.py"/>
        <source>Check the folder, or choose another one with --folder.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../desktop_agent/memory/opening.py"/>
        <source>Close the program and start it again: it then puts the newest good copy in its place.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../desktop_agent/memory/opening.py"/>
        <source>{path} could not be used: {reason}.</source>
        <translation>无法使用 {path}：{reason}。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/memory/opening.py"/>
        <source>{path} was written by a newer version of this program and was left as it is.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../desktop_agent/memory/opening.py"/>
        <source>Update the program, or choose another folder with --folder.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../desktop_agent/memory/opening.py"/>
        <source>{path} belongs to another program.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../desktop_agent/memory/opening.py"/>
        <source>The database was damaged and there was no copy of it. It was kept as {file}; a new one was begun.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../desktop_agent/memory/opening.py"/>
        <source>The database was damaged. It was kept as {file}, and the copy of {day} was put in its place: what came after it is missing.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>desktop_agent.runtime.tasks</name>
    <message>
        <location filename="../../desktop_agent/runtime/tasks.py"/>
        <source>There is too much to do: {waiting} tasks are waiting already.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../desktop_agent/runtime/tasks.py"/>
        <source>Try again in a moment.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>desktop_agent.settings.catalogue</name>
    <message>
        <location filename="../../desktop_agent/settings/catalogue.py"/>
        <source>There is no setting named {name}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../desktop_agent/settings/catalogue.py"/>
        <source>Did you mean {nearest}?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../desktop_agent/settings/catalogue.py"/>
        <source>See them all with: desktop-agent settings list</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../desktop_agent/settings/catalogue.py"/>
        <source>General</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../desktop_agent/settings/catalogue.py"/>
        <source>How the window looks and speaks.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../desktop_agent/settings/catalogue.py"/>
        <source>Model</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../desktop_agent/settings/catalogue.py"/>
        <source>Which model answers, and how much of this laptop it may use.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../desktop_agent/settings/catalogue.py"/>
        <source>Performance</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../desktop_agent/settings/catalogue.py"/>
        <source>How much is done at the same time.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../desktop_agent/settings/catalogue.py"/>
        <source>Memory</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../desktop_agent/settings/catalogue.py"/>
        <source>What the assistant remembers, and how much of it a question brings back.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../desktop_agent/settings/catalogue.py"/>
        <source>Local server</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../desktop_agent/settings/catalogue.py"/>
        <source>Answers for other programs on this computer.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../desktop_agent/settings/catalogue.py"/>
        <source>Privacy</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../desktop_agent/settings/catalogue.py"/>
        <source>What is written down on this computer.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../desktop_agent/settings/catalogue.py"/>
        <source>Language</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../desktop_agent/settings/catalogue.py"/>
        <source>The language of the window and of messages in a terminal.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../desktop_agent/settings/catalogue.py"/>
        <source>Same as the computer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../desktop_agent/settings/catalogue.py"/>
        <source>English</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../desktop_agent/settings/catalogue.py"/>
        <source>Colours</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../desktop_agent/settings/catalogue.py"/>
        <source>Light or dark.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../desktop_agent/settings/catalogue.py"/>
        <source>Light</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../desktop_agent/settings/catalogue.py"/>
        <source>Dark</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../desktop_agent/settings/catalogue.py"/>
        <source>Text size</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../desktop_agent/settings/catalogue.py"/>
        <source>Larger or smaller text in the whole window.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../desktop_agent/settings/catalogue.py"/>
        <source>The model file (.gguf) that answers. Empty means the built-in guide: it knows this program and your notes only.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../desktop_agent/settings/catalogue.py"/>
        <source>Context length</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../desktop_agent/settings/catalogue.py"/>
        <source>How much of the conversation the model can see. More needs more memory.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../desktop_agent/settings/catalogue.py"/>
        <source>tokens</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../desktop_agent/settings/catalogue.py"/>
        <source>Creativity</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../desktop_agent/settings/catalogue.py"/>
        <source>Low answers are plain and alike, high ones varied and less reliable. 0 always takes the likeliest word.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../desktop_agent/settings/catalogue.py"/>
        <source>Processor threads</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../desktop_agent/settings/catalogue.py"/>
        <source>How many processor cores the model uses while it answers.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../desktop_agent/settings/catalogue.py"/>
        <source>Automatic</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../desktop_agent/settings/catalogue.py"/>
        <source>Free memory when idle</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../desktop_agent/settings/catalogue.py"/>
        <source>After this long without a question the model leaves the memory; the next answer loads it again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../desktop_agent/settings/catalogue.py"/>
        <source>minutes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../desktop_agent/settings/catalogue.py"/>
        <source>Never</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../desktop_agent/settings/catalogue.py"/>
        <source>Longest answer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../desktop_agent/settings/catalogue.py"/>
        <source>An answer ends here even when it is not finished.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../desktop_agent/settings/catalogue.py"/>
        <source>Instructions</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../desktop_agent/settings/catalogue.py"/>
        <source>What the model is told at the start of every new conversation. Empty means the program's own words.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../desktop_agent/settings/catalogue.py"/>
        <source>Top P</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../desktop_agent/settings/catalogue.py"/>
        <source>Only the likeliest words that together make up this share are considered. 1 considers all.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../desktop_agent/settings/catalogue.py"/>
        <source>Top K</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../desktop_agent/settings/catalogue.py"/>
        <source>Only this many of the likeliest words are considered. 0 considers all.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../desktop_agent/settings/catalogue.py"/>
        <source>All</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../desktop_agent/settings/catalogue.py"/>
        <source>Min P</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../desktop_agent/settings/catalogue.py"/>
        <source>Words less likely than this share of the likeliest one are left out. 0 leaves none out.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../desktop_agent/settings/catalogue.py"/>
        <source>Against repetition</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../desktop_agent/settings/catalogue.py"/>
        <source>How strongly words that were just used are avoided. 1 means not at all.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../desktop_agent/settings/catalogue.py"/>
        <source>Tasks at the same time</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../desktop_agent/settings/catalogue.py"/>
        <source>Further tasks wait for their turn; answers come before work in the background.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../desktop_agent/settings/catalogue.py"/>
        <source>Tasks that may wait</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../desktop_agent/settings/catalogue.py"/>
        <source>When this many tasks wait, a new one is refused at once with a message.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../desktop_agent/settings/catalogue.py"/>
        <source>Searches kept ready</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../desktop_agent/settings/catalogue.py"/>
        <source>Results of the latest searches in the notes are kept in memory.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../desktop_agent/settings/catalogue.py"/>
        <source>Searches kept for</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../desktop_agent/settings/catalogue.py"/>
        <source>A kept result older than this is searched for again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../desktop_agent/settings/catalogue.py"/>
        <source>seconds</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../desktop_agent/settings/catalogue.py"/>
        <source>Any time</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../desktop_agent/settings/catalogue.py"/>
        <source>Use notes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../desktop_agent/settings/catalogue.py"/>
        <source>Notes that fit a question are shown to the model with it. Each conversation can also do without.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../desktop_agent/settings/catalogue.py"/>
        <source>Make notes by itself</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../desktop_agent/settings/catalogue.py"/>
        <source>Notes what you say about yourself when it holds a name, a date, a number or a liking. "Remember that …" makes a note in any case.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../desktop_agent/settings/catalogue.py"/>
        <source>Notes for a question</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../desktop_agent/settings/catalogue.py"/>
        <source>The most notes that one question brings back.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../desktop_agent/settings/catalogue.py"/>
        <source>None</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../desktop_agent/settings/catalogue.py"/>
        <source>Room for notes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../desktop_agent/settings/catalogue.py"/>
        <source>The most space that notes take in one question. More makes the first word come later.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../desktop_agent/settings/catalogue.py"/>
        <source>Earlier messages</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../desktop_agent/settings/catalogue.py"/>
        <source>How many earlier messages of a conversation the model sees. Important ones stay the longest.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../desktop_agent/settings/catalogue.py"/>
        <source>messages</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../desktop_agent/settings/catalogue.py"/>
        <source>Log detail</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../desktop_agent/settings/catalogue.py"/>
        <source>How much the program writes to its log on this computer. Messages and notes are never in it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../desktop_agent/settings/catalogue.py"/>
        <source>Errors only</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../desktop_agent/settings/catalogue.py"/>
        <source>Errors and warnings</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../desktop_agent/settings/catalogue.py"/>
        <source>Normal</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../desktop_agent/settings/catalogue.py"/>
        <source>Everything, to find a fault</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../desktop_agent/settings/catalogue.py"/>
        <source>At once.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../desktop_agent/settings/catalogue.py"/>
        <source>From the next answer on.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../desktop_agent/settings/catalogue.py"/>
        <source>When the model is loaded again, which happens before the next answer.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../desktop_agent/settings/catalogue.py"/>
        <source>When the program starts again.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>desktop_agent.settings.setting</name>
    <message>
        <location filename="../../desktop_agent/settings/setting.py"/>
        <source>{name} takes one of {choices}, not '{value}'.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../desktop_agent/settings/setting.py"/>
        <source>{name} takes on or off, not '{value}'.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../desktop_agent/settings/setting.py"/>
        <source>{name} takes text, not '{value}'.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../desktop_agent/settings/setting.py"/>
        <source>{name} takes at most {most} characters, not {count}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../desktop_agent/settings/setting.py"/>
        <source>{name} takes a whole number from {low} to {high}, not '{value}'.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../desktop_agent/settings/setting.py"/>
        <source>{name} takes a number from {low} to {high}, not '{value}'.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>desktop_agent.settings.store</name>
    <message>
        <location filename="../../desktop_agent/settings/store.py"/>
        <source>default</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../desktop_agent/settings/store.py"/>
        <source>settings file</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../desktop_agent/settings/store.py"/>
        <source>environment</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../desktop_agent/settings/store.py"/>
        <source>command line</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../desktop_agent/settings/store.py"/>
        <source>The change to {name} is stored, but {variable} decides here: {value} stays in force.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../desktop_agent/settings/store.py"/>
        <source>The change to {name} is stored, but the command line decides here: {value} stays in force.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../desktop_agent/settings/store.py"/>
        <source>{name} is now {value}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../desktop_agent/settings/store.py"/>
        <source>The settings file {file} is damaged ({reason}).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../desktop_agent/settings/store.py"/>
        <source>It was kept as {place}; the default settings are used.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../desktop_agent/settings/store.py"/>
        <source>There is no setting named {name}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../desktop_agent/settings/store.py"/>
        <source>Did you mean {nearest}?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../desktop_agent/settings/store.py"/>
        <source>There is no setting for {variable}.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>desktop_agent.system</name>
    <message>
        <location filename="../../desktop_agent/system.py"/>
        <source>The disk is full: {path} could not be written.</source>
        <translation>磁盘已满：无法写入 {path}。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/system.py"/>
        <source>Free some space and try again.</source>
        <translation>请腾出一些空间再试。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/system.py"/>
        <source>This account may not write to {path}.</source>
        <translation>当前帐户不能写入 {path}。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/system.py"/>
        <source>Choose another folder with --folder.</source>
        <translation>请用 --folder 选择别的文件夹。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/system.py"/>
        <source>{path} could not be used: {reason}.</source>
        <translation>无法使用 {path}：{reason}。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/system.py"/>
        <source>There are too many damaged copies of {path}.</source>
        <translation>{path} 的损坏副本太多了。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/system.py"/>
        <source>Delete the old ones.</source>
        <translation>请删除旧的副本。</translation>
    </message>
</context>
<context>
    <name>desktop_agent.terminal.chat</name>
    <message>
        <location filename="../../desktop_agent/terminal/chat.py"/>
        <source>Write a message and press Enter. Ctrl-D ends the chat, /help tells more.</source>
        <translation>输入消息后按回车。Ctrl-D 结束对话，/help 查看更多。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/terminal/chat.py"/>
        <source>Remembered: {text}</source>
        <translation>已记住：{text}</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/terminal/chat.py"/>
        <source>From your notes: {text}</source>
        <translation>来自记忆：{text}</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/terminal/chat.py"/>
        <source>Stopped.</source>
        <translation>已停止。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/terminal/chat.py"/>
        <source>The answer reached its longest length.</source>
        <translation>回答达到了长度上限。</translation>
    </message>
</context>
<context>
    <name>desktop_agent.terminal.memory</name>
    <message>
        <location filename="../../desktop_agent/terminal/memory.py"/>
        <source>The note is empty.</source>
        <translation>记忆内容是空的。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/terminal/memory.py"/>
        <source>Write what to remember.</source>
        <translation>请写下要记住的内容。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/terminal/memory.py"/>
        <source>Remembered: {text}</source>
        <translation>已记住：{text}</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/terminal/memory.py"/>
        <source>No note fits that.</source>
        <translation>没有符合的记忆。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/terminal/memory.py"/>
        <source>There are no notes yet.</source>
        <translation>还没有任何记忆。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/terminal/memory.py"/>
        <source>Forgotten: {text}</source>
        <translation>已忘记：{text}</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/terminal/memory.py"/>
        <source>{count} notes written to {path}.</source>
        <translation>已把 {count} 条记忆写入 {path}。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/terminal/memory.py"/>
        <source>Line {number}: {reason}</source>
        <translation>第 {number} 行：{reason}</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/terminal/memory.py"/>
        <source>{count} notes taken.</source>
        <translation>已导入 {count} 条记忆。</translation>
    </message>
</context>
<context>
    <name>desktop_agent.ui.dates</name>
    <message>
        <location filename="../../desktop_agent/ui/dates.py"/>
        <source>Today</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/dates.py"/>
        <source>Yesterday</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>desktop_agent.ui.memory_dialog</name>
    <message>
        <location filename="../../desktop_agent/ui/memory_dialog.py"/>
        <source>Edit a memory</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/memory_dialog.py"/>
        <source>Add a memory</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/memory_dialog.py"/>
        <source>What to remember</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/memory_dialog.py"/>
        <source>Grandma's birthday is on 12 March.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/memory_dialog.py"/>
        <source>Important: found first</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/memory_dialog.py"/>
        <source>Save</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/memory_dialog.py"/>
        <source>Cancel</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/memory_dialog.py"/>
        <source>Ctrl+Enter saves</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/memory_dialog.py"/>
        <source>One fact in one sentence is found best.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>desktop_agent.ui.memory_tab</name>
    <message>
        <location filename="../../desktop_agent/ui/memory_tab.py"/>
        <source>Search what I remember…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/memory_tab.py"/>
        <source>Search what I remember</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/memory_tab.py"/>
        <source>Export…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/memory_tab.py"/>
        <source>Import…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/memory_tab.py"/>
        <source>＋ Add a memory</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/memory_tab.py"/>
        <source>Add a memory</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/memory_tab.py"/>
        <source>Everything here stays on this laptop, in one file that you can copy or delete.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/memory_tab.py"/>
        <source>Nothing found</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/memory_tab.py"/>
        <source>No memory matches “{text}”.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/memory_tab.py"/>
        <source>Nothing remembered yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/memory_tab.py"/>
        <source>Write “Remember that …” in a chat, or add a memory here.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/memory_tab.py"/>
        <source>Edit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/memory_tab.py"/>
        <source>Not important</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/memory_tab.py"/>
        <source>Important</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/memory_tab.py"/>
        <source>Copy</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/memory_tab.py"/>
        <source>Forget</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/memory_tab.py"/>
        <source>Forgotten: {text}</source>
        <translation>已忘记：{text}</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/memory_tab.py"/>
        <source>Undo</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/memory_tab.py"/>
        <source>Export memories</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/memory_tab.py"/>
        <source>Import memories</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/memory_tab.py"/>
        <source>Memories, one a line (*.jsonl);;All files (*)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/memory_tab.py"/>
        <source>{count} memories written to {file}.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>desktop_agent.ui.notes_model</name>
    <message>
        <location filename="../../desktop_agent/ui/notes_model.py"/>
        <source>What I remember</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/notes_model.py"/>
        <source>Keywords</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/notes_model.py"/>
        <source>From</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/notes_model.py"/>
        <source>When</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/notes_model.py"/>
        <source>Important</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/notes_model.py"/>
        <source>Actions</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/notes_model.py"/>
        <source>Important notes are found first.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/notes_model.py"/>
        <source>Not important</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/notes_model.py"/>
        <source>Enter edits, Delete forgets</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>desktop_agent.ui.notes_view</name>
    <message>
        <location filename="../../desktop_agent/ui/notes_view.py"/>
        <source>Edit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/notes_view.py"/>
        <source>Forget</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/notes_view.py"/>
        <source>What I remember</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>desktop_agent.ui.notice</name>
    <message>
        <location filename="../../desktop_agent/ui/notice.py"/>
        <source>Close</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>desktop_agent.ui.settings_controls</name>
    <message>
        <location filename="../../desktop_agent/ui/settings_controls.py"/>
        <source>On</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/settings_controls.py"/>
        <source>Off</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/settings_controls.py"/>
        <source>Automatic</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>desktop_agent.ui.settings_dialog</name>
    <message>
        <location filename="../../desktop_agent/ui/settings_dialog.py"/>
        <source>Settings</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>desktop_agent.ui.settings_pages</name>
    <message>
        <location filename="../../desktop_agent/ui/settings_pages.py"/>
        <source>Search settings…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/settings_pages.py"/>
        <source>Search settings</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/settings_pages.py"/>
        <source>Pages of the settings</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/settings_pages.py"/>
        <source>About</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/settings_pages.py"/>
        <source>Restore defaults</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/settings_pages.py"/>
        <source>Of this page; nothing is stored before you apply it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/settings_pages.py"/>
        <source>Discard changes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/settings_pages.py"/>
        <source>Apply</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/settings_pages.py"/>
        <source>No setting matches “{text}”.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/settings_pages.py"/>
        <source>, </source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/settings_pages.py"/>
        <source>Saved.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>desktop_agent.ui.settings_row</name>
    <message>
        <location filename="../../desktop_agent/ui/settings_row.py"/>
        <source>not applied yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/settings_row.py"/>
        <source>Back to: {value}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/settings_row.py"/>
        <source>Back to the default</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/settings_row.py"/>
        <source>The environment variable {name} decides this.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/settings_row.py"/>
        <source>The command line decides this (--set {name}=…).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/settings_row.py"/>
        <source>On</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/settings_row.py"/>
        <source>Off</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>desktop_agent.ui.settings_section</name>
    <message>
        <location filename="../../desktop_agent/ui/settings_section.py"/>
        <source>▾ Fewer settings</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/settings_section.py"/>
        <source>▸ More settings ({count})</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>desktop_agent.ui.work</name>
    <message>
        <location filename="../../desktop_agent/ui/work.py"/>
        <source>Something went wrong inside the program. Details are in the log: Settings, About.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
</TS>
