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
    <name>ActionBar</name>
    <message>
        <source>Open in chat</source>
        <translation>在对话中打开</translation>
    </message>
    <message>
        <source>Unload</source>
        <translation>卸载</translation>
    </message>
    <message>
        <source>Convert to GGUF…</source>
        <translation>转换为 GGUF…</translation>
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
        <source>Show what it is made of</source>
        <translation>查看模型结构</translation>
    </message>
    <message>
        <source>Edit metadata…</source>
        <translation>编辑元数据…</translation>
    </message>
    <message>
        <source>Compare with others…</source>
        <translation>与其他模型比较…</translation>
    </message>
    <message>
        <source>Quantize…</source>
        <translation>量化…</translation>
    </message>
    <message>
        <source>Show in folder</source>
        <translation>在文件夹中显示</translation>
    </message>
    <message>
        <source>Copy the path</source>
        <translation>复制路径</translation>
    </message>
    <message>
        <source>Move to the trash</source>
        <translation>移到回收站</translation>
    </message>
</context>
<context>
    <name>AdapterRowView</name>
    <message>
        <source>Strength of {name}</source>
        <translation>{name} 的强度</translation>
    </message>
    <message>
        <source>0 leaves the model as it is, 1 is the adapter as it was trained, more exaggerates it.</source>
        <translation>0 保持模型原样，1 与训练时一致，更大则放大效果。</translation>
    </message>
    <message>
        <source>Take {name} out of this chat</source>
        <translation>从此对话中移除 {name}</translation>
    </message>
</context>
<context>
    <name>AdaptersPanel</name>
    <message>
        <source>Adapters</source>
        <translation>适配器</translation>
    </message>
    <message>
        <source>Add an adapter from a file</source>
        <translation>从文件添加适配器</translation>
    </message>
    <message numerus="yes">
        <source>%n on</source>
        <translation>
            <numerusform>已启用 %n 个</numerusform>
        </translation>
    </message>
    <message>
        <source>A change counts from the next reply on. The prompt is then read again.</source>
        <translation>更改从下一条回复起生效，届时会重新读取提示词。</translation>
    </message>
    <message>
        <source>No adapter fits this model yet. Fine-tuning makes one; a GGUF adapter can be added from a file.</source>
        <translation>还没有适合此模型的适配器。微调会产生适配器；也可以从文件添加 GGUF 适配器。</translation>
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
        <source>Another file…</source>
        <translation>其他文件…</translation>
    </message>
    <message>
        <source>GGUF models (*.gguf);;All files (*)</source>
        <translation>GGUF 模型 (*.gguf);;所有文件 (*)</translation>
    </message>
    <message>
        <source>Contrastive decoding needs a second, smaller model that reads the same tokens.</source>
        <translation>对比解码需要第二个更小、使用相同词元的模型。</translation>
    </message>
</context>
<context>
    <name>AnswerText</name>
    <message>
        <source>{own} nats here, {other} in the other model</source>
        <translation>此处 {own} nat，另一个模型 {other}</translation>
    </message>
</context>
<context>
    <name>AnswersView</name>
    <message>
        <source>No questions yet</source>
        <translation>还没有问题</translation>
    </message>
    <message>
        <source>Questions in the recipe are answered before training and with every evaluation, so that you can read how the model changes.</source>
        <translation>配方中的问题会在训练前和每次评估时回答，让你读到模型如何变化。</translation>
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
    <name>BackupRow</name>
    <message>
        <source>Back up…</source>
        <translation>备份…</translation>
    </message>
    <message>
        <source>Progress of the backup</source>
        <translation>备份进度</translation>
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
    <name>BeforeAfter</name>
    <message>
        <source>Prompts</source>
        <translation>提示词</translation>
    </message>
    <message>
        <source>One prompt a line</source>
        <translation>每行一个提示词</translation>
    </message>
    <message>
        <source>Temperature</source>
        <translation>温度</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>随机种子</translation>
    </message>
    <message>
        <source>Longest answer, in tokens</source>
        <translation>最长回答，单位为词元</translation>
    </message>
    <message>
        <source>Ask both</source>
        <translation>询问两者</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Compare on a whole text…</source>
        <translation>在整段文本上比较…</translation>
    </message>
    <message>
        <source>Writes the tuned model as a GGUF and compares it with the base token by token</source>
        <translation>把微调后的模型写成 GGUF，并与基础模型逐词元比较</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>进度</translation>
    </message>
    <message>
        <source>A reward model writes no answers.</source>
        <translation>奖励模型不写回答。</translation>
    </message>
    <message>
        <source>There is something to compare once the run has ended.</source>
        <translation>训练结束后才有可比较的内容。</translation>
    </message>
    <message>
        <source>Both answer in full precision on the processor, one after the other.</source>
        <translation>两者先后在 CPU 上以全精度回答。</translation>
    </message>
    <message>
        <source>Perplexity on held-out rows was not measured.</source>
        <translation>没有测量留出行的困惑度。</translation>
    </message>
    <message>
        <source>Perplexity on held-out rows: {before} before, {after} after (loss {first} → {last})</source>
        <translation>留出行的困惑度：训练前 {before}，训练后 {after}（损失 {first} → {last}）</translation>
    </message>
    <message>
        <source>Longest answer</source>
        <translation>最长回答</translation>
    </message>
    <message>
        <source>what only the base would write</source>
        <translation>只有基础模型会写的</translation>
    </message>
    <message>
        <source>what only the tuned model would write</source>
        <translation>只有微调后的模型会写的</translation>
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
        <source>Correct it…</source>
        <translation>修正…</translation>
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
    <name>ChatPanels</name>
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
        <source>%Ln turn(s)</source>
        <translation>
            <numerusform>%Ln 轮</numerusform>
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
    <name>ChatsDialog</name>
    <message>
        <source>Data set from chats</source>
        <translation>用对话制作数据集</translation>
    </message>
    <message>
        <source>Rows</source>
        <translation>数据行</translation>
    </message>
    <message>
        <source>Conversations</source>
        <translation>对话</translation>
    </message>
    <message>
        <source>Preferences</source>
        <translation>偏好</translation>
    </message>
    <message>
        <source>Rated replies</source>
        <translation>已评价的回复</translation>
    </message>
    <message>
        <source>Chats</source>
        <translation>对话</translation>
    </message>
    <message>
        <source>Name of the data set</source>
        <translation>数据集名称</translation>
    </message>
    <message>
        <source>My chats</source>
        <translation>我的对话</translation>
    </message>
    <message>
        <source>Make data set</source>
        <translation>制作数据集</translation>
    </message>
    <message>
        <source>New chat</source>
        <translation>新建对话</translation>
    </message>
    <message>
        <source>One row a chat, along the versions of replies you chose, up to the first with a thumb down.</source>
        <translation>每个对话一行，沿你选择的回复版本，到第一个被点踩的回复为止。</translation>
    </message>
    <message>
        <source>One row for each reply that has a better version: thumbs up beats the version the chat goes on with, and that one beats the others.</source>
        <translation>每条有更优版本的回复一行：点赞的版本优于对话所沿用的版本，后者又优于其他版本。</translation>
    </message>
    <message>
        <source>One row for each reply that you gave a thumb.</source>
        <translation>每条你点过赞或踩的回复一行。</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
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
    <name>ChosenModels</name>
    <message>
        <source>Add a model</source>
        <translation>添加模型</translation>
    </message>
    <message>
        <source>Add a model…</source>
        <translation>添加模型…</translation>
    </message>
    <message>
        <source>Reference</source>
        <translation>参考</translation>
    </message>
</context>
<context>
    <name>ClosedDatabase</name>
    <message>
        <source>Settings and help work without it.</source>
        <translation>没有它，设置和帮助仍可使用。</translation>
    </message>
    <message>
        <source>The chats cannot be opened</source>
        <translation>无法打开对话</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>Open the folder</source>
        <translation>打开文件夹</translation>
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
        <source>Inspect: Edit GGUF</source>
        <translation>剖析：编辑 GGUF</translation>
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
        <source>Go to Data</source>
        <translation>转到“数据”</translation>
    </message>
    <message>
        <source>Go to Fine-tune</source>
        <translation>转到“微调”</translation>
    </message>
    <message>
        <source>Go to Quantize</source>
        <translation>转到“量化”</translation>
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
        <source>Open the menu of what has the keyboard</source>
        <translation>打开键盘焦点处的菜单</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>退出</translation>
    </message>
    <message>
        <source>Get models…</source>
        <translation>获取模型…</translation>
    </message>
    <message>
        <source>Jobs</source>
        <translation>任务</translation>
    </message>
    <message>
        <source>Local server</source>
        <translation>本地服务器</translation>
    </message>
    <message>
        <source>Show me around</source>
        <translation>带我看看</translation>
    </message>
    <message>
        <source>Welcome: language, theme, models</source>
        <translation>欢迎：语言、主题、模型</translation>
    </message>
</context>
<context>
    <name>ComparePanel</name>
    <message>
        <source>Compare models</source>
        <translation>比较模型</translation>
    </message>
    <message>
        <source>What does a smaller model lose?</source>
        <translation>更小的模型会损失什么？</translation>
    </message>
    <message>
        <source>Choose a model and smaller variants of it. Each reads the same text; you see how much their expectations differ, in figures, and token by token in the text itself.</source>
        <translation>选择一个模型和它的较小变体。它们读取同一段文本；你会看到各自的预测相差多少：既有数值，也有文本中的逐词元对照。</translation>
    </message>
    <message>
        <source>Make a variant</source>
        <translation>制作一个变体</translation>
    </message>
    <message>
        <source>Compare {names}</source>
        <translation>比较 {names}</translation>
    </message>
    <message>
        <source>The comparison was removed.</source>
        <translation>比较结果已移除。</translation>
    </message>
    <message>
        <source>Export the comparison</source>
        <translation>导出比较结果</translation>
    </message>
    <message>
        <source>Saved as {name}.</source>
        <translation>已保存为 {name}。</translation>
    </message>
</context>
<context>
    <name>CompareTable</name>
    <message>
        <source>reference</source>
        <translation>参考</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>大小</translation>
    </message>
    <message>
        <source>Bits</source>
        <translation>位数</translation>
    </message>
    <message>
        <source>Bits for each weight, on average</source>
        <translation>平均每权重位数</translation>
    </message>
    <message>
        <source>Perplexity</source>
        <translation>困惑度</translation>
    </message>
    <message>
        <source>exp of the mean surprise at the text’s tokens, with its standard error</source>
        <translation>文本词元平均惊奇度的 exp 值，附标准误差</translation>
    </message>
    <message>
        <source>KL mean</source>
        <translation>KL 平均</translation>
    </message>
    <message>
        <source>Kullback-Leibler divergence from the reference, in nats: 0 is no difference</source>
        <translation>相对参考模型的 Kullback-Leibler 散度，单位 nat：0 表示没有差别</translation>
    </message>
    <message>
        <source>KL median</source>
        <translation>KL 中位</translation>
    </message>
    <message>
        <source>KL 99 %</source>
        <translation>KL 99 %</translation>
    </message>
    <message>
        <source>One token in a hundred differs by more than this</source>
        <translation>每一百个词元中有一个的差异超过该值</translation>
    </message>
    <message>
        <source>KL max</source>
        <translation>KL 最大</translation>
    </message>
    <message>
        <source>Same top</source>
        <translation>首选一致</translation>
    </message>
    <message>
        <source>How often its first choice is that of the reference</source>
        <translation>首选与参考模型相同的比例</translation>
    </message>
    <message>
        <source>Load</source>
        <translation>加载</translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>内存</translation>
    </message>
    <message>
        <source>What the process had in memory, the text’s figures included</source>
        <translation>进程占用的内存，包括文本的各项数值</translation>
    </message>
    <message>
        <source>Input</source>
        <translation>输入</translation>
    </message>
    <message>
        <source>Tokens a second, reading</source>
        <translation>读取时的每秒词元数</translation>
    </message>
    <message>
        <source>Output</source>
        <translation>输出</translation>
    </message>
    <message>
        <source>Tokens a second, writing</source>
        <translation>写出时的每秒词元数</translation>
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
        <source>Loading and measuring {model}…</source>
        <translation>正在加载并测量 {model}…</translation>
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
    <message>
        <source>Until it is right, replies follow the last text that was.</source>
        <translation>在改正之前，回复遵循上一次正确的内容。</translation>
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
        <source>A typed text is in no chat: choose Chat above to read its attention.</source>
        <translation>输入的文本不属于任何对话：请在上方选择“对话”以读取其注意力。</translation>
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
        <source>%Ln message(s) left out</source>
        <translation>
            <numerusform>已略去 %Ln 条消息</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ConvertPanel</name>
    <message>
        <source>Say where to write to.</source>
        <translation>请指定写入位置。</translation>
    </message>
</context>
<context>
    <name>ConvertView</name>
    <message>
        <source>Model or adapter to convert</source>
        <translation>要转换的模型或适配器</translation>
    </message>
    <message>
        <source>Number format</source>
        <translation>数值格式</translation>
    </message>
    <message>
        <source>Write to</source>
        <translation>写入到</translation>
    </message>
    <message>
        <source>Adapter or base model</source>
        <translation>适配器或基础模型</translation>
    </message>
    <message>
        <source>Convert</source>
        <translation>转换</translation>
    </message>
    <message>
        <source>Convert between formats</source>
        <translation>在格式之间转换</translation>
    </message>
    <message>
        <source>Choose a safetensors folder to make a GGUF file that runs here, a GGUF to make a folder for training, or a LoRA adapter of either kind. The source is only read.</source>
        <translation>选择 safetensors 文件夹，制作可在本机运行的 GGUF 文件；选择 GGUF，制作用于训练的文件夹；或选择任意一种 LoRA 适配器。源文件只读不改。</translation>
    </message>
    <message>
        <source>16 bits with the range of F32. What most models are published in.</source>
        <translation>16 位，范围与 F32 相同。多数模型以此格式发布。</translation>
    </message>
    <message>
        <source>16 bits with a finer fraction and a smaller range. Right for further quantizing.</source>
        <translation>16 位，尾数更精细，范围更小。适合再作量化。</translation>
    </message>
    <message>
        <source>32 bits: twice the size, for exact comparisons.</source>
        <translation>32 位：体积加倍，用于精确比较。</translation>
    </message>
    <message>
        <source>8 bits in blocks of 32: half the size, hardly distinguishable.</source>
        <translation>8 位，每 32 个一块：体积减半，几乎看不出差别。</translation>
    </message>
    <message>
        <source>Converted</source>
        <translation>已转换</translation>
    </message>
    <message>
        <source>Base model</source>
        <translation>基础模型</translation>
    </message>
    <message>
        <source>The model that the adapter was made for: its folder or a GGUF of it.</source>
        <translation>制作该适配器所用的模型：其文件夹或对应的 GGUF。</translation>
    </message>
    <message>
        <source>Merge an adapter</source>
        <translation>合并适配器</translation>
    </message>
    <message>
        <source>Optional: the folder of a LoRA adapter in PEFT&apos;s format, added into the weights.</source>
        <translation>可选：PEFT 格式的 LoRA 适配器文件夹，会合并到权重中。</translation>
    </message>
    <message>
        <source>A folder of safetensors</source>
        <translation>safetensors 文件夹</translation>
    </message>
    <message>
        <source>A GGUF model</source>
        <translation>GGUF 模型</translation>
    </message>
    <message>
        <source>A LoRA adapter in PEFT&apos;s format</source>
        <translation>PEFT 格式的 LoRA 适配器</translation>
    </message>
    <message>
        <source>A LoRA adapter as GGUF</source>
        <translation>GGUF 格式的 LoRA 适配器</translation>
    </message>
    <message>
        <source>It becomes one GGUF file, with its tokenizer and chat template.</source>
        <translation>将得到一个 GGUF 文件，包含分词器和聊天模板。</translation>
    </message>
    <message>
        <source>It becomes a folder that transformers loads, for training or other tools. What quantizing took stays away.</source>
        <translation>将得到 transformers 可加载的文件夹，用于训练或其他工具。量化丢失的精度不会恢复。</translation>
    </message>
    <message>
        <source>It becomes a GGUF adapter, which is switched and scaled in the chat.</source>
        <translation>将得到 GGUF 适配器，可在对话中开关和调节强度。</translation>
    </message>
    <message>
        <source>It becomes a folder in PEFT&apos;s format.</source>
        <translation>将得到 PEFT 格式的文件夹。</translation>
    </message>
</context>
<context>
    <name>CurvesView</name>
    <message>
        <source>Learning rate</source>
        <translation>学习率</translation>
    </message>
    <message>
        <source>Norm of the gradient</source>
        <translation>梯度范数</translation>
    </message>
    <message>
        <source>Tokens per second</source>
        <translation>每秒词元数</translation>
    </message>
    <message>
        <source>Memory, GiB</source>
        <translation>内存（GiB）</translation>
    </message>
    <message>
        <source>Loss, in nats a token</source>
        <translation>损失，每词元 nat</translation>
    </message>
    <message>
        <source>Loss</source>
        <translation>损失</translation>
    </message>
    <message>
        <source>held-out {loss}</source>
        <translation>留出 {loss}</translation>
    </message>
    <message>
        <source>Training</source>
        <translation>训练</translation>
    </message>
    <message>
        <source>Held-out rows</source>
        <translation>留出的行</translation>
    </message>
</context>
<context>
    <name>DataCentre</name>
    <message>
        <source>Open a file…</source>
        <translation>打开文件…</translation>
    </message>
    <message>
        <source>From chats…</source>
        <translation>来自对话…</translation>
    </message>
    <message>
        <source>Reading the rows</source>
        <translation>正在读取数据行</translation>
    </message>
    <message>
        <source>Rows to learn from</source>
        <translation>用于训练的数据</translation>
    </message>
    <message>
        <source>Drop a JSON, JSONL, CSV, Parquet or text file here, make a data set of your own chats, or look at the sample: sixty answers of a lighthouse keeper. Files stay where they are.</source>
        <translation>把 JSON、JSONL、CSV、Parquet 或文本文件拖到这里，用自己的对话制作数据集，或看看示例：一位灯塔看守人的六十条回答。文件都留在原处。</translation>
    </message>
    <message>
        <source>Open the sample</source>
        <translation>打开示例</translation>
    </message>
    <message>
        <source>No row fits</source>
        <translation>没有符合的行</translation>
    </message>
    <message>
        <source>Search for something else, or show all rows.</source>
        <translation>换个搜索词，或显示所有行。</translation>
    </message>
    <message>
        <source>This data set cannot be opened</source>
        <translation>无法打开此数据集</translation>
    </message>
    <message>
        <source>Data</source>
        <translation>数据</translation>
    </message>
    <message>
        <source>{found} of {all} rows</source>
        <translation>{found} / {all} 行</translation>
    </message>
    <message numerus="yes">
        <source>%Ln row(s)</source>
        <translation>
            <numerusform>%Ln 行</numerusform>
        </translation>
    </message>
    <message>
        <source>Search the rows</source>
        <translation>搜索数据行</translation>
    </message>
    <message>
        <source>Rows shown</source>
        <translation>显示的行</translation>
    </message>
    <message>
        <source>Rows of the data set</source>
        <translation>数据集的行</translation>
    </message>
    <message>
        <source>All rows</source>
        <translation>所有行</translation>
    </message>
    <message>
        <source>Trained on</source>
        <translation>用于训练</translation>
    </message>
    <message>
        <source>Kept aside</source>
        <translation>留出</translation>
    </message>
    <message>
        <source>New in this version</source>
        <translation>此版本新增</translation>
    </message>
</context>
<context>
    <name>DataInspector</name>
    <message>
        <source>What it is</source>
        <translation>数据集概况</translation>
    </message>
    <message>
        <source>Fine-tune with this</source>
        <translation>用它微调</translation>
    </message>
    <message numerus="yes">
        <source>%Ln row(s)</source>
        <translation>
            <numerusform>%Ln 行</numerusform>
        </translation>
    </message>
    <message>
        <source>{train} to train on, {aside} kept aside to measure</source>
        <translation>{train} 行用于训练，{aside} 行留出用于评估</translation>
    </message>
    <message>
        <source>No row has an answer that could be trained, so there is nothing to fine-tune on.</source>
        <translation>没有任何一行含有可训练的回答，因此无法微调。</translation>
    </message>
    <message numerus="yes">
        <source>%Ln line(s) left out, unreadable:</source>
        <translation>
            <numerusform>%Ln 行无法读取，已略去：</numerusform>
        </translation>
    </message>
    <message>
        <source>line {line}: {problem}</source>
        <translation>第 {line} 行：{problem}</translation>
    </message>
    <message numerus="yes">
        <source>and %Ln more</source>
        <translation>
            <numerusform>另有 %Ln 行</numerusform>
        </translation>
    </message>
    <message>
        <source>{added} added, {removed} gone</source>
        <translation>新增 {added} 行，减少 {removed} 行</translation>
    </message>
    <message>
        <source>Kept aside, percent</source>
        <translation>留出百分比</translation>
    </message>
    <message>
        <source>Seed of the split</source>
        <translation>划分所用的随机种子</translation>
    </message>
    <message>
        <source>Kept aside, %</source>
        <translation>留出 %</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>随机种子</translation>
    </message>
    <message>
        <source>Checks</source>
        <translation>检查</translation>
    </message>
    <message>
        <source>Split</source>
        <translation>划分</translation>
    </message>
    <message>
        <source>Versions</source>
        <translation>版本</translation>
    </message>
</context>
<context>
    <name>DataPage</name>
    <message>
        <source>Lighthouse keeper</source>
        <translation>灯塔看守人</translation>
    </message>
    <message>
        <source>Lighthouse keeper, better and worse</source>
        <translation>灯塔看守人，较好与较差</translation>
    </message>
    <message>
        <source>Open a file with rows</source>
        <translation>打开数据文件</translation>
    </message>
    <message>
        <source>Make a data set of chats</source>
        <translation>用对话制作数据集</translation>
    </message>
    <message>
        <source>Data sets that you open or make of chats are listed here.</source>
        <translation>你打开的或用对话制作的数据集都列在这里。</translation>
    </message>
    <message>
        <source>Data sets</source>
        <translation>数据集</translation>
    </message>
    <message>
        <source>Say at the right what the columns are; rows are shown as they are.</source>
        <translation>请在右侧指定各列的含义；数据行按原样显示。</translation>
    </message>
    <message>
        <source>Reading the rows</source>
        <translation>正在读取数据行</translation>
    </message>
    <message>
        <source>Checking the rows</source>
        <translation>正在检查数据行</translation>
    </message>
    <message>
        <source>Measuring the rows</source>
        <translation>正在测量数据行</translation>
    </message>
    <message>
        <source>Choose a model to see the tokens it would be trained on.</source>
        <translation>选择一个模型，查看它会训练哪些词元。</translation>
    </message>
    <message>
        <source>The data set was taken off the list; its file is untouched.</source>
        <translation>数据集已从列表中移除；文件保持不变。</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>Open files with rows</source>
        <translation>打开数据文件</translation>
    </message>
    <message>
        <source>Rows (*.jsonl *.json *.ndjson *.csv *.tsv *.parquet *.txt *.md);;All files (*)</source>
        <translation>数据行 (*.jsonl *.json *.ndjson *.csv *.tsv *.parquet *.txt *.md);;所有文件 (*)</translation>
    </message>
</context>
<context>
    <name>DataWords</name>
    <message>
        <source>Does not fit</source>
        <translation>格式不符</translation>
    </message>
    <message>
        <source>No answer</source>
        <translation>没有回答</translation>
    </message>
    <message>
        <source>Empty answer</source>
        <translation>空回答</translation>
    </message>
    <message>
        <source>Roles</source>
        <translation>角色</translation>
    </message>
    <message>
        <source>Control token</source>
        <translation>控制词元</translation>
    </message>
    <message>
        <source>Duplicate</source>
        <translation>重复</translation>
    </message>
    <message>
        <source>Near duplicate</source>
        <translation>近似重复</translation>
    </message>
    <message>
        <source>These rows do not have the shape of the format; left out.</source>
        <translation>这些行与格式的结构不符；已略去。</translation>
    </message>
    <message>
        <source>Nothing of these rows would be trained; left out.</source>
        <translation>这些行没有可训练的内容；已略去。</translation>
    </message>
    <message>
        <source>One of several answers is empty; it teaches nothing.</source>
        <translation>多个回答中有一个为空；它不起训练作用。</translation>
    </message>
    <message>
        <source>Who speaks when is unusual: the model learns that order.</source>
        <translation>发言顺序不寻常：模型会学到这种顺序。</translation>
    </message>
    <message>
        <source>A control token is written in the text. In messages it stays text, in plain text it counts.</source>
        <translation>文本中写有控制词元。在消息中它仍是普通文本，在纯文本中则会生效。</translation>
    </message>
    <message>
        <source>The same as an earlier row: it counts twice.</source>
        <translation>与前面的某一行相同：会被计算两次。</translation>
    </message>
    <message>
        <source>Nearly the same as an earlier row.</source>
        <translation>与前面的某一行几乎相同。</translation>
    </message>
    <message>
        <source>Messages</source>
        <translation>Messages</translation>
    </message>
    <message>
        <source>ShareGPT</source>
        <translation>ShareGPT</translation>
    </message>
    <message>
        <source>Alpaca</source>
        <translation>Alpaca</translation>
    </message>
    <message>
        <source>Plain text</source>
        <translation>纯文本</translation>
    </message>
    <message>
        <source>Preference</source>
        <translation>偏好</translation>
    </message>
    <message>
        <source>KTO</source>
        <translation>KTO</translation>
    </message>
    <message>
        <source>A list of messages with role and content.</source>
        <translation>消息列表，含 role 和 content。</translation>
    </message>
    <message>
        <source>A list of turns with from and value.</source>
        <translation>轮次列表，含 from 和 value。</translation>
    </message>
    <message>
        <source>One question and one answer in columns of their own.</source>
        <translation>一问一答，各占一列。</translation>
    </message>
    <message>
        <source>Text without roles, all of it to be learned.</source>
        <translation>没有角色的文本，全部用于训练。</translation>
    </message>
    <message>
        <source>Two answers to one prompt, of which one is better.</source>
        <translation>同一提示词的两个回答，其中一个更好。</translation>
    </message>
    <message>
        <source>One answer, and whether it is wanted.</source>
        <translation>一个回答，以及它是否合意。</translation>
    </message>
    <message>
        <source>Turns</source>
        <translation>轮次</translation>
    </message>
    <message>
        <source>Instruction</source>
        <translation>指令</translation>
    </message>
    <message>
        <source>Input</source>
        <translation>输入</translation>
    </message>
    <message>
        <source>Answer</source>
        <translation>回答</translation>
    </message>
    <message>
        <source>System prompt</source>
        <translation>系统提示词</translation>
    </message>
    <message>
        <source>History</source>
        <translation>历史</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>文本</translation>
    </message>
    <message>
        <source>Prompt</source>
        <translation>提示词</translation>
    </message>
    <message>
        <source>Chosen</source>
        <translation>优选</translation>
    </message>
    <message>
        <source>Rejected</source>
        <translation>落选</translation>
    </message>
    <message>
        <source>Label</source>
        <translation>标签</translation>
    </message>
</context>
<context>
    <name>DetailsView</name>
    <message>
        <source>Tags</source>
        <translation>标签</translation>
    </message>
    <message>
        <source>Add a tag</source>
        <translation>添加标签</translation>
    </message>
    <message>
        <source>Remove the tag {text}</source>
        <translation>移除标签 {text}</translation>
    </message>
    <message>
        <source>Facts</source>
        <translation>概况</translation>
    </message>
    <message>
        <source>Loading</source>
        <translation>正在加载</translation>
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
        <source>An adapter for {base}.</source>
        <translation>{base} 的适配器。</translation>
    </message>
    <message>
        <source>The same content is also at {paths}. One of them is enough.</source>
        <translation>相同内容还存在于 {paths}。保留一份即可。</translation>
    </message>
    <message>
        <source>Title</source>
        <translation>标题</translation>
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
        <source>Bits per weight</source>
        <translation>每权重位数</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>大小</translation>
    </message>
    <message>
        <source>Files</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>Trained context</source>
        <translation>训练上下文</translation>
    </message>
    <message>
        <source>Chat template</source>
        <translation>聊天模板</translation>
    </message>
    <message>
        <source>Licence</source>
        <translation>许可证</translation>
    </message>
    <message>
        <source>Repository</source>
        <translation>仓库</translation>
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
        <source>yes</source>
        <translation>有</translation>
    </message>
    <message>
        <source>none</source>
        <translation>无</translation>
    </message>
    <message>
        <source>Tensors by type</source>
        <translation>张量类型分布</translation>
    </message>
    <message>
        <source>Lineage</source>
        <translation>谱系</translation>
    </message>
