"""Connected servers: their models, their keys, what may be sent where."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import keyring
import keyring.backend
import keyring.backends.fail
import keyring.errors
import pytest

from desktop_agent.errors import BadInput, ServerFailed
from desktop_agent.events import Chunk
from desktop_agent.inference.breaker import FAILURES, Circuit
from desktop_agent.inference.engine import Sampling
from desktop_agent.inference.remote_address import Address
from desktop_agent.inference.servers import Servers
from desktop_agent.messages import ServerModel
from desktop_agent.runtime.keys import KeyPlace, Keys
from desktop_agent.runtime.monitor import Monitor
from desktop_agent.runtime.threads import Threads
from desktop_agent.settings import catalogue
from desktop_agent.settings.store import Settings
from desktop_agent.system import SERVER_KEY_VARIABLE, Folder
from tests.inference import loopback as lo
from tests.inference.conftest import user
from tests.inference.loopback import Loopback, loopback


class Drawer(keyring.backend.KeyringBackend):
    """A keyring in memory: the system's own would ask the developer for a password."""

    priority = 1  # type: ignore[assignment]

    def __init__(self) -> None:
        super().__init__()
        self.kept: dict[tuple[str, str], str] = {}
        self.locked = False

    def get_password(self, service: str, username: str) -> str | None:
        if self.locked:
            raise keyring.errors.KeyringLocked("locked")
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        if self.locked:
            raise keyring.errors.KeyringLocked("locked")
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        if self.locked:
            raise keyring.errors.KeyringLocked("locked")
        if self.kept.pop((service, username), None) is None:
            raise keyring.errors.PasswordDeleteError("not there")


@pytest.fixture
def drawer() -> Iterator[Drawer]:
    before, drawer = keyring.get_keyring(), Drawer()
    keyring.set_keyring(drawer)
    yield drawer
    keyring.set_keyring(before)


@pytest.fixture
def no_keyring() -> Iterator[None]:
    before = keyring.get_keyring()
    keyring.set_keyring(keyring.backends.fail.Keyring())
    yield
    keyring.set_keyring(before)


@pytest.fixture
def server() -> Iterator[Loopback]:
    with loopback() as server:
        yield server


@pytest.fixture
def settings(folder: Folder) -> Settings:
    return Settings.open(folder.settings, {}, {})


@pytest.fixture
def monitor(threads: Threads) -> Monitor:
    return Monitor(threads)


@pytest.fixture
async def servers(settings: Settings, threads: Threads, monitor: Monitor, drawer: Drawer) -> AsyncIterator[Servers]:
    servers = Servers(settings, threads, monitor, Keys(threads, {}))
    yield servers
    await servers.close()


async def said(servers: Servers, chosen: ServerModel) -> str:
    async with servers.engine(chosen).stream([user("Hello?")], Sampling()) as events:
        return "".join([event.text async for event in events if isinstance(event, Chunk)])


async def test_the_models_of_connected_servers_are_listed(servers: Servers, server: Loopback) -> None:
    address = await servers.connect(server.host)
    (listed,) = await servers.models()
    assert listed.address == address
    assert [model.name for model in listed.models] == ["tiny", "big"]
    assert listed.error is None and listed.took_ms >= 1


async def test_what_a_model_can_read_is_taken_from_its_server(
    servers: Servers, server: Loopback, settings: Settings
) -> None:
    server.listing = lo.models("tiny", max_model_len=16384)
    address = await servers.connect(server.address)
    chosen = ServerModel(address.text, "tiny")
    assert servers.engine(chosen).context_tokens == settings[catalogue.SERVER_CONTEXT_TOKENS]
    await servers.test(address)
    assert servers.engine(chosen).context_tokens == 16384


@pytest.mark.parametrize(
    "listing",
    [
        lo.send(b"<html>", kind="text/html"),
        lo.send(b'{"data": 5}', kind="application/json"),
        lo.send(b'{"data": [{"id": 5}, 7, {"id": "a\\nb"}]}', kind="application/json"),
        lo.send(*[b"[" * 65536] * 80, kind="application/json"),
        lo.status(401),
        lo.status(500),
        lo.status(307, Location="http://example.org/v1/models"),
        lo.never,
    ],
)
async def test_a_connection_that_does_not_work_is_told(servers: Servers, server: Loopback, listing: lo.Handler) -> None:
    server.listing = listing
    address = await servers.connect(server.address)
    listed = await servers.test(address, patience_s=0.5)
    assert listed.models == () and listed.error is not None
    assert server.host in listed.error.told() and listed.error.advice()
    server.listing = lo.models("tiny")
    assert (await servers.test(address)).error is None


async def test_a_server_that_is_not_connected_any_more_is_sent_nothing(servers: Servers, server: Loopback) -> None:
    address = await servers.connect(server.address)
    chosen = ServerModel(address.text, "tiny")
    assert await said(servers, chosen) == "Hello there."
    await servers.disconnect(address)
    with pytest.raises(ServerFailed, match="not connected any more"):
        await said(servers, chosen)
    assert len(server.asked) == 1


