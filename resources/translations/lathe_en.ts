<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en">
<context>
    <name>ChatTopBar</name>
    <message numerus="yes">
        <source>%n turn(s)</source>
        <translation><numerusform>%n turn</numerusform><numerusform>%n turns</numerusform></translation>
    </message>
</context>
<context>
    <name>ContextXrayView</name>
    <message numerus="yes">
        <source>%n message(s) left out</source>
        <translation><numerusform>%n message left out</numerusform><numerusform>%n messages left out</numerusform></translation>
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
    <name>ModelColumn</name>
    <message numerus="yes">
        <source>%n token(s)</source>
        <translation><numerusform>%n token</numerusform><numerusform>%n tokens</numerusform></translation>
    </message>
</context>
<context>
    <name>ModelsPage</name>
    <message numerus="yes">
        <source>%n found</source>
        <translation><numerusform>%n found</numerusform><numerusform>%n found</numerusform></translation>
    </message>
</context>
<context>
    <name>PanelsLink</name>
    <message numerus="yes">
        <source>%n token(s)</source>
        <translation><numerusform>%n token</numerusform><numerusform>%n tokens</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%n message(s) will be left out of the next prompt.</source>
        <translation><numerusform>%n message will be left out of the next prompt.</numerusform><numerusform>%n messages will be left out of the next prompt.</numerusform></translation>
    </message>
</context>
<context>
    <name>SessionTreeModel</name>
    <message numerus="yes">
        <source>%n chat(s) under {heading}</source>
        <translation><numerusform>%n chat under {heading}</numerusform><numerusform>%n chats under {heading}</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>Show %n more</source>
        <translation><numerusform>Show %n more</numerusform><numerusform>Show %n more</numerusform></translation>
    </message>
</context>
<context>
    <name>SessionsController</name>
    <message numerus="yes">
        <source>%n chat(s) imported.</source>
        <translation><numerusform>%n chat imported.</numerusform><numerusform>%n chats imported.</numerusform></translation>
    </message>
</context>
<context>
    <name>SizeRow</name>
    <message numerus="yes">
        <source>%n file(s)</source>
        <translation><numerusform>%n file</numerusform><numerusform>%n files</numerusform></translation>
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
    <name>TokenLink</name>
    <message numerus="yes">
        <source>Walked again: the sampler draws the same %n token(s).</source>
        <translation><numerusform>Walked again: the sampler draws the same %n token.</numerusform><numerusform>Walked again: the sampler draws the same %n tokens.</numerusform></translation>
    </message>
</context>
<context>
    <name>TranscriptLink</name>
    <message numerus="yes">
        <source>Reproduced: all %n token(s) are the same.</source>
        <translation><numerusform>Reproduced: all %n token are the same.</numerusform><numerusform>Reproduced: all %n tokens are the same.</numerusform></translation>
    </message>
</context>
<context>
    <name>VocabularyView</name>
    <message numerus="yes">
        <source>%n time(s) in this chat</source>
        <translation><numerusform>%n time in this chat</numerusform><numerusform>%n times in this chat</numerusform></translation>
    </message>
</context>
</TS>
