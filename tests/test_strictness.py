"""The strictness of conftest.py is itself tested: each of these small tests must fail, and for its own reason."""

from __future__ import annotations

from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


REASONS = {
    "test_logs_a_warning": "unexpected: WARNING wsgui: unexpected words",
    "test_does_not_log_what_it_announced": "never logged: promised words",
    "test_warns": "UserWarning: deprecated thing",
    "test_gets_a_warning_from_qt": "QtWarningMsg: words from Qt",
    "test_forgets_a_task": "unexpected: ERROR asyncio: Task exception was never retrieved",
    "test_forgets_to_await": "coroutine 'fail' was never awaited",
    "test_resolves_a_name_of_the_internet": "A test wanted to reach 'example.com': tests stay on this machine.",
    "test_connects_to_the_internet": "A test wanted to reach '192.0.2.1': tests stay on this machine.",
}


@pytest.fixture
def project(pytester: pytest.Pytester) -> pytest.Pytester:
    """A folder with this project's own settings and conftest.py."""
    pytester.makeconftest((ROOT / "tests" / "conftest.py").read_text(encoding="utf-8"))
    settings = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    pytester.makepyprojecttoml(settings.replace('testpaths = ["tests"]', ""))
    return pytester


def test_fails_what_nobody_expected(project: pytest.Pytester) -> None:
    project.makepyfile(
        """
        import asyncio, logging, socket, warnings
        import pytest

        async def fail():
            raise ValueError("nobody looks")

        def test_logs_a_warning():
            logging.getLogger("wsgui").warning("unexpected words")

        def test_does_not_log_what_it_announced(expected_logs):
            expected_logs("promised words")

        def test_warns():
            warnings.warn("deprecated thing")

        def test_gets_a_warning_from_qt(qapp):
            from PySide6.QtCore import qWarning
            qWarning("words from Qt")

        async def test_forgets_a_task():
            task = asyncio.get_running_loop().create_task(fail())
            circle = [task]
            circle.append(circle)
            await asyncio.wait([task])

        async def test_forgets_to_await():
            fail()

        def test_resolves_a_name_of_the_internet():
            socket.getaddrinfo("example.com", 80)

        def test_connects_to_the_internet():
            with socket.socket() as sock:
                sock.connect(("192.0.2.1", 80))
        """
    )
    result = project.runpytest_subprocess("-p", "no:cacheprovider")
    blamed = [line for line in result.outlines if line.startswith(("FAILED ", "ERROR ")) and "::" in line]
    assert sorted(line.split("::")[1].split(" ")[0] for line in blamed) == sorted(REASONS)
    output = result.stdout.str()
    for reason in REASONS.values():
        assert reason in output


def test_lets_pass_what_is_meant(project: pytest.Pytester) -> None:
    project.makepyfile(
        """
        import logging, socket
        from pathlib import Path
        import pytest

        def test_logs_what_it_announced(expected_logs):
            expected_logs("WARNING wsgui: expected .*")
            logging.getLogger("wsgui").warning("expected %s", "words")
            logging.getLogger("wsgui").info("below a warning")

        def test_reaches_this_machine():
            with socket.create_server(("127.0.0.1", 0)) as server:
                socket.create_connection(("localhost", server.getsockname()[1])).close()

        def test_finds_no_name_under_invalid():
            with pytest.raises(socket.gaierror):
                socket.getaddrinfo("name.invalid", 80)

        @pytest.mark.parametrize("n", [1, 2])
        def test_has_a_home_of_its_own(home, n):
            from PySide6.QtCore import QSettings
            settings = QSettings("wsgui", "wsgui")
            assert Path.home() == home and settings.value("n") is None
            settings.setValue("n", n)
            settings.sync()
            assert list((home / "config").rglob("*.conf"))
        """
    )
    project.runpytest_subprocess("-p", "no:cacheprovider").assert_outcomes(passed=5)
