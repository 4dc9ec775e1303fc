<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>desktop_agent.app</name>
    <message>
        <location filename="../../desktop_agent/app.py"/>
        <source>Reading old messages</source>
        <translation>正在整理旧消息</translation>
    </message>
</context>
<context>
    <name>desktop_agent.arguments</name>
    <message>
        <location filename="../../desktop_agent/arguments.py"/>
        <source>OPTION</source>
        <translation>选项</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/arguments.py"/>
        <source>COMMAND</source>
        <translation>命令</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/arguments.py"/>
        <source>An AI assistant that runs on this computer. Without a command it opens its window; with FILE.gguf that model answers there from now on.</source>
        <translation>在这台电脑上运行的 AI 助手。不带命令时打开窗口；给出 FILE.gguf 时，今后由这个模型回答。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/arguments.py"/>
        <source>More about each command: {command}</source>
        <translation>每个命令的说明：{command}</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/arguments.py"/>
        <source>the version</source>
        <translation>显示版本</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/arguments.py"/>
        <source>open the window, write a picture of it to FILE, and close it</source>
        <translation>打开窗口，把它的图片写入 FILE，然后关闭</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/arguments.py"/>
        <source>the conversations: list, search, export, import, delete, restore</source>
        <translation>对话：list、search、export、import、delete、restore</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/arguments.py"/>
        <source>the notes: add, search, list, edit, star, forget, history, export, import, evaluate</source>
        <translation>记忆：add、search、list、edit、star、forget、history、export、import、evaluate</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/arguments.py"/>
        <source>the models: list, get, check, import, servers, use, remove, move</source>
        <translation>模型：list、get、check、import、servers、use、remove、move</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/arguments.py"/>
        <source>the settings: list, get, set, reset</source>
        <translation>设置：list、get、set、reset</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/arguments.py"/>
        <source>what this computer is, and what is wrong</source>
        <translation>这台电脑的情况，以及哪里有问题</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/arguments.py"/>
        <source>where the program keeps everything</source>
        <translation>程序存放所有内容的文件夹</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/arguments.py"/>
        <source>a setting for this run</source>
        <translation>仅本次运行使用的设置</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/arguments.py"/>
        <source>one JSON object a line</source>
        <translation>每行一个 JSON 对象</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/arguments.py"/>
        <source>--folder needs the name of a folder.</source>
        <translation>--folder 需要一个文件夹名称。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/arguments.py"/>
        <source>Leave it out for the usual one.</source>
        <translation>省略它即使用通常的文件夹。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/arguments.py"/>
        <source>VERB</source>
        <translation>操作</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/arguments.py"/>
        <source>one answer for TEXT or for each line of input</source>
        <translation>回答 TEXT，或逐行回答输入</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/arguments.py"/>
        <source>go on with this conversation</source>
        <translation>继续这个对话</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/arguments.py"/>
        <source>find no notes for this conversation and make none from it</source>
        <translation>不为此对话查找记忆，也不从中记忆</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/arguments.py"/>
        <source>let this model of a connected server answer; what is said in the conversation is sent there</source>
        <translation>让已连接服务器上的这个模型回答；对话内容会发送到那里</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/arguments.py"/>
        <source>a text, Markdown, PDF or Word file for the first question; may be given several times</source>
        <translation>随第一个问题附上的文本、Markdown、PDF 或 Word 文件；可多次使用</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/arguments.py"/>
        <source>measure this computer: four experiments and their report</source>
        <translation>测量这台电脑：四个实验及其报告</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/arguments.py"/>
        <source>in two minutes, less exact</source>
        <translation>两分钟完成，不太精确</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/arguments.py"/>
        <source>where the report goes</source>
        <translation>报告放在哪里</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/arguments.py"/>
        <source>answer other programs, without a window</source>
        <translation>回应其他程序，不打开窗口</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/arguments.py"/>
        <source>the port to answer at; 0 takes a free one</source>
        <translation>使用的端口；0 表示自动选一个空闲的</translation>
    </message>
</context>
<context>
    <name>desktop_agent.assistant.ahead</name>
    <message>
        <location filename="../../desktop_agent/assistant/ahead.py"/>
        <source>Reading ahead: {title}</source>
        <translation>预先读取：{title}</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/assistant/ahead.py"/>
        <source>Keeping what was read</source>
        <translation>保存已读内容</translation>
    </message>
</context>
<context>
    <name>desktop_agent.assistant.answering</name>
    <message>
        <location filename="../../desktop_agent/assistant/answering.py"/>
        <source>Answer: {title}</source>
        <translation>回答：{title}</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/assistant/answering.py"/>
        <source>Only a model can go on with an answer.</source>
        <translation>只有模型才能接着往下回答。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/assistant/answering.py"/>
        <source>Choose a model in the top bar.</source>
        <translation>请在顶栏选择一个模型。</translation>
    </message>
</context>
<context>
    <name>desktop_agent.assistant.attaching</name>
    <message>
        <location filename="../../desktop_agent/assistant/attaching.py"/>
        <source>{file} could not be read in {seconds} seconds.</source>
        <translation>{seconds} 秒内没能读完 {file}。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/assistant/attaching.py"/>
        <source>Attach only the part that matters.</source>
        <translation>只附上需要的那部分。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/assistant/attaching.py"/>
        <source>{file} cannot be read now: no process could be started for it.</source>
        <translation>现在无法读取 {file}：无法启动读取它的进程。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/assistant/attaching.py"/>
        <source>Close other programs.</source>
        <translation>请关闭其他程序。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/assistant/attaching.py"/>
        <source>{file} needs more memory to be read than it may have.</source>
        <translation>读取 {file} 需要的内存超过了允许的上限。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/assistant/attaching.py"/>
        <source>{file} is damaged and cannot be read.</source>
        <translation>{file} 已损坏，无法读取。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/assistant/attaching.py"/>
        <source>Get it once more, or save it again where it comes from.</source>
        <translation>请重新获取，或在原来的程序里重新保存。</translation>
    </message>
</context>
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
        <source>Commands are taken in the window and in the terminal only.</source>
        <translation>命令只能在窗口和终端中使用。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/assistant/chat.py"/>
        <source>Memory is off here, so I did not note that. Switch it on below this chat and tell me again.</source>
        <translation>这里的记忆已关闭，所以我没有记下来。请在对话下方打开记忆，再告诉我一次。</translation>
    </message>
</context>
<context>
    <name>desktop_agent.assistant.checking</name>
    <message>
        <location filename="../../desktop_agent/assistant/checking.py"/>
        <source>The message is empty.</source>
        <translation>消息是空的。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/assistant/checking.py"/>
        <source>Write something first.</source>
        <translation>请先写点内容。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/assistant/checking.py"/>
        <source>The message has {length} characters; {most} is the most.</source>
        <translation>这条消息有 {length} 个字符，最多只能有 {most} 个。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/assistant/checking.py"/>
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
    <name>desktop_agent.assistant.direct</name>
    <message>
        <location filename="../../desktop_agent/assistant/direct.py"/>
        <source>The built-in guide cannot hold its answers to a form.</source>
        <translation>内置向导不能按规定的格式回答。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/assistant/direct.py"/>
        <source>Choose a model: desktop-agent model use FILE.</source>
        <translation>请选择一个模型：desktop-agent model use 文件。</translation>
    </message>
</context>
<context>
    <name>desktop_agent.assistant.finding</name>
    <message>
        <location filename="../../desktop_agent/assistant/finding.py"/>
        <source>Finding notes</source>
        <translation>查找记忆</translation>
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
</context>
<context>
    <name>desktop_agent.documents.pages</name>
    <message>
        <location filename="../../desktop_agent/documents/pages.py"/>
        <source>{file} is damaged and cannot be read.</source>
        <translation>{file} 已损坏，无法读取。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/documents/pages.py"/>
        <source>Get it once more, or save it again where it comes from.</source>
        <translation>请重新获取，或在原来的程序里重新保存。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/documents/pages.py"/>
        <source>There is no text in {file}, only pictures.</source>
        <translation>{file} 里没有文字，只有图片。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/documents/pages.py"/>
        <source>It was probably scanned. A program that recognises text (OCR) can add it.</source>
        <translation>它可能是扫描件，可以用文字识别（OCR）程序加上文字。</translation>
    </message>
</context>
<context>
    <name>desktop_agent.documents.pdf</name>
    <message>
        <location filename="../../desktop_agent/documents/pdf.py"/>
        <source>{file} is locked with a password.</source>
        <translation>{file} 有密码保护。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/documents/pdf.py"/>
        <source>Remove the password and attach it.</source>
        <translation>请去掉密码后再附上。</translation>
    </message>
</context>
<context>
    <name>desktop_agent.documents.read</name>
    <message>
        <location filename="../../desktop_agent/documents/read.py"/>
        <source>{file} is too large to be read: {size} MB. {most} MB is the most.</source>
        <translation>{file} 太大，无法读取：{size} MB，最多 {most} MB。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/documents/read.py"/>
        <source>Attach only the part that matters.</source>
        <translation>只附上需要的那部分。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/documents/read.py"/>
        <source>{file} is a folder.</source>
        <translation>{file} 是一个文件夹。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/documents/read.py"/>
        <source>Attach the files in it one by one.</source>
        <translation>请逐个添加其中的文件。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/documents/read.py"/>
        <source>{file} is empty.</source>
        <translation>{file} 是空的。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/documents/read.py"/>
        <source>Choose another file.</source>
        <translation>请选择其他文件。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/documents/read.py"/>
        <source>{file} is a model, not a text.</source>
        <translation>{file} 是模型，不是文本。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/documents/read.py"/>
        <source>Choose it as the model in the top bar.</source>
        <translation>请在顶栏把它选为模型。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/documents/read.py"/>
        <source>{file} is in an older format of Word, which cannot be read.</source>
        <translation>{file} 是旧版 Word 格式，无法读取。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/documents/read.py"/>
        <source>Open it in Word or WPS, save it as .docx and attach that.</source>
        <translation>请用 Word 或 WPS 打开，另存为 .docx 后再附上。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/documents/read.py"/>
        <source>{file} is not there any more.</source>
        <translation>{file} 已经不在那里了。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/documents/read.py"/>
        <source>Choose it again where it is now.</source>
        <translation>请到它现在的位置重新选择。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/documents/read.py"/>
        <source>This account may not read {file}.</source>
        <translation>当前账户无权读取 {file}。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/documents/read.py"/>
        <source>Copy it into a folder of your own.</source>
        <translation>请把它复制到您自己的文件夹中。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/documents/read.py"/>
        <source>{file} cannot be opened: {reason}.</source>
        <translation>无法打开 {file}：{reason}。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/documents/read.py"/>
        <source>Is its disk connected?</source>
        <translation>它所在的磁盘连接好了吗？</translation>
    </message>
</context>
<context>
    <name>desktop_agent.documents.text</name>
    <message>
        <location filename="../../desktop_agent/documents/text.py"/>
        <source>{file} is not a text, PDF or Word file.</source>
        <translation>{file} 不是文本、PDF 或 Word 文件。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/documents/text.py"/>
        <source>Attach a .txt, .md, .pdf or .docx file.</source>
        <translation>请附上 .txt、.md、.pdf 或 .docx 文件。</translation>
    </message>
</context>
<context>
    <name>desktop_agent.documents.word</name>
    <message>
        <location filename="../../desktop_agent/documents/word.py"/>
        <source>{file} is not a text, PDF or Word file.</source>
        <translation>{file} 不是文本、PDF 或 Word 文件。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/documents/word.py"/>
        <source>Attach a .txt, .md, .pdf or .docx file.</source>
        <translation>请附上 .txt、.md、.pdf 或 .docx 文件。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/documents/word.py"/>
        <source>{file} is locked with a password.</source>
        <translation>{file} 有密码保护。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/documents/word.py"/>
        <source>Remove the password and attach it.</source>
        <translation>请去掉密码后再附上。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/documents/word.py"/>
        <source>{file} unpacks to {size} MB of text, which is far too much.</source>
        <translation>{file} 解压后有 {size} MB 文字，太多了。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/documents/word.py"/>
        <source>Attach only the part that matters.</source>
        <translation>只附上需要的那部分。</translation>
    </message>
</context>
<context>
    <name>desktop_agent.experiments.cold_start</name>
    <message>
        <location filename="../../desktop_agent/experiments/cold_start.py"/>
        <source>start {number} of {all}</source>
        <translation>第 {number} 次启动，共 {all} 次</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/experiments/cold_start.py"/>
        <source>The program did not start a second time beside this one.</source>
        <translation>程序没能在旁边再启动一次。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/experiments/cold_start.py"/>
        <source>Look into the log for the reason.</source>
        <translation>原因请看日志。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/experiments/cold_start.py"/>
        <source>everything loaded</source>
        <translation>全部预先加载</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/experiments/cold_start.py"/>
        <source>this program</source>
        <translation>本程序</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/experiments/cold_start.py"/>
        <source>start</source>
        <translation>启动</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/experiments/cold_start.py"/>
        <source>median</source>
        <translation>中位数</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/experiments/cold_start.py"/>
        <source>memory</source>
        <translation>内存</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/experiments/cold_start.py"/>
        <source>paper</source>
        <translation>论文</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/experiments/cold_start.py"/>
        <source>within {percent:.0f} %</source>
        <translation>相差 {percent:.0f} % 以内</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/experiments/cold_start.py"/>
        <source>Starting</source>
        <translation>启动</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/experiments/cold_start.py"/>
        <source>Start of a process until its parts are open and a question could be asked, without the window.</source>
        <translation>从进程启动到各部分就绪、可以提问为止，不含窗口。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/experiments/cold_start.py"/>
        <source>Everything loaded: every module but the window, the built-in model, the words of the search.</source>
        <translation>全部预先加载：除窗口外的所有模块、内置模型、搜索用的词典。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/experiments/cold_start.py"/>
        <source>The files were read once before, so the disk matters little; processors: {count}.</source>
        <translation>文件事先已读过一遍，磁盘影响很小；处理器数：{count}。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/experiments/cold_start.py"/>
        <source>Start, {ratio} sooner</source>
        <translation>启动，快 {ratio}</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/experiments/cold_start.py"/>
        <source>Start</source>
        <translation>启动</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/experiments/cold_start.py"/>
        <source>seconds</source>
        <translation>秒</translation>
    </message>
</context>
<context>
    <name>desktop_agent.experiments.isolation</name>
    <message>
        <location filename="../../desktop_agent/experiments/isolation.py"/>
        <source>{count} calls, round {number}</source>
        <translation>{count} 次调用，第 {number} 轮</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/experiments/isolation.py"/>
        <source>{count} calls</source>
        <translation>{count} 次调用</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/experiments/isolation.py"/>
        <source>blocking calls in threads</source>
        <translation>线程中的阻塞调用</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/experiments/isolation.py"/>
        <source>one call alone</source>
        <translation>单独一次调用</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/experiments/isolation.py"/>
        <source>the built-in model</source>
        <translation>内置模型</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/experiments/isolation.py"/>
        <source>one after the other</source>
        <translation>逐个进行</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/experiments/isolation.py"/>
        <source>this program</source>
        <translation>本程序</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/experiments/isolation.py"/>
        <source>Many calls at once</source>
        <translation>同时进行多次调用</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/experiments/isolation.py"/>
        <source>Calls at once</source>
        <translation>同时调用</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/experiments/isolation.py"/>
        <source>workload</source>
        <translation>负载</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/experiments/isolation.py"/>
        <source>sooner</source>
        <translation>快</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/experiments/isolation.py"/>
        <source>paper</source>
        <translation>论文</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/experiments/isolation.py"/>
        <source>What the program adds</source>
        <translation>程序本身增加的时间</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/experiments/isolation.py"/>
        <source>what</source>
        <translation>项目</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/experiments/isolation.py"/>
        <source>the paper: {side}</source>
        <translation>论文：{side}</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/experiments/isolation.py"/>
        <source>the paper: asynchronous</source>
        <translation>论文：异步</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/experiments/isolation.py"/>
        <source>seconds</source>
        <translation>秒</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/experiments/isolation.py"/>
        <source>Ten calls take {low} to {high} ms each, evenly spread.</source>
        <translation>十次调用每次需要 {low} 到 {high} 毫秒，均匀分布。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/experiments/isolation.py"/>
        <source>So do the hundred.</source>
        <translation>一百次调用也是如此。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/experiments/isolation.py"/>
        <source>The hundred take {ms} ms each.</source>
        <translation>一百次调用每次需要 {ms} 毫秒。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/experiments/isolation.py"/>
        <source>Closed loop: all calls are made at the same moment and waited for; both sides make the same ones.</source>
        <translation>闭环：所有调用同时发出并等待完成；两边的调用相同。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/experiments/isolation.py"/>
        <source>Backend: a waiting server in a process of its own, over loopback; at most {limit} calls at once.</source>
        <translation>后端：独立进程中的等待服务器，经本机回环连接；同时最多 {limit} 次调用。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/experiments/isolation.py"/>
        <source>{count} calls that block, {threads} threads</source>
        <translation>{count} 次阻塞调用，{threads} 个线程</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/experiments/isolation.py"/>
        <source>one call of {ms} ms: extra time</source>
        <translation>一次 {ms} 毫秒的调用：额外时间</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/experiments/isolation.py"/>
        <source>one question to the built-in model</source>
        <translation>向内置模型提一个问题</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/experiments/isolation.py"/>
        <source>{count} questions at once to the built-in model</source>
        <translation>同时向内置模型提 {count} 个问题</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/experiments/isolation.py"/>
        <source>meanwhile, a 5 ms timer was late (p99)</source>
        <translation>期间 5 毫秒定时器的延迟（p99）</translation>
    </message>
</context>
<context>
    <name>desktop_agent.experiments.keeping</name>
    <message>
        <location filename="../../desktop_agent/experiments/keeping.py"/>
        <source>cache off</source>
        <translation>不用缓存</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/experiments/keeping.py"/>
        <source>cache of {size}</source>
        <translation>缓存 {size} 条</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/experiments/keeping.py"/>
        <source>The memory experiment did not end.</source>
        <translation>内存实验没有结束。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/experiments/keeping.py"/>
        <source>Try again while nothing else is running.</source>
        <translation>请在没有其他程序运行时再试。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/experiments/keeping.py"/>
        <source>off</source>
        <translation>关闭</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/experiments/keeping.py"/>
        <source>cache</source>
        <translation>缓存</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/experiments/keeping.py"/>
        <source>most memory</source>
        <translation>最高内存</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/experiments/keeping.py"/>
        <source>growth</source>
        <translation>增长</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/experiments/keeping.py"/>
        <source>hit rate</source>
        <translation>命中率</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/experiments/keeping.py"/>
        <source>cached access, ms</source>
        <translation>命中时的访问，毫秒</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/experiments/keeping.py"/>
        <source>uncached access, ms</source>
        <translation>未命中的访问，毫秒</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/experiments/keeping.py"/>
        <source>mean access, ms</source>
        <translation>平均访问，毫秒</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/experiments/keeping.py"/>
        <source>processor</source>
        <translation>处理器</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/experiments/keeping.py"/>
        <source>hit rate with {size} entries</source>
        <translation>{size} 条缓存的命中率</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/experiments/keeping.py"/>
        <source>mean access with the cache, ms</source>
        <translation>使用缓存的平均访问，毫秒</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/experiments/keeping.py"/>
        <source>access without, ms</source>
        <translation>不用缓存的访问，毫秒</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/experiments/keeping.py"/>
        <source>the mean access is sooner by</source>
        <translation>平均访问快</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/experiments/keeping.py"/>
        <source>an access that hits is sooner by</source>
        <translation>命中的访问快</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/experiments/keeping.py"/>
        <source>Memory and cache</source>
        <translation>内存与缓存</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/experiments/keeping.py"/>
        <source>Open loop: {count} accesses a second for {seconds} s, each size in a new process.</source>
        <translation>开环：每秒 {count} 次访问，持续 {seconds} 秒，每种大小用一个新进程。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/experiments/keeping.py"/>
        <source>{keys} keys by Zipf's law with exponent {exponent}; the order is the same for all sizes, and every cache begins empty.</source>
        <translation>{keys} 个键，按指数为 {exponent} 的齐普夫定律分布；各种大小的顺序相同，每个缓存从空开始。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/experiments/keeping.py"/>
        <source>An access that is not in the cache takes {ms} ms; a value has {letters} letters.</source>
        <translation>缓存中没有的访问需要 {ms} 毫秒；每个值有 {letters} 个字符。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/experiments/keeping.py"/>
        <source>Memory is the RSS of the process, once a second; growth from the first second to the highest.</source>
        <translation>内存为进程的 RSS，每秒取一次；增长指从第一秒到最高值。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/experiments/keeping.py"/>
        <source>Memory by size of the cache</source>
        <translation>不同缓存大小的内存</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/experiments/keeping.py"/>
        <source>The cache</source>
        <translation>缓存</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/experiments/keeping.py"/>
        <source>what</source>
        <translation>项目</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/experiments/keeping.py"/>
        <source>this program</source>
        <translation>本程序</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/experiments/keeping.py"/>
        <source>paper</source>
        <translation>论文</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/experiments/keeping.py"/>
        <source>Memory above that of the first second, by size of the cache</source>
        <translation>内存比第一秒多出的部分，按缓存大小</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/experiments/keeping.py"/>
        <source>seconds</source>
        <translation>秒</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/experiments/keeping.py"/>
        <source>Mean access by size of the cache</source>
        <translation>平均访问时间，按缓存大小</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/experiments/keeping.py"/>
        <source>the paper</source>
        <translation>论文</translation>
    </message>
