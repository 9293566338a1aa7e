<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN">
<context>
    <name>AboutDialog</name>
    <message>
        <source>About Lathe</source>
        <translation>关于 Lathe</translation>
    </message>
    <message>
        <source>Version {version}, Apache-2.0</source>
        <translation>版本 {version}，Apache-2.0</translation>
    </message>
    <message>
        <source>Versions</source>
        <translation>版本信息</translation>
    </message>
    <message>
        <source>Fonts and icons</source>
        <translation>字体与图标</translation>
    </message>
    <message>
        <source>Copy versions</source>
        <translation>复制版本信息</translation>
    </message>
    <message>
        <source>Engine</source>
        <translation>引擎</translation>
    </message>
    <message>
        <source>Licences</source>
        <translation>许可证</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>已复制</translation>
    </message>
</context>
<context>
    <name>AmateurChoice</name>
    <message>
        <source>Amateur model</source>
        <translation>业余模型</translation>
    </message>
    <message>
        <source>Choose a smaller model</source>
        <translation>选择较小的模型</translation>
    </message>
    <message>
        <source>Tokens that this model likes as well as the loaded one count less. It must be of one family.</source>
        <translation>这个模型同样看好的词元会被压低。它必须与已加载的模型同属一个系列。</translation>
    </message>
    <message>
        <source>Contrastive decoding needs a second, smaller model.</source>
        <translation>对比解码需要第二个较小的模型。</translation>
    </message>
    <message>
        <source>Add a smaller model of the same family on the page Models.</source>
        <translation>请在“模型库”页面添加一个同系列的小模型。</translation>
    </message>
</context>
<context>
    <name>Application</name>
    <message>
        <source>Only web and mail addresses can be opened.</source>
        <translation>只能打开网页地址和邮件地址。</translation>
    </message>
</context>
<context>
    <name>Arcs</name>
    <message>
        <source>What the chosen token reads</source>
        <translation>所选词元关注的位置</translation>
    </message>
    <message>
        <source>“{text}” (token {number}): {share} of the attention</source>
        <translation>“{text}”（词元 {number}）：占注意力的 {share}</translation>
    </message>
</context>
<context>
    <name>AttachmentChips</name>
    <message>
        <source>Attached file; Delete removes it</source>
        <translation>已附加的文件；按 Delete 移除</translation>
    </message>
</context>
<context>
    <name>Attention</name>
    <message>
        <source>{seen} tok/s with, {without} without</source>
        <translation>读取时 {seen} tok/s，不读取 {without}</translation>
    </message>
    <message>
        <source>{seen} tok/s with attention</source>
        <translation>读取注意力时 {seen} tok/s</translation>
    </message>
    <message>
        <source>{without} tok/s without attention</source>
        <translation>不读取注意力时 {without} tok/s</translation>
    </message>
    <message>
        <source>Attention is not an explanation: a weight says where a head reads, not what it takes from there nor what the answer owes to it. Click for more.</source>
        <translation>注意力不等于解释：权重只说明一个头在看哪里，并不说明它取走了什么，也不说明回答由此得到了什么。点击了解更多。</translation>
    </message>
    <message>
        <source>Layer {layer} · Head {head}</source>
        <translation>第 {layer} 层 · 头 {head}</translation>
    </message>
    <message>
        <source>Layer {layer} · Mean</source>
        <translation>第 {layer} 层 · 平均</translation>
    </message>
    <message>
        <source>Rollout</source>
        <translation>Rollout</translation>
    </message>
    <message>
        <source>Sliding window: a token sees the {window} tokens before it.</source>
        <translation>滑动窗口：词元只能看到之前的 {window} 个词元。</translation>
    </message>
    <message>
        <source>Sink and window: a token sees the first {sink} and the last {window} tokens.</source>
        <translation>注意力汇加窗口：词元只能看到最前面 {sink} 个和最近 {window} 个词元。</translation>
    </message>
    <message>
        <source>No mask: every token sees the whole text.</source>
        <translation>无掩码：每个词元都能看到全文。</translation>
    </message>
    <message>
        <source>Causal mask: a token sees itself and what comes before it.</source>
        <translation>因果掩码：词元只能看到自己和之前的内容。</translation>
    </message>
</context>
<context>
    <name>AttentionPanel</name>
    <message>
        <source>Attention</source>
        <translation>注意力</translation>
    </message>
    <message>
        <source>Layers × heads</source>
        <translation>层 × 头</translation>
    </message>
    <message>
        <source>One head</source>
        <translation>单个头</translation>
    </message>
    <message>
        <source>Mean of the layer</source>
        <translation>层内平均</translation>
    </message>
    <message>
        <source>Rollout</source>
        <translation>Rollout</translation>
    </message>
    <message>
        <source>What the map shows</source>
        <translation>图中显示的内容</translation>
    </message>
    <message>
        <source>One head; the mean over the heads of the layer; or rollout (Abnar and Zuidema 2020), which follows attention through all layers and needs prompt and reply to be read.</source>
        <translation>单个头；一层内各头的平均；或 rollout（Abnar 与 Zuidema，2020），它沿所有层追踪注意力，需要先读取提示词和回复。</translation>
    </message>
    <message>
        <source>From “{token}”</source>
        <translation>来自“{token}”</translation>
    </message>
    <message>
        <source>not read</source>
        <translation>未读取</translation>
    </message>
    <message>
        <source>Speed of the last replies of this model while attention was read, and while it was not.</source>
        <translation>这个模型最近几次回复的速度：读取注意力时与不读取时。</translation>
    </message>
</context>
<context>
    <name>AttentionToolbar</name>
    <message>
        <source>Hold the chosen token</source>
        <translation>固定所选词元</translation>
    </message>
    <message>
        <source>List the heads by what they do</source>
        <translation>按功能列出注意力头</translation>
    </message>
    <message>
        <source>Read the prompt too…</source>
        <translation>同时读取提示词…</translation>
    </message>
    <message>
        <source>Shades and lines…</source>
        <translation>着色与连线…</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>导出…</translation>
    </message>
    <message>
        <source>Open on the page Inspect</source>
        <translation>在“剖析”页面打开</translation>
    </message>
    <message>
        <source>Picture (PNG)…</source>
        <translation>图片（PNG）…</translation>
    </message>
    <message>
        <source>Drawing (SVG)…</source>
        <translation>矢量图（SVG）…</translation>
    </message>
    <message>
        <source>Numbers for numpy (NPZ)…</source>
        <translation>numpy 数据（NPZ）…</translation>
    </message>
    <message>
        <source>Read prompt and reply: layer {layer}</source>
        <translation>读取提示词和回复：第 {layer} 层</translation>
    </message>
    <message>
        <source>Read prompt and reply: all layers (for rollout)</source>
        <translation>读取提示词和回复：所有层（rollout 需要）</translation>
    </message>
    <message>
        <source>Live: all layers</source>
        <translation>实时：所有层</translation>
    </message>
    <message>
        <source>Live: the chosen layer only (costs less)</source>
        <translation>实时：仅所选层（开销更小）</translation>
    </message>
</context>
<context>
    <name>Banner</name>
    <message>
        <source>Dismiss</source>
        <translation>关闭</translation>
    </message>
</context>
<context>
    <name>BeamCanvas</name>
    <message>
        <source>Tree of beams</source>
        <translation>束搜索树</translation>
    </message>
    <message>
        <source>goes on</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>dropped: other beams were better</source>
        <translation>已淘汰：其他束更优</translation>
    </message>
    <message>
        <source>finished</source>
        <translation>已结束</translation>
    </message>
    <message>
        <source>“{text}”: {p} after what stands before it
Score {score}, {state}</source>
        <translation>“{text}”：在前文之后的概率为 {p}
得分 {score}，{state}</translation>
    </message>
</context>
<context>
    <name>BeamsPanel</name>
    <message>
        <source>Beams</source>
        <translation>束搜索</translation>
    </message>
    <message>
        <source>Several replies grow together</source>
        <translation>多条回复同时生长</translation>
    </message>
    <message>
        <source>Choose beam search as the decoding mode and send a message: the tree grows here.</source>
        <translation>将解码模式设为束搜索，然后发送消息：搜索树会在这里生长。</translation>
    </message>
    <message>
        <source>Use beam search in this chat</source>
        <translation>在此对话中使用束搜索</translation>
    </message>
    <message>
        <source>Smaller</source>
        <translation>缩小</translation>
    </message>
    <message>
        <source>Larger</source>
        <translation>放大</translation>
    </message>
    <message>
        <source>Show all</source>
        <translation>全部显示</translation>
    </message>
    <message>
        <source>Best</source>
        <translation>最优</translation>
    </message>
    <message>
        <source>Finished</source>
        <translation>已结束</translation>
    </message>
    <message>
        <source>Dropped</source>
        <translation>已淘汰</translation>
    </message>
    <message>
        <source>{alive} of {count} hypotheses go on, {finished} finished</source>
        <translation>{count} 个候选序列：{alive} 个继续，{finished} 个已结束</translation>
    </message>
    <message>
        <source>This hypothesis · score {score}</source>
        <translation>此候选序列 · 得分 {score}</translation>
    </message>
    <message>
        <source>Best · score {score}</source>
        <translation>最优 · 得分 {score}</translation>
    </message>
</context>
<context>
    <name>BenchmarkDialog</name>
    <message>
        <source>Run a benchmark</source>
        <translation>运行基准测试</translation>
    </message>
    <message>
        <source>Run</source>
        <translation>运行</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Benchmark {model}</source>
        <translation>基准测试：{model}</translation>
    </message>
    <message>
        <source>Every scenario uses the same prompts and greedy decoding each time, so results can be compared. The chat waits while it runs.</source>
        <translation>每个场景每次都使用相同的提示词和贪心解码，因此结果可以相互比较。运行期间对话会等待。</translation>
    </message>
</context>
<context>
    <name>BenchmarkTableModel</name>
    <message>
        <source>Model</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Scenario</source>
        <translation>场景</translation>
    </message>
    <message>
        <source>Output tok/s</source>
        <translation>输出 tok/s</translation>
    </message>
    <message>
        <source>Input tok/s</source>
        <translation>输入 tok/s</translation>
    </message>
    <message>
        <source>First token</source>
        <translation>首词元</translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>内存</translation>
    </message>
    <message>
        <source>Tokens in / out</source>
        <translation>输入/输出词元</translation>
    </message>
    <message>
        <source>Device</source>
        <translation>设备</translation>
    </message>
    <message>
        <source>Engine</source>
        <translation>引擎</translation>
    </message>
    <message>
        <source>When</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>Tokens written per second after the first one</source>
        <translation>首词元之后每秒写出的词元数</translation>
    </message>
    <message>
        <source>Prompt tokens read per second</source>
        <translation>每秒读入的提示词词元数</translation>
    </message>
    <message>
        <source>Time from the request to the first token</source>
        <translation>从发出请求到首词元的时间</translation>
    </message>
    <message>
        <source>The most memory the engine process used</source>
        <translation>引擎进程占用的内存峰值</translation>
    </message>
</context>
<context>
    <name>BenchmarksLink</name>
    <message>
        <source>Copied as a Markdown table.</source>
        <translation>已复制为 Markdown 表格。</translation>
    </message>
    <message>
        <source>Export results</source>
        <translation>导出结果</translation>
    </message>
    <message>
        <source>Saved as {name}.</source>
        <translation>已保存为 {name}。</translation>
    </message>
</context>
<context>
    <name>BenchmarksView</name>
    <message>
        <source>Throughput and benchmarks</source>
        <translation>吞吐与基准测试</translation>
    </message>
    <message>
        <source>Run a benchmark…</source>
        <translation>运行基准测试…</translation>
    </message>
    <message>
        <source>No results yet</source>
        <translation>还没有结果</translation>
    </message>
    <message>
        <source>A benchmark measures time to first token and the speed of reading and writing in five typical situations, and keeps the results to compare models and settings.</source>
        <translation>基准测试在五种典型场景下测量首词元时间以及读写速度，并保存结果，用于比较不同的模型和设置。</translation>
    </message>
    <message>
        <source>Load a model to run a benchmark.</source>
        <translation>请先加载模型再运行基准测试。</translation>
    </message>
</context>
<context>
    <name>BiasControl</name>
    <message>
        <source>Text or token to bias</source>
        <translation>要加偏置的文本或词元</translation>
    </message>
    <message>
        <source>Text, or #token id</source>
        <translation>文本，或 #词元 id</translation>
    </message>
</context>
<context>
    <name>BiasRow</name>
    <message>
        <source>Bias of {target}</source>
        <translation>{target} 的偏置</translation>
    </message>
    <message>
        <source>banned</source>
        <translation>已禁用</translation>
    </message>
    <message>
        <source>Ban {target}: it can never be chosen</source>
        <translation>禁用 {target}：永远不会被选中</translation>
    </message>
    <message>
        <source>Remove {target}</source>
        <translation>移除 {target}</translation>
    </message>
</context>
<context>
    <name>BottomPanel</name>
    <message>
        <source>What to watch</source>
        <translation>观察内容</translation>
    </message>
    <message>
        <source>Hide this panel</source>
        <translation>隐藏此面板</translation>
    </message>
</context>
<context>
    <name>CandidateList</name>
    <message>
        <source>Candidates</source>
        <translation>候选词元</translation>
    </message>
</context>
<context>
    <name>CandidateModel</name>
    <message>
        <source>Continues the word before it. Click to put it there.</source>
        <translation>接在前一个词之后。点击填入。</translation>
    </message>
    <message>
        <source>Click to put it there.</source>
        <translation>点击填入。</translation>
    </message>
    <message>
        <source>{text}, {p}, taken</source>
        <translation>{text}，{p}，已选中</translation>
    </message>
    <message>
        <source>{text}, {p}</source>
        <translation>{text}，{p}</translation>
    </message>
    <message>
        <source>This token stands in the reply (id {id}).</source>
        <translation>回复中就是这个词元（id {id}）。</translation>
    </message>
    <message>
        <source>Double-click to go on from here with this token (id {id}).</source>
        <translation>双击可从这里用这个词元（id {id}）继续写。</translation>
    </message>
</context>
<context>
    <name>CardCanvas</name>
    <message>
        <source>Drawing of the model</source>
        <translation>模型结构图</translation>
    </message>
</context>
<context>
    <name>CardScroll</name>
    <message>
        <source>Model card</source>
        <translation>模型卡</translation>
    </message>
</context>
<context>
    <name>CardTables</name>
    <message>
        <source>all</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>Layer</source>
        <translation>层</translation>
    </message>
    <message>
        <source>Heads</source>
        <translation>头数</translation>
    </message>
    <message>
        <source>KV heads</source>
        <translation>KV 头数</translation>
    </message>
    <message>
        <source>Sees</source>
        <translation>可见范围</translation>
    </message>
    <message>
        <source>Experts</source>
        <translation>专家</translation>
    </message>
    <message>
        <source>Parameters</source>
        <translation>参数量</translation>
    </message>
    <message>
        <source>Bytes</source>
        <translation>字节</translation>
    </message>
    <message>
        <source>Bits/weight</source>
        <translation>位/权重</translation>
    </message>
    <message>
        <source>Types</source>
        <translation>类型分布</translation>
    </message>
    <message>
        <source>Tensor</source>
        <translation>张量</translation>
    </message>
    <message>
        <source>What it does</source>
        <translation>作用</translation>
    </message>
    <message>
        <source>Shape</source>
        <translation>形状</translation>
    </message>
    <message>
        <source>Type</source>
        <translation>类型</translation>
    </message>
    <message>
        <source>Key</source>
        <translation>键</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>值</translation>
    </message>
</context>
<context>
    <name>ChatController</name>
    <message>
        <source>New chat</source>
        <translation>新建对话</translation>
    </message>
</context>
<context>
    <name>ChatPage</name>
    <message>
        <source>Try again</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>Attach text files</source>
        <translation>附加文本文件</translation>
    </message>
    <message>
        <source>Import chats</source>
        <translation>导入对话</translation>
    </message>
    <message>
        <source>Chats (*.json *.jsonl);;All files (*)</source>
        <translation>对话 (*.json *.jsonl);;所有文件 (*)</translation>
    </message>
    <message>
        <source>Export a chat</source>
        <translation>导出对话</translation>
    </message>
    <message>
        <source>The chat is in the clipboard.</source>
        <translation>对话已复制到剪贴板。</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
</context>
<context>
    <name>ChatTopBar</name>
    <message>
        <source>Show the list of chats</source>
        <translation>显示对话列表</translation>
    </message>
    <message>
        <source>Export this chat</source>
        <translation>导出此对话</translation>
    </message>
    <message numerus="yes">
        <source>%n turn(s)</source>
        <translation>
            <numerusform>%n 轮</numerusform>
        </translation>
    </message>
    <message>
        <source>Copy as Markdown</source>
        <translation>复制为 Markdown</translation>
    </message>
    <message>
        <source>Copy as JSON</source>
        <translation>复制为 JSON</translation>
    </message>
</context>
<context>
    <name>ChipsView</name>
    <message>
        <source>“{text}” · id {id} · bytes {bytes}</source>
        <translation>“{text}” · id {id} · 字节 {bytes}</translation>
    </message>
    <message>
        <source>special token</source>
        <translation>特殊词元</translation>
    </message>
</context>
<context>
    <name>Commands</name>
    <message>
        <source>Chat</source>
        <translation>对话</translation>
    </message>
    <message>
        <source>Edit</source>
        <translation>编辑</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>File</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>New chat</source>
        <translation>新建对话</translation>
    </message>
    <message>
        <source>Find in all chats</source>
        <translation>在所有对话中查找</translation>
    </message>
    <message>
        <source>New folder</source>
        <translation>新建文件夹</translation>
    </message>
    <message>
        <source>Import chats…</source>
        <translation>导入对话…</translation>
    </message>
    <message>
        <source>Choose a model</source>
        <translation>选择模型</translation>
    </message>
    <message>
        <source>Open a model file…</source>
        <translation>打开模型文件…</translation>
    </message>
    <message>
        <source>Load the starter model</source>
        <translation>加载入门模型</translation>
    </message>
    <message>
        <source>Find in this chat</source>
        <translation>在此对话中查找</translation>
    </message>
    <message>
        <source>Write a message</source>
        <translation>写消息</translation>
    </message>
    <message>
        <source>Attach files…</source>
        <translation>附加文件…</translation>
    </message>
    <message>
        <source>Next chat</source>
        <translation>下一个对话</translation>
    </message>
    <message>
        <source>Previous chat</source>
        <translation>上一个对话</translation>
    </message>
    <message>
        <source>Rename the chat</source>
        <translation>重命名对话</translation>
    </message>
    <message>
        <source>Pin or unpin the chat</source>
        <translation>置顶或取消置顶</translation>
    </message>
    <message>
        <source>Duplicate the chat</source>
        <translation>复制对话副本</translation>
    </message>
    <message>
        <source>Delete the chat</source>
        <translation>删除对话</translation>
    </message>
    <message>
        <source>System prompt</source>
        <translation>系统提示词</translation>
    </message>
    <message>
        <source>Grammar or JSON schema</source>
        <translation>语法约束或 JSON Schema</translation>
    </message>
    <message>
        <source>Regenerate the reply</source>
        <translation>重新生成回复</translation>
    </message>
    <message>
        <source>Continue the reply</source>
        <translation>续写回复</translation>
    </message>
    <message>
        <source>Edit my last message</source>
        <translation>编辑我的上一条消息</translation>
    </message>
    <message>
        <source>Clear the chat</source>
        <translation>清空对话</translation>
    </message>
    <message>
        <source>Export the chat…</source>
        <translation>导出对话…</translation>
    </message>
    <message>
        <source>Copy the chat as Markdown</source>
        <translation>将对话复制为 Markdown</translation>
    </message>
    <message>
        <source>Stop the reply</source>
        <translation>停止回复</translation>
    </message>
    <message>
        <source>Unload the model</source>
        <translation>卸载模型</translation>
    </message>
    <message>
        <source>Inspect</source>
        <translation>剖析</translation>
    </message>
    <message>
        <source>One token back</source>
        <translation>后退一个词元</translation>
    </message>
    <message>
        <source>One token forward</source>
        <translation>前进一个词元</translation>
    </message>
    <message>
        <source>The most surprising token</source>
        <translation>最出人意料的词元</translation>
    </message>
    <message>
        <source>Write one more token</source>
        <translation>再写一个词元</translation>
    </message>
    <message>
        <source>Inspect: Attention</source>
        <translation>剖析：注意力</translation>
    </message>
    <message>
        <source>Inspect: Logit lens</source>
        <translation>剖析：Logit 透镜</translation>
    </message>
    <message>
        <source>Inspect: Tokens</source>
        <translation>剖析：词元</translation>
    </message>
    <message>
        <source>Inspect: Vocabulary</source>
        <translation>剖析：词表</translation>
    </message>
    <message>
        <source>Inspect: Model card</source>
        <translation>剖析：模型卡</translation>
    </message>
    <message>
        <source>Inspect: Context</source>
        <translation>剖析：上下文</translation>
    </message>
    <message>
        <source>Inspect: Beams</source>
        <translation>剖析：束搜索</translation>
    </message>
    <message>
        <source>Read attention live, or stop</source>
        <translation>开始或停止实时读取注意力</translation>
    </message>
    <message>
        <source>Attention: next head</source>
        <translation>注意力：下一个头</translation>
    </message>
    <message>
        <source>Attention: previous head</source>
        <translation>注意力：上一个头</translation>
    </message>
    <message>
        <source>Attention: next layer</source>
        <translation>注意力：下一层</translation>
    </message>
    <message>
        <source>Attention: previous layer</source>
        <translation>注意力：上一层</translation>
    </message>
    <message>
        <source>Command palette</source>
        <translation>命令面板</translation>
    </message>
    <message>
        <source>Go to a chat</source>
        <translation>转到对话</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>Open the home folder</source>
        <translation>打开主目录</translation>
    </message>
    <message>
        <source>Dark theme</source>
        <translation>深色主题</translation>
    </message>
    <message>
        <source>Light theme</source>
        <translation>浅色主题</translation>
    </message>
    <message>
        <source>Theme like the desktop</source>
        <translation>主题跟随系统</translation>
    </message>
    <message>
        <source>Help</source>
        <translation>帮助</translation>
    </message>
    <message>
        <source>About Lathe</source>
        <translation>关于 Lathe</translation>
    </message>
    <message>
        <source>Go to Chat</source>
        <translation>转到“对话”</translation>
    </message>
    <message>
        <source>Go to Inspect</source>
        <translation>转到“剖析”</translation>
    </message>
    <message>
        <source>Go to Throughput and benchmarks</source>
        <translation>转到“吞吐与基准测试”</translation>
    </message>
    <message>
        <source>Go to Models</source>
        <translation>转到“模型库”</translation>
    </message>
    <message>
        <source>View</source>
        <translation>视图</translation>
    </message>
    <message>
        <source>Go</source>
        <translation>转到</translation>
    </message>
    <message>
        <source>Show the navigator</source>
        <translation>显示左侧导航</translation>
    </message>
    <message>
        <source>Show the inspector</source>
        <translation>显示右侧面板</translation>
    </message>
    <message>
        <source>Show the bottom panel</source>
        <translation>显示底部面板</translation>
    </message>
    <message>
        <source>Move to the next region</source>
        <translation>移到下一区域</translation>
    </message>
    <message>
        <source>Move to the previous region</source>
        <translation>移到上一区域</translation>
    </message>
    <message>
        <source>Move to the notification</source>
        <translation>移到通知</translation>
    </message>
    <message>
        <source>Full screen</source>
        <translation>全屏</translation>
    </message>
    <message>
        <source>Open the menu</source>
        <translation>打开菜单</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>退出</translation>
    </message>
</context>
<context>
    <name>Composer</name>
    <message>
        <source>System prompt</source>
        <translation>系统提示词</translation>
    </message>
    <message>
        <source>Grammar</source>
        <translation>语法约束</translation>
    </message>
    <message>
        <source>Attach</source>
        <translation>附件</translation>
    </message>
    <message>
        <source>Add text files to the message</source>
        <translation>在消息中附加文本文件</translation>
    </message>
    <message>
        <source>Esc to stop</source>
        <translation>Esc 停止</translation>
    </message>
    <message>
        <source>Reading the prompt… {percent} %</source>
        <translation>正在读取提示词… {percent} %</translation>
    </message>
    <message>
        <source>Attach the pasted text as a file</source>
        <translation>将粘贴的文本作为文件附加</translation>
    </message>
    <message>
        <source>pasted.txt</source>
        <translation>pasted.txt</translation>
    </message>
    <message>
        <source>the model</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Message {model}…   / for commands</source>
        <translation>给 {model} 发消息…   / 打开命令</translation>
    </message>
</context>
<context>
    <name>ComposerEdit</name>
    <message>
        <source>Message</source>
        <translation>消息</translation>
    </message>
</context>
<context>
    <name>ConstraintControl</name>
    <message>
        <source>Clear</source>
        <translation>清除</translation>
    </message>
    <message>
        <source>Clear {name}</source>
        <translation>清除 {name}</translation>
    </message>
</context>
<context>
    <name>ContextPanel</name>
    <message>
        <source>Context</source>
        <translation>上下文</translation>
    </message>
    <message>
        <source>Use of the context</source>
        <translation>上下文占用</translation>
    </message>
    <message>
        <source>System</source>
        <translation>系统</translation>
    </message>
    <message>
        <source>Chat</source>
        <translation>对话</translation>
    </message>
    <message>
        <source>Reply</source>
        <translation>回复</translation>
    </message>
    <message>
        <source>Template</source>
        <translation>模板</translation>
    </message>
    <message>
        <source>unknown</source>
        <translation>未知</translation>
    </message>
    <message>
        <source>{used} of {size} tokens</source>
        <translation>已用 {used} / {size} 词元</translation>
    </message>
    <message>
        <source>Messages left out because they no longer fit: {count}</source>
        <translation>因放不下而略去的消息：{count}</translation>
    </message>
    <message>
        <source>Tokens left: {count}.</source>
        <translation>剩余词元：{count}。</translation>
    </message>
    <message>
        <source>When the context is full, the reply stops.</source>
        <translation>上下文满时，回复停止。</translation>
    </message>
    <message>
        <source>When the context is full, the oldest turns are left out.</source>
        <translation>上下文满时，略去最早的几轮。</translation>
    </message>
    <message>
        <source>When the context is full, turns in the middle are left out.</source>
        <translation>上下文满时，略去中间的几轮。</translation>
    </message>
