<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en">
<context>
    <name>AdaptersPanel</name>
    <message numerus="yes">
        <source>%n on</source>
        <translation><numerusform>%n on</numerusform><numerusform>%n on</numerusform></translation>
    </message>
</context>
<context>
    <name>ChatTopBar</name>
    <message numerus="yes">
        <source>%Ln turn(s)</source>
        <translation><numerusform>%Ln turn</numerusform><numerusform>%Ln turns</numerusform></translation>
    </message>
</context>
<context>
    <name>ContextXrayView</name>
    <message numerus="yes">
        <source>%Ln message(s) left out</source>
        <translation><numerusform>%Ln message left out</numerusform><numerusform>%Ln messages left out</numerusform></translation>
    </message>
</context>
<context>
    <name>DataCentre</name>
    <message numerus="yes">
        <source>%Ln row(s)</source>
        <translation><numerusform>%Ln row</numerusform><numerusform>%Ln rows</numerusform></translation>
    </message>
</context>
<context>
    <name>DataInspector</name>
    <message numerus="yes">
        <source>%Ln row(s)</source>
        <translation><numerusform>%Ln row</numerusform><numerusform>%Ln rows</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%Ln line(s) left out, unreadable:</source>
        <translation><numerusform>%Ln line left out, unreadable:</numerusform><numerusform>%Ln lines left out, unreadable:</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>and %Ln more</source>
        <translation><numerusform>and %Ln more</numerusform><numerusform>and %Ln more</numerusform></translation>
    </message>
</context>
<context>
    <name>FindingLine</name>
    <message numerus="yes">
        <source>{what}: %Ln row(s)</source>
        <translation><numerusform>{what}: %Ln row</numerusform><numerusform>{what}: %Ln rows</numerusform></translation>
    </message>
</context>
<context>
    <name>GroupSection</name>
    <message numerus="yes">
        <source>%n set</source>
        <translation><numerusform>%n set</numerusform><numerusform>%n set</numerusform></translation>
    </message>
</context>
<context>
    <name>HomeActions</name>
    <message numerus="yes">
        <source>%n file(s) backed up and checked.</source>
        <translation><numerusform>%n file backed up and checked.</numerusform><numerusform>%n files backed up and checked.</numerusform></translation>
    </message>
</context>
<context>
    <name>ModelColumn</name>
    <message numerus="yes">
        <source>%Ln token(s)</source>
        <translation><numerusform>%Ln token</numerusform><numerusform>%Ln tokens</numerusform></translation>
    </message>
</context>
<context>
    <name>ModelPicker</name>
    <message numerus="yes">
        <source>%Ln more: type to find them.</source>
        <translation><numerusform>%Ln more: type to find them.</numerusform><numerusform>%Ln more: type to find them.</numerusform></translation>
    </message>
</context>
<context>
    <name>ModelPlaces</name>
    <message numerus="yes">
        <source>%n model(s)</source>
        <translation><numerusform>%n model</numerusform><numerusform>%n models</numerusform></translation>
    </message>
</context>
<context>
    <name>ModelsLink</name>
    <message numerus="yes">
        <source>%Ln found</source>
        <translation><numerusform>%Ln found</numerusform><numerusform>%Ln found</numerusform></translation>
    </message>
</context>
<context>
    <name>PanelsLink</name>
    <message numerus="yes">
        <source>%Ln token(s)</source>
        <translation><numerusform>%Ln token</numerusform><numerusform>%Ln tokens</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%Ln message(s) will be left out of the next prompt.</source>
        <translation><numerusform>%Ln message will be left out of the next prompt.</numerusform><numerusform>%Ln messages will be left out of the next prompt.</numerusform></translation>
    </message>
</context>
<context>
    <name>PartRow</name>
    <message numerus="yes">
        <source>%n file(s)</source>
        <translation><numerusform>%n file</numerusform><numerusform>%n files</numerusform></translation>
    </message>
</context>
<context>
    <name>PlanPanel</name>
    <message numerus="yes">
        <source>%Ln row(s)</source>
        <translation><numerusform>%Ln row</numerusform><numerusform>%Ln rows</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%Ln row(s) kept aside to measure on.</source>
        <translation><numerusform>%Ln row kept aside to measure on.</numerusform><numerusform>%Ln rows kept aside to measure on.</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>Counted on the first %Ln row(s).</source>
        <translation><numerusform>Counted on the first %Ln row.</numerusform><numerusform>Counted on the first %Ln rows.</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%Ln step(s)</source>
        <translation><numerusform>%Ln step</numerusform><numerusform>%Ln steps</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%Ln thread(s)</source>
        <translation><numerusform>%Ln thread</numerusform><numerusform>%Ln threads</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>By %Ln worker(s) of Ray, processes of this machine.</source>
        <translation><numerusform>By %Ln worker of Ray, processes of this machine.</numerusform><numerusform>By %Ln workers of Ray, processes of this machine.</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>By %Ln worker(s) on the Ray cluster that this machine is part of.</source>
        <translation><numerusform>By %Ln worker on the Ray cluster that this machine is part of.</numerusform><numerusform>By %Ln workers on the Ray cluster that this machine is part of.</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>By %Ln worker(s) on the Ray cluster at {address}.</source>
        <translation><numerusform>By %Ln worker on the Ray cluster at {address}.</numerusform><numerusform>By %Ln workers on the Ray cluster at {address}.</numerusform></translation>
    </message>