</context>
<context>
    <name>desktop_agent.experiments.load</name>
    <message>
        <location filename="../../desktop_agent/experiments/load.py"/>
        <source>{users} users, one after the other</source>
        <translation>{users} 个用户，逐个处理</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/experiments/load.py"/>
        <source>{users} users</source>
        <translation>{users} 个用户</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/experiments/load.py"/>
        <source>twice of what can be done</source>
        <translation>两倍于处理能力</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/experiments/load.py"/>
        <source>users</source>
        <translation>用户</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/experiments/load.py"/>
        <source>sent</source>
        <translation>已发送</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/experiments/load.py"/>
        <source>errors</source>
        <translation>错误</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/experiments/load.py"/>
        <source>p50, ms</source>
        <translation>p50，毫秒</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/experiments/load.py"/>
        <source>p95, ms</source>
        <translation>p95，毫秒</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/experiments/load.py"/>
        <source>p99, ms</source>
        <translation>p99，毫秒</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/experiments/load.py"/>
        <source>above the call, p99, ms</source>
        <translation>超出调用本身，p99，毫秒</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/experiments/load.py"/>
        <source>processor</source>
        <translation>处理器</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/experiments/load.py"/>
        <source>memory</source>
        <translation>内存</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/experiments/load.py"/>
        <source>answered</source>
        <translation>已回答</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/experiments/load.py"/>
        <source>accepted, but failed</source>
        <translation>已接受但失败</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/experiments/load.py"/>
        <source>refused at once</source>
        <translation>立即拒绝</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/experiments/load.py"/>
        <source>slowest refusal, ms</source>
        <translation>最慢的拒绝，毫秒</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/experiments/load.py"/>
        <source>answered, of what can be done</source>
        <translation>已回答占处理能力</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/experiments/load.py"/>
        <source>users with at most 5 % errors</source>
        <translation>错误不超过 5 % 时的用户数</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/experiments/load.py"/>
        <source>memory from {few} to {many} users</source>
        <translation>从 {few} 到 {many} 个用户的内存</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/experiments/load.py"/>
        <source>processor with {users} users</source>
        <translation>{users} 个用户时的处理器</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/experiments/load.py"/>
        <source>Many users</source>
        <translation>大量用户</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/experiments/load.py"/>
        <source>what</source>
        <translation>项目</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/experiments/load.py"/>
        <source>one after the other</source>
        <translation>逐个进行</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/experiments/load.py"/>
        <source>this program</source>
        <translation>本程序</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/experiments/load.py"/>
        <source>paper</source>
        <translation>论文</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/experiments/load.py"/>
        <source>Users, this program</source>
        <translation>用户，本程序</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/experiments/load.py"/>
        <source>Users, one after the other</source>
        <translation>用户，逐个处理</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/experiments/load.py"/>
        <source>Twice of what can be done</source>
        <translation>两倍于处理能力</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/experiments/load.py"/>
        <source>Errors by number of users</source>
        <translation>不同用户数的错误</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/experiments/load.py"/>
        <source>the paper</source>
        <translation>论文</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/experiments/load.py"/>
        <source>Time to the answer (p95) by number of users</source>
        <translation>不同用户数的回答时间（p95）</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/experiments/load.py"/>
        <source>seconds</source>
        <translation>秒</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/experiments/load.py"/>
        <source>Open loop: each user sends every {every:.0f} s for {seconds:.0f} s, whether an answer came or not.</source>
        <translation>开环：每个用户每 {every:.0f} 秒发送一次，持续 {seconds:.0f} 秒，不管是否收到回答。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/experiments/load.py"/>
        <source>A call takes {low} to {high} ms, evenly spread, the same for both sides.</source>
        <translation>一次调用需要 {low} 到 {high} 毫秒，均匀分布，两边相同。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/experiments/load.py"/>
        <source>Backend: a waiting server in a process of its own, over loopback; at most {limit} calls at once.</source>
        <translation>后端：独立进程中的等待服务器，经本机回环连接；同时最多 {limit} 次调用。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/experiments/load.py"/>
        <source>An answer that takes more than {seconds:.0f} s is an error; its time counts from the moment when it should have been asked for.</source>
        <translation>超过 {seconds:.0f} 秒的回答算错误；时间从本该提问的时刻算起。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/experiments/load.py"/>
        <source>The users are tasks of the same process: their work counts as the program's.</source>
        <translation>用户是同一进程中的任务：他们的开销也算在程序里。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/experiments/load.py"/>
        <source>Overload: {slots} places, {users} users, who may wait {deadline:.0f} s.</source>
        <translation>过载：{slots} 个名额，{users} 个用户，最多等待 {deadline:.0f} 秒。</translation>
    </message>
</context>
<context>
    <name>desktop_agent.experiments.report</name>
    <message>
        <location filename="../../desktop_agent/experiments/report.py"/>
        <source>Desktop Agent: what it does on this computer</source>
        <translation>Desktop Agent：在这台电脑上的表现</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/experiments/report.py"/>
        <source>Version {version}, {when}.</source>
        <translation>版本 {version}，{when}。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/experiments/report.py"/>
        <source>{system}, {processor}, {cores} cores, {ram} MB of RAM, Python {python}.</source>
        <translation>{system}，{processor}，{cores} 核，{ram} MB 内存，Python {python}。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/experiments/report.py"/>
        <source>A quick run: short times, so single figures may be off.</source>
        <translation>快速运行：时间较短，个别数字可能不准。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/experiments/report.py"/>
        <source>Beside this program stands a synchronous one as the paper describes it, measured here, and what the paper reports of its own machine. Tables and figures are numbered through all four experiments.</source>
        <translation>与本程序对照的是论文所述的同步程序（在这台电脑上测得），以及论文在其机器上报告的数字。表和图在四个实验中连续编号。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/experiments/report.py"/>
        <source>Table {number}. {title}</source>
        <translation>表 {number}　{title}</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/experiments/report.py"/>
        <source>Figure {number}. {title}</source>
        <translation>图 {number}　{title}</translation>
    </message>
</context>
<context>
    <name>desktop_agent.experiments.simulated</name>
    <message>
        <location filename="../../desktop_agent/experiments/simulated.py"/>
        <source>The simulated model server did not start.</source>
        <translation>模拟的模型服务器没有启动。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/experiments/simulated.py"/>
        <source>Try again, or look into the log.</source>
        <translation>请再试一次，或查看日志。</translation>
    </message>
</context>
<context>
    <name>desktop_agent.frontends</name>
    <message>
        <location filename="../../desktop_agent/frontends.py"/>
        <source>The figures cannot be painted: {reason}</source>
        <translation>无法绘制图表：{reason}</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/frontends.py"/>
        <source>There is no display here, so the window cannot open. Chat in the terminal with: desktop-agent chat</source>
        <translation>这里没有显示屏，无法打开窗口。可以在终端里聊天：desktop-agent chat</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/frontends.py"/>
        <source>The window needs a part that is missing: {reason} Chat in the terminal with: desktop-agent chat</source>
        <translation>窗口缺少一个部分：{reason} 可以在终端里对话：desktop-agent chat</translation>
    </message>
</context>
<context>
    <name>desktop_agent.inference.constraint</name>
    <message>
        <location filename="../../desktop_agent/inference/constraint.py"/>
        <source>The grammar for this answer is not understood: {reason}.</source>
        <translation>无法理解这个回答所用的语法：{reason}。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/inference/constraint.py"/>
        <source>Check its rules.</source>
        <translation>请检查其中的规则。</translation>
    </message>
</context>
<context>
    <name>desktop_agent.inference.downloads</name>
    <message>
        <location filename="../../desktop_agent/inference/downloads.py"/>
        <source>less than a minute left</source>
        <translation>还剩不到一分钟</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/inference/downloads.py"/>
        <source>{count} min left</source>
        <translation>还剩 {count} 分钟</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/inference/downloads.py"/>
        <source>{hours} h {minutes} min left</source>
        <translation>还剩 {hours} 小时 {minutes} 分钟</translation>
    </message>
</context>
<context>
    <name>desktop_agent.inference.engines</name>
    <message>
        <location filename="../../desktop_agent/inference/engines.py"/>
        <source>No question for {minutes} minutes: the model left the memory.</source>
        <translation>{minutes} 分钟没有提问：模型已从内存中移出。</translation>
    </message>
</context>
<context>
    <name>desktop_agent.inference.fetch</name>
    <message>
        <location filename="../../desktop_agent/inference/fetch.py"/>
        <source>{model} needs {needed} MB on the disk of {folder}, but only {free} MB are free.</source>
        <translation>{model} 需要在 {folder} 所在的磁盘上有 {needed} MB，但只剩 {free} MB。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/inference/fetch.py"/>
        <source>Free some space, or move the folder for models to another disk.</source>
        <translation>请腾出一些空间，或把模型文件夹移到另一个磁盘。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/inference/fetch.py"/>
        <source>No source gives {model}. These were asked: {sources}.</source>
        <translation>没有来源提供 {model}。已询问：{sources}。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/inference/fetch.py"/>
        <source>Try again later, or get the .gguf file elsewhere and open it here. The log says why.</source>
        <translation>请稍后再试，或从别处取得 .gguf 文件再在这里打开。原因记在日志里。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/inference/fetch.py"/>
        <source>What {source} sent is not {model}: its checksum is wrong.</source>
        <translation>{source} 发来的不是 {model}：校验不对。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/inference/fetch.py"/>
        <source>It was set aside and is not used. Try again later or from another source.</source>
        <translation>已放到一边，不会使用。请稍后再试，或换一个下载来源。</translation>
    </message>
</context>
<context>
    <name>desktop_agent.inference.fetch_line</name>
    <message>
        <location filename="../../desktop_agent/inference/fetch_line.py"/>
        <source>{source} does not answer.</source>
        <translation>{source} 没有响应。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/inference/fetch_line.py"/>
        <source>Check the connection to the internet. What came so far is kept.</source>
        <translation>请检查网络连接。已下载的部分会保留。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/inference/fetch_line.py"/>
        <source>The connection to {source} broke.</source>
        <translation>与 {source} 的连接断了。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/inference/fetch_line.py"/>
        <source>{source} changed the file meanwhile.</source>
        <translation>{source} 上的文件在下载途中变了。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/inference/fetch_line.py"/>
        <source>The proxy of this computer ({proxy}) is of a kind that cannot be used for downloads.</source>
        <translation>这台电脑的代理（{proxy}）不是下载能用的类型。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/inference/fetch_line.py"/>
        <source>Set an HTTP proxy, or none, in the network settings of the system.</source>
        <translation>请在系统的网络设置里改用 HTTP 代理，或不用代理。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/inference/fetch_line.py"/>
        <source>{source} has another file than before.</source>
        <translation>{source} 上的文件和之前的不一样。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/inference/fetch_line.py"/>
        <source>{source} is too busy or out of order just now (answer {status}).</source>
        <translation>{source} 现在太忙或出了故障（状态 {status}）。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/inference/fetch_line.py"/>
        <source>What came so far is kept. Try again later or from another source.</source>
        <translation>已下载的部分会保留。请稍后再试，或换一个下载来源。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/inference/fetch_line.py"/>
        <source>{source} does not have the file.</source>
        <translation>{source} 没有这个文件。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/inference/fetch_line.py"/>
        <source>Choose another source on the page Models.</source>
        <translation>请在“模型”页换一个下载来源。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/inference/fetch_line.py"/>
        <source>{source} does not give the file (answer {status}).</source>
        <translation>{source} 不提供这个文件（状态 {status}）。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/inference/fetch_line.py"/>
        <source>The proxy of this computer does not let the program through to {source}.</source>
        <translation>这台电脑的代理不让程序连接 {source}。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/inference/fetch_line.py"/>
        <source>Check the proxy in the network settings of the system.</source>
        <translation>请检查系统网络设置里的代理。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/inference/fetch_line.py"/>
        <source>The connection to {source} is not safe: its certificate was not accepted.</source>
        <translation>与 {source} 的连接不安全：证书没有通过验证。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/inference/fetch_line.py"/>
        <source>Check that the date and time of this computer are right.</source>
        <translation>请检查这台电脑的日期和时间是否正确。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/inference/fetch_line.py"/>
        <source>{source} ({host}) cannot be reached.</source>
        <translation>连接不上 {source}（{host}）。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/inference/fetch_line.py"/>
        <source>{source} has another file under this name.</source>
        <translation>{source} 上同名的文件不是这一个。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/inference/fetch_line.py"/>
        <source>A web page came in the place of the file from {source}.</source>
        <translation>从 {source} 得到的是一个网页，不是文件。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/inference/fetch_line.py"/>
        <source>Some networks want you to sign in first: open any page in a browser and try again.</source>
        <translation>有的网络要先登录：请在浏览器里打开任意网页，然后再试。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/inference/fetch_line.py"/>
        <source>{source} answers in a way that makes no sense.</source>
        <translation>{source} 的回应无法理解。</translation>
    </message>
</context>
<context>
    <name>desktop_agent.inference.fetch_trouble</name>
    <message>
        <location filename="../../desktop_agent/inference/fetch_trouble.py"/>
        <source>The folder for models, {folder}, is not there.</source>
        <translation>模型文件夹 {folder} 不在了。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/inference/fetch_trouble.py"/>
        <source>Connect the drive it is on, or choose another folder on the page Models.</source>
        <translation>请接上它所在的磁盘，或在“模型”页选择另一个文件夹。</translation>
    </message>
</context>
<context>
    <name>desktop_agent.inference.fit</name>
    <message>
        <location filename="../../desktop_agent/inference/fit.py"/>
        <source>{file} needs {needed} MB of memory, but only {free} MB are free.</source>
        <translation>{file} 需要 {needed} MB 内存，但现在只有 {free} MB 可用。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/inference/fit.py"/>
        <source>Close other programs, choose a smaller model, or a context of {tokens} tokens (context_tokens).</source>
        <translation>请关闭其他程序、选择较小的模型，或把上下文（context_tokens）设为 {tokens}。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/inference/fit.py"/>
        <source>Close other programs, or choose a smaller model.</source>
        <translation>请关闭其他程序，或选择较小的模型。</translation>
    </message>
</context>
<context>
    <name>desktop_agent.inference.gguf</name>
    <message>
        <location filename="../../desktop_agent/inference/gguf.py"/>
        <source>{file} could not be read: {reason}.</source>
        <translation>无法读取 {file}：{reason}。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/inference/gguf.py"/>
        <source>Copy it to another disk and try again.</source>
        <translation>请把它复制到另一个磁盘后再试。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/inference/gguf.py"/>
        <source>There is no model file {path}.</source>
        <translation>没有模型文件 {path}。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/inference/gguf.py"/>
        <source>It may have been moved or deleted. Choose it again.</source>
        <translation>它可能已被移动或删除，请重新选择。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/inference/gguf.py"/>
        <source>{file} is a folder, not a model file.</source>
        <translation>{file} 是文件夹，不是模型文件。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/inference/gguf.py"/>
        <source>Choose the .gguf file inside it.</source>
        <translation>请选择其中的 .gguf 文件。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/inference/gguf.py"/>
        <source>{file} is not an ordinary file.</source>
        <translation>{file} 不是普通文件。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/inference/gguf.py"/>
        <source>Choose a .gguf file.</source>
        <translation>请选择一个 .gguf 文件。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/inference/gguf.py"/>
        <source>{file} is empty.</source>
        <translation>{file} 是空的。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/inference/gguf.py"/>
        <source>Download it again.</source>
        <translation>请重新下载。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/inference/gguf.py"/>
        <source>This account may not read {file}.</source>
        <translation>当前账户无权读取 {file}。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/inference/gguf.py"/>
        <source>Copy it into a folder of your own and choose it there.</source>
        <translation>请把它复制到自己的文件夹，再从那里选择。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/inference/gguf.py"/>
        <source>{file} is cut off: its end is missing.</source>
        <translation>{file} 不完整：末尾缺失。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/inference/gguf.py"/>
        <source>It was probably not downloaded completely. Download it again.</source>
        <translation>可能没有下载完整，请重新下载。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/inference/gguf.py"/>
        <source>{file} holds no weights.</source>
        <translation>{file} 中没有权重。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/inference/gguf.py"/>
        <source>Choose the .gguf file of a chat model.</source>
        <translation>请选择对话模型的 .gguf 文件。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/inference/gguf.py"/>
        <source>{file} is not a GGUF model.</source>
        <translation>{file} 不是 GGUF 模型。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/inference/gguf.py"/>
        <source>Choose a file whose name ends in .gguf.</source>
        <translation>请选择文件名以 .gguf 结尾的文件。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/inference/gguf.py"/>
        <source>{file} was made for big-endian computers.</source>
        <translation>{file} 是为大端序计算机制作的。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/inference/gguf.py"/>
        <source>Download the usual (little-endian) file.</source>
        <translation>请下载通常的（小端序）文件。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/inference/gguf.py"/>
        <source>{file} has GGUF version {version}, which this program cannot read.</source>
        <translation>{file} 的 GGUF 版本是 {version}，本程序无法读取。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/inference/gguf.py"/>
        <source>Versions {oldest} to {newest} work. Download a newer file or update the program.</source>
        <translation>支持版本 {oldest} 到 {newest}。请下载较新的文件或更新本程序。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/inference/gguf.py"/>
        <source>{file} uses the number format {kind}, which this program does not know.</source>
        <translation>{file} 使用了本程序不认识的数值格式 {kind}。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/inference/gguf.py"/>
        <source>Choose another file of this model, such as Q4_K_M.</source>
        <translation>请选择该模型的其他文件，例如 Q4_K_M。</translation>
    </message>
</context>
<context>
    <name>desktop_agent.inference.gguf_fields</name>
    <message>
        <location filename="../../desktop_agent/inference/gguf_fields.py"/>
        <source>{file} is damaged.</source>
        <translation>{file} 已损坏。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/inference/gguf_fields.py"/>
        <source>Download it again or choose another file.</source>
        <translation>请重新下载，或选择其他文件。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/inference/gguf_fields.py"/>
        <source>{file} is not a chat model ({kind}).</source>
        <translation>{file} 不是对话模型（{kind}）。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/inference/gguf_fields.py"/>
        <source>Choose the .gguf file of a chat model; its name often contains “instruct” or “chat”.</source>
        <translation>请选择对话模型的 .gguf 文件，其名称中通常含有“instruct”或“chat”。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/inference/gguf_fields.py"/>
        <source>{file} is one part of a model in several files.</source>
        <translation>{file} 只是多文件模型中的一部分。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/inference/gguf_fields.py"/>
        <source>Choose a model that is one file.</source>
        <translation>请选择单个文件的模型。</translation>
    </message>
</context>
<context>
    <name>desktop_agent.inference.guide</name>
    <message>
        <location filename="../../desktop_agent/inference/guide.py"/>
        <source>Built-in guide</source>
        <translation>内置向导</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/inference/guide.py"/>
        <source>Built-in guide (without its model)</source>
        <translation>内置向导（没有模型）</translation>
    </message>
</context>
<context>
    <name>desktop_agent.inference.library</name>
    <message>
        <location filename="../../desktop_agent/inference/library.py"/>
        <source>The library that runs models (llama-cpp-python) is missing or does not run on this computer.</source>
        <translation>运行模型所需的库（llama-cpp-python）缺失，或无法在这台电脑上运行。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/inference/library.py"/>
        <source>Install the program again.</source>
        <translation>请重新安装本程序。</translation>
    </message>
</context>
<context>
    <name>desktop_agent.inference.llama</name>
    <message>
        <location filename="../../desktop_agent/inference/llama.py"/>
        <source>{model} failed while it was computing.</source>
        <translation>{model} 在计算时出错。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/inference/llama.py"/>
        <source>Try again, or choose a smaller context or another model.</source>
        <translation>请重试，或选择较小的上下文或其他模型。</translation>
    </message>
</context>
<context>
    <name>desktop_agent.inference.loading</name>
    <message>
        <location filename="../../desktop_agent/inference/loading.py"/>
        <source>{file} has the architecture {architecture}, which this program does not know.</source>
        <translation>{file} 的架构是 {architecture}，本程序不认识。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/inference/loading.py"/>
        <source>Choose another model, or update the program.</source>
        <translation>请选择其他模型，或更新本程序。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/inference/loading.py"/>
        <source>There is too little memory to load {file}.</source>
        <translation>内存不足，无法加载 {file}。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/inference/loading.py"/>
        <source>Close other programs, or choose a smaller model.</source>
        <translation>请关闭其他程序，或选择较小的模型。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/inference/loading.py"/>
        <source>{file} cannot be used: its contents do not fit together.</source>
        <translation>{file} 无法使用：其内容前后不一致。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/inference/loading.py"/>
        <source>Download it again or choose another model.</source>
        <translation>请重新下载，或选择其他模型。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/inference/loading.py"/>
        <source>{file} cannot answer with a context of {tokens} tokens.</source>
        <translation>{file} 无法用 {tokens} 个词元的上下文回答。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/inference/loading.py"/>
        <source>There may be too little memory: choose a smaller context (context_tokens) or a smaller model.</source>
        <translation>可能是内存不足：请选择较小的上下文（context_tokens）或较小的模型。</translation>
    </message>
</context>
<context>
    <name>desktop_agent.inference.local</name>
    <message>
        <location filename="../../desktop_agent/inference/local.py"/>
        <source>This needs {tokens} tokens, but {model} has room for {room}.</source>
        <translation>这需要 {tokens} 个词元，但 {model} 只能容纳 {room} 个。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/inference/local.py"/>
        <source>Shorten the message, or choose a larger context (context_tokens).</source>
        <translation>请缩短消息，或选择较大的上下文（context_tokens）。</translation>
    </message>
</context>
<context>
    <name>desktop_agent.inference.models</name>
    <message>
        <location filename="../../desktop_agent/inference/models.py"/>
        <source>{file} needs {needed} MB on the disk of {folder}, but only {free} MB are free.</source>
        <translation>{file} 需要 {folder} 所在磁盘上 {needed} MB 的空间，但只剩 {free} MB。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/inference/models.py"/>
        <source>Free some space, or use the file where it is.</source>
        <translation>请腾出一些空间，或直接使用原位置的文件。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/inference/models.py"/>
        <source>{file} changed while it was copied.</source>
        <translation>{file} 在复制过程中发生了变化。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/inference/models.py"/>
        <source>Try again.</source>
        <translation>请重试。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/inference/models.py"/>
        <source>{file} could not be read: {reason}.</source>
        <translation>无法读取 {file}：{reason}。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/inference/models.py"/>
        <source>Copy it to another disk and try again.</source>
        <translation>请把它复制到另一个磁盘后再试。</translation>
    </message>
</context>
<context>
    <name>desktop_agent.inference.moving</name>
    <message>
        <location filename="../../desktop_agent/inference/moving.py"/>
        <source>{folder} lies inside the folder that is to be moved.</source>
        <translation>{folder} 在要移动的文件夹里面。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/inference/moving.py"/>
        <source>Choose another.</source>
        <translation>请选择另一个。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/inference/moving.py"/>
        <source>The models need {needed} MB on the disk of {folder}, but only {free} MB are free.</source>
        <translation>这些模型需要在 {folder} 所在的磁盘上有 {needed} MB，但只剩 {free} MB。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/inference/moving.py"/>
        <source>Free some space, or choose another folder.</source>
        <translation>请腾出一些空间，或选择另一个文件夹。</translation>
    </message>
</context>
<context>
    <name>desktop_agent.inference.offers</name>
    <message>
        <location filename="../../desktop_agent/inference/offers.py"/>
        <source>There is no model named {name} to download.</source>
        <translation>没有叫 {name} 的模型可以下载。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/inference/offers.py"/>
        <source>These can be downloaded: {names}. Any other .gguf file is taken by: desktop-agent model import FILE</source>
        <translation>可以下载的有：{names}。其他 .gguf 文件请用：desktop-agent model import 文件</translation>
    </message>
</context>
<context>
    <name>desktop_agent.inference.plan</name>
    <message>
        <location filename="../../desktop_agent/inference/plan.py"/>
        <source>{file} needs {needed} MB of memory, but this computer has {total} MB.</source>
        <translation>{file} 需要 {needed} MB 内存，但这台电脑只有 {total} MB。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/inference/plan.py"/>
        <source>Choose a smaller model or a smaller context.</source>
        <translation>请选择较小的模型或较小的上下文。</translation>
    </message>
</context>
<context>
    <name>desktop_agent.inference.remote</name>
    <message>
        <location filename="../../desktop_agent/inference/remote.py"/>
        <source>The server {host} gave no answer within {seconds} s.</source>
        <translation>服务器 {host} 在 {seconds} 秒内没有回答。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/inference/remote.py"/>
        <source>It may be busy or still loading the model. server_wait_seconds says how long is waited.</source>
        <translation>它可能正忙，或还在加载模型。等待多久由 server_wait_seconds 决定。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/inference/remote.py"/>
        <source>The server {host} failed {count} times in a row; it is tried again in {seconds} s.</source>
        <translation>服务器 {host} 连续失败了 {count} 次，{seconds} 秒后再试。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/inference/remote.py"/>
        <source>Test the connection on the page of the servers.</source>
        <translation>请在服务器页面上测试连接。</translation>
    </message>
</context>
<context>
    <name>desktop_agent.inference.remote_address</name>
    <message>
        <location filename="../../desktop_agent/inference/remote_address.py"/>
        <source>{address} has a name or a password in it.</source>
        <translation>{address} 里带有用户名或密码。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/inference/remote_address.py"/>
        <source>Leave it out and give the key in the window, or in DESKTOP_AGENT_SERVER_KEY.</source>
        <translation>请去掉它，在窗口里或用 DESKTOP_AGENT_SERVER_KEY 提供密钥。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/inference/remote_address.py"/>
        <source>'{address}' is not the address of a server.</source>
        <translation>“{address}”不是服务器地址。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/inference/remote_address.py"/>
        <source>It looks like http://192.168.1.5:8080 or https://example.org/v1.</source>
        <translation>地址的样子是 http://192.168.1.5:8080 或 https://example.org/v1。</translation>
    </message>
