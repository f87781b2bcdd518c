"""The signed webhook."""

import asyncio
import hashlib
import hmac

import pytest

from connectors.channels.webhook import Webhook
from connectors.doors import Unsent
from schemas.exchange import Failure, Request, Response
from tests.channels.receiver import fetch, message, receiving


def failing(*, status: int = 0, failure: Failure | None = None, detail: str = "") -> Webhook:
    async def answer(request: Request) -> Response:
        return Response(url=request.url, status=status, failure=failure, detail=detail)

    return Webhook(url="http://127.0.0.1/canary-token", secret="canary-key", fetch=answer)


def unsent(channel: Webhook) -> Unsent:
    with pytest.raises(Unsent) as caught:
        asyncio.run(channel.send(message()))
    return caught.value


def test_a_receiver_can_tell_that_it_is_ours_when_it_was_sent_and_which_attempt_it_is() -> None:
    async def send() -> None:
        async with receiving() as receiver:
            channel = Webhook(url=f"http://127.0.0.1:{receiver.port}/hook", secret="key", fetch=fetch, clock=lambda: 1634917200.9)

            await channel.send(message("d1", attempt=3))

            [headers], [body] = receiver.headers, receiver.bodies
            assert (headers["tocsin-id"], headers["idempotency-key"], headers["tocsin-attempt"]) == ("d1", "d1", "3")
            assert headers["tocsin-timestamp"] == "1634917200"
            assert headers["tocsin-signature"] == "v1=" + hmac.new(b"key", b"1634917200." + body, hashlib.sha256).hexdigest()
            assert headers["content-type"] == "application/json"

    asyncio.run(send())


def test_the_body_is_the_message_and_the_alert_in_its_wire_form() -> None:
    async def send() -> None:
        async with receiving() as receiver:
            await Webhook(url=f"http://127.0.0.1:{receiver.port}/", secret="key", fetch=fetch).send(message("d1", attempt=2))

            [body] = receiver.json()
            assert body.keys() == {"id", "attempt", "title", "text", "alert"}
            assert (body["id"], body["attempt"], body["title"]) == ("d1", 2, "NATO and Russia: talks in Brüssel")
            assert (body["alert"]["alert_id"], body["alert"]["opened_dt"]) == ("alert-1", "2021-10-22T15:40:00Z")

    asyncio.run(send())


def test_a_redirect_is_not_followed() -> None:
    async def send() -> None:
        async with receiving() as inside, receiving(status=307, to=f"http://127.0.0.1:{inside.port}/") as receiver:
            with pytest.raises(Unsent, match="307 Temporary Redirect") as caught:
                await Webhook(url=f"http://127.0.0.1:{receiver.port}/", secret="key", fetch=fetch).send(message())

            assert caught.value.permanent
            assert inside.bodies == []

    asyncio.run(send())


@pytest.mark.parametrize("status", [408, 409, 425, 429, 500, 502, 503, 504, 599])
def test_what_another_time_may_not_meet_passes(status: int) -> None:
    assert not unsent(failing(status=status)).permanent


@pytest.mark.parametrize("status", [301, 400, 401, 403, 404, 410, 422])
def test_a_refusal_lasts(status: int) -> None:
    assert unsent(failing(status=status)).permanent


@pytest.mark.parametrize("failure", Failure)
def test_no_answer_passes_unless_the_next_would_be_the_same(failure: Failure) -> None:
    trouble = unsent(failing(failure=failure))

    assert trouble.permanent == (failure in ("refused_scheme", "too_many_redirects"))
    assert failure in trouble.problem


def test_a_receiver_that_took_it_and_then_answered_too_much_took_it() -> None:
    asyncio.run(failing(status=200, failure=Failure.TOO_LARGE).send(message()))


def test_the_reason_shows_the_host_but_not_the_rest_of_the_address_or_the_key() -> None:
    problem = unsent(
        failing(failure=Failure.CONNECT_FAILED, detail="http://127.0.0.1/canary-token canary-key refused at 127.0.0.1:80")
    ).problem

    assert problem == "no answer: connect_failed (*** *** refused at 127.0.0.1:80)"