</context>
<context>
    <name>Durations</name>
    <message>
        <source>{count} s</source>
        <translation>{count} 秒</translation>
    </message>
    <message>
        <source>{count} min</source>
        <translation>{count} 分钟</translation>
    </message>
    <message>
        <source>{count} h</source>
        <translation>{count} 小时</translation>
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
    <name>ErrorMapPlot</name>
    <message>
        <source>outputs {first}–{last}</source>
        <translation>输出 {first}–{last}</translation>
    </message>
    <message>
        <source>input {number}</source>
        <translation>输入 {number}</translation>
    </message>
    <message>
        <source>Output {row}, input {column}: off by {value}</source>
        <translation>输出 {row}，输入 {column}：偏差 {value}</translation>
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
        <source>{path} is not in Lathe&apos;s own folder of models.</source>
        <translation>{path} 不在 Lathe 自己的模型文件夹中。</translation>
    </message>
    <message>
        <source>Lathe moves only its own files. Delete it with the program that it belongs to.</source>
        <translation>Lathe 只移动自己的文件。请用它所属的程序删除它。</translation>
    </message>
    <message>
        <source>{path} could not be moved to the trash: {reason}.</source>
        <translation>无法将 {path} 移到回收站：{reason}。</translation>
    </message>
    <message>
        <source>It is still there. Delete it in your file manager.</source>
        <translation>文件仍在原处。请在文件管理器中删除它。</translation>
    </message>
    <message>
        <source>{path} could not be brought back.</source>
        <translation>无法还原 {path}。</translation>
    </message>
    <message>
        <source>Look for it in the trash of your system.</source>
        <translation>请在系统的回收站中查找。</translation>
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
        <source>The conversation has {prompt} tokens and {reply} are kept for the reply; the context holds {n_ctx}.</source>
        <translation>对话有 {prompt} 个词元，另为回复预留 {reply} 个；上下文只能容纳 {n_ctx} 个。</translation>
    </message>
    <message>
        <source>The last message alone has {needed} tokens and {reply} are kept for the reply; the context holds {n_ctx}.</source>
        <translation>仅最后一条消息就有 {needed} 个词元，另为回复预留 {reply} 个；上下文只能容纳 {n_ctx} 个。</translation>
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
        <source>Run `{command}`, then load the model again.</source>
        <translation>请运行 `{command}`，然后重新加载模型。</translation>
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
        <source>The disk is full: the database {path} cannot be opened.</source>
        <translation>磁盘已满：无法打开数据库 {path}。</translation>
    </message>
    <message>
        <source>Free some space, then start Lathe again. Nothing was changed.</source>
        <translation>请腾出空间，然后重新启动 Lathe。没有更改任何内容。</translation>
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
        <source>Lathe goes on with a new database. Chats that were exported can be imported again.</source>
        <translation>Lathe 将使用新的数据库继续。先前导出的对话可以重新导入。</translation>
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
        <source>Lathe works offline: {host} was not contacted.</source>
        <translation>Lathe 正在离线工作：没有连接 {host}。</translation>
    </message>
    <message>
        <source>To allow it, turn off “Work offline” under Settings, Privacy and network.</source>
        <translation>要允许连接，请在“设置”的“隐私与网络”中关闭“离线工作”。</translation>
    </message>
    <message>
        <source>{host} could not be asked for the newest release: {reason}.</source>
        <translation>无法向 {host} 查询最新版本：{reason}。</translation>
    </message>
    <message>
        <source>Check the connection, and the date of this machine. Everything else works without it.</source>
        <translation>请检查网络连接和本机日期。其他功能均不受影响。</translation>
    </message>
    <message>
        <source>The answer of {host} does not name a release.</source>
        <translation>{host} 的回答中没有版本号。</translation>
    </message>
    <message>
        <source>Check the address under Settings, Privacy and network, or look at the project&apos;s page.</source>
        <translation>请检查“设置”的“隐私与网络”中的地址，或查看项目主页。</translation>
    </message>
    <message>
        <source>No address is set where a newer release could be looked for.</source>
        <translation>没有设置查询新版本的地址。</translation>
    </message>
    <message>
        <source>This kind of model cannot use {name}.</source>
        <translation>这类模型不能使用 {name}。</translation>
    </message>
    <message>
        <source>There is no token {position}: the text has tokens 0 to {last}.</source>
        <translation>没有词元 {position}：该文本的词元为 0 到 {last}。</translation>
    </message>
    <message>
        <source>Choose one of those; -1 is the last one.</source>
        <translation>请从中选择；-1 表示最后一个。</translation>
    </message>
    <message>
        <source>Choose one under Decoding (in the terminal: --amateur), or another decoding mode.</source>
        <translation>请在“解码”下选择一个（终端中为 --amateur），或选择其他解码方式。</translation>
    </message>
    <message>
        <source>Install Lathe again. In a clone of the repository, `python3 dev.py run` repairs it.</source>
        <translation>请重新安装 Lathe。在仓库的克隆中，`python3 dev.py run` 可以修复。</translation>
    </message>
    <message>
        <source>This build names none itself. Enter one under Settings, Privacy and network.</source>
        <translation>此版本自身未指定地址。请在“设置”的“隐私与网络”中填写一个。</translation>
    </message>
    <message>
        <source>{path} is not a backup of Lathe: {reason}.</source>
        <translation>{path} 不是 Lathe 的备份：{reason}。</translation>
    </message>
    <message>
        <source>Choose a .zip file that “Back up” or `lathe backup` has written.</source>
        <translation>请选择由“备份”或 `lathe backup` 写出的 .zip 文件。</translation>
    </message>
    <message>
        <source>The backup {path} is damaged: {what}.</source>
        <translation>备份 {path} 已损坏：{what}。</translation>
    </message>
    <message>
        <source>Use another copy of it. Nothing was changed.</source>
        <translation>请使用它的另一份副本。没有更改任何内容。</translation>
    </message>
    <message>
        <source>{path} was refused: {what}.</source>
        <translation>已拒绝 {path}：{what}。</translation>
    </message>
    <message>
        <source>No backup of Lathe looks like this. Nothing was unpacked.</source>
        <translation>Lathe 的备份不会是这样。没有解压任何内容。</translation>
    </message>
    <message>
        <source>The backup {path} was written by a newer version of Lathe.</source>
        <translation>备份 {path} 由更新版本的 Lathe 写成。</translation>
    </message>
    <message>
        <source>Update Lathe, then restore it. Nothing was changed.</source>
        <translation>请先更新 Lathe，再恢复备份。没有更改任何内容。</translation>
    </message>
    <message>
        <source>The data in {path} is in use by a window or another command.</source>
        <translation>{path} 中的数据正被某个窗口或另一条命令使用。</translation>
    </message>
    <message>
        <source>Close Lathe everywhere, wait for its jobs, then try again.</source>
        <translation>请关闭所有 Lathe，等任务结束，然后重试。</translation>
    </message>
    <message>
        <source>Jobs are still running: {titles}.</source>
        <translation>仍有任务在运行：{titles}。</translation>
    </message>
    <message>
        <source>Wait for them or cancel them, then try again.</source>
        <translation>请等它们完成或取消它们，然后重试。</translation>
    </message>
    <message>
        <source>{path} cannot take the data of {home}: one lies inside the other.</source>
        <translation>{path} 无法存放 {home} 的数据：其中一个位于另一个之内。</translation>
    </message>
    <message>
        <source>Choose a folder somewhere else.</source>
        <translation>请选择其他位置的文件夹。</translation>
    </message>
    <message>
        <source>The data folder was moved to {path}, and it is not there now.</source>
        <translation>数据文件夹已移到 {path}，但现在那里没有。</translation>
    </message>
    <message>
        <source>Connect the drive it is on and start Lathe again. To begin anew without it, remove {pointer}.</source>
        <translation>请连接它所在的驱动器，然后重新启动 Lathe。如要舍弃它重新开始，请删除 {pointer}。</translation>
    </message>
    <message>
        <source>The copy of {name} is not what was copied.</source>
        <translation>{name} 的副本与原文件不一致。</translation>
    </message>
    <message>
        <source>Something wrote to it meanwhile, or a disk fails. The old folder stays in use; nothing is lost.</source>
        <translation>可能有程序同时写入了它，或磁盘有故障。旧文件夹继续使用；没有丢失任何内容。</translation>
    </message>
    <message>
        <source>{path} holds no settings of Lathe: {reason}.</source>
        <translation>{path} 中没有 Lathe 的设置：{reason}。</translation>
    </message>
    <message>
        <source>Choose a file that “Export settings” has written. Nothing was changed.</source>
        <translation>请选择由“导出设置”写出的文件。没有更改任何内容。</translation>
    </message>
    <message>
        <source>The window cannot be shown: {reason}.</source>
        <translation>无法显示窗口：{reason}。</translation>
    </message>
    <message>
        <source>Check the display (DISPLAY or WAYLAND_DISPLAY), or use `lathe chat` in the terminal.</source>
        <translation>请检查显示环境（DISPLAY 或 WAYLAND_DISPLAY），或在终端中使用 `lathe chat`。</translation>
    </message>
    <message>
        <source>The request cannot be answered: {reason}.</source>
        <translation>无法回答该请求：{reason}。</translation>
    </message>
    <message>
        <source>Correct it and send it again.</source>
        <translation>请更正后重新发送。</translation>
    </message>
    <message>
        <source>Port {port} cannot be used: {reason}.</source>
        <translation>无法使用端口 {port}：{reason}。</translation>
    </message>
    <message>
        <source>Choose another port, or 0 for any free one.</source>
        <translation>请选择另一个端口，或用 0 表示任意空闲端口。</translation>
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
        <source>The work was interrupted before its end ({reason}).</source>
        <translation>任务在完成之前中断（{reason}）。</translation>
    </message>
    <message>
        <source>Nothing half written was kept. Start it again.</source>
        <translation>没有留下不完整的内容。请重新启动任务。</translation>
    </message>
    <message>
        <source>There is no job “{name}”.</source>
        <translation>没有名为“{name}”的任务。</translation>
    </message>
    <message>
        <source>Run `lathe jobs list` to see them.</source>
        <translation>运行 `lathe jobs list` 查看所有任务。</translation>
    </message>
    <message>
        <source>“{title}” has to be done first, and it did not succeed.</source>
        <translation>必须先完成“{title}”，而它没有成功。</translation>
    </message>
    <message>
        <source>Start that again, then this.</source>
        <translation>请先重新启动那个任务，再启动此任务。</translation>
    </message>
    <message>
        <source>The process that does the work could not be started: {reason}.</source>
        <translation>无法启动执行任务的进程：{reason}。</translation>
    </message>
    <message>
        <source>Close other programs and try again.</source>
        <translation>请关闭其他程序后重试。</translation>
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
        <source>There is something at {path} already.</source>
        <translation>{path} 处已有内容。</translation>
    </message>
    <message>
        <source>Give the name of a new folder; nothing was overwritten.</source>
        <translation>请给出新文件夹的名称；没有覆盖任何内容。</translation>
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
        <source>{path} has no weight matrix called “{name}”.</source>
        <translation>{path} 没有名为“{name}”的权重矩阵。</translation>
    </message>
    <message>
        <source>Name a matrix of a layer, like {example}; norms, embeddings and stacked experts are not taken.</source>
        <translation>请指定某一层的矩阵，例如 {example}；不支持归一化、嵌入和堆叠的专家。</translation>
    </message>
    <message>
        <source>{name} has {values} values, and the lab takes up to {limit}.</source>
        <translation>{name} 有 {values} 个值，而实验室最多支持 {limit} 个。</translation>
    </message>
    <message>
        <source>Choose a smaller matrix of the model.</source>
        <translation>请选择模型中较小的矩阵。</translation>
    </message>
    <message>
        <source>Working on {name} needs about {needed} of memory, and {free} are free.</source>
        <translation>处理 {name} 约需 {needed} 内存，而可用的只有 {free}。</translation>
    </message>
    <message>
        <source>Close other programs, choose a smaller matrix, or leave out GPTQ.</source>
        <translation>请关闭其他程序、选择较小的矩阵，或去掉 GPTQ。</translation>
    </message>
    <message>
        <source>GPTQ cannot be computed here: the inputs of this layer hardly differ from each other.</source>
        <translation>此处无法计算 GPTQ：这一层的各个输入几乎没有差别。</translation>
    </message>
    <message>
        <source>Use a longer calibration text, or another method.</source>
        <translation>请使用更长的校准文本，或换一种方法。</translation>
    </message>
    <message>
        <source>{path} holds no result of the quantization lab.</source>
        <translation>{path} 中没有量化实验室的结果。</translation>
    </message>
    <message>
        <source>Run the lab again.</source>
        <translation>请重新运行实验。</translation>
    </message>
    <message>
        <source>{name} is stored as {type}: errors are measured against these values, which are rounded already.</source>
        <translation>{name} 以 {type} 存储：误差相对这些值计算，而它们本身已经过舍入。</translation>
    </message>
    <message>
        <source>Where the model is to be had in F16, BF16 or F32, look at that.</source>
        <translation>如果能得到 F16、BF16 或 F32 的模型，请使用那个模型。</translation>
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
        <source>{source} cannot become {target}.</source>
        <translation>{source} 无法转换为 {target}。</translation>
    </message>
    <message>
        <source>A safetensors folder or an adapter becomes a file that ends in .gguf; a GGUF becomes a folder.</source>
        <translation>safetensors 文件夹或适配器转换为以 .gguf 结尾的文件；GGUF 转换为文件夹。</translation>
    </message>
    <message>
        <source>This chat has adapters, and only models that run in llama.cpp can have them.</source>
        <translation>此对话带有适配器，而只有在 llama.cpp 中运行的模型才能使用适配器。</translation>
    </message>
    <message>
        <source>Switch the adapters off, or load the GGUF model that they were made for.</source>
        <translation>请关闭适配器，或加载制作这些适配器所用的 GGUF 模型。</translation>
    </message>
    <message>
        <source>{path} is an adapter of the kind “{kind}”; only LoRA adapters can be used here.</source>
        <translation>{path} 是“{kind}”类适配器；这里只能使用 LoRA 适配器。</translation>
    </message>
    <message>
        <source>Merge it into its model with the program that made it.</source>
        <translation>请用制作它的程序把它合并到模型中。</translation>
    </message>
    <message>
        <source>{path} changes {what}, which no GGUF adapter can hold.</source>
        <translation>{path} 改动了 {what}，GGUF 适配器无法存放这种改动。</translation>
    </message>
    <message>
        <source>Merge the adapter into its model: lathe convert BASE --adapter ADAPTER --out NEW.</source>
        <translation>请把适配器合并到模型中：lathe convert BASE --adapter ADAPTER --out NEW。</translation>
    </message>
    <message>
        <source>{path} changes {what}, which cannot be merged.</source>
        <translation>{path} 改动了 {what}，无法合并。</translation>
    </message>
    <message>
        <source>Merge it with the program that made it.</source>
        <translation>请用制作它的程序来合并。</translation>
    </message>
    <message>
        <source>{path} does not say for which model it was made, or that model is not here: {base}.</source>
        <translation>{path} 没有说明它属于哪个模型，或该模型不在本机：{base}。</translation>
    </message>
    <message>
        <source>Name the model: --base MODEL.</source>
        <translation>请指定模型：--base MODEL。</translation>
    </message>
    <message>
        <source>The adapter {path} does not fit {model}: {what}.</source>
        <translation>适配器 {path} 与 {model} 不匹配：{what}。</translation>
    </message>
    <message>
        <source>An adapter works on the model that it was trained on, in any quantization of it.</source>
        <translation>适配器只能用于训练它的那个模型，量化方式不限。</translation>
    </message>
    <message>
        <source>The adapter {path} cannot be loaded: {reason}.</source>
        <translation>无法加载适配器 {path}：{reason}。</translation>
    </message>
    <message>
        <source>llama.cpp needs LoRA adapters as GGUF: lathe convert ADAPTER --base MODEL --out F.gguf.</source>
        <translation>llama.cpp 需要 GGUF 格式的 LoRA 适配器：lathe convert ADAPTER --base MODEL --out F.gguf。</translation>
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
        <source>{path} holds no model that continues a text, so it has no perplexity.</source>
        <translation>{path} 中没有可以续写文本的模型，因此没有困惑度。</translation>
    </message>
    <message>
        <source>Choose a GGUF model, or the safetensors folder of a decoder.</source>
        <translation>请选择 GGUF 模型，或解码器模型的 safetensors 文件夹。</translation>
    </message>
    <message>
        <source>{path} is no name of a table: it ends neither in .md nor in .csv.</source>
        <translation>{path} 不是表格文件名：结尾既不是 .md 也不是 .csv。</translation>
    </message>
    <message>
        <source>Name a Markdown file (.md) or a table of values (.csv).</source>
        <translation>请指定 Markdown 文件（.md）或数值表（.csv）。</translation>
    </message>
    <message>
        <source>{path} is no comparison that this program can read: {reason}.</source>
        <translation>{path} 不是本程序可以读取的比较结果：{reason}。</translation>
    </message>
    <message>
        <source>Compare the models again; `lathe compare` writes a new file.</source>
        <translation>请重新比较这些模型；`lathe compare` 会写出新文件。</translation>
    </message>
    <message>
        <source>{path} is no sensitivity map that this program can read: {reason}.</source>
        <translation>{path} 不是本程序可以读取的敏感度图：{reason}。</translation>
    </message>
    <message>
        <source>Measure one with `lathe sensitivity`.</source>
        <translation>请用 `lathe sensitivity` 测量一份。</translation>
    </message>
    <message>
        <source>The sensitivity map {path} was measured on another model.</source>
        <translation>敏感度图 {path} 是在另一个模型上测量的。</translation>
    </message>
    <message>
        <source>Measure one on this model with `lathe sensitivity`.</source>
        <translation>请用 `lathe sensitivity` 在此模型上测量一份。</translation>
    </message>
    <message>
        <source>{path} has no tensors that could be quantized.</source>
        <translation>{path} 中没有可以量化的张量。</translation>
    </message>
    <message>
        <source>Choose a model with weight matrices whose rows are multiples of 32.</source>
        <translation>请选择权重矩阵行宽为 32 的倍数的模型。</translation>
    </message>
    <message>
        <source>The sensitivity map says nothing about the KL divergence, so it cannot be aimed at.</source>
        <translation>敏感度图中没有 KL 散度，因此不能以它为目标。</translation>
    </message>
    <message>
        <source>Measure the map again with a text.</source>
        <translation>请使用文本重新测量敏感度图。</translation>
    </message>
    <message>
        <source>The model cannot be made as small as {wanted}: {least} is the least with these types.</source>
        <translation>模型无法缩小到 {wanted}：用这些类型最小为 {least}。</translation>
    </message>
    <message>
        <source>Choose a larger size, or allow smaller types when the sensitivity map is measured.</source>
        <translation>请选择更大的体积，或在测量敏感度图时允许更小的类型。</translation>
    </message>
    <message>
        <source>A KL divergence of {wanted} is below what these types reach: {least}.</source>
        <translation>KL 散度 {wanted} 低于这些类型能达到的最小值：{least}。</translation>
    </message>
    <message>
        <source>Choose a larger divergence, or allow finer types when the sensitivity map is measured.</source>
        <translation>请选择更大的散度，或在测量敏感度图时允许更精细的类型。</translation>
    </message>
    <message>
        <source>{path} is no importance matrix that can be used: {reason}.</source>
        <translation>{path} 不是可用的重要性矩阵：{reason}。</translation>
    </message>
    <message>
        <source>Make one with `lathe imatrix`, or use a file that llama-imatrix has written.</source>
        <translation>请用 `lathe imatrix` 生成一个，或使用 llama-imatrix 写出的文件。</translation>
    </message>
    <message>
        <source>All {rows} rows are cut off before their answer: the prompt alone fills {max_length} tokens.</source>
        <translation>全部 {rows} 行都在回答之前被截断：仅提示词就占满了 {max_length} 个词元。</translation>
    </message>
    <message>
        <source>Shorten the prompts, or raise max_length (“Longest row”) where the model reads more.</source>
        <translation>请缩短提示词；若模型能读更多，也可调高 max_length（“最大行长”）。</translation>
    </message>
    <message>
        <source>{base} is of the kind “{architecture}”, which Lathe cannot train from a GGUF.</source>
        <translation>{base} 的类型是“{architecture}”，Lathe 无法从 GGUF 训练它。</translation>
    </message>
    <message>
        <source>It trains {known}. A folder with the original&apos;s safetensors may be trained all the same.</source>
        <translation>可训练的类型：{known}。含原始 safetensors 的文件夹也许仍可训练。</translation>
    </message>
    <message>
        <source>{package} is not installed, and this recipe needs it.</source>
        <translation>{package} 未安装，而此配方需要它。</translation>
    </message>
    <message>
        <source>Run `{command}`, or change the recipe.</source>
        <translation>请运行 `{command}`，或修改配方。</translation>
    </message>
    <message>
        <source>HF_HUB_OFFLINE is set, so no hub was asked.</source>
        <translation>已设置 HF_HUB_OFFLINE，因此没有访问任何 Hub。</translation>
    </message>
    <message>
        <source>Unset it and start Lathe again.</source>
        <translation>请取消该变量并重新启动 Lathe。</translation>
    </message>
    <message>
        <source>Check the folder and the free space there, or write it somewhere else.</source>
        <translation>请检查该文件夹及其剩余空间，或写到别处。</translation>
    </message>
    <message>
        <source>{path} was made with another model: its tensors are not those of this one.</source>
        <translation>{path} 由另一个模型制作：其张量与此模型不符。</translation>
    </message>
    <message>
        <source>There is no room for arrays of {size}: {reason}.</source>
        <translation>没有空间存放 {size} 的数组：{reason}。</translation>
    </message>
    <message>
        <source>Ask for fewer layers or heads, or for a shorter text, or free some space for temporary files.</source>
        <translation>请减少层或头，换一段更短的文本，或为临时文件腾出空间。</translation>
    </message>
    <message>
        <source>Use a longer text; on the command line a smaller --ctx-size does, too.</source>
        <translation>请用更长的文本；在命令行中也可以减小 --ctx-size。</translation>
    </message>
    <message>
        <source>Make one with `lathe imatrix` from this model or its unquantized original.</source>
        <translation>请用 `lathe imatrix` 从此模型或其未量化的原始模型制作。</translation>
    </message>
    <message>
        <source>{path} is no recipe: {reason}.</source>
        <translation>{path} 不是配方：{reason}。</translation>
    </message>
    <message>
        <source>Recipes are TOML: `name = value`, texts in quotes.</source>
        <translation>配方使用 TOML：`name = value`，文本加引号。</translation>
    </message>
    <message>
        <source>A recipe has no setting called “{key}”.</source>
        <translation>配方没有名为“{key}”的设置。</translation>
    </message>
    <message>
        <source>The recipe does not say “{key}”.</source>
        <translation>配方中没有写“{key}”。</translation>
    </message>
    <message>
        <source>Add a line for it.</source>
        <translation>请为它添加一行。</translation>
    </message>
    <message>
        <source>{key} cannot be {value}: {reason}.</source>
        <translation>{key} 不能为 {value}：{reason}。</translation>
    </message>
    <message>
        <source>Correct that line of the recipe.</source>
        <translation>请更正配方中的这一行。</translation>
    </message>
    <message>
        <source>{key} cannot be “{value}”: did you mean “{nearest}”?</source>
        <translation>{key} 不能为“{value}”：你是指“{nearest}”吗？</translation>
    </message>
    <message>
        <source>The section [{section}] has no effect with the method {method} and the objective {objective}.</source>
        <translation>[{section}] 一节在方法 {method} 和目标 {objective} 下不起作用。</translation>
    </message>
    <message>
        <source>Remove it, or choose the method or objective that it belongs to.</source>
        <translation>请删除它，或选择它所属的方法或目标。</translation>
    </message>
    <message>
        <source>The recipe names no rewards.</source>
        <translation>配方没有指定奖励。</translation>
    </message>
    <message>
        <source>Add [[{section}.rewards]] with a name: exact_answer, regex, format, length or python.</source>
        <translation>请添加 [[{section}.rewards]] 并写上名称：exact_answer、regex、format、length 或 python。</translation>
    </message>
    <message>
        <source>This does not go together: {what}.</source>
        <translation>这些设置不能同时使用：{what}。</translation>
    </message>
    <message>
        <source>{instead}.</source>
        <translation>{instead}。</translation>
    </message>
    <message>
        <source>{path} has no rows to learn from.</source>
        <translation>{path} 中没有可供训练的行。</translation>
    </message>
    <message>
        <source>Choose a data set with at least one row.</source>
        <translation>请选择至少有一行的数据集。</translation>
    </message>
    <message>
        <source>Only {rows} rows are left to learn from after {held_out} were held out.</source>
        <translation>留出 {held_out} 行之后，只剩 {rows} 行可供训练。</translation>
    </message>
    <message>
        <source>Hold out fewer, or add rows.</source>
        <translation>请减少留出的行，或添加数据行。</translation>
    </message>
    <message>
        <source>None of the {rows} rows has anything to learn: every answer is empty or cut off.</source>
        <translation>{rows} 行中没有一行有可训练的内容：回答全部为空或被截断。</translation>
    </message>
    <message>
        <source>Raise max_length, or look at the rows on the page Data.</source>
        <translation>请增大 max_length，或在“数据”页面查看这些行。</translation>
    </message>
    <message>
        <source>{count} of {rows} rows are longer than {max_length} tokens and are cut off at the end.</source>
        <translation>{rows} 行中有 {count} 行超过 {max_length} 个词元，末尾会被截断。</translation>
    </message>
    <message>
        <source>Raise max_length if their ends matter.</source>
        <translation>如果末尾内容重要，请增大 max_length。</translation>
    </message>
    <message>
        <source>{count} of {rows} rows were left out: nothing of their answer is left within {max_length} tokens.</source>
        <translation>{rows} 行中有 {count} 行已略去：在 {max_length} 个词元之内没有剩下任何回答内容。</translation>
    </message>
    <message>
        <source>Raise max_length to use them.</source>
        <translation>请增大 max_length 以使用它们。</translation>
    </message>
    <message>
        <source>{count} rows could not be used; the first is row {row}: {reason}.</source>
        <translation>有 {count} 行无法使用；第一处是第 {row} 行：{reason}。</translation>
    </message>
    <message>
        <source>The page Data shows them all.</source>
        <translation>“数据”页面会显示全部。</translation>
    </message>
    <message>
        <source>{count} lines of {path} cannot be read and are left out; the first is line {line}: {problem}.</source>
        <translation>{path} 中有 {count} 行无法读取，已略去；第一处是第 {line} 行：{problem}。</translation>
    </message>
    <message>
        <source>The page Data and `lathe data show` name them all.</source>
        <translation>“数据”页面和 `lathe data show` 会列出全部。</translation>
    </message>
    <message>
        <source>max_length is {max_length}, and {base} reads at most {context} tokens.</source>
        <translation>max_length 为 {max_length}，而 {base} 最多读取 {context} 个词元。</translation>
    </message>
    <message>
        <source>Set max_length to at most that.</source>
        <translation>请把 max_length 设为不超过该值。</translation>
    </message>
    <message>
        <source>{base} cannot be trained: {reason}.</source>
        <translation>无法训练 {base}：{reason}。</translation>
    </message>
    <message>
        <source>Choose a model that writes text, as GGUF or safetensors.</source>
        <translation>请选择能生成文本的模型，GGUF 或 safetensors 均可。</translation>
    </message>
    <message>
        <source>{base} has no layers called {names}.</source>
        <translation>{base} 没有名为 {names} 的层。</translation>
    </message>
    <message>
        <source>It has {known}; “all-linear” takes all of them.</source>
        <translation>它有 {known}；“all-linear”表示全部。</translation>
    </message>
    <message>
        <source>This run needs about {needed} of memory, and {available} is free.</source>
        <translation>此次训练约需 {needed} 内存，而可用的只有 {available}。</translation>
    </message>
    <message>
        <source>It would fit with {settings}.</source>
        <translation>使用 {settings} 就能放下。</translation>
    </message>
    <message>
        <source>Memory ran out at step {step}. The run is kept.</source>
        <translation>第 {step} 步时内存不足。训练已保留。</translation>
    </message>
    <message>
        <source>Go on from its last checkpoint with {settings}.</source>
        <translation>请用 {settings} 从最近的检查点继续。</translation>
    </message>
    <message>
        <source>The disk ran out of room at step {step}. The run is kept as it was at step {kept}.</source>
        <translation>第 {step} 步时磁盘空间不足。训练按第 {kept} 步的状态保留。</translation>
    </message>
    <message>
        <source>Free some space and resume it.</source>
        <translation>请腾出空间，然后继续训练。</translation>
    </message>
    <message>
        <source>The loss became {loss} at step {step}. The run is kept as it was at step {kept}.</source>
        <translation>第 {step} 步时损失变为 {loss}。训练按第 {kept} 步的状态保留。</translation>
    </message>
    <message>
        <source>Lower the learning rate, or add warm-up steps, and start again.</source>
        <translation>请降低学习率或增加预热步数，然后重新开始。</translation>
    </message>
    <message>
        <source>The checkpoint of step {step} is damaged: {reason}.</source>
        <translation>第 {step} 步的检查点已损坏：{reason}。</translation>
    </message>
    <message>
        <source>The one before is used.</source>
        <translation>已改用前一个检查点。</translation>
    </message>
    <message>
        <source>The run {run} has no checkpoint to go on from.</source>
        <translation>训练 {run} 没有可以继续的检查点。</translation>
    </message>
    <message>
        <source>Start it again with `lathe finetune`.</source>
        <translation>请用 `lathe finetune` 重新开始。</translation>
    </message>
    <message>
        <source>{base} is quantized ({kind}). Its weights are expanded for training: what was lost stays lost.</source>
        <translation>{base} 已量化（{kind}）。训练时会展开它的权重：已经损失的精度不会恢复。</translation>
    </message>
    <message>
        <source>Where the original in safetensors is to be had, train that.</source>
        <translation>如果能得到 safetensors 格式的原始模型，请训练原始模型。</translation>
    </message>
    <message>
        <source>The reward “{name}” failed: {reason}.</source>
        <translation>奖励“{name}”出错：{reason}。</translation>
    </message>
    <message>
        <source>Correct it and resume the run.</source>
        <translation>请更正它，然后继续训练。</translation>
    </message>
    <message>
        <source>The cluster cannot be used: {reason}.</source>
        <translation>无法使用集群：{reason}。</translation>
    </message>
    <message>
        <source>Check the address, or leave [cluster] out.</source>
        <translation>请检查地址，或去掉 [cluster]。</translation>
    </message>
    <message>
        <source>There is no run “{run}”.</source>
        <translation>没有名为“{run}”的训练。</translation>
    </message>
    <message>
        <source>Run `lathe runs list` to see them.</source>
        <translation>运行 `lathe runs list` 查看所有训练。</translation>
    </message>
    <message>
        <source>Did you mean {names}?</source>
        <translation>你是指 {names} 吗？</translation>
    </message>
    <message>
        <source>The run {run} cannot be read: {reason}.</source>
        <translation>无法读取训练 {run}：{reason}。</translation>
    </message>
    <message>
        <source>Its folder is {path}.</source>
        <translation>它的文件夹是 {path}。</translation>
    </message>
    <message>
        <source>The run {run} is going on right now.</source>
        <translation>训练 {run} 正在进行。</translation>
    </message>
    <message>
        <source>Wait for its end, or pause it first.</source>
        <translation>请等它结束，或先暂停它。</translation>
    </message>
    <message>
        <source>The rows of {files} are not those that the run {run} has learned from so far.</source>
        <translation>{files} 的行与运行 {run} 迄今学习的行不同。</translation>
    </message>
    <message>
        <source>Put the file back as it was, or start a new run with the new rows.</source>
        <translation>请恢复原来的文件，或用新的行开始一次新的运行。</translation>
    </message>
    <message>
        <source>The run {run} is finished.</source>
        <translation>训练 {run} 已经完成。</translation>
    </message>
    <message>
        <source>Raise max_steps in a new recipe to train longer.</source>
        <translation>要训练更久，请在新配方中增大 max_steps。</translation>
    </message>
    <message>
        <source>What “{method}” learns cannot be written as {target}.</source>
        <translation>“{method}”学到的内容无法写成 {target}。</translation>
    </message>
    <message>
        <source>Export it as {possible}.</source>
        <translation>请导出为 {possible}。</translation>
    </message>
    <message>
        <source>This cannot be written as {type}.</source>
        <translation>这不能写成 {type}。</translation>
    </message>
    <message>
        <source>The export does not agree with the trained model: mean KL divergence {kl}, and {limit} is allowed.</source>
        <translation>导出结果与训练后的模型不一致：平均 KL 散度为 {kl}，上限为 {limit}。</translation>
    </message>
    <message>
        <source>The file was removed. This is worth a report.</source>
        <translation>文件已删除。这个问题值得报告。</translation>
    </message>
    <message>
        <source>{key} cannot be changed: the places of the tensors depend on it.</source>
        <translation>{key} 不能更改：张量的位置取决于它。</translation>
    </message>
    <message>
        <source>Leave it as it is; every other key can be edited.</source>
        <translation>请保持原样；其他键都可以编辑。</translation>
    </message>
    <message>
        <source>“{key}” is no name of a key.</source>
        <translation>“{key}”不是有效的键名。</translation>
    </message>
    <message>
        <source>Use letters, digits, dots and underscores, like general.description.</source>
        <translation>请使用字母、数字、点和下划线，例如 general.description。</translation>
    </message>
    <message>
        <source>{key} has no item {index} to change.</source>
        <translation>{key} 没有可更改的第 {index} 项。</translation>
    </message>
    <message>
        <source>Look at the array again; the file may have changed meanwhile.</source>
        <translation>请重新查看该数组；文件可能已在此期间改变。</translation>
    </message>
    <message>
        <source>{path} is a part of a split model, whose parts belong together.</source>
        <translation>{path} 是分卷模型的一部分，各分卷不能拆开处理。</translation>
    </message>
    <message>
        <source>Quantizing a split model gives one file; edit that one.</source>
        <translation>量化分卷模型会得到单个文件；请编辑那个文件。</translation>
    </message>
    <message>
        <source>“{value}” cannot be stored as {kind}: {reason}.</source>
        <translation>“{value}”无法存为 {kind}：{reason}。</translation>
    </message>
    <message>
        <source>Write another value, or choose another type.</source>
        <translation>请写入其他值，或选择另一种类型。</translation>
    </message>
    <message>
        <source>“{address}” is not the address of a hub.</source>
        <translation>“{address}”不是 Hub 的地址。</translation>
    </message>
    <message>
        <source>Write it like https://huggingface.co, without a key or a question mark.</source>
        <translation>写法如 https://huggingface.co，不带密钥和问号。</translation>
    </message>
    <message>
        <source>{host} answered something that no hub of models says.</source>
        <translation>{host} 的回答不符合模型 Hub 的格式。</translation>
    </message>
    <message>
        <source>Check the address of the hub; a proxy or a login page may be in between.</source>
        <translation>请检查 Hub 的地址；中间可能隔着代理或登录页面。</translation>
    </message>
    <message>
        <source>{host} takes no more requests from here at the moment.</source>
        <translation>{host} 暂时不再接受来自这里的请求。</translation>
    </message>
    <message>
        <source>Try again in {wait}. With a key of your own the limits are higher.</source>
        <translation>请在 {wait} 后重试。使用自己的密钥时限额更高。</translation>
    </message>
    <message>
        <source>{name} arrived from {host} with other contents than its checksum says.</source>
        <translation>从 {host} 收到的 {name} 与其校验和不符。</translation>
    </message>
    <message>
        <source>It was thrown away. Try again; if it repeats, ask another mirror, or the publisher.</source>
        <translation>已将它丢弃。请重试；如果反复出现，请换一个镜像，或联系发布者。</translation>
    </message>
    <message>
        <source>{repo} offers {count} variants: {names}.</source>
        <translation>{repo} 提供 {count} 个变体：{names}。</translation>
    </message>
    <message>
        <source>Name one, for example with --file &apos;*Q4_K_M*&apos;.</source>
        <translation>请指定一个，例如 --file &apos;*Q4_K_M*&apos;。</translation>
    </message>
    <message>
        <source>{host} has a fault of its own (HTTP {status}).</source>
        <translation>{host} 自身出现故障（HTTP {status}）。</translation>
    </message>
    <message>
        <source>Try again in some minutes, or use a mirror.</source>
        <translation>请几分钟后重试，或使用镜像。</translation>
    </message>
    <message>
        <source>A file of {repo} is no longer there.</source>
        <translation>{repo} 中的某个文件已不存在。</translation>
    </message>
    <message>
        <source>Look at the repository&apos;s files again; its owner may have changed them.</source>
        <translation>请重新查看该仓库的文件；其所有者可能已更改它们。</translation>
    </message>
    <message>
        <source>{host} does not let you have {repo}.</source>
        <translation>{host} 不允许你获取 {repo}。</translation>
    </message>
    <message>
        <source>Check that your key may read it, and that the repository is not closed.</source>
        <translation>请检查你的密钥是否有读取权限，以及该仓库是否已关闭。</translation>
    </message>
    <message>
        <source>{repo} is gated: its owner lets people in one by one.</source>
        <translation>{repo} 需要申请访问：由其所有者逐一批准。</translation>
    </message>
    <message>
        <source>Ask for access at {address}, then give Lathe the key of that account.</source>
        <translation>请在 {address} 申请访问，然后把该账户的密钥填入 Lathe。</translation>
    </message>
    <message>
        <source>The connection to {host} kept breaking off at {percent} of {name}: {reason}.</source>
        <translation>与 {host} 的连接在 {name} 的 {percent} 处反复中断：{reason}。</translation>
    </message>
    <message>
        <source>What has arrived is kept: start the download again, and it goes on from there.</source>
        <translation>已收到的部分会保留：重新开始下载即可从该处继续。</translation>
    </message>
    <message>
        <source>“{name}” is not the name of a repository.</source>
        <translation>“{name}”不是仓库名称。</translation>
    </message>
    <message>
        <source>Write it like bartowski/Qwen3-4B-GGUF.</source>
        <translation>写法如 bartowski/Qwen3-4B-GGUF。</translation>
    </message>
    <message>
        <source>{repo} holds no GGUF and no safetensors files.</source>
        <translation>{repo} 中没有 GGUF 或 safetensors 文件。</translation>
    </message>
    <message>
        <source>Other kinds of files, such as pickles, are never fetched. Search for a GGUF version of this model.</source>
        <translation>绝不下载 pickle 等其他类型的文件。请搜索此模型的 GGUF 版本。</translation>
    </message>
    <message>
        <source>Set the environment variable HF_TOKEN instead.</source>
        <translation>请改为设置环境变量 HF_TOKEN。</translation>
    </message>
    <message>
        <source>Nothing in {repo} matches “{pattern}”.</source>
        <translation>{repo} 中没有与“{pattern}”匹配的内容。</translation>
    </message>
    <message>
        <source>It has {names}.</source>
        <translation>其中有 {names}。</translation>
    </message>
    <message>
        <source>{host} has no repository {repo}, or it is private.</source>
        <translation>{host} 上没有仓库 {repo}，或它是私有的。</translation>
    </message>
    <message>
        <source>Check the name. For a private one, give Lathe a key that may read it.</source>
        <translation>请检查名称。对于私有仓库，请把有读取权限的密钥填入 Lathe。</translation>
    </message>
    <message>
        <source>The repository {repo} has no revision “{revision}”.</source>
        <translation>仓库 {repo} 没有修订版本“{revision}”。</translation>
    </message>
    <message>
        <source>Leave it out for the newest one, or name a branch, tag or commit.</source>
        <translation>留空即为最新版本，或指定分支、标签或提交。</translation>
    </message>
    <message>
        <source>{host} does not accept your key.</source>
        <translation>{host} 不接受你的密钥。</translation>
    </message>
    <message>
        <source>It may have expired: make a new one there and give it to Lathe, or remove the old one.</source>
        <translation>它可能已过期：请在那里新建一个并填入 Lathe，或移除旧密钥。</translation>
    </message>
    <message>
        <source>{name} is larger than what a hub sends over plain HTTP (50 GB).</source>
        <translation>{name} 超过了 Hub 通过普通 HTTP 发送的上限（50 GB）。</translation>
    </message>
    <message>
        <source>Get it with the tools that {address} names, or choose a variant that is split or smaller.</source>
        <translation>请使用 {address} 中说明的工具获取，或选择分卷的或更小的变体。</translation>
    </message>
    <message>
        <source>The connection to {host} broke off ({reason}).</source>
        <translation>与 {host} 的连接中断（{reason}）。</translation>
    </message>
    <message>
        <source>It is tried again in {seconds} seconds.</source>
        <translation>将在 {seconds} 秒后重试。</translation>
    </message>
    <message>
        <source>{host} cannot be reached: {reason}.</source>
        <translation>无法连接 {host}：{reason}。</translation>
    </message>
    <message>
        <source>Check the connection to the internet and the address of the hub, or use a mirror.</source>
        <translation>请检查网络连接和 Hub 的地址，或使用镜像。</translation>
    </message>
    <message>
        <source>The add-on could not be installed: {reason}.</source>
        <translation>无法安装附加组件：{reason}。</translation>
    </message>
    <message>
        <source>Check the connection to the internet, then try again. Nothing has changed so far.</source>
        <translation>请检查网络连接，然后重试。目前没有更改任何内容。</translation>
    </message>
    <message>
        <source>{package} is not installed; it is part of the training stack.</source>
        <translation>{package} 未安装；它是训练组件的一部分。</translation>
    </message>
    <message>
        <source>Install it on the page Fine-tune, or with `{command}`.</source>
        <translation>请在“微调”页面安装，或运行 `{command}`。</translation>
    </message>
    <message>
        <source>This Python has no pip, which fetches the packages of an add-on.</source>
        <translation>此 Python 没有 pip，而下载附加组件的软件包需要它。</translation>
    </message>
    <message>
        <source>Install pip for it (on Debian and Ubuntu: sudo apt-get install python3-pip), then try again.</source>
        <translation>请为它安装 pip（在 Debian 和 Ubuntu 上：sudo apt-get install python3-pip），然后重试。</translation>
    </message>
    <message>
        <source>{path} is of no kind that holds rows to train on.</source>
        <translation>{path} 不是可以存放训练数据的文件类型。</translation>
    </message>
    <message>
        <source>Lathe reads JSON, JSONL, CSV, TSV, Parquet and text files.</source>
        <translation>Lathe 可读取 JSON、JSONL、CSV、TSV、Parquet 和文本文件。</translation>
    </message>
    <message>
        <source>{path} cannot be used as a data set: {reason}.</source>
        <translation>{path} 无法用作数据集：{reason}。</translation>
    </message>
    <message>
        <source>Open it in an editor and correct that place.</source>
        <translation>请在编辑器中打开它，并更正该处。</translation>
    </message>
    <message>
        <source>{path} holds no rows.</source>
        <translation>{path} 中没有数据行。</translation>
    </message>
    <message>
        <source>Choose a file with at least one row.</source>
        <translation>请选择至少有一行的文件。</translation>
    </message>
    <message>
        <source>None of the {count} lines of {path} can be read; line {line}: {problem}.</source>
        <translation>{path} 的 {count} 行全部无法读取；第 {line} 行：{problem}。</translation>
    </message>
    <message>
        <source>Check that the file is what its name says: JSONL has one complete JSON object on each line.</source>
        <translation>请检查文件内容是否与扩展名相符：JSONL 的每一行都是一个完整的 JSON 对象。</translation>
    </message>
    <message>
        <source>{path} has been changed or removed since it was read.</source>
        <translation>{path} 在读取之后已被更改或移除。</translation>
    </message>
    <message>
        <source>Read it again; the earlier version stays in the list of versions.</source>
        <translation>请重新读取；先前的版本保留在版本列表中。</translation>
    </message>
    <message>
        <source>{path} needs {package} to be read, which comes with the training stack and is not installed.</source>
        <translation>读取 {path} 需要 {package}，它属于训练组件，尚未安装。</translation>
    </message>
    <message>
        <source>Install the training stack, or save the data as JSONL or CSV.</source>
        <translation>请安装训练组件，或把数据保存为 JSONL 或 CSV。</translation>
    </message>
    <message>
        <source>Nobody can tell what the columns of {path} mean: {columns}.</source>
        <translation>无法判断 {path} 中各列的含义：{columns}。</translation>
    </message>
    <message>
        <source>Say which column is what, or rename them: messages, conversations, instruction and output, text, prompt with chosen and rejected, or prompt, completion and label.</source>
        <translation>请指定各列的含义，或将其重命名：messages；conversations；instruction 和 output；text；prompt 加 chosen 和 rejected；或 prompt、completion 和 label。</translation>
    </message>
    <message>
        <source>The format {format} needs a column for {field}.</source>
        <translation>格式 {format} 需要一列作为 {field}。</translation>
    </message>
    <message>
        <source>The columns there are: {columns}.</source>
        <translation>现有的列：{columns}。</translation>
    </message>
    <message>
        <source>There is no row {number}: there are {count}.</source>
        <translation>没有第 {number} 行：共有 {count} 行。</translation>
    </message>
    <message>
        <source>Rows are counted from 1.</source>
        <translation>行从 1 开始计数。</translation>
    </message>
    <message>
        <source>No row of {path} has anything that would be trained: {reason}.</source>
        <translation>{path} 中没有一行有可训练的内容：{reason}。</translation>
    </message>
    <message>
        <source>Check the columns, the roles, and the longest row that is allowed.</source>
        <translation>请检查列、角色，以及允许的最大行长度。</translation>
    </message>
    <message>
        <source>None of the chosen chats has an answer to learn from.</source>
        <translation>所选对话中没有可供学习的回答。</translation>
    </message>
    <message>
        <source>Choose other chats, or other answers.</source>
        <translation>请选择其他对话，或其他回答。</translation>
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
        <source>Something went wrong inside Lathe.</source>
        <translation>Lathe 内部出错。</translation>
    </message>
    <message>
        <source>Nothing was lost. The details help to find the cause: copy them into a bug report.</source>
        <translation>没有丢失任何内容。详情有助于找出原因：请复制到错误报告中。</translation>
    </message>
