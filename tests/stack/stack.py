"""The whole: nginx, as `deploy/nginx.conf` says, before two servers, all on loopback."""

from __future__ import annotations

import os
import re
import shutil
import signal
import socket
import subprocess
import time
from pathlib import Path

import httpx

from tests.browser.conftest import ROOT, Server

CONFIG = ROOT / "deploy" / "nginx.conf"
NGINX = shutil.which("nginx", path=f"{os.environ.get('PATH', '')}:/usr/sbin")
PATIENCE = 30.0


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as door:
        return door.getsockname()[1]


def written(text: str, folder: Path, port: int, servers: list[str]) -> str:
    """Return a configuration of nginx with other servers, another port and files in a folder."""
    lines = "\n".join(f"    server {one} max_fails=1 fail_timeout=2s;" for one in servers)
    text, count = re.subn(r"(?m)^    server optviz-1.*\n    server optviz-2.*$", lines, text)
    assert count == 1, "the servers are not where they were"
    text = text.replace("/tmp/nginx", f"{folder}/nginx")
    assert "listen 8080;" in text
    if os.getuid() == 0:
        # Its workers would be of another user, who may not see the folder.
        text = f"user root;\n{text}"
    return text.replace("listen 8080;", f"listen 127.0.0.1:{port};")


class Stack:
    """Two servers and the nginx before them, each of which can go away and come back."""

    def __init__(self, folder: Path) -> None:
        self.servers = [Server(folder / f"server-{k}.log") for k in (1, 2)]
        self.port, self._folder = free_port(), folder
        self.address = f"http://127.0.0.1:{self.port}"
        self._config = folder / "nginx.conf"
        self._nginx: subprocess.Popen | None = None

    def start(self) -> None:
        """Start all of it, and wait until it answers."""
        for server in self.servers:
            server.start()
        names = [server.address.removeprefix("http://") for server in self.servers]
        self._text = written(CONFIG.read_text(), self._folder, self.port, names)
        self._config.write_text(self._text)
        self.start_nginx()

    def start_nginx(self) -> None:
        """Start nginx, and wait until it answers."""
        assert NGINX
        command = [NGINX, "-c", str(self._config), "-g", "daemon off;"]
        with (self._folder / "nginx.out").open("w") as output:
            self._nginx = subprocess.Popen(command, stdout=output, stderr=output)
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            try:
                httpx.get(f"{self.address}/_stcore/health").raise_for_status()
                return
            except httpx.HTTPError:
                time.sleep(0.1)
        raise AssertionError((self._folder / "nginx.out").read_text())

    def start_nginx_with(self, old: str, new: str) -> None:
        """Start nginx anew, with something else in its configuration."""
        assert self._text.count(old) == 1
        self.stop_nginx()
        self._config.write_text(self._text.replace(old, new))
        self.start_nginx()

    def stop_nginx(self) -> None:
        """End nginx, with all connections that go through it."""
        if self._nginx:
            self._nginx.send_signal(signal.SIGTERM)
            self._nginx.wait(PATIENCE)
            self._nginx = None

    def resume_nginx(self) -> None:
        """Start nginx again if it has ended, or has another configuration."""
        if self._config.read_text() != self._text:
            self.stop_nginx()
            self._config.write_text(self._text)
        if not self._nginx:
            self.start_nginx()

    def stop(self) -> None:
        """End all of it."""
        self.stop_nginx()
        for server in self.servers:
            server.stop()

    def figure(self, name: str, **labels: str) -> list[float]:
        """Return a figure of each server, 0 where one has none."""
        told = ",".join(f'{key}="{value}"' for key, value in labels.items())
        sought = re.escape(f"{name}{{{told}}}" if told else name)
        found = []
        for server in self.servers:
            text = httpx.get(f"{server.address}/metrics", timeout=120).text
            line = re.search(rf"(?m)^{sought} (\S+)$", text)
            found.append(float(line[1]) if line else 0.0)
        return found