</context>
<context>
    <name>ContextTexts</name>
    <message>
        <source>Context length</source>
        <translation>上下文长度</translation>
    </message>
    <message>
        <source>How many tokens the model can see: system prompt, conversation and reply together. Memory for the KV cache grows with it. Auto takes what the model was trained for, as far as memory allows.</source>
        <translation>模型能看到的词元数：系统提示词、对话和回复合计。KV 缓存占用的内存随之增长。“自动”在内存允许的范围内取模型的训练长度。</translation>
    </message>
    <message>
        <source>GPU layers</source>
        <translation>GPU 层数</translation>
    </message>
    <message>
        <source>How many layers lie on the GPU. More is faster until its memory is full; auto puts there as many as fit, 0 uses the processor alone.</source>
        <translation>放到 GPU 上的层数。显存放满之前越多越快；“自动”放入尽可能多的层，0 表示只用 CPU。</translation>
    </message>
    <message>
        <source>Threads</source>
        <translation>线程</translation>
    </message>
    <message>
        <source>Threads that write the reply. Best is the number of free physical cores: more make it slower.</source>
        <translation>生成回复所用的线程数。最佳值是空闲物理核心数：再多反而更慢。</translation>
    </message>
    <message>
        <source>Threads for the prompt</source>
        <translation>提示词线程</translation>
    </message>
    <message>
        <source>Threads that read the prompt; auto is all cores.</source>
        <translation>读取提示词所用的线程数；“自动”使用所有核心。</translation>
    </message>
    <message>
        <source>Batch</source>
        <translation>批大小</translation>
    </message>
    <message>
        <source>Prompt tokens handed over at once. A stop takes effect between two batches.</source>
        <translation>一次提交的提示词词元数。停止会在两个批次之间生效。</translation>
    </message>
    <message>
        <source>Micro-batch</source>
        <translation>微批大小</translation>
    </message>
    <message>
        <source>Prompt tokens computed at once. Larger reads prompts faster and needs more memory.</source>
        <translation>一次计算的提示词词元数。越大读取提示词越快，占用内存也越多。</translation>
    </message>
    <message>
        <source>Flash attention</source>
        <translation>Flash Attention</translation>
    </message>
    <message>
        <source>Computes attention in blocks. Saves memory and speeds prompts; on a processor it can slow the reply down in long conversations. Auto measures both on this machine.</source>
        <translation>分块计算注意力。节省内存、加快读取提示词；但在 CPU 上可能拖慢长对话的回复。“自动”会在本机上实测两种方式。</translation>
    </message>
    <message>
        <source>KV cache type K</source>
        <translation>KV 缓存类型 K</translation>
    </message>
    <message>
        <source>Precision of the remembered keys. q8_0 halves the memory almost without loss; below that answers get worse in long conversations.</source>
        <translation>缓存中键的精度。q8_0 几乎无损地把内存减半；再低则长对话的回答质量会下降。</translation>
    </message>
    <message>
        <source>KV cache type V</source>
        <translation>KV 缓存类型 V</translation>
    </message>
    <message>
        <source>Precision of the remembered values. A quantized type needs flash attention.</source>
        <translation>缓存中值的精度。量化类型需要 Flash Attention。</translation>
    </message>
    <message>
        <source>KV cache on the GPU</source>
        <translation>KV 缓存放在 GPU</translation>
    </message>
    <message>
        <source>Keeps the cache of GPU layers on the GPU. Off saves its memory and is slower.</source>
        <translation>把 GPU 层的缓存留在 GPU 上。关闭可节省显存，但更慢。</translation>
    </message>
    <message>
        <source>Full sliding window</source>
        <translation>完整滑动窗口</translation>
    </message>
    <message>
        <source>For models with a sliding window: keeps the whole conversation in the cache, so that earlier turns can be reused after an edit. Costs memory.</source>
        <translation>用于带滑动窗口的模型：把整段对话保留在缓存中，编辑之后仍能复用前面各轮。会占用更多内存。</translation>
    </message>
    <message>
        <source>Map the file</source>
        <translation>内存映射文件</translation>
    </message>
    <message>
        <source>Reads weights from the file as they are needed: starts fast, shares memory.</source>
        <translation>按需从文件读取权重：启动快，内存可共享。</translation>
    </message>
    <message>
        <source>Keep in memory</source>
        <translation>锁定在内存</translation>
    </message>
    <message>
        <source>Forbids the system to move the model out of memory.</source>
        <translation>禁止系统把模型换出内存。</translation>
    </message>
    <message>
        <source>RoPE scaling</source>
        <translation>RoPE 缩放</translation>
    </message>
    <message>
        <source>How positions beyond the training length are squeezed in. YaRN keeps most of the quality; linear is the oldest way.</source>
        <translation>超出训练长度的位置如何压缩进来。YaRN 最能保持质量；线性是最早的方法。</translation>
    </message>
    <message>
        <source>RoPE base</source>
        <translation>RoPE 基数</translation>
    </message>
    <message>
        <source>Base of the rotation frequencies; auto takes the model&apos;s own.</source>
        <translation>旋转频率的基数；“自动”使用模型自带的值。</translation>
    </message>
    <message>
        <source>RoPE scale</source>
        <translation>RoPE 缩放系数</translation>
    </message>
    <message>
        <source>Factor on the positions: 0.5 doubles the length that fits. Auto takes the model&apos;s.</source>
        <translation>位置的缩放系数：0.5 可让长度翻倍。“自动”使用模型自带的值。</translation>
    </message>
    <message>
        <source>YaRN mix</source>
        <translation>YaRN 混合系数</translation>
    </message>
    <message>
        <source>Between pure interpolation (0) and full extrapolation (1); auto is 1 with YaRN.</source>
        <translation>介于纯内插（0）与完全外推（1）之间；使用 YaRN 时“自动”为 1。</translation>
    </message>
    <message>
        <source>YaRN original length</source>
        <translation>YaRN 原始长度</translation>
    </message>
    <message>
        <source>The length the model was trained for; auto takes the model&apos;s.</source>
        <translation>模型的训练长度；“自动”使用模型自带的值。</translation>
    </message>
    <message>
        <source>Main GPU</source>
        <translation>主 GPU</translation>
    </message>
    <message>
        <source>The number of the GPU that holds what is not split.</source>
        <translation>存放不拆分部分的 GPU 编号。</translation>
    </message>
    <message>
        <source>Tensor split</source>
        <translation>张量拆分</translation>
    </message>
    <message>
        <source>Shares of the model for each GPU, e.g. 3, 1. Empty splits by free memory.</source>
        <translation>各 GPU 分担的模型比例，例如 3, 1。留空则按空闲显存拆分。</translation>
    </message>
</context>
<context>
    <name>ContextXrayPanel</name>
    <message>
        <source>Send a message: then the attention of the reply can be read.</source>
        <translation>先发送一条消息：然后就能读取回复的注意力。</translation>
    </message>
    <message>
        <source>The attention of this model cannot be read.</source>
        <translation>无法读取此模型的注意力。</translation>
    </message>
    <message>
        <source>The reply is being written.</source>
        <translation>正在写回复。</translation>
    </message>
    <message>
        <source>Attention is not an explanation.</source>
        <translation>注意力不等于解释。</translation>
    </message>
</context>
<context>
    <name>ContextXrayView</name>
    <message>
        <source>Context X-ray</source>
        <translation>上下文透视</translation>
    </message>
    <message>
        <source>Messages in the context</source>
        <translation>上下文中的消息</translation>
    </message>
    <message>
        <source>What the context is made of</source>
        <translation>上下文由什么组成</translation>
    </message>
    <message>
        <source>Every message takes room in the KV cache and receives attention while a reply is written. Load a model and send a message to see how much, and what no longer fits.</source>
        <translation>每条消息都会占用 KV 缓存，并在写回复时获得注意力。加载模型并发送一条消息，就能看到各占多少、什么已经放不下。</translation>
    </message>
    <message>
        <source>Reading the text once more…</source>
        <translation>正在重新读取文本…</translation>
    </message>
    <message>
        <source>Context</source>
        <translation>上下文</translation>
    </message>
    <message>
        <source>Count the first token</source>
        <translation>计入首个词元</translation>
    </message>
    <message>
        <source>Read attention</source>
        <translation>读取注意力</translation>
    </message>
    <message>
        <source>System</source>
        <translation>系统</translation>
    </message>
    <message>
        <source>You</source>
        <translation>你</translation>
    </message>
    <message>
        <source>Replies</source>
        <translation>回复</translation>
    </message>
    <message>
        <source>Tools</source>
        <translation>工具</translation>
    </message>
    <message>
        <source>Template</source>
        <translation>模板</translation>
    </message>
    <message>
        <source>The share of the reply&apos;s attention, averaged over heads, layers and tokens. The first token of a text often collects attention that nothing else got.</source>
        <translation>该部分在回复注意力中所占的比例，对头、层和词元取平均。文本的首个词元往往会吸收没有其他去处的注意力。</translation>
    </message>
    <message>
        <source>From</source>
        <translation>来源</translation>
    </message>
    <message>
        <source>Message</source>
        <translation>消息</translation>
    </message>
    <message>
        <source>Tokens</source>
        <translation>词元</translation>
    </message>
    <message>
        <source>KV cache</source>
        <translation>KV 缓存</translation>
    </message>
    <message>
        <source>Share</source>
        <translation>占比</translation>
    </message>
    <message>
        <source>Attention</source>
        <translation>注意力</translation>
    </message>
    <message>
        <source>Per token</source>
        <translation>每词元</translation>
    </message>
    <message>
        <source>Attention for each token; 1 is the average of the context</source>
        <translation>平均到每个词元的注意力；1 为上下文的平均值</translation>
    </message>
    <message>
        <source>What the chat template puts around the messages</source>
        <translation>聊天模板在消息周围添加的内容</translation>
    </message>
    <message>
        <source>Not sent yet: {text}</source>
        <translation>尚未发送：{text}</translation>
    </message>
    <message>
        <source>left out</source>
        <translation>已略去</translation>
    </message>
    <message>
        <source>{tokens} of {room} tokens · {bytes} of KV cache</source>
        <translation>{tokens} / {room} 词元 · KV 缓存 {bytes}</translation>
    </message>
    <message numerus="yes">
        <source>%n message(s) left out</source>
        <translation>
            <numerusform>已略去 %n 条消息</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>EditBar</name>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Leave the message as it was (Esc)</source>
        <translation>消息保持原样（Esc）</translation>
    </message>
    <message>
        <source>Save without version</source>
        <translation>保存，不建新版本</translation>
    </message>
    <message>
        <source>Change the message itself; the old text is gone</source>
        <translation>直接修改消息本身；旧文本不再保留</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>A new version of the message, without a reply yet</source>
        <translation>消息的新版本，暂无回复</translation>
    </message>
    <message>
        <source>Ctrl+Enter</source>
        <translation>Ctrl+Enter</translation>
    </message>
    <message>
        <source>Editing your message</source>
        <translation>正在编辑你的消息</translation>
    </message>
    <message>
        <source>Editing the reply</source>
        <translation>正在编辑回复</translation>
    </message>
    <message>
        <source>Editing the system message</source>
        <translation>正在编辑系统消息</translation>
    </message>
    <message>
        <source>Editing the tool result</source>
        <translation>正在编辑工具结果</translation>
    </message>
    <message>
        <source>Save and send</source>
        <translation>保存并发送</translation>
    </message>
    <message>
        <source>Save as new version</source>
        <translation>另存为新版本</translation>
    </message>
</context>
<context>
    <name>EditableTitle</name>
    <message>
        <source>Title of the chat</source>
        <translation>对话标题</translation>
    </message>
    <message>
        <source>{title} — double-click to rename</source>
        <translation>{title} — 双击重命名</translation>
    </message>
</context>
<context>
    <name>EndpointDialog</name>
    <message>
        <source>OpenAI-compatible endpoint</source>
        <translation>兼容 OpenAI 的端点</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Workstation</source>
        <translation>工作站</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>地址</translation>
    </message>
    <message>
        <source>Model on the server</source>
        <translation>服务器上的模型</translation>
    </message>
    <message>
        <source>empty: the first one it offers</source>
        <translation>留空：使用它提供的第一个</translation>
    </message>
    <message>
        <source>Key</source>
        <translation>密钥</translation>
    </message>
    <message>
        <source>empty: none, or the one that is stored</source>
        <translation>留空：不用密钥，或用已保存的密钥</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>Give it a name.</source>
        <translation>请填写名称。</translation>
    </message>
    <message>
        <source>Write the address like http://192.168.1.20:8000/v1.</source>
        <translation>地址的写法如 http://192.168.1.20:8000/v1。</translation>
    </message>
    <message>
        <source>A server on your network such as vLLM, SGLang or llama-server. Messages go to it.</source>
        <translation>你网络中的服务器，例如 vLLM、SGLang 或 llama-server。消息会发送给它。</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
</context>
<context>
    <name>ErrorBanner</name>
    <message>
        <source>Details</source>
        <translation>详情</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>Dismiss (Esc)</source>
        <translation>关闭（Esc）</translation>
    </message>
    <message>
        <source>Dismiss</source>
        <translation>关闭</translation>
    </message>
