"""Three browser engines behind one small interface, each driven by the protocol that its Debian package speaks."""

from __future__ import annotations

import json
import os
import re
import shutil
import socket
import subprocess
import threading
from abc import ABC, abstractmethod
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import urllib3

if TYPE_CHECKING:
    from playwright.sync_api import Browser
    from websockets.sync.client import ClientConnection

# A busy machine starts a browser slowly.
PATIENCE_S = 60
WIDE, HIGH = 1280, 900
ELEMENT = "element-6066-11e4-a52e-4f735466cecf"  # what W3C WebDriver calls a reference to an element
CENTRE = "element => element.scrollIntoView({ block: 'center', behavior: 'instant' })"
CLICK = [{"type": "pointerDown", "button": 0}, {"type": "pointerUp", "button": 0}]


class Engine(ABC):
    """What a test asks of a browser."""

    def __init__(self) -> None:
        self._said: list[str] = []
        self.resize(WIDE)

    @abstractmethod
    def open(self, url: str) -> None:
        """Go to *url*, and wait until it is loaded."""

    @abstractmethod
    def tell(self, expression: str) -> str:
        """Return the string that the promise *expression* becomes."""

    @abstractmethod
    def click(self, selector: str) -> None:
        """Click the first element that *selector* finds, where it is on the screen."""

    @abstractmethod
    def resize(self, width: int) -> None:
        """Make the page *width* CSS pixels wide, or as narrow as its window can be."""

    def run(self, body: str) -> Any:
        """Return what the *body* of an asynchronous function returns, as JSON can say it."""
        return json.loads(self.tell(f"(async () => JSON.stringify((await (async () => {{ {body} }})()) ?? null))()"))

    def complaints(self) -> list[str]:
        """Return the errors that scripts and policies made, and forget them."""
        said, self._said = self._said, []
        return said


class Chromium(Engine):
    """Driven by Playwright, as in the other tests."""

    def __init__(self, browser: Browser) -> None:
        self._page = browser.new_page()
        super().__init__()
        self._page.on("console", lambda said: self._said.append(said.text) if said.type == "error" else None)
        self._page.on("pageerror", lambda error: self._said.append(str(error)))

    def open(self, url: str) -> None:
        """Go there."""
        self._page.goto(url)

    def tell(self, expression: str) -> str:
        """Ask the page."""
        return str(self._page.evaluate(expression))

    def click(self, selector: str) -> None:
        """Click, as a mouse does."""
        self._page.locator(selector).first.click()

    def resize(self, width: int) -> None:
        """Change the page alone."""
        self._page.set_viewport_size({"width": width, "height": HIGH})


class Firefox(Engine):
    """Driven by WebDriver BiDi, which Firefox speaks without a driver (https://w3c.github.io/webdriver-bidi/)."""

    def __init__(self, connection: ClientConnection) -> None:
        self._connection = connection
        self._asked = 0
        self._ask("session.new", capabilities={})
        self._tab = self._ask("browsingContext.getTree")["contexts"][0]["context"]
        super().__init__()
        self._ask("session.subscribe", events=["log.entryAdded"])

    def _ask(self, method: str, **parameters: object) -> Any:
        self._asked += 1
        self._connection.send(json.dumps({"id": self._asked, "method": method, "params": parameters}))
        while (answer := json.loads(self._connection.recv(PATIENCE_S))).get("id") != self._asked:
            if answer["params"].get("level") == "error":
                self._said.append(answer["params"]["text"])
        assert answer["type"] == "success", answer
        return answer["result"]

    def open(self, url: str) -> None:
        """Go there."""
        self._ask("browsingContext.navigate", context=self._tab, url=url, wait="complete")

    def tell(self, expression: str) -> str:
        """Ask the page."""
        target = {"context": self._tab}
        answer = self._ask("script.evaluate", expression=expression, target=target, awaitPromise=True)
        assert answer["type"] == "success", answer["exceptionDetails"]["text"]
        return str(answer["result"]["value"])

    def click(self, selector: str) -> None:
        """Click, as a mouse does."""
        locator = {"type": "css", "value": selector}
        node = self._ask("browsingContext.locateNodes", context=self._tab, locator=locator)["nodes"][0]
        element = {"sharedId": node["sharedId"]}
        called = {"functionDeclaration": CENTRE, "arguments": [element], "awaitPromise": False}
        self._ask("script.callFunction", target={"context": self._tab}, **called)
        move = {"type": "pointerMove", "x": 0, "y": 0, "origin": {"type": "element", "element": element}}
        pointer = {"type": "pointer", "id": "mouse", "actions": [move, *CLICK]}
        self._ask("input.performActions", context=self._tab, actions=[pointer])

    def resize(self, width: int) -> None:
        """Change the page alone."""
        self._ask("browsingContext.setViewport", context=self._tab, viewport={"width": width, "height": HIGH})