</context>
<context>
    <name>ExportForm</name>
    <message>
        <source>What to write</source>
        <translation>要写出的内容</translation>
    </message>
    <message>
        <source>Type of the weights</source>
        <translation>权重类型</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>导出…</translation>
    </message>
    <message>
        <source>Type</source>
        <translation>类型</translation>
    </message>
    <message>
        <source>As</source>
        <translation>格式</translation>
    </message>
    <message>
        <source>Written: {path} ({size}). Against the trained model, on {tokens} tokens: mean KL {kl} nats, the same most probable token in {top} %.</source>
        <translation>已写出：{path}（{size}）。与训练后的模型相比，在 {tokens} 个词元上：平均 KL {kl} nat，{top} % 的首选词元相同。</translation>
    </message>
    <message>
        <source>That is what quantizing costs; F16 costs nearly nothing.</source>
        <translation>这是量化的代价；F16 几乎没有损失。</translation>
    </message>
    <message>
        <source>Adapter (PEFT folder)</source>
        <translation>适配器（PEFT 文件夹）</translation>
    </message>
    <message>
        <source>Adapter (GGUF)</source>
        <translation>适配器（GGUF）</translation>
    </message>
    <message>
        <source>Whole model (safetensors)</source>
        <translation>完整模型（safetensors）</translation>
    </message>
    <message>
        <source>Whole model (GGUF)</source>
        <translation>完整模型（GGUF）</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>导出</translation>
    </message>
    <message>
        <source>GGUF (*.gguf)</source>
        <translation>GGUF (*.gguf)</translation>
    </message>
    <message>
        <source>Where the new folder goes</source>
        <translation>新文件夹的位置</translation>
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
    <name>FileViews</name>
    <message>
        <source>Quantize</source>
        <translation>量化</translation>
    </message>
    <message>
        <source>Convert</source>
        <translation>转换</translation>
    </message>
    <message>
        <source>Lab</source>
        <translation>实验室</translation>
    </message>
    <message>
        <source>Compare</source>
        <translation>比较</translation>
    </message>
    <message>
        <source>Sensitivity</source>
        <translation>敏感度</translation>
    </message>
</context>
<context>
    <name>FilesLink</name>
    <message>
        <source>Attach text files</source>
        <translation>附加文本文件</translation>
    </message>
    <message>
        <source>Loading {name}…</source>
        <translation>正在加载 {name}…</translation>
    </message>
    <message>
        <source>This is an adapter: load the model that it was made for first.</source>
        <translation>这是适配器：请先加载制作它所用的模型。</translation>
    </message>
    <message>
        <source>{name} is a model, not a text to attach.</source>
        <translation>{name} 是模型，不是可附加的文本。</translation>
    </message>
    <message>
        <source>Load it</source>
        <translation>加载</translation>
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
    <name>FindingLine</name>
    <message numerus="yes">
        <source>{what}: %Ln row(s)</source>
        <translation>
            <numerusform>{what}：%Ln 行</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Findings</name>
    <message>
        <source>The rows are being checked.</source>
        <translation>正在检查数据行。</translation>
    </message>
    <message>
        <source>Checked when the format is known.</source>
        <translation>确定格式之后再检查。</translation>
    </message>
    <message>
        <source>Nothing was found: every row can be trained on.</source>
        <translation>没有发现问题：每一行都可以训练。</translation>
    </message>
    <message>
        <source>{usable} of {rows} rows can be trained on.</source>
        <translation>{rows} 行中有 {usable} 行可以训练。</translation>
    </message>
</context>
<context>
    <name>FinetunePage</name>
    <message>
        <source>Fine-tune “{name}”</source>
        <translation>微调“{name}”</translation>
    </message>
    <message>
        <source>“{name}” was removed</source>
        <translation>“{name}”已移除</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>New run</source>
        <translation>新建训练</translation>
    </message>
    <message>
        <source>Runs that you start are listed here, also those of the command line.</source>
        <translation>你启动的训练都列在这里，包括命令行启动的。</translation>
    </message>
    <message>
        <source>Runs</source>
        <translation>训练记录</translation>
    </message>
</context>
<context>
    <name>FitSection</name>
    <message>
        <source>Memory</source>
        <translation>内存</translation>
    </message>
    <message>
        <source>Main memory</source>
        <translation>内存</translation>
    </message>
    <message>
        <source>Graphics memory</source>
        <translation>显存</translation>
    </message>
    <message>
        <source>Context</source>
        <translation>上下文</translation>
    </message>
    <message>
        <source>Largest</source>
        <translation>最大</translation>
    </message>
    <message>
        <source>KV cache</source>
        <translation>KV 缓存</translation>
    </message>
    <message>
        <source>Adapter</source>
        <translation>适配器</translation>
    </message>
    <message>
        <source>Draft model</source>
        <translation>草稿模型</translation>
    </message>
    <message>
        <source>none</source>
        <translation>无</translation>
    </message>
    <message>
        <source>Does not fit: it needs {needed}.</source>
        <translation>放不下：需要 {needed}。</translation>
    </message>
    <message>
        <source>Just fits: it needs {needed}.</source>
        <translation>刚好放得下：需要 {needed}。</translation>
    </message>
    <message>
        <source>Fits: it needs {needed}.</source>
        <translation>放得下：需要 {needed}。</translation>
    </message>
    <message>
        <source>The whole trained context fits: {tokens} tokens.</source>
        <translation>放得下完整的训练上下文：{tokens} 词元。</translation>
    </message>
    <message>
        <source>The largest context that fits is {tokens} tokens.</source>
        <translation>最多可放下 {tokens} 词元的上下文。</translation>
    </message>
    <message>
        <source>No context fits with these settings.</source>
        <translation>按这些设置，任何上下文都放不下。</translation>
    </message>
    <message>
        <source>RAM: {needed} of {free} free, {total} in all</source>
        <translation>内存：需要 {needed}，空闲 {free}，共 {total}</translation>
    </message>
    <message>
        <source>VRAM: {needed} of {free} free; {layers} of {all} layers fit</source>
        <translation>显存：需要 {needed}，空闲 {free}；可放下 {all} 层中的 {layers} 层</translation>
    </message>
    <message>
        <source>VRAM: no graphics processor is used by this build.</source>
        <translation>显存：此版本不使用 GPU。</translation>
    </message>
    <message>
        <source>Last load, {date}, {tokens} tokens: predicted {predicted}, took {taken} ({difference} %).</source>
        <translation>上次加载：{date}，{tokens} 词元：预计 {predicted}，实际 {taken}（{difference} %）。</translation>
    </message>
    <message>
        <source>Weights</source>
        <translation>权重</translation>
    </message>
    <message>
        <source>Compute buffers</source>
        <translation>计算缓冲区</translation>
    </message>
    <message>
        <source>Process</source>
        <translation>进程</translation>
    </message>
</context>
<context>
    <name>Folders</name>
    <message>
        <source>There is no file manager to open {folder}.</source>
        <translation>没有可以打开 {folder} 的文件管理器。</translation>
    </message>
    <message>
        <source>Copy path</source>
        <translation>复制路径</translation>
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
    <name>Freeing</name>
    <message>
        <source>Free disk space</source>
        <translation>释放磁盘空间</translation>
    </message>
    <message>
        <source>Delete “{part}”?</source>
        <translation>删除“{part}”？</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>删除</translation>
    </message>
    <message>
        <source>Jobs that have ended are forgotten.</source>
        <translation>已结束的任务记录会清除。</translation>
    </message>
    <message>
        <source>{size} freed</source>
        <translation>已释放 {size}</translation>
    </message>
</context>
<context>
    <name>FurtherData</name>
    <message>
        <source>Add another</source>
        <translation>再添加一个</translation>
    </message>
    <message>
        <source>Learn from several data sets at once, for example from your chats, too</source>
        <translation>同时从多个数据集学习，例如也包括你的对话</translation>
    </message>
    <message>
        <source>Leave out {name}</source>
        <translation>去掉 {name}</translation>
    </message>
</context>
<context>
    <name>GetModelsDialog</name>
    <message>
        <source>Get models</source>
        <translation>获取模型</translation>
    </message>
    <message>
        <source>Repositories</source>
        <translation>仓库</translation>
    </message>
    <message>
        <source>Find a model</source>
        <translation>查找模型</translation>
    </message>
    <message>
        <source>Search a hub by name. You see sizes, licences and whether a model fits into this computer&apos;s memory before anything is downloaded. Nothing is asked until you press Search.</source>
        <translation>按名称搜索 Hub。下载之前即可看到大小、许可证，以及模型能否放进本机内存。点击“搜索”之前不会查询任何内容。</translation>
    </message>
    <message>
        <source>Nothing was found</source>
        <translation>没有找到</translation>
    </message>
    <message>
        <source>Write fewer words, or choose another format.</source>
        <translation>请减少关键词，或选择其他格式。</translation>
    </message>
    <message>
        <source>Lathe works offline</source>
        <translation>Lathe 正在离线工作</translation>
    </message>
    <message>
        <source>No hub is asked until you allow it.</source>
        <translation>在你允许之前，不会查询任何 Hub。</translation>
    </message>
    <message>
        <source>Change…</source>
        <translation>更改…</translation>
    </message>
    <message>
        <source>Repository</source>
        <translation>仓库</translation>
    </message>
    <message>
        <source>Parameters</source>
        <translation>参数量</translation>
    </message>
    <message>
        <source>Downloads</source>
        <translation>下载量</translation>
    </message>
    <message>
        <source>Likes</source>
        <translation>点赞</translation>
    </message>
    <message>
        <source>Licence</source>
        <translation>许可证</translation>
    </message>
    <message>
        <source>Updated</source>
        <translation>更新时间</translation>
    </message>
    <message>
        <source>{license} (gated)</source>
        <translation>{license}（需申请）</translation>
    </message>
</context>
<context>
    <name>GetModelsLink</name>
    <message>
        <source>Its files cannot be listed.</source>
        <translation>无法列出它的文件。</translation>
    </message>
    <message>
        <source>Get {repo} {variant}</source>
        <translation>获取 {repo} {variant}</translation>
    </message>
</context>
<context>
    <name>GgufEditorPanel</name>
    <message>
        <source>Unsaved changes of the other file were dropped.</source>
        <translation>另一个文件未保存的更改已丢弃。</translation>
    </message>
    <message>
        <source>remove {key}</source>
        <translation>移除 {key}</translation>
    </message>
    <message>
        <source>restore {key}</source>
        <translation>还原 {key}</translation>
    </message>
    <message>
        <source>set {key}</source>
        <translation>设置 {key}</translation>
    </message>
    <message>
        <source>set {key}[{index}]</source>
        <translation>设置 {key}[{index}]</translation>
    </message>
    <message>
        <source>edit the chat template</source>
        <translation>编辑聊天模板</translation>
    </message>
    <message>
        <source>Save as a new file</source>
        <translation>另存为新文件</translation>
    </message>
    <message>
        <source>GGUF models (*.gguf)</source>
        <translation>GGUF 模型 (*.gguf)</translation>
    </message>
    <message>
        <source>Write {name}</source>
        <translation>写出 {name}</translation>
    </message>
</context>
<context>
    <name>GgufEditorView</name>
    <message>
        <source>Editor of GGUF files</source>
        <translation>GGUF 文件编辑器</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>键</translation>
    </message>
    <message>
        <source>Edit what a model file says about itself</source>
        <translation>编辑模型文件的自述信息</translation>
    </message>
    <message>
        <source>Choose a GGUF file above. Its metadata, its tokenizer and its chat template can be changed; saving writes a new file with the same weights, byte for byte.</source>
        <translation>请在上方选择 GGUF 文件。可以更改它的元数据、分词器和聊天模板；保存时写出新文件，权重逐字节相同。</translation>
    </message>
    <message>
        <source>Changes: {count}</source>
        <translation>更改：{count}</translation>
    </message>
    <message>
        <source>Undo: {what}</source>
        <translation>撤销：{what}</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>Redo: {what}</source>
        <translation>重做：{what}</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>重做</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Part of the file</source>
        <translation>文件的部分</translation>
    </message>
    <message>
        <source>Metadata</source>
        <translation>元数据</translation>
    </message>
    <message>
        <source>Tokenizer</source>
        <translation>分词器</translation>
    </message>
    <message>
        <source>Chat template</source>
        <translation>聊天模板</translation>
    </message>
    <message>
        <source>Save as…</source>
        <translation>另存为…</translation>
    </message>
    <message>
        <source>Add key…</source>
        <translation>添加键…</translation>
    </message>
    <message>
        <source>Key</source>
        <translation>键</translation>
    </message>
    <message>
        <source>Type</source>
        <translation>类型</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>值</translation>
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
    <name>Guide</name>
    <message>
        <source>Choose a folder with models</source>
        <translation>选择存放模型的文件夹</translation>
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
    <name>HeatLegend</name>
    <message>
        <source>KL divergence in nats</source>
        <translation>KL 散度，单位 nat</translation>
    </message>
    <message>
        <source>Colour: KL divergence in nats, logarithmic. Underlined: another first choice.</source>
        <translation>颜色：KL 散度，单位 nat，对数刻度。下划线：首选不同。</translation>
    </message>
</context>
<context>
    <name>Help</name>
    <message>
        <source>Using Lathe</source>
        <translation>使用 Lathe</translation>
    </message>
    <message>
        <source>Text into tokens</source>
        <translation>从文本到词元</translation>
    </message>
    <message>
        <source>Inside the model</source>
        <translation>模型内部</translation>
    </message>
    <message>
        <source>Writing a reply</source>
        <translation>生成回复</translation>
    </message>
    <message>
        <source>Training</source>
        <translation>训练</translation>
    </message>
    <message>
        <source>Smaller models</source>
        <translation>缩小模型</translation>
    </message>
    <message>
        <source>Putting models to use</source>
        <translation>模型的应用</translation>
    </message>
    <message>
        <source>How good it is</source>
        <translation>评估质量</translation>
    </message>
    <message>
        <source>No article has these words.</source>
        <translation>没有包含这些词的文章。</translation>
    </message>
    <message>
        <source>Writing and moving</source>
        <translation>书写与移动</translation>
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
        <source>Earlier and later version of the message</source>
        <translation>消息的前一个和后一个版本</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>按键</translation>
    </message>
    <message>
        <source>What they do</source>
        <translation>作用</translation>
    </message>
    <message>
        <source>Every key can be changed under Settings, Keyboard.</source>
        <translation>所有按键都可以在“设置”的“键盘”中更改。</translation>
    </message>
    <message>
        <source>Keyboard</source>
        <translation>键盘</translation>
    </message>
</context>
<context>
    <name>HelpActions</name>
    <message>
        <source>Diagnostics are on the clipboard.</source>
        <translation>诊断信息已复制到剪贴板。</translation>
    </message>
    <message>
        <source>There is no log yet.</source>
        <translation>还没有日志。</translation>
    </message>
    <message>
        <source>The log of the window, its older part, and what native crashes left. Newest lines last.</source>
        <translation>窗口的日志、其较早部分，以及原生崩溃留下的记录。最新的行在最后。</translation>
    </message>
    <message>
        <source>Logs</source>
        <translation>日志</translation>
    </message>
    <message>
        <source>There are no reports: no bug has been caught.</source>
        <translation>没有报告：没有捕获到错误。</translation>
    </message>
    <message>
        <source>What was caught, newest first: versions and a traceback, none of your texts. Nothing is sent; copy one into an issue if you want it to be fixed.</source>
        <translation>捕获到的错误，最新的在前：版本信息和调用栈，不含你的任何文本。不会发送任何内容；如果希望修复，请把其中一份复制到 issue 中。</translation>
    </message>
    <message>
        <source>Bug reports</source>
        <translation>错误报告</translation>
    </message>
</context>
<context>
    <name>HelpPage</name>
    <message>
        <source>Show me around</source>
        <translation>带我看看</translation>
    </message>
    <message>
        <source>Search the help</source>
        <translation>搜索帮助</translation>
    </message>
    <message>
        <source>Articles</source>
        <translation>文章</translation>
    </message>
    <message>
        <source>Article</source>
        <translation>文章</translation>
    </message>
</context>
<context>
    <name>HistogramPlot</name>
    <message>
        <source>{count} values from {low} to {high}</source>
        <translation>{count} 个值，从 {low} 到 {high}</translation>
    </message>
    <message>
        <source>{range}: {before} values</source>
        <translation>{range}：{before} 个值</translation>
    </message>
    <message>
        <source>{range}: {before} values before, {after} after</source>
        <translation>{range}：之前 {before} 个值，之后 {after} 个</translation>
    </message>
</context>
<context>
    <name>HomeActions</name>
    <message>
        <source>Choose an empty folder for all data of Lathe</source>
        <translation>选择一个空文件夹，存放 Lathe 的所有数据</translation>
    </message>
    <message>
        <source>Moving the data to {folder}</source>
        <translation>正在将数据移到 {folder}</translation>
    </message>
    <message>
        <source>Move {size} to {folder}?</source>
        <translation>将 {size} 移到 {folder}？</translation>
    </message>
    <message>
        <source>The engine stops meanwhile. Every file is copied and compared before the new folder counts; if anything interrupts it, the old one stays in use. The old copy stays until you delete it.</source>
        <translation>其间引擎会停止。每个文件都会复制并比对，之后新文件夹才生效；如果中断，仍使用旧文件夹。旧副本会保留，直到你删除它。</translation>
    </message>
    <message>
        <source>Move</source>
        <translation>移动</translation>
    </message>
    <message>
        <source>The old copy is deleted.</source>
        <translation>旧副本已删除。</translation>
    </message>
    <message>
        <source>Delete the old copy in {folder}?</source>
        <translation>删除 {folder} 中的旧副本？</translation>
    </message>
    <message>
        <source>The data in use stays as it is. This cannot be undone.</source>
        <translation>正在使用的数据不受影响。此操作无法撤销。</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>删除</translation>
    </message>
    <message>
        <source>Back up to</source>
        <translation>备份到</translation>
    </message>
    <message>
        <source>Backups (*.zip)</source>
        <translation>备份 (*.zip)</translation>
    </message>
    <message>
        <source>Back up to {file}?</source>
        <translation>备份到 {file}？</translation>
    </message>
    <message>
        <source>Chats, presets, settings, data sets, runs and measurements. Keys and tokens are in the system&apos;s keyring and do not go in.</source>
        <translation>包括对话、预设、设置、数据集、训练和测量结果。密钥和令牌在系统密钥环中，不会写入。</translation>
    </message>
    <message>
        <source>With models and checkpoints, which can be very large</source>
        <translation>包括模型和检查点，可能非常大</translation>
    </message>
    <message>
        <source>Back up</source>
        <translation>备份</translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) backed up and checked.</source>
        <translation>
            <numerusform>已备份并核对 %n 个文件。</numerusform>
        </translation>
    </message>
    <message>
        <source>Restore from</source>
        <translation>恢复自</translation>
    </message>
    <message>
        <source>Restoring {file}</source>
        <translation>正在恢复 {file}</translation>
    </message>
    <message>
        <source>Restore the backup of {when}?</source>
        <translation>恢复 {when} 的备份？</translation>
    </message>
    <message>
        <source>{files} files, {size}. Chats and settings become those of the backup. What it replaces is kept in the folder before-restore; what is not in the backup stays. Lathe starts again.</source>
        <translation>{files} 个文件，{size}。对话和设置将变为备份中的内容。被替换的内容保留在 before-restore 文件夹中；备份中没有的内容不受影响。Lathe 会重新启动。</translation>
    </message>
    <message>
        <source>Restore</source>
        <translation>恢复</translation>
    </message>
    <message>
        <source>Data</source>
        <translation>数据</translation>
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
    <message>
        <source>Move…</source>
        <translation>移动…</translation>
    </message>
    <message>
        <source>Keep all data in another folder, such as on another drive</source>
        <translation>把所有数据放到另一个文件夹，例如另一个驱动器</translation>
    </message>
    <message>
        <source>{size} in all, {free} free on this drive</source>
        <translation>共 {size}，此驱动器空闲 {free}</translation>
    </message>
</context>
<context>
    <name>HubOffer</name>
    <message>
        <source>safetensors</source>
        <translation>safetensors</translation>
    </message>
    <message>
        <source>{name} (reads images)</source>
        <translation>{name}（可读取图像）</translation>
    </message>
    <message>
        <source>✓ fits</source>
        <translation>✓ 放得下</translation>
    </message>
    <message>
        <source>~ tight</source>
        <translation>~ 勉强</translation>
    </message>
    <message>
        <source>✕ too large</source>
        <translation>✕ 太大</translation>
    </message>
</context>
<context>
    <name>HubSettingsDialog</name>
    <message>
        <source>Hub of models</source>
        <translation>模型 Hub</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>地址</translation>
    </message>
    <message>
        <source>stored; empty leaves it, one space forgets it</source>
        <translation>已保存；留空则不变，输入一个空格则清除</translation>
    </message>
    <message>
        <source>only for gated and private repositories</source>
        <translation>仅用于受限和私有仓库</translation>
    </message>
    <message>
        <source>Key</source>
        <translation>密钥</translation>
    </message>
    <message>
        <source>Work offline</source>
        <translation>离线工作</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>Searches and downloads go to this address and to nobody else. The key is kept in the system&apos;s keyring, for this address only.</source>
        <translation>搜索和下载只发往此地址，不会发往别处。密钥保存在系统密钥环中，仅用于此地址。</translation>
    </message>
    <message>
        <source>for all of Lathe, the same switch as under Settings</source>
        <translation>对整个 Lathe 有效，与“设置”中的开关相同</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
</context>
<context>
    <name>ImatrixChoice</name>
    <message>
        <source>Importance matrix</source>
        <translation>重要性矩阵</translation>
    </message>
    <message>
        <source>None</source>
        <translation>无</translation>
    </message>
    <message>
        <source>A file</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>From my text</source>
        <translation>用我的文本</translation>
    </message>
    <message>
        <source>Importance matrix file</source>
        <translation>重要性矩阵文件</translation>
    </message>
    <message>
        <source>Importance matrices (*.gguf *.dat *.imatrix);;All files (*)</source>
        <translation>重要性矩阵 (*.gguf *.dat *.imatrix);;所有文件 (*)</translation>
    </message>
    <message>
        <source>imatrix.gguf</source>
        <translation>imatrix.gguf</translation>
    </message>
    <message>
        <source>Text to read</source>
        <translation>要读取的文本</translation>
    </message>
    <message>
        <source>Texts (*.txt *.md);;All files (*)</source>
        <translation>文本 (*.txt *.md);;所有文件 (*)</translation>
    </message>
    <message>
        <source>The bundled text</source>
        <translation>内置文本</translation>
    </message>
    <message>
        <source>Tokens to read</source>
        <translation>要读取的词元</translation>
    </message>
    <message>
        <source>All inputs count the same. Types under 3 bits need a matrix.</source>
        <translation>所有输入同等对待。3 位以下的类型需要矩阵。</translation>
    </message>
    <message>
        <source>From llama.cpp or from Lathe; it must be of this model.</source>
        <translation>来自 llama.cpp 或 Lathe；必须属于此模型。</translation>
    </message>
    <message>
        <source>The model reads the text first, and weights that it drives more strongly are kept more exactly. Text like yours is best.</source>
        <translation>模型先读取这段文本，激活更强的权重会保留得更精确。最好使用与你的用途相近的文本。</translation>
    </message>