</context>
<context>
    <name>Errors</name>
    <message>
        <source>There is no file at {path}.</source>
        <translation>{path} 处没有文件。</translation>
    </message>
    <message>
        <source>Check the path, or pick a model from the library.</source>
        <translation>请检查路径，或从模型库中选择一个模型。</translation>
    </message>
    <message>
        <source>{path} cannot be read: {reason}.</source>
        <translation>无法读取 {path}：{reason}。</translation>
    </message>
    <message>
        <source>Check the permissions of the file and its folder.</source>
        <translation>请检查该文件及其所在文件夹的权限。</translation>
    </message>
    <message>
        <source>No model is called “{name}”.</source>
        <translation>没有名为“{name}”的模型。</translation>
    </message>
    <message>
        <source>Run `lathe models list` to see the names, or give the path of a file.</source>
        <translation>运行 `lathe models list` 查看名称，或给出文件路径。</translation>
    </message>
    <message>
        <source>Did you mean {names}? `lathe models list` shows all of them.</source>
        <translation>你是指 {names} 吗？`lathe models list` 会列出全部模型。</translation>
    </message>
    <message>
        <source>“{name}” could be {names}.</source>
        <translation>“{name}”可能是 {names}。</translation>
    </message>
    <message>
        <source>Write more of the name, or give the path of a file.</source>
        <translation>请把名称写得更完整，或给出文件路径。</translation>
    </message>
    <message>
        <source>{path} is not a GGUF model.</source>
        <translation>{path} 不是 GGUF 模型。</translation>
    </message>
    <message>
        <source>Choose a file that ends in .gguf, or convert a safetensors folder first.</source>
        <translation>请选择以 .gguf 结尾的文件，或先转换 safetensors 文件夹。</translation>
    </message>
    <message>
        <source>{path} is incomplete: it ends before {what}.</source>
        <translation>{path} 不完整：文件在 {what} 之前就结束了。</translation>
    </message>
    <message>
        <source>Download or copy the file again; its size should be at least {expected_bytes} bytes.</source>
        <translation>请重新下载或复制该文件；其大小至少应为 {expected_bytes} 字节。</translation>
    </message>
    <message>
        <source>{path} is damaged: {what}.</source>
        <translation>{path} 已损坏：{what}。</translation>
    </message>
    <message>
        <source>Download the file again from its source.</source>
        <translation>请从来源重新下载该文件。</translation>
    </message>
    <message>
        <source>{path} is split into {count} files, and number {number} is missing.</source>
        <translation>{path} 分为 {count} 个文件，缺少第 {number} 个。</translation>
    </message>
    <message>
        <source>Put all parts into one folder.</source>
        <translation>请把所有分卷放进同一个文件夹。</translation>
    </message>
    <message>
        <source>{path} has the architecture “{architecture}”, which this build of llama.cpp does not know.</source>
        <translation>{path} 的架构为“{architecture}”，当前版本的 llama.cpp 不认识它。</translation>
    </message>
    <message>
        <source>Use a newer release of Lathe, or another model.</source>
        <translation>请使用更新的 Lathe 版本，或换一个模型。</translation>
    </message>
    <message>
        <source>{path} could not be loaded: {reason}.</source>
        <translation>无法加载 {path}：{reason}。</translation>
    </message>
    <message>
        <source>Try a smaller context length, or another file of the same model.</source>
        <translation>请尝试更小的上下文长度，或同一模型的另一个文件。</translation>
    </message>
    <message>
        <source>{path} needs about {needed}, and {available} is free.</source>
        <translation>{path} 约需 {needed}，而可用的只有 {available}。</translation>
    </message>
    <message>
        <source>Choose a smaller or more strongly quantized model, or close other programs.</source>
        <translation>请选择更小或量化程度更高的模型，或关闭其他程序。</translation>
    </message>
    <message>
        <source>A context of {n_ctx} tokens needs about {needed}, and {available} is free.</source>
        <translation>{n_ctx} 个词元的上下文约需 {needed}，而可用的只有 {available}。</translation>
    </message>
    <message>
        <source>Set a context length of at most {largest} tokens, or a smaller KV cache type.</source>
        <translation>请把上下文长度设为不超过 {largest} 个词元，或使用更小的 KV 缓存类型。</translation>
    </message>
    <message>
        <source>No model is loaded.</source>
        <translation>没有加载模型。</translation>
    </message>
    <message>
        <source>Pick one from the model list first.</source>
        <translation>请先从模型列表中选择一个。</translation>
    </message>
    <message>
        <source>The starter model is not installed.</source>
        <translation>未安装入门模型。</translation>
    </message>
    <message>
        <source>Run `python3 dev.py run` once, or name another model.</source>
        <translation>请运行一次 `python3 dev.py run`，或指定另一个模型。</translation>
    </message>
    <message>
        <source>{path} holds its weights as Python pickles, which can run programs when they are opened.</source>
        <translation>{path} 的权重以 Python pickle 存储，打开时可能会执行程序。</translation>
    </message>
    <message>
        <source>Get the model as safetensors; most publishers offer both.</source>
        <translation>请获取 safetensors 格式的模型；多数发布者两种都提供。</translation>
    </message>
    <message>
        <source>{path} is a model that writes, in safetensors; Lathe runs those as GGUF.</source>
        <translation>{path} 是 safetensors 格式的生成模型；Lathe 以 GGUF 格式运行这类模型。</translation>
    </message>
    <message>
        <source>Convert it with `lathe convert`, or get its GGUF version.</source>
        <translation>请用 `lathe convert` 转换，或获取它的 GGUF 版本。</translation>
    </message>
    <message>
        <source>{path} is an adapter (LoRA), not a model.</source>
        <translation>{path} 是适配器（LoRA），不是模型。</translation>
    </message>
    <message>
        <source>Load the model that it belongs to.</source>
        <translation>请加载它所属的模型。</translation>
    </message>
    <message>
        <source>{path} can only be loaded by running program code that came with it.</source>
        <translation>{path} 只有运行随附的程序代码才能加载。</translation>
    </message>
    <message>
        <source>Lathe never does that. Choose a model of a kind that the libraries know by themselves.</source>
        <translation>Lathe 绝不会这样做。请选择各个库本身就支持的模型。</translation>
    </message>
    <message>
        <source>{path} is of the kind “{architecture}”, which {library} does not know.</source>
        <translation>{path} 属于“{architecture}”类型，{library} 不认识它。</translation>
    </message>
    <message>
        <source>{path} has no tokenizer that can be read: {reason}.</source>
        <translation>{path} 没有可以读取的分词器：{reason}。</translation>
    </message>
    <message>
        <source>Put the file tokenizer.json (or vocab.txt) of the same model into the folder.</source>
        <translation>请把同一模型的 tokenizer.json（或 vocab.txt）文件放进该文件夹。</translation>
    </message>
    <message>
        <source>{name} is an encoder: it reads text, and writes none.</source>
        <translation>{name} 是编码器：它读取文本，但不生成文本。</translation>
    </message>
    <message>
        <source>Look into it on the page Inspect, or load another model to chat.</source>
        <translation>可以在“剖析”页面查看它，或加载另一个模型来对话。</translation>
    </message>
    <message>
        <source>{name} cannot be {value}: {reason}.</source>
        <translation>{name} 不能为 {value}：{reason}。</translation>
    </message>
    <message>
        <source>Choose a value from {minimum} to {maximum}.</source>
        <translation>请选择 {minimum} 到 {maximum} 之间的值。</translation>
    </message>
    <message>
        <source>There is no setting called “{name}”.</source>
        <translation>没有名为“{name}”的设置。</translation>
    </message>
    <message>
        <source>Did you mean “{nearest}”?</source>
        <translation>你是指“{nearest}”吗？</translation>
    </message>
    <message>
        <source>{name} has no effect on this kind of model.</source>
        <translation>{name} 对这类模型无效。</translation>
    </message>
    <message>
        <source>Set it back to its neutral value, or load a GGUF model.</source>
        <translation>请把它恢复为中性值，或加载 GGUF 模型。</translation>
    </message>
    <message>
        <source>The grammar cannot be used: {reason}.</source>
        <translation>无法使用该语法：{reason}。</translation>
    </message>
    <message>
        <source>Correct it, or clear the grammar to go on without one.</source>
        <translation>请更正它，或清除语法后继续。</translation>
    </message>
    <message>
        <source>The JSON schema cannot be used: {reason}.</source>
        <translation>无法使用该 JSON Schema：{reason}。</translation>
    </message>
    <message>
        <source>Correct it, or clear the schema to go on without one.</source>
        <translation>请更正它，或清除 Schema 后继续。</translation>
    </message>
    <message>
        <source>The chat template of this model failed: {reason}.</source>
        <translation>此模型的聊天模板出错：{reason}。</translation>
    </message>
    <message>
        <source>Switch to raw mode, or choose another template under Prompt.</source>
        <translation>请切换到原始模式，或在“提示词”中选择另一个模板。</translation>
    </message>
    <message>
        <source>The chat template of this model was stopped: {reason}.</source>
        <translation>此模型的聊天模板已被中止：{reason}。</translation>
    </message>
    <message>
        <source>The conversation has {needed} tokens, and the context holds {n_ctx}.</source>
        <translation>对话有 {needed} 个词元，而上下文只能容纳 {n_ctx} 个。</translation>
    </message>
    <message>
        <source>Raise the context length, choose another overflow policy, or shorten the conversation.</source>
        <translation>请增大上下文长度、选择另一种溢出策略，或缩短对话。</translation>
    </message>
    <message>
        <source>The last message alone has {needed} tokens, and the context holds {n_ctx}.</source>
        <translation>仅最后一条消息就有 {needed} 个词元，而上下文只能容纳 {n_ctx} 个。</translation>
    </message>
    <message>
        <source>Shorten it, or raise the context length.</source>
        <translation>请缩短它，或增大上下文长度。</translation>
    </message>
    <message>
        <source>This model cannot be looked into: {reason}.</source>
        <translation>无法剖析此模型：{reason}。</translation>
    </message>
    <message>
        <source>Choose a GGUF model that runs on this machine.</source>
        <translation>请选择在本机运行的 GGUF 模型。</translation>
    </message>
    <message>
        <source>The text has {needed} tokens, and at most {limit} can be looked into at once.</source>
        <translation>文本有 {needed} 个词元，一次最多只能剖析 {limit} 个。</translation>
    </message>
    <message>
        <source>Choose a shorter text, or load the model with a longer context.</source>
        <translation>请选择更短的文本，或以更长的上下文加载模型。</translation>
    </message>
    <message>
        <source>The arrays would take {needed}, and {limit} is allowed.</source>
        <translation>数组将占用 {needed}，上限为 {limit}。</translation>
    </message>
    <message>
        <source>Ask for fewer layers or heads, for example {smaller}, or for a shorter text.</source>
        <translation>请减少层数或头数，例如 {smaller}，或使用更短的文本。</translation>
    </message>
    <message>
        <source>There is no layer {layer}: this model has layers 0 to {last}.</source>
        <translation>没有第 {layer} 层：此模型的层为 0 到 {last}。</translation>
    </message>
    <message>
        <source>Choose one of those.</source>
        <translation>请从中选择一个。</translation>
    </message>
    <message>
        <source>There is no head {head}: a layer of this model has heads 0 to {last}.</source>
        <translation>没有头 {head}：此模型每层的头为 0 到 {last}。</translation>
    </message>
    <message>
        <source>This model has no {what} to read.</source>
        <translation>此模型没有可读取的 {what}。</translation>
    </message>
    <message>
        <source>Choose something else to look at; the model card lists what the model is made of.</source>
        <translation>请选择其他内容；模型卡列出了模型的各个组成部分。</translation>
    </message>
    <message>
        <source>It is not on record which tokens this reply is made of.</source>
        <translation>没有记录这条回复由哪些词元组成。</translation>
    </message>
    <message>
        <source>Replies that were imported, edited or cut off have none; regenerate it.</source>
        <translation>导入、编辑或中断的回复没有这种记录；请重新生成。</translation>
    </message>
    <message>
        <source>This reply was found by beam search, which does not sample token by token.</source>
        <translation>这条回复由束搜索得到，它不是逐词元采样的。</translation>
    </message>
    <message>
        <source>The tree of beams is in the panel Beams while such a reply is written.</source>
        <translation>写这类回复时，搜索树显示在“束搜索”面板中。</translation>
    </message>
    <message>
        <source>This reply was written by {name}, and another model is loaded.</source>
        <translation>这条回复由 {name} 写成，而现在加载的是另一个模型。</translation>
    </message>
    <message>
        <source>Load that model to go through its reply again.</source>
        <translation>加载那个模型才能回放它的回复。</translation>
    </message>
    <message>
        <source>{name} reads other tokens than {expert}: contrastive decoding needs two models with one vocabulary.</source>
        <translation>{name} 与 {expert} 的词元不同：对比解码要求两个模型词表相同。</translation>
    </message>
    <message>
        <source>Choose a smaller model of the same family.</source>
        <translation>请选择同系列中更小的模型。</translation>
    </message>
    <message>
        <source>Contrastive decoding needs a second, smaller model.</source>
        <translation>对比解码需要第二个较小的模型。</translation>
    </message>
    <message>
        <source>Choose one under Decoding, or another decoding mode.</source>
        <translation>请在“解码”中选择一个，或换一种解码模式。</translation>
    </message>
    <message>
        <source>The loaded model is no encoder: it has no masks to fill and no sentences to compare.</source>
        <translation>已加载的模型不是编码器：无法填充掩码，也无法比较句子。</translation>
    </message>
    <message>
        <source>Load an encoder (BERT kind) from a safetensors folder.</source>
        <translation>请从 safetensors 文件夹加载编码器（BERT 类）。</translation>
    </message>
    <message>
        <source>{name} cannot {what}: its files hold no {head}.</source>
        <translation>{name} 无法 {what}：其文件中没有 {head}。</translation>
    </message>
    <message>
        <source>Load a model whose config.json names the architecture {example}.</source>
        <translation>请加载 config.json 中架构为 {example} 的模型。</translation>
    </message>
    <message>
        <source>The text has no {mask}.</source>
        <translation>文本中没有 {mask}。</translation>
    </message>
    <message>
        <source>Write {mask} where a word is missing.</source>
        <translation>请在缺词的位置写上 {mask}。</translation>
    </message>
    <message>
        <source>The engine process stopped unexpectedly ({reason}).</source>
        <translation>引擎进程意外停止（{reason}）。</translation>
    </message>
    <message>
        <source>It has been started again; send the message once more. If it repeats, try a smaller context.</source>
        <translation>它已重新启动；请再发送一次消息。如果反复出现，请尝试更小的上下文。</translation>
    </message>
    <message>
        <source>The engine process could not start: {reason}.</source>
        <translation>引擎进程无法启动：{reason}。</translation>
    </message>
    <message>
        <source>Run `python3 dev.py run` again to repair the installation.</source>
        <translation>请再次运行 `python3 dev.py run` 以修复安装。</translation>
    </message>
    <message>
        <source>The engine process has not answered for {seconds} seconds.</source>
        <translation>引擎进程已有 {seconds} 秒没有响应。</translation>
    </message>
    <message>
        <source>It was stopped and started again; send the message once more.</source>
        <translation>它已被停止并重新启动；请再发送一次消息。</translation>
    </message>
    <message>
        <source>There was not enough memory: {what}.</source>
        <translation>内存不足：{what}。</translation>
    </message>
    <message>
        <source>Choose a smaller context length or a smaller model.</source>
        <translation>请选择更小的上下文长度或更小的模型。</translation>
    </message>
    <message>
        <source>{package} is not installed, so this kind of model cannot run.</source>
        <translation>未安装 {package}，因此无法运行这类模型。</translation>
    </message>
    <message>
        <source>Run `{command}` in Lathe&apos;s folder, then load the model again.</source>
        <translation>请在 Lathe 的文件夹中运行 `{command}`，然后重新加载模型。</translation>
    </message>
    <message>
        <source>{url} does not answer: {reason}.</source>
        <translation>{url} 没有响应：{reason}。</translation>
    </message>
    <message>
        <source>Check that the server runs and that the address is right.</source>
        <translation>请检查服务器是否在运行、地址是否正确。</translation>
    </message>
    <message>
        <source>{url} refused the request: {reason}.</source>
        <translation>{url} 拒绝了请求：{reason}。</translation>
    </message>
    <message>
        <source>Check the model name and the key of this endpoint.</source>
        <translation>请检查此端点的模型名称和密钥。</translation>
    </message>
    <message>
        <source>{url} takes no more requests at the moment: {reason}.</source>
        <translation>{url} 暂时不再接受请求：{reason}。</translation>
    </message>
    <message>
        <source>Wait a little and send the message again.</source>
        <translation>请稍候再发送消息。</translation>
    </message>
    <message>
        <source>{url} reports an error of its own: {reason}.</source>
        <translation>{url} 报告了它自身的错误：{reason}。</translation>
    </message>
    <message>
        <source>Look into the log of that server.</source>
        <translation>请查看该服务器的日志。</translation>
    </message>
    <message>
        <source>{url} broke off its answer: {reason}.</source>
        <translation>{url} 中途断开了回答：{reason}。</translation>
    </message>
    <message>
        <source>The text so far is kept; continue the reply or send the message again.</source>
        <translation>已有的文本会保留；请续写回复或重新发送消息。</translation>
    </message>
    <message>
        <source>A model on an endpoint cannot do this: {what}.</source>
        <translation>端点上的模型无法做到：{what}。</translation>
    </message>
    <message>
        <source>Use a model on this computer for it.</source>
        <translation>请改用本机上的模型。</translation>
    </message>
    <message>
        <source>“{url}” is not the address of a server.</source>
        <translation>“{url}”不是服务器地址。</translation>
    </message>
    <message>
        <source>Write it like http://192.168.1.20:8000/v1.</source>
        <translation>写法如 http://192.168.1.20:8000/v1。</translation>
    </message>
    <message>
        <source>This system has no keyring to keep the key in: {reason}.</source>
        <translation>此系统没有可以保存密钥的密钥环：{reason}。</translation>
    </message>
    <message>
        <source>Set the environment variable LATHE_ENDPOINT_KEY instead.</source>
        <translation>请改为设置环境变量 LATHE_ENDPOINT_KEY。</translation>
    </message>
    <message>
        <source>The disk is full: the chat could not be saved.</source>
        <translation>磁盘已满：无法保存对话。</translation>
    </message>
    <message>
        <source>Free some space; what is on the screen is kept in memory and saved then.</source>
        <translation>请腾出空间；屏幕上的内容保留在内存中，届时会保存。</translation>
    </message>
    <message>
        <source>The database {path} is in use by another program.</source>
        <translation>数据库 {path} 正被另一个程序使用。</translation>
    </message>
    <message>
        <source>Close the other copy of Lathe and try again.</source>
        <translation>请关闭另一个 Lathe，然后重试。</translation>
    </message>
    <message>
        <source>The database {path} was written by a newer Lathe (schema {found}; this one knows {known}).</source>
        <translation>数据库 {path} 由更新的 Lathe 写成（结构版本 {found}；当前只支持 {known}）。</translation>
    </message>
    <message>
        <source>Update Lathe, or start with another folder: --home DIR.</source>
        <translation>请更新 Lathe，或使用另一个文件夹启动：--home DIR。</translation>
    </message>
    <message>
        <source>The database {path} was damaged; it has been kept as {kept}.</source>
        <translation>数据库 {path} 已损坏；已保留为 {kept}。</translation>
    </message>
    <message>
        <source>Lathe goes on with a new database. Import an exported chat, or restore a snapshot from {snapshots}.</source>
        <translation>Lathe 将使用新的数据库继续。可以导入先前导出的对话，或从 {snapshots} 恢复快照。</translation>
    </message>
    <message>
        <source>{path} cannot be written: {reason}.</source>
        <translation>无法写入 {path}：{reason}。</translation>
    </message>
    <message>
        <source>Check the permissions, or choose another folder: --home DIR.</source>
        <translation>请检查权限，或选择另一个文件夹：--home DIR。</translation>
    </message>
    <message>
        <source>The database {path} turned out to be damaged.</source>
        <translation>发现数据库 {path} 已损坏。</translation>
    </message>
    <message>
        <source>Start Lathe again: it examines the file, keeps it aside where needed, and goes on.</source>
        <translation>请重新启动 Lathe：它会检查该文件，必要时另行保存，然后继续运行。</translation>
    </message>
    <message>
        <source>There is no chat “{id}”.</source>
        <translation>没有对话“{id}”。</translation>
    </message>
    <message>
        <source>Run `lathe sessions list` to see them.</source>
        <translation>运行 `lathe sessions list` 查看所有对话。</translation>
    </message>
    <message>
        <source>The message is no longer in this chat.</source>
        <translation>该消息已不在此对话中。</translation>
    </message>
    <message>
        <source>Undo its deletion, or go on from another message.</source>
        <translation>请撤销删除，或从另一条消息继续。</translation>
    </message>
    <message>
        <source>{path} cannot be imported: {reason}.</source>
        <translation>无法导入 {path}：{reason}。</translation>
    </message>
    <message>
        <source>Lathe reads its own JSON export, and JSONL with messages or ShareGPT conversations.</source>
        <translation>Lathe 可读取自己导出的 JSON，以及包含 messages 或 ShareGPT 对话的 JSONL。</translation>
    </message>
    <message>
        <source>{path} is not a text file.</source>
        <translation>{path} 不是文本文件。</translation>
    </message>
    <message>
        <source>Attach plain text, Markdown, source code, CSV or JSON.</source>
        <translation>请附加纯文本、Markdown、源代码、CSV 或 JSON。</translation>
    </message>
    <message>
        <source>{path} has {size}, and at most {limit} can be attached.</source>
        <translation>{path} 大小为 {size}，附件上限为 {limit}。</translation>
    </message>
    <message>
        <source>Attach a part of it.</source>
        <translation>请只附加其中一部分。</translation>
    </message>
    <message>
        <source>Check the path and its permissions.</source>
        <translation>请检查路径及其权限。</translation>
    </message>
    <message>
        <source>The process that did the work stopped unexpectedly ({reason}).</source>
        <translation>执行任务的进程意外停止（{reason}）。</translation>
    </message>
    <message>
        <source>Nothing was written. If it repeats, the file may be damaged, or memory may be short.</source>
        <translation>没有写入任何内容。如果反复出现，可能是文件已损坏或内存不足。</translation>
    </message>
    <message>
        <source>There is no folder {path}.</source>
        <translation>没有文件夹 {path}。</translation>
    </message>
    <message>
        <source>Make it first, or write somewhere else.</source>
        <translation>请先创建它，或写到别处。</translation>
    </message>
    <message>
        <source>{path} is a folder.</source>
        <translation>{path} 是文件夹。</translation>
    </message>
    <message>
        <source>Give the name of the file to write.</source>
        <translation>请给出要写入的文件名。</translation>
    </message>
    <message>
        <source>{path} is the file that is read.</source>
        <translation>{path} 正是要读取的文件。</translation>
    </message>
    <message>
        <source>Give the new file another name; the original is never changed.</source>
        <translation>请为新文件另取名称；原文件绝不会被改动。</translation>
    </message>
    <message>
        <source>Another job is writing {path} right now.</source>
        <translation>另一个任务正在写入 {path}。</translation>
    </message>
    <message>
        <source>Wait until it is done, or choose another name.</source>
        <translation>请等它完成，或另选名称。</translation>
    </message>
    <message>
        <source>There is not enough room in {path}: {needed} needed, {free} free.</source>
        <translation>{path} 空间不足：需要 {needed}，剩余 {free}。</translation>
    </message>
    <message>
        <source>Free some space, or write to another disk. Nothing was written.</source>
        <translation>请腾出空间，或写到另一个磁盘。没有写入任何内容。</translation>
    </message>
    <message>
        <source>Check the permissions, or write somewhere else. Nothing was written.</source>
        <translation>请检查权限，或写到别处。没有写入任何内容。</translation>
    </message>
    <message>
        <source>There is no quantization “{name}”.</source>
        <translation>没有名为“{name}”的量化类型。</translation>
    </message>
    <message>
        <source>Choose one of {known}.</source>
        <translation>请从 {known} 中选择。</translation>
    </message>
    <message>
        <source>There is no tensor type “{name}”.</source>
        <translation>没有名为“{name}”的张量类型。</translation>
    </message>
    <message>
        <source>“{pattern}” is no regular expression: {reason}.</source>
        <translation>“{pattern}”不是正则表达式：{reason}。</translation>
    </message>
    <message>
        <source>Write it like attn_v=Q8_0 or blk\.[0-3]\.ffn_down=Q6_K.</source>
        <translation>写法如 attn_v=Q8_0 或 blk\.[0-3]\.ffn_down=Q6_K。</translation>
    </message>
    <message>
        <source>{path} holds no model.</source>
        <translation>{path} 中没有模型。</translation>
    </message>
    <message>
        <source>Choose a GGUF file that has weights.</source>
        <translation>请选择包含权重的 GGUF 文件。</translation>
    </message>
    <message>
        <source>{type} needs an importance matrix: without one the result would be useless.</source>
        <translation>{type} 需要重要性矩阵：没有它，结果将无法使用。</translation>
    </message>
    <message>
        <source>Make one with `lathe imatrix` from text like yours and give it with --imatrix.</source>
        <translation>请用 `lathe imatrix` 从与你的用途相近的文本制作，并通过 --imatrix 传入。</translation>
    </message>
    <message>
        <source>{path} could not be quantized: {reason}.</source>
        <translation>无法量化 {path}：{reason}。</translation>
    </message>
    <message>
        <source>Choose another type, or check the file.</source>
        <translation>请选择另一种类型，或检查该文件。</translation>
    </message>
    <message>
        <source>{path} is quantized already ({types}): quantizing it again adds a second loss to the first.</source>
        <translation>{path} 已经量化过（{types}）：再次量化会在第一次损失之上再加一次损失。</translation>
    </message>
    <message>
        <source>Where the original in F16, BF16 or F32 is to be had, quantize that.</source>
        <translation>如果能得到 F16、BF16 或 F32 的原始模型，请量化原始模型。</translation>
    </message>
    <message>
        <source>{count} of {total} tensors have rows of {widths} values, which the type&apos;s blocks do not divide; they become another type ({changes}).</source>
        <translation>{total} 个张量中有 {count} 个的行宽为 {widths}，不能被该类型的块大小整除；它们会改用其他类型（{changes}）。</translation>
    </message>
    <message>
        <source>The file is larger than the type&apos;s name says.</source>
        <translation>文件会比类型名称所示的更大。</translation>
    </message>
    <message>
        <source>No tensor&apos;s name matches “{pattern}”.</source>
        <translation>没有张量名称匹配“{pattern}”。</translation>
    </message>
    <message>
        <source>That rule had no effect.</source>
        <translation>这条规则没有生效。</translation>
    </message>
    <message>
        <source>The text has {found} tokens, and one chunk needs {needed}.</source>
        <translation>文本有 {found} 个词元，而一个分块需要 {needed} 个。</translation>
    </message>
    <message>
        <source>Use a longer text, or a smaller --ctx-size.</source>
        <translation>请使用更长的文本，或更小的 --ctx-size。</translation>
    </message>
    <message>
        <source>{path} is no folder with safetensors.</source>
        <translation>{path} 不是包含 safetensors 的文件夹。</translation>
    </message>
    <message>
        <source>Give the folder that holds config.json and the .safetensors files.</source>
        <translation>请给出包含 config.json 和 .safetensors 文件的文件夹。</translation>
    </message>
    <message>
        <source>{path} is of the kind “{architecture}”, which Lathe cannot convert.</source>
        <translation>{path} 属于“{architecture}”类型，Lathe 无法转换。</translation>
    </message>
    <message>
        <source>It converts {known}. Many models are published as GGUF, too.</source>
        <translation>可转换的类型：{known}。许多模型也以 GGUF 发布。</translation>
    </message>
    <message>
        <source>{path} has something that cannot be converted faithfully: {what}.</source>
        <translation>{path} 中有无法忠实转换的内容：{what}。</translation>
    </message>
    <message>
        <source>Get the GGUF version of this model from its publisher.</source>
        <translation>请从发布者处获取此模型的 GGUF 版本。</translation>
    </message>
    <message>
        <source>{path} has a tokenizer that GGUF has no equal for: {what}.</source>
        <translation>{path} 的分词器在 GGUF 中没有对应：{what}。</translation>
    </message>
    <message>
        <source>{path} is quantized already, in a format of its own.</source>
        <translation>{path} 已经以自有格式量化过。</translation>
    </message>
    <message>
        <source>Convert the original weights instead.</source>
        <translation>请改为转换原始权重。</translation>
    </message>
    <message>
        <source>{path} stores {name} as {kind}, which is no floating-point number.</source>
        <translation>{path} 将 {name} 存为 {kind}，不是浮点数。</translation>
    </message>
    <message>
        <source>{name} has values that half precision cannot hold.</source>
        <translation>{name} 中有半精度无法表示的值。</translation>
    </message>
    <message>
        <source>Convert with --type bf16 or f32.</source>
        <translation>请用 --type bf16 或 f32 转换。</translation>
    </message>
    <message>
        <source>llama.cpp gives this model no sliding window: the original looks back {window} tokens at most.</source>
        <translation>llama.cpp 对此模型不使用滑动窗口：原模型最多回看 {window} 个词元。</translation>
    </message>
    <message>
        <source>Up to that length both agree; beyond it the converted model sees more than it was trained for.</source>
        <translation>在此长度之内两者一致；超出后，转换得到的模型看到的内容会多于训练时。</translation>
    </message>
    <message>
        <source>{name} reads the text as other tokens than {reference}, so their predictions cannot be compared.</source>
        <translation>{name} 与 {reference} 对文本的切分不同，两者的预测无法比较。</translation>
    </message>
    <message>
        <source>Compare variants of one model, or models that share a tokenizer.</source>
        <translation>请比较同一模型的不同变体，或使用同一分词器的模型。</translation>
    </message>
    <message>
        <source>{path} is no importance matrix that can be used: {reason}.</source>
        <translation>{path} 不是可用的重要性矩阵：{reason}。</translation>
    </message>
    <message>
        <source>Make one with `lathe imatrix`, or use a GGUF file that llama-imatrix has written.</source>
        <translation>请用 `lathe imatrix` 制作，或使用 llama-imatrix 写出的 GGUF 文件。</translation>
    </message>
    <message>
        <source>{path} was made with another model: its tensors are not those of this one.</source>
        <translation>{path} 由另一个模型制作：其张量与此模型不符。</translation>
    </message>
    <message>
        <source>Make one with `lathe imatrix` from this model or its unquantized original.</source>
        <translation>请用 `lathe imatrix` 从此模型或其未量化的原始模型制作。</translation>
    </message>
    <message>
        <source>{reason}.</source>
        <translation>{reason}。</translation>
    </message>
    <message>
        <source>Run `lathe {command} --help` for the options.</source>
        <translation>运行 `lathe {command} --help` 查看选项。</translation>
    </message>
    <message>
        <source>There is no message to answer: {reason}.</source>
        <translation>没有可回答的消息：{reason}。</translation>
    </message>
    <message>
        <source>Give one with --prompt TEXT, or --prompt - to read it from stdin.</source>
        <translation>请用 --prompt TEXT 给出，或用 --prompt - 从 stdin 读取。</translation>
    </message>
    <message>
        <source>What was written so far is kept. Run the command again; if it repeats, try a smaller context.</source>
        <translation>已写出的内容会保留。请再次运行命令；如果反复出现，请尝试更小的上下文。</translation>
    </message>
    <message>
        <source>Free some space and run the command again.</source>
        <translation>请腾出空间，然后再次运行命令。</translation>
    </message>
    <message>
        <source>The output cannot be written: {reason}.</source>
        <translation>无法写入输出：{reason}。</translation>
    </message>
    <message>
        <source>Free some space there, or write it somewhere else.</source>
        <translation>请在那里腾出空间，或写到别处。</translation>
    </message>
    <message>
        <source>Something went wrong inside Lathe.</source>
        <translation>Lathe 内部出错。</translation>
    </message>
    <message>
        <source>Nothing was lost. The details help to find the cause: copy them into a bug report.</source>
        <translation>没有丢失任何内容。详情有助于找出原因：请复制到错误报告中。</translation>
    </message>
</context>
<context>
    <name>ExportFormats</name>
    <message>
        <source>JSON (the whole tree, can be imported)</source>
        <translation>JSON（整棵对话树，可再导入）</translation>
    </message>
    <message>
        <source>Markdown (to read)</source>
        <translation>Markdown（供阅读）</translation>
    </message>
    <message>
        <source>Messages JSONL (for training)</source>
        <translation>messages JSONL（供训练）</translation>
    </message>
    <message>
        <source>ShareGPT JSONL (for training)</source>
        <translation>ShareGPT JSONL（供训练）</translation>
    </message>
</context>
<context>
    <name>ExportLink</name>
    <message>
        <source>There is no attention to export yet.</source>
        <translation>还没有可导出的注意力。</translation>
    </message>
    <message>
        <source>Export attention</source>
        <translation>导出注意力</translation>
    </message>
    <message>
        <source>Attention</source>
        <translation>注意力</translation>
    </message>
    <message>
        <source>Saved as {name}.</source>
        <translation>已保存为 {name}。</translation>
    </message>
</context>
<context>
    <name>FillMaskPanel</name>
    <message>
        <source>Fill mask</source>
        <translation>掩码填充</translation>
    </message>
    <message>
        <source>Write {mask} where a word is missing.</source>
        <translation>请在缺词的位置写上 {mask}。</translation>
    </message>
    <message>
        <source>Click a word to put it in its place; the other masks are then read again.</source>
        <translation>点击一个词即可填入它的位置；其余掩码随后会重新读取。</translation>
    </message>
</context>
<context>
    <name>FillMaskView</name>
    <message>
        <source>Ask an encoder</source>
        <translation>询问编码器</translation>
    </message>
    <message>
        <source>Encoders such as BERT read a text in both directions. They say which words could stand where one is missing, and how alike two sentences are. Load one from a safetensors folder.</source>
        <translation>BERT 这类编码器双向读取文本。它们能说出缺词处可能是哪些词，以及两个句子有多相似。请从 safetensors 文件夹加载一个。</translation>
    </message>
    <message>
        <source>Choose a model</source>
        <translation>选择模型</translation>
    </message>
    <message>
        <source>A text with missing words</source>
        <translation>带缺词的文本</translation>
    </message>
    <message>
        <source>Text with masks</source>
        <translation>带掩码的文本</translation>
    </message>
    <message>
        <source>Show an example</source>
        <translation>显示示例</translation>
    </message>
    <message>
        <source>Insert {mask}</source>
        <translation>插入 {mask}</translation>
    </message>
    <message>
        <source>{name} was saved without the head that names missing words. A model whose config.json says “…ForMaskedLM” has one.</source>
        <translation>{name} 保存时没有预测缺词的输出头。config.json 中写有“…ForMaskedLM”的模型才有。</translation>
    </message>
</context>
<context>
    <name>FindBar</name>
    <message>
        <source>Find in this chat</source>
        <translation>在此对话中查找</translation>
    </message>
    <message>
        <source>Previous match (Shift+Enter)</source>
        <translation>上一个匹配（Shift+Enter）</translation>
    </message>
    <message>
        <source>Next match (Enter)</source>
        <translation>下一个匹配（Enter）</translation>
    </message>
    <message>
        <source>Close (Esc)</source>
        <translation>关闭（Esc）</translation>
    </message>
    <message>
        <source>No match</source>
        <translation>没有匹配</translation>
    </message>
</context>
<context>
    <name>FoldersRow</name>
    <message>
        <source>Add folder…</source>
        <translation>添加文件夹…</translation>
    </message>
    <message>
        <source>Choose a folder with models</source>
        <translation>选择存放模型的文件夹</translation>
    </message>
    <message>
        <source>Take this folder off the list</source>
        <translation>从列表中移除此文件夹</translation>
    </message>
    <message>
        <source>Take {folder} off the list</source>
        <translation>从列表中移除 {folder}</translation>
    </message>
</context>
<context>
    <name>GroupSection</name>
    <message>
        <source>Sample</source>
        <translation>采样</translation>
    </message>
    <message>
        <source>Greedy</source>
        <translation>贪心</translation>
    </message>
    <message>
        <source>Beam</source>
        <translation>束搜索</translation>
    </message>
    <message>
        <source>Contrastive</source>
        <translation>对比</translation>
    </message>
    <message>
        <source>changed</source>
        <translation>已更改</translation>
    </message>
    <message numerus="yes">
        <source>%n set</source>
        <translation>
            <numerusform>%n 项已设置</numerusform>
        </translation>
    </message>
    <message>
        <source>off</source>
        <translation>关</translation>
    </message>
</context>
<context>
    <name>HeadMap</name>
    <message>
        <source>Attention map of one head</source>
        <translation>单个头的注意力图</translation>
    </message>
    <message>
        <source>{queries} queries by {keys} keys</source>
        <translation>{queries} 个查询 × {keys} 个键</translation>
    </message>
    <message>
        <source>Masked: a token cannot read what comes after it.</source>
        <translation>已遮蔽：词元不能看到之后的内容。</translation>
    </message>
    <message>
        <source>This row was not read.</source>
        <translation>这一行未读取。</translation>
    </message>
    <message>
        <source>“{query}” (token {query_number}) reads “{key}” (token {key_number}): {value}</source>
        <translation>“{query}”（词元 {query_number}）关注“{key}”（词元 {key_number}）：{value}</translation>
    </message>
</context>
<context>
    <name>Heads</name>
    <message>
        <source>Head</source>
        <translation>头</translation>
    </message>
    <message>
        <source>Entropy</source>
        <translation>熵</translation>
    </message>
    <message>
        <source>Distance</source>
        <translation>距离</translation>
    </message>
    <message>
        <source>First</source>
        <translation>首词元</translation>
    </message>
    <message>
        <source>Previous</source>
        <translation>前一词元</translation>
    </message>
    <message>
        <source>Itself</source>
        <translation>自身</translation>
    </message>
    <message>
        <source>Induction</source>
        <translation>归纳</translation>
    </message>
    <message>
        <source>Layer and head, both counted from 0.</source>
        <translation>层和头均从 0 开始计数。</translation>
    </message>
    <message>
        <source>How widely the head spreads its attention, in bits. 0: one token gets all.</source>
        <translation>该头的注意力分散程度，单位 bit。0 表示全部集中在一个词元上。</translation>
    </message>
    <message>
        <source>How far back it reads on average, in tokens.</source>
        <translation>平均向前看多远，单位为词元。</translation>
    </message>
    <message>
        <source>Attention that goes to the first token: where heads rest that have nothing to do.</source>
        <translation>分给首个词元的注意力：没有事做的头停留在那里。</translation>
    </message>
    <message>
        <source>Attention that goes to the token just before.</source>
        <translation>分给紧邻前一个词元的注意力。</translation>
    </message>
    <message>
        <source>Attention that stays with the token itself.</source>
        <translation>留在词元自身的注意力。</translation>
    </message>
    <message>
        <source>Attention to what came after an earlier occurrence of the same token: it continues patterns.</source>
        <translation>分给同一词元先前出现处之后内容的注意力：它会延续已有的模式。</translation>
    </message>
</context>
<context>
    <name>HeadsTable</name>
    <message>
        <source>Heads by what they do</source>
        <translation>按功能列出的注意力头</translation>
    </message>
