"""What Prefect's own pages show of `tocsin up`, in a headless browser: runs with names and states, and their artifacts."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect, sync_playwright

from schemas.work import STAGES
from tests.whole.home import Up, wait
from tests.whole.paper import Paper

pytestmark = [pytest.mark.whole, pytest.mark.kafka, pytest.mark.prefect, pytest.mark.browser]

CHROMIUM = shutil.which("chromium")
PATIENCE = 30_000  # ms


@pytest.fixture
def page(up: Up) -> Iterator[Page]:
    """Logged in."""
    if not CHROMIUM:
        pytest.skip("chromium is not installed here")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"])
        page = browser.new_page(base_url=f"http://127.0.0.1:{up.home.prefect_port}", viewport={"width": 1400, "height": 1000})
        page.set_default_timeout(PATIENCE)
        expect.set_options(timeout=PATIENCE)
        page.goto("/v2/login", wait_until="domcontentloaded")
        page.locator("input[type=password]").fill((up.home.folder / "prefect" / "auth").read_text(encoding="ascii"))
        page.get_by_role("button", name="Login").click()
        page.wait_for_url("**/dashboard**")
        yield page
        browser.close()


@pytest.fixture
def run(up: Up, paper: Paper) -> str:
    """The name of one that has published."""
    assert paper.missing(1, 120) == set()
    assert wait(lambda: published(up), 60)
    return published(up)[0]


def published(up: Up) -> list[str]:
    asked = {"state": {"name": {"any_": ["Published"]}}}
    return [run["name"] for run in up.home.api("/flow_runs/filter", flow_runs=asked, sort="START_TIME_DESC", limit=1)]


def test_runs_are_shown_with_names_states_and_a_task_a_stage(page: Page, run: str, tmp_path: Path) -> None:
    assert re.fullmatch(r"monitor \d\d \w{3} \d\d:\d\d:\d\d", run)

    page.goto("/v2/runs", wait_until="domcontentloaded")
    expect(page.get_by_text("Published", exact=True).first).to_be_visible()
    page.screenshot(path=tmp_path / "runs.png")

    page.get_by_role("link", name=run).click()
    expect(page.get_by_text("Published", exact=True).first).to_be_visible()
    page.get_by_role("tab", name="Task Runs").click()
    for stage in STAGES:
        expect(page.get_by_role("link", name=stage, exact=True).first).to_be_visible()
    page.screenshot(path=tmp_path / "run.png")


def test_feed_health_and_alerts_are_shown_as_artifacts(page: Page, run: str, paper: Paper, tmp_path: Path) -> None:
    page.goto("/v2/artifacts", wait_until="domcontentloaded")
    expect(page.get_by_role("link", name="feed-health").first).to_be_visible()
    expect(page.get_by_role("link", name="alerts").first).to_be_visible()
    page.screenshot(path=tmp_path / "artifacts.png")

    for key, shown in (("feed-health", f"{paper.base}/feed.xml"), ("alerts", "NATO-Russia tensions: NATO and Russia, report")):
        page.goto(f"/v2/artifacts/key/{key}", wait_until="domcontentloaded")
        page.get_by_role("link", name=re.compile("^[0-9a-f]{8}$")).first.click()
        expect(page.get_by_text(shown).first).to_be_visible()
        page.screenshot(path=tmp_path / f"{key}.png")
