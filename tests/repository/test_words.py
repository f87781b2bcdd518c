"""Nothing in the repository names a package index, a machine of ours, or an address that is not the project's."""

import re

from tests.repository.files import texts

# put together here, so that this file does not hold them
_REGISTRIES = [
    ".".join(parts)
    for parts in (
        ("pypi", "org"),
        ("pythonhosted", "org"),
        ("registry", "npmjs"),
        ("repo1", "maven"),
        ("maven", "apache"),
        ("static", "crates"),
        ("deb", "debian"),
        ("proxy", "golang"),
    )
]
_PATHS = ["/wor" + "k/", "/far" + "m/", "/ro" + "ot/"]
_HOST = re.compile(r"[a-z+]+://(?:[^\s/@\"'`]*@)?([A-Za-z0-9][A-Za-z0-9.-]*)")
_OWN_HOSTS = re.compile(r"(^|\.)(example|test|localhost|invalid)$|^example\.(com|org|net)$|^127\.0\.0\.1$|^0\.0\.0\.0$|^[A-Za-z-]+$")
_OWN_ADDRESSES = ("https://github.com/tocsin-news/",)


def test_no_file_names_a_registry_or_a_machine() -> None:
    found = [f"{name}: {word}" for name, content in texts().items() for word in _REGISTRIES + _PATHS if word in content]

    assert found == []


def test_locks_settings_and_docs_hold_no_foreign_address() -> None:
    """config/ is apart: an operator's feeds are addresses."""
    kinds = (".lock", ".toml", ".yml", ".yaml", ".md", ".service", "Makefile", "Dockerfile", ".ci/run", ".sh", ".properties")
    found = []
    for name, content in texts().items():
        if name.endswith(kinds) and not name.startswith(("config/", "demo/", "tests/")):
            for address in _OWN_ADDRESSES:
                content = content.replace(address, "")
            found += [f"{name}: {host}" for host in _HOST.findall(content) if not _OWN_HOSTS.search(host)]

    assert found == []


def test_no_file_is_large() -> None:
    assert [name for name, content in texts().items() if len(content) > 1_000_000] == []