</context>
<context>
    <name>Help</name>
    <message>
        <source>First steps</source>
        <translation>入门</translation>
    </message>
    <message>
        <source>Write a message and press **Enter**. The starter model, SmolLM2-135M, answers at once; it is small, so it is fast and often wrong. Pick another model with **Ctrl+L**: Lathe lists the GGUF files it finds in the folders of LM Studio, Ollama, Hugging Face and Jan, and in those you add under Settings.</source>
        <translation>写一条消息，按 **Enter**。入门模型 SmolLM2-135M 会立即回答；它很小，所以很快，也常常出错。按 **Ctrl+L** 选择其他模型：Lathe 会列出在 LM Studio、Ollama、Hugging Face 和 Jan 的文件夹以及你在“设置”中添加的文件夹里找到的 GGUF 文件。</translation>
    </message>
    <message>
        <source>Nothing you do is final. A deleted chat or message comes back with Undo, an edited message keeps its earlier versions, and every reply can be continued, regenerated or branched.</source>
        <translation>任何操作都可以反悔。删除的对话或消息可以撤销恢复，编辑过的消息保留先前的版本，每条回复都可以续写、重新生成或开出分支。</translation>
    </message>
    <message>
        <source>Everything that can be done is a command: open the palette with **Ctrl+Shift+P** and type a few letters of what you want. **F6** moves the keyboard from region to region.</source>
        <translation>一切操作都是命令：按 **Ctrl+Shift+P** 打开命令面板，输入几个字即可找到。**F6** 让键盘焦点在各区域之间移动。</translation>
    </message>
    <message>
        <source>What the three figures mean</source>
        <translation>三个数字的含义</translation>
    </message>
    <message>
        <source>**Time to first token** is the wait you feel: from pressing Enter to the first token of the reply. It is mostly the time to read the part of the prompt that the model has not read yet.</source>
        <translation>**首词元时间**就是你感受到的等待：从按下 Enter 到回复的第一个词元。它主要是模型读取提示词中尚未读过的部分所花的时间。</translation>
    </message>
    <message>
        <source>**Input tokens per second** is how fast the prompt is read. Tokens are read in batches, so this is many times faster than writing. What was kept from the turn before is not read again and does not count.</source>
        <translation>**每秒输入词元数**是读取提示词的速度。词元成批读取，所以比生成快很多倍。上一轮保留下来的内容不再读取，也不计入。</translation>
    </message>
    <message>
        <source>**Output tokens per second** is how fast the reply is written: tokens after the first one, divided by the time since the first one. Each token needs one pass through all weights, so it is limited by memory bandwidth: a model of half the size writes about twice as fast.</source>
        <translation>**每秒输出词元数**是生成回复的速度：首词元之后的词元数除以自首词元起的时间。每个词元都要把全部权重过一遍，因此速度受限于内存带宽：体积减半的模型，生成速度大约快一倍。</translation>
    </message>
    <message>
        <source>A token is a piece of a word. In English four characters make about one token, in Chinese one or two characters do, depending on the model.</source>
        <translation>词元是单词的一小段。英文大约四个字符一个词元，中文视模型而定，一两个字一个词元。</translation>
    </message>
    <message>
        <source>How the next token is chosen</source>
        <translation>下一个词元如何选出</translation>
    </message>
    <message>
        <source>The model gives every token of its vocabulary a score. The samplers then work on that list one after the other, in the order the panel shows: each removes candidates or changes scores, and the next one sees only what is left. At the end one of the remaining tokens is drawn.</source>
        <translation>模型为词表中的每个词元打分。随后各个采样器按面板中的顺序依次处理这份列表：每一个都会移除候选或修改分数，下一个只看到剩下的。最后从剩余的词元中抽取一个。</translation>
    </message>
    <message>
        <source>The usual order is penalties, DRY, top-n-sigma, top-k, typical-p, top-p, min-p, XTC, temperature. Because temperature comes last, top-p and min-p judge the model&apos;s own probabilities; put temperature first and a high temperature lets many more tokens through.</source>
        <translation>通常的顺序是：惩罚、DRY、top-n-sigma、top-k、typical-p、top-p、min-p、XTC、温度。温度放在最后，所以 top-p 和 min-p 依据的是模型本来的概率；若把温度放在最前，高温会放进多得多的词元。</translation>
    </message>
    <message>
        <source>**Temperature** divides the scores: below 1 the likely tokens gain, above 1 the unlikely ones, 0 always takes the likeliest. **Top-p** keeps the likeliest tokens that together reach p. **Min-p** keeps tokens at least p times as likely as the best one: it adapts to how sure the model is, and is often the only cut you need.</source>
        <translation>**温度**用来除分数：低于 1 时可能的词元更占优，高于 1 时不太可能的词元更占优，0 则总取概率最高的。**Top-p** 保留概率合计达到 p 的最可能词元。**Min-p** 保留概率不低于最优词元 p 倍的词元：它会随模型的把握程度调整，往往只用它来截断就够了。</translation>
    </message>
    <message>
        <source>The same seed with the same prompt, model and settings gives the same tokens. Each reply stores all of these, so that it can be repeated.</source>
        <translation>相同的种子加上相同的提示词、模型和设置，会得到相同的词元。每条回复都保存了这些信息，因此可以复现。</translation>
    </message>
    <message>
        <source>Context and KV cache</source>
        <translation>上下文与 KV 缓存</translation>
    </message>
    <message>
        <source>The context length is how many tokens the model can see at once: system prompt, conversation and reply together. For each of them the engine keeps keys and values, the KV cache, whose memory grows with the length of the context. A smaller cache type (q8_0) halves it.</source>
        <translation>上下文长度是模型一次能看到的词元数：系统提示词、对话和回复合计。引擎为其中每个词元保存键和值，即 KV 缓存，其内存随上下文长度增长。更小的缓存类型（q8_0）可使其减半。</translation>
    </message>
    <message>
        <source>When a conversation outgrows the context, the chosen policy decides: **stop** and tell you, **drop the oldest** turns, or **keep both ends** and leave out the middle. Messages that are left out stay in the chat and are marked; the meter in the inspector shows it before it happens.</source>
        <translation>当对话超出上下文时，由所选策略决定：**停止**并告诉你，**丢弃最早**的几轮，或**保留首尾**而略去中间。被略去的消息仍留在对话中并有标记；右侧面板里的仪表会提前显示。</translation>
    </message>
    <message>
        <source>Models and quantization</source>
        <translation>模型与量化</translation>
    </message>
    <message>
        <source>A GGUF file holds the weights, the tokenizer and the chat template of a model. Names like `Q4_K_M` say how many bits a weight takes: about 4.8 here, against 16 in the original. Fewer bits mean less memory and faster writing, at some loss of quality; 4 to 5 bits are a good compromise, below 3 most models suffer visibly.</source>
        <translation>GGUF 文件包含模型的权重、分词器和聊天模板。`Q4_K_M` 这样的名称表示每个权重占多少位：这里约为 4.8，而原始模型是 16。位数越少，内存越省、生成越快，质量也有所损失；4 到 5 位是不错的折中，低于 3 位时多数模型会明显变差。</translation>
    </message>
    <message>
        <source>A model must fit into memory together with its KV cache. When it does not, choose a smaller one, a stronger quantization or a shorter context; Lathe says how much is needed before it loads.</source>
        <translation>模型连同其 KV 缓存必须能放进内存。放不下时，请选择更小的模型、更强的量化或更短的上下文；Lathe 在加载之前会告诉你需要多少。</translation>
    </message>
    <message>
        <source>A server elsewhere that speaks the OpenAI protocol (vLLM, SGLang, llama-server) can be added as a model too. Only then does anything leave this machine.</source>
        <translation>使用 OpenAI 协议的其他服务器（vLLM、SGLang、llama-server）也可以作为模型添加。只有这时才会有内容离开本机。</translation>
    </message>
    <message>
        <source>Where your chats are</source>
        <translation>对话保存在哪里</translation>
    </message>
    <message>
        <source>All chats are in one SQLite file, `lathe.db`, in the home folder named under Settings. A reply is on the disk at most a second after it is on the screen. Before the layout of the file changes, a snapshot is kept beside it.</source>
        <translation>所有对话都在一个 SQLite 文件 `lathe.db` 中，位于“设置”里标明的主目录。回复出现在屏幕上之后最多一秒就会写入磁盘。文件结构变更之前，会在旁边保留一份快照。</translation>
    </message>
    <message>
        <source>A model runs in a process of its own. If it crashes, the window, the chat and what was written so far stay; the engine is started again.</source>
        <translation>模型运行在独立的进程中。即使它崩溃，窗口、对话和已写出的内容都还在；引擎会重新启动。</translation>
    </message>
</context>
<context>
    <name>HelpPage</name>
    <message>
        <source>Topics</source>
        <translation>主题</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>按键</translation>
    </message>
    <message>
        <source>Send the message</source>
        <translation>发送消息</translation>
    </message>
    <message>
        <source>New line in the message</source>
        <translation>消息内换行</translation>
    </message>
    <message>
        <source>Move in lists, in the rail and in the palette</source>
        <translation>在列表、侧边栏和命令面板中移动</translation>
    </message>
    <message>
        <source>Earlier and later version of the selected message</source>
        <translation>所选消息的较早和较新版本</translation>
    </message>
</context>
<context>
    <name>HomeRow</name>
    <message>
        <source>Open folder</source>
        <translation>打开文件夹</translation>
    </message>
    <message>
        <source>Show the folder in the file manager</source>
        <translation>在文件管理器中显示该文件夹</translation>
    </message>
    <message>
        <source>Copy path</source>
        <translation>复制路径</translation>
    </message>
</context>
<context>
    <name>InspectPage</name>
    <message>
        <source>New chat</source>
        <translation>新建对话</translation>
    </message>
</context>
<context>
    <name>InspectView</name>
    <message>
        <source>Views</source>
        <translation>视图</translation>
    </message>
</context>
<context>
    <name>Inspector</name>
    <message>
        <source>Settings of this chat</source>
        <translation>此对话的设置</translation>
    </message>
    <message>
        <source>Reset to defaults</source>
        <translation>恢复默认</translation>
    </message>
</context>
<context>
    <name>JumpButton</name>
    <message>
        <source>Jump to the latest message</source>
        <translation>跳到最新消息</translation>
    </message>
    <message>
        <source>Jump to the latest message (End)</source>
        <translation>跳到最新消息（End）</translation>
    </message>
</context>
<context>
    <name>LegendEntry</name>
    <message>
        <source>{name}: {count} tokens</source>
        <translation>{name}：{count} 词元</translation>
    </message>
</context>
<context>
    <name>LensHeatView</name>
    <message>
        <source>Logit lens: layers by tokens</source>
        <translation>Logit 透镜：层 × 词元</translation>
    </message>
    <message>
        <source>Layer {layer}, after “{token}”: “{guess}” {p} %, {kl} nats from the last layer, entropy {h} bits</source>
        <translation>第 {layer} 层，“{token}”之后：“{guess}”{p} %，距最后一层 {kl} nat，熵 {h} bit</translation>
    </message>
</context>
<context>
    <name>LensPanel</name>
    <message>
        <source>Logit lens</source>
        <translation>Logit 透镜</translation>
    </message>
    <message>
        <source>Load a model first.</source>
        <translation>请先加载模型。</translation>
    </message>
    <message>
        <source>The logit lens needs a model that writes on from a text: load a GGUF file.</source>
        <translation>Logit 透镜需要能续写文本的模型：请加载 GGUF 文件。</translation>
    </message>
    <message>
        <source>This model does not run here, so its layers cannot be read.</source>
        <translation>此模型不在本机运行，因此无法读取它的各层。</translation>
    </message>
    <message>
        <source>Send a message: the lens then reads the reply.</source>
        <translation>发送一条消息：透镜随后会读取回复。</translation>
    </message>
    <message>
        <source>The reply is being written. It can be read when it is finished.</source>
        <translation>正在写回复。写完之后即可读取。</translation>
    </message>
    <message>
        <source>{tokens} tokens × {layers} layers in {seconds} s. Replies are not slowed.</source>
        <translation>{tokens} 词元 × {layers} 层，用时 {seconds} 秒。不影响回复速度。</translation>
    </message>
    <message>
        <source>Export the lens</source>
        <translation>导出透镜数据</translation>
    </message>
</context>
<context>
    <name>LensTableModel</name>
    <message>
        <source>How far the layer is from the last one: KL divergence in nats</source>
        <translation>该层距最后一层多远：KL 散度，单位 nat</translation>
    </message>
    <message>
        <source>How undecided the layer is, in bits</source>
        <translation>该层有多不确定，单位 bit</translation>
    </message>
    <message>
        <source>Layer</source>
        <translation>层</translation>
    </message>
    <message>
        <source>Token {id}: {bytes}</source>
        <translation>词元 {id}：{bytes}</translation>
    </message>
</context>
<context>
    <name>LensView</name>
    <message>
        <source>Logit lens</source>
        <translation>Logit 透镜</translation>
    </message>
    <message>
        <source>What each layer would say next</source>
        <translation>每一层接下来会说什么</translation>
    </message>
    <message>
        <source>The logit lens ends the model after each of its layers and asks for the next token. It shows where in the depth of the network an answer comes up, on the weights that answered.</source>
        <translation>Logit 透镜在每一层之后截断模型并询问下一个词元。它在给出回答的同一份权重上，显示答案在网络的哪个深度浮现。</translation>
    </message>
    <message>
        <source>Read the last reply</source>
        <translation>读取上一条回复</translation>
    </message>
    <message>
        <source>Colours show</source>
        <translation>颜色表示</translation>
    </message>
    <message>
        <source>Probability</source>
        <translation>概率</translation>
    </message>
    <message>
        <source>KL to last</source>
        <translation>末层 KL</translation>
    </message>
    <message>
        <source>Entropy</source>
        <translation>熵</translation>
    </message>
    <message>
        <source>Colour scale</source>
        <translation>色标</translation>
    </message>
    <message>
        <source>Tokens to read</source>
        <translation>要读取的词元</translation>
    </message>
    <message>
        <source>The chosen token</source>
        <translation>所选词元</translation>
    </message>
    <message>
        <source>Last 32 tokens</source>
        <translation>最后 32 个词元</translation>
    </message>
    <message>
        <source>Whole reply</source>
        <translation>整条回复</translation>
    </message>
    <message>
        <source>Layers to read</source>
        <translation>要读取的层</translation>
    </message>
    <message>
        <source>Every layer</source>
        <translation>每一层</translation>
    </message>
    <message>
        <source>Every 2nd layer</source>
        <translation>每 2 层</translation>
    </message>
    <message>
        <source>Every 4th layer</source>
        <translation>每 4 层</translation>
    </message>
    <message>
        <source>Read</source>
        <translation>读取</translation>
    </message>
    <message>
        <source>Narrower columns (−)</source>
        <translation>收窄列（−）</translation>
    </message>
    <message>
        <source>Wider columns (+)</source>
        <translation>加宽列（+）</translation>
    </message>
    <message>
        <source>Export the lens…</source>
        <translation>导出透镜数据…</translation>
    </message>
    <message>
        <source>Reading the text once more…</source>
        <translation>正在重新读取文本…</translation>
    </message>
    <message>
        <source>Candidates of every layer</source>
        <translation>各层的候选词元</translation>
    </message>
    <message>
        <source>{value} nats</source>
        <translation>{value} nat</translation>
    </message>
    <message>
        <source>{value} bits</source>
        <translation>{value} bit</translation>
    </message>
    <message>
        <source>After “{token}”</source>
        <translation>“{token}”之后</translation>
    </message>
    <message>
        <source>“{answer}” is first choice for the first time at layer {layer} of {last}</source>
        <translation>“{answer}”在第 {layer} 层首次成为首选（末层为 {last}）</translation>
    </message>
    <message>
        <source>Picture (PNG)…</source>
        <translation>图片（PNG）…</translation>
    </message>
    <message>
        <source>Table (CSV)…</source>
        <translation>表格（CSV）…</translation>
    </message>
    <message>
        <source>Arrays (NPZ)…</source>
        <translation>数组（NPZ）…</translation>
    </message>
</context>
<context>
    <name>LinkDialog</name>
    <message>
        <source>Open a link</source>
        <translation>打开链接</translation>
    </message>
    <message>
        <source>Open this address in your browser?</source>
        <translation>要在浏览器中打开此地址吗？</translation>
    </message>
    <message>
        <source>It leads to {host}.</source>
        <translation>它指向 {host}。</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>地址</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>打开</translation>
    </message>
    <message>
        <source>Copy address</source>
        <translation>复制地址</translation>
    </message>
</context>
<context>
    <name>LiveButton</name>
    <message>
        <source>Live</source>
        <translation>实时</translation>
    </message>
    <message>
        <source>Read attention while the reply is written</source>
        <translation>写回复时读取注意力</translation>
    </message>
    <message>
        <source>Attention is read with every token. Click to stop.</source>
        <translation>每个词元都在读取注意力。点击停止。</translation>
    </message>
    <message>
        <source>Attention is not read. Click to read it while a reply is written.</source>
        <translation>未读取注意力。点击后在写回复时读取。</translation>
    </message>
</context>
<context>
    <name>LookPopup</name>
    <message>
        <source>Shades and lines</source>
        <translation>着色与连线</translation>
    </message>
    <message>
        <source>Gamma of the shades</source>
        <translation>着色的 Gamma</translation>
    </message>
    <message>
        <source>Low values bring out weak attention; 1 shows the weights as they are.</source>
        <translation>较低的值突出微弱的注意力；1 按原样显示权重。</translation>
    </message>
    <message>
        <source>Smallest weight that gets a line</source>
        <translation>画出连线的最小权重</translation>
    </message>
    <message>
        <source>Gamma {value}</source>
        <translation>Gamma {value}</translation>
    </message>
    <message>
        <source>Lines from {value} on</source>
        <translation>从 {value} 起画线</translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message>
        <source>{page} – Lathe</source>
        <translation>{page} – Lathe</translation>
    </message>
</context>
<context>
    <name>MaskColumn</name>
    <message>
        <source>Mask {number}</source>
        <translation>掩码 {number}</translation>
    </message>
    <message>
        <source>H is the entropy: 0 bits where the model is certain, more the more words could stand here.</source>
        <translation>H 是熵：模型确定时为 0 bit，可填的词越多则越大。</translation>
    </message>
    <message>
        <source>Candidates for mask {number}</source>
        <translation>掩码 {number} 的候选</translation>
    </message>
    <message>
        <source>H = {bits} bits</source>
        <translation>H = {bits} bit</translation>
    </message>
</context>
<context>
    <name>MessageEdits</name>
    <message>
        <source>The message and what follows it were deleted.</source>
        <translation>该消息及其后续内容已删除。</translation>
    </message>
</context>
<context>
    <name>ModelCard</name>
    <message>
        <source>Next token</source>
        <translation>下一个词元</translation>
    </message>
    <message>
        <source>Output head</source>
        <translation>输出头</translation>
    </message>
    <message>
        <source>shared with the embedding</source>
        <translation>与嵌入共享</translation>
    </message>
    <message>
        <source>Final norm</source>
        <translation>最终归一化</translation>
    </message>
    <message>
        <source>Token embedding</source>
        <translation>词元嵌入</translation>
    </message>
    <message>
        <source>Tokens</source>
        <translation>词元</translation>
    </message>
    <message>
        <source>Norm</source>
        <translation>归一化</translation>
    </message>
    <message>
        <source>Self-attention</source>
        <translation>自注意力</translation>
    </message>
    <message>
        <source>{size} wide</source>
        <translation>宽度 {size}</translation>
    </message>
    <message>
        <source>{heads} heads share one KV head (MQA)</source>
        <translation>{heads} 个头共享一个 KV 头（MQA）</translation>
    </message>
    <message>
        <source>{heads} heads, {kv} KV heads: groups of {group} (GQA)</source>
        <translation>{heads} 个头，{kv} 个 KV 头：每组 {group} 个（GQA）</translation>
    </message>
    <message>
        <source>{heads} heads, each with its own keys and values</source>
        <translation>{heads} 个头，各有自己的键和值</translation>
    </message>
    <message>
        <source>Gated feed-forward</source>
        <translation>门控前馈</translation>
    </message>
    <message>
        <source>Feed-forward</source>
        <translation>前馈</translation>
    </message>
    <message>
        <source>Mixture of experts</source>
        <translation>混合专家</translation>
    </message>
    <message>
        <source>A router sends each token to {used} of {all} experts</source>
        <translation>路由器把每个词元分给 {all} 个专家中的 {used} 个</translation>
    </message>
    <message>
        <source>Layer × {count}</source>
        <translation>层 × {count}</translation>
    </message>
    <message>
        <source>{count} with a window of {tokens}</source>
        <translation>其中 {count} 层的窗口为 {tokens}</translation>
    </message>
    <message>
        <source>Residual stream: each part adds its result</source>
        <translation>残差流：每个部分都把结果加进来</translation>
    </message>
    <message>
        <source>{name}: {parameters} parameters, {bytes}</source>
        <translation>{name}：{parameters} 参数，{bytes}</translation>
    </message>
    <message>
        <source>{tokens} tokens in {layers} of {all} layers</source>
        <translation>{tokens} 词元，{all} 层中的 {layers} 层</translation>
    </message>
    <message>
        <source>Architecture</source>
        <translation>架构</translation>
    </message>
    <message>
        <source>Parameters</source>
        <translation>参数量</translation>
    </message>
    <message>
        <source>Active for each token</source>
        <translation>每词元激活</translation>
    </message>
    <message>
        <source>File size</source>
        <translation>文件大小</translation>
    </message>
    <message>
        <source>Quantization</source>
        <translation>量化</translation>
    </message>
    <message>
        <source>Bits per weight</source>
        <translation>每权重位数</translation>
    </message>
    <message>
        <source>Layers</source>
        <translation>层数</translation>
    </message>
    <message>
        <source>Width</source>
        <translation>宽度</translation>
    </message>
    <message>
        <source>Vocabulary</source>
        <translation>词表</translation>
    </message>
    <message>
        <source>Tokenizer</source>
        <translation>分词器</translation>
    </message>
    <message>
        <source>Trained context</source>
        <translation>训练上下文</translation>
    </message>
    <message>
        <source>Sliding window</source>
        <translation>滑动窗口</translation>
    </message>
    <message>
        <source>RoPE base</source>
        <translation>RoPE 基数</translation>
    </message>
    <message>
        <source>RoPE dimensions</source>
        <translation>RoPE 维数</translation>
    </message>
    <message>
        <source>RoPE scaling</source>
        <translation>RoPE 缩放</translation>
    </message>
    <message>
        <source>Norm epsilon</source>
        <translation>归一化 ε</translation>
    </message>
    <message>
        <source>KV cache per token</source>
        <translation>每词元 KV 缓存</translation>
    </message>
    <message>
        <source>KV cache at full length</source>
        <translation>满长时的 KV 缓存</translation>
    </message>
    <message>
        <source>Licence</source>
        <translation>许可证</translation>
    </message>
    <message>
        <source>Where the bytes are</source>
        <translation>字节分布</translation>
    </message>
    <message>
        <source>How they are stored</source>
        <translation>存储类型</translation>
    </message>
    <message>
        <source>Layer by layer</source>
        <translation>逐层</translation>
    </message>
    <message>
        <source>bytes</source>
        <translation>字节</translation>
    </message>
    <message>
        <source>Layer {number}: {parameters} parameters, {bytes}</source>
        <translation>第 {number} 层：{parameters} 参数，{bytes}</translation>
    </message>
    <message>
        <source>{name}: {parameters} parameters, {bytes}, {share} %</source>
        <translation>{name}：{parameters} 参数，{bytes}，{share} %</translation>
    </message>
    <message>
        <source>Attention</source>
        <translation>注意力</translation>
    </message>
    <message>
        <source>Experts</source>
        <translation>专家</translation>
    </message>
    <message>
        <source>State space</source>
        <translation>状态空间</translation>
    </message>
    <message>
        <source>Embedding</source>
        <translation>嵌入</translation>
    </message>
    <message>
        <source>Norms</source>
        <translation>归一化</translation>
    </message>
    <message>
        <source>Other</source>
        <translation>其他</translation>
    </message>
    <message>
        <source>Query</source>
        <translation>查询</translation>
    </message>
    <message>
        <source>Key</source>
        <translation>键</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>值</translation>
    </message>
    <message>
        <source>Query, key, value</source>
        <translation>查询、键、值</translation>
    </message>
    <message>
        <source>Attention output</source>
        <translation>注意力输出</translation>
    </message>
    <message>
        <source>Gate</source>
        <translation>门控</translation>
    </message>
    <message>
        <source>Up</source>
        <translation>升维</translation>
    </message>
    <message>
        <source>Down</source>
        <translation>降维</translation>
    </message>
    <message>
        <source>Router</source>
        <translation>路由器</translation>
    </message>
    <message>
        <source>Expert gates</source>
        <translation>专家门控</translation>
    </message>
    <message>
        <source>Experts up</source>
        <translation>专家升维</translation>
    </message>
    <message>
        <source>Experts down</source>
        <translation>专家降维</translation>
    </message>
</context>
<context>
    <name>ModelCardPanel</name>
    <message>
        <source>Load this model and send a message first.</source>
        <translation>请先加载此模型并发送一条消息。</translation>
    </message>
    <message>
        <source>Export the model card</source>
        <translation>导出模型卡</translation>
    </message>
    <message>
        <source>The rows are in the clipboard.</source>
        <translation>各行已复制到剪贴板。</translation>
    </message>
</context>
<context>
    <name>ModelCardView</name>
    <message>
        <source>Model card</source>
        <translation>模型卡</translation>
    </message>
    <message>
        <source>What the model is made of</source>
        <translation>模型由什么组成</translation>
    </message>
    <message>
        <source>The card is drawn from the file itself: layers, heads, experts, and where its bytes are. Load a model, or choose one of the library above. The weights are not read.</source>
        <translation>模型卡直接依据文件绘制：层、头、专家，以及字节分布。请加载模型，或从上方的模型库中选择一个。不会读取权重。</translation>
    </message>
    <message>
        <source>The file has no chat template.</source>
        <translation>文件中没有聊天模板。</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Part of the card</source>
        <translation>模型卡的部分</translation>
    </message>
    <message>
        <source>Drawing</source>
        <translation>结构图</translation>
    </message>
    <message>
        <source>Layers</source>
        <translation>各层</translation>
    </message>
    <message>
        <source>Template</source>
        <translation>模板</translation>
    </message>
    <message>
        <source>Metadata</source>
        <translation>元数据</translation>
    </message>
    <message>
        <source>Routing</source>
        <translation>路由</translation>
    </message>
    <message>
        <source>Export the drawing…</source>
        <translation>导出结构图…</translation>
    </message>
    <message>
        <source>Chat template</source>
        <translation>聊天模板</translation>
    </message>
    <message>
        <source>Tensors of the layer</source>
        <translation>该层的张量</translation>
    </message>
    <message>
        <source>What the file says</source>
        <translation>文件中的说明</translation>
    </message>
    <message>
        <source>Picture (PNG)…</source>
        <translation>图片（PNG）…</translation>
    </message>
    <message>
        <source>Drawing (SVG)…</source>
        <translation>矢量图（SVG）…</translation>
    </message>
</context>
<context>
    <name>ModelChoicesModel</name>
    <message>
        <source>loaded</source>
        <translation>已加载</translation>
    </message>
    <message>
        <source>{count} parameters</source>
        <translation>{count} 参数</translation>
    </message>
    <message>
        <source>{tokens} context</source>
        <translation>上下文 {tokens}</translation>
    </message>
    <message>
        <source>Recently used</source>
        <translation>最近使用</translation>
    </message>
    <message>
        <source>On this computer</source>
        <translation>本机</translation>
    </message>
    <message>
        <source>Endpoints</source>
        <translation>端点</translation>
    </message>
</context>
<context>
    <name>ModelColumn</name>
    <message>
        <source>Tokens, compared with the other models</source>
        <translation>词元数，与其他模型相比</translation>
    </message>
    <message>
        <source>Tokens of {model}</source>
        <translation>{model} 的词元</translation>
    </message>
    <message>
        <source>Copy the ids</source>
        <translation>复制 id</translation>
    </message>
    <message>
        <source>Leave this model out</source>
        <translation>移除此模型</translation>
    </message>
    <message numerus="yes">
        <source>%n token(s)</source>
        <translation>
            <numerusform>%n 词元</numerusform>
        </translation>
    </message>
    <message>
        <source>{bytes} bytes per token · {characters} characters per token · {distinct} distinct</source>
        <translation>每词元 {bytes} 字节 · 每词元 {characters} 字符 · {distinct} 种</translation>
    </message>
</context>
<context>
    <name>ModelDetails</name>
    <message>
        <source>Facts</source>
        <translation>概况</translation>
    </message>
    <message>
        <source>Loading</source>
        <translation>加载参数</translation>
    </message>
    <message>
        <source>Load</source>
        <translation>加载</translation>
    </message>
    <message>
        <source>Unload</source>
        <translation>卸载</translation>
    </message>
    <message>
        <source>Model card</source>
        <translation>模型卡</translation>
    </message>
    <message>
        <source>Show in folder</source>
        <translation>在文件夹中显示</translation>
    </message>
    <message>
        <source>Edit…</source>
        <translation>编辑…</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>移除</translation>
    </message>
    <message>
        <source>No model is marked</source>
        <translation>未选中模型</translation>
    </message>
    <message>
        <source>A model that writes has to be GGUF: get that version of it, or convert it first.</source>
        <translation>生成模型必须是 GGUF：请获取它的 GGUF 版本，或先行转换。</translation>
    </message>
    <message>
        <source>Architecture</source>
        <translation>架构</translation>
    </message>
    <message>
        <source>Parameters</source>
        <translation>参数量</translation>
    </message>
    <message>
        <source>Quantization</source>
        <translation>量化</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>大小</translation>
    </message>
    <message>
        <source>Trained context</source>
        <translation>训练上下文</translation>
    </message>
    <message>
        <source>Found in</source>
        <translation>来源</translation>
    </message>
    <message>
        <source>Context now</source>
        <translation>当前上下文</translation>
    </message>
    <message>
        <source>Device</source>
        <translation>设备</translation>
    </message>
    <message>
        <source>the starter package</source>
        <translation>入门包</translation>
    </message>
    <message>
        <source>your folder</source>
        <translation>你的文件夹</translation>
    </message>
    <message>
        <source>Lathe&apos;s own folder</source>
        <translation>Lathe 自己的文件夹</translation>
    </message>
