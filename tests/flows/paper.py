"""A paper on loopback with one article, whose page can be held back: so a cycle is at work for as long as a test wants."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

TOPIC = """
topics:
  nato-russia:
    title: NATO and Russia
    concepts: {nato: [Nato], russia: [Russland, Russlands, Moskau]}
    match: nato and russia
"""
TEXT = """Die Verteidigungsminister der Nato haben sich in Brüssel auf ein Konzept zur Abschreckung geeinigt. Moskau nannte die Pläne
einen Beleg dafür, dass ein Gespräch zurzeit keinen Sinn habe. Beobachter sprechen von einer klaren Antwort auf das Verhalten Russlands."""


class Paper(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Reader)
        self.asked, self.printed = threading.Event(), threading.Event()
        self.printed.set()
        self.articles = 1  # what a first poll finds is stored in silence

    @property
    def place(self) -> str:
        return f"127.0.0.1:{self.server_port}"

    def feed(self) -> str:
        items = "".join(
            f"<item><title>Nato und Moskau, Teil {n}</title><link>http://{self.place}/{n}</link></item>"
            for n in range(1, self.articles + 1)
        )
        return f'<?xml version="1.0"?><rss version="2.0"><channel><title>Zeitung</title>{items}</channel></rss>'


class _Reader(BaseHTTPRequestHandler):
    server: Paper

    def do_GET(self) -> None:
        if self.path == "/feed.xml":
            self._send(self.server.feed())
        elif self.path.strip("/").isdigit():
            self.server.asked.set()
            self.server.printed.wait()
            self._send(f"<html><body><article><h1>Teil {self.path}</h1><p>{TEXT}</p></article></body></html>")
        else:
            self.send_error(404)

    def _send(self, text: str) -> None:
        body = text.encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass


@contextmanager
def printing() -> Iterator[Paper]:
    with Paper() as paper:
        thread = threading.Thread(target=paper.serve_forever, daemon=True)
        thread.start()
        yield paper
        paper.printed.set()
        paper.shutdown()
        thread.join()


def configure(folder: Path, paper: Paper) -> None:
    (folder / "topics").mkdir(parents=True)
    feed = f"zeitung: {{url: 'http://{paper.place}/feed.xml', every: 15m, source: zeitung}}"
    (folder / "feeds.yaml").write_text(f"feeds: {{{feed}}}\nsources: {{zeitung: {{name: Zeitung}}}}\n")
    (folder / "topics" / "nato.yaml").write_text(TOPIC)
    (folder / "routes.yaml").write_text("channels: {mail: {kind: file, path: mail.jsonl}}\nroutes: [{topics: all, channels: [mail]}]\n")
