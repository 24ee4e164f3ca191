<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en_GB" sourcelanguage="en_GB">
<context>
    <name>ChatView</name>
    <message numerus="yes">
        <source>%n character(s) left</source>
        <translation>
            <numerusform>%n character left</numerusform>
            <numerusform>%n characters left</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ChannelRow</name>
    <message numerus="yes">
        <source>%n beat(s)</source>
        <translation>
            <numerusform>%n beat</numerusform>
            <numerusform>%n beats</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Heard %n beat(s) later</source>
        <translation>
            <numerusform>Heard %n beat later</numerusform>
            <numerusform>Heard %n beats later</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>DelayMode</name>
    <message numerus="yes">
        <source>%n beat(s)</source>
        <translation>
            <numerusform>%n beat</numerusform>
            <numerusform>%n beats</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Heard %n beat(s) later</source>
        <translation>
            <numerusform>Heard %n beat later</numerusform>
            <numerusform>Heard %n beats later</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>PageSwitch</name>
    <message numerus="yes">
        <source>Room, %n on this network</source>
        <translation>
            <numerusform>Room, %n on this network</numerusform>
            <numerusform>Room, %n on this network</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Wording</name>
    <message numerus="yes">
        <source>%n Link program(s)</source>
        <translation>
            <numerusform>%n Link program</numerusform>
            <numerusform>%n Link programs</numerusform>
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
    <name>tutti::app::CardViewModel</name>
    <message numerus="yes">
        <source>%n channel(s)</source>
        <translation>
            <numerusform>%n channel</numerusform>
            <numerusform>%n channels</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n cable(s)</source>
        <translation>
            <numerusform>%n cable</numerusform>
            <numerusform>%n cables</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>tutti::app::DeviceViewModel</name>
    <message numerus="yes">
        <source>%1. Other programs got in the way %n time(s): close what you do not need.</source>
        <translation>
            <numerusform>%1. Other programs got in the way %n time: close what you do not need.</numerusform>
            <numerusform>%1. Other programs got in the way %n times: close what you do not need.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Load %1, at worst %2, %n dropout(s)</source>
        <translation>
            <numerusform>Load %1, at worst %2, %n dropout</numerusform>
            <numerusform>Load %1, at worst %2, %n dropouts</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>tutti::app::LinkViewModel</name>
    <message numerus="yes">
        <source>%n program(s)</source>
        <translation>
            <numerusform>%n program</numerusform>
            <numerusform>%n programs</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 (and %n more network(s))</source>
        <translation>
            <numerusform>%1 (and %n more network)</numerusform>
            <numerusform>%1 (and %n more networks)</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>tutti::app::OffersViewModel</name>
    <message numerus="yes">
        <source>%n player(s)</source>
        <translation>
            <numerusform>%n player</numerusform>
            <numerusform>%n players</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>tutti::app::RoomViewModel</name>
    <message numerus="yes">
        <source>A password has at least %n characters</source>
        <translation>
            <numerusform>A password has at least %n character</numerusform>
            <numerusform>A password has at least %n characters</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>tutti::app::SelectionViewModel</name>
    <message numerus="yes">
        <source>%n card(s)</source>
        <translation>
            <numerusform>%n card</numerusform>
            <numerusform>%n cards</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>tutti::app::SessionShelf</name>
    <message numerus="yes">
        <source>%n module(s)</source>
        <translation>
            <numerusform>%n module</numerusform>
            <numerusform>%n modules</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>tutti::app::ChannelsViewModel</name>
    <message numerus="yes">
        <source>Heard at %n other site(s)</source>
        <translation>
            <numerusform>Heard at %n other site</numerusform>
            <numerusform>Heard at %n other sites</numerusform>
        </translation>
    </message>
</context>
</TS>