</context>
<context>
    <name>desktop_agent.inference.remote_answer</name>
    <message>
        <location filename="../../desktop_agent/inference/remote_answer.py"/>
        <source>The server {host} sent a line of more than {most} MB.</source>
        <translation>服务器 {host} 发来的一行超过了 {most} MB。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/inference/remote_answer.py"/>
        <source>It is probably no server for language models.</source>
        <translation>它多半不是语言模型的服务器。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/inference/remote_answer.py"/>
        <source>The server {host} sent something that is not an answer.</source>
        <translation>服务器 {host} 发来的内容不是回答。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/inference/remote_answer.py"/>
        <source>Check that the address is that of an OpenAI-compatible server, such as llama-server, Ollama or vLLM.</source>
        <translation>请确认这个地址是与 OpenAI 兼容的服务器，例如 llama-server、Ollama 或 vLLM。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/inference/remote_answer.py"/>
        <source>The server {host} says: {words}</source>
        <translation>服务器 {host} 说：{words}</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/inference/remote_answer.py"/>
        <source>What that means is known to whoever runs the server.</source>
        <translation>这是什么意思，要问运行这台服务器的人。</translation>
    </message>
</context>
<context>
    <name>desktop_agent.inference.remote_attempt</name>
    <message>
        <location filename="../../desktop_agent/inference/remote_attempt.py"/>
        <source>The server {host} sent an empty answer.</source>
        <translation>服务器 {host} 发来的回答是空的。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/inference/remote_attempt.py"/>
        <source>Ask again, or choose another model.</source>
        <translation>请再问一次，或换一个模型。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/inference/remote_attempt.py"/>
        <source>The server {host} hung up.</source>
        <translation>服务器 {host} 断开了连接。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/inference/remote_attempt.py"/>
        <source>Ask again. If it stays so, look at its log.</source>
        <translation>请再问一次。如果仍是这样，请查看它的日志。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/inference/remote_attempt.py"/>
        <source>The server {host} stopped in the middle of the answer.</source>
        <translation>服务器 {host} 回答到一半就停了。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/inference/remote_attempt.py"/>
        <source>What it had said is kept. Try again, or ask the model on this laptop.</source>
        <translation>已经说出的部分会保留。请再试一次，或改问本机的模型。</translation>
    </message>
</context>
<context>
    <name>desktop_agent.inference.remote_client</name>
    <message>
        <location filename="../../desktop_agent/inference/remote_client.py"/>
        <source>The server {host} sends on in a circle.</source>
        <translation>服务器 {host} 的转向绕成了圈。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/inference/remote_client.py"/>
        <source>Ask whoever runs the server for its right address.</source>
        <translation>请向运行这台服务器的人问正确的地址。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/inference/remote_client.py"/>
        <source>The server {host} wants to send the conversation on to {target}; that was not done.</source>
        <translation>服务器 {host} 想把对话转到 {target}，没有照做。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/inference/remote_client.py"/>
        <source>If you trust that address, connect it instead.</source>
        <translation>如果你信任那个地址，请改为连接它。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/inference/remote_client.py"/>
        <source>The server {host} does not accept the key, or wants one.</source>
        <translation>服务器 {host} 不接受这个密钥，或需要密钥。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/inference/remote_client.py"/>
        <source>Give the key on the page of the servers.</source>
        <translation>请在服务器页面上填写密钥。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/inference/remote_client.py"/>
        <source>The conversation is too long for the model on {host}.</source>
        <translation>这段对话对 {host} 上的模型来说太长了。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/inference/remote_client.py"/>
        <source>Shorten the message, or start a new conversation.</source>
        <translation>请缩短消息，或开始新的对话。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/inference/remote_client.py"/>
        <source>The server {host} refused the request ({status}).</source>
        <translation>服务器 {host} 拒绝了请求（{status}）。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/inference/remote_client.py"/>
        <source>Check its address, and that the model is still there.</source>
        <translation>请检查地址，以及模型是否还在。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/inference/remote_client.py"/>
        <source>There is no server named {host}.</source>
        <translation>没有名为 {host} 的服务器。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/inference/remote_client.py"/>
        <source>Check the address, and that this computer is connected to the network.</source>
        <translation>请检查地址，以及这台电脑是否连着网络。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/inference/remote_client.py"/>
        <source>The server {host} cannot be reached.</source>
        <translation>连不上服务器 {host}。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/inference/remote_client.py"/>
        <source>Check that it runs, that the address is right, and that no firewall is between.</source>
        <translation>请确认它在运行、地址正确、中间没有防火墙。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/inference/remote_client.py"/>
        <source>The server {host} did not answer in time.</source>
        <translation>服务器 {host} 没有及时回答。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/inference/remote_client.py"/>
        <source>The server {host} hung up.</source>
        <translation>服务器 {host} 断开了连接。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/inference/remote_client.py"/>
        <source>Ask again. If it stays so, look at its log.</source>
        <translation>请再问一次。如果仍是这样，请查看它的日志。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/inference/remote_client.py"/>
        <source>The server {host} has too much to do.</source>
        <translation>服务器 {host} 太忙了。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/inference/remote_client.py"/>
        <source>Try again later, or ask another one.</source>
        <translation>请稍后再试，或换一台。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/inference/remote_client.py"/>
        <source>The server {host} failed ({status}).</source>
        <translation>服务器 {host} 出错了（{status}）。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/inference/remote_client.py"/>
        <source>Its log says why.</source>
        <translation>原因在它的日志里。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/inference/remote_client.py"/>
        <source>The server {host} failed ({status}): {words}</source>
        <translation>服务器 {host} 出错了（{status}）：{words}</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/inference/remote_client.py"/>
        <source>Its log says more.</source>
        <translation>它的日志里有更多说明。</translation>
    </message>
</context>
<context>
    <name>desktop_agent.inference.remote_tls</name>
    <message>
        <location filename="../../desktop_agent/inference/remote_tls.py"/>
        <source>The file of certificates {file} is not there.</source>
        <translation>证书文件 {file} 不存在。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/inference/remote_tls.py"/>
        <source>Name another one in server_certificate, or leave that empty.</source>
        <translation>请在 server_certificate 中指定另一个文件，或将其留空。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/inference/remote_tls.py"/>
        <source>{file} holds no certificates that can be read.</source>
        <translation>{file} 中没有可读取的证书。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/inference/remote_tls.py"/>
        <source>It should be a PEM file: text with BEGIN CERTIFICATE in it. server_certificate names it.</source>
        <translation>它应是 PEM 文件：含有 BEGIN CERTIFICATE 的文本。该文件由 server_certificate 指定。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/inference/remote_tls.py"/>
        <source>The server {host} does not encrypt its connections.</source>
        <translation>服务器 {host} 不使用加密连接。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/inference/remote_tls.py"/>
        <source>Its address may begin with http://.</source>
        <translation>它的地址可能以 http:// 开头。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/inference/remote_tls.py"/>
        <source>The connection to {host} cannot be encrypted safely.</source>
        <translation>与 {host} 的连接无法安全加密。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/inference/remote_tls.py"/>
        <source>It may be too old, or a firewall may be in between. Ask whoever runs the server.</source>
        <translation>它可能太旧，或中间有防火墙。请询问服务器的管理者。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/inference/remote_tls.py"/>
        <source>The certificate of {host} has run out.</source>
        <translation>{host} 的证书已过期。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/inference/remote_tls.py"/>
        <source>Ask whoever runs the server to renew it. If the clock of this computer is wrong, set it.</source>
        <translation>请服务器的管理者更新证书。如果本机时钟不准，请校正。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/inference/remote_tls.py"/>
        <source>The certificate of {host} is not valid yet.</source>
        <translation>{host} 的证书尚未生效。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/inference/remote_tls.py"/>
        <source>The clock of this computer may be wrong.</source>
        <translation>本机时钟可能不准。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/inference/remote_tls.py"/>
        <source>The certificate of {host} is made for another name.</source>
        <translation>{host} 的证书是为另一个名称签发的。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/inference/remote_tls.py"/>
        <source>Use the name for which it was made as the address.</source>
        <translation>请使用证书上的名称作为地址。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/inference/remote_tls.py"/>
        <source>This computer does not know who vouches for the certificate of {host}.</source>
        <translation>本机不认识为 {host} 的证书作担保的机构。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/inference/remote_tls.py"/>
        <source>If it is your own server, name the file of its certificate in the setting server_certificate.</source>
        <translation>如果是自己的服务器，请在设置 server_certificate 中指定它的证书文件。</translation>
    </message>
</context>
<context>
    <name>desktop_agent.inference.schema</name>
    <message>
        <location filename="../../desktop_agent/inference/schema.py"/>
        <source>The answer cannot be held to this JSON schema: {reason}.</source>
        <translation>无法让回答符合这个 JSON schema：{reason}。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/inference/schema.py"/>
        <source>Simplify the schema, or leave it out and check the answer.</source>
        <translation>请简化 schema，或者不用它并自行检查回答。</translation>
    </message>
</context>
<context>
    <name>desktop_agent.inference.servers</name>
    <message>
        <location filename="../../desktop_agent/inference/servers.py"/>
        <source>The server {host} of this conversation is not connected any more.</source>
        <translation>这段对话用的服务器 {host} 已不再连接。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/inference/servers.py"/>
        <source>Connect it again, or choose another model for this conversation.</source>
        <translation>请重新连接它，或为这段对话另选一个模型。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/inference/servers.py"/>
        <source>The server {host} did not answer in time.</source>
        <translation>服务器 {host} 没有及时回答。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/inference/servers.py"/>
        <source>Check that it runs, that the address is right, and that no firewall is between.</source>
        <translation>请确认它在运行、地址正确、中间没有防火墙。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/inference/servers.py"/>
        <source>The server {host} failed several times: it is left alone for {seconds} s.</source>
        <translation>服务器 {host} 多次失败：{seconds} 秒内不再打扰它。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/inference/servers.py"/>
        <source>The server {host} answers again.</source>
        <translation>服务器 {host} 又能回答了。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/inference/servers.py"/>
        <source>The server {host} has no model.</source>
        <translation>服务器 {host} 上没有模型。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/inference/servers.py"/>
        <source>Load or download one there first, with Ollama for example: ollama pull NAME</source>
        <translation>请先在那里加载或下载一个，例如用 Ollama：ollama pull NAME</translation>
    </message>
</context>
<context>
    <name>desktop_agent.inference.shelf</name>
    <message>
        <location filename="../../desktop_agent/inference/shelf.py"/>
        <source>{file} is not in the folder for models.</source>
        <translation>{file} 不在模型文件夹里。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/inference/shelf.py"/>
        <source>Delete it where it is, if you want to.</source>
        <translation>如果想删除，请到它所在的地方删除。</translation>
    </message>
</context>
<context>
    <name>desktop_agent.inference.trial</name>
    <message>
        <location filename="../../desktop_agent/inference/trial.py"/>
        <source>{file} needs an instruction that this processor does not have.</source>
        <translation>{file} 需要这个处理器没有的指令。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/inference/trial.py"/>
        <source>Choose another model, or install the program again.</source>
        <translation>请选择其他模型，或重新安装本程序。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/inference/trial.py"/>
        <source>{file} ended its trial with a crash ({reason}), so it is not loaded.</source>
        <translation>试运行 {file} 时发生崩溃（{reason}），因此不加载它。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/inference/trial.py"/>
        <source>Download it again or choose another model. Choosing it once more tries it again.</source>
        <translation>请重新下载，或选择其他模型。再次选择它会重新试运行。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/inference/trial.py"/>
        <source>There is too little memory to load {file}.</source>
        <translation>内存不足，无法加载 {file}。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/inference/trial.py"/>
        <source>Close other programs, or choose a smaller model.</source>
        <translation>请关闭其他程序，或选择较小的模型。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/inference/trial.py"/>
        <source>{file} was not ready after {seconds} seconds, so it is not loaded.</source>
        <translation>{file} 在 {seconds} 秒后仍未就绪，因此不加载它。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/inference/trial.py"/>
        <source>The disk may be busy or slow. Choosing it once more tries it again.</source>
        <translation>可能是磁盘繁忙或较慢。再次选择它会重新试运行。</translation>
    </message>
</context>
<context>
    <name>desktop_agent.inference.variants</name>
    <message>
        <location filename="../../desktop_agent/inference/variants.py"/>
        <source>llama.cpp was compiled for this very processor</source>
        <translation>llama.cpp 是专为这颗处理器编译的</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/inference/variants.py"/>
        <source>the quickest there is</source>
        <translation>这是最快的版本</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/inference/variants.py"/>
        <source>the quickest that the settings allow (processor_variant)</source>
        <translation>设置所允许的最快版本（processor_variant）</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/inference/variants.py"/>
        <source>the quickest that runs here</source>
        <translation>这是本机能用的最快版本</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/inference/variants.py"/>
        <source>the quickest that runs here; {name} needs {needs}</source>
        <translation>这是本机能用的最快版本；{name} 需要 {needs}</translation>
    </message>
</context>
<context>
    <name>desktop_agent.installation</name>
    <message>
        <location filename="../../desktop_agent/installation.py"/>
        <source>The list of the program's files, {file}, is missing or damaged.</source>
        <translation>程序的文件清单 {file} 缺失或已损坏。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/installation.py"/>
        <source>Install the program again, into the same folder. Conversations, notes and models stay.</source>
        <translation>请重新安装到同一个文件夹。对话、记忆和模型都会保留。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/installation.py"/>
        <source>A file of the program is missing or not whole: {file}.</source>
        <translation>程序有一个文件缺失或不完整：{file}。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/installation.py"/>
        <source>{count} files of the program are missing or not whole, among them {files}.</source>
        <translation>程序有 {count} 个文件缺失或不完整，其中有 {files}。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/installation.py"/>
        <source>A part of the program could not be loaded: {reason}.</source>
        <translation>程序的一个部分无法加载：{reason}。</translation>
    </message>
</context>
<context>
    <name>desktop_agent.memory.archive</name>
    <message>
        <location filename="../../desktop_agent/memory/archive.py"/>
        <source>{name} does not say how to write it.</source>
        <translation>无法从 {name} 看出要写成什么格式。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/memory/archive.py"/>
        <source>Let its name end in .jsonl, .md or .txt.</source>
        <translation>请让文件名以 .jsonl、.md 或 .txt 结尾。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/memory/archive.py"/>
        <source>New chat</source>
        <translation>新对话</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/memory/archive.py"/>
        <source>No conversation stands before this line.</source>
        <translation>这一行之前没有对话。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/memory/archive.py"/>
        <source>You</source>
        <translation>你</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/memory/archive.py"/>
        <source>Assistant</source>
        <translation>助手</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/memory/archive.py"/>
        <source>attached</source>
        <translation>附件</translation>
    </message>
</context>
<context>
    <name>desktop_agent.memory.archive_lines</name>
    <message>
        <location filename="../../desktop_agent/memory/archive_lines.py"/>
        <source>The line is neither a conversation nor a file nor a message.</source>
        <translation>这一行既不是对话，也不是文件或消息。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/memory/archive_lines.py"/>
        <source>A line with another part of this attached file is missing.</source>
        <translation>缺少此附件另一部分所在的行。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/memory/archive_lines.py"/>
        <source>"{name}" is not what it should be.</source>
        <translation>“{name}”的内容不对。</translation>
    </message>
</context>
<context>
    <name>desktop_agent.memory.conversations</name>
    <message>
        <location filename="../../desktop_agent/memory/conversations.py"/>
        <source>Only the last answer can go on.</source>
        <translation>只有最后一个回答可以继续。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/memory/conversations.py"/>
        <source>Try again gives another answer.</source>
        <translation>“重新生成”会给出另一个回答。</translation>
    </message>
</context>
<context>
    <name>desktop_agent.memory.dictionary</name>
    <message>
        <location filename="../../desktop_agent/memory/dictionary.py"/>
        <source>The dictionary {path} is missing or damaged.</source>
        <translation>词典 {path} 缺失或已损坏。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/memory/dictionary.py"/>
        <source>Install the program again.</source>
        <translation>请重新安装本程序。</translation>
    </message>
</context>
<context>
    <name>desktop_agent.memory.documents</name>
    <message>
        <location filename="../../desktop_agent/memory/documents.py"/>
        <source>There is no attached file {id}.</source>
        <translation>没有编号为 {id} 的附件。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/memory/documents.py"/>
        <source>Attach it again.</source>
        <translation>请重新附上。</translation>
    </message>
</context>
<context>
    <name>desktop_agent.memory.evaluation</name>
    <message>
        <location filename="../../desktop_agent/memory/evaluation.py"/>
        <source>Line {number} of {path} has a question without sources.</source>
        <translation>{path} 第 {number} 行的问题没有来源。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/memory/evaluation.py"/>
        <source>It needs "sources": a list of the "source" of each note that answers.</source>
        <translation>需要 "sources"：列出能回答它的每条记忆的 "source"。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/memory/evaluation.py"/>
        <source>{path} has no questions.</source>
        <translation>{path} 中没有问题。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/memory/evaluation.py"/>
        <source>Add lines with "question" and "sources".</source>
        <translation>请添加带有 "question" 和 "sources" 的行。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/memory/evaluation.py"/>
        <source>Line {number} of {path} has "asked" that is no day.</source>
        <translation>{path} 第 {number} 行的 "asked" 不是日期。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/memory/evaluation.py"/>
        <source>Write it as "2026-03-12", or leave it out.</source>
        <translation>请写成 "2026-03-12"，或者去掉它。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/memory/evaluation.py"/>
        <source>{path} is not there.</source>
        <translation>{path} 不存在。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/memory/evaluation.py"/>
        <source>Check the name.</source>
        <translation>请检查名称。</translation>
    </message>
</context>
<context>
    <name>desktop_agent.memory.exchange</name>
    <message>
        <location filename="../../desktop_agent/memory/exchange.py"/>
        <source>The note has no text.</source>
        <translation>这条记忆没有文字。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/memory/exchange.py"/>
        <source>"{name}" is neither true nor false.</source>
        <translation>“{name}”既不是 true 也不是 false。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/memory/exchange.py"/>
        <source>"{name}" is not a text.</source>
        <translation>“{name}”不是文字。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/memory/exchange.py"/>
        <source>"{name}" is not a list of words.</source>
        <translation>“{name}”不是词语列表。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/memory/exchange.py"/>
        <source>"{name}" is not a moment in time.</source>
        <translation>“{name}”不是一个时间。</translation>
    </message>
</context>
<context>
    <name>desktop_agent.memory.line_files</name>
    <message>
        <location filename="../../desktop_agent/memory/line_files.py"/>
        <source>{path} is not there.</source>
        <translation>{path} 不存在。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/memory/line_files.py"/>
        <source>Check the name.</source>
        <translation>请检查名称。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/memory/line_files.py"/>
        <source>{path} is a folder.</source>
        <translation>{path} 是一个文件夹。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/memory/line_files.py"/>
        <source>Name a file in it.</source>
        <translation>请指定其中的一个文件。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/memory/line_files.py"/>
        <source>The line is longer than {most} bytes.</source>
        <translation>这一行超过 {most} 字节。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/memory/line_files.py"/>
        <source>The line is not UTF-8 text.</source>
        <translation>这一行不是 UTF-8 文字。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/memory/line_files.py"/>
        <source>The line is not JSON.</source>
        <translation>这一行不是 JSON。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/memory/line_files.py"/>
        <source>The line is not a JSON object.</source>
        <translation>这一行不是 JSON 对象。</translation>
    </message>
</context>
<context>
    <name>desktop_agent.memory.message_rows</name>
    <message>
        <location filename="../../desktop_agent/memory/message_rows.py"/>
        <source>There is no message {id}.</source>
        <translation>没有编号为 {id} 的消息。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/memory/message_rows.py"/>
        <source>Its conversation may have been deleted.</source>
        <translation>它所在的对话可能已被删除。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/memory/message_rows.py"/>
        <source>There is no conversation {id}.</source>
        <translation>没有编号为 {id} 的对话。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/memory/message_rows.py"/>
        <source>It may have been deleted.</source>
        <translation>它可能已被删除。</translation>
    </message>
</context>
<context>
    <name>desktop_agent.memory.note_rows</name>
    <message>
        <location filename="../../desktop_agent/memory/note_rows.py"/>
        <source>There is no note {id}.</source>
        <translation>没有编号为 {id} 的记忆。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/memory/note_rows.py"/>
        <source>It may have been forgotten already.</source>
        <translation>它可能已经被忘记。</translation>
    </message>
</context>
<context>
    <name>desktop_agent.memory.notes</name>
    <message>
        <location filename="../../desktop_agent/memory/notes.py"/>
        <source>A note needs some text.</source>
        <translation>记忆需要有文字。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/memory/notes.py"/>
        <source>This note has {letters} letters; the longest has {most}.</source>
        <translation>这条记忆有 {letters} 个字符，最多 {most} 个。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/memory/notes.py"/>
        <source>Split it, or keep it in a file.</source>
        <translation>请分成几条，或保存在文件中。</translation>
    </message>
</context>
<context>
    <name>desktop_agent.memory.opening</name>
    <message>
        <location filename="../../desktop_agent/memory/opening.py"/>
        <source>{path} is a folder; the database cannot be there.</source>
        <translation>{path} 是一个文件夹，数据库不能放在那里。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/memory/opening.py"/>
        <source>Move or rename that folder.</source>
        <translation>请移走或重命名该文件夹。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/memory/opening.py"/>
        <source>{path} is damaged.</source>
        <translation>{path} 已损坏。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/memory/opening.py"/>
        <source>The log says more.</source>
        <translation>详情见日志。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/memory/opening.py"/>
        <source>Another program is writing to {path} and did not finish.</source>
        <translation>另一个程序正在写入 {path}，尚未完成。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/memory/opening.py"/>
        <source>Try again in a moment.</source>
        <translation>请稍后再试。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/memory/opening.py"/>
        <source>{path} could not be opened.</source>
        <translation>无法打开 {path}。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/memory/opening.py"/>
        <source>Check the folder, or choose another one with --folder.</source>
        <translation>请检查该文件夹，或用 --folder 选择另一个。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/memory/opening.py"/>
        <source>Close the program and start it again: it then puts the newest good copy in its place.</source>
        <translation>请关闭程序再重新启动：届时会换上最新的完好备份。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/memory/opening.py"/>
        <source>{path} could not be used: {reason}.</source>
        <translation>无法使用 {path}：{reason}。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/memory/opening.py"/>
        <source>{path} was written by a newer version of this program and was left as it is.</source>
        <translation>{path} 由本程序的更新版本写入，已保持原样。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/memory/opening.py"/>
        <source>Update the program, or choose another folder with --folder.</source>
        <translation>请更新程序，或用 --folder 选择另一个文件夹。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/memory/opening.py"/>
        <source>{path} belongs to another program.</source>
        <translation>{path} 属于另一个程序。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/memory/opening.py"/>
        <source>Choose another folder with --folder.</source>
        <translation>请用 --folder 选择另一个文件夹。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/memory/opening.py"/>
        <source>The database was damaged and there was no copy of it. It was kept as {file}; a new one was begun.</source>
        <translation>数据库已损坏，而且没有备份。损坏的文件保留为 {file}；已新建一个数据库。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/memory/opening.py"/>
        <source>The database was damaged. It was kept as {file}, and the copy of {day} was put in its place: what came after it is missing.</source>
        <translation>数据库已损坏。损坏的文件保留为 {file}，并已换上 {day} 的备份：此后的内容缺失。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/memory/opening.py"/>
        <source>The database was damaged and there was no copy of it. What could be read of it was saved: {conversations} conversations, {messages} messages, {notes} memories. It was kept as {file}.</source>
        <translation>数据库损坏了，也没有它的备份。能读出的内容已救回：{conversations} 个对话、{messages} 条消息、{notes} 条记忆。损坏的文件保留为 {file}。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/memory/opening.py"/>
        <source>The database was damaged. The copy of {day} was put in its place, with what could be read of the rest: {conversations} conversations, {messages} messages, {notes} memories. It was kept as {file}.</source>
        <translation>数据库损坏了。已换上 {day} 的备份，并从损坏的文件中救回了之后的内容：{conversations} 个对话、{messages} 条消息、{notes} 条记忆。损坏的文件保留为 {file}。</translation>
    </message>