</context>
<context>
    <name>InputPlot</name>
    <message>
        <source>input 0</source>
        <translation>输入 0</translation>
    </message>
    <message>
        <source>Input {number}: up to {largest}, {mean} on average</source>
        <translation>输入 {number}：最大 {largest}，平均 {mean}</translation>
    </message>
    <message>
        <source>An outlier: stays in 16 bits</source>
        <translation>离群值：保持 16 位</translation>
    </message>
    <message>
        <source>An outlier: reaches the threshold of LLM.int8()</source>
        <translation>离群值：达到 LLM.int8() 的阈值</translation>
    </message>
    <message>
        <source>Divided by {scale} before rounding</source>
        <translation>舍入前除以 {scale}</translation>
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
    <name>InstallBanner</name>
    <message>
        <source>Install</source>
        <translation>安装</translation>
    </message>
    <message>
        <source>Copy the command that installs it</source>
        <translation>复制安装命令</translation>
    </message>
    <message>
        <source>Training is not installed yet</source>
        <translation>尚未安装训练组件</translation>
    </message>
    <message>
        <source>It is being installed: {share} %. Everything else can be used meanwhile.</source>
        <translation>正在安装：{share} %。期间其他功能均可使用。</translation>
    </message>
    <message>
        <source>Chatting does not need it, so it comes on demand: PyTorch and its companions, about 1.5 GB on disk. Missing: {packages}.</source>
        <translation>对话不需要它，因此按需安装：PyTorch 及相关组件，约占磁盘 1.5 GB。缺少：{packages}。</translation>
    </message>
</context>
<context>
    <name>ItemsView</name>
    <message>
        <source>Find</source>
        <translation>查找</translation>
    </message>
    <message>
        <source>Find by text or index</source>
        <translation>按文本或序号查找</translation>
    </message>
    <message>
        <source>Items</source>
        <translation>项目</translation>
    </message>
    <message>
        <source>Value of the item</source>
        <translation>项目的值</translation>
    </message>
    <message>
        <source>Type of the token</source>
        <translation>词元的类型</translation>
    </message>
    <message>
        <source>Apply</source>
        <translation>应用</translation>
    </message>
    <message>
        <source>Index</source>
        <translation>序号</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>值</translation>
    </message>
    <message>
        <source>Type</source>
        <translation>类型</translation>
    </message>
    <message>
        <source>Score</source>
        <translation>得分</translation>
    </message>
    <message>
        <source>normal</source>
        <translation>普通</translation>
    </message>
    <message>
        <source>unknown</source>
        <translation>未知</translation>
    </message>
    <message>
        <source>control</source>
        <translation>控制</translation>
    </message>
    <message>
        <source>user-defined</source>
        <translation>用户定义</translation>
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
    <name>JobRow</name>
    <message>
        <source>Progress</source>
        <translation>进度</translation>
    </message>
    <message>
        <source>Log</source>
        <translation>日志</translation>
    </message>
    <message>
        <source>Open the result</source>
        <translation>打开结果</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>暂停</translation>
    </message>
    <message>
        <source>Continue</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>Start again</source>
        <translation>重新开始</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Take off the list</source>
        <translation>从列表中移除</translation>
    </message>
    <message>
        <source>Nothing was printed.</source>
        <translation>没有输出。</translation>
    </message>
</context>
<context>
    <name>Jobs</name>
    <message>
        <source>Waiting</source>
        <translation>等待中</translation>
    </message>
    <message>
        <source>Paused at {percent}</source>
        <translation>已暂停，进度 {percent}</translation>
    </message>
    <message>
        <source>Cancelled; nothing was written</source>
        <translation>已取消；没有写入任何内容</translation>
    </message>
    <message>
        <source>Something went wrong inside Lathe: see the log.</source>
        <translation>Lathe 内部出错：请查看日志。</translation>
    </message>
    <message>
        <source>{count} s left</source>
        <translation>剩余 {count} 秒</translation>
    </message>
    <message>
        <source>{count} min left</source>
        <translation>剩余 {count} 分钟</translation>
    </message>
    <message>
        <source>{count} h left</source>
        <translation>剩余 {count} 小时</translation>
    </message>
    <message>
        <source>in {count} s</source>
        <translation>用时 {count} 秒</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>已完成</translation>
    </message>
    <message>
        <source>Stopped and kept</source>
        <translation>已停止并保留</translation>
    </message>
</context>
<context>
    <name>JobsDrawer</name>
    <message>
        <source>Jobs</source>
        <translation>任务</translation>
    </message>
    <message>
        <source>Clear finished</source>
        <translation>清除已完成</translation>
    </message>
    <message>
        <source>Close (Esc)</source>
        <translation>关闭（Esc）</translation>
    </message>
    <message>
        <source>No jobs</source>
        <translation>没有任务</translation>
    </message>
    <message>
        <source>Quantizing, converting, comparing, training and downloads appear here while they run.</source>
        <translation>量化、转换、比较、训练和下载运行时会显示在这里。</translation>
    </message>
    <message>
        <source>What runs goes on when the window is closed. What waits starts when Lathe is open again.</source>
        <translation>关闭窗口后，运行中的任务会继续。等待中的任务在下次打开 Lathe 时开始。</translation>
    </message>
    <message>
        <source>What runs goes on when the window is closed.</source>
        <translation>关闭窗口后，运行中的任务会继续。</translation>
    </message>
</context>
<context>
    <name>JobsLink</name>
    <message>
        <source>Jobs</source>
        <translation>任务</translation>
    </message>
    <message>
        <source>Show the jobs</source>
        <translation>显示任务</translation>
    </message>
    <message>
        <source>paused</source>
        <translation>已暂停</translation>
    </message>
    <message>
        <source>waiting</source>
        <translation>等待中</translation>
    </message>
    <message>
        <source>{job} · {count} more</source>
        <translation>{job} · 另有 {count} 个</translation>
    </message>
    <message>
        <source>“{title}” did not succeed</source>
        <translation>“{title}”没有成功</translation>
    </message>
    <message>
        <source>“{title}” was stopped, and what it learned is kept</source>
        <translation>“{title}”已停止，学到的内容已保留</translation>
    </message>
    <message>
        <source>Show</source>
        <translation>显示</translation>
    </message>
    <message>
        <source>“{title}” is done</source>
        <translation>“{title}”已完成</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>打开</translation>
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
    <name>LabPanel</name>
    <message>
        <source>Choose a model first.</source>
        <translation>请先选择模型。</translation>
    </message>
    <message>
        <source>This model has no matrix that the lab can take.</source>
        <translation>此模型没有实验室支持的矩阵。</translation>
    </message>
    <message>
        <source>Choose at least one method.</source>
        <translation>请至少选择一种方法。</translation>
    </message>
    <message>
        <source>Lab: {tensor}, {bits} bits</source>
        <translation>实验：{tensor}，{bits} 位</translation>
    </message>
    <message>
        <source>{file} · fitted on {fitted} tokens, measured on {measured} others, {seconds} s</source>
        <translation>{file} · 用 {fitted} 个词元拟合，另用 {measured} 个测量，{seconds} 秒</translation>
    </message>
    <message>
        <source>Export the results</source>
        <translation>导出结果</translation>
    </message>
    <message>
        <source>Saved as {name}.</source>
        <translation>已保存为 {name}。</translation>
    </message>
</context>
<context>
    <name>LabViewWidget</name>
    <message>
        <source>Run</source>
        <translation>运行</translation>
    </message>
    <message>
        <source>Read the text, and round the matrix with each method (Ctrl+Return)</source>
        <translation>读取文本，并用每种方法对矩阵舍入（Ctrl+Return）</translation>
    </message>
    <message>
        <source>See what quantization does to one layer</source>
        <translation>看看量化对一层做了什么</translation>
    </message>
    <message>
        <source>Choose a matrix of a model and some methods. Lathe reads a text with the model, rounds the matrix with each method, and shows how far the layer&apos;s output moves, and why.</source>
        <translation>选择模型的一个矩阵和几种方法。Lathe 用模型读取一段文本，用每种方法对矩阵舍入，并显示该层的输出偏移多少、为什么。</translation>
    </message>
    <message>
        <source>CSV</source>
        <translation>CSV</translation>
    </message>
    <message>
        <source>Save the table as CSV</source>
        <translation>将表格存为 CSV</translation>
    </message>
    <message>
        <source>PNG</source>
        <translation>PNG</translation>
    </message>
    <message>
        <source>Save table and plots as a picture</source>
        <translation>将表格和图存为图片</translation>
    </message>
    <message>
        <source>Layer</source>
        <translation>层</translation>
    </message>
    <message>
        <source>Rounding</source>
        <translation>舍入</translation>
    </message>
    <message>
        <source>Methods</source>
        <translation>方法</translation>
    </message>
</context>
<context>
    <name>LedgerDialog</name>
    <message>
        <source>Connections</source>
        <translation>连接记录</translation>
    </message>
    <message>
        <source>No connections</source>
        <translation>没有连接</translation>
    </message>
    <message>
        <source>Lathe has not contacted any machine. Searching for models or a chat with an endpoint would.</source>
        <translation>Lathe 没有连接过任何计算机。搜索模型或与端点对话时才会连接。</translation>
    </message>
    <message>
        <source>No connection fits</source>
        <translation>没有符合的连接</translation>
    </message>
    <message>
        <source>Search for another host or another reason.</source>
        <translation>请换一个主机或原因再搜索。</translation>
    </message>
    <message>
        <source>Search connections</source>
        <translation>搜索连接</translation>
    </message>
    <message>
        <source>Search by host, repository or reason</source>
        <translation>按主机、仓库或原因搜索</translation>
    </message>
    <message>
        <source>Clear list</source>
        <translation>清空列表</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>导出…</translation>
    </message>
    <message>
        <source>Export the list</source>
        <translation>导出列表</translation>
    </message>
    <message>
        <source>Tables (*.csv)</source>
        <translation>表格 (*.csv)</translation>
    </message>
    <message>
        <source>{shown} of {total}</source>
        <translation>{shown} / {total}</translation>
    </message>
    <message>
        <source>Written before each connection is made, on this machine only. What was sent and received is not in it.</source>
        <translation>在每次连接之前写入，只保存在本机。不含收发的内容。</translation>
    </message>
    <message>
        <source>Read again</source>
        <translation>重新读取</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
</context>
<context>
    <name>LedgerModel</name>
    <message>
        <source>When</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>Received</source>
        <translation>接收</translation>
    </message>
    <message>
        <source>Host</source>
        <translation>主机</translation>
    </message>
    <message>
        <source>Why</source>
        <translation>原因</translation>
    </message>
    <message>
        <source>no answer</source>
        <translation>没有回答</translation>
    </message>
    <message>
        <source>{host} (this machine)</source>
        <translation>{host}（本机）</translation>
    </message>
    <message>
        <source>An endpoint that you added</source>
        <translation>你添加的端点</translation>
    </message>
    <message>
        <source>You searched for models</source>
        <translation>你搜索了模型</translation>
    </message>
    <message>
        <source>What {repository} offers</source>
        <translation>{repository} 的内容</translation>
    </message>
    <message>
        <source>Download of {repository}</source>
        <translation>下载 {repository}</translation>
    </message>
    <message>
        <source>Installation of an add-on</source>
        <translation>安装附加组件</translation>
    </message>
    <message>
        <source>You asked for a newer release</source>
        <translation>你查询了新版本</translation>
    </message>
    <message>
        <source>Training on a cluster</source>
        <translation>在集群上训练</translation>
    </message>
</context>
<context>
    <name>LedgerRow</name>
    <message>
        <source>Show…</source>
        <translation>查看…</translation>
    </message>
    <message>
        <source>Show connections</source>
        <translation>查看连接记录</translation>
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
    <name>LengthHistogram</name>
    <message>
        <source>Lengths of the rows in tokens</source>
        <translation>各行的词元长度</translation>
    </message>
    <message>
        <source>Cut at {count} tokens</source>
        <translation>在 {count} 个词元处截断</translation>
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
    <message>
        <source>Saved as {name}.</source>
        <translation>已保存为 {name}。</translation>
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
        <source>Read through the layers</source>
        <translation>逐层读取</translation>
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
    <name>LibraryTable</name>
    <message>
        <source>Models</source>
        <translation>模型库</translation>
    </message>
    <message>
        <source>Click to sort; the right button chooses the columns</source>
        <translation>点击表头排序；右键选择列</translation>
    </message>
</context>
<context>
    <name>LibraryTableModel</name>
    <message>
        <source>Name</source>
        <translation>名称</translation>
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
        <source>Context</source>
        <translation>上下文</translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>内存</translation>
    </message>
    <message>
        <source>Found in</source>
        <translation>来源</translation>
    </message>
    <message>
        <source>Changed</source>
        <translation>修改时间</translation>
    </message>
    <message>
        <source>What a load takes with the usual context, against the memory that is free now</source>
        <translation>按常用上下文加载所需的内存，与当前空闲内存相比</translation>
    </message>
    <message>
        <source>fits</source>
        <translation>放得下</translation>
    </message>
    <message>
        <source>just fits</source>
        <translation>勉强</translation>
    </message>
    <message>
        <source>too large</source>
        <translation>太大</translation>
    </message>
    <message>
        <source>Needs about {needed}; {free} is free.</source>
        <translation>约需 {needed}；空闲 {free}。</translation>
    </message>
    <message>
        <source>loaded</source>
        <translation>已加载</translation>
    </message>
</context>
<context>
    <name>LineageView</name>
    <message>
        <source>quantized by {name}</source>
        <translation>由 {name} 量化</translation>
    </message>
    <message>
        <source>its source, as the file says</source>
        <translation>文件中所写的来源</translation>
    </message>
    <message>
        <source>its base model, as the file says</source>
        <translation>文件中所写的基础模型</translation>
    </message>
    <message>
        <source>importance matrix, {chunks} chunks</source>
        <translation>重要性矩阵，{chunks} 个分块</translation>
    </message>
    <message>
        <source>{operation} on {date}</source>
        <translation>{date} {operation}</translation>
    </message>
    <message>
        <source>quantized</source>
        <translation>量化</translation>
    </message>
    <message>
        <source>quantized to a target</source>
        <translation>按目标量化</translation>
    </message>
    <message>
        <source>converted</source>
        <translation>转换</translation>
    </message>
    <message>
        <source>measured</source>
        <translation>测量</translation>
    </message>
    <message>
        <source>downloaded</source>
        <translation>下载</translation>
    </message>
    <message>
        <source>fine-tuned</source>
        <translation>微调</translation>
    </message>
    <message>
        <source>merged</source>
        <translation>合并</translation>
    </message>
    <message>
        <source>pruned</source>
        <translation>剪枝</translation>
    </message>
    <message>
        <source>edited</source>
        <translation>编辑</translation>
    </message>
    <message>
        <source>model</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>importance matrix</source>
        <translation>重要性矩阵</translation>
    </message>
    <message>
        <source>adapter</source>
        <translation>适配器</translation>
    </message>
    <message>
        <source>text</source>
        <translation>文本</translation>
    </message>
    <message>
        <source>data</source>
        <translation>数据</translation>
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
    <message>
        <source>No program opened it. Copy the address instead.</source>
        <translation>没有程序能打开它。请改为复制地址。</translation>
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
    <name>LossChips</name>
    <message>
        <source>“{text}” · {nats} nats</source>
        <translation>“{text}” · {nats} nat</translation>
    </message>
    <message>
        <source>before {nats}</source>
        <translation>之前 {nats}</translation>
    </message>
    <message>
        <source>only read</source>
        <translation>只读取</translation>
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
    <name>MaintenanceDialog</name>
    <message>
        <source>Stopping the engine…</source>
        <translation>正在停止引擎…</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>进度</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Copying and comparing. Lathe starts again when it is done.</source>
        <translation>正在复制并比对。完成后 Lathe 会重新启动。</translation>
    </message>
    <message>
        <source>Done. Lathe starts again.</source>
        <translation>已完成。Lathe 即将重新启动。</translation>
    </message>
    <message>
        <source>Cancelled. Nothing has changed.</source>
        <translation>已取消。没有任何更改。</translation>
    </message>
    <message>
        <source>Start Lathe again</source>
        <translation>重新启动 Lathe</translation>
    </message>
</context>
<context>
    <name>MapView</name>
    <message>
        <source>Colours show</source>
        <translation>颜色表示</translation>
    </message>
    <message>
        <source>Divergence</source>
        <translation>散度</translation>
    </message>
    <message>
        <source>Error of weights</source>
        <translation>权重误差</translation>
    </message>
    <message>
        <source>Chosen types</source>
        <translation>选用的类型</translation>
    </message>
    <message>
        <source>Type</source>
        <translation>类型</translation>
    </message>
    <message>
        <source>Colour scale</source>
        <translation>色标</translation>
    </message>
    <message>
        <source>Show below the map</source>
        <translation>图下方显示</translation>
    </message>
    <message>
        <source>Target</source>
        <translation>目标</translation>
    </message>
    <message>
        <source>Table</source>
        <translation>表格</translation>
    </message>
    <message>
        <source>Tensors</source>
        <translation>张量</translation>
    </message>
    <message>
        <source>{count} tensors · {size} · measured on {tokens} tokens of {text}, with {probe}</source>
        <translation>{count} 个张量 · {size} · 在 {text} 的 {tokens} 个词元上测量，试用 {probe}</translation>
    </message>
    <message>
        <source>{count} tensors · {size} · error of the weights only</source>
        <translation>{count} 个张量 · {size} · 仅权重误差</translation>
    </message>
    <message>
        <source>Tensor</source>
        <translation>张量</translation>
    </message>
    <message>
        <source>Shape</source>
        <translation>形状</translation>
    </message>
    <message>
        <source>Now</source>
        <translation>现在</translation>
    </message>
    <message>
        <source>Values</source>
        <translation>值数</translation>
    </message>
    <message>
        <source>Tried as</source>
        <translation>试用类型</translation>
    </message>
    <message>
        <source>Error</source>
        <translation>误差</translation>
    </message>
    <message>
        <source>Chosen</source>
        <translation>选用</translation>
    </message>
    <message>
        <source>{value} bits</source>
        <translation>{value} bit</translation>
    </message>
</context>
<context>
    <name>MappingEditor</name>
    <message>
        <source>Format</source>
        <translation>格式</translation>
    </message>
    <message>
        <source>Choose a format</source>
        <translation>选择格式</translation>
    </message>
    <message>
        <source>None</source>
        <translation>无</translation>
    </message>
    <message>
        <source>Column of: {field}</source>
        <translation>列：{field}</translation>
    </message>
    <message>
        <source>Choose a column</source>
        <translation>选择列</translation>
    </message>
    <message>
        <source>The columns have names that say nothing. Choose what the rows are, then the columns.</source>
        <translation>列名看不出含义。请先选择数据行的格式，再选择各列。</translation>
    </message>
    <message>
        <source>Still needed: {fields}</source>
        <translation>还需要：{fields}</translation>
    </message>
    <message>
        <source>The column “{column}” is chosen twice.</source>
        <translation>列“{column}”被选择了两次。</translation>
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
    <name>MaskView</name>
    <message>
        <source>cut off</source>
        <translation>已截断</translation>
    </message>
    <message>
        <source>trained</source>
        <translation>训练</translation>
    </message>
    <message>
        <source>only read</source>
        <translation>只读取</translation>
    </message>
    <message>
        <source>“{text}” · id {id} · {state}</source>
        <translation>“{text}” · id {id} · {state}</translation>
    </message>
</context>
<context>
    <name>MemoryBar</name>
    <message>
        <source>Memory</source>
        <translation>内存</translation>
    </message>
    <message>
        <source>Other programs</source>
        <translation>其他程序</translation>
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
    <name>MethodBlock</name>
    <message>
        <source>Strength of SmoothQuant</source>
        <translation>SmoothQuant 的强度</translation>
    </message>
    <message>
        <source>How much of the inputs&apos; range moves to the weights: 0 none, 1 all. The paper uses 0.5 to 0.85.</source>
        <translation>把输入的多少范围转移到权重：0 不转移，1 全部转移。论文使用 0.5 到 0.85。</translation>
    </message>
    <message>
        <source>Threshold of LLM.int8()</source>
        <translation>LLM.int8() 的阈值</translation>
    </message>
    <message>
        <source>Inputs that reach this magnitude stay in 16 bits. The paper uses 6.</source>
        <translation>达到此幅度的输入保持 16 位。论文使用 6。</translation>
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
        <source>Saved as {name}.</source>
        <translation>已保存为 {name}。</translation>
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
    <name>ModelChoiceBlock</name>
    <message>
        <source>Model</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>A GGUF file. Best in F16, BF16 or F32: others hold weights that are rounded already.</source>
        <translation>GGUF 文件。最好是 F16、BF16 或 F32：其他类型的权重已经过舍入。</translation>
    </message>
    <message>
        <source>Layer</source>
        <translation>层</translation>
    </message>
    <message>
        <source>Early, middle and late layers see very different inputs.</source>
        <translation>前、中、后各层的输入差别很大。</translation>
    </message>
    <message>
        <source>Matrix</source>
        <translation>矩阵</translation>
    </message>
    <message>
        <source>Which of the layer&apos;s matrix products is looked at. Stacked experts are not taken.</source>
        <translation>要查看该层的哪个矩阵乘法。不支持堆叠的专家。</translation>
    </message>
    <message>
        <source>The model reads it, and what goes into the matrix is recorded. Methods are fitted on three quarters and measured on the last. Take a text like those the model will work with.</source>
        <translation>模型读取它，并记录进入矩阵的内容。各方法用其中四分之三拟合，用最后四分之一测量。请选用与模型实际用途相近的文本。</translation>
    </message>
    <message>
        <source>More tokens take longer, and make GPTQ better on other text.</source>
        <translation>词元越多耗时越长，也让 GPTQ 在其他文本上表现更好。</translation>
    </message>
    <message>
        <source>{name} · {inputs} inputs, {outputs} outputs · {type}</source>
        <translation>{name} · {inputs} 个输入，{outputs} 个输出 · {type}</translation>
    </message>
    <message>
        <source>Calibration text</source>
        <translation>校准文本</translation>
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
        <source>too large: needs {size}</source>
        <translation>太大：需要 {size}</translation>
    </message>
    <message>
        <source>needs {size}</source>
        <translation>需要 {size}</translation>
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
        <source>%Ln token(s)</source>
        <translation>
            <numerusform>%Ln 词元</numerusform>
        </translation>
    </message>
    <message>
        <source>{bytes} bytes per token · {characters} characters per token · {distinct} distinct</source>
        <translation>每词元 {bytes} 字节 · 每词元 {characters} 字符 · {distinct} 种</translation>
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
    <name>ModelField</name>
    <message>
        <source>Choose a model</source>
        <translation>选择模型</translation>
    </message>
    <message>
        <source>File…</source>
        <translation>文件…</translation>
    </message>
    <message>
        <source>Folder…</source>
        <translation>文件夹…</translation>
    </message>
    <message>
        <source>GGUF models (*.gguf);;All files (*)</source>
        <translation>GGUF 模型 (*.gguf);;所有文件 (*)</translation>
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
        <source>{name} was at rest; the reply begins as soon as it is loaded.</source>
        <translation>{name} 处于休眠；加载完成后立即开始回复。</translation>
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
        <source>{name} was unloaded because nobody used it.</source>
        <translation>{name} 长时间未用，已卸载。</translation>
    </message>
    <message>
        <source>Its memory is free again. The next message loads it.</source>
        <translation>它的内存已释放。下一条消息会重新加载它。</translation>
    </message>
    <message>
        <source>Load it now</source>
        <translation>立即加载</translation>
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
    <message numerus="yes">
        <source>%Ln more: type to find them.</source>
        <translation>
            <numerusform>另有 %Ln 个：输入文字即可查找。</numerusform>
        </translation>
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
        <source>at rest</source>
        <translation>休眠</translation>
    </message>
    <message>
        <source>Model: {name}, at rest</source>
        <translation>模型：{name}，休眠</translation>
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
    <name>ModelPlaces</name>
    <message>
        <source>Add a folder…</source>
        <translation>添加文件夹…</translation>
    </message>
    <message>
        <source>Models on this computer</source>
        <translation>本机上的模型</translation>
    </message>
    <message>
        <source>Looking for them…</source>
        <translation>正在查找…</translation>
    </message>
    <message>
        <source>They are used where they are; nothing is moved or copied.</source>
        <translation>就地使用；不移动、不复制任何文件。</translation>
    </message>
    <message>
        <source>No other program has models here. More can be had under Models.</source>
        <translation>没有其他程序在此存放模型。可在“模型库”中获取更多。</translation>
    </message>
    <message numerus="yes">
        <source>%n model(s)</source>
        <translation>
            <numerusform>%n 个模型</numerusform>
        </translation>
    </message>
    <message>
        <source>List the models of {place}</source>
        <translation>列出 {place} 的模型</translation>
    </message>
</context>
<context>
    <name>ModelSources</name>
    <message>
        <source>Starter</source>
        <translation>入门模型</translation>
    </message>
    <message>
        <source>Your folders</source>
        <translation>你的文件夹</translation>
    </message>
    <message>
        <source>Endpoints</source>
        <translation>端点</translation>
    </message>
    <message>
        <source>Elsewhere</source>
        <translation>其他位置</translation>
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
    <name>ModelsLink</name>
    <message numerus="yes">
        <source>%Ln found</source>
        <translation>
            <numerusform>找到 %Ln 个</numerusform>
        </translation>
    </message>
    <message>
        <source>Looking…</source>
        <translation>正在查找…</translation>
    </message>
    <message>
        <source>Look again</source>
        <translation>重新查找</translation>
    </message>
    <message>
        <source>The path is in the clipboard.</source>
        <translation>路径已复制到剪贴板。</translation>
    </message>
    <message>
        <source>{name} is in the trash.</source>
        <translation>{name} 已移到回收站。</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>Add a folder of models</source>
        <translation>添加模型文件夹</translation>
    </message>
    <message>
        <source>{folder} is off the list. Nothing in it was changed.</source>
        <translation>{folder} 已从列表中移除。其中的内容没有任何更改。</translation>
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
</context>
<context>
    <name>ModelsPage</name>
    <message>
        <source>Search models</source>
        <translation>搜索模型</translation>
    </message>
    <message>
        <source>Search by name, architecture, quantization, licence, tag or path</source>
        <translation>按名称、架构、量化、许可证、标签或路径搜索</translation>
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
        <source>No model fits</source>
        <translation>没有符合的模型</translation>
    </message>
    <message>
        <source>Nothing here has all of these words. Look in another place, or search for less.</source>
        <translation>没有同时包含这些词的模型。换个位置找，或减少关键词。</translation>
    </message>
    <message>
        <source>Show all models</source>
        <translation>显示所有模型</translation>
    </message>
    <message>
        <source>Look again</source>
        <translation>重新查找</translation>
    </message>
    <message>
        <source>Get models…</source>
        <translation>获取模型…</translation>
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
    <name>OfferView</name>
    <message>
        <source>Facts</source>
        <translation>概况</translation>
    </message>
    <message>
        <source>Variants</source>
        <translation>变体</translation>
    </message>
    <message>
        <source>Download</source>
        <translation>下载</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>No repository is chosen</source>
        <translation>未选择仓库</translation>
    </message>
    <message>
        <source>Its files appear here with their sizes before anything is downloaded.</source>
        <translation>下载之前，这里会显示它的文件及大小。</translation>
    </message>
    <message>
        <source>Looking at {repo}…</source>
        <translation>正在查看 {repo}…</translation>
    </message>
    <message>
        <source>This repository has neither GGUF nor safetensors files. Nothing else is fetched.</source>
        <translation>此仓库既没有 GGUF 也没有 safetensors 文件。其他文件不会下载。</translation>
    </message>
    <message>
        <source>Variant</source>
        <translation>变体</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>大小</translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>内存</translation>
    </message>
    <message>
        <source>Weights, a KV cache of 4,096 tokens and buffers, of this computer&apos;s memory</source>
        <translation>权重、4,096 词元的 KV 缓存和缓冲区占本机内存的比例</translation>
    </message>
    <message>
        <source>Here</source>
        <translation>本机</translation>
    </message>
    <message>
        <source>gated: ask its owner first</source>
        <translation>受限：请先向其所有者申请</translation>
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
        <source>Trained context</source>
        <translation>训练上下文</translation>
    </message>
    <message>
        <source>Licence</source>
        <translation>许可证</translation>
    </message>
    <message>
        <source>not stated</source>
        <translation>未注明</translation>
    </message>
    <message>
        <source>Made from</source>
        <translation>制作自</translation>
    </message>
    <message>
        <source>Access</source>
        <translation>访问</translation>
    </message>
    <message>
        <source>Revision</source>
        <translation>修订版本</translation>
    </message>
    <message>
        <source>Check again</source>
        <translation>重新检查</translation>
    </message>
    <message>
        <source>This variant is on this computer already.</source>
        <translation>此变体已在本机。</translation>
    </message>
    <message>
        <source>Continue ({size} left)</source>
        <translation>继续（剩余 {size}）</translation>
    </message>
    <message>
        <source>Download {size}</source>
        <translation>下载 {size}</translation>
    </message>
    <message>
        <source>There is not enough room on the disk: {free} are free.</source>
        <translation>磁盘空间不足：剩余 {free}。</translation>
    </message>
    <message>
        <source>{free} are free on the disk. {count} other files are never fetched.</source>
        <translation>磁盘剩余 {free}。其余 {count} 个文件不会下载。</translation>
    </message>
    <message>
        <source>{free} are free on the disk.</source>
        <translation>磁盘剩余 {free}。</translation>
    </message>
</context>
<context>
    <name>OldCopyRow</name>
    <message>
        <source>Delete…</source>
        <translation>删除…</translation>
    </message>
    <message>
        <source>Delete the old copy of the data</source>
        <translation>删除数据的旧副本</translation>
    </message>
    <message>
        <source>The data was moved here from {folder}, where its copy still takes room.</source>
        <translation>数据已从 {folder} 移到这里，旧副本仍占用空间。</translation>
    </message>
</context>
<context>
    <name>OpinionBars</name>
    <message>
        <source>Candidates of each model</source>
        <translation>各模型的候选</translation>
    </message>
    <message>
        <source>reference</source>
        <translation>参考</translation>
    </message>
    <message>
        <source>KL {value}</source>
        <translation>KL {value}</translation>
    </message>
    <message>
        <source>gave it {p}</source>
        <translation>给出的概率 {p}</translation>
    </message>
    <message>
        <source>gave it {p}, first choice</source>
        <translation>给出的概率 {p}，首选</translation>
    </message>
    <message>
        <source>gave it {p}, choice no. {rank}</source>
        <translation>给出的概率 {p}，排名 {rank}</translation>
    </message>
    <message>
        <source>{model}: {figures}; would say “{text}” ({p})</source>
        <translation>{model}：{figures}；会选“{text}”（{p}）</translation>
    </message>
</context>
<context>
    <name>OpinionsView</name>
    <message>
        <source>What the models would have said</source>
        <translation>各模型会怎么说</translation>
    </message>
    <message>
        <source>Choose a token</source>
        <translation>选择一个词元</translation>
    </message>
    <message>
        <source>Point at a token, or move with the arrow keys, to see what each model would have said.</source>
        <translation>指向一个词元，或用方向键移动，看看各模型会怎么说。</translation>
    </message>
    <message>
        <source>Not scored: it stands in the first half of its chunk and gives the others context.</source>
        <translation>未计分：它位于分块的前半部分，为其余词元提供上下文。</translation>
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
    <name>OutputChoice</name>
    <message>
        <source>Folder</source>
        <translation>文件夹</translation>
    </message>
    <message>
        <source>File name</source>
        <translation>文件名</translation>
    </message>
    <message>
        <source>{model} and {type} are filled in.</source>
        <translation>{model} 和 {type} 会自动填入。</translation>
    </message>
    <message>
        <source>Choose a folder to write to.</source>
        <translation>请选择写入的文件夹。</translation>
    </message>
    <message>
        <source>Several types would get the same file name: put {type} into it.</source>
        <translation>多个类型会得到相同的文件名：请在其中加入 {type}。</translation>
    </message>
    <message>
        <source>Replaces {names}.</source>
        <translation>将替换 {names}。</translation>
    </message>
</context>
<context>
    <name>OutputPlot</name>
    <message>
        <source>worst output</source>
        <translation>最差的输出</translation>
    </message>
    <message>
        <source>best of {count}</source>
        <translation>{count} 个中最好的</translation>
    </message>