</context>
<context>
    <name>ModelFacts</name>
    <message>
        <source>{heads} ({kv} KV)</source>
        <translation>{heads}（KV {kv}）</translation>
    </message>
    <message>
        <source>Architecture</source>
        <translation>架构</translation>
    </message>
    <message>
        <source>Parameters</source>
        <translation>参数量</translation>
    </message>
    <message>
        <source>Quantization</source>
        <translation>量化</translation>
    </message>
    <message>
        <source>File size</source>
        <translation>文件大小</translation>
    </message>
    <message>
        <source>Layers</source>
        <translation>层数</translation>
    </message>
    <message>
        <source>Heads</source>
        <translation>头数</translation>
    </message>
    <message>
        <source>Embedding</source>
        <translation>嵌入</translation>
    </message>
    <message>
        <source>Vocabulary</source>
        <translation>词表</translation>
    </message>
    <message>
        <source>Training length</source>
        <translation>训练长度</translation>
    </message>
    <message>
        <source>Chat template</source>
        <translation>聊天模板</translation>
    </message>
    <message>
        <source>in the model</source>
        <translation>模型自带</translation>
    </message>
    <message>
        <source>none</source>
        <translation>无</translation>
    </message>
    <message>
        <source>Hash</source>
        <translation>哈希</translation>
    </message>
    <message>
        <source>{used} of {all}</source>
        <translation>{used} / {all}</translation>
    </message>
    <message>
        <source>Device</source>
        <translation>设备</translation>
    </message>
    <message>
        <source>Context</source>
        <translation>上下文</translation>
    </message>
    <message>
        <source>Threads</source>
        <translation>线程</translation>
    </message>
    <message>
        <source>GPU layers</source>
        <translation>GPU 层数</translation>
    </message>
    <message>
        <source>Flash attention</source>
        <translation>Flash Attention</translation>
    </message>
    <message>
        <source>on</source>
        <translation>开</translation>
    </message>
    <message>
        <source>off</source>
        <translation>关</translation>
    </message>
    <message>
        <source>KV cache per token</source>
        <translation>每词元 KV 缓存</translation>
    </message>
    <message>
        <source>KV cache</source>
        <translation>KV 缓存</translation>
    </message>
    <message>
        <source>Engine</source>
        <translation>引擎</translation>
    </message>
    <message>
        <source>Loaded in</source>
        <translation>加载用时</translation>
    </message>
    <message>
        <source>{seconds} s</source>
        <translation>{seconds} 秒</translation>
    </message>
</context>
<context>
    <name>ModelLink</name>
    <message>
        <source>Open a model file</source>
        <translation>打开模型文件</translation>
    </message>
    <message>
        <source>GGUF models (*.gguf);;All files (*)</source>
        <translation>GGUF 模型 (*.gguf);;所有文件 (*)</translation>
    </message>
    <message>
        <source>Your message is sent as soon as {name} is loaded.</source>
        <translation>{name} 加载完成后会立即发送你的消息。</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Choose a model…</source>
        <translation>选择模型…</translation>
    </message>
    <message>
        <source>Load the starter model</source>
        <translation>加载入门模型</translation>
    </message>
    <message>
        <source>No model is loaded.</source>
        <translation>没有加载模型。</translation>
    </message>
    <message>
        <source>Pick one to get an answer.</source>
        <translation>选择一个模型才能得到回答。</translation>
    </message>
    <message>
        <source>Reading the weights… {percent} %</source>
        <translation>正在读取权重… {percent} %</translation>
    </message>
    <message>
        <source>Setting the context up…</source>
        <translation>正在准备上下文…</translation>
    </message>
    <message>
        <source>Measuring what is fastest on this computer…</source>
        <translation>正在测量本机上最快的方式…</translation>
    </message>
    <message>
        <source>{name} is an encoder: it reads text, and writes none.</source>
        <translation>{name} 是编码器：它读取文本，但不生成文本。</translation>
    </message>
    <message>
        <source>Under Inspect it fills masks and compares sentences, and shows its attention.</source>
        <translation>在“剖析”中它可以填充掩码、比较句子，并显示注意力。</translation>
    </message>
    <message>
        <source>Under Inspect it compares sentences, and shows its attention.</source>
        <translation>在“剖析”中它可以比较句子，并显示注意力。</translation>
    </message>
    <message>
        <source>Open Inspect</source>
        <translation>打开“剖析”</translation>
    </message>
    <message>
        <source>The engine process stopped unexpectedly and is being started again.</source>
        <translation>引擎进程意外停止，正在重新启动。</translation>
    </message>
    <message>
        <source>Nothing is lost: what the reply had so far is kept.</source>
        <translation>没有丢失任何内容：回复已写出的部分会保留。</translation>
    </message>
    <message>
        <source>The engine process keeps stopping.</source>
        <translation>引擎进程反复停止。</translation>
    </message>
    <message>
        <source>Choose another model, or a smaller context length, to start it again.</source>
        <translation>请选择另一个模型或更小的上下文长度来重新启动。</translation>
    </message>
    <message>
        <source>On another computer · {tokens} tokens of context</source>
        <translation>在另一台计算机上 · 上下文 {tokens} 词元</translation>
    </message>
    <message>
        <source>{parameters} parameters · {type} · {tokens} tokens of context · on {device}</source>
        <translation>{parameters} 参数 · {type} · 上下文 {tokens} 词元 · {device}</translation>
    </message>
    <message>
        <source>{facts} · answers each message by itself</source>
        <translation>{facts} · 独立回答每条消息</translation>
    </message>
</context>
<context>
    <name>ModelList</name>
    <message>
        <source>Models</source>
        <translation>模型库</translation>
    </message>
</context>
<context>
    <name>ModelPanel</name>
    <message>
        <source>Model</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>No model is loaded</source>
        <translation>没有加载模型</translation>
    </message>
    <message>
        <source>Pick one from the list at the top. How it is loaded can be set here.</source>
        <translation>请从顶部的列表中选择一个。加载方式可在这里设置。</translation>
    </message>
    <message>
        <source>Apply and reload</source>
        <translation>应用并重新加载</translation>
    </message>
    <message>
        <source>Revert</source>
        <translation>还原</translation>
    </message>
    <message>
        <source>Unload</source>
        <translation>卸载</translation>
    </message>
    <message>
        <source>Gives the model&apos;s memory back</source>
        <translation>释放模型占用的内存</translation>
    </message>
    <message>
        <source>auto</source>
        <translation>自动</translation>
    </message>
    <message>
        <source>Auto</source>
        <translation>自动</translation>
    </message>
    <message>
        <source>On</source>
        <translation>开</translation>
    </message>
    <message>
        <source>Off</source>
        <translation>关</translation>
    </message>
    <message>
        <source>Batches and threads</source>
        <translation>批大小与线程</translation>
    </message>
    <message>
        <source>Position scaling (RoPE)</source>
        <translation>位置缩放（RoPE）</translation>
    </message>
    <message>
        <source>Memory and GPUs</source>
        <translation>内存与 GPU</translation>
    </message>
    <message>
        <source>From the model</source>
        <translation>按模型</translation>
    </message>
    <message>
        <source>None</source>
        <translation>无</translation>
    </message>
    <message>
        <source>Linear</source>
        <translation>线性</translation>
    </message>
    <message>
        <source>How it runs</source>
        <translation>运行方式</translation>
    </message>
    <message>
        <source>About the model</source>
        <translation>关于模型</translation>
    </message>
    <message>
        <source>KV cache {memory}</source>
        <translation>KV 缓存 {memory}</translation>
    </message>
    <message>
        <source>{tokens} tokens, KV cache {memory}</source>
        <translation>{tokens} 词元，KV 缓存 {memory}</translation>
    </message>
    <message>
        <source>KV cache {memory}. Longer than the {train} tokens it was trained for: positions are stretched (RoPE scaling), and answers get worse.</source>
        <translation>KV 缓存 {memory}。超过训练时的 {train} 词元：位置会被拉伸（RoPE 缩放），回答质量下降。</translation>
    </message>
</context>
<context>
    <name>ModelPicker</name>
    <message>
        <source>Filter models</source>
        <translation>筛选模型</translation>
    </message>
    <message>
        <source>Models</source>
        <translation>模型库</translation>
    </message>
    <message>
        <source>No model fits this filter.</source>
        <translation>没有符合筛选条件的模型。</translation>
    </message>
    <message>
        <source>Open a file…</source>
        <translation>打开文件…</translation>
    </message>
    <message>
        <source>Add endpoint…</source>
        <translation>添加端点…</translation>
    </message>
    <message>
        <source>Manage…</source>
        <translation>管理…</translation>
    </message>
</context>
<context>
    <name>ModelPill</name>
    <message>
        <source>Choose a model</source>
        <translation>选择模型</translation>
    </message>
    <message>
        <source>Choose a model; none is loaded</source>
        <translation>选择模型；当前未加载</translation>
    </message>
    <message>
        <source>Loading {name}, {percent} %</source>
        <translation>正在加载 {name}，{percent} %</translation>
    </message>
    <message>
        <source>Model: {name} {badge}</source>
        <translation>模型：{name} {badge}</translation>
    </message>
</context>
<context>
    <name>ModelsController</name>
    <message>
        <source>Starter model</source>
        <translation>入门模型</translation>
    </message>
</context>
<context>
    <name>ModelsPage</name>
    <message>
        <source>Filter models</source>
        <translation>筛选模型</translation>
    </message>
    <message>
        <source>No model was found</source>
        <translation>未找到模型</translation>
    </message>
    <message>
        <source>Lathe reads the model folders of LM Studio, Ollama, Hugging Face, Jan and text-generation-webui, and folders that you add. Files stay where they are.</source>
        <translation>Lathe 会读取 LM Studio、Ollama、Hugging Face、Jan 和 text-generation-webui 的模型文件夹，以及你添加的文件夹。文件都留在原处。</translation>
    </message>
    <message>
        <source>Add a folder…</source>
        <translation>添加文件夹…</translation>
    </message>
    <message>
        <source>Look again</source>
        <translation>重新查找</translation>
    </message>
    <message>
        <source>Add endpoint…</source>
        <translation>添加端点…</translation>
    </message>
    <message>
        <source>Open a file…</source>
        <translation>打开文件…</translation>
    </message>
    <message>
        <source>Models</source>
        <translation>模型库</translation>
    </message>
    <message numerus="yes">
        <source>%n found</source>
        <translation>
            <numerusform>找到 %n 个</numerusform>
        </translation>
    </message>
    <message>
        <source>Looking…</source>
        <translation>正在查找…</translation>
    </message>
    <message>
        <source>Add a folder of models</source>
        <translation>添加模型文件夹</translation>
    </message>
    <message>
        <source>Open a model file</source>
        <translation>打开模型文件</translation>
    </message>
    <message>
        <source>GGUF models (*.gguf);;All files (*)</source>
        <translation>GGUF 模型 (*.gguf);;所有文件 (*)</translation>
    </message>
    <message>
        <source>The endpoint was removed.</source>
        <translation>端点已移除。</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
</context>
<context>
    <name>Mosaic</name>
    <message>
        <source>Layer {layer} · Head {head}</source>
        <translation>第 {layer} 层 · 头 {head}</translation>
    </message>
    <message>
        <source>Not read: choose it, or read all layers.</source>
        <translation>未读取：请选中它，或读取所有层。</translation>
    </message>
    <message>
        <source>Attention of {layers} layers with {heads} heads</source>
        <translation>{layers} 层、每层 {heads} 个头的注意力</translation>
    </message>
    <message>
        <source>Layer {layer}, head {head} is shown</source>
        <translation>正在显示第 {layer} 层、头 {head}</translation>
    </message>
</context>
<context>
    <name>NameEditor</name>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
</context>
<context>
    <name>NextTokenPanel</name>
    <message>
        <source>Next token</source>
        <translation>下一个词元</translation>
    </message>
    <message>
        <source>Most probable tokens</source>
        <translation>最可能的词元</translation>
    </message>
    <message>
        <source>Report token probabilities</source>
        <translation>报告词元概率</translation>
    </message>
    <message>
        <source>Sends the most probable candidates with every token. Costs a little speed.</source>
        <translation>随每个词元一并给出最可能的候选。会略微降低速度。</translation>
    </message>
    <message>
        <source>Token probabilities</source>
        <translation>词元概率</translation>
    </message>
    <message>
        <source>H = {bits} bits</source>
        <translation>H = {bits} bit</translation>
    </message>
    <message>
        <source>The candidates appear with the next token.</source>
        <translation>候选会随下一个词元一起出现。</translation>
    </message>
    <message>
        <source>See what else the model considered, and how sure it was.</source>
        <translation>看看模型还考虑过什么、有多大把握。</translation>
    </message>
</context>
<context>
    <name>NoticeLine</name>
    <message>
        <source>Progress</source>
        <translation>进度</translation>
    </message>
</context>
<context>
    <name>NumberControl</name>
    <message>
        <source>off</source>
        <translation>关</translation>
    </message>
</context>
<context>
    <name>Numbers</name>
    <message>
        <source>{value} ms</source>
        <translation>{value} ms</translation>
    </message>
    <message>
        <source>{value} s</source>
        <translation>{value} s</translation>
    </message>
</context>
<context>
    <name>OrderControl</name>
    <message>
        <source>Sampler stages</source>
        <translation>采样阶段</translation>
    </message>
    <message>
        <source>Default order</source>
        <translation>默认顺序</translation>
    </message>
    <message>
        <source>Dot: in use</source>
        <translation>圆点：已启用</translation>
    </message>
</context>
<context>
    <name>Pages</name>
    <message>
        <source>Throughput and benchmarks</source>
        <translation>吞吐与基准测试</translation>
    </message>
    <message>
        <source>Chat</source>
        <translation>对话</translation>
    </message>
    <message>
        <source>Models</source>
        <translation>模型库</translation>
    </message>
    <message>
        <source>Inspect</source>
        <translation>剖析</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>Help</source>
        <translation>帮助</translation>
    </message>
</context>
<context>
    <name>Palette</name>
    <message>
        <source>Find a chat by title or text</source>
        <translation>按标题或内容查找对话</translation>
    </message>
    <message>
        <source>No chat matches</source>
        <translation>没有匹配的对话</translation>
    </message>
    <message>
        <source>New chat</source>
        <translation>新建对话</translation>
    </message>
    <message>
        <source>In messages</source>
        <translation>在消息中</translation>
    </message>
    <message>
        <source>Type a command</source>
        <translation>输入命令</translation>
    </message>
    <message>
        <source>No command matches</source>
        <translation>没有匹配的命令</translation>
    </message>
    <message>
        <source>Recently used</source>
        <translation>最近使用</translation>
    </message>
</context>
<context>
    <name>PanelsLink</name>
    <message>
        <source>Sampling</source>
        <translation>采样</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Prompt</source>
        <translation>提示词</translation>
    </message>
    <message>
        <source>Throughput</source>
        <translation>吞吐</translation>
    </message>
    <message>
        <source>The prompt is in the clipboard.</source>
        <translation>提示词已复制到剪贴板。</translation>
    </message>
    <message numerus="yes">
        <source>%n token(s)</source>
        <translation>
            <numerusform>%n 词元</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n message(s) will be left out of the next prompt.</source>
        <translation>
            <numerusform>下一次提示词将略去 %n 条消息。</numerusform>
        </translation>
    </message>
    <message>
        <source>They are marked in the conversation. A larger context would keep them.</source>
        <translation>它们在对话中有标记。更大的上下文可以保留它们。</translation>
    </message>
    <message>
        <source>The next message does not fit into the context.</source>
        <translation>下一条消息在上下文中放不下。</translation>
    </message>
    <message>
        <source>The policy is to stop. Raise the context length, or let old turns be left out.</source>
        <translation>当前策略是停止。请增大上下文长度，或允许略去较早的轮次。</translation>
    </message>
    <message>
        <source>Context length…</source>
        <translation>上下文长度…</translation>
    </message>
    <message>
        <source>Policy…</source>
        <translation>策略…</translation>
    </message>
</context>
<context>
    <name>PartChoice</name>
    <message>
        <source>Which attention</source>
        <translation>哪一种注意力</translation>
    </message>
    <message>
        <source>The decoder reading what it has written, the encoder reading its text both ways, or the decoder reading the encoder&apos;s text (cross-attention).</source>
        <translation>解码器读取自己写出的内容、编码器双向读取文本，或解码器读取编码器的文本（交叉注意力）。</translation>
    </message>
    <message>
        <source>Decoder</source>
        <translation>解码器</translation>
    </message>
    <message>
        <source>Encoder</source>
        <translation>编码器</translation>
    </message>
    <message>
        <source>Cross-attention</source>
        <translation>交叉注意力</translation>
    </message>
</context>
<context>
    <name>Places</name>
    <message>
        <source>Not readable</source>
        <translation>无法读取</translation>
    </message>
    <message>
        <source>Add a folder of models</source>
        <translation>添加模型文件夹</translation>
    </message>
    <message>
        <source>Places</source>
        <translation>位置</translation>
    </message>
    <message>
        <source>Your folders</source>
        <translation>你的文件夹</translation>
    </message>
    <message>
        <source>Always looked at</source>
        <translation>始终查找</translation>
    </message>
    <message>
        <source>None yet</source>
        <translation>暂无</translation>
    </message>
    <message>
        <source>Stop looking in {folder}</source>
        <translation>不再查找 {folder}</translation>
    </message>
</context>
<context>
    <name>PlacesList</name>
    <message>
        <source>Places in this chat</source>
        <translation>此对话中的位置</translation>
    </message>
</context>
<context>
    <name>PolicyChoice</name>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Drop oldest</source>
        <translation>丢弃最早</translation>
    </message>
    <message>
        <source>Keep ends</source>
        <translation>保留首尾</translation>
    </message>
    <message>
        <source>When the context is full</source>
        <translation>上下文满时</translation>
    </message>
    <message>
        <source>Messages kept at the beginning</source>
        <translation>开头保留的消息数</translation>
    </message>
    <message>
        <source>Nothing is left out: when the conversation no longer fits, Lathe says so and waits for you.</source>
        <translation>不略去任何内容：对话放不下时，Lathe 会告诉你并等你决定。</translation>
    </message>
    <message>
        <source>The oldest turns are left out of the prompt, the system prompt stays. The chat keeps them.</source>
        <translation>提示词中略去最早的几轮，系统提示词保留。对话本身不受影响。</translation>
    </message>
    <message>
        <source>The beginning and the latest turns stay, those in the middle are left out. Good where the task is described at the start.</source>
        <translation>开头和最近的几轮保留，中间的略去。适合任务在开头说明的情况。</translation>
    </message>
</context>
<context>
    <name>PresetBar</name>
    <message>
        <source>Preset</source>
        <translation>预设</translation>
    </message>
    <message>
        <source>All presets</source>
        <translation>所有预设</translation>
    </message>
    <message>
        <source>Name of the preset</source>
        <translation>预设名称</translation>
    </message>
    <message>
        <source>Recommended by the model</source>
        <translation>模型推荐</translation>
    </message>
    <message>
        <source>From its own files</source>
        <translation>来自模型自带的文件</translation>
    </message>
    <message>
        <source>Own presets</source>
        <translation>自己的预设</translation>
    </message>
    <message>
        <source>Save as a preset…</source>
        <translation>另存为预设…</translation>
    </message>
    <message>
        <source>Rename…</source>
        <translation>重命名…</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>删除</translation>
    </message>
    <message>
        <source>Use as default of {model}</source>
        <translation>设为 {model} 的默认值</translation>
    </message>
    <message>
        <source>this model</source>
        <translation>此模型</translation>
    </message>
    <message>
        <source>Forget the default of this model</source>
        <translation>取消此模型的默认值</translation>
    </message>
    <message>
        <source>Deleted “{name}”</source>
        <translation>已删除“{name}”</translation>
    </message>
</context>
<context>
    <name>ProbabilitiesPanel</name>
    <message>
        <source>Token probabilities</source>
        <translation>词元概率</translation>
    </message>
    <message>
        <source>Colour the reply by surprise</source>
        <translation>按惊奇度为回复着色</translation>
    </message>
    <message>
        <source>Find the candidates</source>
        <translation>找出候选</translation>
    </message>
    <message>
        <source>Goes through the reply once more; it stays as it is.</source>
        <translation>回放一遍回复；回复本身不变。</translation>
    </message>
    <message>
        <source>Go on with it</source>
        <translation>用它继续</translation>
    </message>
    <message>
        <source>Writes a new version of the reply from here, under the same random state.</source>
        <translation>在相同的随机状态下，从这里写出回复的新版本。</translation>
    </message>
    <message>
        <source>Candidates kept with each token</source>
        <translation>每个词元保留的候选数</translation>
    </message>
    <message>
        <source>How sure was the model?</source>
        <translation>模型有多大把握？</translation>
    </message>
    <message>
        <source>Send a message: each token of the reply appears here with its probability.</source>
        <translation>发送一条消息：回复的每个词元及其概率会显示在这里。</translation>
    </message>
    <message>
        <source>Keep none</source>
        <translation>不保留</translation>
    </message>
    <message>
        <source>Keep {count}</source>
        <translation>保留 {count} 个</translation>
    </message>
    <message>
        <source>Colour the reply</source>
        <translation>为回复着色</translation>
    </message>
    <message>
        <source>Its probability is not on record.</source>
        <translation>没有记录它的概率。</translation>
    </message>
    <message>
        <source>p {p}  ·  rank {rank}  ·  H {bits} bits</source>
        <translation>p {p}  ·  排名 {rank}  ·  H {bits} bit</translation>
    </message>
    <message>
        <source>Perplexity {perplexity}  ·  mean entropy {bits} bits</source>
        <translation>困惑度 {perplexity}  ·  平均熵 {bits} bit</translation>
    </message>
    <message>
        <source>Going through the reply: {percent} %</source>
        <translation>正在回放回复：{percent} %</translation>
    </message>
    <message>
        <source>No candidates were kept with this token.</source>
        <translation>这个词元没有保留候选。</translation>
    </message>
    <message>
        <source>No candidates were kept. Choose below how many to keep with replies to come.</source>
        <translation>没有保留候选。请在下方选择今后的回复保留多少个。</translation>
    </message>
</context>
<context>
    <name>PromptCard</name>
    <message>
        <source>Send this message</source>
        <translation>发送这条消息</translation>
    </message>
</context>
<context>
    <name>PromptLibraryBar</name>
    <message>
        <source>Prompt library</source>
        <translation>提示词库</translation>
    </message>
    <message>
        <source>From the library…</source>
        <translation>从库中选用…</translation>
    </message>
    <message>
        <source>Name of the prompt</source>
        <translation>提示词名称</translation>
    </message>
    <message>
        <source>Save to the library…</source>
        <translation>保存到库…</translation>
    </message>
    <message>
        <source>Update “{name}”</source>
        <translation>更新“{name}”</translation>
    </message>
    <message>
        <source>Rename…</source>
        <translation>重命名…</translation>
    </message>
    <message>
        <source>Delete “{name}”</source>
        <translation>删除“{name}”</translation>
    </message>
    <message>
        <source>Deleted “{name}”</source>
        <translation>已删除“{name}”</translation>
    </message>
</context>
<context>
    <name>PromptPanel</name>
    <message>
        <source>Prompt</source>
        <translation>提示词</translation>
    </message>
    <message>
        <source>System prompt</source>
        <translation>系统提示词</translation>
    </message>
    <message>
        <source>How the model should behave, e.g. “Answer briefly, in plain English.”</source>
        <translation>模型应如何表现，例如“用通俗的中文简短回答。”</translation>
    </message>
    <message>
        <source>Raw mode</source>
        <translation>原始模式</translation>
    </message>
    <message>
        <source>No chat template: the texts go to the model as they are.</source>
        <translation>不用聊天模板：文本原样交给模型。</translation>
    </message>
    <message>
        <source>Thinking</source>
        <translation>思考</translation>
    </message>
    <message>
        <source>Lets models that can think first do so, where their template offers it.</source>
        <translation>如果模板支持，让能思考的模型先思考再回答。</translation>
    </message>
    <message>
        <source>Tokens kept free for the reply</source>
        <translation>为回复预留的词元数</translation>
    </message>
    <message>
        <source>auto</source>
        <translation>自动</translation>
    </message>
    <message>
        <source>Chat template (Jinja)</source>
        <translation>聊天模板（Jinja）</translation>
    </message>
    <message>
        <source>Use the model&apos;s own</source>
        <translation>使用模型自带的</translation>
    </message>
    <message>
        <source>When the context is full</source>
        <translation>上下文满时</translation>
    </message>
    <message>
        <source>Kept free for the reply</source>
        <translation>为回复预留</translation>
    </message>
    <message>
        <source>Raw mode, no template</source>
        <translation>原始模式，无模板</translation>
    </message>
    <message>
        <source>Chat template</source>
        <translation>聊天模板</translation>
    </message>
    <message>
        <source>Rendered prompt</source>
        <translation>渲染后的提示词</translation>
    </message>
    <message>
        <source>changed</source>
        <translation>已更改</translation>
    </message>
    <message>
        <source>none</source>
        <translation>无</translation>
    </message>
    <message>
        <source>not used</source>
        <translation>未使用</translation>
    </message>
</context>
<context>
    <name>PromptSegments</name>
    <message>
        <source>System</source>
        <translation>系统</translation>
    </message>
    <message>
        <source>User</source>
        <translation>用户</translation>
    </message>
    <message>
        <source>Assistant</source>
        <translation>助手</translation>
    </message>
    <message>
        <source>Tool</source>
        <translation>工具</translation>
    </message>
    <message>
        <source>Template</source>
        <translation>模板</translation>
    </message>
    <message>
        <source>Special token</source>
        <translation>特殊词元</translation>
    </message>
    <message>
        <source>Start of the reply</source>
        <translation>回复起点</translation>
    </message>
</context>
<context>
    <name>Provenance</name>
    <message>
        <source>{count} tokens</source>
        <translation>{count} 词元</translation>
    </message>
    <message>
        <source>chosen automatically</source>
        <translation>自动选择</translation>
    </message>
    <message>
        <source>flash attention on</source>
        <translation>Flash Attention 开</translation>
    </message>
    <message>
        <source>flash attention off</source>
        <translation>Flash Attention 关</translation>
    </message>
</context>
<context>
    <name>ProvenanceDialog</name>
    <message>
        <source>How this reply came about</source>
        <translation>这条回复的由来</translation>
    </message>
    <message>
        <source>This message was written or edited by hand: there is nothing to repeat.</source>
        <translation>这条消息由人工写成或编辑：没有可复现的内容。</translation>
    </message>
    <message>
        <source>Sampler order</source>
        <translation>采样器顺序</translation>
    </message>
    <message>
        <source>Different now, so the tokens may differ</source>
        <translation>现在不同，因此词元可能不同</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Model hash</source>
        <translation>模型哈希</translation>
    </message>
    <message>
        <source>Engine build</source>
        <translation>引擎版本</translation>
    </message>
    <message>
        <source>Template hash</source>
        <translation>模板哈希</translation>
    </message>
    <message>
        <source>none (raw mode)</source>
        <translation>无（原始模式）</translation>
    </message>
    <message>
        <source>Prompt hash</source>
        <translation>提示词哈希</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>随机种子</translation>
    </message>
    <message>
        <source>Context</source>
        <translation>上下文</translation>
    </message>
    <message>
        <source>Tokens written</source>
        <translation>写出词元</translation>
    </message>
    <message>
        <source>{total}, of which {reused} were still in memory</source>
        <translation>{total}，其中 {reused} 个仍在内存中</translation>
    </message>
    <message>
        <source>Prompt tokens</source>
        <translation>提示词词元</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>Copy as JSON</source>
        <translation>复制为 JSON</translation>
    </message>
    <message>
        <source>Use this seed</source>
        <translation>使用此种子</translation>
    </message>
    <message>
        <source>Set this seed for the replies to come</source>
        <translation>今后的回复都用这个种子</translation>
    </message>
    <message>
        <source>Reproduce</source>
        <translation>复现</translation>
    </message>
    <message>
        <source>Write it again with the same seed and settings, and compare the tokens</source>
        <translation>用相同的种子和设置再写一遍，并比较词元</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
</context>
<context>
    <name>Rail</name>
    <message>
        <source>Menu</source>
        <translation>菜单</translation>
    </message>
    <message>
        <source>Menu (F10)</source>
        <translation>菜单（F10）</translation>
    </message>
</context>
<context>
    <name>ReadingBar</name>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
