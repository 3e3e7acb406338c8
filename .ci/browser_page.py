"""A server's API, and its page in Chromium, as `browser-page` asks and drives them."""
import json, os, pathlib, shutil, tempfile, time
import urllib.error, urllib.parse, urllib.request

from selenium import webdriver
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys


class Server:
    """The API, asked without the page."""

    def __init__(self, base, key):
        self.base, self.key = base.rstrip("/"), key

    def ask(self, path, body=None):
        headers = {"content-type": "application/json"}
        if self.key:
            headers["authorization"] = f"Bearer {self.key}"
        data = None if body is None else json.dumps(body).encode()
        while True:
            try:
                with urllib.request.urlopen(urllib.request.Request(self.base + path, data, headers)) as response:
                    return json.load(response)
            except urllib.error.HTTPError as error:
                if error.code not in (429, 503):
                    raise AssertionError(f"{path}: {error.read().decode()}") from error
                time.sleep(float(error.headers.get("retry-after") or 1))

    def of(self, model, body, operation=None):
        return self.ask("/v1/" + urllib.parse.quote(model["name"], safe="") + (f"/{operation}" if operation else ""), body)


class Page:
    """The page in Chromium."""

    def __init__(self, server, pictures):
        self.server, self.pictures = server, pictures
        self.downloads = pathlib.Path(tempfile.mkdtemp())
        options = webdriver.ChromeOptions()
        for argument in ["--headless=new", "--no-sandbox", "--window-size=1200,1000", "--lang=en-US", "--disable-gpu"]:
            options.add_argument(argument)
        options.add_experimental_option("prefs", {
            "download.default_directory": str(self.downloads), "intl.accept_languages": "en-US"})
        options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
        # Nothing is looked for elsewhere, and nothing is told about this test.
        os.environ["SE_OFFLINE"] = os.environ["SE_AVOID_STATS"] = "true"
        self.driver = webdriver.Chrome(options=options, service=webdriver.ChromeService(shutil.which("chromedriver")))
        self.driver.set_script_timeout(30)
        self.log = []

    def js(self, script, *values):
        return self.driver.execute_script(script, *values)

    def at(self, name):
        return self.driver.find_element(By.ID, name)

    def text(self, name):
        return self.js("return document.getElementById(arguments[0]).textContent", name)

    def until(self, what, condition, seconds=15):
        end = time.time() + seconds
        while True:
            value = condition()
            if value:
                return value
            if time.time() > end:
                self.shoot("failure")
                raise AssertionError(f"not within {seconds} s: {what}")
            time.sleep(0.03)

    def shoot(self, name):
        if self.pictures:
            self.driver.save_screenshot(str(self.pictures / f"{name}.png"))

    def open(self, address="/"):
        self.driver.get("about:blank")
        self.driver.get(self.server.base + address)
        if self.server.key and not self.js("return sessionStorage.getItem('charcnn.key')"):
            self.until("the page asks for the key", lambda: self.at("locked").is_displayed())
            self.at("key").send_keys(self.server.key, Keys.ENTER)
        self.until("the models are there", lambda: self.text("about"))

    def choose(self, model):
        self.js("location.hash = arguments[0]", urllib.parse.urlencode({"model": model["name"]}))
        self.until("the model is chosen", lambda: self.driver.title.startswith(model["name"] + " "))

    def write(self, text, field="first"):
        """Puts a text into a field as if it were pasted: keys can be sent for the basic plane only."""
        self.js("const field = document.getElementById(arguments[0]); field.focus(); field.value = arguments[1];"
                "field.dispatchEvent(new InputEvent('input', { bubbles: true }))", field, text)

    def ask(self, model, text):
        pair = model["task"] == "matching"
        if pair:
            self.write(text[::-1], "second")
        self.write(text)
        return {"first": text, "second": text[::-1]} if pair else {"text": text}

    def bars(self):
        """The labels with bars: each with its probability, and whether it is the answer."""
        return self.js("return [...document.querySelectorAll('#bars .row')].map(row => [row.label, Number("
                       "row.querySelector('[role=meter]').getAttribute('aria-valuenow')), row.classList.contains('given')])")

    def parts(self, name):
        """The parts of a text that stand out: what they read, and their value or badge."""
        return self.js("return [...document.querySelectorAll(`#${arguments[0]} .part`)].map(part => [part.textContent,"
                       "part.dataset.value === undefined ? part.dataset.badge ?? null : Number(part.dataset.value)])", name)

    def upload(self, name, content):
        path = self.downloads / name
        path.write_bytes(content)
        self.at("file").send_keys(str(path))
        self.until("the file is read", lambda: self.text("table-name").startswith(name))
        return path

    def answered(self, path):
        """The file that comes back."""
        self.at("start").click()
        self.until("the table is answered", lambda: self.at("save").is_displayed(), 120)
        assert not self.at("table-problem").is_displayed(), self.text("table-problem")
        self.js("document.getElementById('many').scrollIntoView()")
        self.at("save").click()
        found = self.until("the download is there", lambda: [
            each for each in self.downloads.glob(path.stem + ".answers.*") if each.suffix != ".crdownload"])[0]
        written = found.read_bytes().decode()
        found.unlink()
        return written

    def check_log(self):
        """Nothing went wrong in the browser; answers such as 429 are told by the network and are no fault of the page."""
        self.log += self.driver.get_log("browser")
        wrong = [entry for entry in self.log if entry["level"] in ("SEVERE", "WARNING") and entry["source"] != "network"]
        assert not wrong, f"the console says: {wrong}"
        assert not self.js("return window.hacked"), "a text was executed"
        count = self.js("return document.querySelectorAll('img, iframe, object, body script ~ script').length")
        assert count == 0, "a text became markup"