</context>
<context>
    <name>OverridesEditor</name>
    <message>
        <source>Add a rule</source>
        <translation>添加规则</translation>
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
        <source>Data</source>
        <translation>数据</translation>
    </message>
    <message>
        <source>Fine-tune</source>
        <translation>微调</translation>
    </message>
    <message>
        <source>Quantize</source>
        <translation>量化</translation>
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
        <source>Throughput</source>
        <translation>吞吐</translation>
    </message>
    <message>
        <source>GGUF adapters (*.gguf)</source>
        <translation>GGUF 适配器 (*.gguf)</translation>
    </message>
    <message>
        <source>Add an adapter</source>
        <translation>添加适配器</translation>
    </message>
    <message>
        <source>The prompt is in the clipboard.</source>
        <translation>提示词已复制到剪贴板。</translation>
    </message>
    <message numerus="yes">
        <source>%Ln token(s)</source>
        <translation>
            <numerusform>%Ln 词元</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln message(s) will be left out of the next prompt.</source>
        <translation>
            <numerusform>下一次提示词将略去 %Ln 条消息。</numerusform>
        </translation>
    </message>
    <message>
        <source>They are marked in the conversation. A larger context would keep them.</source>
        <translation>它们在对话中有标记。更大的上下文可以保留它们。</translation>
    </message>
    <message>
        <source>The conversation has more than {tokens} tokens; the context holds {size}.</source>
        <translation>对话超过 {tokens} 个词元；上下文可容纳 {size} 个。</translation>
    </message>
    <message>
        <source>The policy is to stop. Raise the context length, or let old turns be left out.</source>
        <translation>当前策略是停止。请增大上下文长度，或允许略去较早的轮次。</translation>
    </message>
    <message>
        <source>Raise the context length, or let old turns be left out; then continue the reply.</source>
        <translation>请增大上下文长度，或允许略去较早的轮次；然后续写回复。</translation>
    </message>
    <message>
        <source>The reply ended because the context is full.</source>
        <translation>上下文已满，回复到此结束。</translation>
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
    <name>PartRow</name>
    <message>
        <source>Free…</source>
        <translation>释放…</translation>
    </message>
    <message>
        <source>Free: {part}</source>
        <translation>释放：{part}</translation>
    </message>
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
    <name>PathField</name>
    <message>
        <source>Choose: {name}</source>
        <translation>选择：{name}</translation>
    </message>
</context>
<context>
    <name>PlaceList</name>
    <message>
        <source>Places and filters</source>
        <translation>位置与筛选</translation>
    </message>
    <message>
        <source>Stop looking in this folder</source>
        <translation>不再查找此文件夹</translation>
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
        <source>Find duplicates</source>
        <translation>查找重复项</translation>
    </message>
    <message>
        <source>Reads files of the same size as far as needed to tell whether they are the same</source>
        <translation>按需读取大小相同的文件，以判断它们是否相同</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Comparing files</source>
        <translation>正在比较文件</translation>
    </message>
    <message>
        <source>{size} could be freed: {count} files are there twice or more.</source>
        <translation>可释放 {size}：{count} 个文件存在两份或更多。</translation>
    </message>
    <message>
        <source>No file is there twice.</source>
        <translation>没有重复的文件。</translation>
    </message>
    <message>
        <source>All models</source>
        <translation>所有模型</translation>
    </message>
    <message>
        <source>Places</source>
        <translation>位置</translation>
    </message>
    <message>
        <source>Tags</source>
        <translation>标签</translation>
    </message>
    <message>
        <source>GGUF</source>
        <translation>GGUF</translation>
    </message>
    <message>
        <source>safetensors</source>
        <translation>safetensors</translation>
    </message>
    <message>
        <source>Adapters</source>
        <translation>适配器</translation>
    </message>
    <message>
        <source>Duplicates</source>
        <translation>重复项</translation>
    </message>
    <message>
        <source>Library</source>
        <translation>模型库</translation>
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
    <name>PlacesRow</name>
    <message>
        <source>List the models of {place}</source>
        <translation>列出 {place} 的模型</translation>
    </message>
</context>
<context>
    <name>PlanPanel</name>
    <message>
        <source>What is trained</source>
        <translation>训练哪些内容</translation>
    </message>
    <message>
        <source>Share of the tokens that is trained</source>
        <translation>训练的词元占比</translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>内存</translation>
    </message>
    <message>
        <source>Use settings that fit</source>
        <translation>使用放得下的设置</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>Start training</source>
        <translation>开始训练</translation>
    </message>
    <message numerus="yes">
        <source>%Ln row(s)</source>
        <translation>
            <numerusform>%Ln 行</numerusform>
        </translation>
    </message>
    <message>
        <source>{tokens} tokens, {share} % of them are learned; the rest is only read.</source>
        <translation>{tokens} 个词元，其中 {share} % 用于学习；其余只读取。</translation>
    </message>
    <message>
        <source>Half of the rows have up to {typical} tokens, the longest has {longest}.</source>
        <translation>一半的行不超过 {typical} 个词元，最长的有 {longest} 个。</translation>
    </message>
    <message numerus="yes">
        <source>%Ln row(s) kept aside to measure on.</source>
        <translation>
            <numerusform>%Ln 行留出用于评估。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Counted on the first %Ln row(s).</source>
        <translation>
            <numerusform>按前 %Ln 行计算。</numerusform>
        </translation>
    </message>
    <message>
        <source>{trained} of {all} weights change ({share} %).</source>
        <translation>{all} 个权重中有 {trained} 个会改变（{share} %）。</translation>
    </message>
    <message>
        <source>By transformers and PEFT, {reason}: slower than Lathe&apos;s own loop.</source>
        <translation>由 transformers 和 PEFT 执行，{reason}：比 Lathe 自己的训练循环慢。</translation>
    </message>
    <message>
        <source>{needed} of {total}</source>
        <translation>{needed} / {total}</translation>
    </message>
    <message>
        <source>Only {available} is free: this does not fit.</source>
        <translation>可用的只有 {available}：放不下。</translation>
    </message>
    <message>
        <source>Choose a smaller base.</source>
        <translation>请选择更小的基础模型。</translation>
    </message>
    <message>
        <source>about {time}</source>
        <translation>约 {time}</translation>
    </message>
    <message numerus="yes">
        <source>%Ln step(s)</source>
        <translation>
            <numerusform>%Ln 步</numerusform>
        </translation>
    </message>
    <message>
        <source>every row {times} times</source>
        <translation>每行 {times} 次</translation>
    </message>
    <message numerus="yes">
        <source>%Ln thread(s)</source>
        <translation>
            <numerusform>%Ln 线程</numerusform>
        </translation>
    </message>
    <message>
        <source>Estimated from how fast this machine multiplies; the first steps tell more.</source>
        <translation>按本机的乘法速度估计；开始几步之后会更准确。</translation>
    </message>
    <message>
        <source>From your last run of this kind.</source>
        <translation>依据你上一次同类训练。</translation>
    </message>
    <message numerus="yes">
        <source>By %Ln worker(s) of Ray, processes of this machine.</source>
        <translation>
            <numerusform>由 %Ln 个 Ray 工作进程运行，均在本机。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>By %Ln worker(s) on the Ray cluster that this machine is part of.</source>
        <translation>
            <numerusform>由本机所在 Ray 集群上的 %Ln 个工作进程运行。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>By %Ln worker(s) on the Ray cluster at {address}.</source>
        <translation>
            <numerusform>由 {address} 的 Ray 集群上的 %Ln 个工作进程运行。</numerusform>
        </translation>
    </message>
    <message>
        <source>Each holds the whole model, takes the memory above and its share of every batch.</source>
        <translation>每个进程都保存整个模型，占用上述内存，并承担每个批次的一部分。</translation>
    </message>
    <message>
        <source>Nothing says yet which replies are good.</source>
        <translation>还没有说明哪些回复是好的。</translation>
    </message>
    <message>
        <source>Press “Add a reward” on the left, and choose what is rewarded.</source>
        <translation>请点击左侧的“添加奖励”，并选择奖励什么。</translation>
    </message>
    <message>
        <source>A reward looks for a pattern, and the pattern is empty.</source>
        <translation>有一项奖励要查找模式，但模式为空。</translation>
    </message>
    <message>
        <source>Type a regular expression beside it, or choose another reward.</source>
        <translation>请在旁边输入正则表达式，或选择其他奖励。</translation>
    </message>
    <message>
        <source>A reward calls a Python function, and no file is named.</source>
        <translation>有一项奖励要调用 Python 函数，但没有指定文件。</translation>
    </message>
    <message>
        <source>Type the path of the file beside it, or choose another reward.</source>
        <translation>请在旁边输入文件路径，或选择其他奖励。</translation>
    </message>
    <message>
        <source>Choose a base model first.</source>
        <translation>请先选择基础模型。</translation>
    </message>
    <message>
        <source>Choose a data set, or drop a file on the form.</source>
        <translation>请选择数据集，或把文件拖到表单上。</translation>
    </message>
    <message>
        <source>Finding out what this takes…</source>
        <translation>正在计算所需的资源…</translation>
    </message>
    <message>
        <source>Training is not installed yet.</source>
        <translation>尚未安装训练组件。</translation>
    </message>
    <message>
        <source>It goes on when the window is closed.</source>
        <translation>关闭窗口后会继续。</translation>
    </message>
    <message>
        <source>Before it starts</source>
        <translation>开始之前</translation>
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
        <source>Kept at the beginning</source>
        <translation>开头保留</translation>
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
        <source>Save the changes to “{name}”</source>
        <translation>将更改保存到“{name}”</translation>
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
        <source>Find them</source>
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
    <name>ProbeCard</name>
    <message>
        <source>Drift from its first answer</source>
        <translation>与最初回答的漂移</translation>
    </message>
    <message>
        <source>drift {nats} nats a token</source>
        <translation>漂移 {nats} nat/词元</translation>
    </message>
    <message>
        <source>How much more probable, on average, the tokens of its first answer have become since.</source>
        <translation>它最初回答的各词元此后概率平均提高了多少。</translation>
    </message>
    <message>
        <source>step {step}</source>
        <translation>第 {step} 步</translation>
    </message>
    <message>
        <source>before</source>
        <translation>之前</translation>
    </message>
    <message>
        <source>(nothing)</source>
        <translation>（无）</translation>
    </message>
    <message>
        <source>Mean log probability of the tokens of this answer</source>
        <translation>此回答各词元的平均对数概率</translation>
    </message>
</context>
<context>
    <name>PromptCard</name>
    <message>
        <source>Send this message</source>
        <translation>发送这条消息</translation>
    </message>
    <message>
        <source>Answer of the base</source>
        <translation>基础模型的回答</translation>
    </message>
    <message>
        <source>Answer after training</source>
        <translation>训练后的回答</translation>
    </message>
    <message>
        <source>Base</source>
        <translation>基础模型</translation>
    </message>
    <message>
        <source>After training</source>
        <translation>训练后</translation>
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
    <message>
        <source>Without a template nothing asks for it.</source>
        <translation>没有模板，就不会用到它。</translation>
    </message>
    <message>
        <source>This model&apos;s template does not offer it.</source>
        <translation>此模型的模板不提供该功能。</translation>
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
        <source>Adapters</source>
        <translation>适配器</translation>
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
    <name>QuantizationLab</name>
    <message>
        <source>Methods, the least output error first</source>
        <translation>方法，按输出误差从小到大</translation>
    </message>
    <message>
        <source>{value} s</source>
        <translation>{value} s</translation>
    </message>
    <message>
        <source>Method</source>
        <translation>方法</translation>
    </message>
    <message>
        <source>Bits</source>
        <translation>位数</translation>
    </message>
    <message>
        <source>Bits per weight with scales, zero points, tables and kept weights</source>
        <translation>每权重位数，包括缩放因子、零点、码表和保留的权重</translation>
    </message>
    <message>
        <source>Output error</source>
        <translation>输出误差</translation>
    </message>
    <message>
        <source>How far the layer&apos;s output moves, relative to its size, on text that nothing was fitted on</source>
        <translation>在未用于拟合的文本上，该层输出偏移了多少，相对于输出的大小</translation>
    </message>
    <message>
        <source>Weights only</source>
        <translation>仅权重</translation>
    </message>
    <message>
        <source>The same with inputs that are not rounded</source>
        <translation>同上，但输入不舍入</translation>
    </message>
    <message>
        <source>Fitted text</source>
        <translation>拟合文本</translation>
    </message>
    <message>
        <source>The output error on the text that the method was fitted on: much less than on other text means that it learned the text by heart</source>
        <translation>方法在拟合文本上的输出误差：若远低于其他文本，说明它死记了这段文本</translation>
    </message>
    <message>
        <source>Weight error</source>
        <translation>权重误差</translation>
    </message>
    <message>
        <source>How far the weights themselves moved, relative to their size</source>
        <translation>权重本身偏移了多少，相对于权重的大小</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>Of rounding this matrix, without reading the text</source>
        <translation>对此矩阵舍入所用的时间，不含读取文本</translation>
    </message>
    <message>
        <source>Round to nearest</source>
        <translation>就近舍入</translation>
    </message>
    <message>
        <source>Every weight goes to the closest level. Needs no text and no time.</source>
        <translation>每个权重取最近的量化级。不需要文本，也不花时间。</translation>
    </message>
    <message>
        <source>What all other methods are compared with. Each weight is rounded alone, as if all inputs mattered alike: the error in the weights is the least possible, the error in the output is not.</source>
        <translation>其他所有方法的比较基准。每个权重单独舍入，如同所有输入同等重要：权重误差最小，但输出误差并非最小。</translation>
    </message>
    <message>
        <source>GPTQ</source>
        <translation>GPTQ</translation>
    </message>
    <message>
        <source>Rounds column by column; the columns that are left make up for each error.</source>
        <translation>逐列舍入；其余的列补偿每次的误差。</translation>
    </message>
    <message>
        <source>From the inputs of the calibration text it knows which of them go together (their Gram matrix). After each column, the weights behind it are moved so that the output changes least. Weights end up further from the original, the output nearer. With fewer tokens than some times the inputs it learns the text by heart: compare the errors on fitted and on other text.</source>
        <translation>它从校准文本的输入得知哪些输入相互关联（Gram 矩阵）。每处理一列，就调整其后的权重，使输出变化最小。权重离原值更远，输出却更近。如果词元数不到输入数的若干倍，它会死记文本：请比较拟合文本与其他文本上的误差。</translation>
    </message>
    <message>
        <source>AWQ</source>
        <translation>AWQ</translation>
    </message>
    <message>
        <source>Enlarges the weights of strong inputs before rounding, so that they lose less.</source>
        <translation>舍入前放大强输入对应的权重，使其损失更小。</translation>
    </message>
    <message>
        <source>Weights of inputs that are large on average matter most. They are multiplied by a scale and their inputs divided by it; the strength of the scales is the best of 20 tried on the calibration text. Only one number is fitted, so it hardly depends on the text. Clipping, the paper&apos;s second part, is left out.</source>
        <translation>平均幅度大的输入，其权重最重要。权重乘以一个系数，对应输入除以该系数；系数的强度取在校准文本上试过的 20 个值中最好的一个。只拟合一个数，因此几乎不依赖文本。论文的第二部分（裁剪）未包含。</translation>
    </message>
    <message>
        <source>SmoothQuant</source>
        <translation>SmoothQuant</translation>
    </message>
    <message>
        <source>Moves difficulty from inputs with outliers to the weights, so that both can be rounded.</source>
        <translation>把离群输入的难度转移到权重，使两者都能舍入。</translation>
    </message>
    <message>
        <source>Made for 8 bits in weights and inputs. Each input is divided by a scale and its weights are multiplied by it, from the largest magnitudes of both. At strength 0.5 both ranges become equal. With inputs as they are it has nothing to win, and weights of few bits suffer.</source>
        <translation>为权重和输入均为 8 位而设计。根据两者的最大幅度，每个输入除以一个系数，其权重乘以该系数。强度为 0.5 时两者范围相等。输入保持原样时它没有益处，低位权重还会受损。</translation>
    </message>
    <message>
        <source>LLM.int8()</source>
        <translation>LLM.int8()</translation>
    </message>
    <message>
        <source>Keeps the few inputs with outliers, and their weights, in 16 bits.</source>
        <translation>把少数有离群值的输入及其权重保留为 16 位。</translation>
    </message>
    <message>
        <source>Mixed-precision decomposition: inputs that ever reach the threshold in the calibration text are multiplied in 16 bits, all others are rounded. One outlier no longer spoils the scale of a whole token. The size grows with every input that is kept.</source>
        <translation>混合精度分解：在校准文本中达到过阈值的输入以 16 位相乘，其余全部舍入。一个离群值不再破坏整个词元的缩放因子。每多保留一个输入，体积就增加一些。</translation>
    </message>
    <message>
        <source>Attention: queries</source>
        <translation>注意力：查询</translation>
    </message>
    <message>
        <source>Attention: keys</source>
        <translation>注意力：键</translation>
    </message>
    <message>
        <source>Attention: values</source>
        <translation>注意力：值</translation>
    </message>
    <message>
        <source>Attention: queries, keys, values</source>
        <translation>注意力：查询、键、值</translation>
    </message>
    <message>
        <source>Attention: output</source>
        <translation>注意力：输出</translation>
    </message>
    <message>
        <source>Feed-forward: gate</source>
        <translation>前馈：门控</translation>
    </message>
    <message>
        <source>Feed-forward: up</source>
        <translation>前馈：升维</translation>
    </message>
    <message>
        <source>Feed-forward: down</source>
        <translation>前馈：降维</translation>
    </message>
    <message>
        <source>Router of the experts</source>
        <translation>专家路由器</translation>
    </message>
    <message>
        <source>even levels</source>
        <translation>均匀量化级</translation>
    </message>
    <message>
        <source>normal levels</source>
        <translation>正态量化级</translation>
    </message>
    <message>
        <source>k-means levels</source>
        <translation>k-means 量化级</translation>
    </message>
    <message>
        <source>one set for the matrix</source>
        <translation>整个矩阵共用一组</translation>
    </message>
    <message>
        <source>a set for each output</source>
        <translation>每个输出一组</translation>
    </message>
    <message>
        <source>groups of {size}</source>
        <translation>每组 {size} 个</translation>
    </message>
    <message>
        <source>{bits} bits</source>
        <translation>{bits} 位</translation>
    </message>
    <message>
        <source>asymmetric</source>
        <translation>非对称</translation>
    </message>
    <message>
        <source>inputs in {bits} bits</source>
        <translation>输入 {bits} 位</translation>
    </message>
    <message>
        <source>inputs as they are</source>
        <translation>输入保持原样</translation>
    </message>
</context>
<context>
    <name>QuantizationTypes</name>
    <message>
        <source>Single precision; what a calculation in full accuracy starts from.</source>
        <translation>单精度；全精度计算的起点。</translation>
    </message>
    <message>
        <source>Half precision: 5 bits of exponent. Practically lossless; values over 65504 overflow.</source>
        <translation>半精度：5 位指数。实际上无损；大于 65504 的值会溢出。</translation>
    </message>
    <message>
        <source>Brain float: the range of F32 with 8 bits of fraction. What most models are published in, so lossless for those.</source>
        <translation>Brain float：范围与 F32 相同，8 位尾数。多数模型以此格式发布，因此对它们无损。</translation>
    </message>
    <message>
        <source>Round to nearest in 8 bits. Hardly distinguishable from the original.</source>
        <translation>8 位就近舍入。与原始模型几乎无法区分。</translation>
    </message>
    <message>
        <source>5 bits with scale and minimum. Q5_K_M is better at this size.</source>
        <translation>5 位，带缩放因子和最小值。同样大小下 Q5_K_M 更好。</translation>
    </message>
    <message>
        <source>5 bits with a scale. Q5_K_S is better at this size.</source>
        <translation>5 位，带缩放因子。同样大小下 Q5_K_S 更好。</translation>
    </message>
    <message>
        <source>4 bits with scale and minimum. Q4_K_M is better at this size.</source>
        <translation>4 位，带缩放因子和最小值。同样大小下 Q4_K_M 更好。</translation>
    </message>
    <message>
        <source>4 bits with a scale. The simplest and often the fastest; Q4_K_S is more accurate at this size.</source>
        <translation>4 位，带缩放因子。最简单，往往也最快；同样大小下 Q4_K_S 更准确。</translation>
    </message>
    <message>
        <source>6 bits in blocks of 16. Close to Q8_0 at three quarters of its size.</source>
        <translation>6 位，每 16 个一块。接近 Q8_0，大小为其四分之三。</translation>
    </message>
    <message>
        <source>5 bits; sensitive tensors in 6. Very small loss.</source>
        <translation>5 位；敏感张量用 6 位。损失很小。</translation>
    </message>
    <message>
        <source>5 bits throughout; the head in 6.</source>
        <translation>全部 5 位；输出头用 6 位。</translation>
    </message>
    <message>
        <source>4 bits; half of the sensitive tensors in 6. The usual choice between size and loss.</source>
        <translation>4 位；一半的敏感张量用 6 位。大小与损失之间的常用选择。</translation>
    </message>
    <message>
        <source>4 bits; a few tensors in 5.</source>
        <translation>4 位；少数张量用 5 位。</translation>
    </message>
    <message>
        <source>3 bits; sensitive tensors in 5.</source>
        <translation>3 位；敏感张量用 5 位。</translation>
    </message>
    <message>
        <source>3 bits; sensitive tensors in 4 or 5. The loss shows.</source>
        <translation>3 位；敏感张量用 4 或 5 位。损失看得出来。</translation>
    </message>
    <message>
        <source>3 bits nearly throughout. High loss.</source>
        <translation>几乎全部 3 位。损失大。</translation>
    </message>
    <message>
        <source>2 bits; sensitive tensors in 3 or 4. Severe loss.</source>
        <translation>2 位；敏感张量用 3 或 4 位。损失严重。</translation>
    </message>
    <message>
        <source>2 bits with fewer exceptions than Q2_K. Made for use with an importance matrix.</source>
        <translation>2 位，例外比 Q2_K 少。应配合重要性矩阵使用。</translation>
    </message>
    <message>
        <source>4 bits, 16 levels that are not evenly spaced, blocks of 32: fits every width.</source>
        <translation>4 位，16 个不等距的量化级，每 32 个一块：适合任何宽度。</translation>
    </message>
    <message>
        <source>The levels of IQ4_NL with 6-bit scales in super-blocks of 256.</source>
        <translation>IQ4_NL 的量化级，配合 256 个一组的超块和 6 位缩放因子。</translation>
    </message>
    <message>
        <source>3.4 bits from a table of patterns; sensitive tensors in 4.</source>
        <translation>3.4 位，取自模式表；敏感张量用 4 位。</translation>
    </message>
    <message>
        <source>3.4 bits from a table of patterns, nearly throughout.</source>
        <translation>3.4 位，取自模式表，几乎全部如此。</translation>
    </message>
    <message>
        <source>Between IQ3_XXS and IQ3_S: a mix of both.</source>
        <translation>介于 IQ3_XXS 与 IQ3_S 之间：两者混合。</translation>
    </message>
    <message>
        <source>3.1 bits from a smaller table of patterns.</source>
        <translation>3.1 位，取自较小的模式表。</translation>
    </message>
    <message>
        <source>2.6 bits; sensitive tensors in 3 to 4.</source>
        <translation>2.6 位；敏感张量用 3 到 4 位。</translation>
    </message>
    <message>
        <source>2.3 bits, sensitive tensors in 2.6 to 3.4.</source>
        <translation>2.3 位，敏感张量用 2.6 到 3.4 位。</translation>
    </message>
    <message>
        <source>2.3 bits from a table of 512 patterns.</source>
        <translation>2.3 位，取自 512 种模式的表。</translation>
    </message>
    <message>
        <source>2.1 bits from a table of 256 patterns.</source>
        <translation>2.1 位，取自 256 种模式的表。</translation>
    </message>
    <message>
        <source>1.8 bits. For very large models that fit no other way.</source>
        <translation>1.8 位。用于别无他法才能放下的超大模型。</translation>
    </message>
    <message>
        <source>1.6 bits. For very large models that fit no other way.</source>
        <translation>1.6 位。用于别无他法才能放下的超大模型。</translation>
    </message>
    <message>
        <source>Ternary weights in 2 bits each: fast to read.</source>
        <translation>三值权重，每个 2 位：读取快。</translation>
    </message>
    <message>
        <source>Ternary weights, five of them in a byte: smaller.</source>
        <translation>三值权重，五个存入一个字节：更小。</translation>
    </message>
    <message>
        <source>The OCP format: 4-bit floats (E2M1), one power of two as scale for 32. Only the expert tensors of mixtures get it; the others Q8_0.</source>
        <translation>OCP 格式：4 位浮点数（E2M1），每 32 个共用一个 2 的幂作为缩放因子。只用于混合专家的专家张量；其余用 Q8_0。</translation>
    </message>
    <message>
        <source>2 bits with a scale for 64 weights.</source>
        <translation>2 位，每 64 个权重一个缩放因子。</translation>
    </message>
    <message>
        <source>The sign of each weight and a scale for 128 weights.</source>
        <translation>每个权重的符号，每 128 个权重一个缩放因子。</translation>
    </message>
    <message>
        <source>Floating-point numbers, one by one. No blocks, no scales.</source>
        <translation>逐个存储的浮点数。没有分块，没有缩放因子。</translation>
    </message>
    <message>
        <source>Blocks of 32 weights in a row of the matrix, each with a scale of 16 bits; _0 types are symmetric (weight = scale · q), _1 types add a minimum (weight = scale · q + minimum).</source>
        <translation>矩阵行中每 32 个权重一块，各有一个 16 位缩放因子；_0 类型对称（权重 = 缩放因子 · q），_1 类型另加最小值（权重 = 缩放因子 · q + 最小值）。</translation>
    </message>
    <message>
        <source>Super-blocks of 256 weights: blocks of 16 or 32 with scales that are themselves quantized to 4, 6 or 8 bits against one or two 16-bit scales. Rows that are no multiple of 256 fall back to other types.</source>
        <translation>256 个权重为一个超块：内含 16 或 32 个一块的小块，其缩放因子本身也量化为 4、6 或 8 位，以一两个 16 位缩放因子为基准。行宽不是 256 倍数时改用其他类型。</translation>
    </message>
    <message>
        <source>Super-blocks of 256 weights whose groups of 4 or 8 are looked up in a fixed table of good patterns, with signs and small scales. Smaller for the same error, slower to write and on CPUs to read.</source>
        <translation>256 个权重为一个超块，每 4 或 8 个一组，在固定的优良模式表中查找，并带符号和小的缩放因子。误差相同时更小，但写出较慢，在 CPU 上读取也较慢。</translation>
    </message>
    <message>
        <source>Three values, -1, 0 and 1, with a scale for 256 weights: for models that were trained so (BitNet, TriLM). Other models become useless.</source>
        <translation>三个值：-1、0 和 1，每 256 个权重一个缩放因子：用于以此方式训练的模型（BitNet、TriLM）。其他模型会变得不可用。</translation>
    </message>
    <message>
        <source>Tiny floating-point numbers of 4 bits with a shared scale: formats of accelerators.</source>
        <translation>4 位微型浮点数，共用一个缩放因子：面向加速器的格式。</translation>
    </message>
    <message>
        <source>One or two bits and a scale for each block: for models that were trained so.</source>
        <translation>一或两位，每块一个缩放因子：用于以此方式训练的模型。</translation>
    </message>
    <message>
        <source>Floating point</source>
        <translation>浮点</translation>
    </message>
    <message>
        <source>Plain blocks</source>
        <translation>普通分块</translation>
    </message>
    <message>
        <source>K-quants</source>
        <translation>K 量化</translation>
    </message>
    <message>
        <source>I-quants</source>
        <translation>I 量化</translation>
    </message>
    <message>
        <source>Ternary</source>
        <translation>三值</translation>
    </message>
    <message>
        <source>Microscaling</source>
        <translation>微缩放</translation>
    </message>
    <message>
        <source>One and two bits</source>
        <translation>一位与两位</translation>
    </message>
    <message>
        <source>Q6_K for half of them</source>
        <translation>Q6_K（其中一半）</translation>
    </message>
    <message>
        <source>Q6_K for the head</source>
        <translation>Q6_K（输出头）</translation>
    </message>
    <message>
        <source>Q5_K for the first layers</source>
        <translation>Q5_K（前几层）</translation>
    </message>
    <message>
        <source>Q4_K for some</source>
        <translation>Q4_K（部分）</translation>
    </message>
    <message>
        <source>IQ3_XXS for some</source>
        <translation>IQ3_XXS（部分）</translation>
    </message>
    <message>
        <source>Q8_0 outside of experts</source>
        <translation>Q8_0（专家之外）</translation>
    </message>
</context>
<context>
    <name>QuantizeJobs</name>
    <message>
        <source>{model}: importance matrix</source>
        <translation>{model}：重要性矩阵</translation>
    </message>
</context>
<context>
    <name>QuantizePanel</name>
    <message numerus="yes">
        <source>Quantize to %n type(s)</source>
        <translation>
            <numerusform>量化为 %n 种类型</numerusform>
        </translation>
    </message>
    <message>
        <source>Quantize</source>
        <translation>量化</translation>
    </message>
    <message>
        <source>Choose a model first.</source>
        <translation>请先选择模型。</translation>
    </message>
    <message>
        <source>This does not work: see above.</source>
        <translation>这行不通：请看上方说明。</translation>
    </message>
    <message>
        <source>Tick at least one type.</source>
        <translation>请至少勾选一种类型。</translation>
    </message>
    <message>
        <source>Choose an importance matrix file.</source>
        <translation>请选择重要性矩阵文件。</translation>
    </message>
    <message>
        <source>One of the rules is no regular expression.</source>
        <translation>其中一条规则不是正则表达式。</translation>
    </message>
    <message>
        <source>{name} is the file that is read: give the new one another name.</source>
        <translation>{name} 是正在读取的文件：请给新文件取另一个名称。</translation>
    </message>
</context>
<context>
    <name>QuantizeView</name>
    <message>
        <source>Work on model files</source>
        <translation>处理模型文件</translation>
    </message>
    <message>
        <source>Model to quantize</source>
        <translation>要量化的模型</translation>
    </message>
    <message>
        <source>Made from this model</source>
        <translation>已由此模型制作</translation>
    </message>
    <message>
        <source>Choose the model to make smaller. The original is never changed.</source>
        <translation>选择要缩小的模型。原文件绝不会被改动。</translation>
    </message>
    <message>
        <source>{count} parameters</source>
        <translation>{count} 参数</translation>
    </message>
    <message>
        <source>This model is quantized already ({types}): every further step adds a second loss to the first. Where the original in F16, BF16 or F32 is to be had, quantize that.</source>
        <translation>此模型已经量化过（{types}）：每多一步都会在第一次损失之上再加一次损失。如果能得到 F16、BF16 或 F32 的原始模型，请量化原始模型。</translation>
    </message>
    <message>
        <source>What the type means</source>
        <translation>该类型的含义</translation>
    </message>
    <message>
        <source>What it means</source>
        <translation>说明</translation>
    </message>
    <message>
        <source>Tensors</source>
        <translation>张量</translation>
    </message>
    <message>
        <source>Below the table</source>
        <translation>表格下方显示</translation>
    </message>
    <message>
        <source>Finding out the sizes…</source>
        <translation>正在计算大小…</translation>
    </message>
    <message>
        <source>Importance matrix</source>
        <translation>重要性矩阵</translation>
    </message>
    <message>
        <source>Types of single tensors</source>
        <translation>单个张量的类型</translation>
    </message>
    <message>
        <source>Write to</source>
        <translation>写入到</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>设置</translation>
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
        <source>The text has not been read</source>
        <translation>这段文本尚未读取</translation>
    </message>
    <message>
        <source>Its attention is there once the model has read it to the end.</source>
        <translation>模型读完后即可查看其注意力。</translation>
    </message>
    <message>
        <source>Read it</source>
        <translation>读取</translation>
    </message>
    <message>
        <source>See what the model reads</source>
        <translation>看看模型在读什么</translation>
    </message>
    <message>
        <source>For each token that is written, every head of every layer looks back at the text. Send a message: it appears here while the reply is written.</source>
        <translation>每写一个词元，每层的每个头都会回看前文。发送一条消息：写回复时就会显示在这里。</translation>
    </message>
    <message>
        <source>For each token, every head of every layer looks back at the text. Choose Text above, type one, and look inside; or send a message in a chat.</source>
        <translation>对每个词元，每层的每个头都会回看前文。请在上方选择“文本”，输入一段并剖析；或在对话中发送消息。</translation>
    </message>
</context>
<context>
    <name>ReadingView</name>
    <message>
        <source>Article</source>
        <translation>文章</translation>
    </message>
    <message>
        <source>See also</source>
        <translation>另见</translation>
    </message>
    <message>
        <source>Previous article: {title}</source>
        <translation>上一篇：{title}</translation>
    </message>
    <message>
        <source>Next article: {title}</source>
        <translation>下一篇：{title}</translation>
    </message>
