<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en_GB" sourcelanguage="en_GB">
<context>
    <name>Wording</name>
    <message numerus="yes">
        <source>%n peer(s)</source>
        <translation>
            <numerusform>%n peer</numerusform>
            <numerusform>%n peers</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n beat(s)</source>
        <translation>
            <numerusform>%n beat</numerusform>
            <numerusform>%n beats</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>tutti::app::LinkViewModel</name>
    <message numerus="yes">
        <source>%1 (and %n more network(s))</source>
        <translation>
            <numerusform>%1 (and %n more network)</numerusform>
            <numerusform>%1 (and %n more networks)</numerusform>
        </translation>
    </message>
</context>
</TS>