</context>
<context>
    <name>desktop_agent.memory.scripts</name>
    <message>
        <location filename="../../desktop_agent/memory/scripts.py"/>
        <source>{file} cannot be read.</source>
        <translation>无法读取 {file}。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/memory/scripts.py"/>
        <source>Install the program again.</source>
        <translation>请重新安装本程序。</translation>
    </message>
</context>
<context>
    <name>desktop_agent.runtime.governor</name>
    <message>
        <location filename="../../desktop_agent/runtime/governor.py"/>
        <source>RAM {percent} %: the model is loaded with a context of {given} instead of {wanted} next time.</source>
        <translation>内存 {percent} %：模型下次加载时上下文为 {given}，而不是 {wanted}。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/runtime/governor.py"/>
        <source>RAM {percent} %: the idle model left the memory, {megabytes} MB freed.</source>
        <translation>内存 {percent} %：闲置的模型已移出内存，腾出 {megabytes} MB。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/runtime/governor.py"/>
        <source>There is room again: the model uses its usual cores.</source>
        <translation>又有余量了：模型恢复使用平常的核心数。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/runtime/governor.py"/>
        <source>There is room again: the next context is as large as the settings say.</source>
        <translation>又有余量了：下次的上下文按设置的大小。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/runtime/governor.py"/>
        <source>There is room again: work in the background goes on.</source>
        <translation>又有余量了：后台工作继续。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/runtime/governor.py"/>
        <source>There is room again: the model is back in the memory.</source>
        <translation>又有余量了：模型回到了内存。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/runtime/governor.py"/>
        <source>The window waited {ms} ms: the model uses one core less.</source>
        <translation>窗口等了 {ms} 毫秒：模型少用一个核心。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/runtime/governor.py"/>
        <source>Other programs use {percent} % of the processor: the model uses one core less.</source>
        <translation>其他程序占用处理器 {percent} %：模型少用一个核心。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/runtime/governor.py"/>
        <source>Battery {percent} %: the model uses one core less.</source>
        <translation>电量 {percent} %：模型少用一个核心。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/runtime/governor.py"/>
        <source>RAM {percent} %: work in the background waits.</source>
        <translation>内存 {percent} %：后台工作暂停。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/runtime/governor.py"/>
        <source>Battery {percent} %: work in the background waits.</source>
        <translation>电量 {percent} %：后台工作暂停。</translation>
    </message>
</context>
<context>
    <name>desktop_agent.runtime.keys</name>
    <message>
        <location filename="../../desktop_agent/runtime/keys.py"/>
        <source>The key is still in the keyring of this computer: it could not be removed there.</source>
        <translation>密钥还在这台电脑的密钥环里：没能删除。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/runtime/keys.py"/>
        <source>Remove it with the program that manages your passwords.</source>
        <translation>请用管理密码的程序删除它。</translation>
    </message>
</context>
<context>
    <name>desktop_agent.runtime.lanes</name>
    <message>
        <location filename="../../desktop_agent/runtime/lanes.py"/>
        <source>There is too much to do: this would have to wait about {seconds} s.</source>
        <translation>现在太忙：这个请求大约要等 {seconds} 秒。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/runtime/lanes.py"/>
        <source>Try again in a moment.</source>
        <translation>请稍后再试。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/runtime/lanes.py"/>
        <source>There is too much to do: {waiting} tasks are waiting already.</source>
        <translation>任务太多：已有 {waiting} 个任务在排队。</translation>
    </message>
</context>
<context>
    <name>desktop_agent.server.core</name>
    <message>
        <location filename="../../desktop_agent/server/core.py"/>
        <source>For a program: {title}</source>
        <translation>为其他程序：{title}</translation>
    </message>
</context>
<context>
    <name>desktop_agent.server.service</name>
    <message>
        <location filename="../../desktop_agent/server/service.py"/>
        <source>Port {port} is used by another program.</source>
        <translation>端口 {port} 正被另一个程序使用。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/server/service.py"/>
        <source>Choose another port in Settings, Local server, or end that program.</source>
        <translation>请在“设置”的“本地服务”中换一个端口，或者结束那个程序。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/server/service.py"/>
        <source>This account may not answer at port {port}.</source>
        <translation>此账户不能使用端口 {port}。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/server/service.py"/>
        <source>Choose a port above 1023; a firewall or another protection program can forbid it too.</source>
        <translation>请选择大于 1023 的端口；防火墙或其他防护软件也可能禁止它。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/server/service.py"/>
        <source>The service cannot answer at {host}, port {port}: {reason}.</source>
        <translation>服务无法使用 {host} 的端口 {port}：{reason}。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/server/service.py"/>
        <source>Choose another port or address in Settings, Local server.</source>
        <translation>请在“设置”的“本地服务”中换一个端口或地址。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/server/service.py"/>
        <source>This computer has no address {host}.</source>
        <translation>这台电脑没有地址 {host}。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/server/service.py"/>
        <source>Use 127.0.0.1 for this computer alone, or 0.0.0.0 for its network.</source>
        <translation>仅供本机使用请填 127.0.0.1，供局域网使用请填 0.0.0.0。</translation>
    </message>
</context>
<context>
    <name>desktop_agent.server.sockets</name>
    <message>
        <location filename="../../desktop_agent/server/sockets.py"/>
        <source>This connection waits for {count} answers already.</source>
        <translation>这个连接已经在等 {count} 个回答。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/server/sockets.py"/>
        <source>Wait for one to end.</source>
        <translation>请等其中一个结束。</translation>
    </message>