</context>
<context>
    <name>Recipe</name>
    <message>
        <source>Base model</source>
        <translation>基础模型</translation>
    </message>
    <message>
        <source>A name of the library, a GGUF file, or a folder.</source>
        <translation>模型库中的名称、GGUF 文件或文件夹。</translation>
    </message>
    <message>
        <source>Data</source>
        <translation>数据</translation>
    </message>
    <message>
        <source>The file with the rows, or several of them.</source>
        <translation>包含数据行的一个或多个文件。</translation>
    </message>
    <message>
        <source>Method</source>
        <translation>方法</translation>
    </message>
    <message>
        <source>Which weights are learned.</source>
        <translation>学习哪些权重。</translation>
    </message>
    <message>
        <source>Objective</source>
        <translation>目标</translation>
    </message>
    <message>
        <source>What it learns from.</source>
        <translation>从什么中学习。</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>What the run is called.</source>
        <translation>这次训练的名称。</translation>
    </message>
    <message>
        <source>Notes</source>
        <translation>备注</translation>
    </message>
    <message>
        <source>For you.</source>
        <translation>供你自己使用。</translation>
    </message>
    <message>
        <source>Tags</source>
        <translation>标签</translation>
    </message>
    <message>
        <source>Licence</source>
        <translation>许可证</translation>
    </message>
    <message>
        <source>Of the result; it has to fit those of the base and of the data.</source>
        <translation>训练结果的许可证；须与基础模型和数据的许可证相容。</translation>
    </message>
    <message>
        <source>Rank</source>
        <translation>秩</translation>
    </message>
    <message>
        <source>How many directions each layer may change in. More can learn more and takes more memory.</source>
        <translation>每层可以在多少个方向上改变。越大能学得越多，占用内存也越多。</translation>
    </message>
    <message>
        <source>Alpha</source>
        <translation>Alpha</translation>
    </message>
    <message>
        <source>How strongly the change counts: it is multiplied by alpha/r (alpha/√r for rsLoRA).</source>
        <translation>改变的强度：乘以 alpha/r（rsLoRA 为 alpha/√r）。</translation>
    </message>
    <message>
        <source>Dropout</source>
        <translation>Dropout</translation>
    </message>
    <message>
        <source>Share of inputs left out at random while training, against learning by heart. Above 0 the slower general path trains.</source>
        <translation>训练时随机略去的输入比例，防止死记硬背。大于 0 时使用较慢的通用路径。</translation>
    </message>
    <message>
        <source>Layers</source>
        <translation>层</translation>
    </message>
    <message>
        <source>Names of the layers that are changed, as in PEFT; “all-linear” takes all but the output head.</source>
        <translation>要改变的层名称，与 PEFT 相同；“all-linear”表示除输出头外的全部。</translation>
    </message>
    <message>
        <source>Rank at the start</source>
        <translation>初始秩</translation>
    </message>
    <message>
        <source>The rank of every layer before pruning.</source>
        <translation>剪枝前每层的秩。</translation>
    </message>
    <message>
        <source>Rank at the end</source>
        <translation>最终秩</translation>
    </message>
    <message>
        <source>The average rank that remains.</source>
        <translation>剪枝后的平均秩。</translation>
    </message>
    <message>
        <source>How strongly the change counts.</source>
        <translation>改变的强度。</translation>
    </message>
    <message>
        <source>Steps before pruning</source>
        <translation>剪枝前步数</translation>
    </message>
    <message>
        <source>Steps in which no rank is taken away.</source>
        <translation>在这些步内不减少秩。</translation>
    </message>
    <message>
        <source>Steps after pruning</source>
        <translation>剪枝后步数</translation>
    </message>
    <message>
        <source>Steps at the end with the ranks as they then are.</source>
        <translation>最后这些步内保持当时的秩。</translation>
    </message>
    <message>
        <source>Steps between two prunings</source>
        <translation>剪枝间隔步数</translation>
    </message>
    <message>
        <source>How often ranks are given out anew.</source>
        <translation>每隔多少步重新分配秩。</translation>
    </message>
    <message>
        <source>Orthogonality</source>
        <translation>正交性</translation>
    </message>
    <message>
        <source>Weight of the term that keeps directions apart.</source>
        <translation>使各方向保持独立的损失项的权重。</translation>
    </message>
    <message>
        <source>Names of the layers that are changed, as in PEFT.</source>
        <translation>要改变的层名称，与 PEFT 相同。</translation>
    </message>
    <message>
        <source>4-bit type</source>
        <translation>4 位类型</translation>
    </message>
    <message>
        <source>NF4 suits weights; FP4 is the plain floating-point kind.</source>
        <translation>NF4 适合权重；FP4 是普通的浮点类型。</translation>
    </message>
    <message>
        <source>Quantize twice</source>
        <translation>双重量化</translation>
    </message>
    <message>
        <source>Store the scales smaller too: 0.4 bits a weight less.</source>
        <translation>缩放因子也压缩存储：每权重再省 0.4 位。</translation>
    </message>
    <message>
        <source>Names of the layers that are scaled.</source>
        <translation>要缩放的层名称。</translation>
    </message>
    <message>
        <source>Feed-forward layers</source>
        <translation>前馈层</translation>
    </message>
    <message>
        <source>Those of them whose input is scaled, not the output.</source>
        <translation>其中缩放输入而非输出的层。</translation>
    </message>
    <message>
        <source>Virtual tokens</source>
        <translation>虚拟词元数</translation>
    </message>
    <message>
        <source>Length of the learned prefix.</source>
        <translation>所学前缀的长度。</translation>
    </message>
    <message>
        <source>Projection</source>
        <translation>投影</translation>
    </message>
    <message>
        <source>Learn the prefix through a small network; steadier, larger.</source>
        <translation>通过小型网络学习前缀；更稳定，也更大。</translation>
    </message>
    <message>
        <source>Projection size</source>
        <translation>投影大小</translation>
    </message>
    <message>
        <source>Width of that network.</source>
        <translation>该网络的宽度。</translation>
    </message>
    <message>
        <source>Length of the learned prompt.</source>
        <translation>所学提示词的长度。</translation>
    </message>
    <message>
        <source>Start from</source>
        <translation>起始内容</translation>
    </message>
    <message>
        <source>A text whose embeddings the prompt starts from; empty: random.</source>
        <translation>提示词以这段文本的嵌入为起点；留空则随机。</translation>
    </message>
    <message>
        <source>Network</source>
        <translation>网络</translation>
    </message>
    <message>
        <source>What writes the prompt.</source>
        <translation>生成提示词的网络。</translation>
    </message>
    <message>
        <source>Network size</source>
        <translation>网络大小</translation>
    </message>
    <message>
        <source>Bottleneck</source>
        <translation>瓶颈</translation>
    </message>
    <message>
        <source>Width of the narrow layers.</source>
        <translation>窄层的宽度。</translation>
    </message>
    <message>
        <source>Activation</source>
        <translation>激活函数</translation>
    </message>
    <message>
        <source>Between the two narrow layers.</source>
        <translation>两个窄层之间的激活函数。</translation>
    </message>
    <message>
        <source>After attention</source>
        <translation>注意力之后</translation>
    </message>
    <message>
        <source>Put one adapter after each attention.</source>
        <translation>每个注意力之后放一个适配器。</translation>
    </message>
    <message>
        <source>After the feed-forward</source>
        <translation>前馈之后</translation>
    </message>
    <message>
        <source>Put one adapter after each feed-forward.</source>
        <translation>每个前馈之后放一个适配器。</translation>
    </message>
    <message>
        <source>Beta</source>
        <translation>Beta</translation>
    </message>
    <message>
        <source>How closely the model stays to the one it started from.</source>
        <translation>模型与起点保持接近的程度。</translation>
    </message>
    <message>
        <source>Label smoothing</source>
        <translation>标签平滑</translation>
    </message>
    <message>
        <source>Share of preferences taken to be wrong.</source>
        <translation>假定标错的偏好所占比例。</translation>
    </message>
    <message>
        <source>Loss</source>
        <translation>损失</translation>
    </message>
    <message>
        <source>Sigmoid is DPO as published.</source>
        <translation>Sigmoid 即论文发表的 DPO。</translation>
    </message>
    <message>
        <source>Weight of good answers</source>
        <translation>好回答的权重</translation>
    </message>
    <message>
        <source>Their weight in the loss.</source>
        <translation>它们在损失中的权重。</translation>
    </message>
    <message>
        <source>Weight of bad answers</source>
        <translation>差回答的权重</translation>
    </message>
    <message>
        <source>Weight of the preference beside the likelihood of the answer.</source>
        <translation>相对于回答似然，偏好项的权重。</translation>
    </message>
    <message>
        <source>Centring</source>
        <translation>得分居中</translation>
    </message>
    <message>
        <source>Pulls the scores towards an average of 0; 0 does not.</source>
        <translation>把得分拉向平均值 0；0 表示不使用。</translation>
    </message>
    <message>
        <source>Rewards</source>
        <translation>奖励</translation>
    </message>
    <message>
        <source>What good replies are.</source>
        <translation>什么样的回复是好的。</translation>
    </message>
    <message>
        <source>Replies to a prompt</source>
        <translation>每个提示词的回复数</translation>
    </message>
    <message>
        <source>They are compared with each other.</source>
        <translation>它们会相互比较。</translation>
    </message>
    <message>
        <source>Longest reply</source>
        <translation>最长回复</translation>
    </message>
    <message>
        <source>In tokens.</source>
        <translation>单位为词元。</translation>
    </message>
    <message>
        <source>Temperature</source>
        <translation>温度</translation>
    </message>
    <message>
        <source>How freely replies are sampled.</source>
        <translation>回复采样的自由程度。</translation>
    </message>
    <message>
        <source>Weight of the divergence from the model at the start.</source>
        <translation>与起始模型之间散度的权重。</translation>
    </message>
    <message>
        <source>Scale</source>
        <translation>奖励缩放</translation>
    </message>
    <message>
        <source>GRPO: divide advantages by the spread within a prompt.</source>
        <translation>GRPO：用同一提示词内的离散程度去除优势。</translation>
    </message>
    <message>
        <source>Steps</source>
        <translation>步数</translation>
    </message>
    <message>
        <source>How often the weights change; 0: as many as the epochs need.</source>
        <translation>权重改变的次数；0：按轮数所需。</translation>
    </message>
    <message>
        <source>Epochs</source>
        <translation>轮数</translation>
    </message>
    <message>
        <source>How often every row is seen, where no number of steps is given.</source>
        <translation>未指定步数时，每行使用的次数。</translation>
    </message>
    <message>
        <source>Batch size</source>
        <translation>批大小</translation>
    </message>
    <message>
        <source>Rows in memory at once. With packing: packed rows.</source>
        <translation>同时放在内存中的行数。打包时为打包后的行。</translation>
    </message>
    <message>
        <source>Batches to a step</source>
        <translation>梯度累积批数</translation>
    </message>
    <message>
        <source>Batches that are added up before each step.</source>
        <translation>每一步之前累积的批数。</translation>
    </message>
    <message>
        <source>Longest row</source>
        <translation>最大行长</translation>
    </message>
    <message>
        <source>In tokens; what is longer is cut off at the end.</source>
        <translation>单位为词元；超出部分从末尾截断。</translation>
    </message>
    <message>
        <source>Packing</source>
        <translation>打包</translation>
    </message>
    <message>
        <source>Put short rows together up to the longest length. They do not see each other.</source>
        <translation>把短行拼接到最大长度。它们彼此不可见。</translation>
    </message>
    <message>
        <source>Learning rate</source>
        <translation>学习率</translation>
    </message>
    <message>
        <source>How far each step goes. Too high forgets and diverges, too low learns nothing.</source>
        <translation>每一步走多远。过高会遗忘和发散，过低学不到东西。</translation>
    </message>
    <message>
        <source>Schedule</source>
        <translation>学习率调度</translation>
    </message>
    <message>
        <source>How the learning rate falls after the warm-up.</source>
        <translation>预热之后学习率如何下降。</translation>
    </message>
    <message>
        <source>Warm-up steps</source>
        <translation>预热步数</translation>
    </message>
    <message>
        <source>Steps in which the learning rate rises from 0.</source>
        <translation>学习率从 0 上升的步数。</translation>
    </message>
    <message>
        <source>Warm-up share</source>
        <translation>预热比例</translation>
    </message>
    <message>
        <source>The same as a share of all steps, if steps is 0.</source>
        <translation>同上，以占总步数的比例表示，步数为 0 时使用。</translation>
    </message>
    <message>
        <source>Weight decay</source>
        <translation>权重衰减</translation>
    </message>
    <message>
        <source>Pulls weights (not norms or biases) to 0.</source>
        <translation>把权重（不含归一化和偏置）拉向 0。</translation>
    </message>
    <message>
        <source>Clipping</source>
        <translation>梯度裁剪</translation>
    </message>
    <message>
        <source>Longer gradients are shortened; 0 does not.</source>
        <translation>缩短过长的梯度；0 表示不裁剪。</translation>
    </message>
    <message>
        <source>Adam β₁</source>
        <translation>Adam β₁</translation>
    </message>
    <message>
        <source>Memory of the mean gradient.</source>
        <translation>梯度均值的记忆系数。</translation>
    </message>
    <message>
        <source>Adam β₂</source>
        <translation>Adam β₂</translation>
    </message>
    <message>
        <source>Memory of the squared gradient.</source>
        <translation>梯度平方的记忆系数。</translation>
    </message>
    <message>
        <source>Adam ε</source>
        <translation>Adam ε</translation>
    </message>
    <message>
        <source>Keeps the division of Adam finite.</source>
        <translation>防止 Adam 中除以零。</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>随机种子</translation>
    </message>
    <message>
        <source>The same seed gives the same run on the same machine.</source>
        <translation>相同的种子在同一台计算机上得到相同的训练结果。</translation>
    </message>
    <message>
        <source>Precision</source>
        <translation>精度</translation>
    </message>
    <message>
        <source>auto: bf16 where it is faster here and learns as well, else fp32.</source>
        <translation>auto：在此机器上 bf16 更快且学习效果相同时用 bf16，否则用 fp32。</translation>
    </message>
    <message>
        <source>host:port of its head, auto for a cluster that this machine is part of, local for processes of this machine; empty: no cluster.</source>
        <translation>其主节点的 host:port；auto 表示本机所属的集群，local 表示本机的进程；留空：不用集群。</translation>
    </message>
    <message>
        <source>Recompute</source>
        <translation>重算激活</translation>
    </message>
    <message>
        <source>Keep less in memory and compute it twice: a third slower.</source>
        <translation>内存中少保留一些，改为计算两次：慢三分之一。</translation>
    </message>
    <message>
        <source>Threads</source>
        <translation>线程</translation>
    </message>
    <message>
        <source>0: one a physical core.</source>
        <translation>0：每个物理核心一个。</translation>
    </message>
    <message>
        <source>Learn from</source>
        <translation>学习内容</translation>
    </message>
    <message>
        <source>answer: the model learns to write the answers. all: prompts, too.</source>
        <translation>answer：模型学习写回答。all：也学习提示词。</translation>
    </message>
    <message>
        <source>Steps between evaluations</source>
        <translation>评估间隔步数</translation>
    </message>
    <message>
        <source>0: about ten times in the run.</source>
        <translation>0：整个训练约十次。</translation>
    </message>
    <message>
        <source>Rows to evaluate on</source>
        <translation>评估行数</translation>
    </message>
    <message>
        <source>At most so many of the held-out rows.</source>
        <translation>最多使用这么多留出的行。</translation>
    </message>
    <message>
        <source>Steps between checkpoints</source>
        <translation>检查点间隔步数</translation>
    </message>
    <message>
        <source>0: about every two minutes, and at the end.</source>
        <translation>0：约每两分钟一次，以及结束时。</translation>
    </message>
    <message>
        <source>Checkpoints kept</source>
        <translation>保留检查点数</translation>
    </message>
    <message>
        <source>Older ones are removed.</source>
        <translation>更早的会删除。</translation>
    </message>
    <message>
        <source>Patience</source>
        <translation>早停耐心</translation>
    </message>
    <message>
        <source>Stop after so many evaluations without improvement; 0: never.</source>
        <translation>这么多次评估没有改善即停止；0：从不。</translation>
    </message>
    <message>
        <source>Improvement</source>
        <translation>最小改善</translation>
    </message>
    <message>
        <source>What counts as one, in nats of held-out loss.</source>
        <translation>多少才算改善，单位为留出损失的 nat。</translation>
    </message>
    <message>
        <source>Path</source>
        <translation>训练路径</translation>
    </message>
    <message>
        <source>auto: Lathe&apos;s own loop where it fits, else transformers and PEFT.</source>
        <translation>auto：适用时用 Lathe 自己的循环，否则用 transformers 和 PEFT。</translation>
    </message>
    <message>
        <source>Format</source>
        <translation>格式</translation>
    </message>
    <message>
        <source>auto recognises messages, Alpaca, ShareGPT, text, preferences, KTO.</source>
        <translation>auto 可识别 messages、Alpaca、ShareGPT、文本、偏好、KTO。</translation>
    </message>
    <message>
        <source>Columns</source>
        <translation>列</translation>
    </message>
    <message>
        <source>Where they are not recognised: role = column.</source>
        <translation>无法识别时填写：角色 = 列。</translation>
    </message>
    <message>
        <source>Held out</source>
        <translation>留出</translation>
    </message>
    <message>
        <source>Share of the rows that is never trained on, to see whether it helps elsewhere.</source>
        <translation>从不用于训练的行所占比例，用来检验在其他数据上是否有效。</translation>
    </message>
    <message>
        <source>Held-out file</source>
        <translation>留出文件</translation>
    </message>
    <message>
        <source>Rows of their own instead of a share.</source>
        <translation>用单独的文件代替按比例留出。</translation>
    </message>
    <message>
        <source>Seed of the split</source>
        <translation>划分所用的随机种子</translation>
    </message>
    <message>
        <source>Which rows these are.</source>
        <translation>决定留出哪些行。</translation>
    </message>
    <message>
        <source>At most</source>
        <translation>最多行数</translation>
    </message>
    <message>
        <source>Use only the first rows; 0: all.</source>
        <translation>只使用前面这么多行；0：全部。</translation>
    </message>
    <message>
        <source>Probe prompts</source>
        <translation>探测提示词</translation>
    </message>
    <message>
        <source>Answered again and again, to see what changes.</source>
        <translation>反复回答，观察有什么变化。</translation>
    </message>
    <message>
        <source>Steps between</source>
        <translation>间隔步数</translation>
    </message>
    <message>
        <source>0: with every evaluation.</source>
        <translation>0：与每次评估同时。</translation>
    </message>
    <message>
        <source>Longest answer</source>
        <translation>最长回答</translation>
    </message>
    <message>
        <source>Watched rows</source>
        <translation>观察的行</translation>
    </message>
    <message>
        <source>Held-out rows whose loss is shown token by token, from 0.</source>
        <translation>逐词元显示损失的留出行，从 0 开始。</translation>
    </message>
    <message>
        <source>Ray address</source>
        <translation>Ray 地址</translation>
    </message>
    <message>
        <source>Workers</source>
        <translation>工作进程</translation>
    </message>
    <message>
        <source>Processes that share each batch.</source>
        <translation>分担每个批次的进程数。</translation>
    </message>
</context>
<context>
    <name>RecipeView</name>
    <message>
        <source>Recipe</source>
        <translation>配方</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>Save…</source>
        <translation>保存…</translation>
    </message>
    <message>
        <source>Open…</source>
        <translation>打开…</translation>
    </message>
    <message>
        <source>Take all settings from a recipe file</source>
        <translation>从配方文件读取全部设置</translation>
    </message>
    <message>
        <source>Recipes (*.toml);;All files (*)</source>
        <translation>配方 (*.toml);;所有文件 (*)</translation>
    </message>
    <message>
        <source>Open a recipe</source>
        <translation>打开配方</translation>
    </message>
    <message>
        <source>Recipes (*.toml)</source>
        <translation>配方 (*.toml)</translation>
    </message>
    <message>
        <source>Save the recipe</source>
        <translation>保存配方</translation>
    </message>
</context>
<context>
    <name>RecordView</name>
    <message>
        <source>New run with these settings</source>
        <translation>用这些设置新建训练</translation>
    </message>
    <message>
        <source>Model card</source>
        <translation>模型卡</translation>
    </message>
    <message>
        <source>Recipe</source>
        <translation>配方</translation>
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
        <source>The adapters differ.</source>
        <translation>适配器不同。</translation>
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
    <name>RestoreRow</name>
    <message>
        <source>Restore…</source>
        <translation>恢复…</translation>
    </message>
</context>
<context>
    <name>ResultRow</name>
    <message>
        <source>Progress</source>
        <translation>进度</translation>
    </message>
    <message>
        <source>Open in chat</source>
        <translation>在对话中打开</translation>
    </message>
    <message>
        <source>Compare with the source</source>
        <translation>与源模型比较</translation>
    </message>
    <message>
        <source>Show the folder</source>
        <translation>打开文件夹</translation>
    </message>
    <message>
        <source>{size}, {bits} bits per weight, in {seconds} s</source>
        <translation>{size}，每权重 {bits} 位，用时 {seconds} 秒</translation>
    </message>
    <message>
        <source>Waiting</source>
        <translation>等待中</translation>
    </message>
    <message>
        <source>{percent} done</source>
        <translation>已完成 {percent}</translation>
    </message>
    <message>
        <source>Paused at {percent}</source>
        <translation>已暂停，进度 {percent}</translation>
    </message>
    <message>
        <source>Failed: see the jobs</source>
        <translation>失败：请查看任务</translation>
    </message>
    <message>
        <source>Cancelled</source>
        <translation>已取消</translation>
    </message>
    <message>
        <source>Interrupted</source>
        <translation>已中断</translation>
    </message>
</context>
<context>
    <name>ResultsList</name>
    <message>
        <source>Compare all</source>
        <translation>全部比较</translation>
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
    <message>
        <source>Show below the table</source>
        <translation>表格下方显示</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>文本</translation>
    </message>
    <message>
        <source>Plots</source>
        <translation>图表</translation>
    </message>
    <message>
        <source>Open in chat</source>
        <translation>在对话中打开</translation>
    </message>
    <message>
        <source>Talk to the model that is selected in the table</source>
        <translation>与表格中选中的模型对话</translation>
    </message>
    <message>
        <source>Export the comparison…</source>
        <translation>导出比较结果…</translation>
    </message>
    <message>
        <source>Models compared</source>
        <translation>参与比较的模型</translation>
    </message>
    <message>
        <source>{scored} of {tokens} tokens of {text} scored, in chunks of {chunk}</source>
        <translation>{text}：{tokens} 个词元中 {scored} 个计分，分块大小 {chunk}</translation>
    </message>
    <message>
        <source>a text</source>
        <translation>一段文本</translation>
    </message>
    <message>
        <source>Report (Markdown)…</source>
        <translation>报告（Markdown）…</translation>
    </message>
    <message>
        <source>Models (CSV)…</source>
        <translation>模型（CSV）…</translation>
    </message>
    <message>
        <source>Every token (CSV)…</source>
        <translation>全部词元（CSV）…</translation>
    </message>
    <message>
        <source>Picture (PNG)…</source>
        <translation>图片（PNG）…</translation>
    </message>
    <message>
        <source>The file stores this matrix as {type}: errors are measured against values that are rounded already.</source>
        <translation>文件将此矩阵存为 {type}：误差相对这些值计算，而它们本身已经过舍入。</translation>
    </message>
    <message>
        <source>GPTQ fits its own text far better than other text: for {inputs} inputs it needs more tokens.</source>
        <translation>GPTQ 对拟合文本的拟合远好于其他文本：{inputs} 个输入需要更多词元。</translation>
    </message>
    <message>
        <source>worst: output {number}</source>
        <translation>最差：输出 {number}</translation>
    </message>
    <message>
        <source>{count} of {inputs} inputs stay in 16 bits.</source>
        <translation>{inputs} 个输入中有 {count} 个保持 16 位。</translation>
    </message>
    <message>
        <source>Strength here: {value}.</source>
        <translation>此处的强度：{value}。</translation>
    </message>
    <message>
        <source>levels of the matrix</source>
        <translation>矩阵的量化级</translation>
    </message>
    <message>
        <source>levels of output {row}, inputs {first}–{last}</source>
        <translation>输出 {row} 的量化级，输入 {first}–{last}</translation>
    </message>
    <message>
        <source>full colour at {value}</source>
        <translation>满色为 {value}</translation>
    </message>
    <message>
        <source>Weights before and after</source>
        <translation>舍入前后的权重</translation>
    </message>
    <message>
        <source>Inputs before and after</source>
        <translation>舍入前后的输入</translation>
    </message>
    <message>
        <source>Errors of weights</source>
        <translation>权重的误差</translation>
    </message>
    <message>
        <source>Magnitudes of inputs</source>
        <translation>输入的幅度</translation>
    </message>
    <message>
        <source>Errors of outputs</source>
        <translation>输出的误差</translation>
    </message>
    <message>
        <source>Which weights</source>
        <translation>显示哪些权重</translation>
    </message>
    <message>
        <source>Matrix</source>
        <translation>矩阵</translation>
    </message>
    <message>
        <source>One group</source>
        <translation>一组</translation>
    </message>
    <message>
        <source>The weights that share one set of levels, before rounding, with those levels</source>
        <translation>共用一组量化级的权重（舍入前）及其量化级</translation>
    </message>
    <message>
        <source>How much of the matrix</source>
        <translation>显示矩阵的多少</translation>
    </message>
    <message>
        <source>Worst part</source>
        <translation>最差处</translation>
    </message>
    <message>
        <source>Weight by weight around the largest error of the first method; one place for all methods</source>
        <translation>第一种方法最大误差附近的逐个权重；各方法取同一位置</translation>
    </message>
    <message>
        <source>Weights</source>
        <translation>权重</translation>
    </message>
    <message>
        <source>after</source>
        <translation>之后</translation>
    </message>
    <message>
        <source>before</source>
        <translation>之前</translation>
    </message>
    <message>
        <source>levels, as marks below</source>
        <translation>量化级，见下方标记</translation>
    </message>
    <message>
        <source>Inputs</source>
        <translation>输入</translation>
    </message>
    <message>
        <source>on measured text</source>
        <translation>在测量文本上</translation>
    </message>
    <message>
        <source>Where weights moved</source>
        <translation>权重的偏移</translation>
    </message>
    <message>
        <source>Each input</source>
        <translation>各个输入</translation>
    </message>
    <message>
        <source>magnitude, logarithmic</source>
        <translation>幅度，对数刻度</translation>
    </message>
    <message>
        <source>outlier</source>
        <translation>离群值</translation>
    </message>
    <message>
        <source>scale of the method</source>
        <translation>方法的缩放系数</translation>
    </message>
    <message>
        <source>largest and mean</source>
        <translation>最大值与平均值</translation>
    </message>
    <message>
        <source>Each output, the worst first</source>
        <translation>各个输出，最差的在前</translation>
    </message>
    <message>
        <source>this method</source>
        <translation>此方法</translation>
    </message>
    <message>
        <source>others</source>
        <translation>其他</translation>
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
    <name>RowPanel</name>
    <message>
        <source>Row {number}</source>
        <translation>第 {number} 行</translation>
    </message>
    <message>
        <source>Choose a row above to see its tokens and its loss mask.</source>
        <translation>在上方选择一行，查看它的词元和损失掩码。</translation>
    </message>
    <message>
        <source>As trained</source>
        <translation>训练形式</translation>
    </message>
    <message>
        <source>Tokens of the row with its loss mask</source>
        <translation>该行的词元及其损失掩码</translation>
    </message>
    <message>
        <source>Model whose template and tokens are used</source>
        <translation>用哪个模型的模板和词元</translation>
    </message>
    <message>
        <source>Tokens as</source>
        <translation>词元显示为</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>文本</translation>
    </message>
    <message>
        <source>Ids</source>
        <translation>Id</translation>
    </message>
    <message>
        <source>Answer</source>
        <translation>回答</translation>
    </message>
    <message>
        <source>Chosen</source>
        <translation>优选</translation>
    </message>
    <message>
        <source>Rejected</source>
        <translation>落选</translation>
    </message>
    <message>
        <source>Train on the answers only</source>
        <translation>只训练回答</translation>
    </message>
    <message>
        <source>Longest row in tokens</source>
        <translation>最大行长度（词元）</translation>
    </message>
    <message>
        <source>The row as trained</source>
        <translation>该行的训练形式</translation>
    </message>
    <message>
        <source>trained</source>
        <translation>训练</translation>
    </message>
    <message>
        <source>only read</source>
        <translation>只读取</translation>
    </message>
    <message>
        <source>cut off</source>
        <translation>已截断</translation>
    </message>
    <message>
        <source>Answers only</source>
        <translation>仅回答</translation>
    </message>
    <message>
        <source>Lengths</source>
        <translation>长度</translation>
    </message>
    <message>
        <source>Longest row</source>
        <translation>最大行长</translation>
    </message>
    <message numerus="yes">
        <source>%Ln token(s)</source>
        <translation>
            <numerusform>%Ln 词元</numerusform>
        </translation>
    </message>
    <message>
        <source>{count} trained</source>
        <translation>训练 {count}</translation>
    </message>
    <message>
        <source>{count} cut off</source>
        <translation>截断 {count}</translation>
    </message>
    <message>
        <source>teaches nothing</source>
        <translation>不起训练作用</translation>
    </message>
    <message>
        <source>Measured when a model is chosen.</source>
        <translation>选择模型后测量。</translation>
    </message>
    <message numerus="yes">
        <source>%Ln row(s) cut</source>
        <translation>
            <numerusform>%Ln 行被截断</numerusform>
        </translation>
    </message>
    <message>
        <source>No row is cut</source>
        <translation>没有行被截断</translation>
    </message>
    <message numerus="yes">
        <source>%Ln left with nothing to train</source>
        <translation>
            <numerusform>%Ln 行没有可训练的内容</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>measured on %Ln row(s)</source>
        <translation>
            <numerusform>已测量 %Ln 行</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>RowsModel</name>
    <message>
        <source>Row</source>
        <translation>行</translation>
    </message>
    <message>
        <source>Found</source>
        <translation>问题</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>文本</translation>
    </message>
    <message>
        <source>Prompt</source>
        <translation>提示词</translation>
    </message>
    <message>
        <source>Chosen</source>
        <translation>优选</translation>
    </message>
    <message>
        <source>Rejected</source>
        <translation>落选</translation>
    </message>
    <message>
        <source>Answer</source>
        <translation>回答</translation>
    </message>
    <message>
        <source>Label</source>
        <translation>标签</translation>
    </message>
    <message>
        <source>Messages</source>
        <translation>消息</translation>
    </message>
</context>
<context>
    <name>RuleLine</name>
    <message>
        <source>Reward</source>
        <translation>奖励</translation>
    </message>
    <message>
        <source>What it looks for</source>
        <translation>检查的内容</translation>
    </message>
    <message>
        <source>Weight</source>
        <translation>权重</translation>
    </message>
    <message>
        <source>Its share in the sum of all rewards</source>
        <translation>在全部奖励之和中所占的比重</translation>
    </message>
    <message>
        <source>Remove this reward</source>
        <translation>移除此奖励</translation>
    </message>
    <message>
        <source>a regular expression</source>
        <translation>正则表达式</translation>
    </message>
    <message>
        <source>words</source>
        <translation>词数</translation>
    </message>
    <message>
        <source>column with the right answer</source>
        <translation>正确答案所在的列</translation>
    </message>
    <message>
        <source>path of a Python file of yours</source>
        <translation>你的 Python 文件的路径</translation>
    </message>
    <message>
        <source>nothing to set</source>
        <translation>无需设置</translation>
    </message>
    <message>
        <source>It runs on this computer with your rights.</source>
        <translation>它以你的权限在本机运行。</translation>
    </message>
    <message>
        <source>The right answer</source>
        <translation>正确答案</translation>
    </message>
    <message>
        <source>A pattern is found</source>
        <translation>匹配到模式</translation>
    </message>
    <message>
        <source>&lt;think&gt;…&lt;/think&gt;, then an answer</source>
        <translation>先 &lt;think&gt;…&lt;/think&gt;，再回答</translation>
    </message>
    <message>
        <source>Near a number of words</source>
        <translation>接近指定词数</translation>
    </message>
    <message>
        <source>A Python function</source>
        <translation>Python 函数</translation>
    </message>
</context>
<context>
    <name>RuleRow</name>
    <message>
        <source>Pattern for tensor names</source>
        <translation>张量名称的匹配模式</translation>
    </message>
    <message>
        <source>Tensor type</source>
        <translation>张量类型</translation>
    </message>
    <message>
        <source>Remove this rule</source>
        <translation>移除此规则</translation>
    </message>
    <message>
        <source>No regular expression: {reason}</source>
        <translation>不是正则表达式：{reason}</translation>
    </message>
    <message>
        <source>A part of the name is enough; “^” and “$” mark its ends.</source>
        <translation>名称的一部分即可；“^”和“$”表示首尾。</translation>
    </message>
    <message numerus="yes">
        <source>%n tensor(s) of {total}</source>
        <translation>
            <numerusform>{total} 个张量中的 %n 个</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>RulesEditor</name>
    <message>
        <source>Add a reward</source>
        <translation>添加奖励</translation>
    </message>
</context>
<context>
    <name>RunList</name>
    <message>
        <source>Runs</source>
        <translation>训练记录</translation>
    </message>
    <message>
        <source>New run with these settings</source>
        <translation>用这些设置新建训练</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>移除</translation>
    </message>