</context>
<context>
    <name>QuantizePanel</name>
    <message numerus="yes">
        <source>Quantize to %n type(s)</source>
        <translation><numerusform>Quantize to %n type</numerusform><numerusform>Quantize to %n types</numerusform></translation>
    </message>
</context>
<context>
    <name>RowPanel</name>
    <message numerus="yes">
        <source>%Ln token(s)</source>
        <translation><numerusform>%Ln token</numerusform><numerusform>%Ln tokens</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%Ln row(s) cut</source>
        <translation><numerusform>%Ln row cut</numerusform><numerusform>%Ln rows cut</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%Ln left with nothing to train</source>
        <translation><numerusform>%Ln left with nothing to train</numerusform><numerusform>%Ln left with nothing to train</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>measured on %Ln row(s)</source>
        <translation><numerusform>measured on %Ln row</numerusform><numerusform>measured on %Ln rows</numerusform></translation>
    </message>
</context>
<context>
    <name>RuleRow</name>
    <message numerus="yes">
        <source>%n tensor(s) of {total}</source>
        <translation><numerusform>%n tensor of {total}</numerusform><numerusform>%n tensors of {total}</numerusform></translation>
    </message>
</context>
<context>
    <name>ServerDrawer</name>
    <message numerus="yes">
        <source>%Ln request(s) answered so far</source>
        <translation><numerusform>%Ln request answered so far</numerusform><numerusform>%Ln requests answered so far</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>reading %n token(s)</source>
        <translation><numerusform>reading %n token</numerusform><numerusform>reading %n tokens</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%Ln token(s) written</source>
        <translation><numerusform>%Ln token written</numerusform><numerusform>%Ln tokens written</numerusform></translation>
    </message>
</context>
<context>
    <name>ServerLink</name>
    <message numerus="yes">
        <source>{server} · %n request(s)</source>
        <translation><numerusform>{server} · %n request</numerusform><numerusform>{server} · %n requests</numerusform></translation>
    </message>
</context>
<context>
    <name>SessionTreeModel</name>
    <message numerus="yes">
        <source>%Ln chat(s) under {heading}</source>
        <translation><numerusform>%Ln chat under {heading}</numerusform><numerusform>%Ln chats under {heading}</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>Show %Ln more</source>
        <translation><numerusform>Show %Ln more</numerusform><numerusform>Show %Ln more</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%Ln message(s)</source>
        <translation><numerusform>%Ln message</numerusform><numerusform>%Ln messages</numerusform></translation>
    </message>
</context>
<context>
    <name>SessionsController</name>
    <message numerus="yes">
        <source>%Ln chat(s) imported.</source>
        <translation><numerusform>%Ln chat imported.</numerusform><numerusform>%Ln chats imported.</numerusform></translation>
    </message>
</context>
<context>
    <name>SetsModel</name>
    <message numerus="yes">
        <source>%Ln row(s)</source>
        <translation><numerusform>%Ln row</numerusform><numerusform>%Ln rows</numerusform></translation>
    </message>
</context>
<context>
    <name>SettingsTransfer</name>
    <message numerus="yes">
        <source>%n setting(s) imported.</source>
        <translation><numerusform>%n setting imported.</numerusform><numerusform>%n settings imported.</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%n left out: not known here, or not fitting.</source>
        <translation><numerusform>%n left out: not known here, or not fitting.</numerusform><numerusform>%n left out: not known here, or not fitting.</numerusform></translation>
    </message>
</context>
<context>
    <name>StatusLine</name>
    <message numerus="yes">
        <source>%n thread(s)</source>
        <translation><numerusform>%n thread</numerusform><numerusform>%n threads</numerusform></translation>
    </message>
</context>
<context>
    <name>TensorsView</name>
    <message numerus="yes">
        <source>%n tensor(s), {changed} change</source>
        <translation><numerusform>%n tensor, {changed} change</numerusform><numerusform>%n tensors, {changed} change</numerusform></translation>
    </message>
</context>
<context>
    <name>TokenLink</name>
    <message numerus="yes">
        <source>Walked again: the sampler draws the same %n token(s).</source>
        <translation><numerusform>Walked again: the sampler draws the same %n token.</numerusform><numerusform>Walked again: the sampler draws the same %n tokens.</numerusform></translation>
    </message>
</context>
<context>
    <name>TranscriptCounts</name>
    <message numerus="yes">
        <source>%Ln token(s)</source>
        <translation><numerusform>%Ln token</numerusform><numerusform>%Ln tokens</numerusform></translation>
    </message>
</context>
<context>
    <name>TranscriptLink</name>
    <message numerus="yes">
        <source>Reproduced: %n token(s), all the same.</source>
        <translation><numerusform>Reproduced: %n token, all the same.</numerusform><numerusform>Reproduced: %n tokens, all the same.</numerusform></translation>
    </message>
</context>
<context>
    <name>VocabularyView</name>
    <message numerus="yes">
        <source>%Ln time(s) in this chat</source>
        <translation><numerusform>%Ln time in this chat</numerusform><numerusform>%Ln times in this chat</numerusform></translation>
    </message>
</context>
</TS>
