"""A home router's UPnP (Internet Gateway Device 1): found by SSDP, described in XML, asked by SOAP. It opens ports for ever only, as
many old ones do (error 725)."""
import http.server
import re
import socket
import struct
import threading

GROUP, SSDP, HTTP = "239.255.255.250", 1900, 5000
SERVICE = "urn:schemas-upnp-org:service:WANIPConnection:1"
NOT_AUTHORIZED, ONLY_FOR_EVER = 606, 725

DESCRIPTION = f"""<?xml version="1.0"?>
<root xmlns="urn:schemas-upnp-org:device-1-0"><specVersion><major>1</major><minor>0</minor></specVersion>
<device><deviceType>urn:schemas-upnp-org:device:InternetGatewayDevice:1</deviceType><UDN>uuid:box</UDN><deviceList>
<device><deviceType>urn:schemas-upnp-org:device:WANDevice:1</deviceType><UDN>uuid:wan</UDN><deviceList>
<device><deviceType>urn:schemas-upnp-org:device:WANConnectionDevice:1</deviceType><UDN>uuid:line</UDN><serviceList>
<service><serviceType>{SERVICE}</serviceType><serviceId>urn:upnp-org:serviceId:WANIPConn1</serviceId>
<SCPDURL>/line.xml</SCPDURL><controlURL>/control</controlURL><eventSubURL>/events</eventSubURL></service>
</serviceList></device></deviceList></device></deviceList></device></root>"""

ENVELOPE = """<?xml version="1.0"?>
<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/" s:encodingStyle="http://schemas.xmlsoap.org/soap/encoding/">
<s:Body>{}</s:Body></s:Envelope>"""
FAULT = """<s:Fault><faultcode>s:Client</faultcode><faultstring>UPnPError</faultstring><detail>
<UPnPError xmlns="urn:schemas-upnp-org:control-1-0"><errorCode>{}</errorCode><errorDescription>no</errorDescription></UPnPError>
</detail></s:Fault>"""


def field(text, name):
    found = re.search(f"<{name}[^>]*>([^<]*)</{name}>", text)
    return found.group(1) if found else ""


class Desk(http.server.BaseHTTPRequestHandler):
    """Answers on behalf of `walls`, with `options`; both are set by `start`."""

    walls = options = None

    def do_GET(self):  # noqa: N802
        self._say(200, DESCRIPTION)

    def do_POST(self):  # noqa: N802
        asked = self.rfile.read(int(self.headers["Content-Length"])).decode()
        action = self.headers["SOAPAction"].strip('"').rsplit("#", 1)[1]
        error, inner = self._do(action, asked)
        if error:
            self._say(500, ENVELOPE.format(FAULT.format(error)))
        else:
            self._say(200, ENVELOPE.format(f'<u:{action}Response xmlns:u="{SERVICE}">{inner}</u:{action}Response>'))

    def _do(self, action, asked):
        if action == "GetExternalIPAddress":
            return 0, f"<NewExternalIPAddress>{self.options.outside}</NewExternalIPAddress>"
        protocol, outside = field(asked, "NewProtocol").lower(), int(field(asked, "NewExternalPort"))
        if self.options.deny:
            return NOT_AUTHORIZED, ""
        if action == "AddPortMapping":
            if field(asked, "NewLeaseDuration") != "0":
                return ONLY_FOR_EVER, ""
            self.walls.open(protocol, outside, field(asked, "NewInternalClient"), int(field(asked, "NewInternalPort")))
        elif action == "DeletePortMapping":
            self.walls.close_outside(protocol, outside)
        return 0, ""

    def _say(self, status, text):
        body = text.encode()
        self.send_response(status)
        self.send_header("Content-Type", 'text/xml; charset="utf-8"')
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Connection", "close")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


def be_found(inside):
    door = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    door.bind(("", SSDP))
    door.setsockopt(socket.IPPROTO_IP, socket.IP_ADD_MEMBERSHIP,
                    struct.pack("4s4s", socket.inet_aton(GROUP), socket.inet_aton(inside)))
    while True:
        asked, asker = door.recvfrom(2000)
        wanted = re.search(rb"(?mi)^ST: *(\S+)", asked)
        if asked.startswith(b"M-SEARCH") and wanted and b"InternetGatewayDevice:1" in wanted.group(1):
            door.sendto((f"HTTP/1.1 200 OK\r\nST: {wanted.group(1).decode()}\r\nUSN: uuid:box\r\nEXT:\r\n"
                         f"LOCATION: http://{inside}:{HTTP}/box.xml\r\n\r\n").encode(), asker)


def start(options, walls):
    Desk.options, Desk.walls = options, walls
    server = http.server.ThreadingHTTPServer((options.inside, HTTP), Desk)
    for work in (server.serve_forever, lambda: be_found(options.inside)):
        threading.Thread(target=work, daemon=True).start()