</context>
<context>
    <name>RunPanel</name>
    <message>
        <source>Name of the run</source>
        <translation>训练名称</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>进度</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>暂停</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>Resume with settings that fit</source>
        <translation>用内存足够的设置继续</translation>
    </message>
    <message>
        <source>Stop and keep</source>
        <translation>停止并保留</translation>
    </message>
    <message>
        <source>After this step; what it has learned is kept, and it can go on later</source>
        <translation>在这一步之后停止；学到的内容会保留，之后可以继续</translation>
    </message>
    <message>
        <source>Figures</source>
        <translation>数值</translation>
    </message>
    <message>
        <source>Chat with it</source>
        <translation>用它对话</translation>
    </message>
    <message>
        <source>Tags</source>
        <translation>标签</translation>
    </message>
    <message>
        <source>Tags, separated by commas</source>
        <translation>标签，以逗号分隔</translation>
    </message>
    <message>
        <source>Notes</source>
        <translation>备注</translation>
    </message>
    <message>
        <source>Show folder</source>
        <translation>打开文件夹</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>移除</translation>
    </message>
    <message>
        <source>A reward model scores answers; it cannot chat.</source>
        <translation>奖励模型只给回答打分，不能对话。</translation>
    </message>
    <message>
        <source>The export waits for another job</source>
        <translation>导出正在等待另一项任务</translation>
    </message>
    <message>
        <source>Writing and checking… {share} %</source>
        <translation>正在写入并检查… {share} %</translation>
    </message>
    <message>
        <source>{time} left</source>
        <translation>剩余 {time}</translation>
    </message>
    <message>
        <source>kept up to step {step}</source>
        <translation>已保留到第 {step} 步</translation>
    </message>
    <message>
        <source>Take out of the queue</source>
        <translation>移出队列</translation>
    </message>
    <message>
        <source>reading the base</source>
        <translation>正在读取基础模型</translation>
    </message>
    <message>
        <source>loading the weights</source>
        <translation>正在加载权重</translation>
    </message>
    <message>
        <source>reading the data</source>
        <translation>正在读取数据</translation>
    </message>
    <message>
        <source>After the step that runs. It keeps its memory until you resume or stop it.</source>
        <translation>在当前步之后暂停。内存会一直占用，直到继续或停止。</translation>
    </message>
    <message>
        <source>Its process ended without a word. Resume goes on from the last checkpoint.</source>
        <translation>它的进程意外结束，没有留下信息。“继续”会从最近的检查点开始。</translation>
    </message>
    <message>
        <source>Its process ended before the first checkpoint. Resume begins again.</source>
        <translation>它的进程在第一个检查点之前结束。“继续”会从头开始。</translation>
    </message>
    <message>
        <source>Step</source>
        <translation>步</translation>
    </message>
    <message>
        <source>Epoch</source>
        <translation>轮数</translation>
    </message>
    <message>
        <source>Loss</source>
        <translation>损失</translation>
    </message>
    <message>
        <source>Tokens</source>
        <translation>词元</translation>
    </message>
    <message>
        <source>Tokens per second</source>
        <translation>每秒词元数</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>Memory, most</source>
        <translation>内存峰值</translation>
    </message>
    <message>
        <source>Memory, predicted</source>
        <translation>预计内存</translation>
    </message>
    <message>
        <source>Weights that change</source>
        <translation>改变的权重</translation>
    </message>
    <message>
        <source>Rows</source>
        <translation>数据行</translation>
    </message>
    <message>
        <source>On</source>
        <translation>运行于</translation>
    </message>
    <message>
        <source>Begun</source>
        <translation>开始时间</translation>
    </message>
    <message>
        <source>Held-out loss</source>
        <translation>留出损失</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>导出</translation>
    </message>
    <message>
        <source>For you</source>
        <translation>备注信息</translation>
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
    <name>RunUses</name>
    <message>
        <source>Comparing takes GGUF files: convert the base first, on the page Quantize.</source>
        <translation>比较需要 GGUF 文件：请先在“量化”页面转换基础模型。</translation>
    </message>
    <message>
        <source>The file for this is written and checked first.</source>
        <translation>会先写出并核对所需的文件。</translation>
    </message>
    <message>
        <source>Export “{name}”</source>
        <translation>导出“{name}”</translation>
    </message>
</context>
<context>
    <name>RunWords</name>
    <message>
        <source>waits for another job</source>
        <translation>等待另一个任务</translation>
    </message>
    <message>
        <source>running</source>
        <translation>进行中</translation>
    </message>
    <message>
        <source>paused</source>
        <translation>已暂停</translation>
    </message>
    <message>
        <source>done</source>
        <translation>已完成</translation>
    </message>
    <message>
        <source>stopped and kept</source>
        <translation>已停止并保留</translation>
    </message>
    <message>
        <source>stopped early</source>
        <translation>提前停止</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>失败</translation>
    </message>
    <message>
        <source>interrupted</source>
        <translation>已中断</translation>
    </message>
</context>
<context>
    <name>RunningJob</name>
    <message>
        <source>Progress</source>
        <translation>进度</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>waits for another job</source>
        <translation>等待另一个任务</translation>
    </message>
    <message>
        <source>paused at {percent}</source>
        <translation>已暂停，进度 {percent}</translation>
    </message>
    <message>
        <source>{seconds} s left</source>
        <translation>剩余 {seconds} 秒</translation>
    </message>
    <message>
        <source>{minutes} min left</source>
        <translation>剩余 {minutes} 分钟</translation>
    </message>
</context>
<context>
    <name>RunsTable</name>
    <message>
        <source>All runs</source>
        <translation>所有训练</translation>
    </message>
    <message>
        <source>Settings that differ</source>
        <translation>不同的设置</translation>
    </message>
    <message>
        <source>Setting</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>Default</source>
        <translation>默认值</translation>
    </message>
    <message>
        <source>These runs have the same settings.</source>
        <translation>这些训练的设置相同。</translation>
    </message>
    <message>
        <source>Settings that are not the default</source>
        <translation>非默认的设置</translation>
    </message>
    <message>
        <source>Choose several runs, with Ctrl or Shift, to see what differs.</source>
        <translation>按住 Ctrl 或 Shift 选择多个训练，查看有何不同。</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Loss</source>
        <translation>损失</translation>
    </message>
    <message>
        <source>Held-out</source>
        <translation>留出</translation>
    </message>
    <message>
        <source>Loss on rows that were kept aside</source>
        <translation>留出行上的损失</translation>
    </message>
    <message>
        <source>Before</source>
        <translation>训练前</translation>
    </message>
    <message>
        <source>Steps</source>
        <translation>步数</translation>
    </message>
    <message>
        <source>tok/s</source>
        <translation>tok/s</translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>内存</translation>
    </message>
    <message>
        <source>The most that the training had</source>
        <translation>训练占用的内存峰值</translation>
    </message>
    <message>
        <source>Predicted</source>
        <translation>预计</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>Method</source>
        <translation>方法</translation>
    </message>
    <message>
        <source>Base</source>
        <translation>基础模型</translation>
    </message>
    <message>
        <source>Begun</source>
        <translation>开始时间</translation>
    </message>
    <message>
        <source>Tags</source>
        <translation>标签</translation>
    </message>
</context>
<context>
    <name>RunsView</name>
    <message>
        <source>About the chosen runs</source>
        <translation>关于所选的训练</translation>
    </message>
    <message>
        <source>Curves</source>
        <translation>曲线</translation>
    </message>
    <message>
        <source>Answers</source>
        <translation>回答</translation>
    </message>
    <message>
        <source>Tokens</source>
        <translation>词元</translation>
    </message>
    <message>
        <source>Before and after</source>
        <translation>前后对比</translation>
    </message>
    <message>
        <source>Recipe and card</source>
        <translation>配方与模型卡</translation>
    </message>
    <message>
        <source>All runs</source>
        <translation>所有训练</translation>
    </message>
</context>
<context>
    <name>Sampling</name>
    <message>
        <source>F1 opens an article about it.</source>
        <translation>按 F1 可打开相关文章。</translation>
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
    <message>
        <source>“{name}” was changed.</source>
        <translation>“{name}”已更改。</translation>
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
        <source>No effect: what runs this model does not know the parameter.</source>
        <translation>无效：运行此模型的引擎不支持该参数。</translation>
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
    <name>SchemeBlock</name>
    <message>
        <source>Bits</source>
        <translation>位数</translation>
    </message>
    <message>
        <source>Each weight becomes one of 2 to the power of this many levels.</source>
        <translation>每个权重取 2 的这么多次方个量化级之一。</translation>
    </message>
    <message>
        <source>Levels</source>
        <translation>量化级</translation>
    </message>
    <message>
        <source>Even</source>
        <translation>均匀</translation>
    </message>
    <message>
        <source>Normal</source>
        <translation>正态</translation>
    </message>
    <message>
        <source>k-means</source>
        <translation>k-means</translation>
    </message>
    <message>
        <source>Even steps: the simplest, and the fastest to compute with.</source>
        <translation>等距：最简单，计算也最快。</translation>
    </message>
    <message>
        <source>Denser around zero, as weights are; with 4 bits it is NF4 of QLoRA.</source>
        <translation>零附近更密，与权重的分布一致；4 位时即 QLoRA 的 NF4。</translation>
    </message>
    <message>
        <source>Wherever the weights are: found by k-means, kept as a table. Costs space.</source>
        <translation>跟随权重的分布：由 k-means 求得，以码表保存。占用空间。</translation>
    </message>
    <message>
        <source>Symmetric around zero</source>
        <translation>以零为中心对称</translation>
    </message>
    <message>
        <source>Symmetric: only a scale is kept. Otherwise a zero point too, for values on one side.</source>
        <translation>对称：只保存缩放因子。否则还保存零点，用于偏向一侧的值。</translation>
    </message>
    <message>
        <source>What shares levels</source>
        <translation>量化级的共用范围</translation>
    </message>
    <message>
        <source>Matrix</source>
        <translation>矩阵</translation>
    </message>
    <message>
        <source>Output</source>
        <translation>输出</translation>
    </message>
    <message>
        <source>Group</source>
        <translation>分组</translation>
    </message>
    <message>
        <source>One scale for the whole matrix: one large weight makes all others coarse.</source>
        <translation>整个矩阵一个缩放因子：一个大权重会使其余都变粗糙。</translation>
    </message>
    <message>
        <source>A scale for each output of the layer.</source>
        <translation>该层的每个输出一个缩放因子。</translation>
    </message>
    <message>
        <source>A scale for every few inputs of each output, as GGUF files have it.</source>
        <translation>每个输出的每几个输入一个缩放因子，与 GGUF 文件相同。</translation>
    </message>
    <message>
        <source>{count} inputs a group</source>
        <translation>每组 {count} 个输入</translation>
    </message>
    <message>
        <source>Size of a group</source>
        <translation>分组大小</translation>
    </message>
    <message>
        <source>Smaller groups follow the weights better and need more scales.</source>
        <translation>分组越小越贴合权重，但需要更多缩放因子。</translation>
    </message>
    <message>
        <source>As they are</source>
        <translation>保持原样</translation>
    </message>
    <message>
        <source>{count} bits</source>
        <translation>{count} 位</translation>
    </message>
    <message>
        <source>Inputs of the layer</source>
        <translation>该层的输入</translation>
    </message>
    <message>
        <source>What goes into the layer is rounded too, a scale for each token. llama.cpp uses 8 bits.</source>
        <translation>进入该层的内容也会舍入，每个词元一个缩放因子。llama.cpp 使用 8 位。</translation>
    </message>
    <message>
        <source>{bits} bits per weight with scales and tables</source>
        <translation>每权重 {bits} 位，含缩放因子和码表</translation>
    </message>
    <message>
        <source>Levels are shared by</source>
        <translation>量化级共用于</translation>
    </message>
</context>
<context>
    <name>SearchBar</name>
    <message>
        <source>Search models</source>
        <translation>搜索模型</translation>
    </message>
    <message>
        <source>A name such as Qwen3 4B, or a repository such as org/model</source>
        <translation>名称如 Qwen3 4B，或仓库如 org/model</translation>
    </message>
    <message>
        <source>Format</source>
        <translation>格式</translation>
    </message>
    <message>
        <source>GGUF: runs here</source>
        <translation>GGUF：在本机运行</translation>
    </message>
    <message>
        <source>safetensors: to convert, to fine-tune</source>
        <translation>safetensors：用于转换、微调</translation>
    </message>
    <message>
        <source>Any format</source>
        <translation>任意格式</translation>
    </message>
    <message>
        <source>Order</source>
        <translation>排序</translation>
    </message>
    <message>
        <source>Most downloaded</source>
        <translation>下载最多</translation>
    </message>
    <message>
        <source>Most liked</source>
        <translation>点赞最多</translation>
    </message>
    <message>
        <source>Newest</source>
        <translation>最新</translation>
    </message>
    <message>
        <source>Trending</source>
        <translation>热门</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>搜索</translation>
    </message>
    <message>
        <source>Hub, key, offline…</source>
        <translation>Hub、密钥、离线…</translation>
    </message>
    <message>
        <source>Searching…</source>
        <translation>正在搜索…</translation>
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
    <name>SensitivityHeatMap</name>
    <message>
        <source>Sensitivity of layers and kinds of tensors</source>
        <translation>各层与各类张量的敏感度</translation>
    </message>
    <message>
        <source>becomes {type}</source>
        <translation>改用 {type}</translation>
    </message>
    <message>
        <source>adds {value} to the divergence</source>
        <translation>散度增加 {value}</translation>
    </message>
    <message>
        <source>relative error {value} %</source>
        <translation>相对误差 {value} %</translation>
    </message>
</context>
<context>
    <name>SensitivityPanel</name>
    <message>
        <source>Sensitivity of tensors</source>
        <translation>张量的敏感度</translation>
    </message>
    <message>
        <source>Which weights matter most?</source>
        <translation>哪些权重最重要？</translation>
    </message>
    <message>
        <source>Every tensor is quantized alone, and then one layer and one kind of tensor at a time while the model reads a text. With the map, Lathe gives each tensor its own type, to meet a size or a quality that you choose.</source>
        <translation>先单独量化每个张量，再在模型读取文本时，每次量化一层中的一类张量。有了敏感度图，Lathe 就能为每个张量选择各自的类型，以达到你指定的大小或质量。</translation>
    </message>
    <message>
        <source>Sensitivity of {name}</source>
        <translation>{name} 的敏感度</translation>
    </message>
    <message>
        <source>The map was removed.</source>
        <translation>敏感度图已移除。</translation>
    </message>
    <message>
        <source>{name} is written.</source>
        <translation>{name} 已写出。</translation>
    </message>
    <message>
        <source>Compare</source>
        <translation>比较</translation>
    </message>
    <message>
        <source>Write the quantized model</source>
        <translation>写出量化后的模型</translation>
    </message>
    <message>
        <source>GGUF models (*.gguf)</source>
        <translation>GGUF 模型 (*.gguf)</translation>
    </message>
    <message>
        <source>Quantize {name} to a target</source>
        <translation>按目标量化 {name}</translation>
    </message>
</context>
<context>
    <name>SensitivitySetup</name>
    <message>
        <source>Model to measure</source>
        <translation>要测量的模型</translation>
    </message>
    <message>
        <source>Importance matrix</source>
        <translation>重要性矩阵</translation>
    </message>
    <message>
        <source>Importance matrices (*.gguf);;All files (*)</source>
        <translation>重要性矩阵 (*.gguf *.dat *.imatrix);;所有文件 (*)</translation>
    </message>
    <message>
        <source>None</source>
        <translation>无</translation>
    </message>
    <message>
        <source>Measure</source>
        <translation>测量</translation>
    </message>
    <message>
        <source>With a text it is read once for every layer and every kind of tensor, in memory.</source>
        <translation>使用文本时，每一层的每一类张量都要读一遍文本；全部在内存中进行。</translation>
    </message>
    <message>
        <source>Earlier maps</source>
        <translation>先前的敏感度图</translation>
    </message>
    <message>
        <source>weights only</source>
        <translation>仅权重</translation>
    </message>
    <message>
        <source>Choose a model first.</source>
        <translation>请先选择模型。</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>文本</translation>
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
    <name>ServerDrawer</name>
    <message>
        <source>Local server</source>
        <translation>本地服务器</translation>
    </message>
    <message>
        <source>Close (Esc)</source>
        <translation>关闭（Esc）</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>地址</translation>
    </message>
    <message>
        <source>Token</source>
        <translation>令牌</translation>
    </message>
    <message>
        <source>Port</source>
        <translation>端口</translation>
    </message>
    <message>
        <source>Requests at a time</source>
        <translation>并发请求数</translation>
    </message>
    <message>
        <source>New token</source>
        <translation>新建令牌</translation>
    </message>
    <message>
        <source>Loading the model…</source>
        <translation>正在加载模型…</translation>
    </message>
    <message>
        <source>Stopping: open replies may end.</source>
        <translation>正在停止：未完成的回复可能中断。</translation>
    </message>
    <message>
        <source>Programs on this computer that speak OpenAI&apos;s protocol can use {model}.</source>
        <translation>本机上使用 OpenAI 协议的程序可以使用 {model}。</translation>
    </message>
    <message>
        <source>Switched on, the loaded model answers programs on this computer, and nobody else: only this machine&apos;s own address, only with the token.</source>
        <translation>开启后，已加载的模型会回答本机上的程序，且仅限本机：只在本机地址上，只凭令牌。</translation>
    </message>
    <message>
        <source>Load a GGUF model first.</source>
        <translation>请先加载 GGUF 模型。</translation>
    </message>
    <message numerus="yes">
        <source>%Ln request(s) answered so far</source>
        <translation>
            <numerusform>已回答 %Ln 个请求</numerusform>
        </translation>
    </message>
    <message>
        <source>{rate} tokens/s in total</source>
        <translation>合计 {rate} 词元/秒</translation>
    </message>
    <message>
        <source>waiting</source>
        <translation>等待中</translation>
    </message>
    <message numerus="yes">
        <source>reading %n token(s)</source>
        <translation>
            <numerusform>正在读取 %n 个词元</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln token(s) written</source>
        <translation>
            <numerusform>已写出 %Ln 个词元</numerusform>
        </translation>
    </message>
    <message>
        <source>0 takes any free port</source>
        <translation>0 表示任意空闲端口</translation>
    </message>
    <message>
        <source>They share context and speed</source>
        <translation>它们共享上下文和速度</translation>
    </message>
</context>
<context>
    <name>ServerLink</name>
    <message>
        <source>Copied: {what}</source>
        <translation>已复制：{what}</translation>
    </message>
    <message>
        <source>Answer other programs on this computer</source>
        <translation>回答本机上的其他程序</translation>
    </message>
    <message>
        <source>Server off</source>
        <translation>服务器关闭</translation>
    </message>
    <message>
        <source>Server stopping…</source>
        <translation>服务器正在停止…</translation>
    </message>
    <message>
        <source>Server starting…</source>
        <translation>服务器正在启动…</translation>
    </message>
    <message>
        <source>Server on {port}</source>
        <translation>服务器在端口 {port}</translation>
    </message>
    <message numerus="yes">
        <source>{server} · %n request(s)</source>
        <translation>
            <numerusform>{server} · %n 个请求</numerusform>
        </translation>
    </message>
    <message>
        <source>Local server: {state}</source>
        <translation>本地服务器：{state}</translation>
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
        <source>%Ln chat(s) under {heading}</source>
        <translation>
            <numerusform>{heading}：%Ln 个对话</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Show %Ln more</source>
        <translation>
            <numerusform>再显示 %Ln 个</numerusform>
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
    <message numerus="yes">
        <source>%Ln message(s)</source>
        <translation>
            <numerusform>%Ln 条消息</numerusform>
        </translation>
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
        <source>%Ln chat(s) imported.</source>
        <translation>
            <numerusform>已导入 %Ln 个对话。</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>SetList</name>
    <message>
        <source>Data sets</source>
        <translation>数据集</translation>
    </message>
    <message>
        <source>Read again</source>
        <translation>重新读取</translation>
    </message>
    <message>
        <source>Take off the list</source>
        <translation>从列表中移除</translation>
    </message>
</context>
<context>
    <name>SetsModel</name>
    <message numerus="yes">
        <source>%Ln row(s)</source>
        <translation>
            <numerusform>%Ln 行</numerusform>
        </translation>
    </message>
    <message>
        <source>version {number}</source>
        <translation>版本 {number}</translation>
    </message>
    <message>
        <source>not read yet</source>
        <translation>尚未读取</translation>
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
    <message>
        <source>One question a line</source>
        <translation>每行一个问题</translation>
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
        <source>Models</source>
        <translation>模型库</translation>
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
        <source>Let a reopened chat answer without reading it all again.</source>
        <translation>重新打开的对话无需全部重读即可回答。</translation>
    </message>
    <message>
        <source>Chats stay as they are. A reopened chat is read once more before its first reply.</source>
        <translation>对话不受影响。重新打开的对话在首次回复前会再读一遍。</translation>
    </message>
    <message>
        <source>Downloaded, converted and quantized here. They are deleted on the page Models.</source>
        <translation>在此下载、转换和量化的模型。请在“模型库”页面删除。</translation>
    </message>
    <message>
        <source>Training runs</source>
        <translation>训练</translation>
    </message>
    <message>
        <source>Recipes, metrics, samples, checkpoints and results.</source>
        <translation>配方、指标、样例、检查点和结果。</translation>
    </message>
    <message>
        <source>Data sets</source>
        <translation>数据集</translation>
    </message>
    <message>
        <source>Their settings and saved versions; the files themselves stay where they are.</source>
        <translation>它们的设置和保存的版本；文件本身留在原处。</translation>
    </message>
    <message>
        <source>Comparisons and sensitivity maps</source>
        <translation>比较结果与敏感度图</translation>
    </message>
    <message>
        <source>What models lost, token by token; where files came from.</source>
        <translation>各模型的逐词元损失；文件的来历。</translation>
    </message>
    <message>
        <source>Jobs</source>
        <translation>任务</translation>
    </message>
    <message>
        <source>The list of jobs with their logs. What they wrote lies elsewhere.</source>
        <translation>任务列表及其日志。任务写出的内容存放在别处。</translation>
    </message>
    <message>
        <source>Jobs that have ended leave the list, with their logs. The files that they wrote stay.</source>
        <translation>已结束的任务及其日志会移出列表。它们写出的文件会保留。</translation>
    </message>
    <message>
        <source>Results of the quantization lab</source>
        <translation>量化实验室的结果</translation>
    </message>
    <message>
        <source>Plots and errors of single layers.</source>
        <translation>单层的图和误差。</translation>
    </message>
    <message>
        <source>The experiments have to be run again to see their plots.</source>
        <translation>要再看这些图，需要重新运行实验。</translation>
    </message>
    <message>
        <source>Add-ons</source>
        <translation>附加组件</translation>
    </message>
    <message>
        <source>The training stack, where it was installed from here.</source>
        <translation>从这里安装的训练组件。</translation>
    </message>
    <message>
        <source>Indexes and measurements</source>
        <translation>索引与测量</translation>
    </message>
    <message>
        <source>Indexes of data sets and of the library; the fastest settings of each model here.</source>
        <translation>数据集和模型库的索引；各模型在本机的最快设置。</translation>
    </message>
    <message>
        <source>They are made again when they are needed, which takes some seconds for each file.</source>
        <translation>需要时会重新生成，每个文件约需几秒。</translation>
    </message>
    <message>
        <source>Copies of the database from before changes of its layout (the newest five), and what a restore has replaced.</source>
        <translation>数据库结构变更之前的副本（最新五份），以及恢复时被替换的内容。</translation>
    </message>
    <message>
        <source>Afterwards the last update or restore cannot be taken back. This cannot be undone.</source>
        <translation>之后将无法撤回最近一次更新或恢复。此操作无法撤销。</translation>
    </message>
    <message>
        <source>What the window and the engine wrote about themselves.</source>
        <translation>窗口和引擎关于自身的记录。</translation>
    </message>
    <message>
        <source>Older logs and all reports are deleted. The present log stays.</source>
        <translation>较早的日志和所有报告会删除。当前日志保留。</translation>
    </message>
    <message>
        <source>Other files</source>
        <translation>其他文件</translation>
    </message>
    <message>
        <source>The window&apos;s place, the network ledger, and what Lathe does not know.</source>
        <translation>窗口位置、网络记录，以及 Lathe 不认识的文件。</translation>
    </message>
    <message>
        <source>Snapshots</source>
        <translation>快照</translation>
    </message>
    <message>
        <source>Logs and reports</source>
        <translation>日志与报告</translation>
    </message>
    <message>
        <source>Everything stays on this machine</source>
        <translation>一切都留在本机</translation>
    </message>
    <message>
        <source>Connections</source>
        <translation>连接记录</translation>
    </message>
    <message>
        <source>Every connection that Lathe has made, when, to whom and why. The list is a file on this machine.</source>
        <translation>Lathe 建立的每个连接：时间、对象和原因。列表是本机上的文件。</translation>
    </message>
    <message>
        <source>Newer release</source>
        <translation>新版本</translation>
    </message>
    <message>
        <source>Lathe looks for one only when you press this. Nothing is downloaded or installed.</source>
        <translation>只有点击这里时 Lathe 才会查询。不下载也不安装任何内容。</translation>
    </message>
    <message>
        <source>Lathe has no account and no telemetry. Chats, logs and reports are files in the home folder. Connections are made when you chat with an endpoint that you added, search or download models, install an add-on, or ask for a newer release.</source>
        <translation>Lathe 没有账户，没有遥测。对话、日志和报告都是主目录中的文件。只有在与你添加的端点对话、搜索或下载模型、安装附加组件或查询新版本时才会连接网络。</translation>
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
    <message>
        <source>Unload the model when it is not used</source>
        <translation>闲置时卸载模型</translation>
    </message>
    <message>
        <source>Gives its memory back after so many minutes. The next message loads it again, which takes as long as the first time.</source>
        <translation>闲置这么多分钟后释放模型的内存。下一条消息会重新加载它，用时与首次加载相同。</translation>
    </message>
    <message>
        <source>Never</source>
        <translation>从不</translation>
    </message>
    <message>
        <source> minutes</source>
        <translation> 分钟</translation>
    </message>
    <message>
        <source>Work offline</source>
        <translation>离线工作</translation>
    </message>
    <message>
        <source>No connection to another machine is made: endpoints, searches, downloads and the question for a newer release say so instead. Counts at once, also for what runs. This machine can still be asked.</source>
        <translation>不连接其他计算机：端点、搜索、下载和查询新版本都会改为提示离线。立即生效，包括运行中的任务。仍可访问本机。</translation>
    </message>
    <message>
        <source>Where to look for a newer release</source>
        <translation>新版本的查询地址</translation>
    </message>
    <message>
        <source>An address that answers as GitHub&apos;s “latest release” does; empty for the one that this build names, if it names one.</source>
        <translation>回答方式与 GitHub 的“latest release”相同的地址；留空则使用此版本自带的地址（如果有）。</translation>
    </message>
    <message>
        <source>Logs</source>
        <translation>日志</translation>
    </message>
    <message>
        <source>What the window wrote about itself, with a filter.</source>
        <translation>窗口关于自身的记录，可筛选。</translation>
    </message>
    <message>
        <source>Show…</source>
        <translation>查看…</translation>
    </message>
    <message>
        <source>Bug reports</source>
        <translation>错误报告</translation>
    </message>
    <message>
        <source>Crashes and bugs that were caught. They stay on this machine until you copy one.</source>
        <translation>捕获到的崩溃和错误。在你复制之前都只留在本机。</translation>
    </message>
    <message>
        <source>Diagnostics</source>
        <translation>诊断信息</translation>
    </message>
    <message>
        <source>Versions, devices, sizes and which settings were changed: no names of models, chats, files or folders. For an issue.</source>
        <translation>版本、设备、大小，以及更改过哪些设置：不含模型、对话、文件或文件夹的名称。用于 issue。</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>Old copy of the data</source>
        <translation>数据的旧副本</translation>
    </message>
    <message>
        <source>Back up</source>
        <translation>备份</translation>
    </message>
    <message>
        <source>Everything in one .zip file, read back and compared: chats, settings, data sets, runs, measurements; models if you want. You can go on meanwhile.</source>
        <translation>全部写入一个 .zip 文件，并读回比对：对话、设置、数据集、训练、测量结果；可选择包含模型。其间可以继续使用。</translation>
    </message>
    <message>
        <source>Restore</source>
        <translation>恢复</translation>
    </message>
    <message>
        <source>Checks a backup, then puts it in place. What it replaces is kept, so it can be taken back.</source>
        <translation>先检查备份，再恢复到位。被替换的内容会保留，因此可以撤回。</translation>
    </message>
    <message>
        <source>Reset section</source>
        <translation>重置此分区</translation>
    </message>
    <message>
        <source>Reset section {section}</source>
        <translation>重置“{section}”分区</translation>
    </message>
    <message>
        <source>Export, import, reset</source>
        <translation>导出、导入、重置</translation>
    </message>
    <message>
        <source>As a JSON file, for another machine. Keys and tokens are in the system&apos;s keyring and never in this file.</source>
        <translation>存为 JSON 文件，用于另一台计算机。密钥和令牌在系统密钥环中，绝不写入此文件。</translation>
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
        <source>Privacy and network</source>
        <translation>隐私与网络</translation>
    </message>
    <message>
        <source>Data</source>
        <translation>数据</translation>
    </message>
    <message>
        <source>When something is wrong</source>
        <translation>出现问题时</translation>
    </message>
    <message>
        <source>These settings</source>
        <translation>设置管理</translation>
    </message>
    <message>
        <source>Keyboard</source>
        <translation>键盘</translation>
    </message>
    <message>
        <source>Models of other programs</source>
        <translation>其他程序的模型</translation>
    </message>
    <message>
        <source>Listed with yours and used where they are. What is off here is not listed.</source>
        <translation>与你的模型一同列出，就地使用。关闭的不会列出。</translation>
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
    <name>SettingsTransfer</name>
    <message>
        <source>Export settings</source>
        <translation>导出设置</translation>
    </message>
    <message>
        <source>Settings (*.json)</source>
        <translation>设置 (*.json)</translation>
    </message>
    <message>
        <source>Settings exported to {file}</source>
        <translation>设置已导出到 {file}</translation>
    </message>
    <message>
        <source>Import settings</source>
        <translation>导入设置</translation>
    </message>
    <message>
        <source>Settings are back at their defaults.</source>
        <translation>设置已恢复默认值。</translation>
    </message>
    <message numerus="yes">
        <source>%n setting(s) imported.</source>
        <translation>
            <numerusform>已导入 %n 项设置。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n left out: not known here, or not fitting.</source>
        <translation>
            <numerusform>略去 %n 项：不认识或不适用。</numerusform>
        </translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
</context>
<context>
    <name>SetupColumn</name>
    <message>
        <source>Compare</source>
        <translation>比较</translation>
    </message>
    <message>
        <source>Earlier comparisons</source>
        <translation>先前的比较</translation>
    </message>
    <message>
        <source>Choose two models or more. They have to read the same tokens: variants of one.</source>
        <translation>请选择两个或更多模型。它们必须读取相同的词元：即同一模型的变体。</translation>
    </message>
    <message>
        <source>Models</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>文本</translation>
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
    <name>SizePlot</name>
    <message>
        <source>Size against KL divergence</source>
        <translation>大小与 KL 散度</translation>
    </message>
    <message>
        <source>{model}: {size} MiB, KL {kl}</source>
        <translation>{model}：{size} MiB，KL {kl}</translation>
    </message>
    <message>
        <source>MiB</source>
        <translation>MiB</translation>
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
        <source>Type a text, for instance one that repeats itself: “Reykjavik … Reyk”</source>
        <translation>输入一段文本，例如会自我重复的：“Reykjavik … Reyk”</translation>
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
    <name>SpreadPlot</name>
    <message>
        <source>Spread of the KL divergence over the tokens</source>
        <translation>KL 散度在词元上的分布</translation>
    </message>
    <message>
        <source>Tokens by KL divergence</source>
        <translation>按 KL 散度统计的词元</translation>
    </message>
    <message>
        <source>nats, logarithmic</source>
        <translation>nat，对数刻度</translation>
    </message>
</context>
<context>
    <name>StackInstaller</name>
    <message>
        <source>Install the training stack</source>
        <translation>安装训练组件</translation>
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
        <source>Unloaded while nobody used it; the next message loads it again.</source>
        <translation>闲置时已卸载；下一条消息会重新加载它。</translation>
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
        <source>Local server</source>
        <translation>本地服务器</translation>
    </message>
    <message>
        <source>Jobs</source>
        <translation>任务</translation>
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
    <name>StoredList</name>
    <message>
        <source>None yet.</source>
        <translation>还没有。</translation>
    </message>
