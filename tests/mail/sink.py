"""A mail server for tests: takes every mail, keeps it, and shows it. It delivers nothing.

It prints one line of JSON with its two ports, and ends when its input closes or by SIGTERM. What it does
besides is asked over HTTP at the second port:

  GET    /mails      every mail that was taken, in order, as JSON; also those of an earlier run with the
                     same --keep
  DELETE /mails      forgets them
  GET    /tries      how many mails were begun, taken or not
  PUT    /behaviour  JSON with any of: "recipients" (a reply for each address, "*" for all others),
                     "data" (the reply to the mail itself), "seconds" (how long it takes over the reply);
                     what is left out is as it was at the beginning: it takes everything at once
"""

import argparse
import asyncio
import json
import os
import signal
import ssl
import sys
import threading
from email import message_from_bytes, policy
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from aiosmtpd.smtp import SMTP, AuthResult


class Sink:
    """What was taken, and how the next mail is answered."""

    def __init__(self, keep):
        self.lock = threading.Lock()
        self.keep = keep
        self.mails = []
        self.tries = 0
        self.behaviour = {}
        if keep and os.path.exists(keep):
            with open(keep, encoding="utf-8") as lines:
                self.mails = [json.loads(line) for line in lines]

    async def handle_RCPT(self, server, session, envelope, address, options):
        replies = self.behaviour.get("recipients", {})
        reply = replies.get(address, replies.get("*", "250 OK"))
        if reply.startswith("250"):
            envelope.rcpt_tos.append(address)
        return reply

    async def handle_DATA(self, server, session, envelope):
        with self.lock:
            self.tries += 1
        await asyncio.sleep(self.behaviour.get("seconds", 0))
        reply = self.behaviour.get("data", "250 OK")
        if reply.startswith("250"):
            self.take(envelope, session)
        return reply

    def take(self, envelope, session):
        message = message_from_bytes(envelope.content, policy=policy.default)

        def part(kind):
            found = message.get_body(preferencelist=(kind,))
            return found.get_content() if found else ""

        mail = {
            "id": message["Message-ID"],
            "from": envelope.mail_from,
            "to": envelope.rcpt_tos,
            "subject": message["Subject"],
            "headers": [[name, str(value)] for name, value in message.items()],
            "text": part("plain"),
            "html": part("html"),
            "tls": session.ssl is not None,
            "user": session.auth_data.decode() if isinstance(session.auth_data, bytes) else None,
        }
        with self.lock:
            self.mails.append(mail)
            if self.keep:
                with open(self.keep, "a", encoding="utf-8") as lines:
                    lines.write(json.dumps(mail) + "\n")

    def forget(self):
        with self.lock:
            self.mails.clear()
            if self.keep and os.path.exists(self.keep):
                os.remove(self.keep)


def control(sink, port):
    """The HTTP side, in a thread of its own."""

    class Control(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def answer(self, status, value):
            body = json.dumps(value).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def do_GET(self):
            with sink.lock:
                found = {"/mails": list(sink.mails), "/tries": sink.tries}.get(self.path)
            self.answer(404 if found is None else 200, found)

        def do_DELETE(self):
            sink.forget()
            self.answer(200, None)

        def do_PUT(self):
            length = int(self.headers.get("Content-Length", "0"))
            sink.behaviour = json.loads(self.rfile.read(length) or b"{}")
            self.answer(200, None)

        def log_message(self, *_):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", port), Control)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server.server_address[1]


async def serve(arguments):
    sink = Sink(arguments.keep)
    tls = None
    if arguments.certificate:
        tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        tls.load_cert_chain(arguments.certificate, arguments.key)

    def authenticator(server, session, envelope, mechanism, data):
        right = (data.login.decode(), data.password.decode()) == (arguments.user, arguments.password)
        return AuthResult(success=right, handled=right, auth_data=data.login)

    def factory():
        return SMTP(
            sink,
            hostname="sink.example",
            tls_context=tls,
            require_starttls=tls is not None,
            authenticator=authenticator if arguments.user else None,
            auth_required=arguments.user is not None,
            auth_require_tls=tls is not None,
        )

    loop = asyncio.get_running_loop()
    server = await loop.create_server(factory, host="127.0.0.1", port=arguments.smtp_port)
    ports = {"smtp": server.sockets[0].getsockname()[1], "control": control(sink, arguments.control_port)}
    print(json.dumps(ports), flush=True)

    ended = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, ended.set)

    def until_input_closes():
        while sys.stdin.buffer.read(1):
            pass
        loop.call_soon_threadsafe(ended.set)

    threading.Thread(target=until_input_closes, daemon=True).start()
    await ended.wait()
    server.close()


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--smtp-port", type=int, default=0, help="0 takes any that is free")
    parser.add_argument("--control-port", type=int, default=0, help="0 takes any that is free")
    parser.add_argument("--keep", help="a file in which mails outlive the process")
    parser.add_argument("--certificate", help="PEM; with it STARTTLS is demanded")
    parser.add_argument("--key", help="the certificate's key, PEM")
    parser.add_argument("--user", help="demands that whoever sends signs in")
    parser.add_argument("--password", default="")
    asyncio.run(serve(parser.parse_args()))


main()