class WebKit(Engine):
    """Driven by W3C WebDriver over HTTP. Its driver does not tell what scripts complain about."""

    def __init__(self, driver: str, browser: str) -> None:
        # Nothing says that the driver has started: it is asked until it answers.
        tries = urllib3.Retry(connect=100, read=0, backoff_factor=0.02, backoff_max=0.5)
        self._pool = urllib3.PoolManager(retries=tries, timeout=PATIENCE_S)
        self._session = f"{driver}/session"
        options = {"webkitgtk:browserOptions": {"binary": browser, "args": ["--automation"]}}
        answer = self._ask("POST", "", capabilities={"alwaysMatch": options})
        self._session += f"/{answer['sessionId']}"
        super().__init__()

    def _ask(self, method: str, command: str, **parameters: object) -> Any:
        answer = self._pool.request(method, self._session + command, json=parameters or None)
        value = answer.json()["value"]
        assert answer.status == 200, value
        return value

    def close(self) -> None:
        """End the browser."""
        self._ask("DELETE", "")

    def open(self, url: str) -> None:
        """Go there."""
        self._ask("POST", "/url", url=url)

    def tell(self, expression: str) -> str:
        """Ask the page."""
        script = f"const [told] = arguments; {expression}.then(told, (error) => told(`${{error}}`))"
        return str(self._ask("POST", "/execute/async", script=script, args=[]))

    def click(self, selector: str) -> None:
        """Click, as a mouse does."""
        found = self._ask("POST", "/element", using="css selector", value=selector)
        self._ask("POST", f"/element/{found[ELEMENT]}/click", id=found[ELEMENT])

    def resize(self, width: int) -> None:
        """Change the window, whose toolbar needs some 450 pixels."""
        self._ask("POST", "/window/rect", width=width, height=HIGH)


@contextmanager
def _process(*command: str, **more: Any) -> Iterator[subprocess.Popen[str]]:
    with subprocess.Popen(command, text=True, stdin=subprocess.DEVNULL, **more) as process:
        try:
            yield process
        finally:
            process.terminate()
            with suppress(subprocess.TimeoutExpired):
                process.wait(PATIENCE_S)
            process.kill()


def _program(*names: str) -> str:
    """Return the first of *names* that is installed; skip where none is."""
    found = next(filter(None, map(shutil.which, names)), None)
    if found is None:
        pytest.skip(f"{' or '.join(names)} is not installed")
    return found


@contextmanager
def open_firefox(folder: Path) -> Iterator[Firefox]:
    """Start Firefox with a profile of its own in *folder*; skip where there is none."""
    program = _program("firefox-esr", "firefox")
    client = pytest.importorskip("websockets.sync.client", reason="websockets is not installed")
    command = (program, "--headless", "--no-remote", "--remote-debugging-port", "0", "--profile", str(folder))
    environment = {**os.environ, "HOME": str(folder)}
    with _process(*command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, env=environment) as process:
        said = process.stderr
        assert said is not None
        address = next(filter(None, (re.search(r"ws://\S+", line) for line in said)), None)
        if address is None:
            pytest.skip(f"{program} does not start: a snap may not read this folder")
        threading.Thread(target=said.read, daemon=True).start()
        with client.connect(f"{address[0]}/session", max_size=None) as connection:
            yield Firefox(connection)


@contextmanager
def open_webkit() -> Iterator[WebKit]:
    """Start WebKitGTK's small browser on a screen that nobody sees; skip where one of its parts is missing."""
    driver, screen = _program("WebKitWebDriver"), _program("Xvfb")
    browser = next(Path("/usr").glob("lib*/**/webkit2gtk-*/MiniBrowser"), None)
    if browser is None:
        pytest.skip("WebKitGTK's MiniBrowser is not installed")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = (screen, "-displayfd", "1", "-screen", "0", "1600x1000x24", "-nolisten", "tcp")
    with _process(*command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as shown:
        assert shown.stdout is not None
        environment = {**os.environ, "DISPLAY": f":{shown.stdout.readline().strip()}"}
        with _process(driver, f"--port={port}", env=environment):
            engine = WebKit(f"http://127.0.0.1:{port}", str(browser))
            yield engine
            engine.close()
