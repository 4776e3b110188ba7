"""Fluent Forms gets the token that its own script would ask for."""

import asyncio
from urllib.parse import parse_qs

from probes.forms.form import Answer
from tests.loopback.forms.systems.spoken_cases import FLUENT
from tests.loopback.forms.systems.test_systems import entries, filled, shown
from tests.loopback.forms.visits import submit
from tests.loopback.forms.website import Heard, Site, answer

TOKEN = '<input type="hidden" class="fluent-form-token-field" name="guard">'
VARIABLES = '<script>var fluentFormVars = {"token_nonce":"ab12cd34ef"};</script>'


async def test_a_token_against_robots_is_asked_for_as_by_its_script(
    site: Site,
) -> None:
    url = shown(site, FLUENT, FLUENT.answers[0])
    page = VARIABLES + FLUENT.page.replace("</form>", f"{TOKEN}</form>")
    site.says["/contact"] = answer(filled(page, site))

    async def answers(heard: Heard, writer: asyncio.StreamWriter) -> None:
        asks = entries(heard)["action"] == "fluentform_generate_protection_token"
        told = '{"success":true,"data":{"token":"fresh"}}'
        said = told if asks else FLUENT.answers[0].body
        writer.write(answer(said, kind="application/json"))

    site.says[f"POST {FLUENT.to}"] = answers

    receipt = await submit(url)

    question, message = site.posts
    assert receipt.answer is Answer.ACCEPTED
    assert entries(question)["nonce"] == "ab12cd34ef"
    assert parse_qs(entries(message)["data"])["guard"] == ["fresh"]


async def test_a_form_without_such_a_guard_asks_nothing(site: Site) -> None:
    await submit(shown(site, FLUENT, FLUENT.answers[0]))

    assert len(site.posts) == 1