</context>
<context>
    <name>ReadingLink</name>
    <message>
        <source>Reading the text again…</source>
        <translation>正在重新读取文本…</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Read layer {layer} only</source>
        <translation>只读取第 {layer} 层</translation>
    </message>
    <message>
        <source>Live attention needs flash attention off; reading a finished reply does not.</source>
        <translation>实时注意力需要关闭 Flash Attention；读取已写完的回复则不需要。</translation>
    </message>
    <message>
        <source>Load again without it</source>
        <translation>关闭后重新加载</translation>
    </message>
    <message>
        <source>Rollout needs every layer of prompt and reply.</source>
        <translation>Rollout 需要提示词和回复的每一层。</translation>
    </message>
    <message>
        <source>Read all of it</source>
        <translation>全部读取</translation>
    </message>
    <message>
        <source>No model is loaded</source>
        <translation>没有加载模型</translation>
    </message>
    <message>
        <source>Attention is read out of the model while it writes, or from any text.</source>
        <translation>注意力可以在模型生成时读取，也可以从任意文本读取。</translation>
    </message>
    <message>
        <source>Choose a model</source>
        <translation>选择模型</translation>
    </message>
    <message>
        <source>This model runs on another computer</source>
        <translation>此模型在另一台计算机上运行</translation>
    </message>
    <message>
        <source>Only a model that runs here can be looked into: load a GGUF file.</source>
        <translation>只有在本机运行的模型才能剖析：请加载 GGUF 文件。</translation>
    </message>
    <message>
        <source>This reply is written unwatched</source>
        <translation>这条回复写出时没有观察</translation>
    </message>
    <message>
        <source>Its attention can be read again when it is finished.</source>
        <translation>写完之后可以重新读取它的注意力。</translation>
    </message>
    <message>
        <source>Nobody watched this reply</source>
        <translation>这条回复没有被观察</translation>
    </message>
    <message>
        <source>Its attention can be read again: the model reads prompt and reply once more.</source>
        <translation>它的注意力可以重新读取：模型会再读一遍提示词和回复。</translation>
    </message>
    <message>
        <source>Read it again</source>
        <translation>重新读取</translation>
    </message>
    <message>
        <source>See what the model reads</source>
        <translation>看看模型在读什么</translation>
    </message>
    <message>
        <source>For each token that is written, every head of every layer looks back at the text. Send a message: it appears here while the reply is written.</source>
        <translation>每写一个词元，每层的每个头都会回看前文。发送一条消息：写回复时就会显示在这里。</translation>
    </message>
</context>
<context>
    <name>ReportDialog</name>
    <message>
        <source>Bug report</source>
        <translation>错误报告</translation>
    </message>
    <message>
        <source>Something went wrong inside Lathe</source>
        <translation>Lathe 内部出错</translation>
    </message>
    <message>
        <source>The report was saved as {path}.</source>
        <translation>报告已保存为 {path}。</translation>
    </message>
    <message>
        <source>Your chats are safe. The report below contains versions and a traceback, none of your texts. Copy it into an issue if you want this to be fixed; nothing is sent by itself.</source>
        <translation>你的对话是安全的。下面的报告只包含版本信息和调用栈，不含你的任何文本。如果希望修复，请把它复制到 issue 中；不会自动发送任何内容。</translation>
    </message>
    <message>
        <source>Report</source>
        <translation>报告</translation>
    </message>
    <message>
        <source>Copy report</source>
        <translation>复制报告</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>已复制</translation>
    </message>
</context>
<context>
    <name>Reproduce</name>
    <message>
        <source>The model file is another one.</source>
        <translation>模型文件不是同一个。</translation>
    </message>
    <message>
        <source>The engine is another build: {first}, now {second}.</source>
        <translation>引擎版本不同：原为 {first}，现为 {second}。</translation>
    </message>
    <message>
        <source>The chat template has changed.</source>
        <translation>聊天模板已更改。</translation>
    </message>
    <message>
        <source>The prompt is not the same.</source>
        <translation>提示词不同。</translation>
    </message>
    <message>
        <source>The sampling settings differ.</source>
        <translation>采样设置不同。</translation>
    </message>
    <message>
        <source>The seed differs.</source>
        <translation>种子不同。</translation>
    </message>
    <message>
        <source>The model was loaded with other context settings.</source>
        <translation>加载模型时的上下文设置不同。</translation>
    </message>
    <message>
        <source>Flash attention was switched.</source>
        <translation>Flash Attention 被切换过。</translation>
    </message>
    <message>
        <source>The prompt was read in other pieces, which rounds differently.</source>
        <translation>提示词的读取分段不同，舍入结果因此不同。</translation>
    </message>
    <message>
        <source>No model is loaded.</source>
        <translation>没有加载模型。</translation>
    </message>
    <message>
        <source>Another model file is loaded now.</source>
        <translation>现在加载的是另一个模型文件。</translation>
    </message>
    <message>
        <source>The engine is another build now.</source>
        <translation>引擎现在是另一个版本。</translation>
    </message>
    <message>
        <source>The chat template is another one now.</source>
        <translation>聊天模板现在不同。</translation>
    </message>
    <message>
        <source>Flash attention is set differently now.</source>
        <translation>Flash Attention 的设置现在不同。</translation>
    </message>
</context>
<context>
    <name>ResultsView</name>
    <message>
        <source>Compare by</source>
        <translation>比较依据</translation>
    </message>
    <message>
        <source>Output</source>
        <translation>输出</translation>
    </message>
    <message>
        <source>Input</source>
        <translation>输入</translation>
    </message>
    <message>
        <source>First token</source>
        <translation>首词元</translation>
    </message>
    <message>
        <source>Comparison</source>
        <translation>比较</translation>
    </message>
    <message>
        <source>Deleted results: {count}</source>
        <translation>已删除的结果：{count}</translation>
    </message>
    <message>
        <source>Benchmark results</source>
        <translation>基准测试结果</translation>
    </message>
    <message>
        <source>Copy as Markdown</source>
        <translation>复制为 Markdown</translation>
    </message>
    <message>
        <source>Export CSV…</source>
        <translation>导出 CSV…</translation>
    </message>
    <message>
        <source>Export Markdown…</source>
        <translation>导出 Markdown…</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>删除</translation>
    </message>
    <message>
        <source>Results</source>
        <translation>结果</translation>
    </message>
    <message>
        <source>newest; select rows to compare them</source>
        <translation>最新结果；选中多行可比较</translation>
    </message>
</context>
<context>
    <name>RoutingMap</name>
    <message>
        <source>Routing: tokens by experts</source>
        <translation>路由：词元 × 专家</translation>
    </message>
    <message>
        <source>“{token}”: expert {expert}, gate {weight}</source>
        <translation>“{token}”：专家 {expert}，门控 {weight}</translation>
    </message>
</context>
<context>
    <name>RoutingView</name>
    <message>
        <source>Which experts work on which token</source>
        <translation>哪些专家处理哪个词元</translation>
    </message>
    <message>
        <source>The router of a mixture of experts sends every token to a few of them. The last reply is read once more to see where each of its tokens went.</source>
        <translation>混合专家的路由器把每个词元分给其中几个专家。这里会把上一条回复重新读一遍，看看各个词元去了哪里。</translation>
    </message>
    <message>
        <source>Read the last reply</source>
        <translation>读取上一条回复</translation>
    </message>
    <message>
        <source>Reading the text once more…</source>
        <translation>正在重新读取文本…</translation>
    </message>
    <message>
        <source>Layer</source>
        <translation>层</translation>
    </message>
    <message>
        <source>Gate value of each expert in</source>
        <translation>各专家的门控值，位于</translation>
    </message>
    <message>
        <source>Layer {number}</source>
        <translation>第 {number} 层</translation>
    </message>
</context>
<context>
    <name>RunStrip</name>
    <message>
        <source>Progress of the benchmark</source>
        <translation>基准测试进度</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>{scenario} ({number} of {total})</source>
        <translation>{scenario}（{number} / {total}）</translation>
    </message>
    <message>
        <source>{percent}, {seconds} s left in this scenario</source>
        <translation>{percent}，此场景剩余 {seconds} 秒</translation>
    </message>
    <message>
        <source>Stopping…</source>
        <translation>正在停止…</translation>
    </message>
</context>
<context>
    <name>SamplingGroups</name>
    <message>
        <source>Sample</source>
        <translation>采样</translation>
    </message>
    <message>
        <source>Greedy</source>
        <translation>贪心</translation>
    </message>
    <message>
        <source>Beam</source>
        <translation>束搜索</translation>
    </message>
    <message>
        <source>Contrastive</source>
        <translation>对比</translation>
    </message>
    <message>
        <source>Off</source>
        <translation>关</translation>
    </message>
    <message>
        <source>Version 1</source>
        <translation>版本 1</translation>
    </message>
    <message>
        <source>Version 2</source>
        <translation>版本 2</translation>
    </message>
    <message>
        <source>context</source>
        <translation>上下文</translation>
    </message>
    <message>
        <source>off</source>
        <translation>关</translation>
    </message>
    <message>
        <source>no limit</source>
        <translation>不限</translation>
    </message>
</context>
<context>
    <name>SamplingPanel</name>
    <message>
        <source>Sampling</source>
        <translation>采样</translation>
    </message>
    <message>
        <source>Changes apply from the next token.</source>
        <translation>更改从下一个词元起生效。</translation>
    </message>
    <message>
        <source>Find a parameter</source>
        <translation>查找参数</translation>
    </message>
    <message>
        <source>No parameter is called that.</source>
        <translation>没有这个名称的参数。</translation>
    </message>
    <message>
        <source>Back to the defaults</source>
        <translation>恢复默认值</translation>
    </message>
    <message>
        <source>All samplers</source>
        <translation>所有采样器</translation>
    </message>
    <message>
        <source>{name} applies to the next reply.</source>
        <translation>{name} 从下一条回复起生效。</translation>
    </message>
</context>
<context>
    <name>SamplingTexts</name>
    <message>
        <source>Temperature</source>
        <translation>温度</translation>
    </message>
    <message>
        <source>How freely the model chooses</source>
        <translation>模型选择的自由程度</translation>
    </message>
    <message>
        <source>Divides the logits before the choice. Low values keep to the most probable words, high values let rarer ones in; 0 always takes the most probable token, 1 leaves the model as trained.</source>
        <translation>在选择之前用它去除 logits。值低则只取最可能的词，值高则放进更少见的词；0 总取概率最高的词元，1 保持模型训练时的分布。</translation>
    </message>
    <message>
        <source>Top-p</source>
        <translation>Top-p</translation>
    </message>
    <message>
        <source>Keeps the most probable tokens up to this share</source>
        <translation>按累计概率保留最可能的词元</translation>
    </message>
    <message>
        <source>Keeps the smallest set of tokens whose probabilities add up to this value. Lower values cut the unlikely tail more; 1 keeps everything.</source>
        <translation>保留累计概率达到该值的最小词元集合。值越低，长尾截得越多；1 保留全部。</translation>
    </message>
    <message>
        <source>Top-k</source>
        <translation>Top-k</translation>
    </message>
    <message>
        <source>Keeps this many of the most probable tokens</source>
        <translation>只保留这么多个最可能的词元</translation>
    </message>
    <message>
        <source>Only the k most probable tokens can be chosen. 1 always takes the first; 0 keeps all.</source>
        <translation>只能从概率最高的 k 个词元中选择。1 总取第一个；0 保留全部。</translation>
    </message>
    <message>
        <source>Min-p</source>
        <translation>Min-p</translation>
    </message>
    <message>
        <source>Drops tokens far below the best one</source>
        <translation>丢弃概率远低于最优者的词元</translation>
    </message>
    <message>
        <source>Drops every token less probable than this share of the best one. Cuts hard where the model is sure and little where it is not; 0 is off.</source>
        <translation>丢弃概率低于最优词元这一比例的所有词元。模型有把握时截得狠，没把握时截得少；0 为关闭。</translation>
    </message>
    <message>
        <source>Repeat penalty</source>
        <translation>重复惩罚</translation>
    </message>
    <message>
        <source>Makes recent tokens less likely</source>
        <translation>降低最近出现过的词元的概率</translation>
    </message>
    <message>
        <source>Divides the logits of tokens seen recently. A little above 1 stops loops; too much makes the model avoid words that it needs, such as names. 1 is off.</source>
        <translation>用它去除最近出现过的词元的 logits。略高于 1 可以避免循环；过高会让模型回避必要的词，例如人名。1 为关闭。</translation>
    </message>
    <message>
        <source>Dynamic range</source>
        <translation>动态温度范围</translation>
    </message>
    <message>
        <source>Lets the temperature follow the model&apos;s certainty</source>
        <translation>让温度随模型的把握程度变化</translation>
    </message>
    <message>
        <source>The temperature moves between temperature − range, where the model is sure, and temperature + range, where many tokens are plausible; 0 keeps it fixed.</source>
        <translation>温度在“温度 − 范围”（模型有把握时）与“温度 + 范围”（许多词元都合理时）之间变化；0 则固定不变。</translation>
    </message>
    <message>
        <source>Dynamic exponent</source>
        <translation>动态温度指数</translation>
    </message>
    <message>
        <source>How quickly the temperature rises with uncertainty</source>
        <translation>温度随不确定性上升的快慢</translation>
    </message>
    <message>
        <source>Shapes the way from certainty (entropy) to temperature: above 1 it stays low for longer, below 1 it rises early. Needs a dynamic range.</source>
        <translation>决定从确定程度（熵）到温度的曲线：高于 1 则较久保持低温，低于 1 则较早升温。需要设置动态温度范围。</translation>
    </message>
    <message>
        <source>Typical-p</source>
        <translation>Typical-p</translation>
    </message>
    <message>
        <source>Keeps tokens that are as surprising as usual</source>
        <translation>保留惊奇度与平常相近的词元</translation>
    </message>
    <message>
        <source>Keeps tokens whose surprise is close to what the model expects on average, up to this share. Can drop the most probable token too; 1 is off.</source>
        <translation>保留惊奇度接近模型平均预期的词元，直到累计达到这一比例。也可能丢弃概率最高的词元；1 为关闭。</translation>
    </message>
    <message>
        <source>Top-nσ</source>
        <translation>Top-nσ</translation>
    </message>
    <message>
        <source>Keeps logits within n standard deviations of the best</source>
        <translation>保留距最大 logit 在 n 个标准差以内的词元</translation>
    </message>
    <message>
        <source>Keeps the tokens whose logit lies within n standard deviations of the largest one. Does not widen when the temperature rises; 0 or less is off.</source>
        <translation>保留 logit 与最大值相差不超过 n 个标准差的词元。温度升高时范围不会变宽；0 或更小为关闭。</translation>
    </message>
    <message>
        <source>XTC probability</source>
        <translation>XTC 概率</translation>
    </message>
    <message>
        <source>How often the most obvious choices are left out</source>
        <translation>多久排除一次最显而易见的选择</translation>
    </message>
    <message>
        <source>At each token with this chance, all tokens above the threshold except the least probable of them are removed, which breaks clichés; 0 is off.</source>
        <translation>每个词元以此概率触发：移除所有高于阈值的词元，只留其中概率最低的一个，从而打破陈词滥调；0 为关闭。</translation>
    </message>
    <message>
        <source>XTC threshold</source>
        <translation>XTC 阈值</translation>
    </message>
    <message>
        <source>From which probability a choice counts as obvious</source>
        <translation>概率达到多少才算显而易见</translation>
    </message>
    <message>
        <source>Tokens above this probability can be left out by XTC. Above 0.5 no two tokens can reach it, so nothing is removed.</source>
        <translation>概率高于该值的词元可能被 XTC 排除。高于 0.5 时不可能有两个词元同时达到，因此不会移除任何词元。</translation>
    </message>
    <message>
        <source>Look back</source>
        <translation>回看范围</translation>
    </message>
    <message>
        <source>How many recent tokens the penalties see</source>
        <translation>惩罚所统计的最近词元数</translation>
    </message>
    <message>
        <source>The penalties count tokens within this many of the latest; −1 is the whole context, 0 switches the penalties off.</source>
        <translation>惩罚只统计最近这么多个词元；−1 为整个上下文，0 关闭惩罚。</translation>
    </message>
    <message>
        <source>Presence penalty</source>
        <translation>存在惩罚</translation>
    </message>
    <message>
        <source>Makes any token used before less likely</source>
        <translation>降低出现过的词元的概率</translation>
    </message>
    <message>
        <source>Subtracts this from the logit of every token seen recently, once. Positive values bring in new subjects, negative ones keep to the same; 0 is off.</source>
        <translation>从最近出现过的每个词元的 logit 中减去该值，只减一次。正值引入新话题，负值守住原话题；0 为关闭。</translation>
    </message>
    <message>
        <source>Frequency penalty</source>
        <translation>频率惩罚</translation>
    </message>
    <message>
        <source>Makes a token less likely each time it is used</source>
        <translation>词元每出现一次就再降低其概率</translation>
    </message>
    <message>
        <source>Subtracts this from the logit once for each recent occurrence. Positive values reduce word-for-word repetition; 0 is off.</source>
        <translation>最近每出现一次，就从 logit 中减去一次该值。正值减少逐字重复；0 为关闭。</translation>
    </message>
    <message>
        <source>DRY multiplier</source>
        <translation>DRY 乘数</translation>
    </message>
    <message>
        <source>Strength of the penalty on repeated phrases</source>
        <translation>对重复短语的惩罚强度</translation>
    </message>
    <message>
        <source>Penalises a token that would continue a phrase already written, the more the longer the phrase. 0.8 is a usual value; 0 is off.</source>
        <translation>惩罚会延续已写短语的词元，短语越长惩罚越重。常用值为 0.8；0 为关闭。</translation>
    </message>
    <message>
        <source>DRY base</source>
        <translation>DRY 底数</translation>
    </message>
    <message>
        <source>How fast the penalty grows with the phrase</source>
        <translation>惩罚随短语长度增长的快慢</translation>
    </message>
    <message>
        <source>The penalty is multiplier × base to the power of how far the phrase exceeds the allowed length.</source>
        <translation>惩罚 = 乘数 × 底数的 n 次方，n 为短语超出允许长度的部分。</translation>
    </message>
    <message>
        <source>DRY allowed length</source>
        <translation>DRY 允许长度</translation>
    </message>
    <message>
        <source>Phrases up to this many tokens may repeat</source>
        <translation>不超过这么多词元的短语可以重复</translation>
    </message>
    <message>
        <source>Repeated phrases of at most this many tokens are not penalised.</source>
        <translation>长度不超过这么多词元的重复短语不受惩罚。</translation>
    </message>
    <message>
        <source>DRY look back</source>
        <translation>DRY 回看范围</translation>
    </message>
    <message>
        <source>How far back repeated phrases are looked for</source>
        <translation>在多远的范围内查找重复短语</translation>
    </message>
    <message>
        <source>Searches this many recent tokens for the phrase; −1 is the whole context, 0 switches DRY off.</source>
        <translation>在最近这么多个词元中查找短语；−1 为整个上下文，0 关闭 DRY。</translation>
    </message>
    <message>
        <source>DRY sequence breakers</source>
        <translation>DRY 序列分隔符</translation>
    </message>
    <message>
        <source>Texts at which a phrase ends</source>
        <translation>短语到此结束的文本</translation>
    </message>
    <message>
        <source>A phrase is not matched across these, so that list bullets, speaker names and line breaks may repeat.</source>
        <translation>短语匹配不会跨越这些文本，因此列表符号、说话人名字和换行可以重复。</translation>
    </message>
    <message>
        <source>Mirostat</source>
        <translation>Mirostat</translation>
    </message>
    <message>
        <source>Holds the surprise of the text at a target</source>
        <translation>让文本的惊奇度保持在目标值</translation>
    </message>
    <message>
        <source>Replaces the truncation stages by a controller that keeps the surprise of the text near tau. 0 is off, 1 the first version, 2 the simpler second one.</source>
        <translation>用一个控制器代替各截断阶段，使文本的惊奇度保持在 tau 附近。0 为关闭，1 为第一版，2 为更简单的第二版。</translation>
    </message>
    <message>
        <source>Mirostat tau</source>
        <translation>Mirostat tau</translation>
    </message>
    <message>
        <source>The target surprise, in bits</source>
        <translation>目标惊奇度，单位 bit</translation>
    </message>
    <message>
        <source>Lower values give focused text, higher values more varied text.</source>
        <translation>值低则文本集中，值高则文本多样。</translation>
    </message>
    <message>
        <source>Mirostat eta</source>
        <translation>Mirostat eta</translation>
    </message>
    <message>
        <source>How fast the controller corrects</source>
        <translation>控制器修正的快慢</translation>
    </message>
    <message>
        <source>Larger values react to each token, smaller ones average over many.</source>
        <translation>值大则对每个词元都作出反应，值小则在许多词元上取平均。</translation>
    </message>
    <message>
        <source>Adaptive target</source>
        <translation>Adaptive 目标</translation>
    </message>
    <message>
        <source>Prefers tokens near this probability</source>
        <translation>偏向概率接近该值的词元</translation>
    </message>
    <message>
        <source>Adaptive-p chooses among what the stages left, preferring tokens whose probability is near a target that follows the recent choices, so that the average meets this value; below 0 it is off.</source>
        <translation>Adaptive-p 在各阶段留下的词元中选择，偏向概率接近目标的词元；目标会随最近的选择调整，使平均值达到该值；低于 0 为关闭。</translation>
    </message>
    <message>
        <source>Adaptive decay</source>
        <translation>Adaptive 衰减</translation>
    </message>
    <message>
        <source>How long earlier choices are remembered</source>
        <translation>记住先前选择的时间长短</translation>
    </message>
    <message>
        <source>0 looks only at the latest token; 0.9 at about the last ten. Needs an adaptive target.</source>
        <translation>0 只看最近一个词元；0.9 大约看最近十个。需要设置 Adaptive 目标。</translation>
    </message>
    <message>
        <source>Decoding</source>
        <translation>解码</translation>
    </message>
    <message>
        <source>How a token is taken from the distribution</source>
        <translation>如何从分布中取出词元</translation>
    </message>
    <message>
        <source>Sample draws by chance from what the stages leave. Greedy always takes the most probable token. Beam follows several continuations at once and keeps the most probable whole text. Contrastive subtracts the opinion of a smaller model.</source>
        <translation>采样：从各阶段留下的词元中随机抽取。贪心：总取概率最高的词元。束搜索：同时跟踪多条续写，保留整体概率最高的文本。对比：减去较小模型的意见。</translation>
    </message>
    <message>
        <source>Beam width</source>
        <translation>束宽</translation>
    </message>
    <message>
        <source>How many continuations are followed</source>
        <translation>同时跟踪的续写条数</translation>
    </message>
    <message>
        <source>More beams find more probable texts and take that many times the work. 1 is greedy.</source>
        <translation>束越多，找到的文本概率越高，计算量也成倍增加。1 即贪心。</translation>
    </message>
    <message>
        <source>Length penalty</source>
        <translation>长度惩罚</translation>
    </message>
    <message>
        <source>Whether beam search prefers short or long texts</source>
        <translation>束搜索偏向短文本还是长文本</translation>
    </message>
    <message>
        <source>Divides a beam&apos;s log-probability by its length to this power: above 0 favours longer texts, below 0 shorter ones; 0 compares the plain sums.</source>
        <translation>用束长度的该次方去除其对数概率：大于 0 偏向较长文本，小于 0 偏向较短文本；0 直接比较总和。</translation>
    </message>
    <message>
        <source>Contrastive alpha</source>
        <translation>对比 alpha</translation>
    </message>
    <message>
        <source>Which tokens the small model may argue about</source>
        <translation>小模型可以影响哪些词元</translation>
    </message>
    <message>
        <source>Only tokens at least this share as probable as the best one take part. Larger values keep closer to the large model, smaller ones let the contrast decide more.</source>
        <translation>只有概率不低于最优词元这一比例的词元参与。值大则更贴近大模型，值小则让对比起更大作用。</translation>
    </message>
    <message>
        <source>Amateur temperature</source>
        <translation>业余模型温度</translation>
    </message>
    <message>
        <source>How sharply the small model speaks</source>
        <translation>小模型的分布有多尖锐</translation>
    </message>
    <message>
        <source>Temperature of the small model whose opinion is subtracted. Lower values punish its favourites harder.</source>
        <translation>被减去意见的小模型的温度。值越低，对它偏爱的词元惩罚越重。</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>随机种子</translation>
    </message>
    <message>
        <source>The start of the random numbers</source>
        <translation>随机数的起点</translation>
    </message>
    <message>
        <source>The same seed, prompt and settings give the same text again; −1 draws a fresh seed for each reply.</source>
        <translation>相同的种子、提示词和设置会再次得到相同的文本；−1 为每条回复取新的种子。</translation>
    </message>
    <message>
        <source>Max tokens</source>
        <translation>最大词元数</translation>
    </message>
    <message>
        <source>The longest reply, in tokens</source>
        <translation>回复的最大长度，单位为词元</translation>
    </message>
    <message>
        <source>The reply is cut at this many tokens; −1 goes on until the model ends or the context is full.</source>
        <translation>回复到这么多词元时截断；−1 一直写到模型结束或上下文用满。</translation>
    </message>
    <message>
        <source>Stop strings</source>
        <translation>停止字符串</translation>
    </message>
    <message>
        <source>Texts that end the reply</source>
        <translation>遇到即结束回复的文本</translation>
    </message>
    <message>
        <source>The reply ends before the first of these texts, which is not shown.</source>
        <translation>回复在这些文本中最先出现的一个之前结束，该文本不会显示。</translation>
    </message>
    <message>
        <source>Logit bias</source>
        <translation>Logit 偏置</translation>
    </message>
    <message>
        <source>Makes chosen tokens more or less likely</source>
        <translation>提高或降低指定词元的概率</translation>
    </message>
    <message>
        <source>Adds a number to the logits of the tokens of a text, or of one token by its id. −100 bans them, 100 nearly forces them.</source>
        <translation>给一段文本的各词元或某个 id 的词元的 logits 加上一个数。−100 禁用它们，100 几乎强制选用。</translation>
    </message>
    <message>
        <source>Grammar</source>
        <translation>语法约束</translation>
    </message>
    <message>
        <source>Allows only texts of this GBNF grammar</source>
        <translation>只允许符合此 GBNF 语法的文本</translation>
    </message>
    <message>
        <source>Every token that would leave the grammar is impossible. Overrides the JSON schema.</source>
        <translation>会偏离语法的词元一律不可能选中。优先于 JSON Schema。</translation>
    </message>
    <message>
        <source>JSON schema</source>
        <translation>JSON Schema</translation>
    </message>
    <message>
        <source>Makes the reply a JSON value of this schema</source>
        <translation>让回复成为符合此 Schema 的 JSON 值</translation>
    </message>
    <message>
        <source>The schema is turned into a grammar, so that the reply always parses. {} allows any JSON.</source>
        <translation>Schema 会转换成语法，因此回复总能解析。{} 允许任意 JSON。</translation>
    </message>
    <message>
        <source>Order of the stages</source>
        <translation>阶段顺序</translation>
    </message>
    <message>
        <source>Which stages run, and in which order</source>
        <translation>运行哪些阶段，以什么顺序</translation>
    </message>
    <message>
        <source>Each stage works on what the one before left. Cutting before the temperature looks at the model&apos;s own probabilities, cutting after it at the flattened ones. Stages that are switched off do nothing.</source>
        <translation>每个阶段处理前一阶段留下的结果。在温度之前截断依据模型本来的概率，之后截断则依据变平后的概率。已关闭的阶段不起作用。</translation>
    </message>