async def test_connecting_asks_nobody_and_a_second_time_changes_nothing(
    servers: Servers, server: Loopback, settings: Settings
) -> None:
    await servers.connect(server.host)
    await servers.connect(server.address + "/")
    await servers.connect("http://10.9.8.7:1")
    assert settings[catalogue.SERVER_ADDRESS] == f"{server.address} http://10.9.8.7:1/v1"
    assert server.listed == 0
    with pytest.raises(BadInput):
        await servers.connect("ftp://x")


async def test_wrong_addresses_in_the_settings_are_told_and_the_others_work(
    servers: Servers, settings: Settings
) -> None:
    settings.set(catalogue.SERVER_ADDRESS, "http://one:1, ftp://two，http://three:3 ,http://one:1/v1/")
    assert [address.host for address in servers.connected] == ["one:1", "three:3"]
    assert "ftp://two" in servers.problems[0].told()


async def test_a_server_on_this_computer_is_found_by_itself(servers: Servers, server: Loopback) -> None:
    with loopback() as other:
        other.listing = lo.status(401)
        found = await servers.find_here((server.port, other.port, 1))
        assert [each.address.host for each in found] == [server.host, other.host]
        assert [model.name for model in found[0].models] == ["tiny", "big"]
        assert found[1].error is not None
    assert server.keys == [""]
    await servers.connect(f"localhost:{server.port}")
    assert await servers.find_here((server.port,)) == ()


async def test_a_key_is_kept_in_the_keyring_and_nowhere_else(
    servers: Servers, server: Loopback, settings: Settings, drawer: Drawer, threads: Threads, folder: Folder
) -> None:
    address = await servers.connect(server.address)
    assert await servers.keys.keep(address.text, " s3cret-key ") is KeyPlace.KEYRING
    assert list(drawer.kept.values()) == ["s3cret-key"]
    await servers.test(address)
    assert server.keys == ["Bearer s3cret-key"]
    assert await Keys(threads, {}).get(address.text) == "s3cret-key"
    for path in folder.root.rglob("*"):
        assert not path.is_file() or b"s3cret-key" not in path.read_bytes()
    await servers.disconnect(address)
    assert drawer.kept == {}
    assert await servers.keys.get(address.text) == ""


async def test_without_a_keyring_a_key_is_kept_for_this_run(
    no_keyring: None, server: Loopback, settings: Settings, threads: Threads, monitor: Monitor
) -> None:
    servers = Servers(settings, threads, monitor, Keys(threads, {}))
    address = await servers.connect(server.address)
    assert await servers.keys.keep(address.text, "secret") is KeyPlace.RUN
    assert await servers.key_place(address) is KeyPlace.RUN
    await servers.test(address)
    assert server.keys == ["Bearer secret"]
    assert await Keys(threads, {}).get(address.text) == ""
    await servers.close()


async def test_a_locked_keyring_is_no_reason_to_fail(servers: Servers, server: Loopback, drawer: Drawer) -> None:
    drawer.locked = True
    address = await servers.connect(server.address)
    assert await said(servers, ServerModel(address.text, "tiny")) == "Hello there."
    assert await servers.keys.keep(address.text, "secret") is KeyPlace.RUN


async def test_the_key_of_the_environment_is_for_the_first_server_only(
    server: Loopback, drawer: Drawer, settings: Settings, threads: Threads, monitor: Monitor
) -> None:
    with loopback() as other:
        servers = Servers(settings, threads, monitor, Keys(threads, {SERVER_KEY_VARIABLE: "from-outside"}))
        first, second = await servers.connect(server.address), await servers.connect(other.address)
        await servers.models()
        assert server.keys == ["Bearer from-outside"] and other.keys == [""]
        assert await servers.key_place(first) is KeyPlace.ENVIRONMENT
        assert await servers.key_place(second) is KeyPlace.NOWHERE
        await servers.keys.keep(first.text, "own")
        assert await servers.key(first) == "own"
        await servers.close()


def test_the_variable_of_the_key_is_no_mistake_in_the_environment(tmp_path: Path) -> None:
    assert Settings.open(tmp_path / "settings.toml", {SERVER_KEY_VARIABLE: "x"}).problems == ()


async def test_how_it_stands_with_a_server_can_be_seen(
    servers: Servers, server: Loopback, monitor: Monitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("desktop_agent.inference.remote.FIRST_PAUSE_S", 0.01)
    address = await servers.connect(server.address)
    chosen = ServerModel(address.text, "tiny")
    server.answers = [lo.status(500)]
    for _ in range(FAILURES):
        with pytest.raises(ServerFailed):
            await said(servers, chosen)
    state = servers.state(address)
    assert state.circuit is Circuit.OPEN and state.opens_in_s > 0 and state.tried_again > 0
    assert state.last_error is not None
    assert "left alone" in monitor.acts.all()[0].told()
    server.answers = [lo.say("Hello", " there", ".")]
    assert (await servers.test(address)).error is None
    assert servers.state(address).circuit is Circuit.CLOSED
    assert await said(servers, chosen) == "Hello there."
    assert "answers again" in monitor.acts.all()[0].told()


async def test_asking_about_a_server_that_was_never_asked_opens_no_connection(servers: Servers) -> None:
    address = await servers.connect("http://10.9.8.7:1")
    assert servers.state(address).circuit is Circuit.CLOSED
    assert servers.last_listed(address) is None
    assert servers.last_listed(Address("http://elsewhere/v1")) is None