</context>
<context>
    <name>StoredRemoval</name>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
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
    <name>TargetCurve</name>
    <message>
        <source>Size against predicted divergence</source>
        <translation>大小与预测散度</translation>
    </message>
    <message>
        <source>{size} MiB, predicted {cost}</source>
        <translation>{size} MiB，预测 {cost}</translation>
    </message>
    <message>
        <source>Predicted KL divergence by size</source>
        <translation>各种大小的预测 KL 散度</translation>
    </message>
    <message>
        <source>Error by size</source>
        <translation>各种大小的误差</translation>
    </message>
    <message>
        <source>MiB</source>
        <translation>MiB</translation>
    </message>
</context>
<context>
    <name>TargetView</name>
    <message>
        <source>Aim at</source>
        <translation>目标类型</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>大小</translation>
    </message>
    <message>
        <source>Divergence</source>
        <translation>散度</translation>
    </message>
    <message>
        <source>Target</source>
        <translation>目标</translation>
    </message>
    <message>
        <source>Largest size in MiB</source>
        <translation>最大体积（MiB）</translation>
    </message>
    <message>
        <source>Largest divergence in nats</source>
        <translation>最大散度（nat）</translation>
    </message>
    <message>
        <source>Measured values are most often up to a half higher. What is written is measured, too.</source>
        <translation>实测值通常最多高出一半。写出的文件也会实测。</translation>
    </message>
    <message>
        <source>Quantize with this…</source>
        <translation>以此量化…</translation>
    </message>
    <message>
        <source>Measured: {size}, KL {kl} ± {error}</source>
        <translation>实测：{size}，KL {kl} ± {error}</translation>
    </message>
    <message>
        <source>nats, at most</source>
        <translation>nat，上限</translation>
    </message>
    <message>
        <source>MiB, at most</source>
        <translation>MiB，上限</translation>
    </message>
    <message>
        <source>{size}, KL {cost} predicted</source>
        <translation>{size}，预测 KL {cost}</translation>
    </message>
</context>
<context>
    <name>TemplateEdit</name>
    <message>
        <source>Chat template</source>
        <translation>聊天模板</translation>
    </message>
</context>
<context>
    <name>TemplateFindings</name>
    <message>
        <source>It reaches for “{detail}”, an inside of Python that templates have no use for.</source>
        <translation>它访问了“{detail}”，这是 Python 的内部成员，模板用不到。</translation>
    </message>
    <message>
        <source>It asks for another file ({detail}): templates stand alone.</source>
        <translation>它引用了另一个文件（{detail}）：模板必须独立。</translation>
    </message>
    <message>
        <source>A loop runs {detail} times, whatever the chat is.</source>
        <translation>无论对话内容如何，某个循环都运行 {detail} 次。</translation>
    </message>
    <message>
        <source>{detail} loops inside each other: long chats take very long.</source>
        <translation>循环嵌套 {detail} 层：长对话会非常慢。</translation>
    </message>
    <message>
        <source>It never looks at the messages: every chat gives the same prompt.</source>
        <translation>它从不读取消息：所有对话都得到相同的提示词。</translation>
    </message>
    <message>
        <source>“{detail}” is not given by every program; where it is missing it is empty.</source>
        <translation>并非所有程序都提供“{detail}”；缺少时为空。</translation>
    </message>
    <message>
        <source>The date is in the prompt: the same chat gives another prompt tomorrow.</source>
        <translation>提示词中含有日期：同一对话明天会得到不同的提示词。</translation>
    </message>
    <message>
        <source>The user&apos;s message is not in the prompt.</source>
        <translation>提示词中没有用户的消息。</translation>
    </message>
    <message>
        <source>Earlier replies are not in the prompt.</source>
        <translation>提示词中没有先前的回复。</translation>
    </message>
    <message>
        <source>It ignores add_generation_prompt: the model is not told that its turn begins.</source>
        <translation>它忽略 add_generation_prompt：模型不知道轮到自己了。</translation>
    </message>
    <message>
        <source>It refuses system messages.</source>
        <translation>它拒绝系统消息。</translation>
    </message>
    <message>
        <source>It fails when there is a system message.</source>
        <translation>有系统消息时它会出错。</translation>
    </message>
    <message>
        <source>System messages are silently left out.</source>
        <translation>系统消息被悄悄略去。</translation>
    </message>
    <message>
        <source>It fails on a chat with a reply in it.</source>
        <translation>对话中有回复时它会出错。</translation>
    </message>
    <message>
        <source>A longer chat begins with another prompt than the shorter one did, so that less can be used again.</source>
        <translation>较长对话的提示词开头与较短的不同，因此可复用的部分更少。</translation>
    </message>
</context>
<context>
    <name>TemplateView</name>
    <message>
        <source>Prompt</source>
        <translation>提示词</translation>
    </message>
    <message>
        <source>Conversation</source>
        <translation>对话</translation>
    </message>
    <message>
        <source>One question</source>
        <translation>一个问题</translation>
    </message>
    <message>
        <source>Two questions and a reply</source>
        <translation>两个问题和一条回复</translation>
    </message>
    <message>
        <source>With a system message</source>
        <translation>带系统消息</translation>
    </message>
    <message>
        <source>The chat that is open</source>
        <translation>当前打开的对话</translation>
    </message>
    <message>
        <source>Ask for a reply</source>
        <translation>请求回复</translation>
    </message>
    <message>
        <source>Go to line {line}</source>
        <translation>转到第 {line} 行</translation>
    </message>
    <message>
        <source>✓ Nothing unusual about this template.</source>
        <translation>✓ 此模板没有异常。</translation>
    </message>
    <message>
        <source>(line {line})</source>
        <translation>（第 {line} 行）</translation>
    </message>
    <message>
        <source>Preview with</source>
        <translation>预览所用对话</translation>
    </message>
    <message>
        <source>Findings</source>
        <translation>检查结果</translation>
    </message>
</context>
<context>
    <name>TensorShares</name>
    <message>
        <source>Tensors by type</source>
        <translation>张量类型分布</translation>
    </message>
    <message>
        <source>{type}: {count} tensors, {size}</source>
        <translation>{type}：{count} 个张量，{size}</translation>
    </message>
    <message>
        <source>{count} × · {size}</source>
        <translation>{count} × · {size}</translation>
    </message>
</context>
<context>
    <name>TensorsView</name>
    <message>
        <source>Tensor</source>
        <translation>张量</translation>
    </message>
    <message>
        <source>Shape</source>
        <translation>形状</translation>
    </message>
    <message>
        <source>Now</source>
        <translation>现在</translation>
    </message>
    <message>
        <source>Becomes</source>
        <translation>改为</translation>
    </message>
    <message>
        <source>Rule</source>
        <translation>规则</translation>
    </message>
    <message>
        <source>Tensors of the model</source>
        <translation>模型的张量</translation>
    </message>
    <message>
        <source>Filter tensors</source>
        <translation>筛选张量</translation>
    </message>
    <message>
        <source>Only those of my rules</source>
        <translation>仅我的规则所涉</translation>
    </message>
    <message numerus="yes">
        <source>%n tensor(s), {changed} change</source>
        <translation>
            <numerusform>%n 个张量，其中 {changed} 个改变</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>TextChoice</name>
    <message>
        <source>None</source>
        <translation>无</translation>
    </message>
    <message>
        <source>Bundled</source>
        <translation>内置</translation>
    </message>
    <message>
        <source>A file</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>Pasted</source>
        <translation>粘贴</translation>
    </message>
    <message>
        <source>Only the error of the weights is measured. That takes a few seconds.</source>
        <translation>只测量权重的误差。需要几秒钟。</translation>
    </message>
    <message>
        <source>Prose, dialogue, code, figures and other languages. Text like yours says more.</source>
        <translation>散文、对话、代码、数字和其他语言。与你的用途相近的文本更能说明问题。</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>文本</translation>
    </message>
    <message>
        <source>Text to read</source>
        <translation>要读取的文本</translation>
    </message>
    <message>
        <source>Texts (*.txt *.md);;All files (*)</source>
        <translation>文本 (*.txt *.md);;所有文件 (*)</translation>
    </message>
    <message>
        <source>text.txt</source>
        <translation>text.txt</translation>
    </message>
    <message>
        <source>Pasted text</source>
        <translation>粘贴的文本</translation>
    </message>
    <message>
        <source>Paste a text of at least {count} tokens</source>
        <translation>粘贴至少 {count} 个词元的文本</translation>
    </message>
    <message>
        <source>Tokens to read at most</source>
        <translation>最多读取的词元数</translation>
    </message>
    <message>
        <source>all</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>At least {count}; 0 reads all of the text.</source>
        <translation>至少 {count}；0 表示读取全部文本。</translation>
    </message>
    <message>
        <source>Choose a text file.</source>
        <translation>请选择文本文件。</translation>
    </message>
    <message>
        <source>Paste a text.</source>
        <translation>请粘贴文本。</translation>
    </message>
    <message>
        <source>The text is too short: at least {count} tokens are needed.</source>
        <translation>文本太短：至少需要 {count} 个词元。</translation>
    </message>
    <message>
        <source>bundled text</source>
        <translation>内置文本</translation>
    </message>
</context>
<context>
    <name>TextDialog</name>
    <message>
        <source>File</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>All</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>Warnings</source>
        <translation>警告</translation>
    </message>
    <message>
        <source>Errors</source>
        <translation>错误</translation>
    </message>
    <message>
        <source>Level</source>
        <translation>级别</translation>
    </message>
    <message>
        <source>Filter lines</source>
        <translation>筛选行</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>已复制</translation>
    </message>
    <message>
        <source>Read again</source>
        <translation>重新读取</translation>
    </message>
    <message>
        <source>Open folder</source>
        <translation>打开文件夹</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
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
        <source>Tracing makes replies slower.</source>
        <translation>追踪会拖慢回复。</translation>
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
    <name>TokenLosses</name>
    <message>
        <source>No rows yet</source>
        <translation>还没有行</translation>
    </message>
    <message>
        <source>The first held-out rows are looked at token by token with every evaluation. Keep some rows aside, and they appear here.</source>
        <translation>每次评估都会逐词元查看前几行留出的数据。留出一些行，它们就会显示在这里。</translation>
    </message>
    <message>
        <source>Row</source>
        <translation>行</translation>
    </message>
    <message>
        <source>Colours</source>
        <translation>着色</translation>
    </message>
    <message>
        <source>Loss</source>
        <translation>损失</translation>
    </message>
    <message>
        <source>Change since the start</source>
        <translation>相对开始的变化</translation>
    </message>
    <message>
        <source>Step</source>
        <translation>步</translation>
    </message>
    <message>
        <source>Tokens of the row</source>
        <translation>该行的词元</translation>
    </message>
    <message>
        <source>improbable</source>
        <translation>概率低</translation>
    </message>
    <message>
        <source>more probable than before</source>
        <translation>比之前概率高</translation>
    </message>
    <message>
        <source>less</source>
        <translation>比之前低</translation>
    </message>
    <message>
        <source>Row {number}</source>
        <translation>第 {number} 行</translation>
    </message>
    <message>
        <source>step {step}</source>
        <translation>第 {step} 步</translation>
    </message>
    <message>
        <source>before training</source>
        <translation>训练之前</translation>
    </message>
    <message>
        <source>{nats} nats a token of the answer</source>
        <translation>回答每词元 {nats} nat</translation>
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
    <name>TokenView</name>
    <message>
        <source>Model whose differences are coloured</source>
        <translation>为哪个模型的差异着色</translation>
    </message>
    <message>
        <source>Worst</source>
        <translation>最差</translation>
    </message>
    <message>
        <source>Go to the token with the largest divergence (W)</source>
        <translation>转到散度最大的词元（W）</translation>
    </message>
    <message>
        <source>The one before in order of divergence (P)</source>
        <translation>按散度的前一个（P）</translation>
    </message>
    <message>
        <source>Next in order of divergence (N)</source>
        <translation>按散度的后一个（N）</translation>
    </message>
    <message>
        <source>Text, coloured by divergence</source>
        <translation>按散度着色的文本</translation>
    </message>
    <message>
        <source>{count} of {total} tokens have another first choice (underlined)</source>
        <translation>{total} 个词元中有 {count} 个首选不同（带下划线）</translation>
    </message>
    <message>
        <source>{place} of {count}</source>
        <translation>{place} / {count}</translation>
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
    <name>Tour</name>
    <message>
        <source>Back</source>
        <translation>上一步</translation>
    </message>
    <message>
        <source>End the tour</source>
        <translation>结束导览</translation>
    </message>
    <message>
        <source>End the tour (Esc)</source>
        <translation>结束导览（Esc）</translation>
    </message>
    <message>
        <source>Esc</source>
        <translation>Esc</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>完成</translation>
    </message>
    <message>
        <source>Next</source>
        <translation>下一步</translation>
    </message>
    <message>
        <source>Ask here</source>
        <translation>在这里提问</translation>
    </message>
    <message>
        <source>Write a message and press Enter. “/” brings up commands and saved prompts.</source>
        <translation>写一条消息，按 Enter 发送。输入“/”可打开命令和保存的提示词。</translation>
    </message>
    <message>
        <source>Which model answers</source>
        <translation>由哪个模型回答</translation>
    </message>
    <message>
        <source>The starter model is small and fast. A click here leads to all others you have.</source>
        <translation>入门模型小而快。点击这里可选用你的其他模型。</translation>
    </message>
    <message>
        <source>How tokens are chosen</source>
        <translation>词元如何选出</translation>
    </message>
    <message>
        <source>Temperature, top-p and everything else the engine can do. Changes count from the next token on.</source>
        <translation>温度、top-p，以及引擎支持的其他一切。更改从下一个词元起生效。</translation>
    </message>
    <message>
        <source>Watch it work</source>
        <translation>看它工作</translation>
    </message>
    <message>
        <source>Attention, probabilities and the sampler, live, on the very model that is answering. Ctrl+J shows and hides this.</source>
        <translation>注意力、概率和采样器，实时取自正在回答的这个模型。Ctrl+J 显示或隐藏此面板。</translation>
    </message>
    <message>
        <source>Look inside any text</source>
        <translation>剖析任意文本</translation>
    </message>
    <message>
        <source>Inspect reads a text of yours: attention, logit lens, tokens, the model&apos;s card.</source>
        <translation>“剖析”读取你的文本：注意力、Logit 透镜、词元、模型卡。</translation>
    </message>
    <message>
        <source>Make models your own</source>
        <translation>打造自己的模型</translation>
    </message>
    <message>
        <source>Train on your data, quantize to a size that fits, and measure what it cost.</source>
        <translation>用自己的数据训练，量化到合适的大小，并测量代价。</translation>
    </message>
    <message>
        <source>Find everything</source>
        <translation>查找一切</translation>
    </message>
    <message>
        <source>Every action is a command: Ctrl+Shift+P and a few letters. F1 explains the part of the window you are in.</source>
        <translation>每个操作都是命令：按 Ctrl+Shift+P，再输入几个字母。F1 解释窗口中当前所在的部分。</translation>
    </message>
</context>
<context>
    <name>TrainingForm</name>
    <message>
        <source>Base model</source>
        <translation>基础模型</translation>
    </message>
    <message>
        <source>Data set</source>
        <translation>数据集</translation>
    </message>
    <message>
        <source>Choose a data set, or drop a file here</source>
        <translation>选择数据集，或把文件拖到这里</translation>
    </message>
    <message>
        <source>File…</source>
        <translation>文件…</translation>
    </message>
    <message>
        <source>Look at it</source>
        <translation>查看数据</translation>
    </message>
    <message>
        <source>Try the sample</source>
        <translation>试用示例</translation>
    </message>
    <message>
        <source>Sixty answers of a lighthouse keeper, to see how all this works</source>
        <translation>一位灯塔看守人的六十条回答，看看整个流程如何运作</translation>
    </message>
    <message>
        <source>Learns</source>
        <translation>学习目标</translation>
    </message>
    <message>
        <source>Method</source>
        <translation>方法</translation>
    </message>
    <message>
        <source>Preset</source>
        <translation>预设</translation>
    </message>
    <message>
        <source>Quick try</source>
        <translation>快速试用</translation>
    </message>
    <message>
        <source>Balanced</source>
        <translation>均衡</translation>
    </message>
    <message>
        <source>Thorough</source>
        <translation>充分</translation>
    </message>
    <message>
        <source>Its weights are quantized ({kind}). They are expanded for the training, which brings back no precision; what is learned fits this very file best.</source>
        <translation>它的权重已量化（{kind}）。训练时会展开，但不会恢复精度；学到的内容与这个文件最匹配。</translation>
    </message>
    <message>
        <source>The weights are used as they are.</source>
        <translation>权重按原样使用。</translation>
    </message>
    <message>
        <source>It has no chat template: rows become plain text.</source>
        <translation>它没有聊天模板：数据行会变为纯文本。</translation>
    </message>
    <message>
        <source>New run</source>
        <translation>新建训练</translation>
    </message>
    <message>
        <source>All settings</source>
        <translation>所有设置</translation>
    </message>
    <message>
        <source>Recipe</source>
        <translation>配方</translation>
    </message>
    <message>
        <source>everything above as a file</source>
        <translation>以上全部内容的文件形式</translation>
    </message>
    <message>
        <source>Data</source>
        <translation>数据</translation>
    </message>
    <message>
        <source>{rows} rows</source>
        <translation>{rows} 行</translation>
    </message>
    <message>
        <source>Rows ({patterns});;All files (*)</source>
        <translation>数据行 ({patterns});;所有文件 (*)</translation>
    </message>
    <message>
        <source>Open a file with rows</source>
        <translation>打开数据文件</translation>
    </message>
    <message>
        <source>The rows of this data set do not say what this needs.</source>
        <translation>此数据集的行中缺少所需的内容。</translation>
    </message>
    <message>
        <source>Each row of this data set has a preferred and a rejected answer.</source>
        <translation>此数据集的每一行都有一个较好的回答和一个被拒绝的回答。</translation>
    </message>
    <message>
        <source>Each row has a preferred and a rejected answer; only the preferred one is learned. Preferences (DPO) learn from both.</source>
        <translation>每一行都有一个较好的回答和一个被拒绝的回答；这里只学习较好的。偏好（DPO）会同时利用两者。</translation>
    </message>
    <message>
        <source>Each row of this data set says whether its answer is good.</source>
        <translation>此数据集的每一行都标明回答是否好。</translation>
    </message>
    <message>
        <source>Each row says whether its answer is good; here all of them are learned alike. Thumbs (KTO) tells them apart.</source>
        <translation>每一行都标明回答是否好；这里一律照学。点赞（KTO）会加以区分。</translation>
    </message>
    <message>
        <source>Some minutes at most: shows whether the data does what you want.</source>
        <translation>最多几分钟：看看数据是否有你要的效果。</translation>
    </message>
    <message>
        <source>Settings that suit most data, from the size of model, data and memory.</source>
        <translation>根据模型、数据和内存的大小，适合多数数据的设置。</translation>
    </message>
    <message>
        <source>Higher rank, more rounds, stops when held-out rows get no better.</source>
        <translation>更高的秩，更多轮次，留出行不再改善时停止。</translation>
    </message>
    <message>
        <source>Settings of your own.</source>
        <translation>你自己的设置。</translation>
    </message>
</context>
<context>
    <name>TrainingWords</name>
    <message>
        <source>LoRA</source>
        <translation>LoRA</translation>
    </message>
    <message>
        <source>A small file beside the model learns. Right for nearly everything, and fastest.</source>
        <translation>训练模型旁的一个小文件。几乎适合所有情况，也最快。</translation>
    </message>
    <message>
        <source>rsLoRA</source>
        <translation>rsLoRA</translation>
    </message>
    <message>
        <source>LoRA scaled so that high ranks help; from rank 32 on.</source>
        <translation>调整缩放的 LoRA，使高秩有效；适合秩 32 以上。</translation>
    </message>
    <message>
        <source>DoRA</source>
        <translation>DoRA</translation>
    </message>
    <message>
        <source>LoRA that learns size and direction apart: a little better, half as fast.</source>
        <translation>分别学习大小和方向的 LoRA：略好一些，速度减半。</translation>
    </message>
    <message>
        <source>AdaLoRA</source>
        <translation>AdaLoRA</translation>
    </message>
    <message>
        <source>LoRA that gives more rank to the layers that need it.</source>
        <translation>为更需要的层分配更多秩的 LoRA。</translation>
    </message>
    <message>
        <source>QLoRA</source>
        <translation>QLoRA</translation>
    </message>
    <message>
        <source>LoRA on a base in 4 bits: for models that do not fit otherwise; slower.</source>
        <translation>在 4 位基础模型上的 LoRA：用于否则放不下的模型；较慢。</translation>
    </message>
    <message>
        <source>IA³</source>
        <translation>IA³</translation>
    </message>
    <message>
        <source>Only scales are learned: tiny, for small changes of style.</source>
        <translation>只学习缩放：极小，适合风格上的小改动。</translation>
    </message>
    <message>
        <source>Prefix tuning</source>
        <translation>Prefix tuning</translation>
    </message>
    <message>
        <source>Learned keys and values stand before every text.</source>
        <translation>在每段文本之前加上学得的键和值。</translation>
    </message>
    <message>
        <source>Prompt tuning</source>
        <translation>Prompt tuning</translation>
    </message>
    <message>
        <source>A learned prompt stands before every text; large models only.</source>
        <translation>在每段文本之前加上学得的提示词；仅适合大模型。</translation>
    </message>
    <message>
        <source>P-tuning</source>
        <translation>P-tuning</translation>
    </message>
    <message>
        <source>A small network writes the prompt before every text.</source>
        <translation>由小型网络在每段文本之前生成提示词。</translation>
    </message>
    <message>
        <source>Bottleneck adapter</source>
        <translation>瓶颈适配器</translation>
    </message>
    <message>
        <source>Narrow layers between the layers of the model learn.</source>
        <translation>训练插在模型各层之间的窄层。</translation>
    </message>
    <message>
        <source>All weights</source>
        <translation>全部权重</translation>
    </message>
    <message>
        <source>The whole model learns: takes about four times its size, forgets most.</source>
        <translation>训练整个模型：约需其大小四倍的内存，遗忘也最多。</translation>
    </message>
    <message>
        <source>Answers (SFT)</source>
        <translation>回答（SFT）</translation>
    </message>
    <message>
        <source>It learns to answer as the rows do.</source>
        <translation>学习像数据行那样回答。</translation>
    </message>
    <message>
        <source>Plain text</source>
        <translation>纯文本</translation>
    </message>
    <message>
        <source>It learns to continue text: knowledge and language, not answering.</source>
        <translation>学习续写文本：学到知识和语言，而不是回答。</translation>
    </message>
    <message>
        <source>Preferences (DPO)</source>
        <translation>偏好（DPO）</translation>
    </message>
    <message>
        <source>It learns which of two answers is better.</source>
        <translation>学习两个回答中哪个更好。</translation>
    </message>
    <message>
        <source>Thumbs (KTO)</source>
        <translation>赞踩（KTO）</translation>
    </message>
    <message>
        <source>It learns from answers that are marked as good or bad.</source>
        <translation>从标为好或差的回答中学习。</translation>
    </message>
    <message>
        <source>Preferences in one go (ORPO)</source>
        <translation>一步偏好（ORPO）</translation>
    </message>
    <message>
        <source>Answers and preferences at once, without a reference model.</source>
        <translation>同时学习回答和偏好，不需要参考模型。</translation>
    </message>
    <message>
        <source>Reward model</source>
        <translation>奖励模型</translation>
    </message>
    <message>
        <source>It learns to score answers instead of writing them.</source>
        <translation>学习为回答打分，而不是写回答。</translation>
    </message>
    <message>
        <source>Rewards (GRPO)</source>
        <translation>奖励（GRPO）</translation>
    </message>
    <message>
        <source>It writes replies itself; rules of yours say which are good.</source>
        <translation>模型自己写回复；由你的规则判断哪些是好的。</translation>
    </message>
    <message>
        <source>Rewards (RLOO)</source>
        <translation>奖励（RLOO）</translation>
    </message>
    <message>
        <source>Like GRPO, with a plainer way of comparing replies.</source>
        <translation>与 GRPO 类似，比较回复的方式更简单。</translation>
    </message>
    <message>
        <source>For you</source>
        <translation>备注信息</translation>
    </message>
    <message>
        <source>Training</source>
        <translation>训练</translation>
    </message>
    <message>
        <source>Data</source>
        <translation>数据</translation>
    </message>
    <message>
        <source>Questions while it learns</source>
        <translation>训练中的提问</translation>
    </message>
    <message>
        <source>Cluster</source>
        <translation>集群</translation>
    </message>
    <message>
        <source>Program</source>
        <translation>程序</translation>
    </message>
    <message>
        <source>Weights</source>
        <translation>权重</translation>
    </message>
    <message>
        <source>Gradients</source>
        <translation>梯度</translation>
    </message>
    <message>
        <source>Optimizer</source>
        <translation>优化器</translation>
    </message>
    <message>
        <source>Activations</source>
        <translation>激活</translation>
    </message>
    <message>
        <source>Logits</source>
        <translation>Logits</translation>
    </message>
    <message>
        <source>Reference model</source>
        <translation>参考模型</translation>
    </message>
    <message>
        <source>as set</source>
        <translation>按设置</translation>
    </message>
    <message>
        <source>for this method</source>
        <translation>因所选方法</translation>
    </message>
    <message>
        <source>for this objective</source>
        <translation>因所选目标</translation>
    </message>
    <message>
        <source>because of dropout</source>
        <translation>因使用 dropout</translation>
    </message>
    <message>
        <source>for this architecture</source>
        <translation>因模型架构</translation>
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
        <source>context full</source>
        <translation>上下文已满</translation>
    </message>
    <message>
        <source>good</source>
        <translation>好</translation>
    </message>
    <message>
        <source>bad</source>
        <translation>差</translation>
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
        <source>This reply failed.</source>
        <translation>这条回复失败了。</translation>
    </message>
    <message>
        <source>This reply was cut off when the program ended. Continue picks it up.</source>
        <translation>这条回复在程序结束时中断。点击“续写”可接着写。</translation>
    </message>
    <message>
        <source>Good reply</source>
        <translation>好回复</translation>
    </message>
    <message>
        <source>Bad reply</source>
        <translation>差回复</translation>
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
        <source>Good reply (for data sets); again to take back</source>
        <translation>好回复（用于数据集）；再按一次取消</translation>
    </message>
    <message>
        <source>Bad reply (for data sets); again to take back</source>
        <translation>差回复（用于数据集）；再按一次取消</translation>
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
    <name>TranscriptCounts</name>
    <message numerus="yes">
        <source>%Ln token(s)</source>
        <translation>
            <numerusform>%Ln 个词元</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>TranscriptLink</name>
    <message>
        <source>The seed is set for the replies to come.</source>
        <translation>今后的回复都使用此种子。</translation>
    </message>
    <message numerus="yes">
        <source>Reproduced: %n token(s), all the same.</source>
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
    <name>TransferRow</name>
    <message>
        <source>Export settings…</source>
        <translation>导出设置…</translation>
    </message>
    <message>
        <source>Import settings…</source>
        <translation>导入设置…</translation>
    </message>
    <message>
        <source>Reset all</source>
        <translation>全部重置</translation>
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
    <name>TypeCard</name>
    <message>
        <source>{type} · {family}</source>
        <translation>{type} · {family}</translation>
    </message>
    <message>
        <source>{base}: {bits} bits for each weight.</source>
        <translation>{base}：每权重 {bits} 位。</translation>
    </message>
    <message>
        <source>{base}: {bytes} bytes for {block} weights, {bits} bits per weight.</source>
        <translation>{base}：{block} 个权重占 {bytes} 字节，每权重 {bits} 位。</translation>
    </message>
    <message>
        <source>The name says {base}; sensitive tensors get {upgrades}.</source>
        <translation>名称表示 {base}；敏感张量用 {upgrades}。</translation>
    </message>
    <message>
        <source>In this model the rows of {count} of {total} tensors are no multiple of the block: they become another type ({changes}), so the file has {bits} bits per weight.</source>
        <translation>此模型的 {total} 个张量中有 {count} 个的行宽不是分块的倍数：它们会改用其他类型（{changes}），因此文件为每权重 {bits} 位。</translation>
    </message>
</context>
<context>
    <name>TypesModel</name>
    <message>
        <source>Not for this model: {reason}</source>
        <translation>不适用于此模型：{reason}</translation>
    </message>
    <message>
        <source>Needs an importance matrix</source>
        <translation>需要重要性矩阵</translation>
    </message>
    <message>
        <source>Type</source>
        <translation>类型</translation>
    </message>
    <message>
        <source>Bits / weight</source>
        <translation>位/权重</translation>
    </message>
    <message>
        <source>File size</source>
        <translation>文件大小</translation>
    </message>
    <message>
        <source>Of the source</source>
        <translation>占源文件</translation>
    </message>
    <message>
        <source>For this model</source>
        <translation>用于此模型</translation>
    </message>
    <message>
        <source>chosen</source>
        <translation>已选</translation>
    </message>
    <message>
        <source>not chosen</source>
        <translation>未选</translation>
    </message>
    <message>
        <source>{count} of {total} tensors fall back: {changes}</source>
        <translation>{total} 个张量中有 {count} 个改用其他类型：{changes}</translation>
    </message>
</context>
<context>
    <name>TypesTable</name>
    <message>
        <source>Types to quantize to</source>
        <translation>要量化成的类型</translation>
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
    <name>UpdateRow</name>
    <message>
        <source>Check now</source>
        <translation>立即检查</translation>
    </message>
    <message>
        <source>Open its page…</source>
        <translation>打开其页面…</translation>
    </message>
    <message>
        <source>Asking…</source>
        <translation>正在查询…</translation>
    </message>
    <message>
        <source>You have the newest release, {version}.</source>
        <translation>你使用的已是最新版本 {version}。</translation>
    </message>
    <message>
        <source>Lathe {version} is there, of {date}.</source>
        <translation>Lathe {version} 已于 {date} 发布。</translation>
    </message>
    <message>
        <source>Lathe {version} is there.</source>
        <translation>Lathe {version} 已发布。</translation>
    </message>
</context>
<context>
    <name>ValueForm</name>
    <message>
        <source>Key</source>
        <translation>键</translation>
    </message>
    <message>
        <source>list of {kind}</source>
        <translation>{kind} 列表</translation>
    </message>
    <message>
        <source>Type</source>
        <translation>类型</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>值</translation>
    </message>
    <message>
        <source>Apply</source>
        <translation>应用</translation>
    </message>
    <message>
        <source>As in the file</source>
        <translation>恢复文件值</translation>
    </message>
    <message>
        <source>Remove key</source>
        <translation>移除键</translation>
    </message>
    <message>
        <source>A new key</source>
        <translation>新键</translation>
    </message>
    <message>
        <source>The places of the tensors depend on this key: it stays as it is.</source>
        <translation>张量的位置取决于此键：它保持不变。</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>添加</translation>
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
        <source>Edit GGUF</source>
        <translation>编辑 GGUF</translation>
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
        <source>%Ln time(s) in this chat</source>
        <translation>
            <numerusform>此对话中 %Ln 次</numerusform>
        </translation>
    </message>
    <message>
        <source>Not in this chat</source>
        <translation>此对话中没有</translation>
    </message>
</context>
<context>
    <name>Welcome</name>
    <message>
        <source>Welcome to Lathe</source>
        <translation>欢迎使用 Lathe</translation>
    </message>
    <message>
        <source>A workbench for language models. Everything runs on this computer; nothing is sent anywhere. What you choose here can be changed under Settings.</source>
        <translation>语言模型的工作台。一切都在本机运行；不会向任何地方发送内容。这里的选择都可以在“设置”中更改。</translation>
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
        <source>Theme</source>
        <translation>主题</translation>
    </message>
    <message>
        <source>Show me around</source>
        <translation>带我看看</translation>
    </message>
    <message>
        <source>Seven places, half a minute; Esc ends it</source>
        <translation>七处地方，半分钟；Esc 结束</translation>
    </message>
    <message>
        <source>Start without</source>
        <translation>直接开始</translation>
    </message>
    <message>
        <source>The tour can be taken later, too: see Help.</source>
        <translation>导览以后也能再看：见“帮助”。</translation>
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
    <name>Workbench</name>
    <message>
        <source>Only models and data sets can be dropped here; chats on the list of chats.</source>
        <translation>这里只能拖入模型和数据集；对话请拖到对话列表。</translation>
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
<context>
    <name>_CopyRow</name>
    <message>
        <source>Copy: {name}</source>
        <translation>复制：{name}</translation>
    </message>
</context>
<context>
    <name>_Dots</name>
    <message>
        <source>Step {number} of {count}</source>
        <translation>第 {number} 步，共 {count} 步</translation>
    </message>
</context>
<context>
    <name>_Row</name>
    <message>
        <source>Use {name} as the reference</source>
        <translation>以 {name} 为参考</translation>
    </message>
    <message>
        <source>Take {name} off the list</source>
        <translation>从列表中移除 {name}</translation>
    </message>
</context>
<context>
    <name>_Rows</name>
    <message>
        <source>Remove</source>
        <translation>移除</translation>
    </message>
</context>
</TS>