</context>
<context>
    <name>SamplingWords</name>
    <message>
        <source>No effect: greedy decoding takes the best token anyway.</source>
        <translation>无效：贪心解码本来就取最优词元。</translation>
    </message>
    <message>
        <source>No effect: beam search does not use this.</source>
        <translation>无效：束搜索不使用此项。</translation>
    </message>
    <message>
        <source>No effect: at temperature 0 the best token is always taken.</source>
        <translation>无效：温度为 0 时总取最优词元。</translation>
    </message>
    <message>
        <source>No effect: top-k 1 leaves a single token before this.</source>
        <translation>无效：top-k 为 1，在此之前只剩一个词元。</translation>
    </message>
    <message>
        <source>No effect: Mirostat takes the place of this stage.</source>
        <translation>无效：Mirostat 取代了这个阶段。</translation>
    </message>
    <message>
        <source>No effect: its stage is switched off under “Order of the stages”.</source>
        <translation>无效：它的阶段已在“阶段顺序”中关闭。</translation>
    </message>
    <message>
        <source>No effect until the dynamic range is above 0.</source>
        <translation>无效：动态温度范围需大于 0。</translation>
    </message>
    <message>
        <source>No effect until the XTC probability is above 0.</source>
        <translation>无效：XTC 概率需大于 0。</translation>
    </message>
    <message>
        <source>No effect: no two tokens can both be above a threshold of 0.5.</source>
        <translation>无效：不可能有两个词元同时高于 0.5 的阈值。</translation>
    </message>
    <message>
        <source>No effect until one of the penalties is set.</source>
        <translation>无效：需先设置一项惩罚。</translation>
    </message>
    <message>
        <source>No effect: the penalties look back 0 tokens.</source>
        <translation>无效：惩罚回看 0 个词元。</translation>
    </message>
    <message>
        <source>No effect until the DRY multiplier is above 0.</source>
        <translation>无效：DRY 乘数需大于 0。</translation>
    </message>
    <message>
        <source>No effect: DRY looks back 0 tokens.</source>
        <translation>无效：DRY 回看 0 个词元。</translation>
    </message>
    <message>
        <source>No effect until Mirostat is on.</source>
        <translation>无效：需先启用 Mirostat。</translation>
    </message>
    <message>
        <source>No effect until an adaptive target is set.</source>
        <translation>无效：需先设置 Adaptive 目标。</translation>
    </message>
    <message>
        <source>No effect until the decoding mode is beam search.</source>
        <translation>无效：解码模式需为束搜索。</translation>
    </message>
    <message>
        <source>No effect until the decoding mode is contrastive.</source>
        <translation>无效：解码模式需为对比解码。</translation>
    </message>
    <message>
        <source>No effect: with one beam there is nothing to compare.</source>
        <translation>无效：只有一条束，没有可比较的。</translation>
    </message>
    <message>
        <source>No effect: nothing is drawn by chance here.</source>
        <translation>无效：这里没有随机抽取。</translation>
    </message>
    <message>
        <source>No effect: the grammar is used instead.</source>
        <translation>无效：改用语法约束。</translation>
    </message>
    <message>
        <source>No effect: this endpoint does not know the parameter.</source>
        <translation>无效：此端点不认识该参数。</translation>
    </message>
    <message>
        <source>Penalties</source>
        <translation>惩罚</translation>
    </message>
    <message>
        <source>DRY</source>
        <translation>DRY</translation>
    </message>
    <message>
        <source>Top-nσ</source>
        <translation>Top-nσ</translation>
    </message>
    <message>
        <source>Top-k</source>
        <translation>Top-k</translation>
    </message>
    <message>
        <source>Typical-p</source>
        <translation>Typical-p</translation>
    </message>
    <message>
        <source>Top-p</source>
        <translation>Top-p</translation>
    </message>
    <message>
        <source>Min-p</source>
        <translation>Min-p</translation>
    </message>
    <message>
        <source>XTC</source>
        <translation>XTC</translation>
    </message>
    <message>
        <source>Temperature</source>
        <translation>温度</translation>
    </message>
    <message>
        <source>Precise</source>
        <translation>精确</translation>
    </message>
    <message>
        <source>Facts, code and extraction: keeps close to the most probable words.</source>
        <translation>事实、代码和信息抽取：紧贴最可能的词。</translation>
    </message>
    <message>
        <source>Balanced</source>
        <translation>均衡</translation>
    </message>
    <message>
        <source>Everyday conversation: varied, but on the subject.</source>
        <translation>日常对话：有变化，但不离题。</translation>
    </message>
    <message>
        <source>Creative</source>
        <translation>创意</translation>
    </message>
    <message>
        <source>Stories and ideas: rarer words, fewer clichés, no repeated phrases.</source>
        <translation>故事和点子：用词更少见，少陈词滥调，不重复短语。</translation>
    </message>
    <message>
        <source>Deterministic</source>
        <translation>确定</translation>
    </message>
    <message>
        <source>Always the most probable token: the same text every time.</source>
        <translation>总取概率最高的词元：每次文本都相同。</translation>
    </message>
    <message>
        <source>llama.cpp defaults</source>
        <translation>llama.cpp 默认值</translation>
    </message>
    <message>
        <source>What llama.cpp does when nothing is said.</source>
        <translation>不作任何指定时 llama.cpp 的行为。</translation>
    </message>
    <message>
        <source>Neutral</source>
        <translation>中性</translation>
    </message>
    <message>
        <source>Every stage off: the model&apos;s own distribution.</source>
        <translation>所有阶段关闭：模型本来的分布。</translation>
    </message>
    <message>
        <source>Dynamic temperature</source>
        <translation>动态温度</translation>
    </message>
    <message>
        <source>Truncation</source>
        <translation>截断</translation>
    </message>
    <message>
        <source>Mirostat</source>
        <translation>Mirostat</translation>
    </message>
    <message>
        <source>Adaptive</source>
        <translation>Adaptive</translation>
    </message>
    <message>
        <source>Decoding</source>
        <translation>解码</translation>
    </message>
    <message>
        <source>Order of the stages</source>
        <translation>阶段顺序</translation>
    </message>
    <message>
        <source>Logit bias</source>
        <translation>Logit 偏置</translation>
    </message>
    <message>
        <source>Grammar and JSON</source>
        <translation>语法与 JSON</translation>
    </message>
    <message>
        <source>Stop strings</source>
        <translation>停止字符串</translation>
    </message>
</context>
<context>
    <name>Scenarios</name>
    <message>
        <source>Chat</source>
        <translation>对话</translation>
    </message>
    <message>
        <source>A short question and an answer of ordinary length.</source>
        <translation>简短的问题，普通长度的回答。</translation>
    </message>
    <message>
        <source>Code</source>
        <translation>代码</translation>
    </message>
    <message>
        <source>A function with its tests.</source>
        <translation>一个函数及其测试。</translation>
    </message>
    <message>
        <source>Long writing</source>
        <translation>长文写作</translation>
    </message>
    <message>
        <source>A short prompt and a long text: output speed over time.</source>
        <translation>短提示词、长文本：输出速度随时间的变化。</translation>
    </message>
    <message>
        <source>Document</source>
        <translation>文档</translation>
    </message>
    <message>
        <source>A long text to summarise: input speed and time to first token.</source>
        <translation>总结一篇长文：输入速度和首词元时间。</translation>
    </message>
    <message>
        <source>Batch</source>
        <translation>批量</translation>
    </message>
    <message>
        <source>Eight short requests one after the other.</source>
        <translation>八个短请求，一个接一个。</translation>
    </message>
</context>
<context>
    <name>SearchDelegate</name>
    <message>
        <source>You</source>
        <translation>你</translation>
    </message>
    <message>
        <source>Reply</source>
        <translation>回复</translation>
    </message>
    <message>
        <source>System</source>
        <translation>系统</translation>
    </message>
    <message>
        <source>Tool</source>
        <translation>工具</translation>
    </message>
</context>
<context>
    <name>SearchField</name>
    <message>
        <source>Search chats</source>
        <translation>搜索对话</translation>
    </message>
    <message>
        <source>Search in all chats</source>
        <translation>在所有对话中搜索</translation>
    </message>
</context>
<context>
    <name>SearchResults</name>
    <message>
        <source>Search results</source>
        <translation>搜索结果</translation>
    </message>
    <message>
        <source>Nothing was found for “{query}”.</source>
        <translation>没有找到“{query}”。</translation>
    </message>
</context>
<context>
    <name>SeedControl</name>
    <message>
        <source>random</source>
        <translation>随机</translation>
    </message>
    <message>
        <source>Random: a fresh seed for each reply</source>
        <translation>随机：每条回复使用新的种子</translation>
    </message>
    <message>
        <source>Use this seed again</source>
        <translation>再次使用此种子</translation>
    </message>
    <message>
        <source>Last reply: {seed}</source>
        <translation>上一条回复：{seed}</translation>
    </message>
</context>
<context>
    <name>SegmentsView</name>
    <message>
        <source>Rendered prompt</source>
        <translation>渲染后的提示词</translation>
    </message>
    <message>
        <source>Copy the rendered prompt</source>
        <translation>复制渲染后的提示词</translation>
    </message>
    <message>
        <source>Render again</source>
        <translation>重新渲染</translation>
    </message>
    <message>
        <source>Tokens: {count}</source>
        <translation>词元数：{count}</translation>
    </message>
    <message>
        <source>Shown here once a message was sent or “Render again” was pressed.</source>
        <translation>发送消息或点击“重新渲染”后显示在这里。</translation>
    </message>
    <message>
        <source>{kind}, tokens: {count}</source>
        <translation>{kind}，词元数：{count}</translation>
    </message>
</context>
<context>
    <name>SendButton</name>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Send</source>
        <translation>发送</translation>
    </message>
    <message>
        <source>Stop (Esc)</source>
        <translation>停止（Esc）</translation>
    </message>
    <message>
        <source>Send (Enter)</source>
        <translation>发送（Enter）</translation>
    </message>
</context>
<context>
    <name>SentencePair</name>
    <message>
        <source>Two sentences</source>
        <translation>两个句子</translation>
    </message>
    <message>
        <source>First sentence</source>
        <translation>第一句</translation>
    </message>
    <message>
        <source>A man is eating food.</source>
        <translation>A man is eating food.</translation>
    </message>
    <message>
        <source>Second sentence</source>
        <translation>第二句</translation>
    </message>
    <message>
        <source>Someone has dinner.</source>
        <translation>Someone has dinner.</translation>
    </message>
    <message>
        <source>The second follows the first</source>
        <translation>第二句接在第一句之后</translation>
    </message>
    <message>
        <source>The model&apos;s head for its second training task: next-sentence prediction.</source>
        <translation>来自模型第二个训练任务的输出头：下一句预测。</translation>
    </message>
    <message>
        <source>Likeness of meaning</source>
        <translation>语义相似度</translation>
    </message>
    <message>
        <source>The cosine of the two sentence vectors: 1 for the same direction, about 0 for unrelated.</source>
        <translation>两个句向量的余弦：方向相同为 1，无关约为 0。</translation>
    </message>
</context>
<context>
    <name>SessionDelegate</name>
    <message>
        <source>New name</source>
        <translation>新名称</translation>
    </message>
</context>
<context>
    <name>SessionPanel</name>
    <message>
        <source>New chat</source>
        <translation>新建对话</translation>
    </message>
    <message>
        <source>Hide the list of chats</source>
        <translation>隐藏对话列表</translation>
    </message>
    <message>
        <source>Chats</source>
        <translation>对话</translation>
    </message>
</context>
<context>
    <name>SessionTreeModel</name>
    <message numerus="yes">
        <source>%n chat(s) under {heading}</source>
        <translation>
            <numerusform>{heading}：%n 个对话</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Show %n more</source>
        <translation>
            <numerusform>再显示 %n 个</numerusform>
        </translation>
    </message>
    <message>
        <source>New chat</source>
        <translation>新建对话</translation>
    </message>
    <message>
        <source>Pinned</source>
        <translation>置顶</translation>
    </message>
    <message>
        <source>Today</source>
        <translation>今天</translation>
    </message>
    <message>
        <source>Yesterday</source>
        <translation>昨天</translation>
    </message>
    <message>
        <source>Previous 7 days</source>
        <translation>过去 7 天</translation>
    </message>
    <message>
        <source>Previous 30 days</source>
        <translation>过去 30 天</translation>
    </message>
    <message>
        <source>Empty</source>
        <translation>空</translation>
    </message>
    <message>
        <source>{count} tok</source>
        <translation>{count} tok</translation>
    </message>
    <message>
        <source>now</source>
        <translation>刚刚</translation>
    </message>
    <message>
        <source>MM/dd</source>
        <comment>short date without year</comment>
        <translation>MM/dd</translation>
    </message>
    <message>
        <source>MM/yyyy</source>
        <comment>month and year</comment>
        <translation>yyyy/MM</translation>
    </message>
    <message>
        <source>pinned</source>
        <translation>已置顶</translation>
    </message>
    <message>
        <source>a reply is being written</source>
        <translation>正在写回复</translation>
    </message>
</context>
<context>
    <name>SessionView</name>
    <message>
        <source>Chats</source>
        <translation>对话</translation>
    </message>
    <message>
        <source>Rename folder</source>
        <translation>重命名文件夹</translation>
    </message>
    <message>
        <source>Delete folder (chats stay)</source>
        <translation>删除文件夹（保留对话）</translation>
    </message>
    <message>
        <source>New folder</source>
        <translation>新建文件夹</translation>
    </message>
    <message>
        <source>Rename</source>
        <translation>重命名</translation>
    </message>
    <message>
        <source>Unpin</source>
        <translation>取消置顶</translation>
    </message>
    <message>
        <source>Pin</source>
        <translation>置顶</translation>
    </message>
    <message>
        <source>Move to</source>
        <translation>移动到</translation>
    </message>
    <message>
        <source>Duplicate</source>
        <translation>创建副本</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>导出</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>删除</translation>
    </message>
    <message>
        <source>No folder</source>
        <translation>无文件夹</translation>
    </message>
    <message>
        <source>New folder…</source>
        <translation>新建文件夹…</translation>
    </message>
</context>
<context>
    <name>SessionsController</name>
    <message>
        <source>New chat</source>
        <translation>新建对话</translation>
    </message>
    <message>
        <source>“{title}” was deleted.</source>
        <translation>已删除“{title}”。</translation>
    </message>
    <message>
        <source>{title} (copy)</source>
        <translation>{title}（副本）</translation>
    </message>
    <message>
        <source>{title} (branch)</source>
        <translation>{title}（分支）</translation>
    </message>
    <message>
        <source>This is a new chat; it shares everything above with the other one.</source>
        <translation>这是一个新对话；以上内容与原对话共享。</translation>
    </message>
    <message>
        <source>New folder</source>
        <translation>新建文件夹</translation>
    </message>
    <message>
        <source>The folder was deleted; its chats are still there.</source>
        <translation>文件夹已删除；其中的对话仍在。</translation>
    </message>
    <message>
        <source>Saved as {name}.</source>
        <translation>已保存为 {name}。</translation>
    </message>
    <message numerus="yes">
        <source>%n chat(s) imported.</source>
        <translation>
            <numerusform>已导入 %n 个对话。</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>SettingRow</name>
    <message>
        <source>Back to the default</source>
        <translation>恢复默认值</translation>
    </message>
    <message>
        <source>Reset {setting}</source>
        <translation>重置 {setting}</translation>
    </message>
</context>
<context>
    <name>Settings</name>
    <message>
        <source>Home folder</source>
        <translation>主目录</translation>
    </message>
    <message>
        <source>Model folders</source>
        <translation>模型文件夹</translation>
    </message>
    <message>
        <source>Searched for GGUF files, in place: nothing is moved, copied or deleted. The folders of LM Studio, Ollama, Hugging Face and Jan are found without being named here.</source>
        <translation>就地查找 GGUF 文件：不移动、不复制、不删除任何内容。LM Studio、Ollama、Hugging Face 和 Jan 的文件夹会自动找到，无需在此填写。</translation>
    </message>
    <message>
        <source>Appearance</source>
        <translation>外观</translation>
    </message>
    <message>
        <source>Chat</source>
        <translation>对话</translation>
    </message>
    <message>
        <source>Engine</source>
        <translation>引擎</translation>
    </message>
    <message>
        <source>Models</source>
        <translation>模型库</translation>
    </message>
    <message>
        <source>Data</source>
        <translation>数据</translation>
    </message>
    <message>
        <source>Keyboard</source>
        <translation>键盘</translation>
    </message>
    <message>
        <source>Privacy</source>
        <translation>隐私</translation>
    </message>
    <message>
        <source>Chats and settings</source>
        <translation>对话与设置</translation>
    </message>
    <message>
        <source>The database lathe.db: every message, version, preset and benchmark.</source>
        <translation>数据库 lathe.db：所有消息、版本、预设和基准测试。</translation>
    </message>
    <message>
        <source>Saved model states</source>
        <translation>已保存的模型状态</translation>
    </message>
    <message>
        <source>Lets a reopened chat answer without reading it all again. Safe to delete.</source>
        <translation>重新打开的对话无需全部重读即可回答。可以安全删除。</translation>
    </message>
    <message>
        <source>Snapshots</source>
        <translation>快照</translation>
    </message>
    <message>
        <source>Copies of the database from before each change of its layout; the newest five are kept.</source>
        <translation>数据库每次结构变更之前的副本；保留最新五份。</translation>
    </message>
    <message>
        <source>Logs and reports</source>
        <translation>日志与报告</translation>
    </message>
    <message>
        <source>What the window and the engine wrote about themselves. Safe to delete.</source>
        <translation>窗口和引擎关于自身的记录。可以安全删除。</translation>
    </message>
    <message>
        <source>Everything stays on this machine</source>
        <translation>一切都留在本机</translation>
    </message>
    <message>
        <source>Lathe has no account, no telemetry and no update check. Chats, logs and reports are files in the home folder. Only endpoints that you add yourself are ever contacted.</source>
        <translation>Lathe 没有账户、没有遥测，也不检查更新。对话、日志和报告都是主目录中的文件。只会连接你自己添加的端点。</translation>
    </message>
    <message>
        <source>Messages cannot load anything</source>
        <translation>消息不会加载任何内容</translation>
    </message>
    <message>
        <source>Showing a message never fetches pictures, styles or scripts. Links are shown in full and opened only after you say so.</source>
        <translation>显示消息时绝不获取图片、样式或脚本。链接会完整显示，经你确认后才打开。</translation>
    </message>
    <message>
        <source>Keys of endpoints</source>
        <translation>端点的密钥</translation>
    </message>
    <message>
        <source>Kept in the keyring of the system, never in the database, in logs or in exports.</source>
        <translation>保存在系统密钥环中，绝不写入数据库、日志或导出文件。</translation>
    </message>
    <message>
        <source>Theme</source>
        <translation>主题</translation>
    </message>
    <message>
        <source>Dark, light, or whatever the desktop uses; follows the desktop when it changes.</source>
        <translation>深色、浅色，或与系统一致；系统更改时随之变化。</translation>
    </message>
    <message>
        <source>Like the desktop</source>
        <translation>跟随系统</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>深色</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>浅色</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>语言</translation>
    </message>
    <message>
        <source>Menus and commands change at once; some texts of open pages after the next start.</source>
        <translation>菜单和命令立即切换；已打开页面中的部分文字在下次启动后切换。</translation>
    </message>
    <message>
        <source>Text size</source>
        <translation>文字大小</translation>
    </message>
    <message>
        <source>Makes every text of the window smaller or larger.</source>
        <translation>放大或缩小窗口中的所有文字。</translation>
    </message>
    <message>
        <source>Small</source>
        <translation>小</translation>
    </message>
    <message>
        <source>Normal</source>
        <translation>标准</translation>
    </message>
    <message>
        <source>Large</source>
        <translation>大</translation>
    </message>
    <message>
        <source>Larger</source>
        <translation>更大</translation>
    </message>
    <message>
        <source>Largest</source>
        <translation>最大</translation>
    </message>
    <message>
        <source>Reduce motion</source>
        <translation>减少动画</translation>
    </message>
    <message>
        <source>Controls jump to their new state instead of sliding.</source>
        <translation>控件直接跳到新状态，不再滑动。</translation>
    </message>
    <message>
        <source>Menu bar</source>
        <translation>菜单栏</translation>
    </message>
    <message>
        <source>Shows the menus in a row at the top. Without it the mark at the top left opens them.</source>
        <translation>在顶部显示一行菜单。关闭时，点击左上角的标志打开菜单。</translation>
    </message>
    <message>
        <source>Send with</source>
        <translation>发送快捷键</translation>
    </message>
    <message>
        <source>The other combination makes a new line.</source>
        <translation>另一组按键用于换行。</translation>
    </message>
    <message>
        <source>Enter</source>
        <translation>Enter</translation>
    </message>
    <message>
        <source>Ctrl+Enter</source>
        <translation>Ctrl+Enter</translation>
    </message>
    <message>
        <source>Follow a reply while it is written</source>
        <translation>写回复时跟随滚动</translation>
    </message>
    <message>
        <source>Keeps the newest line in view. Scrolling up stops it, going to the end starts it again.</source>
        <translation>让最新一行保持可见。向上滚动即停止，回到末尾重新开始。</translation>
    </message>
    <message>
        <source>Let the model title new chats</source>
        <translation>让模型为新对话取标题</translation>
    </message>
    <message>
        <source>After the first reply the loaded model writes a short title; it takes a few seconds.</source>
        <translation>首次回复后，由已加载的模型写一个简短的标题；需要几秒钟。</translation>
    </message>
    <message>
        <source>Threads</source>
        <translation>线程</translation>
    </message>
    <message>
        <source>Processor threads for models that run on the processor. More than there are free cores makes replies much slower, not faster. Used at the next load of a model.</source>
        <translation>在 CPU 上运行模型所用的线程数。超过空闲核心数只会让回复慢得多，不会更快。下次加载模型时生效。</translation>
    </message>
    <message>
        <source>Automatic</source>
        <translation>自动</translation>
    </message>
    <message>
        <source>Context length of new chats</source>
        <translation>新对话的上下文长度</translation>
    </message>
    <message>
        <source>How many tokens a model can see at once. Longer contexts need more memory for the KV cache.</source>
        <translation>模型一次能看到的词元数。更长的上下文需要更多内存存放 KV 缓存。</translation>
    </message>
    <message>
        <source> tokens</source>
        <translation> 词元</translation>
    </message>
</context>
<context>
    <name>SettingsPage</name>
    <message>
        <source>No setting matches.</source>
        <translation>没有匹配的设置。</translation>
    </message>
    <message>
        <source>Search settings</source>
        <translation>搜索设置</translation>
    </message>
    <message>
        <source>Sections</source>
        <translation>分区</translation>
    </message>
    <message>
        <source>Changes take effect and are saved at once</source>
        <translation>更改立即生效并保存</translation>
    </message>
</context>
<context>
    <name>SharesField</name>
    <message>
        <source>by free memory</source>
        <translation>按空闲显存</translation>
    </message>
</context>
<context>
    <name>ShortcutRow</name>
    <message>
        <source>Keys of {command}</source>
        <translation>“{command}”的按键</translation>
    </message>
    <message>
        <source>Use here instead</source>
        <translation>改用于此处</translation>
    </message>
    <message>
        <source>Back to the default</source>
        <translation>恢复默认值</translation>
    </message>
    <message>
        <source>Reset {setting}</source>
        <translation>重置 {setting}</translation>
    </message>
    <message>
        <source>Used by “{command}”</source>
        <translation>已用于“{command}”</translation>
    </message>
</context>
<context>
    <name>SizeRow</name>
    <message numerus="yes">
        <source>%n file(s)</source>
        <translation>
            <numerusform>%n 个文件</numerusform>
        </translation>
    </message>
    <message>
        <source>empty</source>
        <translation>空</translation>
    </message>
</context>
<context>
    <name>Slash</name>
    <message>
        <source>Set the system prompt</source>
        <translation>设置系统提示词</translation>
    </message>
    <message>
        <source>Preset: {name}</source>
        <translation>预设：{name}</translation>
    </message>
    <message>
        <source>Preset: precise</source>
        <translation>预设：精确</translation>
    </message>
    <message>
        <source>Preset: balanced</source>
        <translation>预设：均衡</translation>
    </message>
    <message>
        <source>Preset: creative</source>
        <translation>预设：创意</translation>
    </message>
</context>
<context>
    <name>SlashPopup</name>
    <message>
        <source>Commands</source>
        <translation>命令</translation>
    </message>
</context>
<context>
    <name>SourceBar</name>
    <message>
        <source>What to look at</source>
        <translation>剖析对象</translation>
    </message>
    <message>
        <source>Chat</source>
        <translation>对话</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>文本</translation>
    </message>
    <message>
        <source>How the text is read</source>
        <translation>文本的读取方式</translation>
    </message>
    <message>
        <source>As it is</source>
        <translation>原样</translation>
    </message>
    <message>
        <source>As a message</source>
        <translation>作为消息</translation>
    </message>
    <message>
        <source>As it is: the model reads these words only. As a message: with its chat template around.</source>
        <translation>原样：模型只读取这些文字。作为消息：外面加上聊天模板。</translation>
    </message>
    <message>
        <source>Look inside</source>
        <translation>剖析</translation>
    </message>
    <message>
        <source>Read the text with the loaded model (Ctrl+Return)</source>
        <translation>用已加载的模型读取文本（Ctrl+Return）</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Text to look into</source>
        <translation>要剖析的文本</translation>
    </message>
    <message>
        <source>Type a text, for instance one that repeats itself: “Mr Dursley … Mr Durs”</source>
        <translation>输入一段文本，例如会自我重复的：“Mr Dursley … Mr Durs”</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>进度</translation>
    </message>
    <message>
        <source>Last reply of “{chat}”</source>
        <translation>“{chat}”的上一条回复</translation>
    </message>
    <message>
        <source>The open chat has no reply yet.</source>
        <translation>当前对话还没有回复。</translation>
    </message>
</context>
<context>
    <name>StageColumns</name>
    <message>
        <source>Candidates after every stage</source>
        <translation>各阶段之后的候选</translation>
    </message>
    <message>
        <source>“{text}”, id {id}: {p}</source>
        <translation>“{text}”，id {id}：{p}</translation>
    </message>
    <message>
        <source>Removed by {stage}.</source>
        <translation>被 {stage} 移除。</translation>
    </message>
    <message>
        <source>+ {count} more</source>
        <translation>+ 另有 {count} 个</translation>
    </message>
</context>
<context>
    <name>StageRow</name>
    <message>
        <source>Drag, or Alt+Up and Alt+Down, to change the order</source>
        <translation>拖动，或按 Alt+Up、Alt+Down 调整顺序</translation>
    </message>
    <message>
        <source>in use</source>
        <translation>已启用</translation>
    </message>
    <message>
        <source>not in use</source>
        <translation>未启用</translation>
    </message>
    <message>
        <source>Place {place}, {state}</source>
        <translation>位置 {place}，{state}</translation>
    </message>
</context>
<context>
    <name>StartPage</name>
    <message>
        <source>Explain</source>
        <translation>解释</translation>
    </message>
    <message>
        <source>Why is the sky blue? Explain it in three sentences.</source>
        <translation>天空为什么是蓝色的？请用三句话解释。</translation>
    </message>
    <message>
        <source>Write</source>
        <translation>写作</translation>
    </message>
    <message>
        <source>Write a short poem about a lighthouse in winter.</source>
        <translation>写一首关于冬日灯塔的短诗。</translation>
    </message>
    <message>
        <source>List</source>
        <translation>列举</translation>
    </message>
    <message>
        <source>Give me five ideas for a rainy Sunday afternoon.</source>
        <translation>给我五个适合下雨的周日下午做的事。</translation>
    </message>
    <message>
        <source>Code</source>
        <translation>代码</translation>
    </message>
    <message>
        <source>Write a Python function that reverses a string.</source>
        <translation>写一个反转字符串的 Python 函数。</translation>
    </message>
    <message>
        <source>Load the starter model</source>
        <translation>加载入门模型</translation>
    </message>
    <message>
        <source>Choose a model…</source>
        <translation>选择模型…</translation>
    </message>
    <message>
        <source>No model is loaded</source>
        <translation>没有加载模型</translation>
    </message>
    <message>
        <source>A chat needs a model in this computer&apos;s memory. Everything stays on this machine.</source>
        <translation>对话需要把模型加载到本机内存中。一切都留在本机。</translation>
    </message>
    <message>
        <source>/ for commands</source>
        <translation>/ 打开命令</translation>
    </message>
    <message>
        <source>Drop text files to attach them</source>
        <translation>拖入文本文件即可附加</translation>
    </message>
    <message>
        <source>Edit or branch at any message</source>
        <translation>在任意消息处编辑或分支</translation>
    </message>