</context>
<context>
    <name>desktop_agent.settings.catalogue</name>
    <message>
        <location filename="../../desktop_agent/settings/catalogue.py"/>
        <source>There is no setting named {name}.</source>
        <translation>没有名为 {name} 的设置。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/settings/catalogue.py"/>
        <source>Did you mean {nearest}?</source>
        <translation>是指 {nearest} 吗？</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/settings/catalogue.py"/>
        <source>See them all with: desktop-agent settings list</source>
        <translation>查看全部设置：desktop-agent settings list</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/settings/catalogue.py"/>
        <source>General</source>
        <translation>常规</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/settings/catalogue.py"/>
        <source>How the window looks and speaks.</source>
        <translation>窗口的外观和语言。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/settings/catalogue.py"/>
        <source>Model</source>
        <translation>模型</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/settings/catalogue.py"/>
        <source>Which model answers, and how much of this laptop it may use.</source>
        <translation>由哪个模型回答，以及它可以占用多少电脑资源。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/settings/catalogue.py"/>
        <source>Remote models</source>
        <translation>远程模型</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/settings/catalogue.py"/>
        <source>Models on another computer or in another program, for the conversations you choose.</source>
        <translation>另一台电脑或另一个程序里的模型，只用于你选择的对话。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/settings/catalogue.py"/>
        <source>Performance</source>
        <translation>性能</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/settings/catalogue.py"/>
        <source>How much is done at the same time.</source>
        <translation>同时进行多少工作。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/settings/catalogue.py"/>
        <source>Memory</source>
        <translation>记忆</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/settings/catalogue.py"/>
        <source>What the assistant remembers, and how much of it a question brings back.</source>
        <translation>助手记住什么，以及提问时带回多少。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/settings/catalogue.py"/>
        <source>Local server</source>
        <translation>本地服务</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/settings/catalogue.py"/>
        <source>Answers for other programs on this computer.</source>
        <translation>为这台电脑上的其他程序提供回答。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/settings/catalogue.py"/>
        <source>Privacy</source>
        <translation>隐私</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/settings/catalogue.py"/>
        <source>What is written down on this computer.</source>
        <translation>在本机上记录哪些内容。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/settings/catalogue.py"/>
        <source>Language</source>
        <translation>语言</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/settings/catalogue.py"/>
        <source>The language of the window and of messages in a terminal.</source>
        <translation>窗口和终端消息使用的语言。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/settings/catalogue.py"/>
        <source>Same as the computer</source>
        <translation>与系统一致</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/settings/catalogue.py"/>
        <source>English</source>
        <translation>English</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/settings/catalogue.py"/>
        <source>Colours</source>
        <translation>颜色</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/settings/catalogue.py"/>
        <source>Light or dark.</source>
        <translation>浅色或深色。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/settings/catalogue.py"/>
        <source>Light</source>
        <translation>浅色</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/settings/catalogue.py"/>
        <source>Dark</source>
        <translation>深色</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/settings/catalogue.py"/>
        <source>Text size</source>
        <translation>文字大小</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/settings/catalogue.py"/>
        <source>Larger or smaller text in the whole window.</source>
        <translation>调整整个窗口的文字大小。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/settings/catalogue.py"/>
        <source>Figures below answers</source>
        <translation>回答下方的数字</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/settings/catalogue.py"/>
        <source>How fast an answer came and how long its first word took, in small print.</source>
        <translation>用小字显示回答的速度和首字用时。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/settings/catalogue.py"/>
        <source>Minimise to the notification area</source>
        <translation>最小化到通知区域</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/settings/catalogue.py"/>
        <source>A minimised window leaves the task bar; its icon beside the clock brings it back and tells of long answers.</source>
        <translation>最小化后窗口离开任务栏；时钟旁的图标可以把它叫回来，并提示较长的回答已完成。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/settings/catalogue.py"/>
        <source>Keep the trash for</source>
        <translation>回收站保留</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/settings/catalogue.py"/>
        <source>A deleted chat can be put back for so long; then it goes for good at the next start.</source>
        <translation>删除的对话可以在这段时间内还原；之后下次启动时永久删除。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/settings/catalogue.py"/>
        <source>days</source>
        <translation>天</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/settings/catalogue.py"/>
        <source>Ever</source>
        <translation>永远</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/settings/catalogue.py"/>
        <source>The model file (.gguf) that answers. Empty means the built-in guide: it knows this program and your notes only.</source>
        <translation>用来回答的模型文件（.gguf）。留空表示使用内置向导：它只了解本程序和你的记忆。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/settings/catalogue.py"/>
        <source>Context length</source>
        <translation>上下文长度</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/settings/catalogue.py"/>
        <source>How much of the conversation the model can see. More needs more memory.</source>
        <translation>模型能看到的对话长度。越长占用的内存越多。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/settings/catalogue.py"/>
        <source>tokens</source>
        <translation>个词元</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/settings/catalogue.py"/>
        <source>Creativity</source>
        <translation>创造性</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/settings/catalogue.py"/>
        <source>Low answers are plain and alike, high ones varied and less reliable. 0 always takes the likeliest word.</source>
        <translation>数值低时回答平实、稳定，数值高时更多变但不够可靠。0 表示总是选最可能的词。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/settings/catalogue.py"/>
        <source>Processor threads</source>
        <translation>处理器线程</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/settings/catalogue.py"/>
        <source>How many processor cores the model uses while it answers.</source>
        <translation>模型回答时使用的处理器核心数。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/settings/catalogue.py"/>
        <source>Automatic</source>
        <translation>自动</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/settings/catalogue.py"/>
        <source>Free memory when idle</source>
        <translation>空闲时释放内存</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/settings/catalogue.py"/>
        <source>After this long without a question the model leaves the memory; the next answer loads it again.</source>
        <translation>这么长时间没有提问时，模型会从内存中卸载；下一次回答时再加载。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/settings/catalogue.py"/>
        <source>minutes</source>
        <translation>分钟</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/settings/catalogue.py"/>
        <source>Never</source>
        <translation>从不</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/settings/catalogue.py"/>
        <source>Longest answer</source>
        <translation>最长回答</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/settings/catalogue.py"/>
        <source>An answer ends here even when it is not finished.</source>
        <translation>回答到此长度即结束，即使还没有说完。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/settings/catalogue.py"/>
        <source>Instructions</source>
        <translation>指示</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/settings/catalogue.py"/>
        <source>What the model is told at the start of every new conversation. Empty means the program's own words.</source>
        <translation>每次新对话开始时告诉模型的话。留空表示使用程序自带的内容。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/settings/catalogue.py"/>
        <source>Top P</source>
        <translation>Top P</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/settings/catalogue.py"/>
        <source>Only the likeliest words that together make up this share are considered. 1 considers all.</source>
        <translation>只考虑累计概率达到此比例的最可能的词。1 表示全部考虑。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/settings/catalogue.py"/>
        <source>Top K</source>
        <translation>Top K</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/settings/catalogue.py"/>
        <source>Only this many of the likeliest words are considered. 0 considers all.</source>
        <translation>只考虑这么多个最可能的词。0 表示全部考虑。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/settings/catalogue.py"/>
        <source>All</source>
        <translation>全部</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/settings/catalogue.py"/>
        <source>Min P</source>
        <translation>Min P</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/settings/catalogue.py"/>
        <source>Words less likely than this share of the likeliest one are left out. 0 leaves none out.</source>
        <translation>概率低于最可能的词的这一比例的词不予考虑。0 表示不排除。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/settings/catalogue.py"/>
        <source>Against repetition</source>
        <translation>避免重复</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/settings/catalogue.py"/>
        <source>How strongly words that were just used are avoided. 1 means not at all.</source>
        <translation>避免刚用过的词的力度。1 表示完全不避免。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/settings/catalogue.py"/>
        <source>Precision of the conversation</source>
        <translation>对话的精度</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/settings/catalogue.py"/>
        <source>How exactly the model holds what it has read. Half takes half the memory and makes answers slower; some models can only do it in full.</source>
        <translation>模型保存已读内容的精确程度。减半只占一半内存，但回答会变慢；有些模型只能用完整精度。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/settings/catalogue.py"/>
        <source>Full (f16)</source>
        <translation>完整（f16）</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/settings/catalogue.py"/>
        <source>Half (q8_0)</source>
        <translation>减半（q8_0）</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/settings/catalogue.py"/>
        <source>Low-memory mode</source>
        <translation>省内存模式</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/settings/catalogue.py"/>
        <source>Leaves the model in its file, from where the computer fetches what it needs: much less memory, slower reading. Automatic does so when the memory is short.</source>
        <translation>模型留在文件里，电脑需要多少取多少：占用内存少得多，但阅读变慢。“自动”会在内存不足时这样做。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/settings/catalogue.py"/>
        <source>On</source>
        <translation>开</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/settings/catalogue.py"/>
        <source>Off</source>
        <translation>关</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/settings/catalogue.py"/>
        <source>Folder for models</source>
        <translation>模型文件夹</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/settings/catalogue.py"/>
        <source>Where model files are kept. Empty means the program's own folder. The page Models can move the files as well.</source>
        <translation>模型文件放在哪里。留空表示程序自己的文件夹。在“模型”页可以连文件一起移动。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/settings/catalogue.py"/>
        <source>Download from</source>
        <translation>下载来源</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/settings/catalogue.py"/>
        <source>Which site is asked first for a model. The others are asked when it does not answer; what comes is checked.</source>
        <translation>下载模型时先用哪个网站。它没有响应时会用其他网站；下载的内容都会校验。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/settings/catalogue.py"/>
        <source>ModelScope</source>
        <translation>魔搭社区（ModelScope）</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/settings/catalogue.py"/>
        <source>hf-mirror</source>
        <translation>hf-mirror</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/settings/catalogue.py"/>
        <source>Hugging Face</source>
        <translation>Hugging Face</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/settings/catalogue.py"/>
        <source>Wait for a server</source>
        <translation>等待服务器</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/settings/catalogue.py"/>
        <source>Without a first word after this long, the model on this computer answers instead.</source>
        <translation>超过这个时间还没有第一个字，就改由本机的模型回答。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/settings/catalogue.py"/>
        <source>seconds</source>
        <translation>秒</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/settings/catalogue.py"/>
        <source>Servers</source>
        <translation>服务器</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/settings/catalogue.py"/>
        <source>Addresses of OpenAI-compatible servers (llama-server, Ollama, vLLM), parted by spaces. A conversation is sent to one only when you choose that in it.</source>
        <translation>与 OpenAI 兼容的服务器（llama-server、Ollama、vLLM）的地址，用空格隔开。只有你在对话里选择了，对话才会发送过去。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/settings/catalogue.py"/>
        <source>Context of a server</source>
        <translation>服务器的上下文</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/settings/catalogue.py"/>
        <source>How much of a conversation a server is sent, when it does not tell itself how much it can read.</source>
        <translation>服务器没有说明能读多少时，最多发送对话的这么多内容。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/settings/catalogue.py"/>
        <source>Certificate of a server</source>
        <translation>服务器的证书</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/settings/catalogue.py"/>
        <source>A file (PEM) with certificates that are trusted beside those of this computer: for an https server of your own that nobody else vouches for.</source>
        <translation>含有证书的文件（PEM）。除本机信任的证书外，也信任其中的证书：用于自己的、没有机构担保的 https 服务器。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/settings/catalogue.py"/>
        <source>Tasks at the same time</source>
        <translation>同时进行的任务</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/settings/catalogue.py"/>
        <source>Further tasks wait for their turn; answers come before work in the background.</source>
        <translation>其余任务排队等候；回答优先于后台工作。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/settings/catalogue.py"/>
        <source>Conversations kept ready</source>
        <translation>随时可继续的对话</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/settings/catalogue.py"/>
        <source>Room on the disk for what the model has read, so that an earlier conversation goes on at once. Those not used for the longest time go first.</source>
        <translation>在磁盘上保存模型已读内容的空间，让以前的对话可以立刻继续。最久没用的先删除。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/settings/catalogue.py"/>
        <source>MB</source>
        <translation>MB</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/settings/catalogue.py"/>
        <source>Keep none</source>
        <translation>不保存</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/settings/catalogue.py"/>
        <source>Tasks that may wait</source>
        <translation>可排队的任务</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/settings/catalogue.py"/>
        <source>When this many tasks wait, a new one is refused at once with a message.</source>
        <translation>排队的任务达到此数时，新任务会立即被拒绝并给出提示。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/settings/catalogue.py"/>
        <source>Searches kept ready</source>
        <translation>缓存的搜索</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/settings/catalogue.py"/>
        <source>Results of the latest searches in the notes are kept in memory.</source>
        <translation>最近几次记忆搜索的结果会保留在内存中。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/settings/catalogue.py"/>
        <source>Searches kept for</source>
        <translation>缓存时间</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/settings/catalogue.py"/>
        <source>A kept result older than this is searched for again.</source>
        <translation>超过此时间的结果会重新搜索。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/settings/catalogue.py"/>
        <source>Always</source>
        <translation>始终</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/settings/catalogue.py"/>
        <source>Quicker repeating</source>
        <translation>更快地复述</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/settings/catalogue.py"/>
        <source>Words that stand in the notes, files or earlier messages are computed ahead while an answer repeats them. Answers stay the same. On a computer with a slow processor it may cost time instead.</source>
        <translation>回答复述笔记、文件或之前的消息时，提前计算其中的词。回答保持不变。在处理器很慢的电脑上可能反而更慢。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/settings/catalogue.py"/>
        <source>Processor instructions</source>
        <translation>处理器指令集</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/settings/catalogue.py"/>
        <source>The newest instructions that a model may be computed with. Automatic takes the quickest that this processor has; a lower step helps when the program ends unexpectedly while a model loads.</source>
        <translation>运行模型时最多用到哪一级指令集。“自动”会选这颗处理器支持的最快一级；如果加载模型时程序意外退出，可以改低一级。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/settings/catalogue.py"/>
        <source>AVX-512</source>
        <translation>AVX-512</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/settings/catalogue.py"/>
        <source>AVX-VNNI</source>
        <translation>AVX-VNNI</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/settings/catalogue.py"/>
        <source>AVX2</source>
        <translation>AVX2</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/settings/catalogue.py"/>
        <source>AVX</source>
        <translation>AVX</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/settings/catalogue.py"/>
        <source>SSE4.2</source>
        <translation>SSE4.2</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/settings/catalogue.py"/>
        <source>Use notes</source>
        <translation>使用记忆</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/settings/catalogue.py"/>
        <source>Notes that fit a question are shown to the model with it. Each conversation can also do without.</source>
        <translation>与问题相关的记忆会一并提供给模型。也可以在单个对话中关闭。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/settings/catalogue.py"/>
        <source>Make notes by itself</source>
        <translation>自动记录</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/settings/catalogue.py"/>
        <source>Notes what you say about yourself when it holds a name, a date, a number or a liking. "Remember that …" makes a note in any case.</source>
        <translation>谈到自己并提到姓名、日期、数字或喜好时，自动记下。说“记住……”时总会记下。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/settings/catalogue.py"/>
        <source>Notes for a question</source>
        <translation>每个问题的记忆条数</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/settings/catalogue.py"/>
        <source>The most notes that one question brings back.</source>
        <translation>一个问题最多带回的记忆条数。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/settings/catalogue.py"/>
        <source>None</source>
        <translation>无</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/settings/catalogue.py"/>
        <source>Earlier messages</source>
        <translation>历史消息</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/settings/catalogue.py"/>
        <source>How many earlier messages of a conversation the model sees. Important ones stay the longest.</source>
        <translation>模型能看到的历史消息条数。重要的消息保留得最久。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/settings/catalogue.py"/>
        <source>messages</source>
        <translation>条消息</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/settings/catalogue.py"/>
        <source>Room for files</source>
        <translation>给文件的空间</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/settings/catalogue.py"/>
        <source>The most space that attached files take in one question. A file that fits is shown to the model as a whole, of a longer one the parts that fit the question. More makes the first word come later.</source>
        <translation>一次提问中附件最多占用的空间。放得下的文件全文给模型看，更长的只给与问题相关的部分。越大，首字出现得越晚。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/settings/catalogue.py"/>
        <source>Room for notes</source>
        <translation>记忆所占长度</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/settings/catalogue.py"/>
        <source>The most space that notes take in one question. More makes the first word come later.</source>
        <translation>一个问题中记忆最多占用的长度。越多，第一个字出现得越晚。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/settings/catalogue.py"/>
        <source>Most notes</source>
        <translation>记忆数量上限</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/settings/catalogue.py"/>
        <source>When there are more, those that helped least go at the next start; they are written to a file in the folder "backups" first. Notes with a star always stay.</source>
        <translation>超过时，最少用到的记忆会在下次启动时移除，移除前先写入 backups 文件夹中的一个文件。加星的记忆始终保留。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/settings/catalogue.py"/>
        <source>notes</source>
        <translation>条</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/settings/catalogue.py"/>
        <source>Any number</source>
        <translation>不限</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/settings/catalogue.py"/>
        <source>Answer other programs</source>
        <translation>回应其他程序</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/settings/catalogue.py"/>
        <source>Programs that speak to OpenAI, such as editors and scripts, can ask this assistant instead. Each needs the address and the token above.</source>
        <translation>能连接 OpenAI 的程序（如编辑器和脚本）可以改为向这个助手提问。每个程序都需要上面的地址和令牌。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/settings/catalogue.py"/>
        <source>Port</source>
        <translation>端口</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/settings/catalogue.py"/>
        <source>The number in the address. Take another one when it is in use.</source>
        <translation>地址中的数字。被占用时请换一个。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/settings/catalogue.py"/>
        <source>Any free one</source>
        <translation>任意空闲端口</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/settings/catalogue.py"/>
        <source>Connections at the same time</source>
        <translation>同时连接数</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/settings/catalogue.py"/>
        <source>When so many programs are connected, the next one is told to come again later.</source>
        <translation>达到这个数量后，下一个程序会被告知稍后再来。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/settings/catalogue.py"/>
        <source>Sign of life</source>
        <translation>连接检查</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/settings/catalogue.py"/>
        <source>So often a connected program is asked whether it is still there; when it misses two, the connection is closed.</source>
        <translation>每隔这么久询问已连接的程序是否还在；连续两次没有回应就断开连接。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/settings/catalogue.py"/>
        <source>Longest wait</source>
        <translation>最长等待</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/settings/catalogue.py"/>
        <source>A program whose answer could not begin sooner is told at once when to ask again.</source>
        <translation>如果不能在这段时间内开始回答，程序会立刻被告知何时再问。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/settings/catalogue.py"/>
        <source>Reachable at</source>
        <translation>可访问范围</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/settings/catalogue.py"/>
        <source>127.0.0.1 is this computer alone. 0.0.0.0 is every computer in the network: whoever has the token can then ask, and what is asked and answered crosses the network unencrypted.</source>
        <translation>127.0.0.1 表示仅限这台电脑。0.0.0.0 表示局域网内的每台电脑：有令牌的人都能提问，而且问题和回答在网络上不加密。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/settings/catalogue.py"/>
        <source>Web pages that may ask</source>
        <translation>允许提问的网页</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/settings/catalogue.py"/>
        <source>Addresses of pages, such as https://example.org, parted by spaces. Pages of all other addresses are refused, also when they know the token.</source>
        <translation>网页的地址，例如 https://example.org，用空格分开。其他地址的网页即使知道令牌也会被拒绝。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/settings/catalogue.py"/>
        <source>Log detail</source>
        <translation>日志详细程度</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/settings/catalogue.py"/>
        <source>How much the program writes to its log on this computer. Messages and notes are never in it.</source>
        <translation>程序在本机日志中记录多少内容。日志中绝不包含消息和记忆。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/settings/catalogue.py"/>
        <source>Errors only</source>
        <translation>仅错误</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/settings/catalogue.py"/>
        <source>Errors and warnings</source>
        <translation>错误和警告</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/settings/catalogue.py"/>
        <source>Normal</source>
        <translation>一般</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/settings/catalogue.py"/>
        <source>Everything, to find a fault</source>
        <translation>全部（用于排查问题）</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/settings/catalogue.py"/>
        <source>Look for newer versions</source>
        <translation>检查新版本</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/settings/catalogue.py"/>
        <source>Asks the address below at most once a day, at a start of the window, and shows a link when there is one. Nothing about you or this computer is sent, and nothing is installed.</source>
        <translation>每天最多一次，在打开窗口时询问下面的网址，有新版本就显示一个链接。不发送任何关于你或这台电脑的信息，也不安装任何东西。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/settings/catalogue.py"/>
        <source>Where to look</source>
        <translation>检查的网址</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/settings/catalogue.py"/>
        <source>The address (https://…) of the page that knows the newest version. While it is empty nobody is asked.</source>
        <translation>知道最新版本的网页地址（https://…）。留空就不会询问。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/settings/catalogue.py"/>
        <source>At once.</source>
        <translation>立即生效。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/settings/catalogue.py"/>
        <source>From the next answer on.</source>
        <translation>从下一次回答起生效。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/settings/catalogue.py"/>
        <source>When the model is loaded again, which happens before the next answer.</source>
        <translation>重新加载模型后生效；下一次回答之前会自动重新加载。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/settings/catalogue.py"/>
        <source>When the program starts again.</source>
        <translation>重新启动程序后生效。</translation>
    </message>
</context>
<context>
    <name>desktop_agent.settings.setting</name>
    <message>
        <location filename="../../desktop_agent/settings/setting.py"/>
        <source>{name} takes one of {choices}, not '{value}'.</source>
        <translation>{name} 的值只能是 {choices} 之一，不能是“{value}”。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/settings/setting.py"/>
        <source>Did you mean {near}?</source>
        <translation>是指 {near} 吗？</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/settings/setting.py"/>
        <source>{name} takes on or off, not '{value}'.</source>
        <translation>{name} 的值只能是 on 或 off，不能是“{value}”。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/settings/setting.py"/>
        <source>{name} takes text, not '{value}'.</source>
        <translation>{name} 的值应为文本，不能是“{value}”。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/settings/setting.py"/>
        <source>{name} takes at most {most} characters, not {count}.</source>
        <translation>{name} 最多 {most} 个字符，现有 {count} 个。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/settings/setting.py"/>
        <source>{name} takes a whole number from {low} to {high}, not '{value}'.</source>
        <translation>{name} 的值应为 {low} 到 {high} 之间的整数，不能是“{value}”。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/settings/setting.py"/>
        <source>{name} takes a number from {low} to {high}, not '{value}'.</source>
        <translation>{name} 的值应为 {low} 到 {high} 之间的数，不能是“{value}”。</translation>
    </message>
</context>
<context>
    <name>desktop_agent.settings.store</name>
    <message>
        <location filename="../../desktop_agent/settings/store.py"/>
        <source>default</source>
        <translation>默认</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/settings/store.py"/>
        <source>settings file</source>
        <translation>设置文件</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/settings/store.py"/>
        <source>environment</source>
        <translation>环境变量</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/settings/store.py"/>
        <source>command line</source>
        <translation>命令行</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/settings/store.py"/>
        <source>The change to {name} is stored, but {variable} decides here: {value} stays in force.</source>
        <translation>对 {name} 的更改已保存，但这里由 {variable} 决定：仍使用 {value}。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/settings/store.py"/>
        <source>The change to {name} is stored, but the command line decides here: {value} stays in force.</source>
        <translation>对 {name} 的更改已保存，但这里由命令行决定：仍使用 {value}。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/settings/store.py"/>
        <source>{name} is now empty.</source>
        <translation>{name} 现在为空。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/settings/store.py"/>
        <source>{name} is changed.</source>
        <translation>{name} 已更改。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/settings/store.py"/>
        <source>{name} is now {value}.</source>
        <translation>{name} 现在是 {value}。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/settings/store.py"/>
        <source>This counts from the next answer on.</source>
        <translation>从下一次回答起生效。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/settings/store.py"/>
        <source>This counts when the model is loaded again, before the next answer.</source>
        <translation>下次回答前重新载入模型时生效。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/settings/store.py"/>
        <source>This counts when the program starts again.</source>
        <translation>程序重新启动后生效。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/settings/store.py"/>
        <source>The environment variable {variable} says so; it is not used.</source>
        <translation>这来自环境变量 {variable}，该值未被采用。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/settings/store.py"/>
        <source>The settings file says so; until that is changed, {default} is used.</source>
        <translation>这来自设置文件；在更改之前使用 {default}。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/settings/store.py"/>
        <source>The settings file {file} is damaged ({reason}).</source>
        <translation>设置文件 {file} 已损坏（{reason}）。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/settings/store.py"/>
        <source>It was kept as {place}; the default settings are used.</source>
        <translation>原文件已保留为 {place}；现使用默认设置。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/settings/store.py"/>
        <source>The settings file has a setting {name} that this version does not know; it is kept and not used.</source>
        <translation>设置文件中有此版本不认识的设置 {name}；已保留，但不使用。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/settings/store.py"/>
        <source>Did you mean {nearest}?</source>
        <translation>是指 {nearest} 吗？</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/settings/store.py"/>
        <source>There is no setting for {variable}.</source>
        <translation>没有与 {variable} 对应的设置。</translation>
    </message>
</context>
<context>
    <name>desktop_agent.system</name>
    <message>
        <location filename="../../desktop_agent/system.py"/>
        <source>{path} is a file, and the program needs a folder.</source>
        <translation>{path} 是文件，而程序需要文件夹。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/system.py"/>
        <source>Name another one with --folder.</source>
        <translation>请用 --folder 指定另一个文件夹。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/system.py"/>
        <source>{path} is there already.</source>
        <translation>{path} 已经存在。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/system.py"/>
        <source>Choose another name.</source>
        <translation>请换一个名称。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/system.py"/>
        <source>There is no folder {folder}.</source>
        <translation>没有文件夹 {folder}。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/system.py"/>
        <source>Make it first, or choose another place.</source>
        <translation>请先建立它，或选择别的位置。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/system.py"/>
        <source>{path} could not be used: {reason}.</source>
        <translation>无法使用 {path}：{reason}。</translation>
    </message>
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
        <translation>当前账户不能写入 {path}。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/system.py"/>
        <source>Choose another place (for the program itself: --folder), or change who may write there.</source>
        <translation>请换一个位置（程序自身的文件夹用 --folder 指定），或修改那里的写入权限。</translation>
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
        <source>{file} is very long: only its beginning was taken.</source>
        <translation>{file} 太长，只取了开头部分。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/terminal/chat.py"/>
        <source>Remembered: {text}</source>
        <translation>已记住：{text}</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/terminal/chat.py"/>
        <source>Before, it said: {text}</source>
        <translation>以前的内容：{text}</translation>
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
    <name>desktop_agent.terminal.conversations</name>
    <message>
        <location filename="../../desktop_agent/terminal/conversations.py"/>
        <source>The trash is empty.</source>
        <translation>回收站是空的。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/terminal/conversations.py"/>
        <source>There are no conversations yet.</source>
        <translation>还没有对话。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/terminal/conversations.py"/>
        <source>New chat</source>
        <translation>新对话</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/terminal/conversations.py"/>
        <source>No message has that.</source>
        <translation>没有消息包含它。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/terminal/conversations.py"/>
        <source>{count} conversations written to {file}.</source>
        <translation>已将 {count} 个对话写入 {file}。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/terminal/conversations.py"/>
        <source>{taken} conversations imported, {known} were here already.</source>
        <translation>已导入 {taken} 个对话，其中 {known} 个已经存在。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/terminal/conversations.py"/>
        <source>Conversation {number} is sent to {model} on {host}.</source>
        <translation>对话 {number} 会发送给 {host} 上的 {model}。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/terminal/conversations.py"/>
        <source>Conversation {number} was sent to {model} on {host}. Here it stays on this computer.</source>
        <translation>对话 {number} 原先发送给 {host} 上的 {model}。在这里它只留在本机。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/terminal/conversations.py"/>
        <source>Deleted for good: {title}</source>
        <translation>已永久删除：{title}</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/terminal/conversations.py"/>
        <source>In the trash: {title}</source>
        <translation>已移入回收站：{title}</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/terminal/conversations.py"/>
        <source>Memories forgotten with it: {count}.</source>
        <translation>同时忘记的记忆：{count} 条。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/terminal/conversations.py"/>
        <source>Memories from it that stay: {count}.</source>
        <translation>从中记住并保留的记忆：{count} 条。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/terminal/conversations.py"/>
        <source>Conversation {id} is not in the trash.</source>
        <translation>对话 {id} 不在回收站中。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/terminal/conversations.py"/>
        <source>See what is there with: desktop-agent conversation list --trash</source>
        <translation>查看其中内容：desktop-agent conversation list --trash</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/terminal/conversations.py"/>
        <source>Put back: {title}</source>
        <translation>已还原：{title}</translation>
    </message>
</context>
<context>
    <name>desktop_agent.terminal.doctor</name>
    <message>
        <location filename="../../desktop_agent/terminal/doctor.py"/>
        <source>Nothing is wrong.</source>
        <translation>一切正常。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/terminal/doctor.py"/>
        <source>What is wrong, and what to try:</source>
        <translation>问题和解决办法：</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/terminal/doctor.py"/>
        <source>System</source>
        <translation>系统</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/terminal/doctor.py"/>
        <source>Processor</source>
        <translation>处理器</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/terminal/doctor.py"/>
        <source>{name}, {cores} cores</source>
        <translation>{name}，{cores} 个核心</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/terminal/doctor.py"/>
        <source>RAM</source>
        <translation>内存</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/terminal/doctor.py"/>
        <source>{total} MB, {free} MB free</source>
        <translation>共 {total} MB，空闲 {free} MB</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/terminal/doctor.py"/>
        <source>{folder}, whole</source>
        <translation>{folder}，完整</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/terminal/doctor.py"/>
        <source>{folder}, damaged</source>
        <translation>{folder}，已损坏</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/terminal/doctor.py"/>
        <source>Program</source>
        <translation>程序</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/terminal/doctor.py"/>
        <source>Instruction sets</source>
        <translation>指令集</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/terminal/doctor.py"/>
        <source>Variant</source>
        <translation>计算版本</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/terminal/doctor.py"/>
        <source>{path} could not be used: {reason}.</source>
        <translation>无法使用 {path}：{reason}。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/terminal/doctor.py"/>
        <source>can be written</source>
        <translation>可以写入</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/terminal/doctor.py"/>
        <source>cannot be written</source>
        <translation>不能写入</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/terminal/doctor.py"/>
        <source>Folder</source>
        <translation>文件夹</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/terminal/doctor.py"/>
        <source>Disk</source>
        <translation>磁盘</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/terminal/doctor.py"/>
        <source>{free} MB free</source>
        <translation>空闲 {free} MB</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/terminal/doctor.py"/>
        <source>Only {free} MB are free on the disk of {path}.</source>
        <translation>{path} 所在的磁盘只剩 {free} MB。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/terminal/doctor.py"/>
        <source>Free some space: notes and their daily copies need it.</source>
        <translation>请腾出一些空间：记忆和每天的备份都需要它。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/terminal/doctor.py"/>
        <source>Database</source>
        <translation>数据库</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/terminal/doctor.py"/>
        <source>cannot be used</source>
        <translation>不能使用</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/terminal/doctor.py"/>
        <source>{notes} notes, {conversations} conversations</source>
        <translation>{notes} 条记忆，{conversations} 个对话</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/terminal/doctor.py"/>
        <source>Model</source>
        <translation>模型</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/terminal/doctor.py"/>
        <source>the built-in guide</source>
        <translation>内置向导</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/terminal/doctor.py"/>
        <source>is there</source>
        <translation>已就绪</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/terminal/doctor.py"/>
        <source>is missing</source>
        <translation>不见了</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/terminal/doctor.py"/>
        <source>The built-in model is missing, so the guide answers with passages of the help only.</source>
        <translation>内置模型不见了，向导只能用帮助里的段落来回答。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/terminal/doctor.py"/>
        <source>Install the program again.</source>
        <translation>请重新安装本程序。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/terminal/doctor.py"/>
        <source>Built-in model</source>
        <translation>内置模型</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/terminal/doctor.py"/>
        <source>{file} cannot be used</source>
        <translation>{file} 不能使用</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/terminal/doctor.py"/>
        <source>{file} needs about {needed} MB of memory</source>
        <translation>{file} 大约需要 {needed} MB 内存</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/terminal/doctor.py"/>
        <source>Servers</source>
        <translation>服务器</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/terminal/doctor.py"/>
        <source>none is connected</source>
        <translation>没有连接</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/terminal/doctor.py"/>
        <source>answers in {ms} ms, models: {count}</source>
        <translation>{ms} 毫秒内回应，模型 {count} 个</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/terminal/doctor.py"/>
        <source>does not answer as it should</source>
        <translation>没有正常回应</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/terminal/doctor.py"/>
        <source>Server</source>
        <translation>服务器</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/terminal/doctor.py"/>
        <source>Settings</source>
        <translation>设置</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/terminal/doctor.py"/>
        <source>Log</source>
        <translation>日志</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/terminal/doctor.py"/>
        <source>none that are known</source>
        <translation>没有已知的</translation>
    </message>
</context>
<context>
    <name>desktop_agent.terminal.doing</name>
    <message>
        <location filename="../../desktop_agent/terminal/doing.py"/>
        <source>Waiting: {count} before this</source>
        <translation>正在等待：前面还有 {count} 个</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/terminal/doing.py"/>
        <source>Loading the model: {percent} %</source>
        <translation>正在加载模型：{percent} %</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/terminal/doing.py"/>
        <source>Reading {done} of {total}</source>
        <translation>正在阅读：{done} / {total}</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/terminal/doing.py"/>
        <source>Thinking…</source>
        <translation>正在思考…</translation>
    </message>
</context>
<context>
    <name>desktop_agent.terminal.experiment</name>
    <message>
        <location filename="../../desktop_agent/terminal/experiment.py"/>
        <source>The report is in {folder}.</source>
        <translation>报告在 {folder}。</translation>
    </message>
</context>
<context>
    <name>desktop_agent.terminal.getting</name>
    <message>
        <location filename="../../desktop_agent/terminal/getting.py"/>
        <source>The download was stopped.</source>
        <translation>下载已停止。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/terminal/getting.py"/>
        <source>What came is kept: the same command goes on with it.</source>
        <translation>已下载的部分会保留：再次输入同样的命令即可继续。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/terminal/getting.py"/>
        <source>{name} is here. Use it with: desktop-agent model use {short}</source>
        <translation>{name} 下载好了。使用它：desktop-agent model use {short}</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/terminal/getting.py"/>
        <source>Trying again …</source>
        <translation>正在重试…</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/terminal/getting.py"/>
        <source>{done} of {total} MB</source>
        <translation>{done} / {total} MB</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/terminal/getting.py"/>
        <source>{speed} MB/s</source>
        <translation>{speed} MB/秒</translation>
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
        <source>Before, it said: {text}</source>
        <translation>以前的内容：{text}</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/terminal/memory.py"/>
        <source>It says now: {text}</source>
        <translation>现在是：{text}</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/terminal/memory.py"/>
        <source>Search needs a text or --questions FILE, one of them.</source>
        <translation>查找需要文字或 --questions 文件，二者选一。</translation>
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
        <source>{count} older copies in the folder “backups” still have it.</source>
        <translation>backups 文件夹中还有 {count} 个旧版本的副本保留着它。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/terminal/memory.py"/>
        <source>{count} notes written to {path}.</source>
        <translation>已把 {count} 条记忆写入 {path}。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/terminal/memory.py"/>
        <source>{count} notes taken, {known} were here already, {bad} lines could not be read.</source>
        <translation>导入 {count} 条记忆，{known} 条已经存在，{bad} 行无法读取。</translation>
    </message>
</context>
<context>
    <name>desktop_agent.terminal.models</name>
    <message>
        <location filename="../../desktop_agent/terminal/models.py"/>
        <source>These can be downloaded with: desktop-agent model get NAME</source>
        <translation>以下模型可以下载：desktop-agent model get 名称</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/terminal/models.py"/>
        <source>It is copied. To answer with it: desktop-agent model use {name}</source>
        <translation>已复制。要用它回答：desktop-agent model use {name}</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/terminal/models.py"/>
        <source>The built-in guide belongs to the program: it cannot be deleted.</source>
        <translation>内置向导是程序的一部分，不能删除。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/terminal/models.py"/>
        <source>{name} is not here.</source>
        <translation>这里没有 {name}。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/terminal/models.py"/>
        <source>See what is with: desktop-agent model list</source>
        <translation>查看有哪些：desktop-agent model list</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/terminal/models.py"/>
        <source>What was downloaded of {name} is deleted.</source>
        <translation>{name} 已下载的部分已删除。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/terminal/models.py"/>
        <source>{name} is deleted.</source>
        <translation>{name} 已删除。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/terminal/models.py"/>
        <source>{file} could not be deleted at its old place.</source>
        <translation>{file} 在原来的地方没能删除。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/terminal/models.py"/>
        <source>The models are in {folder}.</source>
        <translation>模型在 {folder}。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/terminal/models.py"/>
        <source>The built-in guide answers from now on.</source>
        <translation>今后由内置向导回答。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/terminal/models.py"/>
        <source>{name} answers from now on.</source>
        <translation>从现在起由 {name} 回答。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/terminal/models.py"/>
        <source>The {source} decides another model for this run.</source>
        <translation>本次运行的模型由{source}决定。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/terminal/models.py"/>
        <source>{size} MB on disk, needs about {needed} MB of memory</source>
        <translation>占磁盘 {size} MB，约需内存 {needed} MB</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/terminal/models.py"/>
        <source>{size} MB to download, needs about {needed} MB of memory</source>
        <translation>下载 {size} MB，约需 {needed} MB 内存</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/terminal/models.py"/>
        <source>about {words} words a second, estimated</source>
        <translation>估计每秒约 {words} 个词</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/terminal/models.py"/>
        <source>{lacks} MB too little on the disk</source>
        <translation>磁盘空间还差 {lacks} MB</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/terminal/models.py"/>
        <source>{done} MB of it are here</source>
        <translation>已下载 {done} MB</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/terminal/models.py"/>
        <source>what is free is not known</source>
        <translation>不知道有多少可用内存</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/terminal/models.py"/>
        <source>{free} MB stay free</source>
        <translation>之后还剩 {free} MB</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/terminal/models.py"/>
        <source>only {free} MB stay free</source>
        <translation>之后只剩 {free} MB</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/terminal/models.py"/>
        <source>{lacks} MB too much; a context of {tokens} tokens fits</source>
        <translation>超出 {lacks} MB；上下文改为 {tokens} 就放得下</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/terminal/models.py"/>
        <source>{lacks} MB too much</source>
        <translation>超出 {lacks} MB</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/terminal/models.py"/>
        <source>Model {weights} MB, conversation of {tokens} tokens {kv} MB, working memory {buffers} MB.</source>
        <translation>模型 {weights} MB，{tokens} 个词元的对话 {kv} MB，运算用内存 {buffers} MB。</translation>
    </message>
</context>
<context>
    <name>desktop_agent.terminal.output</name>
    <message>
        <location filename="../../desktop_agent/terminal/output.py"/>
        <source>The output could not be written: {reason}.</source>
        <translation>无法写出结果：{reason}。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/terminal/output.py"/>
        <source>Free some space, or send it elsewhere.</source>
        <translation>请腾出一些空间，或输出到别处。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/terminal/output.py"/>
        <source>{file} is probably another kind of file: no line of it could be used.</source>
        <translation>{file} 可能是别的类型的文件：没有一行能用。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/terminal/output.py"/>
        <source>Line {number}: {reason}</source>
        <translation>第 {number} 行：{reason}</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/terminal/output.py"/>
        <source>… and {count} more lines.</source>
        <translation>……还有 {count} 行。</translation>
    </message>
</context>
<context>
    <name>desktop_agent.terminal.serve</name>
    <message>
        <location filename="../../desktop_agent/terminal/serve.py"/>
        <source>Answering at {url} (Ctrl-C ends).</source>
        <translation>正在 {url} 上回应（按 Ctrl-C 结束）。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/terminal/serve.py"/>
        <source>Token: {token}</source>
        <translation>令牌：{token}</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/terminal/serve.py"/>
        <source>Other computers use the address of this one in its place. They get through only where the firewall lets them, and nothing is encrypted on the way.</source>
        <translation>其他电脑请改用这台电脑的地址。只有防火墙放行时才能连上，而且传输过程不加密。</translation>
    </message>
</context>
<context>
    <name>desktop_agent.terminal.servers</name>
    <message>
        <location filename="../../desktop_agent/terminal/servers.py"/>
        <source>No server is connected, and none was found at its usual port on this computer.</source>
        <translation>没有连接服务器，本机的常用端口上也没有找到。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/terminal/servers.py"/>
        <source>To connect one: desktop-agent settings set server_address ADDRESS</source>
        <translation>连接服务器：desktop-agent settings set server_address 地址</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/terminal/servers.py"/>
        <source>To connect it: desktop-agent settings set server_address {address}</source>
        <translation>要连接它：desktop-agent settings set server_address {address}</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/terminal/servers.py"/>
        <source>This conversation is sent to {host}.</source>
        <translation>这段对话会发送到 {host}。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/terminal/servers.py"/>
        <source>No connected server has a model named {name}.</source>
        <translation>已连接的服务器都没有名为 {name} 的模型。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/terminal/servers.py"/>
        <source>See them with: desktop-agent model servers</source>
        <translation>查看它们：desktop-agent model servers</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/terminal/servers.py"/>
        <source>found on this computer, not connected: {models}</source>
        <translation>在这台电脑上找到，未连接：{models}</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/terminal/servers.py"/>
        <source>answers in {ms} ms: {models}</source>
        <translation>{ms} 毫秒内回答：{models}</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/terminal/servers.py"/>
        <source>used by {count} conversations</source>
        <translation>{count} 个对话在用</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/terminal/servers.py"/>
        <source>on the server {host}</source>
        <translation>在服务器 {host} 上</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/terminal/servers.py"/>
        <source>reads {count} tokens</source>
        <translation>可读 {count} 个词元</translation>
    </message>
</context>
<context>
    <name>desktop_agent.terminal.usage</name>
    <message>
        <location filename="../../desktop_agent/terminal/usage.py"/>
        <source>what it takes</source>
        <translation>参数</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/terminal/usage.py"/>
        <source>options</source>
        <translation>选项</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/terminal/usage.py"/>
        <source>show this help and end</source>
        <translation>显示此帮助</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/terminal/usage.py"/>
        <source>{message}.</source>
        <translation>{message}。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/terminal/usage.py"/>
        <source>See what it takes with: {program} --help</source>
        <translation>查看用法：{program} --help</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/terminal/usage.py"/>
        <source>usage: </source>
        <translation>用法：</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/terminal/usage.py"/>
        <source>{program} needs {names}.</source>
        <translation>{program} 还需要 {names}。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/terminal/usage.py"/>
        <source>{program} does not know {words}.</source>
        <translation>{program} 不认识 {words}。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/terminal/usage.py"/>
        <source>{argument} is one of {choices}, not '{value}'.</source>
        <translation>{argument} 只能是 {choices} 之一，不能是“{value}”。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/terminal/usage.py"/>
        <source>Did you mean {near}?</source>
        <translation>是指 {near} 吗？</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/terminal/usage.py"/>
        <source>{argument} takes a whole number, not '{value}'.</source>
        <translation>{argument} 需要整数，不能是“{value}”。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/terminal/usage.py"/>
        <source>{argument} needs a value behind it.</source>
        <translation>{argument} 后面需要一个值。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/terminal/usage.py"/>
        <source>{argument} takes no value.</source>
        <translation>{argument} 后面不能有值。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/terminal/usage.py"/>
        <source>{option} could mean {meant}.</source>
        <translation>{option} 可能指 {meant}。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/terminal/usage.py"/>
        <source>Write it out.</source>
        <translation>请写完整。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/terminal/usage.py"/>
        <source>{argument}: {words}.</source>
        <translation>{argument}：{words}。</translation>
    </message>
</context>
<context>
    <name>desktop_agent.terminal.verbs</name>
    <message>
        <location filename="../../desktop_agent/terminal/verbs.py"/>
        <source>--limit takes at least 1, not {number}.</source>
        <translation>--limit 至少为 1，不能是 {number}。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/terminal/verbs.py"/>
        <source>so many at most</source>
        <translation>最多这么多条</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/terminal/verbs.py"/>
        <source>all conversations, pinned ones first</source>
        <translation>全部对话，置顶的在前</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/terminal/verbs.py"/>
        <source>what is in the trash</source>
        <translation>回收站里的内容</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/terminal/verbs.py"/>
        <source>the messages that have the words of TEXT</source>
        <translation>包含 TEXT 中词语的消息</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/terminal/verbs.py"/>
        <source>write conversations to FILE (.jsonl whole, .md or .txt to read); all when no ID is given</source>
        <translation>把对话写入 FILE（.jsonl 完整保存，.md 或 .txt 供阅读）；不给 ID 则全部写入</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/terminal/verbs.py"/>
        <source>take the conversations in FILE</source>
        <translation>导入 FILE 中的对话</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/terminal/verbs.py"/>
        <source>let those that were sent to a server that is connected here go on there</source>
        <translation>让原先发送给服务器的对话继续使用它（须已在本机连接）</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/terminal/verbs.py"/>
        <source>put conversations into the trash</source>
        <translation>把对话移入回收站</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/terminal/verbs.py"/>
        <source>forget what was remembered from them too</source>
        <translation>同时忘记从中记住的内容</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/terminal/verbs.py"/>
        <source>not into the trash: delete them</source>
        <translation>不进回收站，直接删除</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/terminal/verbs.py"/>
        <source>take conversations out of the trash</source>
        <translation>从回收站还原对话</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/terminal/verbs.py"/>
        <source>remember TEXT</source>
        <translation>记住 TEXT</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/terminal/verbs.py"/>
        <source>the notes that fit TEXT</source>
        <translation>查找符合 TEXT 的记忆</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/terminal/verbs.py"/>
        <source>each question of a file instead</source>
        <translation>改为文件中的每个问题</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/terminal/verbs.py"/>
        <source>all notes, newest first</source>
        <translation>全部记忆，最新的在前</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/terminal/verbs.py"/>
        <source>give a note another text</source>
        <translation>修改一条记忆的文字</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/terminal/verbs.py"/>
        <source>mark notes as important: they are never removed by themselves</source>
        <translation>将记忆标为重要：不会被自动删除</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/terminal/verbs.py"/>
        <source>take the mark away</source>
        <translation>取消标记</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/terminal/verbs.py"/>
        <source>delete notes for good</source>
        <translation>彻底删除记忆</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/terminal/verbs.py"/>
        <source>what a note said before</source>
        <translation>一条记忆以前的内容</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/terminal/verbs.py"/>
        <source>how often the right note is found, for a file of notes and questions</source>
        <translation>用记忆和问题的文件，看正确的记忆多常被找到</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/terminal/verbs.py"/>
        <source>also without each part of the search, to see what it is worth</source>
        <translation>再逐个去掉检索的每一部分，看看它值多少</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/terminal/verbs.py"/>
        <source>write all notes to FILE</source>
        <translation>把全部记忆写入 FILE</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/terminal/verbs.py"/>
        <source>take the notes in FILE</source>
        <translation>导入 FILE 里的记忆</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/terminal/verbs.py"/>
        <source>the models that are here and those that can be downloaded</source>
        <translation>已有的模型和可以下载的模型</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/terminal/verbs.py"/>
        <source>download a model of the list, or go on with it</source>
        <translation>下载列表中的模型，或继续下载</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/terminal/verbs.py"/>
        <source>whether FILE is a model that can be used here</source>
        <translation>FILE 是不是这里能用的模型</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/terminal/verbs.py"/>
        <source>copy FILE to the models of this program</source>
        <translation>把 FILE 复制到本程序的模型文件夹</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/terminal/verbs.py"/>
        <source>connected servers, and those found on this computer</source>
        <translation>已连接的服务器，以及在这台电脑上找到的</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/terminal/verbs.py"/>
        <source>answer with this model from now on; 'guide' is the built-in one</source>
        <translation>从现在起用这个模型回答；guide 是内置向导</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/terminal/verbs.py"/>
        <source>delete a model of this program, or what a download left</source>
        <translation>删除本程序的一个模型，或没下完的部分</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/terminal/verbs.py"/>
        <source>keep the models in another folder from now on</source>
        <translation>今后把模型放在另一个文件夹</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/terminal/verbs.py"/>
        <source>every setting with its value</source>
        <translation>全部设置及其值</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/terminal/verbs.py"/>
        <source>one value</source>
        <translation>一个值</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/terminal/verbs.py"/>
        <source>store a value</source>
        <translation>保存一个值</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/terminal/verbs.py"/>
        <source>give settings their defaults back</source>
        <translation>恢复默认值</translation>
    </message>
</context>
<context>
    <name>desktop_agent.ui.arrivals</name>
    <message>
        <location filename="../../desktop_agent/ui/arrivals.py"/>
        <source>{model} is here.</source>
        <translation>{model} 已就绪。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/arrivals.py"/>
        <source>Use it</source>
        <translation>使用它</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/arrivals.py"/>
        <source>{model} is here and answers from now on.</source>
        <translation>{model} 已就绪，今后由它回答。</translation>
    </message>
</context>
<context>
    <name>desktop_agent.ui.ask</name>
    <message>
        <location filename="../../desktop_agent/ui/ask.py"/>
        <source>Desktop Agent</source>
        <translation>Desktop Agent</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/ask.py"/>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
</context>
<context>
    <name>desktop_agent.ui.carrying</name>
    <message>
        <location filename="../../desktop_agent/ui/carrying.py"/>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
</context>
<context>
    <name>desktop_agent.ui.charts</name>
    <message>
        <location filename="../../desktop_agent/ui/charts.py"/>
        <source>The figure {path} could not be written.</source>
        <translation>无法写入图表 {path}。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/charts.py"/>
        <source>Choose another folder.</source>
        <translation>请选择其他文件夹。</translation>
    </message>
</context>
<context>
    <name>desktop_agent.ui.composer</name>
    <message>
        <location filename="../../desktop_agent/ui/composer.py"/>
        <source>Message</source>
        <translation>消息</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/composer.py"/>
        <source>Type a message. Enter sends, Shift+Enter starts a new line</source>
        <translation>输入消息，Enter 发送，Shift+Enter 换行</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/composer.py"/>
        <source>File</source>
        <translation>文件</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/composer.py"/>
        <source>Attach a file</source>
        <translation>附上文件</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/composer.py"/>
        <source>How this chat is answered</source>
        <translation>本对话的回答方式</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/composer.py"/>
        <source>Send</source>
        <translation>发送</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/composer.py"/>
        <source>Memory: on</source>
        <translation>记忆：开</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/composer.py"/>
        <source>Memory: off</source>
        <translation>记忆：关</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/composer.py"/>
        <source>Whether notes are found and made in this conversation</source>
        <translation>在这个对话里是否查找和记录记忆</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/composer.py"/>
        <source>The message has {length} characters; {most} is the most.</source>
        <translation>这条消息有 {length} 个字符，最多只能有 {most} 个。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/composer.py"/>
        <source>Send it in parts, or only the part that matters.</source>
        <translation>请分成几段发送，或者只发送重要的部分。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/composer.py"/>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/composer.py"/>
        <source>will be sent when the file is read</source>
        <translation>读完文件后发送</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/composer.py"/>
        <source>one moment…</source>
        <translation>请稍候…</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/composer.py"/>
        <source>will be sent after this answer</source>
        <translation>将在这次回答之后发送</translation>
    </message>
</context>
<context>
    <name>desktop_agent.ui.conversation_list</name>
    <message>
        <location filename="../../desktop_agent/ui/conversation_list.py"/>
        <source>New chat</source>
        <translation>新对话</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/conversation_list.py"/>
        <source>Search chats…</source>
        <translation>搜索对话…</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/conversation_list.py"/>
        <source>Search chats</source>
        <translation>搜索对话</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/conversation_list.py"/>
        <source>Chats</source>
        <translation>对话</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/conversation_list.py"/>
        <source>← Back to the chats</source>
        <translation>← 返回对话</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/conversation_list.py"/>
        <source>Trash ({count})</source>
        <translation>回收站（{count}）</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/conversation_list.py"/>
        <source>Unpin</source>
        <translation>取消置顶</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/conversation_list.py"/>
        <source>Pin to the top</source>
        <translation>置顶</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/conversation_list.py"/>
        <source>Rename</source>
        <translation>重命名</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/conversation_list.py"/>
        <source>Export…</source>
        <translation>导出…</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/conversation_list.py"/>
        <source>Delete</source>
        <translation>删除</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/conversation_list.py"/>
        <source>Export all chats…</source>
        <translation>导出全部对话…</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/conversation_list.py"/>
        <source>Import chats…</source>
        <translation>导入对话…</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/conversation_list.py"/>
        <source>Put back</source>
        <translation>还原</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/conversation_list.py"/>
        <source>Delete for good…</source>
        <translation>永久删除…</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/conversation_list.py"/>
        <source>Empty the trash…</source>
        <translation>清空回收站…</translation>
    </message>
</context>
<context>
    <name>desktop_agent.ui.conversation_rows</name>
    <message>
        <location filename="../../desktop_agent/ui/conversation_rows.py"/>
        <source>Trash · {day}</source>
        <translation>回收站 · {day}</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/conversation_rows.py"/>
        <source>Pinned</source>
        <translation>置顶</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/conversation_rows.py"/>
        <source>Chats</source>
        <translation>对话</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/conversation_rows.py"/>
        <source>Messages</source>
        <translation>消息</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/conversation_rows.py"/>
        <source>Nothing was found.</source>
        <translation>没有找到。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/conversation_rows.py"/>
        <source>New chat</source>
        <translation>新对话</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/conversation_rows.py"/>
        <source>New name</source>
        <translation>新名称</translation>
    </message>
</context>
<context>
    <name>desktop_agent.ui.conversing</name>
    <message>
        <location filename="../../desktop_agent/ui/conversing.py"/>
        <source>answer starts in about {seconds} s</source>
        <translation>约 {seconds} 秒后开始回答</translation>
    </message>
</context>
<context>
    <name>desktop_agent.ui.dates</name>
    <message>
        <location filename="../../desktop_agent/ui/dates.py"/>
        <source>Today</source>
        <translation>今天</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/dates.py"/>
        <source>Yesterday</source>
        <translation>昨天</translation>
    </message>
</context>
<context>
    <name>desktop_agent.ui.entry</name>
    <message>
        <location filename="../../desktop_agent/ui/entry.py"/>
        <source>Show all {count} characters</source>
        <translation>显示全部 {count} 个字符</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/entry.py"/>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
</context>
<context>
    <name>desktop_agent.ui.files</name>
    <message>
        <location filename="../../desktop_agent/ui/files.py"/>
        <source>Texts, PDF and Word files ({patterns});;All files (*)</source>
        <translation>文本、PDF 和 Word 文件 ({patterns});;所有文件 (*)</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/files.py"/>
        <source>Attach files</source>
        <translation>附上文件</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/files.py"/>
        <source>drop it to use the model</source>
        <translation>松开即可使用此模型</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/files.py"/>
        <source>drop it to attach it</source>
        <translation>松开即可附上文件</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/files.py"/>
        <source>{file} is a model. Shall it answer from now on?</source>
        <translation>{file} 是一个模型。以后用它来回答吗？</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/files.py"/>
        <source>It can be changed at any time in the top bar.</source>
        <translation>随时可以在顶栏更换。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/files.py"/>
        <source>Use this model</source>
        <translation>使用这个模型</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/files.py"/>
        <source>is read…</source>
        <translation>正在读取…</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/files.py"/>
        <source>page {page} of {of}</source>
        <translation>第 {page} 页，共 {of} 页</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/files.py"/>
        <source>{file} is very long: only its beginning was taken.</source>
        <translation>{file} 太长，只取了开头部分。</translation>
    </message>
</context>
<context>
    <name>desktop_agent.ui.filling</name>
    <message>
        <location filename="../../desktop_agent/ui/filling.py"/>
        <source>Answering</source>
        <translation>正在回答</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/filling.py"/>
        <source>Ready</source>
        <translation>就绪</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/filling.py"/>
        <source>Queue {count}</source>
        <translation>队列 {count}</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/filling.py"/>
        <source>CPU {figure}</source>
        <translation>CPU {figure}</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/filling.py"/>
        <source>App {figure}</source>
        <translation>程序 {figure}</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/filling.py"/>
        <source>Model {figure}</source>
        <translation>模型 {figure}</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/filling.py"/>
        <source>Window response {figure}</source>
        <translation>窗口响应 {figure}</translation>
    </message>
</context>
<context>
    <name>desktop_agent.ui.find_bar</name>
    <message>
        <location filename="../../desktop_agent/ui/find_bar.py"/>
        <source>Find in this chat</source>
        <translation>在本对话中查找</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/find_bar.py"/>
        <source>Find in this chat…</source>
        <translation>在本对话中查找…</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/find_bar.py"/>
        <source>Previous hit</source>
        <translation>上一处</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/find_bar.py"/>
        <source>Next hit</source>
        <translation>下一处</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/find_bar.py"/>
        <source>Close the search</source>
        <translation>关闭查找</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/find_bar.py"/>
        <source>{at} of {count}</source>
        <translation>{at} / {count}</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/find_bar.py"/>
        <source>Nothing was found.</source>
        <translation>没有找到。</translation>
    </message>
</context>
<context>
    <name>desktop_agent.ui.first_run</name>
    <message>
        <location filename="../../desktop_agent/ui/first_run.py"/>
        <source>Hello. This assistant runs on your laptop.</source>
        <translation>你好。这个助手就在你的电脑上运行。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/first_run.py"/>
        <source>Nothing you write leaves this computer unless you connect a server yourself.</source>
        <translation>除非你自己连接服务器，否则你写的内容不会离开这台电脑。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/first_run.py"/>
        <source>Download</source>
        <translation>下载</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/first_run.py"/>
        <source>Looking for the one that fits …</source>
        <translation>正在寻找合适的模型…</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/first_run.py"/>
        <source>Get the model that suits this laptop</source>
        <translation>下载适合这台电脑的模型</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/first_run.py"/>
        <source>Use a model file you already have</source>
        <translation>使用已有的模型文件</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/first_run.py"/>
        <source>Any .gguf file, from a folder or a USB stick.</source>
        <translation>任何 .gguf 文件，可以来自文件夹或 U 盘。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/first_run.py"/>
        <source>Open file…</source>
        <translation>打开文件…</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/first_run.py"/>
        <source>Connect to a server</source>
        <translation>连接服务器</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/first_run.py"/>
        <source>Ollama, llama.cpp, vLLM or any OpenAI-compatible address.</source>
        <translation>Ollama、llama.cpp、vLLM，或任何兼容 OpenAI 的地址。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/first_run.py"/>
        <source>Connect…</source>
        <translation>连接…</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/first_run.py"/>
        <source>Or just start typing: the built-in guide answers questions about this program and remembers what you ask it to.</source>
        <translation>也可以直接开始输入：内置向导会回答关于本程序的问题，并记住你让它记住的事。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/first_run.py"/>
        <source>{model}, {size}.</source>
        <translation>{model}，{size}。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/first_run.py"/>
        <source>{model}, {size}. This laptop has {ram} of RAM, {free} free, and {cores} cores.</source>
        <translation>{model}，{size}。这台电脑有 {ram} 内存（空闲 {free}），{cores} 个核心。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/first_run.py"/>
        <source>Download {model}</source>
        <translation>下载 {model}</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/first_run.py"/>
        <source>The disk has {size} too little for it.</source>
        <translation>磁盘空间还差 {size}。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/first_run.py"/>
        <source>Models are here already. Choose one of them, or get another.</source>
        <translation>这里已经有模型了。可以选一个，或再下载一个。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/first_run.py"/>
        <source>Models…</source>
        <translation>模型…</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/first_run.py"/>
        <source>Download of {model}</source>
        <translation>{model} 的下载</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/first_run.py"/>
        <source>{model} is here and answers from now on.</source>
        <translation>{model} 已就绪，今后由它回答。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/first_run.py"/>
        <source>Pause</source>
        <translation>暂停</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/first_run.py"/>
        <source>Go on</source>
        <translation>继续</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/first_run.py"/>
        <source>This could not be opened.</source>
        <translation>无法打开。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/first_run.py"/>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
</context>
<context>
    <name>desktop_agent.ui.listing</name>
    <message>
        <location filename="../../desktop_agent/ui/listing.py"/>
        <source>Delete “{title}” for good?</source>
        <translation>永久删除“{title}”？</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/listing.py"/>
        <source>Its messages cannot be brought back. What was remembered from it stays in the Memory tab.</source>
        <translation>其中的消息无法恢复，但从中记下的记忆仍在“记忆”页。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/listing.py"/>
        <source>Delete</source>
        <translation>删除</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/listing.py"/>
        <source>“{title}” goes into the trash.</source>
        <translation>“{title}”将移入回收站。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/listing.py"/>
        <source>Remembered from it: {count}. What shall become of that?</source>
        <translation>从中记下了 {count} 条记忆，要怎么处理？</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/listing.py"/>
        <source>Keep the memories</source>
        <translation>保留记忆</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/listing.py"/>
        <source>Forget them too</source>
        <translation>一并忘掉</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/listing.py"/>
        <source>“{title}” is in the trash.</source>
        <translation>“{title}”已在回收站中。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/listing.py"/>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/listing.py"/>
        <source>Empty the trash?</source>
        <translation>清空回收站？</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/listing.py"/>
        <source>The conversations in it cannot be brought back. What was remembered from them stays.</source>
        <translation>其中的对话无法恢复，但从中记下的记忆会保留。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/listing.py"/>
        <source>Empty</source>
        <translation>清空</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/listing.py"/>
        <source>Everything, to import again</source>
        <translation>全部内容，可再导入</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/listing.py"/>
        <source>Text</source>
        <translation>文本</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/listing.py"/>
        <source>Export</source>
        <translation>导出</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/listing.py"/>
        <source>Chats</source>
        <translation>对话</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/listing.py"/>
        <source>Written to {path}.</source>
        <translation>已写入 {path}。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/listing.py"/>
        <source>Import chats</source>
        <translation>导入对话</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/listing.py"/>
        <source>Exported chats</source>
        <translation>导出的对话</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/listing.py"/>
        <source>Send them there again</source>
        <translation>重新发送到那里</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/listing.py"/>
        <source>{file}: {taken} chats imported.</source>
        <translation>{file}：已导入 {taken} 个对话。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/listing.py"/>
        <source>{known} were here already.</source>
        <translation>其中 {known} 个已经存在。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/listing.py"/>
        <source>{count} of them were sent to a server ({hosts}); they stay on this computer now.</source>
        <translation>其中 {count} 个对话原先发送给服务器（{hosts}），现在只留在本机。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/listing.py"/>
        <source>{count} lines could not be used; the first is line {number}: {reason}</source>
        <translation>有 {count} 行无法使用；第一处是第 {number} 行：{reason}</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/listing.py"/>
        <source>New chat</source>
        <translation>新对话</translation>
    </message>
</context>
<context>
    <name>desktop_agent.ui.manner_dialog</name>
    <message>
        <location filename="../../desktop_agent/ui/manner_dialog.py"/>
        <source>How this chat is answered</source>
        <translation>本对话的回答方式</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/manner_dialog.py"/>
        <source>Use in this chat</source>
        <translation>用于本对话</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/manner_dialog.py"/>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/manner_dialog.py"/>
        <source>For this chat alone. Other instructions mean that the model reads the chat again, once; the rest is felt from the next answer on.</source>
        <translation>只对本对话有效。更改指示后，模型要把本对话重读一遍；其余各项从下一个回答起生效。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/manner_dialog.py"/>
        <source>As in the settings</source>
        <translation>恢复为设置中的值</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/manner_dialog.py"/>
        <source>for this chat</source>
        <translation>本对话专用</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/manner_dialog.py"/>
        <source>as in the settings</source>
        <translation>与设置相同</translation>
    </message>
</context>
<context>
    <name>desktop_agent.ui.measure_dialog</name>
    <message>
        <location filename="../../desktop_agent/ui/measure_dialog.py"/>
        <source>Measure this computer</source>
        <translation>测量这台电脑</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/measure_dialog.py"/>
        <source>Four experiments compare this program with one that does one thing after the other: calls at once, starting, memory, many users. Nothing of yours is read, and nothing leaves the computer. For good figures leave the computer alone meanwhile.</source>
        <translation>四个实验把本程序与逐个处理的程序作比较：同时调用、启动、内存、大量用户。不会读取你的任何内容，也没有任何东西离开这台电脑。为了得到好的结果，期间请不要使用电脑。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/measure_dialog.py"/>
        <source>Progress</source>
        <translation>进度</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/measure_dialog.py"/>
        <source>Quick, 2 minutes</source>
        <translation>快速，2 分钟</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/measure_dialog.py"/>
        <source>Exact, 10 minutes</source>
        <translation>精确，10 分钟</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/measure_dialog.py"/>
        <source>Open the report</source>
        <translation>打开报告</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/measure_dialog.py"/>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/measure_dialog.py"/>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/measure_dialog.py"/>
        <source>Starting…</source>
        <translation>正在开始…</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/measure_dialog.py"/>
        <source>The report is in {folder}.</source>
        <translation>报告在 {folder}。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/measure_dialog.py"/>
        <source>It could not be measured. Look into the log for the reason.</source>
        <translation>无法测量。原因请看日志。</translation>
    </message>
</context>
<context>
    <name>desktop_agent.ui.memory_dialog</name>
    <message>
        <location filename="../../desktop_agent/ui/memory_dialog.py"/>
        <source>Edit a memory</source>
        <translation>编辑记忆</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/memory_dialog.py"/>
        <source>Add a memory</source>
        <translation>添加记忆</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/memory_dialog.py"/>
        <source>What to remember</source>
        <translation>要记住的内容</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/memory_dialog.py"/>
        <source>Grandma's birthday is on 12 March.</source>
        <translation>奶奶的生日是 3 月 12 日。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/memory_dialog.py"/>
        <source>Important: preferred when several fit</source>
        <translation>重要：有多条符合时优先</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/memory_dialog.py"/>
        <source>Save</source>
        <translation>保存</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/memory_dialog.py"/>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/memory_dialog.py"/>
        <source>Enter saves, Shift+Enter starts a new line</source>
        <translation>Enter 保存，Shift+Enter 换行</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/memory_dialog.py"/>
        <source>One fact in one sentence is found best.</source>
        <translation>一句话只写一件事，最容易找到。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/memory_dialog.py"/>
        <source>Use again</source>
        <translation>恢复这句</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/memory_dialog.py"/>
        <source>the chat</source>
        <translation>那次对话</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/memory_dialog.py"/>
        <source>Go to the message</source>
        <translation>转到那条消息</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/memory_dialog.py"/>
        <source>From</source>
        <translation>来源</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/memory_dialog.py"/>
        <source>What it said before</source>
        <translation>以前的内容</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/memory_dialog.py"/>
        <source>Use again: {text}</source>
        <translation>恢复这句：{text}</translation>
    </message>
</context>
<context>
    <name>desktop_agent.ui.memory_tab</name>
    <message>
        <location filename="../../desktop_agent/ui/memory_tab.py"/>
        <source>Search what I remember…</source>
        <translation>搜索我记得的…</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/memory_tab.py"/>
        <source>Search what I remember</source>
        <translation>搜索我记得的</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/memory_tab.py"/>
        <source>Export…</source>
        <translation>导出…</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/memory_tab.py"/>
        <source>Import…</source>
        <translation>导入…</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/memory_tab.py"/>
        <source>+ Add a memory</source>
        <translation>+ 添加记忆</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/memory_tab.py"/>
        <source>Add a memory</source>
        <translation>添加记忆</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/memory_tab.py"/>
        <source>Everything here stays on this laptop, in one file that you can copy or delete.</source>
        <translation>这里的一切都只保存在这台电脑上的一个文件里，可以随时复制或删除。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/memory_tab.py"/>
        <source>Nothing found</source>
        <translation>没有找到</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/memory_tab.py"/>
        <source>No memory matches “{text}”.</source>
        <translation>没有包含“{text}”的记忆。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/memory_tab.py"/>
        <source>Nothing remembered yet</source>
        <translation>还没有记住任何内容</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/memory_tab.py"/>
        <source>Write “Remember that …” in a chat, or add a memory here.</source>
        <translation>在对话里写“记住……”，或者在这里添加一条。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/memory_tab.py"/>
        <source>Edit</source>
        <translation>编辑</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/memory_tab.py"/>
        <source>Not important</source>
        <translation>不重要</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/memory_tab.py"/>
        <source>Important</source>
        <translation>重要</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/memory_tab.py"/>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/memory_tab.py"/>
        <source>Go to the message</source>
        <translation>转到那条消息</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/memory_tab.py"/>
        <source>Forget</source>
        <translation>忘记</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/memory_tab.py"/>
        <source>Before, it said: {text}</source>
        <translation>以前的内容：{text}</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/memory_tab.py"/>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/memory_tab.py"/>
        <source>Forgotten: {text}</source>
        <translation>已忘记：{text}</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/memory_tab.py"/>
        <source>Export memories</source>
        <translation>导出记忆</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/memory_tab.py"/>
        <source>Import memories</source>
        <translation>导入记忆</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/memory_tab.py"/>
        <source>Memories, one a line (*.jsonl);;All files (*)</source>
        <translation>记忆，每行一条 (*.jsonl);;所有文件 (*)</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/memory_tab.py"/>
        <source>{count} memories written to {file}.</source>
        <translation>已把 {count} 条记忆写入 {file}。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/memory_tab.py"/>
        <source>Reading {file} …</source>
        <translation>正在读取 {file}…</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/memory_tab.py"/>
        <source>1 taken</source>
        <translation>导入 1 条</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/memory_tab.py"/>
        <source>{count} taken</source>
        <translation>导入 {count} 条</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/memory_tab.py"/>
        <source>{count} were here already</source>
        <translation>{count} 条已经存在</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/memory_tab.py"/>
        <source>line {number}: {reason}</source>
        <translation>第 {number} 行：{reason}</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/memory_tab.py"/>
        <source>1 line could not be read</source>
        <translation>1 行无法读取</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/memory_tab.py"/>
        <source>{count} lines could not be read</source>
        <translation>{count} 行无法读取</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/memory_tab.py"/>
        <source>, </source>
        <translation>，</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/memory_tab.py"/>
        <source>: </source>
        <translation>：</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/memory_tab.py"/>
        <source>.</source>
        <translation>。</translation>
    </message>
</context>
<context>
    <name>desktop_agent.ui.message_acts</name>
    <message>
        <location filename="../../desktop_agent/ui/message_acts.py"/>
        <source>Open the Memory tab</source>
        <translation>打开“记忆”</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/message_acts.py"/>
        <source>No part of it was shown to the model with this question.</source>
        <translation>这次提问没有把它的内容给模型看。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/message_acts.py"/>
        <source>All of it was shown to the model.</source>
        <translation>全文都给模型看了。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/message_acts.py"/>
        <source>Shown to the model with this question:</source>
        <translation>这次提问给模型看的部分：</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/message_acts.py"/>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/message_acts.py"/>
        <source>Copy the whole message</source>
        <translation>复制整条消息</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/message_acts.py"/>
        <source>Copy code: {line}</source>
        <translation>复制代码：{line}</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/message_acts.py"/>
        <source>Select all</source>
        <translation>全选</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/message_acts.py"/>
        <source>This link is not opened, because it does not lead to the web.</source>
        <translation>这个链接不是网页地址，所以不会打开。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/message_acts.py"/>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/message_acts.py"/>
        <source>Open this address in the browser?</source>
        <translation>在浏览器中打开这个网址？</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/message_acts.py"/>
        <source>Open</source>
        <translation>打开</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/message_acts.py"/>
        <source>Page {page}: {text}</source>
        <translation>第 {page} 页：{text}</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/message_acts.py"/>
        <source>Pages {first} to {last}: {text}</source>
        <translation>第 {first} 至 {last} 页：{text}</translation>
    </message>
</context>
<context>
    <name>desktop_agent.ui.model_menu</name>
    <message>
        <location filename="../../desktop_agent/ui/model_menu.py"/>
        <source>Choose a model</source>
        <translation>选择模型</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/model_menu.py"/>
        <source>Models (*.gguf);;All files (*)</source>
        <translation>模型 (*.gguf);;所有文件 (*)</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/model_menu.py"/>
        <source>Built-in guide</source>
        <translation>内置向导</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/model_menu.py"/>
        <source>Get models…</source>
        <translation>下载模型…</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/model_menu.py"/>
        <source>Servers…</source>
        <translation>服务器…</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/model_menu.py"/>
        <source>Open file…</source>
        <translation>打开文件…</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/model_menu.py"/>
        <source>checking…</source>
        <translation>正在检查…</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/model_menu.py"/>
        <source>loading…</source>
        <translation>正在加载…</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/model_menu.py"/>
        <source>{model} on {host}</source>
        <translation>{host} 上的 {model}</translation>
    </message>
</context>
<context>
    <name>desktop_agent.ui.models_files</name>
    <message>
        <location filename="../../desktop_agent/ui/models_files.py"/>
        <source>Choose a model</source>
        <translation>选择模型</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/models_files.py"/>
        <source>Models (*.gguf);;All files (*)</source>
        <translation>模型 (*.gguf);;所有文件 (*)</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/models_files.py"/>
        <source>Copy into the folder for models</source>
        <translation>复制到模型文件夹</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/models_files.py"/>
        <source>Use where it is</source>
        <translation>在原处使用</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/models_files.py"/>
        <source>A file on a stick can only be used while the stick is connected.</source>
        <translation>U 盘上的文件只有在插着 U 盘时才能用。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/models_files.py"/>
        <source>What shall be done with {file}?</source>
        <translation>怎样处理 {file}？</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/models_files.py"/>
        <source>Copying {file} …</source>
        <translation>正在复制 {file}…</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/models_files.py"/>
        <source>{model} is here.</source>
        <translation>{model} 已就绪。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/models_files.py"/>
        <source>Choose the folder for models</source>
        <translation>选择模型文件夹</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/models_files.py"/>
        <source>Moving the models to {folder} …</source>
        <translation>正在把模型移到 {folder}…</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/models_files.py"/>
        <source>The models are in {folder} now.</source>
        <translation>模型现在在 {folder}。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/models_files.py"/>
        <source>{file} could not be deleted at its old place.</source>
        <translation>{file} 在原来的地方没能删除。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/models_files.py"/>
        <source>Something is being copied already. Wait until it is there.</source>
        <translation>已有文件正在复制，请等它完成。</translation>
    </message>
</context>
<context>
    <name>desktop_agent.ui.models_page</name>
    <message>
        <location filename="../../desktop_agent/ui/models_page.py"/>
        <source>Download from</source>
        <translation>下载来源</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/models_page.py"/>
        <source>Open file…</source>
        <translation>打开文件…</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/models_page.py"/>
        <source>Copy a .gguf file from a USB stick…</source>
        <translation>从 U 盘复制 .gguf 文件…</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/models_page.py"/>
        <source>Move the folder…</source>
        <translation>移动文件夹…</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/models_page.py"/>
        <source>Model</source>
        <translation>模型</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/models_page.py"/>
        <source>Size</source>
        <translation>大小</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/models_page.py"/>
        <source>Good for</source>
        <translation>适合</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/models_page.py"/>
        <source>On this laptop</source>
        <translation>在这台电脑上</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/models_page.py"/>
        <source>Models are kept in {folder}.</source>
        <translation>模型保存在 {folder}。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/models_page.py"/>
        <source>Delete what was downloaded of {model}?</source>
        <translation>删除 {model} 已下载的部分？</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/models_page.py"/>
        <source>The next download begins anew.</source>
        <translation>下次会从头下载。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/models_page.py"/>
        <source>Delete</source>
        <translation>删除</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/models_page.py"/>
        <source>Download from: {source}</source>
        <translation>下载来源：{source}</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/models_page.py"/>
        <source>Take {model} off the list?</source>
        <translation>把 {model} 从列表中去掉？</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/models_page.py"/>
        <source>The file {file} stays where it is; the built-in guide answers from now on.</source>
        <translation>文件 {file} 留在原处；今后由内置向导回答。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/models_page.py"/>
        <source>Take off</source>
        <translation>去掉</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/models_page.py"/>
        <source>It can be downloaded again.</source>
        <translation>以后可以重新下载。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/models_page.py"/>
        <source>The file is deleted for good.</source>
        <translation>文件会被永久删除。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/models_page.py"/>
        <source>The built-in guide answers from now on.</source>
        <translation>今后由内置向导回答。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/models_page.py"/>
        <source>Remove {model}?</source>
        <translation>删除 {model}？</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/models_page.py"/>
        <source>{size} become free.</source>
        <translation>将腾出 {size}。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/models_page.py"/>
        <source>Remove</source>
        <translation>删除</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/models_page.py"/>
        <source>{model} is removed.</source>
        <translation>{model} 已删除。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/models_page.py"/>
        <source>‹ Settings</source>
        <translation>‹ 设置</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/models_page.py"/>
        <source>Back to the settings</source>
        <translation>回到设置</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/models_page.py"/>
        <source>Models</source>
        <translation>模型</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/models_page.py"/>
        <source>A model is one file. It is checked after download and stays on this laptop.</source>
        <translation>一个模型就是一个文件。下载后会校验，并留在这台电脑上。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/models_page.py"/>
        <source>No download possible?</source>
        <translation>不能下载？</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/models_page.py"/>
        <source>The built-in guide answers questions about this program and what you asked it to remember, without any model.</source>
        <translation>不用任何模型，内置向导也能回答关于本程序的问题，以及你让它记住的内容。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/models_page.py"/>
        <source>Look again</source>
        <translation>重新查看</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/models_page.py"/>
        <source>Use the program's own folder</source>
        <translation>使用程序自己的文件夹</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/models_page.py"/>
        <source>The models cannot be reached.</source>
        <translation>找不到模型文件夹。</translation>
    </message>
</context>
<context>
    <name>desktop_agent.ui.models_row</name>
    <message>
        <location filename="../../desktop_agent/ui/models_row.py"/>
        <source>Download of {model}</source>
        <translation>{model} 的下载</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/models_row.py"/>
        <source>suits this laptop</source>
        <translation>最适合这台电脑</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/models_row.py"/>
        <source>A file of your own</source>
        <translation>你自己的文件</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/models_row.py"/>
        <source>cannot be used</source>
        <translation>不能使用</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/models_row.py"/>
        <source>{size} too little on the disk</source>
        <translation>磁盘还差 {size}</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/models_row.py"/>
        <source>In use</source>
        <translation>使用中</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/models_row.py"/>
        <source>{model} is in use</source>
        <translation>{model} 正在使用</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/models_row.py"/>
        <source>Use</source>
        <translation>使用</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/models_row.py"/>
        <source>Use {model}</source>
        <translation>使用 {model}</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/models_row.py"/>
        <source>Remove…</source>
        <translation>删除…</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/models_row.py"/>
        <source>Remove {model}</source>
        <translation>删除 {model}</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/models_row.py"/>
        <source>Use a server instead…</source>
        <translation>改用服务器…</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/models_row.py"/>
        <source>Get</source>
        <translation>下载</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/models_row.py"/>
        <source>Get {model}</source>
        <translation>下载 {model}</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/models_row.py"/>
        <source>Pause the download of {model}</source>
        <translation>暂停下载 {model}</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/models_row.py"/>
        <source>Pause</source>
        <translation>暂停</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/models_row.py"/>
        <source>Try once more</source>
        <translation>再试一次</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/models_row.py"/>
        <source>Go on</source>
        <translation>继续</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/models_row.py"/>
        <source>Go on with the download of {model}</source>
        <translation>继续下载 {model}</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/models_row.py"/>
        <source>Delete what was downloaded of {model}</source>
        <translation>删除 {model} 已下载的部分</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/models_row.py"/>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
</context>
<context>
    <name>desktop_agent.ui.models_words</name>
    <message>
        <location filename="../../desktop_agent/ui/models_words.py"/>
        <source>not known</source>
        <translation>未知</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/models_words.py"/>
        <source>fits well</source>
        <translation>很合适</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/models_words.py"/>
        <source>fits</source>
        <translation>合适</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/models_words.py"/>
        <source>tight: close other programs</source>
        <translation>内存紧张：请关闭其他程序</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/models_words.py"/>
        <source>needs {needed}, {free} free</source>
        <translation>需要 {needed}，空闲 {free}</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/models_words.py"/>
        <source>less than 1 word a second</source>
        <translation>每秒不到 1 个词</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/models_words.py"/>
        <source>more than {words} words a second</source>
        <translation>每秒 {words} 个词以上</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/models_words.py"/>
        <source>about {words} words a second, going by earlier answers</source>
        <translation>根据以前的回答，每秒约 {words} 个词</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/models_words.py"/>
        <source>about {words} words a second, estimated</source>
        <translation>估计每秒约 {words} 个词</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/models_words.py"/>
        <source>waits for the other download</source>
        <translation>等待另一个下载完成</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/models_words.py"/>
        <source>{done} of {total}</source>
        <translation>{done} / {total}</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/models_words.py"/>
        <source>checking what is here …</source>
        <translation>正在检查已有的部分…</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/models_words.py"/>
        <source>trying again …</source>
        <translation>正在重试…</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/models_words.py"/>
        <source>paused</source>
        <translation>已暂停</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/models_words.py"/>
        <source>stopped</source>
        <translation>已停止</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/models_words.py"/>
        <source>{size}/s</source>
        <translation>{size}/秒</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/models_words.py"/>
        <source>{source}, {speed} a second</source>
        <translation>{source}，每秒 {speed}</translation>
    </message>
</context>
<context>
    <name>desktop_agent.ui.monitor_lists</name>
    <message>
        <location filename="../../desktop_agent/ui/monitor_lists.py"/>
        <source>running</source>
        <translation>进行中</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/monitor_lists.py"/>
        <source>waiting</source>
        <translation>等待中</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/monitor_lists.py"/>
        <source>{seconds} s</source>
        <translation>{seconds} 秒</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/monitor_lists.py"/>
        <source>Task</source>
        <translation>任务</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/monitor_lists.py"/>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/monitor_lists.py"/>
        <source>Time</source>
        <translation>时间</translation>
    </message>
</context>
<context>
    <name>desktop_agent.ui.monitor_tab</name>
    <message>
        <location filename="../../desktop_agent/ui/monitor_tab.py"/>
        <source>Processor</source>
        <translation>处理器</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/monitor_tab.py"/>
        <source>RAM</source>
        <translation>内存</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/monitor_tab.py"/>
        <source>Answer speed</source>
        <translation>回答速度</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/monitor_tab.py"/>
        <source>Window response</source>
        <translation>窗口响应</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/monitor_tab.py"/>
        <source>Tasks</source>
        <translation>任务</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/monitor_tab.py"/>
        <source>running</source>
        <translation>进行中</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/monitor_tab.py"/>
        <source>waiting</source>
        <translation>等待中</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/monitor_tab.py"/>
        <source>What the assistant did to stay light</source>
        <translation>为减轻负担所做的事</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/monitor_tab.py"/>
        <source>Nothing runs or waits.</source>
        <translation>没有正在进行或等待的任务。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/monitor_tab.py"/>
        <source>Nothing was needed so far.</source>
        <translation>到目前为止还不需要。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/monitor_tab.py"/>
        <source>Measure this computer…</source>
        <translation>测量这台电脑…</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/monitor_tab.py"/>
        <source>{size} in this laptop</source>
        <translation>这台电脑共 {size}</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/monitor_tab.py"/>
        <source>time the window waits</source>
        <translation>窗口等待的时间</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/monitor_tab.py"/>
        <source>slowest in the last minute {time}</source>
        <translation>最近一分钟最慢 {time}</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/monitor_tab.py"/>
        <source>{count} cores</source>
        <translation>{count} 个核心</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/monitor_tab.py"/>
        <source>1 core</source>
        <translation>1 个核心</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/monitor_tab.py"/>
        <source>{count} model threads</source>
        <translation>模型用 {count} 个线程</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/monitor_tab.py"/>
        <source>1 model thread</source>
        <translation>模型用 1 个线程</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/monitor_tab.py"/>
        <source>llama.cpp computes as for {name}: {why}</source>
        <translation>llama.cpp 使用 {name} 版本：{why}</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/monitor_tab.py"/>
        <source>battery {share}</source>
        <translation>电量 {share}</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/monitor_tab.py"/>
        <source>on mains</source>
        <translation>已接电源</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/monitor_tab.py"/>
        <source>app {share}</source>
        <translation>程序 {share}</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/monitor_tab.py"/>
        <source>no answer yet</source>
        <translation>还没有回答</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/monitor_tab.py"/>
        <source>last answer {speed} tokens/s</source>
        <translation>上次回答 {speed} 词元/秒</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/monitor_tab.py"/>
        <source>tokens/s now</source>
        <translation>词元/秒（现在）</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/monitor_tab.py"/>
        <source>first word after {time}</source>
        <translation>首字 {time}</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/monitor_tab.py"/>
        <source>tokens/s in the last answer</source>
        <translation>词元/秒（上次回答）</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/monitor_tab.py"/>
        <source>tokens/s: the last answer was too short to tell</source>
        <translation>词元/秒：上次回答太短，无法测定</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/monitor_tab.py"/>
        <source>tokens/s</source>
        <translation>词元/秒</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/monitor_tab.py"/>
        <source>{running} running · {waiting} waiting · limit {limit}</source>
        <translation>{running} 个进行中 · {waiting} 个等待中 · 上限 {limit}</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/monitor_tab.py"/>
        <source>, </source>
        <translation>，</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/monitor_tab.py"/>
        <source>In force now: {steps}</source>
        <translation>正在生效：{steps}</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/monitor_tab.py"/>
        <source>cache hits {share}</source>
        <translation>缓存命中 {share}</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/monitor_tab.py"/>
        <source>tried again {count}</source>
        <translation>重试 {count} 次</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/monitor_tab.py"/>
        <source>Take out of the queue</source>
        <translation>移出队列</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/monitor_tab.py"/>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/monitor_tab.py"/>
        <source>app {app} + rest {rest}</source>
        <translation>程序 {app} + 其他 {rest}</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/monitor_tab.py"/>
        <source>app {app} + model {model} + rest {rest}</source>
        <translation>程序 {app} + 模型 {model} + 其他 {rest}</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/monitor_tab.py"/>
        <source>one core less for the model</source>
        <translation>模型少用一个核心</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/monitor_tab.py"/>
        <source>a smaller context next time</source>
        <translation>下次上下文更小</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/monitor_tab.py"/>
        <source>work in the background waits</source>
        <translation>后台工作暂停</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/monitor_tab.py"/>
        <source>the model left the memory</source>
        <translation>模型已移出内存</translation>
    </message>
</context>
<context>
    <name>desktop_agent.ui.notes_model</name>
    <message>
        <location filename="../../desktop_agent/ui/notes_model.py"/>
        <source>What I remember</source>
        <translation>我记得的</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/notes_model.py"/>
        <source>Keywords</source>
        <translation>关键词</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/notes_model.py"/>
        <source>From</source>
        <translation>来源</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/notes_model.py"/>
        <source>When</source>
        <translation>时间</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/notes_model.py"/>
        <source>Important</source>
        <translation>重要</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/notes_model.py"/>
        <source>Actions</source>
        <translation>操作</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/notes_model.py"/>
        <source>Important notes are preferred when several fit.</source>
        <translation>有多条符合时，重要的优先。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/notes_model.py"/>
        <source>Go to the message</source>
        <translation>转到那条消息</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/notes_model.py"/>
        <source>Not important</source>
        <translation>不重要</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/notes_model.py"/>
        <source>Enter edits, Delete forgets</source>
        <translation>Enter 编辑，Delete 忘记</translation>
    </message>
</context>
<context>
    <name>desktop_agent.ui.notes_view</name>
    <message>
        <location filename="../../desktop_agent/ui/notes_view.py"/>
        <source>Edit</source>
        <translation>编辑</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/notes_view.py"/>
        <source>Forget</source>
        <translation>忘记</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/notes_view.py"/>
        <source>What I remember</source>
        <translation>我记得的</translation>
    </message>
</context>
<context>
    <name>desktop_agent.ui.notice</name>
    <message>
        <location filename="../../desktop_agent/ui/notice.py"/>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
</context>
<context>
    <name>desktop_agent.ui.notification_icon</name>
    <message>
        <location filename="../../desktop_agent/ui/notification_icon.py"/>
        <source>Desktop Agent</source>
        <translation>Desktop Agent</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/notification_icon.py"/>
        <source>Open the window</source>
        <translation>打开窗口</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/notification_icon.py"/>
        <source>New chat</source>
        <translation>新对话</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/notification_icon.py"/>
        <source>Quit</source>
        <translation>退出</translation>
    </message>
</context>
<context>
    <name>desktop_agent.ui.picture</name>
    <message>
        <location filename="../../desktop_agent/ui/picture.py"/>
        <source>The picture {path} could not be written.</source>
        <translation>图片 {path} 无法写入。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/picture.py"/>
        <source>Choose another folder.</source>
        <translation>请选择其他文件夹。</translation>
    </message>
</context>
<context>
    <name>desktop_agent.ui.presence</name>
    <message>
        <location filename="../../desktop_agent/ui/presence.py"/>
        <source>Your answer is ready</source>
        <translation>回答已完成</translation>
    </message>
</context>
<context>
    <name>desktop_agent.ui.server_choice</name>
    <message>
        <location filename="../../desktop_agent/ui/server_choice.py"/>
        <source>On {host}: asking…</source>
        <translation>{host}：正在询问…</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/server_choice.py"/>
        <source>On {host}: no answer</source>
        <translation>{host}：没有回答</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/server_choice.py"/>
        <source>On {host}</source>
        <translation>在 {host} 上</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/server_choice.py"/>
        <source>It goes to another program on this computer.</source>
        <translation>内容会交给这台电脑上的另一个程序。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/server_choice.py"/>
        <source>It leaves this laptop.</source>
        <translation>内容会离开这台电脑。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/server_choice.py"/>
        <source>What is said in this conversation from its beginning, the memories found for its questions and the parts of attached files are sent to {model} on {host}.</source>
        <translation>这段对话从头到尾的内容、为问题找到的记忆、附件中用到的部分，都会发送给 {host} 上的 {model}。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/server_choice.py"/>
        <source>Other conversations stay as they are.</source>
        <translation>其他对话不受影响。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/server_choice.py"/>
        <source>Nothing encrypts it on the way: who is in the same network can read it.</source>
        <translation>传输途中没有加密：同一网络里的人可以读到。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/server_choice.py"/>
        <source>Send this conversation to {host}?</source>
        <translation>把这段对话发送到 {host}？</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/server_choice.py"/>
        <source>Send it there</source>
        <translation>发送</translation>
    </message>
</context>
<context>
    <name>desktop_agent.ui.server_key</name>
    <message>
        <location filename="../../desktop_agent/ui/server_key.py"/>
        <source>Key for {host}</source>
        <translation>{host} 的密钥</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/server_key.py"/>
        <source>Save</source>
        <translation>保存</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/server_key.py"/>
        <source>The key is kept where this computer keeps its passwords. Left empty, the key that is there goes.</source>
        <translation>密钥保存在这台电脑存放密码的地方。留空则删除已有的密钥。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/server_key.py"/>
        <source>It is sent to this server unencrypted.</source>
        <translation>它会以未加密的方式发送给这台服务器。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/server_key.py"/>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
</context>
<context>
    <name>desktop_agent.ui.servers_panel</name>
    <message>
        <location filename="../../desktop_agent/ui/servers_panel.py"/>
        <source>Address of a server</source>
        <translation>服务器地址</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/servers_panel.py"/>
        <source>Connect</source>
        <translation>连接</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/servers_panel.py"/>
        <source>Look on this computer</source>
        <translation>在本机查找</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/servers_panel.py"/>
        <source>Test connection</source>
        <translation>测试连接</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/servers_panel.py"/>
        <source>Test the connection to {host}</source>
        <translation>测试与 {host} 的连接</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/servers_panel.py"/>
        <source>Key…</source>
        <translation>密钥…</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/servers_panel.py"/>
        <source>Key for {host}</source>
        <translation>{host} 的密钥</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/servers_panel.py"/>
        <source>Disconnect</source>
        <translation>断开</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/servers_panel.py"/>
        <source>Disconnect {host}</source>
        <translation>断开 {host}</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/servers_panel.py"/>
        <source>not connected</source>
        <translation>未连接</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/servers_panel.py"/>
        <source>left alone for a while</source>
        <translation>暂停使用</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/servers_panel.py"/>
        <source>asking…</source>
        <translation>正在询问…</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/servers_panel.py"/>
        <source>wants a key</source>
        <translation>需要密钥</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/servers_panel.py"/>
        <source>does not answer</source>
        <translation>没有回答</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/servers_panel.py"/>
        <source>failed last time</source>
        <translation>上次失败</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/servers_panel.py"/>
        <source>answers</source>
        <translation>可用</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/servers_panel.py"/>
        <source>Models: {names}. Answered in {ms} ms.</source>
        <translation>模型：{names}。{ms} 毫秒内回答。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/servers_panel.py"/>
        <source>The last question to it was not answered: {reason}</source>
        <translation>上一个问题没有得到回答：{reason}</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/servers_panel.py"/>
        <source>{running} running · {waiting} waiting · limit {limit}</source>
        <translation>{running} 个进行中 · {waiting} 个等待中 · 上限 {limit}</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/servers_panel.py"/>
        <source>Requests that had to be sent again: {count}.</source>
        <translation>重新发送过的请求：{count} 次。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/servers_panel.py"/>
        <source>No conversation uses it. Choose its model at the top right of a conversation.</source>
        <translation>还没有对话使用它。请在对话右上角选择它的模型。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/servers_panel.py"/>
        <source>New chat</source>
        <translation>新对话</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/servers_panel.py"/>
        <source>Used by: {titles}</source>
        <translation>使用它的对话：{titles}</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/servers_panel.py"/>
        <source>Its key is in the keyring of this computer.</source>
        <translation>它的密钥在这台电脑的密钥环里。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/servers_panel.py"/>
        <source>Its key comes from the environment.</source>
        <translation>它的密钥来自环境变量。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/servers_panel.py"/>
        <source>Its key is kept until the program ends.</source>
        <translation>它的密钥保留到程序结束。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/servers_panel.py"/>
        <source>What is sent to it can be read on the way: its address begins with http, not https.</source>
        <translation>发给它的内容途中可被读到：它的地址以 http 开头，不是 https。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/servers_panel.py"/>
        <source>It wants a key.</source>
        <translation>它需要密钥。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/servers_panel.py"/>
        <source>Connect {host}</source>
        <translation>连接 {host}</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/servers_panel.py"/>
        <source>found on this computer</source>
        <translation>在本机找到</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/servers_panel.py"/>
        <source>The environment or the command line decides the servers for this run.</source>
        <translation>这次运行的服务器由环境变量或命令行决定。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/servers_panel.py"/>
        <source>This computer has no keyring that is open: the key is kept until the program ends. DESKTOP_AGENT_SERVER_KEY in the environment keeps it for longer.</source>
        <translation>这台电脑没有可用的密钥环：密钥只保留到程序结束。用环境变量 DESKTOP_AGENT_SERVER_KEY 可以长期保存。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/servers_panel.py"/>
        <source>Disconnect {host}?</source>
        <translation>断开 {host}？</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/servers_panel.py"/>
        <source>Nothing is sent to it any more, and its key is forgotten. Its conversations are answered here.</source>
        <translation>不再向它发送任何内容，它的密钥也会删除。它的对话改由本机回答。</translation>
    </message>
</context>
<context>
    <name>desktop_agent.ui.service_panel</name>
    <message>
        <location filename="../../desktop_agent/ui/service_panel.py"/>
        <source>Address</source>
        <translation>地址</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/service_panel.py"/>
        <source>Token</source>
        <translation>令牌</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/service_panel.py"/>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/service_panel.py"/>
        <source>Copy the address</source>
        <translation>复制地址</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/service_panel.py"/>
        <source>Show</source>
        <translation>显示</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/service_panel.py"/>
        <source>Show the token</source>
        <translation>显示令牌</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/service_panel.py"/>
        <source>Copy the token</source>
        <translation>复制令牌</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/service_panel.py"/>
        <source>New token</source>
        <translation>换新令牌</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/service_panel.py"/>
        <source>Programs that have the old one are hung up on.</source>
        <translation>仍使用旧令牌的程序会被断开。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/service_panel.py"/>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/service_panel.py"/>
        <source>Other computers use the address of this one in its place. They get through only where the firewall lets them, and nothing is encrypted on the way.</source>
        <translation>其他电脑请改用这台电脑的地址。只有防火墙放行时才能连上，而且传输过程不加密。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/service_panel.py"/>
        <source>Give a program the address and, as its API key, the token; its model is called desktop-agent. Whoever has the token can ask whatever you can.</source>
        <translation>把地址填进其他程序，并把令牌作为它的 API 密钥；模型名是 desktop-agent。谁有令牌，谁就能像你一样提问。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/service_panel.py"/>
        <source>Off</source>
        <translation>关</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/service_panel.py"/>
        <source>Starting…</source>
        <translation>正在开始…</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/service_panel.py"/>
        <source>On</source>
        <translation>开</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/service_panel.py"/>
        <source>Stopping…</source>
        <translation>正在停止…</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/service_panel.py"/>
        <source>Not started</source>
        <translation>未能启动</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/service_panel.py"/>
        <source>{count} programs are connected.</source>
        <translation>已连接 {count} 个程序。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/service_panel.py"/>
        <source>No program is connected.</source>
        <translation>没有程序连接。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/service_panel.py"/>
        <source>One program is connected.</source>
        <translation>已连接 1 个程序。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/service_panel.py"/>
        <source>Switch it on below and apply.</source>
        <translation>请在下面打开开关并应用。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/service_panel.py"/>
        <source>is told when it is on</source>
        <translation>打开后显示</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/service_panel.py"/>
        <source>Hide</source>
        <translation>隐藏</translation>
    </message>
</context>
<context>
    <name>desktop_agent.ui.settings_about</name>
    <message>
        <location filename="../../desktop_agent/ui/settings_about.py"/>
        <source>About</source>
        <translation>关于</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/settings_about.py"/>
        <source>An assistant that runs on this laptop. Nothing leaves it unless you connect a server.</source>
        <translation>在这台电脑上运行的助手。除非你连接服务器，任何内容都不会离开这里。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/settings_about.py"/>
        <source>Version</source>
        <translation>版本</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/settings_about.py"/>
        <source>Runs on</source>
        <translation>运行环境</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/settings_about.py"/>
        <source>Data folder</source>
        <translation>数据文件夹</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/settings_about.py"/>
        <source>Log</source>
        <translation>日志</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/settings_about.py"/>
        <source>Licence</source>
        <translation>许可证</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/settings_about.py"/>
        <source>MIT: use it, change it, pass it on.</source>
        <translation>MIT：可以使用、修改和转发。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/settings_about.py"/>
        <source>Made with</source>
        <translation>使用了</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/settings_about.py"/>
        <source>Open folder</source>
        <translation>打开文件夹</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/settings_about.py"/>
        <source>Copy path</source>
        <translation>复制路径</translation>
    </message>
</context>
<context>
    <name>desktop_agent.ui.settings_controls</name>
    <message>
        <location filename="../../desktop_agent/ui/settings_controls.py"/>
        <source>On</source>
        <translation>开</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/settings_controls.py"/>
        <source>Off</source>
        <translation>关</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/settings_controls.py"/>
        <source>Automatic</source>
        <translation>自动</translation>
    </message>
</context>
<context>
    <name>desktop_agent.ui.settings_dialog</name>
    <message>
        <location filename="../../desktop_agent/ui/settings_dialog.py"/>
        <source>Settings</source>
        <translation>设置</translation>
    </message>
</context>
<context>
    <name>desktop_agent.ui.settings_fit</name>
    <message>
        <location filename="../../desktop_agent/ui/settings_fit.py"/>
        <source>Will it fit?</source>
        <translation>内存够吗？</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/settings_fit.py"/>
        <source>System and other programs {others} · model {model} · conversation {conversation}</source>
        <translation>系统和其他程序 {others} · 模型 {model} · 对话 {conversation}</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/settings_fit.py"/>
        <source>{size} stays free.</source>
        <translation>还剩 {size}。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/settings_fit.py"/>
        <source>{size} too much: a context of {tokens} tokens fits, or close other programs.</source>
        <translation>超出 {size}：上下文改为 {tokens} 个词元就够，或者关闭其他程序。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/settings_fit.py"/>
        <source>{size} too much: close other programs or choose a smaller model.</source>
        <translation>超出 {size}：请关闭其他程序，或者选择更小的模型。</translation>
    </message>
</context>
<context>
    <name>desktop_agent.ui.settings_model</name>
    <message>
        <location filename="../../desktop_agent/ui/settings_model.py"/>
        <source>Built-in guide</source>
        <translation>内置向导</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/settings_model.py"/>
        <source>Get models…</source>
        <translation>下载模型…</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/settings_model.py"/>
        <source>Open file…</source>
        <translation>打开文件…</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/settings_model.py"/>
        <source>{size} on disk. {languages}. {licence}.</source>
        <translation>磁盘上 {size}。{languages}。{licence}。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/settings_model.py"/>
        <source>{size} on disk, made for up to {count} tokens.</source>
        <translation>磁盘上占 {size}，最多支持 {count} 个词元。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/settings_model.py"/>
        <source>Choose a model</source>
        <translation>选择模型</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/settings_model.py"/>
        <source>Models (*.gguf);;All files (*)</source>
        <translation>模型 (*.gguf);;所有文件 (*)</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/settings_model.py"/>
        <source>Looking at {file} …</source>
        <translation>正在查看 {file}…</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/settings_model.py"/>
        <source>cannot be used</source>
        <translation>不能使用</translation>
    </message>
</context>
<context>
    <name>desktop_agent.ui.settings_pages</name>
    <message>
        <location filename="../../desktop_agent/ui/settings_pages.py"/>
        <source>Search settings…</source>
        <translation>搜索设置…</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/settings_pages.py"/>
        <source>Search settings</source>
        <translation>搜索设置</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/settings_pages.py"/>
        <source>Pages of the settings</source>
        <translation>设置的页面</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/settings_pages.py"/>
        <source>About</source>
        <translation>关于</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/settings_pages.py"/>
        <source>Restore defaults</source>
        <translation>恢复默认值</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/settings_pages.py"/>
        <source>Of this page; nothing is stored before you apply it.</source>
        <translation>只针对这一页；点“应用”之前不会保存。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/settings_pages.py"/>
        <source>Discard changes</source>
        <translation>放弃修改</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/settings_pages.py"/>
        <source>Apply</source>
        <translation>应用</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/settings_pages.py"/>
        <source>No setting matches “{text}”.</source>
        <translation>没有包含“{text}”的设置。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/settings_pages.py"/>
        <source>, </source>
        <translation>，</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/settings_pages.py"/>
        <source>Saved.</source>
        <translation>已保存。</translation>
    </message>
</context>
<context>
    <name>desktop_agent.ui.settings_row</name>
    <message>
        <location filename="../../desktop_agent/ui/settings_row.py"/>
        <source>not applied yet</source>
        <translation>尚未应用</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/settings_row.py"/>
        <source>Back to: {value}</source>
        <translation>恢复为：{value}</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/settings_row.py"/>
        <source>Back to the default</source>
        <translation>恢复默认值</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/settings_row.py"/>
        <source>The environment variable {name} decides this.</source>
        <translation>由环境变量 {name} 决定。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/settings_row.py"/>
        <source>The command line decides this (--set {name}=…).</source>
        <translation>由命令行决定（--set {name}=…）。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/settings_row.py"/>
        <source>On</source>
        <translation>开</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/settings_row.py"/>
        <source>Off</source>
        <translation>关</translation>
    </message>
</context>
<context>
    <name>desktop_agent.ui.settings_section</name>
    <message>
        <location filename="../../desktop_agent/ui/settings_section.py"/>
        <source>▾ Fewer settings</source>
        <translation>▾ 收起</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/settings_section.py"/>
        <source>▸ More settings ({count})</source>
        <translation>▸ 更多设置（{count}）</translation>
    </message>
</context>
<context>
    <name>desktop_agent.ui.start</name>
    <message>
        <location filename="../../desktop_agent/ui/start.py"/>
        <source>Desktop Agent</source>
        <translation>Desktop Agent</translation>
    </message>
</context>
<context>
    <name>desktop_agent.ui.status_line</name>
    <message>
        <location filename="../../desktop_agent/ui/status_line.py"/>
        <source>Starting…</source>
        <translation>正在开始…</translation>
    </message>
</context>
<context>
    <name>desktop_agent.ui.too_large</name>
    <message>
        <location filename="../../desktop_agent/ui/too_large.py"/>
        <source>Load anyway</source>
        <translation>仍然加载</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/too_large.py"/>
        <source>Use a context of {tokens} tokens</source>
        <translation>上下文改用 {tokens} 个词元</translation>
    </message>
</context>
<context>
    <name>desktop_agent.ui.top_bar</name>
    <message>
        <location filename="../../desktop_agent/ui/top_bar.py"/>
        <source>Chat</source>
        <translation>对话</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/top_bar.py"/>
        <source>Memory</source>
        <translation>记忆</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/top_bar.py"/>
        <source>Monitor</source>
        <translation>监视</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/top_bar.py"/>
        <source>Settings</source>
        <translation>设置</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/top_bar.py"/>
        <source>Built-in guide</source>
        <translation>内置向导</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/top_bar.py"/>
        <source>Model: {name}</source>
        <translation>模型：{name}</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/top_bar.py"/>
        <source>RAM in use</source>
        <translation>已用内存</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/top_bar.py"/>
        <source>RAM</source>
        <translation>内存</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/top_bar.py"/>
        <source>RAM: {figures} in use</source>
        <translation>内存：已用 {figures}</translation>
    </message>
</context>
<context>
    <name>desktop_agent.ui.transcript</name>
    <message>
        <location filename="../../desktop_agent/ui/transcript.py"/>
        <source>Conversation</source>
        <translation>对话内容</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/transcript.py"/>
        <source>Copied</source>
        <translation>已复制</translation>
    </message>
</context>
<context>
    <name>desktop_agent.ui.tray</name>
    <message>
        <location filename="../../desktop_agent/ui/tray.py"/>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/tray.py"/>
        <source>Leave the question as it is</source>
        <translation>不改这个问题</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/tray.py"/>
        <source>Asked otherwise; what was there before is kept.</source>
        <translation>修改后重新提问，原来的内容会保留。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/tray.py"/>
        <source>{count} pages</source>
        <translation>{count} 页</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/tray.py"/>
        <source>Do not attach {file}</source>
        <translation>不附上 {file}</translation>
    </message>
</context>
<context>
    <name>desktop_agent.ui.turns</name>
    <message>
        <location filename="../../desktop_agent/ui/turns.py"/>
        <source>Thinking…</source>
        <translation>正在思考…</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/turns.py"/>
        <source>Reading {done} of {total}</source>
        <translation>正在阅读：{done} / {total}</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/turns.py"/>
        <source>Reading {done} of {total}, about {seconds} s left</source>
        <translation>正在阅读：{done} / {total}，大约还要 {seconds} 秒</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/turns.py"/>
        <source>Reading {done} of {total}, about {minutes} min left</source>
        <translation>正在阅读：{done} / {total}，大约还要 {minutes} 分钟</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/turns.py"/>
        <source>Waiting: {count} before this</source>
        <translation>正在等待：前面还有 {count} 个</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/turns.py"/>
        <source>Loading the model: {percent} %</source>
        <translation>正在加载模型：{percent} %</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/turns.py"/>
        <source>Answering… {speed} tokens/s</source>
        <translation>正在生成… {speed} 词元/秒</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/turns.py"/>
        <source>Answering…</source>
        <translation>正在生成…</translation>
    </message>
</context>
<context>
    <name>desktop_agent.ui.update_notice</name>
    <message>
        <location filename="../../desktop_agent/ui/update_notice.py"/>
        <source>Version {version} of Desktop Agent is there; this is {current}.</source>
        <translation>Desktop Agent 有新版本 {version}；现在是 {current}。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/update_notice.py"/>
        <source>See the page…</source>
        <translation>查看网页…</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/update_notice.py"/>
        <source>Open this address in the browser?</source>
        <translation>在浏览器中打开这个网址？</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/update_notice.py"/>
        <source>Open</source>
        <translation>打开</translation>
    </message>
</context>
<context>
    <name>desktop_agent.ui.window</name>
    <message>
        <location filename="../../desktop_agent/ui/window.py"/>
        <source>Desktop Agent</source>
        <translation>Desktop Agent</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/window.py"/>
        <source>Another Desktop Agent has this folder open. Both work; each shows what it did itself.</source>
        <translation>另一个 Desktop Agent 也打开了这个文件夹。两个都能用，但各自只显示自己做的事。</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/window.py"/>
        <source>Could not start</source>
        <translation>无法启动</translation>
    </message>
</context>
<context>
    <name>desktop_agent.ui.words_below</name>
    <message>
        <location filename="../../desktop_agent/ui/words_below.py"/>
        <source>Edit</source>
        <translation>编辑</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/words_below.py"/>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/words_below.py"/>
        <source>1 memory used</source>
        <translation>用到 1 条记忆</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/words_below.py"/>
        <source>{count} memories used</source>
        <translation>用到 {count} 条记忆</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/words_below.py"/>
        <source>Again: {note}</source>
        <translation>已恢复：{note}</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/words_below.py"/>
        <source>Not remembered</source>
        <translation>未记住</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/words_below.py"/>
        <source>Remembered: {note}</source>
        <translation>已记住：{note}</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/words_below.py"/>
        <source>Remembered: {note} (instead of: {before})</source>
        <translation>已记住：{note}（原来是：{before}）</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/words_below.py"/>
        <source>Undo: {note}</source>
        <translation>撤销：{note}</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/words_below.py"/>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/words_below.py"/>
        <source>Hide the thoughts</source>
        <translation>隐藏思考过程</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/words_below.py"/>
        <source>Show the thoughts</source>
        <translation>显示思考过程</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/words_below.py"/>
        <source>{speed} tokens/s</source>
        <translation>{speed} 词元/秒</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/words_below.py"/>
        <source>first word {seconds} s</source>
        <translation>首字 {seconds} 秒</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/words_below.py"/>
        <source>Built-in guide</source>
        <translation>内置向导</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/words_below.py"/>
        <source>{model} on {host}</source>
        <translation>{host} 上的 {model}</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/words_below.py"/>
        <source>answered by {model}</source>
        <translation>由 {model} 回答</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/words_below.py"/>
        <source>stopped</source>
        <translation>已停止</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/words_below.py"/>
        <source>the limit for one answer is reached</source>
        <translation>已达到单次回答的长度上限</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/words_below.py"/>
        <source>failed</source>
        <translation>回答失败</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/words_below.py"/>
        <source>Show all {count} characters</source>
        <translation>显示全部 {count} 个字符</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/words_below.py"/>
        <source>Continue</source>
        <translation>继续</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/words_below.py"/>
        <source>Try again</source>
        <translation>重新生成</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/words_below.py"/>
        <source>The version before this one</source>
        <translation>上一个版本</translation>
    </message>
    <message>
        <location filename="../../desktop_agent/ui/words_below.py"/>
        <source>The version after this one</source>
        <translation>下一个版本</translation>
    </message>
</context>
<context>
    <name>desktop_agent.ui.work</name>
    <message>
        <location filename="../../desktop_agent/ui/work.py"/>
        <source>Something went wrong inside the program. Details are in the log: Settings, About.</source>
        <translation>程序内部出错了。详情在日志里：设置 → 关于。</translation>
    </message>
</context>
</TS>