</context>
<context>
    <name>StatusLine</name>
    <message>
        <source>Status</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Output tokens per second</source>
        <translation>每秒输出词元数</translation>
    </message>
    <message>
        <source>KV cache: {used} of {size} positions used</source>
        <translation>KV 缓存：已用 {used} / {size} 个位置</translation>
    </message>
    <message>
        <source>Memory of the engine process</source>
        <translation>引擎进程的内存</translation>
    </message>
    <message>
        <source>{rate} tok/s</source>
        <translation>{rate} tok/s</translation>
    </message>
    <message>
        <source>Commands</source>
        <translation>命令</translation>
    </message>
    <message>
        <source>Starting…</source>
        <translation>正在启动…</translation>
    </message>
    <message>
        <source>Loading the model…</source>
        <translation>正在加载模型…</translation>
    </message>
    <message>
        <source>Ready</source>
        <translation>就绪</translation>
    </message>
    <message>
        <source>Reading the prompt…</source>
        <translation>正在读取提示词…</translation>
    </message>
    <message>
        <source>Generating…</source>
        <translation>正在生成…</translation>
    </message>
    <message>
        <source>No model</source>
        <translation>无模型</translation>
    </message>
    <message>
        <source>Engine stopped</source>
        <translation>引擎已停止</translation>
    </message>
    <message numerus="yes">
        <source>%n thread(s)</source>
        <translation>
            <numerusform>%n 线程</numerusform>
        </translation>
    </message>
    <message>
        <source>KV {percent} %</source>
        <translation>KV {percent} %</translation>
    </message>
</context>
<context>
    <name>SurpriseLegend</name>
    <message>
        <source>p 100 %</source>
        <translation>p 100 %</translation>
    </message>
    <message>
        <source>0.03 %</source>
        <translation>0.03 %</translation>
    </message>
    <message>
        <source>Shades from probable to improbable</source>
        <translation>颜色从可能到不可能</translation>
    </message>
    <message>
        <source>Surprise is −log p: 0 for a certain token, 8 nats at a probability of 0.03 %.</source>
        <translation>惊奇度为 −log p：确定的词元为 0，概率 0.03 % 时为 8 nat。</translation>
    </message>
</context>
<context>
    <name>SurprisePlot</name>
    <message>
        <source>Surprise over the reply</source>
        <translation>整条回复的惊奇度</translation>
    </message>
</context>
<context>
    <name>TextsControl</name>
    <message>
        <source>Add a text, Enter to keep it</source>
        <translation>添加文本，按 Enter 保留</translation>
    </message>
    <message>
        <source>Remove “{text}”</source>
        <translation>移除“{text}”</translation>
    </message>
</context>
<context>
    <name>ThroughputCompact</name>
    <message>
        <source>Throughput</source>
        <translation>吞吐</translation>
    </message>
    <message>
        <source>Output tokens per second</source>
        <translation>每秒输出词元数</translation>
    </message>
    <message>
        <source>output tok/s</source>
        <translation>输出 tok/s</translation>
    </message>
    <message>
        <source>input tok/s</source>
        <translation>输入 tok/s</translation>
    </message>
    <message>
        <source>first token</source>
        <translation>首词元</translation>
    </message>
    <message>
        <source>last 60 s</source>
        <translation>最近 60 秒</translation>
    </message>
</context>
<context>
    <name>ThroughputPanel</name>
    <message>
        <source>Throughput</source>
        <translation>吞吐</translation>
    </message>
    <message>
        <source>Stretch of time</source>
        <translation>时间范围</translation>
    </message>
    <message>
        <source>Last 60 s</source>
        <translation>最近 60 秒</translation>
    </message>
    <message>
        <source>Whole reply</source>
        <translation>整条回复</translation>
    </message>
    <message>
        <source>Preparing the plots…</source>
        <translation>正在准备图表…</translation>
    </message>
    <message>
        <source>{value} tok/s</source>
        <translation>{value} tok/s</translation>
    </message>
    <message>
        <source>Output</source>
        <translation>输出</translation>
    </message>
    <message>
        <source>Input</source>
        <translation>输入</translation>
    </message>
    <message>
        <source>First token</source>
        <translation>首词元</translation>
    </message>
    <message>
        <source>Processor</source>
        <translation>CPU</translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>内存</translation>
    </message>
    <message>
        <source>GPU</source>
        <translation>GPU</translation>
    </message>
    <message>
        <source>GPU memory</source>
        <translation>显存</translation>
    </message>
    <message>
        <source>Tokens: {count}</source>
        <translation>词元数：{count}</translation>
    </message>
</context>
<context>
    <name>Toast</name>
    <message>
        <source>Dismiss</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Dismiss (Esc)</source>
        <translation>关闭（Esc）</translation>
    </message>
</context>
<context>
    <name>ToastArea</name>
    <message>
        <source>Notifications</source>
        <translation>通知</translation>
    </message>
</context>
<context>
    <name>TokenCosts</name>
    <message>
        <source>{some} tok/s with, {none} without</source>
        <translation>追踪时 {some} tok/s，不追踪 {none}</translation>
    </message>
    <message>
        <source>{some} tok/s with</source>
        <translation>追踪时 {some} tok/s</translation>
    </message>
    <message>
        <source>Tracing looks at the whole vocabulary after every stage.</source>
        <translation>追踪会在每个阶段之后查看整个词表。</translation>
    </message>
    <message>
        <source>Costs a little speed while a reply is written.</source>
        <translation>写回复时会略微降低速度。</translation>
    </message>
</context>
<context>
    <name>TokenFlow</name>
    <message>
        <source>The text in tokens</source>
        <translation>按词元显示的文本</translation>
    </message>
    <message>
        <source>Token {number}: “{text}”</source>
        <translation>词元 {number}：“{text}”</translation>
    </message>
    <message>
        <source>gets {share} of the attention</source>
        <translation>获得 {share} 的注意力</translation>
    </message>
</context>
<context>
    <name>TokenLink</name>
    <message numerus="yes">
        <source>Walked again: the sampler draws the same %n token(s).</source>
        <translation>
            <numerusform>已回放：采样器抽取了相同的 %n 个词元。</numerusform>
        </translation>
    </message>
    <message>
        <source>Walked again: from token {place} on the sampler would draw otherwise.</source>
        <translation>已回放：从词元 {place} 起，采样器会抽取不同的词元。</translation>
    </message>
    <message>
        <source>{text} The prompt is not the same any more.</source>
        <translation>{text} 提示词已经不同。</translation>
    </message>
</context>
<context>
    <name>TokenStrip</name>
    <message>
        <source>Tokens of the reply</source>
        <translation>回复的词元</translation>
    </message>
</context>
<context>
    <name>Tokens</name>
    <message>
        <source>Token {number} of {count}: “{text}”</source>
        <translation>词元 {number} / {count}：“{text}”</translation>
    </message>
    <message>
        <source>probability {p}, rank {rank}, surprise {nats} nats</source>
        <translation>概率 {p}，排名 {rank}，惊奇度 {nats} nat</translation>
    </message>
</context>
<context>
    <name>TokensPanel</name>
    <message>
        <source>Open a model file</source>
        <translation>打开模型文件</translation>
    </message>
    <message>
        <source>GGUF models (*.gguf);;All files (*)</source>
        <translation>GGUF 模型 (*.gguf);;所有文件 (*)</translation>
    </message>
    <message>
        <source>The text is too long to be shown as tokens.</source>
        <translation>文本太长，无法按词元显示。</translation>
    </message>
    <message>
        <source>Load a model to see the prompt.</source>
        <translation>加载模型以查看提示词。</translation>
    </message>
    <message>
        <source>The ids are in the clipboard.</source>
        <translation>id 已复制到剪贴板。</translation>
    </message>
</context>
<context>
    <name>TokensTableModel</name>
    <message>
        <source>Id</source>
        <translation>Id</translation>
    </message>
    <message>
        <source>Token</source>
        <translation>词元</translation>
    </message>
    <message>
        <source>Bytes</source>
        <translation>字节</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>种类</translation>
    </message>
    <message>
        <source>special</source>
        <translation>特殊</translation>
    </message>
</context>
<context>
    <name>TokensView</name>
    <message>
        <source>Tokens</source>
        <translation>词元</translation>
    </message>
    <message>
        <source>See text as the model does</source>
        <translation>像模型一样看文本</translation>
    </message>
    <message>
        <source>Models read tokens, not letters. Type or paste a text above, or take the prompt of the chat, and compare how several models cut it. Only vocabularies are read: that costs little.</source>
        <translation>模型读的是词元，而不是字母。在上方输入或粘贴文本，或取用对话的提示词，比较几个模型如何切分。只读取词表，开销很小。</translation>
    </message>
    <message>
        <source>Choose a model…</source>
        <translation>选择模型…</translation>
    </message>
    <message>
        <source>What to cut</source>
        <translation>切分对象</translation>
    </message>
    <message>
        <source>A text</source>
        <translation>一段文本</translation>
    </message>
    <message>
        <source>Prompt of the chat</source>
        <translation>对话的提示词</translation>
    </message>
    <message>
        <source>Read special tokens</source>
        <translation>识别特殊词元</translation>
    </message>
    <message>
        <source>Compare with…</source>
        <translation>比较…</translation>
    </message>
    <message>
        <source>Text to cut into tokens</source>
        <translation>要切分成词元的文本</translation>
    </message>
    <message>
        <source>Type or paste any text</source>
        <translation>输入或粘贴任意文本</translation>
    </message>
    <message>
        <source>Table of tokens</source>
        <translation>词元表</translation>
    </message>
    <message>
        <source>A GGUF file…</source>
        <translation>GGUF 文件…</translation>
    </message>
</context>
<context>
    <name>Transcript</name>
    <message>
        <source>You</source>
        <translation>你</translation>
    </message>
    <message>
        <source>Assistant</source>
        <translation>助手</translation>
    </message>
    <message>
        <source>System</source>
        <translation>系统</translation>
    </message>
    <message>
        <source>Tool</source>
        <translation>工具</translation>
    </message>
    <message>
        <source>stopped</source>
        <translation>已停止</translation>
    </message>
    <message>
        <source>length limit</source>
        <translation>达到长度上限</translation>
    </message>
    <message>
        <source>{rate} tok/s</source>
        <translation>{rate} tok/s</translation>
    </message>
    <message>
        <source>{time} to first token</source>
        <translation>首词元 {time}</translation>
    </message>
    <message>
        <source>{count} tokens</source>
        <translation>{count} 词元</translation>
    </message>
    <message>
        <source>This reply failed.</source>
        <translation>这条回复失败了。</translation>
    </message>
    <message>
        <source>This reply was cut off when the program ended. Continue picks it up.</source>
        <translation>这条回复在程序结束时中断。点击“续写”可接着写。</translation>
    </message>
    <message>
        <source>Copy message</source>
        <translation>复制消息</translation>
    </message>
    <message>
        <source>Edit</source>
        <translation>编辑</translation>
    </message>
    <message>
        <source>Regenerate</source>
        <translation>重新生成</translation>
    </message>
    <message>
        <source>Continue writing</source>
        <translation>续写</translation>
    </message>
    <message>
        <source>Branch from here</source>
        <translation>从这里分支</translation>
    </message>
    <message>
        <source>Inspect</source>
        <translation>剖析</translation>
    </message>
    <message>
        <source>More actions</source>
        <translation>更多操作</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>删除</translation>
    </message>
    <message>
        <source>Previous version</source>
        <translation>上一个版本</translation>
    </message>
    <message>
        <source>Next version</source>
        <translation>下一个版本</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>已复制</translation>
    </message>
    <message>
        <source>Copy this code</source>
        <translation>复制这段代码</translation>
    </message>
    <message>
        <source>text</source>
        <translation>文本</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>Thinking…</source>
        <translation>思考中…</translation>
    </message>
    <message>
        <source>Thoughts</source>
        <translation>思考过程</translation>
    </message>
    <message>
        <source>Thought for {seconds} s</source>
        <translation>思考了 {seconds} 秒</translation>
    </message>
    <message>
        <source>Copy selection</source>
        <translation>复制所选内容</translation>
    </message>
    <message>
        <source>Copy link address</source>
        <translation>复制链接地址</translation>
    </message>
    <message>
        <source>Copy code</source>
        <translation>复制代码</translation>
    </message>
    <message>
        <source>Select all</source>
        <translation>全选</translation>
    </message>
    <message>
        <source>Older turns are not sent to the model</source>
        <translation>更早的轮次不再发送给模型</translation>
    </message>
</context>
<context>
    <name>TranscriptLink</name>
    <message>
        <source>The seed is set for the replies to come.</source>
        <translation>今后的回复都使用此种子。</translation>
    </message>
    <message numerus="yes">
        <source>Reproduced: all %n token(s) are the same.</source>
        <translation>
            <numerusform>已复现：%n 个词元全部相同。</numerusform>
        </translation>
    </message>
    <message>
        <source>The reply differs from token {place} on.</source>
        <translation>回复从词元 {place} 起不同。</translation>
    </message>
    <message>
        <source>All recorded conditions were the same.</source>
        <translation>所有记录的条件都相同。</translation>
    </message>
</context>
<context>
    <name>TranscriptView</name>
    <message>
        <source>Conversation</source>
        <translation>对话</translation>
    </message>
    <message>
        <source>{author} answered: {text}</source>
        <translation>{author} 回答：{text}</translation>
    </message>
    <message>
        <source>You</source>
        <translation>你</translation>
    </message>
    <message>
        <source>System prompt</source>
        <translation>系统提示词</translation>
    </message>
    <message>
        <source>Tool</source>
        <translation>工具</translation>
    </message>
    <message>
        <source>Assistant</source>
        <translation>助手</translation>
    </message>
</context>
<context>
    <name>TravelBar</name>
    <message>
        <source>Steps through the reply</source>
        <translation>在回复中逐步移动</translation>
    </message>
    <message>
        <source>To the first token</source>
        <translation>到首个词元</translation>
    </message>
    <message>
        <source>One token back</source>
        <translation>后退一个词元</translation>
    </message>
    <message>
        <source>One token forward</source>
        <translation>前进一个词元</translation>
    </message>
    <message>
        <source>To the newest token, and stay there</source>
        <translation>到最新词元，并保持跟随</translation>
    </message>
    <message>
        <source>The most surprising token; again for the next one</source>
        <translation>最出人意料的词元；再按一次到下一个</translation>
    </message>
    <message>
        <source>Show the reply up to this token, the rest faintly</source>
        <translation>显示到此词元为止的回复，其余变淡</translation>
    </message>
    <message>
        <source>Stop replies after each token</source>
        <translation>每个词元后暂停回复</translation>
    </message>
    <message>
        <source>Write one more token</source>
        <translation>再写一个词元</translation>
    </message>
    <message>
        <source>{number} / {count}</source>
        <translation>{number} / {count}</translation>
    </message>
</context>
<context>
    <name>UndoBar</name>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>Dismiss</source>
        <translation>关闭</translation>
    </message>
</context>
<context>
    <name>Views</name>
    <message>
        <source>Attention</source>
        <translation>注意力</translation>
    </message>
    <message>
        <source>Token probabilities</source>
        <translation>词元概率</translation>
    </message>
    <message>
        <source>Sampler X-ray</source>
        <translation>采样透视</translation>
    </message>
    <message>
        <source>Beams</source>
        <translation>束搜索</translation>
    </message>
    <message>
        <source>Fill mask</source>
        <translation>掩码填充</translation>
    </message>
    <message>
        <source>Logit lens</source>
        <translation>Logit 透镜</translation>
    </message>
    <message>
        <source>Tokens</source>
        <translation>词元</translation>
    </message>
    <message>
        <source>Vocabulary</source>
        <translation>词表</translation>
    </message>
    <message>
        <source>Model card</source>
        <translation>模型卡</translation>
    </message>
    <message>
        <source>Context</source>
        <translation>上下文</translation>
    </message>
</context>
<context>
    <name>VocabularyPanel</name>
    <message>
        <source>Reading the vocabulary…</source>
        <translation>正在读取词表…</translation>
    </message>
    <message>
        <source>This cannot be searched for: {reason}</source>
        <translation>无法搜索：{reason}</translation>
    </message>
    <message>
        <source>The tokens are in the clipboard.</source>
        <translation>词元已复制到剪贴板。</translation>
    </message>
</context>
<context>
    <name>VocabularyTableModel</name>
    <message>
        <source>Id</source>
        <translation>Id</translation>
    </message>
    <message>
        <source>Token</source>
        <translation>词元</translation>
    </message>
    <message>
        <source>Bytes</source>
        <translation>字节</translation>
    </message>
    <message>
        <source>Length</source>
        <translation>长度</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>种类</translation>
    </message>
    <message>
        <source>In this chat</source>
        <translation>此对话中</translation>
    </message>
    <message>
        <source>Score</source>
        <translation>得分</translation>
    </message>
    <message>
        <source>control</source>
        <translation>控制</translation>
    </message>
    <message>
        <source>unknown</source>
        <translation>未知</translation>
    </message>
    <message>
        <source>added</source>
        <translation>新增</translation>
    </message>
    <message>
        <source>unused</source>
        <translation>未使用</translation>
    </message>
    <message>
        <source>byte</source>
        <translation>字节</translation>
    </message>
</context>
<context>
    <name>VocabularyView</name>
    <message>
        <source>Vocabulary</source>
        <translation>词表</translation>
    </message>
    <message>
        <source>Every token a model knows</source>
        <translation>模型认识的所有词元</translation>
    </message>
    <message>
        <source>Browse and search the vocabulary of the loaded model, or of any GGUF file of the library. Only the list of tokens is read, never the weights.</source>
        <translation>浏览和搜索已加载模型或模型库中任意 GGUF 文件的词表。只读取词元列表，绝不读取权重。</translation>
    </message>
    <message>
        <source>{found} of {all} tokens</source>
        <translation>{found} / {all} 词元</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Search tokens</source>
        <translation>搜索词元</translation>
    </message>
    <message>
        <source>Search for</source>
        <translation>搜索方式</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>文本</translation>
    </message>
    <message>
        <source>Regex</source>
        <translation>正则</translation>
    </message>
    <message>
        <source>Bytes</source>
        <translation>字节</translation>
    </message>
    <message>
        <source>Id</source>
        <translation>Id</translation>
    </message>
    <message>
        <source>Kind of token</source>
        <translation>词元种类</translation>
    </message>
    <message>
        <source>All tokens</source>
        <translation>所有词元</translation>
    </message>
    <message>
        <source>Special</source>
        <translation>特殊</translation>
    </message>
    <message>
        <source>Added</source>
        <translation>新增</translation>
    </message>
    <message>
        <source>Bytes and half characters</source>
        <translation>字节与半个字符</translation>
    </message>
    <message>
        <source>Only blanks</source>
        <translation>仅空白</translation>
    </message>
    <message>
        <source>Least length in bytes</source>
        <translation>最小字节长度</translation>
    </message>
    <message>
        <source>any</source>
        <translation>任意</translation>
    </message>
    <message>
        <source>Longest first</source>
        <translation>最长优先</translation>
    </message>
    <message>
        <source>Copy the marked tokens</source>
        <translation>复制选中的词元</translation>
    </message>
    <message>
        <source>Bytes at least</source>
        <translation>最少字节</translation>
    </message>
    <message>
        <source>Tokens of the vocabulary</source>
        <translation>词表中的词元</translation>
    </message>
    <message>
        <source>text</source>
        <translation>文本</translation>
    </message>
    <message>
        <source>Id {id} · {kind} · {length} bytes: {bytes}</source>
        <translation>Id {id} · {kind} · {length} 字节：{bytes}</translation>
    </message>
    <message numerus="yes">
        <source>%n time(s) in this chat</source>
        <translation>
            <numerusform>此对话中 %n 次</numerusform>
        </translation>
    </message>
    <message>
        <source>Not in this chat</source>
        <translation>此对话中没有</translation>
    </message>
</context>
<context>
    <name>WhatIf</name>
    <message>
        <source>Try other settings</source>
        <translation>尝试其他设置</translation>
    </message>
    <message>
        <source>As it was</source>
        <translation>原样</translation>
    </message>
    <message>
        <source>Use from now on</source>
        <translation>今后使用</translation>
    </message>
</context>
<context>
    <name>Xray</name>
    <message>
        <source>Expert</source>
        <translation>专家</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>before any stage</source>
        <translation>所有阶段之前</translation>
    </message>
    <message>
        <source>the smaller model&apos;s view</source>
        <translation>小模型的看法</translation>
    </message>
    <message>
        <source>all {kept} left</source>
        <translation>{kept} 个全部保留</translation>
    </message>
    <message>
        <source>{kept} left, −{removed}</source>
        <translation>剩 {kept} 个，−{removed}</translation>
    </message>
    <message>
        <source>{count} on record, {rest} % others</source>
        <translation>记录了 {count} 个，其余占 {rest} %</translation>
    </message>
    <message>
        <source>Logit bias</source>
        <translation>Logit 偏置</translation>
    </message>
    <message>
        <source>Penalties</source>
        <translation>惩罚</translation>
    </message>
    <message>
        <source>DRY</source>
        <translation>DRY</translation>
    </message>
    <message>
        <source>Top-nσ</source>
        <translation>Top-nσ</translation>
    </message>
    <message>
        <source>Top-k</source>
        <translation>Top-k</translation>
    </message>
    <message>
        <source>Typical-p</source>
        <translation>Typical-p</translation>
    </message>
    <message>
        <source>Top-p</source>
        <translation>Top-p</translation>
    </message>
    <message>
        <source>Min-p</source>
        <translation>Min-p</translation>
    </message>
    <message>
        <source>XTC</source>
        <translation>XTC</translation>
    </message>
    <message>
        <source>Temperature</source>
        <translation>温度</translation>
    </message>
    <message>
        <source>Grammar</source>
        <translation>语法约束</translation>
    </message>
    <message>
        <source>Draw</source>
        <translation>抽取</translation>
    </message>
    <message>
        <source>Best one</source>
        <translation>取最优</translation>
    </message>
    <message>
        <source>Mirostat</source>
        <translation>Mirostat</translation>
    </message>
    <message>
        <source>Mirostat 2</source>
        <translation>Mirostat 2</translation>
    </message>
    <message>
        <source>Adaptive-p</source>
        <translation>Adaptive-p</translation>
    </message>
    <message>
        <source>Amateur</source>
        <translation>业余模型</translation>
    </message>
    <message>
        <source>Contrast</source>
        <translation>对比</translation>
    </message>
    <message>
        <source>Banned by a logit bias.</source>
        <translation>被 Logit 偏置禁用。</translation>
    </message>
    <message>
        <source>Said recently: the penalties lowered it.</source>
        <translation>最近出现过：惩罚降低了它。</translation>
    </message>
    <message>
        <source>It would go on repeating what was said before.</source>
        <translation>它会继续重复先前写过的内容。</translation>
    </message>
    <message>
        <source>Its logit is more than {value} standard deviations below the best.</source>
        <translation>它的 logit 比最优者低了超过 {value} 个标准差。</translation>
    </message>
    <message>
        <source>It is not among the {value} most probable.</source>
        <translation>它不在概率最高的 {value} 个之中。</translation>
    </message>
    <message>
        <source>Its surprise is farther from what was expected than a share of {value} is.</source>
        <translation>它的惊奇度偏离预期，超出了 {value} 的比例。</translation>
    </message>
    <message>
        <source>More probable ones already add up to {value}.</source>
        <translation>更可能的词元累计已达到 {value}。</translation>
    </message>
    <message>
        <source>It is less than {value} times as probable as the best.</source>
        <translation>它的概率低于最优者的 {value} 倍。</translation>
    </message>
    <message>
        <source>Above {value}, and not the least probable one there: too obvious.</source>
        <translation>高于 {value}，且不是其中概率最低的：太显而易见。</translation>
    </message>
    <message>
        <source>The grammar takes other characters here.</source>
        <translation>语法在这里要求其他字符。</translation>
    </message>
    <message>
        <source>It could have been drawn; chance took another.</source>
        <translation>它本可能被抽中；随机选了另一个。</translation>
    </message>
    <message>
        <source>It is not the most probable.</source>
        <translation>它不是概率最高的。</translation>
    </message>
    <message>
        <source>More surprising than Mirostat aims for.</source>
        <translation>比 Mirostat 的目标更出人意料。</translation>
    </message>
    <message>
        <source>Farther from the target probability than the one drawn.</source>
        <translation>比抽中的词元离目标概率更远。</translation>
    </message>
    <message>
        <source>Less than {value} times as probable as the expert&apos;s best.</source>
        <translation>概率低于专家模型最优者的 {value} 倍。</translation>
    </message>
    <message>
        <source>More may be left than the candidates on record.</source>
        <translation>实际剩余的可能多于所记录的候选。</translation>
    </message>
    <message>
        <source>This stage works on raw scores, which are not on record.</source>
        <translation>这个阶段处理原始分数，而原始分数没有记录。</translation>
    </message>
    <message>
        <source>This stage depends on earlier tokens; it is left out here.</source>
        <translation>这个阶段依赖更早的词元；这里略去。</translation>
    </message>
    <message>
        <source>This stage depends on a state that is not on record.</source>
        <translation>这个阶段依赖没有记录的状态。</translation>
    </message>
    <message>
        <source>Follows from a stage that is not exact.</source>
        <translation>接在一个不精确的阶段之后。</translation>
    </message>
</context>
<context>
    <name>XrayPanel</name>
    <message>
        <source>Sampler X-ray</source>
        <translation>采样透视</translation>
    </message>
    <message>
        <source>What to show</source>
        <translation>显示内容</translation>
    </message>
    <message>
        <source>As it was</source>
        <translation>原样</translation>
    </message>
    <message>
        <source>What if</source>
        <translation>假设分析</translation>
    </message>
    <message>
        <source>Trace replies while they are written</source>
        <translation>写回复时追踪</translation>
    </message>
    <message>
        <source>Trace replies</source>
        <translation>追踪回复</translation>
    </message>
    <message>
        <source>Trace this reply</source>
        <translation>追踪这条回复</translation>
    </message>
    <message>
        <source>Goes through the reply once more; it stays as it is.</source>
        <translation>回放一遍回复；回复本身不变。</translation>
    </message>
    <message>
        <source>This token was not traced</source>
        <translation>这个词元没有追踪</translation>
    </message>
    <message>
        <source>Going through the reply once more shows it.</source>
        <translation>回放这条回复即可显示。</translation>
    </message>
    <message>
        <source>Who was removed, and by whom?</source>
        <translation>谁被移除了，被谁移除？</translation>
    </message>
    <message>
        <source>Send a message while this panel is open: each stage of the sampler shows its work.</source>
        <translation>在此面板打开时发送一条消息：采样器的每个阶段都会显示它做了什么。</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>{percent} % of the reply walked</source>
        <translation>已回放回复的 {percent} %</translation>
    </message>
    <message>
        <source>Replayed on the candidates on record; the model is not asked.</source>
        <translation>在记录的候选上重新计算；不询问模型。</translation>
    </message>
    <message>
        <source>The walk has not come to this token yet.</source>
        <translation>还没有回放到这个词元。</translation>
    </message>
</context>
</TS>
